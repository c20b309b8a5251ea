import { type ChildProcess, spawn } from 'node:child_process';
import { open, readFile, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { Problem } from '../problem.ts';
import { checkVersion, clearLeftovers, clusterOf, makeCluster, runToEnd, startFailed } from './cluster.ts';
import { type Door, openDoor } from './door.ts';
import { forgetRun, noteRun } from './instance.ts';
import { folderOwner, type Lock, takeLock } from './lock.ts';
import {
  choosePlace,
  folderProblem,
  installedPrograms,
  makeDataFolder,
  type Place,
  programPath,
  rememberHome,
  runAs,
} from './place.ts';
import { waitUntil } from './processes.ts';

export { type RunningInstance, runningInstance } from './instance.ts';

/** How to connect as PostgreSQL's own administrator. Only for making roles and databases; never for a request. */
export interface Superuser {
  readonly host: string;
  readonly port: number;
  readonly user: 'postgres';
  readonly password: string;
  readonly database: 'postgres';
}

/** A PostgreSQL server of our own, started by this process and holding its data folder. */
export interface RunningDatabase {
  /** A folder (unix socket), or on Windows `127.0.0.1`. `pg` takes either as `host`. */
  readonly host: string;
  readonly port: number;
  readonly superuser: Superuser;
  /** The postmaster's process number. */
  readonly pid: number;
  /** Settles when the server has ended: true when it was stopped with `stop`, false when it ended by itself or was killed. */
  readonly ended: Promise<boolean>;
  /** Writes down the address that Kith serves at, for whoever finds the data folder taken and for the command line. */
  announce(address: string): Promise<void>;
  /** Stops the server cleanly and gives up the data folder. May be called any number of times. */
  stop(): Promise<void>;
}

export interface DatabaseOptions {
  /** The data folder (`KITH_DATA`). The cluster lives in `postgres` under it. */
  readonly dataDir: string;
  /** The administrator's password. Fixed when the cluster is made. */
  readonly password: string;
  /** Shows one line of what is going on. */
  say(line: string): void;
  /** PostgreSQL settings that replace the usual ones. */
  readonly settings?: Readonly<Record<string, string>>;
  /** A folder with PostgreSQL 18's `bin`, `lib` and `share`. Usually the one from npm. */
  readonly programs?: string;
}

/** Good for two cores and a few hundred people at work. Errors are reported by Kith, whose log holds no personal data: PostgreSQL's log would quote the rows. */
const usualSettings: Readonly<Record<string, string>> = {
  shared_buffers: '256MB',
  max_locks_per_transaction: '256',
  effective_cache_size: '1GB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  max_connections: '100',
  max_wal_size: '2GB',
  wal_compression: 'on',
  wal_buffers: '16MB',
  random_page_cost: '1.1',
  jit: 'off',
  max_parallel_workers_per_gather: '1',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
  log_parameter_max_length: '0',
};

const windows = process.platform === 'win32';

async function openLog(file: string) {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > 4_000_000) await rename(file, `${file}.old`);
  const log = await open(file, 'a', 0o600);
  if (process.getuid?.() === 0) {
    const { uid, gid } = await folderOwner(path.dirname(file));
    await log.chown(uid, gid);
  }
  return log;
}

/** Reads what was written to the log since `from` bytes, at most the last 64 kB of it. */
async function logSince(file: string, from: number): Promise<string> {
  const text = await readFile(file);
  return text.subarray(Math.max(from, text.length - 65_536)).toString('utf8');
}

