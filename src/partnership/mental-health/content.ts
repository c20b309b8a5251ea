import { z } from 'zod';
import { money } from '../../platform/actions/fields.ts';
import type { FrozenFigure } from '../../platform/reports/frozen.ts';
import { yearText } from '../../record/funds/rules.ts';
import type { returnRow } from './queries.ts';
import { type ReturnFigures, returnFiguresSchema } from './return.ts';
import { halfText, levelWords, sources } from './rules.ts';

// What a six-monthly return says: its figures beside what is funded, and what is missing. It is computed until it is sent, and kept
// as it was sent from then on.

const pence = z.string().regex(/^-?\d+$/);
export const contentSchema = z.object({
  figures: returnFiguresSchema,
  priorities: z.array(z.object({ title: z.string(), why: z.string() })),
  supports: z.array(
    z.object({
      id: z.uuid(),
      title: z.string(),
      programme: z.string().nullable(),
      level: z.enum(['universal', 'additional', 'intensive']),
      provider: z.string(),
      phase: z.string(),
      coProduced: z.string(),
      priority: z.string().nullable(),
      award: z.string(),
      promised: pence,
      spent: pence,
      spentBefore: pence,
    }),
  ),
  /** The awards of the financial year in which the half year lies, in whole pence. */
  money: z.object({ awarded: pence, promised: pence, spent: pence }),
  indicators: z.array(z.object({ id: z.string(), title: z.string() })),
  toldReadings: z.array(
    z.object({
      indicator: z.string(),
      support: z.uuid(),
      first: z.int().nullable(),
      both: z.int().nullable(),
      better: z.int().nullable(),
      source: z.string(),
    }),
  ),
  missing: z.array(z.string()),
});
export type Content = z.output<typeof contentSchema>;
type ReturnRow = z.output<typeof returnRow>;

const smallest = 5;

/** How many had readings, as told, without what is so small that it tells of somebody. */
function toldReading(each: ReturnRow['told_readings'][number]): Content['toldReadings'][number] {
  const { first, both, better, ...rest } = each;
  const tells = (some: number, all: number) =>
    (some > 0 && some < smallest) || (all - some > 0 && all - some < smallest);
  const few = first < smallest;
  const fewTwice = few || tells(both, first);
  return {
    ...rest,
    first: few ? null : first,
    both: fewTwice ? null : both,
    better: fewTwice || tells(better, both) ? null : better,
  };
}

/** What is not there yet and would be asked about, one sentence each, with what to do. */
function missingFrom(row: ReturnRow, figures: ReturnFigures): string[] {
  const missing: string[] = [];
  const year = yearText(row.year);
  if (row.awarded === 0n) missing.push(`No award of ${year} is written down: add it on the page of the year`);
  if (row.priorities.length === 0)
    missing.push(`No priority of ${year} is written down: add it on the page of the year`);
  if (row.supports.length === 0)
    missing.push('Nothing is funded in these months: add the supports that the award pays for');
  const reached = new Set(
    figures.reach.filter(({ children }) => children === null || children > 0).map(({ support }) => support),
  );
  const spent = new Set(figures.spent.map(({ support }) => support));
  for (const { id, title, programme, children_item, co_produced } of row.supports) {
    if (!reached.has(id))
      missing.push(
        programme === null
          ? `“${title}”: nobody told whom it reached. Write down what was told`
          : children_item === null
            ? `“${title}”: no help is recorded in these months. See that it is, or name the number of its returns that counts`
            : `“${title}”: no help is recorded and no return of its provider came for these months. Ask the provider`,
      );
    if (!spent.has(id)) missing.push(`“${title}”: nothing is written down as spent in these months`);
    if (co_produced === '') missing.push(`“${title}”: it is not said with whom it was made`);
  }
  const unborn = figures.parts.standing.find(({ value }) => value === 'not known');
  if (unborn)
    missing.push(
      `Day of birth is not recorded for ${unborn.children ?? 'some'} of those reached: the rule of ages cannot be checked for them`,
    );
  for (const { id, title } of row.indicators) {
    const found = figures.readings.find(({ indicator }) => indicator === id);
    const told = row.told_readings.some(({ indicator }) => indicator === id);
    if (found === undefined && !told) missing.push(`“${title}”: no reading in these months`);
    else if (found !== undefined && found.without !== null && found.without > 0)
      missing.push(
        `“${title}”: ${found.without} of ${found.first ?? 'the'} first readings have no second yet`,
      );
  }
  if (row.signs === 0) missing.push('Nothing says who went on to crisis support: name the signs');
  return missing;
}

