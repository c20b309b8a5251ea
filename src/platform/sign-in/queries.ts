import sql from 'sql-template-tag';
import { z } from 'zod';
import { may } from '../access/identity.ts';
import { query } from '../actions/declare.ts';
import { id } from '../actions/fields.ts';

/** Those who look after accounts: an administrator those of their own organisation, a system administrator everybody’s. */
export const administrators = ['administrator', 'system-administrator'] as const;

const moment = z.instanceof(Temporal.Instant);
const nothing = z.object({});

export const me = query({
  name: 'accounts.me',
  title: 'See your own account and how you sign in',
  who: 'anyone signed in',
  about: 'nobody',
  input: nothing,
  row: z.object({
    email: z.string().nullable(),
    has_password: z.boolean(),
    password_changed: moment.nullable(),
    code_since: moment.nullable(),
    single: z.boolean(),
    passkeys: z.array(
      z.object({ id: z.string(), name: z.string(), madeAt: z.string(), usedAt: z.string().nullable() }),
    ),
  }),
  sql: () => sql`select * from sign_in.me()`,
});

export const mySessions = query({
  name: 'accounts.my-sessions',
  title: 'See where you are signed in, and your access tokens',
  who: 'anyone signed in',
  about: 'nobody',
  input: nothing,
  row: z.object({
    id: z.uuid(),
    kind: z.enum(['browser', 'token']),
    name: z.string().nullable(),
    may_write: z.boolean(),
    started_at: moment,
    seen_at: moment,
    ends_at: moment,
    current: z.boolean(),
  }),
  sql: () => sql`
    select id, kind, name, may_write, started_at, seen_at, ends_at,
      id = nullif(current_setting('kith.session', true), '')::uuid as current
      from access.session
     where account_id = access.account_id() and ended_at is null and ends_at > now()
       and (kind = 'token' or seen_at > now() - make_interval(mins => idle_minutes))
     order by kind, seen_at desc`,
});

export const myEvents = query({
  name: 'accounts.my-events',
  title: 'See what you did lately, as the audit trail has it',
  who: 'anyone signed in',
  about: 'nobody',
  input: nothing,
  row: z.object({
    at: moment,
    kind: z.string(),
    name: z.string(),
    people: z.number(),
    address: z.string().nullable(),
  }),
  sql: () => sql`
    select at, kind, name, cardinality(about) as people, host(from_address) as address
      from audit.event where account_id = access.account_id() order by at desc limit 50`,
});

export const doneToMe = query({
  name: 'accounts.done-to-me',
  title: 'See what others have changed about your account',
  who: 'anyone signed in',
  about: 'nobody',
  input: nothing,
  row: z.object({ at: moment, name: z.string(), by_name: z.string() }),
  sql: () => sql`select * from sign_in.done_to_me()`,
});

const postRow = z.object({
  id: z.uuid(),
  account: z.uuid(),
  role: z.string(),
  team: z.string(),
  organisation: z.string(),
  starts: z.instanceof(Temporal.PlainDate),
  /** The last day; null while no end is set. */
  last_day: z.instanceof(Temporal.PlainDate).nullable(),
  over: z.boolean(),
  for_name: z.string().nullable(),
});

const postsWhere = (condition: ReturnType<typeof sql>) => sql`
  select h.id, h.account_id as account, r.title as role, t.name as team, o.name as organisation,
    (lower(h.during) at time zone 'Europe/London')::date as starts,
    ((upper(h.during) - interval '1 microsecond') at time zone 'Europe/London')::date as last_day,
    coalesce(upper(h.during) <= now(), false) as over, f.name as for_name
    from access.holding h join access.post p on p.id = h.post_id join access.role r on r.id = p.role_id
    join access.team t on t.id = p.team_id join access.organisation o on o.id = t.organisation_id
    left join access.account f on f.id = h.standing_in_for
   where ${condition} order by h.during @> now() desc, lower(h.during) desc, h.id`;

export const myPosts = query({
  name: 'accounts.my-posts',
  title: 'See the posts you hold or have held',
  who: 'anyone signed in',
  about: 'nobody',
  input: nothing,
  row: postRow,
  sql: () => postsWhere(sql`h.account_id = access.account_id()`),
});

export const postsOf = query({
  name: 'accounts.posts-of',
  title: 'See the posts somebody holds or has held',
  who: administrators,
  about: 'nobody',
  input: z.object({ account: id('Choose somebody') }),
  row: postRow,
  sql: ({ account }) =>
    postsWhere(
      sql`h.account_id = ${account}::uuid and (sign_in.manages(h.account_id) or o.id in (select sign_in.my_organisations()))`,
    ),
});

