import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { dayText, momentAtText } from '../../days.ts';
import {
  Details,
  Form,
  Hidden,
  InlineForm,
  Page,
  Radios,
  Select,
  type Shell,
  SummaryList,
  Table,
  Tag,
  TextField,
} from '../../ui/index.ts';
import { type FormState, form, type PageDefinition } from '../../web/page.ts';
import { endSession, makeToken, removePasskey } from '../actions.ts';
import { readOnce } from '../once.ts';
import { doneToMe, me, myEvents, myPosts, mySessions } from '../queries.ts';
import { eventText } from '../words.ts';

type Me = z.output<typeof me.row>;
type Session = z.output<typeof mySessions.row>;

const HowISignIn = ({ shell, account }: { shell: Shell; account: Me }) => (
  <section aria-labelledby="how">
    <h2 id="how">How I sign in</h2>
    {account.single ? (
      <p>You sign in with your organisation. Change your password and second step there.</p>
    ) : null}
    {account.has_password ? (
      <SummaryList
        rows={[
          {
            key: 'Password',
            value: account.password_changed ? `Changed on ${momentAtText(account.password_changed)}` : '',
            action: { href: '/account/password', text: 'Change' },
          },
          {
            key: 'Second step',
            value: account.code_since
              ? `Codes from an app, since ${momentAtText(account.code_since)}`
              : account.passkeys.length > 0
                ? 'Passkey'
                : 'None yet',
            action: { href: '/account/second-step', text: 'Change' },
          },
        ]}
      />
    ) : null}
    {account.passkeys.length > 0 ? (
      <Table
        caption="My passkeys"
        small="stack"
        columns={[
          { key: 'name', title: 'Name' },
          { key: 'made', title: 'Made' },
          { key: 'used', title: 'Last used' },
          { key: 'end', title: 'Take away' },
        ]}
        rows={account.passkeys.map((passkey) => ({
          name: passkey.name,
          made: momentAtText(Temporal.Instant.from(passkey.madeAt)),
          used: passkey.usedAt ? momentAtText(Temporal.Instant.from(passkey.usedAt)) : 'Not yet',
          end: (
            <InlineForm
              shell={shell}
              action="/account"
              fields={{ _form: 'passkey', passkey: passkey.id }}
              idempotencyKey={randomUUID()}
              submit="Take away"
              about={passkey.name}
            />
          ),
        }))}
        empty={null}
      />
    ) : null}
  </section>
);

const EndButton = ({ shell, session, submit }: { shell: Shell; session: Session; submit: string }) => (
  <InlineForm
    shell={shell}
    action="/account"
    fields={{ _form: 'session', session: session.id }}
    idempotencyKey={randomUUID()}
    submit={submit}
    about={session.name ?? undefined}
  />
);

const Sessions = ({ shell, sessions }: { shell: Shell; sessions: readonly Session[] }) => (
  <Table
    caption="Where I am signed in"
    small="stack"
    columns={[
      { key: 'name', title: 'Browser' },
      { key: 'since', title: 'Since' },
      { key: 'seen', title: 'Last used' },
      { key: 'end', title: 'Sign out' },
    ]}
    rows={sessions.map((session) => ({
      name: session.name ?? 'A browser',
      since: momentAtText(session.started_at),
      seen: momentAtText(session.seen_at),
      end: session.current ? (
        <Tag tone="active">This one</Tag>
      ) : (
        <EndButton shell={shell} session={session} submit="Sign out" />
      ),
    }))}
    empty={<p>You are not signed in in any browser.</p>}
  />
);

const Tokens = ({
  shell,
  tokens,
  refused,
}: {
  shell: Shell;
  tokens: readonly Session[];
  refused: FormState | undefined;
}) => {
  const typed = (name: string) => String(refused?.values[name] ?? '');
  const errors = refused?.problem?.fields ?? {};
  return (
    <section aria-labelledby="tokens">
      <h2 id="tokens">Access tokens</h2>
      <p>
        A token lets a program do in your name what you may do. Whoever has it is you: keep it as you would a
        password, and take it away when it is no longer needed.
      </p>
      <Table
        caption="My access tokens"
        small="stack"
        columns={[
          { key: 'name', title: 'What for' },
          { key: 'may', title: 'May' },
          { key: 'ends', title: 'Good until' },
          { key: 'end', title: 'Take away' },
        ]}
        rows={tokens.map((token) => ({
          name: token.name,
          may: token.may_write ? 'Read and write' : 'Read only',
          ends: momentAtText(token.ends_at),
          end: <EndButton shell={shell} session={token} submit="Take away" />,
        }))}
        empty={<p>You have no access tokens.</p>}
      />
      <Details summary="Make a token" open={refused !== undefined}>
        <Form shell={shell} action="/account" submit="Make the token" idempotencyKey={randomUUID()}>
          <Hidden name="_form" value="token" />
          <TextField
            name="name"
            label="What is it for?"
            width="medium"
            value={typed('name')}
            error={errors.name}
            required
          />
          <Radios
            name="may"
            label="What may it do?"
            choices={[
              { value: 'read', label: 'Read only' },
              { value: 'write', label: 'Read and write' },
            ]}
            value={typed('may')}
            error={errors.may}
          />
          <Select
            name="days"
            label="How long does it last?"
            choices={[
              { value: '7', label: 'A week' },
              { value: '30', label: '30 days' },
              { value: '90', label: '90 days' },
              { value: '365', label: 'A year' },
            ]}
            empty="Choose"
            value={typed('days')}
            error={errors.days}
          />
        </Form>
      </Details>
    </section>
  );
};

