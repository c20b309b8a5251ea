import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { transaction } from '../../platform/database/transaction.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { misspelt, type Row, randomFrom } from './testing.ts';

// Everybody at once and one after another: the candidates are the same.

const database = await testDatabase();
afterAll(() => database.close());

const random = randomFrom(20261122);
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
const given = [
  'Isla',
  'Ailsa',
  'Mairi',
  'Mhairi',
  'Rory',
  'Ruairidh',
  'John',
  'Iain',
  'Zofia',
  'Sofia',
  'Baby',
  '',
];
const last = ['Smith', 'Smyth', 'MacLeod', 'McLeod', 'Reid', 'Reed', 'Tulloch', 'Zieliński', 'Khan', 'Isla'];
const day = () =>
  Temporal.PlainDate.from({
    year: 2004 + Math.floor(random() * 6),
    month: 1 + Math.floor(random() * 12),
    day: 1 + Math.floor(random() * 28),
  }).toString();
const chis = Array.from({ length: 40 }, (_, at) => String(1_000_000_000 + at));

const someone = (at: number): Row => ({
  id: `P${at}`,
  family: `F${Math.floor(at / 3)}`,
  given: pick(given) || 'Nell',
  last: pick(last),
  born: random() < 0.1 ? '' : day(),
  gender: '',
  chi: random() < 0.1 ? pick(chis) : '',
  part: 'child',
  postcode: random() < 0.5 ? `ML1 ${Math.floor(random() * 9)}AA` : '',
});
const known = Array.from({ length: 600 }, (_, at) => someone(at));

beforeAll(async () => {
  for (const [at, row] of known.entries()) {
    const person = `00000000-0000-7000-8000-${String(at).padStart(12, '0')}`;
    await database.superuser.query(
      'insert into record.person (id, given_name, family_name, date_of_birth) values ($1, $2, $3, $4)',
      [person, row.given, row.last, row.born || null],
    );
    if (row.chi)
      await database.superuser.query(
        `insert into record.identifier (person_id, scheme, value) values ($1, 'CHI', $2)`,
        [person, row.chi],
      );
    if (row.postcode)
      await database.superuser.query(
        `with a as (insert into record.address (postcode, withheld, withheld_why, withheld_since)
           values ($2, $3, case when $3 then 'Not told' end, case when $3 then now() end) returning id)
         insert into record.home (person_id, address_id) select $1, id from a`,
        [person, row.postcode, at % 7 === 0],
      );
  }
});

test('match_arriving finds for each of many whom match_candidates finds for one', async () => {
  const arriving = known.flatMap((row, at) => {
    const made = row.born === '' || row.given.length < 3 ? row : misspelt(random, row);
    return at % 3 === 0 ? [made] : at % 3 === 1 ? [someone(at)] : [];
  });
  const people = arriving.map((row, at) => ({
    target: `00000000-0000-7000-9000-${String(at).padStart(12, '0')}`,
    givenName: row.given,
    familyName: row.last,
    born: row.born || null,
    chi: row.chi || null,
    postcode: row.postcode || null,
  }));
  const given = JSON.stringify(people);
  const [many, one] = await transaction(database.pools.owner, [], async (tx) => {
    await tx.run(sql`select set_config('kith.purpose', 'import', true)`);
    const pairs = sql`order by 1, 2`;
    return [
      await tx.many<{ one: string; other: string }>(
        sql`select one, other from record.match_arriving(${given}::jsonb) ${pairs}`,
      ),
      await tx.many<{ one: string; other: string }>(sql`
        select r.target as one, c.id as other
        from jsonb_to_recordset(${given}::jsonb) as r (target uuid, "givenName" text, "familyName" text, born date, chi text, postcode text)
        cross join lateral record.match_candidates(array[r."givenName"], array[r."familyName"], r.born, array_remove(array[r.chi], null),
          '{}', array_remove(array[r.postcode], null), '{}') c (id) ${pairs}`),
    ];
  });
  expect(one.length).toBeGreaterThan(1000);
  expect(many).toEqual(one);
});

test('a birthday or a name that is a filler is left out, and the rest is found', async () => {
  const person = {
    target: '00000000-0000-7000-9000-000000000001',
    givenName: 'Isla',
    familyName: 'Smith',
    born: '2004-05-05',
    chi: '1000000001',
    postcode: null,
  };
  const counted = (filler: number) =>
    transaction(database.pools.owner, [], async (tx) => {
      await tx.run(sql`select set_config('kith.purpose', 'import', true)`);
      const found = await tx.many<{ other: string }>(
        sql`select other from record.match_arriving(${JSON.stringify([person])}::jsonb, ${filler})`,
      );
      return found.length;
    });
  expect(await counted(0)).toBe(known.filter(({ chi }) => chi === '1000000001').length);
  expect(await counted(3000)).toBeGreaterThan(await counted(0));
});
