/** Tables and charts of a report in Word, and the form of two columns at its head. */
import {
  AlignmentType,
  BorderStyle,
  Paragraph,
  type ParagraphChild,
  ShadingType,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlign,
  WidthType,
  Table as WordTable,
} from 'docx';
import { ChartRun } from 'docx/charts';
import { seriesColour } from '../ui/chart-palette.ts';
import { type ChartBlock, hasRowHeadings, type Table } from './document.ts';
import { ink, layout, styleNames } from './word-styles.ts';
import { bookmarked, printable, run, type WordContext, wordLink } from './word-text.ts';

const line = (size: number, color: string) => ({ style: BorderStyle.SINGLE, size, color });
const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const shading = { type: ShadingType.CLEAR, fill: ink.shade, color: 'auto' };
const margins = { top: 40, bottom: 40, left: 100, right: 100 };

const dxa = (size: number) => ({ size, type: WidthType.DXA });

/** The first column has the words, so it gets twice the room of a column of figures; the widths add up exactly. */
const widthsFor = (table: Table, total: number): number[] => {
  const shares = table.columns.map((column) => (column.numeric ? 1 : 2));
  const all = shares.reduce((sum, share) => sum + share, 0);
  const widths = shares.map((share) => Math.floor((total * share) / all));
  const rest = total - widths.reduce((sum, width) => sum + width, 0);
  return widths.map((width, index) => (index === 0 ? width + rest : width));
};

const captionOf = (label: string, anchor: string | undefined, caption: string, indent: number) =>
  new Paragraph({
    style: 'Caption',
    indent: { left: indent },
    children: [bookmarked(anchor, label), run(`: ${caption}`)],
  });

const sourceOf = (table: Table, indent: number, context: WordContext) => {
  const links = table.sources.flatMap((source, index): ParagraphChild[] => [
    run(index === 0 ? 'Source: ' : '; '),
    wordLink(source.title, source.href, context),
  ]);
  return new Paragraph({ style: styleNames.source, indent: { left: indent }, children: links });
};

/** Beyond this many rows a table may break over a page; its header row is then repeated. */
const keepTogether = 15;

const gridOf = (table: Table, indent: number) => {
  const total = layout.text - indent;
  const widths = widthsFor(table, total);
  const cell = (text: string, column: number, options: { head?: boolean; strong?: boolean }) => {
    return new TableCell({
      width: dxa(widths[column] ?? 0),
      verticalAlign: options.head ? VerticalAlign.BOTTOM : VerticalAlign.TOP,
      ...(options.head ? { shading } : {}),
      children: [
        new Paragraph({
          style: options.head ? styleNames.cellHeading : styleNames.cell,
          alignment: table.columns[column]?.numeric ? AlignmentType.RIGHT : AlignmentType.LEFT,
          children: [run(text, options.strong)],
        }),
      ],
    });
  };
  const last = table.rows.length - 1;
  const together = last < keepTogether;
  return new WordTable({
    layout: TableLayoutType.FIXED,
    width: dxa(total),
    indent: dxa(indent),
    columnWidths: widths,
    margins,
    tableLook: {
      firstRow: true,
      firstColumn: hasRowHeadings(table),
      lastRow: table.totalRow === true,
      noHBand: true,
      noVBand: true,
    },
    borders: {
      top: line(8, ink.heading),
      bottom: line(8, ink.heading),
      left: none,
      right: none,
      insideHorizontal: line(4, ink.rule),
      insideVertical: none,
    },
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        keepNext: true,
        children: table.columns.map((column, index) => cell(column.title, index, { head: true })),
      }),
      ...table.rows.map(
        (row, index) =>
          new TableRow({
            cantSplit: true,
            keepNext: together && index < last,
            children: row.map((text, column) =>
              cell(text, column, { strong: table.totalRow === true && index === last }),
            ),
          }),
      ),
    ],
  });
};

/** A table with its caption above ("Table 1: …") and its source below. `indent` is how far in it stands. */
export const wordTable = (
  table: Table,
  place: { readonly label: string; readonly anchor: string | undefined; readonly indent: number },
  context: WordContext,
): (Paragraph | WordTable)[] => [
  captionOf(place.label, place.anchor, table.caption, place.indent),
  gridOf(table, place.indent),
  sourceOf(table, place.indent, context),
];

