import Fastify from 'fastify';
import { afterAll, expect, test } from 'vitest';
import { makeWorker, type Worker } from '../../platform/testing/people.ts';
import { shareFamily } from '../families/actions.ts';
import * as actions from './actions.ts';
import { make, mine as myCalendar, registerCalendar, stop } from './calendar.ts';
import { setKind } from './kind-actions.ts';
import * as queries from './queries.ts';
import { meetingsWorld, planMeeting, planned, recorded } from './testing.ts';

const { database, desk, ailsa, gordon, stranger, planner, read, asApp, family } = await meetingsWorld();
const app = Fastify();
registerCalendar(app, { pools: database.pools, settings: { publicUrl: 'https://kith.example' } });
afterAll(async () => {
  await app.close();
  await database.close();
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
  // A calendar looks back sixty days from the day on which it is read, whatever day the tests are told it is.
  const on = (days: number) => `${Temporal.Now.plainDateISO('Europe/London').add({ days })}`;
  const first = await planMeeting(desk, ailsa, of, { ...more, on: on(7) });
  await planMeeting(desk, ailsa, of, { ...more, on: on(8), room: 'Isla’s kitchen' });
  await planMeeting(desk, ailsa, of, { ...more, on: on(9), room: '4 Mill Lane ML5 3AB' });
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
