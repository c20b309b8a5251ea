import sql, { empty } from 'sql-template-tag';
import { z } from 'zod';
import type { Identity } from '../../platform/access/identity.ts';
import { query } from '../../platform/actions/declare.ts';
import { id, optionalDay, optionalId } from '../../platform/actions/fields.ts';
import { homeKinds } from '../../record/homes/rules.ts';
import { practitioners } from '../../record/roles.ts';
import { jsonDay, plainDay } from './records.ts';
import { meetingKinds, standings, states } from './rules.ts';

// What people see of family group decision making.

export const pageSize = 50;

/** The teams in which somebody works with families. */
export const teamsOf = (identity: Identity): string[] => [
  ...new Set(
    identity.posts
      .filter(({ role }) => (practitioners as readonly string[]).includes(role))
      .map(({ team }) => team),
  ),
];

const listed = z.object({
  id: z.uuid(),
  reference: z.string(),
  about: z.uuid(),
  family: z.string(),
  state: z.enum(states),
  emergency: z.boolean(),
  askedOn: plainDay,
  answerBy: plainDay,
  acceptedOn: plainDay.nullable(),
  meetBy: plainDay.nullable(),
  met: z.boolean(),
  planBy: plainDay.nullable(),
  planAgreedOn: plainDay.nullable(),
  unansweredSince: plainDay.nullable(),
  reviewBy: plainDay.nullable(),
  endedOn: plainDay.nullable(),
  ending: z.string().nullable(),
  coordinator: z.string().nullable(),
  team: z.string(),
  askedBy: z.string(),
  children: z.string().nullable(),
});
export type Listed = z.output<typeof listed>;

const columns = sql`p.id, p.reference, p.family_id as about, f.name as family, p.state, p.emergency, p.asked_on as "askedOn", p.answer_by as "answerBy",
  p.accepted_on as "acceptedOn", p.meet_by as "meetBy", exists (select from family_group.meeting m where m.process_id = p.id and m.held) as met,
  p.plan_by as "planBy", p.plan_agreed_on as "planAgreedOn",
  (select l.written_on from family_group.plan l where l.process_id = p.id and l.standing = 'to be answered') as "unansweredSince",
  (select v.due from family_group.review v where v.process_id = p.id and v.held_on is null) as "reviewBy",
  p.ended_on as "endedOn", p.ending, c.name as coordinator, t.name as team, a.name as "askedBy",
  (select string_agg(k.given_name, ', ' order by k.date_of_birth nulls last, k.id) from family_group.child h join record.person k on k.id = h.person_id
    where h.process_id = p.id) as children`;
const joined = sql`join record.family f on f.id = p.family_id join access.team t on t.id = p.team_id join access.account a on a.id = p.asked_by
  left join access.account c on c.id = p.coordinator`;

export const waiting = query({
  name: 'family-group.waiting',
  title: 'See the families that wait for a coordinator of my team, in turn',
  who: practitioners,
  about: 'each family in the list',
  input: z.object({
    afterUrgent: z.enum(['', 'yes', 'no']).default(''),
    afterDay: optionalDay('Enter a day'),
    afterId: optionalId(),
  }),
  row: listed,
  sql({ afterUrgent, afterDay, afterId }, { identity }) {
    const next =
      afterDay && afterId
        ? sql`and (not w.emergency, w.asked_on, w.id) > (${afterUrgent !== 'yes'}, ${afterDay}::date, ${afterId}::uuid)`
        : empty;
    // Each team is read by its index, and only as far as the page needs.
    return sql`
      select ${columns} from (
        select it.* from unnest(${teamsOf(identity)}::uuid[]) as team cross join lateral (
          select w.* from family_group.process w where w.state = 'waiting' and w.team_id = team ${next}
          order by not w.emergency, w.asked_on, w.id limit ${pageSize + 1}) it
        order by not it.emergency, it.asked_on, it.id limit ${pageSize + 1}) p ${joined}
      order by not p.emergency, p.asked_on, p.id`;
  },
});

