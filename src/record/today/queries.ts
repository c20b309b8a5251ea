import { z } from 'zod';
import { query } from '../../platform/actions/declare.ts';
import { practitioners } from '../roles.ts';
import { changedSince, myDrafts, todaysFamilies, waitingToday } from './records.ts';

const day = z.custom<Temporal.PlainDate>((value) => value instanceof Temporal.PlainDate);
const instant = z.custom<Temporal.Instant>((value) => value instanceof Temporal.Instant);

/** When a family was last in touch with anybody, and what is to be done for it. */
export const careful = {
  contact_on: day.nullable(),
  contact_how: z.string().nullable(),
  contact_by: z.string().nullable(),
  open: z.int(),
  late: z.int(),
};

export const families = query({
  name: 'today.families',
  title: 'See my families, and when somebody was last in touch with them',
  who: practitioners,
  about: 'the families listed',
  input: z.object({}),
  row: z.object({ about: z.uuid(), name: z.string(), ...careful }),
  sql: (_input, { today }) => todaysFamilies(today),
});

export const changes = query({
  name: 'today.changes',
  title: 'See what others did for my families since I was here',
  who: practitioners,
  about: 'the families named',
  input: z.object({}),
  row: z.object({
    about: z.uuid(),
    family: z.string(),
    event: z.uuid(),
    at: instant,
    deed: z.string(),
    who: z.string().nullable(),
    since: instant,
  }),
  sql: () => changedSince(),
});

export const drafts = query({
  name: 'today.drafts',
  title: 'See what I have typed and not sent',
  who: practitioners,
  about: 'the families and people named, and the reader',
  input: z.object({}),
  row: z.object({ about: z.uuid(), name: z.string(), saved_at: instant, whose: z.string().nullable() }),
  sql: () => myDrafts(),
});

export const waiting = query({
  name: 'today.waiting',
  title: 'See how many things I have to do by today',
  who: practitioners,
  about: 'nobody',
  input: z.object({}),
  row: z.object({ due: z.int() }),
  sql: (_input, { today }) => waitingToday(today),
});
