import sql from 'sql-template-tag';
import { monthText } from '../../platform/days.ts';
import type { Dimension, Fact, Measure, When } from '../../platform/measures/measure.ts';
import { kindWords } from '../../record/homes/rules.ts';
import { practitioners } from '../../record/roles.ts';
import { processHref } from './asking.ts';
import { endings, homeChangeWords } from './rules.ts';

const onOf = (when: When): Temporal.PlainDate => ('on' in when ? when.on : when.during.to);
const fromOf = (when: When): Temporal.PlainDate => ('on' in when ? when.on : when.during.from);

const month: Dimension = {
  title: 'Month',
  words: (written) => monthText(Temporal.PlainYearMonth.from(written)),
};
const locality: Dimension = { title: 'Locality' };
const families = 'count(distinct fact.family_id)';
const during = { kind: 'during', behind: families } as const;
const common = { rowName: 'family group meeting', href: processHref, readers: practitioners } as const;

/** Asked for in the period; on a day: everything that was there then, and where it stood. */
const asked: Fact = {
  ...common,
  id: 'family-group.asked',
  dimensions: {
    locality,
    month,
    urgency: { title: 'How soon', words: { yes: 'Cannot wait', no: 'Can wait' } },
    stood: {
      title: 'Where it stands',
      words: {
        waiting: 'Waits for a coordinator',
        preparing: 'Getting ready',
        following: 'Following the plan',
        ended: 'Ended',
        'not taken': 'Not taken on',
      },
    },
  },
  rows: (when) => sql`
    select p.id as row_id, p.reference as label, p.family_id as about, p.asked_on as day, f.locality, to_char(p.asked_on, 'YYYY-MM') as month,
      case when p.emergency then 'yes' else 'no' end as urgency, p.family_id,
      case when p.ended_on <= ${onOf(when)} then p.state when p.plan_agreed_on <= ${onOf(when)} then 'following'
        when p.accepted_on <= ${onOf(when)} then 'preparing' else 'waiting' end as stood,
      p.accepted_on <= ${onOf(when)} as taken_on,
      p.accepted_on <= ${onOf(when)} and (p.plan_agreed_on is null or p.plan_agreed_on > ${onOf(when)})
        and (p.ended_on is null or p.ended_on > ${onOf(when)}) as with_coordinator,
      p.plan_by < ${onOf(when)} as past_clock
    from family_group.process p left join record.family f on f.id = p.family_id
    where p.asked_on between ${'on' in when ? Temporal.PlainDate.from('1900-01-01') : fromOf(when)} and ${onOf(when)}`,
};

/** Meetings that were held, by day. They open to the family group meeting that each was part of. */
const meetings: Fact = {
  ...common,
  id: 'family-group.meetings',
  dimensions: { locality, month, kind: { title: 'Which meeting' } },
  rows: (when) => sql`
    select m.process_id as row_id, p.reference as label, m.family_id as about, m.on_day as day, f.locality, to_char(m.on_day, 'YYYY-MM') as month,
      m.kind, m.family_id, m.id as meeting_id
    from family_group.meeting m join family_group.process p on p.id = m.process_id left join record.family f on f.id = m.family_id
    where m.held and m.on_day between ${fromOf(when)} and ${onOf(when)}`,
};

/** Plans that were answered, by the day of the answer. */
const plans: Fact = {
  ...common,
  id: 'family-group.plans',
  dimensions: {
    locality,
    month,
    answer: { title: 'Answer', words: { agreed: 'Agreed', 'not agreed': 'Not agreed as it stood' } },
  },
  rows: (when) => sql`
    select l.process_id as row_id, p.reference as label, l.family_id as about, l.answered_on as day, f.locality,
      to_char(l.answered_on, 'YYYY-MM') as month, l.standing as answer, l.family_id, l.id as plan_id,
      case when l.standing = 'agreed' and l.answered_on = p.plan_agreed_on then (p.plan_agreed_on - p.asked_on) / 7.0 end as weeks,
      l.standing = 'agreed' and l.answered_on = p.plan_agreed_on and p.plan_agreed_on <= p.plan_by as in_time,
      l.standing = 'agreed' and l.answered_on = p.plan_agreed_on as first_agreed
    from family_group.plan l join family_group.process p on p.id = l.process_id left join record.family f on f.id = l.family_id
    where l.answered_on between ${fromOf(when)} and ${onOf(when)}`,
};

