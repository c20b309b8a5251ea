import sql, { type Sql } from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';
import type { Question } from './kinds.ts';
import type { DrawingKind } from './rules.ts';

// The SQL of the kinds of assessment and of what each asks. Kinds hold nobody: who may change them is said on each action.

const questions = sql`
  (select coalesce(jsonb_agg(jsonb_build_object('code', q.code, 'part', q.part, 'partTitle', q.part_title, 'partHint', q.part_hint,
     'question', q.question, 'hint', q.hint, 'form', q.form, 'low', q.low, 'high', q.high) order by q.position, q.code), '[]')
   from record.assessment_question q where q.kind = k.id and q.version = k.version) as questions`;

const columns = sql`k.id, k.version, k.title, k.about as purpose, k.drawing, k.source, k.offered, k.revision, k.begun_at, begun.name as begun_by`;
const begunBy = sql`left join access.account begun on begun.id = k.begun_by`;

/** Every version of every kind that is or was put to use, or will be: kinds in their order, the newest version first. */
export const versionsOfAll: Sql = sql`
  select k.id, k.version, k.title, k.about as purpose, k.drawing, k.source, k.offered, k.used_from from record.assessment_kind k
  where k.used_from is not null order by k.position, k.id, k.version desc limit 1000`;

/** The versions of a kind that are or were put to use, or will be, each with its questions; the newest first. */
export const versionsOf = (kind: string): Sql => sql`
  select k.id, k.version, k.title, k.about as purpose, k.drawing, k.source, k.offered, k.used_from, k.why, put.name as put_by, k.put_at,
    ${questions}
  from record.assessment_kind k left join access.account put on put.id = k.put_by
  where k.id = ${kind} and k.used_from is not null order by k.version desc limit 200`;

/** Versions that are being written, by the titles of their kinds. */
export const drafts: Sql = sql`
  select ${columns} from record.assessment_kind k ${begunBy} where k.used_from is null order by k.title, k.id limit 200`;

/** The version of a kind that is being written, with its questions and those of the version before it. */
export const draftOf = (kind: string): Sql => sql`
  select ${columns}, ${questions}, before.version as before_version, before.used_from as before_from,
    coalesce(before.questions, '[]') as before_questions
  from record.assessment_kind k ${begunBy}
  left join lateral (
    select b.version, b.used_from, b.questions from (
      select k.id, k.version, k.used_from, ${questions} from record.assessment_kind k where k.used_from is not null) b
    where b.id = k.id and b.version < k.version order by b.version desc limit 1) before on true
  where k.id = ${kind} and k.used_from is null`;

/** Every kind there is, being written or put to use, by the title of its newest version. */
export const kindTitles = (rows: Rows): Promise<{ id: string; title: string }[]> =>
  rows.many(
    sql`select distinct on (k.id) k.id, k.title from record.assessment_kind k order by k.id, k.version desc limit 1000`,
  );

/** Copies the questions of one version to another. */
const copyQuestions = (
  rows: Rows,
  from: { kind: string; version: number },
  to: { kind: string; version: number },
): Promise<number> =>
  rows.run(sql`
    insert into record.assessment_question (kind, version, code, position, part, part_title, part_hint, question, hint, form, low, high)
    select ${to.kind}, ${to.version}::integer, q.code, q.position, q.part, q.part_title, q.part_hint, q.question, q.hint, q.form, q.low, q.high
    from record.assessment_question q where q.kind = ${from.kind} and q.version = ${from.version}`);

/** Begins a kind with the questions of the newest version in use of another; false when somebody made one of this id meanwhile. */
export async function insertKind(
  rows: Rows,
  id: string,
  {
    title,
    purpose,
    source,
    like,
  }: { title: string; purpose: string; source: string; like: { kind: string; version: number } },
): Promise<boolean> {
  const made = await rows.run(sql`
    insert into record.assessment_kind (id, version, title, about, drawing, position, source)
    select ${id}, 1, ${title}, ${purpose}, l.drawing, (select max(position) + 1 from record.assessment_kind), ${source}
    from record.assessment_kind l where l.id = ${like.kind} and l.version = ${like.version} on conflict do nothing`);
  if (made === 0) return false;
  await copyQuestions(rows, like, { kind: id, version: 1 });
  return true;
}

/** Begins the next version of a kind as a copy of one there is; false when one is being written already, or there is no such one. */
export async function insertVersion(rows: Rows, kind: string, from: number): Promise<boolean> {
  const [made] = await rows.many<{ version: number }>(sql`
    insert into record.assessment_kind (id, version, title, about, drawing, position, source, offered)
    select k.id, (select max(version) + 1 from record.assessment_kind where id = k.id), k.title, k.about, k.drawing, k.position, k.source, k.offered
    from record.assessment_kind k where k.id = ${kind} and k.version = ${from} and k.used_from is not null
    on conflict do nothing returning version`);
  if (made === undefined) return false;
  await copyQuestions(rows, { kind, version: from }, { kind, version: made.version });
  return true;
}

