import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ageOn, ageText, checkDigit10, checkDigit11, chiNumber, quintileOf, tidyPostcode } from './people.ts';

const day = Temporal.PlainDate.from;

test('an age is reached at the beginning of the birthday, and on 1 March by those born on 29 February', () => {
  expect(ageOn(day('2016-11-22'), day('2026-11-21'))).toBe(9);
  expect(ageOn(day('2016-11-22'), day('2026-11-22'))).toBe(10);
  expect(ageOn(day('2012-02-29'), day('2028-02-28'))).toBe(15);
  expect(ageOn(day('2012-02-29'), day('2027-02-28'))).toBe(14);
  expect(ageOn(day('2012-02-29'), day('2027-03-01'))).toBe(15);
  expect(ageOn(day('2012-02-29'), day('2028-02-29'))).toBe(16);
  expect(ageOn(day('2027-01-05'), day('2026-11-22'))).toBe(0);
});

test('an age is said in months under two years', () => {
  const today = day('2026-11-22');
  expect(ageText(day('2019-05-01'), today)).toBe('7');
  expect(ageText(day('2025-09-22'), today)).toBe('14 months');
  expect(ageText(day('2026-10-22'), today)).toBe('1 month');
  expect(ageText(day('2026-11-20'), today)).toBe('0 months');
  expect(ageText(day('2027-01-20'), today)).toBe('not yet born');
});

test('the CHI number used for testing is valid, however it is spaced', () => {
  expect(chiNumber('0101011237')).toBe('0101011237');
  expect(chiNumber(' 010101 1237 ')).toBe('0101011237');
  for (const wrong of [
    '',
    '010101123',
    '01010112370',
    '0101011238',
    '3201011230',
    '0113011230',
    'O101011237',
  ]) {
    expect(chiNumber(wrong), wrong).toBeUndefined();
  }
});

const firstNine = fc
  .record({
    on: fc.date({ min: new Date('1930-01-01'), max: new Date('2029-12-31'), noInvalidDate: true }),
    rest: fc.nat(999),
  })
  .map(({ on, rest }) => {
    const iso = on.toISOString();
    return `${iso.slice(8, 10)}${iso.slice(5, 7)}${iso.slice(2, 4)}${String(rest).padStart(3, '0')}`;
  });
const change = fc.record({ place: fc.nat(9), by: fc.integer({ min: 1, max: 9 }) });
const changed = (number: string, { place, by }: { place: number; by: number }) =>
  number.slice(0, place) + String((Number(number[place]) + by) % 10) + number.slice(place + 1);
const passes11 = (number: string) => checkDigit11(number.slice(0, 9)) === Number(number[9]);
const passes10 = (number: string) => checkDigit10(number.slice(0, 9)) === Number(number[9]);

test('every number made by either scheme is valid', () => {
  fc.assert(
    fc.property(firstNine, (nine) => {
      const eleven = checkDigit11(nine);
      if (eleven !== undefined) expect(chiNumber(`${nine}${eleven}`)).toBe(`${nine}${eleven}`);
      expect(chiNumber(`${nine}${checkDigit10(nine)}`)).toBe(`${nine}${checkDigit10(nine)}`);
    }),
  );
});

test('each scheme alone catches every changed digit; together they do where a number passes both', () => {
  fc.assert(
    fc.property(firstNine, change, (nine, slip) => {
      const eleven = checkDigit11(nine);
      const ten = checkDigit10(nine);
      if (eleven !== undefined) expect(passes11(changed(`${nine}${eleven}`, slip))).toBe(false);
      expect(passes10(changed(`${nine}${ten}`, slip))).toBe(false);
      if (eleven === ten) expect(chiNumber(changed(`${nine}${ten}`, slip))).toBeUndefined();
    }),
    { numRuns: 2000 },
  );
});

test('modulus 11 catches two neighbours that changed places', () => {
  fc.assert(
    fc.property(firstNine, fc.nat(7), (nine, place) => {
      const check = checkDigit11(nine);
      fc.pre(check !== undefined && nine[place] !== nine[place + 1]);
      const swapped = `${nine.slice(0, place)}${nine[place + 1]}${nine[place]}${nine.slice(place + 2)}${check}`;
      expect(passes11(swapped)).toBe(false);
    }),
  );
});

test('a postcode is kept in one form, however it was typed', () => {
  expect(tidyPostcode('eh112ab')).toBe('EH11 2AB');
  expect(tidyPostcode(' g1  1aa ')).toBe('G1 1AA');
  expect(tidyPostcode('W1A 0AX')).toBe('W1A 0AX');
  for (const wrong of ['', 'EH11', '2AB EH11', 'EH11 2A', 'EHH1 2AB'])
    expect(tidyPostcode(wrong), wrong).toBeUndefined();
});

test('deciles fall two by two into fifths', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(quintileOf)).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
});
