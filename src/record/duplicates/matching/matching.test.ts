import { expect, test } from 'vitest';
import { usual } from '../testing/mixes.ts';
import { makePeople, randomFrom } from '../testing/people.ts';
import type { Comparable } from './comparable.ts';
import { estimate, patternOf } from './estimate.ts';
import { familyLikeness, foldName, givenLikeness, jaroWinkler, slipsBetween } from './names.ts';
import { oneSlip } from './numbers.ts';
import { likelySame, parameters, priorAmong } from './parameters.ts';
import { likelihoodText, score } from './score.ts';

const day = Temporal.PlainDate.from;
const records = 20_000;

const someone = (of: Partial<Comparable> = {}): Comparable => ({
  id: 'a',
  givenName: 'Iain',
  familyName: 'Tulloch',
  otherNames: [],
  born: day('2014-03-09'),
  birthKnown: 'day',
  sex: 'male',
  chi: [],
  scn: [],
  postcodes: ['ZE1 1AA'],
  families: ['f'],
  relatives: ['mother'],
  parents: ['islatulloch'],
  part: 'child',
  ...of,
});
const likely = (one: Partial<Comparable>, other: Partial<Comparable>) =>
  score(someone(one), someone({ id: 'b', ...other }), { records });
const levels = (one: Partial<Comparable>, other: Partial<Comparable>) =>
  Object.fromEntries(
    likely(one, other)
      .reasons()
      .map(({ comparison, level }) => [comparison, level]),
  );

test('names are compared as people write them', () => {
  expect(foldName("McDonald-O'Łąć")).toBe('macdonaldolac');
  expect(foldName('Nicola')).toBe('nicola');
  expect(givenLikeness('iain', 'ian')).toBe('alike');
  expect(givenLikeness('robert', 'bob')).toBe('alike');
  expect(givenLikeness('oleksandr', 'alexander')).toBe('alike');
  expect(givenLikeness('mohammed', 'muhammad')).toBe('alike');
  expect(givenLikeness('struan', 'sturan')).toBe('near');
  expect(givenLikeness('struan', 'keir')).toBe('different');
  expect(givenLikeness('kamron', 'cameron')).toBe('near');
  expect(givenLikeness('derc', 'derek')).toBe('near');
  expect(givenLikeness('benne', 'benjamin')).toBe('form');
  expect(givenLikeness('ylia', 'julie')).toBe('form');
  expect(familyLikeness('reid', 'read')).toBe('alike');
  expect(familyLikeness('thomson', 'thompson')).toBe('alike');
  expect(familyLikeness('kowalska', 'kowalski')).toBe('alike');
  expect(familyLikeness('reid', 'khan')).toBe('different');
});

test('Jaro–Winkler gives the numbers of the published examples', () => {
  expect(jaroWinkler('martha', 'marhta')).toBeCloseTo(0.961, 3);
  expect(jaroWinkler('dwayne', 'duane')).toBeCloseTo(0.84, 3);
  expect(jaroWinkler('dixon', 'dicksonx')).toBeCloseTo(0.813, 3);
  expect(jaroWinkler('', 'x')).toBe(0);
});

test('a slip is one letter or digit, or two neighbours changed about', () => {
  expect(slipsBetween('karen', 'ktren', 2)).toBe(1);
  expect(slipsBetween('karen', 'kraen', 2)).toBe(1);
  expect(slipsBetween('karen', 'karne', 2)).toBe(1);
  expect(slipsBetween('karen', 'x', 2)).toBeGreaterThan(2);
  expect(oneSlip('0101011237', '0101011327')).toBe(true);
  expect(oneSlip('0101011237', '0101011236')).toBe(true);
  expect(oneSlip('0101011237', '0101012336')).toBe(false);
  expect(oneSlip('0101011237', '0101011237')).toBe(false);
});

test('each thing that is compared is told in words', () => {
  const { reasons } = likely(
    { chi: ['0903140010'], givenName: 'Iain' },
    { chi: ['1111110000'], givenName: 'Ian', born: day('2014-09-03') },
  );
  const words = reasons().map((each) => each.words);
  expect(words).toContain('Their names are forms of one name: Iain, Ian');
  expect(words).toContain('Their CHI numbers differ: as a rule that means two people');
  expect(words.join()).toContain(
    'Day and month of birth may be changed about: 9 March 2014, 3 September 2014',
  );
  expect(words.join(), 'an explanation gives no address away').not.toContain('ZE1');
});

