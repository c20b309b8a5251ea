import { afterAll, beforeAll, expect, test } from 'vitest';
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
import { recordAreas } from '../../area.ts';
import { add as addFamily } from '../../families/actions.ts';
import { add } from '../actions.ts';

const database = await testDatabase();
const server = await testServer(database, recordAreas(), {
  now: Temporal.Now.instant(),
});
const browser = await startBrowser();
afterAll(async () => {
  await browser.close();
  await server.close();
  await database.close();
});

const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
const senior = await makeWorker(database, { name: 'Iain Nairn', role: 'senior-manager', team: 'Leads' });
const sorcha = await makeWorker(database, { name: 'Sorcha Kerr', team: 'Children and families South' });
const { desk } = server.context;
const get = (worker: Worker, url: string) =>
  server.app.inject({ url, headers: { cookie: server.cookie(worker.token) } });
const post = (worker: Worker, url: string, fields: Record<string, string>) =>
  server.app.inject({
    method: 'POST',
    url,
    headers: { cookie: server.cookie(worker.token), 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({
      _csrf: csrfToken(server.context.settings, worker.asking.identity.session),
      ...fields,
    }).toString(),
  });

async function family(by: Worker, name: string, members: [given: string, part: string, born: string][]) {
  const made = await desk.act(
    addFamily,
    { name, members: members.map(([givenName, part, dateOfBirth]) => ({ givenName, part, dateOfBirth })) },
    by.asking,
  );
  return { family: made.family, people: made.people };
}

/** A blended family over three generations, with a brother in the record of another team, who is fostered. */
async function bairds() {
  const made = await family(ailsa, 'Baird', [
    ['Jamie', 'child', '2012-05-01'],
    ['Rosie', 'child', '2014-03-01'],
    ['Mhàiri-Sheonaidh', 'child', '2021-08-01'],
    ['Isla', 'parent or carer', '1988-02-02'],
    ['Ewan', 'parent or carer', '1985-02-02'],
    ['Marek', 'parent or carer', '1990-02-02'],
    ['Morag', 'other', '1955-01-01'],
  ]);
  const other = await family(sorcha, 'Kerr', [
    ['Alex', 'young person', '2010-01-01'],
    ['Senga', 'parent or carer', '1986-01-01'],
  ]);
  const [jamie = '', rosie = '', mhairi = '', isla = '', ewan = '', marek = '', morag = ''] = made.people;
  const [alex = '', senga = ''] = other.people;
  await database.superuser.query(
    `update record.person set sex = case when given_name in ('Jamie', 'Ewan', 'Marek') then 'male' else 'female' end where id = any ($1)`,
    [made.people],
  );
  const tie = (
    from: string,
    kind: string,
    to: string,
    more = 'daterange(null, null)',
    how: string | null = null,
  ) =>
    database.superuser.query(
      `insert into record.relationship (person_id, other_id, kind, during, ended_how) values ($1, $2, $3, ${more}, $4)`,
      [from, to, kind, how],
    );
  for (const child of [jamie, rosie]) for (const parent of [isla, ewan]) await tie(parent, 'parent', child);
  for (const parent of [isla, marek]) await tie(parent, 'parent', mhairi);
  await tie(
    isla,
    'husband, wife or civil partner',
    ewan,
    `daterange('2010-01-01', '2016-01-01')`,
    'divorced',
  );
  await tie(isla, 'partner', marek, `daterange('2018-05-03', null)`);
  await tie(marek, 'step-parent', jamie);
  await tie(morag, 'parent', isla);
  await tie(morag, 'kinship carer', rosie, `daterange('2024-01-01', null)`);
  await tie(ewan, 'parent', alex);
  await tie(senga, 'parent', alex);
  await database.superuser.query(
    `with one as (insert into record.address (lines, town) values ('1 Moss Road', 'Lochside') returning id),
       two as (insert into record.address (lines, withheld, withheld_why, withheld_since) values ('9 Secret Street', true, 'Safety', now()) returning id)
     insert into record.home (person_id, address_id, kind)
     select who, one.id, 'home' from one, unnest($1::uuid[]) who
     union all select who, two.id, 'with relatives' from two, unnest($2::uuid[]) who`,
    [
      [isla, marek, jamie, mhairi],
      [morag, rosie],
    ],
  );
  return { family: made.family, jamie, rosie, isla, ewan, marek, morag, alex };
}
let baird: Awaited<ReturnType<typeof bairds>>;
beforeAll(async () => {
  baird = await bairds();
});

const at = async (address: string, scripts: boolean, width = 320) => {
  const opened = await openPage(browser, `${server.url}/healthz`, { scripts, width });
  const [name = '', value = ''] = server.cookie(ailsa.token).split('=');
  await opened.page.context().addCookies([{ name, value, url: server.url }]);
  await opened.page.goto(address);
  return opened;
};

test('somebody is related, looked at, changed, ended and drawn, with scripts off, at 320 pixels, without a fault', {
  timeout: 180_000,
}, async () => {
  const { people } = await family(ailsa, 'Reid', [
    ['Lewis', 'child', '2015-01-01'],
    ['Kirsty', 'parent or carer', '1990-01-01'],
  ]);
  const [lewis = ''] = people;
  const { page, faults, close } = await at(`${server.url}/people/${lewis}/relationships/add`, false);
  const noFaults = async () => {
    const same = await openToLook(browser, page.url(), { cookies: await page.context().cookies() });
    expect(await accessibilityFaults(same.page), page.url()).toEqual([]);
    expect(await same.page.evaluate(() => document.documentElement.scrollWidth), page.url()).toBe(320);
    expect(same.faults).toEqual([]);
    await same.close();
  };
  const main = async () => (await page.locator('main').textContent()) ?? '';
  await noFaults();
  await page.getByText('Kirsty Reid', { exact: true }).click();
  await page.getByLabel('What are they to Lewis?').selectOption('parent');
  await page.getByText('Has them', { exact: true }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  expect(page.url()).toBe(`${server.url}/people/${lewis}`);
  expect(await main()).toMatch(
    /Parents and carers[\s\S]*Kirsty Reid[\s\S]*Has parental rights and responsibilities/,
  );
  await noFaults();
  await page.getByRole('link', { name: /^Change or end/ }).click();
  await noFaults();
  await page.getByRole('group').filter({ hasText: 'It has ended' }).locator('summary').click();
  await page.getByLabel('The day it ended').fill('1/2/2020');
  await page.getByText('In another way').click();
  await page.getByRole('button', { name: 'Save that it ended' }).click();
  expect(await page.getByRole('heading', { level: 2 }).first().textContent()).toBe('There is a problem');
  expect(await page.getByLabel('The day it ended').inputValue()).toBe('1/2/2020');
  await page.getByText('One of them died').click();
  await page.getByRole('button', { name: 'Save that it ended' }).click();
  expect(await main()).toMatch(/What has ended[\s\S]*Was parent[\s\S]*until 1 February 2020, until death/);
  for (const address of [
    `/people/${baird.jamie}`,
    `/families/${baird.family}`,
    `/families/${baird.family}/map`,
    `/families/${baird.family}/map?size=fit`,
    `/families/${baird.family}/network`,
    `/people/${baird.rosie}/relationships/add?text=marek`,
  ]) {
    await page.goto(server.url + address);
    await noFaults();
  }
  // The form that was refused answered 422, which the browser says too.
  expect(faults.filter((fault) => !fault.includes('422'))).toEqual([]);
  await close();
});

test('a family map is drawn, and says the same in words; no withheld address, and nobody unseen by name', async () => {
  const { body, statusCode } = await get(ailsa, `/families/${baird.family}/map`);
  expect(statusCode).toBe(200);
  const main = body.slice(body.indexOf('<main'));
  expect(main.match(/class="kith-map__person/g)).toHaveLength(8);
  expect(main).toContain('role="img"');
  expect(main).not.toMatch(/ style=|<style|<script|Secret|Senga|Alex|Kerr/);
  expect(main).toContain('Partner of Marek (since 3 May 2018)');
  expect(main).toContain(
    'Former husband, wife or civil partner of Ewan (1 January 2010 to 1 January 2016, divorced)',
  );
  expect(main).toContain('Home A: 1 Moss Road, Lochside');
  expect(main).toContain('with relatives, address not shown');
  expect(main).toMatch(
    /Jamie: Half-brother or half-sister, in another family’s record; ask Children and families South/,
  );
  expect(main).not.toMatch(/placement|sibling|looked after/i);
  const large = await get(ailsa, `/families/${baird.family}/map?size=200`);
  const widths = [body, large.body].map((each) =>
    Number(/kith-map__drawing"[^>]* width="(\d+)"/.exec(each)?.[1]),
  );
  expect(widths[1]).toBe((widths[0] ?? 0) * 2);
  expect((await get(ailsa, `/families/${baird.family}/map?size=nonsense`)).statusCode).toBe(200);
});

test('a drawing that fits is seen whole; one that does not says so, where it does not', async () => {
  const open = (size: string, width: number) =>
    openPage(browser, `${server.url}/families/${baird.family}/map?size=${size}`, {
      scripts: false,
      width,
      height: 500,
      headers: { cookie: server.cookie(ailsa.token) },
    });
  for (const [size, width, hidden, told] of [
    ['fit', 1280, false, false],
    ['fit', 360, false, false],
    ['200', 1280, true, true],
    ['100', 360, true, true],
    ['50', 1280, false, false],
  ] as const) {
    const { page, close } = await open(size, width);
    const view = page.locator('.kith-map__view');
    const [inside, room, tall, high] = await view.evaluate((each) => [
      each.scrollWidth,
      each.clientWidth,
      each.scrollHeight,
      each.clientHeight,
    ]);
    expect((inside ?? 0) > (room ?? 0), `${size} at ${width}: wider`).toBe(hidden);
    if (size === 'fit') expect(tall).toBe(high);
    expect(
      await page.getByText('The drawing is wider than this page').isVisible(),
      `${size} at ${width}`,
    ).toBe(told);
    await close();
  }
});

test('who is around the family is drawn in rings and listed', async () => {
  const { body } = await get(ailsa, `/families/${baird.family}/network`);
  expect(body).toMatch(/At home[\s\S]*Isla Baird[\s\S]*Mother of Jamie, Rosie and Mhàiri-Sheonaidh/);
  expect(body).toMatch(/Who helps at work[\s\S]*Ailsa Drummond[\s\S]*Social worker/);
  expect(body).not.toMatch(/Senga|Secret/);
});

test('a brother who lives apart is on the page of each, with his home where it may be told', async () => {
  const { body } = await get(ailsa, `/people/${baird.rosie}`);
  expect(body).toMatch(
    /Brothers and sisters, wherever they live[\s\S]*Jamie Baird[\s\S]*1 Moss Road, Lochside/,
  );
  expect(body).toContain('At home with Rosie');
  expect(body).not.toContain('Secret');
});

test('the copy for somebody says who is who now, and nobody whom the worker may not see', async () => {
  const { body, statusCode } = await get(ailsa, `/people/${baird.jamie}/print`);
  expect(statusCode).toBe(200);
  expect(body).toMatch(/My brothers and sisters[\s\S]*Rosie Baird: sister/);
  expect(body).toMatch(/Isla Baird: mother, lives with me/);
  const part = body.slice(
    body.indexOf('My family and the people who matter to me'),
    body.indexOf('My homes'),
  );
  expect(part).not.toMatch(/may not see|another family|Alex/);
});

test('a refused form keeps what was typed; a stale one shows what is saved; who may only read has no form', async () => {
  const address = `/people/${baird.jamie}/relationships/add`;
  const refused = await post(ailsa, address, { is: 'grandparent', since: '31/2/2020', note: 'He says gran' });
  expect(refused.statusCode).toBe(422);
  expect(refused.body).toContain('value="31/2/2020"');
  expect(refused.body).toContain('He says gran');
  expect(refused.body).toContain('href="#field-other"');
  const { relationship } = await desk.act(
    add,
    { person: baird.jamie, other: baird.morag, is: 'important adult' },
    ailsa.asking,
  );
  const page = `/people/${baird.jamie}/relationships/${relationship}`;
  const key = '0190a000-0000-7000-8000-000000000001';
  const send = { _version: '1', _key: key, is: 'godparent', note: 'At the christening' };
  for (const _ of [1, 2]) expect((await post(ailsa, page, send)).statusCode).toBe(303);
  const stale = await post(ailsa, page, { _version: '1', is: 'friend', note: 'Mine' });
  expect(stale.statusCode).toBe(409);
  expect(stale.body).toContain('This changed while you were writing');
  expect(stale.body).toContain('At the christening');
  expect(stale.body).toContain('Mine');
  const out = await post(ailsa, page, { _form: 'takeOut', _version: '2', why: '' });
  expect(out.body).toContain('Say why it was a mistake');
  expect((await post(ailsa, page, { _form: 'takeOut', _version: '2', why: 'Not him' })).statusCode).toBe(303);
  expect((await get(ailsa, page)).statusCode).toBe(404);
});

test('pages of another team, another role, or nobody are not found', async () => {
  const of = [
    `/people/${baird.jamie}/relationships/add`,
    `/people/${baird.jamie}/relationships/${baird.family}`,
    `/families/${baird.family}/map`,
    `/families/${baird.family}/network`,
  ];
  for (const url of of) {
    expect((await get(sorcha, url)).statusCode, url).toBe(404);
    expect((await get(senior, url)).statusCode, url).toBe(404);
  }
  for (const url of [
    '/families/x/map',
    '/people/x/relationships/add',
    `/people/${baird.jamie}/relationships/x`,
  ])
    expect((await get(ailsa, url)).statusCode, url).toBe(404);
});

test('somebody who sees one end may look at a relationship and not write it', async () => {
  const { rows } = await database.superuser.query<{ id: string }>(
    'select id from record.relationship where person_id = $1 and other_id = $2',
    [baird.ewan, baird.alex],
  );
  const url = `/people/${baird.ewan}/relationships/${rows[0]?.id}`;
  const { body, statusCode } = await get(ailsa, url);
  expect(statusCode).toBe(200);
  expect(body).toContain('Somebody in a record you may not see');
  expect(body).not.toMatch(/Take it out|Alex|Save/);
  expect((await post(ailsa, url, { _form: 'takeOut', _version: '1', why: 'x' })).statusCode).toBe(404);
});
