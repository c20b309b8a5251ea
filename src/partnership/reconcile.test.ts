import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../platform/testing/database.ts';
import { measures } from '../practice/direct-payments/measures.ts';
import { loadPublishedScheme } from '../practice/direct-payments/published.fixture.ts';
import { readPublished, reconcile as reconcileAll, reconcileJson, reconcileTable } from './reconcile.ts';
import { matchings } from './reconcile-map.ts';

const empty = await testDatabase();
const database = await testDatabase();
const published = await readPublished();
const ofTheScheme = matchings.filter(({ figure }) => figure.startsWith('dps-'));
const reconcile = (of: Parameters<typeof reconcileAll>[0], from: typeof published) =>
  reconcileAll(of, from, ofTheScheme);
beforeAll(() => loadPublishedScheme(database.superuser));
afterAll(async () => {
  await empty.close();
  await database.close();
});

describe('the published figures of the scheme beside the records', () => {
  test('agree, but for the two averages that the paper got wrong', async () => {
    const lines = await reconcile({ measures, pools: database.pools }, published);
    expect(
      lines.map(({ label, published, recomputed, difference, standing }) => [
        label.replace(/^.*?: /, ''),
        published,
        recomputed,
        difference,
        standing,
      ]),
    ).toEqual([
      ['Number of families supported, Social Work', '1085', '1085', '0', 'agrees'],
      ['Number of families supported, Education', '840', '840', '0', 'agrees'],
      ['Number of families supported, Total', '1925', '1925', '0', 'agrees'],
      ['Money allocated (GBP), Social Work', '881233.00', '881233.00', '0.00', 'agrees'],
      ['Money allocated (GBP), Education', '617606.00', '617606.00', '0.00', 'agrees'],
      ['Money allocated (GBP), Total', '1498839.00', '1498839.00', '0.00', 'agrees'],
      ['Average spend per family (GBP), Social Work', '802.98', '812.20', '9.22', 'known slip'],
      ['Average spend per family (GBP), Education', '735.24', '735.25', '0.01', 'known slip'],
      ['Average spend per family (GBP), Total', null, '778.62', null, 'not published'],
      ['Winter Plan for Social Protection', '584478.00', '584478.00', '0.00', 'agrees'],
      ['CYPMHW Pandemic Response', '642675.00', '642675.00', '0.00', 'agrees'],
      ['Core Education & Families budgets', '271686.00', '271686.00', '0.00', 'agrees'],
      ['Total', '1498839.00', '1498839.00', '0.00', 'agrees'],
    ]);
    const table = reconcileTable(lines);
    expect(table).toContain('£802.98');
    expect(table).toContain('871,233 / 1,085');
    expect(table).toContain('13 figures: 10 agrees, 2 known slip, 1 not published');
    expect(JSON.parse(JSON.stringify(reconcileJson(lines))).figures[6]).toMatchObject({
      figure: 'dps-demand',
      measure: 'direct-payments.average-per-family',
      only: { service: 'social-work' },
      explanation: expect.stringContaining('Arithmetic'),
    });
  });

  test('a record too few differs, and is not excused as a known slip', async () => {
    await database.superuser.query('begin');
    try {
      await database.superuser.query(
        `update direct_payments.request set status = 'declined', approved_pence = null, paid_on = null where reference = 'R1925'`,
      );
      await database.superuser.query(
        `delete from funds.draw where of_id in (select id from direct_payments.request where reference = 'R1925')`,
      );
      await database.superuser.query('commit');
    } catch (error) {
      await database.superuser.query('rollback');
      throw error;
    }
    const lines = await reconcile({ measures, pools: database.pools }, published);
    const average = lines.find(({ label }) => label.endsWith('per family (GBP), Education'));
    expect(average).toMatchObject({ recomputed: '734.43', standing: 'differs' });
    expect(lines.find(({ label }) => label.endsWith('supported, Total'))).toMatchObject({
      recomputed: '1924',
      difference: '-1',
      standing: 'differs',
    });
  });

  test('without records nothing is said to differ', async () => {
    const lines = await reconcile({ measures, pools: empty.pools }, published);
    expect(new Set(lines.map(({ standing }) => standing))).toEqual(new Set(['no records for this period']));
    expect(lines.every(({ recomputed, difference }) => recomputed === null && difference === null)).toBe(
      true,
    );
    expect(reconcileTable(lines)).toContain('13 figures: 13 no records for this period');
  });

  test('a file that is not there is a plain sentence', async () => {
    await expect(readPublished('/nowhere/published.json')).rejects.toThrow(
      'The published figures could not be read',
    );
  });
});
