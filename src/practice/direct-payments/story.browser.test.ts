import type { Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { otherFundAnswers, picture, press, says, schemeInBrowser, tick } from './pages/testing.ts';

const { database, scheme, server, windows, as, family, requestsOf, close } = await schemeInBrowser();
afterAll(close);

/** Fills the asking form as a worker does. */
async function fillAsk(page: Page, amount: string): Promise<void> {
  await page.getByLabel('What did the family say').fill('A bed of her own.\n\nSo that she sleeps.');
  await page.getByLabel('Who was there?').fill('Isla and her mum');
  await tick(page, 'With a parent or parents');
  await tick(page, 'Bedroom furniture');
  await page.getByLabel('What will the money be used for?').fill('A bed and bedding');
  await page.getByLabel('What difference').fill('Sleep');
  await page.getByLabel('How much?').fill(amount);
  for (const answer of await page.getByText('Cannot meet this', { exact: true }).all()) await answer.click();
  await page.getByLabel('Who is to be paid?').fill('Kirsty Urquhart');
  await tick(page, 'Bank transfer');
  await page.getByLabel('Sort code').fill('80-12-34');
  await page.getByLabel('Account number').fill('0001 2345');
}

/** Everything that stands in the asking form, field by field. */
const typedIn = (page: Page) =>
  page.locator('form[data-draft]').evaluate((element) => {
    const form = element as unknown as Iterable<unknown>;
    return [...new FormData(form as never)].filter(([name]) => !name.startsWith('_')).map(String);
  });

describe.each([true, false])('the whole story, with scripts: %s', (scripts) => {
  test('a worker asks, a manager decides, finance pays, the family tells what changed', async () => {
    const theirs = await family();
    const worker = await as(scheme.worker, { scripts });
    await worker.open(`/direct-payments/ask?family=${theirs.family}`);
    await fillAsk(worker.page, '£250.50');
    await press(worker.page, 'Ask for this');
    await says(worker.page, /DP-2026-\d+ is asked\. Your team will decide it/);
    await says(worker.page, 'somebody else decides it');
    const path = new URL(worker.page.url()).pathname;

    const manager = await as(scheme.manager, { scripts });
    await manager.open(path);
    await says(manager.page, 'So that she sleeps.');
    await tick(manager.page, 'Approve £250.50');
    await press(manager.page, 'Record the decision');
    await says(manager.page, 'Approved. The finance team can now pay it.');

    const finance = await as(scheme.finance, { scripts });
    await finance.open('/direct-payments/payments');
    await says(finance.page, '£250.50 to Kirsty Urquhart');
    await says(finance.page, '80-12-34, account 00012345');
    await press(finance.page, 'Put the ticked payments in a run');
    await says(finance.page, /PR-\d+-\d+ is made/);
    const file = await finance.context.request.get(`${finance.page.url()}/file.csv`);
    expect(file.headers()['content-disposition']).toMatch(/attachment; filename="PR-.*\.csv"/);
    const lines = (await file.text()).trim().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('Kirsty Urquhart,bank transfer,801234,00012345,250.50,2026-11-18,');
    // What a family said, and why, never goes to finance.
    expect(`${await finance.page.content()}${await file.text()}`).not.toMatch(/\bbed\b|sleeps|Isla/i);

    await finance.page.getByRole('link', { name: 'Say that it failed' }).click();
    await finance.page.getByLabel('Why did it fail?').fill('The account is closed');
    await press(finance.page, 'Send it back');
    await finance.open('/direct-payments/payments');
    await press(finance.page, 'Put the ticked payments in a run');
    await finance.page.getByLabel('On which day?').fill('18/11/2026');
    await press(finance.page, 'Mark the ticked payments as paid');
    await says(finance.page, 'Marked as paid');

    await worker.page.reload();
    await says(worker.page, 'The account is closed');
    await worker.page.getByText('Add what changed').click();
    await tick(worker.page, 'The family’s own');
    await worker.page.getByLabel('What changed?').fill('She sleeps, and so do I.');
    await press(worker.page, 'Add to the story');
    await says(worker.page, /She sleeps, and so do I\.The family’s view/);
    await worker.open('/direct-payments/mine');
    await says(worker.page, 'Paid');
    for (const window of windows) expect(window.faults).toEqual([]);
  });
});

describe('asking', () => {
  test('is one page with few questions, and can be done by keyboard alone in well under two minutes', async () => {
    const theirs = await family();
    const { page, open } = await as(scheme.worker);
    const began = Date.now();
    await open(`/direct-payments/ask?family=${theirs.family}`);
    // Each question counts once, with all its answers; two are for one child and one team filled already.
    expect(await page.locator('main .ds_question').count()).toBeLessThanOrEqual(19);
    expect(await page.locator('main textarea').count()).toBe(3);
    const tabTo = async (id: string) => {
      for (let step = 0; step < 60; step++) {
        await page.keyboard.press('Tab');
        if (await page.evaluate((wanted) => document.activeElement?.id === wanted, id)) return;
      }
      throw new Error(`the keyboard does not reach ${id}`);
    };
    const funds = (await otherFundAnswers(database)).map(({ id }) => `field-fund-${id}`);
    await tabTo('field-words');
    await page.keyboard.type('Music lessons.');
    await tabTo('field-livesWith');
    await page.keyboard.press('Space');
    await tabTo('field-category');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await tabTo('field-usedFor');
    await page.keyboard.type('Ten lessons');
    await tabTo('field-amount');
    await page.keyboard.type('150');
    for (const _ of funds) {
      await page.keyboard.press('Tab');
      await page.keyboard.press('Space');
    }
    await tabTo('field-payee');
    await page.keyboard.type('A music school');
    await tabTo('field-method');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/requests/*');
    expect(Date.now() - began).toBeLessThan(60_000);
    expect(await requestsOf(theirs.family)).toMatchObject([{ asked_pence: '15000' }]);
  });

  test('a refusal keeps every value as it was typed, and says each thing that is wrong at its field', async () => {
    const theirs = await family();
    const { page, open } = await as(scheme.worker);
    await open(`/direct-payments/ask?family=${theirs.family}`);
    await fillAsk(page, '1,50');
    await page.getByLabel('Sort code').fill('80-12');
    await tick(page, 'Education');
    await page.getByLabel('Cluster').fill('<b>Airdrie & Co "north"</b>');
    const before = await typedIn(page);
    expect(before.length).toBeGreaterThan(15);
    await press(page, 'Ask for this');
    const alert = page.getByRole('alert');
    for (const [sentence, id] of [
      ['Name the school', 'field-school'],
      ['Enter an amount in pounds', 'field-amount'],
      ['A sort code has 6 digits', 'field-sortCode'],
    ] as const) {
      await alert.getByRole('link', { name: sentence }).click();
      expect(await page.evaluate('document.activeElement.id')).toBe(id);
    }
    expect(await typedIn(page)).toEqual(before);
    await page.getByLabel('How much?').fill('1,500');
    await page.getByLabel('Sort code').fill('801234');
    await page.getByLabel('School').fill('Langloan Primary');
    await press(page, 'Ask for this');
    await says(page, 'Langloan Primary, <b>Airdrie & Co "north"</b> cluster');
    expect(await requestsOf(theirs.family)).toMatchObject([{ asked_pence: '150000' }]);
  });

  test('everything that is missing is said at once', async () => {
    const { page, open } = await as(scheme.worker);
    await open(`/direct-payments/ask?family=${(await family()).family}`);
    await tick(page, 'Isla Urquhart');
    await tick(page, 'Bank transfer');
    await press(page, 'Ask for this');
    const said = await page.getByRole('alert').getByRole('link').allTextContents();
    expect(said).toEqual([
      'Write what the family said would make most difference',
      'Choose which child or young person this is for',
      'Choose who they live with',
      'Choose what it is for',
      'Write what the money will be used for',
      'Enter an amount in pounds, like 250 or 99.50',
      'Say whether Connecting Scotland can meet this need',
      'Say whether Financial Insecurity Payment can meet this need',
      'Write who is to be paid',
      'Enter the sort code of the account',
      'Enter the account number',
    ]);
  });

  test('when the scheme cannot help, every finding is explained and nothing is lost', async () => {
    const theirs = await family();
    const { page, open } = await as(scheme.worker);
    await open(`/direct-payments/ask?family=${theirs.family}`);
    await fillAsk(page, '99');
    await tick(page, 'Somewhere else');
    await page.getByText('Could meet this', { exact: true }).first().click();
    const before = await typedIn(page);
    await press(page, 'Ask for this');
    await picture(page, 'dp-ask-not-eligible');
    await says(page, 'Yes It is for Isla Urquhart.');
    await says(page, 'Not yet Isla Urquhart is 7 and lives away from parents and kin.');
    await says(page, 'Yes The family is supported by social work.');
    await says(page, 'Not yet Connecting Scotland can meet this need, so it comes first.');
    await says(page, 'Yes Financial Insecurity Payment cannot meet this need.');
    await page.getByRole('alert').getByRole('link', { name: 'lives away from parents' }).click();
    expect(await page.evaluate('document.activeElement.id')).toBe('field-children');
    expect(await typedIn(page)).toEqual(before);
    expect(await requestsOf(theirs.family)).toEqual([]);
  });

  test('a double click, and the same form sent twice at once, make one request', async () => {
    const clicked = await family();
    const { page, open, context } = await as(scheme.worker);
    await open(`/direct-payments/ask?family=${clicked.family}`);
    await fillAsk(page, '75');
    await page.getByRole('button', { name: 'Ask for this' }).dblclick();
    await page.waitForURL('**/requests/*');
    expect(await requestsOf(clicked.family)).toHaveLength(1);

    const twice = await family();
    await open(`/direct-payments/ask?family=${twice.family}`);
    await fillAsk(page, '75');
    const body = await page
      .locator('form[data-draft]')
      .evaluate((form) =>
        new URLSearchParams(
          [...new FormData(form as never)].map(([name, value]) => [name, String(value)]),
        ).toString(),
      );
    const sendIt = () =>
      context.request.post(`${server.url}/direct-payments/ask?family=${twice.family}`, {
        data: body,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        maxRedirects: 0,
      });
    const [first, second] = await Promise.all([sendIt(), sendIt()]);
    expect([first.status(), second.status()]).toEqual([303, 303]);
    expect(second.headers().location).toBe(first.headers().location);
    expect(await requestsOf(twice.family)).toHaveLength(1);
  });

  test('what was typed and not sent is there next time, for that family and no other', async () => {
    const [theirs, others] = [await family(), await family()];
    const { page, open } = await as(scheme.worker);
    await open(`/direct-payments/ask?family=${theirs.family}`);
    await page.getByLabel('What did the family say').fill('A desk to do homework at');
    await page.getByText(/^Saved \d\d:\d\d$/).waitFor();
    await open(`/direct-payments/ask?family=${others.family}`);
    expect(await page.getByLabel('What did the family say').inputValue()).toBe('');
    await open(`/direct-payments/ask?family=${theirs.family}`);
    await says(page, 'We kept what you had typed');
    expect(await page.getByLabel('What did the family say').inputValue()).toBe('A desk to do homework at');
  });

  test('a family that somebody does not work with cannot be told from one that does not exist', async () => {
    const theirs = await family();
    const stranger = await as(scheme.peer);
    const answers: [number, string][] = [];
    for (const id of [theirs.family, crypto.randomUUID()]) {
      const answer = await stranger.context.request.get(`${server.url}/direct-payments/ask?family=${id}`);
      answers.push([answer.status(), (await answer.text()).replaceAll(id, '')]);
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.[0]).toBe(404);
  });

  test('the family is chosen among those somebody works with', async () => {
    const { page, open } = await as(scheme.worker);
    await open('/direct-payments/ask');
    await page.getByLabel('A name or a postcode').fill('ml5 3ab');
    await press(page, 'Find');
    await page.getByRole('table', { name: 'Families found' }).getByRole('link').first().click();
    await says(page, 'Ask for the Urquhart family');
  });
});
