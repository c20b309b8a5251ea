import type { Command } from 'commander';
import { loadDemonstration } from '../partnership/demonstration/load.ts';
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
        await loadDemonstration(pools, today(), context.say);
        context.print('The demonstration partnership is loaded.');
      }),
    );
}
