import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import { afterAll, expect, test } from 'vitest';
import { enter } from '../../platform/access/identity.ts';
import { makeDesk } from '../../platform/actions/desk.ts';
import { transaction } from '../../platform/database/transaction.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../platform/testing/people.ts';
import { shareFamily } from '../families/actions.ts';
import { makeFamily } from '../notes/testing.ts';
import { begin, discard, save } from './actions.ts';
import { beginVersion, changeQuestion, useVersion } from './kind-actions.ts';
import { aboutPerson, kinds, latest, ofFamily, one, unsigned } from './queries.ts';

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
const planner = await makeWorker(database, { role: 'planning-officer', team: 'Planning' });
const finance = await makeWorker(database, {
  name: 'Douglas Imrie',
  role: 'finance-officer',
  team: 'Finance',
});

const family = async () => {
  const of = await makeFamily(desk, ailsa);
  await desk.act(shareFamily, { family: of.id, with: gordon.account }, ailsa.asking);
  return of;
};
type Family = Awaited<ReturnType<typeof family>>;
const start = async (of: Family, kind = 'wheel', more: object = {}, worker = ailsa) =>
  (
    await desk.act(
      begin,
      { family: of.id, kind, people: [of.jamie], on: '20/11/2026', ...more },
      worker.asking,
    )
  ).assessment;
const read = (assessment: string, worker = ailsa) => desk.askOne(one, { assessment }, worker.asking);
const keep = (assessment: string, version: number, more: object = {}, worker = ailsa) =>
  desk.act(save, { assessment, version, on: '20/11/2026', ...more }, worker.asking);
const asApp = (worker: Worker, text: string) =>
  transaction(database.pools.app, [enter(worker.asking.tokenHash, '')], (rows) =>
    rows.many<Record<string, unknown>>(sql([text])),
  );
const safe = [
  { code: 'safe.well', words: 'Gran is there every day' },
  { code: 'safe.how', number: '4' },
  { code: 'own.child', words: 'I liek it at Grans' },
];

test('everything that there is can be begun, and asks what is asked today', async () => {
  const of = await family();
  const all = await desk.ask(kinds, {}, ailsa.asking);
  expect(all.map(({ id }) => id)).toEqual(['wheel', 'triangle', 'matrix', 'mapping']);
  for (const { id } of all) {
    const { answers } = await read(await start(of, id));
    expect(answers.at(-1)?.question, id).toBe('What does it all mean for the child?');
  }
  const wheel = await read(await start(of));
  const parts = [...new Set(wheel.answers.map(({ partTitle }) => partTitle))];
  expect(parts.slice(0, 8)).toEqual([
    'Safe',
    'Healthy',
    'Achieving',
    'Nurtured',
    'Active',
    'Respected',
    'Responsible',
    'Included',
  ]);
});

test('the next one begins from the last, without the child’s own words, and shows what is different', async () => {
  const of = await family();
  const first = await start(of);
  expect((await keep(first, 1, { answers: safe, finish: 'sign' })).signed).toBe(true);
  const { rows: events } = await database.superuser.query(
    `select kind, what from record.event where from_area = 'assessments' and from_id = $1`,
    [first],
  );
  expect(events).toEqual([{ kind: 'assessment-signed', what: 'Wellbeing wheel' }]);
  const second = await start(of, 'wheel', { fromLast: 'yes' });
  const begun = await read(second);
  const said = (code: string) => begun.answers.find((each) => each.code === code);
  expect(begun.before_id).toBe(first);
  expect(said('safe.how')?.number).toBe(4);
  expect(said('safe.well')?.words).toBe('Gran is there every day');
  expect(said('own.child')?.words).toBe('');
  await keep(second, 1, { answers: [{ code: 'safe.how', number: 7 }], finish: 'sign' });
  const signed = await read(second);
  expect(signed.before_answers.find(({ code }) => code === 'safe.how')?.number).toBe(4);
  expect(signed.answers.find(({ code }) => code === 'safe.how')?.number).toBe(7);
  // What was not sent stays as it was.
  expect(signed.answers.find(({ code }) => code === 'safe.well')?.words).toBe('Gran is there every day');
  expect((await read(first)).next_id).toBe(second);
  // Another child's is not begun from this one.
  const skye = await start(of, 'wheel', { fromLast: 'yes', people: [of.skye] });
  expect((await read(skye)).before_id).toBeNull();
});

