import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeDesk } from '../../platform/actions/desk.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../platform/testing/people.ts';
import { find } from './queries.ts';
import { giveReasons, type MadeUp, writeMadeUp } from './testing.ts';

const database = await testDatabase();
afterAll(() => database.close());
const { superuser, pools } = database;
const desk = makeDesk(pools, () => Temporal.Instant.from('2026-11-22T10:00:00Z'));
const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
const sorcha = await makeWorker(database, { name: 'Sorcha Kerr', team: 'Children and families South' });
const finance = await makeWorker(database, { name: 'Fin Ance', role: 'finance-officer' });
const left = await makeWorker(database, {
  name: 'No Post',
  until: Temporal.Now.instant().subtract({ hours: 1 }),
});

/** Writes people whom this worker works with; their ids. */
async function made(worker: Worker, ...people: MadeUp[]): Promise<string[]> {
  const written = await writeMadeUp(database, people);
  await giveReasons(database, worker.account, written.families);
  return written.people;
}
const ask = (text: string, worker: Worker, more: object = {}) =>
  desk.ask(find, { text, ...more }, worker.asking);
const seen = async (text: string, worker: Worker): Promise<string[]> =>
  (await ask(text, worker)).flatMap((row) => (row.kind === 'person' ? [row.about] : []));
const told = async (text: string, worker: Worker): Promise<string[][]> =>
  (await ask(text, worker)).flatMap((row) => (row.kind === 'exists' ? [row.ask] : []));
const lastAbout = async (worker: Worker): Promise<string[]> => {
  const { rows } = await superuser.query<{ name: string; about: string[] }>(
    'select name, about from audit.event where account_id = $1 order by at desc, id desc limit 1',
    [worker.account],
  );
  expect(rows[0]?.name).toBe('people.find');
  return rows[0]?.about ?? [];
};

let kirsty = '';
beforeAll(async () => {
  [kirsty = ''] = await made(
    ailsa,
    { given: 'Kirsty', family: 'Auchterlonie', born: '2012-02-14', others: [['Kit', 'Auchterlonie']] },
    { given: 'Struan', family: 'Farquharson', born: '2010-01-05' },
  );
  await superuser.query(
    `insert into record.identifier (person_id, scheme, value) values ($1, 'CHI', '1402121239')`,
    [kirsty],
  );
});

test('whoever may see somebody gets who they are, their family, who is helping and why they were found', async () => {
  const rows = await ask('kirsty achterlony', ailsa);
  const [first, family] = [
    rows.find((row) => row.kind === 'person'),
    rows.find((row) => row.kind === 'family'),
  ];
  expect(first).toMatchObject({
    about: kirsty,
    person: {
      givenName: 'Kirsty',
      familyName: 'Auchterlonie',
      names: [{ givenName: 'Kit', kind: 'known as' }],
      why: [{ how: 'sound', said: 'achterlony', name: 'auchterlonie', earlier: false }],
      families: [{ id: family?.about, part: 'child', now: true }],
    },
  });
  expect(String(first?.person.dateOfBirth)).toBe('2012-02-14');
  expect(family).toMatchObject({
    family: {
      name: 'Auchterlonie',
      members: [{ id: kirsty }],
      helping: [{ names: 'Ailsa Drummond', team: 'Children and families North' }],
    },
  });
  expect(await lastAbout(ailsa)).toEqual([kirsty, family?.about].sort());
});

test('somebody who may not see them is told that a record exists and whom to ask, and nothing else', async () => {
  const rows = await ask('Kirsten Auchterlonie', sorcha);
  expect(rows).toEqual([{ kind: 'exists', ask: ['Children and families North'] }]);
  // The trail of whoever it is says that somebody asked; the answer does not say who they are.
  expect(await lastAbout(sorcha)).toEqual([kirsty]);
});

test.each([
  ['only a given name', 'Kirsty'],
  ['only a family name', 'Auchterlonie'],
  ['a name that is only begun', 'Kirs Auchter'],
  ['a name that does not match', 'Morag Auchterlonie'],
  ['a name and a date that does not match', 'Kirsty Auchterlonie 1980'],
  ['a date of birth', '14/2/2012'],
  ['a number that is not the same', '1402121238'],
])('nobody is told that a record exists for %s', async (_what, text) => {
  expect(await ask(text, sorcha)).toEqual([]);
});

