import sql from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';
import { seeing } from '../tasks/tasks.ts';

// Actions of a plan as things to do in people's lists. Each is one statement for the whole plan, however long it is.

/** The actions of a plan that somebody is to do for a need that is not met, in the order of the plan. */
const wanted = (plan: string) => sql`
  select d.* from record.plan_action d join record.plan_need n on n.id = d.need_id
  where d.plan_id = ${plan}::uuid and d.taken_out_at is null and n.taken_out_at is null and not n.met
    and num_nonnulls(d.owner_account, d.owner_post, d.owner_named) = 1
  order by n.id, d.id`;

/**
 * The first action whose owner works here and does not see the family now, so that it would be in no list of theirs; undefined when
 * there is none. One that stands in a list already stays where it is.
 */
export async function ownerGone(
  rows: Rows,
  plan: string,
): Promise<{ what: string; owner: string } | undefined> {
  const [found] = await rows.many<{ what: string; owner: string }>(sql`
    select d.what, coalesce(d.owner_name, 'Somebody') as owner from (${wanted(plan)}) d
    left join record.task t on t.id = d.task_id
    where d.owner_named is null and (d.task_id is null or (d.owner_changed and t.state = 'open'))
      and not ${seeing(sql`coalesce(d.owner_account, d.owner_post)`, sql`d.family_id`)}
    order by d.need_id, d.id limit 1`);
  return found;
}

/**
 * Every action that somebody is to do becomes a task in their list, and the open task of one reads as the action does now; in whose
 * list it stands only when the plan says another since.
 */
export const intoLists = (rows: Rows, plan: string): Promise<number> =>
  rows.run(sql`
    with wanted as materialized (
      select d.*, coalesce(d.task_id, uuidv7()) as task from (${wanted(plan)}) d
    ), made as (
      insert into record.task (id, family_id, what, owner_account, owner_post, owner_named, due, from_area, from_id)
      select w.task, w.family_id, w.what, w.owner_account, w.owner_post, w.owner_named, w.due, 'plans', w.plan_id
      from wanted w where w.task_id is null returning id, family_id
    ), theirs as (
      insert into record.task_person (task_id, family_id, person_id)
      select distinct t.id, t.family_id, m.person_id from made t
        join record.plan_person pp on pp.plan_id = ${plan}::uuid
        join record.family_member m on m.family_id = t.family_id and m.person_id = pp.person_id
    ), following as (
      update record.task t set what = w.what, due = w.due, version = t.version + 1,
        owner_account = case when w.owner_changed then w.owner_account else t.owner_account end,
        owner_post = case when w.owner_changed then w.owner_post else t.owner_post end,
        owner_named = case when w.owner_changed then w.owner_named else t.owner_named end
      from wanted w
      where t.id = w.task_id and t.state = 'open' and (w.owner_changed or (t.what, t.due) is distinct from (w.what, w.due))
    )
    update record.plan_action d set task_id = w.task, owner_changed = false
    from wanted w where d.id = w.id and (d.task_id is null or d.owner_changed)`);

/** Ends the open tasks of actions and needs that were taken out of a plan. */
export const endTakenOut = (rows: Rows, plan: string): Promise<number> =>
  rows.run(sql`
    update record.task t set state = 'not needed', outcome = 'Taken out of the plan', ended_by = access.account_id(), ended_at = now(),
      version = t.version + 1
    from record.plan_action d join record.plan_need n on n.id = d.need_id
    where d.plan_id = ${plan}::uuid and t.id = d.task_id and t.state = 'open' and (d.taken_out_at is not null or n.taken_out_at is not null)`);
