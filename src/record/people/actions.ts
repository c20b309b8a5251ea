import { z } from 'zod';
import { action, type Doing } from '../../platform/actions/declare.ts';
import {
  day,
  id,
  oneOf,
  optional,
  optionalDay,
  optionalText,
  text,
  version,
} from '../../platform/actions/fields.ts';
import { changedMeanwhile, invalid, notFound, Problem } from '../../platform/problem.ts';
import { followPeople } from '../chronology/following.ts';
import { frontLine } from '../roles.ts';
import { optionalPartDay } from './fields.ts';
import { keepCorrection, type PersonNow, personNow, writeName, writePerson } from './records.ts';
import { type PartDay, partDayText, rangeOf, sexes } from './rules.ts';

// Changing who somebody is, one topic at a time. What stood before is kept.

const whom = { person: id(), version: version() };
const upToDate = 'Brought up to date';

/** The person as they stand, or a Problem: not to be seen, or changed since the form was opened. */
async function opened(
  { rows }: Doing,
  { person, version: seen }: { person: string; version: number },
): Promise<PersonNow> {
  const now = await personNow(rows, person);
  if (now === undefined) throw notFound();
  if (now.version !== seen) throw changedMeanwhile();
  return now;
}

/** A day that must not lie ahead, or a Problem for its field. */
function notAhead(given: Temporal.PlainDate | undefined, today: Temporal.PlainDate, field: string): void {
  if (given && Temporal.PlainDate.compare(given, today) > 0)
    throw invalid({ [field]: 'Enter a day that is today or earlier' });
}

const done = (person: string, seen: number) => ({ about: [person], person, version: seen + 1 });

type Written = Readonly<Record<string, string | null>>;

/** Writes over columns of text, and keeps what stood there wherever it is not the same. */
async function overwrite(
  doing: Doing,
  { person, version: seen }: { person: string; version: number },
  what: string,
  columns: Written,
) {
  const now = await opened(doing, { person, version: seen });
  const before = Object.entries(now).filter(
    ([name, value]) => Object.hasOwn(columns, name) && value !== null && value !== columns[name],
  );
  await Promise.all([
    before.length > 0
      ? keepCorrection(doing.rows, person, what, Object.fromEntries(before), upToDate)
      : undefined,
    writePerson(doing.rows, person, columns),
  ]);
  return done(person, seen);
}

/** Words, or null where they were left out. */
const orNull = (words: string): string | null => (words === '' ? null : words);

export const changeName = action({
  name: 'people.change-name',
  title: 'Change the name somebody goes by',
  who: frontLine,
  about: 'the person',
  input: z.object({
    ...whom,
    givenName: text(200, 'Enter the name they go by'),
    familyName: text(200, 'Enter their family name'),
    how: oneOf(
      ['changed', 'mistake'],
      'Choose whether they changed their name or it was written down wrongly',
    ),
    since: optionalDay('Enter the day'),
    why: optionalText(1000),
  }),
  async run(doing, { person, version: seen, givenName, familyName, how, since, why }) {
    const { rows, today } = doing;
    notAhead(since, today, 'since');
    if (how === 'mistake' && why === '') throw invalid({ why: 'Say what was wrong with it' });
    const now = await opened(doing, { person, version: seen });
    const earlier = { givenName: now.given_name, familyName: now.family_name };
    if (earlier.givenName === givenName && earlier.familyName === familyName)
      throw invalid({ givenName: 'This is the name that is written down already' });
    const ended = (since ?? today).subtract({ days: 1 });
    await Promise.all([
      how === 'mistake'
        ? keepCorrection(rows, person, 'name', earlier, why)
        : writeName(rows, person, {
            kind: 'previous',
            ...earlier,
            during: rangeOf(undefined, ended) ?? '(,)',
            source: '',
          }),
      writePerson(rows, person, { given_name: givenName, family_name: familyName }),
    ]);
    return done(person, seen);
  },
});

/** A baby is expected within ten months, and may be some weeks late in being born or in being written down. */
const mayBeExpected = (on: Temporal.PlainDate, today: Temporal.PlainDate): boolean =>
  Temporal.PlainDate.compare(on, today.subtract({ months: 2 })) >= 0 &&
  Temporal.PlainDate.compare(on, today.add({ months: 10 })) <= 0;

function checkBirth(
  state: 'born' | 'expected' | 'not known',
  { born, expected }: { born: PartDay | undefined; expected: PartDay | undefined },
  today: Temporal.PlainDate,
): { day: PartDay | undefined; column: 'date_of_birth' | 'expected_on' } {
  if (state === 'not known') return { day: undefined, column: 'date_of_birth' };
  if (state === 'born') {
    if (born === undefined) throw invalid({ born: 'Enter when they were born, as far as it is known' });
    notAhead(born.day, today, 'born');
    return { day: born, column: 'date_of_birth' };
  }
  if (expected === undefined || expected.known === 'year' || expected.known === 'about')
    throw invalid({ expected: 'Enter the day or the month, like March 2027' });
  if (!mayBeExpected(expected.day, today))
    throw invalid({ expected: 'Enter a time within ten months from now' });
  return { day: expected, column: 'expected_on' };
}

