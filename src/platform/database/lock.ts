import { randomBytes } from 'node:crypto';
import { chown, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { Problem } from '../problem.ts';
import { processMark, waitUntil } from './processes.ts';

const holder = z.object({
  pid: z.int().positive(),
  /** See `processMark`: a process number used again by another program is not the holder. */
  mark: z.string(),
  since: z.string(),
  state: z.enum(['starting', 'running', 'stopping']),
  address: z.string().optional(),
});

/** Who runs with a data folder: the process, when it took the folder, and the address it serves at once it serves. */
export type Holder = z.infer<typeof holder>;

/** A data folder held by this process. */
export interface Lock {
  /** Tells others how things stand, and at what address. */
  update(change: Partial<Pick<Holder, 'state' | 'address'>>): Promise<void>;
  release(): Promise<void>;
}

const lockFile = (folder: string) => path.join(folder, 'kith.lock');

/** As root in another person's folder, a file belongs to that person, who may want to start Kith without root the next time. */
export const folderOwner = (folder: string) => stat(folder).then(({ uid, gid }) => ({ uid, gid }));

/** Writes a small JSON file so that a reader, or a power cut, finds the old text or the new, never half of it. */
export async function writeJson(file: string, value: unknown, mode: number): Promise<void> {
  const part = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(part, `${JSON.stringify(value, null, 2)}\n`, { mode, flag: 'wx' });
  if (process.getuid?.() === 0) {
    const { uid, gid } = await folderOwner(path.dirname(file));
    await chown(part, uid, gid);
  }
  await rename(part, file);
}

async function readHolder(folder: string): Promise<{ text: string; holder: Holder | undefined } | undefined> {
  const text = await readFile(lockFile(folder), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return { text, holder: holder.parse(JSON.parse(text)) };
  } catch {
    return { text, holder: undefined };
  }
}

/** The live process that holds a data folder, or `undefined`. A lock left by a process that died counts for nothing. */
export async function holderOf(folder: string): Promise<Holder | undefined> {
  const found = (await readHolder(folder))?.holder;
  return found && (await processMark(found.pid)) === found.mark ? found : undefined;
}

const alreadyRunning = (found: Holder) =>
  new Problem(
    409,
    'already-running',
    `Kith is already running with this data folder (process ${found.pid}${found.address ? `, ${found.address}` : ''}).`,
    { detail: 'Stop it first, or choose another folder with --data.' },
  );

/** Takes away a lock whose process is dead. Another starter may be doing the same, so only the very lock that was read goes. */
async function removeStale(folder: string, text: string): Promise<void> {
  const aside = `${lockFile(folder)}.stale-${process.pid}-${randomBytes(4).toString('hex')}`;
  const moved = await rename(lockFile(folder), aside).then(
    () => true,
    () => false,
  );
  if (!moved) return;
  const taken = await readFile(aside, 'utf8');
  if (taken === text) await rm(aside, { force: true });
  else await rename(aside, lockFile(folder));
}

/**
 * Takes a data folder for this process. A lock left by a dead process is taken over; one that is being given up is waited
 * for; a live one is refused.
 *
 * @throws Problem `already-running`
 */
export async function takeLock(folder: string): Promise<Lock> {
  const mark = (await processMark(process.pid)) ?? 'unknown';
  const mine: Holder = {
    pid: process.pid,
    mark,
    since: Temporal.Now.instant().toString(),
    state: 'starting',
  };
  for (let attempt = 0; attempt < 20; attempt += 1) {
    try {
      await writeFile(lockFile(folder), JSON.stringify(mine), { flag: 'wx', mode: 0o644 });
      return lockHeld(folder, mine);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const found = await readHolder(folder);
    if (found === undefined) continue;
    if (found.holder === undefined) {
      // Either somebody is writing it at this moment, or a full disk or a power cut left it empty.
      const changed = async () => (await readHolder(folder))?.text !== found.text;
      if (!(await waitUntil(changed, 500))) await removeStale(folder, found.text);
    } else if ((await processMark(found.holder.pid)) !== found.holder.mark) {
      await removeStale(folder, found.text);
    } else if (found.holder.state === 'stopping') {
      const freed = async () => (await holderOf(folder)) === undefined;
      if (!(await waitUntil(freed, 30_000, 50))) throw alreadyRunning(found.holder);
    } else {
      // A process that was killed a moment ago is still there for the blink that the system needs to clear it away.
      const leaving = async () => ((await holderOf(folder))?.state ?? 'stopping') === 'stopping';
      if (!(await waitUntil(leaving, 1_000, 50)))
        throw alreadyRunning((await holderOf(folder)) ?? found.holder);
    }
  }
  throw new Problem(
    409,
    'already-running',
    'Several Kiths are being started with this data folder at once.',
    {
      detail: 'Wait a moment, then start one of them.',
    },
  );
}

function lockHeld(folder: string, holder: Holder): Lock {
  let current = holder;
  let held = true;
  return {
    async update(change) {
      current = { ...current, ...change };
      if (held) await writeJson(lockFile(folder), current, 0o644);
    },
    async release() {
      if (!held) return;
      held = false;
      const found = (await readHolder(folder))?.holder;
      if (found?.pid === current.pid && found.mark === current.mark)
        await rm(lockFile(folder), { force: true });
    },
  };
}
