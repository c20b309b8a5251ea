import { textWidth, wrapped } from '../../record/relationships/drawing/words.ts';
import { type Standing, standingWords } from './rules.ts';

// The network of a family as places on a page: the children in the middle, whoever comes nearest to them. Pure, and the same each time.

export interface Drawn {
  name: string;
  relation: string;
  standing: Standing;
  child: boolean;
}

/** How the line from the children to somebody is drawn, so that it is told apart without colour; nobody who should not be there has one. */
export type LineStyle = 'whole' | 'dashed' | 'dotted';
const lineOf: Readonly<Record<Standing, LineStyle | undefined>> = {
  comes: 'whole',
  asked: 'dashed',
  'to be asked': 'dotted',
  'cannot come': 'dotted',
  'should not be there': undefined,
};

export interface Card {
  x: number;
  y: number;
  width: number;
  height: number;
  name: string[];
  what: string[];
  standing: Standing | undefined;
}
export interface Link {
  path: string;
  style: LineStyle;
}
export interface NetworkDrawing {
  width: number;
  height: number;
  cards: Card[];
  links: Link[];
}

/** `wide` has cards left and right of the line down from the children; `narrow`, for a phone, has one column beside it. */
export type Breadth = 'wide' | 'narrow';
const widths: Readonly<Record<Breadth, number>> = { wide: 620, narrow: 316 };
const cardWidth = 250;
const lineHeight = 17;
const gap = 18;
const room = (cardWidth - 24) / 13;

const heightOf = (lines: number): number => lines * lineHeight + 18;

/** In which order they stand: who comes first, and who should not be there last. */
const order: readonly Standing[] = ['comes', 'asked', 'to be asked', 'cannot come', 'should not be there'];

/** Children at the top; everybody else beside the lines that go down from them. */
export function drawNetwork(everybody: readonly Drawn[], breadth: Breadth = 'wide'): NetworkDrawing {
  const width = widths[breadth];
  const middle = width / 2;
  const children = everybody.filter(({ child }) => child);
  const others = everybody
    .filter(({ child }) => !child)
    .toSorted(
      (one, other) =>
        order.indexOf(one.standing) - order.indexOf(other.standing) ||
        one.name.localeCompare(other.name, 'en'),
    );
  const named = wrapped(
    children.map(({ name }) => name).join(', '),
    (width - (breadth === 'wide' ? 160 : 40)) / 14,
    3,
  );
  const headWidth = Math.min(
    width - (breadth === 'wide' ? 40 : 4),
    Math.max(160, Math.ceil(Math.max(0, ...named.map(textWidth)) * 14) + 40),
  );
  const head: Card = {
    x: breadth === 'wide' ? middle : headWidth / 2 + 2,
    y: 12 + heightOf(named.length) / 2,
    width: headWidth,
    height: heightOf(named.length),
    name: named,
    what: [],
    standing: undefined,
  };
  const cards = [head];
  const links: Link[] = [];
  const top = head.y + head.height / 2;
  const down: [number, number] = [top + 26, top + 26];
  for (const [at, each] of others.entries()) {
    const side = breadth === 'narrow' || at % 2 === 1 ? 1 : 0;
    const name = wrapped(each.name, room, 2);
    const what = [...wrapped(each.relation, room, 2), standingWords[each.standing]].filter(
      (line) => line !== '',
    );
    const height = heightOf(name.length + what.length);
    const x = side === 0 ? cardWidth / 2 + 10 : width - cardWidth / 2 - 10;
    const y = down[side] + height / 2;
    down[side] += height + gap;
    cards.push({ x, y, width: cardWidth, height, name, what, standing: each.standing });
    const style = lineOf[each.standing];
    const edge = side === 0 ? x + cardWidth / 2 : x - cardWidth / 2;
    // Each has a line of its own beside the trunk, so that a dashed one is not hidden by a whole one.
    const trunk =
      breadth === 'narrow'
        ? 38 - 6 * (at % 4)
        : middle + (side === 0 ? -1 : 1) * (6 + 6 * (Math.floor(at / 2) % 4));
    if (style !== undefined) links.push({ path: `M${trunk} ${top}V${y}H${edge}`, style });
  }
  return { width, height: Math.max(...down, top + gap), cards, links };
}
