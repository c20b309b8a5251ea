import sql, { type Sql } from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';
import { parentKinds, siblingKinds } from '../relationships/rules.ts';
import type { AddressParts, HomeKind } from './rules.ts';

// The SQL of homes. An address is read through row-level security: a home whose address cannot be seen is a withheld one.

const address = sql`'withheld', a.id is null, 'lines', coalesce(a.lines, ''), 'town', coalesce(a.town, ''),
  'postcode', coalesce(a.postcode, ''), 'uprn', coalesce(a.uprn, '')`;

/** Somebody with all their homes, newest first, and what was done about withheld ones. */
export const openHomes = (person: string, today: Temporal.PlainDate): Sql => sql`
  select p.id as about, p.given_name, p.given_name || ' ' || p.family_name as name,
    (select coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'kind', h.kind, 'since', lower(h.during), 'until', upper(h.during),
        'now', h.during @> ${today}::date, 'source', h.source, 'version', h.version, 'notedBy', w.name, 'notedOn', h.noted_at::date,
        ${address}) order by coalesce(lower(h.during), '-infinity') desc), '[]')
     from record.home h left join record.address a on a.id = h.address_id left join access.account w on w.id = h.noted_by
     where h.person_id = p.id) as homes,
    (select coalesce(jsonb_agg(to_jsonb(note) order by note.at desc), '[]') from (
       select n.did, n.why, n.noted_at as at, w.name as by from record.withheld_note n join access.account w on w.id = n.noted_by
       where n.person_id = p.id order by n.noted_at desc limit 50) note) as notes
  from record.person p where p.id = ${person}::uuid`;

/** Who else has a home on this day where somebody has one. Forty at most: a house of more is no household. */
export const householdOf = (person: string, today: Temporal.PlainDate): Sql => sql`
  select o.person_id as about, h.id as home, p.given_name || ' ' || p.family_name as name
  from record.home h
    join record.home o on o.address_id = h.address_id and o.person_id <> h.person_id and o.during @> ${today}::date
    join record.person p on p.id = o.person_id
  where h.person_id = ${person}::uuid and h.during @> ${today}::date and (p.died_on is null or p.died_on > ${today}::date)
  order by p.date_of_birth, p.given_name, p.id, p.id limit 40`;

/** Who is in the families of somebody, with where each lives now: those who may move together. */
export const togetherWith = (person: string, today: Temporal.PlainDate): Sql => sql`
  select * from (
    select distinct on (p.id) p.id as about, p.given_name || ' ' || p.family_name as name, p.date_of_birth, h.id as home,
      h.address_id as place, h.id is not null and a.id is null as withheld, coalesce(a.lines, '') as lines, coalesce(a.town, '') as town,
      coalesce(a.postcode, '') as postcode
    from record.family_member me join record.family_member m on m.family_id = me.family_id and m.during @> ${today}::date
      join record.person p on p.id = m.person_id
      left join record.home h on h.person_id = p.id and h.during @> ${today}::date
      left join record.address a on a.id = h.address_id
    where me.person_id = any (array[${person}::uuid]) and (p.died_on is null or p.died_on > ${today}::date) order by p.id) each
  order by each.about <> ${person}::uuid, each.date_of_birth, each.name limit 60`;

/** Those of a family `m` who are brothers and sisters of `p` on a day: written down as such, or with a parent in common. */
const siblingsOf = (today: Temporal.PlainDate) => sql`
  select coalesce(array_agg(distinct o.person_id), '{}') from (
    select r.other_id as id from record.relationship r
      where r.person_id = any (array[p.id]) and r.kind = any (${[...siblingKinds]}) and r.during @> ${today}::date
    union all
    select r.person_id from record.relationship r
      where r.other_id = any (array[p.id]) and r.kind = any (${[...siblingKinds]}) and r.during @> ${today}::date
    union all
    select theirs.other_id from record.relationship mine
      join record.relationship theirs on theirs.person_id = any (array[mine.person_id]) and theirs.kind = any (${[...parentKinds]})
      where mine.other_id = any (array[p.id]) and mine.kind = any (${[...parentKinds]})) near
  join record.family_member o on o.family_id = m.family_id and o.person_id = near.id and o.during @> ${today}::date
  where near.id <> p.id`;

/**
 * Where everybody of a family lives on a day: one row for each person. Nobody who has died, and no baby before the birth, lives
 * anywhere.
 */
