import sql from 'sql-template-tag';
import { afterAll, expect, test } from 'vitest';
import { enter } from '../../platform/access/identity.ts';
import { makeDesk } from '../../platform/actions/desk.ts';
import { transaction } from '../../platform/database/transaction.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../platform/testing/people.ts';
import { shareFamily } from '../families/actions.ts';
import { makeFamily } from '../notes/testing.ts';
import {
  addAction,
  addNeed,
  begin,
  change,
  changeAction,
  changeNeed,
  changeView,
  say,
  takeOutPart,
} from './actions.ts';
import { agree, answerComment, comment, end, send } from './agreeing.ts';
import { aboutPerson, edition, ofFamily, one, toReview } from './queries.ts';

const database = await testDatabase();
afterAll(() => database.close());
const now = Temporal.Instant.from('2026-11-22T10:00:00Z');
const desk = makeDesk(database.pools, () => now);

const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
const gordon = await makeWorker(database, { name: 'Gordon Rennie', role: 'team-manager' });
const stranger = await makeWorker(database, { name: 'Sorcha Kerr', team: 'Children and families South' });
const health = await makeWorker(database, {
  name: 'Hamish Orr',
  organisation: 'NHS Strathmorran',
  team: 'Health visiting',
});
const finance = await makeWorker(database, {
  name: 'Douglas Imrie',
  role: 'finance-officer',
  team: 'Finance',
});

async function started() {
  const of = await makeFamily(desk, ailsa);
  await desk.act(shareFamily, { family: of.id, with: gordon.account }, ailsa.asking);
  const { plan } = await desk.act(
    begin,
    { family: of.id, people: [of.jamie], level: 'additional', why: 'Mornings are hard', on: '20/11/2026' },
    ailsa.asking,
  );
  return { of, plan };
}
const read = (plan: string, worker = ailsa) => desk.askOne(one, { plan }, worker.asking);
const agreed = async (plan: string, more: object = {}, worker = ailsa) =>
  desk.act(
    agree,
    { plan, version: (await read(plan)).seen, on: '21/11/2026', reviewOn: '21/5/2027', ...more },
    worker.asking,
  );
const tasksOf = async (plan: string) =>
  (
    await database.superuser.query<{ what: string; owner: string; due: string; state: string }>(
      `select what, coalesce(owner_named, owner_account::text) as owner, due::text, state from record.task
       where from_area = 'plans' and from_id = $1 order by id`,
      [plan],
    )
  ).rows;
const wrong = async (doing: Promise<unknown>) =>
  doing.then(
    () => 'nothing was refused',
    (error: { fields?: object; code?: string }) =>
      Object.keys(error.fields ?? {}).length > 0 ? error.fields : error.code,
  );

