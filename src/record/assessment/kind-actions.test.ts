import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import { afterAll, expect, test } from 'vitest';
import { enter } from '../../platform/access/identity.ts';
import { makeDesk } from '../../platform/actions/desk.ts';
import { transaction } from '../../platform/database/transaction.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../platform/testing/people.ts';
import { makeFamily } from '../notes/testing.ts';
import { begin, save } from './actions.ts';
import * as actions from './kind-actions.ts';
import { askedKind, askedKinds, kindDraft, kindDrafts } from './kind-queries.ts';
import { differences, missingFrom, partMoved, together } from './kinds.ts';
import { kinds, one } from './queries.ts';

const database = await testDatabase();
afterAll(() => database.close());
let now = Temporal.Instant.from('2026-11-22T10:00:00Z');
const desk = makeDesk(database.pools, () => now);

const planner = await makeWorker(database, { role: 'planning-officer', team: 'Planning', name: 'Yuliia' });
const senior = await makeWorker(database, { role: 'senior-manager', team: 'Heads of service' });
const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });

const draft = (kind: string, worker = planner) => desk.askOne(kindDraft, { kind }, worker.asking);
const versions = (kind: string) => desk.ask(askedKind, { kind }, ailsa.asking);
const refused = async (doing: Promise<unknown>) =>
  doing.then(
    () => 'nothing was refused',
    (error: { fields?: object; code?: string }) =>
      Object.keys(error.fields ?? {}).length > 0 ? error.fields : error.code,
  );
const asApp = (worker: Worker, text: string) =>
  transaction(database.pools.app, [enter(worker.asking.tokenHash, '')], (rows) => rows.many(sql([text])));

/** A new kind drawn like one there is, being written. */
const newKind = async (like: string, title = `Kind ${randomUUID()}`) =>
  (
    await desk.act(
      actions.addKind,
      { title, purpose: 'To try it', like, source: 'The partnership' },
      planner.asking,
    )
  ).kind;
const use = async (kind: string, from = '22/11/2026') =>
  desk.act(
    actions.useVersion,
    { kind, version: (await draft(kind)).revision, from, why: 'To try it' },
    planner.asking,
  );
const inUse = async (like: string) => {
  const kind = await newKind(like);
  await use(kind);
  return kind;
};

test('what is in use as it was installed is whole, and each drawing says what it lacks', async () => {
  for (const { id, drawing } of await desk.ask(askedKinds, {}, ailsa.asking)) {
    const [{ questions } = { questions: [] }] = await versions(id);
    expect(questions.length, id).toBeGreaterThan(3);
    expect(missingFrom(id, drawing, questions), id).toEqual([]);
    const without = (...gone: string[]) =>
      missingFrom(
        id,
        drawing,
        questions.filter(({ form, part }) => !gone.includes(form) && !gone.includes(part)),
      ).join('. ');
    expect(without('own words'), id).toContain('the child’s own words');
    expect(without('scale', 'balance', 'place', 'numbers'), id).toMatch(/needs|has three parts/);
    if (id === 'wheel') {
      expect(without('active', 'safe')).toContain('Missing: safe, active');
      expect(missingFrom(id, drawing, partMoved(questions, 'healthy', 'up')).join()).toContain(
        'always in this order',
      );
      // Another wheel has parts of its own.
      expect(missingFrom('other', drawing, partMoved(questions, 'healthy', 'up'))).toEqual([]);
      const long = questions.map((each) =>
        each.part === 'safe' ? { ...each, partTitle: 'Protected from harm' } : each,
      );
      expect(missingFrom(id, drawing, long).join()).toContain('“Protected from harm” is too long');
    }
    if (id === 'triangle') {
      expect(without('world')).toContain('This has 2');
      const mixed = questions.map((each) => (each.form === 'words' ? { ...each, part: 'caring' } : each));
      expect(missingFrom(id, drawing, together(mixed)).join()).toContain('part of its own');
    }
    if (id === 'matrix')
      expect(missingFrom(id, drawing, partMoved(questions, 'around', 'up')).join()).toContain(
        'first from “vulnerability”',
      );
  }
});