test('an answer stands with the question as it was asked, whatever is asked later', async () => {
  const of = await family();
  const old = await start(of, 'mapping');
  await keep(old, 1, { answers: [{ code: 'now.worries', words: 'He does not sleep' }], finish: 'sign' });
  const change = { kind: 'mapping', part: 'now', code: 'now.worries', question: 'Worries?' };
  await desk.act(beginVersion, { kind: 'mapping', from: 1 }, planner.asking);
  await desk.act(changeQuestion, { ...change, version: 1 }, planner.asking);
  const use = { kind: 'mapping', version: 2, from: '22/11/2026', why: 'Shorter' };
  await desk.act(useVersion, use, planner.asking);
  const asked = async (id: string) => (await read(id)).answers.find(({ code }) => code === 'now.worries');
  expect(await asked(await start(of, 'mapping', { fromLast: true }))).toMatchObject({
    question: 'Worries?',
    words: 'He does not sleep',
  });
  expect((await asked(old))?.question).toBe('What are we worried about?');
});

test('two people at once: the second is told and nothing is overwritten; a repeated send does nothing twice', async () => {
  const of = await family();
  const id = await start(of);
  const results = await Promise.allSettled([
    keep(id, 1, { answers: [{ code: 'safe.well', words: 'Ailsa' }] }),
    keep(id, 1, { answers: [{ code: 'safe.well', words: 'Gordon' }] }, gordon),
  ]);
  expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const refused = results.find((each) => each.status === 'rejected');
  expect(refused?.reason).toMatchObject({ code: 'changed-meanwhile' });
  const key = randomUUID();
  const again = () =>
    desk.act(save, { assessment: id, version: 2, on: '20/11/2026', answers: safe }, ailsa.asking, { key });
  expect(await again()).toEqual(await again());
  expect((await read(id)).version).toBe(3);
});

test('a signed one is never changed: not by an action, not by SQL of the application, not by the owner', async () => {
  const of = await family();
  const id = await start(of, 'mapping');
  const numbers = [{ whose: 'Jamie', person: of.jamie, number: '3', why: 'Too much shouting' }];
  await keep(id, 1, { answers: safe.slice(2), numbers, finish: 'sign' });
  const before = JSON.stringify(await read(id));
  await expect(keep(id, 2, { answers: safe })).rejects.toMatchObject({ code: 'signed-already' });
  await expect(desk.act(discard, { assessment: id, version: 2 }, ailsa.asking)).rejects.toMatchObject({
    code: 'signed-already',
  });
  for (const statement of [
    `update record.assessment set held_on = '2020-01-01' where id = '${id}'`,
    `update record.assessment set signed_at = null, signed_by = null where id = '${id}'`,
    `update record.assessment_answer set words = 'x' where assessment_id = '${id}'`,
    `update record.assessment_answer set question = 'x' where assessment_id = '${id}'`,
    `delete from record.assessment_number where assessment_id = '${id}'`,
    `insert into record.assessment_number (assessment_id, family_id, position, whose, number) values ('${id}', '${of.id}', 2, 'X', 1)`,
    `delete from record.assessment_person where assessment_id = '${id}'`,
    `delete from record.assessment where id = '${id}'`,
    'truncate record.assessment cascade',
  ])
    await expect(asApp(ailsa, statement), statement).rejects.toThrow();
  await database.superuser.query('set role kith_owner');
  await database.superuser.query(`set kith.purpose = 'import'`);
  await expect(
    database.superuser.query(`update record.assessment_answer set words = 'x' where assessment_id = '${id}'`),
  ).rejects.toThrow('never changed');
  await database.superuser.query('reset kith.purpose');
  await database.superuser.query('reset role');
  expect(JSON.stringify(await read(id))).toBe(before);
});

