import type { ComponentChildren } from 'preact';
import { seriesColour } from './chart-palette.ts';
import { type ChartDatum, type ChartSpec, draw, type Size, seriesOf } from './chart-plot.ts';
import { childrenOf } from './chart-svg.ts';
import { Details } from './content.tsx';
import { contentId } from './ids.ts';

export type ChartProps = {
  title: string;
  /** What the chart shows, in a sentence: read out in place of the drawing and printed under the title. */
  description: string;
  kind: ChartSpec['kind'];
  data: readonly ChartDatum[];
  xLabel?: string | undefined;
  yLabel?: string | undefined;
  /** How a figure is written on the chart. */
  format?: ((n: number) => string) | undefined;
  /** What stands where a figure may not be shown. */
  notShown?: string | undefined;
  /** The same figures as a table. Every chart has one. */
  table: ComponentChildren;
  /** Shows the table plainly beneath the chart, instead of behind "Show the figures as a table". */
  tableOpen?: boolean | undefined;
};

const Drawing = ({
  spec,
  size,
  id,
  title,
  description,
  notShown,
}: {
  spec: ChartSpec;
  size: Size;
  id: string;
  title: string;
  description: string;
  notShown: string;
}) => {
  const { root, width, height } = draw(spec, size, notShown);
  const titleId = `${id}-${size}-title`;
  const descriptionId = `${id}-${size}-description`;
  return (
    <svg
      class={`kith-chart__drawing kith-chart__drawing--${size}`}
      viewBox={`0 0 ${width} ${Math.round(height)}`}
      width={width}
      height={Math.round(height)}
      font-size={size === 'wide' ? 15 : 14}
      fill="currentColor"
      text-anchor="middle"
      role="img"
      aria-labelledby={titleId}
      aria-describedby={descriptionId}
    >
      <title id={titleId}>{title}</title>
      <desc id={descriptionId}>{description}</desc>
      {childrenOf(root)}
    </svg>
  );
};

const Key = ({ names, lines }: { names: readonly string[]; lines: boolean }) => (
  <ul class="kith-chart__key" aria-hidden="true">
    {names.map((name, index) => (
      <li key={name}>
        <svg
          viewBox={lines ? '0 0 28 16' : '0 0 16 16'}
          width={lines ? 28 : 16}
          height="16"
          aria-hidden="true"
          focusable="false"
        >
          {lines ? (
            <path
              d="M0 8H28"
              fill="none"
              stroke={seriesColour(index).fill}
              stroke-width="3.5"
              stroke-dasharray={seriesColour(index).dash}
            />
          ) : (
            <rect width="16" height="16" rx="3" fill={seriesColour(index).fill} />
          )}
        </svg>
        {name}
      </li>
    ))}
  </ul>
);

/**
 * A chart, drawn on the server, with its figures as a table beneath. It is drawn twice, for wide and for narrow screens,
 * because a drawing that is merely shrunk cannot be read; styles show one, and the other is hidden from everybody.
 */
export const Chart = ({
  title,
  description,
  kind,
  data,
  xLabel,
  yLabel,
  format = (n) => n.toLocaleString('en-GB'),
  notShown = 'not shown',
  table,
  tableOpen,
}: ChartProps) => {
  const names = seriesOf(data);
  const spec: ChartSpec = { kind, data, xLabel, yLabel, format };
  const drawing = {
    spec,
    id: contentId('chart', title + JSON.stringify(data)),
    title,
    description,
    notShown,
  };
  return (
    <figure class="kith-chart">
      <figcaption>
        <p class="kith-chart__title">{title}</p>
        <p class="kith-chart__description">{description}</p>
      </figcaption>
      {data.some((datum) => datum.y !== null) ? (
        <>
          {names.length > 1 && kind !== 'bar' ? <Key names={names} lines={kind === 'line'} /> : null}
          {yLabel ? (
            <p class="kith-chart__measure" aria-hidden="true">
              {yLabel}
            </p>
          ) : null}
          <Drawing {...drawing} size="wide" />
          <Drawing {...drawing} size="narrow" />
        </>
      ) : (
        <p class="kith-quiet">There are no figures to draw.</p>
      )}
      {tableOpen ? table : <Details summary="Show the figures as a table">{table}</Details>}
    </figure>
  );
};
