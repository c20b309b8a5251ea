import sql from 'sql-template-tag';
import { monthText } from '../../platform/days.ts';
import type { Dimension, Fact, Measure, Period, When } from '../../platform/measures/measure.ts';
import { shareOf } from '../../record/funds/records.ts';
import { yearText } from '../../record/funds/rules.ts';
import { area, giverOf, isAward, supportHref, yearHref } from './awards.ts';
import { paidProgrammes, reachRows, readingPairs } from './reach.ts';
import { ageWords, genders, levelWords, readers, sources, standings } from './rules.ts';

const during = (when: When): Period => ('during' in when ? when.during : { from: when.on, to: when.on });

const year: Dimension = { title: 'Year of the award', words: (written) => yearText(Number(written)) };
const support: Dimension = {
  title: 'Support',
  lookup: sql`select id::text as value, title as words from mental_health.funded`,
};
const programme: Dimension = {
  title: 'Programme',
  lookup: sql`select id as value, title as words from support.programme`,
};
const month: Dimension = {
  title: 'Month',
  words: (written) => monthText(Temporal.PlainYearMonth.from(written)),
};
const reach: Fact = {
  id: 'mental-health.reach',
  rowName: 'help or sum',
  href: (row, at) =>
    at.source === 'counted'
      ? `/support/supports/${row}`
      : at.source === 'returned'
        ? `/support/returns/${row}`
        : supportHref(String(at.support)),
  readers,
  dimensions: {
    support,
    programme,
    year,
    level: { title: 'Level', words: levelWords },
    source: { title: 'How it is known', words: sources },
    age: { title: 'Age when help began', words: ageWords },
    gender: { title: 'Gender as asked', words: genders },
    care: {
      title: 'Care experience',
      words: { yes: 'Care experienced', no: 'Not recorded as care experienced' },
    },
    standing: { title: 'The ages of the Framework', words: standings },
    month,
  },
  rows: (when) => reachRows(during(when)),
};

const money: Fact = {
  id: 'mental-health.money',
  rowName: 'award, support or payment',
  href: (_row, at) => (at.support === null ? yearHref(Number(at.year)) : supportHref(String(at.support))),
  readers,
  dimensions: { year, support },
  rows: (when) => {
    const { from, to } = during(when);
    return sql`
      select a.id as row_id, ${giverOf} as label, a.id as about, a.letter_on as day, a.year, null::text as support, 'awarded' as kind, a.allocated_pence as pence
      from funds.fund a where a.letter_on between ${from}::date and ${to}::date and ${isAward}
      union all
      select f.id, f.title, f.id, f.first_on, a.year, f.id::text, 'promised', ${shareOf(area, sql`f.id`)}
      from mental_health.funded f join funds.fund a on a.id = f.award_id where f.first_on between ${from}::date and ${to}::date
      union all
      select s.id, f.title, s.id, s.on_day, a.year, f.id::text, 'spent', s.amount_pence
      from mental_health.funded f join funds.draw s on s.of_id = f.id and s.area = ${area} and s.state = 'paid' join funds.fund a on a.id = f.award_id
      where s.on_day between ${from}::date and ${to}::date`;
  },
};

const outcomes: Fact = {
  id: 'mental-health.readings',
  rowName: 'help',
  href: (row) => `/support/supports/${row}`,
  readers,
  dimensions: {
    indicator: {
      title: 'Indicator',
      lookup: sql`select id as value, title as words from mental_health.indicator`,
    },
    programme,
    year,
  },
  rows: (when) => sql`with paid as (${paidProgrammes(during(when))}) ${readingPairs}`,
};

// Parents and carers who come with their family are not counted as children and young people.
const children =
  '(count(distinct fact.person_id) filter (where fact.child) + coalesce(sum(fact.children), 0))';
const families = '(count(distinct fact.family_id) + coalesce(sum(fact.families), 0))';
const onward =
  '(count(distinct fact.person_id) filter (where fact.child and fact.crisis) + coalesce(sum(fact.to_crisis), 0))';
const outside =
  "(count(distinct fact.person_id) filter (where fact.standing = 'outside') + coalesce(sum(fact.outside), 0))";
const known =
  'Counted from the records of help of funded programmes that was going on in the period; where only sums exist, from the returns of providers and as told, when the whole of what they are about lies in the period. Whoever is in two sums is counted in both.';
const readingFamilies = 'count(distinct fact.family_id)';
const twice = 'count(fact.change)';
const free = `nullif(${twice} - 1, 0)::numeric`;
// Student's t for 95 in 100, as in the figures of support programmes.
const t = `case ${twice} when 2 then 12.706 when 3 then 4.303 else 1.959964 + 2.3722714 / ${free} + 2.8224986 / ${free}^2 + 2.5558497 / ${free}^3 + 1.5895317 / ${free}^4 end`;
const half = `(${t}) * stddev_samp(fact.change) / sqrt(nullif(${twice}, 0)::numeric)`;
const behindTwice = 'count(distinct fact.family_id) filter (where fact.change is not null)';
const ofMoney = { kind: 'during', unit: 'pounds', fact: money, behind: '0', addsUp: true } as const;
const pounds = 'round(coalesce(sum(fact.pence), 0) / 100.0, 2)';

