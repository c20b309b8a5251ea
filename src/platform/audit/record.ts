import sql, { type Sql } from 'sql-template-tag';
import type { Identity } from '../access/identity.ts';
import { wholeTrail } from './months.ts';

/** Where a request came from: part of every audit event. */
export interface Origin {
  address: string | null;
  requestId: string;
}

export interface AuditEvent {
  kind: 'action' | 'refused' | 'sign-in' | 'system';
  name: string;
  about: readonly string[];
  detail?: Readonly<Record<string, unknown>>;
}

/**
 * Writes an event in the asking transaction. Who, which session and why they could (the kinds of live reason for those it is
 * about) are taken by the database from the transaction itself, never from the caller. `into` is the table (months.ts).
 */
export const auditStatement = (event: AuditEvent, origin: Origin, into: Sql = wholeTrail): Sql => sql`
  insert into ${into} (kind, name, account_id, session_id, about, reasons, from_address, request_id, detail)
  select ${event.kind}, ${event.name}, access.account_id(), nullif(current_setting('kith.session', true), '')::uuid, ${event.about}::uuid[],
    (select coalesce(array_agg(distinct kind), '{}') from access.my_reason where subject = any(${event.about}::uuid[])),
    ${origin.address}::inet, ${origin.requestId}::uuid, ${JSON.stringify(event.detail ?? {})}::jsonb`;

/** A read as it is written down: who and which session as the database confirmed them in the transaction that read. */
export interface ReadEvent {
  name: string;
  account: string;
  session: string;
  /** Families and people. */
  about: readonly string[];
  /** The kinds of live reason for them that the asker had in that transaction. */
  reasons: readonly string[];
  rows: number;
  address: string | null;
  request: string;
  /** The past day as at which it was read, if it was not read as it is. */
  as_at?: string;
}

/**
 * Wraps a reading statement so that each row also says for what kinds of live reason the asker may see those it is about; its
 * `about` column (a family or person) says whom. Nobody is shown the rows before what `readEvent` makes of them is kept.
 */
export const withReasons = (statement: Sql): Sql => sql`
  with answer as materialized (${statement})
  select answer.*, (select array_agg(distinct kind) from access.my_reason
    where subject = any (array(select about from answer))) as reasons_of_asker from answer`;

/**
 * Wraps a reading statement so that it writes down itself what `readEvent` would make of its answer: for whoever reads alone, in
 * one flight and one commit. It has no row to show unless the event can be written. `into` is the table (months.ts).
 */
export const withEvent = (
  statement: Sql,
  name: string,
  { address, requestId }: Origin,
  asAt?: { day: Temporal.PlainDate },
  into: Sql = wholeTrail,
): Sql => sql`
  with answer as materialized (${statement}), seen as (
    insert into ${into} (kind, name, account_id, session_id, about, reasons, from_address, request_id, detail)
    select 'read', ${name}, access.account_id(), nullif(current_setting('kith.session', true), '')::uuid,
      array(select distinct about from answer where about is not null order by about),
      array(select distinct kind from access.my_reason where subject = any (array(select about from answer))),
      ${address}::inet, ${requestId}::uuid,
      jsonb_build_object('rows', (select count(*) from answer)) || ${JSON.stringify(asAt ? { asAt: asAt.day } : {})}::jsonb)
  select * from answer`;

/** What is to be written down of a read, from the rows of its statement. */
export function readEvent(
  name: string,
  rows: readonly Record<string, unknown>[],
  { account, session }: Pick<Identity, 'account' | 'session'>,
  { address, requestId }: Origin,
  asAt?: { day: Temporal.PlainDate },
): ReadEvent {
  const about = new Set<string>();
  for (const row of rows) if (typeof row.about === 'string') about.add(row.about);
  const reasons = rows[0]?.reasons_of_asker;
  return {
    name,
    account,
    session,
    about: [...about].sort(),
    reasons: Array.isArray(reasons) ? reasons : [],
    rows: rows.length,
    address,
    request: requestId,
    ...(asAt ? { as_at: asAt.day.toString() } : {}),
  };
}

/** Writes down reads together: one statement, one commit. `into` is the table (months.ts). */
export const readsStatement = (events: readonly ReadEvent[], into: Sql = wholeTrail): Sql => sql`
  insert into ${into} (kind, name, account_id, session_id, about, reasons, from_address, request_id, detail)
  select 'read', e.name, e.account, e.session, e.about, e.reasons, e.address, e.request,
      jsonb_build_object('rows', e.rows) || case when e.as_at is null then '{}' else jsonb_build_object('asAt', e.as_at) end
    from jsonb_to_recordset(${JSON.stringify(events)}::jsonb)
      as e (name text, account uuid, session uuid, about uuid[], reasons text[], rows integer, address inet, request uuid, as_at text)`;
