import { randomUUID } from 'node:crypto';
import { dayText } from '../../../platform/days.ts';
import { ButtonLink, Details, InlineForm, Page, Quotation, Timeline } from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { idFrom } from '../../../record/families/pages/forms.ts';
import { practitioners } from '../../../record/roles.ts';
import { goOn } from '../helping.ts';
import { type OpenedSupport, sessions, support as supportQuery } from '../helping-queries.ts';
import { request as requestQuery } from '../queries.ts';
import { levelWords } from '../rules.ts';
import { endGoal } from '../together.ts';
import { Readings } from './readings.tsx';
import { Told } from './request.tsx';
import { Sessions } from './sessions.tsx';
import { Ending, Facts, Ways } from './support-parts.tsx';
import { helpCrumb, home, refusedErrors, StateTag, supportHref, theFamily } from './words.tsx';

const Goals = ({ page, support }: { page: PageRequest; support: OpenedSupport }) => (
  <>
    <h2>What they want</h2>
    {support.goals.length === 0 ? <p>Nothing is written down yet.</p> : null}
    {support.goals.map((goal) => (
      <div key={goal.id}>
        <Quotation words={goal.words} whose={goal.whose ?? 'The family'} on={goal.setOn} small />
        {goal.state === 'working on it' && support.here && support.state !== 'ended' ? (
          <>
            <InlineForm
              shell={page.shell}
              action={supportHref(support.id)}
              idempotencyKey={randomUUID()}
              version={goal.version}
              fields={{ _form: 'goal', goal: goal.id, state: 'reached' }}
              submit="They reached this"
              about={goal.words}
            />{' '}
            <InlineForm
              shell={page.shell}
              action={supportHref(support.id)}
              idempotencyKey={randomUUID()}
              version={goal.version}
              fields={{ _form: 'goal', goal: goal.id, state: 'let go' }}
              submit="Let it go"
              about={goal.words}
            />
          </>
        ) : goal.state === 'working on it' ? null : (
          <p class="kith-quiet">
            {goal.state === 'reached' ? 'Reached' : 'Let go'}
            {goal.endedOn === null ? '' : ` on ${dayText(goal.endedOn)}`}
          </p>
        )}
      </div>
    ))}
    {support.here && support.state !== 'ended' ? (
      <p class="kith-on-screen">
        <a href={`${supportHref(support.id)}/goal`}>
          {support.goals.length === 0 ? 'Write down what they want' : 'Write down something else they want'}
        </a>
      </p>
    ) : null}
  </>
);

const stepWords: Readonly<Record<string, string>> = {
  accepted: 'Agreed to help',
  began: 'Began',
  'stepped up': 'Stepped up',
  'stepped down': 'Stepped down',
  paused: 'Paused',
  'went on': 'Went on',
  lead: 'Who leads',
  stage: 'Stage',
  reviewed: 'Looked at it together',
  ended: 'Ended',
  'came back': 'Came back',
};

const Story = ({ support }: { support: OpenedSupport }) => (
  <>
    <h2>What happened so far</h2>
    <Timeline
      items={support.steps.map((step) => ({
        when: [dayText(step.on), step.by].filter(Boolean).join(', '),
        title: [
          stepWords[step.step] ?? step.step,
          step.level === null ? '' : levelWords[step.level].toLowerCase(),
          step.what,
        ]
          .filter(Boolean)
          .join(': '),
        body: step.why === '' ? null : <p>{step.why}</p>,
      }))}
    />
  </>
);

/** Help that a family has: who helps, what they want, what was done together, and what changed. */
export const supportPage: PageDefinition = {
  path: '/support/supports/:support',
  title: 'Help that a family has',
  who: practitioners,
  async show(page) {
    const id = idFrom(page, 'support');
    const { afterDay = '', afterId = '' } = page.query;
    const [support, list] = await Promise.all([
      page.askOne(supportQuery, { support: id }),
      page.ask(sessions, { support: id, afterDay, afterId }),
    ]);
    const begun = support.state === 'active' || support.state === 'paused';
    const [told] = support.request === null ? [] : await page.ask(requestQuery, { request: support.request });
    return (
      <Page
        shell={page.shell}
        title={support.title}
        heading={support.title}
        lead={
          <>
            For {theFamily(support.family)}. <StateTag state={support.state} />
          </>
        }
        crumbs={[home, helpCrumb]}
        errors={refusedErrors(page)}
        actions={
          support.here ? (
            <>
              {support.state === 'paused' ? (
                <InlineForm
                  shell={page.shell}
                  action={supportHref(support.id)}
                  idempotencyKey={randomUUID()}
                  version={support.version}
                  fields={{ _form: 'on' }}
                  kind="primary"
                  submit="Go on after the pause"
                />
              ) : null}
              {support.state === 'waiting' ? (
                <ButtonLink href={`${supportHref(id)}/begin`}>Begin</ButtonLink>
              ) : null}
              {begun ? (
                <ButtonLink
                  href={`${supportHref(id)}/session`}
                  kind={support.state === 'paused' ? 'secondary' : 'primary'}
                >
                  Write down a time together
                </ButtonLink>
              ) : null}
            </>
          ) : undefined
        }
      >
        <Ending support={support} />
        <Facts page={page} support={support} />
        <Ways support={support} />
        {told === undefined ? null : (
          <Details summary="What the family told first: nobody asks them again">
            <Told request={told} />
          </Details>
        )}
        <Goals page={page} support={support} />
        <Readings support={support} />
        <Sessions support={support} list={list} page={page} />
        <Story support={support} />
      </Page>
    );
  },
  forms: {
    goal: form({
      action: endGoal,
      done: ({ support }) => ({ to: supportHref(support), notice: 'Saved' }),
    }),
    on: form({
      action: goOn,
      input: (fields, params) => ({ ...fields, support: params.support }),
      done: ({ support }) => ({ to: supportHref(support), notice: 'Help goes on' }),
    }),
  },
};
