import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeDesk } from '../../platform/actions/desk.ts';
import { rowsOn } from '../../platform/database/rows.ts';
import { computeMeasure } from '../../platform/measures/compute.ts';
import { type Asked, measureById } from '../../platform/measures/measure.ts';
import { buildReport } from '../../platform/reports/build.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker } from '../../platform/testing/people.ts';
import { contentSchema } from './content.ts';
import { fillMentalHealth } from './demonstration.ts';
import { measures } from './measures.ts';
import * as queries from './queries.ts';
import { halfYearlyReport } from './reports.ts';
import { countReturn } from './return.ts';
import { beginReturn, remark, sendReturn } from './returning.ts';
import { halfPeriod, yearPeriod } from './rules.ts';
import { tell, tellReading } from './telling.ts';
import { funded, helped, installProgramme } from './testing.ts';

const database = await testDatabase();
afterAll(() => database.close());
const now = Temporal.Instant.from('2022-04-20T10:00:00Z');
const desk = makeDesk(database.pools, () => now);
const { pools } = database;
const planner = await makeWorker(database, { name: 'Yuliia', role: 'planning-officer', team: 'Planning' });
const manager = await makeWorker(database, { name: 'Grace', role: 'team-manager' });
const worker = await makeWorker(database, { name: 'Ailsa' });
const key = () => ({ key: randomUUID() });
const send = sendReturn({ pools });

const said = async (doing: Promise<unknown>): Promise<Record<string, string>> =>
  doing.then(
    () => ({ nothing: 'was refused' }),
    (error: { fields?: Record<string, string>; message: string }) =>
      Object.keys(error.fields ?? {}).length > 0 ? (error.fields ?? {}) : { form: error.message },
  );
const year2021 = { during: yearPeriod(2021) };
const figure = async (id: string, asked: Partial<Asked> = {}) =>
  (
    await computeMeasure(
      pools,
      measureById(measures, `mental-health.${id}`),
      { when: year2021, by: [], only: {}, ...asked },
      { small: true },
    )
  ).map(({ at, value }) => [...Object.values(at), value]);

