import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Problem } from '../problem.ts';
import { diskFull, type Place, programPath, runAs, writePasswordFile } from './place.ts';
import { answersToSignals, endPostgres, postgresProcesses, postmasterPid } from './processes.ts';

/** What the making of a cluster needs to know; the rest is in `DatabaseOptions`. */
export interface ClusterOptions {
  readonly password: string;
  say(line: string): void;
  readonly settings?: Readonly<Record<string, string>>;
}

/** The folder of the cluster in its home. */
export const clusterOf = (home: string) => path.join(home, 'postgres');

/** Runs one of PostgreSQL's programs as the account, and gives its exit code and all that it said. */
export async function runToEnd(
  program: string,
  words: string[],
  place: Place,
): Promise<{ code: number | null; said: string }> {
  const child = spawn(program, words, {
    ...runAs(place.account),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  const [code] = await once(child, 'close');
  return { code: typeof code === 'number' ? code : null, said };
}

/**
 * Makes a cluster in `postgres.new` and renames it when it is complete, so that `postgres` is never half a cluster.
 * Does nothing when there is one. UTF-8, the built-in C.UTF-8 order (the same on every machine), checksums, scram-sha-256.
 */
export async function makeCluster(place: Place, options: ClusterOptions): Promise<void> {
  const cluster = clusterOf(place.home);
  const part = `${cluster}.new`;
  const passwordFile = `${part}.password`;
  if (!(await endPostgres(part))) throw stillRunning(part);
  await rm(part, { recursive: true, force: true, maxRetries: 5 });
  await rm(passwordFile, { force: true });
  if (await stat(cluster).catch(() => undefined)) return;
  options.say('Making the database (the first time only) …');
  await mkdir(part, { mode: 0o700 });
  await chmod(part, 0o700);
  if (place.account) await chown(part, place.account.uid, place.account.gid);
  await writePasswordFile(passwordFile, options.password, place.account);
  try {
    const words = [
      `--pgdata=${part}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--data-checksums',
      '--no-instructions',
      ...(options.settings?.fsync === 'off' ? ['--no-sync'] : []),
    ];
    const { code, said } = await runToEnd(programPath(place.programs, 'initdb'), words, place);
    if (code !== 0) throw startFailed(said, place.home);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(part, cluster);
}

const stillRunning = (cluster: string) =>
  new Problem(
    503,
    'database-left-running',
    `A PostgreSQL left running in ${cluster} by an earlier run cannot be stopped.`,
    {
      detail: 'It may belong to another user. Stop it, then start Kith again.',
    },
  );

/** What PostgreSQL said last, as a sentence for the person who started Kith. */
export function startFailed(said: string, home: string, log?: string): Problem {
  if (/No space left on device|Disk quota exceeded/.test(said)) return diskFull(home);
  const telling = said.split('\n').filter((line) => /FATAL|PANIC|error:|ERROR/.test(line));
  const last = (telling.at(-1) ?? '').replace(/^.*?(FATAL|PANIC|ERROR|error):\s*/, '');
  const more = log ? ` See ${log}.` : '';
  return new Problem(503, 'database-start', 'The database could not be started.', {
    detail: last === '' ? `It gave no reason.${more}` : `It said: ${last}.${more}`,
    cause: said,
  });
}

/** Refuses a cluster that another major version of PostgreSQL made. */
export async function checkVersion(cluster: string): Promise<void> {
  const version = (await readFile(path.join(cluster, 'PG_VERSION'), 'utf8')).trim();
  if (version !== '18')
    throw new Problem(
      503,
      'database-version',
      `The database in ${cluster} was made by PostgreSQL ${version}, and this is 18.`,
      {
        detail:
          'Make a backup with the version of Kith that made it, then restore it with this one (docs/operations.md).',
      },
    );
}

/** Deals with what a killed run left: a server still alive, or a note of one whose number another program now has. */
export async function clearLeftovers(cluster: string, say: (line: string) => void): Promise<void> {
  if ((await postgresProcesses(cluster)).length > 0) {
    say('Stopping the database that an earlier run left behind …');
    if (!(await endPostgres(cluster))) throw stillRunning(cluster);
  }
  const noted = await postmasterPid(cluster);
  // PostgreSQL takes whatever has that number for a server of its own, even a killed one that nobody has collected yet, and
  // would not start.
  if (noted !== undefined && answersToSignals(noted)) await rm(path.join(cluster, 'postmaster.pid'));
}
