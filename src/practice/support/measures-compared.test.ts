import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { computeMeasure } from '../../platform/measures/compute.ts';
import { dimensionsOf, measureById, rowsStatement } from '../../platform/measures/measure.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { measures } from './measures.ts';
import { measures as providerMeasures } from './providers/index.ts';

// Figures that set one number beside another, against records that are made here by hand and counted by hand.

const database = await testDatabase();
const db = database.superuser;
afterAll(() => database.close());

const team = randomUUID();
const families = Array.from({ length: 6 }, () => randomUUID());
const localities = ['Kinbrae', 'Kinbrae', 'Ardwhin', 'Ardwhin', 'Kinbrae', null];

interface Helped {
  family: number;
  programme: string;
  since: string;
  until: string;
  outcome: string;
  atEnd?: readonly object[];
}

async function helped({ family, programme, since, until, outcome, atEnd = [] }: Helped): Promise<string> {
  const id = randomUUID();
  await db.query(
    `insert into support.support (id, family_id, programme, level, team_id, state, agreed_on, waited_from, since, until)
     values ($1, $2, $3, 'intensive', $4, 'ended', $5, $5, $5, $6)`,
    [id, families[family], programme, team, since, until],
  );
  await db.query(
    `insert into support.ending (support_id, family_id, outcome, why, next, answers, ended_on) values ($1, $2, $3, 'It ended', 'Home', $4, $5)`,
    [id, families[family], outcome, JSON.stringify(atEnd), until],
  );
  return id;
}

async function together(support: string, on: string, minutes: number, answers: readonly object[] = []) {
  await db.query(
    `insert into support.session (support_id, family_id, programme, level, on_day, began, minutes, way, answers)
     select id, family_id, programme, level, $2, '10:00', $3, 'at home', $4 from support.support where id = $1`,
    [support, on, minutes, JSON.stringify(answers)],
  );
}

async function asked(family: number, on: string) {
  await db.query(
    `insert into support.request (reference, family_id, programme, asked_for, source, reason, urgency, team_id, sent_on, acknowledge_by, answer_by)
     values ($1, $2, 'reablement', 'reablement', 'health', 'After a fall', 'soon', $3, $4, $4, $4)`,
    [randomUUID(), families[family], team, on],
  );
}

async function read(support: string, tool: string, moment: 'first' | 'last', on: string, score: number) {
  await db.query(
    `insert into support.reading (support_id, family_id, programme, tool, moment, on_day, score)
     select id, family_id, programme, $2, $3, $4, $5 from support.support where id = $1`,
    [support, tool, moment, on, score],
  );
}

const chose = (id: string, value: string) => [{ id, title: id, kind: 'choice', value, words: value }];

beforeAll(async () => {
  const organisation = randomUUID();
  await db.query(`insert into access.organisation (id, name, kind) values ($1, 'A council', 'council')`, [
    organisation,
  ]);
  await db.query(
    `insert into access.team (id, organisation_id, name, service) values ($1, $2, 'A team', 'adult-social-work')`,
    [team, organisation],
  );
  for (const [at, id] of families.entries())
    await db.query('insert into record.family (id, name, locality) values ($1, $2, $3)', [
      id,
      `Family ${at}`,
      localities[at],
    ]);
  const reablement = { programme: 'reablement' };
  const first = await helped({
    ...reablement,
    family: 0,
    since: '2025-04-10',
    until: '2025-05-20',
    outcome: 'none',
  });
  await helped({ ...reablement, family: 1, since: '2025-05-10', until: '2025-06-20', outcome: 'less' });
  await helped({ ...reablement, family: 2, since: '2025-06-10', until: '2025-07-20', outcome: 'less' });
  await helped({
    ...reablement,
    family: 3,
    since: '2025-07-10',
    until: '2025-08-20',
    outcome: 'not-finished',
  });
  const before = await helped({
    ...reablement,
    family: 4,
    since: '2024-04-10',
    until: '2024-05-20',
    outcome: 'same',
  });
  await helped({ ...reablement, family: 5, since: '2024-05-10', until: '2024-06-20', outcome: 'less' });
  for (const on of ['2025-04-09', '2025-05-09', '2025-06-09']) await asked(0, on);
  for (const on of ['2024-04-09', '2024-05-09']) await asked(1, on);
  await together(first, '2025-04-15', 90);
  await together(first, '2025-04-20', 30);
  await together(before, '2024-04-15', 240);

  const work = await helped({
    family: 2,
    programme: 'community-payback-unpaid-work',
    since: '2025-04-01',
    until: '2025-09-01',
    outcome: 'completed',
  });
  await together(work, '2025-05-01', 300, chose('for-whom', 'family'));
  await together(work, '2025-05-02', 150, chose('for-whom', 'family'));
  await together(work, '2025-05-03', 60, chose('for-whom', 'school'));
  await together(work, '2025-05-04', 60);

  for (const [family, value] of ['no-need', 'no-need', 'no-need', 'no-need', 'asked'].entries())
    await helped({
      family,
      programme: 'wellbeing-practitioner',
      since: '2025-04-01',
      until: '2025-09-01',
      outcome: 'goals-reached',
      atEnd: chose('camhs-in-the-end', value),
    });

  for (const [family, [was, is]] of [
    [20, 5],
    [30, 15],
    [50, 30],
  ].entries()) {
    const support = await helped({
      family,
      programme: 'virtual-school-staying-in-school',
      since: '2025-04-01',
      until: '2025-09-01',
      outcome: 'goals-reached',
    });
    await read(support, 'sent-home', 'first', '2025-04-01', was ?? 0);
    await read(support, 'sent-home', 'last', '2025-09-01', is ?? 0);
    await read(support, 'school', 'first', '2025-04-01', 50);
  }
});

