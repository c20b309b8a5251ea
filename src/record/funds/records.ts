import sql, { join, type Sql } from 'sql-template-tag';
import { z } from 'zod';
import type { Rows } from '../../platform/database/rows.ts';
import { changedMeanwhile, Problem } from '../../platform/problem.ts';

// The SQL of funds. Areas that draw on them write through here; what a draw is for stands in the area. Amounts are whole pence.

export const jsonDay = z.string().transform((text) => Temporal.PlainDate.from(text));
export const jsonPence = z.number().transform((pence) => BigInt(pence));
const plainDay = z.instanceof(Temporal.PlainDate);

export const fundRow = z.object({
  id: z.uuid(),
  code: z.string(),
  title: z.string(),
  purpose: z.string(),
  nonRecurring: z.boolean(),
  /** Of temporary money: what comes after it; empty where nothing is planned yet. */
  exitPlan: z.string(),
  from: plainDay.nullable(),
  until: plainDay.nullable(),
  allocated: z.bigint(),
  committed: z.bigint(),
  paid: z.bigint(),
  balance: z.bigint(),
  version: z.number(),
});
/** A fund and its sums: `allocated` is `balance`, `committed` and `paid` together; the database proves it. `until` is not in it. */
export type FundRow = z.output<typeof fundRow>;
/** The columns of `fundRow`, of `funds.fund f`. */
export const fundColumns: Sql = sql`f.id, f.code, f.title, f.purpose, f.non_recurring as "nonRecurring", f.exit_plan as "exitPlan", lower(f.open_during) as from, upper(f.open_during) as until,
  f.allocated_pence as allocated, f.committed_pence as committed, f.paid_pence as paid, f.balance_pence as balance, f.version`;

export const entryRow = z.object({
  kind: z.string(),
  pence: jsonPence,
  on: jsonDay,
  note: z.string(),
  by: z.string().nullable(),
});
export type EntryRow = z.output<typeof entryRow>;
/** Each sum that `funds.fund f` was given, oldest first, as JSON for `entryRow`. */
export const entriesOf: Sql = sql`(select coalesce(jsonb_agg(jsonb_build_object('kind', e.kind, 'pence', e.amount_pence, 'on', e.made_on, 'note', e.note, 'by', a.name)
    order by e.made_on, e.at), '[]')
  from funds.entry e left join access.account a on a.id = e.made_by where e.fund_id = f.id)`;

/** Whether an area may draw on `funds.fund f`: a condition. */
export const drawnBy = (area: string): Sql =>
  sql`exists (select from funds.fund_area fa where fa.fund_id = f.id and fa.area = ${area})`;

/** What a fund is called in figures and imports: its title in small letters, numbers and dashes; empty when it has none of them. */
export const codeOf = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 80)
    .replaceAll(/^-|-$/g, '');

export interface NewFund {
  code: string;
  title: string;
  purpose: string;
  nonRecurring: boolean;
  from?: Temporal.PlainDate | undefined;
  /** Its last day. */
  to?: Temporal.PlainDate | undefined;
  givenBy?: string | undefined;
  letter?: string | undefined;
  letterOn?: Temporal.PlainDate | undefined;
  /** The year in which the financial year begins whose money it is. */
  year?: number | undefined;
  exitPlan?: string | undefined;
  /** Which areas may draw on it. */
  areas: readonly string[];
  first: Omit<Money, 'fund'>;
}

