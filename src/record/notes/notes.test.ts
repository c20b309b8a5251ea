import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import { afterAll, expect, test } from 'vitest';
import { enter } from '../../platform/access/identity.ts';
import { makeDesk } from '../../platform/actions/desk.ts';
import { transaction } from '../../platform/database/transaction.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../platform/testing/people.ts';
import { shareFamily } from '../families/actions.ts';
import * as actions from './actions.ts';
import * as queries from './queries.ts';
import { longestNote, pageSize } from './rules.ts';
import { entered, makeFamily, writeNote } from './testing.ts';

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
const finance = await makeWorker(database, {
  name: 'Douglas Imrie',
  role: 'finance-officer',
  team: 'Finance',
});

const family = async (withGordon = false) => {
  const of = await makeFamily(desk, ailsa);
  if (withGordon) await desk.act(shareFamily, { family: of.id, with: gordon.account }, ailsa.asking);
  return of;
};
const read = (note: string, worker = ailsa) => desk.askOne(queries.one, { note }, worker.asking);
const listed = (of: string, more: object = {}, worker = ailsa) =>
  desk.ask(queries.ofFamily, { family: of, ...more }, worker.asking);
const asApp = (worker: Worker, text: string) =>
  transaction(database.pools.app, [enter(worker.asking.tokenHash, '')], (rows) =>
    rows.many<Record<string, unknown>>(sql([text])),
  );

test('a note is signed as it was written: words, own words, who, when, how, what is next', async () => {
  const of = await family();
  const words = 'We talked  in the kitchen.\n\nAbout somebody else: his uncle drinks.\n';
  const { note, signed, about } = await desk.act(
    actions.write,
    entered(of, {
      words,
      people: [of.jamie, of.skye],
      at: '2.30pm',
      how: 'home',
      there: 'Isla and Gran',
      quotations: [
        { words: 'I liek it here, so I do', person: of.jamie },
        { words: '', person: of.skye },
        { words: 'Me too', person: of.skye, on: '19/11/2026' },
      ],
      steps: '- Ring the school\n- Ask about swimming',
      nextBy: '30/11/2026',
    }),
    ailsa.asking,
  );
  expect(signed).toBe(true);
  expect(about).toEqual([of.id, of.jamie, of.skye]);
  const kept = await read(note);
  expect(kept).toMatchObject({
    words: words.trim(),
    happened_at: '14:30',
    how: 'home',
    who_was_there: 'Isla and Gran',
    written_by: 'Ailsa Drummond',
    written_as: 'Social worker, Children and families North',
    next_steps: ['Ring the school', 'Ask about swimming'],
    people: [{ name: 'Jamie Baird' }, { name: 'Skye Baird' }],
    quotations: [
      { words: 'I liek it here, so I do', name: 'Jamie Baird' },
      { words: 'Me too', name: 'Skye Baird' },
    ],
    mine: true,
  });
  expect(kept.signed_at).not.toBeNull();
  expect(kept.quotations.map(({ on }) => on.toString())).toEqual(['2026-11-20', '2026-11-19']);
  const { rows: tasks } = await database.superuser.query(
    `select what, due::text as due, owner_account from record.task where from_area = 'notes' and from_id = $1 order by id`,
    [note],
  );
  expect(tasks).toEqual([
    { what: 'Ring the school', due: '2026-11-30', owner_account: ailsa.account },
    { what: 'Ask about swimming', due: '2026-11-30', owner_account: ailsa.account },
  ]);
});

