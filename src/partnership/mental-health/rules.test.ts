import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { yearOf, yearText } from '../../record/funds/rules.ts';
import type { Counted } from './return.ts';
import { figuresFrom } from './return.ts';
import { ageBands, ageOn, halfPeriod, lastHalf, rateOf, rateText, standingOf } from './rules.ts';

const day = (written: string) => Temporal.PlainDate.from(written);

describe('the rule of ages', () => {
  const standing = (born: string, began: string, careExperienced = false) =>
    standingOf({ born: day(born), careExperienced, carer: false }, day(began));

  test('holds from the fifth birthday to the day before the twenty-fifth', () => {
    expect(standing('2016-11-22', '2021-11-21')).toBe('outside');
    expect(standing('2016-11-22', '2021-11-22')).toBe('inside');
    expect(standing('1996-11-23', '2021-11-22')).toBe('inside');
    expect(standing('1996-11-22', '2021-11-22')).toBe('outside');
  });

  test('is wider for care experienced people: to the day before the twenty-seventh birthday', () => {
    expect(standing('1996-11-22', '2021-11-22', true)).toBe('inside');
    expect(standing('1994-11-23', '2021-11-22', true)).toBe('inside');
    expect(standing('1994-11-22', '2021-11-22', true)).toBe('outside');
  });

  test('does not guess, and does not count parents and carers', () => {
    expect(standingOf({ born: null, careExperienced: false, carer: false }, day('2021-11-22'))).toBe(
      'not known',
    );
    expect(
      standingOf({ born: day('1980-01-01'), careExperienced: false, carer: true }, day('2021-11-22')),
    ).toBe('carer');
  });

  test('a birthday on 29 February comes on 1 March in other years', () => {
    expect(ageOn(day('2012-02-29'), day('2017-02-28'))).toBe(4);
    expect(ageOn(day('2012-02-29'), day('2017-03-01'))).toBe(5);
  });

  test('bands have no hole between them', () => {
    ageBands.slice(1).forEach((band, at) => {
      expect(band.from).toBe((ageBands[at]?.to ?? 0) + 1);
    });
  });
});

describe('years and half years', () => {
  test('a financial year begins in April', () => {
    expect([yearOf(day('2021-03-31')), yearOf(day('2021-04-01'))]).toEqual([2020, 2021]);
    expect([yearText(2020), yearText(1999)]).toEqual(['2020/21', '1999/00']);
  });
  test('the last half year that is over ended before today, and not half a year before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), (days) => {
        const today = day('2000-01-01').add({ days });
        const { year, half } = lastHalf(today);
        const { from, to } = halfPeriod(year, half);
        expect(Temporal.PlainDate.compare(to, today)).toBe(-1);
        expect(to.until(today).days).toBeLessThanOrEqual(184);
        expect(from.until(to).days).toBeGreaterThan(180);
      }),
    );
  });
});

test('the rate: 22 of 2,602 is 0.85 in a hundred, and nobody is no rate', () => {
  expect(rateOf(22, 2602)).toBe(0.85);
  expect(rateText(22, 2602)).toBe('0.85%');
  expect(rateOf(0, 0)).toBeUndefined();
  expect(rateText(0, 0)).toBe('Nobody was reached yet');
});

describe('what a return shows', () => {
  const one = '019d0000-0000-7000-8000-000000000001';
  const nothing: Counted = {
    parts: [],
    counted: [],
    returned: [],
    told: [],
    told_parts: [],
    sessions: [],
    readings: [],
    spent: [],
  };
  const period = halfPeriod(2021, 1);
  const told = (more: object = {}) => ({
    support: one,
    children: 40,
    families: 20,
    crisis: 6,
    outside: 0,
    care: 9,
    source: 'The school',
    ...more,
  });

  test('sums together, each part adding up to all', () => {
    const figures = figuresFrom(
      {
        ...nothing,
        counted: [
          { support: null, children: 60, families: 50, crisis: 0, carers: 12 },
          { support: one, children: 60, families: 50, crisis: 0, carers: 12 },
        ],
        parts: [
          { level: 0b0111, age: '05 to 09', gender: null, care: null, standing: null, children: 60 },
          { level: 0b1101, age: null, gender: null, care: 'no', standing: null, children: 60 },
          { level: 0b1110, age: null, gender: null, care: null, standing: 'inside', children: 60 },
        ],
        told: [told()],
        told_parts: [{ part: 'age', value: '05 to 09', children: 30 }],
      },
      period,
    );
    expect([figures.children, figures.families, figures.crisis, figures.rate, figures.carers]).toEqual([
      100, 70, 6, 6, 12,
    ]);
    expect(figures.parts.age.map(({ words, children }) => [words, children])).toEqual([
      ['5 to 9', 90],
      ['Not said', 10],
    ]);
    expect(figures.parts.care.map(({ value, children }) => [value, children])).toEqual([
      ['yes', 9],
      ['no', 60],
      ['not said', 31],
    ]);
  });

  test('small numbers are hidden, and what would let them be worked out; with them the rate', () => {
    const figures = figuresFrom({ ...nothing, told: [told({ crisis: 3, outside: 2 })] }, period);
    expect([figures.children, figures.crisis, figures.rate]).toEqual([40, null, null]);
    expect(figures.parts.standing.every(({ children }) => children === null)).toBe(true);
  });

  test('a change of few families is not shown, nor how many had no second reading when that tells of them', () => {
    const reading = (both: number, families_twice: number) =>
      figuresFrom(
        {
          ...nothing,
          readings: [
            { indicator: 'mood', first: 20, both, mean: 1.234, deviation: 2, families: 20, families_twice },
          ],
        },
        period,
      ).readings[0];
    expect(reading(12, 12)).toEqual({
      indicator: 'mood',
      first: 20,
      without: 8,
      mean: 1.23,
      from: -0.04,
      to: 2.5,
    });
    expect(reading(3, 3)).toMatchObject({ first: 20, without: null, mean: null, from: null });
    expect(reading(18, 18)).toMatchObject({ first: 20, without: null, mean: 1.23 });
  });
});
