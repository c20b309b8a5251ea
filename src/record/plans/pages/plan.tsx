import { dayText } from '../../../platform/days.ts';
import { ButtonLink, Details, Notification, Page, SummaryList } from '../../../platform/ui/index.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';
import { idFrom } from '../../families/pages/forms.ts';
import { practitioners } from '../../roles.ts';
import { judged } from '../agreeing.ts';
import { voluntaryText } from '../document.ts';
import { one, type Plan } from '../queries.ts';
import { type Check, checksOf, levelWords, type Voice, voices } from '../rules.ts';
import { givenOf, NeedShown, namesOf, Paragraphs, SaveAs, StateTag, ViewShown } from './parts.tsx';

const linkOf = (plan: Plan, { where }: Check): string =>
  where.part === 'need'
    ? `#need-${where.id}`
    : where.part === 'views'
      ? '#views'
      : `/plans/${plan.id}/${plan.needs.length === 0 ? 'needs/add' : 'agree'}`;

/** What inspectors look for: gently, what is there and what could be looked at again. Nothing is stopped by it. */
const AnotherLook = ({ plan, today }: { plan: Plan; today: Temporal.PlainDate }) => {
  const checks = checksOf(judged(plan), today);
  const open = checks.filter(({ good }) => !good);
  const good = checks.length - open.length;
  return (
    <Details
      summary={
        open.length === 0
          ? 'Everything that makes a good plan is there'
          : `Worth another look: ${open.length}`
      }
      open={open.length > 0 && plan.changed}
    >
      {open.length === 0 ? null : (
        <ul>
          {open.map((check) => (
            <li key={check.id}>
              {check.where.part === 'plan' && check.id !== 'needs' && check.id !== 'review' ? (
                check.words
              ) : (
                <a href={linkOf(plan, check)}>{check.words}</a>
              )}
            </li>
          ))}
        </ul>
      )}
      <p class="kith-quiet">
        {good} of {checks.length} things that families and inspectors ask of a plan are there. It can be
        agreed as it is.
      </p>
    </Details>
  );
};

const headings: Readonly<Record<Voice, string>> = {
  child: 'What the child says',
  parent: 'What parents and carers say',
  other: 'What others say',
};

const Views = ({ plan }: { plan: Plan }) => {
  const open = plan.state !== 'ended';
  return (
    <section id="views">
      <h2>What each person says</h2>
      {voices.map((whose) => {
        const said = plan.views.filter((view) => view.whose === whose);
        if (said.length === 0 && whose === 'other') return null;
        return (
          <section key={whose}>
            <h3>{headings[whose]}</h3>
            {said.length === 0 ? <p class="kith-quiet">Nothing is written down yet.</p> : null}
            {said.map((view) => (
              <ViewShown
                key={view.id}
                view={view}
                more={
                  open ? (
                    <p>
                      <a href={`/plans/${plan.id}/views/${view.id}`}>
                        Change this<span class="visually-hidden"> (what {view.name} says)</span>
                      </a>
                    </p>
                  ) : null
                }
              />
            ))}
          </section>
        );
      })}
      {open ? (
        <p>
          <ButtonLink kind="secondary" small href={`/plans/${plan.id}/views/add`}>
            Add what somebody says
          </ButtonLink>
        </p>
      ) : null}
    </section>
  );
};

const Needs = ({ plan }: { plan: Plan }) => {
  const open = plan.state !== 'ended';
  return (
    <section>
      <h2>What {givenOf(plan.people)} needs, and what we will do</h2>
      {plan.needs.length === 0 ? <p class="kith-quiet">There is nothing here yet.</p> : null}
      {plan.needs.map((need) => (
        <div key={need.id} id={`need-${need.id}`}>
          <NeedShown
            need={need}
            whose={givenOf(plan.people)}
            edit={open ? (each) => `/plans/${plan.id}/actions/${each.id}` : undefined}
            more={
              open ? (
                <p>
                  <a href={`/plans/${plan.id}/needs/${need.id}/act`}>
                    Add an action<span class="visually-hidden"> for: {need.need}</span>
                  </a>
                  {' · '}
                  <a href={`/plans/${plan.id}/needs/${need.id}`}>
                    Change this need<span class="visually-hidden">: {need.need}</span>
                  </a>
                </p>
              ) : null
            }
          />
        </div>
      ))}
      {open ? (
        <p>
          <ButtonLink kind="secondary" small href={`/plans/${plan.id}/needs/add`}>
            Add a need
          </ButtonLink>
        </p>
      ) : null}
    </section>
  );
};

