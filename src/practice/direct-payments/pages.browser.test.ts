import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../platform/testing/people.ts';
import { type TestServer, testServer } from '../../platform/testing/server.ts';
import { accessibilityFaults, sidewaysOverflow, startBrowser } from '../../platform/ui/testing/browser.ts';
import { recordAreas } from '../../record/area.ts';
import type { Role } from '../../record/roles.ts';
import { directPayments } from './area.ts';
import { makeSettings, makeStories, picture, type Told, type Window, windowOf } from './pages/testing.ts';
import { makeScheme, type Scheme } from './testing.ts';

interface Place {
  database: TestDatabase;
  server: TestServer;
  who: Record<string, Worker>;
}

let browser: Browser;
let bare: Place;
let lived: Place;
let scheme: Scheme;
let told: Told;

const areas = [...recordAreas(), directPayments];
const roles: Partial<Record<Role, string>> = {
  'social-worker': 'Team',
  'team-manager': 'Team',
  'senior-manager': 'Leads',
  'finance-officer': 'Finance',
  'planning-officer': 'Planning',
  'system-administrator': 'Systems',
};

beforeAll(async () => {
  browser = await startBrowser();
  const empty = await testDatabase();
  const who: Record<string, Worker> = {};
  for (const [role, team] of Object.entries(roles)) who[role] = await makeWorker(empty, { role, team });
  bare = { database: empty, server: await testServer(empty, areas), who };

  const full = await testDatabase();
  scheme = await makeScheme(full, 2_000_000n);
  await makeSettings(full);
  told = await makeStories(full, scheme);
  lived = {
    database: full,
    server: await testServer(full, areas),
    who: {
      'social-worker': scheme.worker,
      'team-manager': scheme.manager,
      'senior-manager': scheme.senior,
      'finance-officer': scheme.finance,
      'system-administrator': scheme.administrator,
      'planning-officer': await makeWorker(full, { role: 'planning-officer', team: 'Planning' }),
    },
  };
});

afterAll(async () => {
  await browser.close();
  for (const place of [bare, lived]) {
    await place.server.close();
    await place.database.close();
  }
});

/** A page in a state: who opens what, and what they do there first. */
interface Seen {
  name: string;
  role: Role;
  path: () => string;
  /** Sends a form with something missing, to see the page in error. */
  wrong?: string;
  says: RegExp;
}

const send = async (page: Page, button: string): Promise<void> => {
  // Forms that stand behind "more" are opened first, as people do.
  for (const more of await page.locator('main details').all()) {
    if ((await more.getAttribute('open')) === null) await more.locator('summary').click();
  }
  await page.getByRole('button', { name: button, exact: true }).click();
  await page.getByRole('alert').waitFor();
};

/** The narrowest a page must work at comes last; pictures are also taken at the width of a common telephone. */
const widths = process.env.KITH_PICTURES ? [1280, 360, 320] : [1280, 320];

async function look({ page, open, faults }: Window, seen: Seen, state: string): Promise<void> {
  await open(seen.path());
  if (seen.wrong) await send(page, seen.wrong);
  expect(await page.locator('main').textContent()).toMatch(seen.says);
  expect(await accessibilityFaults(page)).toEqual([]);
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    await picture(page, `dp-${seen.name}-${state}-${width}`);
    expect(await sidewaysOverflow(page)).toBe(0);
  }
  expect(faults).toEqual([]);
}

const everywhere = (state: string, place: () => Place, all: readonly Seen[]) =>
  describe(state, () => {
    test.each(all)('$name, as $role', async (seen) => {
      const worker = place().who[seen.role];
      if (worker === undefined) throw new Error(`nobody is ${seen.role}`);
      const window = await windowOf(browser, place().server, worker);
      await look(window, seen, state);
      await window.context.close();
    });
  });

const home = () => '/direct-payments';
const at = (path: string) => () => `/direct-payments/${path}`;

everywhere('empty', () => bare, [
  { name: 'start-worker', role: 'social-worker', path: home, says: /You have not asked for a family yet/ },
  { name: 'start-manager', role: 'team-manager', path: home, says: /nothing waits/i },
  { name: 'start-senior', role: 'senior-manager', path: home, says: /nothing waits/i },
  { name: 'start-finance', role: 'finance-officer', path: home, says: /Ready to pay/ },
  { name: 'start-planning', role: 'planning-officer', path: home, says: /Evaluation file/ },
  { name: 'start-administrator', role: 'system-administrator', path: home, says: /How the scheme is set/ },
  { name: 'ask', role: 'social-worker', path: at('ask'), says: /You do not work with a family yet/ },
  { name: 'queue', role: 'team-manager', path: at('queue'), says: /Nothing waits/ },
  { name: 'mine', role: 'social-worker', path: at('mine'), says: /You have not asked/ },
  { name: 'funds', role: 'finance-officer', path: at('funds'), says: /There is no fund yet/ },
  { name: 'funds-add', role: 'finance-officer', path: at('funds/add'), says: /Open a fund/ },
  { name: 'payments', role: 'finance-officer', path: at('payments'), says: /Nothing is ready to pay/ },
  { name: 'runs', role: 'finance-officer', path: at('payments/runs'), says: /There is no payment run yet/ },
  { name: 'settings', role: 'system-administrator', path: at('settings'), says: /Nobody may decide yet/ },
  { name: 'evaluation', role: 'planning-officer', path: at('evaluation'), says: /Nobody asked for anything/ },
]);

