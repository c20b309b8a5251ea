import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { computeMeasure } from '../../platform/measures/compute.ts';
import { measureById } from '../../platform/measures/measure.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { measures } from './measures.ts';

const database = await testDatabase();
const db = database.superuser;
afterAll(() => database.close());

test('a coordinator began on the first day on which they had room, however often they said another number', async () => {
  const [organisation, team] = [randomUUID(), randomUUID()];
  await db.query(`insert into access.organisation (id, name, kind) values ($1, 'A council', 'council')`, [
    organisation,
  ]);
  await db.query(
    `insert into access.team (id, organisation_id, name, service) values ($1, $2, 'A team', 'x')`,
    [team, organisation],
  );
  const room = async (...periods: readonly (readonly [string, string | null])[]) => {
    const account = randomUUID();
    await db.query(`insert into access.account (id, name) values ($1, 'Somebody')`, [account]);
    for (const [from, to] of periods)
      await db.query(
        `insert into family_group.room (account_id, team_id, at_once, during) values ($1, $2, 4, daterange($3::date, $4::date))`,
        [account, team, from, to],
      );
  };
  await room(['2021-01-18', null]);
  await room(['2021-01-10', '2021-01-20'], ['2021-01-20', null]);
  await room(['2020-06-01', '2021-01-15'], ['2021-01-15', null]);
  await room(['2021-01-05', '2021-01-25']);
  await room(['2021-02-01', null]);
  const begun = async (from: string, to: string) => {
    const during = { from: Temporal.PlainDate.from(from), to: Temporal.PlainDate.from(to) };
    const asked = { when: { during }, by: [], only: {} };
    const measure = measureById(measures, 'family-group.coordinators-begun');
    return (await computeMeasure(database.pools, measure, asked, { small: true }))[0]?.value;
  };
  expect([await begun('2021-01-01', '2021-01-31'), await begun('2020-06-01', '2020-06-30')]).toEqual([2, 1]);
});