const About = ({ plan }: { plan: Plan }) => (
  <SummaryList
    rows={[
      { key: 'Why there is a plan', value: <Paragraphs text={plan.why} /> },
      { key: 'How much help', value: levelWords[plan.level] },
      {
        key: 'Is it voluntary?',
        value: voluntaryText(plan.compulsory),
      },
      {
        key: 'Lead professional',
        value:
          plan.lead === '' ? (
            <a href={`/families/${plan.about}/helping`}>Nobody yet: choose who</a>
          ) : (
            plan.lead
          ),
      },
      { key: 'Written on', value: dayText(plan.prepared_on) },
      ...(plan.agreed_on === null ? [] : [{ key: 'Agreed on', value: dayText(plan.agreed_on) }]),
      ...(plan.review_on === null || plan.state === 'ended'
        ? []
        : [{ key: 'We look at it again by', value: dayText(plan.review_on) }]),
      ...(plan.ended_on === null
        ? []
        : [{ key: 'Ended', value: `${dayText(plan.ended_on)}. ${plan.ended_why ?? ''}` }]),
    ]}
  />
);

const Family = ({ plan }: { plan: Plan }) => {
  const last = plan.sent[0];
  return (
    <section>
      <h2>With the family</h2>
      <p>
        {last === undefined
          ? 'The plan has not been sent to the family yet.'
          : `Sent to ${last.toWhom} on ${dayText(last.on)}. ${last.comment === null ? 'They have not said anything yet.' : ''}`}
      </p>
      {last?.comment ? (
        <p>
          {last.saidBy} said something of it.{' '}
          {last.acted === '' ? 'It is not said yet how it was acted on.' : ''}
        </p>
      ) : null}
      <p>
        <a href={`/plans/${plan.id}/family`}>Send it, and write down what they say</a>
        {' · '}
        <a href={`/plans/${plan.id}/for-me`}>The plan for {givenOf(plan.people)} to read</a>
      </p>
    </section>
  );
};

const Editions = ({ plan }: { plan: Plan }) =>
  plan.editions.length === 0 ? null : (
    <section>
      <h2>What was agreed, and when</h2>
      <ol>
        {plan.editions.toReversed().map((each) => (
          <li key={each.number}>
            <a href={`/plans/${plan.id}/agreed/${each.number}`}>
              {each.number === 1 ? 'Agreed' : 'Looked at together and agreed'} on {dayText(each.on)}
            </a>
            {each.words === '' ? null : <Paragraphs text={each.words} />}
          </li>
        ))}
      </ol>
    </section>
  );

/** A plan with everything in it, and the ways to go on with it. */
export const planPage: PageDefinition = {
  path: '/plans/:plan',
  title: 'Child’s Plan',
  who: practitioners,
  async show(request) {
    const plan = await request.askOne(one, { plan: idFrom(request, 'plan') });
    const open = plan.state !== 'ended';
    return (
      <Page
        shell={request.shell}
        title={`Child’s Plan of ${namesOf(plan.people)}`}
        lead={<StateTag plan={plan} />}
        back={{ href: `/families/${plan.about}/plans`, text: `Plans of the ${plan.family} family` }}
        actions={
          open ? (
            <>
              <ButtonLink href={`/plans/${plan.id}/agree`}>
                {plan.state === 'draft' ? 'Agree it' : 'Look at it together again'}
              </ButtonLink>
              <ButtonLink kind="secondary" href={`/plans/${plan.id}/change`}>
                Change why and how much
              </ButtonLink>
            </>
          ) : null
        }
      >
        {plan.state === 'agreed' && plan.changed ? (
          <Notification kind="info" title="This was changed since it was agreed.">
            <p>
              <a href={`/plans/${plan.id}/agreed/${plan.edition}`}>
                What was agreed on {plan.agreed_on ? dayText(plan.agreed_on) : ''}
              </a>{' '}
              holds until the plan is agreed again.
            </p>
          </Notification>
        ) : null}
        {open ? <AnotherLook plan={plan} today={request.today} /> : null}
        <About plan={plan} />
        <Views plan={plan} />
        <Needs plan={plan} />
        <Family plan={plan} />
        <Editions plan={plan} />
        <SaveAs file={`/plans/${plan.id}/plan`} what="the plan" />
        {plan.state === 'agreed' ? (
          <p>
            <a href={`/plans/${plan.id}/end`}>End this plan</a>
          </p>
        ) : null}
      </Page>
    );
  },
};
