import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { computeMeasure } from '../../platform/measures/compute.ts';
import type { Worker } from '../../platform/testing/people.ts';
import { ask, turnAway, withdraw } from './asking.ts';
import { accept, handOver, room } from './coordinating.ts';
import { planDocumentOf } from './document.ts';
import { measures } from './measures.ts';
import { arrange, hold } from './meeting.ts';
import { addGuest, changeGuest, prepare } from './network.ts';
import { answerPlan, end, give, review, writePlan } from './planning.ts';
import { mine, ofFamily, rooms, start, waiting } from './queries.ts';
import { type Asked, askInput, familyWorld, planInput } from './testing.ts';

let now = Temporal.Instant.from('2026-11-18T12:00:00Z');
const world = await familyWorld(() => now);
const { database, desk, ailsa, shona, calum, manager } = world;
afterAll(() => database.close());

const sees = async (by: Worker, family: string): Promise<boolean> => {
  const { rows } = await database.superuser.query(
    `select from access.reason r where r.subject = $1 and r.scope = 'practice' and (r.until is null or r.until > clock_timestamp())
       and (r.holder = $2 or r.holder = $3)`,
    [family, by.account, by.post],
  );
  return rows.length > 0;
};
const notSeen = { status: 404, code: 'not-found' };

test('asked for: the coordinators see the family from then, nobody else gains, and there is one at a time', async () => {
  const of = await world.family();
  const other = await world.worker('Somebody Else', { team: 'Another team' });
  expect(await sees(shona, of.family)).toBe(false);
  const id = await world.asked(of);
  expect(await sees(shona, of.family)).toBe(true);
  expect(await sees(other, of.family)).toBe(false);
  await expect(world.open(id, other)).rejects.toThrow('not seen');
  expect(await world.open(id)).toMatchObject({
    state: 'waiting',
    bottomLine: 'Jamie sleeps somewhere with an adult he knows',
    bottomLineName: 'Ailsa Drummond',
    guests: [{ child: true, standing: 'to be asked' }],
  });
  await expect(world.asked(of)).rejects.toMatchObject({ code: 'asked-already' });
  expect((await desk.ask(waiting, {}, shona.asking)).map(({ about }) => about)).toContain(of.family);
  expect((await desk.ask(waiting, {}, other.asking)).map(({ about }) => about)).not.toContain(of.family);
});

test('what is missing is said by its field, and a bottom line belongs to somebody who works with the family', async () => {
  const of = await world.family();
  const away = await world.worker('Away Worker', { team: 'Away', organisation: 'Another Council' });
  await expect(
    desk.act(ask, askInput(of, away, { children: [of.isla], decide: ' ' }), ailsa.asking),
  ).rejects.toMatchObject({ fields: { decide: 'Write what the family needs to decide' } });
  await expect(
    desk.act(ask, askInput(of, away, { children: [of.isla] }), ailsa.asking),
  ).rejects.toMatchObject({
    fields: {
      children: 'Choose children or young people of this family',
      bottomLineOf: 'Choose somebody who works with this family',
    },
  });
  // Another organisation does not see the family, and cannot ask for it.
  await expect(desk.act(ask, askInput(of, away), away.asking)).rejects.toMatchObject(notSeen);
});

test('two coordinators accept at once: one does, the second is told who was first', async () => {
  const of = await world.family();
  const id = await world.asked(of);
  const both = await Promise.allSettled(
    [shona, calum].map((by) =>
      desk.act(accept, { process: id, version: 1, outOfTurn: 'Both said so' }, by.asking, {
        key: randomUUID(),
      }),
    ),
  );
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const refused = both.find((each) => each.status === 'rejected');
  expect(refused?.reason).toMatchObject({
    status: 409,
    code: 'not-now',
    detail: expect.stringMatching(/^(Shona Baird|Calum Orr) was first/),
  });
  const { coordinatorId, planBy, acceptedOn } = await world.open(id, ailsa);
  expect([shona.account, calum.account]).toContain(coordinatorId);
  expect(acceptedOn?.toString()).toBe('2026-11-18');
  expect(planBy?.toString()).toBe('2027-02-10');
  // Only the coordinator sees the family from then on.
  expect(await sees(shona, of.family)).toBe(coordinatorId === shona.account);
  expect(await sees(calum, of.family)).toBe(coordinatorId === calum.account);
  expect(await sees(manager, of.family)).toBe(false);
});

