import sql from 'sql-template-tag';
import { z } from 'zod';
import type { Rows } from '../../../platform/database/rows.ts';
import { plainDay } from '../records.ts';
import { urgencyIds } from '../rules.ts';
import { toldRow } from './visiting.ts';

// The SQL of what came from outside, for the team with whom it waits.

export const askedStates = ['sent', 'acknowledged', 'made', 'answered', 'not real'] as const;
export type AskedState = (typeof askedStates)[number];

const heldRow = z.object({
  id: z.uuid(),
  reference: z.string(),
  state: z.enum(askedStates),
  told: toldRow,
  source: z.enum(['family', 'young person', 'other']),
  urgency: z.enum(urgencyIds),
  programme: z.string().nullable(),
  team: z.uuid(),
  sentOn: plainDay,
  acknowledgeBy: plainDay,
  answerBy: plainDay,
  version: z.int(),
});
export type HeldAsked = z.output<typeof heldRow>;

/** What came from outside, held still until the transaction ends. Undefined when it is with another team. */
export async function holdAsked(rows: Rows, id: string): Promise<HeldAsked | undefined> {
  const [row] = await rows.rows(
    heldRow,
    sql`select id, reference, state, told, source, urgency, programme, team_id as team, sent_on as "sentOn", acknowledge_by as "acknowledgeBy",
          answer_by as "answerBy", version
        from support.asked_outside where id = ${id} for update`,
  );
  return row;
}

/** Who did the last thing to it, by name. A statement of its own: whoever waited sees the other's step only in one that begins after. */
export async function lastBy(rows: Rows, id: string): Promise<string | undefined> {
  const [found] = await rows.many<{ name: string }>(sql`
    select a.name from support.asked_outside_step s join access.account a on a.id = s.by_account
    where s.asked_id = ${id} order by s.at desc limit 1`);
  return found?.name;
}

export interface NewAskedStep {
  asked: HeldAsked;
  step: 'acknowledged' | 'made' | 'answered' | 'not real';
  why?: string;
  next?: string;
  on: Temporal.PlainDate;
}

export const writeStep = (rows: Rows, { asked, step, why = '', next = '', on }: NewAskedStep) =>
  rows.run(sql`
    insert into support.asked_outside_step (asked_id, step, team_id, why, next, on_day)
    values (${asked.id}, ${step}, ${asked.team}, ${why}, ${next}, ${on})`);

export const setHaveIt = (rows: Rows, id: string, on: Temporal.PlainDate) =>
  rows.run(sql`
    update support.asked_outside set state = 'acknowledged', acknowledged_on = ${on}, version = version + 1 where id = ${id}`);

/** It is over without a request; the words are kept until their time is over. */
export const setOver = (rows: Rows, id: string, state: 'answered' | 'not real', on: Temporal.PlainDate) =>
  rows.run(sql`
    update support.asked_outside set state = ${state}, answered_on = ${on}, acknowledged_on = coalesce(acknowledged_on, ${on}),
      version = version + 1 where id = ${id}`);

/** It is a request now, and its words are there alone. */
export const setMade = (rows: Rows, id: string, request: string, on: Temporal.PlainDate) =>
  rows.run(sql`
    update support.asked_outside set state = 'made', request_id = ${request}, told = '{}', answered_on = ${on},
      acknowledged_on = coalesce(acknowledged_on, ${on}), version = version + 1 where id = ${id}`);

/** Hands it to another team. False when somebody was there first. */
export async function handOn(
  rows: Rows,
  asked: HeldAsked,
  team: string,
  why: string,
  on: Temporal.PlainDate,
): Promise<boolean> {
  const [done] = await rows.many<{ done: boolean }>(
    sql`select support.outside_hand(${asked.id}, ${asked.version}, ${team}, ${why}, ${on}) as done`,
  );
  return done?.done ?? false;
}
