// Small geometry for the drawings: the edge of a symbol, and one outline around several rectangles.

export type Shape = 'square' | 'circle' | 'diamond' | 'triangle';

/** Half the width of a symbol, in drawing units. */
export const half = 20;

/** How far the top edge of a symbol lies above its middle, at `dx` from the middle. */
export function topAt(symbol: Shape, dx: number): number {
  const off = Math.min(Math.abs(dx), half);
  if (symbol === 'square') return half;
  if (symbol === 'circle') return Math.sqrt(half * half - off * off);
  if (symbol === 'diamond') return half + 4 - off;
  return half - 2 * off;
}

/** How far the side of a symbol lies from its middle, at its middle height. */
export const sideOf = (symbol: Shape): number =>
  symbol === 'diamond' ? half + 4 : symbol === 'triangle' ? half / 2 : half;

export interface Rect {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

type Point = readonly [x: number, y: number];

const sortedOnce = (values: readonly number[]) => [...new Set(values)].sort((a, b) => a - b);

/** The corners around a union of rectangles: one ring for each part of it, and for each hole in it. */
export function ringsAround(rects: readonly Rect[]): Point[][] {
  const xs = sortedOnce(rects.flatMap(({ x1, x2 }) => [x1, x2]));
  const ys = sortedOnce(rects.flatMap(({ y1, y2 }) => [y1, y2]));
  const covered = (column: number, row: number): boolean => {
    const [x, y] = [
      ((xs[column] ?? 0) + (xs[column + 1] ?? 0)) / 2,
      ((ys[row] ?? 0) + (ys[row + 1] ?? 0)) / 2,
    ];
    return (
      column >= 0 &&
      row >= 0 &&
      column < xs.length - 1 &&
      row < ys.length - 1 &&
      rects.some((each) => each.x1 < x && x < each.x2 && each.y1 < y && y < each.y2)
    );
  };
  // Each edge has what is covered on its right, going round; from a corner it is known where the next begins.
  const edges = new Map<string, [number, number][]>();
  const edge = (from: [number, number], to: [number, number]) =>
    edges.set(from.join(), [...(edges.get(from.join()) ?? []), to]);
  for (let row = 0; row < ys.length - 1; row++)
    for (let column = 0; column < xs.length - 1; column++) {
      if (!covered(column, row)) continue;
      if (!covered(column, row - 1)) edge([column, row], [column + 1, row]);
      if (!covered(column + 1, row)) edge([column + 1, row], [column + 1, row + 1]);
      if (!covered(column, row + 1)) edge([column + 1, row + 1], [column, row + 1]);
      if (!covered(column - 1, row)) edge([column, row + 1], [column, row]);
    }
  const rings: Point[][] = [];
  for (const start of [...edges.keys()]) {
    const ring: [number, number][] = [];
    let at = start;
    for (let next = edges.get(at)?.pop(); next !== undefined; next = edges.get(at)?.pop()) {
      ring.push(at.split(',').map(Number) as [number, number]);
      at = next.join();
    }
    if (ring.length > 2)
      rings.push(corners(ring.map(([column, row]): Point => [xs[column] ?? 0, ys[row] ?? 0])));
  }
  return rings;
}

/** Leaves out the points that lie on a straight line between their neighbours. */
const corners = (ring: readonly Point[]): Point[] =>
  ring.filter(([x, y], index) => {
    const [px, py] = ring.at(index - 1) ?? [x, y];
    const [nx, ny] = ring[(index + 1) % ring.length] ?? [x, y];
    return !((px === x && x === nx) || (py === y && y === ny));
  });

/** A path along rings of right angles, with the corners rounded. */
export const roundedPath = (rings: readonly (readonly Point[])[], radius: number): string =>
  rings
    .map((ring) => {
      const parts = ring.map(([x, y], index) => {
        const [px, py] = ring.at(index - 1) ?? [x, y];
        const [nx, ny] = ring[(index + 1) % ring.length] ?? [x, y];
        const [before, after] = [Math.hypot(px - x, py - y), Math.hypot(nx - x, ny - y)];
        const cut = Math.min(radius, before / 2, after / 2);
        const on = (tx: number, ty: number, long: number) =>
          `${round(x + ((tx - x) / (long || 1)) * cut)} ${round(y + ((ty - y) / (long || 1)) * cut)}`;
        return `${index === 0 ? 'M' : 'L'}${on(px, py, before)}Q${round(x)} ${round(y)} ${on(nx, ny, after)}`;
      });
      return `${parts.join('')}Z`;
    })
    .join('');

/** A number for a path: no more digits than can be seen. */
export const round = (value: number): number => Math.round(value * 10) / 10;
