import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Desk, makeDesk } from '../../platform/actions/desk.ts';
import { transaction } from '../../platform/database/transaction.ts';
import { runImport } from '../../platform/import/index.ts';
import { computeMeasure } from '../../platform/measures/compute.ts';
import { type TestDatabase, testDatabase } from '../../platform/testing/database.ts';
import { signIn } from '../../platform/testing/people.ts';
import { decide } from '../../practice/direct-payments/deciding.ts';
import { directPaymentsImport } from '../../practice/direct-payments/import.ts';
import { measures } from '../../practice/direct-payments/measures.ts';
import { mine, ofFamily, queue, request } from '../../practice/direct-payments/queries.ts';
import { funds, payments, run, runs, settings } from '../../practice/direct-payments/queries-money.ts';
import { type OtherRequest, routeOf } from '../../practice/direct-payments/rules.ts';
import { support as help, sessions } from '../../practice/support/helping-queries.ts';
import { queue as helpQueue, request as helpRequest } from '../../practice/support/queries.ts';
import { mine as myFamilies } from '../../record/families/queries.ts';
import { buildDemonstration } from './build.ts';
import { demonstrationPersonas, loadDemonstration } from './load.ts';
import { tables } from './tables.ts';
import { everyAsk } from './words/telling.ts';

const someDay = Temporal.PlainDate.from('2026-11-22');
const quiet = () => {};

const built = (today: Temporal.PlainDate) => {
  const made = buildDemonstration(today);
  made.references.forEach((give, index) => {
    give(1001 + index);
  });
  return made.filled;
};
const asText = (value: unknown) =>
  JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? `${each}` : each));

describe('as rows', () => {
  test('the same day gives the same partnership to the byte, another day another', () => {
    expect(asText(built(someDay))).toBe(asText(built(someDay)));
    expect(asText(built(someDay))).not.toBe(asText(built(someDay.add({ days: 3 }))));
  });

  test('families say at least sixty different things', () => {
    expect(new Set(everyAsk.map((ask) => ask.said)).size).toBeGreaterThanOrEqual(60);
    const told = built(someDay)['direct_payments.conversation'].map((row) => row.words);
    expect(new Set(told).size).toBeGreaterThan(150);
    expect(told.join(' ')).not.toMatch(/[{}]|undefined/);
  });

  // One day in each week of a year and more, so that each weekday, month's end and leap day has its turn.
  const days = Array.from({ length: 60 }, (_, week) =>
    Temporal.PlainDate.from('2027-01-01').add({ days: week * 8 }),
  );
  test.each([someDay, ...days].map(String))('on %s every rule of the scheme was kept', (text) => {
    const today = Temporal.PlainDate.from(text);
    const filled = built(today);
    const requests = filled['direct_payments.request'];
    const decisions = filled['direct_payments.decision'];
    const dayOf = (value: unknown) => Temporal.PlainDate.from(String(value));
    const compare = Temporal.PlainDate.compare;

    for (const row of requests) {
      expect(compare(dayOf(row.asked_on), today)).toBeLessThan(0);
      expect(compare(dayOf(row.asked_on), Temporal.PlainDate.from('2025-01-01'))).toBeGreaterThan(0);
      if (row.decided_on !== null)
        expect(compare(dayOf(row.decided_on), dayOf(row.asked_on))).toBeGreaterThanOrEqual(0);
      if (row.paid_on !== null) expect(compare(dayOf(row.paid_on), dayOf(row.decided_on))).toBeGreaterThan(0);
    }
    // Nobody decided their own, and what together passes the limit was decided by a senior manager.
    const limits = [{ role: 'team-manager', upToPence: 150_000n, from: null, until: null }];
    for (const step of decisions) {
      const row = requests.find((each) => each.id === step.request_id);
      if (step.outcome !== 'approved' && step.outcome !== 'approved in part') continue;
      expect(step.decided_by).not.toBe(row?.asked_by);
      const others = requests.flatMap((each): OtherRequest[] =>
        each.family_id === row?.family_id && each.id !== row?.id
          ? [
              {
                id: String(each.id),
                reference: '',
                askedOn: dayOf(each.asked_on),
                pence: BigInt(String(each.approved_pence ?? each.asked_pence)),
                status: each.status as OtherRequest['status'],
              },
            ]
          : [],
      );
      const { goesUp } = routeOf(BigInt(String(step.amount_pence)), dayOf(row?.asked_on), others, limits);
      if (goesUp) expect(step.role_id, String(row?.reference)).toBe('senior-manager');
    }
    // Every state is there to be seen.
    const states = new Set(requests.map((row) => row.status));
    expect([...states].toSorted()).toEqual(['approved', 'asked', 'declined', 'more asked', 'withdrawn']);
    expect(new Set(filled['direct_payments.payment'].map((row) => row.state))).toEqual(
      new Set(['ready', 'sent', 'paid', 'failed']),
    );
    expect(new Set(decisions.map((row) => row.outcome))).toEqual(
      new Set(['approved', 'approved in part', 'declined', 'more asked', 'answered', 'withdrawn', 'sent up']),
    );
    expect(new Set(filled['direct_payments.story'].map((row) => row.whose))).toEqual(
      new Set(['family', 'worker']),
    );
    expect(requests.length).toBe(260);
    const paid = requests.filter((row) => row.paid_on !== null).length;
    const storied = new Set(filled['direct_payments.story'].map((row) => row.request_id)).size;
    expect(storied / paid).toBeGreaterThan(0.22);
    expect(storied / paid).toBeLessThan(0.45);
    expect(new Set(requests.map((row) => row.reference)).size).toBe(requests.length);
  });
});

