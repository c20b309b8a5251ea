import { z } from 'zod';
import { id, oneOf, optional, optionalText, several, text, tick } from '../../platform/actions/fields.ts';
import { optionalPostcode } from '../../record/fields.ts';
import { states, timeFrom, weekdays } from './rules.ts';

// What is written in forms of the directory, and what is said when it cannot be.

/** Whole years that may be left out. */
const optionalAge = () =>
  optional(
    z.coerce
      .number({ error: 'Enter an age in whole years, like 12, or leave it empty' })
      .int('Enter an age in whole years, like 12, or leave it empty')
      .min(0, 'Enter an age from 0 to 120, or leave it empty')
      .max(120, 'Enter an age from 0 to 120, or leave it empty'),
  );

const optionalWeb = () =>
  optionalText(500).pipe(
    z.string().refine((value) => value === '' || (/^https?:\/\//.test(value) && URL.canParse(value)), {
      error: 'Enter a whole address that begins with https://, or leave it empty',
    }),
  );

const optionalEmail = () =>
  optionalText(320).pipe(
    z.string().refine((value) => value === '' || z.email().safeParse(value).success, {
      error: 'Enter an e-mail address like name@example.scot, or leave it empty',
    }),
  );

const optionalPhone = () =>
  optionalText(60).pipe(
    z.string().refine((value) => value === '' || value.replaceAll(/\D/g, '').length >= 3, {
      error: 'Enter a phone number like 01236 555 010, or leave it empty',
    }),
  );

/** A time of day that may be left out. */
const optionalTime = (missing: string) =>
  optional(
    z.string({ error: missing }).transform((written, context) => {
      const time = timeFrom(written);
      if (time === undefined) {
        context.addIssue({ code: 'custom', message: missing });
        return z.NEVER;
      }
      return time;
    }),
  );

/** What is written of an entry. */
export const entryFields = {
  title: text(100, 'Enter what it is called'),
  what: text(1500, 'Say what it is, as you would to a family'),
  terms: several(id('Choose from the list')),
  whoFor: text(2000, 'Say who it is for, as you would to a family'),
  fromAge: optionalAge(),
  toAge: optionalAge(),
  careFromAge: optionalAge(),
  careToAge: optionalAge(),
  careOnly: tick(),
  areas: several(text(100)),
  otherwise: optionalText(400),
  howToGetIn: text(600, 'Say how somebody gets in'),
  whereWords: text(400, 'Say where it is'),
  whenWords: text(400, 'Say when it is'),
  outOfHours: tick(),
  cost: text(200, 'Say what it costs, or write Free'),
  organisation: text(200, 'Enter who gives it'),
  phone: optionalPhone(),
  email: optionalEmail(),
  web: optionalWeb(),
  state: oneOf(states, 'Choose whether it is open'),
};

/** A place where help is given: one that is in the list, or a new one; and when, if it is each week. */
export const placeFields = {
  location: optional(id('Choose a place from the list')),
  name: optionalText(200),
  lines: optionalText(300),
  town: optionalText(100),
  postcode: optionalPostcode(),
  area: optionalText(100),
  gettingThere: optionalText(500),
  access: optionalText(500),
  words: optionalText(300),
};

export const openingFields = {
  days: several(oneOf(weekdays, 'Choose days of the week')),
  opens: optionalTime('Enter when it begins, like 9am or 16:30'),
  closes: optionalTime('Enter when it ends, like 5pm or 18:30'),
  openingWords: optionalText(300),
};
