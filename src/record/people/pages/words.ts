import type { z } from 'zod';
import { dayText } from '../../../platform/days.ts';
import type { open } from '../queries.ts';
import { ageWords, type CareKind, careKinds, expectedText, fullName, partDayText } from '../rules.ts';

/** A person as their page shows them. */
export type Opened = z.output<typeof open.row>;

/** The name somebody goes by. */
export const nameOf = ({ given_name, family_name }: Pick<Opened, 'given_name' | 'family_name'>): string =>
  fullName({ givenName: given_name, familyName: family_name });

const birthOf = ({ date_of_birth, birth_known }: Opened) =>
  date_of_birth === null ? undefined : { day: date_of_birth, known: birth_known };

/** How old somebody is, when they are expected, or when they died, as it stands under their name; '' when nothing is known. */
export function ageLine(person: Opened, today: Temporal.PlainDate): string {
  const birth = birthOf(person);
  if (person.died_on !== null) {
    const age = birth ? `, aged ${ageWords(birth, person.died_on)}` : '';
    return `Died on ${dayText(person.died_on)}${age}`;
  }
  if (person.expected_on !== null) return `Not yet born, ${expectedText(person.expected_on)}`;
  if (birth === undefined) return '';
  const age = ageWords(birth, today);
  return age.includes('month') ? `${age} old` : `${age} ${age === 'under 1' ? 'year' : 'years'} old`;
}

/** When somebody was born or is expected, no surer than it is known. */
export function birthLine({ date_of_birth, expected_on, birth_known: known }: Opened): string | null {
  const day = date_of_birth ?? expected_on;
  return day === null ? null : partDayText({ day, known });
}

/** The group somebody chose, with their own words beside it. */
export const ethnicityLine = ({ ethnicity, ethnicity_words }: Opened): string | null =>
  [ethnicity, ethnicity_words].filter(Boolean).join(' – ') || null;

export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

export const careWords = (kind: string): string => careKinds[kind as CareKind] ?? capital(kind);

export const schemeWords: Readonly<Record<string, string>> = {
  CHI: 'CHI number (health)',
  SCN: 'Scottish Candidate Number',
  school: 'School’s number',
  'social work': 'Social work number',
  housing: 'Housing number',
  police: 'Police number',
  other: 'Another number',
};

export const contactWords: Readonly<Record<string, string>> = {
  phone: 'Telephone',
  email: 'E-mail',
  other: 'Another way',
};

/** Whether a way to reach somebody was theirs and no longer is. */
export const isOver = ({ until }: { until: Temporal.PlainDate | null }, today: Temporal.PlainDate): boolean =>
  until !== null && Temporal.PlainDate.compare(until, today) < 0;
