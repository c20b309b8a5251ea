import { randomUUID } from 'node:crypto';
import { dayShort, dayText } from '../../../platform/days.ts';
import {
  ButtonLink,
  Details,
  InlineForm,
  Inset,
  Page,
  Quotation,
  SummaryList,
  Table,
  Timeline,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { idFrom } from '../../../record/families/pages/forms.ts';
import { practitioners } from '../../../record/roles.ts';
import { goOn } from '../helping.ts';
import { type OpenedSupport, sessions, support as supportQuery } from '../helping-queries.ts';
import type { Tool } from '../programme.ts';
import { request as requestQuery } from '../queries.ts';
import { levelWords } from '../rules.ts';
import { endGoal } from '../together.ts';
import { Told } from './request.tsx';
import { Sessions } from './sessions.tsx';
import { Star } from './star.tsx';
import {
  DueText,
  helpCrumb,
  home,
  refusedErrors,
  requestHref,
  StateTag,
  supportHref,
  theFamily,
} from './words.tsx';

const momentWords = { first: 'First', between: 'Between', last: 'Last' } as const;

const Facts = ({ page, support }: { page: PageRequest; support: OpenedSupport }) => {
  const { today } = page;
  const stage = support.definition.stages.find(({ id }) => id === support.stage);
  const due = (day: Temporal.PlainDate | null) => <DueText due={day} today={today} />;
  return (
    <SummaryList
      rows={[
        { key: 'Family', value: <a href={`/families/${support.about}`}>{support.family}</a> },
        {
          key: 'For whom',
          value: support.people.map(({ id, name }, index) => (
            <>
              {index === 0 ? '' : ', '}
              <a href={`/people/${id}`}>{name}</a>
            </>
          )),
        },
        { key: 'Level', value: levelWords[support.level] },
        { key: 'Who leads', value: [support.lead ?? 'Nobody yet', support.team].join(', ') },
        {
          key: support.since === null ? 'Waits since' : 'Since',
          value: dayText(support.since ?? support.waitedFrom),
        },
        ...(support.firstContactOn === null && support.firstContactBy !== null && support.state !== 'ended'
          ? [{ key: 'First time together', value: due(support.firstContactBy) }]
          : []),
        ...(stage === undefined || support.state === 'ended'
          ? []
          : [
              {
                key: 'Stage',
                value: (
                  <>
                    {stage.title}
                    {support.stageBy === null ? null : <>: {due(support.stageBy)}</>}
                  </>
                ),
              },
            ]),
        ...(support.reviewBy === null ? [] : [{ key: 'Look at it together', value: due(support.reviewBy) }]),
        ...(support.endsBy === null || support.state === 'ended'
          ? []
          : [{ key: 'Meant to last until', value: dayText(support.endsBy) }]),
        ...(support.backBy === null ? [] : [{ key: 'Look at the pause again', value: due(support.backBy) }]),
        ...(support.request === null
          ? []
          : [
              {
                key: 'What was told',
                value: <a href={requestHref(support.request)}>{support.reference}</a>,
              },
            ]),
        ...support.answers.map(({ title, words }) => ({ key: title, value: words })),
        ...(support.cameBackFrom === null
          ? []
          : [
              { key: 'Came back from', value: <a href={supportHref(support.cameBackFrom)}>Help they had</a> },
            ]),
        ...(support.groups.length === 0
          ? []
          : [
              {
                key: 'Groups',
                value: support.groups.map(({ id, title }) => (
                  <a key={id} href={`/support/groups/${id}`}>
                    {title}
                  </a>
                )),
              },
            ]),
      ]}
    />
  );
};

const Goals = ({ page, support }: { page: PageRequest; support: OpenedSupport }) => (
  <>
    <h2>What they want</h2>
    {support.goals.length === 0 ? <p>Nothing is written down yet.</p> : null}
    {support.goals.map((goal) => (
      <div key={goal.id}>
        <Quotation words={goal.words} whose={goal.whose ?? 'The family'} on={goal.setOn} small />
        {goal.state === 'working on it' && support.here && support.state !== 'ended' ? (
          <p>
            <InlineForm
              shell={page.shell}
              action={supportHref(support.id)}
              idempotencyKey={randomUUID()}
              version={goal.version}
              fields={{ _form: 'goal', goal: goal.id, state: 'reached' }}
              submit="Reached"
              about={goal.words}
            />{' '}
            <InlineForm
              shell={page.shell}
              action={supportHref(support.id)}
              idempotencyKey={randomUUID()}
              version={goal.version}
              fields={{ _form: 'goal', goal: goal.id, state: 'let go' }}
              submit="Let go"
              about={goal.words}
            />
          </p>
        ) : goal.state === 'working on it' ? null : (
          <p class="kith-quiet">
            {goal.state === 'reached' ? 'Reached' : 'Let go'}
            {goal.endedOn === null ? '' : ` on ${dayText(goal.endedOn)}`}
          </p>
        )}
      </div>
    ))}
  </>
);

const number = (score: number): string => score.toLocaleString('en-GB', { maximumFractionDigits: 1 });

type Reading = OpenedSupport['readings'][number];

/** A reading with its areas in the order of the tool, or of the goals. */
const inOrder = (reading: Reading, { areas }: Tool, goals: OpenedSupport['goals']): Reading => {
  const ids = [...areas, ...goals].map(({ id }) => id);
  return {
    ...reading,
    scores: reading.scores.toSorted((one, other) => ids.indexOf(one.area) - ids.indexOf(other.area)),
  };
};

const Readings = ({ support, tool }: { support: OpenedSupport; tool: Tool }) => {
  const made = support.readings
    .filter((reading) => reading.tool === tool.id)
    .map((reading) => inOrder(reading, tool, support.goals));
  const unanswered =
    made.some(({ moment }) => moment === 'first') && !made.some(({ moment }) => moment === 'last');
  return (
    <>
      <h3>{tool.title}</h3>
      {made.length === 0 ? <p>No reading yet.</p> : null}
      {tool.kind === 'ladder' && made.length > 0 ? <Star tool={tool} readings={made} /> : null}
      {made.length === 0 ? null : (
        <Table
          caption={`${tool.title}, from ${tool.from} to ${tool.to}; ${tool.better} is better`}
          columns={[
            { key: 'when', title: 'When' },
            { key: 'score', title: 'Together', numeric: true },
            ...(made[0]?.scores ?? []).map(({ area, title }) => ({ key: area, title, numeric: true })),
          ]}
          rows={made.map((reading) => ({
            when: (
              <>
                {momentWords[reading.moment]}, {dayShort(reading.on)}
                {reading.whose === null ? '' : ` (${reading.whose})`}
                {reading.words === '' ? null : <div class="kith-quiet">{reading.words}</div>}
              </>
            ),
            score: number(reading.score),
            ...Object.fromEntries(reading.scores.map(({ area, score }) => [area, number(score)])),
          }))}
          empty={null}
        />
      )}
      {unanswered ? <p class="kith-quiet">There is no last reading yet, so no change can be told.</p> : null}
    </>
  );
};

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

const Ending = ({ support }: { support: OpenedSupport }) => {
  const { ending } = support;
  if (ending === null) return null;
  const title = support.definition.outcomes.find(({ id }) => id === ending.outcome)?.title ?? ending.outcome;
  return (
    <Inset>
      <p>
        <strong>Ended on {dayText(ending.on)}:</strong> {title}
      </p>
      <p>{ending.why}</p>
      <p>
        <strong>What comes next:</strong> {ending.next}
        {ending.nextTitle === null ? '' : ` (${ending.nextTitle})`}
      </p>
      {ending.view === '' ? null : <Quotation words={ending.view} whose="The family" small />}
      {ending.answers.map(({ title: asked, words }) => (
        <p key={asked}>
          {asked}: {words}
        </p>
      ))}
    </Inset>
  );
};

const Ways = ({ page, support }: { page: PageRequest; support: OpenedSupport }) => {
  const here = supportHref(support.id);
  if (support.state === 'ended')
    return (
      <p>
        <a href={`${here}/back`}>Come back to this</a>: without asking anew
      </p>
    );
  if (!support.here) return <p>{support.team} helps. You see what they do.</p>;
  return (
    <>
      {support.state === 'paused' ? (
        <InlineForm
          shell={page.shell}
          action={here}
          idempotencyKey={randomUUID()}
          version={support.version}
          fields={{ _form: 'on' }}
          kind="primary"
          submit="Go on after the pause"
        />
      ) : null}
      <ul>
        {support.state === 'waiting' ? (
          <li>
            <a href={`${here}/begin`}>Begin</a>
          </li>
        ) : (
          <>
            {support.definition.levels.length > 1 ? (
              <li>
                <a href={`${here}/level`}>Step up or step down</a>
              </li>
            ) : null}
            <li>
              <a href={`${here}/review`}>Look at it together</a>
            </li>
          </>
        )}
        <li>
          <a href={`${here}/goal`}>Write down what they want</a>
        </li>
        {support.definition.tools.map((tool) => (
          <li key={tool.id}>
            <a href={`${here}/reading?tool=${tool.id}`}>Make a reading: {tool.title}</a>
          </li>
        ))}
        {support.state === 'active' && support.definition.stages.length > 0 ? (
          <li>
            <a href={`${here}/stage`}>Move to another stage</a>
          </li>
        ) : null}
        <li>
          <a href={`${here}/lead`}>Change who leads</a>
        </li>
        <li>
          <a
            href={`/families/${support.about}/support/ask${support.request === null ? '' : `?told=${support.request}`}`}
          >
            Ask for other help besides
          </a>
          {support.request === null ? null : ': what the family told first goes with it'}
        </li>
        {support.state === 'active' ? (
          <li>
            <a href={`${here}/pause`}>Pause</a>
          </li>
        ) : null}
        <li>
          <a href={`${here}/end`}>End, with what comes next</a>
        </li>
      </ul>
    </>
  );
};

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
          begun && support.here ? (
            <ButtonLink href={`${supportHref(id)}/session`}>Write down a time together</ButtonLink>
          ) : undefined
        }
      >
        <Ending support={support} />
        <Ways page={page} support={support} />
        <Facts page={page} support={support} />
        {told === undefined ? null : (
          <Details summary="What the family told first: nobody asks them again">
            <Told request={told} />
          </Details>
        )}
        <Goals page={page} support={support} />
        {support.definition.tools.length === 0 ? null : <h2>How things are</h2>}
        {support.definition.tools.map((tool) => (
          <Readings key={tool.id} support={support} tool={tool} />
        ))}
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
