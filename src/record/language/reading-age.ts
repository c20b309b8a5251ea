import { fleschKincaid } from 'flesch-kincaid';
import { syllable } from 'syllable';
import { countWords } from './suggest.ts';

/** Below this many words, sentences are too few for an age to mean anything. */
const fewest = 15;

/**
 * The age of a reader who can read this easily, in whole years: the Flesch-Kincaid grade (Kincaid and others 1975) and five,
 * since children begin school at five. From 6 to 18; undefined for a text of a few words.
 */
export function readingAge(text: string): number | undefined {
  const words = countWords(text);
  if (words < fewest) return undefined;
  const sentences = Math.max(
    1,
    text.split(/[.!?…]+(?=\s|["”’)]|$)|\n+/).filter((each) => /\p{L}/u.test(each)).length,
  );
  const grade = fleschKincaid({ sentence: sentences, word: words, syllable: syllable(text) });
  return Math.min(18, Math.max(6, Math.round(grade + 5)));
}

/** "A reader of about 11" or "An adult reader". */
export const readerWords = (age: number): string =>
  age >= 18 ? 'An adult reader' : `A reader of about ${age}`;
