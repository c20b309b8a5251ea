import { dayText } from '../../platform/days.ts';
import { csvText } from '../../platform/files/csv.ts';
import type { ReportDocument, Section } from '../../platform/reports/document.ts';
import { blocksFromText } from '../../platform/reports/narrative.ts';
import { renderWord } from '../../platform/reports/word.ts';
import { yearText } from '../../record/funds/rules.ts';
import { type Content, countText, type ReturnTable, rateWords, tablesOf } from './content.ts';
import { type Half, halfText, remarkSections } from './rules.ts';

// A six-monthly return as files: CSV for machines, Word for people.

export interface ReturnPaper {
  year: number;
  half: Half;
  content: Content;
  remarks: Readonly<Record<string, string>>;
  /** The day it was sent; nothing for a draft. */
  sentOn: Temporal.PlainDate | null;
  council: string;
  now: Temporal.Instant;
}

export const fileName = ({ year, half }: Pick<ReturnPaper, 'year' | 'half'>): string =>
  `mental-health-return-${year}-${half === 1 ? 'april-september' : 'october-march'}`;

/** The figures that stand first. */
export const headFigures = (content: Content): readonly (readonly [string, string])[] => [
  ['Children and young people reached', countText(content.figures.children)],
  ['Families reached', countText(content.figures.families)],
  ['Parents, carers and other adults who came with them', countText(content.figures.carers)],
  ['Went on to crisis support', countText(content.figures.crisis)],
  ['Share who went on to crisis support', rateWords(content)],
];

/** One line for each figure: which table, which row, which column, and the value as printed. */
export function returnCsv({ year, half, content, remarks, sentOn }: ReturnPaper): string {
  const cells = (table: ReturnTable) =>
    table.rows.flatMap(([head = '', ...rest]) =>
      rest.map((value, index) => [table.title, head, table.columns[index + 1]?.title ?? '', value]),
    );
  return csvText(
    ['table', 'row', 'column', 'value'],
    [
      ['Return', 'Half year', '', halfText(year, half)],
      ['Return', 'Sent', '', sentOn === null ? 'Draft' : sentOn.toString()],
      ...headFigures(content).map(([title, value]) => ['Whom it reached', title, '', value]),
      ...tablesOf(content).flatMap(cells),
      ...content.missing.map((words) => ['What is missing', words, '', '']),
      ...remarkSections.flatMap(({ id, title }) =>
        remarks[id] === undefined ? [] : [['Remarks', title, '', remarks[id]]],
      ),
    ],
  );
}

/** Under which heading each table stands. */
const places: Readonly<Record<string, readonly string[]>> = {
  supports: ['supports'],
  reach: ['head', 'reach', 'age', 'gender', 'care', 'standing', 'issue', 'times'],
  outcomes: ['outcomes'],
  crisis: [],
  money: ['money', 'spent'],
  next: [],
};

function documentOf(paper: ReturnPaper): ReportDocument {
  const { year, half, content, remarks, council, now, sentOn } = paper;
  const head: ReturnTable = {
    id: 'head',
    title: 'Whom the supports reached, together',
    columns: [
      { title: 'Figure', numeric: false },
      { title: 'Number', numeric: true },
    ],
    rows: headFigures(content).map((row) => [...row]),
  };
  const tables = [head, ...tablesOf(content)];
  const sections: Section[] = remarkSections.map(({ id, title }) => ({
    id,
    title,
    blocks: [
      ...blocksFromText(remarks[id] ?? 'No remarks.'),
      ...tables
        .filter((table) => places[id]?.includes(table.id))
        .map((table) => ({
          type: 'table' as const,
          id: `table-${table.id}`,
          table: {
            caption: table.title,
            columns: [...table.columns],
            rows: table.rows.map((row) => [...row]),
            sources: [],
          },
        })),
    ],
  }));
  const { from, to } = content.figures;
  return {
    head: {
      council,
      committee: 'Scottish Government',
      purpose: { approval: false, noting: true },
      reference: '',
      date: sentOn ?? now.toZonedDateTimeISO('Europe/London').toPlainDate(),
      title: `Community mental health and wellbeing supports and services: return for ${halfText(year, half)}`,
      from: { name: '', post: '' },
      email: '',
      telephone: '',
    },
    executiveSummary: [
      {
        type: 'paragraph',
        text: `In these months the supports of ${yearText(year)} reached ${countText(content.figures.children)} children and young people and ${countText(content.figures.families)} families. Of the children and young people, ${countText(content.figures.crisis)} went on to crisis support (${rateWords(content)}).`,
      },
      ...(content.missing.length === 0
        ? []
        : [
            { type: 'paragraph' as const, text: 'What is missing:' },
            { type: 'bullets' as const, items: content.missing },
          ]),
    ],
    recommendations: {
      intro: sentOn === null ? 'This is a draft.' : `Sent on ${dayText(sentOn)}.`,
      items: [],
    },
    planPriority: {
      plan: 'Priorities of the year',
      priority: content.priorities.map(({ title }) => title).join('; '),
      ambition: 'Help early, close to home, made together with children, young people and families',
    },
    sections,
    asAt: now,
    period: { from: Temporal.PlainDate.from(from), to: Temporal.PlainDate.from(to) },
    signOff: { name: council, post: '' },
    status: sentOn === null ? 'draft' : 'published',
  };
}

/** The return as the bytes of a Word file. */
export const returnWord = (paper: ReturnPaper, publicUrl?: string): Promise<Buffer> =>
  renderWord(documentOf(paper), publicUrl === undefined ? {} : { baseUrl: new URL(publicUrl) });
