import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { dayText } from '../../../platform/days.ts';
import { DateField, Form, Page, Radios, Select, TextArea, TextField } from '../../../platform/ui/index.ts';
import { type Fields, form, type PageDefinition } from '../../../platform/web/page.ts';
import { type FormWords, formWords, idFrom } from '../../families/pages/forms.ts';
import { open } from '../../families/queries.ts';
import { practitioners } from '../../roles.ts';
import { changeView, say } from '../actions.ts';
import { one } from '../queries.ts';
import { voices, voiceWords } from '../rules.ts';
import type { View } from '../shape.ts';
import { SavedBeside } from './parts.tsx';
import { TakeOut, takenOut, takeOutErrors, takeOutForm } from './take-out.tsx';

type Members = z.output<typeof open.row>['members'];

const ViewFields = ({ words, members }: { words: FormWords; members: Members }) => {
  const field = (name: string) => ({ name, value: words.text(name), error: words.errors[name] });
  return (
    <>
      <Radios
        {...field('whose')}
        label="Whose view is it?"
        choices={voices.map((whose) => ({ value: whose, label: voiceWords[whose] }))}
      />
      <Select
        {...field('person')}
        label="Who says it"
        choices={members.map((each) => ({ value: each.id, label: `${each.givenName} ${each.familyName}` }))}
        empty="Somebody who is not in this list"
      />
      <TextField {...field('name')} label="Or their name" hint="Somebody who is not in the list" optional />
      <TextArea
        {...field('words')}
        label="What they say"
        hint="As they said it. It is never corrected"
        rows={5}
        required
      />
      <DateField {...field('on')} label="When they said it" required />
      <TextArea {...field('disagrees')} label="What they do not agree with" rows={2} optional />
      <TextArea
        {...field('acted')}
        label="How it was acted on"
        hint="What was done because of it, or why not"
        rows={2}
        optional
      />
    </>
  );
};

const asFields = (view: View): Fields => ({
  whose: view.whose,
  person: view.person ?? '',
  name: view.person === null ? view.name : '',
  words: view.words,
  on: view.on.toString(),
  disagrees: view.disagrees,
  acted: view.acted,
});

/** The fields in which somebody writes, in words. */
const fieldNames = {
  name: 'Who says it',
  words: 'What they say',
  on: 'When they said it',
  disagrees: 'What they do not agree with',
  acted: 'How it was acted on',
};

/** Writing down what somebody says of a plan. The child is asked first. */
export const addViewPage: PageDefinition = {
  path: '/plans/:plan/views/add',
  title: 'What somebody says of the plan',
  who: practitioners,
  async show(request) {
    const id = idFrom(request, 'plan');
    const plan = await request.askOne(one, { plan: id });
    const { members } = await request.askOne(open, { family: plan.about });
    const child = plan.views.every(({ whose }) => whose !== 'child') ? plan.people[0] : undefined;
    const words = await formWords(request, 'form', {
      on: request.today.toString(),
      ...(child ? { whose: 'child', person: child.id } : {}),
    });
    return (
      <Page
        shell={request.shell}
        title="What somebody says of the plan"
        back={{ href: `/plans/${id}`, text: 'The plan' }}
        errors={words.errors}
      >
        <Form
          shell={request.shell}
          action={`/plans/${id}/views/add`}
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Save"
        >
          <ViewFields words={words} members={members} />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: say,
      input: (fields, params) => ({ ...fields, plan: params.plan }),
      done: ({ plan }) => ({ to: `/plans/${plan}#views`, notice: 'It is written down' }),
    }),
  },
};

/** Putting a view right, or saying how it was acted on. */
export const viewPage: PageDefinition = {
  path: '/plans/:plan/views/:view',
  title: 'What somebody says of the plan',
  who: practitioners,
  async show(request) {
    const id = idFrom(request, 'plan');
    const plan = await request.askOne(one, { plan: id });
    const view = plan.views.find((each) => each.id === idFrom(request, 'view'));
    if (view === undefined)
      return takenOut(request, { plan: id, again: `/plans/${id}/views/add`, names: fieldNames });
    const [{ members }, words, errors] = await Promise.all([
      request.askOne(open, { family: plan.about }),
      formWords(request, 'form', asFields(view)),
      takeOutErrors(request),
    ]);
    return (
      <Page
        shell={request.shell}
        title={`What ${view.name} says`}
        back={{ href: `/plans/${id}`, text: 'The plan' }}
        errors={{ ...words.errors, ...errors }}
      >
        <SavedBeside
          words={words}
          plan={plan}
          rows={[
            { key: 'Who says it', value: view.name },
            { key: 'What they say', value: view.words },
            { key: 'When', value: dayText(view.on) },
            { key: 'Does not agree with', value: view.disagrees },
            { key: 'How it was acted on', value: view.acted },
          ]}
        />
        <Form
          shell={request.shell}
          action={`/plans/${id}/views/${view.id}`}
          idempotencyKey={randomUUID()}
          version={view.version}
          draft={words.draft}
          submit="Save"
        >
          <ViewFields words={words} members={members} />
        </Form>
        <TakeOut request={request} what="view" version={view.version} />
      </Page>
    );
  },
  forms: {
    form: form({
      action: changeView,
      input: (fields, params) => ({ ...fields, view: params.view }),
      done: ({ plan }) => ({ to: `/plans/${plan}#views`, notice: 'The change is saved' }),
    }),
    takeOut: takeOutForm('view'),
  },
};
