import sql, { empty } from 'sql-template-tag';
import { z } from 'zod';
import type { Identity } from '../../platform/access/identity.ts';
import { query } from '../../platform/actions/declare.ts';
import { id, optionalId } from '../../platform/actions/fields.ts';
import { drawnBy, entriesOf, entryRow, fundColumns, fundRow } from '../../record/funds/records.ts';
import { deciders } from '../../record/roles.ts';
import { jsonDay, jsonPence, pageSize, plainDay } from './queries.ts';

// What people can see of settings, funds, payments and runs; of requests and families in queries.ts.

const instant = z.instanceof(Temporal.Instant);
const fundReaders = [...deciders, 'finance-officer'] as const;

export const settings = query({
  name: 'direct-payments.settings',
  title: 'See what the scheme is set to: limits, kinds, funds to try first',
  who: 'anyone signed in',
  about: 'nobody',
  input: z.object({}),
  row: z.object({
    /** Another number as soon as any limit is another. */
    limitsVersion: z.number(),
    categories: z.array(
      z.object({ id: z.string(), examples: z.string(), closedOn: jsonDay.nullable(), version: z.number() }),
    ),
    otherFunds: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        covers: z.string(),
        closedOn: jsonDay.nullable(),
        version: z.number(),
      }),
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
  sql: () => sql`select direct_payments.limits_version() as "limitsVersion",
    (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'examples', c.examples, 'closedOn', c.closed_on, 'version', c.version) order by c.id), '[]') from direct_payments.category c) as categories,
    (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name, 'covers', o.covers, 'closedOn', o.closed_on, 'version', o.version) order by o.name), '[]') from direct_payments.other_fund o) as "otherFunds",
    (select coalesce(jsonb_agg(jsonb_build_object('role', l.role_id, 'title', r.title, 'pence', l.up_to_pence, 'from', lower(l.during), 'until', upper(l.during))
        order by l.up_to_pence nulls last, r.title, lower(l.during)), '[]')
       from direct_payments.delegated_limit l join access.role r on r.id = l.role_id) as limits`,
});

export const funds = query({
  name: 'direct-payments.funds',
  title: 'See the funds, what is committed, what is paid and what is left',
  who: fundReaders,
  about: 'nobody',
  input: z.object({}),
  row: fundRow,
  sql: () =>
    sql`select ${fundColumns} from funds.fund f where ${drawnBy('direct-payments')} order by lower(f.open_during) desc nulls last, f.title limit 200`,
});

export const fund = query({
  name: 'direct-payments.fund',
  title: 'See one fund, with each sum it was given',
  who: fundReaders,
  about: 'nobody',
  input: z.object({ fund: id() }),
  row: fundRow.extend({
    entries: z.array(entryRow),
  }),
  sql: ({ fund }) =>
    sql`select ${fundColumns}, ${entriesOf} as entries from funds.fund f where f.id = ${fund} and ${drawnBy('direct-payments')}`,
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
  (select coalesce(string_agg(fu.code, ' + ' order by fu.code), '') from funds.draw c join funds.fund fu on fu.id = c.fund_id where c.of_id = r.id and c.area = 'direct-payments') as funds`;
const payableFrom = sql`direct_payments.payment p join direct_payments.request r on r.id = p.request_id left join direct_payments.payee y on y.request_id = r.id`;

export const payments = query({
  name: 'direct-payments.payments',
  title: 'See payments that are ready to be put in a run, oldest first',
  who: ['finance-officer'],
  about: 'each family to be paid',
  input: z.object({ after: optionalId() }),
  row: payable,
  sql: ({ after }) => sql`select ${payableColumns} from ${payableFrom}
    where p.state = 'ready' ${after ? sql`and p.id > ${after}::uuid` : empty} order by p.id limit ${pageSize + 1}`,
});

/** The organisations whose finance somebody does now. */
const financeOf = ({ posts }: Identity): string[] =>
  posts.filter(({ role }) => role === 'finance-officer').map(({ organisation }) => organisation);

export const runs = query({
  name: 'direct-payments.runs',
  title: 'See payment runs of your organisation, newest first',
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
  // A run holds payments of the organisation in which whoever made it was a finance officer then: the references of others are theirs.
  sql: (
    { after, run },
    { identity },
  ) => sql`select n.id, n.reference, n.made_on as "madeOn", a.name as by, n.at, p.payments, p.pence, p.waiting, p.failed
    from (select n.id, n.reference, n.made_on, n.made_by, n.at from direct_payments.payment_run n
           where ${after ? sql`n.id < ${after}::uuid` : sql`true`} ${run ? sql`and n.id = ${run}::uuid` : empty}
             and exists (select from access.holding h join access.post o on o.id = h.post_id and o.role_id = 'finance-officer'
               join access.team t on t.id = o.team_id
               where h.account_id = n.made_by and h.during @> n.at and t.organisation_id = any(${financeOf(identity)}::uuid[]))
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
  title: 'See the payments of a run',
  who: ['finance-officer'],
  about: 'each family paid',
  input: z.object({ run: id() }),
  row: payable.extend({ run: z.string(), madeOn: plainDay }),
  sql: ({ run }) => sql`select ${payableColumns}, n.reference as run, n.made_on as "madeOn"
    from ${payableFrom} join direct_payments.payment_run n on n.id = p.run_id where p.run_id = ${run} order by p.id limit 5000`,
});
