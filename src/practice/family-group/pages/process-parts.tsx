import { dayShort, dayText } from '../../../platform/days.ts';
import { ButtonLink, Quotation, SummaryList, Table, Tag } from '../../../platform/ui/index.ts';
import { processHref } from '../asking.ts';
import type { Opened } from '../queries.ts';
import { reviewOutcomes } from '../rules.ts';

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

export const Preparation = ({ of, edit }: { of: Opened; edit: boolean }) => (
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
      <p class="kith-on-screen">
        <a href={`${processHref(of.id)}/prepare`}>Write down whom you met</a>
      </p>
    ) : null}
  </>
);

export const Meetings = ({ of, edit }: { of: Opened; edit: boolean }) => {
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
        <p class="kith-on-screen">
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

export const Plans = ({ of, edit, answers }: { of: Opened; edit: boolean; answers: boolean }) => {
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
      <ul class="kith-on-screen">
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

/** The one thing that comes next, for whoever can do it: what they open this page for. */
export const Next = ({ of, edit, answers }: { of: Opened; edit: boolean; answers: boolean }) => {
  const here = processHref(of.id);
  const planned = of.meetings.some(({ held }) => !held);
  const met = of.meetings.some(({ held }) => held);
  const waits = of.plans.some(({ standing }) => standing === 'to be answered');
  if (waits) return answers ? <ButtonLink href={`${here}/answer`}>Answer this plan</ButtonLink> : null;
  if (!edit) return null;
  if (planned) return <ButtonLink href={`${here}/held`}>Write down that the family met</ButtonLink>;
  if (of.state === 'following')
    return <ButtonLink href={`${here}/review`}>Write down how the plan goes</ButtonLink>;
  return met ? (
    <ButtonLink href={`${here}/plan`}>Write down the family’s plan</ButtonLink>
  ) : (
    <ButtonLink href={`${here}/arrange`}>Plan when and where the family meets</ButtonLink>
  );
};

export const Reviews = ({ of, edit }: { of: Opened; edit: boolean }) =>
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
        <p class="kith-on-screen">
          <a href={`${processHref(of.id)}/review`}>Write down how the plan goes</a>
        </p>
      ) : null}
    </>
  );
