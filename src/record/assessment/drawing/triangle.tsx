import type { VNode } from 'preact';
import { Frame, Lines, type Size, sizes } from './frame.tsx';
import { between, linesOf, namesInside, type Point, polygon, round } from './geometry.ts';

/** One question on a side of the triangle: `now` is 1 for a strength, 0 for some of each, -1 for a pressure; null where nobody said. */
export interface Mark {
  title: string;
  now: number | null;
  before: number | null | undefined;
  /** Something was written, though nobody said which it is. */
  words: boolean;
}

export interface Side {
  title: string;
  marks: readonly Mark[];
}

interface Measure {
  width: number;
  height: number;
  top: Point;
  left: Point;
  right: Point;
  band: number;
  mark: number;
  type: number;
  /** How far from the top the marks of a side begin, as a share of it. */
  start: number;
}

const measures: Readonly<Record<Size, Measure>> = {
  wide: {
    width: 1090,
    height: 690,
    top: { x: 545, y: 34 },
    left: { x: 190, y: 560 },
    right: { x: 900, y: 560 },
    band: 58,
    mark: 13,
    type: 15,
    start: 0.12,
  },
  narrow: {
    width: 360,
    height: 340,
    top: { x: 180, y: 22 },
    left: { x: 26, y: 300 },
    right: { x: 334, y: 300 },
    band: 34,
    mark: 10,
    type: 13,
    start: 0.17,
  },
};

/** The corners of the triangle that lies inside another at a distance from its sides. */
function inset(
  { top, left, right }: Pick<Measure, 'top' | 'left' | 'right'>,
  by: number,
): [Point, Point, Point] {
  const long = (one: Point, other: Point) => Math.hypot(one.x - other.x, one.y - other.y);
  const [a, b, c] = [long(left, right), long(top, right), long(top, left)];
  const whole = a + b + c;
  const middle = {
    x: (a * top.x + b * left.x + c * right.x) / whole,
    y: (a * top.y + b * left.y + c * right.y) / whole,
  };
  const inradius = middleDistance(middle, left, right);
  const share = by / inradius;
  return [between(top, middle, share), between(left, middle, share), between(right, middle, share)];
}

const middleDistance = (point: Point, one: Point, other: Point): number =>
  Math.abs((other.x - one.x) * (one.y - point.y) - (one.x - point.x) * (other.y - one.y)) /
  Math.hypot(other.x - one.x, other.y - one.y);

const words = (number: number | null): string =>
  number === null ? 'not said' : number > 0 ? 'a strength' : number < 0 ? 'a pressure' : 'some of each';

/** The triangle in words. */
const triangleWords = (all: readonly Side[]): string =>
  all
    .map(
      ({ title, marks }) =>
        `${title}: ${marks.map((mark) => `${mark.title}, ${words(mark.now)}`).join('; ')}`,
    )
    .join('. ');

/** The shape of a mark says what it stands for, with a sign in it; its colour only helps. */
export const MarkShape = ({
  mark: { now, words: written },
  at,
  size,
}: {
  mark: Pick<Mark, 'now' | 'words'>;
  at: Point;
  size: number;
}) => {
  const [x, y] = [round(at.x), round(at.y)];
  const arm = round(size * 0.48);
  if (now === null)
    return (
      <circle
        class={`kith-tri__mark kith-tri__mark--${written ? 'said' : 'empty'}`}
        cx={x}
        cy={y}
        r={round(size * 0.62)}
      />
    );
  if (now > 0)
    return (
      <>
        <circle class="kith-tri__mark kith-tri__mark--strength" cx={x} cy={y} r={size} />
        <path class="kith-tri__sign" d={`M${x - arm} ${y}H${x + arm}M${x} ${y - arm}V${y + arm}`} />
      </>
    );
  if (now < 0)
    return (
      <>
        <path
          class="kith-tri__mark kith-tri__mark--pressure"
          d={`M${x} ${y - size * 1.2}L${x + size * 1.2} ${y}L${x} ${y + size * 1.2}L${x - size * 1.2} ${y}Z`}
        />
        <path class="kith-tri__sign" d={`M${x - arm} ${y}H${x + arm}`} />
      </>
    );
  return (
    <>
      <rect
        class="kith-tri__mark kith-tri__mark--both"
        x={round(x - size * 0.92)}
        y={round(y - size * 0.92)}
        width={round(size * 1.84)}
        height={round(size * 1.84)}
        rx="3"
      />
      <path
        class="kith-tri__sign"
        d={`M${x - arm} ${y - arm * 0.5}H${x + arm}M${x} ${y - arm * 1.3}V${y + arm * 0.4}M${x - arm} ${y + arm * 1.1}H${x + arm}`}
      />
    </>
  );
};

/** An arrow up or down beside a mark that has moved since last time. */
const Moved = ({ mark, at, size }: { mark: Mark; at: Point; size: number }) => {
  if (mark.now === null || mark.before === null || mark.before === undefined || mark.now === mark.before)
    return null;
  const up = mark.now > mark.before ? -1 : 1;
  const [x, y, half] = [round(at.x), round(at.y), round(size * 0.5)];
  return (
    <path
      class="kith-tri__moved"
      d={`M${x} ${round(y - up * half)}V${round(y + up * half)}M${round(x - half * 0.7)} ${round(y + up * half * 0.3)}L${x} ${y + up * half}L${round(x + half * 0.7)} ${round(y + up * half * 0.3)}`}
    />
  );
};

