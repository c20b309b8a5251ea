import { resolve } from 'node:path';
import { dayFrom } from '../platform/actions/fields.ts';
import { Problem } from '../platform/problem.ts';
import type { Settings } from '../settings.ts';

/** Everything that a command needs from outside itself. */
export interface CommandContext {
  settings: () => Settings;
  /** One line about what is going on: to the error stream, so that the output stays the answer alone. */
  say(line: string): void;
  /** The answer. */
  print(text: string): void;
}

/** Files named on the command line are from where the user stands. */
export const fromHere = (file: string): string => resolve(process.env.KITH_CWD ?? process.cwd(), file);

/** A day given as an option; a Problem names the option. */
export function dayOption(name: string, written: string | undefined): Temporal.PlainDate | undefined {
  if (written === undefined) return undefined;
  const day = dayFrom(written);
  if (day === undefined)
    throw new Problem(422, 'not-a-day', `${name} is "${written}", which is not a day`, {
      detail: 'Write it like 2021-02-15.',
    });
  return day;
}

export const now = (): Temporal.Instant => Temporal.Now.instant();
export const today = (): Temporal.PlainDate => now().toZonedDateTimeISO('Europe/London').toPlainDate();
