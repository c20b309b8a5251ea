import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';
import type { AdditionKind } from './rules.ts';

// The SQL of chronologies. Row-level security decides what each statement reaches: an event is seen with any of its people.

export interface Wanted {
  person?: string | undefined;
  kind?: string | undefined;
  indicator?: string | undefined;
  source?: string | undefined;
  fromYear?: number | undefined;
  toYear?: number | undefined;
  /** From the beginning; else the newest first. */
  forwards?: boolean | undefined;
  /** What has not come yet, such as a planned move, is not there until its day. */
  today: Temporal.PlainDate;
  /** The last event of the page before. */
  after?: { on: Temporal.PlainDate; id: string } | undefined;
}

/**
 * Whose chronology it is: everybody who is or was in the family, with the day until which their lives belong to it; or one of
 * them.
 */
const them = (family: string, person: string | undefined): Sql => sql`
  select m.person_id, max(coalesce(upper(m.during), 'infinity')) as until
  from record.family_member m where m.family_id = ${family}::uuid
    ${person === undefined ? empty : sql`and m.person_id = ${person}::uuid`}
  group by m.person_id`;

/** Conditions on the event `e` itself, and on its day in `p`. */
const narrowed = ({ kind, indicator, source, fromYear, toYear }: Wanted): Sql => {
  const all = [
    ...(kind ? [sql`e.kind = ${kind}`] : []),
    ...(indicator ? [sql`e.indicators @> array[${indicator}]`] : []),
    ...(source ? [sql`e.source = ${source}`] : []),
    ...(fromYear === undefined ? [] : [sql`p.happened_on >= make_date(${fromYear}, 1, 1)`]),
    ...(toYear === undefined ? [] : [sql`p.happened_on < make_date(${toYear + 1}, 1, 1)`]),
  ];
  return all.length === 0 ? empty : sql`and ${join(all, ' and ')}`;
};

/**
 * The ids of a page of events, each once. For each person as many as a page are read in the order of the index; what is on the page
 * is among them, however long their lives are.
 */
const pageOf = (family: string, wanted: Wanted, most: number): Sql => {
  const { person, forwards, after, today } = wanted;
  const order = (on: Sql, id: Sql) => (forwards ? sql`${on}, ${id}` : sql`${on} desc, ${id} desc`);
  const then =
    after === undefined
      ? empty
      : forwards
        ? sql`and (p.happened_on, p.event_id) > (${after.on}::date, ${after.id}::uuid)`
        : sql`and (p.happened_on, p.event_id) < (${after.on}::date, ${after.id}::uuid)`;
  return sql`
  select distinct each.event_id, each.happened_on from (${them(family, person)}) who
  cross join lateral (
    select p.event_id, p.happened_on from record.event_person p join record.event e on e.id = p.event_id
    where p.person_id = who.person_id and p.happened_on < who.until and p.happened_on <= ${today}::date
      and e.taken_out_at is null ${narrowed(wanted)} ${then}
    order by ${order(sql`p.happened_on`, sql`p.event_id`)} limit ${most}) each
  order by ${order(sql`each.happened_on`, sql`each.event_id`)} limit ${most}`;
};

/** Events of a family's people in the order of time, at most so many, with what stands beside each. */
export const eventsOf = (family: string, wanted: Wanted, most: number): Sql => sql`
  with page as (${pageOf(family, wanted, most)})
  select ${family}::uuid as about, e.id, e.happened_on as day, e.known, e.kind, e.what, e.impact, e.response, e.standing, e.source,
    e.indicators, e.sharing, e.from_area, e.from_id, w.name as written_by, e.written_as, e.written_at,
    (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.given_name) order by p.date_of_birth desc nulls last,
       p.given_name, p.id), '[]')
     from record.event_person ep join record.person p on p.id = ep.person_id where ep.event_id = e.id) as people,
    (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'kind', a.kind, 'words', a.words, 'why', a.why, 'by', adder.name,
       'as', a.written_as, 'at', a.written_at) order by a.written_at, a.id), '[]')
     from record.event_addition a left join access.account adder on adder.id = a.written_by where a.event_id = e.id) as additions
  from page join record.event e on e.id = page.event_id left join access.account w on w.id = e.written_by
  order by ${wanted.forwards ? sql`e.happened_on, e.id` : sql`e.happened_on desc, e.id desc`}`;

