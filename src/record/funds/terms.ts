import type { z } from 'zod';
import { optionalDay, optionalText, text, tick } from '../../platform/actions/fields.ts';
import type { Faults } from '../../platform/problem.ts';

// What is said of a fund when it is opened or changed, here and by an area that opens the funds that it draws on.

export const fundTerms = {
  title: text(200, 'Name the fund'),
  purpose: text(2000, 'Say what the money is for'),
  nonRecurring: tick(),
  from: optionalDay('Enter the first day of the fund'),
  to: optionalDay('Enter the last day of the fund'),
  exitPlan: optionalText(5000),
};
type Terms = z.output<z.ZodObject<typeof fundTerms>>;

/**
 * What is wrong with how long a fund lasts, as far as it could be read. Temporary money says when it ends and what comes after it
 * (issue 5, Money).
 */
export function termFaults({ nonRecurring, from, to, exitPlan }: Partial<Terms>): Faults {
  const faults: Record<string, string> = {};
  if (from && to && Temporal.PlainDate.compare(to, from) < 0) faults.to = 'The last day is before the first';
  if (!nonRecurring) return faults;
  if (to === undefined) faults.to = 'Enter the day on which the temporary money ends';
  if (exitPlan === '')
    faults.exitPlan = 'Say what happens to the help, and to those who have it, when the money ends';
  return faults;
}
