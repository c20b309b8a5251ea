import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { makeDesk } from '../../platform/actions/desk.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker } from '../../platform/testing/people.ts';
import { change, give, open } from './actions.ts';
import { all, one } from './queries.ts';
import { endingDue, endsSoon, yearOf, yearText } from './rules.ts';

const database = await testDatabase();
afterAll(() => database.close());
const { superuser, pools } = database;
const desk = makeDesk(pools, () => Temporal.Instant.from('2026-11-20T12:00:00Z'));
const finance = await makeWorker(database, { name: 'Fern Baird', role: 'finance-officer', team: 'Finance' });
const planner = await makeWorker(database, { name: 'Una Reid', role: 'planning-officer', team: 'Planning' });
const worker = await makeWorker(database, { name: 'Ailsa Drummond', role: 'social-worker' });

const faults = async () => (await superuser.query('select * from funds.money_fault')).rows;
const terms = {
  title: 'Whole family wellbeing',
  purpose: 'Help for whole families',
  givenBy: 'The government',
  letter: 'WFW 26/1',
  areas: ['tried'],
  nonRecurring: 'yes',
  from: '2026-04-01',
  to: '2027-03-31',
  exitPlan: 'The council bears it from April 2027',
};
const opened = async (amount = '1,000', more: object = {}) =>
  (await desk.act(open, { ...terms, title: `Fund ${randomUUID()}`, amount, ...more }, finance.asking)).fund;
const seen = (fund: string) => desk.askOne(one, { fund }, planner.asking);

/** Draws for nobody in particular, as a record of the area `tried` does. */
const draw = (fund: string, of: string, lines: readonly [pence: number, state: string][], area = 'tried') =>
  superuser.query(
    `insert into funds.draw (fund_id, area, of_id, amount_pence, state, on_day, note)
     select $1, $2, $3, pence, state, '2026-11-01', 'Tried' from unnest($4::bigint[], $5::text[]) t (pence, state)`,
    [fund, area, of, lines.map(([pence]) => pence), lines.map(([, state]) => state)],
  );

test('a financial year begins on 1 April, and money that ends within six months ends soon', () => {
  const day = (text: string) => Temporal.PlainDate.from(text);
  expect([yearOf(day('2027-03-31')), yearOf(day('2027-04-01'))]).toEqual([2026, 2027]);
  expect(yearText(2099)).toBe('2099/00');
  expect(endsSoon(day('2027-05-20'), day('2026-11-20'))).toBe(true);
  expect(endsSoon(day('2027-05-21'), day('2026-11-20'))).toBe(false);
  expect(endsSoon(day('2026-11-20'), day('2026-11-20'))).toBe(true);
  expect(endsSoon(day('2026-11-19'), day('2026-11-20'))).toBe(false);
});

test('Today says of money that ends soon what is due, the soonest first', () => {
  const day = (text: string) => Temporal.PlainDate.from(text);
  const of = (title: string, ends: string, planned = true) => ({
    title,
    href: `/funds/${title}`,
    ends: day(ends),
    planned,
  });
  expect(
    endingDue(
      [
        of('late', '2027-05-21'),
        of('spring', '2027-03-31'),
        of('gone', '2026-11-19'),
        of('open', '2026-12-24', false),
      ],
      day('2026-11-20'),
    ).map(({ title, href, due, kind }) => [title, href, due.toString(), kind]),
  ).toEqual([
    ['Say what comes after money that ends: open', '/funds/open', '2026-12-24', 'Money that ends'],
    ['Carry out the exit plan: spring', '/funds/spring', '2027-03-31', 'Money that ends'],
  ]);
});

