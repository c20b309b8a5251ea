import { randomUUID } from 'node:crypto';
import { dayText } from '../../../platform/days.ts';
import {
  Checkboxes,
  DateField,
  Form,
  Page,
  Radios,
  TextArea,
  TextField,
} from '../../../platform/ui/index.ts';
import { type Fields, form, type PageDefinition } from '../../../platform/web/page.ts';
import { type FormWords, formWords, idFrom } from '../../families/pages/forms.ts';
import { open } from '../../families/queries.ts';
import { words as wordsQuery } from '../../language/queries.ts';
import type { WordEntry } from '../../language/suggest.ts';
import { entriesOf, Suggestions } from '../../language/suggestions.tsx';
import { practitioners } from '../../roles.ts';
import { begin, change } from '../actions.ts';
import { one } from '../queries.ts';
import { levels, levelWords } from '../rules.ts';
import { namesOf, SavedBeside } from './parts.tsx';

const valuesOf = (fields: Fields, name: string): readonly string[] => {
  const value = fields[name];
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
};

const OwnFields = ({ words, list }: { words: FormWords; list: readonly WordEntry[] }) => {
  const field = (name: string) => ({ name, value: words.text(name), error: words.errors[name] });
  return (
    <>
      <TextArea
        {...field('why')}
        label="Why is there a plan?"
        hint="What has happened, and what the plan is for. Write it so that the child could read it"
        rows={5}
        required
      />
      <Suggestions name="why" text={words.text('why')} words={list} />
      <TextArea
        {...field('childWhy')}
        label="The same, to the child"
        hint="Two or three short sentences: “You have this plan because …”"
        rows={3}
        optional
      />
      <Suggestions name="childWhy" text={words.text('childWhy')} words={list} reading />
      <Radios
        {...field('level')}
        label="How much help is it?"
        choices={levels.map((level) => ({ value: level, label: levelWords[level] }))}
      />
      <TextField
        {...field('compulsory')}
        label="Is any of it compulsory? By which order or duty?"
        hint="A plan is voluntary. Leave this empty unless the law says otherwise"
        optional
      />
      <DateField {...field('on')} label="Written on" required />
    </>
  );
};

/** Beginning a plan. */
export const beginPage: PageDefinition = {
  path: '/families/:id/plans/add',
  title: 'Begin a plan',
  who: practitioners,
  async show(request) {
    const { shell, today } = request;
    const family = idFrom(request);
    const [{ name, members }, list] = await Promise.all([
      request.askOne(open, { family }),
      request.ask(wordsQuery, {}),
    ]);
    const children = members.filter(({ part }) => part === 'child' || part === 'young person');
    const first = children.length === 1 ? children.map(({ id }) => id) : [];
    const words = await formWords(request, 'form', {
      people: first,
      on: today.toString(),
      level: 'additional',
    });
    return (
      <Page
        shell={shell}
        title="Begin a plan"
        lead={`The ${name} family`}
        back={{ href: `/families/${family}/plans`, text: 'Plans' }}
        errors={words.errors}
      >
        <Form
          shell={shell}
          action={`/families/${family}/plans/add`}
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Begin the plan"
        >
          <Checkboxes
            name="people"
            label="Whose plan is it?"
            choices={[...children, ...members.filter((each) => !children.includes(each))].map((each) => ({
              value: each.id,
              label: `${each.givenName} ${each.familyName}`,
            }))}
            values={valuesOf(words.fields, 'people')}
            error={words.errors.people}
          />
          <OwnFields words={words} list={entriesOf(list)} />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: begin,
      input: (fields, params) => ({ ...fields, family: params.id }),
      done: ({ plan }) => ({ to: `/plans/${plan}`, notice: 'The plan is begun' }),
    }),
  },
};

/** Changing what stands on the plan itself. */
export const changePage: PageDefinition = {
  path: '/plans/:plan/change',
  title: 'Change why there is a plan',
  who: practitioners,
  async show(request) {
    const id = idFrom(request, 'plan');
    const [plan, list] = await Promise.all([request.askOne(one, { plan: id }), request.ask(wordsQuery, {})]);
    const words = await formWords(request, 'form', {
      level: plan.level,
      why: plan.why,
      childWhy: plan.child_why,
      compulsory: plan.compulsory,
      on: plan.prepared_on.toString(),
    });
    return (
      <Page
        shell={request.shell}
        title="Change why there is a plan, and how much help"
        lead={namesOf(plan.people)}
        back={{ href: `/plans/${id}`, text: 'The plan' }}
        errors={words.errors}
      >
        <SavedBeside
          words={words}
          plan={plan}
          rows={[
            { key: 'Why there is a plan', value: plan.why },
            { key: 'The same, to the child', value: plan.child_why },
            { key: 'How much help', value: levelWords[plan.level] },
            { key: 'Compulsory', value: plan.compulsory },
            { key: 'Written on', value: dayText(plan.prepared_on) },
          ]}
        />
        <Form
          shell={request.shell}
          action={`/plans/${id}/change`}
          idempotencyKey={randomUUID()}
          version={plan.version}
          draft={words.draft}
          submit="Save"
        >
          <OwnFields words={words} list={entriesOf(list)} />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: change,
      input: (fields, params) => ({ ...fields, plan: params.plan }),
      done: ({ plan }) => ({ to: `/plans/${plan}`, notice: 'The change is saved' }),
    }),
  },
};
