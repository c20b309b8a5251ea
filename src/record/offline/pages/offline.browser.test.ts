import { mkdirSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import type { Area } from '../../../platform/area.ts';
import { registerSignIn } from '../../../platform/sign-in/register.ts';
import { testDatabase } from '../../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../../platform/testing/people.ts';
import { testServer } from '../../../platform/testing/server.ts';
import {
  accessibilityFaults,
  openPage,
  sidewaysOverflow,
  startBrowser,
  startBrowserIn,
} from '../../../platform/ui/testing/browser.ts';
import { recordAreas } from '../../area.ts';
import { makeFamily } from '../../notes/testing.ts';
import { wayTo } from '../testing/signal.ts';

const database = await testDatabase();
const areas: readonly Area[] = recordAreas({ areas: () => areas, visitSecrets: [database.secret] });
const server = await testServer(database, areas, {
  now: Temporal.Now.instant(),
  more: (app, context) => registerSignIn(app, context, { postsPerMinute: 1000 }),
});
const way = await wayTo(server.url);
const browser = await startBrowser();
const folders: string[] = [];
/** What the security policy refused, in any window of the device. */
let refused: string[] = [];

afterAll(async () => {
  await browser.close();
  await way.close();
  await server.close();
  await database.close();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

let ailsa: Worker;
let device: BrowserContext;
let folder: string;

beforeEach(async () => {
  way.set('good');
  ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
  folder = await mkdtemp(join(tmpdir(), 'kith-device-'));
  folders.push(folder);
  device = await startBrowserIn(folder);
  refused = [];
  device.on('console', (message) => {
    if (/content security policy/i.test(message.text())) refused.push(message.text());
  });
});
afterEach(() => device.close());

const signIn = async (worker: Worker, of: BrowserContext = device): Promise<void> => {
  const [name = '', value = ''] = server.cookie(worker.token).split('=');
  await of.addCookies([{ name, value: decodeURIComponent(value), url: way.url }]);
};

const status = (page: Page) => page.locator('[data-visit-status]');
const savedHere = (page: Page) => page.locator('[data-visit-list] li');
const says = async (page: Page, words: RegExp) =>
  expect.poll(() => status(page).textContent(), { timeout: 15_000 }).toMatch(words);

/** Opens the page with signal, and waits until the device can do without. */
async function openReady(worker: Worker): Promise<Page> {
  await signIn(worker);
  const page = await device.newPage();
  await page.goto(`${way.url}/visit`);
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
  await expect.poll(() => page.evaluate('caches.keys()')).toHaveLength(1);
  await expect.poll(() => page.evaluate('navigator.serviceWorker.controller !== null')).toBe(true);
  await says(page, /ready/);
  expect(refused).toEqual([]);
  return page;
}

async function cut(): Promise<void> {
  way.set('none');
  await device.setOffline(true);
}
async function reconnect(): Promise<void> {
  way.set('good');
  await device.setOffline(false);
}

async function openAgain(): Promise<Page> {
  const page = await device.newPage();
  await page.goto(`${way.url}/visit`);
  return page;
}

async function write(page: Page, words: string, who = ''): Promise<void> {
  if (who) await page.getByLabel('Who did you visit?').fill(who);
  await page.getByLabel('What happened').fill(words);
  await page.getByRole('button', { name: 'Save the visit' }).click();
}

const arrivedOf = async (worker: Worker) =>
  (
    await database.superuser.query<{ words: string; finished: boolean; id: string }>(
      `select id, fields ->> 'words' as words, finished from record.visit_arrived where account_id = $1 order by written_at`,
      [worker.account],
    )
  ).rows;

/** Everything that this browser keeps of this origin's visits, as text. */
const keptOn = (page: Page): Promise<string> =>
  page.evaluate(`(async () => JSON.stringify([
    await kithVisits.all(), await kithVisits.keys(), { ...localStorage }, { ...sessionStorage },
    await Promise.all((await caches.keys()).map(async (name) =>
      Promise.all((await (await caches.open(name)).keys()).map(async ({ url }) => [url, await (await caches.match(url)).text()])))),
  ]))()`);

/** The files of a browser's folder that hold these words, however they are encoded. */
async function filesWith(words: string): Promise<string[]> {
  const found: string[] = [];
  const wanted = [Buffer.from(words, 'utf8'), Buffer.from(words, 'utf16le')];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const content = await readFile(join(entry.parentPath, entry.name));
    if (wanted.some((each) => content.includes(each))) found.push(entry.name);
  }
  return found;
}

const pictures = process.env.KITH_PICTURES;
async function looksRight(page: Page, name: string): Promise<void> {
  for (const width of [1280, 360, 320]) {
    await page.setViewportSize({ width, height: 900 });
    if (pictures !== undefined && width !== 320) {
      mkdirSync(pictures, { recursive: true });
      await page.screenshot({ path: `${pictures}/${name}-${width}.png`, fullPage: true });
    }
  }
  expect(await sidewaysOverflow(page), name).toBe(0);
  expect(await accessibilityFaults(page), name).toEqual([]);
}

test('written with no signal, closed, opened again, reconnected twice: each visit arrives once, and one is signed', async () => {
  const of = await makeFamily(server.context.desk, ailsa);
  const first = await openReady(ailsa);
  await looksRight(first, 'online');
  await cut();
  await says(first, /No signal/);
  await write(first, 'Quenelda made toast for everybody.', 'Mum and the wee ones');
  await expect.poll(() => savedHere(first).count()).toBe(1);
  expect(await savedHere(first).first().textContent()).toMatch(/Saved here A visit written at \d\d:\d\d/);
  expect(await first.getByLabel('What happened').inputValue()).toBe('');
  await first.close();

  // The page is closed, and opened again with no signal.
  const second = await openAgain();
  await expect.poll(() => savedHere(second).count()).toBe(1);
  await looksRight(second, 'no-signal');
  await write(second, 'Zebedee kicked the ball to the moon.');
  await expect.poll(() => savedHere(second).count()).toBe(2);
  // A third is begun, and the page goes away under it.
  await second.getByLabel('What happened').fill('Wilhelmina said that');
  await expect.poll(() => second.locator('[data-visit-kept]').textContent()).toMatch(/Saved here \d\d:\d\d/);
  const kept = await keptOn(second);
  for (const words of [
    'Quenelda',
    'Zebedee',
    'Wilhelmina',
    'wee ones',
    'Ailsa',
    'Baird',
    'Jamie',
    ailsa.account,
  ])
    expect(kept).not.toContain(words);
  expect(kept).toContain('Write a visit');
  // Nothing but the page and what it loads is kept, and no other page is opened with no signal.
  const elsewhere = await device.newPage();
  await expect(elsewhere.goto(`${way.url}/families`)).rejects.toThrow();
  await elsewhere.close();
  await second.reload();
  await expect.poll(() => savedHere(second).count()).toBe(3);
  await second.evaluate(`new Promise((resolve) => {
    const asking = indexedDB.open('control', 1);
    asking.onupgradeneeded = () => asking.result.createObjectStore('x').put('Peregrine is a control', 1);
    asking.onsuccess = () => { asking.result.close(); resolve(); };
  })`);

  // The browser itself is closed. What is in its folder is what somebody who finds the device has.
  await device.close();
  expect(await filesWith('Peregrine')).not.toEqual([]);
  for (const words of ['Quenelda', 'Zebedee', 'Wilhelmina', 'wee ones', 'Ailsa', 'Baird'])
    expect([words, await filesWith(words)]).toEqual([words, []]);

  device = await startBrowserIn(folder);
  await cut();
  const third = await openAgain();
  await expect.poll(() => savedHere(third).count()).toBe(3);
  // There is signal again, but the session has ended.
  await reconnect();
  await says(third, /Sign in to send what you have written/);
  expect(await arrivedOf(ailsa)).toEqual([]);
  await expect.poll(() => savedHere(third).count()).toBe(3);
  await looksRight(third, 'signed-out');
  await cut();
  await signIn(ailsa);
  await reconnect();
  await expect.poll(() => savedHere(third).count(), { timeout: 15_000 }).toBe(0);
  await says(third, /has arrived/);
  const arrived = await arrivedOf(ailsa);
  expect(arrived.map(({ words, finished }) => [words, finished])).toEqual([
    ['Quenelda made toast for everybody.', true],
    ['Zebedee kicked the ball to the moon.', true],
    ['Wilhelmina said that', false],
  ]);
  await cut();
  await reconnect();
  await third.reload();
  await says(third, /ready/);
  expect(await arrivedOf(ailsa)).toEqual(arrived);

  // Signed into a note of the family.
  await looksRight(third, 'arrived');
  await third.getByRole('link', { name: 'Mum and the wee ones' }).click();
  await looksRight(third, 'choose');
  await third.getByRole('link', { name: 'Baird' }).click();
  expect(await third.getByLabel('What happened', { exact: true }).inputValue()).toContain('Quenelda');
  expect(await third.getByLabel('Jamie Baird').first().isChecked()).toBe(true);
  await looksRight(third, 'sign');
  await third.getByRole('button', { name: 'Sign the note' }).click();
  await third.waitForURL(`**/families/${of.id}/notes`);
  expect(await third.locator('main').textContent()).toContain('Quenelda made toast');
  await third.goto(`${way.url}/visit`);
  expect(await third.locator('[data-visit-arrived]').textContent()).toMatch(/Saved for everyone/);
  const notes = await database.superuser.query('select from record.note where family_id = $1', [of.id]);
  expect(notes.rowCount).toBe(1);
}, 120_000);

/** Sends what waits, and comes back when that is over, well or not. */
const sendNow = (page: Page) => page.evaluate('kithVisits.send()');
const keptHere = async (page: Page) =>
  Number(await page.evaluate('kithVisits.all().then(({ length }) => length)'));

test('an answer that is lost, a server that fails, one that is away: one visit in the end', async () => {
  const page = await openReady(ailsa);
  way.set('failing');
  await write(page, 'First, while the server failed.');
  await says(page, /does not answer/);
  await expect.poll(() => savedHere(page).count()).toBe(1);
  way.set('visits fail');
  await sendNow(page);
  expect(await keptHere(page)).toBe(1);
  way.set('answers lost');
  await sendNow(page);
  expect(way.lost()).toBeGreaterThan(0);
  expect(await keptHere(page)).toBe(1);
  // The server has it; the device does not know, and keeps it.
  expect(await arrivedOf(ailsa)).toHaveLength(1);
  expect(await savedHere(page).count()).toBe(1);
  way.set('none');
  await page.evaluate(`dispatchEvent(new Event('online'))`);
  await says(page, /No signal/);
  way.set('good');
  await page.evaluate(`dispatchEvent(new Event('online'))`);
  await expect.poll(() => savedHere(page).count(), { timeout: 15_000 }).toBe(0);
  expect(await arrivedOf(ailsa)).toHaveLength(1);
}, 60_000);

test('a failing server gives the page that is kept; a page that is open elsewhere is not sent half written', async () => {
  const page = await openReady(ailsa);
  await page.getByLabel('What happened').fill('Half of a sentence');
  await expect.poll(() => page.locator('[data-visit-kept]').textContent()).toMatch(/Saved here/);
  way.set('failing');
  const other = await openAgain();
  await says(other, /does not answer|ready/);
  await write(other, 'A whole one');
  await expect.poll(() => savedHere(other).count()).toBe(2);
  way.set('good');
  await other.evaluate(`dispatchEvent(new Event('online'))`);
  await expect.poll(() => savedHere(other).count(), { timeout: 15_000 }).toBe(1);
  expect((await arrivedOf(ailsa)).map(({ words }) => words)).toEqual(['A whole one']);
  // The tab is closed: what was begun in it arrives, and says that it is not finished.
  await page.close();
  await other.evaluate(`dispatchEvent(new Event('online'))`);
  await expect.poll(() => savedHere(other).count(), { timeout: 15_000 }).toBe(0);
  expect((await arrivedOf(ailsa)).map(({ finished }) => finished).toSorted()).toEqual([false, true]);
}, 60_000);

test('somebody else on the same device sees nothing of it, and sends nothing of it', async () => {
  const page = await openReady(ailsa);
  await cut();
  await write(page, 'Only Ailsa’s');
  await expect.poll(() => savedHere(page).count()).toBe(1);
  const gordon = await makeWorker(database, { name: 'Gordon Rennie' });
  await device.clearCookies();
  await signIn(gordon);
  await reconnect();
  // The page that Ailsa left open.
  await says(page, /Somebody else is signed in/);
  const his = await openAgain();
  await says(his, /ready/);
  expect(await savedHere(his).count()).toBe(0);
  expect(await his.locator('main').textContent()).not.toMatch(/saved here|A visit written/i);
  await write(his, 'Gordon’s own');
  await expect.poll(async () => (await arrivedOf(gordon)).length, { timeout: 15_000 }).toBe(1);
  expect(await arrivedOf(ailsa)).toEqual([]);
  await cut();
  const offline = await openAgain();
  await says(offline, /No signal/);
  expect(await savedHere(offline).count()).toBe(0);
  await device.clearCookies();
  await signIn(ailsa);
  await reconnect();
  const hers = await openAgain();
  await expect.poll(async () => (await arrivedOf(ailsa)).length, { timeout: 15_000 }).toBe(1);
  await expect.poll(() => savedHere(hers).count()).toBe(0);
  expect((await arrivedOf(gordon)).length).toBe(1);
}, 60_000);

test('with no page open the browser sends it by itself, when it says that there is signal', async () => {
  const page = await openReady(ailsa);
  await cut();
  await write(page, 'Written and closed.');
  await expect.poll(() => savedHere(page).count()).toBe(1);
  const other = await device.newPage();
  await page.close();
  const control = await device.newCDPSession(other);
  const registered = new Promise<string>((resolve) => {
    control.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [registration] = registrations;
      if (registration) resolve(registration.registrationId);
    });
  });
  await control.send('ServiceWorker.enable');
  const registrationId = await registered;
  await reconnect();
  await control.send('ServiceWorker.dispatchSyncEvent', {
    origin: way.url,
    registrationId,
    tag: 'kith visits',
    lastChance: false,
  });
  await expect.poll(async () => (await arrivedOf(ailsa)).length, { timeout: 15_000 }).toBe(1);
}, 60_000);