test('the last place goes to one family, however many are taken on at once', async () => {
  const kirsty = await world.worker('Kirsty Mair', {
    team: 'Family group decision making',
    service: 'family-group',
    role: 'family-support-worker',
  });
  const [one, two] = [await world.family(), await world.family()];
  const ids = [await world.asked(one), await world.asked(two)];
  const takeOn = (id: string) =>
    desk.act(accept, { process: id, version: 1, outOfTurn: 'Ours' }, kirsty.asking, { key: randomUUID() });
  await expect(takeOn(ids[0] ?? '')).rejects.toMatchObject({ code: 'no-room' });
  await desk.act(room, { version: 0, atOnce: 1 }, kirsty.asking);
  const both = await Promise.allSettled(ids.map(takeOn));
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(both.find((each) => each.status === 'rejected')?.reason).toMatchObject({
    code: 'no-room',
    detail: expect.stringMatching(/1 family now and take 1 at once/),
  });
  const mineNow = (await desk.ask(rooms, {}, manager.asking)).find(({ id }) => id === kirsty.account);
  expect(mineNow).toMatchObject({ now: 1, atOnce: 1 });
  // Another number for the same day stands in its place; one from a page that is out of date does not.
  await desk.act(room, { version: 1, atOnce: 2 }, kirsty.asking);
  await expect(desk.act(room, { version: 1, atOnce: 9 }, kirsty.asking)).rejects.toMatchObject({
    code: 'changed-meanwhile',
  });
  await desk.act(room, { coordinator: kirsty.account, version: 2, atOnce: 3 }, manager.asking);
  await expect(
    desk.act(room, { coordinator: kirsty.account, version: 3, atOnce: 4 }, shona.asking),
  ).rejects.toMatchObject({ code: 'not-yours' });
  await expect(desk.act(room, { version: 0, atOnce: 4 }, ailsa.asking)).rejects.toMatchObject({
    code: 'not-a-coordinator',
  });
});

test('the list is in order: one that is not next is taken with a reason; one who asked takes none', async () => {
  const [first, second] = [await world.family(), await world.family()];
  await world.asked(first);
  const id = await world.asked(second);
  const { next } = await world.open(id);
  expect(next).toMatch(/^FAMILY-2026-/);
  await expect(desk.act(accept, { process: id, version: 1 }, shona.asking)).rejects.toMatchObject({
    fields: { outOfTurn: expect.stringMatching(/is next in the list/) },
  });
  await expect(
    desk.act(accept, { process: id, version: 1, outOfTurn: 'x' }, ailsa.asking),
  ).rejects.toMatchObject({ code: 'not-your-team' });
  const urgent = await world.family();
  const now_ = await world.asked(urgent, { emergency: 'yes' });
  await desk.act(accept, { process: now_, version: 1 }, shona.asking);
  expect((await world.open(now_)).meetBy?.toString()).toBe('2026-11-25');
});

test('the same form twice asks once; a stale one is told that it changed', async () => {
  const of = await world.family();
  const key = randomUUID();
  const one = await desk.act(ask, askInput(of, ailsa), ailsa.asking, { key });
  const two = await desk.act(ask, askInput(of, ailsa), ailsa.asking, { key });
  expect(two.process).toBe(one.process);
  await expect(
    desk.act(withdraw, { process: one.process, version: 7, why: 'x' }, ailsa.asking),
  ).rejects.toMatchObject({ code: 'changed-meanwhile' });
});

test('turned away with where the family goes next, or withdrawn: the coordinators stop seeing it', async () => {
  for (const how of ['turned away', 'withdrawn']) {
    const of = await world.family();
    const id = await world.asked(of);
    if (how === 'turned away')
      await desk.act(
        turnAway,
        { process: id, version: 1, why: 'They have decided', next: 'Close to Home' },
        shona.asking,
      );
    else {
      await expect(
        desk.act(withdraw, { process: id, version: 1, why: 'x' }, shona.asking),
      ).rejects.toMatchObject({ code: 'not-yours' });
      await desk.act(withdraw, { process: id, version: 1, why: 'Gran has him' }, ailsa.asking);
    }
    expect(await sees(shona, of.family)).toBe(false);
    expect(await world.open(id, ailsa)).toMatchObject({ state: 'not taken' });
  }
});

