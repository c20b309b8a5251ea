import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { gridColour, inkColour, quietColour, seriesColour } from './chart-palette.ts';
import type { DrawnNode } from './chart-svg.ts';

/** One thing to draw. `y` is `null` where the figure may not be shown or is not known: it is never drawn as nought. */
export type ChartDatum = { x: string | number; y: number | null; series?: string | undefined };

export type ChartSpec = {
  kind: 'bar' | 'stacked-bar' | 'line';
  data: readonly ChartDatum[];
  xLabel?: string | undefined;
  yLabel?: string | undefined;
  format: (n: number) => string;
};

export type Size = 'wide' | 'narrow';

/** A drawing and its width and height in the units of its view box. */
export type Drawing = { root: DrawnNode; width: number; height: number };

/** The size of a drawing is that at which it is shown, so that its words are as large as those around it. */
const sizes = {
  wide: { width: 736, font: 15, letter: 7.9 },
  narrow: { width: 340, font: 14, letter: 7.4 },
} as const;

type Frame = (typeof sizes)[Size] & { size: Size; notShown: string };

/** The distinct values of a list, in the order in which they first come. */
const distinct = (values: readonly string[]): string[] => [...new Set(values)];

/** The names of the series, in order; one empty name when the data has no series. */
export const seriesOf = (data: readonly ChartDatum[]): string[] =>
  distinct(data.map((datum) => datum.series ?? ''));

const longest = (words: readonly string[]): number => Math.max(0, ...words.map((word) => word.length));

const lines = (word: string, letters: number): number => Math.max(1, Math.ceil(word.length / letters));

const plot = (options: Plot.PlotOptions, frame: Frame, height: number): Drawing => {
  const { document } = parseHTML('<html><body></body></html>');
  const root = Plot.plot({
    ...options,
    document,
    width: frame.width,
    height,
    style: { fontSize: `${frame.font}px` },
  });
  return { root: root as unknown as DrawnNode, width: frame.width, height };
};

/** One bar of a chart: where it stands, and its parts in the order of the series. */
type Bar = {
  label: string;
  parts: { from: number; to: number; value: number; series: number }[];
  /** The words at its end. */
  words: string;
};

const barsOf = ({ kind, data, format }: ChartSpec, notShown: string): Bar[] => {
  const series = seriesOf(data);
  const labelOf = ({ x, series: name }: ChartDatum): string =>
    kind === 'bar' && series.length > 1 && name ? `${x}, ${name}` : String(x);
  return distinct(data.map(labelOf)).map((label) => {
    const here = data.filter((datum) => labelOf(datum) === label);
    let end = 0;
    const parts = here.flatMap((datum) => {
      if (datum.y === null) return [];
      const from = end;
      end += datum.y;
      return [{ from, to: end, value: datum.y, series: series.indexOf(datum.series ?? '') }];
    });
    // A total beside parts that may not be shown would let them be worked out, or would be wrong.
    const words = here.some((datum) => datum.y === null) ? notShown : format(end);
    return { label, parts, words };
  });
};

type Part = Bar['parts'][number] & { label: string };

