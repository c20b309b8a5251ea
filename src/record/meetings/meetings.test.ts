import Fastify from 'fastify';
import sql from 'sql-template-tag';
import { afterAll, expect, test } from 'vitest';
import { enter } from '../../platform/access/identity.ts';
import { makeDesk } from '../../platform/actions/desk.ts';
import { transaction } from '../../platform/database/transaction.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../platform/testing/people.ts';
import { shareFamily } from '../families/actions.ts';
import { makeFamily } from '../notes/testing.ts';
import { mine } from '../tasks/queries.ts';
import * as actions from './actions.ts';
import { make, mine as myCalendar, registerCalendar, stop } from './calendar.ts';
import { setKind } from './kind-actions.ts';
import * as queries from './queries.ts';
import { planMeeting, planned, recorded } from './testing.ts';

const database = await testDatabase();
const app = Fastify();
registerCalendar(app, { pools: database.pools, settings: { publicUrl: 'https://kith.example' } });
afterAll(async () => {
  await app.close();
  await database.close();
});
const now = Temporal.Instant.from('2026-11-22T10:00:00Z');
const desk = makeDesk(database.pools, () => now);

const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
const gordon = await makeWorker(database, { name: 'Gordon Rennie', role: 'team-manager' });
const stranger = await makeWorker(database, { name: 'Sorcha Kerr', team: 'Children and families South' });
const planner = await makeWorker(database, {
  name: 'Yuliia Bondarenko',
  role: 'planning-officer',
  team: 'Planning',
});

const read = (meeting: string, worker = ailsa) => desk.askOne(queries.one, { meeting }, worker.asking);
const asApp = (worker: Worker, text: string) =>
  transaction(database.pools.app, [enter(worker.asking.tokenHash, '')], (rows) =>
    rows.many<Record<string, unknown>>(sql([text])),
  );
const family = async () => {
  const of = await makeFamily(desk, ailsa);
  await desk.act(shareFamily, { family: of.id, with: gordon.account }, ailsa.asking);
  return of;
};

test('a meeting is planned with what its kind asks for, and those who are asked are told', async () => {
  const of = await family();
  const meeting = await planMeeting(desk, ailsa, of, { others: [`account:${gordon.account}`] });
  expect(meeting).toMatchObject({
    title: 'Core group',
    meets_at: '14:00',
    least: 3,
    signed_at: null,
    begun: false,
  });
  expect(meeting.guests.map(({ name, role, chair }) => [name, role, chair])).toEqual([
    ['Jamie Baird', 'Child or young person', false],
    ['Isla Baird', 'Parent or carer', false],
    ['Ailsa Drummond', 'Lead professional', true],
    ['Mrs Wilson, head teacher', 'School or nursery', false],
    ['Gordon Rennie', '', false],
    ['Gran', '', false],
    ['Coach Ali', '', false],
  ]);
  expect(meeting.answers).toHaveLength(4);
  const { rows } = await database.superuser.query(
    'select words from platform.notice where account_id = $1 and link = $2',
    [gordon.account, `/meetings/${meeting.id}`],
  );
  expect(rows).toEqual([{ words: 'You are asked to come to a meeting about a family.' }]);
  const [listed] = await desk.ask(queries.ofFamily, { family: of.id }, gordon.asking);
  expect(listed).toMatchObject({ id: meeting.id, decisions: 0 });
});

