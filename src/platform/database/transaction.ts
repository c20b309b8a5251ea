import type pg from 'pg';
import type { Sql } from 'sql-template-tag';
import { prepared, type Rows, rowsOn } from './rows.ts';

/**
 * Runs `work` in one transaction. `opening` statements (who is asking) travel in the same network write as BEGIN and the
 * first statement of `work`; `closing` statements travel with COMMIT. On a local connection the round trip is most of the
 * cost of a small transaction, so this is what keeps access control and audit affordable.
 *
 * If an opening statement fails the transaction is aborted by the server, every later statement fails too, and the opening
 * statement's error is the one thrown. If anything fails nothing is written.
 */
export async function transaction<T>(
  pool: pg.Pool,
  opening: readonly Sql[],
  work: (rows: Rows) => Promise<T>,
  closing: (result: T) => readonly Sql[] = () => [],
): Promise<T> {
  const client = await pool.connect();
  let broken: unknown;
  try {
    const begun = client.query('begin');
    const opened = Promise.all([begun, ...opening.map((sql) => client.query(prepared(sql)))]);
    // Handled below in any case; without this the process would be told of it before we come to it.
    opened.catch(() => {});
    let result: T;
    try {
      result = await work(rowsOn(client));
    } catch (error) {
      await opened; // the first cause, where the opening is what failed
      throw error;
    }
    await opened;
    const last = closing(result).map((sql) => client.query(prepared(sql)));
    const answers = await Promise.all([...last, client.query('commit')]);
    const commit = answers.at(-1);
    // A COMMIT sent into an aborted transaction answers ROLLBACK and no error: it must not pass for success.
    if (commit?.command !== 'COMMIT') throw new Error('the transaction was rolled back by the server');
    return result;
  } catch (error) {
    try {
      await client.query('rollback');
    } catch (failed) {
      broken = failed;
    }
    throw error;
  } finally {
    client.release(broken instanceof Error ? broken : undefined);
  }
}

/** One transaction made of a single statement between its opening and COMMIT: everything in one network write. */
export async function inOneFlight(
  pool: pg.Pool,
  opening: readonly Sql[],
  statement: Sql,
): Promise<{ opened: pg.QueryResult[]; answer: pg.QueryResult }> {
  const client = await pool.connect();
  let broken: unknown;
  try {
    const answers = await Promise.allSettled([
      client.query('begin'),
      ...opening.map((sql) => client.query(prepared(sql))),
      client.query(prepared(statement)),
      client.query('commit'),
    ]);
    const failed = answers.find((answer) => answer.status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
    const results = answers.map((answer) => (answer as PromiseFulfilledResult<pg.QueryResult>).value);
    if (results.at(-1)?.command !== 'COMMIT')
      throw new Error('the transaction was rolled back by the server');
    return { opened: results.slice(1, -2), answer: results.at(-2) as pg.QueryResult };
  } catch (error) {
    // After a failed statement COMMIT has already rolled back; a lost connection is not handed to the next caller.
    if (!(error instanceof Error && 'severity' in error)) broken = error;
    throw error;
  } finally {
    client.release(broken instanceof Error ? broken : undefined);
  }
}
