import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Period } from '../../platform/measures/measure.ts';
import { lowerIsBetter } from '../../practice/support/facts.ts';
import { ageBands, frameworkAges } from './rules.ts';

// Whom the funded supports reached, in SQL that the figures role runs to count and the application runs to open rows.

/**
 * The programmes that awards pay for in a period, one row each, with the days in which they do. A programme that draws on several
 * awards is counted once, under the one that began last.
 */
export const paidProgrammes = ({ from, to }: Period): Sql => sql`
  select f.programme, (array_agg(f.id order by f.first_on desc, f.id))[1] as funded,
    (array_agg(f.title order by f.first_on desc, f.id))[1] as title, (array_agg(a.year order by f.first_on desc, f.id))[1] as year,
    (array_agg(f.children_item order by f.first_on desc, f.id))[1] as children_item,
    (array_agg(f.families_item order by f.first_on desc, f.id))[1] as families_item,
    (array_agg(f.crisis_item order by f.first_on desc, f.id))[1] as crisis_item,
    greatest(min(f.first_on), ${from}::date) as from_on, least(max(f.last_on), ${to}::date) as to_on
  from mental_health.funded f join funds.fund a on a.id = f.award_id
  where f.programme is not null and f.first_on <= ${to}::date and f.last_on >= ${from}::date
  group by f.programme`;

/** The signs that somebody went on to crisis support, as three lists. */
export const crisisSigns: Sql = sql`
  select coalesce(array_agg(value) filter (where kind = 'ending'), '{}') as endings,
    coalesce(array_agg(value) filter (where kind = 'next programme'), '{}') as programmes,
    coalesce(array_agg(value) filter (where kind = 'said yes'), '{}') as questions
  from mental_health.crisis_sign`;

const years = 'extract(year from age(s.since, m.date_of_birth))';
/** The age on the day help began; the same rule as `standingOf` and `ageBands`, which a test holds together. */
const standingSql =
  raw(`case when k.part in ('parent or carer', 'other') then 'carer' when m.date_of_birth is null then 'not known'
  when ${years} between ${frameworkAges.from} and case when m.care_experienced then ${frameworkAges.toIfCareExperienced} else ${frameworkAges.to} end then 'inside'
  else 'outside' end`);
const bandSql = raw(
  `case when m.date_of_birth is null then null ${ageBands.map(({ id, to }) => `when ${years} <= ${to} then '${id}'`).join(' ')} end`,
);

/**
 * Help of those programmes that was going on in the period: one row for each support and person. Needs `paid` and `sign` before it.
 * `= any` because for `=` the planner takes the temporal key of memberships, and reads all of it for each person.
 */
export const countedHelp = ({ from, to }: Period): Sql => sql`
  select s.id as row_id, p.title as label, s.family_id as about, greatest(s.since, p.from_on) as day, s.since, p.funded, p.year, p.programme, s.level,
    s.family_id, w.person_id, coalesce(k.part not in ('parent or carer', 'other'), w.person_id is not null) as child,
    ${bandSql} as age, case when lower(m.gender) in ('female', 'girl', 'woman', 'f') then 'female'
      when lower(m.gender) in ('male', 'boy', 'man', 'm') then 'male' when m.gender is not null then 'other' end as gender,
    case when m.care_experienced then 'yes' else 'no' end as care, ${standingSql} as standing,
    e.support_id is not null and (e.outcome = any (g.endings) or e.next_programme = any (g.programmes) or e.counted <> '[]' and exists (
      select from jsonb_array_elements(e.counted) o where o ->> 'kind' = 'yes or no' and o ->> 'value' = 'yes' and o ->> 'id' = any (g.questions))) as crisis
  from paid p cross join sign g
    join support.support s on s.programme = p.programme and s.since <= p.to_on and coalesce(s.until, 'infinity'::date) >= p.from_on
    left join support.support_person w on w.support_id = s.id
    left join record.person m on m.id = w.person_id
    left join record.family_member k on k.family_id = any (array[s.family_id]) and k.person_id = any (array[w.person_id]) and k.during @> s.since
    left join support.ending e on e.support_id = s.id and e.ended_on between ${from}::date and ${to}::date`;

