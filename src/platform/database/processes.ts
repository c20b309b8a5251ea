import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What is known of a process: the time it began (so that a number used again is not taken for it) and whether it has ended. */
async function linuxStat(pid: number): Promise<{ state: string; began: string } | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (stat === undefined) return undefined;
  // The second field is the program's name in brackets and may itself hold spaces and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', began: fields[19] ?? '' };
}

/** Whether the number is taken, by a live process or by one that has ended and was not yet collected by its parent. */
export function answersToSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * A mark that tells one process from every other that ever had, or will have, the same number on this machine.
 * `undefined` when no such process is alive.
 */
export async function processMark(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') {
    const stat = await linuxStat(pid);
    if (stat === undefined || stat.state === 'Z' || stat.state === 'X') return undefined;
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
    return `${boot.trim()} ${stat.began}`;
  }
  if (!answersToSignals(pid)) return undefined;
  if (process.platform === 'win32') return 'alive';
  const { stdout } = await run('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout.trim() === '' ? undefined : stdout.trim();
}

/** The number in the first line of `postmaster.pid`, whoever it now belongs to. */
export async function postmasterPid(cluster: string): Promise<number | undefined> {
  const text = await readFile(path.join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number.parseInt(text.split('\n')[0] ?? '', 10);
  return Number.isInteger(pid) && pid > 1 ? pid : undefined;
}

async function linuxServes(pid: number, cluster: string): Promise<boolean> {
  const name = (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')).trim();
  if (name !== 'postgres' && name !== 'initdb') return false;
  const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '');
  if (cwd === cluster) return true;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return command.split('\0').some((word) => word === cluster || word === `--pgdata=${cluster}`);
}

/**
 * Every live PostgreSQL process (postmaster, its children, `initdb`) that works in this cluster folder. On Linux by looking
 * at the processes themselves; elsewhere by asking `ps` about the one that `postmaster.pid` names.
 *
 * @param cluster the real path (no symbolic links) of the folder
 */
export async function postgresProcesses(cluster: string): Promise<number[]> {
  if (process.platform === 'linux') {
    const names = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
    const found = await Promise.all(
      names.map(async (name) => {
        const pid = Number(name);
        const alive = (await linuxServes(pid, cluster)) && (await processMark(pid)) !== undefined;
        return alive ? [pid] : [];
      }),
    );
    return found.flat();
  }
  const pid = await postmasterPid(cluster);
  if (pid === undefined || !answersToSignals(pid)) return [];
  if (process.platform === 'win32') {
    const { stdout } = await run('tasklist', ['/fi', `PID eq ${pid}`, '/nh']).catch(() => ({ stdout: '' }));
    return stdout.includes('postgres.exe') ? [pid] : [];
  }
  const { stdout } = await run('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).catch(() => ({
    stdout: '',
  }));
  return stdout.includes('postgres') && stdout.includes(cluster) ? [pid] : [];
}

/** Waits until `done` says yes. Answers false when `ms` milliseconds pass first. */
export async function waitUntil(
  done: () => boolean | Promise<boolean>,
  ms: number,
  every = 15,
): Promise<boolean> {
  const until = performance.now() + ms;
  while (!(await done())) {
    if (performance.now() > until) return false;
    await pause(every);
  }
  return true;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended in the meantime, which is what was wanted.
  }
}

/**
 * Ends every PostgreSQL process of a cluster that an earlier run left behind: first the clean way, then the quick way (the
 * next start recovers from the write-ahead log), then by force. Nothing that was acknowledged is lost by any of the three.
 *
 * @param cluster the real path of the folder
 * @returns false when something is still alive at the end
 */
export async function endPostgres(cluster: string): Promise<boolean> {
  const gone = async () => (await postgresProcesses(cluster)).length === 0;
  const master = await postmasterPid(cluster);
  const found = await postgresProcesses(cluster);
  if (found.length === 0) return true;
  if (master !== undefined && found.includes(master)) {
    signal(master, 'SIGINT');
    if (await waitUntil(gone, 10_000)) return true;
  }
  for (const name of ['SIGQUIT', 'SIGKILL'] as const) {
    for (const pid of await postgresProcesses(cluster)) signal(pid, name);
    if (await waitUntil(gone, 5_000)) return true;
  }
  return false;
}