export const mine = query({
  name: 'family-group.mine',
  title: 'See the families that I coordinate, asked for, or hold the bottom line of',
  who: practitioners,
  about: 'each family in the list',
  input: z.object({ afterId: optionalId() }),
  row: listed.extend({ as: z.enum(['coordinator', 'asked', 'bottom line']) }),
  sql({ afterId }, { identity: { account } }) {
    const next = afterId ? sql`and q.id > ${afterId}::uuid` : empty;
    const some = sql`order by q.id limit ${pageSize + 1}`;
    return sql`
      select ${columns}, case ${account}::uuid when p.coordinator then 'coordinator' when p.bottom_line_of then 'bottom line' else 'asked' end as "as"
      from (
        (select q.* from family_group.process q where q.coordinator = ${account}::uuid and q.state in ('preparing', 'following') ${next} ${some})
        union
        (select q.* from family_group.process q where q.asked_by = ${account}::uuid and q.state in ('waiting', 'preparing', 'following') ${next} ${some})
        union
        (select q.* from family_group.process q where q.bottom_line_of = ${account}::uuid and q.state in ('waiting', 'preparing', 'following') ${next} ${some})
        order by id limit ${pageSize + 1}) p ${joined}
      order by p.id`;
  },
});

export const ofFamily = query({
  name: 'family-group.of-family',
  title: 'See the family group meetings of a family',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: id() }),
  row: listed,
  sql: ({ family }) => sql`
    select ${columns} from (select * from family_group.process q where q.family_id = ${family} order by q.asked_on desc, q.id desc limit 100) p ${joined}
    order by p.asked_on desc, p.id desc`,
});

export const rooms = query({
  name: 'family-group.rooms',
  title: 'See how many families each coordinator takes, and how many they are with',
  who: practitioners,
  about: 'nobody',
  input: z.object({}),
  row: z.object({
    id: z.uuid(),
    name: z.string(),
    teamId: z.uuid(),
    team: z.string(),
    atOnce: z.int(),
    now: z.int(),
    following: z.int(),
    version: z.int(),
  }),
  sql: (_input, { today }) => sql`
    select account_id as id, name, team_id as "teamId", team, at_once as "atOnce", now, following, version from family_group.rooms(${today})`,
});

export const coordinators = query({
  name: 'family-group.coordinators',
  title: 'See who works in the teams of coordinators',
  who: practitioners,
  about: 'nobody',
  input: z.object({}),
  row: z.object({ id: z.uuid(), name: z.string(), teamId: z.uuid(), team: z.string() }),
  sql: () => sql`
    select distinct a.id, a.name, t.team_id as "teamId", t.name as team
    from family_group.teams() t join access.post x on x.team_id = t.team_id and x.role_id in ('social-worker', 'family-support-worker', 'team-manager')
      join access.holding h on h.post_id = x.id and h.during @> now() join access.account a on a.id = h.account_id and a.left_at is null
    order by t.name, a.name, a.id limit 200`,
});

