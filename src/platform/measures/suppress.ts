import type { Cell } from './measure.ts';
import { type Equation, recoverable } from './recover.ts';

/** Fewer people or families than this are not shown to readers without the right to see them. */
export const smallestShown = 5;

/** Above this many hidden cells, a table is too fine to show in parts: all of it is hidden. */
const mostHidden = 250;

interface Line {
  members: number[];
  /** The cell that is the sum of the members, where it is among the cells given. */
  total: number | undefined;
}

interface Level {
  dimensions: readonly string[];
  cells: number[];
  lines: Line[];
}

type At = Cell['at'];

const keyOf = (at: At, names: readonly string[]): string =>
  JSON.stringify(names.map((name) => [name, at[name] ?? null]));
const wholeKey = (at: At): string => keyOf(at, Object.keys(at).sort());

/** How many cells the whole grid of these cells has at its finest level. */
export const gridSize = (cells: readonly Cell[]): number => {
  const values = new Map<string, Set<unknown>>();
  for (const { at } of cells) {
    for (const [name, value] of Object.entries(at))
      values.set(name, (values.get(name) ?? new Set()).add(value));
  }
  return [...values.values()].reduce((size, { size: count }) => size * count, 1);
};

const without = (at: At, name: string): At =>
  Object.fromEntries(Object.entries(at).filter(([key]) => key !== name));

/** Every combination of the values seen, with a cell of nought where nothing was counted: nought may have to be hidden too. */
function filled(cells: readonly Cell[]): Cell[] {
  const all = new Map(cells.map((cell) => [wholeKey(cell.at), cell]));
  const values = new Map<string, Map<string, string | number | null>>();
  for (const { at } of cells) {
    for (const [name, value] of Object.entries(at)) {
      const seen = values.get(name) ?? new Map<string, string | number | null>();
      values.set(name, seen.set(JSON.stringify(value), value));
    }
  }
  const levels = new Map(cells.map(({ at }) => [Object.keys(at).sort().join('\n'), Object.keys(at).sort()]));
  for (const names of levels.values()) {
    let grid: At[] = [{}];
    for (const name of names) {
      grid = grid.flatMap((at) =>
        [...(values.get(name)?.values() ?? [])].map((value) => ({ ...at, [name]: value })),
      );
    }
    for (const at of grid) {
      const key = wholeKey(at);
      if (!all.has(key)) all.set(key, { at, value: 0, behind: 0, suppressed: false });
    }
  }
  // A fixed order, so that ties are always broken in the same way and two questions never hide different cells.
  return [...all.entries()].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, cell]) => cell);
}

function levelsOf(cells: readonly Cell[], apart: readonly string[]): Level[] {
  const index = new Map(cells.map((cell, at) => [wholeKey(cell.at), at]));
  const levels = new Map<string, Level>();
  const lines = new Map<string, Line>();
  cells.forEach((cell, at) => {
    const names = Object.keys(cell.at).sort();
    const name = names.join('\n');
    const level = levels.get(name) ?? {
      dimensions: names.filter((each) => !apart.includes(each)),
      cells: [],
      lines: [],
    };
    levels.set(name, level);
    level.cells.push(at);
    for (const dimension of level.dimensions) {
      const rest = without(cell.at, dimension);
      const key = `${dimension}\n${wholeKey(rest)}`;
      let line = lines.get(key);
      if (line === undefined) {
        line = { members: [], total: index.get(wholeKey(rest)) };
        lines.set(key, line);
        level.lines.push(line);
      }
      line.members.push(at);
    }
  });
  return [...levels.values()].sort((a, b) => a.dimensions.length - b.dimensions.length);
}

/** What may be hidden next to protect another, best first: the fewest people or families, and nought only when nothing else is left. */
const bestFirst = (
  members: readonly number[],
  behind: (at: number) => number,
  hidden: ReadonlySet<number>,
): number[] =>
  members
    .filter((at) => !hidden.has(at))
    .sort(
      (a, b) => (behind(a) || Number.POSITIVE_INFINITY) - (behind(b) || Number.POSITIVE_INFINITY) || a - b,
    );

/**
 * Hides cells with fewer than five people or families behind them, and then as many more as it takes that no hidden cell
 * can be worked out from the cells and totals that are shown (Government Statistical Service, disclosure control for
 * tables).
 *
 * The cells may be of several levels at once: a cell's dimensions are the keys of its `at`, and the cell without one of
 * them is the total along it. A total that is not among the cells counts as known. Coarser levels are settled first and
 * never look at finer ones, so that the same cell is hidden or shown whichever question it answers. `apart` are
 * dimensions that are never summed over.
 *
 * It guards one period. Somebody who asks for two periods that differ by a day and subtracts is not stopped here; every
 * reader is a member of staff.
 *
 * Cells of nought that were not given are answered only when they had to be hidden.
 */
