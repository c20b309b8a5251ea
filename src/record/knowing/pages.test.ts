import type { Page } from 'playwright-core';
import { afterAll, afterEach, expect, test } from 'vitest';
import { dayText } from '../../platform/days.ts';
import type { Worker } from '../../platform/testing/people.ts';
import { testServer } from '../../platform/testing/server.ts';
import { accessibilityFaults, sidewaysOverflow, startBrowser } from '../../platform/ui/testing/browser.ts';
import { recordAreas } from '../area.ts';
import { allocate } from './actions.ts';
import { askForAccess } from './asking-actions.ts';
import { knowingWorld, leaves } from './testing.ts';

const world = await knowingWorld();
const { desk, database } = world;
const server = await testServer(
  database,
  recordAreas({
    inHand: [
      {
        title: 'Direct payments',
        who: 'anyone signed in',
        load: async () => [{ text: 'DP-2026-0001: beds, £250, waits for a decision', href: '/families' }],
      },
      { title: 'Nothing begun', who: 'anyone signed in', load: async () => [] },
      { title: 'Not theirs', who: ['finance-officer'], load: async () => [{ text: 'Hidden', href: '/' }] },
    ],
  }),
  { now: Temporal.Now.instant() },
);
const browser = await startBrowser();
afterAll(async () => {
  await browser.close();
  await server.close();
  await database.close();
});

// A window left open goes on costing time.
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

const ailsa = await world.worker('Ailsa Drummond');
const callum = await world.worker('Callum Reid');
const gordon = await world.worker('Gordon Rennie', { role: 'team-manager' });
const senior = await world.worker('Senga Muir', { role: 'senior-manager', team: 'Services' });
const sorcha = await world.worker('Sorcha Kerr', { team: 'South' });

/** A window of somebody, without scripts; `look` asks axe, and whether anybody has to scroll sideways at 320 pixels. */
async function windowOf(
  worker: Worker,
): Promise<{ page: Page; go(path: string): Promise<void>; look(name: string): Promise<void> }> {
  const [name = '', value = ''] = server.cookie(worker.token).split('=');
  const make = async (javaScriptEnabled: boolean) => {
    const viewport = { width: 320, height: 900 };
    const context = await browser.newContext({ javaScriptEnabled, viewport, locale: 'en-GB' });
    await context.addCookies([{ name, value, url: server.url }]);
    return context.newPage();
  };
  const [page, checked] = [await make(false), await make(true)];
  return {
    page,
    go: async (path) => {
      await page.goto(server.url + path);
    },
    look: async (what) => {
      expect(await sidewaysOverflow(page), `${what} at 320 pixels`).toBe(0);
      // axe is a script: it looks at the same page, the answer to a refused form too, in a window that runs scripts.
      await checked.goto(`${server.url}/healthz`);
      await checked.setContent(await page.content());
      expect(await accessibilityFaults(checked), what).toEqual([]);
    },
  };
}
const mainOf = async (page: Page) => (await page.locator('main').textContent()) ?? '';
/** Presses the words of an answer, as people do: the button itself is drawn over. */
const choose = (page: Page, words: string) =>
  page
    .locator('label')
    .filter({ hasText: new RegExp(`^${words}$`) })
    .first()
    .click();
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();

