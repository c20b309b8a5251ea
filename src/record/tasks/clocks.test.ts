import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clockWords, dueBy, isWorkingDay, scottishHolidays } from './clocks.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const holidays = scottishHolidays();
const working = (amount: number, from: string) =>
  dueBy({ amount, unit: 'working days' }, day(from), holidays).toString();

test('Hogmanay is worked; New Year’s Day and 2 January are not, nor what stands in for them', () => {
  expect(isWorkingDay(day('2026-12-31'), holidays)).toBe(true);
  // Thursday 31 December 2026; then Friday 1 January, Saturday 2 January with its stand-in on Monday 4 January.
  expect(working(1, '2026-12-30')).toBe('2026-12-31');
  expect(working(1, '2026-12-31')).toBe('2027-01-05');
  expect(holidays(day('2027-01-04'))).toMatch(/January 2nd/);
  // In 2022 both fell at a weekend: Monday 3 and Tuesday 4 January.
  expect(working(1, '2021-12-31')).toBe('2022-01-05');
  // In 2023 New Year's Day was a Sunday: Monday 2 January and Tuesday 3 January.
  expect(working(1, '2022-12-30')).toBe('2023-01-04');
});

test('Christmas at a weekend has its days after it', () => {
  expect(working(1, '2027-12-24')).toBe('2027-12-29');
  expect(working(1, '2026-12-24')).toBe('2026-12-29');
});

test('Good Friday is a day off and Easter Monday is not, as Scotland has it', () => {
  expect(working(1, '2026-04-02')).toBe('2026-04-06');
  expect(holidays(day('2026-04-06'))).toBeUndefined();
  expect(working(1, '2027-03-25')).toBe('2027-03-29');
});

test('St Andrew’s Day is a day off, on the Monday after it when it falls at a weekend', () => {
  expect(working(1, '2026-11-27')).toBe('2026-12-01');
  expect(working(1, '2024-11-29')).toBe('2024-12-03');
  expect(working(1, '2025-11-28')).toBe('2025-12-02');
});

test('the summer holiday is the first Monday of August, not the last as in England', () => {
  expect(holidays(day('2026-08-03'))).toBeDefined();
  expect(holidays(day('2026-08-31'))).toBeUndefined();
});

test('calendar days, weeks and months run over holidays, year ends and leap days', () => {
  const calendar = (amount: number, unit: 'calendar days' | 'weeks' | 'months', from: string) =>
    dueBy({ amount, unit }, day(from), holidays).toString();
  expect(calendar(28, 'calendar days', '2026-12-10')).toBe('2027-01-07');
  expect(calendar(6, 'weeks', '2028-01-31')).toBe('2028-03-13');
  expect(calendar(1, 'months', '2028-01-31')).toBe('2028-02-29');
  expect(calendar(1, 'months', '2027-01-31')).toBe('2027-02-28');
  expect(calendar(12, 'months', '2028-02-29')).toBe('2029-02-28');
  expect(calendar(6, 'months', '2026-08-31')).toBe('2027-02-28');
  expect(calendar(3, 'months', '2026-11-30')).toBe('2027-02-28');
});

test('ten working days from the week before Christmas', () => {
  // 18 December 2026 is a Friday: 21-24 (4), 29-31 (7), 5-7 January (10).
  expect(working(10, '2026-12-18')).toBe('2027-01-07');
});

test('a day off that was written down counts as one', () => {
  const local = scottishHolidays([{ day: day('2026-06-15'), title: 'A day for football' }]);
  expect(dueBy({ amount: 1, unit: 'working days' }, day('2026-06-12'), local).toString()).toBe('2026-06-16');
  expect(dueBy({ amount: 3, unit: 'calendar days' }, day('2026-06-12'), local).toString()).toBe('2026-06-15');
});

const anyDay = fc.integer({ min: 0, max: 365 * 40 }).map((days) => day('2005-01-01').add({ days }));

test('the last working day is a working day, and exactly as many are counted', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 1, max: 40 }), (start, amount) => {
      const due = dueBy({ amount, unit: 'working days' }, start, holidays);
      expect(isWorkingDay(due, holidays)).toBe(true);
      let counted = 0;
      for (
        let at = start.add({ days: 1 });
        Temporal.PlainDate.compare(at, due) <= 0;
        at = at.add({ days: 1 })
      )
        if (isWorkingDay(at, holidays)) counted++;
      expect(counted).toBe(amount);
    }),
    { numRuns: 300 },
  );
});

test('a longer time is never due sooner, nor a later start, whatever is counted', () => {
  const unit = fc.constantFrom('working days', 'calendar days', 'weeks', 'months');
  fc.assert(
    fc.property(
      anyDay,
      unit,
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 0, max: 9 }),
      (start, u, amount, more) => {
        const due = dueBy({ amount, unit: u }, start, holidays);
        expect(Temporal.PlainDate.compare(due, start)).toBe(1);
        expect(
          Temporal.PlainDate.compare(dueBy({ amount: amount + more, unit: u }, start, holidays), due),
        ).toBeGreaterThanOrEqual(0);
        expect(
          Temporal.PlainDate.compare(dueBy({ amount, unit: u }, start.add({ days: more }), holidays), due),
        ).toBeGreaterThanOrEqual(0);
      },
    ),
    { numRuns: 300 },
  );
});

test('every year has nine Scottish holidays or more on days from Monday to Friday', () => {
  for (let year = 2008; year <= 2040; year++) {
    let off = 0;
    for (let at = day(`${year}-01-01`); at.year === year; at = at.add({ days: 1 }))
      if (at.dayOfWeek < 6 && holidays(at) !== undefined) off++;
    // Nine holidays, each with a day of its own in the week; a stand-in never crosses into another year.
    expect(off, String(year)).toBeGreaterThanOrEqual(9);
  }
});

test('clocks in words', () => {
  expect(clockWords({ amount: 10, unit: 'working days' })).toBe('10 working days');
  expect(clockWords({ amount: 1, unit: 'months' })).toBe('1 month');
  expect(clockWords({ amount: 1, unit: 'working days' })).toBe('1 working day');
});
