import { mkdir } from 'node:fs/promises';
import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
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
import { familiesArea } from '../../families/area.ts';
import { duplicatesArea } from '../area.ts';
import { findDuplicates } from '../job.ts';
import { likely } from '../queries.ts';
import { LikelyPeople } from './likely-people.tsx';

const database = await testDatabase();
const server = await testServer(database, [familiesArea(), duplicatesArea()], {
  now: Temporal.Instant.from('2026-11-22T21:00:00Z'),
});
const browser = await startBrowser();
afterAll(async () => {
  await browser.close();
  await server.close();
  await database.close();
});
const { superuser } = database;
const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
const sorcha = await makeWorker(database, { name: 'Sorcha Kerr', team: 'Children and families South' });
const officer = await makeWorker(database, { name: 'Rona Bisset', role: 'records-officer', team: 'Records' });
const finance = await makeWorker(database, { name: 'Fiona Laird', role: 'finance-officer' });

const get = (worker: Worker, url: string) =>
  server.app.inject({ url, headers: { cookie: server.cookie(worker.token) } });
const post = (worker: Worker, url: string, fields: Record<string, string>) =>
  server.app.inject({
    method: 'POST',
    url,
    headers: {
      cookie: server.cookie(worker.token),
      'content-type': 'application/x-www-form-urlencoded',
    },
    payload: new URLSearchParams({
      _csrf: csrfToken(server.context.settings, worker.session),
      ...fields,
    }).toString(),
  });

let number = 0;
/** Two records of one boy, in two families, found by the nightly comparison; `both` see both, `north` only the first. */
async function made(both: Worker[], north: Worker[] = []) {
  number += 1;
  const day = `2014-03-0${1 + (number % 9)}`;
  const other = `2014-0${1 + (number % 9)}-03`;
  const { rows } = await superuser.query<{ a: string; b: string; f: string; g: string }>(
    `with f as (insert into record.family (name) values ('Tulloch') returning id), g as (insert into record.family (name) values ('Tulloch-Reid') returning id),
       a as (insert into record.person (given_name, family_name, date_of_birth, sex, gender, what_matters) values
         ('Iain' || $3, 'Tulloch', $1, 'male', 'boy', 'My dog Bran, and seeing my big sister every week') returning id),
       b as (insert into record.person (given_name, family_name, date_of_birth, sex, gender) values
         ('Iain' || $3, 'Tullock', $2, 'male', 'male') returning id),
       m as (insert into record.family_member (family_id, person_id, part) select f.id, a.id, 'child' from f, a union all select g.id, b.id, 'child' from g, b)
     select a.id as a, b.id as b, f.id as f, g.id as g from a, b, f, g`,
    [day, other, ['', 'agh', 'olin', 'ston', 'mar', 'dan', 'vor', 'lin', 'bar'][number % 9]],
  );
  const row = rows[0];
  if (row === undefined) throw new Error('nothing was made');
  for (const [workers, families] of [
    [both, [row.f, row.g]],
    [north, [row.f]],
  ] as const)
    for (const worker of workers)
      for (const family of families)
        await superuser.query(
          `insert into access.reason (subject, holder, kind, scope) values ($1, $2, 'allocated', 'practice')`,
          [family, worker.account],
        );
  await superuser.query(
    `insert into record.identifier (person_id, scheme, value) values ($1, 'CHI', '01031400' || $3), ($2, 'CHI', '01031400' || $3)`,
    [row.a, row.b, String(10 + number)],
  );
  await superuser.query(
    `with p as (insert into record.address (lines, town, postcode) values ('4 Harbour Row', 'Lochside', 'ZE1 1AA') returning id)
     insert into record.home (person_id, address_id) select unnest(array[$1, $2]::uuid[]), id from p`,
    [row.a, row.b],
  );
  await findDuplicates(database.pools, [row.a, row.b]);
  const { rows: pairs } = await superuser.query<{ id: string }>(
    'select id from record.same_person where one = least($1, $2)::uuid and other = greatest($1, $2)::uuid',
    [row.a, row.b],
  );
  return { ...row, pair: pairs[0]?.id ?? '' };
}

const shots = process.env.KITH_SHOTS;