test('a version is written question by question and put to use from a day; until then the one before it is asked', async () => {
  const kind = await inUse('mapping');
  const { begun } = await desk.act(actions.beginVersion, { kind, from: 1 }, planner.asking);
  expect(begun).toBe(true);
  const act = async <I extends object>(action: (typeof actions)[keyof typeof actions], more: I) =>
    desk.act(
      action as typeof actions.moveQuestion,
      { kind, version: (await draft(kind)).revision, ...more },
      planner.asking,
    );
  await act(actions.addQuestion, { newPart: 'Play', question: 'What is fun?', answered: 'words' });
  await act(actions.addQuestion, { part: 'play', question: 'What is fun?', answered: 'words' });
  await act(actions.takeOutQuestion, { code: 'play.what-is-fun-2' });
  await act(actions.changeQuestion, { code: 'now.worries', part: 'now', question: 'Worries?' });
  await act(actions.moveQuestion, { code: 'now.worries', way: 'down' });
  await act(actions.changePart, { part: 'now', title: 'One sheet', hint: 'With the family' });
  await act(actions.movePart, { part: 'play', way: 'up' });
  await act(actions.movePart, { part: 'play', way: 'up' });
  // What was asked once gives its code to no other question.
  await act(actions.takeOutQuestion, { code: 'now.next' });
  await act(actions.addQuestion, { part: 'now', question: 'Next?', answered: 'words' });
  await act(actions.takeOutPart, { part: 'sense' });
  const written = await draft(kind);
  expect(written.questions.map(({ code }) => code)).toEqual([
    'now.working',
    'now.worries',
    'now.next-2',
    'numbers.all',
    'play.what-is-fun',
    'own.child',
  ]);
  expect(
    differences(written.before_questions, written.questions).map(({ what, question }) => [what, question]),
  ).toEqual([
    ['Changed', expect.stringContaining('What is working well?')],
    ['Changed', 'Worries?'],
    ['Added', 'Next?'],
    ['Added', 'What is fun?'],
    ['Taken out', expect.stringContaining('What needs to happen?')],
    ['Taken out', expect.stringContaining('What does it all mean')],
  ]);
  await use(kind, '1/12/2026');
  await expect(draft(kind)).rejects.toMatchObject({ status: 404 });
  const of = await makeFamily(desk, ailsa);
  const start = async () =>
    (
      await desk.act(
        begin,
        { family: of.id, kind, people: [of.jamie], on: '20/11/2026', fromLast: 'yes' },
        ailsa.asking,
      )
    ).assessment;
  const codes = async (assessment: string) =>
    (await desk.askOne(one, { assessment }, ailsa.asking)).answers.map(({ code, words }) => [code, words]);
  const early = await start();
  expect((await codes(early)).map(([code]) => code)).toContain('sense.together');
  try {
    now = Temporal.Instant.from('2026-12-01T10:00:00Z');
    // Begun before and signed after: what was asked then is what is signed.
    const answers = [
      { code: 'now.worries', words: 'He sleeps badly' },
      { code: 'sense.together', words: 'Mornings are hard' },
    ];
    await desk.act(
      save,
      { assessment: early, version: 1, on: '20/11/2026', answers, finish: 'sign' },
      ailsa.asking,
    );
    const signed = await desk.askOne(one, { assessment: early }, ailsa.asking);
    expect(signed.answers.find(({ code }) => code === 'now.worries')).toMatchObject({
      question: 'What are we worried about?',
      words: 'He sleeps badly',
    });
    expect(await codes(await start())).toEqual([
      ['now.working', ''],
      ['now.worries', 'He sleeps badly'],
      ['now.next-2', ''],
      ['numbers.all', ''],
      ['play.what-is-fun', ''],
      ['own.child', ''],
    ]);
  } finally {
    now = Temporal.Instant.from('2026-11-22T10:00:00Z');
  }
});

