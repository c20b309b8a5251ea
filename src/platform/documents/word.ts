import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeadingLevel,
  type IParagraphStyleOptions,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  ShadingType,
  Tab,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  WidthType,
  Table as WordTable,
} from 'docx';
import { ink, layout, styleNames, styles } from '../reports/word-styles.ts';
import { type Block, isRightToLeft, labelText, printable, type SmallDocument, sharesOf } from './document.ts';

const names = { quote: 'OwnWords', quiet: 'Quiet', line: 'LineToWriteOn', bullets: 'bullets' } as const;
/** How much larger letters are where a document is for those who read better so: 16 points where others have 11. */
const larger = 16 / 11;

/** Text as runs: each line of it, from right to left where it is read so; in bold all of it, or its first line. */
const runs = (text: string, bold: boolean | 'first' = false): TextRun[] =>
  printable(text)
    .split('\n')
    .map(
      (line, index) =>
        new TextRun({
          text: line,
          ...(index > 0 ? { break: 1 } : {}),
          ...(bold === true || (bold === 'first' && index === 0) ? { bold: true } : {}),
          ...(isRightToLeft(line) ? { rightToLeft: true } : {}),
        }),
    );

const direction = (text: string) => (isRightToLeft(text) ? { bidirectional: true } : {});

const heading = { 2: HeadingLevel.HEADING_1, 3: HeadingLevel.HEADING_2 } as const;
/** The headings of a report hang beside their numbers; here there are none. */
const flush = { left: 0, hanging: 0 };

const rule = (size: number) => ({
  style: BorderStyle.SINGLE,
  size,
  color: size > 4 ? ink.heading : ink.rule,
});
const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };

const tableOf = ({ columns, rows, wide }: Extract<Block, { type: 'table' }>): WordTable => {
  const widths = sharesOf({ columns, wide }).map((share) => Math.floor(share * layout.text));
  const cell = (text: string, { head, column }: { head: boolean; column: number }) =>
    new TableCell({
      width: { size: widths[column] ?? 0, type: WidthType.DXA },
      ...(head ? { shading: { type: ShadingType.CLEAR, fill: ink.shade, color: 'auto' } } : {}),
      children: [
        new Paragraph({
          style: head ? styleNames.cellHeading : styleNames.cell,
          ...direction(text),
          children: runs(text, column === 0 && !head ? 'first' : false),
        }),
      ],
    });
  return new WordTable({
    layout: TableLayoutType.FIXED,
    width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    columnWidths: widths,
    margins: { top: 40, bottom: 40, left: 100, right: 100 },
    tableLook: { firstRow: true, firstColumn: true, noHBand: true, noVBand: true },
    borders: {
      top: rule(8),
      bottom: rule(8),
      left: none,
      right: none,
      insideHorizontal: rule(4),
      insideVertical: none,
    },
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: columns.map((title, column) => cell(title, { head: true, column })),
      }),
      ...rows.map(
        (row) =>
          new TableRow({
            cantSplit: true,
            children: row.map((text, column) => cell(text, { head: false, column })),
          }),
      ),
    ],
  });
};

const blockOf = (block: Block): (Paragraph | WordTable)[] => {
  switch (block.type) {
    case 'heading':
      return [
        new Paragraph({
          heading: heading[block.level],
          indent: flush,
          ...direction(block.text),
          children: runs(block.text),
        }),
      ];
    case 'paragraph':
      return [
        new Paragraph({
          style: block.quiet ? names.quiet : styleNames.body,
          ...direction(block.text),
          children: [
            ...(block.label === undefined ? [] : runs(labelText(block.label), true)),
            ...runs(block.text),
          ],
        }),
      ];
    case 'bullets':
      return block.items.map(
        (item) =>
          new Paragraph({
            style: styleNames.listItem,
            numbering: { reference: names.bullets, level: 0 },
            ...direction(item),
            children: runs(item),
          }),
      );
    case 'quote':
      return [
        new Paragraph({
          style: names.quote,
          keepNext: block.by !== undefined,
          ...direction(block.text),
          children: runs(block.text),
        }),
        ...(block.by === undefined
          ? []
          : [
              new Paragraph({
                style: names.quiet,
                indent: { left: layout.indent },
                children: runs(block.by),
              }),
            ]),
      ];
    case 'lines':
      return Array.from({ length: block.count }, () => new Paragraph({ style: names.line, children: [] }));
    case 'table':
      return [
        new Paragraph({ style: 'Caption', indent: flush, keepNext: true, children: runs(block.caption) }),
        tableOf(block),
        new Paragraph({ style: styleNames.body, children: [] }),
      ];
  }
};

