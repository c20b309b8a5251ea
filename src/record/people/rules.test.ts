import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ageOn, chiNumber } from '../people.ts';
import {
  ageWords,
  alsoKnownAs,
  correctedText,
  expectedText,
  identifierValue,
  isEmail,
  lastDayOf,
  type PartDay,
  partDayFrom,
  partDayText,
  periodText,
  phoneNumber,
  pictureType,
  precisions,
  rangeOf,
  scnCheckDigit,
  scnNumber,
} from './rules.ts';

const plain = (text: string) => Temporal.PlainDate.from(text);
const anyDay = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
  .map((date) => plain(date.toISOString().slice(0, 10)));
const firstDay: Record<PartDay['known'], (day: Temporal.PlainDate) => Temporal.PlainDate> = {
  day: (day) => day,
  month: (day) => day.with({ day: 1 }),
  year: (day) => day.with({ month: 1, day: 1 }),
  about: (day) => day.with({ month: 1, day: 1 }),
};
const anyPartDay = fc
  .tuple(anyDay, fc.constantFrom(...precisions))
  .map(([day, known]): PartDay => ({ day: firstDay[known](day), known }));

test.each([
  ['14/3/2012', '2012-03-14', 'day'],
  ['14 March 2012', '2012-03-14', 'day'],
  ['2012-03-14', '2012-03-14', 'day'],
  ['  march   2012 ', '2012-03-01', 'month'],
  ['Sep 2012', '2012-09-01', 'month'],
  ['3/2012', '2012-03-01', 'month'],
  ['2012-03', '2012-03-01', 'month'],
  ['2012', '2012-01-01', 'year'],
  ['about 2012', '2012-01-01', 'about'],
  ['c. 2012', '2012-01-01', 'about'],
  ['c2012', '2012-01-01', 'about'],
  ['Around 2012', '2012-01-01', 'about'],
])('a date half known: %s', (written, day, known) => {
  expect(partDayFrom(written)).toEqual({ day: plain(day), known });
});

test.each([
  '',
  '12',
  '31/2/2012',
  '13/2012',
  '0/2012',
  'Marvember 2012',
  'ma 2012',
  '1899',
  '2200',
  'about March 2012',
  'soon',
  '3/12',
])('not a date: "%s"', (written) => expect(partDayFrom(written)).toBeUndefined());

test('a date half known is read again as it is written, and says no more than is known', () => {
  fc.assert(
    fc.property(anyPartDay, (said) => {
      expect(partDayFrom(partDayText(said))).toEqual(said);
      expect(Temporal.PlainDate.compare(said.day, lastDayOf(said))).toBeLessThanOrEqual(0);
    }),
  );
});

test.each([
  ['14/3/2012', '14'],
  ['March 2012', '14'],
  ['November 2012', '13 or 14'],
  ['2012', '13 or 14'],
  ['about 2012', 'about 14'],
  ['about 2025', 'under 2'],
  ['22/11/2026', '0 months'],
  ['November 2026', 'under 1 month'],
  ['2026', 'under 1'],
  ['2025', 'under 2'],
  ['2024', '1 or 2'],
  ['June 2026', '4 or 5 months'],
  ['October 2025', '12 or 13 months'],
])('born %s is %s on 22 November 2026', (written, age) => {
  const birth = partDayFrom(written);
  expect(birth && ageWords(birth, plain('2026-11-22'))).toBe(age);
});

test('an age in words never leaves out the true age of somebody of two or more', () => {
  fc.assert(
    fc.property(
      anyDay,
      fc.constantFrom(...precisions),
      fc.integer({ min: 800, max: 30_000 }),
      (born, known, later) => {
        const on = born.add({ days: later });
        const true_ = ageOn(born, on);
        const said = ageWords({ day: firstDay[known](born), known }, on);
        const numbers = (said.match(/\d+/g) ?? []).map(Number);
        const near = known === 'about' ? [true_, true_ + 1] : [true_];
        expect(near.some((each) => numbers.includes(each)) || said.startsWith('under'), said).toBe(true);
      },
    ),
  );
});

test('expected is said by the month', () => {
  expect(expectedText(plain('2027-03-14'))).toBe('expected in March 2027');
});

