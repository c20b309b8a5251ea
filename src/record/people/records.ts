import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';
import type { Precision } from './rules.ts';

// The SQL of who somebody is. Row-level security decides what each statement reaches: none of them asks who may.

/** Rows as a JSON list. */
const list = (rows: Sql): Sql => sql`(select coalesce(jsonb_agg(to_jsonb(each)), '[]') from (${rows}) each)`;

/** A time as its first and last day, both included; null where it is open. */
const ends = sql`lower(x.during) as "from", upper(x.during) - 1 as until`;

/** Families that somebody is in and that whoever asks may see. */
const familiesOf = (today: Temporal.PlainDate) => sql`
  select f.id, f.name, x.part, ${ends}, x.during @> ${today}::date as now,
    (select string_agg(other.given_name, ', ' order by o.part, other.date_of_birth, other.given_name)
       from record.family_member o join record.person other on other.id = o.person_id
      where o.family_id = f.id and o.person_id <> p.id and o.during @> ${today}::date) as others
  from record.family_member x join record.family f on f.id = x.family_id
  where x.person_id = any (array[p.id]) order by x.during @> ${today}::date desc, lower(f.name), f.id limit 20`;

/** One person as their page shows them, in one statement. */
export const openPerson = (person: string, today: Temporal.PlainDate): Sql => sql`
  select p.id as about, p.given_name, p.family_name, p.date_of_birth, p.birth_known, p.expected_on, p.died_on, p.sex, p.gender,
    p.pronouns, p.ethnicity, p.ethnicity_words, p.religion, p.communication, p.disability, p.interpreter, p.what_matters,
    p.what_matters_on, noter.name as what_matters_by, p.care_experienced, p.version,
    (select 'data:' || i.content_type || ';base64,' || translate(encode(i.content, 'base64'), E'\n', '')
       from record.picture i where i.person_id = p.id) as picture,
    ${list(sql`
      select x.id, x.kind, x.given_name as "givenName", x.family_name as "familyName", x.source, ${ends}
      from record.person_name x where x.person_id = p.id order by lower(x.during) desc nulls last, x.id limit 50`)} as names,
    ${list(sql`
      select x.id, x.scheme, x.value, x.source from record.identifier x
      where x.person_id = p.id order by x.scheme, x.value limit 50`)} as identifiers,
    ${list(sql`
      select x.id, x.kind, x.value, x.note, x.safe, x.source, x.version, ${ends} from record.contact x
      where x.person_id = p.id order by upper(x.during) desc nulls first, x.kind desc, x.id limit 50`)} as contacts,
    ${list(sql`
      select x.id, x.language, x.first from record.language x
      where x.person_id = p.id order by x.first desc, x.language limit 50`)} as languages,
    ${list(sql`
      select x.id, x.kind, x.source, ${ends} from record.care_experience x
      where x.person_id = p.id order by lower(x.during) nulls first, x.id limit 50`)} as care,
    ${list(sql`
      select c.id, c.what, c.earlier, c.why, c.corrected_at as at, a.name as by
      from record.correction c left join access.account a on a.id = c.corrected_by
      where c.person_id = p.id order by c.corrected_at desc, c.id limit 50`)} as corrections,
    ${list(familiesOf(today))} as families
  from record.person p
  left join access.account noter on noter.id = p.what_matters_noted_by
  where p.id = ${person}::uuid`;

/** Who has looked at a person or at a family of theirs, newest first, before the event given. */
export const whoLookedAtPerson = (
  person: string,
  before: { at: Temporal.Instant; id: string } | undefined,
  most: number,
): Sql => sql`
  select p.id as about, looked.event_id as event, looked.at, looked.kind, looked.name, looked.who, looked.post,
    f.name as family, looked.why, looked.as_at
  from record.person p
  cross join lateral record.who_looked_at_person(p.id, ${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid, ${most}::int) looked
  left join record.family f on f.id = looked.of_family
  where p.id = ${person}::uuid order by looked.at desc, looked.event_id desc`;

/** What of a person can be written over, as it stands now. */
export interface PersonNow {
  given_name: string;
  family_name: string;
  date_of_birth: Temporal.PlainDate | null;
  birth_known: Precision;
  expected_on: Temporal.PlainDate | null;
  died_on: Temporal.PlainDate | null;
  sex: string | null;
  gender: string | null;
  pronouns: string | null;
  ethnicity: string | null;
  ethnicity_words: string | null;
  religion: string | null;
  communication: string | null;
  disability: string | null;
  interpreter: string | null;
  what_matters: string | null;
  what_matters_on: Temporal.PlainDate | null;
  care_experienced: boolean;
  version: number;
}

/** A person as they stand, kept from changing until this transaction ends. */
export async function personNow(rows: Rows, person: string): Promise<PersonNow | undefined> {
  const [now] = await rows.many<PersonNow>(sql`
    select given_name, family_name, date_of_birth, birth_known, expected_on, died_on, sex, gender, pronouns, ethnicity,
      ethnicity_words, religion, communication, disability, interpreter, what_matters, what_matters_on, care_experienced, version
    from record.person where id = ${person}::uuid for update`);
  return now;
}

type Columns = Readonly<Partial<Record<keyof PersonNow | 'what_matters_noted_by', unknown>>>;

/** Writes these columns of a person and raises the version. Column names come from the type, never from input. */
export const writePerson = (rows: Rows, person: string, columns: Columns): Promise<number> => {
  const set = Object.entries(columns).map(([name, value]) => sql`${raw(name)} = ${value}`);
  return rows.run(
    sql`update record.person set ${join(set, ', ')}, version = version + 1 where id = ${person}::uuid`,
  );
};

