import type { Ordered } from './order.ts';
import { half } from './shapes.ts';

/** The measures of a row, from the top of its room: the words of homes, the symbol, the words of people. */
const headroom = 30;
export const lineHeight = 16;
/** From the middle of a symbol to the first line of words below it. */
export const labelTop = half + 18;
const track = 12;
const gapEnds = 14;

/** The heights of the rows of one group. `top` and `bottom` bound the room of a row; `gap` is where the gap before it begins. */
export interface Heights {
  top: number[];
  bottom: number[];
  gap: number[];
  whole: number;
}

/** How high everything is: a row by its longest words, a gap by how many tracks it has. */
export function heightsOf(
  rows: Ordered['rows'],
  linesOf: (key: string) => number,
  tracks: readonly number[],
): Heights {
  const heights: Heights = { top: [], bottom: [], gap: [], whole: 0 };
  let y = 0;
  rows.forEach((row, index) => {
    const bars = tracks[index] ?? 0;
    heights.gap.push(y);
    y += bars === 0 && index === 0 ? 0 : gapEnds * 2 + Math.max(0, bars - 1) * track;
    heights.top.push(y);
    const lines = Math.max(1, ...row.map(({ id }) => linesOf(id)));
    y += headroom + half * 2 + 14 + lines * lineHeight;
    heights.bottom.push(y);
  });
  heights.gap.push(y);
  return { ...heights, whole: y };
}

/** The height of the middles of the symbols of a row. */
export const middleOf = (heights: Heights, row: number): number => (heights.top[row] ?? 0) + headroom + half;

/** The height of a bar in the gap below a row, by its track. */
export const barHeight = (heights: Heights, gap: number, at: number): number =>
  (heights.gap[gap + 1] ?? 0) + gapEnds + at * track;
