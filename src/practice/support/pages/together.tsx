import {
  DateField,
  Fieldset,
  fieldId,
  Hidden,
  Radios,
  Select,
  TextArea,
  TextField,
} from '../../../platform/ui/index.ts';
import { form } from '../../../platform/web/page.ts';
import type { FormWords } from '../../../record/families/pages/forms.ts';
import { questionsAt } from '../answers.ts';
import type { Tool } from '../programme.ts';
import { cameWords, ways } from '../rules.ts';
import { addGoal, addReading, addSession, areasOf } from '../together.ts';
import { doneAt, helpingPage } from './helping-page.tsx';
import { answersIn, fieldsOf, Questions, startingWith, supportHref } from './words.tsx';

// What is done together: goals, sessions, readings. One page for each.

const going = ['active', 'paused'] as const;
const open = ['waiting', ...going] as const;

/** Day, hour and minutes of a session. */
export const WhenFields = ({ words }: { words: FormWords }) => (
  <>
    <DateField {...fieldsOf(words)('on')} label="On which day?" required />
    <TextField
      {...fieldsOf(words)('began')}
      label="When did it begin?"
      hint="For example, 14:30 or 2:30pm. Evenings and weekends count"
      width="short"
      required
    />
    <TextField
      {...fieldsOf(words)('minutes')}
      label="How many minutes did it take?"
      width="short"
      inputMode="numeric"
      required
    />
  </>
);

export const CameFields = ({
  people,
  words,
}: {
  people: readonly { id: string; name: string }[];
  words: FormWords;
}) => (
  <Fieldset legend="Who was there?" id={fieldId('came')} error={words.errors.came}>
    {people.map(({ id, name }) => (
      <Radios
        key={id}
        {...fieldsOf(words)(`came-${id}`)}
        label={name}
        inline
        choices={Object.entries(cameWords).map(([value, label]) => ({ value, label }))}
      />
    ))}
  </Fieldset>
);

export const sessionPage = helpingPage({
  last: 'session',
  title: 'Write down a time together',
  submit: 'Save',
  when: going,
  start: ({ people }, { today }) => ({
    on: today.toString(),
    ...Object.fromEntries(people.map(({ id }) => [`came-${id}`, 'came'])),
  }),
  fields: ({ support, words }) => (
    <>
      <WhenFields words={words} />
      <Select
        {...fieldsOf(words)('way')}
        label="Where or how?"
        empty="Choose one"
        choices={ways.map((way) => ({ value: way, label: way.charAt(0).toUpperCase() + way.slice(1) }))}
        required
      />
      <CameFields people={support.people} words={words} />
      <TextArea
        {...fieldsOf(words)('what')}
        label="What did you do together?"
        hint="A line or two that the family could read. What happened in their lives goes in a note"
        rows={3}
        optional
      />
      {support.definition.items.map(({ id, title }) => (
        <TextField
          key={id}
          {...fieldsOf(words)(`item-${id}`)}
          label={title}
          hint="How many"
          width="short"
          inputMode="numeric"
          optional
        />
      ))}
      <Questions questions={questionsAt(support.definition, 'session')} words={words} />
    </>
  ),
  sends: form({
    action: addSession,
    input: (fields, params) => ({
      ...fields,
      support: params.support,
      came: startingWith(fields, 'came-'),
      items: startingWith(fields, 'item-'),
      answers: answersIn(fields),
    }),
    done: doneAt('It is written down'),
  }),
});

export const goalPage = helpingPage({
  last: 'goal',
  title: 'Write down what they want',
  submit: 'Save',
  when: open,
  fields: ({ support, words }) => (
    <>
      <TextArea
        {...fieldsOf(words)('words')}
        label="What do they want to be different?"
        hint="As they say it. It is kept as it was said"
        rows={4}
        required
      />
      <Select
        {...fieldsOf(words)('person')}
        label="Whose words are these?"
        empty="The family together"
        choices={support.people.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </>
  ),
  sends: form({
    action: addGoal,
    input: (fields, params) => ({ ...fields, support: params.support }),
    done: doneAt('It is written down'),
  }),
});

/** Whose view a reading is, as it is said to whoever makes it. */
const viewWords: Readonly<Record<Tool['whose'], string>> = {
  'the person': 'The person says it.',
  'a parent or carer': 'A parent or carer says it.',
  'the worker': 'You say it, as the worker.',
  together: 'Say it together.',
  'a school': 'The school says it.',
};

export const readingPage = helpingPage({
  last: 'reading',
  title: 'Make a reading',
  submit: 'Save',
  when: open,
  // Only the first is the first without a doubt: of another, whoever makes it says whether it is the last.
  start: ({ readings, definition }, { today, query }) => ({
    on: today.toString(),
    moment: readings.some(({ tool }) => tool === (query.tool ?? definition.tools[0]?.id)) ? '' : 'first',
  }),
  fields: ({ support, words, page }) => {
    const tools = support.definition.tools;
    const tool = tools.find(({ id }) => id === page.query.tool) ?? tools[0];
    if (tool === undefined) return <p>This programme has no tool.</p>;
    const earlier = support.readings.some((each) => each.tool === tool.id);
    const goals = support.goals.filter(({ state }) => state === 'working on it');
    const areas = areasOf(tool, goals);
    return (
      <>
        <Hidden name="tool" value={tool.id} />
        <h2>{tool.title}</h2>
        <p>
          Say a number from {tool.from} to {tool.to}: {tool.better === 'higher' ? 'more' : 'less'} is better.{' '}
          {viewWords[tool.whose]}
        </p>
        {areas.length === 0 ? (
          <p>
            <a href={`${supportHref(support.id)}/goal`}>Write down what they want</a> first: this asks how
            close each goal is.
          </p>
        ) : (
          areas.map(({ id, title }) => (
            <TextField
              key={id}
              {...fieldsOf(words)(`score-${id}`)}
              label={title}
              width="short"
              inputMode="decimal"
              required
            />
          ))
        )}
        <Radios
          {...fieldsOf(words)('moment')}
          label="Which reading is this?"
          hint="The first when help begins, the last when it comes to its end"
          choices={[
            { value: 'first', label: 'The first' },
            { value: 'between', label: earlier ? 'One between: help goes on' : 'One between' },
            { value: 'last', label: earlier ? 'The last: help comes to its end' : 'The last' },
          ]}
        />
        <DateField {...fieldsOf(words)('on')} label="On which day?" required />
        {support.people.length > 1 ? (
          <Select
            {...fieldsOf(words)('person')}
            label="Whose is it?"
            empty="The family together"
            choices={support.people.map(({ id, name }) => ({ value: id, label: name }))}
          />
        ) : null}
        <TextArea {...fieldsOf(words)('words')} label="What did they say about it?" rows={3} optional />
      </>
    );
  },
  sends: form({
    action: addReading,
    input: (fields, params) => ({
      ...fields,
      support: params.support,
      scores: startingWith(fields, 'score-'),
    }),
    done: doneAt('The reading is written down'),
  }),
});