/** What a return says now. */
export const contentOf = (row: ReturnRow, figures: ReturnFigures): Content => ({
  figures,
  priorities: row.priorities,
  supports: row.supports.map((each) => ({
    id: each.id,
    title: each.title,
    programme: each.programme,
    level: each.level,
    provider: each.provider,
    phase: each.phase,
    coProduced: each.co_produced,
    priority: each.priority,
    award: `${each.source}, ${each.letter}, ${yearText(each.year)}`,
    promised: String(each.pence),
    spent: figures.spent.find(({ support }) => support === each.id)?.pence ?? '0',
    spentBefore: String(each.spent),
  })),
  money: { awarded: String(row.awarded), promised: String(row.promised), spent: String(row.spent) },
  indicators: row.indicators,
  toldReadings: row.told_readings.map(toldReading),
  missing: missingFrom(row, figures),
});

export const countText = (value: number | null): string =>
  value === null ? 'Not shown' : value.toLocaleString('en-GB');
const penceText = (value: string): string => money(BigInt(value));
export const rateWords = ({ figures }: Pick<Content, 'figures'>): string =>
  figures.rate === null
    ? figures.children === 0
      ? 'Nobody was reached yet'
      : 'Not shown'
    : `${figures.rate.toFixed(2)}%`;

/** A table of a return, for pages, CSV and Word alike. Cells are text as printed; the first column names the row. */
export interface ReturnTable {
  id: string;
  title: string;
  columns: readonly { title: string; numeric: boolean }[];
  rows: readonly (readonly string[])[];
}
const text = (title: string) => ({ title, numeric: false });
const number = (title: string) => ({ title, numeric: true });

const partTitles = {
  age: 'By age when help began',
  gender: 'By gender as asked',
  care: 'By care experience',
  standing: 'By the ages of the Framework: 5 to 24, or 26 if care experienced',
  issue: 'What they came about, where it was told',
} as const;

function outcomeRows({ figures, indicators, toldReadings, supports }: Content): string[][] {
  const titleOf = (id: string) => indicators.find((each) => each.id === id)?.title ?? id;
  const counted = figures.readings.map((each) => [
    titleOf(each.indicator),
    'Counted',
    countText(each.first),
    countText(each.without),
    each.mean === null
      ? 'Too few with two readings to say'
      : `${each.mean > 0 ? '+' : ''}${each.mean} on average${each.from === null || each.to === null ? '' : `, between ${each.from} and ${each.to}`}`,
  ]);
  const told = toldReadings.map((each) => [
    titleOf(each.indicator),
    `As told for ${supports.find(({ id }) => id === each.support)?.title ?? 'a support'}: ${each.source}`,
    countText(each.first),
    each.first === null || each.both === null ? 'Not shown' : countText(each.first - each.both),
    each.better === null ? 'Not shown' : `Better for ${countText(each.better)} of ${countText(each.both)}`,
  ]);
  return [...counted, ...told];
}

