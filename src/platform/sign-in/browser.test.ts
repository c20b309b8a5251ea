import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../testing/database.ts';
import { accessibilityFaults, sidewaysOverflow, startBrowser } from '../ui/testing/browser.ts';
import { codeOf, goodPassword, makeSite, newcomer, type Site, secretOn, settleIn } from './testing.ts';

const database = await testDatabase();
let browser: Browser;
let site: Site;
let url: string;
beforeAll(async () => {
  browser = await startBrowser();
  // A passkey is bound to the address people use, so the port must be known before the server is made.
  const probe = await makeSite(database);
  await probe.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = probe.app.server.address() as AddressInfo;
  await probe.app.close();
  url = `http://localhost:${port}`;
  site = await makeSite(
    database,
    { personas: [{ email: 'persona@strathmorran.example', does: 'Works with families in the north.' }] },
    { publicUrl: url },
  );
  await site.app.listen({ host: '127.0.0.1', port });
});
afterAll(async () => {
  await browser.close();
  await site.app.close();
  await database.close();
});

async function open(
  scripts = true,
  width = 1280,
): Promise<{ page: Page; context: BrowserContext; faults: string[] }> {
  const context = await browser.newContext({
    javaScriptEnabled: scripts,
    viewport: { width, height: 900 },
    locale: 'en-GB',
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) faults.push(message.text());
  });
  return { page, context, faults };
}

/** A device with a fingerprint reader, as far as the browser can tell. */
async function withAuthenticator(
  { page, context }: { page: Page; context: BrowserContext },
  verifies = true,
) {
  const session = await context.newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: verifies,
      automaticPresenceSimulation: true,
    },
  });
  return { session, authenticatorId };
}

/** The first element that reaches beyond the right edge, to say what to mend. */
const widest = `(() => {
  const out = [...document.querySelectorAll('main *')].find((each) => each.getBoundingClientRect().right > innerWidth);
  return out ? out.outerHTML.slice(0, 200) : '';
})()`;

const path = (page: Page) => new URL(page.url()).pathname;
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

async function signInWithPassword(page: Page, email: string, password: string) {
  await page.goto(`${url}/sign-in?to=/account`);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(password);
  await press(page, 'Sign in');
}

async function choosePassword(page: Page) {
  await page.getByLabel('New password', { exact: true }).fill(goodPassword);
  await page.getByLabel('New password again').fill(goodPassword);
  await press(page, 'Use this password');
}

test('a passkey is made at the first sign-in, then is the second step, then opens the door by itself', async () => {
  const person = await newcomer(database, site);
  const opened = await open();
  const { page, context, faults } = opened;
  await withAuthenticator(opened);
  await signInWithPassword(page, person.email, person.password);
  await choosePassword(page);
  await page.getByLabel('A name to know it by').fill('Work laptop');
  await press(page, 'Make a passkey');
  await page.waitForURL(`${url}/account`);
  expect(await page.content()).toContain('Work laptop');

  await press(page, 'Sign out');
  await page.waitForURL(`${url}/sign-in`);
  await signInWithPassword(page, person.email, goodPassword);
  await page.waitForURL(`${url}/sign-in/passkey`);
  await press(page, 'Use my passkey');
  await page.waitForURL(`${url}/account`);

  await press(page, 'Sign out');
  await page.goto(`${url}/sign-in?to=/account`);
  await page.getByRole('link', { name: 'Sign in with a passkey' }).click();
  await press(page, 'Use my passkey');
  await page.waitForURL(`${url}/account`);
  const { rows } = await database.superuser.query<{ counter: string; way: string }>(
    `select (select counter::text from sign_in.passkey where account_id = $1),
      (select detail->>'way' as way from audit.event where name = 'sign-in' and account_id = $1 order by at desc limit 1)`,
    [person.account],
  );
  expect(Number(rows[0]?.counter)).toBeGreaterThan(1);
  expect(rows[0]?.way).toBe('passkey');
  expect(faults).toEqual([]);
  await context.close();
});

