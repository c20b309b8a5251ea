import sql from 'sql-template-tag';
import { z } from 'zod';
import type { Rows } from '../../platform/database/rows.ts';
import type { Limit, OtherRequest } from './rules.ts';

// The SQL of the scheme. Nothing else talks to its tables; every row is parsed on its way out.

const plainDay = z.instanceof(Temporal.PlainDate);
export const status = z.enum(['asked', 'more asked', 'approved', 'declined', 'withdrawn']);

const limitRow = z
  .object({
    role: z.string(),
    pence: z.bigint().nullable(),
    from: plainDay.nullable(),
    until: plainDay.nullable(),
  })
  .transform((row): Limit => ({ role: row.role, upToPence: row.pence, from: row.from, until: row.until }));

export const limitsOf = (rows: Rows): Promise<Limit[]> =>
  rows.rows(
    limitRow,
    sql`select role_id as role, up_to_pence as pence, lower(during) as from, upper(during) as until
        from direct_payments.delegated_limit order by role_id, lower(during)`,
  );

const memberRow = z.object({
  id: z.uuid(),
  name: z.string(),
  born: plainDay.nullable(),
  part: z.enum(['child', 'young person', 'parent or carer', 'other']),
  careExperienced: z.boolean(),
});

/** The people of a family on a day, as far as the asker may see them. */
export const membersOf = (rows: Rows, family: string, on: Temporal.PlainDate) =>
  rows.rows(
    memberRow,
    sql`select p.id, p.given_name || ' ' || p.family_name as name, p.date_of_birth as born, m.part, p.care_experienced as "careExperienced"
        from record.family_member m join record.person p on p.id = m.person_id
        where m.family_id = ${family} and m.during @> ${on}::date order by p.date_of_birth nulls last limit 200`,
  );

export const openFundsToTryFirst = (rows: Rows, on: Temporal.PlainDate) =>
  rows.rows(
    z.object({ id: z.uuid(), name: z.string() }),
    sql`select id, name from direct_payments.other_fund where closed_on is null or closed_on > ${on} order by name limit 100`,
  );

const otherRow = z
  .object({ id: z.uuid(), reference: z.string(), askedOn: plainDay, pence: z.bigint(), status })
  .transform((row): OtherRequest => row);

/** The family's other requests asked around a day: what the limit is tried against together. */
export const requestsNear = (rows: Rows, family: string, on: Temporal.PlainDate, not: string | null) =>
  rows.rows(
    otherRow,
    sql`select id, reference, asked_on as "askedOn", coalesce(approved_pence, asked_pence) as pence, status
        from direct_payments.request
        where family_id = ${family} and asked_on between ${on}::date - 60 and ${on}::date + 60 and id is distinct from ${not}::uuid
        order by asked_on limit 200`,
  );

/** The same of a request that is there: read beside the request itself, so that both come in one answer. */
export const requestsNearThis = (rows: Rows, request: string) =>
  rows.rows(
    otherRow,
    sql`select o.id, o.reference, o.asked_on as "askedOn", coalesce(o.approved_pence, o.asked_pence) as pence, o.status
        from direct_payments.request r
          join direct_payments.request o on o.family_id = r.family_id and o.asked_on between r.asked_on - 60 and r.asked_on + 60 and o.id <> r.id
        where r.id = ${request} order by o.asked_on limit 200`,
  );

const heldBySomebodyElse = (asker: string) =>
  sql`exists (select from access.holding h where h.post_id = p.id and h.during @> now() and h.account_id <> ${asker})`;

/** The posts of a team that have one of these roles; only those that somebody else than the asker holds now. */
export const postsInTeam = (rows: Rows, team: string, asker: string, roleIds: readonly string[]) =>
  rows.rows(
    z.object({ id: z.uuid(), role: z.string() }),
    sql`select p.id, p.role_id as role from access.post p
        where p.team_id = ${team} and p.role_id = any(${roleIds}::text[]) and ${heldBySomebodyElse(asker)}
        limit 200`,
  );

/** The posts of an organisation that may decide any amount on a day; only those that somebody else than the asker holds now. */
export const postsWithoutLimit = (
  rows: Rows,
  organisation: string,
  asker: string,
  roleIds: readonly string[],
  on: Temporal.PlainDate,
) =>
  rows.rows(
    z.object({ id: z.uuid() }),
    sql`select p.id from access.post p join access.team t on t.id = p.team_id
        where t.organisation_id = ${organisation} and p.role_id = any(${roleIds}::text[])
          and exists (select from direct_payments.delegated_limit l where l.role_id = p.role_id and l.up_to_pence is null and l.during @> ${on}::date)
          and ${heldBySomebodyElse(asker)}
        limit 200`,
  );

/**
 * The teams that work with a family and in which somebody else than the asker holds a post with one of these roles; who has worked
 * with them longest first.
 */
export const teamsThatDecide = (rows: Rows, family: string, asker: string, roleIds: readonly string[]) =>
  rows.rows(
    z.object({ team: z.uuid(), organisation: z.uuid() }),
    sql`select t.id as team, t.organisation_id as organisation
        from access.reason r left join access.holding held on held.account_id = r.holder and held.during @> now()
          join access.post own on own.id in (r.holder, held.post_id) join access.team t on t.id = own.team_id
        where r.subject = ${family} and record.works_with(r.kind) and r.since <= now() and (r.until is null or r.until > now())
          and exists (select from access.post p where p.team_id = t.id and p.role_id = any(${roleIds}::text[]) and ${heldBySomebodyElse(asker)})
        group by t.id order by min(r.since), t.id limit 1`,
  );

