import type { Pool } from 'pg';
import sql, { Sql } from 'sql-template-tag';
import { Problem } from '../problem.ts';

/** A past day, and the moment at its end up to which what was written down counts. */
export interface AsAt {
  day: Temporal.PlainDate;
  moment: Temporal.Instant;
}

/** The whole of a past day, as days are here. */
export const endOf = (day: Temporal.PlainDate): AsAt => ({
  day,
  moment: day.add({ days: 1 }).toZonedDateTime('Europe/London').toInstant(),
});

/** Says, for the rest of the transaction, at which moment the record is wanted. */
export const standsAt = ({ moment }: AsAt): Sql =>
  sql`select set_config('kith.as_at', ${moment.toString()}, true)`;

/**
 * What of the record can be read as it stood: the names in the schema `then`. They change with migrations alone, so they are
 * looked up once.
 */
export function pastNames(pool: Pool): () => Promise<ReadonlySet<string>> {
  let known: Promise<ReadonlySet<string>> | undefined;
  return () => {
    known ??= pool
      .query<{ name: string }>(
        `select relname as name from pg_class where relnamespace = '"then"'::regnamespace
         union all select proname from pg_proc where pronamespace = '"then"'::regnamespace`,
      )
      .then(({ rows }) => new Set(rows.map((row) => row.name)))
      .catch((error: unknown) => {
        known = undefined;
        throw error;
      });
    return known;
  };
}

/**
 * The same statement, reading the views of the schema `then` in place of the tables of the record. What has no past, such as the
 * functions that say who may see what, it goes on asking of today.
 */
export const asItStood = (statement: Sql, past: ReadonlySet<string>): Sql =>
  new Sql(
    statement.strings.map((text) =>
      text.replaceAll(/\brecord\.(\w+)/g, (whole, name: string) =>
        past.has(name) ? `"then".${name}` : whole,
      ),
    ),
    statement.values,
  );

/** Nothing can be done on a past day. */
export const pastIsPast = () =>
  new Problem(409, 'in-the-past', 'Nothing can be changed on a page as it stood', {
    detail: 'Go to the page as it is today, and do it there.',
  });
