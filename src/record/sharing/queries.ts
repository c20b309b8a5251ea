import { z } from 'zod';
import { query } from '../../platform/actions/declare.ts';
import { id, optionalDay, optionalId, tick } from '../../platform/actions/fields.ts';
import { familyId } from '../fields.ts';
import { practitioners } from '../roles.ts';
import { countShared, oneShared, sharedAbout } from './records.ts';
import { directions, pageSize } from './rules.ts';

const day = z.custom<Temporal.PlainDate>((value) => value instanceof Temporal.PlainDate);
const instant = z.custom<Temporal.Instant>((value) => value instanceof Temporal.Instant);

const row = z.object({
  about: z.uuid(),
  id: z.uuid(),
  direction: z.enum(directions),
  shared_on: day,
  what: z.string(),
  with_whom: z.string(),
  place: z.uuid().nullable(),
  /** With whom would give a withheld address away: those words are left out. */
  near_withheld: z.boolean(),
  basis: z.string(),
  necessary_because: z.string(),
  told: z.boolean(),
  told_on: day.nullable(),
  told_by: z.string().nullable(),
  not_told_because: z.string().nullable(),
  asked_by: z.string(),
  shared_by: z.string(),
  /** The entry this one puts right, and what was wrong with it. */
  corrects: z.uuid().nullable(),
  corrected_because: z.string().nullable(),
  noted_by: z.string().nullable(),
  noted_at: instant,
  /** The entry that puts this one right. */
  corrected_by: z.uuid().nullable(),
  /** Whom of the family it was about; nobody named means the family as a whole. */
  people: z.array(z.object({ id: z.uuid(), name: z.string() })),
});

const page = { family: familyId(), beforeOn: optionalDay('Enter a day'), beforeId: optionalId() };
const before = ({
  beforeOn,
  beforeId,
}: {
  beforeOn?: Temporal.PlainDate | undefined;
  beforeId?: string | undefined;
}) => (beforeOn && beforeId ? { on: beforeOn, id: beforeId } : undefined);

/** Everything that was shared about a family, corrected entries too, newest first, a page at a time. */
export const ofFamily = query({
  name: 'sharing.of-family',
  title: 'See what was shared about a family, and with whom',
  who: practitioners,
  about: 'the family',
  input: z.object(page),
  row,
  sql: ({ family, ...where }) => sharedAbout(family, { before: before(where), most: pageSize }),
});

/** What stands, for the family to read and keep: what they were told of, and the rest only with `all`. */
export const forFamily = query({
  name: 'sharing.for-family',
  title: 'Make the list of what was shared for the family to keep',
  who: practitioners,
  about: 'the family',
  input: z.object({ ...page, all: tick() }),
  row,
  sql: ({ family, all, ...where }) =>
    sharedAbout(family, { before: before(where), standing: true, toldOnly: !all, most: pageSize }),
});

export const entry = query({
  name: 'sharing.entry',
  title: 'Look at one thing that was shared about a family',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: familyId(), shared: id() }),
  row,
  sql: ({ family, shared }) => oneShared(family, shared),
});

export const latest = query({
  name: 'sharing.latest',
  title: 'See what was shared last about a family',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: familyId() }),
  row,
  sql: ({ family }) => sharedAbout(family, { standing: true, most: 4 }),
});

export const count = query({
  name: 'sharing.count',
  title: 'See how often information about a family was shared',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: familyId() }),
  row: z.object({ about: z.uuid(), entries: z.int(), untold: z.int() }),
  sql: ({ family }) => countShared(family),
});
