import sql from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';
import { jsonRows } from '../../platform/import/index.ts';
import { moment } from './calendar.ts';
import { emailOf } from './partnership.ts';
import { type Dice, dice, idMaker } from './random.ts';
import { done, ended, told } from './words/support.ts';

const neuro = 'neurodevelopmental-family-support';
const camhs = 'camhs-alternative-pathway';

export interface Family {
  id: string;
  locality: string | null;
  child: string;
  child_name: string;
  carer_name: string;
  worker: string;
  worker_team: string;
  shared: boolean;
}

/** Families with a child of school age and a social worker, who are known to everybody that works with them. */
export const familiesIn = (tx: Rows, today: Temporal.PlainDate, lead: string): Promise<Family[]> =>
  tx.many<Family>(sql`
    select f.id, f.locality, c.id as child, c.given_name as child_name, coalesce(p.given_name, 'the family') as carer_name, w.id as worker,
      w.team as worker_team, exists (select from access.reason r where r.subject = f.id and r.holder = (select a.id from access.account a where a.email = ${lead})) as shared
    from record.family f
      cross join lateral (select p.id, p.given_name from record.family_member m join record.person p on p.id = m.person_id
        where m.family_id = f.id and p.date_of_birth between ${today}::date - interval '15 years' and ${today}::date - interval '6 years'
        order by p.date_of_birth, p.id limit 1) c
      left join lateral (select p.given_name from record.family_member m join record.person p on p.id = m.person_id
        where m.family_id = f.id and m.part = 'parent or carer' order by p.date_of_birth, p.id limit 1) p on true
      cross join lateral (select a.id, o.team_id as team from access.reason r join access.account a on a.id = r.holder
          join access.holding h on h.account_id = a.id join access.post o on o.id = h.post_id and o.role_id = 'social-worker'
        where r.subject = f.id and r.kind = 'allocated' and r.until is null and h.standing_in_for is null order by r.since, a.id limit 1) w
    where not exists (select from access.seal s where s.subject = f.id and s.ended_at is null)
    order by f.id`);

export interface Team {
  id: string;
  workers: readonly string[];
  posts: readonly string[];
}

/** A team, those in it who help families, and their posts. */
export async function teamCalled(tx: Rows, name: string): Promise<Team> {
  const [found] = await tx.many<Team>(sql`
    select t.id, array(select a.id from access.post p join access.holding h on h.post_id = p.id join access.account a on a.id = h.account_id
        where p.team_id = t.id and p.role_id in ('family-support-worker', 'school-wellbeing-lead') order by a.name) as workers,
      array(select p.id from access.post p where p.team_id = t.id and p.role_id in ('family-support-worker', 'school-wellbeing-lead', 'team-manager')
        order by p.id) as posts
    from access.team t where t.name = ${name}`);
  if (found === undefined) throw new Error(`no team ${name}`);
  return found;
}

type Filled = Record<
  'request' | 'step' | 'support' | 'supportStep' | 'goal' | 'session' | 'reading' | 'ending' | 'reason',
  Record<string, unknown>[]
>;

interface Telling {
  chance: Dice;
  newId: (at: Temporal.Instant) => string;
  today: Temporal.PlainDate;
  filled: Filled;
}

export const named = (words: string, family: Family): string =>
  words.replaceAll('{child}', family.child_name).replaceAll('{carer}', family.carer_name);

