import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  check,
  day,
  type Field,
  integer,
  money,
  oneOf,
  optional,
  pounds,
  refuse,
  text,
  yesNo,
} from './fields.ts';
import { cellReason, idText } from './resource.ts';

const read = (field: Field<unknown>, cell: string) => field.parse(cell, 'paid_on');

/** The whole sentence a person gets for a cell that is refused. */
function reason(field: Field<unknown>, cell: string, name = 'paid_on'): string {
  const parsed = field.parse(cell, name);
  return 'refused' in parsed ? cellReason(parsed, name, cell) : `taken as ${String(parsed.value)}`;
}

describe('days', () => {
  test.each([
    ['2021-02-28', '2021-02-28'],
    [' 2024-02-29 ', '2024-02-29'],
  ])('%j is taken', (cell, expected) => {
    expect(read(day(), cell)).toEqual({ value: Temporal.PlainDate.from(expected) });
  });

  test.each([
    ['01/13/2021', 'not a date: paid_on is "01/13/2021"; write it as 2021-01-13'],
    ['13/01/2021', 'not a date: paid_on is "13/01/2021"; write it as 2021-01-13'],
    ['03/03/2021', 'not a date: paid_on is "03/03/2021"; write it as 2021-03-03'],
    [
      '03/04/2021',
      'not a date: paid_on is "03/04/2021"; write it year first: 2021-04-03 if it is 3 April 2021, 2021-03-04 if it is 4 March 2021',
    ],
    ['2021-01-13T00:00:00', 'not a date: paid_on is "2021-01-13T00:00:00"; write the day alone: 2021-01-13'],
    ['2012-04-31', /^not a date: paid_on is "2012-04-31"; there is no such day/],
    ['2023-02-29', /no such day/],
    ['0021-03-01', /check the year/],
    ['soon', /such as 2021-01-31/],
    ['44256', /^not a date/],
    ['', 'missing: paid_on is empty; every row needs one'],
    ['   ', /^missing/],
  ])('%j is refused with what to do', (cell, expected) => {
    expect(reason(day(), cell)).toEqual(
      typeof expected === 'string' ? expected : expect.stringMatching(expected),
    );
  });
});

describe('money', () => {
  test.each([
    ['1234', 123400n],
    ['1,234.50', 123450n],
    ['£12.30', 1230n],
    ['0.1', 10n],
    ['007.05', 705n],
    ['9999999999999.99', 999999999999999n],
    ['-20.00', -2000n],
    ['-£20.00', -2000n],
    ['£-20', -2000n],
  ])('%j is %s pence', (cell, expected) => {
    expect(read(money({ negative: true }), cell)).toEqual({ value: expected });
  });

  test.each([
    '12.345',
    '1,23',
    '12,34.50',
    '1e3',
    '.50',
    '12.',
    '£',
    '--1',
    '1 000',
    '12p',
    'NaN',
    '99999999999999',
    '$5',
    '-',
  ])('%j is refused', (cell) => {
    expect(reason(money({ negative: true }), cell)).toMatch(/^not an amount of money: paid_on is "/);
  });

  test('below nothing only where that makes sense', () => {
    expect(reason(money(), '-1', 'amount')).toMatch(/^amount negative: amount is "-1"; /);
    expect(reason(money({ positive: true }), '-20.00', 'amount')).toMatch(
      /^amount not positive: amount is "-20.00"; /,
    );
    expect(reason(money({ positive: true }), '0.00', 'amount')).toMatch(/^amount not positive/);
    expect(read(money(), '0')).toEqual({ value: 0n });
  });

  test('what is printed reads back the same, to the penny', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 15n) + 1n, max: 10n ** 15n - 1n }), (pence) => {
        expect(read(money({ negative: true }), pounds(pence))).toEqual({ value: pence });
        const grouped = pounds(pence).replace(/\B(?=(\d{3})+\.)/g, ',');
        expect(read(money({ negative: true }), grouped)).toEqual({ value: pence });
      }),
    );
  });
});

describe('other fields', () => {
  test('text is trimmed, keeps leading zeros and composes its letters', () => {
    expect(read(text(), ' 00123 ')).toEqual({ value: '00123' });
    expect(read(text(), 'e\u0301')).toEqual({ value: 'é' });
    expect(read(text(), 'one\r\ntwo')).toEqual({ value: 'one\ntwo' });
    expect(reason(text(), 'a\u0007b')).toMatch(/^not text/);
    expect(reason(text({ max: 3 }), 'four')).toMatch(/^too long/);
    expect(reason(text(), '')).toMatch(/^missing/);
  });

  test('one of a list, named as people call it', () => {
    const service = oneOf(['social-work', 'education'], { called: 'service' });
    expect(read(service, 'Education')).toEqual({ value: 'education' });
    expect(reason(service, 'housing', 'route')).toBe(
      'unknown service: route is "housing"; use one of: social-work, education',
    );
    expect(reason(oneOf(['a']), 'constructor', 'kind')).toMatch(/^unknown kind/);
  });

  test('whole numbers', () => {
    expect(read(integer({ min: 1, max: 10 }), '010')).toEqual({ value: 10 });
    for (const cell of ['1.5', '1e3', '0x10', '9007199254740993', '1,000']) {
      expect(reason(integer(), cell)).toMatch(/^not a whole number/);
    }
    expect(reason(integer({ min: 1 }), '0')).toMatch(/^too small/);
    expect(reason(integer({ max: 10 }), '11')).toMatch(/^too large/);
  });

  test('yes or no', () => {
    expect(['yes', 'Y', 'TRUE', '1'].map((cell) => read(yesNo(), cell))).toEqual(
      Array(4).fill({ value: true }),
    );
    expect(['no', 'n', 'False', '0'].map((cell) => read(yesNo(), cell))).toEqual(
      Array(4).fill({ value: false }),
    );
    expect(reason(yesNo(), 'maybe')).toMatch(/^not yes or no/);
  });

  test('an optional field may be empty, and is otherwise as strict', () => {
    expect(read(optional(day()), ' ')).toEqual({ value: null });
    expect(reason(optional(day()), 'soon')).toMatch(/^not a date/);
  });

  test('a field of the area itself', () => {
    const even = check((cell) =>
      Number(cell) % 2 === 0 ? { value: Number(cell) } : refuse('odd', 'use an even one'),
    );
    expect(read(even, '4')).toEqual({ value: 4 });
    expect(reason(even, '3')).toBe('odd: paid_on is "3"; use an even one');
  });

  test('a long cell is cut in the reason', () => {
    expect(reason(day(), 'x'.repeat(5_000)).length).toBeLessThan(200);
  });
});

test('different parts never make the same id', () => {
  const part = fc
    .string({ unit: fc.constantFrom('a', '|', ' '), minLength: 1 })
    .map((each) => each.trim())
    .filter((each) => each !== '');
  fc.assert(
    fc.property(
      fc.array(part, { minLength: 2, maxLength: 3 }),
      fc.array(part, { minLength: 2, maxLength: 3 }),
      (a, b) => {
        if (JSON.stringify(a) !== JSON.stringify(b)) expect(idText(a)).not.toBe(idText(b));
      },
    ),
    { numRuns: 2_000 },
  );
});