test.each<[string, Partial<Comparable>, Record<string, string>]>([
  ['a slip in the day', { born: day('2014-03-08') }, { birth: 'slip' }],
  ['a year out', { born: day('2013-03-09') }, { birth: 'slip' }],
  ['only the month known', { born: day('2014-03-01'), birthKnown: 'month' }, { birth: 'month known' }],
  ['only the year known', { born: day('2014-01-01'), birthKnown: 'year' }, { birth: 'year known' }],
  ['an estimate', { born: day('2013-01-01'), birthKnown: 'about' }, { birth: 'about' }],
  ['another month of the year', { born: day('2014-05-01'), birthKnown: 'month' }, { birth: 'year' }],
  ['the month, a year out', { born: day('2015-03-01'), birthKnown: 'month' }, { birth: 'month a year out' }],
  ['day and month swapped, a year out', { born: day('2013-09-03') }, { birth: 'swapped and year' }],
  ['swapped names', { givenName: 'Tulloch', familyName: 'Iain' }, { given: 'swapped' }],
  ['swapped names with a slip', { givenName: 'Tulloch', familyName: 'Iani' }, { given: 'swapped' }],
  [
    'a married name known',
    { familyName: 'Reid', otherNames: [{ givenName: 'Iain', familyName: 'Tulloch' }] },
    { family: 'former' },
  ],
  ['half a double name', { familyName: 'Reid-Tulloch' }, { family: 'alike' }],
])('%s is recognised', (_what, other, expected) => {
  expect(levels({}, other)).toMatchObject(expected);
});

test('what is not known is not compared', () => {
  expect(levels({ sex: null, born: null, postcodes: [], relatives: [], parents: [] }, {})).toEqual({
    given: 'exact',
    family: 'exact',
  });
});

const moved = { postcodes: ['ZE9 9ZZ'], families: ['g'], relatives: ['other'], parents: ['islatulloch'] };

test('a second record is found, spelled otherwise and elsewhere', () => {
  expect(likely({}, { ...moved, givenName: 'Ian', familyName: 'Tullock' }).probability).toBeGreaterThan(
    likelySame,
  );
  expect(likely({}, { ...moved, born: day('2014-09-03') }).probability).toBeGreaterThan(likelySame);
});

test('twins are two people, however much else they share, and also when their names look alike', () => {
  const twin = { id: 'b', relatives: ['mother', 'a'] };
  for (const [one, other] of [
    ['Iain', 'Struan'],
    ['Daniel', 'Danielle'],
    ['Emma', 'Emily'],
    ['Aidan', 'Jayden'],
    ['Jennifer', 'Kenna'],
  ] as const)
    expect(
      likely({ givenName: one }, { ...twin, givenName: other }).probability,
      `${one} and ${other}`,
    ).toBeLessThan(0.5);
});

test('a father and son of one name are two people, also when the date of birth of one is not known', () => {
  expect(likely({}, { born: day('1984-03-09'), part: 'parent or carer' }).probability).toBeLessThan(0.01);
  expect(likely({}, { born: null, part: 'parent or carer' }).probability).toBeLessThan(0.5);
});

test('brothers born a year apart are two people', () => {
  expect(likely({}, { givenName: 'Struan', born: day('2015-03-09') }).probability).toBeLessThan(0.01);
});

test('a common name says less than a rare one', () => {
  const shares = { given: new Map([['jack', 0.02]]), family: new Map([['smith', 0.02]]) };
  const common = { ...moved, givenName: 'Jack', familyName: 'Smith', parents: [] };
  const said = (name: object) =>
    score(
      someone({ ...name, postcodes: [], relatives: [] }),
      someone({ ...name, id: 'b', postcodes: [], relatives: [] }),
      {
        records,
        shares,
      },
    ).weight;
  expect(said(common)).toBeLessThan(said({ givenName: 'Jack', familyName: 'Tulloch', parents: [] }) - 2);
});

