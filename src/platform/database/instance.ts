import { readFile, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { Problem } from '../problem.ts';
import { isTemporarySocketFolder } from './door.ts';
import { holderOf, writeJson } from './lock.ts';
import { folderProblem } from './place.ts';
import { waitUntil } from './processes.ts';

const runFile = (dataDir: string) => path.join(dataDir, 'run.json');
const runShape = z.object({
  pid: z.int().positive(),
  host: z.string(),
  port: z.int().positive(),
  address: z.string().optional(),
});

/** A Kith that runs with a data folder: its process, how to connect to its database, and the address it serves at, if it serves. */
export type RunningInstance = z.infer<typeof runShape>;

/** Removes the note of a killed run, and the temporary folder its socket was in. */
export async function forgetRun(dataDir: string): Promise<void> {
  const text = await readFile(runFile(dataDir), 'utf8').catch(() => 'null');
  const host = /"host": "([^"]+)"/.exec(text)?.[1];
  if (host !== undefined && isTemporarySocketFolder(host)) await rm(host, { recursive: true, force: true });
  await rm(runFile(dataDir), { force: true });
}

/**
 * The Kith that runs with this data folder, or `undefined` when none does. One that is just starting is waited for.
 *
 * @throws Problem `starting` when it has not finished starting within a minute
 */
export async function runningInstance(dataDir: string): Promise<RunningInstance | undefined> {
  const folder = await realpath(dataDir).catch(() => undefined);
  if (folder === undefined) return undefined;
  try {
    let found: RunningInstance | undefined;
    const settled = async () => {
      const holder = await holderOf(folder);
      if (holder === undefined || holder.state === 'stopping') return true;
      const text = await readFile(runFile(folder), 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return 'null';
        throw error;
      });
      const noted = runShape.nullable().parse(JSON.parse(text));
      if (noted?.pid === holder.pid)
        found = { ...noted, ...(holder.address ? { address: holder.address } : {}) };
      return found !== undefined;
    };
    if (await waitUntil(settled, 60_000, 50)) return found;
  } catch (error) {
    throw folderProblem(error, folder);
  }
  throw new Problem(503, 'starting', 'Another Kith is just starting with this data folder.', {
    detail: 'Wait until it has started, then try again.',
  });
}

/** Writes down how to connect to the database that this process has just started, for `runningInstance`. */
export const noteRun = (dataDir: string, host: string, port: number) =>
  writeJson(runFile(dataDir), { pid: process.pid, host, port } satisfies RunningInstance, 0o600);
