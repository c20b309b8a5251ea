import { createHmac } from 'node:crypto';
import pg from 'pg';
import { typeParsers } from './rows.ts';

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
  /** The owner: migrations, imports, backup. Never serves a web request. */
  owner: pg.Pool;
  close(): Promise<void>;
}

export const roles = { owner: 'kith_owner', app: 'kith_app', figures: 'kith_figures' } as const;

/** Something derived from the installation's secret, for one purpose: a password, a key for cookies. */
export const derived = (secret: string, purpose: string) =>
  createHmac('sha256', secret).update(purpose).digest('base64url');

/** Tells two secrets apart and gives nothing of either away. */
export const secretPrint = (secret: string): string =>
  derived(secret, 'the print that tells two secrets apart');

export interface PoolOptions {
  app?: number;
  figures?: number;
  owner?: number;
}

/** Opens the three pools. Connections are pipelined: statements are sent without waiting for the answer before. */
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
    app: pool(roles.app, sizes.app ?? 16, 15_000, ' -c plan_cache_mode=force_generic_plan'),
    figures: pool(roles.figures, sizes.figures ?? 4, 60_000),
    owner: pool(roles.owner, sizes.owner ?? 3, 0),
  };
  for (const each of Object.values(pools)) {
    // A connection lost while idle is replaced at the next use; without a listener it would end the process.
    each.on('error', () => {});
  }
  return {
    ...pools,
    async close() {
      await Promise.all([pools.app.end(), pools.figures.end(), pools.owner.end()]);
    },
  };
}
