import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../../../platform/testing/database.ts';
import { makeWorker } from '../../../platform/testing/people.ts';
import { testServer } from '../../../platform/testing/server.ts';
import { windowsOn } from '../../../platform/testing/windows.ts';
import { startBrowser } from '../../../platform/ui/testing/browser.ts';
import { familiesArea } from '../../families/area.ts';
import { language } from '../../language/area.ts';
import { peopleArea } from '../../people/area.ts';
import * as actions from '../actions.ts';
import { familyPanel, notes, personPanel, printedPanel } from '../area.ts';
import { longestNote } from '../rules.ts';
import { makeFamily, writeNote } from '../testing.ts';

const database = await testDatabase();
const areas = [
  familiesArea({ panels: [familyPanel] }),
  peopleArea({ panels: [personPanel], printed: [printedPanel] }),
  notes,
  language,
];
const server = await testServer(database, areas, { now: Temporal.Instant.from('2026-11-22T10:00:00Z') });
const { desk } = server.context;
const browser = await startBrowser();
const { windowFor, looksRight, post } = windowsOn(server, browser);
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

test('a note is written from the family’s page in one page, with scripts off at 320 pixels', async () => {
  const of = await makeFamily(desk, ailsa);
  const { page, close } = await windowFor(ailsa, false);
  const main = page.locator('main');
  await page.goto(`${server.url}/families/${of.id}`);
  await page.getByRole('link', { name: 'Add a note' }).click();
  // Words and a signature: the children and today are filled in.
  expect(await page.getByLabel('Jamie Baird').isChecked()).toBe(true);
  expect(await page.getByLabel('Isla Baird').isChecked()).toBe(false);
  await looksRight(ailsa, page.url(), 'write-empty');
  await page.getByRole('button', { name: 'Sign the note' }).click();
  expect(await main.textContent()).toContain('Write what happened');
  await page.getByLabel('What happened').fill('Jamie made toast for everybody.');
  // Enter in a field keeps the note and does not sign it.
  await page.getByLabel('When', { exact: true }).press('Enter');
  expect(await main.textContent()).toContain('Only you can see this until you sign it');
  await page.getByRole('button', { name: 'Sign the note' }).click();
  expect(await page.getByRole('status').first().textContent()).toContain('The note is signed');
  expect(await main.textContent()).toMatch(
    /22 November 2026.*Ailsa Drummond[\s\S]*about Jamie Baird, Skye Baird[\s\S]*made toast/,
  );
  await looksRight(ailsa, page.url(), 'list-one');
  await close();
});

