import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { figuresArea } from '../../platform/measures/area.ts';
import { reportsArea } from '../../platform/reports/area.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker } from '../../platform/testing/people.ts';
import { testServer } from '../../platform/testing/server.ts';
import {
  accessibilityFaults,
  openPage,
  sidewaysOverflow,
  startBrowser,
} from '../../platform/ui/testing/browser.ts';
import { measures } from './measures.ts';
import { loadPublishedScheme } from './published.fixture.ts';
import { reports } from './reports.ts';

const database = await testDatabase();
const { pools } = database;
const server = await testServer(database, [
  reportsArea({ reports, pools, council: 'Strathmorran Council', editors: ['planning-officer'] }),
  figuresArea({
    areas: [{ title: 'Direct payments', measures }],
    pools,
    seesSmallNumbers: ['senior-manager'],
  }),
]);
const planner = await makeWorker(database, { role: 'planning-officer', name: 'Effie Laird' });
let browser: Browser;

beforeAll(async () => {
  await loadPublishedScheme(database.superuser);
  await database.superuser.query(
    `insert into access.reason (subject, holder, kind, scope)
     select id, $1::uuid, 'allocated', 'practice' from record.family order by id limit 20`,
    [planner.account],
  );
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server.close();
  await database.close();
});

const period = 'from=2021-02-15&to=2021-04-30';
const under = '/reports/direct-payments.committee/2021-02-15/2021-04-30';

describe.each([
  `/figures?${period}`,
  `/figures/direct-payments.money?${period}&by=month,service`,
  `/figures/direct-payments.families?${period}&by=locality`,
  `/figures/direct-payments.average-per-family?${period}&by=category`,
  `/figures/direct-payments.requests?${period}&by=name`,
  `/figures/direct-payments.requests/rows?${period}`,
  '/reports',
  `/reports/direct-payments.committee?${period}`,
  `${under}/words/scheme`,
  `${under}/history/scheme`,
  `${under}/publish`,
])('%s', (path) => {
  test.each([1280, 320])('at %i pixels nothing is wrong for axe, the policy or the width', async (width) => {
    const headers = { cookie: server.cookie(planner.token) };
    const { page, faults, close } = await openPage(browser, `${server.url}${path}`, { width, headers });
    const folder = process.env.KITH_SCREENSHOTS;
    if (folder) {
      const name = `${path.replaceAll(/\W+/g, '-')}-${width}.png`;
      await page.screenshot({ path: `${folder}/${name}`, fullPage: true });
    }
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await sidewaysOverflow(page)).toBe(0);
    expect(faults).toEqual([]);
    await close();
  });
});

test('without scripts, a planner writes, reads and publishes', async () => {
  const { page, close } = await openPage(browser, `${server.url}/healthz`, { scripts: false });
  const [name = '', value = ''] = server.cookie(planner.token).split('=');
  await page.context().addCookies([{ name, value, url: server.url }]);
  await page.goto(`${server.url}${under}/words/duties`);
  await page.fill('textarea', 'The scheme reaches families with the least.');
  await page.click('button:text-is("Save")');
  expect(await page.textContent('main')).toContain('The scheme reaches families with the least.');
  await page.click('a:text-is("Publish")');
  await page.click('button:text-is("Publish")');
  expect(await page.textContent('main')).toContain('Published as edition 1');
  expect(await page.textContent('main')).toContain('The scheme reaches families with the least.');
  const headers = { cookie: server.cookie(planner.token) };
  const edition = await openPage(browser, page.url(), { width: 320, headers });
  expect(await accessibilityFaults(edition.page)).toEqual([]);
  expect(await sidewaysOverflow(edition.page)).toBe(0);
  await edition.close();
  await close();
});
