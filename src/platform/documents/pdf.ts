import { setImmediate } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import { type Block, printable, type SmallDocument } from './document.ts';
import { fonts } from './fonts.ts';
import {
  colour,
  decoration,
  element,
  type Into,
  indent,
  keepRoom,
  margins,
  type Pdf,
  textLeft,
  textWidth,
  write,
} from './pdf-parts.ts';
import { table } from './pdf-table.ts';

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

/** Lines to write on. They say nothing, so those who hear the document do not hear them. */
function lines({ pdf, points }: Into, count: number): void {
  for (let drawn = 0; drawn < count; drawn++) {
    keepRoom(pdf, points(24));
    pdf.y += points(20);
    const at = pdf.y;
    decoration(pdf, () =>
      pdf
        .moveTo(textLeft, at)
        .lineTo(textLeft + textWidth(pdf), at)
        .lineWidth(0.75)
        .stroke(colour.rule),
    );
  }
  pdf.y += points(8);
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
    case 'lines':
      lines(into, each.count);
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
  for (const { name, font } of fonts()) pdf.registerFont(name, font);
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