export const familyHomes = (family: string, today: Temporal.PlainDate): Sql => sql`
  select m.family_id as about, p.id as person, p.given_name, p.given_name || ' ' || p.family_name as name, m.part, h.id as home,
    h.address_id as place, h.kind, lower(h.during) as since, h.id is not null and a.id is null as withheld,
    coalesce(a.lines, '') as lines, coalesce(a.town, '') as town, coalesce(a.postcode, '') as postcode, siblings
  from record.family_member m join record.person p on p.id = m.person_id
    left join lateral (select case when m.part in ('child', 'young person') then (${siblingsOf(today)}) else '{}'::uuid[] end as siblings) near on true
    left join record.home h on h.person_id = p.id and h.during @> ${today}::date
    left join record.address a on a.id = h.address_id
  where m.family_id = ${family}::uuid and m.during @> ${today}::date
    and (p.died_on is null or p.died_on > ${today}::date) and (p.expected_on is null or h.id is not null)
  order by array_position(array['child', 'young person', 'parent or carer', 'other'], m.part), p.date_of_birth, p.given_name, p.id, p.id
  limit 200`;

/** A withheld address, for whoever has just said why: once. Afterwards, and for anybody else, not `open`. */
export const readWithheld = (look: string): Sql => sql`
  select person_id as about, open, lines, town, postcode, uprn
  from record.read_withheld_address(${look}::uuid)`;

/** The families, among those whoever asks may see, that these people are in; and who of them is in one with the first. */
export async function familiesOf(
  rows: Rows,
  people: readonly string[],
): Promise<{ families: string[]; together: string[] }> {
  const found = await rows.many<{ family: string; person: string }>(sql`
    select m.family_id as family, m.person_id as person from record.family_member me
      join record.family_member m on m.family_id = me.family_id and m.person_id = any (${people}::uuid[])
    where me.person_id = any (array[${people[0] ?? null}::uuid])`);
  const distinct = (each: readonly string[]) => [...new Set(each)];
  return {
    families: distinct(found.map((row) => row.family)),
    together: distinct(found.map((row) => row.person)),
  };
}

export interface HomeRow {
  id: string;
  person: string;
  place: string;
  withheld: boolean;
  lines: string;
  town: string;
  postcode: string;
  uprn: string;
}

/** A home that whoever asks may see. */
export async function homeById(rows: Rows, id: string): Promise<HomeRow | undefined> {
  const [home] = await rows.many<HomeRow>(sql`
    select h.id, h.person_id as person, h.address_id as place, a.id is null as withheld, coalesce(a.lines, '') as lines,
      coalesce(a.town, '') as town, coalesce(a.postcode, '') as postcode, coalesce(a.uprn, '') as uprn
    from record.home h left join record.address a on a.id = h.address_id where h.id = ${id}::uuid`);
  return home;
}

/** New keys, asked for before anything is written: an address that is nobody's home cannot be read back. */
async function newId(rows: Rows): Promise<string> {
  const [made] = await rows.many<{ id: string }>(sql`select uuidv7() as id`);
  if (made === undefined) throw new Error('no key was made');
  return made.id;
}

/** The address as the families of somebody have it already, or a new one. */
export async function placeFor(rows: Rows, person: string, parts: AddressParts): Promise<string> {
  const bare = (column: Sql) => sql`regexp_replace(lower(${column}), '[^a-z0-9]', '', 'g')`;
  const [known] = await rows.many<{ id: string }>(sql`
    select a.id from record.family_member me join record.family_member m on m.family_id = me.family_id
      join record.home h on h.person_id = m.person_id join record.address a on a.id = h.address_id
    where me.person_id = any (array[${person}::uuid]) and a.postcode is not distinct from nullif(${parts.postcode}, '')
      and a.uprn is not distinct from nullif(${parts.uprn}, '') and ${bare(sql`a.lines`)} = ${bare(sql`${parts.lines}`)}
      and ${bare(sql`a.town`)} = ${bare(sql`${parts.town}`)}
    limit 1`);
  return known?.id ?? newPlace(rows, parts);
}

/** Writes an address. */
export async function newPlace(rows: Rows, { lines, town, postcode, uprn }: AddressParts): Promise<string> {
  const id = await newId(rows);
  await rows.run(sql`
    insert into record.address (id, lines, town, postcode, uprn)
    values (${id}::uuid, ${lines}, ${town}, nullif(${postcode}, ''), nullif(${uprn}, ''))`);
  return id;
}

