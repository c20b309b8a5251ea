import sql, { empty, type Sql } from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';
import type { Direction } from './rules.ts';

// The SQL of information shared. It is only ever added to. Row-level security decides what each statement reaches.

const columns = sql`
  s.family_id as about, s.id, s.direction, s.shared_on, s.what, s.basis, s.necessary_because,
  case when near.hidden then '' else s.with_whom end as with_whom, case when near.hidden then null else s.place_id end as place,
  case when near.hidden and s.asked_by = s.with_whom then '' else s.asked_by end as asked_by,
  case when near.hidden and s.shared_by = s.with_whom then '' else s.shared_by end as shared_by,
  near.hidden as near_withheld, s.told, s.told_on, s.told_by, s.not_told_because, s.corrects, s.corrected_because,
  noted.name as noted_by, s.noted_at, later.id as corrected_by,
  (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.given_name || ' ' || p.family_name) order by p.given_name, p.id), '[]')
   from record.information_shared_about a join record.person p on p.id = a.person_id where a.shared_id = s.id) as people`;

// With whom, where that is a place or somebody who works at one, would give a withheld address away (record.places_open).
const joined = sql`
  cross join lateral (select num_nonnulls(s.place_id, s.professional_id) > 0 and not record.family_places_open(s.family_id) as hidden) near
  left join access.account noted on noted.id = s.noted_by
  left join record.information_shared later on later.corrects = s.id`;

export interface Wanted {
  /** Only what comes after this one. */
  before?: { on: Temporal.PlainDate; id: string } | undefined;
  /** Only what was not corrected since. */
  standing?: boolean;
  /** Only what the family was told of. */
  toldOnly?: boolean;
  most: number;
}

/** What was shared about a family, newest first. */
export const sharedAbout = (family: string, { before, standing: stands, toldOnly, most }: Wanted): Sql => sql`
  with page as (
    select s.* from record.information_shared s where s.family_id = ${family}::uuid
      ${toldOnly ? sql`and s.told` : empty}
      ${stands ? sql`and not exists (select from record.information_shared later where later.corrects = s.id)` : empty}
      ${before === undefined ? empty : sql`and (s.shared_on, s.id) < (${before.on}::date, ${before.id}::uuid)`}
    order by s.shared_on desc, s.id desc limit ${most}
  )
  select ${columns} from page s ${joined} order by s.shared_on desc, s.id desc`;

/** One entry of a family. */
export const oneShared = (family: string, shared: string): Sql => sql`
  select ${columns} from record.information_shared s ${joined}
  where s.id = ${shared}::uuid and s.family_id = ${family}::uuid`;

/** How many entries there are, and of how many the family was not told; corrected ones are not counted. */
export const countShared = (family: string): Sql => sql`
  select ${family}::uuid as about, count(*)::int as entries, count(*) filter (where not s.told)::int as untold
  from record.information_shared s
  where s.family_id = ${family}::uuid
    and not exists (select from record.information_shared later where later.corrects = s.id)
  having count(*) > 0`;

export interface Shared {
  direction: Direction;
  on: Temporal.PlainDate;
  what: string;
  withWhom: string;
  place?: string | undefined;
  professional?: string | undefined;
  basis: string;
  because: string;
  told: boolean;
  toldOn?: Temporal.PlainDate | undefined;
  toldBy: string;
  notToldBecause: string;
  askedBy: string;
  sharedBy: string;
  corrects?: string | undefined;
  correctedBecause: string;
}

/** Writes an entry, under an id asked for before, and whom of the family it was about. */
export async function writeShared(
  rows: Rows,
  family: string,
  shared: Shared,
  people: readonly string[],
): Promise<string> {
  const [made] = await rows.many<{ id: string }>(sql`
    insert into record.information_shared (family_id, direction, shared_on, what, with_whom, place_id, professional_id, basis,
      necessary_because, told, told_on, told_by, not_told_because, asked_by, shared_by, corrects, corrected_because)
    values (${family}::uuid, ${shared.direction}, ${shared.on}::date, ${shared.what}, ${shared.withWhom}, ${shared.place ?? null}::uuid,
      ${shared.professional ?? null}::uuid, ${shared.basis}, ${shared.because}, ${shared.told}, ${shared.toldOn ?? null}::date,
      nullif(${shared.toldBy}, ''), nullif(${shared.notToldBecause}, ''), ${shared.askedBy}, ${shared.sharedBy},
      ${shared.corrects ?? null}::uuid, nullif(${shared.correctedBecause}, '')) returning id`);
  if (made === undefined) throw new Error('nothing was written');
  if (people.length > 0) {
    await rows.run(sql`
      insert into record.information_shared_about (shared_id, family_id, person_id)
      select ${made.id}::uuid, ${family}::uuid, person from unnest(${people}::uuid[]) person`);
  }
  return made.id;
}

/** Those of these people who are or were in a family. */
export async function inFamily(rows: Rows, family: string, people: readonly string[]): Promise<number> {
  const found = await rows.many(sql`
    select distinct m.person_id from record.family_member m
    where m.family_id = ${family}::uuid and m.person_id = any (${people}::uuid[])`);
  return found.length;
}

/** Whether an entry of a family is there to be corrected, and was not corrected yet. */
export async function standing(
  rows: Rows,
  family: string,
  shared: string,
): Promise<'stands' | 'corrected' | undefined> {
  const [found] = await rows.many<{ corrected: boolean }>(sql`
    select exists (select from record.information_shared later where later.corrects = s.id) as corrected
    from record.information_shared s where s.id = ${shared}::uuid and s.family_id = ${family}::uuid`);
  return found && (found.corrected ? 'corrected' : 'stands');
}

/** Words for a professional as they are now: name, what they do, and where. */
export async function professionalWords(
  rows: Rows,
  professional: string,
  on: Temporal.PlainDate,
): Promise<{ words: string; place: string | undefined } | undefined> {
  const [found] = await rows.many<{
    name: string;
    role: string | null;
    place: string | null;
    place_name: string | null;
  }>(sql`
    select w.name, there.role, there.place, there.place_name from record.professional w
    left join lateral (
      select r.role, p.id as place, p.name as place_name from record.role_there r join record.place p on p.id = r.place_id
      where r.professional_id = any (array[w.id]) and r.during @> ${on}::date order by lower(r.during) desc nulls last, r.id limit 1) there on true
    where w.id = ${professional}::uuid`);
  return (
    found && {
      words: [found.name, found.role, found.place_name].filter(Boolean).join(', ').slice(0, 300),
      place: found.place ?? undefined,
    }
  );
}
