import type { Pool } from 'pg';
import sql, { raw, type Sql } from 'sql-template-tag';
import { rowsOn } from '../database/rows.ts';

/** The whole trail: PostgreSQL finds the month that an event belongs to. */
export const wholeTrail: Sql = raw('audit.event');

const lookEvery = 60_000;
/** Near the turn of a month PostgreSQL decides, whose clock is not quite ours. */
const margin = 5 * 60_000;

interface Month {
  table: Sql;
  from: number;
  until: number;
}

/** The month that it is now for the database, when its table is there and both clocks agree. */
async function thisMonth(pool: Pool): Promise<Month | undefined> {
  const client = await pool.connect();
  try {
    const [found] = await rowsOn(client).many<{
      name: string;
      ready: boolean | null;
      now: number;
      from: number;
      until: number;
    }>(sql`
      select name, has_table_privilege(to_regclass('audit.' || name), 'insert') as ready,
        extract(epoch from clock_timestamp())::float8 * 1000 as now, extract(epoch from month)::float8 * 1000 as from,
        extract(epoch from date_add(month, interval '1 month', 'UTC'))::float8 * 1000 as until
      from (select date_trunc('month', clock_timestamp(), 'UTC') as month,
        'event_' || to_char(clock_timestamp() at time zone 'UTC', 'YYYY_MM') as name) as it`);
    if (!found?.ready || !/^event_\d{4}_\d{2}$/.test(found.name)) return undefined;
    if (Math.abs(found.now - Date.now()) > margin / 5) return undefined;
    return { table: raw(`audit.${found.name}`), from: found.from + margin, until: found.until - margin };
  } finally {
    client.release();
  }
}

/**
 * Says into which table events are written now: the month itself where that is sure, and otherwise the whole trail. Finding
 * the month anew for each event costs PostgreSQL as much again as writing it. Looks once a minute, and nobody waits for that.
 */
export function auditTable(pool: Pool): () => Sql {
  let month: Month | undefined;
  let lookAt = 0;
  return () => {
    const now = Date.now();
    if (now >= lookAt) {
      lookAt = now + lookEvery;
      thisMonth(pool).then(
        (found) => {
          month = found;
        },
        () => {
          month = undefined;
        },
      );
    }
    return month !== undefined && now > month.from && now < month.until ? month.table : wholeTrail;
  };
}
