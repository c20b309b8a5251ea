import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transaction } from '../../platform/database/transaction.ts';
import { type ImportOptions, runImport } from '../../platform/import/index.ts';
import { type TestDatabase, testDatabase } from '../../platform/testing/database.ts';
import { directPaymentsImport } from './import.ts';

/** A small extract, cut from the shared one. */
export const cut = join(import.meta.dirname, 'fixtures/direct-payments-2021');

/** Imports into a database that each test has of its own: `open` and `close` it; `clear` takes the changed extracts away. */
export function importing() {
  let database: TestDatabase;
  const folders: string[] = [];
  const open = async () => {
    database = await testDatabase();
  };
  const close = () => database.close();
  const clear = () => Promise.all(folders.map((folder) => rm(folder, { recursive: true })));

  const importFrom = (dir: string, options: Partial<ImportOptions> = {}) =>
    runImport({
      dir,
      importer: directPaymentsImport,
      db: { transaction: (work) => transaction(database.pools.owner, [], work) },
      commit: true,
      now: Temporal.Instant.from('2026-11-22T10:00:00Z'),
      by: 'test',
      ...options,
    });

  const rowsOf = async (statement: string) => (await database.superuser.query(statement)).rows;
  const one = async (statement: string) => Object.values((await rowsOf(statement))[0])[0];
  const moneyFaults = () => rowsOf('select * from direct_payments.money_fault');

  /** A copy of the cut, in which one file is changed. */
  async function changed(file: string, change: (text: string) => string): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'kith-cut-'));
    folders.push(folder);
    await cp(cut, folder, { recursive: true });
    const path = join(folder, file);
    await writeFile(path, change(await readFile(path, 'utf8')));
    return folder;
  }

  /** A copy of the cut with more lines at the end of one file. */
  const withLines = (file: string, ...lines: string[]) =>
    changed(file, (text) => `${text}${lines.join('\n')}\n`);
  return {
    open,
    close,
    clear,
    database: () => database,
    importFrom,
    rowsOf,
    one,
    moneyFaults,
    changed,
    withLines,
  };
}
