import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Arriving, byFar, type Evidence, joinFamilies, linkPeople, sureFrom } from './linking.ts';

const asking = 0.5;
const row = (target: string, family = target, chi: string | null = null): Arriving => ({
  target,
  family,
  chi,
});
const says = (one: string, other: string, weight = 10, more: Partial<Evidence> = {}): Evidence => ({
  one,
  other,
  weight,
  probability: 1 / (1 + 2 ** -weight),
  conflict: false,
  agree: true,
  closed: false,
  ...more,
});
const link = (rows: readonly Arriving[], evidence: readonly Evidence[]) => linkPeople(rows, evidence, asking);

describe('who is taken to be somebody on the record', () => {
  test('somebody of whom the model is sure, and nobody else', () => {
    const { same, ask } = link([row('a'), row('b')], [says('a', 'x'), says('b', 'y', 3)]);
    expect([...same]).toEqual([['a', 'x']]);
    expect(ask).toEqual([expect.objectContaining({ one: 'b', other: 'y' })]);
  });
  test.each<[string, Partial<Evidence>]>([
    ['a number differs', { conflict: true }],
    ['names or all besides differ', { agree: false }],
    ['the record is restricted', { closed: true }],
  ])('not when %s; somebody is asked', (_, more) => {
    const { same, ask } = link([row('a')], [says('a', 'x', 20, more)]);
    expect(same.size).toBe(0);
    expect(ask).toHaveLength(1);
  });
  test('not when somebody else is nearly as likely', () => {
    expect(link([row('a')], [says('a', 'x', 20), says('a', 'y', 20 - byFar + 0.1)]).same.size).toBe(0);
    expect(link([row('a')], [says('a', 'x', 20), says('a', 'y', 20 - byFar)]).same.get('a')).toBe('x');
  });
  test('two rows of one family are not both one person, unless they have one CHI number', () => {
    const both = [says('a', 'x', 20), says('b', 'x', 12)];
    expect(link([row('a', 'f'), row('b', 'f')], both).same.size).toBe(0);
    expect(link([row('a', 'f', '1'), row('b', 'f', '1')], both).same.size).toBe(2);
    expect(link([row('a', 'f'), row('b', 'g')], both).same.size).toBe(2);
    expect(link([row('a', 'f'), row('b', 'f')], [says('b', 'a', 20)]).same.size).toBe(0);
  });
  test('two rows with different CHI numbers are not one person through a third that has none', () => {
    const { same } = link([row('a', 'f', '1'), row('b', 'g', '2')], [says('a', 'x'), says('b', 'x')]);
    expect([...same]).toEqual([['a', 'x']]);
  });
  test('a row that is an earlier one is whoever that one is', () => {
    const { same } = link([row('a'), row('b')], [says('a', 'x'), says('b', 'a')]);
    expect(Object.fromEntries(same)).toEqual({ a: 'x', b: 'x' });
  });
});

const ids = ['a', 'b', 'c', 'd', 'e'];
const arriving = fc.tuple(
  ...ids.map((id) =>
    fc
      .record({ family: fc.constantFrom('f', 'g', 'h'), chi: fc.constantFrom(null, '1', '2') })
      .map((of) => ({ target: id, ...of })),
  ),
);
const evidence = fc.array(
  fc
    .record({
      one: fc.integer({ min: 0, max: 4 }),
      other: fc.constantFrom('x', 'y', 'z', ...ids),
      weight: fc.double({ min: 0, max: 30, noNaN: true }),
      conflict: fc.boolean(),
      agree: fc.boolean(),
      closed: fc.boolean(),
    })
    .map(({ one, other, weight, ...more }) => says(ids[one] ?? 'a', other, weight, more))
    .filter(({ one, other }) => !ids.includes(other) || other < one),
  { maxLength: 25 },
);

test('whatever the model says, the rules of linking hold', () => {
  fc.assert(
    fc.property(arriving, evidence, (rows, said) => {
      const { same, ask } = link(rows, said);
      for (const [one, other] of same) {
        // Whoever somebody is taken to be is somebody: never one who was taken to be another.
        expect(same.has(other)).toBe(false);
        const through = said.filter(
          (each) => each.one === one && (same.get(each.other) ?? each.other) === other,
        );
        expect(through.some((each) => each.probability >= sureFrom)).toBe(true);
        expect(through.some((each) => each.conflict || each.closed || !each.agree)).toBe(false);
      }
      for (const people of Map.groupBy(rows, (each) => same.get(each.target) ?? each.target).values()) {
        for (const one of people) {
          for (const other of people.filter((each) => each !== one)) {
            if (one.chi !== null && other.chi !== null) expect(one.chi).toBe(other.chi);
            else expect(one.family).not.toBe(other.family);
          }
        }
      }
      expect(ask.every((each) => each.probability >= asking && each.one < each.other)).toBe(true);
      expect(new Set(ask.map((each) => `${each.one} ${each.other}`)).size).toBe(ask.length);
      expect(ask.some((each) => same.has(each.one) || same.has(each.other))).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});

describe('which family on the record an arriving family is', () => {
  const families = (of: Record<string, string[]>) => (person: string) => of[person] ?? [];
  const join = (people: string[], same: Record<string, string>, of: Record<string, string[]>) =>
    joinFamilies([{ target: 'new', people }], new Map(Object.entries(same)), families(of)).get('new');
  test('the one of two of its people, or of all of them', () => {
    expect(join(['a', 'b', 'c'], { a: 'x', b: 'y' }, { x: ['F'], y: ['F'] })).toBe('F');
    expect(join(['a'], { a: 'x' }, { x: ['F'] })).toBe('F');
  });
  test('none for one of several, or for two of two families', () => {
    expect(join(['a', 'b'], { a: 'x' }, { x: ['F'] })).toBeUndefined();
    expect(join(['a', 'b'], { a: 'x', b: 'y' }, { x: ['F'], y: ['G'] })).toBeUndefined();
    expect(join(['a', 'b'], {}, {})).toBeUndefined();
  });
  test('the one of more of them, and the first of several alike', () => {
    const three = { a: 'x', b: 'y', c: 'z' };
    expect(join(['a', 'b', 'c'], three, { x: ['F', 'G'], y: ['G'], z: ['G'] })).toBe('G');
    expect(join(['a'], { a: 'x' }, { x: ['G', 'F'] })).toBe('F');
  });
  test('a family that comes twice in one extract is one', () => {
    const twice = [
      { target: 'f', people: ['a', 'b'] },
      { target: 'g', people: ['c', 'd'] },
    ];
    const same = new Map([
      ['c', 'a'],
      ['d', 'b'],
    ]);
    expect([...joinFamilies(twice, same, () => [])]).toEqual([['g', 'f']]);
  });
});
