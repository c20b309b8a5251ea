import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { dayFrom, money, penceToPounds, poundsToPence, several } from './fields.ts';

test('pounds and pence survive the round trip, whatever the commas', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 13n }), (pence) => {
      expect(poundsToPence(penceToPounds(pence))).toBe(pence);
      expect(poundsToPence(money(pence))).toBe(pence);
      expect(poundsToPence(` £ ${penceToPounds(pence)} `)).toBe(pence);
    }),
  );
});

test.each(['', '1.234', '1,23', '-5', '12..5', '5 pounds', '1e3', '٣', '0x10', '1,0000', 'NaN', '1 500'])(
  '%j is not an amount',
  (written) => {
    expect(poundsToPence(written)).toBeUndefined();
  },
);

test('people read amounts without idle noughts', () => {
  expect([money(150_000n), money(81_220n), money(149_883_900n), money(5n)]).toEqual([
    '£1,500',
    '£812.20',
    '£1,498,839',
    '£0.05',
  ]);
});

test.each([
  ['22/11/2026', '2026-11-22'],
  ['1 3 2026', '2026-03-01'],
  ['22 Nov 2026', '2026-11-22'],
  ['22 november 2026', '2026-11-22'],
  ['2026-11-22', '2026-11-22'],
])('%j is a day', (written, iso) => {
  expect(dayFrom(written)?.toString()).toBe(iso);
});

test.each(['31/4/2026', '29/2/2025', '11/22/2026', '2026-13-01', 'today', '', '1/1/26', '0/1/2026'])(
  '%j is not a day',
  (written) => {
    expect(dayFrom(written)).toBeUndefined();
  },
);

test('one ticked box and several come out the same way', () => {
  const boxes = several(z.string());
  expect([boxes.parse('a'), boxes.parse(['a', 'b']), boxes.parse(undefined), boxes.parse(['', 'c'])]).toEqual(
    [['a'], ['a', 'b'], [], ['c']],
  );
});
