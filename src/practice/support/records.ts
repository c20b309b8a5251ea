import sql, { join, type Sql } from 'sql-template-tag';
import { z } from 'zod';
import type { Rows } from '../../platform/database/rows.ts';
import type { Answer } from './answers.ts';
import type { Programme } from './programme.ts';
import { type Finding, requestStates, type Source, sources, type Urgency, urgencyIds } from './rules.ts';

// The SQL of requests: who asked, with whom it is, and each step. helping-records.ts has that of supports. Every row is parsed on
// its way out; nothing else talks to the tables.

export const plainDay = z.instanceof(Temporal.PlainDate);
/** A day inside a JSON value, where the driver cannot parse it. */
export const jsonDay = z.string().transform((text) => Temporal.PlainDate.from(text));
export const jsonMoment = z.string().transform((text) => Temporal.Instant.from(text));
/** What the table holds was read from a file and checked at start. */
const definition = z.custom<Programme>((value) => typeof value === 'object' && value !== null);

export const programmeRow = z
  .object({ definition, state: z.enum(['open', 'closed', 'gone']) })
  .transform((row): Programme => ({ ...row.definition, state: row.state === 'open' ? 'open' : 'closed' }));

/** A programme as it is now; undefined when there is none of this id. One whose file was taken away is closed. */
export async function programmeOf(rows: Rows, id: string): Promise<Programme | undefined> {
  const [found] = await rows.rows(
    programmeRow,
    sql`select definition, state from support.programme where id = ${id}`,
  );
  return found;
}

const memberRow = z.object({
  id: z.uuid(),
  name: z.string(),
  born: plainDay.nullable(),
  part: z.enum(['child', 'young person', 'parent or carer', 'other']),
  careExperienced: z.boolean(),
});

/** The people of a family on a day, as far as the asker may see them. */
export const membersOf = (rows: Rows, family: string, on: Temporal.PlainDate) =>
  rows.rows(
    memberRow,
    sql`select p.id, p.given_name || ' ' || p.family_name as name, coalesce(p.date_of_birth, p.expected_on) as born, m.part,
          p.care_experienced as "careExperienced"
        from record.family_member m join record.person p on p.id = m.person_id
        where m.family_id = ${family} and m.during @> ${on}::date and p.died_on is null order by p.date_of_birth nulls last limit 200`,
  );

/** The programme of a support, as far as the asker may see it: asked in one turn with the support itself. */
export async function programmeOfSupport(rows: Rows, support: string): Promise<Programme | undefined> {
  const [found] = await rows.rows(
    programmeRow,
    sql`select p.definition, p.state from support.support s join support.programme p on p.id = s.programme where s.id = ${support}`,
  );
  return found;
}

/** The teams that answer for a programme, the nearest to the family first; undefined when the asker does not see the family. */
export async function teamsFor(rows: Rows, programme: string, family: string) {
  return rows.rows(
    z.object({ id: z.uuid(), name: z.string(), organisation: z.string(), near: z.int() }),
    sql`select t.team_id as id, t.name, t.organisation, t.near
        from record.family f cross join lateral support.teams_for(${programme}, f.locality) t
        where f.id = ${family} order by t.near, t.name, t.team_id limit 100`,
  );
}

export interface NewRequest {
  family: string;
  programme: string;
  source: Source;
  askedNamed: string | null;
  askedTeam: string | null;
  reason: string;
  tried: string;
  view: string;
  agreed: string;
  urgency: Urgency;
  answers: readonly Answer[];
  findings: readonly Finding[];
  team: string;
  sentOn: Temporal.PlainDate;
  acknowledgeBy: Temporal.PlainDate;
  answerBy: Temporal.PlainDate;
  people: readonly string[];
}

