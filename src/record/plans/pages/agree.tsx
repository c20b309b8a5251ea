import { randomUUID } from 'node:crypto';
import { dayText } from '../../../platform/days.ts';
import {
  DateField,
  Details,
  Form,
  Inset,
  Notification,
  Page,
  SummaryList,
  TextArea,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { type FormWords, formWords, idFrom } from '../../families/pages/forms.ts';
import { practitioners } from '../../roles.ts';
import { clockList, daysOff } from '../../tasks/clock-queries.ts';
import { clockWords, dueBy, scottishHolidays } from '../../tasks/clocks.ts';
import { agree, end, judged } from '../agreeing.ts';
import { one, type Plan } from '../queries.ts';
import { endedAlready } from '../refusals.ts';
import { checksOf } from '../rules.ts';
import { givenOf, NeedShown, namesOf, Paragraphs, WhatYouWrote } from './parts.tsx';

/**
 * By when the partnership's time limits say that a plan agreed today is looked at again, and the limit in words; nothing where
 * they set none.
 */
async function reviewBy({ ask, today }: PageRequest): Promise<{ day: string; words: string } | undefined> {
  const [clocks, off] = await Promise.all([ask(clockList, {}), ask(daysOff, {})]);
  // The list holds those to come as well.
  const clock = clocks.find(
    ({ id, since }) => id === 'plan-review' && Temporal.PlainDate.compare(since, today) <= 0,
  );
  if (clock === undefined) return undefined;
  const holidays = scottishHolidays(off.filter(({ counts }) => counts));
  return { day: dueBy(clock, today, holidays).toString(), words: clockWords(clock) };
}

/** Told to whoever would agree to a plan, or end one, that another has changed since they read it: what it says now. */
const LookAgain = ({ title, plan }: { title: string; plan: Plan }) => {
  const [last] = plan.editions;
  return (
    <>
      <Notification kind="warning" title={title}>
        <p>It is below as it stands now. What you wrote is in the form beneath it.</p>
      </Notification>
      {last === undefined ? null : (
        <>
          <p>
            Agreed last on {dayText(last.on)}
            {last.by === null ? '' : `, written down by ${last.by}`}.
          </p>
          <Paragraphs text={last.words} />
        </>
      )}
    </>
  );
};

const Needs = ({ plan }: { plan: Plan }) => (
  <>
    {plan.needs.map((need) => (
      <NeedShown key={need.id} need={need} whose={givenOf(plan.people)} />
    ))}
  </>
);

/** A plan that somebody else has ended since whoever reads this began to end it. */
const EndedMeanwhile = ({ request, plan, words }: { request: PageRequest; plan: Plan; words: FormWords }) => (
  <Page
    shell={request.shell}
    title="This plan has ended"
    lead={namesOf(plan.people)}
    back={{ href: `/plans/${plan.id}`, text: 'The plan' }}
    errors={words.errors}
  >
    <h2>As it is saved now</h2>
    <SummaryList
      rows={[
        { key: 'Ended on', value: plan.ended_on === null ? '' : dayText(plan.ended_on) },
        { key: 'Why it ended', value: plan.ended_why },
      ]}
    />
    <WhatYouWrote words={words} names={{ why: 'Why it ends', on: 'Ended on' }} />
  </Page>
);

/** Agreeing a plan together; from the second time on, looking at it again and agreeing what is next. */
export const agreePage: PageDefinition = {
  path: '/plans/:plan/agree',
  title: 'Agree a plan',
  who: practitioners,
  async show(request) {
    const { shell, today } = request;
    const id = idFrom(request, 'plan');
    const plan = await request.askOne(one, { plan: id });
    if (plan.state === 'ended' && !request.refused) throw endedAlready();
    const first = plan.edition === 0;
    const review = await reviewBy(request);
    const words = await formWords(request, 'form', { on: today.toString(), reviewOn: review?.day ?? '' });
    const open = checksOf(judged(plan), today).filter(({ good, id: check }) => !good && check !== 'review');
    const field = (name: string) => ({ name, value: words.text(name), error: words.errors[name] });
    return (
      <Page
        shell={shell}
        title={first ? 'Agree the plan' : 'Look at the plan together again'}
        lead={namesOf(plan.people)}
        back={{ href: `/plans/${id}`, text: 'The plan' }}
        errors={words.errors}
      >
        {words.state === 'refused' && 'form' in words.errors ? (
          <LookAgain title="Look at the plan before you agree." plan={plan} />
        ) : null}
        {open.length === 0 ? null : (
          <Inset>
            <p>Worth another look before you agree. It can be agreed as it is.</p>
            <ul>
              {open.map((check) => (
                <li key={check.id}>{check.words}</li>
              ))}
            </ul>
          </Inset>
        )}
        <Details summary="What you are agreeing to" open={words.state === 'refused'}>
          <Needs plan={plan} />
        </Details>
        <Form
          shell={shell}
          action={`/plans/${id}/agree`}
          idempotencyKey={randomUUID()}
          version={plan.seen}
          draft={words.draft}
          submit="Agree the plan"
          secondary={<a href={`/plans/${id}`}>Go on with it first</a>}
        >
          {first ? null : (
            <TextArea
              {...field('words')}
              label="What came of the plan so far"
              hint="What is better for the child, what is not, and what you agreed"
              rows={5}
              optional
            />
          )}
          <DateField {...field('on')} label={first ? 'Agreed on' : 'Looked at together on'} required />
          <DateField
            {...field('reviewOn')}
            label="We look at it together again by"
            hint={review && `Plans are looked at again within ${review.words}, or sooner. Like 31/3/2027`}
            required
          />
          <p class="ds_hint-text">
            What is agreed is kept as it is. Each action goes into the list of whoever does it.
          </p>
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: agree,
      input: (fields, params) => ({ ...fields, plan: params.plan }),
      done: ({ plan, number }) => ({
        to: `/plans/${plan}`,
        notice: number === 1 ? 'The plan is agreed' : 'The plan is agreed again',
      }),
    }),
  },
};

