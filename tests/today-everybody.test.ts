import { afterAll, beforeAll, expect, test } from 'vitest';
import { allAreas } from '../src/app.ts';
import { addAward as mentalHealthAward } from '../src/partnership/mental-health/money.ts';
import { beginReturn } from '../src/partnership/mental-health/returning.ts';
import { awardInput } from '../src/partnership/mental-health/testing.ts';
import type { Worker } from '../src/platform/testing/people.ts';
import { type TestServer, testServer } from '../src/platform/testing/server.ts';
import { addFund } from '../src/practice/direct-payments/settings.ts';
import { addContract } from '../src/practice/support/providers/contracts.ts';
import { addAward } from '../src/practice/support/providers/money.ts';
import { online, type ProvidersWorld, providersWorld } from '../src/practice/support/providers/testing.ts';
import { sentBy, visitAt } from '../src/practice/support/public/testing.ts';

// What is due from everybody, whatever their role, stands in one list: on Today and on the start page, each with a link that opens.

const now = Temporal.Instant.from('2026-11-18T12:00:00Z');
let world: ProvidersWorld;
let server: TestServer;
let finance: Worker;
let editor: Worker;
let senior: Worker;
let administrator: Worker;
let theirs = '';
let others = '';

beforeAll(async () => {
  world = await providersWorld(() => now);
  const { database, desk, planner, sender, otherSender } = world;
  const { superuser } = database;
  server = await testServer(database, allAreas({ pools: database.pools, council: 'Strathmorran' }), { now });
  finance = await world.worker('Douglas Imrie', { role: 'finance-officer' });
  editor = await world.worker('Ewa Nowak', { role: 'directory-editor' });
  senior = await world.worker('Catriona Buchan', { role: 'senior-manager' });
  administrator = await world.worker('Fraser Tulloch', { role: 'system-administrator' });
  const agreed = (organisation: string, reviewOn: string) =>
    desk.act(
      addContract,
      {
        programme: online.id,
        organisation,
        kind: 'contract',
        firstOn: '2026-09-01',
        lastOn: '2027-03-31',
        value: '48,000',
        returns: 'yes',
        dueDays: '14',
        reviewOn,
      },
      planner.asking,
    );
  theirs = (await agreed(sender.organisation, '2026-12-01')).contract;
  others = (await agreed(otherSender.organisation, '2027-03-01')).contract;
  await desk.act(
    addAward,
    {
      programme: online.id,
      year: 2026,
      title: 'Help for winter',
      givenBy: 'Scottish Government',
      purpose: 'Longer hours',
      amount: '20,000',
      temporary: 'yes',
      endsOn: '2027-03-31',
      exitPlan: 'The council pays for it from April',
    },
    planner.asking,
  );
  // Of the funds of direct payments one ends soon, one later, one soon with nothing left.
  const fund = (title: string, to: string) =>
    desk.act(
      addFund,
      {
        title,
        purpose: 'Warm homes',
        nonRecurring: 'yes',
        from: '2026-04-01',
        to,
        exitPlan: 'Families are told of other funds',
        amount: '500',
      },
      finance.asking,
    );
  await fund('Winter money', '2027-03-31');
  await fund('Summer money', '2027-08-31');
  const { id: empty } = await fund('Money that is promised', '2027-01-31');
  await superuser.query(`insert into funds.fund_area (fund_id, area) values ($1, 'tried')`, [empty]);
  await superuser.query(
    `insert into funds.draw (fund_id, area, of_id, amount_pence, on_day, note) values ($1, 'tried', $1, 50000, '2026-11-01', 'All of it')`,
    [empty],
  );
  // Two years of the framework: of one half year a return is begun, of the other none.
  for (const year of [2025, 2026])
    await desk.act(mentalHealthAward, { ...awardInput, year, letter: `CMHW/${year}` }, planner.asking);
  await desk.act(beginReturn, { year: 2026, half: '1' }, planner.asking);
  await superuser.query(`update directory.entry set check_by = '2027-11-20'`);
  await superuser.query(
    `update directory.entry set check_by = '2026-11-20' where id = (select id from directory.entry where state = 'open' order by id limit 1)`,
  );
  await sentBy(world, visitAt(now));
}, 120_000);
afterAll(async () => {
  await server.close();
  await world.database.close();
});

