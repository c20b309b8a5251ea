import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import sql from 'sql-template-tag';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Problem } from '../problem.ts';
import { day, money, oneOf, optional, text } from './fields.ts';
import { importer, jsonRows, refuseRow } from './importer.ts';
import { resource } from './resource.ts';
import { type ImportOptions, type ImportProgress, runImport } from './run.ts';
import { summaryText } from './summary.ts';
import { folderWith, removeFolder, startTestDatabase } from './testing.ts';

/** A lending library: members, their loans, and the items of each loan, which are parts of it. */
const members = resource({
  name: 'members',
  id: 'member_id',
  fields: { member_id: text(), full_name: text(), joined_on: day(), town: optional(text()) },
});
const loans = resource({
  name: 'loans',
  id: 'loan_id',
  fields: {
    loan_id: text(),
    member_id: text(),
    kind: oneOf(['book', 'film']),
    total: money({ positive: true }),
  },
  references: [{ by: 'member_id', resource: 'members', called: 'member' }],
});
const items = resource({
  name: 'items',
  id: ['loan_id', 'title'],
  required: false,
  fields: { loan_id: text(), title: text(), price: money() },
  references: [{ by: 'loan_id', resource: 'loans', called: 'loan', part: true }],
});

const library = importer({
  name: 'library',
  title: 'Lending library',
  resources: { members, loans, items },
  *check({ loans: lent, items: lentItems }, { today }) {
    const sums = new Map<string, bigint>();
    for (const { values } of lentItems.rows)
      sums.set(values.loan_id, (sums.get(values.loan_id) ?? 0n) + values.price);
    for (const row of lent.rows) {
      const sum = sums.get(row.id);
      if (sum !== undefined && sum !== row.values.total)
        yield refuseRow(row, 'items do not add up', 'check the prices');
      if (today.year < 2000) yield refuseRow(row, 'too early', 'wait');
    }
  },
  async write(tx, accepted, context) {
    const people = accepted.members.map((row) => ({
      id: row.target,
      name: row.values.full_name,
      joined: row.values.joined_on,
    }));
    const lent = accepted.loans.map((row) => ({
      id: row.target,
      member: context.target('members', row.values.member_id),
      total: row.values.total,
    }));
    const lentItems = accepted.items.map((row) => ({
      id: row.target,
      loan: context.target('loans', row.values.loan_id),
    }));
    return {
      members: await tx.run(
        sql`insert into member select * from jsonb_to_recordset(${jsonRows(people)}::jsonb) as r (id uuid, name text, joined date)`,
      ),
      loans: await tx.run(
        sql`insert into loan select * from jsonb_to_recordset(${jsonRows(lent)}::jsonb) as r (id uuid, member uuid, total bigint)`,
      ),
      items: await tx.run(
        sql`insert into item select * from jsonb_to_recordset(${jsonRows(lentItems)}::jsonb) as r (id uuid, loan uuid)`,
      ),
    };
  },
});

let database: Awaited<ReturnType<typeof startTestDatabase>>;
const folders: string[] = [];

beforeAll(async () => {
  database = await startTestDatabase();
  await database.pool.query(`
    create table member (id uuid primary key, name text not null constraint name_is_not_forbidden check (name <> 'forbidden'), joined date);
    create table loan (id uuid primary key, member uuid not null references member deferrable initially deferred, total bigint not null,
      constraint one_total_each unique (total) deferrable initially deferred);
    create table item (id uuid primary key, loan uuid not null references loan);`);
});
beforeEach(() => database.pool.query('truncate item, loan, member, import.source_row, import.run'));
afterEach(async () => {
  await Promise.all(folders.splice(0).map(removeFolder));
});
afterAll(() => database.stop());

type Files = Readonly<Record<string, string>>;

const membersHead = 'member_id,full_name,joined_on,town\n';
const loansHead = 'loan_id,member_id,kind,total\n';
const itemsHead = 'loan_id,title,price\n';

const good: Files = {
  'members.csv': `${membersHead}M1,Ann,2020-01-31,\nM2,Bob,2020-02-01,Bellshill\n`,
  'loans.csv': `${loansHead}L1,M1,book,12.50\nL2,M2,film,3\n`,
  'items.csv': `${itemsHead}L1,Emma,10.00\nL1,Dune,2.50\n`,
};

async function load(files: Files, options: Partial<ImportOptions> = {}) {
  const dir = await folderWith(files);
  folders.push(dir);
  return runImport({
    dir,
    importer: library,
    db: database.db,
    by: 'finance.officer',
    now: Temporal.Instant.from('2026-11-22T10:00:00Z'),
    ...options,
  });
}

const commit = (files: Files, options: Partial<ImportOptions> = {}) =>
  load(files, { ...options, commit: true });

async function counts() {
  const { rows } = await database.pool.query(`
    select (select count(*) from member)::int as members, (select count(*) from loan)::int as loans,
      (select count(*) from item)::int as items, (select count(*) from import.source_row)::int as remembered`);
  return rows[0];
}

async function problemOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => new Error('nothing was refused'),
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(Problem);
  return error instanceof Problem ? `${error.message}. ${error.detail}` : '';
}

const phrases = (summary: { rejects: readonly { id: string; reason: string }[] }) =>
  summary.rejects.map(({ id, reason }) => [id, reason.split(':')[0]]);

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

