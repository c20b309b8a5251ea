import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { makeDesk } from '../../platform/actions/desk.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker } from '../../platform/testing/people.ts';
import { add as addFamily } from '../../record/families/actions.ts';
import { change as changeLetter } from '../../record/letters/actions.ts';
import { one as oneLetter } from '../../record/letters/queries.ts';
import { addEntry } from './actions.ts';
import { send } from './sending.ts';
import { needOf, written } from './testing.ts';

// What leaves the directory: a letter to a family, and what whoever reads what is open may read.

const database = await testDatabase();
afterAll(() => database.close());
const desk = makeDesk(database.pools, () => Temporal.Instant.from('2026-11-22T10:00:00Z'));
const ewa = await makeWorker(database, { name: 'Ewa Lis', role: 'directory-editor', team: 'Information' });
const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
const { entry: pantry } = await desk.act(
  addEntry,
  { ...written, terms: [await needOf(database, 'money and food')], areas: ['Invermarn'] },
  ewa.asking,
);

describe('sending it to a family', () => {
  const family = () =>
    desk.act(
      addFamily,
      { name: 'Baird', members: [{ givenName: 'Isla', part: 'parent or carer' }] },
      ailsa.asking,
      { key: randomUUID() },
    );

  test('is a letter to one of them in their record, in the words of the directory and of whoever sends it', async () => {
    const { family: id, people } = await family();
    const sent = await desk.act(
      send,
      {
        family: id,
        person: people[0],
        entry: pantry,
        why: 'You said {the end of the month} is hard.',
        phone: '01632 960 201',
      },
      ailsa.asking,
    );
    const letter = await desk.askOne(oneLetter, { letter: sent.letter }, ailsa.asking);
    expect(letter.title).toBe('Help that might be for you: Harbour Pantry');
    expect(letter.body).toContain('Dear Isla');
    expect(letter.body).toContain('You said (the end of the month) is hard.');
    expect(letter.body).toContain('- How to get in: Just come. Nobody asks why.');
    expect(letter.body).toContain('- Phone: 01632 960 200');
    expect(letter.body).not.toMatch(/[{}]/);
    await desk.act(
      changeLetter,
      {
        letter: sent.letter,
        version: letter.version,
        title: letter.title,
        body: 'Shorter',
        language: 'English',
      },
      ailsa.asking,
    );
  });

  test('only by somebody who has a reason to see them, about help that has not ended', async () => {
    const { family: id, people } = await family();
    const elsewhere = await makeWorker(database, { name: 'Sorcha', team: 'South' });
    const input = { family: id, person: people[0], entry: pantry, why: 'Because' };
    await expect(desk.act(send, input, elsewhere.asking)).rejects.toMatchObject({ status: 404 });
    await expect(desk.act(send, input, ewa.asking)).rejects.toMatchObject({ status: 404 });
    await expect(desk.act(send, { ...input, why: '' }, ailsa.asking)).rejects.toMatchObject({
      fields: { why: expect.stringContaining('in your own words') },
    });
    await expect(desk.act(send, { ...input, entry: randomUUID() }, ailsa.asking)).rejects.toMatchObject({
      status: 404,
    });
  });
});

test('whoever reads what is open can read the directory and nothing else, and change nothing', async () => {
  const { rows } = await database.superuser.query<{ name: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname not in ('pg_catalog', 'information_schema') and c.relkind in ('r', 'p', 'v', 'm', 'f')
      and has_schema_privilege('kith_open', n.oid, 'usage')
      and (has_table_privilege('kith_open', c.oid, 'select, insert, update, delete, truncate') or has_any_column_privilege('kith_open', c.oid, 'select, insert, update'))
    order by 1`);
  expect(rows.map(({ name }) => name)).toEqual(
    [
      'entry',
      'entry_area',
      'entry_place',
      'entry_term',
      'entry_word',
      'location',
      'opening',
      'organisation',
      'taxonomy',
      'term',
      'word',
    ].map((table) => `directory.${table}`),
  );
  const { rows: schemas } = await database.superuser.query<{ name: string }>(`
    select nspname as name from pg_namespace where has_schema_privilege('kith_open', oid, 'usage') and nspname !~ '^(pg_|information_schema)' order by 1`);
  expect(schemas.map(({ name }) => name)).toEqual(['directory', 'public']);
  const { rows: doors } = await database.superuser.query<{ name: string }>(`
    select p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema') and has_function_privilege('kith_open', p.oid, 'execute')
      and p.prorettype <> 'trigger'::regtype`);
  expect(doors).toEqual([]);
  for (const statement of [
    'select checked_by from directory.entry',
    'select * from directory.entry_version',
    'select name from access.account',
    'select given_name from record.person',
    'select name from record.place',
    `insert into directory.word (said, area) values ('ab', 'x')`,
    'set role kith_app',
    'create temporary table mine (id int)',
  ])
    await expect(database.pools.open.query(statement), statement).rejects.toThrow();
  // Nor does a read-only start of the connection be all that holds it back.
  await database.pools.open.query('set default_transaction_read_only = off');
  await expect(database.pools.open.query(`update directory.entry set title = 'x'`)).rejects.toThrow(
    /permission denied/,
  );
});
