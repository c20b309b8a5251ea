import type { BondStyle, Couple } from './bonds.ts';
import { hangsFrom, isBeside, type Ordered, type Span } from './order.ts';
import { pitch } from './places.ts';

// The lines between rows, before anything has a height: every bond and every couple that do not stand side by side get a bar in
// the gap between two rows, at a track of its own where bars would lie on each other.

/** Where a line begins or ends: a height that is known once the rows have heights. */
export type Level =
  | { at: 'middle' | 'room top' | 'jog'; row: number }
  | { at: 'symbol top'; key: string; dx: number }
  | { at: 'bar'; bar: Bar };

export interface Strand {
  x: number;
  level: Level;
}

export interface Bar {
  /** The gap below this row; -1 above the first. */
  gap: number;
  style: BondStyle | Couple['style'];
  from: Strand[];
  to: Strand[];
  track: number;
}

/** A short line from a symbol to where a bond hangs from: at the side, or out of the bottom where a couple's line is at the side. */
export interface Stub {
  key: string;
  x: number;
  way: 'side' | 'bottom';
  style: BondStyle | Couple['style'];
}

/** A couple side by side: from one to the other. */
export interface Side {
  couple: Couple;
  left: string;
  right: string;
}

export interface Bars {
  bars: Bar[];
  stubs: Stub[];
  sides: Side[];
  /** Couples whose line is a bar of its own. */
  bridges: { couple: Couple; bar: Bar }[];
  /** How far to the right lines go beyond the people. */
  margin: number;
  /** How many tracks each gap has, from the one above the first row. */
  tracks: number[];
}

const styleTurn: Record<BondStyle, number> = { birth: 0, adoptive: 1, care: 2, 'care ended': 3, loose: 4 };
const offsets = [0, 7, -7, 12, -12, 3.5, -3.5];
const ports = [0, 9, -9, 16, -16];

