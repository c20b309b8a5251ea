import { type Installation, openInstallation } from '../installation.ts';
import type { CommandContext } from './context.ts';

/** Opens the installation for one command and closes it after, whatever happens. Stops the database only if it started it. */
export async function withInstallation<T>(
  context: CommandContext,
  work: (installation: Installation) => Promise<T>,
): Promise<T> {
  const installation = await openInstallation(context.settings(), { alone: false, say: context.say });
  try {
    return await work(installation);
  } finally {
    await installation.close();
  }
}
