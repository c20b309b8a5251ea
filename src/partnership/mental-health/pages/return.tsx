import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { dayText } from '../../../platform/days.ts';
import type { FiguresPool } from '../../../platform/measures/compute.ts';
import { hiddenWhy } from '../../../platform/measures/present.ts';
import { notFound } from '../../../platform/problem.ts';
import { compareFrozen, type FigureChange } from '../../../platform/reports/frozen.ts';
import {
  Figures,
  Form,
  InlineForm,
  Notification,
  Page,
  Table,
  TextArea,
} from '../../../platform/ui/index.ts';
import { form, type PageAnswer, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { formWords, idFrom } from '../../../record/families/pages/forms.ts';
import { yearText } from '../../../record/funds/rules.ts';
import { type Content, contentOf, contentSchema, frozenFigures, returnTitle, tablesOf } from '../content.ts';
import { fileName, headFigures, returnCsv, returnWord } from '../files.ts';
import { halfYear, type returnRow } from '../queries.ts';
import { countReturn } from '../return.ts';
import { remark, type sendReturn } from '../returning.ts';
import { halfPeriod, readers, remarkSections } from '../rules.ts';
import { fieldOf, TableOf, writes } from './words.tsx';

type ReturnRow = z.output<typeof returnRow>;

const Changes = ({ changes }: { changes: readonly FigureChange[] }) => {
  const differ = changes.filter(({ change }) => change !== 'same');
  return (
    <>
      <h2>What has changed since it was sent</h2>
      <Table
        caption="Figures that are counted otherwise now"
        captionHidden
        columns={[
          { key: 'label', title: 'Figure', width: 'wide' },
          { key: 'sent', title: 'As sent', numeric: true },
          { key: 'now', title: 'Now', numeric: true },
        ]}
        rows={differ.map(({ label, published, now, change }) => ({
          label,
          sent: change === 'new' ? 'Not in it' : (published ?? 'Not shown'),
          now: change === 'gone' ? 'Not in it' : (now ?? 'Not shown'),
        }))}
        empty={<p>Nothing: every figure is counted as it was sent.</p>}
      />
    </>
  );
};

const Missing = ({ words }: { words: readonly string[] }) =>
  words.length === 0 ? (
    <Notification kind="success" title="Nothing is missing." />
  ) : (
    <Notification
      kind="warning"
      title={words.length === 1 ? 'One thing is missing.' : `${words.length} things are missing.`}
    >
      <ul>
        {words.map((each) => (
          <li key={each}>{each}.</li>
        ))}
      </ul>
    </Notification>
  );

async function Remarks({ request, of, here }: { request: PageRequest; of: ReturnRow; here: string }) {
  const saved = Object.fromEntries(remarkSections.map(({ id }) => [`remark-${id}`, of.remarks[id] ?? '']));
  const words = await formWords(request, 'form', saved);
  return (
    <>
      <h2>Your remarks</h2>
      <Form
        shell={request.shell}
        action={here}
        idempotencyKey={randomUUID()}
        version={of.version}
        draft={words.draft}
        submit="Save the remarks"
      >
        {remarkSections.map(({ id, title }) => (
          <TextArea
            key={id}
            {...fieldOf(words)(`remark-${id}`)}
            label={title}
            rows={4}
            limit={5000}
            optional
          />
        ))}
      </Form>
    </>
  );
}

const ReadRemarks = ({ of }: { of: ReturnRow }) => (
  <>
    <h2>Remarks</h2>
    {remarkSections.flatMap(({ id, title }) =>
      of.remarks[id] === undefined
        ? []
        : [<h3 key={id}>{title}</h3>, <p key={`${id}-words`}>{of.remarks[id]}</p>],
    )}
    {Object.keys(of.remarks).length === 0 ? <p>There are none.</p> : null}
  </>
);

/** A six-monthly return: computed while it is a draft, as it was sent from then on; as a page, as CSV and as Word. */
export const returnPage = (
  { pools, council, publicUrl }: { pools: FiguresPool; council: string; publicUrl?: string | undefined },
  send: ReturnType<typeof sendReturn>,
): PageDefinition => ({
  path: '/mental-health/returns/:halfYear',
  title: 'A six-monthly return',
  who: readers,
  async show(request): Promise<PageAnswer> {
    const of = await request.askOne(halfYear, { return: idFrom(request, 'halfYear') });
    const now = contentOf(of, await countReturn(pools, halfPeriod(of.year, of.half)));
    const content: Content = of.state === 'sent' ? contentSchema.parse(of.figures) : now;
    const paper = {
      year: of.year,
      half: of.half,
      content,
      remarks: of.remarks,
      sentOn: of.sent_on,
      council,
      now: request.now,
    };
    const { as } = request.query;
    if (as === 'csv')
      return { file: `${fileName(of)}.csv`, contentType: 'text/csv; charset=utf-8', body: returnCsv(paper) };
    if (as === 'docx')
      return {
        file: `${fileName(of)}.docx`,
        contentType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        body: await returnWord(paper, publicUrl),
      };
    if (as !== undefined) throw notFound();
    const here = `/mental-health/returns/${of.id}`;
    const draft = of.state === 'draft';
    const over = Temporal.PlainDate.compare(halfPeriod(of.year, of.half).to, request.today) < 0;
    const may = writes(request);
    const refused = request.refused?.problem;
    return (
      <Page
        shell={request.shell}
        title={returnTitle(of)}
        lead={
          draft || of.sent_on === null
            ? 'A draft: every figure is counted from the records each time it is opened. Small numbers are hidden, since it goes out of the partnership.'
            : `Sent on ${dayText(of.sent_on)}${of.sent_by === null ? '' : ` by ${of.sent_by}`}. It stays as it was sent.`
        }
        back={{ href: `/mental-health/years/${of.year}`, text: yearText(of.year) }}
        errors={refused ? { form: [refused.message, refused.detail].filter(Boolean).join('. ') } : undefined}
        wide
      >
        <p>
          <a href={`${here}?as=docx`}>Word</a> <a href={`${here}?as=csv`}>CSV</a>
        </p>
        {draft || content.missing.length > 0 ? <Missing words={content.missing} /> : null}
        <Figures items={headFigures(content).map(([label, value]) => ({ label, value }))} />
        {tablesOf(content).map((table) => (
          <TableOf key={table.id} table={table} />
        ))}
        <p>{hiddenWhy}</p>
        {draft ? null : <Changes changes={compareFrozen(frozenFigures(content), frozenFigures(now))} />}
        {draft && may ? await Remarks({ request, of, here }) : <ReadRemarks of={of} />}
        {draft && may ? (
          <>
            <h2>Send it</h2>
            {over ? (
              <>
                <p>Its figures are then kept as they are now, with your remarks as they are saved.</p>
                <InlineForm
                  shell={request.shell}
                  action={here}
                  idempotencyKey={randomUUID()}
                  version={of.version}
                  fields={{ _form: 'send' }}
                  submit="Send the return"
                  kind="primary"
                />
              </>
            ) : (
              <p>It can be sent when the half year is over.</p>
            )}
          </>
        ) : null}
      </Page>
    );
  },
  forms: {
    form: form({
      action: remark,
      input: (fields, params) => ({ ...fields, return: params.halfYear }),
      done: (done) => ({ to: `/mental-health/returns/${done.return}`, notice: 'Your remarks are saved' }),
    }),
    send: form({
      action: send,
      input: (fields, params) => ({ ...fields, return: params.halfYear }),
      done: (done) => ({
        to: `/mental-health/returns/${done.return}`,
        notice: 'The return is sent, and stays as it is',
      }),
    }),
  },
});
