import JSZip from 'jszip';
import { extractText, getDocumentProxy, getMeta } from 'unpdf';
import { describe, expect, test } from 'vitest';
import {
  type Block,
  fileNameOf,
  isRightToLeft,
  printable,
  type SmallDocument,
  sharesOf,
  textOf,
} from './document.ts';
import { documentFile } from './download.ts';
import { fonts, lettersFor } from './fonts.ts';
import { pdfOf } from './pdf.ts';
import { plainFont } from './woff.ts';
import { wordOf } from './word.ts';

const blocks: readonly Block[] = [
  { type: 'heading', level: 2, text: 'Iona’s year' },
  { type: 'heading', level: 3, text: 'What went well' },
  {
    type: 'paragraph',
    label: 'At home',
    text: 'Gran says she sleeps through the night.\nShe asks for porridge.',
  },
  { type: 'paragraph', text: 'Dh’fhalbh Seonaidh dhan sgoil ùir ann an Glaschu, à Steòrnabhagh.' },
  { type: 'paragraph', text: 'Babcia Świętosława z Łodzi dzwoni w każdą niedzielę, źle słyszy.' },
  { type: 'paragraph', text: 'Оксана їде додому з донькою Ґалею.', quiet: true },
  { type: 'bullets', items: ['Ring the school', 'Find a bed & a mattress <of her own>'] },
  { type: 'quote', text: 'I liek it here. Naebody shouts.', by: 'Iona, 14 March 2026' },
  {
    type: 'table',
    caption: 'Who does what',
    columns: ['What', 'Who', 'By when'],
    rows: [
      ['A bed', 'Ailsa Drummond', '1 December 2026'],
      ['School', 'Mr Hay', '3 December 2026'],
    ],
  },
];
const doc: SmallDocument = {
  title: 'Plan for Iona Baird',
  subtitle: 'Made on 22 November 2026',
  foot: 'Plan for Iona Baird',
  blocks,
};

/** Text without the spaces and line ends in which the two kinds of file differ. */
const close = (text: string) => text.replaceAll(/\s+/g, '');

async function wordText(bytes: Buffer): Promise<{ text: string; parts: Record<string, string> }> {
  const { files } = await JSZip.loadAsync(bytes);
  const parts: Record<string, string> = {};
  for (const [name, file] of Object.entries(files)) parts[name] = await file.async('string');
  const body = (parts['word/document.xml'] ?? '').replaceAll('<w:br/>', '\n');
  const text = [...body.matchAll(/<w:t[ >][^<]*<\/w:t>|<w:t>[^<]*<\/w:t>|<\/w:p>|\n/g)]
    .map(([each]) => (each.startsWith('<w:t') ? each.replaceAll(/<[^>]*>/g, '') : '\n'))
    .join('');
  return {
    text: text
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&apos;', "'")
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&'),
    parts,
  };
}

async function pdfText(bytes: Buffer): Promise<string> {
  const { text } = await extractText(new Uint8Array(bytes), { mergePages: true });
  return text;
}

describe('both kinds of file hold every paragraph', () => {
  test('in the order in which it is read', async () => {
    const [word, pdf] = await Promise.all([wordOf(doc), pdfOf(doc)]);
    for (const text of [(await wordText(word)).text, await pdfText(pdf)].map(close)) {
      let at = 0;
      for (const paragraph of textOf(doc)) {
        const found = text.indexOf(close(paragraph), at);
        expect(found, paragraph).toBeGreaterThanOrEqual(at);
        at = found;
      }
    }
  });

  test('of two thousand events, within seconds', async () => {
    const many: SmallDocument = {
      ...doc,
      blocks: Array.from({ length: 2000 }, (_, index): Block[] => [
        { type: 'heading', level: 3, text: `${1 + (index % 28)} March: event ${index}` },
        {
          type: 'paragraph',
          text: `Iona went to event ${index} with her gran, who had made a cake of two layers for it.`,
        },
        { type: 'paragraph', label: 'What it meant', text: `She slept well after event ${index}.` },
        { type: 'paragraph', quiet: true, text: 'Fact · from Social work · Safe, Nurtured' },
      ]).flat(),
    };
    const begun = performance.now();
    const [word, pdf] = [await wordOf(many), await pdfOf(many)];
    const took = performance.now() - begun;
    console.log(`2,000 events as Word and as PDF: ${Math.round(took)} ms`);
    expect(took).toBeLessThan(30_000);
    for (const text of [(await wordText(word)).text, await pdfText(pdf)].map(close))
      for (const index of [0, 999, 1999])
        expect(text).toContain(close(`She slept well after event ${index}.`));
  }, 60_000);
});

