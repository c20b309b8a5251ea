import { z } from 'zod';
import { query } from '../../platform/actions/declare.ts';
import { id, optional, optionalDay, optionalId, text } from '../../platform/actions/fields.ts';
import { optionalChi, optionalPostcode } from '../fields.ts';
import { frontLine, recordKeepers } from '../roles.ts';
import { allMerges, allPairs, likelyPeople, myMerges, myPairs, openPair } from './records.ts';
import { comparable } from './rules.ts';

const instant = z.custom<Temporal.Instant>((value) => value instanceof Temporal.Instant);
const day = z.custom<Temporal.PlainDate>((value) => value instanceof Temporal.PlainDate);
const waiting = z.enum(['waiting', 'not sure', 'same', 'different', 'dropped']);

const optionalNumber = () => optional(z.coerce.number({ error: 'Give a number' }));
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

const afterPair = { afterWeight: optionalNumber(), afterId: optionalId() };
const after = (said: { afterWeight?: number | undefined; afterId?: string | undefined }) =>
  said.afterWeight === undefined || said.afterId === undefined
    ? undefined
    : { weight: said.afterWeight, id: said.afterId };
const beforeMerge = { beforeAt: optionalInstant(), beforeId: optionalId() };
const before = (said: { beforeAt?: Temporal.Instant | undefined; beforeId?: string | undefined }) =>
  said.beforeAt === undefined || said.beforeId === undefined
    ? undefined
    : { at: said.beforeAt, id: said.beforeId };

const pairColumns = {
  pair: z.uuid(),
  probability: z.number(),
  weight: z.number(),
  titles: z.array(z.string()),
  state: waiting,
  found_at: instant,
};

export const mine = query({
  name: 'same-person.mine',
  title: 'See records that may be of one person',
  who: frontLine,
  about: 'the families of the people listed',
  input: z.object(afterPair),
  row: z.object({
    about: z.uuid(),
    ...pairColumns,
    teams: z.array(z.string()),
    one_name: z.string().nullable(),
    one_born: day.nullable(),
    other_name: z.string().nullable(),
    other_born: day.nullable(),
  }),
  sql: (said) => myPairs(after(said)),
});

export const all = query({
  name: 'same-person.all',
  title: 'See how many records may be of one person, without seeing whose they are',
  who: ['records-officer'],
  about: 'nobody',
  input: z.object({ pair: optionalId(), ...afterPair }),
  row: z.object({ ...pairColumns, opened: z.boolean() }),
  sql: ({ pair, ...said }) => allPairs(pair, after(said)),
});

const reason = z.object({
  comparison: z.string(),
  level: z.string(),
  title: z.string(),
  words: z.string(),
  weight: z.number(),
});

export const open = query({
  name: 'same-person.pair',
  title: 'Compare two records that may be of one person',
  who: recordKeepers,
  about: 'the families of the two people',
  input: z.object({ pair: id() }),
  row: z.object({
    about: z.uuid(),
    side: z.int(),
    /** Null on the side that whoever asks may not see. */
    person: z.uuid().nullable(),
    teams: z.array(z.string()),
    probability: z.number(),
    weight: z.number(),
    explanation: z.array(reason),
    state: waiting,
    version: z.int(),
    person_version: z.int().nullable(),
    given_name: z.string().nullable(),
    family_name: z.string().nullable(),
    date_of_birth: day.nullable(),
    birth_known: z.string().nullable(),
    expected_on: day.nullable(),
    sex: z.string().nullable(),
    gender: z.string().nullable(),
    pronouns: z.string().nullable(),
    ethnicity: z.string().nullable(),
    religion: z.string().nullable(),
    communication: z.string().nullable(),
    disability: z.string().nullable(),
    interpreter: z.string().nullable(),
    what_matters: z.string().nullable(),
    died_on: day.nullable(),
    care_experienced: z.boolean().nullable(),
    created_at: instant.nullable(),
    other_names: z.array(z.string()),
    numbers: z.array(z.string()),
    homes: z.array(z.string()),
    families: z.array(z.string()),
  }),
  sql: ({ pair }, { today }) => openPair(pair, today),
});

export const merges = query({
  name: 'same-person.merges',
  title: 'See which records were made one',
  who: recordKeepers,
  about: 'the families of the people listed',
  input: z.object(beforeMerge),
  row: z.object({
    about: z.uuid(),
    merge: z.uuid(),
    of: z.enum(['person', 'family']),
    kept: z.uuid(),
    name: z.string(),
    why: z.string(),
    merged_at: instant,
    merged_by: z.string().nullable(),
    undone_at: instant.nullable(),
    undone_by: z.string().nullable(),
    undone_why: z.string().nullable(),
    since: z.array(z.object({ table: z.string(), what: z.string() })),
    /** Two of the families that the kept person is in now, for somebody to look whether they are one. */
    families: z.array(z.uuid()),
    moved: z.array(z.object({ table: z.string(), how: z.string(), many: z.int() })),
  }),
  sql: (said) => myMerges(before(said)),
});

export const everyMerge = query({
  name: 'same-person.every-merge',
  title: 'See when records were made one, without seeing whose they are',
  who: ['records-officer'],
  about: 'nobody',
  input: z.object(beforeMerge),
  row: z.object({
    merge: z.uuid(),
    of: z.enum(['person', 'family']),
    merged_by: z.string().nullable(),
    merged_at: instant,
    undone_by: z.string().nullable(),
    undone_at: instant.nullable(),
    opened: z.boolean(),
  }),
  sql: (said) => allMerges(before(said)),
});

export const likely = query({
  name: 'same-person.likely',
  title: 'Look for somebody before adding them',
  who: frontLine,
  about: 'the families of the people who may be the same',
  input: z.object({
    givenName: text(200, 'Enter their given name'),
    familyName: text(200, 'Enter their family name'),
    dateOfBirth: optionalDay('Enter a date of birth'),
    chi: optionalChi(),
    postcode: optionalPostcode(),
  }),
  // No `about` here: it may name a family that the asker may not see.
  row: z.object({
    person: z.uuid().nullable(),
    family: z.uuid().nullable(),
    family_name: z.string().nullable(),
    ask: z.array(z.string()),
    facts: comparable.nullable(),
  }),
  sql: ({ dateOfBirth, ...wanted }) => likelyPeople({ ...wanted, born: dateOfBirth }),
});
