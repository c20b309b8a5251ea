import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../platform/testing/people.ts';
import { testServer } from '../../platform/testing/server.ts';
import { accessibilityFaults, startBrowser } from '../../platform/ui/testing/browser.ts';
import { recordAreas } from '../../record/area.ts';
import { allocate, handOver } from '../../record/knowing/actions.ts';
import { directPayments } from './area.ts';
import { ask } from './asking.ts';
import { decide } from './deciding.ts';
import { windowOf } from './pages/testing.ts';
import { mine, request, start } from './queries.ts';
import { askInput, makeFamily, makeScheme } from './testing.ts';

// A request follows its family when it is handed over: to whoever works with the family now, and away from whoever has left, also
// where their own post decides it.

const database = await testDatabase();
const scheme = await makeScheme(database);
const { desk, worker, peer, manager } = scheme;
const next = await makeWorker(database, { name: 'Sorcha Kerr', team: 'South' });
const server = await testServer(database, [...recordAreas(), directPayments]);
const browser = await startBrowser();
afterAll(async () => {
  await browser.close();
  await server.close();
  await database.close();
});

const asksFor = async (by: Worker) => {
  const { family, child } = await makeFamily(database, by.account);
  const asked = await desk.act(ask, askInput({ family, child }), by.asking);
  return { family, id: asked.id, reference: asked.reference };
};
const overTo = async (family: string, from: Worker, to: Worker) => {
  const { rows } = await database.superuser.query<{ id: string }>(
    `select id from access.reason where subject = $1 and holder = $2 and kind = 'allocated' and until is null`,
    [family, from.account],
  );
  await desk.act(handOver, { family, reason: rows[0]?.id, to: to.account }, from.asking);
};
const opens = (by: Worker, id: string) =>
  desk.askOne(request, { id }, by.asking).then(
    () => true,
    () => false,
  );
const counts = async (by: Worker) => {
  const { undecided, toAnswer } = await desk.askOne(start, {}, by.asking);
  return { undecided, toAnswer, listed: (await desk.ask(mine, {}, by.asking)).map((row) => row.reference) };
};

test('a question that waits for an answer counts for whoever works with the family now, who answers it in a browser', async () => {
  const first = await asksFor(worker);
  await desk.act(
    decide,
    { id: first.id, version: 1, outcome: 'ask for more', reason: 'Which shop?' },
    peer.asking,
  );
  const nothing = { undecided: 0, toAnswer: 0, listed: [] };
  expect(await counts(worker)).toEqual({ undecided: 0, toAnswer: 1, listed: [first.reference] });
  // A colleague who works with the family beside the asker has nothing to answer.
  await desk.act(allocate, { family: first.family, to: next.account, as: 'co-worker' }, worker.asking);
  expect(await counts(next)).toEqual(nothing);
  await overTo(first.family, worker, next);
  expect(await counts(worker)).toEqual(nothing);
  expect(await counts(next)).toEqual({ undecided: 0, toAnswer: 1, listed: [first.reference] });

  const window = await windowOf(browser, server, next);
  await window.open('/direct-payments');
  const figures = (await window.page.locator('main').textContent()) ?? '';
  expect(figures.replaceAll(/\s+/g, ' ')).toMatch(/Yours to answer ?1/);
  expect(await accessibilityFaults(window.page)).toEqual([]);
  await window.page.getByRole('link', { name: 'Urquhart family: bedroom furniture' }).first().click();
  await window.page.getByLabel('Your answer').fill('The one in the High Street.');
  await window.page.getByRole('button', { name: 'Send the answer' }).click();
  expect(await counts(next)).toEqual({ undecided: 1, toAnswer: 0, listed: [first.reference] });
  expect(window.faults).toEqual([]);
  const old = await windowOf(browser, server, worker);
  await old.open('/direct-payments');
  expect(await old.page.locator('main').textContent()).not.toContain(first.reference);
  await old.open(`/direct-payments/requests/${first.id}`);
  expect(await old.page.title()).toMatch(/cannot be found/);
});

test('whoever left does not see what their own post decides, and the second of two deciders is told that it is decided', async () => {
  const { family, id } = await asksFor(worker);
  await overTo(family, worker, next);
  expect([await opens(worker, id), await opens(peer, id), await opens(manager, id)]).toEqual([
    false,
    true,
    true,
  ]);
  const decides = (by: Worker) =>
    desk.act(
      decide,
      { id, version: 1, outcome: 'approve', draws: [{ fund: scheme.fund, amount: '250.00' }] },
      by.asking,
    );
  const [one, two, three] = await Promise.allSettled([decides(peer), decides(manager), decides(worker)]);
  const refused = [one, two].filter((each) => each.status === 'rejected');
  expect(refused).toHaveLength(1);
  expect(refused[0]?.reason).toMatchObject({ status: 409 });
  expect(three).toMatchObject({ status: 'rejected', reason: { status: 404 } });
  expect([await opens(worker, id), await opens(peer, id), await opens(next, id)]).toEqual([
    false,
    true,
    true,
  ]);
  // What is decided and not paid is still in hand, and goes on to whoever works with the family next.
  expect((await counts(next)).listed).toHaveLength(2);
});
