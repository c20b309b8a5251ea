import { glob, mkdtemp, rm, stat, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { catalogue } from '../src/app.ts';
import { openPools } from '../src/platform/database/connect.ts';
import { migrate, prepareDatabase } from '../src/platform/database/migrate.ts';
import { startDatabase } from '../src/platform/database/server.ts';
import { installCatalogue } from '../src/platform/install.ts';

const memory = '/dev/shm';
const roomWanted = 4 * 1024 ** 3;

/** Where the databases lie: in memory where there is plenty of it, since a new one for each file is two thousand small files. */
async function roomiest(): Promise<string> {
  const room = await statfs(memory).catch(() => undefined);
  return room !== undefined && room.bavail * room.bsize > roomWanted ? memory : tmpdir();
}

const dayAgo = () => Date.now() - 24 * 3600 * 1000;

/** Takes away what runs that were killed left in memory, once nobody can be at work in it any more. */
async function tidyMemory(): Promise<void> {
  for await (const left of glob(join(memory, 'kith-test-*')))
    if ((await stat(left)).mtimeMs < dayAgo()) await rm(left, { recursive: true, force: true });
}

/** One PostgreSQL for the whole test run, with a migrated template that each test file copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await tidyMemory();
  const folder = await mkdtemp(join(await roomiest(), 'kith-test-'));
  const database = await startDatabase({
    dataDir: folder,
    password: 'test',
    say: () => {},
    // Only the test of crashes needs what it writes to reach the disk, and it starts a server of its own.
    settings: {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      wal_level: 'minimal',
      max_wal_senders: '0',
      max_connections: '300',
      max_wal_size: '512MB',
    },
  });
  const cluster = {
    host: database.host,
    port: database.port,
    user: 'postgres',
    password: 'test',
    secret: 'a secret that only tests use, and that opens nothing',
    template: 'kith_template',
  };
  await prepareDatabase({ ...cluster, database: 'postgres' }, cluster.template, cluster.secret);
  const address = { host: cluster.host, port: cluster.port, database: cluster.template };
  await migrate(address, cluster.secret);
  const pools = openPools(address, cluster.secret);
  await installCatalogue(pools.owner, catalogue, Temporal.PlainDate.from('2026-11-22'));
  await pools.close();
  project.provide('cluster', cluster);
  return async () => {
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
