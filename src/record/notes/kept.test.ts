import fc from 'fast-check';
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
import { entered, makeFamily, writeNote } from './testing.ts';

const database = await testDatabase();
afterAll(() => database.close());
const desk = makeDesk(database.pools, () => Temporal.Instant.from('2026-11-22T10:00:00Z'));
const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
const gordon = await makeWorker(database, { name: 'Gordon Rennie', role: 'team-manager' });

const dataUrl = (type: string, content: Buffer | string) =>
  `data:${type};base64,${Buffer.from(content).toString('base64')}`;
const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

async function signed() {
  const of = await makeFamily(desk, ailsa);
  await desk.act(shareFamily, { family: of.id, with: gordon.account }, ailsa.asking);
  const quotations = [{ words: 'I liek it here', person: of.jamie }];
  const note = await writeNote(desk, ailsa, of, { finish: 'keep', quotations });
  const { attachment } = await desk.act(
    actions.attach,
    { note, title: 'A drawing', file: dataUrl('image/png', png) },
    ailsa.asking,
  );
  await desk.act(actions.change, { ...entered(of), quotations, note, version: 1 }, ailsa.asking);
  const { amendment } = await desk.act(
    actions.amend,
    { note, words: 'It was in the morning', why: 'Isla said so' },
    gordon.asking,
  );
  return { ...of, note, attachment, amendment };
}

/** Everything that was signed, to the byte, as PostgreSQL's own administrator sees it. */
async function print(note: string): Promise<string> {
  const { rows } = await database.superuser.query<{ print: string }>(
    `select jsonb_build_array(
       (select to_jsonb(n) from record.note n where id = $1),
       (select jsonb_agg(to_jsonb(p) order by p.person_id) from record.note_person p where note_id = $1),
       (select jsonb_agg(to_jsonb(q) order by q.id) from record.note_quotation q where note_id = $1),
       (select jsonb_agg(to_jsonb(a) order by a.id) from record.note_attachment a where note_id = $1))::text as print`,
    [note],
  );
  return rows[0]?.print ?? '';
}

const asApp = (worker: Worker, text: string) =>
  transaction(database.pools.app, [enter(worker.asking.tokenHash, '')], (rows) => rows.run(sql([text])));

/** How many rows the owner would change, having stated a purpose; nothing stays changed. */
async function asOwner(purpose: string, text: string): Promise<number> {
  let done = 0;
  await transaction(
    database.pools.owner,
    [sql`select set_config('kith.purpose', ${purpose}, true)`],
    async (rows) => {
      done = await rows.run(sql([text]));
      throw new Error('undone');
    },
  ).catch(() => undefined);
  return done;
}

test('a signed note cannot be changed by any action of notes, by its writer or anybody else', async () => {
  const of = await signed();
  const before = await print(of.note);
  const { note } = of;
  const attempts: [string, (worker: Worker) => Promise<unknown>][] = [
    ...[1, 2, 3].flatMap((version): [string, (worker: Worker) => Promise<unknown>][] => [
      [
        'change',
        (who) => desk.act(actions.change, { ...entered(of), words: 'Other', note, version }, who.asking),
      ],
      ['discard', (who) => desk.act(actions.discard, { note, version }, who.asking)],
    ]),
    [
      'attach',
      (who) => desk.act(actions.attach, { note, title: 'x', file: dataUrl('text/plain', 'x') }, who.asking),
    ],
    ['detach', (who) => desk.act(actions.detach, { note, attachment: of.attachment }, who.asking)],
  ];
  for (const [name, attempt] of attempts)
    for (const who of [ailsa, gordon])
      await expect(attempt(who), name).rejects.toMatchObject({ status: 409, code: 'signed-already' });
  expect(await print(note)).toBe(before);
});

test('nor by any statement of the application role, nor by the owner, whatever purpose it states', async () => {
  const of = await signed();
  const { note, amendment } = of;
  const before = await print(note);
  const amended = async () => (await desk.askOne(queries.one, { note }, ailsa.asking)).amendments;
  const stood = await amended();
  const by = `'${note}'`;
  const statements = [
    `update record.note set words = 'Other' where id = ${by}`,
    `update record.note set signed_at = null where id = ${by}`,
    `update record.note set signed_at = now() where id = ${by}`,
    `update record.note set version = version + 1 where id = ${by}`,
    `update record.note set search = ''::tsvector where id = ${by}`,
    `update record.note set written_by = '${gordon.account}' where id = ${by}`,
    `delete from record.note where id = ${by}`,
    `insert into record.note (id, family_id, happened_on, words) values (${by}, '${of.id}', '2026-11-20', 'Other') on conflict (id) do update set words = excluded.words`,
    `insert into record.note_person (note_id, family_id, person_id) values (${by}, '${of.id}', '${of.skye}')`,
    `update record.note_person set person_id = '${of.skye}' where note_id = ${by}`,
    `delete from record.note_person where note_id = ${by}`,
    `insert into record.note_quotation (note_id, family_id, person_id, position, words, said_on) values (${by}, '${of.id}', '${of.skye}', 2, 'x', '2026-11-20')`,
    `update record.note_quotation set words = 'I like it here' where note_id = ${by}`,
    `delete from record.note_quotation where note_id = ${by}`,
    `insert into record.note_attachment (note_id, family_id, title, kind, content) values (${by}, '${of.id}', 'x', 'text/plain', 'x')`,
    `update record.note_attachment set content = 'x' where note_id = ${by}`,
    `delete from record.note_attachment where note_id = ${by}`,
    `update record.note_amendment set words = 'x' where id = '${amendment}'`,
    `delete from record.note_amendment where id = '${amendment}'`,
    'truncate record.note cascade',
    'truncate record.note_quotation',
    'alter table record.note disable trigger guard_note',
    'drop trigger guard_note on record.note',
  ];
  for (const statement of statements) {
    for (const who of [ailsa, gordon]) await expect(asApp(who, statement), statement).rejects.toThrow();
    if (/^(alter|drop)/.test(statement)) continue;
    for (const purpose of ['', 'import', 'restore', 'demonstration', 'matching', 'merging', 'withholding']) {
      // Merging may point a row at another person, or take out a second row for one; what is brought in comes with its parts.
      const allowed =
        (purpose === 'merging' && /note_person/.test(statement)) ||
        (purpose !== '' && /^insert into record.note_(person|quotation|attachment)/.test(statement));
      const done = await asOwner(purpose, statement);
      if (!allowed) expect([purpose, statement, done]).toEqual([purpose, statement, 0]);
    }
  }
  expect(await print(note)).toBe(before);
  expect(await amended()).toEqual(stood);
});