export interface Stay {
  kind: HomeKind;
  from: Temporal.PlainDate | undefined;
  until: Temporal.PlainDate | undefined;
  source: string;
}

/**
 * Gives people a home. Where they have one without an end that began earlier, it ends on the day this one begins; where they
 * have one since an unknown day, and this one has an end, it begins on that day. The temporal key refuses any other overlap.
 */
export async function writeHomes(
  rows: Rows,
  people: readonly string[],
  place: string,
  { kind, from, until, source }: Stay,
): Promise<string[]> {
  const [begins, ends] = [from ?? null, until ?? null];
  await rows.run(sql`
    update record.home set during = daterange(lower(during), ${begins}::date), version = version + 1
    where person_id = any (${people}::uuid[]) and upper(during) is null and ${ends}::date is null
      and coalesce(lower(during), '-infinity') < ${begins}::date`);
  await rows.run(sql`
    update record.home set during = daterange(${ends}::date, upper(during)), version = version + 1
    where person_id = any (${people}::uuid[]) and lower(during) is null and coalesce(upper(during), 'infinity') > ${ends}::date`);
  const made = await rows.many<{ id: string }>(sql`
    insert into record.home (person_id, address_id, kind, during, source, noted_by)
    select id, ${place}::uuid, ${kind}, daterange(${begins}::date, ${ends}::date), ${source}, access.account_id()
    from unnest(${people}::uuid[]) as new (id) returning id`);
  return made.map((row) => row.id);
}

/** Writes the home that people of a new family share, of which no more than the postcode is known, nor since when. */
export async function writeFirstHome(
  rows: Rows,
  place: string,
  postcode: string,
  people: readonly string[],
): Promise<void> {
  await Promise.all([
    rows.run(sql`insert into record.address (id, postcode) values (${place}::uuid, ${postcode})`),
    rows.run(sql`
      insert into record.home (person_id, address_id, source, noted_by)
      select id, ${place}::uuid, 'When the family was added', access.account_id() from unnest(${people}::uuid[]) as new (id)`),
  ]);
}

/** Keeps homes as they stand, with why they are about to be written over or taken out. */
export const keepHomes = (rows: Rows, homes: readonly string[], why: string): Promise<number> =>
  rows.run(sql`
    insert into record.correction (person_id, what, earlier, why, corrected_by)
    select h.person_id, 'home', to_jsonb(h), ${why}, access.account_id() from record.home h where h.id = any (${homes}::uuid[])`);

/** Writes over a home if it is still at this version; how many rows that was. */
export const changeHome = (
  rows: Rows,
  id: string,
  version: number,
  place: string,
  { kind, from, until, source }: Stay,
): Promise<number> =>
  rows.run(sql`
    update record.home set address_id = ${place}::uuid, kind = ${kind}, during = daterange(${from ?? null}::date, ${until ?? null}::date),
      source = ${source}, version = version + 1
    where id = ${id}::uuid and version = ${version}`);

/** The other homes at an address that whoever asks may see. */
export async function othersAt(rows: Rows, place: string, home: string): Promise<string[]> {
  const found = await rows.many<{ id: string }>(
    sql`select id from record.home where address_id = ${place}::uuid and id <> ${home}::uuid`,
  );
  return found.map((row) => row.id);
}

/** Says of homes that they are at another address. */
export const moveHomes = (rows: Rows, homes: readonly string[], place: string): Promise<number> =>
  rows.run(sql`
    update record.home set address_id = ${place}::uuid, version = version + 1 where id = any (${homes}::uuid[])`);

/** Ends a home if it is still at this version; how many rows that was. */
export const endHome = (
  rows: Rows,
  id: string,
  version: number,
  until: Temporal.PlainDate,
): Promise<number> =>
  rows.run(sql`
    update record.home set during = daterange(lower(during), ${until}::date), version = version + 1
    where id = ${id}::uuid and version = ${version} and coalesce(lower(during), '-infinity') < ${until}::date
      and coalesce(upper(during), 'infinity') >= ${until}::date`);

/** Takes out a home if it is still at this version; how many rows that was. */
export const dropHome = (rows: Rows, id: string, version: number): Promise<number> =>
  rows.run(sql`delete from record.home where id = ${id}::uuid and version = ${version}`);