export const askForm = query({
  name: 'family-group.ask-form',
  title: 'See what asking for a family group meeting needs to know of a family',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: id() }),
  row: z.object({
    about: z.uuid(),
    name: z.string(),
    children: z.array(z.object({ id: z.uuid(), name: z.string(), born: jsonDay.nullable() })),
    workers: z.array(z.object({ id: z.uuid(), name: z.string() })),
    teams: z.array(z.object({ id: z.uuid(), name: z.string(), organisation: z.string() })),
    live: z.uuid().nullable(),
  }),
  sql: ({ family }, { today }) => sql`
    select f.id as about, f.name,
      (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.given_name || ' ' || p.family_name, 'born', coalesce(p.date_of_birth, p.expected_on))
          order by p.date_of_birth nulls last, p.id), '[]')
         from record.family_member m join record.person p on p.id = m.person_id
        where m.family_id = f.id and m.during @> ${today}::date and m.part in ('child', 'young person') and p.died_on is null) as children,
      (select coalesce(jsonb_agg(jsonb_build_object('id', who.id, 'name', who.name) order by who.name, who.id), '[]') from (
         select distinct a.id, a.name from access.reason r
           left join access.holding h on h.post_id = r.holder and h.during @> now()
           join access.account a on a.id = coalesce(h.account_id, r.holder) and a.left_at is null
         where r.subject = f.id and r.scope = 'practice' and r.since <= now() and (r.until is null or r.until > now())
           and (r.not_for is null or a.id <> all (r.not_for)) order by a.name limit 100) who) as workers,
      (select coalesce(jsonb_agg(jsonb_build_object('id', t.team_id, 'name', t.name, 'organisation', t.organisation) order by t.name, t.team_id), '[]')
         from family_group.teams() t) as teams,
      (select p.id from family_group.process p where p.family_id = f.id and p.state in ('waiting', 'preparing', 'following')) as live
    from record.family f where f.id = ${family}`,
});

const homeRow = z.enum(homeKinds).nullable();

const opened = listed.extend({
  version: z.int(),
  decide: z.string(),
  strengths: z.string(),
  bottomLine: z.string(),
  bottomLineOf: z.uuid(),
  bottomLineName: z.string(),
  safety: z.string(),
  view: z.string(),
  agreedWith: z.string(),
  teamId: z.uuid(),
  coordinatorId: z.uuid().nullable(),
  askedById: z.uuid(),
  askedTeam: z.string(),
  askedTeamId: z.uuid(),
  askedOrganisation: z.uuid(),
  next: z.string().nullable(),
  whoChildren: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      before: homeRow,
      atEnd: homeRow,
      yearLater: homeRow,
    }),
  ),
  guests: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      person: z.uuid().nullable(),
      child: z.boolean(),
      namedAgreed: z.string(),
      relation: z.string(),
      standing: z.enum(standings),
      askedBy: z.string(),
      view: z.string(),
      whyNot: z.string(),
      needs: z.string(),
      version: z.int(),
      metOn: jsonDay.nullable(),
    }),
  ),
  preparations: z.array(
    z.object({ who: z.string(), on: jsonDay, way: z.string(), needs: z.string(), by: z.string().nullable() }),
  ),
  meetings: z.array(
    z.object({
      id: z.uuid(),
      kind: z.enum(meetingKinds),
      on: jsonDay,
      began: z.string(),
      place: z.string(),
      held: z.boolean(),
      information: z.string(),
      privateMinutes: z.int().nullable(),
      came: z.array(z.string()),
    }),
  ),
  plans: z.array(
    z.object({
      id: z.uuid(),
      words: z.string(),
      offered: z.string(),
      reviewOn: jsonDay,
      standing: z.enum(['to be answered', 'agreed', 'not agreed']),
      why: z.string(),
      writtenOn: jsonDay,
      answeredOn: jsonDay.nullable(),
      answeredBy: z.string().nullable(),
      actions: z.array(
        z.object({ what: z.string(), who: z.string(), service: z.boolean(), due: jsonDay.nullable() }),
      ),
      given: z.array(z.object({ guest: z.uuid(), name: z.string(), on: jsonDay, way: z.string() })),
    }),
  ),
  reviews: z.array(
    z.object({ due: jsonDay, heldOn: jsonDay.nullable(), said: z.string(), outcome: z.string().nullable() }),
  ),
  steps: z.array(
    z.object({ step: z.string(), why: z.string(), next: z.string(), by: z.string().nullable(), on: jsonDay }),
  ),
});
export type Opened = z.output<typeof opened>;

const nameOfGuest = sql`coalesce(g.named, n.given_name || ' ' || n.family_name, 'Somebody')`;

/** Where somebody lives on a day: the kind of home, never which. */
const homeOn = (day: ReturnType<typeof sql>) =>
  sql`(select o.kind from record.home o where o.person_id = h.person_id and o.during @> ${day} limit 1)`;

