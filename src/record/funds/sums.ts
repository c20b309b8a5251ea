import { z } from 'zod';
import { poundsToPence } from '../../platform/actions/fields.ts';

const mostPence = 100_000_000_000n;

/** An amount that a fund, a contract or a grant can have, nought too; whole pence after parsing. */
export const largeSum = (missing: string) =>
  z.preprocess(
    (value) => (typeof value === 'number' ? String(value) : value),
    z.string({ error: missing }).transform((written, context) => {
      const pence = poundsToPence(written);
      if (pence === undefined || pence > mostPence) {
        context.addIssue({
          code: 'custom',
          message: pence === undefined ? missing : 'Enter £1,000,000,000 or less',
        });
        return z.NEVER;
      }
      return pence;
    }),
  );

/** The same, more than nothing. */
export const largeSumOf = (missing: string) =>
  largeSum(missing).refine((pence) => pence > 0n, 'Enter an amount above 0');