test('its record is signed whole: who came, views, answers, decisions, dissent; what is to be done goes into lists', async () => {
  const of = await family();
  const meeting = await planMeeting(desk, ailsa, of);
  const done = await desk.act(actions.write, recorded(meeting), ailsa.asking);
  expect(done).toMatchObject({ signed: true, quorum: true });
  const signed = await read(meeting.id);
  expect(signed).toMatchObject({
    quorum: true,
    signed_by: 'Ailsa Drummond',
    // Ten working days after Friday 20 November, St Andrew’s Day not counted.
    notes_by: Temporal.PlainDate.from('2026-12-07'),
    again_by: Temporal.PlainDate.from('2026-12-18'),
  });
  expect(signed.views).toMatchObject([
    { whose: 'Jamie Baird', as_said: true, words: 'I want to see my wee sister mair' },
    { whose: 'Gran', as_said: false },
  ]);
  expect(signed.decisions.map(({ what, by_name }) => [what, by_name])).toEqual([
    ['Jamie sees Skye every Saturday', 'Ailsa Drummond'],
    ['The core group meets every four weeks', 'Ailsa Drummond'],
  ]);
  expect(signed.dissents).toMatchObject([
    { whose_name: 'Isla Baird', about: 2, about_what: 'The core group meets every four weeks' },
  ]);
  const tasks = await desk.ask(mine, {}, ailsa.asking);
  expect(tasks.filter(({ about }) => about === of.id).map(({ what }) => what)).toEqual(['Ring the school']);
  const { rows } = await database.superuser.query<{ kind: string; what: string }>(
    `select e.kind, e.what from record.event e where e.from_id = $1`,
    [meeting.id],
  );
  expect(rows).toEqual([{ kind: 'meeting', what: 'Core group' }]);
});

test('without quorum a decision is refused with the sentence, put forward it is kept, and the record says so', async () => {
  const of = await family();
  const meeting = await planMeeting(desk, ailsa, of, {
    kind: 'planning-meeting',
    asked: [
      { role: 'Child or young person', who: `person:${of.jamie}` },
      { role: 'Lead professional', who: `account:${ailsa.account}` },
      { role: 'Parent or carer', who: `person:${of.isla}` },
      { role: 'Police Scotland', named: 'PC Ross' },
    ],
  });
  await expect(desk.act(actions.write, recorded(meeting), ailsa.asking)).rejects.toMatchObject({
    status: 422,
    fields: {
      'decisions.0.decided':
        'This meeting was held without the people it needs: Social work was not there. Put this forward, for the meeting to decide when they are there',
    },
  });
  // Nothing is half written.
  expect(await read(meeting.id)).toMatchObject({ begun: false, decisions: [], version: 1 });
  const forward = recorded(meeting);
  await desk.act(
    actions.write,
    { ...forward, decisions: forward.decisions.map((each) => ({ ...each, decided: 'no' })), nextOn: '' },
    ailsa.asking,
  );
  const signed = await read(meeting.id);
  expect(signed).toMatchObject({
    quorum: false,
    quorum_words: 'This meeting was held without the people it needs: Social work was not there.',
    // Ten working days, by the clock for meeting again.
    again_by: Temporal.PlainDate.from('2026-12-07'),
  });
  expect(signed.decisions.every(({ decided }) => !decided)).toBe(true);
});

test('what is missing is said field by field, and a record can be kept before it is whole', async () => {
  const of = await family();
  const meeting = await planMeeting(desk, ailsa, of);
  const [first] = meeting.guests;
  const half = {
    meeting: meeting.id,
    version: 1,
    on: '2026-11-20',
    came: [{ guest: first?.id, came: 'came' }],
    answers: ['Well', '', '', ''],
    views: [{ words: 'Aye' }],
    decisions: [{ what: 'Something' }],
    dissents: [{ words: 'No', about: '5' }],
    actions: [{ what: 'Ring' }],
    nextOn: '2026-11-01',
  };
  const refused = await desk.act(actions.write, half, ailsa.asking).catch((error: unknown) => error);
  expect(Object.keys((refused as { fields: object }).fields)).toEqual([
    'came.1.came',
    'came.2.came',
    'came.3.came',
    'came.4.came',
    'came.5.came',
    'views.0.person',
    'answers.1',
    'answers.2',
    'answers.3',
    'decisions.0.by',
    'dissents.0.whose',
    'dissents.0.about',
    'actions.0.owner',
    'nextOn',
  ]);
  const kept = await desk.act(
    actions.write,
    { ...half, views: [], decisions: [], dissents: [], actions: [], nextOn: '', finish: 'keep' },
    ailsa.asking,
  );
  expect(kept).toMatchObject({ signed: false });
  const then = await read(meeting.id);
  expect(then).toMatchObject({ begun: true, version: 2, signed_at: null });
  expect(then.answers[0]).toMatchObject({ answer: 'Well' });
  await expect(
    desk.act(actions.write, { ...recorded(meeting), version: 1 }, ailsa.asking),
  ).rejects.toMatchObject({
    status: 409,
  });
  await expect(
    desk.act(actions.write, { ...recorded(then), on: '30/2/2026' }, ailsa.asking),
  ).rejects.toMatchObject({ fields: { on: expect.stringContaining('Write it like 27/3/2026') } });
});

