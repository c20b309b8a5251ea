import { type Comparable, type NameShares, noShares } from './comparable.ts';
import { compare } from './comparisons.ts';
import { type Parameters, parameters } from './parameters.ts';

/** The levels at which two records were found, by comparison; what could not be compared is left out. */
export type Pattern = Readonly<Record<string, string>>;

export const patternOf = (one: Comparable, other: Comparable, shares: NameShares = noShares): Pattern =>
  Object.fromEntries(compare(one, other, shares).map(({ comparison, level }) => [comparison, level]));

export interface Estimated {
  parameters: Parameters;
  /** What share of the candidate pairs are of one person. */
  share: number;
  rounds: number;
}

/** A probability is never quite 0 or 1: what was not seen in the sample may still happen. */
const least = 1e-7;

/** How often each level was found, where the comparison could be made at all, each pattern counted by its weight. */
function shareOfLevels(
  patterns: readonly Pattern[],
  weights: readonly number[],
  of: Parameters,
): Record<string, Record<string, number>> {
  const sums = new Map<string, number>();
  const add = (key: string, weight: number) => sums.set(key, (sums.get(key) ?? 0) + weight);
  for (const [at, pattern] of patterns.entries()) {
    for (const [comparison, level] of Object.entries(pattern)) {
      add(comparison, weights[at] ?? 0);
      add(`${comparison}/${level}`, weights[at] ?? 0);
    }
  }
  return Object.fromEntries(
    Object.entries(of).map(([comparison, levels]) => [
      comparison,
      Object.fromEntries(
        Object.entries(levels).map(([level, shipped]) => {
          const all = sums.get(comparison) ?? 0;
          const seen = (sums.get(`${comparison}/${level}`) ?? 0) / all;
          return [
            level,
            all === 0 ? Number.NaN : Math.max(least, seen || Math.min(shipped.u, 1 / (all + 1))),
          ];
        }),
      ),
    ]),
  );
}

/** The table with `m` or `u` replaced where something was seen. */
const withShares = (
  of: Parameters,
  which: 'm' | 'u',
  shares: Record<string, Record<string, number>>,
): Parameters =>
  Object.fromEntries(
    Object.entries(of).map(([comparison, levels]) => [
      comparison,
      Object.fromEntries(
        Object.entries(levels).map(([level, shipped]) => {
          const seen = shares[comparison]?.[level];
          return [level, seen === undefined || Number.isNaN(seen) ? shipped : { ...shipped, [which]: seen }];
        }),
      ),
    ]),
  );

/** How likely a pattern is of one person, when a share of such pairs are. */
function likelihood(pattern: Pattern, of: Parameters, share: number): number {
  let odds = share / (1 - share);
  for (const [comparison, level] of Object.entries(pattern)) {
    const found = of[comparison]?.[level];
    if (found) odds *= found.m / found.u;
  }
  return odds / (1 + odds);
}

/**
 * Estimates the parameters from records: `u` from pairs taken at random, nearly all of which are of different people, and `m`
 * by expectation maximisation over candidate pairs, a part of which are of one person (Winkler, 1988; Splink does the same).
 * `fixed` names comparisons that chose the candidates: their `m` cannot be learned from them and stays as it was. So does
 * that of a comparison that was never made.
 */
export function estimate(
  random: readonly Pattern[],
  candidates: readonly Pattern[],
  options: { fixed?: readonly string[]; start?: Parameters; share?: number; rounds?: number } = {},
): Estimated {
  const { fixed = [], start = parameters, rounds = 200 } = options;
  let current = withShares(
    start,
    'u',
    shareOfLevels(
      random,
      random.map(() => 1),
      start,
    ),
  );
  let share = options.share ?? 0.1;
  const learned = Object.fromEntries(
    Object.entries(start).filter(([comparison]) => !fixed.includes(comparison)),
  );
  const open = candidates.map((pattern) =>
    Object.fromEntries(Object.entries(pattern).filter(([comparison]) => !fixed.includes(comparison))),
  );
  let round = 0;
  for (; round < rounds; round++) {
    const weights = open.map((pattern) => likelihood(pattern, current, share));
    const next = weights.reduce((sum, weight) => sum + weight, 0) / Math.max(1, weights.length);
    current = {
      ...current,
      ...withShares(pick(current, learned), 'm', shareOfLevels(open, weights, learned)),
    };
    const moved = Math.abs(next - share);
    share = Math.min(0.999, Math.max(least, next));
    if (moved < 1e-6) break;
  }
  return { parameters: current, share, rounds: round };
}

const pick = (of: Parameters, keys: object): Parameters =>
  Object.fromEntries(Object.entries(of).filter(([comparison]) => comparison in keys));
