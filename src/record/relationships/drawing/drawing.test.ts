import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Kind, kindNames } from '../rules.ts';
import { around, largeFamily, type Sketch } from '../testing.ts';
import { bondsOf } from './bonds.ts';
import type { Drawing } from './drawn.ts';
import { generations } from './generations.ts';
import { drawMap } from './map.ts';
import { pitch } from './places.ts';
import { half } from './shapes.ts';

const today = Temporal.PlainDate.from('2026-11-22');
const day = (written: string) => Temporal.PlainDate.from(written);
const draw = (sketch: Sketch): Drawing => drawMap(around(sketch), today);

/** Any family of a few people, however odd: parents of each other, several partners, homes across the whole. */
const anyFamily = fc.integer({ min: 1, max: 16 }).chain((many) => {
  const keys = Array.from({ length: many }, (_, index) => `P${index}`);
  const person = fc.constantFrom(...keys);
  return fc
    .record({
      ties: fc.array(fc.tuple(person, fc.constantFrom(...kindNames), person, fc.boolean()), {
        maxLength: many * 2,
      }),
      sexes: fc.array(fc.constantFrom('male', 'female', 'not known'), { minLength: many, maxLength: many }),
      names: fc.array(fc.string({ minLength: 1, maxLength: 60 }), { minLength: many, maxLength: many }),
      homes: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: many, maxLength: many }),
    })
    .map(
      ({ ties, sexes, names, homes }): Sketch => ({
        people: Object.fromEntries(
          keys.map((key, index) => [key, { sex: sexes[index] ?? null, givenName: names[index] ?? '' }]),
        ),
        ties: ties
          .filter(([from, , to]) => from !== to)
          .map(([from, kind, to, over]): [string, Kind, string, object] => [
            from,
            kind,
            to,
            over ? { until: day('2020-01-01'), endedHow: 'separated' } : {},
          ]),
        homes: [0, 1, 2].map((home) => ({ people: keys.filter((_, index) => homes[index] === home) })),
      }),
    );
});

/** Everybody drawn once, nobody's room on another's, everything within the drawing. */
function checkDrawing(sketch: Sketch, drawing: Drawing): void {
  const keys = drawing.people.map((each) => each.key);
  expect([...keys].sort()).toEqual([...Object.keys(sketch.people)].sort());
  for (const [index, one] of drawing.people.entries())
    for (const other of drawing.people.slice(index + 1)) {
      const apart = Math.abs(one.x - other.x) >= pitch - 1 || Math.abs(one.y - other.y) >= half * 2 + 40;
      expect(apart, `${one.key} and ${other.key}`).toBe(true);
    }
  for (const { x, y, label } of drawing.people) {
    expect(x - half).toBeGreaterThanOrEqual(0);
    expect(x + half).toBeLessThanOrEqual(drawing.width);
    expect(y - half).toBeGreaterThanOrEqual(0);
    expect(y + half + label.length * 16).toBeLessThanOrEqual(drawing.height);
  }
  for (const { path } of [...drawing.lines, ...drawing.homes])
    expect(path).not.toMatch(/NaN|undefined|Infinity/);
}

test('every person is drawn exactly once, and no two symbols overlap, however odd the family', () => {
  fc.assert(
    fc.property(anyFamily, (sketch) => {
      checkDrawing(sketch, draw(sketch));
    }),
    { numRuns: 300 },
  );
});

/** The stretches of a path of M, H and V. */
function stretches(path: string): [x1: number, y1: number, x2: number, y2: number][] {
  const found: [number, number, number, number][] = [];
  let [x, y] = [0, 0];
  for (const [, letter, places = ''] of path.matchAll(/([MHV])([^MHV]*)/g)) {
    const [first = 0, second = 0] = places.trim().split(' ').map(Number);
    const [toX, toY] = letter === 'M' ? [first, second] : letter === 'H' ? [first, y] : [x, first];
    if (letter !== 'M') found.push([x, y, toX, toY]);
    [x, y] = [toX, toY];
  }
  return found;
}

