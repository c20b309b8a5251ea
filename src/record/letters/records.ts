import sql, { type Sql } from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';
import { pageSize } from './rules.ts';

// The SQL of letters and of advocacy. Row-level security decides what each statement reaches.

/** Rows as a JSON list. */
const list = (rows: Sql): Sql => sql`(select coalesce(jsonb_agg(to_jsonb(each)), '[]') from (${rows}) each)`;

const personName = sql`coalesce(p.given_name || ' ' || p.family_name, 'Somebody in the family')`;

/** How somebody likes to be called: the name they are known as on a day, else their given name. */
const likedName = (today: Temporal.PlainDate): Sql => sql`
  coalesce((select n.given_name from record.person_name n where n.person_id = p.id and n.kind = 'known as' and n.during @> ${today}::date
    order by lower(n.during) desc nulls last, n.id limit 1), p.given_name)`;

/** The letters of a family, the last first, from before one of them; one more than a page, to say that there are more. */
export const lettersOf = (family: string, before: string | undefined): Sql => sql`
  select l.family_id as about, l.id, l.title, l.rights, ${personName} as name, l.person_id as person, l.language, l.how, l.given_on,
    giver.name as given_by, l.written_at, writer.name as written_by
  from (select * from record.letter each where each.family_id = ${family}::uuid
    and (${before ?? null}::uuid is null or (each.written_at, each.id) < (select b.written_at, b.id from record.letter b where b.id = ${before ?? null}::uuid))
    order by each.written_at desc, each.id desc limit ${pageSize + 1}) l
  left join record.person p on p.id = l.person_id left join access.account giver on giver.id = l.given_by
  left join access.account writer on writer.id = l.written_by order by l.written_at desc, l.id desc`;

/**
 * Everybody in a family, with whether they were told of their rights in writing and offered advocacy. A row for each, the children
 * first.
 */
export const rightsOf = (family: string, today: Temporal.PlainDate): Sql => sql`
  select m.family_id as about, p.id as person, p.given_name || ' ' || p.family_name as name, m.part,
    (select to_jsonb(x) from (
       select l.id, l.given_on as on, l.how, l.language, a.name as by from record.letter l left join access.account a on a.id = l.given_by
       where l.person_id = p.id and l.family_id = m.family_id and l.rights and l.given_at is not null order by l.given_on desc, l.id desc limit 1) x) as told,
    (select to_jsonb(x) from (
       select o.id, o.offered_on as on, o.answer, o.advocate, o.ask_again_on as again from record.advocacy_offer o
       where o.person_id = p.id and o.family_id = m.family_id order by o.offered_on desc, o.id desc limit 1) x) as offered
  from record.family_member m join record.person p on p.id = m.person_id
  where m.family_id = ${family}::uuid and m.during @> ${today}::date and p.died_on is null
  order by array_position(array['child', 'young person', 'parent or carer', 'other'], m.part), p.date_of_birth, p.given_name, p.id limit 100`;

/** One letter. The address beside it is of where they live now, and is empty when it is withheld. */
export const oneLetter = (letter: string, today: Temporal.PlainDate): Sql => sql`
  select l.family_id as about, l.id, l.title, l.rights, l.body, l.language, l.large, l.how, l.given_on, l.given_at, giver.name as given_by,
    l.given_as, writer.name as written_by, l.written_at, l.version, f.name as family, l.person_id as person, ${personName} as name,
    coalesce(lives.withheld, false) as withheld,
    case when lives.withheld is false then concat_ws(E'\n', nullif(lives.lines, ''), nullif(lives.town, ''), nullif(lives.postcode, '')) else '' end
      as address
  from record.letter l join record.family f on f.id = l.family_id left join record.person p on p.id = l.person_id
  left join access.account giver on giver.id = l.given_by left join access.account writer on writer.id = l.written_by
  left join lateral (
    select a.lines, a.town, a.postcode, a.id is null or a.withheld as withheld
    from record.home h left join record.address a on a.id = h.address_id
    where h.person_id = any (array[l.person_id]) and h.during @> ${today}::date order by lower(h.during) desc nulls last, h.id limit 1) lives on true
  where l.id = ${letter}::uuid`;

/** Somebody in a family, as a letter to them is filled in. */
export interface Addressee {
  name: string;
  full_name: string;
  pronouns: string | null;
  date_of_birth: Temporal.PlainDate | null;
  language: string | null;
}

