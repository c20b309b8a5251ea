import type { Client } from 'pg';
import sql from 'sql-template-tag';
import type { Pools } from '../../../platform/database/connect.ts';
import { prepared } from '../../../platform/database/rows.ts';
import { findDuplicates } from '../job.ts';
import { worthAsking } from '../matching/parameters.ts';
import type { MadePeople } from './people.ts';

// Made people of whom it is known which records are of one person: how many of them the matching finds, and how many it is wrong about.

async function loadMade(superuser: Client, made: MadePeople): Promise<Map<string, number>> {
  const { people } = made;
  const run = (statement: ReturnType<typeof sql>) => superuser.query(prepared(statement));
  const ids = (
    await superuser.query<{ id: string }>(
      `select uuidv7() as id from generate_series(1, ${people.length + made.families})`,
    )
  ).rows.map((row) => row.id);
  const families = ids.slice(people.length);
  const idOf = (at: number) => ids[at] ?? '';
  // Other areas' triggers have nothing to do with what is tried here.
  await superuser.query('set session_replication_role = replica');
  await run(
    sql`insert into record.family (id, name) select id, 'A family' from unnest(${families}::uuid[]) id`,
  );
  await run(sql`
    insert into record.person (id, given_name, family_name, date_of_birth, birth_known, sex)
    select * from unnest(${people.map(({ at }) => idOf(at))}::uuid[], ${people.map((each) => each.givenName)}::text[],
      ${people.map((each) => each.familyName)}::text[], ${people.map((each) => each.born)}::date[],
      ${people.map((each) => each.birthKnown)}::text[], ${people.map((each) => each.sex)}::text[])`);
  await run(sql`
    insert into record.family_member (family_id, person_id, part)
    select * from unnest(${people.map((each) => families[each.family])}::uuid[], ${people.map(({ at }) => idOf(at))}::uuid[],
      ${people.map((each) => each.part)}::text[])`);
  const housed = people.filter((each) => each.postcode !== null);
  await run(sql`
    with place as (
      insert into record.address (lines, postcode) select '1 High Street', postcode from (
        select distinct postcode from unnest(${housed.map((each) => each.postcode)}::text[]) postcode) codes returning id, postcode)
    insert into record.home (person_id, address_id)
    select h.person, place.id from unnest(${housed.map(({ at }) => idOf(at))}::uuid[], ${housed.map((each) => each.postcode)}::text[])
      h (person, postcode) join place on place.postcode = h.postcode`);
  const numbered = people.filter((each) => each.chi !== null);
  await run(sql`
    insert into record.identifier (person_id, scheme, value)
    select person, 'CHI', value from unnest(${numbered.map(({ at }) => idOf(at))}::uuid[], ${numbered.map((each) => each.chi)}::text[]) n (person, value)`);
  const named = people.flatMap((each) => each.otherNames.map((name) => ({ at: each.at, ...name })));
  await run(sql`
    insert into record.person_name (person_id, kind, given_name, family_name)
    select person, 'previous', given, family from unnest(${named.map(({ at }) => idOf(at))}::uuid[],
      ${named.map((each) => each.givenName)}::text[], ${named.map((each) => each.familyName)}::text[]) n (person, given, family)`);
  await superuser.query('set session_replication_role = origin');
  await superuser.query('analyze');
  return new Map(people.map(({ at }) => [idOf(at), at]));
}

const keyOf = (one: number, other: number) => `${Math.min(one, other)} ${Math.max(one, other)}`;

/** Every two records of one person. */
function truth({ people }: MadePeople): Set<string> {
  const records = Map.groupBy(people, (each) => each.sameAs);
  return new Set(
    [...records.values()].flatMap((of) =>
      of.flatMap((one, index) => of.slice(index + 1).map((other) => keyOf(one.at, other.at))),
    ),
  );
}

export interface Labelled {
  records: number;
  truePairs: number;
  found: number;
  /** Of those found, how many are right; of the true ones, how many are found. */
  precision: number;
  recall: number;
  /** Pairs that somebody is asked about. */
  asked: number;
  lookAlikes: MadePeople['lookAlikes'];
  /** Twins, brothers and sisters, or a father and son, taken to be one person. */
  takenForOne: MadePeople['lookAlikes'];
  /** Seconds that finding them took, on this machine. */
  seconds: number;
}

/** Writes made people into an empty database, looks for second records as the nightly job does, and counts. */
export async function tryMatching(
  { superuser, pools }: { superuser: Client; pools: Pick<Pools, 'owner'> },
  made: MadePeople,
): Promise<Labelled> {
  const at = await loadMade(superuser, made);
  const started = performance.now();
  await findDuplicates(pools);
  const seconds = (performance.now() - started) / 1000;
  const { rows } = await superuser.query<{ one: string; other: string; probability: number }>(
    'select one, other, probability from record.same_person',
  );
  const found = new Set(
    rows
      .filter(({ probability }) => probability >= worthAsking)
      .map(({ one, other }) => keyOf(at.get(one) ?? -1, at.get(other) ?? -1)),
  );
  const same = truth(made);
  const right = [...found].filter((pair) => same.has(pair)).length;
  return {
    records: made.people.length,
    truePairs: same.size,
    found: found.size,
    precision: right / found.size,
    recall: right / same.size,
    asked: rows.length,
    lookAlikes: made.lookAlikes,
    takenForOne: made.lookAlikes.filter(({ one, other }) => found.has(keyOf(one, other))),
    seconds,
  };
}

/** The result in one line. */
export const labelledText = ({
  records,
  truePairs,
  found,
  precision,
  recall,
  asked,
  lookAlikes,
  takenForOne,
  seconds,
}: Labelled): string =>
  `${records} records, ${truePairs} true pairs, ${found} found, precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}, ` +
  `${asked} to look at, ${lookAlikes.length} look-alikes of which ${takenForOne.length} taken for one, ${seconds.toFixed(1)} s`;