/** Bars that lie, each with its name before it (or above it, where there is little room) and its figure at its end. */
const lyingBars = (spec: ChartSpec, bars: readonly Bar[], frame: Frame): Drawing => {
  const above = frame.size === 'narrow';
  const nameLetters = above ? Math.floor(frame.width / frame.letter) : 34;
  const nameWidth = above
    ? 1
    : Math.min(nameLetters, longest(bars.map((bar) => bar.label))) * frame.letter + 14;
  const valueWidth = longest(bars.map((bar) => bar.words)) * frame.letter + 14;
  const nameLines = Math.max(...bars.map((bar) => lines(bar.label, nameLetters)));
  const line = frame.font * 1.25;
  const step = above ? line * nameLines + 32 : Math.max(36, line * nameLines + 10);
  const thickness = above ? 20 : 24;
  const height = bars.length * step + 4;
  const ends = bars.flatMap((bar) => bar.parts.map((part) => part.to));
  const low = Math.min(0, ...ends);
  const high = Math.max(0, ...ends);
  const room = frame.width - nameWidth - valueWidth;
  const barInset = above
    ? { insetTop: step - thickness - 6, insetBottom: 6 }
    : { insetTop: (step - thickness) / 2, insetBottom: (step - thickness) / 2 };
  const valueDy = above ? step / 2 - 6 - thickness / 2 : 0;
  const parts: Part[] = bars.flatMap((bar) => bar.parts.map((part) => ({ ...part, label: bar.label })));
  const fits = (part: Part): boolean =>
    ((part.to - part.from) / (high - low || 1)) * room > spec.format(part.value).length * frame.letter + 8;
  return plot(
    {
      marginTop: 2,
      marginBottom: 2,
      marginLeft: nameWidth,
      marginRight: valueWidth,
      x: { axis: null, domain: [low, high || 1] },
      y: { axis: null, domain: bars.map((bar) => bar.label), padding: 0, round: false },
      marks: [
        Plot.barX(parts, {
          y: 'label',
          x1: 'from',
          x2: 'to',
          fill: (part: Part) => seriesColour(part.series).fill,
          insetRight: spec.kind === 'stacked-bar' ? 1.5 : 0,
          ...barInset,
        }),
        spec.kind === 'stacked-bar'
          ? Plot.text(parts.filter(fits), {
              y: 'label',
              x: (part: Part) => (part.from + part.to) / 2,
              text: (part: Part) => spec.format(part.value),
              fill: (part: Part) => seriesColour(part.series).on,
              dy: valueDy,
            })
          : null,
        Plot.text(bars, {
          y: 'label',
          x: (bar: Bar) => Math.max(0, ...bar.parts.map((part) => part.to)),
          text: 'words',
          textAnchor: 'start',
          dx: 7,
          dy: valueDy,
          fill: inkColour,
          fontWeight: 600,
        }),
        Plot.text(bars, {
          y: 'label',
          frameAnchor: 'left',
          text: 'label',
          textAnchor: above ? 'start' : 'end',
          lineWidth: (nameLetters * frame.letter) / frame.font,
          lineHeight: 1.2,
          lineAnchor: above ? 'bottom' : 'middle',
          dx: above ? 0 : -12,
          dy: above ? step / 2 - 6 - thickness - 6 : 0,
          fill: inkColour,
        }),
        low < 0 ? Plot.ruleX([0], { stroke: quietColour }) : null,
      ],
    },
    frame,
    height,
  );
};

/** Bars that stand, for a few short names that have an order: months, quintiles. */
const standingBars = (spec: ChartSpec, bars: readonly Bar[], frame: Frame): Drawing => {
  const height = 300;
  const ends = bars.flatMap((bar) => bar.parts.map((part) => part.to));
  const high = Math.max(0, ...ends) || 1;
  const low = Math.min(0, ...ends);
  const parts: Part[] = bars.flatMap((bar) => bar.parts.map((part) => ({ ...part, label: bar.label })));
  const fits = (part: Part): boolean =>
    spec.kind === 'stacked-bar' && ((part.to - part.from) / (high - low)) * (height - 70) > frame.font * 1.5;
  return plot(
    {
      marginTop: 28,
      marginBottom: spec.xLabel ? 54 : 32,
      marginLeft: 1,
      marginRight: 1,
      x: {
        domain: bars.map((bar) => bar.label),
        padding: 0.28,
        tickSize: 0,
        label: spec.xLabel ?? null,
        labelAnchor: 'center',
        labelArrow: 'none',
      },
      y: { axis: null, domain: [low, high] },
      marks: [
        Plot.barY(parts, {
          x: 'label',
          y1: 'from',
          y2: 'to',
          fill: (part: Part) => seriesColour(part.series).fill,
          insetTop: spec.kind === 'stacked-bar' ? 1.5 : 0,
        }),
        Plot.text(parts.filter(fits), {
          x: 'label',
          y: (part: Part) => (part.from + part.to) / 2,
          text: (part: Part) => spec.format(part.value),
          fill: (part: Part) => seriesColour(part.series).on,
        }),
        Plot.text(bars, {
          x: 'label',
          y: (bar: Bar) => Math.max(0, ...bar.parts.map((part) => part.to)),
          text: 'words',
          dy: -12,
          fill: inkColour,
          fontWeight: 600,
        }),
        Plot.ruleY([0], { stroke: quietColour }),
      ],
    },
    frame,
    height,
  );
};

type Point = { x: string; y: number; series: string };

/** Moves labels apart, from the top down, so that none covers another. Positions are in the units of the drawing. */
const apart = (wanted: readonly { series: string; at: number }[], gap: number): Map<string, number> => {
  let last = Number.NEGATIVE_INFINITY;
  const placed = new Map<string, number>();
  for (const { series, at } of wanted.toSorted((a, b) => a.at - b.at)) {
    last = Math.max(at, last + gap);
    placed.set(series, last);
  }
  return placed;
};