test('a mistake is said at the field, and nothing that was typed goes', async () => {
  const page = await openReady(ailsa);
  await page.getByLabel('Who did you visit?').fill('Gran');
  await page.getByRole('button', { name: 'Save the visit' }).click();
  expect(await page.getByRole('alert').textContent()).toContain('Write what happened');
  expect(await page.getByLabel('Who did you visit?').inputValue()).toBe('Gran');
  await looksRight(page, 'mistake');
  await page.getByLabel('What happened').fill('Tea.');
  await page.getByRole('button', { name: 'Save the visit' }).click();
  expect(await page.getByRole('alert').count()).toBe(0);
  await expect.poll(async () => (await arrivedOf(ailsa)).length, { timeout: 15_000 }).toBe(1);
}, 60_000);

test('without scripts it is an ordinary form, and leads to the family', async () => {
  await makeFamily(server.context.desk, ailsa);
  const { page, faults, close } = await openPage(browser, `${way.url}/healthz`, {
    scripts: false,
    width: 320,
  });
  await signIn(ailsa, page.context());
  await page.goto(`${way.url}/visit`);
  expect(await sidewaysOverflow(page)).toBe(0);
  await page.getByRole('button', { name: 'Save the visit' }).click();
  expect(await page.locator('main').textContent()).toContain('Write what happened');
  await page.getByLabel('Which family').selectOption({ label: 'Baird' });
  await page.getByLabel('What happened').fill('We read a book.');
  await page.getByRole('button', { name: 'Save the visit' }).click();
  expect(await page.getByRole('status').first().textContent()).toContain('Only you see it');
  await page.getByRole('link', { name: 'Choose another family' }).click();
  await page.getByText('Throw this visit away').click();
  await page.getByRole('button', { name: 'Throw it away' }).click();
  expect(await page.locator('main').textContent()).toContain('Say why it is not needed');
  await page.getByRole('link', { name: 'Baird' }).click();
  await page.getByRole('button', { name: 'Sign the note' }).click();
  expect(await page.locator('main').textContent()).toContain('We read a book.');
  expect(faults.filter((fault) => !fault.includes('422'))).toEqual([]);
  await close();
}, 60_000);