test('a version cannot be put to use before it is whole, from a past day, or before the one that comes before it', async () => {
  const kind = await newKind('mapping');
  const put = async (from: string) =>
    refused(
      desk.act(
        actions.useVersion,
        { kind, version: (await draft(kind)).revision, from, why: 'To try it' },
        senior.asking,
      ),
    );
  expect(await put('21/11/2026')).toEqual({ from: 'Enter today or a later day' });
  expect(await put('31/2/2027')).toMatchObject({ from: expect.stringContaining('Write it like 27/3/2026') });
  await desk.act(
    actions.takeOutQuestion,
    { kind, version: (await draft(kind)).revision, code: 'numbers.all' },
    planner.asking,
  );
  expect(await put('22/11/2026')).toEqual({ form: expect.stringContaining('The line needs one question') });
  await desk.act(
    actions.addQuestion,
    {
      kind,
      version: (await draft(kind)).revision,
      newPart: 'Numbers',
      question: 'How is it?',
      answered: 'numbers',
      low: 'bad',
      high: 'good',
    },
    planner.asking,
  );
  expect(await put('1/1/2027')).toBe('nothing was refused');
  await desk.act(actions.beginVersion, { kind, from: 1 }, planner.asking);
  expect(await put('31/12/2026')).toEqual({ from: expect.stringContaining('is used from 1 January 2027') });
  // On the same day it takes the place of the one before.
  expect(await put('1/1/2027')).toBe('nothing was refused');
  expect((await versions(kind)).map(({ version, put_by }) => [version, put_by])).toEqual([
    [2, expect.any(String)],
    [1, expect.any(String)],
  ]);
});

test('what is or was in use is changed by no action and by no statement', async () => {
  const kind = await inUse('wheel');
  const change = { kind, version: 1, code: 'safe.well', part: 'safe', question: 'x' };
  expect(await refused(desk.act(actions.changeQuestion, change, planner.asking))).toBe('not-written');
  const before = JSON.stringify(await versions(kind));
  for (const statement of [
    `update record.assessment_kind set title = 'x' where id = '${kind}'`,
    `update record.assessment_kind set used_from = null where id = '${kind}'`,
    `delete from record.assessment_question where kind = '${kind}'`,
    `update record.assessment_question set question = 'x' where kind = '${kind}'`,
    `insert into record.assessment_question (kind, version, code, position, part, part_title, question, form) values ('${kind}', 1, 'x', 1, 'x', 'x', 'x', 'words')`,
    `delete from record.assessment_kind where id = '${kind}'`,
    'truncate record.assessment_question',
  ]) {
    await expect(asApp(planner, statement), statement).rejects.toThrow();
    if (!statement.startsWith('insert'))
      await expect(database.superuser.query(statement), statement).rejects.toThrow('never');
  }
  // A version is never written into use past the actions.
  await asApp(
    planner,
    `insert into record.assessment_kind (id, version, title, about, drawing, position, source, used_from) select id, 2, 'x', about, drawing, position, source, '2020-01-01' from record.assessment_kind where id = '${kind}'`,
  );
  expect(JSON.stringify(await versions(kind))).toBe(before);
  expect((await draft(kind)).begun_by).toBe('Yuliia');
});

