import type { Programme } from './programme.ts';

// Finding a programme among many: by a need, by a few words, and those for children apart from those for adults.

type Findable = Pick<Programme, 'title' | 'forFamilies' | 'needs' | 'serves'>;

/** Words that say nothing of what would help. */
const idle = new Set(
  'all and any are but can for from has have her him his how not our out she that the their them they this was what when who with you your help helps need needs want wants family families somebody'.split(
    ' ',
  ),
);

/** The words of a text in small letters without accents, those that say something. */
const wordsOf = (text: string): string[] =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 2 && !idle.has(word));

/** A word without the ending that makes it several, so that "mornings" finds "morning". */
const stem = (word: string): string => (word.length > 4 ? word.replace(/(ies|es|s|y)$/, '') : word);

/** The programmes that have any of the words, those with the most of them first; all of them where no word says anything. */
export function withWords<P extends Findable>(all: readonly P[], text: string): P[] {
  const wanted = [...new Set(wordsOf(text).map(stem))];
  if (wanted.length === 0) return [...all];
  const found = all.map((programme) => {
    const title = wordsOf(programme.title);
    const rest = wordsOf([programme.serves.inWords, programme.forFamilies, ...programme.needs].join(' '));
    const score = wanted.reduce((sum, word) => {
      const said = (words: readonly string[]) => words.some((each) => each.startsWith(word));
      return sum + (said(title) ? 3 : said(rest) ? 2 : 0);
    }, 0);
    return { programme, score };
  });
  return found
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score)
    .map(({ programme }) => programme);
}

/** Whether it is only for people of sixteen and over: a worker with a child in mind looks past it. */
export const onlyGrownUp = ({ serves: { ages } }: Pick<Programme, 'serves'>): boolean =>
  ages.from !== 'before birth' && ages.from >= 16;
