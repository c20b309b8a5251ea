import { z } from 'zod';
import { query } from '../../platform/actions/declare.ts';
import { parts } from '../people.ts';
import { practitioners } from '../roles.ts';
import { familyHomes, householdOf, openHomes, readWithheld, togetherWith } from './records.ts';
import { homeKinds } from './rules.ts';

const day = z.custom<Temporal.PlainDate>((value) => value instanceof Temporal.PlainDate);
// Inside JSON the database writes days and moments as text.
const dayText = z.string().transform((written) => Temporal.PlainDate.from(written));
const instantText = z.string().transform((written) => Temporal.Instant.from(written));

const address = { lines: z.string(), town: z.string(), postcode: z.string() };
const personId = () => z.uuid({ error: 'Choose a person' });

export const open = query({
  name: 'homes.open',
  title: 'Look at where somebody lives and has lived',
  who: practitioners,
  about: 'the person',
  input: z.object({ person: personId() }),
  row: z.object({
    about: z.uuid(),
    given_name: z.string(),
    name: z.string(),
    homes: z.array(
      z.object({
        id: z.uuid(),
        kind: z.enum(homeKinds),
        since: dayText.nullable(),
        until: dayText.nullable(),
        now: z.boolean(),
        source: z.string(),
        version: z.int(),
        notedBy: z.string().nullable(),
        notedOn: dayText,
        /** The address stands in no field of a withheld one. */
        withheld: z.boolean(),
        ...address,
        uprn: z.string(),
      }),
    ),
    notes: z.array(
      z.object({
        did: z.enum(['withheld', 'shown', 'no longer withheld']),
        why: z.string(),
        at: instantText,
        by: z.string(),
      }),
    ),
  }),
  sql: ({ person }, { today }) => openHomes(person, today),
});

export const household = query({
  name: 'homes.household',
  title: 'See who lives together',
  who: practitioners,
  about: 'those who live there too',
  input: z.object({ person: personId() }),
  row: z.object({ about: z.uuid(), home: z.uuid(), name: z.string() }),
  sql: ({ person }, { today }) => householdOf(person, today),
});

export const together = query({
  name: 'homes.together',
  title: 'See who may move home together',
  who: practitioners,
  about: 'the people of the same families',
  input: z.object({ person: personId() }),
  row: z.object({
    about: z.uuid(),
    name: z.string(),
    home: z.uuid().nullable(),
    place: z.uuid().nullable(),
    withheld: z.boolean(),
    ...address,
  }),
  sql: ({ person }, { today }) => togetherWith(person, today),
});

export const ofFamily = query({
  name: 'homes.of-family',
  title: 'See where everybody in a family lives',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: z.uuid({ error: 'Choose a family' }) }),
  row: z.object({
    about: z.uuid(),
    person: z.uuid(),
    given_name: z.string(),
    name: z.string(),
    part: z.enum(parts),
    home: z.uuid().nullable(),
    place: z.uuid().nullable(),
    kind: z.enum(homeKinds).nullable(),
    since: day.nullable(),
    withheld: z.boolean(),
    ...address,
    siblings: z.array(z.uuid()),
  }),
  sql: ({ family }, { today }) => familyHomes(family, today),
});

export const shown = query({
  name: 'homes.shown',
  title: 'Read a withheld address, once',
  who: practitioners,
  about: 'the person who lives there',
  input: z.object({ look: z.uuid({ error: 'Say first why you need the address' }) }),
  row: z.object({ about: z.uuid(), open: z.boolean(), ...address, uprn: z.string() }),
  sql: ({ look }) => readWithheld(look),
});