test('a plan is written, agreed, looked at again and ended; each version that was agreed is kept whole', async () => {
  const { of, plan } = await started();
  await desk.act(
    say,
    {
      plan,
      whose: 'child',
      person: of.jamie,
      words: 'I liek football',
      on: '20/11/2026',
      disagrees: 'Going to bed at 8',
    },
    ailsa.asking,
  );
  const { need } = await desk.act(
    addNeed,
    {
      plan,
      need: 'To sleep well',
      hoped: 'He wakes rested',
      what: 'Read with Jamie each night',
      owner: `person:${of.isla}`,
      due: '1/12/2026',
    },
    ailsa.asking,
  );
  await desk.act(
    addAction,
    { need, what: 'Ring the school nurse', owner: ailsa.account, due: '30/11/2026' },
    ailsa.asking,
  );
  await desk.act(addAction, { need, what: 'Find a football club' }, ailsa.asking);
  expect(await tasksOf(plan)).toEqual([]);
  expect((await agreed(plan)).number).toBe(1);
  expect(await tasksOf(plan)).toEqual([
    { what: 'Read with Jamie each night', owner: 'Isla Baird', due: '2026-12-01', state: 'open' },
    { what: 'Ring the school nurse', owner: ailsa.account, due: '2026-11-30', state: 'open' },
  ]);
  const first = await read(plan);
  expect(first).toMatchObject({ state: 'agreed', edition: 1, changed: false });
  expect(first.review_on?.toString()).toBe('2027-05-21');
  const ring = first.needs[0]?.actions.find(({ what }) => what.startsWith('Ring'));
  const club = first.needs[0]?.actions.find(({ what }) => what.startsWith('Find'));
  // Changed since: what was agreed stays as it was, and the tasks follow when it is agreed again.
  await desk.act(
    changeAction,
    {
      action: ring?.id,
      version: ring?.version,
      what: 'Ring the school nurse about sleep',
      owner: gordon.account,
      due: '4/12/2026',
    },
    ailsa.asking,
  );
  await desk.act(takeOutPart, { part: 'action', id: club?.id, version: club?.version }, ailsa.asking);
  const read_ = first.needs[0]?.actions.find(({ what }) => what.startsWith('Read'));
  await desk.act(takeOutPart, { part: 'action', id: read_?.id, version: read_?.version }, ailsa.asking);
  expect((await read(plan)).changed).toBe(true);
  expect((await tasksOf(plan)).map(({ state }) => state)).toEqual(['open', 'open']);
  expect((await agreed(plan, { on: '22/11/2026', words: 'He sleeps better' }, gordon)).number).toBe(2);
  expect(await tasksOf(plan)).toEqual([
    { what: 'Read with Jamie each night', owner: 'Isla Baird', due: '2026-12-01', state: 'not needed' },
    { what: 'Ring the school nurse about sleep', owner: gordon.account, due: '2026-12-04', state: 'open' },
  ]);
  // Somebody else is to do it, and nothing else is changed: it goes to their list.
  const again = (await read(plan)).needs[0]?.actions.find(({ what }) => what.startsWith('Ring'));
  await desk.act(
    changeAction,
    {
      action: again?.id,
      version: again?.version,
      what: again?.what,
      owner: ailsa.account,
      due: '4/12/2026',
    },
    ailsa.asking,
  );
  expect((await agreed(plan, { on: '22/11/2026', words: 'Ailsa rings' })).number).toBe(3);
  expect((await tasksOf(plan)).at(-1)?.owner).toBe(ailsa.account);
  const kept = await desk.askOne(edition, { plan, number: 1 }, ailsa.asking);
  expect(kept.whole.needs[0]?.actions.map(({ what }) => what)).toEqual([
    'Read with Jamie each night',
    'Ring the school nurse',
    'Find a football club',
  ]);
  expect(kept.whole.views[0]).toMatchObject({ words: 'I liek football', disagrees: 'Going to bed at 8' });
  expect(kept.agreed_as).toBe('Social worker, Children and families North');
  const second = await read(plan);
  expect(second.editions.map(({ number, words, by }) => [number, words, by])).toEqual([
    [3, 'Ailsa rings', 'Ailsa Drummond'],
    [2, 'He sleeps better', 'Gordon Rennie'],
    [1, '', 'Ailsa Drummond'],
  ]);
  await desk.act(end, { plan, version: second.seen, on: '22/11/2026', why: 'Things go well' }, ailsa.asking);
  expect((await tasksOf(plan)).map(({ state }) => state)).toEqual(['not needed', 'not needed']);
  expect(
    await wrong(
      desk.act(say, { plan, whose: 'parent', person: of.isla, words: 'x', on: '22/11/2026' }, ailsa.asking),
    ),
  ).toBe('plan-ended');
  const { rows: events } = await database.superuser.query<{ kind: string }>(
    `select kind from record.event where from_area = 'plans' and from_id = $1 order by id`,
    [plan],
  );
  expect(events.map(({ kind }) => kind)).toEqual(['plan-agreed', 'plan-ended']);
  const { rows: counts } = await database.superuser.query(
    `select child_view, needs, needs_whole, first_time, in_time from record.plan_quality where behind = md5($1 || '2026-11')::uuid order by first_time desc`,
    [plan],
  );
  expect(counts).toEqual([
    { child_view: true, needs: 1, needs_whole: 1, first_time: true, in_time: null },
    { child_view: true, needs: 1, needs_whole: 1, first_time: false, in_time: true },
    { child_view: true, needs: 1, needs_whole: 1, first_time: false, in_time: true },
  ]);
});

test('a long plan goes into lists in one statement: each task about the child, each action with its own', async () => {
  const { of, plan } = await started();
  const { need } = await desk.act(addNeed, { plan, need: 'To sleep well' }, ailsa.asking);
  const owners = [{ owner: ailsa.account }, { owner: `person:${of.isla}` }, { named: 'Gran' }];
  for (let nth = 0; nth < 12; nth++)
    await desk.act(addAction, { need, what: `Thing ${nth}`, ...owners[nth % 3] }, ailsa.asking);
  await desk.act(addAction, { need, what: 'Nobody does this yet' }, ailsa.asking);
  const { need: met } = await desk.act(
    addNeed,
    { plan, need: 'To eat', what: 'Bake', named: 'Gran' },
    ailsa.asking,
  );
  await desk.act(changeNeed, { id: met, version: 1, need: 'To eat', met: 'yes' }, ailsa.asking);
  await agreed(plan);
  expect((await tasksOf(plan)).map(({ what }) => what)).toEqual(
    Array.from({ length: 12 }, (_, nth) => `Thing ${nth}`),
  );
  const theirs = await database.superuser.query<{ action: string; task: string; person: string }>(
    `select d.what as action, t.what as task, p.person_id as person from record.plan_action d
       join record.task t on t.id = d.task_id join record.task_person p on p.task_id = t.id where d.plan_id = $1`,
    [plan],
  );
  expect(theirs.rows).toHaveLength(12);
  expect(theirs.rows.every(({ action, task, person }) => action === task && person === of.jamie)).toBe(true);
  // Agreed again with nothing changed, nothing is written twice and no list is touched.
  const versions = async () =>
    (
      await database.superuser.query<{ n: number }>(
        'select sum(version)::int as n from record.task where from_id = $1',
        [plan],
      )
    ).rows[0]?.n;
  expect(await versions()).toBe(12);
  await agreed(plan);
  expect(await tasksOf(plan)).toHaveLength(12);
  expect(await versions()).toBe(12);
});

