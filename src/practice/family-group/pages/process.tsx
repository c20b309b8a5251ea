import { dayShort, dayText } from '../../../platform/days.ts';
import {
  ButtonLink,
  Page,
  Quotation,
  Steps,
  SummaryList,
  Table,
  Tag,
  Timeline,
  Warning,
} from '../../../platform/ui/index.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';
import { idFrom } from '../../../record/families/pages/forms.ts';
import { kindWords } from '../../../record/homes/rules.ts';
import { practitioners } from '../../../record/roles.ts';
import { processHref } from '../asking.ts';
import { type Opened, process as processQuery, teamsOf } from '../queries.ts';
import {
  coordinatesIn,
  endingWords,
  homeChange,
  homeChangeWords,
  reviewOutcomes,
  whyNotAnswer,
} from '../rules.ts';
import { tookText } from './lists.tsx';
import { Network } from './network.tsx';
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

/** What was asked, and what cannot be otherwise. */
export const Asked = ({ of }: { of: Opened }) => (
  <>
    <h2>What the family decides</h2>
    <p class="kith-typed__text">{of.decide}</p>
    {of.view === '' ? null : (
      <Quotation
        words={of.view}
        whose={of.whoChildren.length === 1 ? (of.whoChildren[0]?.name ?? '') : 'The children'}
      />
    )}
    <SummaryList
      rows={[
        { key: 'Bottom line', value: <span class="kith-typed__text">{of.bottomLine}</span> },
        { key: 'Whose it is', value: of.bottomLineName },
        { key: 'Safety', value: <span class="kith-typed__text">{of.safety}</span> },
        ...(of.strengths === '' ? [] : [{ key: 'What goes well', value: of.strengths }]),
        {
          key: 'For',
          value: of.whoChildren.map(({ id, name }, at) => (
            <>
              {at === 0 ? '' : ', '}
              <a href={`/people/${id}`}>{name}</a>
            </>
          )),
        },
        { key: 'Family', value: <a href={`/families/${of.about}`}>{of.family}</a> },
        { key: 'Who asked', value: `${of.askedBy}, ${of.askedTeam}` },
        { key: 'Agreed with', value: of.agreedWith },
      ]}
    />
  </>
);

const Preparation = ({ of, edit }: { of: Opened; edit: boolean }) => (
  <>
    <h2>Getting ready</h2>
    <Table
      caption="Whom the coordinator met"
      captionHidden
      small="stack"
      columns={[
        { key: 'who', title: 'Who' },
        { key: 'when', title: 'When' },
        { key: 'needs', title: 'What they need', width: 'wide' },
      ]}
      rows={of.preparations.map((each) => ({
        who: each.who,
        when: `${dayShort(each.on)}, ${each.way}`,
        needs: each.needs,
      }))}
      empty={<p>Nobody was met yet.</p>}
    />
    {edit ? (
      <p>
        <a href={`${processHref(of.id)}/prepare`}>Write down whom you met</a>
      </p>
    ) : null}
  </>
);

const Meetings = ({ of, edit }: { of: Opened; edit: boolean }) => {
  const planned = of.meetings.find(({ held }) => !held);
  return (
    <>
      <h2>The meeting</h2>
      {of.meetings.length === 0 ? <p>None is planned yet.</p> : null}
      {of.meetings.map((each) => (
        <section key={each.id}>
          <h3>
            {`${each.kind.charAt(0).toUpperCase()}${each.kind.slice(1)}`}, {dayText(each.on)}, {each.began}
          </h3>
          <p>
            {each.place}. {each.held ? null : <Tag tone="waiting">Planned</Tag>}
          </p>
          {each.held ? (
            <SummaryList
              rows={[
                { key: 'Who came', value: each.came.join(', ') },
                {
                  key: 'Information time',
                  value: <span class="kith-typed__text">{each.information}</span>,
                },
                {
                  key: 'Private family time',
                  value: `${each.privateMinutes ?? 0} minutes. What was said there is the family’s own.`,
                },
              ]}
            />
          ) : null}
        </section>
      ))}
      {edit ? (
        <p>
          {planned === undefined ? (
            <a href={`${processHref(of.id)}/arrange`}>Plan when and where the family meets</a>
          ) : (
            <a href={`${processHref(of.id)}/held`}>Write down that the family met</a>
          )}
        </p>
      ) : null}
    </>
  );
};

const planTags = {
  'to be answered': <Tag tone="waiting">Waits for its answer</Tag>,
  agreed: <Tag tone="good">Agreed</Tag>,
  'not agreed': <Tag tone="attention">Not agreed as it stood</Tag>,
} as const;

