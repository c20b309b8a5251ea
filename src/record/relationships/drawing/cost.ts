import type { Couple } from './bonds.ts';
import type { Span } from './order.ts';

// What an order of people costs: lines that cross, couples parted, brothers and sisters out of turn, homes split. It is asked
// thousands of times for a drawing, so everything that does not change is made into numbers first.

/** What ordering knows of people besides who they are joined to. */
export interface Look {
  row: ReadonlyMap<string, number>;
  /** Where each stands by age, the eldest first. */
  turn: ReadonlyMap<string, number>;
  male: ReadonlySet<string>;
  home: ReadonlyMap<string, number>;
}

type Rows = readonly (readonly (readonly string[])[])[];

interface Strand {
  gap: number;
  tops: readonly number[];
  ends: readonly number[];
  /** Of the ends that are people: which of each two neighbours by age comes first. */
  turns: readonly [before: number, after: number, inTurn: boolean][];
}

/** Gives the function that measures orders of these people: the rows may change, who is in them may not. */
export function costIn(
  rows: Rows,
  spans: readonly Span[],
  couples: readonly Couple[],
  look: Look,
): (rows: Rows) => number {
  const ids = rows.flat(2);
  const numbers = new Map(ids.map((id, index) => [id, index]));
  const number = (id: string) => numbers.get(id) ?? 0;
  const strands = spans.map((span): Strand => {
    const known = span.ends.filter((id) => look.turn.has(id));
    const turn = (id: string) => look.turn.get(id) ?? 0;
    return {
      gap: span.above,
      tops: span.tops.map(number),
      ends: span.ends.map(number),
      turns: known.slice(1).map((after, index) => {
        const before = known[index] ?? after;
        return [number(before), number(after), turn(before) < turn(after)];
      }),
    };
  });
  const meeting = strands.flatMap((one, index) =>
    strands.slice(index + 1).flatMap((other) => (other.gap === one.gap ? [[one, other] as const] : [])),
  );
  const pairs = couples
    .filter(({ one, other }) => look.row.get(one) === look.row.get(other))
    .map(({ one, other }) => ({
      one: number(one),
      other: number(other),
      // By custom a man stands left of a woman; it decides only where nothing else does.
      left: Number(look.male.has(one)) - Number(look.male.has(other)),
    }));
  const homes = ids.map((id) => look.home.get(id));
  const at = new Float64Array(ids.length);
  const across = new Float64Array(ids.length);
  const longest = Math.max(...rows.map((row) => row.flat().length));

  return (ordered) => {
    let cost = 0;
    for (const row of ordered) {
      let many = 0;
      for (const line of row) many += line.length;
      let index = 0;
      let last: number | undefined;
      const seen = new Set<number>();
      for (const line of row)
        for (const id of line) {
          const which = number(id);
          at[which] = index;
          across[which] = ((index + 0.5) / many) * longest;
          index++;
          const home = homes[which];
          if (home !== undefined && home !== last && seen.has(home)) cost += 1.5;
          if (home !== undefined) seen.add(home);
          last = home;
        }
    }
    for (const strand of strands) {
      cost += farOff(strand, across) * 0.2;
      for (const [before, after, inTurn] of strand.turns)
        if ((at[before] ?? 0) < (at[after] ?? 0) !== inTurn) cost += 1;
    }
    for (const [one, other] of meeting) cost += crossings(one, other, at);
    for (const { one, other, left } of pairs) {
      const apart = (at[other] ?? 0) - (at[one] ?? 0);
      cost += Math.max(0, Math.abs(apart) - 1) * 5;
      if (left * apart < 0) cost += 0.4;
    }
    return cost;
  };
}

function mean(of: readonly number[], at: Float64Array): number {
  let sum = 0;
  for (const each of of) sum += at[each] ?? 0;
  return sum / of.length;
}

/** How far apart the ends of a line are: from what they hang, or, where that is nothing, from each other. */
function farOff({ tops, ends }: Strand, across: Float64Array): number {
  if (tops.length > 0) return Math.abs(mean(tops, across) - mean(ends, across));
  const all = ends.map((each) => across[each] ?? 0);
  return Math.max(...all) - Math.min(...all) - (all.length - 1);
}

/** How much two lines of one gap get in each other's way. */
function crossings(one: Strand, other: Strand, at: Float64Array): number {
  let found = 0;
  if (one.tops.length > 0 && other.tops.length > 0) {
    const side = mean(one.tops, at) - mean(other.tops, at);
    for (const a of one.ends)
      for (const b of other.ends) if (side * ((at[a] ?? 0) - (at[b] ?? 0)) < 0) found += 2;
  }
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const a of one.ends) {
    low = Math.min(low, at[a] ?? 0);
    high = Math.max(high, at[a] ?? 0);
  }
  for (const b of other.ends) if ((at[b] ?? 0) > low && (at[b] ?? 0) < high) found += 1;
  return found;
}
