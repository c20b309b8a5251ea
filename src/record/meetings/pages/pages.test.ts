import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../../../platform/testing/database.ts';
import { makeWorker } from '../../../platform/testing/people.ts';
import { testServer } from '../../../platform/testing/server.ts';
import { pictures, windowsOn } from '../../../platform/testing/windows.ts';
import { startBrowser } from '../../../platform/ui/testing/browser.ts';
import { familiesArea } from '../../families/area.ts';
import { language } from '../../language/area.ts';
import { makeFamily } from '../../notes/testing.ts';
import { tasks } from '../../tasks/area.ts';
import { familyPanel, meetingsArea, registerCalendar } from '../area.ts';

const database = await testDatabase();
const server = await testServer(
  database,
  [familiesArea({ panels: [familyPanel] }), tasks, language, meetingsArea()],
  { now: Temporal.Instant.from('2026-11-22T10:00:00Z'), more: registerCalendar },
);
const { desk } = server.context;
const browser = await startBrowser();
const { windowFor, looksRight } = windowsOn(server, browser);
afterAll(async () => {
  await browser.close();
  await server.close();
  await database.close();
});

const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
const yuliia = await makeWorker(database, {
  name: 'Yuliia Bondarenko',
  role: 'planning-officer',
  team: 'Planning',
});

test('a meeting is planned, written down, signed and given to people, with scripts off at 320 pixels', async () => {
  const of = await makeFamily(desk, ailsa);
  const { page, close } = await windowFor(ailsa, false);
  const main = page.locator('main');
  await page.goto(`${server.url}/families/${of.id}`);
  await page.getByRole('link', { name: 'Plan a meeting' }).click();
  await page.getByRole('link', { name: 'Core group' }).click();
  // The child and the mother are filled in.
  expect(await page.getByLabel('Parent or carer', { exact: true }).inputValue()).toBe(`person:${of.isla}`);
  await looksRight(ailsa, page.url(), 'plan');
  await page.getByRole('button', { name: 'Plan the meeting' }).click();
  expect(await main.textContent()).toContain('Enter the day of the meeting');
  await page.getByLabel('Which day?').fill('31/2/2026');
  await page.getByLabel('School or nursery: somebody else, by name').fill('Mrs Wilson');
  await page.getByRole('button', { name: 'Plan the meeting' }).click();
  expect(await main.textContent()).toContain('Write it like 27/3/2026');
  expect(await page.getByLabel('School or nursery: somebody else, by name').inputValue()).toBe('Mrs Wilson');
  await page.getByLabel('Which day?').fill('20/11/2026');
  await page.getByLabel('At what time?').fill('2pm');
  await page.getByLabel('Which room?').fill('Room 2');
  await page.getByRole('button', { name: 'Plan the meeting' }).click();
  expect(await page.getByRole('status').first().textContent()).toContain('The meeting is planned');
  await looksRight(ailsa, page.url(), 'planned');

  await page.getByRole('link', { name: 'Write down what was said and decided' }).click();
  await looksRight(ailsa, page.url(), 'write');
  // Nobody from the lead professional came: there is no quorum.
  for (const select of await page.locator('select[name^=came]').all()) await select.selectOption('came');
  await page.locator('select[name=came2]').selectOption('did not come');
  await page.getByLabel('What they think', { exact: false }).first().fill('I want to see my wee sister mair');
  await page.getByLabel('Whose view', { exact: true }).selectOption(of.jamie);
  for (const answer of await page.locator('textarea[name^=answer]').all()) await answer.fill('Going well');
  await page.locator('textarea[name=decision0What]').fill('Jamie sees Skye every Saturday');
  await page.locator('select[name=decision0By]').selectOption({ index: 1 });
  await page.locator('input[name=action0What]').fill('Ring the school');
  await page.locator('select[name=action0Owner]').selectOption(`account:${ailsa.account}`);
  await page.getByRole('button', { name: 'Sign the record' }).click();
  expect(await main.textContent()).toContain('Lead professional was not there');
  expect(await page.locator('textarea[name=decision0What]').inputValue()).toBe(
    'Jamie sees Skye every Saturday',
  );
  if (pictures !== undefined)
    await page.screenshot({ path: `${pictures}/write-refused-320.png`, fullPage: true });
  await page.locator('select[name=decision0Decided]').selectOption('no');
  await page.getByRole('button', { name: 'Sign the record' }).click();
  expect(await main.textContent()).toMatch(
    /held without the people it needs: Lead professional was not there/,
  );
  expect(await main.textContent()).toContain('Put forward, not decided yet');
  await looksRight(ailsa, page.url(), 'signed');

  await page.getByRole('link', { name: 'Give people the notes' }).click();
  await page.getByLabel('How?').selectOption('read together');
  await page.getByRole('button', { name: 'Save' }).click();
  expect(await main.textContent()).toContain('Read together, 22 November 2026');
  await page.getByRole('link', { name: 'Add a correction' }).click();
  await page.getByLabel('What should be known').fill('It was Mr Wilson');
  await page.getByLabel('Why you add this').fill('He told me');
  await page.getByRole('button', { name: 'Sign the correction' }).click();
  expect(await main.textContent()).toMatch(/Corrections[\s\S]*Ailsa Drummond[\s\S]*It was Mr Wilson/);
  await page.goto(`${server.url}/families/${of.id}/meetings`);
  expect(await main.textContent()).toContain('Held without quorum');
  await looksRight(ailsa, page.url(), 'list');
  await close();
});

test('a paper has a part for named people; a calendar has an address of its own; kinds are kept by those who may', async () => {
  const of = await makeFamily(desk, ailsa);
  const { page, close } = await windowFor(ailsa, false);
  const main = page.locator('main');
  await page.goto(`${server.url}/families/${of.id}/meetings/add?kind=team-around`);
  await page.getByLabel('Which day?').fill('1/12/2026');
  await page.getByRole('button', { name: 'Plan the meeting' }).click();
  await page.getByRole('link', { name: 'Add a paper' }).click();
  await page.getByLabel('What is it?').fill('What school says');
  await page.getByRole('button', { name: 'Add the paper' }).click();
  expect(await main.textContent()).toContain('Write the paper');
  await page.getByLabel('The paper', { exact: true }).fill('He loves art.');
  await looksRight(ailsa, page.url(), 'paper');
  await page.getByRole('button', { name: 'Add the paper' }).click();
  expect(await main.textContent()).toContain('He loves art.');
  await page.getByRole('link', { name: 'Change when or who' }).click();
  expect(await page.getByLabel('Which day?').inputValue()).toBe('1/12/2026');
  await page.getByText('Call it off', { exact: true }).first().click();
  await page.getByLabel('Why will it not be held?').fill('Isla is ill');
  await page.getByRole('button', { name: 'Call it off' }).click();
  expect(await main.textContent()).toContain('Isla is ill');

  await page.goto(`${server.url}/calendar`);
  await page.getByRole('button', { name: 'Make a secret address' }).click();
  const href = await page.getByRole('link', { name: /\.ics$/ }).getAttribute('href');
  const file = await fetch(`${server.url}${href}`);
  expect(await file.text()).toContain('BEGIN:VCALENDAR');
  await looksRight(ailsa, page.url(), 'calendar');
  await page.getByRole('button', { name: 'Stop it' }).click();
  expect((await fetch(`${server.url}${href}`)).status).toBe(404);

  await page.goto(`${server.url}/meeting-kinds/core-group`);
  expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
  await looksRight(yuliia, `${server.url}/meeting-kinds/core-group`, 'kind');
  await looksRight(yuliia, `${server.url}/meeting-kinds`, 'kinds');
  await close();
});
