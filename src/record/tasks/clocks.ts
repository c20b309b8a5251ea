import DateHolidays from 'date-holidays';
import sql from 'sql-template-tag';
import { z } from 'zod';
import type { Rows } from '../../platform/database/rows.ts';

// When things fall due. Working days are those of Scotland; calendar days are counted where the rule says so.

export const clockUnits = ['working days', 'calendar days', 'weeks', 'months'] as const;
export type ClockUnit = (typeof clockUnits)[number];

/** Within how long something is due. */
export interface Clock {
  amount: number;
  unit: ClockUnit;
}

/** A clock as it is configured on some day: `source` is the law or guidance that says it. */
export interface ConfiguredClock extends Clock {
  id: string;
  title: string;
  source: string;
}

/** Why nobody works on a day that is not at a weekend; undefined on a day like any other. */
export type Holidays = (day: Temporal.PlainDate) => string | undefined;

const scotland = new DateHolidays('GB', 'SCT');
const years = new Map<number, ReadonlyMap<string, string>>();

/**
 * St Andrew's Day at a weekend is kept on the Monday after it: St Andrew's Day Bank Holiday (Scotland) Act 2007, section 1.
 * The package knows the day and not what stands in for it.
 */
function standInForStAndrew(year: number): readonly [string, string] | undefined {
  const own = Temporal.PlainDate.from({ year, month: 11, day: 30 });
  if (year < 2007 || own.dayOfWeek < 6) return undefined;
  return [own.add({ days: 8 - own.dayOfWeek }).toString(), 'St Andrew’s Day (substitute day)'];
}

function holidaysOf(year: number): ReadonlyMap<string, string> {
  let known = years.get(year);
  if (known === undefined) {
    const standIn = standInForStAndrew(year);
    known = new Map([
      ...scotland
        .getHolidays(year)
        .filter(({ type }) => type === 'public')
        .map(({ date, name }): [string, string] => [date.slice(0, 10), name]),
      ...(standIn ? [standIn] : []),
    ]);
    years.set(year, known);
  }
  return known;
}

/** The days off that were asked for last, and what they make: a partnership's seldom change, and each page asks for them. */
let latest: { besides: string; holidays: Holidays } | undefined;

/** The bank holidays of Scotland, and besides them the days off that were written down one by one. */
export function scottishHolidays(
  besides: readonly { day: Temporal.PlainDate; title: string }[] = [],
): Holidays {
  const days = besides.map(({ day, title }): [string, string] => [day.toString(), title]);
  const asked = JSON.stringify(days);
  if (latest?.besides === asked) return latest.holidays;
  const extra = new Map(days);
  const holidays: Holidays = (day) => {
    const written = day.toString();
    return extra.get(written) ?? holidaysOf(day.year).get(written);
  };
  latest = { besides: asked, holidays };
  return holidays;
}

/** Whether people are at work on a day. */
export const isWorkingDay = (day: Temporal.PlainDate, holidays: Holidays): boolean =>
  day.dayOfWeek < 6 && holidays(day) === undefined;

/** For each list of holidays, the years that were asked for: one place for each day of a year, 1 where people are at work. */
const workedYears = new WeakMap<Holidays, Map<number, Uint8Array>>();

function workedYear(year: number, holidays: Holidays): Uint8Array {
  const known = workedYears.get(holidays) ?? new Map<number, Uint8Array>();
  workedYears.set(holidays, known);
  const found = known.get(year);
  if (found !== undefined) return found;
  const first = Temporal.PlainDate.from({ year, month: 1, day: 1 });
  const worked = Uint8Array.from({ length: first.daysInYear }, (_, at) =>
    isWorkingDay(first.add({ days: at }), holidays) ? 1 : 0,
  );
  known.set(year, worked);
  return worked;
}

/**
 * How many days after a day the working days of this number have gone by. It counts in years that were worked out once: a list of
 * what is due asks for hundreds of days, and a calendar day each would be most of what its page costs.
 */
function daysUntilWorked(amount: number, start: Temporal.PlainDate, holidays: Holidays): number {
  let { year } = start;
  let worked = workedYear(year, holidays);
  let at = start.dayOfYear - 1;
  let days = 0;
  for (let counted = 0; counted < amount; days++) {
    at++;
    if (at === worked.length) {
      year++;
      worked = workedYear(year, holidays);
      at = 0;
    }
    counted += worked[at] ?? 0;
  }
  return days;
}

/**
 * The last day on which something is in time. The day on which the clock starts is not counted. A period of months ends on the
 * day of the same number, or on the last day of a month that has none: 31 August and six months is 28 or 29 February.
 */
export function dueBy(
  clock: Clock,
  start: Temporal.PlainDate,
  holidays: Holidays = scottishHolidays(),
): Temporal.PlainDate {
  if (clock.unit === 'calendar days') return start.add({ days: clock.amount });
  if (clock.unit === 'weeks') return start.add({ weeks: clock.amount });
  if (clock.unit === 'months') return start.add({ months: clock.amount }, { overflow: 'constrain' });
  return start.add({ days: daysUntilWorked(clock.amount, start, holidays) });
}

/** "10 working days", "1 month". */
export const clockWords = ({ amount, unit }: Clock): string =>
  `${amount} ${amount === 1 ? unit.replace(/s$/, '') : unit}`;

const clockRow = z.object({
  id: z.string(),
  title: z.string(),
  amount: z.int(),
  unit: z.enum(clockUnits),
  source: z.string(),
});

/** Every clock as it holds on a day, by its id: a row of record.clock (2790_tasks.sql). */
export async function clocksOn(
  rows: Rows,
  day: Temporal.PlainDate,
): Promise<ReadonlyMap<string, ConfiguredClock>> {
  const found = await rows.rows(
    clockRow,
    sql`select id, title, amount, unit, source from record.clock where during @> ${day}::date limit 1000`,
  );
  return new Map(found.map((clock) => [clock.id, clock]));
}

const dayOffRow = z.object({
  day: z.custom<Temporal.PlainDate>((value) => value instanceof Temporal.PlainDate),
  title: z.string(),
});

/** Scotland's bank holidays with the days off that this partnership has written down. */
export async function holidaysHere(rows: Rows): Promise<Holidays> {
  const found = await rows.rows(
    dayOffRow,
    sql`select day, title from record.day_off where counts order by day desc limit 1000`,
  );
  return scottishHolidays(found);
}
