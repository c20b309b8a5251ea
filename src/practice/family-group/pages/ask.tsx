import { randomUUID } from 'node:crypto';
import {
  Checkboxes,
  Form,
  Inset,
  Notification,
  Page,
  Select,
  TextArea,
  TextField,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { formWords, idFrom } from '../../../record/families/pages/forms.ts';
import { ageText } from '../../../record/people.ts';
import { practitioners } from '../../../record/roles.ts';
import { ask, processHref } from '../asking.ts';
import { askForm } from '../queries.ts';
import { fieldsOf, valuesOf } from './words.tsx';

/** Asking for a family group meeting: what is to be decided, what cannot be otherwise, and that everybody is safe. */
export const askPage: PageDefinition = {
  path: '/families/:id/family-meetings/ask',
  title: 'Ask for a family group meeting',
  who: practitioners,
  async show(request) {
    const family = await request.askOne(askForm, { family: idFrom(request) });
    const words = await formWords(request, 'form', {
      bottomLineOf: family.workers.some(({ id }) => id === request.identity.account)
        ? request.identity.account
        : '',
      ...(family.children.length === 1 ? { children: family.children.map(({ id }) => id) } : {}),
    });
    const field = fieldsOf(words);
    const here = `/families/${family.about}/family-meetings`;
    return (
      <Page
        shell={request.shell}
        title="Ask for a family group meeting"
        lead={`For the ${family.name} family`}
        back={{ href: here, text: `The ${family.name} family` }}
        errors={words.errors}
      >
        {family.live === null ? null : (
          <Notification kind="info" title="One is asked for already">
            <p>
              <a href={processHref(family.live)}>Look at where it stands</a>
            </p>
          </Notification>
        )}
        <Inset>
          <p>
            The family and those close to it meet. First they are told what they need to know; then they have
            time by themselves; then they say what their plan is. It is voluntary, and somebody independent
            brings them together.
          </p>
        </Inset>
        <Form
          shell={request.shell}
          action={`${here}/ask`}
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Ask for a meeting"
          secondary={<a href={here}>Leave without asking</a>}
        >
          <Checkboxes
            name="children"
            label="For which children does the family decide?"
            values={valuesOf(words.fields, 'children')}
            error={words.errors.children}
            required
            choices={family.children.map(({ id, name, born }) => ({
              value: id,
              label: `${name}${born === null ? '' : `, ${ageText(born, request.today)}`}`,
            }))}
          />
          <TextArea
            {...field('decide')}
            label="What does the family need to decide?"
            hint="As a question the family could answer. For example: who can Isla stay with on the nights when Morag is in hospital?"
            rows={5}
            required
          />
          <TextArea {...field('strengths')} label="What goes well in this family?" rows={4} optional />
          <TextArea
            {...field('bottomLine')}
            label="What is the bottom line?"
            hint="What cannot be otherwise, whatever the family plans. As little as safety allows, and in plain words."
            rows={4}
            required
          />
          <Select
            {...field('bottomLineOf')}
            label="Whose bottom line is it?"
            hint="They agree the family’s plan, or say why not"
            empty="Choose somebody who works with this family"
            choices={family.workers.map(({ id, name }) => ({ value: id, label: name }))}
            required
          />
          <TextArea
            {...field('safety')}
            label="What has to be thought of so that everybody who comes is safe?"
            hint="Anybody who should not be in a room with somebody, and why; orders; what frightens the children"
            rows={4}
            required
          />
          <TextArea
            {...field('view')}
            label="What does the child or young person think?"
            hint="As they said it. Leave it empty if they have not been asked yet."
            rows={4}
            optional
          />
          <TextField
            {...field('agreedWith')}
            label="Who in the family agreed to this?"
            hint="It is voluntary"
            required
          />
          <Checkboxes
            name="emergency"
            label="Can it wait?"
            values={valuesOf(words.fields, 'emergency')}
            choices={[
              {
                value: 'yes',
                label: 'It cannot wait: the family has to meet within a week',
                hint: 'A full meeting follows',
              },
            ]}
          />
          {family.teams.length > 1 ? (
            <Select
              {...field('team')}
              label="Which coordinators?"
              choices={family.teams.map(({ id, name, organisation }) => ({
                value: id,
                label: `${name}, ${organisation}`,
              }))}
            />
          ) : null}
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: ask,
      input: (fields, params) => ({ ...fields, family: params.id }),
      done: ({ process, reference, team }) => ({
        to: processHref(process),
        notice: `${reference} is sent to ${team}. You are told when a coordinator takes it on.`,
      }),
    }),
  },
};
