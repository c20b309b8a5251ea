import type { Role } from '../../record/roles.ts';

// Rules of the directory: whom help is for, what was meant by what was typed, and when somebody has to look at an entry again. No
// input or output. Seed row 15 asks for who it is for, how to get in, place, times, last checked, and an owner with a review date.

/** Who keeps the directory: whoever has the post for it, and planning officers. */
export const editors = ['directory-editor', 'planning-officer'] as const satisfies Role[];

export const states = ['open', 'paused', 'closed'] as const;
export type State = (typeof states)[number];
export const stateWords: Readonly<Record<State, string>> = {
  open: 'Open',
  paused: 'Paused for now',
  closed: 'This help has ended',
};

export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof weekdays)[number];
export const weekdayWords: Readonly<Record<Weekday, string>> = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
};

/** Ages in whole years: from none means before birth; to none means no end; 17 means until the eighteenth birthday. */
export interface AgeRange {
  from: number | null;
  to: number | null;
}

export interface Served extends AgeRange {
  /** The wider range for care experienced people, where there is one. */
  care: AgeRange | undefined;
  careOnly: boolean;
}

const within = ({ from, to }: AgeRange, age: number): boolean => (from ?? 0) <= age && age <= (to ?? 200);

/** Whether help is for somebody of an age: so, only if they are care experienced, or not. */
export function suitsAge(
  { care, careOnly, ...usual }: Served,
  age: number,
): 'yes' | 'if care experienced' | 'no' {
  if (!careOnly && within(usual, age)) return 'yes';
  return within(usual, age) || (care !== undefined && within(care, age)) ? 'if care experienced' : 'no';
}

const rangeWords = ({ from, to }: AgeRange): string => {
  if (from === null && to === null) return 'People of every age';
  if (from === null) return `Before birth to ${to} years`;
  if (to === null) return `From ${from} years`;
  return from === to ? `${from} years` : `From ${from} to ${to} years`;
};

/** "From 5 to 17 years; to 25 for care experienced people". */
export function agesWords({ care, careOnly, ...usual }: Served): string {
  const words = rangeWords(usual);
  if (careOnly) return `${words}, for care experienced people`;
  if (care === undefined) return words;
  const other = rangeWords(care);
  const shorter = care.from === usual.from && care.to !== null ? `to ${care.to}` : other.toLowerCase();
  return other === words ? words : `${words}; ${shorter} for care experienced people`;
}

/** Whether the day by which somebody had to look at an entry again has passed. */
export const isStale = (checkBy: Temporal.PlainDate, today: Temporal.PlainDate): boolean =>
  Temporal.PlainDate.compare(checkBy, today) < 0;

/** "Monday to Thursday", "Tuesday and Saturday". */
export function daysWords(days: readonly Weekday[]): string {
  const at = weekdays.flatMap((day, index) => (days.includes(day) ? [index] : []));
  const names = at.map((index) => weekdayWords[weekdays[index] ?? 'MO']);
  const [first = 0] = at;
  const inRow = at.length > 2 && at.every((index, place) => index === first + place);
  return inRow ? `${names[0]} to ${names.at(-1)}` : new Intl.ListFormat('en-GB').format(names);
}

