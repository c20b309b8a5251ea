import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareFrozen, difference, type FrozenFigure } from './frozen.ts';

const figure = (key: string, value: string | null): FrozenFigure => ({
  key,
  label: `Figure ${key}`,
  unit: 'pounds',
  value,
});

describe('what has changed since publication', () => {
  test('each figure with its published value, its value now and the difference', () => {
    const changes = compareFrozen(
      [
        figure('same', '1085'),
        figure('slip', '802.98'),
        figure('less', '881233.00'),
        figure('gone', '4'),
        figure('hidden', null),
      ],
      [
        figure('new', '7'),
        figure('slip', '812.20'),
        figure('less', '881000'),
        figure('same', '1085.00'),
        figure('hidden', '12'),
      ],
    );
    expect(
      changes.map(({ key, published, now, difference: by, change }) => [key, published, now, by, change]),
    ).toEqual([
      ['same', '1085', '1085.00', '0.00', 'same'],
      ['slip', '802.98', '812.20', '9.22', 'changed'],
      ['less', '881233.00', '881000', '-233.00', 'changed'],
      ['gone', '4', null, null, 'gone'],
      ['hidden', null, '12', null, 'changed'],
      ['new', null, '7', null, 'new'],
    ]);
  });

  test('differences are exact for any whole pence, however large', () => {
    const pounds = (pence: bigint) => {
      const digits = String(pence < 0n ? -pence : pence).padStart(3, '0');
      return `${pence < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
    };
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
        fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
        (a, b) => {
          expect(difference(pounds(a), pounds(b))).toBe(pounds(a - b));
        },
      ),
    );
  });

  test('different numbers of decimals', () => {
    expect(difference('1.5', '1')).toBe('0.5');
    expect(difference('-0.05', '0')).toBe('-0.05');
    expect(difference('2', '2.000')).toBe('0.000');
  });
});
