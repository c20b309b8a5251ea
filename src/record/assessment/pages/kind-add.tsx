import { randomUUID } from 'node:crypto';
import { Form, Page, Radios, TextArea, TextField } from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { formWords } from '../../families/pages/forms.ts';
import { fieldOf } from '../../families/pages/kept.tsx';
import { addKind } from '../kind-actions.ts';
import { askedKinds } from '../kind-queries.ts';
import { drawingTitles, kindKeepers } from '../kinds.ts';
import { inUseOn } from './kind-parts.tsx';

/** A new kind: what it is called and for, and which of those there are it is drawn like and begins with the questions of. */
export const addKindPage: PageDefinition = {
  path: '/assessment-kinds/add',
  title: 'Add a kind of assessment',
  who: kindKeepers,
  async show(request) {
    const [all, words] = await Promise.all([request.ask(askedKinds, {}), formWords(request, 'form')]);
    const field = fieldOf(words);
    const like = [...Map.groupBy(all, ({ id }) => id).values()]
      .flatMap((versions) => inUseOn(versions, request.today) ?? [])
      .filter(({ offered }) => offered);
    return (
      <Page
        shell={request.shell}
        title="Add a kind of assessment"
        lead="You write its questions next. Nobody can begin one until you put it to use."
        back={{ href: '/assessment-kinds', text: 'What assessments ask' }}
        errors={words.errors}
      >
        <Form
          shell={request.shell}
          action="/assessment-kinds/add"
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Go on to its questions"
          secondary={<a href="/assessment-kinds">Leave without adding</a>}
        >
          <TextField {...field('title')} label="What it is called" required />
          <TextArea {...field('purpose')} label="What it is for" rows={2} required />
          <Radios
            {...field('like')}
            label="Which of these is it drawn like?"
            hint="It begins with the same questions: change them, take them out and add your own"
            choices={like.map((each) => ({
              value: each.id,
              label: each.title,
              hint: drawingTitles[each.drawing],
            }))}
          />
          <TextField
            {...field('source')}
            label="Where this comes from"
            hint="The law, the guidance, or who decided it"
            required
          />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: addKind,
      done: ({ kind }) => ({
        to: `/assessment-kinds/${kind}/draft`,
        notice: 'It is begun. Write its questions, then put it to use',
      }),
    }),
  },
};
