import { z } from 'zod';
import { id, oneOf, optionalText, several, text } from '../../platform/actions/fields.ts';
import { optionalPartDay } from '../people/fields.ts';
import { type EventKindId, writtenKinds } from './kinds.ts';
import { indicatorIds, sharingIds, standingIds } from './rules.ts';

/** What an event that somebody writes by hand is written with. */
export const eventFields = {
  people: several(id()).refine((people) => people.length > 0, 'Choose who this is about'),
  kind: oneOf(writtenKinds as [EventKindId, ...EventKindId[]], 'Choose what kind of event it is'),
  on: optionalPartDay(),
  what: text(2000, 'Write what happened'),
  impact: optionalText(4000),
  response: optionalText(4000),
  standing: z.enum(standingIds, { error: 'Choose fact or opinion' }).default('fact'),
  source: text(100, 'Say which agency knows this, for example Health'),
  indicators: several(z.enum(indicatorIds, { error: 'Choose from the list' })),
  sharing: z
    .enum(sharingIds, { error: 'Choose whether it can be given to others' })
    .default('those who help'),
};

export type Entered = z.output<z.ZodObject<typeof eventFields>>;
