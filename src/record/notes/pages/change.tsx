import { randomUUID } from 'node:crypto';
import {
  Button,
  ButtonLink,
  Details,
  Form,
  Hidden,
  InlineForm,
  Notification,
  Page,
} from '../../../platform/ui/index.ts';
import { type Fields, form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { formWords, idFrom } from '../../families/pages/forms.ts';
import { open } from '../../families/queries.ts';
import { words as wordsQuery } from '../../language/queries.ts';
import { readerWords, readingAge } from '../../language/reading-age.ts';
import { entriesOf } from '../../language/suggestions.tsx';
import { practitioners } from '../../roles.ts';
import { change, detach, discard } from '../actions.ts';
import { kindTitle } from '../attachments.ts';
import { one } from '../queries.ts';
import { signedAlready } from '../refusals.ts';
import { passagesOf } from '../rules.ts';
import { type Opened, sizeText } from './note.tsx';
import { NoteFields, noteErrors, noteInput } from './note-fields.tsx';
import { Words } from './parts.tsx';
import { afterWriting } from './write.tsx';

/** A note that is not signed, as the fields of its form. */
const asFields = (note: Opened): Fields => ({
  words: note.words,
  people: note.people.map(({ id }) => id),
  on: note.happened_on.toString(),
  at: note.happened_at ?? '',
  how: note.how,
  there: note.who_was_there,
  steps: note.next_steps.join('\n'),
  nextBy: note.next_by?.toString() ?? '',
  significant: note.event === null ? '' : 'yes',
  event: note.event ?? '',
  ...Object.fromEntries(
    note.quotations.flatMap((each, room) => [
      [`own${room}Words`, each.words],
      [`own${room}Person`, each.person],
      [`own${room}On`, each.on.equals(note.happened_on) ? '' : each.on.toString()],
    ]),
  ),
});

const Files = ({ request, note }: { request: PageRequest; note: Opened }) => (
  <>
    <h2>Files</h2>
    {note.attachments.length === 0 ? <p>There are none.</p> : null}
    <ul>
      {note.attachments.map((each) => (
        <li key={each.id}>
          <a href={`/notes/${note.id}/files/${each.id}`}>{each.title}</a> ({kindTitle(each.kind)},{' '}
          {sizeText(each.bytes)}){' '}
          <InlineForm
            shell={request.shell}
            action={`/notes/${note.id}/change`}
            idempotencyKey={randomUUID()}
            fields={{ _form: 'detach', attachment: each.id }}
            submit="Take it away"
            about={each.title}
          />
        </li>
      ))}
    </ul>
    <p>
      <ButtonLink kind="secondary" small href={`/notes/${note.id}/attach`}>
        Add a file
      </ButtonLink>
    </p>
  </>
);

/** How the words will stand: what is left out of the copy for the person, and how old a reader can read it. */
const HowItReads = ({ text }: { text: string }) => {
  const age = readingAge(text);
  const apart = passagesOf(text).some(({ mark }) => mark !== undefined);
  return (
    <>
      {age === undefined ? null : <p>{readerWords(age)} can read this easily.</p>}
      {apart ? (
        <Details summary="How the parts that are about or from somebody else will show">
          <Words text={text} />
        </Details>
      ) : null}
    </>
  );
};

/** A note that its writer has not signed: looked at again, changed, with files beside it, and signed. */
export const changePage: PageDefinition = {
  path: '/notes/:note/change',
  title: 'Go on writing a note',
  who: practitioners,
  async show(request) {
    const { shell } = request;
    const id = idFrom(request, 'note');
    const note = await request.askOne(one, { note: id });
    if (note.signed_at !== null && !request.refused) throw signedAlready();
    const [family, list, words] = await Promise.all([
      request.askOne(open, { family: note.about }),
      request.ask(wordsQuery, {}),
      formWords(request, 'form', asFields(note)),
    ]);
    const members = family.members.map((each) => ({
      id: each.id,
      name: `${each.givenName} ${each.familyName}`,
    }));
    // Somebody who has left the family since can still be whom the note is about.
    const others = note.people.filter(({ id: of }) => !members.some((each) => each.id === of));
    const errors = noteErrors(words.errors);
    const whole =
      request.refused && request.refused.form !== 'form' && request.refused.problem
        ? { form: request.refused.problem.message }
        : errors;
    return (
      <Page
        shell={shell}
        title="Check your note"
        lead={`The ${note.family} family. Only you can see this until you sign it.`}
        back={{ href: `/families/${note.about}/notes`, text: 'Notes' }}
        errors={whole}
      >
        {note.signed_at === null ? null : (
          <Notification kind="warning" title="This note was signed meanwhile.">
            <p>
              What you typed is below. <a href={`/notes/${id}`}>Read the note</a>, and add what is still
              needed as an amendment.
            </p>
          </Notification>
        )}
        <HowItReads text={words.text('words')} />
        <Form
          shell={shell}
          action={`/notes/${id}/change`}
          idempotencyKey={randomUUID()}
          version={note.version}
          draft={words.draft}
          submit="Sign the note"
          secondary={
            <Button kind="secondary" name="finish" value="keep">
              Keep it for later
            </Button>
          }
        >
          <NoteFields
            words={words}
            errors={errors}
            members={[...members, ...others]}
            list={entriesOf(list)}
          />
          <p class="ds_hint-text">
            Once signed, a note is never changed: what is to be put right stands beside it.
          </p>
        </Form>
        <Files request={request} note={note} />
        <Details summary="Throw this note away">
          <p>Nobody else has seen it. It cannot be brought back.</p>
          <Form
            shell={shell}
            action={`/notes/${id}/change`}
            idempotencyKey={randomUUID()}
            version={note.version}
            submit="Throw it away"
            submitKind="serious"
          >
            <Hidden name="_form" value="discard" />
          </Form>
        </Details>
      </Page>
    );
  },
  forms: {
    form: form({
      action: change,
      input: (fields, params) => ({ ...noteInput(fields), note: params.note }),
      done: afterWriting,
    }),
    detach: form({
      action: detach,
      input: (fields, params) => ({ attachment: fields.attachment, note: params.note }),
      done: ({ note }) => ({ to: `/notes/${note}/change`, notice: 'The file is taken away' }),
    }),
    discard: form({
      action: discard,
      input: (_fields, params) => ({ note: params.note }),
      done: ({ family }) => ({ to: `/families/${family}/notes`, notice: 'The note is thrown away' }),
    }),
  },
};
