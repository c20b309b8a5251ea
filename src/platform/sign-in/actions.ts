import sql, { type Sql } from 'sql-template-tag';
import { z } from 'zod';
import { action } from '../actions/declare.ts';
import { day, id, oneOf, optionalDay, text } from '../actions/fields.ts';
import { auditStatement } from '../audit/record.ts';
import type { Rows } from '../database/rows.ts';
import { invalid, Problem } from '../problem.ts';
import { hashToken, newToken } from '../web/context.ts';
import { type ShownOnce, shownOnce } from './once.ts';
import { hashPassword, oneTimePassword } from './password.ts';
import { administrators } from './queries.ts';

/** How long a password made by an administrator is good for. */
export const oneTimeDays = 7;

export const emailField = z
  .string({ error: 'Enter an e-mail address' })
  .transform((typed) => typed.trim())
  .pipe(z.email('Enter an e-mail address, like name@example.gov.uk').max(320, 'Use 320 characters or fewer'));

/** What a refusal by the database means. The names are those of constraints and of the functions' own refusals. */
export const refusals = {
  own_account: () =>
    new Problem(409, 'own-account', 'You cannot do this to your own account', {
      detail:
        'Ask another administrator. Nobody can widen what they themselves may see, or loosen their own sign-in.',
    }),
  account_gone: () =>
    new Problem(409, 'account-gone', 'This person has left, or has no account', {
      detail: 'Open the list of people again.',
    }),
  account_email: () => invalid({ email: 'Somebody already has an account with this e-mail address' }),
  no_email: () =>
    new Problem(409, 'no-email', 'This account has no e-mail address', {
      detail: 'Add their e-mail address first, then try again.',
    }),
  holding_account_id_post_id_during_excl: () =>
    invalid({ from: 'They already hold this post during that time' }),
  holding_account_id_post_id_during_key: () =>
    invalid({ from: 'They already hold this post during that time' }),
  post_team_id_fkey: () => invalid({ team: 'Choose a team from the list' }),
  post_role_id_fkey: () => invalid({ role: 'Choose a role from the list' }),
  holding_during_check: () => invalid({ until: 'The last day must not be before the first' }),
  post_ended: () =>
    new Problem(409, 'post-ended', 'This post has already ended', {
      detail: 'Open the page again to see when.',
    }),
  post_end_past: () => invalid({ until: 'Enter today or a day to come: the past cannot be changed' }),
  not_left: () =>
    new Problem(409, 'not-left', 'This person is not marked as left', { detail: 'Open the page again.' }),
  nothing_to_stand_in_for: () =>
    invalid({ holding: 'Choose a post that somebody else holds during that time' }),
  organisation_name_key: () => invalid({ name: 'There is already an organisation with this name' }),
  team_organisation_id_name_key: () =>
    invalid({ team: 'This organisation already has a team with this name' }),
  team_organisation_id_fkey: () => invalid({ organisation: 'Choose an organisation from the list' }),
  only_second_step: () =>
    new Problem(409, 'only-second-step', 'This passkey is your only second step', {
      detail: 'Add another first, then take this one away.',
    }),
};

const from = day('Enter the first day');
const until = day('Enter the last day');

/** A last day before the first is refused here, where it can be said at the right field. */
function inOrder(starts: Temporal.PlainDate, ends: Temporal.PlainDate | undefined): void {
  if (ends && Temporal.PlainDate.compare(ends, starts) < 0)
    throw invalid({ until: 'The last day must not be before the first' });
}

async function idFrom(rows: Rows, statement: Sql): Promise<string> {
  const [row] = await rows.many<{ id: string }>(statement);
  if (row === undefined) throw new Error('the statement gave no id');
  return row.id;
}

/** Gives an account a password to be used once; the password, and until when it is good. */
export async function giveOneTimePassword(
  rows: Rows,
  account: string,
  now: Temporal.Instant,
): Promise<string> {
  const password = oneTimePassword();
  await rows.run(
    sql`select sign_in.give_password(${account}::uuid, ${await hashPassword(password)}, ${now.add({ hours: oneTimeDays * 24 })})`,
  );
  return password;
}

// One's own account -----------------------------------------------------------------------------------------------------

