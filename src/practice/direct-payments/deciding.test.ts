import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../platform/testing/database.ts';
import { ofFamily as chronology } from '../../record/chronology/queries.ts';
import { answer, ask, withdraw } from './asking.ts';
import { decide } from './deciding.ts';
import { makeRun, markFailed, markPaid } from './paying.ts';
import { mine, pageSize, queue, request, toAnswer } from './queries.ts';
import { fund, payments } from './queries-money.ts';
import { topUp } from './settings.ts';
import { tellStory } from './telling.ts';
import { askInput, makeFamily, makeScheme } from './testing.ts';

const database = await testDatabase();
afterAll(() => database.close());
const scheme = await makeScheme(database);
const { desk, worker, peer, manager, senior, finance, otherOrganisation } = scheme;

const faults = async () => (await database.superuser.query('select * from direct_payments.money_fault')).rows;
const askFor = async (amount: string, family = { family: scheme.family, child: scheme.child }) =>
  desk.act(ask, askInput(family, { amount }), worker.asking);
const freshFamily = () => makeFamily(database, worker.account);
const versionOf = async (id: string) => (await desk.askOne(request, { id }, worker.asking)).version;
const approve = async (id: string, by = manager, pounds = '250.00', fundId = scheme.fund) =>
  desk.act(
    decide,
    { id, version: await versionOf(id), outcome: 'approve', draws: [{ fund: fundId, amount: pounds }] },
    by.asking,
  );

describe('from need to payment', () => {
  test('a worker asks, a manager decides, finance pays, and the words stay with those who need them', async () => {
    const made = await askFor('250.00', await freshFamily());
    expect(made.reference).toMatch(/^DP-2026-\d{5}$/);
    expect((await desk.ask(queue, {}, manager.asking)).map((row) => row.id)).toContain(made.id);
    const seen = await desk.askOne(request, { id: made.id }, manager.asking);
    expect(seen).toMatchObject({
      words: 'A bed of her own, so that she sleeps.',
      status: 'asked',
      askedPence: 25_000n,
    });

    expect(await approve(made.id)).toMatchObject({ status: 'approved' });
    const [ready] = (await desk.ask(payments, {}, finance.asking)).filter((row) => row.request === made.id);
    expect(ready).toMatchObject({ pence: 25_000n, payee: 'Kirsty Urquhart', state: 'ready' });
    // Finance sees whom to pay and nothing of what was said.
    await expect(desk.askOne(request, { id: made.id }, finance.asking)).rejects.toMatchObject({
      status: 404,
    });

    const run = await desk.act(makeRun, { payments: [ready?.id] }, finance.asking);
    await desk.act(markFailed, { payment: ready?.id, because: 'Account closed' }, finance.asking);
    const [again] = (await desk.ask(payments, {}, finance.asking)).filter((row) => row.request === made.id);
    const second = await desk.act(makeRun, { payments: [again?.id] }, finance.asking);
    expect(second.id).not.toBe(run.id);
    await desk.act(markPaid, { run: second.id, payments: [again?.id], paidOn: '2026-11-18' }, finance.asking);
    const paid = await desk.askOne(request, { id: made.id }, worker.asking);
    expect(paid.paidOn?.toString()).toBe('2026-11-18');
    expect(paid.payments.map((payment) => payment.state)).toEqual(['failed', 'paid']);
    expect(await faults()).toEqual([]);

    await desk.act(tellStory, { id: made.id, whose: 'family', words: 'She sleeps now.' }, worker.asking);
    expect((await desk.askOne(request, { id: made.id }, worker.asking)).stories[0]).toMatchObject({
      words: 'She sleeps now.',
      whose: 'family',
    });
  });

  test('a payment that is approved is in the chronology of the child, once; what is asked or declined is not', async () => {
    const of = await freshFamily();
    const told = async () =>
      (await desk.ask(chronology, { family: of.family }, worker.asking))
        .filter(({ from_area }) => from_area === 'direct-payments')
        .map(({ day, kind, what, source, from_id, people }) => ({
          day: day.toString(),
          kind,
          what,
          source,
          from_id,
          people: people.map(({ id }) => id),
        }));
    const made = await askFor('250.00', of);
    const declined = await askFor('90', of);
    await desk.act(
      decide,
      {
        id: declined.id,
        version: 1,
        outcome: 'decline',
        reason: 'The school lends them',
        howTold: 'By phone',
      },
      manager.asking,
    );
    expect(await told()).toEqual([]);
    await approve(made.id);
    // Neither the amount nor what it is for: the chronology is read by people who see no money.
    const event = {
      day: '2026-11-18',
      kind: 'payment',
      what: 'A direct payment was approved',
      source: 'Family support',
      from_id: made.id,
      people: [of.child],
    };
    expect(await told()).toEqual([event]);
    await expect(approve(made.id)).rejects.toMatchObject({ status: 409 });
    expect(await told()).toEqual([event]);
  });

  test('more is asked, answered, and then decided', async () => {
    const made = await askFor('90', await freshFamily());
    await desk.act(
      decide,
      { id: made.id, version: 1, outcome: 'ask for more', reason: 'Which shop?' },
      manager.asking,
    );
    await desk.act(answer, { id: made.id, version: 2, words: 'The one in Airdrie' }, worker.asking);
    expect(await approve(made.id, manager, '90')).toMatchObject({ status: 'approved' });
    const opened = await desk.askOne(request, { id: made.id }, worker.asking);
    expect(opened.steps.map((step) => step.outcome)).toEqual(['more asked', 'answered', 'approved']);
  });

  test('approve in part draws on two funds that have to add up', async () => {
    const made = await askFor('300', await freshFamily());
    const other = (await makeScheme(database)).fund;
    const input = { id: made.id, version: 1, outcome: 'approve in part', amount: '200' };
    await expect(
      desk.act(decide, { ...input, draws: [{ fund: scheme.fund, amount: '150' }] }, manager.asking),
    ).rejects.toMatchObject({
      fields: { draws: 'What the funds pay does not add up to the amount approved.' },
    });
    await desk.act(
      decide,
      {
        ...input,
        draws: [
          { fund: scheme.fund, amount: '150' },
          { fund: other, amount: '50' },
        ],
      },
      manager.asking,
    );
    const opened = await desk.askOne(request, { id: made.id }, worker.asking);
    expect(opened).toMatchObject({ approvedPence: 20_000n, status: 'approved' });
    expect(opened.draws).toHaveLength(2);
    expect(await faults()).toEqual([]);
  });

  test('withdrawing after approval gives the money back', async () => {
    const before = (await desk.askOne(fund, { fund: scheme.fund }, finance.asking)).balance;
    const made = await askFor('400', await freshFamily());
    await approve(made.id, manager, '400');
    await desk.act(
      withdraw,
      { id: made.id, version: await versionOf(made.id), reason: 'A neighbour gave one' },
      worker.asking,
    );
    expect((await desk.askOne(fund, { fund: scheme.fund }, finance.asking)).balance).toBe(before);
    expect(await faults()).toEqual([]);
  });
});

