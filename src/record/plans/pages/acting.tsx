import { randomUUID } from 'node:crypto';
import { dayText } from '../../../platform/days.ts';
import { Form, Page, TextArea, TextField } from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { formWords, idFrom } from '../../families/pages/forms.ts';
import { practitioners } from '../../roles.ts';
import { owners } from '../../tasks/queries.ts';
import { addAction, changeAction } from '../actions.ts';
import { one } from '../queries.ts';
import type { PlanAction } from '../shape.ts';
import { ActionFields, type Owner, ownerValue } from './action-fields.tsx';
import { SavedBeside } from './parts.tsx';
import { TakeOut, takenOut, takeOutErrors, takeOutForm } from './take-out.tsx';

/** The fields in which somebody writes, in words. */
const fieldNames = {
  what: 'What will be done',
  named: 'Who does it',
  due: 'By when',
  intended: 'So that',
  observed: 'What we see',
};

/** Adding something to be done for a need. */
export const addActionPage: PageDefinition = {
  path: '/plans/:plan/needs/:need/act',
  title: 'Add an action',
  who: practitioners,
  async show(request) {
    const id = idFrom(request, 'plan');
    const plan = await request.askOne(one, { plan: id });
    const need = plan.needs.find((each) => each.id === idFrom(request, 'need'));
    if (need === undefined)
      return takenOut(request, { plan: id, again: `/plans/${id}/needs/add`, names: fieldNames });
    const [them, words] = await Promise.all([
      request.ask(owners, { family: plan.about }),
      formWords(request, 'form'),
    ]);
    return (
      <Page
        shell={request.shell}
        title="Add an action"
        lead={need.need}
        back={{ href: `/plans/${id}#need-${need.id}`, text: 'The plan' }}
        errors={words.errors}
      >
        <Form
          shell={request.shell}
          action={`/plans/${id}/needs/${need.id}/act`}
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Add it to the plan"
        >
          <ActionFields words={words} owners={them} />
          <TextField
            name="intended"
            label="So that"
            hint="What it should change for the child"
            value={words.text('intended')}
            error={words.errors.intended}
            optional
          />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: addAction,
      input: (fields, params) => ({ ...fields, need: params.need }),
      done: ({ plan }) => ({ to: `/plans/${plan}`, notice: 'The action is in the plan' }),
    }),
  },
};

/** Who does it, as the list of the form has them; a name that is in no list is written. */
function ownerIn(
  { account, post, named }: PlanAction,
  them: readonly Owner[],
): { owner: string; named: string } {
  const holder = account ?? post;
  if (holder !== null) return { owner: holder, named: '' };
  const person = them.find((each) => each.kind === 'person' && each.name === named);
  return person ? { owner: ownerValue(person), named: '' } : { owner: '', named: named ?? '' };
}

/** Changing something that is to be done, or saying what was seen of it. */
export const actionPage: PageDefinition = {
  path: '/plans/:plan/actions/:action',
  title: 'Change an action',
  who: practitioners,
  async show(request) {
    const id = idFrom(request, 'plan');
    const plan = await request.askOne(one, { plan: id });
    const of = idFrom(request, 'action');
    const need = plan.needs.find(({ actions }) => actions.some((each) => each.id === of));
    const action = need?.actions.find((each) => each.id === of);
    if (need === undefined || action === undefined)
      return takenOut(request, { plan: id, again: `/plans/${id}`, names: fieldNames });
    const [them, errors] = await Promise.all([
      request.ask(owners, { family: plan.about }),
      takeOutErrors(request),
    ]);
    const words = await formWords(request, 'form', {
      what: action.what,
      ...ownerIn(action, them),
      due: action.due?.toString() ?? '',
      intended: action.intended,
      observed: action.observed,
    });
    return (
      <Page
        shell={request.shell}
        title="Change an action"
        lead={need.need}
        back={{ href: `/plans/${id}#need-${need.id}`, text: 'The plan' }}
        errors={{ ...words.errors, ...errors }}
      >
        <SavedBeside
          words={words}
          plan={plan}
          rows={[
            { key: 'What will be done', value: action.what },
            { key: 'Who does it', value: action.owner },
            { key: 'By when', value: action.due === null ? null : dayText(action.due) },
            { key: 'So that', value: action.intended },
            { key: 'What we see', value: action.observed },
          ]}
        />
        <Form
          shell={request.shell}
          action={`/plans/${id}/actions/${action.id}`}
          idempotencyKey={randomUUID()}
          version={action.version}
          draft={words.draft}
          submit="Save"
        >
          <ActionFields words={words} owners={them} />
          <TextField
            name="intended"
            label="So that"
            value={words.text('intended')}
            error={words.errors.intended}
            optional
          />
          <TextArea
            name="observed"
            label="What we see"
            hint="What it has changed for the child"
            value={words.text('observed')}
            error={words.errors.observed}
            rows={2}
            optional
          />
        </Form>
        {action.task === null ? null : (
          <p>
            It is in somebody’s list: <a href={`/tasks/${action.task}`}>see how it goes</a>.
          </p>
        )}
        <TakeOut request={request} what="action" version={action.version} />
      </Page>
    );
  },
  forms: {
    form: form({
      action: changeAction,
      input: (fields, params) => ({ ...fields, action: params.action }),
      done: ({ plan }) => ({ to: `/plans/${plan}`, notice: 'The change is saved' }),
    }),
    takeOut: takeOutForm('action'),
  },
};
