import sql, { empty, type Sql } from 'sql-template-tag';
import { z } from 'zod';
import type { Identity } from '../../platform/access/identity.ts';
import { query } from '../../platform/actions/declare.ts';
import { id, optionalId } from '../../platform/actions/fields.ts';
import { deciders, frontLine, practitioners } from '../../record/roles.ts';
import { status } from './records.ts';

export const plainDay = z.instanceof(Temporal.PlainDate);
/** A day inside a JSON value, where the driver cannot parse it. */
export const jsonDay = z.string().transform((text) => Temporal.PlainDate.from(text));
const jsonMoment = z.string().transform((text) => Temporal.Instant.from(text));
export const jsonPence = z.number().transform((pence) => BigInt(pence));

export const pageSize = 50;
const everybodyHere = [...practitioners, 'finance-officer'] as const;

const listed = z.object({
  id: z.uuid(),
  reference: z.string(),
  about: z.uuid(),
  family: z.string(),
  category: z.string(),
  service: z.enum(['social-work', 'education']),
  pence: z.bigint(),
  askedOn: plainDay,
  status,
  askedBy: z.string().nullable(),
  mine: z.boolean(),
  aboveLimit: z.boolean(),
  /** Waits with the organisation and no longer with a team: alone or with others it is above the front-line limit. */
  sentUp: z.boolean(),
  paidOn: plainDay.nullable(),
});
export type ListedRequest = z.output<typeof listed>;

const columnsWith = (
  family: Sql,
) => sql`r.id, r.reference, r.family_id as about, ${family} as family, r.category, r.service,
  coalesce(r.approved_pence, r.asked_pence) as pence, r.asked_on as "askedOn", r.status, a.name as "askedBy",
  r.asked_by is not distinct from access.account_id() as mine, r.above_limit as "aboveLimit",
  exists (select from access.organisation o where o.id = r.waiting_with) as "sentUp", r.paid_on as "paidOn"`;
const listColumns = columnsWith(sql`f.name`);
const listFrom = sql`direct_payments.request r join record.family f on f.id = r.family_id left join access.account a on a.id = r.asked_by`;

const after = {
  after: optionalId(),
  afterDay: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional(),
};

/** Where requests wait that somebody with these posts may decide: their teams, and for a senior manager the organisation. */
const placesOf = (identity: Identity): string[] => {
  const places = identity.posts
    .filter((post) => (deciders as readonly string[]).includes(post.role))
    .flatMap((post) => (post.role === 'senior-manager' ? [post.team, post.organisation] : [post.team]));
  return [...new Set(places)];
};

/** Nobody decides what they asked for themselves, so it is no part of their queue. */
const waitsFor = (identity: Identity): Sql =>
  sql`r.status = 'asked' and r.waiting_with = any(${placesOf(identity)}::uuid[]) and r.asked_by is distinct from ${identity.account}::uuid`;

/**
 * What somebody asked for and has not left; and what is not finished of a family that they work with and the asker has left: a
 * question that waits for an answer waits for whoever works with the family now.
 */
const askedByMe = (account: string): Sql =>
  sql`r.asked_by = ${account}::uuid and not record.has_left(r.asked_by, r.family_id)`;
const cameToMe = (account: string): Sql =>
  sql`r.asked_by <> ${account}::uuid and (r.status in ('asked', 'more asked') or (r.status = 'approved' and r.paid_on is null))
    and record.has_left(r.asked_by, r.family_id)`;
const workedWith = sql`(select distinct mine.subject as id from access.my_reason mine where record.works_with(mine.kind))`;