test('a passkey answered before, answered for another account, or without its owner checked opens nothing', async () => {
  const person = await newcomer(database, site);
  const opened = await open();
  const { page, context } = opened;
  const { session, authenticatorId } = await withAuthenticator(opened);
  await signInWithPassword(page, person.email, person.password);
  await choosePassword(page);
  await press(page, 'Make a passkey');
  await page.waitForURL(`${url}/account`);
  await press(page, 'Sign out');

  // The answer is caught on its way, and sent again after it has been used.
  await page.goto(`${url}/sign-in/passkey?to=/account`);
  let sent = '';
  await page.route('**/sign-in/passkey', async (route) => {
    if (route.request().method() === 'POST') sent = route.request().postData() ?? '';
    await route.continue();
  });
  await press(page, 'Use my passkey');
  await page.waitForURL(`${url}/account`);
  await press(page, 'Sign out');
  await page.goto(`${url}/sign-in/passkey`);
  const fields = new URLSearchParams(sent);
  fields.set('_csrf', (await page.locator('input[name=_csrf]').first().inputValue()) ?? '');
  const replay = await context.request.post(`${url}/sign-in/passkey`, {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    data: fields.toString(),
    maxRedirects: 0,
  });
  expect(replay.status()).toBe(422);

  // Somebody else's passkey after one's own password.
  const { browser: other } = await settleIn(site, await newcomer(database, site));
  expect(other.cookies.has('kith')).toBe(true);
  await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
  await page.goto(`${url}/sign-in/passkey`);
  await press(page, 'Use my passkey');
  await page.getByText('No passkey was used').waitFor();
  expect(path(page)).toBe('/sign-in/passkey');
  await page.goto(`${url}/account`);
  expect(path(page)).toBe('/sign-in');
  await context.close();
});

test('a code from an app, without scripts, by keyboard alone at 320 pixels', async () => {
  const person = await newcomer(database, site);
  const { page, context } = await open(false, 320);
  await page.goto(`${url}/sign-in?to=/account`);
  await page.getByLabel('E-mail address').focus();
  await page.keyboard.type(person.email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(person.password);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${url}/sign-in/new-password`);
  await page.getByLabel('New password', { exact: true }).focus();
  await page.keyboard.type(goodPassword);
  await page.keyboard.press('Tab');
  await page.keyboard.type(goodPassword);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${url}/sign-in/set-up`);
  const secret = secretOn(await page.content());
  const picture = await page.evaluate(
    `(() => { const image = document.querySelector('main img'); return image.complete && image.naturalWidth > 0; })()`,
  );
  expect(picture).toBe(true);
  await page.getByLabel('Code').focus();
  await page.keyboard.type(codeOf(secret, site.now()));
  await page.keyboard.press('Enter');
  await page.waitForURL(`${url}/account`);
  await context.close();
});

test('axe finds nothing, and nothing is wider than the screen, on any page of signing in and of accounts', async () => {
  const demo = await makeSite(
    database,
    { personas: [{ email: 'persona@strathmorran.example', does: 'Works with families in the north.' }] },
    { demonstration: true },
  );
  await newcomer(database, site, { way: 'none', email: 'persona@strathmorran.example' });
  const demoUrl = await demo.app.listen({ host: '127.0.0.1', port: 0 });
  const person = await newcomer(database, site, { role: 'administrator', name: 'Fergus Rankine' });
  const other = await newcomer(database, site);
  const found: string[] = [];
  const look = async (page: Page, what: string) => {
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 900 });
      for (const fault of await accessibilityFaults(page)) found.push(`${what} at ${width}: ${fault}`);
      const over = await sidewaysOverflow(page);
      if (over > 0)
        found.push(`${what} at ${width}: ${over} pixels too wide: ${await page.evaluate(widest)}`);
    }
  };
  const { page, context, faults } = await open();
  await page.goto(`${demoUrl}/sign-in`);
  await look(page, 'demonstration');
  await page.goto(`${url}/sign-in`);
  await look(page, 'sign-in');
  await press(page, 'Sign in');
  await look(page, 'sign-in refused');
  await page.goto(`${url}/sign-in/passkey`);
  await look(page, 'passkey');
  await signInWithPassword(page, person.email, person.password);
  await look(page, 'new password');
  await choosePassword(page);
  await look(page, 'set-up');
  const secret = secretOn(await page.content());
  await page.getByLabel('Code').fill('000000');
  await press(page, 'Use this app');
  await look(page, 'set-up refused');
  await page.getByLabel('Code').fill(codeOf(secret, site.now()));
  await press(page, 'Use this app');
  await page.waitForURL(`${url}/account`);
  await page.getByText('Make a token').click();
  await page.getByLabel('What is it for?').fill('Nightly export');
  await page.getByText('Read only', { exact: true }).click();
  await page.getByLabel('How long does it last?').selectOption('30');
  await press(page, 'Make the token');
  expect(await page.content()).toMatch(/Your access token is kith_[\w-]{43} Copy it now/);
  await look(page, 'account with a token shown');
  for (const where of [
    '/account/password',
    '/account/second-step',
    '/people-here',
    '/people-here/add',
    '/people-here/organisations',
    `/people-here/${other.account}`,
    `/people-here/${other.account}?do=give-post`,
    `/people-here/${other.account}?do=end-post`,
    `/people-here/${other.account}?do=stand-in`,
    `/people-here/${other.account}?do=correct`,
    `/people-here/${person.account}`,
  ]) {
    await page.goto(url + where);
    await look(page, where);
  }
  await page.goto(`${url}/people-here/${other.account}`);
  await press(page, 'Make a password to be used once');
  await look(page, 'one-time password shown');
  expect(found).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
  await demo.app.close();
}, 180_000);
