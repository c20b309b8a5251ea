import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { makeDesk } from '../../platform/actions/desk.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker } from '../../platform/testing/people.ts';
import { change as changeFund, open as openFund } from '../../record/funds/actions.ts';
import { one as oneFund } from '../../record/funds/queries.ts';
import * as actions from './actions.ts';
import * as money from './money.ts';
import * as queries from './queries.ts';
import { awardInput, funded, fundInput } from './testing.ts';

const database = await testDatabase();
afterAll(() => database.close());
const desk = makeDesk(database.pools, () => Temporal.Instant.from('2022-04-20T10:00:00Z'));
const planner = await makeWorker(database, { name: 'Yuliia', role: 'planning-officer', team: 'Planning' });
const manager = await makeWorker(database, { name: 'Grace', role: 'team-manager' });
const finance = await makeWorker(database, { name: 'Douglas', role: 'finance-officer', team: 'Finance' });
const worker = await makeWorker(database, { name: 'Ailsa' });
const key = () => ({ key: randomUUID() });

const said = async (doing: Promise<unknown>): Promise<Record<string, string>> =>
  doing.then(
    () => ({ nothing: 'was refused' }),
    (error: { fields?: Record<string, string>; message: string }) =>
      Object.keys(error.fields ?? {}).length > 0 ? (error.fields ?? {}) : { form: error.message },
  );

