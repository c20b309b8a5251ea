import fc from 'fast-check';
import { expect, test } from 'vitest';
import { settle } from './places.ts';
import { ringsAround, roundedPath } from './shapes.ts';
import { textWidth, wrapped } from './words.ts';

test('places keep the order and the distances, and are the ones wished for where they can be', () => {
  expect(settle([0, 100, 250], [1, 1, 1], [100, 100])).toEqual([0, 100, 250]);
  expect(settle([0, 0], [1, 1], [100])).toEqual([-50, 50]);
  expect(settle([0, 0], [3, 1], [100])).toEqual([-25, 75]);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 2, maxLength: 12 }), (wished) => {
      const placed = settle(
        wished,
        wished.map(() => 1),
        wished.slice(1).map(() => 30),
      );
      for (let index = 1; index < placed.length; index++)
        expect((placed[index] ?? 0) - (placed[index - 1] ?? 0)).toBeGreaterThanOrEqual(30 - 1e-6);
    }),
  );
});

test('an outline goes round rectangles that touch, and round each that does not', () => {
  const box = (x1: number, y1: number, x2: number, y2: number) => ({ x1, y1, x2, y2 });
  expect(ringsAround([box(0, 0, 10, 10), box(10, 0, 20, 10)])).toEqual([
    [
      [0, 0],
      [20, 0],
      [20, 10],
      [0, 10],
    ],
  ]);
  expect(ringsAround([box(0, 0, 10, 10), box(20, 0, 30, 10)])).toHaveLength(2);
  expect(roundedPath(ringsAround([box(0, 0, 10, 10)]), 2)).toBe(
    'M0 2Q0 0 2 0L8 0Q10 0 10 2L10 8Q10 10 8 10L2 10Q0 10 0 8Z',
  );
});

test('long names are broken into lines that fit, and never lose a letter that there is room for', () => {
  expect(wrapped('Mhàiri-Sheonaidh Nic Dhòmhnaill', 7.5, 3)).toEqual([
    'Mhàiri-',
    'Sheonaidh Nic',
    'Dhòmhnaill',
  ]);
  expect(wrapped('Taumatawhakatangihangakoauauotamatea', 9, 3).every((line) => textWidth(line) <= 9.6)).toBe(
    true,
  );
  expect(wrapped('one two three four five six seven eight', 6, 2).at(-1)).toMatch(/…$/);
  expect(wrapped('', 9, 3)).toEqual([]);
  fc.assert(
    fc.property(fc.stringMatching(/^[a-zàèìòù]{1,12}( [A-Za-z]{1,12}){0,4}$/), (name) => {
      const lines = wrapped(name, 9, 99);
      expect(lines.join('').replaceAll(/[- ]/g, '')).toBe(name.replaceAll(/[- ]/g, ''));
    }),
  );
});
