import sql, { empty, type Sql } from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';
import type { Part } from '../people.ts';

// The SQL of families and people. Row-level security decides what each statement reaches: none of them asks who may.

/** How near a name must be to what was typed: low enough for Robertsen and McDonald, high enough to leave out the rest. */
const nearEnough = 0.4;

/**
 * Begins a list of families at the reasons of whoever asks. Row-level security refuses the others in any case, but only after
 * each family there is has been looked at.
 */
const mineToSee = sql`f.id in (select r.subject from access.my_reason r where r.scope = 'practice')`;

/** Who is in each family, in short: joined to a family `f`, on a day. */
const inShort = (today: Temporal.PlainDate) => sql`
  left join lateral (
    select count(*)::int as people, count(*) filter (where m.part in ('child', 'young person'))::int as children,
      coalesce(string_agg(p.given_name, ', ' order by m.part, p.date_of_birth, p.given_name, p.id), '') as members
    from record.family_member m join record.person p on p.id = m.person_id
    where m.family_id = f.id and m.during @> ${today}::date) them on true`;

/**
 * The postcodes where the people of a family `f` live on a day. Row-level security hides a withheld address here as it does
 * everywhere: such a home adds nothing.
 */
const whereTheyLive = (today: Temporal.PlainDate) => sql`
  left join lateral (
    select string_agg(distinct a.postcode, ', ' order by a.postcode) as postcode
    from record.family_member m join record.home h on h.person_id = m.person_id join record.address a on a.id = h.address_id
    where m.family_id = f.id and m.during @> ${today}::date and h.during @> ${today}::date) lives on true`;

/** Whether somebody in family `f` has, or has had, a home at a postcode that begins so, written without a space. */
const hasHomeAt = (beginning: string) => sql`exists (
  select from record.family_member m join record.home h on h.person_id = m.person_id join record.address a on a.id = h.address_id
  where m.family_id = f.id and replace(a.postcode, ' ', '') like ${beginning} || '%')`;

/** Whether somebody in family `f` has this CHI number. */
const hasChi = (chi: string) => sql`exists (
  select from record.family_member m join record.identifier i on i.person_id = m.person_id
  where m.family_id = f.id and i.scheme = 'CHI' and i.value = ${chi})`;

/** Families whose name, people or one of whose postcodes are near to what was typed; best first, 20 at most. */
export const findFamilies = (said: string, today: Temporal.PlainDate): Sql => {
  const words = said.toLowerCase();
  const close = said.toUpperCase().replaceAll(/\s/g, '');
  const isPostcode = /^[A-Z]{1,2}\d[A-Z\d]{0,4}$/.test(close);
  return sql`
  with near as (
    select f.id, greatest(
        public.word_similarity(${words}, lower(f.name)),
        ${isPostcode ? sql`case when ${hasHomeAt(close)} then 1 else 0 end` : sql`0`},
        (select max(public.word_similarity(${words}, lower(p.given_name || ' ' || p.family_name)))
         from record.family_member m join record.person p on p.id = m.person_id where m.family_id = f.id)) as nearness
    from record.family f where ${words} <> '' and ${mineToSee}
  ), best as (
    select near.* from near join record.family f on f.id = near.id
    where nearness >= ${nearEnough} order by nearness desc, lower(f.name), f.id limit 20
  )
  select f.id as about, f.name, f.locality, f.area_withheld, lives.postcode, them.members, helper.words as helping
  from best join record.family f on f.id = best.id
  ${inShort(today)}
  ${whereTheyLive(today)}
  left join lateral (
    select concat_ws(', ', w.names, w.team) as words from record.helper w
    where w.family_id = f.id and w.kind = 'allocated' order by w.since desc, w.reason_id limit 1) helper on true
  order by best.nearness desc, lower(f.name), f.id`;
};

