import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { catalogue } from '../src/app.ts';
import { endOf } from '../src/platform/actions/as-at.ts';
import { query } from '../src/platform/actions/declare.ts';
import { type Desk, makeDesk } from '../src/platform/actions/desk.ts';
import type { ReadEvent } from '../src/platform/audit/record.ts';
import { openPools } from '../src/platform/database/connect.ts';
import { makeDisk } from '../src/platform/database/disk.ts';
import { migrate, prepareDatabase } from '../src/platform/database/migrate.ts';
import { type RunningDatabase, startDatabase } from '../src/platform/database/server.ts';
import { installCatalogue } from '../src/platform/install.ts';
import { type TestDatabase, testDatabase } from '../src/platform/testing/database.ts';
import { makeWorker, type Worker } from '../src/platform/testing/people.ts';

const somebody = randomUUID();
const look = query({
  name: 'test.look',
  title: 'Look at somebody',
  who: 'anyone signed in',
  about: 'somebody',
  input: z.object({}),
  row: z.object({ about: z.uuid() }),
  sql: () => sql`select ${somebody}::uuid as about`,
});
const now = () => Temporal.Now.instant();
/** Looks, and gives the id under which it must be in the trail. */
async function lookAs(desk: Desk, worker: Worker): Promise<string> {
  const requestId = randomUUID();
  await desk.ask(look, {}, { ...worker.asking, origin: { address: null, requestId } });
  return requestId;
}

let database: TestDatabase;
let worker: Worker;
beforeAll(async () => {
  database = await testDatabase();
  worker = await makeWorker(database);
});
afterAll(() => database.close());

const eventsOf = async (requests: readonly string[]) =>
  (
    await database.superuser.query<{ request: string; kept_in: string }>(
      `select request_id as request, tableoid::regclass::text as kept_in from audit.event where request_id = any ($1::uuid[])`,
      [requests],
    )
  ).rows;

