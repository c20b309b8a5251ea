import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Problem } from '../problem.ts';
import { installedPrograms } from './place.ts';
import { postgresProcesses, processMark, waitUntil } from './processes.ts';
import { type RunningDatabase, runningInstance, startDatabase } from './server.ts';

const root = process.getuid?.() === 0;
const settings = { fsync: 'off', shared_buffers: '16MB' };
const password = 'a made-up password, with "quotes"';

let folder = '';
let started: RunningDatabase[] = [];
let children: ChildProcess[] = [];
let said: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'kith-server-'));
  // As PostgreSQL's user must pass through it when the tests run as root.
  await chmod(folder, 0o711);
  started = [];
  children = [];
  said = [];
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const database of started) await database.stop();
  await rm(folder, { recursive: true, force: true });
});

async function start(
  dataDir = path.join(folder, 'data'),
  more: { programs?: string; password?: string } = {},
) {
  const database = await startDatabase({
    dataDir,
    password,
    settings,
    say: (line) => said.push(line),
    ...more,
  });
  started.push(database);
  return database;
}

async function ask(database: RunningDatabase, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ ...database.superuser });
  // A server stopped under an open connection is what some of these tests are about.
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

async function problemOf(work: Promise<unknown>): Promise<Problem> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Problem)) throw new Error(`no Problem, but ${String(error)}`);
  return error;
}

/** Another process that starts the database and holds it. Resolves when it says so (or with what it says instead). */
async function startElsewhere(dataDir: string): Promise<{ child: ChildProcess; line: string }> {
  const program = `
    import { startDatabase } from ${JSON.stringify(new URL('./server.ts', import.meta.url).href)};
    const options = JSON.parse(process.argv[1]);
    try {
      const database = await startDatabase({ ...options, say() {} });
      console.log('pid ' + database.pid);
      setInterval(() => {}, 1000);
    } catch (error) { console.log(error.message); }`;
  const words = ['--input-type=module', '-e', program, JSON.stringify({ dataDir, password, settings })];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [data] = await once(child.stdout, 'data');
  return { child, line: String(data).trim() };
}

describe('starting and stopping', () => {
  test('a fresh start makes a sound cluster, and a second start finds what was kept, quickly', async () => {
    const first = await start();
    const [row] = await ask(
      first,
      `select current_setting('server_version_num')::int / 10000 as major, current_setting('server_encoding') as encoding,
              current_setting('data_checksums') as checksums, current_setting('listen_addresses') as tcp,
              (select datlocprovider::text || ' ' || datlocale from pg_database where datname = 'template1') as locale,
              lower('ÉLAN') as lower, uuidv7() is not null as uuid,
              (timestamptz '2026-07-01 12:00Z' at time zone 'Europe/London')::text as london`,
    );
    expect(row).toEqual({
      major: 18,
      encoding: 'UTF8',
      checksums: 'on',
      tcp: process.platform === 'win32' ? '127.0.0.1' : '',
      locale: 'b C.UTF-8',
      lower: 'élan',
      uuid: true,
      london: '2026-07-01 13:00:00',
    });
    await ask(first, `create table kept as select 'a made-up family' as name`);
    await first.stop();
    const before = performance.now();
    const second = await start();
    // A tenth of a second on an idle machine; the limit leaves room for a busy one.
    expect(performance.now() - before).toBeLessThan(5_000);
    expect(await ask(second, 'select name from kept')).toEqual([{ name: 'a made-up family' }]);
    expect(said).toEqual(['Making the database (the first time only) …']);
  });

  test('fsync is on unless a caller says otherwise, and the log holds nothing of the rows', async () => {
    const dataDir = path.join(folder, 'data');
    const database = await startDatabase({ dataDir, password, say() {} });
    started.push(database);
    expect(await ask(database, 'show fsync')).toEqual([{ fsync: 'on' }]);
    await ask(database, 'create table person (name text primary key)');
    await ask(database, `insert into person values ('Morven Sample')`);
    await expect(ask(database, `insert into person values ('Morven Sample')`)).rejects.toThrow(
      'duplicate key',
    );
    expect(await readFile(path.join(dataDir, 'postgres.log'), 'utf8')).not.toContain('Morven');
  });

  test('only the password opens it', async () => {
    const database = await start();
    const client = new pg.Client({ ...database.superuser, password: 'another' });
    await expect(client.connect()).rejects.toThrow('password authentication failed');
    await database.stop();
    expect((await problemOf(start(undefined, { password: 'another' }))).code).toBe('database-password');
    expect(await runningInstance(path.join(folder, 'data'))).toBeUndefined();
  });

  test('stopping twice, at once or later, is as stopping once', async () => {
    const database = await start();
    await Promise.all([database.stop(), database.stop()]);
    await database.stop();
    expect(await database.ended).toBe(true);
    expect(await processMark(database.pid)).toBeUndefined();
    for (const left of ['kith.lock', 'run.json'])
      await expect(stat(path.join(folder, 'data', left))).rejects.toThrow('ENOENT');
  });

  test('stopping does not wait for a connection that is still open', async () => {
    const database = await start();
    const client = new pg.Client({ ...database.superuser });
    client.on('error', () => {});
    await client.connect();
    await client.query('begin');
    const before = performance.now();
    await database.stop();
    expect(performance.now() - before).toBeLessThan(10_000);
  });

  test('it tells when the server ends by itself', async () => {
    const database = await start();
    process.kill(database.pid, 'SIGQUIT');
    expect(await database.ended).toBe(false);
  });
});

