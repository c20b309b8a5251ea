import sql from 'sql-template-tag';
import { z } from 'zod';
import type { Rows } from '../../../platform/database/rows.ts';
import { hashPassword, passwordIsRight } from '../../../platform/sign-in/password.ts';
import { clocksOn, holidaysHere } from '../../../record/tasks/clocks.ts';
import type { Programme } from '../programme.ts';
import { programmeOf, programmeRow } from '../records.ts';
import type { Urgency } from '../rules.ts';
import { urgencyIds } from '../rules.ts';
import {
  clocksFor,
  keptUntil,
  newCode,
  newReference,
  sourceFrom,
  type Told,
  toldText,
  whyNotThis,
} from './rules.ts';

// What somebody who is not signed in does, as nobody: everything goes through functions of 3230 that ask for their browser's token.

/** Does something in a transaction of its own. */
type Work = <T>(work: (rows: Rows) => Promise<T>) => Promise<T>;
/** The browser, the moment and the day. */
export interface Visit {
  visitor: Buffer;
  now: Temporal.Instant;
  today: Temporal.PlainDate;
}

export const toldRow = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
const moment = z.instanceof(Temporal.Instant);
const plainDay = z.instanceof(Temporal.PlainDate);

const heldRow = z.object({
  reference: z.string(),
  state: z.string(),
  told: toldRow,
  hasCode: z.boolean(),
  team: z.string().nullable(),
  haveBy: plainDay.nullable(),
  answerBy: plainDay.nullable(),
  keptUntil: moment,
});
export type Held = z.output<typeof heldRow>;

/** What this browser has written, while it is kept. */
export async function heldOf(rows: Rows, { visitor, now }: Visit): Promise<Held | undefined> {
  const [held] = await rows.rows(
    heldRow,
    sql`select reference, state, told, has_code as "hasCode", team, have_by as "haveBy", answer_by as "answerBy",
          kept_until as "keptUntil"
        from support.outside_read(${visitor}, ${now})`,
  );
  return held;
}

/** Keeps what was written so far. False when it was sent already, and nothing was changed. */
export async function keep(rows: Rows, visit: Visit, told: Told): Promise<boolean> {
  const [clocks, holidays] = await Promise.all([clocksOn(rows, visit.today), holidaysHere(rows)]);
  const [kept] = await rows.many<{ kept: boolean }>(sql`
    select support.outside_keep(${visit.visitor}, ${newReference()}, ${JSON.stringify(told)}::jsonb,
      ${keptUntil(clocks.get('asked-outside-kept'), visit.today, holidays)}) as kept`);
  return kept?.kept ?? false;
}

/** A new code to come back with, in place of any before; shown once. Undefined when there is nothing to come back to. */
export async function giveCode(rows: Rows, { visitor }: Visit): Promise<string | undefined> {
  const code = newCode();
  const [given] = await rows.many<{ reference: string | null }>(
    sql`select support.outside_code(${visitor}, ${await hashPassword(code)}) as reference`,
  );
  return given?.reference ? code : undefined;
}

export type CameBack = 'in' | 'wrong' | 'closed';

/**
 * Coming back with a reference and a code. A wrong code, a reference that there is not and one whose time is over are one answer, and take
 * as long. The try is counted and kept before the code is looked at.
 */
export async function comeBack(
  doing: Work,
  { visitor, now }: Visit,
  reference: string,
  code: string,
): Promise<CameBack> {
  const [tried] = await doing((rows) =>
    rows.many<{ phc: string | null; closed: boolean }>(
      sql`select phc, closed from support.outside_try(${reference}, ${now})`,
    ),
  );
  if (tried?.closed) return 'closed';
  const right = await passwordIsRight(tried?.phc ?? null, code);
  if (!right || !tried?.phc) return 'wrong';
  const { phc } = tried;
  const [come] = await doing((rows) =>
    rows.many<{ come: boolean }>(sql`select support.outside_in(${reference}, ${phc}, ${visitor}) as come`),
  );
  return come?.come ? 'in' : 'wrong';
}

/** Leaves: what nobody could come back to is deleted. */
export const leave = (rows: Rows, { visitor }: Visit) =>
  rows.many(sql`select support.outside_leave(${visitor})`);

/** Every programme that is open, for the form. */
export async function openProgrammes(rows: Rows): Promise<Programme[]> {
  const all = await rows.rows(
    programmeRow,
    sql`select definition, state from support.programme where state = 'open' order by lower(title), id limit 500`,
  );
  return all.filter(({ state }) => state === 'open');
}

/** Where somebody can say that they live. */
export const places = async (rows: Rows): Promise<string[]> =>
  (await rows.many<{ name: string }>(sql`select name from support.outside_places()`)).map(({ name }) => name);

const teamsThat = (rows: Rows, programme: string | null, locality: string) =>
  rows.rows(
    z.object({ id: z.uuid() }),
    sql`select team_id as id from support.outside_teams(${programme}, ${locality === '' ? null : locality})`,
  );

/** The programme that was asked for, if it is for them: else a team at the front door finds what fits. */
export async function programmeFor(
  rows: Rows,
  told: Told,
  today: Temporal.PlainDate,
): Promise<Programme | undefined> {
  const wished = toldText(told, 'programme');
  const programme = wished === '' ? undefined : await programmeOf(rows, wished);
  return programme === undefined || whyNotThis(programme, told, today) !== undefined ? undefined : programme;
}

const urgencyOf = (told: Told): Urgency =>
  urgencyIds.find((each) => each === toldText(told, 'urgency')) ?? 'soon';

/** Sends it to the team that answers; once, however often it is sent. "nobody" when no team is there to answer. */
export async function send(rows: Rows, visit: Visit, told: Told): Promise<'sent' | 'nobody'> {
  const { visitor, today } = visit;
  const locality = toldText(told, 'locality');
  const [wanted, clocks, holidays] = await Promise.all([
    programmeFor(rows, told, today),
    clocksOn(rows, today),
    holidaysHere(rows),
  ]);
  const theirs = wanted === undefined ? [] : await teamsThat(rows, wanted.id, locality);
  const programme = theirs.length > 0 ? wanted : undefined;
  const [team] = theirs.length > 0 ? theirs : await teamsThat(rows, null, locality);
  if (team === undefined) return 'nobody';
  const urgency = urgencyOf(told);
  const { acknowledgeBy, answerBy } = clocksFor(programme, urgency, today, holidays);
  await rows.many(sql`
    select support.outside_send(${visitor}, ${sourceFrom(told)}, ${programme?.id ?? null}, ${urgency}, ${locality}, ${team.id}, ${today}, ${acknowledgeBy},
      ${answerBy}, ${keptUntil(clocks.get('asked-outside-kept'), today, holidays)})`);
  return 'sent';
}