const request =
  (which: keyof Told, more = '') =>
  () =>
    `/direct-payments/requests/${told[which]}${more}`;
const familyAsk = () => `/direct-payments/ask?family=${scheme.family}`;
const fundPath = () => `/direct-payments/funds/${scheme.fund}`;
const runPath =
  (more = '') =>
  () =>
    `/direct-payments/payments/runs/${told.run}${more}`;

everywhere('full', () => lived, [
  { name: 'start-worker', role: 'social-worker', path: home, says: /See all your requests/ },
  { name: 'start-manager', role: 'team-manager', path: home, says: /Waiting for your decision/ },
  { name: 'start-senior', role: 'senior-manager', path: home, says: /Above the limit/ },
  { name: 'start-finance', role: 'finance-officer', path: home, says: /£165\.50/ },
  {
    name: 'choose',
    role: 'social-worker',
    path: at('ask?find=urquhart'),
    says: /Families found for “urquhart”/,
  },
  { name: 'ask', role: 'social-worker', path: familyAsk, says: /Ask for the Urquhart family/ },
  { name: 'queue', role: 'senior-manager', path: at('queue'), says: /Sent up/ },
  { name: 'mine', role: 'social-worker', path: at('mine'), says: /Declined/ },
  { name: 'request-decide', role: 'team-manager', path: request('asked'), says: /Approve £250/ },
  { name: 'request-above', role: 'senior-manager', path: request('above'), says: /Approve £1,500\.01/ },
  {
    name: 'request-split',
    role: 'senior-manager',
    path: request('split'),
    says: /Together they come to £1,700/,
  },
  { name: 'request-own', role: 'social-worker', path: request('asked'), says: /somebody else decides it/ },
  {
    name: 'request-answer',
    role: 'social-worker',
    path: request('moreAsked'),
    says: /Which shop is it from/,
  },
  {
    name: 'request-approved',
    role: 'social-worker',
    path: request('approved'),
    says: /Nobody has told this part/,
  },
  { name: 'request-declined', role: 'social-worker', path: request('declined'), says: /Ross told them/ },
  { name: 'request-paid', role: 'social-worker', path: request('paid'), says: /She sleeps now/ },
  { name: 'withdraw', role: 'social-worker', path: request('asked', '/withdraw'), says: /cannot be undone/ },
  { name: 'funds', role: 'finance-officer', path: at('funds'), says: /£20,000/ },
  { name: 'fund', role: 'finance-officer', path: fundPath, says: /What it was given/ },
  { name: 'fund-read', role: 'social-worker', path: fundPath, says: /What it was given/ },
  { name: 'payments', role: 'finance-officer', path: at('payments'), says: /£45 to Kirsty Urquhart/ },
  { name: 'runs', role: 'finance-officer', path: at('payments/runs'), says: /1 waiting, 1 failed/ },
  { name: 'run', role: 'finance-officer', path: runPath(), says: /The account is closed/ },
  { name: 'failed', role: 'finance-officer', path: () => runPath(`/${told.sent}/failed`)(), says: /£60 to/ },
  { name: 'settings', role: 'system-administrator', path: at('settings'), says: /To come/ },
  { name: 'evaluation', role: 'planning-officer', path: at('evaluation'), says: /11 requests/ },
]);

everywhere('error', () => lived, [
  {
    name: 'ask',
    role: 'social-worker',
    path: familyAsk,
    wrong: 'Ask for this',
    says: /Choose what it is for/,
  },
  {
    name: 'decide',
    role: 'team-manager',
    path: request('asked'),
    wrong: 'Record the decision',
    says: /Choose your decision/,
  },
  {
    name: 'answer',
    role: 'social-worker',
    path: request('moreAsked'),
    wrong: 'Send the answer',
    says: /Write your answer/,
  },
  {
    name: 'story',
    role: 'social-worker',
    path: request('paid'),
    wrong: 'Add to the story',
    says: /Write what changed/,
  },
  {
    name: 'withdraw',
    role: 'social-worker',
    path: request('asked', '/withdraw'),
    wrong: 'Withdraw the request',
    says: /Say why/,
  },
  {
    name: 'funds-add',
    role: 'finance-officer',
    path: at('funds/add'),
    wrong: 'Open the fund',
    says: /Name the fund/,
  },
  {
    name: 'top-up',
    role: 'finance-officer',
    path: fundPath,
    wrong: 'Top up the fund',
    says: /Say where the money comes from/,
  },
  {
    name: 'failed',
    role: 'finance-officer',
    path: () => runPath(`/${told.sent}/failed`)(),
    wrong: 'Send it back',
    says: /Say why it failed/,
  },
  {
    name: 'limit',
    role: 'system-administrator',
    path: at('settings'),
    wrong: 'Set the limit',
    says: /Choose a role/,
  },
  {
    name: 'category',
    role: 'system-administrator',
    path: at('settings'),
    wrong: 'Keep this kind',
    says: /Name it in a word or two/,
  },
  {
    name: 'other-fund',
    role: 'system-administrator',
    path: at('settings'),
    wrong: 'Keep this fund',
    says: /Say what it covers/,
  },
  {
    name: 'evaluation',
    role: 'planning-officer',
    path: at('evaluation?from=1/4/2026&to=31/2/2026'),
    says: /Enter the last day/,
  },
]);
