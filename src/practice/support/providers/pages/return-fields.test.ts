import { expect, test } from 'vitest';
import type { Asks } from '../rules.ts';
import { returnErrors } from './return-fields.tsx';

const asks: Asks = [
  {
    id: 'came',
    title: 'Who came',
    kind: 'count',
    by: [
      { id: 'young', title: 'Young' },
      { id: 'old', title: 'Old' },
    ],
  },
  { id: 'told', title: 'Times told', kind: 'count', by: [] },
];

test('what is wrong with a return is one line for each thing asked, and other errors stay as they are', () => {
  const errors = {
    from: 'Choose for when it is',
    'value-came--young': 'Who came, Young: enter a whole number, and 0 if there were none',
    'value-came--old': 'Who came, Old: “x” is not a whole number: enter one like 12, or 0 for none',
    'value-told': 'Times told: enter a whole number, and 0 if there were none',
  };
  expect(Object.entries(returnErrors(asks, errors))).toEqual([
    ['from', 'Choose for when it is'],
    ['value-came--young', 'Who came: put 2 numbers right. Enter 0 where there were none'],
    ['value-told', 'Times told: enter a whole number, and 0 if there were none'],
  ]);
  expect(returnErrors(asks, {})).toEqual({});
});
