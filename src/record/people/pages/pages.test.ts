import { h } from 'preact';
import { afterAll, expect, test } from 'vitest';
import type { Area } from '../../../platform/area.ts';
import { testDatabase } from '../../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../../platform/testing/people.ts';
import { testServer } from '../../../platform/testing/server.ts';
import {
  accessibilityFaults,
  openPage,
  openToLook,
  startBrowser,
} from '../../../platform/ui/testing/browser.ts';
import { csrfToken } from '../../../platform/web/context.ts';
import { add } from '../../families/actions.ts';
import { familiesArea } from '../../families/area.ts';
import { changeBirth, noteDeath } from '../actions.ts';
import { peopleArea } from '../area.ts';
import { addName } from '../list-actions.ts';

const database = await testDatabase();
const homes = {
  title: 'Homes',
  who: 'anyone signed in' as const,
  load: async (_request: unknown, id: string) => h('p', null, `Home of ${id}`),
};
const finance = {
  title: 'Money',
  who: ['finance-officer'],
  load: async () => h('p', null, 'Not for others'),
};
const areas: Area[] = [
  familiesArea(),
  peopleArea({
    panels: [homes, finance],
    printed: [{ ...homes, title: 'My homes' }],
    areas: () => areas,
  }),
];
const server = await testServer(database, areas, { now: Temporal.Instant.from('2026-11-22T10:00:00Z') });
const { desk, settings } = server.context;
const browser = await startBrowser();
afterAll(async () => {
  await browser.close();
  await server.close();
  await database.close();
});

const ailsa = await makeWorker(database);
const senior = await makeWorker(database, { name: 'Una Shaw', role: 'senior-manager' });
const health = await makeWorker(database, {
  name: 'Hamish Orr',
  organisation: 'NHS Strathmorran',
  team: 'Health visiting',
});
const get = (url: string, worker: Worker = ailsa) =>
  server.app.inject({ url, headers: { cookie: server.cookie(worker.token) } });
const post = (url: string, fields: Record<string, string>, worker: Worker = ailsa) =>
  server.app.inject({
    method: 'POST',
    url,
    headers: {
      cookie: server.cookie(worker.token),
      'content-type': 'application/x-www-form-urlencoded',
    },
    payload: new URLSearchParams({
      _csrf: csrfToken(settings, worker.asking.identity.session),
      ...fields,
    }).toString(),
  });

async function baird() {
  const { family, people } = await desk.act(
    add,
    {
      name: 'Baird',
      members: [
        { givenName: 'Rowan', dateOfBirth: '2012-05-01', part: 'young person', careExperienced: 'yes' },
        { givenName: 'Baby', part: 'child' },
      ],
    },
    ailsa.asking,
  );
  return { family, person: people[0] ?? '', baby: people[1] ?? '' };
}

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A window without scripts at somebody's page, and what to look for in it. */
async function walk(person: string) {
  const [name = '', value = ''] = server.cookie(ailsa.token).split('=');
  const at = async (address: string, scripts: boolean) => {
    const opened = await openPage(browser, `${server.url}/healthz`, { scripts, width: 320 });
    await opened.page.context().addCookies([{ name, value, url: server.url }]);
    await opened.page.goto(address);
    return opened;
  };
  const home = `${server.url}/people/${person}`;
  const { page, faults, close } = await at(home, false);
  const text = async () => (await page.locator('main').textContent()) ?? '';
  const noFaults = async () => {
    const same = await openToLook(browser, page.url(), { cookies: await page.context().cookies() });
    expect(await accessibilityFaults(same.page), page.url()).toEqual([]);
    expect(await same.page.evaluate(() => document.documentElement.scrollWidth), page.url()).toBe(320);
    expect(same.faults).toEqual([]);
    await same.close();
  };
  const back = async (notice: string) => {
    expect(new URL(page.url()).pathname).toBe(`/people/${person}`);
    expect(await page.getByRole('status').textContent()).toContain(notice);
  };
  // A form that is refused answers 422, which the browser notes.
  const finish = async () => {
    expect(faults.filter((fault) => !fault.includes('422'))).toEqual([]);
    await close();
  };
  return { home, page, text, noFaults, back, finish };
}