describe('one server for a data folder', () => {
  test('a second start is refused with the process and the address of the first', async () => {
    const database = await start();
    await database.announce('http://127.0.0.1:8080');
    const problem = await problemOf(start());
    expect(problem.message).toBe(
      `Kith is already running with this data folder (process ${process.pid}, http://127.0.0.1:8080).`,
    );
    expect(problem.detail).toBe('Stop it first, or choose another folder with --data.');
    expect((await startElsewhere(path.join(folder, 'data'))).line).toBe(problem.message);
    expect(await ask(database, 'select 1 as alive')).toEqual([{ alive: 1 }]);
  });

  test('of several that start at the same moment, one gets it', async () => {
    const tries = await Promise.allSettled([start(), start(), start()]);
    expect(tries.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
    for (const each of tries)
      if (each.status === 'rejected') expect(each.reason).toHaveProperty('code', 'already-running');
  });

  test('the command line learns how to connect, and never the password', async () => {
    const dataDir = path.join(folder, 'data');
    expect(await runningInstance(dataDir)).toBeUndefined();
    const starting = start();
    const instance = await starting.then(() => runningInstance(dataDir));
    const database = await starting;
    expect(instance).toEqual({ pid: process.pid, host: database.host, port: database.port });
    await database.announce('http://127.0.0.1:8080');
    expect(await runningInstance(dataDir)).toHaveProperty('address', 'http://127.0.0.1:8080');
    const file = path.join(dataDir, 'run.json');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, 'utf8')).not.toContain('made-up password');
    await database.stop();
    expect(await runningInstance(dataDir)).toBeUndefined();
  });

  test('a start while the first is stopping waits for it', async () => {
    const first = await start();
    const stopping = first.stop();
    const second = await start();
    await stopping;
    expect(await ask(second, 'select 1 as alive')).toEqual([{ alive: 1 }]);
  });

  test('a lock of a dead process, an empty lock and a reused process number do not stand in the way', async () => {
    const lock = path.join(folder, 'data', 'kith.lock');
    await (await start()).stop();
    const since = '2026-11-22T09:00:00Z';
    for (const text of [
      '',
      '{"pid":',
      JSON.stringify({ pid: 999_999_999, mark: 'x', since, state: 'running' }),
      JSON.stringify({ pid: process.ppid, mark: 'another boot', since, state: 'running' }),
    ]) {
      await writeFile(lock, text);
      await (await start()).stop();
    }
  });
});

