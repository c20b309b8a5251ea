import sql, { type Sql } from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';
import { type Ending, type Kind, parentKinds } from './rules.ts';

// The SQL of relationships. Row-level security decides what each statement reaches. Somebody whose record cannot be seen has no
// id here, only a key that means nothing outside the answer: "unseen-1".

// `= any (array[…])` for joins, and `(… @> …) is true` for days: for anything else the planner may read a whole table, or take the
// temporal keys, whose first column is another (docs/performance.md).

/** The most relationships that one page reads: ten times those of the largest families known. */
const mostTies = 2000;

/**
 * Everybody around the people in `seed` (a statement of `id` and `part`), each row a piece of it as JSON: a person, a
 * relationship, how many parents a child has, a home, or a brother or sister in a record that cannot be seen. One step from them, and to the other
 * children of their parents. `about` is the family or person it is asked about.
 */
const around = (seed: Sql, about: Sql, today: Temporal.PlainDate, first: Sql, last?: Sql): Sql => sql`
  with seed as materialized (${seed}),
  near as materialized (
    select r.* from seed join record.relationship r on r.person_id = any (array[seed.id])
    union
    select r.* from seed join record.relationship r on r.other_id = any (array[seed.id])
    limit ${mostTies}
  ), parent as materialized (
    select distinct near.person_id as id from near join seed on seed.id = near.other_id where near.kind = any (${parentKinds})
  ), tie as materialized (
    select * from near
    union
    select r.* from parent join record.relationship r on r.person_id = any (array[parent.id]) and r.kind = any (${[...parentKinds, 'step-parent']})
    limit ${mostTies}
  ), child as materialized (
    select distinct tie.other_id as id from tie where tie.kind = any (${parentKinds}) limit ${mostTies}
  ), elsewhere as materialized (
    select * from record.brothers_and_sisters_elsewhere((select array_agg(id) from seed))
  ), mate as materialized (
    select theirs.person_id as id
    from seed join record.home ours on ours.person_id = any (array[seed.id]) and (ours.during @> ${today}::date) is true
      join record.home theirs on theirs.address_id = any (array[ours.address_id]) and (theirs.during @> ${today}::date) is true
    limit 200
  ), everybody as materialized (
    select id from seed union select person_id from tie union select other_id from tie union select other_id from elsewhere
    union select id from mate
  ), known as materialized (
    select p.* from everybody join record.person p on p.id = any (array[everybody.id])
  ), named as materialized (
    select everybody.id, coalesce(known.id::text, 'unseen-' || row_number() over (partition by known.id is null order by everybody.id)) as key
    from everybody left join known on known.id = everybody.id
  ), home as materialized (
    select known.id, dense_rank() over (order by h.address_id) as number, h.kind, lower(h.during) as since,
      nullif(concat_ws(', ', nullif(a.lines, ''), nullif(a.town, ''), a.postcode), '') as address
    from known join record.home h on h.person_id = any (array[known.id]) and (h.during @> ${today}::date) is true
      left join record.address a on a.id = any (array[h.address_id])
  )
  ${first}
  union all
  select ${about}, 'person', jsonb_build_object('key', known.id, 'givenName', known.given_name, 'familyName', known.family_name,
    'born', known.date_of_birth, 'birthKnown', known.birth_known, 'expected', known.expected_on, 'died', known.died_on,
    'gender', known.gender, 'sex', known.sex, 'part', seed.part, 'inside', seed.id is not null)
  from known left join seed on seed.id = known.id
  union all
  select ${about}, 'tie', jsonb_build_object('id', tie.id, 'from', one.key, 'to', other.key, 'kind', tie.kind,
    'since', lower(tie.during), 'until', upper(tie.during), 'endedHow', tie.ended_how, 'endedWhy', tie.ended_why,
    'rights', tie.rights, 'note', tie.note, 'source', tie.source, 'version', tie.version)
  from tie join named one on one.id = tie.person_id join named other on other.id = tie.other_id
  union all
  select ${about}, 'parents', jsonb_build_object('person', named.key, 'many',
    (select count(distinct r.person_id)::int from record.relationship r where r.other_id = any (array[child.id]) and r.kind = any (${parentKinds})))
  from child join named on named.id = child.id
  union all
  select ${about}, 'home', jsonb_build_object('person', home.id, 'home', home.number, 'kind', home.kind, 'since', home.since,
    'address', home.address)
  from home
  union all
  select coalesce(e.family_id, ${about}), 'elsewhere', jsonb_build_object('person', one.key, 'other', other.key, 'kind', e.kind,
    'shared', e.shared, 'parents', e.parents, 'otherParents', e.other_parents, 'teams', e.teams)
  from elsewhere e join named one on one.id = e.person_id join named other on other.id = e.other_id
  ${last ?? sql``}`;

