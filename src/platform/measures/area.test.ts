import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../testing/database.ts';
import { makeWorker } from '../testing/people.ts';
import { testServer } from '../testing/server.ts';
import { addressOf, askedFrom, lastQuarter } from './address.ts';
import { figuresArea } from './area.ts';
import { computeMeasure } from './compute.ts';
import type { Measure } from './measure.ts';

const day = (text: string) => Temporal.PlainDate.from(text);

/** Families by the place they live in: a figure on a day, from the shared record alone. */
const families: Measure = {
  id: 'test.families',
  title: 'Families known',
  definition: 'Families with a record.',
  unit: 'families',
  kind: 'during',
  fact: {
    id: 'test.families',
    rowName: 'family record',
    href: (id) => `/families/${id}`,
    dimensions: { locality: { title: 'Locality' }, decile: { title: 'Decile' } },
    rows: () => sql`select f.id as row_id, 'Record ' || right(f.id::text, 4) as label, f.id as about, date '2021-03-01' as day,
      f.locality, f.simd_decile as decile from record.family f`,
  },
  value: 'count(distinct fact.row_id)',
  behind: 'count(distinct fact.row_id)',
};

const database = await testDatabase();
const area = figuresArea({
  areas: [{ title: 'The test', measures: [families] }],
  pools: database.pools,
  seesSmallNumbers: ['planning-officer'],
});
const server = await testServer(database, [area]);
const planner = await makeWorker(database, { role: 'planning-officer', name: 'Effie Laird' });
const worker = await makeWorker(database, { role: 'social-worker' });

beforeAll(async () => {
  await database.superuser.query(`insert into record.family (name, locality, simd_decile)
    select 'Secret name ' || n, case when n <= 3 then 'Isle' when n <= 13 then 'Town, "north"' when n <= 43 then 'City' end, 1 + n % 2
      from generate_series(1, 50) as n`);
});
afterAll(async () => {
  await server.close();
  await database.close();
});

const get = (path: string, by = worker) =>
  server.app.inject({ method: 'GET', url: path, headers: { cookie: server.cookie(by.token) } });
const period = 'from=2021-01-01&to=2021-03-31';

describe('the pages of figures', () => {
  test('the list shows each measure with its value for the period, and for the last quarter unless asked', async () => {
    const page = await get(`/figures?${period}`);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('Families known');
    expect(page.body).toContain('>50<');
    expect((await get('/figures')).body).toContain('1 July 2026 to 30 September 2026');
    expect((await get('/figures?from=31/2/2021&to=nonsense')).body).toContain(
      'Enter the first day of the period',
    );
  });

  test('a measure says what it means, how it splits, and where its rows and files are', async () => {
    const page = await get(`/figures/test.families?${period}&by=locality`, planner);
    expect(page.statusCode).toBe(200);
    for (const words of [
      'Families with a record.',
      'Isle',
      'City',
      'Not recorded',
      '/figures/test.families/rows?',
      '.csv?',
      '.json?',
    ]) {
      expect(page.body).toContain(words);
    }
    expect(page.body).not.toMatch(/ style=|<style|<script>/);
  });

  test('small numbers are shown to those with the right, and to nobody else', async () => {
    const path = `/figures/test.families.json?${period}&by=locality`;
    const rows = (body: string) => (JSON.parse(body) as { rows: Record<string, unknown>[] }).rows;
    expect(rows((await get(path, planner)).body)).toEqual([
      { locality: 'City', value: 30 },
      { locality: 'Isle', value: 3 },
      { locality: 'Town, "north"', value: 10 },
      { locality: null, value: 7 },
    ]);
    expect(rows((await get(path)).body)).toEqual([
      { locality: 'City', value: 30 },
      { locality: 'Isle', value: null, suppressed: true },
      { locality: 'Town, "north"', value: 10 },
      { locality: null, value: null, suppressed: true },
    ]);
    const page = await get(`/figures/test.families?${period}&by=locality`);
    expect(page.body).toContain('Not shown');
    expect(page.body).toContain('fewer than 5');
    // Nor by asking for the one place alone, or how many rows are behind it.
    const alone = await get(`/figures/test.families.json?${period}&locality=Isle`);
    expect(rows(alone.body)).toEqual([{ value: null, suppressed: true }]);
    expect((await get(`/figures/test.families/rows?${period}&locality=Isle`)).body).toContain(
      'How many there are in all is not shown',
    );
  });

  test('CSV and JSON say what was asked', async () => {
    const csv = await get(`/figures/test.families.csv?${period}&by=locality`, planner);
    expect(csv.headers['content-disposition']).toContain('test.families.csv');
    expect(csv.body).toBe('locality,value\r\nCity,30\r\nIsle,3\r\n"Town, ""north""",10\r\n,7\r\n');
    expect(JSON.parse((await get(`/figures/test.families.json?${period}`)).body)).toEqual({
      measure: 'test.families',
      from: '2021-01-01',
      to: '2021-03-31',
      on: null,
      rows: [{ value: 50 }],
    });
  });

  test('narrowing works for places with commas and quotes, and for what was not recorded', async () => {
    const asked = askedFrom(
      families,
      { locality: 'Town, "north"', from: '2021-01-01', to: '2021-03-31' },
      day('2026-11-18'),
    );
    const page = await get(addressOf(families, asked, '.json'));
    expect(JSON.parse(page.body)).toMatchObject({ rows: [{ value: 10 }] });
    expect(
      JSON.parse((await get(`/figures/test.families.json?${period}&locality=not-recorded`, planner)).body),
    ).toMatchObject({
      rows: [{ value: 7 }],
    });
    expect(
      JSON.parse((await get(`/figures/test.families.json?${period}&locality=Nowhere`)).body),
    ).toMatchObject({
      rows: [{ value: 0 }],
    });
  });

  test.each([
    ['/figures/no.such', 404],
    [`/figures/test.families.csv?${period}&by=name`, 422],
    ['/figures/test.families.csv?from=2021-04-01&to=2021-03-01', 422],
    [
      `/figures/test.families.csv?${period}&by=${encodeURIComponent('locality); drop table record.family; --')}`,
      422,
    ],
    [`/figures/test.families/rows?${period}&page=0`, 422],
  ])('%s is refused in plain words', async (path, status) => {
    const page = await get(path);
    expect(page.statusCode).toBe(status);
    expect(page.body).not.toMatch(/syntax|select|stack/);
  });

  test('a bad split keeps the page and says which splits there are', async () => {
    const page = await get(`/figures/test.families?${period}&by=name`);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('It can be split by: locality, decile');
  });

  test('nobody who is not signed in sees anything', async () => {
    expect((await server.app.inject('/figures')).statusCode).toBe(303);
  });
});

