import { setImmediate } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import { type Block, printable, type SmallDocument } from './document.ts';
import { type Face, fontFiles, lettersFor } from './fonts.ts';

const colour = { words: '#1a1a1a', heading: '#0b2a4a', quiet: '#4a4a4a', rule: '#8a99a8', shade: '#e4ebf2' };
const margins = { top: 62, bottom: 72, left: 62, right: 62 };
/** How far lists and own words stand in, in points. */
const indent = 18;

interface Type {
  size: number;
  face?: Face;
  color?: string;
  /** Words in bold that come first, on the same line. */
  label?: string | undefined;
  left?: number;
  width?: number;
  lineGap?: number;
}

type Pdf = PDFKit.PDFDocument;

const textLeft = margins.left;
const textWidth = (pdf: Pdf): number => pdf.page.width - margins.left - margins.right;
const bottomOf = (pdf: Pdf): number => pdf.page.height - margins.bottom;

/** Begins a page when less than this much of the one before is left. */
function keepRoom(pdf: Pdf, room: number): void {
  if (pdf.y + room > bottomOf(pdf)) pdf.addPage();
}

/** Writes text where the last ended, its lines kept, each letter in a font that has it. */
function write(pdf: Pdf, text: string, { size, face = 'plain', label, lineGap = 2.5, ...type }: Type): void {
  const left = type.left ?? textLeft;
  const options = { width: type.width ?? textWidth(pdf), lineGap };
  const first =
    label === undefined ? [] : lettersFor(`${printable(label)}: `, 'bold').map((piece) => ({ ...piece }));
  printable(text)
    .split('\n')
    .forEach((line, index) => {
      const pieces = [...(index === 0 ? first : []), ...lettersFor(line, face)];
      pdf.fontSize(size).fillColor(type.color ?? colour.words);
      if (pieces.length === 0) {
        pdf.font('latin 400-normal').moveDown(0.6);
        return;
      }
      pieces.forEach((piece, at) => {
        const more = { ...options, continued: at < pieces.length - 1 };
        pdf.font(piece.font);
        if (at === 0) pdf.text(piece.text, left, pdf.y, more);
        else pdf.text(piece.text, more);
      });
    });
}

/** How high a text will stand, near enough for keeping things together. */
const heightOf = (pdf: Pdf, text: string, size: number, width: number): number =>
  pdf
    .font('latin 400-normal')
    .fontSize(size)
    .heightOfString(
      lettersFor(printable(text), 'plain')
        .map((each) => each.text)
        .join(''),
      {
        width,
        lineGap: 2.5,
      },
    );

/** What is drawn and says nothing: those who hear the document do not hear it. */
function decoration(pdf: Pdf, draw: () => void): void {
  pdf.save();
  pdf.markContent('Artifact', { type: 'Layout' });
  draw();
  pdf.endMarkedContent();
  pdf.restore();
}

/** What a document is written into: the pages, the tree of what is what, and how large its letters are. */
interface Into {
  pdf: Pdf;
  root: PDFKit.PDFStructureElement;
  points: (usual: number) => number;
}

/** Writes one element of the document, known as what it is: H2, P, L … */
function element({ pdf, root }: Into, tag: string, draw: () => void): void {
  const made = pdf.struct(tag, {}, draw);
  root.add(made);
  made.end();
}

function bullets(into: Into, items: readonly string[]): void {
  const { pdf, root, points } = into;
  const list = pdf.struct('L');
  root.add(list);
  for (const item of items) {
    keepRoom(pdf, points(16));
    const one = pdf.struct('LI');
    list.add(one);
    const at = pdf.y;
    one.add(
      pdf.struct('Lbl', {}, () => write(pdf, '•', { size: points(11), left: textLeft + 4, width: indent })),
    );
    pdf.y = at;
    one.add(
      pdf.struct('LBody', {}, () =>
        write(pdf, item, {
          size: points(11),
          left: textLeft + indent,
          width: textWidth(pdf) - indent,
        }),
      ),
    );
    one.end();
    pdf.y += 3;
  }
  list.end();
  pdf.y += 5;
}

const cellPadding = 5;

/** Rows side by side; one that would not fit on a page is written as its cells one after the other. */
function table(into: Into, { caption, columns, rows }: Extract<Block, { type: 'table' }>): void {
  const { pdf, root, points } = into;
  const size = points(10);
  const width = textWidth(pdf) / Math.max(1, columns.length);
  const made = pdf.struct('Table');
  root.add(made);
  keepRoom(pdf, points(70));
  made.add(
    pdf.struct('Caption', {}, () =>
      write(pdf, caption, { size: points(11), face: 'bold', color: colour.heading }),
    ),
  );
  pdf.y += 4;
  const rowOf = (cells: readonly string[], head: boolean): void => {
    const height =
      Math.max(...cells.map((cell) => heightOf(pdf, cell, size, width - 2 * cellPadding))) + 2 * cellPadding;
    const fits = height < (bottomOf(pdf) - margins.top) * 0.8;
    keepRoom(pdf, fits ? height : points(30));
    const row = pdf.struct('TR');
    made.add(row);
    const top = pdf.y;
    if (head) decoration(pdf, () => pdf.rect(textLeft, top, textWidth(pdf), height).fill(colour.shade));
    cells.forEach((cell, column) => {
      if (fits) pdf.y = top + cellPadding;
      row.add(
        pdf.struct(head ? 'TH' : 'TD', {}, () =>
          write(pdf, cell, {
            size,
            face: head || column === 0 ? 'bold' : 'plain',
            ...(fits
              ? { left: textLeft + column * width + cellPadding, width: width - 2 * cellPadding }
              : { label: columns[column] }),
          }),
        ),
      );
    });
    row.end();
    if (fits) pdf.y = top + height;
    const under = pdf.y;
    decoration(pdf, () =>
      pdf
        .moveTo(textLeft, under)
        .lineTo(textLeft + textWidth(pdf), under)
        .lineWidth(head ? 1 : 0.5)
        .stroke(head ? colour.heading : colour.rule),
    );
  };
  rowOf(columns, true);
  for (const row of rows) rowOf(row, false);
  made.end();
  pdf.y += 12;
}

