import sql, { empty } from 'sql-template-tag';
import { z } from 'zod';
import { query } from '../../platform/actions/declare.ts';
import { id, optionalDay, optionalId } from '../../platform/actions/fields.ts';
import { practitioners } from '../../record/roles.ts';
import { supportStates } from './helping-records.ts';
import { levels } from './programme.ts';
import { actsHere, answerRow, colleaguesIn, pageSize, teamsOf } from './queries.ts';
import { jsonDay, jsonMoment, plainDay, programmeRow } from './records.ts';
import { urgencyIds } from './rules.ts';

// What people see of help that goes on: the support itself, what was done together, waiting lists, and groups.

const after = { afterDay: optionalDay('Enter a day'), afterId: optionalId() };

const listed = z.object({
  id: z.uuid(),
  about: z.uuid(),
  family: z.string(),
  programme: z.string(),
  title: z.string(),
  level: z.enum(levels),
  state: z.enum(supportStates),
  urgency: z.enum(urgencyIds),
  waitedFrom: plainDay,
  since: plainDay.nullable(),
  firstContactBy: plainDay.nullable(),
  firstContactOn: plainDay.nullable(),
  reviewBy: plainDay.nullable(),
  stageBy: plainDay.nullable(),
  backBy: plainDay.nullable(),
  lead: z.string().nullable(),
  team: z.string(),
});
export type ListedSupport = z.output<typeof listed>;

/** A support with the name of its family, read row by row: the reason that the one was seen for is remembered for the other. */
const named = sql`select s.*, f.name as family from support.support s join record.family f on f.id = s.family_id`;
const columns = sql`s.id, s.family_id as about, s.family, s.programme, p.title, s.level, s.state, s.urgency, s.waited_from as "waitedFrom",
  s.since, s.first_contact_by as "firstContactBy", s.first_contact_on as "firstContactOn", s.review_by as "reviewBy", s.stage_by as "stageBy",
  s.back_by as "backBy", a.name as lead, t.name as team`;
const joined = sql`join support.programme p on p.id = s.programme
  join access.team t on t.id = s.team_id left join access.account a on a.id = s.lead`;

export const waiting = query({
  name: 'support.waiting',
  title: 'See the families that wait for help from my team, those who asked first before the others',
  who: practitioners,
  about: 'each family in the list',
  input: z.object(after),
  row: listed,
  sql({ afterDay, afterId }, { identity }) {
    const next =
      afterDay && afterId ? sql`and (s.waited_from, s.id) > (${afterDay}::date, ${afterId}::uuid)` : empty;
    return sql`
      select ${columns} from (
        select it.* from unnest(${teamsOf(identity)}::uuid[]) as team cross join lateral (
          ${named} where s.state = 'waiting' and s.team_id = team ${next}
          order by s.waited_from, s.id limit ${pageSize + 1}) it
        order by it.waited_from, it.id limit ${pageSize + 1}) s ${joined}
      order by s.waited_from, s.id`;
  },
});

export const leading = query({
  name: 'support.leading',
  title: 'See the help that I lead',
  who: practitioners,
  about: 'each family in the list',
  input: z.object({ afterId: optionalId() }),
  row: listed,
  sql: ({ afterId }, { identity }) => sql`
    select ${columns} from (
      ${named} where s.lead = ${identity.account}::uuid and s.state in ('active', 'paused')
        ${afterId ? sql`and s.id > ${afterId}::uuid` : empty}
      order by s.id limit ${pageSize + 1}) s ${joined} order by s.id`,
});

export const ofTeam = query({
  name: 'support.of-team',
  title: 'See the families that my team helps',
  who: practitioners,
  about: 'each family in the list',
  input: z.object({ afterId: optionalId() }),
  row: listed,
  sql({ afterId }, { identity }) {
    const next = afterId ? sql`and s.id > ${afterId}::uuid` : empty;
    return sql`
      select ${columns} from (
        select it.* from unnest(${teamsOf(identity)}::uuid[]) as team cross join lateral (
          ${named} where s.state in ('active', 'paused') and s.team_id = team ${next}
          order by s.id limit ${pageSize + 1}) it
        order by it.id limit ${pageSize + 1}) s ${joined}
      order by s.id`;
  },
});

