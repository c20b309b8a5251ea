import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { financeColumns, financeFile } from './finance-file.ts';
import type { Payable } from './queries-money.ts';

const payment = (more: Partial<Payable> = {}): Payable => ({
  id: '0198a0c4-0000-7000-8000-000000000001',
  about: '0198a0c4-0000-7000-8000-000000000002',
  request: '0198a0c4-0000-7000-8000-000000000003',
  reference: 'DP-2026-01001',
  pence: 25_005n,
  payee: 'Kirsty Urquhart',
  method: 'bank transfer',
  sortCode: '001234',
  accountNumber: '00012345',
  state: 'sent',
  approvedOn: Temporal.PlainDate.from('2026-11-18'),
  paidOn: null,
  because: null,
  funds: 'hardship + winter',
  ...more,
});

const read = (text: string): Record<string, string>[] => parse(text, { columns: true });

test('a payment is one line that finance can map, noughts and all', () => {
  expect(read(financeFile('PR-1', [payment()]))).toEqual([
    {
      run: 'PR-1',
      payment_id: '0198a0c4-0000-7000-8000-000000000001',
      request_reference: 'DP-2026-01001',
      payee: 'Kirsty Urquhart',
      method: 'bank transfer',
      sort_code: '001234',
      account_number: '00012345',
      amount_pounds: '250.05',
      approved_on: '2026-11-18',
      funds: 'hardship + winter',
    },
  ]);
});

test('a payee that a spreadsheet would run as a formula, with commas, quotes and lines, is harmless and whole', () => {
  const payee = '=HYPERLINK("http://evil",A1),\n+1';
  expect(read(financeFile('PR-1', [payment({ payee })]))[0]?.payee).toBe(`'${payee}`);
  for (const start of ['+', '-', '@', '\t']) {
    expect(read(financeFile('PR-1', [payment({ payee: `${start}1` })]))[0]?.payee).toBe(`'${start}1`);
  }
});

test('what was paid or failed is not in the file again', () => {
  const all = [
    payment(),
    payment({ state: 'paid' }),
    payment({ state: 'failed' }),
    payment({ state: 'ready' }),
  ];
  expect(read(financeFile('PR-1', all))).toHaveLength(1);
  expect(financeFile('PR-1', [payment({ state: 'paid' })])).toBe(
    `${financeColumns.map(({ heading }) => heading).join(',')}\r\n`,
  );
});
