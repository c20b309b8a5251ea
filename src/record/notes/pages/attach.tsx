import { randomUUID } from 'node:crypto';
import { Button, fieldId, Hidden, Page, TextField } from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { formWords, idFrom } from '../../families/pages/forms.ts';
import { practitioners } from '../../roles.ts';
import { attach } from '../actions.ts';
import { one } from '../queries.ts';
import { signedAlready } from '../refusals.ts';
import { whenText } from './parts.tsx';

const FileField = ({ error }: { error: string | undefined }) => {
  const id = fieldId('file');
  return (
    <div class={error ? 'ds_question ds_question--error' : 'ds_question'}>
      <label class="ds_label" for={id}>
        The file
      </label>
      <p class="ds_hint-text" id={`${id}-hint`}>
        A picture (PNG, JPEG or WebP), a PDF, a Word document (.docx) or plain text, of 700 kB or less
      </p>
      {error ? (
        <p class="ds_question__error-message" id={`${id}-error`}>
          <span class="visually-hidden">Error: </span>
          {error}
        </p>
      ) : null}
      <input
        class={error ? 'ds_file-upload__input ds_file-upload__input--error' : 'ds_file-upload__input'}
        type="file"
        id={id}
        name="file"
        accept=".png,.jpg,.jpeg,.webp,.pdf,.docx,.txt"
        aria-describedby={error ? `${id}-hint ${id}-error` : `${id}-hint`}
        aria-invalid={error ? 'true' : undefined}
      />
    </div>
  );
};

/** Putting a file beside a note that is not signed yet. */
export const attachPage: PageDefinition = {
  path: '/notes/:note/attach',
  title: 'Put a file beside a note',
  who: practitioners,
  async show(request) {
    const id = idFrom(request, 'note');
    const note = await request.askOne(one, { note: id });
    if (note.signed_at !== null && !request.refused) throw signedAlready();
    const words = await formWords(request, 'form');
    return (
      <Page
        shell={request.shell}
        title="Add a file"
        lead={`To the note of ${whenText(note)}. Once the note is signed, the file stays with it.`}
        back={{ href: `/notes/${id}/change`, text: 'Your note' }}
        errors={words.errors}
      >
        <form
          class="kith-form"
          action={`/notes/${id}/attach`}
          method="post"
          encType="multipart/form-data"
          data-once=""
          noValidate
        >
          <Hidden name="_csrf" value={request.shell.csrf} />
          <Hidden name="_key" value={randomUUID()} />
          <TextField
            name="title"
            label="What it is"
            hint="For example: Isla’s letter to the school"
            value={words.text('title')}
            error={words.errors.title}
            required
          />
          <FileField error={words.errors.file} />
          <div class="ds_button-group kith-form__actions">
            <Button>Add the file</Button>
            <a href={`/notes/${id}/change`}>Leave without adding</a>
          </div>
        </form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: attach,
      input: (fields, params) => ({ title: fields.title, file: fields.file, note: params.note }),
      done: ({ note }) => ({ to: `/notes/${note}/change`, notice: 'The file is beside the note' }),
    }),
  },
};
