import sql from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';
import { jsonRows } from '../../platform/import/index.ts';
import { answersFrom, questionsAt } from '../../practice/support/answers.ts';
import { programmeOf } from '../../practice/support/records.ts';
import { calendarTo, moment } from './calendar.ts';
import { emailOf } from './partnership.ts';
import { dice, idMaker } from './random.ts';
import { type Family, familiesIn, named, type Team, teamCalled } from './support.ts';
import { metTogether, notAccepted, toldCamhs } from './words/camhs.ts';

// Row 13 of the seeds, as Strathmorran tells it: CAMHS was asked to see a child and was not the right place. One family is helped by the
// cluster of schools, with a lead person and a first contact; one has just arrived there, with everything that was told; one waits with
// CAMHS. With dice of its own, so that the rest of Strathmorran stays as it is.

const camhs = 'camhs';
const closeToHome = 'camhs-alternative-pathway';

/** So many working days after a day. */
function plus(day: Temporal.PlainDate, workingDays: number): Temporal.PlainDate {
  let [at, left] = [day, workingDays];
  while (left > 0) {
    at = at.add({ days: 1 });
    if (at.dayOfWeek <= 5) left -= 1;
  }
  return at;
}

interface Told {
  family: Family;
  words: (typeof toldCamhs)[number];
  sent: Temporal.PlainDate;
  /** When CAMHS said that it was not the right place; nothing where it has not looked yet. */
  sentOn?: Temporal.PlainDate;
  /** When the cluster took it on. */
  accepted?: Temporal.PlainDate;
}

