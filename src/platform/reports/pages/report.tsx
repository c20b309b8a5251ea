import type { VNode } from 'preact';
import { momentAtText } from '../../days.ts';
import type { Period } from '../../measures/measure.ts';
import { hiddenWhy } from '../../measures/present.ts';
import type { Problem } from '../../problem.ts';
import { ButtonLink, DateField, Details, Filters, Inset, Page, SummaryList } from '../../ui/index.ts';
import type { PageRequest } from '../../web/page.ts';
import { drawnChart } from '../chart.tsx';
import type { Report } from '../declare.ts';
import { periodInWords, type ReportDocument } from '../document.ts';
import type { FrozenFigure } from '../frozen.ts';
import { ReportBody } from '../page.tsx';
import type { Version } from '../store.ts';
import { reportAddress } from './words.ts';

/** A report as it stands today, with the ways to write its words, take it away and publish it. */
export const ReportPage = ({
  request,
  report,
  period,
  document,
  figures,
  versions,
  mayEdit,
  problem,
}: {
  request: PageRequest;
  report: Report;
  period: Period;
  document: ReportDocument;
  figures: readonly FrozenFigure[];
  versions: readonly Version[];
  mayEdit: boolean;
  problem?: Problem | undefined;
}): VNode => {
  const file = (ending: string) => `/reports/${report.id}.${ending}?from=${period.from}&to=${period.to}`;
  return (
    <Page
      shell={request.shell}
      title={report.title}
      heading={document.head.title}
      crumbs={[{ href: '/reports', text: 'Reports' }]}
      lead={`Draft for ${periodInWords(period)}`}
      errors={problem?.fields}
      actions={
        <>
          <ButtonLink href={file('docx')} kind="secondary">
            Download as Word
          </ButtonLink>
          {mayEdit ? (
            <ButtonLink href={reportAddress(report.id, period, 'publish')}>Publish</ButtonLink>
          ) : null}
        </>
      }
    >
      <Filters action={`/reports/${report.id}`} clear={`/reports/${report.id}`} label="Choose the period">
        <DateField
          name="from"
          label="From"
          value={request.query.from ?? period.from.toString()}
          error={problem?.fields.from}
        />
        <DateField
          name="to"
          label="To"
          value={request.query.to ?? period.to.toString()}
          error={problem?.fields.to}
        />
      </Filters>
      <Details summary={mayEdit ? 'Write the words of this report' : 'Who wrote the words of this report'}>
        <SummaryList
          rows={report.words.map(({ id, title }) => {
            const latest = versions.find(({ section }) => section === id);
            return {
              key: title,
              value:
                latest === undefined ? (
                  'The words it came with'
                ) : (
                  <>
                    Version {latest.version}, {latest.editedBy}, {momentAtText(latest.editedAt)}.{' '}
                    <a href={reportAddress(report.id, period, `history/${id}`)}>
                      Versions<span class="visually-hidden"> of {title}</span>
                    </a>
                  </>
                ),
              action: mayEdit
                ? { href: reportAddress(report.id, period, `words/${id}`), text: 'Edit', about: title }
                : undefined,
            };
          })}
        />
      </Details>
      {figures.some(({ value }) => value === null) ? <Inset>{hiddenWhy}</Inset> : null}
      <ReportBody doc={document} renderChart={drawnChart} />
      <p>
        <a href={file('html')}>Download as a web page to print or keep</a>
      </p>
    </Page>
  );
};