test('only what the writer says is a significant event stands in the chronology, once it is signed', async () => {
  const of = await family();
  const events = async () =>
    (
      await database.superuser.query<{ what: string; from_id: string; on: string; people: string[] }>(
        `select e.what, e.from_id, e.happened_on::text as on,
           (select array_agg(p.person_id) from record.event_person p where p.event_id = e.id) as people
         from record.event e where e.family_id = $1`,
        [of.id],
      )
    ).rows;
  await writeNote(desk, ailsa, of, { event: 'Typed and not ticked' });
  const event = { significant: 'yes', event: 'Jamie moved to his gran’s' };
  const note = await writeNote(desk, ailsa, of, { ...event, finish: 'keep' });
  expect(await events()).toEqual([]);
  await desk.act(actions.change, { ...entered(of, event), note, version: 1 }, ailsa.asking);
  expect(await events()).toEqual([
    { what: 'Jamie moved to his gran’s', from_id: note, on: '2026-11-20', people: [of.jamie] },
  ]);
});

test('words and a signature are enough, and a mistake is answered field by field', async () => {
  const of = await family();
  const refused = (more: object) => desk.act(actions.write, entered(of, more), ailsa.asking);
  await expect(refused({ words: '  ', people: [] })).rejects.toMatchObject({
    fields: { words: 'Write what happened', people: 'Choose who this is about' },
  });
  await expect(refused({ on: '23/11/2026', at: '25:00' })).rejects.toMatchObject({
    fields: { at: 'Enter a time like 14:30 or 2.30pm, or leave it empty' },
  });
  await expect(
    refused({ on: '23/11/2026', significant: 'yes', quotations: [{ words: 'I said this' }] }),
  ).rejects.toMatchObject({
    fields: {
      on: expect.stringContaining('today or an earlier day'),
      event: expect.stringContaining('in a few words'),
      'quotations.0.person': 'Choose whose words these are',
    },
  });
  await expect(refused({ on: '31/2/2026' })).rejects.toMatchObject({
    fields: { on: expect.stringContaining('Enter the day') },
  });
  const other = await family();
  await expect(refused({ people: [other.jamie] })).rejects.toMatchObject({
    fields: { people: 'Choose people who are in this family' },
  });
  await expect(refused({ quotations: [{ words: 'Hello', person: other.jamie }] })).rejects.toMatchObject({
    fields: { 'quotations.0.person': 'Choose somebody who is in this family' },
  });
  expect(await listed(of.id)).toEqual([]);
});

test('a note can be 100,000 characters long, and one more is refused with a clear sentence', async () => {
  const of = await family();
  const long = 'Ш'.repeat(longestNote);
  const note = await writeNote(desk, ailsa, of, { words: long });
  expect((await read(note)).words).toBe(long);
  await expect(writeNote(desk, ailsa, of, { words: `${long}!` })).rejects.toMatchObject({
    fields: { words: 'Use 100,000 characters or fewer' },
  });
});

test('the same form sent twice is one note', async () => {
  const of = await family();
  const key = randomUUID();
  const send = () => desk.act(actions.write, entered(of), ailsa.asking, { key });
  const [one, other] = await Promise.all([send(), send()]);
  expect(one.note).toBe(other.note);
  expect(await listed(of.id)).toHaveLength(1);
});

test('until it is signed only its writer sees it, changes it, and throws it away', async () => {
  const of = await family(true);
  const note = await writeNote(desk, ailsa, of, {
    finish: 'keep',
    quotations: [{ words: 'Shh', person: of.jamie }],
  });
  expect(await listed(of.id)).toEqual([]);
  expect(await desk.ask(queries.unsigned, {}, gordon.asking)).toEqual([]);
  expect(await desk.ask(queries.unsigned, { family: of.id }, ailsa.asking)).toHaveLength(1);
  await expect(read(note, gordon)).rejects.toMatchObject({ status: 404 });
  for (const table of ['note', 'note_person', 'note_quotation'])
    expect(
      await asApp(
        gordon,
        `select * from record.${table} where ${table === 'note' ? 'id' : 'note_id'} = '${note}'`,
      ),
      table,
    ).toEqual([]);
  const change = (worker: Worker, version: number, more: object = {}) =>
    desk.act(actions.change, { ...entered(of), note, version, ...more }, worker.asking);
  await expect(change(gordon, 1)).rejects.toMatchObject({ status: 404 });
  await expect(desk.act(actions.discard, { note, version: 1 }, gordon.asking)).rejects.toMatchObject({
    status: 404,
  });
  await change(ailsa, 1, { words: 'Better words', finish: 'keep' });
  await expect(change(ailsa, 1, { words: 'From the other window' })).rejects.toMatchObject({
    status: 409,
    code: 'changed-meanwhile',
  });
  expect(await read(note)).toMatchObject({ words: 'Better words', quotations: [], version: 2 });
  await change(ailsa, 2, { words: 'Best words' });
  expect((await read(note, gordon)).words).toBe('Best words');
  const spare = await writeNote(desk, ailsa, of, { finish: 'keep' });
  await expect(desk.act(actions.discard, { note: spare, version: 7 }, ailsa.asking)).rejects.toMatchObject({
    status: 409,
  });
  await desk.act(actions.discard, { note: spare, version: 1 }, ailsa.asking);
  await expect(read(spare)).rejects.toMatchObject({ status: 404 });
});

