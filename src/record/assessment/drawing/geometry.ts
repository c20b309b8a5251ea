// Small geometry for the wheel, the triangle and the matrix. Angles are in degrees, clockwise from twelve o'clock.

export interface Point {
  x: number;
  y: number;
}

/** A number for a path: no more digits than can be seen. */
export const round = (value: number): number => Math.round(value * 10) / 10;

export const around = (middle: Point, radius: number, angle: number): Point => {
  const turned = ((angle - 90) * Math.PI) / 180;
  return { x: middle.x + radius * Math.cos(turned), y: middle.y + radius * Math.sin(turned) };
};

const at = ({ x, y }: Point): string => `${round(x)} ${round(y)}`;

/** An arc of less than half a circle. One that runs backwards carries words that are read upright below the middle. */
export const arc = (middle: Point, radius: number, from: number, to: number): string =>
  `M${at(around(middle, radius, from))}A${round(radius)} ${round(radius)} 0 0 ${to > from ? 1 : 0} ${at(around(middle, radius, to))}`;

/** A piece of a ring: between two radii and two angles. */
export const sector = (middle: Point, inner: number, outer: number, from: number, to: number): string =>
  `M${at(around(middle, inner, from))}L${at(around(middle, outer, from))}` +
  `A${round(outer)} ${round(outer)} 0 0 1 ${at(around(middle, outer, to))}L${at(around(middle, inner, to))}` +
  `A${round(inner)} ${round(inner)} 0 0 0 ${at(around(middle, inner, from))}Z`;

/**
 * A line that goes round in steps: along each sector at its own radius, then straight to the next one's. Where a radius is not
 * known the line has a gap.
 */
export function steppedRing(middle: Point, radii: readonly (number | undefined)[]): string {
  const wide = 360 / radii.length;
  return radii
    .map((radius, index) => {
      if (radius === undefined) return '';
      const [from, to] = [index * wide - wide / 2, index * wide + wide / 2];
      const next = radii[(index + 1) % radii.length];
      const step = next === undefined ? '' : `L${at(around(middle, next, to))}`;
      return `${arc(middle, radius, from, to)}${step}`;
    })
    .join('');
}

export const polygon = (corners: readonly Point[]): string => `M${corners.map(at).join('L')}Z`;

/** A point on the way from one to another: 0 is the one, 1 the other. */
export const between = (one: Point, other: Point, share: number): Point => ({
  x: one.x + (other.x - one.x) * share,
  y: one.y + (other.y - one.y) * share,
});

/** A text in lines of at most so many characters, broken between words. */
export function linesOf(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Whose name stands in the middle of a drawing. */
export const namesInside = (given: readonly string[]): string[] =>
  given.length === 0 ? ['Me'] : given.length > 3 ? [`${given.length} children`] : [...given];
