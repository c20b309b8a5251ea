import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { may } from '../../access/identity.ts';
import { momentAtText } from '../../days.ts';
import {
  ButtonLink,
  Checkboxes,
  DateField,
  Filters,
  Form,
  Hidden,
  More,
  Page,
  Radios,
  Select,
  Table,
  TextField,
} from '../../ui/index.ts';
import { type Fields, type FormState, form, type PageDefinition } from '../../web/page.ts';
import { draftName } from '../../web/pages.ts';
import { addAccount, addOrganisation, addTeam, organisationKinds } from '../actions.ts';
import { readOnce } from '../once.ts';
import { administrators, list, pageSize, posts, roles, teams } from '../queries.ts';
import { waysText } from '../words.ts';

type TeamRow = z.output<typeof teams.row>;

/** Teams to choose from, as "team, organisation". */
export const teamChoices = (rows: readonly TeamRow[]) =>
  rows.flatMap((row) =>
    row.team_id ? [{ value: row.team_id, label: `${row.team}, ${row.organisation}` }] : [],
  );

/** The sentences of a refused form for the summary at the top of the page. */
export const errorsOf = (refused: FormState | undefined) => {
  const problem = refused?.problem;
  if (!problem) return undefined;
  if (Object.keys(problem.fields).length > 0) return problem.fields;
  return { form: problem.detail ? `${problem.message}. ${problem.detail}` : problem.message };
};

const one = (fields: Fields | undefined, name: string) => String(fields?.[name] ?? '');

/** The words shown once about a password made for somebody. */
export const passwordNotice = (password: string | undefined) =>
  password
    ? `Their password to be used once is ${password} Give it to them in person or by telephone. It is shown only now, and is good for 7 days.`
    : 'This was done before. If you did not note the password, reset it to get another.';

/** Everybody who has an account. */
export const peoplePage: PageDefinition = {
  path: '/people-here',
  title: 'People here',
  who: administrators,
  async show({ shell, identity, query, ask }) {
    const search = query.search ?? '';
    const left = query.left === 'yes' ? 'yes' : 'no';
    const page = Math.max(1, Number.parseInt(query.page ?? '1', 10) || 1);
    const rows = await ask(list, { search, left, page });
    const address = (number: number) =>
      `/people-here?${new URLSearchParams({ search, ...(left === 'yes' ? { left } : {}), page: String(number) })}`;
    return (
      <Page
        shell={shell}
        title="People here"
        lead={
          may(identity, ['system-administrator'])
            ? 'Everybody who signs in to this system, their posts, and how they sign in.'
            : 'Everybody of your organisation who signs in to this system, their posts, and how they sign in.'
        }
        wide
        actions={
          <>
            <ButtonLink href="/people-here/add">Add somebody</ButtonLink>
            <ButtonLink href="/people-here/organisations" kind="secondary">
              Organisations and teams
            </ButtonLink>
          </>
        }
      >
        <Filters action="/people-here" clear="/people-here">
          <TextField
            name="search"
            label="Name, e-mail, post or team"
            type="search"
            width="medium"
            value={search}
          />
          <Checkboxes
            name="left"
            label="Show"
            choices={[{ value: 'yes', label: 'People who have left' }]}
            values={left === 'yes' ? ['yes'] : []}
          />
        </Filters>
        <Table
          caption={left === 'yes' ? 'People who have left' : 'People who work here'}
          captionHidden
          small="stack"
          columns={[
            { key: 'name', title: 'Name' },
            { key: 'posts', title: 'Posts now', width: 'wide' },
            { key: 'email', title: 'E-mail address' },
            { key: 'ways', title: 'Signs in with' },
            { key: 'seen', title: 'Last seen' },
          ]}
          rows={rows.slice(0, pageSize).map((account) => ({
            name: <a href={`/people-here/${account.id}`}>{account.name}</a>,
            posts: account.posts === '' ? 'None' : account.posts,
            email: account.email ?? 'None',
            ways: waysText(account),
            seen: account.last_seen ? momentAtText(account.last_seen) : 'Never',
          }))}
          empty={<p>Nobody was found. Try another word, or fewer letters of it.</p>}
        />
        <More
          label="People"
          next={rows.length > pageSize ? address(page + 1) : undefined}
          previous={page > 1 ? address(page - 1) : undefined}
        />
      </Page>
    );
  },
};

