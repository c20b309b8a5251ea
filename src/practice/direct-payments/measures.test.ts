import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeDesk } from '../../platform/actions/desk.ts';
import { computeMeasure, wordingOf } from '../../platform/measures/compute.ts';
import { type Asked, measureById } from '../../platform/measures/measure.ts';
import { measureJson } from '../../platform/measures/present.ts';
import { rowsQuery } from '../../platform/measures/rows.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker } from '../../platform/testing/people.ts';
import { measures } from './measures.ts';
import { loadPublishedScheme } from './published.fixture.ts';

const database = await testDatabase();
beforeAll(() => loadPublishedScheme(database.superuser));
afterAll(() => database.close());

const day = (text: string) => Temporal.PlainDate.from(text);
const period = { during: { from: day('2021-02-15'), to: day('2021-04-30') } };

const answer = async (id: string, more: Partial<Asked> = {}, small = true) => {
  const measure = measureById(measures, `direct-payments.${id}`);
  const asked = { when: period, by: [], only: {}, ...more };
  return measureJson(measure, asked, await computeMeasure(database.pools, measure, asked, { small })).rows;
};
const value = async (id: string, more: Partial<Asked> = {}) => (await answer(id, more))[0]?.value;

describe('the tables of the published report', () => {
  test.each([
    ['families', 840, 1085, 1925],
    ['money', '617606.00', '881233.00', '1498839.00'],
    ['average-per-family', '735.25', '812.20', '778.62'],
  ])('%s by route and in all (2.5)', async (id, education, socialWork, all) => {
    expect(await answer(id, { by: ['service'] })).toEqual([
      { service: 'education', value: education },
      { service: 'social-work', value: socialWork },
    ]);
    expect(await answer(id)).toEqual([{ value: all }]);
  });

  test('money by fund, to the pound (4.1), though requests draw on two funds', async () => {
    const two = await database.superuser.query('select from funds.draw group by of_id having count(*) > 1');
    expect(two.rowCount).toBe(2);
    expect(await answer('money', { by: ['fund'] })).toEqual([
      { fund: 'core-education-and-families', value: '271686.00' },
      { fund: 'cypmhw-pandemic-response', value: '642675.00' },
      { fund: 'winter-plan-social-protection', value: '584478.00' },
    ]);
  });

  test('requests above the limit: a count, a share and money', async () => {
    expect(await value('above-limit')).toBe(92);
    expect(await value('above-limit-share')).toBe(4.5);
    expect(await value('above-limit-money')).toBe('162900.00');
  });
});

describe('what is counted', () => {
  test('families, requests and children are three different counts', async () => {
    expect(await value('families')).toBe(1925);
    expect(await value('requests')).toBe(2025);
    expect(await value('children')).toBe(3851);
  });

  test('requests are the approved ones until somebody asks about decisions', async () => {
    expect(await answer('requests', { by: ['decision'] })).toEqual([
      { decision: 'approved', value: 2025 },
      { decision: 'declined', value: 61 },
      { decision: 'waiting', value: 8 },
      { decision: 'withdrawn', value: 34 },
    ]);
    expect(await value('requests', { only: { decision: 'declined' } })).toBe(61);
    expect(await value('declined')).toBe(61);
  });

  test('a family with two requests, one declined, is one family, and a declined one is none', async () => {
    const declined = await answer('families', { only: { category: 'music tuition' } });
    const families = await database.superuser.query(
      `select count(distinct family_id)::int as n from direct_payments.request where status = 'approved' and category = 'music tuition'`,
    );
    expect(declined).toEqual([{ value: families.rows[0]?.n }]);
  });

  test('the period is by the day asked, both days included', async () => {
    const from = await value('requests', {
      when: { during: { from: day('2021-02-15'), to: day('2021-02-15') } },
    });
    const [{ n } = { n: 0 }] = (
      await database.superuser.query<{ n: number }>(
        `select count(*)::int as n from direct_payments.request where status = 'approved' and asked_on = '2021-02-15'`,
      )
    ).rows;
    expect(from).toBe(n);
    expect(n).toBeGreaterThan(0);
    expect(
      await value('requests', { when: { during: { from: day('2020-01-01'), to: day('2021-02-14') } } }),
    ).toBe(0);
  });

  test('nothing at all is nought pounds, and no average', async () => {
    const when = { during: { from: day('2019-01-01'), to: day('2019-12-31') } };
    expect(await value('money', { when })).toBe('0.00');
    expect(await value('average-per-family', { when })).toBeNull();
    expect(await answer('money', { when }, false)).toEqual([{ value: '0.00' }]);
    expect(await answer('families', { when, by: ['service'] }, false)).toEqual([]);
  });

  test('days from asking to paying count each request once', async () => {
    expect(await value('days-to-pay')).toBe(4);
    const [{ mean } = { mean: '' }] = (
      await database.superuser.query<{ mean: string }>(
        'select round(avg(paid_on - asked_on), 1)::text as mean from direct_payments.request where paid_on is not null',
      )
    ).rows;
    expect(await value('mean-days-to-pay')).toBe(Number(mean));
  });

  test('every measure answers in every split, for every reader', async () => {
    for (const measure of measures) {
      for (const name of measure.by ?? Object.keys(measure.fact.dimensions)) {
        const asked = { when: period, by: [name], only: {} };
        const plain = await computeMeasure(database.pools, measure, asked, { small: true });
        const shown = await computeMeasure(database.pools, measure, asked, { small: false });
        expect(plain.length, `${measure.id} by ${name}`).toBeGreaterThan(0);
        const values = new Map(plain.map((cell) => [JSON.stringify(cell.at), cell.value]));
        for (const cell of shown.filter((each) => !each.suppressed)) {
          expect(values.get(JSON.stringify(cell.at))).toBe(cell.value);
        }
      }
    }
  });

  test('values have words: routes, months and the titles of funds', async () => {
    const words = await wordingOf(database.pools, measureById(measures, 'direct-payments.money'));
    expect(words('service', 'social-work')).toBe('Social work');
    expect(words('month', '2021-02')).toBe('February 2021');
    expect(words('fund', 'winter-plan-social-protection')).toBe('Winter Plan for Social Protection');
    expect(words('simd_quintile', 1)).toBe('1 (most deprived fifth)');
    expect(words('locality', null)).toBe('Not recorded');
  });
});

