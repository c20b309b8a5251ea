/**
 * A report as a Word document that people can go on working with: real headings, lists, captions, repeated table
 * header rows, live links and cross-references. Paragraph numbers are text with a hanging indent, so that they stay
 * as published whatever is pasted where. Charts are drawn by Word from their own figures and each is followed by its
 * figures as a table.
 */
import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  HeadingLevel,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  Tab,
  TabStopType,
  TextRun,
  type Table as WordTable,
} from 'docx';
import { dayText } from '../days.ts';
import { figuresStatement, periodInWords, type ReportDocument, recommendationLabel } from './document.ts';
import {
  type NumberedParagraph,
  type NumberedPart,
  type NumberedReport,
  numberReport,
  type PlacedBlock,
} from './numbering.ts';
import { ink, layout, lists, numbering, styleNames, styles } from './word-styles.ts';
import { wordChart, wordForm, wordTable } from './word-tables.ts';
import { bookmarked, printable, run, runsOf, tabbed, type WordContext } from './word-text.ts';

type Content = Paragraph | WordTable;

const heading1 = (title: string, number?: { text: string; anchor: string }) =>
  new Paragraph({
    heading: HeadingLevel.HEADING_1,
    children:
      number === undefined ? [run(title)] : [bookmarked(number.anchor, `${number.text}.`), tabbed(title)],
  });

const heading2 = (part: NumberedPart) =>
  new Paragraph({
    heading: HeadingLevel.HEADING_2,
    indent: { left: layout.indent, hanging: part.number === undefined ? 0 : layout.indent },
    children:
      part.number === undefined
        ? [run(part.title)]
        : [bookmarked(part.anchor, part.number), tabbed(part.title)],
  });

const box = (ticked: boolean, words: string) => [
  new TextRun({ text: ticked ? '☒' : '☐', font: 'Segoe UI Symbol' }),
  run(` ${words}`),
];

const headBlock = ({ head, period }: ReportDocument): Content[] => {
  const answers: readonly (readonly [string, string])[] = [
    ['Reference', head.reference],
    ['Date', dayText(head.date)],
    ['From', [head.from.name, head.from.post].filter((text) => text !== '').join(', ')],
    ['E-mail', head.email],
    ['Telephone', head.telephone],
    ['Figures for', periodInWords(period)],
  ];
  return [
    new Paragraph({ style: styleNames.council, children: [run(`${head.council} report`)] }),
    new Paragraph({ heading: HeadingLevel.TITLE, children: [run(head.title)] }),
    wordForm([
      { label: 'Committee', value: [run(head.committee)] },
      {
        label: 'Purpose',
        value: [
          ...box(head.purpose.approval, 'For approval'),
          run('      '),
          ...box(head.purpose.noting, 'For noting'),
        ],
      },
      ...answers
        .filter(([, value]) => value.trim() !== '')
        .map(([label, value]) => ({ label, value: [run(value)] })),
    ]),
  ];
};

/** Where a paragraph and all inside it stand: in the summary, or in a section, where text hangs beside its number. */
type Place = { readonly style: string; readonly indent: number; readonly listLevel: number };
const inSummary: Place = { style: styleNames.body, indent: 0, listLevel: 0 };
const inSection: Place = { style: styleNames.within, indent: layout.indent, listLevel: 1 };