test('two keepers at once: the second is told and nothing is overwritten; sent twice, it is done once', async () => {
  const kind = await inUse('wheel');
  // Both begin: they go on with one version.
  const begun = await Promise.all(
    [planner, senior].map((each) => desk.act(actions.beginVersion, { kind, from: 1 }, each.asking)),
  );
  expect(begun.map((each) => each.begun).toSorted()).toEqual([false, true]);
  const change = (worker: Worker, question: string, key?: string) =>
    desk.act(
      actions.changeQuestion,
      { kind, version: 1, code: 'safe.well', part: 'safe', question },
      worker.asking,
      { key },
    );
  const results = await Promise.allSettled([change(planner, 'One?'), change(senior, 'Other?')]);
  expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(results.find((each) => each.status === 'rejected')?.reason).toMatchObject({
    code: 'changed-meanwhile',
  });
  const key = randomUUID();
  const add = { kind, version: 2, part: 'safe', question: 'Twice?', answered: 'words' };
  const twice = () => desk.act(actions.addQuestion, add, planner.asking, { key });
  expect(await twice()).toEqual(await twice());
  expect((await draft(kind)).questions.filter(({ question }) => question === 'Twice?')).toHaveLength(1);
  // One puts it to use while the other throws it away.
  const last = { kind, version: 3 };
  const [used, thrown] = await Promise.allSettled([
    desk.act(actions.useVersion, { ...last, from: '22/11/2026', why: 'x' }, planner.asking),
    desk.act(actions.discardVersion, last, senior.asking),
  ]);
  expect([used?.status, thrown?.status].toSorted()).toEqual(['fulfilled', 'rejected']);
  const title = `Twins ${randomUUID()}`;
  const twins = await Promise.allSettled([newKind('mapping', title), newKind('mapping', title)]);
  expect(twins.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
});

test('a kind that is not offered any more cannot be begun; a draft that is thrown away leaves nothing', async () => {
  const kind = await inUse('matrix');
  const offered = async () => (await desk.ask(kinds, {}, ailsa.asking)).map(({ id }) => id);
  expect(await offered()).toContain(kind);
  await desk.act(actions.beginVersion, { kind, from: 1 }, planner.asking);
  const about = { title: 'Closed', purpose: 'x', source: 'x' };
  await desk.act(actions.changeVersion, { kind, version: 1, ...about }, planner.asking);
  await use(kind);
  expect(await offered()).not.toContain(kind);
  const of = await makeFamily(desk, ailsa);
  const start = { family: of.id, kind, people: [of.jamie], on: '20/11/2026' };
  expect(await refused(desk.act(begin, start, ailsa.asking))).toEqual({ kind: 'Choose what to start' });
  const gone = await newKind('matrix');
  await desk.act(actions.discardVersion, { kind: gone, version: 1 }, senior.asking);
  expect((await desk.ask(kindDrafts, {}, planner.asking)).map(({ id }) => id)).not.toContain(gone);
  const change = { kind: gone, version: 2, part: 'own', title: 'x' };
  expect(await refused(desk.act(actions.changePart, change, planner.asking))).toBe('not-found');
});

test('who does not keep the kinds finds nothing to change, and what cannot be is said in a sentence', async () => {
  const kind = await newKind('wheel');
  const input = { kind, version: 1, from: '22/11/2026', why: 'x', code: 'own.child', part: 'own', way: 'up' };
  for (const action of Object.values(actions))
    await expect(
      desk.act(
        action as typeof actions.useVersion,
        { ...input, title: 'x', question: 'x', answered: 'words', like: 'wheel', purpose: 'x', source: 'x' },
        ailsa.asking,
      ),
      action.name,
    ).rejects.toMatchObject({ status: 404 });
  await expect(draft(kind, ailsa)).rejects.toMatchObject({ status: 404 });
  const add = (more: object) =>
    refused(
      desk.act(
        actions.addQuestion,
        { kind, version: 1, part: 'safe', question: 'How is it?', answered: 'scale', ...more },
        planner.asking,
      ),
    );
  expect(await add({})).toEqual({
    low: 'Say what the lowest stands for',
    high: 'Say what the highest stands for',
  });
  expect(await add({ answered: 'balance' })).toEqual({ answered: 'Choose how it is answered' });
  expect(await add({ answered: 'nothing', question: ' ' })).toEqual({
    answered: 'Choose how it is answered',
    question: 'Write the question',
  });
  expect(await add({ answered: 'words', part: 'nowhere' })).toEqual({
    part: 'Choose a part, or write the name of a new one',
  });
  expect(await add({ question: 'x'.repeat(301) })).toEqual({ question: 'Use 300 characters or fewer' });
  expect(
    await refused(
      desk.act(
        actions.addKind,
        { title: 'wellbeing  WHEEL', purpose: 'x', like: 'wheel', source: 'x' },
        planner.asking,
      ),
    ),
  ).toMatchObject({ title: expect.stringContaining('of this name already') });
  expect((await draft(kind)).revision).toBe(1);
});
