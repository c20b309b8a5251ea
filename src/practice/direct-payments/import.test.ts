import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { cut, importing } from './cut.fixture.ts';

const dirtyCut = join(import.meta.dirname, 'fixtures/direct-payments-2021-dirty');
const shared = process.env.KITH_SHARED_DATA ?? join(import.meta.dirname, '../../../../shared/data');

const { open, close, clear, importFrom, rowsOf, one, moneyFaults, withLines } = importing();
beforeEach(open);
afterEach(close);
afterAll(clear);

const answers = z.object({
  families: z.number(),
  people: z.number(),
  requests: z.number(),
  funding: z.number(),
  familiesApproved: z.number(),
  byService: z.record(
    z.string(),
    z.object({ families: z.number(), pence: z.number(), requests: z.number() }),
  ),
  penceByFund: z.record(z.string(), z.number()),
  childrenApproved: z.number(),
  over1500: z.number(),
  byDecision: z.record(z.string(), z.number()),
  careExperienced: z.number(),
});

/** The same counts, asked of the records. */
async function recorded(): Promise<unknown> {
  const byService = await rowsOf(`
    select service, count(distinct family_id)::int as families, sum(approved_pence)::int as pence, count(*)::int as requests
    from direct_payments.request where status = 'approved' group by service`);
  const funds = await rowsOf(`
    select f.code, sum(c.amount_pence)::int as pence from funds.draw c join funds.fund f on f.id = c.fund_id group by f.code`);
  const decisions = await rowsOf(
    'select status, count(*)::int as n from direct_payments.request group by status',
  );
  return {
    families: await one('select count(*)::int from record.family'),
    people: await one('select count(*)::int from record.person'),
    requests: await one('select count(*)::int from direct_payments.request'),
    funding: await one('select count(*)::int from funds.draw'),
    familiesApproved: await one(
      `select count(distinct family_id)::int from direct_payments.request where status = 'approved'`,
    ),
    byService: Object.fromEntries(byService.map(({ service, ...rest }) => [service, rest])),
    penceByFund: Object.fromEntries(funds.map(({ code, pence }) => [code, pence])),
    childrenApproved: await one(`
      select count(distinct c.person_id)::int from direct_payments.request_child c join direct_payments.request r on r.id = c.request_id where r.status = 'approved'`),
    over1500: await one(
      `select count(*)::int from direct_payments.request where status = 'approved' and above_limit`,
    ),
    byDecision: Object.fromEntries(decisions.map(({ status, n }) => [status, n])),
    careExperienced: await one('select count(*)::int from record.person where care_experienced'),
  };
}

/** Everything that was written, without the times of writing. */
const everything = async () => ({
  ...((await recorded()) as object),
  entries: await rowsOf(`select kind, amount_pence from funds.entry order by 1, 2`),
  references: await rowsOf('select reference from direct_payments.request order by 1'),
  limits: await rowsOf(
    'select role_id, up_to_pence, during::text from direct_payments.delegated_limit order by 1',
  ),
});

test('a small extract becomes records that give its known answers, to the penny', async () => {
  const known = answers.parse(JSON.parse(await readFile(join(cut, 'known-answers.json'), 'utf8')));
  const summary = await importFrom(cut);
  expect(summary.rejects).toEqual([]);
  expect(await recorded()).toEqual(known);
  expect(await moneyFaults()).toEqual([]);
  expect(
    await rowsOf(
      `select title, balance_pence, committed_pence, non_recurring from funds.fund order by title`,
    ),
  ).toEqual([
    { title: 'CYPMHW Pandemic Response', balance_pence: '0', committed_pence: '0', non_recurring: true },
    {
      title: 'Core Education and Families budgets',
      balance_pence: '0',
      committed_pence: '0',
      non_recurring: false,
    },
    {
      title: 'Winter Plan for Social Protection',
      balance_pence: '0',
      committed_pence: '0',
      non_recurring: true,
    },
  ]);
});

test('a request keeps what its row said', async () => {
  await importFrom(cut);
  const [row] = await rowsOf(`
    select r.reference, r.service, r.category, r.asked_pence, r.approved_pence, r.status, r.asked_on::text, r.decided_on::text, r.decided_role,
      r.above_limit, r.paid_on::text, r.asked_by, f.name, f.locality, f.simd_decile, c.words, d.outcome, d.role_id, p.state,
      (select array_agg(distinct a.postcode) from record.family_member m join record.home h on h.person_id = m.person_id and h.source = 'extract'
        join record.address a on a.id = h.address_id where m.family_id = f.id) as postcodes,
      (select array_agg(x.given_name order by x.date_of_birth) from direct_payments.request_child rc join record.person x on x.id = rc.person_id
        where rc.request_id = r.id) as children
    from direct_payments.request r join record.family f on f.id = r.family_id join direct_payments.conversation c on c.request_id = r.id
      join direct_payments.decision d on d.request_id = r.id join direct_payments.payment p on p.request_id = r.id
    where r.reference = 'R000002'`);
  expect(row).toEqual({
    reference: 'R000002',
    service: 'social-work',
    category: 'family activity',
    asked_pence: '56000',
    approved_pence: '56000',
    status: 'approved',
    asked_on: '2021-02-17',
    decided_on: '2021-02-17',
    decided_role: 'social-worker',
    above_limit: false,
    paid_on: '2021-02-19',
    asked_by: null,
    name: 'Urquhart',
    locality: 'Coatbridge',
    postcodes: ['ML6 2BD'],
    simd_decile: 2,
    words: 'Mum wants one good day out with all of the children together.',
    outcome: 'approved',
    role_id: 'social-worker',
    state: 'paid',
    children: expect.arrayContaining(['Ruaridh', 'Caleb', 'Hamza']),
  });
  expect(
    await one(
      `select count(*)::int from direct_payments.request where service = 'education' and decided_role = 'social-worker'`,
    ),
  ).toBe(0);
  // A CHI number that begins with a nought keeps it.
  expect(
    await one(`select value from record.identifier join record.person p on p.id = person_id
       where scheme = 'CHI' and given_name = 'Iona' and family_name = 'Baird'`),
  ).toBe('0501149155');
  expect(
    await one(
      `select bool_and(length(value) = 10 and source = 'extract') from record.identifier where scheme = 'CHI'`,
    ),
  ).toBe(true);
});

