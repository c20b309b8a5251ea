import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { may } from '../../../platform/access/identity.ts';
import { untilText } from '../../../platform/days.ts';
import {
  DescriptionEmpty,
  Form,
  Hidden,
  Page,
  Radios,
  SummaryList,
  TextArea,
  TextField,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { type FormWords, formWords } from '../../families/pages/forms.ts';
import { review, secondStep, setUrgentHours } from '../asking-actions.ts';
import { reviews, urgentHours } from '../queries.ts';
import { managers, seniors } from '../rules.ts';

type Use = z.output<typeof reviews.row>;

const Facts = ({ use }: { use: Use }) => (
  <>
    <SummaryList
      rows={[
        { key: 'Who', value: [use.who, use.post].filter(Boolean).join(', ') },
        {
          key: 'Whose record',
          value: use.family_name === null ? 'A restricted record' : `The ${use.family_name} family`,
        },
        { key: 'Taken at', value: untilText(use.asked_at) },
        { key: 'Until', value: use.until ? untilText(use.until) : 'Not given' },
        ...(use.until
          ? [{ key: 'Looked or wrote', value: use.times_looked === 1 ? 'Once' : `${use.times_looked} times` }]
          : []),
      ]}
    />
    <h3>What they said the danger was</h3>
    <p>{use.why}</p>
  </>
);

const Waiting = ({
  request,
  use,
  words,
}: {
  request: PageRequest;
  use: Use;
  words: FormWords | undefined;
}) => (
  <>
    <h2>{use.waits_for_second ? 'Asked for, and not given yet' : 'To review'}</h2>
    <Facts use={use} />
    {use.waits_for_second && !use.may_decide ? <p>A senior manager has to decide this.</p> : null}
    {use.waits_for_second && use.may_decide ? (
      <Form
        shell={request.shell}
        action="/access/reviews"
        idempotencyKey={randomUUID()}
        submit="Send your decision"
      >
        <Hidden name="_form" value="second" />
        <Hidden name="use" value={use.use} />
        <Radios
          name="answer"
          label="Do they get to see it?"
          choices={[
            { value: 'give', label: 'Give access now' },
            { value: 'refuse', label: 'Refuse' },
          ]}
          value={words?.text('answer') ?? ''}
          error={words?.errors.answer}
        />
      </Form>
    ) : null}
    {use.waits_for_second ? null : (
      <Form
        shell={request.shell}
        action="/access/reviews"
        idempotencyKey={randomUUID()}
        submit="Send the review"
      >
        <Hidden name="_form" value="review" />
        <Hidden name="use" value={use.use} />
        <Radios
          name="verdict"
          label="Was it right?"
          choices={[
            { value: 'right', label: 'It was right' },
            { value: 'not right', label: 'It was not right', hint: 'Their access ends at once' },
          ]}
          value={words?.text('verdict') ?? ''}
          error={words?.errors.verdict}
        />
        <TextArea
          name="words"
          label="What you found"
          rows={3}
          value={words?.text('words') ?? ''}
          error={words?.errors.words}
          limit={2000}
        />
      </Form>
    )}
  </>
);

/** Reviewing urgent access afterwards, by managers; never one's own. */
export const reviewsPage: PageDefinition = {
  path: '/access/reviews',
  title: 'Reviews of urgent access',
  who: managers,
  async show(request) {
    const [all, { hours }] = await Promise.all([request.ask(reviews, {}), request.askOne(urgentHours, {})]);
    const words = await formWords(request, request.refused?.form ?? 'review');
    const open = all.filter((use) => use.verdict === null && !use.refused);
    // One form at a time: two on one page would have fields of the same name.
    const wanted = words.text('use') || request.query.use;
    const shown = open.find((use) => use.use === wanted) ?? open[0];
    const others = open.filter((use) => use !== shown);
    const done = all.filter((use) => use.verdict !== null || use.refused);
    const hoursWords = request.refused?.form === 'hours' ? words : undefined;
    return (
      <Page
        shell={request.shell}
        title="Reviews of urgent access"
        crumbs={[{ href: '/access', text: 'Access' }]}
        lead="Every urgent access is looked at afterwards by somebody who manages those concerned, and never by whoever took it."
        errors={words.errors}
      >
        {shown === undefined ? (
          <DescriptionEmpty
            title="Nothing waits to be reviewed"
            text="You are told when somebody takes urgent access."
          />
        ) : (
          <Waiting
            request={request}
            use={shown}
            words={words.text('use') === shown.use ? words : undefined}
          />
        )}
        {others.length > 0 ? (
          <>
            <h2>Others that wait</h2>
            <ul>
              {others.map((use) => (
                <li key={use.use}>
                  <a href={`/access/reviews?use=${use.use}`}>
                    {use.who}, {untilText(use.asked_at)}
                  </a>
                </li>
              ))}
            </ul>
          </>
        ) : null}
        {done.length > 0 ? <h2>Reviewed in the last 90 days</h2> : null}
        {done.map((use) => (
          <div key={use.use}>
            <h3>{use.refused ? 'Refused' : use.verdict === 'right' ? 'It was right' : 'It was not right'}</h3>
            <Facts use={use} />
            {use.verdict_words ? (
              <>
                <h4>What {use.reviewed_by ?? 'the manager'} found</h4>
                <p>{use.verdict_words}</p>
              </>
            ) : null}
          </div>
        ))}
        {may(request.identity, seniors) ? (
          <>
            <h2>How long it lasts</h2>
            <Form
              shell={request.shell}
              action="/access/reviews"
              idempotencyKey={randomUUID()}
              submit="Save"
              submitKind="secondary"
            >
              <Hidden name="_form" value="hours" />
              <TextField
                name="hours"
                label="Hours"
                hint="From 1 to 72. It holds for access taken from now on"
                width="short"
                inputMode="numeric"
                value={hoursWords?.text('hours') ?? String(hours)}
                error={hoursWords?.errors.hours}
              />
            </Form>
          </>
        ) : null}
      </Page>
    );
  },
  forms: {
    review: form({
      action: review,
      done: () => ({ to: '/access/reviews', notice: 'The review is kept, and they are told' }),
    }),
    second: form({
      action: secondStep,
      done: () => ({ to: '/access/reviews', notice: 'Your decision is kept, and they are told' }),
    }),
    hours: form({
      action: setUrgentHours,
      done: () => ({ to: '/access/reviews', notice: 'That is how long urgent access lasts now' }),
    }),
  },
};
