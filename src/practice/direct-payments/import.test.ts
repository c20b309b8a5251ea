import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { transaction } from '../../platform/database/transaction.ts';
import { type ImportOptions, runImport } from '../../platform/import/index.ts';
import { type TestDatabase, testDatabase } from '../../platform/testing/database.ts';
import { directPaymentsImport } from './import.ts';

const cut = join(import.meta.dirname, 'fixtures/direct-payments-2021');
const dirtyCut = join(import.meta.dirname, 'fixtures/direct-payments-2021-dirty');
const shared = process.env.KITH_SHARED_DATA ?? join(import.meta.dirname, '../../../../shared/data');

let database: TestDatabase;
const folders: string[] = [];
beforeEach(async () => {
  database = await testDatabase();
});
afterEach(() => database.close());
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

const importFrom = (dir: string, options: Partial<ImportOptions> = {}) =>
  runImport({
    dir,
    importer: directPaymentsImport,
    db: { transaction: (work) => transaction(database.pools.owner, [], work) },
    commit: true,
    now: Temporal.Instant.from('2026-11-22T10:00:00Z'),
    by: 'test',
    ...options,
  });

const rowsOf = async (statement: string) => (await database.superuser.query(statement)).rows;
const one = async (statement: string) => Object.values((await rowsOf(statement))[0])[0];
const moneyFaults = () => rowsOf('select * from direct_payments.money_fault');

/** A copy of the cut, in which one file is changed. */
async function changed(file: string, change: (text: string) => string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kith-cut-'));
  folders.push(folder);
  await cp(cut, folder, { recursive: true });
  const path = join(folder, file);
  await writeFile(path, change(await readFile(path, 'utf8')));
  return folder;
}

/** A copy of the cut with more lines at the end of one file. */
const withLines = (file: string, ...lines: string[]) =>
  changed(file, (text) => `${text}${lines.join('\n')}\n`);

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
    select f.code, sum(c.amount_pence)::int as pence from direct_payments.commitment c join direct_payments.fund f on f.id = c.fund_id group by f.code`);
  const decisions = await rowsOf(
    'select status, count(*)::int as n from direct_payments.request group by status',
  );
  return {
    families: await one('select count(*)::int from record.family'),
    people: await one('select count(*)::int from record.person'),
    requests: await one('select count(*)::int from direct_payments.request'),
    funding: await one('select count(*)::int from direct_payments.commitment'),
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
  entries: await rowsOf(`select kind, amount_pence from direct_payments.fund_entry order by 1, 2`),
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
      `select title, balance_pence, committed_pence, non_recurring from direct_payments.fund order by title`,
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

test('the whole shared extract, where it is at hand, gives the published tables to the pound', async () => {
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
    expect(await one('select count(*)::int from direct_payments.fund')).toBe(3);
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
      from direct_payments.request r join direct_payments.payment p on p.request_id = r.id join direct_payments.commitment c on c.request_id = r.id
        join direct_payments.fund f on f.id = c.fund_id where r.reference = 'N1'`);
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

describe('the limit', () => {
  test('a system without limits gets the first one, and keeps the ones it has', async () => {
    await database.superuser.query(
      `insert into direct_payments.delegated_limit (role_id, up_to_pence, during) values ('team-manager', 200000, '[2024-04-01,)')`,
    );
    await importFrom(cut);
    expect(
      await rowsOf(
        'select role_id, up_to_pence, during::text from direct_payments.delegated_limit order by 1, 3',
      ),
    ).toEqual([
      { role_id: 'school-wellbeing-lead', up_to_pence: '150000', during: '[2021-02-15,)' },
      { role_id: 'senior-manager', up_to_pence: null, during: '[2021-02-15,)' },
      { role_id: 'social-worker', up_to_pence: '150000', during: '[2021-02-15,)' },
      { role_id: 'team-manager', up_to_pence: '150000', during: '[2021-02-15,2024-04-01)' },
      { role_id: 'team-manager', up_to_pence: '200000', during: '[2024-04-01,)' },
    ]);
  });

  test('exactly £1,500 is within the front line’s limit, a penny more is above it', async () => {
    const dir = await withLines(
      'payment_requests.csv',
      'N1,F00002,social-work,2021-03-03,clothing,,"1,500.00",approved,2021-03-04,worker,2021-03-05',
      'N2,F00002,social-work,2021-03-03,clothing,,1500.01,approved,2021-03-04,senior-manager,2021-03-05',
      'N3,F00002,social-work,2021-03-03,clothing,,1500.01,approved,2021-03-04,team-manager,2021-03-05',
    );
    const funding = join(dir, 'payment_funding.csv');
    await writeFile(
      funding,
      `${await readFile(funding, 'utf8')}N1,core,1500\nN2,core,1500.01\nN3,core,1500.01\n`,
    );
    const { rejects } = await importFrom(dir);
    expect(rejects.map((each) => each.id)).toEqual(['N3']);
    expect(
      await rowsOf(
        `select reference, above_limit from direct_payments.request where reference in ('N1', 'N2') order by 1`,
      ),
    ).toEqual([
      { reference: 'N1', above_limit: false },
      { reference: 'N2', above_limit: true },
    ]);
  });
});

