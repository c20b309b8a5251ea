import { money } from '../../../platform/actions/fields.ts';
import { dayText } from '../../../platform/days.ts';
import { Quote, Steps, Timeline, type TimelineItem } from '../../../platform/ui/index.ts';
import type { OpenedRequest } from '../queries.ts';
import { capital, outcomeWords } from './words.tsx';

/** Words that may have several paragraphs, as they were written. */
const Paragraphs = ({ text }: { text: string }) => (
  <>
    {text
      .split(/\n+/)
      .filter((line) => line.trim() !== '')
      .map((line, index) => (
        <p key={`${index}-${line}`}>{line}</p>
      ))}
  </>
);

/** How far a request has come. */
export const HowFar = ({ request }: { request: OpenedRequest }) => {
  const { status, decidedOn, paidOn, stories } = request;
  const stopped = status === 'declined' || status === 'withdrawn';
  const waiting = status === 'asked' || status === 'more asked';
  return (
    <Steps
      label="How far this request has come"
      items={[
        { text: 'Asked', state: 'done', detail: dayText(request.askedOn) },
        {
          text: status === 'approved' || waiting ? 'Decision' : capital(status),
          state: waiting ? 'current' : 'done',
          detail: decidedOn
            ? dayText(decidedOn)
            : status === 'more asked'
              ? 'waits for an answer'
              : request.waitingWith
                ? `with ${request.waitingWith}`
                : undefined,
        },
        ...(stopped
          ? []
          : [
              {
                text: 'Payment',
                state: paidOn
                  ? ('done' as const)
                  : status === 'approved'
                    ? ('current' as const)
                    : ('next' as const),
                detail: paidOn ? dayText(paidOn) : undefined,
              },
              { text: 'What changed', state: stories.length > 0 ? ('done' as const) : ('next' as const) },
            ]),
      ]}
    />
  );
};

const stepItem = (step: OpenedRequest['steps'][number]): TimelineItem => ({
  when: dayText(step.on),
  title: `${outcomeWords[step.outcome] ?? step.outcome}${step.pence === null ? '' : `: ${money(step.pence)}`}${step.by ? `, by ${step.by}` : ''}`,
  ...(step.reason === '' && step.howTold === ''
    ? {}
    : {
        body: (
          <>
            <Paragraphs text={step.reason} />
            {step.howTold === '' ? null : <p>How the family was told: {step.howTold}</p>}
          </>
        ),
      }),
});

const paymentItems = ({ payments }: OpenedRequest): TimelineItem[] =>
  payments.flatMap((payment): TimelineItem[] => {
    const inRun = payment.run ? `In payment run ${payment.run}` : undefined;
    if (payment.state === 'paid' && payment.paidOn)
      return [{ when: dayText(payment.paidOn), title: 'Paid', ...(inRun ? { body: <p>{inRun}</p> } : {}) }];
    if (payment.state === 'failed')
      return [{ when: inRun ?? 'Payment', title: 'The payment was stopped', body: <p>{payment.because}</p> }];
    return [];
  });

/** Everything that happened to a request, from asking on. */
export const WholeStory = ({ request }: { request: OpenedRequest }) => (
  <Timeline
    items={[
      {
        when: dayText(request.askedOn),
        title: `Asked for ${money(request.askedPence)}${request.askedBy ? `, by ${request.askedBy}` : ''}`,
        ...(request.eligibility.route ? { body: <p>{request.eligibility.route}</p> } : {}),
      },
      ...request.steps.map(stepItem),
      ...paymentItems(request),
    ]}
  />
);

/** What happened since somebody opened the page: for whoever was writing meanwhile. */
export const StepsSince = ({ request, seen }: { request: OpenedRequest; seen: number }) => {
  const since = request.steps.slice(seen);
  return since.length === 0 ? null : <Timeline items={since.map(stepItem)} />;
};

/** What the family and their worker said changed. */
export const Stories = ({ stories }: { stories: OpenedRequest['stories'] }) => (
  <>
    {stories.map((story) => (
      <Quote
        key={`${story.on.toString()}-${story.words}`}
        text={story.words}
        by={[
          `${story.whose === 'family' ? 'The family’s view' : 'What their worker saw'}${story.toldBy ? ` (${story.toldBy})` : ''}`,
          dayText(story.on),
          ...(story.by ? [`written down by ${story.by}`] : []),
        ].join(', ')}
      />
    ))}
  </>
);
