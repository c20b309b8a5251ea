import { randomUUID } from 'node:crypto';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { figuresArea } from '../../platform/measures/area.ts';
import { reportsArea } from '../../platform/reports/area.ts';
import { buildReport } from '../../platform/reports/build.ts';
import type { Block, Table } from '../../platform/reports/document.ts';
import { reportFromJson, reportToJson } from '../../platform/reports/document.ts';
import { printableHtml } from '../../platform/reports/printable.tsx';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../platform/testing/people.ts';
import { testServer } from '../../platform/testing/server.ts';
import { csrfToken } from '../../platform/web/context.ts';
import { measures } from './measures.ts';
import { loadPublishedScheme } from './published.fixture.ts';
import { committeeReport, reports } from './reports.ts';

const database = await testDatabase();
const pools = database.pools;
const figures = figuresArea({
  areas: [{ title: 'Direct payments', measures }],
  pools,
  seesSmallNumbers: ['planning-officer'],
});
const area = reportsArea({ reports, pools, council: 'Strathmorran Council', editors: ['planning-officer'] });
const server = await testServer(database, [area, figures]);
const planner = await makeWorker(database, { role: 'planning-officer', name: 'Effie Laird' });
const second = await makeWorker(database, { role: 'planning-officer', name: 'Rab Orr' });
const worker = await makeWorker(database, { role: 'social-worker' });

beforeAll(() => loadPublishedScheme(database.superuser));
afterAll(async () => {
  await server.close();
  await database.close();
});

const period = { from: Temporal.PlainDate.from('2021-02-15'), to: Temporal.PlainDate.from('2021-04-30') };
const build = (narrative: Record<string, string> = {}, when = period) =>
  buildReport(committeeReport, when, {
    pools,
    narrative,
    council: 'Strathmorran Council',
    now: Temporal.Instant.from('2021-05-14T08:30:00Z'),
    status: 'draft',
  });
const blocksOf = (built: Awaited<ReturnType<typeof build>>): Block[] =>
  built.document.sections.flatMap((section) => [
    ...section.blocks,
    ...(section.children ?? []).flatMap((child) => child.blocks),
  ]);
const tableOf = (blocks: Block[], id: string): Table => {
  const found = blocks.find((block) => block.type === 'table' && block.id === id);
  if (found?.type !== 'table') throw new Error(`no table ${id}`);
  return found.table;
};

