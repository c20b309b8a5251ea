import sql from 'sql-template-tag';
import { monthText } from '../../../platform/days.ts';
import type { Dimension, Fact, Measure, When } from '../../../platform/measures/measure.ts';
import { forecastOf, shareOf, spentOf } from '../../../record/funds/records.ts';
import { yearText } from '../../../record/funds/rules.ts';
import { reachColumns } from './reach.ts';
import { findingWords } from './rules.ts';
import { moneyKeepers, projectReaders, senders } from './who.ts';

const programme: Dimension = {
  title: 'Programme',
  lookup: sql`select id as value, title as words from support.programme`,
};
const provider: Dimension = {
  title: 'Provider',
  lookup: sql`select distinct o.id::text as value, o.name as words from access.organisation o join support.contract c on c.organisation_id = o.id`,
};
const month: Dimension = {
  title: 'Month',
  words: (written) => monthText(Temporal.PlainYearMonth.from(written)),
};
const onOf = (when: When): Temporal.PlainDate => ('on' in when ? when.on : when.during.to);
const fromOf = (when: When): Temporal.PlainDate => ('on' in when ? when.on : when.during.from);
/** Nobody's record stands behind it: a contract, a project or money. */
const nobody = '1000';

/** What current returns say, by the last day of their period. They open to the return, for those who may see it. */
const returned: Fact = {
  id: 'support.returns',
  rowName: 'return',
  href: (row) => `/support/returns/${row}`,
  readers: senders,
  dimensions: {
    programme,
    provider,
    month,
    item: {
      title: 'What was counted',
      lookup: sql`select distinct on (v.item) v.item as value, v.title as words from support.return_value v order by v.item, v.return_id desc`,
    },
    part: {
      title: 'Of whom or of what',
      lookup: sql`select distinct on (v.item, v.part) v.item || '--' || v.part as value,
        v.title || case v.part_title when '' then '' else ', ' || v.part_title end as words
        from support.return_value v order by v.item, v.part, v.return_id desc`,
    },
  },
  rows: (when) => sql`
    select r.id as row_id, p.title as label, r.organisation_id as about, r.to_on as day, r.programme, r.organisation_id::text as provider,
      to_char(r.from_on, 'YYYY-MM') as month, v.item, v.item || '--' || v.part as part, v.kind, v.amount,
      sum(v.amount) over (partition by r.id, v.item) as whole,
      r.to_on < ${fromOf(when)}::date + interval '1 year' as first_year,
      r.to_on > ${onOf(when)}::date - interval '1 year' as last_year,
      ${fromOf(when)}::date + interval '2 years' <= ${onOf(when)}::date + interval '1 day' as long_enough,
      (select sum(k.amount) from support.return_value k where k.return_id = r.id and k.kind = 'count' and k.item = (
        select f.item from support.return_value f where f.return_id = r.id and f.kind = 'count' order by f.position limit 1)) as counted
    from support.provider_return r join support.return_value v on v.return_id = r.id join support.programme p on p.id = r.programme
    where r.current and v.amount is not null and r.to_on between ${fromOf(when)} and ${onOf(when)}`,
};

/** Returns that are owed on a day, each with whether it was there by then and whether it was in time. */
const owed: Fact = {
  id: 'support.returns-owed',
  rowName: 'contract',
  href: (row) => `/support/contracts/${row}`,
  readers: senders,
  dimensions: { programme, provider, month },
  rows: (when) => sql`
    select c.id as row_id, p.title as label, c.organisation_id as about, g.to_on as day, c.programme, c.organisation_id::text as provider,
      to_char(g.from_on, 'YYYY-MM') as month
    from support.contract c join support.programme p on p.id = c.programme
      cross join lateral support.periods(p.definition -> 'returns' ->> 'every', c.first_on, least(c.last_on, ${onOf(when)}::date)) g
    where c.returns and p.definition -> 'returns' is not null and c.first_on <= ${onOf(when)} and g.to_on + c.due_days < ${onOf(when)}
      and not exists (select from support.provider_return r where r.contract_id = c.id and r.from_on = g.from_on and r.number = 1 and r.sent_on <= ${onOf(when)})`,
};

/** Projects that ran at some time in the period. */
const projects: Fact = {
  id: 'support.projects',
  rowName: 'project',
  href: (row) => `/support/projects/${row}`,
  readers: projectReaders,
  dimensions: {
    programme,
    phase: { title: 'Phase' },
    locality: { title: 'Locality' },
    finding: { title: 'What the evaluation found', words: { ...findingWords, none: 'Not evaluated' } },
  },
  rows: (when) => sql`
    select j.id as row_id, j.title as label, j.id as about, greatest(j.first_on, ${fromOf(when)}::date) as day, j.programme, nullif(j.phase, '') as phase,
      nullif(j.locality, '') as locality, coalesce((select f.finding from support.project_finding f where f.project_id = j.id
        and f.on_day <= ${onOf(when)} order by f.on_day desc, f.id desc limit 1), 'none') as finding, j.cost_pence,
      ${reachColumns(sql`${onOf(when)}::date`)}
    from support.project j where j.first_on <= ${onOf(when)} and (j.last_on is null or j.last_on >= ${fromOf(when)})`,
};