test('somebody without a reason, in another organisation or in another role finds no note and writes none', async () => {
  const of = await family();
  const note = await writeNote(desk, ailsa, of);
  for (const worker of [stranger, health, finance]) {
    await expect(read(note, worker)).rejects.toMatchObject({ status: 404 });
    await expect(writeNote(desk, worker, of)).rejects.toMatchObject({ status: 404 });
    await expect(
      desk.act(actions.amend, { note, words: 'No', why: 'No' }, worker.asking),
    ).rejects.toMatchObject({ status: 404 });
  }
  for (const worker of [stranger, health]) {
    expect(await listed(of.id, {}, worker)).toEqual([]);
    expect(await desk.ask(queries.forPerson, { person: of.jamie }, worker.asking)).toEqual([]);
    expect(await desk.ask(queries.aboutPerson, { person: of.jamie }, worker.asking)).toEqual([]);
    expect(await desk.ask(queries.writers, { family: of.id }, worker.asking)).toEqual([]);
  }
  const { rows } = await database.superuser.query(
    'select from record.note_seen where account_id = any ($1)',
    [[stranger.account, health.account]],
  );
  expect(rows).toEqual([]);
});

test('two amendments at once both stand beside the note, in order, with who and why', async () => {
  const of = await family(true);
  const note = await writeNote(desk, ailsa, of);
  const amend = (worker: Worker, words: string) =>
    desk.act(actions.amend, { note, words, why: `Because of ${words}` }, worker.asking);
  await Promise.all([amend(ailsa, 'one'), amend(gordon, 'other')]);
  await amend(ailsa, 'last');
  const { amendments } = await read(note);
  expect(amendments.map(({ words }) => words).toSorted()).toEqual(['last', 'one', 'other']);
  expect(amendments.at(-1)).toMatchObject({ words: 'last', by: 'Ailsa Drummond' });
  expect(amendments.find(({ words }) => words === 'other')).toMatchObject({
    by: 'Gordon Rennie',
    as: 'Team manager, Children and families North',
    why: 'Because of other',
  });
  expect((await listed(of.id))[0]).toMatchObject({ amended: 3 });
  const begun = await writeNote(desk, ailsa, of, { finish: 'keep' });
  await expect(
    desk.act(actions.amend, { note: begun, words: 'x', why: 'x' }, ailsa.asking),
  ).rejects.toMatchObject({ status: 409, code: 'not-signed' });
});