/** Writes a request with those it is for and its first step, as one statement. */
export async function insertRequest(rows: Rows, it: NewRequest): Promise<{ id: string; reference: string }> {
  const [made] = await rows.rows(
    z.object({ id: z.uuid(), reference: z.string() }),
    sql`
    with made as (
      insert into support.request (reference, family_id, programme, asked_for, source, asked_by, asked_named, asked_team, reason, tried, view, agreed,
        urgency, answers, findings, team_id, sent_on, acknowledge_by, answer_by)
      values ('HELP-' || extract(year from ${it.sentOn}::date) || '-' || lpad(nextval('support.reference_number')::text, 5, '0'),
        ${it.family}, ${it.programme}, ${it.programme}, ${it.source}, access.account_id(), ${it.askedNamed}, ${it.askedTeam}, ${it.reason},
        ${it.tried}, ${it.view}, ${it.agreed}, ${it.urgency}, ${JSON.stringify(it.answers)}::jsonb, ${JSON.stringify(it.findings)}::jsonb,
        ${it.team}, ${it.sentOn}, ${it.acknowledgeBy}, ${it.answerBy})
      returning id, reference, family_id
    ), whom as (
      insert into support.request_person (request_id, family_id, person_id)
      select made.id, made.family_id, person from made, unnest(${[...it.people]}::uuid[]) person
    ), first as (
      insert into support.request_step (request_id, family_id, step, programme, team_id, acknowledge_by, on_day)
      select id, family_id, 'sent', ${it.programme}, ${it.team}, ${it.acknowledgeBy}, ${it.sentOn} from made
    )
    select id, reference from made`,
  );
  if (made === undefined) throw new Error('the request was not written');
  return made;
}

const heldRow = z.object({
  id: z.uuid(),
  reference: z.string(),
  family: z.uuid(),
  programme: z.string(),
  source: z.enum(sources),
  urgency: z.enum(urgencyIds),
  state: z.enum(requestStates),
  team: z.uuid(),
  askedBy: z.uuid().nullable(),
  sentOn: plainDay,
  acknowledgeBy: plainDay,
  answerBy: plainDay,
  acknowledgedOn: plainDay.nullable(),
  climbed: z.int(),
  version: z.int(),
});
export type HeldRequest = z.output<typeof heldRow>;

/** A request, held still until the transaction ends. Undefined when the asker may not see it. */
export async function holdRequest(rows: Rows, id: string): Promise<HeldRequest | undefined> {
  const [row] = await rows.rows(
    heldRow,
    sql`select r.id, r.reference, r.family_id as family, r.programme, r.source, r.urgency, r.state, r.team_id as team, r.asked_by as "askedBy",
          r.sent_on as "sentOn", r.acknowledge_by as "acknowledgeBy", r.answer_by as "answerBy", r.acknowledged_on as "acknowledgedOn", r.climbed, r.version
        from support.request r where r.id = ${id} for update of r`,
  );
  return row;
}

/**
 * Who answered a request, by name. Asked for by itself: whoever waited for the one who was first sees their step only in a
 * statement that begins after it.
 */
export async function answererOf(rows: Rows, request: string): Promise<string | undefined> {
  const [found] = await rows.many<{ name: string }>(sql`
    select a.name from support.request_step s join access.account a on a.id = s.by_account
    where s.request_id = ${request} and s.step in ('accepted', 'declined', 'closed') order by s.at desc limit 1`);
  return found?.name;
}

/** For whom a request is. */
export async function requestPeople(rows: Rows, request: string): Promise<string[]> {
  const found = await rows.many<{ id: string }>(
    sql`select person_id as id from support.request_person where request_id = ${request}`,
  );
  return found.map(({ id }) => id);
}

export interface NewStep {
  request: Pick<HeldRequest, 'id' | 'family' | 'programme' | 'team'>;
  step: 'acknowledged' | 'accepted' | 'redirected' | 'declined' | 'closed';
  toProgramme?: string;
  toTeam?: string;
  why?: string;
  next?: string;
  told?: string;
  /** Where it is sent on: by when those who get it say that they have it. */
  acknowledgeBy?: Temporal.PlainDate;
  on: Temporal.PlainDate;
}

export const insertStep = (rows: Rows, it: NewStep): Promise<number> =>
  rows.run(sql`
    insert into support.request_step (request_id, family_id, step, programme, team_id, to_programme, to_team, why, next, told, acknowledge_by, on_day)
    values (${it.request.id}, ${it.request.family}, ${it.step}, ${it.request.programme}, ${it.request.team}, ${it.toProgramme ?? null},
      ${it.toTeam ?? null}, ${it.why ?? ''}, ${it.next ?? ''}, ${it.told ?? ''}, ${it.acknowledgeBy ?? null}, ${it.on})`);

/** The kinds of reason of this area: for whoever answers a request, and for whoever helps. */
export type ReasonKind = 'support-asked' | 'support';

/** Every post of a team that works with families sees the family from now on, for this record. */
export const giveTeam = (rows: Rows, family: string, team: string, kind: ReasonKind, record: string) =>
  rows.many(sql`select support.give_team(${family}, ${team}, ${kind}, ${record})`);