/** Ending a plan. */
export const endPage: PageDefinition = {
  path: '/plans/:plan/end',
  title: 'End a plan',
  who: practitioners,
  async show(request) {
    const id = idFrom(request, 'plan');
    const plan = await request.askOne(one, { plan: id });
    if (plan.state !== 'agreed' && !request.refused) return { to: `/plans/${id}` };
    const words = await formWords(request, 'form', { on: request.today.toString() });
    if (plan.state === 'ended') return <EndedMeanwhile request={request} plan={plan} words={words} />;
    const changed = words.state === 'refused' && 'form' in words.errors;
    return (
      <Page
        shell={request.shell}
        title="End the plan"
        lead={namesOf(plan.people)}
        back={{ href: `/plans/${id}`, text: 'The plan' }}
        errors={words.errors}
      >
        {changed ? (
          <>
            <LookAgain title="Look at the plan before you end it." plan={plan} />
            <Needs plan={plan} />
          </>
        ) : null}
        <Form
          shell={request.shell}
          action={`/plans/${id}/end`}
          idempotencyKey={randomUUID()}
          version={plan.seen}
          draft={words.draft}
          submit="End the plan"
          submitKind="serious"
          secondary={<a href={`/plans/${id}`}>Leave it as it is</a>}
        >
          <TextArea
            name="why"
            label="Why it ends"
            hint="What is better for the child, and who is there for them from now on"
            value={words.text('why')}
            error={words.errors.why}
            rows={4}
            required
          />
          <DateField name="on" label="Ended on" value={words.text('on')} error={words.errors.on} required />
          <p class="ds_hint-text">What is still to be done for it comes off people’s lists.</p>
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: end,
      input: (fields, params) => ({ ...fields, plan: params.plan }),
      done: ({ plan }) => ({ to: `/plans/${plan}`, notice: 'The plan has ended' }),
    }),
  },
};
