/**
 * A report as data: narrative, tables and charts in numbered sections, in the shape of a Scottish council committee
 * report. It knows nothing of what it reports on, and nothing here draws anything: `page.tsx` and `word.ts` do that.
 *
 * The Zod schemas are the one definition; the types follow from them. Dates are strings in JSON and `Temporal` values
 * in memory, so a frozen report goes in and out of the database through `reportToJson` and `reportFromJson`.
 */
import { z } from 'zod';
import { dayText, momentAtText } from '../days.ts';
import { safeHref } from './inline.ts';

const words = (what: string) =>
  z.string().refine((text) => text.trim() !== '', { error: `${what} cannot be empty` });

const identifier = z.string().regex(/^[a-z][a-z0-9.-]*$/, {
  error: 'An identifier starts with a small letter and holds only small letters, digits, dots and hyphens',
});

const href = z.string().refine((address) => safeHref(address) !== undefined, {
  error: 'A link must be an address on this site (/…), or start with https://, http:// or mailto:',
});

const plainDate = z.codec(z.iso.date(), z.instanceof(Temporal.PlainDate), {
  decode: (text) => Temporal.PlainDate.from(text),
  encode: (date) => date.toString(),
});

const instant = z.codec(z.iso.datetime({ offset: true }), z.instanceof(Temporal.Instant), {
  decode: (text) => Temporal.Instant.from(text),
  encode: (moment) => moment.toString(),
});

/**
 * A measure that figures come from: its id, its plain title, and the page that opens it for the same period and
 * filters.
 */
const sourceSchema = z.object({ measure: identifier, title: words('The title of a measure'), href });
export type Source = z.infer<typeof sourceSchema>;

/**
 * A table. Cells are text as printed ("£881,233"), one for each column. The first column holds row headings unless it
 * is numeric. `totalRow` says that the last row is a total. `cellHref` has the shape of `rows`: where each figure
 * opens.
 */
export const tableSchema = z
  .object({
    caption: words('The caption of a table'),
    columns: z.array(z.object({ title: z.string(), numeric: z.boolean() })).min(1),
    rows: z.array(z.array(z.string())),
    totalRow: z.boolean().optional(),
    sources: z.array(sourceSchema),
    cellHref: z.array(z.array(href.nullable())).optional(),
  })
  .refine((table) => table.rows.every((row) => row.length === table.columns.length), {
    error: 'Every row of a table needs one cell for each column',
  })
  .refine(
    (table) =>
      table.cellHref === undefined ||
      (table.cellHref.length === table.rows.length &&
        table.cellHref.every((row) => row.length === table.columns.length)),
    { error: 'The links of a table need the same rows and columns as the table' },
  );
export type Table = z.infer<typeof tableSchema>;

/**
 * Text, in the small markup of `inline.ts`. In a section it gets the next paragraph number, unless it `continues` the
 * paragraph before it. `id` is what `{{ref:id}}` elsewhere points to.
 */
const paragraphSchema = z.object({
  type: z.literal('paragraph'),
  id: identifier.optional(),
  text: words('A paragraph'),
  continues: z.boolean().optional(),
});
export type ParagraphBlock = z.infer<typeof paragraphSchema>;

/** A list inside the paragraph before it: bullets, or 1, 2, 3 when `ordered`. */
const bulletsSchema = z.object({
  type: z.literal('bullets'),
  items: z.array(words('A list item')).min(1),
  ordered: z.boolean().optional(),
});
export type BulletsBlock = z.infer<typeof bulletsSchema>;

const tableBlockSchema = z.object({
  type: z.literal('table'),
  id: identifier.optional(),
  table: tableSchema,
});
export type TableBlock = z.infer<typeof tableBlockSchema>;

const chartDatumSchema = z.object({ x: z.string(), y: z.number().nullable(), series: z.string().optional() });

/**
 * A chart: a value for each `x` (in each series), `null` where there is none or it is suppressed, and the same figures as
 * a table, which is always shown with it. Values are for drawing only; the table holds them as printed.
 */
const chartBlockSchema = z
  .object({
    type: z.literal('chart'),
    id: identifier.optional(),
    title: words('The title of a chart'),
    description: words('The description of a chart'),
    kind: z.enum(['bar', 'stacked-bar', 'line']),
    unit: z.string().optional(),
    data: z.array(chartDatumSchema).min(1),
    table: tableSchema,
  })
  .refine(
    ({ data }) => new Set(data.map(({ x, series }) => JSON.stringify([x, series]))).size === data.length,
    { error: 'A chart can have only one value for each place in each series' },
  );
export type ChartBlock = z.infer<typeof chartBlockSchema>;

export const blockSchema = z.discriminatedUnion('type', [
  paragraphSchema,
  bulletsSchema,
  tableBlockSchema,
  chartBlockSchema,
]);
export type Block = z.infer<typeof blockSchema>;

/**
 * A part of a section. `numbered` takes the next number of the section for the heading itself ("4.1 Financial
 * impact") and leaves its paragraphs without numbers; otherwise the heading is plain and the paragraph numbers run on
 * through it.
 */
