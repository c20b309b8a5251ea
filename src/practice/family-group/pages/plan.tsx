import {
  Checkboxes,
  DateField,
  Details,
  Fieldset,
  Radios,
  Select,
  TextArea,
  TextField,
} from '../../../platform/ui/index.ts';
import { type Fields, form } from '../../../platform/web/page.ts';
import { planOf } from '../document.ts';
import { answerPlan, give, mostActions, review, writePlan } from '../planning.ts';
import type { Opened } from '../queries.ts';
import { givenWays, reviewOutcomes } from '../rules.ts';
import { Asked } from './process-parts.tsx';
import { byBottomLine, byCoordinator, doneAt, stepPage, withProcess } from './step-page.tsx';
import { fieldsOf, valuesOf } from './words.tsx';

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const lines = Array.from({ length: mostActions }, (_, at) => at);
const one = (fields: Fields, name: string): string => valuesOf(fields, name)[0] ?? '';

/** What each does, from fields that are numbered. */
const actionsIn = (fields: Fields) =>
  lines.map((at) => ({
    what: one(fields, `what-${at}`),
    guest: one(fields, `guest-${at}`),
    service: one(fields, `service-${at}`),
    due: one(fields, `due-${at}`),
  }));

/** How many things there is room for at first; the others stand folded away beneath. */
const shownAtFirst = 3;

/** A plan as it is written anew: with its words, what services offer, and who does what, so that nothing of it is lost unseen. */
export function planAgain(
  plan: Pick<Opened['plans'][number], 'words' | 'offered' | 'actions'>,
  guests: readonly { id: string; name: string }[],
): Fields {
  return {
    words: plan.words,
    offered: plan.offered,
    ...Object.fromEntries(
      plan.actions.slice(0, mostActions).flatMap(({ what, who, service, due }, at): [string, string][] => {
        const guest = service ? undefined : guests.find(({ name }) => name === who);
        return [
          [`what-${at}`, what],
          [`guest-${at}`, guest?.id ?? ''],
          [`service-${at}`, service ? who : ''],
          [`due-${at}`, due?.toString() ?? ''],
        ];
      }),
    ),
  };
}

export const planPage = stepPage({
  last: 'plan',
  title: 'The family’s plan',
  submit: 'Save the plan',
  when: (of, page) =>
    byCoordinator(of, page) &&
    of.meetings.some(({ held }) => held) &&
    of.plans.every(({ standing }) => standing !== 'to be answered'),
  start: (of) => {
    const before = planOf(of);
    return before === undefined ? {} : planAgain(before, of.guests);
  },
  fields: ({ of, words }) => {
    const field = fieldsOf(words);
    const filled = lines.findLast((at) => words.text(`what-${at}`) !== '') ?? 0;
    const shown = Math.min(mostActions, Math.max(shownAtFirst, filled + 2));
    const thing = (at: number) => (
      <Fieldset key={at} legend={`Something that is done, ${at + 1}`}>
        <TextField {...field(`what-${at}`)} label="What?" optional />
        <Select
          {...field(`guest-${at}`)}
          label="Who of the family or its network?"
          empty="A service, named below"
          choices={of.guests
            .filter(({ standing }) => standing !== 'should not be there')
            .map(({ id, name }) => ({ value: id, label: name }))}
        />
        <TextField {...field(`service-${at}`)} label="Or which service?" optional />
        <DateField {...field(`due-${at}`)} label="By when?" optional />
      </Fieldset>
    );
    return (
      <>
        <TextArea
          {...field('words')}
          label="What is the family’s plan?"
          hint="In the family’s words, as they said it. Not corrected."
          rows={10}
          required
        />
        {lines.slice(0, shown).map(thing)}
        {shown === mostActions ? null : (
          <Details summary="More that is done">{lines.slice(shown).map(thing)}</Details>
        )}
        <TextArea
          {...field('offered')}
          label="What do services offer so that the plan can work?"
          rows={4}
          optional
        />
        <DateField
          {...field('reviewOn')}
          label="When does the family look at it again?"
          hint="Leave it empty for three months from today, or write a day like 31/3/2027"
          optional
        />
      </>
    );
  },
  sends: form({
    action: writePlan,
    input: (fields, params) => ({
      process: params.process,
      version: fields.version,
      words: fields.words,
      offered: fields.offered,
      reviewOn: fields.reviewOn,
      actions: actionsIn(fields),
    }),
    done: doneAt('The plan is written down, and whoever holds the bottom line is told'),
  }),
});