async function at(worker: Worker, path: string, width: number, scripts: boolean) {
  const opened = await openPage(browser, `${server.url}/healthz`, { scripts, width });
  const [name = '', value = ''] = server.cookie(worker.token).split('=');
  await opened.page.context().addCookies([{ name, value: decodeURIComponent(value), url: server.url }]);
  await opened.page.goto(server.url + path);
  return opened;
}

/** Looks at a page at 320 pixels with axe, with scripts; and keeps its picture where somebody asked for pictures. */
async function faultless(worker: Worker, path: string, name: string) {
  const [cookie = '', value = ''] = server.cookie(worker.token).split('=');
  const { page, faults, close } = await openToLook(browser, server.url + path, {
    cookies: [{ name: cookie, value: decodeURIComponent(value), url: server.url }],
  });
  expect(await accessibilityFaults(page), path).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBe(320);
  expect(faults, path).toEqual([]);
  await close();
  if (shots === undefined) return;
  await mkdir(shots, { recursive: true });
  for (const width of [1280, 360]) {
    const shot = await at(worker, path, width, true);
    await shot.page.screenshot({ path: `${shots}/${name}-${width}.png`, fullPage: true });
    await shot.close();
  }
}

test('a pair is compared, made one, and taken apart again, with scripts off, at 320 pixels, without a fault', async () => {
  await faultless(ailsa, '/same-person', 'list-empty');
  await faultless(ailsa, '/same-person/merges', 'merges-empty');
  const { pair, a } = await made([ailsa]);
  await faultless(ailsa, '/same-person', 'list');
  await faultless(ailsa, `/same-person/${pair}`, 'pair');
  const { page, faults, close } = await at(ailsa, '/same-person', 320, false);
  await page
    .getByRole('link', { name: /Tulloch, born .* and / })
    .first()
    .click();
  const words = (await page.locator('main').textContent()) ?? '';
  expect(words).toContain('Day and month of birth may be changed about');
  expect(words).toContain('Their family names');
  expect(words).toMatch(/CHI 01031400/);
  expect(words).toContain('4 Harbour Row, Lochside, ZE1 1AA');
  await page.getByRole('button', { name: 'Make them one record' }).click();
  expect(await page.getByRole('alert').textContent()).toMatch(
    /Choose which record to keep[\s\S]*Say how you know that they are one person/,
  );
  await page.locator('label', { hasText: /^Record A/ }).click();
  await page.locator('label', { hasText: 'Gender' }).click();
  await page.getByLabel('How do you know that they are one person?').fill('His mother brought both letters');
  await page.getByRole('button', { name: 'Make them one record' }).click();
  expect(await page.getByRole('status').textContent()).toContain('The two records are one now');
  expect(await page.locator('main').textContent()).toMatch(/His mother brought both letters[\s\S]*Homes: 1/);
  await faultless(ailsa, '/same-person/merges', 'merges');
  await page.getByText('Undo this: they are two people').click();
  await page.getByRole('button', { name: 'Undo this' }).click();
  expect(await page.getByRole('alert').textContent()).toContain('Say why this has to be undone');
  await page.getByLabel('Why has this to be undone').fill('They are cousins');
  await page.getByRole('button', { name: 'Undo this' }).click();
  expect(await page.getByRole('status').textContent()).toContain('Both records are as they were');
  expect(await page.locator('main').textContent()).toContain('They are cousins');
  // The two refusals above, and nothing else.
  expect(faults.filter((fault) => !fault.includes('422'))).toEqual([]);
  await close();
  const { rows } = await superuser.query('select gender from record.person where id = $1', [a]);
  expect(rows).toEqual([{ gender: 'boy' }]);
});

test('what was typed is kept beside the mistake, and a change meanwhile is told', async () => {
  const { pair, a, b } = await made([ailsa]);
  const path = `/same-person/${pair}`;
  const wrong = await post(ailsa, path, {
    _form: 'merge',
    why: 'Both letters',
    oneVersion: '1',
    otherVersion: '1',
  });
  expect(wrong.statusCode).toBe(422);
  expect(wrong.body).toContain('Both letters');
  expect(wrong.body).toContain('Choose which record to keep');
  await superuser.query('update record.person set version = version + 1 where id = $1', [b]);
  const stale = await post(ailsa, path, {
    _form: 'merge',
    keep: a,
    why: 'Both letters',
    oneVersion: '1',
    otherVersion: '1',
  });
  expect(stale.statusCode).toBe(409);
  expect(stale.body).toContain('This changed while you were writing');
  expect(stale.body).toContain('Both letters');
  const odd = await post(ailsa, path, {
    _form: 'decide',
    answer: 'maybe',
    because: 'x'.repeat(3000),
    _version: '1',
  });
  expect(odd.statusCode).toBe(422);
  expect(odd.body).toContain('Choose what you think');
  expect(odd.body).toContain('Use 2,000 characters or fewer');
});

