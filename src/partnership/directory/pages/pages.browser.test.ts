import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../../platform/testing/people.ts';
import { testServer } from '../../../platform/testing/server.ts';
import { windowsOn } from '../../../platform/testing/windows.ts';
import {
  accessibilityFaults,
  openPage,
  sidewaysOverflow,
  startBrowser,
} from '../../../platform/ui/testing/browser.ts';
import { add as addFamily } from '../../../record/families/actions.ts';
import { familiesArea } from '../../../record/families/area.ts';
import { language } from '../../../record/language/area.ts';
import { letters } from '../../../record/letters/area.ts';
import { tasks } from '../../../record/tasks/area.ts';
import { addEntry, addWord, change } from '../actions.ts';
import { directory } from '../area.ts';
import { needOf, withoutProgrammes, written } from '../testing.ts';

const database = await testDatabase();
const server = await testServer(database, [familiesArea(), tasks, language, letters, directory], {
  now: Temporal.Instant.from('2026-11-22T10:00:00Z'),
});
const { desk } = server.context;
const browser = await startBrowser();
const { windowFor, looksRight, post } = windowsOn(server, browser);
afterAll(async () => {
  await browser.close();
  await server.close();
  await database.close();
});

const ewa = await makeWorker(database, { name: 'Ewa Lis', role: 'directory-editor', team: 'Information' });
const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
const get = (worker: Worker, url: string) =>
  server.app.inject({ url, headers: { cookie: server.cookie(worker.token) } });

let pantry = '';
beforeAll(async () => {
  await withoutProgrammes(database);
  const [food, autism] = [await needOf(database, 'money and food'), await needOf(database, 'neurodiversity')];
  pantry = (await desk.act(addEntry, { ...written, terms: [food], areas: ['Invermarn'] }, ewa.asking)).entry;
  await desk.act(addWord, { said: 'portmarn', area: 'Invermarn' }, ewa.asking);
  await desk.act(
    addEntry,
    {
      ...written,
      title: 'Different minds <b>',
      what: 'An evening for parents of autistic children.',
      whoFor: 'Parents and carers',
      terms: [autism],
      fromAge: '5',
      toAge: '17',
      careToAge: '25',
      cost: 'Free',
    },
    ewa.asking,
  );
});

/** What somebody sees who is not signed in, without scripts; and what axe and the eye have against it with them. */
async function strangers(path: string) {
  const { page, close } = await openPage(browser, `${server.url}${path}`, { scripts: false, width: 320 });
  const looked = await openPage(browser, page.url(), { scripts: true, width: 320 });
  expect(await accessibilityFaults(looked.page), path).toEqual([]);
  expect(await sidewaysOverflow(looked.page), path).toBe(0);
  expect(looked.faults, path).toEqual([]);
  await looked.close();
  return { page, close };
}

test('a family finds help in its own words, without signing in and without scripts, and reads it', async () => {
  const { page, close } = await strangers('/directory');
  expect(await page.locator('meta[name=robots]').count()).toBe(0);
  await page.getByLabel('What would help?').fill('autsim in portmarn, my boy is 9 years old');
  await page.getByRole('button', { name: 'Find help' }).click();
  const main = page.locator('main');
  expect(await main.textContent()).toContain(
    'We looked for help with “Autism, ADHD and other ways of thinking” for somebody who is 9 and in Invermarn',
  );
  expect(await main.getByRole('listitem').allTextContents()).toEqual([
    expect.stringContaining('Different minds <b>'),
  ]);
  await page.getByRole('link', { name: 'Different minds <b>' }).click();
  expect(await main.textContent()).toMatch(
    /Ages\s*From 5 to 17 years; before birth to 25 years for care experienced/,
  );
  expect(await main.textContent()).toContain('Checked on 22 November 2026');
  expect(await page.getByRole('link', { name: /Use this|Look after/ }).count()).toBe(0);
  await close();
  for (const path of [
    `/directory/${pantry}`,
    '/directory?all=yes',
    '/directory?text=unicorns',
    '/directory?need=&age=200',
  ])
    await (await strangers(path)).close();
});

test('whoever is not signed in is led to it from the sign-in page, and is told when something is not there', async () => {
  const front = await server.app.inject({ url: '/directory' });
  expect(front.body).toMatch(/<footer[\s\S]*href="\/directory"/);
  expect(front.headers['set-cookie']).toBeUndefined();
  for (const path of ['/directory/nonsense', `/directory/${ailsa.account}`]) {
    const answer = await server.app.inject({ url: path });
    expect(answer.statusCode).toBe(404);
    expect(answer.body).toContain('This page cannot be found');
  }
  const odd = `/directory?all=yes&text=%00&afterTitle=%00&afterScore=0&afterId=${pantry}`;
  expect((await server.app.inject({ url: odd })).statusCode).toBe(200);
  expect((await server.app.inject({ url: '/directory-entries' })).statusCode).toBe(303);
  expect(
    (await server.app.inject({ url: '/directory?area=<script>&age=x&need=y&afterScore=-1' })).body,
  ).not.toContain('<script>');
});