test('the network: of the record, or by name with their agreement; who should not be there is said with why', async () => {
  const of = await world.family();
  const id = await world.taken(of);
  const add = (more: object, by = shona) => desk.act(addGuest, { process: id, ...more }, by.asking);
  await expect(add({ standing: 'to be asked' })).rejects.toMatchObject({
    fields: { person: expect.any(String) },
  });
  await expect(add({ named: 'Wee Tam', standing: 'to be asked' })).rejects.toMatchObject({
    fields: { namedAgreed: expect.stringMatching(/leave them out/) },
  });
  await expect(add({ person: of.isla, standing: 'should not be there' })).rejects.toMatchObject({
    fields: { whyNot: expect.any(String) },
  });
  await expect(add({ person: of.isla, standing: 'comes', askedBy: 'Jamie' }, ailsa)).rejects.toMatchObject({
    code: 'not-the-coordinator',
  });
  // Nobody of a record that the coordinator does not see.
  const far = await world.family();
  await expect(add({ person: far.isla, standing: 'to be asked' })).rejects.toMatchObject({
    fields: { person: 'Choose somebody from the list' },
  });
  const { guest } = await add({ person: of.isla, standing: 'asked', askedBy: 'Jamie' });
  await expect(add({ person: of.isla, standing: 'to be asked' })).rejects.toMatchObject({
    code: 'there-already',
  });
  await add({ named: 'Wee Tam', namedAgreed: 'On the phone', standing: 'cannot come', view: 'I can drive' });
  const change = { process: id, guest, standing: 'should not be there', whyNot: 'An order says so' };
  await desk.act(changeGuest, { ...change, version: 1 }, shona.asking);
  await expect(desk.act(changeGuest, { ...change, version: 1 }, shona.asking)).rejects.toMatchObject({
    code: 'changed-meanwhile',
  });
  await expect(
    desk.act(prepare, { process: id, guest, on: '19/11/2026', way: 'at home' }, shona.asking),
  ).rejects.toMatchObject({ fields: { on: expect.stringMatching(/not come yet/) } });
  await desk.act(
    prepare,
    { process: id, guest, on: '18/11/2026', way: 'at home', needs: 'A lift' },
    shona.asking,
  );
  const it = await world.open(id);
  expect(it.guests.map(({ standing }) => standing)).toEqual([
    'to be asked',
    'should not be there',
    'cannot come',
  ]);
  expect(it.preparations).toMatchObject([{ needs: 'A lift', by: 'Shona Baird' }]);
  // They are not written down as having come.
  const when = { process: id, on: '18/11/2026', began: '2pm' };
  await desk.act(arrange, { ...when, kind: 'family meeting', place: 'The hall' }, shona.asking);
  await expect(
    desk.act(hold, { ...when, information: 'x', privateMinutes: 30, came: [guest] }, shona.asking),
  ).rejects.toMatchObject({ fields: { came: expect.stringMatching(/should not be there/) } });
});

test('from the meeting to the plan: in the family’s words, answered by the bottom line, given, and in the chronology', async () => {
  const of = await world.family();
  const made = await world.met(of);
  const id = made.process;
  const { version } = await world.open(id);
  await expect(
    desk.act(writePlan, { ...planInput(made, version), actions: [{ what: 'Ring Gran' }] }, shona.asking),
  ).rejects.toMatchObject({ fields: { 'guest-0': expect.any(String) } });
  await desk.act(writePlan, planInput(made, version), shona.asking);
  await expect(
    desk.act(answerPlan, { process: id, version: version + 1, answer: 'agreed' }, shona.asking),
  ).rejects.toMatchObject({
    code: 'not-your-bottom-line',
    detail: expect.stringMatching(/^Ailsa Drummond holds/),
  });
  expect((await desk.ask(mine, {}, ailsa.asking)).find((each) => each.id === id)).toMatchObject({
    as: 'bottom line',
  });
  const no = { process: id, version: version + 1, answer: 'not agreed' };
  await expect(desk.act(answerPlan, no, ailsa.asking)).rejects.toMatchObject({
    fields: { why: expect.any(String) },
  });
  await desk.act(answerPlan, { ...no, why: 'Who has Jamie on Fridays?' }, ailsa.asking);
  expect(await world.open(id)).toMatchObject({ state: 'preparing', planAgreedOn: null });
  // The family changes its plan; the one that was not agreed stays as it was.
  const second = await world.open(id);
  await desk.act(writePlan, planInput(made, second.version), shona.asking);
  await desk.act(answerPlan, { process: id, version: second.version + 1, answer: 'agreed' }, ailsa.asking);
  const it = await world.open(id);
  expect(it.state).toBe('following');
  expect(it.plans.map(({ standing }) => standing)).toEqual(['agreed', 'not agreed']);
  expect(it.plans[0]?.actions).toMatchObject([
    { what: 'Pack the blue bag', who: expect.stringMatching(/^Isla/), service: false },
    { what: 'Book the taxi', who: 'School transport', service: true },
  ]);
  expect(it.reviews).toHaveLength(1);
  expect(it.reviews[0]?.due.toString()).toBe('2027-02-18');
  await expect(
    database.superuser.query(`update family_group.plan set words = 'Ours' where process_id = $1`, [id]),
  ).rejects.toThrow(/not changed/);
  await desk.act(give, { process: id, to: [made.isla], way: 'by hand', on: '18/11/2026' }, shona.asking);
  expect((await world.open(id)).plans[0]?.given).toMatchObject([{ way: 'by hand' }]);
  const { rows: told } = await database.superuser.query<{ kind: string; from_id: string }>(
    `select kind, from_id from record.event where family_id = $1 and from_area = 'family-group' order by kind`,
    [of.family],
  );
  expect(told.map(({ kind }) => kind)).toEqual(['family-group', 'plan-agreed']);
  for (const { from_id: from } of told) expect((await world.open(from)).id).toBe(id);
  const { rows: tasks } = await database.superuser.query(
    `select what, owner_named from record.task where family_id = $1 and from_area = 'family-group' order by what`,
    [of.family],
  );
  expect(tasks).toMatchObject([{ what: 'Book the taxi' }, { what: 'Pack the blue bag' }]);
  const paper = planDocumentOf(it, Temporal.PlainDate.from('2026-11-18'));
  expect(JSON.stringify(paper)).toContain('Gran has Jamie when Mum is away');
});

