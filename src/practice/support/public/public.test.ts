import sql from 'sql-template-tag';
import { afterAll, expect, test } from 'vitest';
import { enter } from '../../../platform/access/identity.ts';
import { transaction } from '../../../platform/database/transaction.ts';
import { computeMeasure } from '../../../platform/measures/compute.ts';
import { rowsQuery } from '../../../platform/measures/rows.ts';
import { measures } from '../measures.ts';
import { request } from '../queries.ts';
import { neuro, notFound, supportWorld } from '../testing.ts';
import { answer, hand, make, markNotReal, setFrontDoor, take } from './actions.ts';
import { climbOutside, forgetOutside } from './job.ts';
import { box, one, waitingOutside } from './queries.ts';
import { asNobody, sentBy, toldBy, visitAt } from './testing.ts';
import { comeBack, giveCode, heldOf, keep, leave, send } from './visiting.ts';

const now = Temporal.Instant.from('2026-11-18T12:00:00Z');
const today = Temporal.PlainDate.from('2026-11-18');
const world = await supportWorld(() => now);
const { database, desk, ailsa, niamh, rory, mairi, manager } = world;
const nobody = asNobody(world);
afterAll(() => database.close());

const row = async (id: string) =>
  (
    await database.superuser.query<Record<string, unknown>>(
      `select *, answer_by::text as answer from support.asked_outside where id = $1`,
      [id],
    )
  ).rows[0];

test('what is written is kept for its browser alone, and nobody who works here reads it before it is sent', async () => {
  const visit = visitAt(now);
  await nobody((rows) => keep(rows, visit, toldBy({ help: 'Not sent yet' })));
  const held = await nobody((rows) => heldOf(rows, visit));
  expect(held).toMatchObject({ state: 'draft', hasCode: false });
  expect(held?.told.help).toBe('Not sent yet');
  expect(held?.keptUntil.toString()).toBe('2026-12-19T00:00:00Z');
  expect(await nobody((rows) => heldOf(rows, visitAt(now)))).toBeUndefined();
  for (const worker of [ailsa, niamh, mairi])
    expect(
      await transaction(database.pools.app, [enter(worker.asking.tokenHash, '')], (rows) =>
        rows.many(sql`select id, told from support.asked_outside where state = 'draft'`),
      ),
    ).toEqual([]);
  expect(await nobody((rows) => rows.many(sql`select id from support.asked_outside`))).toEqual([]);
});

test('a reference and a code lead back, in another browser; five wrong codes close the reference for an hour', async () => {
  const visit = visitAt(now);
  await nobody((rows) => keep(rows, visit, toldBy()));
  const code = (await nobody((rows) => giveCode(rows, visit))) ?? '';
  const reference = (await nobody((rows) => heldOf(rows, visit)))?.reference ?? '';
  const { rows: kept } = await database.superuser.query<{ code_phc: string }>(
    'select code_phc from support.asked_outside where reference = $1',
    [reference],
  );
  expect(kept[0]?.code_phc).toMatch(/^\$argon2id\$/);
  expect(kept[0]?.code_phc).not.toContain(code);
  const elsewhere = visitAt(now);
  expect(await comeBack(nobody, elsewhere, 'ASK-2222-2222', code)).toBe('wrong');
  expect(await comeBack(nobody, elsewhere, reference, code)).toBe('in');
  expect((await nobody((rows) => heldOf(rows, elsewhere)))?.told.name).toBe('Skye Munro');
  expect(await nobody((rows) => heldOf(rows, visit))).toBeUndefined();
  const guesser = visitAt(now);
  for (let i = 0; i < 5; i++) expect(await comeBack(nobody, guesser, reference, 'AAAAA-AAAAA')).toBe('wrong');
  expect(await comeBack(nobody, guesser, reference, code)).toBe('closed');
  const later = { ...guesser, now: now.add({ hours: 2 }) };
  expect(await comeBack(nobody, later, reference, code)).toBe('in');
  // Its time is over.
  expect(await comeBack(nobody, { ...visitAt(now), now: now.add({ hours: 24 * 32 }) }, reference, code)).toBe(
    'wrong',
  );
});