describe('the PDF', () => {
  test('is tagged, has its title and language, and carries its fonts', async () => {
    const bytes = await pdfOf(doc);
    const pdf = await getDocumentProxy(new Uint8Array(bytes));
    const { info } = await getMeta(pdf);
    expect(info.Title).toBe(doc.title);
    expect(info.Language).toBe('en-GB');
    const marks = await pdf.getMarkInfo();
    expect(marks?.Marked).toBe(true);
    const tree = JSON.stringify(await (await pdf.getPage(1)).getStructTree());
    for (const role of ['H1', 'H2', 'H3', 'P', 'L', 'LBody', 'BlockQuote', 'Table', 'TH', 'TD'])
      expect(tree, role).toContain(`"role":"${role}"`);
    const outline = await pdf.getOutline();
    expect(outline?.map(({ title }) => title)).toEqual(['Iona’s year']);
    expect(bytes.toString('latin1')).not.toMatch(/\/BaseFont \/(Helvetica|Times)/);
    expect(bytes.toString('latin1')).toMatch(/\/FontFile2/);
  });

  test('says so where words are in letters that it does not have, and never leaves them out in silence', async () => {
    const urdu: SmallDocument = {
      ...doc,
      blocks: [{ type: 'paragraph', text: 'She said ہم گھر گئے، کھانا کھایا and laughed 😀 12 times.' }],
    };
    const text = await pdfText(await pdfOf(urdu));
    expect(text.replaceAll(/\s+/g, ' ')).toContain(
      'She said [These words are in Urdu, or in another language of Arabic letters. The Word document shows them.] and laughed (a picture) 12 times.',
    );
    expect((await wordText(await wordOf(urdu))).text).toContain('ہم گھر گئے، کھانا کھایا');
  });

  test('a row that is longer than a page is still all there', async () => {
    const long = Array.from({ length: 900 }, (_, index) => `word${index}`).join(' ');
    const bytes = await pdfOf({
      ...doc,
      blocks: [{ type: 'table', caption: 'Long', columns: ['What', 'Who'], rows: [[long, 'Ailsa']] }],
    });
    const text = close(await pdfText(bytes));
    expect(text).toContain('word0word1');
    expect(text).toContain('word898word899');
  });

  test('a row has room for each line in it, and the head of a long table stands on every page', async () => {
    const lines = Array.from({ length: 40 }, (_, index) => `line ${index}`).join('\n');
    const table = (rows: readonly (readonly string[])[]): SmallDocument => ({
      ...doc,
      blocks: [{ type: 'table', caption: 'Long', columns: ['What', 'Who'], rows }],
    });
    const pagesOf = async (made: SmallDocument): Promise<string[]> =>
      (await extractText(new Uint8Array(await pdfOf(made)), { mergePages: false })).text;
    // A row of 40 lines takes most of a page, so that two of them cannot stand on one.
    expect(await pagesOf(table([[lines, 'Ailsa']]))).toHaveLength(1);
    expect(
      await pagesOf(
        table([
          [lines, 'Ailsa'],
          [lines, 'Gordon'],
        ]),
      ),
    ).toHaveLength(2);
    const long = await pagesOf(table(Array.from({ length: 80 }, (_, index) => [`thing ${index}`, 'Ailsa'])));
    expect(long.length).toBeGreaterThan(2);
    for (const page of long) expect(page.replaceAll(/\s+/g, ' ')).toContain('What Who thing');
  });

  test('larger letters make a longer document', async () => {
    const pages = async (large: boolean) => {
      const many = Array.from({ length: 10 }, () => blocks).flat();
      return (await getDocumentProxy(new Uint8Array(await pdfOf({ ...doc, large, blocks: many })))).numPages;
    };
    expect(await pages(true)).toBeGreaterThan(await pages(false));
  });
});

