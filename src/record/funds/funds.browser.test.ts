import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker } from '../../platform/testing/people.ts';
import { testServer } from '../../platform/testing/server.ts';
import { windowsOn } from '../../platform/testing/windows.ts';
import { startBrowser } from '../../platform/ui/testing/browser.ts';
import { recordAreas } from '../area.ts';

const database = await testDatabase();
const finance = await makeWorker(database, { name: 'Fern Baird', role: 'finance-officer', team: 'Finance' });
const planner = await makeWorker(database, { name: 'Una Reid', role: 'planning-officer', team: 'Planning' });
const server = await testServer(
  database,
  recordAreas({
    drawers: [
      { area: 'tried', title: 'Help that is tried' },
      { area: 'other', title: 'Other help' },
    ],
  }),
  { now: Temporal.Instant.from('2026-11-20T12:00:00Z') },
);
const browser = await startBrowser();
const { windowFor, looksRight } = windowsOn(server, browser);
afterAll(async () => {
  await browser.close();
  await server.close();
  await database.close();
});

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const says = (page: Page, words: string | RegExp) =>
  page.getByRole('main').getByText(words).first().waitFor({ timeout: 10_000 });
const tick = (page: Page, words: string) => page.locator('label').filter({ hasText: words }).first().click();
const at = (path: string) => new URL(path, server.url).href;

test('finance opens a fund, puts it right and says who draws on it; those who plan see how it stands', async () => {
  const { page, close } = await windowFor(finance, false);
  await page.goto(at('/funds'));
  await says(page, 'There is no fund yet');
  await page.getByRole('link', { name: 'Open a fund' }).click();
  await page.getByLabel('What is the fund called?').fill('Whole family support fund');
  await page.getByLabel('What is the money for?').fill('Help before things get hard');
  await page.getByLabel('Who gives it?').fill('The government');
  await tick(page, 'Help that is tried');
  await tick(page, 'It is temporary');
  await page.getByLabel('First allocation').fill('310,000');
  await press(page, 'Open the fund');
  await says(page, 'Say what happens to the help, and to those who have it, when the money ends');
  expect(await page.getByLabel('First allocation').inputValue()).toBe('310,000');
  await page.getByLabel('Last day').fill('31/3/2027');
  await page.getByLabel('If it is temporary, what comes after it?').fill('The council bears it');
  await page.getByLabel('Is it the money of one financial year?').selectOption('2026');
  await press(page, 'Open the fund');
  await says(page, 'The fund is open');
  const fund = new URL(page.url()).pathname;
  const id = fund.split('/').at(-1) ?? '';
  await says(page, 'Nobody has drawn on it yet');

  await tick(page, 'Too much was written down');
  await page.getByLabel('How much?').fill('10,000');
  await page.getByLabel('Where does it come from, or what was wrong?').fill('The letter says 300,000');
  await press(page, 'Write it down');
  await says(page, 'It is written down');
  await says(page, '−£10,000');
  await says(page, '£0 of £300,000 used');

  const of = '00000000-0000-7000-8000-000000000001';
  await database.superuser.query(
    `insert into funds.draw (fund_id, area, of_id, amount_pence, state, on_day, note) values
       ($1, 'tried', $2, 4000000, 'committed', '2026-11-01', 'Its share'), ($1, 'tried', $2, 1200000, 'paid', '2026-11-02', 'Workers in October')`,
    [id, of],
  );
  await page.getByRole('link', { name: 'Change', exact: true }).click();
  await tick(page, 'Help that is tried');
  await tick(page, 'Other help');
  await press(page, 'Save');
  await says(page, 'Something is drawn on it already');
  await tick(page, 'Help that is tried');
  await press(page, 'Save');
  await says(page, 'Saved');
  await says(page, 'Other help, Help that is tried');
  await close();

  const plans = await windowFor(planner, false);
  await plans.page.goto(at('/funds'));
  await says(plans.page, 'The government · 2026/27 · Other help, Help that is tried');
  await plans.page.getByRole('link', { name: 'Whole family support fund' }).click();
  await says(plans.page, 'Workers in October');
  await says(plans.page, 'The council bears it');
  expect(await plans.page.getByRole('button', { name: 'Write it down' }).count()).toBe(0);
  expect((await plans.page.goto(at('/funds/add')))?.status()).toBe(404);
  await plans.close();

  for (const [path, name] of [
    ['/funds', 'funds'],
    [fund, 'fund'],
    [`${fund}/change`, 'fund-change'],
    ['/funds/add', 'fund-add'],
  ] as const)
    await looksRight(finance, path, name, [320]);
});
