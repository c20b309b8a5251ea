import { expect, test } from 'vitest';
import { calledBy } from './called.ts';
import type { Tie } from './rules.ts';
import { standing } from './standing.ts';

const today = Temporal.PlainDate.from('2026-11-22');
const who = (id: string, child: boolean, gender: string | null = null) => ({
  id,
  givenName: id,
  gender,
  sex: null,
  child,
});
const tie = (from: string, kind: Tie['kind'], to: string, more: Partial<Tie> = {}): Tie => ({
  from,
  to,
  kind,
  since: null,
  until: null,
  endedHow: null,
  ...more,
});

const family = [
  who('Iona', true, 'girl'),
  who('Rory', true, 'boy'),
  who('Mum', false, 'woman'),
  who('Gran', false, 'woman'),
  who('Sam', false),
  who('Friend', false, 'man'),
];
const ties = [
  tie('Mum', 'parent', 'Iona'),
  tie('Mum', 'parent', 'Rory'),
  tie('Gran', 'parent', 'Mum'),
  tie('Gran', 'grandparent', 'Iona'),
  tie('Gran', 'kinship carer', 'Iona'),
  tie('Gran', 'grandparent', 'Rory'),
  tie('Sam', 'partner', 'Mum', { until: Temporal.PlainDate.from('2025-01-01'), endedHow: 'separated' }),
];
const said = (id: string) => {
  const of = family.find((each) => each.id === id);
  return of && standing(of, family, ties, today);
};

test('a word is the one that somebody is called by; where nobody says, the one that fits everybody', () => {
  expect(calledBy('parent', 'circle')).toBe('mother');
  expect(calledBy('was step-parent', 'square')).toBe('was stepfather');
  expect(calledBy('half-brother or half-sister', 'diamond')).toBe('half-brother or half-sister');
  expect(calledBy('neighbour', 'circle')).toBe('neighbour');
});

test('adults are what they are to the children, else to the others; children whose brother or sister they are', () => {
  expect(said('Mum')).toBe('Mother of Iona and Rory');
  expect(said('Gran')).toBe('Grandmother of Iona and Rory. Kinship carer of Iona');
  expect(said('Sam')).toBe('Former partner of Mum');
  expect(said('Iona')).toBe('Sister of Rory');
  expect(said('Friend')).toBeUndefined();
});

test('words of the same people are said together; those with a way of their own stand alone', () => {
  const [gran, iona] = [who('Gran', false, 'woman'), who('Iona', true)];
  const both = [tie('Gran', 'grandparent', 'Iona'), tie('Gran', 'kinship carer', 'Iona')];
  expect(standing(gran, [gran, iona], both, today)).toBe('Grandmother and kinship carer of Iona');
  expect(standing(iona, [gran, iona], both, today)).toBe('Grandchild of Gran. In kinship care with Gran');
});
