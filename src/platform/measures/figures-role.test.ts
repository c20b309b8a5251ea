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
  // What a team or an organisation is called, never who is in it.
  'access.organisation.name',
  'access.team.name',
  // Direct payments: codes, and what funds and categories are called.
  'direct_payments.category.examples',
  'direct_payments.category.id',
  'direct_payments.decision.outcome',
  'direct_payments.decision.role_id',
  'direct_payments.request.category',
  'direct_payments.request.cluster',
  'direct_payments.request.decided_role',
  'direct_payments.request.reference',
  'direct_payments.request.school',
  'direct_payments.request.service',
  'direct_payments.request.status',
  // Family group meetings: where each stands, and how it ended.
  'family_group.meeting.kind',
  'family_group.plan.standing',
  'family_group.process.ending',
  'family_group.process.reference',
  'family_group.process.state',
  // Funds: what they are called, who gives them, in which letter, and which area draws on them.
  'funds.draw.area',
  'funds.draw.state',
  'funds.entry.kind',
  'funds.forecast.area',
  'funds.fund.code',
  'funds.fund.given_by',
  'funds.fund.letter',
  'funds.fund.title',
  'funds.fund_area.area',
  // The mental health framework holds no person: what is funded, from which award, and where sums come from.
  'mental_health.crisis_sign.kind',
  'mental_health.crisis_sign.value',
  'mental_health.funded.children_item',
  'mental_health.funded.crisis_item',
  'mental_health.funded.families_item',
  'mental_health.funded.level',
  'mental_health.funded.phase',
  'mental_health.funded.programme',
  'mental_health.funded.provider',
  'mental_health.funded.title',
  'mental_health.indicator.id',
  'mental_health.indicator.state',
  'mental_health.indicator.title',
  'mental_health.indicator.tools',
  'mental_health.indicator.what',
  'mental_health.priority.title',
  'mental_health.told.source',
  'mental_health.told_part.part',
  'mental_health.told_part.value',
  'mental_health.told_reading.indicator_id',
  'mental_health.told_reading.source',
  // Facts of the partnership.
  'platform.fact.name',
  'platform.fact.value',
  // The record: yes, no, or not now; a kind of home and never an address; a level; a locality.
  'record.advocacy_offer.answer',
  'record.family.locality',
  'record.family_member.part',
  'record.home.kind',
  'record.person.gender',
  'record.plan_quality.level',
  // Help: programmes, states, kinds and tools; of what was answered only choices and numbers (`counted`). Projects, contracts, grants and
  // groups hold no person.
  'support.asked_outside.locality',
  'support.asked_outside.programme',
  'support.asked_outside.reference',
  'support.asked_outside.source',
  'support.asked_outside.state',
  'support.asked_outside.urgency',
  'support.award.programme',
  'support.contract.kind',
  'support.contract.programme',
  'support.contract_target.item',
  'support.contract_target.source',
  'support.ending.counted',
  'support.ending.next_programme',
  'support.ending.outcome',
  'support.goal.state',
  'support.group_work.place',
  'support.group_work.programme',
  'support.group_work.title',
  'support.programme.definition',
  'support.programme.id',
  'support.programme.state',
  'support.programme.title',
  'support.project.children_item',
  'support.project.families_item',
  'support.project.locality',
  'support.project.phase',
  'support.project.programme',
  'support.project.reach_from',
  'support.project.title',
  'support.project_finding.finding',
  'support.project_partner.name',
  'support.project_partner.part',
  'support.provider_return.programme',
  'support.reading.moment',
  'support.reading.programme',
  'support.reading.tool',
  'support.reading_score.area',
  'support.request.asked_for',
  'support.request.counted',
  'support.request.programme',
  'support.request.reference',
  'support.request.source',
  'support.request.state',
  'support.request.urgency',
  'support.asked_outside_step.step',
  'support.request_step.programme',
  'support.request_step.step',
  'support.request_step.to_programme',
  'support.return_value.item',
  'support.return_value.kind',
  'support.return_value.part',
  'support.return_value.part_title',
  'support.return_value.title',
  'support.session.counted',
  'support.session.level',
  'support.session.programme',
  'support.session.way',
  'support.session_item.item',
  'support.session_person.came',
  'support.support.counted',
  'support.support.level',
  'support.support.programme',
  'support.support.state',
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