export const process = query({
  name: 'family-group.process',
  title: 'Open a family group meeting: what was asked, the network, the plan, and each step',
  who: practitioners,
  about: 'the family',
  input: z.object({ process: id() }),
  row: opened,
  sql: ({ process }, { today }) => sql`
    select ${columns}, p.version, p.decide, p.strengths, p.bottom_line as "bottomLine", p.bottom_line_of as "bottomLineOf", b.name as "bottomLineName",
      p.safety, p.view, p.agreed_with as "agreedWith", p.team_id as "teamId", p.coordinator as "coordinatorId", p.asked_by as "askedById",
      own.name as "askedTeam", p.asked_team as "askedTeamId", own.organisation_id as "askedOrganisation",
      (select w.reference from family_group.process w where w.team_id = p.team_id and w.state = 'waiting' and p.state = 'waiting'
         and (not w.emergency, w.asked_on, w.id) < (not p.emergency, p.asked_on, p.id) order by not w.emergency, w.asked_on, w.id limit 1) as next,
      (select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'name', k.given_name || ' ' || k.family_name, 'before', ${homeOn(sql`p.asked_on`)},
          'atEnd', case when p.ended_on is not null then ${homeOn(sql`p.ended_on`)} end,
          'yearLater', case when p.ended_on + 365 <= ${today}::date then ${homeOn(sql`(p.ended_on + interval '1 year')::date`)} end)
          order by k.date_of_birth nulls last, k.id), '[]')
         from family_group.child h join record.person k on k.id = h.person_id where h.process_id = p.id) as "whoChildren",
      (select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'name', ${nameOfGuest}, 'person', g.person_id,
          'child', exists (select from family_group.child h where h.process_id = g.process_id and h.person_id = g.person_id), 'namedAgreed', g.named_agreed,
          'relation', g.relation, 'standing', g.standing, 'askedBy', g.asked_by, 'view', g.view, 'whyNot', g.why_not, 'needs', g.needs, 'version', g.version,
          'metOn', (select max(e.on_day) from family_group.preparation e where e.guest_id = g.id)) order by g.id), '[]')
         from family_group.guest g left join record.person n on n.id = g.person_id where g.process_id = p.id) as guests,
      (select coalesce(jsonb_agg(jsonb_build_object('who', ${nameOfGuest}, 'on', e.on_day, 'way', e.way, 'needs', e.needs, 'by', ea.name) order by e.on_day, e.id), '[]')
         from family_group.preparation e join family_group.guest g on g.id = e.guest_id left join record.person n on n.id = g.person_id
           left join access.account ea on ea.id = e.by_account where e.process_id = p.id) as preparations,
      (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'kind', m.kind, 'on', m.on_day, 'began', to_char(m.began, 'HH24:MI'), 'place', m.place,
          'held', m.held, 'information', m.information, 'privateMinutes', m.private_minutes,
          'came', (select coalesce(jsonb_agg(${nameOfGuest} order by g.id), '[]') from family_group.came x join family_group.guest g on g.id = x.guest_id
             left join record.person n on n.id = g.person_id where x.meeting_id = m.id)) order by m.on_day, m.id), '[]')
         from family_group.meeting m where m.process_id = p.id) as meetings,
      (select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'words', l.words, 'offered', l.offered, 'reviewOn', l.review_on, 'standing', l.standing,
          'why', l.why, 'writtenOn', l.written_on, 'answeredOn', l.answered_on, 'answeredBy', la.name,
          'actions', (select coalesce(jsonb_agg(jsonb_build_object('what', y.what, 'who', coalesce(y.service, ${nameOfGuest}), 'service', y.service is not null,
              'due', y.due) order by y.place), '[]') from family_group.plan_action y left join family_group.guest g on g.id = y.guest_id
             left join record.person n on n.id = g.person_id where y.plan_id = l.id),
          'given', (select coalesce(jsonb_agg(jsonb_build_object('guest', g.id, 'name', ${nameOfGuest}, 'on', y.on_day, 'way', y.way) order by g.id), '[]')
             from family_group.given y join family_group.guest g on g.id = y.guest_id left join record.person n on n.id = g.person_id where y.plan_id = l.id))
          order by l.id desc), '[]')
         from family_group.plan l left join access.account la on la.id = l.answered_by where l.process_id = p.id) as plans,
      (select coalesce(jsonb_agg(jsonb_build_object('due', v.due, 'heldOn', v.held_on, 'said', v.said, 'outcome', v.outcome) order by v.due, v.id), '[]')
         from family_group.review v where v.process_id = p.id) as reviews,
      (select coalesce(jsonb_agg(jsonb_build_object('step', s.step, 'why', s.why, 'next', s.next, 'by', sa.name, 'on', s.on_day) order by s.at, s.id), '[]')
         from family_group.step s left join access.account sa on sa.id = s.by_account where s.process_id = p.id) as steps
    from family_group.process p ${joined} join access.account b on b.id = p.bottom_line_of join access.team own on own.id = p.asked_team
    -- What happened names the plan or the meeting of which it tells: either leads to what it is part of.
    where p.id = coalesce((select l.process_id from family_group.plan l where l.id = ${process}),
      (select m.process_id from family_group.meeting m where m.id = ${process}), ${process})`,
});

