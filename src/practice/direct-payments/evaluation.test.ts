import { parse } from 'csv-parse/sync';
import type { Sql } from 'sql-template-tag';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rowsOn } from '../../platform/database/rows.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { ask } from './asking.ts';
import { evaluationFile, evaluationRows, type Period } from './evaluation.ts';
import { makeStories } from './pages/testing.ts';
import { askInput, makeFamily, makeScheme, type Scheme } from './testing.ts';

const database = await testDatabase();
afterAll(() => database.close());
const day = Temporal.PlainDate.from;
const period: Period = { from: day('2026-11-01'), to: day('2026-11-30') };
let scheme: Scheme;

async function read<T>(statement: Sql): Promise<T[]> {
  const client = await database.pools.figures.connect();
  try {
    return await rowsOn(client).many<T>(statement);
  } finally {
    client.release();
  }
}
const exported = async (of = period) => {
  const text = evaluationFile(await evaluationRows(read, of));
  return { text, rows: parse(text, { columns: true }) as Record<string, string>[] };
};

beforeAll(async () => {
  scheme = await makeScheme(database);
  await makeStories(database, scheme);
  const { family, child } = await makeFamily(database, scheme.worker.account);
  // Born on the day asked eighteen years before; not born yet; without a date of birth, care experienced.
  await database.superuser.query(
    `with born (id, name, birth, care) as (values (gen_random_uuid(), 'Ewan', date '2008-11-18', false),
       (gen_random_uuid(), 'Baby', date '2027-02-01', false))
     , people as (insert into record.person (id, given_name, family_name, date_of_birth, care_experienced)
         select id, name, 'Urquhart', birth, care from born returning id)
     insert into record.family_member (family_id, person_id, part) select $1, id, 'young person' from people`,
    [family],
  );
  await database.superuser.query('update record.person set care_experienced = true where id = $1', [child]);
  const { rows } = await database.superuser.query<{ person_id: string }>(
    `select person_id from record.family_member where family_id = $1 and part <> 'parent or carer'`,
    [family],
  );
  await scheme.desk.act(
    ask,
    askInput({ family, child }, { amount: '501.25', children: rows.map((row) => row.person_id) }),
    scheme.worker.asking,
  );
});

test('a request is one line, with what an evaluator needs and in pounds', async () => {
  const { rows } = await exported();
  expect(rows).toHaveLength(12);
  expect(rows.find((row) => row.asked_pounds === '501.25')).toMatchObject({
    month_asked: '2026-11',
    service: 'social-work',
    category: 'bedroom furniture',
    locality: 'Coatbridge',
    simd_quintile: '1',
    approved_pounds: '',
    decision: 'waiting',
    above_limit: 'no',
    days_to_decide: '',
    children: '3',
    aged_0_to_4: '1',
    aged_5_to_11: '1',
    aged_12_to_15: '0',
    aged_16_to_17: '0',
    aged_18_and_over: '1',
    age_unknown: '0',
    care_experienced: 'yes',
  });
  expect(rows.find((row) => row.asked_pounds === '300.00')).toMatchObject({
    approved_pounds: '300.00',
    decision: 'approved',
    days_to_decide: '0',
    days_to_pay: '0',
    care_experienced: 'no',
  });
  expect(rows.find((row) => row.asked_pounds === '1500.01')?.above_limit).toBe('yes');
});

test('two requests of a family share its number, and no two files can be joined', async () => {
  const [{ rows }, again] = [await exported(), await exported()];
  const split = rows.filter((row) => ['900.00', '800.00'].includes(row.asked_pounds ?? ''));
  expect(new Set(split.map((row) => row.family)).size).toBe(1);
  expect(new Set(rows.map((row) => row.request)).size).toBe(rows.length);
  const numbers = new Set(rows.flatMap((row) => [row.request, row.family]));
  expect(again.rows.some((row) => numbers.has(row.request) || numbers.has(row.family))).toBe(false);
  // The order is that of numbers made at random, and so tells nothing of when each was asked.
  expect(rows.map((row) => row.request)).toEqual(rows.map((row) => row.request).toSorted());
});

test('nothing in the file says who anybody is', async () => {
  const { text } = await exported();
  const { rows: ids } = await database.superuser.query<{ id: string }>(
    `select id::text from direct_payments.request union select family_id::text from direct_payments.request
     union select reference from direct_payments.request union select person_id::text from direct_payments.request_child`,
  );
  expect(ids.length).toBeGreaterThan(30);
  for (const { id } of ids) expect(text).not.toContain(id);
  for (const words of ['Urquhart', 'Isla', 'Kirsty', 'ML5', 'sleeps', 'Drummond', '2026-11-18', '2019'])
    expect(text).not.toContain(words);
});

test('days outside the period are left out, and an empty period is headings alone', async () => {
  const { text } = await exported({ from: day('2026-11-19'), to: day('2027-11-19') });
  expect(text.trim().split('\r\n')).toHaveLength(1);
});

test('a withdrawn request has no days to a decision that was taken back', async () => {
  await database.superuser.query(
    `update direct_payments.request set status = 'withdrawn', decided_on = asked_on + 3, approved_pence = null where asked_pence = 50125`,
  );
  const { rows } = await exported();
  expect(rows.find((row) => row.asked_pounds === '501.25')).toMatchObject({
    decision: 'withdrawn',
    days_to_decide: '',
  });
});
