import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allAreas } from '../src/app.ts';
import { transaction } from '../src/platform/database/transaction.ts';
import { computeMeasure } from '../src/platform/measures/compute.ts';
import type { Worker } from '../src/platform/testing/people.ts';
import { type TestServer, testServer } from '../src/platform/testing/server.ts';
import { windowsOn } from '../src/platform/testing/windows.ts';
import { openPage, startBrowser } from '../src/platform/ui/testing/browser.ts';
import { measures } from '../src/practice/support/measures.ts';
import { climbOutside } from '../src/practice/support/public/job.ts';
import { type SupportWorld, supportWorld } from '../src/practice/support/testing.ts';

// A family is followed from what it asked from outside to help that it comes back to, by five sign-ins of three organisations, without
// scripts, on a phone. After each step it is tried what each of the five sees and does not see, by every way in.

let now = Temporal.Instant.from('2026-11-18T12:00:00Z');
const day = (date: string): void => {
  now = Temporal.Instant.from(`${date}T12:00:00Z`);
};
let world: SupportWorld;
let server: TestServer;
let browser: Awaited<ReturnType<typeof startBrowser>>;
let windows: ReturnType<typeof windowsOn>;
/** The five: of the council, the health board and a trust. */
let five: Readonly<Record<'ailsa' | 'hamish' | 'mairi' | 'niamh' | 'orla', Worker>>;
let manager: Worker;

beforeAll(async () => {
  world = await supportWorld(() => now);
  const { database } = world;
  server = await testServer(database, allAreas({ pools: database.pools, council: 'Strathmorran' }), {
    now: () => now,
  });
  browser = await startBrowser();
  windows = windowsOn(server, browser);
  await database.superuser.query(`insert into record.place (name, kind) values ('Lochside', 'locality')`);
  five = {
    ailsa: world.ailsa,
    hamish: await world.worker('Hamish Orr', {
      organisation: 'NHS Strathmorran',
      team: 'CAMHS',
      service: 'health',
      role: 'family-support-worker',
    }),
    mairi: world.mairi,
    niamh: world.niamh,
    orla: await world.worker('Orla Beattie', {
      organisation: 'Cairn Family Trust',
      team: 'Returns',
      service: 'third-sector',
      role: 'provider-worker',
    }),
  };
  manager = await world.worker('Gordon Rennie', { role: 'team-manager' });
}, 180_000);
afterAll(async () => {
  await browser.close();
  await server.close();
  await world.database.close();
});

const at = (path: string): string => new URL(path, server.url).href;
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const follow = (page: Page, name: string | RegExp) =>
  page
    .getByRole('main')
    .getByRole('link', { name, exact: typeof name === 'string' })
    .first()
    .click();
const tick = (page: Page, words: string | RegExp) =>
  page.locator('label').filter({ hasText: words }).first().click();
const says = (page: Page, words: string | RegExp) =>
  page.getByRole('main').getByText(words).first().waitFor({ timeout: 10_000 });
const pathOf = (page: Page): string => new URL(page.url()).pathname;

/** What the family told first, in their words: it stands on each later page, and nobody else reads it. */
const told = {
  help: 'Jamie has not slept in his own bed since the summer.',
  view: 'I like it when somebody draws with me.',
  tried: 'A night light and a book',
};

/** Everything by which somebody could come upon the family. */
const waysIn: string[] = [];
let ids: string[] = [];
const lists = [
  '/',
  '/today',
  '/families',
  '/families?text=Munro',
  '/find?text=Munro',
  '/find?text=1%2F5%2F2014',
  '/support',
  '/support/asked',
  '/support/queue',
  '/support/mine',
  '/support/leading',
  '/support/team',
  '/support/waiting',
  '/support/groups',
  '/notices',
];

const get = async (who: Worker, url: string) => {
  const { statusCode, body } = await server.app.inject({
    url,
    headers: { cookie: server.cookie(who.token) },
  });
  return { status: statusCode, body };
};

