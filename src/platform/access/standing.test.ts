import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { prepared, rowsOn } from '../database/rows.ts';
import { type TestDatabase, testDatabase } from '../testing/database.ts';
import { giveHolding, makeWorker, type Worker } from '../testing/people.ts';
import { enter, type Identity, identityFrom } from './identity.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

async function whoIs(worker: Worker): Promise<Identity> {
  const { text, values } = prepared(enter(worker.asking.tokenHash, ''));
  const answer = await database.pools.app.query<{ who: unknown }>(text, values);
  return identityFrom(answer.rows[0]?.who);
}
const postsOf = async (worker: Worker) => (await whoIs(worker)).posts.map((post) => post.id).sort();
const passes = (worker: Worker, print: string) => {
  const { text, values } = prepared(enter(worker.asking.tokenHash, print));
  return database.pools.app.query(text, values);
};
const change = (text: string, values: unknown[] = []) => database.superuser.query(text, values);
const soon = (milliseconds: number) => Temporal.Now.instant().add({ milliseconds });
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test('a post is held from the moment it begins to the moment it ends, without anybody writing anything then', async () => {
  // Long enough that a busy machine gets round to asking before each turn.
  const stay = 2500;
  const [begins, ends] = [soon(stay), soon(2 * stay)];
  const until = (moment: Temporal.Instant) =>
    wait(Math.max(0, Number(moment.epochMilliseconds) - Date.now()) + 20);
  const worker = await makeWorker(database, { team: 'First', until: begins });
  const { post: second } = await makeWorker(database, { team: 'Second', role: 'team-manager' });
  await giveHolding(database, worker.account, second, { from: begins, until: ends });
  const before = await whoIs(worker);
  expect(before.posts.map((post) => post.id)).toEqual([worker.post]);
  await passes(worker, before.print);
  await until(begins);
  await expect(passes(worker, before.print)).rejects.toMatchObject({ code: 'KT409' });
  const during = await whoIs(worker);
  expect(during.posts.map((post) => post.id)).toEqual([second]);
  await passes(worker, during.print);
  await until(ends);
  await expect(passes(worker, during.print)).rejects.toMatchObject({ code: 'KT409' });
  expect(await postsOf(worker)).toEqual([]);
});

test('whatever changes what an account holds counts from its commit on', async () => {
  const worker = await makeWorker(database, { team: 'Third' });
  const { post: other } = await makeWorker(database, { team: 'Fourth', role: 'team-manager' });
  expect(await postsOf(worker)).toEqual([worker.post]);
  const more = await giveHolding(database, worker.account, other);
  expect(await postsOf(worker)).toEqual([worker.post, other].sort());
  await change('delete from access.holding where id = $1', [more]);
  expect(await postsOf(worker)).toEqual([worker.post]);
  await change('update access.holding set post_id = $2 where id = $1', [worker.holding, other]);
  expect(await postsOf(worker)).toEqual([other]);
  await change(`update access.post set role_id = 'senior-manager' where id = $1`, [other]);
  expect((await whoIs(worker)).posts.map((post) => post.role)).toEqual(['senior-manager']);
  const { print } = await whoIs(worker);
  await change('update access.account set left_at = now() where id = $1', [worker.account]);
  await change('update access.session set ended_at = null where account_id = $1', [worker.account]);
  await expect(passes(worker, print)).rejects.toMatchObject({ code: 'KT401' });
  await change('update access.account set left_at = null where id = $1', [worker.account]);
  await change('update access.session set ended_at = null where account_id = $1', [worker.account]);
  expect(await postsOf(worker)).toEqual([other]);
  await change('update access.session set ended_at = now() where account_id = $1', [worker.account]);
  await expect(passes(worker, print)).rejects.toMatchObject({ code: 'KT401' });
});

test('nobody keeps what they held before a change that was under way while they asked', async () => {
  const worker = await makeWorker(database, { team: 'Fifth' });
  for (const isolation of ['read committed', 'repeatable read']) {
    await change('update access.holding set during = tstzrange(lower(during), null) where id = $1', [
      worker.holding,
    ]);
    expect(await postsOf(worker)).toEqual([worker.post]);
    // As after a crash, which empties what is kept ready.
    await change('delete from access.standing where account_id = $1', [worker.account]);
    await change(`begin isolation level ${isolation}`);
    await change('select 1');
    await change('update access.holding set during = tstzrange(lower(during), now()) where id = $1', [
      worker.holding,
    ]);
    const asked = postsOf(worker);
    await wait(150);
    await change('commit');
    expect(await asked).toEqual([]);
    expect(await postsOf(worker)).toEqual([]);
  }
});

test('many ask at once while a post begins and ends again and again: each answer is one that was true while it was asked', async () => {
  const worker = await makeWorker(database, { team: 'Sixth' });
  const { post: other } = await makeWorker(database, { team: 'Seventh', role: 'team-manager' });
  for (let round = 0; round < 15; round++) {
    const asking = Promise.all(Array.from({ length: 6 }, () => postsOf(worker)));
    const holding = await giveHolding(database, worker.account, other, { from: soon(0) });
    expect(await postsOf(worker)).toEqual([worker.post, other].sort());
    for (const posts of await asking) expect(posts).toContain(worker.post);
    await change('update access.holding set during = tstzrange(lower(during), now()) where id = $1', [
      holding,
    ]);
    expect(await postsOf(worker)).toEqual([worker.post]);
  }
});

test('a family that was found a moment ago is looked for again once a reason has ended, and for whoever asks next', async () => {
  const worker = await makeWorker(database, { team: 'Eighth' });
  const stranger = await makeWorker(database, { team: 'Ninth' });
  const [family, request] = [randomUUID(), randomUUID()];
  await change('insert into record.family (id, name) values ($1, $2)', [family, 'Petrie']);
  await change(
    `insert into access.reason_kind (id, title, scope) values ('deciding', 'Decides on a request', 'practice') on conflict do nothing`,
  );
  await change(
    `insert into access.reason (subject, holder, kind, scope, since, about_record) values ($1, $2, 'deciding', 'practice', now() - interval '1 day', $3)`,
    [family, worker.account, request],
  );
  const client = await database.pools.app.connect();
  const rows = rowsOn(client);
  const seen = async () => [
    (await rows.many(sql`select from record.family where id = ${family}`)).length === 1,
    (
      await rows.many<{ look: boolean | null }>(
        sql`select access.noted(${family}) or access.look(${family}) as look`,
      )
    )[0]?.look ?? false,
    (
      await rows.many<{ look: boolean | null }>(
        sql`select access.noted_any(${family}) or access.look_any(${family}) as look`,
      )
    )[0]?.look ?? false,
  ];
  try {
    await client.query('begin');
    await rows.many(enter(worker.asking.tokenHash, ''));
    expect(await seen()).toEqual([true, true, true]);
    expect(await seen()).toEqual([true, true, true]);
    await rows.many(sql`select access.end_reason(${family}, 'deciding', ${request})`);
    expect(await seen()).toEqual([false, false, false]);
    await client.query('rollback');

    await client.query('begin');
    await rows.many(enter(worker.asking.tokenHash, ''));
    expect(await seen()).toEqual([true, true, true]);
    await rows.many(enter(stranger.asking.tokenHash, ''));
    expect(await seen()).toEqual([false, false, false]);
    await client.query('commit');
    expect(await seen()).toEqual([false, false, false]);
  } finally {
    client.release();
  }
});
