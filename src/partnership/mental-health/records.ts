import sql, { type Sql } from 'sql-template-tag';
import { shareOf, spentOf } from '../../record/funds/records.ts';
import { area, giverOf, isAward, letterOf, seesAwards } from './awards.ts';

// The SQL of the pages and deeds of the Framework. None of these tables names anybody who is helped.

/** Rows as a JSON list. */
const list = (rows: Sql): Sql => sql`(select coalesce(jsonb_agg(to_jsonb(each)), '[]') from (${rows}) each)`;

const promisedTo = shareOf(area, sql`f.id`);
const spentOn = spentOf(area, sql`f.id`);
/** Awards that whoever asks may see: a condition on `funds.fund a`. */
const seen: Sql = sql`${isAward} and ${seesAwards}`;

/** Years with an award, newest first, with what is awarded, promised and spent. */
export const yearsSql: Sql = sql`
  select a.year::int as year, sum(a.allocated_pence)::bigint as awarded, sum(a.allocated_pence - a.balance_pence)::bigint as promised,
    sum(a.paid_pence)::bigint as spent, sum((select count(*) from mental_health.funded f where f.award_id = a.id))::int as supports
  from funds.fund a where ${seen} group by a.year order by a.year desc limit 50`;

const funded = (where: Sql): Sql => sql`
  select f.id, f.title, f.programme, f.level, f.provider, f.phase, f.co_produced, f.first_on, f.last_on, ${promisedTo}::text as pence,
    ${spentOn}::text as spent, f.award_id, ${letterOf} as letter, ${giverOf} as source, a.year::int as year, p.title as priority, f.children_item
  from mental_health.funded f join funds.fund a on a.id = f.award_id left join mental_health.priority p on p.id = f.priority_id
  where ${where} order by f.first_on, lower(f.title), f.id limit 200`;

/** A year: its awards, its priorities, what is funded, its returns. */
export const yearSql = (year: number): Sql => sql`
  select ${year}::int as year,
    ${list(sql`
      select a.id, ${giverOf} as source, ${letterOf} as letter, a.letter_on, a.purpose, a.allocated_pence::text as pence,
        (a.allocated_pence - a.balance_pence)::text as promised, a.paid_pence::text as spent, a.non_recurring as temporary,
        upper(a.open_during) - 1 as ends_on, a.exit_plan
      from funds.fund a where a.year = ${year}::int and ${seen} order by a.letter_on, a.id limit 50`)} as awards,
    ${list(sql`select p.id, p.title, p.why from mental_health.priority p where p.year = ${year}::int order by p.id limit 50`)} as priorities,
    ${list(funded(sql`a.year = ${year}::int`))} as supports,
    ${list(sql`select h.id, h.half::int as half, h.state, h.sent_on from mental_health.half_year h where h.year = ${year}::int order by h.half`)} as returns`;

/** What is funded in a period, whatever the year of its award. */
export const fundedSql = (from: Temporal.PlainDate, to: Temporal.PlainDate): Sql =>
  funded(sql`f.first_on <= ${to}::date and f.last_on >= ${from}::date`);

export const awardSql = (award: string): Sql => sql`
  select a.id, a.year::int as year, a.given_by as source, a.letter, a.letter_on, a.purpose, a.allocated_pence as pence,
    a.allocated_pence - a.balance_pence as promised, a.non_recurring as "nonRecurring", lower(a.open_during) as from, upper(a.open_during) as until,
    a.exit_plan as "exitPlan", a.version
  from funds.fund a where a.id = ${award}::uuid and ${seen}`;

/** Awards that are temporary and end between two days. */
export const awardsEndingSql = (from: Temporal.PlainDate, to: Temporal.PlainDate): Sql => sql`
  select a.id, a.year::int as year, ${letterOf} as letter, upper(a.open_during) - 1 as ends, a.exit_plan <> '' as planned
  from funds.fund a where ${seen} and a.non_recurring and upper(a.open_during) - 1 between ${from}::date and ${to}::date
  order by ends, a.id limit 50`;

