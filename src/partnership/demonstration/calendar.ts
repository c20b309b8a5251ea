/** The days on which things happen in the demonstration: nobody asks, decides or pays at a weekend. */
export interface Calendar {
  /** Working days, oldest first; the last is the last one before today. */
  readonly days: readonly Temporal.PlainDate[];
  readonly last: Temporal.PlainDate;
  /** The working day so many working days before the last. Throws beyond the first, which is a fault of ours. */
  ago(workingDays: number): Temporal.PlainDate;
  /** So many working days after a day, and never after the last. */
  after(day: Temporal.PlainDate, workingDays: number): Temporal.PlainDate;
}

const isWorkingDay = (day: Temporal.PlainDate) => day.dayOfWeek <= 5;

/** The working days of the nine months before a day. */
export function calendarTo(today: Temporal.PlainDate): Calendar {
  const days: Temporal.PlainDate[] = [];
  for (
    let day = today.subtract({ months: 9 });
    Temporal.PlainDate.compare(day, today) < 0;
    day = day.add({ days: 1 })
  ) {
    if (isWorkingDay(day)) days.push(day);
  }
  const at = (index: number) => {
    const day = days[index];
    if (day === undefined) throw new Error('the demonstration has no such day');
    return day;
  };
  const place = new Map(days.map((day, index) => [day.toString(), index]));
  return {
    days,
    last: at(days.length - 1),
    ago: (workingDays) => at(days.length - 1 - workingDays),
    after(day, workingDays) {
      const from = place.get(day.toString());
      if (from === undefined) throw new Error('that is not a working day of the demonstration');
      return at(Math.min(from + workingDays, days.length - 1));
    },
  };
}

/** A moment of a day in Strathmorran. */
export const moment = (day: Temporal.PlainDate, hour: number, minute = 0): Temporal.Instant =>
  day.toZonedDateTime({ timeZone: 'Europe/London', plainTime: { hour, minute } }).toInstant();

/** Whole days from one day to another. */
export const daysBetween = (from: Temporal.PlainDate, to: Temporal.PlainDate): number =>
  from.until(to, { largestUnit: 'days' }).days;
