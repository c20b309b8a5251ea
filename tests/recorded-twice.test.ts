import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { allAreas } from '../src/app.ts';
import { makeDesk } from '../src/platform/actions/desk.ts';
import { testDatabase } from '../src/platform/testing/database.ts';
import { makeWorker, type Worker } from '../src/platform/testing/people.ts';
import { testServer } from '../src/platform/testing/server.ts';
import { accessibilityFaults, openPage, startBrowser } from '../src/platform/ui/testing/browser.ts';
import { makeScheme } from '../src/practice/direct-payments/testing.ts';
import { findDuplicates } from '../src/record/duplicates/job.ts';
import { add } from '../src/record/families/actions.ts';
import { allocate } from '../src/record/knowing/actions.ts';

// A family that was recorded twice, as those who work with it meet it: found, made one, followed from old links, and taken apart.

const database = await testDatabase();
const scheme = await makeScheme(database);
const now = Temporal.Now.instant();
const desk = makeDesk(database.pools, () => now);
const areas = allAreas({ pools: database.pools, council: 'Strathmorran' });
const server = await testServer(database, areas, { now });
const browser = await startBrowser();
afterAll(async () => {
  await browser.close();
  await server.close();
  await database.close();
});
const { worker: ailsa } = scheme;
const sorcha = await makeWorker(database, { name: 'Sorcha Kerr', team: 'Children and families South' });
const away = await makeWorker(database, { name: 'Hamish Orr', team: 'Children and families East' });
const officer = await makeWorker(database, { name: 'Rona Bisset', role: 'records-officer', team: 'Records' });

async function windowOf(worker: Worker, path: string, scripts = false): Promise<Page> {
  const { page } = await openPage(browser, `${server.url}/healthz`, { scripts, width: 320 });
  const [name = '', value = ''] = server.cookie(worker.token).split('=');
  await page.context().addCookies([{ name, value: decodeURIComponent(value), url: server.url }]);
  await page.goto(server.url + path);
  return page;
}
const mainOf = async (page: Page) => (await page.locator('main').textContent()) ?? '';
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();
const statusOf = async (worker: Worker, path: string) => {
  const answer = await server.app.inject({ url: path, headers: { cookie: server.cookie(worker.token) } });
  return { status: answer.statusCode, to: answer.headers.location, body: answer.body };
};

/** Looks at a page at 320 pixels with axe, with scripts; and keeps its picture where somebody asked for pictures. */
async function faultless(worker: Worker, path: string, name: string) {
  const page = await windowOf(worker, path, true);
  expect(await accessibilityFaults(page), path).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBe(320);
  const shots = process.env.KITH_SHOTS;
  if (shots !== undefined)
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 900 });
      await page.screenshot({ path: `${shots}/${name}-${width}.png`, fullPage: true });
    }
  await page.context().close();
}

const rankine = (name: string, child: string) => ({
  name,
  locality: name === 'Rankin' ? 'Wester Lochside' : 'Lochside',
  postcode: 'ML5 3AB',
  members: [
    { givenName: child, dateOfBirth: '2013-02-17', part: 'child' },
    { givenName: 'Elspeth', dateOfBirth: '1984-06-30', part: 'parent or carer' },
  ],
});
const personOf = async (family: string, givenName: string) => {
  const { rows } = await database.superuser.query<{ id: string }>(
    'select p.id from record.person p join record.family_member m on m.person_id = p.id where m.family_id = $1 and p.given_name = $2',
    [family, givenName],
  );
  return rows[0]?.id ?? '';
};

