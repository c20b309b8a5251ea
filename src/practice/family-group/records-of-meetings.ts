import sql from 'sql-template-tag';
import { z } from 'zod';
import type { Rows } from '../../platform/database/rows.ts';
import { plainDay } from './records.ts';
import { meetingKinds, type ReviewOutcome } from './rules.ts';

export const meetingsOf = (rows: Rows, process: string) =>
  rows.rows(
    z.object({ id: z.uuid(), kind: z.enum(meetingKinds), on: plainDay, held: z.boolean(), version: z.int() }),
    sql`select id, kind, on_day as on, held, version from family_group.meeting where process_id = ${process} order by on_day, id limit 100 for update`,
  );

export async function insertMeeting(
  rows: Rows,
  of: { id: string; family: string },
  it: { kind: string; on: Temporal.PlainDate; began: Temporal.PlainTime; place: string },
): Promise<string> {
  const [made] = await rows.many<{ id: string }>(sql`
    insert into family_group.meeting (process_id, family_id, kind, on_day, began, place)
    values (${of.id}, ${of.family}, ${it.kind}, ${it.on}, ${it.began.toString()}, ${it.place}) returning id`);
  return made?.id ?? '';
}

/** The family met: who came, what was told in information time, and for how long they were by themselves. */
export async function setHeld(
  rows: Rows,
  of: { family: string },
  it: {
    meeting: string;
    on: Temporal.PlainDate;
    began: Temporal.PlainTime;
    information: string;
    privateMinutes: number;
    came: readonly string[];
  },
): Promise<void> {
  await rows.run(sql`
    update family_group.meeting set held = true, on_day = ${it.on}, began = ${it.began.toString()}, information = ${it.information},
      private_minutes = ${it.privateMinutes}, version = version + 1 where id = ${it.meeting}`);
  await rows.run(sql`
    insert into family_group.came (meeting_id, family_id, guest_id)
    select ${it.meeting}, ${of.family}, guest from unnest(${[...it.came]}::uuid[]) guest on conflict do nothing`);
}

export interface NewAction {
  what: string;
  guest: string | null;
  service: string | null;
  due: Temporal.PlainDate | null;
}

/** The family's plan with what each does, as one statement. */
export async function insertPlan(
  rows: Rows,
  of: { id: string; family: string },
  it: {
    meeting: string;
    words: string;
    offered: string;
    reviewOn: Temporal.PlainDate;
    on: Temporal.PlainDate;
    actions: readonly NewAction[];
  },
): Promise<string> {
  const actions = JSON.stringify(
    it.actions.map((each, at) => ({ ...each, place: at + 1, due: each.due?.toString() ?? null })),
  );
  const [made] = await rows.many<{ id: string }>(sql`
    with made as (
      insert into family_group.plan (process_id, family_id, meeting_id, words, offered, review_on, written_on)
      values (${of.id}, ${of.family}, ${it.meeting}, ${it.words}, ${it.offered}, ${it.reviewOn}, ${it.on}) returning id, family_id
    ), done as (
      insert into family_group.plan_action (plan_id, family_id, place, what, guest_id, service, due)
      select made.id, made.family_id, a.place, a.what, a.guest, a.service, a.due
      from made, jsonb_to_recordset(${actions}::jsonb) as a (place smallint, what text, guest uuid, service text, due date)
    )
    select id from made`);
  return made?.id ?? '';
}

/** The plan that waits for an answer, or the one that was answered last, held still. */
export async function holdPlan(rows: Rows, process: string, standing: 'to be answered' | 'agreed') {
  const [found] = await rows.rows(
    z.object({ id: z.uuid(), reviewOn: plainDay, version: z.int() }),
    sql`select id, review_on as "reviewOn", version from family_group.plan where process_id = ${process} and standing = ${standing}
        order by id desc limit 1 for update`,
  );
  return found;
}

export const setPlanAnswered = (
  rows: Rows,
  plan: string,
  standing: 'agreed' | 'not agreed',
  why: string,
  on: Temporal.PlainDate,
): Promise<number> =>
  rows.run(sql`
    update family_group.plan set standing = ${standing}, why = ${why}, answered_on = ${on}, answered_by = access.account_id(), version = version + 1
    where id = ${plan}`);

export const actionsOf = (rows: Rows, plan: string) =>
  rows.rows(
    z.object({ what: z.string(), who: z.string(), person: z.uuid().nullable(), due: plainDay.nullable() }),
    sql`select a.what, coalesce(a.service, g.named, p.given_name || ' ' || p.family_name, 'Somebody of the family') as who, g.person_id as person, a.due
        from family_group.plan_action a left join family_group.guest g on g.id = a.guest_id left join record.person p on p.id = g.person_id
        where a.plan_id = ${plan} order by a.place limit 40`,
  );

export const insertGiven = (
  rows: Rows,
  of: { family: string },
  it: { plan: string; guests: readonly string[]; on: Temporal.PlainDate; way: string },
): Promise<number> =>
  rows.run(sql`
    insert into family_group.given (plan_id, family_id, guest_id, on_day, way)
    select ${it.plan}, ${of.family}, guest, ${it.on}, ${it.way} from unnest(${[...it.guests]}::uuid[]) guest on conflict do nothing`);

export const insertReview = (
  rows: Rows,
  of: { id: string; family: string },
  due: Temporal.PlainDate,
): Promise<number> =>
  rows.run(sql`
    insert into family_group.review (process_id, family_id, due) values (${of.id}, ${of.family}, ${due})
    on conflict (process_id) where held_on is null do nothing`);

/** The review that is not held yet is held now. */
export const setReviewed = (
  rows: Rows,
  of: { id: string },
  it: { on: Temporal.PlainDate; said: string; outcome: ReviewOutcome },
): Promise<number> =>
  rows.run(sql`
    update family_group.review set held_on = ${it.on}, said = ${it.said}, outcome = ${it.outcome}, by_account = access.account_id(), version = version + 1
    where process_id = ${of.id} and held_on is null`);
