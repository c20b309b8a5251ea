import type { Command } from 'commander';
import { tidyTables } from '../platform/database/tidy.ts';
import { transaction } from '../platform/database/transaction.ts';
import { chooseImporter, type ImportProgress, runImport, summaryText } from '../platform/import/index.ts';
import { directPaymentsImport } from '../practice/direct-payments/import.ts';
import { careImport } from '../record/import/care.ts';
import { type CommandContext, fromHere, now } from './context.ts';
import { withInstallation } from './open.ts';

const showEvery = 1000;
/** From so many rows on, what PostgreSQL knows of its tables is out of date. */
const manyRows = 5_000;

/** Every kind of package that can be imported. An importer of another area is named here. */
const importers = [directPaymentsImport, careImport];

/** A line of progress at most once a second, so that long work is seen to go on and short work stays quiet. */
function progressLines(say: (line: string) => void): (progress: ImportProgress) => void {
  let last = performance.now();
  return ({ stage, file, rows, bytes, totalBytes }) => {
    if (performance.now() - last < showEvery) return;
    last = performance.now();
    const share = totalBytes > 0 ? ` (${Math.floor((100 * bytes) / totalBytes)}%)` : '';
    say(`  ${stage} ${file}: ${rows.toLocaleString('en-GB')} rows${stage === 'reading' ? share : ''}`);
  };
}

export function importCommand(program: Command, context: CommandContext): void {
  program
    .command('import <folder>')
    .description('import a folder of CSV files; a dry run unless --commit')
    .option('--commit', 'write what is good')
    .option('--kind <name>', 'what the folder holds, where its files do not tell: direct-payments or care')
    .option('--strict', 'write nothing if any row is refused')
    .option('--source <name>', 'where the rows come from, for a package that does not name itself')
    .option('--rejects <file>', 'where to write the rows that were refused', 'rejects.csv')
    .option('--format <format>', 'table or json', 'table')
    .action(
      (
        folder: string,
        options: {
          commit?: boolean;
          kind?: string;
          strict?: boolean;
          source?: string;
          rejects: string;
          format: string;
        },
      ) =>
        withInstallation(context, async ({ pools }) => {
          const dir = fromHere(folder);
          const importer = await chooseImporter(dir, importers, options.kind);
          const summary = await runImport({
            dir,
            importer,
            db: { transaction: (work) => transaction(pools.owner, [], work) },
            by: 'command line',
            now: now(),
            commit: options.commit ?? false,
            strict: options.strict ?? false,
            ...(options.source === undefined ? {} : { source: options.source }),
            rejectsPath: fromHere(options.rejects),
            progress: progressLines(context.say),
          });
          if (!summary.dry && summary.accepted >= manyRows) {
            context.say('  counting the tables anew');
            await tidyTables(pools.owner);
          }
          context.print(options.format === 'json' ? JSON.stringify(summary) : summaryText(summary));
        }),
    );
}
