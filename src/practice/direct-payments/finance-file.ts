import { penceToPounds } from '../../platform/actions/fields.ts';
import { type CsvValue, csvText } from '../../platform/files/csv.ts';
import type { Payable } from './queries-money.ts';

/** One column of the file: its heading, what it holds in plain words for whoever maps it, and where it comes from. */
interface FinanceColumn {
  heading: string;
  holds: string;
  of: (payment: Payable, run: string) => CsvValue;
}

/**
 * The columns of the file for the finance system, in their order. Amounts are pounds with two decimals and no sign. Sort codes
 * and account numbers are digits with their leading noughts: import them as text. No column names the family or says why.
 */
export const financeColumns: readonly FinanceColumn[] = [
  { heading: 'run', holds: 'The payment run', of: (_payment, run) => run },
  { heading: 'payment_id', holds: 'The payment, the same in every file: pay it once', of: ({ id }) => id },
  { heading: 'request_reference', holds: 'The request, for questions', of: ({ reference }) => reference },
  { heading: 'payee', holds: 'Who is paid', of: ({ payee }) => payee },
  {
    heading: 'method',
    holds: 'bank transfer, prepaid card, voucher or paid to a supplier',
    of: ({ method }) => method,
  },
  {
    heading: 'sort_code',
    holds: '6 digits as text; empty unless a bank transfer',
    of: ({ sortCode }) => sortCode,
  },
  {
    heading: 'account_number',
    holds: '8 digits as text; empty unless a bank transfer',
    of: ({ accountNumber }) => accountNumber,
  },
  { heading: 'amount_pounds', holds: 'Pounds with two decimals', of: ({ pence }) => penceToPounds(pence) },
  { heading: 'approved_on', holds: 'The day it was approved, ISO 8601', of: ({ approvedOn }) => approvedOn },
  { heading: 'funds', holds: 'The codes of the funds that pay, joined by +', of: ({ funds }) => funds },
];

/**
 * The file of a payment run for the finance system: CSV, UTF-8, text safe from spreadsheet formulas. It holds only payments
 * that still wait to be paid, so that a file taken again after some were paid or failed never pays anybody twice.
 */
export const financeFile = (run: string, payments: readonly Payable[]): string =>
  csvText(
    financeColumns.map(({ heading }) => heading),
    payments
      .filter(({ state }) => state === 'sent')
      .map((payment) => financeColumns.map(({ of }) => of(payment, run))),
  );
