import type pg from 'pg';
import { timed, withoutIndexes } from './bulk.ts';
import { sqlId, type WorldSize } from './ids.ts';
import { boys, girls, origins, rareParts, surnames } from './names.ts';

// Families, the people in them, and where they live. Two children and one or two adults each; in every fiftieth family the
// people of the next four as well, and in every five thousandth those of the next seventeen: about sixty people.

/** A number from 0 to 1 that looks like chance and is always the same for the same n. */
export const chance = (n: string, seed: number) =>
  `((hashint8extended((${n})::bigint, ${seed}) & 1099511627775)::float8 / 1099511627776)`;

const list = (names: readonly string[]) =>
  `array[${names.map((name) => `'${name.replaceAll("'", "''")}'`).join(',')}]`;

/** One of a list of the names of an origin: the first are the commonest. */
const oneOf = (names: Readonly<Record<string, readonly string[]>>, origin: string, drawn: string) =>
  `case ${origin} ${origins.map((each) => `when '${each}' then (${list(names[each] ?? [])})[1 + floor(${names[each]?.length ?? 1} * power(${drawn}, 1.9))::int]`).join(' ')} end`;

const towns = list([
  'Coatbridge',
  'Airdrie',
  'Wishaw',
  'Shotts',
  'Bellshill',
  'Motherwell',
  'Viewpark',
  'Newmains',
]);
const streets = list([
  'Main Street',
  'Kirk Wynd',
  'Harbour Road',
  'Station Road',
  'Mill Lane',
  'Bank Street',
  'Church Crescent',
  'Loch View',
  'Burn Place',
  'School Road',
]);

/** The names that people of a family have, in the table `bench_person` that lasts as long as the connection. */
const drawNames = (size: WorldSize, day: string) => `
  create temp table bench_family as
    select n, origin, case when origin in ('Scots', 'Gaelic') and ${chance('n', 2)} < 0.35
        then (${list(rareParts[0])})[1 + floor(${rareParts[0].length} * power(${chance('n', 3)}, 1.4))::int]
          || (${list(rareParts[1])})[1 + floor(${rareParts[1].length} * ${chance('n', 4)})::int]
          || (${list(rareParts[2])})[1 + floor(${rareParts[2].length} * power(${chance('n', 5)}, 1.4))::int]
        else ${oneOf(surnames, 'origin', chance('n', 6))} end as surname
    from (select n, case when ${chance('n', 1)} < 0.9 then 'Scots' when ${chance('n', 1)} < 0.92 then 'Gaelic' when ${chance('n', 1)} < 0.96 then 'Polish'
        when ${chance('n', 1)} < 0.985 then 'South Asian' else 'Ukrainian' end as origin from generate_series(1, ${size.families}) n) f;
  create unique index on bench_family (n);
  create temp table bench_person as
    select p.n, p.family, p.child, p.sex, f.origin,
      case p.sex when 'female' then ${oneOf(girls, 'f.origin', chance('p.n', 7))} else ${oneOf(boys, 'f.origin', chance('p.n', 7))} end
        || case when ${chance('p.n', 8)} < 0.04 and f.origin = 'Scots' then ' ' || (${list(girls.Scots)})[1 + floor(30 * ${chance('p.n', 9)})::int] else '' end as given,
      case when p.sex = 'female' then regexp_replace(own.surname, '(sk|ck|dzk)i$', '\\1a') else own.surname end as surname,
      case when p.child then ${day} - 200 - floor(6300 * ${chance('p.n', 10)})::int
        else ${day} - 7500 - floor(14000 * ${chance('p.n', 11)})::int end as born
    from (select n, (n - 1) % ${size.families} + 1 as family, n <= 2 * ${size.families} as child,
        case when ${chance('n', 12)} < 0.5 then 'female' else 'male' end as sex from generate_series(1, ${size.people}) n) p
      join bench_family f on f.n = p.family
      join bench_family own on own.n = case when ${chance('p.n', 13)} < case when p.child then 0.1 else 0.35 end
        then (p.family::bigint * 7919) % ${size.families} + 1 else p.family end;
  create unique index on bench_person (n);
  create index on bench_person (family);
  analyze bench_family;
  analyze bench_person`;

const members = (size: WorldSize) => `
  insert into record.family_member (family_id, person_id, part)
    select ${sqlId('family', 'p.family')}, ${sqlId('person', 'p.n')}, case when p.child then 'child' else 'parent or carer' end from bench_person p
    union all
    select ${sqlId('family', 'f.n')}, ${sqlId('person', 'p.n')}, case when p.child then 'child' else 'other' end
    from generate_series(50, ${size.families}, 50) f (n) cross join generate_series(1, case when f.n % 5000 = 0 then 17 else 4 end) k
      join bench_person p on p.family = f.n + k`;

/**
 * Writes families, people, addresses and homes. One address in two hundred is withheld, and with it the area of the families
 * there; one child in sixty lives with foster carers in another home.
 */
export async function fillPeople(
  superuser: pg.Client,
  size: WorldSize,
  day: string,
  say: (line: string) => void,
) {
  await timed(say, 'names', async () => superuser.query(drawNames(size, day)));
  const tables = ['family', 'person', 'family_member', 'address', 'home'].map((name) => `record.${name}`);
  await timed(
    say,
    `${size.families.toLocaleString('en-GB')} families of ${size.people.toLocaleString('en-GB')} people, and their homes`,
    () =>
      withoutIndexes(superuser, tables, async () => {
        await superuser.query(`
          insert into record.family (id, name, locality, simd_decile, area_withheld)
            select ${sqlId('family', 'n')}, surname, case when n % 200 <> 7 then (${towns})[n % 8 + 1] end,
              case when n % 200 <> 7 then n % 10 + 1 end, n % 200 = 7 from bench_family;
          insert into record.withheld_area (family_id, locality, simd_decile)
            select ${sqlId('family', 'n')}, (${towns})[n % 8 + 1], n % 10 + 1 from bench_family where n % 200 = 7;
          insert into record.address (id, lines, town, postcode, uprn, withheld, withheld_why, withheld_since)
            select ${sqlId('address', 'n')}, n % 190 + 1 || ' ' || (${streets})[n % 10 + 1], (${towns})[n % 8 + 1],
              'ML' || n % 12 + 1 || ' ' || n / 12 % 10 || chr(65 + n / 120 % 26) || chr(65 + n / 3120 % 26), (906000000000 + n)::text,
              n % 200 = 7, case when n % 200 = 7 then 'At risk' end, case when n % 200 = 7 then now() end
            from generate_series(1, ${size.families}) n;
          insert into record.person (id, given_name, family_name, date_of_birth, sex, care_experienced, what_matters, what_matters_on)
            select ${sqlId('person', 'n')}, given, surname, born, sex, n % 17 = 0,
              case when child and n % 5 = 0 then 'My dog Bramble, and that people tell me before they move things.' end,
              case when child and n % 5 = 0 then ${day} - 90 end from bench_person`);
        await superuser.query(members(size));
        await superuser.query(`
          insert into record.home (person_id, address_id, kind, during, source)
            select ${sqlId('person', 'n')}, ${sqlId('address', `case when away then family % ${size.families} + 1 else family end`)},
              case when away then 'foster home' else 'home' end, daterange(${day} - 400 - (n % 900), null), 'bench'
            from (select *, child and n % 30 = 11 as away from bench_person) p`);
      }),
  );
}
