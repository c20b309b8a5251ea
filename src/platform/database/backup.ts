import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { PassThrough, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { z } from 'zod';
import { Problem } from '../problem.ts';
import { type DatabaseAddress, derived, roles, secretPrint } from './connect.ts';

// A backup is one gzip file of text: a line that describes it, then each table as a line that names it, its rows in
// PostgreSQL's COPY format and a line `\.`, then a line with the counts and a SHA-256 of all that stands above it. It is
// complete as at one moment, can be read with zcat, and goes back through the same policies and constraints.

const header = z.object({
  format: z.literal('kith backup 1'),
  madeAt: z.string(),
  partnership: z.string(),
  migrations: z.array(z.string()),
});
const tableLine = z.object({ table: z.string(), columns: z.array(z.string()) });
const sequenceLine = z.object({ sequence: z.string(), value: z.string(), called: z.boolean() });
const footer = z.object({ end: z.literal(true), rows: z.record(z.string(), z.number()), sha256: z.string() });

/** Schemas that a backup leaves out: which migrations ran is in its first line, and jobs begin anew. */
const leftOut = ['pg_catalog', 'information_schema', 'migrations', 'pgboss', 'pg_toast'];

export interface BackupSummary {
  file: string;
  tables: number;
  rows: number;
  madeAt: string;
}

const ownerClient = async (address: DatabaseAddress, secret: string) => {
  const client = new pg.Client({
    host: address.host,
    port: address.port,
    database: address.database,
    ...(address.ssl ? { ssl: true } : {}),
    user: roles.owner,
    password: derived(secret, `database role ${roles.owner}`),
    application_name: 'kith backup',
  });
  client.on('error', () => {});
  await client.connect();
  return client;
};

interface TableInfo {
  name: string;
  columns: string[];
}

/** Tables that only repeat what others say (they are not logged) stay out of a backup and are empty after a restore. */
const repeats = `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'r' and c.relpersistence = 'u' and n.nspname <> all ($1::text[])`;

/** Every table in an order in which each comes after those it refers to. Partitions travel with their parents. */
async function tablesInOrder(client: pg.Client): Promise<TableInfo[]> {
  const { rows: tables } = await client.query<{ oid: number; name: string; columns: string[] }>(
    `select c.oid::int, format('%I.%I', n.nspname, c.relname) as name,
       array(select quote_ident(a.attname) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and c.relpersistence = 'p' and not c.relispartition and n.nspname <> all ($1::text[])
     order by 2`,
    [leftOut],
  );
  const { rows: links } = await client.query<{ of: number; to: number }>(
    `select conrelid::int as of, confrelid::int as to from pg_constraint where contype = 'f' and conrelid <> confrelid`,
  );
  const ordered: typeof tables = [];
  const done = new Set<number>();
  while (ordered.length < tables.length) {
    const next = tables.find(
      (table) =>
        !done.has(table.oid) &&
        links.every(
          (link) =>
            link.of !== table.oid || done.has(link.to) || !tables.some((each) => each.oid === link.to),
        ),
    );
    if (next === undefined) throw new Error('tables refer to each other in a circle');
    ordered.push(next);
    done.add(next.oid);
  }
  return ordered.map(({ name, columns }) => ({ name, columns }));
}

const migrationsOf = async (client: pg.Client): Promise<string[]> =>
  (await client.query<{ name: string }>('select name from migrations.migration order by id')).rows.map(
    (row) => row.name,
  );

/**
 * Writes a backup as at one moment while work goes on. The file appears under its name only when it is complete; only this
 * user can read it. It holds personal data: keep it as the database is kept.
 */
export async function backup(
  address: DatabaseAddress,
  secret: string,
  file: string,
  {
    partnership,
    now,
    progress = () => {},
  }: { partnership: string; now: Temporal.Instant; progress?: (table: string) => void },
): Promise<BackupSummary> {
  const client = await ownerClient(address, secret);
  const part = `${file}.part`;
  try {
    await client.query('begin isolation level repeatable read read only');
    await client.query(`select set_config('kith.purpose', 'backup', true)`);
    const tables = await tablesInOrder(client);
    await (await open(part, 'w', 0o600)).close();
    const zip = createGzip({ level: 6 });
    const written = pipeline(zip, createWriteStream(part, { flags: 'w', mode: 0o600 }));
    const hash = createHash('sha256');
    const write = async (chunk: Buffer | string) => {
      hash.update(chunk);
      if (!zip.write(chunk)) await new Promise((resolve) => zip.once('drain', resolve));
    };
    const madeAt = now.toString();
    await write(
      `${JSON.stringify({ format: 'kith backup 1', madeAt, partnership, migrations: await migrationsOf(client) })}\n`,
    );
    const counts: Record<string, number> = {};
    for (const table of tables) {
      progress(table.name);
      await write(`${JSON.stringify({ table: table.name, columns: table.columns })}\n`);
      const rows = client.query(
        copyTo(`copy (select ${table.columns.join(', ')} from ${table.name}) to stdout`),
      );
      for await (const chunk of rows) await write(chunk as Buffer);
      counts[table.name] = rows.rowCount;
      await write('\\.\n');
    }
    const { rows: sequences } = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, sequencename) as name from pg_sequences where schemaname <> all ($1::text[]) order by 1`,
      [leftOut],
    );
    for (const sequence of sequences) {
      const { rows } = await client.query<{ value: string; called: boolean }>(
        `select last_value::text as value, is_called as called from ${sequence.name}`,
      );
      await write(`${JSON.stringify({ sequence: sequence.name, ...rows[0] })}\n`);
    }
    const sha256 = hash.digest('hex');
    zip.end(`${JSON.stringify({ end: true, rows: counts, sha256 })}\n`);
    await written;
    await client.query('commit');
    const handle = await open(part, 'r');
    await handle.sync();
    await handle.close();
    await rename(part, file);
    return {
      file,
      tables: tables.length,
      rows: Object.values(counts).reduce((sum, count) => sum + count, 0),
      madeAt,
    };
  } catch (error) {
    await rm(part, { force: true });
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EROFS' || code === 'ENOSPC') {
      throw new Problem(500, 'backup-file', `The backup cannot be written to ${file}`, {
        detail: 'Choose a folder that exists, is writable and has room.',
        cause: error,
      });
    }
    throw error;
  } finally {
    await client.end();
  }
}

/**
 * The lines of a backup as bytes, each byte a character: split at \\n alone. (Node's own line reader also splits at the
 * Unicode line separators, which people's words may hold.)
 */
async function* linesOf(file: string): AsyncGenerator<string, void, undefined> {
  const source = createReadStream(file);
  const unzipped = createGunzip();
  source.once('error', (error) => unzipped.destroy(error));
  let held = '';
  for await (const chunk of source.pipe(unzipped) as AsyncIterable<Buffer>) {
    held += chunk.toString('latin1');
    let start = 0;
    for (let end = held.indexOf('\n'); end >= 0; end = held.indexOf('\n', start)) {
      yield held.slice(start, end);
      start = end + 1;
    }
    held = held.slice(start);
  }
  if (held !== '') throw new Error('the last line is cut short');
}

const jsonOf = (line: string): unknown => JSON.parse(Buffer.from(line, 'latin1').toString('utf8'));

/** Reads a backup to its end and checks that it is whole, before anything is changed. Gives its first and last lines. */
async function inspect(
  file: string,
): Promise<{ head: z.output<typeof header>; foot: z.output<typeof footer> }> {
  const broken = (why: string, cause?: unknown) =>
    new Problem(422, 'not-a-backup', `${file} is not a whole Kith backup`, {
      detail: `${why} Nothing was changed.`,
      cause,
    });
  const hash = createHash('sha256');
  let first: string | undefined;
  let last: string | undefined;
  try {
    for await (const line of linesOf(file)) {
      if (last !== undefined) hash.update(`${last}\n`, 'latin1');
      first ??= line;
      last = line;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new Problem(404, 'no-file', `There is no file ${file}`);
    throw broken('It is cut short or damaged.', error);
  }
  let head: z.output<typeof header>;
  let foot: z.output<typeof footer>;
  try {
    head = header.parse(jsonOf(first ?? ''));
    foot = footer.parse(jsonOf(last ?? ''));
  } catch (error) {
    throw broken('Its first or last line is missing.', error);
  }
  if (hash.digest('hex') !== foot.sha256) throw broken('What it holds is not what was written.');
  return { head, foot };
}

/** Hands the lines of one table to COPY, up to its end mark. */
async function copyTable(
  client: pg.Client,
  table: z.output<typeof tableLine>,
  lines: AsyncIterator<string>,
): Promise<number> {
  const into = client.query(copyFrom(`copy ${table.table} (${table.columns.join(', ')}) from stdin`));
  const through = new PassThrough();
  const done = pipeline(through, into as unknown as Writable);
  for (;;) {
    const next = await lines.next();
    if (next.done || next.value === '\\.') break;
    if (!through.write(`${next.value}\n`, 'latin1'))
      await new Promise((resolve) => through.once('drain', resolve));
  }
  through.end();
  await done;
  return into.rowCount;
}

/**
 * Puts a backup back into an installation that is still empty (or any, with `replace`), in one transaction: all of it or
 * nothing. Every session is ended, and the audit trail begins a new era so that its chain goes on.
 */
export async function restore(
  address: DatabaseAddress,
  secret: string,
  file: string,
  { replace = false, progress = () => {} }: { replace?: boolean; progress?: (table: string) => void } = {},
): Promise<BackupSummary> {
  const { head, foot } = await inspect(file);
  const client = await ownerClient(address, secret);
  try {
    const here = await migrationsOf(client);
    if (JSON.stringify(here) !== JSON.stringify(head.migrations)) {
      throw new Problem(409, 'other-version', 'This backup was made by another version of Kith', {
        detail: 'Restore it with the version that made it, then upgrade. Nothing was changed.',
      });
    }
    await client.query('begin');
    await client.query(`select set_config('kith.purpose', 'restore', true)`);
    const inUse = await client.query('select from access.account limit 1');
    if ((inUse.rowCount ?? 0) > 0 && !replace) {
      throw new Problem(409, 'not-empty', 'This installation already holds records', {
        detail:
          'Restore into an empty data folder (--data), or say --replace to put the backup in place of what is here. Nothing was changed.',
      });
    }
    const tables = await tablesInOrder(client);
    // COPY cannot write through row-level security, and the money triggers would count twice; both are put back below, in
    // the same transaction, so that nobody ever sees the tables without them.
    for (const { name } of tables) {
      await client.query(`alter table ${name} no force row level security, disable trigger user`);
    }
    const emptied = [...tables, ...(await client.query<{ name: string }>(repeats, [leftOut])).rows];
    await client.query(`truncate ${emptied.map((table) => table.name).join(', ')}`);
    const lines = linesOf(file);
    await lines.next();
    const forced = new Set(
      (
        await client.query<{ name: string }>(
          `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relrowsecurity`,
        )
      ).rows.map((row) => row.name),
    );
    let rows = 0;
    for (let line = await lines.next(); !line.done; line = await lines.next()) {
      const parsed = jsonOf(line.value);
      const table = tableLine.safeParse(parsed);
      if (table.success) {
        progress(table.data.table);
        const count = await copyTable(client, table.data, lines);
        if (count !== foot.rows[table.data.table])
          throw new Error(`${table.data.table}: ${count} rows came back of ${foot.rows[table.data.table]}`);
        rows += count;
        continue;
      }
      const sequence = sequenceLine.safeParse(parsed);
      if (sequence.success)
        await client.query('select setval($1::regclass, $2::bigint, $3)', [
          sequence.data.sequence,
          sequence.data.value,
          sequence.data.called,
        ]);
    }
    await client.query('update access.session set ended_at = now() where ended_at is null');
    // The secret is not in a backup: from now on this database belongs to the one it is restored with.
    await client.query(`update platform.fact set value = to_jsonb($1::text) where name = 'secret'`, [
      secretPrint(secret),
    ]);
    await client.query(
      `insert into audit.era (number, why) select max(number) + 1, 'restored' from audit.era`,
    );
    for (const { name } of tables) {
      await client.query(
        `alter table ${name} ${forced.has(name) ? 'force row level security, ' : ''}enable trigger user`,
      );
    }
    await client.query('commit');
    return { file, tables: Object.keys(foot.rows).length, rows, madeAt: head.madeAt };
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    await client.end();
  }
}
