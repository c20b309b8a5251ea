import sql, { empty, type Sql } from 'sql-template-tag';
import { z } from 'zod';
import type { Identity } from '../../platform/access/identity.ts';
import { query } from '../../platform/actions/declare.ts';
import { id, optionalId } from '../../platform/actions/fields.ts';
import { deciders, frontLine } from '../../record/roles.ts';
import { status } from './records.ts';

const plainDay = z.instanceof(Temporal.PlainDate);
const instant = z.instanceof(Temporal.Instant);
/** A day inside a JSON value, where the driver cannot parse it. */
const jsonDay = z.string().transform((text) => Temporal.PlainDate.from(text));
const jsonMoment = z.string().transform((text) => Temporal.Instant.from(text));
const jsonPence = z.number().transform((pence) => BigInt(pence));

export const pageSize = 50;
const everybodyHere = [...deciders, 'finance-officer'] as const;

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
  coalesce(r.waiting_with <> r.asked_team, false) as "sentUp", r.paid_on as "paidOn"`;
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

export const start = query({
  name: 'direct-payments.start',
  title: 'How much of the scheme waits for me',
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
      (select count(*) filter (where r.status = 'asked')::int as undecided, count(*) filter (where r.status = 'more asked')::int as "toAnswer"
         from direct_payments.request r where r.asked_by = ${identity.account} and r.status in ('asked', 'more asked')) m,
      (select count(*) filter (where p.state = 'ready')::int as ready, count(*) filter (where p.state = 'sent')::int as sent,
          coalesce(sum(p.amount_pence) filter (where p.state = 'ready'), 0)::bigint as "readyPence",
          coalesce(sum(p.amount_pence) filter (where p.state = 'sent'), 0)::bigint as "sentPence"
         from direct_payments.payment p where p.state in ('ready', 'sent')) p`,
});

export const queue = query({
  name: 'direct-payments.queue',
  title: 'Requests that wait for a decision which I may make, oldest first',
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
  title: 'Requests that I have made, newest first',
  who: frontLine,
  about: 'each family in the list',
  input: z.object(after),
  row: listed,
  sql({ after, afterDay }, { identity }) {
    const next =
      after && afterDay ? sql`and (r.asked_on, r.id) < (${afterDay}::date, ${after}::uuid)` : empty;
    return sql`select ${listColumns} from ${listFrom}
      where r.asked_by = ${identity.account} ${next}
      order by r.asked_on desc, r.id desc limit ${pageSize + 1}`;
  },
});

export const ofFamily = query({
  name: 'direct-payments.of-family',
  title: 'What a family has asked for',
  who: deciders,
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
  who: deciders,
  about: 'the family whose request it is',
  input: z.object({ id: id() }),
  row: opened,
  sql: ({ id }, { identity }) => sql`
    select r.id, r.family_id as about, r.reference, f.name as family, r.version, r.status, r.service, r.school, r.cluster, r.category,
      r.asked_pence as "askedPence", r.approved_pence as "approvedPence", r.asked_on as "askedOn", a.name as "askedBy",
      r.asked_by is not distinct from ${identity.account}::uuid as "askedByMe", t.name as team,
      coalesce(wt.name, wo.name) as "waitingWith",
      coalesce(r.waiting_with = any(${placesOf(identity)}::uuid[]), false) as "waitingWithMe",
      wo.id is not null as "withOrganisation",
      r.paid_on as "paidOn", r.decided_on as "decidedOn", coalesce(c.eligibility, '{}') as eligibility,
      c.words, c.who_was_there as "whoWasThere", c.used_for as "usedFor", c.hoped_for as "hopedFor", c.other_funds as "otherFunds",
      (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.given_name || ' ' || p.family_name, 'born', p.date_of_birth) order by p.date_of_birth), '[]')
         from direct_payments.request_child rc join record.person p on p.id = rc.person_id where rc.request_id = r.id) as children,
      (select jsonb_build_object('name', y.name, 'method', y.method) from direct_payments.payee y where y.request_id = r.id) as payee,
      (select coalesce(jsonb_agg(jsonb_build_object('outcome', d.outcome, 'pence', d.amount_pence, 'reason', d.reason, 'howTold', d.how_told,
          'by', da.name, 'role', d.role_id, 'on', d.on_day, 'at', d.at) order by d.at), '[]')
         from direct_payments.decision d left join access.account da on da.id = d.decided_by where d.request_id = r.id) as steps,
      (select coalesce(jsonb_agg(jsonb_build_object('fund', fu.title, 'fundId', fu.id, 'pence', cm.amount_pence, 'state', cm.state) order by fu.title), '[]')
         from direct_payments.commitment cm join direct_payments.fund fu on fu.id = cm.fund_id where cm.request_id = r.id) as draws,
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
      left join direct_payments.conversation c on c.request_id = r.id
      left join access.account a on a.id = r.asked_by
      left join access.team t on t.id = r.asked_team
      left join access.team wt on wt.id = r.waiting_with
      left join access.organisation wo on wo.id = r.waiting_with
    where r.id = ${id}`,
});

