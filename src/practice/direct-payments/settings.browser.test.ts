import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../platform/testing/people.ts';
import { type TestServer, testServer } from '../../platform/testing/server.ts';
import { accessibilityFaults, sidewaysOverflow, startBrowser } from '../../platform/ui/testing/browser.ts';
import { directPayments } from './area.ts';
import { makeSettings, picture, type Window, windowOf } from './pages/testing.ts';
import { settings } from './queries-money.ts';
import { keepCategory, keepOtherFund, setLimit } from './settings.ts';
import { makeScheme, type Scheme } from './testing.ts';

// Two people at the settings at once: the second is told what changed, keeps what they typed, and can send it again.

let browser: Browser;
let database: TestDatabase;
let server: TestServer;
let scheme: Scheme;
const windows: Window[] = [];
const here = '/direct-payments/settings';

beforeAll(async () => {
  database = await testDatabase();
  scheme = await makeScheme(database);
  await makeSettings(database);
  server = await testServer(database, [directPayments]);
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.close();
  await database.close();
});
afterEach(async () => {
  for (const window of windows.splice(0)) {
    expect(window.faults).toEqual([]);
    await window.context.close();
  }
});

const set = () => scheme.desk.askOne(settings, {}, scheme.administrator.asking);
const kindOf = async (id: string) => (await set()).categories.find((each) => each.id === id);
const fundOf = async (name: string) => (await set()).otherFunds.find((each) => each.name === name);

/** A page in a narrow window: of the settings, unless somebody else is said who opens it. */
async function open(path: string, who: Worker = scheme.administrator): Promise<Page> {
  const window = await windowOf(browser, server, who, { width: 360 });
  windows.push(window);
  await window.open(path);
  return window.page;
}
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const says = async (page: Page, words: string | RegExp) =>
  expect(await page.locator('main').textContent()).toMatch(words);
async function looksRight(page: Page, name: string): Promise<void> {
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(await sidewaysOverflow(page)).toBe(0);
  await picture(page, name);
}

test('a kind that somebody else has changed meanwhile', async () => {
  const page = await open(`${here}?kind=clothing`);
  await page.getByLabel('Examples that help people choose').fill('a winter coat, shoes');
  const seen = await kindOf('clothing');
  const change = { category: 'clothing', examples: 'school uniform', closed: true };
  await scheme.desk.act(keepCategory, { ...change, version: seen?.version }, scheme.administrator.asking);
  await press(page, 'Keep this kind');
  await says(page, 'This changed while you were writing');
  await says(page, /Examples.*school uniform.*Closed.*yes/s);
  expect(await page.getByLabel('Examples that help people choose').inputValue()).toBe('a winter coat, shoes');
  await looksRight(page, 'dp-settings-kind-changed');
  expect((await kindOf('clothing'))?.examples).toBe('school uniform');
  // Read, and sent again on purpose.
  await press(page, 'Keep this kind');
  await says(page, 'Kept.');
  expect(await kindOf('clothing')).toMatchObject({ examples: 'a winter coat, shoes', closedOn: null });
});

test('another fund that somebody else has changed meanwhile', async () => {
  const fund = await fundOf('Connecting Scotland');
  const page = await open(`${here}?fund=${fund?.id}`);
  await page.getByLabel('What does it cover?').fill('a laptop');
  await scheme.desk.act(
    keepOtherFund,
    { name: 'Connecting Scotland', covers: 'a tablet', version: fund?.version },
    scheme.administrator.asking,
  );
  await press(page, 'Keep this fund');
  await says(page, 'This changed while you were writing');
  await says(page, /What it covers.*a tablet/s);
  expect(await page.getByLabel('What does it cover?').inputValue()).toBe('a laptop');
  await looksRight(page, 'dp-settings-fund-changed');
  await press(page, 'Keep this fund');
  await says(page, 'Kept.');
  expect((await fundOf('Connecting Scotland'))?.covers).toBe('a laptop');
});

