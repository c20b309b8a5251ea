import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { action } from '../../platform/actions/declare.ts';
import { rowsOn } from '../../platform/database/rows.ts';
import { makeWorker } from '../../platform/testing/people.ts';
import { allocate, handOver, handOverAll } from '../knowing/actions.ts';
import { knowingWorld, leaves, notFound } from '../knowing/testing.ts';
import * as actions from './actions.ts';
import * as clockActions from './clock-actions.ts';
import { clockHistory, clockList, daysOff } from './clock-queries.ts';
import { clocksOn, holidaysHere, isWorkingDay } from './clocks.ts';
import * as queries from './queries.ts';
import { addTask, endTasksOf } from './tasks.ts';

const world = await knowingWorld();
const { database, desk } = world;
afterAll(() => database.close());

const ailsa = await world.worker('Ailsa Drummond');
const callum = await world.worker('Callum Reid');
const morag = await world.worker('Morag Bain', { role: 'team-manager' });
const planner = await world.worker('Pat Planner', { role: 'planning-officer' });
const health = await makeWorker(database, {
  name: 'Hamish Orr',
  organisation: 'NHS Strathmorran',
  team: 'Health visiting',
});
const today = desk.today();
const inDays = (days: number) => today.add({ days }).toString();

const added = async (family: string, more: object = {}, by = ailsa) =>
  (
    await desk.act(
      actions.add,
      { family, what: 'Ring the school about a place', owner: by.account, ...more },
      by.asking,
      { key: randomUUID() },
    )
  ).task;
const one = (task: string, by = ailsa) => desk.askOne(queries.one, { task }, by.asking);
const mine = async (by = ailsa) => (await desk.ask(queries.mine, {}, by.asking)).map((each) => each.task);

test('something to do is in the list of whoever is to do it, the soonest first and those without a day last', async () => {
  const family = await world.family(ailsa);
  const never = await added(family);
  const later = await added(family, { due: inDays(9) });
  const soon = await added(family, { due: inDays(1) });
  expect((await mine()).slice(0, 3)).toEqual([soon, later, never]);
  const [first] = await desk.ask(queries.ofFamily, { family }, ailsa.asking);
  expect(first).toMatchObject({ task: soon, owner: 'Ailsa Drummond', mine: true, owner_gone: false });
  await database.superuser.query('update record.task set due = current_date - 3 where id = $1', [never]);
  expect((await mine())[0]).toBe(never);
});

