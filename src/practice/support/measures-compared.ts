import sql from 'sql-template-tag';
import type { Dimension, Fact, Measure, When } from '../../platform/measures/measure.ts';
import { endings, readings, requests, sessions, supports } from './facts.ts';
import { behindShare, families } from './measures-of-answers.ts';

// Figures that set one number beside another: shares of an outcome, change in per cent, and a period beside the year before.

const compared: Dimension = {
  title: 'Which year',
  words: { now: 'In the period', before: 'A year earlier' },
};

const yearBefore = (when: When): When =>
  'on' in when
    ? { on: when.on.subtract({ years: 1 }) }
    : {
        during: { from: when.during.from.subtract({ years: 1 }), to: when.during.to.subtract({ years: 1 }) },
      };

/** The rows of a period and those of the same days a year earlier, each with which of the two it is. */
const besideYearBefore = (fact: Fact): Fact => ({
  ...fact,
  id: `${fact.id}-beside-year-before`,
  dimensions: { ...fact.dimensions, compared },
  rows: (when) => sql`
    select r.*, 'now' as compared from (${fact.rows(when)}) r
    union all select r.*, 'before' from (${fact.rows(yearBefore(when))}) r`,
});

/** Help that ended, with whether it ran its course, as the programme's file says of its outcomes. */
const finished: Fact = {
  ...endings,
  id: 'support.finished',
  rows: (when) => sql`
    select e.*, coalesce(o.finished, true) as finished from (${endings.rows(when)}) e
      left join (select p.id as programme, x ->> 'id' as outcome, (x ->> 'finished')::boolean as finished
        from support.programme p, jsonb_array_elements(p.definition -> 'outcomes') x) o on o.programme = e.programme and o.outcome = e.outcome`,
};

/** Help that ran its course, each beside every outcome that it could have had. */
const outcomeChoices: Fact = {
  ...endings,
  id: 'support.outcome-choices',
  rows: (when) => sql`
    select e.row_id, e.label, e.about, e.day, e.programme, e.level, e.locality, e.month, e.family_id, x ->> 'id' as outcome, e.outcome = x ->> 'id' as chosen
    from (${finished.rows(when)}) e join support.programme p on p.id = e.programme
      cross join lateral jsonb_array_elements(p.definition -> 'outcomes') x where e.finished`,
};

const during = { kind: 'during', behind: families } as const;
const supportsCount = 'count(distinct fact.row_id)';

/** How much more one number is than the same number a year earlier, in per cent. */
const rise = (number: string): string => {
  const now = `${number} filter (where fact.compared = 'now')`;
  const before = `${number} filter (where fact.compared = 'before')`;
  return `round(100.0 * (coalesce(${now}, 0) - ${before}) / nullif(${before}, 0), 1)`;
};
const asked = 'Split by anything but the month: a month is of one year.';
const sameDays = `beside the same days a year earlier, in per cent to one decimal; less than nought when there was less. No figure when there was nothing a year earlier. ${asked}`;
const splits = ({ dimensions }: Fact): string[] =>
  Object.keys(dimensions).filter((name) => name !== 'month' && name !== 'compared');
const beside = (fact: Fact) => ({
  ...during,
  unit: 'percent' as const,
  fact: besideYearBefore(fact),
  by: splits(fact),
  fromYearBefore: true,
});

/** The figures of support that compare. */
export const comparedMeasures: readonly Measure[] = [
  {
    ...during,
    id: 'support.localities',
    title: 'Localities where families were helped',
    definition:
      'Localities, or clusters of schools, of the families who had help at some time in the period, each counted once.',
    unit: 'items',
    fact: supports,
    value: 'count(distinct fact.locality)',
    by: ['programme', 'level', 'month'],
  },
  {
    ...during,
    id: 'support.completed',
    title: 'Help that ran its course',
    definition:
      'Supports that had begun and ended in the period, without those that stopped on the way: which outcomes those are is in the programme’s file.',
    unit: 'supports',
    fact: finished,
    value: supportsCount,
    where: 'fact.finished',
    addsUp: true,
  },
  {
    ...during,
    id: 'support.outcome-share',
    title: 'Share of an outcome',
    definition:
      'Of the help that ran its course in the period, how much in a hundred ended with this outcome, to one decimal. Ask for one outcome, or split by outcome: shares of different outcomes are never put together.',
    unit: 'percent',
    fact: outcomeChoices,
    value:
      'case when count(distinct fact.outcome) = 1 then round(100.0 * count(*) filter (where fact.chosen) / nullif(count(*), 0), 1) end',
    behind: behindShare('fact.chosen'),
  },
  {
    ...during,
    id: 'support.change-percent',
    title: 'Change from the first reading to the last, in per cent',
    definition:
      'The sum of the changes beside the sum of the first readings, in per cent to one decimal, of those with a first and a last reading, by the day of the first. More is better, whatever the tool. Ask for one tool of one programme: points of different tools are not alike.',
    unit: 'percent',
    fact: readings,
    value:
      "case when count(distinct fact.programme || '/' || fact.tool) <= 1 then round(100.0 * sum(fact.change) / nullif(sum(fact.score), 0), 1) end",
    where: 'fact.twice',
  },
  {
    ...beside(requests),
    id: 'support.requests-rise',
    title: 'Requests for help beside the year before',
    definition: `Requests for help, by the day they were sent, ${sameDays}`,
    value: rise(supportsCount),
  },
  {
    ...beside(finished),
    id: 'support.completed-rise',
    title: 'Help that ran its course beside the year before',
    definition: `Supports that ended in the period and ran their course, ${sameDays}`,
    value: rise(supportsCount),
    where: 'fact.finished',
  },
  {
    ...beside(sessions),
    id: 'support.hours-rise',
    title: 'Hours together beside the year before',
    definition: `How long sessions and contacts took, by day, ${sameDays}`,
    value: rise('sum(fact.minutes)'),
  },
];
