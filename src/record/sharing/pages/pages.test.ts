import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../../platform/testing/people.ts';
import { testServer } from '../../../platform/testing/server.ts';
import {
  accessibilityFaults,
  openPage,
  openToLook,
  sidewaysOverflow,
  startBrowser,
} from '../../../platform/ui/testing/browser.ts';
import { csrfToken } from '../../../platform/web/context.ts';
import { add as addFamily } from '../../families/actions.ts';
import { familiesArea } from '../../families/area.ts';
import { places } from '../../places/area.ts';
import { add } from '../actions.ts';
import { familyPanel, sharing } from '../area.ts';

const database = await testDatabase();
const server = await testServer(database, [familiesArea({ panels: [familyPanel] }), places, sharing], {
  now: Temporal.Instant.from('2026-11-22T10:00:00Z'),
});
const { desk } = server.context;
const browser = await startBrowser();
afterAll(async () => {
  await browser.close();
  await server.close();
  await database.close();
});

const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
const sorcha = await makeWorker(database, { name: 'Sorcha Kerr', team: 'Children and families South' });
const family = async () =>
  (
    await desk.act(
      addFamily,
      {
        name: 'Baird',
        members: [
          { givenName: 'Jamie', part: 'child' },
          { givenName: 'Isla', part: 'parent or carer' },
        ],
      },
      ailsa.asking,
    )
  ).family;
const entered = {
  direction: 'given',
  on: '3/11/2026',
  what: 'That Jamie sleeps badly',
  withWhom: 'Mrs Bell, Lochside Primary',
  basis: 'care-and-support',
  because: 'So that he can rest at school',
  told: 'no',
  notToldBecause: 'He could be hurt',
};

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

async function windowFor(worker: Worker, scripts: boolean) {
  const opened = await openPage(browser, `${server.url}/healthz`, { scripts, width: 320 });
  const [name = '', value = ''] = server.cookie(worker.token).split('=');
  await opened.page.context().addCookies([{ name, value: decodeURIComponent(value), url: server.url }]);
  return opened;
}

