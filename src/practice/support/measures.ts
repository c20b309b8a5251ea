import sql, { type Sql } from 'sql-template-tag';
import type { Dimension, Fact, Measure, When } from '../../platform/measures/measure.ts';
import { practitioners } from '../../record/roles.ts';
import {
  answerMeasures,
  families,
  fromOf,
  locality,
  month,
  onOf,
  programme,
  supportHref,
} from './measures-of-answers.ts';
import { levelWords, sourceWords, urgencies } from './rules.ts';

const outcome: Dimension = {
  title: 'Outcome',
  lookup: sql`select distinct on (o ->> 'id') o ->> 'id' as value, o ->> 'title' as words
    from support.programme p, jsonb_array_elements(p.definition -> 'outcomes') o order by o ->> 'id'`,
};
const level: Dimension = { title: 'Level', words: levelWords };

const requestHref = (id: string): string => `/support/requests/${id}`;
/** Requests by the day they were sent. On a day: those that were there then, and where each stood. */
const requests: Fact = {
  id: 'support.requests',
  rowName: 'request',
  href: requestHref,
  readers: practitioners,
  dimensions: {
    programme,
    locality,
    month,
    source: { title: 'Who asked', words: sourceWords },
    urgency: { title: 'How soon', words: urgencies },
    answer: {
      title: 'Answer',
      words: {
        accepted: 'Accepted',
        declined: 'Told where else help is',
        closed: 'Withdrawn',
        waiting: 'Waiting for an answer',
      },
    },
  },
  rows: (when) => sql`
    select r.id as row_id, r.reference as label, r.family_id as about, r.sent_on as day, r.programme, f.locality,
      to_char(r.sent_on, 'YYYY-MM') as month, r.source, r.urgency,
      case when r.answered_on is null or r.answered_on > ${onOf(when)} then 'waiting' else r.state end as answer, r.family_id,
      r.answered_on - r.sent_on as days_to_answer,
      (r.answered_on is null or r.answered_on > ${onOf(when)}) and (r.answer_by < ${onOf(when)}
        or (r.acknowledged_on is null or r.acknowledged_on > ${onOf(when)}) and r.acknowledge_by < ${onOf(when)}) as unclaimed,
      (select count(*) from support.request_step s where s.request_id = r.id and s.step = 'redirected') as sent_on_times
    from support.request r left join record.family f on f.id = r.family_id
    where r.sent_on between ${'on' in when ? Temporal.PlainDate.from('1900-01-01') : fromOf(when)} and ${onOf(when)}`,
};

/** The same, and besides them what somebody asked for themselves that is not a request yet: it waits for an answer just so. */
const waitingForAnswer: Fact = {
  ...requests,
  id: 'support.waiting-for-answer',
  dimensions: {
    programme,
    locality,
    source: { title: 'Who asked', words: sourceWords },
    urgency: { title: 'How soon', words: urgencies },
  },
  rows: (when) => sql`
    select r.row_id, r.label, r.about, r.day, r.programme, r.locality, r.source, r.urgency, r.unclaimed from (${requests.rows(when)}) r
    union all
    select a.id, a.reference, a.id, a.sent_on, a.programme, a.locality, a.source, a.urgency,
      (a.answered_on is null or a.answered_on > ${onOf(when)}) and (a.answer_by < ${onOf(when)}
        or (a.acknowledged_on is null or a.acknowledged_on > ${onOf(when)}) and a.acknowledge_by < ${onOf(when)})
    from support.asked_outside a where a.sent_on <= ${onOf(when)} and (a.state <> 'made' or a.answered_on > ${onOf(when)})`,
};

const helped = (when: When): Sql =>
  sql`s.since <= ${onOf(when)} and (s.until is null or s.until >= ${fromOf(when)})`;
const helpColumns = (
  when: When,
): Sql => sql`s.id as row_id, p.title as label, s.family_id as about, greatest(s.since, ${fromOf(when)}::date) as day,
  s.programme, s.level, f.locality, to_char(s.since, 'YYYY-MM') as month, s.family_id`;

/** Help that was going on at some time in the period: one row for each support. */
const supports: Fact = {
  id: 'support.supports',
  rowName: 'help',
  href: supportHref,
  readers: practitioners,
  dimensions: { programme, level, locality, month },
  rows: (when) => sql`
    select ${helpColumns(when)}, s.since - s.waited_from as days_waited
    from support.support s join support.programme p on p.id = s.programme left join record.family f on f.id = s.family_id
    where ${helped(when)}`,
};

/** The same, one row for each person helped. Age is on the day on which help began. */
const people: Fact = {
  id: 'support.people',
  rowName: 'help',
  href: supportHref,
  readers: practitioners,
  dimensions: {
    programme,
    level,
    locality,
    month,
    age: { title: 'Age when help began' },
    care: {
      title: 'Care experience',
      words: { yes: 'Care experienced', no: 'Not recorded as care experienced' },
    },
  },
  rows: (when) => sql`
    select ${helpColumns(when)}, w.person_id,
      case when m.date_of_birth is null then null when m.date_of_birth > s.since then 'Before birth'
        when age(s.since, m.date_of_birth) < interval '5 years' then '0 to 4' when age(s.since, m.date_of_birth) < interval '12 years' then '5 to 11'
        when age(s.since, m.date_of_birth) < interval '18 years' then '12 to 17' when age(s.since, m.date_of_birth) < interval '27 years' then '18 to 26'
        else '27 and over' end as age,
      case when m.care_experienced then 'yes' else 'no' end as care
    from support.support s join support.programme p on p.id = s.programme join support.support_person w on w.support_id = s.id
      left join record.person m on m.id = w.person_id left join record.family f on f.id = s.family_id
    where ${helped(when)}`,
};