/** A request so many days ago, in a state; gives its id. */
function tellRequest(
  { newId, today, filled, chance }: Telling,
  family: Family,
  team: Team,
  programme: string,
  state: 'sent' | 'acknowledged' | 'accepted' | 'declined',
  daysAgo: number,
): string {
  const sent = today.subtract({ days: daysAgo });
  const at = moment(sent, 11, chance.below(60));
  const id = newId(at);
  const words = chance.pick(told);
  const answered = state === 'accepted' || state === 'declined' ? sent.add({ days: 3 }) : null;
  filled.request.push({
    id,
    family: family.id,
    child: family.child,
    programme,
    by: family.worker,
    by_team: family.worker_team,
    reason: named(words.reason, family),
    tried: words.tried,
    view: words.view,
    agreed: `${family.carer_name} and ${family.child_name}`,
    urgency: chance.pick(['soon', 'soon', 'can wait']),
    state,
    team: team.id,
    sent,
    acknowledge_by: sent.add({ days: 4 }),
    answer_by: sent.add({ days: 14 }),
    acknowledged: state === 'sent' ? null : sent.add({ days: 1 }),
    answered,
    at,
  });
  const step = (what: string, on: Temporal.PlainDate, by: string | null, more: object = {}) =>
    filled.step.push({
      id: newId(moment(on, 12)),
      request: id,
      family: family.id,
      step: what,
      programme,
      team: team.id,
      why: '',
      next: '',
      told: '',
      ...more,
      by,
      on,
      at: moment(on, 12),
    });
  step('sent', sent, family.worker);
  if (state !== 'sent') step('acknowledged', sent.add({ days: 1 }), team.workers[0] ?? null);
  if (state === 'accepted') step('accepted', sent.add({ days: 3 }), team.workers[0] ?? null);
  if (state === 'declined')
    step('declined', sent.add({ days: 3 }), team.workers[0] ?? null, {
      why: 'The school has begun something already that helps, and the family would rather not change it now.',
      next: 'The wellbeing lead of the school goes on with them, and rings if more is needed.',
      told: 'On the phone, and in a letter',
    });
  if (answered === null)
    for (const post of team.posts)
      filled.reason.push({
        id: newId(at),
        subject: family.id,
        holder: post,
        kind: 'support-asked',
        since: at,
        record: id,
      });
  return id;
}

/** Help that waits, goes on or has ended, with what was done together. */
function tellSupport(
  telling: Telling,
  family: Family,
  team: Team,
  programme: string,
  state: 'waiting' | 'active' | 'paused' | 'ended',
  daysAgo: number,
): void {
  const { chance, newId, today, filled } = telling;
  const request = tellRequest(telling, family, team, programme, 'accepted', daysAgo);
  const agreed = today.subtract({ days: daysAgo - 3 });
  const since = state === 'waiting' ? null : agreed.add({ days: 4 });
  const lead = team.workers.length > 0 ? chance.pick(team.workers) : null;
  const until = state === 'ended' && since !== null ? since.add({ days: chance.between(40, 80) }) : null;
  const last = until ?? today.subtract({ days: 1 });
  const at = moment(agreed, 14);
  const id = newId(at);
  const level = chance.pick(['additional', 'additional', 'intensive']);
  const begun = since !== null;
  filled.support.push({
    id,
    family: family.id,
    child: family.child,
    programme,
    request,
    level: programme === camhs ? 'additional' : level,
    team: team.id,
    lead: begun ? lead : null,
    state,
    stage: begun ? (programme === neuro ? 'trying-things' : 'support') : null,
    agreed,
    waited_from: today.subtract({ days: daysAgo }),
    since,
    until,
    first_contact_on: begun ? since.add({ days: 2 }) : null,
    review_by: state === 'active' ? today.add({ days: chance.between(-2, 30) }) : null,
    back_by: state === 'paused' ? today.add({ days: 12 }) : null,
    at,
  });
  const step = (what: string, on: Temporal.PlainDate, why = '') =>
    filled.supportStep.push({
      id: newId(moment(on, 15)),
      support: id,
      family: family.id,
      step: what,
      why,
      by: lead,
      on,
      at: moment(on, 15),
    });
  step('accepted', agreed);
  if (state !== 'ended')
    for (const post of team.posts)
      filled.reason.push({
        id: newId(at),
        subject: family.id,
        holder: post,
        kind: 'support',
        since: at,
        record: id,
      });
  if (since === null) return;
  step('began', since);
  if (state === 'paused')
    step('paused', today.subtract({ days: 5 }), 'A new baby: the family asked for a month.');
  const goal = newId(moment(since, 15));
  filled.goal.push({
    id: goal,
    support: id,
    family: family.id,
    words: chance.pick(told).goal,
    on: since,
    state: until === null ? 'working on it' : 'reached',
    ended: until,
  });
  for (
    let on = since.add({ days: 2 });
    Temporal.PlainDate.compare(on, last) < 0;
    on = on.add({ days: chance.between(6, 16) })
  )
    filled.session.push({
      id: newId(moment(on, 16)),
      support: id,
      family: family.id,
      child: family.child,
      programme,
      level: programme === camhs ? 'additional' : level,
      on,
      began: chance.pick(['09:30', '11:00', '14:00', '16:30', '18:15']),
      minutes: chance.pick([30, 45, 60, 60, 90]),
      way: chance.pick(['at home', 'at home', 'at school', 'by phone', 'somewhere else']),
      what: chance.pick(done),
      came: chance.chance(0.9) ? 'came' : 'could not come',
      by: lead,
    });
  const first = chance.between(1, 4);
  const read = (moment_: 'first' | 'last', on: Temporal.PlainDate, score: number) =>
    filled.reading.push({
      id: newId(moment(on, 17)),
      support: id,
      family: family.id,
      programme,
      moment: moment_,
      on,
      score,
      goal,
      by: lead,
    });
  read('first', since.add({ days: 2 }), first);
  // Not everybody says how it is a second time: the figures say how many.
  if (until !== null && chance.chance(0.7)) read('last', until, Math.min(10, first + chance.between(-1, 6)));
  if (until === null) return;
  const how = chance.pick(ended);
  step('ended', until, how.why);
  filled.ending.push({ support: id, family: family.id, ...how, on: until, by: lead, at: moment(until, 15) });
}

