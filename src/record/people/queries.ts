import { z } from 'zod';
import { query } from '../../platform/actions/declare.ts';
import { id, optional, optionalId } from '../../platform/actions/fields.ts';
import { parts } from '../people.ts';
import { practitioners } from '../roles.ts';
import { openPerson, whoLookedAtPerson } from './records.ts';
import { contactKinds, nameKinds, precisions, schemes } from './rules.ts';

const instant = z.custom<Temporal.Instant>((value) => value instanceof Temporal.Instant);
const day = z.custom<Temporal.PlainDate>((value) => value instanceof Temporal.PlainDate).nullable();
// Inside JSON the database writes days and moments as text.
const dayText = z
  .string()
  .transform((written) => Temporal.PlainDate.from(written))
  .nullable();
const instantText = z.string().transform((written) => Temporal.Instant.from(written));
const words = z.string().nullable();
const ends = { from: dayText, until: dayText };

export const open = query({
  name: 'people.open',
  title: 'Look at a person’s own page',
  who: practitioners,
  about: 'the person',
  input: z.object({ person: id('Choose a person') }),
  row: z.object({
    about: z.uuid(),
    given_name: z.string(),
    family_name: z.string(),
    date_of_birth: day,
    birth_known: z.enum(precisions),
    expected_on: day,
    died_on: day,
    sex: words,
    gender: words,
    pronouns: words,
    ethnicity: words,
    ethnicity_words: words,
    religion: words,
    communication: words,
    disability: words,
    interpreter: words,
    what_matters: words,
    what_matters_on: day,
    what_matters_by: words,
    care_experienced: z.boolean(),
    version: z.int(),
    picture: words,
    names: z.array(
      z.object({
        id: z.uuid(),
        kind: z.enum(nameKinds),
        givenName: z.string(),
        familyName: z.string(),
        source: z.string(),
        ...ends,
      }),
    ),
    identifiers: z.array(
      z.object({ id: z.uuid(), scheme: z.enum(schemes), value: z.string(), source: z.string() }),
    ),
    contacts: z.array(
      z.object({
        id: z.uuid(),
        kind: z.enum(contactKinds),
        value: z.string(),
        note: z.string(),
        safe: z.boolean(),
        source: z.string(),
        version: z.int(),
        ...ends,
      }),
    ),
    languages: z.array(z.object({ id: z.uuid(), language: z.string(), first: z.boolean() })),
    care: z.array(z.object({ id: z.uuid(), kind: z.string(), source: z.string(), ...ends })),
    corrections: z.array(
      z.object({
        id: z.uuid(),
        what: z.string(),
        earlier: z.record(z.string(), z.unknown()),
        why: z.string(),
        at: instantText,
        by: words,
      }),
    ),
    families: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        part: z.enum(parts),
        now: z.boolean(),
        others: words,
        ...ends,
      }),
    ),
  }),
  sql: ({ person }, { today }) => openPerson(person, today),
});

/** How many events stand on one page of "who has looked", and on the one that is made to be printed. */
export const pageSize = 50;
export const printSize = 2000;

const optionalInstant = () =>
  optional(
    z.string().transform((written, context) => {
      try {
        return Temporal.Instant.from(written);
      } catch {
        context.addIssue({ code: 'custom', message: 'Write the moment like 2026-11-22T09:30:00Z' });
        return z.NEVER;
      }
    }),
  );

export const looked = query({
  name: 'people.looked',
  title: 'See who has looked at a person’s record',
  who: practitioners,
  about: 'the person',
  input: z.object({
    person: id('Choose a person'),
    beforeAt: optionalInstant(),
    beforeId: optionalId(),
    most: z.coerce.number().int().min(1).max(printSize).default(pageSize),
  }),
  row: z.object({
    about: z.uuid(),
    event: z.uuid(),
    at: instant,
    kind: z.string(),
    name: z.string(),
    who: words,
    post: words,
    family: words,
    why: z.array(z.string()),
    /** The past day as at which it was read, if it was not read as it is. */
    as_at: z.instanceof(Temporal.PlainDate).nullable(),
  }),
  sql: ({ person, beforeAt, beforeId, most }) =>
    whoLookedAtPerson(person, beforeAt && beforeId ? { at: beforeAt, id: beforeId } : undefined, most),
});
