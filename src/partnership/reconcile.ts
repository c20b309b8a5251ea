import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { computeMeasure, type FiguresPool, wordingOf } from '../platform/measures/compute.ts';
import {
  type Asked,
  type Cell,
  type Measure,
  measureById,
  rowsBehind,
} from '../platform/measures/measure.ts';
import { aligned, valueText } from '../platform/measures/present.ts';
import { Problem } from '../platform/problem.ts';
import { difference } from '../platform/reports/frozen.ts';
import type { Matching } from './reconcile/matching.ts';
import { matchings } from './reconcile-map.ts';

const publishedSchema = z.object({
  figures: z.array(
    z.object({
      id: z.string(),
      subject: z.string(),
      source: z.string(),
      paragraph: z.string(),
      label: z.string(),
      value: z.unknown().optional(),
      table: z
        .object({
          columns: z.array(z.string()),
          rows: z.array(z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))),
        })
        .optional(),
    }),
  ),
  discrepancies: z.array(
    z.object({
      id: z.string(),
      source: z.string(),
      paragraph: z.string(),
      published: z.unknown(),
      recomputed: z.unknown(),
      explanation: z.string(),
    }),
  ),
});
export type Published = z.output<typeof publishedSchema>;

/**
 * How a published number stands beside the records. `agrees`: to as many decimals as the paper prints, where it is a share.
 * `known slip`: it differs, and the paper's own figures show why. `not published`: the paper leaves the place empty. `no records`: nothing was recorded for the period.
 */
export type Standing = 'agrees' | 'differs' | 'known slip' | 'not published' | 'no records for this period';

/** One published number beside what the records give; numbers are exact decimals as text, and words are the paper's own. */
export interface Reconciled {
  figure: string;
  label: string;
  source: string;
  paragraph: string;
  measure: string;
  from: string;
  to: string;
  only: Readonly<Record<string, string>>;
  unit: string;
  published: string | null;
  recomputed: string | null;
  /** Recomputed less published. */
  difference: string | null;
  standing: Standing;
  explanation?: string;
}

const file = join(import.meta.dirname, '../../data/published-figures.json');

/** The published figures that come with the system. Throws a `Problem` when the file is missing or not what it should be. */
export async function readPublished(path: string = file): Promise<Published> {
  try {
    return publishedSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    throw new Problem(500, 'published-unreadable', 'The published figures could not be read', {
      detail: 'Put data/published-figures.json back as it came with Kith.',
      cause,
    });
  }
}

type Printed = number | string | null;

function publishedNumber(published: Published, { figure, cell, of }: Matching) {
  const found = published.figures.find(({ id }) => id === figure);
  if (found === undefined) throw new Error(`There is no published figure "${figure}"`);
  if (cell === undefined) return { found, label: found.label, value: printable(found.value) };
  const column = found.table?.columns.indexOf(cell.column) ?? -1;
  const row = found.table?.rows.find(([words]) => words === cell.row);
  if (row === undefined || column < 0) throw new Error(`${figure} has no cell ${cell.row}, ${cell.column}`);
  const place = found.table?.columns.length === 2 ? cell.row : `${cell.row}, ${cell.column}`;
  const part = of === undefined ? '' : ` (${of})`;
  return { found, label: `${found.label}: ${place}${part}`, value: printable(row[column]) };
}

const printable = (value: unknown): Printed =>
  typeof value === 'number' || typeof value === 'string' ? value : null;

/** A number as exact decimal text in the form of its unit: money with its pence. Words stay words. */
const decimal = (measure: Measure, value: number | string): string =>
  typeof value === 'number' && measure.unit === 'pounds' ? value.toFixed(2) : String(value);

/** The cell of a split that stands at a place by size, counted from 1; of equals the one whose part comes first. */
const standingAt = (cells: readonly Cell[], by: string, at: number): Cell | undefined =>
  cells.toSorted(
    (one, other) =>
      Number(other.value ?? 0) - Number(one.value ?? 0) ||
      String(one.at[by]).localeCompare(String(other.at[by])),
  )[at - 1];

/** What the records give for a published number, as text; `null` where they give nothing. */
async function recompute(
  pools: FiguresPool,
  measure: Measure,
  { only = {}, also = [], place, fall }: Matching,
  when: Asked['when'],
): Promise<string | null> {
  const compute = (narrowed: Readonly<Record<string, string>>, by: readonly string[] = []) =>
    computeMeasure(pools, measure, { when, by, only: narrowed }, { small: true });
  if (place !== undefined) {
    const cell = standingAt(await compute(only, [place.by]), place.by, place.at);
    if (cell?.value == null) return null;
    if (place.words === undefined) return String(cell.value);
    const part = cell.at[place.by] ?? null;
    return place.words[String(part)] ?? (await wordingOf(pools, measure))(place.by, part);
  }
  const values = (await Promise.all([only, ...also].map((each) => compute(each)))).map(
    ([cell]) => cell?.value,
  );
  const [first] = values;
  if (first == null) return null;
  const whole = values.length === 1 ? first : values.reduce<number>((sum, each) => sum + Number(each), 0);
  return String(fall ? -Number(whole) : whole);
}