/** Fills the help that families of Strathmorran asked for, wait for, have and had. */
export async function fillSupport(tx: Rows, today: Temporal.PlainDate): Promise<void> {
  const chance = dice(0x68656c70);
  const newId = idMaker(chance);
  const filled: Filled = {
    request: [],
    step: [],
    support: [],
    supportStep: [],
    goal: [],
    session: [],
    reading: [],
    ending: [],
    reason: [],
  };
  const telling = { chance, newId, today, filled };
  const [families, trust, cluster] = await Promise.all([
    familiesIn(tx, today, emailOf('Niamh Docherty')),
    teamCalled(tx, 'Family support'),
    teamCalled(tx, 'Kinbrae cluster'),
  ]);
  const shared = families.filter((family) => family.shared);
  const near = families.filter((family) => !family.shared && family.locality === 'Kinbrae');
  const others = families.filter((family) => !family.shared && family.locality !== 'Kinbrae');
  const states = ['active', 'active', 'waiting', 'paused', 'ended'] as const;
  for (const [at, family] of shared.entries()) {
    if (at < 2)
      tellRequest(telling, family, trust, neuro, at === 0 ? 'sent' : 'acknowledged', at === 0 ? 2 : 5);
    else
      tellSupport(telling, family, trust, neuro, states[(at - 2) % states.length] ?? 'active', 60 + 9 * at);
  }
  for (const [at, family] of near.slice(0, 6).entries()) {
    if (at === 0) tellRequest(telling, family, cluster, camhs, 'sent', 1);
    else if (at === 1) tellRequest(telling, family, cluster, camhs, 'declined', 20);
    else tellSupport(telling, family, cluster, camhs, at === 5 ? 'ended' : 'active', 30 + 7 * at);
  }
  for (const [at, family] of others.slice(0, 30).entries())
    tellSupport(telling, family, trust, neuro, 'ended', 120 + 4 * at);
  await write(tx, filled);
  await fillGroup(tx, today, trust, newId);
}

