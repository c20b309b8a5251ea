import { glob } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { runner } from 'node-pg-migrate';
import pg from 'pg';
import { Problem } from '../problem.ts';
import { type DatabaseAddress, derived, roles, secretPrint } from './connect.ts';

export interface Administrator extends Omit<DatabaseAddress, 'database'> {
  user: string;
  password: string;
  /** The database to connect to while making ours. */
  database: string;
}

const sourceRoot = join(import.meta.dirname, '../..');

/**
 * Makes the roles and the database if they are not there, and gives the roles the passwords that the installation's
 * secret implies. Safe to run at every start.
 */
export async function prepareDatabase(
  administrator: Administrator,
  name: string,
  secret: string,
): Promise<void> {
  const client = await connectTo(administrator);
  const database = client.escapeIdentifier(name);
  try {
    await checkSecret(client, secret);
    for (const role of Object.values(roles)) {
      const literal = client.escapeLiteral(derived(secret, `database role ${role}`));
      await client.query(
        `do $$ begin
           if not exists (select from pg_roles where rolname = '${role}') then create role ${role} login; end if;
         exception when duplicate_object then null; end $$`,
      );
      await client.query(`alter role ${role} login password ${literal}`);
    }
    const strong = await client.query<{ name: string }>(
      'select rolname as name from pg_roles where rolname = any ($1::text[]) and (rolsuper or rolbypassrls)',
      [Object.values(roles)],
    );
    if (strong.rows[0]) {
      throw new Problem(
        500,
        'role-too-strong',
        `The database role ${strong.rows[0].name} can pass by row-level security`,
        {
          detail: `Take that right away: alter role ${strong.rows[0].name} nosuperuser nobypassrls`,
        },
      );
    }
    // On managed PostgreSQL the administrator is not a superuser and must be in the role it gives a database to.
    await client.query(`grant ${roles.owner} to current_user`).catch(() => {});
    const found = await client.query('select from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`create database ${database} owner ${roles.owner}`);
    await client.query(`revoke all on database ${database} from public`);
    await client.query(`grant all on database ${database} to ${roles.owner}`);
    await client.query(
      `grant connect on database ${database} to ${roles.app}, ${roles.figures}, ${roles.open}`,
    );
  } finally {
    await client.end();
  }
}

/**
 * Refuses a secret that is not the one this database was set up with: the role passwords would change under a server that is
 * running. `KITH_CHANGE_SECRET=1` says that the change is meant.
 */
async function checkSecret(client: pg.Client, secret: string): Promise<void> {
  const there = await client.query<{ there: boolean }>(
    `select to_regclass('platform.fact') is not null as there`,
  );
  if (there.rows[0]?.there !== true || process.env.KITH_CHANGE_SECRET === '1') return;
  await client.query(`grant ${roles.owner} to current_user`).catch(() => {});
  const kept = await client.query<{ value: string }>(
    `select value #>> '{}' as value from platform.fact where name = 'secret'`,
  );
  const print = kept.rows[0]?.value;
  if (print !== undefined && print !== secretPrint(secret)) {
    throw new Problem(503, 'other-secret', 'This database was set up with another secret', {
      detail:
        'Give the KITH_SECRET it was set up with, or the data folder that holds it. To change it on purpose, start once with KITH_CHANGE_SECRET=1.',
    });
  }
}

/** Connects to the database that is named, or to `postgres` while ours is still to be made. */
async function connectTo(administrator: Administrator): Promise<pg.Client> {
  const client = new pg.Client(administrator);
  // A connection that breaks while idle is told by the next statement; unheard, it would end the process.
  client.on('error', () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    const missing = error instanceof pg.DatabaseError && error.code === '3D000';
    if (!missing || administrator.database === 'postgres') throw error;
    return connectTo({ ...administrator, database: 'postgres' });
  }
}

/** Every migration file, in the order they run: by name, whichever folder they live in. */
async function migrationFiles(): Promise<string[]> {
  const files: string[] = [];
  for await (const file of glob('**/migrations/*.sql', { cwd: sourceRoot }))
    files.push(join(sourceRoot, file));
  return files.sort((a, b) => basename(a).localeCompare(basename(b), 'en'));
}

/** Brings the schema up to date as the owner role. Returns the names of the migrations it ran. */
export async function migrate(address: DatabaseAddress, secret: string): Promise<string[]> {
  const client = new pg.Client({
    ...address,
    ssl: address.ssl ?? false,
    user: roles.owner,
    password: derived(secret, `database role ${roles.owner}`),
  });
  client.on('error', () => {});
  await client.connect();
  try {
    const ran = await runner({
      dbClient: client,
      dir: await migrationFiles(),
      useGlob: true,
      direction: 'up',
      migrationsTable: 'migration',
      migrationsSchema: 'migrations',
      createMigrationsSchema: true,
      singleTransaction: true,
      checkOrder: false,
      logger: { debug() {}, info() {}, warn() {}, error() {} },
    });
    await client.query(
      `insert into platform.fact (name, value) values ('secret', to_jsonb($1::text)) on conflict (name) do update set value = excluded.value`,
      [secretPrint(secret)],
    );
    return ran.map((each) => each.name);
  } catch (error) {
    throw new Problem(500, 'migration-failed', 'The database could not be brought up to date', {
      detail: error instanceof Error ? error.message : String(error),
      cause: error,
    });
  } finally {
    await client.end();
  }
}
