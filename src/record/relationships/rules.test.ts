import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  fromWord,
  isSibling,
  type Kind,
  kindNames,
  kinds,
  lastsOn,
  parentsOf,
  pastWord,
  seenFrom,
  siblingsOf,
  symbolOf,
  type Tie,
  wordOf,
  words,
  wrongWayRound,
} from './rules.ts';

const today = Temporal.PlainDate.from('2026-11-22');
const day = (written: string) => Temporal.PlainDate.from(written);
const tie = (from: string, kind: Kind, to: string, more: Partial<Tie> = {}): Tie => ({
  from,
  to,
  kind,
  since: null,
  until: null,
  endedHow: null,
  ...more,
});
const anyKind = fc.constantFrom(...kindNames);

test('seen from one end is the inverse of seen from the other', () => {
  fc.assert(
    fc.property(anyKind, (kind) => {
      const relationship = tie('a', kind, 'b');
      const [byB, byA] = [seenFrom('b', relationship), seenFrom('a', relationship)];
      expect([byB.other, byA.other]).toEqual(['a', 'b']);
      expect([byB.word, byA.word]).toEqual([kinds[kind].word, kinds[kind].back]);
      // Saying the word from either end writes the same relationship.
      for (const [word, end] of [
        [byB.word, 'from'],
        [byA.word, 'to'],
      ] as const) {
        const read = fromWord(word);
        expect(read?.kind).toBe(kind);
        if (kinds[kind].word !== kinds[kind].back) expect(read?.end).toBe(end);
      }
    }),
  );
});

test('every word is said once and stands for one kind', () => {
  expect(new Set(words).size).toBe(words.length);
  const backs = kindNames.flatMap((kind) => [...new Set([kinds[kind].word, kinds[kind].back])]);
  expect(new Set(backs).size).toBe(backs.length);
  expect(fromWord('mother-in-law')).toBeUndefined();
  expect(words.join(' ')).not.toMatch(/sibling|contact|placement|LAC/);
});

test('a relationship lasts from the day it began up to the day it ended', () => {
  const once = { since: day('2020-01-01'), until: day('2021-01-01') };
  expect(lastsOn(once, day('2019-12-31'))).toBe(false);
  expect(lastsOn(once, day('2020-01-01'))).toBe(true);
  expect(lastsOn(once, day('2020-12-31'))).toBe(true);
  expect(lastsOn(once, day('2021-01-01'))).toBe(false);
  expect(lastsOn({ since: null, until: null }, today)).toBe(true);
  expect(pastWord('partner', 'to')).toBe('former partner');
  expect(pastWord('foster carer', 'to')).toBe('was fostered child');
});

test('somebody must be born before those whom they are parent or grandparent of', () => {
  expect(wrongWayRound('parent', day('2010-01-01'), day('1980-01-01'))).toBe(true);
  expect(wrongWayRound('grandparent', day('1980-01-01'), day('1980-01-01'))).toBe(true);
  expect(wrongWayRound('parent', day('1980-01-01'), day('2010-01-01'))).toBe(false);
  expect(wrongWayRound('parent', null, day('2010-01-01'))).toBe(false);
  expect(wrongWayRound('step-parent', day('2010-01-01'), day('2000-01-01'))).toBe(false);
});

const siblings = (person: string, ties: readonly Tie[]) =>
  siblingsOf(person, ties, today)
    .map((each) => `${each.person}: ${each.kind}`)
    .sort();

test('brothers and sisters follow from shared parents: half where one of two is shared', () => {
  const ties = [
    tie('mum', 'parent', 'a'),
    tie('dad', 'parent', 'a'),
    tie('mum', 'parent', 'b'),
    tie('dad', 'parent', 'b'),
    tie('mum', 'parent', 'c'),
    tie('other', 'parent', 'c'),
    tie('mum', 'parent', 'd'),
    tie('dad', 'adoptive parent', 'e'),
    tie('other', 'parent', 'e'),
  ];
  expect(siblings('a', ties)).toEqual([
    'b: brother or sister',
    'c: half-brother or half-sister',
    'd: brother or sister',
    'e: half-brother or half-sister',
  ]);
  expect(parentsOf('e', ties)).toEqual(['dad', 'other']);
});

test('what is recorded wins over what is worked out, step-siblings last as long as the step-parent does', () => {
  const ties = [
    tie('mum', 'parent', 'a'),
    tie('mum', 'parent', 'b'),
    tie('a', 'half-brother or half-sister', 'b'),
    tie('mum', 'step-parent', 'c'),
    tie('new', 'step-parent', 'a'),
    tie('new', 'parent', 'd'),
    tie('old', 'step-parent', 'a', { until: day('2020-01-01') }),
    tie('old', 'parent', 'e'),
    tie('a', 'like a brother or sister', 'f'),
    tie('a', 'foster brother or sister', 'g', { until: day('2020-01-01') }),
  ];
  expect(siblings('a', ties)).toEqual([
    'b: half-brother or half-sister',
    'c: step-brother or step-sister',
    'd: step-brother or step-sister',
    'f: like a brother or sister',
  ]);
});

test('whoever is a brother or sister of somebody has them as one, and nobody is their own', () => {
  const person = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
  const ties = fc.array(
    fc
      .tuple(person, anyKind, person)
      .filter(([from, , to]) => from !== to)
      .map(([from, kind, to]) => tie(from, kind, to)),
    { maxLength: 14 },
  );
  fc.assert(
    fc.property(ties, person, (all, one) => {
      for (const sibling of siblingsOf(one, all, today)) {
        expect(sibling.person).not.toBe(one);
        expect(isSibling(sibling.kind)).toBe(true);
        const back = siblingsOf(sibling.person, all, today).find((each) => each.person === one);
        expect(back, JSON.stringify(all)).toBeDefined();
      }
    }),
    { numRuns: 500 },
  );
});

test('symbols are by gender as somebody says it, and by sex only where they say nothing', () => {
  const symbol = (gender: string | null, sex: string | null, expected = false) =>
    symbolOf({ gender, sex, expected });
  expect(symbol(null, 'male')).toBe('square');
  expect(symbol('', 'female')).toBe('circle');
  expect(symbol('Woman', 'male')).toBe('circle');
  expect(symbol('non-binary', 'male')).toBe('diamond');
  expect(symbol(null, 'not known')).toBe('diamond');
  expect(symbol(null, 'male', true)).toBe('triangle');
  expect(wordOf('cousin', 'to')).toBe('cousin');
});
