import { afterAll, expect, test } from 'vitest';
import { dayText } from '../../platform/days.ts';
import type { Worker } from '../../platform/testing/people.ts';
import { testServer } from '../../platform/testing/server.ts';
import { windowsOn } from '../../platform/testing/windows.ts';
import { startBrowser } from '../../platform/ui/testing/browser.ts';
import { recordAreas } from '../area.ts';
import { arrangeCover } from '../knowing/actions.ts';
import { knowingWorld } from '../knowing/testing.ts';
import { add } from '../tasks/actions.ts';
import { dueBy } from '../tasks/clocks.ts';

const world = await knowingWorld();
const { database, desk } = world;
const { superuser } = database;
const areas = recordAreas({ areas: () => areas });
const server = await testServer(database, areas, { now: Temporal.Now.instant() });
const browser = await startBrowser();
const windows = windowsOn(server, browser);
afterAll(async () => {
  await browser.close();
  await server.close();
  await database.close();
});

const ailsa = await world.worker('Ailsa Drummond');
const callum = await world.worker('Callum Reid');
const planner = await world.worker('Pat Planner', { role: 'planning-officer' });
const today = desk.today();

async function open(worker: Worker, path: string, { scripts = false, width = 320 } = {}) {
  const opened = await windows.windowFor(worker, scripts, width);
  await opened.page.goto(`${server.url}${path}`);
  return opened;
}

/** At both widths. */
const looksRight = (worker: Worker, path: string, name: string) =>
  windows.looksRight(worker, path, name, [1280, 320]);

const due = (days: number) => today.add({ days }).toString();

test('a day: what is to be done is added, found on Today, done with what came of it; scripts off, 320 pixels', async () => {
  const { page, close } = await open(ailsa, '/today');
  await page.getByText('Nothing is due', { exact: true }).waitFor();
  await looksRight(ailsa, '/today', 'today-empty');
  const family = await world.family(ailsa, 'Lennox');
  await page.goto(`${server.url}/families/${family}`);
  await page.getByRole('link', { name: 'Add something to do' }).click();
  await looksRight(ailsa, new URL(page.url()).pathname, 'add');
  await page.getByRole('button', { name: 'Add' }).click();
  await page.getByRole('alert').getByText('Say what is to be done').waitFor();
  await page.getByLabel('What is to be done?').fill('Ring the nursery about a place for Jamie');
  await page.getByLabel('By when?').fill('31/2/2027');
  await page.getByRole('button', { name: 'Add' }).click();
  await page.getByRole('alert').getByText('Enter a day').waitFor();
  expect(await page.getByLabel('By when?').inputValue()).toBe('31/2/2027');
  expect(await page.getByLabel('What is to be done?').inputValue()).toBe(
    'Ring the nursery about a place for Jamie',
  );
  await page.getByLabel('By when?').fill(due(0));
  await page.getByText('Jamie Lennox', { exact: true }).click();
  await page.getByRole('button', { name: 'Add' }).click();
  await page.getByText('It is in the list').waitFor();
  await looksRight(ailsa, `/families/${family}/tasks`, 'of-family');

  await page.goto(`${server.url}/today`);
  await page.getByText('1 thing is for today.').waitFor();
  await looksRight(ailsa, '/today', 'today-one');
  await page.getByRole('link', { name: 'Ring the nursery about a place for Jamie' }).click();
  await looksRight(ailsa, new URL(page.url()).pathname, 'task');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').getByText('Say what came of it, in a few words').waitFor();
  await page.getByLabel('What came of it?').fill('He starts on Monday');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('He starts on Monday').waitFor();
  await page.goto(`${server.url}/today`);
  await page.getByText('Nothing is due today.').waitFor();
  await close();
});