test('somebody’s page is filled, topic by topic, with scripts off, at 320 pixels, and without a fault', async () => {
  const { person } = await baird();
  const { page, text, noFaults, back, finish } = await walk(person);
  expect(await text()).toMatch(/14 years old[\s\S]*Care experienced[\s\S]*Nothing in their own words yet/);
  expect(await text()).toContain(`Home of ${person}`);
  expect(await text()).not.toContain('Not for others');
  await noFaults();

  await page.getByRole('link', { name: 'Write down what matters' }).click();
  await noFaults();
  await page.getByLabel('What they say').fill('Seeing Skye on Saturdays.');
  await page.getByRole('button', { name: 'Save' }).click();
  await back('What they said is written down');
  expect(await text()).toMatch(
    /Seeing Skye on Saturdays\.[\s\S]*Said on 22 November 2026, written down by Ailsa/,
  );

  await page.getByRole('link', { name: 'Change the name they go by' }).click();
  await noFaults();
  await page.getByLabel('Given name').fill('Ro');
  await page.getByText('They go by another name now').click();
  await page.getByRole('button', { name: 'Save' }).click();
  await back('The name is changed');
  expect(await text()).toMatch(/Rowan Baird[\s\S]*Previous[\s\S]*Until 21 November 2026/);

  await page.getByRole('link', { name: 'Add a way to reach them' }).click();
  await noFaults();
  await page.getByText('Telephone').click();
  await page.getByLabel('Number or address').fill('ring mum');
  await page.getByText('Do not ring or write here').click();
  await page.getByRole('button', { name: 'Add this' }).click();
  expect(await page.getByRole('alert').textContent()).toContain(
    'Enter a telephone number, like 01698 900 123',
  );
  expect(await page.getByLabel('Number or address').inputValue()).toBe('ring mum');
  expect(await page.locator('input[name=doNotRing]').isChecked()).toBe(true);
  await page.getByLabel('Number or address').fill('07700 900 123');
  await page.getByRole('button', { name: 'Add this' }).click();
  await back('The way to reach them is added');
  expect(await text()).toContain('Do not use 07700 900 123 without asking Ro first');
  await page.getByRole('link', { name: 'Change 07700 900 123' }).click();
  await noFaults();
  await page.getByLabel('What to know').fill('Her dad has it now');
  await page.getByRole('button', { name: 'Save' }).click();
  await back('The change is saved');
  expect(await text()).toContain('Her dad has it now');

  await page.getByRole('link', { name: 'Add a number' }).click();
  await noFaults();
  await page.getByLabel('Whose number is it?').selectOption('CHI');
  await page.getByLabel('The number').fill('010 101 1237');
  await page.getByLabel('Where it comes from').fill('Health visitor');
  await page.getByRole('button', { name: 'Add this number' }).click();
  await back('The number is added');
  await page.getByRole('link', { name: 'Take out CHI 0101011237' }).click();
  await noFaults();
  await page.getByRole('button', { name: 'Take it out' }).click();
  expect(await page.getByRole('alert').textContent()).toContain('Say why it is taken out');
  await noFaults();
  await page.getByLabel('Why is it taken out?').fill('It is her sister’s');
  await page.getByRole('button', { name: 'Take it out' }).click();
  await back('It is taken out');
  await page.getByText('Corrected', { exact: true }).click();
  expect(await text()).toMatch(/A number[\s\S]*CHI, 0101011237, Health visitor[\s\S]*It is her sister’s/);

  await finish();
}, 120_000);