export const endSession = action({
  name: 'accounts.end-session',
  title: 'End one of your own sessions, or one of your access tokens',
  who: 'anyone signed in',
  about: 'nobody',
  input: z.object({ session: id('Choose a session') }),
  async run({ rows }, { session }) {
    await rows.run(sql`select sign_in.end_own_session(${session}::uuid)`);
    return { about: [] };
  },
});

export const makeToken = action({
  name: 'accounts.make-token',
  title: 'Make an access token for a program of yours; only the page shows it, once',
  who: 'anyone signed in',
  about: 'nobody',
  input: z.object({
    name: text(100, 'Enter what the token is for'),
    may: oneOf(['read', 'write'], 'Choose what the token may do'),
    days: z.coerce
      .number({ error: 'Choose how long it lasts' })
      .pipe(z.literal([7, 30, 90, 365], 'Choose how long it lasts')),
  }),
  async run(
    { rows, identity, now },
    { name, may, days },
  ): Promise<{ about: readonly string[]; session: string; token?: ShownOnce }> {
    if (identity.kind !== 'browser') {
      throw new Problem(403, 'browser-only', 'An access token cannot make another', {
        detail: 'Sign in in a browser and make it there.',
      });
    }
    const token = `kith_${newToken()}`;
    const session = await idFrom(
      rows,
      sql`select access.begin_session(access.account_id(), ${hashToken(token)}, 'token', ${name}, ${now.add({ hours: days * 24 })},
        60, ${may === 'write'}) as id`,
    );
    return { about: [], session, token: shownOnce(token) };
  },
});

export const removePasskey = action({
  name: 'accounts.remove-passkey',
  title: 'Take one of your own passkeys away',
  who: 'anyone signed in',
  about: 'nobody',
  input: z.object({ passkey: text(1400, 'Choose a passkey') }),
  refusals,
  async run({ rows, identity }, { passkey }) {
    await rows.run(sql`select sign_in.remove_passkey(${passkey})`);
    return { about: [identity.account] };
  },
});

// For administrators ------------------------------------------------------------------------------------------------------

/** Each for the accounts and teams of their own organisation, a system administrator for all: the database says which. */
const onAccount = { who: administrators, about: 'the account', refusals } as const;
const accountId = id('Choose somebody');

export const addAccount = action({
  ...onAccount,
  name: 'accounts.add',
  title: 'Add an account for somebody who works here, with a first post',
  input: z.object({
    name: text(200, 'Enter their name'),
    email: emailField,
    way: oneOf(['single', 'password'], 'Choose how they sign in'),
    team: id('Choose a team'),
    role: text(60, 'Choose a role'),
    from,
    until: optionalDay('Enter the last day, or leave it out'),
  }),
  async run(
    { rows, now },
    input,
  ): Promise<{
    about: readonly string[];
    account: string;
    way: 'single' | 'password';
    password?: ShownOnce;
  }> {
    inOrder(input.from, input.until);
    const account = await idFrom(
      rows,
      sql`select sign_in.add_account(${input.name}, ${input.email}, ${input.team}::uuid, ${input.role}, ${input.from}, ${input.until ?? null}::date) as id`,
    );
    if (input.way === 'single') {
      await rows.run(sql`select sign_in.invite(${account}::uuid)`);
      return { about: [account], account, way: input.way };
    }
    return {
      about: [account],
      account,
      way: input.way,
      password: shownOnce(await giveOneTimePassword(rows, account, now)),
    };
  },
});

export const correctAccount = action({
  ...onAccount,
  name: 'accounts.correct',
  title: 'Correct somebody’s name or e-mail address',
  input: z.object({ account: accountId, name: text(200, 'Enter their name'), email: emailField }),
  async run({ rows }, { account, name, email }) {
    await rows.run(sql`select sign_in.correct_account(${account}::uuid, ${name}, ${email})`);
    return { about: [account] };
  },
});

export const givePost = action({
  ...onAccount,
  name: 'accounts.give-post',
  title: 'Give somebody else a post from a day, with or without a last day',
  input: z.object({
    account: accountId,
    team: id('Choose a team'),
    role: text(60, 'Choose a role'),
    from,
    until: optionalDay('Enter the last day, or leave it out'),
  }),
  async run({ rows }, input) {
    inOrder(input.from, input.until);
    await rows.run(
      sql`select sign_in.give_post(${input.account}::uuid, ${input.team}::uuid, ${input.role}, ${input.from}, ${input.until ?? null}::date)`,
    );
    return { about: [input.account] };
  },
});

