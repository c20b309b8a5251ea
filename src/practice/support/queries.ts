import sql, { empty, type Sql } from 'sql-template-tag';
import { z } from 'zod';
import type { Identity } from '../../platform/access/identity.ts';
import { query } from '../../platform/actions/declare.ts';
import { id, optionalDay, optionalId, text } from '../../platform/actions/fields.ts';
import { practitioners } from '../../record/roles.ts';
import { levels } from './programme.ts';
import { jsonDay, jsonMoment, plainDay, programmeRow } from './records.ts';
import { requestStates, sources, urgencyIds } from './rules.ts';
import { programmeKeepers } from './settings.ts';

// What people see of programmes and of requests. helping-queries.ts has supports and groups.

export const pageSize = 50;
/** Those who see programmes, and what waits. */
export const readers = [...new Set([...practitioners, ...programmeKeepers])] as const;

/** The teams in which somebody works with families: what waits there waits for them. */
export const teamsOf = (identity: Identity): string[] => [
  ...new Set(
    identity.posts
      .filter(({ role }) => (practitioners as readonly string[]).includes(role))
      .map(({ team }) => team),
  ),
];

/** Whether whoever asks acts for a team: they work in it, or are a senior manager of its organisation. records.ts has the same. */
export const actsHere = (
  team: Sql,
  identity: Identity,
): Sql => sql`(${team} = any (${teamsOf(identity)}::uuid[]) or exists (
  select from access.team its where its.id = ${team} and its.organisation_id = any (${identity.posts
    .filter(({ role }) => role === 'senior-manager')
    .map(({ organisation }) => organisation)}::uuid[])))`;

const after = { afterDay: optionalDay('Enter a day'), afterId: optionalId() };

export const programmes = query({
  name: 'support.programmes',
  title: 'See every programme of help',
  who: 'anyone signed in',
  about: 'nobody',
  input: z.object({}),
  row: programmeRow,
  sql: () => sql`select definition, state from support.programme order by lower(title), id limit 500`,
});

export const programme = query({
  name: 'support.programme',
  title: 'Look at a programme of help',
  who: 'anyone signed in',
  about: 'nobody',
  input: z.object({ programme: text(60) }),
  row: z.object({
    id: z.string(),
    definition: programmeRow,
    families: z.int(),
    /** Counted where its capacity is of people. */
    people: z.int().nullable(),
    waiting: z.int(),
    named: z.boolean(),
    teams: z.array(z.object({ id: z.uuid(), name: z.string(), organisation: z.string() })),
    groups: z.array(
      z.object({
        id: z.uuid(),
        title: z.string(),
        place: z.string(),
        places: z.int(),
        firstOn: jsonDay,
        lastOn: jsonDay.nullable(),
        team: z.string(),
      }),
    ),
  }),
  sql: ({ programme }, { today }) => sql`
    select p.id, jsonb_build_object('definition', p.definition, 'state', p.state) as definition, s.families, s.people, s.waiting,
      exists (select from support.programme_team own where own.programme = p.id) as named,
      (select coalesce(jsonb_agg(jsonb_build_object('id', t.team_id, 'name', t.name, 'organisation', t.organisation) order by t.name, t.team_id), '[]')
         from support.teams_for(p.id, null) t) as teams,
      (select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'title', g.title, 'place', g.place, 'places', g.places, 'firstOn', g.first_on,
          'lastOn', g.last_on, 'team', t.name) order by g.first_on desc, g.id), '[]')
         from (select * from support.group_work g where g.programme = p.id and (g.last_on is null or g.last_on >= ${today}::date)
           order by g.first_on desc, g.id limit 50) g join access.team t on t.id = g.team_id) as groups
    from support.programme p cross join lateral support.standing(p.id) s where p.id = ${programme}`,
});

export const allTeams = query({
  name: 'support.teams',
  title: 'See the teams that can answer for a programme',
  who: programmeKeepers,
  about: 'nobody',
  input: z.object({}),
  row: z.object({ id: z.uuid(), name: z.string(), organisation: z.string() }),
  sql: () => sql`
    select t.id, t.name, o.name as organisation from access.team t join access.organisation o on o.id = t.organisation_id
    where exists (select from access.post p where p.team_id = t.id and p.role_id = any (${[...practitioners]}::text[]))
    order by o.name, t.name limit 500`,
});

