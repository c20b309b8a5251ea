import sql, { type Sql } from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';

// The SQL that writes a note while it is not signed, and signs it.

export interface Quotation {
  person: string;
  words: string;
  on: Temporal.PlainDate;
}

export interface Written {
  people: readonly string[];
  on: Temporal.PlainDate;
  at: string | undefined;
  how: string;
  there: string;
  words: string;
  quotations: readonly Quotation[];
  event: string;
  steps: readonly string[];
  nextBy: Temporal.PlainDate | undefined;
}

/** Whose note it is, as it stands below it. */
export interface Writer {
  as: string;
  organisation: string | undefined;
}

const searched = (note: Written): Sql =>
  sql`to_tsvector('pg_catalog.english', ${[note.words, ...note.quotations.map(({ words }) => words)].join('\n')})`;

/** Writes a note that is not signed yet, and gives its id. */
export async function insertNote(rows: Rows, family: string, note: Written, writer: Writer): Promise<string> {
  const [made] = await rows.many<{ id: string }>(sql`
    insert into record.note (family_id, happened_on, happened_at, how, who_was_there, words, event, next_steps, next_by, written_as,
      organisation_id, search)
    values (${family}::uuid, ${note.on}::date, ${note.at ?? null}::time, ${note.how}, ${note.there}, ${note.words}, nullif(${note.event}, ''),
      ${[...note.steps]}, ${note.nextBy ?? null}::date, ${writer.as}, ${writer.organisation ?? null}::uuid, ${searched(note)}) returning id`);
  if (made === undefined) throw new Error('the note was not written');
  return made.id;
}

/** Changes a note that its writer has not signed, if it is still at this version; how many rows that was. */
export const updateNote = (
  rows: Rows,
  id: string,
  version: number,
  note: Written,
  writer: Writer,
): Promise<number> =>
  rows.run(sql`
    update record.note set happened_on = ${note.on}::date, happened_at = ${note.at ?? null}::time, how = ${note.how},
      who_was_there = ${note.there}, words = ${note.words}, event = nullif(${note.event}, ''), next_steps = ${[...note.steps]},
      next_by = ${note.nextBy ?? null}::date, written_as = ${writer.as}, organisation_id = ${writer.organisation ?? null}::uuid,
      search = ${searched(note)}, version = version + 1
    where id = ${id}::uuid and version = ${version} and signed_at is null and written_by = access.account_id()`);

/**
 * Writes whom a note is about and whose words are in it. Gives how many of them are in the family today: those who are not are
 * not written, and the action refuses.
 */
export async function insertParts(
  rows: Rows,
  family: string,
  id: string,
  { people, quotations }: Pick<Written, 'people' | 'quotations'>,
): Promise<{ people: number; quotations: number }> {
  const member = sql`exists (select from record.family_member m where m.family_id = ${family}::uuid and m.person_id = person)`;
  const [them, said] = await Promise.all([
    rows.run(sql`
      insert into record.note_person (note_id, family_id, person_id)
      select ${id}::uuid, ${family}::uuid, person from unnest(${[...people]}::uuid[]) person where ${member}`),
    quotations.length === 0
      ? 0
      : rows.run(sql`
          insert into record.note_quotation (note_id, family_id, person_id, position, words, said_on)
          select ${id}::uuid, ${family}::uuid, person, position, words, said_on from unnest(
            ${quotations.map((each) => each.person)}::uuid[], ${quotations.map((each) => each.words)}::text[],
            ${quotations.map((each) => each.on)}::date[]) with ordinality as said (person, words, said_on, position)
          where ${member}`),
  ]);
  return { people: them, quotations: said };
}

/** Takes out what belongs to a note that is not signed, to write it anew. */
export const removeParts = (rows: Rows, id: string): Promise<unknown> =>
  Promise.all([
    rows.run(sql`delete from record.note_person where note_id = ${id}::uuid`),
    rows.run(sql`delete from record.note_quotation where note_id = ${id}::uuid`),
  ]);

/** Signs a note that is not signed; from then on the database refuses every change to it. */
export const signNote = (rows: Rows, id: string): Promise<number> =>
  rows.run(sql`
    update record.note set signed_at = now() where id = ${id}::uuid and signed_at is null and written_by = access.account_id()`);

/** Signs a note whose writer has gone, as it stands; `as` is added to what stands below it. */
export async function signLeftNote(rows: Rows, id: string, as: string): Promise<number> {
  const [answer] = await rows.many<{ signed: number }>(
    sql`select record.sign_left_note(${id}::uuid, ${as}) as signed`,
  );
  return answer?.signed ?? 0;
}

/** Throws away a note that its writer has not signed; how many that was. */
export async function deleteNote(rows: Rows, id: string, version: number): Promise<number> {
  const mine = await rows.many(sql`
    select from record.note where id = ${id}::uuid and version = ${version} and signed_at is null and written_by = access.account_id()
    for update`);
  if (mine.length === 0) return 0;
  await Promise.all([
    removeParts(rows, id),
    rows.run(sql`delete from record.note_attachment where note_id = ${id}::uuid`),
  ]);
  return rows.run(sql`delete from record.note where id = ${id}::uuid`);
}
