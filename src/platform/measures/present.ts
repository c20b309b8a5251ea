import { dayText } from '../days.ts';
import { csvText } from '../files/csv.ts';
import type { Wording } from './compute.ts';
import { type Asked, type Cell, dimensionsOf, type Measure, notRecorded, type Unit } from './measure.ts';

/** A measure as machines read it. Money is pounds with two decimals, as text; a hidden value is `null` with `suppressed`. */
export interface MeasureJson {
  measure: string;
  from: string | null;
  to: string | null;
  on: string | null;
  rows: Record<string, string | number | boolean | null>[];
}

/** The answer to a question as JSON; `from` and `to`, or `on`, are `null` when they do not apply. */
export function measureJson(measure: Measure, asked: Asked, cells: readonly Cell[]): MeasureJson {
  const during = 'during' in asked.when ? asked.when.during : undefined;
  return {
    measure: measure.id,
    from: during?.from.toString() ?? null,
    to: during?.to.toString() ?? null,
    on: 'on' in asked.when ? asked.when.on.toString() : null,
    rows: cells.map((cell) => ({
      ...cell.at,
      value: cell.value,
      ...(cell.suppressed ? { suppressed: true } : {}),
    })),
  };
}

/** The answer as CSV: a column for each dimension asked for, then the value; empty where it is hidden. */
export const measureCsv = (_measure: Measure, asked: Asked, cells: readonly Cell[]): string =>
  csvText(
    [...asked.by, 'value'],
    cells.map((cell) => [...asked.by.map((name) => cell.at[name] ?? null), csvNumber(cell.value)]),
  );

// Money is text here, but it is our own digits: an average below nought would otherwise be taken for a formula.
const csvNumber = (value: Cell['value']) => (typeof value === 'string' ? Number(value).toFixed(2) : value);

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',');

/** Pounds as people read them: "£881,233", "£812.20". */
export const poundsText = (value: string): string => {
  const [whole = '0', part = '00'] = value.replace('-', '').split('.');
  return `${value.startsWith('-') ? '−' : ''}£${grouped(whole)}${/^0*$/.test(part) ? '' : `.${part}`}`;
};

/** A value as people read it, with its unit where the words around it do not say it. */
export function valueText(unit: Unit, value: string | number | null): string {
  if (value === null) return 'No figure';
  if (unit === 'pounds') return poundsText(String(value));
  if (unit === 'percent') return `${Number(value).toFixed(1)}%`;
  const number = Number(value).toLocaleString('en-GB', { maximumFractionDigits: 2 });
  if (unit === 'weeks') return `${number} ${Number(value) === 1 ? 'week' : 'weeks'}`;
  return unit === 'days' ? `${number} ${Number(value) === 1 ? 'day' : 'days'}` : number;
}

/** What stands in the place of a hidden cell. */
export const hiddenText = 'Not shown';

/** Why cells are hidden, in words for readers. */
export const hiddenWhy =
  'Not shown: fewer than 5 families, or people, are behind this figure, or it would let a figure like that be worked out.';

/** A cell as people read it. */
export const cellText = (unit: Unit, cell: Cell): string =>
  cell.suppressed ? hiddenText : valueText(unit, cell.value);

/** When it was asked for, in words: "15 February 2021 to 30 April 2021". */
export const whenText = ({ when }: Pick<Asked, 'when'>): string =>
  'on' in when ? dayText(when.on) : `${dayText(when.during.from)} to ${dayText(when.during.to)}`;

/** The answer as aligned plain text for a terminal, with words for values and a note where cells are hidden. */
export function measureTable(
  measure: Measure,
  asked: Asked,
  cells: readonly Cell[],
  wording: Wording,
): string {
  const headings = [...asked.by.map((name) => measure.fact.dimensions[name]?.title ?? name), 'Value'];
  const body = cells.map((cell) => [
    ...asked.by.map((name) => wording(name, cell.at[name] ?? null)),
    cellText(measure.unit, cell),
  ]);
  const only = Object.entries(asked.only).map(
    ([name, value]) =>
      `${measure.fact.dimensions[name]?.title ?? name}: ${wording(name, value === notRecorded ? null : value)}`,
  );
  const lines = [
    `${measure.title} (${measure.id})`,
    [whenText(asked), ...only].join('; '),
    '',
    ...aligned([headings, ...body], 1),
  ];
  if (cells.length === 0) lines.push('Nothing was counted.');
  if (cells.some((cell) => cell.suppressed)) lines.push('', hiddenWhy);
  return `${lines.join('\n')}\n`;
}

/** Columns in line, the last `numeric` of them to the right, with a rule under the headings. */
export function aligned(table: readonly (readonly string[])[], numeric: number): string[] {
  const columns = table[0]?.length ?? 0;
  const widths = Array.from({ length: columns }, (_, at) =>
    Math.max(...table.map((row) => (row[at] ?? '').length)),
  );
  const lines = table.map((row) =>
    row
      .map((cell, at) =>
        at >= columns - numeric ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  return lines.toSpliced(1, 0, widths.map((width) => '-'.repeat(width)).join('  '));
}

/** What a reader can split by, as words for a form. */
export const splitChoices = (measure: Measure): { value: string; label: string }[] =>
  dimensionsOf(measure).map((name) => ({ value: name, label: measure.fact.dimensions[name]?.title ?? name }));

/** A title inside a sentence: "SIMD quintile" stays as it is, "Fund" becomes "fund". */
export const lowered = (title: string): string =>
  title.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