test('lines to write on are drawn in both, and a column can have twice the room of the others', async () => {
  const room = (count: number): SmallDocument => ({ ...doc, blocks: [{ type: 'lines', count }] });
  const pages = async (count: number) =>
    (await getDocumentProxy(new Uint8Array(await pdfOf(room(count))))).numPages;
  expect([await pages(2), await pages(60)]).toEqual([1, 2]);
  const { parts } = await wordText(await wordOf(room(3)));
  expect(parts['word/document.xml']?.match(/"LineToWriteOn"/g)).toHaveLength(3);
  expect(sharesOf({ columns: ['What', 'Who', 'By when'], wide: 0 })).toEqual([0.5, 0.25, 0.25]);
  expect(sharesOf({ columns: ['What', 'Who'] })).toEqual([0.5, 0.5]);
  const [table] = blocks.filter((each) => each.type === 'table');
  const wide: SmallDocument = { ...doc, blocks: table ? [{ ...table, wide: 0 }] : [] };
  const widths = (await wordText(await wordOf(wide))).parts['word/document.xml']?.match(
    /<w:gridCol w:w="\d+"\/>/g,
  );
  expect(widths).toEqual(['4535', '2267', '2267'].map((width) => `<w:gridCol w:w="${width}"/>`));
});

test('the Word document has real headings, its language and its title, and Urdu runs from the right', async () => {
  const { parts } = await wordText(
    await wordOf({ ...doc, blocks: [...blocks, { type: 'paragraph', text: 'ہم گھر گئے' }] }),
  );
  const body = parts['word/document.xml'] ?? '';
  expect(body).toContain('<w:pStyle w:val="Heading1"/>');
  expect(body).toContain('<w:bidi/>');
  expect(body).toContain('<w:rtl/>');
  expect(parts['word/styles.xml']).toContain('en-GB');
  expect(parts['docProps/core.xml']).toContain('Plan for Iona Baird');
});

test('characters that no document can hold are left out; accents are put together', () => {
  expect(printable('a\u0000b\u000bc\uFFFE')).toBe('abc');
  expect(printable('u\u0300r')).toBe('ùr');
  expect(isRightToLeft('ہم گھر')).toBe(true);
  expect(isRightToLeft('Iona ہم')).toBe(false);
});

test('letters come from the part of the font that has them', () => {
  expect(lettersFor('Iona', 'plain')).toEqual([{ text: 'Iona', font: 'latin 400-normal' }]);
  expect(lettersFor('Żółć', 'bold').map(({ font }) => font)).toEqual([
    'latin-ext 700-normal',
    'latin 700-normal',
    'latin-ext 700-normal',
  ]);
});

test('a file has a name that every machine can keep', async () => {
  const { file, contentType, body } = await documentFile({ ...doc, blocks: [] }, 'pdf');
  expect([file, contentType, body.subarray(0, 5).toString()]).toEqual([
    'plan-for-iona-baird.pdf',
    'application/pdf',
    '%PDF-',
  ]);
  expect(fileNameOf('Chronology of Seònaid Świętosława / 2026', 'docx')).toBe(
    'chronology-of-seonaid-swietoslawa-2026.docx',
  );
  expect(fileNameOf('ہم', 'pdf')).toBe('document.pdf');
});

test('a web font unpacked is the font that it was made of, and anything else is refused', () => {
  for (const { name, font } of fonts()) {
    const [tables, directory] = [font.readUInt16BE(4), font.subarray(12)];
    const tags = Array.from({ length: tables }, (_, at) =>
      directory.toString('latin1', 16 * at, 16 * at + 4),
    );
    expect(tags, name).toEqual(
      expect.arrayContaining(['cmap', 'glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp']),
    );
    for (const at of tags.keys()) {
      const [sum, offset, length] = [4, 8, 12].map((from) => directory.readUInt32BE(16 * at + from));
      const table = Buffer.from(font.subarray(offset, (offset ?? 0) + Math.ceil((length ?? 0) / 4) * 4));
      // The sum of a font's head leaves out the sum of the whole, which stands in it.
      if (tags[at] === 'head') table.writeUInt32BE(0, 8);
      let found = 0;
      for (let word = 0; word < table.length; word += 4) found = (found + table.readUInt32BE(word)) >>> 0;
      expect(found, `${name} ${tags[at]}`).toBe(sum);
    }
  }
  expect(() => plainFont(Buffer.from('OTTO and more'))).toThrow('not a web font');
});
