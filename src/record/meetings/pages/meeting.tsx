import { dayText, momentText } from '../../../platform/days.ts';
import {
  ButtonLink,
  Inset,
  Notification,
  Page,
  Quotation,
  SummaryList,
  Table,
  Tag,
  Timeline,
} from '../../../platform/ui/index.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';
import { idFrom } from '../../families/pages/forms.ts';
import { practitioners } from '../../roles.ts';
import { holdsKept } from '../document.ts';
import { one } from '../queries.ts';
import { asText, comingWords, needsWords, quorumOf, sendingWords, standingOf, whenText } from '../rules.ts';
import { namesOf, type Opened, SaveAs, StandingTag, Words } from './parts.tsx';

const GuestTable = ({ meeting }: { meeting: Opened }) => {
  const held = standingOf(meeting) === 'held';
  return (
    <Table
      caption={held ? 'Who came' : 'Who is asked to come'}
      small="stack"
      columns={[
        { key: 'name', title: 'Name', width: 'wide' },
        { key: 'role', title: 'As' },
        ...(held || meeting.begun ? [{ key: 'came', title: 'Came' }] : []),
        ...(held ? [{ key: 'notes', title: 'Notes' }] : []),
      ]}
      rows={meeting.guests.map((guest) => ({
        name: guest.person ? <a href={`/people/${guest.person}`}>{guest.name}</a> : guest.name,
        role: (
          <>
            {guest.role}
            {guest.chair ? (
              <>
                {' '}
                <Tag tone="active">Leads the meeting</Tag>
              </>
            ) : null}
          </>
        ),
        came: guest.came ? comingWords[guest.came] : 'Not said yet',
        notes:
          guest.sent_on && guest.sent_how
            ? `${sendingWords[guest.sent_how]}, ${dayText(guest.sent_on)}`
            : 'Not given yet',
      }))}
      empty={<p>Nobody is asked yet.</p>}
    />
  );
};

const Papers = ({ meeting }: { meeting: Opened }) =>
  meeting.papers.length === 0 ? null : (
    <>
      <h2>Papers</h2>
      {meeting.papers.map((paper) => (
        <section key={paper.id}>
          <h3>{paper.title}</h3>
          {paper.words === '' ? null : <Words text={paper.words} />}
          {paper.kept !== null ? (
            <div class="kith-apart">
              <p class="kith-apart__why">
                <strong>Kept to {paper.kept_to}</strong> and whoever wrote it. {paper.kept_why}
              </p>
              <Words text={paper.kept} />
            </div>
          ) : paper.kept_part ? (
            <p class="kith-quiet">A part of this paper is kept to people who are named in it.</p>
          ) : null}
          <p class="ds_hint-text">Written by {paper.by ?? 'somebody who worked here'}</p>
        </section>
      ))}
    </>
  );

const Views = ({ meeting }: { meeting: Opened }) =>
  meeting.views.length === 0 ? null : (
    <>
      <h2>What people think</h2>
      {meeting.views.map((view, index) => (
        <section key={index}>
          {view.as_said ? (
            <Quotation words={view.words} whose={view.whose} small />
          ) : (
            <>
              <h3>{view.whose}</h3>
              <Words text={view.words} />
            </>
          )}
          {view.done === '' ? null : <p>What is done about it: {view.done}</p>}
        </section>
      ))}
    </>
  );

const Decisions = ({ meeting }: { meeting: Opened }) => (
  <>
    <h2>What was decided</h2>
    {meeting.decisions.length === 0 ? <p>Nothing was decided.</p> : null}
    <ol>
      {meeting.decisions.map((decision) => (
        <li key={decision.position}>
          <p>
            <strong>{decision.what}</strong>{' '}
            {decision.decided ? null : <Tag tone="waiting">Put forward, not decided yet</Tag>}
          </p>
          {decision.why === '' ? null : <p>Because: {decision.why}</p>}
          <p class="ds_hint-text">
            {decision.decided ? 'Decided by' : 'To be decided by'}{' '}
            {asText({ name: decision.by_name, role: decision.by_role })}
          </p>
        </li>
      ))}
    </ol>
    {meeting.dissents.length === 0 ? null : (
      <>
        <h3>Who does not agree</h3>
        {meeting.dissents.map((dissent, index) => (
          <Inset key={index}>
            <p>
              <strong>{dissent.whose_name}</strong>
              {dissent.about_what === null ? '' : `, with “${dissent.about_what}”`}
            </p>
            <Words text={dissent.words} />
          </Inset>
        ))}
      </>
    )}
  </>
);

const Record = ({ meeting }: { meeting: Opened }) => (
  <>
    <Views meeting={meeting} />
    {meeting.said === '' ? null : (
      <>
        <h2>What was talked about</h2>
        <Words text={meeting.said} />
      </>
    )}
    <h2>What the meeting answered</h2>
    {meeting.answers.map(({ question, answer }) => (
      <section key={question}>
        <h3>{question}</h3>
        {answer === '' ? <p class="kith-quiet">Not answered yet</p> : <Words text={answer} />}
      </section>
    ))}
    <Decisions meeting={meeting} />
    <Table
      caption="What is to be done"
      small="stack"
      columns={[
        { key: 'what', title: 'What', width: 'wide' },
        { key: 'who', title: 'Who' },
        { key: 'due', title: 'By when' },
      ]}
      rows={meeting.actions.map((action) => ({
        what: action.what,
        who: action.owner_name,
        due: action.due === null ? 'No date' : dayText(action.due),
      }))}
      empty={<p>Nothing was agreed to be done.</p>}
    />
    {meeting.actions.length === 0 || standingOf(meeting) !== 'held' ? null : (
      <p>
        <a href={`/families/${meeting.about}/tasks`}>What came of these</a>
      </p>
    )}
  </>
);