async function write(tx: Rows, filled: Filled): Promise<void> {
  const rows = (name: keyof Filled) => jsonRows(filled[name]);
  await tx.run(sql`
    insert into support.request (id, reference, family_id, programme, asked_for, source, asked_by, asked_team, reason, tried, view, agreed, urgency,
      state, team_id, sent_on, acknowledge_by, answer_by, acknowledged_on, answered_on, made_at)
    select id, 'HELP-' || extract(year from sent) || '-' || lpad(nextval('support.reference_number')::text, 5, '0'), family, programme, programme,
      'social work', "by", by_team, reason, tried, view, agreed, urgency, state, team, sent, acknowledge_by, answer_by, acknowledged, answered, at
    from (select * from jsonb_to_recordset(${rows('request')}::jsonb) as r (id uuid, family uuid, programme text, "by" uuid, by_team uuid, reason text,
      tried text, view text, agreed text, urgency text, state text, team uuid, sent date, acknowledge_by date, answer_by date, acknowledged date,
      answered date, at timestamptz) order by sent, id) r`);
  await tx.run(sql`
    insert into support.request_person (request_id, family_id, person_id)
    select id, family, child from jsonb_to_recordset(${rows('request')}::jsonb) as r (id uuid, family uuid, child uuid)`);
  await tx.run(sql`
    insert into support.request_step (id, request_id, family_id, step, programme, team_id, why, next, told, by_account, on_day, at)
    select id, request, family, step, programme, team, why, next, told, "by", "on", at from jsonb_to_recordset(${rows('step')}::jsonb) as r (id uuid,
      request uuid, family uuid, step text, programme text, team uuid, why text, next text, told text, "by" uuid, "on" date, at timestamptz)`);
  await tx.run(sql`
    insert into support.support (id, family_id, programme, request_id, level, team_id, lead, state, stage, agreed_on, waited_from, since, until,
      first_contact_on, review_by, back_by, made_at)
    select id, family, programme, request, level, team, lead, state, stage, agreed, waited_from, since, until, first_contact_on, review_by, back_by, at
    from jsonb_to_recordset(${rows('support')}::jsonb) as r (id uuid, family uuid, programme text, request uuid, level text, team uuid, lead uuid,
      state text, stage text, agreed date, waited_from date, since date, until date, first_contact_on date, review_by date, back_by date, at timestamptz)`);
  await tx.run(sql`
    insert into support.support_person (support_id, family_id, person_id)
    select id, family, child from jsonb_to_recordset(${rows('support')}::jsonb) as r (id uuid, family uuid, child uuid)`);
  await tx.run(sql`
    insert into support.support_step (id, support_id, family_id, step, why, by_account, on_day, at)
    select id, support, family, step, why, "by", "on", at from jsonb_to_recordset(${rows('supportStep')}::jsonb) as r (id uuid, support uuid,
      family uuid, step text, why text, "by" uuid, "on" date, at timestamptz)`);
  await tx.run(sql`
    insert into support.goal (id, support_id, family_id, words, state, set_on, ended_on)
    select id, support, family, words, state, "on", ended from jsonb_to_recordset(${rows('goal')}::jsonb) as r (id uuid, support uuid, family uuid,
      words text, state text, "on" date, ended date)`);
  await tx.run(sql`
    insert into support.session (id, support_id, family_id, programme, level, on_day, began, minutes, way, what, by_account)
    select id, support, family, programme, level, "on", began, minutes, way, what, "by" from jsonb_to_recordset(${rows('session')}::jsonb) as r (id uuid,
      support uuid, family uuid, programme text, level text, "on" date, began time, minutes smallint, way text, what text, "by" uuid)`);
  await tx.run(sql`
    insert into support.session_person (session_id, family_id, person_id, came)
    select id, family, child, came from jsonb_to_recordset(${rows('session')}::jsonb) as r (id uuid, family uuid, child uuid, came text)`);
  await tx.run(sql`
    insert into support.reading (id, support_id, family_id, programme, tool, moment, on_day, score, by_account)
    select id, support, family, programme, 'goals', moment, "on", score, "by" from jsonb_to_recordset(${rows('reading')}::jsonb) as r (id uuid,
      support uuid, family uuid, programme text, moment text, "on" date, score numeric, "by" uuid)`);
  await tx.run(sql`
    insert into support.reading_score (reading_id, family_id, area, title, score)
    select r.id, r.family, r.goal::text, g.words, r.score from jsonb_to_recordset(${rows('reading')}::jsonb) as r (id uuid, family uuid, goal uuid,
      score numeric) join support.goal g on g.id = r.goal`);
  await tx.run(sql`
    insert into support.ending (support_id, family_id, outcome, why, next, ended_on, by_account, at)
    select support, family, outcome, why, next, "on", "by", at from jsonb_to_recordset(${rows('ending')}::jsonb) as r (support uuid, family uuid,
      outcome text, why text, next text, "on" date, "by" uuid, at timestamptz)`);
  await tx.run(sql`
    insert into access.reason (id, subject, holder, kind, scope, since, about_record)
    select id, subject, holder, kind, 'practice', since, record from jsonb_to_recordset(${rows('reason')}::jsonb) as r (id uuid, subject uuid,
      holder uuid, kind text, since timestamptz, record uuid)`);
}

/** A group that meets on Tuesdays, with two of those who are helped in it. */
async function fillGroup(
  tx: Rows,
  today: Temporal.PlainDate,
  team: Team,
  newId: (at: Temporal.Instant) => string,
): Promise<void> {
  const first = today.subtract({ weeks: 5 });
  await tx.run(sql`
    with made as (
      insert into support.group_work (id, programme, team_id, title, place, places, first_on, made_by)
      values (${newId(moment(first, 10))}, ${neuro}, ${team.id}, 'Tuesday parents and tea', 'Kinbrae hub', 10, ${first}, ${team.workers[0] ?? null}) returning id)
    insert into support.group_member (group_id, support_id, family_id, person_id, joined_on)
    select made.id, s.id, s.family_id, p.person_id, greatest(s.since, ${first}::date) from made, support.support s
      join support.support_person p on p.support_id = s.id
    where s.team_id = ${team.id} and s.state = 'active'`);
}