const opened = listed.extend({
  definition: programmeRow,
  request: z.uuid().nullable(),
  reference: z.string().nullable(),
  cameBackFrom: z.uuid().nullable(),
  agreedOn: plainDay,
  until: plainDay.nullable(),
  stage: z.string().nullable(),
  endsBy: plainDay.nullable(),
  leadId: z.uuid().nullable(),
  version: z.int(),
  here: z.boolean(),
  /** To the programme's own questions when help was agreed. */
  answers: z.array(answerRow),
  people: z.array(z.object({ id: z.uuid(), name: z.string() })),
  colleagues: z.array(z.object({ id: z.uuid(), name: z.string() })),
  goals: z.array(
    z.object({
      id: z.uuid(),
      words: z.string(),
      whose: z.string().nullable(),
      state: z.string(),
      setOn: jsonDay,
      endedOn: jsonDay.nullable(),
      version: z.int(),
    }),
  ),
  readings: z.array(
    z.object({
      id: z.uuid(),
      tool: z.string(),
      person: z.uuid().nullable(),
      whose: z.string().nullable(),
      moment: z.enum(['first', 'between', 'last']),
      on: jsonDay,
      score: z.number(),
      words: z.string(),
      scores: z.array(z.object({ area: z.string(), title: z.string(), score: z.number() })),
    }),
  ),
  groups: z.array(z.object({ id: z.uuid(), title: z.string() })),
  steps: z.array(
    z.object({
      step: z.string(),
      level: z.enum(levels).nullable(),
      what: z.string(),
      why: z.string(),
      by: z.string().nullable(),
      on: jsonDay,
      at: jsonMoment,
    }),
  ),
  ending: z
    .object({
      outcome: z.string(),
      why: z.string(),
      next: z.string(),
      nextTitle: z.string().nullable(),
      view: z.string(),
      answers: z.array(answerRow),
      by: z.string().nullable(),
      on: jsonDay,
    })
    .nullable(),
});
export type OpenedSupport = z.output<typeof opened>;

export const support = query({
  name: 'support.support',
  title: 'Open help that a family has: goals, readings, and what became of it',
  who: practitioners,
  about: 'the family that is helped',
  input: z.object({ support: id() }),
  row: opened,
  sql: ({ support }, { identity }) => sql`
    select ${columns}, jsonb_build_object('definition', p.definition, 'state', p.state) as definition, r.id as request, r.reference,
      s.came_back_from as "cameBackFrom", s.agreed_on as "agreedOn", s.until, s.stage, s.ends_by as "endsBy", s.lead as "leadId", s.version, s.answers,
      ${actsHere(sql`s.team_id`, identity)} as here,
      (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'name', m.given_name || ' ' || m.family_name) order by m.date_of_birth nulls last), '[]')
         from support.support_person w join record.person m on m.id = w.person_id where w.support_id = s.id) as people,
      ${colleaguesIn(sql`s.team_id`)} as colleagues,
      (select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'words', g.words, 'whose', m.given_name, 'state', g.state, 'setOn', g.set_on,
          'endedOn', g.ended_on, 'version', g.version) order by g.id), '[]')
         from (select * from support.goal g where g.support_id = s.id order by g.id limit 50) g left join record.person m on m.id = g.person_id) as goals,
      (select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'tool', d.tool, 'person', d.person_id, 'whose', m.given_name, 'moment', d.moment,
          'on', d.on_day, 'score', d.score, 'words', d.words, 'scores', (select coalesce(jsonb_agg(jsonb_build_object('area', c.area,
            'title', c.title, 'score', c.score) order by c.area), '[]') from support.reading_score c where c.reading_id = d.id)) order by d.on_day, d.id), '[]')
         from (select * from support.reading d where d.support_id = s.id order by d.on_day desc, d.id desc limit 100) d
           left join record.person m on m.id = d.person_id) as readings,
      (select coalesce(jsonb_agg(distinct jsonb_build_object('id', w.id, 'title', w.title)), '[]')
         from support.group_member m join support.group_work w on w.id = m.group_id where m.support_id = s.id and m.left_on is null) as groups,
      (select coalesce(jsonb_agg(jsonb_build_object('step', x.step, 'level', x.level, 'what', x.what, 'why', x.why, 'by', xa.name, 'on', x.on_day,
          'at', x.at) order by x.at, x.id), '[]')
         from (select * from support.support_step x where x.support_id = s.id order by x.at desc limit 200) x
           left join access.account xa on xa.id = x.by_account) as steps,
      (select jsonb_build_object('outcome', e.outcome, 'why', e.why, 'next', e.next, 'nextTitle', np.title, 'view', e.view, 'answers', e.answers,
          'by', ea.name, 'on', e.ended_on)
         from support.ending e left join support.programme np on np.id = e.next_programme left join access.account ea on ea.id = e.by_account
        where e.support_id = s.id) as ending
    from (${named} where s.id = ${support}) s ${joined}
      -- What a family told when it first asked stands behind help that it came back to, however often it did.
      left join lateral (
        with recursive back as (
          select s.request_id, s.came_back_from, 1 as far
          union all select b.request_id, b.came_back_from, back.far + 1 from back join support.support b on b.id = back.came_back_from
            where back.request_id is null and back.far < 100)
        select back.request_id from back where back.request_id is not null limit 1) told on true
      left join support.request r on r.id = told.request_id`,
});

