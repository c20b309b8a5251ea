import { labelText, printable } from './document.ts';
import { type Face, lettersFor } from './fonts.ts';

// What a PDF is put together from: its measures and colours, writing, and what is drawn and says nothing.

export const colour = {
  words: '#1a1a1a',
  heading: '#0b2a4a',
  quiet: '#4a4a4a',
  rule: '#8a99a8',
  shade: '#e4ebf2',
};
export const margins = { top: 62, bottom: 72, left: 62, right: 62 };
/** How far lists and own words stand in, in points. */
export const indent = 18;

export interface Type {
  size: number;
  face?: Face;
  color?: string;
  /** Words in bold that come first, on the same line. */
  label?: string | undefined;
  left?: number;
  width?: number;
  lineGap?: number;
}

export type Pdf = PDFKit.PDFDocument;

export const textLeft = margins.left;
export const textWidth = (pdf: Pdf): number => pdf.page.width - margins.left - margins.right;
export const bottomOf = (pdf: Pdf): number => pdf.page.height - margins.bottom;

/** Begins a page when less than this much of the one before is left. */
export function keepRoom(pdf: Pdf, room: number): void {
  if (pdf.y + room > bottomOf(pdf)) pdf.addPage();
}

/** Writes text where the last ended, its lines kept, each letter in a font that has it. */
export function write(
  pdf: Pdf,
  text: string,
  { size, face = 'plain', label, lineGap = 2.5, ...type }: Type,
): void {
  const left = type.left ?? textLeft;
  const options = { width: type.width ?? textWidth(pdf), lineGap };
  const first =
    label === undefined ? [] : lettersFor(printable(labelText(label)), 'bold').map((piece) => ({ ...piece }));
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

/** How high a text will stand, line by line, near enough for keeping things together. */
export const heightOf = (pdf: Pdf, text: string, size: number, width: number): number => {
  pdf.font('latin 400-normal').fontSize(size);
  const heightOfLine = (line: string): number =>
    pdf.heightOfString(
      lettersFor(line, 'plain')
        .map((each) => each.text)
        .join('') || ' ',
      { width, lineGap: 2.5 },
    );
  return printable(text)
    .split('\n')
    .reduce((sum, line) => sum + heightOfLine(line), 0);
};

/** What is drawn and says nothing: those who hear the document do not hear it. */
export function decoration(pdf: Pdf, draw: () => void): void {
  pdf.save();
  pdf.markContent('Artifact', { type: 'Layout' });
  draw();
  pdf.endMarkedContent();
  pdf.restore();
}

/** What a document is written into: the pages, the tree of what is what, and how large its letters are. */
export interface Into {
  pdf: Pdf;
  root: PDFKit.PDFStructureElement;
  points: (usual: number) => number;
}

/** Writes one element of the document, known as what it is: H2, P, L … */
export function element({ pdf, root }: Into, tag: string, draw: () => void): void {
  const made = pdf.struct(tag, {}, draw);
  root.add(made);
  made.end();
}
