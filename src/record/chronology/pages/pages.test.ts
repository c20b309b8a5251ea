import JSZip from 'jszip';
import { extractText } from 'unpdf';
import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../../../platform/testing/database.ts';
import { makeWorker } from '../../../platform/testing/people.ts';
import { testServer } from '../../../platform/testing/server.ts';
import { windowsOn } from '../../../platform/testing/windows.ts';
import { startBrowser } from '../../../platform/ui/testing/browser.ts';
import { familiesArea } from '../../families/area.ts';
import { add as addHome } from '../../homes/actions.ts';
import { homes } from '../../homes/area.ts';
import { language } from '../../language/area.ts';
import { peopleArea } from '../../people/area.ts';
import { add, analyse } from '../actions.ts';
import { chronology, familyPanel, personPanel } from '../area.ts';
import { makeFamily, writeEvent } from '../testing.ts';

const database = await testDatabase();
const areas = [
  familiesArea({ panels: [familyPanel] }),
  peopleArea({ panels: [personPanel] }),
  homes,
  chronology,
  language,
];
const server = await testServer(database, areas, { now: Temporal.Instant.from('2026-11-22T10:00:00Z') });
const { desk } = server.context;
const browser = await startBrowser();
const { windowFor, looksRight } = windowsOn(server, browser);
afterAll(async () => {
  await browser.close();
  await server.close();
  await database.close();
});

const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
const callum = await makeWorker(database, { name: 'Callum Reid' });

const get = (url: string, worker = ailsa) =>
  server.app.inject({ method: 'GET', url, headers: { cookie: server.cookie(worker.token) } });

async function told() {
  const of = await makeFamily(desk, ailsa);
  const write = (more: object) => writeEvent(desk, ailsa, of, more);
  await write({
    on: '2/3/2024',
    kind: 'police',
    what: 'Police came to the house at night after a neighbour heard shouting.',
    impact: 'Iona was awake and hid under her bed with Rory.',
    response: 'A letter went to school the same day, so that somebody was ready at the gate.',
    source: 'Police',
    indicators: ['safe'],
    people: [of.iona, of.rory],
    sharing: 'ask first',
  });
  const second = await write({
    on: '3/3/2024',
    kind: 'violence',
    what: 'School heard from police of shouting at the house at night. Neighbour heard it.',
    source: 'School or nursery',
    standing: 'opinion',
  });
  await write({
    on: '14/5/2025',
    kind: 'achievement',
    what: 'Iona swam a whole length and got the badge.',
    impact: 'She wants to teach Rory.',
    source: 'Family',
    indicators: ['active', 'achieving'],
  });
  const wrong = await write({ on: '20/6/2025', what: 'Seen by the dentist.' });
  await desk.act(add, { event: second, kind: 'impact', words: 'She was tired all week.' }, ailsa.asking);
  await desk.act(add, { event: wrong, kind: 'taken out', words: 'It was her cousin.' }, ailsa.asking);
  await desk.act(
    addHome,
    {
      person: of.iona,
      with: [of.rory],
      lines: '12 Kirk Wynd',
      town: 'Kinbrae',
      kind: 'with relatives',
      from: '1/9/2025',
      withhold: 'yes',
      withholdWhy: 'They were followed',
    },
    ailsa.asking,
  );
  await desk.act(
    analyse,
    {
      family: of.id,
      on: '20/11/2026',
      words: 'What helped each time was somebody they knew, who came back.',
    },
    ailsa.asking,
  );
  return of;
}

