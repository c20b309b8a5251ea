import { randomUUID } from 'node:crypto';
import { Form, Page, Radios } from '../../ui/index.ts';
import { form, type PageDefinition } from '../../web/page.ts';
import { choose } from '../actions.ts';
import { choices } from '../queries.ts';
import { howIds, hows, topicIds, topics, unlessChosen } from '../topics.ts';

/** What somebody wants to be told of by e-mail, and how. In Kith they are told of everything. */
export const tellingPage: PageDefinition = {
  path: '/account/telling',
  title: 'What I am told of',
  who: 'anyone signed in',
  async show({ shell, ask, refused }) {
    const chosen = new Map((await ask(choices, {})).map(({ topic, how }) => [topic, how]));
    return (
      <Page
        shell={shell}
        title="What I am told of"
        lead="You are always told in Kith, under Notices. Choose what you also get an e-mail for. An e-mail says only that there is something new, never what or about whom."
        crumbs={[{ href: '/account', text: 'My account' }]}
        errors={refused?.problem?.fields}
      >
        <Form shell={shell} action="/account/telling" submit="Save" idempotencyKey={randomUUID()}>
          {topicIds.map((topic) => (
            <Radios
              key={topic}
              name={topic}
              label={topics[topic]}
              inline
              choices={howIds.map((how) => ({ value: how, label: hows[how] }))}
              value={String(refused?.values[topic] ?? chosen.get(topic) ?? unlessChosen)}
              error={refused?.problem?.fields[topic]}
            />
          ))}
          <p>
            Once a day means at half past seven in the morning, and only when there is something you have not
            read.
          </p>
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({ action: choose, done: () => ({ to: '/account/telling', notice: 'Your choice is saved' }) }),
  },
};