export const askForm = query({
  name: 'support.ask-form',
  title: 'See what asking for help needs to know of a family',
  who: practitioners,
  about: 'the family that asks',
  input: z.object({ family: id(), programme: z.string().max(60).default('') }),
  row: z.object({
    about: z.uuid(),
    name: z.string(),
    members: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        born: jsonDay.nullable(),
        part: z.enum(['child', 'young person', 'parent or carer', 'other']),
        careExperienced: z.boolean(),
      }),
    ),
    teams: z.array(z.object({ id: z.uuid(), name: z.string(), organisation: z.string(), near: z.int() })),
    live: z.array(z.object({ id: z.uuid(), programme: z.string(), kind: z.enum(['request', 'support']) })),
  }),
  sql: ({ family, programme }, { today }) => sql`
    select f.id as about, f.name,
      (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.given_name || ' ' || p.family_name,
          'born', coalesce(p.date_of_birth, p.expected_on), 'part', m.part, 'careExperienced', p.care_experienced) order by p.date_of_birth nulls last), '[]')
         from record.family_member m join record.person p on p.id = m.person_id
        where m.family_id = f.id and m.during @> ${today}::date and p.died_on is null) as members,
      (select coalesce(jsonb_agg(jsonb_build_object('id', t.team_id, 'name', t.name, 'organisation', t.organisation, 'near', t.near)
          order by t.near, t.name, t.team_id), '[]')
         from support.teams_for(${programme}, f.locality) t) as teams,
      (select coalesce(jsonb_agg(l), '[]') from (
         (select r.id, r.programme, 'request' as kind from support.request r where r.family_id = f.id and r.state in ('sent', 'acknowledged') limit 50)
         union all
         (select s.id, s.programme, 'support' from support.support s where s.family_id = f.id and s.state <> 'ended' limit 50)) l) as live
    from record.family f where f.id = ${family}`,
});

const listed = z.object({
  id: z.uuid(),
  reference: z.string(),
  about: z.uuid(),
  family: z.string(),
  programme: z.string(),
  title: z.string(),
  urgency: z.enum(urgencyIds),
  state: z.enum(requestStates),
  sentOn: plainDay,
  acknowledgeBy: plainDay,
  answerBy: plainDay,
  team: z.string(),
  askedBy: z.string().nullable(),
  climbed: z.int(),
});
export type ListedRequest = z.output<typeof listed>;

/** A request with the name of its family, read row by row: the reason that the one was seen for is remembered for the other. */
const named = sql`select r.*, f.name as family from support.request r join record.family f on f.id = r.family_id`;
const columns = sql`r.id, r.reference, r.family_id as about, r.family, r.programme, p.title, r.urgency, r.state, r.sent_on as "sentOn",
  r.acknowledge_by as "acknowledgeBy", r.answer_by as "answerBy", t.name as team, a.name as "askedBy", r.climbed`;
const joined = sql`join support.programme p on p.id = r.programme
  join access.team t on t.id = r.team_id left join access.account a on a.id = r.asked_by`;

export const queue = query({
  name: 'support.queue',
  title: 'See requests for help that wait for my team, the soonest due first',
  who: practitioners,
  about: 'each family in the list',
  input: z.object(after),
  row: listed,
  sql({ afterDay, afterId }, { identity }) {
    const next =
      afterDay && afterId ? sql`and (r.answer_by, r.id) > (${afterDay}::date, ${afterId}::uuid)` : empty;
    // Each team is read by its index, and only as far as the page needs.
    return sql`
      select ${columns} from (
        select it.* from unnest(${teamsOf(identity)}::uuid[]) as team cross join lateral (
          ${named} where r.state in ('sent', 'acknowledged') and r.team_id = team ${next}
          order by r.answer_by, r.id limit ${pageSize + 1}) it
        order by it.answer_by, it.id limit ${pageSize + 1}) r ${joined}
      order by r.answer_by, r.id`;
  },
});

