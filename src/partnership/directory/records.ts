import sql, { empty, type Sql } from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';
import type { State, Weekday } from './rules.ts';

// The SQL of those who look after the directory. None of these tables holds a person.

/** Rows as a JSON list. */
const list = (rows: Sql): Sql => sql`(select coalesce(jsonb_agg(to_jsonb(each)), '[]') from (${rows}) each)`;

/** How many entries a page of the list of those to look after shows. */
export const keepPage = 50;

/** Entries by the day on which they are to be checked, the first one first, after one of them; one more than a page. */
export const keepEntries = (after: string | undefined, ended: boolean): Sql => sql`
  select e.id, e.title, e.state, e.programme, o.name as organisation, e.checked_on, a.name as checked_by, e.check_by
  from directory.entry e join directory.organisation o on o.id = e.organisation_id left join access.account a on a.id = e.checked_by
  where ${ended ? sql`true` : sql`e.state <> 'closed'`}
    ${after === undefined ? empty : sql`and (e.check_by, e.id) > (select b.check_by, b.id from directory.entry b where b.id = ${after}::uuid)`}
  order by e.check_by, e.id limit ${keepPage + 1}`;

/** How many entries somebody has to look at by a day. */
export const toCheckBy = (day: Temporal.PlainDate): Sql => sql`
  select count(*)::int as due from directory.entry e where e.state <> 'closed' and e.check_by <= ${day}::date`;

/** The entries that somebody has to look at by a day, the first one first. */
export const dueBefore = (day: Temporal.PlainDate): Sql => sql`
  select e.id, e.title, e.check_by from directory.entry e where e.state <> 'closed' and e.check_by <= ${day}::date
  order by e.check_by, e.id limit 20`;

/** One entry for those who look after it, with how it read before, and how often families opened it since a day. */
export const keepEntry = (entry: string, since: Temporal.PlainDate): Sql => sql`
  select e.id, e.title, e.what, e.who_for, e.from_age, e.to_age, e.care_from_age, e.care_to_age, e.care_only, e.otherwise, e.how_to_get_in,
    e.where_words, e.when_words, e.out_of_hours, e.cost, e.free, o.name as organisation, e.phone, e.email, e.web, e.state, e.programme,
    e.checked_on, a.name as checked_by, e.check_by, e.version,
    (select coalesce(sum(d.many), 0)::int from directory.opened d where d.entry_id = e.id and d.on_day >= ${since}::date) as opened,
    (select coalesce(jsonb_agg(t.term_id), '[]') from directory.entry_term t where t.entry_id = e.id) as terms,
    (select coalesce(jsonb_agg(x.area order by x.area), '[]') from directory.entry_area x where x.entry_id = e.id) as areas,
    ${list(sql`
      select p.id, l.name, l.town, p.words, ${list(sql`
        select h.id, h.days, h.opens, h.closes, h.words from directory.opening h where h.entry_place_id = p.id order by h.opens, h.id limit 50`)} as openings
      from directory.entry_place p join directory.location l on l.id = p.location_id where p.entry_id = e.id
      order by lower(l.town), lower(l.name), p.id limit 100`)} as places,
    ${list(sql`
      select v.version, v.was ->> 'title' as title, v.why, who.name as by, v.changed_at as at from directory.entry_version v
      left join access.account who on who.id = v.changed_by where v.entry_id = e.id order by v.version desc limit 50`)} as versions
  from directory.entry e join directory.organisation o on o.id = e.organisation_id left join access.account a on a.id = e.checked_by
  where e.id = ${entry}::uuid`;

/** One earlier version of an entry, as its row was. */
export const versionOf = (entry: string, version: number): Sql => sql`
  select v.version, v.was, v.why, who.name as by, v.changed_at as at, e.title as now
  from directory.entry_version v join directory.entry e on e.id = v.entry_id left join access.account who on who.id = v.changed_by
  where v.entry_id = ${entry}::uuid and v.version = ${version}::int`;

