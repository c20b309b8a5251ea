import sql, { empty, type Sql } from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';

// The SQL of assessments. Row-level security decides what each statement reaches: whoever has a reason for the family.

const people = sql`
  (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.given_name || ' ' || p.family_name, 'given', p.given_name)
     order by p.given_name, p.id), '[]')
   from record.assessment_person ap join record.person p on p.id = ap.person_id where ap.assessment_id = a.id) as people`;

const columns = sql`a.id, a.kind, a.title, a.drawing, a.held_on, a.signed_at, signer.name as signed_by, a.signed_as,
  begun.name as begun_by, coalesce(a.saved_at, a.begun_at) as touched_at, coalesce(saved.name, begun.name) as touched_by`;

const joined = sql`
  left join access.account signer on signer.id = a.signed_by
  left join access.account begun on begun.id = a.begun_by
  left join access.account saved on saved.id = a.saved_by`;

const answers = (of: Sql): Sql => sql`
  (select coalesce(jsonb_agg(jsonb_build_object('code', r.code, 'part', r.part, 'partTitle', r.part_title, 'partHint', r.part_hint,
     'question', r.question, 'hint', r.hint, 'form', r.form, 'low', r.low, 'high', r.high, 'words', r.words, 'number', r.number)
     order by r.position, r.code), '[]') from record.assessment_answer r where r.assessment_id = ${of})`;

const numbers = (of: Sql): Sql => sql`
  (select coalesce(jsonb_agg(jsonb_build_object('whose', n.whose, 'person', n.person_id, 'number', n.number, 'why', n.why)
     order by n.position, n.id), '[]') from record.assessment_number n where n.assessment_id = ${of})`;

/** How many a page of the list shows. */
export const pageSize = 20;

/** The assessments of a family, those being written first, then newest first; one more than a page. */
export const assessmentsOf = (
  family: string,
  before: { on: Temporal.PlainDate; id: string } | undefined,
  most: number = pageSize,
): Sql => sql`
  select a.family_id as about, ${columns}, ${people}
  from (
    (select * from record.assessment w where ${before === undefined} and w.family_id = ${family}::uuid and w.signed_at is null
      order by w.held_on desc, w.id desc limit ${most})
    union all
    (select * from record.assessment s where s.family_id = ${family}::uuid and s.signed_at is not null
      ${before === undefined ? empty : sql`and (s.held_on, s.id) < (${before.on}::date, ${before.id}::uuid)`}
      order by s.held_on desc, s.id desc limit ${most + 1})
  ) a ${joined}
  order by (a.signed_at is null) desc, a.held_on desc, a.id desc`;

/** The signed assessments about a person, newest first: the last of each kind, with its answers. */
export const latestAbout = (person: string): Sql => sql`
  with theirs as (
    select distinct on (a.kind) a.* from record.assessment_person ap join record.assessment a on a.id = ap.assessment_id
    where ap.person_id = ${person}::uuid and a.signed_at is not null order by a.kind, a.held_on desc, a.id desc
  )
  select ${person}::uuid as about, a.family_id as family, ${columns}, ${people}, ${answers(sql`a.id`)} as answers,
    ${numbers(sql`a.id`)} as numbers
  from theirs a ${joined} order by a.held_on desc, a.id desc limit 10`;

/** One assessment with everything in it, and with the answers of the one that it began from. */
export const oneAssessment = (assessment: string): Sql => sql`
  select a.family_id as about, ${columns}, a.version, f.name as family, ${people}, ${answers(sql`a.id`)} as answers,
    ${numbers(sql`a.id`)} as numbers, b.id as before_id, b.held_on as before_on, ${answers(sql`b.id`)} as before_answers,
    ${numbers(sql`b.id`)} as before_numbers,
    (select n.id from record.assessment n where n.from_id = a.id and n.signed_at is not null order by n.held_on desc, n.id desc limit 1) as next_id
  from record.assessment a join record.family f on f.id = a.family_id ${joined}
  left join record.assessment b on b.id = a.from_id
  where a.id = ${assessment}::uuid`;

