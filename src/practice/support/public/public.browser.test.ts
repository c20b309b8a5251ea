import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { testServer } from '../../../platform/testing/server.ts';
import { windowsOn } from '../../../platform/testing/windows.ts';
import {
  accessibilityFaults,
  openPage,
  sidewaysOverflow,
  startBrowser,
} from '../../../platform/ui/testing/browser.ts';
import { recordAreas } from '../../../record/area.ts';
import { due, familyPanel, inHand, supportArea } from '../area.ts';
import { supportWorld } from '../testing.ts';
import { start } from './frame.tsx';
import { skye } from './testing.ts';

const now = Temporal.Instant.from('2026-11-18T12:00:00Z');
const world = await supportWorld(() => now);
const { database, ailsa, niamh } = world;
await database.superuser.query(`insert into record.place (name, kind) values ('Lochside', 'locality')`);
const server = await testServer(
  database,
  [
    ...recordAreas({ panels: [familyPanel], inHand: [inHand], due: [due] }),
    supportArea({ pools: database.pools }),
  ],
  { now },
);
const browser = await startBrowser();
const { windowFor, looksRight } = windowsOn(server, browser);
// Leaving leads to a page of this machine: a test reaches no other.
process.env.KITH_QUICK_EXIT = `${server.url}/healthz`;
afterAll(async () => {
  delete process.env.KITH_QUICK_EXIT;
  await browser.close();
  await server.close();
  await database.close();
});

const at = (path: string): string => new URL(path, server.url).href;
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const tick = (page: Page, words: string | RegExp) =>
  page.locator('label').filter({ hasText: words }).first().click();
const says = (page: Page, words: string | RegExp) =>
  page.getByRole('main').getByText(words).first().waitFor({ timeout: 10_000 });
const heading = (page: Page) => page.getByRole('heading', { level: 1 }).textContent();
const text = (name: string): string => String(skye[name] ?? '');
const stranger = (scripts: boolean, path: string = start) =>
  openPage(browser, at(path), { scripts, width: 320 });

/** What a young person types at each step, by its heading. Leaves the page at the step named, or at the last. */
async function writeUntil(page: Page, until: string): Promise<void> {
  const typed: Readonly<Record<string, () => Promise<unknown>>> = {
    'Ask for help': () => tick(page, /asking for myself/),
    'What is your name?': () => page.getByLabel('Your first name and family name').fill(text('name')),
    'How old are you?': () => page.getByLabel('Your age').fill(text('age')),
    'What would help?': () => page.getByLabel(/What is going on/).fill(text('help')),
    'Do you know what you are asking for?': async () => undefined,
    'What have you tried?': async () => undefined,
    'Is there anything you want people to know?': () =>
      page.getByLabel(/Anything you want/).fill(text('view')),
    'How soon do you need somebody?': () => tick(page, 'In the next few weeks'),
    'Where do you live?': () => page.getByLabel('The nearest place').selectOption('Lochside'),
    'How can we reach you?': () => page.getByLabel('Phone number').fill(text('phone')),
    'When and how is it safe to reach you?': () => tick(page, 'Do not leave a voicemail'),
  };
  for (let steps = 0; steps < 12; steps++) {
    const here = (await heading(page)) ?? '';
    expect(await page.getByRole('link', { name: 'Leave this site now' }).count(), here).toBe(1);
    expect(new URL(page.url()).pathname).not.toMatch(/skye|munro/i);
    if (here === until) return;
    await typed[here]?.();
    await press(page, 'Continue');
  }
  expect(await heading(page)).toBe(until);
}