describe('a fund', () => {
  test('temporary money says when it ends and what comes after it', async () => {
    await expect(
      desk.act(open, { ...terms, to: '', exitPlan: '', amount: '1' }, finance.asking),
    ).rejects.toMatchObject({ fields: { to: expect.any(String), exitPlan: expect.any(String) } });
    const fund = await opened('234,000', { year: '2026' });
    expect(await seen(fund)).toMatchObject({
      givenBy: 'The government',
      year: 2026,
      exitPlan: terms.exitPlan,
      areas: ['tried'],
      allocated: 23_400_000n,
      balance: 23_400_000n,
      forecast: null,
      entries: [{ kind: 'allocation', pence: 23_400_000n, by: 'Fern Baird' }],
    });
    expect((await desk.ask(all, {}, planner.asking)).map(({ id }) => id)).toContain(fund);
  });

  test('is kept by finance alone, and seen by those who plan', async () => {
    const refused = { status: 404, code: 'not-found' };
    await expect(desk.act(open, { ...terms, amount: '1' }, planner.asking)).rejects.toMatchObject(refused);
    await expect(desk.ask(all, {}, worker.asking)).rejects.toMatchObject(refused);
  });

  test('is put right by a correction with a reason, never below what is drawn', async () => {
    const fund = await opened('1,000');
    await draw(fund, randomUUID(), [[60_000, 'committed']]);
    const correct = (kind: string, amount: string) =>
      desk.act(give, { fund, kind, amount, note: 'Written twice' }, finance.asking);
    await expect(correct('less', '400.01')).rejects.toMatchObject({ code: 'fund-empty' });
    await correct('less', '400');
    await correct('more', '50');
    await correct('top-up', '25');
    const { allocated, committed, balance, entries } = await seen(fund);
    expect([allocated, committed, balance]).toEqual([67_500n, 60_000n, 7_500n]);
    expect(entries.map(({ kind, pence }) => [kind, pence])).toEqual([
      ['allocation', 100_000n],
      ['correction', -40_000n],
      ['correction', 5_000n],
      ['top-up', 2_500n],
    ]);
    expect(await faults()).toEqual([]);
  });

  test('is drawn on only by those who may, and who drew on it stays among them', async () => {
    const fund = await opened();
    await expect(draw(fund, randomUUID(), [[1, 'committed']], 'another')).rejects.toMatchObject({
      constraint: 'draw_fund_is_of_area',
    });
    await draw(fund, randomUUID(), [[1, 'committed']]);
    const { version, title } = await seen(fund);
    const to = (areas: string[], v = version) =>
      desk.act(change, { ...terms, title, fund, version: v, areas }, finance.asking);
    await expect(to(['another'])).rejects.toMatchObject({ fields: { areas: expect.any(String) } });
    await to(['another', 'tried']);
    expect((await seen(fund)).areas).toEqual(['another', 'tried']);
    await expect(to(['tried'])).rejects.toMatchObject({ code: 'changed-meanwhile' });
  });
});

describe('what is drawn', () => {
  test('spending is what was promised and no more, and what comes back is promised again', async () => {
    const fund = await opened();
    const of = randomUUID();
    const spend = (pence: number) =>
      draw(fund, of, [
        [-pence, 'committed'],
        [pence, 'paid'],
      ]);
    await draw(fund, of, [[50_000, 'committed']]);
    await spend(30_000);
    await expect(spend(20_001)).rejects.toMatchObject({ constraint: 'promise_cannot_be_overspent' });
    await expect(spend(-30_001)).rejects.toMatchObject({ constraint: 'paid_not_below_nought' });
    await spend(-10_000);
    await spend(20_000);
    const { committed, paid, balance, drawn, lines } = await seen(fund);
    expect([committed, paid, balance]).toEqual([10_000n, 40_000n, 50_000n]);
    expect(drawn).toEqual([{ area: 'tried', committed: 10_000n, paid: 40_000n }]);
    expect(lines.map(({ pence }) => pence)).toEqual([20_000n, -10_000n, 30_000n]);
    expect(await faults()).toEqual([]);
  });

  test('of sixty promises and sixty payments at once just as many are kept as there is money for', async () => {
    const fund = await opened('1,000');
    const many = Array.from({ length: 60 }, () => randomUUID());
    const attempt = async (lines: readonly [number, string][], of: string) => {
      try {
        await pools.owner.query(
          `insert into funds.draw (fund_id, area, of_id, amount_pence, state, on_day, note)
           select $1, 'tried', $2, pence, state, '2026-11-01', 'At once' from unnest($3::bigint[], $4::text[]) t (pence, state)`,
          [fund, of, lines.map(([pence]) => pence), lines.map(([, state]) => state)],
        );
        return true;
      } catch (error) {
        if (error instanceof Error && /overdrawn|promised/.test(error.message)) return false;
        throw error;
      }
    };
    const promised = await Promise.all(many.map((of) => attempt([[2_500, 'committed']], of)));
    expect(promised.filter(Boolean)).toHaveLength(40);
    const of = many[promised.indexOf(true)] ?? '';
    const paid = await Promise.all(
      many.map(() =>
        attempt(
          [
            [-100, 'committed'],
            [100, 'paid'],
          ],
          of,
        ),
      ),
    );
    expect(paid.filter(Boolean)).toHaveLength(25);
    const now = await seen(fund);
    expect([now.balance, now.committed, now.paid]).toEqual([0n, 97_500n, 2_500n]);
    expect(await faults()).toEqual([]);
  });

  test('the check finds a pound that is lost', async () => {
    const fund = await opened();
    await superuser.query('begin');
    await superuser.query(`set local session_replication_role = replica`);
    await superuser.query('update funds.fund set committed_pence = 1 where id = $1', [fund]);
    expect(await faults()).toHaveLength(1);
    await superuser.query('rollback');
  });

  test('the application changes and takes out nothing of what was paid or written down', async () => {
    for (const statement of [
      'delete from funds.entry',
      'update funds.entry set amount_pence = 1',
      'update funds.draw set amount_pence = 1',
      'update funds.forecast set pence = 1',
      'update funds.fund set paid_pence = 0',
      'select funds.add_to_funds($$[]$$)',
    ])
      await expect(pools.app.query(statement), statement).rejects.toThrow(/permission denied/);
  });
});
