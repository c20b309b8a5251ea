import { afterAll, beforeAll, expect, test } from 'vitest';
import { measures } from '../src/app.ts';
import { loadDemonstration } from '../src/partnership/demonstration/load.ts';
import { readPublished, reconcile, reconcileTable } from '../src/partnership/reconcile.ts';
import { testDatabase } from '../src/platform/testing/database.ts';

// The demonstration is made so that the published figures of programmes come out of its records.

const database = await testDatabase();
const today = Temporal.Now.plainDateISO('Europe/London');
beforeAll(() => loadDemonstration(database.pools, today, () => {}));
afterAll(() => database.close());

test('every number that a programme published agrees with the records of the demonstration, but for a known slip', async () => {
  const lines = await reconcile({ measures, pools: database.pools }, await readPublished());
  // The scheme's own figures of 2021 come with an import, beside the demonstration.
  const ours = lines.filter(({ figure }) => !figure.startsWith('dps-'));
  const wrong = ours.filter(({ standing }) => standing !== 'agrees');
  expect(
    wrong.map(({ label, published, recomputed, standing }) => [label, published, recomputed, standing]),
  ).toEqual([
    [
      'Dedicated counselling for care experienced young people: Reporting improved wellbeing (percent)',
      '78',
      '78.6',
      'known slip',
    ],
    [
      'Most reported issue by age group: 10-12 (10 to 12)',
      null,
      expect.stringContaining('Friends'),
      'not published',
    ],
  ]);
  expect(ours).toHaveLength(92);
  expect(reconcileTable(ours)).toContain('Anxiety');
});

test('those who were helped in years gone by are in nobody’s list', async () => {
  const { rows } = await database.superuser.query<{ live: number; open: number; pairs: number }>(`
    select (select count(*)::int from access.reason r join record.family f on f.id = r.subject
        where f.created_at < now() - interval '5 years' and r.until is null) as live,
      (select count(*)::int from support.support s join record.family f on f.id = s.family_id
        where f.created_at < now() - interval '5 years' and s.state <> 'ended') as open,
      (select count(*)::int from record.same_person w join record.person p on p.id in (w.one, w.other)
        where p.created_at < now() - interval '5 years') as pairs`);
  expect(rows).toEqual([{ live: 0, open: 0, pairs: 0 }]);
});
