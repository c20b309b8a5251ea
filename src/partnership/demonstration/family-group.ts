import sql from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';
import { jsonRows } from '../../platform/import/index.ts';
import { moment } from './calendar.ts';
import { emailOf } from './partnership.ts';
import { dice, idMaker } from './random.ts';

/** Those who bring families of Strathmorran together: `helpers.ts` has their team. */
const coordinators = ['Shona Baird', 'Calum Orr'] as const;

interface Family {
  id: string;
  child: string;
  child_name: string;
  carer: string;
  carer_name: string;
  worker: string;
  worker_team: string;
}

/** Families with a child, a parent and a social worker, whose record is open to those who work with them. */
const someFamilies = (tx: Rows, today: Temporal.PlainDate): Promise<Family[]> =>
  tx.many<Family>(sql`
    select f.id, c.id as child, c.given_name as child_name, p.id as carer, p.given_name as carer_name, w.id as worker, w.team as worker_team
    from record.family f
      cross join lateral (select p.id, p.given_name from record.family_member m join record.person p on p.id = m.person_id
        where m.family_id = f.id and p.date_of_birth between ${today}::date - interval '14 years' and ${today}::date - interval '3 years'
        order by p.date_of_birth, p.id limit 1) c
      cross join lateral (select p.id, p.given_name from record.family_member m join record.person p on p.id = m.person_id
        where m.family_id = f.id and m.part = 'parent or carer' order by p.date_of_birth, p.id limit 1) p
      cross join lateral (select a.id, o.team_id as team from access.reason r join access.account a on a.id = r.holder
          join access.holding h on h.account_id = a.id join access.post o on o.id = h.post_id and o.role_id = 'social-worker'
        where r.subject = f.id and r.kind = 'allocated' and r.until is null and h.standing_in_for is null order by r.since, a.id limit 1) w
    where not exists (select from access.seal s where s.subject = f.id and s.ended_at is null)
    order by md5(f.id::text) limit 9`);

/** How far each has come, and how many days ago it was asked. */
const stories = [
  { state: 'waiting', daysAgo: 6, emergency: false },
  { state: 'waiting', daysAgo: 2, emergency: true },
  { state: 'preparing', daysAgo: 30, emergency: false },
  { state: 'preparing', daysAgo: 110, emergency: false },
  { state: 'following', daysAgo: 120, emergency: false },
  { state: 'following', daysAgo: 150, emergency: false },
  { state: 'ended', daysAgo: 230, emergency: false },
  { state: 'ended', daysAgo: 245, emergency: false },
  { state: 'ended', daysAgo: 260, emergency: false },
] as const;

const asks = [
  {
    decide: 'Who can {child} stay with on the nights when {carer} is in hospital?',
    bottom: '{child} sleeps somewhere with an adult whom they know and who is well.',
    safety: 'Loud voices frighten {child}. Somebody goes out with them when it gets too much.',
    view: 'I want to be where I can walk to school.',
    plan: 'Granny has {child} on hospital nights. We ring at teatime, every time. Auntie Jean does the school run.',
  },
  {
    decide: 'What has to change at home so that {child} does not have to leave?',
    bottom: 'Somebody who has not been drinking is at home every night.',
    safety: 'Two of the uncles do not speak with each other: they come at different times.',
    view: 'I don’t want to move. I want it quiet at night.',
    plan: '{carer} goes to the Tuesday group. Uncle Rab stays at weekends. If it is not quiet, {child} rings Granny and she comes.',
  },
] as const;

const said = (words: string, family: Family): string =>
  words.replaceAll('{child}', family.child_name).replaceAll('{carer}', family.carer_name);

type Filled = Record<
  'process' | 'guest' | 'preparation' | 'meeting' | 'plan' | 'action' | 'review' | 'step' | 'reason',
  Record<string, unknown>[]
>;

interface Place {
  team: string;
  posts: readonly string[];
  people: readonly string[];
}

