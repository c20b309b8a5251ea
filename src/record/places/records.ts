import sql, { empty, type Sql } from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';
import type { During, PlaceKind } from './rules.ts';

// The SQL of places of work and of the professionals who work there. None of these tables holds a person of a family.

export interface PlaceFilter {
  text: string;
  kind?: PlaceKind | undefined;
  within?: string | undefined;
  closed: boolean;
  after: { name: string; id: string } | undefined;
}

/** Places by name, 50 after the one given. What was typed is looked for in names, misspelt too, and as a code. */
export const listPlaces = (
  { text, kind, within, closed, after }: PlaceFilter,
  today: Temporal.PlainDate,
): Sql => {
  const words = text.toLowerCase();
  const pattern = `%${words.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const named = sql`lower(p.name) like ${pattern} or p.code = ${text}`;
  // Names that are only like what was typed are shown when none has it in it.
  const found = sql`and (${named} or (public.word_similarity(${words}, lower(p.name)) >= 0.5
    and not exists (select from record.place p where ${named})))`;
  return sql`
  with page as (
    select p.* from record.place p
    where true ${words === '' ? empty : found}
      ${kind === undefined ? empty : sql`and p.kind = ${kind}`}
      ${within === undefined ? empty : sql`and p.within = ${within}::uuid`}
      ${closed ? empty : sql`and (p.closed_on is null or p.closed_on > ${today}::date)`}
      ${after === undefined ? empty : sql`and (lower(p.name), p.id) > (${after.name}, ${after.id}::uuid)`}
    order by lower(p.name), p.id limit 50
  )
  select p.id, p.name, lower(p.name) as sorted, p.kind, p.phone, p.closed_on, above.id as within, above.name as within_name,
    (select count(*)::int from record.place inside
      where inside.within = p.id and (inside.closed_on is null or inside.closed_on > ${today}::date)) as inside
  from page p left join record.place above on above.id = p.within
  order by lower(p.name), p.id`;
};

/** Localities with what is in them, for the front page of places. */
export const listLocalities = (today: Temporal.PlainDate): Sql => sql`
  select l.id, l.name,
    count(*) filter (where c.kind = 'cluster')::int as clusters,
    (count(*) filter (where c.kind = 'school') + coalesce(sum(deep.schools), 0))::int as schools
  from record.place l
  left join record.place c on c.within = l.id and (c.closed_on is null or c.closed_on > ${today}::date)
  left join lateral (
    select count(*) as schools from record.place s
    where c.kind = 'cluster' and s.within = c.id and s.kind = 'school' and (s.closed_on is null or s.closed_on > ${today}::date)
  ) deep on true
  where l.kind = 'locality' and (l.closed_on is null or l.closed_on > ${today}::date)
  group by l.id, l.name order by lower(l.name), l.id limit 100`;

/** One place, with what it lies within, the nearest first. */
export const onePlace = (place: string): Sql => sql`
  select p.id, p.name, p.kind, p.within, p.code, p.phone, p.email, p.address, p.closed_on, p.version,
    (with recursive above as (
       select a.id, a.name, a.within, 1 as far from record.place a where a.id = p.within
       union all
       select a.id, a.name, a.within, far + 1 from record.place a join above on a.id = above.within where far < 10)
     select coalesce(jsonb_agg(jsonb_build_object('id', above.id, 'name', above.name) order by far), '[]') from above) as above
  from record.place p where p.id = ${place}::uuid`;

/** Open places of these kinds (all, when there are none), for choosing one from a list. */
export const placeNames = (kinds: readonly string[], today: Temporal.PlainDate): Sql => sql`
  select p.id, p.name, p.kind, above.name as within_name
  from record.place p left join record.place above on above.id = p.within
  where (cardinality(${kinds}::text[]) = 0 or p.kind = any (${kinds}::text[])) and (p.closed_on is null or p.closed_on > ${today}::date)
  order by lower(p.name), p.id limit 2000`;

/** Who works at a place now, then who did; 200 at most. */
export const peopleAt = (place: string, today: Temporal.PlainDate): Sql => sql`
  select r.id, r.professional_id as professional, w.name, r.role, w.phone, w.email, lower(r.during) as since, upper(r.during) as until,
    (upper_inf(r.during) or upper(r.during) > ${today}::date) as now
  from record.role_there r join record.professional w on w.id = r.professional_id
  where r.place_id = ${place}::uuid order by now desc, lower(w.name), r.id limit 200`;

/** Teams of ours that work at a place or for it, now and before. */
export const teamsAt = (place: string, today: Temporal.PlainDate): Sql => sql`
  select w.id, t.name, o.name as organisation, lower(w.during) as since, upper(w.during) as until,
    (upper_inf(w.during) or upper(w.during) > ${today}::date) as now
  from record.team_there w join access.team t on t.id = w.team_id join access.organisation o on o.id = t.organisation_id
  where w.place_id = ${place}::uuid order by now desc, lower(t.name), w.id limit 100`;

/** Every team of ours, for choosing one. */
export const teamNames = (): Sql => sql`
  select t.id, t.name, o.name as organisation from access.team t join access.organisation o on o.id = t.organisation_id
  order by lower(t.name), t.id limit 1000`;

/** A professional, with what they do where, the newest first. */
export const oneProfessional = (professional: string, today: Temporal.PlainDate): Sql => sql`
  select w.id, w.name, w.phone, w.email, w.version,
    (select coalesce(jsonb_agg(to_jsonb(each) order by each.now desc, each.since desc nulls last), '[]') from (
       select r.id, p.id as place, p.name as "placeName", r.role, lower(r.during) as since, upper(r.during) as until,
         (upper_inf(r.during) or upper(r.during) > ${today}::date) as now
       from record.role_there r join record.place p on p.id = r.place_id where r.professional_id = w.id limit 100) each) as roles
  from record.professional w where w.id = ${professional}::uuid`;

export interface PlaceDetails {
  name: string;
  kind: PlaceKind;
  within?: string | undefined;
  code: string;
  phone: string;
  email: string;
  address: string;
}

/** The kind of a place, or undefined when there is none. */
export async function kindOf(rows: Rows, place: string): Promise<PlaceKind | undefined> {
  const [found] = await rows.many<{ kind: PlaceKind }>(
    sql`select kind from record.place where id = ${place}::uuid`,
  );
  return found?.kind;
}

/** The kinds of what lies within a place. */
export async function kindsInside(rows: Rows, place: string): Promise<PlaceKind[]> {
  const found = await rows.many<{ kind: PlaceKind }>(
    sql`select distinct kind from record.place where within = ${place}::uuid`,
  );
  return found.map(({ kind }) => kind);
}

/** Writes a place; its id. */
export async function writePlace(rows: Rows, place: PlaceDetails): Promise<string> {
  const [made] = await rows.many<{ id: string }>(sql`
    insert into record.place (name, kind, within, code, phone, email, address)
    values (${place.name}, ${place.kind}, ${place.within ?? null}::uuid, nullif(${place.code}, ''), ${place.phone}, ${place.email},
      ${place.address}) returning id`);
  if (made === undefined) throw new Error('no place was written');
  return made.id;
}

/** Changes a place if it is still at this version; how many rows that was. */
export const changePlace = (
  rows: Rows,
  id: string,
  version: number,
  place: PlaceDetails,
  closedOn: Temporal.PlainDate | undefined,
): Promise<number> =>
  rows.run(sql`
    update record.place set name = ${place.name}, kind = ${place.kind}, within = ${place.within ?? null}::uuid,
      code = nullif(${place.code}, ''), phone = ${place.phone}, email = ${place.email}, address = ${place.address},
      closed_on = ${closedOn ?? null}::date, version = version + 1
    where id = ${id}::uuid and version = ${version}`);

export interface ProfessionalDetails {
  name: string;
  phone: string;
  email: string;
}

/** Writes somebody who helps families at work; their id. */
export async function writeProfessional(
  rows: Rows,
  { name, phone, email }: ProfessionalDetails,
): Promise<string> {
  const [made] = await rows.many<{ id: string }>(
    sql`insert into record.professional (name, phone, email) values (${name}, ${phone}, ${email}) returning id`,
  );
  if (made === undefined) throw new Error('no professional was written');
  return made.id;
}

/** Changes a professional's name and work contact details if they are still at this version; how many rows that was. */
export const changeProfessional = (
  rows: Rows,
  id: string,
  version: number,
  { name, phone, email }: ProfessionalDetails,
): Promise<number> =>
  rows.run(sql`
    update record.professional set name = ${name}, phone = ${phone}, email = ${email}, version = version + 1
    where id = ${id}::uuid and version = ${version}`);

/** Whether somebody of this name does this at a place now. */
export async function worksThere(
  rows: Rows,
  place: string,
  name: string,
  role: string,
  today: Temporal.PlainDate,
): Promise<boolean> {
  const found = await rows.many(sql`
    select from record.role_there r join record.professional w on w.id = r.professional_id
    where r.place_id = ${place}::uuid and r.during @> ${today}::date and lower(w.name) = lower(${name}) and lower(r.role) = lower(${role})`);
  return found.length > 0;
}

/** Writes what a professional does at a place from a day on. */
export const writeRole = (
  rows: Rows,
  professional: string,
  place: string,
  role: string,
  from: Temporal.PlainDate | undefined,
): Promise<number> =>
  rows.run(sql`
    insert into record.role_there (professional_id, place_id, role, during)
    values (${professional}::uuid, ${place}::uuid, ${role}, daterange(${from ?? null}::date, null))`);

/** A time that has no end yet, of one row of `role_there` or `team_there`. */
export interface OpenTime extends During {
  professional?: string;
}

/** What a professional does at a place, if there is such a row. */
export async function roleOf(rows: Rows, role: string): Promise<OpenTime | undefined> {
  const [found] = await rows.many<{
    professional: string;
    since: Temporal.PlainDate | null;
    until: Temporal.PlainDate | null;
  }>(sql`
    select professional_id as professional, lower(during) as since, upper(during) as until
    from record.role_there where id = ${role}::uuid for update`);
  return (
    found && {
      professional: found.professional,
      from: found.since ?? undefined,
      until: found.until ?? undefined,
    }
  );
}

/** Ends what a professional does at a place; a time that ends on the day it began was never so, and is taken out. */
export const endRole = (rows: Rows, role: string, on: Temporal.PlainDate): Promise<number> =>
  rows.run(
    sql`update record.role_there set during = daterange(lower(during), ${on}::date) where id = ${role}::uuid`,
  );
export const removeRole = (rows: Rows, role: string): Promise<number> =>
  rows.run(sql`delete from record.role_there where id = ${role}::uuid`);

/** Whether there is such a team of ours. */
export async function isTeam(rows: Rows, team: string): Promise<boolean> {
  return (await rows.many(sql`select from access.team where id = ${team}::uuid`)).length > 0;
}

/** Writes that a team of ours works at a place or for it, from a day on. */
export const writeTeam = (
  rows: Rows,
  team: string,
  place: string,
  from: Temporal.PlainDate | undefined,
): Promise<number> =>
  rows.run(sql`
    insert into record.team_there (team_id, place_id, during)
    values (${team}::uuid, ${place}::uuid, daterange(${from ?? null}::date, null))`);

/** That a team works at a place, if there is such a row. */
export async function teamThere(rows: Rows, id: string): Promise<OpenTime | undefined> {
  const [found] = await rows.many<{ since: Temporal.PlainDate | null; until: Temporal.PlainDate | null }>(sql`
    select lower(during) as since, upper(during) as until from record.team_there where id = ${id}::uuid for update`);
  return found && { from: found.since ?? undefined, until: found.until ?? undefined };
}

export const endTeam = (rows: Rows, id: string, on: Temporal.PlainDate): Promise<number> =>
  rows.run(
    sql`update record.team_there set during = daterange(lower(during), ${on}::date) where id = ${id}::uuid`,
  );
export const removeTeam = (rows: Rows, id: string): Promise<number> =>
  rows.run(sql`delete from record.team_there where id = ${id}::uuid`);