export const changeBirth = action({
  name: 'people.change-birth',
  title: 'Change when somebody was born or is expected',
  who: frontLine,
  about: 'the person',
  input: z.object({
    ...whom,
    state: oneOf(['born', 'expected', 'not known'], 'Choose one'),
    born: optionalPartDay(),
    expected: optionalPartDay(),
  }),
  async run(doing, { person, version: seen, state, born, expected }) {
    const { day: said, column } = checkBirth(state, { born, expected }, doing.today);
    const now = await opened(doing, { person, version: seen });
    if (
      column === 'date_of_birth' &&
      said &&
      now.died_on &&
      Temporal.PlainDate.compare(said.day, now.died_on) > 0
    )
      throw invalid({ born: 'Enter a day before the day they died' });
    const before = now.date_of_birth ?? now.expected_on;
    const earlier = before === null ? '' : partDayText({ day: before, known: now.birth_known });
    await Promise.all([
      earlier === ''
        ? undefined
        : keepCorrection(
            doing.rows,
            person,
            'birth',
            now.expected_on === null ? { born: earlier } : { expected: earlier },
            upToDate,
          ),
      writePerson(doing.rows, person, {
        date_of_birth: null,
        expected_on: null,
        [column]: said?.day ?? null,
        birth_known: said?.known ?? 'day',
      }),
    ]);
    await followPeople(doing.rows, [person]);
    return done(person, seen);
  },
});

export const noteBirth = action({
  name: 'people.note-birth',
  title: 'Write down that a baby is born',
  who: frontLine,
  about: 'the person',
  input: z.object({
    ...whom,
    born: day('Enter the day they were born'),
    givenName: text(200, 'Enter the name they are given'),
    familyName: text(200, 'Enter their family name'),
    sex: optional(oneOf(sexes, 'Choose one, or leave it')),
  }),
  async run(doing, { person, version: seen, born, givenName, familyName, sex }) {
    notAhead(born, doing.today, 'born');
    const now = await opened(doing, { person, version: seen });
    if (now.expected_on === null)
      throw new Problem(409, 'born-already', 'Their birth is written down already', {
        detail: 'Open their page again to see it, and change it there if it is wrong.',
      });
    const earlier = {
      givenName: now.given_name,
      familyName: now.family_name,
      expected: partDayText({ day: now.expected_on, known: now.birth_known }),
    };
    await Promise.all([
      keepCorrection(doing.rows, person, 'birth', earlier, 'Born'),
      writePerson(doing.rows, person, {
        date_of_birth: born,
        birth_known: 'day',
        expected_on: null,
        given_name: givenName,
        family_name: familyName,
        sex: sex ?? now.sex,
      }),
    ]);
    await followPeople(doing.rows, [person]);
    return done(person, seen);
  },
});

export const changeAbout = action({
  name: 'people.change-about',
  title: 'Change what is written down about somebody',
  who: frontLine,
  about: 'the person',
  input: z.object({
    ...whom,
    sex: optional(oneOf(sexes, 'Choose one, or leave it')),
    gender: optionalText(60),
    pronouns: optionalText(60),
    ethnicity: optionalText(100),
    ethnicityWords: optionalText(100),
    religion: optionalText(100),
  }),
  run: (doing, { person, version: seen, sex, gender, pronouns, ethnicity, ethnicityWords, religion }) =>
    overwrite(doing, { person, version: seen }, 'about', {
      sex: sex ?? null,
      gender: orNull(gender),
      pronouns: orNull(pronouns),
      ethnicity: orNull(ethnicity),
      ethnicity_words: orNull(ethnicityWords),
      religion: orNull(religion),
    }),
});

export const changeNeeds = action({
  name: 'people.change-needs',
  title: 'Change what somebody needs to be heard and to take part',
  who: frontLine,
  about: 'the person',
  input: z.object({
    ...whom,
    interpreter: optionalText(200),
    communication: optionalText(2000),
    disability: optionalText(2000),
  }),
  run: (doing, { person, version: seen, interpreter, communication, disability }) =>
    overwrite(doing, { person, version: seen }, 'needs', {
      interpreter: orNull(interpreter),
      communication: orNull(communication),
      disability: orNull(disability),
    }),
});

export const sayWhatMatters = action({
  name: 'people.say-what-matters',
  title: 'Write down what matters to somebody, in their own words',
  who: frontLine,
  about: 'the person',
  input: z.object({
    ...whom,
    words: text(5000, 'Write down what they said'),
    on: optionalDay('Enter the day they said it'),
  }),
  async run(doing, { person, version: seen, words, on }) {
    const { rows, today, identity } = doing;
    notAhead(on, today, 'on');
    const now = await opened(doing, { person, version: seen });
    const earlier = { words: now.what_matters, on: now.what_matters_on?.toString() ?? null };
    await Promise.all([
      now.what_matters === null || now.what_matters === words
        ? undefined
        : keepCorrection(rows, person, 'what matters', earlier, 'They said something new'),
      writePerson(rows, person, {
        what_matters: words,
        what_matters_on: on ?? today,
        what_matters_noted_by: identity.account,
      }),
    ]);
    return done(person, seen);
  },
});

export const noteDeath = action({
  name: 'people.note-death',
  title: 'Write down that somebody has died',
  who: frontLine,
  about: 'the person',
  input: z.object({ ...whom, died: optionalDay('Enter the day they died') }),
  async run(doing, { person, version: seen, died }) {
    notAhead(died, doing.today, 'died');
    const now = await opened(doing, { person, version: seen });
    if (died && now.date_of_birth && Temporal.PlainDate.compare(died, now.date_of_birth) < 0)
      throw invalid({ died: 'Enter a day after the day they were born' });
    if (died && now.expected_on !== null) throw invalid({ died: 'Write down first when they were born' });
    await Promise.all([
      now.died_on === null
        ? undefined
        : keepCorrection(doing.rows, person, 'death', { died: now.died_on.toString() }, upToDate),
      writePerson(doing.rows, person, { died_on: died ?? null }),
    ]);
    await followPeople(doing.rows, [person]);
    return done(person, seen);
  },
});
