import { rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { transaction } from '../../platform/database/transaction.ts';
import { type Importer, type ImportOptions, runImport, summaryText } from '../../platform/import/index.ts';
import { type TestDatabase, testDatabase } from '../../platform/testing/database.ts';
import { makeWorker } from '../../platform/testing/people.ts';
import { careImport, commonestName } from './care.ts';
import { childrenPackage } from './testing.ts';

let database: TestDatabase;
const folders: string[] = [];
beforeEach(async () => {
  database = await testDatabase();
});
afterEach(() => database.close());
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

const bring = (dir: string, options: Partial<ImportOptions> = {}, importer: Importer = careImport) => {
  folders.push(dir);
  return runImport({
    dir,
    importer,
    db: { transaction: (work) => transaction(database.pools.owner, [], work) },
    commit: true,
    now: Temporal.Instant.from('2026-11-22T10:00:00Z'),
    by: 'test',
    ...options,
  });
};
const children = async (lines: readonly string[], options: Partial<ImportOptions> = {}) =>
  bring(await childrenPackage(lines), options);

const rowsOf = async (statement: string) => (await database.superuser.query(statement)).rows;
const one = async (statement: string) => Object.values((await rowsOf(statement))[0])[0];
const counts = async () =>
  (
    await rowsOf(`select (select count(*)::int from record.person) as people, (select count(*)::int from record.family) as families,
      (select count(*)::int from record.family_member) as members, (select count(*)::int from record.relationship) as ties,
      (select count(*)::int from record.person_name) as names, (select count(*)::int from record.same_person) as pairs,
      (select count(*)::int from record.identifier) as numbers`)
  )[0];

const baird = [
  'C1,L1,Iona,Baird,2014-01-05,female',
  'C2,L1,Ruaridh,Baird,2008-03-09,male',
  'C3,L1,Poppy,Ogilvie,2017-12-30,female',
];

test('children become people of a family, by age today, with their brothers and sisters and their number', async () => {
  const summary = await children(baird, { source: 'care-system' });
  expect(summary.rejects).toEqual([]);
  expect(summary.written).toEqual({
    families: 1,
    people: 3,
    'people matched with the record': 0,
    'pairs to be looked at': 0,
  });
  expect(
    await rowsOf(`select p.given_name, p.gender, p.sex, m.part, f.name, i.scheme, i.value, i.source from record.person p
      join record.family_member m on m.person_id = p.id join record.family f on f.id = m.family_id
      join record.identifier i on i.person_id = p.id order by i.value`),
  ).toEqual([
    {
      given_name: 'Iona',
      gender: 'female',
      sex: null,
      part: 'child',
      name: 'Baird',
      scheme: 'social work',
      value: 'C1',
      source: 'care-system',
    },
    {
      given_name: 'Ruaridh',
      gender: 'male',
      sex: null,
      part: 'young person',
      name: 'Baird',
      scheme: 'social work',
      value: 'C2',
      source: 'care-system',
    },
    {
      given_name: 'Poppy',
      gender: 'female',
      sex: null,
      part: 'child',
      name: 'Baird',
      scheme: 'social work',
      value: 'C3',
      source: 'care-system',
    },
  ]);
  expect(await rowsOf('select kind, source from record.relationship')).toEqual(
    Array.from({ length: 3 }, () => ({ kind: 'brother or sister', source: 'care-system' })),
  );
});

test('again changes nothing; a later extract adds a sister to the family, joined with those before', async () => {
  await children(baird);
  const before = await counts();
  expect(await children(baird)).toMatchObject({ accepted: 0, unchanged: 3 });
  expect(await counts()).toEqual(before);
  const later = await children([...baird, 'C4,L1,Mirren,Baird,2020-05-05,female']);
  expect(later.written).toMatchObject({ families: 0, people: 1 });
  expect(await counts()).toEqual({ ...before, people: 4, members: 4, numbers: 4, ties: 6 });
});

test('a dry run counts the same and writes nothing, and its summary says it', async () => {
  await children(['X1,G1,Iona,Baird,2014-01-05,female', 'X2,G1,Ruaridh,Baird,2008-03-09,male'], {
    source: 'first',
  });
  const before = await counts();
  const dry = await children(baird, { source: 'second', commit: false });
  expect(await counts()).toEqual(before);
  expect(summaryText(dry)).toContain('2 people matched with the record');
  const wet = await children(baird, { source: 'second' });
  expect(wet.written).toEqual(dry.written);
  expect(wet.written).toMatchObject({ families: 0, people: 1, 'people matched with the record': 2 });
});

describe('whoever is on the record', () => {
  test('is not written anew: the spelling and the number are added, and the family is joined', async () => {
    await children(baird, { source: 'first' });
    const { written } = await children(
      [
        'Z9,K7,Iona,Baird,2014-01-05,',
        'Z8,K7,Ruairidh,Baird,2008-03-09,male',
        'Z7,K7,Poppy,Ogilvy,2017-12-30,female',
      ],
      { source: 'second' },
    );
    expect(written).toMatchObject({ families: 0, people: 0, 'people matched with the record': 3 });
    expect(await counts()).toMatchObject({ people: 3, families: 1, members: 3, ties: 3, numbers: 6 });
    expect(
      await rowsOf(
        'select kind, given_name, family_name, source from record.person_name order by given_name',
      ),
    ).toEqual([
      { kind: 'other spelling', given_name: 'Poppy', family_name: 'Ogilvy', source: 'second' },
      { kind: 'other spelling', given_name: 'Ruairidh', family_name: 'Baird', source: 'second' },
    ]);
    expect(await rowsOf('select given_name, family_name from record.person order by 1')).toEqual([
      { given_name: 'Iona', family_name: 'Baird' },
      { given_name: 'Poppy', family_name: 'Ogilvie' },
      { given_name: 'Ruaridh', family_name: 'Baird' },
    ]);
  });

  test('is in both families when only one of several is known there', async () => {
    await children(baird, { source: 'first' });
    await children(['Z1,K1,Iona,Baird,2014-01-05,female', 'Z2,K1,Danylo,Sneddon,2015-02-03,male'], {
      source: 'second',
    });
    expect(await counts()).toMatchObject({ people: 4, families: 2, members: 5 });
  });

  test('and comes twice in one extract under two ids is one', async () => {
    const { written } = await children([...baird, 'C8,L2,Iona,Baird,2014-01-05,female']);
    expect(written).toMatchObject({ families: 1, people: 3, 'people matched with the record': 1 });
    expect(
      await one(`select count(distinct target_id)::int from import.source_row where resource = 'children'`),
    ).toBe(3);
  });

  test('but is restricted is left alone', async () => {
    await children(baird, { source: 'first' });
    const { account } = await makeWorker(database);
    await database.superuser.query(
      `insert into access.seal (subject, level, why, set_by)
       select id, 'restricted', 'family of somebody who works here', '${account}' from record.family`,
    );
    await children(baird, { source: 'second' });
    expect(await counts()).toMatchObject({ people: 6, families: 2 });
  });

  test('and was made one with another is found under the record that was kept', async () => {
    await children(baird, { source: 'first' });
    const ids = await rowsOf('select id from record.family');
    await database.superuser.query(`with kept as (insert into record.family (name) values ('Kept') returning id)
      insert into record.merge (of, kept, gone, why, kept_before, kept_after) select 'family', kept.id, '${ids[0].id}', 'one family', '{}', '{}' from kept`);
    await children([...baird, 'C4,L1,Mirren,Urquhart,2020-05-05,female'], { source: 'first' });
    expect(
      await one(`select f.name from record.family f join record.family_member m on m.family_id = f.id
        join record.person p on p.id = m.person_id where p.given_name = 'Mirren'`),
    ).toBe('Kept');
  });
});

test('twins, and two rows of one family that are much alike, stay two people', async () => {
  const { written } = await children([
    'C1,L1,Iona,Baird,2014-01-05,female',
    'C2,L1,Isla,Baird,2014-01-05,female',
    'C3,L1,Iona,Baird,2014-01-06,female',
  ]);
  expect(written).toMatchObject({ people: 3, 'people matched with the record': 0 });
  expect(written['pairs to be looked at']).toBeGreaterThan(0);
});

test('somebody who is less surely the same is written, and the pair is put on the list with what speaks for it', async () => {
  await children(['C1,L1,Mirren,Baird,2014-01-05,female'], { source: 'first' });
  const { written } = await children(['C2,L2,Mirren,Baird,2014-01-08,female'], { source: 'second' });
  expect(written).toMatchObject({ people: 1, 'people matched with the record': 0 });
  const pairs = await rowsOf('select one < other as sorted, state, explanation from record.same_person');
  expect(pairs.length).toBe(written['pairs to be looked at']);
  for (const pair of pairs) {
    expect(pair).toMatchObject({ sorted: true, state: 'waiting' });
    expect(pair.explanation[0].title).toBe('Same given name');
  }
});

test('files of later kinds are named as not read, and hold nothing up', async () => {
  const dir = await childrenPackage(baird, {
    'stays.csv': 'stay_id\nS1\n',
    'homes.csv': 'home_id\nH1\n',
    'notes.txt': 'hello',
  });
  const { warnings, rejects } = await bring(dir);
  expect(rejects).toEqual([]);
  expect(warnings).toEqual([
    'not read: Kith does not take these yet: homes.csv, stays.csv',
    'notes.txt is not a file this import knows; it was not read',
  ]);
});

describe('rows that cannot be', () => {
  test.each([
    ['a day that is none', 'N1,L9,Rory,Orr,2012-02-30,male', 'not a date'],
    ['somebody born tomorrow', 'N1,L9,Rory,Orr,2026-11-23,male', 'not yet happened'],
    ['no name', 'N1,L9,,Orr,2012-02-03,male', 'missing'],
    ['no family', 'N1,,Rory,Orr,2012-02-03,male', 'missing'],
    ['an id that was there', 'C1,L1,Iona,Baird,2014-01-05,female', 'duplicate id'],
    ['a cell too many', 'N1,L9,Rory,Orr,2012-02-03,male,more', 'wrong number of cells'],
    ['a name without end', `N1,L9,${'Rory'.repeat(80)},Orr,2012-02-03,male`, 'too long'],
  ])('%s', async (_, line, reason) => {
    const { rejects, accepted } = await children([...baird, line], { commit: false });
    expect(rejects.map((each) => each.reason.split(':')[0])).toEqual([reason]);
    expect(accepted).toBe(3);
  });
});

test('a family is called by the name most of its children have', () => {
  expect(commonestName(['Orr', 'Baird', 'Baird'])).toBe('Baird');
  expect(commonestName(['Orr', 'Baird'])).toBe('Baird');
  expect(commonestName([])).toBe('');
});
