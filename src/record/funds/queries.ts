import sql, { type Sql } from 'sql-template-tag';
import { z } from 'zod';
import { query } from '../../platform/actions/declare.ts';
import { id } from '../../platform/actions/fields.ts';
import { entriesOf, entryRow, fundColumns, fundRow, jsonDay, jsonPence } from './records.ts';
import { fundReaders } from './rules.ts';

// What people see of funds, whoever draws on them. Sums are for all of these; whose a direct payment is, for none of them here.

const plainDay = z.instanceof(Temporal.PlainDate);
const whole = fundRow.extend({
  givenBy: z.string(),
  letter: z.string(),
  letterOn: plainDay.nullable(),
  year: z.int().nullable(),
  areas: z.array(z.string()),
  /** What the whole of it was last expected to cost, by those who said; nothing where nobody has. */
  forecast: z.bigint().nullable(),
});
export type WholeFund = z.output<typeof whole>;
const columns: Sql = sql`${fundColumns}, f.given_by as "givenBy", f.letter, f.letter_on as "letterOn", f.year::integer as year,
  array(select fa.area from funds.fund_area fa where fa.fund_id = f.id order by fa.area) as areas,
  (select sum(newest.pence)::bigint from (
    select distinct on (o.area, o.of_id) o.pence from funds.forecast o where o.fund_id = f.id order by o.area, o.of_id, o.on_day desc, o.id desc) newest) as forecast`;

export const all = query({
  name: 'funds.all',
  title: 'See every fund: what it was given, what is promised, paid and left, and who draws on it',
  who: fundReaders,
  about: 'nobody',
  input: z.object({}),
  row: whole,
  sql: () =>
    sql`select ${columns} from funds.fund f order by lower(f.open_during) desc nulls last, f.title, f.id limit 200`,
});

export const one = query({
  name: 'funds.one',
  title: 'See one fund: each sum it was given, who drew how much, and what it was last spent on',
  who: fundReaders,
  about: 'nobody',
  input: z.object({ fund: id() }),
  row: whole.extend({
    entries: z.array(entryRow),
    drawn: z.array(z.object({ area: z.string(), committed: jsonPence, paid: jsonPence })),
    /** What was paid lately for nobody in particular. */
    lines: z.array(
      z.object({
        area: z.string(),
        of: z.uuid(),
        pence: jsonPence,
        note: z.string(),
        on: jsonDay,
        by: z.string().nullable(),
      }),
    ),
  }),
  sql: ({ fund }) => sql`
    select ${columns}, ${entriesOf} as entries,
      (select coalesce(jsonb_agg(jsonb_build_object('area', d.area, 'committed', d.committed, 'paid', d.paid) order by d.area), '[]') from funds.drawn(f.id) d) as drawn,
      coalesce((select jsonb_agg(each order by each."on" desc, each.id desc) from (
        select d.id, d.area, d.of_id as "of", d.amount_pence as pence, d.note, d.on_day as "on", a.name as by
          from funds.draw d left join access.account a on a.id = d.made_by
         where d.fund_id = f.id and d.family_id is null and d.state = 'paid' order by d.on_day desc, d.id desc limit 100) each), '[]') as lines
    from funds.fund f where f.id = ${fund}`,
});
