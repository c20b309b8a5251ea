import type { Errors } from '../../../platform/ui/index.ts';
import { SummaryList, Tag, type Tone } from '../../../platform/ui/index.ts';
import type { Fields, PageRequest } from '../../../platform/web/page.ts';
import type { FormWords } from '../../../record/families/pages/forms.ts';
import { dueLine, dueWords, isOverdue } from '../../../record/tasks/rules.ts';
import type { Listed } from '../queries.ts';
import { nextDue, type Standing, type State, standingWords, stateWords } from '../rules.ts';

// What pages of this area share: how a state is called, what is due next, and what was typed.

export const home = { href: '/', text: 'Home' };
export const crumb = { href: '/family-meetings', text: 'Family group meetings' };
export const theFamily = (name: string): string => `the ${name} family`;

const tones: Readonly<Record<State, Tone>> = {
  waiting: 'waiting',
  preparing: 'active',
  following: 'good',
  ended: 'neutral',
  'not taken': 'neutral',
};
export const StateTag = ({ state }: { state: State }) => <Tag tone={tones[state]}>{stateWords[state]}</Tag>;

const standingTones: Readonly<Record<Standing, Tone>> = {
  'to be asked': 'neutral',
  asked: 'waiting',
  comes: 'good',
  'cannot come': 'attention',
  'should not be there': 'stopped',
};
export const StandingTag = ({ standing }: { standing: Standing }) => (
  <Tag tone={standingTones[standing]}>{standingWords[standing]}</Tag>
);

const nextWords = {
  answer: 'Answer',
  meet: 'Meet',
  plan: 'Plan',
  agree: 'Answer to the plan',
  review: 'Review',
} as const;

/** What is due next and by when, with a tag when its day has gone by. */
export const NextText = ({ of, today }: { of: Listed; today: Temporal.PlainDate }) => {
  const next = nextDue(of);
  if (next === undefined) return null;
  const what = nextWords[next.what];
  return isOverdue(next.due, today) ? (
    <>
      {what}: <Tag tone="attention">{dueWords(next.due, today)}</Tag>
    </>
  ) : (
    <span>{dueLine(what, next.due, today)}</span>
  );
};

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

/** What was refused, where there is no form any more in which to say it. */
export const refusedErrors = (request: PageRequest): Errors => {
  const problem = request.refused?.problem;
  return problem === undefined ? {} : { form: [problem.message, problem.detail].filter(Boolean).join('. ') };
};

const labels: Readonly<Record<string, string>> = {
  why: 'Why',
  next: 'What comes next',
  outOfTurn: 'Why this family goes first',
  words: 'The plan',
  offered: 'What services offer',
  said: 'How it goes',
  needs: 'What they need',
  view: 'What they want to say',
  whyNot: 'Why they should not be there',
  information: 'What the family was told',
};

/** What somebody typed into a form that can no longer be sent, so that they lose nothing. */
export const Unsent = ({ request }: { request: PageRequest }) => {
  const values = request.refused?.values;
  const rows = Object.entries(labels).flatMap(([name, key]) => {
    const value = valuesOf(values ?? {}, name).join(', ');
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