test('a family recorded twice is found, made one with its people, followed from old links, and taken apart again', async () => {
  const kept = (await desk.act(add, rankine('Rankine', 'Catriona'), ailsa.asking)).family;
  const gone = (await desk.act(add, rankine('Rankin', 'Catrina'), ailsa.asking)).family;
  await desk.act(allocate, { family: gone, to: sorcha.account, as: 'co-worker' }, ailsa.asking);
  const [mother, second] = [await personOf(kept, 'Elspeth'), await personOf(gone, 'Elspeth')];
  await findDuplicates(database.pools);

  // The start page says how many pairs wait, and the page itself does in its title.
  const page = await windowOf(ailsa, '/');
  expect(
    await page.locator('li').filter({ hasText: 'Same person?' }).filter({ hasText: '2' }).count(),
  ).toBeGreaterThan(0);
  await page.goto(`${server.url}/same-person`);
  expect(await page.title()).toContain('2 pairs wait for your answer');
  expect(await windowOf(officer, '/same-person').then((opened) => opened.title())).toContain('2 pairs wait');
  expect(await windowOf(away, '/same-person').then((opened) => opened.title())).not.toContain('wait');

  // From the family's own page: the other record, and why it may be the same.
  await page.goto(`${server.url}/families/${kept}`);
  await page.getByRole('link', { name: 'This family may be recorded twice' }).click();
  expect(await mainOf(page)).toMatch(
    /Rankin, Wester Lochside[\s\S]*2 people in one may be somebody in the other/,
  );
  await faultless(ailsa, `/same-person/families/${kept}`, 'families-like');
  await page.getByLabel('Is it another family?').fill('Rankin');
  await press(page, 'Find');
  expect(await mainOf(page)).toContain('Families you can see that are like “Rankin”');
  expect((await statusOf(sorcha, `/same-person/families/${gone}`)).body).toMatch(
    /Another record that may be of this family exists\. Ask /,
  );
  expect((await statusOf(sorcha, `/same-person/families/${gone}`)).body).not.toContain(kept);

  // The mother first: one person, in two families now.
  await page.goto(`${server.url}/same-person`);
  await page
    .getByRole('link', { name: /^Elspeth Rank.* and Elspeth/ })
    .first()
    .click();
  await page.locator(`input[name=keep][value="${mother}"]`).check({ force: true });
  await page.getByLabel('How do you know that they are one person?').fill('I know her');
  await press(page, 'Make them one record');
  await page.getByRole('link', { name: /They are in two families now: are these one\?/ }).click();
  expect(await mainOf(page)).toMatch(
    /One person is in both[\s\S]*Catriona Rankine[\s\S]*Catrina Rankin[\s\S]*Sorcha Kerr[\s\S]*Direct payments/,
  );
  await faultless(ailsa, `/same-person/families/${kept}/${gone}`, 'family-pair');
  expect((await statusOf(away, `/same-person/families/${kept}/${gone}`)).status).toBe(404);
  expect((await statusOf(sorcha, `/same-person/families/${kept}/${kept}`)).status).toBe(404);

  // Somebody is writing about the record that goes.
  const writing = await windowOf(sorcha, `/families/${gone}/change`);
  await writing.getByLabel('Locality').fill('Zqxtyped Lochside');

  await page.goto(`${server.url}/same-person/families/${kept}/${gone}`);
  await press(page, 'Make them one family');
  expect(await page.getByRole('alert').textContent()).toMatch(
    /Choose which record to keep[\s\S]*Say how you know that they are one family/,
  );
  await page.locator(`input[name=keep][value="${kept}"]`).check({ force: true });
  await page.getByLabel('How do you know that they are one family?').fill('Their mother told me');
  await press(page, 'Make them one family');
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('The Rankine family');
  expect(await page.getByRole('status').textContent()).toContain('one family now');
  expect(await mainOf(page)).toMatch(/Catriona[\s\S]*Sorcha Kerr/);
  expect(await mainOf(page)).toContain('Catrina');

  // Sorcha looked only at the record that is gone: she looked at this family.
  await page.goto(`${server.url}/families/${kept}/who-has-looked`);
  expect(await mainOf(page)).toMatch(/Sorcha Kerr, Social worker[\s\S]*Looked at a family/);

  // What was being written comes along.
  await press(writing, 'Save');
  expect(new URL(writing.url()).pathname).toBe(`/families/${kept}/change`);
  expect(await writing.getByRole('status').first().textContent()).toContain(
    'was made one with another while you were writing',
  );
  expect(await writing.getByLabel('Locality').inputValue()).toBe('Zqxtyped Lochside');

  // Old links lead on for those who see the record, and nowhere for others.
  for (const [from, to] of [
    [`/families/${gone}`, `/families/${kept}`],
    [`/families/${gone}/helping?text=a`, `/families/${kept}/helping?text=a`],
    [`/families/${gone}/who-has-looked`, `/families/${kept}/who-has-looked`],
    [`/people/${second}`, `/people/${mother}`],
    [`/people/${second}/print`, `/people/${mother}/print`],
    [`/families/${gone.toUpperCase()}/people/${second}`, `/families/${kept}/people/${mother}`],
  ] as const) {
    for (const worker of [ailsa, sorcha]) {
      expect(await statusOf(worker, from), from).toMatchObject({ status: 303, to });
      expect((await statusOf(worker, to)).status, to).toBe(200);
    }
    const nowhere = await statusOf(
      away,
      from.replaceAll(/[0-9a-f-]{36}/gi, (id) => id.replace(/^.{4}/, '0000')),
    );
    expect(await statusOf(away, from)).toMatchObject({ status: 404, to: undefined });
    expect(nowhere.status).toBe(404);
  }

  // Those who work with either are told, and their notice leads to the family.
  const told = await windowOf(sorcha, '/notices');
  expect(await mainOf(told)).toMatch(/Two records of a family you work with were made one/);
  expect(await mainOf(told)).toContain('Rankine');

  await page.goto(`${server.url}/same-person/merges`);
  await faultless(ailsa, '/same-person/merges', 'merges-families');
  const ofFamily = page.getByRole('region', { name: 'Rankine', exact: true });
  await ofFamily.getByText('Undo this: they are two families').click();
  await ofFamily.getByLabel('Why has this to be undone').fill('They are cousins');
  await ofFamily.getByRole('button', { name: 'Undo this' }).click();
  expect(await page.getByRole('status').textContent()).toContain('Both records are as they were');
  expect((await statusOf(sorcha, `/families/${gone}`)).status).toBe(200);
  expect((await statusOf(sorcha, `/families/${kept}`)).status).toBe(404);

  // Said to be two, they are not asked about again.
  await page.goto(`${server.url}/same-person/families/${kept}/${gone}`);
  await page.getByLabel('How do you know that they are two families?').fill('Cousins, on one stair');
  await press(page, 'Save that they are two');
  await page.getByText('Your answer is saved').waitFor();
  await page.goto(`${server.url}/same-person/families/${kept}`);
  expect(await mainOf(page)).toContain('None that you can see');
}, 180_000);
