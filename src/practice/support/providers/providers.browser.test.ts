import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { figuresArea } from '../../../platform/measures/area.ts';
import { testServer } from '../../../platform/testing/server.ts';
import { windowsOn } from '../../../platform/testing/windows.ts';
import { startBrowser } from '../../../platform/ui/testing/browser.ts';
import { recordAreas } from '../../../record/area.ts';
import { seesSmallNumbers } from '../../../record/roles.ts';
import { draws, due, supportArea } from '../area.ts';
import { addContract } from './contracts.ts';
import { providersWorld } from './testing.ts';

const now = Temporal.Instant.from('2026-11-20T12:00:00Z');
const world = await providersWorld(() => now);
const { database, desk, planner, sender, otherSender, manager, ailsa } = world;
const areas = [...recordAreas({ due: [due], drawers: [draws] }), supportArea({ pools: database.pools })];
const server = await testServer(
  database,
  [...areas, figuresArea({ areas, pools: database.pools, seesSmallNumbers })],
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
const says = (page: Page, words: string | RegExp) =>
  page.getByRole('main').getByText(words).first().waitFor({ timeout: 10_000 });
const tick = (page: Page, words: string | RegExp) =>
  page.locator('label').filter({ hasText: words }).first().click();
const at = (path: string) => new URL(path, server.url).href;
let contract = '';

test('a contract is agreed, and its return is owed, told what is wrong, sent, corrected and seen by nobody else', async () => {
  const plans = await windowFor(planner, false);
  await plans.page.goto(at('/support/providers'));
  await plans.page.getByRole('link', { name: 'Contracts', exact: true }).click();
  await plans.page.getByRole('link', { name: 'Add a contract' }).click();
  await plans.page.getByLabel('For which programme?').selectOption({ label: 'Somebody online' });
  await plans.page.getByLabel('With whom?').selectOption({ label: 'Listening Line' });
  await plans.page.getByLabel('What kind of agreement is it?').selectOption('contract');
  await plans.page.getByLabel('From which day?').fill('1/9/2026');
  await plans.page.getByLabel('Until which day?').fill('31/3/2027');
  await plans.page.getByLabel('What is it worth?').fill('a lot');
  await press(plans.page, 'Add it');
  await says(plans.page, 'There is a problem');
  expect(await plans.page.getByLabel('From which day?').inputValue()).toBe('1/9/2026');
  await plans.page.getByLabel('What is it worth?').fill('48,000');
  await press(plans.page, 'Add it');
  await says(plans.page, 'The contract is added');
  contract = new URL(plans.page.url()).pathname;
  await plans.page.getByRole('link', { name: 'Add something to measure' }).click();
  await plans.page.getByLabel('What is measured?').fill('Young people who registered');
  await plans.page.getByLabel('Where is it counted?').selectOption('returns');
  await plans.page.getByLabel('If from returns, which number?').selectOption('registrations');
  await plans.page.getByLabel('How many at least?').fill('100');
  await press(plans.page, 'Add it');
  await says(plans.page, 'It is measured from now on');

  // Owed, and told to whoever sends it.
  const sends = await windowFor(sender, false);
  const { page } = sends;
  await page.goto(at('/support/providers'));
  await page.getByRole('link', { name: 'Send the return of October 2026: Somebody online' }).first().click();
  await page.getByLabel('aged 11 to 13').fill('seven');
  await page.getByLabel('aged 14 to 17').fill('31');
  await page.getByLabel('What should be known about these numbers?').fill('Half term was quiet');
  await press(page, 'Send the return');
  await says(page, /Registrations, aged 11 to 13: “seven” is not a whole number/);
  await says(page, 'Return log-ins: enter a whole number, and 0 if there were none');
  expect(await page.getByLabel('aged 11 to 13').inputValue()).toBe('seven');
  expect(await page.getByLabel('aged 14 to 17').inputValue()).toBe('31');
  expect(await page.getByLabel('What should be known about these numbers?').inputValue()).toBe(
    'Half term was quiet',
  );
  await page.getByLabel('aged 11 to 13').fill('7');
  await page.getByLabel('Return log-ins').fill('80');
  await page.getByLabel('Would recommend').fill('92%');
  await press(page, 'Send the return');
  await says(page, 'The return is sent');
  const sent = new URL(page.url()).pathname;
  await page.getByRole('link', { name: 'Correct it' }).click();
  await page.getByLabel('What was wrong?').fill('One came on the last night');
  await page.getByLabel('aged 11 to 13').fill('8');
  await press(page, 'Send the correction');
  await says(page, 'It counts now');
  await page.getByRole('link', { name: 'Version 1' }).click();
  await says(page, 'This was corrected and counts no longer');

  const other = await windowFor(otherSender, false);
  for (const path of [sent, contract, `${contract}/returns/add`])
    expect((await other.page.goto(at(path)))?.status(), path).toBe(404);
  await other.page.goto(at('/support/contracts'));
  await says(other.page, 'There is no contract yet');
  await other.page.goto(at('/support/providers'));
  await says(other.page, 'Nothing is owed');
  for (const opened of [plans, sends, other]) await opened.close();
});

test('a file with bad lines is told line by line, and its lines can be put right where they are', async () => {
  const { page, close } = await windowFor(sender, false);
  await page.goto(at(`${contract}/returns/add?from=2026-09-01`));
  await page.getByRole('link', { name: 'Send a file instead' }).click();
  const lines =
    'item,part,value\nregistrations,aged-11-to-13,3\nregistrations,aged-14-to-17,2O\nlog-ins,,30\n';
  await page
    .getByLabel('The file', { exact: true })
    .setInputFiles({ name: 'return.csv', mimeType: 'text/csv', buffer: Buffer.from(lines) });
  await press(page, 'Send the return');
  await says(page, /Line 3: Registrations, aged 14 to 17: “2O” is not a whole number/);
  const kept = page.getByLabel('Or the lines of the file');
  expect((await kept.inputValue()).trim()).toBe(lines.trim());
  await kept.fill(lines.replace('2O', '20'));
  await press(page, 'Send the return');
  await says(page, 'The return is sent');
  // Corrected by its lines, which stand there as they were sent: why, and what is wrong in them, are said at once.
  await page.getByRole('link', { name: 'Correct it' }).click();
  await page.getByRole('link', { name: 'Correct it by a file instead' }).click();
  const before = await kept.inputValue();
  expect(before).toMatch(/^registrations,aged-14-to-17,.*,20$/m);
  await kept.fill(before.replace(/,20$/m, ',2l'));
  await press(page, 'Send the correction');
  await says(page, 'Say in a few words what was wrong');
  await says(page, /“2l” is not a whole number/);
  await page.getByLabel('What was wrong?').fill('One was counted twice');
  await kept.fill(before.replace(/,20$/m, ',19'));
  await press(page, 'Send the correction');
  await says(page, 'It counts now');
  await says(page, '19');
  await page.goto(at(`${contract}/returns/file`));
  await says(page, 'No return is owed');
  await close();
});

test('whoever provides and works with families has it on Today, and sees no other provider there', async () => {
  await desk.act(
    addContract,
    {
      programme: 'somebody-online',
      organisation: manager.organisation,
      kind: 'partnership',
      firstOn: '2026-10-01',
      lastOn: '2027-03-31',
      value: '0',
      returns: 'yes',
      dueDays: '60',
    },
    planner.asking,
  );
  const { page, close } = await windowFor(manager, false);
  await page.goto(at('/today'));
  await says(page, 'Send the return of October 2026: Somebody online');
  expect(await page.getByRole('main').textContent()).not.toContain('Listening Line');
  await close();
});

test('what returns say together is a chart with its table, and small numbers stay small', async () => {
  const path = '/support/programmes/somebody-online/returns';
  const plans = await windowFor(planner, false);
  await plans.page.goto(at(path));
  const young = plans.page.locator('dl > div', { hasText: 'aged 11 to 13' }).first();
  expect(await young.getByRole('definition').textContent()).toBe('11');
  await plans.page.goto(at(contract));
  await says(plans.page, 'Young people who registered');
  await says(plans.page, /^61$/);
  const asks = await windowFor(ailsa, false);
  await asks.page.goto(at(path));
  await says(asks.page, 'Not shown');
  await plans.close();
  await asks.close();
});

test('a project and a grant are written down and evaluated', async () => {
  const { page, close } = await windowFor(planner, false);
  await page.goto(at('/support/projects'));
  await page.getByRole('link', { name: 'Add a project' }).click();
  await page.getByLabel('What is it called?').fill('Breakfast and a chat');
  await page.getByLabel('What was needed?').fill('Pupils said that mornings were lonely');
  await page.getByLabel('What does it do?').fill('Breakfast with youth workers');
  await page.getByLabel('Which schools?').fill('Lochside Primary\nLarch High');
  await page.getByLabel('When did it begin?').fill('1/9/2026');
  await page.getByLabel('If stated: children and young people').fill('61');
  await press(page, 'Add it');
  await says(page, 'Say where the number comes from');
  expect(await page.getByLabel('Which schools?').inputValue()).toContain('Larch High');
  await page.getByLabel('If stated: where does the number come from?').fill('The schools’ lists');
  await press(page, 'Add it');
  await says(page, 'The project is added');
  await says(page, 'It does not say yet which children');
  const project = new URL(page.url()).pathname;
  await page.getByRole('link', { name: 'Write down an evaluation' }).click();
  await tick(page, 'Spread to more places');
  await page.getByLabel('What shows it?').fill('Two more schools asked');
  await press(page, 'Save');
  await says(page, 'The evaluation is written down');

  await page.goto(at('/support/grants'));
  await page.getByRole('link', { name: 'Add a grant' }).click();
  await page.getByLabel('Which programme draws on it?').selectOption('somebody-online');
  await page.getByLabel('What is it called?').fill('Wellbeing fund');
  await page.getByLabel('Who gives it?').fill('Scottish Government');
  await page.getByLabel('What may it be spent on?').fill('Early help');
  await page.getByLabel('How much is it?').fill('234,000');
  await tick(page, 'It is temporary');
  await press(page, 'Add it');
  await says(page, 'Say what happens to the help, and to those who have it, when the money ends');
  await page.getByLabel('If it is temporary, when does it end?').fill('31/3/2027');
  await page.getByLabel('If it is temporary, what comes after it?').fill('The council bears it');
  await press(page, 'Add it');
  await says(page, 'The grant is added');
  const grant = new URL(page.url()).pathname;
  await page.getByLabel('How much?').fill('20,000');
  await page.getByLabel('What for, or how was it worked out?').fill('Licence');
  await press(page, 'Write it down');
  await says(page, '£20,000 of £234,000');
  await page.getByRole('main').getByRole('link', { name: 'Wellbeing fund', exact: true }).click();
  await says(page, 'Programmes of help');
  await page.getByRole('link', { name: 'Licence' }).click();
  expect(new URL(page.url()).pathname).toBe(grant);
  await page.goto(at('/support/grants'));
  await page.getByRole('link', { name: 'Draw on a fund that is there' }).click();
  await says(page, 'No fund has anything left for programmes');
  await page.goto(at('/support/providers'));
  await says(page, 'Carry out the exit plan: Wellbeing fund, Somebody online');
  await close();

  for (const [path, name] of [
    ['/support/providers', 'providers'],
    ['/support/contracts', 'contracts'],
    [contract, 'contract'],
    [`${contract}/change`, 'contract-change'],
    [`${contract}/measure`, 'contract-measure'],
    ['/support/projects', 'projects'],
    [project, 'project'],
    [`${project}/change`, 'project-change'],
    ['/support/grants', 'grants'],
    ['/support/grants/draw', 'grant-draw'],
    [grant, 'grant'],
    [`${grant}/change`, 'grant-change'],
    ['/support/programmes/somebody-online/returns', 'counted'],
    ['/figures/support.returns?from=2026-04-01&to=2026-11-20&by=item', 'figure'],
  ] as const)
    await looksRight(planner, path, name, [320]);
  const rows = await windowFor(planner, false);
  for (const [path, words] of [
    ['support.returns/rows?from=2026-04-01&to=2026-11-20&item=registrations', 'Somebody online'],
    ['support.projects/rows?from=2026-04-01&to=2026-11-20', 'Breakfast and a chat'],
    ['support.grants/rows?from=2026-04-01&to=2026-11-20', 'Wellbeing fund'],
    ['support.returns-late/rows?on=2026-11-20', 'No'],
  ] as const) {
    await rows.page.goto(at(`/figures/${path}`));
    await says(rows.page, new RegExp(words));
  }
  await rows.close();
}, 120_000);

test('pages of whoever sends returns look right too', async () => {
  await database.superuser.query(`update support.contract set first_on = '2026-08-01'`);
  await looksRight(sender, '/support/providers', 'provider', [320, 1280]);
  await looksRight(sender, '/today', 'provider-today', [320, 1280]);
  await looksRight(planner, '/today', 'planner-today', [320, 1280]);
  await looksRight(sender, `${contract}/returns/add`, 'return-add', [320, 1280]);
  await looksRight(sender, `${contract}/returns/file`, 'return-file', [320]);
  const { page, close } = await windowFor(sender, false);
  await page.goto(at(contract));
  const sent = await page.getByRole('link', { name: 'October 2026, version 2' }).getAttribute('href');
  await close();
  await looksRight(sender, sent ?? '', 'return', [320, 1280]);
  await looksRight(sender, `${sent}/correct`, 'return-correct', [320]);
}, 60_000);
