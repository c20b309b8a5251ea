import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerSignIn } from '../../../platform/sign-in/register.ts';
import { testDatabase } from '../../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../../platform/testing/people.ts';
import { testServer } from '../../../platform/testing/server.ts';
import {
  accessibilityFaults,
  openPage,
  sidewaysOverflow,
  startBrowser,
} from '../../../platform/ui/testing/browser.ts';
import { finding } from '../area.ts';
import { giveReasons, writeMadeUp } from '../testing.ts';

const database = await testDatabase();
const server = await testServer(database, [finding], {
  now: Temporal.Instant.from('2026-11-22T21:00:00Z'),
  more: (app, context) => registerSignIn(app, context),
});
const browser = await startBrowser();
afterAll(async () => {
  await browser.close();
  await server.close();
  await database.close();
});
const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
const sorcha = await makeWorker(database, { name: 'Sorcha Kerr', team: 'Children and families South' });
const manager = await makeWorker(database, { name: 'Senior Manager', role: 'senior-manager' });
const finance = await makeWorker(database, { name: 'Fin Ance', role: 'finance-officer' });

beforeAll(async () => {
  const { people, families } = await writeMadeUp(database, [
    { given: 'Alasdair', family: 'MacDonald', born: '2012-02-14', others: [['Sandy', 'MacDonald']] },
    { given: 'Alexander', family: 'McDonald', born: '1979-08-03' },
    { given: 'Małgorzata', family: 'Wiśniewska', born: '1988-05-20' },
    { given: 'Alexandra', family: 'MacDonell', born: '2015-10-01' },
  ]);
  await giveReasons(database, ailsa.account, families);
  await giveReasons(database, manager.account, families.slice(0, 2));
  const { superuser } = database;
  await superuser.query(
    `insert into record.family_member (family_id, person_id, part) values ($1, $2, 'parent or carer')`,
    [families[0], people[1]],
  );
  await superuser.query(
    `with a as (insert into record.address (lines, town, postcode) values ('12 Main Street', 'Lochside', 'ML1 1AA') returning id)
     insert into record.home (person_id, address_id) select $1, id from a`,
    [people[0]],
  );
});

async function window(worker: Worker, path: string, options: Parameters<typeof openPage>[2] = {}) {
  const opened = await openPage(browser, `${server.url}/healthz`, options);
  const [name = '', value = ''] = server.cookie(worker.token).split('=');
  await opened.page.context().addCookies([{ name, value: decodeURIComponent(value), url: server.url }]);
  await opened.page.goto(server.url + path);
  return opened;
}
const get = (worker: Worker, url: string) =>
  server.app.inject({ url, headers: { cookie: server.cookie(worker.token) } });

test.each([320, 1280])('without a fault at %i pixels: empty, full, nobody, and wrong', async (width) => {
  for (const [path, state] of [
    ['/find', 'empty'],
    ['/find?text=sandy+macdonald', 'full'],
    ['/find?text=xyzzy', 'nobody'],
    ['/find?text=alexander', 'many'],
    ['/find?text=%3F%21', 'wrong'],
  ] as const) {
    const { page, faults, close } = await window(ailsa, path, { width });
    expect(await accessibilityFaults(page), state).toEqual([]);
    expect(await sidewaysOverflow(page), state).toBe(0);
    expect(faults, state).toEqual([]);
    if (process.env.SHOTS)
      await page.screenshot({ path: `${process.env.SHOTS}/${state}-${width}.png`, fullPage: true });
    await close();
  }
});

test('without scripts the form is sent, and the answer says who, which family, who is helping and why', async () => {
  const { page, close } = await window(ailsa, '/find', { scripts: false, width: 320 });
  await page.getByLabel('Who are you looking for?').fill('sandy macdonald');
  await page.getByRole('button', { name: 'Find' }).click();
  const words = (await page.locator('main').textContent()) ?? '';
  expect(words).toMatch(/3 people found/);
  expect(words).toContain('Also known as Sandy MacDonald');
  expect(words).toContain('14, born 14 February 2012');
  expect(words).toContain('MacDonald with Alexander McDonald');
  expect(words).toContain('Lives in Lochside, ML1 1AA');
  expect(words).toContain('Ailsa Drummond, Children and families North');
  expect(words).toContain('Alexander and Sandy are forms of one name');
  expect(await page.getByRole('link', { name: 'Alasdair MacDonald' }).getAttribute('href')).toMatch(
    /^\/people\//,
  );
  expect(await page.getByRole('link', { name: 'Add a family' }).getAttribute('href')).toBe(
    '/families/add?name=macdonald',
  );
  await close();
});

test('with scripts the answer comes as somebody types, is counted aloud, and is reached with the arrow keys', async () => {
  const { page, faults, close } = await window(ailsa, '/find');
  const box = page.getByLabel('Who are you looking for?');
  await box.focus();
  await box.pressSequentially('gosia', { delay: 20 });
  await page.getByRole('link', { name: 'Małgorzata Wiśniewska' }).waitFor();
  expect(await page.getByRole('status').textContent()).toBe('1 person found');
  expect(page.url()).toBe(`${server.url}/find?text=gosia`);
  await page.keyboard.press('ArrowDown');
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Małgorzata Wiśniewska');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('xyzzy', { delay: 20 });
  await page.getByText('Nobody that you work with matches').waitFor();
  expect(await page.getByRole('status').textContent()).toBe('Nobody you work with matches');
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await page.getByText('What you can type').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(faults).toEqual([]);
  await close();
});

test('a search that fails says so and loses nothing that was typed', async () => {
  const { page, close } = await window(ailsa, '/find');
  await page.route('**/find?*', (route) => route.fulfill({ status: 429, body: '' }));
  const box = page.getByLabel('Who are you looking for?');
  await box.fill('gosia');
  await page.getByText('There have been very many searches from here').waitFor();
  expect(await box.inputValue()).toBe('gosia');
  await page.unroute('**/find?*');
  await page.getByRole('button', { name: 'Find' }).click();
  await page.getByRole('link', { name: 'Małgorzata Wiśniewska' }).waitFor();
  await close();
});

test('a session that ends while somebody types leads to signing in, and back to the search', async () => {
  const worker = await makeWorker(database, { name: 'Signed Out' });
  const { page, close } = await window(worker, '/find');
  await database.superuser.query('update access.session set ended_at = now() where id = $1', [
    worker.session,
  ]);
  await page.getByLabel('Who are you looking for?').fill('gosia');
  await page.waitForURL(/\/sign-in\?to=/);
  expect(decodeURIComponent(page.url())).toContain('to=/find?text=gosia');
  await close();
});

test('another team is told whom to ask, and shown nothing', async () => {
  const { body } = await get(sorcha, '/find?text=gosia+wisniewski');
  expect(body).toContain('Ask Children and families North');
  expect(body).not.toMatch(/Małgorzata|\/people\/|1988/);
  expect(body).toContain('Nobody you work with matches; there is a record that you cannot see');
});

test('whoever does not add families is not led to adding one; whoever does not work with families finds no page', async () => {
  const { body } = await get(manager, '/find?text=sandy');
  expect(body).toContain('Alasdair');
  expect(body).not.toContain('/families/add');
  expect((await get(finance, '/find')).statusCode).toBe(404);
});

test('what is typed is written into the page as words', async () => {
  const { body } = await get(ailsa, `/find?text=${encodeURIComponent('<script>alert(1)</script>"')}`);
  expect(body).not.toContain('<script>alert');
  expect(body).toContain('&lt;script>alert(1)');
  expect((await get(ailsa, `/find?text=${'a'.repeat(3000)}`)).statusCode).toBe(200);
});