/** One funded support, with what was spent and told of it. */
export const supportSql = (support: string): Sql => sql`
  select f.id, f.title, f.programme, g.title as programme_title, f.about, f.level, f.provider, f.phase, f.co_produced, f.first_on, f.last_on,
    ${promisedTo} as pence, ${spentOn} as spent, f.award_id, ${letterOf} as letter, a.year::int as year, a.balance_pence as free, f.priority_id, p.title as priority,
    f.children_item, f.families_item, f.crisis_item, f.version,
    ${list(sql`
      select s.id, s.amount_pence::text as pence, s.note, s.on_day, who.name as by from funds.draw s left join access.account who on who.id = s.made_by
      where s.of_id = f.id and s.area = ${area} and s.state = 'paid' order by s.on_day desc, s.id desc limit 100`)} as spending,
    ${list(sql`
      select t.id, t.from_on, t.to_on, t.children, t.families, t.crisis, t.outside, t.care, t.source, t.current from mental_health.told t
      where t.funded_id = f.id order by t.from_on desc, t.at desc limit 50`)} as told,
    ${list(sql`
      select r.id, i.title as indicator, r.from_on, r.to_on, r.first, r.twice as both, r.better, r.source from mental_health.told_reading r
      join mental_health.indicator i on i.id = r.indicator_id where r.funded_id = f.id order by r.from_on desc, i.title limit 50`)} as readings
  from mental_health.funded f join funds.fund a on a.id = f.award_id left join support.programme g on g.id = f.programme
    left join mental_health.priority p on p.id = f.priority_id
  where f.id = ${support}::uuid`;

/** What a form of a funded support chooses from. */
export const choicesSql = (year: number): Sql => sql`
  select ${list(sql`
      select a.id, ${giverOf} as source, ${letterOf} as letter, a.balance_pence::text as free from funds.fund a where a.year = ${year}::int and ${seen}
      order by a.letter_on, a.id limit 50`)} as awards,
    ${list(sql`select p.id, p.title from mental_health.priority p where p.year = ${year}::int order by p.id limit 50`)} as priorities,
    ${list(sql`select g.id, g.title from support.programme g where g.state <> 'gone' order by lower(g.title), g.id limit 300`)} as programmes,
    ${list(sql`select i.id, i.title from mental_health.indicator i where i.state = 'open' order by lower(i.title) limit 100`)} as indicators`;

export const indicatorsSql: Sql = sql`
  select i.id, i.title, i.what, i.tools, i.state, i.version from mental_health.indicator i order by i.state desc, lower(i.title), i.id limit 100`;
export const indicatorSql = (indicator: string): Sql => sql`
  select i.id, i.title, i.what, i.tools, i.state, i.version from mental_health.indicator i where i.id = ${indicator}`;

export const signsSql: Sql = sql`select s.id, s.kind, s.value from mental_health.crisis_sign s order by s.kind, s.value limit 200`;

/** A return, with how many awards and priorities its year has, what is funded in it and what was told on indicators. */
export const returnSql = (id: string): Sql => sql`
  select h.id, h.year::int as year, h.half::int as half, h.remarks, h.state, h.figures, h.sent_on, who.name as sent_by, h.version,
    m.awarded, m.promised, m.spent,
    ${list(sql`select p.title, p.why from mental_health.priority p where p.year = h.year order by p.id limit 50`)} as priorities,
    ${list(funded(sql`f.first_on <= d.to_on and f.last_on >= d.from_on`))} as supports,
    ${list(sql`
      select r.indicator_id as indicator, r.funded_id as support, r.first, r.twice as both, r.better, r.source from mental_health.told_reading r
      where r.from_on >= d.from_on and r.to_on <= d.to_on order by r.indicator_id, r.id limit 500`)} as told_readings,
    ${list(sql`select i.id, i.title from mental_health.indicator i where i.state = 'open' order by lower(i.title) limit 100`)} as indicators,
    (select count(*)::int from mental_health.crisis_sign) as signs
  from mental_health.half_year h left join access.account who on who.id = h.sent_by
    cross join lateral (select case h.half when 1 then make_date(h.year, 4, 1) else make_date(h.year, 10, 1) end as from_on,
      case h.half when 1 then make_date(h.year, 9, 30) else make_date(h.year + 1, 3, 31) end as to_on) d
    cross join lateral (select coalesce(sum(a.allocated_pence), 0)::bigint as awarded, coalesce(sum(a.allocated_pence - a.balance_pence), 0)::bigint as promised,
      coalesce(sum(a.paid_pence), 0)::bigint as spent from funds.fund a where a.year = h.year and ${seen}) m
  where h.id = ${id}::uuid`;

/** Years with money of the framework, and the half years whose return was sent. */
export const returnsSentSql = (from: number): Sql => sql`
  select a.year::int as year, ${list(sql`
    select h.half::int as half, h.id, h.state from mental_health.half_year h where h.year = a.year order by h.half`)} as returns
  from (select distinct a.year from funds.fund a where a.year >= ${from}::int and ${seen}) a order by a.year`;
