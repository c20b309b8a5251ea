import { poundsText } from '../measures/present.ts';
import { Chart } from '../ui/index.ts';
import type { ChartRenderer } from './page.tsx';

const inPounds = (n: number): string => poundsText(n.toFixed(2));

/** A chart of a report, with figures of money written as money. */
export const drawnChart: ChartRenderer = ({ kind, description, data, unit }, { title, table }) => (
  <Chart
    title={title}
    description={description}
    kind={kind}
    data={data}
    yLabel={unit}
    {...(unit === 'Pounds' ? { format: inPounds } : {})}
    table={table}
    tableOpen
  />
);
