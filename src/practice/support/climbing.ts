import sql from 'sql-template-tag';
import { z } from 'zod';
import type { Rows } from '../../platform/database/rows.ts';
import { transaction } from '../../platform/database/transaction.ts';
import type { Job } from '../../platform/jobs/jobs.ts';
import { holidaysHere } from '../../record/tasks/clocks.ts';
import { plainDay } from './records.ts';
import { climbsTo, requestStates } from './rules.ts';

const lateRow = z.object({
  id: z.uuid(),
  state: z.enum(requestStates),
  acknowledgeBy: plainDay,
  answerBy: plainDay,
  climbed: z.int(),
});

/** How many late requests one run looks at; the next run looks at the rest. */
const mostAtOnce = 5000;

/**
 * Sends requests that nobody has answered in time up to the team manager, then to the senior manager, and tells them. Run as the
 * owner, for the purpose of finding them. Gives how many climbed.
 */
export async function climb(rows: Rows, today: Temporal.PlainDate): Promise<number> {
  await rows.many(sql`select set_config('kith.purpose', 'finding', true)`);
  const [late, holidays] = await Promise.all([
    rows.rows(
      lateRow,
      sql`select id, state, acknowledge_by as "acknowledgeBy", answer_by as "answerBy", climbed from support.request
          where state in ('sent', 'acknowledged') and climbed < 2
            and (case when state = 'sent' then least(answer_by, acknowledge_by) else answer_by end) < ${today}::date
          order by (case when state = 'sent' then least(answer_by, acknowledge_by) else answer_by end) limit ${mostAtOnce}`,
    ),
    holidaysHere(rows),
  ]);
  const up = late
    .map((request) => ({ id: request.id, was: request.climbed, far: climbsTo(request, today, holidays) }))
    .filter(({ was, far }) => far > was);
  if (up.length === 0) return 0;
  const [answer] = await rows.many<{ climbed: number }>(sql`
    select support.climb(${up.map(({ id }) => id)}::uuid[], ${up.map(({ far }) => far)}::smallint[], ${today}) as climbed`);
  return answer?.climbed ?? 0;
}

/** Every hour of the day, so that nobody waits for the night. */
export const climbing: Job = {
  name: 'support-climbing',
  cron: '10 * * * *',
  run: async ({ owner }, today) => {
    await transaction(owner, [], (rows) => climb(rows, today));
  },
};
