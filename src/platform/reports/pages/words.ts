import type { Period } from '../../measures/measure.ts';

/** The address of a report for a period, or of a page under it (`words/ID`, `publish`). */
export const reportAddress = (report: string, { from, to }: Period, under?: string): string =>
  under === undefined
    ? `/reports/${report}?from=${from}&to=${to}`
    : `/reports/${report}/${from}/${to}/${under}`;

/** The file name of a report for a period, without its ending. */
export const fileName = (report: string, { from, to }: Period): string => `${report}-${from}-${to}`;