test('events go to the month they belong to, and to the rest of the trail where that month has no table yet', async () => {
  const month = `audit.event_${new Date().toISOString().slice(0, 7).replace('-', '_')}`;
  await database.superuser.query('select audit.make_month(current_date)');
  const desk = makeDesk(database.pools, now);
  const requests: string[] = [];
  for (let n = 0; n < 20; n++) {
    requests.push(await lookAs(desk, worker));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const found = await eventsOf(requests);
  expect(new Set(found.map((event) => event.request))).toEqual(new Set(requests));
  expect(new Set(found.map((event) => event.kept_in))).toEqual(new Set([month]));
  await database.superuser.query(`revoke insert on ${month} from kith_app`);
  const other = makeDesk(database.pools, now);
  const more = [await lookAs(other, worker), await lookAs(other, worker), await lookAs(other, worker)];
  expect((await eventsOf(more)).length).toBe(3);
  await database.superuser.query(`grant insert on ${month} to kith_app`);
});

test('a read that cannot be written down is not answered', async () => {
  const desk = makeDesk(database.pools, now);
  await lookAs(desk, worker);
  const { rows } = await database.superuser.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c where relnamespace = 'audit'::regnamespace and relname like 'event%' and relkind in ('r', 'p')`,
  );
  const tables = rows.map(({ name }) => name).join(', ');
  await database.superuser.query(`revoke insert on ${tables} from kith_app`);
  try {
    for (let n = 0; n < 3; n++) await expect(lookAs(desk, worker)).rejects.toThrow('permission denied');
  } finally {
    await database.superuser.query(`grant insert on ${tables} to kith_app`);
  }
  expect(await eventsOf([await lookAs(desk, worker)])).toHaveLength(1);
});

test('a read whose event cannot be brought to the disk is not answered', async () => {
  const disk = makeDisk(() => Promise.reject(new Error('the disk does not answer')));
  const desk = makeDesk({ app: database.pools.app, disk }, now);
  const looks = await Promise.allSettled(Array.from({ length: 4 }, () => lookAs(desk, worker)));
  expect(looks.filter((one) => one.status === 'rejected').map((one) => String(one.reason))).toEqual(
    Array.from({ length: 4 }, () => 'Error: the disk does not answer'),
  );
});

test('reads at the same moment are written down each by itself: who, about whom, why, how many', async () => {
  const desk = makeDesk(database.pools, now);
  const others = await Promise.all(Array.from({ length: 5 }, () => makeWorker(database)));
  const looks = await Promise.all(
    Array.from({ length: 60 }, async (_, n) => {
      const by = others[n % others.length] ?? worker;
      return { by: by.account, request: await lookAs(desk, by) };
    }),
  );
  const { rows } = await database.superuser.query(
    `select request_id as request, account_id as by, kind, name, about, reasons, detail, session_id is not null as "inSession"
       from audit.event where request_id = any ($1::uuid[])`,
    [looks.map(({ request }) => request)],
  );
  const event = { kind: 'read', name: 'test.look', about: [somebody], reasons: [], detail: { rows: 1 } };
  const ordered = (list: { request: string }[]) => list.sort((a, b) => (a.request < b.request ? -1 : 1));
  expect(ordered(rows)).toEqual(ordered(looks.map((look) => ({ ...look, ...event, inSession: true }))));
});

test('what one person reads alone is written down as what is read at the same moment as others', async () => {
  const handed: string[] = [];
  const { app, disk } = database.pools;
  const written = (event: ReadEvent) => {
    handed.push(event.request);
    return disk.written(event);
  };
  const desk = makeDesk({ app, disk: { ...disk, written } }, now);
  const { rows: kinds } = await database.superuser.query<{ id: string }>(
    `select id from access.reason_kind order by id limit 2`,
  );
  expect(kinds).toHaveLength(2);
  for (const { id } of kinds)
    await database.superuser.query(
      `insert into access.reason (subject, holder, kind, scope) select $1, $2, id, scope from access.reason_kind where id = $3`,
      [somebody, worker.account, id],
    );
  const [another, nobody] = [randomUUID(), []];
  for (const about of [[somebody, another, somebody], [another], nobody]) {
    for (const asAt of [undefined, endOf(Temporal.PlainDate.from('2026-01-31'))]) {
      const lookAt = query({ ...look, sql: () => sql`select unnest(${about}::uuid[]) as about` });
      const asked = () => ({
        ...worker.asking,
        origin: { address: '192.0.2.7', requestId: randomUUID() },
        asAt,
      });
      const [alone, one, other] = [asked(), asked(), asked()];
      // Whoever follows those who read together is not taken to be alone yet.
      await lookAs(desk, worker);
      handed.length = 0;
      const rows = await desk.ask(lookAt, {}, alone);
      expect(rows.map((row) => row.about)).toEqual(about);
      await Promise.all([one, other].map((asking) => desk.ask(lookAt, {}, asking)));
      expect(new Set(handed)).toEqual(new Set([one, other].map(({ origin }) => origin.requestId)));
      const events = await database.superuser.query(
        `select kind, name, account_id, session_id, about, reasons, from_address, detail from audit.event
          where request_id = any ($1::uuid[]) order by (request_id = $2) desc`,
        [[alone, one, other].map(({ origin }) => origin.requestId), alone.origin.requestId],
      );
      expect(events.rows).toHaveLength(3);
      expect(events.rows[1]).toEqual(events.rows[0]);
      expect(events.rows[2]).toEqual(events.rows[0]);
      expect(events.rows[0]).toMatchObject({
        about: [...new Set(about)].sort(),
        reasons: about.includes(somebody) ? kinds.map(({ id }) => id) : [],
        detail: { rows: about.length, ...(asAt ? { asAt: '2026-01-31' } : {}) },
      });
    }
  }
});

test('PostgreSQL killed again and again while eight people read, or one: each read that was answered is in the trail', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kith-kept-'));
  const secret = 'a secret of this test alone';
  const start = () => startDatabase({ dataDir: folder, password: 'test', say: () => {} });
  let running: RunningDatabase = await start();
  const answered: string[] = [];
  try {
    await prepareDatabase({ ...running.superuser }, 'kith', secret);
    const addressOf = ({ host, port }: RunningDatabase) => ({ host, port, database: 'kith' });
    await migrate(addressOf(running), secret);
    const superuser = new pg.Client({ ...running.superuser, database: 'kith' });
    superuser.on('error', () => {});
    await superuser.connect();
    const first = openPools(addressOf(running), secret);
    await installCatalogue(first.owner, catalogue, Temporal.Now.plainDateISO());
    const reader = await makeWorker({
      address: addressOf(running),
      secret,
      superuser,
      pools: first,
      close: first.close,
    });
    await superuser.end();
    await first.close();

    for (let round = 0; round < 8; round++) {
      const pools = openPools(addressOf(running), secret);
      const desk = makeDesk(pools, now);
      let killed = false;
      const read = async () => {
        while (!killed) {
          const done = await lookAs(desk, reader).catch(() => undefined);
          // What comes back after the kill was answered before it.
          if (done !== undefined) answered.push(done);
        }
      };
      // As many rounds with eight readers as with one, who has their event written in another way.
      const readers = Array.from({ length: round % 2 === 0 ? 8 : 1 }, read);
      // Killed in the middle of their work, however slow the machine is.
      while (answered.length < (round + 1) * 40) await new Promise((resolve) => setTimeout(resolve, 10));
      await new Promise((resolve) => setTimeout(resolve, (round * 37) % 100));
      process.kill(running.pid, 'SIGKILL');
      await running.ended;
      killed = true;
      await Promise.all(readers);
      await pools.close();
      await running.stop();
      running = await start();
    }

    const after = new pg.Client({ ...running.superuser, database: 'kith' });
    await after.connect();
    const { rows } = await after.query<{ request: string }>(
      `select request_id as request from audit.event where name = 'test.look'`,
    );
    await after.end();
    const kept = new Set(rows.map((row) => row.request));
    expect(answered.length).toBeGreaterThan(100);
    expect(answered.filter((request) => !kept.has(request))).toEqual([]);
  } finally {
    await running.stop();
    await rm(folder, { recursive: true, force: true });
  }
}, 240_000);
