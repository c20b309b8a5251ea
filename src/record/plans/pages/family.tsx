import { randomUUID } from 'node:crypto';
import { dayText } from '../../../platform/actions/fields.ts';
import {
  DateField,
  Details,
  type Errors,
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
import { givenOf, namesOf } from './parts.tsx';

type Sent = Plan['sent'][number];

interface Part {
  request: PageRequest;
  plan: Plan;
  sent: Sent;
  words: FormWords;
}

/** A form of something that was sent carries which it is; only the one that was refused shows what was typed. */
const mine = ({ words, sent }: Part, name: string): { value: string; error: string | undefined } =>
  words.text('sent') === sent.id
    ? { value: words.text(name), error: words.errors[name] }
    : { value: '', error: undefined };

const CommentForm = (part: Part) => {
  const { request, plan, sent } = part;
  const typed = mine(part, 'on').value;
  return (
    <Form
      shell={request.shell}
      action={`/plans/${plan.id}/family`}
      idempotencyKey={randomUUID()}
      version={sent.version}
      submit="Write it down"
    >
      <Hidden name="_form" value="comment" />
      <Hidden name="sent" value={sent.id} />
      <TextArea
        name="words"
        label="What they say"
        hint="As they said it. It is never changed"
        rows={4}
        {...mine(part, 'words')}
      />
      <TextField name="by" label="Who said it" width="medium" autoComplete="off" {...mine(part, 'by')} />
      <DateField
        name="on"
        label="When"
        error={mine(part, 'on').error}
        value={typed === '' ? request.today.toString() : typed}
      />
    </Form>
  );
};

const AnswerForm = (part: Part) => {
  const { request, plan, sent } = part;
  const typed = mine(part, 'acted');
  return (
    <Form
      shell={request.shell}
      action={`/plans/${plan.id}/family`}
      idempotencyKey={randomUUID()}
      version={sent.version}
      submit="Save"
    >
      <Hidden name="_form" value="answer" />
      <Hidden name="sent" value={sent.id} />
      <TextArea
        name="acted"
        label="How it was acted on"
        rows={3}
        value={typed.value === '' ? sent.acted : typed.value}
        error={typed.error}
      />
    </Form>
  );
};

const SentShown = ({
  request,
  plan,
  sent,
  comments,
  answers,
}: Omit<Part, 'words'> & { comments: FormWords; answers: FormWords }) => {
  const typed = [comments, answers].some((words) => words.text('sent') === sent.id);
  return (
    <section>
      <h3>
        Sent to {sent.toWhom} on {dayText(sent.on)}
        {sent.how === '' ? '' : `, ${sent.how}`}
      </h3>
      {sent.comment === null ? (
        <Details summary="Write down what they say" open={typed}>
          <CommentForm request={request} plan={plan} sent={sent} words={comments} />
        </Details>
      ) : (
        <>
          <Quotation words={sent.comment} whose={sent.saidBy ?? ''} on={sent.saidOn ?? undefined} small />
          <p>
            <strong>How it was acted on:</strong> {sent.acted === '' ? 'not said yet' : sent.acted}
          </p>
          <Details summary="Say how it was acted on" open={typed}>
            <AnswerForm request={request} plan={plan} sent={sent} words={answers} />
          </Details>
        </>
      )}
    </section>
  );
};

/** Sending a plan to the family, and what they say of it. */
export const familyPage: PageDefinition = {
  path: '/plans/:plan/family',
  title: 'The plan with the family',
  who: practitioners,
  async show(request) {
    const { shell, today } = request;
    const id = idFrom(request, 'plan');
    const plan = await request.askOne(one, { plan: id });
    const [words, comments, answers] = await Promise.all([
      formWords(request, 'form', { sentOn: today.toString() }),
      formWords(request, 'comment'),
      formWords(request, 'answer'),
    ]);
    const { on: sentOn, ...others } = words.errors;
    const sending: Errors = sentOn === undefined ? others : { ...others, sentOn };
    const errors: Errors = { ...sending, ...comments.errors, ...answers.errors };
    const refused = request.refused?.form ?? 'form';
    const field = (name: string) => ({
      name,
      value: words.text(name),
      error: refused === 'form' ? sending[name] : undefined,
    });
    return (
      <Page
        shell={shell}
        title="The plan with the family"
        lead={`The plan of ${namesOf(plan.people)}`}
        back={{ href: `/plans/${id}`, text: 'The plan' }}
        errors={errors}
      >
        <p>
          Print <a href={`/plans/${id}/for-me`}>the plan for {givenOf(plan.people)} to read</a>, or the plan
          itself, and give it to them. Write down to whom, and then what they say of it.
        </p>
        <h2>What was sent, and what they said</h2>
        {plan.sent.length === 0 ? <p class="kith-quiet">Nothing was sent yet.</p> : null}
        {plan.sent.map((sent) => (
          <SentShown
            key={sent.id}
            request={request}
            plan={plan}
            sent={sent}
            comments={comments}
            answers={answers}
          />
        ))}
        <Details summary="Write down that it was sent" open={plan.sent.length === 0 || refused === 'form'}>
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
            <DateField {...field('sentOn')} label="When it was sent" />
          </Form>
        </Details>
      </Page>
    );
  },
  forms: {
    form: form({
      action: send,
      input: (fields, params) => ({ ...fields, on: fields.sentOn, plan: params.plan }),
      done: ({ plan }) => ({ to: `/plans/${plan}/family`, notice: 'It is written down' }),
    }),
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
