import sql, { type Sql } from 'sql-template-tag';
import type { Rows } from '../../../platform/database/rows.ts';
import type { During } from '../rules.ts';

// The SQL of who helps a person from elsewhere, and of where they are at school. Row-level security decides what each statement
// reaches: none of them asks who may. `= any (array[…])`: see docs/performance.md.

/** Who a helper `n` is, where they work now (or worked last) and how to reach them there. */
const whoAndWhere = (today: Temporal.PlainDate) => sql`
  left join record.professional w on w.id = n.professional_id
  left join access.account a on a.id = n.account_id
  left join lateral (
    select p.id, p.name, p.phone, r.during @> ${today}::date as now
    from record.role_there r join record.place p on p.id = r.place_id
    where r.professional_id = any (array[n.professional_id]) order by now desc, upper(r.during) desc nulls first, r.id limit 1) there on true
  left join lateral (
    select t.name from access.holding h join access.post o on o.id = h.post_id join access.team t on t.id = o.team_id
    where h.account_id = n.account_id and h.during @> now() and a.left_at is null order by lower(h.during), h.id limit 1) post on true`;

const whoAndWhereColumns = sql`
  n.professional_id as professional, coalesce(w.name, a.name) as name, n.role, there.id as place,
  coalesce(there.name, post.name) as place_name, coalesce(nullif(w.phone, ''), case when there.now then there.phone end, '') as phone,
  coalesce(w.email, '') as email, not coalesce(there.now, post.name is not null) as gone`;

/**
 * Who helps a person and where they are at school, now and before; 100 at most, what holds now first. Where that would give a
 * withheld address away there is one row that says so, `withheld`, in place of those (record.places_open).
 */
export const aroundPerson = (person: string, today: Temporal.PlainDate): Sql => sql`
  select * from (
    select n.person_id as about, 'helper' as what, n.id, ${whoAndWhereColumns}, lower(n.during) as since, upper(n.during) as until,
      n.note, n.version, n.during @> ${today}::date as now
    from record.network n ${whoAndWhere(today)}
    where n.person_id = any (array[${person}::uuid])
    union all
    select s.person_id, 'school', s.id, null, p.name, s.stage, p.id, above.name, p.phone, p.email, false,
      lower(s.during), upper(s.during), '', 1, s.during @> ${today}::date
    from record.schooling s join record.place p on p.id = s.place_id left join record.place above on above.id = p.within
    where s.person_id = any (array[${person}::uuid])
    union all
    select p.id, 'withheld', p.id, null, p.given_name, '', null, null, '', '', false, null, null, '', 1, true
    from record.person p where p.id = ${person}::uuid and not record.places_open(p.id)
  ) each
  order by now desc, until desc nulls first, what desc, lower(name), id limit 100`;

/** Who helps anybody of a family now and where its children are at school, each with whom it is about; 100 at most. */
export const aroundFamily = (family: string, today: Temporal.PlainDate): Sql => sql`
  with them as materialized (
    select p.id, p.given_name from record.family_member m join record.person p on p.id = m.person_id
    where m.family_id = ${family}::uuid and m.during @> ${today}::date
  )
  select ${family}::uuid as about, each.* from (
    select 'helper' as what, ${whoAndWhereColumns}, n.people
    from (
      select one.professional_id, one.account_id, min(one.role) as role,
        jsonb_agg(jsonb_build_object('id', them.id, 'name', them.given_name) order by them.given_name, them.id) as people
      from them join record.network one on one.person_id = any (array[them.id])
      where one.during @> ${today}::date group by one.professional_id, one.account_id, lower(one.role)
    ) n ${whoAndWhere(today)}
    union all
    select 'school', null, p.name, s.stage, p.id, above.name, p.phone, p.email, false,
      jsonb_build_array(jsonb_build_object('id', them.id, 'name', them.given_name))
    from them join record.schooling s on s.person_id = any (array[them.id]) and s.during @> ${today}::date
      join record.place p on p.id = s.place_id left join record.place above on above.id = p.within
    union all
    select 'withheld', null, '', '', null, null, '', '', false,
      jsonb_agg(jsonb_build_object('id', them.id, 'name', them.given_name) order by them.given_name, them.id)
    from them where not record.places_open(them.id) having count(*) > 0
  ) each
  order by what desc, lower(name), role limit 100`;

