import sql, { type Sql } from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';
import type { TaskOwner } from '../tasks/tasks.ts';
import type { Indicator, Level, Quality, Voice } from './rules.ts';

// The SQL that writes plans. Every change of a part is counted on its plan, so that nobody agrees to what they have not seen.

export interface PlanFields {
  level: Level;
  why: string;
  childWhy: string;
  compulsory: string;
  on: Temporal.PlainDate;
}

/** Writes a plan that nobody has agreed to yet; its id, and how many of the people are of the family. */
export async function insertPlan(
  rows: Rows,
  family: string,
  persons: readonly string[],
  { level, why, childWhy, compulsory, on }: PlanFields,
): Promise<{ id: string; people: number }> {
  const [made] = await rows.many<{ id: string }>(sql`
    insert into record.plan (family_id, level, why, child_why, compulsory, prepared_on)
    values (${family}::uuid, ${level}, ${why}, ${childWhy}, ${compulsory}, ${on}::date) returning id`);
  if (made === undefined) throw new Error('the plan was not written');
  const written = await rows.run(sql`
    insert into record.plan_person (plan_id, family_id, person_id)
    select distinct ${made.id}::uuid, ${family}::uuid, m.person_id from record.family_member m
    where m.family_id = ${family}::uuid and m.person_id = any (${[...persons]}::uuid[])`);
  return { id: made.id, people: written };
}

const touched = sql`changed = true, touched_by = access.account_id(), touched_at = now()`;

export const updatePlan = (
  rows: Rows,
  plan: string,
  version: number,
  { level, why, childWhy, compulsory, on }: PlanFields,
): Promise<number> =>
  rows.run(sql`
    update record.plan set level = ${level}, why = ${why}, child_why = ${childWhy}, compulsory = ${compulsory}, prepared_on = ${on}::date,
      ${touched}, version = version + 1 where id = ${plan}::uuid and version = ${version} and state <> 'ended'`);

/** Counts a change of a part of a plan that has not ended; how many plans that was. */
export const touch = (rows: Rows, plan: string): Promise<number> =>
  rows.run(
    sql`update record.plan set ${touched}, changes = changes + 1 where id = ${plan}::uuid and state <> 'ended'`,
  );

export interface ViewFields {
  whose: Voice;
  person: string | undefined;
  name: string;
  words: string;
  on: Temporal.PlainDate;
  disagrees: string;
  acted: string;
}

const personIn = (family: Sql, person: string | undefined): Sql => sql`
  (select m.person_id from record.family_member m where m.family_id = ${family} and m.person_id = ${person ?? null}::uuid limit 1)`;

export async function insertView(
  rows: Rows,
  plan: string,
  family: string,
  view: ViewFields,
): Promise<string> {
  const [made] = await rows.many<{ id: string }>(sql`
    insert into record.plan_view (plan_id, family_id, whose, person_id, name, words, said_on, disagrees, acted)
    values (${plan}::uuid, ${family}::uuid, ${view.whose}, ${personIn(sql`${family}::uuid`, view.person)}, ${view.name}, ${view.words},
      ${view.on}::date, ${view.disagrees}, ${view.acted}) returning id`);
  return made?.id ?? '';
}

export const updateView = (rows: Rows, id: string, version: number, view: ViewFields): Promise<number> =>
  rows.run(sql`
    update record.plan_view v set whose = ${view.whose}, person_id = ${personIn(sql`v.family_id`, view.person)}, name = ${view.name},
      words = ${view.words}, said_on = ${view.on}::date, disagrees = ${view.disagrees}, acted = ${view.acted}, version = version + 1
    where v.id = ${id}::uuid and v.version = ${version} and v.taken_out_at is null`);

export interface NeedFields {
  indicator: Indicator | undefined;
  need: string;
  ownWords: string;
  childWords: string;
  hoped: string;
}

export async function insertNeed(
  rows: Rows,
  plan: string,
  family: string,
  need: NeedFields,
): Promise<string> {
  const [made] = await rows.many<{ id: string }>(sql`
    insert into record.plan_need (plan_id, family_id, indicator, need, own_words, child_words, hoped)
    values (${plan}::uuid, ${family}::uuid, ${need.indicator ?? null}, ${need.need}, ${need.ownWords}, ${need.childWords}, ${need.hoped})
    returning id`);
  return made?.id ?? '';
}

export const updateNeed = (
  rows: Rows,
  id: string,
  version: number,
  need: NeedFields & { observed: string; met: boolean },
): Promise<number> =>
  rows.run(sql`
    update record.plan_need set indicator = ${need.indicator ?? null}, need = ${need.need}, own_words = ${need.ownWords},
      child_words = ${need.childWords}, hoped = ${need.hoped}, observed = ${need.observed}, met = ${need.met}, version = version + 1
    where id = ${id}::uuid and version = ${version} and taken_out_at is null`);

export interface ActionFields {
  what: string;
  owner: TaskOwner | undefined;
  ownerName: string | undefined;
  due: Temporal.PlainDate | undefined;
  intended: string;
}

const owners = (owner: TaskOwner | undefined) => ({
  account: owner && 'account' in owner ? owner.account : null,
  post: owner && 'post' in owner ? owner.post : null,
  named: owner && 'named' in owner ? owner.named : null,
});