test.each([
  ['a name they are known as', 'Kit Auchterlonie'],
  ['the names swapped', 'auchterlonie, kirsty'],
  ['a date that is near', 'Kirsty Auchterlonie february 2012'],
  ['the same number', '140212 1239'],
])('that a record exists is told for %s', async (_what, text) => {
  expect(await told(text, sorcha)).toEqual([['Children and families North']]);
});

test('at most five records are told of, and what may be seen comes first', async () => {
  await made(ailsa, ...Array.from({ length: 8 }, () => ({ given: 'Iona', family: 'Colquhoun' })));
  const [own] = await made(sorcha, { given: 'Iona', family: 'Colquhoun' });
  const rows = await ask('Iona Colquhoun', sorcha);
  expect(rows.map((row) => row.kind)).toEqual(['person', 'family', ...Array(5).fill('exists')]);
  expect(rows[0]).toMatchObject({ about: own });
  expect(await ask('Iona Colquhoun', ailsa, { limit: 3 })).toSatisfy(
    (given: typeof rows) => given.filter((row) => row.kind === 'person').length === 3,
  );
});

test('a reason that ends is the end of being found, in the same moment', async () => {
  const [person = ''] = await made(sorcha, { given: 'Fenella', family: 'Quhittis' });
  expect(await seen('fenella', sorcha)).toEqual([person]);
  await superuser.query(
    `update access.reason set until = now() where holder = $1 and subject in (select family_id from record.family_member where person_id = $2)`,
    [sorcha.account, person],
  );
  expect(await ask('fenella', sorcha)).toEqual([]);
  // Nobody works with the family any more: there is no team to name.
  expect(await ask('Fenella Quhittis', sorcha)).toEqual([{ kind: 'exists', ask: [] }]);
});

test('whoever may not, and whoever holds no post, is told of nobody', async () => {
  await expect(ask('Kirsty Auchterlonie', finance)).rejects.toMatchObject({ status: 404 });
  await expect(ask('Kirsty Auchterlonie', left)).rejects.toMatchObject({ status: 404 });
  const alone = await pools.app.query(
    `select * from record.find_people('Kirsty Auchterlonie', null, null, '{}', '{}', '{}', 20)`,
  );
  expect(alone.rows).toEqual([]);
});

test('somebody in no family, as after two records were made one, is told of to nobody', async () => {
  await superuser.query(
    `insert into record.person (given_name, family_name) values ('Ghislaine', 'Nobodysson')`,
  );
  expect(await ask('Ghislaine Nobodysson', sorcha)).toEqual([]);
});

test('a sealed record is found only by those it is open to, not even by its number', async () => {
  const [sealed = ''] = await made(ailsa, { given: 'Zebedee', family: 'Sealskin' });
  await superuser.query(
    `insert into record.identifier (person_id, scheme, value) values ($1, 'SCN', '121234561')`,
    [sealed],
  );
  expect(await told('Zebedee Sealskin', sorcha)).toHaveLength(1);
  await superuser.query(
    `insert into access.seal (subject, level, why, set_by)
     select family_id, 'sealed', 'Adoption', $2 from record.family_member where person_id = $1`,
    [sealed, ailsa.account],
  );
  for (const text of ['Zebedee Sealskin', 'zebedee', '121234561']) {
    expect(await ask(text, sorcha), text).toEqual([]);
    expect(await seen(text, ailsa), text).toEqual([sealed]);
  }
  await superuser.query(`update access.seal set ended_at = now(), ended_by = set_by`);
  expect(await told('Zebedee Sealskin', sorcha)).toHaveLength(1);
});

