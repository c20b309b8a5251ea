import type { Command } from 'commander';
import { loadDemonstration } from '../partnership/demonstration/load.ts';
import { Problem } from '../platform/problem.ts';
import { type CommandContext, today } from './context.ts';
import { withInstallation } from './open.ts';

export function databaseCommands(program: Command, context: CommandContext): void {
  program
    .command('migrate')
    .description('bring the database up to date, and stop')
    .action(() => withInstallation(context, async () => context.print('The database is up to date.')));
  program
    .command('demo')
    .description('load the demonstration partnership: made-up people only')
    .action(() =>
      withInstallation(context, async ({ pools }) => {
        const inUse = await pools.owner.query(
          `select from access.account where not exists (select from platform.fact where name = 'demonstration') limit 1`,
        );
        if ((inUse.rowCount ?? 0) > 0) {
          throw new Problem(
            409,
            'in-use',
            'People work in this installation, so it cannot become a demonstration',
            {
              detail: 'Choose another data folder with --data.',
            },
          );
        }
        await loadDemonstration(pools, today(), context.say);
        context.print('The demonstration partnership is loaded.');
      }),
    );
}