describe('what the database refuses', () => {
  const forbidden = {
    ...good,
    'members.csv': `${membersHead}M1,forbidden,2020-01-31,\nM2,Bob,2020-02-01,\n`,
  };
  const sameTotals = {
    ...good,
    'items.csv': itemsHead,
    'loans.csv': `${loansHead}L1,M1,book,3\nL2,M2,film,3\n`,
  };

  test.each([
    ['at once', forbidden, /\(name is not forbidden\)/],
    ['at the end', sameTotals, /\(one total each\)/],
  ])('%s is told in the rehearsal already, and leaves nothing', async (_when, files, expected) => {
    for (const work of [load, commit]) {
      const problem = await problemOf(work(files));
      expect(problem).toMatch(/^The database refused the rows, so nothing was written/);
      expect(problem).toMatch(expected);
    }
    expect(await counts()).toEqual({ members: 0, loans: 0, items: 0, remembered: 0 });
  });

  test('a fault of ours stays what it is', async () => {
    const broken = { ...library, write: () => Promise.reject(new TypeError('ours')) };
    await expect(commit(good, { importer: broken })).rejects.toThrow(TypeError);
    expect(await counts()).toMatchObject({ remembered: 0 });
  });
});

test('every row read is accepted, unchanged, refused or waiting; a second import accepts none', async () => {
  const row = fc.record({
    member: fc.constantFrom('M1', 'M2', 'M3', ''),
    loan: fc.constantFrom('L1', 'L2', 'L3', 'L4'),
    item: fc.constantFrom('a', 'b'),
    joined: fc.constantFrom('2020-01-31', '2020-01-32'),
    total: fc.constantFrom('1', '2', 'x'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 8 }), async (rows) => {
      await database.pool.query('truncate item, loan, member, import.source_row, import.run');
      await database.pool.query('alter table loan drop constraint if exists one_total_each');
      const files = {
        'members.csv': membersHead + rows.map((each) => `${each.member},Ann,${each.joined},\n`).join(''),
        'loans.csv':
          loansHead + rows.map((each) => `${each.loan},${each.member},book,${each.total}\n`).join(''),
        'items.csv': itemsHead + rows.map((each) => `${each.loan},${each.item},${each.total}\n`).join(''),
      };
      const first = await commit(files);
      expect(first.accepted + first.unchanged + first.rejected + first.heldBack).toBe(first.read);
      expect(first.read).toBe(rows.length * 3);
      for (const file of first.files) expect(file.accepted + file.rejected + file.heldBack).toBe(file.read);
      expect(await counts()).toMatchObject({ remembered: first.accepted });
      // No item without its loan, no loan whose items do not add up to it.
      const { rows: broken } = await database.pool.query(
        'select 1 from item i left join loan l on l.id = i.loan where l.id is null',
      );
      expect(broken).toEqual([]);
      const second = await commit(files);
      expect(second).toMatchObject({
        accepted: 0,
        unchanged: first.accepted,
        rejected: first.rejected,
        heldBack: first.heldBack,
      });
      expect(phrases(second)).toEqual(phrases(first));
    }),
    { numRuns: 60 },
  );
});

test('20,000 rows go in with a handful of statements, and progress is told', async () => {
  const rows = Array.from({ length: 20_000 }, (_, n) => `M${n},Ann,2020-01-31,\n`).join('');
  const steps: ImportProgress[] = [];
  let statements = 0;
  const counted: ImportOptions['db'] = {
    transaction: (work) =>
      database.db.transaction((tx) =>
        work({
          ...tx,
          many: (query) => {
            statements += 1;
            return tx.many(query);
          },
          run: (query) => {
            statements += 1;
            return tx.run(query);
          },
        }),
      ),
  };
  const files = { 'members.csv': membersHead + rows, 'loans.csv': loansHead };
  const summary = await commit(files, { db: counted, progress: (each) => steps.push(each) });
  expect(summary.accepted).toBe(20_000);
  expect(statements).toBeLessThan(30);
  expect(steps.map((each) => each.stage)).toEqual(expect.arrayContaining(['reading', 'checking', 'writing']));
  expect(steps.at(-1)).toMatchObject({ rows: 20_000 });
});

test('the summary is plain text a person can act on', async () => {
  const summary = await load({
    ...good,
    'members.csv': `${membersHead}M1,Ann,2020-01-31,\nM2,Bob,soon,\n`,
    'leaflet.txt': 'hello',
  });
  expect(summaryText(summary)).toBe(`Lending library, from the source "extract"

             read  would be written  unchanged  refused  waiting
members.csv     2                 1          0        1        0
loans.csv       2                 1          0        1        0
items.csv       2                 2          0        0        0
in all          6                 4          0        2        0

Refused:
  1  not a date
  1  unknown member

Please note:
  leaflet.txt is not a file this import knows; it was not read

It would write: 1 members, 1 loans, 2 items.
This was a dry run: nothing was written. Run it again with --commit to write it.
`);
});

test('a package that changes while it is read never leaves half of itself', async () => {
  const dir = await folderWith(good);
  folders.push(dir);
  await writeFile(
    join(dir, 'items.csv'),
    Buffer.concat([Buffer.from(itemsHead), Buffer.from([0xff, 0x41, 0x0a])]),
  );
  expect(await problemOf(load(good, { dir, commit: true }))).toMatch(/items.csv is not in UTF-8/);
  expect(await counts()).toEqual({ members: 0, loans: 0, items: 0, remembered: 0 });
});