const subSectionSchema = z.object({
  id: identifier,
  title: words('The heading of a part'),
  numbered: z.boolean(),
  blocks: z.array(blockSchema),
});
export type SubSection = z.infer<typeof subSectionSchema>;

/** A section: its own blocks first, then its parts. */
export const sectionSchema = z.object({
  id: identifier,
  title: words('The title of a section'),
  blocks: z.array(blockSchema),
  children: z.array(subSectionSchema).optional(),
});
export type Section = z.infer<typeof sectionSchema>;

const personSchema = z.object({ name: z.string(), post: z.string() });

/**
 * A whole report. `period` is the days the figures are about, both included; `asAt` is the moment they were computed,
 * frozen once `status` is `published`. In `head`, an empty reference, e-mail address or telephone number is left out.
 */
export const reportSchema = z.object({
  head: z.object({
    council: words('The council'),
    committee: words('The committee'),
    purpose: z.object({ approval: z.boolean(), noting: z.boolean() }),
    reference: z.string(),
    date: plainDate,
    title: words('The title of a report'),
    from: personSchema,
    email: z.string(),
    telephone: z.string(),
  }),
  executiveSummary: z.array(blockSchema),
  recommendations: z.object({
    intro: words('The opening words of the recommendations'),
    items: z.array(words('A recommendation')),
  }),
  planPriority: z.object({ plan: words('The name of the plan'), priority: z.string(), ambition: z.string() }),
  sections: z.array(sectionSchema),
  asAt: instant,
  period: z.object({ from: plainDate, to: plainDate }),
  signOff: personSchema,
  status: z.enum(['draft', 'published']),
});
export type ReportDocument = z.infer<typeof reportSchema>;

/** The report as plain JSON, for storing. Throws a ZodError when the report breaks its own rules. */
export const reportToJson = (doc: ReportDocument): z.input<typeof reportSchema> =>
  z.encode(reportSchema, doc);

/** The report from its stored JSON. Throws a ZodError when what is stored is not a report. */
export const reportFromJson = (stored: unknown): ReportDocument => reportSchema.parse(stored);

/** The impacts every committee report answers, in the committee's order. */
export const impactHeadings = [
  { id: 'financial-impact', title: 'Financial impact' },
  { id: 'hr-policy-legislative-impact', title: 'HR policy / Legislative impact' },
  { id: 'technology-digital-impact', title: 'Technology / Digital impact' },
  { id: 'environmental-impact', title: 'Environmental impact' },
  { id: 'communications-impact', title: 'Communications impact' },
  { id: 'risk-impact', title: 'Risk impact' },
] as const;

const isBlank = (block: Block) => block.type === 'paragraph' && block.text.trim() === '';

/**
 * The same sections with every impact heading there, in order, numbered, and answered: "None" where nothing is
 * written. The section is the one with the id `impact`; when it is missing it is put before `measures-of-success`, or
 * last. Parts the section has besides the six follow them. Source: the council's committee report form, section 4.
 */
export const withAllImpactHeadings = (sections: readonly Section[]): Section[] => {
  const found = sections.find((section) => section.id === 'impact');
  const given = found?.children ?? [];
  const answered = impactHeadings.map(({ id, title }): SubSection => {
    const blocks = (given.find((child) => child.id === id)?.blocks ?? []).filter((block) => !isBlank(block));
    const answer: Block[] = blocks.length > 0 ? blocks : [{ type: 'paragraph', text: 'None' }];
    return { id, title, numbered: true, blocks: answer };
  });
  const others = given.filter((child) => impactHeadings.every(({ id }) => id !== child.id));
  const impact: Section = {
    id: 'impact',
    title: found?.title ?? 'Impact',
    blocks: found?.blocks ?? [],
    children: [...answered, ...others],
  };
  if (found !== undefined) return sections.map((section) => (section === found ? impact : section));
  const at = sections.findIndex((section) => section.id === 'measures-of-success');
  return at === -1 ? [...sections, impact] : sections.toSpliced(at, 0, impact);
};

/** Which days the figures are about: "15 February 2021 to 30 April 2021". */
export const periodInWords = ({ from, to }: ReportDocument['period']): string =>
  `${dayText(from)} to ${dayText(to)}`;

/**
 * The one sentence, the same on the page and in Word, that says when the figures were computed and whether they can
 * still change.
 */
export const figuresStatement = (doc: Pick<ReportDocument, 'asAt' | 'status'>): string =>
  doc.status === 'published'
    ? `Figures as at ${momentAtText(doc.asAt)}, frozen on publication`
    : `Draft: figures as at ${momentAtText(doc.asAt)}`;

/** The label of a recommendation by its place, from 0: (a), (b) … (z), (aa). */
export const recommendationLabel = (index: number): string => {
  const letters = (n: number): string =>
    (n >= 26 ? letters(Math.floor(n / 26) - 1) : '') + String.fromCharCode(97 + (n % 26));
  return `(${letters(index)})`;
};

/** Whether the cells of the first column are the headings of their rows. */
export const hasRowHeadings = (table: Table): boolean => table.columns[0]?.numeric === false;