/** A person, or everybody in a family now: of whom something can be said here. */
export const whom = (
  { person, family }: { person: string | undefined; family: string | undefined },
  today: Temporal.PlainDate,
): Sql => sql`
  select p.id as about, p.given_name, p.family_name
  from (
    select ${person ?? null}::uuid as id
    union select m.person_id from record.family_member m where m.family_id = ${family ?? null}::uuid and m.during @> ${today}::date
  ) them join record.person p on p.id = them.id
  order by p.date_of_birth desc nulls last, p.given_name, p.id limit 100`;

/** Professionals, and people who work here, whose name, work or place of work has what was typed in it; 20 at most. */
export const findHelpers = (said: string, today: Temporal.PlainDate): Sql => {
  const words = said.toLowerCase();
  const pattern = `%${words.replaceAll(/[\\%_]/g, '\\$&')}%`;
  return sql`
  with exact as (
    select w.id from record.professional w where lower(w.name) like ${pattern}
    union
    select r.professional_id from record.place p join record.role_there r on r.place_id = p.id and r.during @> ${today}::date
    where lower(p.name) like ${pattern}
    union
    select r.professional_id from record.role_there r where lower(r.role) like ${pattern} and r.during @> ${today}::date
  ), named as (
    select id from exact
    union all
    -- Names that are only like what was typed are looked for when none has it in it.
    select w.id from record.professional w
    where not exists (select from exact) and ${words} operator(public.<%) lower(w.name)
  ), nearest as (
    select w.id, w.name from named join record.professional w on w.id = named.id
    order by public.word_similarity(${words}, lower(w.name)) desc, lower(w.name), w.id limit 20
  )
  select id, kind, name, words from (
    select n.id, 'professional' as kind, n.name, coalesce(there.words, '') as words, 1 as rank
    from nearest n left join lateral (
      select string_agg(r.role || ', ' || p.name, '; ' order by r.role) as words
      from record.role_there r join record.place p on p.id = r.place_id
      where r.professional_id = any (array[n.id]) and r.during @> ${today}::date) there on true
    union all
    select a.id, 'account', a.name, min(r.title || ', ' || t.name), 2
    from access.account a join access.holding h on h.account_id = a.id and h.during @> now()
      join access.post o on o.id = h.post_id join access.role r on r.id = o.role_id join access.team t on t.id = o.team_id
    where a.left_at is null
      and (lower(a.name) like ${pattern} or lower(r.title || ', ' || t.name) like ${pattern})
    group by a.id, a.name
  ) found
  order by public.word_similarity(${words}, lower(name)) desc, rank, lower(name), id limit 20`;
};

/** Those of these people whom whoever asks may see. */
export async function seen(rows: Rows, people: readonly string[]): Promise<string[]> {
  const found = await rows.many<{ id: string }>(
    sql`select id from record.person where id = any (${people}::uuid[])`,
  );
  return found.map(({ id }) => id);
}

/** The families of these people that whoever asks may see: what is done is in their trail too. */
export async function familiesOf(rows: Rows, people: readonly string[]): Promise<string[]> {
  const found = await rows.many<{ id: string }>(
    sql`select distinct family_id as id from record.family_member where person_id = any (${people}::uuid[])`,
  );
  return found.map(({ id }) => id);
}

/** What a professional, or somebody who works here, does now; undefined when there is no such person here. */
export async function workOf(
  rows: Rows,
  who: { professional?: string | undefined; account?: string | undefined },
  today: Temporal.PlainDate,
): Promise<string | undefined> {
  const [found] = await rows.many<{ role: string }>(sql`
    select coalesce((select r.role from record.role_there r where r.professional_id = any (array[w.id]) and r.during @> ${today}::date
      order by lower(r.during) desc nulls last, r.id limit 1), '') as role
    from record.professional w where w.id = ${who.professional ?? null}::uuid
    union all
    select coalesce(min(r.title), '') from access.account a
      join access.holding h on h.account_id = a.id and h.during @> now() join access.post o on o.id = h.post_id
      join access.role r on r.id = o.role_id
    where a.id = ${who.account ?? null}::uuid and a.left_at is null group by a.id`);
  return found?.role;
}

export interface Help {
  professional?: string | undefined;
  account?: string | undefined;
  role: string;
  since?: Temporal.PlainDate | undefined;
  note: string;
}