test('two people in one plan at once: in different parts both keep theirs; in the same the second is told', async () => {
  const { of, plan } = await started();
  const both = await Promise.allSettled([
    desk.act(addNeed, { plan, need: 'To sleep well' }, ailsa.asking),
    desk.act(
      say,
      { plan, whose: 'parent', person: of.isla, words: 'I am tired', on: '20/11/2026' },
      gordon.asking,
    ),
    desk.act(change, { plan, version: 1, level: 'intensive', why: 'More', on: '20/11/2026' }, gordon.asking),
  ]);
  expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
  const open = await read(plan);
  const [need] = open.needs;
  const results = await Promise.allSettled(
    [ailsa, gordon].map((worker) =>
      desk.act(
        changeNeed,
        { id: need?.id, version: need?.version, need: `Of ${worker.account}` },
        worker.asking,
      ),
    ),
  );
  expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(results.find((each) => each.status === 'rejected')?.reason).toMatchObject({
    code: 'changed-meanwhile',
  });
  // Nobody agrees to what they have not seen.
  expect(
    await wrong(
      desk.act(agree, { plan, version: open.seen, on: '21/11/2026', reviewOn: '21/5/2027' }, ailsa.asking),
    ),
  ).toBe('changed-meanwhile');
  const [view] = open.views;
  await desk.act(
    changeView,
    {
      view: view?.id,
      version: view?.version,
      whose: 'parent',
      person: of.isla,
      words: 'I am tired',
      on: '20/11/2026',
      acted: 'Gran takes him on Fridays',
    },
    ailsa.asking,
  );
  expect((await read(plan)).views[0]?.acted).toBe('Gran takes him on Fridays');
});

test('what was agreed, and what the family said, is never changed: by no action and no SQL', async () => {
  const { plan } = await started();
  await agreed(plan);
  const { sent } = await desk.act(
    send,
    { plan, on: '21/11/2026', toWhom: 'Jamie and his mum' },
    ailsa.asking,
  );
  const said = { sent, version: 1, words: 'Aye, its fine', by: 'Isla', on: '22/11/2026' };
  await desk.act(comment, said, ailsa.asking);
  expect(await wrong(desk.act(comment, { ...said, version: 2, words: 'No' }, ailsa.asking))).toBe(
    'said-already',
  );
  await desk.act(answerComment, { sent, version: 2, acted: 'We told Gran' }, gordon.asking);
  expect((await read(plan)).sent[0]).toMatchObject({
    comment: 'Aye, its fine',
    saidBy: 'Isla',
    acted: 'We told Gran',
  });
  const asApp = (worker: Worker, text: string) =>
    transaction(database.pools.app, [enter(worker.asking.tokenHash, '')], (rows) => rows.many(sql([text])));
  for (const statement of [
    `update record.plan_edition set words = 'x' where plan_id = '${plan}'`,
    `update record.plan_edition set whole = '{}' where plan_id = '${plan}'`,
    `delete from record.plan_edition where plan_id = '${plan}'`,
    `update record.plan_sent set comment = 'x' where id = '${sent}'`,
    `delete from record.plan_sent where id = '${sent}'`,
    `delete from record.plan where id = '${plan}'`,
    'truncate record.plan_edition',
    'select * from record.plan_quality',
  ])
    await expect(
      asApp(ailsa, statement).then((rows) =>
        rows.length === 0 ? Promise.reject(new Error('nothing')) : rows,
      ),
      statement,
    ).rejects.toThrow();
  expect((await desk.askOne(edition, { plan, number: 1 }, ailsa.asking)).whole.why).toBe('Mornings are hard');
});