const kind = (title: string): Dimension => ({ title, words: kindWords });
const isWithFamily = (column: string): string => `fact.${column} in ('home', 'with relatives')`;

/** Children of what ended in the period once a coordinator had begun: where each lived when it was asked for, at the end, a year later. */
const children: Fact = {
  ...common,
  id: 'family-group.children',
  dimensions: {
    locality,
    month,
    before: kind('Where they lived when it was asked for'),
    at_end: kind('Where they live at the end'),
    year_later: kind('Where they live a year later'),
    change: { title: 'From the asking to the end', words: homeChangeWords },
    ending: { title: 'How it ended', words: endings },
  },
  rows: (when) => sql`
    select each.*, case when each.before is null or each.at_end is null then null
        when each.before in ('home', 'with relatives') then case when each.at_end in ('home', 'with relatives') then 'stayed' else 'left' end
        when each.at_end in ('home', 'with relatives') then 'returned' else 'away' end as change
    from (
      select p.id as row_id, p.reference as label, p.family_id as about, p.ended_on as day, f.locality, to_char(p.ended_on, 'YYYY-MM') as month,
        p.ending, p.family_id, h.person_id,
        (select o.kind from record.home o where o.person_id = h.person_id and o.during @> p.asked_on limit 1) as before,
        (select o.kind from record.home o where o.person_id = h.person_id and o.during @> p.ended_on limit 1) as at_end,
        (select o.kind from record.home o where o.person_id = h.person_id and o.during @> (p.ended_on + interval '1 year')::date
           and p.ended_on + interval '1 year' <= ${onOf(when)} limit 1) as year_later
      from family_group.process p join family_group.child h on h.process_id = p.id left join record.family f on f.id = p.family_id
      where p.state = 'ended' and p.ended_on between ${fromOf(when)} and ${onOf(when)}) each`,
};

/** The room that coordinators have, on a day, by the day on which they began. About the coordinators themselves, and no family. */
const room: Fact = {
  id: 'family-group.room',
  rowName: 'coordinator',
  href: () => '/family-meetings/coordinators',
  readers: practitioners,
  dimensions: {
    team: { title: 'Team', lookup: sql`select id::text as value, name as words from access.team` },
  },
  rows: (when) => sql`
    select r.account_id as row_id, 'Coordinator' as label, r.account_id as about,
      (select min(lower(o.during)) from family_group.room o where o.account_id = r.account_id) as day, r.team_id::text as team, r.at_once
    from family_group.room r where r.during @> ${onOf(when)}::date`,
};

