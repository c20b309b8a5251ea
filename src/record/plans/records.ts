import sql, { type Sql } from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';

// The SQL of plans that reads. Row-level security decides what each statement reaches: whoever has a reason for the family.

const people = sql`
  (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'name', c.given_name || ' ' || c.family_name, 'given', c.given_name)
     order by c.given_name, c.id), '[]')
   from record.plan_person pp join record.person c on c.id = pp.person_id where pp.plan_id = p.id)`;

const views = sql`
  (select coalesce(jsonb_agg(jsonb_build_object('id', v.id, 'whose', v.whose, 'person', v.person_id, 'name', v.name, 'words', v.words,
     'on', v.said_on, 'disagrees', v.disagrees, 'acted', v.acted, 'version', v.version)
     order by array_position('{child,parent,other}', v.whose), v.id), '[]')
   from record.plan_view v where v.plan_id = p.id and v.taken_out_at is null)`;

const needs = sql`
  (select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'indicator', n.indicator, 'need', n.need, 'ownWords', n.own_words,
     'childWords', n.child_words, 'hoped', n.hoped, 'observed', n.observed, 'met', n.met, 'version', n.version, 'actions', (
       select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'what', d.what, 'account', d.owner_account, 'post', d.owner_post,
         'named', d.owner_named, 'owner', d.owner_name, 'due', d.due, 'intended', d.intended, 'observed', d.observed, 'task', d.task_id,
         'state', t.state, 'outcome', t.outcome, 'version', d.version) order by d.id), '[]')
       from record.plan_action d left join record.task t on t.id = d.task_id where d.need_id = n.id and d.taken_out_at is null))
     order by n.met, n.id), '[]')
   from record.plan_need n where n.plan_id = p.id and n.taken_out_at is null)`;

const lead = sql`
  coalesce((select h.names from record.helper h where h.family_id = p.family_id and h.kind = 'lead-professional' order by h.since limit 1), '')`;

const columns = sql`p.id, p.level, p.state, p.prepared_on, p.agreed_on, p.review_on, p.edition, p.changed, p.ended_on, p.begun_at`;

/** A plan with everything in it. */
export const onePlan = (plan: string): Sql => sql`
  select p.family_id as about, ${columns}, f.name as family, p.why, p.child_why, p.compulsory, p.ended_why, p.version,
    p.version + p.changes as seen, p.touched_at, touched.name as touched_by, ${lead} as lead, ${people} as people, ${views} as views,
    ${needs} as needs,
    (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'on', s.sent_on, 'toWhom', s.to_whom, 'how', s.how, 'comment', s.comment,
       'saidBy', s.said_by, 'saidOn', s.said_on, 'acted', s.acted, 'version', s.version) order by s.sent_on desc, s.id desc), '[]')
     from record.plan_sent s where s.plan_id = p.id) as sent,
    (select coalesce(jsonb_agg(jsonb_build_object('number', e.number, 'on', e.agreed_on, 'reviewOn', e.review_on, 'words', e.words,
       'by', a.name, 'as', e.agreed_as) order by e.number desc), '[]')
     from record.plan_edition e left join access.account a on a.id = e.agreed_by where e.plan_id = p.id) as editions
  from record.plan p join record.family f on f.id = p.family_id left join access.account touched on touched.id = p.touched_by
  where p.id = ${plan}::uuid`;

/** One version of a plan as it was agreed. */
export const oneEdition = (plan: string, number: number): Sql => sql`
  select e.family_id as about, e.number, e.agreed_on, e.review_on, e.words, e.whole, e.agreed_as, e.agreed_at, a.name as agreed_by,
    f.name as family
  from record.plan_edition e join record.family f on f.id = e.family_id left join access.account a on a.id = e.agreed_by
  where e.plan_id = ${plan}::uuid and e.number = ${number}`;