describe('the committee report', () => {
  test('has the tables of 2.5 and 4.1, to the pound, with the averages put right', async () => {
    const blocks = blocksOf(await build());
    expect(tableOf(blocks, 'demand-table').rows).toEqual([
      ['Number of families supported', '1,085', '840', '1,925'],
      ['Money allocated', '£881,233', '£617,606', '£1,498,839'],
      ['Average spend for each family', '£812.20', '£735.25', '£778.62'],
    ]);
    expect(tableOf(blocks, 'funding-table').rows).toEqual([
      ['Core Education and Families budgets', '£271,686'],
      ['Children and Young People Mental Health and Wellbeing Pandemic Response', '£642,675'],
      ['Winter Plan for Social Protection', '£584,478'],
      ['Total', '£1,498,839'],
    ]);
  });

  test('answers every impact, quotes bound figures, and its parts stand in order', async () => {
    const { document } = await build();
    expect(document.sections.map(({ title }) => title)).toEqual([
      'Background',
      'Report',
      'Public Sector Equality Duty and Fairer Scotland Duty',
      'Impact',
      'Measures of success',
      'Supporting documents',
    ]);
    expect(document.sections[3]?.children?.map(({ title }) => title)).toEqual([
      'Financial impact',
      'HR policy / Legislative impact',
      'Technology / Digital impact',
      'Environmental impact',
      'Communications impact',
      'Risk impact',
    ]);
    const summary = JSON.stringify(document.executiveSummary);
    expect(summary).toContain('1,925 families');
    expect(summary).toContain('£1,498,839');
    expect(JSON.stringify(document)).not.toContain('{{figure:');
    expect(document.head).toMatchObject({
      council: 'Strathmorran Council',
      purpose: { noting: true, approval: false },
    });
  });

  test('every figure of a table opens its measure for the same period, which gives the same figure', async () => {
    const blocks = blocksOf(await build());
    for (const id of ['demand-table', 'funding-table']) {
      const table = tableOf(blocks, id);
      for (const [row, cells] of table.rows.entries()) {
        for (const [column, printed] of cells.entries()) {
          const href = table.cellHref?.[row]?.[column];
          if (column === 0) continue;
          const page = await get(href ?? '', worker);
          expect(page.statusCode).toBe(200);
          expect(page.body, `${href}`).toContain(`>${printed}<`);
        }
      }
    }
  }, 120_000);

  test('a period without records is a whole report, with nothing drawn and nothing made up', async () => {
    const when = { from: Temporal.PlainDate.from('2019-01-01'), to: Temporal.PlainDate.from('2019-03-31') };
    const built = await build({}, when);
    expect(tableOf(blocksOf(built), 'demand-table').rows).toEqual([
      ['Number of families supported', '0', '0', '0'],
      ['Money allocated', '£0', '£0', '£0'],
      ['Average spend for each family', 'No figure', 'No figure', 'No figure'],
    ]);
    expect(blocksOf(built).some((block) => block.type === 'chart')).toBe(false);
  });

  test('hides small numbers, whoever makes it', async () => {
    const when = { from: Temporal.PlainDate.from('2021-02-22'), to: Temporal.PlainDate.from('2021-02-22') };
    const few = await build({}, when);
    const { rows } = await database.superuser.query<{ n: number }>(
      `select count(distinct family_id)::int as n from direct_payments.request where status = 'declined' and asked_on = '2021-02-22'`,
    );
    expect(rows[0]?.n).toBe(1);
    expect(few.figures.find(({ label }) => label === 'Requests declined')?.value).toBeNull();
    expect(JSON.stringify(few.document)).toContain('Requests declined in the period: Not shown.');
  });

  test('goes into storage and comes out the same', async () => {
    const { document } = await build();
    expect(reportToJson(reportFromJson(JSON.parse(JSON.stringify(reportToJson(document)))))).toEqual(
      reportToJson(document),
    );
  });

  test('as one HTML file it needs nothing from anywhere', async () => {
    const html = printableHtml((await build()).document);
    expect(html).toContain('£1,498,839');
    expect(html).toContain('<svg');
    expect(html).not.toMatch(/<script|<link|@import|<img|url\((?!['"]?data:)/);
    expect(html).not.toContain('href="/figures');
    const linked = printableHtml((await build()).document, { baseUrl: new URL('https://kith.example') });
    expect(linked).toContain('href="https://kith.example/figures/direct-payments.money?');
  });
});

const get = (url: string, by: Worker) =>
  server.app.inject({ method: 'GET', url, headers: { cookie: server.cookie(by.token) } });
const post = (url: string, by: Worker, fields: Record<string, string>) =>
  server.app.inject({
    method: 'POST',
    url,
    headers: { cookie: server.cookie(by.token), 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({
      _csrf: csrfToken(server.context.settings, by.asking.identity.session),
      _key: randomUUID(),
      ...fields,
    }).toString(),
  });

const draft = '/reports/direct-payments.committee?from=2021-02-15&to=2021-04-30';
const under = '/reports/direct-payments.committee/2021-02-15/2021-04-30';

describe('the pages of reports', () => {
  test('anybody signed in reads the list and the draft; only editors write and publish', async () => {
    expect((await get('/reports', worker)).body).toContain('Direct payment scheme: report to committee');
    const page = await get(draft, worker);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('£1,498,839');
    expect(page.body).not.toContain(`${under}/publish`);
    expect(page.body).not.toMatch(/ style=|<style|<script>/);
    expect((await get(draft, planner)).body).toContain(`${under}/publish`);
    expect((await get(`${under}/words/background`, worker)).statusCode).toBe(404);
    expect(
      (await post(`${under}/words/background`, worker, { words: 'Mine', _version: '0' })).statusCode,
    ).toBe(404);
    expect((await post(`${under}/publish`, worker, { _version: '1' })).statusCode).toBe(404);
  });

  test('words are written, versioned, and never overwritten in silence', async () => {
    const path = `${under}/words/background`;
    expect((await get(path, planner)).body).toContain('Families should not have to tell their story');
    const first = await post(path, planner, { words: 'Our {{figure:families}} families.', _version: '0' });
    expect([first.statusCode, first.headers.location]).toEqual([303, draft]);
    expect((await get(draft, worker)).body).toContain('Our 1,925 families.');
    const late = await post(path, second, { words: 'Words of the second planner.', _version: '0' });
    expect(late.statusCode).toBe(409);
    expect(late.body).toContain('Words of the second planner.');
    expect(late.body).toContain('Our {{figure:families}} families.');
    expect(late.body).toContain('name="_version" value="1"');
    expect(
      (await post(path, second, { words: 'Words of the second planner.', _version: '1' })).statusCode,
    ).toBe(303);
    const history = await get(`${under}/history/background`, worker);
    expect(history.body).toContain('Version 2, Rab Orr');
    expect(history.body).toContain('Version 1, Effie Laird');
    expect((await get(`${path}?use=1`, planner)).body).toContain(
      'This is version 1. Save it to use it again.',
    );
    // Another period has words of its own.
    expect((await get(`${draft.replace('2021-04-30', '2021-04-29')}`, worker)).body).not.toContain(
      'second planner',
    );
  });

  test('the same form sent twice writes once', async () => {
    const _key = randomUUID();
    const fields = { words: 'None of note.', _version: '0', _key };
    for (const _ of [1, 2]) {
      expect((await post(`${under}/words/environmental-impact`, planner, fields)).statusCode).toBe(303);
    }
    const { rows } = await database.superuser.query(
      `select count(*)::int as n from reports.narrative where section_id = 'environmental-impact'`,
    );
    expect(rows).toEqual([{ n: 1 }]);
  });

  test.each([
    ['local-context', 'See {{ref:nothing}}.', 'nothing in it has that name'],
    ['local-context', 'We gave {{figure:pounds}}.', 'There is no figure called &quot;pounds&quot;'],
    ['scheme', 'See\n\n{{show:pictures}}', 'There is no table or chart called'],
    ['head', 'Committee: Education\nTitle: T\nDate: the 40th', 'is not a date'],
    ['head', 'Who: me', 'could not be read'],
    ['background', '   ', 'Write something'],
  ])(
    'words of %s that break the report are kept and refused with the reason: %s',
    async (section, words, reason) => {
      const answer = await post(`${under}/words/${section}`, planner, { words, _version: '9' });
      expect(answer.statusCode).toBe(422);
      expect(answer.body.replaceAll('“', '').replaceAll('"', '&quot;')).toContain(reason);
      if (words.trim() !== '') expect(answer.body).toContain(words.split('\n').at(-1));
    },
  );

  test('a draft that was typed and not sent is there again', async () => {
    const path = `${under}/words/duties`;
    const csrf = csrfToken(server.context.settings, planner.asking.identity.session);
    const saved = await server.app.inject({
      method: 'POST',
      url: `/drafts/${encodeURIComponent(`${path}#form`)}`,
      headers: { cookie: server.cookie(planner.token), 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ _csrf: csrf, words: 'Half a sentence' }).toString(),
    });
    expect(saved.statusCode).toBe(200);
    const page = await get(path, planner);
    expect(page.body).toContain('Half a sentence');
    expect(page.body).toContain('have not saved it yet');
  });

  test('publishing freezes; the records move on and the page says by how much', async () => {
    const confirm = await get(`${under}/publish`, planner);
    const version = /name="_version" value="(\d+)"/.exec(confirm.body)?.[1] ?? '';
    // Somebody writes between reading and publishing: nobody publishes words they have not seen.
    await post(`${under}/words/next-steps`, second, { words: 'We go on.', _version: '0' });
    const stale = await post(`${under}/publish`, planner, { _version: version });
    expect(stale.statusCode).toBe(409);
    expect(stale.body).toContain('Read the report again');
    const done = await post(`${under}/publish`, planner, { _version: String(Number(version) + 1) });
    expect(done.statusCode).toBe(303);
    const edition = String(done.headers.location);
    expect((await get(edition, worker)).body).toContain('Nothing has changed since');

    await database.superuser.query(`
      with gone as (delete from funds.draw where of_id = (select id from direct_payments.request where reference = 'R2'))
      update direct_payments.request set status = 'declined', approved_pence = null, paid_on = null where reference = 'R2'`);
    const page = await get(edition, worker);
    expect(page.body).toContain('What has changed since');
    expect(page.body).toContain('−£1,800');
    expect(page.body).toContain('£1,498,839');
    expect((await get(draft, worker)).body).toContain('£1,497,039');

    const again = await post(`${under}/publish`, planner, { _version: String(Number(version) + 1) });
    expect(again.statusCode).toBe(303);
    const list = await get('/reports', worker);
    expect(list.body.match(/\/editions\/[0-9a-f-]{36}/g)?.length).toBe(2);
    expect((await get(edition, worker)).body).toContain('£1,498,839');
  });

  test('the application cannot change what was published or written', async () => {
    for (const statement of [
      "update reports.publication set document = '{}'",
      'delete from reports.publication',
      "update reports.narrative set words = ''",
      'delete from reports.narrative',
    ]) {
      await expect(pools.app.query(statement)).rejects.toThrow(/permission denied/);
    }
  });

  test('the API says the same, and describes itself', async () => {
    const api = await server.app.inject({
      url: '/api/openapi.json',
      headers: { cookie: server.cookie(planner.token) },
    });
    const { paths } = api.json() as { paths: Record<string, unknown> };
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining([
        '/api/queries/figures.rows',
        '/api/queries/reports.edition',
        '/api/actions/reports.edit',
      ]),
    );
    const token = await makeWorker(database, { role: 'planning-officer', name: 'A machine', kind: 'token' });
    const headers = { authorization: `Bearer ${token.token}` };
    const asked = { report: 'direct-payments.committee', from: '2021-02-15', to: '2021-04-30' };
    const words = await server.app.inject({
      url: `/api/queries/reports.words?${new URLSearchParams(asked)}`,
      headers,
    });
    expect((words.json() as { rows: { section: string }[] }).rows.map(({ section }) => section)).toContain(
      'background',
    );
    const payload = { ...asked, section: 'risk-impact', words: 'None', version: 0 };
    const edited = await server.app.inject({
      method: 'POST',
      url: '/api/actions/reports.edit',
      headers,
      payload,
    });
    expect([edited.statusCode, edited.json()]).toMatchObject([200, { report: 'direct-payments.committee' }]);
    const stale = await server.app.inject({
      method: 'POST',
      url: '/api/actions/reports.edit',
      headers,
      payload,
    });
    expect(stale.statusCode).toBe(409);
  });

  test('drafts and editions download as Word, with the same figures', async () => {
    const list = (await get('/reports', worker)).body;
    const edition = /\/reports\/direct-payments.committee\/editions\/[0-9a-f-]{36}/.exec(list)?.[0];
    for (const url of [draft.replace('?', '.docx?'), `${edition}.docx`]) {
      const answer = await get(url, worker);
      expect(answer.statusCode).toBe(200);
      expect(answer.headers['content-disposition']).toContain('.docx');
      const zip = await JSZip.loadAsync(answer.rawPayload);
      const xml = (await zip.file('word/document.xml')?.async('string')) ?? '';
      expect(xml).toContain('£735.25');
      expect(xml).toContain('Communications impact');
    }
    const html = await get(draft.replace('?', '.html?'), worker);
    expect(html.headers['content-type']).toContain('text/html');
    expect(html.headers['content-disposition']).toContain('attachment');
  });

  test.each([
    ['/reports/none', 404],
    [`${draft.slice(0, -10)}tomorrow`, 200],
    ['/reports/direct-payments.committee.docx?from=2021-05-01&to=2021-04-01', 422],
    [`/reports/direct-payments.committee/editions/${randomUUID()}`, 404],
    ['/reports/direct-payments.committee/editions/1', 422],
    ['/reports/direct-payments.committee/x/y/history/background', 422],
    [`${under}/history/none`, 404],
  ])('%s answers %i in plain words', async (url, status) => {
    const page = await get(url, planner);
    expect(page.statusCode).toBe(status);
    expect(page.body).not.toMatch(/stack|select |undefined/);
  });
});
