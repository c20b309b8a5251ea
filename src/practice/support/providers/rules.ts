import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { poundsToPence } from '../../../platform/actions/fields.ts';
import { dayText, monthText } from '../../../platform/days.ts';
import type { Programme } from '../programme.ts';

// The rules of what providers return, of projects that are made together, and of a programme's money: plain functions, no I/O.

/** What a return of a programme asks for, as its file says it. */
export type Asks = NonNullable<Programme['returns']>['asks'];
export type Every = NonNullable<Programme['returns']>['every'];

/** One thing asked: an item, or one part of it (an age group, an issue). `key` names it in forms and in JSON. */
export interface Asked {
  key: string;
  item: string;
  part: string;
  title: string;
  partTitle: string;
  kind: Asks[number]['kind'];
}

/** One thing answered. `amount` is a whole number, per cent with two decimals at most, or whole pence. */
export interface Returned extends Asked {
  amount: string | null;
  words: string | null;
}

/** Ids hold no two hyphens together, so that an item and its part can be told apart. */
const keyOf = (item: string, part: string): string => (part === '' ? item : `${item}--${part}`);

/** Everything a return asks for, one by one, in the order of the programme's file. */
export const askedIn = (asks: Asks): Asked[] =>
  asks.flatMap(({ id: item, title, kind, by }) =>
    by.length === 0
      ? [{ key: item, item, part: '', title, partTitle: '', kind }]
      : by.map(({ id: part, title: partTitle }) => ({
          key: keyOf(item, part),
          item,
          part,
          title,
          partTitle,
          kind,
        })),
  );

/** "Registrations, aged 12 to 14". */
export const askedTitle = ({ title, partTitle }: Pick<Asked, 'title' | 'partTitle'>): string =>
  partTitle === '' ? title : `${title}, ${partTitle}`;

type Read = { amount: string | null; words: string | null } | { fault: string };

const wholeNumber = (written: string): string | undefined =>
  /^(\d{1,3}(,\d{3})+|\d{1,9})$/.test(written) ? written.replaceAll(',', '') : undefined;

/** A share as written ("92", "92.5", "92%"), of nought to a hundred. */
function perCent(written: string): string | undefined {
  const found = /^(\d{1,3}(?:\.\d{1,2})?)\s*%?$/.exec(written)?.[1];
  return found === undefined || Number(found) > 100 ? undefined : found;
}

/** What is wrong where a count was left empty. */
export const noNumber = 'enter a whole number, and 0 if there were none';

/** What was written for one thing. A count is always needed, since nothing written is not nought; the others may be left out. */
function readOne({ kind }: Pick<Asked, 'kind'>, given: string): Read {
  const written = given.trim();
  if (kind === 'words')
    return written.length > 5000
      ? { fault: 'use 5,000 characters or fewer' }
      : { amount: null, words: written === '' ? null : written };
  if (written === '') return kind === 'count' ? { fault: noNumber } : { amount: null, words: null };
  const pence = kind === 'pounds' ? poundsToPence(written) : undefined;
  const amount =
    kind === 'count' ? wholeNumber(written) : kind === 'per cent' ? perCent(written) : pence?.toString();
  if (amount !== undefined) return { amount, words: null };
  const wrong = `“${written.slice(0, 40)}” is not`;
  if (kind === 'count') return { fault: `${wrong} a whole number: enter one like 12, or 0 for none` };
  return kind === 'per cent'
    ? { fault: `${wrong} from 0 to 100: enter how many in a hundred, like 92` }
    : { fault: `${wrong} an amount in pounds: enter one like 250 or 99.50` };
}

export interface ReadReturn {
  values: Returned[];
  /** What is wrong and what to do, by the key of the thing asked, or by the line of the file. */
  faults: Record<string, string>;
}

/** The field of a form in which one thing is written. */
export const fieldFor = (key: string): string => `value-${key}`;

/** A return as it was typed, by key. Every fault is said at once. */
export function readTyped(asks: Asks, given: Readonly<Record<string, string>>): ReadReturn {
  const values: Returned[] = [];
  const faults: Record<string, string> = {};
  const asked = askedIn(asks);
  for (const each of asked) {
    const read = readOne(each, given[each.key] ?? '');
    if ('fault' in read) faults[fieldFor(each.key)] = `${askedTitle(each)}: ${read.fault}`;
    else values.push({ ...each, ...read });
  }
  const known = new Set(asked.map(({ key }) => key));
  for (const key of Object.keys(given)
    .filter((each) => !known.has(each))
    .slice(0, 20))
    faults[fieldFor(key)] = `This return does not ask for “${key.slice(0, 60)}”: leave it out`;
  return { values, faults };
}

/** The headings of a file of a return. `question` is for people; what counts is `item` and `part`. */
export const fileHeadings = ['item', 'part', 'question', 'value'] as const;

const mostFaults = 40;

interface Line {
  line: number;
  cells: string[];
}
const parsedLines = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.int() }) }));