test('a signed record is changed by no action and by no statement; corrections stand beside it', async () => {
  const of = await family();
  const meeting = await planMeeting(desk, ailsa, of);
  await desk.act(actions.write, recorded(meeting), ailsa.asking);
  const signed = await read(meeting.id);
  const again = { version: signed.version, meeting: meeting.id };
  const attacks = await Promise.allSettled([
    desk.act(actions.write, { ...recorded(signed), ...again }, ailsa.asking),
    desk.act(actions.change, { ...planned(of, ailsa), ...again }, ailsa.asking),
    desk.act(actions.cancel, { ...again, because: 'x' }, ailsa.asking),
    desk.act(actions.addPaper, { ...again, title: 'x', words: 'x' }, ailsa.asking),
  ]);
  for (const attack of attacks)
    expect(attack).toMatchObject({ status: 'rejected', reason: { status: 409, code: 'signed-already' } });
  for (const statement of [
    `update record.meeting set said = 'x'`,
    `update record.meeting set signed_at = null, signed_by = null`,
    `delete from record.meeting`,
    `update record.meeting_guest set came = 'did not come'`,
    `delete from record.meeting_guest`,
    `update record.meeting_answer set answer = 'x'`,
    `delete from record.meeting_decision`,
    `update record.meeting_decision set what = 'x'`,
    `delete from record.meeting_view`,
    `delete from record.meeting_dissent`,
    `delete from record.meeting_action`,
    `insert into record.meeting_decision (meeting_id, family_id, position, what, decided_by)
      select id, family_id, 9, 'x', '${signed.guests[0]?.id}' from record.meeting`,
  ])
    await expect(
      asApp(
        ailsa,
        statement.includes('insert')
          ? statement
          : `${statement} where ${/record.meeting_/.test(statement) ? 'meeting_id' : 'id'} = '${meeting.id}'`,
      ),
      statement,
    ).rejects.toThrow(/never changed|permission denied/);
  await desk.act(
    actions.correct,
    { meeting: meeting.id, words: 'It was Sunday', why: 'Isla said so' },
    gordon.asking,
  );
  const after = await read(meeting.id);
  expect(after.corrections).toMatchObject([
    { words: 'It was Sunday', why: 'Isla said so', by: 'Gordon Rennie' },
  ]);
  expect({ ...after, corrections: [] }).toEqual(signed);
});

test('who was given the notes is written down once each, and is due until everybody has them', async () => {
  const of = await family();
  const meeting = await planMeeting(desk, ailsa, of);
  const dueOf = async (worker = ailsa) =>
    (await desk.ask(queries.dueSoon, {}, worker.asking))
      .filter(({ id }) => id === meeting.id)
      .map(({ what }) => what);
  expect(await dueOf()).toEqual(['write']);
  await expect(
    desk.act(
      actions.sendNotes,
      { meeting: meeting.id, guests: [meeting.guests[0]?.id], how: 'post', on: '2026-11-21' },
      ailsa.asking,
    ),
  ).rejects.toMatchObject({ code: 'not-signed' });
  await desk.act(actions.write, recorded(meeting), ailsa.asking);
  expect(await dueOf()).toEqual(['send', 'again']);
  expect(await dueOf(stranger)).toEqual([]);
  const send = (guests: (string | undefined)[]) =>
    desk.act(
      actions.sendNotes,
      { meeting: meeting.id, guests, how: 'read together', on: '2026-11-21' },
      gordon.asking,
    );
  await send([meeting.guests[0]?.id]);
  await expect(send([meeting.guests[0]?.id])).rejects.toMatchObject({ code: 'sent-already' });
  await send(meeting.guests.map(({ id }) => id));
  expect(await dueOf()).toEqual(['again']);
  await planMeeting(desk, ailsa, of, { on: '2026-12-18' });
  expect(await dueOf()).toEqual([]);
});

