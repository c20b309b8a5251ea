import type { Rows } from '../../platform/database/rows.ts';
import { readWords, writeCounted } from './records.ts';
import { countWords, suggestions, type WordEntry } from './suggest.ts';

let last: { print: string; words: readonly WordEntry[] } = { print: '', words: [] };

/** The same list object for the same list, so that what is made ready from it is made once. */
function same(words: readonly WordEntry[]): readonly WordEntry[] {
  const print = JSON.stringify(words);
  if (print !== last.print) last = { print, words };
  return last.words;
}

/**
 * Counts the words of something that is being signed, and those on the list among them, for the team's trend. Words of a child
 * are not part of the text given here.
 */
export async function countSigned(
  rows: Rows,
  text: string,
  of: { team: string | undefined; on: Temporal.PlainDate },
): Promise<void> {
  const words = same(await readWords(rows));
  const all = countWords(text);
  await writeCounted(rows, { ...of, words: all, flagged: Math.min(all, suggestions(text, words).length) });
}
