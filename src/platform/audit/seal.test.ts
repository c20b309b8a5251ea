import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../testing/database.ts';
import { addWitness, readWitnesses, sealAudit, verifyAudit } from './seal.ts';

const database = await testDatabase();
const folder = await mkdtemp(join(tmpdir(), 'kith-seal-'));
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});
const { superuser, pools } = database;

const write = (name: string) =>
  pools.app.query("insert into audit.event (kind, name, detail) values ('system', $1, '{\"rows\": 3}')", [
    name,
  ]);
const verify = (...marks: Parameters<typeof verifyAudit>[1][]) => verifyAudit(pools.owner, marks[0]);

/** Transactions of other databases in the same cluster hold sealing back for a moment: waits until every event can be sealed. */
const settled = () =>
  expect
    .poll(
      async () =>
        (
          await superuser.query<{ all: boolean }>(
            'select coalesce(bool_and(xid < pg_snapshot_xmin(pg_current_snapshot())), true) as all from audit.event',
          )
        ).rows[0]?.all,
      { interval: 5, timeout: 10_000 },
    )
    .toBe(true);

async function seal(): Promise<bigint> {
  await settled();
  return sealAudit(pools.app);
}

/** Three seals: two events, three, one; and two events that nothing covers yet. */
beforeEach(async () => {
  await superuser.query('delete from audit.seal');
  await superuser.query('delete from audit.event');
  for (const run of [['a', 'b'], ['c', 'd', 'e'], ['f']]) {
    for (const name of run) await write(name);
    await seal();
  }
  await write('g');
  await write('h');
});

const whole = { seals: 3n, events: 6n, unsealed: 2n };

test('a trail as it was written verifies, and what is not sealed is counted', async () => {
  const found = await verify();
  expect(found).toMatchObject(whole);
  expect(found.fault).toBeUndefined();
  expect(await seal()).toBe(2n);
  expect(await seal()).toBe(0n);
  expect(await verify()).toMatchObject({ seals: 4n, events: 8n, unsealed: 0n });
});

test('an empty trail verifies', async () => {
  await superuser.query('delete from audit.seal');
  await superuser.query('delete from audit.event');
  expect(await verify()).toEqual({ seals: 0n, events: 0n, unsealed: 0n });
});

test('a long chain verifies across the pages in which it is read', async () => {
  for (let number = 0; number < 420; number++) {
    await write(`n${number}`);
    await seal();
  }
  const found = await verify();
  expect(found).toMatchObject({ seals: 423n, events: 428n, unsealed: 0n });
  expect(found.fault).toBeUndefined();
  await superuser.query("update audit.event set name = 'other' where name = 'n300'");
  expect((await verify()).fault).toMatch(/^Seal 304 does not fit/);
});

test.each([
  ['its name', "update audit.event set name = 'other' where name = 'd'"],
  ['its moment', "update audit.event set at = at + interval '1 microsecond' where name = 'd'"],
  ['its detail', "update audit.event set detail = '{\"rows\": 2}' where name = 'd'"],
  ['whom it was about', "update audit.event set about = array[gen_random_uuid()] where name = 'd'"],
  ['who did it', "update audit.event set account_id = gen_random_uuid() where name = 'd'"],
])('a changed event is seen: %s', async (_what, tampering) => {
  expect((await superuser.query(tampering)).rowCount).toBe(1);
  expect((await verify()).fault).toBe(
    'Seal 2 does not fit its 3 events: an event, or a seal, has been changed.',
  );
});

test('a removed event is seen', async () => {
  await superuser.query("delete from audit.event where name = 'd'");
  expect((await verify()).fault).toBe(
    'Seal 2 was set on 3 events and 2 events are there now: events have been added or removed.',
  );
});

test('two events that changed places are seen', async () => {
  await superuser.query(
    "update audit.event e set xid = other.xid from audit.event other where (e.name, other.name) in (('c', 'd'), ('d', 'c'))",
  );
  expect((await verify()).fault).toMatch(/^Seal 2 does not fit/);
});

test('an event put in the past is seen, wherever it is put', async () => {
  const put = (era: string, xid: string) =>
    superuser.query(`insert into audit.event (kind, name, era, xid) values ('read', 'put', ${era}, ${xid})`);
  await put('1', "(select xid from audit.event where name = 'b')");
  expect((await verify()).fault).toMatch(/^Seal 1 was set on 2 events and 3 events are there now/);
  await superuser.query("delete from audit.event where name = 'put'");
  await put('0', "'5'::xid8");
  expect((await verify()).fault).toMatch(/^Seal 1 was set on 2 events and 3 events are there now/);
  await superuser.query("delete from audit.event where name = 'put'");
  await put('-1', "'5'::xid8");
  expect((await verify()).fault).toBe('Events have been added before the beginning of the trail: 1.');
});