test('a part of a paper is read by those it is kept to, and not even by the statement of anybody else', async () => {
  const of = await family();
  const meeting = await planMeeting(desk, ailsa, of);
  const third = await makeWorker(database, { name: 'Hamish Orr' });
  await desk.act(shareFamily, { family: of.id, with: third.account }, ailsa.asking);
  await desk.act(
    actions.addPaper,
    {
      meeting: meeting.id,
      title: 'Police report',
      words: 'Jamie was found at the station.',
      kept: 'The name of whoever told us',
      keptTo: [gordon.account],
      why: 'They would be in danger',
    },
    ailsa.asking,
  );
  const paper = async (worker: Worker) => (await read(meeting.id, worker)).papers[0];
  expect(await paper(gordon)).toMatchObject({
    kept: 'The name of whoever told us',
    kept_to: 'Gordon Rennie',
  });
  expect(await paper(ailsa)).toMatchObject({ kept: 'The name of whoever told us' });
  expect(await paper(third)).toMatchObject({
    words: 'Jamie was found at the station.',
    kept_part: true,
    kept: null,
    kept_why: null,
  });
  expect(await asApp(third, 'select * from record.meeting_paper_kept')).toEqual([]);
  await expect(
    desk.act(
      actions.addPaper,
      { meeting: meeting.id, title: 'x', kept: 'y', why: 'z', keptTo: [stranger.account] },
      ailsa.asking,
    ),
  ).rejects.toMatchObject({ fields: { keptTo: 'Choose people who work with this family' } });
});

test('somebody without a reason finds nothing, and changes nothing', async () => {
  const of = await family();
  const meeting = await planMeeting(desk, ailsa, of);
  const missing = { status: 404 };
  await expect(read(meeting.id, stranger)).rejects.toMatchObject(missing);
  await expect(desk.act(actions.plan, planned(of, stranger), stranger.asking)).rejects.toMatchObject(missing);
  await expect(desk.act(actions.write, recorded(meeting), stranger.asking)).rejects.toMatchObject(missing);
  await expect(
    desk.act(actions.cancel, { meeting: meeting.id, version: 1, because: 'x' }, stranger.asking),
  ).rejects.toMatchObject(missing);
  await expect(desk.act(actions.plan, planned(of, planner), planner.asking)).rejects.toMatchObject(missing);
});

test('guests are changed without losing who came; a meeting is called off with a reason', async () => {
  const of = await family();
  const meeting = await planMeeting(desk, ailsa, of);
  await desk.act(actions.write, { ...recorded(meeting), finish: 'keep' }, ailsa.asking);
  const begun = await read(meeting.id);
  const fewer = { ...planned(of, ailsa), meeting: meeting.id, version: begun.version, othersNamed: 'Gran' };
  await desk.act(actions.change, fewer, ailsa.asking);
  const now_ = await read(meeting.id);
  expect(now_.guests.map(({ name, came }) => [name, came])).toContainEqual(['Gran', 'came']);
  expect(now_.guests.map(({ name }) => name)).not.toContain('Coach Ali');
  // The lead professional decides something in it.
  await expect(
    desk.act(
      actions.change,
      { ...fewer, version: now_.version, asked: [{ role: 'Parent or carer', who: `person:${of.isla}` }] },
      ailsa.asking,
    ),
  ).rejects.toMatchObject({ code: 'decides-here' });
  await desk.act(
    actions.cancel,
    { meeting: meeting.id, version: now_.version, because: 'Isla is ill' },
    ailsa.asking,
  );
  expect(await read(meeting.id)).toMatchObject({ cancelled_because: 'Isla is ill' });
  await expect(desk.act(actions.write, recorded(now_), ailsa.asking)).rejects.toMatchObject({
    code: 'cancelled-already',
  });
});

