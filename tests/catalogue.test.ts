import { afterAll, expect, test } from 'vitest';
import { allAreas } from '../src/app.ts';
import { beginsWithVerb } from '../src/platform/actions/done-words.ts';
import { readInput } from '../src/platform/actions/input.ts';
import { testDatabase } from '../src/platform/testing/database.ts';

const database = await testDatabase();
afterAll(() => database.close());
const areas = allAreas({ pools: database.pools, council: 'Strathmorran' });

interface Table {
  name: string;
  comment: string | null;
  forced: boolean;
  enabled: boolean;
  owner: string;
}

async function tables(): Promise<Table[]> {
  const { rows } = await database.superuser.query<Table>(
    `select format('%I.%I', n.nspname, c.relname) as name, obj_description(c.oid) as comment, c.relforcerowsecurity as forced,
       c.relrowsecurity as enabled, pg_get_userbyid(c.relowner) as owner
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'migrations', 'pgboss', 'pg_toast')
     order by 1`,
  );
  return rows;
}

test('every table forces row-level security, or says that it holds no person', async () => {
  const all = await tables();
  expect(all.length).toBeGreaterThan(25);
  const open = all.filter(
    (table) => !(table.forced && table.enabled) && !table.comment?.startsWith('holds no person'),
  );
  expect(open.map((table) => table.name)).toEqual([]);
});

test('a table that says it holds no person has no column that names one', async () => {
  const { rows } = await database.superuser.query<{ name: string; column: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name, a.attname as column
     from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
     where c.relkind in ('r', 'p') and obj_description(c.oid) like 'holds no person%'
       and a.attname ~ '(person|family_id|given_name|date_of_birth|chi_number|subject)'`,
  );
  expect(rows).toEqual([]);
});

test('the application owns nothing, and neither it nor the figures role can pass by a policy', async () => {
  const { rows } = await database.superuser.query<{
    name: string;
    bypass: boolean;
    super: boolean;
    owned: number;
  }>(
    `select rolname as name, rolbypassrls as bypass, rolsuper as super,
       (select count(*)::int from pg_class where relowner = r.oid) as owned
     from pg_roles r where rolname in ('kith_owner', 'kith_app', 'kith_figures') order by 1`,
  );
  expect(rows).toEqual([
    { name: 'kith_app', bypass: false, super: false, owned: 0 },
    { name: 'kith_figures', bypass: false, super: false, owned: 0 },
    { name: 'kith_owner', bypass: false, super: false, owned: expect.any(Number) },
  ]);
});

test('every function that runs as the owner has a search path of its own, and is open to nobody by default', async () => {
  const { rows } = await database.superuser.query<{ name: string }>(
    `select format('%I.%I', n.nspname, p.proname) as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where p.prosecdef and pg_get_userbyid(p.proowner) = 'kith_owner'
       and (p.proconfig is null or not exists (select from unnest(p.proconfig) c where c like 'search_path=%')
         or (p.prorettype <> 'trigger'::regtype and has_function_privilege('public', p.oid, 'execute')))
     order by 1`,
  );
  expect(rows.map((row) => row.name)).toEqual([]);
});

test('the application role cannot change what was written down', async () => {
  for (const statement of [
    `update audit.event set name = 'x'`,
    'delete from audit.event',
    'truncate audit.event',
    'delete from audit.seal',
    'update direct_payments.decision set reason = $$x$$',
    'delete from funds.entry',
    'update funds.fund set balance_pence = 0',
    'update funds.fund set allocated_pence = 1',
    `insert into access.reason (subject, holder, kind, scope) values (uuidv7(), uuidv7(), 'allocated', 'practice')`,
    `insert into access.holding (account_id, post_id, during) values (uuidv7(), uuidv7(), tstzrange(now(), null))`,
    'alter table record.family disable row level security',
    'set role kith_owner',
  ]) {
    await expect(database.pools.app.query(statement), statement).rejects.toThrow();
  }
});

test('every action and query says who may, about whom, and what it is, under a name of its own', () => {
  const all = areas.flatMap((area) => [...area.actions, ...area.queries]);
  expect(all.length).toBeGreaterThan(40);
  for (const each of all) {
    expect(each.name, each.name).toMatch(/^[a-z-]+\.[a-z-]+$/);
    expect(each.title, each.name).toMatch(/^[A-Z].{8,}[^.]$/);
    expect(
      beginsWithVerb(each.title),
      `${each.name}: a title begins with what is done, in src/platform/actions/done-words.ts`,
    ).toBe(true);
    expect(each.about, each.name).toMatch(/\S/);
    expect(typeof each.who === 'string' || each.who.length > 0, each.name).toBe(true);
  }
  expect(new Set(all.map((each) => each.name)).size).toBe(all.length);
});

test('every page has a title, a rule for who may, and an address of its own', () => {
  const pages = areas.flatMap((area) => area.pages);
  expect(new Set(pages.map((page) => page.path)).size).toBe(pages.length);
  for (const page of pages) expect(page.title, page.path).toMatch(/\S/);
});

test('whatever is sent to an action or a query, what is wrong is said in words', () => {
  const wrong: unknown[] = [undefined, null, '', 'zzz', -1.5, 1e12, {}, [{}], ['zzz'], 'z'.repeat(30_000)];
  let told = 0;
  for (const deed of areas.flatMap((area) => [...area.actions, ...area.queries])) {
    const shape = 'shape' in deed.input ? Object.keys(deed.input.shape as object) : [];
    for (const value of wrong) {
      const read = readInput(deed.input, Object.fromEntries(shape.map((name) => [name, value])));
      for (const [field, words] of Object.entries('fields' in read ? read.fields : {})) {
        expect(words, `${deed.name} ${field}`).not.toMatch(
          /invalid|expected|received|required|undefined|NaN|regex|pattern/i,
        );
        told++;
      }
    }
  }
  expect(told).toBeGreaterThan(1000);
});
