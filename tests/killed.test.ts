import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { sealAudit, verifyAudit } from '../src/platform/audit/seal.ts';
import { derived, openPools } from '../src/platform/database/connect.ts';
import { runningInstance } from '../src/platform/database/server.ts';
import type { TestDatabase } from '../src/platform/testing/database.ts';
import { askInput, makeScheme } from '../src/practice/direct-payments/testing.ts';
import { freePort, gone, startServer } from './serving.ts';

// The server is killed twenty times while people write, on every second round together with its database. What was
// acknowledged must be there, once and whole, and the audit trail must hold.

const rounds = 20;
const writers = 6;
const folder = await mkdtemp(join(tmpdir(), 'kith-killed-'));
let server: ChildProcess | undefined;

async function connect(): Promise<TestDatabase> {
  const running = await runningInstance(folder);
  if (running === undefined) throw new Error('no database runs');
  const secret = (await readFile(join(folder, 'secret'), 'utf8')).trim();
  const address = { host: running.host, port: running.port, database: 'kith' };
  const superuser = new pg.Client({
    ...address,
    user: 'postgres',
    password: derived(secret, 'database administrator'),
  });
  superuser.on('error', () => {});
  await superuser.connect();
  const pools = openPools(address, secret, { app: 2, figures: 1, owner: 2 });
  return {
    address,
    secret,
    superuser,
    pools,
    async close() {
      await pools.close();
      await superuser.end().catch(() => {});
    },
  };
}

afterAll(async () => {
  server?.kill('SIGTERM');
  if (server) await gone(server);
  await rm(folder, { recursive: true, force: true });
});

test('killed twenty times while writing: nothing acknowledged is missing, nothing is half done, the audit trail verifies', async () => {
  const port = await freePort();
  server = await startServer(port, folder);
  let database = await connect();
  const scheme = await makeScheme(database);
  await database.superuser.query(`update access.session set kind = 'token' where account_id = $1`, [
    scheme.worker.account,
  ]);
  await database.close();

  const acknowledged = new Map<string, string>();
  const unsure = new Set<string>();
  for (let round = 0; round < rounds; round++) {
    let killed = false;
    const write = async () => {
      while (!killed) {
        const key = randomUUID();
        unsure.add(key);
        const answer = await fetch(`http://127.0.0.1:${port}/api/actions/direct-payments.ask`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${scheme.worker.token}`,
            'content-type': 'application/json',
            'idempotency-key': key,
          },
          body: JSON.stringify(askInput(scheme, { words: `Write ${key}`, amount: '1.00' })),
        }).catch(() => undefined);
        const body = answer?.ok
          ? ((await answer.json().catch(() => undefined)) as { id: string } | undefined)
          : undefined;
        if (answer && !answer.ok && !killed) throw new Error(`${answer.status} ${await answer.text()}`);
        if (body) {
          acknowledged.set(key, body.id);
          unsure.delete(key);
        }
      }
    };
    const working = Promise.all(Array.from({ length: writers }, write));
    await new Promise((resolve) => setTimeout(resolve, 150 + ((round * 97) % 400)));
    const running = await runningInstance(folder);
    killed = true;
    server.kill('SIGKILL');
    if (round % 2 === 1 && running) process.kill(await postmaster(), 'SIGKILL');
    await gone(server);
    await working;
    server = await startServer(port, folder);
  }

  database = await connect();
  try {
    const { rows } = await database.superuser.query<{
      id: string;
      words: string;
      payee: boolean;
      child: boolean;
      audited: number;
    }>(
      `select r.id, c.words, exists (select from direct_payments.payee y where y.request_id = r.id) as payee,
         exists (select from direct_payments.request_child k where k.request_id = r.id) as child,
         (select count(*)::int from access.reason n where n.about_record = r.id) as audited
       from direct_payments.request r left join direct_payments.conversation c on c.request_id = r.id`,
    );
    const found = new Map(rows.map((row) => [row.words?.slice('Write '.length), row]));
    expect(acknowledged.size).toBeGreaterThan(rounds);
    expect([...acknowledged].filter(([key, id]) => found.get(key)?.id !== id)).toEqual([]);
    // Each request is whole, and is one that somebody sent: acknowledged, or cut off before its answer came.
    for (const row of rows) expect(row, row.id).toMatchObject({ payee: true, child: true });
    expect(rows.every((row) => row.audited > 0)).toBe(true);
    expect(found.size).toBe(rows.length);
    for (const key of found.keys()) expect(acknowledged.has(key) || unsure.has(key)).toBe(true);
    const audited = await database.superuser.query(
      `select count(*)::int as events from audit.event where name = 'direct-payments.ask' and kind = 'action'`,
    );
    expect(audited.rows[0].events).toBe(rows.length);
    expect((await database.superuser.query('select * from direct_payments.money_fault')).rows).toEqual([]);
    await sealAudit(database.pools.app);
    const verified = await verifyAudit(database.pools.owner);
    expect(verified.fault).toBeUndefined();
    expect(verified.events).toBeGreaterThanOrEqual(BigInt(rows.length));
  } finally {
    await database.close();
  }
}, 300_000);

/** The process number of the database, from the first line of its own note. */
async function postmaster(): Promise<number> {
  const where = await readFile(join(folder, 'where.json'), 'utf8').then(
    (text) => (JSON.parse(text) as { home?: string }).home ?? folder,
    () => folder,
  );
  return Number((await readFile(join(where, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0]);
}
