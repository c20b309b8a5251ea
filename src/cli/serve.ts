import type { Command } from 'commander';
import { openInstallation } from '../installation.ts';
import type { RunningDatabase } from '../platform/database/server.ts';
import { Problem } from '../platform/problem.ts';
import { openLog } from '../platform/web/log.ts';
import { serve } from '../serve.ts';
import type { CommandContext } from './context.ts';

export function serveCommand(program: Command, context: CommandContext): void {
  program
    .command('serve')
    .description('serve the system until stopped')
    .action(async () => {
      const settings = context.settings();
      const say = (line: string) => process.stdout.write(`${line}\n`);
      say(`Kith, for ${settings.partnership}`);
      // Told to stop while still starting: what was started is stopped first, and then the process ends.
      let told: (() => void) | undefined;
      const stopped = new Promise<void>((resolve) => {
        told = resolve;
      });
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => told?.());
      const installation = await openInstallation(settings, { alone: true, say });
      try {
        const log = openLog(settings.logLevel, logFile(settings.dataDir));
        const running = await serve(installation, log, say);
        const why = await Promise.race([stopped.then(() => 'told'), databaseEnded(installation.database)]);
        if (why === 'database') {
          say('The database has stopped by itself. Start Kith again; what was saved is kept.');
          process.exitCode = 1;
        }
        say('Stopping …');
        await running.close();
      } catch (error) {
        throw taken(error, settings.port);
      } finally {
        await installation.close();
      }
      say('Stopped.');
      process.exit(process.exitCode ?? 0);
    });
}

/** Settles when a database of our own ends without being told to; never, when the database is somebody else's. */
const databaseEnded = async (database: RunningDatabase | undefined): Promise<'database'> => {
  if (database === undefined || (await database.ended)) return new Promise(() => {});
  return 'database';
};

/** The log goes beside the data, or to standard output where a container collects it (KITH_LOG=-). */
const logFile = (dataDir: string): string | number =>
  process.env.KITH_LOG === '-' ? 1 : (process.env.KITH_LOG ?? `${dataDir}/kith.log`);

function taken(error: unknown, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return new Problem(503, 'port-taken', `Port ${port} is taken by another program`, {
      detail: `Choose another, for example: PORT=${port + 1} npm start`,
      cause: error,
    });
  }
  if (code === 'EACCES') {
    return new Problem(503, 'port-forbidden', `This user may not serve on port ${port}`, {
      detail: 'Choose a port above 1023.',
      cause: error,
    });
  }
  return error;
}