test('every form of the page, the picture, the copy and who has looked, at 320 pixels, without a fault', async () => {
  const { person } = await baird();
  const { home, page, text, noFaults, back, finish } = await walk(person);
  for (const part of [
    'names/add',
    'languages/add',
    'care-experience/add',
    'birth',
    'about',
    'needs',
    'death',
  ]) {
    await page.goto(`${home}/${part}`);
    await noFaults();
  }
  await page.goto(home);
  await page.getByRole('link', { name: 'Put a picture on this page' }).click();
  await noFaults();
  const send = async (content: Buffer) => {
    await page
      .getByLabel('The picture')
      .setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: content });
    await page.getByRole('button', { name: /Put it/ }).click();
  };
  await send(Buffer.concat([png, Buffer.alloc(700_000)]));
  expect(await page.getByRole('alert').textContent()).toContain('Choose a picture of 700 kB or less');
  await send(Buffer.from('<svg onload="alert(1)">'));
  expect(await page.getByRole('alert').textContent()).toContain('PNG, JPEG or WebP');
  await page.getByRole('button', { name: /Put it/ }).click();
  expect(await page.getByRole('alert').textContent()).toContain('Choose a picture');
  await noFaults();
  await send(png);
  await back('The picture is on the page');
  expect(
    await page
      .getByAltText('Rowan Baird, as they want to be seen')
      .evaluate((image) => 'complete' in image && image.complete),
  ).toBe(true);
  await noFaults();

  await page.getByRole('link', { name: 'A copy for Rowan' }).click();
  await noFaults();
  expect(await text()).toMatch(
    /What matters to me[\s\S]*Who I am[\s\S]*My homes[\s\S]*My family[\s\S]*Who has looked lately/,
  );
  expect(await text()).not.toMatch(/Not recorded|0101011237|07700/);
  await page.goto(`${home}/who-has-looked`);
  await noFaults();
  expect(await text()).toMatch(
    /Ailsa Drummond, Social worker[\s\S]*Looked at a person’s own page[\s\S]*Works with the family/,
  );
  await page.getByRole('link', { name: 'Show it all on one page' }).click();
  expect(await text()).toContain('Added a family');
  await finish();
}, 120_000);

test('somebody else’s change stands beside what was written, and sending again saves it', async () => {
  const { person } = await baird();
  const url = `/people/${person}/needs`;
  await post(url, { _version: '1', interpreter: 'Polish' });
  const stale = await post(url, { _version: '1', interpreter: 'Urdu', communication: 'Slowly' });
  expect(stale.statusCode).toBe(409);
  for (const part of [
    'This changed while you were writing',
    'Polish',
    'value="Urdu"',
    'Slowly',
    'name="_version" value="2"',
  ])
    expect(stale.body).toContain(part);
  const again = await post(url, { _version: '2', interpreter: 'Urdu' });
  expect([again.statusCode, again.headers.location]).toEqual([303, `/people/${person}#about`]);
});