/** The schools of the same projects, one row for each. */
const schools: Fact = {
  ...projects,
  id: 'support.project-schools',
  dimensions: { programme, phase: { title: 'Phase' }, locality: { title: 'Locality' } },
  rows: (when) => sql`
    select j.id as row_id, j.title as label, j.id as about, greatest(j.first_on, ${fromOf(when)}::date) as day, j.programme, nullif(j.phase, '') as phase,
      nullif(j.locality, '') as locality, lower(w.name) as school
    from support.project j join support.project_partner w on w.project_id = j.id and w.part = 'school'
    where j.first_on <= ${onOf(when)} and (j.last_on is null or j.last_on >= ${fromOf(when)})`,
};

/** Those who make the same projects together, one row for each school, provider or group. */
const partners: Fact = {
  ...projects,
  id: 'support.project-partners',
  dimensions: {
    programme,
    phase: { title: 'Phase' },
    locality: { title: 'Locality' },
    partner: {
      title: 'What they are',
      words: { school: 'School', provider: 'Provider', 'co-producer': 'Made it together' },
    },
  },
  rows: (when) => sql`
    select j.id as row_id, j.title as label, j.id as about, greatest(j.first_on, ${fromOf(when)}::date) as day, j.programme, nullif(j.phase, '') as phase,
      nullif(j.locality, '') as locality, w.part as partner, w.part || '--' || lower(w.name) as who
    from support.project j join support.project_partner w on w.project_id = j.id
    where j.first_on <= ${onOf(when)} and (j.last_on is null or j.last_on >= ${fromOf(when)})`,
};

const grantId = sql`w.id`;
/** Grants, by the first day of their financial year; what was spent counts up to the last day asked for. */
const grants: Fact = {
  id: 'support.grants',
  rowName: 'grant',
  href: (row) => `/support/grants/${row}`,
  readers: moneyKeepers,
  dimensions: {
    programme,
    year: { title: 'Financial year', words: (year) => yearText(Number(year)) },
    lasting: { title: 'Lasting', words: { temporary: 'Temporary', lasting: 'Lasting' } },
  },
  rows: (when) => sql`
    select w.id as row_id, f.title as label, w.id as about, make_date(w.year, 4, 1) as day, w.programme, w.year::text as year,
      case when f.non_recurring then 'temporary' else 'lasting' end as lasting, ${shareOf('support', grantId)} as pence,
      ${spentOf('support', grantId, onOf(when))} as spent, ${forecastOf('support', grantId, onOf(when))} as forecast
    from support.award w join funds.fund f on f.id = w.fund_id where make_date(w.year, 4, 1) between ${fromOf(when)} and ${onOf(when)}`,
};

const during = { kind: 'during' } as const;
const inPounds = (pence: string) => `round(coalesce(sum(${pence}), 0) / 100.0, 2)`;
const ranIn =
  'Projects that ran at some time in the period. Reach is counted from the record or from returns where a project says so, and else as stated with its source.';

