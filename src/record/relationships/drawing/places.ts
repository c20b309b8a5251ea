import type { Item, Ordered } from './order.ts';

// How far to the right everything stands: parents over the middle of their children, and nobody on top of anybody.

/** The room of one person, in drawing units (CSS pixels at full size): symbol and words, with a channel for lines beside them. */
export const pitch = 140;
const passageWidth = 22;
const rounds = 30;

const widthOf = (item: Item | undefined): number => (item?.person ? pitch : passageWidth);

/** The least distance between the middles of neighbours: a couple stands closer than strangers. */
const between = (one: Item | undefined, other: Item | undefined, joined: boolean): number =>
  (widthOf(one) + widthOf(other)) / 2 + (joined ? 0 : 10);

interface Wish {
  sum: number;
  weight: number;
}

/**
 * The places nearest to those wished for (least squares) that keep the order and the least distances: what is too close is pooled
 * and shares its mean (pool adjacent violators).
 */
export function settle(
  wished: readonly number[],
  weights: readonly number[],
  gaps: readonly number[],
): number[] {
  let run = 0;
  const offsets = wished.map((_, index) => {
    run += index === 0 ? 0 : (gaps[index - 1] ?? 0);
    return run;
  });
  const pools: { value: number; weight: number; many: number }[] = [];
  wished.forEach((want, index) => {
    let pool = { value: want - (offsets[index] ?? 0), weight: weights[index] ?? 1, many: 1 };
    for (let last = pools.at(-1); last !== undefined && last.value > pool.value; last = pools.at(-1)) {
      pools.pop();
      const weight = last.weight + pool.weight;
      pool = {
        value: (last.value * last.weight + pool.value * pool.weight) / weight,
        weight,
        many: last.many + pool.many,
      };
    }
    pools.push(pool);
  });
  return pools
    .flatMap(({ value, many }) => Array.from({ length: many }, () => value))
    .map((value, index) => value + (offsets[index] ?? 0));
}

/** The middle of every person and passage of a generation, from the left; the leftmost person's room begins at 0. */
export function places(
  { rows, spans }: Ordered,
  together: (one: string, other: string) => boolean,
  hangs: (tops: readonly string[]) => readonly string[],
): Map<string, number> {
  const x = new Map<string, number>();
  const gaps = rows.map((row) =>
    row.slice(1).map((item, index) => {
      const before = row[index];
      return between(before, item, before !== undefined && together(before.id, item.id));
    }),
  );
  rows.forEach((row, index) => {
    const own = gaps[index] ?? [];
    let at = -own.reduce((sum, gap) => sum + gap, 0) / 2;
    row.forEach((item, position) => {
      x.set(item.id, at);
      at += own[position] ?? 0;
    });
  });
  const at = (id: string) => x.get(id) ?? 0;
  const middle = (ids: readonly string[]) => {
    const all = ids.map(at);
    return (Math.min(...all) + Math.max(...all)) / 2;
  };
  const mean = (ids: readonly string[]) => ids.reduce((sum, id) => sum + at(id), 0) / ids.length;
  for (let round = 0; round < rounds; round++) {
    const wishes = new Map<string, Wish>();
    const wish = (id: string, to: number, weight: number) => {
      const known = wishes.get(id) ?? { sum: 0, weight: 0 };
      wishes.set(id, { sum: known.sum + to * weight, weight: known.weight + weight });
    };
    const down = round % 2 === 0;
    for (const { tops, ends } of spans) {
      const from = hangs(tops);
      if (from.length === 0) continue;
      const shift = mean(from) - middle(ends);
      if (down) for (const id of ends) wish(id, at(id) + shift, 2);
      else for (const id of from) wish(id, at(id) - shift, 1);
    }
    rows.forEach((row, index) => {
      row.forEach((item, position) => {
        const next = row[position + 1];
        if (next === undefined || !together(item.id, next.id)) return;
        const apart = at(next.id) - at(item.id) - (gaps[index]?.[position] ?? 0);
        wish(item.id, at(item.id) + apart / 2, 2);
        wish(next.id, at(next.id) - apart / 2, 2);
      });
      const settled = settle(
        row.map(({ id }) => {
          const known = wishes.get(id);
          return known ? known.sum / known.weight : at(id);
        }),
        row.map(({ id }) => wishes.get(id)?.weight ?? 0.05),
        gaps[index] ?? [],
      );
      row.forEach(({ id }, position) => {
        x.set(id, settled[position] ?? 0);
      });
    });
  }
  const left = Math.min(...rows.flat().map((item) => at(item.id) - widthOf(item) / 2));
  return new Map([...x].map(([id, place]) => [id, Math.round(place - left)]));
}
