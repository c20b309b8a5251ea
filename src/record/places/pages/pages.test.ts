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
import { peopleArea } from '../../people/area.ts';
import { add as addPlace, addProfessional, change as changePlace } from '../actions.ts';
import { familyPanel, personPanel, places, printedPanel } from '../area.ts';
import { beginSchool } from '../around/actions.ts';

const database = await testDatabase();
const server = await testServer(database, [
  familiesArea({ panels: [familyPanel] }),
  peopleArea({ panels: [personPanel], printed: [printedPanel] }),
  places,
]);
const { desk } = server.context;
const browser = await startBrowser();
afterAll(async () => {
  await browser.close();
  await server.close();
  await database.close();
});

const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
const morag = await makeWorker(database, { name: 'Morag Bain', role: 'team-manager' });
const sorcha = await makeWorker(database, { name: 'Sorcha Kerr', team: 'Children and families South' });

const place = async (name: string, kind: string, within?: string) =>
  (await desk.act(addPlace, { name, kind, within }, morag.asking)).place;
const locality = await place('Lochside', 'locality');
const cluster = await place('Lochside Academy cluster', 'cluster', locality);
const primary = await place('Lochside Primary', 'school', cluster);
const clinic = await place('Harbour Health Centre', 'health', locality);
const family = async () => {
  const made = await desk.act(
    addFamily,
    {
      name: 'Baird',
      members: [
        { givenName: 'Jamie', part: 'child', dateOfBirth: '2019-05-01' },
        { givenName: 'Isla', part: 'parent or carer' },
      ],
    },
    ailsa.asking,
  );
  return { id: made.family, jamie: made.people[0] ?? '', isla: made.people[1] ?? '' };
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

/** A window without scripts to work in, and a check of the page it is at with scripts, for axe. */
async function walk(worker: Worker) {
  const { page, faults, close } = await windowFor(worker, false);
  const noFaults = async () => {
    const same = await openToLook(browser, page.url(), { cookies: await page.context().cookies() });
    expect(await accessibilityFaults(same.page), page.url()).toEqual([]);
    expect(await sidewaysOverflow(same.page), page.url()).toBe(0);
    expect(same.faults).toEqual([]);
    await same.close();
  };
  return { page, faults, close, noFaults };
}

test('a manager walks from locality to school, adds a place and somebody there, and moves them', async () => {
  const { page, faults, close, noFaults } = await walk(morag);
  await page.goto(`${server.url}/places`);
  await noFaults();
  await page.getByRole('link', { name: 'Lochside', exact: true }).click();
  await page.getByRole('link', { name: 'Lochside Academy cluster' }).click();
  await page.getByRole('link', { name: 'Lochside Primary' }).click();
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Lochside Primary');
  await noFaults();
  await page.goto(`${server.url}/places/add`);
  await noFaults();
  await page.getByLabel('Name').fill('Moor Nursery');
  await page.getByLabel('What it is').selectOption('early learning');
  await page.getByLabel('Part of').selectOption(cluster);
  await page.getByRole('button', { name: 'Add this place' }).click();
  expect(await page.getByRole('status').textContent()).toContain('The place is added');
  await page.getByRole('link', { name: 'Add somebody who works here' }).click();
  await noFaults();
  await page.getByLabel('Name').fill('Seonaid Mackay');
  await page.getByLabel('What they do there').fill('Key worker');
  await page.getByLabel('Phone at work').fill('01236 555 040');
  await page.getByLabel('Email at work').fill('seonaid.mackay@school.example');
  await page.getByRole('button', { name: 'Add this person' }).click();
  await page.getByRole('link', { name: 'Seonaid Mackay' }).click();
  await noFaults();
  await page.getByText('They moved to another place').click();
  await page.getByLabel('Where they work now').selectOption(primary);
  await page.getByLabel('What they do there').fill('Class teacher');
  await page.getByRole('button', { name: 'Save the move' }).click();
  expect(await page.locator('main').textContent()).toMatch(
    /Class teacher[\s\S]*Lochside Primary[\s\S]*Key worker[\s\S]*Moor Nursery/,
  );
  expect(faults.filter((fault) => !fault.includes('422 (Unprocessable Entity)'))).toEqual([]);
  await close();
});

test('a social worker adds somebody new for two people and finds them on the family and the person', async () => {
  const { id, jamie } = await family();
  const { page, faults, close, noFaults } = await walk(ailsa);
  await page.goto(`${server.url}/families/${id}`);
  await page.getByRole('link', { name: 'Add somebody who helps' }).click();
  await noFaults();
  await page.getByLabel('Look for them first').fill('Dr Rao');
  await page.getByRole('button', { name: 'Find' }).click();
  expect(await page.locator('main').textContent()).toContain('Nobody is written down who matches “Dr Rao”');
  await noFaults();
  await page.getByLabel('Name').fill('Dr Sunita Rao');
  await page.getByLabel('Where they work').selectOption(clinic);
  await page.getByLabel('Phone at work').fill('01236 555 021');
  await page.getByLabel('Email at work').fill('sunita.rao.at.harbour.health.centre@gp.health.example');
  await page.locator('label', { hasText: /^Jamie Baird$/ }).click();
  await page.locator('label', { hasText: /^Isla Baird$/ }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  expect(await page.locator('main').textContent()).toContain('Enter what they do');
  expect(await page.getByLabel('Name').inputValue()).toBe('Dr Sunita Rao');
  expect(await page.getByLabel('Isla Baird').isChecked()).toBe(true);
  await noFaults();
  await page.getByLabel('What they do').fill('GP');
  await page.getByRole('button', { name: 'Save' }).click();
  expect(await page.locator('main').textContent()).toMatch(
    /Other people helping[\s\S]*Dr Sunita Rao[\s\S]*GP[\s\S]*Harbour Health Centre[\s\S]*01236 555 021[\s\S]*Isla, Jamie/,
  );
  await noFaults();
  await page.goto(`${server.url}/people/${jamie}/schooling`);
  await noFaults();
  await page.getByLabel('School or nursery').selectOption(primary);
  await page.getByLabel('Stage').fill('Primary 3');
  await page.getByLabel('Day they began there').fill('19/8/2026');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await noFaults();
  await page.goto(`${server.url}/people/${jamie}`);
  expect(await page.locator('main').textContent()).toMatch(/Lochside Primary[\s\S]*Primary 3/);
  await page.getByRole('link', { name: 'Change Dr Sunita Rao' }).click();
  await noFaults();
  await page.getByText('They stopped helping').click();
  await page.getByRole('button', { name: 'Save that it ended' }).click();
  expect(await page.locator('main').textContent()).toContain('At other times (1)');
  expect(faults.filter((fault) => !fault.includes('422 (Unprocessable Entity)'))).toEqual([]);
  await close();
});

test('a colleague’s change of a place is shown beside what was written', async () => {
  const made = await place('Shore Office', 'other');
  await desk.act(
    changePlace,
    { place: made, version: 1, name: 'Shore Street Office', kind: 'other' },
    morag.asking,
  );
  const stale = await post(morag, `/places/${made}/change`, {
    _version: '1',
    name: 'Pier Office',
    kind: 'other',
  });
  expect(stale.statusCode).toBe(409);
  expect(stale.body).toContain('This changed while you were writing');
  expect(stale.body).toContain('Shore Street Office');
  expect(stale.body).toContain('value="Pier Office"');
  expect(stale.body).toContain('name="_version" value="2"');
});

test('the list is the same for everybody; changing it is for those who keep it', async () => {
  expect((await get(sorcha, '/places')).body).not.toContain('Add a place');
  expect((await get(sorcha, `/places/${primary}`)).body).not.toContain('/change');
  for (const url of ['/places/add', `/places/${primary}/change`])
    expect((await get(sorcha, url)).statusCode, url).toBe(404);
  for (const url of ['/places/not-an-id', '/professionals/not-an-id', `/places/${ailsa.account}`])
    expect((await get(morag, url)).statusCode, url).toBe(404);
  expect((await get(sorcha, '/places?kind=castle&within=x&afterId=y')).statusCode).toBe(200);
  const { professional } = await desk.act(
    addProfessional,
    { place: clinic, name: 'Una <b>Gunn</b>', role: 'GP', phone: '01236 555 033 ext 2' },
    ailsa.asking,
  );
  const shown = await get(sorcha, `/professionals/${professional}`);
  expect(shown.body).toContain('Una &lt;b>Gunn&lt;/b>');
});

test('pages of somebody whom the asker may not see answer as if there were nobody', async () => {
  const { id, jamie } = await family();
  await desk.act(beginSchool, { person: jamie, place: primary, from: '2024-08-20' }, ailsa.asking);
  for (const url of [
    `/families/${id}/network/add`,
    `/people/${jamie}/network/add`,
    `/people/${jamie}/network/${jamie}`,
    `/people/${jamie}/schooling`,
  ]) {
    const answer = await get(sorcha, url);
    expect(answer.statusCode, url).toBe(404);
    expect(answer.body, url).not.toMatch(/Jamie|Baird|Primary/);
  }
  const sent = await post(sorcha, `/people/${jamie}/schooling`, { place: primary, from: '1/10/2026' });
  expect(sent.statusCode).toBe(404);
});

test('the copy for the person says who helps them now, in a list of their own', async () => {
  const { jamie } = await family();
  await desk.act(
    beginSchool,
    { person: jamie, place: primary, from: '2024-08-20', stage: 'P3' },
    ailsa.asking,
  );
  const shown = await get(ailsa, `/people/${jamie}/print`);
  expect(shown.statusCode).toBe(200);
  expect(shown.body).toContain('People who help me, and my school');
  expect(shown.body).toContain('<li>Lochside Primary: P3</li>');
});