/** Writes that somebody helps these people; for how many that is new. Asks for what is there, not `on conflict`, which would have to see every row. */
export const writeHelp = (rows: Rows, people: readonly string[], help: Help): Promise<number> =>
  rows.run(sql`
    insert into record.network (person_id, professional_id, account_id, role, during, note)
    select person, ${help.professional ?? null}::uuid, ${help.account ?? null}::uuid, ${help.role},
      daterange(${help.since ?? null}::date, null), ${help.note}
    from unnest(${people}::uuid[]) person
    where not exists (select from record.network n where n.person_id = any (array[person]) and upper_inf(n.during)
      and coalesce(n.professional_id, n.account_id) = ${help.professional ?? help.account ?? null}::uuid and lower(n.role) = lower(${help.role}))`);

const timeOf = async (rows: Rows, statement: Sql): Promise<During | undefined> => {
  const [found] = await rows.many<{ since: Temporal.PlainDate | null; until: Temporal.PlainDate | null }>(
    statement,
  );
  return found && { from: found.since ?? undefined, until: found.until ?? undefined };
};

/** Since when somebody helps a person, if they do or did. */
export const helpTime = (rows: Rows, person: string, helper: string): Promise<During | undefined> =>
  timeOf(
    rows,
    sql`select lower(during) as since, upper(during) as until from record.network
        where id = ${helper}::uuid and person_id = any (array[${person}::uuid]) for update`,
  );

/** Changes what is written of somebody who helps, if it is still at this version; how many rows that was. */
export const changeHelp = (
  rows: Rows,
  helper: string,
  version: number,
  { role, since, note }: Pick<Help, 'role' | 'since' | 'note'>,
): Promise<number> =>
  rows.run(sql`
    update record.network set role = ${role}, during = daterange(${since ?? null}::date, upper(during)), note = ${note},
      version = version + 1 where id = ${helper}::uuid and version = ${version}`);

export const endHelp = (rows: Rows, helper: string, on: Temporal.PlainDate): Promise<number> =>
  rows.run(sql`
    update record.network set during = daterange(lower(during), ${on}::date), version = version + 1 where id = ${helper}::uuid`);

/** Takes out what was never so, and keeps it as it stood with the reason. */
export const takeOutHelp = (rows: Rows, helper: string, why: string): Promise<number> =>
  rows.run(sql`
    with gone as (delete from record.network where id = ${helper}::uuid returning *)
    insert into record.correction (person_id, what, earlier, why, corrected_by)
    select person_id, 'who helps', to_jsonb(gone), ${why}, access.account_id() from gone`);

/** When somebody is at a school, if they are or were. */
export const schoolTime = (rows: Rows, person: string, schooling: string): Promise<During | undefined> =>
  timeOf(
    rows,
    sql`select lower(during) as since, upper(during) as until from record.schooling
        where id = ${schooling}::uuid and person_id = any (array[${person}::uuid]) for update`,
  );

/** Ends the school somebody is at on the day the next one begins. One that has a last day already is left as it is. */
export const endEarlierSchool = (rows: Rows, person: string, from: Temporal.PlainDate): Promise<number> =>
  rows.run(sql`
    update record.schooling set during = daterange(lower(during), ${from}::date)
    where person_id = any (array[${person}::uuid]) and upper_inf(during) and (lower_inf(during) or lower(during) < ${from}::date)`);

/** Writes that somebody is at a school from a day on, or up to a day. */
export const writeSchool = (
  rows: Rows,
  person: string,
  place: string,
  { from, until }: During,
  stage: string,
): Promise<number> =>
  rows.run(sql`
    insert into record.schooling (person_id, place_id, during, stage)
    values (${person}::uuid, ${place}::uuid, daterange(${from ?? null}::date, ${until ?? null}::date), ${stage})`);

export const endSchool = (rows: Rows, schooling: string, on: Temporal.PlainDate): Promise<number> =>
  rows.run(sql`
    update record.schooling set during = daterange(lower(during), ${on}::date) where id = ${schooling}::uuid`);

export const takeOutSchool = (rows: Rows, schooling: string, why: string): Promise<number> =>
  rows.run(sql`
    with gone as (delete from record.schooling where id = ${schooling}::uuid returning *)
    insert into record.correction (person_id, what, earlier, why, corrected_by)
    select person_id, 'school', to_jsonb(gone), ${why}, access.account_id() from gone`);
