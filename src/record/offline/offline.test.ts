import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { enter } from '../../platform/access/identity.ts';
import { makeDesk } from '../../platform/actions/desk.ts';
import { prepared } from '../../platform/database/rows.ts';
import { Problem } from '../../platform/problem.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../platform/testing/people.ts';
import { discard as discardNote } from '../notes/actions.ts';
import { one as oneNote } from '../notes/queries.ts';
import { makeFamily } from '../notes/testing.ts';
import { arriveWith, discard, sign, write } from './actions.ts';
import { arrived, keysWith, one } from './queries.ts';
import { content, sealFor } from './testing/seal.ts';

const database = await testDatabase();
const { superuser, secret } = database;
const desk = makeDesk(database.pools, () => Temporal.Instant.from('2026-11-22T10:00:00Z'));
afterAll(() => database.close());

const arrive = arriveWith([secret]);
const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
const gordon = await makeWorker(database, { name: 'Gordon Rennie' });

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  );

const typed = {
  who: 'Mum and the wee ones at Ferry Road',
  on: '20/11/2026',
  at: '2.30pm',
  how: 'home',
  words: 'Tea and toast.\n\nAbout somebody else: the uncle was there.',
  said: 'I liek toast',
  saidBy: 'the older one',
  steps: 'Ring the school',
};

/** Sends a visit as a device of this worker does; its id. */
async function sent(worker: Worker, fields: Record<string, string> = typed, more: object = {}) {
  const sealed = sealFor(secret, worker.account, content(fields, more));
  await desk.act(arrive, sealed, worker.asking);
  return sealed;
}

const mine = async (worker: Worker) =>
  (await desk.ask(arrived, {}, worker.asking)).filter(({ state }) => state === 'waiting');

