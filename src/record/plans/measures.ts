import sql from 'sql-template-tag';
import type { Fact, Measure } from '../../platform/measures/measure.ts';
import { levelShort } from './rules.ts';

/** Plans as they were agreed, as numbers: by team, never by who wrote them. Its rows open for nobody. */
const agreedPlans: Fact = {
  id: 'plans.agreed',
  rowName: 'plan',
  href: () => '/families',
  readers: [],
  dimensions: {
    team: { title: 'Team', lookup: sql`select id::text as value, name as words from access.team` },
    level: { title: 'Level', words: levelShort },
  },
  rows: (when) => sql`
    select q.id as row_id, 'A plan' as label, null::uuid as about, q.counted_on as day, q.team_id as team, q.level, q.child_view,
      q.parent_view, q.needs, q.needs_whole, q.specific, q.in_time, q.behind
    from record.plan_quality q
    where ${
      'on' in when
        ? sql`q.counted_on <= ${when.on}`
        : sql`q.counted_on between ${when.during.from} and ${when.during.to}`
    }`,
};

const common = {
  unit: 'percent',
  kind: 'during',
  fact: agreedPlans,
  behind: 'count(distinct fact.behind)',
  by: ['team', 'level'],
  addsUp: false,
} as const;

const counted =
  'Counted each time that a plan is agreed or looked at again in the period. It is about how teams plan, and is never split by who wrote.';

/** How good plans are, in the terms of inspectors. */
export const measures: readonly Measure[] = [
  {
    id: 'plans.child-view',
    title: 'Plans with the child’s own view',
    definition: `Of the plans agreed, how many in a hundred have what the child says. ${counted}`,
    value: 'round(100.0 * count(*) filter (where fact.child_view) / nullif(count(*), 0), 1)',
    ...common,
  },
  {
    id: 'plans.parent-view',
    title: 'Plans with the view of parents or carers',
    definition: `Of the plans agreed, how many in a hundred have what parents or carers say. ${counted}`,
    value: 'round(100.0 * count(*) filter (where fact.parent_view) / nullif(count(*), 0), 1)',
    ...common,
  },
  {
    id: 'plans.needs-whole',
    title: 'Needs that have an action with an owner and a date',
    definition: `Of the needs in plans agreed that are not met yet, how many in a hundred have an action that somebody does by a day. ${counted}`,
    value: 'round(100.0 * sum(fact.needs_whole) / nullif(sum(fact.needs), 0), 1)',
    ...common,
  },
  {
    id: 'plans.specific',
    title: 'Plans whose actions are specific',
    definition: `Of the plans agreed, how many in a hundred have actions that all say what will be done, without words such as “monitor” or “as needed”. ${counted}`,
    value: 'round(100.0 * count(*) filter (where fact.specific) / nullif(count(*), 0), 1)',
    ...common,
  },
  {
    id: 'plans.in-time',
    title: 'Plans looked at again in time',
    definition: `Of the plans looked at again, how many in a hundred were by the day that was set for it. ${counted}`,
    value:
      'round(100.0 * count(*) filter (where fact.in_time) / nullif(count(*) filter (where fact.in_time is not null), 0), 1)',
    ...common,
  },
];
