import sql, { empty, type Sql } from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';
import { pageSize, type TaskState } from './rules.ts';
import type { TaskOwner } from './tasks.ts';

// The SQL of things to do. Row-level security decides what each statement reaches.

/** What every list shows of a task `t`. */
const columns = sql`
  t.family_id as about, t.id as task, t.what, t.due, t.from_area, t.from_id, t.state, t.outcome, t.ended_at, t.made_at, t.version,
  f.name as family, ended.name as ended_by, made.name as made_by,
  coalesce(own.name, post.title || ', ' || team.name, t.owner_named) as owner, t.owner as owner_id, t.owner_named,
  coalesce(t.owner, '00000000-0000-0000-0000-000000000000') = any (access.holders()) as mine,
  t.owner_account is not null and not exists (
    select from access.reason r
    where r.subject = t.family_id and r.scope = 'practice' and r.since <= now() and (r.until is null or r.until > now())
      and (r.holder = t.owner_account or (r.not_for is null or t.owner_account <> all (r.not_for)) and exists (
        select from access.holding h where h.account_id = t.owner_account and h.post_id = r.holder and h.during @> now()))) as owner_gone,
  (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.given_name || ' ' || p.family_name) order by p.given_name, p.id), '[]')
   from record.task_person tp join record.person p on p.id = tp.person_id where tp.task_id = t.id) as people`;

const joined = sql`
  join record.family f on f.id = t.family_id
  left join access.account own on own.id = t.owner_account
  left join access.post held on held.id = t.owner_post
  left join access.role post on post.id = held.role_id
  left join access.team team on team.id = held.team_id
  left join access.account ended on ended.id = t.ended_by
  left join access.account made on made.id = t.made_by`;

export interface After {
  due: Temporal.PlainDate | undefined;
  id: string;
}

/** Where a page of open tasks goes on: those with a day come first, then those without. */
const beyond = (after: After | undefined): Sql =>
  after === undefined
    ? empty
    : after.due === undefined
      ? sql`and t.due is null and t.id > ${after.id}::uuid`
      : sql`and (t.due is null or (t.due, t.id) > (${after.due}::date, ${after.id}::uuid))`;

/**
 * What is to be done by whoever asks, by a team of theirs, or by somebody for families they stand in for; soonest first, those without a day
 * last. Each owner's list is read from its index in order and no further than the page.
 */
export const myTasks = (after: After | undefined, most: number = pageSize): Sql => sql`
  with owners as (
    select unnest(access.holders()) as owner, null::uuid as cover
    union
    select c.for_account, c.id from record.cover c
     where c.by_account = access.account_id() and c.since <= now() and c.until > now() and c.ended_at is null
  ), page as (
    select mine.* from owners cross join lateral (
      select t.* from record.task t where t.owner = owners.owner and t.state = 'open' ${beyond(after)}
        and (owners.cover is null or exists (
          select from access.reason r where r.subject = t.family_id and r.holder = access.account_id() and r.kind = 'cover'
            and r.about_record = owners.cover and r.since <= now() and r.until > now()))
      order by t.due, t.id limit ${most}) mine
    order by mine.due, mine.id limit ${most}
  )
  select ${columns} from page t ${joined} order by t.due, t.id`;

/** What is to be done for a family, by anybody; soonest first. */
export const openOfFamily = (family: string, after: After | undefined, most: number = pageSize): Sql => sql`
  with page as (
    select t.* from record.task t where t.family_id = ${family}::uuid and t.state = 'open' ${beyond(after)}
    order by t.due, t.id limit ${most}
  )
  select ${columns} from page t ${joined} order by t.due, t.id`;

/** What was done for a family, newest first. */
export const endedOfFamily = (
  family: string,
  before: { at: Temporal.Instant; id: string } | undefined,
  most: number = pageSize,
): Sql => sql`
  with page as (
    select t.* from record.task t where t.family_id = ${family}::uuid and t.state <> 'open'
      ${before === undefined ? empty : sql`and (t.ended_at, t.id) < (${before.at}::timestamptz, ${before.id}::uuid)`}
    order by t.ended_at desc, t.id desc limit ${most}
  )
  select ${columns} from page t ${joined} order by t.ended_at desc, t.id desc`;

export const oneTask = (task: string): Sql =>
  sql`select ${columns} from record.task t ${joined} where t.id = ${task}::uuid`;