test('it is done once: of two at the same moment the second is told what came of it', async () => {
  const family = await world.family(ailsa);
  await desk.act(allocate, { family, to: callum.account, as: 'co-worker' }, ailsa.asking);
  const task = await added(family);
  const both = await Promise.allSettled([
    desk.act(actions.done, { task, version: 1, outcome: 'She starts on Monday' }, ailsa.asking),
    desk.act(actions.done, { task, version: 1, outcome: 'They rang back' }, callum.asking),
  ]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const refused = both.find((each) => each.status === 'rejected');
  expect(refused?.reason).toMatchObject({ status: 409, code: 'ended-already' });
  const stands = await one(task);
  expect(stands.state).toBe('done');
  expect(['She starts on Monday', 'They rang back']).toContain(stands.outcome);
  expect(await mine()).not.toContain(task);
  const again = await desk.act(actions.reopen, { task, version: 2 }, ailsa.asking);
  expect(again.task).toBe(task);
  expect(await one(task)).toMatchObject({ state: 'open', outcome: null, version: 3 });
});

test('a change of what was changed meanwhile is refused, and a repeated form does nothing twice', async () => {
  const family = await world.family(ailsa);
  const key = randomUUID();
  const input = { family, what: 'Buy paint with Jamie', owner: ailsa.account };
  const first = await desk.act(actions.add, input, ailsa.asking, { key });
  const second = await desk.act(actions.add, input, ailsa.asking, { key });
  expect(second.task).toBe(first.task);
  const change = { task: first.task, version: 1, what: 'Buy blue paint', owner: ailsa.account };
  await desk.act(actions.change, change, ailsa.asking);
  await expect(desk.act(actions.change, change, ailsa.asking)).rejects.toMatchObject({
    code: 'changed-meanwhile',
  });
  await expect(
    desk.act(actions.done, { task: first.task, version: 1, outcome: 'Done' }, ailsa.asking),
  ).rejects.toMatchObject({ code: 'changed-meanwhile' });
});

test('it can be for somebody in the family, by name, who has no account; and for a team', async () => {
  const family = await world.family(ailsa, 'Lennox');
  const them = await desk.ask(queries.owners, { family }, ailsa.asking);
  const isla = them.find(({ name }) => name === 'Isla Lennox');
  expect(them[0]).toMatchObject({ kind: 'worker', name: 'Ailsa Drummond', mine: true });
  const task = await added(family, { owner: `person:${isla?.id}`, people: [isla?.id] });
  expect(await one(task)).toMatchObject({
    owner: 'Isla Lennox',
    mine: false,
    owner_gone: false,
    people: [{ id: isla?.id, name: 'Isla Lennox' }],
  });
  const named = await added(family, { owner: '', named: 'Granny Jean' });
  expect((await one(named)).owner).toBe('Granny Jean');
  expect(await mine()).not.toContain(named);
  await expect(added(family, { owner: '' })).rejects.toMatchObject({ fields: { owner: expect.any(String) } });
  await expect(added(family, { owner: `person:${randomUUID()}` })).rejects.toMatchObject({ status: 422 });
});

test('nobody is given what they cannot see, and nobody who does not see the family reads or writes it', async () => {
  const family = await world.family(ailsa);
  await expect(added(family, { owner: callum.account })).rejects.toMatchObject({
    status: 422,
    fields: { owner: expect.stringContaining('works with this family') },
  });
  const task = await added(family);
  for (const stranger of [callum, health]) {
    await expect(one(task, stranger)).rejects.toMatchObject(notFound);
    await expect(added(family, {}, stranger)).rejects.toMatchObject(notFound);
    await expect(
      desk.act(actions.done, { task, version: 1, outcome: 'x' }, stranger.asking),
    ).rejects.toMatchObject(notFound);
    await expect(
      desk.act(actions.change, { task, version: 1, what: 'x', named: 'x' }, stranger.asking),
    ).rejects.toMatchObject(notFound);
    await expect(desk.act(actions.reopen, { task, version: 1 }, stranger.asking)).rejects.toMatchObject(
      notFound,
    );
    expect(await desk.ask(queries.ofFamily, { family }, stranger.asking)).toEqual([]);
    expect(await desk.ask(queries.ended, { family }, stranger.asking)).toEqual([]);
    expect(await desk.ask(queries.owners, { family }, stranger.asking)).toEqual([]);
  }
  await expect(desk.ask(queries.mine, {}, planner.asking)).rejects.toMatchObject(notFound);
  expect((await one(task)).version).toBe(1);
});

test('malformed, empty and huge are refused with a sentence for each field', async () => {
  const family = await world.family(ailsa);
  await expect(added(family, { what: ' ' })).rejects.toMatchObject({
    fields: { what: 'Say what is to be done' },
  });
  await expect(added(family, { what: 'x'.repeat(1001) })).rejects.toMatchObject({
    fields: { what: 'Use 1,000 characters or fewer' },
  });
  await expect(added(family, { due: '31/2/2027' })).rejects.toMatchObject({
    fields: { due: 'Enter a day. Write it like 27/3/2026' },
  });
  await expect(added(family, { due: inDays(-1) })).rejects.toMatchObject({
    fields: { due: 'Enter a day that is today or later' },
  });
  const task = await added(family);
  await expect(desk.act(actions.done, { task, version: 1, outcome: '' }, ailsa.asking)).rejects.toMatchObject(
    { fields: { outcome: 'Say what came of it, in a few words' } },
  );
});

test('handing a family over hands over what is to be done, and leaves alone what others do', async () => {
  const family = await world.family(ailsa);
  const own = await added(family, { due: inDays(2) });
  const isla = await added(family, { owner: '', named: 'Isla' });
  const finished = await added(family);
  await desk.act(actions.done, { task: finished, version: 1, outcome: 'Done' }, ailsa.asking);
  const reason = await world.reason(family, ailsa.account);
  await desk.act(handOver, { family, reason, to: callum.account }, ailsa.asking);
  expect(await mine(ailsa)).not.toContain(own);
  await expect(one(own, ailsa)).rejects.toMatchObject(notFound);
  expect(await mine(callum)).toContain(own);
  expect(await one(own, callum)).toMatchObject({ owner: 'Callum Reid', version: 2 });
  expect((await one(isla, callum)).owner).toBe('Isla');
  const { rows } = await database.superuser.query('select owner_account from record.task where id = $1', [
    finished,
  ]);
  expect(rows[0].owner_account).toBe(ailsa.account);
  // A stale form of the one who had it before is not taken.
  await expect(
    desk.act(actions.done, { task: own, version: 1, outcome: 'x' }, callum.asking),
  ).rejects.toMatchObject({ code: 'changed-meanwhile' });
});

test('what somebody who has left was to do is shown as nobody’s, and goes over with their families', async () => {
  const leaver = await world.worker('Lorna Leaver');
  const family = await world.family(leaver);
  await desk.act(allocate, { family, to: ailsa.account, as: 'co-worker' }, leaver.asking);
  const task = await added(family, {}, leaver);
  await leaves(world, leaver);
  expect(await one(task)).toMatchObject({ owner: 'Lorna Leaver', owner_gone: true });
  await expect(
    desk.act(actions.change, { task, version: 1, what: 'x', owner: leaver.account }, ailsa.asking),
  ).rejects.toMatchObject({ status: 422 });
  const alone = await world.worker('Sole Worker');
  const lost = await world.family(alone);
  const theirs = await added(lost, {}, alone);
  await leaves(world, alone);
  await desk.act(handOverAll, { worker: alone.account, families: [lost], to: callum.account }, morag.asking);
  expect(await one(theirs, callum)).toMatchObject({ owner: 'Callum Reid', owner_gone: false });
});

test('what arose from something ends with it; what comes twice is written once', async () => {
  const family = await world.family(ailsa);
  const [plan, id] = [randomUUID(), randomUUID()];
  const write = action({
    name: 'test.write',
    title: 'Write what a plan asks for',
    who: 'anyone signed in',
    about: 'the family',
    input: z.object({}),
    async run({ rows }) {
      for (const turn of [1, 2])
        await addTask(rows, {
          family,
          what: `Turn ${turn}`,
          owner: { account: ailsa.account },
          from: { area: 'plans', id: plan },
          id,
        });
      await addTask(rows, {
        family,
        what: 'Another',
        owner: { named: 'Isla' },
        from: { area: 'plans', id: plan },
      });
      return { about: [family] };
    },
  });
  const close = action({
    ...write,
    name: 'test.close',
    async run({ rows }) {
      return {
        about: [family],
        ended: await endTasksOf(rows, { area: 'plans', id: plan }, 'The plan has come to an end'),
      };
    },
  });
  await desk.act(write, {}, ailsa.asking);
  const open = await desk.ask(queries.ofFamily, { family }, ailsa.asking);
  expect(open.map(({ what }) => what).toSorted()).toEqual(['Another', 'Turn 1']);
  expect(await desk.act(close, {}, ailsa.asking)).toMatchObject({ ended: 2 });
  expect(await one(id)).toMatchObject({ state: 'not needed', outcome: 'The plan has come to an end' });
});

const onDay = async (day: string) => {
  const client = await database.pools.app.connect();
  try {
    return await clocksOn(rowsOn(client), Temporal.PlainDate.from(day));
  } finally {
    client.release();
  }
};

test('a clock is changed from a day on by a planner; what was before stands with its source', async () => {
  expect((await onDay('2015-01-01')).get('cppm-initial')).toMatchObject({ amount: 21 });
  expect((await onDay('2026-11-22')).get('cppm-initial')).toMatchObject({
    amount: 28,
    unit: 'calendar days',
  });
  const input = {
    clock: 'meeting-notes',
    version: 1,
    amount: '5',
    unit: 'working days',
    from: inDays(10),
    source: 'Decision of the partnership',
  };
  await expect(desk.act(clockActions.setClock, input, ailsa.asking)).rejects.toMatchObject(notFound);
  await expect(
    desk.act(clockActions.setClock, { ...input, from: inDays(-1) }, planner.asking),
  ).rejects.toMatchObject({ fields: { from: 'Enter a day that is today or later' } });
  await expect(
    desk.act(clockActions.setClock, { ...input, from: '30/2/2027' }, planner.asking),
  ).rejects.toMatchObject({ fields: { from: expect.stringContaining('Write it like') } });
  await expect(
    desk.act(clockActions.setClock, { ...input, amount: '0' }, planner.asking),
  ).rejects.toMatchObject({ status: 422 });
  await desk.act(clockActions.setClock, input, planner.asking);
  await expect(desk.act(clockActions.setClock, input, planner.asking)).rejects.toMatchObject({
    code: 'changed-meanwhile',
  });
  expect((await onDay(inDays(9))).get('meeting-notes')?.amount).toBe(10);
  expect((await onDay(inDays(10))).get('meeting-notes')?.amount).toBe(5);
  const history = await desk.ask(clockHistory, { clock: 'meeting-notes' }, ailsa.asking);
  expect(history.map(({ amount, set_by }) => [amount, set_by])).toEqual([
    [5, 'Pat Planner'],
    [10, null],
  ]);
  expect(
    (await desk.ask(clockList, {}, ailsa.asking)).filter(({ id }) => id === 'meeting-notes'),
  ).toHaveLength(2);
  // Set again for the same day before it comes: the one that never held gives way.
  await desk.act(clockActions.setClock, { ...input, version: 2, amount: 7 }, planner.asking);
  expect((await onDay(inDays(10))).get('meeting-notes')?.amount).toBe(7);
});

test('a day off is written down and taken out again', async () => {
  const off = { day: '2027-06-21', title: 'A day for football', source: 'Royal proclamation' };
  await expect(desk.act(clockActions.addDayOff, off, ailsa.asking)).rejects.toMatchObject(notFound);
  await desk.act(clockActions.addDayOff, off, planner.asking);
  await expect(desk.act(clockActions.addDayOff, off, planner.asking)).rejects.toMatchObject({
    fields: { day: 'This day is in the list already' },
  });
  const works = async () => {
    const client = await database.pools.app.connect();
    try {
      return isWorkingDay(Temporal.PlainDate.from(off.day), await holidaysHere(rowsOn(client)));
    } finally {
      client.release();
    }
  };
  expect(await works()).toBe(false);
  await desk.act(clockActions.endDayOff, { day: off.day }, planner.asking);
  expect(await works()).toBe(true);
  await expect(desk.act(clockActions.endDayOff, { day: off.day }, planner.asking)).rejects.toMatchObject({
    status: 409,
  });
  expect(await desk.ask(daysOff, {}, ailsa.asking)).toMatchObject([{ title: off.title, counts: false }]);
});

test('no list of mine reads further than its page, with ten thousand things to do', async () => {
  const family = await world.family(ailsa);
  await database.superuser.query(
    `insert into record.task (family_id, what, owner_account, due, from_area, made_by)
     select $1, 'Thing ' || n, $2, current_date + (n % 400) - 100, 'tasks', $2 from generate_series(1, 10000) n`,
    [family, ailsa.account],
  );
  await database.superuser.query('analyze record.task');
  const began = performance.now();
  for (let turn = 0; turn < 5; turn++) await desk.ask(queries.mine, {}, ailsa.asking);
  expect((performance.now() - began) / 5).toBeLessThan(200);
  let pages = 0;
  let seen = 0;
  let after: { afterDue?: string; afterId?: string } = {};
  for (; pages < 3; pages++) {
    const page = await desk.ask(queries.mine, after, ailsa.asking);
    seen += new Set(page.map(({ task }) => task)).size;
    const last = page.at(-1);
    after = { afterDue: last?.due?.toString() ?? '', afterId: last?.task ?? '' };
  }
  expect(seen).toBe(150);
});
