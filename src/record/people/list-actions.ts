import { z } from 'zod';
import { action, type Doing } from '../../platform/actions/declare.ts';
import {
  id,
  oneOf,
  optionalDay,
  optionalId,
  optionalText,
  text,
  tick,
  version,
} from '../../platform/actions/fields.ts';
import { changedMeanwhile, invalid, notFound, Problem } from '../../platform/problem.ts';
import { chiNumber } from '../people.ts';
import { frontLine } from '../roles.ts';
import { picture } from './fields.ts';
import {
  changeContactRow,
  hasContact,
  keepCorrection,
  noLongerCareExperienced,
  personNow,
  takeable,
  takeOutPicture,
  takeOutRow,
  writeCare,
  writeContact,
  writeIdentifier,
  writeLanguage,
  writeName,
  writePicture,
} from './records.ts';
import {
  type CareKind,
  careKinds,
  contactKinds,
  identifierValue,
  isEmail,
  nameKinds,
  phoneNumber,
  rangeOf,
  schemes,
} from './rules.ts';

// What somebody has several of: names, numbers, ways to reach them, languages, care experience; and their picture.

/** A time from two days that were typed, or a Problem for the field at fault. */
function during(
  from: Temporal.PlainDate | undefined,
  until: Temporal.PlainDate | undefined,
  today: Temporal.PlainDate,
): string {
  if (from && Temporal.PlainDate.compare(from, today) > 0)
    throw invalid({ from: 'Enter a day that is today or earlier' });
  const range = rangeOf(from, until);
  if (range === undefined) throw invalid({ until: 'Enter a last day that is not before the first' });
  return range;
}

const dates = { from: optionalDay('Enter the first day'), until: optionalDay('Enter the last day') };

const there = (what: string) => () =>
  new Problem(409, 'there-already', `${what} is written down already`, {
    detail: 'Go back to their page to see it.',
  });

export const addName = action({
  name: 'people.add-name',
  title: 'Add another name of somebody',
  who: frontLine,
  about: 'the person',
  input: z.object({
    person: id(),
    kind: oneOf(nameKinds, 'Choose what kind of name it is'),
    givenName: text(200, 'Enter the given name'),
    familyName: optionalText(200),
    ...dates,
    source: optionalText(200),
  }),
  async run({ rows, today }, { person, from, until, ...name }) {
    await writeName(rows, person, { ...name, during: during(from, until, today) });
    return { about: [person], person };
  },
});

export const addIdentifier = action({
  name: 'people.add-identifier',
  title: 'Add a number by which another service knows somebody',
  who: frontLine,
  about: 'the person',
  input: z.object({
    person: id(),
    scheme: oneOf(schemes, 'Choose whose number it is'),
    value: text(60, 'Enter the number'),
    source: text(200, 'Say where the number comes from'),
  }),
  async run({ rows }, { person, scheme, value, source }) {
    const checked = identifierValue(scheme, value, chiNumber);
    if ('wrong' in checked) throw invalid({ value: checked.wrong });
    await writeIdentifier(rows, person, { scheme, value: checked.value, source });
    return { about: [person], person };
  },
  refusals: { identifier_person_id_scheme_value_key: there('This number') },
});

/** A way to reach somebody as it is kept, or a Problem. */
function contactValue(kind: (typeof contactKinds)[number], written: string): string {
  if (kind === 'other') return written;
  const value = kind === 'phone' ? phoneNumber(written) : isEmail(written) ? written : undefined;
  if (value === undefined)
    throw invalid({
      value:
        kind === 'phone'
          ? 'Enter a telephone number, like 01698 900 123'
          : 'Enter an e-mail address, like name@example.scot',
    });
  return value;
}

export const addContact = action({
  name: 'people.add-contact',
  title: 'Add a way to reach somebody',
  who: frontLine,
  about: 'the person',
  input: z.object({
    person: id(),
    kind: oneOf(contactKinds, 'Choose how they are reached'),
    value: text(320, 'Enter the number or address'),
    note: optionalText(500),
    doNotRing: tick(),
    source: optionalText(200),
  }),
  async run({ rows }, { person, kind, value, note, doNotRing, source }) {
    const kept = contactValue(kind, value);
    await writeContact(rows, person, { kind, value: kept, note, safe: !doNotRing, source });
    return { about: [person], person };
  },
});

