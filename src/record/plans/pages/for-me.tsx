import { dayText } from '../../../platform/days.ts';
import { Page, Quote } from '../../../platform/ui/index.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';
import { idFrom } from '../../families/pages/forms.ts';
import { practitioners } from '../../roles.ts';
import { myRights } from '../document.ts';
import { one, type Plan } from '../queries.ts';
import type { Need, PlanAction } from '../shape.ts';
import { givenOf, Paragraphs, SaveAs } from './parts.tsx';

const ActionForMe = ({ action }: { action: PlanAction }) => (
  <li>
    <strong>{action.owner ?? 'We will say who'}:</strong> {action.what}
    {action.due === null ? '' : `, by ${dayText(action.due)}`}.
    {action.state === 'done' ? ' This is done.' : ''}
  </li>
);

const NeedForMe = ({ need, nth }: { need: Need; nth: number }) => (
  <section class="kith-easy__need">
    <h2>
      {nth}. {need.childWords === '' ? need.need : need.childWords}
    </h2>
    {need.ownWords === '' ? null : <Quote text={need.ownWords} by="What I said" />}
    {need.actions.length === 0 ? null : (
      <>
        <h3>Who does what</h3>
        <ul>
          {need.actions.map((each) => (
            <ActionForMe key={each.id} action={each} />
          ))}
        </ul>
      </>
    )}
    {need.met ? <p>We think this is good now.</p> : null}
    <h3>What I want to say about this</h3>
    <div class="kith-easy__mine" />
    <div class="kith-easy__mine" />
  </section>
);

const Mine = ({ plan }: { plan: Plan }) => {
  const said = plan.views.filter(({ whose }) => whose === 'child');
  return (
    <>
      <section>
        <h2>Why I have a plan</h2>
        <Paragraphs text={plan.child_why === '' ? plan.why : plan.child_why} />
      </section>
      {said.length === 0 ? null : (
        <section>
          <h2>What I said</h2>
          {said.map((view) => (
            <div key={view.id}>
              <Quote text={view.words} by={said.length > 1 ? view.name : undefined} />
              {view.acted === '' ? null : <p>What we did about it: {view.acted}</p>}
            </div>
          ))}
        </section>
      )}
      {plan.needs.map((need, index) => (
        <NeedForMe key={need.id} need={need} nth={index + 1} />
      ))}
      <section>
        <h2>Who looks after my plan</h2>
        <p>
          {plan.lead === ''
            ? 'Nobody is chosen yet. You will be told who it is.'
            : `${plan.lead} looks after the plan. You can always talk to them.`}
        </p>
        {plan.review_on === null ? null : <p>We all look at the plan again by {dayText(plan.review_on)}.</p>}
        <h2>It is my plan</h2>
        <ul>
          {myRights.map((right) => (
            <li key={right}>{right}</li>
          ))}
        </ul>
      </section>
    </>
  );
};

/** The plan as the child reads it: short, in large print, with room to write on paper. */
export const forMePage: PageDefinition = {
  path: '/plans/:plan/for-me',
  title: 'My plan',
  who: practitioners,
  async show(request) {
    const plan = await request.askOne(one, { plan: idFrom(request, 'plan') });
    return (
      <Page
        shell={request.shell}
        title="My plan"
        lead={givenOf(plan.people)}
        back={{ href: `/plans/${plan.id}`, text: 'The plan' }}
      >
        <div class="kith-easy">
          <Mine plan={plan} />
        </div>
        <SaveAs file={`/plans/${plan.id}/my-plan`} what="it, in large print," />
      </Page>
    );
  },
};
