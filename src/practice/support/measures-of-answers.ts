import sql from 'sql-template-tag';
import { monthText } from '../../platform/days.ts';
import type { Dimension, Fact, Measure, When } from '../../platform/measures/measure.ts';
import { practitioners } from '../../record/roles.ts';

// The figures of a programme's own questions, and what all figures of support share.

export const programme: Dimension = {
  title: 'Programme',
  lookup: sql`select id as value, title as words from support.programme`,
};
/** The same, in facts whose rows have an index by programme and day. */
export const programmeFound: Dimension = { ...programme, found: true };
export const month: Dimension = {
  title: 'Month',
  words: (written) => monthText(Temporal.PlainYearMonth.from(written)),
};
export const locality: Dimension = { title: 'Locality' };
export const families = 'count(distinct fact.family_id)';
export const onOf = (when: When): Temporal.PlainDate => ('on' in when ? when.on : when.during.to);
export const fromOf = (when: When): Temporal.PlainDate => ('on' in when ? when.on : when.during.from);

/** The last day of help `s`, which has an index by programme: the day of its ending, or no end where it goes on. */
export const lastDay = sql`coalesce(s.until, 'infinity'::date)`;

export const supportHref = (id: string): string => `/support/supports/${id}`;

const question: Dimension = {
  title: 'Question',
  within: 'programme',
  lookup: sql`select p.id || '/' || (q ->> 'id') as value, q ->> 'title' as words
    from support.programme p, jsonb_array_elements(p.definition -> 'questions') q`,
};
/** Everything that can be answered to a question without words: `question`, `value` and `words`. */
const everyAnswer = sql`select p.id || '/' || (q ->> 'id') as question, p.id || '/' || (q ->> 'id') || '/' || (o ->> 'id') as value, o ->> 'title' as words
  from support.programme p, jsonb_array_elements(p.definition -> 'questions') q, jsonb_array_elements(case q ->> 'kind'
    when 'yes or no' then '[{"id": "yes", "title": "Yes"}, {"id": "no", "title": "No"}]'::jsonb else q -> 'choices' end) o`;
const answer: Dimension = { title: 'Answer', within: 'question', lookup: everyAnswer };

/**
 * Answers to the questions of programmes that hold no words: choices, yes or no, numbers. They open to the help they belong to; what
 * was answered when help was asked for counts on the day on which it was agreed.
 */
const answers: Fact = {
  id: 'support.answers',
  rowName: 'help',
  href: supportHref,
  readers: practitioners,
  dimensions: {
    programme,
    locality,
    month,
    question,
    answer,
  },
  rows: (when) => sql`
    select s.id as row_id, p.title as label, s.family_id as about, a.on_day as day, coalesce(x ->> 'of', a.programme) as programme, f.locality, to_char(a.on_day, 'YYYY-MM') as month,
      s.family_id, coalesce(x ->> 'of', a.programme) || '/' || (x ->> 'id') as question,
      case when x ->> 'kind' <> 'number' then coalesce(x ->> 'of', a.programme) || '/' || (x ->> 'id') || '/' || (x ->> 'value') end as answer,
      case when x ->> 'kind' = 'number' then (x ->> 'value')::numeric end as amount
    from (
      select s.id, r.asked_for as programme, s.agreed_on as on_day, r.counted from support.support s join support.request r on r.id = s.request_id
      union all select s.id, s.programme, s.agreed_on, s.counted from support.support s
      union all select n.support_id, n.programme, n.on_day, n.counted from support.session n where n.counted <> '[]'
      union all select e.support_id, s.programme, e.ended_on, e.counted from support.ending e join support.support s on s.id = e.support_id
        where e.counted <> '[]' and ${lastDay} between ${fromOf(when)} and ${onOf(when)}
    ) a cross join lateral jsonb_array_elements(a.counted) x join support.support s on s.id = a.id
      left join support.programme p on p.id = a.programme left join record.family f on f.id = s.family_id
    where a.on_day between ${fromOf(when)} and ${onOf(when)}`,
};

/** Each answer beside everything that could have been answered to its question, so that a share of one of them can be told. */
const choices: Fact = {
  ...answers,
  id: 'support.answer-choices',
  rows: (when) => sql`
    select a.row_id, a.label, a.about, a.day, a.programme, a.locality, a.month, a.family_id, a.question, o.value as answer, a.answer = o.value as chosen
    from (${answers.rows(when)}) a join (${everyAnswer}) o on o.question = a.question where a.answer is not null`,
};

/** Times together at which something was chosen from a list, or yes or no was said: one row for each answer. */
const answeredTimes: Fact = {
  ...answers,
  id: 'support.answered-sessions',
  rows: (when) => sql`
    select n.support_id as row_id, p.title as label, n.family_id as about, n.on_day as day, n.programme, f.locality, to_char(n.on_day, 'YYYY-MM') as month,
      n.family_id, n.programme || '/' || (x ->> 'id') as question, n.programme || '/' || (x ->> 'id') || '/' || (x ->> 'value') as answer, n.minutes
    from support.session n cross join lateral jsonb_array_elements(n.counted) x left join support.programme p on p.id = n.programme
      left join record.family f on f.id = n.family_id
    where n.counted <> '[]' and x ->> 'kind' <> 'number' and n.on_day between ${fromOf(when)} and ${onOf(when)}`,
};

const during = { kind: 'during', behind: families } as const;
/** Of whom a share tells: those of whom it is so, or all when it is so of nobody. */
export const behindShare = (chosen: string): string =>
  `coalesce(nullif(count(distinct fact.family_id) filter (where ${chosen}), 0), ${families})`;

/** What was answered to the questions of programmes, and their numbers added up. */
export const answerMeasures: readonly Measure[] = [
  {
    ...during,
    id: 'support.answers',
    title: 'What was answered',
    definition:
      'Answers to a programme’s own questions that are chosen from a list, or yes or no: where people went, why they came, whether something was needed. What was answered when help was asked for or agreed counts on the day it was agreed. Split it by question: answers to different questions do not belong together.',
    unit: 'answers',
    fact: answers,
    value: 'count(*)',
    where: 'fact.answer is not null',
    addsUp: true,
  },
  {
    ...during,
    id: 'support.sums',
    title: 'Numbers that were answered, added up',
    definition:
      'The sum of what was answered to a programme’s own questions that ask for a number: hours, pounds. Split it by question: numbers of different questions do not belong together.',
    unit: 'sums',
    fact: answers,
    value: 'round(coalesce(sum(fact.amount), 0), 2)',
    where: 'fact.amount is not null',
    by: ['programme', 'locality', 'month', 'question'],
  },
  {
    ...during,
    id: 'support.answer-share',
    title: 'Share of an answer',
    definition:
      'Of the answers to a question that are chosen from a list, or yes or no, how many in a hundred were this one, to one decimal. Ask for one answer, or split by answer: shares of different answers are never put together.',
    unit: 'percent',
    fact: choices,
    value:
      'case when count(distinct fact.answer) = 1 then round(100.0 * count(*) filter (where fact.chosen) / nullif(count(*), 0), 1) end',
    behind: behindShare('fact.chosen'),
  },
  {
    ...during,
    id: 'support.hours-by-answer',
    title: 'Hours together, by what was answered there',
    definition:
      'How long those times together took at which a question of the programme was answered from a list, in hours to one decimal, by day: for whom work was done, what it was about. Split it by question: a time at which two questions were answered stands under both.',
    unit: 'hours',
    fact: answeredTimes,
    value: 'round(coalesce(sum(fact.minutes), 0) / 60.0, 1)',
  },
];
