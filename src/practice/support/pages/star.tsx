import type { Tool } from '../programme.ts';

interface Reading {
  id: string;
  moment: 'first' | 'between' | 'last';
  scores: readonly { area: string; title: string; score: number }[];
}

const size = 250;
const middle = size / 2;
const reach = 88;

const at = (index: number, of: number, share: number): readonly [number, number] => {
  const angle = (2 * Math.PI * index) / of - Math.PI / 2;
  return [middle + reach * share * Math.cos(angle), middle + reach * share * Math.sin(angle)];
};
const points = (of: number, share: (index: number) => number): string =>
  Array.from({ length: of }, (_, index) =>
    at(index, of, share(index))
      .map((each) => each.toFixed(1))
      .join(','),
  ).join(' ');

/**
 * A star of a ladder's areas, the first reading dashed and the last whole, so that they can be told apart without colour. Its
 * numbers stand in the table beneath; the areas are numbered here and there alike.
 */
export const Star = ({ tool, readings }: { tool: Tool; readings: readonly Reading[] }) => {
  const first = readings.find(({ moment }) => moment === 'first') ?? readings[0];
  const last = readings.findLast(({ moment }) => moment !== 'first');
  const areas = first?.scores ?? [];
  if (first === undefined || areas.length < 3) return null;
  const share = (score: number) => (score - tool.from) / (tool.to - tool.from);
  const shape = (reading: Reading) =>
    points(areas.length, (index) =>
      share(reading.scores.find(({ area }) => area === areas[index]?.area)?.score ?? tool.from),
    );
  const words = areas
    .map(({ area, title, score }) => {
      const now = last?.scores.find((each) => each.area === area)?.score;
      return `${title}: ${score}${now === undefined ? '' : ` to ${now}`}`;
    })
    .join('; ');
  return (
    <figure class="kith-chart">
      <svg
        viewBox={`0 0 ${size} ${size}`}
        width={size}
        height={size}
        role="img"
        aria-label={`${tool.title}. ${words}`}
        font-size="14"
        fill="currentColor"
        text-anchor="middle"
      >
        {[0.25, 0.5, 0.75, 1].map((ring) => (
          <polygon key={ring} points={points(areas.length, () => ring)} fill="none" stroke="#b3b3b3" />
        ))}
        <polygon points={shape(first)} fill="none" stroke="#5e5e5e" stroke-width="3" stroke-dasharray="6 5" />
        {last === undefined ? null : (
          <polygon
            points={shape(last)}
            fill="#0065bd"
            fill-opacity="0.15"
            stroke="#0065bd"
            stroke-width="3"
          />
        )}
        {areas.map(({ area }, index) => {
          const [x, y] = at(index, areas.length, 1.2);
          return (
            <text key={area} x={x.toFixed(1)} y={(y + 5).toFixed(1)}>
              {index + 1}
            </text>
          );
        })}
      </svg>
      <figcaption>
        <p>
          Dashed: the first reading.{last === undefined ? '' : ' Whole: the latest.'} Further out is{' '}
          {tool.better === 'higher' ? 'better' : 'more'}.
        </p>
        <ol>
          {areas.map(({ area, title }) => (
            <li key={area}>{title}</li>
          ))}
        </ol>
      </figcaption>
    </figure>
  );
};
