import { passagesOf } from '../notes/rules.ts';

// What a visit is made of before it is a note. Pure: no reading, no writing, no clock.

/** The fields of a visit, as text as it was typed: nothing is refused before it has arrived, since then it would be lost. */
export const visitFields = [
  'who',
  'on',
  'at',
  'how',
  'there',
  'words',
  'said',
  'saidBy',
  'steps',
  'family',
] as const;

export type VisitField = (typeof visitFields)[number];
export type Typed = Readonly<Record<VisitField, string>>;

/** The longest text of one field that is kept; a note is shorter, and whoever signs it is told so. */
const longest = 300_000;

const cleaned = (value: unknown): string =>
  typeof value === 'string'
    ? value.replaceAll('\r\n', '\n').replaceAll('\u0000', '').toWellFormed().trim().slice(0, longest)
    : '';

/** The fields of a visit from whatever was sent: what is not text is left out. */
export const typedFrom = (given: Readonly<Record<string, unknown>>): Typed =>
  Object.fromEntries(visitFields.map((name) => [name, cleaned(given[name])])) as Record<VisitField, string>;

/** What was in a sealed visit, and whether its writer had said that it was whole. */
export interface Arrival {
  typed: Typed;
  finished: boolean;
  at: Temporal.Instant | undefined;
}

function instantFrom(value: unknown): Temporal.Instant | undefined {
  try {
    const at = Temporal.Instant.from(String(value));
    const { year } = at.toZonedDateTimeISO('UTC');
    return year >= 2020 && year < 2200 ? at : undefined;
  } catch {
    return undefined;
  }
}

/** Reads what was sealed. Words that are not in the form we know are kept as words: somebody wrote them. */
export function arrivalFrom(words: string): Arrival {
  let read: unknown;
  try {
    read = JSON.parse(words);
  } catch {
    read = undefined;
  }
  if (typeof read !== 'object' || read === null || !('fields' in read))
    return { typed: typedFrom({ words }), finished: false, at: undefined };
  const { fields } = read;
  return {
    typed: typedFrom(typeof fields === 'object' && fields !== null ? { ...fields } : { words: fields }),
    finished: 'finished' in read && read.finished === true,
    at: 'at' in read ? instantFrom(read.at) : undefined,
  };
}

/** What a visit is called in a list: whom it was to, in the writer's own words, or how it begins. */
export function calledBy({ who, words }: Pick<Typed, 'who' | 'words'>): string {
  const first = who || (passagesOf(words)[0]?.words ?? '');
  const line = first.replaceAll(/\s+/g, ' ');
  return line.length > 80 ? `${line.slice(0, 79).trimEnd()} …` : line || 'A visit';
}
