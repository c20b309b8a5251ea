import type { Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { testServer } from '../../platform/testing/server.ts';
import { windowsOn } from '../../platform/testing/windows.ts';
import { startBrowser } from '../../platform/ui/testing/browser.ts';
import { recordAreas } from '../../record/area.ts';
import { due, familyGroup, familyPanel, inHand } from './area.ts';
import { accept } from './coordinating.ts';
import { writePlan } from './planning.ts';
import { familyWorld, planInput } from './testing.ts';

const now = Temporal.Instant.from('2026-11-18T12:00:00Z');
const world = await familyWorld(() => now);
const { database, desk, ailsa, shona, calum } = world;
const server = await testServer(
  database,
  [...recordAreas({ panels: [familyPanel], inHand: [inHand], due: [due] }), familyGroup],
  { now },
);
const browser = await startBrowser();
const { windowFor, looksRight } = windowsOn(server, browser);
afterAll(async () => {
  await browser.close();
  await server.close();
  await database.close();
});

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const follow = (page: Page, name: string | RegExp) =>
  page.getByRole('main').getByRole('link', { name }).first().click();
const says = (page: Page, words: string | RegExp) =>
  page.getByRole('main').getByText(words).filter({ visible: true }).first().waitFor({ timeout: 10_000 });
/** Ticks an answer by its words, as a finger does: the box itself lies beneath them. */
const tick = (page: Page, words: string | RegExp) =>
  page.locator('label').filter({ hasText: words }).first().click();
const at = (path: string) => new URL(path, server.url).href;

test('a family is followed from asking to the end, without scripts, on a phone', async () => {
  const of = await world.family('Lennox');
  const asks = await windowFor(ailsa, false);
  await asks.page.goto(at(`/families/${of.family}`));
  await follow(asks.page, 'Ask for a family group meeting');
  await press(asks.page, 'Ask for a meeting');
  await says(asks.page, 'There is a problem');
  await asks.page
    .getByLabel('What does the family need to decide?')
    .fill('Who has Jamie on hospital nights?');
  await asks.page.getByLabel('What is the bottom line?').fill('An adult whom he knows');
  await asks.page.getByLabel('What has to be thought of').fill('Nobody shouts');
  await asks.page.getByLabel('Who in the family agreed to this?').fill('Isla and Jamie');
  await tick(asks.page, 'It cannot wait');
  await press(asks.page, 'Ask for a meeting');
  await says(asks.page, /FAMILY-2026-\d{5} is sent to Family group decision making/);
  const process = new URL(asks.page.url()).pathname;

  const { page, close } = await windowFor(shona, false);
  await page.goto(at('/today'));
  await page.locator(`a[href$="${process}"]`).first().click();
  await says(page, 'This family is next in the list');
  await follow(page, 'Take this family on');
  await press(page, 'Take this family on');
  await says(page, 'You are the coordinator');
  await says(page, 'due by 10 February 2027');
  const other = await windowFor(calum, false);
  expect((await other.page.goto(at(process)))?.status()).toBe(404);

  await follow(page, 'Add somebody to the network');
  await page.getByLabel('Somebody of the record').selectOption({ label: 'Isla Lennox' });
  await tick(page, 'Comes');
  await press(page, 'Add');
  await says(page, 'Say who asked them');
  await page.getByLabel('Who asks them?').fill('Jamie');
  await press(page, 'Add');
  await says(page, 'They are in the network');
  await follow(page, 'Add somebody to the network');
  await page.getByLabel('Or the name of somebody else').fill('Wee Tam');
  await page.getByLabel('How did they agree').fill('On the phone');
  await tick(page, 'Cannot come');
  await page.getByLabel('What do they want to say?').fill('I can drive him on Tuesdays');
  await press(page, 'Add');
  await says(page, 'I can drive him on Tuesdays');
  await page
    .locator('tr', { hasText: 'Wee Tam' })
    .getByRole('link', { name: /^Change/ })
    .click();
  await page.getByLabel('Who are they to the children?').fill('Mum’s friend');
  await press(page, 'Save');
  await says(page, 'Wee Tam: saved');
  await says(page, 'Mum’s friend');
  await follow(page, 'Write down whom you met');
  await page.getByLabel('Whom did you meet?').selectOption({ label: 'Isla Lennox' });
  await page.getByLabel('On which day?').fill('18/11/2026');
  await page.getByLabel('Where or how?').selectOption('at home');
  await page.getByLabel('What do they need?').fill('A lift');
  await press(page, 'Save');
  await says(page, 'Written down: Isla Lennox');

  await follow(page, 'Plan when and where the family meets');
  await page.getByLabel('On which day?').fill('18/11/2026');
  await page.getByLabel('When does it begin?').fill('10am');
  await page.getByLabel('Where?').fill('The hall by the harbour');
  await press(page, 'Save');
  await follow(page, 'Write down that the family met');
  await page.getByLabel('What was the family told').fill('What the hospital said');
  await page.getByLabel('How many minutes of private family time').fill('fifty');
  await press(page, 'Save');
  await says(page, 'Enter how many minutes');
  expect(await page.getByLabel('What was the family told').inputValue()).toBe('What the hospital said');
  await page.getByLabel('How many minutes of private family time').fill('50');
  await press(page, 'Save');
  await says(page, 'What was said there is the family’s own');

  await follow(page, 'Write down the family’s plan');
  await page.getByLabel('What is the family’s plan?').fill('Gran has Jamie. We ring at teatime.');
  await page.getByLabel('What?').first().fill('Pack the blue bag');
  await press(page, 'Save the plan');
  await says(page, 'Choose who does it, or write which service');
  await page.getByLabel('Who of the family or its network?').first().selectOption({ label: 'Isla Lennox' });
  await press(page, 'Save the plan');
  await says(page, 'whoever holds the bottom line is told');

  await asks.page.goto(at(process));
  await follow(asks.page, 'Answer this plan');
  await tick(asks.page, 'No, not as it stands');
  await press(asks.page, 'Send your answer');
  await says(asks.page, 'Say which part of the bottom line it does not meet');
  await tick(asks.page, 'Yes: it meets the bottom line');
  await press(asks.page, 'Send your answer');
  await says(asks.page, 'The plan is agreed');
  // What happened stands in the chronology, and leads to where it was written down.
  const family = await asks.page
    .getByRole('main')
    .locator('a[href^="/families/"]')
    .first()
    .getAttribute('href');
  await asks.page.goto(at(`${family?.split('/').slice(0, 3).join('/')}/chronology`));
  const where = asks.page.locator('a[href^="/family-meetings/"]', { hasText: 'Where it was written down' });
  expect(await where.count()).toBe(2);
  for (const number of [0, 1]) {
    await where.nth(number).click();
    await says(asks.page, 'Gran has Jamie. We ring at teatime.');
    expect(new URL(asks.page.url()).pathname).toBe(process);
    await asks.page.goBack();
  }

  await page.goto(at(process));
  await follow(page, 'Give the plan to everybody');
  // How, and on which day: both are said at once, and the day stands there already.
  await page.getByLabel('On which day?').fill('19/11/2099');
  await press(page, 'Save');
  await says(page, 'Choose how it was given');
  await says(page, 'This day has not come yet');
  await tick(page, 'By hand');
  await page.getByLabel('On which day?').fill('18/11/2026');
  await press(page, 'Save');
  await says(page, 'they have the plan');
  for (const kind of ['docx', 'pdf']) {
    const file = await page.request.get(at(`${process}/plan.${kind}`));
    expect(file.status()).toBe(200);
    expect(file.headers()['content-disposition']).toContain(`the-plan-of-the-lennox-family.${kind}`);
  }
  await follow(page, 'Write down how the plan goes');
  await page.getByLabel('When did you look at it together?').fill('18/11/2026');
  await page.getByLabel('How does it go?').fill('Teatime calls are brilliant');
  await tick(page, 'The plan goes well as it is');
  await press(page, 'Save');
  await says(page, 'Teatime calls are brilliant');
  await follow(page, 'End, with what comes next');
  await tick(page, 'The family has what it needs');
  await page.getByLabel('Why?').fill('Jamie sleeps at Gran’s');
  await page.getByLabel('What comes next').fill('Gran rings the school');
  await press(page, 'End it');
  await says(page, 'It has ended');
  await says(page, 'Gran rings the school');
  await close();
  await other.close();
  await asks.close();
});

test('the second of two who take a family on is told who was first, and keeps what was typed', async () => {
  await world.asked(await world.family('Before'));
  const process = await world.asked(await world.family('Twice'));
  const { page, close } = await windowFor(calum, false);
  await page.goto(at(`/family-meetings/${process}/accept`));
  await page.getByLabel('Why does this one go first?').fill('Their baby is due');
  await desk.act(accept, { process, version: 1, outOfTurn: 'First' }, shona.asking);
  await press(page, 'Take this family on');
  await says(page, 'Shona Baird has taken this family on');
  await says(page, 'Their baby is due');
  // Whoever was second does not see the family any more: nothing of it is shown.
  expect(await page.getByText('the Twice family').count()).toBe(0);
  await close();
});

describe('every page looks right', async () => {
  const waits = await world.asked(await world.family('Waits'));
  const of = await world.family('Looks');
  const made = await world.met(of);
  const { version } = await world.open(made.process);
  await desk.act(writePlan, planInput(made, version), shona.asking);
  const follows = await world.agreed(await world.family('Follows'));
  const here = `/family-meetings/${made.process}`;
  const there = `/family-meetings/${follows.process}`;
  test.each([
    ['start', '/family-meetings'],
    ['waiting', '/family-meetings/waiting'],
    ['mine', '/family-meetings/mine'],
    ['coordinators', '/family-meetings/coordinators'],
    ['accept', `/family-meetings/${waits}/accept`],
    ['turn away', `/family-meetings/${waits}/turn-away`],
    ['process', here],
    ['guest', `${here}/guests/${made.isla}`],
    ['add guest', `${here}/guests/add`],
    ['prepare', `${here}/prepare`],
    ['arrange', `${here}/arrange`],
    ['plan', `${there}/plan`],
    ['give', `${there}/give`],
    ['review', `${there}/review`],
    ['end', `${there}/end`],
    ['hand over', `${there}/hand-over`],
  ])('%s', (name, path) => looksRight(shona, path, `family-group-${name.replaceAll(' ', '-')}`));
  test.each([
    ['family', `/families/${of.family}/family-meetings`],
    ['ask', `/families/${of.family}/family-meetings/ask`],
    ['answer', `${here}/answer`],
    ['withdraw', `/family-meetings/${waits}/withdraw`],
  ])('%s', (name, path) => looksRight(ailsa, path, `family-group-${name}`));
});
