import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../testing/database.ts';
import { makeWorker } from '../testing/people.ts';
import { backup, restore } from './backup.ts';

const folder = await mkdtemp(join(tmpdir(), 'kith-backup-'));
const from = await testDatabase();
const into = await testDatabase();
afterAll(async () => {
  await from.close();
  await into.close();
  await rm(folder, { recursive: true });
});

const now = Temporal.Instant.from('2026-11-18T12:00:00Z');
const awkward = 'A tab\there, a line\nbreak, a back\\slash, \u2028 a line separator, Gàidhlig, اردو, \\.';
const worker = await makeWorker(from, { name: 'Ailsa Drummond' });
await from.superuser.query('insert into record.family (name, locality) values ($1, $2)', [
  awkward.slice(0, 80),
  'Wishaw',
]);
await from.superuser.query(`insert into funds.fund (code, title) values ('winter', 'Winter')`);
await from.superuser.query(
  `insert into funds.entry (fund_id, kind, amount_pence, made_on, note) select id, 'allocation', 5000, '2026-04-01', $1 from funds.fund`,
  [awkward],
);
await from.superuser.query(`insert into audit.event (kind, name) values ('system', 'test')`);
const file = join(folder, 'all.kith');

const counts = async (database: typeof from) => {
  const { rows } = await database.superuser.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema', 'migrations') and tablename <> 'standing' order by 1`,
  );
  const found: Record<string, string> = {};
  for (const { name } of rows) {
    found[name] = (
      await database.superuser.query(
        `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as print from ${name} t`,
      )
    ).rows[0].print;
  }
  return found;
};

test('everything comes back, to the byte, and only this user can read the file', async () => {
  const made = await backup(from.address, from.secret, file, { partnership: 'Strathmorran', now });
  expect(made.rows).toBeGreaterThan(10);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await restore(into.address, into.secret, file);
  const before = await counts(from);
  const after = await counts(into);
  // Sessions are ended and an era begun; the default partition's oid does not matter.
  for (const changed of ['access.session', 'audit.era']) {
    delete before[changed];
    delete after[changed];
  }
  expect(after).toEqual(before);
  const fund = await into.superuser.query('select balance_pence::int as balance from funds.fund');
  expect(fund.rows[0].balance).toBe(5000);
});

test('after a restore nobody is signed in, and every policy and trigger stands again', async () => {
  const live = await into.superuser.query('select from access.session where ended_at is null');
  expect(live.rowCount).toBe(0);
  const open = await into.superuser.query(
    `select from pg_class where relrowsecurity and not relforcerowsecurity`,
  );
  expect(open.rowCount).toBe(0);
  const idle = await into.superuser.query(`select from pg_trigger where tgenabled = 'D'`);
  expect(idle.rowCount).toBe(0);
  expect((await into.pools.app.query('select from record.family')).rowCount).toBe(0);
});

test('an installation with records in it is not overwritten unless that is said', async () => {
  await makeWorker(into, { name: 'Somebody' });
  await expect(restore(into.address, into.secret, file)).rejects.toMatchObject({ code: 'not-empty' });
  await restore(into.address, into.secret, file, { replace: true });
  const names = await into.superuser.query('select name from access.account');
  expect(names.rows.map((row) => row.name)).toEqual(['Ailsa Drummond']);
  expect(worker.account).toBeDefined();
});

test('a damaged, cut or foreign file changes nothing and says so', async () => {
  const whole = await readFile(file);
  const text = gunzipSync(whole);
  const tries: Record<string, Buffer> = {
    cut: whole.subarray(0, whole.length - 40),
    'not gzip': Buffer.from('hello'),
    'one byte changed': gzipSync(Buffer.from(text.toString('latin1').replace('Wishaw', 'Wishow'), 'latin1')),
    'lines lost': gzipSync(text.subarray(0, text.lastIndexOf('\n', text.length - 2) + 1)),
  };
  for (const [name, content] of Object.entries(tries)) {
    const bad = join(folder, 'bad.kith');
    await writeFile(bad, content);
    await expect(restore(into.address, into.secret, bad, { replace: true }), name).rejects.toMatchObject({
      code: 'not-a-backup',
    });
  }
  await expect(restore(into.address, into.secret, join(folder, 'none'))).rejects.toMatchObject({
    code: 'no-file',
  });
});
