import sql, { type Sql } from 'sql-template-tag';
import type { Dimension, Fact, When } from '../../platform/measures/measure.ts';
import { practitioners } from '../../record/roles.ts';
import {
  fromOf,
  lastDay,
  locality,
  month,
  onOf,
  programme,
  programmeFound,
  supportHref,
} from './measures-of-answers.ts';
import { levelWords, sourceWords, urgencies } from './rules.ts';

// What the figures of support count: requests, help, who was helped, times together, what was given, readings, and how it ended.

const outcome: Dimension = {
  title: 'Outcome',
  lookup: sql`select distinct on (o ->> 'id') o ->> 'id' as value, o ->> 'title' as words
    from support.programme p, jsonb_array_elements(p.definition -> 'outcomes') o order by o ->> 'id'`,
};
const level: Dimension = { title: 'Level', words: levelWords };

const requestHref = (id: string): string => `/support/requests/${id}`;
/** Requests by the day they were sent. On a day: those that were there then, and where each stood. */
export const requests: Fact = {
  id: 'support.requests',
  rowName: 'request',
  href: requestHref,
  readers: practitioners,
  dimensions: {
    programme: programmeFound,
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
      (select count(*) from support.request_step s where s.request_id = r.id and s.step = 'redirected') as sent_on_times
    from support.request r left join record.family f on f.id = r.family_id
    where r.sent_on between ${'on' in when ? Temporal.PlainDate.from('1900-01-01') : fromOf(when)} and ${onOf(when)}`,
};

/**
 * What waited for an answer on a day: requests as they stood on it (with whom, and by when those said that they had it: their steps
 * say so), and what somebody asked for themselves until a request was made of it, when the request counts in its place.
 */
export const waitingForAnswer: Fact = {
  ...requests,
  id: 'support.waiting-for-answer',
  dimensions: {
    // With which programme a request was on that day is known only when its steps are read: all of them together, once.
    programme,
    locality,
    source: { title: 'Who asked', words: sourceWords },
    urgency: { title: 'How soon', words: urgencies },
  },
  rows: (when) => {
    const on = onOf(when);
    return sql`
    select r.id as row_id, r.reference as label, r.family_id as about, r.sent_on as day, coalesce(held.programme, r.programme) as programme,
      f.locality, r.source, r.urgency,
      r.answer_by < ${on} or not coalesce(held.acknowledged, r.acknowledged_on <= ${on}, false)
        and coalesce(held.acknowledge_by, r.acknowledge_by) < ${on} as unclaimed
    from support.request r left join record.family f on f.id = r.family_id
      left join lateral (
        select coalesce(s.to_programme, s.programme) as programme, s.acknowledge_by, exists (
            select from support.request_step k where k.request_id = r.id and k.step = 'acknowledged' and k.on_day <= ${on} and k.at >= s.at) as acknowledged
          from support.request_step s where s.request_id = r.id and s.step in ('sent', 'redirected') and s.on_day <= ${on}
          order by s.at desc, s.id desc limit 1) held on true
    where r.sent_on <= ${on} and coalesce(r.answered_on, 'infinity'::date) > ${on}
      and not exists (select from support.asked_outside a where a.request_id = r.id and a.answered_on > ${on})
    union all
    select a.id, a.reference, a.id, a.sent_on, a.programme, a.locality, a.source, a.urgency,
      a.answer_by < ${on} or a.acknowledge_by < ${on} and not (case when a.acknowledged_on <= ${on} then true else had.it end)
    from support.asked_outside a
      left join lateral (
        select coalesce((select s.step = 'acknowledged' from support.asked_outside_step s where s.asked_id = a.id
          and s.step in ('acknowledged', 'handed on') and s.on_day <= ${on} order by s.at desc limit 1), false) as it) had on true
    where a.sent_on <= ${on} and (a.answered_on is null or a.answered_on > ${on})`;
  },
};

const helped = (when: When): Sql => sql`s.since <= ${onOf(when)} and ${lastDay} >= ${fromOf(when)}`;
const helpColumns = (
  when: When,
): Sql => sql`s.id as row_id, p.title as label, s.family_id as about, greatest(s.since, ${fromOf(when)}::date) as day,
  s.programme, s.level, f.locality, to_char(s.since, 'YYYY-MM') as month, s.family_id`;

/** Help that was going on at some time in the period: one row for each support. */
export const supports: Fact = {
  id: 'support.supports',
  rowName: 'help',
  href: supportHref,
  readers: practitioners,
  dimensions: { programme: programmeFound, level, locality, month },
  rows: (when) => sql`
    select ${helpColumns(when)}, s.since - s.waited_from as days_waited
    from support.support s left join support.programme p on p.id = s.programme left join record.family f on f.id = s.family_id
    where ${helped(when)}`,
};

/** The same, one row for each person helped. Age is on the day on which help began. */
export const people: Fact = {
  id: 'support.people',
  rowName: 'help',
  href: supportHref,
  readers: practitioners,
  dimensions: {
    programme: programmeFound,
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
    from support.support s left join support.programme p on p.id = s.programme join support.support_person w on w.support_id = s.id
      left join record.person m on m.id = w.person_id left join record.family f on f.id = s.family_id
    where ${helped(when)}`,
};

/** Help that ended in the period, with what came of it. */
export const endings: Fact = {
  id: 'support.endings',
  rowName: 'help',
  href: supportHref,
  readers: practitioners,
  dimensions: { programme: programmeFound, level, locality, month, outcome },
  rows: (when) => sql`
    select s.id as row_id, p.title as label, s.family_id as about, e.ended_on as day, s.programme, s.level, f.locality,
      to_char(e.ended_on, 'YYYY-MM') as month, e.outcome, s.family_id, s.until - s.since as days
    from support.ending e join support.support s on s.id = e.support_id left join support.programme p on p.id = s.programme
      left join record.family f on f.id = s.family_id
    where s.since is not null and e.ended_on between ${fromOf(when)} and ${onOf(when)} and ${lastDay} between ${fromOf(when)} and ${onOf(when)}`,
};

/** Times together, by day. They open to the help that each was part of. */
export const sessions: Fact = {
  id: 'support.sessions',
  rowName: 'help',
  href: supportHref,
  readers: practitioners,
  dimensions: {
    programme: programmeFound,
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
export const attendance: Fact = {
  id: 'support.attendance',
  rowName: 'help',
  href: supportHref,
  readers: practitioners,
  dimensions: { programme: programmeFound, level, locality, month },
  rows: (when) => sql`
    select n.support_id as row_id, p.title as label, n.family_id as about, n.on_day as day, n.programme, n.level, f.locality,
      to_char(n.on_day, 'YYYY-MM') as month, n.family_id, w.came
    from support.session n join support.session_person w on w.session_id = n.id left join support.programme p on p.id = n.programme
      left join record.family f on f.id = n.family_id
    where n.on_day between ${fromOf(when)} and ${onOf(when)}`,
};

/** Things of a programme's own that were given or made. */
export const items: Fact = {
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

/** The tools of each programme on which less is better. A definition is opened once, and not for each reading. */
export const lowerIsBetter = sql`
  select g.id as programme, array(select o ->> 'id' from jsonb_array_elements(g.definition -> 'tools') o where o ->> 'better' = 'lower') as lower
  from support.programme g group by g.id`;

/** First readings by their day. */
export const firstReadings: Fact = {
  id: 'support.first-readings',
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
      to_char(b.on_day, 'YYYY-MM') as month, b.family_id, b.person_id, b.score
    from support.reading b left join support.support s on s.id = b.support_id left join support.programme p on p.id = b.programme
      left join record.family f on f.id = b.family_id
    where b.moment = 'first' and b.on_day between ${fromOf(when)} and ${onOf(when)}`,
};

/**
 * The same, each beside the last reading of the same support, tool and person. A change is turned so that more is
 * better, whatever the tool.
 */
export const readings: Fact = {
  ...firstReadings,
  id: 'support.readings',
  rows: (when) => sql`
    select b.row_id, b.label, b.about, b.day, b.programme, b.tool, b.level, b.locality, b.month, b.family_id, b.score, l.score is not null as twice,
      (l.score - b.score) * case when b.tool = any (t.lower) then -1 else 1 end as change
    from (${firstReadings.rows(when)}) b left join (${lowerIsBetter}) t on t.programme = b.programme
      left join lateral (select l.score from support.reading l where l.support_id = b.row_id and l.tool = b.tool and l.moment = 'last'
        and l.person_id is not distinct from b.person_id order by l.on_day desc, l.id desc limit 1) l on true`,
};
