import sql from 'sql-template-tag';
import { z } from 'zod';
import type { Rows } from '../../platform/database/rows.ts';
import { happened } from '../../record/chronology/happened.ts';
import { dueBy, type Holidays } from '../../record/tasks/clocks.ts';
import type { Answer } from './answers.ts';
import { type Level, levels, type Programme } from './programme.ts';
import { actsForTeam, plainDay } from './records.ts';
import { type Came, type Urgency, urgencyIds, whyNoRoom } from './rules.ts';

// The SQL of supports: help that goes on, what is done together, readings, and how it ends.

export const supportStates = ['waiting', 'active', 'paused', 'ended'] as const;

const heldRow = z.object({
  id: z.uuid(),
  family: z.uuid(),
  programme: z.string(),
  request: z.uuid().nullable(),
  team: z.uuid(),
  lead: z.uuid().nullable(),
  level: z.enum(levels),
  urgency: z.enum(urgencyIds),
  state: z.enum(supportStates),
  stage: z.string().nullable(),
  agreedOn: plainDay,
  since: plainDay.nullable(),
  until: plainDay.nullable(),
  firstContactOn: plainDay.nullable(),
  version: z.int(),
  acts: z.boolean(),
});
export type HeldSupport = z.output<typeof heldRow>;

/**
 * A support, held still until the transaction ends. Undefined when the asker may not see it. `acts`: whether they act for the team
 * that helps, as `actsFor` says of a team.
 */
export async function holdSupport(rows: Rows, id: string): Promise<HeldSupport | undefined> {
  const [row] = await rows.rows(
    heldRow,
    sql`select s.id, s.family_id as family, s.programme, s.request_id as request, s.team_id as team, s.lead, s.level, s.urgency, s.state, s.stage,
          s.agreed_on as "agreedOn", s.since, s.until, s.first_contact_on as "firstContactOn", s.version,
          ${actsForTeam(sql`access.account_id()`, sql`s.team_id`)} as acts
        from support.support s where s.id = ${id} for update of s`,
  );
  return row;
}

export interface NewSupport {
  family: string;
  programme: string;
  request: string | null;
  cameBackFrom?: string;
  level: Level;
  team: string;
  lead: string | null;
  urgency: Urgency;
  agreedOn: Temporal.PlainDate;
  waitedFrom: Temporal.PlainDate;
  people: readonly string[];
  /** To the programme's own questions when help is agreed. */
  answers?: readonly Answer[];
}

/** Writes a support that waits to begin, with those whom it is for; its id. */
export async function insertSupport(rows: Rows, it: NewSupport): Promise<string> {
  const [made] = await rows.many<{ id: string }>(sql`
    with made as (
      insert into support.support (family_id, programme, request_id, came_back_from, level, team_id, lead, urgency, state, agreed_on, waited_from, answers)
      values (${it.family}, ${it.programme}, ${it.request}, ${it.cameBackFrom ?? null}, ${it.level}, ${it.team}, ${it.lead}, ${it.urgency},
        'waiting', ${it.agreedOn}, ${it.waitedFrom}, ${JSON.stringify(it.answers ?? [])}::jsonb)
      returning id, family_id
    ), whom as (
      insert into support.support_person (support_id, family_id, person_id)
      select made.id, made.family_id, person from made, unnest(${[...it.people]}::uuid[]) person
    )
    select id from made`);
  if (made === undefined) throw new Error('the support was not written');
  return made.id;
}

export interface NewSupportStep {
  support: string;
  family: string;
  step: string;
  level?: Level | undefined;
  what?: string;
  why?: string;
  on: Temporal.PlainDate;
}

export const insertSupportStep = (rows: Rows, it: NewSupportStep): Promise<number> =>
  rows.run(sql`
    insert into support.support_step (support_id, family_id, step, level, what, why, on_day)
    values (${it.support}, ${it.family}, ${it.step}, ${it.level ?? null}, ${it.what ?? ''}, ${it.why ?? ''}, ${it.on})`);

/** For whom a support is. */
export async function supportPeople(rows: Rows, support: string): Promise<string[]> {
  const found = await rows.many<{ id: string }>(
    sql`select person_id as id from support.support_person where support_id = ${support}`,
  );
  return found.map(({ id }) => id);
}

/**
 * Whether a programme has room for one more family, of so many people; a sentence when it has not. Those who begin at the same
 * moment wait here for each other, so that the last place is given once.
 */
export async function hasRoom(rows: Rows, programme: Programme, people: number): Promise<string | undefined> {
  if (programme.capacity === undefined) return undefined;
  await rows.many(sql`select pg_advisory_xact_lock(hashtextextended(${`support ${programme.id}`}, 0))`);
  const [now] = await rows.many<{ families: number; people: number | null }>(
    sql`select families, people from support.standing(${programme.id})`,
  );
  return now === undefined ? undefined : whyNoRoom(programme, now, people);
}

