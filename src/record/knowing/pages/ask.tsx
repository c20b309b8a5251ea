import { randomUUID } from 'node:crypto';
import { dayOf, untilText } from '../../../platform/days.ts';
import { Form, Inset, Page, Select, Table, Tag, TextArea } from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { formWords } from '../../families/pages/forms.ts';
import { practitioners } from '../../roles.ts';
import { askForAccess } from '../asking-actions.ts';
import { myRequests, teams } from '../queries.ts';

import { SoughtFields } from './sought.tsx';

const states = {
  open: <Tag tone="waiting">Not answered yet</Tag>,
  given: <Tag tone="good">Given</Tag>,
  declined: <Tag tone="stopped">Declined</Tag>,
};

/** Asking for access to a record that one may not see. `?text=&team=` come from a search that said whom to ask. */
export const askPage: PageDefinition = {
  path: '/access/ask',
  title: 'Ask for access',
  who: practitioners,
  async show(request) {
    const { query } = request;
    const [mine, all] = await Promise.all([request.ask(myRequests, {}), request.ask(teams, {})]);
    const named = all.find((team) => team.id === query.team || team.name === query.team);
    const words = await formWords(request, 'form', {
      sought: (query.text ?? '').slice(0, 300),
      born: query.born ?? '',
      number: query.number ?? '',
      link: query.link ?? '',
      team: named?.id ?? '',
    });
    return (
      <Page
        shell={request.shell}
        title="Ask for access"
        crumbs={[{ href: '/access', text: 'Access' }]}
        lead="For a record that you cannot see and need to. Whoever works with the family answers you."
        errors={words.errors}
      >
        <Form
          shell={request.shell}
          action="/access/ask"
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Send the question"
        >
          <SoughtFields words={words} />
          <Select
            name="team"
            label="Which team?"
            hint="The one that the search named. With a link you need not choose"
            empty="Choose a team"
            choices={all.map((team) => ({ value: team.id, label: `${team.name}, ${team.organisation}` }))}
            value={words.text('team')}
            error={words.errors.team}
          />
          <TextArea
            name="why"
            label="Why do you need to see it?"
            hint="Read by those you ask"
            value={words.text('why')}
            error={words.errors.why}
            limit={2000}
            required
          />
        </Form>
        <Inset>
          <p>
            If somebody may be in danger and cannot wait, <a href="/access/urgent">take urgent access</a>.
          </p>
        </Inset>
        <Table
          caption="What you have asked"
          small="stack"
          columns={[
            { key: 'what', title: 'Whose record' },
            { key: 'team', title: 'Asked' },
            { key: 'state', title: 'Answer', width: 'wide' },
          ]}
          rows={mine.map((each) => ({
            what: each.sought || 'By a number or a link',
            team: `${each.team ?? 'Whoever holds it'}, ${dayOf(each.asked_at)}`,
            state: (
              <div>
                {states[each.state]}
                {each.state === 'given' && each.until ? <p>Until {untilText(each.until)}</p> : null}
                {each.answer ? <p>{each.answer}</p> : null}
                {each.answered_by ? <p>{each.answered_by}</p> : null}
              </div>
            ),
          }))}
          empty={<p>You have asked for nothing yet.</p>}
        />
      </Page>
    );
  },
  forms: {
    form: form({
      action: askForAccess,
      done: () => ({ to: '/access/ask', notice: 'Your question is sent. You are told when it is answered' }),
    }),
  },
};
