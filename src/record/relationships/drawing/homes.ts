import type { Around } from '../around.ts';
import type { Heights } from './heights.ts';
import type { Item } from './order.ts';
import { pitch } from './places.ts';
import { type Rect, ringsAround, roundedPath } from './shapes.ts';

// Who lives together, as outlines. An outline holds those who live there and never anybody else: where others stand between them
// or far between them, it has several parts, each with the name of the home.

export interface HomePart {
  turn: number;
  name: string;
  path: string;
  /** Where the name is written. */
  x: number;
  y: number;
}

interface Run extends Rect {
  row: number;
}

const inset = 5;
const corridor = 14;
/** How far aside a corridor may lead: further apart, two parts with one name are easier to read. */
const farthest = 70;

/** People of one home who stand beside each other, as one rectangle: nobody else's place is touched. */
function runsOf(
  rows: readonly (readonly Item[])[],
  x: ReadonlyMap<string, number>,
  heights: Heights,
  lives: (key: string) => boolean,
): Run[] {
  return rows.flatMap((row, index) => {
    const runs: Run[] = [];
    let open: Run | undefined;
    for (const { id } of row.filter((item) => item.person)) {
      const at = x.get(id) ?? 0;
      if (!lives(id)) {
        open = undefined;
        continue;
      }
      if (open) open.x2 = at + pitch / 2 - inset;
      else {
        open = {
          row: index,
          x1: at - pitch / 2 + inset,
          x2: at + pitch / 2 - inset,
          y1: (heights.top[index] ?? 0) + 2,
          y2: (heights.bottom[index] ?? 0) - 1,
        };
        runs.push(open);
      }
    }
    return runs;
  });
}

/** What joins two runs in rows that follow each other, through the gap between: straight down, or along a corridor. */
function joint(upper: Run, lower: Run): Rect[] {
  const [left, right] = [Math.max(upper.x1, lower.x1), Math.min(upper.x2, lower.x2)];
  if (right - left >= corridor) return [{ x1: left, x2: right, y1: upper.y2 - 1, y2: lower.y1 + 1 }];
  const middle = (upper.y2 + lower.y1) / 2;
  const strip = { y1: middle - corridor / 2, y2: middle + corridor / 2 };
  const [from, to] =
    upper.x2 < lower.x1 + corridor
      ? [upper.x2 - corridor, lower.x1 + corridor]
      : [upper.x1 + corridor, lower.x2 - corridor];
  const upright = (at: number, side: number) => ({
    x1: Math.min(at, at + side),
    x2: Math.max(at, at + side),
  });
  const way = from < to ? -1 : 1;
  return [
    { ...upright(from, -way * corridor), y1: upper.y2 - 1, y2: strip.y2 },
    { x1: Math.min(from, to), x2: Math.max(from, to), ...strip },
    { ...upright(to, way * corridor), y1: strip.y1, y2: lower.y1 + 1 },
  ];
}

/** The outlines of the homes of one group of people. */
export function homeParts(
  rows: readonly (readonly Item[])[],
  x: ReadonlyMap<string, number>,
  heights: Heights,
  around: Around,
  shown: ReadonlySet<number>,
): HomePart[] {
  return [...shown].flatMap((number) => {
    const lives = (key: string) => around.people.get(key)?.home === number;
    const runs = runsOf(rows, x, heights, lives);
    const parts = new Map(runs.map((run) => [run, [run] as Rect[]]));
    const near = (one: Run, other: Run) => Math.min(one.x2, other.x2) - Math.max(one.x1, other.x1);
    const pairs = runs
      .flatMap((upper) =>
        runs.filter((lower) => lower.row === upper.row + 1).map((lower) => [upper, lower] as const),
      )
      .sort((one, other) => near(...other) - near(...one));
    for (const [upper, lower] of pairs) {
      if (near(upper, lower) < -farthest) continue;
      const [above, below] = [parts.get(upper), parts.get(lower)];
      if (above === undefined || below === undefined || above === below) continue;
      above.push(...joint(upper, lower), ...below);
      for (const [run, rects] of parts) if (rects === below) parts.set(run, above);
    }
    return [...new Set(parts.values())].map((rects): HomePart => {
      const first = [...runs]
        .filter((run) => rects.includes(run))
        .sort((a, b) => a.y1 - b.y1 || a.x1 - b.x1)[0];
      return {
        turn: around.homes.get(number)?.turn ?? 1,
        name: around.homes.get(number)?.name ?? '',
        path: roundedPath(ringsAround(rects), 9),
        x: (first?.x1 ?? 0) + 10,
        y: (first?.y1 ?? 0) + 15,
      };
    });
  });
}