describe('small numbers', () => {
  test('three families in one locality are not shown, and cannot be worked out from the others', async () => {
    const open = await answer('families', { by: ['locality'] });
    expect(open.find((row) => row.locality === 'Small isle')?.value).toBe(3);
    const closed = await answer('families', { by: ['locality'] }, false);
    const hidden = closed.filter((row) => row.suppressed === true);
    expect(hidden.map((row) => row.locality)).toContain('Small isle');
    expect(hidden.length).toBeGreaterThan(1);
    expect(closed.every((row) => (row.value === null) === (row.suppressed === true))).toBe(true);
  });

  test('narrowing to a place hides what splitting by place hides', async () => {
    const split = await answer('money', { by: ['locality'] }, false);
    for (const row of split) {
      const [alone] = await answer('money', { only: { locality: String(row.locality) } }, false);
      expect(alone?.value).toBe(row.value);
    }
  });

  test('counts, money and averages hide the same cells', async () => {
    const hiddenOf = async (id: string) =>
      (await answer(id, { by: ['locality', 'service'] }, false))
        .filter((row) => row.suppressed === true)
        .map((row) => `${row.locality} ${row.service}`);
    const families = await hiddenOf('families');
    expect(families.length).toBeGreaterThan(1);
    for (const id of ['money', 'average-per-family', 'children', 'requests'])
      expect(await hiddenOf(id)).toEqual(families);
  });

  test('a reader without the right cannot split as finely as they please', async () => {
    const by = ['service', 'category', 'locality', 'month'];
    await expect(answer('families', { by }, false)).rejects.toMatchObject({ status: 422, code: 'too-fine' });
    expect((await answer('families', { by })).length).toBeGreaterThan(10);
  });
});

test('the rows behind a figure open for a worker with a reason, each once, and for nobody else', async () => {
  const measure = measureById(measures, 'direct-payments.requests');
  const rows = rowsQuery(measures);
  const desk = makeDesk(database.pools, () => Temporal.Instant.from('2021-05-14T09:00:00Z'));
  const worker = await makeWorker(database, { role: 'social-worker' });
  const stranger = await makeWorker(database, { role: 'social-worker', name: 'Ross Petrie' });
  const given = await database.superuser.query<{ subject: string }>(
    `insert into access.reason (subject, holder, kind, scope)
     select distinct family_id, $1::uuid, 'allocated', 'practice' from direct_payments.request
      where status = 'approved' and reference in ('R1', 'R1026', 'R1026b') returning subject`,
    [worker.account],
  );
  expect(given.rowCount).toBe(2);
  const question = { measure: measure.id, from: '2021-02-15', to: '2021-04-30' };
  const seen = await desk.ask(rows, question, worker.asking);
  expect(seen.map((row) => row.label).sort()).toEqual(['R1', 'R1026', 'R1026b']);
  expect(seen[0]).toMatchObject({ visible: 3n, at: { service: expect.any(String) } });
  const declined = await desk.ask(rows, { ...question, decision: 'declined' }, worker.asking);
  expect(declined.map((row) => row.label)).toEqual(['D1']);
  expect(await desk.ask(rows, question, stranger.asking)).toEqual([]);
  const read = await database.superuser.query<{ about: string[] }>(
    `select about from audit.event where name = 'figures.rows' and account_id = $1 order by at limit 1`,
    [worker.account],
  );
  expect(read.rows[0]?.about.length).toBe(2);
});
