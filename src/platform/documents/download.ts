import { type DocumentKind, documentKinds, fileNameOf, type SmallDocument } from './document.ts';
import { pdfOf } from './pdf.ts';
import { wordOf } from './word.ts';

/** A document as a file to save: what a page answers instead of itself. The name of the file is the title unless said. */
export const documentFile = async (
  doc: SmallDocument,
  kind: DocumentKind,
  name: string = doc.title,
): Promise<{ file: string; contentType: string; body: Buffer }> => ({
  file: fileNameOf(name, kind),
  contentType: documentKinds[kind].contentType,
  body: await (kind === 'docx' ? wordOf(doc) : pdfOf(doc)),
});