/** Adding somebody who has begun to work here. */
export const addPersonPage: PageDefinition = {
  path: '/people-here/add',
  title: 'Add somebody',
  who: administrators,
  async show({ shell, refused, draft, ask }) {
    const [teamRows, roleRows, kept] = await Promise.all([ask(teams, {}), ask(roles, {}), draft()]);
    const typed = refused?.values ?? kept;
    const errors = errorsOf(refused);
    return (
      <Page
        shell={shell}
        title="Add somebody"
        errors={errors}
        back={{ href: '/people-here', text: 'People here' }}
      >
        <Form
          shell={shell}
          action="/people-here/add"
          submit="Add them"
          idempotencyKey={randomUUID()}
          draft={draftName('/people-here/add')}
        >
          <TextField
            name="name"
            label="Name"
            autoComplete="off"
            value={one(typed, 'name')}
            error={errors?.name}
            required
          />
          <TextField
            name="email"
            label="E-mail address at work"
            hint="They sign in with it. Nobody else may have the same."
            type="email"
            inputMode="email"
            autoComplete="off"
            value={one(typed, 'email')}
            error={errors?.email}
            required
          />
          <Radios
            name="way"
            label="How will they sign in?"
            choices={[
              {
                value: 'single',
                label: 'With their organisation',
                hint: 'Single sign-on, if this system is joined to it',
              },
              {
                value: 'password',
                label: 'With a password',
                hint: 'You are shown one to be used once; they then choose their own',
              },
            ]}
            value={one(typed, 'way')}
            error={errors?.way}
          />
          <Select
            name="role"
            label="Role"
            choices={roleRows.map((role) => ({ value: role.id, label: role.title }))}
            empty="Choose"
            value={one(typed, 'role')}
            error={errors?.role}
          />
          <Select
            name="team"
            label="Team"
            choices={teamChoices(teamRows)}
            empty="Choose"
            value={one(typed, 'team')}
            error={errors?.team}
          />
          <DateField name="from" label="First day" value={one(typed, 'from')} error={errors?.from} required />
          <DateField
            name="until"
            label="Last day"
            value={one(typed, 'until')}
            error={errors?.until}
            optional
          />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: addAccount,
      input: (fields) => fields,
      done: ({ account, way, password }) => ({
        to: `/people-here/${account}`,
        notice:
          way === 'single'
            ? 'They have been added.'
            : `They have been added. ${passwordNotice(readOnce(password))}`,
      }),
    }),
  },
};

/** The partners, their teams and the posts in them. */
export const organisationsPage: PageDefinition = {
  path: '/people-here/organisations',
  title: 'Organisations and teams',
  who: administrators,
  async show({ shell, identity, refused, ask }) {
    const [rows, postRows] = await Promise.all([ask(teams, {}), ask(posts, {})]);
    const organisations = [...new Map(rows.map((row) => [row.organisation_id, row.organisation])).entries()];
    const errors = errorsOf(refused);
    const at = (name: string) => (refused?.form === name ? refused.values : undefined);
    const wrong = (name: string, field: string) => (refused?.form === name ? errors?.[field] : undefined);
    return (
      <Page
        shell={shell}
        title="Organisations and teams"
        wide
        errors={errors}
        back={{ href: '/people-here', text: 'People here' }}
      >
        <Table
          caption="Teams"
          small="stack"
          columns={[
            { key: 'organisation', title: 'Organisation' },
            { key: 'kind', title: 'Kind' },
            { key: 'team', title: 'Team' },
            { key: 'service', title: 'Service' },
            { key: 'people', title: 'People', numeric: true },
          ]}
          rows={rows.map((row) => ({
            organisation: row.organisation,
            kind: row.kind,
            team: row.team ?? 'No team yet',
            service: row.service ?? '',
            people: row.people,
          }))}
          empty={<p>There is no organisation yet. Add the first below.</p>}
        />
        <Table
          caption="Posts"
          small="stack"
          columns={[
            { key: 'role', title: 'Post' },
            { key: 'team', title: 'Team' },
            { key: 'holders', title: 'Held now by', width: 'wide' },
          ]}
          rows={postRows.map((post) => ({
            role: post.role,
            team: `${post.team}, ${post.organisation}`,
            holders: post.holders === '' ? 'Nobody' : post.holders,
          }))}
          empty={<p>There is no post yet. A post is made when it is first given to somebody.</p>}
        />
        {may(identity, ['system-administrator']) ? (
          <>
            <h2>Add an organisation</h2>
            <Form
              shell={shell}
              action="/people-here/organisations"
              submit="Add the organisation"
              idempotencyKey={randomUUID()}
            >
              <Hidden name="_form" value="organisation" />
              <TextField
                name="name"
                label="Name of the organisation"
                value={one(at('organisation'), 'name')}
                error={wrong('organisation', 'name')}
                required
              />
              <Select
                name="kind"
                label="What is it?"
                choices={organisationKinds.map((kind) => ({
                  value: kind,
                  label: kind.charAt(0).toUpperCase() + kind.slice(1),
                }))}
                empty="Choose"
                value={one(at('organisation'), 'kind')}
                error={wrong('organisation', 'kind')}
              />
            </Form>
          </>
        ) : null}
        <h2>Add a team</h2>
        <Form
          shell={shell}
          action="/people-here/organisations"
          submit="Add the team"
          idempotencyKey={randomUUID()}
        >
          <Hidden name="_form" value="team" />
          <Select
            name="organisation"
            label="Organisation"
            choices={organisations.map(([value, label]) => ({ value, label }))}
            empty="Choose"
            value={one(at('team'), 'organisation')}
            error={wrong('team', 'organisation')}
          />
          <TextField
            name="team"
            label="Name of the team"
            value={one(at('team'), 'team')}
            error={wrong('team', 'team')}
            required
          />
          <TextField
            name="service"
            label="Service"
            hint="What figures are grouped by, for example social work or education"
            width="medium"
            value={one(at('team'), 'service')}
            error={wrong('team', 'service')}
            required
          />
        </Form>
      </Page>
    );
  },
  forms: {
    organisation: form({
      action: addOrganisation,
      done: () => ({ to: '/people-here/organisations', notice: 'The organisation has been added.' }),
    }),
    team: form({
      action: addTeam,
      done: () => ({ to: '/people-here/organisations', notice: 'The team has been added.' }),
    }),
  },
};