/** What an entry can be sorted under, given by and given at. */
export const keepChoices: Sql = sql`
  select ${list(sql`
      select t.id, t.name, x.code as taxonomy from directory.term t join directory.taxonomy x on x.id = t.taxonomy_id
      order by x.code desc, t.position, t.id limit 300`)} as terms,
    (select coalesce(jsonb_agg(each.name order by lower(each.name)), '[]') from (
       select o.name from directory.organisation o order by lower(o.name), o.id limit 1000) each) as organisations,
    ${list(sql`
      select l.id, l.name, l.town from directory.location l order by lower(l.town), lower(l.name), l.id limit 2000`)} as locations,
    (select coalesce(jsonb_agg(area order by area), '[]') from (
       select p.name as area from record.place p where p.kind = 'locality' and p.closed_on is null
       union select a.area from directory.entry_area a union select l.area from directory.location l where l.area <> '' limit 500) each) as areas`;

/** Words that families use, after one of them; one more than a page. */
export const wordsAfter = (after: string | undefined): Sql => sql`
  select w.id, w.said, coalesce(t.name, w.area) as means, w.area is not null as place
  from directory.word w left join directory.term t on t.id = w.term_id
  where true ${after === undefined ? empty : sql`and (w.said, w.id) > (select b.said, b.id from directory.word b where b.id = ${after}::uuid)`}
  order by w.said, w.id limit ${keepPage + 1}`;

/** What an entry says of itself. Ages in whole years; nothing before `from` means before birth, after `to` no end. */
export interface EntryDetails {
  title: string;
  what: string;
  whoFor: string;
  fromAge?: number | undefined;
  toAge?: number | undefined;
  careFromAge?: number | undefined;
  careToAge?: number | undefined;
  careOnly: boolean;
  otherwise: string;
  howToGetIn: string;
  whereWords: string;
  whenWords: string;
  outOfHours: boolean;
  cost: string;
  free: boolean;
  organisation: string;
  phone: string;
  email: string;
  web: string;
  state: State;
}

/** The id of an organisation by its name, which is added when it is not there. */
export async function organisationNamed(rows: Rows, name: string, about: string): Promise<string> {
  const [found] = await rows.many<{ id: string }>(sql`
    insert into directory.organisation (name, about) values (${name}, ${about})
    on conflict (lower(name)) do update set name = directory.organisation.name returning id`);
  if (found === undefined) throw new Error('no organisation was written');
  return found.id;
}

const values = (entry: EntryDetails, organisation: string): Sql => sql`
  ${entry.title}, ${entry.what}, ${entry.whoFor}, ${entry.fromAge ?? null}::smallint, ${entry.toAge ?? null}::smallint,
  ${entry.careFromAge ?? null}::smallint, ${entry.careToAge ?? null}::smallint, ${entry.careOnly}::boolean, ${entry.otherwise},
  ${entry.howToGetIn}, ${entry.whereWords}, ${entry.whenWords}, ${entry.outOfHours}::boolean, ${entry.cost}, ${entry.free}::boolean,
  ${organisation}::uuid, ${entry.phone}, ${entry.email}, ${entry.web}, ${entry.state}`;
const columns = sql`title, what, who_for, from_age, to_age, care_from_age, care_to_age, care_only, otherwise, how_to_get_in, where_words,
  when_words, out_of_hours, cost, free, organisation_id, phone, email, web, state`;

/** Writes an entry that somebody has just looked at; its id. */
export async function writeEntry(
  rows: Rows,
  entry: EntryDetails,
  organisation: string,
  checked: { on: Temporal.PlainDate; by: string; again: Temporal.PlainDate },
): Promise<string> {
  const [made] = await rows.many<{ id: string }>(sql`
    insert into directory.entry (${columns}, checked_on, checked_by, check_by)
    values (${values(entry, organisation)}, ${checked.on}::date, ${checked.by}::uuid, ${checked.again}::date) returning id`);
  if (made === undefined) throw new Error('no entry was written');
  return made.id;
}

/** Keeps how an entry reads now beside why it is to be changed; nothing when it is at another version. How many rows that was. */
export const keepVersion = (rows: Rows, entry: string, version: number, why: string): Promise<number> =>
  rows.run(sql`
    insert into directory.entry_version (entry_id, version, was, why)
    select e.id, e.version, to_jsonb(e) - 'search' - 'print' || jsonb_build_object(
        'organisation', (select o.name from directory.organisation o where o.id = e.organisation_id),
        'terms', (select coalesce(jsonb_agg(t.name order by t.name), '[]') from directory.entry_term et join directory.term t on t.id = et.term_id
          where et.entry_id = e.id),
        'areas', (select coalesce(jsonb_agg(a.area order by a.area), '[]') from directory.entry_area a where a.entry_id = e.id)), ${why}
    from directory.entry e where e.id = ${entry}::uuid and e.version = ${version}::int for update`);

