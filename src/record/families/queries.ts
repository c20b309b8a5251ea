import { z } from 'zod';
import { query } from '../../platform/actions/declare.ts';
import { optional, optionalId, optionalText, text } from '../../platform/actions/fields.ts';
import { familyId, optionalChi, optionalPostcode } from '../fields.ts';
import { precisions } from '../people/rules.ts';
import { parts } from '../people.ts';
import { endingNames, kindNames } from '../relationships/rules.ts';
import { practitioners } from '../roles.ts';
import {
  findColleagues,
  findFamilies,
  likelyFamilies,
  myFamilies,
  openFamily,
  openPerson,
  whoLooked,
} from './records.ts';

const instant = z.custom<Temporal.Instant>((value) => value instanceof Temporal.Instant);
const day = z.custom<Temporal.PlainDate>((value) => value instanceof Temporal.PlainDate);
// Inside JSON the database writes days and moments as text.
const dayText = z.string().transform((written) => Temporal.PlainDate.from(written));
const instantText = z.string().transform((written) => Temporal.Instant.from(written));

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

export const find = query({
  name: 'families.find',
  title: 'Find a family',
  who: practitioners,
  about: 'the families found',
  input: z.object({ text: optionalText(200) }),
  row: z.object({
    about: z.uuid(),
    name: z.string(),
    locality: z.string().nullable(),
    area_withheld: z.boolean(),
    postcode: z.string().nullable(),
    members: z.string(),
    helping: z.string().nullable(),
  }),
  sql: ({ text: said }, { today }) => findFamilies(said, today),
});

export const mine = query({
  name: 'families.mine',
  title: 'See the families I work with',
  who: practitioners,
  about: 'the families listed',
  input: z.object({ afterName: optionalText(200), afterId: optionalId() }),
  row: z.object({
    about: z.uuid(),
    name: z.string(),
    sorted: z.string(),
    locality: z.string().nullable(),
    area_withheld: z.boolean(),
    people: z.int(),
    children: z.int(),
    members: z.string(),
    why: z.array(z.string()),
  }),
  sql: ({ afterName, afterId }, { today }) =>
    myFamilies(afterId === undefined ? undefined : { name: afterName, id: afterId }, today),
});

export const open = query({
  name: 'families.open',
  title: 'Look at a family',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: familyId() }),
  row: z.object({
    about: z.uuid(),
    name: z.string(),
    locality: z.string().nullable(),
    simd_decile: z.int().nullable(),
    area_withheld: z.boolean(),
    version: z.int(),
    members: z.array(
      z.object({
        id: z.uuid(),
        givenName: z.string(),
        familyName: z.string(),
        dateOfBirth: dayText.nullable(),
        birthKnown: z.enum(precisions),
        expected: dayText.nullable(),
        died: dayText.nullable(),
        gender: z.string().nullable(),
        sex: z.string().nullable(),
        careExperienced: z.boolean(),
        part: z.enum(parts),
        version: z.int(),
      }),
    ),
    /** Who is who to whom of those in the family. */
    ties: z.array(
      z.object({
        from: z.uuid(),
        to: z.uuid(),
        kind: z.enum(kindNames),
        since: dayText.nullable(),
        until: dayText.nullable(),
        endedHow: z.enum(endingNames).nullable(),
      }),
    ),
    helping: z.array(
      z.object({
        names: z.string().nullable(),
        post: z.string().nullable(),
        team: z.string().nullable(),
        kinds: z.array(z.string()),
        since: instantText,
      }),
    ),
  }),
  sql: ({ family }, { today }) => openFamily(family, today),
});

export const person = query({
  name: 'families.person',
  title: 'Look at a person’s details',
  who: practitioners,
  about: 'the family the person is in',
  input: z.object({ family: familyId(), person: z.uuid() }),
  row: z.object({
    about: z.uuid(),
    id: z.uuid(),
    family: z.string(),
    given_name: z.string(),
    family_name: z.string(),
    date_of_birth: day.nullable(),
    gender: z.string().nullable(),
    chi_number: z.string().nullable(),
    care_experienced: z.boolean(),
    part: z.enum(parts),
    version: z.int(),
  }),
  sql: ({ family, person: id }) => openPerson(family, id),
});

export const looked = query({
  name: 'families.looked',
  title: 'See who has looked at a family',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: familyId(), beforeAt: optionalInstant(), beforeId: optionalId() }),
  row: z.object({
    about: z.uuid(),
    event: z.uuid(),
    at: instant,
    kind: z.string(),
    name: z.string(),
    who: z.string().nullable(),
    post: z.string().nullable(),
    why: z.array(z.string()),
    /** The past day as at which it was read, if it was not read as it is. */
    as_at: z.instanceof(Temporal.PlainDate).nullable(),
  }),
  sql: ({ family, beforeAt, beforeId }) =>
    whoLooked(family, beforeAt && beforeId ? { at: beforeAt, id: beforeId } : undefined),
});

export const likely = query({
  name: 'families.likely',
  title: 'Look for a family before adding it',
  who: practitioners,
  about: 'the families that may be the same',
  input: z.object({
    name: text(200, 'Enter the family’s name'),
    postcode: optionalPostcode(),
    chi: optionalChi(),
  }),
  // No `about` here: it may name a family that the asker may not see. Zod leaves out what is not listed.
  row: z.object({
    family: z.uuid().nullable(),
    name: z.string().nullable(),
    locality: z.string().nullable(),
    postcode: z.string().nullable(),
    members: z.string().nullable(),
    ask: z.array(z.string()),
  }),
  sql: ({ name, postcode, chi }, { today }) => likelyFamilies({ name, postcode, chi }, today),
});

export const colleagues = query({
  name: 'families.colleagues',
  title: 'Find a colleague to share a family with',
  who: practitioners,
  about: 'nobody',
  input: z.object({ text: text(100, 'Enter part of a colleague’s name, or of a team’s') }),
  row: z.object({ id: z.uuid(), name: z.string(), post: z.string(), whole_post: z.boolean() }),
  sql: ({ text: said }) => findColleagues(said, practitioners),
});