test('it can be installed: manifest, icons and worker are there for anybody, and show nobody', async () => {
  const get = (url: string) => server.app.inject({ url });
  const manifest = await get('/visit.webmanifest');
  expect(manifest.headers['content-type']).toContain('application/manifest+json');
  const { icons, start_url, scope } = manifest.json<{
    icons: { src: string }[];
    start_url: string;
    scope: string;
  }>();
  expect([start_url, scope]).toEqual(['/visit', '/visit']);
  for (const { src } of icons) expect((await get(src)).statusCode).toBe(200);
  const worker = await get('/visit-worker.js');
  expect(worker.headers['cache-control']).toBe('no-cache');
  const [, listed = ''] = /^const kept = (.*);$/m.exec(worker.body) ?? [];
  const { files } = JSON.parse(listed) as { files: string[] };
  expect(files.length).toBeGreaterThan(10);
  for (const file of files) expect([file, (await get(file)).statusCode]).toEqual([file, 200]);
  // The same for somebody who is signed in: the page that is kept has nobody in it.
  const headers = { cookie: server.cookie(ailsa.token) };
  const empty = (await server.app.inject({ url: '/visit/empty', headers })).body;
  expect(empty).toBe((await get('/visit/empty')).body);
  expect(empty).not.toMatch(/Ailsa|_csrf" value="[^"]/);
});
