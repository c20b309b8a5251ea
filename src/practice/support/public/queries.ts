import sql, { empty } from 'sql-template-tag';
import { z } from 'zod';
import { query } from '../../../platform/actions/declare.ts';
import { id, optionalDay, optionalId } from '../../../platform/actions/fields.ts';
import { practitioners } from '../../../record/roles.ts';
import { pageSize, teamsOf } from '../queries.ts';
import { jsonDay, jsonMoment, plainDay } from '../records.ts';
import { urgencyIds } from '../rules.ts';
import { programmeKeepers } from '../settings.ts';
import { askedStates } from './records.ts';
import { toldRow } from './visiting.ts';

// What people see of help that somebody asked for themselves. `about` is what came in: nobody of it is in the record yet.

const listed = z.object({
  about: z.uuid(),
  reference: z.string(),
  state: z.enum(askedStates),
  source: z.enum(['family', 'young person', 'other']),
  urgency: z.enum(urgencyIds),
  title: z.string().nullable(),
  team: z.string(),
  sentOn: plainDay,
  acknowledgeBy: plainDay,
  answerBy: plainDay,
  climbed: z.int(),
});
export type ListedAsked = z.output<typeof listed>;

const columns = sql`a.id as about, a.reference, a.state, a.source, a.urgency, p.title, t.name as team, a.sent_on as "sentOn",
  a.acknowledge_by as "acknowledgeBy", a.answer_by as "answerBy", a.climbed`;

export const box = query({
  name: 'support.asked-box',
  title: 'See who asked my team for help themselves, the soonest due first',
  who: practitioners,
  about: 'whoever asked for help themselves',
  input: z.object({ afterDay: optionalDay('Enter a day'), afterId: optionalId() }),
  row: listed,
  sql({ afterDay, afterId }) {
    const next =
      afterDay && afterId ? sql`and (a.answer_by, a.id) > (${afterDay}::date, ${afterId}::uuid)` : empty;
    return sql`
      select ${columns} from (
        select a.id, a.reference, a.state, a.source, a.urgency, a.programme, a.team_id, a.sent_on, a.acknowledge_by, a.answer_by, a.climbed
        from support.asked_outside a
        where a.state in ('sent', 'acknowledged') and a.team_id = any ((select support.my_teams() || support.teams_i_manage())::uuid[]) ${next}
        order by a.answer_by, a.id limit ${pageSize + 1}) a
      join access.team t on t.id = a.team_id left join support.programme p on p.id = a.programme order by a.answer_by, a.id`;
  },
});

export const waitingOutside = query({
  name: 'support.asked-waiting',
  title: 'See how many wait for my team who asked for help themselves',
  who: practitioners,
  about: 'nobody',
  input: z.object({}),
  row: z.object({ waiting: z.int(), late: z.int() }),
  sql: (_input, { identity, today }) => sql`
    select count(*)::integer as waiting,
      count(*) filter (where case when a.state = 'sent' then least(a.answer_by, a.acknowledge_by) else a.answer_by end < ${today}::date)::integer as late
    from support.asked_outside a where a.state in ('sent', 'acknowledged') and a.team_id = any (${teamsOf(identity)}::uuid[])`,
});

const opened = listed.extend({
  told: toldRow,
  programme: z.string().nullable(),
  version: z.int(),
  /** The request that was made of it, if whoever asks may see it. */
  request: z.object({ id: z.uuid(), reference: z.string() }).nullable(),
  steps: z.array(
    z.object({
      step: z.string(),
      team: z.string().nullable(),
      why: z.string(),
      next: z.string(),
      by: z.string().nullable(),
      on: jsonDay,
      at: jsonMoment,
    }),
  ),
});
export type OpenedAsked = z.output<typeof opened>;

export const one = query({
  name: 'support.asked',
  title: 'Read what somebody asked for themselves',
  who: practitioners,
  about: 'whoever asked for help themselves',
  input: z.object({ asked: id() }),
  row: opened,
  sql: ({ asked }) => sql`
    select ${columns}, a.told, a.programme, a.version,
      (select jsonb_build_object('id', r.id, 'reference', r.reference) from support.request r where r.id = a.request_id) as request,
      (select coalesce(jsonb_agg(jsonb_build_object('step', s.step, 'team', st.name, 'why', s.why, 'next', s.next, 'by', by.name, 'on', s.on_day,
          'at', s.at) order by s.at, s.id), '[]')
         from (select * from support.asked_outside_step s where s.asked_id = a.id order by s.at limit 200) s
           left join access.team st on st.id = s.team_id left join access.account by on by.id = s.by_account) as steps
    from support.asked_outside a join access.team t on t.id = a.team_id left join support.programme p on p.id = a.programme
    where a.id = ${asked}`,
});

const team = z.object({ id: z.uuid(), name: z.string(), organisation: z.string() });
export const otherTeams = query({
  name: 'support.asked-teams',
  title: 'See the teams to which what came in can be handed',
  who: practitioners,
  about: 'nobody',
  input: z.object({}),
  row: team,
  sql: () => sql`
    select t.id, t.name, o.name as organisation from access.team t join access.organisation o on o.id = t.organisation_id
    where exists (select from access.post p join access.holding h on h.post_id = p.id and h.during @> now()
      where p.team_id = t.id and p.role_id = any (${[...practitioners]}::text[]))
    order by o.name, t.name limit 500`,
});

export const frontDoor = query({
  name: 'support.front-door',
  title: 'See which teams answer whoever asks without knowing for what',
  who: programmeKeepers,
  about: 'nobody',
  input: z.object({}),
  row: team.extend({ answers: z.boolean() }),
  sql: () => sql`
    select t.id, t.name, o.name as organisation, exists (select from support.front_door d where d.team_id = t.id) as answers
    from access.team t join access.organisation o on o.id = t.organisation_id
    where exists (select from access.post p where p.team_id = t.id and p.role_id = any (${[...practitioners]}::text[]))
    order by o.name, t.name limit 500`,
});
