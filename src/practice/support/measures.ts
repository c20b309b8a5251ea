import type { Measure } from '../../platform/measures/measure.ts';
import {
  attendance,
  endings,
  firstReadings,
  items,
  people,
  readings,
  requests,
  sessions,
  supports,
  waitingForAnswer,
} from './facts.ts';
import { comparedMeasures } from './measures-compared.ts';
import { answerMeasures, families } from './measures-of-answers.ts';

const during = { kind: 'during', behind: families } as const;
const twice = 'fact.twice';
const pairs = 'count(fact.change)';
const free = `nullif(${pairs} - 1, 0)::numeric`;
// Student's t for 95 in 100 by how many pairs there are less one; exact for one and two, an expansion for more (rules.ts has the same).
const t = `case ${pairs} when 2 then 12.706 when 3 then 4.303 else 1.959964 + 2.3722714 / ${free} + 2.8224986 / ${free}^2 + 2.5558497 / ${free}^3 + 1.5895317 / ${free}^4 end`;
const half = `(${t}) * stddev_samp(fact.change) / sqrt(${pairs}::numeric)`;
const changeOf =
  'Of those with a first and a last reading, by the day of the first. More is better, whatever the tool: one on which less is better is turned round.';

/** The figures of support programmes: each is for every programme together, and by programme. */
export const measures: readonly Measure[] = [
  {
    ...during,
    id: 'support.requests',
    title: 'Requests for help',
    definition:
      'Requests for help, by the day they were sent. One that was sent on to another programme counts once, where it is now.',
    unit: 'requests',
    fact: requests,
    value: 'count(distinct fact.row_id)',
    addsUp: true,
  },
  {
    ...during,
    id: 'support.days-to-answer',
    title: 'Days from asking to an answer (median)',
    definition:
      'For requests that were answered, the middle number of calendar days from the day help was asked for to the answer. A request that was sent on counts from the day it was first sent.',
    unit: 'days',
    fact: requests,
    value: 'percentile_cont(0.5) within group (order by fact.days_to_answer)',
    where: 'fact.days_to_answer is not null',
  },
  {
    ...during,
    id: 'support.sent-on',
    title: 'Requests sent on to other help',
    definition:
      'Requests that one programme sent on to another with everything that was told, by the day they were first sent. Each counts once.',
    unit: 'requests',
    fact: requests,
    value: 'count(distinct fact.row_id)',
    where: 'fact.sent_on_times > 0',
    addsUp: true,
  },
  {
    id: 'support.unclaimed',
    title: 'Requests that nobody has answered in time',
    definition:
      'On a day: requests for help that are older than their clock, because nobody has said that they have them or nobody has answered, with those that a family or young person sent themselves. Nought when all is well.',
    unit: 'requests',
    kind: 'on',
    behind: 'count(distinct fact.about)',
    fact: waitingForAnswer,
    value: 'count(distinct fact.row_id)',
    where: 'fact.unclaimed',
    by: ['programme', 'locality', 'source', 'urgency'],
    addsUp: true,
  },
  {
    ...during,
    id: 'support.families',
    title: 'Families helped',
    definition:
      'Families with help that was going on at some time in the period, each counted once. One helped by two programmes appears under both.',
    unit: 'families',
    fact: supports,
    value: families,
  },
  {
    ...during,
    id: 'support.people',
    title: 'People helped',
    definition:
      'People for whom help was going on at some time in the period, each counted once. Those at home who were not named are not counted.',
    unit: 'people',
    fact: people,
    value: 'count(distinct fact.person_id)',
  },
  {
    ...during,
    id: 'support.begun',
    title: 'Help begun',
    definition: 'Supports that began in the period. A family that came back begins again.',
    unit: 'supports',
    fact: supports,
    value: 'count(distinct fact.row_id)',
    where: "fact.month = to_char(fact.day, 'YYYY-MM')",
    addsUp: true,
  },
  {
    ...during,
    id: 'support.days-waited',
    title: 'Days from asking to the beginning of help (median)',
    definition:
      'For help that was going on in the period, the middle number of calendar days from the day it was asked for to the day it began.',
    unit: 'days',
    fact: supports,
    value: 'percentile_cont(0.5) within group (order by fact.days_waited)',
  },
  {
    ...during,
    id: 'support.outcomes',
    title: 'Help that ended, by what came of it',
    definition: 'Supports that had begun and ended in the period, by the outcome that was recorded.',
    unit: 'supports',
    fact: endings,
    value: 'count(distinct fact.row_id)',
    addsUp: true,
  },
  {
    ...during,
    id: 'support.sessions',
    title: 'Times together',
    definition:
      'Sessions and contacts, by day. A group that meets counts once for each family that was there.',
    unit: 'sessions',
    fact: sessions,
    value: 'count(*)',
    addsUp: true,
  },
  {
    ...during,
    id: 'support.hours',
    title: 'Hours together',
    definition: 'How long sessions and contacts took, in hours to one decimal, by day.',
    unit: 'hours',
    fact: sessions,
    value: 'round(coalesce(sum(fact.minutes), 0) / 60.0, 1)',
  },
  {
    ...during,
    id: 'support.attendance',
    title: 'Share who came',
    definition:
      'Of the people expected at times together for whom it was written down, how many in a hundred came, to one decimal.',
    unit: 'percent',
    fact: attendance,
    value: "round(100.0 * count(*) filter (where fact.came = 'came') / nullif(count(*), 0), 1)",
  },
  {
    ...during,
    id: 'support.items',
    title: 'Things given or made',
    definition: 'Things of a programme’s own that were counted at times together: packs, awards, bicycles.',
    unit: 'items',
    fact: items,
    value: 'coalesce(sum(fact.amount), 0)',
    addsUp: true,
  },
  ...answerMeasures,
  {
    ...during,
    id: 'support.change',
    title: 'Change from the first reading to the last (mean)',
    definition: `The mean change, in points of the tool. ${changeOf} Split it by tool: points of different tools are not alike.`,
    unit: 'points',
    fact: readings,
    value: 'round(avg(fact.change), 2)',
    where: twice,
  },
  {
    ...during,
    id: 'support.change-from',
    title: 'Change, the low end of its confidence interval',
    definition: `In 95 of 100 such groups the mean change would be no less than this (Student’s t). ${changeOf}`,
    unit: 'points',
    fact: readings,
    value: `round(avg(fact.change) - ${half}, 2)`,
    where: twice,
  },
  {
    ...during,
    id: 'support.change-to',
    title: 'Change, the high end of its confidence interval',
    definition: `In 95 of 100 such groups the mean change would be no more than this (Student’s t). ${changeOf}`,
    unit: 'points',
    fact: readings,
    value: `round(avg(fact.change) + ${half}, 2)`,
    where: twice,
  },
  {
    ...during,
    id: 'support.first-readings',
    title: 'First readings',
    definition: 'First readings, by their day: one for each support, tool and person.',
    unit: 'readings',
    fact: firstReadings,
    value: 'count(*)',
    addsUp: true,
  },
  {
    ...during,
    id: 'support.no-second-reading',
    title: 'First readings without a second',
    definition:
      'First readings, by their day, with no last reading yet: because help goes on, or because nobody made one.',
    unit: 'readings',
    fact: readings,
    value: 'count(*)',
    where: 'not fact.twice',
    addsUp: true,
  },
  ...comparedMeasures,
];