test('leaving deletes what nobody could come back to, and keeps what has a code', async () => {
  const [without, coded] = [visitAt(now), visitAt(now)];
  await nobody((rows) => keep(rows, without, toldBy()));
  await nobody((rows) => keep(rows, coded, toldBy()));
  const code = (await nobody((rows) => giveCode(rows, coded))) ?? '';
  const reference = (await nobody((rows) => heldOf(rows, coded)))?.reference ?? '';
  await nobody((rows) => leave(rows, without));
  await nobody((rows) => leave(rows, coded));
  for (const visit of [without, coded]) expect(await nobody((rows) => heldOf(rows, visit))).toBeUndefined();
  const { rows } = await database.superuser.query(
    'select from support.asked_outside where token_hash = any ($1)',
    [[without.visitor, coded.visitor]],
  );
  expect(rows).toEqual([]);
  expect(await comeBack(nobody, visitAt(now), reference, code)).toBe('in');
});

test('sent twice is sent once, goes to the team of the programme, and no other team sees any of it', async () => {
  const visit = visitAt(now);
  const id = await sentBy(world, visit);
  await nobody((rows) => send(rows, visit, toldBy()));
  expect(await nobody((rows) => keep(rows, visit, toldBy({ help: 'Changed afterwards' })))).toBe(false);
  const kept = await row(id);
  expect(kept).toMatchObject({
    state: 'sent',
    programme: neuro,
    team_id: niamh.team,
    source: 'young person',
  });
  expect(kept?.told).toMatchObject({ help: 'I can’t sleep and school is too loud.' });
  const { rows: steps } = await database.superuser.query(
    'select from support.asked_outside_step where asked_id = $1',
    [id],
  );
  expect(steps).toHaveLength(1);
  const { rows: notices } = await database.superuser.query<{ words: string }>(
    'select words from platform.notice where link = $1',
    [`/support/asked/${id}`],
  );
  expect(notices).toHaveLength(3);
  expect(notices.some(({ words }) => words.includes('Skye'))).toBe(false);
  expect((await desk.ask(box, {}, niamh.asking)).map(({ about }) => about)).toContain(id);
  expect((await desk.askOne(one, { asked: id }, niamh.asking)).told.view).toBe('Please don’t tell my class.');
  for (const other of [ailsa, mairi]) {
    expect(await desk.ask(box, {}, other.asking)).toEqual([]);
    expect(await desk.ask(one, { asked: id }, other.asking)).toEqual([]);
    await expect(desk.act(take, { asked: id, version: 2 }, other.asking)).rejects.toMatchObject(notFound);
    const read = await transaction(database.pools.app, [enter(other.asking.tokenHash, '')], async (rows) => [
      await rows.many(sql`select id, told from support.asked_outside where id = ${id}`),
      await rows.many(sql`select id from support.asked_outside_step where asked_id = ${id}`),
      await rows.run(sql`update support.asked_outside set state = 'acknowledged' where id = ${id}`),
    ]);
    expect(read).toEqual([[], [], 0]);
  }
  // What leads back to it is no worker's to read.
  await expect(
    transaction(database.pools.app, [enter(niamh.asking.tokenHash, '')], (rows) =>
      rows.many(sql`select code_phc from support.asked_outside`),
    ),
  ).rejects.toThrow(/permission denied/);
});

test('without a programme, or with one that is for others, it goes to the front door', async () => {
  const toFront = await row(await sentBy(world, visitAt(now), { programme: '' }));
  expect(toFront).toMatchObject({ team_id: ailsa.team, programme: null });
  const tooOld = await row(await sentBy(world, visitAt(now), { age: '60' }));
  expect(tooOld).toMatchObject({ team_id: ailsa.team, programme: null });
  const planner = await world.worker('Planner', { role: 'planning-officer' });
  await desk.act(setFrontDoor, { teams: [mairi.team] }, planner.asking);
  expect(await row(await sentBy(world, visitAt(now), { programme: '' }))).toMatchObject({
    team_id: mairi.team,
  });
  await desk.act(setFrontDoor, { teams: [] }, planner.asking);
  expect((await desk.askOne(waitingOutside, {}, mairi.asking)).waiting).toBe(1);
});

