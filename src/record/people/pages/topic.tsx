import { randomUUID } from 'node:crypto';
import type { ComponentChildren, VNode } from 'preact';
import type { AnyAction } from '../../../platform/area.ts';
import { Form, Notification, Page, SummaryList } from '../../../platform/ui/index.ts';
import type { Fields, PageDefinition } from '../../../platform/web/page.ts';
import { type FormWords, formWords, idFrom } from '../../families/pages/forms.ts';
import { frontLine } from '../../roles.ts';
import { open } from '../queries.ts';
import { nameOf, type Opened } from './words.ts';

/** One topic about a person: a short form of its own. */
export interface Topic {
  /** After /people/:person/. */
  path: string;
  title: string;
  heading: (name: string) => string;
  lead?: ComponentChildren;
  action: AnyAction;
  /** What is saved, as the form's fields; its presence makes the form check the version. */
  saved?: (person: Opened) => Fields;
  /** What is saved, in words: stands beside what was written when a colleague has changed it. */
  beside?: (person: Opened) => { key: string; value: ComponentChildren }[];
  fields: (of: { person: Opened; words: FormWords; today: Temporal.PlainDate }) => ComponentChildren;
  submit?: string;
  /** Another way on, beside the button. */
  otherwise?: (person: Opened) => ComponentChildren;
  notice: string;
  /** The part of the person's page to come back to. */
  part: string;
}

/** The name, value and error of a field of a form. */
export const fieldOf = (words: FormWords) => (name: string) => ({
  name,
  value: words.text(name),
  error: words.errors[name],
});

const SavedBeside = ({
  words,
  rows,
}: {
  words: FormWords;
  rows: { key: string; value: ComponentChildren }[];
}): VNode | null =>
  words.state === 'saved' || (words.state === 'refused' && !('form' in words.errors)) ? null : (
    <>
      {words.state === 'draft' ? (
        <Notification kind="info" title="You had begun to change this and not sent it.">
          <p>What you typed is in the form below.</p>
        </Notification>
      ) : null}
      <h2>As it is saved now</h2>
      <SummaryList rows={rows} />
      <h2>What you wrote</h2>
    </>
  );

/** The page of a topic. */
export const topicPage = (topic: Topic): PageDefinition => ({
  path: `/people/:person/${topic.path}`,
  title: topic.title,
  who: frontLine,
  async show(request) {
    const id = idFrom(request, 'person');
    const person = await request.askOne(open, { person: id });
    const words = await formWords(request, 'form', topic.saved?.(person));
    const name = nameOf(person);
    return (
      <Page
        shell={request.shell}
        title={topic.heading(name)}
        lead={topic.lead}
        back={{ href: `/people/${id}`, text: name }}
        errors={words.errors}
      >
        {topic.beside ? <SavedBeside words={words} rows={topic.beside(person)} /> : null}
        <Form
          shell={request.shell}
          action={`/people/${id}/${topic.path}`}
          idempotencyKey={randomUUID()}
          version={topic.saved ? person.version : undefined}
          draft={words.draft}
          submit={topic.submit ?? 'Save'}
          secondary={
            <>
              <a href={`/people/${id}`}>Leave without saving</a>
              {topic.otherwise?.(person)}
            </>
          }
        >
          {topic.fields({ person, words, today: request.today })}
        </Form>
      </Page>
    );
  },
  forms: {
    form: {
      action: topic.action,
      input: (fields, params) => ({ ...fields, person: params.person }),
      done: (_result, params) => ({ to: `/people/${params.person}#${topic.part}`, notice: topic.notice }),
    },
  },
});