export function barsOf(
  ordered: Ordered,
  x: ReadonlyMap<string, number>,
  rowOf: ReadonlyMap<string, number>,
  couples: readonly Couple[],
): Bars {
  const { rows, spans } = ordered;
  const at = (id: string) => x.get(id) ?? 0;
  const row = (key: string) => rowOf.get(key) ?? 0;
  const beside = (one: string, other: string) => isBeside(ordered, one, other);
  const bars: Bar[] = [];
  const stubs: Stub[] = [];
  const taken = new Map<number, number[]>();
  const arriving = new Map<number, { x: number; id: string }[]>();
  const portsUsed = new Map<string, number>();
  let margin = 0;

  const sides = couples
    .filter(({ one, other }) => beside(one, other))
    .map((couple): Side => {
      const [left, right] =
        at(couple.one) < at(couple.other) ? [couple.one, couple.other] : [couple.other, couple.one];
      return { couple, left, right };
    });
  const sideTaken = new Set(sides.flatMap(({ left, right }) => [`${left} right`, `${right} left`]));

  const port = (key: string): Strand => {
    const used = portsUsed.get(key) ?? 0;
    portsUsed.set(key, used + 1);
    const dx = ports[used % ports.length] ?? 0;
    return { x: at(key) + dx, level: { at: 'symbol top', key, dx } };
  };
  /** A place for an upright line through a row or into the gap below it, clear of others. */
  const lane = (wanted: number, inRow: number, id: string): number => {
    const used = taken.get(inRow) ?? [];
    const others = (arriving.get(inRow) ?? []).filter((each) => each.id !== id).map((each) => each.x);
    // Straight down where the only one it leads to stands nearly below.
    const own = (arriving.get(inRow) ?? []).filter((each) => each.id === id).map((each) => each.x - wanted);
    const straight = own.length === 1 ? own.filter((offset) => Math.abs(offset) <= 14) : [];
    const free = [...straight, ...offsets].find((offset) =>
      [...used, ...others].every((each) => Math.abs(each - wanted - offset) >= 5),
    );
    const found = wanted + (free ?? 0);
    taken.set(inRow, [...used, found]);
    return found;
  };
  const channel = (key: string, way: 'left' | 'right') => at(key) + (way === 'right' ? pitch : -pitch) / 2;
  const freeSide = (key: string, towards: number): 'left' | 'right' | undefined => {
    const wanted = towards < at(key) ? (['left', 'right'] as const) : (['right', 'left'] as const);
    return wanted.find((way) => !sideTaken.has(`${key} ${way}`));
  };
  const hang = (key: string, towards: number, style: Stub['style'], id: string): Strand => {
    const way = freeSide(key, towards);
    const wanted = channel(key, way ?? (towards < at(key) ? 'left' : 'right'));
    const found = lane(wanted, row(key), id);
    stubs.push({ key, x: found, way: way === undefined ? 'bottom' : 'side', style });
    return { x: found, level: { at: way === undefined ? 'jog' : 'middle', row: row(key) } };
  };

  const sorted = [...spans].sort(
    (one, other) =>
      styleTurn[one.bond.style] - styleTurn[other.bond.style] || one.bond.id.localeCompare(other.bond.id),
  );
  // Who arrives in each gap is settled first, so that lines that leave can keep clear of them.
  const ends = new Map<Span, Strand[]>();
  for (const span of sorted) {
    const strands = span.ends.map(
      (id): Strand =>
        rowOf.has(id) ? port(id) : { x: at(id), level: { at: 'room top', row: span.above + 1 } },
    );
    ends.set(span, strands);
    arriving.set(span.above, [
      ...(arriving.get(span.above) ?? []),
      ...strands.map((strand) => ({ x: strand.x, id: span.bond.id })),
    ]);
  }

  const hubs = new Map<string, Strand>();
  const bridges: Bars['bridges'] = [];
  const right = Math.max(0, ...[...x.values()]) + pitch / 2;
  for (const couple of couples) {
    if (beside(couple.one, couple.other)) continue;
    // The children hang beside the lower of the two, or beside the one with fewer partners.
    const near = hangsFrom([couple.one, couple.other], ordered, couples)[0];
    const down = row(couple.other) - row(couple.one);
    const lower = down > 0 || (down === 0 && near === couple.other) ? couple.other : couple.one;
    const upper = lower === couple.one ? couple.other : couple.one;
    const deep = row(lower);
    const bar: Bar = { gap: deep - 1, style: couple.style, from: [], to: [port(lower)], track: 0 };
    const id = `couple ${couple.one} ${couple.other}`;
    if (row(upper) === deep) bar.to.push(port(upper));
    else if (row(upper) === deep - 1) bar.from.push(hang(upper, at(lower), couple.style, id));
    else {
      margin += 12;
      const out: Bar = {
        gap: row(upper),
        style: couple.style,
        from: [hang(upper, right, couple.style, id)],
        to: [{ x: right + margin, level: { at: 'bar', bar } }],
        track: 0,
      };
      bars.push(out);
      bar.from.push({ x: right + margin, level: { at: 'bar', bar } });
    }
    const towards = freeSide(lower, at(upper)) ?? (at(upper) < at(lower) ? 'left' : 'right');
    const pass = lane(channel(lower, towards), deep, id);
    if (spans.some((span) => sameTwo(span.bond.parents, couple))) {
      // The bar reaches as far as the line to the children, which is of the children's style.
      const hub: Strand = { x: pass, level: { at: 'bar', bar } };
      bar.to.push(hub);
      hubs.set([couple.one, couple.other].sort().join(), hub);
    }
    bars.push(bar);
    bridges.push({ couple, bar });
  }

  for (const span of sorted) {
    const { bond, above, tops } = span;
    const to = ends.get(span) ?? [];
    const middle = to.reduce((sum, strand) => sum + strand.x, 0) / Math.max(1, to.length);
    const [one, other] = bond.parents;
    const from: Strand[] = [];
    if (tops.some((id) => !rowOf.has(id)))
      from.push({ x: at(tops[0] ?? ''), level: { at: 'room top', row: above } });
    else if (one !== undefined && other !== undefined) {
      const bridged = hubs.get([one, other].sort().join());
      if (bridged) from.push(bridged);
      else
        from.push({
          x: lane((at(one) + at(other)) / 2, above, bond.id),
          level: { at: 'middle', row: above },
        });
    } else if (one !== undefined) from.push(hang(one, middle, bond.style, bond.id));
    bars.push({ gap: above, style: bond.style, from, to, track: 0 });
  }
  return { bars, stubs, sides, bridges, margin, tracks: giveTracks(bars, rows.length) };
}

const sameTwo = (parents: readonly string[], { one, other }: Couple): boolean =>
  parents.length === 2 && parents.includes(one) && parents.includes(other);

/** The stretch that a bar takes up. */
const stretch = (bar: Bar): [number, number] => {
  const all = [...bar.from, ...bar.to].map((strand) => strand.x);
  return [Math.min(...all), Math.max(...all)];
};

const isBridge = (bar: Bar) => bar.style === 'partners' || bar.style === 'parents' || bar.style === 'over';

/** Gives each bar the highest track of its gap that is free along its stretch; couples' bars go below the others. */
function giveTracks(bars: readonly Bar[], rows: number): number[] {
  return Array.from({ length: rows + 1 }, (_, index) => {
    const here = bars.filter((bar) => bar.gap === index - 1);
    const taken: [number, number][][] = [];
    for (const set of [here.filter((bar) => !isBridge(bar)), here.filter(isBridge)]) {
      const first = set.some(isBridge) ? taken.length : 0;
      for (const bar of [...set].sort((one, other) => stretch(one)[0] - stretch(other)[0])) {
        const [left, end] = stretch(bar);
        let track = first;
        while ((taken[track] ?? []).some(([a, b]) => left < b + 8 && a < end + 8)) track++;
        taken[track] = [...(taken[track] ?? []), [left, end]];
        bar.track = track;
      }
    }
    return taken.length;
  });
}