function quote(into: Into, { text, by }: Extract<Block, { type: 'quote' }>): void {
  const { pdf, points } = into;
  keepRoom(pdf, points(50));
  const [top, page] = [pdf.y, pdf.page];
  element(into, 'BlockQuote', () =>
    write(pdf, text, {
      size: points(12.5),
      face: 'own',
      left: textLeft + indent,
      width: textWidth(pdf) - indent,
      lineGap: 3.5,
    }),
  );
  const end = pdf.y;
  if (pdf.page === page)
    decoration(pdf, () => pdf.rect(textLeft, top - 1, 3, end - top).fill(colour.heading));
  if (by !== undefined)
    element(into, 'P', () =>
      write(pdf, by, { size: points(9.5), color: colour.quiet, left: textLeft + indent }),
    );
  pdf.y += 8;
}

function block(into: Into, each: Block): void {
  const { pdf, points } = into;
  switch (each.type) {
    case 'heading': {
      const size = points(each.level === 2 ? 15 : 12);
      pdf.y += each.level === 2 ? 12 : 6;
      keepRoom(pdf, size * 5);
      if (each.level === 2) pdf.outline.addItem(printable(each.text));
      element(into, `H${each.level}`, () =>
        write(pdf, each.text, { size, face: 'bold', color: colour.heading, lineGap: 1 }),
      );
      pdf.y += each.level === 2 ? 5 : 2;
      return;
    }
    case 'paragraph':
      element(into, 'P', () =>
        write(pdf, each.text, {
          size: points(each.quiet ? 9.5 : 11),
          label: each.label,
          ...(each.quiet ? { color: colour.quiet } : {}),
        }),
      );
      pdf.y += 5;
      return;
    case 'bullets':
      bullets(into, each.items);
      return;
    case 'table':
      table(into, each);
      return;
    case 'quote':
      quote(into, each);
      return;
  }
}

/** The foot of every page, once it is known how many there are. */
function feet(pdf: Pdf, foot: string): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    pdf.switchToPage(page);
    const at = pdf.page.height - 46;
    pdf.page.margins.bottom = 0;
    pdf.markContent('Artifact', { type: 'Pagination' });
    pdf
      .moveTo(textLeft, at - 8)
      .lineTo(textLeft + textWidth(pdf), at - 8)
      .lineWidth(0.5)
      .stroke(colour.rule);
    pdf.y = at;
    write(pdf, foot, { size: 8.5, color: colour.quiet, width: textWidth(pdf) - 80, lineGap: 1 });
    pdf
      .font('latin 400-normal')
      .fontSize(8.5)
      .fillColor(colour.quiet)
      .text(`Page ${page - start + 1} of ${count}`, textLeft, at, { width: textWidth(pdf), align: 'right' });
    pdf.endMarkedContent();
    pdf.page.margins.bottom = margins.bottom;
  }
}

/** Others are served between so many parts of a long document. */
const breath = 25;

/**
 * The document as the bytes of a PDF file: tagged, with its title and language and a list of its headings, its fonts within it.
 * Words in letters that it does not have (Urdu, for one) are replaced by a sentence that says so and where they can be read.
 */
export async function pdfOf(doc: SmallDocument): Promise<Buffer> {
  const pdf = new PDFDocument({
    size: 'A4',
    margins,
    pdfVersion: '1.7',
    tagged: true,
    lang: 'en-GB',
    displayTitle: true,
    bufferPages: true,
    info: { Title: printable(doc.title), Creator: 'Kith', Producer: 'Kith' },
  });
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const whole = new Promise<Buffer>((resolve, reject) => {
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
  });
  for (const { name, file } of fontFiles) pdf.registerFont(name, file);
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  const scale = doc.large ? 16 / 11 : 1;
  const into: Into = { pdf, root, points: (usual) => usual * scale };
  element(into, 'H1', () =>
    write(pdf, doc.title, { size: into.points(22), face: 'bold', color: colour.heading, lineGap: 1 }),
  );
  pdf.y += 4;
  const { subtitle } = doc;
  if (subtitle !== undefined)
    element(into, 'P', () => write(pdf, subtitle, { size: into.points(12), color: colour.quiet }));
  pdf.y += 10;
  for (const [index, each] of doc.blocks.entries()) {
    if (index % breath === breath - 1) await setImmediate();
    block(into, each);
  }
  root.end();
  feet(pdf, doc.foot);
  pdf.end();
  return whole;
}