describe('after an unclean end', () => {
  test('the owning process killed: the next start stops the orphan and nothing committed is lost', async () => {
    const dataDir = path.join(folder, 'data');
    const { child, line } = await startElsewhere(dataDir);
    const orphan = Number(line.replace('pid ', ''));
    const instance = await runningInstance(dataDir);
    if (!instance) throw new Error('not running');
    const client = new pg.Client({
      host: instance.host,
      port: instance.port,
      user: 'postgres',
      database: 'postgres',
      password,
    });
    client.on('error', () => {});
    await client.connect();
    await client.query('create table kept as select 41 as figure');
    await client.query('begin; update kept set figure = 42');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await processMark(orphan)).toBeDefined();
    expect(await runningInstance(dataDir)).toBeUndefined();
    const database = await start();
    expect(await processMark(orphan)).toBeUndefined();
    expect(said).toEqual(['Stopping the database that an earlier run left behind …']);
    expect(await ask(database, 'select figure from kept')).toEqual([{ figure: 41 }]);
  });

  test('the whole of PostgreSQL killed: the next start recovers', async () => {
    const first = await start();
    await ask(first, 'create table kept as select 7 as figure');
    for (const pid of await postgresProcesses(path.join(folder, 'data', 'postgres')))
      process.kill(pid, 'SIGKILL');
    expect(await first.ended).toBe(false);
    await first.stop();
    const second = await start();
    expect(await ask(second, 'select figure from kept')).toEqual([{ figure: 7 }]);
  });

  test('a note of a postmaster whose number another program now has is not believed', async () => {
    const first = await start();
    await first.stop();
    const cluster = path.join(folder, 'data', 'postgres');
    const other = spawn('sleep', ['60']);
    children.push(other);
    await writeFile(
      path.join(cluster, 'postmaster.pid'),
      `${other.pid}\n${cluster}\n1\n5432\n\n\n  1 1\nready   \n`,
    );
    const second = await start();
    expect(await ask(second, 'select 1 as alive')).toEqual([{ alive: 1 }]);
    expect(other.exitCode ?? other.signalCode).toBeNull();
  });

  test('a first start interrupted half way begins again', async () => {
    const dataDir = path.join(folder, 'data');
    await (await start()).stop();
    const cluster = path.join(dataDir, 'postgres');
    await rename(cluster, `${cluster}.new`);
    await rm(path.join(`${cluster}.new`, 'PG_VERSION'));
    await writeFile(`${cluster}.new.password`, 'left behind');
    const database = await start();
    expect(await ask(database, 'select 1 as alive')).toEqual([{ alive: 1 }]);
    for (const left of [`${cluster}.new`, `${cluster}.new.password`])
      await expect(stat(left)).rejects.toThrow('ENOENT');
  });

  test('a first start killed while the cluster is being made begins again', async () => {
    const dataDir = path.join(folder, 'data');
    const starting = startElsewhere(dataDir);
    starting.catch(() => {});
    expect(
      await waitUntil(
        () =>
          stat(path.join(dataDir, 'postgres.new', 'base')).then(
            () => true,
            () => false,
          ),
        20_000,
      ),
    ).toBe(true);
    for (const child of children) child.kill('SIGKILL');
    const database = await start();
    expect(await ask(database, 'select 1 as alive')).toEqual([{ alive: 1 }]);
    await expect(stat(path.join(dataDir, 'postgres.new'))).rejects.toThrow('ENOENT');
  });
});

