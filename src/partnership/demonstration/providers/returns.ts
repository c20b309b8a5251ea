import sql from 'sql-template-tag';
import type { Rows } from '../../../platform/database/rows.ts';
import { jsonRows } from '../../../platform/import/index.ts';
import { moment } from '../calendar.ts';
import { madeId } from '../made-id.ts';
import { emailOf } from '../partnership.ts';
import { dice, idMaker } from '../random.ts';
import { contractsOf } from './contracts.ts';

/** A number for each period of a contract: one that was given for it, or its even share of the whole. */
const shareOfPeriod = sql`case jsonb_typeof(g.sums -> k.key)
    when 'array' then (g.sums -> k.key ->> (p.at - 1)::integer)::numeric
    when 'number' then case when k.kind = 'per cent' then (g.sums ->> k.key)::numeric
      else floor((g.sums ->> k.key)::numeric * p.at / p.periods) - floor((g.sums ->> k.key)::numeric * (p.at - 1) / p.periods) end
    else case k.kind when 'words' then null when 'per cent' then 80 else 1 + (p.at * 7 + k.position * 3) % 5 end end`;

/** Fills contracts with those who give help, and what they returned for every period but those left out. */
export async function fillContracts(tx: Rows, today: Temporal.PlainDate): Promise<void> {
  const newId = idMaker(dice(0x70726f76));
  const contracts = contractsOf(today).map(
    ({ firstOn, lastOn, dueDays, reviewOn, targets, words, ...rest }) => ({
      ...rest,
      id: newId(moment(firstOn, 10)),
      first_on: firstOn,
      last_on: lastOn,
      due_days: dueDays,
      review_on: reviewOn ?? null,
      words: words ?? {},
      without: rest.without ?? 0,
      pence: rest.pounds * 100,
      targets: targets ?? [],
    }),
  );
  const rows = jsonRows(contracts);
  await tx.run(sql`
    insert into support.contract (id, programme, organisation_id, kind, first_on, last_on, value_pence, measured, returns, due_days, review_on, set_by, made_at)
    select r.id, r.programme, o.id, r.kind, r.first_on, r.last_on, r.pence, r.measured, p.definition -> 'returns' is not null, r.due_days, r.review_on,
      (select a.id from access.account a where a.email = ${emailOf('Yuliia Bondarenko')}), r.first_on
    from jsonb_to_recordset(${rows}::jsonb) as r (id uuid, programme text, organisation text, kind text, first_on date, last_on date, pence bigint,
      measured text, due_days smallint, review_on date)
      join access.organisation o on o.name = r.organisation join support.programme p on p.id = r.programme`);
  await tx.run(sql`
    insert into support.contract_target (id, contract_id, organisation_id, title, source, item, at_least)
    select ${madeId(sql`'target ' || r.id || t.title`)}, r.id, o.id, t.title, t.source, t.item, t."atLeast"
    from jsonb_to_recordset(${rows}::jsonb) as r (id uuid, organisation text, targets jsonb) join access.organisation o on o.name = r.organisation
      cross join lateral jsonb_to_recordset(r.targets) as t (title text, source text, item text, "atLeast" numeric)`);
  const returned = sql`
    given as (
      select r.*, c.organisation_id, y.definition -> 'returns' as asked
      from jsonb_to_recordset(${rows}::jsonb) as r (id uuid, programme text, first_on date, last_on date, due_days integer, sums jsonb, words jsonb, without integer)
        join support.contract c on c.id = r.id join support.programme y on y.id = r.programme where c.returns
    ), period as (
      -- A contract that goes on counts by all of its periods, so that what is due is even; only those that are over have a return.
      select g.id, w.from_on, w.to_on, row_number() over (partition by g.id order by w.from_on) as at, count(*) over (partition by g.id) as periods,
        row_number() over (partition by g.id, w.to_on < ${today}::date order by w.from_on desc) as from_the_end, ${madeId(sql`'return ' || g.id || w.from_on`)} as made
      from given g cross join lateral support.periods(g.asked ->> 'every', g.first_on, g.last_on) w
    ), sent as (select g.*, p.from_on, p.to_on, p.at, p.periods, p.made from given g join period p on p.id = g.id
      where p.to_on < ${today}::date and p.from_the_end <> g.without)`;
  await tx.run(sql`
    with ${returned}
    insert into support.provider_return (id, contract_id, organisation_id, programme, from_on, to_on, number, sent_by, sent_on, sent_at)
    select s.made, s.id, s.organisation_id, s.programme, s.from_on, s.to_on, 1, null, least(s.to_on + least(s.due_days, 4), ${today}::date),
      least(s.to_on + least(s.due_days, 4), ${today}::date)
    from sent s`);
  await tx.run(sql`
    with ${returned}
    insert into support.return_value (return_id, organisation_id, position, item, part, title, part_title, kind, amount, words)
    select g.made, g.organisation_id, k.position, k.item, k.part, k.title, k.part_title, k.kind, ${shareOfPeriod},
      case when k.kind = 'words' then g.words ->> k.item end
    from sent g cross join lateral (select g.at, g.periods) p
      cross join lateral (
        select row_number() over (order by a.place, coalesce(b.place, 0)) - 1 as position, a.it ->> 'id' as item, coalesce(b.it ->> 'id', '') as part,
          a.it ->> 'title' as title, coalesce(b.it ->> 'title', '') as part_title, a.it ->> 'kind' as kind,
          (a.it ->> 'id') || coalesce('--' || (b.it ->> 'id'), '') as key
        from jsonb_array_elements(g.asked -> 'asks') with ordinality a (it, place)
          left join lateral jsonb_array_elements(a.it -> 'by') with ordinality b (it, place) on true) k`);
}