test('what cannot be is said in a clear sentence', async () => {
  const { of, plan } = await started();
  const need = (more: object) => wrong(desk.act(addNeed, { plan, need: 'To sleep', ...more }, ailsa.asking));
  expect(await need({ what: 'Ring the nurse', due: '31/2/2027' })).toEqual({
    due: 'Enter the day by which it is done. Write it like 27/3/2026',
  });
  expect(await need({ owner: ailsa.account })).toEqual({ what: 'Write what will be done' });
  expect(await need({ what: 'Ring the nurse', owner: stranger.account })).toEqual({
    owner: 'Choose somebody who works with this family, or write somebody’s name',
  });
  expect(await need({ what: 'Ring the nurse', owner: 'nobody' })).toEqual({
    owner: 'Choose who does it from the list, or write somebody’s name',
  });
  expect(await need({ need: '' })).toEqual({ need: 'Write what the child needs' });
  const on = (more: object) => wrong(agreed(plan, more));
  expect(await on({ on: '23/11/2026' })).toEqual({ on: 'Enter today or an earlier day' });
  expect(await on({ reviewOn: '21/11/2026' })).toEqual({
    reviewOn: 'Enter a day after the day it was agreed',
  });
  expect(await on({ reviewOn: '30/2/2027' })).toEqual({
    reviewOn: 'Enter the day to look at it together again. Write it like 27/3/2026',
  });
  expect(await wrong(desk.act(end, { plan, version: 1, on: '21/11/2026', why: 'x' }, ailsa.asking))).toBe(
    'not-agreed',
  );
  expect(
    await wrong(desk.act(say, { plan, whose: 'other', words: 'x', on: '20/11/2026' }, ailsa.asking)),
  ).toEqual({ person: 'Choose who says it, or write their name' });
  expect(
    await wrong(desk.act(begin, { family: of.id, people: [], level: 'much', why: '', on: '' }, ailsa.asking)),
  ).toMatchObject({
    people: 'Choose whose plan this is',
    level: 'Choose how much help this is',
    why: 'Write why there is a plan',
  });
  // Somebody who has left the family since cannot be given what is to be done.
  await desk.act(
    addNeed,
    { plan, need: 'To sleep', what: 'Ring the nurse', owner: gordon.account },
    ailsa.asking,
  );
  await database.superuser.query(
    'update access.reason set until = now() where subject = $1 and holder = $2',
    [of.id, gordon.account],
  );
  expect(await on({})).toEqual({
    form: 'Gordon Rennie does not work with this family any more. Choose who does “Ring the nurse”, and agree the plan again',
  });
  expect((await read(plan)).state).toBe('draft');
});

test('those who do not work with the family, or have another role, find nothing', async () => {
  const { of, plan } = await started();
  await desk.act(addNeed, { plan, need: 'To sleep' }, ailsa.asking);
  const { needs, seen } = await read(plan);
  for (const worker of [stranger, health, finance]) {
    await expect(read(plan, worker)).rejects.toMatchObject({ status: 404 });
    for (const doing of [
      () =>
        desk.act(change, { plan, version: 1, level: 'intensive', why: 'x', on: '20/11/2026' }, worker.asking),
      () => desk.act(addNeed, { plan, need: 'x' }, worker.asking),
      () => desk.act(changeNeed, { id: needs[0]?.id, version: 1, need: 'x' }, worker.asking),
      () => desk.act(addAction, { need: needs[0]?.id, what: 'x' }, worker.asking),
      () => desk.act(agree, { plan, version: seen, on: '21/11/2026', reviewOn: '21/5/2027' }, worker.asking),
      () => desk.act(send, { plan, on: '21/11/2026', toWhom: 'x' }, worker.asking),
    ])
      await expect(doing()).rejects.toMatchObject({ status: 404 });
  }
  expect(await desk.ask(ofFamily, { family: of.id }, stranger.asking)).toEqual([]);
  expect((await desk.ask(aboutPerson, { person: of.jamie }, gordon.asking)).map((each) => each.id)).toEqual([
    plan,
  ]);
});

test('a review is due from whoever leads the plan, else from whoever began it', async () => {
  const { of, plan } = await started();
  await agreed(plan, { on: '1/11/2026', reviewOn: '30/11/2026' });
  const due = async (worker: Worker) => (await desk.ask(toReview, {}, worker.asking)).map(({ id }) => id);
  expect(await due(ailsa)).toContain(plan);
  expect(await due(gordon)).not.toContain(plan);
  await database.superuser.query(
    `insert into access.reason (subject, holder, kind, scope) values ($1, $2, 'lead-professional', 'practice')`,
    [of.id, gordon.account],
  );
  expect(await due(gordon)).toContain(plan);
  expect(await due(ailsa)).not.toContain(plan);
  expect((await read(plan)).lead).toBe('Gordon Rennie');
});
