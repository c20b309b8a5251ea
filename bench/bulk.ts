import type pg from 'pg';

/** What there is to say of each step, and how long it took. */
export async function timed<T>(
  say: (line: string) => void,
  title: string,
  work: () => Promise<T>,
): Promise<T> {
  const began = performance.now();
  const answer = await work();
  say(`  ${title}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
  return answer;
}

/** Whole numbers from `from` to `to`, both included, in runs of at most `size`. */
export const runs = (to: number, size: number): { from: number; to: number }[] =>
  Array.from({ length: Math.ceil(to / size) }, (_, i) => ({
    from: i * size + 1,
    to: Math.min(to, (i + 1) * size),
  }));

/**
 * Fills tables without their indexes, and makes the indexes afterwards: many times as fast as row by row. Keys that another
 * table refers to stay. Triggers are off meanwhile.
 */
export async function withoutIndexes(
  client: pg.Client,
  tables: readonly string[],
  fill: () => Promise<void>,
): Promise<void> {
  const { rows } = await client.query<{ drop: string; make: string }>(
    `select format('alter table %s drop constraint %I', c.conrelid::regclass, c.conname) as drop,
       format('alter table %s add constraint %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) as make
     from pg_constraint c
     where c.conrelid = any ($1::regclass[]) and (c.contype = 'x' or c.contype in ('p', 'u') and c.conperiod)
       and not exists (select from pg_constraint f where f.contype = 'f' and f.conindid = c.conindid)
     union all
     select format('drop index %s', i.indexrelid::regclass), replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ')
     from pg_index i where i.indrelid = any ($1::regclass[])
       and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`,
    [[...tables]],
  );
  await client.query(
    `set session_replication_role = replica; set synchronous_commit = off; set maintenance_work_mem = '1GB'`,
  );
  for (const { drop } of rows) await client.query(drop);
  await fill();
  for (const { make } of rows) await client.query(make);
  await client.query('reset session_replication_role; reset synchronous_commit; reset maintenance_work_mem');
}
