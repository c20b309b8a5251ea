import sql, { type Sql } from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';
import { invalid } from '../../platform/problem.ts';

/** Who is to do something: somebody who works here, a team's post, or somebody by name who has no account. */
export type TaskOwner = { account: string } | { post: string } | { named: string };

export interface NewTask {
  family: string;
  /** Whom of the family it is about; nobody named means the family. */
  people?: readonly string[];
  /** What is to be done, 1 to 1,000 characters. */
  what: string;
  owner: TaskOwner;
  due?: Temporal.PlainDate | undefined;
  /** What it arose from: an area ("notes", "plans", "meetings") and the id of what it was there. */
  from: { area: string; id?: string | undefined };
  /** Its own id, for a writer that may come twice: the second time changes nothing. */
  id?: string | undefined;
}

/**
 * Puts something to do in somebody's list, and gives its id. It shows on their Today and on the family's page.
 *
 * @throws Problem 422 on `owner` when whoever is to do it does not see the family: it would be in no list of theirs. Somebody
 * outside is written by name.
 */
export async function addTask(
  rows: Rows,
  { family, people = [], what, owner, due, from, id }: NewTask,
): Promise<string> {
  const account = 'account' in owner ? owner.account : null;
  const post = 'post' in owner ? owner.post : null;
  const named = 'named' in owner ? owner.named : null;
  if (named === null && !(await sees(rows, account ?? post ?? '', family)))
    throw invalid({ owner: 'Choose somebody who works with this family, or write somebody’s name' });
  const [made] = await rows.many<{ id: string }>(sql`
    insert into record.task (id, family_id, what, owner_account, owner_post, owner_named, due, from_area, from_id)
    values (coalesce(${id ?? null}::uuid, uuidv7()), ${family}::uuid, ${what}, ${account}::uuid, ${post}::uuid, ${named},
      ${due ?? null}::date, ${from.area}, ${from.id ?? null}::uuid)
    on conflict (id) do nothing returning id`);
  if (made === undefined && id !== undefined) return id;
  if (made === undefined) throw new Error('the task was not written');
  if (people.length > 0)
    await rows.run(sql`
      insert into record.task_person (task_id, family_id, person_id)
      select distinct ${made.id}::uuid, ${family}::uuid, m.person_id from record.family_member m
      where m.family_id = ${family}::uuid and m.person_id = any (${[...people]}::uuid[])`);
  return made.id;
}

/** Whether an account or a post (an id) sees a family now, through a reason of its own or of a post that it holds: a condition. */
export const seeing = (holder: Sql, family: Sql): Sql => sql`exists (
  select from access.reason r
  where r.subject = ${family} and r.scope = 'practice' and r.since <= now() and (r.until is null or r.until > now())
    and (r.holder = ${holder} or (r.not_for is null or ${holder} <> all (r.not_for)) and exists (
      select from access.holding h where h.account_id = ${holder} and h.post_id = r.holder and h.during @> now())))`;

/** Whether an account or a post sees a family now. */
export async function sees(rows: Rows, holder: string, family: string): Promise<boolean> {
  const [found] = await rows.many<{ sees: boolean }>(
    sql`select ${seeing(sql`${holder}::uuid`, sql`${family}::uuid`)} as sees`,
  );
  return found?.sees === true;
}

/**
 * Ends every open task that arose from something that is itself at an end, such as a plan that was closed; `how` says why, and
 * stands with each of them. Gives how many that were.
 */
export const endTasksOf = (rows: Rows, from: { area: string; id: string }, how: string): Promise<number> =>
  rows.run(sql`
    update record.task set state = 'not needed', outcome = ${how}, ended_by = access.account_id(), ended_at = now(), version = version + 1
    where from_id = ${from.id}::uuid and from_area = ${from.area} and state = 'open'`);
