import { dayText } from '../../../platform/days.ts';
import { Quotation, SummaryList, Tag, Timeline, type Tone } from '../../../platform/ui/index.ts';
import { dueLine, dueWords, isOverdue } from '../../../record/tasks/rules.ts';
import { ClimbedTag } from '../pages/ask.tsx';
import { urgencies } from '../rules.ts';
import type { ListedAsked, OpenedAsked } from './queries.ts';
import { toldText } from './rules.ts';
import { shownOf } from './words.ts';

export const boxHref = '/support/asked';
export const askedHref = (id: string): string => `${boxHref}/${id}`;

export const fromWords: Readonly<Record<ListedAsked['source'], string>> = {
  'young person': 'A young person',
  family: 'A family',
  other: 'Somebody for a family',
};

const states: Readonly<Record<ListedAsked['state'], readonly [Tone, string]>> = {
  sent: ['waiting', 'Nobody has said that they have it'],
  acknowledged: ['active', 'We have it'],
  made: ['good', 'A request was made of it'],
  answered: ['neutral', 'Answered'],
  'not real': ['neutral', 'Not real'],
};

export const waits = ({ state }: Pick<ListedAsked, 'state'>): boolean =>
  state === 'sent' || state === 'acknowledged';

/** Where it stands, and what is due by when. */
export const Standing = ({ asked, today }: { asked: ListedAsked; today: Temporal.PlainDate }) => {
  const [tone, text] = states[asked.state];
  const due =
    asked.state === 'sent' && Temporal.PlainDate.compare(asked.acknowledgeBy, asked.answerBy) < 0
      ? asked.acknowledgeBy
      : asked.answerBy;
  return (
    <>
      <Tag tone={tone}>{text}</Tag>{' '}
      {waits(asked) ? (
        isOverdue(due, today) ? (
          <Tag tone="attention">{dueWords(due, today)}</Tag>
        ) : (
          dueLine(asked.state === 'sent' ? 'Say that you have it' : 'Answer', due, today)
        )
      ) : null}{' '}
      <ClimbedTag climbed={asked.climbed} />
    </>
  );
};

/** What they wrote, in their words. How to reach them safely stands first: it is what goes wrong most easily. */
export const TheirWords = ({ asked }: { asked: OpenedAsked }) => {
  const all = shownOf(asked.told, () => asked.title ?? 'Not known yet');
  const text = (step: string) => all.find((each) => each.step === step)?.text ?? '';
  const young = asked.source === 'young person';
  const name = toldText(asked.told, 'name');
  if (all.every((each) => each.text === '' || each.step === 'which'))
    return <p>What they wrote is not kept here any longer.</p>;
  return (
    <>
      <h2>How to reach them</h2>
      <SummaryList
        rows={all
          .filter(({ step }) => step === 'safe' || step === 'reach')
          .toReversed()
          .map((each) => ({
            key: each.title,
            value:
              each.text === '' && each.step === 'safe' ? (
                'They did not say. Ask first whether they can talk now, and say nothing to anybody else'
              ) : (
                <span class="kith-typed__text">{each.text}</span>
              ),
          }))}
      />
      <h2>What would help</h2>
      {young ? (
        <Quotation words={text('wanted')} whose={name} />
      ) : (
        <p class="kith-typed__text">{text('wanted')}</p>
      )}
      {text('view') === '' ? null : (
        <>
          <h2>{young ? 'What they want people to know' : 'What the child or young person says'}</h2>
          <Quotation words={text('view')} whose={young ? name : 'The child or young person'} />
        </>
      )}
      <h2>What else they told us</h2>
      <SummaryList
        rows={[
          ...all
            .filter(({ step }) => !['safe', 'reach', 'wanted', 'view', 'soon'].includes(step))
            .filter((each) => each.text !== '')
            .map((each) => ({ key: each.title, value: <span class="kith-typed__text">{each.text}</span> })),
          { key: 'How soon', value: urgencies[asked.urgency] },
        ]}
      />
    </>
  );
};

const stepTitles: Readonly<Record<string, (step: OpenedAsked['steps'][number]) => string>> = {
  sent: ({ team }) => `Sent to ${team ?? 'a team'}`,
  acknowledged: ({ team }) => `${team ?? 'The team'} said that they have it`,
  'handed on': ({ team }) => `Handed on to ${team ?? 'another team'}`,
  made: ({ next }) => `Made a request: ${next}`,
  answered: () => 'Told where help is',
  'not real': () => 'Marked as not from somebody who needs help',
  climbed: () => 'Went up',
};

export const AskedStory = ({ asked }: { asked: OpenedAsked }) => (
  <Timeline
    items={asked.steps.map((step) => ({
      when: [dayText(step.on), step.by].filter(Boolean).join(', '),
      title: stepTitles[step.step]?.(step) ?? step.step,
      body: (
        <>
          {step.next === '' || step.step === 'made' ? null : <p>{step.next}</p>}
          {step.why === '' ? null : <p class="kith-quiet">{step.why}</p>}
        </>
      ),
    }))}
  />
);
