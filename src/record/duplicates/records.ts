import sql, { type Sql } from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';

// The SQL of pairs and merges. What may be seen is decided by row-level security and, where somebody sees only one side of a
// pair, by functions of the database that give nothing of the other.

/** Where a list goes on: after the pair given. */
export interface AfterPair {
  weight: number;
  id: string;
}

/**
 * Pairs in which whoever asks sees a side, likeliest first; 50 at most, with a row for each family that is seen, so that the
 * trail of each tells of it. Names of a side they may not see are null.
 */
export const myPairs = (after: AfterPair | undefined): Sql => sql`
  select them.family as about, w.pair, w.probability, w.weight, w.titles, w.state, w.found_at, w.teams,
    a.given_name || ' ' || a.family_name as one_name, a.date_of_birth as one_born,
    b.given_name || ' ' || b.family_name as other_name, b.date_of_birth as other_born
  from record.my_pairs(${after?.weight ?? null}::float8, ${after?.id ?? null}::uuid, 50) w
  cross join lateral (select distinct family from unnest(w.families) family) them
  left join record.person a on a.id = w.one left join record.person b on b.id = w.other
  order by w.weight desc, w.pair desc`;

/** Every pair that waits, for a records officer, and nothing of whom it is of; 50 at most. */
export const allPairs = (only: string | undefined, after: AfterPair | undefined): Sql => sql`
  select pair, probability, weight, titles, state, found_at, opened
  from record.all_pairs(${only ?? null}::uuid, ${after?.weight ?? null}::float8, ${after?.id ?? null}::uuid, 50)
  order by weight desc, pair desc`;

/** The two sides of a pair: one row each, with the person where whoever asks may see them. */
export const openPair = (pair: string, today: Temporal.PlainDate): Sql => sql`
  select w.family_id as about, w.side, w.person_id as person, w.teams, w.probability, w.weight, w.explanation, w.state, w.version,
    p.version as person_version, p.given_name, p.family_name, p.date_of_birth, p.birth_known, p.expected_on, p.sex, p.gender,
    p.pronouns, p.ethnicity, p.religion, p.communication, p.disability, p.interpreter, p.what_matters, p.died_on,
    p.care_experienced, p.created_at,
    array(select n.given_name || ' ' || n.family_name || ' (' || n.kind || ')' from record.person_name n
      where n.person_id = p.id order by n.kind, n.given_name limit 20) as other_names,
    array(select i.scheme || ' ' || i.value from record.identifier i where i.person_id = p.id order by i.scheme, i.value limit 20) as numbers,
    array(select concat_ws(', ', a.lines, nullif(a.town, ''), a.postcode) from record.home h join record.address a on a.id = h.address_id
      where h.person_id = p.id order by h.during desc limit 10) as homes,
    array(select f.name || ': ' || coalesce((select string_agg(q.given_name, ', ' order by q.date_of_birth, q.given_name)
        from record.family_member o join record.person q on q.id = o.person_id
        where o.family_id = f.id and o.person_id <> p.id and o.during @> ${today}::date), 'nobody else')
      from record.family_member m join record.family f on f.id = m.family_id
      where m.person_id = any (array[p.id]) order by f.name limit 10) as families
  from record.pair_sides(${pair}::uuid) w left join record.person p on p.id = w.person_id
  order by w.side`;

/** Merges of people and families whom whoever asks sees, newest first; 50 at most. */
export const myMerges = (before: { at: Temporal.Instant; id: string } | undefined): Sql => sql`
  with mine as materialized (
    select r.subject as id from access.my_reason r where r.scope = 'practice'
    union select m.person_id from access.my_reason r join record.family_member m on m.family_id = r.subject where r.scope = 'practice'
  ), page as (
    select g.* from (select g.id, g.of, g.kept, g.gone, g.why, g.merged_at, g.merged_by, g.undone_at, g.undone_by, g.undone_why, g.since
      from mine join record.merge g on g.kept = mine.id) g
    ${before === undefined ? sql`` : sql`where (g.merged_at, g.id) < (${before.at}::timestamptz, ${before.id}::uuid)`}
    order by g.merged_at desc, g.id desc limit 50
  )
  select coalesce((select m.family_id from record.family_member m where m.person_id = any (array[g.kept]) order by m.during desc limit 1), g.kept) as about,
    g.id as merge, g.of, g.kept, g.why, g.merged_at, a.name as merged_by, g.undone_at, b.name as undone_by, g.undone_why, g.since,
    coalesce(p.given_name || ' ' || p.family_name, f.name) as name,
    case when g.of = 'person' and g.undone_at is null then array(select distinct m.family_id from record.family_member m
      where m.person_id = any (array[g.kept]) and upper_inf(m.during) order by 1 limit 2) else '{}' end as families,
    (select coalesce(jsonb_agg(jsonb_build_object('table', s.in_table, 'how', s.how, 'many', s.many)), '[]') from record.merge_story(g.id) s) as moved
  from page g
  left join record.person p on g.of = 'person' and p.id = g.kept
  left join record.family f on g.of = 'family' and f.id = g.kept
  left join access.account a on a.id = g.merged_by left join access.account b on b.id = g.undone_by
  order by g.merged_at desc, g.id desc`;