test('a manager gives a family of a leaver to a worker, who is told, makes a lead, hands over, and sees it no more', async () => {
  const leaver = await world.worker('Lorna Leaver');
  await world.family(leaver, 'Lochhead');
  await world.family(leaver, 'Lyle');
  const manager = await windowOf(gordon);
  await manager.go('/unallocated');
  await manager.look('unallocated empty');
  await leaves(world, leaver);
  await manager.go('/access');
  await manager.look('access manager');
  await manager.page.getByRole('link', { name: 'Families that nobody works with' }).click();
  expect(await mainOf(manager.page)).toMatch(/Lochhead[\s\S]*Lorna Leaver/);
  await manager.page.getByLabel('Colleague or team').fill('ailsa');
  await press(manager.page, 'Find');
  await manager.look('unallocated found');
  await press(manager.page, 'Give the family to them');
  expect(await mainOf(manager.page)).toMatch(
    /There is a problem[\s\S]*Choose a family[\s\S]*Choose a colleague or a team/,
  );
  await manager.look('unallocated error');
  await choose(manager.page, 'Lochhead');
  await choose(manager.page, 'Ailsa Drummond');
  await press(manager.page, 'Give the family to them');
  expect(await mainOf(manager.page)).toContain('They work with the family now');

  const worker = await windowOf(ailsa);
  await worker.go('/notices');
  expect(await mainOf(worker.page)).toMatch(/New[\s\S]*You now work with this family\.[\s\S]*Lochhead/);
  await worker.look('notices');
  await worker.page.getByRole('link', { name: 'You now work with this family.' }).click();
  const family = worker.page.url();
  await worker.go(`${new URL(family).pathname}/helping?text=callum`);
  await worker.look('helping');
  await choose(worker.page, 'Callum Reid');
  await choose(worker.page, 'Lead professional');
  await press(worker.page, 'Share the family');
  expect(await mainOf(worker.page)).toMatch(/Callum Reid[\s\S]*Lead professional/);
  await worker.look('helping shared');
  await worker.page.getByRole('link', { name: 'Hand over what Ailsa Drummond does' }).click();
  expect(await mainOf(worker.page)).toMatch(/Everything in hand[\s\S]*DP-2026-0001/);
  expect(await mainOf(worker.page)).not.toMatch(/Nothing begun|Hidden/);
  await worker.look('hand over');
  await worker.page.getByLabel('Colleague or team').fill('south');
  await press(worker.page, 'Find');
  await press(worker.page, 'Hand over');
  expect(await mainOf(worker.page)).toContain('Choose a colleague or a team');
  await worker.look('hand over error');
  await choose(worker.page, 'Social worker, South');
  await press(worker.page, 'Hand over');
  expect(await mainOf(worker.page)).toContain('The family is handed over, and both are told');
  await worker.page.goto(family);
  expect(await mainOf(worker.page)).toContain('This page cannot be found');
  await worker.go('/notices');
  expect(await mainOf(worker.page)).not.toContain('Lochhead');
  await worker.look('notices after leaving');
  await press(worker.page, 'Mark all as read');
  expect(await mainOf(worker.page)).not.toContain('New');

  await manager.go(`/helping/leaver?worker=${leaver.account}&text=callum`);
  expect(await mainOf(manager.page)).toContain('Lyle');
  await manager.look('leaver');
  await choose(manager.page, 'Callum Reid');
  await press(manager.page, 'Hand them over');
  expect(await mainOf(manager.page)).toContain('One family is handed over, and both are told');
  await manager.look('leaver done');
});

test('cover is arranged and ended from the page, and a wrong day comes back with what was typed', async () => {
  await world.family(callum, 'Coverdale');
  const { page, go, look } = await windowOf(callum);
  await go('/cover');
  await look('cover');
  await page.getByLabel('Colleague', { exact: true }).fill('ailsa');
  await press(page, 'Find');
  await choose(page, 'Ailsa Drummond');
  await page.getByLabel('First day').fill('1/12/2099');
  await page.getByLabel('Last day').fill('30/11/2099');
  await press(page, 'Arrange this cover');
  expect(await mainOf(page)).toContain('Enter a last day that is not before the first');
  expect(await page.getByLabel('First day').inputValue()).toBe('1/12/2099');
  expect(await page.getByLabel('Ailsa Drummond').isChecked()).toBe(true);
  await look('cover error');
  await page.getByLabel('Last day').fill('5/12/2099');
  await press(page, 'Arrange this cover');
  expect(await mainOf(page)).toMatch(
    /Cover is arranged for[\s\S]*00:00 on 1 December 2099[\s\S]*00:00 on 6 December 2099/,
  );
  await look('cover arranged');
  await page.getByRole('button', { name: /End now/ }).click();
  expect(await mainOf(page)).toContain('Nobody stands in for anybody at present');
});

test('access is asked for, given and declined, and the asker is told', async () => {
  await world.family(ailsa, 'Drumchapel');
  const asker = await windowOf(sorcha);
  await asker.go('/access/ask?text=Jamie+Drumchapel&team=North');
  await asker.look('ask');
  expect(await asker.page.getByLabel('Which team?').locator('option:checked').textContent()).toContain(
    'North',
  );
  await press(asker.page, 'Send the question');
  expect(await mainOf(asker.page)).toContain('Write why you need to see the record');
  await asker.look('ask error');
  await asker.page.getByLabel('Why do you need to see it?').fill('He has come to our group');
  await press(asker.page, 'Send the question');
  expect(await mainOf(asker.page)).toMatch(/Your question is sent[\s\S]*Not answered yet/);
  await desk.act(
    askForAccess,
    { sought: 'Somebody Unknown', team: ailsa.team, why: 'To help' },
    sorcha.asking,
  );
  const manager = await windowOf(gordon);
  await manager.go('/access/asked');
  await manager.look('asked');
  const worker = await windowOf(ailsa);
  await worker.go('/access');
  await worker.page.getByRole('link', { name: 'Colleagues who ask' }).click();
  expect(await mainOf(worker.page)).toMatch(
    /Sorcha Kerr[\s\S]*He has come to our group[\s\S]*The Drumchapel family/,
  );
  await choose(worker.page, 'Give access');
  await press(worker.page, 'Send the answer');
  expect(await mainOf(worker.page)).toContain('Enter the last day');
  await worker.look('asked error');
  const last = Temporal.Now.plainDateISO('Europe/London').add({ days: 70 });
  await worker.page.getByLabel('Last day').fill(dayText(last));
  await press(worker.page, 'Send the answer');
  expect(await mainOf(worker.page)).toMatch(/Access is given[\s\S]*Nobody asks you for anything/);
  await worker.look('asked empty');
  await asker.go('/access/ask');
  expect(await mainOf(asker.page)).toMatch(
    new RegExp(`Given[\\s\\S]*Until 00:00 on ${dayText(last.add({ days: 1 }))}`),
  );
  await asker.look('ask answered');
});