test('what was typed and not sent is there again, and only about the entry it was typed for', async () => {
  const { person } = await baird();
  const draft = (path: string, fields: Record<string, string>) =>
    post(`/drafts/${encodeURIComponent(`${path}#form`)}`, fields);
  await draft(`/people/${person}/what-matters`, { words: 'Half a sent' });
  expect((await get(`/people/${person}/what-matters`)).body).toContain('Half a sent');
  for (const givenName of ['One', 'Two'])
    await desk.act(addName, { person, kind: 'known as', givenName }, ailsa.asking);
  const page = (await get(`/people/${person}`)).body;
  const [one, two] = [...page.matchAll(/take-out\?what=name&amp;entry=([0-9a-f-]{36})/g)].map(
    (match) => match[1],
  );
  await draft(`/people/${person}/take-out`, { what: 'name', entry: one ?? '', why: 'Half a reason' });
  const takeOut = async (entry: string | undefined) =>
    (await get(`/people/${person}/take-out?what=name&entry=${entry}`)).body;
  expect(await takeOut(one)).toContain('Half a reason');
  expect(await takeOut(two)).not.toContain('Half a reason');
});

test('not yet born, born in one step, and died are said gently', async () => {
  const { baby, person } = await baird();
  await desk.act(
    changeBirth,
    { person: baby, version: 1, state: 'expected', expected: 'March 2027' },
    ailsa.asking,
  );
  const unborn = (await get(`/people/${baby}`)).body;
  expect(unborn).toContain('Not yet born, expected in March 2027');
  expect(unborn).toContain(`/people/${baby}/born`);
  expect((await get(`/people/${baby}/born`)).body).toMatch(/name="givenName"[^>]* value(=""| )/);
  const born = { _version: '2', born: '20/11/2026', givenName: 'Orla', familyName: 'Baird' };
  expect((await post(`/people/${baby}/born`, born)).statusCode).toBe(303);
  expect((await get(`/people/${baby}`)).body).toContain('0 months old');
  await desk.act(noteDeath, { person, version: 1, died: '1/11/2026' }, ailsa.asking);
  expect((await get(`/people/${person}`)).body).toContain('Died on 1 November 2026, aged 14');
});

test('who may not change sees no way to; who has no reason sees nothing, on any page', async () => {
  const { person, family } = await baird();
  await desk.act(addName, { person, kind: 'known as', givenName: 'Ro' }, ailsa.asking);
  await database.superuser.query(
    `insert into access.reason (subject, holder, kind, scope) values ($1, $2, 'allocated', 'practice')`,
    [family, senior.account],
  );
  const read = await get(`/people/${person}`, senior);
  expect(read.body).toContain('Also known as Ro');
  expect(read.body).not.toMatch(/take-out|\/names\/add|>Change</);
  const parts = [
    '',
    '/who-has-looked',
    '/print',
    '/name',
    '/birth',
    '/born',
    '/about',
    '/needs',
    '/what-matters',
  ];
  const more = ['/death', '/names/add', '/numbers/add', '/reach/add', '/reach/change', '/languages/add'];
  for (const part of [...parts, ...more, '/care-experience/add', '/take-out?what=name', '/picture'])
    expect((await get(`/people/${person}${part}`, health)).statusCode, part).toBe(404);
  expect((await get(`/people/${person}/name`, senior)).statusCode).toBe(404);
  for (const part of ['/reach/change', '/take-out', '/take-out?what=family', '/take-out?what=name&entry=x'])
    expect((await get(`/people/${person}${part}`)).statusCode, part).toBe(404);
  expect((await get('/people/not-an-id')).statusCode).toBe(404);
  expect(
    (await post(`/people/${person}/needs`, { _version: '1', interpreter: 'x' }, health)).statusCode,
  ).toBe(404);
});

test('a form with a file that is broken, or with too many files, is refused and not our fault', async () => {
  const { person } = await baird();
  const send = (payload: string, type = 'multipart/form-data; boundary=x') =>
    server.app.inject({
      method: 'POST',
      url: `/people/${person}/picture`,
      headers: { cookie: server.cookie(ailsa.token), 'content-type': type },
      payload,
    });
  const part = (name: string) =>
    `--x\r\nContent-Disposition: form-data; name="${name}"; filename="a.png"\r\nContent-Type: image/png\r\n\r\nabc\r\n`;
  for (const payload of ['', 'nonsense', part('picture'), `${part('picture')}${part('picture')}--x--\r\n`])
    expect((await send(payload)).statusCode, payload).toBeLessThan(500);
  expect((await send('abc', 'multipart/form-data')).statusCode).toBeLessThan(500);
  expect((await send('nonsense')).body).toContain('What was sent is broken');
  // Without the token of our own page nothing is taken, whatever it is sent as.
  expect((await send(`${part('picture')}--x--\r\n`)).statusCode).toBe(403);
});
