import { afterAll, describe, expect, test } from 'vitest';
import type { Worker } from '../../platform/testing/people.ts';
import { ask } from './asking.ts';
import { decide } from './deciding.ts';
import { otherFundAnswers, picture, press, says, schemeInBrowser, tick } from './pages/testing.ts';
import { mine, request as requestQuery } from './queries.ts';
import { askInput, makeScheme } from './testing.ts';

const { database, scheme, as, family, requestsOf, close } = await schemeInBrowser();
afterAll(close);

const askFor = async (amount: string, of?: { family: string; child: string }) => {
  const otherFunds = await otherFundAnswers(database);
  const made = await scheme.desk.act(
    ask,
    askInput(of ?? (await family()), { amount, otherFunds }),
    scheme.worker.asking,
  );
  return made.id;
};

describe('deciding', () => {
  const step = (id: string, by: Worker, input: object) =>
    scheme.desk.act(decide, { id, version: 1, ...input }, by.asking);

  test('the second of two deciders is told what changed, and loses nothing', async () => {
    const id = await askFor('80');
    const manager = await as(scheme.manager);
    await manager.open(`/direct-payments/requests/${id}`);
    await tick(manager.page, 'Decline');
    await manager.page
      .getByLabel('Why, or what you need')
      .fill('The school lends these\nfor as long as they like.');
    await manager.page.getByLabel('How was the family told').fill('On the phone');
    await step(id, scheme.peer, { outcome: 'ask for more', reason: 'Which size?' });
    await press(manager.page, 'Record the decision');
    await says(manager.page, 'This changed while you were writing');
    await picture(manager.page, 'dp-decide-changed');
    await says(manager.page, /More was asked, by Ross Petrie.*Which size\?/);
    // It waits for an answer now, so the form is gone; the words are not.
    await says(manager.page, 'The school lends these');
    await says(manager.page, 'On the phone');
    const still = await scheme.desk.askOne(requestQuery, { id }, scheme.worker.asking);
    expect(still.status).toBe('more asked');
  });

  test('where it can still be decided, what was typed stays in the form and can be sent again', async () => {
    const id = await askFor('80');
    const worker = await as(scheme.worker);
    await step(id, scheme.peer, { outcome: 'ask for more', reason: 'Which size?' });
    await worker.open(`/direct-payments/requests/${id}`);
    const other = await as(scheme.worker);
    await other.open(`/direct-payments/requests/${id}`);
    await worker.page.getByLabel('Your answer').fill('Size six');
    await other.page.getByLabel('Your answer').fill('Size seven, to grow into');
    const manager = await as(scheme.manager);
    await press(worker.page, 'Send the answer');
    await manager.open(`/direct-payments/requests/${id}`);
    await press(other.page, 'Send the answer');
    await says(other.page, 'Size seven, to grow into');
    await says(other.page, /Answered, by Ailsa Drummond/);

    await tick(manager.page, 'Decline');
    await manager.page.getByLabel('Why, or what you need').fill('My own words');
    await manager.page.getByLabel('How was the family told').fill('At home');
    await database.superuser.query('update direct_payments.request set version = version + 1 where id = $1', [
      id,
    ]);
    await press(manager.page, 'Record the decision');
    await says(manager.page, 'This changed while you were writing');
    expect(await manager.page.getByLabel('Why, or what you need').inputValue()).toBe('My own words');
    await press(manager.page, 'Record the decision');
    await says(manager.page, 'Declined, and your reason is kept.');
  });

  test('split requests go up together, and the decider sees them side by side', async () => {
    const theirs = await family();
    const first = await askFor('900', theirs);
    const second = await askFor('800', theirs);
    const senior = await as(scheme.senior);
    await senior.open('/direct-payments/queue');
    await senior.page.locator(`a[href$="${second}"]`).waitFor();
    await senior.page.locator(`a[href$="${first}"]`).click();
    await says(senior.page, 'Together they come to £1,700');
    await senior.page.getByRole('table', { name: 'other requests' }).getByRole('link').click();
    await senior.page.waitForURL(`**/${second}`);
    const manager = await as(scheme.manager);
    await manager.open('/direct-payments/queue');
    expect(await manager.page.locator(`a[href$="${second}"]`).count()).toBe(0);
  });

  test('one fund pays the whole when its amount is empty, and the rest beside others', async () => {
    const another = await makeScheme(database);
    await database.superuser.query("update funds.fund set title = 'Hardship fund' where id = $1", [
      another.fund,
    ]);
    const id = await askFor('300');
    const { page, open } = await as(scheme.manager);
    await open(`/direct-payments/requests/${id}`);
    await tick(page, 'Approve a part');
    await page.getByLabel('How much, if a part?').fill('200');
    await page.getByLabel('Fund', { exact: true }).selectOption(scheme.fund);
    await page.getByText('Draw on another fund as well').click();
    await page.getByLabel('Fund 2 (optional)', { exact: true }).selectOption(another.fund);
    await page.getByLabel('What fund 2 pays').fill('250');
    await press(page, 'Record the decision');
    await page.getByRole('alert').getByRole('link', { name: 'Enter what this fund pays' }).click();
    expect(await page.evaluate('document.activeElement.id')).toBe('field-amount1');
    await page.getByLabel('What fund 2 pays').fill('50');
    await press(page, 'Record the decision');
    const { draws, approvedPence } = await scheme.desk.askOne(requestQuery, { id }, scheme.worker.asking);
    expect(approvedPence).toBe(20_000n);
    expect(draws.map(({ fundId, pence }) => [fundId, pence])).toEqual(
      expect.arrayContaining([
        [scheme.fund, 15_000n],
        [another.fund, 5000n],
      ]),
    );
  });

  test('withdrawing is done on a page of its own', async () => {
    const id = await askFor('80');
    const { page, open } = await as(scheme.worker);
    await open(`/direct-payments/requests/${id}`);
    await page.getByRole('link', { name: 'Withdraw' }).click();
    await page.getByLabel('Why is it withdrawn?').fill('A neighbour gave them one');
    await press(page, 'Withdraw the request');
    await says(page, 'The request is withdrawn.');
    await says(page, 'A neighbour gave them one');
  });
});