/** Where the marks of a side stand, and where its words are. */
function placesOf(measure: Measure, side: number, count: number): Point[] {
  const { top, left, right } = measure;
  const [from, to] = (
    [
      [top, left],
      [top, right],
      [left, right],
    ] as const
  )[side] ?? [top, left];
  return Array.from({ length: count }, (_, index) => {
    // Marks keep away from the corners, where two sides meet.
    const share =
      side === 2
        ? (index + 0.5) / count
        : measure.start + ((0.92 - measure.start) * index) / Math.max(1, count - 1);
    return between(from, to, share);
  });
}

const SideMarks = ({ side, at, size, first }: { side: Side; at: number; size: Size; first: number }) => {
  const measure = measures[size];
  return (
    <>
      {placesOf(measure, at, side.marks.length).map((place, index) => {
        const mark = side.marks[index];
        if (mark === undefined) return null;
        const away = measure.mark + (size === 'wide' ? 10 : 8);
        const label =
          at === 2
            ? { x: place.x, y: place.y + away + (size === 'wide' ? 6 : 7) }
            : { x: place.x + (at === 0 ? -away : away), y: place.y };
        const lines = size === 'wide' ? linesOf(mark.title, at === 2 ? 11 : 26) : [String(first + index)];
        const kind = `kith-tri__label${at === 0 ? ' kith-tri__label--end' : at === 2 ? ' kith-tri__label--under' : ''}`;
        const arrow =
          at === 2
            ? { x: place.x, y: place.y - measure.mark * 1.9 }
            : { x: place.x + (at === 0 ? 1 : -1) * measure.mark * 1.9, y: place.y };
        return (
          <g key={mark.title}>
            <MarkShape mark={mark} at={place} size={measure.mark} />
            <Moved mark={mark} at={arrow} size={measure.mark} />
            <Lines
              kind={kind}
              lines={lines}
              x={round(label.x)}
              y={round(label.y + (at === 2 ? ((lines.length - 1) / 2) * measure.type * 1.2 : 0))}
              step={measure.type * 1.2}
            />
          </g>
        );
      })}
    </>
  );
};

const TriangleIn = ({
  size,
  sides,
  given,
  title,
}: {
  size: Size;
  sides: readonly Side[];
  given: readonly string[];
  title: string;
}): VNode => {
  const measure = measures[size];
  const { top, left, right, band } = measure;
  const outer = inset(measure, size === 'wide' ? 32 : 22);
  const inner = inset(measure, (size === 'wide' ? 32 : 22) + band);
  const middle = inset(measure, (size === 'wide' ? 32 : 22) + band / 2);
  const lean = (Math.atan2(left.y - top.y, top.x - left.x) * 180) / Math.PI;
  const bands = [
    [outer[0], outer[1], inner[1], inner[0]],
    [outer[0], outer[2], inner[2], inner[0]],
    [outer[1], outer[2], inner[2], inner[1]],
  ] as const;
  const words = [
    { ...between(middle[0], middle[1], 0.5), turn: -lean },
    { ...between(middle[0], middle[2], 0.5), turn: lean },
    { ...between(middle[1], middle[2], 0.5), turn: 0 },
  ];
  const heart = {
    x: (inner[0].x + inner[1].x + inner[2].x) / 3,
    y: (inner[0].y + inner[1].y + inner[2].y) / 3,
  };
  return (
    <Frame
      name="tri"
      size={size}
      width={measure.width}
      height={measure.height}
      title={title}
      description={triangleWords(sides)}
    >
      <path class="kith-tri__edge" d={polygon([top, left, right])} />
      {bands.map((corners, index) => (
        <path key={index} class={`kith-tri__band kith-tri__band--${index + 1}`} d={polygon(corners)} />
      ))}
      {words.map(({ x, y, turn }, index) => (
        <g key={index} transform={`rotate(${round(turn)} ${round(x)} ${round(y)})`}>
          <Lines
            kind="kith-tri__side"
            lines={linesOf(sides[index]?.title ?? '', size === 'wide' ? 99 : 24)}
            x={round(x)}
            y={round(y)}
            step={13}
          />
        </g>
      ))}
      <Lines
        kind="kith-tri__child"
        lines={namesInside(given)}
        x={round(heart.x)}
        y={round(heart.y)}
        step={size === 'wide' ? 30 : 18}
      />
      {sides.map((side, index) => (
        <SideMarks
          key={side.title}
          side={side}
          at={index}
          size={size}
          first={1 + sides.slice(0, index).reduce((sum, each) => sum + each.marks.length, 0)}
        />
      ))}
    </Frame>
  );
};

const keyed = [
  [1, 'A strength'],
  [0, 'Some of each'],
  [-1, 'A pressure'],
] as const;

/** What the marks mean. */
export const TriangleKey = ({ compared }: { compared: boolean }) => (
  <ul class="kith-drawn__key">
    {keyed.map(([now, text]) => (
      <li key={text}>
        <svg class="kith-tri" viewBox="0 0 28 28" width="28" height="28" aria-hidden="true" focusable="false">
          <MarkShape mark={{ now, words: true }} at={{ x: 14, y: 14 }} size={10} />
        </svg>
        {text}
      </li>
    ))}
    <li>
      <svg class="kith-tri" viewBox="0 0 28 28" width="28" height="28" aria-hidden="true" focusable="false">
        <MarkShape mark={{ now: null, words: false }} at={{ x: 14, y: 14 }} size={10} />
      </svg>
      Not said
    </li>
    {compared ? <li>An arrow up or down: better or harder than last time</li> : null}
  </ul>
);

/** The My World Triangle: the child in the middle, three sides of their world around them. */
export const Triangle = (props: {
  sides: readonly Side[];
  given: readonly string[];
  title: string;
}): VNode => (
  <>
    {sizes.map((size) => (
      <TriangleIn key={size} size={size} {...props} />
    ))}
  </>
);
