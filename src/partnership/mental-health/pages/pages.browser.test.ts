import JSZip from 'jszip';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../../platform/testing/people.ts';
import { testServer } from '../../../platform/testing/server.ts';
import { windowsOn } from '../../../platform/testing/windows.ts';
import { startBrowser } from '../../../platform/ui/testing/browser.ts';
import { mentalHealthArea } from '../area.ts';
import { tell } from '../telling.ts';
import { funded } from '../testing.ts';

const database = await testDatabase();
const area = mentalHealthArea({ pools: database.pools, council: 'Strathmorran Council' });
const server = await testServer(database, [area], { now: Temporal.Instant.from('2022-04-20T10:00:00Z') });
const browser = await startBrowser();
const { windowFor, looksRight, post } = windowsOn(server, browser);
afterAll(async () => {
  await browser.close();
  await server.close();
  await database.close();
});

const planner = await makeWorker(database, { name: 'Yuliia', role: 'planning-officer', team: 'Planning' });
const manager = await makeWorker(database, { name: 'Grace', role: 'senior-manager' });
const worker = await makeWorker(database, { name: 'Ailsa' });
const get = (who: Worker, url: string) =>
  server.app.inject({ url, headers: { cookie: server.cookie(who.token) } });

let made = { award: '', support: '' };
beforeAll(async () => {
  const { desk } = server.context;
  made = await funded(desk, planner.asking, { fund: { title: 'Community Solutions', phase: 'Phase 4' } });
  await desk.act(
    tell,
    {
      support: made.support,
      from: '2021-10-01',
      to: '2022-03-31',
      children: '2602',
      crisis: '22',
      families: '120',
      source: 'The report of the plan',
      'age-10-to-15': '2000',
    },
    planner.asking,
  );
});

test('a year from its award to a return that is sent, without scripts, on a phone', async () => {
  const { page, close } = await windowFor(planner, false);
  await page.goto(`${server.url}/mental-health/years/2020/awards/add`);
  await page.getByLabel('Who gives the money?').fill('Scottish Government');
  await page.getByLabel('Reference of the letter').fill('CMHW/1');
  await page.getByLabel('Day of the letter').fill('15/1/2021');
  await page.getByLabel('How much is awarded?').fill('234,000');
  await page.getByRole('button', { name: 'Add this award' }).click();
  // What was typed is kept, and the page says what is missing.
  expect(await page.locator('main').textContent()).toContain('Say what the money is for');
  expect(await page.getByLabel('Reference of the letter').inputValue()).toBe('CMHW/1');
  await page.getByLabel('What is it for?').fill('Supports in the community');
  await page.getByText('It is temporary: it ends').click();
  await page.getByRole('button', { name: 'Add this award' }).click();
  expect(await page.locator('main').textContent()).toContain(
    'Enter the day on which the temporary money ends',
  );
  expect(await page.getByLabel('First day').inputValue()).toContain('2020');
  await page.getByLabel('Last day').fill('31/8/2022');
  await page.getByLabel('If it is temporary, what comes after it?').fill('Schools go on with what helped');
  await page.getByRole('button', { name: 'Add this award' }).click();
  expect(await page.locator('main').textContent()).toContain(
    'Temporary, to 31 August 2022. What comes after it: Schools go on with what helped',
  );
  expect(await page.locator('main').textContent()).toContain('£234,000 not promised yet');

  await page.getByRole('link', { name: 'Add a support' }).click();
  await page.getByText('Scottish Government, CMHW/1', { exact: true }).click();
  await page.getByLabel('What is it called?').fill('Art after school');
  await page.getByText('Universal', { exact: true }).click();
  await page.getByLabel('Who gives it?').fill('Tide Arts');
  await page.getByLabel('What is it, and what is it for?').fill('Art with somebody who listens');
  await page.getByLabel('How much is promised to it?').fill('234,000.01');
  await page.getByRole('button', { name: 'Add this support' }).click();
  expect(await page.locator('main').textContent()).toContain('This is more than is left of the award');
  await page.getByLabel('How much is promised to it?').fill('34,000');
  await page.getByRole('button', { name: 'Add this support' }).click();
  expect(await page.locator('h1').textContent()).toBe('Art after school');

  await page.goto(`${server.url}/mental-health/years/2021`);
  await page.getByRole('button', { name: 'Begin it the return for October 2021 to March 2022' }).click();
  const main = page.locator('main');
  expect(await main.textContent()).toContain('0.85%');
  expect(await main.textContent()).toContain('nothing is written down as spent in these months');
  await page.getByLabel('What comes next').fill('Ask the pupil councils.');
  await page.getByRole('button', { name: 'Save the remarks' }).click();
  await page.getByRole('button', { name: 'Send the return' }).click();
  expect(await main.textContent()).toContain('It stays as it was sent.');
  expect(await main.textContent()).toContain('every figure is counted as it was sent');
  const sent = new URL(page.url()).pathname;
  await close();

  await server.context.desk.act(
    tell,
    {
      support: made.support,
      from: '2021-10-01',
      to: '2022-03-31',
      children: '2700',
      crisis: '22',
      families: '120',
      source: 'A later report',
      instead: 'yes',
    },
    planner.asking,
  );
  const later = await get(manager, sent);
  expect(later.body).toContain('As sent');
  expect(later.body).toMatch(/2602[\s\S]{0,200}2700/);
  const csv = await get(manager, `${sent}?as=csv`);
  expect(csv.body).toContain('Whom it reached,Children and young people reached,,"2,602"');
  const word = await get(manager, `${sent}?as=docx`);
  const text = await (await JSZip.loadAsync(word.rawPayload)).file('word/document.xml')?.async('string');
  expect(text).toContain('Ask the pupil councils.');
  expect(text).toContain('2,602');
  await looksRight(manager, sent, 'mental-health-return', [320, 1280]);
});