export const start = query({
  name: 'direct-payments.start',
  title: 'See how much of the scheme waits for me',
  who: everybodyHere,
  about: 'nobody',
  input: z.object({}),
  row: z.object({
    waiting: z.number(),
    oldest: plainDay.nullable(),
    undecided: z.number(),
    toAnswer: z.number(),
    ready: z.number(),
    readyPence: z.bigint(),
    sent: z.number(),
    sentPence: z.bigint(),
  }),
  // Counts and sums of what the asker may see anyway: they name nobody.
  sql: (_input, { identity }) => sql`
    select w.waiting, w.oldest, m.undecided, m."toAnswer", p.ready, p."readyPence", p.sent, p."sentPence"
    from (select count(*)::int as waiting, min(r.asked_on) as oldest from direct_payments.request r where ${waitsFor(identity)}) w,
      (select count(*) filter (where each.status = 'asked')::int as undecided, count(*) filter (where each.status = 'more asked')::int as "toAnswer"
         from (
           select r.status from direct_payments.request r where r.status in ('asked', 'more asked') and ${askedByMe(identity.account)}
           union all
           select r.status from ${workedWith} theirs join direct_payments.request r on r.family_id = theirs.id
             where r.status in ('asked', 'more asked') and ${cameToMe(identity.account)}) each) m,
      (select count(*) filter (where p.state = 'ready')::int as ready, count(*) filter (where p.state = 'sent')::int as sent,
          coalesce(sum(p.amount_pence) filter (where p.state = 'ready'), 0)::bigint as "readyPence",
          coalesce(sum(p.amount_pence) filter (where p.state = 'sent'), 0)::bigint as "sentPence"
         from direct_payments.payment p where p.state in ('ready', 'sent')) p`,
});

export const queue = query({
  name: 'direct-payments.queue',
  title: 'See requests that wait for a decision which I may make, oldest first',
  who: deciders,
  about: 'each family in the list',
  input: z.object(after),
  row: listed,
  sql({ after, afterDay }, { identity }) {
    const next =
      after && afterDay ? sql`and (r.asked_on, r.id) > (${afterDay}::date, ${after}::uuid)` : empty;
    // Each place is read by its index and only as far as the page needs, with the family of each row beside it: joined
    // first, all ten thousand would be sorted for the sake of fifty, and joined after, each family would be looked up again.
    return sql`
      select ${columnsWith(sql`r.family`)}
      from (
        select it.* from unnest(${placesOf(identity)}::uuid[]) as place cross join lateral (
          select r.*, f.name as family from direct_payments.request r join record.family f on f.id = r.family_id
          where r.status = 'asked' and r.waiting_with = place and r.asked_by is distinct from ${identity.account}::uuid ${next}
          order by r.asked_on, r.id limit ${pageSize + 1}) it
        order by it.asked_on, it.id limit ${pageSize + 1}
      ) r left join access.account a on a.id = r.asked_by
      order by r.asked_on, r.id`;
  },
});

export const mine = query({
  name: 'direct-payments.mine',
  title: 'See requests that I have made, or that came to me with a family, newest first',
  who: frontLine,
  about: 'each family in the list',
  input: z.object(after),
  row: listed,
  sql({ after, afterDay }, { identity }) {
    const next =
      after && afterDay ? sql`and (r.asked_on, r.id) < (${afterDay}::date, ${after}::uuid)` : empty;
    const page = sql`order by r.asked_on desc, r.id desc limit ${pageSize + 1}`;
    return sql`
      select ${listColumns}
      from (
        (select r.* from direct_payments.request r where ${askedByMe(identity.account)} ${next} ${page})
        union all
        (select r.* from ${workedWith} theirs join direct_payments.request r on r.family_id = theirs.id
          where ${cameToMe(identity.account)} ${next} ${page})
      ) r join record.family f on f.id = r.family_id left join access.account a on a.id = r.asked_by
      ${page}`;
  },
});

/** Few, and each is shown: what `mine` lists first are the newest, and a question may be about an older one. */
export const toAnswer = query({
  name: 'direct-payments.to-answer',
  title: 'See requests of mine about which something was asked, oldest first',
  who: frontLine,
  about: 'each family in the list',
  input: z.object({}),
  row: listed,
  sql: (_input, { identity }) => sql`
    select ${listColumns}
    from (
      select r.* from direct_payments.request r where r.status = 'more asked' and ${askedByMe(identity.account)}
      union all
      select r.* from ${workedWith} theirs join direct_payments.request r on r.family_id = theirs.id
        where r.status = 'more asked' and ${cameToMe(identity.account)}
    ) r join record.family f on f.id = r.family_id left join access.account a on a.id = r.asked_by
    order by r.asked_on, r.id limit 100`,
});

