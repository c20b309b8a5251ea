import { expect, test } from 'vitest';
import { z } from 'zod';
import { day, id, oneOf, text, version } from './fields.ts';
import { readable, readInput } from './input.ts';

const schema = z.strictObject({
  words: text(10, 'Enter some words'),
  on: day('Enter the day'),
  which: oneOf(['one', 'other']),
  of: id('Choose who'),
  version: version(),
  many: z.array(z.uuid()).min(1).max(2),
  part: z.enum(['first', 'second', 'last']),
  size: z.int().min(1).max(9),
  less: z.number().lt(5).optional(),
  at: z.iso.time().optional(),
});
const fields = (input: unknown) => {
  const read = readInput(schema, input);
  return 'fields' in read ? read.fields : {};
};

test('what is missing is asked for, in the words of its field where it has any', () => {
  const missing = 'Send this as well: it is missing';
  expect(fields({})).toEqual({
    words: 'Enter some words',
    on: 'Enter the day',
    which: 'Choose one',
    of: 'Choose who',
    version: 'Send a number here',
    many: missing,
    part: missing,
    size: missing,
  });
  expect(fields(undefined)).toEqual({ form: missing });
});

test('what cannot be read is said with what to do', () => {
  expect(
    fields({
      words: 'More than ten letters',
      on: '31/2/2026',
      which: 'neither',
      of: 'me',
      version: '0',
      many: ['me'],
      part: 'middle',
      size: 12_000,
      less: 5,
      at: 'noon',
      more: 1,
      yet: 2,
    }),
  ).toEqual({
    words: 'Use 10 characters or fewer',
    on: 'Enter the day. Write it like 27/3/2026',
    which: 'Choose one',
    of: 'Choose who',
    version: 'Send more than 0',
    'many.0': 'Send the id of a record here',
    part: 'Send “first”, “second” or “last”',
    size: 'Send 9 or less',
    less: 'Send less than 5',
    at: 'This is not written as it should be',
    form: 'Leave out “more” or “yet”: nothing here has that name',
  });
  expect(fields({ many: [], size: 1.5, part: [] })).toMatchObject({
    many: 'Send 1 or more',
    size: 'Send a whole number here',
  });
});

test('what can be read of an input is read, whatever else is in it', () => {
  expect(readable(schema, { words: 'Some', size: 'a lot', part: 'last', more: 1 })).toMatchObject({
    words: 'Some',
    part: 'last',
  });
  expect(readable(schema, 'nothing of it')).toEqual({});
});
