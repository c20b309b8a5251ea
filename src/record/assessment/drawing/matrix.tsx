import type { VNode } from 'preact';
import { Frame, Lines, type Size, sizes } from './frame.tsx';
import { linesOf, round } from './geometry.ts';

/** A place in the matrix: `child` from vulnerability (-5) to resilience (5), `around` from adversity (-5) to a protective environment (5). */
export interface Place {
  child: number;
  around: number;
}

const measures = {
  wide: { side: 620, edge: 62, dot: 19, type: 17 },
  narrow: { side: 360, edge: 40, dot: 14, type: 14 },
} as const satisfies Readonly<Record<Size, object>>;

const quarters = [
  { x: 1, y: 1, title: 'Resilient child, protective environment' },
  { x: -1, y: 1, title: 'Resilient child, adversity' },
  { x: 1, y: -1, title: 'Vulnerable child, protective environment' },
  { x: -1, y: -1, title: 'Vulnerable child, adversity' },
] as const;

/** Which quarter a place lies in, in words; "between" where it lies on an axis. */
const quarterOf = ({ child, around }: Place): string =>
  child === 0 || around === 0
    ? 'between the quarters'
    : `${child > 0 ? 'resilient' : 'vulnerable'} child, ${around > 0 ? 'protective environment' : 'adversity'}`;

export const matrixWords = (now: Place | undefined, before: Place | undefined): string =>
  [
    now ? `Now: ${quarterOf(now)}` : 'Nobody has said where the child is now',
    before ? `Last time: ${quarterOf(before)}` : '',
  ]
    .filter(Boolean)
    .join('. ');

const MatrixIn = ({
  size,
  now,
  before,
  title,
}: {
  size: Size;
  now: Place | undefined;
  before: Place | undefined;
  title: string;
}): VNode => {
  const { side, edge, dot, type } = measures[size];
  const [middle, reach] = [side / 2, side / 2 - edge];
  const at = ({ child, around }: Place) => ({
    x: round(middle + (around / 5) * (reach - dot - 6)),
    y: round(middle - (child / 5) * (reach - dot - 6)),
  });
  const [here, there] = [now ? at(now) : undefined, before ? at(before) : undefined];
  const moved = here && there && (here.x !== there.x || here.y !== there.y);
  const long = here && there ? Math.hypot(here.x - there.x, here.y - there.y) : 0;
  const stop = (share: number) =>
    here && there
      ? { x: round(there.x + (here.x - there.x) * share), y: round(there.y + (here.y - there.y) * share) }
      : { x: 0, y: 0 };
  const [from, to] = [stop(long > 0 ? (dot - 2) / long : 0), stop(long > 0 ? 1 - (dot + 7) / long : 0)];
  return (
    <Frame
      name="matrix"
      size={size}
      width={side}
      height={side}
      title={title}
      description={matrixWords(now, before)}
    >
      {quarters.map((each, index) => (
        <rect
          key={each.title}
          class={`kith-matrix__quarter kith-matrix__quarter--${index + 1}`}
          x={each.x > 0 ? middle : middle - reach}
          y={each.y > 0 ? middle - reach : middle}
          width={reach}
          height={reach}
        />
      ))}
      {Array.from({ length: 11 }, (_, column) => column - 5).flatMap((around) =>
        Array.from({ length: 11 }, (_, row) => row - 5).map((child) => {
          const { x, y } = at({ child, around });
          return (
            <circle
              key={`${around} ${child}`}
              class="kith-matrix__point"
              cx={x}
              cy={y}
              r={size === 'wide' ? 2 : 1.4}
            />
          );
        }),
      )}
      {quarters.map((each) => {
        const lines = linesOf(each.title, size === 'wide' ? 22 : 16);
        const tall = lines.length * type * 1.25;
        return (
          <Lines
            key={each.title}
            kind="kith-matrix__title"
            lines={lines}
            x={round(middle + (each.x * reach) / 2)}
            y={round(middle - each.y * (reach - tall / 2 - (size === 'wide' ? 14 : 9)))}
            step={type * 1.25}
          />
        );
      })}
      <path
        class="kith-matrix__axis"
        d={`M${middle} ${middle - reach}V${middle + reach}M${middle - reach} ${middle}H${middle + reach}`}
      />
      <rect class="kith-matrix__edge" x={edge} y={edge} width={reach * 2} height={reach * 2} rx="6" />
      <text class="kith-matrix__end" x={middle} y={edge - 16}>
        Resilience
      </text>
      <text class="kith-matrix__end" x={middle} y={side - edge + 16 + type * 0.75}>
        Vulnerability
      </text>
      <text
        class="kith-matrix__end"
        x={edge - 16}
        y={middle}
        transform={`rotate(-90 ${edge - 16} ${middle})`}
      >
        Adversity
      </text>
      <text
        class="kith-matrix__end"
        x={side - edge + 16}
        y={middle}
        transform={`rotate(90 ${side - edge + 16} ${middle})`}
      >
        Protective environment
      </text>
      {moved ? <path class="kith-matrix__way" d={`M${from.x} ${from.y}L${to.x} ${to.y}`} /> : null}
      {moved ? <ArrowHead from={from} to={to} size={size === 'wide' ? 11 : 8} /> : null}
      {there ? <circle class="kith-matrix__before" cx={there.x} cy={there.y} r={dot - 4} /> : null}
      {here ? <circle class="kith-matrix__now" cx={here.x} cy={here.y} r={dot} /> : null}
      {here ? (
        <text class="kith-matrix__when" x={here.x} y={here.y}>
          Now
        </text>
      ) : null}
    </Frame>
  );
};

const ArrowHead = ({
  from,
  to,
  size,
}: {
  from: { x: number; y: number };
  to: { x: number; y: number };
  size: number;
}) => {
  const turn = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
  return (
    <path
      class="kith-matrix__head"
      d={`M0 0L${-size} ${round(size * 0.55)}L${-size} ${round(-size * 0.55)}Z`}
      transform={`translate(${to.x} ${to.y}) rotate(${round(turn)})`}
    />
  );
};

/** The resilience matrix: where the child is now, and where they were last time. */
export const Matrix = (props: {
  now: Place | undefined;
  before: Place | undefined;
  title: string;
}): VNode => (
  <>
    {sizes.map((size) => (
      <MatrixIn key={size} size={size} {...props} />
    ))}
  </>
);