/** Keeps what stood before, with the reason, who and when. */
export const keepCorrection = (
  rows: Rows,
  person: string,
  what: string,
  earlier: object,
  why: string,
): Promise<number> =>
  rows.run(sql`
    insert into record.correction (person_id, what, earlier, why, corrected_by)
    values (${person}::uuid, ${what}, ${JSON.stringify(earlier)}::jsonb, ${why}, access.account_id())`);

interface NewName {
  kind: string;
  givenName: string;
  familyName: string;
  /** A range of days in PostgreSQL's words. */
  during: string;
  source: string;
}

export const writeName = (rows: Rows, person: string, name: NewName): Promise<number> =>
  rows.run(sql`
    insert into record.person_name (person_id, kind, given_name, family_name, during, source, noted_by)
    values (${person}::uuid, ${name.kind}, ${name.givenName}, ${name.familyName}, ${name.during}::daterange, ${name.source}, access.account_id())`);

export const writeIdentifier = (
  rows: Rows,
  person: string,
  { scheme, value, source }: { scheme: string; value: string; source: string },
): Promise<number> =>
  rows.run(sql`
    insert into record.identifier (person_id, scheme, value, source, noted_by)
    values (${person}::uuid, ${scheme}, ${value}, ${source}, access.account_id())`);

export const writeContact = (
  rows: Rows,
  person: string,
  contact: { kind: string; value: string; note: string; safe: boolean; source: string },
): Promise<number> =>
  rows.run(sql`
    insert into record.contact (person_id, kind, value, note, safe, source, noted_by)
    values (${person}::uuid, ${contact.kind}, ${contact.value}, ${contact.note}, ${contact.safe}, ${contact.source}, access.account_id())`);

/** Changes a way to reach somebody, if it is still at this version; how many rows that was. */
export const changeContactRow = (
  rows: Rows,
  person: string,
  contact: string,
  version: number,
  { note, safe, until }: { note: string; safe: boolean; until: Temporal.PlainDate | undefined },
): Promise<number> =>
  rows.run(sql`
    update record.contact set note = ${note}, safe = ${safe}, version = version + 1,
      during = daterange(lower(during), ${until ?? null}::date, '[]')
    where id = ${contact}::uuid and person_id = ${person}::uuid and version = ${version}`);

/** Whether somebody can be reached this way, as the record has it now. */
export async function hasContact(rows: Rows, person: string, contact: string): Promise<boolean> {
  const found = await rows.many(
    sql`select from record.contact where id = ${contact}::uuid and person_id = ${person}::uuid`,
  );
  return found.length > 0;
}

/** Writes a language; when it is the first one, no other is. */
export async function writeLanguage(
  rows: Rows,
  person: string,
  { language, first }: { language: string; first: boolean },
): Promise<void> {
  if (first)
    await rows.run(sql`update record.language set first = false where person_id = ${person}::uuid and first`);
  await rows.run(
    sql`insert into record.language (person_id, language, first) values (${person}::uuid, ${language}, ${first})`,
  );
}

/** Writes care experience, and that somebody is care experienced. The version is raised where that is new. */
export async function writeCare(
  rows: Rows,
  person: string,
  { kind, during, source }: { kind: string; during: string; source: string },
): Promise<void> {
  await Promise.all([
    rows.run(sql`
      insert into record.care_experience (person_id, kind, during, source, noted_by)
      values (${person}::uuid, ${kind}, ${during}::daterange, ${source}, access.account_id())`),
    rows.run(sql`
      update record.person set care_experienced = true, version = version + 1
      where id = ${person}::uuid and not care_experienced`),
  ]);
}

/** Puts a picture in the place of the one before. */
export const writePicture = (rows: Rows, person: string, type: string, content: Buffer): Promise<number> =>
  rows.run(sql`
    insert into record.picture (person_id, content_type, content, noted_by)
    values (${person}::uuid, ${type}, ${content}, access.account_id())
    on conflict (person_id) do update set content_type = excluded.content_type, content = excluded.content,
      noted_by = excluded.noted_by, noted_at = now()`);

const tables = {
  name: 'record.person_name',
  identifier: 'record.identifier',
  contact: 'record.contact',
  language: 'record.language',
  'care experience': 'record.care_experience',
} as const;

export const takeable = ['name', 'identifier', 'contact', 'language', 'care experience', 'picture'] as const;
export type Takeable = (typeof takeable)[number];

/** Takes one thing out and keeps it, as it stood, with the reason; how many that was. */
export const takeOutRow = (
  rows: Rows,
  person: string,
  what: keyof typeof tables,
  entry: string,
  why: string,
): Promise<number> =>
  rows.run(sql`
    with gone as (delete from ${raw(tables[what])} where id = ${entry}::uuid and person_id = ${person}::uuid returning *)
    insert into record.correction (person_id, what, earlier, why, corrected_by)
    select person_id, ${what}, to_jsonb(gone) - 'person_id', ${why}, access.account_id() from gone`);

/** Takes the picture away. Nothing of it is kept but when it was put there: it is the person's own to take back. */
export const takeOutPicture = (rows: Rows, person: string, why: string): Promise<number> =>
  rows.run(sql`
    with gone as (delete from record.picture where person_id = ${person}::uuid returning person_id, content_type, noted_at)
    insert into record.correction (person_id, what, earlier, why, corrected_by)
    select person_id, 'picture', to_jsonb(gone) - 'person_id', ${why}, access.account_id() from gone`);

/** Takes back that somebody is care experienced, unless something still says so; how many rows that was. */
export const noLongerCareExperienced = (rows: Rows, person: string): Promise<number> =>
  rows.run(sql`
    update record.person set care_experienced = false, version = version + 1
    where id = ${person}::uuid and care_experienced
      and not exists (select from record.care_experience c where c.person_id = ${person}::uuid)`);