test('a sign that somebody went on to crisis support is chosen from what programmes say', async () => {
  const page = '/mental-health/crisis-signs';
  const add = (value: string) => post(planner, page, { value });
  expect((await add('')).body).toContain('Choose what else says');
  expect((await add('ending/lost-touch')).statusCode).toBe(303);
  const { body } = await get(planner, page);
  expect(body).toContain('How help ended: We lost touch');
  expect(body).not.toContain('value="ending/lost-touch"');
  expect((await add('ending/lost-touch')).body).toContain('This sign is there already');
});

test('every page looks right, and those who do not plan change nothing', async () => {
  const under = `/mental-health/supports/${made.support}`;
  for (const [path, name] of [
    ['/mental-health?year=2021', 'mental-health'],
    ['/mental-health/years/2021', 'mental-health-year'],
    ['/mental-health/years/2021/priorities/add', 'mental-health-priority'],
    ['/mental-health/years/2021/supports/add', 'mental-health-fund'],
    [`/mental-health/awards/${made.award}`, 'mental-health-award'],
    [under, 'mental-health-support'],
    [`${under}/change`, 'mental-health-change'],
    [`${under}/tell`, 'mental-health-tell'],
    [`${under}/reading`, 'mental-health-reading'],
    ['/mental-health/indicators', 'mental-health-indicators'],
    ['/mental-health/indicators/how-i-feel', 'mental-health-indicator'],
    ['/mental-health/crisis-signs', 'mental-health-signs'],
  ] as const)
    await looksRight(planner, path, name);
  expect((await get(manager, under)).body).not.toContain('Write down what was spent');
  expect((await get(manager, `${under}/change`)).statusCode).toBe(404);
  expect((await get(worker, '/mental-health')).statusCode).toBe(404);
  const refused = await post(manager, under, { amount: '5', note: 'x', on: '1/4/2022' });
  expect(refused.statusCode).toBe(404);
});