export const answerPage = stepPage({
  last: 'answer',
  title: 'Answer the family’s plan',
  submit: 'Send your answer',
  when: byBottomLine,
  fields: ({ of, words }) => (
    <>
      <p>
        A plan is agreed unless it is not safe. <a href={`/family-meetings/${of.id}`}>Read the plan</a>, and
        the bottom line below.
      </p>
      <Radios
        {...fieldsOf(words)('answer')}
        label="Is the plan agreed?"
        choices={[
          { value: 'agreed', label: 'Yes: it meets the bottom line' },
          { value: 'not agreed', label: 'No, not as it stands' },
        ]}
        required
      />
      <TextArea
        {...fieldsOf(words)('why')}
        label="Why?"
        hint="Needed when it is not agreed: which part of the bottom line it does not meet, in words the family could read"
        rows={4}
        optional
      />
      <Asked of={of} />
    </>
  ),
  sends: form({
    action: answerPlan,
    input: withProcess,
    done: ({ process, answer }) => ({
      to: `/family-meetings/${process}`,
      notice: answer === 'agreed' ? 'The plan is agreed' : 'The coordinator is told why it is not agreed',
    }),
  }),
});

export const givePage = stepPage({
  last: 'give',
  title: 'Give the plan to everybody',
  submit: 'Save',
  when: (of, page) => byCoordinator(of, page) && of.plans.some(({ standing }) => standing === 'agreed'),
  start: (of, { today }) => ({
    on: today.toString(),
    to: of.guests
      .filter(
        ({ id, standing }) =>
          standing !== 'should not be there' && !planOf(of)?.given.some(({ guest }) => guest === id),
      )
      .map(({ id }) => id),
  }),
  fields: ({ of, words }) => (
    <>
      <p>
        Take it away as <a href={`/family-meetings/${of.id}/plan.docx`}>Word</a> or{' '}
        <a href={`/family-meetings/${of.id}/plan.pdf`}>PDF</a>. Then say who has it.
      </p>
      <Checkboxes
        name="to"
        label="Who has it now?"
        values={valuesOf(words.fields, 'to')}
        error={words.errors.to}
        required
        choices={of.guests
          .filter(({ standing }) => standing !== 'should not be there')
          .map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Radios
        {...fieldsOf(words)('way')}
        label="How was it given?"
        choices={givenWays.map((each) => ({ value: each, label: capital(each) }))}
        required
      />
      <DateField {...fieldsOf(words)('on')} label="On which day?" required />
    </>
  ),
  sends: form({ action: give, input: withProcess, done: doneAt('Written down: they have the plan') }),
});

export const reviewPage = stepPage({
  last: 'review',
  title: 'How the plan goes',
  submit: 'Save',
  when: (of, page) => byCoordinator(of, page) && of.state === 'following',
  start: (_of, { today }) => ({ on: today.toString() }),
  fields: ({ words }) => {
    const field = fieldsOf(words);
    return (
      <>
        <DateField {...field('on')} label="When did you look at it together?" required />
        <TextArea
          {...field('said')}
          label="How does it go?"
          hint="In the family’s words where you can"
          rows={5}
          required
        />
        <Radios
          {...field('outcome')}
          label="What now?"
          choices={Object.entries(reviewOutcomes).map(([value, label]) => ({ value, label }))}
          required
        />
        <DateField
          {...field('next')}
          label="When do you look at it again?"
          hint="Leave it empty if not again. For example, 31/3/2027"
          optional
        />
      </>
    );
  },
  sends: form({
    action: review,
    input: withProcess,
    done: ({ process, next }) => ({
      to: `/family-meetings/${process}`,
      notice: next ? 'Saved, with the next day' : 'Saved. If the family has what it needs, end it.',
    }),
  }),
});