export interface Written {
  version: number;
  drawing: DrawingKind;
  questions: Question[];
}

/**
 * The version of a kind that is being written, held for whoever changes it until their transaction ends; undefined when it is not at
 * this revision any more, or there is none.
 */
export async function holdDraft(rows: Rows, kind: string, revision: number): Promise<Written | undefined> {
  const [held] = await rows.many<{ version: number; drawing: DrawingKind }>(sql`
    update record.assessment_kind set revision = revision + 1 where id = ${kind} and used_from is null and revision = ${revision}
    returning version, drawing`);
  if (held === undefined) return undefined;
  const asked = await rows.many<Question>(sql`
    select q.code, q.part, q.part_title as "partTitle", q.part_hint as "partHint", q.question, q.hint, q.form, q.low, q.high
    from record.assessment_question q where q.kind = ${kind} and q.version = ${held.version} order by q.position, q.code limit 500`);
  return { ...held, questions: asked };
}

/** Whether a kind is there, and whether a version of it is being written. */
export async function standingOfKind(
  rows: Rows,
  kind: string,
): Promise<{ there: boolean; written: boolean }> {
  const [found] = await rows.many<{ there: boolean; written: boolean }>(sql`
    select count(*) > 0 as there, coalesce(bool_or(k.used_from is null), false) as written
    from record.assessment_kind k where k.id = ${kind}`);
  return found ?? { there: false, written: false };
}

/** The codes that questions of a kind have had in any version: a new question has another, so that no answer is compared with it. */
export const codesOf = async (rows: Rows, kind: string): Promise<ReadonlySet<string>> =>
  new Set(
    (
      await rows.many<{ code: string }>(
        sql`select distinct q.code from record.assessment_question q where q.kind = ${kind} limit 5000`,
      )
    ).map(({ code }) => code),
  );

/** Writes the questions of a version that is being written, in the order given: what is not among them is taken out. */
export async function writeQuestions(
  rows: Rows,
  kind: string,
  version: number,
  list: readonly Question[],
): Promise<void> {
  const all = (of: keyof Question) => list.map((each) => each[of]);
  await rows.run(sql`
    delete from record.assessment_question where kind = ${kind} and version = ${version} and code <> all (${all('code')}::text[])`);
  await rows.run(sql`
    insert into record.assessment_question as q (kind, version, code, position, part, part_title, part_hint, question, hint, form, low, high)
    select ${kind}, ${version}::integer, said.*
    from unnest(${all('code')}::text[], ${list.map((_, at) => at + 1)}::smallint[], ${all('part')}::text[], ${all('partTitle')}::text[],
      ${all('partHint')}::text[], ${all('question')}::text[], ${all('hint')}::text[], ${all('form')}::text[], ${all('low')}::text[],
      ${all('high')}::text[]) as said (code, position, part, part_title, part_hint, question, hint, form, low, high)
    on conflict (kind, version, code) do update set position = excluded.position, part = excluded.part, part_title = excluded.part_title,
      part_hint = excluded.part_hint, question = excluded.question, hint = excluded.hint, low = excluded.low, high = excluded.high
    where (q.position, q.part, q.part_title, q.part_hint, q.question, q.hint, q.low, q.high) is distinct from
      (excluded.position, excluded.part, excluded.part_title, excluded.part_hint, excluded.question, excluded.hint, excluded.low, excluded.high)`);
}

/** Changes what a version that is being written is called and for. */
export const writeAbout = (
  rows: Rows,
  kind: string,
  { title, purpose, source, offered }: { title: string; purpose: string; source: string; offered: boolean },
): Promise<number> =>
  rows.run(sql`
    update record.assessment_kind set title = ${title}, about = ${purpose}, source = ${source}, offered = ${offered}
    where id = ${kind} and used_from is null`);

/** The last day from which a version of a kind is used, and its number; undefined when none was put to use yet. */
export async function lastDayOf(
  rows: Rows,
  kind: string,
): Promise<{ version: number; from: Temporal.PlainDate } | undefined> {
  const [found] = await rows.many<{ version: number; from: Temporal.PlainDate }>(sql`
    select k.version, k.used_from as from from record.assessment_kind k where k.id = ${kind} and k.used_from is not null
    order by k.used_from desc, k.version desc limit 1`);
  return found;
}

/** Puts the version that is being written to use from a day; from then on the database refuses every change to it. */
export const putToUse = (rows: Rows, kind: string, from: Temporal.PlainDate, why: string): Promise<number> =>
  rows.run(sql`
    update record.assessment_kind set used_from = ${from}::date, why = ${why} where id = ${kind} and used_from is null`);

/** Throws away the version that is being written, with its questions. */
export async function deleteDraft(rows: Rows, kind: string, version: number): Promise<void> {
  await rows.run(sql`delete from record.assessment_question where kind = ${kind} and version = ${version}`);
  await rows.run(
    sql`delete from record.assessment_kind where id = ${kind} and version = ${version} and used_from is null`,
  );
}