describe('whom it reached', () => {
  const programme = 'reach-test';
  beforeAll(async () => {
    await installProgramme(database, programme);
    await installProgramme(database, 'not-paid-for');
    await funded(desk, planner.asking, {
      award: { year: 2021, letter: 'Reach' },
      fund: { programme, title: '', firstOn: '2021-04-01', lastOn: '2022-03-31' },
    });
    const one = (more: object) =>
      helped(database, worker.team, { programme, born: '2010-06-01', since: '2021-05-03', ...more });
    const yes = [{ id: 'crisis-help', kind: 'yes or no', value: 'yes', title: 'Was it?', words: 'Yes' }];
    const first = await one({});
    await one({ born: '1980-01-01', part: 'parent or carer', family: first.family });
    await one({ ended: { on: '2021-08-01', answers: yes } });
    await one({ ended: { on: '2021-08-01', outcome: 'camhs' } });
    await one({ ended: { on: '2022-04-05', outcome: 'camhs' } });
    await one({ born: '2016-05-04', gender: 'girl' }); // four on the day
    await one({ born: '1996-05-01', care: true, since: '2021-05-02' }); // 25 and care experienced
    await one({ born: '1996-05-01', since: '2021-05-02' }); // 25
    await one({ born: null });
    await one({ since: '2022-04-02' }); // after the period
    await one({ programme: 'not-paid-for' });
  });

  test('is counted with the rule of ages on the day, parents apart, and those who went on by how help ended', async () => {
    expect(await figure('children-reached')).toEqual([[8]]);
    expect(await figure('families-reached')).toEqual([[8]]);
    expect(await figure('to-crisis-support')).toEqual([[2]]);
    expect(await figure('outside-ages')).toEqual([[2]]);
    expect(await figure('children-reached', { by: ['standing'] })).toEqual([
      ['carer', 0],
      ['inside', 5],
      ['not known', 1],
      ['outside', 2],
    ]);
    expect(await figure('to-crisis-support-share')).toEqual([[25]]);
    const figures = await countReturn(pools, yearPeriod(2021));
    expect([figures.children, figures.families, figures.crisis, figures.rate]).toEqual([8, 8, null, null]);
  });

  test('sums are added as told, once for each day, and 22 of 2,602 is 0.85 in a hundred', async () => {
    const { support } = await funded(desk, planner.asking, {
      fund: { title: 'Community Solutions', phase: 'Phase 4' },
    });
    const telling = (more: object = {}) =>
      desk.act(
        tell,
        {
          support,
          from: '2021-04-01',
          to: '2022-03-31',
          children: '2594',
          crisis: '20',
          families: '120',
          source: 'Their report',
          ...more,
        },
        planner.asking,
        key(),
      );
    await expect(telling({ children: '', source: '', to: '2022-04-21' })).rejects.toMatchObject({
      fields: {
        children: 'Enter how many children and young people, and 0 if there were none',
        source: expect.any(String),
        to: expect.stringContaining('has not come yet'),
      },
    });
    expect(await said(telling({ crisis: '2595' }))).toEqual({
      crisis: 'This is more than all children and young people',
    });
    expect(await said(telling({ 'age-05-to-09': '2000', 'age-10-to-15': '600' }))).toHaveProperty(
      'age-under-5',
    );
    await telling({ children: '9', crisis: '0' });
    expect(await said(telling())).toHaveProperty('from');
    await telling({ instead: 'yes', 'age-05-to-09': '2000', 'issue-anxiety': '900' });
    expect(await figure('children-reached')).toEqual([[2602]]);
    expect(await figure('to-crisis-support')).toEqual([[22]]);
    expect(await figure('to-crisis-support-share')).toEqual([[0.85]]);
    expect(await figure('children-reached', { by: ['source'] })).toEqual([
      ['counted', 8],
      ['told', 2594],
    ]);
    const figures = await countReturn(pools, yearPeriod(2021));
    expect([figures.children, figures.crisis, figures.rate]).toEqual([2602, 22, 0.85]);
    expect(figures.parts.issue).toEqual([{ value: 'anxiety', words: 'Worry and anxiety', children: 900 }]);
  });

  test('a reading told is checked, and kept once for an indicator and day', async () => {
    const { support } = await funded(desk, planner.asking);
    const reading = (more: object = {}) =>
      desk.act(
        tellReading,
        {
          support,
          indicator: 'how-i-feel',
          from: '2021-04-01',
          to: '2021-09-30',
          first: '40',
          both: '31',
          better: '24',
          source: 'Their report',
          ...more,
        },
        planner.asking,
        key(),
      );
    expect(await said(reading({ both: '41' }))).toEqual({ both: 'This is more than had a first reading' });
    expect(await said(reading({ better: '32' }))).toEqual({ better: 'This is more than had two readings' });
    await reading();
    expect(await said(reading())).toHaveProperty('from');
    expect(await said(reading({ indicator: 'no-such', from: '2020-04-01', to: '2020-09-30' }))).toEqual({
      indicator: 'Choose from the list',
    });
  });
});

