import sql, { type Sql } from 'sql-template-tag';
import { monthText } from '../../platform/days.ts';
import type { Dimension, Fact, Measure, When } from '../../platform/measures/measure.ts';
import { deciders } from '../../record/roles.ts';
import { services } from './rules.ts';

const monthWords = (month: string): string => monthText(Temporal.PlainYearMonth.from(month));

const quintileWords: Readonly<Record<string, string>> = {
  1: '1 (most deprived fifth)',
  2: '2',
  3: '3',
  4: '4',
  5: '5 (least deprived fifth)',
};

const dimensions = {
  service: { title: 'Route', words: services },
  fund: {
    title: 'Fund',
    lookup: sql`select f.code as value, f.title as words from funds.fund f join funds.fund_area a on a.fund_id = f.id and a.area = 'direct-payments'`,
  },
  category: { title: 'Category' },
  locality: { title: 'Locality' },
  simd_quintile: { title: 'SIMD quintile', words: quintileWords },
  month: { title: 'Month', words: monthWords },
  decision: {
    title: 'Decision',
    words: {
      approved: 'Approved',
      declined: 'Declined',
      withdrawn: 'Withdrawn',
      waiting: 'Waiting for a decision',
    },
  },
} as const satisfies Record<string, Dimension>;

const asked = (when: When): Sql =>
  'on' in when
    ? sql`r.asked_on <= ${when.on}`
    : sql`r.asked_on between ${when.during.from} and ${when.during.to}`;

// SIMD 2020v2 ranks data zones in tenths; two tenths are a fifth. Somebody who may see the money and not the family gets
// no locality: the join is outer, so that they still see the request.
const columns = sql`r.id as row_id, r.reference as label, r.family_id as about, r.asked_on as day,
  r.service, fund.code as fund, r.category, f.locality, (f.simd_decile + 1) / 2 as simd_quintile,
  to_char(r.asked_on, 'YYYY-MM') as month,
  case when r.status in ('asked', 'more asked') then 'waiting' else r.status end as decision,
  r.family_id, r.above_limit, r.paid_on - r.asked_on as days_to_pay, c.amount_pence`;
const tables = sql`direct_payments.request r
  left join record.family f on f.id = r.family_id
  left join funds.draw c on c.of_id = r.id and c.area = 'direct-payments'
  left join funds.fund fund on fund.id = c.fund_id`;

const href = (rowId: string): string => `/direct-payments/requests/${rowId}`;

/** Requests by the day asked: one row for each fund that a request draws on, and one without a fund when it draws on none. */
const requestsByFund: Fact = {
  id: 'direct-payments.requests',
  rowName: 'request',
  href,
  readers: deciders,
  dimensions,
  rows: (when) => sql`select ${columns} from ${tables} where ${asked(when)}`,
};

/** The children and young people named in requests: one row for each request, child and fund. It opens to the requests. */
const childrenInRequests: Fact = {
  id: 'direct-payments.children',
  rowName: 'request',
  href,
  readers: deciders,
  dimensions,
  rows: (when) => sql`select ${columns}, child.person_id from ${tables}
    join direct_payments.request_child child on child.request_id = r.id where ${asked(when)}`,
};

const families = 'count(distinct fact.family_id)';
const requests = 'count(distinct fact.row_id)';
// A request that draws on two funds is two rows: its days count once.
const daysOnce =
  'jsonb_each_text(jsonb_object_agg(fact.row_id, fact.days_to_pay) filter (where fact.days_to_pay is not null))';
const approved = "fact.decision = 'approved'";
const byDay = 'Counted by the day the family asked.';

const common = {
  kind: 'during',
  fact: requestsByFund,
  behind: families,
  by: ['service', 'fund', 'category', 'locality', 'simd_quintile', 'month'],
} as const;

/**
 * The figures of the direct payment scheme. Source of the first six: the committee report on family support (2021), tables
 * at 2.5 and 4.1.
 */
