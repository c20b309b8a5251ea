import type { z } from 'zod';
import { optionalDay, optionalText, text, tick } from '../../platform/actions/fields.ts';
import { invalid } from '../../platform/problem.ts';
import { checkDays } from './records.ts';

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
 * Temporary money says when it ends and what comes after it (issue 5, Money).
 * @throws Problem that names the field, also where a fund would end before it begins.
 */
export function checkTerms({
  nonRecurring,
  from,
  to,
  exitPlan,
}: Pick<Terms, 'nonRecurring' | 'from' | 'to' | 'exitPlan'>): void {
  checkDays(from, to);
  if (!nonRecurring) return;
  const wrong = {
    ...(to === undefined ? { to: 'Enter the day on which the temporary money ends' } : {}),
    ...(exitPlan === ''
      ? { exitPlan: 'Say what happens to the help, and to those who have it, when the money ends' }
      : {}),
  };
  if (Object.keys(wrong).length > 0) throw invalid(wrong);
}