export const climbed = query({
  name: 'support.climbed',
  title: 'See requests for help that nobody answered in time and that came up to me',
  who: ['senior-manager'],
  about: 'each family in the list',
  input: z.object({}),
  row: listed,
  sql: (_input, { identity }) => sql`
    select ${columns} from (
      select q.*, f.name as family from (select distinct r.subject from access.my_reason r where r.kind = 'support-asked') mine
        join support.request q on q.family_id = mine.subject join record.family f on f.id = mine.subject
      where q.state in ('sent', 'acknowledged') and q.climbed = 2 and q.team_id <> all (${teamsOf(identity)}::uuid[])
      order by q.answer_by, q.id limit ${pageSize}) r ${joined}
    order by r.answer_by, r.id`,
});

export const mine = query({
  name: 'support.mine',
  title: 'See what help I asked for, newest first',
  who: practitioners,
  about: 'each family in the list',
  input: z.object(after),
  row: listed,
  sql({ afterDay, afterId }, { identity }) {
    const next =
      afterDay && afterId ? sql`and (r.sent_on, r.id) < (${afterDay}::date, ${afterId}::uuid)` : empty;
    return sql`
      select ${columns} from (
        ${named} where r.asked_by = ${identity.account}::uuid ${next}
        order by r.sent_on desc, r.id desc limit ${pageSize + 1}) r ${joined}
      order by r.sent_on desc, r.id desc`;
  },
});

/** What is shown of an answer: its question, and the words. */
export const answerRow = z.object({ id: z.string(), title: z.string(), words: z.string() });

const opened = listed.extend({
  definition: programmeRow,
  askedFor: z.string(),
  source: z.enum(sources),
  askedTeam: z.string().nullable(),
  reason: z.string(),
  tried: z.string(),
  view: z.string(),
  agreed: z.string(),
  answers: z.array(answerRow),
  findings: z.array(z.object({ met: z.boolean(), because: z.string() })),
  version: z.int(),
  answeredOn: plainDay.nullable(),
  support: z.uuid().nullable(),
  askedByMe: z.boolean(),
  here: z.boolean(),
  people: z.array(z.object({ id: z.uuid(), name: z.string() })),
  colleagues: z.array(z.object({ id: z.uuid(), name: z.string() })),
  steps: z.array(
    z.object({
      step: z.string(),
      title: z.string(),
      toTitle: z.string().nullable(),
      team: z.string().nullable(),
      toTeam: z.string().nullable(),
      why: z.string(),
      next: z.string(),
      told: z.string(),
      by: z.string().nullable(),
      on: jsonDay,
      at: jsonMoment,
    }),
  ),
});
export type OpenedRequest = z.output<typeof opened>;

/** Those who work in a team now, as JSON of their ids and names. */
export const colleaguesIn = (team: Sql): Sql => sql`(
  select coalesce(jsonb_agg(jsonb_build_object('id', who.id, 'name', who.name) order by who.name), '[]') from (
    select distinct a.id, a.name from access.post x join access.holding h on h.post_id = x.id and h.during @> now()
      join access.account a on a.id = h.account_id and a.left_at is null
    where x.team_id = ${team} and x.role_id = any (${[...practitioners]}::text[]) order by a.name limit 200) who)`;