test('nobody sees an imported family until somebody is given a reason', async () => {
  await importFrom(cut);
  expect(await one('select count(*)::int from access.reason')).toBe(0);
});

test('the dirty rows are refused and nothing else, one row each', async () => {
  const { rejects } = await importFrom(dirtyCut);
  const expected = await readFile(join(dirtyCut, 'expected-rejects.csv'), 'utf8');
  expectRejects(rejects, expected);
  expect(await moneyFaults()).toEqual([]);
  expect(await recorded()).toEqual(JSON.parse(await readFile(join(cut, 'known-answers.json'), 'utf8')));
});

function expectRejects(rejects: readonly { id: string; reason: string }[], expected: string) {
  const wanted = expected
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(','));
  expect(rejects.map((each) => each.id).toSorted()).toEqual(wanted.map(([id]) => id).toSorted());
  for (const [id, phrase] of wanted) {
    const reason = rejects.find((each) => each.id === id)?.reason ?? '';
    expect(reason.startsWith(`${phrase}:`), `${id}: ${reason}`).toBe(true);
  }
}

// The dirty one comes from another source: everybody in it is compared with everybody who is there already.
test('the whole shared extract, where it is at hand, gives the published tables to the pound', {
  timeout: 180_000,
}, async () => {
  const whole = join(shared, 'direct-payments-2021');
  const dir = existsSync(whole) ? whole : cut;
  const began = performance.now();
  const summary = await importFrom(dir);
  const seconds = (performance.now() - began) / 1000;
  console.log(
    `imported ${summary.accepted} rows in ${seconds.toFixed(2)} s: ${Math.round(summary.accepted / seconds)} rows a second`,
  );
  expect(summary.rejects).toEqual([]);
  expect(await moneyFaults()).toEqual([]);
  if (dir === cut) {
    expect(await recorded()).toEqual(JSON.parse(await readFile(join(cut, 'known-answers.json'), 'utf8')));
    return;
  }
  expect(await recorded()).toMatchObject({
    families: 1925,
    people: 6290,
    requests: 2442,
    familiesApproved: 1925,
    childrenApproved: 4365,
    over1500: 92,
    byService: {
      'social-work': { families: 1085, pence: 88_123_300 },
      education: { families: 840, pence: 61_760_600 },
    },
    penceByFund: {
      'winter-plan-social-protection': 58_447_800,
      'cypmhw-pandemic-response': 64_267_500,
      'core-education-and-families': 27_168_600,
    },
  });
  const dirty = join(shared, 'direct-payments-2021-dirty');
  const second = await importFrom(dirty, { source: 'dirty' });
  expectRejects(second.rejects, await readFile(join(dirty, 'expected-rejects.csv'), 'utf8'));
});

describe('again and elsewhere', () => {
  test('a second import changes nothing', async () => {
    const first = await importFrom(cut);
    const before = await everything();
    const second = await importFrom(cut);
    expect(second).toMatchObject({ accepted: 0, rejected: 0, unchanged: first.read });
    expect(await everything()).toEqual(before);
  });

  test('a rehearsal writes nothing', async () => {
    const before = await everything();
    const summary = await importFrom(cut, { commit: false });
    expect(summary).toMatchObject({ dry: true, rejected: 0, written: { families: 60 } });
    expect(await everything()).toEqual(before);
  });

  test('the same ids from another source are other requests, with references that tell them apart', async () => {
    await importFrom(cut, { source: 'first' });
    await importFrom(cut, { source: 'second' });
    expect(await one('select count(*)::int from direct_payments.request')).toBe(176);
    expect(
      await rowsOf(
        `select reference from direct_payments.request where reference like 'R000002%' order by 1`,
      ),
    ).toEqual([{ reference: 'R000002' }, { reference: 'R000002 second' }]);
    expect(await moneyFaults()).toEqual([]);
    expect(await one('select count(*)::int from funds.fund')).toBe(3);
  });

  test('an extract that goes on adds what is new, for families imported before too', async () => {
    await importFrom(cut);
    const more = await withLines(
      'payment_requests.csv',
      'N1,F00002,education,2021-05-03,kiln hire,She makes pots.,80,approved,2021-05-04,worker,',
    );
    await writeFile(
      join(more, 'payment_funding.csv'),
      `${await readFile(join(more, 'payment_funding.csv'), 'utf8')}N1,Parent council fund,80\n`,
    );
    expect(await importFrom(more)).toMatchObject({ accepted: 2, rejected: 0 });
    const [row] = await rowsOf(`
      select r.decided_role, p.state, c.state as money, f.code, f.title, (select count(*)::int from direct_payments.request_child rc where rc.request_id = r.id) as children
      from direct_payments.request r join direct_payments.payment p on p.request_id = r.id join funds.draw c on c.of_id = r.id
        join funds.fund f on f.id = c.fund_id where r.reference = 'N1'`);
    expect(row).toEqual({
      decided_role: 'school-wellbeing-lead',
      state: 'ready',
      money: 'committed',
      code: 'parent-council-fund',
      title: 'Parent council fund',
      children: 4,
    });
    expect(await moneyFaults()).toEqual([]);
  });
});