export const ofFamily = query({
  name: 'direct-payments.of-family',
  title: 'See what a family has asked for',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: id() }),
  row: listed,
  sql: ({ family }) =>
    sql`select ${listColumns} from ${listFrom} where r.family_id = ${family} order by r.asked_on desc, r.id desc limit 100`,
});

const opened = z.object({
  id: z.uuid(),
  about: z.uuid(),
  reference: z.string(),
  family: z.string(),
  version: z.number(),
  status,
  service: z.enum(['social-work', 'education']),
  school: z.string().nullable(),
  cluster: z.string().nullable(),
  category: z.string(),
  askedPence: z.bigint(),
  approvedPence: z.bigint().nullable(),
  askedOn: plainDay,
  askedBy: z.string().nullable(),
  askedByMe: z.boolean(),
  team: z.string().nullable(),
  waitingWith: z.string().nullable(),
  waitingWithMe: z.boolean(),
  withOrganisation: z.boolean(),
  paidOn: plainDay.nullable(),
  decidedOn: plainDay.nullable(),
  eligibility: z.object({
    findings: z.array(z.object({ met: z.boolean(), because: z.string() })).default([]),
    route: z.string().optional(),
    livesWith: z.string().optional(),
  }),
  words: z.string().nullable(),
  whoWasThere: z.string().nullable(),
  usedFor: z.string().nullable(),
  hopedFor: z.string().nullable(),
  otherFunds: z.string().nullable(),
  children: z.array(z.object({ id: z.uuid(), name: z.string(), born: jsonDay.nullable() })),
  payee: z.object({ name: z.string(), method: z.string() }).nullable(),
  steps: z.array(
    z.object({
      outcome: z.string(),
      pence: jsonPence.nullable(),
      reason: z.string(),
      howTold: z.string(),
      by: z.string().nullable(),
      role: z.string().nullable(),
      on: jsonDay,
      at: jsonMoment,
    }),
  ),
  draws: z.array(z.object({ fund: z.string(), fundId: z.uuid(), pence: jsonPence, state: z.string() })),
  payments: z.array(
    z.object({
      state: z.string(),
      paidOn: jsonDay.nullable(),
      because: z.string().nullable(),
      run: z.string().nullable(),
    }),
  ),
  stories: z.array(
    z.object({
      whose: z.enum(['family', 'worker']),
      words: z.string(),
      toldBy: z.string(),
      on: jsonDay,
      by: z.string().nullable(),
    }),
  ),
  near: z.array(
    z.object({
      id: z.uuid(),
      reference: z.string(),
      pence: jsonPence,
      askedOn: jsonDay,
      status,
      service: z.string(),
    }),
  ),
});
export type OpenedRequest = z.output<typeof opened>;

