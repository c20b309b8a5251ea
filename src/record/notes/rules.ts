// What a note is made of. Pure: no reading, no writing, no clock.

/** How something came to be known. `none` of them is an answer too: nobody has to say. */
export const ways = {
  home: 'Visit at home',
  phone: 'Phone call',
  video: 'Video call',
  message: 'Text or other message',
  office: 'In the office',
  school: 'At school or nursery',
  out: 'Out and about',
  letter: 'Letter or e-mail',
  meeting: 'Meeting',
  colleague: 'From a colleague or another service',
} as const;

export type Way = keyof typeof ways;
export const wayIds = Object.keys(ways) as [Way, ...Way[]];
export const wayWords = (how: string): string => (how in ways ? ways[how as Way] : '');

/** The longest note, in characters. */
export const longestNote = 100_000;
/** Notes on one page of a list. */
export const pageSize = 25;

/**
 * Why a passage is apart: it tells of somebody who is not the person the note is about, or somebody told it in trust. Both are
 * left out of the copy that a person is given (Data Protection Act 2018, schedule 2 part 3 paragraph 16: information about
 * another individual), and marking them as they are written makes that copy possible.
 */
export type Mark = 'about' | 'from';

export interface Passage {
  words: string;
  mark?: Mark;
}

const marked = /^[ \t]*\[?(about|from)[ \t]+(?:somebody|someone)[ \t]+else\]?[ \t]*[:\-–—][ \t]*/i;
const begins = /\n(?=[ \t]*\[?(?:about|from)[ \t]+(?:somebody|someone)[ \t]+else\]?[ \t]*[:\-–—])/i;

/**
 * The passages of a note, in order. An empty line ends a passage. One that begins with "About somebody else:" or "From somebody
 * else:" has that mark, and its words without it; nothing else is taken away or changed.
 */
export function passagesOf(words: string): Passage[] {
  return words
    .split(/\n[ \t]*\n\s*/)
    .flatMap((paragraph) => paragraph.split(begins))
    .flatMap((paragraph): Passage[] => {
      const mark = marked.exec(paragraph);
      const rest = (mark ? paragraph.slice(mark[0].length) : paragraph).replace(/\s+$/, '');
      if (rest.trim() === '') return [];
      return [
        mark ? { words: rest, mark: mark[1]?.toLowerCase() === 'from' ? 'from' : 'about' } : { words: rest },
      ];
    });
}

/** What of a text a person is given in their copy, and how many passages are left out. */
export function copyFor(words: string): { passages: string[]; leftOut: number } {
  const all = passagesOf(words);
  const theirs = all.filter(({ mark }) => mark === undefined);
  return { passages: theirs.map((each) => each.words), leftOut: all.length - theirs.length };
}

/** What is to be done next, one a line, without the dashes and numbers that people put before them. */
export const stepsOf = (written: string): string[] =>
  written
    .split('\n')
    .map((line) => line.replace(/^\s*(?:[-*•–]|\d{1,2}[.)])\s+/, '').trim())
    .filter((line) => line !== '');

/** A time as people type it (14:30, 2.30pm, 9 am, 1430) as HH:MM; undefined when it is none. */
export function timeFrom(written: string): string | undefined {
  const match = /^(\d{1,2})(?:[:.]?(\d{2}))?\s*(am|pm)?$/i.exec(written.trim());
  if (!match) return undefined;
  const [, hours = '', minutes, half] = match;
  if (minutes === undefined && half === undefined) return undefined;
  const hour = Number(hours);
  if (half !== undefined && (hour < 1 || hour > 12)) return undefined;
  const of24 = half === undefined ? hour : (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  if (of24 > 23 || Number(minutes ?? 0) > 59) return undefined;
  return `${String(of24).padStart(2, '0')}:${minutes ?? '00'}`;
}

/** The first words of a text, ended at a word, for lists. */
export function beginningOf(words: string, most: number): string {
  if (words.length <= most) return words;
  const cut = words.slice(0, most);
  const end = cut.lastIndexOf(' ');
  return `${(end > Math.max(0, most - 40) ? cut.slice(0, end) : cut).trimEnd()} …`;
}