test('no line runs through anybody', () => {
  fc.assert(
    fc.property(anyFamily, (sketch) => {
      const drawing = draw(sketch);
      const lines = drawing.lines
        .filter((line) => line.style !== 'slash')
        .flatMap(({ path }) => stretches(path));
      const struck = drawing.people.filter(({ x, y }) =>
        lines.some(([x1, y1, x2, y2]) => {
          const [nearX, nearY] = [
            Math.min(Math.max(x, Math.min(x1, x2)), Math.max(x1, x2)),
            Math.min(Math.max(y, Math.min(y1, y2)), Math.max(y1, y2)),
          ];
          return Math.hypot(nearX - x, nearY - y) < 9;
        }),
      );
      expect(struck).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('the same family gives the same drawing', () => {
  const sketch = largeFamily(40, 7);
  expect(draw(sketch)).toEqual(draw(sketch));
});

test('parents stand above their children, unless the record makes somebody their own ancestor', () => {
  fc.assert(
    fc.property(anyFamily, (sketch) => {
      const bonds = bondsOf(around(sketch), today);
      const heights = generations(bonds, () => null);
      const rowOf = (key: string) => heights.flatMap((each) => each.row.get(key) ?? [])[0] ?? -1;
      for (const bond of bonds.bonds)
        if (bond.style === 'birth' || bond.style === 'adoptive')
          for (const parent of bond.parents)
            for (const child of bond.children) expect(rowOf(parent)).toBeLessThan(rowOf(child));
    }),
    { numRuns: 200 },
  );
});

/** Whether a point is inside a path of right angles with rounded corners, by the corners it turns at. */
function inside(path: string, x: number, y: number): boolean {
  let crossings = 0;
  for (const ring of path.split('Z').filter((part) => part !== '')) {
    const corners = [...ring.matchAll(/Q(-?[\d.]+) (-?[\d.]+)/g)].map((found) => [
      Number(found[1]),
      Number(found[2]),
    ]);
    corners.forEach(([x1 = 0, y1 = 0], index) => {
      const [x2 = 0, y2 = 0] = corners[(index + 1) % corners.length] ?? [];
      if (x1 === x2 && x1 > x && Math.min(y1, y2) <= y && y < Math.max(y1, y2)) crossings++;
    });
  }
  return crossings % 2 === 1;
}

test('the outlines of a home hold everybody who lives there and nobody else', () => {
  fc.assert(
    fc.property(anyFamily, (sketch) => {
      const made = around(sketch);
      const drawing = drawMap(made, today);
      for (const home of made.homes.values()) {
        const parts = drawing.homes.filter((part) => part.name === home.name && home.name !== '');
        if (parts.length === 0) continue;
        for (const { key, x, y } of drawing.people) {
          const held = parts.some((part) => inside(part.path, x + 0.25, y + 0.25));
          expect(held, `${key} in ${home.name}`).toBe(home.people.includes(key));
        }
      }
    }),
    { numRuns: 200 },
  );
});

test('one person, nobody, and people of whom nothing is recorded', () => {
  const one: Sketch = { people: { Jamie: {} } };
  expect(draw(one).people).toHaveLength(1);
  checkDrawing(one, draw(one));
  expect(draw({ people: {} })).toMatchObject({ people: [], lines: [] });
  const apart: Sketch = { people: { Ann: { part: 'parent or carer' }, Bob: { part: 'child' } } };
  const [ann, bob] = ['Ann', 'Bob'].map((key) => draw(apart).people.find((each) => each.key === key));
  expect(ann?.y).toBeLessThan(bob?.y ?? 0);
});

const cousins: Sketch = {
  people: Object.fromEntries(['G', 'H', 'A', 'B', 'X', 'Y', 'K', 'U', 'L'].map((key) => [key, {}])),
  ties: [
    ['G', 'parent', 'A'],
    ['H', 'parent', 'A'],
    ['G', 'parent', 'B'],
    ['H', 'parent', 'B'],
    ['A', 'parent', 'X'],
    ['B', 'parent', 'Y'],
    ['X', 'husband, wife or civil partner', 'Y'],
    ['X', 'parent', 'K'],
    ['Y', 'parent', 'K'],
    // Somebody who married the child of their own brother, and their child.
    ['G', 'parent', 'U'],
    ['U', 'partner', 'X'],
    ['U', 'parent', 'L'],
    ['X', 'parent', 'L'],
    // Who is their own step-relative.
    ['K', 'step-parent', 'A'],
    // And a mistake: a child who is the parent of their grandparent.
    ['K', 'parent', 'G'],
  ],
};

test('cousins who marry, an uncle and a niece, one’s own step-relative, and a ring that cannot be', () => {
  const drawing = draw(cousins);
  checkDrawing(cousins, drawing);
  const at = (key: string) => drawing.people.find((each) => each.key === key);
  expect(at('X')?.y).toBe(at('Y')?.y);
  expect(at('G')?.y).toBeLessThan(at('K')?.y ?? 0);
});

test('several marriages: each partner has a line of their own, and slashes say how it ended', () => {
  const wives = ['Ann', 'Bea', 'Cat', 'Dot', 'Eve'];
  const sketch: Sketch = {
    people: Object.fromEntries(['Hector', ...wives].map((key) => [key, {}])),
    ties: wives.map((wife, index) => [
      'Hector',
      'husband, wife or civil partner',
      wife,
      index === 4
        ? {}
        : {
            until: day(`20${10 + index}-01-01`),
            endedHow: (['separated', 'divorced', 'death', 'other'] as const)[index] ?? null,
          },
    ]),
  };
  const drawing = draw(sketch);
  checkDrawing(sketch, drawing);
  expect(drawing.lines.filter((line) => line.style === 'slash')).toHaveLength(3);
  // Two who are beside him, three reached over the others.
  expect(drawing.lines.filter((line) => line.style === 'over').length).toBeGreaterThanOrEqual(3);
});

test('a large family is drawn well under 300 ms', { timeout: 30_000 }, () => {
  const sketch = largeFamily(60, 3);
  const made = around(sketch);
  checkDrawing(sketch, drawMap(made, today));
  const times = Array.from({ length: 7 }, () => {
    const from = performance.now();
    drawMap(made, today);
    return performance.now() - from;
  }).sort((a, b) => a - b);
  expect(times[3]).toBeLessThan(300);
});

test('adopted children have brackets; carers, grandparents and others hang by lines of their own style', () => {
  const drawing = draw({
    people: { Skye: {}, Ann: {}, Cal: {}, Gran: {}, Zoe: {} },
    ties: [
      ['Ann', 'adoptive parent', 'Skye'],
      ['Cal', 'foster carer', 'Skye', { until: day('2020-01-01') }],
      ['Zoe', 'step-parent', 'Skye'],
      ['Gran', 'grandparent', 'Skye'],
    ],
  });
  expect(drawing.people.find((each) => each.key === 'Skye')?.adopted).toBe(true);
  expect(new Set(drawing.lines.map((line) => line.style))).toEqual(
    new Set(['adoptive', 'care ended', 'care', 'loose']),
  );
});

test('a grandparent whose child is recorded too needs no line of their own', () => {
  const drawing = draw({
    people: { Kid: {}, Mum: {}, Gran: {}, Aunt: {} },
    ties: [
      ['Mum', 'parent', 'Kid'],
      ['Gran', 'parent', 'Mum'],
      ['Gran', 'parent', 'Aunt'],
      ['Gran', 'grandparent', 'Kid'],
      ['Aunt', 'aunt or uncle', 'Kid'],
    ],
  });
  expect(drawing.lines.every((line) => line.style === 'birth')).toBe(true);
});

test('a brother or sister in another record is drawn without a name', () => {
  const drawing = draw({
    people: { Alex: { part: 'child' } },
    elsewhere: [
      {
        person: 'Alex',
        other: 'unseen-1',
        kind: null,
        shared: 1,
        parents: 2,
        otherParents: 2,
        teams: ['South'],
      },
    ],
  });
  expect(drawing.people.find((each) => each.key === 'unseen-1')).toMatchObject({
    label: ['Not shown'],
    within: '?',
  });
});