/** The plans of a family, those that run first. */
export const plansOf = (family: string): Sql => sql`
  select p.family_id as about, ${columns}, ${people} as people,
    (select count(*)::int from record.plan_need n where n.plan_id = p.id and n.taken_out_at is null and not n.met) as needs
  from record.plan p where p.family_id = ${family}::uuid
  order by (p.state = 'ended'), p.begun_at desc, p.id desc limit 50`;

/** The plans of a person that run, newest first. */
export const plansAbout = (person: string): Sql => sql`
  select ${person}::uuid as about, p.family_id as family, ${columns}, ${people} as people,
    (select count(*)::int from record.plan_need n where n.plan_id = p.id and n.taken_out_at is null and not n.met) as needs
  from record.plan_person me join record.plan p on p.id = me.plan_id
  where me.person_id = ${person}::uuid and p.state <> 'ended' order by p.begun_at desc, p.id desc limit 10`;

/** Plans to be looked at again by a day, of the families that whoever asks leads, or whose plan they began; the soonest first. */
export const reviewsDue = (by: Temporal.PlainDate): Sql => sql`
  select p.family_id as about, p.id, p.review_on, f.name as family, ${people} as people
  from (select distinct r.subject from access.my_reason r where r.scope = 'practice' and r.kind = 'lead-professional') mine
  join record.plan p on p.family_id = mine.subject and p.state = 'agreed' and p.review_on <= ${by}::date
  join record.family f on f.id = p.family_id
  union
  select p.family_id, p.id, p.review_on, f.name, ${people}
  from record.plan p join record.family f on f.id = p.family_id
  where p.begun_by = access.account_id() and p.state = 'agreed' and p.review_on <= ${by}::date and not exists (
    select from access.reason r where r.subject = p.family_id and r.kind = 'lead-professional' and r.since <= now()
      and (r.until is null or r.until > now()))
  order by review_on, id limit 50`;

export interface Standing {
  family: string;
  state: 'draft' | 'agreed' | 'ended';
  edition: number;
  review_on: Temporal.PlainDate | null;
}

/** What stands of a plan that whoever asks may see; undefined when there is none. */
export async function standing(rows: Rows, plan: string): Promise<Standing | undefined> {
  const [found] = await rows.many<Standing>(
    sql`select p.family_id as family, p.state, p.edition, p.review_on from record.plan p where p.id = ${plan}::uuid`,
  );
  return found;
}

/** The plan that a part is of, and whether the part was taken out of it. */
export async function planOf(
  rows: Rows,
  part: 'view' | 'need' | 'action' | 'sent',
  id: string,
): Promise<{ plan: string; takenOut: boolean } | undefined> {
  const from = {
    view: sql`each.taken_out_at is not null as "takenOut" from record.plan_view each`,
    need: sql`each.taken_out_at is not null as "takenOut" from record.plan_need each`,
    // What is to be done for a need goes out with it.
    action: sql`each.taken_out_at is not null or n.taken_out_at is not null as "takenOut"
      from record.plan_action each join record.plan_need n on n.id = each.need_id`,
    sent: sql`false as "takenOut" from record.plan_sent each`,
  }[part];
  const [found] = await rows.many<{ plan: string; takenOut: boolean }>(
    sql`select each.plan_id as plan, ${from} where each.id = ${id}::uuid`,
  );
  return found;
}

/** The children of a plan, for the audit trail. */
export const peopleOf = async (rows: Rows, plan: string): Promise<string[]> =>
  (
    await rows.many<{ person: string }>(
      sql`select pp.person_id as person from record.plan_person pp where pp.plan_id = ${plan}::uuid limit 100`,
    )
  ).map(({ person }) => person);

/** The name of whoever is to do something, as it reads now: a worker, a team's post, or a name as it is. */
export async function holderName(rows: Rows, holder: string): Promise<string | undefined> {
  const [found] = await rows.many<{ name: string }>(sql`
    select a.name from access.account a where a.id = ${holder}::uuid
    union all
    select r.title || ', ' || t.name from access.post p join access.role r on r.id = p.role_id join access.team t on t.id = p.team_id
    where p.id = ${holder}::uuid limit 1`);
  return found?.name;
}
