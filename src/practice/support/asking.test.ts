import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { transaction } from '../../platform/database/transaction.ts';
import { open } from '../../record/families/queries.ts';
import { accept, acknowledge, decline, redirect } from './answering.ts';
import { ask, close } from './asking.ts';
import { climb } from './climbing.ts';
import { climbed, mine, ofFamily, queue, request } from './queries.ts';
import { askInput, camhs, neuro, notFound, supportWorld } from './testing.ts';

let now = Temporal.Instant.from('2026-11-18T12:00:00Z');
const world = await supportWorld(() => now);
const { database, desk, ailsa, niamh, rory, manager, mairi } = world;
afterAll(() => database.close());

const sees = async (worker: typeof ailsa, family: string) =>
  (await desk.ask(open, { family }, worker.asking)).length > 0;
const one = (id: string, worker = ailsa) => desk.askOne(request, { request: id }, worker.asking);
const other = await world.worker('Somebody Else', {
  organisation: 'Another Trust',
  team: 'Elsewhere',
  service: 'health',
});

test('whoever answers sees the family from when it is sent to them, and nobody else does', async () => {
  const of = await world.family('Lennox');
  for (const worker of [niamh, mairi, other]) expect(await sees(worker, of.family)).toBe(false);
  const id = await world.asked(of);
  for (const worker of [niamh, rory, manager]) expect(await sees(worker, of.family)).toBe(true);
  for (const worker of [mairi, other]) expect(await sees(worker, of.family)).toBe(false);
  const [waits] = (await desk.ask(queue, {}, niamh.asking)).filter((each) => each.id === id);
  expect(waits).toMatchObject({
    family: 'Lennox',
    state: 'sent',
    team: 'Family support',
    askedBy: 'Ailsa Drummond',
  });
  expect(waits?.acknowledgeBy.toString()).toBe('2026-11-20');
  await expect(one(id, other)).rejects.toMatchObject(notFound);
  await expect(desk.act(acknowledge, { request: id, version: 1 }, other.asking)).rejects.toMatchObject(
    notFound,
  );
  expect(await one(id, niamh)).toMatchObject({
    here: true,
    reason: expect.stringContaining('Mornings'),
    view: 'I don’t like the noise',
    answers: [{ id: 'profile', title: 'What do we know so far?', words: 'Waiting for an assessment' }],
    people: [{ name: 'Jamie Lennox' }],
  });
  expect(await one(id)).toMatchObject({ here: false, askedByMe: true });
});

test('whoever asked cannot answer; they can withdraw, and then the team stops seeing the family', async () => {
  const of = await world.family();
  const id = await world.asked(of);
  await expect(
    desk.act(accept, { request: id, version: 1, level: 'additional', lead: niamh.account }, ailsa.asking),
  ).rejects.toMatchObject({ code: 'not-your-team' });
  await desk.act(close, { request: id, version: 1, why: 'They would rather wait' }, ailsa.asking);
  expect(await sees(niamh, of.family)).toBe(false);
  expect(await one(id)).toMatchObject({ state: 'closed' });
  expect((await desk.ask(mine, {}, ailsa.asking))[0]).toMatchObject({ id, state: 'closed' });
});

test('two accept at once: one does, the second is told who was first, and nothing is done twice', async () => {
  const of = await world.family();
  const id = await world.asked(of);
  const both = await Promise.allSettled(
    [niamh, rory].map((worker) =>
      desk.act(
        accept,
        { request: id, version: 1, level: 'additional', lead: worker.account },
        worker.asking,
        { key: randomUUID() },
      ),
    ),
  );
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const refused = both.find((each) => each.status === 'rejected');
  expect(refused?.reason).toMatchObject({
    status: 409,
    code: 'answered-already',
    detail: expect.stringMatching(/^(Niamh Docherty|Rory Weir) answered first/),
  });
  const help = (await desk.ask(ofFamily, { family: of.family }, ailsa.asking)).filter(
    ({ kind }) => kind === 'support',
  );
  expect(help).toHaveLength(1);
  expect(await sees(rory, of.family)).toBe(true);
});

test('the same form twice asks once; a stale one is told that it changed', async () => {
  const of = await world.family();
  const key = randomUUID();
  const first = await desk.act(ask, askInput(of), ailsa.asking, { key });
  const second = await desk.act(ask, askInput(of), ailsa.asking, { key });
  expect(second.id).toBe(first.id);
  await desk.act(acknowledge, { request: first.id, version: 1 }, niamh.asking);
  await expect(
    desk.act(
      decline,
      { request: first.id, version: 1, why: 'Full', next: 'The hub', told: 'By phone' },
      rory.asking,
    ),
  ).rejects.toMatchObject({ code: 'changed-meanwhile' });
});

test('what is sent on goes with everything told, the clock goes on, and those it leaves stop seeing the family', async () => {
  now = Temporal.Instant.from('2026-11-18T12:00:00Z');
  const of = await world.family('MacPhail');
  const health = await world.worker('Hamish Orr', {
    organisation: 'NHS Strathmorran',
    team: 'CAMHS',
    service: 'health',
  });
  await database.superuser.query(
    `insert into access.reason (subject, holder, kind, scope) values ($1, $2, 'allocated', 'practice')`,
    [of.family, health.account],
  );
  const made = await desk.act(
    ask,
    askInput(of, {
      programme: camhs,
      answers: { 'camhs-reason': 'criteria', 'camhs-decided-on': '17/11/2026' },
    }),
    health.asking,
  );
  expect(made.team).toBe('Lochside cluster');
  const before = await one(made.id, mairi);
  now = Temporal.Instant.from('2026-11-19T12:00:00Z');
  await desk.act(acknowledge, { request: made.id, version: 1 }, mairi.asking);
  await desk.act(
    redirect,
    {
      request: made.id,
      version: 2,
      programme: neuro,
      why: 'They know more about this',
      told: 'We rang Isla',
    },
    mairi.asking,
  );
  expect(await sees(mairi, of.family)).toBe(false);
  expect(await sees(niamh, of.family)).toBe(true);
  const after = await one(made.id, niamh);
  expect(after).toMatchObject({
    state: 'sent',
    title: 'Neurodevelopmental family support',
    reason: before.reason,
    view: before.view,
    answers: before.answers,
  });
  expect(after.answerBy.equals(before.answerBy)).toBe(true);
  expect(after.steps.map(({ step }) => step)).toEqual(['sent', 'acknowledged', 'redirected']);
  await desk.act(
    accept,
    { request: made.id, version: 3, level: 'additional', lead: niamh.account },
    niamh.asking,
  );
  expect(await one(made.id, health)).toMatchObject({ state: 'accepted' });
});

