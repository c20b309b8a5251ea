import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idFromTitle, sameTitle } from './named.ts';

test('an id is made from a title, and is one of its own', () => {
  const none = new Set<string>();
  expect(idFromTitle('Meeting of those who help', none)).toBe('meeting-of-those-who-help');
  expect(idFromTitle('  Coinneamh an Àite, 2!', none)).toBe('coinneamh-an-aite-2');
  expect(idFromTitle('12-week review', none)).toBe('week-review');
  expect(idFromTitle('Child’s day', none)).toBe('childs-day');
  expect(idFromTitle('Зустріч', none)).toBe('kind');
  // An address of its own is no id.
  expect(idFromTitle('Add', none)).toBe('add-2');
  expect(idFromTitle('Core group', new Set(['core-group', 'core-group-2']))).toBe('core-group-3');
});

test('whatever the title, the id fits the check of its table and is not taken', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), fc.integer({ min: 8, max: 60 }), (title, most) => {
      const taken = new Set<string>();
      for (let each = 0; each < 12; each++) {
        const id = idFromTitle(title, taken, { most });
        expect(id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
        expect(id.length).toBeLessThanOrEqual(most);
        expect(taken.has(id)).toBe(false);
        taken.add(id);
      }
    }),
  );
});

test('titles that people would read as the same are the same', () => {
  expect(sameTitle('Core group', ' core  Group.')).toBe(true);
  expect(sameTitle('Core group', 'Core groups')).toBe(false);
});