/** Opens a fund with its first allocation, and gives its id. A code that is taken breaks `fund_code_key`; the same grant twice `fund_once`. */
export async function openFund(rows: Rows, it: NewFund): Promise<string> {
  const [made] = await rows.many<{ id: string }>(sql`
    insert into funds.fund (code, title, purpose, given_by, letter, letter_on, year, non_recurring, exit_plan, open_during)
    values (${it.code}, ${it.title}, ${it.purpose}, ${it.givenBy ?? ''}, ${it.letter ?? ''}, ${it.letterOn ?? null}, ${it.year ?? null}, ${it.nonRecurring},
      ${it.exitPlan ?? ''}, daterange(${it.from ?? null}, ${it.to ?? null}, '[]')) returning id`);
  if (made === undefined) throw new Error('the fund was not written');
  await Promise.all([
    rows.run(
      sql`insert into funds.fund_area (fund_id, area) select ${made.id}::uuid, area from unnest(${[...it.areas]}::text[]) area`,
    ),
    giveMoney(rows, { ...it.first, fund: made.id }),
  ]);
  return made.id;
}

/** Sets which areas may draw on a fund; one that drew on it stays (`draw_fund_is_of_area`). */
export async function mayBeDrawnBy(rows: Rows, fund: string, areas: readonly string[]): Promise<void> {
  await rows.run(
    sql`delete from funds.fund_area where fund_id = ${fund} and area <> all (${[...areas]}::text[])`,
  );
  await rows.run(
    sql`insert into funds.fund_area (fund_id, area) select ${fund}::uuid, area from unnest(${[...areas]}::text[]) area on conflict do nothing`,
  );
}

export interface Money {
  fund: string;
  kind: 'allocation' | 'top-up' | 'correction';
  /** Whole pence; below nought only in a correction. */
  pence: bigint;
  on: Temporal.PlainDate;
  note: string;
  by: string;
}

/** What is written down of a fund's money is never changed: what was wrong is put right by a correction. */
export const giveMoney = (rows: Rows, it: Money) =>
  rows.run(sql`insert into funds.entry (fund_id, kind, amount_pence, made_on, note, made_by)
    values (${it.fund}, ${it.kind}, ${it.pence}, ${it.on}, ${it.note}, ${it.by})`);

/** For actions that give money to a fund. */
export const noSuchFund = {
  entry_fund_id_fkey: () => new Problem(404, 'not-found', 'There is no such fund'),
};

export interface FundChange {
  fund: string;
  version: number;
  title: string;
  purpose: string;
  nonRecurring: boolean;
  from?: Temporal.PlainDate | undefined;
  to?: Temporal.PlainDate | undefined;
  exitPlan: string;
  /** Who gives it; left out, that stays as it is. */
  givenBy?: string | undefined;
  /** In which letter, with its day; left out, both stay as they are. */
  letter?: string | undefined;
  letterOn?: Temporal.PlainDate | undefined;
  /** The financial year whose money it is, where that was not said before: once said it stays. */
  year?: number | undefined;
}

/** Changes what a fund is called, what it is for, how long it lasts, what comes after it, or who gives it. @throws Problem 409 when it is not the version that was seen. */
export async function changeTerms(rows: Rows, it: FundChange): Promise<void> {
  const changed = await rows.run(sql`
    update funds.fund set title = ${it.title}, purpose = ${it.purpose}, non_recurring = ${it.nonRecurring},
      open_during = daterange(${it.from ?? null}, ${it.to ?? null}, '[]'), exit_plan = ${it.exitPlan},
      given_by = coalesce(${it.givenBy ?? null}, given_by), letter = coalesce(${it.letter ?? null}, letter),
      letter_on = case when ${it.letter === undefined} then letter_on else ${it.letterOn ?? null}::date end,
      year = coalesce(year, ${it.year ?? null}), version = version + 1
    where id = ${it.fund} and version = ${it.version}`);
  if (changed === 0) throw changedMeanwhile();
}

/**
 * Draws on funds for a record of an area that is for a family: one line for each fund, in the order of their ids, so that two at once
 * cannot wait for each other. The database refuses what a fund cannot bear (`fund_cannot_be_overdrawn`), or may not be drawn on by
 * the area (`draw_fund_is_of_area`).
 */
