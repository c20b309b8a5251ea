import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { dayText, momentText } from '../../../platform/days.ts';
import {
  ButtonLink,
  Form,
  InlineForm,
  Inset,
  Page,
  SummaryList,
  TextArea,
  TextField,
  Timeline,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { formWords, idFrom } from '../../families/pages/forms.ts';
import { words as wordsQuery } from '../../language/queries.ts';
import { entriesOf, Suggestions } from '../../language/suggestions.tsx';
import { practitioners } from '../../roles.ts';
import { amend, signLeft } from '../actions.ts';
import { fileName, kindTitle } from '../attachments.ts';
import { file, one } from '../queries.ts';
import { wayWords } from '../rules.ts';
import { EventTag, OwnWords, Words, whenText, writerText } from './parts.tsx';

export type Opened = z.output<typeof one.row>;

/** 1,234 bytes as "2 kB". */
export const sizeText = (bytes: number): string => `${Math.max(1, Math.round(bytes / 1000))} kB`;

const Facts = ({ note }: { note: Opened }) => (
  <SummaryList
    rows={[
      {
        key: 'About',
        value: note.people.map(({ id, name }, index) => (
          <span key={id}>
            {index > 0 ? ', ' : ''}
            <a href={`/people/${id}`}>{name}</a>
          </span>
        )),
      },
      { key: 'How', value: wayWords(note.how) },
      ...(note.who_was_there === '' ? [] : [{ key: 'Who was there', value: note.who_was_there }]),
      ...(note.event === null ? [] : [{ key: 'In the chronology', value: note.event }]),
      ...(note.next_steps.length === 0
        ? []
        : [
            {
              key: note.next_by === null ? 'Next steps' : `Next steps, by ${dayText(note.next_by)}`,
              value: (
                <ul>
                  {note.next_steps.map((step, index) => (
                    <li key={index}>{step}</li>
                  ))}
                </ul>
              ),
            },
          ]),
      ...(note.attachments.length === 0
        ? []
        : [
            {
              key: 'Files',
              value: (
                <ul>
                  {note.attachments.map((each) => (
                    <li key={each.id}>
                      <a href={`/notes/${note.id}/files/${each.id}`}>
                        Save “{each.title}” ({kindTitle(each.kind)}, {sizeText(each.bytes)})
                      </a>
                    </li>
                  ))}
                </ul>
              ),
            },
          ]),
      {
        key: 'Written by',
        value: writerText(note.written_by, note.written_as),
      },
      { key: 'Signed', value: note.signed_at === null ? 'Not yet' : momentText(note.signed_at) },
    ]}
  />
);

const Amendments = ({ note }: { note: Opened }) =>
  note.amendments.length === 0 ? null : (
    <>
      <h2>Added since</h2>
      <Timeline
        items={note.amendments.map((each) => ({
          when: [momentText(each.at), writerText(each.by, each.as)].join(', '),
          title: each.why,
          body: <Words text={each.words} />,
        }))}
      />
    </>
  );

/** One note: the words first, then a child's own, then what else is known of it, and what was added since. */
export const notePage: PageDefinition = {
  path: '/notes/:note',
  title: 'A note',
  who: practitioners,
  async show(request) {
    const id = idFrom(request, 'note');
    const note = await request.askOne(one, { note: id });
    const signed = note.signed_at !== null;
    return (
      <Page
        shell={request.shell}
        title={whenText(note)}
        lead={
          <p>
            The {note.family} family. {wayWords(note.how)} <EventTag event={note.event} />
          </p>
        }
        back={{ href: `/families/${note.about}/notes`, text: 'Notes' }}
        actions={
          signed ? (
            <ButtonLink kind="secondary" href={`/notes/${id}/amend`}>
              Add an amendment
            </ButtonLink>
          ) : note.mine ? (
            <ButtonLink href={`/notes/${id}/change`}>Go on writing</ButtonLink>
          ) : null
        }
      >
        {signed ? null : note.mine ? (
          <Inset>
            <p>This note is not signed. Only you can see it.</p>
          </Inset>
        ) : (
          <Inset>
            <p>
              {note.written_by ?? 'Somebody'} began this note and has gone before signing it. You see it so
              that it is not lost. Signed, it stands as it was written, with your name as who signed it; what
              should be known besides can be added beside it.
            </p>
          </Inset>
        )}
        <Words text={note.words} />
        <OwnWords said={note.quotations} />
        <Amendments note={note} />
        <h2>About this note</h2>
        <Facts note={note} />
        {signed || note.mine ? null : (
          <InlineForm
            shell={request.shell}
            action={`/notes/${id}`}
            idempotencyKey={randomUUID()}
            fields={{ version: String(note.version) }}
            submit="Sign it as it stands"
          />
        )}
      </Page>
    );
  },
  forms: {
    form: form({
      action: signLeft,
      input: (fields, params) => ({ ...fields, note: params.note }),
      done: ({ note }) => ({ to: `/notes/${note}`, notice: 'The note is signed' }),
    }),
  },
};

/** Adding to a signed note what should be known of it. */
export const amendPage: PageDefinition = {
  path: '/notes/:note/amend',
  title: 'Add an amendment to a note',
  who: practitioners,
  async show(request) {
    const id = idFrom(request, 'note');
    const [note, list] = await Promise.all([request.askOne(one, { note: id }), request.ask(wordsQuery, {})]);
    if (note.signed_at === null) return { to: `/notes/${id}/change` };
    const words = await formWords(request, 'form');
    const field = (name: string) => ({ name, value: words.text(name), error: words.errors[name] });
    return (
      <Page
        shell={request.shell}
        title="Add an amendment"
        lead={`To the note of ${whenText(note)}. The note stays as it was signed; this stands beside it, with your name.`}
        back={{ href: `/notes/${id}`, text: 'The note' }}
        errors={words.errors}
      >
        <Inset>
          <Words text={note.words} most={1500} />
        </Inset>
        <Form
          shell={request.shell}
          action={`/notes/${id}/amend`}
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Sign the amendment"
          secondary={<a href={`/notes/${id}`}>Leave without adding</a>}
        >
          <TextArea {...field('words')} label="What should be known" rows={6} required />
          <Suggestions name="words" text={words.text('words')} words={entriesOf(list)} />
          <TextField
            {...field('why')}
            label="Why you add this"
            hint="For example: Mum told me that the day was wrong"
            required
          />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: amend,
      input: (fields, params) => ({ ...fields, note: params.note }),
      done: ({ note }) => ({ to: `/notes/${note}`, notice: 'The amendment stands beside the note' }),
    }),
  },
};

/** A file that belongs to a note: to be saved, never shown in the page. */
export const filePage: PageDefinition = {
  path: '/notes/:note/files/:file',
  title: 'A file of a note',
  who: practitioners,
  async show(request) {
    const found = await request.askOne(file, {
      note: idFrom(request, 'note'),
      attachment: idFrom(request, 'file'),
    });
    return {
      file: fileName(found.title, found.kind),
      contentType: found.kind,
      body: Buffer.from(found.content, 'base64'),
    };
  },
};