test('nobody has written anything: the page says what belongs here, and an event is added with scripts off', async () => {
  const of = await makeFamily(desk, ailsa);
  const { page, close } = await windowFor(ailsa, false);
  const main = page.locator('main');
  await page.goto(`${server.url}/families/${of.id}`);
  await page.getByRole('link', { name: 'The whole chronology' }).click();
  expect(await main.textContent()).toContain('Born');
  await page.getByRole('link', { name: 'Add an event' }).click();
  await looksRight(ailsa, page.url(), 'add');
  await page.getByLabel('What happened').fill('Iona joined the choir. Contact with her siblings went well.');
  await page.getByLabel('When it happened').fill('31/2/2025');
  await page.getByRole('button', { name: 'Sign the event' }).click();
  expect(await main.textContent()).toMatch(/Write it like 14\/3\/2012, March 2012/);
  expect(await page.getByLabel('What happened').inputValue()).toContain('joined the choir');
  await looksRight(ailsa, page.url(), 'add-wrong');
  await page.getByLabel('When it happened').fill('March 2025');
  await page.getByLabel('What kind of event').selectOption('achievement');
  await page.locator('label', { hasText: 'Iona Baird' }).click();
  await page.getByLabel('Which agency knows this').fill('family');
  await page.getByRole('button', { name: 'Sign the event' }).click();
  expect(await page.getByRole('status').first().textContent()).toContain('The event is in the chronology');
  expect(await main.textContent()).toMatch(
    /2025[\s\S]*March Something to be proud of[\s\S]*joined the choir/,
  );
  await close();
});

test('the line: years, gaps, repeats, what was added, what was taken out, and no address', async () => {
  const of = await told();
  const url = `${server.url}/families/${of.id}/chronology`;
  const { page, close } = await windowFor(ailsa, false, 1280);
  await page.goto(url);
  const main = page.locator('main');
  const text = (await main.textContent()) ?? '';
  expect(text).toContain('Nothing is recorded since September 2025');
  expect(text).toContain('Nothing is recorded between March 2024 and May 2025');
  expect(text).toContain('Nothing is recorded between February 2016 and March 2024');
  expect(text).toMatch(/This may be the same as what happened on [23] March 2024/);
  expect(text).toMatch(/What it meant[\s\S]*She was tired all week/);
  expect(text).toContain('An event of 20 June 2025 was taken out');
  expect(text).toContain('Ask before sharing');
  expect(text).toMatch(/Move of home\s*Moved home\s*Rory and Iona/);
  expect(text).toContain('What helped each time was somebody they knew');
  expect(text).not.toMatch(/Kirk Wynd|Kinbrae/);
  expect(await page.locator('main h2').allTextContents()).toEqual([
    'What it says as a whole',
    '2025',
    '2024',
    '2016',
    '2014',
  ]);
  await looksRight(ailsa, url, 'line');
  // Narrowed, it points out no gaps: what is missing is only not shown.
  await page.getByText('Choose what to see').click();
  await page.getByLabel('About', { exact: true }).selectOption({ label: 'Iona Baird' });
  await page.getByLabel('Agency').selectOption('Police');
  await page.getByRole('button', { name: 'Show' }).click();
  expect(await page.locator('h1').textContent()).toBe('Chronology of Iona Baird');
  const narrowed = (await main.textContent()) ?? '';
  expect(narrowed).toContain('hid under her bed');
  expect(narrowed).not.toMatch(/swam|Nothing is recorded/);
  await page.goto(`${url}?order=oldest`);
  expect(await page.locator('.kith-chronology__year').allTextContents()).toEqual([
    '2014',
    '2016',
    '2024',
    '2025',
  ]);
  await page.goto(`${url}?kind=hearing&person=not-an-id&fromYear=never`);
  expect(await main.textContent()).toContain('Nothing here is like this');
  await close();
});

