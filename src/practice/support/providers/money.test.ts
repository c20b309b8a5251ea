import { afterAll, describe, expect, test } from 'vitest';
import { computeMeasure } from '../../../platform/measures/compute.ts';
import { makeWorker } from '../../../platform/testing/people.ts';
import { measures } from './measures.ts';
import { addAward, addSpend, changeAward, changeShare, drawOnFund } from './money.ts';
import { award, awards, commissioning, fundsToDrawOn } from './queries.ts';
import { online, providersWorld } from './testing.ts';

const now = Temporal.Instant.from('2026-11-20T12:00:00Z');
const today = Temporal.PlainDate.from('2026-11-20');
const { database, desk, planner, sender } = await providersWorld(() => now);
afterAll(() => database.close());
const notFound = { status: 404, code: 'not-found' };

const value = async (id: string) => {
  const measure = measures.find((each) => each.id === `support.${id}`);
  if (measure === undefined) throw new Error(id);
  const when = { during: { from: Temporal.PlainDate.from('2026-04-01'), to: today } };
  return (await computeMeasure(database.pools, measure, { when, by: [], only: {} }, { small: true }))[0]
    ?.value;
};

describe('money', () => {
  const faults = async () => (await database.superuser.query('select * from funds.money_fault')).rows;
  const grant = {
    programme: online.id,
    title: 'Wellbeing fund',
    givenBy: 'Scottish Government',
    purpose: 'Early help with mental health',
    year: '2026',
    amount: '234,000',
    temporary: 'yes',
    endsOn: '2027-03-31',
    exitPlan: 'The council bears it from April 2027',
  };
  test('temporary money says when it ends and what comes after; spend and forecast are kept', async () => {
    await expect(
      desk.act(addAward, { ...grant, endsOn: '', exitPlan: '' }, planner.asking),
    ).rejects.toMatchObject({ fields: { endsOn: expect.any(String), exitPlan: expect.any(String) } });
    const { grant: id } = await desk.act(addAward, grant, planner.asking);
    await expect(desk.act(addAward, grant, planner.asking)).rejects.toMatchObject({
      fields: { title: expect.stringContaining('has a grant of this name') },
    });
    const line = (more: object) =>
      desk.act(
        addSpend,
        { grant: id, kind: 'spent', note: 'Licence', on: '2026-11-01', ...more },
        planner.asking,
      );
    await line({ amount: '20,000' });
    await line({ amount: '500', back: 'yes' });
    await line({ kind: 'forecast', amount: '240000', on: '2026-06-01' });
    await line({ kind: 'forecast', amount: '230000', on: '2026-10-01' });
    await expect(line({ amount: '1', on: '2026-11-21' })).rejects.toMatchObject({
      fields: { on: 'This day has not come yet' },
    });
    const found = await desk.askOne(award, { grant: id }, planner.asking);
    expect([found.spent, found.forecast, found.lines.length]).toEqual([1_950_000n, 23_000_000n, 4]);
    expect(
      await Promise.all(['grants', 'grants-spent', 'grants-forecast'].map((name) => value(name))),
    ).toEqual(['234000.00', '19500.00', '230000.00']);
    expect((await desk.ask(commissioning, {}, planner.asking)).map(({ kind }) => kind)).toContain('money');
    const { programme: _programme, year: _year, ...terms } = grant;
    await desk.act(
      changeAward,
      { grant: id, version: 1, ...terms, givenBy: 'The lottery', temporary: '', endsOn: '', exitPlan: '' },
      planner.asking,
    );
    expect(await desk.askOne(award, { grant: id }, planner.asking)).toMatchObject({
      givenBy: 'The lottery',
      temporary: false,
      exitPlan: '',
    });
    await expect(
      desk.act(changeAward, { grant: id, version: 1, ...terms }, planner.asking),
    ).rejects.toMatchObject({ code: 'changed-meanwhile' });
    await expect(desk.ask(awards, {}, sender.asking)).rejects.toMatchObject(notFound);
  });

  test('no more is spent of a grant than it is, not by two at once, and it is not made less than was spent', async () => {
    const { grant: id } = await desk.act(
      addAward,
      { ...grant, title: 'Small', amount: '1,000' },
      planner.asking,
    );
    const line = (amount: string, back = '') =>
      desk.act(
        addSpend,
        { grant: id, kind: 'spent', note: 'Rooms', on: '2026-11-01', amount, back },
        planner.asking,
      );
    await line('100');
    await expect(line('100.01', 'yes')).rejects.toMatchObject({ fields: { amount: expect.any(String) } });
    const both = await Promise.allSettled([line('600'), line('601')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { spent, version } = await desk.askOne(award, { grant: id }, planner.asking);
    const change = async (amount: string, seen: number) => {
      const { programme: _programme, year: _of, ...same } = { ...grant, title: 'Small', amount };
      return desk.act(changeAward, { grant: id, version: seen, ...same }, planner.asking);
    };
    await expect(change('500', version)).rejects.toMatchObject({ fields: { amount: expect.any(String) } });
    await change('701', version);
    await change('900', version + 1);
    expect(await desk.askOne(award, { grant: id }, planner.asking)).toMatchObject({ pence: 90_000n, spent });
    expect(await faults()).toEqual([]);
  });

  test('a manager of a provider neither sees grants nor draws on funds', async () => {
    const { grant: id } = await desk.act(addAward, { ...grant, title: 'Ours' }, planner.asking);
    const theirs = await makeWorker(database, {
      name: 'Olive Main',
      role: 'senior-manager',
      team: 'Listeners who lead',
      organisation: 'Listening Line',
    });
    expect(await desk.ask(awards, {}, theirs.asking)).toEqual([]);
    await expect(desk.askOne(award, { grant: id }, theirs.asking)).rejects.toMatchObject(notFound);
    for (const kind of ['spent', 'forecast'])
      await expect(
        desk.act(addSpend, { grant: id, kind, note: 'Ours', on: '2026-11-01', amount: '1' }, theirs.asking),
      ).rejects.toMatchObject(notFound);
    await expect(desk.act(addAward, { ...grant, title: 'Theirs' }, theirs.asking)).rejects.toMatchObject(
      notFound,
    );
  });

  test('two programmes draw on one fund, each up to its share, and no more than the fund has is promised', async () => {
    const { grant: whole } = await desk.act(
      addAward,
      { ...grant, title: 'Shared', amount: '10,000' },
      planner.asking,
    );
    const first = await desk.askOne(award, { grant: whole }, planner.asking);
    const draw = (more: object) =>
      desk.act(
        drawOnFund,
        { programme: online.id, fund: first.fund, year: '2027', amount: '4,000', ...more },
        planner.asking,
      );
    await expect(draw({})).rejects.toMatchObject({ fields: { amount: expect.stringContaining('left') } });
    await database.superuser.query(
      `insert into funds.entry (fund_id, kind, amount_pence, made_on) values ($1, 'top-up', 500000, '2026-11-01')`,
      [first.fund],
    );
    expect(await desk.ask(fundsToDrawOn, {}, planner.asking)).toContainEqual(
      expect.objectContaining({ id: first.fund, balance: 500_000n }),
    );
    const { grant: share } = await draw({});
    await expect(draw({ amount: '1' })).rejects.toMatchObject({ fields: { fund: expect.any(String) } });
    const second = await desk.askOne(award, { grant: share }, planner.asking);
    expect([second.shared, second.pence, second.title, second.year]).toEqual([
      true,
      400_000n,
      'Shared',
      2027,
    ]);
    const { programme: _programme, year: _year, ...terms } = grant;
    await expect(
      desk.act(changeAward, { grant: share, version: second.version, ...terms }, planner.asking),
    ).rejects.toMatchObject({ code: 'shared-fund' });
    const to = (amount: string, version = second.version) =>
      desk.act(changeShare, { grant: share, version, amount, note: 'More were helped' }, planner.asking);
    await expect(to('5,000.01')).rejects.toMatchObject({ fields: { amount: expect.any(String) } });
    await to('5,000');
    await expect(to('4,000')).rejects.toMatchObject({ code: 'changed-meanwhile' });
    expect((await desk.askOne(award, { grant: share }, planner.asking)).pence).toBe(500_000n);
    expect(await faults()).toEqual([]);
  });
});
