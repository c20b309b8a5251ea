import { expect, test } from 'vitest';
import { cannotLieWithin, endingOf, isClosed, mayLieWithin, placeKinds } from './rules.ts';

const day = Temporal.PlainDate.from;

test('a school lies in a cluster or a locality, a cluster in a locality, and a locality in nothing', () => {
  expect(cannotLieWithin('school', 'cluster')).toBeUndefined();
  expect(cannotLieWithin('school', 'locality')).toBeUndefined();
  expect(cannotLieWithin('cluster', 'locality')).toBeUndefined();
  expect(cannotLieWithin('early learning', 'school')).toBeUndefined();
  expect(cannotLieWithin('school', 'police')).toBe(
    'School: choose what it is part of among these: cluster of schools; locality',
  );
  expect(cannotLieWithin('locality', 'locality')).toMatch(/Leave this empty/);
  for (const kind of placeKinds) expect(mayLieWithin[kind].includes('court'), kind).toBe(false);
});

test('a place is closed from the day of closing on', () => {
  expect(isClosed(null, day('2026-11-22'))).toBe(false);
  expect(isClosed(day('2026-11-23'), day('2026-11-22'))).toBe(false);
  expect(isClosed(day('2026-11-22'), day('2026-11-22'))).toBe(true);
});

test('a time ends after the day it began; on that day it never was, before it not at all, and never twice', () => {
  const began = { from: day('2026-11-10'), until: undefined };
  expect(endingOf(began, day('2026-11-11'))).toBe('ends');
  expect(endingOf(began, day('2026-11-10'))).toBe('never was');
  expect(endingOf(began, day('2026-11-09'))).toBe('too early');
  expect(endingOf({ from: undefined, until: undefined }, day('1990-01-01'))).toBe('ends');
  expect(endingOf({ from: undefined, until: day('2026-01-01') }, day('2026-11-09'))).toBe('ended already');
});
