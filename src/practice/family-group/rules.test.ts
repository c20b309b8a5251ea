import { describe, expect, test } from 'vitest';
import { drawNetwork } from './network-drawing.ts';
import {
  homeChange,
  inTurn,
  nextDue,
  weeksText,
  whyNoRoom,
  whyNotAnswer,
  whyNotIndependent,
} from './rules.ts';

const day = (text: string) => Temporal.PlainDate.from(text);

test('a coordinator takes families up to their own number, and says it first', () => {
  expect(whyNoRoom({ atOnce: 3, now: 2 })).toBeUndefined();
  expect(whyNoRoom({ atOnce: 3, now: 3 })).toMatch(/keeps its place/);
  expect(whyNoRoom({ atOnce: 0, now: 0 })).toMatch(/0 families now/);
  expect(whyNoRoom(undefined)).toMatch(/how many families you take/);
});

test('a coordinator is nobody who asked, holds the bottom line, or works where it was asked', () => {
  const process = { askedBy: 'a', bottomLineOf: 'b', askedTeam: 't' };
  expect(whyNotIndependent({ account: 'c', teams: ['u'] }, process)).toBeUndefined();
  expect(whyNotIndependent({ account: 'a', teams: ['u'] }, process)).toMatch(/asked/);
  expect(whyNotIndependent({ account: 'b', teams: ['u'] }, process)).toMatch(/bottom line/);
  expect(whyNotIndependent({ account: 'c', teams: ['u', 't'] }, process)).toMatch(/team/);
});

test('the waiting list is in order: who cannot wait, then who was asked first', () => {
  const list = [
    { id: '3', emergency: false, askedOn: day('2026-11-02') },
    { id: '1', emergency: false, askedOn: day('2026-11-01') },
    { id: '4', emergency: true, askedOn: day('2026-11-05') },
    { id: '2', emergency: false, askedOn: day('2026-11-01') },
  ];
  expect(list.toSorted(inTurn).map(({ id }) => id)).toEqual(['4', '1', '2', '3']);
});

describe('what is due next', () => {
  const base = {
    state: 'waiting' as const,
    answerBy: day('2026-11-10'),
    meetBy: null,
    met: false,
    planBy: null,
    unansweredSince: null,
    reviewBy: null,
  };
  const preparing = { ...base, state: 'preparing' as const, planBy: day('2027-02-01') };
  test('an answer while it waits; then the plan', () => {
    expect(nextDue(base)).toEqual({ what: 'answer', due: day('2026-11-10') });
    expect(nextDue(preparing)).toEqual({ what: 'plan', due: day('2027-02-01') });
  });
  test('a family that cannot wait meets first', () => {
    const urgent = { ...preparing, meetBy: day('2026-11-17') };
    expect(nextDue(urgent)?.what).toBe('meet');
    expect(nextDue({ ...urgent, met: true })?.what).toBe('plan');
  });
  test('a plan that is written is answered within days, and never later than the clock', () => {
    expect(nextDue({ ...preparing, unansweredSince: day('2026-12-01') })).toEqual({
      what: 'agree',
      due: day('2026-12-04'),
    });
    expect(nextDue({ ...preparing, unansweredSince: day('2027-01-31') })?.due).toEqual(day('2027-02-01'));
  });
  test('a review, and nothing when it has ended', () => {
    const following = { ...preparing, state: 'following' as const };
    expect(nextDue({ ...following, reviewBy: day('2027-03-01') })?.what).toBe('review');
    expect(nextDue(following)).toBeUndefined();
    expect(nextDue({ ...following, state: 'ended' })).toBeUndefined();
  });
});

test('where a child lives is said by kinds of home, and not at all where one is not known', () => {
  expect(homeChange('home', 'with relatives')).toBe('stayed');
  expect(homeChange('foster home', 'with relatives')).toBe('returned');
  expect(homeChange('home', 'foster home')).toBe('left');
  expect(homeChange('residential home', 'foster home')).toBe('away');
  expect(homeChange(null, 'home')).toBeUndefined();
});

test('a plan is answered by whoever holds the bottom line, or their manager', () => {
  const process = { bottomLineOf: 'b', bottomLineName: 'Bea', askedTeam: 't', askedOrganisation: 'o' };
  const post = { role: 'team-manager', team: 't', organisation: 'o' };
  expect(whyNotAnswer({ account: 'b', posts: [] }, process)).toBeUndefined();
  expect(whyNotAnswer({ account: 'c', posts: [post] }, process)).toBeUndefined();
  expect(whyNotAnswer({ account: 'c', posts: [{ ...post, team: 'u' }] }, process)).toMatch(/^Bea holds/);
  expect(
    whyNotAnswer({ account: 'c', posts: [{ ...post, role: 'senior-manager', team: 'u' }] }, process),
  ).toBeUndefined();
});

test('weeks are said in words', () => {
  expect(weeksText(day('2026-01-01'), day('2026-03-26'))).toBe('12 weeks');
  expect(weeksText(day('2026-01-01'), day('2026-01-09'))).toBe('1 week and 1 day');
  expect(weeksText(day('2026-01-01'), day('2026-01-03'))).toBe('2 days');
});

test.each(['wide', 'narrow'] as const)(
  'the network is drawn %s without one card on another, and nobody who should not be there is joined',
  (breadth) => {
    const standing = ['comes', 'asked', 'to be asked', 'cannot come', 'should not be there'] as const;
    const drawing = drawNetwork(
      [
        { name: 'Jamie Lennox', relation: '', standing: 'to be asked', child: true },
        ...Array.from({ length: 17 }, (_, at) => ({
          name: `Somebody with a long name ${at}`,
          relation: 'Great-grandmother of the children on their father’s side',
          standing: standing[at % 5] ?? 'comes',
          child: false,
        })),
      ],
      breadth,
    );
    // On a phone it stands as it is, and is not made small.
    expect(drawing.width).toBeLessThanOrEqual(breadth === 'narrow' ? 320 : 640);
    expect(drawing.cards).toHaveLength(18);
    expect(drawing.links).toHaveLength(17 - 3);
    for (const [at, one] of drawing.cards.entries())
      for (const other of drawing.cards.slice(at + 1))
        expect(
          Math.abs(one.x - other.x) >= (one.width + other.width) / 2 ||
            Math.abs(one.y - other.y) >= (one.height + other.height) / 2,
        ).toBe(true);
    for (const { x, y, width, height } of drawing.cards) {
      expect(x - width / 2).toBeGreaterThanOrEqual(0);
      expect(x + width / 2).toBeLessThanOrEqual(drawing.width);
      expect(y + height / 2).toBeLessThanOrEqual(drawing.height);
    }
  },
);
