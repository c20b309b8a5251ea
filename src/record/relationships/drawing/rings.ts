import type { Around, Somebody } from '../around.ts';
import { allSiblings, isChild } from '../around.ts';
import { calledBy } from '../called.ts';
import { saying, sentence, standingWord } from '../phrases.ts';
import { kinds } from '../rules.ts';
import { wrapped } from './words.ts';

// Who is around a family: the children in the middle, then rings of people and of those who help at work. Nothing here draws.

export const ringNames = {
  home: 'At home',
  family: 'Family',
  important: 'Friends and important adults',
  supporters: 'Who helps at work',
} as const;
export type Ring = keyof typeof ringNames;

/** Somebody on a ring, as a list has them. */
export interface Member {
  /** Undefined for those who help at work. */
  key: string | undefined;
  name: string;
  /** What they are: "Grandparent of Jamie", "Health visitor". */
  what: string;
  where: string;
}

export interface Rings {
  middle: readonly Somebody[];
  rings: Readonly<Record<Ring, readonly Member[]>>;
}

/** What somebody is to those in the middle, or else to anybody of the family. */
function whatTo(around: Around, key: string, middle: readonly Somebody[], today: Temporal.PlainDate): string {
  const to = new Map<string, string[]>();
  const say = (word: string, name: string) => to.set(word, [...(to.get(word) ?? []), name]);
  for (const child of middle)
    for (const sibling of allSiblings(around, child.key, today))
      if (sibling.person === key) say(sibling.kind, child.givenName);
  for (const inMiddle of [true, false]) {
    for (const tie of around.ties) {
      if (to.size > 0 && !inMiddle) break;
      if (tie.from !== key && tie.to !== key) continue;
      const other = around.people.get(tie.from === key ? tie.to : tie.from);
      if (other === undefined || !other.inside || middle.includes(other) !== inMiddle) continue;
      const { word } = standingWord(other.key, tie, today);
      if (!to.get(word)?.includes(other.givenName)) say(word, other.givenName);
    }
  }
  const symbol = around.people.get(key)?.symbol ?? 'diamond';
  return [...to].map(([word, names]) => saying(calledBy(word, symbol), names)).join('. ');
}

/** What somebody is said to do, twice over: "GP", or "Social worker, Named person". */
const both = (one: string, other: string): string =>
  one.toLowerCase().split(', ').includes(other.toLowerCase())
    ? one
    : [one, other].filter((each) => each !== '').join(', ');

/** Everybody around a family, each once and on the nearest ring that is theirs. */
export function ringsOf(around: Around, today: Temporal.PlainDate): Rings {
  const inside = [...around.people.values()].filter((each) => each.inside && each.died === null);
  const children = inside.filter(isChild);
  const middle = children.length > 0 ? children : inside;
  const homes = new Set(middle.map((each) => each.home).filter((home) => home !== undefined));
  const isMiddle = (key: string) => middle.some((each) => each.key === key);
  const important = new Set(
    around.ties
      .filter((tie) => kinds[tie.kind].groups[0] === 'important')
      .flatMap((tie) => [tie.from, tie.to])
      .filter((key) => !isMiddle(key)),
  );
  const related = new Set(
    around.ties
      .filter((tie) => kinds[tie.kind].groups[0] !== 'important')
      .flatMap((tie) => [tie.from, tie.to]),
  );
  const rings: Record<Ring, Member[]> = { home: [], family: [], important: [], supporters: [] };
  for (const who of around.people.values()) {
    if (middle.includes(who) || who.died !== null) continue;
    const lives = who.home !== undefined && homes.has(who.home);
    const ring: Ring = lives
      ? 'home'
      : important.has(who.key) && !related.has(who.key)
        ? 'important'
        : 'family';
    rings[ring].push({
      key: who.seen ? who.key : undefined,
      name: who.seen ? who.name : 'Somebody not shown',
      what: whatTo(around, who.key, middle, today) || sentence(who.part ?? ''),
      where: who.home === undefined ? '' : (around.homes.get(who.home)?.address ?? 'Address not shown'),
    });
  }
  const supporters = new Map<string, Member>();
  for (const { id, name, role, where } of around.supporters) {
    const known = supporters.get(id);
    supporters.set(id, {
      key: undefined,
      name,
      what: both(known?.what ?? '', role),
      where: known?.where || where,
    });
  }
  rings.supporters.push(...supporters.values());
  return { middle, rings };
}

/** A card on the drawing; `x` and `y` are its middle. */
export interface Card {
  x: number;
  y: number;
  width: number;
  height: number;
  name: readonly string[];
  what: readonly string[];
  ring: Ring | 'middle';
}