/** About four round figures from nought (or below) to above the highest, evenly spaced: the lines behind a line chart. */
export const roundTicks = (low: number, high: number): number[] => {
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((times) => times * power >= rough) ?? 10) * power;
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step);
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
};

const lineChart = (spec: ChartSpec, frame: Frame): Drawing => {
  const height = frame.size === 'wide' ? 320 : 260;
  const series = seriesOf(spec.data);
  const names = distinct(spec.data.map((datum) => String(datum.x)));
  const points = spec.data.map(
    (datum): Point => ({
      x: String(datum.x),
      y: datum.y ?? Number.NaN,
      series: datum.series ?? '',
    }),
  );
  const shown = points.filter((point) => !Number.isNaN(point.y));
  const ticks = roundTicks(
    Math.min(0, ...shown.map((point) => point.y)),
    Math.max(0, ...shown.map((point) => point.y)) || 1,
  );
  const low = ticks[0] ?? 0;
  const high = ticks.at(-1) ?? 1;
  const lastOf = (name: string) => shown.findLast((point) => point.series === name);
  const labelled = frame.size === 'wide' || series.length === 1;
  const labelOf = (name: string): string => {
    const value = spec.format(lastOf(name)?.y ?? 0);
    return series.length > 1 ? `${name} ${value}` : value;
  };
  const marginLeft = longest(ticks.map(spec.format)) * frame.letter + 16;
  const marginRight = labelled ? longest(series.map(labelOf)) * frame.letter + 14 : 14;
  const marginTop = 16;
  const marginBottom = spec.xLabel ? 56 : 34;
  const room = frame.width - marginLeft - marginRight;
  const every = Math.max(1, Math.ceil(((longest(names) + 2) * frame.letter * names.length) / room));
  const toUnits = (y: number) =>
    marginTop + ((high - y) / (high - low)) * (height - marginTop - marginBottom);
  const places = apart(
    series.flatMap((name) => {
      const last = lastOf(name);
      return last ? [{ series: name, at: toUnits(last.y) }] : [];
    }),
    frame.font * 1.3,
  );
  return plot(
    {
      marginTop,
      marginBottom,
      marginLeft,
      marginRight,
      x: {
        type: 'point',
        domain: names,
        ticks: names.filter((_, index) => index % every === 0),
        tickSize: 0,
        tickPadding: 10,
        label: spec.xLabel ?? null,
        labelAnchor: 'center',
        labelArrow: 'none',
      },
      y: { domain: [low, high], ticks, tickSize: 0, tickFormat: spec.format, label: null },
      marks: [
        Plot.gridY({ stroke: gridColour, strokeOpacity: 1, ticks }),
        Plot.ruleY([0], { stroke: quietColour }),
        ...series.flatMap((name, index) => {
          const { fill, dash } = seriesColour(index);
          const own = points.filter((point) => point.series === name);
          const last = lastOf(name);
          return [
            Plot.line(own, {
              x: 'x',
              y: 'y',
              stroke: fill,
              strokeWidth: 2.75,
              ...(dash && series.length > 1 ? { strokeDasharray: dash } : {}),
            }),
            Plot.dot(
              own.filter((point) => !Number.isNaN(point.y)),
              { x: 'x', y: 'y', r: 3.5, fill },
            ),
            labelled && last
              ? Plot.text([last], {
                  x: 'x',
                  y: 'y',
                  text: () => labelOf(name),
                  textAnchor: 'start',
                  dx: 9,
                  dy: (places.get(name) ?? 0) - toUnits(last.y),
                  fill: inkColour,
                  fontWeight: 600,
                })
              : null,
          ];
        }),
      ],
    },
    frame,
    height,
  );
};

/**
 * Draws a chart at one of its two sizes. Bars stand only when their names are short and few enough to be read beneath them;
 * otherwise they lie, with room for a long name.
 */
export const draw = (spec: ChartSpec, size: Size, notShown: string): Drawing => {
  const frame: Frame = { ...sizes[size], size, notShown };
  if (spec.kind === 'line') return lineChart(spec, frame);
  const bars = barsOf(spec, notShown);
  const widest = Math.max(longest(bars.map((bar) => bar.label)), longest(bars.map((bar) => bar.words)));
  const stands = (widest + 2) * frame.letter * bars.length < frame.width && bars.length > 1;
  return stands ? standingBars(spec, bars, frame) : lyingBars(spec, bars, frame);
};
