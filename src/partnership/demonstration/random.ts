/** Chance that always falls the same way: the same seed gives the same numbers on every machine. */
export interface Dice {
  /** A whole number from 0 up to, not including, `count`. */
  below(count: number): number;
  /** A whole number between two, both included. */
  between(least: number, most: number): number;
  /** Whether something happens that happens in `share` of cases, 0 to 1. */
  chance(share: number): boolean;
  /** One of a list. Throws when the list is empty, which is a fault of ours. */
  pick<T>(list: readonly T[]): T;
  /** A copy of a list in another order. */
  shuffled<T>(list: readonly T[]): T[];
}

/** Dice of a seed (mulberry32: a generator of 32 bits of state, good enough for stories and for nothing secret). */
export function dice(seed: number): Dice {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count: number) => Math.floor(next() * count);
  return {
    below,
    between: (least, most) => least + below(most - least + 1),
    chance: (share) => next() < share,
    pick(list) {
      const at = below(list.length);
      const found = list[at];
      if (found === undefined) throw new Error('nothing to choose from');
      return found;
    },
    shuffled(list) {
      const keyed = list.map((each) => ({ each, key: next() }));
      return keyed.toSorted((a, b) => a.key - b.key).map(({ each }) => each);
    },
  };
}

/**
 * Makes ids in the form of UUID version 7: the moment, a counter, then chance. Ids of later moments sort after earlier ones, as
 * those of the database do, so that lists ordered by id read in the order in which things happened.
 */
export function idMaker(chance: Dice): (at: Temporal.Instant) => string {
  let counter = 0;
  const hex = (value: number, length: number) => value.toString(16).padStart(length, '0');
  return (at) => {
    counter = (counter + 1) % 4096;
    const time = hex(at.epochMilliseconds, 12);
    const variant = (8 + chance.below(4)).toString(16);
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(counter, 3)}-${variant}${hex(chance.below(4096), 3)}-${hex(chance.below(2 ** 24), 6)}${hex(chance.below(2 ** 24), 6)}`;
  };
}
