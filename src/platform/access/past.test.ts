import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rowsOn } from '../database/rows.ts';
import { transaction } from '../database/transaction.ts';
import { type TestDatabase, testDatabase } from '../testing/database.ts';
import { makeWorker, type Worker } from '../testing/people.ts';
import { enter } from './identity.ts';
import { markPastReasons } from './past.ts';

let database: TestDatabase;
let worker: Worker;
beforeAll(async () => {
  database = await testDatabase();
  worker = await makeWorker(database, { team: 'First' });
  await database.superuser.query(
    `insert into access.reason_kind (id, title, scope) values ('deciding', 'Decides on a request', 'practice') on conflict do nothing`,
  );
});
afterAll(() => database.close());

/** Gives the worker a reason whose end is so far from now, and that claims to be past or not. */
async function given(until: string | null, past = false): Promise<string> {
  const subject = randomUUID();
  await database.superuser.query(
    `insert into access.reason (subject, holder, kind, scope, since, until, past)
     values ($1, $2, 'deciding', 'practice', now() - interval '1 day', now() + $3::interval, $4)`,
    [subject, worker.account, until, past],
  );
  return subject;
}
const change = (text: string, subject: string) => database.superuser.query(text, [subject]);

/** Whether the worker sees it, and whether it is marked as past. */
async function stands(subject: string): Promise<[boolean, boolean]> {
  const client = await database.pools.app.connect();
  const rows = rowsOn(client);
  try {
    await client.query('begin');
    await rows.many(enter(worker.asking.tokenHash, ''));
    const seen = await rows.many(sql`select from access.my_reason where subject = ${subject}`);
    await client.query('rollback');
    const marked = await change('select past from access.reason where subject = $1', subject);
    return [seen.length > 0, marked.rows[0]?.past];
  } finally {
    client.release();
  }
}

test('a reason is marked as past by its days, whatever whoever writes it says', async () => {
  expect(await stands(await given(null, true))).toEqual([true, false]);
  expect(await stands(await given('1 hour', true))).toEqual([true, false]);
  expect(await stands(await given('-1 hour'))).toEqual([false, true]);
  const live = await given(null);
  await change('update access.reason set past = true where subject = $1', live);
  expect(await stands(live)).toEqual([true, false]);
});

test('one that ends counts no more from that moment, and is marked later; one that is opened again counts again', async () => {
  const soon = await given('300 milliseconds');
  const now = await given(null);
  await change('update access.reason set until = clock_timestamp() where subject = $1', now);
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect([await stands(soon), await stands(now)]).toEqual([
    [false, false],
    [false, false],
  ]);
  const mark = () => transaction(database.pools.owner, [], markPastReasons);
  expect(await mark()).toBe(2);
  expect(await mark()).toBe(0);
  expect([await stands(soon), await stands(now)]).toEqual([
    [false, true],
    [false, true],
  ]);
  await change('update access.reason set until = null where subject = $1', soon);
  expect(await stands(soon)).toEqual([true, false]);
});
