import type { Command } from 'commander';
import { backup, restore } from '../platform/database/backup.ts';
import { type CommandContext, fromHere, now } from './context.ts';
import { withInstallation } from './open.ts';

export function backupCommands(program: Command, context: CommandContext): void {
  program
    .command('backup <file>')
    .description('write everything to one file, as at this moment, while work goes on')
    .action((file: string) =>
      withInstallation(context, async ({ address, secret, settings }) => {
        const made = await backup(address, secret, fromHere(file), {
          partnership: settings.partnership,
          now: now(),
          progress: (table) => context.say(`  ${table}`),
        });
        context.print(
          `Backed up ${made.rows.toLocaleString('en-GB')} rows of ${made.tables} tables to ${made.file}`,
        );
      }),
    );
  program
    .command('restore <file>')
    .description('put a backup back into an empty installation')
    .option('--replace', 'put it in place of what is here')
    .action((file: string, options: { replace?: boolean }) =>
      withInstallation(context, async ({ address, secret }) => {
        const made = await restore(address, secret, fromHere(file), {
          replace: options.replace ?? false,
          progress: (table) => context.say(`  ${table}`),
        });
        context.print(
          `Restored ${made.rows.toLocaleString('en-GB')} rows of ${made.tables} tables, as at ${made.madeAt}`,
        );
      }),
    );
}