test('the weight is the prior and what each comparison adds, and the probability is that weight', () => {
  const { weight, probability, reasons } = likely({}, moved);
  const prior = priorAmong(records);
  const sum = reasons().reduce((total, each) => total + each.weight, Math.log2(prior / (1 - prior)));
  expect(weight).toBeCloseTo(sum, 9);
  expect(probability).toBeCloseTo(1 / (1 + 2 ** -sum), 9);
  expect(likelihoodText(0.9999)).toBe('more than 99 in 100');
  expect(likelihoodText(0.871)).toBe('87 in 100');
});

test('every level has two probabilities, and those of one comparison make a whole where they exclude each other', () => {
  for (const [comparison, each] of Object.entries(parameters))
    for (const [level, { m, u, title }] of Object.entries(each)) {
      expect(m > 0 && m <= 1 && u > 0 && u <= 1, `${comparison} ${level}`).toBe(true);
      expect(title).toMatch(/^[A-Z]/);
    }
  for (const comparison of ['given', 'sex', 'home', 'relatives'] as const)
    expect(
      Object.values(parameters[comparison]).reduce((sum, { m }) => sum + m, 0),
      comparison,
    ).toBeCloseTo(1, 2);
});

test('m and u are found again in made pairs whose m and u are known', () => {
  const random = randomFrom(7);
  const truth = {
    given: { exact: [0.7, 0.01], near: [0.2, 0.02], different: [0.1, 0.97] },
    birth: { same: [0.9, 0.001], different: [0.1, 0.999] },
    sex: { same: [0.98, 0.5], different: [0.02, 0.5] },
  } as const;
  const draw = (same: boolean) =>
    Object.fromEntries(
      Object.entries(truth).map(([comparison, of]) => {
        let at = random();
        const level = Object.entries(of).find(([, [m, u]]) => {
          at -= same ? m : u;
          return at < 0;
        });
        return [comparison, level?.[0] ?? 'different'];
      }),
    );
  const random_ = Array.from({ length: 20_000 }, () => draw(false));
  const candidates = Array.from({ length: 20_000 }, (_, at) => draw(at % 4 === 0));
  const { parameters: found, share } = estimate(random_, candidates);
  expect(share).toBeCloseTo(0.25, 1);
  for (const [comparison, of] of Object.entries(truth))
    for (const [level, [m, u]] of Object.entries(of)) {
      expect(found[comparison]?.[level]?.m, `m of ${comparison} ${level}`).toBeCloseTo(m, 1);
      expect(found[comparison]?.[level]?.u, `u of ${comparison} ${level}`).toBeCloseTo(u, 1);
    }
});

test('a comparison that chose the candidates keeps its m; one never made keeps both', () => {
  const pairs = Array.from({ length: 500 }, () => ({ birth: 'same', sex: 'same' }));
  const { parameters: found } = estimate(pairs, pairs, { fixed: ['birth'] });
  expect(found.birth?.same?.m).toBe(parameters.birth.same.m);
  expect(found.chi).toEqual(parameters.chi);
});

test('the shipped m are near those estimated on made records', () => {
  const { people } = makePeople(3, 6000, { ...usual, share: 0.12 });
  const facts = people.map(
    (each): Comparable => ({
      ...someone(),
      ...each,
      id: String(each.at),
      chi: each.chi === null ? [] : [each.chi],
      postcodes: each.postcode === null ? [] : [each.postcode],
      relatives: [],
      parents: [],
    }),
  );
  const random = randomFrom(11);
  const any = () => facts[Math.floor(random() * facts.length)] ?? someone();
  const randomPairs = Array.from({ length: 30_000 }, () => patternOf(any(), any()));
  const candidates = [
    ...Map.groupBy(
      facts.filter(({ born }) => born !== null),
      ({ born }) => String(born),
    ).values(),
  ].flatMap((of) => of.flatMap((one, at) => of.slice(at + 1).map((other) => patternOf(one, other))));
  const { parameters: found } = estimate(randomPairs, candidates, { fixed: ['birth'] });
  for (const [comparison, level] of [
    ['given', 'exact'],
    ['family', 'exact'],
    ['home', 'same'],
  ] as const) {
    const shipped = parameters[comparison] as Record<string, { m: number }>;
    expect(
      Math.abs((found[comparison]?.[level]?.m ?? 0) - (shipped[level]?.m ?? 0)),
      `${comparison} ${level}`,
    ).toBeLessThan(0.2);
  }
});
