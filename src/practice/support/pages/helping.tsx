import { DateField, Radios, Select, TextArea, TextField } from '../../../platform/ui/index.ts';
import { form } from '../../../platform/web/page.ts';
import { questionsAt } from '../answers.ts';
import { comeBack, end } from '../ending.ts';
import { begin, changeLevel, moveStage, pause, review, setLead } from '../helping.ts';
import type { OpenedSupport } from '../helping-queries.ts';
import { programmes } from '../queries.ts';
import { levelHints, levelWords } from '../rules.ts';
import { doneAt, helpingPage } from './helping-page.tsx';
import { answersIn, fieldsOf, LeadChoice, Questions, supportHref } from './words.tsx';

// What is done with the help itself: one page for each.

const going = ['active', 'paused'] as const;
const open = ['waiting', ...going] as const;
const why = { label: 'Why?', hint: 'In words the family could read', rows: 4, required: true };

export const beginPage = helpingPage({
  last: 'begin',
  title: 'Begin this help',
  submit: 'Begin',
  when: ['waiting'],
  start: ({ leadId }) => ({ lead: leadId ?? '' }),
  fields: ({ support, words }) => (
    <>
      <p>It begins today, and what has to be done by when counts from then.</p>
      <LeadChoice colleagues={support.colleagues} words={words} />
    </>
  ),
  sends: form({
    action: begin,
    input: (fields, params) => ({ ...fields, support: params.support }),
    done: doneAt('Help has begun'),
  }),
});

const othersIn = ({ colleagues, leadId }: OpenedSupport) => colleagues.filter(({ id }) => id !== leadId);

export const leadPage = helpingPage({
  last: 'lead',
  title: 'Change who leads',
  submit: 'Save',
  when: open,
  blocked: (support) =>
    othersIn(support).length > 0
      ? undefined
      : `${support.lead ?? 'Nobody'} leads, and nobody else works in ${support.team}. A system administrator adds people to a team.`,
  fields: ({ support, words }) => (
    <>
      <p>{support.lead === null ? 'Nobody leads yet.' : `${support.lead} leads now.`}</p>
      <LeadChoice colleagues={othersIn(support)} words={words} />
    </>
  ),
  sends: form({
    action: setLead,
    input: (fields, params) => ({ ...fields, support: params.support }),
    done: doneAt('Saved: tell the family who it is'),
  }),
});

export const levelPage = helpingPage({
  last: 'level',
  title: 'Step up or step down',
  submit: 'Save',
  when: going,
  start: ({ level }) => ({ level }),
  fields: ({ support, words }) => (
    <>
      <Radios
        {...fieldsOf(words)('level')}
        label="How much help from now on?"
        choices={support.definition.levels.map((level) => ({
          value: level,
          label: level === support.level ? `${levelWords[level]} (as it is now)` : levelWords[level],
          hint: levelHints[level],
        }))}
        required
      />
      <TextArea {...fieldsOf(words)('why')} {...why} />
    </>
  ),
  sends: form({
    action: changeLevel,
    input: (fields, params) => ({ ...fields, support: params.support }),
    done: ({ support, step }) => ({
      to: supportHref(support),
      notice: step === 'stepped up' ? 'Help has stepped up' : 'Help has stepped down',
    }),
  }),
});

export const stagePage = helpingPage({
  last: 'stage',
  title: 'Change the stage',
  submit: 'Save',
  when: ['active'],
  start: ({ stage }) => ({ stage: stage ?? '' }),
  fields: ({ support, words }) => (
    <Radios
      {...fieldsOf(words)('stage')}
      label="At which stage is it now?"
      choices={support.definition.stages.map(({ id, title }) => ({
        value: id,
        label: id === support.stage ? `${title} (as it is now)` : title,
      }))}
      required
    />
  ),
  sends: form({
    action: moveStage,
    input: (fields, params) => ({ ...fields, support: params.support }),
    done: doneAt('The stage is changed'),
  }),
});

