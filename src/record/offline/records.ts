import sql, { type Sql } from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';
import type { Typed } from './rules.ts';

// The SQL of visits that have arrived. Row-level security shows each to its writer alone.

export interface Arrived {
  visit: string;
  writtenAt: Temporal.Instant;
  finished: boolean;
  typed: Typed;
}

/** Keeps a visit. One that is there already is left as it is, whatever has become of it. */
export const keepArrived = (rows: Rows, { visit, writtenAt, finished, typed }: Arrived): Promise<number> =>
  rows.run(sql`
    insert into record.visit_arrived (id, written_at, finished, fields)
    values (${visit}::uuid, ${writtenAt}::timestamptz, ${finished}, ${JSON.stringify(typed)}::jsonb)
    on conflict (account_id, id) do nothing`);

/** How a visit of whoever asks stands, held until the transaction ends; undefined when there is none. */
export async function holdArrived(rows: Rows, visit: string): Promise<string | undefined> {
  const [found] = await rows.many<{ state: string }>(sql`
    select state from record.visit_arrived where id = ${visit}::uuid and account_id = access.account_id() for update`);
  return found?.state;
}

/** A visit has become a note: its words are in the note now. */
export const becameNote = (rows: Rows, visit: string, note: string, signed: boolean): Promise<number> =>
  rows.run(sql`
    update record.visit_arrived set state = ${signed ? 'signed' : 'kept'}, note_id = ${note}::uuid, fields = null, ended_at = now()
    where id = ${visit}::uuid and account_id = access.account_id()`);

export const throwAway = (rows: Rows, visit: string, why: string): Promise<number> =>
  rows.run(sql`
    update record.visit_arrived set state = 'thrown away', why = ${why}, fields = null, ended_at = now()
    where id = ${visit}::uuid and account_id = access.account_id()`);

/** The visits of whoever asks that wait, oldest first, then the last few that became notes. */
export const arrivedOfMine = (): Sql => sql`
  (select v.id, v.written_at, v.arrived_at, v.finished, v.state, v.note_id, coalesce(left(v.fields ->> 'who', 200), '') as who,
     coalesce(left(v.fields ->> 'words', 200), '') as words
   from record.visit_arrived v where v.account_id = access.account_id() and v.state = 'waiting' order by v.arrived_at, v.id limit 100)
  union all
  (select v.id, v.written_at, v.arrived_at, v.finished, v.state, v.note_id, '', ''
   from record.visit_arrived v where v.account_id = access.account_id() and v.state = 'signed' and v.note_id is not null
   and v.ended_at > now() - interval '7 days' order by v.ended_at desc, v.id limit 5)`;

export const oneOfMine = (visit: string): Sql => sql`
  select v.id, v.written_at, v.arrived_at, v.finished, v.state, v.note_id, v.fields, v.why
  from record.visit_arrived v where v.id = ${visit}::uuid and v.account_id = access.account_id()`;