describe('the rows behind a figure', () => {
  test('show only those the reader has a reason to see, of how many, and the look is written down', async () => {
    const { rows } = await database.superuser.query<{ id: string; name: string }>(
      `select id, name from record.family where locality = 'City' order by id limit 2`,
    );
    for (const { id } of rows) {
      await database.superuser.query(
        `insert into access.reason (subject, holder, kind, scope) values ($1, $2, 'allocated', 'practice')`,
        [id, worker.account],
      );
    }
    const page = await get(`/figures/test.families/rows?${period}&locality=City`);
    expect(page.body).toContain('2 of 30 family records: those you have a reason to see.');
    for (const { id } of rows) expect(page.body).toContain(`/families/${id}`);
    expect((await get(`/figures/test.families/rows?${period}`, planner)).body).toContain(
      '0 of 50 family records',
    );
    const { rows: events } = await database.superuser.query<{ about: string[] }>(
      `select about from audit.event where name = 'figures.rows' and account_id = $1`,
      [worker.account],
    );
    expect(events.flatMap(({ about }) => about).sort()).toEqual(
      expect.arrayContaining(rows.map(({ id }) => id)),
    );
  });

  test('come a page at a time, none twice and none left out', async () => {
    const reader = await makeWorker(database, { role: 'social-worker', name: 'Ross Petrie' });
    await database.superuser.query(`insert into record.family (id, name, locality)
      select uuidv7(), 'More ' || n, 'Elsewhere' from generate_series(1, 60) as n`);
    await database.superuser.query(
      `insert into access.reason (subject, holder, kind, scope)
       select id, $1::uuid, 'allocated', 'practice' from record.family where locality = 'Elsewhere'`,
      [reader.account],
    );
    const seen = [];
    for (const page of [1, 2]) {
      const { body } = await get(
        `/figures/test.families/rows?${period}&locality=Elsewhere&page=${page}`,
        reader,
      );
      seen.push(...(body.match(/\/families\/[0-9a-f-]{36}/g) ?? []));
    }
    expect(seen.length).toBe(60);
    expect(new Set(seen).size).toBe(60);
    expect((await get(`/figures/test.families/rows?${period}&page=9`, reader)).body).toContain(
      'There are no more',
    );
  });

  test('the same over the API, for machines', async () => {
    const token = await makeWorker(database, { role: 'social-worker', name: randomUUID(), kind: 'token' });
    const answer = await server.app.inject({
      url: `/api/queries/figures.rows?measure=test.families&${period}`,
      headers: { authorization: `Bearer ${token.token}` },
    });
    expect(answer.json()).toEqual({ rows: [] });
  });
});

test('the last quarter is the one that is over', () => {
  expect(Object.values(lastQuarter(day('2026-11-22'))).map(String)).toEqual(['2026-07-01', '2026-09-30']);
  expect(Object.values(lastQuarter(day('2026-01-01'))).map(String)).toEqual(['2025-10-01', '2025-12-31']);
});

test('a measure on a day is not asked for a period, nor the other way about', async () => {
  const small = { small: true };
  const on = { ...families, kind: 'on' as const };
  const asked = { by: [], only: {} };
  await expect(
    computeMeasure(database.pools, families, { ...asked, when: { on: day('2021-01-01') } }, small),
  ).rejects.toThrow('test.families is counted during a period');
  await expect(
    computeMeasure(
      database.pools,
      on,
      { ...asked, when: { during: { from: day('2021-01-01'), to: day('2021-01-02') } } },
      small,
    ),
  ).rejects.toThrow('test.families is taken on a day');
  await expect(
    computeMeasure(
      database.pools,
      families,
      { ...asked, by: ['decile', 'decile'], when: { during: lastQuarter(day('2021-01-01')) } },
      small,
    ),
  ).rejects.toThrow('The same split is asked for twice');
});