/** The kinds of assessment that can be begun on a day, each in its newest version. */
export const kindsOn = (day: Temporal.PlainDate): Sql => sql`
  select id, version, title, purpose, source, position from (
    select distinct on (k.id) k.id, k.version, k.title, k.about as purpose, k.source, k.position, k.offered from record.assessment_kind k
    where k.used_from <= ${day}::date order by k.id, k.version desc
  ) newest where offered order by position, id limit 50`;

/** The newest version of a kind that is in use on a day, where new ones can be begun; undefined when there is none. */
export async function newestOn(
  rows: Rows,
  kind: string,
  day: Temporal.PlainDate,
): Promise<number | undefined> {
  const [newest] = await rows.many<{ version: number; offered: boolean }>(sql`
    select k.version, k.offered from record.assessment_kind k where k.id = ${kind} and k.used_from <= ${day}::date
    order by k.version desc limit 1`);
  return newest?.offered ? newest.version : undefined;
}

/** What stands of an assessment that whoever asks may see; undefined when there is none. */
export async function standing(
  rows: Rows,
  assessment: string,
): Promise<{ family: string; signed: boolean; title: string } | undefined> {
  const [found] = await rows.many<{ family: string; signed: boolean; title: string }>(sql`
    select a.family_id as family, a.signed_at is not null as signed, a.title from record.assessment a where a.id = ${assessment}::uuid`);
  return found;
}

/** The people an assessment is about, for the audit trail. */
export const peopleOf = async (rows: Rows, assessment: string): Promise<string[]> =>
  (
    await rows.many<{ person: string }>(
      sql`select ap.person_id as person from record.assessment_person ap where ap.assessment_id = ${assessment}::uuid limit 100`,
    )
  ).map(({ person }) => person);

/** The last signed assessment of a kind about any of these people; undefined when there is none. */
export async function lastOf(
  rows: Rows,
  family: string,
  kind: string,
  persons: readonly string[],
): Promise<string | undefined> {
  const [found] = await rows.many<{ id: string }>(sql`
    select a.id from record.assessment a
    where a.family_id = ${family}::uuid and a.kind = ${kind} and a.signed_at is not null and exists (
      select from record.assessment_person ap where ap.assessment_id = a.id and ap.person_id = any (${[...persons]}::uuid[]))
    order by a.held_on desc, a.id desc limit 1`);
  return found?.id;
}

/**
 * Begins an assessment: asks what the newest version of the kind asks, and fills in what was answered last time where the same is
 * asked. A child's own words are of their day and are never carried over. Undefined when there is no such kind.
 */
export async function insertAssessment(
  rows: Rows,
  {
    family,
    kind,
    persons,
    on,
    from,
    today,
  }: {
    family: string;
    kind: string;
    persons: readonly string[];
    on: Temporal.PlainDate;
    from: string | undefined;
    today: Temporal.PlainDate;
  },
): Promise<{ id: string; people: number } | undefined> {
  const version = await newestOn(rows, kind, today);
  if (version === undefined) return undefined;
  const [made] = await rows.many<{ id: string }>(sql`
    insert into record.assessment (family_id, kind, kind_version, title, drawing, held_on, from_id)
    select ${family}::uuid, k.id, k.version, k.title, k.drawing, ${on}::date, ${from ?? null}::uuid
    from record.assessment_kind k where k.id = ${kind} and k.version = ${version} returning id`);
  if (made === undefined) return undefined;
  const written = await rows.run(sql`
    insert into record.assessment_person (assessment_id, family_id, person_id)
    select distinct ${made.id}::uuid, ${family}::uuid, m.person_id from record.family_member m
    where m.family_id = ${family}::uuid and m.person_id = any (${[...persons]}::uuid[])`);
  await rows.run(sql`
    insert into record.assessment_answer (assessment_id, family_id, code, position, part, part_title, part_hint, question, hint, form, low,
      high, words, number)
    select ${made.id}::uuid, ${family}::uuid, q.code, q.position, q.part, q.part_title, q.part_hint, q.question, q.hint, q.form, q.low, q.high,
      case when q.form = 'own words' then '' else coalesce(b.words, '') end, case when b.form = q.form then b.number end
    from record.assessment_question q
    left join record.assessment_answer b on b.assessment_id = ${from ?? null}::uuid and b.code = q.code
    where q.kind = ${kind} and q.version = ${version}`);
  return { id: made.id, people: written };
}

