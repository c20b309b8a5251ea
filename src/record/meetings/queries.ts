import { z } from 'zod';
import { query } from '../../platform/actions/declare.ts';
import { id, optionalDay, optionalId } from '../../platform/actions/fields.ts';
import { familyId } from '../fields.ts';
import { practitioners } from '../roles.ts';
import { candidatesFor, dueFrom, kindList, meetingsOf, oneKind, oneMeeting, shortOf } from './records.ts';
import { sendingWays, waysOfComing } from './rules.ts';

const day = z.custom<Temporal.PlainDate>((value) => value instanceof Temporal.PlainDate);
const instant = z.custom<Temporal.Instant>((value) => value instanceof Temporal.Instant);
// Inside JSON the database writes days and moments as text.
const dayText = z.string().transform((written) => Temporal.PlainDate.from(written));
const instantText = z.string().transform((written) => Temporal.Instant.from(written));

const short = {
  about: z.uuid(),
  id: z.uuid(),
  kind: z.string(),
  title: z.string(),
  meets_on: day,
  meets_at: z.string().nullable(),
  room: z.string(),
  begun: z.boolean(),
  signed_at: instant.nullable(),
  cancelled_at: instant.nullable(),
  quorum: z.boolean().nullable(),
  people: z.array(z.object({ id: z.uuid(), name: z.string() })),
};

export const ofFamily = query({
  name: 'meetings.of-family',
  title: 'See the meetings of a family',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: familyId(), beforeOn: optionalDay('Enter a day'), beforeId: optionalId() }),
  row: z.object({ ...short, decisions: z.int() }),
  sql: ({ family, beforeOn, beforeId }) =>
    meetingsOf(family, beforeOn && beforeId ? { on: beforeOn, id: beforeId } : undefined),
});

export const next = query({
  name: 'meetings.next',
  title: 'See the next meetings of a family',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: familyId() }),
  row: z.object(short),
  sql: ({ family }, { today }) => shortOf(family, today),
});

const guest = z.object({
  id: z.uuid(),
  person: z.uuid().nullable(),
  account: z.uuid().nullable(),
  professional: z.uuid().nullable(),
  name: z.string(),
  role: z.string(),
  chair: z.boolean(),
  came: z.enum(waysOfComing).nullable(),
  sent_how: z.enum(sendingWays).nullable(),
  sent_on: dayText.nullable(),
});

export const one = query({
  name: 'meetings.one',
  title: 'Read about a meeting',
  who: practitioners,
  about: 'the family',
  input: z.object({ meeting: id() }),
  row: z.object({
    ...short,
    family: z.string(),
    purpose: z.string(),
    asked: z.array(z.string()),
    must_come: z.array(z.string()),
    least: z.int(),
    chairs: z.int(),
    minutes: z.int(),
    getting_there: z.string(),
    said: z.string(),
    quorum_words: z.string(),
    next_on: day.nullable(),
    notes_by: day.nullable(),
    again_by: day.nullable(),
    organised_by: z.string().nullable(),
    signed_by: z.string().nullable(),
    signed_as: z.string(),
    cancelled_because: z.string().nullable(),
    version: z.int(),
    guests: z.array(guest),
    /** `kept` is there only for those to whom that part is kept. */
    papers: z.array(
      z.object({
        id: z.uuid(),
        title: z.string(),
        words: z.string(),
        kept_part: z.boolean(),
        by: z.string().nullable(),
        kept: z.string().nullable(),
        kept_why: z.string().nullable(),
        kept_to: z.string().nullable(),
      }),
    ),
    answers: z.array(z.object({ question: z.string(), answer: z.string() })),
    views: z.array(
      z.object({
        person: z.uuid().nullable(),
        whose: z.string(),
        by_name: z.string().nullable(),
        as_said: z.boolean(),
        words: z.string(),
        done: z.string(),
      }),
    ),
    decisions: z.array(
      z.object({
        position: z.int(),
        what: z.string(),
        why: z.string(),
        decided: z.boolean(),
        by: z.uuid(),
        by_name: z.string(),
        by_role: z.string(),
      }),
    ),
    dissents: z.array(
      z.object({
        whose: z.uuid(),
        whose_name: z.string(),
        about: z.int().nullable(),
        about_what: z.string().nullable(),
        words: z.string(),
      }),
    ),
    actions: z.array(
      z.object({ what: z.string(), owner: z.string(), owner_name: z.string(), due: dayText.nullable() }),
    ),
    corrections: z.array(
      z.object({
        id: z.uuid(),
        words: z.string(),
        why: z.string(),
        by: z.string().nullable(),
        as: z.string(),
        at: instantText,
      }),
    ),
  }),
  sql: ({ meeting }) => oneMeeting(meeting),
});

/** The same, where it leaves the house as a file: the family sees that in who has looked. */
export const document = query({
  ...one,
  name: 'meetings.document',
  title: 'Save the notes of a meeting as a document',
});

export const candidates = query({
  name: 'meetings.candidates',
  title: 'See who can be asked to a meeting',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: familyId() }),
  row: z.object({
    about: z.uuid(),
    kind: z.enum(['person', 'account', 'professional']),
    id: z.uuid(),
    name: z.string(),
    more: z.string().nullable(),
  }),
  sql: ({ family }, { today }) => candidatesFor(family, today),
});

export const dueSoon = query({
  name: 'meetings.due',
  title: 'See what is to be done about meetings',
  who: practitioners,
  about: 'the families',
  input: z.object({}),
  row: z.object({
    about: z.uuid(),
    id: z.uuid(),
    kind: z.string(),
    title: z.string(),
    family: z.string(),
    what: z.enum(['write', 'send', 'again']),
    due: day,
    meets_on: day,
  }),
  sql: (_input, { today }) => dueFrom(today),
});

const kindRow = {
  id: z.string(),
  title: z.string(),
  purpose: z.string(),
  asked: z.array(z.string()),
  must_come: z.array(z.string()),
  least: z.int(),
  chairs: z.int(),
  questions: z.array(z.string()),
  notes_clock: z.string().nullable(),
  next_clock: z.string().nullable(),
  again_clock: z.string().nullable(),
  source: z.string(),
  used: z.boolean(),
  version: z.int(),
};

export const kinds = query({
  name: 'meetings.kinds',
  title: 'See the kinds of meeting',
  who: 'anyone signed in',
  about: 'nobody',
  input: z.object({}),
  row: z.object(kindRow),
  sql: () => kindList,
});

export const kind = query({
  name: 'meetings.kind',
  title: 'See a kind of meeting',
  who: 'anyone signed in',
  about: 'nobody',
  input: z.object({ kind: z.string().max(60) }),
  row: z.object({
    ...kindRow,
    changes: z.array(
      z.object({
        id: z.uuid(),
        why: z.string(),
        by: z.string().nullable(),
        at: instantText,
        added: z.boolean(),
      }),
    ),
  }),
  sql: ({ kind: id }) => oneKind(id),
});