/** What is told of one family: from the asking as far as it has come. */
function tell(
  filled: Filled,
  place: Place,
  family: Family,
  at: number,
  { today, newId }: { today: Temporal.PlainDate; newId: (at: Temporal.Instant) => string },
): void {
  const story = stories[at];
  const words = asks[at % asks.length];
  if (story === undefined || words === undefined) return;
  const on = (days: number) => today.subtract({ days: story.daysAgo }).add({ days });
  const id = newId(moment(on(0), 10));
  const taken = story.state !== 'waiting';
  const agreed = story.state === 'following' || story.state === 'ended';
  const coordinator = taken ? place.people[at % place.people.length] : null;
  const ended = story.state === 'ended' ? on(190) : null;
  filled.process.push({
    id,
    family: family.id,
    child: family.child,
    team: place.team,
    by: family.worker,
    by_team: family.worker_team,
    asked: on(0),
    answer_by: on(14),
    emergency: story.emergency,
    decide: said(words.decide, family),
    bottom: said(words.bottom, family),
    safety: said(words.safety, family),
    view: words.view,
    agreed_with: `${family.carer_name} and ${family.child_name}`,
    state: story.state,
    coordinator,
    accepted: taken ? on(7) : null,
    plan_by: taken ? on(7).add({ weeks: 12 }) : null,
    plan_agreed: agreed ? on(63) : null,
    ended,
    ending: ended === null ? null : 'has what it needs',
  });
  const guest = (more: object, standing: string) => {
    const made = newId(moment(on(8), 10));
    filled.guest.push({
      id: made,
      process: id,
      family: family.id,
      relation: '',
      asked_by: '',
      view: '',
      agreed: '',
      ...more,
      standing,
    });
    return made;
  };
  const met = taken && (agreed || story.daysAgo < 60);
  const child = guest(
    { person: family.child, relation: 'The family decides for them', asked_by: family.carer_name },
    taken ? 'comes' : 'to be asked',
  );
  const step = (what: string, days: number, by: string | null | undefined, why = '', next = '') =>
    filled.step.push({
      id: newId(moment(on(days), 12)),
      process: id,
      family: family.id,
      step: what,
      why,
      next,
      by,
      on: on(days),
      at: moment(on(days), 12),
    });
  step('asked', 0, family.worker);
  if (!taken) {
    for (const post of place.posts)
      filled.reason.push({
        id: newId(moment(on(0), 10)),
        subject: family.id,
        holder: post,
        kind: 'family-group-asked',
        since: moment(on(0), 10),
        record: id,
      });
    return;
  }
  step('accepted', 7, coordinator);
  if (ended === null)
    filled.reason.push({
      id: newId(moment(on(7), 10)),
      subject: family.id,
      holder: coordinator,
      kind: 'family-group',
      since: moment(on(7), 10),
      record: id,
    });
  const carer = guest({ person: family.carer, relation: 'Parent', asked_by: family.child_name }, 'comes');
  guest(
    {
      named: 'Auntie Jean',
      agreed: 'On the phone with the coordinator',
      relation: 'Aunt',
      asked_by: family.carer_name,
    },
    'comes',
  );
  guest(
    {
      named: 'Mr Abara',
      agreed: 'Said yes at the school gate',
      relation: 'Football coach',
      asked_by: family.child_name,
      view: 'I can bring them home after training.',
    },
    'cannot come',
  );
  filled.preparation.push(
    {
      id: newId(moment(on(12), 15)),
      process: id,
      family: family.id,
      guest: carer,
      on: on(12),
      needs: 'A lift, and somebody to mind the baby',
      by: coordinator,
    },
    {
      id: newId(moment(on(14), 15)),
      process: id,
      family: family.id,
      guest: child,
      on: on(14),
      needs: 'To sit beside Auntie Jean, and a quiet room to go to',
      by: coordinator,
    },
  );
  if (!met) return;
  const meeting = newId(moment(on(agreed ? 60 : 34), 13));
  filled.meeting.push({
    id: meeting,
    process: id,
    family: family.id,
    on: on(agreed ? 60 : 34),
    held: agreed,
    came: [child, carer],
  });
  if (!agreed) return;
  step('met', 60, coordinator);
  const plan = newId(moment(on(60), 17));
  filled.plan.push({
    id: plan,
    process: id,
    family: family.id,
    meeting,
    words: said(words.plan, family),
    on: on(60),
    answered: on(63),
    answered_by: family.worker,
    by: coordinator,
    review: on(150),
  });
  filled.action.push(
    {
      id: newId(moment(on(60), 17)),
      plan,
      family: family.id,
      place: 1,
      what: 'Put the numbers on the fridge',
      guest: carer,
      service: null,
      due: on(66),
    },
    {
      id: newId(moment(on(60), 17)),
      plan,
      family: family.id,
      place: 2,
      what: 'Book the taxi to school',
      guest: null,
      service: 'School transport',
      due: on(70),
    },
  );
  step('plan written', 60, coordinator);
  step('plan agreed', 63, family.worker);
  filled.review.push({
    id: newId(moment(on(150), 11)),
    process: id,
    family: family.id,
    due: on(150),
    held: ended === null ? null : on(150),
    by: ended === null ? null : coordinator,
  });
  if (ended !== null) {
    step('reviewed', 150, coordinator, 'The plan goes well as it is');
    step(
      'ended',
      190,
      coordinator,
      'The plan holds, and the family wants to go on by itself.',
      'Auntie Jean rings the coordinators if it gets hard again.',
    );
  }
}

