import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { type DatabaseAddress, openPools, type Pools } from '../database/connect.ts';

export interface TestCluster {
  host: string;
  port: number;
  user: string;
  password: string;
  secret: string;
  template: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    cluster: TestCluster;
  }
}

export interface TestDatabase {
  address: DatabaseAddress;
  secret: string;
  pools: Pools;
  /** PostgreSQL's own administrator, for looking past every policy. */
  superuser: pg.Client;
  close(): Promise<void>;
}

/** A fresh database with every migration run and nothing in it, in the test run's own PostgreSQL. Close it in afterAll. */
export async function testDatabase(): Promise<TestDatabase> {
  const cluster = inject('cluster');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const administrator = {
    host: cluster.host,
    port: cluster.port,
    user: cluster.user,
    password: cluster.password,
  };
  const admin = new pg.Client({ ...administrator, database: 'postgres' });
  await admin.connect();
  // Copying the template's files takes a seventh of the time that copying it page by page through the log takes.
  await admin.query(
    `create database ${name} template ${cluster.template} strategy file_copy owner kith_owner`,
  );
  const superuser = new pg.Client({ ...administrator, database: name });
  await superuser.connect();
  const address = { host: cluster.host, port: cluster.port, database: name };
  const pools = openPools(address, cluster.secret, { app: 8 });
  return {
    address,
    secret: cluster.secret,
    pools,
    superuser,
    async close() {
      await pools.close();
      await superuser.end();
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}
