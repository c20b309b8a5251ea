import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../platform/testing/database.ts';
import { ethnicGroups } from '../../../record/people/rules.ts';
import { chiNumber } from '../../../record/people.ts';
import { basisOn } from '../../../record/sharing/rules.ts';
import { loadDemonstration } from '../load.ts';

let database: TestDatabase;
const today = Temporal.Now.plainDateISO('Europe/London');

beforeAll(async () => {
  database = await testDatabase();
  await loadDemonstration(database.pools, today, () => {});
});
afterAll(() => database.close());

test('who took urgent access looked, as the reviewer is told; and workers look at their families', async () => {
  const { rows } = await database.superuser.query<{ looked: number }>(`
    select (select count(*)::int from audit.event e where e.account_id = u.account_id and e.at > u.asked_at and e.at < u.until
      and e.about && (array[u.family_id] || array(select person_id from record.family_member m where m.family_id = u.family_id))) as looked
    from record.urgent_use u`);
  expect(rows).toEqual([{ looked: 5 }, { looked: 5 }]);
  const seen = await database.superuser.query<{ families: number }>(
    `select count(distinct e.about[1])::int as families from audit.event e join record.family f on f.id = e.about[1] where e.name = 'families.open'`,
  );
  expect(seen.rows[0]?.families).toBeGreaterThan(80);
});

test('each page of the record has something on it', async () => {
  const { rows } = await database.superuser.query(`select
    (select count(*)::int from record.same_person where state = 'waiting') as waiting,
    (select count(*)::int from record.same_person where state = 'different') as different,
    (select count(*)::int from record.merge where undone_at is null) as merged,
    (select count(*)::int from record.merge where undone_at is not null) as undone,
    (select max(many)::int from (select count(*) as many from record.family_member group by family_id) m) as largest,
    (select count(distinct what_matters)::int from record.person) as voices,
    (select count(*)::int from record.person where expected_on is not null) as expected,
    (select count(*)::int from record.address where withheld) as withheld,
    (select count(*)::int from record.urgent_use where verdict is null) as to_review,
    (select count(*)::int from record.access_request where state = 'open') as asked,
    (select count(*)::int from access.seal where ended_at is null) as sealed,
    (select count(*)::int from record.information_shared where not told) as not_told`);
  expect(rows[0]).toMatchObject({
    different: 1,
    merged: 1,
    undone: 1,
    expected: 1,
    to_review: 1,
    asked: 1,
    sealed: 2,
  });
  expect(rows[0].waiting).toBeGreaterThanOrEqual(3);
  expect(rows[0].largest).toBeGreaterThanOrEqual(12);
  expect(rows[0].voices).toBeGreaterThan(15);
  expect(rows[0].withheld).toBeGreaterThan(0);
  expect(rows[0].not_told).toBeGreaterThan(20);
  // What is written down is what the pages would have taken.
  const numbers = await database.superuser.query<{ value: string }>(
    `select value from record.identifier where scheme = 'CHI'`,
  );
  expect(numbers.rows.filter(({ value }) => chiNumber(value) === undefined)).toEqual([]);
  const groups = await database.superuser.query<{ ethnicity: string }>(
    'select distinct ethnicity from record.person where ethnicity is not null',
  );
  for (const { ethnicity } of groups.rows) expect(ethnicGroups).toContain(ethnicity);
  const shared = await database.superuser.query<{ basis: string }>(
    'select distinct basis from record.information_shared',
  );
  for (const { basis } of shared.rows) expect(basisOn(basis, today), basis).toBeDefined();
  const late = await database.superuser.query(`select r.id from record.relationship r
    join record.person p on p.id = r.person_id join record.person c on c.id = r.other_id
    where r.kind in ('parent', 'grandparent') and p.date_of_birth + interval '14 years' > c.date_of_birth`);
  expect(late.rows).toEqual([]);
});