test('what cannot be is said in a clear sentence', async () => {
  const of = await family();
  const wrong = async (doing: Promise<unknown>) =>
    doing.then(
      () => 'nothing was refused',
      (error: { fields?: object; code?: string }) => error.fields ?? error.code,
    );
  expect(await wrong(start(of, 'wheel', { on: '31/2/2026' }))).toMatchObject({
    on: 'Enter the day. Write it like 27/3/2026',
  });
  expect(await wrong(start(of, 'wheel', { on: '23/11/2026' }))).toEqual({
    on: 'Enter today or an earlier day',
  });
  expect(await wrong(start(of, 'nothing'))).toEqual({ kind: 'Choose what to start' });
  expect(await wrong(start(of, 'wheel', { people: [] }))).toEqual({ people: 'Choose who this is about' });
  expect(await wrong(start(of, 'wheel', { people: [randomUUID()] }))).toEqual({
    people: 'Choose people who are in this family',
  });
  const id = await start(of);
  expect(await wrong(keep(id, 1, { answers: [{ code: 'safe.how', number: 11 }] }))).toEqual({
    'answers.0.number': 'Choose a number from the list',
  });
  expect(await wrong(keep(id, 1, { answers: [{ code: 'safe.well', number: 1 }] }))).toEqual({
    'answers.0.number': 'Choose a number from the list',
  });
  expect(await wrong(keep(id, 1, { answers: [{ code: 'nothing', words: 'x' }] }))).toEqual({
    'answers.0.words': 'This is not asked here. Open the page again',
  });
  expect(await wrong(keep(id, 1, { answers: [{ code: 'safe.well', words: 'x'.repeat(10_001) }] }))).toEqual({
    'answers.0.words': 'Use 10,000 characters or fewer',
  });
  expect(
    await wrong(
      keep(id, 1, {
        numbers: [
          { whose: '', number: 3 },
          { whose: 'Mum', why: 'Tired' },
        ],
      }),
    ),
  ).toEqual({
    'numbers.0.whose': 'Say whose number this is',
    'numbers.1.number': 'Enter a number from 0 to 10',
  });
  expect(await wrong(keep(id, 1, { finish: 'sign' }))).toEqual({
    form: 'Nothing is answered yet. Answer at least one question before you sign',
  });
  expect((await read(id)).version).toBe(1);
});

test('those who do not work with the family, or have another role, find nothing', async () => {
  const of = await family();
  const id = await start(of);
  for (const worker of [stranger, health, finance]) {
    await expect(read(id, worker)).rejects.toMatchObject({ status: 404 });
    await expect(start(of, 'wheel', {}, worker)).rejects.toMatchObject({ status: 404 });
    await expect(keep(id, 1, { answers: safe }, worker)).rejects.toMatchObject({ status: 404 });
    await expect(desk.act(discard, { assessment: id, version: 1 }, worker.asking)).rejects.toMatchObject({
      status: 404,
    });
  }
  expect(await desk.ask(ofFamily, { family: of.id }, stranger.asking)).toEqual([]);
  expect(await desk.ask(unsigned, {}, gordon.asking)).toEqual([]);
  // Whoever works with the family goes on with it, signed by whoever signs.
  await keep(id, 1, { answers: safe, finish: 'sign' }, gordon);
  expect(await read(id)).toMatchObject({
    signed_by: 'Gordon Rennie',
    signed_as: 'Team manager, Children and families North',
    begun_by: 'Ailsa Drummond',
  });
  expect((await desk.ask(aboutPerson, { person: of.jamie }, ailsa.asking)).map((each) => each.id)).toEqual([
    id,
  ]);
});

test('lists page from newest to oldest without gaps; what was begun can be thrown away', async () => {
  const of = await family();
  for (let day = 1; day <= 22; day++) {
    const id = await start(of, 'matrix', { on: `2026-10-${String(day).padStart(2, '0')}` });
    await keep(id, 1, {
      on: `2026-10-${String(day).padStart(2, '0')}`,
      answers: [{ code: 'child.place', number: -5, words: 'x' }],
      finish: 'sign',
    });
  }
  const begun = await start(of);
  const first = await desk.ask(ofFamily, { family: of.id }, ailsa.asking);
  expect(first[0]).toMatchObject({ id: begun, signed_at: null });
  expect(first).toHaveLength(22);
  const last = first[20];
  const rest = await desk.ask(
    ofFamily,
    { family: of.id, beforeOn: last?.held_on.toString(), beforeId: last?.id },
    ailsa.asking,
  );
  expect(rest.map(({ held_on: on }) => on.toString())).toEqual(['2026-10-02', '2026-10-01']);
  expect(await desk.ask(latest, { family: of.id }, ailsa.asking)).toHaveLength(5);
  await desk.act(discard, { assessment: begun, version: 1 }, ailsa.asking);
  await expect(read(begun)).rejects.toMatchObject({ status: 404 });
});
