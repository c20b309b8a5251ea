import sql, { type Sql } from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';

// What the chronology says of what other rooms of the record hold: homes, births and deaths, schools. Each is asked to be looked
// at again after it was written, corrected or ended, and the events follow it. One statement for all, however many there are.

/** Of the families of person `p` that whoever asks sees: one in which they are a child if there is one, the first of them. */
const inFamily = (person: Sql): Sql => sql`
  cross join lateral (
    select m.family_id, m.part in ('child', 'young person') as child from record.family_member m
    where m.person_id = any (array[${person}]) order by m.part in ('child', 'young person') desc, m.family_id limit 1) f`;

const said = (kind: string, on: Sql, what: Sql, area: string, of: Sql, more = sql``): Sql => sql`
  record.write_event(f.family_id, array[p.id], jsonb_build_object('kind', ${kind}::text, 'happened_on', ${on}, 'what', ${what},
    'from_area', ${area}::text, 'from_id', ${of} ${more}))`;

/** Never says where: an address may be withheld, today or later. */
const movedTo: Readonly<Record<string, string>> = {
  home: 'Moved home, to the family home',
  'with relatives': 'Moved home, to live with relatives or friends',
  'foster home': 'Moved home, to a foster home',
  'residential home': 'Moved home, to a children’s house',
  'own tenancy': 'Moved home, to a home of their own',
  'temporary home': 'Moved home, to somewhere for now',
};

/**
 * Moves of home as these homes now say. Of a home at a withheld address it says "Moved home" and no more; of one since an unknown
 * day, or since the birth, there is no move.
 */
export async function followHomes(rows: Rows, homes: readonly string[]): Promise<void> {
  await rows.many(sql`
    select ${said(
      'move',
      sql`lower(h.during)`,
      sql`case when a.id is null then 'Moved home' else coalesce(${JSON.stringify(movedTo)}::jsonb ->> h.kind, 'Moved home') end`,
      'homes',
      sql`h.id`,
    )}
    from record.home h join record.person p on p.id = h.person_id left join record.address a on a.id = h.address_id ${inFamily(sql`p.id`)}
    where h.id = any (${[...homes]}::uuid[]) and lower(h.during) is distinct from p.date_of_birth and lower(h.during) is not null`);
  await rows.many(sql`
    select record.take_out_events('homes', h.id) from record.home h join record.person p on p.id = h.person_id
    where h.id = any (${[...homes]}::uuid[]) and (lower(h.during) is null or lower(h.during) = p.date_of_birth)`);
}

/** Moves to the address of a home, of everybody whom whoever asks sees: after it was withheld, or is no longer. */
export async function followAddress(rows: Rows, home: string): Promise<void> {
  const there = await rows.many<{ id: string }>(sql`
    select o.id from record.home h join record.home o on o.address_id = h.address_id where h.id = ${home}::uuid`);
  await followHomes(
    rows,
    there.map(({ id }) => id),
  );
}

/** Births of these people, of those who are children in a family; and deaths of any of them. */
export async function followPeople(rows: Rows, people: readonly string[]): Promise<void> {
  await rows.many(sql`
    select ${said('birth', sql`p.date_of_birth`, sql`'Born'`, 'people', sql`p.id`, sql`, 'known', p.birth_known`)}
    from record.person p ${inFamily(sql`p.id`)} where p.id = any (${[...people]}::uuid[]) and p.date_of_birth is not null and f.child`);
  await rows.many(sql`
    select ${said('death', sql`p.died_on`, sql`'Died'`, 'people', sql`p.id`)}
    from record.person p ${inFamily(sql`p.id`)} where p.id = any (${[...people]}::uuid[]) and p.died_on is not null`);
  await rows.many(sql`
    select record.take_out_events('people', p.id, gone.kind) from record.person p
    cross join lateral (select 'birth' as kind where p.date_of_birth is null union all select 'death' where p.died_on is null) gone
    where p.id = any (${[...people]}::uuid[])`);
}

/** Schools and nurseries of somebody, as far as whoever asks sees them: begun, changed and ended. Never says which. */
export async function followSchools(rows: Rows, person: string): Promise<void> {
  const theirs = sql`
    from record.schooling s join record.place l on l.id = s.place_id join record.person p on p.id = s.person_id ${inFamily(sql`p.id`)}
    where s.person_id = any (array[${person}::uuid])`;
  await rows.many(sql`
    select ${said(
      'school-begun',
      sql`lower(s.during)`,
      sql`case when l.kind <> 'school' then 'Began at nursery' when exists (select from record.schooling b join record.place bl on bl.id = b.place_id
        where b.person_id = s.person_id and upper(b.during) = lower(s.during) and bl.kind = 'school') then 'Changed school' else 'Began at school' end`,
      'schooling',
      sql`s.id`,
    )} ${theirs} and lower(s.during) is not null`);
  await rows.many(sql`
    select ${said(
      'school-ended',
      sql`upper(s.during)`,
      sql`case when l.kind = 'school' then 'Left school' else 'Left nursery' end`,
      'schooling',
      sql`s.id`,
    )} ${theirs} and upper(s.during) is not null
      and not exists (select from record.schooling n where n.person_id = s.person_id and lower(n.during) = upper(s.during))`);
}
