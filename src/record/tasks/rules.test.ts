import { expect, test } from 'vitest';
import { dueLine } from './rules.ts';

test('what is due is one line, with the day that people say', () => {
  const today = Temporal.PlainDate.from('2026-11-23');
  expect(dueLine('Answer', today, today)).toBe('Answer today');
  expect(dueLine('Answer', today.add({ days: 1 }), today)).toBe('Answer by tomorrow');
  expect(dueLine('Answer', today.add({ days: 3 }), today)).toBe('Answer within 3 days');
  expect(dueLine('Answer', today.add({ days: 12 }), today)).toBe('Answer by 5 December 2026');
  expect(dueLine('Answer', today.subtract({ days: 2 }), today)).toBe('Answer: 2 days late');
});