/** Events of a person `of` before a day, the newest first; each with its rows as `p` and `e`. */
const before = (of: Sql, day: Sql): Sql => sql`
  from record.event_person p join record.event e on e.id = p.event_id
  where p.person_id = ${of} and p.happened_on < ${day} and e.taken_out_at is null order by p.happened_on desc, p.event_id desc`;

/** How many events of each person are looked at for the kinds and agencies that there are. */
const choiceReaches = 300;

/**
 * What there is to choose from, of a family or of one person in it: the years that have events, and the kinds and agencies of the
 * newest of them. Of somebody with more events than are looked at, each year before is found by one step in an index.
 */
export const choicesOf = (family: string, person: string | undefined, today: Temporal.PlainDate): Sql => sql`
  with recursive who as materialized (
    select t.person_id, least(t.until, ${today}::date + 1) as until from (${them(family, person)}) t
  ), last as materialized (
    select who.person_id, each.* from who cross join lateral (
      select p.happened_on, e.kind, e.source ${before(sql`who.person_id`, sql`who.until`)} limit ${choiceReaches}) each
  ), older (person_id, happened_on) as (
    select person_id, min(happened_on) from last group by person_id having count(*) = ${choiceReaches}
    union all
    select o.person_id, (select p.happened_on ${before(sql`o.person_id`, sql`date_trunc('year', o.happened_on)::date`)} limit 1)
    from older o where o.happened_on is not null
  )
  select f.id as about,
    (select coalesce(array_agg(distinct extract(year from day)::int), '{}') from (
       select happened_on from last union all select happened_on from older) each (day) where day is not null) as years,
    (select coalesce(array_agg(distinct kind), '{}') from last) as kinds,
    (select coalesce(array_agg(distinct source) filter (where source <> ''), '{}') from last) as sources
  from record.family f where f.id = ${family}::uuid`;

/** One event, of whom whoever asks sees somebody; in the family in which they read it. */
export const oneEvent = (family: string, event: string): Sql => sql`
  select ${family}::uuid as about, e.id, e.happened_on as day, e.known, e.kind, e.what, e.impact, e.response, e.standing, e.source,
    e.indicators, e.sharing, e.from_area, w.name as written_by, e.written_as,
    (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.given_name) order by p.given_name, p.id), '[]')
     from record.event_person ep join record.person p on p.id = ep.person_id where ep.event_id = e.id) as people,
    exists (select from record.event_addition a where a.event_id = e.id and a.kind = 'taken out') as taken_out
  from record.event e left join access.account w on w.id = e.written_by
  where e.id = ${event}::uuid and e.taken_out_at is null and exists (
    select from record.event_person ep join record.family_member m on m.person_id = any (array[ep.person_id])
    where ep.event_id = e.id and m.family_id = ${family}::uuid)`;

/** The last events of a family, in short, for its page; or of one person. */
export const latestOf = (
  of: { family: string } | { person: string },
  today: Temporal.PlainDate,
  most: number,
): Sql => {
  const [whom, who] =
    'family' in of
      ? [of.family, them(of.family, undefined)]
      : [of.person, sql`select ${of.person}::uuid as person_id, 'infinity'::date as until`];
  return sql`
  with page as (
    select distinct each.event_id, each.happened_on from (${who}) who
    cross join lateral (
      select p.event_id, p.happened_on from record.event_person p join record.event e on e.id = p.event_id
      where p.person_id = who.person_id and p.happened_on < who.until and p.happened_on <= ${today}::date
        and e.taken_out_at is null
        and not exists (select from record.event_addition a where a.event_id = e.id and a.kind = 'taken out')
      order by p.happened_on desc, p.event_id desc limit ${most}) each
    order by each.happened_on desc, each.event_id desc limit ${most}
  )
  select ${whom}::uuid as about, e.id, e.happened_on as day, e.known, e.kind, e.what, e.source, e.family_id as family,
    (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.given_name) order by p.date_of_birth desc nulls last,
       p.given_name, p.id), '[]')
     from record.event_person ep join record.person p on p.id = ep.person_id where ep.event_id = e.id) as people
  from page join record.event e on e.id = page.event_id order by e.happened_on desc, e.id desc`;
};