async function spawnPostgres(
  place: Place,
  door: Door,
  options: DatabaseOptions,
  cluster: string,
): Promise<ChildProcess> {
  const logFile = path.join(place.home, 'postgres.log');
  const log = await openLog(logFile);
  const from = (await log.stat()).size;
  const settings = { listen_addresses: '', ...usualSettings, ...options.settings, ...door.settings };
  const words = [
    '-D',
    cluster,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  // A session of its own: Ctrl-C at the terminal goes to Kith, which finishes its work and then stops the database.
  const child = spawn(programPath(place.programs, 'postgres'), words, {
    ...runAs(place.account),
    stdio: ['ignore', log.fd, log.fd],
    detached: !windows,
    windowsHide: true,
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  await log.close();
  let over = false;
  void ended.then(() => {
    over = true;
  });
  const slow = setTimeout(
    () => options.say('The database is bringing itself up to date after an unclean stop …'),
    3_000,
  );
  const status = async () => {
    const note = (await readFile(path.join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
    return over || (note[0]?.trim() === String(child.pid) && note[7]?.trim() === 'ready');
  };
  const inTime = await waitUntil(status, 15 * 60_000);
  clearTimeout(slow);
  if (inTime && !over) return child;
  child.kill('SIGKILL');
  throw startFailed(await logSince(logFile, from), place.home, logFile);
}

/** Connects once, which proves that the server answers and that the password is the one the cluster was made with. */
async function tryPassword(superuser: Superuser, cluster: string): Promise<void> {
  const client = new pg.Client({ ...superuser });
  try {
    await client.connect();
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && error.code === '28P01')) throw error;
    throw new Problem(
      503,
      'database-password',
      `The database in ${cluster} was made with another secret than the one given.`,
      {
        detail: 'Put back the secret that was in use when the database was made.',
        cause: error,
      },
    );
  } finally {
    await client.end().catch(() => {});
  }
}

/** Asks the server to stop, each time less politely. Nothing that was acknowledged is lost by any of these. */
async function stopPostgres(child: ChildProcess, place: Place, cluster: string): Promise<void> {
  const over = () => child.exitCode !== null || child.signalCode !== null;
  if (over()) return;
  child.ref();
  if (windows) {
    await runToEnd(
      programPath(place.programs, 'pg_ctl'),
      ['stop', '-D', cluster, '-m', 'fast', '-t', '20'],
      place,
    );
  } else child.kill('SIGINT');
  if (await waitUntil(over, 20_000)) return;
  child.kill('SIGQUIT');
  if (await waitUntil(over, 5_000)) return;
  child.kill('SIGKILL');
  await waitUntil(over, 5_000);
}

/**
 * Starts a PostgreSQL 18 of our own on `<dataDir>/postgres`, making the cluster the first time, and takes the data folder for
 * this process. What an interrupted or killed run left is put right first. As root, PostgreSQL runs as another user, and
 * where that user cannot enter the folder, in a folder under `/var/lib/kith`.
 *
 * The cluster: UTF-8, the built-in C.UTF-8 order (the same on every machine), checksums on data, scram-sha-256.
 *
 * @throws Problem with one plain sentence: already running, folder not writable, disk full, no programs for this machine,
 *   another version's cluster, another secret's cluster
 */
export async function startDatabase(options: DatabaseOptions): Promise<RunningDatabase> {
  const folder = path.resolve(options.dataDir);
  let lock: Lock | undefined;
  try {
    const dataDir = await makeDataFolder(folder);
    lock = await takeLock(dataDir);
    return await startHolding(dataDir, lock, options);
  } catch (error) {
    await lock?.release();
    throw folderProblem(error, folder);
  }
}

async function startHolding(dataDir: string, lock: Lock, options: DatabaseOptions): Promise<RunningDatabase> {
  const place = await choosePlace(dataDir, options.programs ?? (await installedPrograms()), options.say);
  // A copied data folder names the same home as the one it was copied from: the home itself must be free too.
  const homeLock = place.home === dataDir ? undefined : await takeLock(place.home);
  const cluster = clusterOf(place.home);
  let door: Door | undefined;
  let child: ChildProcess | undefined;
  try {
    await makeCluster(place, options);
    await rememberHome(dataDir, place.home);
    await checkVersion(cluster);
    await clearLeftovers(cluster, options.say);
    await forgetRun(dataDir);
    door = await openDoor(place);
    child = await spawnPostgres(place, door, options, cluster);
    const { host, port } = door;
    const superuser: Superuser = {
      host,
      port,
      user: 'postgres',
      password: options.password,
      database: 'postgres',
    };
    await tryPassword(superuser, cluster);
    await noteRun(dataDir, host, port);
    await lock.update({ state: 'running' });
    return running({
      dataDir,
      place,
      locks: [lock, ...(homeLock ? [homeLock] : [])],
      door,
      child,
      superuser,
    });
  } catch (error) {
    if (child) await stopPostgres(child, place, cluster);
    await door?.close();
    await homeLock?.release();
    throw error;
  }
}

interface Parts {
  dataDir: string;
  place: Place;
  locks: Lock[];
  door: Door;
  child: ChildProcess;
  superuser: Superuser;
}

function running({ dataDir, place, locks, door, child, superuser }: Parts): RunningDatabase {
  const cluster = clusterOf(place.home);
  let stopping: Promise<void> | undefined;
  const ended = new Promise<boolean>((resolve) => {
    child.once('exit', () => resolve(stopping !== undefined));
  });
  // A process that ends without `stop` (an uncaught error, process.exit) still asks the server to end.
  const atExit = () => child.kill('SIGINT');
  process.once('exit', atExit);
  // The server alone does not keep a finished command alive.
  child.unref();
  const stop = async () => {
    for (const lock of locks) await lock.update({ state: 'stopping' }).catch(() => {});
    await stopPostgres(child, place, cluster);
    process.off('exit', atExit);
    await door.close();
    await forgetRun(dataDir);
    for (const lock of locks) await lock.release();
  };
  return {
    host: superuser.host,
    port: superuser.port,
    superuser,
    pid: child.pid ?? 0,
    ended,
    announce: async (address) => {
      for (const lock of locks) await lock.update({ address });
    },
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}
