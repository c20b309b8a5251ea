/**
 * Numbers a report. Sections are 1, 2, 3; paragraphs are 2.1, 2.2 … straight through plain sub-headings; a numbered
 * heading takes the next number itself. Tables and charts are Table 1, Chart 1 through the whole report. Nobody types
 * a number, so none is ever used twice and every cross-reference is right. Pure.
 */
import { Problem } from '../problem.ts';
import type {
  Block,
  BulletsBlock,
  ChartBlock,
  ParagraphBlock,
  ReportDocument,
  TableBlock,
} from './document.ts';
import { recommendationLabel } from './document.ts';
import { referencesIn } from './inline.ts';

/** What a reference says ("2.5", "Table 1") and the anchor it leads to. */
export type Reference = { readonly text: string; readonly anchor: string };

/** A table or chart with its label ("Table 1") and anchor. */
export type LabelledBlock = (TableBlock | ChartBlock) & { readonly label: string; readonly anchor: string };
export type PlacedBlock = ParagraphBlock | BulletsBlock | LabelledBlock;

/** A paragraph with all that sits inside it. Without a number in the summary and under a numbered heading. */
export type NumberedParagraph = {
  readonly number: string | undefined;
  readonly anchor: string | undefined;
  readonly blocks: readonly PlacedBlock[];
};

/** A heading inside a section; `number` is `undefined` for a plain one. */
export type NumberedPart = {
  readonly title: string;
  readonly number: string | undefined;
  readonly anchor: string;
  readonly paragraphs: readonly NumberedParagraph[];
};

export type NumberedSection = NumberedPart & {
  readonly number: string;
  readonly parts: readonly NumberedPart[];
};

export type NumberedReport = {
  readonly executiveSummary: readonly NumberedParagraph[];
  readonly sections: readonly NumberedSection[];
  readonly references: ReadonlyMap<string, Reference>;
};

const unknownReference = (id: string, place: string, unnumbered = false) =>
  new Problem(
    422,
    'unknown-reference',
    unnumbered
      ? `The report refers to “${id}”, which has no number`
      : `The report refers to “${id}”, but nothing in it has that name`,
    { detail: `Correct or remove {{ref:${id}}} in ${place}.` },
  );

/**
 * What a reference stands for. Throws a `Problem` when there is nothing of that name; a report that went through
 * `numberReport` has none.
 */
export const resolveReference = (references: ReadonlyMap<string, Reference>, id: string): Reference => {
  const found = references.get(id);
  if (found === undefined) throw unknownReference(id, 'the report');
  return found;
};

/** The text items of a block in which references can stand. */
const textsOf = (block: Block): readonly string[] => {
  if (block.type === 'paragraph') return [block.text];
  return block.type === 'bullets' ? block.items : [];
};

const checkReferences = (doc: ReportDocument, numbered: NumberedReport, unnumbered: ReadonlySet<string>) => {
  const check = (text: string, place: string) => {
    for (const id of referencesIn(text))
      if (!numbered.references.has(id)) throw unknownReference(id, place, unnumbered.has(id));
  };
  const checkParagraphs = (paragraphs: readonly NumberedParagraph[], place: string) => {
    for (const { number, blocks } of paragraphs)
      for (const text of blocks.flatMap(textsOf))
        check(text, number === undefined ? place : `paragraph ${number}`);
  };
  checkParagraphs(numbered.executiveSummary, 'the executive summary');
  check(doc.recommendations.intro, 'the recommendations');
  for (const [index, item] of doc.recommendations.items.entries())
    check(item, `recommendation ${recommendationLabel(index)}`);
  for (const section of numbered.sections) {
    checkParagraphs(section.paragraphs, `section ${section.number}`);
    for (const part of section.parts) checkParagraphs(part.paragraphs, part.number ?? `“${part.title}”`);
  }
};

/**
 * The report with every number in place. Throws a `Problem` (422) when two things have one name, when a reference
 * leads nowhere, or when it leads to a plain heading, which has no number to print.
 */
export const numberReport = (doc: ReportDocument): NumberedReport => {
  const references = new Map<string, Reference>();
  const unnumbered = new Set<string>();
  const counts = { table: 0, chart: 0 };

  const name = (id: string | undefined, reference: Reference | undefined) => {
    if (id === undefined) return;
    if (references.has(id) || unnumbered.has(id))
      throw new Problem(422, 'repeated-name', `Two parts of the report have the name “${id}”`, {
        detail: 'Give each paragraph, heading, table and chart a name of its own.',
      });
    if (reference === undefined) unnumbered.add(id);
    else references.set(id, reference);
  };

  const place = (block: Block): PlacedBlock => {
    if (block.type === 'paragraph' || block.type === 'bullets') return block;
    counts[block.type] += 1;
    const anchor = `${block.type}-${counts[block.type]}`;
    const label = `${block.type === 'table' ? 'Table' : 'Chart'} ${counts[block.type]}`;
    name(block.id, { text: label, anchor });
    return { ...block, label, anchor };
  };

  const paragraphsOf = (
    blocks: readonly Block[],
    nextNumber: () => string | undefined,
    fallback?: Reference,
  ) => {
    const paragraphs: { number: string | undefined; anchor: string | undefined; blocks: PlacedBlock[] }[] =
      [];
    for (const block of blocks) {
      const current = paragraphs.at(-1);
      const starts = block.type === 'paragraph' && block.continues !== true;
      const number = starts ? nextNumber() : undefined;
      const anchor = number === undefined ? undefined : `paragraph-${number.replace('.', '-')}`;
      if (starts || current === undefined) paragraphs.push({ number, anchor, blocks: [place(block)] });
      else current.blocks.push(place(block));
      // A paragraph with no number of its own is known by the numbered paragraph or heading it stands in.
      if (block.type === 'paragraph') {
        const within = paragraphs.at(-1);
        const known =
          within?.number === undefined || within.anchor === undefined
            ? fallback
            : { text: within.number, anchor: within.anchor };
        name(block.id, known);
      }
    }
    return paragraphs;
  };

  const executiveSummary = paragraphsOf(doc.executiveSummary, () => undefined);
  const sections = doc.sections.map((section, index): NumberedSection => {
    const number = String(index + 1);
    let last = 0;
    const next = () => {
      last += 1;
      return `${number}.${last}`;
    };
    const anchor = `section-${number}`;
    name(section.id, { text: number, anchor });
    const paragraphs = paragraphsOf(section.blocks, next);
    const parts = (section.children ?? []).map((child): NumberedPart => {
      const own = child.numbered ? next() : undefined;
      const at = own === undefined ? `heading-${child.id}` : `paragraph-${own.replace('.', '-')}`;
      const reference = own === undefined ? undefined : { text: own, anchor: at };
      name(child.id, reference);
      return {
        title: child.title,
        number: own,
        anchor: at,
        paragraphs: paragraphsOf(child.blocks, own === undefined ? next : () => undefined, reference),
      };
    });
    return { title: section.title, number, anchor, paragraphs, parts };
  });

  const numbered = { executiveSummary, sections, references };
  checkReferences(doc, numbered, unnumbered);
  return numbered;
};
