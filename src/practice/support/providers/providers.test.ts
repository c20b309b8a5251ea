import { afterAll, describe, expect, test } from 'vitest';
import { computeMeasure } from '../../../platform/measures/compute.ts';
import { makeWorker } from '../../../platform/testing/people.ts';
import { addContract, addTarget, changeContract, takeOutTarget } from './contracts.ts';
import { measures } from './measures.ts';
import { addProject, changeProject, evaluateProject } from './projects.ts';
import { commissioning, contract, contracts, oneReturn, owed, project } from './queries.ts';
import { performanceOf, reachOf } from './reach.ts';
import { correctReturn, sendReturn } from './returns.ts';
import { online, providersWorld, typed } from './testing.ts';

const now = Temporal.Instant.from('2026-11-20T12:00:00Z');
const today = Temporal.PlainDate.from('2026-11-20');
const world = await providersWorld(() => now);
const { database, desk, planner, sender, otherSender, ailsa } = world;
afterAll(() => database.close());

const terms = {
  kind: 'contract',
  firstOn: '2026-09-15',
  lastOn: '2027-03-31',
  value: '48,000',
  returns: 'yes',
  dueDays: '14',
  reviewOn: '2026-12-01',
};
const agreed = async (organisation: string, more: object = {}) =>
  (await desk.act(addContract, { programme: online.id, organisation, ...terms, ...more }, planner.asking))
    .contract;
const listening = await agreed(sender.organisation);
const nightOwl = await agreed(otherSender.organisation);
const notFound = { status: 404, code: 'not-found' };

const figure = async (id: string, only: Record<string, string> = {}, by: string[] = [], small = true) => {
  const measure = measures.find((each) => each.id === `support.${id}`);
  if (measure === undefined) throw new Error(id);
  const when =
    measure.kind === 'on'
      ? { on: today }
      : { during: { from: Temporal.PlainDate.from('2026-04-01'), to: today } };
  return computeMeasure(database.pools, measure, { when, by, only }, { small });
};
const value = async (id: string, only: Record<string, string> = {}) => (await figure(id, only))[0]?.value;

