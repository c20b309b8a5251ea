import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { h } from 'preact';
import { afterAll, expect, test } from 'vitest';
import { makeDesk } from '../../../platform/actions/desk.ts';
import { testDatabase } from '../../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../../platform/testing/people.ts';
import {
  accessibilityFaults,
  openPage,
  openToLook,
  startBrowser,
} from '../../../platform/ui/testing/browser.ts';
import { csrfToken, type WebSettings } from '../../../platform/web/context.ts';
import { buildServer } from '../../../platform/web/server.ts';
import { add, shareFamily } from '../actions.ts';
import { familiesArea } from '../area.ts';

const database = await testDatabase();
const now = Temporal.Instant.from('2026-11-22T10:00:00Z');
const settings: WebSettings = {
  secret: database.secret,
  partnership: 'Strathmorran',
  publicUrl: 'http://localhost',
  demonstration: false,
  trustProxy: false,
};
const desk = makeDesk(database.pools, () => now);
const silent = {
  info() {},
  error() {},
  warn() {},
  debug() {},
  trace() {},
  fatal() {},
  level: 'info',
  child: () => silent,
};
const area = familiesArea({
  panels: [
    { title: 'Plans', who: ['social-worker'], load: async (_request, id) => h('p', null, `Panel of ${id}`) },
    { title: 'Money', who: ['finance-officer'], load: async () => h('p', null, 'Not for social workers') },
    { title: 'Nothing yet', who: 'anyone signed in', load: async () => null },
  ],
});
const app: FastifyInstance = await buildServer({
  settings,
  areas: [area],
  desk,
  pools: database.pools,
  log: silent as unknown as FastifyInstance['log'],
});
const browser = await startBrowser();
afterAll(async () => {
  await browser.close();
  await app.close();
  await database.close();
});