const OnePlan = ({ plan }: { plan: Opened['plans'][number] }) => (
  <section>
    <h3>
      The plan of {dayText(plan.writtenOn)} {planTags[plan.standing]}
    </h3>
    <Quotation words={plan.words} whose="The family" />
    <Table
      caption="Who does what"
      captionHidden
      small="stack"
      columns={[
        { key: 'what', title: 'What', width: 'wide' },
        { key: 'who', title: 'Who' },
        { key: 'due', title: 'By when' },
      ]}
      rows={plan.actions.map(({ what, who, service, due }) => ({
        what,
        who: service ? `${who} (service)` : who,
        due: due === null ? 'No date' : dayShort(due),
      }))}
      empty={<p>No single things were written down.</p>}
    />
    <SummaryList
      rows={[
        { key: 'What services offer', value: plan.offered },
        { key: 'Looked at again', value: dayText(plan.reviewOn) },
        ...(plan.answeredOn === null
          ? []
          : [
              {
                key: plan.standing === 'agreed' ? 'Agreed by' : 'Not agreed by',
                value: [plan.answeredBy, dayText(plan.answeredOn), plan.why].filter(Boolean).join('. '),
              },
            ]),
        ...(plan.standing === 'agreed'
          ? [
              {
                key: 'Given to',
                value: plan.given.map(({ name, on, way }) => `${name} (${dayShort(on)}, ${way})`).join('; '),
              },
            ]
          : []),
      ]}
    />
  </section>
);

const Plans = ({ of, edit, answers }: { of: Opened; edit: boolean; answers: boolean }) => {
  const here = processHref(of.id);
  const agreed = of.plans.find(({ standing }) => standing === 'agreed');
  const open = of.plans.find(({ standing }) => standing === 'to be answered');
  const met = of.meetings.some(({ held }) => held);
  return (
    <>
      <h2>The family’s plan</h2>
      {of.plans.length === 0 ? <p>The family has not made its plan yet.</p> : null}
      {of.plans.map((plan) => (
        <OnePlan key={plan.id} plan={plan} />
      ))}
      <ul>
        {open !== undefined && answers ? (
          <li>
            <a href={`${here}/answer`}>Answer this plan</a>
          </li>
        ) : null}
        {edit && met && open === undefined ? (
          <li>
            <a href={`${here}/plan`}>Write down the family’s plan</a>
          </li>
        ) : null}
        {edit && agreed !== undefined ? (
          <li>
            <a href={`${here}/give`}>Give the plan to everybody</a>
          </li>
        ) : null}
        {of.plans.length === 0 ? null : (
          <li>
            Take it away: <a href={`${here}/plan.docx`}>Word</a>, <a href={`${here}/plan.pdf`}>PDF</a>
          </li>
        )}
      </ul>
    </>
  );
};

const Reviews = ({ of, edit }: { of: Opened; edit: boolean }) =>
  of.reviews.length === 0 ? null : (
    <>
      <h2>Looking at it again</h2>
      <Table
        caption="Reviews"
        captionHidden
        small="stack"
        columns={[
          { key: 'when', title: 'When' },
          { key: 'how', title: 'How it goes' },
          { key: 'said', title: 'What was said', width: 'wide' },
        ]}
        rows={of.reviews.map(({ due, heldOn, said, outcome }) => ({
          when: heldOn === null ? `By ${dayShort(due)}` : dayShort(heldOn),
          how: outcome === null ? '' : reviewOutcomes[outcome as keyof typeof reviewOutcomes],
          said,
        }))}
        empty={null}
      />
      {edit && of.state === 'following' ? (
        <p>
          <a href={`${processHref(of.id)}/review`}>Write down how the plan goes</a>
        </p>
      ) : null}
    </>
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
        actions={takes ? <ButtonLink href={`${here}/accept`}>Take this family on</ButtonLink> : undefined}
        wide
      >
        <Unsent request={page} />
        {of.state === 'not taken' ? null : <Steps label="Where it is" items={stages(of)} />}
        {of.emergency && live && !of.met ? (
          <Warning>This family cannot wait: it meets first, within the week.</Warning>
        ) : null}
        <p>
          <NextText of={of} today={page.today} />{' '}
          {live
            ? `Begun ${dayShort(of.acceptedOn ?? of.askedOn)}; plan by ${dayText(of.planBy ?? of.answerBy)}.`
            : null}{' '}
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
          <p>
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
          <ul>
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
