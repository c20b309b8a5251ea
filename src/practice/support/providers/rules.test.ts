import { describe, expect, test } from 'vitest';
import {
  type Asks,
  askedIn,
  namesIn,
  notOver,
  periodText,
  readLines,
  readTyped,
  standingOf,
  textOfFile,
} from './rules.ts';

const day = (written: string) => Temporal.PlainDate.from(written);
const asks: Asks = [
  {
    id: 'registrations',
    title: 'Registrations',
    kind: 'count',
    by: [
      { id: 'aged-11-to-13', title: 'aged 11 to 13' },
      { id: 'aged-14-to-17', title: 'aged 14 to 17' },
    ],
  },
  { id: 'log-ins', title: 'Return log-ins', kind: 'count', by: [] },
  { id: 'recommend', title: 'Would recommend', kind: 'per cent', by: [] },
  { id: 'cost', title: 'Cost', kind: 'pounds', by: [] },
  { id: 'heard', title: 'What young people said', kind: 'words', by: [] },
];
const good = {
  'registrations--aged-11-to-13': '12',
  'registrations--aged-14-to-17': '1,040',
  'log-ins': '0',
  recommend: '92%',
  cost: '£1,200.50',
  heard: 'It was there at night',
};

describe('a return that is typed', () => {
  test('each number is read as what it is, and pounds as whole pence', () => {
    const { values, faults } = readTyped(asks, good);
    expect(faults).toEqual({});
    expect(values.map(({ key, amount, words }) => [key, amount ?? words])).toEqual([
      ['registrations--aged-11-to-13', '12'],
      ['registrations--aged-14-to-17', '1040'],
      ['log-ins', '0'],
      ['recommend', '92'],
      ['cost', '120050'],
      ['heard', 'It was there at night'],
    ]);
  });

  test('every fault is said at once, each with what to do', () => {
    const { faults } = readTyped(asks, {
      'registrations--aged-11-to-13': 'ten',
      'registrations--aged-14-to-17': '3.5',
      recommend: '120',
      cost: 'free',
      visits: '3',
    });
    expect(faults).toEqual({
      'value-registrations--aged-11-to-13':
        'Registrations, aged 11 to 13: “ten” is not a whole number: enter one like 12, or 0 for none',
      'value-registrations--aged-14-to-17':
        'Registrations, aged 14 to 17: “3.5” is not a whole number: enter one like 12, or 0 for none',
      'value-log-ins': 'Return log-ins: enter a whole number, and 0 if there were none',
      'value-recommend': 'Would recommend: “120” is not from 0 to 100: enter how many in a hundred, like 92',
      'value-cost': 'Cost: “free” is not an amount in pounds: enter one like 250 or 99.50',
      'value-visits': 'This return does not ask for “visits”: leave it out',
    });
  });

  test('a share, an amount and words may be left out; a count may not, since nothing written is not nought', () => {
    const { values, faults } = readTyped(asks, {
      'registrations--aged-11-to-13': '0',
      'registrations--aged-14-to-17': '0',
      'log-ins': '0',
    });
    expect(faults).toEqual({});
    expect(values.filter(({ amount, words }) => amount === null && words === null)).toHaveLength(3);
  });
});

describe('a return that is a file', () => {
  const lines = [
    'item,part,question,value',
    'registrations,aged-11-to-13,"Registrations, aged 11 to 13",12',
    'registrations,aged-14-to-17,,1040',
    'log-ins,,,0',
    'recommend,,,92',
  ];
  test('is read in any order of lines, with semicolons and a mark of the byte order as spreadsheets write them', () => {
    const { values, faults } = readLines(asks, lines.join('\r\n'));
    expect(faults).toEqual({});
    expect(values.map(({ key }) => key)).toEqual([
      'registrations--aged-11-to-13',
      'registrations--aged-14-to-17',
      'log-ins',
      'recommend',
    ]);
    const odd = `\uFEFF${['item;part;value', 'log-ins;;7', 'registrations;aged-14-to-17;2', 'registrations;aged-11-to-13;1'].join('\n')}`;
    expect(readLines(asks, odd).values.map(({ amount }) => amount)).toEqual(['1', '2', '7']);
  });

  test('is told line by line what to do', () => {
    const { faults } = readLines(
      asks,
      [lines[0], lines[1], lines[1], 'log-ins,,,many', 'visits,,,3', 'recommend,,,920'].join('\n'),
    );
    expect(faults).toEqual({
      'line-3': 'Line 3: Registrations, aged 11 to 13 is here twice: keep one of the lines',
      'line-4': 'Line 4: Return log-ins: “many” is not a whole number: enter one like 12, or 0 for none',
      'line-5': 'Line 5: this return does not ask for “visits”: use the names in the empty file',
      'line-6': 'Line 6: Would recommend: “920” is not from 0 to 100: enter how many in a hundred, like 92',
      'value-registrations--aged-14-to-17':
        'There is no line for Registrations, aged 14 to 17: add registrations,aged-14-to-17,,0 if there were none',
    });
  });

  test('without headings, or with a quotation mark that does not close, says so', () => {
    expect(readLines(asks, 'log-ins,3').faults.lines).toContain('The first line has to be the headings');
    expect(readLines(asks, 'item,part,value\n"log-ins,,3').faults.lines).toContain('does not close');
  });

  test('comes as a data URL of text', () => {
    const url = (bytes: Uint8Array) => `data:text/csv;base64,${Buffer.from(bytes).toString('base64')}`;
    expect(textOfFile(url(Buffer.from('item,é')))).toBe('item,é');
    expect(textOfFile(url(new Uint8Array([0xff, 0xfe, 0x41])))).toBeUndefined();
    expect(textOfFile('too large')).toBeUndefined();
  });
});

test('every item and part has a name of its own', () => {
  const keys = askedIn(asks).map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
});

test('a period is named as people name it, and its return waits until it is over', () => {
  expect(periodText(day('2026-10-01'), day('2026-10-31'))).toBe('October 2026');
  expect(periodText(day('2026-07-01'), day('2026-09-30'))).toBe('1 July to 30 September 2026');
  expect(periodText(day('2025-10-01'), day('2026-03-31'))).toBe('1 October 2025 to 31 March 2026');
  expect(notOver(day('2026-11-30'), day('2026-11-30'))).toContain('from 1 December 2026');
  expect(notOver(day('2026-10-31'), day('2026-11-01'))).toBeUndefined();
});

test('a target is behind only when less was reached than of its days has gone by', () => {
  const span = { first: day('2026-04-01'), last: day('2027-03-31') };
  const on = day('2026-09-30');
  expect(standingOf(null, 100, span, on)).toBe('no figure');
  expect(standingOf(100, 100, span, on)).toBe('reached');
  expect(standingOf(51, 100, span, on)).toBe('on the way');
  expect(standingOf(49, 100, span, on)).toBe('behind');
  expect(standingOf(0, 100, span, day('2026-03-31'))).toBe('not begun');
  expect(standingOf(99, 100, span, day('2028-01-01'))).toBe('behind');
});

test('names are one on each line', () => {
  expect(namesIn(' Lochside Primary\r\n\n  Larch High \nLarch High')).toEqual([
    'Lochside Primary',
    'Larch High',
  ]);
});
