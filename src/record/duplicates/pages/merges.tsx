import { randomUUID } from 'node:crypto';
import type { ComponentChildren } from 'preact';
import type { z } from 'zod';
import { may } from '../../../platform/access/identity.ts';
import { momentText } from '../../../platform/days.ts';
import {
  Details,
  Form,
  Hidden,
  InlineForm,
  More,
  Page,
  SummaryList,
  Table,
  TextArea,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { formWords } from '../../families/pages/forms.ts';
import { recordKeepers } from '../../roles.ts';
import { look, undo } from '../actions.ts';
import { everyMerge, merges } from '../queries.ts';
import { wordsForTable } from '../rules.ts';
import { FormName } from './same-person.tsx';

type Merge = z.output<typeof merges.row>;

const pageSize = 50;

const howWords: Readonly<Record<string, string>> = {
  moved: 'moved',
  trimmed: 'moved, changed to fit beside what was there',
  'taken out': 'kept in the history of this merge, because it could not stand beside what was there',
  left: 'left with the record that is gone',
  added: 'added, so that nothing is lost',
  filled: 'made fuller by what only the other record said',
};

const movedLines = ({ moved, of }: Merge): ComponentChildren =>
  moved.length === 0
    ? 'Nothing had to be moved'
    : moved.map(({ table, how, many }) => (
        <div key={`${table} ${how}`}>{`${wordsForTable(table, of)}: ${many} ${howWords[how] ?? how}`}</div>
      ));

const sinceText = ({ since, of }: Merge): string => {
  const counted = Map.groupBy(since, ({ table, what }) => `${wordsForTable(table, of)}: ${what}`);
  return [...counted]
    .map(([words, each]) => (each.length > 1 ? `${words} (${each.length})` : words))
    .join('. ');
};

const by = (at: Temporal.Instant, who: string | null): string => `${momentText(at)}, ${who ?? 'the system'}`;

/** The field of one merge's reason for undoing it: the page has one for each. */
const whyOf = (merge: string): string => `why-${merge}`;

async function OneMerge({ request, merge }: { request: PageRequest; merge: Merge }) {
  const refused = request.refused?.form === 'undo' && request.refused.values.merge === merge.merge;
  const words = refused ? await formWords(request, 'undo') : undefined;
  const are = merge.of === 'person' ? 'two people' : 'two families';
  const [family, another] = merge.families;
  const href = merge.of === 'person' ? `/people/${merge.kept}` : `/families/${merge.kept}`;
  return (
    <section key={merge.merge} aria-label={merge.name}>
      <h2>
        <a href={href}>{merge.of === 'person' ? merge.name : `The ${merge.name} family`}</a>
      </h2>
      <SummaryList
        rows={[
          { key: 'Made one', value: by(merge.merged_at, merge.merged_by) },
          { key: 'Why', value: merge.why },
          { key: 'What the other record brought', value: movedLines(merge) },
          ...(family === undefined || another === undefined
            ? []
            : [
                {
                  key: 'Their families',
                  value: (
                    <a href={`/same-person/families/${family}/${another}`}>
                      They are in two families now: are these one?
                      <span class="visually-hidden"> {merge.name}</span>
                    </a>
                  ),
                },
              ]),
          ...(merge.undone_at === null
            ? []
            : [
                { key: 'Undone', value: by(merge.undone_at, merge.undone_by) },
                { key: 'Why it was undone', value: merge.undone_why },
                {
                  key: 'Look at these',
                  value:
                    merge.since.length === 0
                      ? 'Nothing: both records are as they were'
                      : `${sinceText(merge)}. It stands with ${merge.name}, and may belong to the other record`,
                },
              ]),
        ]}
      />
      {merge.undone_at !== null ? null : (
        <Details summary={`Undo this: they are ${are}`} open={refused}>
          <Form
            shell={request.shell}
            action="/same-person/merges"
            idempotencyKey={randomUUID()}
            submit="Undo this"
            submitKind="secondary"
          >
            <FormName name="undo" />
            <Hidden name="merge" value={merge.merge} />
            <p>
              Both records go back to what they were. What was written since stays here and is listed for you
              to look at.
            </p>
            <TextArea
              name={whyOf(merge.merge)}
              label={`Why has this to be undone, for ${merge.name}?`}
              rows={3}
              limit={2000}
              value={words?.text(whyOf(merge.merge))}
              error={words?.errors.why}
            />
          </Form>
        </Details>
      )}
    </section>
  );
}

async function Every({ request }: { request: PageRequest }) {
  const { allAt, allId } = request.query;
  const rows = await request.ask(everyMerge, { beforeAt: allAt ?? '', beforeId: allId ?? '' });
  const last = rows.length === pageSize ? rows.at(-1) : undefined;
  const next = last
    ? new URLSearchParams({ allAt: last.merged_at.toString(), allId: last.merge })
    : undefined;
  return (
    <>
      <Table
        caption="All records made one, the newest first"
        small="stack"
        columns={[
          { key: 'at', title: 'Made one', width: 'wide' },
          { key: 'of', title: 'What' },
          { key: 'undone', title: 'Undone' },
          { key: 'open', title: 'Look' },
        ]}
        rows={rows.map((row) => ({
          at: by(row.merged_at, row.merged_by),
          of: row.of === 'person' ? 'A person' : 'A family',
          undone: row.undone_at === null ? 'No' : by(row.undone_at, row.undone_by),
          open: row.opened ? (
            'You can see it below'
          ) : (
            <InlineForm
              shell={request.shell}
              action="/same-person/merges"
              idempotencyKey={randomUUID()}
              fields={{ _form: 'look', pair: row.merge }}
              submit="Look at it"
              about={`for a day: the merge of ${momentText(row.merged_at)}`}
            />
          ),
        }))}
        empty={<p>No records have been made one.</p>}
      />
      <More label="All records made one" next={next ? `/same-person/merges?${next}` : undefined} />
    </>
  );
}

/** Records that were made one: who did it, why, what it moved, and undoing it. */
export const mergesPage: PageDefinition = {
  path: '/same-person/merges',
  title: 'Records made one',
  who: recordKeepers,
  async show(request) {
    const { beforeAt = '', beforeId = '' } = request.query;
    const rows = await request.ask(merges, { beforeAt, beforeId });
    const words = await formWords(request, 'undo');
    const last = rows.length === pageSize ? rows.at(-1) : undefined;
    const next = last
      ? new URLSearchParams({ beforeAt: last.merged_at.toString(), beforeId: last.merge })
      : undefined;
    const officer = may(request.identity, ['records-officer']);
    const { why, ...others } = words.errors;
    const errors = why === undefined ? others : { [whyOf(words.text('merge'))]: why, ...others };
    return (
      <Page
        shell={request.shell}
        title="Records made one"
        lead="Where two records were found to be of one person, or of one family. Nothing is lost by it, and it can be undone."
        back={{ href: '/same-person', text: 'Same person?' }}
        errors={errors}
      >
        {officer ? await Every({ request }) : null}
        {rows.length === 0 ? <p>None of the people and families you see.</p> : null}
        {await Promise.all(rows.map((merge) => OneMerge({ request, merge })))}
        <More label="Records made one" next={next ? `/same-person/merges?${next}` : undefined} />
      </Page>
    );
  },
  forms: {
    undo: form({
      action: undo,
      input: (fields) => ({ ...fields, why: fields.why ?? fields[whyOf(String(fields.merge))] }),
      done: ({ since }) => ({
        to: '/same-person/merges',
        notice:
          since.length === 0
            ? 'Both records are as they were'
            : 'Both records are back. What was written since is listed below: look at it',
      }),
    }),
    look: form({ action: look, done: () => ({ to: '/same-person/merges' }) }),
  },
};