export const measures: readonly Measure[] = [
  {
    ...common,
    id: 'direct-payments.families',
    title: 'Families supported',
    definition: `Families with at least one approved request. A family is counted once however many requests it makes, so families under two routes or two funds appear under both and the parts can add up to more than the total. ${byDay}`,
    unit: 'families',
    value: families,
    where: approved,
  },
  {
    ...common,
    id: 'direct-payments.children',
    title: 'Children and young people supported',
    definition: `Children and young people named in at least one approved request, each counted once. Brothers and sisters who were not named are not counted. ${byDay}`,
    unit: 'children',
    fact: childrenInRequests,
    value: 'count(distinct fact.person_id)',
    where: approved,
  },
  {
    ...common,
    id: 'direct-payments.requests',
    title: 'Requests approved',
    definition: `Approved requests, including those approved in part. Split or narrowed by decision, it counts all requests: approved, declined, withdrawn and waiting. A request that draws on two funds appears under both. ${byDay}`,
    unit: 'requests',
    value: requests,
    standing: { decision: 'approved' },
    by: Object.keys(dimensions),
  },
  {
    ...common,
    id: 'direct-payments.money',
    title: 'Money approved',
    definition: `What was approved, in pounds, whether or not it has been paid yet. Money asked for and not approved is not in it. ${byDay}`,
    unit: 'pounds',
    value: 'round(coalesce(sum(fact.amount_pence), 0) / 100.0, 2)',
    where: approved,
    addsUp: true,
  },
  {
    ...common,
    id: 'direct-payments.average-per-family',
    title: 'Average for each family',
    definition: `Money approved divided by the number of families supported, in pounds, rounded to the nearest penny. The average of the whole is worked out from the whole, not from the averages of its parts. ${byDay}`,
    unit: 'pounds',
    value: `round(sum(fact.amount_pence) / 100.0 / nullif(${families}, 0), 2)`,
    where: approved,
  },
  {
    ...common,
    id: 'direct-payments.above-limit',
    title: 'Requests above the front-line limit',
    definition: `Approved requests for more than front-line staff may decide, which a senior manager decided. A request for exactly the limit is not above it. ${byDay}`,
    unit: 'requests',
    value: requests,
    where: `${approved} and fact.above_limit`,
  },
  {
    ...common,
    id: 'direct-payments.above-limit-share',
    title: 'Share of requests above the front-line limit',
    definition: `Of approved requests, how many in a hundred were for more than front-line staff may decide, to one decimal. ${byDay}`,
    unit: 'percent',
    value: `round(100.0 * count(distinct fact.row_id) filter (where fact.above_limit) / nullif(${requests}, 0), 1)`,
    // The share is given away by whichever side of it is smaller.
    behind: aboveAndBelow(),
    where: approved,
  },
  {
    ...common,
    id: 'direct-payments.above-limit-money',
    title: 'Money approved above the front-line limit',
    definition: `What was approved, in pounds, in requests for more than front-line staff may decide. ${byDay}`,
    unit: 'pounds',
    value: 'round(coalesce(sum(fact.amount_pence), 0) / 100.0, 2)',
    where: `${approved} and fact.above_limit`,
    addsUp: true,
  },
  {
    ...common,
    id: 'direct-payments.days-to-pay',
    title: 'Days from asking to paying (median)',
    definition: `For approved requests that have been paid, the middle number of calendar days from the day the family asked to the day it was paid: half were paid sooner, half later. Each request counts once. ${byDay}`,
    unit: 'days',
    value: `(select percentile_cont(0.5) within group (order by value::int) from ${daysOnce})`,
    where: `${approved} and fact.days_to_pay is not null`,
  },
  {
    ...common,
    id: 'direct-payments.mean-days-to-pay',
    title: 'Days from asking to paying (mean)',
    definition: `For approved requests that have been paid, the mean number of calendar days from the day the family asked to the day it was paid, to one decimal. Each request counts once; a few long waits raise it. ${byDay}`,
    unit: 'days',
    value: `(select round(avg(value::int), 1) from ${daysOnce})`,
    where: `${approved} and fact.days_to_pay is not null`,
  },
  {
    ...common,
    id: 'direct-payments.declined',
    title: 'Requests declined',
    definition: `Requests that were declined. The reason for each is in the request, in words for the family, and is read there. ${byDay}`,
    unit: 'requests',
    value: requests,
    where: "fact.decision = 'declined'",
    by: ['service', 'category', 'locality', 'simd_quintile', 'month'],
  },
];

/** Families behind a share: those on its smaller side, where there is one. */
function aboveAndBelow(): string {
  const above = 'count(distinct fact.family_id) filter (where fact.above_limit)';
  const below = 'count(distinct fact.family_id) filter (where not fact.above_limit)';
  return `least(coalesce(nullif(${above}, 0), ${families}), coalesce(nullif(${below}, 0), ${families}))`;
}
