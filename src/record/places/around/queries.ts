import { z } from 'zod';
import { query } from '../../../platform/actions/declare.ts';
import { id, optionalId, text } from '../../../platform/actions/fields.ts';
import { familyId } from '../../fields.ts';
import { practitioners } from '../../roles.ts';
import { aroundFamily, aroundPerson, findHelpers, whom } from './records.ts';

const day = z.custom<Temporal.PlainDate>((value) => value instanceof Temporal.PlainDate);

/**
 * A helper, or a school with its stage as the role and its cluster as the name of the place; or, `withheld`, that these are not
 * shown because they would give an address away.
 */
const helper = {
  about: z.uuid(),
  what: z.enum(['helper', 'school', 'withheld']),
  professional: z.uuid().nullable(),
  name: z.string(),
  role: z.string(),
  place: z.uuid().nullable(),
  place_name: z.string().nullable(),
  phone: z.string(),
  email: z.string(),
  /** They work there no longer, and nowhere else that is known. */
  gone: z.boolean(),
};

export const ofPerson = query({
  name: 'network.of-person',
  title: 'See who else helps somebody, and their school',
  who: practitioners,
  about: 'the person',
  input: z.object({ person: id() }),
  row: z.object({
    ...helper,
    id: z.uuid(),
    since: day.nullable(),
    until: day.nullable(),
    note: z.string(),
    version: z.int(),
    now: z.boolean(),
  }),
  sql: ({ person }, { today }) => aroundPerson(person, today),
});

export const ofFamily = query({
  name: 'network.of-family',
  title: 'See who else helps a family, and their schools',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: familyId() }),
  row: z.object({ ...helper, people: z.array(z.object({ id: z.uuid(), name: z.string() })) }),
  sql: ({ family }, { today }) => aroundFamily(family, today),
});

export const people = query({
  name: 'network.people',
  title: 'Begin to write down who else helps somebody',
  who: practitioners,
  about: 'the person, or those in the family',
  input: z.object({ person: optionalId(), family: optionalId() }),
  row: z.object({ about: z.uuid(), given_name: z.string(), family_name: z.string() }),
  sql: ({ person, family }, { today }) => whom({ person, family }, today),
});

export const candidates = query({
  name: 'network.candidates',
  title: 'Find somebody who may be helping',
  who: practitioners,
  about: 'nobody',
  input: z.object({ text: text(100, 'Enter part of a name, of what they do or of where they work') }),
  row: z.object({
    id: z.uuid(),
    kind: z.enum(['professional', 'account']),
    name: z.string(),
    words: z.string(),
  }),
  sql: ({ text: said }, { today }) => findHelpers(said, today),
});
