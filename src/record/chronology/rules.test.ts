import { expect, test } from 'vitest';
import { eventKinds, kindIcon, kindIds, kindTitle, writtenKinds } from './kinds.ts';
import {
  type Event,
  gapBetween,
  gapText,
  likeness,
  listed,
  mayBeSame,
  repeatsIn,
  sourceAddress,
  tidyAgency,
  together,
  whenText,
  wholeYears,
} from './rules.ts';

const day = (written: string) => Temporal.PlainDate.from(written);
const iona = { id: 'iona', name: 'Iona' };
const rory = { id: 'rory', name: 'Rory' };
let made = 0;
const event = (on: string, more: Partial<Event> = {}): Event => ({
  id: `e${++made}`,
  day: day(on),
  known: 'day',
  kind: 'health',
  what: 'Seen by the dentist',
  people: [iona],
  ...more,
});

test('more than half a year without anything is pointed out, by its months', () => {
  const gap = gapBetween(event('2024-05-03'), event('2025-01-20'));
  expect(gap && gapText(gap)).toBe('Nothing is recorded between May 2024 and January 2025');
  expect(gapBetween(event('2024-05-03'), event('2024-11-02'))).toBeUndefined();
  expect(gapBetween(event('2024-05-03'), event('2024-11-03'))).toBeDefined();
  const since = gapBetween(event('2026-05-03'), day('2026-11-22'));
  expect(since && gapText(since)).toBe('Nothing is recorded since May 2026');
});

test('a day half known reaches to its end, and an estimate makes no gap', () => {
  expect(gapBetween(event('2024-01-01', { known: 'year' }), event('2025-05-01'))).toBeUndefined();
  expect(gapBetween(event('2024-01-01', { known: 'year' }), event('2025-09-01'))).toBeDefined();
  expect(gapBetween(event('2015-01-01', { known: 'about' }), event('2025-09-01'))).toBeUndefined();
  expect(gapBetween(event('2015-01-01'), event('2025-09-01', { known: 'about' }))).toBeUndefined();
});

test('one thing told by two agencies may be the same; two things are not', () => {
  const first = event('2026-03-02', { kind: 'police', what: 'Police called to the house at night' });
  expect(mayBeSame(first, event('2026-03-04', { kind: 'police', what: 'Officers attended' }))).toBe(true);
  expect(mayBeSame(first, event('2026-03-06', { kind: 'police', what: 'Officers attended' }))).toBe(false);
  expect(mayBeSame(first, event('2026-03-02', { kind: 'health', what: 'A new tooth' }))).toBe(false);
  expect(
    mayBeSame(
      first,
      event('2026-03-03', { kind: 'violence', what: 'The police were called to their house at night' }),
    ),
  ).toBe(true);
  expect(
    mayBeSame(first, event('2026-03-02', { kind: 'police', what: 'Police called', people: [rory] })),
  ).toBe(false);
});

test('what is half known or of no particular kind is the same only by its words', () => {
  const month = event('2026-03-01', { known: 'month', what: 'Broke her left arm at the park' });
  expect(mayBeSame(month, event('2026-03-19', { what: 'Arm broken: fell at the park, left arm' }))).toBe(
    true,
  );
  expect(mayBeSame(month, event('2026-03-19', { what: 'Seen by the dentist' }))).toBe(false);
  const other = event('2026-03-02', { kind: 'other', what: 'The dog died' });
  expect(mayBeSame(other, event('2026-03-02', { kind: 'other', what: 'Won a swimming race' }))).toBe(false);
  expect(likeness('', 'anything')).toBe(0);
});

test('repeats are found in either order of time, once each, and never of an event with itself', () => {
  const list = [event('2026-03-02'), event('2026-03-03'), event('2026-09-01')];
  expect([...repeatsIn(list)]).toEqual([[list[1]?.id, list[0]]]);
  expect([...repeatsIn(list.toReversed())]).toEqual([[list[0]?.id, list[1]]]);
  expect(repeatsIn([])).toEqual(new Map());
});

test('five thousand events are gone through in a moment', () => {
  const many = Array.from({ length: 5000 }, (_, index) =>
    event(
      day('1990-01-01')
        .add({ days: index * 2 })
        .toString(),
      { what: `Thing number ${index}` },
    ),
  );
  const begun = performance.now();
  repeatsIn(many);
  expect(performance.now() - begun).toBeLessThan(5000);
});

test('a page ends where a year does, or where it is full', () => {
  const list = ['2026-05-01', '2026-04-01', '2025-03-01', '2025-02-01', '2024-01-01'].map((on) => event(on));
  expect(wholeYears(list, 5)).toEqual({ shown: list, more: false });
  expect(wholeYears(list, 3)).toEqual({ shown: list.slice(0, 2), more: true });
  expect(wholeYears(list, 4)).toEqual({ shown: list.slice(0, 4), more: true });
  expect(wholeYears(list, 1)).toEqual({ shown: list.slice(0, 1), more: true });
});

test('those who moved together stand in one event; what somebody wrote by hand stays apart', () => {
  const move = (person: typeof iona, more: object = {}) => ({
    ...event('2026-03-02', { kind: 'move', what: 'Moved home', people: [person] }),
    from_area: 'homes' as string | null,
    additions: [] as unknown[],
    ...more,
  });
  const joined = together([move(iona), move(rory)]);
  expect(joined.map(({ people }) => listed(people.map(({ name }) => name)))).toEqual(['Iona and Rory']);
  expect(together([move(iona), move(rory, { from_area: null })])).toHaveLength(2);
  expect(together([move(iona), move(rory, { additions: ['a word'] })])).toHaveLength(2);
  expect(together([move(iona), move(rory, { day: day('2026-03-03') })])).toHaveLength(2);
});

test('days are said as far as they are known', () => {
  const said = (known: Event['known']) => whenText({ day: day('2024-03-14'), known });
  expect([said('day'), said('month'), said('year'), said('about')]).toEqual([
    '14 March',
    'March',
    'Some time in 2024',
    'About 2024',
  ]);
});

test('agencies are spelled as the list has them; others stay as written', () => {
  expect(tidyAgency(' health ')).toBe('Health');
  expect(tidyAgency('Kirk Wynd Nursery')).toBe('Kirk Wynd Nursery');
});

test('every kind has words and a drawing, and what follows something leads to it', () => {
  for (const id of kindIds) expect(eventKinds[id].title).not.toBe('');
  expect(writtenKinds).not.toContain('payment');
  expect(kindTitle('no-longer-there')).toBe('Something else');
  expect(kindIcon('no-longer-there')).toBe('flag');
  expect(sourceAddress({ area: 'notes', id: 'x' }, undefined)).toBe('/notes/x');
  expect(sourceAddress({ area: 'homes', id: 'x' }, 'iona')).toBe('/people/iona');
  expect(sourceAddress({ area: 'family-group', id: 'x' }, undefined)).toBe('/family-meetings/x');
  expect(sourceAddress({ area: 'elsewhere', id: 'x' }, 'iona')).toBeUndefined();
  expect(sourceAddress(null, 'iona')).toBeUndefined();
});
