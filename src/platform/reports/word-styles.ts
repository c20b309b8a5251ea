/**
 * How a report looks in Word: the measurements, colours, styles and lists, apart from what is said. Lengths are in
 * twentieths of a point, font sizes in half points, as Word counts them.
 */
import { AlignmentType, type INumberingOptions, type IStylesOptions, LevelFormat, LineRuleType } from 'docx';

export const ink = {
  heading: '0B2A4A',
  link: '0050A0',
  quiet: '4A4A4A',
  rule: '8A99A8',
  shade: 'E4EBF2',
} as const;

/** A4 with 2.5 cm margins; paragraphs hang by `indent`, so that numbers stand in a column of their own. */
export const layout = {
  page: { width: 11906, height: 16838 },
  margin: 1418,
  text: 11906 - 2 * 1418,
  indent: 737,
} as const;

/** Names of the paragraph styles, for whoever opens the document and wants to change them in one place. */
export const styleNames = {
  council: 'Council',
  listItem: 'ReportListItem',
  body: 'ReportBody',
  numbered: 'NumberedParagraph',
  within: 'WithinParagraph',
  recommendation: 'Recommendation',
  cell: 'TableText',
  cellHeading: 'TableHeading',
  source: 'TableSource',
  signOff: 'SignOff',
  footer: 'ReportFooter',
} as const;

const hanging = { left: layout.indent, hanging: layout.indent };
const paragraphBase = { basedOn: 'Normal', quickFormat: true } as const;

export const styles: IStylesOptions = {
  default: {
    document: {
      run: { font: 'Arial', size: 24, language: { value: 'en-GB', eastAsia: 'en-GB' } },
      paragraph: { spacing: { line: 264, lineRule: LineRuleType.AUTO, after: 140 } },
    },
    title: {
      run: { size: 36, bold: true, color: ink.heading },
      paragraph: {
        spacing: { before: 60, after: 200, line: 252, lineRule: LineRuleType.AUTO },
        keepNext: true,
      },
    },
    heading1: {
      run: { size: 28, bold: true, color: ink.heading },
      paragraph: { spacing: { before: 360, after: 140 }, keepNext: true, keepLines: true, indent: hanging },
    },
    heading2: {
      run: { size: 25, bold: true, color: ink.heading },
      paragraph: { spacing: { before: 240, after: 120 }, keepNext: true, keepLines: true },
    },
    caption: {
      run: { size: 22, bold: true, italics: false, color: ink.heading },
      paragraph: { spacing: { before: 160, after: 80 }, keepNext: true, indent: { left: layout.indent } },
    },
    hyperlink: { run: { color: ink.link, underline: {} } },
  },
  paragraphStyles: [
    {
      ...paragraphBase,
      id: styleNames.council,
      name: 'Council',
      run: { size: 26, bold: true, color: ink.quiet },
      paragraph: {
        spacing: { after: 160 },
        border: { bottom: { style: 'single', size: 12, space: 6, color: ink.heading } },
      },
    },
    { ...paragraphBase, id: styleNames.body, name: 'Report body' },
    {
      ...paragraphBase,
      id: styleNames.numbered,
      name: 'Numbered paragraph',
      paragraph: { indent: hanging },
    },
    {
      ...paragraphBase,
      id: styleNames.within,
      name: 'Within paragraph',
      paragraph: { indent: { left: layout.indent } },
    },
    {
      ...paragraphBase,
      id: styleNames.listItem,
      name: 'Report list item',
      paragraph: { spacing: { after: 80 } },
    },
    {
      ...paragraphBase,
      id: styleNames.recommendation,
      name: 'Recommendation',
      paragraph: { indent: hanging },
    },
    {
      ...paragraphBase,
      id: styleNames.cell,
      name: 'Table text',
      run: { size: 22 },
      paragraph: { spacing: { before: 40, after: 40, line: 252, lineRule: LineRuleType.AUTO } },
    },
    {
      ...paragraphBase,
      id: styleNames.cellHeading,
      name: 'Table heading',
      basedOn: styleNames.cell,
      run: { bold: true, size: 22, color: ink.heading },
    },
    {
      ...paragraphBase,
      id: styleNames.source,
      name: 'Table source',
      run: { size: 19, color: ink.quiet },
      paragraph: { spacing: { before: 80, after: 220 }, indent: { left: layout.indent } },
    },
    {
      ...paragraphBase,
      id: styleNames.signOff,
      name: 'Sign-off',
      paragraph: { spacing: { after: 0 }, keepLines: true },
    },
    {
      ...paragraphBase,
      id: styleNames.footer,
      name: 'Report footer',
      run: { size: 18, color: ink.quiet },
      paragraph: { spacing: { after: 0 } },
    },
  ],
};

/** The references of the two real lists: bullets, and 1, 2, 3. */
export const lists = { bullets: 'report-bullets', ordered: 'report-ordered' } as const;

const listIndent = (left: number) => ({ style: { paragraph: { indent: { left, hanging: 340 } } } });

/** Level 0 is a list in the summary, level 1 a list inside a numbered paragraph. */
export const numbering: INumberingOptions = {
  config: [
    {
      reference: lists.bullets,
      levels: [0, layout.indent].map((extra, level) => ({
        level,
        format: LevelFormat.BULLET,
        text: '•',
        alignment: AlignmentType.LEFT,
        ...listIndent(extra + 397),
      })),
    },
    {
      reference: lists.ordered,
      levels: [0, layout.indent].map((extra, level) => ({
        level,
        format: LevelFormat.DECIMAL,
        text: `%${level + 1}.`,
        alignment: AlignmentType.LEFT,
        ...listIndent(extra + 397),
      })),
    },
  ],
};
