import { z } from 'zod';
import { query } from '../../platform/actions/declare.ts';
import { text } from '../../platform/actions/fields.ts';
import { practitioners } from '../roles.ts';
import { findPeople } from './records.ts';
import { readAsked } from './rules.ts';

const dayText = z.string().transform((written) => Temporal.PlainDate.from(written));

const person = z.object({
  givenName: z.string(),
  familyName: z.string(),
  dateOfBirth: dayText.nullable(),
  birthKnown: z.enum(['day', 'month', 'year', 'about']),
  expectedOn: dayText.nullable(),
  diedOn: dayText.nullable(),
  why: z.array(
    z.object({
      how: z.enum(['same', 'form', 'sound', 'slip', 'start', 'number', 'born', 'born near', 'place']),
      said: z.string().optional(),
      name: z.string().optional(),
      earlier: z.boolean().optional(),
    }),
  ),
  names: z.array(
    z.object({
      givenName: z.string(),
      familyName: z.string(),
      kind: z.enum(['legal', 'birth', 'previous', 'known as', 'other spelling']),
    }),
  ),
  schemes: z.array(z.string()),
  where: z.object({ town: z.string(), postcode: z.string().nullable() }).nullable(),
  families: z.array(z.object({ id: z.uuid(), part: z.string(), now: z.boolean() })),
});

const family = z.object({
  name: z.string(),
  members: z.array(z.object({ id: z.uuid(), givenName: z.string(), familyName: z.string() })),
  helping: z.array(
    z.object({ names: z.string().nullable(), post: z.string().nullable(), team: z.string().nullable() }),
  ),
});

export const find = query({
  name: 'people.find',
  title: 'Find somebody',
  who: practitioners,
  about: 'everybody found, and whoever a record is said to exist of',
  input: z.object({
    text: text(200, 'Enter a name, a date of birth, a number or a postcode'),
    limit: z.coerce
      .number({ error: 'Ask for 1 to 20 people' })
      .int('Ask for 1 to 20 people')
      .min(1, 'Ask for 1 to 20 people')
      .max(20, 'Ask for 1 to 20 people')
      .default(20),
  }),
  // A record that exists has no `about` here: its id is for the audit trail alone. Zod leaves out what is not listed.
  row: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('person'), about: z.uuid(), person }),
    z.object({ kind: z.literal('family'), about: z.uuid(), family }),
    z.object({ kind: z.literal('exists'), ask: z.array(z.string()) }),
  ]),
  sql: ({ text: typed, limit }, { today }) => findPeople(readAsked(typed, today), limit, today),
});
