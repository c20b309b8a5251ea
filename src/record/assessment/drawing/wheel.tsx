import type { VNode } from 'preact';
import { Frame, Lines, type Size, sizes } from './frame.tsx';
import { arc, around, namesInside, round, sector, steppedRing } from './geometry.ts';

/** One indicator on the wheel: how it is now and how it was, from 0 to 10; null where nobody said. */
export interface Spoke {
  title: string;
  now: number | null;
  before: number | null | undefined;
}

interface Measure {
  side: number;
  hub: number;
  full: number;
  bandFrom: number;
  bandTo: number;
  badge: number;
}

const measures: Readonly<Record<Size, Measure>> = {
  wide: { side: 640, hub: 58, full: 254, bandFrom: 264, bandTo: 312, badge: 18 },
  narrow: { side: 360, hub: 36, full: 138, bandFrom: 144, bandTo: 176, badge: 12 },
};

/** Between two sectors lies a little room, in degrees. */
const gap = 1.1;

const radiusOf = ({ hub, full }: Measure, number: number): number => hub + ((full - hub) * number) / 10;

const said = (number: number | null | undefined): string =>
  number === null || number === undefined ? 'not said' : String(number);

/** The wheel in words: "Safe 7, was 4; Healthy 5 …". */
const wheelWords = (spokes: readonly Spoke[]): string =>
  spokes
    .map(({ title, now, before }) =>
      before === undefined ? `${title} ${said(now)}` : `${title} ${said(now)}, was ${said(before)}`,
    )
    .join('; ');

const Spokes = ({ spokes, size, measure }: { spokes: readonly Spoke[]; size: Size; measure: Measure }) => {
  const middle = { x: measure.side / 2, y: measure.side / 2 };
  const wide = 360 / spokes.length;
  return (
    <>
      {spokes.map(({ title, now }, index) => {
        const turn = index * wide;
        const [from, to] = [turn - wide / 2 + gap, turn + wide / 2 - gap];
        // Below the middle, words run the other way round, so that they are read upright.
        const below = turn > 90 && turn < 270;
        const line = (measure.bandFrom + measure.bandTo) / 2 + (size === 'wide' ? 1 : 0.5) * (below ? 7 : -7);
        const id = `wheel-${size}-${index}`;
        return (
          <g key={title}>
            <path class="kith-wheel__room" d={sector(middle, measure.hub, measure.full, from, to)} />
            {now === null || now === 0 ? null : (
              <path
                class={`kith-wheel__petal kith-wheel__hue--${(index % 8) + 1}`}
                d={sector(middle, measure.hub, radiusOf(measure, now), from, to)}
              />
            )}
            <path
              class={`kith-wheel__band kith-wheel__hue--${(index % 8) + 1}`}
              d={sector(middle, measure.bandFrom, measure.bandTo, from, to)}
            />
            <path
              id={id}
              class="kith-wheel__guide"
              d={below ? arc(middle, line, to, from) : arc(middle, line, from, to)}
            />
            <text class="kith-wheel__name">
              <textPath href={`#${id}`} startOffset="50%">
                {title}
              </textPath>
            </text>
          </g>
        );
      })}
    </>
  );
};

/** The numbers, at the edge, where no line crosses them. */
const Badges = ({ spokes, measure }: { spokes: readonly Spoke[]; measure: Measure }) => {
  const middle = { x: measure.side / 2, y: measure.side / 2 };
  return (
    <>
      {spokes.map(({ title, now }, index) => {
        const at = around(middle, measure.bandFrom - measure.badge / 2, (index * 360) / spokes.length);
        const [x, y] = [round(at.x), round(at.y)];
        return (
          <g key={title}>
            <circle class="kith-wheel__badge" cx={x} cy={y} r={measure.badge} />
            <text class="kith-wheel__number" x={x} y={y}>
              {now ?? '–'}
            </text>
          </g>
        );
      })}
    </>
  );
};

const WheelIn = ({
  size,
  spokes,
  given,
  title,
}: {
  size: Size;
  spokes: readonly Spoke[];
  given: readonly string[];
  title: string;
}): VNode => {
  const measure = measures[size];
  const middle = { x: measure.side / 2, y: measure.side / 2 };
  const compared = spokes.some(({ before }) => typeof before === 'number');
  const ring = (of: (spoke: Spoke) => number | null | undefined) =>
    steppedRing(
      middle,
      spokes.map((spoke) => {
        const number = of(spoke);
        return number === null || number === undefined ? undefined : radiusOf(measure, number);
      }),
    );
  const names = namesInside(given);
  return (
    <Frame
      name="wheel"
      size={size}
      width={measure.side}
      height={measure.side}
      title={title}
      description={`${wheelWords(spokes)}. All from 0 in the middle to 10 at the edge.`}
    >
      <Spokes spokes={spokes} size={size} measure={measure} />
      {[2, 4, 6, 8, 10].map((each) => (
        <circle
          key={each}
          class="kith-wheel__ring"
          cx={middle.x}
          cy={middle.y}
          r={round(radiusOf(measure, each))}
        />
      ))}
      {compared ? (
        <>
          <path class="kith-wheel__now" d={ring(({ now }) => now)} />
          <path class="kith-wheel__before-under" d={ring(({ before }) => before)} />
          <path class="kith-wheel__before" d={ring(({ before }) => before)} />
        </>
      ) : null}
      <Badges spokes={spokes} measure={measure} />
      <circle class="kith-wheel__hub" cx={middle.x} cy={middle.y} r={measure.hub - 5} />
      <Lines
        kind={`kith-wheel__child${names.some((name) => name.length > 8) ? ' kith-wheel__child--long' : ''}`}
        lines={names}
        x={middle.x}
        y={middle.y}
        step={size === 'wide' ? 22 : 14}
      />
    </Frame>
  );
};

/** The wellbeing wheel: eight indicators, the further from the middle the better; with the one before as a dashed line. */
export const Wheel = (props: {
  spokes: readonly Spoke[];
  given: readonly string[];
  title: string;
}): VNode => (
  <>
    {sizes.map((size) => (
      <WheelIn key={size} size={size} {...props} />
    ))}
  </>
);
