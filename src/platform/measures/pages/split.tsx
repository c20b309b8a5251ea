import type { ComponentChildren } from 'preact';
import { Chart, type ChartDatum, Table } from '../../ui/index.ts';
import { addressOf } from '../address.ts';
import type { Wording } from '../compute.ts';
import { type Asked, type Cell, type Measure, notRecorded } from '../measure.ts';
import { cellText, hiddenText, lowered, valueText } from '../present.ts';

interface Split {
  measure: Measure;
  asked: Asked;
  cells: readonly Cell[];
  wording: Wording;
}

const numberOf = (cell: Cell): number | null => (cell.value === null ? null : Number(cell.value));

/** A cell that opens to the rows behind it; a hidden one says so and opens to nothing. */
const opening = ({ measure, asked }: Split, cell: Cell): ComponentChildren => {
  if (cell.suppressed || cell.value === null) return cellText(measure.unit, cell);
  const at = Object.entries(cell.at).map(([name, value]) => [
    name,
    value === null ? notRecorded : String(value),
  ]);
  const only = { ...asked.only, ...Object.fromEntries(at) };
  return <a href={addressOf(measure, { ...asked, by: [], only }, '/rows')}>{cellText(measure.unit, cell)}</a>;
};

const SplitTable = (split: Split) => {
  const { measure, asked, cells, wording } = split;
  return (
    <Table
      caption={`${measure.title} by ${asked.by.map((name) => lowered(measure.fact.dimensions[name]?.title ?? name)).join(' and ')}`}
      captionHidden
      columns={[
        ...asked.by.map((name) => ({ key: name, title: measure.fact.dimensions[name]?.title ?? name })),
        { key: 'value', title: measure.title, numeric: true },
      ]}
      rows={cells.map((cell) => ({
        ...Object.fromEntries(asked.by.map((name) => [name, wording(name, cell.at[name] ?? null)])),
        value: opening(split, cell),
      }))}
      empty={<p>Nothing was counted in this time.</p>}
    />
  );
};

/** A split as a chart with its table. Three ways or more at once, or too many bars to read, is a table alone. */
export const SplitChart = (split: Split) => {
  const { measure, asked, cells, wording } = split;
  const [first, second] = asked.by;
  if (first === undefined || asked.by.length > 2 || cells.length > 60) return <SplitTable {...split} />;
  const data = cells.map(
    (cell): ChartDatum => ({
      x: wording(first, cell.at[first] ?? null),
      y: numberOf(cell),
      ...(second === undefined ? {} : { series: wording(second, cell.at[second] ?? null) }),
    }),
  );
  return (
    <Chart
      title={`${measure.title}, in ${measure.unit === 'pounds' ? 'pounds' : measure.unit}`}
      description={`A bar for each ${asked.by.map((name) => lowered(measure.fact.dimensions[name]?.title ?? name)).join(' and ')}.`}
      // Parts that do not add up to the whole must not be stacked as though they did.
      kind={second !== undefined && measure.addsUp ? 'stacked-bar' : 'bar'}
      data={data}
      format={(n) => valueText(measure.unit, measure.unit === 'pounds' ? n.toFixed(2) : n)}
      notShown={hiddenText.toLowerCase()}
      table={<SplitTable {...split} />}
      tableOpen
    />
  );
};
