import { Command, CommanderError } from 'commander';
import { Problem } from '../platform/problem.ts';
import { settingsFrom } from '../settings.ts';
import { auditCommands } from './audit.ts';
import { backupCommands } from './backup.ts';
import type { CommandContext } from './context.ts';
import { databaseCommands } from './database.ts';
import { figuresCommands } from './figures.ts';
import { importCommand } from './import.ts';
import { serveCommand } from './serve.ts';
import { userCommands } from './user.ts';

/** Reads the command line and does what it says. Any error is one clear sentence and a non-zero exit. */
export async function runCommand(argv: readonly string[]): Promise<void> {
  const program = new Command('kith')
    .description('Kith runs whole-family support for a children’s services partnership.')
    .option('--data <folder>', 'the data folder (KITH_DATA; .kith unless said)')
    .showHelpAfterError('(kith --help lists the commands)')
    .exitOverride();
  const context: CommandContext = {
    settings: () => settingsFrom(process.env, program.opts<{ data?: string }>().data),
    say: (line) => process.stderr.write(`${line}\n`),
    print: (text) => process.stdout.write(text.endsWith('\n') ? text : `${text}\n`),
  };
  for (const add of [
    serveCommand,
    databaseCommands,
    importCommand,
    figuresCommands,
    userCommands,
    backupCommands,
    auditCommands,
  ]) {
    add(program, context);
  }
  // `--data` may stand before or after the command.
  for (const command of allCommands(program)) {
    command.exitOverride().option('--data <folder>', 'the data folder');
    command.hook('preAction', (_this, acting) => {
      const data = acting.opts<{ data?: string }>().data;
      if (data !== undefined) program.setOptionValue('data', data);
    });
  }
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode;
      return;
    }
    explain(error);
    process.exitCode = 1;
  }
}

const allCommands = (command: Command): Command[] =>
  command.commands.flatMap((each) => [each, ...allCommands(each)]);

function explain(error: unknown): void {
  if (error instanceof Problem) {
    process.stderr.write(
      `${error.message}${/[.!?]$/.test(error.message) ? '' : '.'}${error.detail ? ` ${error.detail}` : ''}\n`,
    );
    for (const [field, sentence] of Object.entries(error.fields))
      process.stderr.write(`  ${field}: ${sentence}\n`);
    return;
  }
  process.stderr.write(`Something went wrong: ${error instanceof Error ? error.message : String(error)}\n`);
  if (process.env.KITH_LOG_LEVEL === 'debug' && error instanceof Error)
    process.stderr.write(`${error.stack}\n`);
}
