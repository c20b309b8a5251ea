import { type Around, isChild, type Somebody } from '../around.ts';
import { barsOf } from './bars.ts';
import { type Bonds, bondsOf, type Couple } from './bonds.ts';
import type { Look } from './cost.ts';
import type { Drawing, Part, Placed } from './drawn.ts';
import { type Generation, generations } from './generations.ts';
import { heightsOf, middleOf } from './heights.ts';
import { homeParts } from './homes.ts';
import { linesOf } from './lines.ts';
import { hangsFrom, order } from './order.ts';
import { packed } from './packing.ts';
import { pitch, places } from './places.ts';
import type { Shape } from './shapes.ts';
import { type Label, labelOf } from './words.ts';

// The whole of a family map as shapes with places: everybody once, no two on top of each other. Nothing here draws.

function drawPart(generation: Generation, bonds: Bonds, around: Around, look: Look, labels: Labels): Part {
  const ordered = order(generation, bonds, look);
  const inside = ({ one, other }: Couple) => generation.row.has(one) && generation.row.has(other);
  const couples = bonds.couples.filter(inside);
  const joined = new Set(couples.flatMap(({ one, other }) => [`${one} ${other}`, `${other} ${one}`]));
  const x = places(
    ordered,
    (one, other) => joined.has(`${one} ${other}`),
    (tops) => hangsFrom(tops, ordered, couples),
  );
  const bars = barsOf(ordered, x, generation.row, couples);
  const heights = heightsOf(ordered.rows, (key) => labels.of.get(key)?.lines.length ?? 0, bars.tracks);
  const symbol = (key: string): Shape => around.people.get(key)?.symbol ?? 'diamond';
  const adopted = new Set(
    bonds.bonds.filter(({ style }) => style === 'adoptive').flatMap(({ children }) => children),
  );
  const people = ordered.rows.flatMap((row, index) =>
    row
      .filter((item) => item.person)
      .map(
        ({ id }): Placed => ({
          key: id,
          x: x.get(id) ?? 0,
          y: middleOf(heights, index),
          label: labels.of.get(id)?.lines ?? [],
          nameLines: labels.of.get(id)?.names ?? 0,
          within: labels.of.get(id)?.within ?? '',
          adopted: adopted.has(id),
        }),
      ),
  );
  return {
    width: Math.max(...people.map((each) => each.x)) + pitch / 2 + bars.margin,
    height: heights.whole,
    people,
    lines: linesOf(bars, heights, people, symbol),
    homes: homeParts(ordered.rows, x, heights, around, labels.homesShown),
  };
}

interface Labels {
  of: ReadonlyMap<string, Label>;
  homesShown: ReadonlySet<number>;
}

/** Homes that are outlined: where two or more of those drawn live, and where any child of the family lives. */
const homesShown = (around: Around, drawn: readonly string[]): Set<number> =>
  new Set(
    [...around.homes.values()]
      .filter((home) => {
        const here = home.people.filter((key) => drawn.includes(key));
        const child = (key: string) => {
          const who = around.people.get(key);
          return who !== undefined && isChild(who);
        };
        return here.length > 1 || here.some(child);
      })
      .map((home) => home.number),
  );

/** A family map of everybody in an answer, on a day. Groups that nothing joins stand beside each other, then below. */
export function drawMap(around: Around, today: Temporal.PlainDate): Drawing {
  const bonds = bondsOf(around, today);
  const who = (key: string): Somebody | undefined => around.people.get(key);
  const drawn = bonds.people.map((key) => [key, who(key)] as const);
  const written = drawn.flatMap(([key, each]) => (each ? [[key, labelOf(each, today)] as const] : []));
  const labels: Labels = {
    of: new Map(written),
    homesShown: homesShown(around, bonds.people),
  };
  const parts = generations(bonds, (key) => who(key)?.part ?? null).map((generation) => {
    const look: Look = {
      row: generation.row,
      turn: new Map(bonds.people.map((key, index) => [key, index])),
      male: new Set(generation.people.filter((key) => who(key)?.symbol === 'square')),
      home: new Map(drawn.flatMap(([key, each]) => (each?.home === undefined ? [] : [[key, each.home]]))),
    };
    return drawPart(generation, bonds, around, look, labels);
  });
  return packed(parts);
}
