import type { Pool } from 'pg';
import type sql from 'sql-template-tag';
import { rowsOn } from '../database/rows.ts';
import { Problem } from '../problem.ts';
import {
  type Asked,
  type Cell,
  checkAsked,
  glanced,
  glanceStatement,
  levelsStatement,
  type Measure,
  measureStatement,
  mostCells,
  notRecorded,
  published,
  standingOf,
} from './measure.ts';
import { cellAlone, cellsWithin, nested } from './narrowed.ts';
import { gridSize, suppress } from './suppress.ts';

/** The pool whose role counts and cannot read a name. */
export interface FiguresPool {
  figures: Pool;
}

type DatabaseRow = Record<string, unknown>;

/** Splits and filters together, for readers who may not see small numbers: finer tables are about single families. */
const mostTogether = 3;

/**
 * Computes a measure as the figures role. Small numbers are hidden unless `small` says that the reader may see them.
 * A question without a split answers exactly one cell. Throws a `Problem` for a question the measure cannot answer.
 */
export async function computeMeasure(
  pools: FiguresPool,
  measure: Measure,
  asked: Asked,
  { small }: { small: boolean },
): Promise<Cell[]> {
  checkAsked(measure, asked);
  if (small) return plainCells(pools, measure, asked);
  const standing = Object.keys(measure.standing ?? {});
  const free = [...new Set([...asked.by, ...Object.keys(asked.only)])]
    .filter((name) => !standing.includes(name))
    .sort();
  const apart = asked.by.filter((name) => standing.includes(name));
  if (free.length > mostTogether) {
    throw new Problem(422, 'too-fine', 'This splits the figures too finely to show', {
      detail: `Choose at most ${mostTogether} ways to split or narrow at once, so that no family can be recognised.`,
    });
  }
  const only = Object.fromEntries(
    Object.entries({ ...standingOf(measure, asked), ...asked.only }).filter(([name]) =>
      standing.includes(name),
    ),
  );
  if (apart.length === 0 && Object.keys(only).length === 0) {
    const found = await narrowedCells(pools, measure, asked, free);
    if (found !== undefined) return found;
  }
  const rows = await figures(pools, levelsStatement(measure, asked.when, free, apart, only));
  const cells = rows.map((row) => cellOf(measure, row, [...apart, ...levelOf(row, free)]));
  if (gridSize(cells) > mostCells) throw tooMany();
  const wanted = [...apart, ...free];
  const answer = suppress(cells, apart).filter(
    ({ at }) =>
      Object.keys(at).length === wanted.length &&
      Object.entries(asked.only).every(([name, value]) => !free.includes(name) || text(at[name]) === value),
  );
  const shown = answer.map((cell) => ({
    ...cell,
    at: Object.fromEntries(asked.by.map((name) => [name, cell.at[name] ?? null])),
  }));
  // Nothing was counted: nought (or no figure) is the answer, and is about nobody.
  return shown.length === 0 && asked.by.length === 0
    ? plainCells(pools, measure, asked)
    : shown.sort(byDimensions(asked.by));
}

/** A measure whose value is read in another way than its unit says. */
interface Read extends Measure {
  read?: (value: unknown) => Cell['value'];
}

/**
 * Computes several measures that count the same rows of the same families, a mean and both ends of its interval, in one pass: the
 * cells of each, as `computeMeasure` gives them. What is hidden depends on the rows and the families alone, so it is the same in each.
 *
 * @throws if they do not count the same
 */
export async function computeTogether(
  pools: FiguresPool,
  measures: readonly Measure[],
  asked: Asked,
  options: { small: boolean },
): Promise<Cell[][]> {
  const [first] = measures;
  if (first === undefined) return [];
  for (const each of measures) {
    checkAsked(each, asked);
    const alike = (['fact', 'where', 'behind', 'standing', 'fromYearBefore'] as const).every(
      (name) => each[name] === first[name],
    );
    if (!alike) throw new Error(`${each.id} does not count what ${first.id} counts`);
  }
  const all: Read = {
    ...first,
    value: `jsonb_build_array(${measures.map(({ value }) => `(${value})::text`).join(', ')})`,
    read: (values) => JSON.stringify(values),
  };
  const cells = await computeMeasure(pools, all, asked, options);
  return measures.map(({ unit }, index) =>
    cells.map((cell) => ({
      ...cell,
      value: typeof cell.value === 'string' ? published(unit, JSON.parse(cell.value)[index]) : null,
    })),
  );
}