test('a calendar is read at a secret address without a name, until it is made anew, stopped, or its holder leaves', async () => {
  const of = await family();
  const hamish = await makeWorker(database, { name: 'Hamish Orr' });
  await desk.act(shareFamily, { family: of.id, with: hamish.account }, ailsa.asking);
  const more = { others: [`account:${hamish.account}`] };
  const first = await planMeeting(desk, ailsa, of, { ...more, on: '2026-12-01' });
  await planMeeting(desk, ailsa, of, { ...more, on: '2026-12-02', room: 'Isla’s kitchen' });
  await planMeeting(desk, ailsa, of, { ...more, on: '2026-12-03', room: '4 Mill Lane ML5 3AB' });
  const get = (secret: string) => app.inject({ url: `/calendar/${secret}.ics` });
  await desk.act(make, {}, hamish.asking);
  const own = await desk.askOne(myCalendar, {}, hamish.asking);
  expect(own.secret).toMatch(/^[0-9a-f]{64}$/);
  const { body, headers, statusCode } = await get(own.secret);
  expect(statusCode, body).toBe(200);
  expect(headers['content-type']).toBe('text/calendar; charset=utf-8');
  expect(body).toContain('SUMMARY:Meeting\\, Room 2\\, Kinbrae office\\, open in Kith');
  expect(body.match(/BEGIN:VEVENT/g)).toHaveLength(3);
  expect(body).toContain(`/meetings/${first.id}`.slice(0, 20));
  for (const given of ['Jamie', 'Isla', 'Baird', 'ML5', 'Core group', 'Gran', of.id])
    expect(body).not.toContain(given);
  await desk.act(make, {}, hamish.asking);
  expect((await get(own.secret)).statusCode).toBe(404);
  const next = await desk.askOne(myCalendar, {}, hamish.asking);
  expect((await get(next.secret)).statusCode).toBe(200);
  // Whoever works with the family no more reads nothing of it there.
  await database.superuser.query(
    'update access.reason set until = now() where subject = $1 and holder = $2',
    [of.id, hamish.account],
  );
  expect((await get(next.secret)).body).not.toContain('VEVENT');
  await database.superuser.query('update access.account set left_at = now() where id = $1', [hamish.account]);
  expect((await get(next.secret)).statusCode).toBe(404);
  await desk.act(make, {}, gordon.asking);
  await desk.act(stop, {}, gordon.asking);
  expect(await desk.ask(myCalendar, {}, gordon.asking)).toEqual([]);
  expect((await get(own.secret.replace(/./g, '0'))).statusCode).toBe(404);
  await expect(asApp(gordon, 'select * from record.calendar_feed')).rejects.toThrow(/permission denied/);
});

test('those who keep the kinds change them, with why; a meeting that is planned keeps what it was planned with', async () => {
  const of = await family();
  const before = await planMeeting(desk, ailsa, of, { kind: 'team-around' });
  const kind = await desk.askOne(queries.kind, { kind: 'team-around' }, planner.asking);
  const entered = {
    kind: 'team-around',
    version: kind.version,
    title: kind.title,
    purpose: kind.purpose,
    asked: 'Parent or carer\nSchool',
    mustCome: 'School',
    least: '2',
    questions: '- What would help?',
    notesClock: 'meeting-notes',
    source: 'The partnership',
    used: 'yes',
    why: 'Too many questions',
  };
  await desk.act(setKind, entered, planner.asking);
  const changed = await desk.askOne(queries.kind, { kind: 'team-around' }, ailsa.asking);
  expect(changed).toMatchObject({ questions: ['What would help?'], must_come: ['School'] });
  expect(changed.changes).toMatchObject([{ why: 'Too many questions', by: 'Yuliia Bondarenko' }]);
  await expect(desk.act(setKind, entered, planner.asking)).rejects.toMatchObject({ status: 409 });
  await expect(
    desk.act(
      setKind,
      { ...entered, version: changed.version, mustCome: 'Police', least: '9', nextClock: 'no-such' },
      planner.asking,
    ),
  ).rejects.toMatchObject({
    fields: { mustCome: expect.any(String), least: expect.any(String), nextClock: expect.any(String) },
  });
  expect((await read(before.id)).answers).toHaveLength(3);
  await expect(desk.act(setKind, entered, ailsa.asking)).rejects.toMatchObject({ status: 404 });
});