describe('who decides', () => {
  test('nobody decides their own request', async () => {
    const made = await askFor('100', await freshFamily());
    await expect(approve(made.id, worker, '100')).rejects.toMatchObject({ code: 'may-not-decide' });
    expect(await approve(made.id, peer, '100')).toMatchObject({ status: 'approved' });
  });

  test('£1,500 stays with the front line; a penny more goes to a senior manager', async () => {
    const at = await askFor('1500.00', await freshFamily());
    expect(at.goesUp).toBe(false);
    const above = await askFor('1,500.01', await freshFamily());
    expect(above.goesUp).toBe(true);
    await expect(desk.askOne(request, { id: above.id }, manager.asking)).rejects.toMatchObject({
      status: 404,
    });
    expect(await approve(above.id, senior, '1500.01')).toMatchObject({ status: 'approved' });
  });

  test('splitting does not raise a limit: both requests go up, and the decider sees them together', async () => {
    const family = await freshFamily();
    const first = await askFor('900', family);
    expect(first.goesUp).toBe(false);
    const second = await askFor('700', family);
    expect(second.goesUp).toBe(true);
    const seen = await desk.askOne(request, { id: second.id }, senior.asking);
    expect(seen.near.map((near) => near.id)).toEqual([first.id]);
    expect((await desk.ask(queue, {}, senior.asking)).map((row) => row.id)).toEqual(
      expect.arrayContaining([first.id, second.id]),
    );
    await expect(approve(first.id, manager, '900')).rejects.toMatchObject({ code: 'may-not-decide' });
  });

  test('another organisation sees nothing of it', async () => {
    const made = await askFor('2000', await freshFamily());
    expect(await desk.ask(queue, {}, otherOrganisation.asking)).toEqual([]);
    await expect(desk.askOne(request, { id: made.id }, otherOrganisation.asking)).rejects.toMatchObject({
      status: 404,
    });
    await expect(
      desk.act(
        decide,
        { id: made.id, version: 1, outcome: 'approve', draws: [{ fund: scheme.fund, amount: '2000' }] },
        otherOrganisation.asking,
      ),
    ).rejects.toMatchObject({ status: 404 });
  });
});

