import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { transaction } from '../database/transaction.ts';
import { testDatabase } from '../testing/database.ts';
import type { Database } from './importer.ts';

/** A database of its own, reached as the role that imports run as. */
export async function startTestDatabase(): Promise<{ db: Database; pool: pg.Pool; stop(): Promise<void> }> {
  const database = await testDatabase();
  const pool = database.pools.owner;
  return {
    db: { transaction: (work) => transaction(pool, [], work) },
    pool,
    stop: () => database.close(),
  };
}

/** A folder with these files in it, as text or bytes. Give it to `removeFolder` afterwards. */
export async function folderWith(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kith-package-'));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return folder;
}

export const removeFolder = (folder: string) => rm(folder, { recursive: true, force: true });
