import sql, { empty } from 'sql-template-tag';
import { z } from 'zod';
import type { Rows } from '../../platform/database/rows.ts';
import { type Standing, standings, states } from './rules.ts';

// The SQL of family group decision making. Every row is parsed on its way out; queries.ts has what people see.
export const plainDay = z.instanceof(Temporal.PlainDate);

/** A day inside a JSON value, where the driver cannot parse it. */
export const jsonDay = z.string().transform((text) => Temporal.PlainDate.from(text));

const heldRow = z.object({
  id: z.uuid(),
  reference: z.string(),
  family: z.uuid(),
  team: z.uuid(),
  askedBy: z.uuid(),
  askedTeam: z.uuid(),
  askedOrganisation: z.uuid(),
  askedOn: plainDay,
  emergency: z.boolean(),
  state: z.enum(states),
  coordinator: z.uuid().nullable(),
  acceptedOn: plainDay.nullable(),
  bottomLineOf: z.uuid(),
  version: z.int(),
});

export type Held = z.output<typeof heldRow>;

/** A process, held still until the transaction ends. Undefined when the asker may not see it. */
export async function holdProcess(rows: Rows, id: string): Promise<Held | undefined> {
  const [found] = await rows.rows(
    heldRow,
    sql`select p.id, p.reference, p.family_id as family, p.team_id as team, p.asked_by as "askedBy", p.asked_team as "askedTeam",
          t.organisation_id as "askedOrganisation", p.asked_on as "askedOn", p.emergency, p.state, p.coordinator, p.accepted_on as "acceptedOn",
          p.bottom_line_of as "bottomLineOf", p.version
        from family_group.process p join access.team t on t.id = p.asked_team where p.id = ${id} for update of p`,
  );
  return found;
}

/** What somebody is called who works here. */
export async function nameOf(rows: Rows, account: string | null): Promise<string> {
  const [found] = await rows.many<{ name: string }>(
    sql`select name from access.account where id = ${account}`,
  );
  return found?.name ?? 'a colleague';
}

/** The people of a family on a day, as far as the asker sees them. */
export const membersOf = (rows: Rows, family: string, on: Temporal.PlainDate) =>
  rows.rows(
    z.object({ id: z.uuid(), part: z.string() }),
    sql`select m.person_id as id, m.part from record.family_member m join record.person p on p.id = m.person_id and p.died_on is null
        where m.family_id = ${family} and m.during @> ${on}::date limit 200`,
  );

/** Those of these people whom the asker sees in the record. */
export async function isInRecord(rows: Rows, person: string): Promise<boolean> {
  return (await rows.many(sql`select from record.person where id = ${person} limit 1`)).length > 0;
}

export const teamsOfCoordinators = (rows: Rows) =>
  rows.rows(
    z.object({ id: z.uuid(), name: z.string() }),
    sql`select team_id as id, name from family_group.teams()`,
  );

/** Whether an account sees a family now, through a reason of its own or of a post that it holds. */
export async function seesFamily(rows: Rows, account: string, family: string): Promise<boolean> {
  const found = await rows.many(sql`
    select from access.reason r where r.subject = ${family} and r.scope = 'practice' and r.since <= now() and (r.until is null or r.until > now())
      and (r.holder = ${account} or (r.not_for is null or ${account}::uuid <> all (r.not_for)) and exists (
        select from access.holding h where h.account_id = ${account} and h.post_id = r.holder and h.during @> now())) limit 1`);
  return found.length > 0;
}

export interface NewProcess {
  family: string;
  team: string;
  askedTeam: string;
  askedOn: Temporal.PlainDate;
  answerBy: Temporal.PlainDate;
  emergency: boolean;
  decide: string;
  strengths: string;
  bottomLine: string;
  bottomLineOf: string;
  safety: string;
  view: string;
  agreedWith: string;
  children: readonly string[];
}

/** Writes what was asked, whom it is for (each of them a guest already) and the first step, as one statement. */
export async function insertProcess(rows: Rows, it: NewProcess): Promise<{ id: string; reference: string }> {
  const [made] = await rows.rows(
    z.object({ id: z.uuid(), reference: z.string() }),
    sql`
    with made as (
      insert into family_group.process (reference, family_id, team_id, asked_team, asked_on, answer_by, emergency, decide, strengths, bottom_line,
        bottom_line_of, safety, view, agreed_with)
      values ('FAMILY-' || extract(year from ${it.askedOn}::date) || '-' || lpad(nextval('family_group.reference_number')::text, 5, '0'),
        ${it.family}, ${it.team}, ${it.askedTeam}, ${it.askedOn}, ${it.answerBy}, ${it.emergency}, ${it.decide}, ${it.strengths}, ${it.bottomLine},
        ${it.bottomLineOf}, ${it.safety}, ${it.view}, ${it.agreedWith})
      returning id, reference, family_id
    ), children as (
      insert into family_group.child (process_id, family_id, person_id)
      select made.id, made.family_id, person from made, unnest(${[...it.children]}::uuid[]) person
    ), guests as (
      insert into family_group.guest (process_id, family_id, person_id, relation, standing)
      select made.id, made.family_id, person, 'The family decides for them', 'to be asked' from made, unnest(${[...it.children]}::uuid[]) person
    ), first as (
      insert into family_group.step (process_id, family_id, step, on_day) select id, family_id, 'asked', ${it.askedOn} from made
    )
    select id, reference from made`,
  );
  if (made === undefined) throw new Error('the process was not written');
  return made;
}