/** Every merge, for a records officer, and nothing of whom it is of; 50 at most. */
export const allMerges = (before: { at: Temporal.Instant; id: string } | undefined): Sql => sql`
  select merge, of, merged_by, merged_at, undone_by, undone_at, opened
  from record.all_merges(${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid, 50) order by merged_at desc, merge desc`;

/** Somebody who is about to be added. */
export interface Wanted {
  givenName: string;
  familyName: string;
  born?: Temporal.PlainDate | undefined;
  chi?: string | undefined;
  postcode?: string | undefined;
}

/**
 * People who may be the one about to be added: what is to be compared of those whom whoever asks sees; of others only a team to
 * ask. `about` names their families, so that each shows in its own trail that somebody asked.
 */
export const likelyPeople = ({ givenName, familyName, born, chi, postcode }: Wanted): Sql => sql`
  select w.family_id as about, w.person_id as person, case when w.person_id is not null then w.family_id end as family, w.teams as ask, f.facts,
    (select name from record.family where id = w.family_id) as family_name
  from record.people_like(array[${givenName}], array[${familyName}], ${born ?? null}::date, ${chi ?? null}::text, ${postcode ?? null}::text) w
  left join lateral record.match_facts(array[w.person_id]) f on w.person_id is not null
  order by w.person_id, w.family_id`;

export interface Merging {
  pair: string;
  keep: string;
  letGo: string;
  keptVersion: number;
  goneVersion: number;
  columns: Readonly<Record<string, 'gone'>>;
  why: string;
}

/** Merges two people; the id of the merge. */
export async function mergePeople(rows: Rows, merging: Merging): Promise<string> {
  const [made] = await rows.many<{ id: string }>(sql`
    select record.merge_people(${merging.keep}::uuid, ${merging.letGo}::uuid, ${JSON.stringify(merging.columns)}::jsonb, ${merging.why},
      ${merging.keptVersion}::int, ${merging.goneVersion}::int, ${merging.pair}::uuid) as id`);
  return made?.id ?? '';
}

/** The two people of a pair, if whoever asks sees both. */
export async function peopleOf(
  rows: Rows,
  pair: string,
): Promise<{ one: string; other: string; state: string } | undefined> {
  const [found] = await rows.many<{ one: string; other: string; state: string }>(
    sql`select one, other, state from record.same_person where id = ${pair}::uuid`,
  );
  return found;
}

/** The families of somebody whom whoever asks sees, for the audit trail. */
export async function familiesOf(rows: Rows, people: readonly string[]): Promise<string[]> {
  const found = await rows.many<{ id: string }>(
    sql`select distinct family_id as id from record.family_member where person_id = any (${people}::uuid[])`,
  );
  return found.map(({ id }) => id);
}

/** Writes down what was decided of a pair, if it is still at this version; how many rows that was. */
export const decidePair = (
  rows: Rows,
  pair: string,
  version: number,
  state: 'different' | 'not sure',
  why: string,
): Promise<number> =>
  rows.run(sql`
    update record.same_person set state = ${state}, why = ${why}, decided_by = access.account_id(), decided_at = now(), version = version + 1
    where id = ${pair}::uuid and version = ${version} and state in ('waiting', 'not sure')`);

/** Gives a records officer a day to look at the two records of a pair, or at a merge; the families that were opened. */
export async function lookAtPair(rows: Rows, pair: string): Promise<string[]> {
  const [given] = await rows.many<{ families: string[] | null }>(
    sql`select record.look_at_pair(${pair}::uuid) as families`,
  );
  return given?.families ?? [];
}

/** The kept record of a merge that whoever asks sees. */
export async function mergeOf(
  rows: Rows,
  merge: string,
): Promise<{ kept: string; gone: string } | undefined> {
  const [found] = await rows.many<{ kept: string; gone: string }>(
    sql`select kept, gone from record.merge where id = ${merge}::uuid`,
  );
  return found;
}

/** Takes a merge apart again; what somebody has to look at afterwards. */
export async function undoMerge(
  rows: Rows,
  merge: string,
  why: string,
): Promise<{ table: string; what: string }[]> {
  const [undone] = await rows.many<{ since: { table: string; what: string }[] }>(
    sql`select record.undo_merge(${merge}::uuid, ${why}) as since`,
  );
  return undone?.since ?? [];
}
