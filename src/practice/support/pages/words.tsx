import type { ComponentChildren } from 'preact';
import { dayShort } from '../../../platform/days.ts';
import {
  Checkboxes,
  DateField,
  type Errors,
  Filters,
  Hidden,
  Radios,
  Select,
  SummaryList,
  Tag,
  TextArea,
  TextField,
  type Tone,
} from '../../../platform/ui/index.ts';
import type { Fields, PageRequest } from '../../../platform/web/page.ts';
import type { FormWords } from '../../../record/families/pages/forms.ts';
import { dueLine, dueWords, isOverdue } from '../../../record/tasks/rules.ts';
import { fieldOf } from '../answers.ts';
import { withWords } from '../finding.ts';
import { needs, type Programme, type Question } from '../programme.ts';
import { nextDue, type RequestState } from '../rules.ts';

// What pages of this area share: how a state is called, how a day that is due is said, and the programme's own questions.

export const home = { href: '/', text: 'Home' };
export const helpCrumb = { href: '/support', text: 'Help' };
export const requestHref = (id: string): string => `/support/requests/${id}`;
export const supportHref = (id: string): string => `/support/supports/${id}`;
export const theFamily = (name: string): string => `the ${name} family`;

const states: Readonly<Record<string, readonly [Tone, string]>> = {
  sent: ['waiting', 'Sent'],
  acknowledged: ['waiting', 'Waits for an answer'],
  accepted: ['good', 'Accepted'],
  declined: ['neutral', 'Other help'],
  closed: ['neutral', 'Withdrawn'],
  waiting: ['waiting', 'On the waiting list'],
  active: ['active', 'Helping now'],
  paused: ['attention', 'Paused'],
  ended: ['neutral', 'Ended'],
};

export const StateTag = ({ state }: { state: string }) => {
  const [tone, text] = states[state] ?? ['neutral', state];
  return <Tag tone={tone}>{text}</Tag>;
};

/** By when something is done, with a tag when its day has gone by. */
export const DueText = ({
  due,
  today,
}: {
  due: Temporal.PlainDate | undefined | null;
  today: Temporal.PlainDate;
}) =>
  due === undefined || due === null ? null : isOverdue(due, today) ? (
    <Tag tone="attention">{dueWords(due, today)}</Tag>
  ) : (
    <span>{dueWords(due, today)}</span>
  );

/** By when a request needs something, and what. */
export const NextText = ({
  request,
  today,
}: {
  request: { state: RequestState; acknowledgeBy: Temporal.PlainDate; answerBy: Temporal.PlainDate };
  today: Temporal.PlainDate;
}) => {
  const due = nextDue(request);
  return due === undefined ? null : (
    <DueIn what={request.state === 'sent' ? 'Say that you have it' : 'Answer'} due={due} today={today} />
  );
};

/** What is due, and by when, as one line: "Answer by 2 December 2026", "Answer today". */
export const DueIn = ({
  what,
  due,
  today,
}: {
  what: string;
  due: Temporal.PlainDate;
  today: Temporal.PlainDate;
}) =>
  isOverdue(due, today) ? (
    <>
      {what}: <DueText due={due} today={today} />
    </>
  ) : (
    <span>{dueLine(what, due, today)}</span>
  );

export const valuesOf = (fields: Fields, name: string): readonly string[] => {
  const value = fields[name];
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
};

/** What a field component takes: its name, what was typed, and what is wrong with it. */
export const fieldsOf =
  (words: FormWords) =>
  (name: string): { name: string; value: string; error: string | undefined } => ({
    name,
    value: words.text(name),
    error: words.errors[name],
  });

/** What was answered to a programme's own questions, as the action takes it. */
export const answersIn = (fields: Fields): Record<string, string> => startingWith(fields, 'answer-');

/** The fields whose names begin alike, by the rest of their names. */
export const startingWith = (fields: Fields, start: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      name.startsWith(start) && typeof value === 'string' && value !== ''
        ? [[name.slice(start.length), value] as const]
        : [],
    ),
  );

const OneQuestion = ({ question, words }: { question: Question; words: FormWords }) => {
  const field = {
    ...fieldsOf(words)(fieldOf(question)),
    label: question.title,
    hint: question.hint,
    ...(question.needed ? { required: true } : { optional: true }),
  };
  switch (question.kind) {
    case 'text':
      return <TextArea {...field} rows={3} />;
    case 'number':
      return <TextField {...field} width="short" inputMode="numeric" />;
    case 'day':
      return <DateField {...field} hint={question.hint ?? 'For example, 31/3/2026'} />;
    case 'yes or no':
      return (
        <Radios
          {...field}
          inline
          choices={[
            { value: 'yes', label: 'Yes' },
            { value: 'no', label: 'No' },
          ]}
        />
      );
    case 'choice':
      return question.choices.length > 7 ? (
        <Select
          {...field}
          empty="Choose one"
          choices={question.choices.map(({ id, title }) => ({ value: id, label: title }))}
        />
      ) : (
        <Radios {...field} choices={question.choices.map(({ id, title }) => ({ value: id, label: title }))} />
      );
  }
};