test('a worker sends an entry to somebody in a family', async () => {
  const made = await desk.act(
    addFamily,
    { name: 'Baird', members: [{ givenName: 'Isla', part: 'parent or carer' }] },
    ailsa.asking,
  );
  const { page, faults, close } = await windowFor(ailsa, false);
  await page.goto(`${server.url}/directory/${pantry}`);
  await page.getByRole('link', { name: 'Use this for a family' }).click();
  await looksRight(ailsa, page.url(), 'directory-families');
  // It is no programme, so it cannot be asked for.
  expect(await page.getByRole('link', { name: /^Ask for it/ }).count()).toBe(0);
  await page.getByRole('link', { name: /^Write to them about it.*the Baird family/ }).click();
  await looksRight(ailsa, page.url(), 'directory-send');
  await page.getByLabel('Why did you think of this for them?').fill('You said the end of the month is hard.');
  await page.getByRole('button', { name: 'Go on to the letter' }).click();
  expect(await page.locator('main').textContent()).toContain('Choose who the letter is to');
  expect(await page.getByLabel('Why did you think of this for them?').inputValue()).toContain(
    'end of the month',
  );
  await page.getByLabel('Who is it to?').selectOption(made.people[0] ?? '');
  await page.getByRole('button', { name: 'Go on to the letter' }).click();
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Harbour Pantry');
  expect(await page.locator('main').textContent()).toMatch(
    /Dear Isla[\s\S]*end of the month[\s\S]*Just come/,
  );
  expect(faults.filter((fault) => !fault.includes('422 (Unprocessable Entity)'))).toEqual([]);
  await close();
});

test('an editor adds an entry, says where and when it is, changes it, and sees how it read before', async () => {
  const { page, faults, close } = await windowFor(ewa, false);
  const main = page.locator('main');
  await page.goto(`${server.url}/directory`);
  await page.getByRole('link', { name: 'Look after the directory' }).click();
  await looksRight(ewa, page.url(), 'directory-keep', [1280, 320]);
  await page.getByRole('link', { name: 'Add an entry' }).click();
  await looksRight(ewa, page.url(), 'directory-add');
  await page.getByLabel('What is it called?').fill('Chess club');
  await page.getByRole('button', { name: 'Add this entry' }).click();
  expect(await main.textContent()).toContain('Enter who gives it');
  expect(await page.getByLabel('What is it called?').inputValue()).toBe('Chess club');
  await page.getByLabel('Who gives it?').fill('Morran Youth');
  await page.getByLabel('What is it?').fill('Chess, and biscuits.');
  await page.locator('label', { hasText: 'Somewhere to go and things to do' }).click();
  await page.getByLabel('Who is it for?').fill('Anybody who likes chess, or might.');
  await page.getByLabel('How does somebody get in?').fill('Just come.');
  await page.getByLabel('Where, in a few words?').fill('The library');
  await page.getByLabel('When, in a few words?').fill('Saturday mornings');
  await page.getByRole('button', { name: 'Add this entry' }).click();
  expect(await page.getByRole('status').textContent()).toContain('families can see it');
  await looksRight(ewa, page.url(), 'directory-entry-keep');
  await page.getByRole('link', { name: 'Add a place' }).click();
  await looksRight(ewa, page.url(), 'directory-place');
  await page.getByLabel('Its name').fill('Ardwhin Library');
  await page.getByLabel('Address').fill('The Square');
  await page.getByLabel('Town or village').fill('Ardwhin');
  await page.locator('label', { hasText: 'Saturday' }).click();
  await page.getByLabel('From when?').fill('10am');
  await page.getByLabel('Until when?').fill('12');
  await page.getByRole('button', { name: 'Add this place' }).click();
  expect(await main.textContent()).toContain('Enter when it ends, like 5pm or 18:30');
  expect(await page.getByLabel('From when?').inputValue()).toBe('10am');
  await page.getByLabel('Until when?').fill('noon');
  await page.getByRole('button', { name: 'Add this place' }).click();
  expect(await main.textContent()).toContain('Saturday, 10am to noon');
  await page.getByRole('link', { name: 'Add a time at Ardwhin Library' }).click();
  await looksRight(ewa, page.url(), 'directory-time');
  await page.locator('label', { hasText: 'Monday' }).click();
  await page.getByLabel('From when?').fill('16:00');
  await page.getByLabel('Until when?').fill('17:30');
  await page.getByRole('button', { name: 'Add this time' }).click();
  expect(await main.textContent()).toContain('Monday, 4pm to 5:30pm');
  await page.getByRole('link', { name: 'Change it' }).click();
  await looksRight(ewa, page.url(), 'directory-change');
  await page.getByLabel('What is it?').fill('Chess, draughts and biscuits.');
  await page.getByLabel('Why is it changed?').fill('There are draughts now');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('How it read before (1)').click();
  // The database stamps an edition with its own clock, whatever day the page is told it is.
  await page.getByRole('link', { name: /^Until \d+ \w+ \d{4}/ }).click();
  expect(await main.textContent()).toMatch(/There are draughts now[\s\S]*Chess, and biscuits\./);
  await looksRight(ewa, page.url(), 'directory-version');
  await page.getByRole('link', { name: 'Chess club' }).click();
  await page.getByRole('button', { name: 'I have checked it, and it is right' }).click();
  expect(await page.getByRole('status').textContent()).toContain('that you checked it');
  await page.getByRole('button', { name: 'Take out Ardwhin Library' }).click();
  expect(await main.textContent()).toContain('No place with an address yet');
  expect(faults.filter((fault) => !fault.includes('422 (Unprocessable Entity)'))).toEqual([]);
  await close();
});

