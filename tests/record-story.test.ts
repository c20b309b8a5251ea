import { expect, test } from 'vitest';
import { makeWorker, type Worker } from '../src/platform/testing/people.ts';
import { findDuplicates } from '../src/record/duplicates/job.ts';
import { allocate } from '../src/record/knowing/actions.ts';
import { add as relate } from '../src/record/relationships/actions.ts';
import { child, choose, follow, mainOf, makeStory, parent, press, south } from './story.ts';

// The shared record as people meet it, from the start page on, in a browser that runs no scripts.

const { database, now, desk, server, windowOf, addFamily, personOf, ailsa, manager, sorcha } =
  await makeStory();

/** A worker on her first day, and a family she is to work alongside. */
async function firstDay(): Promise<Worker> {
  const marta = await makeWorker(database, { name: 'Marta Vey', ...south });
  const family = await addFamily(ailsa, 'Dalgleish', [
    child('Finlay', '2015-03-02'),
    child('Orla', '2018-11-20'),
    parent('Heather'),
  ]);
  await desk.act(allocate, { family, to: marta.account, as: 'co-worker' }, ailsa.asking);
  return marta;
}

test('a worker who has never seen the system finds a family she cannot spell, who is in it and who helps, in three pages', async () => {
  const { page, pages } = await windowOf(await firstDay());
  await follow(page.locator('main'), /^Find/);
  await page.getByLabel('Who are you looking for?').fill('Heather Dalglish');
  await press(page, 'Find');
  const row = page.getByRole('row').filter({ hasText: 'Heather Dalgleish' });
  expect(await row.textContent()).toMatch(/Dalgleish with Finlay, Orla[\s\S]*Ailsa Drummond/);
  expect(pages(), 'pages opened, the start page among them').toBeLessThanOrEqual(3);

  await follow(row, 'Dalgleish');
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('The Dalgleish family');
  expect(await mainOf(page)).toMatch(/Finlay[\s\S]*Orla[\s\S]*Heather[\s\S]*Ailsa Drummond/);
});

test('the same by keyboard alone', async () => {
  const { page, pages } = await windowOf(await firstDay());
  const focused = page.locator(':focus');
  const reach = async (words: RegExp) => {
    for (let presses = 0; presses < 80; presses += 1) {
      await page.keyboard.press('Tab');
      const said = `${await focused.getAttribute('name')} ${await focused.textContent()}`;
      if (words.test(said)) return;
    }
    throw new Error(`no way to ${words} by the Tab key on ${page.url()}`);
  };
  const enter = async () => {
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  };
  await reach(/Find(?! a)/);
  await enter();
  await reach(/^text/);
  await page.keyboard.type('dalgleesh finlay');
  await enter();
  expect(await mainOf(page)).toMatch(
    /Finlay Dalgleish[\s\S]*Dalgleish with [\s\S]*Heather[\s\S]*Ailsa Drummond/,
  );
  expect(pages()).toBeLessThanOrEqual(3);
  await reach(/^null Dalgleish$/);
  await enter();
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('The Dalgleish family');
});

test('the ways around are five at most in a row, the rest behind "More"; together they are all that the start page has', async () => {
  for (const [worker, more] of [
    [ailsa, true],
    [manager, true],
    [
      await makeWorker(database, { name: 'Rona Bisset', role: 'records-officer', team: 'Records' }),
      undefined,
    ],
  ] as const) {
    const { page } = await windowOf(worker);
    const row = page.locator('.kith-nav__row');
    const shown = await row.locator('> ul a').allTextContents();
    const behind = await row.locator('details a').allTextContents();
    expect(shown.length + (behind.length > 0 ? 1 : 0)).toBeLessThanOrEqual(5);
    if (more) expect(behind.length).toBeGreaterThan(0);
    const cards = await page.locator('main h2 a, main h3 a').allTextContents();
    expect(cards.length).toBeGreaterThan(4);
    expect([...shown, ...behind, 'My account']).toEqual(expect.arrayContaining(cards));
  }
});

test('access is asked for, given by whoever holds it, and lasts until its day has ended', async () => {
  const family = await addFamily(ailsa, 'Kinnaird', [child('Skye', '2013-06-09'), parent('Lorna')]);
  const asker = await windowOf(sorcha);
  await asker.page.goto(`${server.url}/find?text=Skye+Kinnaird`);
  expect(await mainOf(asker.page)).toContain('Ask Children and families North');
  expect(await mainOf(asker.page)).not.toMatch(/Lorna|Lochside/);
  await asker.page.getByText('More', { exact: true }).first().click();
  await follow(asker.page, 'Access');
  await follow(asker.page.locator('main'), /Ask for access/);
  await asker.page.getByLabel('Whose record is it?').fill('Skye Kinnaird');
  await asker.page
    .getByLabel('Which team?')
    .selectOption({ label: 'Children and families North, Strathmorran Council' });
  await asker.page.getByLabel('Why do you need to see it?').fill('She comes to our group on Thursdays');
  await press(asker.page, 'Send the question');

  const holder = await windowOf(ailsa);
  await holder.page.getByText('More', { exact: true }).first().click();
  await follow(holder.page, 'Access');
  await follow(holder.page.locator('main'), /Colleagues who ask/);
  expect(await mainOf(holder.page)).toMatch(/Sorcha Kerr[\s\S]*our group on Thursdays/);
  await choose(holder.page, 'Give access');
  await choose(holder.page, 'The Kinnaird family');
  const lastDay = now.toZonedDateTimeISO('Europe/London').toPlainDate().add({ days: 7 });
  await holder.page.getByLabel('Last day').fill(`${lastDay.day}/${lastDay.month}/${lastDay.year}`);
  await press(holder.page, 'Send the answer');
  expect(await mainOf(holder.page)).toContain('Access is given');

  await asker.page.goto(`${server.url}/notices`);
  await asker.page.goto(`${server.url}/families/${family}`);
  expect(await mainOf(asker.page)).toMatch(/Skye Kinnaird[\s\S]*Was given access for a time/);
  const { rows } = await database.superuser.query<{ until: string }>(
    `select (until at time zone 'Europe/London')::text as until from access.reason where subject = $1 and holder = $2 and kind = 'asked'`,
    [family, sorcha.account],
  );
  expect(rows).toEqual([{ until: `${lastDay.add({ days: 1 })} 00:00:00` }]);
  // That midnight comes.
  await database.superuser.query(
    `update access.reason set until = clock_timestamp() where subject = $1 and holder = $2`,
    [family, sorcha.account],
  );
  await asker.page.reload();
  expect(await mainOf(asker.page)).toContain('This page cannot be found');
});