test('somebody else did it meanwhile: what was typed is shown beside what came of it', async () => {
  const family = await world.family(ailsa, 'Muir');
  const { task } = await desk.act(
    add,
    { family, what: 'Buy paint with Jamie', owner: ailsa.account },
    ailsa.asking,
  );
  const { page, close } = await open(ailsa, `/tasks/${task}`);
  await page.getByLabel('What came of it?').fill('We chose blue');
  await superuser.query(
    `update record.task set state = 'done', outcome = 'They chose green', ended_at = now(), ended_by = $2, version = version + 1 where id = $1`,
    [task, callum.account],
  );
  await page.getByRole('button', { name: 'Save' }).click();
  await page
    .getByRole('alert')
    .getByText(/done already/)
    .waitFor();
  await page.getByText('They chose green').waitFor();
  await page.getByText('We chose blue').waitFor();
  await page.getByRole('button', { name: 'Open it again' }).click();
  await page.getByText('It is to be done again').waitFor();
  await page.getByRole('link', { name: 'Change what is to be done, by whom or when' }).click();
  await looksRight(ailsa, new URL(page.url()).pathname, 'change');
  await page.getByLabel('Somebody else, by name').fill('Granny Jean');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The change is saved').waitFor();
  await page.getByText('Granny Jean').waitFor();
  await close();
});

test('Today full: late first, drafts that carry on where they were, what others did, my families', async () => {
  const worker = await world.worker('Isobel Innes');
  const names = ['Abercrombie', 'Buchan', 'Carmichael', 'Dunbar-Galbraith', 'Ogilvie'];
  const families: string[] = [];
  for (const name of names) families.push(await world.family(worker, name));
  const what = [
    'Ask the school for a quiet room at lunch',
    'Send the plan to Isla and ask what she thinks of it',
    'Find out when the football club meets',
    'Visit, and hear Jamie alone',
    'Ring the housing officer about the damp wall, and tell Isla what they said before the weekend so that she can plan',
  ];
  for (const [index, family] of families.entries())
    await desk.act(
      add,
      { family, what: what[index], owner: worker.account, due: due(index * 2) },
      worker.asking,
    );
  await superuser.query(`update record.task set due = due - 3 where owner = $1 and due < current_date + 3`, [
    worker.account,
  ]);
  await superuser.query(
    `insert into access.reason (subject, holder, kind, scope) values ($1, $2, 'co-worker', 'practice')`,
    [families[1], callum.account],
  );
  await desk.act(
    add,
    { family: families[1], what: 'Drive to football', named: 'Granny Jean' },
    callum.asking,
  );
  await superuser.query('insert into platform.draft (account_id, name, fields) values ($1, $2, $3)', [
    worker.account,
    `/families/${families[3]}/tasks/add#form`,
    { what: 'Half a sentence that was not' },
  ]);
  await looksRight(worker, '/today', 'today-full');
  const { page, close } = await open(worker, '/today');
  const first = page.getByRole('region', { name: 'What needs me' }).getByRole('rowheader').first();
  expect(await first.textContent()).toContain(what[0]);
  await page.getByText('2 things are late', { exact: false }).waitFor();
  const changed = page.getByRole('region', { name: 'Since you were here' });
  await changed.getByText('Wrote down something to do for a family').waitFor();
  await changed.getByText('Callum Reid').waitFor();
  const begun = page.getByRole('region', { name: 'Begun and not sent' });
  await begun.getByRole('link', { name: 'Add something to do' }).click();
  expect(await page.getByLabel('What is to be done?').inputValue()).toBe('Half a sentence that was not');
  await page.goto(`${server.url}/today`);
  await page.getByRole('button', { name: /^Throw away/ }).click();
  await page.getByText('It is thrown away').waitFor();
  expect(await page.getByRole('region', { name: 'Begun and not sent' }).count()).toBe(0);
  await looksRight(worker, '/tasks', 'tasks');
  await close();
});