test('the list turns pages without losing or repeating a note, and is narrowed by person, way, writer and words', async () => {
  const of = await family(true);
  for (let n = 0; n < pageSize + 5; n++)
    await writeNote(desk, ailsa, of, {
      on: `${1 + (n % 3)}/11/2026`,
      words: `Note number ${n}`,
      how: 'phone',
    });
  await writeNote(desk, gordon, of, {
    words: 'We went swimming.',
    people: [of.skye],
    how: 'out',
    quotations: [{ words: 'I saw a heron', person: of.skye }],
  });
  const first = await listed(of.id);
  expect(first).toHaveLength(pageSize + 1);
  const last = first[pageSize - 1];
  const rest = await listed(of.id, { beforeOn: last?.happened_on.toString(), beforeId: last?.id });
  const all = [...first.slice(0, pageSize), ...rest].map(({ id }) => id);
  expect(new Set(all).size).toBe(pageSize + 6);
  expect(all).toHaveLength(pageSize + 6);
  const found = async (more: object) => (await listed(of.id, more)).map(({ words }) => words);
  expect(await found({ person: of.skye })).toEqual(['We went swimming.']);
  expect(await found({ how: 'out' })).toEqual(['We went swimming.']);
  expect(await found({ writer: gordon.account })).toEqual(['We went swimming.']);
  expect(await found({ words: 'swim' })).toEqual(['We went swimming.']);
  expect(await found({ words: 'herons' })).toEqual(['We went swimming.']);
  expect(await found({ words: 'swimming -heron' })).toEqual([]);
  expect(await found({ words: "'" })).toEqual([]);
  expect((await desk.ask(queries.writers, { family: of.id }, ailsa.asking)).map(({ name }) => name)).toEqual([
    'Ailsa Drummond',
    'Gordon Rennie',
  ]);
  expect((await desk.ask(queries.latest, { family: of.id }, ailsa.asking))[0]?.words).toBe(
    'We went swimming.',
  );
});

test('what others signed since somebody was here is marked as new to them, and stays so while they look', async () => {
  const of = await family(true);
  await writeNote(desk, ailsa, of, { words: 'Before' });
  await listed(of.id);
  await database.superuser.query(
    `update record.note_seen set seen_at = seen_at - interval '2 hours' where account_id = $1`,
    [ailsa.account],
  );
  await writeNote(desk, gordon, of, { words: 'Since' });
  await writeNote(desk, ailsa, of, { words: 'My own' });
  const fresh = async (more: object = {}) =>
    (await listed(of.id, more)).filter((note) => note.fresh).map(({ words }) => words);
  // Ailsa's first note was signed while she had not looked for two hours, and is her own.
  expect(await fresh()).toEqual(['Since']);
  expect(await fresh()).toEqual(['Since']);
  expect(await fresh({ fresh: 'yes' })).toEqual(['Since']);
  await database.superuser.query(
    `update record.note_seen set seen_at = now() - interval '31 minutes' where account_id = $1`,
    [ailsa.account],
  );
  await database.superuser.query(`update record.note_seen set before_at = before_at - interval '1 minute'`);
  await listed(of.id);
  expect((await listed(of.id, { fresh: 'yes' })).map(({ words }) => words)).toEqual(['Since']);
});

test('the copy for somebody leaves out what is of others, and says how much', async () => {
  const of = await family();
  const note = await writeNote(desk, ailsa, of, {
    words: 'Jamie was glad.\n\nAbout somebody else: uncle-secret.\n\nFrom somebody else: neighbour-secret.',
    quotations: [
      { words: 'I am glad', person: of.jamie },
      { words: 'skye-secret', person: of.skye },
    ],
  });
  await desk.act(
    actions.amend,
    { note, words: 'It was Friday.\n\nAbout somebody else: gran-secret.', why: 'Right day' },
    ailsa.asking,
  );
  await writeNote(desk, ailsa, of, { finish: 'keep', words: 'not-signed-secret' });
  await writeNote(desk, ailsa, of, { people: [of.skye], words: 'other-note-secret' });
  const copy = await desk.ask(queries.forPerson, { person: of.jamie }, ailsa.asking);
  expect(JSON.stringify(copy)).not.toContain('secret');
  expect(copy).toMatchObject([
    {
      passages: ['Jamie was glad.'],
      quotations: [{ words: 'I am glad' }],
      amendments: [{ passages: ['It was Friday.'] }],
      leftOut: 4,
    },
  ]);
});