const year = { from: '2025-04-01', to: '2026-03-31' };
async function compute(
  id: string,
  only: Record<string, string> = {},
  { from, to } = year,
  by: readonly string[] = [],
) {
  const during = { from: Temporal.PlainDate.from(from), to: Temporal.PlainDate.from(to) };
  return computeMeasure(
    database.pools,
    measureById(measures, id),
    { when: { during }, by, only },
    { small: true },
  );
}
const value = async (...asked: Parameters<typeof compute>) => (await compute(...asked))[0]?.value;
const reablement = { programme: 'reablement' };

describe('shares', () => {
  test('of an outcome are of the help that ran its course, and never of several outcomes together', async () => {
    const of = (outcome: string) => value('support.outcome-share', { ...reablement, outcome });
    expect([await of('none'), await of('less'), await of('same')]).toEqual([33.3, 66.7, 0]);
    expect(await value('support.outcome-share', reablement)).toBeNull();
    const split = await compute('support.outcome-share', reablement, year, ['outcome']);
    expect(Object.fromEntries(split.map(({ at, value: share }) => [at.outcome, share]))).toEqual({
      none: 33.3,
      less: 66.7,
      same: 0,
      more: 0,
      'not-finished': 0,
    });
    expect(await value('support.completed', reablement)).toBe(3);
  });

  test('of an answer are of all who answered that question', async () => {
    const of = (answer: string) =>
      value('support.answer-share', { answer: `wellbeing-practitioner/camhs-in-the-end/${answer}` });
    expect([await of('no-need'), await of('asked'), await of('other-help')]).toEqual([80, 20, 0]);
    expect(await value('support.answer-share', { programme: 'wellbeing-practitioner' })).toBeNull();
  });

  test('of an answer that one family gave are not shown to those who may not see small numbers', async () => {
    const during = { from: Temporal.PlainDate.from(year.from), to: Temporal.PlainDate.from(year.to) };
    const [cell] = await computeMeasure(
      database.pools,
      measureById(measures, 'support.answer-share'),
      { when: { during }, by: [], only: { answer: 'wellbeing-practitioner/camhs-in-the-end/asked' } },
      { small: false },
    );
    expect(cell).toMatchObject({ value: null, suppressed: true });
  });
});

describe('beside the year before', () => {
  test('requests, help that ran its course, and hours', async () => {
    expect(await value('support.requests-rise', reablement)).toBe(50);
    expect(await value('support.completed-rise', reablement)).toBe(50);
    expect(await value('support.hours-rise', reablement)).toBe(-50);
    // One on this day, and one on the same day a year earlier.
    expect(await value('support.requests-rise', reablement, { from: '2025-04-09', to: '2025-04-09' })).toBe(
      0,
    );
  });

  test('without anything a year earlier there is no figure', async () => {
    expect(
      await value('support.requests-rise', reablement, { from: '2024-04-01', to: '2025-03-31' }),
    ).toBeNull();
    await expect(compute('support.requests-rise', {}, year, ['month'])).rejects.toThrow(
      'cannot be split by "month"',
    );
  });
});

test('change in per cent is of the first readings, and less is more where less is better', async () => {
  const of = (tool: string) =>
    value('support.change-percent', { programme: 'virtual-school-staying-in-school', tool });
  expect([await of('sent-home'), await of('school')]).toEqual([50, null]);
});

test('hours by what was answered, and localities', async () => {
  const of = (answer: string) =>
    value('support.hours-by-answer', { answer: `community-payback-unpaid-work/for-whom/${answer}` });
  expect([await of('family'), await of('school'), await of('community')]).toEqual([7.5, 1, 0]);
  expect(await value('support.localities', reablement)).toBe(2);
  expect(await value('support.localities', { programme: 'community-payback-unpaid-work' })).toBe(1);
});

test('every figure of support and of providers can be split by each of its dimensions, and opens', async () => {
  const during = { from: Temporal.PlainDate.from(year.from), to: Temporal.PlainDate.from(year.to) };
  for (const measure of [...measures, ...providerMeasures])
    for (const by of dimensionsOf(measure)) {
      const when = measure.kind === 'on' ? { on: during.to } : { during };
      const asked = { when, by: [by], only: {} };
      await expect(
        computeMeasure(database.pools, measure, asked, { small: true }),
        measure.id,
      ).resolves.toBeDefined();
      const { text, values } = rowsStatement(measure, asked, 5, 0);
      await expect(database.pools.app.query(text, values), `${measure.id}: its rows`).resolves.toBeDefined();
    }
});