export const pausePage = helpingPage({
  last: 'pause',
  title: 'Pause this help',
  submit: 'Pause',
  when: ['active'],
  fields: ({ words }) => (
    <>
      <p>The family keeps its place, and you go on whenever they are ready.</p>
      <TextArea {...fieldsOf(words)('why')} {...why} />
      <DateField
        {...fieldsOf(words)('backBy')}
        label="By when do you look at it again?"
        hint="It stands on Today then. For example, 31/3/2027"
        optional
      />
    </>
  ),
  sends: form({
    action: pause,
    input: (fields, params) => ({ ...fields, support: params.support }),
    done: doneAt('It is paused: the family keeps its place'),
  }),
});

export const reviewPage = helpingPage({
  last: 'review',
  title: 'When you looked at it together',
  submit: 'Save',
  when: going,
  start: (_support, { today }) => ({ on: today.toString() }),
  fields: ({ words }) => (
    <>
      <DateField {...fieldsOf(words)('on')} label="On which day did you?" required />
      <TextArea
        {...fieldsOf(words)('said')}
        label="What was said, and what happens next?"
        hint="What is better, what is not, and what everybody does until next time"
        rows={6}
        required
      />
    </>
  ),
  sends: form({
    action: review,
    input: (fields, params) => ({ ...fields, support: params.support }),
    done: doneAt('It is written down'),
  }),
});

export const endPage = helpingPage({
  last: 'end',
  title: 'End this help',
  submit: 'End this help',
  when: open,
  start: (_support, { today }) => ({ on: today.toString() }),
  async fields({ support: { definition }, words, page }) {
    const field = fieldsOf(words);
    const others = (await page.ask(programmes, {})).filter(
      ({ id, state, keeps }) => id !== definition.id && state === 'open' && keeps !== 'returns only',
    );
    return (
      <>
        <Radios
          {...field('outcome')}
          label="What came of it?"
          choices={definition.outcomes.map(({ id, title }) => ({ value: id, label: title }))}
          required
        />
        <TextArea
          {...field('why')}
          label="Why does it end?"
          hint="In words the family could read"
          rows={4}
          required
        />
        <TextArea
          {...field('next')}
          label="What comes next for the family, and whom can they ask?"
          hint="A name and a phone number where you can: nobody is left with nobody"
          rows={4}
          required
        />
        <Select
          {...field('nextProgramme')}
          label="Do they go on to other help here?"
          hint="This asks for nothing yet: ask for it on the page of the family, before you end this"
          choices={[
            { value: '', label: 'No' },
            ...others.map(({ id, title }) => ({ value: id, label: title })),
          ]}
          optional
        />
        <TextArea
          {...field('view')}
          label="What do they think of the help they had?"
          hint="In their words"
          rows={4}
          optional
        />
        <Questions questions={questionsAt(definition, 'ending')} words={words} />
        <DateField {...field('on')} label="On which day did it end?" required />
      </>
    );
  },
  sends: form({
    action: end,
    input: (fields, params) => ({ ...fields, support: params.support, answers: answersIn(fields) }),
    done: () => ({
      to: '/support',
      notice: 'It has ended. The family can come back without asking anew.',
    }),
  }),
});

export const backPage = helpingPage({
  last: 'back',
  title: 'Come back to this help',
  submit: 'Come back',
  lead: 'It goes on from where it was, and everything that was told is there: nobody tells it again.',
  when: ['ended'],
  anybody: true,
  fields: ({ words }) => (
    <>
      <TextArea
        {...fieldsOf(words)('why')}
        label="What would help now?"
        hint="In the family’s words where you can"
        rows={5}
        required
      />
      <TextField {...fieldsOf(words)('agreed')} label="Who in the family agreed to this?" required />
    </>
  ),
  sends: form({
    action: comeBack,
    input: (fields, params) => ({ ...fields, support: params.support }),
    done: ({ support, team }) => ({
      to: supportHref(support),
      notice: `${team} is told that the family is back`,
    }),
  }),
});