export function suppress(
  cells: readonly Cell[],
  apart: readonly string[] = [],
  smallest = smallestShown,
): Cell[] {
  const all = filled(cells);
  const behind = (at: number): number => all[at]?.behind ?? 0;
  const hidden = new Set<number>();
  const levels = levelsOf(all, apart);
  for (const level of levels) {
    for (const at of level.cells) if (behind(at) > 0 && behind(at) < smallest) hidden.add(at);
    settleLines(level, behind, hidden, smallest);
    settleChains(
      level,
      levels.filter((other) => other.dimensions.every((name) => level.dimensions.includes(name))),
      behind,
      hidden,
      smallest,
    );
  }
  const given = new Set(cells.map((cell) => wholeKey(cell.at)));
  return all.flatMap((cell, at) => {
    if (hidden.has(at)) return [{ ...cell, value: null, suppressed: true }];
    return given.has(wholeKey(cell.at)) ? [cell] : [];
  });
}

/** One of the others in a split by one dimension: how many people or families stand behind it, or at least how many. */
export interface Seen {
  at: At;
  behind: number;
  exactly: boolean;
}

/**
 * Whether `suppress` shows one cell of a split by one dimension, with people or families behind it; undefined where more has to be
 * known of the others. A cell that is not small itself is hidden only to protect small ones that cannot protect each other, and then
 * only if it is the first of the rest: the one with the fewest behind it.
 */
export function shownBeside(
  own: Cell,
  others: readonly Seen[],
  smallest = smallestShown,
): boolean | undefined {
  if (own.behind < smallest) return false;
  if (others.some(({ behind, exactly }) => !exactly && behind < smallest)) return undefined;
  const small = others.filter(({ behind }) => behind > 0 && behind < smallest);
  const together = small.reduce((sum, { behind }) => sum + behind, 0);
  if (small.length === 0 || (small.length > 1 && together >= smallest)) return true;
  const before = ({ behind, at }: Seen) =>
    behind < own.behind || (behind === own.behind && wholeKey(at) < wholeKey(own.at));
  const rest = others.filter(({ behind }) => behind >= smallest);
  if (rest.some((each) => each.exactly && before(each))) return true;
  return rest.some((each) => !each.exactly && each.behind <= own.behind) ? undefined : false;
}

/** In each line, a hidden cell never stands alone beside a known total, and what is hidden together is not itself a small number. */
function settleLines(
  level: Level,
  behind: (at: number) => number,
  hidden: Set<number>,
  smallest: number,
): void {
  for (let changed = true; changed; ) {
    changed = false;
    for (const line of level.lines) {
      for (let next = wanting(line, behind, hidden, smallest); next !== undefined; ) {
        hidden.add(next);
        changed = true;
        next = wanting(line, behind, hidden, smallest);
      }
    }
  }
}

/** The cell that this line needs hidden next, if it is not yet safe. */
function wanting(
  line: Line,
  behind: (at: number) => number,
  hidden: ReadonlySet<number>,
  smallest: number,
): number | undefined {
  const already = line.members.filter((at) => hidden.has(at));
  const totalHidden = line.total !== undefined && hidden.has(line.total);
  const together = already.reduce((sum, at) => sum + behind(at), 0);
  const safe = totalHidden
    ? already.length > 0
    : already.length === 0 || (already.length > 1 && together >= smallest);
  return safe ? undefined : bestFirst(line.members, behind, hidden)[0];
}

/** No hidden cell of this level or a coarser one can be worked out by a chain of sums either. */
function settleChains(
  level: Level,
  below: readonly Level[],
  behind: (at: number) => number,
  hidden: Set<number>,
  smallest: number,
): void {
  const lines = below.flatMap((each) => each.lines);
  const touched = (at: number | undefined): boolean => at !== undefined && hidden.has(at);
  for (;;) {
    const here = level.cells.filter((at) => hidden.has(at));
    if (here.length === 0 || here.length === level.cells.length) return;
    if (here.length > mostHidden) {
      for (const at of level.cells) hidden.add(at);
      return;
    }
    const unknown = below.flatMap((each) => each.cells.filter((at) => hidden.has(at)));
    const open = lines.filter((line) => touched(line.total) || line.members.some(touched));
    const [found] = recoverable(unknown, open.map(equationOf));
    if (found === undefined) return;
    const near = level.lines.filter((line) => line.members.includes(found)).flatMap((line) => line.members);
    const next = bestFirst(near, behind, hidden)[0] ?? bestFirst(level.cells, behind, hidden)[0];
    if (next === undefined) return;
    hidden.add(next);
    settleLines(level, behind, hidden, smallest);
  }
}

const equationOf = ({ members, total }: Line): Equation => [
  ...members.map((cell) => ({ cell, times: 1 })),
  ...(total === undefined ? [] : [{ cell: total, times: -1 }]),
];
