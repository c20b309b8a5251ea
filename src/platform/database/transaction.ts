import type pg from 'pg';
import type { Sql } from 'sql-template-tag';
import { prepared, type Rows, rowsThrough } from './rows.ts';
import {
  type Answer,
  canTravelTogether,
  gathering,
  type Sender,
  sendAlone,
  sendTogether,
} from './together.ts';
import type { Prepared } from './wire.ts';

const begin: Prepared = { name: 'begin', text: 'begin', values: [] };
const commit: Prepared = { name: 'commit', text: 'commit', values: [] };
const rollback: Prepared = { name: 'rollback', text: 'rollback', values: [] };

const sendAll = (sender: Sender, statements: readonly Sql[]): Promise<Answer>[] =>
  statements.map((statement) => sender.query(prepared(statement)));

/**
 * Runs `work` in one transaction. `opening` statements (who is asking) travel in the same network write as BEGIN and the
 * first statements of `work`; `closing` statements travel with COMMIT. On a local connection the round trip is most of the
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
    const sender = gathering(client);
    const opened = Promise.all([sender.query(begin), ...sendAll(sender, opening)]);
    // Handled below in any case; without this the process would be told of it before we come to it.
    opened.catch(() => {});
    let result: T;
    try {
      result = await work(rowsThrough(sender));
    } catch (error) {
      await opened; // the first cause, where the opening is what failed
      throw error;
    }
    await opened;
    const answers = await Promise.all([...sendAll(sender, closing(result)), sender.query(commit)]);
    // A COMMIT sent into an aborted transaction answers ROLLBACK and no error: it must not pass for success.
    if (answers.at(-1)?.command !== 'COMMIT')
      throw new Error('the transaction was rolled back by the server');
    return result;
  } catch (error) {
    try {
      await sendAlone(client, rollback);
    } catch (failed) {
      broken = failed;
    }
    throw error;
  } finally {
    client.release(broken instanceof Error ? broken : undefined);
  }
}

/** An error that leaves the connection unfit for the next caller; after one that the server tells of, it has rolled back. */
const lost = (error: unknown): Error | undefined =>
  error instanceof Error && !('severity' in error) ? error : undefined;

/** One transaction of these statements, in this order: everything in one network write. Answers in their order. */
async function flight(pool: pg.Pool, statements: readonly Prepared[]): Promise<Answer[]> {
  const client = await pool.connect();
  let failed: unknown;
  try {
    return canTravelTogether(client, statements)
      ? await sendTogether(client, statements)
      : await oneAfterAnother(client, statements);
  } catch (error) {
    failed = error;
    throw error;
  } finally {
    client.release(lost(failed));
  }
}

/** One transaction made of its opening and a single statement. */
export async function inOneFlight(pool: pg.Pool, opening: readonly Sql[], statement: Sql): Promise<Answer> {
  const answer = (await flight(pool, [...opening, statement].map(prepared))).at(-1);
  if (answer === undefined) throw new Error('a statement was not answered');
  return answer;
}

/** A read that waits to be sent with others. */
interface Boarding {
  statement: Sql;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/** How many reads go in one flight: a page that asks more uses several connections, and so several cores. */
const mostTogether = 8;

/**
 * Reads that share their opening: whoever draws a page asks some twenty things in one turn of the event loop, and says who they
 * are once for eight of them in place of once for each. `by` tells apart those who may not share: who asks, and as of when.
 *
 * A flight in which anything fails is flown again with each read by itself, so that no read is refused for another's sake.
 */
export function sharedFlights(pool: pg.Pool) {
  const boarding = new Map<string, { opening: readonly Sql[]; reads: Boarding[] }>();

  async function fly(opening: readonly Sql[], reads: readonly Boarding[]): Promise<void> {
    const [first, ...more] = reads;
    if (first === undefined) return;
    try {
      if (more.length === 0) return first.resolve(await inOneFlight(pool, opening, first.statement));
      const statements = [...opening, ...reads.map(({ statement }) => statement)].map(prepared);
      const answers = (await flight(pool, statements)).slice(opening.length);
      for (const [index, answer] of answers.entries()) reads[index]?.resolve(answer);
    } catch (error) {
      if (more.length === 0) first.reject(error);
      else await Promise.all(reads.map((read) => fly(opening, [read])));
    }
  }

  const leave = () => {
    const all = [...boarding.values()];
    boarding.clear();
    for (const { opening, reads } of all)
      for (let at = 0; at < reads.length; at += mostTogether)
        fly(opening, reads.slice(at, at + mostTogether));
  };

  return (by: string, opening: readonly Sql[], statement: Sql): Promise<Answer> =>
    new Promise((resolve, reject) => {
      if (boarding.size === 0) setImmediate(leave);
      const shared = boarding.get(by) ?? { opening, reads: [] };
      shared.reads.push({ statement, resolve, reject });
      boarding.set(by, shared);
    });
}

/** The same for a connection on which they have not all been parsed. */
async function oneAfterAnother(client: pg.ClientBase, statements: readonly Prepared[]): Promise<Answer[]> {
  const answers = await Promise.allSettled(
    [begin, ...statements, commit].map((each) => sendAlone(client, each)),
  );
  const failed = answers.find((answer) => answer.status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
  const results = answers.map((answer) => (answer as PromiseFulfilledResult<Answer>).value);
  if (results.at(-1)?.command !== 'COMMIT') throw new Error('the transaction was rolled back by the server');
  return results.slice(1, -1);
}
