import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import {
  good,
  itemsHead,
  library,
  loansHead,
  membersHead,
  openLibrary,
  problemOf,
} from './library.fixture.ts';
import type { ImportOptions, ImportProgress } from './run.ts';
import { summaryText } from './summary.ts';
import { folderWith } from './testing.ts';

const { database, folders, load, commit, counts, clear, close } = await openLibrary();
beforeEach(clear);
afterAll(close);

const phrases = (summary: { rejects: readonly { id: string; reason: string }[] }) =>
  summary.rejects.map(({ id, reason }) => [id, reason.split(':')[0]]);

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
