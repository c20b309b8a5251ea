import { randomUUID } from 'node:crypto';
import { Button, Form, Inset, Page } from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { formWords, idFrom } from '../../families/pages/forms.ts';
import { words as wordsQuery } from '../../language/queries.ts';
import { entriesOf, Suggestions } from '../../language/suggestions.tsx';
import { practitioners } from '../../roles.ts';
import { write } from '../actions.ts';
import { candidates, one } from '../queries.ts';
import { needsWords, whenText } from '../rules.ts';
import { RecordFields, recordErrors, recordInput, recordSaved } from './record-fields.tsx';

/** Writing down who came, what they think, what was answered and decided, and what is to be done. */
export const writePage: PageDefinition = {
  path: '/meetings/:meeting/write',
  title: 'Write down what was said and decided',
  who: practitioners,
  async show(request) {
    const id = idFrom(request, 'meeting');
    const meeting = await request.askOne(one, { meeting: id });
    if (meeting.signed_at !== null || meeting.cancelled_at !== null) return { to: `/meetings/${id}` };
    const [list, listed] = await Promise.all([
      request.ask(candidates, { family: meeting.about }),
      request.ask(wordsQuery, {}),
    ]);
    const words = await formWords(request, 'form', recordSaved(meeting, request.today, list));
    const errors = recordErrors(words.errors);
    const needs = needsWords(meeting);
    return (
      <Page
        shell={request.shell}
        title="What was said and decided"
        lead={`${meeting.title}, the ${meeting.family} family, ${whenText(meeting)}`}
        back={{ href: `/meetings/${id}`, text: 'The meeting' }}
        errors={errors}
      >
        {needs === '' ? null : (
          <Inset>
            <p>
              {needs} Without them the meeting is still held and written down; what it would decide is put
              forward.
            </p>
          </Inset>
        )}
        <Form
          shell={request.shell}
          action={`/meetings/${id}/write`}
          idempotencyKey={randomUUID()}
          version={meeting.version}
          draft={words.draft}
          submit="Sign the record"
          secondary={
            <Button kind="secondary" name="finish" value="keep">
              Keep it for later
            </Button>
          }
        >
          <RecordFields words={words} errors={errors} meeting={meeting} candidates={list} />
          <Suggestions name="said" text={words.text('said')} words={entriesOf(listed)} />
          <p class="ds_hint-text">
            Once signed, the record is never changed: what is to be put right stands beside it.
          </p>
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: write,
      input: (fields, params) => ({ ...recordInput(fields), meeting: params.meeting }),
      done: ({ meeting, signed, quorum }) => ({
        to: `/meetings/${meeting}`,
        notice: !signed
          ? 'It is kept. Sign it when it is whole'
          : quorum
            ? 'The record is signed'
            : 'The record is signed. The meeting was held without the people it needs, and the record says so',
      }),
    }),
  },
};
