import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../platform/testing/people.ts';
import { answer, ask, withdraw } from './asking.ts';
import { decide } from './deciding.ts';
import { makeRun, markPaid } from './paying.ts';
import { mine, ofFamily, queue, request } from './queries.ts';
import { funds, payments, run, runs } from './queries-money.ts';
import { tellStory } from './telling.ts';
import { askInput, makeFamily, makeScheme, type Scheme } from './testing.ts';

// Partners that decide and pay nothing, and partners that pay for themselves.

const database = await testDatabase();
let scheme: Scheme;
let niamh: Worker;
beforeAll(async () => {
  scheme = await makeScheme(database);
  niamh = await makeWorker(database, {
    name: 'Niamh Docherty',
    role: 'family-support-worker',
    team: 'Family support',
    organisation: 'Cairn Family Trust',
    service: 'third-sector',
  });
});
afterAll(() => database.close());

const notFound = { status: 404 };
const share = (family: string, holder: string) =>
  database.superuser.query(
    `insert into access.reason (subject, holder, kind, scope) values ($1, $2, 'co-worker', 'practice')`,
    [family, holder],
  );
/** A family that the council's worker and the family support worker both work with. */
async function sharedFamily() {
  const made = await makeFamily(database, scheme.worker.account);
  await share(made.family, niamh.account);
  return made;
}
const step = (by: Worker, id: string, version: number, input: object) =>
  scheme.desk.act(decide, { id, version, ...input }, by.asking);

describe('a family support worker of the third sector', () => {
  test('asks; it waits with the team of the council that works with the family, is decided and is paid there', async () => {
    const family = await sharedFamily();
    const { id, reference } = await scheme.desk.act(ask, askInput(family, { amount: '100' }), niamh.asking);
    const listed = await scheme.desk.ask(mine, {}, niamh.asking);
    expect(listed.find((each) => each.id === id)).toMatchObject({ status: 'asked', sentUp: false });
    const opened = await scheme.desk.askOne(request, { id }, niamh.asking);
    expect(opened).toMatchObject({
      team: 'Family support',
      waitingWith: 'Children and families North',
      askedBy: 'Niamh Docherty',
    });
    expect((await scheme.desk.ask(queue, {}, scheme.manager.asking)).map((each) => each.id)).toContain(id);
    // A question, its answer, and the decision.
    await step(scheme.manager, id, 1, { outcome: 'ask for more', reason: 'Which size?' });
    await scheme.desk.act(answer, { id, version: 2, words: 'Size six' }, niamh.asking);
    await step(scheme.manager, id, 3, { outcome: 'approve', draws: [{ fund: scheme.fund, amount: '100' }] });
    const ready = await scheme.desk.ask(payments, {}, scheme.finance.asking);
    const payment = ready.find((each) => each.reference === reference);
    expect(payment).toBeDefined();
    const made = await scheme.desk.act(makeRun, { payments: [payment?.id] }, scheme.finance.asking);
    const paidOn = scheme.desk.today().toString();
    await scheme.desk.act(markPaid, { run: made.id, payments: [payment?.id], paidOn }, scheme.finance.asking);
    await scheme.desk.act(tellStory, { id, whose: 'family', words: 'It fits.' }, niamh.asking);
  });

  test('what is above the limit goes up in the council, and can be sent up and withdrawn', async () => {
    const family = await sharedFamily();
    const large = await scheme.desk.act(ask, askInput(family, { amount: '1600' }), niamh.asking);
    expect(large.goesUp).toBe(true);
    expect((await scheme.desk.ask(queue, {}, scheme.senior.asking)).map(({ id }) => id)).toContain(large.id);
    await scheme.desk.act(withdraw, { id: large.id, version: 1, reason: 'Given by a friend' }, niamh.asking);
    const small = await scheme.desk.act(ask, askInput(await sharedFamily(), { amount: '90' }), niamh.asking);
    await step(scheme.manager, small.id, 1, { outcome: 'send up', reason: 'Unusual' });
    expect((await scheme.desk.ask(queue, {}, scheme.senior.asking)).map(({ id }) => id)).toContain(small.id);
  });

  test('decides nothing, sees no fund, and no family but their own', async () => {
    const theirs = await makeFamily(database, scheme.worker.account);
    const other = await scheme.desk.act(ask, askInput(theirs, { amount: '50' }), scheme.worker.asking);
    await expect(scheme.desk.act(ask, askInput(theirs), niamh.asking)).rejects.toMatchObject({ status: 422 });
    await expect(scheme.desk.askOne(request, { id: other.id }, niamh.asking)).rejects.toMatchObject(notFound);
    expect(await scheme.desk.ask(ofFamily, { family: theirs.family }, niamh.asking)).toEqual([]);
    const family = await sharedFamily();
    const made = await scheme.desk.act(ask, askInput(family, { amount: '60' }), scheme.worker.asking);
    expect((await scheme.desk.askOne(request, { id: made.id }, niamh.asking)).waitingWithMe).toBe(false);
    await expect(
      step(niamh, made.id, 1, { outcome: 'decline', reason: 'No', howTold: 'By phone' }),
    ).rejects.toMatchObject(notFound);
    await expect(scheme.desk.ask(queue, {}, niamh.asking)).rejects.toMatchObject(notFound);
    await expect(scheme.desk.ask(funds, {}, niamh.asking)).rejects.toMatchObject(notFound);
  });

  test('is told when nobody else who works with the family can decide', async () => {
    const alone = await makeFamily(database, niamh.account);
    await expect(scheme.desk.act(ask, askInput(alone, { amount: '50' }), niamh.asking)).rejects.toMatchObject(
      { code: 'nobody-decides' },
    );
  });
});

test('the references of payment runs are for the organisation whose payments are in them', async () => {
  const family = await makeFamily(database, scheme.worker.account);
  const { id } = await scheme.desk.act(ask, askInput(family, { amount: '70' }), scheme.worker.asking);
  await step(scheme.manager, id, 1, { outcome: 'approve', draws: [{ fund: scheme.fund, amount: '70' }] });
  const [payment] = await scheme.desk.ask(payments, {}, scheme.finance.asking);
  const made = await scheme.desk.act(makeRun, { payments: [payment?.id] }, scheme.finance.asking);
  const finance = (name: string, organisation?: string) =>
    makeWorker(database, {
      name,
      role: 'finance-officer',
      team: 'Finance',
      ...(organisation ? { organisation } : {}),
    });
  const colleague = await finance('Senga Lowrie');
  const stranger = await finance('Bea Lennox', 'Another Council');
  const seenBy = async (worker: Worker) =>
    (await scheme.desk.ask(runs, {}, worker.asking)).map(({ reference }) => reference);
  expect(await seenBy(scheme.finance)).toContain(made.reference);
  expect(await seenBy(colleague)).toContain(made.reference);
  expect(await seenBy(stranger)).toEqual([]);
  expect(await scheme.desk.ask(runs, { run: made.id }, stranger.asking)).toEqual([]);
  expect(await scheme.desk.ask(run, { run: made.id }, stranger.asking)).toEqual([]);
});