describe('nothing twice, nothing lost', () => {
  test('one form sent twice, even at the same moment, is one request', async () => {
    const family = await freshFamily();
    const input = askInput(family);
    const key = randomUUID();
    const answers = await Promise.all([1, 2, 3].map(() => desk.act(ask, input, worker.asking, { key })));
    expect(new Set(answers.map((made) => made.id)).size).toBe(1);
    const rows = await database.superuser.query(
      'select 1 from direct_payments.request where family_id = $1',
      [family.family],
    );
    expect(rows.rowCount).toBe(1);
    await expect(desk.act(ask, { ...input, amount: '1' }, worker.asking, { key })).rejects.toMatchObject({
      code: 'key-used',
    });
  });

  test('two deciders at once: one decides, the other is told', async () => {
    const made = await askFor('120', await freshFamily());
    const both = await Promise.allSettled([approve(made.id, manager, '120'), approve(made.id, peer, '120')]);
    expect(both.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((each) => each.status === 'rejected')?.reason).toMatchObject({ status: 409 });
  });

  test('200 decisions at once on a fund that bears 50 leave exactly 50 approved and nothing in the fund', async () => {
    const { fund: small } = await makeScheme(database, 50n * 10_000n);
    const made = [];
    for (let count = 0; count < 200; count++) made.push(await askFor('100', await freshFamily()));
    const outcomes = await Promise.allSettled(
      made.map((each) =>
        desk.act(
          decide,
          { id: each.id, version: 1, outcome: 'approve', draws: [{ fund: small, amount: '100' }] },
          manager.asking,
        ),
      ),
    );
    expect(outcomes.filter((each) => each.status === 'fulfilled')).toHaveLength(50);
    for (const each of outcomes)
      if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'fund-empty' });
    const left = await desk.askOne(fund, { fund: small }, finance.asking);
    expect(left).toMatchObject({ balance: 0n, committed: 500_000n, paid: 0n });
    expect(await faults()).toEqual([]);
    await desk.act(topUp, { fund: small, amount: '100', note: 'More' }, finance.asking);
    expect((await desk.askOne(fund, { fund: small }, finance.asking)).balance).toBe(10_000n);
  });

  test('what cannot be accepted says what to do, field by field', async () => {
    const refused = desk.act(ask, { family: scheme.family, amount: 'lots' }, worker.asking);
    await expect(refused).rejects.toMatchObject({
      status: 422,
      fields: {
        words: 'Write what the family said would make most difference',
        amount: 'Enter an amount in pounds, like 250 or 99.50',
        payee: 'Write who is to be paid',
      },
    });
    const adult = desk.act(ask, askInput({ family: scheme.family, child: randomUUID() }), worker.asking);
    await expect(adult).rejects.toMatchObject({ fields: { children: 'Choose children of this family' } });
  });

  test('my requests come newest first and each read is written down with its reason', async () => {
    const rows = await desk.ask(mine, {}, worker.asking);
    expect(rows.length).toBeGreaterThan(5);
    const seen = await database.superuser.query(
      `select about, reasons from audit.event where name = 'direct-payments.mine' and account_id = $1 order by at desc limit 1`,
      [worker.account],
    );
    expect(seen.rows[0].about.length).toBeGreaterThan(5);
    expect(seen.rows[0].reasons).toContain('allocated');
  });

  test('a question waits for an answer however many requests are newer', async () => {
    const asked = await askFor('40', await freshFamily());
    await desk.act(
      decide,
      { id: asked.id, version: 1, outcome: 'ask for more', reason: 'Which shop?' },
      manager.asking,
    );
    const newer = await freshFamily();
    await database.superuser.query(
      `insert into direct_payments.request (reference, family_id, service, category, asked_pence, status, asked_on, asked_by, asked_team)
       select 'DP-2027-' || n, $1, 'social-work', 'clothing', 1000, 'asked', date '2027-01-01' + n, $2, $3 from generate_series(1, $4) n`,
      [newer.family, worker.account, worker.team, pageSize + 1],
    );
    const first = await desk.ask(mine, {}, worker.asking);
    expect(first.map(({ id }) => id)).not.toContain(asked.id);
    const waiting = async () => (await desk.ask(toAnswer, {}, worker.asking)).map(({ id }) => id);
    expect(await waiting()).toEqual([asked.id]);
    expect(await desk.ask(toAnswer, {}, peer.asking)).toEqual([]);
    await desk.act(answer, { id: asked.id, version: 2, words: 'The one in Airdrie' }, worker.asking);
    expect(await waiting()).toEqual([]);
  });
});
