import type { VNode } from 'preact';
import type { Around, Somebody } from '../around.ts';
import type { Drawing, Line, Placed } from '../drawing/drawn.ts';
import { labelTop, lineHeight } from '../drawing/heights.ts';
import { half, type Shape } from '../drawing/shapes.ts';

// A family map as markup: shapes and classes only, no styles, no scripts.

/** The sizes that a drawing can be shown at, in hundredths; "fit" is the width of the page. */
export const sizes = ['fit', '50', '75', '100', '150', '200'] as const;
export type Size = (typeof sizes)[number];

export const sizeFrom = (said: string | undefined, otherwise: Size): Size =>
  sizes.find((each) => each === said) ?? otherwise;

export const SymbolShape = ({
  symbol,
  x,
  y,
  size = half,
}: {
  symbol: Shape;
  x: number;
  y: number;
  size?: number;
}) => {
  const shape = { class: 'kith-map__symbol' };
  if (symbol === 'square')
    return <rect {...shape} x={x - size} y={y - size} width={size * 2} height={size * 2} />;
  if (symbol === 'circle') return <circle {...shape} cx={x} cy={y} r={size} />;
  const tall = size + (symbol === 'diamond' ? 4 : 0);
  return symbol === 'diamond' ? (
    <path {...shape} d={`M${x} ${y - tall}L${x + tall} ${y}L${x} ${y + tall}L${x - tall} ${y}Z`} />
  ) : (
    <path {...shape} d={`M${x} ${y - size}L${x + size} ${y + size}L${x - size} ${y + size}Z`} />
  );
};

const Cross = ({ x, y, size = half }: { x: number; y: number; size?: number }) => (
  <path
    class="kith-map__cross"
    d={`M${x - size} ${y - size}L${x + size} ${y + size}M${x - size} ${y + size}L${x + size} ${y - size}`}
  />
);

const Brackets = ({ x, y }: { x: number; y: number }) => {
  const [out, back, tall] = [half + 9, half + 4, half + 5];
  return (
    <path
      class="kith-map__cross"
      d={[-1, 1]
        .map((side) => `M${x + side * back} ${y - tall}H${x + side * out}V${y + tall}H${x + side * back}`)
        .join('')}
    />
  );
};

const Person = ({ placed, who }: { placed: Placed; who: Somebody }) => {
  const { x, y } = placed;
  return (
    <g
      class={`kith-map__person${who.inside ? '' : ' kith-map__outside'}${who.seen ? '' : ' kith-map__unseen'}`}
    >
      <SymbolShape symbol={who.symbol} x={x} y={y} />
      {who.died === null ? null : <Cross x={x} y={y} />}
      {placed.adopted ? <Brackets x={x} y={y} /> : null}
      {placed.within === '' ? null : (
        <text class="kith-map__within" x={x} y={y + (who.symbol === 'triangle' ? 12 : 5)}>
          {placed.within}
        </text>
      )}
      {placed.label.map((line, index) => (
        <text
          key={line + index}
          class={index < placed.nameLines ? 'kith-map__name' : 'kith-map__more'}
          x={x}
          y={y + labelTop + index * lineHeight}
        >
          {line}
        </text>
      ))}
    </g>
  );
};

const LineShape = ({ line }: { line: Line }) => (
  <path class={`kith-map__line kith-map__line--${line.style.replaceAll(' ', '-')}`} d={line.path} />
);

/** How wide and high a drawing is shown: nothing for "fit", where its style says so. */
export const shownSize = (drawing: { width: number; height: number }, size: Size) =>
  size === 'fit'
    ? { width: drawing.width, height: drawing.height }
    : {
        width: Math.round((drawing.width * Number(size)) / 100),
        height: Math.round((drawing.height * Number(size)) / 100),
      };

/** The whole drawing, one picture to assistive technology, which is told to read the list below it. */
export const MapDrawing = ({
  drawing,
  around,
  size,
  title,
  description,
}: {
  drawing: Drawing;
  around: Around;
  size: Size;
  title: string;
  description: string;
}): VNode => {
  const bridges = drawing.lines
    .filter((line) => line.style === 'bridge')
    .map((line) => line.path)
    .join('');
  return (
    <svg
      class={`kith-map__drawing${size === 'fit' ? ' kith-map__drawing--fit' : ''}`}
      viewBox={`0 0 ${drawing.width} ${drawing.height}`}
      {...shownSize(drawing, size)}
      role="img"
      aria-labelledby="map-title"
      aria-describedby="map-description"
    >
      <title id="map-title">{title}</title>
      <desc id="map-description">{description}</desc>
      {drawing.homes.map((home) => (
        <path
          key={home.path}
          class={`kith-map__home kith-map__home--${((home.turn - 1) % 4) + 1}`}
          d={home.path}
        />
      ))}
      {['bridge', 'bridge inner'].map((style) => (
        <path key={style} class={`kith-map__line kith-map__line--${style.replace(' ', '-')}`} d={bridges} />
      ))}
      {drawing.lines
        .filter((line) => line.style !== 'bridge')
        .map((line) => (
          <LineShape key={`${line.style} ${line.path}`} line={line} />
        ))}
      {drawing.people.map((placed) => {
        const who = around.people.get(placed.key);
        return who ? <Person key={placed.key} placed={placed} who={who} /> : null;
      })}
      {drawing.homes.map((home) => (
        <text key={home.path} class="kith-map__home-name" x={home.x} y={home.y}>
          {home.name}
        </text>
      ))}
    </svg>
  );
};