test('urgent access opens one record at once, tells the manager, and is reviewed', async () => {
  const family = await addFamily(ailsa, 'Meikle', [child('Rory', '2017-01-30'), parent('Ewa')]);
  const asker = await windowOf(sorcha);
  await asker.page.goto(`${server.url}/access/urgent`);
  await asker.page.getByLabel('Whose record is it?').fill('Rory Meikle');
  await asker.page
    .getByLabel('What is the danger?')
    .fill('He is alone at the harbour in the dark and will not say where he lives');
  await press(asker.page, 'Open this record now');
  expect(new URL(asker.page.url()).pathname).toBe(`/families/${family}`);
  expect(await mainOf(asker.page)).toMatch(/You see this record until \d\d:\d\d on[\s\S]*Rory Meikle/);

  const chief = await windowOf(manager);
  await chief.page.goto(`${server.url}/notices`);
  await follow(chief.page.locator('main'), /urgent access/);
  expect(await mainOf(chief.page)).toMatch(/Sorcha Kerr[\s\S]*The Meikle family[\s\S]*alone at the harbour/);
  await choose(chief.page, 'It was right');
  await chief.page.getByLabel('What you found').fill('She took him home.');
  await press(chief.page, 'Send the review');
  expect(await mainOf(chief.page)).toContain('The review is kept');
  await asker.page.goto(`${server.url}/notices`);
  expect(await mainOf(asker.page)).toContain('Your urgent access was reviewed: it was right.');
});

test('a brother who lives elsewhere is on the map, and in its list', async () => {
  const here = await addFamily(ailsa, 'Selkirk', [child('Eilidh', '2016-04-04'), parent('Morven')]);
  const there = await addFamily(ailsa, 'Purdie', [child('Struan', '2012-08-15'), parent('Tam')]);
  const [sister, brother] = [await personOf(here, 'Eilidh'), await personOf(there, 'Struan')];
  await desk.act(relate, { person: sister, other: brother, is: 'brother or sister' }, ailsa.asking);
  const { page } = await windowOf(ailsa);
  await page.goto(`${server.url}/families/${here}`);
  await follow(page.locator('main'), /^Family map/);
  expect(await page.locator('main svg').first().textContent()).toContain('Struan');
  expect(await page.getByRole('row').filter({ hasText: 'Struan Purdie' }).first().textContent()).toMatch(
    /brother/i,
  );
});

test('a second record is warned of, found at night, made one with the first, and taken apart again', async () => {
  await addFamily(ailsa, 'Rankine', [child('Catriona', '2013-02-17'), parent('Elspeth')]);
  const { page } = await windowOf(ailsa);
  await page.goto(`${server.url}/families/add`);
  await page.getByLabel('The family’s name').fill('Rankin');
  await page.getByLabel('Postcode').fill('ml5 3ab');
  await press(page, 'Look for this family');
  expect(await mainOf(page)).toMatch(/Is it one of these\?[\s\S]*Rankine[\s\S]*Catriona/);
  // Somebody in a hurry adds it all the same.
  await page.getByLabel('Given name').nth(0).fill('Catrina');
  await page.getByLabel('Date of birth').nth(0).fill('17/2/2013');
  await page.getByLabel('What they are in the family').nth(0).selectOption('child');
  await press(page, 'Add the family');
  await findDuplicates(database.pools);

  await page.goto(`${server.url}/same-person`);
  await follow(page.locator('main'), /Catri.* and Catri/);
  await choose(page, 'Record A');
  await page.getByLabel('How do you know that they are one person?').fill('Her mother told me');
  await press(page, 'Make them one record');
  expect(await page.getByRole('status').textContent()).toContain('The two records are one now');
  await page.goto(`${server.url}/find?text=Catrina+Rankin`);
  expect(await page.getByRole('row').filter({ hasText: 'Rankin' }).count()).toBe(1);
  await page.goto(`${server.url}/same-person/merges`);
  await page.getByText('Undo this: they are two people').first().click();
  await page.getByLabel('Why has this to be undone').fill('They are cousins');
  await press(page, 'Undo this');
  expect(await page.getByRole('status').textContent()).toContain('Both records are as they were');
  await page.goto(`${server.url}/find?text=Catrina+Rankin`);
  expect(
    await page
      .getByRole('row')
      .filter({ hasText: /Catri\w+ Rankin/ })
      .count(),
  ).toBe(2);
});
