import { randomUUID } from 'node:crypto';
import { Checkboxes, Fieldset, Form, Page, Select, TextArea } from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { type FormWords, formWords, idFrom } from '../../families/pages/forms.ts';
import { words as wordsQuery } from '../../language/queries.ts';
import type { WordEntry } from '../../language/suggest.ts';
import { entriesOf, Suggestions } from '../../language/suggestions.tsx';
import { practitioners } from '../../roles.ts';
import { owners } from '../../tasks/queries.ts';
import { addNeed, changeNeed } from '../actions.ts';
import { one } from '../queries.ts';
import { indicatorIds, indicators } from '../rules.ts';
import { ActionFields } from './action-fields.tsx';
import { givenOf, SavedBeside } from './parts.tsx';
import { TakeOut, takenOut, takeOutErrors, takeOutForm } from './take-out.tsx';

const NeedFields = ({
  words,
  list,
  whose,
}: {
  words: FormWords;
  list: readonly WordEntry[];
  whose: string;
}) => {
  const field = (name: string) => ({ name, value: words.text(name), error: words.errors[name] });
  return (
    <>
      <TextArea
        {...field('need')}
        label={`What does ${whose} need?`}
        hint="What the child needs, and not what a service offers"
        rows={3}
        required
      />
      <Suggestions name="need" text={words.text('need')} words={list} />
      <TextArea
        {...field('ownWords')}
        label={`What ${whose} says about it`}
        hint="As they said it. It is never corrected"
        rows={2}
        optional
      />
      <TextArea
        {...field('hoped')}
        label="What should be different"
        hint="How will everybody see it?"
        rows={2}
        optional
      />
      <TextArea
        {...field('childWords')}
        label={`The same, to ${whose}`}
        hint="For the plan that is theirs to read: short sentences, no service words"
        rows={2}
        optional
      />
      <Suggestions name="childWords" text={words.text('childWords')} words={list} reading />
      <Select
        {...field('indicator')}
        label="Which wellbeing indicator is it about most?"
        choices={indicatorIds.map((each) => ({ value: each, label: indicators[each] }))}
        empty="Not said"
        optional
      />
    </>
  );
};

/** Writing down what a child needs, with the first thing that will be done. */
export const addNeedPage: PageDefinition = {
  path: '/plans/:plan/needs/add',
  title: 'Add a need',
  who: practitioners,
  async show(request) {
    const id = idFrom(request, 'plan');
    const plan = await request.askOne(one, { plan: id });
    const [list, them, words] = await Promise.all([
      request.ask(wordsQuery, {}),
      request.ask(owners, { family: plan.about }),
      formWords(request, 'form'),
    ]);
    return (
      <Page
        shell={request.shell}
        title="Add a need"
        lead={`The plan of ${givenOf(plan.people)}`}
        back={{ href: `/plans/${id}`, text: 'The plan' }}
        errors={words.errors}
      >
        <Form
          shell={request.shell}
          action={`/plans/${id}/needs/add`}
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Add it to the plan"
        >
          <NeedFields words={words} list={entriesOf(list)} whose={givenOf(plan.people)} />
          <Fieldset legend="What will be done" hint="The first thing. More can be added on the plan">
            <ActionFields words={words} owners={them} optional />
          </Fieldset>
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: addNeed,
      input: (fields, params) => ({ ...fields, plan: params.plan }),
      done: ({ plan, need }) => ({ to: `/plans/${plan}#need-${need}`, notice: 'The need is in the plan' }),
    }),
  },
};

/** The fields in which somebody writes, in words. */
const fieldNames = {
  need: 'Need',
  ownWords: 'What the child says',
  hoped: 'What should be different',
  childWords: 'The same, to the child',
  observed: 'What we see now',
};

/** Changing a need, and saying what is seen of it since. */
export const needPage: PageDefinition = {
  path: '/plans/:plan/needs/:need',
  title: 'Change a need',
  who: practitioners,
  async show(request) {
    const id = idFrom(request, 'plan');
    const [plan, list] = await Promise.all([request.askOne(one, { plan: id }), request.ask(wordsQuery, {})]);
    const need = plan.needs.find((each) => each.id === idFrom(request, 'need'));
    if (need === undefined)
      return takenOut(request, { plan: id, again: `/plans/${id}/needs/add`, names: fieldNames });
    const errors = await takeOutErrors(request);
    const words = await formWords(request, 'form', {
      indicator: need.indicator ?? '',
      need: need.need,
      ownWords: need.ownWords,
      childWords: need.childWords,
      hoped: need.hoped,
      observed: need.observed,
      met: need.met ? 'yes' : '',
    });
    return (
      <Page
        shell={request.shell}
        title="Change a need"
        lead={`The plan of ${givenOf(plan.people)}`}
        back={{ href: `/plans/${id}#need-${need.id}`, text: 'The plan' }}
        errors={{ ...words.errors, ...errors }}
      >
        <SavedBeside
          words={words}
          plan={plan}
          rows={[
            { key: 'Need', value: need.need },
            { key: 'What the child says', value: need.ownWords },
            { key: 'What should be different', value: need.hoped },
            { key: 'The same, to the child', value: need.childWords },
            { key: 'What we see now', value: need.observed },
            { key: 'Met', value: need.met ? 'Yes' : 'Not yet' },
          ]}
        />
        <Form
          shell={request.shell}
          action={`/plans/${id}/needs/${need.id}`}
          idempotencyKey={randomUUID()}
          version={need.version}
          draft={words.draft}
          submit="Save"
        >
          <NeedFields words={words} list={entriesOf(list)} whose={givenOf(plan.people)} />
          <TextArea
            name="observed"
            label="What we see now"
            hint="What has changed for the child since this was written"
            value={words.text('observed')}
            error={words.errors.observed}
            rows={3}
            optional
          />
          <Checkboxes
            name="met"
            label="Is it met?"
            choices={[{ value: 'yes', label: 'Yes: nothing more has to be done for it' }]}
            values={words.text('met') === 'yes' ? ['yes'] : []}
          />
        </Form>
        <TakeOut request={request} what="need" version={need.version} />
      </Page>
    );
  },
  forms: {
    form: form({
      action: changeNeed,
      input: (fields, params) => ({ ...fields, id: params.need }),
      done: ({ plan }) => ({ to: `/plans/${plan}`, notice: 'The change is saved' }),
    }),
    takeOut: takeOutForm('need'),
  },
};
