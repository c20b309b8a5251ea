import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../../platform/testing/database.ts';

const database = await testDatabase();
const { superuser } = database;
afterAll(() => database.close());

test('a bulk insert writes no past, a bulk update one row for each', async () => {
  const past = async () =>
    Number(
      (await superuser.query<{ many: string }>('select count(*) as many from past.person')).rows[0]?.many,
    );
  const before = await past();
  await superuser.query(
    `insert into record.person (given_name, family_name) select 'Bulk', n::text from generate_series(1, 500) n`,
  );
  expect(await past()).toBe(before);
  await superuser.query(`update record.person set gender = 'girl' where given_name = 'Bulk'`);
  expect(await past()).toBe(before + 500);
  await superuser.query(`delete from record.person where given_name = 'Bulk'`);
  expect(await past()).toBe(before + 1000);
});

test('every table of the record keeps its past, in the same columns, seen by the same people', async () => {
  const { rows } = await superuser.query<{ name: string; what: string }>(`
    with kept as (
      select c.relname as name, c.oid, to_regclass(format('past.%I', c.relname)) as past, to_regclass(format('"then".%I', c.relname)) as seen, c.relrowsecurity as rls
      from pg_class c where c.relnamespace = 'record'::regnamespace and c.relkind = 'r' and c.relpersistence = 'p' and c.relname <> all (past.left_out())
    ), columns as (select attrelid, string_agg(attname || ' ' || atttypid, ',' order by attnum) as are from pg_attribute where attnum > 0 and not attisdropped and attname <> 'held' group by 1)
    select name, 'no past' as what from kept where past is null or seen is null
    union all select name, 'other columns in past' from kept join columns a on a.attrelid = kept.oid join columns b on b.attrelid = past where a.are <> b.are
    union all select name, 'other columns in then' from kept join columns a on a.attrelid = kept.oid join columns b on b.attrelid = seen where a.are <> b.are
    union all select name, 'open' from kept join pg_class p on p.oid = past where rls and not (p.relrowsecurity and p.relforcerowsecurity)
    union all select name, 'a rule is missing' from kept join pg_policies l on l.schemaname = 'record' and l.tablename = name and l.cmd in ('SELECT', 'ALL') and 'kith_app' = any (l.roles)
      where not exists (select from pg_policies p where p.schemaname = 'past' and p.tablename = name and p.policyname = l.policyname)
    union all select name, 'not by the asker' from kept join pg_class v on v.oid = seen where not 'security_invoker=true' = any (v.reloptions)
    order by 1`);
  expect(rows).toEqual([]);
  const { rows: writes } = await superuser.query<{ name: string }>(
    `select c.relname as name from pg_class c where c.relnamespace in ('past'::regnamespace, '"then"'::regnamespace) and c.relkind in ('r', 'v')
       and (has_table_privilege('kith_app', c.oid, 'insert') or has_table_privilege('kith_app', c.oid, 'update') or has_table_privilege('kith_app', c.oid, 'delete'))`,
  );
  expect(writes).toEqual([]);
});
