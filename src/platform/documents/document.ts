import { dayText } from '../days.ts';
/** One part of a document, from the top to the bottom. Text is plain: line ends in it are kept, nothing in it is mark-up. */
export type Block =
  | { readonly type: 'heading'; readonly level: 2 | 3; readonly text: string }
  | {
      readonly type: 'paragraph';
      readonly text: string;
      /** Words in bold before the text: "What it meant for Iona". */
      readonly label?: string | undefined;
      /** Smaller and greyer: where something is from, who wrote it. */
      readonly quiet?: boolean | undefined;
    }
  | { readonly type: 'bullets'; readonly items: readonly string[] }
  | {
      readonly type: 'table';
      readonly caption: string;
      readonly columns: readonly string[];
      /** A cell for each column; the first of a row is its heading. */
      readonly rows: readonly (readonly string[])[];
      /** The column, counted from 0, that has twice the room of the others; none unless said. */
      readonly wide?: number | undefined;
    }
  /** Somebody's own words, as said. */
  | { readonly type: 'quote'; readonly text: string; readonly by?: string | undefined }
  /** So many empty lines on which somebody can write with a pen. */
  | { readonly type: 'lines'; readonly count: number };

/** A document of a few pages or a few hundred, as Word and as PDF: a chronology, a plan, a letter, notes of a meeting. */
export interface SmallDocument {
  readonly title: string;
  readonly subtitle?: string | undefined;
  readonly blocks: readonly Block[];
  /** What stands at the foot of every page beside its number: whose it is and of what day. */
  readonly foot: string;
  /** Letters of 16 points and more room, for those who read better so. */
  readonly large?: boolean | undefined;
}

/** The day of a document: when it was made or, for a past day, as which it shows the record. */
export interface DayOf {
  today: Temporal.PlainDate;
  past: boolean;
}

export const dayOfDocument = ({ today, past }: DayOf): string =>
  past ? `As it stood on ${dayText(today)}` : `Made on ${dayText(today)}`;

/** What people may ask for. */
export const documentKinds = {
  docx: {
    title: 'Word',
    contentType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  },
  pdf: { title: 'PDF', contentType: 'application/pdf' },
} as const;
export type DocumentKind = keyof typeof documentKinds;

/** What part of the width of its table each column has; together they are 1. */
export const sharesOf = ({
  columns,
  wide,
}: Pick<Extract<Block, { type: 'table' }>, 'columns' | 'wide'>): number[] => {
  const parts = columns.map((_, column) => (column === wide ? 2 : 1));
  const whole = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => part / whole);
};

/** The text without characters that no document can hold, which come with text pasted from elsewhere; accents put together. */
export const printable = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replaceAll('\r\n', '\n')
    .replace(/(?![\t\n])[\p{Cc}\uFFFE\uFFFF]/gu, '');

/** The words in bold before a paragraph, with what stands between them and it: "Lead professional: ", "Is it voluntary? ". */
export const labelText = (label: string): string => (/[?!.:]$/.test(label) ? `${label} ` : `${label}: `);

/** Whether a text is read from right to left: it begins with a letter of such a script. */
export const isRightToLeft = (text: string): boolean =>
  /^\P{L}*[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(text);

/** The text of a document in the order in which it is read: what both its forms must hold. */
export const textOf = ({ title, subtitle, blocks }: SmallDocument): string[] => [
  title,
  ...(subtitle === undefined ? [] : [subtitle]),
  ...blocks.flatMap((block) => {
    switch (block.type) {
      case 'bullets':
        return block.items;
      case 'table':
        return [block.caption, ...block.columns, ...block.rows.flat()];
      case 'quote':
        return block.by === undefined ? [block.text] : [block.text, block.by];
      case 'paragraph':
        return block.label === undefined ? [block.text] : [block.label, block.text];
      case 'lines':
        return [];
      default:
        return [block.text];
    }
  }),
];

/** A title as the name of a file: letters, digits and dashes. */
export const fileNameOf = (title: string, kind: DocumentKind): string =>
  `${
    title
      .normalize('NFD')
      .toLowerCase()
      .replace(/\p{M}/gu, '')
      .replaceAll(/[’']/g, '')
      .replaceAll('ł', 'l')
      .replaceAll('ø', 'o')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 80) || 'document'
  }.${kind}`;