/** The figures of providers, of projects that are made together, and of programmes' money. */
export const measures: readonly Measure[] = [
  {
    ...during,
    id: 'support.returns',
    title: 'Counted in providers’ returns',
    definition:
      'Sums that providers returned, by the last day of the period of the return; a corrected return counts as corrected. Different things are never added together: split by what was counted, or narrow to one. People can be in several returns.',
    unit: 'items',
    fact: returned,
    value: 'case when count(distinct fact.item) <= 1 then coalesce(sum(fact.amount), 0) end',
    where: "fact.kind = 'count'",
    behind: 'least(coalesce(sum(fact.amount), 0), 1000000000)',
  },
  {
    ...during,
    id: 'support.returned-share',
    title: 'Shares in providers’ returns (mean)',
    definition:
      'The mean of what current returns give in per cent (would recommend, say), each weighed by the first number that the same return counts. Different things are never put together.',
    unit: 'percent',
    fact: returned,
    value:
      'case when count(distinct fact.item) <= 1 then round(sum(fact.amount * fact.counted) / nullif(sum(fact.counted), 0), 1) end',
    where: "fact.kind = 'per cent'",
    behind: 'least(coalesce(sum(fact.counted), 0), 1000000000)',
  },
  {
    ...during,
    id: 'support.returned-part-share',
    title: 'Share of a part in providers’ returns',
    definition:
      'Of what current returns count apart (by age, by what it was about, by answer), how many in a hundred fell to this part, to one decimal, by the last day of the period of the return. Ask for one part, or split by part.',
    unit: 'percent',
    fact: returned,
    value:
      'case when count(distinct fact.part) <= 1 then round(100.0 * sum(fact.amount) / nullif(sum(fact.whole), 0), 1) end',
    where: "fact.kind = 'count'",
    behind: 'least(coalesce(nullif(sum(fact.amount), 0), sum(fact.whole), 0), 1000000000)',
  },
  {
    ...during,
    id: 'support.returned-change',
    title: 'Change in providers’ returns, from the first year to the last',
    definition:
      'What was counted in the last twelve months of the period beside what was counted in its first twelve, in per cent to one decimal, by the last day of the period of the return; less than nought when there was less. No figure for a period of less than two years. Different things are never put together.',
    unit: 'percent',
    fact: returned,
    value: `case when count(distinct fact.item) <= 1 and bool_and(fact.long_enough) then round(100.0 * (
      coalesce(sum(fact.amount) filter (where fact.last_year), 0) - sum(fact.amount) filter (where fact.first_year))
      / nullif(sum(fact.amount) filter (where fact.first_year), 0), 1) end`,
    where: "fact.kind = 'count'",
    behind: 'least(coalesce(sum(fact.amount), 0), 1000000000)',
    by: ['programme', 'provider', 'item', 'part'],
  },
  {
    id: 'support.returns-late',
    title: 'Returns that are late',
    definition:
      'On a day: returns that a contract owes, whose last day to be sent has gone by, and which had not come by then. Nought when all is well.',
    unit: 'items',
    kind: 'on',
    fact: owed,
    value: 'count(*)',
    behind: nobody,
    addsUp: true,
  },
  {
    ...during,
    id: 'support.projects',
    title: 'Projects made together',
    definition: ranIn,
    unit: 'items',
    fact: projects,
    value: 'count(distinct fact.row_id)',
    behind: nobody,
    addsUp: true,
  },
  {
    ...during,
    id: 'support.project-schools',
    title: 'Schools in projects made together',
    definition: `${ranIn} A school in several projects counts once.`,
    unit: 'items',
    fact: schools,
    value: 'count(distinct fact.school)',
    behind: nobody,
  },
  {
    ...during,
    id: 'support.project-localities',
    title: 'Localities of projects made together',
    definition: `${ranIn} Localities, or clusters of schools, each counted once.`,
    unit: 'items',
    fact: projects,
    value: 'count(distinct fact.locality)',
    behind: nobody,
    by: ['programme', 'phase', 'finding'],
  },
  {
    ...during,
    id: 'support.project-partners',
    title: 'Those who make projects together',
    definition: `${ranIn} Schools, providers and groups of people who make them, each counted once.`,
    unit: 'items',
    fact: partners,
    value: 'count(distinct fact.who)',
    behind: nobody,
  },
  {
    ...during,
    id: 'support.project-children',
    title: 'Children and young people reached by projects',
    definition: `${ranIn} Somebody reached by several projects counts in each.`,
    unit: 'children',
    fact: projects,
    value: 'coalesce(sum(fact.children), 0)',
    behind: 'least(coalesce(sum(fact.children), 0), 1000000000)',
    addsUp: true,
  },
  {
    ...during,
    id: 'support.project-families',
    title: 'Families reached by projects',
    definition: `${ranIn} A family reached by several projects counts in each.`,
    unit: 'families',
    fact: projects,
    value: 'coalesce(sum(fact.families), 0)',
    behind: 'least(coalesce(sum(fact.families), 0), 1000000000)',
    addsUp: true,
  },
  {
    ...during,
    id: 'support.project-cost',
    title: 'What projects cost',
    definition:
      'The whole cost of projects that ran at some time in the period, in pounds. One whose cost is not known counts as nothing.',
    unit: 'pounds',
    fact: projects,
    value: inPounds('fact.cost_pence'),
    behind: nobody,
    addsUp: true,
  },
  ...(
    [
      [
        'grants',
        'Grants to programmes',
        'Grants whose financial year began in the period, in pounds.',
        'fact.pence',
      ],
      [
        'grants-spent',
        'Spent of grants',
        'What was written down as spent of them, up to the last day of the period, less what came back.',
        'fact.spent',
      ],
      [
        'grants-forecast',
        'Forecast of grants',
        'What their whole year was last expected to cost, by the last day of the period; what was spent, where nobody has said.',
        'coalesce(fact.forecast, fact.spent)',
      ],
    ] as const
  ).map(
    ([id, title, definition, pence]): Measure => ({
      ...during,
      id: `support.${id}`,
      title,
      definition,
      unit: 'pounds',
      fact: grants,
      value: inPounds(pence),
      behind: nobody,
      addsUp: true,
    }),
  ),
];
