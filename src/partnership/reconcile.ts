import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { computeMeasure, type FiguresPool } from '../platform/measures/compute.ts';
import { type Measure, measureById, rowsBehind } from '../platform/measures/measure.ts';
import { aligned, valueText } from '../platform/measures/present.ts';
import { Problem } from '../platform/problem.ts';
import { difference } from '../platform/reports/frozen.ts';
import { type Matching, matchings } from './reconcile-map.ts';

const publishedSchema = z.object({
  figures: z.array(
    z.object({
      id: z.string(),
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
      published: z.unknown(),
      recomputed: z.unknown(),
      explanation: z.string(),
    }),
  ),
});
export type Published = z.output<typeof publishedSchema>;

/**
 * How a published number stands beside the records. `known slip`: it differs, and the paper's own figures show why.
 * `not published`: the paper leaves the place empty. `no records`: nothing was recorded for the period.
 */
export type Standing = 'agrees' | 'differs' | 'known slip' | 'not published' | 'no records for this period';

/** One published number beside what the records give; numbers are exact decimals as text. */
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

function publishedNumber(published: Published, { figure, cell }: Matching) {
  const found = published.figures.find(({ id }) => id === figure);
  if (found === undefined) throw new Error(`There is no published figure "${figure}"`);
  if (cell === undefined) return { found, label: found.label, value: numberOrNull(found.value) };
  const column = found.table?.columns.indexOf(cell.column) ?? -1;
  const row = found.table?.rows.find(([words]) => words === cell.row);
  if (row === undefined || column < 0) throw new Error(`${figure} has no cell ${cell.row}, ${cell.column}`);
  const place = found.table?.columns.length === 2 ? cell.row : `${cell.row}, ${cell.column}`;
  return { found, label: `${found.label}: ${place}`, value: numberOrNull(row[column]) };
}

const numberOrNull = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** A number as exact decimal text in the form of its unit: money with its pence. */
const decimal = (measure: Measure, value: number): string =>
  measure.unit === 'pounds' ? value.toFixed(2) : String(value);

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
    const asked = {
      when: { during: { from: Temporal.PlainDate.from(from), to: Temporal.PlainDate.from(to) } },
      by: [],
      only,
    };
    const [[cell], [behind]] = await Promise.all([
      computeMeasure(pools, measure, asked, { small: true }),
      computeMeasure(pools, rowsBehind(measure), { ...asked, only: {} }, { small: true }),
    ]);
    const recomputed = Number(behind?.value ?? 0) === 0 || cell?.value == null ? null : String(cell.value);
    const printed = value === null ? null : decimal(measure, value);
    lines.push({
      ...{ figure: found.id, label, source: found.source, paragraph: found.paragraph },
      ...{ measure: measure.id, from, to, only, unit: measure.unit },
      published: printed,
      recomputed,
      difference: printed === null || recomputed === null ? null : difference(recomputed, printed),
      ...judged(published, found.source, printed, recomputed),
    });
  }
  return lines;
}

const same = (a: unknown, b: string): boolean => typeof a === 'number' && a === Number(b);

function judged(
  { discrepancies }: Published,
  source: string,
  printed: string | null,
  recomputed: string | null,
): Pick<Reconciled, 'standing' | 'explanation'> {
  if (recomputed === null) return { standing: 'no records for this period' };
  if (printed === null) return { standing: 'not published' };
  if (Number(printed) === Number(recomputed)) return { standing: 'agrees' };
  // A slip is known only when the records give exactly what the paper should have said.
  const slip = discrepancies.find(
    (each) => each.source === source && same(each.published, printed) && same(each.recomputed, recomputed),
  );
  return slip ? { standing: 'known slip', explanation: slip.explanation } : { standing: 'differs' };
}

const text = (unit: Reconciled['unit'], value: string | null): string =>
  value === null
    ? ''
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