/** A support begins: its clocks are set, its first stage begun, and the chronology says so. */
export async function supportBegins(
  rows: Rows,
  it: {
    id: string;
    family: string;
    programme: Programme;
    people: readonly string[];
    level: Level;
    on: Temporal.PlainDate;
    holidays: Holidays;
  },
): Promise<void> {
  const { clocks, stages, title } = it.programme;
  const due = (clock: (typeof clocks)['review']) =>
    clock === undefined ? null : dueBy(clock, it.on, it.holidays);
  const [first] = stages;
  await rows.run(sql`
    update support.support set state = 'active', since = ${it.on}, stage = ${first?.id ?? null}, stage_by = ${due(first?.within)},
      first_contact_by = ${due(clocks.firstContact)}, review_by = ${due(clocks.review)}, ends_by = ${due(clocks.whole)}, version = version + 1
    where id = ${it.id}`);
  await insertSupportStep(rows, {
    support: it.id,
    family: it.family,
    step: 'began',
    level: it.level,
    on: it.on,
  });
  await happened(rows, {
    family: it.family,
    people: it.people,
    kind: 'help-begun',
    on: it.on,
    what: `${title} began`,
    from: { area: 'support', id: it.id },
    source: 'Family support',
  });
}

export interface NewSession {
  support: HeldSupport;
  group?: string | null;
  on: Temporal.PlainDate;
  began: Temporal.PlainTime;
  minutes: number;
  way: string;
  what: string;
  answers: readonly Answer[];
  came: readonly { person: string; came: Came }[];
  items: readonly { item: string; amount: number }[];
}

/** Writes a time together, who came and what was given; its id. The first of a support is its first contact. */
export async function insertSession(rows: Rows, it: NewSession): Promise<string> {
  const [made] = await rows.many<{ id: string }>(sql`
    with made as (
      insert into support.session (support_id, family_id, programme, level, group_id, on_day, began, minutes, way, what, answers)
      values (${it.support.id}, ${it.support.family}, ${it.support.programme}, ${it.support.level}, ${it.group ?? null}, ${it.on},
        ${it.began.toString()}::time, ${it.minutes}, ${it.way}, ${it.what}, ${JSON.stringify(it.answers)}::jsonb)
      returning id, family_id
    ), whom as (
      insert into support.session_person (session_id, family_id, person_id, came)
      select made.id, made.family_id, c.person, c.came from made,
        unnest(${it.came.map(({ person }) => person)}::uuid[], ${it.came.map(({ came }) => came)}::text[]) c (person, came)
    ), given as (
      insert into support.session_item (session_id, family_id, item, amount)
      select made.id, made.family_id, i.item, i.amount from made,
        unnest(${it.items.map(({ item }) => item)}::text[], ${it.items.map(({ amount }) => amount)}::integer[]) i (item, amount)
    )
    select id from made`);
  if (made === undefined) throw new Error('the session was not written');
  const { firstContactOn } = it.support;
  if (firstContactOn === null || Temporal.PlainDate.compare(it.on, firstContactOn) < 0)
    await rows.run(sql`
      update support.support set first_contact_on = least(first_contact_on, ${it.on}) where id = ${it.support.id}`);
  return made.id;
}

export interface NewReading {
  support: HeldSupport;
  tool: string;
  person: string | null;
  moment: 'first' | 'between' | 'last';
  on: Temporal.PlainDate;
  words: string;
  scores: readonly { area: string; title: string; score: number }[];
}

/** Writes a reading with what was said for each area; its own score is their mean. */
export async function insertReading(rows: Rows, it: NewReading): Promise<string> {
  const mean = it.scores.reduce((sum, { score }) => sum + score, 0) / it.scores.length;
  const [made] = await rows.many<{ id: string }>(sql`
    with made as (
      insert into support.reading (support_id, family_id, programme, tool, person_id, moment, on_day, score, words)
      values (${it.support.id}, ${it.support.family}, ${it.support.programme}, ${it.tool}, ${it.person}, ${it.moment}, ${it.on}, ${mean}, ${it.words})
      returning id, family_id
    ), each as (
      insert into support.reading_score (reading_id, family_id, area, title, score)
      select made.id, made.family_id, s.area, s.title, s.score from made,
        unnest(${it.scores.map(({ area }) => area)}::text[], ${it.scores.map(({ title }) => title)}::text[],
          ${it.scores.map(({ score }) => score)}::numeric[]) s (area, title, score)
    )
    select id from made`);
  if (made === undefined) throw new Error('the reading was not written');
  return made.id;
}

/** Whether there is a reading of a tool and a person at a moment already. */
export async function readAlready(
  rows: Rows,
  support: string,
  of: { tool: string; person?: string | undefined; moment: string },
): Promise<boolean> {
  const found = await rows.many(sql`
    select from support.reading where support_id = ${support} and tool = ${of.tool} and moment = ${of.moment}
      and person_id is not distinct from ${of.person ?? null}::uuid limit 1`);
  return found.length > 0;
}

/** The goals of a support that are worked on. */
export const goalsOf = (rows: Rows, support: string) =>
  rows.rows(
    z.object({ id: z.uuid(), words: z.string() }),
    sql`select id, words from support.goal where support_id = ${support} and state = 'working on it' order by id limit 50`,
  );