/** The cells of a question narrowed to one value, where they are found without counting all the others; else undefined. */
async function narrowedCells(
  pools: FiguresPool,
  measure: Measure,
  asked: Asked,
  free: readonly string[],
): Promise<Cell[] | undefined> {
  const [name, ...more] = Object.keys(asked.only);
  if (name === undefined || more.length > 0 || asked.only[name] === notRecorded) return undefined;
  const count = (each: Asked) => plainCells(pools, measure, each);
  if (asked.by.length === 0) {
    const statement = glanceStatement(measure, asked.when, name);
    if (statement === undefined) return undefined;
    const alone = await cellAlone(asked, name, count, async () =>
      (await figures(pools, statement)).map((row) => ({
        at: { [name]: row.value === null ? null : String(row.value) },
        behind: Number(row.behind),
        exactly: Number(row.rows) < glanced,
      })),
    );
    return alone === undefined ? undefined : [alone];
  }
  const [root, ...below] = nested(measure, free) ?? [];
  if (root !== name) return undefined;
  const [settled] = await computeMeasure(pools, measure, { ...asked, by: [] }, { small: false });
  if (settled === undefined) return undefined;
  const levels = below.length > 1 ? await levelCells(pools, measure, asked, below) : undefined;
  const cells = await cellsWithin(asked, below, settled, async (each) =>
    levels === undefined
      ? count(each)
      : levels.filter(({ at }) => Object.keys(at).join('\n') === each.by.join('\n')),
  );
  return cells
    .map((cell) => ({
      ...cell,
      at: Object.fromEntries(asked.by.map((each) => [each, cell.at[each] ?? null])),
    }))
    .sort(byDimensions(asked.by));
}

/** The cells of every subset of these dimensions, counted in one pass. */
async function levelCells(
  pools: FiguresPool,
  measure: Measure,
  asked: Asked,
  free: readonly string[],
): Promise<Cell[]> {
  const only = { ...standingOf(measure, asked), ...asked.only };
  const rows = await figures(pools, levelsStatement(measure, asked.when, free, [], only));
  if (rows.length >= 4 * mostCells) throw tooMany();
  return rows.map((row) => cellOf(measure, row, levelOf(row, free)));
}

/** The dimensions that a row of `levelsStatement` is not summed over. */
const levelOf = (row: DatabaseRow, free: readonly string[]): string[] =>
  free.filter((_, index) => ((Number(row.level) >> (free.length - 1 - index)) & 1) === 0);

async function plainCells(pools: FiguresPool, measure: Measure, asked: Asked): Promise<Cell[]> {
  const rows = await figures(pools, measureStatement(measure, asked));
  if (rows.length > mostCells) throw tooMany();
  return rows.map((row) => cellOf(measure, row, asked.by)).sort(byDimensions(asked.by));
}

async function figures(pools: FiguresPool, statement: ReturnType<typeof sql>): Promise<DatabaseRow[]> {
  const client = await pools.figures.connect();
  try {
    return await rowsOn(client).many<DatabaseRow>(statement);
  } finally {
    client.release();
  }
}

const tooMany = () =>
  new Problem(422, 'too-fine', 'This gives more figures than a table can hold', {
    detail: 'Choose fewer ways to split, or a shorter period.',
  });

const text = (value: unknown): string =>
  value === null || value === undefined ? notRecorded : String(value);

function cellOf(measure: Read, row: DatabaseRow, names: readonly string[]): Cell {
  const at = Object.fromEntries(
    names.map((name) => {
      const value = row[name];
      return [
        name,
        value === null || value === undefined ? null : typeof value === 'number' ? value : String(value),
      ];
    }),
  );
  return {
    at,
    value: measure.read === undefined ? published(measure.unit, row.value) : measure.read(row.value),
    behind: Number(row.behind ?? 0),
    suppressed: false,
  };
}

/** In the order of the dimensions asked for; what was not recorded comes last. */
const byDimensions = (by: readonly string[]) => (a: Cell, b: Cell) => {
  for (const name of by) {
    const [one, other] = [a.at[name] ?? null, b.at[name] ?? null];
    if (one === other) continue;
    if (one === null) return 1;
    if (other === null) return -1;
    return one < other ? -1 : 1;
  }
  return 0;
};

/** The words for the value of a dimension: "Social work" for `social-work`. */
export type Wording = (dimension: string, value: string | number | null) => string;

/** The words of all dimensions of a measure; those that are data are read as the figures role. */
export async function wordingOf(pools: FiguresPool, measure: Measure): Promise<Wording> {
  const looked = new Map<string, Map<string, string>>();
  for (const [name, { lookup }] of Object.entries(measure.fact.dimensions)) {
    if (lookup === undefined) continue;
    const rows = await figures(pools, lookup);
    looked.set(name, new Map(rows.map((row) => [String(row.value), String(row.words)])));
  }
  return (name, value) => {
    if (value === null || value === notRecorded) return 'Not recorded';
    const key = String(value);
    const words = measure.fact.dimensions[name]?.words;
    return looked.get(name)?.get(key) ?? (typeof words === 'function' ? words(key) : words?.[key]) ?? key;
  };
}