test('what was typed comes back on a mistake, is checked, gets a file, is signed, and is amended', async () => {
  const of = await makeFamily(desk, ailsa);
  const { page, close } = await windowFor(ailsa, false);
  const main = page.locator('main');
  await page.goto(`${server.url}/people/${of.jamie}`);
  await page.getByRole('link', { name: 'Add a note' }).click();
  expect(await page.getByLabel('Skye Baird').isChecked()).toBe(false);
  await page
    .getByLabel('What happened')
    .fill(
      'Contact with his siblings went well.\n\nAbout somebody else: his uncle drinks again.\n\nWe made toast.',
    );
  await page.getByText('Their own words', { exact: true }).click();
  await page.getByLabel('What they said', { exact: false }).first().fill('I liek it here');
  await page.getByText('Is this a significant event?').click();
  await page.locator('label', { hasText: 'This is a significant event' }).click();
  await page.getByText('Next steps', { exact: true }).click();
  await page.getByLabel('What is to be done').fill('Ring the school');
  await page.getByRole('button', { name: 'Check it first' }).click();
  expect(await main.textContent()).toMatch(/Choose whose words these are/);
  expect(await main.textContent()).toMatch(/Say in a few words what happened/);
  expect(await page.getByLabel('What they said').first().inputValue()).toBe('I liek it here');
  await page.getByLabel('Whose words').first().selectOption(of.jamie);
  await page.getByLabel('In a few words').fill('Family time went well');
  await page.getByRole('button', { name: 'Check it first' }).click();
  expect(await main.textContent()).toContain('You wrote “Contact”. Could it be “family time”?');
  expect(await main.textContent()).toContain('You wrote “siblings”. Could it be “brothers and sisters”?');
  expect(await main.textContent()).toContain('A reader of about');
  await page.getByRole('link', { name: 'Add a file' }).click();
  await page.getByLabel('What it is').fill('Jamie’s drawing');
  const send = async (name: string, mimeType: string, buffer: Buffer) => {
    await page.getByLabel('The file').setInputFiles({ name, mimeType, buffer });
    await page.getByRole('button', { name: 'Add the file' }).click();
  };
  await send('drawing.png', 'image/png', Buffer.from('<html><script>alert(1)</script></html>'));
  expect(await main.textContent()).toContain('Choose a picture (PNG, JPEG or WebP)');
  expect(await page.getByLabel('What it is').inputValue()).toBe('Jamie’s drawing');
  await looksRight(ailsa, page.url(), 'attach');
  await send('drawing.png', 'image/png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'));
  expect(await main.textContent()).toMatch(/Jamie’s drawing \(picture, 1 kB\)/);
  await looksRight(ailsa, page.url(), 'check');
  await page.getByRole('button', { name: 'Sign the note' }).click();
  await page.getByRole('link', { name: /Note about Jamie Baird/ }).click();
  expect(await main.textContent()).toMatch(/About somebody else · left out[\s\S]*his uncle drinks again/);
  expect(await main.textContent()).toMatch(/I liek it here[\s\S]*Jamie Baird, 22 November 2026/);
  await page.getByRole('link', { name: 'Add an amendment' }).click();
  await page.getByRole('button', { name: 'Sign the amendment' }).click();
  expect(await main.textContent()).toContain('Say why you add this');
  await page.getByLabel('What should be known').fill('It was on Friday, not Saturday.');
  await page.getByLabel('Why you add this').fill('Isla told me');
  await looksRight(ailsa, page.url(), 'amend');
  await page.getByRole('button', { name: 'Sign the amendment' }).click();
  expect(await main.textContent()).toMatch(/Added since[\s\S]*Isla told me[\s\S]*on Friday/);
  await looksRight(ailsa, page.url(), 'note');
  await page.goto(`${server.url}/people/${of.jamie}/print`);
  expect(await main.textContent()).toMatch(
    /What was written about me[\s\S]*We made toast[\s\S]*I liek it here/,
  );
  expect(await main.textContent()).toMatch(
    /One part of this note is left out, because it is about somebody else/,
  );
  expect(await main.textContent()).not.toContain('uncle');
  await looksRight(ailsa, page.url(), 'copy');
  await close();
});

