import { z } from 'zod';
import { query } from '../../platform/actions/declare.ts';
import { id, optionalDay, optionalId } from '../../platform/actions/fields.ts';
import { familyId } from '../fields.ts';
import { practitioners } from '../roles.ts';
import { assessmentsOf, kindsOn, latestAbout, oneAssessment, unsignedMine } from './records.ts';
import { drawings, forms } from './rules.ts';

const day = z.custom<Temporal.PlainDate>((value) => value instanceof Temporal.PlainDate);
const instant = z.custom<Temporal.Instant>((value) => value instanceof Temporal.Instant);

const people = z.array(z.object({ id: z.uuid(), name: z.string(), given: z.string() }));
const answers = z.array(
  z.object({
    code: z.string(),
    part: z.string(),
    partTitle: z.string(),
    partHint: z.string(),
    question: z.string(),
    hint: z.string(),
    form: z.enum(forms),
    low: z.string(),
    high: z.string(),
    words: z.string(),
    number: z.int().nullable(),
  }),
);
const numbers = z.array(
  z.object({ whose: z.string(), person: z.uuid().nullable(), number: z.int(), why: z.string() }),
);

const common = {
  about: z.uuid(),
  id: z.uuid(),
  kind: z.string(),
  title: z.string(),
  drawing: z.enum(drawings),
  held_on: day,
  signed_at: instant.nullable(),
  signed_by: z.string().nullable(),
  signed_as: z.string(),
  begun_by: z.string().nullable(),
  touched_at: instant,
  touched_by: z.string().nullable(),
  people,
};

/** The assessments of a family: those being written, then the signed ones newest first; one more than a page when there are more. */
export const ofFamily = query({
  name: 'assessments.of-family',
  title: 'See how a family was doing over time',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: familyId(), beforeOn: optionalDay('Enter a day'), beforeId: optionalId() }),
  row: z.object(common),
  sql: ({ family, beforeOn, beforeId }) =>
    assessmentsOf(family, beforeOn && beforeId ? { on: beforeOn, id: beforeId } : undefined),
});

export const latest = query({
  name: 'assessments.latest',
  title: 'See how a family was doing last',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: familyId() }),
  row: z.object(common),
  sql: ({ family }) => assessmentsOf(family, undefined, 3),
});

export const aboutPerson = query({
  name: 'assessments.about-person',
  title: 'See how somebody was doing last',
  who: practitioners,
  about: 'the person',
  input: z.object({ person: id() }),
  row: z.object({ ...common, family: z.uuid(), answers, numbers }),
  sql: ({ person }) => latestAbout(person),
});

export const one = query({
  name: 'assessments.one',
  title: 'Read how somebody is doing',
  who: practitioners,
  about: 'the family',
  input: z.object({ assessment: id() }),
  row: z.object({
    ...common,
    version: z.int(),
    family: z.string(),
    answers,
    numbers,
    before_id: z.uuid().nullable(),
    before_on: day.nullable(),
    before_answers: answers,
    before_numbers: numbers,
    next_id: z.uuid().nullable(),
  }),
  sql: ({ assessment }) => oneAssessment(assessment),
});

/** What can be started, as it is asked today. */
export const kinds = query({
  name: 'assessments.kinds',
  title: 'See what can be asked',
  who: practitioners,
  about: 'nobody',
  input: z.object({}),
  row: z.object({
    id: z.string(),
    version: z.int(),
    title: z.string(),
    purpose: z.string(),
    source: z.string(),
    position: z.int(),
  }),
  sql: (_input, { today }) => kindsOn(today),
});

export const unsigned = query({
  name: 'assessments.unsigned',
  title: 'See what I have begun and nobody has signed',
  who: practitioners,
  about: 'the families they are about',
  input: z.object({}),
  row: z.object({
    about: z.uuid(),
    id: z.uuid(),
    title: z.string(),
    family: z.string(),
    begun_at: instant,
    people,
  }),
  sql: () => unsignedMine,
});
