import sql, { type Sql } from 'sql-template-tag';

// Counts that stand on many families' records, for the role that reads no name. Pages and measures share them, so that a figure and
// a page cannot differ.

/** When a project runs, as far as a day: one that goes on has no end yet. */
const during = (upTo: Sql): Sql =>
  sql`daterange(j.first_on, least(coalesce(j.last_on, ${upTo}), ${upTo}), '[]')`;

const fromReturns = (item: Sql, upTo: Sql): Sql => sql`(
  select sum(v.amount)::bigint from support.provider_return r join support.return_value v on v.return_id = r.id
  where r.contract_id = j.contract_id and r.current and v.item = ${item} and daterange(r.from_on, r.to_on, '[]') && ${during(upTo)})`;

/**
 * Children and families whom a project reached, as columns beside a row `j` of support.project: counted from help of its programme
 * that began while it ran (children: under 18 when it began), from its contract's returns, or as stated.
 */
export const reachColumns = (upTo: Sql): Sql => sql`
  case when j.first_on > ${upTo} then null else case j.reach_from
    when 'stated' then j.children::bigint
    when 'returns' then ${fromReturns(sql`j.children_item`, upTo)}
    else (select count(distinct w.person_id) from support.support s join support.support_person w on w.support_id = s.id
        join record.person m on m.id = w.person_id
      where s.programme = j.programme and s.since <@ ${during(upTo)} and m.date_of_birth > s.since - interval '18 years') end end as children,
  case when j.first_on > ${upTo} then null else case j.reach_from
    when 'stated' then j.families::bigint
    when 'returns' then ${fromReturns(sql`j.families_item`, upTo)}
    else (select count(distinct s.family_id) from support.support s where s.programme = j.programme and s.since <@ ${during(upTo)}) end end as families`;

/** Children and families reached by projects, for the figures role. */
export const reachOf = (projects: readonly string[], today: Temporal.PlainDate): Sql => sql`
  select j.id, ${reachColumns(sql`${today}::date`)} from support.project j where j.id = any (${[...projects]}::uuid[])`;

/**
 * What is counted for each target of a contract so far, for the figures role: the current returns, added up (a share: their mean,
 * weighed as the measure of shares weighs it); or help that the provider's teams gave under its programme.
 */
export const performanceOf = (contract: string, today: Temporal.PlainDate): Sql => sql`
  select t.id, case t.source
    when 'returns' then (select case when bool_and(v.kind = 'count') then sum(v.amount)
        when bool_and(v.kind = 'pounds') then round(sum(v.amount) / 100, 1)
        else round(sum(v.amount * k.counted) / nullif(sum(k.counted), 0), 1) end
      from support.provider_return r join support.return_value v on v.return_id = r.id
        cross join lateral (select sum(n.amount) as counted from support.return_value n where n.return_id = r.id and n.kind = 'count'
          and n.item = (select f.item from support.return_value f where f.return_id = r.id and f.kind = 'count' order by f.position limit 1)) k
      where r.contract_id = c.id and r.current and v.item = t.item and v.amount is not null)
    when 'families' then (select count(distinct s.family_id) from support.support s join access.team x on x.id = s.team_id
      where s.programme = c.programme and x.organisation_id = c.organisation_id and s.since <= least(c.last_on, ${today}::date)
        and coalesce(s.until, 'infinity'::date) >= c.first_on)
    when 'people' then (select count(distinct w.person_id) from support.support s join support.support_person w on w.support_id = s.id
        join access.team x on x.id = s.team_id
      where s.programme = c.programme and x.organisation_id = c.organisation_id and s.since <= least(c.last_on, ${today}::date)
        and coalesce(s.until, 'infinity'::date) >= c.first_on)
    else (select count(*) from support.session n join support.support s on s.id = n.support_id join access.team x on x.id = s.team_id
      where n.programme = c.programme and x.organisation_id = c.organisation_id and n.on_day between c.first_on and least(c.last_on, ${today}::date)) end as actual
  from support.contract c join support.contract_target t on t.contract_id = c.id where c.id = ${contract}`;
