import { randomUUID } from 'node:crypto';
import { dayText } from '../../../platform/days.ts';
import {
  Checkboxes,
  DateField,
  Details,
  Form,
  Notification,
  Page,
  Select,
  TextArea,
  TextField,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { formWords, idFrom } from '../../families/pages/forms.ts';
import { practitioners } from '../../roles.ts';
import { addPaper, correct, sendNotes } from '../actions.ts';
import { candidates, one } from '../queries.ts';
import { asText, sendingWays, sendingWords, whenText } from '../rules.ts';
import { SaveAs, valuesOf } from './parts.tsx';

/** A paper for a meeting, with a part that only named people read. */
export const addPaperPage: PageDefinition = {
  path: '/meetings/:meeting/papers/add',
  title: 'Add a paper for a meeting',
  who: practitioners,
  async show(request) {
    const id = idFrom(request, 'meeting');
    const meeting = await request.askOne(one, { meeting: id });
    if (meeting.signed_at !== null || meeting.cancelled_at !== null) return { to: `/meetings/${id}` };
    const list = await request.ask(candidates, { family: meeting.about });
    const words = await formWords(request, 'form');
    const field = (name: string) => ({ name, value: words.text(name), error: words.errors[name] });
    const keptTo = valuesOf(words.fields, 'keptTo');
    return (
      <Page
        shell={request.shell}
        title="Add a paper"
        lead={`For ${meeting.title}, ${whenText(meeting)}`}
        back={{ href: `/meetings/${id}`, text: 'The meeting' }}
        errors={words.errors}
      >
        <Form
          shell={request.shell}
          action={`/meetings/${id}/papers/add`}
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Add the paper"
          secondary={<a href={`/meetings/${id}`}>Leave without adding</a>}
        >
          <TextField
            {...field('title')}
            label="What is it?"
            hint="For example: Health visitor’s report"
            required
          />
          <TextArea
            {...field('words')}
            label="The paper"
            hint="Everybody who works with the family reads this. It does not change once it is added"
            rows={10}
          />
          <Details
            summary="A part that only some people may read"
            open={
              ['kept', 'why'].some((name) => words.text(name) !== '' || name in words.errors) ||
              'keptTo' in words.errors
            }
          >
            <TextArea {...field('kept')} label="The part that is kept to some people" rows={5} optional />
            <Checkboxes
              name="keptTo"
              label="Who may read it, besides you?"
              choices={list
                .filter(({ kind, id: account }) => kind === 'account' && account !== request.identity.account)
                .map(({ id: account, name, more }) => ({
                  value: account,
                  label: name,
                  ...(more ? { hint: more } : {}),
                }))}
              values={keptTo}
              error={words.errors.keptTo}
            />
            <TextField {...field('why')} label="Why is it kept to them?" optional />
          </Details>
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: addPaper,
      input: (fields, params) => ({ ...fields, meeting: params.meeting }),
      done: ({ meeting }) => ({ to: `/meetings/${meeting}`, notice: 'The paper is added' }),
    }),
  },
};

/** Writing down who was given the notes of a meeting. */
export const notesPage: PageDefinition = {
  path: '/meetings/:meeting/notes',
  title: 'Give people the notes of a meeting',
  who: practitioners,
  async show(request) {
    const id = idFrom(request, 'meeting');
    const meeting = await request.askOne(one, { meeting: id });
    if (meeting.signed_at === null) return { to: `/meetings/${id}` };
    const left = meeting.guests.filter(({ sent_on }) => sent_on === null);
    const words = await formWords(request, 'form', {
      guests: left.map((guest) => guest.id),
      on: request.today.toString(),
    });
    const late = meeting.notes_by !== null && Temporal.PlainDate.compare(meeting.notes_by, request.today) < 0;
    return (
      <Page
        shell={request.shell}
        title="Give people the notes"
        lead={`${meeting.title}, ${whenText(meeting)}`}
        back={{ href: `/meetings/${id}`, text: 'The meeting' }}
        errors={words.errors}
      >
        {meeting.notes_by === null || left.length === 0 ? null : (
          <Notification
            kind={late ? 'warning' : 'info'}
            title={`Everybody has them by ${dayText(meeting.notes_by)}.`}
          >
            <p>Save the notes and print them, or read them together.</p>
          </Notification>
        )}
        {left.length === 0 ? null : <SaveAs meeting={id} kept={false} />}
        {left.length === 0 ? (
          <p>Everybody who was asked has the notes.</p>
        ) : (
          <Form
            shell={request.shell}
            action={`/meetings/${id}/notes`}
            idempotencyKey={randomUUID()}
            submit="Save"
            secondary={<a href={`/meetings/${id}`}>Leave without saving</a>}
          >
            <Checkboxes
              name="guests"
              label="Who was given them?"
              choices={left.map((guest) => ({ value: guest.id, label: asText(guest) }))}
              values={valuesOf(words.fields, 'guests')}
              error={words.errors.guests}
            />
            <Select
              name="how"
              label="How?"
              value={words.text('how')}
              error={words.errors.how}
              choices={sendingWays.map((value) => ({ value, label: sendingWords[value] }))}
              empty="Choose how"
            />
            <DateField name="on" label="When?" value={words.text('on')} error={words.errors.on} required />
          </Form>
        )}
      </Page>
    );
  },
  forms: {
    form: form({
      action: sendNotes,
      input: (fields, params) => ({ ...fields, meeting: params.meeting }),
      done: ({ meeting }) => ({ to: `/meetings/${meeting}`, notice: 'It is written down' }),
    }),
  },
};

/** Adding to a signed record what should be known of it. */
export const correctPage: PageDefinition = {
  path: '/meetings/:meeting/correct',
  title: 'Add a correction to the record of a meeting',
  who: practitioners,
  async show(request) {
    const id = idFrom(request, 'meeting');
    const meeting = await request.askOne(one, { meeting: id });
    if (meeting.signed_at === null) return { to: `/meetings/${id}` };
    const words = await formWords(request, 'form');
    const field = (name: string) => ({ name, value: words.text(name), error: words.errors[name] });
    return (
      <Page
        shell={request.shell}
        title="Add a correction"
        lead={`${meeting.title}, ${whenText(meeting)}. The record stays as it was signed; this stands beside it, with your name.`}
        back={{ href: `/meetings/${id}`, text: 'The meeting' }}
        errors={words.errors}
      >
        <Form
          shell={request.shell}
          action={`/meetings/${id}/correct`}
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Sign the correction"
          secondary={<a href={`/meetings/${id}`}>Leave without adding</a>}
        >
          <TextArea {...field('words')} label="What should be known" rows={6} required />
          <TextField
            {...field('why')}
            label="Why you add this"
            hint="For example: Dad told me that he said something else"
            required
          />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: correct,
      input: (fields, params) => ({ ...fields, meeting: params.meeting }),
      done: ({ meeting }) => ({
        to: `/meetings/${meeting}`,
        notice: 'The correction stands beside the record',
      }),
    }),
  },
};
