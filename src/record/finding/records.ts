import sql, { type Sql } from 'sql-template-tag';
import type { Asked } from './rules.ts';

// The SQL of finding. Who is told of is decided in record.find_people (2500_finding.sql); what is shown of them is read under
// row-level security, like everything else.

/** Patterns that a whole address in small letters must match: every word begins a word of it. */
const patternsOf = (words: readonly string[]): string[] =>
  words.map((word) => `% ${word.replaceAll(/[\\%_]/g, '\\$&')}%`);

/**
 * The people who may be meant, best first: a row for each of them, then one for each family they are in, then one for each
 * that the asker may not see, with the teams to ask. `about` names all of them.
 */
export const findPeople = (asked: Asked, most: number, today: Temporal.PlainDate): Sql => sql`
  with found as materialized (
    select * from record.find_people(${asked.name}, ${asked.born?.from ?? null}::date, ${asked.born?.to ?? null}::date,
      ${asked.numbers}::text[], ${asked.postcodes}::text[], ${patternsOf(asked.place)}::text[], ${most}::integer)
  ), shown as materialized (
    select f.nth, f.why, p.id, p.given_name, p.family_name, p.date_of_birth, p.birth_known, p.expected_on, p.died_on
    from found f join record.person p on p.id = any (array[f.person_id]) where f.mine
  ), part as materialized (
    select s.id as person_id, s.nth, m.family_id, m.part, m.during @> ${today}::date as now
    from shown s join record.family_member m on m.person_id = any (array[s.id])
  )
  select 1 as sort, s.nth::bigint as nth, s.id as about, 'person' as kind, jsonb_build_object(
      'givenName', s.given_name, 'familyName', s.family_name, 'dateOfBirth', s.date_of_birth, 'birthKnown', s.birth_known,
      'expectedOn', s.expected_on, 'diedOn', s.died_on, 'why', s.why,
      'names', (select coalesce(jsonb_agg(jsonb_build_object('givenName', n.given_name, 'familyName', n.family_name, 'kind', n.kind) order by n.noted_at, n.id), '[]')
        from record.person_name n where n.person_id = s.id),
      'schemes', (select coalesce(jsonb_agg(distinct i.scheme), '[]') from record.identifier i
        where i.person_id = s.id and i.value = any (${asked.numbers}::text[])),
      'where', (select jsonb_build_object('town', a.town, 'postcode', a.postcode) from record.home h join record.address a on a.id = h.address_id
        where h.person_id = s.id and h.during @> ${today}::date limit 1),
      'families', (select coalesce(jsonb_agg(distinct jsonb_build_object('id', part.family_id, 'part', part.part, 'now', part.now)), '[]')
        from part where part.person_id = s.id)) as person,
    null::jsonb as family, '{}'::text[] as ask
  from shown s
  union all
  select 2, each.nth, f.id, 'family', null, jsonb_build_object('name', f.name,
      'members', (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'givenName', p.given_name, 'familyName', p.family_name)
          order by m.part, p.date_of_birth, p.given_name, p.id), '[]')
        from record.family_member m join record.person p on p.id = m.person_id where m.family_id = f.id and m.during @> ${today}::date),
      'helping', (select coalesce(jsonb_agg(to_jsonb(helper) - 'since' order by helper.since), '[]') from (
        select w.names, w.post, w.team, min(w.since) as since from record.helper w where w.family_id = f.id
        group by w.holder, w.names, w.post, w.team order by since limit 3) helper)), '{}'
  from (select family_id, min(nth) as nth from part group by family_id) each join record.family f on f.id = any (array[each.family_id])
  union all
  select 3, f.nth, f.person_id, 'exists', null, null, f.ask from found f where not f.mine
  order by sort, nth`;