test('every Scottish Candidate Number with its check digit passes, and every changed digit is caught', () => {
  const eight = fc.stringMatching(/^\d{8}$/).filter((digits) => scnCheckDigit(digits) !== undefined);
  fc.assert(
    fc.property(eight, fc.nat(8), fc.integer({ min: 1, max: 9 }), (first, at, by) => {
      const scn = `${first}${scnCheckDigit(first)}`;
      expect(scnNumber(`${scn.slice(0, 3)} ${scn.slice(3)}`)).toBe(scn);
      const wrong = [...scn]
        .map((digit, index) => (index === at ? String((Number(digit) + by) % 10) : digit))
        .join('');
      expect(scnNumber(wrong)).toBeUndefined();
    }),
  );
});

test('numbers: leading noughts stay, remainder 1 has no check digit, other schemes are free', () => {
  expect(scnNumber('000000000')).toBe('000000000');
  expect(scnCheckDigit('00000010')).toBe(8);
  const without = Array.from({ length: 100 }, (_, n) => String(n).padStart(8, '0')).find(
    (digits) => scnCheckDigit(digits) === undefined,
  );
  expect(without).toBe('00000006');
  for (const wrong of ['12345678', '1234567890', 'abcdefghi', '']) expect(scnNumber(wrong)).toBeUndefined();
  expect(identifierValue('CHI', '010 101 1237', chiNumber)).toEqual({ value: '0101011237' });
  expect(identifierValue('CHI', '0101011230', chiNumber)).toHaveProperty('wrong');
  expect(identifierValue('SCN', '123456789', chiNumber)).toHaveProperty('wrong');
  expect(identifierValue('housing', ' H/12-3 ', chiNumber)).toEqual({ value: 'H/12-3' });
});

test('telephone numbers and e-mail addresses', () => {
  expect(phoneNumber(' (01698) 900-123 ')).toBe('01698 900 123');
  expect(phoneNumber('+44 7700 900123')).toBe('+44 7700 900123');
  for (const wrong of ['', '12345', 'ring mum', '1234567890123456'])
    expect(phoneNumber(wrong)).toBeUndefined();
  expect(isEmail('a.b+c@example.scot')).toBe(true);
  for (const wrong of ['a@b', '@b.c', 'a b@c.d', 'a@.d', 'a@b..c']) expect(isEmail(wrong), wrong).toBe(false);
});

test('times: read with both their days, kept with both included, never ending before they begin', () => {
  fc.assert(
    fc.property(fc.option(anyDay), fc.option(anyDay), (from, until) => {
      const backwards = from && until && Temporal.PlainDate.compare(from, until) > 0;
      expect(rangeOf(from ?? undefined, until ?? undefined) === undefined).toBe(Boolean(backwards));
      expect(periodText(from, until)).not.toMatch(/null|undefined/);
    }),
  );
  expect(rangeOf(undefined, plain('2020-01-01'))).toBe('[,2020-01-01]');
  expect(periodText(plain('2019-05-01'), null)).toBe('Since 1 May 2019');
});

test('only what somebody is known as stands under their name', () => {
  const names = [
    { kind: 'known as' as const, givenName: 'Jay', familyName: '' },
    { kind: 'known as' as const, givenName: 'Jay', familyName: '' },
    { kind: 'known as' as const, givenName: 'jamie', familyName: 'Baird' },
    { kind: 'previous' as const, givenName: 'Jane', familyName: 'Baird' },
    { kind: 'birth' as const, givenName: 'Jane', familyName: 'Kerr' },
  ];
  expect(alsoKnownAs({ givenName: 'Jamie', familyName: 'Baird' }, names)).toEqual(['Jay']);
});

test('pictures are known by their bytes', () => {
  expect(pictureType(Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]))).toBe('image/png');
  expect(pictureType(Buffer.from([0xff, 0xd8, 0xff, 0xe0]))).toBe('image/jpeg');
  expect(pictureType(Buffer.from('RIFF\x10\x00\x00\x00WEBPVP8 ', 'latin1'))).toBe('image/webp');
  for (const other of ['<svg onload="x">', 'GIF89a', 'RIFF1234WAVE', ''])
    expect(pictureType(Buffer.from(other)), other).toBeUndefined();
});

test('what was corrected is said without ids, and unknown kinds say nothing of what stood there', () => {
  const earlier = {
    id: '019aab00-0000-7000-8000-000000000000',
    kind: 'phone',
    value: '01698 900 123',
    note: '',
    noted_at: '2026-11-22',
  };
  expect(correctedText('contact', earlier)).toBe('phone, 01698 900 123');
  expect(correctedText('home', { address: '1 Hidden Street' })).toBe('');
  expect(correctedText('toString', { address: '1 Hidden Street' })).toBe('');
});
