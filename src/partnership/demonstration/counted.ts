import sql from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';
import { jsonRows } from '../../platform/import/index.ts';
import { readWords } from '../../record/language/records.ts';
import { countWords, suggestions } from '../../record/language/suggest.ts';
import type { Row } from './tables.ts';

/**
 * Counts the words of signed notes as signing counts them: how many, and how many of those are on the list of words to think
 * about, for the trend of each team. `notes` are rows of record.note that are in the database already.
 */
export async function countNotes(tx: Rows, notes: readonly Row[]): Promise<void> {
  const listed = await readWords(tx);
  const counted = notes
    .filter(({ signed_at }) => signed_at !== null)
    .map(({ id, happened_on, words, written_by }) => {
      const text = String(words);
      const all = countWords(text);
      const flagged = Math.min(all, suggestions(text, listed).length);
      return { id, on_day: happened_on, account: written_by, words: all, flagged };
    });
  await tx.run(sql`
    insert into record.words_counted (id, team_id, counted_on, words, flagged, writer)
    select md5('counted' || r.id)::uuid, p.team_id, r.on_day, r.words, r.flagged, md5(r.account::text || p.team_id::text || to_char(r.on_day, 'YYYY-MM'))::uuid
    from jsonb_to_recordset(${jsonRows(counted)}::jsonb) as r (id uuid, on_day date, account uuid, words integer, flagged integer)
    cross join lateral (select post.team_id from access.holding h join access.post post on post.id = h.post_id
      where h.account_id = r.account order by lower(h.during), h.id limit 1) p`);
}