test('a young person asks without scripts on a phone, and it becomes a request in their words', async () => {
  const { page, close } = await stranger(false, `${start}?programme=neurodevelopmental-family-support`);
  await press(page, 'Continue');
  await says(page, 'Choose who you are');
  await writeUntil(page, 'Do you know what you are asking for?');
  expect(await page.getByLabel('Choose it from the list').inputValue()).toBe(
    'neurodevelopmental-family-support',
  );
  await writeUntil(page, 'How can we reach you?');
  await press(page, 'Continue');
  await says(page, 'Write one way to reach you');
  await writeUntil(page, 'Look at it, then send it');
  await says(page, 'I can’t sleep and school is too loud.');
  await press(page, 'Send');
  await says(page, 'What happens next');
  await says(page, 'Family support has it');
  await says(page, 'By 20 November 2026');
  expect(await page.getByRole('main').textContent()).toMatch(/phone 999.*0800 1111/s);
  const reference = /ASK-\w{4}-\w{4}/.exec((await page.getByRole('main').textContent()) ?? '')?.[0] ?? '';
  // Sent is sent: going back to the form leads here again.
  await page.goto(at(`${start}/check`));
  await says(page, reference);
  await close();

  const of = await world.family('Munro');
  await world.helped(of);
  const other = await windowFor(ailsa, false);
  await other.page.goto(at('/support/asked'));
  await says(other.page, 'Nobody waits for your team');
  await other.close();
  const inside = await windowFor(niamh, false);
  await inside.page.goto(at('/support'));
  await inside.page.getByRole('link', { name: '1', exact: true }).first().click();
  await inside.page.getByRole('link', { name: /^A young person/ }).click();
  await says(inside.page, 'Do not leave a voicemail');
  await press(inside.page, 'Say that we have it');
  await says(inside.page, 'Your team has it');
  const asked = new URL(inside.page.url()).pathname;
  for (const path of ['', '/family', '/begin', '/answer', '/hand', '/not-real'])
    await looksRight(niamh, `${asked}${path}`, `asked${path.replaceAll('/', '-')}`);
  await inside.page.getByRole('link', { name: /Look whether they are known/ }).click();
  await inside.page.getByLabel('Name, date of birth, number or postcode').fill('Jamie Munro');
  await press(inside.page, 'Look');
  await inside.page.getByRole('link', { name: 'It is the Munro family' }).first().click();
  await tick(inside.page, /^Jamie/);
  await press(inside.page, 'Make the request');
  await says(inside.page, /is made of what they asked/);
  await says(inside.page, 'Please don’t tell my class.');
  await inside.close();
});

test('saved with a code shown once, it is gone on with in another browser, with a wrong code refused', async () => {
  const first = await stranger(false);
  await writeUntil(first.page, 'What would help?');
  await first.page.getByLabel(/What is going on/).fill('Half a sentence');
  await press(first.page, 'Save and come back later');
  await says(first.page, 'It is kept until 18 December 2026');
  const reference =
    /ASK-\w{4}-\w{4}/.exec((await first.page.getByRole('main').textContent()) ?? '')?.[0] ?? '';
  const code = (await first.page.locator('[data-code]').textContent()) ?? '';
  await first.page.getByRole('link', { name: 'Go on writing' }).click();
  await press(first.page, 'Save and come back later');
  await says(first.page, 'The one you were given before');
  expect(await first.page.getByRole('main').textContent()).not.toContain(code);
  await first.close();

  const second = await stranger(false);
  await second.page.getByRole('link', { name: 'Come back to what I saved' }).click();
  await second.page.getByLabel('Your reference').fill(reference.toLowerCase());
  await second.page.getByLabel('Your code').fill('AAAAA-AAAAA');
  await press(second.page, 'Go on');
  await says(second.page, 'do not go together');
  expect(await second.page.getByLabel('Your reference').inputValue()).toBe(reference.toLowerCase());
  await second.page.getByLabel('Your code').fill(code);
  await press(second.page, 'Go on');
  await second.page.goto(at(`${start}/wanted`));
  expect(await second.page.getByLabel(/What is going on/).inputValue()).toBe('Half a sentence');
  await second.close();
});

test('leaving is at once, with scripts and without; going back shows nothing of what was written', async () => {
  for (const scripts of [true, false]) {
    const { page, faults, close } = await stranger(scripts);
    await writeUntil(page, 'What would help?');
    await page.getByLabel(/What is going on/).fill('What I would not want read');
    await page.getByRole('link', { name: 'Leave this site now' }).click();
    await page.waitForURL('**/healthz');
    await page.goBack();
    await page.waitForLoadState();
    expect(await heading(page), `scripts: ${scripts}`).toMatch(/^(Ask for help)$/);
    expect(await page.content()).not.toMatch(/Skye|would not want/);
    await page.goto(at(`${start}/name`));
    expect(await page.content()).not.toContain('Skye');
    expect(faults).toEqual([]);
    await close();
  }
});