/** "9am", "4:30pm", "noon", from "16:30" or "16:30:00". */
export function timeWords(time: string): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  if (hour === 12 && minute === 0) return 'noon';
  const past = minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`;
  return `${hour % 12 === 0 ? 12 : hour % 12}${past}${hour < 12 ? 'am' : 'pm'}`;
}

/** A time of day as people write it ("9am", "4:30 pm", "16:30") to HH:MM; undefined when it is none. */
export function timeFrom(written: string): string | undefined {
  const found = /^(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?$/i.exec(written.trim());
  if (/^noon$/i.test(written.trim())) return '12:00';
  if (!found) return undefined;
  const [, hours = '', minutes = '00', half] = found;
  const hour = Number(hours);
  if (half === undefined && found[2] === undefined) return undefined;
  if (Number(minutes) > 59 || hour > 23 || (half !== undefined && (hour < 1 || hour > 12))) return undefined;
  const of24 = half === undefined ? hour : (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  return `${String(of24).padStart(2, '0')}:${minutes}`;
}

/** What the directory knows to look for in words that somebody typed. */
export interface Vocabulary {
  /** Words for needs: their names here, and what families say for them. */
  needs: readonly { said: string; term: string }[];
  /** Names of places, and other words for them: towns, villages, the first half of a postcode. */
  areas: readonly { said: string; area: string }[];
}

/** What was meant, and the words by which it was understood. `rest` is looked for in entries as it is. */
export interface Understood {
  terms: readonly string[];
  area: string | undefined;
  age: number | undefined;
  rest: readonly string[];
}

/** Words that say nothing of what somebody looks for. */
const small = new Set(
  `a about after all also am an and any anyone anybody are as at away be because been being but by can child children could cannot
   daughter do does for from get getting give go going got had has have having he help helping her him his how i if in into is it
   its just kid kids know like looking me my near need needs needing no not of old on one or our out people please she should so
   some somebody someone something son support than that the their them there they this to too us very want wants was we what when
   where which who why will with would year years your yours`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Letters and figures in small words, without accents: "P4", "Ardwhin’s" and "Gàidhlig" are "p4", "ardwhins", "gaidhlig". */
export const wordsOf = (text: string): string[] =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/['’]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .slice(0, 40);

/** How many letters have to be changed, added, left out or swapped with their neighbour to make one word of another; 3 or more is 3. */
export function slips(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 2) return 3;
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      let least = Math.min(
        (last[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1])
        least = Math.min(least, (before[column - 2] ?? 0) + 1);
      next.push(least);
    }
    before = last;
    last = next;
  }
  return Math.min(3, last[other.length] ?? 3);
}

/** Whether a word was meant: as it is, in the plural, or with a slip in a longer word and two in a long one. */
function meant(typed: string, word: string): boolean {
  if (typed === word || typed === `${word}s` || `${typed}s` === word) return true;
  const most = Math.min(typed.length, word.length);
  // A short word with one letter changed is another word, and the first letter is seldom wrong.
  if (most < 5 || typed[0] !== word[0] || /\d/.test(typed)) return false;
  return slips(typed, word) <= (most >= 8 ? 2 : 1);
}

interface Stretch<T> {
  from: number;
  until: number;
  is: T;
  exact: boolean;
}

/** Where phrases stand among words; a longer phrase takes the place of a shorter one within it. */
function stretches<T>(
  words: readonly string[],
  phrases: readonly { said: readonly string[]; is: T }[],
): Stretch<T>[] {
  const found = phrases.flatMap(({ said, is }) =>
    words.flatMap((_, from): Stretch<T>[] => {
      const there = words.slice(from, from + said.length);
      const fits =
        said.length > 0 &&
        there.length === said.length &&
        said.every((word, at) => meant(there[at] ?? '', word));
      return fits ? [{ from, until: from + said.length, is, exact: there.join(' ') === said.join(' ') }] : [];
    }),
  );
  const size = ({ from, until }: Stretch<T>) => until - from;
  return found.filter(
    (each) =>
      !found.some(
        (other) =>
          other.from < each.until &&
          each.from < other.until &&
          (size(other) > size(each) || (size(other) === size(each) && other.exact && !each.exact)),
      ),
  );
}

/** The age that words tell of: "7 year old", "aged 7", "18 months", "P4", "S2", "baby"; with the words that told it taken out. */
function ageIn(text: string): { age: number | undefined; left: string } {
  const tries: readonly [RegExp, (found: RegExpExecArray) => number][] = [
    [/\b(\d{1,3})[\s-]*(?:years?|yrs?|y\/?o)\b[\s-]*(?:olds?\b)?/i, ([, years]) => Number(years)],
    [
      /\b(?:aged?|age of|is|turned)\s+(\d{1,3})\b(?!\s*(?:days?|weeks?|months?|%))/i,
      ([, years]) => Number(years),
    ],
    [
      /\b(\d{1,2})[\s-]*(?:months?|mths?|weeks?|wks?)\b[\s-]*(?:olds?\b)?/i,
      ([whole, many]) => (/w/i.test(whole) ? 0 : Math.floor(Number(many) / 12)),
    ],
    // School stages as in Scotland: most children begin primary 1 at five and secondary 1 at twelve.
    [/\b(?:p|primary\s*)([1-7])\b/i, ([, stage]) => Number(stage) + 4],
    [/\b(?:s|secondary\s*)([1-6])\b/i, ([, stage]) => Number(stage) + 11],
    [/\bnewborn\b/i, () => 0],
  ];
  for (const [pattern, age] of tries) {
    const found = pattern.exec(text);
    const years = found ? age(found) : undefined;
    if (found && years !== undefined && years <= 120)
      return { age: years, left: text.replace(found[0], ' ') };
  }
  return { age: undefined, left: text };
}

/**
 * What somebody meant who typed a few words: needs, a place and an age among them, however they are spelt, and what is left. A word
 * for a need is looked for in entries as well: an entry may use it where it is not sorted under that need.
 */
export function understood(text: string, { needs, areas }: Vocabulary): Understood {
  const { age, left } = ageIn(text.slice(0, 200));
  const words = wordsOf(left);
  const places = stretches(
    words,
    areas.map(({ said, area }) => ({ said: wordsOf(said), is: area })),
  );
  const [place] = places;
  const free = words.map((word, at) => (place && at >= place.from && at < place.until ? '' : word));
  const sought = stretches(
    free,
    needs.map(({ said, term }) => ({ said: wordsOf(said), is: term })),
  );
  return {
    terms: [...new Set(sought.map(({ is }) => is))],
    area: place?.is,
    age,
    rest: [...new Set(free.filter((word) => word.length > 1 && !small.has(word)))].slice(0, 12),
  };
}