export interface RingsDrawing {
  width: number;
  height: number;
  cards: readonly Card[];
  /** The outer edge of each ring that has somebody on it. */
  edges: readonly { ring: Ring; rx: number; ry: number }[];
  x: number;
  y: number;
}

export const cardWidth = 132;
export const cardHeight = 56;
export const lineOf = 15;
const farX = (cardWidth + 10) * Math.SQRT2;
const farY = (cardHeight + 8) * Math.SQRT2;
/** How close rings are tried at, the closest first: few people stand closer than many. */
const closeness = [0.45, 0.55, 0.65, 0.75, 0.85, 1, 1.15, 1.3, 1.6];
/** How near to the middle the first ring is tried. */
const nearness = [1, 1.12, 1.3, 1.6];
/** How close rings may come above each other: the name of a ring is written between. */
const closestY = 0.82;

/** How many cards find room on the ring at this many steps from the middle. */
export const roomOn = (step: number): number => Math.floor(Math.PI / Math.asin(1 / (2 * step)) + 1e-9);

const overlap = (one: Card, other: Card): boolean =>
  Math.abs(one.x - other.x) < (one.width + other.width) / 2 + 4 &&
  Math.abs(one.y - other.y) < (one.height + other.height) / 2 + 4;

/** Every card with its place: no two overlap, and all as close as that lets them be. */
export function drawRings(rings: Rings): RingsDrawing {
  for (const close of closeness)
    for (const near of nearness) {
      const drawing = atDistance(rings, close, near);
      const clash = drawing.cards.some((one, index) =>
        drawing.cards.slice(index + 1).some((other) => overlap(one, other)),
      );
      if (!clash) return drawing;
    }
  return atDistance(rings, 1);
}

/**
 * The cards on rings so close to each other, the innermost so near to the middle. Without `near`, so that nothing can overlap:
 * measured in cards, rings are then circles one root of two apart, and two points so far apart are a whole card apart in one
 * direction.
 */
function atDistance({ middle, rings }: Rings, close: number, near?: number): RingsDrawing {
  const sure = near === undefined;
  const [stepX, stepY] = [farX * close, farY * Math.max(close, closestY)];
  const names = middle.flatMap((who) => wrapped(who.name, (cardWidth + 20) / 14, 2));
  const tall = Math.max(1, names.length) * lineOf + 22;
  const cards: Omit<Card, 'x' | 'y'>[] = [];
  const spots: [number, number][] = [[0, 0]];
  cards.push({ width: cardWidth + 34, height: tall, name: names, what: [], ring: 'middle' });
  let step = sure ? Math.max(1, Math.ceil((tall / 2 + cardHeight / 2 + 10) / stepY)) : 1;
  const nearest = {
    x: sure ? stepX : (cardWidth + 30) * near,
    y: sure ? stepY : (tall / 2 + cardHeight / 2 + 12) * Math.sqrt(near),
  };
  const radius = (at: number) => [nearest.x + (at - 1) * stepX, nearest.y + (at - 1) * stepY] as const;
  const edges: { ring: Ring; rx: number; ry: number }[] = [];
  for (const ring of Object.keys(ringNames) as Ring[]) {
    const members = [...rings[ring]];
    if (members.length === 0) continue;
    while (members.length > 0) {
      const here = members.splice(0, roomOn(step));
      here.forEach((member, index) => {
        // Half a place on for every other ring, so that names do not stand in lines.
        const turn = ((index + (step % 2) / 2) / here.length) * 2 * Math.PI - Math.PI / 2;
        const [rx, ry] = radius(step);
        spots.push([Math.cos(turn) * rx, Math.sin(turn) * ry]);
        const name = wrapped(member.name, (cardWidth - 12) / 13.5, 2);
        cards.push({
          width: cardWidth,
          height: cardHeight,
          name,
          what: wrapped(member.what || member.where, (cardWidth - 12) / 12.5, 3 - name.length),
          ring,
        });
      });
      step++;
    }
    const [rx, ry] = radius(step - 0.5);
    edges.push({ ring, rx: Math.max(rx, radius(step - 1)[0] + cardWidth / 2 + 8), ry });
  }
  const last = edges.at(-1) ?? { rx: cardWidth, ry: tall };
  const [x, y] = [Math.ceil(last.rx + 16), Math.ceil(last.ry + 20)];
  return {
    width: x * 2,
    height: y * 2,
    x,
    y,
    cards: cards.map((card, index) => {
      const [dx, dy] = spots[index] ?? [0, 0];
      return { ...card, x: Math.round(x + dx), y: Math.round(y + dy) };
    }),
    edges,
  };
}