type Step =
  | 'accepted'
  | 'handed over'
  | 'turned away'
  | 'withdrawn'
  | 'met'
  | 'plan written'
  | 'plan agreed'
  | 'plan not agreed'
  | 'reviewed'
  | 'ended';

export const insertStep = (
  rows: Rows,
  of: { id: string; family: string },
  step: Step,
  on: Temporal.PlainDate,
  { why = '', next = '' }: { why?: string; next?: string } = {},
): Promise<number> =>
  rows.run(sql`
    insert into family_group.step (process_id, family_id, step, why, next, on_day) values (${of.id}, ${of.family}, ${step}, ${why}, ${next}, ${on})`);

export const setAccepted = (
  rows: Rows,
  id: string,
  it: {
    coordinator: string;
    on: Temporal.PlainDate;
    planBy: Temporal.PlainDate;
    meetBy: Temporal.PlainDate | null;
  },
): Promise<number> =>
  rows.run(sql`
    update family_group.process set state = 'preparing', coordinator = ${it.coordinator}, accepted_on = ${it.on}, plan_by = ${it.planBy},
      meet_by = ${it.meetBy}, version = version + 1 where id = ${id}`);

export const setCoordinator = (rows: Rows, id: string, coordinator: string): Promise<number> =>
  rows.run(
    sql`update family_group.process set coordinator = ${coordinator}, version = version + 1 where id = ${id}`,
  );

export const setEnded = (
  rows: Rows,
  id: string,
  state: 'ended' | 'not taken',
  ending: string,
  on: Temporal.PlainDate,
): Promise<number> =>
  rows.run(sql`
    update family_group.process set state = ${state}, ending = ${ending}, ended_on = ${on}, version = version + 1 where id = ${id}`);

export const setFollowing = (rows: Rows, id: string, on: Temporal.PlainDate): Promise<number> =>
  rows.run(sql`
    update family_group.process set state = 'following', plan_agreed_on = coalesce(plan_agreed_on, ${on}), version = version + 1 where id = ${id}`);

/** Something about it was written: whoever opened it before is told so. */
export const touch = (rows: Rows, id: string): Promise<number> =>
  rows.run(sql`update family_group.process set version = version + 1 where id = ${id}`);

/** How much room a coordinator has left, held still; undefined when they have said no number. */
export async function roomLeft(rows: Rows, account: string, on: Temporal.PlainDate) {
  const [found] = await rows.rows(
    z.object({ atOnce: z.int(), now: z.int() }),
    sql`select at_once as "atOnce", now from family_group.room_left(${account}, ${on})`,
  );
  return found;
}

/** How many families a coordinator takes at once from a day on; the number before stands for the days before. */
export async function setRoom(
  rows: Rows,
  it: { account: string; team: string; atOnce: number; on: Temporal.PlainDate; version: number },
): Promise<boolean> {
  const [held] = await rows.many<{ version: number; began: Temporal.PlainDate }>(sql`
    select version, lower(during) as began from family_group.room where account_id = ${it.account} and during @> ${it.on}::date for update`);
  if ((held?.version ?? 0) !== it.version) return false;
  if (held?.began.equals(it.on)) {
    await rows.run(sql`
      update family_group.room set at_once = ${it.atOnce}, team_id = ${it.team}, version = version + 1, set_by = access.account_id()
      where account_id = ${it.account} and during @> ${it.on}::date`);
    return true;
  }
  if (held !== undefined)
    await rows.run(sql`
      update family_group.room set during = daterange(lower(during), ${it.on}) where account_id = ${it.account} and during @> ${it.on}::date`);
  await rows.run(sql`
    insert into family_group.room (account_id, team_id, at_once, during, version)
    values (${it.account}, ${it.team}, ${it.atOnce}, daterange(${it.on}, null), ${it.version + 1})`);
  return true;
}

/** Who else waits for the team and is before a family in the list; undefined when it is next. */
export async function beforeInTurn(rows: Rows, of: Held): Promise<string | undefined> {
  const [found] = await rows.many<{ reference: string }>(sql`
    select p.reference from family_group.process p where p.team_id = ${of.team} and p.state = 'waiting'
      and (not p.emergency, p.asked_on, p.id) < (${!of.emergency}, ${of.askedOn}::date, ${of.id}::uuid)
    order by not p.emergency, p.asked_on, p.id limit 1`);
  return found?.reference;
}

/** Whether somebody holds a post in a team now. */
export async function worksIn(rows: Rows, account: string, team: string): Promise<boolean> {
  const found = await rows.many(sql`
    select from access.holding h join access.post p on p.id = h.post_id join access.account a on a.id = h.account_id and a.left_at is null
    where h.account_id = ${account} and p.team_id = ${team} and h.during @> now() limit 1`);
  return found.length > 0;
}