/** The people around one person. No row at all where the person cannot be seen. */
export const aroundPerson = (person: string, today: Temporal.PlainDate): Sql =>
  around(
    sql`select p.id, null::text as part from record.person p where p.id = ${person}::uuid`,
    sql`${person}::uuid`,
    today,
    // First the families by the index that begins at the person, then whether they are in them now.
    sql`select f.id as about, 'family' as what, jsonb_build_object('id', f.id, 'name', f.name) as data
        from (select distinct m.family_id as id from record.family_member m where m.person_id = any (array[${person}::uuid])) mine
          join record.family f on f.id = any (array[mine.id])
        where (select true from record.family_member m where m.family_id = f.id and m.person_id = ${person}::uuid
          and m.during @> ${today}::date limit 1)`,
  );

const familySeed = (family: string, today: Temporal.PlainDate) => sql`
  select m.person_id as id, m.part from record.family_member m
  where m.family_id = any (array[${family}::uuid]) and (m.during @> ${today}::date) is true limit 300`;
const theFamily = (family: string) => sql`
  select f.id as about, 'family' as what, jsonb_build_object('id', f.id, 'name', f.name) as data
  from record.family f where f.id = ${family}::uuid`;

/** The people of a family and those around them. No row at all where the family cannot be seen. */
export const aroundFamily = (family: string, today: Temporal.PlainDate): Sql =>
  around(familySeed(family, today), sql`${family}::uuid`, today, theFamily(family));

/**
 * The same, with those who help the family at work: who works with it or stands in for somebody who does, a team that works as one
 * being one, and who is in the network of somebody in it. Whoever only decides or pays is nobody's network.
 */
export const networkOfFamily = (family: string, today: Temporal.PlainDate): Sql =>
  around(
    familySeed(family, today),
    sql`${family}::uuid`,
    today,
    theFamily(family),
    sql`
    union all
    select h.family_id, 'supporter', jsonb_build_object('id', h.holder, 'name', case when team.id is null then h.names else h.team end,
      'role', case when team.id is null then coalesce(h.post, '') else 'Works with the family as a team' end,
      'where', case when team.id is null then coalesce(h.team, '') else coalesce(h.names, '') end)
    from record.helper h left join access.post team on team.id = h.holder
    where h.family_id = ${family}::uuid and (record.works_with(h.kind) or h.kind = 'cover')
    union all
    select ${family}::uuid, 'supporter', jsonb_build_object('id', coalesce(pro.id, own.id), 'name', coalesce(pro.name, own.name), 'role', n.role,
      'where', coalesce((select string_agg(distinct place.name, ', ') from record.role_there r join record.place place on place.id = r.place_id
        where r.professional_id = pro.id and r.during @> ${today}::date), ''))
    from seed join record.network n on n.person_id = any (array[seed.id]) and n.during @> ${today}::date
      left join record.professional pro on pro.id = n.professional_id
      left join access.account own on own.id = n.account_id`,
  );

/** Whom somebody may be related to: the people of their families, or, when a name is given, those found by it. Thirty at most. */
export const choicesFor = (person: string, said: string, today: Temporal.PlainDate): Sql => {
  const row = sql`p.id as about, p.given_name, p.family_name, p.date_of_birth, p.birth_known,
    (select string_agg(f.name, ', ' order by f.name) from record.family_member fm join record.family f on f.id = fm.family_id
      where fm.person_id = any (array[p.id])) as families`;
  const words = said.toLowerCase();
  return said === ''
    ? sql`select ${row} from (
        select distinct theirs.person_id as id
        from (select m.family_id from record.family_member m where m.person_id = any (array[${person}::uuid])) mine
          join record.family_member theirs on theirs.family_id = any (array[mine.family_id])
        where (theirs.during @> ${today}::date) is true
          and theirs.person_id <> ${person}::uuid limit 100) near
      join record.person p on p.id = near.id order by p.date_of_birth nulls last, p.given_name, p.id limit 100`
    : sql`with near as materialized (
        select p.id, public.word_similarity(${words}, lower(p.given_name || ' ' || p.family_name)) as nearness
        from (select distinct mine.person_id as id from record.my_person mine) mine join record.person p on p.id = mine.id
        where p.id <> ${person}::uuid)
      select ${row} from (select * from near where nearness >= 0.4 order by nearness desc, id limit 30) best
      join record.person p on p.id = best.id order by best.nearness desc, lower(p.family_name), lower(p.given_name), p.id`;
};

