import { afterAll, expect, test } from 'vitest';
import type { Worker } from '../../platform/testing/people.ts';
import { testServer } from '../../platform/testing/server.ts';
import { accessibilityFaults, sidewaysOverflow, startBrowser } from '../../platform/ui/testing/browser.ts';
import { recordAreas } from '../area.ts';
import { allocate } from './actions.ts';
import { knowingWorld } from './testing.ts';

// A senior manager restricts a record with its people; the worker of another family of one of them reads what is left of it there.

const world = await knowingWorld();
const server = await testServer(world.database, recordAreas(), { now: Temporal.Now.instant() });
const browser = await startBrowser();
afterAll(async () => {
  await browser.close();
  await server.close();
  await world.database.close();
});

async function pageOf(worker: Worker, javaScriptEnabled = false) {
  const [name = '', value = ''] = server.cookie(worker.token).split('=');
  const context = await browser.newContext({
    javaScriptEnabled,
    viewport: { width: 320, height: 900 },
    locale: 'en-GB',
  });
  await context.addCookies([{ name, value, url: server.url }]);
  return context.newPage();
}

test('the form says who is elsewhere and keeps all but those left out; the other family says that somebody is not shown', async () => {
  const ailsa = await world.worker('Ailsa Drummond');
  const callum = await world.worker('Callum Reid', { team: 'South' });
  const senior = await world.worker('Senga Muir', { role: 'senior-manager', team: 'Services' });
  const family = await world.family(ailsa, 'Restalrig');
  await world.desk.act(allocate, { family, to: senior.account, as: 'allocated' }, ailsa.asking);
  const other = await world.family(callum, 'Otherhame');
  const { rows } = await world.database.superuser.query<{ id: string }>(
    `insert into record.family_member (family_id, person_id, part)
     select $1, person_id, 'other' from record.family_member where family_id = $2 returning person_id as id`,
    [other, family],
  );
  const look = await pageOf(senior, true);
  const manager = await pageOf(senior);
  await manager.goto(`${server.url}/families/${family}/restrict`);
  const boxes = manager.getByRole('group', { name: /Who is kept with it everywhere/ }).getByRole('checkbox');
  expect(await boxes.count()).toBe(2);
  expect([await boxes.nth(0).isChecked(), await boxes.nth(1).isChecked()]).toEqual([true, true]);
  expect(await manager.locator('main').textContent()).toContain('Is in another family too');
  expect(await sidewaysOverflow(manager)).toBe(0);
  await look.goto(`${server.url}/families/${family}/restrict`);
  expect(await accessibilityFaults(look)).toEqual([]);
  // Isla stays to be seen where she is needed; an error keeps what was chosen.
  await manager.locator('label').filter({ hasText: 'Isla Restalrig' }).click();
  await manager.getByRole('button', { name: 'Restrict this record' }).click();
  expect(await manager.locator('main').textContent()).toContain('Choose restricted or sealed');
  expect([await boxes.nth(0).isChecked(), await boxes.nth(1).isChecked()]).toEqual([true, false]);
  await manager
    .locator('label')
    .filter({ hasText: /^Restricted$/ })
    .click();
  await manager.getByLabel('Why', { exact: true }).fill('A colleague lives here');
  await manager.getByRole('button', { name: 'Restrict this record' }).click();
  expect(await manager.locator('main').textContent()).toContain('The record is restricted');

  const worker = await pageOf(callum);
  await worker.goto(`${server.url}/families/${other}`);
  const said = ((await worker.locator('main').textContent()) ?? '').replaceAll(/\s+/g, ' ');
  expect(said).toContain('One person in this family is not shown to you');
  expect(said).toContain('ask Senga Muir');
  expect(said).toContain('Isla Restalrig');
  expect(said).not.toContain('Jamie Restalrig');
  expect(await sidewaysOverflow(worker)).toBe(0);
  const gone: number[] = [];
  for (const { id } of rows) gone.push((await worker.goto(`${server.url}/people/${id}`))?.status() ?? 0);
  expect(gone.sort()).toEqual([200, 404]);
  // Those who are named read her as before, and are told of nobody who is missing.
  const named = await pageOf(ailsa);
  await named.goto(`${server.url}/families/${family}`);
  const read = (await named.locator('main').textContent()) ?? '';
  expect(read).toContain('Jamie Restalrig');
  expect(read).not.toContain('not shown to you');
});