/** Fills what CAMHS was asked in Strathmorran. Needs its programmes, its teams and the help that is there. */
export async function fillCamhs(tx: Rows, today: Temporal.PlainDate): Promise<void> {
  const newId = idMaker(dice(0x63616d68));
  const [families, asked, service, cluster, clinic, pathway] = await Promise.all([
    familiesIn(tx, today, emailOf('Niamh Docherty')),
    tx.many<{ family: string }>(sql`select distinct r.family_id as family from support.request r`),
    teamCalled(tx, 'CAMHS'),
    teamCalled(tx, 'Kinbrae cluster'),
    programmeOf(tx, camhs),
    programmeOf(tx, closeToHome),
  ]);
  const taken = new Set(asked.map(({ family }) => family));
  // A partnership that shows the demonstration with programmes of its own may have neither.
  if (clinic === undefined || pathway === undefined) return;
  const free = families.filter(({ id }) => !taken.has(id));
  const isNear = ({ locality }: Family) => locality === 'Kinbrae';
  const near = [...free.filter(isNear), ...free.filter((family) => !isNear(family))];
  const { ago } = calendarTo(today);
  const days = [
    { sent: ago(24), sentOn: ago(18), accepted: ago(16) },
    { sent: ago(8), sentOn: ago(0) },
    { sent: ago(1) },
  ];
  const stories = toldCamhs.flatMap((words, at): Told[] => {
    const [family, when] = [near[at], days[at]];
    return family === undefined || when === undefined ? [] : [{ family, words, ...when }];
  });
  if (stories.length < days.length) throw new Error('too few families to tell of CAMHS');
  const requests = stories.map(({ family, words, sent, sentOn, accepted }) => {
    const at = moment(sent, 10, 20);
    return {
      family: family.id,
      child: family.child,
      by: family.worker,
      by_team: family.worker_team,
      reason: named(words.reason, family),
      tried: words.tried,
      view: words.view,
      agreed: `${family.carer_name} and ${family.child_name}`,
      id: newId(at),
      at,
      sent,
      programme: sentOn === undefined ? camhs : closeToHome,
      team: sentOn === undefined ? service.id : cluster.id,
      state: accepted === undefined ? 'sent' : 'accepted',
      acknowledge_by: plus(sentOn ?? sent, 2),
      answer_by: plus(sent, 10),
      acknowledged: accepted === undefined ? null : plus(sentOn ?? sent, 1),
      answered: accepted ?? null,
      // Whoever sends it on answers what the other programme asks, as far as they know: nobody asks the family for it.
      answers:
        sentOn === undefined
          ? []
          : answersFrom(questionsAt(pathway, 'asking'), {
              'camhs-reason': 'criteria',
              'camhs-decided-on': sentOn.toString(),
            }).answers.map((each) => ({ ...each, of: closeToHome })),
    };
  });
  const steps = stories.flatMap(({ family, sent, sentOn, accepted }, index) => {
    const step = (what: string, on: Temporal.PlainDate, hour: number, more: object) => ({
      id: newId(moment(on, hour)),
      request: requests[index]?.id,
      family: family.id,
      step: what,
      on,
      at: moment(on, hour),
      why: '',
      told: '',
      ...more,
    });
    const there = { programme: camhs, team: service.id, by: service.workers[0] };
    const here = { programme: closeToHome, team: cluster.id, by: cluster.workers[0] };
    return [
      step('sent', sent, 10, { ...there, by: family.worker, acknowledge_by: plus(sent, 2) }),
      ...(sentOn === undefined
        ? []
        : [
            step('acknowledged', plus(sent, 1), 9, there),
            step('redirected', sentOn, 15, {
              ...there,
              to_programme: closeToHome,
              to_team: cluster.id,
              why: named(notAccepted.why, family),
              told: named(notAccepted.told, family),
              acknowledge_by: plus(sentOn, 2),
            }),
          ]),
      ...(accepted === undefined || sentOn === undefined
        ? []
        : [step('acknowledged', plus(sentOn, 1), 9, here), step('accepted', accepted, 14, here)]),
    ];
  });
  await writeRequests(tx, requests, steps);
  const reasons = stories.flatMap(({ family, sent, sentOn, accepted }, index) => {
    const record = requests[index]?.id;
    const given = (team: Team, since: Temporal.Instant, until: Temporal.Instant | null) =>
      team.posts.map((holder) => ({
        id: newId(since),
        subject: family.id,
        holder,
        kind: 'support-asked',
        since,
        until,
        record,
      }));
    const [asks, on] = [moment(sent, 10, 20), sentOn === undefined ? null : moment(sentOn, 15)];
    return [
      ...given(service, asks, on),
      ...(on === null ? [] : given(cluster, on, accepted === undefined ? null : moment(accepted, 14))),
    ];
  });
  const [told] = stories;
  const [request] = requests;
  const begun = told?.accepted;
  if (told === undefined || request === undefined || begun === undefined)
    throw new Error('nobody to help close to home');
  const lead = cluster.workers[0] ?? null;
  const support = newId(moment(begun, 14));
  for (const holder of cluster.posts) {
    const since = moment(begun, 14);
    const id = newId(since);
    reasons.push({
      id,
      subject: told.family.id,
      holder,
      kind: 'support',
      since,
      until: null,
      record: support,
    });
  }
  await tx.run(sql`
    insert into access.reason (id, subject, holder, kind, scope, since, until, about_record)
    select id, subject, holder, kind, 'practice', since, until, record from jsonb_to_recordset(${jsonRows(reasons)}::jsonb) as r (id uuid, subject uuid,
      holder uuid, kind text, since timestamptz, until timestamptz, record uuid)`);
  await tx.run(sql`
    insert into support.support (id, family_id, programme, request_id, level, team_id, lead, state, stage, agreed_on, waited_from, since,
      first_contact_by, first_contact_on, review_by, made_at)
    values (${support}, ${told.family.id}, ${closeToHome}, ${request.id}, 'additional', ${cluster.id}, ${lead}, 'active', 'support', ${begun}, ${told.sent},
      ${begun}, ${plus(begun, 5)}, ${plus(begun, 2)}, ${begun.add({ weeks: 6 })}, ${moment(begun, 14)})`);
  await tx.run(sql`
    insert into support.support_person (support_id, family_id, person_id) values (${support}, ${told.family.id}, ${told.family.child})`);
  await tx.run(sql`
    insert into support.support_step (id, support_id, family_id, step, by_account, on_day, at)
    select r.id, ${support}, ${told.family.id}, r.step, ${lead}, ${begun}, r.at
    from jsonb_to_recordset(${jsonRows(['accepted', 'began'].map((step) => ({ id: newId(moment(begun, 14)), step, at: moment(begun, 14) })))}::jsonb) as r
      (id uuid, step text, at timestamptz)`);
  await writeTimes(tx, { ...told, support, lead, begun, goal: newId(moment(begun, 15)), newId });
}

