import type pg from 'pg';
import sql, { raw } from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';
import { tidyTables } from '../../platform/database/tidy.ts';
import { transaction } from '../../platform/database/transaction.ts';
import { jsonRows } from '../../platform/import/index.ts';
import { Problem } from '../../platform/problem.ts';
import { findDuplicates } from '../../record/duplicates/job.ts';
import { fillMentalHealth } from '../mental-health/demonstration.ts';
import { buildDemonstration } from './build.ts';
import { fillCamhs } from './camhs.ts';
import { countNotes } from './counted.ts';
import { checkProgrammes, fillDirectory } from './directory.ts';
import { fillFamilyGroup } from './family-group.ts';
import { fillGrants } from './grants.ts';
import { tellHelp } from './help-told.ts';
import { fillHelpingTeams } from './helpers.ts';
import { mergeSome } from './merges.ts';
import { demonstrationPersonas } from './partnership.ts';
import { fillPast } from './past/write.ts';
import { fillProjects } from './providers/projects.ts';
import { fillContracts } from './providers/returns.ts';
import { fillSupport } from './support.ts';
import { columnsOf, type Row, type TableName, tables } from './tables.ts';

export { demonstrationPersonas } from './partnership.ts';

/** Settings that a partnership may hold already: those stay as they are. */
const kept: readonly TableName[] = [
  'direct_payments.delegated_limit',
  'direct_payments.category',
  'direct_payments.other_fund',
];

async function fill(tx: Rows, table: TableName, rows: readonly Row[]): Promise<number> {
  const columns = columnsOf(table);
  for (const row of rows) {
    if (Object.keys(row).length !== columns.length || columns.some((each) => !(each in row))) {
      throw new Error(`a row of ${table} has other columns than the table: ${Object.keys(row)}`);
    }
  }
  const names = raw(columns.join(', '));
  const unlessThere = raw(kept.includes(table) ? 'on conflict do nothing' : '');
  return tx.run(sql`
    insert into ${raw(table)} (${names}) select ${names} from jsonb_to_recordset(${jsonRows(rows)}::jsonb) as r (${raw(tables[table])}) ${unlessThere}`);
}

/** The first of so many numbers for references, which nobody else gets. */
async function takeNumbers(tx: Rows, count: number): Promise<number> {
  const [next] = await tx.many<{ number: bigint }>(
    sql`select nextval('direct_payments.reference_number') as number`,
  );
  const first = Number(next?.number);
  await tx.many(sql`select setval('direct_payments.reference_number', ${first + count - 1})`);
  return first;
}

/**
 * Loads Strathmorran, the made-up partnership of the demonstration, in one transaction as the owner role. The same day gives
 * the same partnership, to the byte. Does nothing where it is loaded already.
 *
 * `say` gets a line on what is being done. Gives whether it was loaded now, and how many families and requests there are.
 * Throws a `Problem` when `today` is before December 2025, since nothing of the demonstration may lie before that year.
 */
export async function loadDemonstration(
  pools: { readonly owner: pg.Pool },
  today: Temporal.PlainDate,
  say: (line: string) => void,
): Promise<{ loaded: boolean; families: number; requests: number }> {
  if (Temporal.PlainDate.compare(today, Temporal.PlainDate.from('2025-12-01')) < 0) {
    throw new Problem(500, 'clock-behind', `The clock of this machine says ${today}, which has passed`, {
      detail: 'Set the clock right and start again. The demonstration tells of the nine months before today.',
    });
  }
  const done = await transaction(pools.owner, [], async (tx) => {
    await tx.many(sql`select pg_advisory_xact_lock(hashtextextended('demonstration', 0))`);
    await tx.many(sql`select set_config('kith.purpose', 'demonstration', true)`);
    const [before] = await tx.many<{ value: { families: number; requests: number } }>(
      sql`select value from platform.fact where name = 'demonstration'`,
    );
    if (before !== undefined) {
      say('The demonstration partnership is loaded already.');
      return { loaded: false, families: before.value.families, requests: before.value.requests };
    }
    say('Loading the demonstration partnership: Strathmorran, where nobody is real.');
    const built = buildDemonstration(today);
    const first = await takeNumbers(tx, built.references.length);
    built.references.forEach((give, index) => {
      give(first + index);
    });
    for (const table of Object.keys(tables) as TableName[]) await fill(tx, table, built.filled[table]);
    await countNotes(tx, built.filled['record.note']);
    await fillDirectory(tx, today);
    await fillHelpingTeams(tx, today);
    await checkProgrammes(tx, today);
    await fillSupport(tx, today);
    await fillCamhs(tx, today);
    await tellHelp(tx);
    await fillFamilyGroup(tx, today);
    await fillMentalHealth(tx, today);
    await fillContracts(tx, today);
    await fillProjects(tx, today);
    await fillPast(tx);
    await fillGrants(tx, today);
    const counts = {
      families: built.filled['record.family'].length,
      requests: built.filled['direct_payments.request'].length,
    };
    const personas = demonstrationPersonas.map(({ email, ...rest }) => ({ account: email, ...rest }));
    await tx.run(sql`insert into platform.fact (name, value) values
      ('demonstration', ${JSON.stringify({ day: today.toString(), ...counts })}::jsonb), ('personas', ${JSON.stringify({ personas })}::jsonb)`);
    say(`Loaded ${counts.families} families and ${counts.requests} requests.`);
    return { loaded: true, ...counts };
  });
  // As the first night would: pairs of records that may be of one person wait for somebody to look; then Ailsa has looked.
  if (done.loaded) {
    await tidyTables(pools.owner);
    await findDuplicates(pools);
    await mergeSome(pools.owner);
  }
  return done;
}