export interface NewRequest {
  id: string;
  familyId: string;
  service: string;
  school: string;
  cluster: string;
  category: string;
  pence: bigint;
  askedOn: Temporal.PlainDate;
  askedBy: string;
  askedTeam: string;
  waitingWith: string;
  aboveLimit: boolean;
  eligibility: object;
  words: string;
  whoWasThere: string;
  usedFor: string;
  hopedFor: string;
  otherFunds: string;
  children: readonly string[];
  payee: { name: string; method: string; sortCode: string | null; accountNumber: string | null };
}

/** Writes a request with its conversation, its children and its payee, as one statement. */
export async function insertRequest(rows: Rows, it: NewRequest): Promise<{ id: string; reference: string }> {
  const [made] = await rows.rows(
    z.object({ id: z.uuid(), reference: z.string() }),
    sql`
    with made as (
      insert into direct_payments.request (id, reference, family_id, service, school, cluster, category, asked_pence, status, asked_on,
        asked_by, asked_team, waiting_with, above_limit)
      values (${it.id}, 'DP-' || extract(year from ${it.askedOn}::date) || '-' || lpad(nextval('direct_payments.reference_number')::text, 5, '0'),
        ${it.familyId}, ${it.service}, nullif(${it.school}, ''), nullif(${it.cluster}, ''), ${it.category}, ${it.pence}, 'asked', ${it.askedOn},
        ${it.askedBy}, ${it.askedTeam}, ${it.waitingWith}, ${it.aboveLimit})
      returning id, reference
    ), words as (
      insert into direct_payments.conversation (request_id, family_id, words, who_was_there, used_for, hoped_for, other_funds, eligibility)
      select id, ${it.familyId}, ${it.words}, ${it.whoWasThere}, ${it.usedFor}, ${it.hopedFor}, ${it.otherFunds},
        ${JSON.stringify(it.eligibility)}::jsonb from made
    ), young as (
      insert into direct_payments.request_child (request_id, person_id, family_id)
      select made.id, child, ${it.familyId} from made, unnest(${it.children}::uuid[]) as child
    ), to_whom as (
      insert into direct_payments.payee (request_id, family_id, name, method, sort_code, account_number)
      select id, ${it.familyId}, ${it.payee.name}, ${it.payee.method}, ${it.payee.sortCode}, ${it.payee.accountNumber} from made
    )
    select id, reference from made`,
  );
  if (made === undefined) throw new Error('the request was not written');
  return made;
}

/** The organisation in which a request `r` waits, or in which it was asked. */
const whereItIs = sql`coalesce((select t.organisation_id from access.team t where t.id = coalesce(r.waiting_with, r.asked_team)), r.waiting_with)`;

const heldRow = z.object({
  id: z.uuid(),
  reference: z.string(),
  familyId: z.uuid(),
  status,
  askedPence: z.bigint(),
  approvedPence: z.bigint().nullable(),
  askedOn: plainDay,
  askedBy: z.uuid().nullable(),
  askedTeam: z.uuid().nullable(),
  waitingWith: z.uuid().nullable(),
  version: z.number(),
  organisation: z.uuid().nullable(),
});
export type HeldRequest = z.output<typeof heldRow>;

/** A request, held still until the transaction ends. Undefined when the asker may not see it. */
export async function holdRequest(rows: Rows, id: string): Promise<HeldRequest | undefined> {
  const [row] = await rows.rows(
    heldRow,
    sql`select r.id, r.reference, r.family_id as "familyId", r.status, r.asked_pence as "askedPence", r.approved_pence as "approvedPence",
          r.asked_on as "askedOn", r.asked_by as "askedBy", r.asked_team as "askedTeam", r.waiting_with as "waitingWith", r.version,
          ${whereItIs} as organisation
        from direct_payments.request r where r.id = ${id} for update of r`,
  );
  return row;
}

/** Whom of the family a request is for; nobody when it is for all of them. */
export async function childrenOf(rows: Rows, request: string): Promise<string[]> {
  const found = await rows.many<{ id: string }>(
    sql`select person_id as id from direct_payments.request_child where request_id = ${request}`,
  );
  return found.map(({ id }) => id);
}

export const insertDecision = (
  rows: Rows,
  it: {
    requestId: string;
    familyId: string;
    outcome: string;
    pence?: bigint | undefined;
    reason?: string;
    howTold?: string;
    by: string;
    role?: string | undefined;
    on: Temporal.PlainDate;
  },
) =>
  rows.run(sql`
    insert into direct_payments.decision (request_id, family_id, outcome, amount_pence, reason, how_told, decided_by, role_id, on_day)
    values (${it.requestId}, ${it.familyId}, ${it.outcome}, ${it.pence ?? null}, ${it.reason ?? ''}, ${it.howTold ?? ''}, ${it.by}, ${it.role ?? null}, ${it.on})`);

/** Gives every one of these posts a reason to see the family, tied to the request. */
export const giveReason = (
  rows: Rows,
  family: string,
  posts: readonly string[],
  kind: string,
  requestId: string,
) =>
  rows.run(
    sql`select access.give_reason(${family}, post, ${kind}, ${requestId}) from unnest(${posts}::uuid[]) as post`,
  );

/** Ends the reasons of a kind that are tied to the request, some days from now. */
export const endReason = (rows: Rows, family: string, kind: string, requestId: string, afterDays: number) =>
  rows.run(
    sql`select access.end_reason(${family}, ${kind}, ${requestId}, now() + make_interval(days => ${afterDays}))`,
  );

/** The posts of finance in the organisation of a request. */
export const financePosts = (rows: Rows, request: string) =>
  rows.rows(
    z.object({ id: z.uuid() }),
    sql`select p.id from access.post p join access.team f on f.id = p.team_id
        where p.role_id = 'finance-officer' and f.organisation_id = (select ${whereItIs} from direct_payments.request r where r.id = ${request})
        limit 50`,
  );