describe('in the database', () => {
  let database: TestDatabase;
  let desk: Desk;
  const today = Temporal.Now.plainDateISO('Europe/London');
  const accounts = new Map<string, string>();

  beforeAll(async () => {
    database = await testDatabase();
    const began = performance.now();
    expect(await loadDemonstration(database.pools, today, quiet)).toMatchObject({
      loaded: true,
      families: 120,
      requests: 260,
    });
    console.log(`the demonstration was loaded in ${Math.round(performance.now() - began)} ms`);
    desk = makeDesk(database.pools, () => Temporal.Now.instant());
    const { rows } = await database.superuser.query('select id, name from access.account');
    for (const { id, name } of rows) accounts.set(name, id);
  });
  afterAll(() => database.close());

  const as = async (name: string) => (await signIn(database, accounts.get(name) ?? '')).asking;
  const faults = async () =>
    (await database.superuser.query('select * from direct_payments.money_fault')).rows;
  // Pairs are found, and records made one, after loading, under ids and at moments of their own; a transaction has its number.
  const ownOf: Readonly<Record<string, string>> = {
    'record.same_person': `'id', 'found_at', 'decided_at'`,
    'platform.notice': `'id', 'made_at'`,
    'audit.event': `'xid'`,
  };
  const dump = async (from: TestDatabase) => {
    const all: Record<string, unknown> = {};
    for (const table of Object.keys(tables)) {
      // Since when a row is there is the moment of loading.
      const found = ` - 'recorded_at'${ownOf[table] === undefined ? '' : ` - array[${ownOf[table]}]`}`;
      const { rows } = await from.superuser.query(
        `select * from (select to_jsonb(t)${found} as row from ${table} t) j order by row`,
      );
      all[table] = rows;
    }
    return all;
  };

  test('every pound is in balance, committed or paid', async () => {
    expect(await faults()).toEqual([]);
    const { rows } = await database.superuser.query(
      `select balance_pence, committed_pence, paid_pence from funds.fund f
        join funds.fund_area a on a.fund_id = f.id and a.area = 'direct-payments'`,
    );
    expect(rows).toHaveLength(3);
    for (const each of rows)
      for (const pence of Object.values(each)) expect(Number(pence)).toBeGreaterThan(0);
  });

  test('two programmes share a fund, which has a forecast of each and a plan for its end', async () => {
    const { rows } = await database.superuser.query(
      `select f.balance_pence > 0 as left, f.exit_plan <> '' as planned,
         (select count(distinct d.of_id)::int from funds.draw d where d.fund_id = f.id ) as drawing,
         (select count(*)::int from funds.forecast o where o.fund_id = f.id) as forecasts
       from funds.fund f where f.title = 'Whole family support fund'`,
    );
    expect(rows).toEqual([{ left: true, planned: true, drawing: 2, forecasts: 2 }]);
  });

  test('loading again does nothing; another database gets the same, column for column', async () => {
    const before = await dump(database);
    expect(await loadDemonstration(database.pools, today.add({ days: 1 }), quiet)).toMatchObject({
      loaded: false,
      families: 120,
    });
    expect(await dump(database)).toEqual(before);
    const other = await testDatabase();
    await Promise.all([
      loadDemonstration(other.pools, today, quiet),
      loadDemonstration(other.pools, today, quiet),
    ]);
    const same = await dump(other);
    for (const [table, rows] of Object.entries(before)) expect(same[table], table).toEqual(rows);
    await other.close();
  });

  test('a clock that is years behind is told so', async () => {
    const other = await testDatabase();
    await expect(
      loadDemonstration(other.pools, Temporal.PlainDate.from('2021-03-01'), quiet),
    ).rejects.toMatchObject({ code: 'clock-behind' });
    await other.close();
  });

  test('the personas have accounts, and the sign-in page’s fact names them', async () => {
    const { rows } = await database.superuser.query(
      `select value from platform.fact where name = 'personas'`,
    );
    expect(rows[0].value.personas).toHaveLength(demonstrationPersonas.length);
    const { rows: found } = await database.superuser.query(
      'select name from access.account where email = any($1)',
      [demonstrationPersonas.map((each) => each.email)],
    );
    expect(found.map((each) => each.name).toSorted()).toEqual(
      demonstrationPersonas.map((each) => each.name).toSorted(),
    );
  });

  test('front-line workers see their families, their requests and what they may decide', async () => {
    for (const name of ['Ailsa Drummond', 'Paweł Zieliński', 'Mairi MacAskill']) {
      const asking = await as(name);
      expect((await desk.ask(myFamilies, {}, asking)).length, name).toBeGreaterThan(3);
      expect((await desk.ask(mine, {}, asking)).length, name).toBeGreaterThan(8);
      const waiting = await desk.ask(queue, {}, asking);
      expect(waiting.filter((row) => !row.mine).length, name).toBeGreaterThan(0);
    }
    const own = await desk.ask(mine, {}, await as('Ailsa Drummond'));
    expect(new Set(own.map((row) => row.status))).toEqual(
      new Set(['asked', 'more asked', 'approved', 'declined', 'withdrawn']),
    );
  });

  test('managers see what waits for them, and can decide it', async () => {
    for (const name of ['Gordon Rennie', 'Shabnam Akhtar', 'Catriona Buchan']) {
      const asking = await as(name);
      const waiting = await desk.ask(queue, {}, asking);
      expect(waiting.length, name).toBeGreaterThan(1);
      const [first] = waiting;
      const opened = await desk.askOne(request, { id: first?.id }, asking);
      expect(opened.words?.length).toBeGreaterThan(20);
      const declined = {
        id: opened.id,
        version: opened.version,
        outcome: 'decline',
        reason: 'Try it',
        howTold: 'In person',
      };
      expect(await desk.act(decide, declined, asking)).toMatchObject({ status: 'declined' });
    }
  });

  test('a child whom CAMHS did not take on is helped close to home, and nobody asks the family again', async () => {
    const [innes, mairi] = [await as('Innes Rattray'), await as('Mairi MacAskill')];
    const [waits, ...more] = await desk.ask(helpQueue, {}, innes);
    expect([waits?.state, waits?.programme, more]).toEqual(['sent', 'camhs', []]);
    const arrived = await desk.ask(helpQueue, {}, mairi);
    const opened = await Promise.all(
      arrived.map(({ id }) => desk.askOne(helpRequest, { request: id }, mairi)),
    );
    const [sentOn] = opened.filter(({ askedFor }) => askedFor.includes('CAMHS'));
    expect(sentOn?.answers.map(({ words }) => words)).toContain('The criteria of CAMHS are not met');
    expect(sentOn?.steps.map(({ step }) => step)).toEqual(['sent', 'acknowledged', 'redirected']);
    expect([sentOn?.reason, sentOn?.tried, sentOn?.view].every((told) => told !== '')).toBe(true);
    await expect(desk.askOne(helpRequest, { request: sentOn?.id }, innes)).rejects.toMatchObject({
      status: 404,
    });
    const { rows } = await database.superuser.query(
      `select s.id from support.support s join support.request r on r.id = s.request_id where r.asked_for = 'camhs' and s.made_at > now() - interval '90 days'`,
    );
    expect(rows).toHaveLength(1);
    const helped = await desk.askOne(help, { support: rows[0].id }, mairi);
    expect(helped).toMatchObject({ state: 'active', stage: 'support' });
    expect([helped.lead, helped.firstContactOn, helped.goals.length, helped.readings.length]).toEqual([
      expect.any(String),
      expect.any(Temporal.PlainDate),
      1,
      1,
    ]);
    expect((await desk.ask(sessions, { support: rows[0].id }, mairi)).length).toBe(3);
    // That it began stands in the chronology, as of every help of the families that are there now.
    const { rows: began } = await database.superuser.query(
      `select e.what, p.person_id = any (select sp.person_id from support.support_person sp where sp.support_id = $1) as theirs
       from record.event e join record.event_person p on p.event_id = e.id where e.from_id = $1 and e.kind = 'help-begun'`,
      [rows[0].id],
    );
    expect(began).toEqual([{ what: expect.stringContaining('began'), theirs: true }]);
  });

  test('the senior manager sees two requests of one family that together pass the limit', async () => {
    const asking = await as('Catriona Buchan');
    const waiting = await desk.ask(queue, {}, asking);
    expect(waiting.some((row) => row.pence > 150_000n)).toBe(true);
    const families = waiting.map((row) => row.about);
    const pair = waiting.filter((row) => families.filter((each) => each === row.about).length === 2);
    expect(pair.map((row) => row.pence).toSorted()).toEqual([76_000n, 98_000n]);
    const opened = await desk.askOne(request, { id: pair[0]?.id }, asking);
    expect(opened.near).toHaveLength(1);
    expect(
      [...opened.steps, ...(await desk.askOne(request, { id: pair[1]?.id }, asking)).steps].map(
        (step) => step.outcome,
      ),
    ).toContain('sent up');
  });

  test('finance has payments to make, a run to mark, funds, and none of the families’ words', async () => {
    const asking = await as('Douglas Imrie');
    const ready = await desk.ask(payments, {}, asking);
    expect(ready.length).toBeGreaterThan(3);
    const [newest] = await desk.ask(runs, {}, asking);
    const sent = await desk.ask(run, { run: newest?.id }, asking);
    expect(sent.length).toBeGreaterThan(2);
    expect(new Set(sent.map((row) => row.state))).toEqual(new Set(['sent']));
    expect(await desk.ask(funds, {}, asking)).toHaveLength(3);
    await expect(desk.askOne(request, { id: ready[0]?.request }, asking)).rejects.toMatchObject({
      status: 404,
    });
  });

  test('planning has figures, the administrator has settings, and neither opens a family', async () => {
    const money = measures.find((each) => each.id === 'direct-payments.money');
    if (money === undefined) throw new Error('no measure');
    const when = { during: { from: today.subtract({ months: 9 }), to: today } };
    const cells = await computeMeasure(
      database.pools,
      money,
      { when, by: ['locality'], only: {} },
      { small: true },
    );
    expect(cells.length).toBeGreaterThanOrEqual(6);
    for (const name of ['Yuliia Bondarenko', 'Fraser Tulloch']) {
      const asking = await as(name);
      expect((await desk.askOne(settings, {}, asking)).limits).toHaveLength(4);
      await expect(desk.ask(queue, {}, asking)).rejects.toMatchObject({ status: 404 });
    }
  });

  test('the worker of another organisation sees the families shared with her and no others', async () => {
    const asking = await as('Niamh Docherty');
    const shared = await desk.ask(myFamilies, {}, asking);
    expect(shared).toHaveLength(6);
    const theirs = await Promise.all(
      shared.map((family) => desk.ask(ofFamily, { family: family.about }, asking)),
    );
    expect(theirs.flat().length).toBeGreaterThan(3);
    // She asks and decides nothing: the queue of those who decide is not there for her.
    await expect(desk.ask(queue, {}, asking)).rejects.toMatchObject({ status: 404 });
  });

  test('reasons are those that the actions would have given', async () => {
    const none = async (statement: string) =>
      expect((await database.superuser.query(statement)).rows, statement).toEqual([]);
    await none(`select r.reference from direct_payments.request r where r.status in ('asked', 'more asked') and not exists (
      select from access.reason a where a.kind = 'deciding' and a.about_record = r.id and a.subject = r.family_id and a.until is null)`);
    await none(`select r.reference from direct_payments.request r where r.status not in ('asked', 'more asked')
      and exists (select from access.reason a where a.kind = 'deciding' and a.about_record = r.id and a.until is null)`);
    await none(`select r.reference from direct_payments.payment p join direct_payments.request r on r.id = p.request_id where p.state in ('ready', 'sent')
      and not exists (select from access.reason a where a.kind = 'paying' and a.scope = 'money' and a.about_record = r.id and a.until is null)`);
    await none(`select r.reference from direct_payments.request r where not exists (
      select from access.reason a where a.kind = 'allocated' and a.subject = r.family_id and a.holder = r.asked_by)`);
    await none('select id from access.reason where since > now()');
    // One family came over from the system before and has never had anybody.
    const { rows: nobodys } = await database.superuser.query(
      `select f.name from record.family f where not exists (select from access.reason a where a.kind = 'allocated' and a.subject = f.id)`,
    );
    expect(nobodys).toHaveLength(1);
  });

  test('beside it, an import of 2021 gives its own tables exactly', async () => {
    const dir = join(import.meta.dirname, '../../practice/direct-payments/fixtures/direct-payments-2021');
    const known = JSON.parse(await readFile(join(dir, 'known-answers.json'), 'utf8'));
    await runImport({
      dir,
      importer: directPaymentsImport,
      db: { transaction: (work) => transaction(database.pools.owner, [], work) },
      commit: true,
      now: Temporal.Now.instant(),
      by: 'test',
    });
    expect(await faults()).toEqual([]);
    const when = {
      during: { from: Temporal.PlainDate.from('2021-02-15'), to: Temporal.PlainDate.from('2021-04-30') },
    };
    const split = async (id: string, by: string) => {
      const measure = measures.find((each) => each.id === id);
      if (measure === undefined) throw new Error(`no ${id}`);
      const cells = await computeMeasure(
        database.pools,
        measure,
        { when, by: [by], only: {} },
        { small: true },
      );
      return Object.fromEntries(cells.map((cell) => [String(cell.at[by]), Number(cell.value)]));
    };
    expect(await split('direct-payments.families', 'service')).toEqual({
      education: known.byService.education.families,
      'social-work': known.byService['social-work'].families,
    });
    const inPounds = Object.entries<number>(known.penceByFund).map(([code, pence]) => [code, pence / 100]);
    expect(await split('direct-payments.money', 'fund')).toEqual(Object.fromEntries(inPounds));
  });
});
