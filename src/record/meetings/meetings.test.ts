import { afterAll, expect, test } from 'vitest';
import { mine } from '../tasks/queries.ts';
import * as actions from './actions.ts';
import * as queries from './queries.ts';
import { meetingsWorld, planMeeting, planned, recorded } from './testing.ts';

const { database, desk, ailsa, gordon, read, asApp, family } = await meetingsWorld();
afterAll(() => database.close());

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