describe('keeping', () => {
  test('a fund that somebody else changed shows before and now, and keeps what was typed', async () => {
    const { page, open } = await as(scheme.finance);
    await open(`/direct-payments/funds/${scheme.fund}`);
    await page.getByText('Change the fund’s name').click();
    await page.getByLabel('What is the money for?').fill('For every family this winter');
    // Temporary money says what follows when it ends before anything of it is changed.
    await page.getByLabel('If it is temporary, what comes after it?').fill('The council pays from April');
    await database.superuser.query(
      "update funds.fund set title = 'Winter plan, revised', version = version + 1 where id = $1",
      [scheme.fund],
    );
    await press(page, 'Change the fund');
    await picture(page, 'dp-fund-changed');
    await says(page, /NameWinter plan for social protectionWinter plan, revised/);
    expect(await page.getByLabel('What is the money for?').inputValue()).toBe('For every family this winter');
    await press(page, 'Change the fund');
    await says(page, 'The fund is changed.');
    await page.getByText('Give the fund more money').click();
    await page.getByLabel('How much more?').fill('500,000');
    await page.getByLabel('Where does the money come from?').fill('Social protection fund');
    await press(page, 'Top up the fund');
    await says(page, '£1,500,000');
  });

  test('an administrator sets a limit to come, and closes a kind', async () => {
    const { page, open } = await as(scheme.administrator);
    await open('/direct-payments/settings');
    await page.getByLabel('For which role?').selectOption('team-manager');
    await page.getByLabel('Up to and including').fill('2,500');
    await page.getByLabel('From which day?').fill('1/1/2027');
    await press(page, 'Set the limit');
    await says(page, /Team manager£2,5001 Jan 2027No endTo come/);
    await page.getByRole('link', { name: 'Sensory equipment' }).click();
    // What it is called stays: requests were made for it.
    expect(await page.getByLabel('What requests can be for').count()).toBe(0);
    await tick(page, 'Closed to new requests');
    await press(page, 'Keep this kind');
    await says(page, /Sensory equipment.{0,20}Closed 18 Nov 2026/);
  });
});

test('what a worker asked for is listed page by page, each once', async () => {
  const theirs = await family();
  const [pattern] = await requestsOf((await scheme.desk.ask(mine, {}, scheme.worker.asking))[0]?.about ?? '');
  await database.superuser.query(
    `insert into direct_payments.request (reference, family_id, service, category, asked_pence, status, asked_on, asked_by, asked_team)
     select 'DP-2025-' || n, $1, 'social-work', 'clothing', 1000, 'asked', date '2025-01-01' + n, $2, $3 from generate_series(1, 60) n`,
    [theirs.family, scheme.worker.account, scheme.worker.team],
  );
  expect(pattern).toBeDefined();
  const { page, open } = await as(scheme.worker, { scripts: false });
  await open('/direct-payments/mine');
  const seen: string[] = [];
  for (;;) {
    seen.push(
      ...(await page
        .getByRole('table')
        .getByRole('link')
        .evaluateAll((all) => all.map(String))),
    );
    const next = page.getByRole('link', { name: 'Next page' });
    if ((await next.count()) === 0) break;
    await next.click();
    await page.getByRole('link', { name: 'Back to the start' }).waitFor();
  }
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.length).toBeGreaterThan(60);
});
