import { z } from 'zod';
import { indicatorIds, levels, voices } from './rules.ts';

// A plan as it is read from the database. Inside JSON the database writes days as text.

const dayIn = z.string().transform((written) => Temporal.PlainDate.from(written));

export const people = z.array(z.object({ id: z.uuid(), name: z.string(), given: z.string() }));

export const view = z.object({
  id: z.uuid(),
  whose: z.enum(voices),
  person: z.uuid().nullable(),
  name: z.string(),
  words: z.string(),
  on: dayIn,
  disagrees: z.string(),
  acted: z.string(),
  version: z.int(),
});

export const planAction = z.object({
  id: z.uuid(),
  what: z.string(),
  /** The account, the post or the name of whoever does it; null when nobody is yet. */
  account: z.uuid().nullable(),
  post: z.uuid().nullable(),
  named: z.string().nullable(),
  owner: z.string().nullable(),
  due: dayIn.nullable(),
  intended: z.string(),
  observed: z.string(),
  task: z.uuid().nullable(),
  /** How the task that it became stands, and what came of it. */
  state: z.string().nullable(),
  outcome: z.string().nullable(),
  version: z.int(),
});

export const need = z.object({
  id: z.uuid(),
  indicator: z.enum(indicatorIds).nullable(),
  need: z.string(),
  ownWords: z.string(),
  childWords: z.string(),
  hoped: z.string(),
  observed: z.string(),
  met: z.boolean(),
  version: z.int(),
  actions: z.array(planAction),
});

/** What is kept of a plan each time that it is agreed. */
export const whole = z.object({
  level: z.enum(levels),
  why: z.string(),
  childWhy: z.string(),
  compulsory: z.string(),
  preparedOn: dayIn,
  lead: z.string(),
  people,
  views: z.array(view),
  needs: z.array(need),
});

export type View = z.output<typeof view>;
export type PlanAction = z.output<typeof planAction>;
export type Need = z.output<typeof need>;
export type Whole = z.output<typeof whole>;
