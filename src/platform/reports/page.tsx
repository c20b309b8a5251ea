/**
 * A report as page markup: the body only, to stand inside a page. The same content, numbers and words as the Word
 * document.
 */
import { type ComponentChildren, Fragment } from 'preact';
import { dayText } from '../days.ts';
import { Chart, Inset, SummaryList, Table as UiTable } from '../ui/index.ts';
import {
  type ChartBlock,
  figuresStatement,
  periodInWords,
  type ReportDocument,
  recommendationLabel,
  type Table,
} from './document.ts';
import { parseInline } from './inline.ts';
import {
  type NumberedParagraph,
  type NumberedPart,
  numberReport,
  type PlacedBlock,
  type Reference,
  resolveReference,
} from './numbering.ts';

type References = ReadonlyMap<string, Reference>;

/** Draws a chart of a report under its title ("Chart 1: …"); `table` holds its figures and has to be shown with it. */
export type ChartRenderer = (
  chart: ChartBlock,
  shown: { readonly title: string; readonly table: ComponentChildren },
) => ComponentChildren;

const asChart: ChartRenderer = ({ kind, description, data, unit }, { title, table }) => (
  <Chart
    title={title}
    description={description}
    kind={kind}
    data={data}
    yLabel={unit}
    table={table}
    tableOpen
  />
);

const bolded = (bold: boolean, content: ComponentChildren) => (bold ? <strong>{content}</strong> : content);

const Text = ({ text, references }: { text: string; references: References }) => (
  <>
    {parseInline(text).map((part) => {
      if (part.type === 'text') return bolded(part.bold, part.text);
      if (part.type === 'link') return bolded(part.bold, <a href={part.href}>{part.text}</a>);
      const reference = resolveReference(references, part.id);
      return bolded(part.bold, <a href={`#${reference.anchor}`}>{reference.text}</a>);
    })}
  </>
);

const figure = (text: string, href: string | null | undefined) =>
  typeof href === 'string' && text !== '' ? <a href={href}>{text}</a> : text;

/**
 * A table with its caption, every figure with a link opening to what is behind it, and the measures it comes from.
 */
const ReportTable = ({ table, label, anchor }: { table: Table; label: string; anchor?: string }) => {
  const columns = table.columns.map((column, index) => ({ key: String(index), ...column }));
  const rows = table.rows.map((cells, row) =>
    Object.fromEntries(
      cells.map((text, column) => [String(column), figure(text, table.cellHref?.[row]?.[column])]),
    ),
  );
  const caption = `${label}: ${table.caption}`;
  return (
    <div class="kith-report__table" id={anchor}>
      <UiTable
        caption={caption}
        columns={columns}
        rows={table.totalRow ? rows.slice(0, -1) : rows}
        footer={table.totalRow ? rows.at(-1) : undefined}
        empty={
          <p>
            <strong>{caption}</strong> There is nothing to show for these dates.
          </p>
        }
      />
      {table.sources.length > 0 && (
        <p class="kith-quiet">
          Source:{' '}
          {table.sources.map(({ title, href }, index) => (
            <Fragment key={href}>
              {index > 0 && '; '}
              <a href={href}>{title}</a>
            </Fragment>
          ))}
        </p>
      )}
    </div>
  );
};

type ContentProps = { references: References; renderChart: ChartRenderer };