describe('the six-monthly return', () => {
  test('is computed until it is sent, keeps its remarks, and then stays as it was sent', async () => {
    const { return: id } = await desk.act(beginReturn, { year: 2021, half: '2' }, planner.asking, key());
    expect(
      await said(desk.act(beginReturn, { year: 2021, half: '2' }, planner.asking, key())),
    ).toHaveProperty('half');
    expect(
      await said(desk.act(beginReturn, { year: 2022, half: '2' }, planner.asking, key())),
    ).toHaveProperty('half');
    const write = (version: number) =>
      desk.act(remark, { return: id, version, 'remark-reach': 'More boys came.' }, planner.asking, key());
    await write(1);
    await expect(write(1)).rejects.toMatchObject({ status: 409 });
    await expect(desk.act(send, { return: id, version: 1 }, planner.asking, key())).rejects.toMatchObject({
      status: 409,
    });
    await desk.act(send, { return: id, version: 2 }, planner.asking, key());
    expect(await said(desk.act(send, { return: id, version: 3 }, planner.asking, key()))).toEqual({
      form: 'This return was sent, and stays as it was sent',
    });
    expect(await said(write(3))).toEqual({ form: 'This return was sent, and stays as it was sent' });
    const [sent] = await desk.ask(queries.halfYear, { return: id }, manager.asking);
    expect(sent).toMatchObject({ state: 'sent', remarks: { reach: 'More boys came.' }, sent_by: 'Yuliia' });
    const content = contentSchema.parse(sent?.figures);
    expect(content.missing).toContain(
      'No priority of 2021/22 is written down: add it on the page of the year',
    );
    // The owner of the tables cannot change it either.
    await expect(
      database.superuser.query(`update mental_health.half_year set remarks = '{}' where id = $1`, [id]),
    ).rejects.toMatchObject({
      constraint: 'half_year_frozen',
    });
    await expect(
      database.superuser.query(`delete from mental_health.half_year where id = $1`, [id]),
    ).rejects.toThrow();
  });

  test('cannot be sent before its half year is over', async () => {
    const { return: id } = await desk.act(beginReturn, { year: 2022, half: '1' }, planner.asking, key());
    expect(await said(desk.act(send, { return: id, version: 1 }, planner.asking, key()))).toEqual({
      form: 'April to September 2022 is not over',
    });
  });
});

test('the half-yearly report is built, with its figures as printed', async () => {
  const { document } = await buildReport(halfYearlyReport, halfPeriod(2021, 1), {
    pools,
    narrative: {},
    council: 'Strathmorran Council',
    now,
    status: 'draft',
  });
  expect(JSON.stringify(document.executiveSummary)).toContain('reached');
  expect(document.sections.map(({ title }) => title)).toEqual([
    'Background',
    'Whom the supports reached',
    'What changed',
    'Next steps',
    'Impact',
    'Measures of success',
  ]);
});

test('every figure can be asked for by each of its dimensions', async () => {
  for (const measure of measures) {
    const names = measure.by ?? Object.keys(measure.fact.dimensions);
    for (const name of names)
      await computeMeasure(pools, measure, { when: year2021, by: [name], only: {} }, { small: false });
  }
});

test('the demonstration has the awards and the reach that the papers publish', async () => {
  const client = await database.pools.owner.connect();
  try {
    await fillMentalHealth(rowsOn(client), Temporal.PlainDate.from('2026-11-22'));
  } finally {
    client.release();
  }
  const of = (year: number) => ({ during: yearPeriod(year) });
  expect(await figure('awarded', { when: of(2020) })).toEqual([['234000.00']]);
  const { rows } = await database.superuser.query(
    `select allocated_pence::text as pence, balance_pence::text as left from funds.fund where letter = 'CMHW/2021'`,
  );
  expect(rows).toEqual([{ pence: '93800000', left: '6800000' }]);
  expect((await database.superuser.query('select * from funds.money_fault')).rows).toEqual([]);
  expect(await figure('children-reached', { when: of(2023) })).toEqual([[2602]]);
  expect(await figure('to-crisis-support', { when: of(2023) })).toEqual([[22]]);
  expect(await figure('to-crisis-support-share', { when: of(2023) })).toEqual([[0.85]]);
  expect(await figure('families-reached', { when: of(2023) })).toEqual([[120]]);
  const pilot = {
    from: Temporal.PlainDate.from('2021-04-01'),
    to: Temporal.PlainDate.from('2021-06-30'),
  };
  expect(await figure('children-reached', { when: { during: pilot }, only: { source: 'told' } })).toEqual([
    [462],
  ]);
});
