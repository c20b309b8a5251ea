import sql, { type Sql } from 'sql-template-tag';
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

/**
 * Wraps a reading statement so that reading and writing down who was read are one statement: it cannot answer unseen.
 * The statement's `about` column (a family or person) says whom each row is about.
 */
export const readAndAudit = (
  name: string,
  statement: Sql,
  origin: Origin,
  into: Sql = wholeTrail,
): Sql => sql`
  with answer as materialized (${statement}),
  seen as (
    insert into ${into} (kind, name, account_id, session_id, about, reasons, from_address, request_id, detail)
    select 'read', ${name}, access.account_id(), nullif(current_setting('kith.session', true), '')::uuid, them.about,
      (select coalesce(array_agg(distinct kind), '{}') from access.my_reason where subject = any(them.about)),
      ${origin.address}::inet, ${origin.requestId}::uuid, jsonb_build_object('rows', them.rows)
    from (select coalesce(array_agg(distinct about), '{}') as about, count(*) as rows from answer) as them
  )
  select * from answer`;