/** Fills the family group meetings of Strathmorran: some wait, some are prepared, some follow their plan, some have ended. */
export async function fillFamilyGroup(tx: Rows, today: Temporal.PlainDate): Promise<void> {
  const newId = idMaker(dice(0x66616d67));
  const filled: Filled = {
    process: [],
    guest: [],
    preparation: [],
    meeting: [],
    plan: [],
    action: [],
    review: [],
    step: [],
    reason: [],
  };
  const [families, [place]] = await Promise.all([
    someFamilies(tx, today),
    tx.many<Place>(sql`
      select t.id as team, array(select p.id from access.post p where p.team_id = t.id order by p.id) as posts,
        array(select a.id from access.account a where a.email = any (${coordinators.map(emailOf)}::text[]) order by a.name) as people
      from access.team t where t.service = 'family-group'`),
  ]);
  if (place === undefined) throw new Error('no team of coordinators');
  for (const [at, family] of families.entries()) tell(filled, place, family, at, { today, newId });
  await tx.run(sql`
    insert into family_group.room (account_id, team_id, at_once, during, set_by)
    select account, ${place.team}::uuid, 4, daterange('2021-01-18', null), account from unnest(${[...place.people]}::uuid[]) account`);
  await write(tx, filled);
}

async function write(tx: Rows, filled: Filled): Promise<void> {
  const rows = (name: keyof Filled) => jsonRows(filled[name]);
  await tx.run(sql`
    insert into family_group.process (id, reference, family_id, team_id, asked_by, asked_team, asked_on, answer_by, emergency, decide, bottom_line,
      bottom_line_of, safety, view, agreed_with, state, coordinator, accepted_on, plan_by, meet_by, plan_agreed_on, ended_on, ending)
    select id, 'FAMILY-' || extract(year from asked) || '-' || lpad(nextval('family_group.reference_number')::text, 5, '0'), family, team, "by", by_team,
      asked, answer_by, emergency, decide, bottom, "by", safety, view, agreed_with, state, coordinator, accepted, plan_by, null, plan_agreed, ended, ending
    from (select * from jsonb_to_recordset(${rows('process')}::jsonb) as r (id uuid, family uuid, team uuid, "by" uuid, by_team uuid, asked date,
      answer_by date, emergency boolean, decide text, bottom text, safety text, view text, agreed_with text, state text, coordinator uuid, accepted date,
      plan_by date, plan_agreed date, ended date, ending text) order by asked, id) r`);
  await tx.run(sql`
    insert into family_group.child (process_id, family_id, person_id)
    select id, family, child from jsonb_to_recordset(${rows('process')}::jsonb) as r (id uuid, family uuid, child uuid)`);
  await tx.run(sql`
    insert into family_group.guest (id, process_id, family_id, person_id, named, named_agreed, relation, standing, asked_by, view)
    select id, process, family, person, named, agreed, relation, standing, asked_by, view from jsonb_to_recordset(${rows('guest')}::jsonb) as r (id uuid,
      process uuid, family uuid, person uuid, named text, agreed text, relation text, standing text, asked_by text, view text)`);
  await tx.run(sql`
    insert into family_group.preparation (id, process_id, family_id, guest_id, on_day, way, needs, by_account)
    select id, process, family, guest, "on", 'at home', needs, "by" from jsonb_to_recordset(${rows('preparation')}::jsonb) as r (id uuid, process uuid,
      family uuid, guest uuid, "on" date, needs text, "by" uuid)`);
  await tx.run(sql`
    insert into family_group.meeting (id, process_id, family_id, kind, on_day, began, place, held, information, private_minutes)
    select id, process, family, 'family meeting', "on", '13:00', 'The church hall at Kinbrae', held,
      case when held then 'What the school and social work know, and what help there is' else '' end, case when held then 55 end
    from jsonb_to_recordset(${rows('meeting')}::jsonb) as r (id uuid, process uuid, family uuid, "on" date, held boolean)`);
  await tx.run(sql`
    insert into family_group.came (meeting_id, family_id, guest_id)
    select r.id, r.family, c.guest::uuid from jsonb_to_recordset(${rows('meeting')}::jsonb) as r (id uuid, family uuid, held boolean, came jsonb),
      jsonb_array_elements_text(r.came) c (guest) where r.held`);
  await tx.run(sql`
    insert into family_group.plan (id, process_id, family_id, meeting_id, words, offered, review_on, standing, why, written_on, written_by, answered_on, answered_by)
    select id, process, family, meeting, words, 'A taxi to school, and somebody to ring in the evening', review, 'agreed', '', "on", "by", answered, answered_by
    from jsonb_to_recordset(${rows('plan')}::jsonb) as r (id uuid, process uuid, family uuid, meeting uuid, words text, review date, "on" date, "by" uuid,
      answered date, answered_by uuid)`);
  await tx.run(sql`
    insert into family_group.plan_action (id, plan_id, family_id, place, what, guest_id, service, due)
    select id, plan, family, place, what, guest, service, due from jsonb_to_recordset(${rows('action')}::jsonb) as r (id uuid, plan uuid, family uuid,
      place smallint, what text, guest uuid, service text, due date)`);
  await tx.run(sql`
    insert into family_group.given (plan_id, family_id, guest_id, on_day, way, by_account)
    select p.id, p.family, g.id, p.answered, 'by hand', p."by" from jsonb_to_recordset(${rows('plan')}::jsonb) as p (id uuid, process uuid, family uuid,
      answered date, "by" uuid) join family_group.guest g on g.process_id = p.process`);
  await tx.run(sql`
    insert into family_group.review (id, process_id, family_id, due, held_on, said, outcome, by_account)
    select id, process, family, due, held, case when held is null then '' else 'We ring at teatime, and it works.' end,
      case when held is not null then 'goes well' end, "by"
    from jsonb_to_recordset(${rows('review')}::jsonb) as r (id uuid, process uuid, family uuid, due date, held date, "by" uuid)`);
  await tx.run(sql`
    insert into family_group.step (id, process_id, family_id, step, why, next, by_account, on_day, at)
    select id, process, family, step, why, next, "by", "on", at from jsonb_to_recordset(${rows('step')}::jsonb) as r (id uuid, process uuid, family uuid,
      step text, why text, next text, "by" uuid, "on" date, at timestamptz)`);
  await tx.run(sql`
    insert into access.reason (id, subject, holder, kind, scope, since, about_record)
    select id, subject, holder, kind, 'practice', since, record from jsonb_to_recordset(${rows('reason')}::jsonb) as r (id uuid, subject uuid,
      holder uuid, kind text, since timestamptz, record uuid)`);
}