/** Sets every published number that a measure covers beside what the records give. Nothing is hidden: it is for staff. */
export async function reconcile(
  { measures, pools }: { measures: readonly Measure[]; pools: FiguresPool },
  published: Published,
  all: readonly Matching[] = matchings,
): Promise<Reconciled[]> {
  const lines: Reconciled[] = [];
  for (const matching of all) {
    const measure = measureById(measures, matching.measure);
    const { found, label, value } = publishedNumber(published, matching);
    const { from, to, only = {} } = matching;
    const when = { during: { from: Temporal.PlainDate.from(from), to: Temporal.PlainDate.from(to) } };
    // Whether anything was recorded at all: of the programme, where the number is of one.
    const whole: Record<string, string> = only.programme === undefined ? {} : { programme: only.programme };
    const [given, [behind]] = await Promise.all([
      recompute(pools, measure, matching, when),
      computeMeasure(pools, rowsBehind(measure), { when, by: [], only: whole }, { small: true }),
    ]);
    const recomputed = Number(behind?.value ?? 0) === 0 ? null : given;
    const printed = value === null ? null : decimal(measure, value);
    const numbers = typeof value === 'number' && recomputed !== null && !Number.isNaN(Number(recomputed));
    lines.push({
      ...{ figure: found.id, label, source: found.source, paragraph: found.paragraph },
      ...{ measure: measure.id, from, to, only, unit: matching.place?.words ? 'words' : measure.unit },
      published: printed,
      recomputed,
      difference: numbers && printed !== null ? difference(recomputed, printed) : null,
      ...judged(published, found, measure, printed, recomputed),
    });
  }
  return lines;
}

/** The numbers that a slip speaks of: itself, or the percentages in its words ("79% (33 of 42) or 76% (32 of 42)"). */
const spokenOf = (value: unknown): number[] =>
  typeof value === 'number'
    ? [value]
    : typeof value === 'string'
      ? [...value.matchAll(/(\d+(?:\.\d+)?)%/g)].map(([, number]) => Number(number))
      : [];

/** A share as the paper prints it: with as many decimals as stand there. */
const asPrinted = (measure: Measure, value: string, printed: string | number): string =>
  measure.unit === 'percent' ? Number(value).toFixed(String(printed).split('.')[1]?.length ?? 0) : value;

function judged(
  { discrepancies }: Published,
  { source, paragraph }: Pick<Reconciled, 'source' | 'paragraph'>,
  measure: Measure,
  printed: string | null,
  recomputed: string | null,
): Pick<Reconciled, 'standing' | 'explanation'> {
  if (recomputed === null) return { standing: 'no records for this period' };
  if (printed === null) return { standing: 'not published' };
  const like = (one: string, other: string): boolean =>
    one === other || (one !== '' && Number(one) === Number(other));
  if (like(asPrinted(measure, recomputed, printed), printed)) return { standing: 'agrees' };
  // A slip is known only when the records give exactly what the paper should have said.
  const slip = discrepancies.find(
    (each) =>
      each.source === source &&
      each.paragraph === paragraph &&
      spokenOf(each.published).includes(Number(printed)) &&
      spokenOf(each.recomputed).some((said) => Number(asPrinted(measure, recomputed, said)) === said),
  );
  return slip ? { standing: 'known slip', explanation: slip.explanation } : { standing: 'differs' };
}

const text = (unit: Reconciled['unit'], value: string | null): string =>
  value === null
    ? ''
    : unit === 'words'
      ? value
      : unit === 'pounds'
        ? valueText('pounds', value)
        : Number(value).toLocaleString('en-GB');

/** The reconciliation as aligned plain text, explanations beneath, and how many of each there are. */
export function reconcileTable(lines: readonly Reconciled[]): string {
  const table = [
    ['Published figure', 'Paper', 'Standing', 'Published', 'Recomputed', 'Difference'],
    ...lines.map((line) => [
      line.label,
      `${line.source} ${line.paragraph}`,
      line.standing,
      text(line.unit, line.published),
      text(line.unit, line.recomputed),
      text(line.unit, line.difference),
    ]),
  ];
  const notes = lines.flatMap(({ label, explanation }) =>
    explanation ? ['', label, `  ${explanation}`] : [],
  );
  const counts = [...new Set(lines.map(({ standing }) => standing))].map(
    (standing) => `${lines.filter((line) => line.standing === standing).length} ${standing}`,
  );
  return `${[...aligned(table, 3), ...notes, '', `${lines.length} figures: ${counts.join(', ')}`].join('\n')}\n`;
}

/** The reconciliation for machines: money in pounds with two decimals, as text. */
export const reconcileJson = (lines: readonly Reconciled[]): { figures: Reconciled[] } => ({
  figures: [...lines],
});