test('two workers who take it at once: one has it, the other is told who', async () => {
  const id = await sentBy(world, visitAt(now));
  const both = await Promise.allSettled([
    desk.act(take, { asked: id, version: 2 }, niamh.asking),
    desk.act(take, { asked: id, version: 2 }, rory.asking),
  ]);
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const refused = both.find((each) => each.status === 'rejected');
  expect(refused?.reason).toMatchObject({ status: 409 });
  expect(String(refused?.reason.message)).toMatch(/^(Niamh Docherty|Rory Weir) has it now$/);
  await desk.act(
    answer,
    { asked: id, version: 3, next: 'The hub on Tuesdays', why: 'I phoned Skye at four' },
    niamh.asking,
  );
  await expect(
    desk.act(markNotReal, { asked: id, version: 3, why: 'It is nobody' }, rory.asking),
  ).rejects.toMatchObject({
    code: 'answered-already',
    detail: expect.stringContaining('Niamh Docherty answered first'),
  });
});

test('it becomes a request of a family they see, with every word, and its clock runs from when it was sent', async () => {
  const of = await world.family('Munro');
  await world.helped(of);
  const id = await sentBy(world, visitAt(now.subtract({ hours: 24 * 5 })));
  const input = {
    asked: id,
    version: 2,
    family: of.family,
    programme: neuro,
    people: [of.jamie],
    urgency: 'soon',
  };
  const unseen = await world.family('Unseen');
  await expect(
    desk.act(make, { ...input, family: unseen.family, people: [unseen.jamie] }, niamh.asking),
  ).rejects.toMatchObject(notFound);
  await expect(desk.act(make, { ...input, people: [] }, niamh.asking)).rejects.toMatchObject({ status: 422 });
  const made = await desk.act(make, input, niamh.asking);
  const opened = await desk.askOne(request, { request: made.id }, niamh.asking);
  expect(opened).toMatchObject({
    state: 'acknowledged',
    source: 'young person',
    reason: 'I can’t sleep and school is too loud.',
    view: 'I can’t sleep and school is too loud.\n\nPlease don’t tell my class.',
    tried: 'Headphones',
  });
  expect(opened.sentOn.toString()).toBe('2026-11-13');
  expect(opened.answers.find(({ id: name }) => name === 'outside-safe')?.words).toBe(
    'After four, and only me\nDo not leave a voicemail\nDo not send a letter',
  );
  const kept = await row(id);
  expect(kept).toMatchObject({ state: 'made', request_id: made.id, told: {} });
  expect(opened.answerBy.toString()).toBe(kept?.answer);
  await expect(desk.act(make, { ...input, version: 3 }, niamh.asking)).rejects.toMatchObject({ status: 409 });
});

test('too old on the day on which it was asked is explained, and nothing of it is lost; nobody grows too old while it waits', async () => {
  const of = await world.family('Weir');
  await world.helped(of);
  const id = await sentBy(world, visitAt(now.subtract({ hours: 24 * 2 })));
  const input = {
    asked: id,
    version: 2,
    family: of.family,
    programme: neuro,
    people: [of.jamie],
    urgency: 'soon',
  };
  const bornOn = (day: Temporal.PlainDate) =>
    database.superuser.query('update record.person set date_of_birth = $2 where id = $1', [
      of.jamie,
      day.toString(),
    ]);
  await bornOn(today.subtract({ years: 18, days: 2 }));
  await expect(desk.act(make, input, niamh.asking)).rejects.toMatchObject({
    code: 'not-for-them',
    fields: { people: expect.stringContaining('is 18 on 16 November 2026') },
  });
  const kept = await row(id);
  expect(kept).toMatchObject({ state: 'sent', request_id: null });
  expect(kept?.told).toMatchObject({ help: 'I can’t sleep and school is too loud.' });
  // Seventeen when it was sent, and eighteen now.
  await bornOn(today.subtract({ years: 18, days: 1 }));
  await desk.act(make, input, niamh.asking);
});