export const standIn = action({
  ...onAccount,
  name: 'accounts.stand-in',
  title: 'Let somebody else stand in for the holder of a post, between two days',
  input: z.object({ account: accountId, holding: id('Choose whom they stand in for'), from, until }),
  async run({ rows }, input) {
    inOrder(input.from, input.until);
    await rows.run(
      sql`select sign_in.stand_in(${input.account}::uuid, ${input.holding}::uuid, ${input.from}, ${input.until})`,
    );
    return { about: [input.account] };
  },
});

export const endPost = action({
  ...onAccount,
  name: 'accounts.end-post',
  title: 'End somebody else’s post, at once or after a last day',
  input: z.object({
    holding: id('Choose a post'),
    until: optionalDay('Enter the last day, or leave it out'),
  }),
  async run({ rows }, { holding, until: last }) {
    const account = await idFrom(
      rows,
      sql`select sign_in.end_post(${holding}::uuid, ${last ?? null}::date) as id`,
    );
    return { about: [account], account };
  },
});

export const leave = action({
  ...onAccount,
  name: 'accounts.leave',
  title: 'Mark somebody else as having left: sessions, tokens, posts and reasons end at once',
  input: z.object({ account: accountId }),
  async run({ rows }, { account }) {
    await rows.run(sql`select sign_in.leave(${account}::uuid)`);
    return { about: [account] };
  },
});

export const comeBack = action({
  ...onAccount,
  name: 'accounts.come-back',
  title: 'Let somebody who had left come back, without any post',
  input: z.object({ account: accountId }),
  async run({ rows }, { account }) {
    await rows.run(sql`select sign_in.come_back(${account}::uuid)`);
    return { about: [account] };
  },
});

export const resetPassword = action({
  ...onAccount,
  name: 'accounts.reset-password',
  title:
    'Give somebody else a password to be used once; only the page shows it, once. It ends their sessions',
  input: z.object({ account: accountId }),
  async run({ rows, now }, { account }): Promise<{ about: readonly string[]; password?: ShownOnce }> {
    return { about: [account], password: shownOnce(await giveOneTimePassword(rows, account, now)) };
  },
});

export const resetSecondStep = action({
  ...onAccount,
  name: 'accounts.reset-second-step',
  title: 'Forget somebody else’s second step: they set up another when they next sign in',
  input: z.object({ account: accountId }),
  async run({ rows }, { account }) {
    await rows.run(sql`select sign_in.forget_second_step(${account}::uuid)`);
    return { about: [account] };
  },
});

export const invite = action({
  ...onAccount,
  name: 'accounts.invite',
  title: 'Invite somebody else to single sign-on, once, by their verified e-mail address',
  input: z.object({ account: accountId }),
  async run({ rows }, { account }) {
    await rows.run(sql`select sign_in.invite(${account}::uuid)`);
    return { about: [account] };
  },
});

export const organisationKinds = ['council', 'health', 'police', 'third sector', 'other'] as const;

export const addOrganisation = action({
  ...onAccount,
  who: ['system-administrator'],
  about: 'nobody',
  name: 'accounts.add-organisation',
  title: 'Add an organisation to the partnership',
  input: z.object({
    name: text(200, 'Enter the name of the organisation'),
    kind: oneOf(organisationKinds, 'Choose what it is'),
  }),
  async run({ rows }, { name, kind }) {
    return {
      about: [],
      organisation: await idFrom(rows, sql`select sign_in.add_organisation(${name}, ${kind}) as id`),
    };
  },
});

export const addTeam = action({
  ...onAccount,
  about: 'nobody',
  name: 'accounts.add-team',
  title: 'Add a team to an organisation',
  input: z.object({
    organisation: id('Choose an organisation'),
    team: text(200, 'Enter the name of the team'),
    service: text(60, 'Enter the service, for example social work'),
  }),
  async run({ rows }, { organisation, team, service }) {
    return {
      about: [],
      team: await idFrom(
        rows,
        sql`select sign_in.add_team(${organisation}::uuid, ${team}, ${service}) as id`,
      ),
    };
  },
});

/** The event for a change made at the command line, where nobody is signed in. */
export const systemEvent = (name: string, account: string, requestId: string): Sql =>
  auditStatement({ kind: 'system', name, about: [account] }, { address: null, requestId });
