import { afterAll, expect, test } from 'vitest';
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
import { add as addFamily, addPerson } from '../../families/actions.ts';
import { add as relate } from '../../relationships/actions.ts';
import { add } from '../actions.ts';

const database = await testDatabase();
const now = Temporal.Now.instant();
const server = await testServer(database, recordAreas(), {
  now,
});
const browser = await startBrowser();
afterAll(async () => {
  await browser.close();
  await server.close();
  await database.close();
});

const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
const senior = await makeWorker(database, { name: 'Iain Nairn', role: 'senior-manager', team: 'Leads' });
const { desk } = server.context;
const get = (worker: Worker, url: string) =>
  server.app.inject({ url, headers: { cookie: server.cookie(worker.token) } });
const post = (url: string, fields: Record<string, string | string[]>) => {
  const body = new URLSearchParams({
    _csrf: csrfToken(server.context.settings, ailsa.asking.identity.session),
  });
  for (const [name, value] of Object.entries(fields))
    for (const each of [value].flat()) body.append(name, each);
  return server.app.inject({
    method: 'POST',
    url,
    headers: { cookie: server.cookie(ailsa.token), 'content-type': 'application/x-www-form-urlencoded' },
    payload: body.toString(),
  });
};

async function bairds() {
  const { family, people } = await desk.act(
    addFamily,
    {
      name: 'Baird',
      postcode: 'KH1 2AB',
      members: [
        { givenName: 'Iona', part: 'child', dateOfBirth: '2014-02-01' },
        { givenName: 'Rory', part: 'child', dateOfBirth: '2016-02-01' },
        { givenName: 'Isla', part: 'parent or carer', dateOfBirth: '1988-02-01' },
      ],
    },
    ailsa.asking,
  );
  const [iona = '', rory = '', isla = ''] = people;
  return { family, iona, rory, isla };
}

test('somebody moves, is corrected, is kept safe and is found again, with scripts off, at 320 pixels, without a fault', {
  timeout: 180_000,
}, async () => {
  const { family, iona, rory } = await bairds();
  const at = async (address: string, scripts: boolean) => {
    const opened = await openPage(browser, `${server.url}/healthz`, { scripts, width: 320 });
    const [name = '', value = ''] = server.cookie(ailsa.token).split('=');
    await opened.page.context().addCookies([{ name, value, url: server.url }]);
    await opened.page.goto(address);
    return opened;
  };
  const { page, faults, close } = await at(`${server.url}/people/${iona}/homes`, false);
  const noFaults = async () => {
    const same = await openToLook(browser, page.url(), { cookies: await page.context().cookies() });
    expect(await accessibilityFaults(same.page), page.url()).toEqual([]);
    expect(await same.page.evaluate(() => document.documentElement.scrollWidth), page.url()).toBe(320);
    expect(same.faults).toEqual([]);
    await same.close();
  };
  const main = async () => (await page.locator('main').textContent()) ?? '';
  const heading = () => page.getByRole('heading', { level: 1 }).textContent();
  expect(await heading()).toBe('Where Iona lives');
  expect(await main()).toMatch(/KH1 2AB[\s\S]*Isla Baird[\s\S]*Rory Baird/);
  await noFaults();
  await page.getByRole('link', { name: 'Add a home' }).click();
  await noFaults();
  await page.getByLabel('House, street').fill('3 Mill Lane');
  await page.getByLabel('Town or village').fill('Ardwhin');
  await page.getByLabel('Postcode').fill('kh2 3cd');
  await page.getByLabel('What kind of home it is').selectOption('with relatives');
  await page.getByLabel('Since').fill('3/5/2024');
  await page.getByLabel('How we know').fill('Told by her gran');
  await page.getByRole('button', { name: 'Add this home' }).click();
  expect(await page.getByRole('status').textContent()).toContain('The home is written down');
  expect(await main()).toMatch(
    /3 Mill Lane, Ardwhin, KH2 3CD[\s\S]*Home with relatives or friends[\s\S]*Since 3 May 2024/,
  );
  expect(await main()).toMatch(/Other homes[\s\S]*KH1 2AB[\s\S]*Until 3 May 2024/);
  await noFaults();
  await page.getByRole('link', { name: 'Correct what it is' }).click();
  await noFaults();
  await page.getByLabel('House, street').fill('13 Mill Lane');
  await page.getByLabel('What was wrong').fill('The number');
  await page.getByRole('button', { name: 'Save the correction' }).click();
  expect(await main()).toContain('13 Mill Lane');

  // Nobody is called brother or sister before somebody says so; who has died, and a baby who is expected, live nowhere.
  await desk.act(
    addPerson,
    { family, givenName: 'Grandad', familyName: 'Baird', part: 'other', dateOfBirth: '1940-01-01' },
    ailsa.asking,
  );
  await database.superuser.query(
    `update record.person set died_on = '2026-01-02' where given_name = 'Grandad'`,
  );
  await page.goto(`${server.url}/families/${family}`);
  expect(await main()).not.toMatch(
    /live apart|Where everyone lives[\s\S]*Grandad[\s\S]*Other people helping/,
  );
  // Brothers and sisters who live apart are one family.
  await desk.act(relate, { person: iona, other: rory, is: 'brother or sister' }, ailsa.asking);
  await page.goto(`${server.url}/families/${family}`);
  expect(await main()).toMatch(/Brothers and sisters live apart[\s\S]*They live in 2 homes: Iona; Rory/);
  await noFaults();

  await page.goto(`${server.url}/people/${iona}/homes`);
  await page.getByRole('link', { name: 'Withhold this address' }).click();
  await noFaults();
  await page.getByLabel('Why it must not be given to anybody').fill('He must not find her');
  await page.getByRole('button', { name: 'Withhold this address' }).click();
  expect(await main()).toContain('This address must not be given to anybody');
  expect(await main()).not.toContain('Mill Lane');
  await noFaults();
  await page.goto(`${server.url}/families/${family}`);
  expect(await main()).toContain('This address must not be given to anybody');
  expect(await main()).not.toContain('Mill Lane');
  await noFaults();

  await page.goto(`${server.url}/people/${iona}/homes`);
  await page.getByRole('link', { name: 'Look, or stop withholding this address' }).click();
  await noFaults();
  await page.getByRole('button', { name: 'Show me the address' }).click();
  expect(await main()).toContain('Say why you need this address');
  await page.getByLabel('Why you need it').fill('A visit she asked for');
  await page.getByRole('button', { name: 'Show me the address' }).click();
  expect(await heading()).toBe('The address, this once');
  expect(await main()).toContain('13 Mill Lane, Ardwhin, KH2 3CD');
  await page.reload();
  expect(await heading()).toBe('This was shown already');
  await noFaults();
  // The form that was sent without a reason, and nothing else.
  expect(faults).toEqual([expect.stringContaining('422')]);
  await close();
});

