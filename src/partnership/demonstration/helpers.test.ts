import { afterAll, expect, test } from 'vitest';
import { rowsOn } from '../../platform/database/rows.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { readProgrammes } from '../../practice/support/programmes.ts';
import { installProgrammes } from '../../practice/support/records.ts';
import { loadDemonstration } from './load.ts';

const database = await testDatabase();
afterAll(() => database.close());

test('every programme has a team in Strathmorran that answers, of those who work with families', async () => {
  await loadDemonstration(database.pools, Temporal.PlainDate.from('2026-11-22'), () => {});
  const programmes = await readProgrammes();
  await installProgrammes(rowsOn(database.superuser), programmes);
  const { rows } = await database.superuser.query<{ id: string; team: string | null }>(
    `select p.id, t.name as team from support.programme p
       left join lateral (select name from support.teams_for(p.id, 'Kinbrae') order by near, name limit 1) t on true order by p.id`,
  );
  expect(rows).toHaveLength(programmes.length);
  expect(rows.filter(({ team }) => team === null)).toEqual([]);
  const team = new Map(rows.map(({ id, team: name }) => [id, name]));
  expect([
    team.get('up2u'),
    team.get('reablement'),
    team.get('rehabilitation'),
    team.get('families-first'),
  ]).toEqual([
    'Justice social work',
    'Support for adults',
    'Rehabilitation',
    'Children and families, Kinbrae',
  ]);
});
