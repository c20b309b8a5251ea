import type { Drawing, Line, Part, Placed } from './drawn.ts';
import type { HomePart } from './homes.ts';
import { pitch } from './places.ts';
import { round } from './shapes.ts';

const spaceBetween = 46;
const edge = 14;

/** Sets groups on shelves, as wide as the widest of them or a comfortable page. */
export function packed(parts: readonly Part[]): Drawing {
  const shelf = Math.max(1100, ...parts.map((part) => part.width));
  const people: Placed[] = [];
  const lines: Line[] = [];
  const homes: HomePart[] = [];
  let [width, height] = [pitch + edge * 2, 60];
  let [x, y, tall] = [edge, edge, 0];
  for (const part of parts) {
    if (x > edge && x + part.width > shelf + edge) {
      [x, y, tall] = [edge, y + tall + spaceBetween, 0];
    }
    const [dx, dy] = [x, y];
    people.push(...part.people.map((each) => ({ ...each, x: each.x + dx, y: each.y + dy })));
    lines.push(...part.lines.map((line) => ({ ...line, path: shifted(line.path, dx, dy) })));
    homes.push(
      ...part.homes.map((home) => ({
        ...home,
        path: shifted(home.path, dx, dy),
        x: home.x + dx,
        y: home.y + dy,
      })),
    );
    x += part.width + spaceBetween;
    tall = Math.max(tall, part.height);
    width = Math.max(width, dx + part.width + edge);
    height = Math.max(height, dy + part.height + edge);
  }
  return { people, lines, homes, width: Math.ceil(width), height: Math.ceil(height) };
}

/** A path (M, L, H, V, Q and Z, in absolute places) moved by so much. */
function shifted(path: string, dx: number, dy: number): string {
  return path.replaceAll(/([MLQHV])([^A-Z]*)/g, (_, letter: string, places: string) => {
    const numbers = places
      .trim()
      .split(/[\s,]+/)
      .map(Number);
    const by = (index: number) => (letter === 'V' ? dy : letter === 'H' || index % 2 === 0 ? dx : dy);
    return letter + numbers.map((value, index) => round(value + by(index))).join(' ');
  });
}