export interface Saved {
  on: Temporal.PlainDate;
  answers: readonly { code: string; words: string; number: number | null }[];
  numbers: readonly { whose: string; person: string | null; number: number; why: string }[];
}

/** Keeps what is written in an assessment that is still at this version and not signed; how many rows that was. */
export async function saveAssessment(
  rows: Rows,
  assessment: string,
  version: number,
  family: string,
  { on, answers: given, numbers: scaled }: Saved,
): Promise<number> {
  const kept = await rows.run(sql`
    update record.assessment set held_on = ${on}::date, saved_by = access.account_id(), saved_at = now(), version = version + 1
    where id = ${assessment}::uuid and version = ${version} and signed_at is null`);
  if (kept === 0) return 0;
  await rows.run(sql`
    update record.assessment_answer r set words = said.words, number = said.number
    from unnest(${given.map(({ code }) => code)}::text[], ${given.map(({ words }) => words)}::text[],
      ${given.map(({ number }) => number)}::smallint[]) as said (code, words, number)
    where r.assessment_id = ${assessment}::uuid and r.code = said.code and (r.words, r.number) is distinct from (said.words, said.number)`);
  await rows.run(sql`delete from record.assessment_number where assessment_id = ${assessment}::uuid`);
  if (scaled.length > 0)
    await rows.run(sql`
      insert into record.assessment_number (assessment_id, family_id, position, whose, person_id, number, why)
      select ${assessment}::uuid, ${family}::uuid, position, whose, m.person, number, why
      from unnest(${scaled.map(({ whose }) => whose)}::text[], ${scaled.map(({ person }) => person)}::uuid[],
        ${scaled.map(({ number }) => number)}::smallint[], ${scaled.map(({ why }) => why)}::text[])
        with ordinality as said (whose, person_id, number, why, position)
      left join lateral (select f.person_id as person from record.family_member f
        where f.family_id = ${family}::uuid and f.person_id = said.person_id limit 1) m on true`);
  return kept;
}

/** The forms of the questions of an assessment, by their codes: which numbers are an answer. */
export const questionsIn = (rows: Rows, assessment: string) =>
  rows.many<{ code: string; form: string }>(
    sql`select r.code, r.form from record.assessment_answer r where r.assessment_id = ${assessment}::uuid limit 500`,
  );

/** Signs an assessment that is not signed; from then on the database refuses every change to it. */
export const signAssessment = (rows: Rows, assessment: string, as: string): Promise<number> =>
  rows.run(sql`
    update record.assessment set signed_at = now(), signed_by = access.account_id(), signed_as = ${as}
    where id = ${assessment}::uuid and signed_at is null`);

/** Throws away an assessment that nobody has signed; how many that was. */
export async function deleteAssessment(rows: Rows, assessment: string, version: number): Promise<number> {
  const open = await rows.many(sql`
    select from record.assessment where id = ${assessment}::uuid and version = ${version} and signed_at is null for update`);
  if (open.length === 0) return 0;
  for (const part of [
    sql`delete from record.assessment_number where assessment_id = ${assessment}::uuid`,
    sql`delete from record.assessment_answer where assessment_id = ${assessment}::uuid`,
    sql`delete from record.assessment_person where assessment_id = ${assessment}::uuid`,
  ])
    await rows.run(part);
  return rows.run(sql`delete from record.assessment where id = ${assessment}::uuid`);
}

/** Assessments that whoever asks has begun and nobody has signed, oldest first. */
export const unsignedMine: Sql = sql`
  select a.family_id as about, a.id, a.title, f.name as family, a.begun_at, ${people}
  from record.assessment a join record.family f on f.id = a.family_id
  where a.begun_by = access.account_id() and a.signed_at is null order by a.begun_at, a.id limit 50`;
