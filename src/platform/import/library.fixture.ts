import sql from 'sql-template-tag';
import { Problem } from '../problem.ts';
import { day, money, oneOf, optional, text } from './fields.ts';
import { importer, jsonRows, refuseRow } from './importer.ts';
import { resource } from './resource.ts';
import { type ImportOptions, runImport } from './run.ts';
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

/** Loans add up to their items, and nothing was lent before 2000. */
export const library = importer({
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

export type Files = Readonly<Record<string, string>>;

export const membersHead = 'member_id,full_name,joined_on,town\n';
export const loansHead = 'loan_id,member_id,kind,total\n';
export const itemsHead = 'loan_id,title,price\n';

/** A package in which all is well. */
export const good: Files = {
  'members.csv': `${membersHead}M1,Ann,2020-01-31,\nM2,Bob,2020-02-01,Bellshill\n`,
  'loans.csv': `${loansHead}L1,M1,book,12.50\nL2,M2,film,3\n`,
  'items.csv': `${itemsHead}L1,Emma,10.00\nL1,Dune,2.50\n`,
};

/** The library's tables in a database of their own. `clear` empties them and takes the packages away; close it at the end. */
export async function openLibrary() {
  const database = await startTestDatabase();
  await database.pool.query(`
    create table member (id uuid primary key, name text not null constraint name_is_not_forbidden check (name <> 'forbidden'), joined date);
    create table loan (id uuid primary key, member uuid not null references member deferrable initially deferred, total bigint not null,
      constraint one_total_each unique (total) deferrable initially deferred);
    create table item (id uuid primary key, loan uuid not null references loan);`);
  const folders: string[] = [];

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

  async function clear(): Promise<void> {
    await Promise.all(folders.splice(0).map(removeFolder));
    await database.pool.query('truncate item, loan, member, import.source_row, import.run');
  }
  const close = async () => {
    await Promise.all(folders.splice(0).map(removeFolder));
    await database.stop();
  };
  return { database, folders, load, commit, counts, clear, close };
}

/** What somebody is told when the whole import is refused. */
export async function problemOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => new Error('nothing was refused'),
    (caught: unknown) => caught,
  );
  if (!(error instanceof Problem)) throw error;
  return `${error.message}. ${error.detail}`;
}