export const changeContact = action({
  name: 'people.change-contact',
  title: 'Change whether somebody may be reached in a way',
  who: frontLine,
  about: 'the person',
  input: z.object({
    person: id(),
    entry: id(),
    version: version(),
    note: optionalText(500),
    doNotRing: tick(),
    until: optionalDay('Enter the last day it was theirs'),
  }),
  async run({ rows, today }, { person, entry, version: seen, note, doNotRing, until }) {
    if (until && Temporal.PlainDate.compare(until, today) > 0)
      throw invalid({ until: 'Enter a day that is today or earlier' });
    const changed = await changeContactRow(rows, person, entry, seen, { note, safe: !doNotRing, until });
    if (changed === 0) throw (await hasContact(rows, person, entry)) ? changedMeanwhile() : notFound();
    return { about: [person], person, version: seen + 1 };
  },
});

export const addLanguage = action({
  name: 'people.add-language',
  title: 'Add a language somebody speaks or signs',
  who: frontLine,
  about: 'the person',
  input: z.object({ person: id(), language: text(60, 'Enter the language'), first: tick() }),
  async run({ rows }, { person, language, first }) {
    await writeLanguage(rows, person, { language, first });
    return { about: [person], person };
  },
  refusals: { language_person_id_language_key: there('This language') },
});

const kinds = Object.keys(careKinds) as [CareKind, ...CareKind[]];

export const addCareExperience = action({
  name: 'people.add-care-experience',
  title: 'Write down somebody’s care experience',
  who: frontLine,
  about: 'the person',
  input: z.object({
    person: id(),
    kind: oneOf(kinds, 'Choose what it was'),
    ...dates,
    source: text(200, 'Say who told us, or where it is written down'),
  }),
  async run({ rows, today }, { person, kind, from, until, source }) {
    await writeCare(rows, person, { kind, during: during(from, until, today), source });
    return { about: [person], person };
  },
});

export const setPicture = action({
  name: 'people.set-picture',
  title: 'Put a picture on somebody’s page',
  who: frontLine,
  about: 'the person',
  input: z.object({ person: id(), picture: picture() }),
  async run({ rows }, { person, picture: { type, content } }) {
    await writePicture(rows, person, type, content);
    return { about: [person], person };
  },
});

async function takeCareExperience(
  { rows }: Doing,
  person: string,
  entry: string | undefined,
  why: string,
): Promise<number> {
  if (entry !== undefined) {
    const gone = await takeOutRow(rows, person, 'care experience', entry, why);
    if (gone > 0) await noLongerCareExperienced(rows, person);
    return gone;
  }
  const gone = await noLongerCareExperienced(rows, person);
  if (gone > 0) await keepCorrection(rows, person, 'care experience', { kind: 'care experienced' }, why);
  return gone;
}

export const takeOut = action({
  name: 'people.take-out',
  title: 'Take out something that was wrong about somebody',
  who: frontLine,
  about: 'the person',
  input: z.object({
    person: id(),
    what: oneOf(takeable),
    entry: optionalId(),
    why: text(1000, 'Say why it is taken out'),
  }),
  async run(doing, { person, what, entry, why }) {
    const { rows } = doing;
    if ((await personNow(rows, person)) === undefined) throw notFound();
    const gone =
      what === 'care experience'
        ? await takeCareExperience(doing, person, entry, why)
        : what === 'picture'
          ? await takeOutPicture(rows, person, why)
          : entry === undefined
            ? 0
            : await takeOutRow(rows, person, what, entry, why);
    if (gone === 0) {
      throw new Problem(409, 'gone-already', 'This has been taken out already', {
        detail: 'Go back to their page to see what is there now.',
      });
    }
    return { about: [person], person };
  },
});