test('every step is right for axe and at 320 pixels, is kept by no browser and found only at its beginning', async () => {
  const { page, faults, close } = await stranger(true);
  for (let steps = 0; steps < 14; steps++) {
    const here = (await heading(page)) ?? '';
    expect(await accessibilityFaults(page), here).toEqual([]);
    expect(await sidewaysOverflow(page), here).toBe(0);
    if (here === 'Look at it, then send it') break;
    const next = new URL(page.url()).pathname;
    await writeUntilNext(page);
    expect(new URL(page.url()).pathname).not.toBe(next);
  }
  expect(await heading(page)).toBe('Look at it, then send it');
  await page
    .getByLabel('Leave this empty')
    .evaluate((box) => box.setAttribute('value', 'https://spam.example'));
  await press(page, 'Send');
  await says(page, 'Tick this, and send it again');
  expect(await accessibilityFaults(page)).toEqual([]);
  await tick(page, 'Yes: send this');
  await press(page, 'Send');
  await says(page, 'What happens next');
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(faults.filter((fault) => !fault.includes('422'))).toEqual([]);
  await close();
  for (const path of [start, `${start}/back`, `${start}/name`]) {
    const answer = await server.app.inject({ url: path });
    expect(answer.headers['cache-control'], path).toBe('no-store');
  }
});

/** One step on, with what is typed there. */
async function writeUntilNext(page: Page): Promise<void> {
  const here = (await heading(page)) ?? '';
  const fill: Readonly<Record<string, () => Promise<unknown>>> = {
    'Ask for help': () => tick(page, /asking for somebody else/),
    'Do they know that you are asking?': async () => {
      await page.getByLabel(/What is your name/).fill('Dougie Weir, a neighbour');
      await tick(page, /Yes, they know/);
    },
    'Who is it for?': async () => {
      await page.getByLabel(/The name of a parent/).fill('Isla Munro');
      await page.getByLabel(/What are the children/).fill('Jamie Munro');
    },
    'What would help?': () =>
      page.getByLabel(/What would help, in your words/).fill('A hand in the mornings'),
    'How soon do you need somebody?': () => tick(page, 'It can wait a little'),
    'Where do you live?': () => page.getByLabel('School or nursery').fill('Lochside Primary'),
    'How can we reach you?': () => page.getByLabel('E-mail address').fill('isla@kith.example'),
  };
  await fill[here]?.();
  await press(page, 'Continue');
}

test('a programme that is for others says so with where help is, and lets them go on', async () => {
  const { page, close } = await stranger(false, `${start}?programme=school-counselling`);
  await tick(page, /asking for my family/);
  await press(page, 'Continue');
  await page.getByLabel('Your first name and family name').fill('Isla Munro');
  await page.getByLabel(/What are the children/).fill('Me');
  await press(page, 'Continue');
  await page.getByLabel(/The age of/).fill('41');
  await press(page, 'Continue');
  await page.getByLabel(/What would help, in your words/).fill('Somebody to talk to');
  await press(page, 'Continue');
  await press(page, 'Continue');
  expect(await heading(page)).toBe('Other help may fit better');
  await says(page, 'You can still ask');
  await page.getByRole('link', { name: 'Go on and ask' }).click();
  expect(await heading(page)).toBe('What have you tried?');
  await close();
});

test('a form that is not ours does nothing and comes back with what was typed; too many are stopped', async () => {
  const post = (payload: Record<string, string>, path = `${start}/wanted`) =>
    server.app.inject({
      method: 'POST',
      url: path,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(payload).toString(),
    });
  const stale = await post({ help: 'My own words' });
  expect(stale.statusCode).toBe(403);
  expect(stale.body).toContain('My own words');
  const large = await post({ help: 'x'.repeat(120_000) });
  expect(large.statusCode).toBe(413);
  const answers = [];
  for (let i = 0; i < 25; i++)
    answers.push((await post({ reference: 'ASK-2222-2222' }, `${start}/back`)).statusCode);
  expect(answers.at(-1)).toBe(429);
});