async function writeRequests(tx: Rows, requests: readonly object[], steps: readonly object[]): Promise<void> {
  const asked = jsonRows(requests);
  await tx.run(sql`
    insert into support.request (id, reference, family_id, programme, asked_for, source, asked_by, asked_team, reason, tried, view, agreed, urgency, answers,
      state, team_id, sent_on, acknowledge_by, answer_by, acknowledged_on, answered_on, made_at)
    select id, 'HELP-' || extract(year from sent) || '-' || lpad(nextval('support.reference_number')::text, 5, '0'), family, programme, ${camhs},
      'social work', "by", by_team, reason, tried, view, agreed, 'soon', answers, state, team, sent, acknowledge_by, answer_by, acknowledged, answered, at
    from (select * from jsonb_to_recordset(${asked}::jsonb) as r (id uuid, family uuid, programme text, "by" uuid, by_team uuid, reason text, tried text,
      view text, agreed text, answers jsonb, state text, team uuid, sent date, acknowledge_by date, answer_by date, acknowledged date, answered date,
      at timestamptz) order by sent, id) r`);
  await tx.run(sql`
    insert into support.request_person (request_id, family_id, person_id)
    select id, family, child from jsonb_to_recordset(${asked}::jsonb) as r (id uuid, family uuid, child uuid)`);
  await tx.run(sql`
    insert into support.request_step (id, request_id, family_id, step, programme, team_id, to_programme, to_team, why, told, acknowledge_by, by_account, on_day, at)
    select id, request, family, step, programme, team, to_programme, to_team, why, told, acknowledge_by, "by", "on", at
    from jsonb_to_recordset(${jsonRows(steps)}::jsonb) as r (id uuid, request uuid, family uuid, step text, programme text, team uuid, to_programme text,
      to_team uuid, why text, told text, acknowledge_by date, "by" uuid, "on" date, at timestamptz)`);
}

interface Times extends Told {
  support: string;
  lead: string | null;
  begun: Temporal.PlainDate;
  goal: string;
  newId: (at: Temporal.Instant) => string;
}

/** What the child wants, the times together since the first contact, and the first reading. */
async function writeTimes(
  tx: Rows,
  { family, words, support, lead, begun, goal, newId }: Times,
): Promise<void> {
  const first = plus(begun, 2);
  const times = metTogether.map((what, index) => {
    const on = plus(first, 5 * index);
    return { id: newId(moment(on, 16)), on, what: named(what, family), minutes: index === 0 ? 60 : 45 };
  });
  await tx.run(sql`
    insert into support.goal (id, support_id, family_id, words, state, set_on)
    values (${goal}, ${support}, ${family.id}, ${words.goal}, 'working on it', ${first})`);
  await tx.run(sql`
    insert into support.session (id, support_id, family_id, programme, level, on_day, began, minutes, way, what, by_account)
    select r.id, ${support}, ${family.id}, ${closeToHome}, 'additional', r."on", '14:00', r.minutes, 'at school', r.what, ${lead}
    from jsonb_to_recordset(${jsonRows(times)}::jsonb) as r (id uuid, "on" date, what text, minutes smallint)`);
  await tx.run(sql`
    insert into support.session_person (session_id, family_id, person_id, came)
    select r.id, ${family.id}, ${family.child}, 'came' from jsonb_to_recordset(${jsonRows(times)}::jsonb) as r (id uuid)`);
  const reading = newId(moment(first, 17));
  await tx.run(sql`
    insert into support.reading (id, support_id, family_id, programme, tool, moment, on_day, score, by_account)
    values (${reading}, ${support}, ${family.id}, ${closeToHome}, 'goals', 'first', ${first}, 2, ${lead})`);
  await tx.run(sql`
    insert into support.reading_score (reading_id, family_id, area, title, score) values (${reading}, ${family.id}, ${goal}, ${words.goal}, 2)`);
}
