import type { Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { testServer } from '../../platform/testing/server.ts';
import { windowsOn } from '../../platform/testing/windows.ts';
import { startBrowser } from '../../platform/ui/testing/browser.ts';
import { recordAreas } from '../../record/area.ts';
import { accept } from './answering.ts';
import { due, familyPanel, inHand, supportArea } from './area.ts';
import { addGroup, joinGroup } from './groups.ts';
import { ofFamily } from './queries.ts';
import { neuro, supportWorld } from './testing.ts';
import { addReading } from './together.ts';

const now = Temporal.Instant.from('2026-11-18T12:00:00Z');
const world = await supportWorld(() => now);
const { database, desk, ailsa, niamh, rory, mairi } = world;
const server = await testServer(
  database,
  [
    ...recordAreas({ panels: [familyPanel], inHand: [inHand], due: [due] }),
    supportArea({ pools: database.pools }),
  ],
  { now },
);
const browser = await startBrowser();
const { windowFor, looksRight } = windowsOn(server, browser);
afterAll(async () => {
  await browser.close();
  await server.close();
  await database.close();
});

const press = async (page: Page, name: string) => {
  await page.getByRole('button', { name, exact: true }).click();
};
const says = (page: Page, words: string | RegExp) =>
  page.getByRole('main').getByText(words).first().waitFor({ timeout: 10_000 });
/** Ticks an answer by its words, as a finger does: the box itself lies beneath them. */
const tick = (page: Page, words: string | RegExp) =>
  page.locator('label').filter({ hasText: words }).first().click();
const at = (path: string) => new URL(path, server.url).href;

test('a family is followed from asking to coming back, without scripts, on a phone', async () => {
  const of = await world.family('Lennox');
  // Asked, from the page of the family.
  const asks = await windowFor(ailsa, false);
  await asks.page.goto(at(`/families/${of.family}`));
  await says(asks.page, 'Who is helping');
  await asks.page.locator('main').getByRole('link', { name: 'Ask for help', exact: true }).click();
  await asks.page
    .getByRole('link', { name: 'Neurodevelopmental family support', exact: true })
    .first()
    .click();
  await press(asks.page, 'Ask for this');
  await says(asks.page, 'There is a problem');
  await asks.page.getByRole('link', { name: 'Write what is going on, and what would help' }).waitFor();
  await asks.page.getByLabel('What is going on, and what would help?').fill('Mornings are very hard.');
  await asks.page.getByLabel('What does the child or young person think?').fill('I don’t like the noise');
  await tick(asks.page, 'Soon: within weeks');
  await asks.page.getByLabel('Who in the family agreed to this?').fill('Isla and Jamie');
  await press(asks.page, 'Ask for this');
  await says(asks.page, /HELP-2026-\d{5} is sent to Family support/);
  const request = new URL(asks.page.url()).pathname;

  // Not seen by those who are not asked.
  const other = await windowFor(mairi, false);
  const refused = await other.page.goto(at(request));
  expect(refused?.status()).toBe(404);

  // Answered, from Today.
  const answers = await windowFor(niamh, false);
  await answers.page.goto(at('/today'));
  await answers.page.locator(`a[href$="${request}"]`).first().click();
  await says(answers.page, 'I don’t like the noise');
  await press(answers.page, 'Say that we have it');
  await says(answers.page, 'Whoever asked is told');
  await answers.page.getByRole('link', { name: 'Agree to help' }).click();
  await press(answers.page, 'Agree to help');
  await says(answers.page, 'Choose how much help');
  await says(answers.page, 'Choose who leads, or put the family on the waiting list');
  await tick(answers.page, 'Additional');
  await answers.page.getByLabel('Who leads?').selectOption({ label: 'Niamh Docherty' });
  await press(answers.page, 'Agree to help');
  await says(answers.page, 'Help has begun');

  // Given: a goal, a session that is not in the future, two readings, a step.
  const { page } = answers;
  const help = new URL(page.url()).pathname;
  await page.getByRole('link', { name: 'Write down what they want' }).click();
  await page.getByLabel('What do they want to be different?').fill('A morning without shouting');
  await press(page, 'Save');
  await page.getByRole('link', { name: 'Write down a time together' }).click();
  await page.getByLabel('On which day?').fill('19/11/2026');
  await page.getByLabel('When did it begin?').fill('10:30');
  await page.getByLabel('How many minutes did it take?').fill('45');
  await page.getByLabel('Where or how?').selectOption('at home');
  await page.getByLabel('What did you do together?').fill('A plan for mornings');
  await press(page, 'Save');
  await says(page, 'This day has not come yet');
  expect(await page.getByLabel('What did you do together?').inputValue()).toBe('A plan for mornings');
  await page.getByLabel('On which day?').fill('18/11/2026');
  await press(page, 'Save');
  await says(page, '45 minutes at home');
  for (const [score, moment] of [
    ['2', 'The first'],
    ['7', 'The last'],
  ] as const) {
    await page.getByRole('link', { name: /How close we are to what we want/ }).click();
    await page.getByLabel('A morning without shouting').fill(score);
    await tick(page, moment);
    await press(page, 'Save');
    await says(page, 'The reading is written down');
  }
  await page.getByRole('link', { name: 'Step up or step down' }).click();
  await tick(page, 'Intensive');
  await page.getByLabel('Why?').fill('Nights are hard as well');
  await press(page, 'Save');
  await says(page, 'Help has stepped up');

  // Ended, with what comes next; the family is not seen any more.
  await page.getByRole('link', { name: 'End, with what comes next' }).click();
  await tick(page, 'What the family wanted was reached');
  await page.getByLabel('Why does it end?').fill('Mornings are calm');
  await page
    .getByLabel('What comes next for the family, and whom can they ask?')
    .fill('The school knows what helps');
  await press(page, 'End this help');
  await says(page, 'It has ended');
  expect((await page.goto(at(help)))?.status()).toBe(404);

  // Back, without asking anew.
  await asks.page.goto(at(`/families/${of.family}/support`));
  await asks.page.getByRole('link', { name: 'Neurodevelopmental family support' }).first().click();
  await says(asks.page, 'The school knows what helps');
  await asks.page.getByRole('link', { name: 'Come back to this', exact: true }).click();
  await asks.page.getByLabel('What would help now?').fill('High school begins');
  await asks.page.getByLabel('Who in the family agreed to this?').fill('Isla');
  await press(asks.page, 'Come back');
  await says(asks.page, 'Family support is told that the family is back');
  const kinds = await desk.ask(ofFamily, { family: of.family }, ailsa.asking);
  expect(kinds.map(({ state }) => state).toSorted()).toEqual(['ended', 'waiting']);
  for (const window of [asks, other, answers]) await window.close();
});

test('the second of two who accept is told who was first, and keeps what was typed', async () => {
  const of = await world.family('Twice');
  const request = await world.asked(of);
  const second = await windowFor(rory, false);
  await second.page.goto(at(`/support/requests/${request}/accept`));
  await tick(second.page, 'Additional');
  await second.page.getByLabel('Who leads?').selectOption({ label: 'Rory Weir' });
  await second.page.getByLabel('What will you do together first?').fill('A walk by the canal');
  await desk.act(accept, { request, version: 1, level: 'additional', lead: niamh.account }, niamh.asking);
  await press(second.page, 'Agree to help');
  await says(second.page, /Niamh Docherty answered first/);
  await says(second.page, 'A walk by the canal');
  await second.page.getByRole('link', { name: 'See the help' }).click();
  await says(second.page, 'Niamh Docherty, Family support');
  await second.close();
});

test('a programme that is not for them says why, and where help is', async () => {
  const of = await world.family('Grown');
  await database.superuser.query(`update record.person set date_of_birth = '2008-11-18' where id = $1`, [
    of.jamie,
  ]);
  const window = await windowFor(ailsa, false);
  await window.page.goto(at(`/families/${of.family}/support/ask?programme=${neuro}`));
  await window.page.getByLabel('What is going on, and what would help?').fill('He is eighteen today');
  await tick(window.page, /^Jamie Grown/);
  await tick(window.page, 'Soon: within weeks');
  await window.page.getByLabel('Who in the family agreed to this?').fill('Jamie');
  await press(window.page, 'Ask for this');
  await says(window.page, /Jamie Grown is 18 on 18 November 2026/);
  await says(window.page, /the GP can ask for an assessment/);
  expect(await window.page.getByLabel('What is going on, and what would help?').inputValue()).toBe(
    'He is eighteen today',
  );
  await window.close();
});

describe('every page looks right', async () => {
  const of = await world.family('Looks');
  const second = await world.family('Waits');
  const waits = await world.asked(second);
  const support = await world.helped(of);
  for (const [moment, score] of [
    ['first', '3'],
    ['last', '8'],
  ] as const)
    await desk.act(
      addReading,
      {
        support,
        tool: 'everyday-life',
        moment,
        on: '18/11/2026',
        scores: Object.fromEntries(
          ['mornings', 'food', 'sleep', 'feelings', 'brothers-and-sisters', 'time-for-us'].map((area) => [
            area,
            score,
          ]),
        ),
      },
      niamh.asking,
    );
  const { rows: asked } = await database.superuser.query<{ id: string }>(
    'select request_id as id from support.support where id = $1',
    [support],
  );
  const [first] = asked;
  const { group } = await desk.act(
    addGroup,
    { programme: neuro, title: 'Tuesday parents', places: '8', firstOn: '1/11/2026' },
    niamh.asking,
  );
  await desk.act(joinGroup, { group, support, people: of.jamie }, niamh.asking);
  test.each([
    ['start', '/support'],
    ['queue', '/support/queue'],
    ['waiting', '/support/waiting'],
    ['leading', '/support/leading'],
    ['team', '/support/team'],
    ['request', `/support/requests/${waits}`],
    ['accept', `/support/requests/${waits}/accept`],
    ['on', `/support/requests/${waits}/on`],
    ['on-there', `/support/requests/${waits}/on?programme=camhs-alternative-pathway`],
    ['decline', `/support/requests/${waits}/decline`],
    ['support', `/support/supports/${support}`],
    ['session', `/support/supports/${support}/session`],
    ['reading', `/support/supports/${support}/reading?tool=everyday-life`],
    ['end', `/support/supports/${support}/end`],
    ['family', `/families/${of.family}/support`],
    ['choose', `/families/${of.family}/support/ask`],
    ['ask', `/families/${of.family}/support/ask?programme=${neuro}`],
    ['ask-told', `/families/${of.family}/support/ask?programme=cluster-wellbeing-planning&told=${first?.id}`],
    ['today', '/today'],
    ['programmes', '/support/programmes'],
    ['programme', `/support/programmes/${neuro}`],
    ['groups', '/support/groups'],
    ['group', `/support/groups/${group}`],
    ['register', `/support/groups/${group}/register`],
  ])('%s', async (name, path) => {
    await looksRight(niamh, path, `support-${name}`);
  });
});
