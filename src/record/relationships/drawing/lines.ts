import type { Bars, Level } from './bars.ts';
import type { Couple } from './bonds.ts';
import type { Line, Placed } from './drawn.ts';
import { barHeight, type Heights, middleOf } from './heights.ts';
import { half, round, type Shape, sideOf, topAt } from './shapes.ts';

// Lines as paths, now that everything has a height.

/** Every line of one group of people. */
export function linesOf(
  bars: Bars,
  heights: Heights,
  people: readonly Placed[],
  symbol: (key: string) => Shape,
): Line[] {
  const placed = new Map(people.map((each) => [each.key, each]));
  const middle = (row: number) => middleOf(heights, row);
  const barY = (bar: Bars['bars'][number]) => barHeight(heights, bar.gap, bar.track);
  const levelY = (level: Level): number => {
    if (level.at === 'bar') return barY(level.bar);
    if (level.at === 'symbol top')
      return (placed.get(level.key)?.y ?? 0) - topAt(symbol(level.key), level.dx);
    if (level.at === 'middle') return middle(level.row);
    if (level.at === 'jog') return middle(level.row) + half + 5;
    return heights.top[level.row] ?? 0;
  };
  const lines: Line[] = bars.bars.map((bar) => {
    const y = barY(bar);
    const all = [...bar.from, ...bar.to].map((strand) => strand.x);
    const upright = [...bar.from, ...bar.to]
      .map((strand) => `M${round(strand.x)} ${round(levelY(strand.level))}V${round(y)}`)
      .join('');
    const [left, right] = [Math.min(...all), Math.max(...all)];
    return {
      style: bar.style === 'partners' ? 'bridge' : bar.style,
      path: `${upright}${left === right ? '' : `M${round(left)} ${round(y)}H${round(right)}`}`,
    };
  });
  for (const { key, x, way, style } of bars.stubs) {
    const who = placed.get(key);
    if (who === undefined) continue;
    const towards = x < who.x ? -1 : 1;
    lines.push({
      style: style === 'partners' ? 'bridge' : style,
      path:
        way === 'side'
          ? `M${round(who.x + towards * sideOf(symbol(key)))} ${who.y}H${round(x)}`
          : `M${round(who.x + towards * 6)} ${who.y + half - 6}V${who.y + half + 5}H${round(x)}`,
    });
  }
  for (const { couple, left, right } of bars.sides) {
    const [one, other] = [placed.get(left), placed.get(right)];
    if (one === undefined || other === undefined) continue;
    const [from, to] = [one.x + sideOf(symbol(left)), other.x - sideOf(symbol(right))];
    lines.push(...sideLines(couple, from, to, one.y));
  }
  for (const { couple, bar } of bars.bridges) {
    const [left, right] = [
      Math.min(...bar.to.map((each) => each.x)),
      Math.max(...[...bar.to, ...bar.from].map((each) => each.x)),
    ];
    lines.push(...slashes(couple, (left + right) / 2, barY(bar)));
  }
  return lines;
}

/** A couple side by side: two lines where they are partners, one where they only have a child; slashes where it is over. */
function sideLines(couple: Couple, from: number, to: number, y: number): Line[] {
  const path =
    couple.style === 'partners'
      ? `M${round(from)} ${y - 2.5}H${round(to)}M${round(from)} ${y + 2.5}H${round(to)}`
      : `M${round(from)} ${y}H${round(to)}`;
  return [{ style: couple.style, path }, ...slashes(couple, from + (to - from) / 4, y)];
}

const slashes = ({ style, how }: Couple, x: number, y: number): Line[] =>
  style !== 'over' || how === undefined
    ? []
    : (how === 'divorced' ? [-3, 3] : [0]).map((dx) => ({
        style: 'slash' as const,
        path: `M${round(x + dx - 5)} ${y + 9}L${round(x + dx + 5)} ${y - 9}`,
      }));
