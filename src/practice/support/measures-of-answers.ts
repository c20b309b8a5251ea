import sql from 'sql-template-tag';
import { monthText } from '../../platform/days.ts';
import type { Dimension, Fact, Measure, When } from '../../platform/measures/measure.ts';
import { practitioners } from '../../record/roles.ts';

// The figures of a programme's own questions, and what all figures of support share.

export const programme: Dimension = {
  title: 'Programme',
  lookup: sql`select id as value, title as words from support.programme`,
};
export const month: Dimension = {
  title: 'Month',
  words: (written) => monthText(Temporal.PlainYearMonth.from(written)),
};
export const locality: Dimension = { title: 'Locality' };
export const families = 'count(distinct fact.family_id)';
export const onOf = (when: When): Temporal.PlainDate => ('on' in when ? when.on : when.during.to);
export const fromOf = (when: When): Temporal.PlainDate => ('on' in when ? when.on : when.during.from);

export const supportHref = (id: string): string => `/support/supports/${id}`;

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
    question: {
      title: 'Question',
      lookup: sql`select p.id || '/' || (q ->> 'id') as value, q ->> 'title' as words
        from support.programme p, jsonb_array_elements(p.definition -> 'questions') q`,
    },
    answer: {
      title: 'Answer',
      lookup: sql`select p.id || '/' || (q ->> 'id') || '/' || (o ->> 'id') as value, o ->> 'title' as words
        from support.programme p, jsonb_array_elements(p.definition -> 'questions') q, jsonb_array_elements(case q ->> 'kind'
          when 'yes or no' then '[{"id": "yes", "title": "Yes"}, {"id": "no", "title": "No"}]'::jsonb else q -> 'choices' end) o`,
    },
  },
  rows: (when) => sql`
    select s.id as row_id, p.title as label, s.family_id as about, a.on_day as day, a.programme, f.locality, to_char(a.on_day, 'YYYY-MM') as month,
      s.family_id, a.programme || '/' || (x ->> 'id') as question,
      case when x ->> 'kind' <> 'number' then a.programme || '/' || (x ->> 'id') || '/' || (x ->> 'value') end as answer,
      case when x ->> 'kind' = 'number' then (x ->> 'value')::numeric end as amount
    from (
      select s.id, r.asked_for as programme, s.agreed_on as on_day, r.counted from support.support s join support.request r on r.id = s.request_id
      union all select s.id, s.programme, s.agreed_on, s.counted from support.support s
      union all select n.support_id, n.programme, n.on_day, n.counted from support.session n where n.counted <> '[]'
      union all select e.support_id, s.programme, e.ended_on, e.counted from support.ending e join support.support s on s.id = e.support_id
        where e.counted <> '[]'
    ) a cross join lateral jsonb_array_elements(a.counted) x join support.support s on s.id = a.id
      left join support.programme p on p.id = a.programme left join record.family f on f.id = s.family_id
    where a.on_day between ${fromOf(when)} and ${onOf(when)}`,
};

const during = { kind: 'during', behind: families } as const;

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
];
