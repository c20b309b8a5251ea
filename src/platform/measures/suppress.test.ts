import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cell } from './measure.ts';
import { recoverable } from './recover.ts';
import { shownBeside, smallestShown, suppress } from './suppress.ts';

type Person = Readonly<Record<string, string>>;

const cellsOf = (people: readonly Person[], dimensions: readonly string[]): Cell[] => {
  const cells = new Map<string, Cell>();
  for (let level = 0; level < 2 ** dimensions.length; level++) {
    const names = dimensions.filter((_, index) => (level >> index) & 1);
    for (const person of people) {
      const at = Object.fromEntries(names.map((name) => [name, person[name] ?? null]));
      const count = (cells.get(JSON.stringify(at))?.behind ?? 0) + 1;
      cells.set(JSON.stringify(at), { at, value: count, behind: count, suppressed: false });
    }
  }
  return [...cells.values()];
};

/** Exact fractions, so that the oracle shares nothing with the code it judges. */
type Fraction = readonly [bigint, bigint];
const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));
const fraction = (n: bigint, d: bigint): Fraction => {
  const by = gcd(n, d) * (d < 0n ? -1n : 1n);
  return by === 0n ? [0n, 1n] : [n / by, d / by];
};
const minus = ([a, b]: Fraction, [c, d]: Fraction): Fraction => fraction(a * d - c * b, b * d);
const times = ([a, b]: Fraction, [c, d]: Fraction): Fraction => fraction(a * c, b * d);

/**
 * What an attacker with every published cell and total can work out: hidden cells whose value is the same in every
 * solution of "the parts add up to the whole". Cells that were never mentioned are known to be nought.
 */
function workedOut(answer: readonly Cell[], dimensions: readonly string[]): Cell[] {
  const hidden = answer.filter((cell) => cell.suppressed);
  const column = new Map(hidden.map((cell, index) => [JSON.stringify(sorted(cell.at)), index]));
  const sums = new Map<string, Fraction[]>();
  const put = (key: string, index: number, by: bigint) => {
    const row = sums.get(key) ?? hidden.map((): Fraction => [0n, 1n]);
    row[index] = [by, 1n];
    sums.set(key, row);
  };
  for (const cell of hidden) {
    const index = column.get(JSON.stringify(sorted(cell.at))) ?? -1;
    for (const name of dimensions) {
      if (name in cell.at) {
        const rest = Object.fromEntries(Object.entries(cell.at).filter(([key]) => key !== name));
        put(`${name} ${JSON.stringify(sorted(rest))}`, index, 1n);
      } else put(`${name} ${JSON.stringify(sorted(cell.at))}`, index, -1n);
    }
  }
  // A total with no hidden part below it is a plain sum of what is shown.
  const rows = [...sums.values()];
  const pivots: Fraction[][] = [];
  for (let at = 0; at < hidden.length; at++) {
    const pivot = rows.find((row) => !pivots.includes(row) && row[at]?.[0] !== 0n);
    if (!pivot) continue;
    const [n, d] = pivot[at] ?? [1n, 1n];
    pivot.forEach((value, i) => {
      pivot[i] = times(value, fraction(d, n));
    });
    pivots.push(pivot);
    for (const row of rows) {
      const by = row[at] ?? [0n, 1n];
      if (row === pivot || by[0] === 0n) continue;
      row.forEach((value, i) => {
        row[i] = minus(value, times(by, pivot[i] ?? [0n, 1n]));
      });
    }
  }
  return pivots.flatMap((row) => {
    const present = [...row.keys()].filter((i) => row[i]?.[0] !== 0n);
    const cell = present.length === 1 ? hidden[present[0] ?? -1] : undefined;
    return cell ? [cell] : [];
  });
}

const sorted = (at: Cell['at']) => Object.entries(at).sort(([a], [b]) => (a < b ? -1 : 1));

const person = (sizes: Readonly<Record<string, number>>) =>
  fc.record(
    Object.fromEntries(
      Object.entries(sizes).map(([name, size]) => [
        name,
        fc.nat({ max: size - 1 }).map((n) => `${name}${n}`),
      ]),
    ),
  );

