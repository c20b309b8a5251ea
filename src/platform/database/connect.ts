import { createHmac } from 'node:crypto';
import pg from 'pg';
import { auditTable } from '../audit/months.ts';
import { type ReadEvent, readsStatement } from '../audit/record.ts';
import { type Disk, makeDisk } from './disk.ts';
import { prepared, typeParsers } from './rows.ts';
import { sendQuickly } from './together.ts';
import type { Prepared } from './wire.ts';

/** Where the database is, and as whom to connect. `secret` is the installation's one secret; role passwords come from it. */
export interface DatabaseAddress {
  host: string;
  port: number;
  database: string;
  ssl?: boolean;
}

export interface Pools {
  /** The application: owns nothing, cannot bypass row-level security. */
  app: pg.Pool;
  /** The figures role: reads no names. */
  figures: pg.Pool;
  /** What anybody may read, signed in or not: it reads what is granted to it, and changes nothing. */
  open: pg.Pool;
  /** The owner: migrations, imports, backup. Never serves a web request. */
  owner: pg.Pool;
  /** Keeps what the application answers back until it is on the disk, and until it is written down there who read it. */
  disk: Disk<ReadEvent>;
  close(): Promise<void>;
}

export const roles = {
  owner: 'kith_owner',
  app: 'kith_app',
  figures: 'kith_figures',
  open: 'kith_open',
} as const;

/** Something derived from the installation's secret, for one purpose: a password, a key for cookies. */
export const derived = (secret: string, purpose: string) =>
  createHmac('sha256', secret).update(purpose).digest('base64url');

/** Tells two secrets apart and gives nothing of either away. */
export const secretPrint = (secret: string): string =>
  derived(secret, 'the print that tells two secrets apart');

export interface PoolOptions {
  app?: number;
  figures?: number;
  open?: number;
  owner?: number;
}

/**
 * A transaction that writes nothing and whose commit waits for the disk (and for standbys, where the database has them): all
 * commits before it are then there too.
 */
const emptyCommit: Prepared = {
  name: 'kept',
  text: `select pg_logical_emit_message(true, 'kith', '')`,
  values: [],
};

async function committed(pool: pg.Pool, statement: Prepared): Promise<void> {
  const client = await pool.connect();
  let broken: unknown;
  try {
    await sendQuickly(client, statement);
  } catch (error) {
    broken = error;
    throw error;
  } finally {
    client.release(broken instanceof Error ? broken : undefined);
  }
}

/** Opens the pools. Connections are pipelined: statements are sent without waiting for the answer before. */
export function openPools(address: DatabaseAddress, secret: string, sizes: PoolOptions = {}): Pools {
  const pool = (role: string, max: number, timeout: number, more = '') =>
    new pg.Pool({
      host: address.host,
      port: address.port,
      database: address.database,
      ...(address.ssl ? { ssl: true } : {}),
      user: role,
      password: derived(secret, `database role ${role}`),
      max,
      types: typeParsers,
      pipeline: true,
      application_name: `kith ${role}`,
      options: `-c statement_timeout=${timeout} -c idle_in_transaction_session_timeout=60000${more}`,
      idleTimeoutMillis: 30_000,
    } as pg.PoolConfig);
  const pools = {
    // Planning a statement with its row policies takes ten times as long as running it: each connection plans it once.
    app: pool(
      roles.app,
      sizes.app ?? 16,
      15_000,
      ' -c plan_cache_mode=force_generic_plan -c synchronous_commit=on',
    ),
    figures: pool(roles.figures, sizes.figures ?? 4, 60_000),
    open: pool(roles.open, sizes.open ?? 2, 5_000, ' -c default_transaction_read_only=on'),
    owner: pool(roles.owner, sizes.owner ?? 3, 0),
  };
  const flushing = pool(roles.app, 1, 15_000, ' -c synchronous_commit=on');
  const into = auditTable(pools.app);
  for (const each of [...Object.values(pools), flushing]) {
    // A connection that is lost is told to whoever waits for it, and replaced at the next use; without a listener, on the pool
    // for connections that are idle and on each connection for those at work, it would end the process.
    each.on('error', () => {});
    each.on('connect', (client) => client.on('error', () => {}));
  }
  return {
    ...pools,
    disk: makeDisk((events) =>
      events.length === 0
        ? committed(flushing, emptyCommit)
        : committed(flushing, prepared(readsStatement(events, into()))).catch(() =>
            // The table of the month may have gone since it was looked for; the trail as a whole is always there.
            committed(flushing, prepared(readsStatement(events))),
          ),
    ),
    async close() {
      await Promise.all([...Object.values(pools), flushing].map((each) => each.end()));
    },
  };
}