/** Families that whoever asks may see, by name, 50 after the one given. */
export const myFamilies = (
  after: { name: string; id: string } | undefined,
  today: Temporal.PlainDate,
): Sql => sql`
  with page as materialized (
    select f.id, f.name, f.locality, f.area_withheld from record.family f where ${mineToSee}
    ${after === undefined ? empty : sql`and (lower(f.name), f.id) > (${after.name}, ${after.id}::uuid)`}
    order by lower(f.name), f.id limit 50
  )
  select f.id as about, f.name, lower(f.name) as sorted, f.locality, f.area_withheld, them.people, them.children, them.members, why.kinds as why
  from page f
  ${inShort(today)}
  left join lateral (
    select coalesce(array_agg(distinct k.title order by k.title), '{}') as kinds
    from access.my_reason r join access.reason_kind k on k.id = r.kind
    where r.subject = f.id and r.scope = 'practice') why on true
  order by lower(f.name), f.id`;

/** One family as its page shows it. Helpers are gathered by holder: one may hold several reasons. */
export const openFamily = (family: string, today: Temporal.PlainDate): Sql => sql`
  select f.id as about, f.name, f.locality, f.simd_decile, f.area_withheld, f.version,
    (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'givenName', p.given_name, 'familyName', p.family_name,
        'dateOfBirth', p.date_of_birth, 'birthKnown', p.birth_known, 'expected', p.expected_on, 'died', p.died_on, 'gender', p.gender,
        'sex', p.sex, 'careExperienced', p.care_experienced, 'part', m.part, 'version', p.version)
        order by array_position(array['child', 'young person', 'parent or carer', 'other'], m.part), p.date_of_birth, p.given_name, p.id), '[]')
     from record.family_member m join record.person p on p.id = m.person_id
     where m.family_id = f.id and m.during @> ${today}::date) as members,
    (select coalesce(jsonb_agg(jsonb_build_object('from', r.person_id, 'to', r.other_id, 'kind', r.kind, 'since', lower(r.during),
        'until', upper(r.during), 'endedHow', r.ended_how) order by r.id), '[]')
     from (select array(select m.person_id from record.family_member m where m.family_id = f.id and m.during @> ${today}::date) as ids) them
       cross join lateral unnest(them.ids) one (id)
       join record.relationship r on r.person_id = any (array[one.id]) and r.other_id = any (them.ids)) as ties,
    (select coalesce(jsonb_agg(to_jsonb(other) order by other.since), '[]') from (
       select h.names, h.post, h.team, array_agg(distinct h.kind_title order by h.kind_title) as kinds, min(h.since) as since
       from record.helper h where h.family_id = f.id and not h.mine
       group by h.holder, h.names, h.post, h.team) other) as helping
  from record.family f where f.id = ${family}::uuid`;

/** The CHI number of person `p` as it was last written down: two of them can stand there until records are merged. */
const chiOf = sql`
  select i.value from record.identifier i where i.person_id = p.id and i.scheme = 'CHI' order by i.noted_at desc, i.id desc limit 1`;

/** One person of a family, with what only the page that changes them needs. */
export const openPerson = (family: string, person: string): Sql => sql`
  select m.family_id as about, p.id, p.given_name, p.family_name, p.date_of_birth, p.gender, p.care_experienced,
    (${chiOf}) as chi_number, m.part, p.version, f.name as family
  from record.family_member m join record.person p on p.id = m.person_id join record.family f on f.id = m.family_id
  where m.family_id = ${family}::uuid and p.id = ${person}::uuid order by m.during desc limit 1`;

/** Who has looked at a family, newest first, 50 before the event given. */
export const whoLooked = (
  family: string,
  before: { at: Temporal.Instant; id: string } | undefined,
): Sql => sql`
  select ${family}::uuid as about, event_id as event, at, kind, name, who, post, why, as_at
  from record.who_looked(${family}::uuid, ${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid, 50)`;

/**
 * Families that may be the one about to be added: those the asker sees, in full; those they may not, as a team to ask.
 * `about` names both, so that each shows in its own trail that somebody asked.
 */
