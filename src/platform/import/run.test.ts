import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type Files,
  good,
  itemsHead,
  loansHead,
  membersHead,
  openLibrary,
  problemOf,
} from './library.fixture.ts';
import { summaryText } from './summary.ts';
import { folderWith } from './testing.ts';

const { database, folders, load, commit, counts, clear, close } = await openLibrary();
beforeEach(clear);
afterAll(close);

describe('an import', () => {
  test('is a rehearsal unless committed: it says what would be, and leaves nothing but the note that it ran', async () => {
    const summary = await load(good);
    expect(summary).toMatchObject({
      dry: true,
      source: 'extract',
      read: 6,
      accepted: 6,
      written: { members: 2, loans: 2, items: 2 },
    });
    expect(await counts()).toEqual({ members: 0, loans: 0, items: 0, remembered: 0 });
    const { rows } = await database.pool.query(
      'select source, importer, dry, by, counts, finished_at >= started_at as ended from import.run',
    );
    expect(rows).toEqual([
      {
        source: 'extract',
        importer: 'library',
        dry: true,
        by: 'finance.officer',
        ended: true,
        counts: expect.objectContaining({ read: 6 }),
      },
    ]);
  });

  test('once committed, is there with its references, and a second time changes nothing', async () => {
    const first = await commit(good);
    expect(first).toMatchObject({
      dry: false,
      accepted: 6,
      unchanged: 0,
      rejected: 0,
      written: { members: 2, loans: 2, items: 2 },
    });
    const { rows } = await database.pool.query(
      'select m.name, l.total from loan l join member m on m.id = l.member order by 1',
    );
    expect(rows).toEqual([
      { name: 'Ann', total: 1250n },
      { name: 'Bob', total: 300n },
    ]);
    const before = await counts();
    const second = await commit(good);
    expect(second).toMatchObject({
      accepted: 0,
      unchanged: 6,
      rejected: 0,
      written: { members: 0, loans: 0, items: 0 },
    });
    expect(await counts()).toEqual(before);
    expect(summaryText(second)).toContain('Nothing was new, so nothing was written.');
  });

  test('adds the rows that are new, also to members imported before', async () => {
    await commit(good);
    const summary = await commit({
      ...good,
      'members.csv': membersHead,
      'loans.csv': `${loansHead}L3,M2,book,9\n`,
      'items.csv': itemsHead,
    });
    expect(summary).toMatchObject({ read: 1, accepted: 1, rejected: 0 });
    expect(await counts()).toMatchObject({ members: 2, loans: 3 });
  });

  test('of a row with other values is refused, naming the fields, and the new parts of that row wait', async () => {
    await commit(good);
    const summary = await commit({
      'members.csv': `${membersHead}M1,Anne,2020-01-31,Wishaw\nM2,Bob,2020-02-01,Bellshill\n`,
      'loans.csv': `${loansHead}L1,M1,book,13.50\nL2,M2,film,3\n`,
      'items.csv': `${itemsHead}L1,Emma,10.00\nL1,Dune,2.50\nL1,Ulysses,1.00\nL2,Heidi,3.00\n`,
    });
    expect(summary.rejects.map((each) => each.reason.split(';')[0])).toEqual([
      'already imported with other values: full_name, town',
      'already imported with other values: total',
      'already imported with other values: the loan L2 was imported without this row',
    ]);
    expect(summary).toMatchObject({ read: 8, accepted: 0, unchanged: 2, rejected: 3, heldBack: 3 });
    expect(await counts()).toMatchObject({ members: 2, loans: 2, items: 2 });
  });

  test('knows sources apart: by the name in the package, else the one given', async () => {
    await commit(good, { source: 'first extract' });
    const descriptor = JSON.stringify({
      name: 'packaged',
      resources: [
        { name: 'members', path: 'members.csv' },
        { name: 'loans', path: 'loans.csv' },
      ],
    });
    const other = { ...good, 'loans.csv': loansHead, 'datapackage.json': descriptor };
    expect(await commit(other, { source: 'ignored' })).toMatchObject({ source: 'packaged', accepted: 2 });
    expect(await commit(good, { source: 'first extract' })).toMatchObject({
      source: 'first extract',
      unchanged: 6,
    });
  });
});

test('two imports of one package at the same moment: one writes, the other finds everything there', async () => {
  const summaries = await Promise.all([commit(good), commit(good), commit(good)]);
  expect(summaries.map((each) => each.accepted).toSorted()).toEqual([0, 0, 6]);
  expect(summaries.map((each) => each.unchanged).toSorted()).toEqual([0, 6, 6]);
  expect(await counts()).toEqual({ members: 2, loans: 2, items: 2, remembered: 6 });
});