/** Tries every way in as each of the five: those named see the family, the others find nothing of it anywhere. */
async function seenBy(step: string, ...seers: (keyof typeof five)[]): Promise<void> {
  for (const [name, who] of Object.entries(five)) {
    const sees = seers.some((each) => each === name);
    for (const url of waysIn) {
      const { status, body } = await get(who, url);
      const where = `${step}: ${url} as ${name}`;
      // A query answers whoever may see nothing with nothing.
      if (sees || !url.startsWith('/api')) expect(status, where).toBe(sees ? 200 : 404);
      if (!sees) expect(shownIn(body, [...Object.values(told), ...ids, 'Jamie']), where).toEqual([]);
    }
    let found = false;
    for (const url of lists) {
      const { status, body } = await get(who, url);
      const where = `${step}: ${url} as ${name}`;
      expect([200, 404], where).toContain(status);
      // Words are read where help is, and in no list.
      expect(shownIn(body, Object.values(told)), where).toEqual([]);
      const holds = shownIn(body, ids).length > 0;
      // A notice keeps the address of what it was about, and nobody's name: where it leads is tried above.
      if (!sees && url !== '/notices') expect(holds, where).toBe(false);
      // What was looked for is shown again, so that nobody looks for the given name.
      if (!sees) expect(shownIn(body, ['Jamie', 'Isla']), where).toEqual([]);
      found ||= holds;
    }
    expect(found, `${step}: a list leads ${name} to the family`).toBe(sees);
  }
}
const shownIn = (body: string, secrets: readonly string[]): string[] =>
  secrets.filter((secret) => body.includes(secret));

const unclaimed = async (on: string): Promise<unknown> => {
  const measure = measures.find(({ id }) => id === 'support.unclaimed');
  if (measure === undefined) throw new Error('no such measure');
  const [cell] = await computeMeasure(
    world.database.pools,
    measure,
    { when: { on: Temporal.PlainDate.from(on) }, by: [], only: {} },
    { small: true },
  );
  return cell?.value;
};

/** The next step of the form for families, with what is typed there. */
async function write(page: Page, until: string): Promise<void> {
  const typed: Readonly<Record<string, () => Promise<unknown>>> = {
    'Ask for help': () => tick(page, /asking for my family/),
    'Who is it for?': async () => {
      await page.getByLabel('Your first name and family name').fill('Isla Munro');
      await page.getByLabel(/What are the children/).fill('Jamie Munro');
    },
    'How old are they?': () => page.getByLabel('Their date of birth').fill('1/5/2014'),
    'What would help?': () => page.getByLabel(/What would help, in your words/).fill(told.help),
    'What have you tried?': () => page.getByLabel(/What has been tried/).fill(told.tried),
    'What does the child or young person say?': () => page.getByLabel('As they said it').fill(told.view),
    'How soon do you need somebody?': () => tick(page, 'In the next few weeks'),
    'Where do you live?': () => page.getByLabel('The nearest place').selectOption('Lochside'),
    'How can we reach you?': () => page.getByLabel('Phone number').fill('01632 960 001'),
    'When and how is it safe to reach you?': () => tick(page, 'Do not leave a voicemail'),
  };
  for (let steps = 0; steps < 14; steps++) {
    const here = (await page.getByRole('heading', { level: 1 }).textContent()) ?? '';
    await typed[here]?.();
    if (here === until) return;
    await press(page, 'Continue');
  }
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(until);
}