test('something is added to an event, and one that was wrong is taken out and written again', async () => {
  const of = await told();
  const { page, close } = await windowFor(ailsa, false);
  await page.goto(`${server.url}/families/${of.id}/chronology?person=${of.iona}&kind=achievement`);
  await page.getByRole('link', { name: /Add to this/ }).click();
  await looksRight(ailsa, page.url(), 'beside');
  await page.locator('label', { hasText: 'It is to be taken out' }).click();
  await page.getByLabel('What should be known').fill('The badge was Rory’s.');
  await page.getByRole('button', { name: 'Sign it' }).click();
  expect(await page.locator('main').textContent()).toContain('This event is taken out');
  await page.getByRole('link', { name: /Write it again/ }).click();
  expect(await page.getByLabel('What happened').inputValue()).toContain('Iona swam a whole length');
  expect(await page.getByLabel('When it happened').inputValue()).toBe('14 May 2025');
  await page.getByLabel('What happened').fill('Rory swam a whole length and got the badge.');
  await page.locator('label', { hasText: 'Iona Baird' }).click();
  await page.locator('label', { hasText: 'Rory Baird' }).click();
  await page.getByRole('button', { name: 'Sign the event' }).click();
  const text = (await page.locator('main').textContent()) ?? '';
  expect(text).toContain('Rory swam a whole length');
  expect(text).toContain('An event of 14 May 2025 was taken out');
  await close();
});

test('it is saved as Word and as PDF, whole or to give to others, and each is in the trail', async () => {
  const of = await told();
  const url = `/families/${of.id}/chronology/chronology`;
  const word = await get(`${url}.docx`);
  expect(word.headers['content-disposition']).toContain('chronology-of-the-baird-family-2026-11-22.docx');
  const { files } = await JSZip.loadAsync(word.rawPayload);
  const body = ((await files['word/document.xml']?.async('string')) ?? '').replaceAll(/<[^>]*>/g, '');
  const pdf = await get(`${url}.pdf`);
  expect(pdf.headers['content-type']).toBe('application/pdf');
  const { text } = await extractText(new Uint8Array(pdf.rawPayload), { mergePages: true });
  for (const said of [body, text.replaceAll(/\s+/g, ' ')]) {
    expect(said).toContain('Chronology of the Baird family');
    expect(said).toContain('hid under her bed');
    expect(said).toContain('It was her cousin');
    expect(said).toContain('Nothing is recorded between March 2024 and May 2025');
    expect(said).toContain('What helped each time');
    expect(said).not.toMatch(/Kirk Wynd/);
  }
  const given = await get(`${url}.pdf?for=others`);
  const { text: outward } = await extractText(new Uint8Array(given.rawPayload), { mergePages: true });
  expect(outward).toContain('One event is left out');
  expect(outward).not.toMatch(/hid under her bed|cousin|What helped each time/);
  expect((await get(`${url}.pdf`, callum)).statusCode).toBe(404);
  const { rows } = await database.superuser.query<{ n: number }>(
    `select count(*)::int as n from audit.event where name = 'chronology.document' and about @> array[$1::uuid]`,
    [of.id],
  );
  expect(rows[0]?.n).toBe(3);
});

test('somebody without a reason finds nothing at any of its addresses', async () => {
  const of = await told();
  const event = await writeEvent(desk, ailsa, of);
  for (const path of ['', '/add', '/analysis', `/events/${event}/add`, '/chronology.docx']) {
    expect((await get(`/families/${of.id}/chronology${path}`, callum)).statusCode, path).toBe(404);
    expect((await get(`/families/${of.id}/chronology${path}`)).statusCode, path).toBe(200);
  }
});

test('what it says as a whole is written on a page of its own', async () => {
  const of = await makeFamily(desk, ailsa);
  const { page, close } = await windowFor(ailsa, false);
  await page.goto(`${server.url}/families/${of.id}/chronology`);
  await page.getByRole('link', { name: 'Say what it shows' }).click();
  await looksRight(ailsa, page.url(), 'analysis');
  await page.getByLabel(/What do you see/).fill('Good things came in threes.');
  await page.getByRole('button', { name: 'Sign it' }).click();
  expect(await page.locator('main').textContent()).toMatch(
    /Good things came in threes\.\s*22 November 2026, Ailsa Drummond, Social worker/,
  );
  await close();
});
