import { expect, test } from 'vitest';
import { asksNothing, readAsked, whyText } from './rules.ts';

const today = Temporal.PlainDate.from('2026-11-22');
const read = (text: string) => {
  const { born, ...asked } = readAsked(text, today);
  return { ...asked, born: born && `${born.from} ${born.to}` };
};
const nothing = { name: '', born: undefined, numbers: [], postcodes: [], place: [] };

test.each([
  ['Rory 2012', { name: 'Rory', born: '2012-01-01 2012-12-31' }],
  ['march 2012', { born: '2012-03-01 2012-03-31' }],
  ['Nowak mar 2012', { name: 'Nowak', born: '2012-03-01 2012-03-31' }],
  ['3/2012', { born: '2012-03-01 2012-03-31' }],
  ['14/2/12', { born: '2012-02-14 2012-02-14' }],
  ['14/2/31', { born: '1931-02-14 1931-02-14' }],
  ['baird 14.2.2012', { name: 'baird', born: '2012-02-14 2012-02-14' }],
  ['2012-02-14', { born: '2012-02-14 2012-02-14' }],
  ['14th Feb 2012', { born: '2012-02-14 2012-02-14' }],
  ['February 14, 2012', { born: '2012-02-14 2012-02-14' }],
  ['2/14/2012', { born: '2012-02-14 2012-02-14' }],
  ['Rory aged 7', { name: 'Rory', born: '2018-11-23 2019-11-22' }],
  ['7 years old', { born: '2018-11-23 2019-11-22' }],
  // There is no such day: the month is looked for.
  ['31/2/2012', { born: '2012-02-01 2012-02-29' }],
])('a date of birth half known: %s', (text, wanted) => {
  expect(read(text)).toEqual({ ...nothing, ...wanted });
});

test.each([
  ['010101 1237', ['0101011237', '010101 1237']],
  ['0101011237', ['0101011237']],
  ['123456789', ['123456789']],
  ['sw-00123', ['sw00123', 'sw-00123', 'SW00123']],
])('a number: %s', (text, numbers) => {
  expect(read(text)).toEqual({ ...nothing, numbers });
});

test.each([
  ['ml1 1aa', { postcodes: ['ML1 1AA'] }],
  ['ML11AA', { postcodes: ['ML1 1AA'] }],
  ['ML11', { postcodes: ['ML11 ', 'ML1 1'] }],
  ['ML1 1', { postcodes: ['ML1 1'] }],
  ['EH3', { postcodes: ['EH3 '] }],
  ['baird ml1 1aa', { name: 'baird', postcodes: ['ML1 1AA'] }],
  ['12 Main Street', { place: ['12', 'main', 'street'] }],
  ['3/2 Bank Rd', { place: ['3/2', 'bank', 'road'] }],
  ['Main Street', { name: 'Main Street', place: ['main', 'street'] }],
])('where somebody lives: %s', (text, wanted) => {
  expect(read(text)).toEqual({ ...nothing, ...wanted });
});

test.each([
  'Siobhán O’Neill',
  'محمد حسین',
  'Олена Коваль',
  'Anne-Marie',
  'Abernethy, K',
  'March',
  'May Green',
])('only a name: %s', (name) => {
  expect(read(name)).toEqual({ ...nothing, name });
});

test('whatever is typed is read, and what says nothing asks nothing', () => {
  for (const text of ['', '   ', '?!%_\\', '12', '🙂', "'; drop table x --", '\u0000'])
    expect(() => readAsked(text, today)).not.toThrow();
  expect(asksNothing(readAsked(' ?! ', today))).toBe(true);
  expect(asksNothing(readAsked('x', today))).toBe(false);
  expect(readAsked('a'.repeat(5000), today).name).toHaveLength(200);
});

const known = { typed: 'sandy mcdonald', name: 'Alexander MacDonald', knownAs: [], schemes: [] };

test('why somebody was found is said in words', () => {
  expect(whyText([], known)).toBe('Same name');
  expect(whyText([{ how: 'form', said: 'sandy', name: 'alexander' }], known)).toBe(
    'Alexander and Sandy are forms of one name',
  );
  expect(
    whyText([{ how: 'sound', said: 'vari', name: 'mhairi' }], {
      ...known,
      typed: 'Vari',
      name: 'Mhàiri Bain',
    }),
  ).toBe('Mhàiri sounds like Vari');
  expect(whyText([{ how: 'number' }], { ...known, schemes: ['CHI', 'social work'] })).toBe(
    'Same CHI number and social work number',
  );
  expect(whyText([{ how: 'place', name: '12 Main Street ML1 1AA' }, { how: 'born' }], known)).toBe(
    'Has or had a home at 12 Main Street ML1 1AA; born when you said',
  );
});

test('a name they are known as is said; one that they have left behind is not', () => {
  const why = [{ how: 'same' as const, said: 'rory', name: 'rory', earlier: true }];
  expect(whyText(why, { ...known, typed: 'rory', knownAs: ['Rory Baird'] })).toBe('Also known as Rory Baird');
  expect(whyText(why, { ...known, typed: 'rory' })).toBe('By another name they had');
});
