import { expect, test } from 'vitest';
import { askedFor, childrenIn, familyFrom, namesIn, postcodeIn } from './carrying.ts';

const today = Temporal.PlainDate.from('2026-11-18');

test.each([
  ['Skye Munro', 'Skye', 'Munro'],
  ['Skye Munro, called Sky', 'Skye', 'Munro'],
  ['Anna Jane van der Berg (my mum)', 'Anna Jane', 'van der Berg'],
  ['  Jamie ', 'Jamie', ''],
  ['', '', ''],
])('the names in %j', (written, given, family) => {
  expect(namesIn(written)).toEqual({ given, family });
});

test.each([
  ['Jamie Munro (9) and Eilidh, 4', ['Jamie Munro', 'Eilidh']],
  ['My son Jamie, aged 9\nmy daughter Andie, 3 years old', ['Jamie', 'Andie']],
  ['Me', []],
])('the children in %j', (written, children) => {
  expect(childrenIn(written)).toEqual(children);
});

test('a family is begun with what a mother told, and the day of birth is of her one child', () => {
  const told = {
    who: 'my family',
    name: 'Isla Munro',
    young: 'Jamie Munro',
    born: '1/5/2016',
    locality: 'Lochside',
    address: '4 Shore Street, Lochside ml1 1aa',
  };
  expect(familyFrom(told, today)).toEqual({
    name: 'Munro',
    locality: 'Lochside',
    postcode: 'ML1 1AA',
    'members.0.givenName': 'Isla',
    'members.0.familyName': '',
    'members.0.dateOfBirth': '',
    'members.0.part': 'parent or carer',
    'members.1.givenName': 'Jamie',
    'members.1.familyName': '',
    'members.1.dateOfBirth': '2016-05-01',
    'members.1.part': 'child',
  });
  // Of two children nobody knows whose day it is; a day that has not come is nobody's.
  expect(familyFrom({ ...told, young: 'Jamie and Eilidh Ross' }, today)).toMatchObject({
    'members.1.dateOfBirth': '',
    'members.2.familyName': 'Ross',
    'members.2.dateOfBirth': '',
  });
  expect(familyFrom({ ...told, born: '1/2/2027' }, today)).toMatchObject({ 'members.1.dateOfBirth': '' });
});

test('whoever asks for themselves is in it themselves', () => {
  expect(familyFrom({ who: 'myself', name: 'Skye Munro', age: '17' }, today)).toMatchObject({
    name: 'Munro',
    'members.0.givenName': 'Skye',
    'members.0.part': 'young person',
  });
  expect(familyFrom({ who: 'myself', name: 'Skye', age: '9' }, today)).toMatchObject({
    name: '',
    'members.0.part': 'child',
  });
});

test('those for whom it was asked are chosen by name, and nobody else', () => {
  const members = [
    { id: '1', name: 'Jamie Munro', part: 'child' },
    { id: '2', name: 'Jamieson Munro', part: 'child' },
    { id: '3', name: 'Isla Munro', part: 'parent or carer' },
  ];
  expect(askedFor({ who: 'my family', name: 'Isla Munro', young: 'Jamie' }, members)).toEqual(['1']);
  expect(askedFor({ who: 'myself', name: 'Isla' }, members)).toEqual(['3']);
  expect(askedFor({ who: 'my family', name: 'Isla Munro', young: 'Me' }, members)).toEqual([]);
});

test('a postcode is found in an address, or none is', () => {
  expect(postcodeIn('The old mill, G1 1XQ')).toBe('G1 1XQ');
  expect(postcodeIn('The old mill')).toBe('');
});
