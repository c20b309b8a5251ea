import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../../../platform/testing/database.ts';
import { makeWorker } from '../../../platform/testing/people.ts';
import { testServer } from '../../../platform/testing/server.ts';
import { windowsOn } from '../../../platform/testing/windows.ts';
import { startBrowser } from '../../../platform/ui/testing/browser.ts';
import { shareFamily } from '../../families/actions.ts';
import { familiesArea } from '../../families/area.ts';
import { language } from '../../language/area.ts';
import { makeFamily } from '../../notes/testing.ts';
import { tasks } from '../../tasks/area.ts';
import { send } from '../agreeing.ts';
import { familyPanel, plans } from '../area.ts';
import { wholePlan } from '../testing.ts';

const database = await testDatabase();
const server = await testServer(database, [familiesArea({ panels: [familyPanel] }), plans, tasks, language], {
  now: Temporal.Instant.from('2026-11-22T10:00:00Z'),
});
const { desk } = server.context;
const browser = await startBrowser();
const { windowFor, looksRight } = windowsOn(server, browser);
afterAll(async () => {
  await browser.close();
  await server.close();
  await database.close();
});

const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
const gordon = await makeWorker(database, { name: 'Gordon Rennie', role: 'team-manager' });

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
  await page.getByRole('button', { name: 'Write it down' }).click();
  await page.getByRole('link', { name: /Write down what they say/ }).click();
  await page.getByLabel('Who said it').fill('Isla');
  await page.getByRole('button', { name: 'Write it down' }).click();
  await page.getByRole('link', { name: 'Write what they said, as they said it' }).click();
  expect(await page.locator(':target').getAttribute('name')).toBe('words');
  expect(await page.getByLabel('Who said it').inputValue()).toBe('Isla');
  await looksRight(ailsa, page.url().replace(/#.*/, ''), 'sent');
  await page.getByLabel('What they say').fill('Aye, its fine');
  await page.getByRole('button', { name: 'Write it down' }).click();
  expect(await main.textContent()).toMatch(/Aye, its fine[\s\S]*not said yet/);
  await looksRight(ailsa, page.url(), 'family');
  await page.getByRole('link', { name: /Say how it was acted on/ }).click();
  await page.getByLabel('How it was acted on').fill('We told the school');
  await page.getByRole('button', { name: 'Save' }).click();
  expect(await main.textContent()).toContain('We told the school');
  await close();
});

test('what is typed about one sending of a plan stays with that sending, and a day is proposed by the time limit', async () => {
  const of = await makeFamily(desk, ailsa);
  const { plan } = await wholePlan(desk, ailsa, of);
  const both = await Promise.all(
    ['Jamie', 'Gran'].map((toWhom) =>
      desk.act(send, { plan, on: '21/11/2026', toWhom }, ailsa.asking).then(({ sent }) => sent),
    ),
  );
  const { page, close } = await windowFor(ailsa, true);
  const [first = '', second = ''] = both.map((sent) => `${server.url}/plans/${plan}/family/${sent}`);
  await page.goto(`${server.url}/plans/${plan}/family`);
  const ids = await page.locator('[id]').evaluateAll((all) => all.map(({ id }) => id));
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  await page.goto(first);
  await page.getByLabel('What they say').pressSequentially('Half a sen');
  await page.getByText('Saved').waitFor();
  await page.goto(second);
  expect(await page.getByLabel('What they say').inputValue()).toBe('');
  await page.goto(first);
  expect(await page.getByLabel('What they say').inputValue()).toBe('Half a sen');
  // Six months to begin with; from today on the partnership looks again after 20 working days, of which 30 November is none.
  await page.goto(`${server.url}/plans/${plan}/agree`);
  expect(await page.getByLabel('We look at it together again by').inputValue()).toBe('22/5/2027');
  expect(await page.locator('main').textContent()).toContain('within 6 months, or sooner');
  await database.superuser.query(
    `update record.clock set during = daterange(lower(during), '2026-11-22') where id = 'plan-review'`,
  );
  await database.superuser.query(
    `insert into record.clock (id, title, amount, unit, during, source)
     values ('plan-review', 'Review of a Child’s Plan', 20, 'working days', '[2026-11-22,2027-01-01)', 'Committee'),
       ('plan-review', 'Review of a Child’s Plan', 2, 'months', '[2027-01-01,)', 'Committee')`,
  );
  await page.goto(`${server.url}/plans/${plan}/agree`);
  expect(await page.getByLabel('We look at it together again by').inputValue()).toBe('21/12/2026');
  expect(await page.locator('main').textContent()).toContain('within 20 working days, or sooner');
  await close();
});

test('a whole plan, as workers read it and as the child does', async () => {
  const of = await makeFamily(desk, ailsa);
  await desk.act(shareFamily, { family: of.id, with: gordon.account }, ailsa.asking);
  const { plan } = await wholePlan(desk, ailsa, of, gordon);
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
