import { randomUUID } from 'node:crypto';
import type { VNode } from 'preact';
import { momentAtText } from '../../days.ts';
import type { Period } from '../../measures/measure.ts';
import { Details, Form, Notification, Page, SummaryList, Table, TextArea } from '../../ui/index.ts';
import type { Fields, PageRequest } from '../../web/page.ts';
import { draftName } from '../../web/pages.ts';
import type { Report, Words } from '../declare.ts';
import { periodInWords } from '../document.ts';
import type { Version } from '../store.ts';
import { reportAddress } from './words.ts';

const typedWords = (fields: Fields | undefined): string | undefined =>
  typeof fields?.words === 'string' ? fields.words : undefined;

/** The form in which the words of one section are written. What was typed and not sent is kept and shown again. */
export async function editPage({
  request,
  report,
  section,
  period,
  latest,
  older,
  quotes,
}: {
  request: PageRequest;
  report: Report;
  section: Words;
  period: Period;
  latest: Version | undefined;
  /** An earlier version to begin from. */
  older: Version | undefined;
  quotes: Readonly<Record<string, string>>;
}): Promise<VNode> {
  const here = reportAddress(report.id, period, `words/${section.id}`);
  const { refused } = request;
  const current = latest?.words ?? section.words;
  const kept = refused ? undefined : typedWords(await request.draft());
  const value = typedWords(refused?.values) ?? older?.words ?? kept ?? current;
  const changed = refused?.problem?.status === 409;
  return (
    <Page
      shell={request.shell}
      title={`Write: ${section.title}`}
      heading={section.title}
      lead={`${report.title}, ${periodInWords(period)}`}
      crumbs={[
        { href: '/reports', text: 'Reports' },
        { href: reportAddress(report.id, period), text: report.title },
      ]}
      errors={errorsOf(refused)}
    >
      {changed ? (
        <Notification kind="warning" title="Somebody else wrote this section while you were writing">
          <p>
            Their words are below; yours are in the box. Saving now replaces theirs; every version is kept.
          </p>
          <blockquote class="kith-typed__text">{current}</blockquote>
        </Notification>
      ) : null}
      {kept !== undefined && kept !== current && older === undefined ? (
        <Notification kind="info">You wrote this and have not saved it yet.</Notification>
      ) : null}
      {older ? (
        <Notification kind="info">This is version {older.version}. Save it to use it again.</Notification>
      ) : null}
      <Form
        action={here}
        shell={request.shell}
        idempotencyKey={randomUUID()}
        version={latest?.version ?? 0}
        draft={draftName(here)}
        submit="Save"
        secondary={<a href={reportAddress(report.id, period)}>Back without saving</a>}
      >
        <TextArea
          name="words"
          label="Words"
          hint={section.hint ?? 'A blank line starts a new paragraph. The system numbers the paragraphs.'}
          value={value}
          error={refused?.problem?.fields.words}
          rows={18}
          limit={50_000}
        />
      </Form>
      <Details summary="How to write lists, links, references and figures">
        <SummaryList
          rows={[
            { key: 'List', value: 'Start each line with "- ", or with "1. " for a numbered list' },
            { key: 'Bold', value: '**words**' },
            { key: 'Link', value: '[words](https://address)' },
            { key: 'Go on', value: 'Start a paragraph with "+ " to go on without a new number' },
            {
              key: 'Reference',
              value: '{{id:name}} at the start of a paragraph, then {{ref:name}} elsewhere',
            },
          ]}
        />
        <Table
          caption="Figures that you can quote: they follow the records until the report is published"
          small="stack"
          columns={[
            { key: 'write', title: 'Write' },
            { key: 'shows', title: 'It shows', numeric: true },
          ]}
          rows={Object.entries(quotes).map(([name, shows]) => ({ write: `{{figure:${name}}}`, shows }))}
          empty={<p>This report has no figures to quote.</p>}
        />
      </Details>
    </Page>
  );
}

const errorsOf = (refused: PageRequest['refused']): Record<string, string> | undefined => {
  const problem = refused?.problem;
  if (problem === undefined) return undefined;
  return Object.keys(problem.fields).length > 0 ? { ...problem.fields } : { form: problem.message };
};

/** Every version of the words of one section, newest first. */
export const HistoryPage = ({
  request,
  report,
  section,
  period,
  versions,
  mayEdit,
}: {
  request: PageRequest;
  report: Report;
  section: Words;
  period: Period;
  versions: readonly Version[];
  mayEdit: boolean;
}): VNode => (
  <Page
    shell={request.shell}
    title={`Versions: ${section.title}`}
    heading={`${section.title}: every version`}
    lead={`${report.title}, ${periodInWords(period)}`}
    crumbs={[
      { href: '/reports', text: 'Reports' },
      { href: reportAddress(report.id, period), text: report.title },
    ]}
  >
    {versions.map(({ version, words, editedBy, editedAt }) => (
      <section key={version}>
        <h2>
          Version {version}, {editedBy}, {momentAtText(editedAt)}
        </h2>
        <p class="kith-typed__text">{words}</p>
        {mayEdit ? (
          <p>
            <a href={`${reportAddress(report.id, period, `words/${section.id}`)}?use=${version}`}>
              Use version {version} again
            </a>
          </p>
        ) : null}
      </section>
    ))}
    <h2>The words it came with</h2>
    <p class="kith-typed__text">{section.words}</p>
  </Page>
);