test('a file is only ever given out to be saved, as what it is', async () => {
  const of = await makeFamily(desk, ailsa);
  const note = await writeNote(desk, ailsa, of, { finish: 'keep' });
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  const { attachment } = await desk.act(
    actions.attach,
    { note, title: '../"Isla’s" <letter>', file: `data:image/png;base64,${png.toString('base64')}` },
    ailsa.asking,
  );
  const answer = await server.app.inject({
    url: `/notes/${note}/files/${attachment}`,
    headers: { cookie: server.cookie(ailsa.token) },
  });
  expect(answer.headers).toMatchObject({
    'content-type': 'image/png',
    'content-disposition': 'attachment; filename="Islas-letter.png"',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  expect(answer.rawPayload.equals(png)).toBe(true);
});

test('what was typed survives the end of the session, and 100,001 characters', async () => {
  const of = await makeFamily(desk, ailsa);
  const address = `/families/${of.id}/notes/add`;
  const morag = await makeWorker(database, { name: 'Morag Bain' });
  await database.superuser.query(
    `insert into access.reason (subject, holder, kind, scope) values ($1, $2, 'allocated', 'practice')`,
    [of.id, morag.account],
  );
  const long = 'é'.repeat(longestNote + 1);
  const refused = await post(morag, address, { words: long, on: '20/11/2026', people: of.jamie });
  expect(refused.statusCode).toBe(422);
  expect(refused.body).toContain('Use 100,000 characters or fewer');
  expect(refused.body).toContain(long);
  await database.superuser.query('update access.session set ended_at = now() where id = $1', [morag.session]);
  const ended = await post(morag, address, { words: 'Typed in the car', on: '20/11/2026', people: of.jamie });
  expect(ended.statusCode).not.toBe(200);
  const { rows } = await database.superuser.query<{ name: string; words: string }>(
    `select name, fields ->> 'words' as words from platform.draft where account_id = $1`,
    [morag.account],
  );
  expect(rows).toEqual([{ name: `${address}#form`, words: 'Typed in the car' }]);
});

test('suggestions come while somebody writes, and go; nothing in the field is changed', async () => {
  const of = await makeFamily(desk, ailsa);
  const { page, faults, close } = await windowFor(ailsa, true, 1280);
  await page.goto(`${server.url}/families/${of.id}/notes/add`);
  const field = page.getByLabel('What happened', { exact: true });
  await field.pressSequentially('The placement is good. He said “contact is fine” at the contact centre.');
  const found = page.locator('[data-words-found]');
  await found.getByText('Could it be “home”?').waitFor();
  expect(await found.locator('li').allTextContents()).toEqual([
    'You wrote “placement”. Could it be “home”? A child lives in a home.',
    'You wrote “contact centre”. Could it be “family centre”? What happens there is family time.',
  ]);
  await field.fill('The home is good.');
  await found.locator('li').first().waitFor({ state: 'detached' });
  expect(await field.inputValue()).toBe('The home is good.');
  expect(faults).toEqual([]);
  await close();
});

test('the list is searched, turned and empty in plain words; from anywhere a note begins with the family', async () => {
  const of = await makeFamily(desk, ailsa);
  const { page, close } = await windowFor(ailsa, false);
  const main = page.locator('main');
  await page.goto(`${server.url}/families/${of.id}/notes`);
  expect(await main.textContent()).toContain('There are no notes yet');
  await looksRight(ailsa, page.url(), 'list-empty');
  for (let n = 0; n < 27; n++)
    await writeNote(desk, ailsa, of, {
      words: `Note ${n}. ${'We went for a walk by the canal and talked. '.repeat(n === 26 ? 30 : 1)}`,
      how: n % 2 ? 'home' : 'phone',
      quotations: n === 26 ? [{ words: 'I want to go home to my ain bed', person: of.jamie }] : [],
    });
  await page.reload();
  expect(await main.textContent()).toContain('Read all of it');
  await looksRight(ailsa, page.url(), 'list-full');
  await page.getByRole('link', { name: 'Next page' }).click();
  expect(await main.textContent()).toContain('Note 0.');
  await page.goto(`${server.url}/families/${of.id}/notes?words=nothing-like-it`);
  expect(await main.textContent()).toContain('No note is like this');
  await page.goto(
    `${server.url}/families/${of.id}/notes?words=bed&how=phone&person=nobody&beforeId=x&beforeOn=y`,
  );
  expect(await main.textContent()).toContain('my ain bed');
  await page.goto(`${server.url}/notes/add`);
  await looksRight(ailsa, page.url(), 'choose');
  await page.getByRole('link', { name: 'Baird' }).first().click();
  expect(page.url()).toMatch(/\/families\/[0-9a-f-]+\/notes\/add$/);
  await page.goto(`${server.url}/notes/add?person=${of.skye}`);
  expect(page.url()).toBe(`${server.url}/families/${of.id}/notes/add?person=${of.skye}`);
  await close();
});

test('the list of words is read by everybody and changed by those who keep it', async () => {
  const { page, close } = await windowFor(yuliia, false);
  const main = page.locator('main');
  await page.goto(`${server.url}/words`);
  await looksRight(yuliia, page.url(), 'words');
  await page.getByRole('link', { name: 'Add a word' }).click();
  await page.getByLabel('Word or phrase').fill('kiddo');
  await page.getByRole('button', { name: 'Add it' }).click();
  expect(await main.textContent()).toContain('Say why you change the list');
  await looksRight(yuliia, page.url(), 'word-add');
  await page.getByLabel('What could be said instead').fill('their name');
  await page.getByLabel('Why', { exact: true }).fill('They have one');
  await page.getByLabel('Where this comes from').fill('A young person');
  await page.getByLabel('Why you change the list').fill('Asked for');
  await page.getByRole('button', { name: 'Add it' }).click();
  expect(await main.textContent()).toMatch(/“kiddo” could be “their name”/);
  await looksRight(yuliia, page.url(), 'word');
  await page.getByText('Take it off the list', { exact: true }).first().click();
  await page.getByLabel('Why you take it off').fill('Nobody says it');
  await page.getByRole('button', { name: 'Take it off the list' }).click();
  expect(await main.textContent()).not.toContain('kiddo');
  const plain = await windowFor(ailsa, false);
  await plain.page.goto(`${server.url}/words`);
  expect(await plain.page.getByRole('link', { name: 'Add a word' }).count()).toBe(0);
  await plain.close();
  await close();
});