function linesOf(text: string): Line[] | undefined {
  try {
    const parsed: unknown = parse(text, {
      bom: true,
      delimiter: [',', ';', '\t'],
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    });
    return parsedLines.parse(parsed).map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch {
    return undefined;
  }
}

/** A return as lines of a CSV file with the headings `item`, `part` and `value`. Faults name their line. */
export function readLines(asks: Asks, text: string): ReadReturn {
  const lines = linesOf(text);
  const faults: Record<string, string> = {};
  if (lines === undefined)
    return {
      values: [],
      faults: { lines: 'A quotation mark opens in these lines and does not close: look for a single "' },
    };
  const [head, ...body] = lines;
  const at = (name: string) => head?.cells.findIndex((cell) => cell.toLowerCase() === name) ?? -1;
  const [item, part, value] = [at('item'), at('part'), at('value')];
  if (head === undefined || item < 0 || value < 0)
    return {
      values: [],
      faults: {
        lines: 'The first line has to be the headings: item,part,question,value. Begin with the empty file',
      },
    };
  const asked = new Map(askedIn(asks).map((each) => [each.key, each]));
  const read = new Map<string, Returned>();
  const say = (line: number, words: string) => {
    faults[`line-${line}`] = `Line ${line}: ${words}`;
  };
  for (const { line, cells } of body) {
    const key = keyOf(cells[item] ?? '', part < 0 ? '' : (cells[part] ?? ''));
    const each = asked.get(key);
    if (each === undefined) {
      say(line, `this return does not ask for “${key.slice(0, 80)}”: use the names in the empty file`);
    } else if (read.has(key)) {
      say(line, `${askedTitle(each)} is here twice: keep one of the lines`);
    } else {
      const one = readOne(each, cells[value] ?? '');
      if ('fault' in one) say(line, `${askedTitle(each)}: ${one.fault}`);
      read.set(key, { ...each, ...('fault' in one ? { amount: null, words: null } : one) });
    }
  }
  for (const each of asked.values())
    if (each.kind === 'count' && !read.has(each.key))
      faults[fieldFor(each.key)] =
        `There is no line for ${askedTitle(each)}: add ${[each.item, each.part, '', '0'].join(',')} if there were none`;
  return {
    values: [...asked.values()].flatMap(({ key }) => read.get(key) ?? []),
    faults: Object.fromEntries(Object.entries(faults).slice(0, mostFaults)),
  };
}

const dataUrl = /^data:[^;,]*(?:;[^;,]*)*;base64,/;

/** The text of a file that a form sent as a data URL; undefined when it is no text. */
export function textOfFile(file: string): string | undefined {
  if (!dataUrl.test(file)) return undefined;
  try {
    const bytes = Buffer.from(file.replace(dataUrl, ''), 'base64');
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** A period in words: "October 2026", "1 July to 30 September 2026". */
export const periodText = (from: Temporal.PlainDate, to: Temporal.PlainDate): string =>
  from.year === to.year && from.month === to.month
    ? monthText(from)
    : `${from.year === to.year ? dayText(from).replace(` ${from.year}`, '') : dayText(from)} to ${dayText(to)}`;

/** Why a return of a period cannot be sent yet; undefined when it can. */
export const notOver = (to: Temporal.PlainDate, today: Temporal.PlainDate): string | undefined =>
  Temporal.PlainDate.compare(to, today) < 0
    ? undefined
    : `This period is not over: send the return from ${dayText(to.add({ days: 1 }))}`;

export const contractKinds = ['contract', 'grant', 'partnership'] as const;
export const contractKindWords: Readonly<Record<(typeof contractKinds)[number], string>> = {
  contract: 'Contract',
  grant: 'Grant with conditions',
  partnership: 'Partnership agreement',
};

export const targetSources = ['returns', 'families', 'people', 'sessions'] as const;
export type TargetSource = (typeof targetSources)[number];
export const targetWords: Readonly<Record<TargetSource, string>> = {
  returns: 'What its returns say',
  families: 'Families it helped',
  people: 'People it helped',
  sessions: 'Times together',
};

/**
 * How a target stands on a day: reached; on the way, when as large a share was reached as of the days has gone by; behind; or not begun.
 */
export function standingOf(
  actual: number | null,
  atLeast: number,
  span: { first: Temporal.PlainDate; last: Temporal.PlainDate },
  today: Temporal.PlainDate,
): 'not begun' | 'no figure' | 'reached' | 'on the way' | 'behind' {
  if (Temporal.PlainDate.compare(today, span.first) < 0) return 'not begun';
  if (actual === null) return 'no figure';
  if (actual >= atLeast) return 'reached';
  const days = span.first.until(span.last).days + 1;
  const gone = Math.min(days, span.first.until(today).days + 1);
  return actual >= (atLeast * gone) / days ? 'on the way' : 'behind';
}

/** How the reach of a project is known (seed row 23: children, families, schools and projects reached). */
export const reachFrom = ['help', 'returns', 'stated'] as const;
export const reachWords: Readonly<Record<(typeof reachFrom)[number], string>> = {
  help: 'Counted: help of its programme that began while it ran',
  returns: 'Counted: from the returns of its contract while it ran',
  stated: 'Stated, and this is where the number comes from',
};

/** What an evaluation can find (issue: continue, change, spread, stop). */
export const findings = ['continue', 'change', 'spread', 'stop'] as const;
export const findingWords: Readonly<Record<(typeof findings)[number], string>> = {
  continue: 'Continue as it is',
  change: 'Continue with changes',
  spread: 'Spread to more places',
  stop: 'Stop',
};

/** The lines that somebody wrote into one field, one name each, without empty or repeated ones. */
export const namesIn = (written: string): string[] => [
  ...new Set(
    written
      .split('\n')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  ),
];