/** Everybody's own account: who they are here, how they sign in, where, and what the audit trail says they did. */
export const accountPage: PageDefinition = {
  path: '/account',
  title: 'My account',
  who: 'anyone signed in',
  async show({ shell, identity, refused, askOne, ask }) {
    const [account, posts, sessions, events, done] = await Promise.all([
      askOne(me, {}),
      ask(myPosts, {}),
      ask(mySessions, {}),
      ask(myEvents, {}),
      ask(doneToMe, {}),
    ]);
    const problem = refused?.problem;
    const errors = problem
      ? Object.keys(problem.fields).length > 0
        ? problem.fields
        : { form: problem.message }
      : undefined;
    return (
      <Page shell={shell} title="My account" errors={errors}>
        <SummaryList
          rows={[
            { key: 'Name', value: identity.name },
            { key: 'E-mail address', value: account.email },
          ]}
        />
        <Table
          caption="My posts"
          small="stack"
          columns={[
            { key: 'role', title: 'Post' },
            { key: 'team', title: 'Team' },
            { key: 'from', title: 'From' },
            { key: 'until', title: 'Last day' },
          ]}
          rows={posts.map((post) => ({
            role: `${post.role}${post.for_name ? `, standing in for ${post.for_name}` : ''}`,
            team: `${post.team}, ${post.organisation}`,
            from: dayText(post.starts),
            until: post.last_day ? dayText(post.last_day) : 'No end set',
          }))}
          empty={<p>You hold no post. Ask an administrator for one.</p>}
        />
        <HowISignIn shell={shell} account={account} />
        <section aria-labelledby="telling">
          <h2 id="telling">What I am told of</h2>
          <p>
            You are told of what is new for you under Notices.{' '}
            <a href="/account/telling">Choose what you also get an e-mail for</a>.
          </p>
        </section>
        <section aria-labelledby="where">
          <h2 id="where">Sessions</h2>
          <Sessions shell={shell} sessions={sessions.filter((session) => session.kind === 'browser')} />
        </section>
        <Tokens
          shell={shell}
          tokens={sessions.filter((session) => session.kind === 'token')}
          refused={refused?.form === 'token' ? refused : undefined}
        />
        <section aria-labelledby="lately">
          <h2 id="lately">What has been written down</h2>
          <Table
            caption="What others have changed about my account"
            small="stack"
            columns={[
              { key: 'what', title: 'What' },
              { key: 'by', title: 'By' },
              { key: 'at', title: 'When' },
            ]}
            rows={done.map((event) => ({
              what: eventText(event.name),
              by: event.by_name,
              at: momentAtText(event.at),
            }))}
            empty={<p>Nobody else has changed anything about your account.</p>}
          />
          <Details summary="What I did lately">
            <Table
              caption="My last 50 events in the audit trail"
              small="stack"
              columns={[
                { key: 'what', title: 'What' },
                { key: 'kind', title: 'Kind' },
                { key: 'people', title: 'About', numeric: true },
                { key: 'at', title: 'When' },
                { key: 'from', title: 'From' },
              ]}
              rows={events.map((event) => ({
                what: eventText(event.name),
                kind: eventText(event.kind),
                people: event.people,
                at: momentAtText(event.at),
                from: event.address ?? 'Not known',
              }))}
              empty={<p>Nothing yet.</p>}
            />
          </Details>
        </section>
      </Page>
    );
  },
  forms: {
    session: form({ action: endSession, done: () => ({ to: '/account', notice: 'That has been ended.' }) }),
    passkey: form({
      action: removePasskey,
      done: () => ({ to: '/account', notice: 'The passkey has been taken away.' }),
    }),
    token: form({
      action: makeToken,
      done: ({ token }) => {
        const shown = readOnce(token);
        return {
          to: '/account',
          notice: shown
            ? `Your access token is ${shown} Copy it now: it is shown only this once.`
            : 'This token was made before. If you did not copy it, take it away and make another.',
        };
      },
    }),
  },
};
