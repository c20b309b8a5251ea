import type { Part } from '../../people.ts';
import type { Bonds } from './bonds.ts';

// In which row everybody stands: parents above their children, partners and brothers and sisters side by side.

/** The rows of one group of people who are joined to each other and to nobody else. `row` counts from 0, the eldest. */
export interface Generation {
  people: readonly string[];
  row: ReadonlyMap<string, number>;
  /** Whether anything joins them; else they stand together only because nothing is recorded of any of them. */
  joined: boolean;
}

interface Rank {
  upper: string;
  lower: string;
  /** How many rows lower. */
  by: number;
  /** The lower number is kept when two disagree. */
  strength: number;
}

function ranksOf({ bonds, couples }: Bonds): Rank[] {
  const ranks: Rank[] = [];
  for (const bond of bonds) {
    const hard = bond.style === 'birth' || bond.style === 'adoptive';
    for (const upper of bond.parents)
      for (const lower of bond.children) ranks.push({ upper, lower, by: bond.by, strength: hard ? 0 : 3 });
    if (bond.parents.length > 0) continue;
    const [upper, ...others] = bond.children;
    for (const lower of others)
      if (upper !== undefined) ranks.push({ upper, lower, by: 0, strength: hard ? 2 : 4 });
  }
  for (const { one, other } of couples) ranks.push({ upper: one, lower: other, by: 0, strength: 1 });
  return ranks.sort((a, b) => a.strength - b.strength);
}

/**
 * Everybody's height within their group. Each rank joins two groups at the difference it asks for, the strongest first; one that
 * comes between people who are joined already is left aside. Then children are pushed below their parents where an odd family
 * (an uncle who married his niece) had them level.
 */
export function generations(bonds: Bonds, partOf: (key: string) => Part | null): Generation[] {
  const group = new Map(bonds.people.map((key) => [key, new Map([[key, 0]])]));
  const ranks = ranksOf(bonds);
  for (const { upper, lower, by } of ranks) {
    const [above, below] = [group.get(upper), group.get(lower)];
    if (above === undefined || below === undefined || above === below) continue;
    const shift = (above.get(upper) ?? 0) + by - (below.get(lower) ?? 0);
    for (const [key, height] of below) {
      above.set(key, height + shift);
      group.set(key, above);
    }
  }
  const whole = [...new Set(group.values())];
  for (const heights of whole) pushDown(heights, ranks);
  const joined = whole.filter((heights) => heights.size > 1);
  const alone = whole.filter((heights) => heights.size === 1).flatMap((heights) => [...heights.keys()]);
  const made = joined
    .sort((one, other) => other.size - one.size)
    .map((heights): Generation => {
      const top = Math.min(...heights.values());
      return {
        people: bonds.people.filter((key) => heights.has(key)),
        row: new Map([...heights].map(([key, height]) => [key, height - top])),
        joined: true,
      };
    });
  return alone.length === 0 ? made : [...made, unjoined(bonds, alone, partOf)];
}

function pushDown(heights: Map<string, number>, ranks: readonly Rank[]): void {
  const hard = ranks.filter(({ strength, upper }) => strength === 0 && heights.has(upper));
  for (let round = 0; round <= heights.size; round++) {
    let moved = false;
    for (const { upper, lower, by } of hard) {
      const least = (heights.get(upper) ?? 0) + by;
      if ((heights.get(lower) ?? 0) < least) {
        heights.set(lower, least);
        moved = true;
      }
    }
    if (!moved) return;
  }
}

/** People of whom no relationship is recorded: adults above, children and young people below, six to a row. */
function unjoined(bonds: Bonds, alone: readonly string[], partOf: (key: string) => Part | null): Generation {
  const isChild = (key: string) => ['child', 'young person'].includes(partOf(key) ?? '');
  const people = bonds.people.filter((key) => alone.includes(key));
  const [adults, children] = [people.filter((key) => !isChild(key)), people.filter(isChild)];
  const rowsOfAdults = Math.ceil(adults.length / unjoinedInRow);
  return {
    people,
    row: new Map([
      ...adults.map((key, index): [string, number] => [key, Math.floor(index / unjoinedInRow)]),
      ...children.map((key, index): [string, number] => [
        key,
        rowsOfAdults + Math.floor(index / unjoinedInRow),
      ]),
    ]),
    joined: false,
  };
}

const unjoinedInRow = 6;