const sessionRow = z.object({
  about: z.uuid(),
  id: z.uuid(),
  on: plainDay,
  began: z.string(),
  minutes: z.int(),
  way: z.string(),
  group: z.string().nullable(),
  what: z.string(),
  by: z.string().nullable(),
  answers: z.array(answerRow),
  came: z.array(z.object({ name: z.string(), came: z.enum(['came', 'could not come', 'did not come']) })),
  items: z.array(z.object({ item: z.string(), amount: z.int() })),
});
export type Session = z.output<typeof sessionRow>;

export const sessions = query({
  name: 'support.sessions',
  title: 'See the times together with a family, newest first',
  who: practitioners,
  about: 'the family that is helped',
  input: z.object({ support: id(), ...after }),
  row: sessionRow,
  sql: ({ support, afterDay, afterId }) => sql`
    select n.family_id as about, n.id, n.on_day as on, to_char(n.began, 'HH24:MI') as began, n.minutes, n.way, g.title as group, n.what,
      a.name as by, n.answers,
      (select coalesce(jsonb_agg(jsonb_build_object('name', m.given_name, 'came', c.came) order by m.date_of_birth nulls last), '[]')
         from support.session_person c join record.person m on m.id = c.person_id where c.session_id = n.id) as came,
      (select coalesce(jsonb_agg(jsonb_build_object('item', i.item, 'amount', i.amount) order by i.item), '[]')
         from support.session_item i where i.session_id = n.id) as items
    from support.session n left join access.account a on a.id = n.by_account left join support.group_work g on g.id = n.group_id
    where n.support_id = ${support} ${afterDay && afterId ? sql`and (n.on_day, n.id) < (${afterDay}::date, ${afterId}::uuid)` : empty}
    order by n.on_day desc, n.id desc limit ${pageSize + 1}`,
});

export const groups = query({
  name: 'support.groups',
  title: 'See the groups that my team runs',
  who: practitioners,
  about: 'nobody',
  input: z.object({}),
  row: z.object({
    id: z.uuid(),
    title: z.string(),
    programme: z.string(),
    place: z.string(),
    places: z.int(),
    taken: z.int(),
    firstOn: plainDay,
    lastOn: plainDay.nullable(),
  }),
  sql: (_input, { identity }) => sql`
    select g.id, g.title, p.title as programme, g.place, g.places, n.people as taken, g.first_on as "firstOn", g.last_on as "lastOn"
    from (select * from support.group_work g where g.team_id = any (${teamsOf(identity)}::uuid[]) order by g.first_on desc, g.id limit 100) g
      join support.programme p on p.id = g.programme cross join lateral support.in_group(g.id) n
    order by g.last_on nulls first, g.first_on desc, g.id`,
});