/**
 * Those who saw the family for this record do so no longer. At the end of what is done and not at its beginning, since the event
 * that is written down still names the reason.
 */
export const endReasons = (rows: Rows, family: string, kind: ReasonKind, record: string) =>
  rows.many(sql`select access.end_reason(${family}, ${kind}, ${record}, clock_timestamp())`);

/** Tells everybody of a team who works with families. */
export const tellTeam = (rows: Rows, team: string, words: string, link: string, family: string) =>
  rows.many(sql`
    select platform.tell(p.id, ${words}, ${link}, array[${family}::uuid]) from access.post p
    where p.team_id = ${team} and p.role_id in ('social-worker', 'school-wellbeing-lead', 'family-support-worker', 'team-manager')`);

/** Tells one person, if they are there to be told. */
export const tellOne = (rows: Rows, account: string | null, words: string, link: string, family: string) =>
  rows.many(
    sql`select platform.tell(${account}::uuid, ${words}, ${link}, array[${family}::uuid]) where ${account}::uuid is not null`,
  );

/** Whether somebody holds a post in a team now. */
export async function worksIn(rows: Rows, account: string, team: string): Promise<boolean> {
  const found = await rows.many(
    sql`select from access.holding h join access.post p on p.id = h.post_id join access.account a on a.id = h.account_id and a.left_at is null
        where h.account_id = ${account} and p.team_id = ${team} and h.during @> now() limit 1`,
  );
  return found.length > 0;
}

/** `actsFor` as SQL. */
export const actsForTeam = (account: Sql, team: Sql): Sql => sql`exists (
  select from access.holding h join access.post p on p.id = h.post_id join access.team own on own.id = p.team_id
    join access.account a on a.id = h.account_id and a.left_at is null
  where h.account_id = ${account} and h.during @> now() and (p.team_id = ${team} or (p.role_id = 'senior-manager'
    and own.organisation_id = (select t.organisation_id from access.team t where t.id = ${team}))))`;

/** Whether somebody acts for a team: they work in it, or are a senior manager of its organisation. */
export async function actsFor(rows: Rows, account: string, team: string): Promise<boolean> {
  const [found] = await rows.many<{ acts: boolean }>(
    sql`select ${actsForTeam(sql`${account}::uuid`, sql`${team}::uuid`)} as acts`,
  );
  return found?.acts === true;
}

/** Writes what the files of programmes say; a programme without a file any longer is gone. Run as the owner, at start. */
export async function installProgrammes(rows: Rows, programmes: readonly Programme[]): Promise<void> {
  if (programmes.length > 0)
    await rows.run(sql`
      insert into support.programme as p (id, title, state, definition)
      values ${join(programmes.map((each) => sql`(${each.id}, ${each.title}, ${each.state}, ${JSON.stringify(each)}::jsonb)`))}
      on conflict (id) do update set title = excluded.title, state = excluded.state, definition = excluded.definition, version = p.version + 1,
        installed_at = now()
      where (p.title, p.state, p.definition) is distinct from (excluded.title, excluded.state, excluded.definition)`);
  await rows.run(sql`
    update support.programme set state = 'gone', version = version + 1
    where state <> 'gone' and id <> all (${programmes.map(({ id }) => id)}::text[])`);
}

/** A request is answered: it waits no longer. */
export const setAnswered = (
  rows: Rows,
  request: string,
  state: 'accepted' | 'declined' | 'closed',
  on: Temporal.PlainDate,
) =>
  rows.run(sql`
    update support.request set state = ${state}, answered_on = ${on}, acknowledged_on = coalesce(acknowledged_on, ${on}), version = version + 1
    where id = ${request}`);

export const setAcknowledged = (rows: Rows, request: string, on: Temporal.PlainDate) =>
  rows.run(sql`
    update support.request set state = 'acknowledged', acknowledged_on = ${on}, version = version + 1 where id = ${request}`);

/** A request goes to another programme and team, where nobody has said yet that they have it. */
export const sendOn = (
  rows: Rows,
  request: string,
  to: { programme: string; team: string; acknowledgeBy: Temporal.PlainDate; answers: readonly Answer[] },
) =>
  rows.run(sql`
    update support.request set programme = ${to.programme}, answers = answers || ${JSON.stringify(to.answers)}::jsonb, team_id = ${to.team}, state = 'sent', acknowledged_on = null,
      acknowledge_by = ${to.acknowledgeBy}, climbed = 0, version = version + 1 where id = ${request}`);