/** What is written down about a relationship. Days may be unknown. */
export interface Details {
  from: string;
  to: string;
  kind: Kind;
  since?: Temporal.PlainDate | undefined;
  until?: Temporal.PlainDate | undefined;
  rights: boolean | null;
  note: string;
  source: string;
}

/** The names and births of those of these people whom whoever asks may see. */
export const peopleSeen = (rows: Rows, people: readonly string[]) =>
  rows.many<{ id: string; name: string; born: Temporal.PlainDate | null }>(sql`
    select id, given_name as name, date_of_birth as born from record.person where id = any (${[...people]}::uuid[])`);

/** The families of these people that whoever asks may see: so that each shows in its own trail what was done. */
export async function familiesOf(rows: Rows, people: readonly string[]): Promise<string[]> {
  const found = await rows.many<{ id: string }>(
    sql`select distinct family_id as id from record.family_member where person_id = any (${[...people]}::uuid[])`,
  );
  return found.map((row) => row.id);
}

export async function writeRelationship(rows: Rows, details: Details): Promise<string> {
  const [made] = await rows.many<{ id: string }>(sql`
    insert into record.relationship (person_id, other_id, kind, during, rights, note, source)
    values (${details.from}, ${details.to}, ${details.kind},
      daterange(${details.since ?? null}::date, ${details.until ?? null}::date), ${details.rights}, ${details.note}, ${details.source})
    returning id`);
  if (made === undefined) throw new Error('no relationship was written');
  return made.id;
}

/** The two ends of a relationship, and how it stands. */
export async function relationshipAt(rows: Rows, id: string) {
  const [found] = await rows.many<{
    from: string;
    to: string;
    kind: Kind;
    since: Temporal.PlainDate | null;
    until: Temporal.PlainDate | null;
    version: number;
  }>(sql`
    select person_id as "from", other_id as "to", kind, lower(during) as since, upper(during) as until, version
    from record.relationship where id = ${id}::uuid`);
  return found;
}

/** Changes a relationship if it is still at this version; how many rows that was. */
export const changeRelationship = (rows: Rows, id: string, version: number, details: Details) =>
  rows.run(sql`
    update record.relationship set person_id = ${details.from}, other_id = ${details.to}, kind = ${details.kind},
      during = daterange(${details.since ?? null}::date, ${details.until ?? null}::date),
      ended_how = case when ${details.until ?? null}::date is null then null else ended_how end,
      ended_why = case when ${details.until ?? null}::date is null then '' else ended_why end,
      rights = ${details.rights}, note = ${details.note}, source = ${details.source}, version = version + 1,
      noted_by = access.account_id(), noted_at = now()
    where id = ${id}::uuid and version = ${version}`);

/** Ends a relationship if it is still at this version; how many rows that was. */
export const endRelationship = (
  rows: Rows,
  id: string,
  version: number,
  { until, how, why }: { until: Temporal.PlainDate; how: Ending; why: string },
) =>
  rows.run(sql`
    update record.relationship set during = daterange(lower(during), ${until}::date), ended_how = ${how}, ended_why = ${why},
      version = version + 1
    where id = ${id}::uuid and version = ${version}`);

/** Keeps how a relationship stood in the corrections of both people, with the reason. */
export const keepAsItStood = (rows: Rows, id: string, version: number, why: string) =>
  rows.run(sql`
    insert into record.correction (person_id, what, earlier, why, corrected_by)
    select who, 'relationship', to_jsonb(r), ${why}, access.account_id()
    from record.relationship r, unnest(array[r.person_id, r.other_id]) as who
    where r.id = ${id}::uuid and r.version = ${version}`);

export const takeOutRelationship = (rows: Rows, id: string, version: number) =>
  rows.run(sql`delete from record.relationship where id = ${id}::uuid and version = ${version}`);