/** ISO 8601 in JSON: PostgreSQL writes timestamps in JSON with a T and an offset, as Temporal reads them. */
export const request = query({
  name: 'direct-payments.request',
  title: 'Open a request: what the family said, what was decided, what was paid',
  who: practitioners,
  about: 'the family whose request it is',
  input: z.object({ id: id() }),
  row: opened,
  sql: ({ id }, { identity }) => sql`
    select r.id, r.family_id as about, r.reference, f.name as family, r.version, r.status, r.service, r.category,
      -- A school would give a withheld address away (src/record/homes).
      case when near.hidden then null else r.school end as school, case when near.hidden then null else r.cluster end as cluster,
      r.asked_pence as "askedPence", r.approved_pence as "approvedPence", r.asked_on as "askedOn", a.name as "askedBy",
      r.asked_by is not distinct from ${identity.account}::uuid as "askedByMe", t.name as team,
      coalesce(wt.name, wo.name) as "waitingWith",
      coalesce(r.waiting_with = any(${placesOf(identity)}::uuid[]), false) as "waitingWithMe",
      wo.id is not null as "withOrganisation",
      r.paid_on as "paidOn", r.decided_on as "decidedOn", case when near.hidden and r.school <> ''
        then replace(coalesce(c.eligibility, '{}')::text, btrim(to_jsonb(r.school)::text, '"'), 'The school')::jsonb
        else coalesce(c.eligibility, '{}') end as eligibility,
      c.words, c.who_was_there as "whoWasThere", c.used_for as "usedFor", c.hoped_for as "hopedFor", c.other_funds as "otherFunds",
      (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.given_name || ' ' || p.family_name, 'born', p.date_of_birth) order by p.date_of_birth), '[]')
         from direct_payments.request_child rc join record.person p on p.id = rc.person_id where rc.request_id = r.id) as children,
      (select jsonb_build_object('name', y.name, 'method', y.method) from direct_payments.payee y where y.request_id = r.id) as payee,
      (select coalesce(jsonb_agg(jsonb_build_object('outcome', d.outcome, 'pence', d.amount_pence, 'reason', d.reason, 'howTold', d.how_told,
          'by', da.name, 'role', d.role_id, 'on', d.on_day, 'at', d.at) order by d.at), '[]')
         from direct_payments.decision d left join access.account da on da.id = d.decided_by where d.request_id = r.id) as steps,
      (select coalesce(jsonb_agg(jsonb_build_object('fund', fu.title, 'fundId', fu.id, 'pence', cm.amount_pence, 'state', cm.state) order by fu.title), '[]')
         from funds.draw cm join funds.fund fu on fu.id = cm.fund_id where cm.of_id = r.id and cm.area = 'direct-payments') as draws,
      (select coalesce(jsonb_agg(jsonb_build_object('state', p.state, 'paidOn', p.paid_on, 'because', p.failed_because, 'run', pr.reference) order by p.created_at), '[]')
         from direct_payments.payment p left join direct_payments.payment_run pr on pr.id = p.run_id where p.request_id = r.id) as payments,
      (select coalesce(jsonb_agg(jsonb_build_object('whose', s.whose, 'words', s.words, 'toldBy', s.told_by, 'on', s.on_day, 'by', sa.name) order by s.at), '[]')
         from direct_payments.story s left join access.account sa on sa.id = s.written_by where s.request_id = r.id) as stories,
      (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'reference', o.reference, 'pence', coalesce(o.approved_pence, o.asked_pence),
          'askedOn', o.asked_on, 'status', o.status, 'service', o.service) order by o.asked_on), '[]')
         from direct_payments.request o where o.family_id = r.family_id and o.id <> r.id and o.status not in ('declined', 'withdrawn')
          and o.asked_on between r.asked_on - 28 and r.asked_on + 28) as near
    from direct_payments.request r
      join record.family f on f.id = r.family_id
      cross join lateral (select f.area_withheld and not record.family_places_open(f.id) as hidden) near
      left join direct_payments.conversation c on c.request_id = r.id
      left join access.account a on a.id = r.asked_by
      left join access.team t on t.id = r.asked_team
      left join access.team wt on wt.id = r.waiting_with
      left join access.organisation wo on wo.id = r.waiting_with
    where r.id = ${id}`,
});

export const askForm = query({
  name: 'direct-payments.ask-form',
  title: 'See what the asking form needs to know of a family',
  who: frontLine,
  about: 'the family that asks',
  input: z.object({ family: id() }),
  row: z.object({
    about: z.uuid(),
    name: z.string(),
    members: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        born: jsonDay.nullable(),
        part: z.string(),
        careExperienced: z.boolean(),
      }),
    ),
    lately: z.array(
      z.object({ reference: z.string(), pence: jsonPence, askedOn: jsonDay, status, service: z.string() }),
    ),
  }),
  sql: ({ family }, { today }) => sql`
    select f.id as about, f.name,
      (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.given_name || ' ' || p.family_name, 'born', p.date_of_birth, 'part', m.part,
          'careExperienced', p.care_experienced) order by p.date_of_birth nulls last), '[]')
         from record.family_member m join record.person p on p.id = m.person_id where m.family_id = f.id and m.during @> ${today}::date) as members,
      (select coalesce(jsonb_agg(jsonb_build_object('reference', r.reference, 'pence', coalesce(r.approved_pence, r.asked_pence), 'askedOn', r.asked_on,
          'status', r.status, 'service', r.service) order by r.asked_on desc), '[]')
         from direct_payments.request r where r.family_id = f.id and r.asked_on > ${today}::date - 28) as lately
    from record.family f where f.id = ${family}`,
});