const distinct = (values: readonly string[]): string[] => [...new Set(values)];

/** Bars stand when there is room for their names side by side, and lie down when there is not, as on the page. */
const barsStand = (places: readonly string[], width: number): boolean => {
  const letters = Math.max(...places.map((place) => place.length)) + 2;
  return places.length > 1 && letters * 8 * places.length < width;
};

/** In pixels: every bar that lies down has room, and no chart fills the page. */
const lyingHeight = (bars: number): number => Math.min(600, Math.max(200, 90 + bars * 34));

const drawing = (chart: ChartBlock, indent: number) => {
  const { data, kind } = chart;
  const places = distinct(data.map(({ x }) => x));
  const names = distinct(data.map(({ series }) => series ?? ''));
  const title = printable(chart.title);
  const width = Math.floor((layout.text - indent) / 15);
  const valueAxis = {
    // Thousands are parted by commas; the steps of a short axis keep their decimals.
    numberFormat: '[<10]General;#,##0',
    ...(chart.unit === undefined ? {} : { title: printable(chart.unit) }),
  };
  const common = {
    categories: places.map(printable),
    series: names.map((name, index) => ({
      name: printable(name === '' ? chart.title : name),
      values: places.map((x) => data.find((each) => each.x === x && (each.series ?? '') === name)?.y ?? null),
      color: seriesColour(index).fill.slice(1).toUpperCase(),
    })),
    legend: names.length > 1 ? ({ position: 'bottom' } as const) : (false as const),
    font: { name: 'Arial' },
    altText: { name: title, title, description: printable(chart.description) },
    transformation: { width, height: 290 },
    valueAxis,
  };
  if (kind === 'line') return new ChartRun({ ...common, type: 'line', markers: true });
  const stacking = kind === 'stacked-bar' ? 'stacked' : 'none';
  if (barsStand(places, width)) return new ChartRun({ ...common, type: 'column', stacking, gapWidth: 80 });
  return new ChartRun({
    ...common,
    type: 'bar',
    stacking,
    gapWidth: 60,
    transformation: { width, height: lyingHeight(places.length * (kind === 'bar' ? names.length : 1)) },
    // Word draws the first bar at the bottom; people read from the top. The values then go back below the bars.
    categoryAxis: { reverseOrder: true },
    valueAxis: { ...valueAxis, crossesAt: 'maximum' },
  });
};

/** A chart with its caption, drawn by Word itself, and under it the same figures as a table. */
export const wordChart = (
  chart: ChartBlock,
  place: { readonly label: string; readonly anchor: string | undefined; readonly indent: number },
  context: WordContext,
): (Paragraph | WordTable)[] => [
  captionOf(place.label, place.anchor, chart.title, place.indent),
  new Paragraph({
    style: styleNames.body,
    keepNext: true,
    indent: { left: place.indent },
    children: [drawing(chart, place.indent)],
  }),
  ...wordTable(
    chart.table,
    { label: `${place.label} as a table`, anchor: undefined, indent: place.indent },
    context,
  ),
];

/** A form of two columns: what is asked, and the answer. */
export const wordForm = (
  rows: readonly { readonly label: string; readonly value: readonly ParagraphChild[] }[],
): WordTable => {
  const labelWidth = 2300;
  const rule = line(4, ink.rule);
  return new WordTable({
    layout: TableLayoutType.FIXED,
    width: dxa(layout.text),
    columnWidths: [labelWidth, layout.text - labelWidth],
    margins,
    tableLook: { firstRow: false, firstColumn: true, noHBand: true, noVBand: true },
    borders: {
      top: rule,
      bottom: rule,
      left: rule,
      right: rule,
      insideHorizontal: rule,
      insideVertical: rule,
    },
    rows: rows.map(
      ({ label, value }) =>
        new TableRow({
          cantSplit: true,
          children: [
            new TableCell({
              width: dxa(labelWidth),
              shading,
              children: [new Paragraph({ style: styleNames.cellHeading, children: [run(label)] })],
            }),
            new TableCell({
              width: dxa(layout.text - labelWidth),
              children: [new Paragraph({ style: styleNames.cell, children: [...value] })],
            }),
          ],
        }),
    ),
  });
};
