import type { VNode } from 'preact';
import { momentAtText } from '../../days.ts';
import { Cards, DescriptionEmpty, Page, Table } from '../../ui/index.ts';
import type { PageRequest } from '../../web/page.ts';
import type { Report } from '../declare.ts';
import { periodInWords } from '../document.ts';
import type { Edition } from '../store.ts';

/** The reports that can be made, and the editions that were published. */
export const ListPage = ({
  request,
  reports,
  editions,
}: {
  request: PageRequest;
  reports: readonly Report[];
  editions: readonly Edition[];
}): VNode => (
  <Page
    shell={request.shell}
    title="Reports"
    lead="A report takes its figures from the records each time it is opened. Publishing freezes them."
  >
    {reports.length === 0 ? (
      <DescriptionEmpty title="No reports yet" text="No practice area offers a report here." />
    ) : (
      <Cards
        items={reports.map(({ id, title, summary }) => ({ href: `/reports/${id}`, title, text: summary }))}
      />
    )}
    <h2>Published</h2>
    <Table
      caption="Published editions"
      captionHidden
      small="stack"
      columns={[
        { key: 'report', title: 'Report', width: 'wide' },
        { key: 'edition', title: 'Edition' },
        { key: 'asAt', title: 'Figures as at' },
        { key: 'by', title: 'Published by' },
      ]}
      rows={editions.map((edition) => ({
        report: (
          <a href={`/reports/${edition.report}/editions/${edition.id}`}>
            {reports.find(({ id }) => id === edition.report)?.title ?? edition.report},{' '}
            {periodInWords(edition)}
          </a>
        ),
        edition: edition.edition,
        asAt: momentAtText(edition.asAt),
        by: edition.publishedBy,
      }))}
      empty={
        <DescriptionEmpty
          title="Nothing published yet"
          text="Open a report, read it through, and publish it."
        />
      }
    />
  </Page>
);