/** Writes an action of a need; undefined when there is no such need. */
export async function insertAction(
  rows: Rows,
  need: string,
  { what, owner, ownerName, due, intended }: ActionFields,
): Promise<string | undefined> {
  const { account, post, named } = owners(owner);
  const [made] = await rows.many<{ id: string }>(sql`
    insert into record.plan_action (plan_id, family_id, need_id, what, owner_account, owner_post, owner_named, owner_name, due, intended)
    select n.plan_id, n.family_id, n.id, ${what}, ${account}::uuid, ${post}::uuid, ${named}, ${ownerName ?? null}, ${due ?? null}::date,
      ${intended}
    from record.plan_need n where n.id = ${need}::uuid and n.taken_out_at is null returning id`);
  return made?.id;
}

export const updateAction = (
  rows: Rows,
  id: string,
  version: number,
  { what, owner, ownerName, due, intended, observed }: ActionFields & { observed: string },
): Promise<number> => {
  const { account, post, named } = owners(owner);
  return rows.run(sql`
    update record.plan_action set what = ${what},
      owner_changed = owner_changed or (owner_account, owner_post, owner_named) is distinct from (${account}::uuid, ${post}::uuid, ${named}),
      owner_account = ${account}::uuid, owner_post = ${post}::uuid, owner_named = ${named},
      owner_name = ${ownerName ?? null}, due = ${due ?? null}::date, intended = ${intended}, observed = ${observed}, version = version + 1
    where id = ${id}::uuid and version = ${version} and taken_out_at is null`);
};

/** Takes a part out of a plan. What was agreed before keeps it. */
export const takeOut = (
  rows: Rows,
  part: 'view' | 'need' | 'action',
  id: string,
  version: number,
): Promise<number> => {
  const from = { view: sql`record.plan_view`, need: sql`record.plan_need`, action: sql`record.plan_action` }[
    part
  ];
  return rows.run(sql`
    update ${from} set taken_out_at = now(), version = version + 1 where id = ${id}::uuid and version = ${version} and taken_out_at is null`);
};

export interface Agreed {
  on: Temporal.PlainDate;
  reviewOn: Temporal.PlainDate;
  words: string;
  as: string;
}

/** Says that a plan is agreed as it was seen: nothing when it has changed since. Gives the number of this version. */
export async function agreePlan(
  rows: Rows,
  plan: string,
  seen: number,
  { on, reviewOn }: Pick<Agreed, 'on' | 'reviewOn'>,
): Promise<number | undefined> {
  const [agreed] = await rows.many<{ edition: number }>(sql`
    update record.plan set state = 'agreed', agreed_on = ${on}::date, review_on = ${reviewOn}::date, edition = edition + 1, changed = false,
      touched_by = access.account_id(), touched_at = now(), version = version + 1
    where id = ${plan}::uuid and version + changes = ${seen} and state <> 'ended' returning edition`);
  return agreed?.edition;
}

/** Keeps a plan whole as it was agreed. */
export const keepEdition = (
  rows: Rows,
  of: { plan: string; family: string; number: number; whole: string },
  { on, reviewOn, words, as }: Agreed,
): Promise<number> =>
  rows.run(sql`
    insert into record.plan_edition (plan_id, family_id, number, agreed_on, review_on, words, whole, agreed_as)
    values (${of.plan}::uuid, ${of.family}::uuid, ${of.number}, ${on}::date, ${reviewOn}::date, ${words}, ${of.whole}::jsonb, ${as})`);

/** Adds to what the figures are made from: numbers, a day and a team. `behind` is a mark that is another in each month. */
export const countQuality = (
  rows: Rows,
  quality: Quality,
  of: { plan: string; team: string | undefined; on: Temporal.PlainDate; level: Level },
): Promise<number> =>
  rows.run(sql`
    insert into record.plan_quality (team_id, counted_on, level, child_view, parent_view, needs, needs_whole, specific, first_time, in_time, behind)
    values (${of.team ?? null}::uuid, ${of.on}::date, ${of.level}, ${quality.childView}, ${quality.parentView}, ${quality.needs},
      ${quality.needsWhole}, ${quality.specific}, ${quality.firstTime}, ${quality.inTime},
      md5(${of.plan} || ${of.on.toPlainYearMonth().toString()})::uuid)`);

export const endPlan = (
  rows: Rows,
  plan: string,
  seen: number,
  { on, why }: { on: Temporal.PlainDate; why: string },
): Promise<number> =>
  rows.run(sql`
    update record.plan set state = 'ended', ended_on = ${on}::date, ended_why = ${why}, touched_by = access.account_id(), touched_at = now(),
      version = version + 1
    where id = ${plan}::uuid and version + changes = ${seen} and state = 'agreed'`);

export async function insertSent(
  rows: Rows,
  plan: string,
  family: string,
  { on, toWhom, how }: { on: Temporal.PlainDate; toWhom: string; how: string },
): Promise<string> {
  const [made] = await rows.many<{ id: string }>(sql`
    insert into record.plan_sent (plan_id, family_id, sent_on, to_whom, how)
    values (${plan}::uuid, ${family}::uuid, ${on}::date, ${toWhom}, ${how}) returning id`);
  return made?.id ?? '';
}

/** Writes down what the family said of a plan that was sent to them: once, as said. */
export const writeComment = (
  rows: Rows,
  sent: string,
  version: number,
  { words, by, on }: { words: string; by: string; on: Temporal.PlainDate },
): Promise<number> =>
  rows.run(sql`
    update record.plan_sent set comment = ${words}, said_by = ${by}, said_on = ${on}::date, version = version + 1
    where id = ${sent}::uuid and version = ${version} and comment is null`);

/** Says how a comment was acted on. */
export const actOnComment = (rows: Rows, sent: string, version: number, acted: string): Promise<number> =>
  rows.run(sql`
    update record.plan_sent set acted = ${acted}, version = version + 1
    where id = ${sent}::uuid and version = ${version} and comment is not null`);