const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
const callum = await makeWorker(database, { name: 'Callum Reid' });
const sorcha = await makeWorker(database, { name: 'Sorcha Kerr', team: 'Children and families South' });
const cookieOf = (worker: Worker) => `kith=${app.signCookie(worker.token)}`;
const get = (worker: Worker, url: string) => app.inject({ url, headers: { cookie: cookieOf(worker) } });
const post = (worker: Worker, url: string, fields: Record<string, string>) =>
  app.inject({
    method: 'POST',
    url,
    headers: { cookie: cookieOf(worker), 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({
      _csrf: csrfToken(settings, worker.asking.identity.session),
      ...fields,
    }).toString(),
  });
const addBaird = (worker = ailsa) =>
  desk.act(
    add,
    {
      name: 'Baird',
      postcode: 'ML1 1AA',
      locality: 'Lochside',
      members: [
        { givenName: 'Jamie', dateOfBirth: '2019-05-01', part: 'child', careExperienced: 'yes' },
        { givenName: 'Isla', part: 'parent or carer' },
      ],
    },
    worker.asking,
  );

test('the list says what everybody is: a baby who is expected, somebody who has died, a grandmother', async () => {
  const { family, people } = await addBaird();
  const [jamie, isla] = people;
  const { superuser } = database;
  await superuser.query(
    `with new as (insert into record.person (given_name, family_name, date_of_birth, birth_known, expected_on, died_on, gender) values
       ('Baby', 'Baird', null, 'day', '2027-03-12', null, null), ('Morag', 'Baird', '1958-05-01', 'year', null, null, 'woman'),
       ('Alec', 'Baird', '1950-06-02', 'day', null, '2026-04-06', 'man') returning id, given_name),
     there as (insert into record.family_member (family_id, person_id, part)
       select $1, id, case given_name when 'Baby' then 'child' else 'other' end from new)
     insert into record.relationship (person_id, other_id, kind)
       select id, $2::uuid, 'grandparent' from new where given_name <> 'Baby'
       union all select $3::uuid, id, 'parent' from new where given_name = 'Baby' union all select $3::uuid, $2::uuid, 'parent'`,
    [family, jamie, isla],
  );
  const { body } = await get(ailsa, `/families/${family}`);
  const said = body
    .slice(body.indexOf('<tbody>'), body.indexOf('</tbody>'))
    .split('</tr>')
    .map((row) => row.replaceAll(/<[^>]*>/g, '|').replaceAll(/\|+/g, '|'));
  const row = (name: string) => said.find((each) => each.includes(`|${name} Baird|`));
  expect(row('Baby')).toContain('|Expected 12 March 2027|Child. Brother or sister of Jamie|');
  expect(row('Alec')).toContain('|Died 6 April 2026, aged 75|Grandfather of Jamie|');
  expect(row('Morag')).toContain('|67 or 68|Grandmother of Jamie|');
  expect(row('Isla')).toContain('|Not recorded|Parent of Jamie and Baby|');
});

test('a family is looked for, added, and opened, with scripts off, at 320 pixels, and without a fault', async () => {
  await app.listen({ port: 0, host: '127.0.0.1' });
  const base = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const at = async (address: string, scripts: boolean) => {
    const opened = await openPage(browser, `${base}/healthz`, { scripts, width: 320 });
    await opened.page.context().addCookies([{ name: 'kith', value: app.signCookie(ailsa.token), url: base }]);
    await opened.page.goto(address);
    return opened;
  };
  const { page, faults, close } = await at(`${base}/families`, false);
  const noFaults = async () => {
    const same = await openToLook(browser, page.url(), { cookies: await page.context().cookies() });
    expect(await accessibilityFaults(same.page), page.url()).toEqual([]);
    expect(await same.page.evaluate(() => document.documentElement.scrollWidth), page.url()).toBe(320);
    expect(same.faults).toEqual([]);
    await same.close();
  };
  await noFaults();
  await page.getByRole('link', { name: 'Add a family' }).click();
  await noFaults();
  await page.getByLabel('The family’s name').fill('Nowak');
  await page.getByLabel('Postcode').fill('ml1 1aa');
  await page.getByRole('button', { name: 'Look for this family' }).click();
  await noFaults();
  await page.getByLabel('Given name').nth(0).fill('Zofia');
  await page.getByLabel('Date of birth').nth(0).fill('1/2/2020');
  await page.getByLabel('What they are in the family').nth(0).selectOption('child');
  await page.getByRole('button', { name: 'Add the family' }).click();
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('The Nowak family');
  expect(await page.getByRole('status').textContent()).toContain('The family is added');
  expect(await page.locator('main').textContent()).toMatch(/Zofia Nowak[\s\S]*6/);
  expect(await page.locator('main').textContent()).toContain('Panel of');
  expect(await page.locator('main').textContent()).not.toMatch(/Not for social workers|Nothing yet/);
  await noFaults();
  const address = page.url();
  for (const part of ['/change', '/people/add', '/helping?text=callum', '/who-has-looked']) {
    await page.goto(address + part);
    await noFaults();
  }
  expect(await page.locator('main').textContent()).toMatch(
    /Ailsa Drummond, Social worker[\s\S]*Looked at a family/,
  );
  await page.goto(address);
  await page.getByRole('link', { name: 'Change details of Zofia Nowak' }).click();
  await noFaults();
  expect(faults).toEqual([]);
  await close();
});

test('a refused form keeps what was typed, with the mistakes beside the fields, however the rows were filled', async () => {
  const answer = await post(ailsa, '/families/add?name=Kerr&postcode=', {
    name: 'Kerr',
    postcode: 'nowhere',
    'members.0.givenName': '',
    'members.2.givenName': 'Eilidh',
    'members.2.dateOfBirth': '31/2/2020',
    'members.2.part': 'child',
  });
  expect(answer.statusCode).toBe(422);
  expect(answer.body).toContain('value="nowhere"');
  expect(answer.body).toContain('Enter a full postcode');
  expect(answer.body).toMatch(
    /name="members\.0\.givenName"[^>]*value="Eilidh"|value="Eilidh"[^>]*name="members\.0\.givenName"/,
  );
  expect(answer.body).toContain('value="31/2/2020"');
  expect(answer.body).toContain('href="#field-members-0-dateOfBirth"');
  const nobody = await post(ailsa, '/families/add?name=Kerr&postcode=', { name: 'Kerr' });
  expect(nobody.body).toContain('<a href="#field-members-0-givenName">Add at least one person</a>');
});

test('somebody else’s change is shown beside what was written, and sending again saves it', async () => {
  const { family } = await addBaird();
  await desk.act(shareFamily, { family, with: callum.account }, ailsa.asking);
  const opened = await get(callum, `/families/${family}/change`);
  expect(opened.body).toContain('name="_version" value="1"');
  await post(ailsa, `/families/${family}/change`, { _version: '1', name: 'Baird', locality: 'Harbour' });
  const stale = await post(callum, `/families/${family}/change`, {
    _version: '1',
    name: 'Baird',
    locality: 'Moor',
  });
  expect(stale.statusCode).toBe(409);
  expect(stale.body).toContain('This changed while you were writing');
  expect(stale.body).toContain('Harbour');
  expect(stale.body).toContain('value="Moor"');
  expect(stale.body).toContain('name="_version" value="2"');
  const again = await post(callum, `/families/${family}/change`, {
    _version: '2',
    name: 'Baird',
    locality: 'Moor',
  });
  expect(again.statusCode).toBe(303);
});

test('a record of another team is told of only as a team to ask', async () => {
  const { family } = await addBaird();
  const answer = await get(sorcha, '/families/add?name=Bard&postcode=ml11aa');
  expect(answer.body).toContain(
    'A record that may be this family exists. Ask Children and families North before',
  );
  expect(answer.body).not.toContain(family);
  expect(answer.body).not.toMatch(/Jamie|Isla|Lochside/);
  for (const part of ['', '/change', '/people/add', '/helping', '/who-has-looked']) {
    expect((await get(sorcha, `/families/${family}${part}`)).statusCode, part).toBe(404);
  }
  expect((await get(ailsa, '/families/not-an-id')).statusCode).toBe(404);
  expect((await get(ailsa, '/families/add?name=Bard&postcode=nowhere')).body).toContain(
    'Enter a full postcode',
  );
});

test('sharing and handing back from the page; the last who helps is told to share first', async () => {
  const { family } = await addBaird();
  const path = `/families/${family}/helping`;
  const shown = await get(ailsa, `${path}?text=callum`);
  expect(shown.body).toContain(`value="${callum.account}"`);
  const reason = /name="reason" value="([^"]+)"/.exec(shown.body)?.[1] ?? '';
  const alone = await post(ailsa, path, { _form: 'end', reason });
  expect(alone.statusCode).toBe(409);
  expect(alone.body).toContain(
    'Nobody would be left working with this family. Share the family with a colleague first',
  );
  expect((await post(ailsa, `${path}?text=callum`, { _form: 'share' })).body).toContain(
    'Choose a colleague or a team',
  );
  expect((await post(ailsa, path, { _form: 'share', to: callum.account })).statusCode).toBe(303);
  const handed = await post(ailsa, path, { _form: 'end', reason });
  expect([handed.statusCode, handed.headers.location]).toEqual([303, '/families']);
  expect((await get(ailsa, `/families/${family}`)).statusCode).toBe(404);
  expect((await get(callum, `/families/${family}`)).statusCode).toBe(200);
});

test('what was typed and not sent is there again', async () => {
  const { family } = await addBaird();
  const path = `/families/${family}/people/add`;
  await app.inject({
    method: 'POST',
    url: `/drafts/${encodeURIComponent(`${path}#form`)}`,
    headers: { cookie: cookieOf(ailsa), 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({
      _csrf: csrfToken(settings, ailsa.asking.identity.session),
      givenName: 'Half-typed',
    }).toString(),
  });
  expect((await get(ailsa, path)).body).toContain('value="Half-typed"');
  await post(ailsa, path, { givenName: 'Whole', part: 'child' });
  expect((await get(ailsa, path)).body).not.toContain('Half-typed');
});