const asApp = async (worker: Worker, statement: string): Promise<number> => {
  const client = await database.pools.app.connect();
  try {
    await client.query('begin');
    await client.query(prepared(enter(worker.asking.tokenHash, '')));
    const { rowCount } = await client.query(statement);
    await client.query('commit');
    return rowCount ?? 0;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
};

test('a visit that arrives twice, at once or later, is one; it is as it was typed', async () => {
  const sealed = sealFor(secret, ailsa.account, content(typed));
  await Promise.all([1, 2, 3, 4].map(() => desk.act(arrive, sealed, ailsa.asking)));
  await desk.act(arrive, sealed, ailsa.asking);
  const all = await mine(ailsa);
  expect(all.map(({ id }) => id)).toEqual([sealed.visit]);
  const visit = await desk.askOne(one, { visit: sealed.visit }, ailsa.asking);
  expect(visit.fields).toEqual({ there: '', family: '', ...typed });
  expect(visit.written_at.toString()).toBe('2026-11-22T09:05:00Z');
  expect(visit.finished).toBe(true);
});

test('somebody else sees nothing of it, can do nothing with it, and cannot send it as theirs', async () => {
  const sealed = await sent(ailsa);
  expect(await mine(gordon)).toEqual([]);
  const { visit } = sealed;
  expect(await codeOf(desk.askOne(one, { visit }, gordon.asking))).toBe('not-found');
  expect(await codeOf(desk.act(discard, { visit, why: 'x' }, gordon.asking))).toBe('not-found');
  expect(await codeOf(desk.act(arrive, sealed, gordon.asking))).toBe('other-key');
  const id = `'${visit}'`;
  expect(await asApp(gordon, `select from record.visit_arrived where id = ${id}`)).toBe(0);
  expect(
    await asApp(gordon, `update record.visit_arrived set fields = '{"words":"x"}' where id = ${id}`),
  ).toBe(0);
  await expect(
    asApp(
      gordon,
      `insert into record.visit_arrived (account_id, id, written_at, finished, fields) values ('${ailsa.account}', uuidv7(), now(), true, '{}')`,
    ),
  ).rejects.toThrow();
  await expect(asApp(ailsa, `delete from record.visit_arrived where id = ${id}`)).rejects.toThrow();
  // The same id from another account is another visit, and takes nobody's place.
  await desk.act(arrive, sealFor(secret, gordon.account, content({ words: 'Mine' }), visit), gordon.asking);
  expect((await desk.askOne(one, { visit }, gordon.asking)).fields.words).toBe('Mine');
  expect((await desk.askOne(one, { visit }, ailsa.asking)).fields.words).toBe(typed.words);
});

test('those who do not visit families can send nothing, and no key is given to them', async () => {
  const planner = await makeWorker(database, { role: 'planning-officer', team: 'Planning' });
  const sealed = sealFor(secret, planner.account, content(typed));
  expect(await codeOf(desk.act(arrive, sealed, planner.asking))).toBe('not-found');
  expect(await codeOf(desk.askOne(keysWith([secret]), {}, planner.asking))).toBe('not-found');
  expect(await codeOf(desk.askOne(keysWith([]), {}, ailsa.asking))).toBe('no-visit-keys');
});

test('it is signed into a note of a family once, and its words are then in the note alone', async () => {
  const of = await makeFamily(desk, ailsa);
  const sealed = await sent(ailsa);
  const { visit } = sealed;
  const entered = { visit, family: of.id, people: [of.jamie], words: typed.words, on: '20/11/2026' };
  // Refused: nothing is lost.
  expect(await codeOf(desk.act(sign, { ...entered, people: [] }, ailsa.asking))).toBe('invalid-input');
  expect(await codeOf(desk.act(sign, { ...entered, people: [randomUUID()] }, ailsa.asking))).toBe(
    'invalid-input',
  );
  expect(await codeOf(desk.act(sign, { ...entered, family: randomUUID() }, ailsa.asking))).not.toBe('done');
  expect((await mine(ailsa)).some(({ id }) => id === visit)).toBe(true);

  const key = randomUUID();
  const [done, again] = await Promise.all([
    desk.act(sign, entered, ailsa.asking, { key }),
    desk.act(sign, entered, ailsa.asking, { key }),
  ]);
  expect(again.note).toBe(done.note);
  expect(await codeOf(desk.act(sign, entered, ailsa.asking))).toBe('visit-ended');
  expect(await codeOf(desk.act(discard, { visit, why: 'x' }, ailsa.asking))).toBe('visit-ended');
  const note = await desk.askOne(oneNote, { note: done.note }, ailsa.asking);
  expect(note).toMatchObject({ words: typed.words, family: 'Baird' });
  expect(note.signed_at).not.toBeNull();
  const { rows } = await superuser.query(
    'select state, fields, note_id from record.visit_arrived where id = $1',
    [visit],
  );
  expect(rows).toEqual([{ state: 'signed', fields: null, note_id: done.note }]);
  // The device never heard, and sends it again.
  await desk.act(arrive, sealed, ailsa.asking);
  expect((await mine(ailsa)).some(({ id }) => id === visit)).toBe(false);
  const notes = await superuser.query('select from record.note where family_id = $1', [of.id]);
  expect(notes.rowCount).toBe(1);
  // Whatever is done past the pages, what has ended stays as it is.
  await expect(
    asApp(
      ailsa,
      `update record.visit_arrived set state = 'waiting', fields = '{}', ended_at = null where id = '${visit}'`,
    ),
  ).rejects.toThrow(/once/);
});

test('two who sign the same visit at once make one note', async () => {
  const of = await makeFamily(desk, ailsa);
  const { visit } = await sent(ailsa);
  const entered = { visit, family: of.id, people: [of.jamie], words: 'x', on: '20/11/2026' };
  const codes = await Promise.all([1, 2, 3].map(() => codeOf(desk.act(sign, entered, ailsa.asking))));
  expect(codes.toSorted()).toEqual(['done', 'visit-ended', 'visit-ended']);
});

test('one kept as a note that is thrown away afterwards does not come back', async () => {
  const of = await makeFamily(desk, ailsa);
  const { visit } = await sent(ailsa);
  const { note, signed } = await desk.act(
    sign,
    { visit, family: of.id, people: [of.jamie], words: 'x', on: '20/11/2026', finish: 'keep' },
    ailsa.asking,
  );
  expect(signed).toBe(false);
  await desk.act(discardNote, { note, version: 1 }, ailsa.asking);
  expect(await desk.askOne(one, { visit }, ailsa.asking)).toMatchObject({ state: 'kept', note_id: null });
});

test('it is thrown away with a reason, and nothing of its words stays', async () => {
  const sealed = await sent(ailsa, { words: 'Zqxwritten in the wrong place' });
  const { visit } = sealed;
  expect(await codeOf(desk.act(discard, { visit, why: ' ' }, ailsa.asking))).toBe('invalid-input');
  await desk.act(discard, { visit, why: 'Written twice' }, ailsa.asking);
  await desk.act(arrive, sealed, ailsa.asking);
  expect(await desk.askOne(one, { visit }, ailsa.asking)).toMatchObject({
    state: 'thrown away',
    why: 'Written twice',
    fields: { words: '' },
  });
  const tables = await superuser.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  for (const { name } of tables.rows) {
    const { rowCount } = await superuser.query(`select from ${name} t where t::text like '%Zqxwritten%'`);
    expect([name, rowCount]).toEqual([name, 0]);
  }
});

test('what is empty, huge, or in no form that we know arrives too', async () => {
  const before = (await mine(ailsa)).length;
  const huge = await sent(ailsa, { words: 'ä'.repeat(290_000) });
  expect((await desk.askOne(one, { visit: huge.visit }, ailsa.asking)).fields.words).toHaveLength(290_000);
  await sent(ailsa, {});
  await sent(ailsa, { words: 'a\u0000b\ud800c', 'not a field': 'x' });
  await sent(ailsa, typed, { finished: false, at: 'never' });
  for (const odd of ['', 'plain', '[]', '{"fields":5}', '{"fields":{"words":{}}}', 'null'])
    await desk.act(arrive, sealFor(secret, ailsa.account, odd), ailsa.asking);
  expect((await mine(ailsa)).length).toBe(before + 10);
});

test('with signal and no script it is written as an ordinary form', async () => {
  expect(await codeOf(desk.act(write, { who: 'x' }, ailsa.asking))).toBe('invalid-input');
  const key = randomUUID();
  const [first, second] = await Promise.all(
    [1, 2].map(() => desk.act(write, { words: 'Tea' }, ailsa.asking, { key })),
  );
  expect(first?.visit).toBe(second?.visit);
});