describe('money', () => {
  test('an award cannot be overdrawn, one after the other or by two at once, nor a support overspent', async () => {
    const { award, support } = await funded(desk, planner.asking, {
      award: { amount: '10,000' },
      fund: { amount: '4,000' },
    });
    const more = (amount: string) =>
      desk.act(money.fund, { ...fundInput, award, title: randomUUID(), amount }, planner.asking, key());
    expect(await said(more('6,000.01'))).toEqual({ amount: expect.stringContaining('more than is left') });
    const two = await Promise.allSettled([more('4,000'), more('4,000')]);
    expect(two.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { rows } = await database.superuser.query(
      `select a.committed_pence::text as kept, a.balance_pence::text as left,
         (select sum(d.amount_pence)::text from mental_health.funded f join funds.draw d on d.of_id = f.id where f.award_id = a.id) as added
       from funds.fund a where a.id = $1`,
      [award],
    );
    expect(rows).toEqual([{ kept: '800000', left: '200000', added: '800000' }]);
    // Less than is promised is no award.
    const lower = { ...awardInput, award, version: 1, amount: '7,999' };
    expect(await said(desk.act(money.changeAward, lower, planner.asking, key()))).toHaveProperty('amount');

    const spent = (amount: string, extra: object = {}) =>
      desk.act(
        money.spend,
        { support, amount, note: 'Paint', on: '2021-06-01', ...extra },
        planner.asking,
        key(),
      );
    await spent('3,500');
    expect(await said(spent('500.01'))).toHaveProperty('amount');
    await spent('500', { back: 'yes' });
    expect(await said(spent('3,000.01', { back: 'yes' }))).toHaveProperty('amount');
    expect(await said(spent('1', { on: '2022-04-21' }))).toEqual({ on: 'This day has not come yet' });
    expect(
      await said(
        desk.act(
          money.changeFunded,
          { ...fundInput, support, version: 1, amount: '2,000' },
          planner.asking,
          key(),
        ),
      ),
    ).toEqual({
      amount: 'More than this was spent on it already. Enter at least what was spent',
    });
  });

  test('what counts from returns is a number that the returns of the programme ask for', async () => {
    const { award } = await funded(desk, planner.asking, {
      award: { letter: 'Online', amount: '9,000' },
      fund: { amount: '100' },
    });
    const online = (title: string, more: object) =>
      desk.act(money.fund, { ...fundInput, award, title, amount: '100', ...more }, planner.asking, key());
    const unasked = { childrenItem: 'pupils', crisisItem: 'registrations' };
    expect(await said(online('One', { programme: 'online-support', ...unasked }))).toEqual({
      childrenItem: expect.stringContaining('do not ask that'),
    });
    expect(await said(online('One', { programme: '', childrenItem: 'registrations' }))).toEqual({
      childrenItem: expect.stringContaining('Only a programme has returns'),
    });
    const { support } = await online('One', { programme: 'online-support', childrenItem: 'registrations' });
    const change = { ...fundInput, support, version: 1, title: 'One', amount: '100' };
    expect(
      await said(desk.act(money.changeFunded, { ...change, familiesItem: 'pupils' }, planner.asking, key())),
    ).toEqual({ familiesItem: expect.stringContaining('do not ask that') });
  });

  test('an award is a fund: its terms and money are there, others may draw on it only with finance, and it stands on Today before it ends', async () => {
    const letter = 'Spring 2022';
    const temporary = { nonRecurring: 'yes', to: '2022-06-30', exitPlan: 'Schools go on with what helped' };
    expect(
      await said(
        desk.act(
          money.addAward,
          { ...awardInput, letter, ...temporary, exitPlan: '' },
          planner.asking,
          key(),
        ),
      ),
    ).toHaveProperty('exitPlan');
    const { award, support } = await funded(desk, planner.asking, {
      award: { letter, amount: '1,000', ...temporary },
      fund: { amount: '400' },
    });
    expect(
      await said(desk.act(money.addAward, { ...awardInput, letter }, planner.asking, key())),
    ).toHaveProperty('letter');
    await desk.act(
      money.spend,
      { support, amount: '150', note: 'Paint', on: '2022-04-01' },
      planner.asking,
      key(),
    );
    const asFund = () => desk.askOne(oneFund, { fund: award }, manager.asking);
    expect(await asFund()).toMatchObject({
      givenBy: awardInput.source,
      letter,
      year: 2021,
      exitPlan: temporary.exitPlan,
      areas: ['mental-health'],
      allocated: 100_000n,
      committed: 25_000n,
      paid: 15_000n,
      balance: 60_000n,
      drawn: [{ area: 'mental-health', committed: 25_000n, paid: 15_000n }],
      lines: [{ of: support, pence: 15_000n, note: 'Paint', by: 'Yuliia' }],
    });
    expect(
      (await desk.ask(queries.awardsEnding, {}, planner.asking)).filter(({ id }) => id === award),
    ).toEqual([
      { id: award, year: 2021, letter, ends: Temporal.PlainDate.from('2022-06-30'), planned: true },
    ]);
    // A fund on which the framework draws is of a financial year, also where finance opens it: without one it would be no award.
    const fund = {
      title: `Framework ${letter}`,
      purpose: 'Supports',
      areas: ['mental-health'],
      amount: '100',
    };
    expect(await said(desk.act(openFund, fund, finance.asking, key()))).toEqual({
      year: expect.stringContaining('financial year'),
    });
    const { fund: opened } = await desk.act(openFund, { ...fund, areas: ['support'] }, finance.asking, key());
    const changed = { ...fund, fund: opened, version: 1 };
    expect(await said(desk.act(changeFund, changed, finance.asking, key()))).toHaveProperty('year');
    await desk.act(changeFund, { ...changed, year: '2021' }, finance.asking, key());
    expect(await desk.askOne(oneFund, { fund: opened }, finance.asking)).toMatchObject({ year: 2021 });
    // Nothing is drawn for a support out of an award that does not pay for it.
    await expect(
      database.superuser.query(
        `insert into funds.draw (fund_id, area, of_id, amount_pence, on_day, note) values ($1, 'mental-health', uuidv7(), 1, '2022-04-01', 'x')`,
        [award],
      ),
    ).rejects.toMatchObject({
      constraint: 'draw_is_of_support',
    });
    const change = (version: number, more: object) =>
      desk.act(
        money.changeAward,
        { ...awardInput, letter, ...temporary, award, version, ...more },
        planner.asking,
        key(),
      );
    await change(1, { amount: '1,200', nonRecurring: '', exitPlan: '' });
    expect(await asFund()).toMatchObject({ allocated: 120_000n, nonRecurring: false, exitPlan: '' });
    await change(2, { amount: '400', source: 'The board', nonRecurring: '' });
    expect(await asFund()).toMatchObject({ givenBy: 'The board', allocated: 40_000n, balance: 0n });
    await expect(change(2, { amount: '500' })).rejects.toMatchObject({ status: 409 });
    // A fund of somebody else is no award, and one on which others may draw too is finance's to change.
    await database.superuser.query(`insert into funds.fund_area (fund_id, area) values ($1, 'tried')`, [
      award,
    ]);
    await expect(change(3, { amount: '500' })).rejects.toMatchObject({ code: 'shared-fund' });
    const { rows } = await database.superuser.query<{ id: string }>(
      `insert into funds.fund (code, title, year) values ('not-ours', 'Not ours', 2021) returning id`,
    );
    const other = { ...awardInput, award: rows[0]?.id, version: 1 };
    await expect(desk.act(money.changeAward, other, planner.asking, key())).rejects.toMatchObject({
      status: 404,
    });
    expect(
      await said(desk.act(money.fund, { ...fundInput, award: rows[0]?.id }, planner.asking, key())),
    ).toEqual({ award: 'Choose the award' });
    const elsewhere = await makeWorker(database, {
      role: 'planning-officer',
      organisation: 'Third Trust',
      team: 'Third',
    });
    await database.superuser.query(
      `update access.organisation set kind = 'third sector' where name = 'Third Trust'`,
    );
    await expect(
      desk.act(money.addAward, { ...awardInput, letter: 'Theirs' }, elsewhere.asking, key()),
    ).rejects.toMatchObject({ status: 404 });
    expect(await desk.ask(queries.award, { award }, elsewhere.asking)).toEqual([]);
    expect(await desk.ask(queries.years, {}, elsewhere.asking)).toEqual([]);
    expect((await database.superuser.query('select * from funds.money_fault')).rows).toEqual([]);
  });

  test('a stale version changes nothing; a wrong role sees and does nothing', async () => {
    const { award, support } = await funded(desk, planner.asking);
    const change = (version: number) =>
      desk.act(
        money.changeFunded,
        { ...fundInput, support, version, about: 'Otherwise' },
        planner.asking,
        key(),
      );
    await change(1);
    await expect(change(1)).rejects.toMatchObject({ status: 409 });
    await expect(
      desk.act(money.fund, { ...fundInput, award, title: 'Other' }, manager.asking, key()),
    ).rejects.toMatchObject({ status: 404 });
    await expect(desk.ask(queries.support, { support }, worker.asking)).rejects.toMatchObject({
      status: 404,
    });
    expect(await desk.ask(queries.support, { support }, manager.asking)).toHaveLength(1);
    // The same role with a provider is nobody here: the database says so.
    const outside = await makeWorker(database, {
      role: 'team-manager',
      organisation: 'Elsewhere Trust',
      team: 'Elsewhere',
    });
    await database.superuser.query(
      `update access.organisation set kind = 'third sector' where name = 'Elsewhere Trust'`,
    );
    expect(await desk.ask(queries.support, { support }, outside.asking)).toEqual([]);
  });
});

test('the tools of an indicator are ticked, or named one on each line', async () => {
  const title = `Sleep ${randomUUID().replaceAll(/[^a-z]/g, '')}`;
  const { indicator } = await desk.act(
    actions.addIndicator,
    { title, what: 'How well somebody sleeps', tools: ['how-i-feel', 'goals'] },
    planner.asking,
    key(),
  );
  const seen = async () =>
    (await desk.ask(queries.indicators, {}, planner.asking)).find(({ id }) => id === indicator);
  expect((await seen())?.tools).toEqual(['how-i-feel', 'goals']);
  const change = (tools: unknown, version: number) =>
    desk.act(
      actions.changeIndicator,
      { indicator, version, title, what: 'How well somebody sleeps', tools, state: 'open' },
      planner.asking,
      key(),
    );
  await change('goals\nhow-i-feel', 1);
  expect((await seen())?.tools).toEqual(['goals', 'how-i-feel']);
  // One box that is ticked comes as a word, and none as nothing.
  await change('goals', 2);
  expect((await seen())?.tools).toEqual(['goals']);
  await change(undefined, 3);
  expect((await seen())?.tools).toEqual([]);
});