describe('returns', () => {
  test('each provider is owed its own, and those who commission see all', async () => {
    const of = async (worker: typeof sender) =>
      (await desk.ask(owed, {}, worker.asking)).map((each) => [
        each.provider,
        each.from.toString(),
        each.due.toString(),
      ]);
    expect(await of(sender)).toEqual([
      ['Listening Line', '2026-09-01', '2026-10-14'],
      ['Listening Line', '2026-10-01', '2026-11-14'],
    ]);
    expect((await of(otherSender)).map(([name]) => name)).toEqual(['Night Owl Chat', 'Night Owl Chat']);
    expect(await of(planner)).toHaveLength(4);
    expect(await value('returns-late')).toBe(4);
    expect((await desk.ask(contracts, {}, sender.asking)).map(({ id }) => id)).toEqual([listening]);
    expect(await desk.ask(contract, { contract: nightOwl }, sender.asking)).toEqual([]);
    await expect(
      desk.act(
        sendReturn,
        { contract: nightOwl, from: '2026-10-01', values: typed(['1', '1'], '1') },
        sender.asking,
      ),
    ).rejects.toMatchObject(notFound);
  });

  test('a bad one is told what to do, thing by thing, and nothing is written', async () => {
    const bad = { contract: listening, from: '2026-10-01', values: { 'log-ins': 'lots' } };
    await expect(desk.act(sendReturn, bad, sender.asking)).rejects.toMatchObject({
      status: 422,
      fields: {
        'value-log-ins': expect.stringContaining('“lots” is not a whole number'),
        'value-registrations--aged-11-to-13': expect.stringContaining('0 if there were none'),
        'value-registrations--aged-14-to-17': expect.stringContaining('0 if there were none'),
      },
    });
    const values = typed(['1', '1'], '1');
    await expect(
      desk.act(sendReturn, { contract: listening, from: '2026-11-01', values }, sender.asking),
    ).rejects.toMatchObject({ fields: { from: expect.stringContaining('from 1 December 2026') } });
    await expect(
      desk.act(sendReturn, { contract: listening, from: '2026-10-02', values }, sender.asking),
    ).rejects.toMatchObject({ fields: { from: 'Choose a period of this contract from the list' } });
    expect((await desk.askOne(contract, { contract: listening }, sender.asking)).sent).toEqual([]);
  });

  test('one that is sent twice, or by two at once, is there once', async () => {
    const send = (values: object) =>
      desk.act(sendReturn, { contract: listening, from: '2026-10-01', values }, sender.asking);
    const both = await Promise.allSettled([send(typed(['12', '40'], '90')), send(typed(['12', '40'], '90'))]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(send(typed(['12', '40'], '90'))).rejects.toMatchObject({
      status: 409,
      code: 'sent-already',
    });
    expect(await desk.ask(owed, { contract: listening }, sender.asking)).toHaveLength(1);
  });

  test('a correction counts in its place; what was sent stays; a second one over an old one is refused', async () => {
    const [first] = (await desk.askOne(contract, { contract: listening }, sender.asking)).sent;
    const values = typed(['15', '40'], '90', '94.5');
    await expect(
      desk.act(correctReturn, { return: first?.id, values, why: ' ' }, sender.asking),
    ).rejects.toMatchObject({ fields: { why: 'Say in a few words what was wrong' } });
    const { return: corrected } = await desk.act(
      correctReturn,
      { return: first?.id, values, why: 'Three were counted late' },
      sender.asking,
    );
    await expect(
      desk.act(correctReturn, { return: first?.id, values, why: 'Again' }, sender.asking),
    ).rejects.toMatchObject({ code: 'changed-meanwhile' });
    const now = await desk.askOne(oneReturn, { return: corrected }, sender.asking);
    expect(now.versions.map(({ number, current, by }) => [number, current, by])).toEqual([
      [2, true, 'Orla Beattie'],
      [1, false, 'Orla Beattie'],
    ]);
    const was = await desk.askOne(oneReturn, { return: first?.id }, planner.asking);
    expect([was.values[0]?.amount, now.values[0]?.amount]).toEqual(['12', '15']);
    expect(await desk.ask(oneReturn, { return: corrected }, otherSender.asking)).toEqual([]);
    await expect(
      desk.act(correctReturn, { return: corrected, values, why: 'Not mine' }, otherSender.asking),
    ).rejects.toMatchObject(notFound);
  });

  test('a file does the same', async () => {
    const lines =
      'item,part,value\nregistrations,aged-11-to-13,3\nregistrations,aged-14-to-17,20\nlog-ins,,30\nrecommend,,80';
    const file = `data:text/csv;base64,${Buffer.from(lines).toString('base64')}`;
    await expect(
      desk.act(
        sendReturn,
        {
          contract: listening,
          from: '2026-09-01',
          file: `data:text/csv;base64,${Buffer.from(lines.replace('30', '3o')).toString('base64')}`,
        },
        sender.asking,
      ),
    ).rejects.toMatchObject({
      fields: { 'line-4': expect.stringContaining('Line 4: Return log-ins: “3o”') },
    });
    await desk.act(sendReturn, { contract: listening, from: '2026-09-01', file }, sender.asking);
    expect(await desk.ask(owed, { contract: listening }, sender.asking)).toEqual([]);
  });

  test('figures count what is corrected, never add different things, and hide what is small', async () => {
    expect(await value('returns', { item: 'registrations' })).toBe(78);
    expect(await value('returns')).toBe(null);
    expect(
      (await figure('returns', {}, ['item', 'month'])).map(({ at, value }) => [at.item, at.month, value]),
    ).toEqual([
      ['log-ins', '2026-09', 30],
      ['log-ins', '2026-10', 90],
      ['registrations', '2026-09', 23],
      ['registrations', '2026-10', 55],
    ]);
    // 94.5 of 55 and 80 of 23.
    expect(await value('returned-share')).toBe(90.2);
    const hidden = await figure('returns', { item: 'registrations', month: '2026-09' }, ['part'], false);
    expect(hidden.find(({ at }) => at.part === 'registrations--aged-11-to-13')).toMatchObject({
      value: null,
      suppressed: true,
    });
    expect(await value('returns-late')).toBe(2);
  });

  test('the database itself gives a provider nothing of another, whatever is asked', async () => {
    const client = await database.pools.app.connect();
    try {
      await client.query('begin');
      await client.query('select access.enter($1, $2)', [otherSender.asking.tokenHash, '']);
      const { rows } = await client.query(
        `select (select count(*)::int from support.contract) as contracts, (select count(*)::int from support.provider_return) as returns,
           (select count(*)::int from support.return_value) as values`,
      );
      expect(rows).toEqual([{ contracts: 1, returns: 0, values: 0 }]);
      await expect(
        client.query(
          `insert into support.contract (programme, organisation_id, kind, first_on, last_on, value_pence) values ($1, $2, 'grant', '2028-01-01', '2028-02-01', 1)`,
          [online.id, otherSender.organisation],
        ),
      ).rejects.toThrow(/row-level security/);
    } finally {
      await client.query('rollback');
      client.release();
    }
  });
});

describe('contracts', () => {
  test('one at a time with a provider for a programme; a stale change is refused; a provider writes none', async () => {
    await expect(
      agreed(sender.organisation, { firstOn: '2027-01-01', lastOn: '2027-12-31' }),
    ).rejects.toMatchObject({
      fields: { firstOn: expect.stringContaining('There is an agreement with this provider') },
    });
    await expect(
      agreed(sender.organisation, { firstOn: '2028-01-01', lastOn: '2027-12-31' }),
    ).rejects.toMatchObject({
      fields: { lastOn: 'It cannot end before it begins' },
    });
    const change = { contract: listening, version: 1, ...terms, value: '50000' };
    await desk.act(changeContract, change, planner.asking);
    await expect(desk.act(changeContract, change, planner.asking)).rejects.toMatchObject({
      code: 'changed-meanwhile',
    });
    await expect(desk.act(changeContract, change, sender.asking)).rejects.toMatchObject(notFound);
    const head = await makeWorker(database, {
      name: 'Head of the charity',
      role: 'senior-manager',
      organisation: 'Listening Line',
      team: 'Office',
      service: 'third-sector',
    });
    await database.superuser.query(
      `update access.organisation set kind = 'third sector' where name = 'Listening Line'`,
    );
    await expect(desk.act(changeContract, { ...change, version: 2 }, head.asking)).rejects.toMatchObject({
      status: 403,
      code: 'not-a-commissioner',
    });
    expect((await desk.ask(contracts, {}, head.asking)).map(({ id }) => id)).toEqual([listening]);
  });

  test('what is measured is counted from returns and from the record', async () => {
    const target = (more: object) => desk.act(addTarget, { contract: listening, ...more }, planner.asking);
    await expect(target({ title: 'Registered', source: 'returns', atLeast: '100' })).rejects.toMatchObject({
      fields: { item: 'Choose which number of the returns it is' },
    });
    await target({ title: 'Registered', source: 'returns', item: 'registrations', atLeast: '100' });
    await target({ title: 'Would recommend', source: 'returns', item: 'recommend', atLeast: '90' });
    await target({ title: 'Families', source: 'families', atLeast: '5' });
    const { targets } = await desk.askOne(contract, { contract: listening }, planner.asking);
    const { rows } = await database.superuser.query<{ id: string; actual: string | null }>(
      performanceOf(listening, today),
    );
    expect(
      targets.map(({ id, title }) => [title, Number(rows.find((row) => row.id === id)?.actual)]),
    ).toEqual([
      ['Registered', 78],
      ['Would recommend', 90.2],
      ['Families', 0],
    ]);
    await desk.act(takeOutTarget, { contract: listening, target: targets[2]?.id }, planner.asking);
    await expect(
      desk.act(takeOutTarget, { contract: nightOwl, target: targets[1]?.id }, planner.asking),
    ).rejects.toMatchObject(notFound);
  });

  test('what is to be looked at again is told to those who commission', async () => {
    const due = await desk.ask(commissioning, {}, planner.asking);
    expect(due.map(({ kind, due }) => [kind, due.toString()])).toEqual([
      ['review', '2026-12-01'],
      ['review', '2026-12-01'],
    ]);
    expect(due.map(({ title }) => title).sort()).toEqual([
      'Somebody online, Listening Line',
      'Somebody online, Night Owl Chat',
    ]);
  });
});

const made = {
  title: 'Breakfast and a chat',
  need: 'Pupils said that mornings were lonely',
  about: 'Breakfast with youth workers twice a week',
  phase: 'Pilot',
  firstOn: '2026-09-01',
  lastOn: '2026-10-31',
  cost: '4,200',
  schools: 'Lochside Primary\nLarch High',
  providers: 'Cairn Family Trust',
  coProducers: 'Pupils of primary 6\nTheir parents',
  reachFrom: 'stated',
  children: '61',
  families: '40',
  reachSource: 'The schools’ lists, October 2026',
};

describe('projects', () => {
  test('a project has its schools, its reach and its cost, and an evaluation that stays', async () => {
    const { project: id } = await desk.act(addProject, made, planner.asking);
    await desk.act(
      evaluateProject,
      { project: id, finding: 'change', evidence: 'Pupils want evenings', on: '2026-10-20' },
      planner.asking,
    );
    await desk.act(
      evaluateProject,
      {
        project: id,
        finding: 'spread',
        evidence: 'Two more schools asked',
        next: 'Larchfield',
        on: '2026-11-10',
      },
      planner.asking,
    );
    const found = await desk.askOne(project, { project: id }, ailsa.asking);
    expect(found.schools).toEqual(['Larch High', 'Lochside Primary']);
    expect(found.found.map(({ finding }) => finding)).toEqual(['spread', 'change']);
    expect(
      await Promise.all(
        ['projects', 'project-schools', 'project-children', 'project-families', 'project-cost'].map((name) =>
          value(name),
        ),
      ),
    ).toEqual([1, 2, 61, 40, '4200.00']);
    expect((await figure('projects', {}, ['finding']))[0]?.at).toEqual({ finding: 'spread' });
    await desk.act(
      changeProject,
      { project: id, version: 1, ...made, schools: 'Larch High' },
      planner.asking,
    );
    await expect(
      desk.act(changeProject, { project: id, version: 1, ...made }, planner.asking),
    ).rejects.toMatchObject({ code: 'changed-meanwhile' });
    expect(await value('project-schools')).toBe(1);
    await expect(desk.act(addProject, made, sender.asking)).rejects.toMatchObject(notFound);
  });

  test('reach is counted from the record or from returns, and stated only with its source', async () => {
    const of = await world.family();
    await world.helped(of);
    const counted = await desk.act(
      addProject,
      { ...made, reachFrom: 'help', programme: 'neurodevelopmental-family-support', lastOn: '' },
      planner.asking,
    );
    const returned = await desk.act(
      addProject,
      { ...made, reachFrom: 'returns', contract: listening, childrenItem: 'registrations' },
      planner.asking,
    );
    const ids = [counted.project, returned.project];
    const { rows } = await database.superuser.query<{ id: string; children: string; families: string }>(
      reachOf(ids, today),
    );
    expect(
      ids.map((id) => rows.find((row) => row.id === id)).map((row) => [row?.children, row?.families]),
    ).toEqual([
      ['1', '1'],
      ['78', null],
    ]);
    const refused = async (more: object) =>
      desk
        .act(addProject, { ...made, ...more }, planner.asking)
        .catch((problem: { fields: object }) => problem.fields);
    expect(await refused({ reachSource: '' })).toEqual({ reachSource: 'Say where the number comes from' });
    expect(await refused({ children: '', families: '' })).toHaveProperty('children');
    expect(await refused({ reachFrom: 'help' })).toHaveProperty('programme');
    expect(await refused({ reachFrom: 'returns' })).toHaveProperty('contract');
    expect(await refused({ reachFrom: 'returns', contract: listening, childrenItem: 'pupils' })).toEqual({
      childrenItem:
        'The returns of this contract do not ask that. Choose one of these: “Registrations”, “Return log-ins”',
    });
  });
});