describe('suppression', () => {
  test.each([
    ['one way', { a: 6 }, 60],
    ['two ways', { a: 4, b: 3 }, 70],
    ['two ways, many values and few people', { a: 7, b: 5 }, 40],
    ['three ways', { a: 3, b: 3, c: 2 }, 60],
  ])('no hidden cell can be worked out from any shown cell and total: %s', (_name, sizes, most) => {
    const dimensions = Object.keys(sizes);
    fc.assert(
      fc.property(fc.array(person(sizes), { maxLength: most }), (people) => {
        const given = cellsOf(people, dimensions);
        const answer = suppress(given);
        for (const cell of answer.filter((each) => !each.suppressed)) {
          expect(cell.behind === 0 || cell.behind >= smallestShown).toBe(true);
        }
        for (const cell of given) {
          const same = answer.find(
            (each) => JSON.stringify(sorted(each.at)) === JSON.stringify(sorted(cell.at)),
          );
          expect(same?.value).toBe(same?.suppressed ? null : cell.value);
        }
        expect(workedOut(answer, dimensions)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test('the judge of these tests finds what plain hiding of small cells gives away', () => {
    const people = [...Array(30).keys()].map((n) => ({ a: n < 3 ? 'small' : `large${n % 2}` }));
    const naive = cellsOf(people, ['a']).map((cell) =>
      cell.behind < smallestShown ? { ...cell, value: null, suppressed: true } : cell,
    );
    expect(workedOut(naive, ['a']).map((cell) => cell.at)).toEqual([{ a: 'small' }]);
  });

  test('whatever else is asked, the same cell is hidden or shown', () => {
    fc.assert(
      fc.property(fc.array(person({ a: 4, b: 3, c: 2 }), { maxLength: 60 }), (people) => {
        const all = suppress(cellsOf(people, ['a', 'b', 'c']));
        for (const names of [['a'], ['b'], ['a', 'b'], ['b', 'c']]) {
          const own = suppress(cellsOf(people, names));
          const levels = (cells: readonly Cell[]) =>
            cells
              .filter((cell) => Object.keys(cell.at).every((name) => names.includes(name)))
              .filter((cell) => cell.behind > 0)
              .map((cell) => JSON.stringify([sorted(cell.at), cell.value]))
              .sort();
          expect(levels(all)).toEqual(levels(own));
        }
      }),
      { numRuns: 100 },
    );
  });

  test('what is hidden together in a line with a known total is not itself a small number', () => {
    const answer = suppress(
      cellsOf(
        [...Array(20).keys()].map((n) => ({ a: n === 0 ? 'x' : n < 3 ? 'y' : n < 9 ? 'z' : 'w' })),
        ['a'],
      ),
    );
    const hidden = answer.filter((cell) => cell.suppressed).map((cell) => cell.at.a);
    expect(hidden).toEqual(['x', 'y', 'z']);
  });

  test('nothing is hidden where nothing is small, and nought is a figure like any other', () => {
    const cells = cellsOf(
      [...Array(40).keys()].map((n) => ({ a: `a${n % 4}` })),
      ['a'],
    );
    expect(suppress(cells).every((cell) => !cell.suppressed)).toBe(true);
    expect(suppress([])).toEqual([]);
  });

  test('dimensions kept apart are never summed over, so that one cannot give the other away', () => {
    const cells: Cell[] = ['yes', 'no'].map((d) => ({
      at: { d },
      value: d === 'yes' ? 30 : 2,
      behind: d === 'yes' ? 30 : 2,
      suppressed: false,
    }));
    expect(suppress(cells, ['d']).map((cell) => cell.suppressed)).toEqual([true, false]);
    expect(suppress(cells).map((cell) => cell.suppressed)).toEqual([true, true]);
  });

  test('a table of hundreds of small cells is settled in good time', () => {
    const people = [...Array(1500).keys()].map((n) => ({
      a: `a${(n * 7) % 40}`,
      b: `b${(n * 13) % 23}`,
      c: `c${n % 5}`,
    }));
    const before = performance.now();
    const answer = suppress(cellsOf(people, ['a', 'b', 'c']));
    expect(performance.now() - before).toBeLessThan(20_000);
    expect(answer.some((cell) => cell.suppressed)).toBe(true);
    expect(answer.find((cell) => Object.keys(cell.at).length === 0)?.value).toBe(1500);
  });
});

describe('one cell of a split by one dimension', () => {
  const counts = fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 300 })), {
    minLength: 1,
    maxLength: 8,
  });

  test('is shown from a glance at the others just where the whole split shows it, or more has to be known', () => {
    let settled = 0;
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 60 }), fc.nat(), (behinds, glanced, which) => {
        const cell = (at: Cell['at'], behind: number): Cell => ({
          at,
          value: behind,
          behind,
          suppressed: false,
        });
        const cells = behinds.map((behind, n) => cell({ a: `a${n}` }, behind));
        const total = behinds.reduce((sum, each) => sum + each, 0);
        const own = cells[which % cells.length] ?? cell({ a: 'a0' }, 0);
        const others = cells
          .filter((each) => each !== own)
          .map(({ at, behind }) => ({
            at,
            behind: Math.min(behind, glanced),
            exactly: behind < glanced,
          }));
        const whole = suppress([cell({}, total), ...cells]).find(({ at }) => at.a === own.at.a);
        const shown = shownBeside(own, others);
        if (shown === undefined) return;
        settled += 1;
        expect(shown).toBe(whole?.suppressed === false);
      }),
      { numRuns: 2000 },
    );
    expect(settled).toBeGreaterThan(500);
  });

  test('is not settled while it may be the first of the rest, or another may be small', () => {
    const own: Cell = { at: { a: 'own' }, value: 40, behind: 40, suppressed: false };
    const other = (behind: number, exactly: boolean, a = `${behind}`) => ({ at: { a }, behind, exactly });
    expect(shownBeside(own, [other(3, true), other(20, false)])).toBeUndefined();
    expect(shownBeside(own, [other(3, true), other(20, true)])).toBe(true);
    expect(shownBeside(own, [other(3, true), other(41, false)])).toBe(false);
    expect(shownBeside(own, [other(4, false)])).toBeUndefined();
    expect(shownBeside(own, [other(3, true), other(2, true), other(20, false)])).toBe(true);
  });
});

test('a chain of sums gives a cell away even where no single line does', () => {
  // 0 + 1 and 1 + 2 and 0 + 2 are known: three equations, three unknowns.
  const pair = (a: number, b: number) => [
    { cell: a, times: 1 },
    { cell: b, times: 1 },
  ];
  expect(recoverable([0, 1, 2], [pair(0, 1), pair(1, 2), pair(0, 2)]).sort()).toEqual([0, 1, 2]);
  expect(recoverable([0, 1, 2, 3], [pair(0, 1), pair(1, 2), pair(2, 3), pair(3, 0)])).toEqual([]);
});
