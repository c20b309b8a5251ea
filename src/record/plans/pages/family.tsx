import { randomUUID } from 'node:crypto';
import { dayText } from '../../../platform/days.ts';
import { notFound } from '../../../platform/problem.ts';
import {
  DateField,
  Details,
  Form,
  Hidden,
  Page,
  Quotation,
  TextArea,
  TextField,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { type FormWords, formWords, idFrom } from '../../families/pages/forms.ts';
import { practitioners } from '../../roles.ts';
import { answerComment, comment, send } from '../agreeing.ts';
import { one, type Plan } from '../queries.ts';
import { givenOf, namesOf, SaveAs, SavedBeside, WhatYouWrote } from './parts.tsx';

type Sent = Plan['sent'][number];

const sentText = (sent: Sent): string =>
  `Sent to ${sent.toWhom} on ${dayText(sent.on)}${sent.how === '' ? '' : `, ${sent.how}`}`;

/** What the family said of a plan that was sent to them, and what was done with it. */
const Comment = ({ sent }: { sent: Sent }) =>
  sent.comment === null ? (
    <p class="kith-quiet">They have not said anything yet.</p>
  ) : (
    <>
      <Quotation words={sent.comment} whose={sent.saidBy ?? ''} on={sent.saidOn ?? undefined} small />
      <p>
        <strong>How it was acted on:</strong> {sent.acted === '' ? 'not said yet' : sent.acted}
      </p>
    </>
  );

/** Sending a plan to the family, and what they say of it. */
export const familyPage: PageDefinition = {
  path: '/plans/:plan/family',
  title: 'The plan with the family',
  who: practitioners,
  async show(request) {
    const { shell, today } = request;
    const id = idFrom(request, 'plan');
    const plan = await request.askOne(one, { plan: id });
    const words = await formWords(request, 'form', { on: today.toString() });
    const field = (name: string) => ({ name, value: words.text(name), error: words.errors[name] });
    return (
      <Page
        shell={shell}
        title="The plan with the family"
        lead={`The plan of ${namesOf(plan.people)}`}
        back={{ href: `/plans/${id}`, text: 'The plan' }}
        errors={words.errors}
      >
        <p>
          Print <a href={`/plans/${id}/for-me`}>the plan for {givenOf(plan.people)} to read</a>, or the plan
          itself, and give it to them. Write down to whom, and then what they say of it.
        </p>
        <SaveAs file={`/plans/${id}/plan`} what="the plan itself" />
        <h2>What was sent, and what they said</h2>
        {plan.sent.length === 0 ? <p class="kith-quiet">Nothing was sent yet.</p> : null}
        {plan.sent.map((sent) => (
          <section key={sent.id}>
            <h3>{sentText(sent)}</h3>
            <Comment sent={sent} />
            <p>
              <a href={`/plans/${id}/family/${sent.id}`}>
                {sent.comment === null ? 'Write down what they say' : 'Say how it was acted on'}
                <span class="visually-hidden"> ({sentText(sent)})</span>
              </a>
            </p>
          </section>
        ))}
        <Details
          summary="Write down that it was sent"
          open={plan.sent.length === 0 || words.state !== 'saved'}
        >
          <Form
            shell={shell}
            action={`/plans/${id}/family`}
            idempotencyKey={randomUUID()}
            draft={words.draft}
            submit="Write it down"
          >
            <TextField
              {...field('toWhom')}
              label="To whom"
              hint="Like “Jamie and his mum”"
              width="medium"
              autoComplete="off"
            />
            <TextField
              {...field('how')}
              label="How"
              hint="Like “read together at home”, “by post”"
              width="medium"
              optional
            />
            <DateField {...field('on')} label="When it was sent" />
          </Form>
        </Details>
      </Page>
    );
  },
  forms: {
    form: form({
      action: send,
      input: (fields, params) => ({ ...fields, plan: params.plan }),
      done: ({ plan }) => ({ to: `/plans/${plan}/family`, notice: 'It is written down' }),
    }),
  },
};

interface Part {
  request: PageRequest;
  plan: Plan;
  sent: Sent;
  words: FormWords;
}

const CommentForm = ({ request, plan, sent, words }: Part) => {
  const field = (name: string) => ({ name, value: words.text(name), error: words.errors[name] });
  return (
    <Form
      shell={request.shell}
      action={`/plans/${plan.id}/family/${sent.id}`}
      idempotencyKey={randomUUID()}
      version={sent.version}
      draft={words.draft}
      submit="Write it down"
    >
      <Hidden name="_form" value="comment" />
      <TextArea
        {...field('words')}
        label="What they say"
        hint="As they said it. It is never changed"
        rows={5}
        required
      />
      <TextField {...field('by')} label="Who said it" width="medium" autoComplete="off" required />
      <DateField {...field('on')} label="When" required />
    </Form>
  );
};

const AnswerForm = ({ request, plan, sent, words }: Part) => (
  <>
    <SavedBeside words={words} rows={[{ key: 'How it was acted on', value: sent.acted }]} />
    <Form
      shell={request.shell}
      action={`/plans/${plan.id}/family/${sent.id}`}
      idempotencyKey={randomUUID()}
      version={sent.version}
      draft={words.draft}
      submit="Save"
    >
      <Hidden name="_form" value="answer" />
      <TextArea
        name="acted"
        label="How it was acted on"
        hint="What was done because of it, or why not"
        value={words.text('acted')}
        error={words.errors.acted}
        rows={4}
        required
      />
    </Form>
  </>
);

/** What the family said of a plan that was sent to them: written down once, then what is done with it. */
export const sentPage: PageDefinition = {
  path: '/plans/:plan/family/:sent',
  title: 'What the family says of the plan',
  who: practitioners,
  async show(request) {
    const id = idFrom(request, 'plan');
    const plan = await request.askOne(one, { plan: id });
    const sent = plan.sent.find((each) => each.id === idFrom(request, 'sent'));
    if (sent === undefined) throw notFound();
    const [comments, answers] = await Promise.all([
      formWords(request, 'comment', { on: request.today.toString() }),
      formWords(request, 'answer', { acted: sent.acted }),
    ]);
    const part = { request, plan, sent };
    return (
      <Page
        shell={request.shell}
        title="What they say of the plan"
        lead={`The plan of ${namesOf(plan.people)}. ${sentText(sent)}.`}
        back={{ href: `/plans/${id}/family`, text: 'The plan with the family' }}
        errors={{ ...comments.errors, ...answers.errors }}
      >
        {sent.comment === null ? (
          <CommentForm {...part} words={comments} />
        ) : (
          <>
            <Comment sent={sent} />
            {comments.state === 'refused' ? (
              <>
                <WhatYouWrote
                  words={comments}
                  names={{ words: 'What they say', by: 'Who said it', on: 'When' }}
                />
                <p>
                  If they have more to say,{' '}
                  <a href={`/plans/${id}/family`}>write down that the plan was sent to them again</a>.
                </p>
              </>
            ) : (
              <AnswerForm {...part} words={answers} />
            )}
          </>
        )}
      </Page>
    );
  },
  forms: {
    comment: form({
      action: comment,
      done: ({ plan }) => ({ to: `/plans/${plan}/family`, notice: 'What they said is written down' }),
    }),
    answer: form({
      action: answerComment,
      done: ({ plan }) => ({ to: `/plans/${plan}/family`, notice: 'It is saved' }),
    }),
  },
};