test('an event put in the future is seen', async () => {
  await superuser.query("insert into audit.event (kind, name, xid) values ('read', 'put', '999999999')");
  expect((await verify()).fault).toMatch(/claim a transaction which has not happened yet/);
  await superuser.query("update audit.event set xid = '7', era = 9 where name = 'put'");
  expect((await verify()).fault).toMatch(/claim a transaction which has not happened yet/);
});

test('a changed seal is seen', async () => {
  await superuser.query("update audit.seal set hash = sha256('x') where number = 2");
  expect((await verify()).fault).toMatch(/^Seal 2 does not fit/);
});

test('a seal that covers less than it did is seen', async () => {
  await superuser.query(
    "update audit.seal set to_xid = (select xid from audit.event where name = 'd'), events = 2 where number = 2",
  );
  expect((await verify()).fault).toMatch(/^Seal 2 does not fit/);
});

test('a seal taken from the middle or the beginning is seen', async () => {
  await superuser.query('delete from audit.seal where number = 2');
  expect((await verify()).fault).toBe('Seal 2 is missing: the next one found is 3.');
  await superuser.query('delete from audit.seal where number = 1');
  expect((await verify()).fault).toBe('Seal 1 is missing: the next one found is 3.');
});

test('the newest seal taken away, or the whole chain made anew, is seen only by a witness outside', async () => {
  const file = join(folder, 'witness');
  const { newest } = await verify();
  if (newest === undefined) throw new Error('there is no seal');
  await addWitness(file, newest, Temporal.Instant.from('2026-11-22T10:00:00Z'));
  const marks = await readWitnesses(file);
  expect(marks).toEqual([newest]);
  expect((await verify(marks)).fault).toBeUndefined();

  await superuser.query('delete from audit.seal where number = 3');
  expect((await verify()).fault).toBeUndefined();
  expect((await verify(marks)).fault).toMatch(/^Seal 3 was witnessed and is not there/);

  await superuser.query('delete from audit.seal');
  await superuser.query("delete from audit.event where name = 'd'");
  await seal();
  await write('i');
  await seal();
  await write('j');
  await seal();
  expect((await verify()).fault).toBeUndefined();
  expect((await verify(marks)).fault).toMatch(/^Seal 3 is not the one that was witnessed/);
});

test('a file that is not of witnessed seals is refused with its line', async () => {
  const file = join(folder, 'wrong');
  await addWitness(file, { number: 1n, hash: 'a'.repeat(64) }, Temporal.Instant.from('2026-11-22T10:00:00Z'));
  await appendFile(file, 'something else\n');
  await expect(readWitnesses(file)).rejects.toThrow(`Line 2 of ${file} is not a witnessed seal`);
  await expect(readWitnesses(join(folder, 'absent'))).rejects.toThrow('cannot be read');
});

test('an event of a transaction still running waits, and is sealed once it has ended, in its place', async () => {
  await seal();
  const slow = await pools.app.connect();
  await slow.query('begin');
  await slow.query("insert into audit.event (kind, name) values ('system', 'slow')");
  await write('quick');
  expect(await sealAudit(pools.app)).toBe(0n);
  await slow.query('commit');
  slow.release();
  expect(await seal()).toBe(2n);
  expect((await verify()).fault).toBeUndefined();
});

test('several who seal at once make one chain', async () => {
  for (let number = 0; number < 20; number++) await write(`more ${number}`);
  await settled();
  const sealed = await Promise.all(Array.from({ length: 5 }, () => sealAudit(pools.app)));
  expect(sealed.reduce((sum, each) => sum + each, 0n)).toBe(22n);
  expect((await verify()).fault).toBeUndefined();
});

test('the application cannot change or remove an event, or touch a seal', async () => {
  for (const statement of [
    "update audit.event set name = 'x'",
    'delete from audit.event',
    'truncate audit.event',
    'select * from audit.seal',
    'delete from audit.seal',
    'select audit.run_hash(null, 0, null, 0, null)',
  ]) {
    await expect(pools.app.query(statement), statement).rejects.toMatchObject({ code: '42501' });
  }
});
