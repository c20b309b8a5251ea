import { z } from 'zod';
import { query } from '../../platform/actions/declare.ts';
import { id } from '../../platform/actions/fields.ts';
import { familyId } from '../fields.ts';
import { practitioners } from '../roles.ts';
import { oneEdition, onePlan, plansAbout, plansOf, reviewsDue } from './records.ts';
import { levels } from './rules.ts';
import { need, people, view, whole } from './shape.ts';

const day = z.custom<Temporal.PlainDate>((value) => value instanceof Temporal.PlainDate);
const instant = z.custom<Temporal.Instant>((value) => value instanceof Temporal.Instant);
const dayIn = z.string().transform((written) => Temporal.PlainDate.from(written));

const common = {
  about: z.uuid(),
  id: z.uuid(),
  level: z.enum(levels),
  state: z.enum(['draft', 'agreed', 'ended']),
  prepared_on: day,
  agreed_on: day.nullable(),
  review_on: day.nullable(),
  edition: z.int(),
  changed: z.boolean(),
  ended_on: day.nullable(),
  begun_at: instant,
  people,
};

/** A plan with everything in it. */
export const planRow = z.object({
  ...common,
  family: z.string(),
  why: z.string(),
  child_why: z.string(),
  compulsory: z.string(),
  ended_why: z.string().nullable(),
  version: z.int(),
  /** What the plan and all its parts are now: agreeing and ending say it, so that nobody agrees to what they have not seen. */
  seen: z.int(),
  touched_at: instant,
  touched_by: z.string().nullable(),
  lead: z.string(),
  views: z.array(view),
  needs: z.array(need),
  sent: z.array(
    z.object({
      id: z.uuid(),
      on: dayIn,
      toWhom: z.string(),
      how: z.string(),
      comment: z.string().nullable(),
      saidBy: z.string().nullable(),
      saidOn: dayIn.nullable(),
      acted: z.string(),
      version: z.int(),
    }),
  ),
  editions: z.array(
    z.object({
      number: z.int(),
      on: dayIn,
      reviewOn: dayIn,
      words: z.string(),
      by: z.string().nullable(),
      as: z.string(),
    }),
  ),
});
export type Plan = z.output<typeof planRow>;

export const one = query({
  name: 'plans.one',
  title: 'Read a plan',
  who: practitioners,
  about: 'the family',
  input: z.object({ plan: id() }),
  row: planRow,
  sql: ({ plan }) => onePlan(plan),
});

/** The same, where it leaves the house as a file: the family sees that in who has looked. */
export const document = query({
  ...one,
  name: 'plans.document',
  title: 'Save a plan as a document',
});

export const edition = query({
  name: 'plans.edition',
  title: 'Read a plan as it was agreed',
  who: practitioners,
  about: 'the family',
  input: z.object({ plan: id(), number: z.coerce.number().int().min(1).max(10_000) }),
  row: z.object({
    about: z.uuid(),
    number: z.int(),
    agreed_on: day,
    review_on: day,
    words: z.string(),
    whole,
    agreed_as: z.string(),
    agreed_at: instant,
    agreed_by: z.string().nullable(),
    family: z.string(),
  }),
  sql: ({ plan, number }) => oneEdition(plan, number),
});

export const editionDocument = query({
  ...edition,
  name: 'plans.edition-document',
  title: 'Save a plan as it was agreed as a document',
});

export const ofFamily = query({
  name: 'plans.of-family',
  title: 'See the plans of a family',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: familyId() }),
  row: z.object({ ...common, needs: z.int() }),
  sql: ({ family }) => plansOf(family),
});

export const aboutPerson = query({
  name: 'plans.about-person',
  title: 'See the plans of somebody',
  who: practitioners,
  about: 'the person',
  input: z.object({ person: id() }),
  row: z.object({ ...common, family: z.uuid(), needs: z.int() }),
  sql: ({ person }) => plansAbout(person),
});

/** Plans to be looked at again within the next two weeks, by whoever leads them. */
export const toReview = query({
  name: 'plans.to-review',
  title: 'See the plans I am to look at again',
  who: practitioners,
  about: 'the families whose plans they are',
  input: z.object({}),
  row: z.object({ about: z.uuid(), id: z.uuid(), review_on: day, family: z.string(), people }),
  sql: (_input, { today }) => reviewsDue(today.add({ days: 14 })),
});