/** The questions of a programme's own at one moment. */
export const Questions = ({ questions, words }: { questions: readonly Question[]; words: FormWords }) => (
  <>
    {questions.map((question) => (
      <OneQuestion key={question.id} question={question} words={words} />
    ))}
  </>
);

/** Which of several people it is for, all of them ticked to begin with where nothing was chosen yet. */
export const PeopleChoice = ({
  people,
  words,
  label,
  hint,
}: {
  people: readonly { id: string; name: string; hint?: string }[];
  words: FormWords;
  label: string;
  hint?: ComponentChildren;
}) => (
  <Checkboxes
    name="people"
    label={label}
    hint={hint}
    values={valuesOf(words.fields, 'people')}
    error={words.errors.people}
    required
    choices={people.map((person) => ({
      value: person.id,
      label: person.name,
      ...(person.hint ? { hint: person.hint } : {}),
    }))}
  />
);

/** Who of the team leads. */
export const LeadChoice = ({
  colleagues,
  words,
  empty = 'Choose somebody',
}: {
  colleagues: readonly { id: string; name: string }[];
  words: FormWords;
  /** What the line says that stands for nobody. */
  empty?: string;
}) => (
  <Select
    {...fieldsOf(words)('lead')}
    label="Who leads?"
    hint="The person whom the family knows by name"
    empty={empty}
    choices={colleagues.map(({ id, name }) => ({ value: id, label: name }))}
    required
  />
);

/** What somebody typed into a form that can no longer be sent, so that they lose nothing. */
export const Unsent = ({
  request,
  labels,
}: {
  request: PageRequest;
  labels: Readonly<Record<string, string>>;
}) => {
  const values = request.refused?.values;
  if (values === undefined) return null;
  const rows = Object.entries(labels).flatMap(([name, key]) => {
    const value = valuesOf(values, name).join(', ');
    return value.trim() === '' ? [] : [{ key, value: <span class="kith-typed__text">{value}</span> }];
  });
  return rows.length === 0 ? null : (
    <>
      <h2>What you wrote</h2>
      <p>It was not sent. Copy what you still need.</p>
      <SummaryList rows={rows} />
    </>
  );
};

/** What was refused, where there is no form any more in which to say it. */
export const refusedErrors = (request: PageRequest): Errors => {
  const problem = request.refused?.problem;
  return problem === undefined ? {} : { form: [problem.message, problem.detail].filter(Boolean).join('. ') };
};

export const dayOrNothing = (day: Temporal.PlainDate | null): string => (day === null ? '' : dayShort(day));

const isNeed = (text: string | undefined): text is (typeof needs)[number] =>
  needs.some((each) => each === text);

/** What programmes are narrowed by: a need, and a few words of what the family said. */
export interface Narrowed {
  need: string | undefined;
  words: string | undefined;
}

/** The programmes for a need and for what was said; all of them where neither is. */
export const narrowed = <P extends Programme>(all: readonly P[], { need, words }: Narrowed): P[] =>
  withWords(
    all.filter((programme) => !isNeed(need) || programme.needs.includes(need)),
    words ?? '',
  );

/** Narrows programmes to those for one need, or for what was said. */
export const ProgrammeFilter = ({
  action,
  need,
  words,
  told = '',
}: Narrowed & {
  action: string;
  /** What was told before, where it goes along. */
  told?: string;
}) => (
  <Filters
    action={action}
    clear={
      isNeed(need) || words?.trim()
        ? `${action}${told === '' ? '' : `?told=${encodeURIComponent(told)}`}`
        : undefined
    }
  >
    {told === '' ? null : <Hidden name="told" value={told} />}
    <TextField
      name="words"
      label="A few words of what would help"
      hint="For example: sleep, worry, money for food"
      value={words ?? ''}
    />
    <Select
      name="need"
      label="Help with"
      value={isNeed(need) ? need : ''}
      choices={[
        { value: '', label: 'Anything' },
        ...needs.map((each) => ({ value: each, label: each.charAt(0).toUpperCase() + each.slice(1) })),
      ]}
    />
  </Filters>
);
