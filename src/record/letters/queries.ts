import { z } from 'zod';
import { query } from '../../platform/actions/declare.ts';
import { id, optionalId } from '../../platform/actions/fields.ts';
import { familyId } from '../fields.ts';
import { parts } from '../people.ts';
import { practitioners } from '../roles.ts';
import {
  lettersOf,
  offersOf,
  oneLetter,
  oneOffer,
  oneTemplate,
  owedTo,
  rightsOf,
  templateList,
} from './records.ts';
import { answers, givingWays, occasions } from './rules.ts';

const day = z.custom<Temporal.PlainDate>((value) => value instanceof Temporal.PlainDate);
const instant = z.custom<Temporal.Instant>((value) => value instanceof Temporal.Instant);
// Inside JSON the database writes days and moments as text.
const dayText = z.string().transform((written) => Temporal.PlainDate.from(written));
const instantText = z.string().transform((written) => Temporal.Instant.from(written));

export const ofFamily = query({
  name: 'letters.of-family',
  title: 'See the letters to a family',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: familyId(), before: optionalId() }),
  row: z.object({
    about: z.uuid(),
    id: z.uuid(),
    title: z.string(),
    rights: z.boolean(),
    name: z.string(),
    person: z.uuid(),
    language: z.string(),
    how: z.enum(givingWays).nullable(),
    given_on: day.nullable(),
    given_by: z.string().nullable(),
    written_at: instant,
    written_by: z.string().nullable(),
  }),
  sql: ({ family, before }) => lettersOf(family, before),
});

export const rights = query({
  name: 'letters.rights',
  title: 'See who was told of their rights and offered advocacy',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: familyId() }),
  row: z.object({
    about: z.uuid(),
    person: z.uuid(),
    name: z.string(),
    part: z.enum(parts),
    told: z
      .object({
        id: z.uuid(),
        on: dayText,
        how: z.enum(givingWays),
        language: z.string(),
        by: z.string().nullable(),
      })
      .nullable(),
    offered: z
      .object({
        id: z.uuid(),
        on: dayText,
        answer: z.enum(answers).nullable(),
        advocate: z.string(),
        again: dayText.nullable(),
      })
      .nullable(),
  }),
  sql: ({ family }, { today }) => rightsOf(family, today),
});

export const one = query({
  name: 'letters.one',
  title: 'Read a letter',
  who: practitioners,
  about: 'the family',
  input: z.object({ letter: id() }),
  row: z.object({
    about: z.uuid(),
    id: z.uuid(),
    title: z.string(),
    rights: z.boolean(),
    body: z.string(),
    language: z.string(),
    large: z.boolean(),
    how: z.enum(givingWays).nullable(),
    given_on: day.nullable(),
    given_at: instant.nullable(),
    given_by: z.string().nullable(),
    given_as: z.string(),
    written_by: z.string().nullable(),
    written_at: instant,
    version: z.int(),
    family: z.string(),
    person: z.uuid(),
    name: z.string(),
    withheld: z.boolean(),
    address: z.string(),
  }),
  sql: ({ letter }, { today }) => oneLetter(letter, today),
});

const template = {
  id: z.string(),
  title: z.string(),
  body: z.string(),
  rights: z.boolean(),
  from_age: z.int().nullable(),
  to_age: z.int().nullable(),
  source: z.string(),
  used: z.boolean(),
  version: z.int(),
};

export const templates = query({
  name: 'letters.templates',
  title: 'See the letters there are to begin from',
  who: 'anyone signed in',
  about: 'nobody',
  input: z.object({}),
  row: z.object(template),
  sql: () => templateList,
});

export const oneOfTemplates = query({
  name: 'letters.template',
  title: 'See a letter there is to begin from',
  who: 'anyone signed in',
  about: 'nobody',
  input: z.object({ template: z.string().max(60) }),
  row: z.object({
    ...template,
    changes: z.array(
      z.object({
        id: z.uuid(),
        why: z.string(),
        by: z.string().nullable(),
        at: instantText,
        added: z.boolean(),
      }),
    ),
  }),
  sql: ({ template: wanted }) => oneTemplate(wanted),
});

const offer = z.object({
  about: z.uuid(),
  id: z.uuid(),
  person: z.uuid(),
  name: z.string(),
  offered_on: day,
  offered_at: z.enum(occasions),
  offered_by: z.string().nullable(),
  offered_as: z.string(),
  answer: z.enum(answers).nullable(),
  answered_on: day.nullable(),
  advocate: z.string(),
  words: z.string(),
  ask_again_on: day.nullable(),
  version: z.int(),
  family: z.string(),
});

export const offers = query({
  name: 'advocacy.of-family',
  title: 'See when advocacy was offered to a family, and what they said',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: familyId() }),
  row: offer,
  sql: ({ family }) => offersOf(family),
});

export const oneOfOffers = query({
  name: 'advocacy.one',
  title: 'See when advocacy was offered, and the answer',
  who: practitioners,
  about: 'the family',
  input: z.object({ offer: id() }),
  row: offer,
  sql: ({ offer: wanted }) => oneOffer(wanted),
});

export const owed = query({
  name: 'advocacy.owed',
  title: 'See to whom advocacy and a letter on their rights are owed',
  who: practitioners,
  about: 'the families',
  input: z.object({}),
  row: z.object({
    about: z.uuid(),
    family: z.string(),
    person: z.uuid(),
    name: z.string(),
    what: z.enum(['advocacy', 'rights']),
    since: day,
    again: day.nullable(),
  }),
  sql: (_input, { today }) => owedTo(today),
});
