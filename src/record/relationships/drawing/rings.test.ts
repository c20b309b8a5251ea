import fc from 'fast-check';
import { expect, test } from 'vitest';
import { around } from '../testing.ts';
import { cardHeight, cardWidth, drawRings, type Member, ringsOf, roomOn } from './rings.ts';

const today = Temporal.PlainDate.from('2026-11-22');
const day = (written: string) => Temporal.PlainDate.from(written);

const members = (many: number): Member[] =>
  Array.from({ length: many }, (_, index) => ({
    key: undefined,
    name: `Somebody ${index}`,
    what: 'Friend',
    where: '',
  }));

test('who is around a family: no two cards overlap, everybody is there, however many', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 4, maxLength: 4 }), (many) => {
      const [home = 0, family = 0, important = 0, supporters = 0] = many;
      const made = around({ people: { Jamie: { part: 'child' }, Rosie: { part: 'child' } } });
      const drawing = drawRings({
        middle: [...made.people.values()],
        rings: {
          home: members(home),
          family: members(family),
          important: members(important),
          supporters: members(supporters),
        },
      });
      expect(drawing.cards).toHaveLength(1 + home + family + important + supporters);
      const clash = drawing.cards.flatMap((one, index) =>
        drawing.cards
          .slice(index + 1)
          .filter(
            (other) =>
              Math.abs(one.x - other.x) < (one.width + other.width) / 2 &&
              Math.abs(one.y - other.y) < (one.height + other.height) / 2,
          )
          .map((other) => [one.name, other.name]),
      );
      expect(clash).toEqual([]);
      const beyond = drawing.cards.filter(
        ({ x, y, width, height }) =>
          x < width / 2 || x + width / 2 > drawing.width || y < height / 2 || y + height / 2 > drawing.height,
      );
      expect(beyond).toEqual([]);
    }),
    { numRuns: 100 },
  );
  expect([1, 2, 3].map(roomOn)).toEqual([6, 12, 18]);
  expect([cardWidth, cardHeight].every((size) => size > 40)).toBe(true);
});

test('everybody alive is on the nearest ring that is theirs, once', () => {
  const made = around({
    people: {
      Jamie: { part: 'child' },
      Mum: { part: 'parent or carer' },
      Dad: { part: 'parent or carer' },
      Grandpa: { died: day('2018-01-01') },
      gran: {},
      coach: {},
    },
    ties: [
      ['Mum', 'parent', 'Jamie'],
      ['Dad', 'parent', 'Jamie'],
      ['gran', 'parent', 'Mum'],
      ['gran', 'grandparent', 'Jamie'],
      ['coach', 'important adult', 'Jamie'],
    ],
    homes: [{ people: ['Jamie', 'Mum'] }],
    supporters: [
      { id: 'ailsa', name: 'Ailsa Drummond', role: 'Social worker', where: '' },
      { id: 'ailsa', name: 'Ailsa Drummond', role: 'Social worker', where: 'North' },
      { id: 'ailsa', name: 'Ailsa Drummond', role: 'Named person', where: '' },
      { id: 'other', name: 'Ailsa Drummond', role: 'GP', where: '' },
    ],
  });
  const { middle, rings } = ringsOf(made, today);
  expect(middle.map((who) => who.key)).toEqual(['Jamie']);
  const short = (ring: readonly Member[]) => ring.map(({ key, what }) => [key, what]);
  expect(short(rings.home)).toEqual([['Mum', 'Parent of Jamie']]);
  expect(short(rings.family).sort()).toEqual([
    ['Dad', 'Parent of Jamie'],
    ['gran', 'Grandparent of Jamie'],
  ]);
  expect(short(rings.important)).toEqual([['coach', 'Important adult to Jamie']]);
  expect(rings.supporters).toEqual([
    { key: undefined, name: 'Ailsa Drummond', what: 'Social worker, Named person', where: 'North' },
    { key: undefined, name: 'Ailsa Drummond', what: 'GP', where: '' },
  ]);
});
