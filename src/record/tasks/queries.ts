import { z } from 'zod';
import { query } from '../../platform/actions/declare.ts';
import { id, optional, optionalDay, optionalId } from '../../platform/actions/fields.ts';
import { familyId } from '../fields.ts';
import { practitioners } from '../roles.ts';
import { endedOfFamily, myTasks, oneTask, openOfFamily, ownersFor } from './records.ts';
import { states } from './rules.ts';

const day = z.custom<Temporal.PlainDate>((value) => value instanceof Temporal.PlainDate);
const instant = z.custom<Temporal.Instant>((value) => value instanceof Temporal.Instant);

const taskRow = z.object({
  about: z.uuid(),
  task: z.uuid(),
  what: z.string(),
  due: day.nullable(),
  from_area: z.string(),
  from_id: z.uuid().nullable(),
  state: z.enum(states),
  outcome: z.string().nullable(),
  ended_at: instant.nullable(),
  ended_by: z.string().nullable(),
  made_at: instant,
  made_by: z.string().nullable(),
  version: z.int(),
  family: z.string(),
  owner: z.string(),
  /** The account or post that is to do it; null for somebody by name. */
  owner_id: z.uuid().nullable(),
  owner_named: z.string().nullable(),
  /** Whoever asks is to do it, or a team of theirs. */
  mine: z.boolean(),
  /** Whoever was to do it does not see the family any more. */
  owner_gone: z.boolean(),
  people: z.array(z.object({ id: z.uuid(), name: z.string() })),
});
export type Task = z.output<typeof taskRow>;

const after = { afterDue: optionalDay('Enter a day'), afterId: optionalId() };
const from = (input: { afterDue?: Temporal.PlainDate | undefined; afterId?: string | undefined }) =>
  input.afterId === undefined ? undefined : { due: input.afterDue, id: input.afterId };

export const mine = query({
  name: 'tasks.mine',
  title: 'See what I have to do',
  who: practitioners,
  about: 'the families it is for',
  input: z.object(after),
  row: taskRow,
  sql: (input) => myTasks(from(input)),
});

export const ofFamily = query({
  name: 'tasks.of-family',
  title: 'See what is to be done for a family',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: familyId(), ...after }),
  row: taskRow,
  sql: ({ family, ...input }) => openOfFamily(family, from(input)),
});

/** The first few, for the panel of the family's page. */
export const next = query({
  name: 'tasks.next',
  title: 'See what is to be done next for a family',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: familyId() }),
  row: taskRow,
  sql: ({ family }) => openOfFamily(family, undefined, 6),
});

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

export const ended = query({
  name: 'tasks.ended',
  title: 'See what was done for a family, and what came of it',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: familyId(), beforeAt: optionalInstant(), beforeId: optionalId() }),
  row: taskRow,
  sql: ({ family, beforeAt, beforeId }) =>
    endedOfFamily(family, beforeAt && beforeId ? { at: beforeAt, id: beforeId } : undefined),
});

export const one = query({
  name: 'tasks.one',
  title: 'Look at something to do for a family',
  who: practitioners,
  about: 'the family',
  input: z.object({ task: id() }),
  row: taskRow,
  sql: ({ task }) => oneTask(task),
});

export const owners = query({
  name: 'tasks.owners',
  title: 'See who can do something for a family',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: familyId() }),
  row: z.object({
    about: z.uuid(),
    kind: z.enum(['worker', 'person']),
    id: z.uuid(),
    name: z.string(),
    more: z.string(),
    mine: z.boolean(),
  }),
  sql: ({ family }, { today }) => ownersFor(family, today),
});
