import { z } from 'zod';
import {
  day,
  id,
  optional,
  optionalDay,
  optionalText,
  several,
  text,
  tick,
} from '../../platform/actions/fields.ts';
import { longestNote, timeFrom, wayIds } from './rules.ts';

/** A time of day that may be left out; HH:MM after parsing. */
const optionalTime = () =>
  optional(
    z.string({ error: 'Enter a time, like 14:30' }).transform((written, context) => {
      const time = timeFrom(written);
      if (time === undefined) {
        context.addIssue({ code: 'custom', message: 'Enter a time like 14:30 or 2.30pm, or leave it empty' });
        return z.NEVER;
      }
      return time;
    }),
  );

/** Somebody's own words. One without words is as good as none. */
const quotation = z.object({
  words: optionalText(10_000),
  person: optional(id('Choose whose words these are')),
  on: optionalDay('Enter the day they said it'),
});

/** What a note is written with. `finish` is what the writer wants of it: to sign it, or to keep it for later. */
export const noteFields = {
  words: text(longestNote, 'Write what happened'),
  people: several(id()).refine((people) => people.length > 0, 'Choose who this is about'),
  on: day('Enter the day it happened'),
  at: optionalTime(),
  how: optional(z.enum(wayIds, { error: 'Choose how from the list' })),
  there: optionalText(500),
  quotations: z.array(quotation).max(10, 'Write the others in the words of the note').default([]),
  significant: tick(),
  event: optionalText(300),
  steps: optionalText(4000),
  nextBy: optionalDay('Enter the day by which it is to be done'),
  finish: z.enum(['sign', 'keep']).default('sign'),
};

export type Entered = Omit<z.output<z.ZodObject<typeof noteFields>>, 'finish'>;