test('reviews, the end, where the children live, and who sees the family then', async () => {
  now = Temporal.Instant.from('2026-11-18T12:00:00Z');
  const of: Asked = await world.family();
  await database.superuser.query(
    `with home as (insert into record.address (lines, town, postcode) values ('1 Kirk Wynd', 'Kinbrae', 'KH1 2AB') returning id)
     insert into record.home (person_id, address_id, kind, during)
     select $1::uuid, home.id, k.kind, k.during from home, (values ('foster home', daterange('2026-01-01', '2026-12-01')),
       ('with relatives', daterange('2026-12-01', null))) k (kind, during)`,
    [of.jamie],
  );
  const { process: id } = await world.agreed(of);
  const { version } = await world.open(id);
  await expect(
    desk.act(review, { process: id, version, on: '1/1/2027', said: 'x', outcome: 'goes well' }, shona.asking),
  ).rejects.toMatchObject({ fields: { on: expect.stringMatching(/not come yet/) } });
  now = Temporal.Instant.from('2027-02-18T12:00:00Z');
  await desk.act(
    review,
    { process: id, version, on: '18/2/2027', said: 'Teatime calls are brilliant', outcome: 'goes well' },
    shona.asking,
  );
  await desk.act(
    end,
    {
      process: id,
      version: version + 1,
      ending: 'has what it needs',
      why: 'Jamie is at Gran’s',
      next: 'Gran rings the school',
    },
    shona.asking,
  );
  const it = await world.open(id, ailsa);
  expect(it).toMatchObject({
    state: 'ended',
    whoChildren: [{ before: 'foster home', atEnd: 'with relatives', yearLater: null }],
  });
  const { rows } = await database.superuser.query<{ days: string }>(
    `select extract(day from until - now())::text as days from access.reason where subject = $1 and kind = 'family-group' and holder = $2`,
    [of.family, shona.account],
  );
  expect(Number(rows[0]?.days)).toBeGreaterThanOrEqual(27);
  expect(Number(rows[0]?.days)).toBeLessThanOrEqual(28);
  now = Temporal.Instant.from('2028-02-18T12:00:00Z');
  expect((await world.open(id, ailsa)).whoChildren[0]?.yearLater).toBe('with relatives');
  now = Temporal.Instant.from('2026-11-18T12:00:00Z');
});

test('handed over: the one before sees the family no longer, and the new one has room', async () => {
  const of = await world.family();
  const id = await world.taken(of);
  const { version } = await world.open(id);
  await expect(
    desk.act(handOver, { process: id, version, coordinator: ailsa.account, why: 'x' }, shona.asking),
  ).rejects.toMatchObject({ fields: { coordinator: 'Choose a coordinator from the list' } });
  await desk.act(handOver, { process: id, version, coordinator: calum.account, why: 'Leave' }, shona.asking);
  expect(await sees(shona, of.family)).toBe(false);
  expect(await sees(calum, of.family)).toBe(true);
  expect(await world.open(id, calum)).toMatchObject({ coordinator: 'Calum Orr' });
});

test('figures are counted by the role that reads no name', async () => {
  const of = await world.family();
  await world.agreed(of);
  const during = {
    from: Temporal.PlainDate.from('2026-11-01'),
    to: Temporal.PlainDate.from('2027-03-31'),
  };
  for (const measure of measures) {
    const when = measure.kind === 'on' ? { on: during.to } : { during };
    const cells = await computeMeasure(database.pools, measure, { when, by: [], only: {} }, { small: true });
    expect(cells, measure.id).toHaveLength(1);
  }
  expect((await desk.ask(start, {}, shona.asking))[0]?.mine).toBeGreaterThan(0);
  expect((await desk.ask(ofFamily, { family: of.family }, ailsa.asking))[0]).toMatchObject({
    state: 'following',
  });
  await expect(database.pools.figures.query('select words from family_group.plan')).rejects.toThrow(
    /permission denied/,
  );
  await expect(database.pools.figures.query('select address_id from record.home')).rejects.toThrow(
    /permission denied/,
  );
});