describe('rows of other kinds are refused with what to do, and hold up no others', () => {
  const request = (more: string) => withLines('payment_requests.csv', more);
  const cases: readonly [string, () => Promise<string>, string][] = [
    [
      'an unknown decision',
      () => request('N1,F00002,social-work,2021-03-03,clothing,,90,perhaps,2021-03-04,worker,'),
      'unknown decision: decision is "perhaps"; use one of: approved, declined, withdrawn',
    ],
    [
      'an unknown decider',
      () => request('N1,F00002,social-work,2021-03-03,clothing,,90,declined,2021-03-04,janitor,'),
      'unknown decided_by: decided_by is "janitor"; use one of: worker, team-manager, senior-manager',
    ],
    [
      'a declined request without a decider',
      () => request('N1,F00002,social-work,2021-03-03,clothing,,90,declined,2021-03-04,,'),
      'missing: decided_by',
    ],
    [
      'paid before it was decided',
      () => request('N1,F00002,social-work,2021-03-03,clothing,,90,approved,2021-03-04,worker,2021-03-03'),
      'paid before decided: ',
    ],
    [
      'paid though declined',
      () => request('N1,F00002,social-work,2021-03-03,clothing,,90,declined,2021-03-04,worker,2021-03-05'),
      'paid without approval: ',
    ],
    [
      'approved with no fund',
      () => request('N1,F00002,social-work,2021-03-03,clothing,,90,approved,2021-03-04,worker,'),
      'funding does not add up: the funds give 0.00 and 90.00 was approved',
    ],
    [
      'asked in the future',
      () => request('N1,F00002,social-work,2031-03-03,clothing,,90,declined,2031-03-04,worker,'),
      'not yet happened: ',
    ],
    [
      'more than can be asked for',
      () => request('N1,F00002,social-work,2021-03-03,clothing,,1000000.01,declined,2021-03-04,worker,'),
      'amount too large: ',
    ],
    [
      'a CHI number of nine digits',
      () => withLines('people.csv', 'N1,F00002,Rory,Orr,2012-04-03,male,304129993,child,no'),
      'not a CHI number: ',
    ],
    [
      'a family of a person that is not there',
      () => withLines('people.csv', 'N1,F99999,Rory,Orr,2012-04-03,male,,child,no'),
      'unknown family: ',
    ],
    ['a decile that is none', () => withLines('families.csv', 'N1,Orr,Motherwell,ML1 1AA,11'), 'too large: '],
    [
      'a postcode that is none',
      () => withLines('families.csv', 'N1,Orr,Motherwell,Motherwell,3'),
      'not a postcode: ',
    ],
  ];
  test.each(cases)('%s', async (_, make, reason) => {
    const { rejects, accepted } = await importFrom(await make(), { commit: false });
    expect(rejects.map((each) => each.id)).toEqual(['N1']);
    expect(rejects[0]?.reason.startsWith(reason), rejects[0]?.reason).toBe(true);
    expect(accepted).toBe(60 + 197 + 88 + 76);
  });

  test('a withdrawn request was decided by nobody; localities and kinds of other partnerships are taken as they are', async () => {
    const dir = await changed('families.csv', (text) => text.replaceAll('Coatbridge', 'Balnahard'));
    const path = join(dir, 'payment_requests.csv');
    await writeFile(
      path,
      `${await readFile(path, 'utf8')}N1,F00002,social-work,2021-03-03,kiln hire,,1900,withdrawn,2021-03-04,,\n`,
    );
    expect((await importFrom(dir)).rejects).toEqual([]);
    expect(
      await one(`select category || ' ' || status from direct_payments.request where reference = 'N1'`),
    ).toBe('kiln hire withdrawn');
  });

  test('one fund named twice under two spellings is refused with its request, and no money moves', async () => {
    const dir = await withLines(
      'payment_requests.csv',
      'N1,F00002,social-work,2021-03-03,clothing,,90,approved,2021-03-04,worker,',
    );
    const funding = join(dir, 'payment_funding.csv');
    await writeFile(funding, `${await readFile(funding, 'utf8')}N1,Winter plan,45\nN1,winter-plan,45\n`);
    const { rejects } = await importFrom(dir);
    expect(rejects.map((each) => each.reason.split(':')[0]).toSorted()).toEqual([
      'fund named twice',
      'part refused',
    ]);
    expect(await one(`select count(*)::int from direct_payments.fund where code = 'winter-plan'`)).toBe(0);
    expect(await moneyFaults()).toEqual([]);
  });
});