/** Sums in the providers' returns of those programmes, one row for each return that lies in the period. Needs `paid` before it. */
export const returnedSums: Sql = sql`
  select r.id as row_id, p.title as label, r.to_on as day, p.funded, p.year, p.programme,
    sum(v.amount) filter (where v.item = p.children_item) as children, sum(v.amount) filter (where v.item = p.families_item) as families,
    sum(v.amount) filter (where v.item = p.crisis_item) as to_crisis
  from paid p join support.provider_return r on r.programme = p.programme and r.current and r.from_on >= p.from_on and r.to_on <= p.to_on
    join support.return_value v on v.return_id = r.id and v.kind = 'count' and v.item in (p.children_item, p.families_item, p.crisis_item)
  group by r.id, p.title, r.to_on, p.funded, p.year, p.programme`;

/** Sums as told that lie in the period. */
export const toldSums = ({ from, to }: Period): Sql => sql`
  select t.id as row_id, f.title as label, t.to_on as day, f.id as funded, a.year, f.programme, f.level, t.children, t.families, t.crisis as to_crisis,
    t.outside, t.care, t.source
  from mental_health.told t join mental_health.funded f on f.id = t.funded_id join funds.fund a on a.id = f.award_id
  where t.current and t.from_on >= ${from}::date and t.to_on <= ${to}::date`;

const absent = (names: readonly string[]): Sql => join(names.map((each) => raw(`null::${each}`)));

/** All reach of a period for measures: counted rows by person, and sums by return or as told. */
export const reachRows = (period: Period): Sql => sql`
  with paid as (${paidProgrammes(period)}), sign as (${crisisSigns})
  select h.row_id, h.label, h.about, h.day, h.funded::text as support, h.year, h.programme, h.level, 'counted' as source, h.age, h.gender, h.care,
    h.standing, to_char(h.day, 'YYYY-MM') as month, h.family_id, h.person_id, h.child, h.crisis, 0::bigint as children, 0::bigint as families,
    0::bigint as to_crisis, 0::bigint as outside
  from (${countedHelp(period)}) h
  union all
  select r.row_id, r.label, r.row_id, r.day, r.funded::text, r.year, r.programme, null, 'returned', ${absent(['text', 'text', 'text', 'text'])},
    to_char(r.day, 'YYYY-MM'), ${absent(['uuid', 'uuid', 'boolean', 'boolean'])}, coalesce(r.children, 0)::bigint, coalesce(r.families, 0)::bigint,
    coalesce(r.to_crisis, 0)::bigint, 0
  from (${returnedSums}) r
  union all
  select t.row_id, t.label, t.row_id, t.day, t.funded::text, t.year, t.programme, t.level, 'told', ${absent(['text', 'text', 'text', 'text'])},
    to_char(t.day, 'YYYY-MM'), ${absent(['uuid', 'uuid', 'boolean', 'boolean'])}, t.children, t.families, t.to_crisis, t.outside
  from (${toldSums(period)}) t`;

/**
 * First readings of the indicators' tools in help that awards pay for, by their day in the period, each beside the last of the same
 * support and person. A change is turned so that more is better. Needs `paid` before it.
 */
export const readingPairs: Sql = sql`
  select b.support_id as row_id, p.title as label, b.family_id as about, b.on_day as day, p.funded, p.year, p.programme, i.id as indicator, b.family_id,
    (l.score - b.score) * case when b.tool = any (g.lower) then -1 else 1 end as change
  from paid p join (${lowerIsBetter}) g on g.programme = p.programme
    join mental_health.indicator i on i.state = 'open'
    join support.reading b on b.programme = p.programme and b.tool = any (i.tools) and b.moment = 'first' and b.on_day between p.from_on and p.to_on
    left join lateral (select l.score from support.reading l where l.support_id = b.support_id and l.tool = b.tool and l.moment = 'last'
      and l.person_id is not distinct from b.person_id order by l.on_day desc, l.id desc limit 1) l on true`;