const Corrections = ({ meeting }: { meeting: Opened }) =>
  meeting.corrections.length === 0 ? null : (
    <>
      <h2>Corrections</h2>
      <Timeline
        items={meeting.corrections.map((each) => ({
          when: [momentText(each.at), each.by ?? 'Somebody who worked here', each.as]
            .filter(Boolean)
            .join(', '),
          title: each.why,
          body: <Words text={each.words} />,
        }))}
      />
    </>
  );

const Facts = ({ meeting }: { meeting: Opened }) => (
  <SummaryList
    rows={[
      { key: 'What it is for', value: meeting.purpose },
      { key: 'About', value: namesOf(meeting.people) },
      { key: 'When', value: whenText(meeting) },
      ...(meeting.room === '' ? [] : [{ key: 'Where', value: meeting.room }]),
      ...(meeting.getting_there === '' ? [] : [{ key: 'Getting there', value: meeting.getting_there }]),
      ...(meeting.next_on === null ? [] : [{ key: 'Next meeting', value: dayText(meeting.next_on) }]),
      ...(meeting.notes_by === null ? [] : [{ key: 'Notes are given by', value: dayText(meeting.notes_by) }]),
      ...(meeting.again_by === null || meeting.next_on !== null
        ? []
        : [{ key: 'Meets again by', value: dayText(meeting.again_by) }]),
      ...(meeting.signed_at === null
        ? [{ key: 'Planned by', value: meeting.organised_by ?? 'Somebody who worked here' }]
        : [
            {
              key: 'Signed',
              value: [
                momentText(meeting.signed_at),
                meeting.signed_by ?? 'somebody who worked here',
                meeting.signed_as,
              ]
                .filter(Boolean)
                .join(', '),
            },
          ]),
    ]}
  />
);

const Ways = ({ meeting }: { meeting: Opened }) => {
  const standing = standingOf(meeting);
  if (standing === 'cancelled') return null;
  return standing === 'held' ? (
    <>
      <ButtonLink href={`/meetings/${meeting.id}/notes`}>Give people the notes</ButtonLink>
      <ButtonLink kind="secondary" href={`/meetings/${meeting.id}/correct`}>
        Add a correction
      </ButtonLink>
    </>
  ) : (
    <>
      <ButtonLink href={`/meetings/${meeting.id}/write`}>
        {meeting.begun ? 'Go on writing it down' : 'Write down what was said and decided'}
      </ButtonLink>
      <ButtonLink kind="secondary" href={`/meetings/${meeting.id}/papers/add`}>
        Add a paper
      </ButtonLink>
      <ButtonLink kind="secondary" href={`/meetings/${meeting.id}/change`}>
        Change when or who
      </ButtonLink>
    </>
  );
};

/** One meeting: who is asked and what they should read; once it was held, what was said, decided and promised. */
export const meetingPage: PageDefinition = {
  path: '/meetings/:meeting',
  title: 'A meeting',
  who: practitioners,
  async show(request) {
    const meeting = await request.askOne(one, { meeting: idFrom(request, 'meeting') });
    const standing = standingOf(meeting);
    const wouldBe = quorumOf(
      meeting,
      meeting.guests.map((guest) => ({ ...guest, came: 'came' as const })),
    );
    return (
      <Page
        shell={request.shell}
        title={meeting.title}
        lead={
          <p>
            The <a href={`/families/${meeting.about}`}>{meeting.family} family</a>, {whenText(meeting)}{' '}
            <StandingTag meeting={meeting} today={request.today} />
          </p>
        }
        back={{ href: `/families/${meeting.about}/meetings`, text: 'Meetings' }}
        actions={<Ways meeting={meeting} />}
      >
        {meeting.cancelled_because === null ? null : (
          <Notification kind="info" title="This meeting is called off.">
            <p>{meeting.cancelled_because}</p>
          </Notification>
        )}
        {meeting.quorum === false ? (
          <Notification kind="warning" title={meeting.quorum_words}>
            <p>
              What it would have decided is put forward.
              {meeting.again_by === null ? '' : ` It meets again by ${dayText(meeting.again_by)}.`}
            </p>
          </Notification>
        ) : null}
        {standing === 'planned' && !wouldBe.quorum ? (
          <Notification kind="warning" title="More people are needed before this meeting can decide.">
            <p>{needsWords(meeting)}</p>
          </Notification>
        ) : null}
        <Facts meeting={meeting} />
        <GuestTable meeting={meeting} />
        {standing === 'planned' && !meeting.begun ? (
          <>
            <h2>What the meeting has to answer</h2>
            <ul>
              {meeting.answers.map(({ question }) => (
                <li key={question}>{question}</li>
              ))}
            </ul>
          </>
        ) : null}
        {standing === 'planned' && meeting.begun ? (
          <Inset>
            <p>What follows is not signed yet, and can still change.</p>
          </Inset>
        ) : null}
        {standing === 'held' || meeting.begun ? <Record meeting={meeting} /> : null}
        <Corrections meeting={meeting} />
        <Papers meeting={meeting} />
        <SaveAs meeting={meeting.id} kept={holdsKept(meeting)} />
      </Page>
    );
  },
};