export async function addressee(
  rows: Rows,
  family: string,
  person: string,
  today: Temporal.PlainDate,
): Promise<Addressee | undefined> {
  const [found] = await rows.many<Addressee>(sql`
    select ${likedName(today)} as name, p.given_name || ' ' || p.family_name as full_name, p.pronouns, p.date_of_birth,
      (select x.language from record.language x where x.person_id = p.id and x.first order by x.language limit 1) as language
    from record.family_member m join record.person p on p.id = m.person_id
    where m.family_id = ${family}::uuid and m.person_id = ${person}::uuid limit 1`);
  return found;
}

/** Letters there are to begin from. */
export const templateList = sql`
  select t.id, t.title, t.body, t.rights, t.from_age, t.to_age, t.source, t.used, t.version from record.letter_template t
  order by not t.rights, t.from_age nulls last, t.title, t.id limit 200`;

export const oneTemplate = (template: string): Sql => sql`
  select t.id, t.title, t.body, t.rights, t.from_age, t.to_age, t.source, t.used, t.version,
    ${list(sql`
      select c.id, c.why, a.name as by, c.changed_at as at, c.was = 'null'::jsonb as added from record.letter_template_change c
      left join access.account a on a.id = c.changed_by where c.template_id = t.id order by c.changed_at desc, c.id limit 50`)} as changes
  from record.letter_template t where t.id = ${template}`;

/** What was offered and answered in a family, the last first. */
export const offersOf = (family: string): Sql => sql`
  select o.family_id as about, o.id, o.person_id as person, ${personName} as name, o.offered_on, o.offered_at, a.name as offered_by, o.offered_as,
    o.answer, o.answered_on, o.advocate, o.words, o.ask_again_on, o.version, f.name as family
  from record.advocacy_offer o join record.family f on f.id = o.family_id left join record.person p on p.id = o.person_id
  left join access.account a on a.id = o.offered_by
  where o.family_id = ${family}::uuid order by o.offered_on desc, o.id desc limit ${pageSize}`;

export const oneOffer = (offer: string): Sql => sql`
  select o.family_id as about, o.id, o.person_id as person, ${personName} as name, o.offered_on, o.offered_at, a.name as offered_by, o.offered_as,
    o.answer, o.answered_on, o.advocate, o.words, o.ask_again_on, o.version, f.name as family
  from record.advocacy_offer o join record.family f on f.id = o.family_id left join record.person p on p.id = o.person_id
  left join access.account a on a.id = o.offered_by where o.id = ${offer}::uuid`;

/**
 * Children of the families that whoever asks works with, to whom advocacy is still to be offered or offered again, and who are still
 * to be told of their rights in writing. `since` is when somebody began to work with the family.
 */
export const owedTo = (today: Temporal.PlainDate): Sql => sql`
  with mine as materialized (
    select distinct r.subject from access.my_reason r where r.scope = 'practice' and record.works_with(r.kind)
  ), begun as materialized (
    select f.id, f.name, (
      select min(r.since)::date from access.reason r where r.subject = mine.subject and record.works_with(r.kind)
        and (r.until is null or r.until > now())) as since
    from mine join record.family f on f.id = mine.subject
  ), child as materialized (
    select m.family_id, m.person_id, p.given_name, begun.name as family, begun.since
    from begun join record.family_member m on m.family_id = begun.id and m.part in ('child', 'young person') and m.during @> ${today}::date
      join record.person p on p.id = m.person_id and p.died_on is null and p.expected_on is null
  ), owed as (
    select c.*, 'advocacy' as what, last.ask_again_on as again
    from child c left join lateral (
      select o.id, o.ask_again_on from record.advocacy_offer o where o.person_id = c.person_id and o.family_id = c.family_id
      order by o.offered_on desc, o.id desc limit 1) last on true
    where last.id is null or last.ask_again_on is not null
    union all
    select c.*, 'rights', null from child c
    where not exists (select from record.letter l where l.person_id = c.person_id and l.family_id = c.family_id and l.rights and l.given_at is not null)
  )
  select family_id as about, family, person_id as person, given_name as name, what, coalesce(since, ${today}::date) as since, again
  from owed order by again nulls last, since, person_id limit 200`;