/** Changes an entry if it is still at this version; how many rows that was. */
export const changeEntry = (
  rows: Rows,
  id: string,
  version: number,
  entry: EntryDetails,
  organisation: string,
): Promise<number> =>
  rows.run(sql`
    update directory.entry set (${columns}) = row (${values(entry, organisation)}), version = version + 1, changed_at = now()
    where id = ${id}::uuid and version = ${version}::int`);

/** What an entry is sorted under, and where whoever comes has to live, from now on. */
export async function sortEntry(
  rows: Rows,
  entry: string,
  terms: readonly string[],
  areas: readonly string[],
): Promise<void> {
  await rows.run(
    sql`delete from directory.entry_term where entry_id = ${entry}::uuid and term_id <> all (${terms}::uuid[])`,
  );
  await rows.run(sql`
    insert into directory.entry_term (entry_id, term_id) select ${entry}::uuid, unnest(${terms}::uuid[]) on conflict do nothing`);
  await rows.run(
    sql`delete from directory.entry_area where entry_id = ${entry}::uuid and area <> all (${areas}::text[])`,
  );
  await rows.run(sql`
    insert into directory.entry_area (entry_id, area) select ${entry}::uuid, unnest(${areas}::text[]) on conflict do nothing`);
}

/** Says that an entry was looked at and is right; how many rows that was. */
export const checkEntry = (
  rows: Rows,
  entry: string,
  version: number,
  checked: { on: Temporal.PlainDate; by: string; again: Temporal.PlainDate },
): Promise<number> =>
  rows.run(sql`
    update directory.entry set checked_on = ${checked.on}::date, checked_by = ${checked.by}::uuid, check_by = ${checked.again}::date,
      version = version + 1, changed_at = now()
    where id = ${entry}::uuid and version = ${version}::int`);

/** Says that something about an entry changed: what is open is read again. How many rows that was. */
export const touchEntry = (rows: Rows, entry: string): Promise<number> =>
  rows.run(
    sql`update directory.entry set version = version + 1, changed_at = now() where id = ${entry}::uuid`,
  );

export interface LocationDetails {
  name: string;
  lines: string;
  town: string;
  postcode: string;
  area: string;
  gettingThere: string;
  access: string;
}

/** Writes a place where help is given; its id. */
export async function writeLocation(rows: Rows, place: LocationDetails): Promise<string> {
  const [made] = await rows.many<{ id: string }>(sql`
    insert into directory.location (name, lines, town, postcode, area, getting_there, access)
    values (${place.name}, ${place.lines}, ${place.town}, ${place.postcode}, ${place.area}, ${place.gettingThere}, ${place.access}) returning id`);
  if (made === undefined) throw new Error('no place was written');
  return made.id;
}

/** Says that help is given at a place; the id of that. */
export async function writeEntryPlace(
  rows: Rows,
  entry: string,
  location: string,
  words: string,
): Promise<string> {
  const [made] = await rows.many<{ id: string }>(sql`
    insert into directory.entry_place (entry_id, location_id, words) values (${entry}::uuid, ${location}::uuid, ${words}) returning id`);
  if (made === undefined) throw new Error('no place was written');
  return made.id;
}

/** The entry of a place of its own, where there is such a one. */
export async function entryOfPlace(rows: Rows, place: string): Promise<string | undefined> {
  const [found] = await rows.many<{ entry: string }>(
    sql`select p.entry_id as entry from directory.entry_place p where p.id = ${place}::uuid`,
  );
  return found?.entry;
}

export interface Opening {
  days: readonly Weekday[];
  opens: string;
  closes: string;
  words: string;
}

export const writeOpening = (
  rows: Rows,
  place: string,
  { days, opens, closes, words }: Opening,
): Promise<number> =>
  rows.run(sql`
    insert into directory.opening (entry_place_id, days, opens, closes, words)
    values (${place}::uuid, ${days}::text[], ${opens}::time, ${closes}::time, ${words})`);

export const removePlace = (rows: Rows, place: string): Promise<number> =>
  rows.run(sql`delete from directory.entry_place where id = ${place}::uuid`);
