import { z } from 'zod';
import { query } from '../../platform/actions/declare.ts';
import { id, optionalText } from '../../platform/actions/fields.ts';
import { familyId } from '../fields.ts';
import { parts } from '../people.ts';
import { practitioners } from '../roles.ts';
import { aroundFamily, aroundPerson, choicesFor, networkOfFamily } from './records.ts';
import { endingNames, kindNames } from './rules.ts';

const day = z.custom<Temporal.PlainDate>((value) => value instanceof Temporal.PlainDate);
// Inside JSON the database writes days as text.
const writtenDay = z.string().transform((written) => Temporal.PlainDate.from(written));
const birthKnown = z.enum(['day', 'month', 'year', 'about']);

const piece = <W extends string, D extends z.ZodType>(what: W, data: D) =>
  z.object({ about: z.uuid(), what: z.literal(what), data });

const aroundRow = z.discriminatedUnion('what', [
  piece('family', z.object({ id: z.uuid(), name: z.string() })),
  piece(
    'person',
    z.object({
      key: z.string(),
      givenName: z.string(),
      familyName: z.string(),
      born: writtenDay.nullable(),
      birthKnown,
      expected: writtenDay.nullable(),
      died: writtenDay.nullable(),
      gender: z.string().nullable(),
      sex: z.string().nullable(),
      part: z.enum(parts).nullable(),
      inside: z.boolean(),
    }),
  ),
  piece(
    'tie',
    z.object({
      id: z.uuid(),
      from: z.string(),
      to: z.string(),
      kind: z.enum(kindNames),
      since: writtenDay.nullable(),
      until: writtenDay.nullable(),
      endedHow: z.enum(endingNames).nullable(),
      endedWhy: z.string(),
      rights: z.boolean().nullable(),
      note: z.string(),
      source: z.string(),
      version: z.int(),
    }),
  ),
  piece('parents', z.object({ person: z.string(), many: z.int() })),
  piece(
    'home',
    z.object({
      person: z.string(),
      home: z.int(),
      kind: z.string(),
      since: writtenDay.nullable(),
      address: z.string().nullable(),
    }),
  ),
  // No `about` here: it names a family that the asker may not see. Zod leaves out what is not listed.
  z.object({
    what: z.literal('elsewhere'),
    data: z.object({
      person: z.string(),
      other: z.string(),
      kind: z.enum(kindNames).nullable(),
      shared: z.int(),
      parents: z.int(),
      otherParents: z.int(),
      teams: z.array(z.string()),
    }),
  }),
  piece('supporter', z.object({ id: z.uuid(), name: z.string(), role: z.string(), where: z.string() })),
]);

/** A piece of what surrounds somebody. */
export type AroundRow = z.output<typeof aroundRow>;

export const around = query({
  name: 'relationships.around',
  title: 'Look at the people around somebody',
  who: practitioners,
  about: 'the person, their families, and brothers and sisters in other families',
  input: z.object({ person: id('Choose a person') }),
  row: aroundRow,
  sql: ({ person }, { today }) => aroundPerson(person, today),
});

export const map = query({
  name: 'relationships.map',
  title: 'Look at a family’s map',
  who: practitioners,
  about: 'the family, and brothers and sisters in other families',
  input: z.object({ family: familyId() }),
  row: aroundRow,
  sql: ({ family }, { today }) => aroundFamily(family, today),
});

export const network = query({
  name: 'relationships.network',
  title: 'Look at who is around a family',
  who: practitioners,
  about: 'the family, and brothers and sisters in other families',
  input: z.object({ family: familyId() }),
  row: aroundRow,
  sql: ({ family }, { today }) => networkOfFamily(family, today),
});

export const choices = query({
  name: 'relationships.choices',
  title: 'Find somebody to say how they are related',
  who: practitioners,
  about: 'the people found',
  input: z.object({ person: id('Choose a person'), text: optionalText(200) }),
  row: z.object({
    about: z.uuid(),
    given_name: z.string(),
    family_name: z.string(),
    date_of_birth: day.nullable(),
    birth_known: birthKnown,
    families: z.string().nullable(),
  }),
  sql: ({ person, text }, { today }) => choicesFor(person, text, today),
});