export const drawFor = (
  rows: Rows,
  of: { area: string; id: string; family: string },
  draws: readonly { fundId: string; pence: bigint }[],
) => {
  const ordered = [...draws].sort((a, b) => a.fundId.localeCompare(b.fundId));
  return rows.run(sql`
    insert into funds.draw (area, of_id, family_id, fund_id, amount_pence)
    values ${join(ordered.map((draw) => sql`(${of.area}, ${of.id}, ${of.family}, ${draw.fundId}, ${draw.pence})`))}`);
};

/** What is promised to a record of an area is paid. */
export const payDraws = (rows: Rows, area: string, ids: readonly string[]) =>
  rows.run(
    sql`update funds.draw set state = 'paid' where of_id = any(${[...ids]}::uuid[]) and area = ${area} and state = 'committed'`,
  );

/** What is promised to a record of an area is given up: the funds have it again. */
export const giveUpDraws = (rows: Rows, area: string, id: string) =>
  rows.run(sql`delete from funds.draw where of_id = ${id} and area = ${area} and state = 'committed'`);

/** Something that a record of an area draws for nobody in particular. */
export interface Line {
  fund: string;
  area: string;
  /** The record of the area. */
  of: string;
  /** Whole pence; below nought where less is promised, or where money came back. */
  pence: bigint;
  on: Temporal.PlainDate;
  /** What for, 1 to 500 characters. */
  note: string;
  by: string;
}

/** Promises some of a fund to a record of an area, or takes some of that back. More than the fund has breaks `fund_cannot_be_overdrawn`. */
export const promise = (rows: Rows, it: Line) =>
  rows.run(sql`insert into funds.draw (fund_id, area, of_id, amount_pence, on_day, note, made_by)
    values (${it.fund}, ${it.area}, ${it.of}, ${it.pence}, ${it.on}, ${it.note}, ${it.by})`);

/**
 * Writes down what was spent of what is promised: off the one, onto the other. More than is promised breaks
 * `promise_cannot_be_overspent`; more coming back than was spent `paid_not_below_nought`.
 */
export const spend = (rows: Rows, it: Line) =>
  rows.run(sql`insert into funds.draw (fund_id, area, of_id, amount_pence, state, on_day, note, made_by)
    values (${it.fund}, ${it.area}, ${it.of}, ${-it.pence}, 'committed', ${it.on}, ${it.note}, ${it.by}),
      (${it.fund}, ${it.area}, ${it.of}, ${it.pence}, 'paid', ${it.on}, ${it.note}, ${it.by})`);

/** Writes down what the whole year is expected to cost whoever draws, as it looks on a day: the newest holds. */
export const forecast = (rows: Rows, it: Line) =>
  rows.run(sql`insert into funds.forecast (fund_id, area, of_id, pence, on_day, note, made_by)
    values (${it.fund}, ${it.area}, ${it.of}, ${it.pence}, ${it.on}, ${it.note}, ${it.by})`);

/** What is promised to a record of an area, spent of it or not: an expression. */
export const shareOf = (area: string, of: Sql): Sql => sql`(
  select coalesce(sum(d.amount_pence), 0)::bigint from funds.draw d where d.of_id = ${of} and d.area = ${area})`;

/** What a record of an area spent, up to a day or in all: an expression. */
export const spentOf = (area: string, of: Sql, until?: Temporal.PlainDate): Sql => sql`(
  select coalesce(sum(d.amount_pence), 0)::bigint from funds.draw d
  where d.of_id = ${of} and d.area = ${area} and d.state = 'paid' and (${until ?? null}::date is null or d.on_day <= ${until ?? null}::date))`;

/** What the year of a record of an area was last expected to cost, by a day or in all; null where nobody has said: an expression. */
export const forecastOf = (area: string, of: Sql, until?: Temporal.PlainDate): Sql => sql`(
  select o.pence from funds.forecast o where o.of_id = ${of} and o.area = ${area} and (${until ?? null}::date is null or o.on_day <= ${until ?? null}::date)
  order by o.on_day desc, o.id desc limit 1)`;
