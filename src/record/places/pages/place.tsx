import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { may } from '../../../platform/access/identity.ts';
import { dayText } from '../../../platform/days.ts';
import {
  ButtonLink,
  DateField,
  Details,
  Form,
  Hidden,
  InlineForm,
  Notification,
  Page,
  Select,
  SummaryList,
  Table,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { formWords, idFrom } from '../../families/pages/forms.ts';
import { everyRole } from '../../roles.ts';
import { addTeam, endTeamThere } from '../actions.ts';
import { list, one, ourTeams, people, teams } from '../queries.ts';
import { acquainted, isClosed, keepers, kindWords } from '../rules.ts';
import { duringWords, Reach } from './words.tsx';

type Place = z.output<typeof one.row>;

const Inside = ({ place, inside }: { place: Place; inside: z.output<typeof list.row>[] }) =>
  inside.length === 0 ? null : (
    <>
      <Table
        caption={`What is in ${place.name}`}
        small="stack"
        columns={[
          { key: 'name', title: 'Name', width: 'wide' },
          { key: 'kind', title: 'What it is' },
          ...(inside.some((each) => each.inside > 0)
            ? [{ key: 'inside', title: 'Places in it', numeric: true }]
            : []),
          { key: 'phone', title: 'Phone' },
        ]}
        rows={inside.map((each) => ({
          name: <a href={`/places/${each.id}`}>{each.name}</a>,
          kind: kindWords[each.kind],
          inside: each.inside === 0 ? '–' : String(each.inside),
          phone: each.phone || '–',
        }))}
        empty={null}
      />
      {inside.length === 50 ? (
        <p>
          <a href={`/places?${new URLSearchParams({ within: place.id })}`}>Everything in {place.name}</a>
        </p>
      ) : null}
    </>
  );

const WhoWorksThere = ({
  place,
  staff,
  adds,
}: {
  place: Place;
  staff: z.output<typeof people.row>[];
  adds: boolean;
}) => {
  const before = staff.filter((each) => !each.now);
  const row = (each: (typeof staff)[number]) => ({
    name: <a href={`/professionals/${each.professional}`}>{each.name}</a>,
    role: each.role,
    reach: <Reach phone={each.phone} email={each.email} />,
    since: duringWords(each.since, each.until),
  });
  const columns = [
    { key: 'name', title: 'Name', width: 'wide' as const },
    { key: 'role', title: 'What they do' },
    { key: 'reach', title: 'How to reach them' },
    { key: 'since', title: 'When' },
  ];
  return (
    <>
      <h2>Who works here</h2>
      <Table
        caption="Who works here"
        captionHidden
        small="stack"
        columns={columns}
        rows={staff.filter((each) => each.now).map(row)}
        empty={
          <p>Nobody is written down here yet. Add those who help families, so that others can reach them.</p>
        }
      />
      {adds ? (
        <p>
          <ButtonLink href={`/places/${place.id}/people/add`} kind="secondary" small>
            Add somebody who works here
          </ButtonLink>
        </p>
      ) : null}
      {before.length === 0 ? null : (
        <Details summary={`Who worked here before (${before.length})`}>
          <Table
            caption="Who worked here before"
            captionHidden
            small="stack"
            columns={columns}
            rows={before.map(row)}
            empty={null}
          />
        </Details>
      )}
    </>
  );
};

async function OurTeams({ request, place, keeps }: { request: PageRequest; place: Place; keeps: boolean }) {
  const { shell, today } = request;
  const [there, choices] = await Promise.all([
    request.ask(teams, { place: place.id }),
    keeps ? request.ask(ourTeams, {}) : [],
  ]);
  const words = await formWords(request, 'team');
  return (
    <>
      <h2>Our teams that work here</h2>
      <Table
        caption="Our teams that work here"
        captionHidden
        small="stack"
        columns={[
          { key: 'name', title: 'Team', width: 'wide' },
          { key: 'since', title: 'When' },
          ...(keeps ? [{ key: 'end', title: 'End' }] : []),
        ]}
        rows={there.map((team) => ({
          name: `${team.name}, ${team.organisation}`,
          since: duringWords(team.since, team.until),
          end: team.until ? (
            '–'
          ) : (
            <InlineForm
              shell={shell}
              action={`/places/${place.id}`}
              idempotencyKey={randomUUID()}
              fields={{ _form: 'end-team', work: team.id, on: today.toString() }}
              submit="End today"
              about={`that ${team.name} works here`}
            />
          ),
        }))}
        empty={<p>No team of ours works here.</p>}
      />
      {keeps ? (
        <Details summary="Add a team of ours" open={'team' in words.errors || 'since' in words.errors}>
          <Form
            shell={shell}
            action={`/places/${place.id}`}
            idempotencyKey={randomUUID()}
            draft={words.draft}
            submit="Add this team"
          >
            <Hidden name="_form" value="team" />
            <Select
              name="team"
              label="Team"
              choices={choices.map((team) => ({
                value: team.id,
                label: `${team.name}, ${team.organisation}`,
              }))}
              empty="Choose a team"
              value={words.text('team')}
              error={words.errors.team}
            />
            <DateField
              name="since"
              label="Since"
              value={words.text('since')}
              error={words.errors.since}
              optional
            />
          </Form>
        </Details>
      ) : null}
    </>
  );
}

/** A place: what it is, what is in it, who works there, and which teams of ours. */
export const placePage: PageDefinition = {
  path: '/places/:id',
  title: 'A place',
  who: everyRole,
  async show(request) {
    const { shell, identity, today } = request;
    const id = idFrom(request);
    const [place, inside, staff] = await Promise.all([
      request.askOne(one, { place: id }),
      request.ask(list, { within: id }),
      request.ask(people, { place: id }),
    ]);
    const words = await formWords(request, request.refused?.form ?? 'team');
    const keeps = may(identity, keepers);
    return (
      <Page
        shell={shell}
        title={place.name}
        lead={kindWords[place.kind]}
        crumbs={[
          { href: '/places', text: 'Places' },
          ...place.above.toReversed().map((above) => ({ href: `/places/${above.id}`, text: above.name })),
        ]}
        wide
        errors={words.errors}
        actions={keeps ? <ButtonLink href={`/places/${id}/change`}>Change</ButtonLink> : null}
      >
        {isClosed(place.closed_on, today) && place.closed_on !== null ? (
          <Notification kind="warning" title={`This closed on ${dayText(place.closed_on)}`} />
        ) : null}
        <SummaryList
          rows={[
            { key: 'Phone', value: place.phone && <Reach phone={place.phone} email="" /> },
            { key: 'Email', value: place.email && <Reach phone="" email={place.email} /> },
            { key: 'Address', value: place.address },
            { key: place.kind === 'school' ? 'SEED number' : 'Number', value: place.code ?? '' },
          ].filter(({ value }) => value !== '')}
        />
        <Inside place={place} inside={inside} />
        <WhoWorksThere place={place} staff={staff} adds={may(identity, acquainted)} />
        {await OurTeams({ request, place, keeps })}
      </Page>
    );
  },
  forms: {
    team: form({
      action: addTeam,
      input: (fields, params) => ({ ...fields, place: params.id }),
      done: ({ place }) => ({ to: `/places/${place}`, notice: 'The team is added' }),
    }),
    'end-team': form({
      action: endTeamThere,
      input: (fields, params) => ({ ...fields, place: params.id }),
      done: ({ place }) => ({ to: `/places/${place}`, notice: 'That has ended' }),
    }),
  },
};
