import { z } from 'zod';
import type { Level } from '../../practice/support/programme.ts';

// The rules of the Community Mental Health and Wellbeing Supports and Services Framework. Plain functions, no I/O.

/** Those who write: awards, what is funded, returns. */
export const writers = ['planning-officer'] as const;
/** Those who read. */
export const readers = ['planning-officer', 'team-manager', 'senior-manager', 'finance-officer'] as const;

/** Whom the money is for, in whole years on the day help began. Source: committee report on family support 2021, paragraph 1.4. */
export const frameworkAges = { from: 5, to: 24, toIfCareExperienced: 26 } as const;

/** Whole years between a birthday and a day; somebody born on 29 February has their birthday on 1 March in other years. */
export function ageOn(born: Temporal.PlainDate, day: Temporal.PlainDate): number {
  const before = day.month < born.month || (day.month === born.month && day.day < born.day);
  return day.year - born.year - (before ? 1 : 0);
}

export const standings = {
  inside: 'Inside the ages of the Framework',
  outside: 'Outside the ages of the Framework',
  'not known': 'Day of birth not recorded',
  carer: 'Parent, carer or other adult of the family',
} as const;
export type Standing = keyof typeof standings;

/** How somebody stands to the ages of the Framework on the day on which help began. Parents and carers come with their family. */
export function standingOf(
  person: { born: Temporal.PlainDate | null; careExperienced: boolean; carer: boolean },
  began: Temporal.PlainDate,
): Standing {
  if (person.carer) return 'carer';
  if (person.born === null) return 'not known';
  const oldest = person.careExperienced ? frameworkAges.toIfCareExperienced : frameworkAges.to;
  const age = ageOn(person.born, began);
  return age >= frameworkAges.from && age <= oldest ? 'inside' : 'outside';
}

/** The ages by which reach is told, in whole years, both ends in. */
export const ageBands = [
  { id: 'under 5', from: -1, to: 4, words: 'Under 5' },
  { id: '05 to 09', from: 5, to: 9, words: '5 to 9' },
  { id: '10 to 15', from: 10, to: 15, words: '10 to 15' },
  { id: '16 to 18', from: 16, to: 18, words: '16 to 18' },
  { id: '19 to 24', from: 19, to: 24, words: '19 to 24' },
  { id: '25 and 26', from: 25, to: 26, words: '25 and 26' },
  { id: '27 and over', from: 27, to: 200, words: '27 and over' },
] as const;
export const ageWords: Readonly<Record<string, string>> = Object.fromEntries(
  ageBands.map(({ id, words }) => [id, words]),
);

/** What children and young people came about, where it is told as sums. */
export const issues = {
  anxiety: 'Worry and anxiety',
  'low-mood': 'Feeling low',
  'self-harm': 'Hurting oneself',
  bereavement: 'Somebody died',
  family: 'Family',
  friends: 'Friends and bullying',
  school: 'School',
  identity: 'Who I am',
  body: 'Food and how I look',
  trauma: 'Something bad that happened',
  neurodiversity: 'Autism, ADHD and other ways of thinking',
  other: 'Something else',
} as const;

export const genders = {
  female: 'Girls and young women',
  male: 'Boys and young men',
  other: 'Another answer',
} as const;

export const sources = {
  counted: 'Counted from the records of help',
  returned: 'From returns of providers',
  told: 'As told, with its source',
} as const;
export type Source = keyof typeof sources;

export const levelWords: Readonly<Record<Level, string>> = {
  universal: 'Universal',
  additional: 'Additional',
  intensive: 'Intensive',
};
export const levels = ['universal', 'additional', 'intensive'] as const;

export const yearPeriod = (year: number) => ({
  from: Temporal.PlainDate.from({ year, month: 4, day: 1 }),
  to: Temporal.PlainDate.from({ year: year + 1, month: 3, day: 31 }),
});

/** A year as forms send it: the year in which the financial year begins. */
export const yearField = () =>
  z.coerce
    .number({ error: 'Choose the year' })
    .int('Choose the year')
    .min(2000, 'Choose the year')
    .max(2199, 'Choose the year');

export type Half = 1 | 2;
/** The days of a half year: April to September, or October to March. */
export function halfPeriod(year: number, half: Half): { from: Temporal.PlainDate; to: Temporal.PlainDate } {
  return half === 1
    ? {
        from: Temporal.PlainDate.from({ year, month: 4, day: 1 }),
        to: Temporal.PlainDate.from({ year, month: 9, day: 30 }),
      }
    : {
        from: Temporal.PlainDate.from({ year, month: 10, day: 1 }),
        to: Temporal.PlainDate.from({ year: year + 1, month: 3, day: 31 }),
      };
}
export const halfText = (year: number, half: Half): string =>
  half === 1 ? `April to September ${year}` : `October ${year} to March ${year + 1}`;
/** The last half year that is over on a day. */
export function lastHalf(today: Temporal.PlainDate): { year: number; half: Half } {
  if (today.month >= 10) return { year: today.year, half: 1 };
  return today.month >= 4 ? { year: today.year - 1, half: 2 } : { year: today.year - 1, half: 1 };
}

/** Half years that were over in the two years before a day, the newest first: an older one is no longer asked for. */
export function halvesOver(today: Temporal.PlainDate): readonly { year: number; half: Half }[] {
  const { year, half } = lastHalf(today);
  return [0, 1, 2, 3].map((back) => {
    const at = year * 2 + half - 1 - back;
    return { year: Math.floor(at / 2), half: at % 2 === 0 ? 1 : 2 };
  });
}

/** How many in a hundred went on, to two decimals; nothing where nobody was reached. 22 of 2,602 is 0.85. */
export const rateOf = (some: number, all: number): number | undefined =>
  all === 0 ? undefined : Math.round((10_000 * some) / all) / 100;
export const rateText = (some: number, all: number): string => {
  const rate = rateOf(some, all);
  return rate === undefined ? 'Nobody was reached yet' : `${rate.toFixed(2)}%`;
};

/** What somebody writes in a return beside its figures. */
export const remarkSections = [
  { id: 'supports', title: 'The supports, and how they were made together with children and families' },
  { id: 'reach', title: 'Whom they reached, and whom not yet' },
  { id: 'outcomes', title: 'What changed for children, young people and families' },
  { id: 'crisis', title: 'Those who needed more help' },
  { id: 'money', title: 'The money' },
  { id: 'next', title: 'What comes next' },
] as const;
export type RemarkId = (typeof remarkSections)[number]['id'];