/** The last events about a person from the beginning, at most so many, with whether each is about others too: for their own copy. */
export const eventsForPerson = (person: string, today: Temporal.PlainDate, most: number): Sql => sql`
  with page as (
    select p.event_id, p.happened_on from record.event_person p join record.event e on e.id = p.event_id
    where p.person_id = ${person}::uuid and p.happened_on <= ${today}::date and e.taken_out_at is null
      and not exists (select from record.event_addition a where a.event_id = e.id and a.kind = 'taken out')
    order by p.happened_on desc, p.event_id desc limit ${most}
  )
  select ${person}::uuid as about, e.id, e.happened_on as day, e.known, e.kind, e.what, e.impact, e.response, e.source, e.sharing,
    e.from_area, record.event_about_others(e.id, ${person}::uuid) as others,
    (select coalesce(jsonb_agg(jsonb_build_object('kind', a.kind, 'words', a.words) order by a.written_at, a.id), '[]')
     from record.event_addition a where a.event_id = e.id) as additions
  from page join record.event e on e.id = page.event_id order by e.happened_on, e.id`;

/** What was said of the chronology of a family as a whole, the newest first. */
export const analysesOf = (family: string): Sql => sql`
  select a.family_id as about, a.id, a.person_id as person, p.given_name as name, a.analysed_on, a.words, w.name as written_by,
    a.written_as
  from record.event_analysis a left join record.person p on p.id = a.person_id left join access.account w on w.id = a.written_by
  where a.family_id = ${family}::uuid order by a.analysed_on desc, a.id desc limit 50`;

export interface NewEvent {
  kind: string;
  happened_on: string;
  known: string;
  what: string;
  impact: string;
  response: string;
  standing: string;
  source: string;
  indicators: readonly string[];
  sharing: string;
  written_as: string;
}

/** Writes an event by hand, about people of a family; its id. */
export async function writeEvent(
  rows: Rows,
  family: string,
  people: readonly string[],
  event: NewEvent,
): Promise<string> {
  const [made] = await rows.many<{ id: string }>(
    sql`select record.write_event(${family}::uuid, ${[...people]}::uuid[], ${JSON.stringify(event)}::jsonb) as id`,
  );
  if (made === undefined) throw new Error('the event was not written');
  return made.id;
}

/** How an event stands for whoever asks; undefined when they do not see it. */
export async function standingOf(
  rows: Rows,
  event: string,
): Promise<{ family: string; people: string[]; made: boolean; takenOut: boolean } | undefined> {
  const [found] = await rows.many<{ family: string; people: string[]; made: boolean; takenOut: boolean }>(sql`
    select e.family_id as family, e.from_area is not null as made,
      array(select p.person_id from record.event_person p where p.event_id = e.id) as people,
      exists (select from record.event_addition a where a.event_id = e.id and a.kind = 'taken out') as "takenOut"
    from record.event e where e.id = ${event}::uuid and e.taken_out_at is null`);
  return found;
}

/** Writes what stands beside an event. */
export const writeAddition = (
  rows: Rows,
  event: string,
  { kind, words, why, as }: { kind: AdditionKind; words: string; why: string; as: string },
): Promise<number> =>
  rows.run(sql`
    insert into record.event_addition (event_id, kind, words, why, written_as)
    values (${event}::uuid, ${kind}, ${words}, ${why}, ${as})`);

/** Writes what a chronology says as a whole. */
export const writeAnalysis = (
  rows: Rows,
  family: string,
  {
    person,
    on,
    words,
    as,
  }: { person: string | undefined; on: Temporal.PlainDate; words: string; as: string },
): Promise<number> =>
  rows.run(sql`
    insert into record.event_analysis (family_id, person_id, analysed_on, words, written_as)
    values (${family}::uuid, ${person ?? null}::uuid, ${on}::date, ${words}, ${as})`);

/** The families of these people that whoever asks may see: what is written about somebody is in the trail of each. */
export async function familiesOf(rows: Rows, people: readonly string[]): Promise<string[]> {
  const found = await rows.many<{ id: string }>(
    sql`select distinct m.family_id as id from record.family_member m where m.person_id = any (${[...people]}::uuid[])`,
  );
  return found.map(({ id }) => id);
}

/** Who is or was in a family, of those whom whoever asks may see; nobody for a family that they do not see. */
export async function membersOf(rows: Rows, family: string): Promise<string[]> {
  const found = await rows.many<{ id: string }>(
    sql`select distinct m.person_id as id from record.family_member m where m.family_id = ${family}::uuid`,
  );
  return found.map(({ id }) => id);
}