export const takenBy = query({
  name: 'family-group.taken-by',
  title: 'See which colleague took on a family that waited for my team',
  who: practitioners,
  about: 'nobody',
  input: z.object({ process: id() }),
  row: z.object({ name: z.string() }),
  sql: ({ process }) => sql`select name from family_group.taken_by(${process})`,
});

export const planDocument = query({
  ...process,
  name: 'family-group.plan-document',
  title: 'Take a family’s plan away as a document',
});

export const canAsk = query({
  name: 'family-group.can-ask',
  title: 'See who of the record could be asked to a family’s meeting',
  who: practitioners,
  about: 'the family',
  input: z.object({ process: id() }),
  row: z.object({ about: z.uuid(), id: z.uuid(), name: z.string(), inFamily: z.boolean() }),
  sql: ({ process }, { today }) => sql`
    with family as (select p.id, p.family_id from family_group.process p where p.id = ${process}),
    inside as (select m.person_id from record.family_member m join family f on f.family_id = m.family_id where m.during @> ${today}::date limit 200),
    near as (
      select person_id, true as inside from inside
      union all select r.other_id, false from inside i join record.relationship r on r.person_id = i.person_id and r.during @> ${today}::date
      union all select r.person_id, false from inside i join record.relationship r on r.other_id = i.person_id and r.during @> ${today}::date)
    select f.family_id as about, p.id, p.given_name || ' ' || p.family_name as name, bool_or(n.inside) as "inFamily"
    from family f cross join near n join record.person p on p.id = n.person_id and p.died_on is null
    where not exists (select from family_group.guest g where g.process_id = f.id and g.person_id = p.id)
    group by f.family_id, p.id order by bool_or(n.inside) desc, p.family_name, p.given_name, p.id limit 200`,
});

export const start = query({
  name: 'family-group.start',
  title: 'See how many families wait for a coordinator, and how many I am with',
  who: practitioners,
  about: 'nobody',
  input: z.object({}),
  row: z.object({ waiting: z.int(), waitingLate: z.int(), mine: z.int(), late: z.int() }),
  sql: (_input, { identity, today }) => sql`
    select w.waiting, w."waitingLate", m.mine, m.late
    from (select count(*)::integer as waiting, count(*) filter (where p.answer_by < ${today}::date)::integer as "waitingLate"
        from family_group.process p where p.state = 'waiting' and p.team_id = any (${teamsOf(identity)}::uuid[])) w,
      (select count(*)::integer as mine, count(*) filter (where p.state = 'preparing' and p.plan_by < ${today}::date)::integer as late
        from family_group.process p where p.state in ('preparing', 'following') and p.coordinator = ${identity.account}::uuid) m`,
});
