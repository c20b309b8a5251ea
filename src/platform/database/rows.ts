import { createHash } from 'node:crypto';
import pg from 'pg';
import type { Sql } from 'sql-template-tag';
import type { z } from 'zod';
import { alone, type Sender } from './together.ts';
import type { Prepared } from './wire.ts';

/** What a piece of code that reads or writes tables needs: nothing of connections, pools or commits. */
export interface Rows {
  /** All rows of the answer, trusted to be of type T: for the platform's own tables. */
  many<T>(sql: Sql): Promise<T[]>;
  /** All rows, each parsed by the schema: what areas use, so that a drifting column is found at the edge. */
  rows<S extends z.ZodType>(schema: S, sql: Sql): Promise<z.output<S>[]>;
  /** How many rows were written. */
  run(sql: Sql): Promise<number>;
}

const { types } = pg;

/**
 * Days arrive as `Temporal.PlainDate`, moments as `Temporal.Instant`, bigint (money in pence) as `bigint`. Never as the
 * JavaScript `Date`, which cannot hold a day without a time zone.
 */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (format !== 'binary') {
      if (oid === types.builtins.DATE) return dayOf;
      if (oid === types.builtins.TIMESTAMPTZ) return instantOf;
      if (oid === types.builtins.INT8) return (text: string) => BigInt(text);
    }
    return types.getTypeParser(oid, format as 'text');
  },
};

const days = new Map<string, Temporal.PlainDate>();

/** A day from its text. Days come again and again and never change, so each is made once. */
function dayOf(text: string): Temporal.PlainDate {
  let day = days.get(text);
  if (day === undefined) {
    if (days.size > 50_000) days.clear();
    day = Temporal.PlainDate.from(text);
    days.set(text, day);
  }
  return day;
}

/** PostgreSQL writes `2026-11-22 21:04:05.123+00`; ISO 8601 wants a T and a full offset. */
function instantOf(text: string): Temporal.Instant {
  return Temporal.Instant.from(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'));
}

const quoted = (text: string) => `"${text.replaceAll(/["\\]/g, '\\$&')}"`;

/** A value as it travels: text, bytes, or nothing. Lists become PostgreSQL's own `{"a","b"}`. */
function outgoing(value: unknown): string | Buffer | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (Buffer.isBuffer(value)) return value;
  if (Array.isArray(value)) return `{${value.map(listed).join(',')}}`;
  return String(value);
}

function listed(value: unknown): string {
  if (Array.isArray(value)) return outgoing(value) as string;
  const out = outgoing(value);
  if (out === null) return 'NULL';
  return quoted(typeof out === 'string' ? out : `\\x${out.toString('hex')}`);
}

const statementNames = new Map<string, string>();

/**
 * A statement as the driver takes it, prepared under a name made from its text, so that each connection parses and plans it
 * once. The set of texts is finite: only values vary from call to call.
 */
export function prepared(sql: Sql): Prepared {
  const text = sql.text;
  let name = statementNames.get(text);
  if (name === undefined) {
    name = createHash('sha256').update(text).digest('base64url').slice(0, 40);
    statementNames.set(text, name);
  }
  return { name, text, values: sql.values.map(outgoing) };
}

/** Rows over one connection. The caller owns the connection and its transaction. */
export const rowsOn = (client: pg.ClientBase): Rows => rowsThrough(alone(client));

/** Rows through anything that sends statements. */
export function rowsThrough(sender: Sender): Rows {
  return {
    async many<T>(sql: Sql) {
      return (await sender.query(prepared(sql))).rows as T[];
    },
    async rows(schema, sql) {
      const answer = await sender.query(prepared(sql));
      return answer.rows.map((row) => schema.parse(row));
    },
    async run(sql) {
      return (await sender.query(prepared(sql))).rowCount ?? 0;
    },
  };
}
