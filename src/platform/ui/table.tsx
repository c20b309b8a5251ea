import type { ComponentChildren } from 'preact';
import { contentId } from './ids.ts';

export type Column = {
  key: string;
  title: string;
  /** Figures: aligned to the right, all digits of one width. */
  numeric?: boolean | undefined;
  /** How much of the room this column asks for; a `short` one holds a year or a day and stays on one line. */
  width?: 'narrow' | 'wide' | 'short' | undefined;
  /** Says by itself what it is: in a row of lines its heading is not repeated. */
  plain?: boolean | undefined;
};

export type Row = Readonly<Record<string, ComponentChildren>>;

/** What becomes of a table on a small screen. */
type Small = 'scroll' | 'stack' | 'lines';

const cellClass = ({ numeric, width }: Column): string | undefined =>
  [numeric ? 'kith-numeric' : undefined, width ? `kith-column--${width}` : undefined]
    .filter((name) => name !== undefined)
    .join(' ') || undefined;

const TableRow = ({ columns, row, small }: { columns: readonly Column[]; row: Row; small: Small }) => (
  <tr>
    {columns.map((column, index) =>
      index === 0 ? (
        <th key={column.key} scope="row" class={cellClass(column)}>
          {row[column.key]}
        </th>
      ) : (
        <td key={column.key} class={cellClass(column)} data-heading={column.plain ? undefined : column.title}>
          {/* Stacked, a cell stands beside its heading as one piece, however much is in it. */}
          {small === 'stack' ? <div>{row[column.key]}</div> : row[column.key]}
        </td>
      ),
    )}
  </tr>
);

// A region that scrolls must be reached by keyboard; Safari does not do so by itself.
const reachable = { tabIndex: 0 };

/**
 * Rows under headings. The first column names the row. On a small screen a table of figures scrolls sideways in a region
 * that the keyboard can reach (`small="scroll"`); a list of things to do is better stacked (`small="stack"`), and a long list
 * to look through stands in a few lines each (`small="lines"`).
 * `empty` stands in its place when there are no rows; `footer` is a last row, in bold, for totals.
 */
export const Table = ({
  caption,
  captionHidden,
  columns,
  rows,
  empty,
  footer,
  small = 'scroll',
}: {
  caption: string;
  captionHidden?: boolean | undefined;
  columns: readonly Column[];
  rows: readonly Row[];
  empty: ComponentChildren;
  footer?: Row | undefined;
  small?: Small | undefined;
}) => {
  if (rows.length === 0) return <div class="kith-table-empty">{empty}</div>;
  const id = contentId('table', caption + columns.map((column) => column.key).join());
  const table = (
    <table class={`kith-table kith-table--${small}`}>
      <caption id={id} class={captionHidden ? 'visually-hidden' : undefined}>
        {caption}
      </caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.key} scope="col" class={cellClass(column)}>
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <TableRow key={index} columns={columns} row={row} small={small} />
        ))}
      </tbody>
      {footer ? (
        <tfoot>
          <TableRow columns={columns} row={footer} small={small} />
        </tfoot>
      ) : null}
    </table>
  );
  if (small !== 'scroll') return <div class="kith-table-wrap">{table}</div>;
  return (
    <section class="kith-table-wrap kith-table-wrap--scroll" aria-labelledby={id} {...reachable}>
      {table}
    </section>
  );
};

/** The way to the pages before and after in a long list. `label` names the list for those who hear the page. */
export const More = ({
  next,
  previous,
  label,
}: {
  next?: string | undefined;
  previous?: string | undefined;
  label: string;
}) =>
  next === undefined && previous === undefined ? null : (
    <nav class="kith-more" aria-label={label}>
      {previous === undefined ? null : (
        <a class="kith-more__link" href={previous} rel="prev">
          <span aria-hidden="true">← </span>Previous page
        </a>
      )}
      {next === undefined ? null : (
        <a class="kith-more__link kith-more__link--next" href={next} rel="next">
          Next page<span aria-hidden="true"> →</span>
        </a>
      )}
    </nav>
  );