/** Styles of small documents besides those of the house. */
const ownStyles: readonly IParagraphStyleOptions[] = [
  {
    id: names.quote,
    name: 'Own words',
    basedOn: 'Normal',
    quickFormat: true,
    run: { italics: true, size: 24 },
    paragraph: {
      indent: { left: layout.indent },
      border: { left: { style: BorderStyle.SINGLE, size: 24, space: 12, color: ink.heading } },
    },
  },
  {
    id: names.quiet,
    name: 'Quiet',
    basedOn: 'Normal',
    quickFormat: true,
    run: { size: 19, color: ink.quiet },
    paragraph: { spacing: { after: 120 } },
  },
  {
    id: names.line,
    name: 'Line to write on',
    basedOn: 'Normal',
    quickFormat: true,
    paragraph: {
      spacing: { before: 320, after: 0 },
      // Borders of paragraphs that follow each other are drawn as one unless there is one between them as well.
      border: {
        bottom: { style: BorderStyle.SINGLE, size: 6, space: 1, color: ink.rule },
        between: { style: BorderStyle.SINGLE, size: 6, space: 1, color: ink.rule },
      },
    },
  },
];

/** A style of the house with its letters made larger; the foot of a page stays small. */
const scaled = <T extends { id?: string; run?: object | undefined }>(style: T, scale: number): T => {
  const size: unknown = style.run && 'size' in style.run ? style.run.size : undefined;
  return typeof size === 'number' && style.id !== styleNames.footer
    ? { ...style, run: { ...style.run, size: Math.round(size * scale) } }
    : style;
};

const documentStyles = (large: boolean) => {
  const scale = large ? larger : 1;
  const { heading1, heading2, title, caption, document } = styles.default ?? {};
  return {
    ...styles,
    default: {
      ...styles.default,
      ...(heading1 ? { heading1: scaled(heading1, scale) } : {}),
      ...(heading2 ? { heading2: scaled(heading2, scale) } : {}),
      ...(title ? { title: scaled(title, scale) } : {}),
      ...(caption ? { caption: scaled(caption, scale) } : {}),
      document: scaled({ ...document, run: { ...document?.run, size: 22 } }, scale),
    },
    paragraphStyles: [...(styles.paragraphStyles ?? []), ...ownStyles].map((style) => scaled(style, scale)),
  };
};

/** The document as the bytes of a .docx file: real headings, lists and tables that people can go on working with. */
export const wordOf = (doc: SmallDocument): Promise<Buffer> => {
  const { margin, page, text } = layout;
  const file = new Document({
    title: printable(doc.title),
    description: printable(doc.subtitle ?? doc.title),
    creator: 'Kith',
    lastModifiedBy: 'Kith',
    styles: documentStyles(doc.large === true),
    numbering: {
      config: [
        {
          reference: names.bullets,
          levels: [
            {
              level: 0,
              format: LevelFormat.BULLET,
              text: '•',
              alignment: AlignmentType.LEFT,
              style: { paragraph: { indent: { left: 397, hanging: 340 } } },
            },
          ],
        },
      ],
    },
    sections: [
      {
        properties: {
          page: {
            size: page,
            margin: { top: margin, bottom: margin, left: margin, right: margin, header: 600, footer: 600 },
          },
        },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                style: styleNames.footer,
                border: { top: { style: BorderStyle.SINGLE, size: 4, space: 6, color: ink.rule } },
                tabStops: [{ type: TabStopType.RIGHT, position: text }],
                children: [
                  ...runs(doc.foot),
                  new TextRun({
                    children: [new Tab(), 'Page ', PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES],
                  }),
                ],
              }),
            ],
          }),
        },
        children: [
          new Paragraph({
            heading: HeadingLevel.TITLE,
            ...direction(doc.title),
            children: runs(doc.title),
          }),
          ...(doc.subtitle === undefined
            ? []
            : [
                new Paragraph({
                  style: styleNames.council,
                  ...direction(doc.subtitle),
                  children: runs(doc.subtitle),
                }),
              ]),
          ...doc.blocks.flatMap(blockOf),
        ],
      },
    ],
  });
  return Packer.toBuffer(file);
};
