import sql, { type Sql } from 'sql-template-tag';
import { z } from 'zod';
import type { Rows } from '../../platform/database/rows.ts';
import type { WordEntry } from './suggest.ts';

// The SQL of the list of words, and of what is counted when a note is signed.

const columns = sql`w.id, w.term, w.forms, w.instead, w.why, w.source, w.leave_alone, w.version`;

/** The words in use, by term. */
export const wordsInUse: Sql = sql`
  select ${columns} from record.listed_word w where w.ended_at is null order by lower(w.term), w.id limit 2000`;

/** One word, in use or not, and how it was changed, newest first. */
export const oneWord = (id: string): Sql => sql`
  select ${columns}, w.ended_at is not null as ended,
    (select coalesce(jsonb_agg(to_jsonb(each) order by each.at desc), '[]') from (
       select c.changed_at as at, c.was, c.becomes, c.why, a.name as by
       from record.listed_word_change c left join access.account a on a.id = c.changed_by
       where c.word_id = w.id order by c.changed_at desc limit 100) each) as history
  from record.listed_word w where w.id = ${id}::uuid`;

export interface WordFields {
  term: string;
  forms: readonly string[];
  instead: string;
  why: string;
  source: string;
  leaveAlone: boolean;
}

const asKept = (word: WordFields): string =>
  JSON.stringify({
    term: word.term,
    forms: word.forms,
    instead: word.instead,
    why: word.why,
    source: word.source,
    leaveAlone: word.leaveAlone,
  });

export async function addWord(rows: Rows, word: WordFields, because: string): Promise<string> {
  const [made] = await rows.many<{ id: string }>(sql`
    with made as (insert into record.listed_word (term, forms, instead, why, source, leave_alone)
      values (${word.term}, ${[...word.forms]}, ${word.instead}, ${word.why}, ${word.source}, ${word.leaveAlone}) returning id)
    select id from made`);
  if (made === undefined) throw new Error('the word was not written');
  await rows.run(sql`
    insert into record.listed_word_change (word_id, becomes, why) values (${made.id}::uuid, ${asKept(word)}::jsonb, ${because})`);
  return made.id;
}

/** Changes a word that is still at this version, or takes it out of use; how many rows that was. What stood there is kept. */
export const changeWord = (
  rows: Rows,
  id: string,
  version: number,
  becomes: WordFields | 'out of use',
  because: string,
): Promise<number> =>
  rows.run(sql`
    with was as (select w.* from record.listed_word w where w.id = ${id}::uuid and w.version = ${version} and w.ended_at is null for update),
      now_is as (update record.listed_word w set ${
        becomes === 'out of use'
          ? sql`ended_at = now()`
          : sql`term = ${becomes.term}, forms = ${[...becomes.forms]}, instead = ${becomes.instead}, why = ${becomes.why},
              source = ${becomes.source}, leave_alone = ${becomes.leaveAlone}`
      }, version = w.version + 1 from was where w.id = was.id returning w.id)
    insert into record.listed_word_change (word_id, was, becomes, why)
    select was.id, jsonb_build_object('term', was.term, 'forms', was.forms, 'instead', was.instead, 'why', was.why, 'source', was.source,
      'leaveAlone', was.leave_alone), ${becomes === 'out of use' ? '{"outOfUse": true}' : asKept(becomes)}::jsonb, ${because}
    from was join now_is on now_is.id = was.id`);

export const wordExists = async (rows: Rows, id: string): Promise<boolean> =>
  (await rows.many(sql`select from record.listed_word where id = ${id}::uuid`)).length > 0;

const entry = z
  .object({
    id: z.uuid(),
    term: z.string(),
    forms: z.array(z.string()),
    instead: z.string(),
    why: z.string(),
    source: z.string(),
    leave_alone: z.boolean(),
    version: z.int(),
  })
  .transform(
    ({ leave_alone: leaveAlone, version: _version, ...word }): WordEntry => ({ ...word, leaveAlone }),
  );

export const readWords = (rows: Rows): Promise<WordEntry[]> => rows.rows(entry, wordsInUse);

/**
 * Adds to what the trend is counted from: numbers, a day and a team, and a mark that is another in each month and team. Never a
 * word, and nothing that leads back to the note or its writer.
 */
export const writeCounted = (
  rows: Rows,
  counted: { team: string | undefined; on: Temporal.PlainDate; words: number; flagged: number },
): Promise<number> =>
  rows.run(sql`
    insert into record.words_counted (team_id, counted_on, words, flagged, writer)
    values (${counted.team ?? null}::uuid, ${counted.on}::date, ${counted.words}, ${counted.flagged},
      md5(access.account_id()::text || ${counted.team ?? ''} || ${counted.on.toPlainYearMonth().toString()})::uuid)`);