test('a limit, when somebody else has set one meanwhile', async () => {
  const page = await open(here);
  await page.getByLabel('For which role?').selectOption('team-manager');
  await page.getByLabel('Up to and including').fill('900');
  const { limitsVersion } = await set();
  const limit = { role: 'social-worker', limit: 'up to', amount: '700', from: '1/6/2027' };
  await scheme.desk.act(setLimit, { ...limit, version: limitsVersion }, scheme.administrator.asking);
  await press(page, 'Set the limit');
  await says(page, 'Somebody else set a limit.');
  await says(page, '£700');
  expect(await page.getByLabel('Up to and including').inputValue()).toBe('900');
  await looksRight(page, 'dp-settings-limit-changed');
  expect((await set()).limits.filter(({ pence }) => pence === 90_000n)).toEqual([]);
  await press(page, 'Set the limit');
  await says(page, 'The limit is set.');
  expect((await set()).limits.filter(({ pence }) => pence === 90_000n)).toHaveLength(1);
});

test('a new kind or fund of a name that is there is refused, and what was typed stays', async () => {
  const page = await open(here);
  await page.getByLabel('What requests can be for').fill('Digital');
  await page.getByLabel('Examples that help people choose').fill('a tablet');
  await press(page, 'Keep this kind');
  await says(page, 'There is already a kind of this name');
  expect(await page.getByLabel('Examples that help people choose').inputValue()).toBe('a tablet');
  await expect(
    scheme.desk.act(
      keepOtherFund,
      { name: 'Connecting Scotland', covers: 'Other' },
      scheme.administrator.asking,
    ),
  ).rejects.toMatchObject({ fields: { name: expect.stringContaining('already a fund') } });
});

test('two at the same moment: one is kept, the other is told', async () => {
  const { limitsVersion, categories } = await set();
  const version = categories.find(({ id }) => id === 'digital')?.version;
  const limit = (amount: string) =>
    scheme.desk.act(
      setLimit,
      { role: 'team-manager', limit: 'up to', amount, from: '1/9/2027', version: limitsVersion },
      scheme.administrator.asking,
    );
  const kind = (examples: string) =>
    scheme.desk.act(keepCategory, { category: 'digital', examples, version }, scheme.administrator.asking);
  const both = [() => [limit('600'), limit('650')], () => [kind('tablets'), kind('data')]];
  for (const atOnce of both) {
    const answers = await Promise.allSettled(atOnce());
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const refused = answers.find((each) => each.status === 'rejected');
    expect(refused?.reason).toMatchObject({ status: 409, code: 'changed-meanwhile' });
  }
});

test('a temporary fund is opened and changed with what follows when the money ends, and no other way', async () => {
  const page = await open('/direct-payments/funds/add', scheme.finance);
  const plan = () => page.getByLabel('If it is temporary, what comes after it?');
  await page.getByLabel('What is the fund called?').fill('Winter money');
  await page.getByLabel('What is the money for?').fill('Warm homes');
  await page.locator('label').filter({ hasText: 'It is temporary:' }).click();
  await page.getByLabel('First day').fill('1/4/2026');
  await page.getByLabel('Last day').fill('31/3/2027');
  await page.getByLabel('First allocation').fill('500');
  await press(page, 'Open the fund');
  await says(page, 'Say what happens to the help, and to those who have it, when the money ends');
  expect(await page.getByLabel('What is the fund called?').inputValue()).toBe('Winter money');
  expect(await page.getByRole('checkbox').isChecked()).toBe(true);
  await looksRight(page, 'dp-fund-no-plan');
  await plan().fill('The council bears it');
  await press(page, 'Open the fund');
  await says(page, 'The fund is open.');
  await says(page, /What comes after it.*The council bears it/s);

  await page.getByText('Change the fund’s name, purpose or days').click();
  expect(await plan().inputValue()).toBe('The council bears it');
  await plan().fill('');
  await press(page, 'Change the fund');
  await says(page, 'Say what happens to the help, and to those who have it, when the money ends');
  await plan().fill('Families are told of the welfare fund');
  await press(page, 'Change the fund');
  await says(page, 'The fund is changed.');
  await says(page, /What comes after it.*Families are told of the welfare fund/s);
  await looksRight(page, 'dp-fund-planned');
});

test('an administrator of one partner sets nothing that holds for all', async () => {
  const other = await makeWorker(database, {
    name: 'Sorcha Lennie',
    role: 'administrator',
    team: 'Office',
    organisation: 'Cairn Family Trust',
  });
  await expect(scheme.desk.act(keepCategory, { category: 'boats' }, other.asking)).rejects.toMatchObject({
    status: 404,
  });
  const window = await windowOf(browser, server, other);
  await window.open(here);
  expect(await window.page.title()).toMatch(/cannot be found/);
  await window.context.close();
});