/** Who can be asked to do something for a family: those who work with it, its managers, and the people in it. */
export const ownersFor = (family: string, today: Temporal.PlainDate): Sql => sql`
  select h.family_id as about, 'worker' as kind, h.holder as id, coalesce(nullif(h.names, ''), 'Nobody in post at present') as name,
    concat_ws(', ', h.post, h.team) as more, h.holder = any (access.holders()) as mine
  from record.helper h where h.family_id = ${family}::uuid and (record.works_with(h.kind) or h.kind in ('manages', 'cover'))
  group by h.family_id, h.holder, h.names, h.post, h.team
  union all
  select m.family_id, 'person', p.id, p.given_name || ' ' || p.family_name, m.part, false
  from record.family_member m join record.person p on p.id = m.person_id
  where m.family_id = ${family}::uuid and m.during @> ${today}::date and p.died_on is null
  order by kind desc, mine desc, name, id limit 200`;

/** What stands of a task that whoever asks may see; undefined when there is none. */
export async function taskStands(
  rows: Rows,
  task: string,
): Promise<{ family: string; state: TaskState; due: Temporal.PlainDate | null; maker: string } | undefined> {
  const [found] = await rows.many<{
    family: string;
    state: TaskState;
    due: Temporal.PlainDate | null;
    maker: string;
  }>(
    sql`select t.family_id as family, t.state, t.due, t.made_by as maker from record.task t where t.id = ${task}::uuid`,
  );
  return found;
}

/** Ends an open task at a version; how many rows that was. */
export const endTask = (
  rows: Rows,
  { task, version, as, outcome }: { task: string; version: number; as: string; outcome: string },
): Promise<number> =>
  rows.run(sql`
    update record.task set state = ${as}, outcome = ${outcome}, ended_by = access.account_id(), ended_at = now(), version = version + 1
    where id = ${task}::uuid and version = ${version} and state = 'open'`);

/** Opens an ended task again at a version. What had come of it stays in the trail of what was done. */
export const reopenTask = (rows: Rows, task: string, version: number): Promise<number> =>
  rows.run(sql`
    update record.task set state = 'open', outcome = null, ended_by = null, ended_at = null, version = version + 1
    where id = ${task}::uuid and version = ${version} and state <> 'open'`);

export const changeTask = (
  rows: Rows,
  {
    task,
    version,
    what,
    owner,
    due,
  }: {
    task: string;
    version: number;
    what: string;
    owner: TaskOwner;
    due: Temporal.PlainDate | undefined;
  },
): Promise<number> =>
  rows.run(sql`
    update record.task set what = ${what}, owner_account = ${'account' in owner ? owner.account : null}::uuid,
      owner_post = ${'post' in owner ? owner.post : null}::uuid, owner_named = ${'named' in owner ? owner.named : null},
      due = ${due ?? null}::date, version = version + 1
    where id = ${task}::uuid and version = ${version} and state = 'open'`);

/** Makes these the people that a task is about: of the family only. */
export async function changePeople(
  rows: Rows,
  task: string,
  family: string,
  people: readonly string[],
): Promise<void> {
  await rows.run(
    sql`delete from record.task_person where task_id = ${task}::uuid and person_id <> all (${[...people]}::uuid[])`,
  );
  await rows.run(sql`
    insert into record.task_person (task_id, family_id, person_id)
    select distinct ${task}::uuid, ${family}::uuid, m.person_id from record.family_member m
    where m.family_id = ${family}::uuid and m.person_id = any (${[...people]}::uuid[]) on conflict do nothing`);
}

/** Whether an id is of an account or of a post; undefined when it is of neither. */
export async function holderKind(rows: Rows, id: string): Promise<'account' | 'post' | undefined> {
  const [found] = await rows.many<{ kind: 'account' | 'post' }>(sql`
    select 'account' as kind from access.account where id = ${id}::uuid
    union all select 'post' from access.post where id = ${id}::uuid limit 1`);
  return found?.kind;
}

/** The name of somebody in a family; undefined when they are not in it. */
export async function memberName(rows: Rows, family: string, person: string): Promise<string | undefined> {
  const [found] = await rows.many<{ name: string }>(sql`
    select p.given_name || ' ' || p.family_name as name from record.family_member m join record.person p on p.id = m.person_id
    where m.family_id = ${family}::uuid and m.person_id = ${person}::uuid limit 1`);
  return found?.name;
}

/** Tells whoever is to do something that it was given to them. */
export const tellOwner = (rows: Rows, owner: TaskOwner, task: string, family: string): Promise<unknown> =>
  'named' in owner
    ? Promise.resolve()
    : rows.run(sql`
        select platform.tell(${'account' in owner ? owner.account : owner.post}::uuid, 'Something to do for a family was given to you.',
          ${`/tasks/${task}`}, array[${family}::uuid])`);

/** Tells whoever wrote a task down that it has come to an end. */
export const tellMaker = (rows: Rows, maker: string, task: string, family: string): Promise<unknown> =>
  rows.run(sql`
    select platform.tell(${maker}::uuid, 'Something that you asked for has been done, or is not needed any more.',
      ${`/tasks/${task}`}, array[${family}::uuid])`);
