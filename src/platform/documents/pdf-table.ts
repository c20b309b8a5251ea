import { type Block, sharesOf } from './document.ts';
import {
  bottomOf,
  colour,
  decoration,
  heightOf,
  type Into,
  keepRoom,
  margins,
  type Pdf,
  type Type,
  textLeft,
  textWidth,
  write,
} from './pdf-parts.ts';

const padding = 5;

/** A line under a row, over the whole width. */
const rule = (pdf: Pdf, head: boolean): void => {
  const under = pdf.y;
  decoration(pdf, () =>
    pdf
      .moveTo(textLeft, under)
      .lineTo(textLeft + textWidth(pdf), under)
      .lineWidth(head ? 1 : 0.5)
      .stroke(head ? colour.heading : colour.rule),
  );
};

/** A cell that heads its row: what it is in bold, and what is said of that beneath it as everything else is. */
function writeFirst(pdf: Pdf, text: string, type: Type): void {
  const [what = '', ...more] = text.split('\n');
  write(pdf, what, { ...type, face: 'bold' });
  if (more.length > 0) write(pdf, more.join('\n'), { ...type, label: undefined });
}

/**
 * Rows side by side; one that would not fit on a page is written as its cells one after the other. The head stands again on every
 * page, and a short table is not broken.
 */
export function table(into: Into, { caption, columns, rows, wide }: Extract<Block, { type: 'table' }>): void {
  const { pdf, root, points } = into;
  const size = points(10);
  const widths = sharesOf({ columns, wide }).map((share) => share * textWidth(pdf));
  const leftOf = (column: number) => widths.slice(0, column).reduce((sum, width) => sum + width, textLeft);
  const widthOf = (column: number) => widths[column] ?? 0;
  const room = bottomOf(pdf) - margins.top;
  const heightOfRow = (cells: readonly string[]): number =>
    Math.max(...cells.map((cell, column) => heightOf(pdf, cell, size, widthOf(column) - 2 * padding))) +
    2 * padding;
  const made = pdf.struct('Table');
  root.add(made);
  const whole = [columns, ...rows].reduce((sum, row) => sum + heightOfRow(row), points(24));
  keepRoom(pdf, Math.max(points(70), whole < room * 0.4 ? whole : 0));
  pdf.y += 4;
  made.add(
    pdf.struct('Caption', {}, () =>
      write(pdf, caption, { size: points(11), face: 'bold', color: colour.heading }),
    ),
  );
  pdf.y += 4;
  const place = (column: number): Type => ({
    size,
    left: leftOf(column) + padding,
    width: widthOf(column) - 2 * padding,
  });
  /** The head, where `say` writes each cell as what it is; drawn again at the top of a page, it is not said again. */
  const head = (say: (cell: () => void) => void): void => {
    const [top, height] = [pdf.y, heightOfRow(columns)];
    decoration(pdf, () => pdf.rect(textLeft, top, textWidth(pdf), height).fill(colour.shade));
    columns.forEach((title, column) => {
      say(() => {
        pdf.y = top + padding;
        write(pdf, title, { ...place(column), face: 'bold' });
      });
    });
    pdf.y = top + height;
    rule(pdf, true);
  };
  const first = pdf.struct('TR');
  made.add(first);
  head((cell) => first.add(pdf.struct('TH', {}, cell)));
  first.end();
  for (const cells of rows) {
    const height = heightOfRow(cells);
    const fits = height < room * 0.8;
    const page = pdf.page;
    keepRoom(pdf, fits ? height : points(30));
    if (pdf.page !== page) head((cell) => decoration(pdf, cell));
    const row = pdf.struct('TR');
    made.add(row);
    const top = pdf.y;
    cells.forEach((cell, column) => {
      const type = fits ? place(column) : { size, label: columns[column] };
      row.add(
        pdf.struct('TD', {}, () => {
          if (fits) pdf.y = top + padding;
          (column === 0 ? writeFirst : write)(pdf, cell, type);
        }),
      );
    });
    row.end();
    if (fits) pdf.y = top + height;
    rule(pdf, false);
  }
  made.end();
  pdf.y += 12;
}
