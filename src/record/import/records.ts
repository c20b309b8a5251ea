import { hash } from 'node:crypto';
import sql from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';
import { inBatches, jsonRows } from '../../platform/import/index.ts';
import type { Scored } from './matching.ts';
import type { IncomingPerson } from './people.ts';

// The SQL of what an import writes about people: a handful of statements for each slice, however many rows it has.

/** Rows in one statement; a large extract goes in slices, so that no single message grows without end. */
const slice = 5_000;

/** Somebody to be written, or added to: `id` is their record, `familyId` their family's. */
export interface SettledPerson extends IncomingPerson {
  readonly id: string;
  readonly familyId: string;
}

/** The id of the address that a source gives for a family: the same each time, so that who comes later finds it. */
const addressOf = (source: string, family: string): string => {
  const hex = hash('sha256', JSON.stringify(['address', source, family]), 'hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** The families in which these people are on the record. */
export async function familiesOfPeople(
  tx: Rows,
  people: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const families = new Map<string, string[]>();
  await inBatches(people, slice, async (some) => {
    const found = await tx.many<{ person: string; family: string }>(sql`
      select m.person_id as person, m.family_id as family from record.family_member m where m.person_id = any (${some}::uuid[])
      order by m.family_id`);
    for (const { person, family } of found) families.set(person, [...(families.get(person) ?? []), family]);
  });
  return families;
}

/** What records that were made one with another are known as now; those that stand for themselves are left out. */
export async function mergedInto(tx: Rows, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const now = new Map<string, string>();
  await inBatches(ids, slice, async (some) => {
    const found = await tx.many<{ id: string; kept: string }>(sql`
      with recursive way (id, kept, step) as (
        select g.gone, g.kept, 1 from record.merge g where g.gone = any (${some}::uuid[]) and g.undone_at is null
        union all
        select way.id, g.kept, way.step + 1 from way join record.merge g on g.gone = way.kept and g.undone_at is null where way.step < 50
      ) select distinct on (id) id, kept from way order by id, step desc`);
    for (const { id, kept } of found) now.set(id, kept);
  });
  return now;
}

/** Families that are not on the record yet. */
export interface NewFamily {
  readonly id: string;
  readonly name: string;
  readonly locality: string | null;
  readonly decile: number | null;
}

export const writeNewFamilies = (tx: Rows, families: readonly NewFamily[]): Promise<void> =>
  inBatches(families, slice, (some) =>
    tx.run(sql`
      insert into record.family (id, name, locality, simd_decile)
      select id, name, locality, decile from jsonb_to_recordset(${jsonRows(some)}::jsonb)
        as r (id uuid, name text, locality text, decile smallint)`),
  );

/** Writes people who are not on the record yet, with their numbers, and joins them to their families. */
export const writeNewPeople = (tx: Rows, people: readonly SettledPerson[], source: string): Promise<void> =>
  inBatches(people, slice, async (some) => {
    const given = jsonRows(some);
    await tx.run(sql`
      insert into record.person (id, given_name, family_name, date_of_birth, gender, care_experienced)
      select id, "givenName", "familyName", born, gender, "careExperienced" from jsonb_to_recordset(${given}::jsonb)
        as r (id uuid, "givenName" text, "familyName" text, born date, gender text, "careExperienced" boolean)`);
    await writeMembers(tx, given);
    await writeNumbers(tx, given, source);
  });

const writeMembers = (tx: Rows, given: string) =>
  tx.run(sql`
    insert into record.family_member (family_id, person_id, part)
    select distinct on ("familyId", id) "familyId", id, part
    from jsonb_to_recordset(${given}::jsonb) as r ("familyId" uuid, id uuid, part text)
    where not exists (select from record.family_member m where m.family_id = r."familyId" and m.person_id = r.id)
    order by "familyId", id`);

const writeNumbers = (tx: Rows, given: string, source: string) =>
  tx.run(sql`
    insert into record.identifier (person_id, scheme, value, source)
    select r.id, n.scheme, n.value, ${source} from jsonb_to_recordset(${given}::jsonb) as r (id uuid, chi text, "socialWork" text)
    cross join lateral (values ('CHI', r.chi), ('social work', r."socialWork")) n (scheme, value)
    where n.value is not null
    on conflict (person_id, scheme, value) do nothing`);

/**
 * Adds to people who are on the record what an extract says besides: the name as it is spelled there, numbers, membership of its
 * family, and what the record does not know yet. Nothing that the record says is written over.
 */
export const addToPeople = (tx: Rows, people: readonly SettledPerson[], source: string): Promise<void> =>
  inBatches(people, slice, async (some) => {
    const given = jsonRows(some);
    await tx.run(sql`
      insert into record.person_name (person_id, kind, given_name, family_name, source)
      select distinct on (r.id, lower(r."givenName"), lower(r."familyName")) r.id, 'other spelling', r."givenName", r."familyName", ${source}
      from jsonb_to_recordset(${given}::jsonb) as r (id uuid, "givenName" text, "familyName" text) join record.person p on p.id = r.id
      where (lower(p.given_name), lower(p.family_name)) <> (lower(r."givenName"), lower(r."familyName"))
        and not exists (select from record.person_name n where n.person_id = r.id
          and (lower(n.given_name), lower(n.family_name)) = (lower(r."givenName"), lower(r."familyName")))
      order by 1, lower(r."givenName"), lower(r."familyName")`);
    await tx.run(sql`
      with r as (
        select id, min(born) as born, min(gender) as gender, bool_or("careExperienced") as care
        from jsonb_to_recordset(${given}::jsonb) as r (id uuid, born date, gender text, "careExperienced" boolean)
        group by id having count(distinct born) <= 1
      )
      update record.person p set gender = coalesce(p.gender, r.gender), care_experienced = p.care_experienced or r.care,
        date_of_birth = case when p.expected_on is null then coalesce(p.date_of_birth, r.born) else p.date_of_birth end, version = p.version + 1
      from r where p.id = r.id and ((p.gender is null and r.gender is not null) or (r.care and not p.care_experienced)
        or (p.date_of_birth is null and p.expected_on is null and (p.died_on is null or r.born <= p.died_on)))`);
    await writeMembers(tx, given);
    await writeNumbers(tx, given, source);
  });

/**
 * Gives people the home at their family's postcode, since when is not known. Somebody who is on the record gets it where their
 * homes leave time for it, after the last or before the first, unless they have lived at that postcode already. Nobody gets one
 * while an address of theirs, or of their family, must not be told: the extract may be what gives it away.
 */
export const writeHomes = (tx: Rows, people: readonly SettledPerson[], source: string): Promise<void> =>
  inBatches(people, slice, async (some) => {
    const given = jsonRows(
      some.map(({ id, familyId, family, postcode }) => ({
        id,
        familyId,
        postcode,
        address: addressOf(source, family),
      })),
    );
    await tx.run(sql`
      insert into record.address (id, postcode)
      select distinct r.address, r.postcode
      from jsonb_to_recordset(${given}::jsonb) as r (id uuid, "familyId" uuid, postcode text, address uuid)
        join record.family f on f.id = r."familyId" and not f.area_withheld
      where r.postcode is not null and not exists (select from record.home h join record.address a on a.id = h.address_id
        where h.person_id = r.id and (a.withheld or a.postcode = r.postcode))
      on conflict (id) do nothing`);
    await tx.run(sql`
      insert into record.home (person_id, address_id, during, source)
      select distinct on (r.id) r.id, a.id, case when had.many = 0 then daterange(null, null)
        when not had.open_end then daterange(had.last, null) else daterange(null, had.first) end, ${source}
      from jsonb_to_recordset(${given}::jsonb) as r (id uuid, "familyId" uuid, postcode text, address uuid)
        join record.family f on f.id = r."familyId" and not f.area_withheld
        join record.address a on a.id = r.address
        cross join lateral (
          select count(*) as many, max(upper(h.during)) as last, min(lower(h.during)) as first,
            bool_or(upper_inf(h.during)) as open_end, bool_or(lower_inf(h.during)) as open_start,
            bool_or(x.withheld or x.postcode = a.postcode) as enough
          from record.home h join record.address x on x.id = h.address_id where h.person_id = r.id) had
      where had.many = 0 or (not had.enough and not (had.open_end and had.open_start))
      order by r.id, a.id`);
  });

/** Children whom the same source gave before, by the record of their family. */
export async function childrenBefore(
  tx: Rows,
  families: readonly string[],
  source: string,
): Promise<{ id: string; familyId: string }[]> {
  const children: { id: string; familyId: string }[] = [];
  await inBatches(families, slice, async (some) => {
    children.push(
      ...(await tx.many<{ id: string; familyId: string }>(sql`
        select distinct m.person_id as id, m.family_id as "familyId"
        from record.family_member m join record.identifier i on i.person_id = m.person_id and i.scheme = 'social work' and i.source = ${source}
        where m.family_id = any (${some}::uuid[]) and m.part in ('child', 'young person')`)),
    );
  });
  return children;
}

/** Each two of the children of a family, and each of them with each who came before. */
function pairsOf(
  children: readonly SettledPerson[],
  before: readonly { id: string; familyId: string }[],
): { one: string; other: string }[] {
  const earlier = Map.groupBy(before, (each) => each.familyId);
  return [...Map.groupBy(children, (each) => each.family).values()].flatMap((of) =>
    of.flatMap((one, at) => {
      const others = [...of.slice(at + 1), ...(earlier.get(one.familyId) ?? [])].map(({ id }) => id);
      return others.filter((id) => id !== one.id).map((other) => ({ one: one.id, other }));
    }),
  );
}

/**
 * Joins the children of one family of the source as brothers and sisters, also with those whom the source gave `before`; each two
 * once. Where the record says already that two are brothers or sisters of some kind, it is left at that.
 */
export const joinBrothersAndSisters = (
  tx: Rows,
  children: readonly SettledPerson[],
  before: readonly { id: string; familyId: string }[],
  source: string,
): Promise<void> =>
  inBatches(pairsOf(children, before), slice, (pairs) =>
    tx.run(sql`
      insert into record.relationship (person_id, other_id, kind, source)
      select distinct least(r.one, r.other), greatest(r.one, r.other), 'brother or sister', ${source}
      from jsonb_to_recordset(${jsonRows(pairs)}::jsonb) as r (one uuid, other uuid)
      where not exists (select from record.relationship e
        where ((e.person_id = r.one and e.other_id = r.other) or (e.person_id = r.other and e.other_id = r.one))
          and (e.kind like '%brother or sister' or e.kind like '%-sister'))`),
  );

/** Puts pairs that may be one person on the list for somebody to look at, with what speaks for it and against it. */
export const askAbout = (tx: Rows, pairs: readonly Scored[]): Promise<void> =>
  inBatches(pairs, slice, (some) =>
    tx.run(sql`
      insert into record.same_person (one, other, probability, weight, explanation)
      select one, other, probability, weight, explanation
      from jsonb_to_recordset(${JSON.stringify(some.map((each) => ({ ...each, score: null, explanation: each.score.reasons() })))}::jsonb)
        as r (one uuid, other uuid, probability float8, weight float8, explanation jsonb)
      on conflict (one, other) do nothing`),
  );
