import { afterAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../testing/database.ts';

const database = await testDatabase();
afterAll(() => database.close());

interface Column {
  schema: string;
  table: string;
  column: string;
  type: string;
}

const columns = (
  await database.superuser.query<Column>(`
    select n.nspname as schema, c.relname as "table", a.attname as "column", format_type(a.atttypid, null) as type
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'v', 'm') and a.attnum > 0 and not a.attisdropped
       and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
     order by 1, 2, a.attnum`)
).rows;

const readable = async ({ schema, table, column }: Column): Promise<boolean> => {
  const client = await database.pools.figures.connect();
  try {
    await client.query(`select "${column}" from "${schema}"."${table}" limit 1`);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '42501') return false;
    throw error;
  } finally {
    client.release();
  }
};

const open: Column[] = [];
for (const column of columns) if (await readable(column)) open.push(column);

// What may hold words: everything else is a number, a day, a moment, an id, or yes and no.
const wordy = /text|char|json|bytea|xml|name/;

/** Every column with words that figures may read: kinds and codes from lists, never what somebody wrote about somebody. */
const harmless = new Set([
  // What a team is called, never who is in it.
  'access.team.name',
  'direct_payments.category.examples',
  'direct_payments.category.id',
  'direct_payments.commitment.state',
  'direct_payments.decision.outcome',
  'direct_payments.decision.role_id',
  'direct_payments.fund.code',
  'direct_payments.fund.purpose',
  'direct_payments.fund.title',
  'direct_payments.fund_entry.kind',
  'direct_payments.request.category',
  'direct_payments.request.cluster',
  'direct_payments.request.decided_role',
  'direct_payments.request.reference',
  'direct_payments.request.school',
  'direct_payments.request.service',
  'direct_payments.request.status',
  'platform.fact.name',
  'platform.fact.value',
  // Yes, no, or not now: never what they said.
  'record.advocacy_offer.answer',
  'record.family.locality',
  'record.family_member.part',
  'record.person.gender',
  // Universal, additional or intensive.
  'record.plan_quality.level',
  'support.asked_outside.locality',
  'support.asked_outside.programme',
  'support.asked_outside.reference',
  'support.asked_outside.source',
  'support.asked_outside.state',
  'support.asked_outside.urgency',
]);

describe('the figures role', () => {
  test('every column was tried', () => {
    expect(columns.length).toBeGreaterThan(100);
    expect(open.length).toBeGreaterThan(10);
    expect(columns.some(({ table, column }) => table === 'person' && column === 'given_name')).toBe(true);
  });

  test('reads no words but kinds and codes: no name, no number of a person, no story', () => {
    const words = open
      .filter(({ type }) => wordy.test(type))
      .map(({ schema, table, column }) => `${schema}.${table}.${column}`)
      .filter((column) => !harmless.has(column));
    expect(words).toEqual([]);
  });

  test('writes nothing', async () => {
    const { rows } = await database.superuser.query<{ what: string }>(`
      select n.nspname || '.' || c.relname as what from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p', 'v') and n.nspname !~ '^pg_'
         and has_table_privilege('kith_figures', c.oid, 'insert, update, delete, truncate')`);
    expect(rows).toEqual([]);
  });

  test('cannot put on another role, or bypass the policies', async () => {
    await expect(database.pools.figures.query('set role kith_owner')).rejects.toThrow(/permission denied/);
    const { rows } = await database.superuser.query(
      `select rolsuper, rolbypassrls from pg_roles where rolname = 'kith_figures'`,
    );
    expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false }]);
  });
});
