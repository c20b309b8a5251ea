import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { computeMeasure } from '../../../platform/measures/compute.ts';
import { measureById } from '../../../platform/measures/measure.ts';
import { testDatabase } from '../../../platform/testing/database.ts';
import { measures } from './measures.ts';

// Figures of returns and projects against rows that are made here by hand and counted by hand.

const database = await testDatabase();
const db = database.superuser;
afterAll(() => database.close());

const organisation = randomUUID();
const contract = randomUUID();
const programme = 'safe-and-together';

async function returned(year: number, values: Readonly<Record<string, number>>, current = true) {
  const id = randomUUID();
  await db.query(
    `insert into support.provider_return (id, contract_id, organisation_id, programme, from_on, to_on, number, current, why, sent_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $6)`,
    [
      id,
      contract,
      organisation,
      programme,
      `${year}-04-01`,
      `${year + 1}-03-31`,
      current ? 2 : 1,
      current,
      'Counted late',
    ],
  );
  for (const [position, [key, amount]] of Object.entries(values).entries()) {
    const [item, part = ''] = key.split('--');
    await db.query(
      `insert into support.return_value (return_id, organisation_id, position, item, part, title, part_title, kind, amount)
       values ($1, $2, $3, $4, $5, $4, $5, 'count', $6)`,
      [id, organisation, position, item, part, amount],
    );
  }
}

async function project(
  title: string,
  locality: string,
  first: string,
  last: string | null,
  partners: readonly string[],
) {
  const id = randomUUID();
  await db.query(
    `insert into support.project (id, title, programme, phase, locality, about, need, first_on, last_on, reach_from, children, reach_source)
     values ($1, $2, $3, 'First', $4, 'What it does', 'What was needed', $5, $6, 'stated', 10, 'Counted')`,
    [id, title, programme, locality, first, last],
  );
  for (const partner of partners) {
    const [part, name] = partner.split(': ');
    await db.query('insert into support.project_partner (project_id, part, name) values ($1, $2, $3)', [
      id,
      part,
      name,
    ]);
  }
}

beforeAll(async () => {
  await db.query(
    `insert into access.organisation (id, name, kind) values ($1, 'A provider', 'third sector')`,
    [organisation],
  );
  await db.query(
    `insert into support.contract (id, programme, organisation_id, kind, first_on, last_on, value_pence)
     values ($1, $2, $3, 'contract', '2019-04-01', '2022-03-31', 0)`,
    [contract, programme, organisation],
  );
  await returned(2019, { workers: 40, 'principles--always': 6, 'principles--never': 2 });
  await returned(2020, { workers: 35, 'principles--always': 3, 'principles--never': 1 });
  await returned(2021, { workers: 10, 'principles--always': 9, 'principles--never': 3 });
  // What was corrected counts no longer.
  await returned(2021, { workers: 900, 'principles--always': 900, 'principles--never': 1 }, false);
  await project('One', 'Kinbrae', '2021-01-01', '2021-06-30', [
    'school: Millhill',
    'provider: Tide',
    'co-producer: Pupils',
  ]);
  await project('Two', 'Kinbrae', '2021-02-01', null, ['school: millhill', 'provider: Owl']);
  await project('Three', 'Ardwhin', '2021-08-01', null, ['school: Whinhill', 'provider: Tide']);
  await project('Four', '', '2021-02-01', '2021-03-31', ['school: Elsewhere']);
});

async function value(id: string, only: Record<string, string>, from: string, to: string) {
  const during = { from: Temporal.PlainDate.from(from), to: Temporal.PlainDate.from(to) };
  const asked = { when: { during }, by: [], only: { programme, ...only } };
  const [cell] = await computeMeasure(database.pools, measureById(measures, id), asked, { small: true });
  return cell?.value;
}
const whole = ['2019-04-01', '2022-03-31'] as const;

test('the share of a part is of what the same returns count of the same thing', async () => {
  const share = (only: Record<string, string>, ...days: readonly [string, string]) =>
    value('support.returned-part-share', only, ...days);
  expect(await share({ part: 'principles--always' }, ...whole)).toBe(75);
  expect(await share({ part: 'principles--never' }, '2019-04-01', '2020-03-31')).toBe(25);
  // Several parts are never put together.
  expect(await share({ item: 'principles' }, ...whole)).toBeNull();
});

test('change is from the first twelve months to the last, and of one thing', async () => {
  const change = (only: Record<string, string>, ...days: readonly [string, string]) =>
    value('support.returned-change', only, ...days);
  expect(await change({ item: 'workers' }, ...whole)).toBe(-75);
  expect(await change({ item: 'principles' }, ...whole)).toBe(50);
  expect(await change({}, ...whole)).toBeNull();
  // A year beside itself says nothing.
  expect(await change({ item: 'workers' }, '2019-04-01', '2020-03-31')).toBeNull();
});

test('localities and those who make projects count once each, of what ran in the period', async () => {
  const of = (id: string, from: string, to: string, only = {}) => value(`support.${id}`, only, from, to);
  expect(await of('project-localities', '2021-01-01', '2021-12-31')).toBe(2);
  expect(await of('project-localities', '2021-01-01', '2021-06-30')).toBe(1);
  expect(await of('project-partners', '2021-01-01', '2021-12-31', { partner: 'provider' })).toBe(2);
  expect(await of('project-partners', '2021-01-01', '2021-12-31', { partner: 'school' })).toBe(3);
  expect(await of('project-partners', '2021-01-01', '2021-12-31')).toBe(6);
  expect(await of('project-partners', '2021-07-01', '2021-07-31')).toBe(2);
});
