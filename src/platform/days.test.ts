import { expect, test } from 'vitest';
import {
  dayShort,
  dayText,
  momentAtText,
  momentText,
  monthText,
  untilText,
  weekdayName,
  weekdayText,
} from './days.ts';

test('days read as the formatter for Britain writes them, through leap years and centuries', () => {
  let day = Temporal.PlainDate.from('1899-12-25');
  for (let n = 0; n < 2500; n += 1, day = day.add({ days: 29 })) {
    const as = (options: Intl.DateTimeFormatOptions) => day.toLocaleString('en-GB', options);
    expect(dayText(day)).toBe(as({ day: 'numeric', month: 'long', year: 'numeric' }));
    expect(dayShort(day)).toBe(as({ day: 'numeric', month: 'short', year: 'numeric' }));
    expect(monthText(day)).toBe(as({ month: 'long', year: 'numeric' }));
    expect(weekdayName(day)).toBe(as({ weekday: 'long' }));
    expect(weekdayText(day)).toBe(
      as({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).replace(',', ''),
    );
  }
});

test('moments are those of here, in summer and in winter', () => {
  const summer = Temporal.Instant.from('2026-07-01T23:05:00Z');
  expect(momentText(summer)).toBe('2 July 2026, 00:05');
  const winter = Temporal.Instant.from('2026-11-22T09:30:00Z');
  expect(momentAtText(winter)).toBe('22 November 2026 at 09:30');
  expect(untilText(winter)).toBe('09:30 on 22 November 2026');
});