/** Those who took it on or answered it, as the statement that begins now sees it: whoever waited for them is told. */
export async function answererOf(rows: Rows, id: string): Promise<string | undefined> {
  const [found] = await rows.many<{ name: string }>(sql`
    select a.name from family_group.step s join access.account a on a.id = s.by_account
    where s.process_id = ${id} and s.step in ('accepted', 'turned away', 'withdrawn') order by s.at desc limit 1`);
  return found?.name;
}

/** Who took it on, for one of the team that saw it while it waited and does no longer. */
export async function takenBy(rows: Rows, process: string): Promise<string | undefined> {
  const [found] = await rows.many<{ name: string }>(sql`select name from family_group.taken_by(${process})`);
  return found?.name;
}

const guestRow = z.object({
  id: z.uuid(),
  name: z.string(),
  person: z.uuid().nullable(),
  standing: z.enum(standings),
  version: z.int(),
});

/** The network of a family as it stands. */
export const guestsOf = (rows: Rows, process: string) =>
  rows.rows(
    guestRow,
    sql`select g.id, coalesce(g.named, p.given_name || ' ' || p.family_name, 'Somebody') as name, g.person_id as person, g.standing, g.version
        from family_group.guest g left join record.person p on p.id = g.person_id where g.process_id = ${process} order by g.id limit 200 for update of g`,
  );

export interface GuestWords {
  relation: string;
  standing: Standing;
  askedBy: string;
  view: string;
  whyNot: string;
  needs: string;
}

export async function insertGuest(
  rows: Rows,
  of: { id: string; family: string },
  who: { person: string } | { named: string; agreed: string },
  words: GuestWords,
): Promise<string> {
  const person = 'person' in who ? who.person : null;
  const named = 'named' in who ? who.named : null;
  const agreed = 'agreed' in who ? who.agreed : '';
  const [made] = await rows.many<{ id: string }>(sql`
    insert into family_group.guest (process_id, family_id, person_id, named, named_agreed, relation, standing, asked_by, view, why_not, needs)
    values (${of.id}, ${of.family}, ${person}, ${named}, ${agreed}, ${words.relation}, ${words.standing}, ${words.askedBy}, ${words.view},
      ${words.whyNot}, ${words.needs}) returning id`);
  return made?.id ?? '';
}

export const updateGuest = (rows: Rows, id: string, words: GuestWords): Promise<number> =>
  rows.run(sql`
    update family_group.guest set relation = ${words.relation}, standing = ${words.standing}, asked_by = ${words.askedBy}, view = ${words.view},
      why_not = ${words.whyNot}, needs = ${words.needs}, version = version + 1 where id = ${id}`);

export const insertPreparation = (
  rows: Rows,
  of: { id: string; family: string },
  it: { guest: string; on: Temporal.PlainDate; way: string; needs: string },
): Promise<number> =>
  rows.run(sql`
    insert into family_group.preparation (process_id, family_id, guest_id, on_day, way, needs)
    values (${of.id}, ${of.family}, ${it.guest}, ${it.on}, ${it.way}, ${it.needs})`);

export const childrenOf = async (rows: Rows, process: string): Promise<string[]> =>
  (
    await rows.many<{ id: string }>(
      sql`select person_id as id from family_group.child where process_id = ${process} limit 50`,
    )
  ).map(({ id }) => id);

export const giveTeam = (rows: Rows, family: string, team: string, process: string) =>
  rows.many(sql`select family_group.give_team(${family}, ${team}, ${process})`);

export const giveCoordinator = (rows: Rows, family: string, account: string, process: string) =>
  rows.many(sql`select access.give_reason(${family}, ${account}, 'family-group', ${process})`);

/**
 * Those who saw the family for this do so no longer, or only for some days more. At the end of what is done and not at its
 * beginning, since the event that is written down still names the reason.
 */
export const endReasons = (
  rows: Rows,
  family: string,
  kind: 'family-group-asked' | 'family-group',
  process: string,
  afterDays?: number,
) =>
  rows.many(
    sql`select access.end_reason(${family}, ${kind}, ${process}, ${
      afterDays === undefined ? sql`clock_timestamp()` : sql`now() + make_interval(days => ${afterDays})`
    })`,
  );

/** Tells one person; nobody when there is none. */
export const tellOne = (rows: Rows, account: string | null, words: string, link: string, family: string) =>
  rows.many(
    sql`select platform.tell(${account}::uuid, ${words}, ${link}, array[${family}::uuid]) where ${account}::uuid is not null`,
  );

/** Tells the coordinators of a team. */
export const tellTeam = (
  rows: Rows,
  team: string,
  words: string,
  link: string,
  family: string,
  but: string | null = null,
) =>
  rows.many(sql`
    select platform.tell(p.id, ${words}, ${link}, array[${family}::uuid]) from access.post p
    where p.team_id = ${team} and p.role_id in ('social-worker', 'family-support-worker', 'team-manager')
    ${but === null ? empty : sql`and p.id <> ${but}::uuid`}`);
