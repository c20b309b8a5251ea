import { randomUUID } from 'node:crypto';
import { Form, Page } from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { formWords, idFrom } from '../../families/pages/forms.ts';
import { open } from '../../families/queries.ts';
import { practitioners } from '../../roles.ts';
import { add } from '../actions.ts';
import { owners } from '../queries.ts';
import { TaskFields } from './fields.tsx';

/** Writing down something to do for a family. Whoever writes is chosen to do it, unless they choose another. */
export const addTaskPage: PageDefinition = {
  path: '/families/:id/tasks/add',
  title: 'Add something to do',
  who: practitioners,
  async show(request) {
    const family = idFrom(request);
    const [{ name }, them] = await Promise.all([
      request.askOne(open, { family }),
      request.ask(owners, { family }),
    ]);
    const words = await formWords(request, 'form', { owner: them.find(({ mine }) => mine)?.id ?? '' });
    return (
      <Page
        shell={request.shell}
        title="Add something to do"
        back={{ href: `/families/${family}/tasks`, text: `The ${name} family` }}
        errors={words.errors}
      >
        <Form
          shell={request.shell}
          action={`/families/${family}/tasks/add`}
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Add"
        >
          <TaskFields words={words} owners={them} />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: add,
      input: (fields, params) => ({ ...fields, family: params.id }),
      done: ({ family }) => ({ to: `/families/${family}/tasks`, notice: 'It is in the list' }),
    }),
  },
};