test('homes are found by postcode and address; a withheld one is not found, shown or confirmed', async () => {
  const [open = '', hidden = ''] = await made(
    ailsa,
    { given: 'Oona', family: 'Pirie' },
    { given: 'Wendy', family: 'Pirie' },
  );
  const address = async (person: string, lines: string, postcode: string, withheld: boolean) => {
    const { rows } = await superuser.query<{ id: string }>(
      `insert into record.address (lines, town, postcode, withheld, withheld_why, withheld_since)
       values ($1, 'Lochside', $2, $3, case when $3 then 'At risk' end, case when $3 then now() end) returning id`,
      [lines, postcode, withheld],
    );
    await superuser.query('insert into record.home (person_id, address_id) values ($1, $2)', [
      person,
      rows[0]?.id,
    ]);
  };
  await address(open, '12 Harbour Road', 'ZE1 1AA', false);
  await address(hidden, '14 Secret Road', 'ZE1 1AB', true);
  expect(await seen('ze1 1aa', ailsa)).toEqual([open]);
  expect(await seen('ZE1', ailsa)).toEqual([open]);
  expect(await seen('12 harbour rd', ailsa)).toEqual([open]);
  for (const text of ['ZE1 1AB', '14 Secret Road', 'secret road'])
    expect(await ask(text, ailsa), text).toEqual([]);
  const shown = await ask('Wendy Pirie ZE1 1AB', ailsa);
  expect(JSON.stringify(shown)).toContain('Wendy');
  expect(JSON.stringify(shown)).not.toMatch(/Secret|1AB|"place"/);
  expect(shown[0]).toMatchObject({ person: { where: null } });
  // An address alone tells nobody of somebody they may not see.
  expect(await ask('ze1 1aa', sorcha)).toEqual([]);
});

test('the hidden names follow every change, whoever makes it', async () => {
  const [person = ''] = await made(ailsa, { given: 'Bartholomew', family: 'Quince' });
  await superuser.query(`update record.person set family_name = 'Medlar' where id = $1`, [person]);
  expect(await seen('Quince', ailsa)).toEqual([]);
  expect(await seen('bart medlar', ailsa)).toEqual([person]);
  await superuser.query(
    `insert into record.person_name (person_id, kind, given_name, family_name) values ($1, 'previous', 'Bartholomew', 'Quince')`,
    [person],
  );
  const [row] = await ask('Quince', ailsa);
  expect(row).toMatchObject({ about: person, person: { why: [{ how: 'same', earlier: true }] } });
  await superuser.query(`update record.person_name set family_name = 'Sorbus' where person_id = $1`, [
    person,
  ]);
  expect(await seen('Sorbus', ailsa)).toEqual([person]);
  await superuser.query(`delete from record.person_name where person_id = $1`, [person]);
  expect(await seen('Sorbus', ailsa)).toEqual([]);
  expect(await seen('Medlar', ailsa)).toEqual([person]);
});

test('the application reads no hidden name, and finding leaves it no more rights than before', async () => {
  for (const statement of [
    'select * from record.search_name',
    'select * from record.search_word',
    `select record.named(array['kirsty'], null, null, 10)`,
    `select record.seen_among('{}')`,
    `select record.index_people('{}')`,
    `select * from record.words_like(array['kirsty'])`,
  ])
    await expect(pools.app.query(statement), statement).rejects.toThrow(/permission denied/);
  const client = await pools.app.connect();
  await client.query('begin');
  await client.query('select access.enter($1, $2)', [sorcha.asking.tokenHash, '']);
  await client.query(
    `select * from record.find_people('Kirsty Auchterlonie', null, null, '{}', '{}', '{}', 20)`,
  );
  const after = await client.query(
    `select coalesce(current_setting('kith.purpose', true), '') as purpose, (select count(*)::int from record.person where given_name = 'Kirsty') as people`,
  );
  await client.query('rollback');
  client.release();
  expect(after.rows).toEqual([{ purpose: '', people: 0 }]);
});

test('whatever is typed is answered', async () => {
  for (const text of [
    '%',
    '_',
    "'; drop table record.person; --",
    '\\',
    '{}',
    'a'.repeat(200),
    'a b c d e f g h i j k l m',
    '🙂',
    '١٢٣',
    '2012-02-30',
    'null',
    '00000000000000',
    '-',
    'Ж',
    'mac',
    'o',
    'Ó',
  ])
    await expect(ask(text, ailsa), text).resolves.toBeInstanceOf(Array);
  for (const input of [
    {},
    { text: '' },
    { text: ' ' },
    { text: 'x'.repeat(201) },
    { text: 'x', limit: 0 },
    { text: 'x', limit: 'many' },
  ])
    await expect(desk.ask(find, input, ailsa.asking), JSON.stringify(input)).rejects.toMatchObject({
      status: 422,
    });
});