test('what was shared is written down, corrected, and printed for the family, with scripts off at 320 pixels', async () => {
  const id = await family();
  const { page, faults, close } = await windowFor(ailsa, false);
  const noFaults = async () => {
    const same = await openToLook(browser, page.url(), { cookies: await page.context().cookies() });
    expect(await accessibilityFaults(same.page), page.url()).toEqual([]);
    expect(await sidewaysOverflow(same.page), page.url()).toBe(0);
    expect(same.faults).toEqual([]);
    await same.close();
  };
  await page.goto(`${server.url}/families/${id}`);
  await page.getByRole('link', { name: 'Write down that something was shared' }).click();
  await noFaults();
  await page.locator('label', { hasText: /^We gave information$/ }).click();
  await page.getByLabel('With whom').fill('Mrs Bell, class teacher, Lochside Primary');
  await page.getByLabel('When', { exact: true }).fill('24/12/2026');
  await page.getByLabel('What was shared').fill('That Jamie sleeps badly since September');
  await page.locator('label', { hasText: /^Jamie Baird$/ }).click();
  await page.getByLabel('Why it could be shared').selectOption('care-and-support');
  await page.getByLabel('Why it was needed').fill('So that he can rest at school');
  await page.locator('label', { hasText: /^No$/ }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  const main = page.locator('main');
  expect(await main.textContent()).toContain('Say why the family was not told');
  expect(await page.getByLabel('What was shared').inputValue()).toBe(
    'That Jamie sleeps badly since September',
  );
  expect(await page.getByLabel('Jamie Baird').isChecked()).toBe(true);
  await page.getByLabel('Why they were not told').fill('He could be hurt');
  await page.getByRole('button', { name: 'Save' }).click();
  expect(await main.textContent()).toContain('Enter today or an earlier day');
  await page.getByLabel('When', { exact: true }).fill('20/11/2026');
  await page.getByRole('button', { name: 'Save' }).click();
  expect(await page.getByRole('status').textContent()).toContain('It is written down');
  expect(await main.textContent()).toMatch(/20 November 2026[\s\S]*Given to Mrs Bell[\s\S]*Family not told/);
  await noFaults();
  await page.getByRole('link', { name: 'The list for the family' }).click();
  expect(await main.textContent()).toContain('What the family was not told of (1)');
  expect(await main.textContent()).not.toContain('sleeps badly');
  await noFaults();
  await page.getByLabel('What the family was not told of').selectOption('yes');
  await page.getByRole('button', { name: 'Show' }).click();
  expect(await main.textContent()).toMatch(
    /we told Mrs Bell[\s\S]*sleeps badly[\s\S]*Not then, because: He could be hurt/,
  );
  await noFaults();
  await page.goto(`${server.url}/families/${id}/sharing`);
  await page.getByText('Why, and was the family told').click();
  await page.getByRole('link', { name: 'Correct this' }).click();
  await noFaults();
  expect(await page.getByLabel('Jamie Baird').isChecked()).toBe(true);
  await page.getByLabel('What was wrong before').fill('The family was told');
  await page.locator('label', { hasText: /^Yes$/ }).click();
  await page.getByLabel('When they were told').fill('19/11/2026');
  await page.getByRole('button', { name: 'Save the correction' }).click();
  expect(await main.textContent()).toMatch(/Family told[\s\S]*A correction[\s\S]*Corrected since/);
  await noFaults();
  await page.goto(`${server.url}/families/${id}/sharing/for-the-family`);
  expect(await main.textContent()).toMatch(/Yes, on 19 November 2026 \(Ailsa Drummond\)/);
  expect(await main.textContent()).not.toContain('was not told of');
  expect(faults.filter((fault) => !fault.includes('422 (Unprocessable Entity)'))).toEqual([]);
  await close();
});

test('a correction that somebody else was quicker with keeps what was typed', async () => {
  const id = await family();
  const { shared } = await desk.act(add, { ...entered, family: id }, ailsa.asking);
  const url = `/families/${id}/sharing/add?corrects=${shared}`;
  const fields = { _form: 'correct', corrects: shared, ...entered, correctedBecause: 'It was Mr Gunn' };
  expect((await post(ailsa, url, fields)).statusCode).toBe(303);
  const late = await post(ailsa, url, { ...fields, correctedBecause: 'It was Ms Orr' });
  expect(late.statusCode).toBe(409);
  expect(late.body).toContain('Somebody has corrected this already');
  expect(late.body).toContain('It was Ms Orr');
});

test('words are shown as they were typed, and never as markup', async () => {
  const id = await family();
  await desk.act(
    add,
    { ...entered, family: id, what: '<script>alert(1)</script>\n\nSecond line' },
    ailsa.asking,
  );
  const shown = await get(ailsa, `/families/${id}/sharing`);
  expect(shown.body).toContain('&lt;script>alert(1)&lt;/script>');
  expect(shown.body).toContain('<p>Second line</p>');
});

test('another team sees nothing of it, on any page', async () => {
  const id = await family();
  const { shared } = await desk.act(add, { ...entered, family: id }, ailsa.asking);
  for (const part of ['', '/add', `/add?corrects=${shared}`, '/for-the-family', '/for-the-family?all=yes']) {
    const answer = await get(sorcha, `/families/${id}/sharing${part}`);
    expect(answer.statusCode, part).toBe(404);
    expect(answer.body, part).not.toMatch(/Jamie|Baird|Bell/);
  }
  expect((await post(sorcha, `/families/${id}/sharing/add`, entered)).statusCode).toBe(404);
  expect((await get(ailsa, `/families/${id}/sharing?beforeOn=yesterday&beforeId=x`)).statusCode).toBe(200);
});
