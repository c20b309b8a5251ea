import { randomUUID } from 'node:crypto';
import { DateField, Details, Form, Inset, Notification, Page, TextArea } from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { formWords, idFrom } from '../../families/pages/forms.ts';
import { practitioners } from '../../roles.ts';
import { agree, end, judged } from '../agreeing.ts';
import { one } from '../queries.ts';
import { endedAlready } from '../refusals.ts';
import { checksOf } from '../rules.ts';
import { givenOf, NeedShown, namesOf } from './parts.tsx';

/** When a plan is looked at again unless people say otherwise: the partnership's own time for it. */
const reviewMonths = 6;

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
    const words = await formWords(request, 'form', {
      on: today.toString(),
      reviewOn: today.add({ months: reviewMonths }).toString(),
    });
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
          <Notification kind="warning" title="Look at the plan before you agree.">
            <p>It is below as it stands now. What you wrote is in the form beneath it.</p>
          </Notification>
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
          {plan.needs.map((need) => (
            <NeedShown key={need.id} need={need} whose={givenOf(plan.people)} />
          ))}
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
          <DateField {...field('reviewOn')} label="We look at it together again by" required />
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
    return (
      <Page
        shell={request.shell}
        title="End the plan"
        lead={namesOf(plan.people)}
        back={{ href: `/plans/${id}`, text: 'The plan' }}
        errors={words.errors}
      >
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
