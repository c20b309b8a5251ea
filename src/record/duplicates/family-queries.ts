import { z } from 'zod';
import { query } from '../../platform/actions/declare.ts';
import { id, several } from '../../platform/actions/fields.ts';
import { familyId } from '../fields.ts';
import { recordKeepers } from '../roles.ts';
import { familiesLike, familyPairs, nowKnownAs, openFamilies, pairsWaiting } from './family-records.ts';

const instant = z.custom<Temporal.Instant>((value) => value instanceof Temporal.Instant);

export const pairs = query({
  name: 'same-person.family-pairs',
  title: 'See families that may be recorded twice',
  who: recordKeepers,
  about: 'the families listed',
  input: z.object({}),
  row: z.object({
    about: z.uuid(),
    one: z.uuid(),
    other: z.uuid(),
    shared: z.int(),
    one_name: z.string(),
    other_name: z.string(),
  }),
  sql: (_input, { today }) => familyPairs(today),
});

export const like = query({
  name: 'same-person.families-like',
  title: 'Look whether a family is recorded twice',
  who: recordKeepers,
  about: 'the families that may be the same',
  input: z.object({ family: familyId() }),
  // No `about` here: it may name a family that the asker may not see.
  row: z.object({
    family: z.uuid().nullable(),
    name: z.string().nullable(),
    locality: z.string().nullable(),
    members: z.string(),
    shared: z.int(),
    alike: z.int(),
    same_place: z.boolean(),
    teams: z.array(z.string()),
  }),
  sql: ({ family }, { today }) => familiesLike(family, today),
});

export const open = query({
  name: 'same-person.families',
  title: 'Compare two records that may be of one family',
  who: recordKeepers,
  about: 'both families',
  input: z.object({ one: familyId(), other: familyId() }),
  row: z.object({
    about: z.uuid(),
    name: z.string(),
    locality: z.string().nullable(),
    area_withheld: z.boolean(),
    version: z.int(),
    created_at: instant,
    people: z.array(z.string()),
    ids: z.array(z.uuid()),
    earlier: z.array(z.string()),
    homes: z.array(z.string()),
    helping: z.array(z.string()),
  }),
  sql: ({ one, other }, { today }) => openFamilies(one, other, today),
});

export const waiting = query({
  name: 'same-person.waiting',
  title: 'See how many pairs of records wait to be compared',
  who: recordKeepers,
  about: 'nobody',
  input: z.object({}),
  row: z.object({ waiting: z.int() }),
  sql: pairsWaiting,
});

export const now = query({
  name: 'same-person.now',
  title: 'Follow an old link to a record that was made one with another',
  who: 'anyone signed in',
  about: 'the person or the family',
  input: z.object({ ids: several(id()) }),
  row: z.object({ about: z.uuid(), was: z.uuid(), now: z.uuid() }),
  sql: ({ ids }) => nowKnownAs(ids.slice(0, 10)),
});
