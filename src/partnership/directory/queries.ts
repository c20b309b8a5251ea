import { z } from 'zod';
import { query } from '../../platform/actions/declare.ts';
import { id, optionalId, tick } from '../../platform/actions/fields.ts';
import { practitioners } from '../../record/roles.ts';
import { entryRow, oneEntry } from './found.ts';
import {
  dueBefore,
  keepChoices,
  keepEntries,
  keepEntry,
  toCheckBy,
  versionOf,
  wordsAfter,
} from './records.ts';
import { editors, states, weekdays } from './rules.ts';

const day = z.custom<Temporal.PlainDate>((value) => value instanceof Temporal.PlainDate);
const instant = z.custom<Temporal.Instant>((value) => value instanceof Temporal.Instant);
// Inside JSON the database writes moments as text.
const instantText = z.string().transform((written) => Temporal.Instant.from(written));
const age = z.int().nullable();

export const toKeep = query({
  name: 'directory.to-keep',
  title: 'See the entries of the directory, and when each is to be checked',
  who: editors,
  about: 'nobody',
  input: z.object({ after: optionalId(), ended: tick() }),
  row: z.object({
    id: z.uuid(),
    title: z.string(),
    state: z.enum(states),
    programme: z.string().nullable(),
    organisation: z.string(),
    checked_on: day.nullable(),
    checked_by: z.string().nullable(),
    check_by: day,
  }),
  sql: ({ after, ended }) => keepEntries(after, ended),
});

export const toCheck = query({
  name: 'directory.to-check',
  title: 'See how many entries of the directory are to be checked',
  who: editors,
  about: 'nobody',
  input: z.object({}),
  row: z.object({ due: z.int() }),
  sql: (_input, { today }) => toCheckBy(today),
});

export const dueEntries = query({
  name: 'directory.due',
  title: 'See which entries of the directory are to be checked first',
  who: editors,
  about: 'nobody',
  input: z.object({}),
  row: z.object({ id: z.uuid(), title: z.string(), check_by: day }),
  sql: (_input, { today }) => dueBefore(today.add({ days: 7 })),
});

export const kept = query({
  name: 'directory.kept',
  title: 'Open an entry of the directory to look after it',
  who: editors,
  about: 'nobody',
  input: z.object({ entry: id() }),
  row: z.object({
    id: z.uuid(),
    title: z.string(),
    what: z.string(),
    who_for: z.string(),
    from_age: age,
    to_age: age,
    care_from_age: age,
    care_to_age: age,
    care_only: z.boolean(),
    otherwise: z.string(),
    how_to_get_in: z.string(),
    where_words: z.string(),
    when_words: z.string(),
    out_of_hours: z.boolean(),
    cost: z.string(),
    free: z.boolean(),
    organisation: z.string(),
    phone: z.string(),
    email: z.string(),
    web: z.string(),
    state: z.enum(states),
    programme: z.string().nullable(),
    checked_on: day.nullable(),
    checked_by: z.string().nullable(),
    check_by: day,
    version: z.int(),
    opened: z.int(),
    terms: z.array(z.uuid()),
    areas: z.array(z.string()),
    places: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        town: z.string(),
        words: z.string(),
        openings: z.array(
          z.object({
            id: z.uuid(),
            days: z.array(z.enum(weekdays)),
            opens: z.string(),
            closes: z.string(),
            words: z.string(),
          }),
        ),
      }),
    ),
    versions: z.array(
      z.object({
        version: z.int(),
        title: z.string(),
        why: z.string(),
        by: z.string().nullable(),
        at: instantText,
      }),
    ),
  }),
  sql: ({ entry }, { today }) => keepEntry(entry, today.subtract({ weeks: 12 })),
});

export const version = query({
  name: 'directory.version',
  title: 'See how an entry of the directory read before',
  who: editors,
  about: 'nobody',
  input: z.object({ entry: id(), version: z.coerce.number().int().min(1).max(1_000_000) }),
  row: z.object({
    version: z.int(),
    was: z.record(z.string(), z.unknown()),
    why: z.string(),
    by: z.string().nullable(),
    at: instant,
    now: z.string(),
  }),
  sql: ({ entry, version: wanted }) => versionOf(entry, wanted),
});

export const choicesToKeep = query({
  name: 'directory.choices',
  title: 'See what entries of the directory can be sorted under and given by',
  who: editors,
  about: 'nobody',
  input: z.object({}),
  row: z.object({
    terms: z.array(z.object({ id: z.uuid(), name: z.string(), taxonomy: z.string() })),
    organisations: z.array(z.string()),
    locations: z.array(z.object({ id: z.uuid(), name: z.string(), town: z.string() })),
    areas: z.array(z.string()),
  }),
  sql: () => keepChoices,
});

export const words = query({
  name: 'directory.words',
  title: 'See the words that families use for needs and places',
  who: editors,
  about: 'nobody',
  input: z.object({ after: optionalId() }),
  row: z.object({ id: z.uuid(), said: z.string(), means: z.string(), place: z.boolean() }),
  sql: ({ after }) => wordsAfter(after),
});

/** The same as anybody sees, for a worker who sends it to a family. */
export const entryToSend = query({
  name: 'directory.entry',
  title: 'Open an entry of the directory to use it for a family',
  who: practitioners,
  about: 'nobody',
  input: z.object({ entry: id() }),
  row: entryRow,
  sql: ({ entry }) => oneEntry(entry),
});