test('urgent access says until when, shows on the family page, and is reviewed', async () => {
  const family = await world.family(ailsa, 'Urieside');
  const asker = await windowOf(sorcha);
  await asker.go('/access/urgent');
  expect(await mainOf(asker.page)).toMatch(/until \d\d:\d\d on \d+ \w+ 20\d\d if you go on now: 8 hours/);
  await asker.look('urgent');
  await asker.page.getByLabel('Whose record is it?').fill('Jamie Urieside');
  await asker.page.getByLabel('What is the danger?').fill('Too short');
  await press(asker.page, 'Open this record now');
  expect(await mainOf(asker.page)).toContain('Write what the danger is in 20 characters or more');
  await asker.look('urgent error');
  await asker.page.getByLabel('What is the danger?').fill('Neighbours hear shouting and a child crying');
  await press(asker.page, 'Open this record now');
  expect(new URL(asker.page.url()).pathname).toBe(`/families/${family}`);
  expect(await mainOf(asker.page)).toMatch(/You see this record until \d\d:\d\d on/);
  const worker = await windowOf(ailsa);
  await worker.go(`/families/${family}`);
  expect(await mainOf(worker.page)).toMatch(/Sorcha Kerr[\s\S]*Urgent access/);
  await worker.go(`/families/${family}/who-has-looked`);
  expect(await mainOf(worker.page)).toContain('Urgent access');
  const manager = await windowOf(gordon);
  await manager.go('/access/reviews');
  expect(await mainOf(manager.page)).toMatch(/Sorcha Kerr[\s\S]*The Urieside family[\s\S]*Neighbours hear/);
  await manager.look('reviews');
  await press(manager.page, 'Send the review');
  expect(await mainOf(manager.page)).toMatch(/Choose whether it was right[\s\S]*Write what you found/);
  await choose(manager.page, 'It was right');
  await manager.page.getByLabel('What you found').fill('She went there with the police.');
  await press(manager.page, 'Send the review');
  expect(await mainOf(manager.page)).toMatch(
    /The review is kept[\s\S]*Nothing waits to be reviewed[\s\S]*It was right/,
  );
  await manager.look('reviews done');
  const top = await windowOf(senior);
  await top.go('/access/reviews');
  await top.page.getByLabel('Hours').fill('100');
  await press(top.page, 'Save');
  expect(await mainOf(top.page)).toContain('Enter a number of hours from 1 to 72');
  await top.look('reviews senior');
});

test('a record is restricted and lifted by a senior manager', async () => {
  const family = await world.family(ailsa, 'Restalrig');
  for (const to of [senior.account, gordon.post])
    await desk.act(allocate, { family, to, as: 'allocated' }, ailsa.asking);
  const { page, go, look } = await windowOf(senior);
  await go(`/families/${family}/restrict`);
  await look('restrict');
  await press(page, 'Restrict this record');
  expect(await mainOf(page)).toMatch(/Choose restricted or sealed[\s\S]*Write why/);
  await look('restrict error');
  await choose(page, 'Sealed');
  await page.getByLabel('Why', { exact: true }).fill('Adoption');
  await press(page, 'Restrict this record');
  expect(await mainOf(page)).toMatch(/The record is restricted[\s\S]*The Restalrig family[\s\S]*Sealed/);
  await look('restricted');
  await go(`/families/${family}/helping`);
  expect(await mainOf(page)).toMatch(/This record is sealed/);
  await look('helping sealed');
  await go('/access/restricted');
  await page.getByRole('link', { name: /Lift this/ }).click();
  await look('lift');
  await press(page, 'Lift this');
  expect(await mainOf(page)).toContain('Write why it is lifted');
  await page.getByLabel('Why it is lifted').fill('The order has ended');
  await press(page, 'Lift this');
  expect(await mainOf(page)).toMatch(/lifted[\s\S]*No record is restricted/);
});