test('a refused form keeps what was typed and says what to do', async () => {
  const { iona, rory } = await bairds();
  const path = `/people/${iona}/homes/add`;
  const answer = await post(path, {
    lines: '3 Mill Lane',
    postcode: 'nowhere',
    kind: 'other',
    from: '31/2/2020',
    with: [rory],
    withhold: 'yes',
  });
  expect(answer.statusCode).toBe(422);
  expect(answer.body).toContain('3 Mill Lane</textarea>');
  expect(answer.body).toContain('value="nowhere"');
  expect(answer.body).toContain('href="#field-postcode"');
  expect(answer.body).toContain('href="#field-from"');
  expect(answer.body).toMatch(new RegExp(`value="${rory}"[^>]*checked|checked[^>]*value="${rory}"`));
  const twice = await post(path, { lines: '3 Mill Lane', kind: 'other' });
  expect(twice.statusCode).toBe(422);
  expect(twice.body).toContain('another home written down in that time');
});

test('a stale correction shows what is saved beside what was written; a withheld address is in neither', async () => {
  const { iona } = await bairds();
  const made = await desk.act(
    add,
    {
      person: iona,
      lines: '3 Mill Lane',
      kind: 'home',
      from: '2024-01-01',
      withhold: 'yes',
      withholdWhy: 'Asked',
    },
    ailsa.asking,
  );
  const path = `/people/${iona}/homes/${made.homes[0]}`;
  const opened = await get(ailsa, path);
  expect(opened.body).toContain('a corrected address is withheld as well');
  expect(opened.body).not.toContain('Mill Lane');
  const first = { _version: '1', kind: 'own tenancy', from: '2024-01-01', why: 'The kind was wrong' };
  expect((await post(path, first)).statusCode).toBe(303);
  const stale = await post(path, { ...first, kind: 'other' });
  expect(stale.statusCode).toBe(409);
  expect(stale.body).toContain('This changed while you were writing');
  expect(stale.body).toContain('Home of their own');
  expect(stale.body).not.toContain('Mill Lane');
  // Correcting a withheld address leaves it withheld.
  expect((await post(path, { ...first, _version: '2', lines: '33 Mill Lane' })).statusCode).toBe(303);
  expect((await get(ailsa, `/people/${iona}/homes`)).body).not.toContain('Mill Lane');
  const gone = await post(path, { _form: 'out', _version: '3', outWhy: '' });
  expect(gone.body).toContain('href="#field-outWhy"');
});

test('who only reads is offered no change; who may not see finds nothing; a wrong address leads nowhere', async () => {
  const { family, iona } = await bairds();
  expect((await get(senior, `/people/${iona}/homes`)).statusCode).toBe(404);
  await database.superuser.query(
    `insert into access.reason (subject, holder, kind, scope) values ($1, $2, 'allocated', 'practice')`,
    [family, senior.account],
  );
  const read = await get(senior, `/people/${iona}/homes`);
  expect(read.statusCode).toBe(200);
  expect(read.body).not.toMatch(/Add a home|>Correct|Withhold/);
  expect((await get(senior, `/people/${iona}/homes/add`)).statusCode).toBe(404);
  const other = await bairds();
  for (const url of [
    '/people/nobody/homes',
    `/people/${iona}/homes/${other.iona}`,
    `/people/${iona}/withheld/none`,
  ])
    expect((await get(ailsa, url)).statusCode, url).toBe(404);
});