/** Help that ended in the period, with what came of it. */
const endings: Fact = {
  id: 'support.endings',
  rowName: 'help',
  href: supportHref,
  readers: practitioners,
  dimensions: { programme, level, locality, month, outcome },
  rows: (when) => sql`
    select s.id as row_id, p.title as label, s.family_id as about, e.ended_on as day, s.programme, s.level, f.locality,
      to_char(e.ended_on, 'YYYY-MM') as month, e.outcome, s.family_id, s.until - s.since as days
    from support.ending e join support.support s on s.id = e.support_id join support.programme p on p.id = s.programme
      left join record.family f on f.id = s.family_id
    where s.since is not null and e.ended_on between ${fromOf(when)} and ${onOf(when)}`,
};

/** Times together, by day. They open to the help that each was part of. */
const sessions: Fact = {
  id: 'support.sessions',
  rowName: 'help',
  href: supportHref,
  readers: practitioners,
  dimensions: {
    programme,
    level,
    locality,
    month,
    way: { title: 'Where or how' },
    hours: { title: 'When', words: { in: 'In office hours', out: 'Evening or weekend' } },
  },
  rows: (when) => sql`
    select n.support_id as row_id, p.title as label, n.family_id as about, n.on_day as day, n.programme, n.level, f.locality,
      to_char(n.on_day, 'YYYY-MM') as month, n.way, case when n.out_of_hours then 'out' else 'in' end as hours, n.family_id, n.minutes, n.id as session_id
    from support.session n left join support.programme p on p.id = n.programme left join record.family f on f.id = n.family_id
    where n.on_day between ${fromOf(when)} and ${onOf(when)}`,
};

/** Who came to times together, one row for each person and time. */
const attendance: Fact = {
  id: 'support.attendance',
  rowName: 'help',
  href: supportHref,
  readers: practitioners,
  dimensions: { programme, level, locality, month },
  rows: (when) => sql`
    select n.support_id as row_id, p.title as label, n.family_id as about, n.on_day as day, n.programme, n.level, f.locality,
      to_char(n.on_day, 'YYYY-MM') as month, n.family_id, w.came
    from support.session n join support.session_person w on w.session_id = n.id left join support.programme p on p.id = n.programme
      left join record.family f on f.id = n.family_id
    where n.on_day between ${fromOf(when)} and ${onOf(when)}`,
};

/** Things of a programme's own that were given or made. */
const items: Fact = {
  id: 'support.items',
  rowName: 'help',
  href: supportHref,
  readers: practitioners,
  dimensions: {
    programme,
    locality,
    month,
    item: {
      title: 'What',
      lookup: sql`select distinct on (o ->> 'id') o ->> 'id' as value, o ->> 'title' as words
        from support.programme p, jsonb_array_elements(p.definition -> 'items') o order by o ->> 'id'`,
    },
  },
  rows: (when) => sql`
    select n.support_id as row_id, p.title as label, n.family_id as about, n.on_day as day, n.programme, f.locality,
      to_char(n.on_day, 'YYYY-MM') as month, n.family_id, i.item, i.amount
    from support.session n join support.session_item i on i.session_id = n.id left join support.programme p on p.id = n.programme
      left join record.family f on f.id = n.family_id
    where n.on_day between ${fromOf(when)} and ${onOf(when)}`,
};

/**
 * First readings by their day, each beside the last of the same support, tool and person. A change is turned so that more is
 * better, whatever the tool.
 */
const readings: Fact = {
  id: 'support.readings',
  rowName: 'help',
  href: supportHref,
  readers: practitioners,
  dimensions: {
    programme,
    tool: {
      title: 'Tool',
      lookup: sql`select distinct on (o ->> 'id') o ->> 'id' as value, o ->> 'title' as words
        from support.programme p, jsonb_array_elements(p.definition -> 'tools') o order by o ->> 'id'`,
    },
    level,
    locality,
    month,
  },
  rows: (when) => sql`
    select b.support_id as row_id, p.title as label, b.family_id as about, b.on_day as day, b.programme, b.tool, s.level, f.locality,
      to_char(b.on_day, 'YYYY-MM') as month, b.family_id, l.score is not null as twice,
      (l.score - b.score) * case when (select o ->> 'better' from jsonb_array_elements(p.definition -> 'tools') o where o ->> 'id' = b.tool limit 1)
        = 'lower' then -1 else 1 end as change
    from support.reading b join support.support s on s.id = b.support_id join support.programme p on p.id = b.programme
      left join lateral (select l.score from support.reading l where l.support_id = b.support_id and l.tool = b.tool and l.moment = 'last'
        and l.person_id is not distinct from b.person_id order by l.on_day desc, l.id desc limit 1) l on true
      left join record.family f on f.id = b.family_id
    where b.moment = 'first' and b.on_day between ${fromOf(when)} and ${onOf(when)}`,
};

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
    fact: readings,
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
];
