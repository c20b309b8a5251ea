import sql from 'sql-template-tag';
import { z } from 'zod';
import type { Rows } from '../../../platform/database/rows.ts';
import { transaction } from '../../../platform/database/transaction.ts';
import type { Job } from '../../../platform/jobs/jobs.ts';
import { clocksOn, dueBy, holidaysHere } from '../../../record/tasks/clocks.ts';
import { plainDay } from '../records.ts';
import { climbsTo } from '../rules.ts';

const mostAtOnce = 5000;

const lateRow = z.object({
  id: z.uuid(),
  state: z.enum(['sent', 'acknowledged']),
  acknowledgeBy: plainDay,
  answerBy: plainDay,
  climbed: z.int(),
});

/** Sends up what nobody has answered in time, as requests go up. Gives how many climbed. Run as the owner. */
export async function climbOutside(rows: Rows, today: Temporal.PlainDate): Promise<number> {
  const [late, holidays] = await Promise.all([
    rows.rows(
      lateRow,
      sql`select id, state, acknowledge_by as "acknowledgeBy", answer_by as "answerBy", climbed from support.asked_outside
          where state in ('sent', 'acknowledged') and climbed < 2
            and (case when state = 'sent' then least(answer_by, acknowledge_by) else answer_by end) < ${today}::date
          order by (case when state = 'sent' then least(answer_by, acknowledge_by) else answer_by end) limit ${mostAtOnce}`,
    ),
    holidaysHere(rows),
  ]);
  const up = late
    .map((each) => ({ id: each.id, was: each.climbed, far: climbsTo(each, today, holidays) }))
    .filter(({ was, far }) => far > was);
  if (up.length === 0) return 0;
  const [answer] = await rows.many<{ climbed: number }>(sql`
    select support.climb_outside(${up.map(({ id }) => id)}::uuid[], ${up.map(({ far }) => far)}::smallint[], ${today}) as climbed`);
  return answer?.climbed ?? 0;
}

/**
 * Deletes what was written and never sent when its time is over, and empties what was answered without a request when nobody can ask
 * about it any longer. Gives how many of each. Run as the owner.
 */
export async function forgetOutside(
  rows: Rows,
  now: Temporal.Instant,
  today: Temporal.PlainDate,
): Promise<{ deleted: number; emptied: number }> {
  const [clocks, holidays] = await Promise.all([clocksOn(rows, today), holidaysHere(rows)]);
  const kept = clocks.get('asked-outside-ended') ?? ({ amount: 90, unit: 'calendar days' } as const);
  // How many days it is kept from today on is how many it was kept until today, to within a month's length.
  const days = today.until(dueBy(kept, today, holidays)).days;
  const deleted = await rows.run(
    sql`delete from support.asked_outside where state = 'draft' and expires_at <= ${now}`,
  );
  const emptied = await rows.run(sql`
    update support.asked_outside set told = '{}', token_hash = null, code_phc = null, version = version + 1
    where state in ('answered', 'not real') and told <> '{}' and answered_on < ${today.subtract({ days })}::date`);
  return { deleted, emptied };
}

export const outsideJob: Job = {
  name: 'support-asked-outside',
  cron: '20 * * * *',
  run: async ({ owner }, today) => {
    await transaction(owner, [], async (rows) => {
      await climbOutside(rows, today);
      await forgetOutside(rows, Temporal.Now.instant(), today);
    });
  },
};