test('a manager sees the team, reviews a family, and writes down a supervision; the worker reads it', async () => {
  const boss = await world.worker('Bea Boss', { role: 'team-manager', team: 'East' });
  const zoe = await world.worker('Zoe Young', { team: 'East' });
  const adam = await world.worker('Adam Auld', { team: 'East' });
  const families: string[] = [];
  for (const name of ['Paton', 'Quinn', 'Rennie']) families.push(await world.family(zoe, name));
  await world.family(adam, 'Soutar');
  for (const family of families)
    await superuser.query(
      `insert into access.reason (subject, holder, kind, scope) values ($1, $2, 'manages', 'practice')`,
      [family, boss.post],
    );
  await superuser.query(
    `insert into record.caseload_review (family_id, rating, words, reviewed_on, reviewed_by, reviewed_at)
     values ($1, 'red', 'Mum was in hospital', $2, $3, now() - interval '20 days')`,
    [families[1], today.subtract({ days: 20 }).toString(), boss.account],
  );
  await desk.act(arrangeCover, { by: adam.account, from: due(0), until: due(6) }, zoe.asking);
  await looksRight(boss, '/team', 'team');
  const { page, close } = await open(boss, '/team');
  await page.getByRole('link', { name: 'Zoe Young' }).click();
  await page.getByText('Not reviewed this week').waitFor();
  await page.getByRole('link', { name: /Review the Paton family/ }).click();
  await looksRight(boss, new URL(page.url()).pathname, 'review-empty');
  await page.getByLabel('Why?').fill('A new baby and little sleep. Zoe visits twice this week');
  await page.getByRole('button', { name: 'Save the review' }).click();
  await page.getByRole('alert').getByText('Choose green, amber or red').waitFor();
  expect(await page.getByLabel('Why?').inputValue()).toContain('little sleep');
  await page.getByText(/^Amber/).click();
  await page.getByRole('button', { name: 'Save the review' }).click();
  await page.getByText('The review is saved').waitFor();
  await looksRight(boss, `/families/${families[0]}/review`, 'review');
  await looksRight(boss, `/team/${zoe.account}`, 'worker');
  await page.goto(`${server.url}/team/${zoe.account}`);
  await page.getByRole('link', { name: 'Write down a supervision' }).click();
  await looksRight(boss, new URL(page.url()).pathname, 'supervision-add');
  await page.getByLabel('Between the two of you').fill('Zoe takes Fridays for her course from January.');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByLabel('Which family?').selectOption({ label: 'Quinn' });
  await page
    .getByLabel('What was said about the work with them?')
    .fill('Visit with Adam and hear Jamie alone.');
  await page.getByRole('button', { name: 'Add' }).click();
  await page.getByText('It is added').waitFor();
  const path = new URL(page.url()).pathname;
  await looksRight(boss, path, 'supervision');
  await close();
  const theirs = await open(zoe, '/supervision');
  await theirs.page.getByRole('link', { name: /20\d\d/ }).click();
  await theirs.page.getByText('Fridays for her course').waitFor();
  await theirs.close();
  const other = await open(adam, path);
  await other.page.getByText('This page cannot be found', { exact: false }).first().waitFor();
  await other.close();
});

test('time limits say where they come from, are tried out, and are changed by a planner', async () => {
  await looksRight(planner, '/clocks', 'clocks');
  const { page, close } = await open(planner, '/clocks');
  await page.getByRole('link', { name: 'Notes of a meeting are sent' }).click();
  await page.getByLabel('Something starts on').fill('18/12/2026');
  await page.getByRole('button', { name: 'Work it out' }).click();
  await page.getByText('due by Thursday 7 January 2027').waitFor();
  await looksRight(planner, new URL(page.url()).pathname, 'clock');
  await page.getByLabel('Something starts on').fill('31/2/2027');
  await page.getByRole('button', { name: 'Work it out' }).click();
  await page.getByText('There is no such day').waitFor();
  expect(await page.getByLabel('Something starts on').inputValue()).toBe('31/2/2027');
  await page.getByLabel('How many?').fill('5');
  await page.getByLabel('From which day?').fill('30/2/2027');
  await page.getByRole('button', { name: 'Change' }).click();
  await page.getByRole('alert').getByText('Enter the day from which it holds').waitFor();
  await page
    .getByLabel('From which day?')
    .fill(dayText(Temporal.Now.plainDateISO('Europe/London').add({ days: 90 })));
  await page.getByRole('button', { name: 'Change' }).click();
  await page.getByText('The time limit is changed').waitFor();
  await page.getByText('5 working days').first().waitFor();
  await page.goto(`${server.url}/clocks`);
  await page.getByText('Add a day off').click();
  await page
    .getByLabel('Which day?')
    .fill(dayText(dueBy({ amount: 120, unit: 'working days' }, Temporal.Now.plainDateISO('Europe/London'))));
  await page.getByLabel('What is it?').fill('A day for football');
  await page.getByLabel('Who decided it?').fill('Royal proclamation');
  await page.getByRole('button', { name: 'Add the day' }).click();
  await page.getByText('The day is in the list').waitFor();
  await page.getByRole('button', { name: /^Take out/ }).click();
  await page.getByText('a working day after all').waitFor();
  await close();
  const worker = await open(ailsa, '/clocks/meeting-notes');
  expect(await worker.page.getByLabel('How many?').count()).toBe(0);
  await worker.close();
});
