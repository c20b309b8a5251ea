import { z } from 'zod';
import {
  day,
  id,
  oneOf,
  optional,
  optionalDay,
  optionalText,
  several,
  text,
  tick,
} from '../../platform/actions/fields.ts';
import { timeFrom } from '../notes/rules.ts';
import { sendingWays, waysOfComing } from './rules.ts';

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

/** Somebody from the list, as `person:`, `account:` or `professional:` and an id; '' when nobody is chosen. */
const chosen = () =>
  z
    .string()
    .default('')
    .pipe(
      z.string().regex(/^((person|account|professional):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$/i, {
        error: 'Choose somebody from the list',
      }),
    );

/** Somebody who is asked to come as what the kind of meeting asks for: chosen, or written by name. */
const asked = z.object({
  role: optionalText(200),
  who: chosen(),
  named: optionalText(200),
  chair: tick(),
});

/** When, where, about whom, and who is asked. */
export const planFields = {
  purpose: text(2000, 'Say what the meeting is for'),
  people: several(id()).refine((people) => people.length > 0, 'Choose who the meeting is about'),
  on: day('Enter the day of the meeting'),
  at: optionalTime(),
  minutes: z.coerce
    .number({ error: 'Enter how many minutes it takes' })
    .int('Enter whole minutes')
    .min(5, 'Enter 5 minutes or more')
    .max(720, 'Enter 720 minutes or fewer')
    .default(60),
  room: optionalText(60),
  gettingThere: optionalText(500),
  asked: z.array(asked).max(20),
  others: several(chosen()),
  othersNamed: optionalText(2000),
};

export type Planned = z.output<z.ZodObject<typeof planFields>>;

const rest = (max: number) => optionalText(max);

/** What is written down of a meeting. */
export const recordFields = {
  on: day('Enter the day on which the meeting was held'),
  came: z
    .array(
      z.object({
        guest: id(),
        came: optional(oneOf(waysOfComing, 'Choose whether they came')),
      }),
    )
    .max(60),
  said: rest(20_000),
  answers: z.array(rest(10_000)).max(15),
  views: z
    .array(
      z.object({
        words: rest(10_000),
        person: optional(id('Choose whose view this is')),
        whose: rest(200),
        asSaid: tick(),
        done: rest(2000),
      }),
    )
    .max(20),
  decisions: z
    .array(z.object({ what: rest(2000), why: rest(2000), by: optional(id()), decided: tick() }))
    .max(20),
  dissents: z
    .array(
      z.object({
        words: rest(5000),
        whose: optional(id()),
        about: optional(z.coerce.number().int().min(1).max(20)),
      }),
    )
    .max(20),
  actions: z
    .array(
      z.object({
        what: rest(1000),
        owner: rest(60),
        named: rest(200),
        due: optionalDay('Enter the day by which it is to be done'),
      }),
    )
    .max(20),
  nextOn: optionalDay('Enter the day of the next meeting'),
  finish: z.enum(['sign', 'keep']).default('sign'),
};

export type Recorded = z.output<z.ZodObject<typeof recordFields>>;

export const sendingFields = {
  guests: several(id()).refine((guests) => guests.length > 0, 'Choose who was given the notes'),
  how: oneOf(sendingWays, 'Choose how they were given'),
  on: day('Enter the day on which they were given'),
};
