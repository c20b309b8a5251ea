import { dayOf, dayText, momentText } from '../../../platform/days.ts';
import { DescriptionEmpty, Filters, Page, Select, Table } from '../../../platform/ui/index.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';

import { managers } from '../../knowing/rules.ts';
import { leftUnsigned } from '../../notes/queries.ts';
import { clockHistory } from '../../tasks/clock-queries.ts';
import { DueTag } from '../../tasks/pages/list.tsx';
import { cover, leftOver, teams, toReview, workload } from '../team-queries.ts';
import { isReviewDue, Reviewed, weekly } from './parts.tsx';

/** A count as it is shown: no more than a thousand are counted. */
const count = (many: number): string => (many > 1000 ? 'More than 1,000' : many.toLocaleString('en-GB'));

/** Cover ends as a day does: said as the last day that is covered. */
const untilWords = (until: Temporal.Instant): string => `The end of ${dayOf(until.subtract({ seconds: 1 }))}`;

/** A team for its manager: who has how much in hand, who stands in for whom, what nobody will do. In the order of names. */
export const teamPage: PageDefinition = {
  path: '/team',
  title: 'Team',
  who: managers,
  async show(request) {
    const [mine, left, unsigned, seen, clocks] = await Promise.all([
      request.ask(teams, {}),
      request.ask(leftOver, {}),
      request.ask(leftUnsigned, {}),
      request.ask(toReview, {}),
      request.ask(clockHistory, { clock: 'team-review' }),
    ]);
    const clock = weekly(clocks, request.today);
    const waits = seen.filter(({ reviewed_on }) => isReviewDue(reviewed_on, clock, request.today));
    const team = mine.find((each) => each.team === request.query.team) ?? mine[0];
    const [rows, away] =
      team === undefined
        ? [[], []]
        : await Promise.all([
            request.ask(workload, { team: team.team }),
            request.ask(cover, { team: team.team }),
          ]);
    return (
      <Page
        shell={request.shell}
        title="Team"
        heading={team?.name ?? 'Team'}
        lead="What each of you has in hand, so that it can be shared fairly. It measures nobody: families differ."
        wide
      >
        {mine.length > 1 ? (
          <Filters action="/team" label="Choose a team">
            <Select
              name="team"
              label="Team"
              value={team?.team}
              choices={mine.map((each) => ({
                value: each.team,
                label: `${each.name}, ${each.organisation}`,
              }))}
            />
          </Filters>
        ) : null}
        <Table
          caption="Who works with how many"
          small="stack"
          columns={[
            { key: 'name', title: 'Who', width: 'wide' },
            { key: 'families', title: 'Families', numeric: true },
            { key: 'children', title: 'Children', numeric: true },
            { key: 'open', title: 'To do', numeric: true },
            { key: 'late', title: 'Of these late', numeric: true },
          ]}
          rows={rows.map((row) => ({
            name:
              row.account === null || row.account === request.identity.account ? (
                `${row.name}, ${row.post}`
              ) : (
                <>
                  <a href={`/team/${row.account}`}>{row.name}</a>
                  <span class="kith-quiet">, {row.post}</span>
                </>
              ),
            families: count(row.families),
            children: row.families > 1000 ? '–' : row.children.toLocaleString('en-GB'),
            open: count(row.open),
            late: count(row.late),
          }))}
          empty={<DescriptionEmpty title="Nobody yet" text="Nobody holds a post in this team at present." />}
        />
        <h2>To review this week</h2>
        <Table
          caption="To review this week"
          captionHidden
          small="stack"
          columns={[
            { key: 'name', title: 'Family' },
            { key: 'last', title: 'Last time', width: 'wide' },
            { key: 'look', title: 'Review' },
          ]}
          rows={waits.map((family) => ({
            name: <a href={`/families/${family.about}`}>{family.name}</a>,
            last: <Reviewed family={family} clock={clock} today={request.today} />,
            look: (
              <a href={`/families/${family.about}/review`}>
                Review<span class="visually-hidden"> the {family.name} family</span>
              </a>
            ),
          }))}
          empty={<p>Every family that you can see has been reviewed this week.</p>}
        />
        <h2>Standing in</h2>
        {away.length === 0 ? (
          <p>
            Everybody is here. <a href="/cover">Arrange cover for leave</a>
          </p>
        ) : (
          <>
            <Table
              caption="Who stands in for whom"
              captionHidden
              small="stack"
              columns={[
                { key: 'absent', title: 'Away' },
                { key: 'standing', title: 'Stands in' },
                { key: 'since', title: 'From' },
                { key: 'until', title: 'Until' },
              ]}
              rows={away.map((each) => ({
                absent: each.absent,
                standing: each.standing_in,
                since: momentText(each.since),
                until: untilWords(each.until),
              }))}
              empty=""
            />
            <p>
              <a href="/cover">Arrange or end cover</a>
            </p>
          </>
        )}
        <h2>To be given to somebody else</h2>
        <Table
          caption="To be given to somebody else"
          captionHidden
          small="stack"
          columns={[
            { key: 'what', title: 'What', width: 'wide' },
            { key: 'due', title: 'When' },
            { key: 'family', title: 'Family' },
            { key: 'owner', title: 'Was to be done by' },
          ]}
          rows={left.map((task) => ({
            what: <a href={`/tasks/${task.task}`}>{task.what}</a>,
            due: <DueTag due={task.due} today={request.today} />,
            family: <a href={`/families/${task.about}`}>{task.family}</a>,
            owner: task.owner,
          }))}
          empty={<p>Nothing. Whoever is to do something still works with the family.</p>}
        />
        {unsigned.length === 0 ? null : (
          <>
            <h2>Notes left unsigned</h2>
            <p>Whoever began these has gone. Until you sign them, nobody else can read them.</p>
            <Table
              caption="Notes left unsigned"
              captionHidden
              small="stack"
              columns={[
                { key: 'on', title: 'Of', width: 'wide' },
                { key: 'family', title: 'Family' },
                { key: 'writer', title: 'Begun by' },
              ]}
              rows={unsigned.map((note) => ({
                on: (
                  <a href={`/notes/${note.id}`}>
                    {dayText(note.happened_on)}
                    <span class="visually-hidden">: the {note.family} family</span>
                  </a>
                ),
                family: <a href={`/families/${note.about}`}>{note.family}</a>,
                writer: note.written_by ?? 'Somebody',
              }))}
              empty=""
            />
          </>
        )}
        <p>
          <a href="/unallocated">Families that nobody works with</a>
        </p>
      </Page>
    );
  },
};