export const request = query({
  name: 'support.request',
  title: 'Open a request for help: what was told, with whom it is, and each step',
  who: practitioners,
  about: 'the family for which help was asked',
  input: z.object({ request: id() }),
  row: opened,
  sql: ({ request }, { identity }) => sql`
    select ${columns}, jsonb_build_object('definition', p.definition, 'state', p.state) as definition, first.title as "askedFor", r.source,
      own.name as "askedTeam", r.reason, r.tried, r.view, r.agreed, r.answers, r.findings, r.version, r.answered_on as "answeredOn",
      (select s.id from support.support s where s.request_id = r.id) as support,
      r.asked_by is not distinct from ${identity.account}::uuid as "askedByMe",
      ${actsHere(sql`r.team_id`, identity)} or (r.climbed = 2 and access.has_role('senior-manager')) as here,
      (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'name', m.given_name || ' ' || m.family_name) order by m.date_of_birth nulls last), '[]')
         from support.request_person w join record.person m on m.id = w.person_id where w.request_id = r.id) as people,
      ${colleaguesIn(sql`r.team_id`)} as colleagues,
      (select coalesce(jsonb_agg(jsonb_build_object('step', s.step, 'title', sp.title, 'toTitle', tp.title, 'team', st.name, 'toTeam', tt.name,
          'why', s.why, 'next', s.next, 'told', s.told, 'by', sa.name, 'on', s.on_day, 'at', s.at) order by s.at, s.id), '[]')
         from support.request_step s join support.programme sp on sp.id = s.programme left join support.programme tp on tp.id = s.to_programme
           left join access.team st on st.id = s.team_id left join access.team tt on tt.id = s.to_team left join access.account sa on sa.id = s.by_account
        where s.request_id = r.id) as steps
    from (${named} where r.id = ${request}) r ${joined} join support.programme first on first.id = r.asked_for left join access.team own on own.id = r.asked_team`,
});

export const ofFamily = query({
  name: 'support.of-family',
  title: 'See what help a family asked for, has and had',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: id() }),
  row: z.object({
    about: z.uuid(),
    id: z.uuid(),
    kind: z.enum(['request', 'support']),
    title: z.string(),
    state: z.string(),
    level: z.enum(levels).nullable(),
    team: z.string(),
    lead: z.string().nullable(),
    day: plainDay,
    until: plainDay.nullable(),
    answerBy: plainDay.nullable(),
    people: z.string().nullable(),
  }),
  sql: ({ family }) => sql`
    select each.family_id as about, each.id, each.kind, p.title, each.state, each.level, t.name as team, a.name as lead, each.day, each.until,
      each."answerBy", case each.kind
        when 'support' then (select string_agg(m.given_name, ', ' order by m.date_of_birth nulls last)
          from support.support_person w join record.person m on m.id = w.person_id where w.support_id = each.id)
        else (select string_agg(m.given_name, ', ' order by m.date_of_birth nulls last)
          from support.request_person w join record.person m on m.id = w.person_id where w.request_id = each.id) end as people
    from (
      (select s.family_id, s.id, 'support' as kind, s.programme, s.state, s.level, s.team_id, s.lead, coalesce(s.since, s.agreed_on) as day, s.until,
         null::date as "answerBy" from support.support s where s.family_id = ${family} order by s.agreed_on desc, s.id desc limit 100)
      union all
      (select r.family_id, r.id, 'request', r.programme, r.state, null, r.team_id, null, r.sent_on, r.answered_on, r.answer_by
         from support.request r where r.family_id = ${family} and r.state <> 'accepted' order by r.sent_on desc, r.id desc limit 100)
    ) each join support.programme p on p.id = each.programme join access.team t on t.id = each.team_id left join access.account a on a.id = each.lead
    order by each.day desc, each.id desc`,
});

export const start = query({
  name: 'support.start',
  title: 'See how much help waits for me',
  who: practitioners,
  about: 'nobody',
  input: z.object({}),
  row: z.object({ toAnswer: z.int(), late: z.int(), waiting: z.int(), leading: z.int() }),
  sql: (_input, { identity, today }) => sql`
    select q."toAnswer", q.late, w.waiting, l.leading
    from (select count(*)::integer as "toAnswer", count(*) filter (where least(r.answer_by, case when r.state = 'sent' then r.acknowledge_by end) < ${today}::date)::integer as late
        from support.request r where r.state in ('sent', 'acknowledged') and r.team_id = any (${teamsOf(identity)}::uuid[])) q,
      (select count(*)::integer as waiting from support.support s where s.state = 'waiting' and s.team_id = any (${teamsOf(identity)}::uuid[])) w,
      (select count(*)::integer as leading from support.support s where s.state in ('active', 'paused') and s.lead = ${identity.account}::uuid) l`,
});
