import sql, { type Sql } from 'sql-template-tag';

// The SQL of the pages and deeds of the Framework. None of these tables names anybody who is helped.

/** Rows as a JSON list. */
const list = (rows: Sql): Sql => sql`(select coalesce(jsonb_agg(to_jsonb(each)), '[]') from (${rows}) each)`;

/** Years with an award, newest first, with what is awarded, promised and spent. */
export const yearsSql: Sql = sql`
  select a.year::int as year, sum(a.pence)::bigint as awarded, sum(a.promised_pence)::bigint as promised,
    coalesce(sum((select sum(f.spent_pence) from mental_health.funded f where f.award_id = a.id)), 0)::bigint as spent,
    sum((select count(*) from mental_health.funded f where f.award_id = a.id))::int as supports
  from mental_health.award a group by a.year order by a.year desc limit 50`;

const funded = (where: Sql): Sql => sql`
  select f.id, f.title, f.programme, f.level, f.provider, f.phase, f.co_produced, f.first_on, f.last_on, f.pence::text as pence,
    f.spent_pence::text as spent, f.award_id, a.letter, a.source, a.year::int as year, p.title as priority, f.children_item
  from mental_health.funded f join mental_health.award a on a.id = f.award_id left join mental_health.priority p on p.id = f.priority_id
  where ${where} order by f.first_on, lower(f.title), f.id limit 200`;

/** A year: its awards, its priorities, what is funded, its returns. */
export const yearSql = (year: number): Sql => sql`
  select ${year}::int as year,
    ${list(sql`
      select a.id, a.source, a.letter, a.letter_on, a.purpose, a.pence::text as pence, a.promised_pence::text as promised,
        coalesce((select sum(f.spent_pence) from mental_health.funded f where f.award_id = a.id), 0)::text as spent
      from mental_health.award a where a.year = ${year}::int order by a.letter_on, a.id limit 50`)} as awards,
    ${list(sql`select p.id, p.title, p.why from mental_health.priority p where p.year = ${year}::int order by p.id limit 50`)} as priorities,
    ${list(funded(sql`a.year = ${year}::int`))} as supports,
    ${list(sql`select h.id, h.half::int as half, h.state, h.sent_on from mental_health.half_year h where h.year = ${year}::int order by h.half`)} as returns`;

/** What is funded in a period, whatever the year of its award. */
export const fundedSql = (from: Temporal.PlainDate, to: Temporal.PlainDate): Sql =>
  funded(sql`f.first_on <= ${to}::date and f.last_on >= ${from}::date`);

export const awardSql = (award: string): Sql => sql`
  select a.id, a.year::int as year, a.source, a.letter, a.letter_on, a.purpose, a.pence, a.promised_pence as promised, a.version
  from mental_health.award a where a.id = ${award}::uuid`;

/** One funded support, with what was spent and told of it. */
export const supportSql = (support: string): Sql => sql`
  select f.id, f.title, f.programme, g.title as programme_title, f.about, f.level, f.provider, f.phase, f.co_produced, f.first_on, f.last_on, f.pence,
    f.spent_pence as spent, f.award_id, a.letter, a.year::int as year, a.pence - a.promised_pence as free, f.priority_id, p.title as priority,
    f.children_item, f.families_item, f.crisis_item, f.version,
    ${list(sql`
      select s.id, s.pence::text as pence, s.note, s.on_day, who.name as by from mental_health.spend s left join access.account who on who.id = s.by_account
      where s.funded_id = f.id order by s.on_day desc, s.id desc limit 100`)} as spending,
    ${list(sql`
      select t.id, t.from_on, t.to_on, t.children, t.families, t.crisis, t.outside, t.care, t.source, t.current from mental_health.told t
      where t.funded_id = f.id order by t.from_on desc, t.at desc limit 50`)} as told,
    ${list(sql`
      select r.id, i.title as indicator, r.from_on, r.to_on, r.first, r.twice as both, r.better, r.source from mental_health.told_reading r
      join mental_health.indicator i on i.id = r.indicator_id where r.funded_id = f.id order by r.from_on desc, i.title limit 50`)} as readings
  from mental_health.funded f join mental_health.award a on a.id = f.award_id left join support.programme g on g.id = f.programme
    left join mental_health.priority p on p.id = f.priority_id
  where f.id = ${support}::uuid`;

/** What a form of a funded support chooses from. */
export const choicesSql = (year: number): Sql => sql`
  select ${list(sql`
      select a.id, a.source, a.letter, (a.pence - a.promised_pence)::text as free from mental_health.award a where a.year = ${year}::int
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
    (select coalesce(sum(a.pence), 0)::bigint from mental_health.award a where a.year = h.year) as awarded,
    (select coalesce(sum(a.promised_pence), 0)::bigint from mental_health.award a where a.year = h.year) as promised,
    (select coalesce(sum(f.spent_pence), 0)::bigint from mental_health.award a join mental_health.funded f on f.award_id = a.id where a.year = h.year) as spent,
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
  where h.id = ${id}::uuid`;

/** Years with money of the framework, and the half years whose return was sent. */
export const returnsSentSql = (from: number): Sql => sql`
  select a.year::int as year, ${list(sql`
    select h.half::int as half, h.id, h.state from mental_health.half_year h where h.year = a.year order by h.half`)} as returns
  from (select distinct year from mental_health.award where year >= ${from}::int) a order by a.year`;
