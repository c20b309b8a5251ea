import { dayText } from '../days.ts';
/** Why a value cannot be taken: a short phrase that names the fault, then a sentence on what to do. */
export interface Refusal {
  readonly refused: string;
  readonly help: string;
}

/** The outcome of reading one cell. */
export type Parsed<T> = { readonly value: T } | Refusal;

/** How one column is read. `parse` gets the cell as it stands in the file and the name of the field. */
export interface Field<T> {
  readonly optional: boolean;
  parse(cell: string, name: string): Parsed<T>;
}

/** A refusal: `refuse('not a date', 'write it as 2021-01-13')`. */
export const refuse = (refused: string, help: string): Refusal => ({ refused, help });

/** Whether the outcome is a refusal. */
export const isRefusal = (parsed: Parsed<unknown>): parsed is Refusal => 'refused' in parsed;

/** A required field read by `parse`, which gets the trimmed cell, never an empty one. For rules of a field of practice. */
export function check<T>(parse: (cell: string, name: string) => Parsed<T>): Field<T> {
  return {
    optional: false,
    parse(cell, name) {
      const trimmed = cell.trim();
      return trimmed === '' ? refuse('missing', 'every row needs one') : parse(trimmed, name);
    },
  };
}

/** The same field, where an empty cell (or no such column) is `null`. */
export function optional<T>(field: Field<T>): Field<T | null> {
  return {
    optional: true,
    parse: (cell, name) => (cell.trim() === '' ? { value: null } : field.parse(cell, name)),
  };
}

/** Every control character except tab and the line ends. */
const isControl = (code: number) => (code < 32 && code !== 9 && code !== 10 && code !== 13) || code === 127;

function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (isControl(text.charCodeAt(at))) return true;
  return false;
}

/**
 * Text, trimmed, with line ends as \n and letters in their composed form (NFC), so that one name written on two machines
 * is one name. Leading zeros stay. At most `max` characters (10,000 unless told).
 */
export function text(options: { max?: number } = {}): Field<string> {
  const max = options.max ?? 10_000;
  return check((cell) => {
    if (hasControl(cell)) return refuse('not text', 'it holds an invisible control character; take that out');
    const value = cell.replaceAll('\r\n', '\n').normalize('NFC');
    return value.length > max
      ? refuse('too long', `at most ${max.toLocaleString('en-GB')} characters are kept here; shorten it`)
      : { value };
  });
}

const isoDay = /^(\d{4})-(\d\d)-(\d\d)$/;

/** The day, or nothing when the calendar has no such day. */
function dayOf(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}

/** What to write instead of text that is not an ISO day. Never guesses between two readings: it names both. */
function dayHelp(cell: string): string {
  if (isoDay.test(cell))
    return 'there is no such day in the calendar; check it against the record it came from';
  const timed = /^(\d{4}-\d\d-\d\d)[T ]/.exec(cell)?.[1];
  if (timed !== undefined) return `write the day alone: ${timed}`;
  const parts = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(cell);
  const [first, second, year] = [Number(parts?.[1]), Number(parts?.[2]), Number(parts?.[3])];
  const british = parts ? dayOf(year, second, first) : undefined;
  const american = parts ? dayOf(year, first, second) : undefined;
  if (british && american && !british.equals(american)) {
    return `write it year first: ${british} if it is ${dayText(british)}, ${american} if it is ${dayText(american)}`;
  }
  const only = british ?? american;
  return only ? `write it as ${only}` : 'write it year first, such as 2021-01-31';
}

/** A day in ISO form (2021-01-31), between 1850 and 2150. Nothing else: other forms are read differently by different people. */
export function day(): Field<Temporal.PlainDate> {
  return check((cell) => {
    const parts = isoDay.exec(cell);
    const value = parts ? dayOf(Number(parts[1]), Number(parts[2]), Number(parts[3])) : undefined;
    if (!value) return refuse('not a date', dayHelp(cell));
    if (value.year < 1850 || value.year > 2150) return refuse('not a date', 'check the year');
    return { value };
  });
}

const amount = /^(-?)£?(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?$/;

/**
 * Pounds, as whole pence: "1234", "1,234.50", "£12.30". At most two decimals, never through a floating number. Below nothing
 * is refused unless `negative`; with `positive` nothing is refused too, as "<field> not positive".
 */
export function money(options: { positive?: boolean; negative?: boolean } = {}): Field<bigint> {
  return check((cell, name) => {
    const parts = amount.exec(cell);
    const whole = parts?.[3]?.replaceAll(',', '') ?? '';
    if (!parts || (parts[1] === '-' && parts[2] === '-')) {
      return refuse('not an amount of money', 'write pounds and pence, such as 1234.50');
    }
    if (whole.length > 13) return refuse('not an amount of money', 'it is larger than any amount kept here');
    const pence = BigInt(whole) * 100n + BigInt((parts[4] ?? '').padEnd(2, '0'));
    const value = parts[1] === '-' || parts[2] === '-' ? -pence : pence;
    if (options.positive && value <= 0n)
      return refuse(`${name} not positive`, 'write an amount above nothing');
    if (!options.negative && value < 0n)
      return refuse(`${name} negative`, 'write an amount of nothing or more');
    return { value };
  });
}

/** Whole pence as pounds with two decimals and no grouping: 123450n is "1234.50". */
export function pounds(pence: bigint): string {
  const size = pence < 0n ? -pence : pence;
  return `${pence < 0n ? '-' : ''}${size / 100n}.${(size % 100n).toString().padStart(2, '0')}`;
}

/** One of a list, whatever its capitals; refused as "unknown <called>", where `called` is the field's name unless told. */
export function oneOf<const V extends string>(
  values: readonly V[],
  options: { called?: string } = {},
): Field<V> {
  const byFolded = new Map(values.map((value) => [value.toLowerCase(), value]));
  return check((cell, name) => {
    const value = byFolded.get(cell.toLowerCase());
    return value === undefined
      ? refuse(`unknown ${options.called ?? name}`, `use one of: ${values.join(', ')}`)
      : { value };
  });
}

/** A whole number between `min` and `max` (both included), without grouping. */
export function integer(options: { min?: number; max?: number } = {}): Field<number> {
  const min = options.min ?? Number.MIN_SAFE_INTEGER;
  const max = options.max ?? Number.MAX_SAFE_INTEGER;
  return check((cell) => {
    const value = /^-?\d{1,16}$/.test(cell) ? Number(cell) : Number.NaN;
    if (!Number.isSafeInteger(value)) return refuse('not a whole number', 'write digits only, such as 12');
    if (value < min) return refuse('too small', `the least it can be is ${min}`);
    if (value > max) return refuse('too large', `the most it can be is ${max}`);
    return { value };
  });
}

/** Yes or no, also as y, n, true, false, 1, 0. */
export function yesNo(): Field<boolean> {
  return check((cell) => {
    if (/^(yes|y|true|1)$/i.test(cell)) return { value: true };
    if (/^(no|n|false|0)$/i.test(cell)) return { value: false };
    return refuse('not yes or no', 'write yes or no');
  });
}
