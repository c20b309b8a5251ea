import { describe, expect, test } from 'vitest';
import { addressText, brothersAndSistersApart, endsAfter, households, listed, tidyUprn } from './rules.ts';

const day = (text: string) => Temporal.PlainDate.from(text);

test('a UPRN has up to twelve digits, and noughts in front are not part of it', () => {
  expect(['100061234567', '0906 123 456 78', '7'].map(tidyUprn)).toEqual([
    '100061234567',
    '90612345678',
    '7',
  ]);
  for (const wrong of ['', '0', '1234567890123', '12a', '-7', '1.5'])
    expect(tidyUprn(wrong), wrong).toBeUndefined();
});

test('an address in one line leaves out what is not known', () => {
  expect(addressText({ lines: 'Flat 2,\n12 Kirk Wynd', town: 'Kinbrae', postcode: 'KH1 2AB' })).toBe(
    'Flat 2, 12 Kirk Wynd, Kinbrae, KH1 2AB',
  );
  expect(addressText({ lines: '', town: '', postcode: 'KH1 2AB' })).toBe('KH1 2AB');
});

test('a home ends after it begins; an unknown day stands in nobody’s way', () => {
  expect(endsAfter(day('2026-01-01'), day('2026-01-02'))).toBe(true);
  expect(endsAfter(day('2026-01-01'), day('2026-01-01'))).toBe(false);
  expect(endsAfter(undefined, day('2026-01-01'))).toBe(true);
  expect(endsAfter(day('2026-01-01'), undefined)).toBe(true);
});

describe('who lives where', () => {
  const person = (
    givenName: string,
    child: boolean,
    address: string | null,
    siblings: readonly string[] = [],
  ) => ({
    person: givenName,
    givenName,
    child,
    address,
    siblings,
  });

  test('people are grouped by address; whoever has none comes last and is there', () => {
    const groups = households([
      person('Nobody', true, null),
      person('Iona', true, 'a'),
      person('Rory', true, 'b'),
      person('Mum', false, 'a'),
    ]);
    expect(groups.map(({ people }) => people.map((each) => each.givenName))).toEqual([
      ['Iona', 'Mum'],
      ['Rory'],
      ['Nobody'],
    ]);
  });

  test('brothers and sisters live apart when they are in two homes, whatever their parents do', () => {
    const iona = person('Iona', true, 'a', ['Jamie']);
    const jamie = person('Jamie', true, 'a', ['Iona', 'Rory']);
    const rory = person('Rory', true, 'b');
    expect(brothersAndSistersApart([iona, jamie, rory])).toEqual([[['Iona', 'Jamie'], ['Rory']]]);
    expect(brothersAndSistersApart([iona, jamie, person('Dad', false, 'b', ['Iona'])])).toEqual([]);
    expect(brothersAndSistersApart([iona, person('Unknown', true, null, ['Iona'])])).toEqual([]);
  });

  test('children whom no relationship joins are no brothers and sisters; two families of them are told apart', () => {
    const [iona, cousin] = [person('Iona', true, 'a'), person('Cousin', true, 'b')];
    expect(brothersAndSistersApart([iona, cousin])).toEqual([]);
    const other = [person('Ewan', true, 'c', ['Isla']), person('Isla', true, 'b')];
    const rory = person('Rory', true, 'b', ['Iona']);
    expect(brothersAndSistersApart([iona, cousin, ...other, rory])).toEqual([
      [['Ewan'], ['Isla']],
      [['Iona'], ['Rory']],
    ]);
  });

  test('names are listed as people say them', () => {
    expect([[], ['Iona'], ['Iona', 'Rory'], ['Iona', 'Rory', 'Jamie']].map(listed)).toEqual([
      '',
      'Iona',
      'Iona and Rory',
      'Iona, Rory and Jamie',
    ]);
  });
});
