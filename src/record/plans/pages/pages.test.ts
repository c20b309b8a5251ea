import { mkdirSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../../platform/testing/people.ts';
import { testServer } from '../../../platform/testing/server.ts';
import {
  accessibilityFaults,
  openPage,
  sidewaysOverflow,
  startBrowser,
} from '../../../platform/ui/testing/browser.ts';
import { shareFamily } from '../../families/actions.ts';
import { familiesArea } from '../../families/area.ts';
import { language } from '../../language/area.ts';
import { makeFamily } from '../../notes/testing.ts';
import { tasks } from '../../tasks/area.ts';
import { addAction, addNeed, begin, changeNeed, say } from '../actions.ts';
import { familyPanel, plans } from '../area.ts';
import { one } from '../queries.ts';

const database = await testDatabase();
const server = await testServer(database, [familiesArea({ panels: [familyPanel] }), plans, tasks, language], {
  now: Temporal.Instant.from('2026-11-22T10:00:00Z'),
});
const { desk } = server.context;
const browser = await startBrowser();
afterAll(async () => {
  await browser.close();
  await server.close();
  await database.close();
});

const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
const gordon = await makeWorker(database, { name: 'Gordon Rennie', role: 'team-manager' });

async function windowFor(worker: Worker, scripts: boolean, width = 320) {
  const opened = await openPage(browser, `${server.url}/healthz`, { scripts, width });
  const [name = '', value = ''] = server.cookie(worker.token).split('=');
  await opened.page.context().addCookies([{ name, value: decodeURIComponent(value), url: server.url }]);
  return opened;
}

const pictures = process.env.KITH_PICTURES;

/** No fault that axe knows, nothing beyond the edge, and, when asked for, a picture at both widths and in print. */
async function looksRight(worker: Worker, url: string, name: string): Promise<void> {
  const same = await windowFor(worker, true);
  await same.page.goto(url);
  expect(await accessibilityFaults(same.page), url).toEqual([]);
  expect(await sidewaysOverflow(same.page), url).toBe(0);
  expect(same.faults).toEqual([]);
  if (pictures !== undefined) {
    mkdirSync(pictures, { recursive: true });
    for (const width of [1280, 360]) {
      await same.page.setViewportSize({ width, height: 900 });
      await same.page.screenshot({ path: `${pictures}/${name}-${width}.png`, fullPage: true });
    }
    await same.page.emulateMedia({ media: 'print' });
    await same.page.setViewportSize({ width: 794, height: 1123 });
    await same.page.screenshot({ path: `${pictures}/${name}-print.png`, fullPage: true });
  }
  await same.close();
}

test('a plan is begun, written, agreed and sent with scripts off at 320 pixels', async () => {
  const of = await makeFamily(desk, ailsa);
  const { page, close } = await windowFor(ailsa, false);
  const main = page.locator('main');
  await page.goto(`${server.url}/families/${of.id}`);
  await page.getByRole('link', { name: 'Begin a plan' }).click();
  await page.locator('label', { hasText: 'Jamie Baird' }).click();
  await page.getByLabel('Written on').fill('31/2/2026');
  await page.getByLabel('Why is there a plan?').fill('Jamie finds mornings hard since Gran was ill.');
  await page.getByRole('button', { name: 'Begin the plan' }).click();
  expect(await main.textContent()).toContain('Enter the day it was written. Write it like 27/3/2026');
  expect(await page.getByLabel('Why is there a plan?').inputValue()).toContain('mornings');
  await looksRight(ailsa, page.url(), 'begin');
  await page.getByLabel('Written on').fill('20/11/2026');
  await page.getByRole('button', { name: 'Begin the plan' }).click();
  expect(await main.textContent()).toContain('What does the child say? Nothing is written down yet');
  await looksRight(ailsa, page.url(), 'plan-empty');
  await page.getByRole('link', { name: 'Add what somebody says' }).click();
  expect(await page.getByLabel('The child').isChecked()).toBe(true);
  await page.getByLabel('What they say').fill('I liek football');
  await looksRight(ailsa, page.url(), 'view');
  await page.getByRole('button', { name: 'Save' }).click();
  expect(await main.textContent()).toContain('I liek football');
  await page.getByRole('link', { name: 'Add a need', exact: true }).click();
  await page.getByLabel('What does Jamie need?').fill('To wake rested for school');
  await page.getByLabel('What will be done').fill('Monitor as required');
  await page.getByLabel('Who does it').selectOption({ label: 'Isla Baird, parent or carer' });
  await page.getByLabel('By when').fill('30/2/2027');
  await page.getByRole('button', { name: 'Add it to the plan' }).click();
  expect(await main.textContent()).toContain('Enter the day by which it is done. Write it like 27/3/2026');
  await page.getByLabel('By when').fill('1/12/2026');
  await looksRight(ailsa, page.url(), 'need');
  await page.getByRole('button', { name: 'Add it to the plan' }).click();
  expect(await main.textContent()).toContain('Could “Monitor as required” say what will be done');
  await page.getByRole('link', { name: 'Monitor as required', exact: true }).click();
  await page.getByLabel('What will be done').fill('Read with Jamie each night');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('link', { name: 'Agree it' }).click();
  await looksRight(ailsa, page.url(), 'agree');
  await page.getByRole('button', { name: 'Agree the plan' }).click();
  expect(await page.getByRole('status').first().textContent()).toContain('The plan is agreed');
  await page.getByRole('link', { name: /Send it/ }).click();
  await page.getByLabel('To whom').fill('Jamie and his mum');
  await page.getByRole('button', { name: 'Write it down' }).last().click();
  await page.getByText('Write down what they say').click();
  await page.getByLabel('Who said it').fill('Isla');
  await page.getByRole('button', { name: 'Write it down' }).first().click();
  expect(await main.textContent()).toContain('Write what they said, as they said it');
  expect(await page.getByLabel('Who said it').inputValue()).toBe('Isla');
  await page.getByLabel('What they say').fill('Aye, its fine');
  await page.getByRole('button', { name: 'Write it down' }).first().click();
  expect(await main.textContent()).toMatch(/Aye, its fine[\s\S]*not said yet/);
  await looksRight(ailsa, page.url(), 'family');
  await close();
});

test('a whole plan, as workers read it and as the child does', async () => {
  const of = await makeFamily(desk, ailsa);
  await desk.act(shareFamily, { family: of.id, with: gordon.account }, ailsa.asking);
  const { plan } = await desk.act(
    begin,
    {
      family: of.id,
      people: [of.jamie],
      level: 'intensive',
      why: 'Jamie finds mornings hard since Gran was ill, and he has missed a third of school since August.',
      childWhy: 'Mornings have been hard since Gran was ill. This plan is so that they get easier.',
      on: '20/11/2026',
    },
    ailsa.asking,
  );
  const views = [
    {
      whose: 'child',
      person: of.jamie,
      words: 'I liek football. I dont like it when folk talk about me.',
      acted: 'He joined a club. We ask him first.',
    },
    {
      whose: 'parent',
      person: of.isla,
      words: 'I am tired, but we are getting there.',
      disagrees: 'She does not want the school to ring at work.',
      acted: 'The school sends a text.',
    },
    { whose: 'other', name: 'Mr Orr, class teacher', words: 'When he is here he shines.', acted: '' },
  ];
  for (const view of views) await desk.act(say, { plan, on: '20/11/2026', ...view }, ailsa.asking);
  const { need } = await desk.act(
    addNeed,
    {
      plan,
      indicator: 'healthy',
      need: 'To sleep through the night and wake rested',
      ownWords: 'I wake up when its dark',
      childWords: 'You sleep well, so that mornings are easier',
      hoped: 'Jamie is rested, and at school by nine four days of five',
      what: 'Read with Jamie each night at eight',
      owner: `person:${of.isla}`,
      due: '1/12/2026',
    },
    ailsa.asking,
  );
  await desk.act(
    addAction,
    {
      need,
      what: 'Ring the school nurse about sleep',
      owner: gordon.account,
      due: '4/12/2026',
      intended: 'somebody who knows about sleep helps',
    },
    ailsa.asking,
  );
  await desk.act(
    addNeed,
    {
      plan,
      indicator: 'active',
      need: 'To play with others his age',
      childWords: 'You play football with others',
      hoped: 'He goes every week',
      what: 'Take Jamie to football every Tuesday',
      named: 'Uncle Rab',
      due: '8/12/2026',
    },
    ailsa.asking,
  );
  const { page, close } = await windowFor(ailsa, false, 1280);
  await looksRight(ailsa, `${server.url}/plans/${plan}`, 'plan');
  await looksRight(ailsa, `${server.url}/plans/${plan}/for-me`, 'for-me');
  await page.goto(`${server.url}/plans/${plan}/agree`);
  await page.getByRole('button', { name: 'Agree the plan' }).click();
  await page.getByRole('link', { name: /Agreed on 22 November 2026/ }).click();
  expect(await page.locator('main').textContent()).toMatch(
    /kept as it was[\s\S]*I liek football[\s\S]*Uncle Rab/,
  );
  await looksRight(ailsa, page.url(), 'edition');
  await page.goto(`${server.url}/families/${of.id}/plans`);
  await looksRight(ailsa, page.url(), 'list');
  await close();
});

test('the second of two who change a need is told, sees what is saved, and keeps what they typed', async () => {
  const of = await makeFamily(desk, ailsa);
  await desk.act(shareFamily, { family: of.id, with: gordon.account }, ailsa.asking);
  const { plan } = await desk.act(
    begin,
    { family: of.id, people: [of.jamie], level: 'additional', why: 'Mornings', on: '20/11/2026' },
    ailsa.asking,
  );
  const { need } = await desk.act(addNeed, { plan, need: 'To sleep' }, ailsa.asking);
  const { page, close } = await windowFor(gordon, false);
  const main = page.locator('main');
  await page.goto(`${server.url}/plans/${plan}/needs/${need}`);
  await page.getByLabel('What does Jamie need?').fill('Typed by Gordon');
  await desk.act(changeNeed, { id: need, version: 1, need: 'Saved by Ailsa' }, ailsa.asking);
  await page.getByRole('button', { name: 'Save' }).click();
  expect(await main.textContent()).toContain('This changed while you were writing');
  expect(await main.textContent()).toMatch(
    /As it is saved now[\s\S]*Ailsa Drummond changed the plan last[\s\S]*Saved by Ailsa/,
  );
  expect(await page.getByLabel('What does Jamie need?').inputValue()).toBe('Typed by Gordon');
  await looksRight(gordon, page.url(), 'need-conflict');
  await page.getByRole('button', { name: 'Save' }).click();
  expect((await desk.askOne(one, { plan }, ailsa.asking)).needs[0]?.need).toBe('Typed by Gordon');
  // Agreeing to a plan that changed after it was read is refused, and what was typed stays.
  await page.goto(`${server.url}/plans/${plan}/agree`);
  await page.getByLabel('We look at it together again by').fill('1/3/2027');
  await desk.act(addNeed, { plan, need: 'To play' }, ailsa.asking);
  await page.getByRole('button', { name: 'Agree the plan' }).click();
  expect(await main.textContent()).toMatch(/Look at the plan before you agree[\s\S]*To play/);
  expect(await page.getByLabel('We look at it together again by').inputValue()).toBe('1/3/2027');
  await page.getByRole('button', { name: 'Agree the plan' }).click();
  expect(await page.getByRole('status').first().textContent()).toContain('The plan is agreed');
  await close();
});