const BlockOf = ({
  block,
  number,
  references,
  renderChart,
}: ContentProps & { block: PlacedBlock; number: string | undefined }) => {
  switch (block.type) {
    case 'paragraph':
      return (
        <p>
          {number !== undefined && <span class="kith-report__number">{number} </span>}
          <Text text={block.text} references={references} />
        </p>
      );
    case 'bullets': {
      const items = block.items.map((item) => (
        <li>
          <Text text={item} references={references} />
        </li>
      ));
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case 'table':
      return <ReportTable table={block.table} label={block.label} anchor={block.anchor} />;
    case 'chart':
      return (
        <div class="kith-report__chart" id={block.anchor}>
          {renderChart(block, {
            title: `${block.label}: ${block.title}`,
            table: <ReportTable table={block.table} label={`${block.label} as a table`} />,
          })}
        </div>
      );
  }
};

const Paragraphs = ({
  paragraphs,
  ...content
}: ContentProps & { paragraphs: readonly NumberedParagraph[] }) => (
  <>
    {paragraphs.map(({ number, anchor, blocks }) => (
      <div class={number === undefined ? 'kith-report__text' : 'kith-report__paragraph'} id={anchor}>
        {blocks.map((block, index) => (
          <BlockOf block={block} number={index === 0 ? number : undefined} {...content} />
        ))}
      </div>
    ))}
  </>
);

const Part = ({ part, ...content }: ContentProps & { part: NumberedPart }) => (
  <>
    <h3 id={part.anchor}>{part.number === undefined ? part.title : `${part.number} ${part.title}`}</h3>
    <Paragraphs paragraphs={part.paragraphs} {...content} />
  </>
);

const Head = ({ doc: { head, period } }: { doc: ReportDocument }) => {
  const purposes = [head.purpose.approval ? 'Approval' : '', head.purpose.noting ? 'Noting' : ''];
  const rows: readonly { key: string; value: string }[] = [
    { key: 'Council', value: head.council },
    { key: 'Committee', value: head.committee },
    { key: 'Purpose', value: purposes.filter((purpose) => purpose !== '').join(' and ') },
    { key: 'Reference', value: head.reference },
    { key: 'Date', value: dayText(head.date) },
    { key: 'From', value: [head.from.name, head.from.post].filter((text) => text !== '').join(', ') },
    { key: 'E-mail', value: head.email },
    { key: 'Telephone', value: head.telephone },
    { key: 'Figures for', value: periodInWords(period) },
  ];
  return <SummaryList rows={rows.filter(({ value }) => value.trim() !== '')} />;
};

/**
 * The body of a report: sections from `h2` down. The page that holds it has the report's title as its `h1`. Charts are
 * drawn as everywhere else unless `renderChart` draws them. Throws a `Problem` when a reference leads nowhere.
 */
export const ReportBody = ({
  doc,
  renderChart = asChart,
}: {
  doc: ReportDocument;
  renderChart?: ChartRenderer | undefined;
}) => {
  const report = numberReport(doc);
  const content = { references: report.references, renderChart };
  return (
    <div class="kith-report">
      <Head doc={doc} />
      <Inset>
        <p>{figuresStatement(doc)}.</p>
      </Inset>
      <h2 id="executive-summary">Executive summary</h2>
      <Paragraphs paragraphs={report.executiveSummary} {...content} />
      <h2 id="recommendations">Recommendations</h2>
      <p>
        <Text text={doc.recommendations.intro} references={report.references} />
      </p>
      {doc.recommendations.items.map((item, index) => (
        <p class="kith-report__paragraph">
          <span class="kith-report__number">{recommendationLabel(index)} </span>
          <Text text={item} references={report.references} />
        </p>
      ))}
      <h2 id="plan-priority">{doc.planPriority.plan}</h2>
      <SummaryList
        rows={[
          { key: 'Priority', value: doc.planPriority.priority },
          { key: 'Ambition statement', value: doc.planPriority.ambition },
        ]}
      />
      {report.sections.map((section) => (
        <Fragment key={section.anchor}>
          <h2 id={section.anchor}>
            {section.number}. {section.title}
          </h2>
          <Paragraphs paragraphs={section.paragraphs} {...content} />
          {section.parts.map((part) => (
            <Part part={part} {...content} />
          ))}
        </Fragment>
      ))}
      <p class="kith-report__sign-off">
        <strong>{doc.signOff.name}</strong>
        <br />
        {doc.signOff.post}
      </p>
    </div>
  );
};
