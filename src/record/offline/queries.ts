import sql from 'sql-template-tag';
import { z } from 'zod';
import { query } from '../../platform/actions/declare.ts';
import { id } from '../../platform/actions/fields.ts';
import { practitioners } from '../roles.ts';
import { arrivedOfMine, oneOfMine } from './records.ts';
import { typedFrom } from './rules.ts';
import { keysOf } from './seal.ts';

const instant = z.custom<Temporal.Instant>((value) => value instanceof Temporal.Instant);
const states = z.enum(['waiting', 'signed', 'kept', 'thrown away']);

/** The keys to which the devices of whoever asks seal what they write. They are public: nothing can be opened with them. */
export const keysWith = (secrets: readonly string[]) =>
  query({
    name: 'visits.keys',
    title: 'Get a device ready to write with no signal',
    who: practitioners,
    about: 'nobody',
    input: z.object({}),
    row: z.object({ account: z.uuid() }).transform(({ account }) => keysOf(secrets, account)),
    sql: () => sql`select access.account_id() as account`,
  });

const common = {
  id: z.uuid(),
  written_at: instant,
  arrived_at: instant,
  finished: z.boolean(),
  state: states,
  note_id: z.uuid().nullable(),
};

// About nobody: no family has been chosen, and nobody but the writer ever reads it.
export const arrived = query({
  name: 'visits.arrived',
  title: 'See the visits that I wrote and have not signed',
  who: practitioners,
  about: 'nobody',
  input: z.object({}),
  row: z.object({ ...common, who: z.string(), words: z.string() }),
  sql: arrivedOfMine,
});

export const one = query({
  name: 'visits.one',
  title: 'Read a visit that I wrote and have not signed',
  who: practitioners,
  about: 'nobody',
  input: z.object({ visit: id() }),
  row: z.object({
    ...common,
    why: z.string().nullable(),
    fields: z
      .record(z.string(), z.unknown())
      .nullable()
      .transform((fields) => typedFrom(fields ?? {})),
  }),
  sql: ({ visit }) => oneOfMine(visit),
});