const pageOf = async (who: Worker, path: string) => {
  const answer = await server.app.inject({ url: path, headers: { cookie: server.cookie(who.token) } });
  return { status: answer.statusCode, main: /<main[\s\S]*<\/main>/.exec(answer.body)?.[0] ?? '' };
};
/** What stands in the section of a page with this name: the words of each link and where it leads. */
const linksIn = (main: string, section: string) => {
  const part = new RegExp(`<section aria-label="${section}">[\\s\\S]*?</section>`).exec(main)?.[0] ?? '';
  return [...part.matchAll(/<a\b[^>]*?\shref="([^"]+)"[^>]*>([\s\S]*?)<\/a>/g)].map(
    ([, href = '', words = '']) => ({
      href: href.replaceAll('&amp;', '&'),
      words: words
        .replaceAll(/<[^>]*>/g, '')
        .replaceAll('&quot;', '"')
        .replaceAll('&#39;', "'"),
    }),
  );
};

const due = async (who: Worker) => {
  const { status, main } = await pageOf(who, '/today');
  expect(status).toBe(200);
  const links = linksIn(main, 'What needs me').filter(({ href }) => href !== '/tasks');
  for (const { href, words } of links)
    expect((await pageOf(who, href)).status, `${words}: ${href}`).toBe(200);
  // The first of it stands on the start page.
  const start = linksIn((await pageOf(who, '/')).main, 'Today').filter(({ href }) => href !== '/today');
  expect(start.slice(0, 5)).toEqual(links.slice(0, 5));
  return links;
};
const words = async (who: Worker) => (await due(who)).map((each) => each.words);

test('a provider has the returns that it owes, and nobody else’s', async () => {
  const all = await due(world.sender);
  expect(all.map((each) => each.words)).toEqual([
    expect.stringContaining('Send the return of September 2026'),
    expect.stringContaining('Send the return of October 2026'),
  ]);
  for (const { href } of all) expect(href).toContain(theirs);
  for (const { href } of await due(world.otherSender)) expect(href).toContain(others);
});

test('a planning officer has late returns, contracts to look at, money that ends, entries to check and half-year returns', async () => {
  const all = await words(world.planner);
  for (const one of [
    'Listening Line has not sent its return of September 2026',
    'Night Owl Chat has not sent its return of September 2026',
    'Look at the contract again: Somebody online, Listening Line',
    'Carry out the exit plan: Help for winter',
    'Check that “',
    'Finish and send the mental health return: April to September 2026',
    'Begin the mental health return: October 2025 to March 2026',
    'Begin the mental health return: April to September 2025',
  ])
    expect(
      all.filter((each) => each.startsWith(one)),
      one,
    ).toHaveLength(1);
  expect(all.filter((each) => each.includes('Night Owl Chat') && each.startsWith('Look'))).toEqual([]);
});

test('whoever pays has contracts and money that ends, and no return or entry', async () => {
  expect(await words(finance)).toEqual([
    'Look at the contract again: Somebody online, Listening Line',
    'Carry out the exit plan: Help for winter, Somebody online',
    'Carry out the exit plan: Winter money, £500 left',
  ]);
});

test('whoever keeps the directory has what is to be checked', async () => {
  expect(await words(editor)).toEqual([expect.stringContaining('Check that “')]);
});

test('a senior manager has what is commissioned beside their families', async () => {
  const all = await words(senior);
  expect(all).toContain('Look at the contract again: Somebody online, Listening Line');
  expect(all.some((each) => each.includes('has not sent its return'))).toBe(true);
});

test('what somebody asked for themselves waits on Today of the team that answers', async () => {
  const all = await words(world.niamh);
  expect(
    all.filter((each) => each.startsWith('Say that you have what a young person asked for')),
  ).toHaveLength(1);
  expect(await words(world.mairi)).toEqual([]);
});

test('whoever has nothing that could be due has no Today', async () => {
  expect((await pageOf(administrator, '/today')).status).toBe(404);
  const { main } = await pageOf(administrator, '/');
  expect(main).not.toContain('href="/today"');
});