test('whoever cannot help says where the family goes next', async () => {
  const of = await world.family();
  const id = await world.asked(of);
  const input = { request: id, version: 1, why: 'They live elsewhere', told: 'By phone' };
  await expect(desk.act(decline, { ...input, next: '' }, niamh.asking)).rejects.toMatchObject({
    fields: { next: expect.stringContaining('nobody is left without an answer') },
  });
  await desk.act(decline, { ...input, next: 'The hub in Ardwhin, who know that they come' }, niamh.asking);
  expect(await sees(niamh, of.family)).toBe(false);
  expect((await one(id)).steps.at(-1)).toMatchObject({
    step: 'declined',
    next: expect.stringContaining('Ardwhin'),
  });
});

test('too old on the day is explained; the wider range is for care experienced people', async () => {
  now = Temporal.Instant.from('2026-11-18T12:00:00Z');
  const of = await world.family();
  await database.superuser.query(`update record.person set date_of_birth = '2008-11-18' where id = $1`, [
    of.jamie,
  ]);
  await expect(desk.act(ask, askInput(of), ailsa.asking)).rejects.toMatchObject({
    code: 'not-for-them',
    detail: expect.stringContaining('is 18 on 18 November 2026'),
  });
  await database.superuser.query('update record.person set care_experienced = true where id = $1', [
    of.jamie,
  ]);
  const made = await desk.act(ask, askInput(of), ailsa.asking);
  expect((await one(made.id)).findings[0]?.because).toContain('care experienced');
});

test('bad input gets a sentence for each field', async () => {
  const of = await world.family();
  await expect(
    desk.act(ask, askInput(of, { people: [randomUUID()], answers: { profile: 'x' } }), ailsa.asking),
  ).rejects.toMatchObject({
    fields: { people: 'Choose people of this family', 'answer-profile': 'Choose from the list' },
  });
  await expect(desk.act(ask, askInput(of, { programme: camhs }), ailsa.asking)).rejects.toMatchObject({
    fields: { 'answer-camhs-reason': expect.stringContaining('Answer this') },
  });
  // What the programme asks of its own, for whom it is, and what everybody is asked: all at once.
  await expect(
    desk.act(ask, askInput(of, { programme: camhs, people: [], reason: '', urgency: '' }), ailsa.asking),
  ).rejects.toMatchObject({
    fields: {
      reason: expect.stringContaining('what is going on'),
      people: expect.stringContaining('choose at least one person'),
      'answer-camhs-reason': expect.stringContaining('Answer this'),
      urgency: 'Choose how soon help is needed',
    },
  });
  await expect(desk.act(ask, askInput(of, { source: 'police' }), ailsa.asking)).rejects.toMatchObject({
    fields: { source: expect.stringContaining('asked for by') },
  });
});

test('what nobody answers climbs to the manager, then to the senior manager, and shows nought again when it is answered', async () => {
  now = Temporal.Instant.from('2026-12-01T12:00:00Z');
  const senior = await world.worker('Catriona Buchan', { role: 'senior-manager', team: 'Leadership' });
  const of = await world.family('Silver');
  const id = await world.asked(of, { urgency: 'urgent' });
  const climbOn = (day: string) =>
    transaction(database.pools.owner, [], (rows) => climb(rows, Temporal.PlainDate.from(day)));
  await climbOn('2026-12-02');
  expect(await one(id)).toMatchObject({ climbed: 0 });
  await climbOn('2026-12-03');
  expect(await one(id, manager)).toMatchObject({ climbed: 1, here: true });
  expect(await climbOn('2026-12-03')).toBe(0);
  expect(await sees(senior, of.family)).toBe(false);
  await climbOn('2026-12-07');
  expect(await sees(senior, of.family)).toBe(true);
  expect((await desk.ask(climbed, {}, senior.asking)).map((each) => each.id)).toContain(id);
  const { rows: notices } = await database.superuser.query<{ words: string }>(
    'select words from platform.notice where account_id = any ($1) and words like $2',
    [[manager.account, senior.account], 'Nobody has answered%'],
  );
  expect(notices.length).toBeGreaterThanOrEqual(2);
  const stands = await one(id, senior);
  await desk.act(
    decline,
    { request: id, version: stands.version, why: 'W', next: 'The hub', told: 'By phone' },
    senior.asking,
  );
  expect((await desk.ask(climbed, {}, senior.asking)).map((each) => each.id)).not.toContain(id);
  expect(await sees(senior, of.family)).toBe(false);
});

test('a record kept to people named one by one is not sent to a team', async () => {
  const of = await world.family();
  await database.superuser.query(
    `insert into access.seal (subject, level, why, set_by) values ($1, 'restricted', 'Staff', $2)`,
    [of.family, ailsa.account],
  );
  await expect(world.asked(of)).rejects.toMatchObject({ code: 'restricted-record' });
});
