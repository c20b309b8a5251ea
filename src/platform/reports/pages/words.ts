import type { Period } from '../../measures/measure.ts';

/** A moment as people here read it: "22 November 2026 at 14:05". */
export const momentText = (moment: Temporal.Instant): string => {
  const local = moment.toZonedDateTimeISO('Europe/London');
  const day = local.toPlainDate().toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
  return `${day} at ${local.toPlainTime().toString({ smallestUnit: 'minute' })}`;
};

/** The address of a report for a period, or of a page under it (`words/ID`, `publish`). */
export const reportAddress = (report: string, { from, to }: Period, under?: string): string =>
  under === undefined
    ? `/reports/${report}?from=${from}&to=${to}`
    : `/reports/${report}/${from}/${to}/${under}`;

/** The file name of a report for a period, without its ending. */
export const fileName = (report: string, { from, to }: Period): string => `${report}-${from}-${to}`;
