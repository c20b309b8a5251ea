import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  agesWords,
  daysWords,
  isStale,
  slips,
  suitsAge,
  timeFrom,
  timeWords,
  understood,
  type Vocabulary,
} from './rules.ts';

const vocabulary: Vocabulary = {
  needs: [
    { said: 'autism, adhd and other ways of thinking', term: 'neurodiversity' },
    { said: 'autism', term: 'neurodiversity' },
    { said: 'anxious', term: 'mental health' },
    { said: 'food bank', term: 'money' },
    { said: 'food', term: 'money' },
    { said: 'young carer', term: 'carer' },
    { said: 'club', term: 'going out' },
  ],
  areas: [
    { said: 'Invermarn', area: 'Invermarn' },
    { said: 'Ardwhin', area: 'Ardwhin' },
    { said: 'Portmarn', area: 'Invermarn' },
    { said: 'ZM6', area: 'Invermarn' },
  ],
};
const asked = (text: string) => understood(text, vocabulary);

describe('what was meant by what was typed', () => {
  test('a need, a place and an age, in one sentence', () => {
    expect(asked('Help for my 7 year old with autism in Portmarn')).toEqual({
      terms: ['neurodiversity'],
      area: 'Invermarn',
      age: 7,
      rest: ['autism'],
    });
  });

  test.each([
    ['autsim', ['neurodiversity']],
    ['austism', ['neurodiversity']],
    ['ANXIUS', ['mental health']],
    ['foodbank food banks', ['money']],
    ['young carers', ['carer']],
    ['clubs', ['going out']],
    // A short word with another letter is another word.
    ['clue', []],
    ['good', []],
  ])('%s', (text, terms) => {
    expect(asked(text).terms).toEqual(terms);
  });

  test.each([
    ['somewhere in ardwin', 'Ardwhin'],
    ['zm6', 'Invermarn'],
    ['inver marn', undefined],
    ['Dundee', undefined],
  ])('the place in: %s', (text, area) => {
    expect(asked(text).area).toBe(area);
  });

  test.each([
    ['my 15-year-old', 15],
    ['she is 9', 9],
    ['aged 12', 12],
    ['he is 8 months', 0],
    ['18 months old', 1],
    ['6 weeks', 0],
    ['in P4', 8],
    ['my son is in S2', 13],
    ['secondary 1', 12],
    ['newborn', 0],
    ['2 children', undefined],
    ['open after 4pm', undefined],
    ['900 years', undefined],
  ])('the age in: %s', (text, age) => {
    expect(asked(text).age).toBe(age);
  });

  test('what says nothing is left out, and what is not known is looked for as it is', () => {
    expect(asked('I need some help with breakfast for the kids')).toEqual({
      terms: [],
      area: undefined,
      age: undefined,
      rest: ['breakfast'],
    });
    expect(asked('')).toEqual({ terms: [], area: undefined, age: undefined, rest: [] });
  });

  test('whatever is typed, an answer comes, of words that can be looked for', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400 }), (text) => {
        const { age, rest } = asked(text);
        expect(age === undefined || (age >= 0 && age <= 120)).toBe(true);
        for (const word of rest) expect(word).toMatch(/^[\p{L}\p{N}]+$/u);
      }),
    );
  });
});

test('slips of the keyboard are counted, two letters that changed places as one', () => {
  expect(slips('autism', 'autism')).toBe(0);
  expect(slips('autsim', 'autism')).toBe(1);
  expect(slips('anxius', 'anxious')).toBe(1);
  expect(slips('food', 'benefits')).toBe(3);
});

test('ages are whole years, the oldest included, wider for care experienced people', () => {
  const usual = { from: 5, to: 17, care: { from: 5, to: 25 }, careOnly: false };
  expect([4, 5, 17, 18, 25, 26].map((age) => suitsAge(usual, age))).toEqual([
    'no',
    'yes',
    'yes',
    'if care experienced',
    'if care experienced',
    'no',
  ]);
  expect(suitsAge({ ...usual, careOnly: true }, 9)).toBe('if care experienced');
  expect(agesWords(usual)).toBe('From 5 to 17 years; to 25 for care experienced people');
  expect(agesWords({ from: null, to: 4, care: undefined, careOnly: false })).toBe('Before birth to 4 years');
  expect(agesWords({ from: null, to: null, care: undefined, careOnly: false })).toBe('People of every age');
  expect(agesWords({ from: 16, to: null, care: undefined, careOnly: true })).toBe(
    'From 16 years, for care experienced people',
  );
});

test('an entry is stale from the day after the one by which somebody had to look at it', () => {
  const by = Temporal.PlainDate.from('2026-11-22');
  expect(isStale(by, by)).toBe(false);
  expect(isStale(by, by.add({ days: 1 }))).toBe(true);
});

test('days and times read as people say them', () => {
  expect(daysWords(['MO', 'TU', 'WE', 'TH', 'FR'])).toBe('Monday to Friday');
  expect(daysWords(['SA', 'TU'])).toBe('Tuesday and Saturday');
  expect(['09:00', '12:00:00', '16:30:00', '00:15'].map(timeWords)).toEqual([
    '9am',
    'noon',
    '4:30pm',
    '12:15am',
  ]);
});

test('times of day are understood as people write them', () => {
  expect(
    ['9am', '9 AM', '4:30 pm', '16.30', '12am', '12:15pm', 'noon', '9', '25:00', '13pm', '9:75', 'soon'].map(
      timeFrom,
    ),
  ).toEqual([
    '09:00',
    '09:00',
    '16:30',
    '16:30',
    '00:00',
    '12:15',
    '12:00',
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
