import sql, { type Sql } from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';

// The SQL of families that may be recorded twice. Row-level security, and functions that ask for reasons, decide what is seen.

/** Who is in a family `f` on a day, in short. */
const membersOf = (today: Temporal.PlainDate) => sql`
  (select coalesce(string_agg(p.given_name || ' ' || p.family_name, ', ' order by m.part, p.date_of_birth, p.given_name, p.id), '')
    from record.family_member m join record.person p on p.id = m.person_id where m.family_id = f.id and m.during @> ${today}::date)`;

/** Pairs of families that whoever asks sees both of and that have people in common; a row for each family of a pair, 50 pairs at most. */
export const familyPairs = (today: Temporal.PlainDate): Sql => sql`
  select them.family as about, w.one, w.other, w.shared, a.name as one_name, b.name as other_name
  from record.my_family_pairs(${today}::date, 50) w
  cross join lateral (values (w.one), (w.other)) them (family)
  join record.family a on a.id = w.one join record.family b on b.id = w.other
  order by w.shared desc, w.one, w.other`;

/** Families that may be another record of this one, the likeliest first, 20 at most; of those not seen, only teams to ask. */
export const familiesLike = (family: string, today: Temporal.PlainDate): Sql => sql`
  select w.about_family as about, w.family_id as family, w.shared, w.alike, w.same_place, w.teams, f.name, f.locality, ${membersOf(today)} as members
  from record.families_like(${family}::uuid, 20) w left join record.family f on f.id = w.family_id
  order by w.shared + w.alike desc, w.same_place desc, w.about_family`;

/** Two families, as far as whoever asks sees them: who is in each, where they live and who works with them. */
export const openFamilies = (one: string, other: string, today: Temporal.PlainDate): Sql => sql`
  select f.id as about, f.name, f.locality, f.area_withheld, f.version, f.created_at,
    array(select p.given_name || ' ' || p.family_name || coalesce(' (' || extract(year from p.date_of_birth) || ')', '') || ', ' || m.part
      from record.family_member m join record.person p on p.id = m.person_id
      where m.family_id = f.id and m.during @> ${today}::date order by m.part, p.date_of_birth, p.given_name, p.id limit 60) as people,
    array(select p.id from record.family_member m join record.person p on p.id = m.person_id
      where m.family_id = f.id and m.during @> ${today}::date limit 60) as ids,
    array(select distinct p.given_name || ' ' || p.family_name from record.family_member m join record.person p on p.id = m.person_id
      where m.family_id = f.id and not exists (select from record.family_member n
        where n.family_id = f.id and n.person_id = p.id and n.during @> ${today}::date) order by 1 limit 20) as earlier,
    array(select distinct concat_ws(', ', nullif(a.lines, ''), nullif(a.town, ''), a.postcode)
      from record.family_member m join record.home h on h.person_id = m.person_id join record.address a on a.id = h.address_id
      where m.family_id = f.id and m.during @> ${today}::date and h.during @> ${today}::date order by 1 limit 10) as homes,
    array(select distinct concat_ws(', ', h.names, h.post, h.team, h.kind_title) from record.helper h where h.family_id = f.id order by 1 limit 30) as helping
  from record.family f where f.id in (${one}::uuid, ${other}::uuid)`;

/** How many pairs wait that whoever asks can decide. */
export const pairsWaiting = (): Sql => sql`select record.pairs_waiting() as waiting`;

/** Of these ids those of records that were made one with another which whoever asks sees, and where they are now. */
export const nowKnownAs = (ids: readonly string[]): Sql => sql`
  select each.now as about, each.was, each.now
  from (select id as was, record.now_known_as(id) as now from unnest(${ids}::uuid[]) id) each where each.now <> each.was`;

interface MergingFamilies {
  keep: string;
  letGo: string;
  keptVersion: number;
  goneVersion: number;
  /** What comes from the family that goes: its name, its area. */
  fromGone: readonly string[];
  why: string;
}

/** Whether whoever asks sees both families. */
export async function seesBoth(rows: Rows, one: string, other: string): Promise<boolean> {
  const seen = await rows.many(sql`select id from record.family where id in (${one}::uuid, ${other}::uuid)`);
  return seen.length === 2;
}

/** Merges two families; the id of the merge. */
export async function mergeFamilies(rows: Rows, merging: MergingFamilies): Promise<string> {
  const choices = Object.fromEntries(merging.fromGone.map((field) => [field, 'gone']));
  const [made] = await rows.many<{ id: string }>(sql`
    select record.merge_families(${merging.keep}::uuid, ${merging.letGo}::uuid, ${JSON.stringify(choices)}::jsonb, ${merging.why},
      ${merging.keptVersion}::int, ${merging.goneVersion}::int) as id`);
  return made?.id ?? '';
}

/** Writes down that two families are two, once; refused by row-level security unless whoever asks sees both. */
export const tellFamiliesApart = (rows: Rows, one: string, other: string, why: string): Promise<number> =>
  rows.run(sql`
    insert into record.same_family (one, other, why)
    values (least(${one}::uuid, ${other}::uuid), greatest(${one}::uuid, ${other}::uuid), ${why}) on conflict do nothing`);