export const group = query({
  name: 'support.group',
  title: 'Look at a group: its places, and where and when it meets',
  who: practitioners,
  about: 'nobody',
  input: z.object({ group: id() }),
  row: z.object({
    id: z.uuid(),
    title: z.string(),
    programme: z.string(),
    programmeTitle: z.string(),
    team: z.string(),
    here: z.boolean(),
    place: z.string(),
    places: z.int(),
    taken: z.int(),
    firstOn: plainDay,
    lastOn: plainDay.nullable(),
    version: z.int(),
  }),
  sql: ({ group }, { identity }) => sql`
    select g.id, g.title, g.programme, p.title as "programmeTitle", t.name as team, ${actsHere(sql`g.team_id`, identity)} as here, g.place,
      g.places, n.people as taken, g.first_on as "firstOn", g.last_on as "lastOn", g.version
    from support.group_work g join support.programme p on p.id = g.programme join access.team t on t.id = g.team_id
      cross join lateral support.in_group(g.id) n
    where g.id = ${group}`,
});

export const members = query({
  name: 'support.members',
  title: 'See who is in a group, and how often they came',
  who: practitioners,
  about: 'each family of the group',
  input: z.object({ group: id() }),
  row: z.object({
    about: z.uuid(),
    person: z.uuid(),
    name: z.string(),
    support: z.uuid(),
    joinedOn: plainDay,
    leftOn: plainDay.nullable(),
    came: z.int(),
    met: z.int(),
  }),
  sql: ({ group }) => sql`
    select m.family_id as about, m.person_id as person, p.given_name || ' ' || p.family_name as name, m.support_id as support,
      m.joined_on as "joinedOn", m.left_on as "leftOn", coalesce(c.came, 0)::integer as came, coalesce(c.met, 0)::integer as met
    from support.group_member m join record.person p on p.id = m.person_id
      left join lateral (
        select count(*) filter (where w.came = 'came') as came, count(*) as met
        from support.session n join support.session_person w on w.session_id = n.id and w.person_id = m.person_id
        where n.group_id = m.group_id and n.support_id = m.support_id) c on true
    where m.group_id = ${group} order by m.left_on nulls first, p.given_name, p.family_name, m.person_id limit 1000`,
});

export const canJoin = query({
  name: 'support.can-join',
  title: 'See whom a group could take: those helped by its programme who are not in it',
  who: practitioners,
  about: 'each family in the list',
  input: z.object({ group: id() }),
  row: z.object({
    about: z.uuid(),
    support: z.uuid(),
    family: z.string(),
    people: z.array(z.object({ id: z.uuid(), name: z.string() })),
  }),
  sql: ({ group }) => sql`
    select s.family_id as about, s.id as support, f.name as family,
      (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'name', m.given_name || ' ' || m.family_name) order by m.date_of_birth nulls last), '[]')
         from support.support_person w join record.person m on m.id = w.person_id
        where w.support_id = s.id and not exists (select from support.group_member x where x.group_id = ${group}::uuid
          and x.person_id = w.person_id and x.left_on is null)) as people
    from support.group_work g join support.support s on s.team_id = g.team_id and s.programme = g.programme and s.state in ('active', 'paused')
      join record.family f on f.id = s.family_id
    where g.id = ${group} order by f.name, s.id limit 200`,
});

export const due = query({
  name: 'support.due',
  title: 'See what is due for the families that I help',
  who: practitioners,
  about: 'each family in the list',
  input: z.object({}),
  row: z.object({
    about: z.uuid(),
    id: z.uuid(),
    family: z.string(),
    title: z.string(),
    what: z.enum(['first contact', 'review', 'stage', 'pause']),
    due: plainDay,
  }),
  sql: (_input, { identity, today }) => sql`
    select s.family_id as about, s.id, f.name as family, p.title, d.what, d.due
    from support.support s join record.family f on f.id = s.family_id join support.programme p on p.id = s.programme
      cross join lateral (values ('first contact', case when s.first_contact_on is null then s.first_contact_by end), ('review', s.review_by),
        ('stage', s.stage_by), ('pause', s.back_by)) d (what, due)
    where s.lead = ${identity.account}::uuid and s.state in ('active', 'paused') and d.due <= ${today}::date + 14
    order by d.due, s.id limit ${pageSize}`,
});
