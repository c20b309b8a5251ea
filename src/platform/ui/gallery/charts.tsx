import { Chart, type ChartDatum, type ChartProps, Page, Table } from '../index.ts';
import { signedIn } from './shells.ts';

const pounds = (n: number): string => `£${n.toLocaleString('en-GB')}`;

const tableOf = (caption: string, data: readonly ChartDatum[], format: (n: number) => string) => (
  <Table
    caption={caption}
    captionHidden
    columns={[
      { key: 'x', title: 'What' },
      { key: 'series', title: 'Service' },
      { key: 'y', title: 'Figure', numeric: true },
    ]}
    rows={data.map(({ x, y, series }) => ({
      x,
      series: series ?? 'All',
      y: y === null ? 'not shown' : format(y),
    }))}
    empty="No figures."
  />
);

const ChartOf = ({ format = String, ...chart }: Omit<ChartProps, 'table'>) => (
  <Chart {...chart} format={format} table={tableOf(chart.title, chart.data, format)} />
);

const categories: ChartDatum[] = [
  { x: 'Making a home: furniture, white goods, bedding and floor coverings', y: 402 },
  { x: 'Food and fuel', y: 377 },
  { x: 'Learning and getting online', y: 211 },
  { x: 'Clothes', y: 96 },
  { x: 'Family time and play', y: 41 },
  { x: 'Travel to a hospital', y: null },
];

const months = ['Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul'];
const services = ['Social work', 'Education', 'Third sector'];
const seriesData = (numbers: readonly (readonly (number | null)[])[]): ChartDatum[] =>
  services.flatMap((series, row) =>
    months.map((x, column) => ({ x, series, y: numbers[row]?.[column] ?? null })),
  );

const money = seriesData([
  [81_000, 210_400, 240_100, 190_000, 152_000, 131_000],
  [62_000, 140_200, 205_000, 180_500, 149_000, 90_400],
  [4000, 12_500, 30_100, 41_000, 38_000, 36_900],
]);
const moneyWithGaps = seriesData([
  [81, 110, 140, 190, 152, 131],
  [62, 90, null, 180, 149, 128],
  [4, 12, 30, 41, 38, 36],
]);

/** Every kind of chart, with figures that may not be shown, and with none at all. */
export const Charts = () => (
  <Page shell={signedIn} title="Charts" wide lead="Each with its figures as a table.">
    <ChartOf
      title="Families by what the money was for"
      description="Making a home is what most families asked for, then food and fuel."
      kind="bar"
      data={categories}
    />
    <ChartOf
      title="Requests by month"
      description="Most requests came in April."
      kind="bar"
      data={[81, 210, 240, 190, 152, 131].map((y, index) => ({ x: months[index] ?? '', y }))}
      xLabel="Month asked"
    />
    <ChartOf
      title="Money by month and service"
      description="Social work and education approved about the same each month."
      kind="stacked-bar"
      data={money}
      format={pounds}
    />
    <ChartOf
      title="Requests by month and service"
      description="Education’s requests rose until May. April’s figure for education may not be shown."
      kind="line"
      data={moneyWithGaps}
      xLabel="Month asked"
      yLabel="Requests"
    />
    <ChartOf
      title="Money by month"
      description="One line, with the last figure beside it."
      kind="line"
      data={money.filter(({ series }) => series === 'Social work').map(({ x, y }) => ({ x, y }))}
      format={pounds}
    />
    <ChartOf title="Nothing yet" description="There are no requests in this period." kind="bar" data={[]} />
  </Page>
);
