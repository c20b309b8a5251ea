import { createHash, randomBytes, randomUUID } from 'node:crypto';
import sql, { type Sql } from 'sql-template-tag';
import { enter, identityFrom } from '../access/identity.ts';
import type { Asking } from '../actions/desk.ts';
import { prepared } from '../database/rows.ts';
import type { TestDatabase } from './database.ts';

/** Somebody who works here, signed in: `asking` is what the desk takes; the ids are for looking past it as superuser. */
export interface Worker {
  asking: Asking;
  /** What a browser's cookie or a bearer header would carry. */
  token: string;
  account: string;
  post: string;
  team: string;
  organisation: string;
  holding: string;
  session: string;
}

export interface WorkerOptions {
  name?: string;
  /** A role that is in access.role already: one that an area declares. */
  role?: string;
  team?: string;
  service?: string;
  organisation?: string;
  /** When the post is held; since long ago, without an end, unless said. */
  from?: Temporal.Instant;
  until?: Temporal.Instant;
  /** The account whose post this is, when this worker only stands in. */
  standingInFor?: string;
  kind?: 'browser' | 'token';
  mayWrite?: boolean;
}

const newest: Required<Pick<WorkerOptions, 'name' | 'role' | 'team' | 'service' | 'organisation'>> = {
  name: 'Ailsa Drummond',
  role: 'social-worker',
  team: 'Children and families North',
  service: 'social-work',
  organisation: 'Strathmorran Council',
};

async function idOf(database: TestDatabase, statement: Sql): Promise<string> {
  const answer = await database.superuser.query<{ id: string }>(prepared(statement));
  const id = answer.rows[0]?.id;
  if (id === undefined) throw new Error('the statement gave no id');
  return id;
}

/**
 * Makes somebody who holds a post (its organisation, team and post too, unless they are there already) and is signed in.
 * Written as superuser: a test of access control must not stand on what it tests.
 */
export async function makeWorker(database: TestDatabase, options: WorkerOptions = {}): Promise<Worker> {
  const { name, role, team: teamName, service, organisation: organisationName } = { ...newest, ...options };
  const organisation = await idOf(
    database,
    sql`insert into access.organisation (name, kind) values (${organisationName}, 'council')
        on conflict (name) do update set name = excluded.name returning id`,
  );
  const team = await idOf(
    database,
    sql`insert into access.team (organisation_id, name, service) values (${organisation}, ${teamName}, ${service})
        on conflict (organisation_id, name) do update set name = excluded.name returning id`,
  );
  const post = await idOf(
    database,
    sql`insert into access.post (team_id, role_id) values (${team}, ${role})
        on conflict (team_id, role_id) do update set role_id = excluded.role_id returning id`,
  );
  const account = await idOf(
    database,
    sql`insert into access.account (name, email) values (${name}, ${`${randomUUID()}@kith.example`}) returning id`,
  );
  const holding = await giveHolding(database, account, post, options);
  return { ...(await signIn(database, account, options)), account, post, team, organisation, holding };
}

/** Gives somebody a post for a time; the holding's id. */
export const giveHolding = (
  database: TestDatabase,
  account: string,
  post: string,
  { from, until, standingInFor }: Pick<WorkerOptions, 'from' | 'until' | 'standingInFor'> = {},
): Promise<string> =>
  idOf(
    database,
    sql`insert into access.holding (account_id, post_id, during, standing_in_for)
        values (${account}, ${post},
          tstzrange(coalesce(${from ?? null}::timestamptz, now() - interval '1 year'), ${until ?? null}::timestamptz),
          ${standingInFor ?? null}) returning id`,
  );

/** Begins a session for an account, and gives who is asking in it, as the database says it at this moment. */
export async function signIn(
  database: TestDatabase,
  account: string,
  { kind = 'browser', mayWrite = true }: Pick<WorkerOptions, 'kind' | 'mayWrite'> = {},
): Promise<Pick<Worker, 'asking' | 'token' | 'session'>> {
  const token = randomBytes(32).toString('base64url');
  const tokenHash = createHash('sha256').update(token).digest();
  const session = await idOf(
    database,
    sql`insert into access.session (token_hash, account_id, kind, may_write, ends_at)
        values (${tokenHash}, ${account}, ${kind}, ${mayWrite}, now() + interval '12 hours') returning id`,
  );
  const answer = await database.pools.app.query<{ who: unknown }>(prepared(enter(tokenHash, '')));
  const identity = identityFrom(answer.rows[0]?.who);
  return {
    token,
    session,
    asking: { tokenHash, identity, origin: { address: '192.0.2.7', requestId: randomUUID() } },
  };
}
