import { dayText } from '../../../platform/days.ts';
import { ButtonLink, Page, Steps, Table, Timeline, Warning } from '../../../platform/ui/index.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';
import { idFrom } from '../../../record/families/pages/forms.ts';
import { kindWords } from '../../../record/homes/rules.ts';
import { practitioners } from '../../../record/roles.ts';
import { processHref } from '../asking.ts';
import { type Opened, process as processQuery, teamsOf } from '../queries.ts';
import { coordinatesIn, endingWords, homeChange, homeChangeWords, whyNotAnswer } from '../rules.ts';
import { tookText } from './lists.tsx';
import { Network } from './network.tsx';
import { Asked, Meetings, Next, Plans, Preparation, Reviews } from './process-parts.tsx';
import { crumb, home, NextText, refusedErrors, StateTag, theFamily, Unsent } from './words.tsx';

const stepTitles: Readonly<Record<string, string>> = {
  asked: 'Asked for',
  accepted: 'A coordinator took it on',
  'handed over': 'Handed to another coordinator',
  'turned away': 'Other help is better',
  withdrawn: 'The family did not want it',
  met: 'The family met',
  'plan written': 'The family made its plan',
  'plan agreed': 'The plan was agreed',
  'plan not agreed': 'The plan was not agreed as it stood',
  reviewed: 'The plan was looked at again',
  ended: 'Ended',
};

const Story = ({ of }: { of: Opened }) => (
  <Timeline
    items={of.steps.map((step) => ({
      when: [dayText(step.on), step.by].filter(Boolean).join(', '),
      title: stepTitles[step.step] ?? step.step,
      body: (
        <>
          {step.why === '' ? null : <p>{step.why}</p>}
          {step.next === '' ? null : (
            <p>
              <strong>What comes next:</strong> {step.next}
            </p>
          )}
        </>
      ),
    }))}
  />
);

const kindText = (kind: keyof typeof kindWords | null): string => (kind === null ? '' : kindWords[kind]);

const Homes = ({ of }: { of: Opened }) => (
  <>
    <h2>Where the children live</h2>
    <Table
      caption="Where each child lived"
      captionHidden
      small="stack"
      columns={[
        { key: 'child', title: 'Child' },
        { key: 'before', title: 'When it was asked for' },
        { key: 'end', title: 'At the end' },
        { key: 'year', title: 'A year later' },
        { key: 'change', title: 'Since then' },
      ]}
      rows={of.whoChildren.map(({ name, before, atEnd, yearLater }) => {
        const change = homeChange(before, yearLater ?? atEnd);
        return {
          child: name,
          before: kindText(before) || 'Not recorded',
          end: of.endedOn === null ? 'Not ended yet' : kindText(atEnd) || 'Not recorded',
          year: kindText(yearLater) || 'Not yet',
          change: change === undefined ? '' : homeChangeWords[change],
        };
      })}
      empty={null}
    />
    <p class="kith-quiet">The kind of home, from the record, on each day. Never which home it is.</p>
  </>
);

type StepState = 'done' | 'current' | 'next';

const stages = ({ state, meetings, plans, reviews }: Opened) => {
  const done = [
    state !== 'waiting',
    meetings.some(({ held }) => held),
    plans.some(({ standing }) => standing === 'agreed'),
    reviews.some(({ heldOn }) => heldOn !== null),
  ];
  const current = done.indexOf(false);
  const at = (index: number): StepState => (done[index] ? 'done' : index === current ? 'current' : 'next');
  return ['A coordinator', 'The family meets', 'The plan is agreed', 'Looked at again'].map(
    (text, index) => ({
      text,
      state: at(index),
    }),
  );
};

/** A family group meeting: what was asked, the network, the meeting, the plan, reviews, where the children live, and each step. */
export const processPage: PageDefinition = {
  path: '/family-meetings/:process',
  title: 'A family group meeting',
  who: practitioners,
  async show(page) {
    const id = idFrom(page, 'process');
    const of = await page.askOne(processQuery, { process: id });
    const here = processHref(of.id);
    // What happened names the plan or the meeting of which it tells: that stands here.
    if (of.id !== id) return { to: here };
    const live = of.state === 'preparing' || of.state === 'following';
    const edit = live && of.coordinatorId === page.identity.account && page.asAt === undefined;
    const team = teamsOf(page.identity);
    const takes = of.state === 'waiting' && coordinatesIn(page.identity.posts, of.teamId);
    const asks = of.askedById === page.identity.account || team.includes(of.askedTeamId);
    const answers = whyNotAnswer(page.identity, of) === undefined;
    return (
      <Page
        shell={page.shell}
        title={`${of.reference}: family group meeting`}
        heading={`Family group meeting for ${theFamily(of.family)}`}
        lead={
          <>
            <StateTag state={of.state} />{' '}
            {of.coordinator === null ? of.team : `Coordinator: ${of.coordinator}`}
          </>
        }
        crumbs={[home, crumb]}
        errors={refusedErrors(page)}
        actions={
          takes ? (
            <ButtonLink href={`${here}/accept`}>Take this family on</ButtonLink>
          ) : live ? (
            <Next of={of} edit={edit} answers={answers} />
          ) : undefined
        }
        wide
      >
        <Unsent request={page} />
        {of.state === 'not taken' ? null : <Steps label="Where it is" items={stages(of)} />}
        {of.emergency && live && !of.met ? (
          <Warning>This family cannot wait: it meets first, within the week.</Warning>
        ) : null}
        <p>
          <strong>
            <NextText of={of} today={page.today} />
          </strong>
        </p>
        <p class="kith-quiet">
          {live ? `Begun on ${dayText(of.acceptedOn ?? of.askedOn)}.` : null}{' '}
          {of.state === 'preparing' && of.planBy !== null ? `A plan is due by ${dayText(of.planBy)}.` : null}{' '}
          {of.state === 'not taken' ? endingWords(of.ending) : tookText(of, page.today)}
        </p>
        {takes ? (
          <p>
            {of.next === null
              ? 'This family is next in the list.'
              : `${of.next} is before this one in the list.`}{' '}
            <a href={`${here}/turn-away`}>Say where else help is</a>, when a family group meeting is not what
            helps
          </p>
        ) : null}
        {of.state === 'waiting' && asks ? (
          <p>
            <a href={`${here}/withdraw`}>Withdraw it</a>, when the family does not want it
          </p>
        ) : null}
        <Asked of={of} />
        <h2>Who is asked to come</h2>
        <Network page={page} of={of} edit={edit} />
        {edit ? (
          <p class="kith-on-screen">
            <a href={`${here}/guests/add`}>Add somebody to the network</a>
          </p>
        ) : null}
        {of.state === 'waiting' || of.state === 'not taken' ? null : (
          <>
            <Preparation of={of} edit={edit} />
            <Meetings of={of} edit={edit} />
            <Plans of={of} edit={edit} answers={live && answers} />
            <Reviews of={of} edit={edit} />
          </>
        )}
        <Homes of={of} />
        {live && (edit || asks) ? (
          <ul class="kith-on-screen">
            <li>
              <a href={`${here}/hand-over`}>Hand the family to another coordinator</a>
            </li>
            {edit ? (
              <li>
                <a href={`${here}/end`}>End, with what comes next</a>
              </li>
            ) : null}
          </ul>
        ) : null}
        <h2>What happened so far</h2>
        <Story of={of} />
      </Page>
    );
  },
};