test('a family is followed from outside to help that it comes back to, and seen by just those who help it', async () => {
  // --- Asked from outside: begun, saved, gone on with in another browser, sent. -------------------------------------------
  const first = await openPage(browser, at('/help/ask'), { scripts: false, width: 320 });
  await write(first.page, 'What would help?');
  await press(first.page, 'Save and come back later');
  const kept = (await first.page.getByRole('main').textContent()) ?? '';
  const reference = /ASK-\w{4}-\w{4}/.exec(kept)?.[0] ?? '';
  const code = (await first.page.locator('[data-code]').textContent()) ?? '';
  await first.close();
  const again = await openPage(browser, at('/help/ask/back'), { scripts: false, width: 320 });
  await again.page.getByLabel('Your reference').fill(reference);
  await again.page.getByLabel('Your code').fill(code);
  await press(again.page, 'Go on');
  await write(again.page, 'Look at it, then send it');
  await says(again.page, told.help);
  await press(again.page, 'Send');
  await says(again.page, 'What happens next');
  await again.close();

  // --- Nobody picks it up: it climbs the day after its clock, and the figure says so. ------------------------------------
  const { superuser } = world.database;
  const { rows } = await superuser.query<{ id: string; by: string; climbed: number }>(
    `select id, acknowledge_by::text as by from support.asked_outside where reference = $1`,
    [reference],
  );
  const asked = rows[0]?.id ?? '';
  expect(rows[0]?.by).toBe('2026-11-20');
  const climbs = (on: string) =>
    transaction(world.database.pools.owner, [], (all) => climbOutside(all, Temporal.PlainDate.from(on)));
  expect(await climbs('2026-11-20')).toBe(0);
  expect(await unclaimed('2026-11-20')).toBe(0);
  day('2026-11-23');
  expect(await climbs('2026-11-23')).toBe(1);
  expect(await unclaimed('2026-11-23')).toBe(1);
  expect((await get(manager, '/notices')).body).toContain(reference);
  waysIn.push(`/support/asked/${asked}`);
  ids = [asked];
  await seenBy('sent from outside', 'ailsa');

  // --- Ailsa of the council picks it up, and begins the record with what was told. ----------------------------------------
  const { page, close } = await windows.windowFor(five.ailsa, false);
  await page.goto(at('/today'));
  await follow(page, /^Say that you have what a family asked for/);
  await says(page, told.help);
  await says(page, 'Went up to the team manager');
  await press(page, 'Say that we have it');
  await says(page, 'Your team has it');
  expect(await unclaimed('2026-11-23')).toBe(0);
  expect(await unclaimed('2026-11-22')).toBe(1);
  await follow(page, /Look whether they are known/);
  await says(page, 'Nobody that you work with matches');
  await follow(page, 'Begin a record for a family');
  await says(page, 'No record like this was found');
  for (const [label, value] of [
    ['The family’s name', 'Munro'],
    ['Locality', 'Lochside'],
  ] as const)
    expect(await page.getByLabel(label).inputValue(), label).toBe(value);
  const people = page.getByRole('group', { name: /^Person/ });
  expect(await people.nth(0).getByLabel('Given name').inputValue()).toBe('Isla');
  expect(await people.nth(1).getByLabel('Given name').inputValue()).toBe('Jamie');
  expect(await people.nth(1).getByLabel('Date of birth').inputValue()).toBe('1/5/2014');
  await press(page, 'Add the family');
  await says(page, 'Now make the request');
  const family = new URL(page.url()).searchParams.get('family') ?? '';
  expect(await page.getByLabel(/^Jamie Munro/).isChecked()).toBe(true);
  expect(await page.getByLabel(/^Isla Munro/).isChecked()).toBe(false);
  await page
    .getByLabel('What would help?')
    .selectOption({ label: 'Child and adolescent mental health service (CAMHS)' });
  await press(page, 'Make the request');
  await says(page, 'CAMHS answers it');
  await says(page, told.help);
  const request = pathOf(page);
  await close();
  const { rows: members } = await superuser.query<{ id: string }>(
    'select person_id as id from record.family_member where family_id = $1',
    [family],
  );
  waysIn.splice(
    0,
    waysIn.length,
    `/families/${family}`,
    `/families/${family}/support`,
    ...members.map(({ id }) => `/people/${id}`),
    request,
    `${request}/accept`,
    `/api/queries/support.request?request=${request.split('/').at(-1)}`,
  );
  ids = [family, ...members.map(({ id }) => id), request.split('/').at(-1) ?? ''];
  await seenBy('with CAMHS', 'ailsa', 'hamish');

  // --- Hamish of the health board says that CAMHS is not the right place: it goes on with everything told. ----------------
  day('2026-11-24');
  const camhs = await windows.windowFor(five.hamish, false);
  await camhs.page.goto(at('/today'));
  await camhs.page.locator(`a[href="${request}"]`).first().click();
  for (const words of Object.values(told)) await says(camhs.page, words);
  await press(camhs.page, 'Say that we have it');
  await follow(camhs.page, 'Send it on');
  await press(camhs.page, 'Choose this');
  await says(camhs.page, 'Choose where it goes from the list');
  await camhs.page
    .getByLabel('Where does it go?')
    .selectOption({ label: 'Support close to home when CAMHS is not the right place' });
  await press(camhs.page, 'Choose this');
  await press(camhs.page, 'Send it on');
  await says(camhs.page, 'There is a problem');
  await camhs.page.getByLabel('Why is that a better place?').fill('Somebody near home can begin this week.');
  await camhs.page.getByLabel(/How was the family told/).fill('We rang Isla');
  await tick(camhs.page, 'Other help comes first');
  await camhs.page.getByLabel('On what day did CAMHS decide?').fill('24/11/2026');
  await press(camhs.page, 'Send it on');
  await says(camhs.page, /It is with Lochside cluster now/);
  await camhs.close();
  await seenBy('sent on to the cluster', 'ailsa', 'mairi');

  // --- Mairi of the cluster acknowledges it, leads, and is in touch. ------------------------------------------------------
  day('2026-11-25');
  const cluster = await windows.windowFor(five.mairi, false);
  await cluster.page.goto(at('/support/queue'));
  await cluster.page.locator(`a[href="${request}"]`).first().click();
  for (const words of Object.values(told)) await says(cluster.page, words);
  await says(cluster.page, 'Somebody near home can begin this week.');
  await says(cluster.page, 'Other help comes first');
  await press(cluster.page, 'Say that we have it');
  await follow(cluster.page, 'Agree to help');
  await tick(cluster.page, 'Additional');
  await cluster.page.getByLabel('Who leads?').selectOption({ label: 'Mairi MacAskill' });
  await press(cluster.page, 'Agree to help');
  await says(cluster.page, 'Help has begun');
  const near = pathOf(cluster.page);
  waysIn.push(near, `${near}/session`);
  await follow(cluster.page, 'Write down a time together');
  await cluster.page.getByLabel('When did it begin?').fill('9:30');
  await cluster.page.getByLabel('How many minutes did it take?').fill('30');
  await cluster.page.getByLabel('Where or how?').selectOption('at school');
  await cluster.page.getByLabel('What did you do together?').fill('Drew the night as it is');
  await press(cluster.page, 'Save');
  await says(cluster.page, '30 minutes at school');
  const { rows: contact } = await superuser.query<{ on: string; in_time: boolean }>(
    `select first_contact_on::text as on, first_contact_on <= first_contact_by as in_time from support.support where id = $1`,
    [near.split('/').at(-1)],
  );
  expect(contact[0]).toEqual({ on: '2026-11-25', in_time: true });
  await seenBy('helped by the cluster', 'ailsa', 'mairi');

  // --- She asks the trust besides: what was told goes with it, and she types none of it. ----------------------------------
  await follow(cluster.page, 'Ask for other help besides');
  await follow(cluster.page, 'Neurodevelopmental family support');
  expect(await cluster.page.getByLabel('What is going on, and what would help?').inputValue()).toBe(
    told.help,
  );
  expect(await cluster.page.getByLabel(/What has been tried/).inputValue()).toBe(told.tried);
  expect(await cluster.page.getByLabel(/What does the child or young person think/).inputValue()).toBe(
    told.view,
  );
  expect(await cluster.page.getByLabel(/^Jamie Munro/).isChecked()).toBe(true);
  await cluster.page.getByLabel('Who in the family agreed to this?').fill('Isla and Jamie');
  await press(cluster.page, 'Ask for this');
  await says(cluster.page, /is sent to Family support/);
  const besides = pathOf(cluster.page);
  waysIn.push(besides);
  await seenBy('asked of the trust', 'ailsa', 'mairi', 'niamh');

  // --- Niamh of the trust: a group with its register, two readings, a step down, an end with what comes next. -------------
  day('2026-11-26');
  const trust = await windows.windowFor(five.niamh, false);
  const { page: helper } = trust;
  await helper.goto(at(besides));
  await press(helper, 'Say that we have it');
  await follow(helper, 'Agree to help');
  await tick(helper, 'Intensive');
  await helper.getByLabel('Who leads?').selectOption({ label: 'Niamh Docherty' });
  await press(helper, 'Agree to help');
  await says(helper, 'Help has begun');
  const help = pathOf(helper);
  waysIn.push(help);
  await helper.locator('summary', { hasText: 'What the family told first' }).click();
  await says(helper, told.help);
  await follow(helper, 'Write down what they want');
  await helper.getByLabel('What do they want to be different?').fill('A whole night in my own bed');
  await press(helper, 'Save');
  const reading = async (score: string, moment: string) => {
    await follow(helper, /How close we are to what we want/);
    await helper.getByLabel('A whole night in my own bed').fill(score);
    await tick(helper, moment);
    await press(helper, 'Save');
    await says(helper, 'The reading is written down');
  };
  await reading('2', 'The first');
  await helper.goto(at('/support/groups'));
  await follow(helper, 'Start a group');
  await helper.getByLabel('What is it called?').fill('Thursday drawing');
  await helper.getByLabel('How many places?').fill('6');
  await helper.getByLabel('When does it first meet?').fill('26/11/2026');
  await helper
    .getByLabel('Which programme runs it?')
    .selectOption({ label: 'Neurodevelopmental family support' });
  await press(helper, 'Start it');
  const group = pathOf(helper);
  await press(helper, 'Put in the group: Munro');
  await says(helper, 'They are in the group');
  await follow(helper, 'Write down who came');
  await helper.getByLabel('When did it begin?').fill('10:00');
  await helper.getByLabel('How many minutes did it take?').fill('60');
  await helper.getByLabel('Came', { exact: true }).check({ force: true });
  await press(helper, 'Save');
  await says(helper, 'The register is kept');
  // Who comes is read by those who help the family; others see that there is a group.
  for (const [who, sees] of [
    [five.mairi, true],
    [five.hamish, false],
    [five.orla, false],
  ] as const)
    expect((await get(who, group)).body.includes('Jamie')).toBe(sees);
  day('2026-12-10');
  await helper.goto(at(help));
  await says(helper, '60 minutes in a group: Thursday drawing');
  await reading('8', 'The last');
  await follow(helper, 'Step up or step down');
  await tick(helper, 'Additional');
  await helper.getByLabel('Why?').fill('Most nights are calm');
  await press(helper, 'Save');
  await says(helper, 'Help has stepped down');
  await seenBy('helped by the trust', 'ailsa', 'mairi', 'niamh');
  await follow(helper, 'End, with what comes next');
  await tick(helper, 'What the family wanted was reached');
  await helper.getByLabel('Why does it end?').fill('Jamie sleeps');
  await helper
    .getByLabel('What comes next for the family, and whom can they ask?')
    .fill('Mairi goes on at school');
  await press(helper, 'End this help');
  await says(helper, 'It has ended');
  await trust.close();
  await seenBy('ended by the trust', 'ailsa', 'mairi');

  // --- Back without a new request: what was told first stands behind it. ---------------------------------------------------
  day('2027-02-01');
  const requests = async () =>
    (await superuser.query('select from support.request where family_id = $1', [family])).rowCount;
  const before = await requests();
  await cluster.page.goto(at(`/families/${family}/support`));
  await follow(cluster.page, 'Neurodevelopmental family support');
  await says(cluster.page, 'Mairi goes on at school');
  await follow(cluster.page, 'Come back to this');
  await cluster.page.getByLabel('What would help now?').fill('The clocks change soon');
  await cluster.page.getByLabel('Who in the family agreed to this?').fill('Isla');
  await press(cluster.page, 'Come back');
  await says(cluster.page, 'Family support is told that the family is back');
  const back = pathOf(cluster.page);
  expect(back).not.toBe(help);
  expect(await requests()).toBe(before);
  await cluster.close();
  waysIn.push(back);
  await seenBy('come back', 'ailsa', 'mairi', 'niamh');
  expect((await get(five.niamh, back)).body).toContain(told.help);

  // --- The figures: nothing waits past its clock; one request was sent on; the change is counted. --------------------------
  for (const on of ['2026-11-24', '2026-11-25', '2026-12-10', '2027-02-01'])
    expect(await unclaimed(on)).toBe(0);
  const period = {
    during: { from: Temporal.PlainDate.from('2026-11-01'), to: Temporal.PlainDate.from('2027-02-28') },
  };
  const figure = async (id: string, by: string[] = []) => {
    const measure = measures.find((each) => each.id === id);
    if (measure === undefined) throw new Error(id);
    return computeMeasure(world.database.pools, measure, { when: period, by, only: {} }, { small: true });
  };
  expect((await figure('support.sent-on'))[0]?.value).toBe(1);
  expect((await figure('support.change', ['tool']))[0]).toMatchObject({ at: { tool: 'goals' }, value: 6 });
  expect(await figure('support.answers', ['programme', 'answer'])).toContainEqual(
    expect.objectContaining({
      at: {
        programme: 'camhs-alternative-pathway',
        answer: 'camhs-alternative-pathway/camhs-reason/other-help-first',
      },
      value: 1,
    }),
  );
}, 300_000);
