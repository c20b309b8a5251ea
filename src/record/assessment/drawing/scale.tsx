import type { VNode } from 'preact';
import { Frame, type Size, sizes } from './frame.tsx';
import { round } from './geometry.ts';

/** One person's number from 0 to 10, and the one they gave last time. */
export interface Given {
  whose: string;
  child: boolean;
  now: number;
  before: number | undefined;
}

const measures = {
  wide: { width: 720, row: 46, from: 210, to: 690, top: 30, dot: 15, above: false },
  narrow: { width: 360, row: 58, from: 18, to: 342, top: 26, dot: 13, above: true },
} as const satisfies Readonly<Record<Size, object>>;

const scaleWords = (all: readonly Given[]): string =>
  all
    .map(({ whose, now, before }) => `${whose} ${now}${before === undefined ? '' : `, was ${before}`}`)
    .join('; ');

const ScaleIn = ({ size, all, title }: { size: Size; all: readonly Given[]; title: string }): VNode => {
  const { width, row, from, to, top, dot, above } = measures[size];
  const at = (number: number) => round(from + ((to - from) * number) / 10);
  const height = top + all.length * row + 8;
  return (
    <Frame
      name="scale"
      size={size}
      width={width}
      height={height}
      title={title}
      description={`${scaleWords(all)}. From 0 to 10.`}
    >
      {Array.from({ length: 11 }, (_, number) => (
        <g key={number}>
          <path class="kith-scale__tick" d={`M${at(number)} ${top - 4}V${height - 8}`} />
          <text class="kith-scale__tick-number" x={at(number)} y={top - 16}>
            {number}
          </text>
        </g>
      ))}
      {all.map(({ whose, child, now, before }, index) => {
        const y = top + index * row + (above ? row - 20 : row / 2);
        return (
          <g key={whose + index}>
            <path class="kith-scale__track" d={`M${from} ${y}H${to}`} />
            <text
              class={`kith-scale__whose${above ? '' : ' kith-scale__whose--beside'}${child ? ' kith-scale__whose--child' : ''}`}
              x={above ? from - 12 : from - 28}
              y={above ? y - 25 : y}
            >
              {whose.length > 24 ? `${whose.slice(0, 23)}…` : whose}
            </text>
            {before === undefined || before === now ? null : (
              <>
                <path class="kith-scale__way" d={`M${at(before)} ${y}H${at(now)}`} />
                <circle class="kith-scale__before" cx={at(before)} cy={y} r={dot - 6} />
              </>
            )}
            <circle
              class={`kith-scale__now${child ? ' kith-scale__now--child' : ''}`}
              cx={at(now)}
              cy={y}
              r={dot}
            />
            <text class="kith-scale__number" x={at(now)} y={y}>
              {now}
            </text>
          </g>
        );
      })}
    </Frame>
  );
};

/** Everybody's number on one line each, children first. */
export const Scale = (props: { all: readonly Given[]; title: string }): VNode => (
  <>
    {sizes.map((size) => (
      <ScaleIn key={size} size={size} {...props} />
    ))}
  </>
);
