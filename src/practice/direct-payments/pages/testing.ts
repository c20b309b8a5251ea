import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../platform/testing/database.ts';
import type { Worker } from '../../../platform/testing/people.ts';
import { type TestServer, testServer } from '../../../platform/testing/server.ts';
import { startBrowser } from '../../../platform/ui/testing/browser.ts';
import { recordAreas } from '../../../record/area.ts';
import { directPayments } from '../area.ts';
import { answer, ask } from '../asking.ts';
import { decide } from '../deciding.ts';
import { makeRun, markFailed, markPaid } from '../paying.ts';
import { request } from '../queries.ts';
import { payments } from '../queries-money.ts';
import { tellStory } from '../telling.ts';
import { askInput, makeFamily, makeScheme, type Scheme } from '../testing.ts';

/** A window of somebody who is signed in, with what went wrong in it: refused by the security policy, thrown, not found. */
export interface Window {
  page: Page;
  context: BrowserContext;
  faults: string[];
  /** Opens a path of the server. */
  open(path: string): Promise<void>;
}

/** Opens a window for somebody, as wide as said, with or without scripts. */
export async function windowOf(
  browser: Browser,
  server: TestServer,
  worker: Pick<Worker, 'token'>,
  { width = 1280, scripts = true }: { width?: number; scripts?: boolean } = {},
): Promise<Window> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    javaScriptEnabled: scripts,
    locale: 'en-GB',
  });
  const [name = '', value = ''] = server.cookie(worker.token).split('=');
  await context.addCookies([{ name, value, url: server.url }]);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const faults: string[] = [];
  page.on('console', (message) => {
    // A refused form answers 4xx, which the browser also reports as an error of loading.
    if (message.type() === 'error' && !/status of 4(09|22|03)/.test(message.text()))
      faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  return {
    page,
    context,
    faults,
    async open(path) {
      await page.goto(`${server.url}${path}`);
    },
  };
}

/** Saves a picture of the whole page when KITH_PICTURES names a folder, for looking at. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.KITH_PICTURES;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** Settings as a partnership would have them: kinds with examples, two funds that come first, one limit to come. */
export async function makeSettings(database: TestDatabase): Promise<void> {
  await database.superuser.query(`
    update direct_payments.category set examples = 'a bed, bedding, a desk' where id = 'bedroom furniture';
    insert into direct_payments.category (id, examples, closed_on) values
      ('clubs and sport', 'fees, kit, music lessons', null), ('sensory equipment', '', null), ('digital', '', '2026-10-01') on conflict do nothing;
    insert into direct_payments.other_fund (name, covers) values
      ('Connecting Scotland', 'a device and a connection to get online'), ('Financial Insecurity Payment', 'food and fuel when there is no money')
      on conflict do nothing;
    update direct_payments.delegated_limit set during = '[2020-01-01,2027-04-01)' where role_id = 'social-worker';
    insert into direct_payments.delegated_limit (role_id, up_to_pence, during) values ('social-worker', 200000, '[2027-04-01,)') on conflict do nothing;
    update funds.fund set title = 'Winter plan for social protection', purpose = 'Extra costs for families this winter',
      open_during = '[2026-04-01,2027-04-01)'`);
}

/** Every other fund answered "cannot meet this", as the action takes it. */
export async function otherFundAnswers(database: TestDatabase): Promise<{ id: string; canMeet: boolean }[]> {
  const { rows } = await database.superuser.query<{ id: string }>(
    'select id from direct_payments.other_fund where closed_on is null',
  );
  return rows.map(({ id }) => ({ id, canMeet: false }));
}

/** One request in every state, by the state's name. */
export interface Told {
  asked: string;
  above: string;
  split: string;
  moreAsked: string;
  approved: string;
  declined: string;
  paid: string;
  run: string;
  /** A payment of the run that still waits. */
  sent: string;
}

/** Requests in every state, through the same actions that people use. */
export async function makeStories(database: TestDatabase, scheme: Scheme): Promise<Told> {
  const { desk, worker, manager, finance } = scheme;
  const otherFunds = await otherFundAnswers(database);
  const askFor = async (amount: string, more: object = {}) => {
    const family = await makeFamily(database, worker.account);
    return (await desk.act(ask, askInput(family, { amount, otherFunds, ...more }), worker.asking)).id;
  };
  const versionOf = async (id: string) => (await desk.askOne(request, { id }, worker.asking)).version;
  const choose = async (id: string, input: object) =>
    desk.act(decide, { id, version: await versionOf(id), ...input }, manager.asking);
  const approve = (id: string, amount: string) =>
    choose(id, { outcome: 'approve', draws: [{ fund: scheme.fund, amount }] });

  const asked = await askFor('250', {
    words: 'A bed of her own, so that she sleeps.\n\nThen we all get to school on time.',
  });
  const above = await askFor('1500.01', { category: 'clothing' });
  const family = await makeFamily(database, worker.account);
  await desk.act(ask, askInput(family, { amount: '900', otherFunds }), worker.asking);
  const split = await desk.act(ask, askInput(family, { amount: '800', otherFunds }), worker.asking);
  const moreAsked = await askFor('90');
  await choose(moreAsked, { outcome: 'ask for more', reason: 'Which shop is it from?' });
  const approved = await askFor('120.50');
  await approve(approved, '120.50');
  const declined = await askFor('75');
  await choose(declined, {
    outcome: 'decline',
    reason: 'The school can lend one for as long as it is needed.',
    howTold: 'Ross told them on the phone',
  });
  const [paid, sent, failed] = [await askFor('300'), await askFor('60'), await askFor('45')];
  for (const [id, amount] of [
    [paid, '300'],
    [sent, '60'],
    [failed, '45'],
  ] as const)
    await approve(id, amount);
  const ready = await desk.ask(payments, {}, finance.asking);
  const paymentOf = (id: string) => ready.find((payment) => payment.request === id)?.id ?? '';
  const chosen = [paymentOf(paid), paymentOf(sent), paymentOf(failed)];
  const run = await desk.act(makeRun, { payments: chosen }, finance.asking);
  await desk.act(
    markPaid,
    { run: run.id, payments: [paymentOf(paid)], paidOn: '2026-11-18' },
    finance.asking,
  );
  await desk.act(
    markFailed,
    { payment: paymentOf(failed), because: 'The account is closed' },
    finance.asking,
  );
  await desk.act(
    tellStory,
    { id: paid, whose: 'family', words: 'She sleeps now, and so do I.', toldBy: 'Her mum' },
    worker.asking,
  );
  const reAsked = await askFor('110');
  await choose(reAsked, { outcome: 'ask for more', reason: 'Is that for one child or both?' });
  await desk.act(
    answer,
    { id: reAsked, version: await versionOf(reAsked), words: 'For both of them' },
    worker.asking,
  );
  return {
    asked,
    above,
    split: split.id,
    moreAsked,
    approved,
    declined,
    paid,
    run: run.id,
    sent: paymentOf(sent),
  };
}

/** The scheme on a real server, in a database of its own, with a browser. Close it at the end. */
export async function schemeInBrowser() {
  const database = await testDatabase();
  const scheme = await makeScheme(database);
  await makeSettings(database);
  const server = await testServer(database, [...recordAreas(), directPayments]);
  const browser = await startBrowser();
  const windows: Window[] = [];
  /** Somebody's window; `windows` has them all, with what the browser complained about in any of them. */
  const as = async (worker: Worker, options?: { width?: number; scripts?: boolean }): Promise<Window> => {
    const window = await windowOf(browser, server, worker, options);
    windows.push(window);
    return window;
  };
  const family = () => makeFamily(database, scheme.worker.account);
  const requestsOf = async (id: string) =>
    (
      await database.superuser.query<{ id: string; asked_pence: string }>(
        'select id, asked_pence from direct_payments.request where family_id = $1 order by id',
        [id],
      )
    ).rows;
  const close = async () => {
    await browser.close();
    await server.close();
    await database.close();
  };
  return { database, scheme, server, browser, windows, as, family, requestsOf, close };
}

export const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
/** Chooses an answer by its words: the words lie over the box that they belong to. */
export const tick = (page: Page, words: string) =>
  page.locator('label[class*="__label"]', { hasText: words }).first().click();
export const says = async (page: Page, words: string | RegExp) =>
  expect(await page.locator('main').textContent()).toMatch(words);
