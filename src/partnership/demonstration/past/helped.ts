// Who was helped by which programme in years gone by, so that the published figures of the papers come out of records. Each block
// says which figure of data/published-figures.json it stands for.

export type Who = 'child' | 'adult';
export type Answers = Readonly<Record<string, string>>;

/** A time together of somebody's help. */
export interface PastSession {
  on: Temporal.PlainDate;
  minutes: number;
  way: string;
  what: string;
  answers?: Answers;
  items?: Readonly<Record<string, number>>;
}

/** Help that somebody had and that ended. */
export interface PastHelp {
  /** Unlike that of any other help. */
  key: string;
  family: number;
  who: Who;
  programme: string;
  level: 'universal' | 'additional' | 'intensive';
  since: Temporal.PlainDate;
  until: Temporal.PlainDate;
  outcome: string;
  /** To the programme's own questions when help was agreed, and at the end. */
  answers?: Answers;
  atEnd?: Answers;
  /** On the first day and on the last. */
  reading?: { tool: string; first: number; last: number };
  sessions?: readonly PastSession[];
  /** The day on which it was asked for, where the asking is counted. */
  asked?: Temporal.PlainDate;
}

export const day = (text: string) => Temporal.PlainDate.from(text);
export const after = (text: string, days: number) => day(text).add({ days });
/** The first of a list of [value, how many] that has room for the number at this place, counted from 0. */
export function shared<T>(parts: readonly (readonly [T, number])[], at: number): T {
  let before = 0;
  for (const [value, many] of parts) {
    before += many;
    if (at < before) return value;
  }
  throw new Error(`nothing is left for the number ${at}`);
}

type Made = Omit<PastHelp, 'key' | 'programme'>;
/** Help of a programme for each of some families. */
export const group = (
  programme: string,
  families: readonly number[],
  make: (family: number, at: number) => Made,
  apart = '',
): PastHelp[] =>
  families.map((family, at) => ({ key: `${programme} ${apart}${family}`, programme, ...make(family, at) }));

/** Days in a year of the papers, spread over those who were helped, so that everything begins and ends within it. */
export const within = (from: string, at: number, lasting: number, spread = 270) => {
  const since = after(from, (at * 11) % spread);
  return { since, until: since.add({ days: lasting }) };
};
export const usual = [
  ['goals-reached', 5],
  ['partly-reached', 3],
  ['more-help', 1],
  ['family-chose', 1],
] as const;