describe('folders of every kind', () => {
  test('a path too long, or too odd, for a socket', async () => {
    const long = path.join(folder, `a family's "folder", with spaces`, 'é'.repeat(60), 'data');
    const database = await start(long);
    expect(database.host.startsWith(long)).toBe(false);
    expect(await ask(database, 'select 1 as alive')).toEqual([{ alive: 1 }]);
    await database.stop();
    await expect(stat(database.host)).rejects.toThrow('ENOENT');
  });

  test('a folder that nobody else may enter', async () => {
    const closed = path.join(folder, 'closed');
    await mkdir(closed, { mode: 0o700 });
    const programs = path.join(closed, 'programs');
    await cp(await installedPrograms(), programs, { recursive: true, verbatimSymlinks: true });
    const dataDir = path.join(closed, 'data');
    const database = await start(dataDir, { programs });
    await ask(database, 'create table kept as select 5 as figure');
    await database.stop();
    const where = await readFile(path.join(dataDir, 'where.json'), 'utf8').catch(() => undefined);
    // An ordinary user's own folder needs none of this.
    expect(where !== undefined).toBe(root);
    const home = where === undefined ? dataDir : JSON.parse(where).home;
    try {
      if (root) {
        expect(said[0]).toMatch(/may not enter .*: the database is kept in .*kith/);
        expect((await stat(path.join(home, 'postgres'))).uid).not.toBe(0);
        await expect(stat(path.join(dataDir, 'postgres'))).rejects.toThrow('ENOENT');
      }
      const again = await start(dataDir, { programs });
      expect(await ask(again, 'select figure from kept')).toEqual([{ figure: 5 }]);
      if (root) {
        const copy = path.join(closed, 'copied');
        await cp(dataDir, copy, { recursive: true, filter: (file) => !file.endsWith('.lock') });
        expect((await problemOf(start(copy, { programs }))).code).toBe('already-running');
        await again.stop();
        await rename(home, `${home}.moved`);
        expect((await problemOf(start(dataDir, { programs }))).message).toContain(`was kept in ${home}`);
        await rename(`${home}.moved`, home);
      }
    } finally {
      for (const each of started) await each.stop();
      if (home !== dataDir) await rm(home, { recursive: true, force: true });
    }
  });

  test('an empty folder of our own that was made for us stays the place', async () => {
    const dataDir = path.join(folder, 'data');
    await mkdir(dataDir, { mode: 0o700 });
    await start(dataDir);
    expect((await stat(path.join(dataDir, 'postgres'))).isDirectory()).toBe(true);
    expect((await stat(dataDir)).mode & 0o066).toBe(0);
  });

  test('a cluster made by an ordinary user is run as that user when root starts it, and stays theirs', async () => {
    const dataDir = path.join(folder, 'data');
    await (await start()).stop();
    const owner = (await stat(path.join(dataDir, 'postgres'))).uid;
    if (root) expect(owner).not.toBe(0);
    else expect(owner).toBe(process.getuid?.());
    const database = await start();
    expect((await stat(path.join(dataDir, 'postgres'))).uid).toBe(owner);
    expect((await stat(path.join(dataDir, 'postgres', 'postmaster.pid'))).uid).toBe(owner);
    expect((await stat(path.join(dataDir, 'postgres'))).mode & 0o077).toBe(0);
    await database.stop();
  });
});

describe('what cannot be started', () => {
  test('a file where the folder should be', async () => {
    const dataDir = path.join(folder, 'file');
    await writeFile(dataDir, '');
    expect((await problemOf(start(dataDir))).message).toContain('a file of that name is in the way');
    expect((await problemOf(start(path.join(dataDir, 'below')))).code).toBe('data-folder');
  });

  test('a folder that may not be written in', async () => {
    // Root may write everywhere but in /proc; an ordinary user may not write in a folder without the right.
    const closed = path.join(folder, 'read-only');
    await mkdir(closed, { mode: 0o500 });
    const dataDir = root ? '/proc/kith-data' : path.join(closed, 'data');
    const problem = await problemOf(start(dataDir));
    expect(problem.code).toBe('data-folder');
    expect(problem.message).toContain(dataDir);
  });

  test('a full disk', async () => {
    // /dev/full is a disk that is always full: every write through it is refused for want of room.
    const { folderProblem } = await import('./place.ts');
    const error = await writeFile('/dev/full', 'x').catch((thrown: unknown) => thrown);
    expect(folderProblem(error, folder)).toHaveProperty('code', 'disk-full');
  });

  test('programs that are not there, or are not for this machine', async () => {
    const none = await problemOf(start(undefined, { programs: path.join(folder, 'none') }));
    expect(none.code).toBe('no-postgres');
    expect(none.detail).toContain('DATABASE_URL');
    const strange = path.join(folder, 'strange', 'bin');
    await mkdir(strange, { recursive: true });
    await writeFile(path.join(strange, 'postgres'), 'not a program', { mode: 0o755 });
    expect((await problemOf(start(undefined, { programs: path.dirname(strange) }))).code).toBe('no-postgres');
    expect(await runningInstance(path.join(folder, 'data'))).toBeUndefined();
  });

  test('a cluster of another version', async () => {
    await (await start()).stop();
    await writeFile(path.join(folder, 'data', 'postgres', 'PG_VERSION'), '17\n');
    expect((await problemOf(start())).message).toContain('was made by PostgreSQL 17');
  });

  test('a setting that PostgreSQL does not know: its own words, in one sentence', async () => {
    const dataDir = path.join(folder, 'data');
    const problem = await problemOf(
      startDatabase({ dataDir, password, say() {}, settings: { ...settings, shared_buffers: 'plenty' } }),
    );
    expect(problem.message).toBe('The database could not be started.');
    expect(problem.detail).toContain('invalid value for parameter "shared_buffers": "plenty"');
  });
});