export const likelyFamilies = (
  { name, postcode, chi }: { name: string; postcode: string | undefined; chi: string | undefined },
  today: Temporal.PlainDate,
): Sql => sql`
  with mine as (
    select f.id, greatest(
        public.similarity(lower(${name}), lower(f.name)),
        ${postcode === undefined ? sql`0` : sql`case when ${hasHomeAt(postcode.replace(' ', ''))} then 0.5 else 0 end`},
        ${chi === undefined ? sql`0` : sql`case when ${hasChi(chi)} then 1 else 0 end`}) as nearness
    from record.family f where ${mineToSee}
  ), best as (select * from mine where nearness >= ${nearEnough} order by nearness desc, id limit 10)
  select f.id as about, f.id as family, f.name, f.locality, lives.postcode, them.members, '{}'::text[] as ask, best.nearness
  from best join record.family f on f.id = best.id ${inShort(today)} ${whereTheyLive(today)}
  union all
  select other.family_id, null, null, null, null, null, other.teams, 0
  from record.may_exist(${name}, ${postcode ?? null}, array_remove(array[${chi ?? null}::text], null)) other
  order by nearness desc, name`;

/** Colleagues and posts that work with families, whose name, post or team has what was typed in it. Twenty at most. */
export const findColleagues = (said: string, roles: readonly string[]): Sql => {
  const pattern = `%${said.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
  return sql`
  select * from (
    select a.id, a.name, min(r.title || ', ' || t.name) as post, false as whole_post
    from access.account a join access.holding h on h.account_id = a.id and h.during @> now()
      join access.post p on p.id = h.post_id join access.role r on r.id = p.role_id join access.team t on t.id = p.team_id
    where a.left_at is null and p.role_id = any (${roles}) and a.id <> access.account_id() group by a.id, a.name
    union all
    select p.id, t.name, r.title, true
    from access.post p join access.role r on r.id = p.role_id join access.team t on t.id = p.team_id
    where p.role_id = any (${roles})
  ) colleague
  where lower(name || ' ' || post) like ${pattern} order by whole_post, name, id limit 20`;
};

/** Whether somebody who works here now and with families, or a post for such, has this id. */
export async function worksWithFamilies(
  rows: Rows,
  holder: string,
  roles: readonly string[],
): Promise<boolean> {
  const found = await rows.many(sql`
    select from access.post p where p.id = ${holder}::uuid and p.role_id = any (${roles})
    union all
    select from access.account a join access.holding h on h.account_id = a.id and h.during @> now()
      join access.post p on p.id = h.post_id and p.role_id = any (${roles})
    where a.id = ${holder}::uuid and a.left_at is null limit 1`);
  return found.length > 0;
}

export interface FamilyDetails {
  name: string;
  locality: string;
  simdDecile?: number | undefined;
}

export interface PersonDetails {
  givenName: string;
  familyName: string;
  dateOfBirth?: Temporal.PlainDate | undefined;
  gender: string;
  chi?: string | undefined;
  careExperienced: boolean;
  part: Part;
}

/** New keys. They are asked for before anything is written: a person who belongs to no family yet cannot be read back. */
export async function newIds(rows: Rows, many: number): Promise<string[]> {
  const made = await rows.many<{ id: string }>(sql`select uuidv7() as id from generate_series(1, ${many})`);
  return made.map((row) => row.id);
}

/** Writes a family that is open to whoever asks already. */
export const writeFamily = (rows: Rows, id: string, family: FamilyDetails): Promise<number> =>
  rows.run(sql`
    insert into record.family (id, name, locality, simd_decile)
    values (${id}, ${family.name}, nullif(${family.locality}, ''), ${family.simdDecile ?? null})`);

/** Writes people, joins them to a family and notes their CHI numbers, in three statements. */
export async function writePeople(
  rows: Rows,
  family: string,
  people: readonly (PersonDetails & { id: string })[],
): Promise<void> {
  if (people.length === 0) return;
  const each = <T>(pick: (person: PersonDetails & { id: string }) => T) => people.map(pick);
  await Promise.all([
    rows.run(sql`
      insert into record.person (id, given_name, family_name, date_of_birth, gender, care_experienced)
      select id, given, family, born, nullif(gender, ''), care from unnest(
        ${each((person) => person.id)}::uuid[], ${each((person) => person.givenName)}::text[],
        ${each((person) => person.familyName)}::text[], ${each((person) => person.dateOfBirth ?? null)}::date[],
        ${each((person) => person.gender)}::text[], ${each((person) => person.careExperienced)}::boolean[])
        as new (id, given, family, born, gender, care)`),
    rows.run(sql`
      insert into record.family_member (family_id, person_id, part)
      select ${family}::uuid, id, part from unnest(
        ${each((person) => person.id)}::uuid[], ${each((person) => person.part)}::text[]) as new (id, part)`),
    rows.run(sql`
      insert into record.identifier (person_id, scheme, value, source, noted_by)
      select id, 'CHI', chi, 'When the person was added', access.account_id() from unnest(
        ${each((person) => person.id)}::uuid[], ${each((person) => person.chi ?? null)}::text[]) as new (id, chi)
      where chi is not null`),
  ]);
}

/** Changes a family if it is still at this version; how many rows that was. */
export const changeFamily = (
  rows: Rows,
  id: string,
  version: number,
  family: FamilyDetails,
): Promise<number> =>
  rows.run(sql`
    update record.family set name = ${family.name},
      locality = case when not area_withheld then nullif(${family.locality}, '') end,
      simd_decile = case when not area_withheld then ${family.simdDecile ?? null}::smallint end, version = version + 1
    where id = ${id}::uuid and version = ${version}`);

/** Changes a person of a family if they are still at this version; how many rows that was. */
export async function changePerson(
  rows: Rows,
  family: string,
  id: string,
  version: number,
  person: PersonDetails,
): Promise<number> {
  const changed = await rows.run(sql`
    update record.person p set given_name = ${person.givenName}, family_name = ${person.familyName},
      date_of_birth = ${person.dateOfBirth ?? null}, gender = nullif(${person.gender}, ''),
      care_experienced = ${person.careExperienced}, version = version + 1
    where p.id = ${id}::uuid and p.version = ${version}
      and exists (select from record.family_member m where m.family_id = ${family}::uuid and m.person_id = p.id)`);
  if (changed > 0) {
    await rows.run(sql`
      update record.family_member set part = ${person.part} where family_id = ${family}::uuid and person_id = ${id}::uuid`);
    await changeChi(rows, id, person.chi);
  }
  return changed;
}

/** Makes this the CHI number of somebody, or takes it out; the one it was is kept in the corrections. */
const changeChi = (rows: Rows, person: string, chi: string | undefined): Promise<number> =>
  rows.run(sql`
    with p as (select ${person}::uuid as id),
      was as (select i.* from record.identifier i, p where i.person_id = p.id and i.scheme = 'CHI'
        and i.value = (${chiOf}) and i.value is distinct from ${chi ?? null}),
      kept as (insert into record.correction (person_id, what, earlier, why, corrected_by)
        select person_id, 'CHI number', to_jsonb(was), 'Changed with the person’s other details', access.account_id() from was),
      gone as (delete from record.identifier i using was where i.id = was.id)
    insert into record.identifier (person_id, scheme, value, source, noted_by)
    select p.id, 'CHI', ${chi ?? null}, 'Noted with the person’s details', access.account_id() from p
    where ${chi ?? null}::text is not null on conflict (person_id, scheme, value) do nothing`);

/** The name of a family that whoever asks may see. */
export async function familyName(rows: Rows, id: string): Promise<string | undefined> {
  const [family] = await rows.many<{ name: string }>(
    sql`select name from record.family where id = ${id}::uuid`,
  );
  return family?.name;
}

/** Whether somebody is in a family that whoever asks may see. */
export async function isMember(rows: Rows, family: string, person: string): Promise<boolean> {
  const found = await rows.many(
    sql`select from record.family_member where family_id = ${family}::uuid and person_id = ${person}::uuid`,
  );
  return found.length > 0;
}