/** The tables of a return, in their order; those with nothing in them are left out. */
export function tablesOf(content: Content): ReturnTable[] {
  const { figures, supports } = content;
  const titleOf = (id: string) => supports.find((each) => each.id === id)?.title ?? 'A support';
  const left = BigInt(content.money.awarded) - BigInt(content.money.promised);
  const tables: ReturnTable[] = [
    {
      id: 'supports',
      title: 'Supports that the award pays for',
      columns: [
        text('Support'),
        text('Level'),
        text('Who gives it'),
        text('Made with'),
        text('Award'),
        number('Promised'),
      ],
      rows: supports.map((each) => [
        each.phase === '' ? each.title : `${each.title} (${each.phase})`,
        levelWords[each.level],
        each.provider,
        each.coProduced === '' ? 'Not said' : each.coProduced,
        each.award,
        penceText(each.promised),
      ]),
    },
    {
      id: 'reach',
      title: 'Whom each support reached',
      columns: [
        text('Support'),
        text('How it is known'),
        number('Children and young people'),
        number('Families'),
        number('On to crisis support'),
      ],
      rows: figures.reach.map((each) => [
        titleOf(each.support),
        each.from === '' ? sources[each.source] : `${sources[each.source]}: ${each.from}`,
        countText(each.children),
        countText(each.families),
        countText(each.crisis),
      ]),
    },
    ...(Object.keys(partTitles) as (keyof typeof partTitles)[]).map((part) => ({
      id: part,
      title: partTitles[part],
      columns: [text('Children and young people'), number('How many')],
      rows: figures.parts[part].map(({ words, children }) => [words, countText(children)]),
    })),
    {
      id: 'times',
      title: 'Times together',
      columns: [text('Support'), number('Times'), number('Hours'), number('Evenings and weekends')],
      rows: figures.sessions.map((each) => [
        titleOf(each.support),
        countText(each.sessions),
        countText(each.hours),
        countText(each.outOfHours),
      ]),
    },
    {
      id: 'outcomes',
      title: 'What changed, by the wellbeing quality framework',
      columns: [
        text('Indicator'),
        text('How it is known'),
        number('First readings'),
        number('Without a second'),
        text('Change'),
      ],
      rows: outcomeRows(content),
    },
    {
      id: 'money',
      title: 'Money of the year',
      columns: [text('Money'), number('Amount')],
      rows: [
        ['Awarded', penceText(content.money.awarded)],
        ['Promised to supports', penceText(content.money.promised)],
        ['Spent so far', penceText(content.money.spent)],
        ['Not promised yet', money(left)],
      ],
    },
    {
      id: 'spent',
      title: 'Money of each support',
      columns: [text('Support'), number('Promised'), number('Spent in these months'), number('Spent in all')],
      rows: supports.map((each) => [
        each.title,
        penceText(each.promised),
        penceText(each.spent),
        penceText(each.spentBefore),
      ]),
    },
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}

/** Every figure of a return by a name that stays, so that what was sent can be held beside what is counted now. */
export function frozenFigures({ figures, supports, money: of }: Content): FrozenFigure[] {
  const one = (
    key: string,
    label: string,
    value: number | string | null,
    unit = 'children',
  ): FrozenFigure => ({
    key,
    label,
    unit,
    value: value === null ? null : String(value),
  });
  const titleOf = (id: string) => supports.find((each) => each.id === id)?.title ?? 'A support';
  const pounds = (value: string) =>
    `${value.startsWith('-') ? '-' : ''}${value
      .replace('-', '')
      .padStart(3, '0')
      .replace(/(\d\d)$/, '.$1')}`;
  return [
    one('children', 'Children and young people reached', figures.children),
    one('families', 'Families reached', figures.families, 'families'),
    one('crisis', 'Went on to crisis support', figures.crisis),
    ...Object.entries(figures.parts).flatMap(([part, values]) =>
      values.map(({ value, words, children }) => one(`${part}=${value}`, words, children)),
    ),
    ...figures.reach.flatMap((each) => [
      one(
        `children ${each.support} ${each.source}`,
        `Children and young people, ${titleOf(each.support)}`,
        each.children,
      ),
      one(
        `families ${each.support} ${each.source}`,
        `Families, ${titleOf(each.support)}`,
        each.families,
        'families',
      ),
    ]),
    ...figures.sessions.map((each) =>
      one(`sessions ${each.support}`, `Times together, ${titleOf(each.support)}`, each.sessions, 'sessions'),
    ),
    one('awarded', 'Awarded', pounds(of.awarded), 'pounds'),
    one('promised', 'Promised to supports', pounds(of.promised), 'pounds'),
    one('spent', 'Spent so far', pounds(of.spent), 'pounds'),
  ];
}

export const returnTitle = ({ year, half }: Pick<ReturnRow, 'year' | 'half'>): string =>
  `Return for ${halfText(year, half)}`;