test('how often families open an entry is counted, and nothing of who they were', async () => {
  const entry = (
    await desk.act(
      addEntry,
      { ...written, title: 'Counted', terms: [await needOf(database, 'money and food')] },
      ewa.asking,
    )
  ).entry;
  for (let number = 0; number < 3; number++) await server.app.inject({ url: `/directory/${entry}` });
  await get(ewa, `/directory/${entry}`);
  await expect
    .poll(async () => (await get(ewa, `/directory-entries/${entry}`)).body)
    .toContain('3 times in the last 12 weeks');
  const { rows } = await database.superuser.query('select * from directory.opened where entry_id = $1', [
    entry,
  ]);
  expect(rows).toHaveLength(1);
  expect(Object.keys(rows[0] ?? {})).toEqual(['entry_id', 'on_day', 'many']);
});

test('words that families use are added and taken out', async () => {
  const { page, close } = await windowFor(ewa, false);
  await page.goto(`${server.url}/directory-entries/words`);
  await looksRight(ewa, page.url(), 'directory-words');
  await page.getByLabel('What families say').fill('Skint');
  await page.getByRole('button', { name: 'Add this word' }).click();
  expect(await page.locator('main').textContent()).toContain('one of the two');
  await page.getByLabel('What it is about').selectOption({ label: 'Money, food and heating' });
  await page.getByRole('button', { name: 'Add this word' }).click();
  expect(await page.locator('main').textContent()).toContain('This word is there already');
  await page.getByLabel('What families say').fill('aff the books');
  await page.getByRole('button', { name: 'Add this word' }).click();
  expect(await page.getByRole('status').first().textContent()).toContain('The word is added');
  await page.getByRole('button', { name: 'Take out aff the books' }).click();
  expect(await page.getByRole('status').first().textContent()).toContain('The word is taken out');
  await close();
});

test('a colleague’s change is told, and what was written is kept; others may not even look', async () => {
  const [food] = [await needOf(database, 'money and food')];
  const entry = (await desk.act(addEntry, { ...written, title: 'Soup', terms: [food] }, ewa.asking)).entry;
  await desk.act(
    change,
    { ...written, entry, version: 1, title: 'Stew', terms: [food], why: 'It is stew' },
    ewa.asking,
  );
  const stale = await post(ewa, `/directory-entries/${entry}/change`, {
    ...written,
    terms: food,
    title: 'Broth',
    why: 'It is broth',
    _version: '1',
  });
  expect(stale.statusCode).toBe(409);
  expect(stale.body).toContain('This changed while you were writing');
  expect(stale.body).toContain('value="Broth"');
  for (const path of [
    '/directory-entries',
    '/directory-entries/words',
    '/directory-entries/add',
    `/directory-entries/${entry}`,
    `/directory-entries/${entry}/change`,
    `/directory-entries/${entry}/places/add`,
    `/directory-entries/${entry}/versions/1`,
  ])
    expect((await get(ailsa, path)).statusCode, path).toBe(404);
  expect((await get(ewa, `/directory/${entry}/families`)).statusCode).toBe(404);
  for (const path of [
    `/directory-entries/${entry}/versions/9`,
    `/directory-entries/${entry}/versions/x`,
    '/directory-entries/no-id',
  ])
    expect((await get(ewa, path)).statusCode, path).toBe(404);
});
