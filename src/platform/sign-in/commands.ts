import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import sql from 'sql-template-tag';
import type { Rows } from '../database/rows.ts';
import { transaction } from '../database/transaction.ts';
import { Problem } from '../problem.ts';
import { emailField, giveOneTimePassword, oneTimeDays, refusals, systemEvent } from './actions.ts';

// What the command line does with accounts, as the owner role. The same database functions as for administrators; each
// change is in the audit trail as a system event.

export interface NewAccount {
  name: string;
  email: string;
  role: string;
  team: string;
  organisation: string;
  /** Used when the organisation is new: 'council' unless said. */
  organisationKind?: 'council' | 'health' | 'police' | 'third sector' | 'other';
  /** Used when the team is new: 'administration' unless said. */
  service?: string;
  /** 'single' invites to single sign-on in place of giving a password; 'none' gives neither (demonstration personas). */
  way?: 'password' | 'single' | 'none';
}

/** Refusals of the database in words: at the command line there is no desk to do it. */
async function inWords<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const constraint = error instanceof Error && 'constraint' in error ? String(error.constraint) : '';
    const known = Object.entries(refusals).find(([name]) => name === constraint)?.[1]();
    if (known)
      throw new Problem(
        known.status,
        known.code,
        Object.values(known.fields)[0] ?? known.message,
        known.detail ? { detail: known.detail } : {},
      );
    throw error;
  }
}

const firstId = async (rows: Rows, statement: ReturnType<typeof sql>) =>
  (await rows.many<{ id: string }>(statement))[0]?.id;

async function teamOf(rows: Rows, wanted: NewAccount): Promise<string> {
  const organisation =
    (await firstId(
      rows,
      sql`select id from access.organisation where lower(name) = lower(${wanted.organisation})`,
    )) ??
    (await firstId(
      rows,
      sql`select sign_in.add_organisation(${wanted.organisation}, ${wanted.organisationKind ?? 'council'}) as id`,
    ));
  const team =
    (await firstId(
      rows,
      sql`select id from access.team where organisation_id = ${organisation}::uuid and lower(name) = lower(${wanted.team})`,
    )) ??
    (await firstId(
      rows,
      sql`select sign_in.add_team(${organisation}::uuid, ${wanted.team}, ${wanted.service ?? 'administration'}) as id`,
    ));
  if (team === undefined) throw new Error('no team was made');
  return team;
}

/**
 * Makes an account with a post from today on; the organisation and team too, unless they are there. Gives the password to be
 * used once, to be shown and kept nowhere, unless `way` says otherwise. `owner` is the owner's pool.
 *
 * @throws Problem when the role is unknown, the e-mail is not one or is taken
 */
export async function createAccount(
  owner: Pool,
  wanted: NewAccount,
  now: Temporal.Instant,
): Promise<{ account: string; password?: string; expires?: Temporal.Instant }> {
  const email = emailField.safeParse(wanted.email);
  if (!email.success)
    throw new Problem(422, 'bad-email', email.error.issues[0]?.message ?? 'Enter an e-mail address');
  const name = wanted.name.trim();
  if (name === '' || name.length > 200)
    throw new Problem(422, 'bad-name', 'Give a name of 1 to 200 characters');
  return inWords(
    transaction(
      owner,
      [],
      async (rows) => {
        const known = await rows.many<{ id: string }>(sql`select id from access.role order by id`);
        if (!known.some((role) => role.id === wanted.role)) {
          throw new Problem(422, 'unknown-role', `There is no role called ${wanted.role}`, {
            detail: `The roles are: ${known.map((role) => role.id).join(', ')}.`,
          });
        }
        const team = await teamOf(rows, wanted);
        const today = now.toZonedDateTimeISO('Europe/London').toPlainDate();
        const account = await firstId(
          rows,
          sql`select sign_in.add_account(${name}, ${email.data}, ${team}::uuid, ${wanted.role}, ${today}, null::date) as id`,
        );
        if (account === undefined) throw new Error('no account was made');
        if (wanted.way === 'none') return { account };
        if (wanted.way === 'single') {
          await rows.run(sql`select sign_in.invite(${account}::uuid)`);
          return { account };
        }
        return {
          account,
          password: await giveOneTimePassword(rows, account, now),
          expires: now.add({ hours: oneTimeDays * 24 }),
        };
      },
      ({ account }) => [systemEvent('accounts.add', account, randomUUID())],
    ),
  );
}

export interface ListedAccount {
  id: string;
  name: string;
  email: string | null;
  posts: string;
  left_at: Temporal.Instant | null;
  last_seen: Temporal.Instant | null;
}

/** Every account, by name; those who have left last. */
export const listAccounts = (owner: Pool): Promise<ListedAccount[]> =>
  transaction(owner, [], (rows) =>
    rows.many<ListedAccount>(
      sql`select id, name, email, posts, left_at, last_seen from sign_in.accounts() order by left_at is not null, lower(name), id`,
    ),
  );

async function byEmail(rows: Rows, email: string): Promise<string> {
  const account = await firstId(
    rows,
    sql`select id from access.account where lower(email) = lower(${email.trim()}) and left_at is null`,
  );
  if (account === undefined) {
    throw new Problem(404, 'no-account', `Nobody who works here signs in as ${email}`, {
      detail: 'List the accounts to see who there is.',
    });
  }
  return account;
}

/** Marks somebody as having left: sessions, tokens, posts and reasons end at once. The account's id. */
export const markAsLeft = (owner: Pool, email: string): Promise<string> =>
  inWords(
    transaction(
      owner,
      [],
      async (rows) => {
        const account = await byEmail(rows, email);
        await rows.run(sql`select sign_in.leave(${account}::uuid)`);
        return account;
      },
      (account) => [systemEvent('accounts.leave', account, randomUUID())],
    ),
  );

/**
 * Gives somebody a password to be used once, and ends their sessions. With `secondStep` their second step is forgotten too,
 * for somebody who has lost their phone.
 */
export const resetAccount = (
  owner: Pool,
  email: string,
  now: Temporal.Instant,
  secondStep = false,
): Promise<{ account: string; password: string; expires: Temporal.Instant }> =>
  inWords(
    transaction(
      owner,
      [],
      async (rows) => {
        const account = await byEmail(rows, email);
        if (secondStep) await rows.run(sql`select sign_in.forget_second_step(${account}::uuid)`);
        return {
          account,
          password: await giveOneTimePassword(rows, account, now),
          expires: now.add({ hours: oneTimeDays * 24 }),
        };
      },
      ({ account }) => [
        systemEvent('accounts.reset-password', account, randomUUID()),
        ...(secondStep ? [systemEvent('accounts.reset-second-step', account, randomUUID())] : []),
      ],
    ),
  );