export const askForm = query({
  name: 'direct-payments.ask-form',
  title: 'What the asking form needs to know of a family',
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

export const settings = query({
  name: 'direct-payments.settings',
  title: 'What the scheme is set to: limits, kinds, funds to try first',
  who: 'anyone signed in',
  about: 'nobody',
  input: z.object({}),
  row: z.object({
    categories: z.array(z.object({ id: z.string(), examples: z.string(), closedOn: jsonDay.nullable() })),
    otherFunds: z.array(
      z.object({ id: z.uuid(), name: z.string(), covers: z.string(), closedOn: jsonDay.nullable() }),
    ),
    limits: z.array(
      z.object({
        role: z.string(),
        title: z.string(),
        pence: jsonPence.nullable(),
        from: jsonDay.nullable(),
        until: jsonDay.nullable(),
      }),
    ),
  }),
  sql: () => sql`select
    (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'examples', c.examples, 'closedOn', c.closed_on) order by c.id), '[]') from direct_payments.category c) as categories,
    (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name, 'covers', o.covers, 'closedOn', o.closed_on) order by o.name), '[]') from direct_payments.other_fund o) as "otherFunds",
    (select coalesce(jsonb_agg(jsonb_build_object('role', l.role_id, 'title', r.title, 'pence', l.up_to_pence, 'from', lower(l.during), 'until', upper(l.during))
        order by l.up_to_pence nulls last, r.title, lower(l.during)), '[]')
       from direct_payments.delegated_limit l join access.role r on r.id = l.role_id) as limits`,
});

const fundRow = z.object({
  id: z.uuid(),
  code: z.string(),
  title: z.string(),
  purpose: z.string(),
  nonRecurring: z.boolean(),
  from: plainDay.nullable(),
  until: plainDay.nullable(),
  allocated: z.bigint(),
  committed: z.bigint(),
  paid: z.bigint(),
  balance: z.bigint(),
  version: z.number(),
});
export type FundRow = z.output<typeof fundRow>;
const fundColumns = sql`f.id, f.code, f.title, f.purpose, f.non_recurring as "nonRecurring", lower(f.open_during) as from, upper(f.open_during) as until,
  f.allocated_pence as allocated, f.committed_pence as committed, f.paid_pence as paid, f.balance_pence as balance, f.version`;

export const funds = query({
  name: 'direct-payments.funds',
  title: 'The funds, what is committed, what is paid and what is left',
  who: everybodyHere,
  about: 'nobody',
  input: z.object({}),
  row: fundRow,
  sql: () =>
    sql`select ${fundColumns} from direct_payments.fund f order by lower(f.open_during) desc nulls last, f.title limit 200`,
});

export const fund = query({
  name: 'direct-payments.fund',
  title: 'One fund, with each sum it was given',
  who: everybodyHere,
  about: 'nobody',
  input: z.object({ fund: id() }),
  row: fundRow.extend({
    entries: z.array(
      z.object({
        kind: z.string(),
        pence: jsonPence,
        on: jsonDay,
        note: z.string(),
        by: z.string().nullable(),
      }),
    ),
  }),
  sql: ({ fund }) => sql`select ${fundColumns},
      (select coalesce(jsonb_agg(jsonb_build_object('kind', e.kind, 'pence', e.amount_pence, 'on', e.made_on, 'note', e.note, 'by', a.name) order by e.made_on, e.at), '[]')
         from direct_payments.fund_entry e left join access.account a on a.id = e.made_by where e.fund_id = f.id) as entries
    from direct_payments.fund f where f.id = ${fund}`,
});

const payable = z.object({
  id: z.uuid(),
  about: z.uuid(),
  request: z.uuid(),
  reference: z.string(),
  pence: z.bigint(),
  payee: z.string().nullable(),
  method: z.string().nullable(),
  sortCode: z.string().nullable(),
  accountNumber: z.string().nullable(),
  state: z.enum(['ready', 'sent', 'paid', 'failed']),
  approvedOn: plainDay.nullable(),
  paidOn: plainDay.nullable(),
  because: z.string().nullable(),
  funds: z.string(),
});
export type Payable = z.output<typeof payable>;

const payableColumns = sql`p.id, p.family_id as about, r.id as request, r.reference, p.amount_pence as pence, y.name as payee, y.method,
  y.sort_code as "sortCode", y.account_number as "accountNumber", p.state, r.decided_on as "approvedOn", p.paid_on as "paidOn", p.failed_because as because,
  (select coalesce(string_agg(fu.code, ' + ' order by fu.code), '') from direct_payments.commitment c join direct_payments.fund fu on fu.id = c.fund_id where c.request_id = r.id) as funds`;
const payableFrom = sql`direct_payments.payment p join direct_payments.request r on r.id = p.request_id left join direct_payments.payee y on y.request_id = r.id`;

export const payments = query({
  name: 'direct-payments.payments',
  title: 'Payments that are ready to be put in a run, oldest first',
  who: ['finance-officer'],
  about: 'each family to be paid',
  input: z.object({ after: optionalId() }),
  row: payable,
  sql: ({ after }) => sql`select ${payableColumns} from ${payableFrom}
    where p.state = 'ready' ${after ? sql`and p.id > ${after}::uuid` : empty} order by p.id limit ${pageSize + 1}`,
});

export const runs = query({
  name: 'direct-payments.runs',
  title: 'Payment runs, newest first',
  who: ['finance-officer'],
  about: 'nobody',
  input: z.object({ after: optionalId(), run: optionalId() }),
  row: z.object({
    id: z.uuid(),
    reference: z.string(),
    madeOn: plainDay,
    by: z.string().nullable(),
    at: instant,
    payments: z.number(),
    pence: z.bigint(),
    waiting: z.number(),
    failed: z.number(),
  }),
  sql: ({
    after,
    run,
  }) => sql`select n.id, n.reference, n.made_on as "madeOn", a.name as by, n.at, p.payments, p.pence, p.waiting, p.failed
    from (select n.id, n.reference, n.made_on, n.made_by, n.at from direct_payments.payment_run n
           where ${after ? sql`n.id < ${after}::uuid` : sql`true`} ${run ? sql`and n.id = ${run}::uuid` : empty}
           order by n.id desc limit ${pageSize + 1}) n
      left join access.account a on a.id = n.made_by
      cross join lateral (
        select count(*)::int as payments, coalesce(sum(p.amount_pence), 0)::bigint as pence,
          count(*) filter (where p.state = 'sent')::int as waiting, count(*) filter (where p.state = 'failed')::int as failed
        from direct_payments.payment p where p.run_id = n.id) p
    order by n.id desc`,
});

export const run = query({
  name: 'direct-payments.run',
  title: 'The payments of a run',
  who: ['finance-officer'],
  about: 'each family paid',
  input: z.object({ run: id() }),
  row: payable.extend({ run: z.string(), madeOn: plainDay }),
  sql: ({ run }) => sql`select ${payableColumns}, n.reference as run, n.made_on as "madeOn"
    from ${payableFrom} join direct_payments.payment_run n on n.id = p.run_id where p.run_id = ${run} order by p.id limit 5000`,
});
