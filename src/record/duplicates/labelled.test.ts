import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { prepared } from '../../platform/database/rows.ts';
import { type TestDatabase, testDatabase } from '../../platform/testing/database.ts';
import { findDuplicates } from './job.ts';
import { likelySame } from './matching/parameters.ts';
import { type MadePeople, makePeople } from './testing/people.ts';

// Parameters and rules were tuned on seed 1, which is not tried here.
const seeds = [2026, 7741];

async function load(database: TestDatabase, made: MadePeople): Promise<Map<string, number>> {
  const { superuser } = database;
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

test.each(seeds)(
  'of 20,000 people and their second records, 98 in 100 found are right and 95 in 100 are found (seed %i)',
  async (seed) => {
    const database = await testDatabase();
    try {
      const made = makePeople(seed, 20_000);
      const at = await load(database, made);
      const started = performance.now();
      await findDuplicates(database.pools);
      const seconds = (performance.now() - started) / 1000;
      const { rows } = await database.superuser.query<{ one: string; other: string; probability: number }>(
        'select one, other, probability from record.same_person',
      );
      const found = new Set(
        rows
          .filter(({ probability }) => probability >= likelySame)
          .map(({ one, other }) => keyOf(at.get(one) ?? -1, at.get(other) ?? -1)),
      );
      const same = truth(made);
      const right = [...found].filter((pair) => same.has(pair)).length;
      const [precision, recall] = [right / found.size, right / same.size];
      console.log(
        `seed ${seed}: ${made.people.length} records, ${same.size} true pairs, ${found.size} found, precision ${precision.toFixed(4)}, ` +
          `recall ${recall.toFixed(4)}, ${rows.length} to look at, ${made.lookAlikes.length} look-alikes, ${seconds.toFixed(1)} s`,
      );
      expect(made.people.length).toBeGreaterThan(20_000);
      const merged = made.lookAlikes.filter(({ one, other }) => found.has(keyOf(one, other)));
      expect(merged).toEqual([]);
      expect(made.lookAlikes.filter(({ why }) => why === 'twins').length).toBeGreaterThan(200);
      expect(made.lookAlikes.filter(({ why }) => why === 'father and son').length).toBeGreaterThan(200);
      expect(precision).toBeGreaterThanOrEqual(0.98);
      expect(recall).toBeGreaterThanOrEqual(0.95);
    } finally {
      await database.close();
    }
  },
  300_000,
);
