// Days in words, as people in Scotland read them. The names stand here because the platform's own formatter takes more than
// fifty times as long, and a page can hold a hundred days.

/** The months by their names, January first. */
export const months: readonly string[] = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** "November". */
export const monthName = ({ month }: { readonly month: number }): string => months[month - 1] ?? '';

/** "November 2026". */
export const monthText = (day: { readonly month: number; readonly year: number }): string =>
  `${monthName(day)} ${day.year}`;

/** "22 November 2026". */
export const dayText = (day: Temporal.PlainDate): string => `${day.day} ${monthText(day)}`;

/** In a narrow column: "3 Mar 2026", "3 Sept 2026". */
export function dayShort(day: Temporal.PlainDate): string {
  const name = monthName(day);
  return `${day.day} ${name === 'September' ? 'Sept' : name.slice(0, 3)} ${day.year}`;
}

/** "Sunday". */
export const weekdayName = (day: Temporal.PlainDate): string => weekdays[day.dayOfWeek - 1] ?? '';

/** "Sunday 22 November 2026". */
export const weekdayText = (day: Temporal.PlainDate): string => `${weekdayName(day)} ${dayText(day)}`;

const local = (at: Temporal.Instant) => at.toZonedDateTimeISO('Europe/London');
const two = (part: number): string => String(part).padStart(2, '0');
const timeText = ({ hour, minute }: Temporal.ZonedDateTime): string => `${two(hour)}:${two(minute)}`;

/** The day of a moment here: "22 November 2026". */
export const dayOf = (at: Temporal.Instant): string => dayText(local(at).toPlainDate());

/** In a list: "22 November 2026, 09:30". */
export const momentText = (at: Temporal.Instant): string => `${dayOf(at)}, ${timeText(local(at))}`;

/** In a sentence: "22 November 2026 at 09:30". */
export const momentAtText = (at: Temporal.Instant): string => `${dayOf(at)} at ${timeText(local(at))}`;

/** Until when something lasts, exactly: "06:12 on 23 November 2026". */
export const untilText = (at: Temporal.Instant): string => `${timeText(local(at))} on ${dayOf(at)}`;