test('who wrote a note, and when it was signed, cannot be made up', async () => {
  const of = await signed();
  await expect(
    asApp(
      ailsa,
      `insert into record.note (family_id, happened_on, words, written_by, signed_at) values ('${of.id}', '2026-11-20', 'x', '${gordon.account}', '2020-01-01')`,
    ),
  ).resolves.toBe(1);
  const { rows } = await database.superuser.query(
    `select written_by, signed_at from record.note where family_id = $1 and words = 'x'`,
    [of.id],
  );
  expect(rows).toEqual([{ written_by: ailsa.account, signed_at: null }]);
  await asApp(
    ailsa,
    `update record.note set signed_at = '2020-01-01' where words = 'x' and family_id = '${of.id}'`,
  );
  const { rows: signedRows } = await database.superuser.query<{ recent: boolean }>(
    `select signed_at > now() - interval '1 minute' as recent from record.note where family_id = $1 and words = 'x'`,
    [of.id],
  );
  expect(signedRows).toEqual([{ recent: true }]);
  await asApp(
    gordon,
    `insert into record.note_amendment (note_id, family_id, words, why, written_by, written_at) values ('${of.note}', '${of.id}', 'y', 'y', '${ailsa.account}', '2020-01-01')`,
  );
  const { amendments } = await desk.askOne(queries.one, { note: of.note }, ailsa.asking);
  expect(amendments.find(({ words }) => words === 'y')).toMatchObject({ by: 'Gordon Rennie' });
  expect(amendments.at(-1)?.words).toBe('y');
});

test('amendments never change what was signed, however many there are and whoever writes them', async () => {
  const words = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 200 })
    .filter((each) => each.replaceAll('\u0000', '').trim() !== '');
  await fc.assert(
    fc.asyncProperty(
      words,
      fc.array(fc.record({ words, why: words, by: fc.boolean() }), { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      async (text, amendments, atOnce) => {
        const of = await makeFamily(desk, ailsa);
        await desk.act(shareFamily, { family: of.id, with: gordon.account }, ailsa.asking);
        const note = await writeNote(desk, ailsa, of, { words: text });
        const before = await print(note);
        const amend = ({ words: added, why, by }: (typeof amendments)[number]) =>
          desk.act(actions.amend, { note, words: added, why }, (by ? ailsa : gordon).asking);
        if (atOnce) await Promise.all(amendments.map(amend));
        else for (const each of amendments) await amend(each);
        expect(await print(note)).toBe(before);
        const now = await desk.askOne(queries.one, { note }, ailsa.asking);
        const tidy = (said: string) => said.replaceAll('\r\n', '\n').replaceAll('\u0000', '').trim();
        expect(now.words).toBe(tidy(text));
        expect(now.amendments.map((each) => each.words).toSorted()).toEqual(
          amendments.map((each) => tidy(each.words)).toSorted(),
        );
      },
    ),
    { numRuns: 25 },
  );
});

test('a file is kept as bytes beside the note, judged by what it is, and not by its name', async () => {
  const of = await signed();
  const note = await writeNote(desk, ailsa, of, { finish: 'keep' });
  const attach = (file: string) =>
    desk.act(actions.attach, { note, title: 'Isla’s letter', file }, ailsa.asking);
  const refused = (file: string, why: RegExp) =>
    expect(attach(file)).rejects.toMatchObject({ fields: { file: expect.stringMatching(why) } });
  await refused(dataUrl('image/png', '<html><script>alert(1)</script></html>'), /Choose a picture/);
  await refused(
    dataUrl('image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    /Choose a picture/,
  );
  await refused(dataUrl('image/jpeg', png), /not what its name says/);
  await refused('too large', /700 kB/);
  await refused('', /Choose a file/);
  await refused(dataUrl('image/png', Buffer.concat([png, Buffer.alloc(700_001)])), /700 kB/);
  const { attachment } = await attach(dataUrl('image/png', png));
  const kept = await desk.askOne(queries.file, { note, attachment }, ailsa.asking);
  expect(kept).toMatchObject({ title: 'Isla’s letter', kind: 'image/png', content: png.toString('base64') });
  await expect(desk.askOne(queries.file, { note, attachment }, gordon.asking)).rejects.toMatchObject({
    status: 404,
  });
  for (let n = 1; n < 10; n++) await attach(dataUrl('text/plain', `Number ${n}`));
  await expect(attach(dataUrl('text/plain', 'One too many'))).rejects.toMatchObject({
    fields: { file: expect.stringContaining('ten files') },
  });
  await desk.act(actions.detach, { note, attachment }, ailsa.asking);
  await attach(dataUrl('text/plain;charset=utf-8', 'In its place'));
});