test('somebody who sees one side is told a team to ask, and has nothing to decide with', async () => {
  const north = await makeWorker(database, { name: 'Callum Reid', team: 'North only' });
  const { pair, b, g } = await made([sorcha], [north]);
  const { body, statusCode } = await get(north, `/same-person/${pair}`);
  expect(statusCode).toBe(200);
  expect(body).toContain('a record you may not see; ask Children and families South');
  expect(body).not.toMatch(
    /Tullock|Make them one record|Save this answer|CHI numbers?:|Day and month|same postcode/,
  );
  expect(body).not.toContain(b);
  expect(body).not.toContain(g);
  expect((await get(north, '/same-person')).body).not.toContain('Tullock');
  await faultless(north, `/same-person/${pair}`, 'one-side');
});

test('a records officer sees no names before looking, and compares after it', async () => {
  const { pair } = await made([sorcha]);
  const listed = await get(officer, '/same-person');
  expect(listed.body).toContain('Look at both');
  expect(listed.body).not.toMatch(/Tulloc/);
  const before = await get(officer, `/same-person/${pair}`);
  expect(before.body).toContain('To compare them you look at both');
  expect(before.body).not.toMatch(/Tulloc/);
  await faultless(officer, '/same-person', 'officer-list');
  await faultless(officer, `/same-person/${pair}`, 'officer-before');
  const looked = await post(officer, '/same-person', { pair });
  expect(looked.headers.location).toBe(`/same-person/${pair}`);
  expect((await get(officer, `/same-person/${pair}`)).body).toMatch(/Tullock[\s\S]*Make them one record/);
  const decided = await post(officer, `/same-person/${pair}`, {
    _form: 'decide',
    _version: '1',
    answer: 'different',
    because: 'Cousins',
  });
  expect(decided.statusCode).toBe(303);
  expect((await get(officer, `/same-person/${pair}`)).body).toContain('they are different people');
  await faultless(officer, '/same-person/merges', 'officer-merges');
});

test('other roles, and addresses that lead nowhere, are answered as if there were nothing', async () => {
  for (const path of ['/same-person', '/same-person/merges'])
    expect((await get(finance, path)).statusCode, path).toBe(404);
  for (const path of ['/same-person/not-an-id', '/same-person/00000000-0000-4000-8000-000000000000'])
    expect((await get(ailsa, path)).statusCode, path).toBe(404);
  expect((await get(ailsa, '/same-person?weight=high&id=x')).statusCode).toBe(422);
});

test('before somebody is added, those who may be the same are shown with what agrees', async () => {
  await made([ailsa]);
  const wanted = {
    givenName: 'Iain',
    familyName: 'Tulloch',
    born: undefined,
    chi: undefined,
    postcode: 'ZE1 1AA',
  };
  const { a } = await made([ailsa]);
  const { rows: people } = await superuser.query<{ given_name: string; born: string }>(
    'select given_name, date_of_birth::text as born from record.person where id = $1',
    [a],
  );
  const [of] = people;
  if (of === undefined) throw new Error('nobody was made');
  const asked = { ...wanted, givenName: of.given_name, born: Temporal.PlainDate.from(of.born) };
  const rows = await server.context.desk.ask(
    likely,
    { givenName: asked.givenName, familyName: 'Tulloch', dateOfBirth: of.born, postcode: 'ZE1 1AA' },
    ailsa.asking,
  );
  const shown = renderToString(h(LikelyPeople, { wanted: asked, rows }));
  expect(shown).toContain(`/people/${a}`);
  expect(shown).toContain('Born on the same day');
  expect(renderToString(h(LikelyPeople, { wanted: asked, rows: [] }))).toBe('');
});