/** The figures of the Framework (seed rows 22 to 24). */
export const measures: readonly Measure[] = [
  {
    id: 'mental-health.children-reached',
    title: 'Children and young people reached',
    definition: `Children and young people who had help that the Framework pays for, each once. ${known}`,
    unit: 'children',
    kind: 'during',
    fact: reach,
    value: children,
    behind: children,
  },
  {
    id: 'mental-health.families-reached',
    title: 'Families reached',
    definition: `Families who had help that the Framework pays for, each once. ${known}`,
    unit: 'families',
    kind: 'during',
    fact: reach,
    value: families,
    behind: families,
    by: ['support', 'programme', 'year', 'level', 'source', 'month'],
  },
  {
    id: 'mental-health.outside-ages',
    title: 'Children and young people outside the ages of the Framework',
    definition:
      'Of the children and young people reached, those who were not 5 to 24 years old, or 5 to 26 if care experienced, on the day on which their help began. Somebody whose day of birth is not recorded is not among them.',
    unit: 'children',
    kind: 'during',
    fact: reach,
    value: outside,
    behind: outside,
    where: "(fact.child and fact.standing = 'outside' or fact.outside > 0)",
  },
  {
    id: 'mental-health.to-crisis-support',
    title: 'Children and young people who went on to crisis support',
    definition:
      'Of the children and young people reached, those whose help ended in the period with a sign that the partnership chose: how it ended, the programme that came next, or an answer at the end; and those in sums of returns or as told.',
    unit: 'children',
    kind: 'during',
    fact: reach,
    value: onward,
    behind: onward,
  },
  {
    id: 'mental-health.to-crisis-support-share',
    title: 'Share who went on to crisis support',
    definition:
      'Of the children and young people reached, how many in a hundred went on to crisis support, to two decimals. The aim of the Framework is help before a crisis.',
    unit: 'percent',
    kind: 'during',
    fact: reach,
    value: `round(100.0 * ${onward} / nullif(${children}, 0), 2)`,
    behind: `coalesce(nullif(${onward}, 0), ${children})`,
  },
  {
    ...ofMoney,
    id: 'mental-health.awarded',
    title: 'Money awarded',
    definition: 'What was awarded under the Framework, by the day of the letter.',
    value: pounds,
    where: "fact.kind = 'awarded'",
    by: ['year'],
  },
  {
    ...ofMoney,
    id: 'mental-health.promised',
    title: 'Money promised to supports',
    definition: 'What was promised out of the awards, by the day on which the support begins.',
    value: pounds,
    where: "fact.kind = 'promised'",
  },
  {
    ...ofMoney,
    id: 'mental-health.spent',
    title: 'Money spent on supports',
    definition: 'What was spent on funded supports, by day. Money that came back is taken off.',
    value: pounds,
    where: "fact.kind = 'spent'",
  },
  {
    ...ofMoney,
    id: 'mental-health.supports-funded',
    title: 'Supports funded',
    definition:
      'Programmes and projects that an award pays for, by the day on which they begin to be paid for.',
    unit: 'supports',
    value: 'count(distinct fact.row_id)',
    where: "fact.kind = 'promised'",
  },
  {
    id: 'mental-health.first-readings',
    title: 'First readings of the quality framework',
    definition:
      'First readings on the tools of the indicators, in help that the Framework pays for, by their day.',
    unit: 'readings',
    kind: 'during',
    fact: outcomes,
    value: 'count(*)',
    behind: readingFamilies,
    addsUp: true,
  },
  {
    id: 'mental-health.no-second-reading',
    title: 'First readings without a second',
    definition: 'First readings that have no last one: nothing can be said of what changed there.',
    unit: 'readings',
    kind: 'during',
    fact: outcomes,
    value: 'count(*)',
    where: 'fact.change is null',
    behind: readingFamilies,
    addsUp: true,
  },
  {
    id: 'mental-health.change',
    title: 'Change on the indicators (mean)',
    definition:
      'The mean change from the first to the last reading, of those that have both, by the day of the first. More is better. Ask for one indicator: their numbers are not alike.',
    unit: 'points',
    kind: 'during',
    fact: outcomes,
    value: 'round(avg(fact.change), 2)',
    behind: behindTwice,
  },
  {
    id: 'mental-health.change-from',
    title: 'Change on the indicators: at least',
    definition: 'The lower end of the interval in which the mean change lies, 95 times in 100.',
    unit: 'points',
    kind: 'during',
    fact: outcomes,
    value: `round(avg(fact.change) - ${half}, 2)`,
    behind: behindTwice,
  },
  {
    id: 'mental-health.change-to',
    title: 'Change on the indicators: at most',
    definition: 'The upper end of the interval in which the mean change lies, 95 times in 100.',
    unit: 'points',
    kind: 'during',
    fact: outcomes,
    value: `round(avg(fact.change) + ${half}, 2)`,
    behind: behindTwice,
  },
];
