import type pg from 'pg';

/**
 * Has PostgreSQL count its tables anew and clear away what is dead, after very many rows were written at once: without it the
 * policies, which look for a reason row by row, are planned for tables as small as they were before. Takes seconds to a minute;
 * nobody waits for it meanwhile. `owner` is the owner's pool; never inside a transaction.
 */
export async function tidyTables(owner: pg.Pool): Promise<void> {
  const client = await owner.connect();
  try {
    // Tables of PostgreSQL itself are not ours to tidy: it says so for each and goes on.
    await client.query('set client_min_messages = error');
    await client.query('set statement_timeout = 0');
    await client.query('vacuum (analyze)');
  } finally {
    await client.query('reset statement_timeout').catch(() => {});
    await client.query('reset client_min_messages').catch(() => {});
    client.release();
  }
}
