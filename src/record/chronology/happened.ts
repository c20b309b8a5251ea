import sql from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';
import type { Precision } from '../people/rules.ts';
import type { EventKindId } from './kinds.ts';

export type { EventKindId } from './kinds.ts';

/** Something that happened, as an area that did it says so. */
export interface Happened {
  /** The family in which it was written. */
  family: string;
  /** Whom it is about; nobody named means everybody who is in the family now. */
  people: readonly string[];
  kind: EventKindId;
  /** The day, or the first day that it can be where less is known. */
  on: Temporal.PlainDate;
  /** How much of the day is known; the whole day unless said. */
  known?: Precision | undefined;
  /** In plain words, 1 to 2,000 characters; never an address. */
  what: string;
  /** What it follows: an area ("plans", "homes") and the id of what it is there. */
  from: { area: string; id: string };
  /** The agency from which it is known. */
  source?: string | undefined;
}

/**
 * Writes an event into the chronology, made by what was done elsewhere: once for each (area, id, kind). Called again with the
 * same, it changes the day, the words and the people to what is said now.
 *
 * The database refuses it (KT403, which people read as "not found") from whoever has no reason to see the family, and about
 * people whom the writer does not see.
 */
export async function happened(
  rows: Rows,
  { family, people, kind, on, known, what, from, source }: Happened,
): Promise<void> {
  const said = {
    kind,
    happened_on: on.toString(),
    known: known ?? 'day',
    what,
    from_area: from.area,
    from_id: from.id,
    ...(source === undefined ? {} : { source }),
  };
  await rows.many(
    sql`select record.write_event(${family}::uuid, ${[...people]}::uuid[], ${JSON.stringify(said)}::jsonb)`,
  );
}

/** What events followed was itself taken out, so they did not happen: they no longer show. */
export async function neverHappened(rows: Rows, from: { area: string; id: string }): Promise<void> {
  await rows.many(sql`select record.take_out_events(${from.area}, ${from.id}::uuid)`);
}
