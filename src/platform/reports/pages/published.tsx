import { randomUUID } from 'node:crypto';
import type { VNode } from 'preact';
import { momentAtText } from '../../days.ts';
import type { Period } from '../../measures/measure.ts';
import { hiddenText, valueText } from '../../measures/present.ts';
import { ButtonLink, Form, Inset, Notification, Page, Table, Warning } from '../../ui/index.ts';
import type { PageRequest } from '../../web/page.ts';
import { drawnChart } from '../chart.tsx';
import type { Report } from '../declare.ts';
import { periodInWords, type ReportDocument } from '../document.ts';
import type { FigureChange } from '../frozen.ts';
import { ReportBody } from '../page.tsx';
import type { Edition } from '../store.ts';
import { reportAddress } from './words.ts';

/** Asks once more before a report is published. */
export const PublishPage = ({
  request,
  report,
  period,
  version,
  editions,
}: {
  request: PageRequest;
  report: Report;
  period: Period;
  version: number;
  editions: readonly Edition[];
}): VNode => {
  const earlier = editions.filter(({ from, to }) => from.equals(period.from) && to.equals(period.to));
  const { refused } = request;
  return (
    <Page
      shell={request.shell}
      title={`Publish: ${report.title}`}
      heading="Publish this report?"
      lead={`${report.title}, ${periodInWords(period)}`}
      crumbs={[
        { href: '/reports', text: 'Reports' },
        { href: reportAddress(report.id, period), text: report.title },
      ]}
      errors={
        refused?.problem
          ? { form: `${refused.problem.message}. Read the report again before you publish it.` }
          : undefined
      }
    >
      <Warning>
        Publishing freezes the figures and the words as they are now. They cannot be changed afterwards.
      </Warning>
      <p>
        The records go on changing: the published page says what has changed since. A correction is a new
        edition; the earlier one stays.
      </p>
      {earlier.length > 0 ? (
        <Inset>
          This period has been published {earlier.length === 1 ? 'once' : `${earlier.length} times`}, last on{' '}
          {earlier[0] ? momentAtText(earlier[0].asAt) : ''}. This will be edition{' '}
          {(earlier[0]?.edition ?? 0) + 1}.
        </Inset>
      ) : null}
      <Form
        action={reportAddress(report.id, period, 'publish')}
        shell={request.shell}
        idempotencyKey={randomUUID()}
        version={version}
        submit="Publish"
        secondary={<a href={reportAddress(report.id, period)}>Back without publishing</a>}
      >
        {null}
      </Form>
    </Page>
  );
};

const shown = (unit: string, value: string | null): string =>
  value === null
    ? hiddenText
    : unit === 'pounds'
      ? valueText('pounds', value)
      : Number(value).toLocaleString('en-GB');

const differenceText = ({ unit, change, difference }: FigureChange): string => {
  if (change === 'gone') return 'No longer given';
  if (change === 'new') return 'New';
  if (difference === null) return 'Changed';
  return difference.startsWith('-') ? `−${shown(unit, difference.slice(1))}` : `+${shown(unit, difference)}`;
};

/** A published edition as it was frozen, and what has become of its figures since. */
export const EditionPage = ({
  request,
  report,
  edition,
  document,
  changes,
}: {
  request: PageRequest;
  report: Report;
  edition: Edition;
  document: ReportDocument;
  changes: readonly FigureChange[];
}): VNode => {
  const changed = changes.filter(({ change }) => change !== 'same');
  const here = `/reports/${report.id}/editions/${edition.id}`;
  return (
    <Page
      shell={request.shell}
      title={`${report.title}, edition ${edition.edition}`}
      heading={document.head.title}
      crumbs={[{ href: '/reports', text: 'Reports' }]}
      lead={`Edition ${edition.edition} for ${periodInWords(edition)}, published by ${edition.publishedBy} on ${momentAtText(edition.asAt)}`}
      actions={
        <ButtonLink href={`${here}.docx`} kind="secondary">
          Download as Word
        </ButtonLink>
      }
    >
      {changed.length === 0 ? (
        <Notification kind="success" title="Nothing has changed since">
          <p>The records give the same figures today as on the day of publication.</p>
        </Notification>
      ) : (
        <>
          <h2>What has changed since</h2>
          <p>
            Records were added or corrected after publication. The report below stays as published;{' '}
            <a href={reportAddress(report.id, edition)}>the draft</a> has the figures of today.
          </p>
          <Table
            caption="Figures that have changed since publication"
            captionHidden
            columns={[
              { key: 'figure', title: 'Figure', width: 'wide' },
              { key: 'published', title: 'Published', numeric: true },
              { key: 'now', title: 'Now', numeric: true },
              { key: 'difference', title: 'Difference', numeric: true },
            ]}
            rows={changed.map((each) => ({
              figure: each.label,
              published: each.change === 'new' ? '' : shown(each.unit, each.published),
              now: each.change === 'gone' ? '' : shown(each.unit, each.now),
              difference: differenceText(each),
            }))}
            empty={null}
          />
        </>
      )}
      <ReportBody doc={document} renderChart={drawnChart} />
    </Page>
  );
};
