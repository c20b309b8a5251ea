import sql from 'sql-template-tag';
import { z } from 'zod';
import { query } from '../../platform/actions/declare.ts';
import { text } from '../../platform/actions/fields.ts';
import { clockUnits } from './clocks.ts';

const day = z.custom<Temporal.PlainDate>((value) => value instanceof Temporal.PlainDate);
const instant = z.custom<Temporal.Instant>((value) => value instanceof Temporal.Instant);

const row = z.object({
  id: z.string(),
  title: z.string(),
  amount: z.int(),
  unit: z.enum(clockUnits),
  source: z.string(),
  why: z.string().nullable(),
  since: day,
  until: day.nullable(),
  set_by: z.string().nullable(),
  set_at: instant,
  version: z.int(),
});
export type ClockRow = z.output<typeof row>;

const columns = sql`c.id, c.title, c.amount, c.unit, c.source, c.why, lower(c.during) as since, upper(c.during) as until,
  a.name as set_by, c.set_at, c.version from record.clock c left join access.account a on a.id = c.set_by`;

/** Every clock as it holds today or will hold. */
export const clockList = query({
  name: 'clocks.list',
  title: 'See within how long things are due',
  who: 'anyone signed in',
  about: 'nobody',
  input: z.object({}),
  row,
  sql: (_input, { today }) => sql`
    select ${columns} where upper(c.during) is null or upper(c.during) > ${today}::date
    order by c.title, c.id, lower(c.during) limit 1000`,
});

/** One clock, as it was, is and will be; the newest first. */
export const clockHistory = query({
  name: 'clocks.one',
  title: 'See how a time limit has changed',
  who: 'anyone signed in',
  about: 'nobody',
  input: z.object({ clock: text(60) }),
  row,
  sql: ({ clock }) => sql`select ${columns} where c.id = ${clock} order by lower(c.during) desc limit 200`,
});

/** The newest days off that were written down, whether they still count or not. */
export const daysOff = query({
  name: 'clocks.days-off',
  title: 'See the days off besides bank holidays',
  who: 'anyone signed in',
  about: 'nobody',
  input: z.object({}),
  row: z.object({
    day,
    title: z.string(),
    source: z.string(),
    counts: z.boolean(),
    set_by: z.string().nullable(),
    set_at: instant,
  }),
  sql: () => sql`
    select d.day, d.title, d.source, d.counts, a.name as set_by, d.set_at
    from record.day_off d left join access.account a on a.id = d.set_by order by d.day desc limit 200`,
});