test('handed on, the other team has it and this one does not', async () => {
  const id = await sentBy(world, visitAt(now));
  const stale = { asked: id, version: 1, team: mairi.team, why: 'They know the school' };
  await expect(desk.act(hand, stale, niamh.asking)).rejects.toMatchObject({ status: 409 });
  await desk.act(hand, { ...stale, version: 2 }, niamh.asking);
  expect(await desk.ask(one, { asked: id }, niamh.asking)).toEqual([]);
  expect(await desk.askOne(one, { asked: id }, mairi.asking)).toMatchObject({ state: 'sent' });
});

test('what nobody answers goes up, and is seen from there', async () => {
  const id = await sentBy(world, visitAt(now.subtract({ hours: 24 * 30 })));
  const senior = await world.worker('Senior', {
    organisation: 'Cairn Family Trust',
    team: 'Managers',
    service: 'third-sector',
    role: 'senior-manager',
  });
  expect(await desk.ask(one, { asked: id }, senior.asking)).toEqual([]);
  const up = await transaction(database.pools.owner, [], (rows) => climbOutside(rows, today));
  expect(up).toBe(1);
  expect(await transaction(database.pools.owner, [], (rows) => climbOutside(rows, today))).toBe(0);
  expect(await desk.askOne(one, { asked: id }, senior.asking)).toMatchObject({ climbed: 2 });
  const of = async (account: string) =>
    (
      await database.superuser.query('select from platform.notice where account_id = $1 and words like $2', [
        account,
        'Nobody has answered somebody%',
      ])
    ).rows.length;
  expect(await of(senior.account)).toBe(1);
  expect(await of(manager.account)).toBe(0);
});

test('what was never sent is deleted when its time is over; what was answered is emptied later', async () => {
  const visit = visitAt(now);
  await nobody((rows) => keep(rows, visit, toldBy()));
  const id = await sentBy(world, visitAt(now));
  await desk.act(markNotReal, { asked: id, version: 2, why: 'A test of ours' }, niamh.asking);
  const forget = (day: Temporal.PlainDate) =>
    transaction(database.pools.owner, [], (rows) =>
      forgetOutside(rows, day.toZonedDateTime('Europe/London').toInstant(), day),
    );
  expect(await forget(today.add({ days: 29 }))).toEqual({ deleted: 0, emptied: 0 });
  expect((await forget(today.add({ days: 31 }))).deleted).toBeGreaterThanOrEqual(1);
  expect((await row(id))?.told).not.toEqual({});
  expect((await forget(today.add({ days: 91 }))).emptied).toBeGreaterThanOrEqual(1);
  expect((await row(id))?.told).toEqual({});
});

test('what waits too long is counted as unclaimed until it is answered, and the figure opens to it', async () => {
  const measure = measures.find(({ id }) => id === 'support.unclaimed');
  if (measure === undefined) throw new Error('no such measure');
  const [{ value: before } = { value: 0 }] = await unclaimed();
  const visit = visitAt(now.subtract({ hours: 24 * 40 }));
  const id = await sentBy(world, visit, { programme: '' });
  expect((await unclaimed())[0]?.value).toBe(Number(before) + 1);
  const opened = await desk.ask(
    rowsQuery([measure]),
    { measure: measure.id, on: today.toString() },
    ailsa.asking,
  );
  expect(opened.map(({ row_id }) => row_id)).toContain(id);
  await desk.act(answer, { asked: id, version: 2, next: 'The hub', why: 'By phone' }, ailsa.asking);
  // Answered today: it was not at the end of today.
  expect((await unclaimed())[0]?.value).toBe(before);

  async function unclaimed() {
    return measure === undefined
      ? []
      : computeMeasure(database.pools, measure, { when: { on: today }, by: [], only: {} }, { small: true });
  }
});