const bodyOf = (doc: ReportDocument, report: NumberedReport, context: WordContext): Content[] => {
  let orderedLists = 0;

  const blockOf = (
    block: PlacedBlock,
    next: PlacedBlock | undefined,
    place: Place,
    number: ParagraphChild[] | undefined,
  ): Content[] => {
    if (block.type === 'table') return wordTable(block.table, { ...block, indent: place.indent }, context);
    if (block.type === 'chart') return wordChart(block, { ...block, indent: place.indent }, context);
    if (block.type === 'paragraph')
      return [
        new Paragraph({
          style: number === undefined ? place.style : styleNames.numbered,
          // "The table below shows:" stays on the page of the table or list.
          keepNext: next !== undefined && next.type !== 'paragraph',
          children: [...(number ?? []), ...runsOf(block.text, context)],
        }),
      ];
    if (block.ordered) orderedLists += 1;
    const list = {
      reference: block.ordered ? lists.ordered : lists.bullets,
      level: place.listLevel,
      // Each ordered list counts from 1 again.
      instance: block.ordered ? orderedLists : 0,
    };
    const last = block.items.length - 1;
    return block.items.map(
      (item, index) =>
        new Paragraph({
          style: styleNames.listItem,
          numbering: list,
          ...(index === last ? { spacing: { after: 140 } } : {}),
          children: runsOf(item, context),
        }),
    );
  };

  const paragraphsOf = (paragraphs: readonly NumberedParagraph[], place: Place): Content[] =>
    paragraphs.flatMap(({ number, anchor, blocks }) =>
      blocks.flatMap((block, index) =>
        blockOf(
          block,
          blocks[index + 1],
          place,
          number !== undefined && index === 0 ? [bookmarked(anchor, number), tabbed()] : undefined,
        ),
      ),
    );

  const { recommendations, planPriority, signOff } = doc;
  return [
    ...headBlock(doc),
    heading1('Executive summary'),
    ...paragraphsOf(report.executiveSummary, inSummary),
    heading1('Recommendations'),
    new Paragraph({
      style: styleNames.body,
      keepNext: true,
      children: runsOf(recommendations.intro, context),
    }),
    ...recommendations.items.map(
      (item, index) =>
        new Paragraph({
          style: styleNames.recommendation,
          children: [run(recommendationLabel(index)), tabbed(), ...runsOf(item, context)],
        }),
    ),
    heading1(planPriority.plan),
    wordForm([
      { label: 'Priority', value: [run(planPriority.priority)] },
      { label: 'Ambition statement', value: [run(planPriority.ambition)] },
    ]),
    ...report.sections.flatMap((section) => [
      heading1(section.title, { text: section.number, anchor: section.anchor }),
      ...paragraphsOf(section.paragraphs, inSection),
      ...section.parts.flatMap((part) => [heading2(part), ...paragraphsOf(part.paragraphs, inSection)]),
    ]),
    new Paragraph({
      style: styleNames.signOff,
      keepNext: true,
      spacing: { before: 720 },
      children: [run(signOff.name, true)],
    }),
    new Paragraph({ style: styleNames.signOff, children: [run(signOff.post)] }),
  ];
};

const footerOf = (doc: ReportDocument) =>
  new Footer({
    children: [
      new Paragraph({
        style: styleNames.footer,
        border: { top: { style: BorderStyle.SINGLE, size: 4, space: 6, color: ink.rule } },
        tabStops: [{ type: TabStopType.RIGHT, position: layout.text }],
        children: [
          run(figuresStatement(doc)),
          new TextRun({ children: [new Tab(), 'Page ', PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES] }),
        ],
      }),
    ],
  });

const headerOf = (doc: ReportDocument) =>
  new Header({
    children: [
      new Paragraph({
        style: styleNames.footer,
        alignment: AlignmentType.RIGHT,
        children: doc.status === 'draft' ? [new TextRun({ text: 'Draft', bold: true, size: 24 })] : [],
      }),
    ],
  });

/**
 * The report as the bytes of a .docx file. `baseUrl` is the address of the site: with it, the source under each table
 * opens the measure behind it; without it those are plain words, since a document cannot open a path. Links to other
 * sites are always live. Throws a `Problem` when a reference leads nowhere.
 */
export const renderWord = async (
  doc: ReportDocument,
  options: { readonly baseUrl?: URL } = {},
): Promise<Buffer> => {
  const report = numberReport(doc);
  const context: WordContext = { references: report.references, baseUrl: options.baseUrl };
  const { margin, page } = layout;
  const file = new Document({
    title: printable(doc.head.title),
    subject: printable(doc.head.committee),
    creator: printable(doc.head.from.name),
    lastModifiedBy: printable(doc.head.council),
    description: `${figuresStatement(doc)}. Figures for ${periodInWords(doc.period)}.`,
    keywords: printable([doc.head.reference, doc.head.council].filter((text) => text !== '').join(', ')),
    styles,
    numbering,
    sections: [
      {
        properties: {
          page: {
            size: page,
            margin: {
              top: margin,
              bottom: margin,
              left: margin,
              right: margin,
              header: 600,
              footer: 600,
            },
          },
        },
        headers: { default: headerOf(doc) },
        footers: { default: footerOf(doc) },
        children: bodyOf(doc, report, context),
      },
    ],
  });
  return Packer.toBuffer(file);
};