/** The figures of family group decision making. */
export const measures: readonly Measure[] = [
  {
    ...during,
    id: 'family-group.asked',
    title: 'Family group meetings asked for',
    definition: 'Family group meetings that were asked for, by the day they were asked.',
    unit: 'requests',
    fact: asked,
    value: 'count(distinct fact.row_id)',
    addsUp: true,
  },
  {
    ...during,
    id: 'family-group.families',
    title: 'Families involved in family group decision making',
    definition:
      'Families for whom a family group meeting was asked in the period and whom a coordinator has taken on, each counted once.',
    unit: 'families',
    fact: asked,
    value: families,
    where: 'fact.taken_on',
  },
  {
    ...during,
    id: 'family-group.meetings',
    title: 'Times that families met',
    definition: 'Family meetings that were held, by day. A family that meets again is counted each time.',
    unit: 'meetings',
    fact: meetings,
    value: 'count(distinct fact.meeting_id)',
    addsUp: true,
  },
  {
    ...during,
    id: 'family-group.plans-agreed',
    title: 'Family plans agreed',
    definition:
      'Plans that families made and that whoever holds the bottom line agreed, by the day of the answer.',
    unit: 'plans',
    fact: plans,
    value: "count(distinct fact.plan_id) filter (where fact.answer = 'agreed')",
    by: ['locality', 'month'],
    addsUp: true,
  },
  {
    ...during,
    id: 'family-group.plans-agreed-share',
    title: 'Share of family plans agreed',
    definition:
      'Of the plans that were answered in the period, the share that was agreed as the family made it.',
    unit: 'percent',
    fact: plans,
    value:
      "100.0 * count(distinct fact.plan_id) filter (where fact.answer = 'agreed') / nullif(count(distinct fact.plan_id), 0)",
    by: ['locality', 'month'],
  },
  {
    ...during,
    id: 'family-group.weeks-to-plan',
    title: 'Weeks from asking to a plan (median)',
    definition:
      'For families whose first plan was agreed in the period, the middle number of weeks from the day a meeting was asked for.',
    unit: 'weeks',
    fact: plans,
    value: 'percentile_cont(0.5) within group (order by fact.weeks)',
    where: 'fact.first_agreed',
    by: ['locality', 'month'],
  },
  {
    ...during,
    id: 'family-group.in-time',
    title: 'Share of first plans within the clock',
    definition:
      'Of the families whose first plan was agreed in the period, the share that had it within the clock (twelve weeks from the day a coordinator took the family on, unless the partnership sets another).',
    unit: 'percent',
    fact: plans,
    value:
      '100.0 * count(distinct fact.row_id) filter (where fact.in_time) / nullif(count(distinct fact.row_id), 0)',
    where: 'fact.first_agreed',
    by: ['locality', 'month'],
  },
  {
    id: 'family-group.waiting',
    title: 'Families that wait for a coordinator',
    definition: 'On a day: families for whom a meeting was asked and whom no coordinator has taken on.',
    unit: 'families',
    kind: 'on',
    behind: families,
    fact: asked,
    value: families,
    where: "fact.stood = 'waiting'",
    by: ['locality', 'urgency'],
    addsUp: true,
  },
  {
    id: 'family-group.load',
    title: 'Families with a coordinator',
    definition:
      'On a day: families that a coordinator had taken on and whose plan was not agreed yet. These take room; families whose plan is looked at again do not.',
    unit: 'families',
    kind: 'on',
    behind: families,
    fact: asked,
    value: families,
    where: 'fact.with_coordinator',
    by: ['locality', 'urgency'],
  },
  {
    id: 'family-group.late',
    title: 'Families past the clock',
    definition:
      'On a day: families with a coordinator whose plan was due before that day and was not agreed.',
    unit: 'families',
    kind: 'on',
    behind: families,
    fact: asked,
    value: families,
    where: 'fact.with_coordinator and fact.past_clock',
    by: ['locality', 'urgency'],
  },
  {
    id: 'family-group.capacity',
    title: 'Room of coordinators',
    definition:
      'On a day: how many families all coordinators together take at once, as each of them has said.',
    unit: 'families',
    kind: 'on',
    // Numbers that workers say of themselves are about no family: nothing is hidden in them.
    behind: '1000000',
    fact: room,
    value: 'sum(fact.at_once)',
    addsUp: true,
  },
  {
    id: 'family-group.coordinators-begun',
    title: 'Coordinators who began',
    definition:
      'Coordinators who first said in the period how many families they take at once, by that day, and who coordinate still at its end.',
    unit: 'people',
    kind: 'during',
    // Numbers that workers say of themselves are about no family: nothing is hidden in them.
    behind: '1000000',
    fact: room,
    value: 'count(distinct fact.row_id)',
    addsUp: true,
  },
  {
    ...during,
    id: 'family-group.children',
    title: 'Children whose family group work ended',
    definition:
      'Children for whom a family decided, by the day the work with the family ended, with the kind of home when it was asked for, at the end and a year later. From the record of homes; never which home.',
    unit: 'children',
    fact: children,
    value: 'count(distinct fact.person_id)',
    behind: 'count(distinct fact.person_id)',
  },
  {
    ...during,
    id: 'family-group.stayed-or-returned',
    title: 'Children who stayed with or returned to family',
    definition:
      'Of those children, how many lived with parents, relatives or friends at the end: they had stayed, or they returned.',
    unit: 'children',
    fact: children,
    value: 'count(distinct fact.person_id)',
    where: `fact.before is not null and ${isWithFamily('at_end')}`,
    behind: 'count(distinct fact.person_id)',
  },
  {
    ...during,
    id: 'family-group.with-family-a-year-later',
    title: 'Children who live with family a year later',
    definition:
      'Of the children whose family group work ended in the period, how many lived with parents, relatives or friends a year later; only once that year has gone by.',
    unit: 'children',
    fact: children,
    value: 'count(distinct fact.person_id)',
    where: isWithFamily('year_later'),
    behind: 'count(distinct fact.person_id)',
  },
];
