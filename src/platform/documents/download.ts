import { type DocumentKind, documentKinds, fileNameOf, type SmallDocument } from './document.ts';

// What makes files is large, and read when the first file is made: starting does not wait for it.
const makers = {
  docx: async (doc: SmallDocument) => (await import('./word.ts')).wordOf(doc),
  pdf: async (doc: SmallDocument) => (await import('./pdf.ts')).pdfOf(doc),
};

/** A document as a file to save: what a page answers instead of itself. The name of the file is the title unless said. */
export const documentFile = async (
  doc: SmallDocument,
  kind: DocumentKind,
  name: string = doc.title,
): Promise<{ file: string; contentType: string; body: Buffer }> => ({
  file: fileNameOf(name, kind),
  contentType: documentKinds[kind].contentType,
  body: await makers[kind](doc),
});