/** Posts that somebody could stand in for: those held now or to be held. */
export const heldPosts = query({
  name: 'accounts.held-posts',
  title: 'See the posts held now or soon, with who holds them',
  who: administrators,
  about: 'nobody',
  input: nothing,
  row: z.object({ id: z.uuid(), account: z.uuid(), name: z.string(), role: z.string(), team: z.string() }),
  sql: () => sql`
    select h.id, h.account_id as account, a.name, r.title as role, t.name as team
      from access.holding h join access.account a on a.id = h.account_id join access.post p on p.id = h.post_id
      join access.role r on r.id = p.role_id join access.team t on t.id = p.team_id
     where (upper(h.during) is null or upper(h.during) > now()) and h.standing_in_for is null and a.left_at is null
       and t.organisation_id in (select sign_in.my_organisations())
     order by a.name, r.title, t.name`,
});

const accountRow = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string().nullable(),
  left_at: moment.nullable(),
  created_at: moment,
  last_seen: moment.nullable(),
  has_password: z.boolean(),
  one_time_until: moment.nullable(),
  has_code: z.boolean(),
  passkeys: z.number(),
  single: z.boolean(),
  invited: z.boolean(),
  posts: z.string(),
  /** Belongs to no other organisation besides: whoever asks looks after how they sign in. */
  managed: z.boolean(),
});
export type AccountRow = z.output<typeof accountRow>;

export const pageSize = 100;

export const list = query({
  name: 'accounts.list',
  title: 'See everybody who has an account in your organisation',
  who: administrators,
  about: 'nobody',
  input: z.object({
    search: z.string().max(200).default(''),
    left: z.enum(['no', 'yes']).catch('no').default('no'),
    page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
  }),
  row: accountRow,
  sql: ({ search, left, page }) => sql`
    select * from sign_in.accounts() a
     where (a.left_at is not null) = ${left === 'yes'}
       and (${search.trim()} = '' or strpos(lower(a.name || ' ' || coalesce(a.email, '') || ' ' || a.posts), lower(${search.trim()})) > 0)
     order by lower(a.name), a.id limit ${pageSize + 1} offset ${(page - 1) * pageSize}`,
});

export const one = query({
  name: 'accounts.one',
  title: 'See somebody’s account',
  who: administrators,
  about: 'nobody',
  input: z.object({ account: id('Choose somebody') }),
  row: accountRow,
  sql: ({ account }) => sql`select * from sign_in.accounts() a where a.id = ${account}::uuid`,
});

export const teams = query({
  name: 'accounts.teams',
  title: 'See organisations and their teams, with how many people are in each',
  who: administrators,
  about: 'nobody',
  input: nothing,
  row: z.object({
    organisation_id: z.uuid(),
    organisation: z.string(),
    kind: z.string(),
    team_id: z.uuid().nullable(),
    team: z.string().nullable(),
    service: z.string().nullable(),
    people: z.number(),
  }),
  sql: () => sql`
    select o.id as organisation_id, o.name as organisation, o.kind, t.id as team_id, t.name as team, t.service,
      (select count(distinct h.account_id)::integer from access.post p join access.holding h on h.post_id = p.id
        where p.team_id = t.id and h.during @> now()) as people
      from access.organisation o left join access.team t on t.organisation_id = o.id
     where o.id in (select sign_in.my_organisations()) order by o.name, t.name`,
});

export const posts = query({
  name: 'accounts.posts',
  title: 'See the posts of every team, with who holds them now',
  who: administrators,
  about: 'nobody',
  input: nothing,
  row: z.object({
    id: z.uuid(),
    role: z.string(),
    team: z.string(),
    organisation: z.string(),
    holders: z.string(),
  }),
  sql: () => sql`
    select p.id, r.title as role, t.name as team, o.name as organisation,
      coalesce((select string_agg(a.name, ', ' order by a.name) from access.holding h join access.account a on a.id = h.account_id
        where h.post_id = p.id and h.during @> now()), '') as holders
      from access.post p join access.role r on r.id = p.role_id join access.team t on t.id = p.team_id
      join access.organisation o on o.id = t.organisation_id
     where o.id in (select sign_in.my_organisations()) order by o.name, t.name, r.title`,
});

export const roles = query({
  name: 'accounts.roles',
  title: 'See the roles that you can give',
  who: administrators,
  about: 'nobody',
  input: nothing,
  row: z.object({ id: z.string(), title: z.string() }),
  // Only a system administrator makes another.
  sql: (_input, { identity }) =>
    sql`select id, title from access.role where id <> 'system-administrator' or ${may(identity, ['system-administrator'])} order by title`,
});
