import { randomUUID } from 'node:crypto';
import { Button, fieldId, Hidden, Page } from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { formWords, idFrom } from '../../families/pages/forms.ts';
import { frontLine } from '../../roles.ts';
import { setPicture } from '../list-actions.ts';
import { open } from '../queries.ts';
import { Picture } from './parts.tsx';
import { nameOf } from './words.ts';

const FileField = ({ error }: { error: string | undefined }) => {
  const id = fieldId('picture');
  return (
    <div class={error ? 'ds_question ds_question--error' : 'ds_question'}>
      <label class="ds_label" for={id}>
        The picture
      </label>
      <p class="ds_hint-text" id={`${id}-hint`}>
        A PNG, JPEG or WebP file of 700 kB or less
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
        name="picture"
        accept="image/png,image/jpeg,image/webp"
        aria-describedby={error ? `${id}-hint ${id}-error` : `${id}-hint`}
        aria-invalid={error ? 'true' : undefined}
      />
    </div>
  );
};

/** Putting a picture on somebody's page, if they want one. */
export const picturePage: PageDefinition = {
  path: '/people/:person/picture',
  title: 'Put a picture on somebody’s page',
  who: frontLine,
  async show(request) {
    const id = idFrom(request, 'person');
    const person = await request.askOne(open, { person: id });
    const words = await formWords(request, 'form');
    const name = nameOf(person);
    return (
      <Page
        shell={request.shell}
        title={`A picture of ${name}`}
        lead="Only if they want one. They choose it, or draw it, and can have it taken away at any time."
        back={{ href: `/people/${id}`, text: name }}
        errors={words.errors}
      >
        <Picture person={person} />
        <form
          class="kith-form"
          action={`/people/${id}/picture`}
          method="post"
          encType="multipart/form-data"
          data-once=""
          noValidate
        >
          <Hidden name="_csrf" value={request.shell.csrf} />
          <Hidden name="_key" value={randomUUID()} />
          <FileField error={words.errors.picture} />
          <div class="ds_button-group kith-form__actions">
            <Button>{person.picture === null ? 'Put it on the page' : 'Put it in place of this one'}</Button>
            {person.picture === null ? null : (
              <a href={`/people/${id}/take-out?what=picture`}>Take this picture away</a>
            )}
            <a href={`/people/${id}`}>Leave without saving</a>
          </div>
        </form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: setPicture,
      input: (fields, params) => ({ picture: fields.picture, person: params.person }),
      done: ({ person }) => ({ to: `/people/${person}`, notice: 'The picture is on the page' }),
    }),
  },
};