describe('rows that cannot stand', () => {
  const dirty: Files = {
    'members.csv': `${membersHead}M1,Ann,2020-01-31,\nM2,Bob,31/01/2020,\nM1,Cy,2020-01-31,\n`,
    'loans.csv': `${loansHead}L1,M1,book,12.50\nL2,M2,film,3\nL3,M9,book,1\nL4,M1,map,-1\nL5,M1,book,5\nL6,M1,book,6\n`,
    'items.csv': `${itemsHead}L1,Emma,12.50\nL4,Atlas,1\nL5,Heidi,4\nL6,Ivanhoe,six\nL6,Kim,6\nL9,Lanark,1\n`,
  };

  test('are refused with their reason, and the good ones go in', async () => {
    const summary = await commit(dirty);
    expect(summary.rejects.map(({ file, line, id }) => [file, line, id])).toEqual([
      ['members.csv', 3, 'M2'],
      ['members.csv', 4, 'M1'],
      ['loans.csv', 3, 'L2'],
      ['loans.csv', 4, 'L3'],
      ['loans.csv', 5, 'L4'],
      ['loans.csv', 6, 'L5'],
      ['loans.csv', 7, 'L6'],
      ['items.csv', 5, 'L6 | Ivanhoe'],
      ['items.csv', 7, 'L9 | Lanark'],
    ]);
    expect(summary.rejects.map((each) => each.reason.split(';')[0])).toEqual([
      'not a date: joined_on is "31/01/2020"',
      'duplicate id: M1 is already on line 2',
      'unknown member: member_id is "M2", whose own row was refused (members.csv line 3)',
      'unknown member: member_id is "M9", which is neither in this package nor imported before',
      'unknown kind: kind is "map"',
      'items do not add up: check the prices',
      'part refused: line 5 of items.csv, which belongs to it, was refused',
      'not an amount of money: price is "six"',
      'unknown loan: loan_id is "L9", which is neither in this package nor imported before',
    ]);
    expect(summary).toMatchObject({ read: 15, accepted: 3, rejected: 9, heldBack: 3 });
    expect(summary.warnings).toEqual(['items.csv: 3 rows wait because the row they are part of was refused']);
    expect(await counts()).toEqual({ members: 1, loans: 1, items: 1, remembered: 3 });
  });

  test('once mended, go in with what waited for them', async () => {
    await commit(dirty);
    const mended = await commit({
      'members.csv': `${membersHead}M1,Ann,2020-01-31,\nM2,Bob,2020-01-31,\n`,
      'loans.csv': `${loansHead}L1,M1,book,12.50\nL2,M2,film,3\nL5,M1,book,5\nL6,M1,book,12\n`,
      'items.csv': `${itemsHead}L1,Emma,12.50\nL5,Heidi,5\nL6,Ivanhoe,6\nL6,Kim,6\n`,
    });
    expect(mended).toMatchObject({ read: 10, accepted: 7, unchanged: 3, rejected: 0, heldBack: 0 });
  });

  test('are listed in a file that is safe to open in a spreadsheet; a clean run empties it', async () => {
    const dir = await folderWith({});
    folders.push(dir);
    const rejectsPath = join(dir, 'rejects.csv');
    const bad = {
      ...good,
      'members.csv': `${membersHead}"=HYPERLINK(""x"")",Ann,soon,\nM1,Ann,2020-01-31,\nM2,Bob,2020-02-01,\n`,
    };
    const summary = await load(bad, { rejectsPath });
    const lines: string[][] = parse(await readFile(rejectsPath, 'utf8'));
    expect(lines[0]).toEqual(['file', 'line', 'id', 'reason']);
    expect(lines[1]?.slice(0, 3)).toEqual(['members.csv', '2', '\'=HYPERLINK("x")']);
    expect(lines[1]?.[3]).toMatch(/^not a date: joined_on is "soon"; /);
    expect(summary.rejectsPath).toBe(rejectsPath);
    await load(good, { rejectsPath });
    expect(await readFile(rejectsPath, 'utf8')).toBe('file,line,id,reason\r\n');
    expect(await problemOf(commit(good, { rejectsPath: join(dir, 'no', 'such', 'rejects.csv') }))).toMatch(
      /cannot be written to/,
    );
    expect(await counts()).toMatchObject({ members: 0 });
  });

  test('refuse the whole import when strict, and are listed all the same', async () => {
    const dir = await folderWith({});
    folders.push(dir);
    const rejectsPath = join(dir, 'rejects.csv');
    expect(await problemOf(commit(dirty, { strict: true, rejectsPath }))).toMatch(
      /^Nothing was written, because 9 rows were refused. All are in .*rejects.csv/,
    );
    expect(await counts()).toEqual({ members: 0, loans: 0, items: 0, remembered: 0 });
    expect(parse(await readFile(rejectsPath, 'utf8'))).toHaveLength(10);
    expect(await commit(good, { strict: true })).toMatchObject({ accepted: 6 });
  });
});
