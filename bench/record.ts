import type pg from 'pg';
import { runs, timed, withoutIndexes } from './bulk.ts';
import { sqlId, type WorldSize } from './ids.ts';
import { chance } from './people.ts';

// What the shared record holds besides people: their other names, numbers and languages, three relationships for each of them,
// the tables that searches look in, and five audit events for each.

const details = (day: string) => `
  insert into record.person_name (person_id, kind, given_name, family_name, during, source)
    select ${sqlId('person', 'p.n')}, case when p.child then 'known as' else 'previous' end, split_part(p.given, ' ', 1),
      f.surname, daterange(null, ${day} - 500), 'bench'
    from bench_person p join bench_family f on f.n = (p.family::bigint * 31) % (select count(*) from bench_family) + 1 where p.n % 12 = 0;
  insert into record.identifier (person_id, scheme, value, source)
    select ${sqlId('person', 'n')}, 'CHI', to_char(born, 'DDMMYY') || lpad((n % 10000)::text, 4, '0'), 'bench' from bench_person where child or n % 3 = 0;
  insert into record.identifier (person_id, scheme, value, source)
    select ${sqlId('person', 'n')}, 'school', 'S' || n, 'bench' from bench_person where child;
  insert into record.contact (person_id, kind, value, source)
    select ${sqlId('person', 'n')}, 'phone', '07700 9' || lpad((n % 100000)::text, 5, '0'), 'bench' from bench_person where not child;
  insert into record.language (person_id, language, first)
    select ${sqlId('person', 'n')}, case origin when 'South Asian' then 'Urdu' else origin end, true from bench_person where origin <> 'Scots';
  insert into record.care_experience (person_id, kind, during, source)
    select ${sqlId('person', 'n')}, 'foster care', daterange(${day} - 900, ${day} - 100), 'bench' from bench_person where n % 17 = 0`;

/**
 * Ten relationships for each family: in it, and with the next and the next but one of the four families that are kin. Adults of
 * one are aunts and uncles, and grandparents, in the others.
 */
const relationships = ({ families, people }: WorldSize) => {
  const whole = Math.floor(families / 4) * 4;
  const person = (part: number, family: string) => `${part * families} + ${family}`;
  const next = '((f - 1) / 4 * 4 + f % 4 + 1)';
  const afterNext = '((f - 1) / 4 * 4 + (f + 1) % 4 + 1)';
  const other = `((f::bigint * 7919) % ${families} + 1)`;
  const pairs: [string, string, string, string][] = [
    [person(2, 'f'), person(0, 'f'), `'parent'`, 'true'],
    [person(2, 'f'), person(1, 'f'), `'parent'`, 'true'],
    [person(3, 'f'), person(0, 'f'), `'parent'`, 'true'],
    [person(3, 'f'), person(1, 'f'), `case when f % 3 = 0 then 'step-parent' else 'parent' end`, 'true'],
    [person(0, 'f'), person(1, 'f'), `'brother or sister'`, 'f % 3 <> 0'],
    [person(2, 'f'), person(3, 'f'), `'partner'`, 'true'],
    [person(2, next), person(0, 'f'), `'aunt or uncle'`, 'true'],
    [person(2, next), person(1, 'f'), `'aunt or uncle'`, 'true'],
    [person(0, 'f'), person(0, next), `'cousin'`, 'true'],
    [person(1, 'f'), person(1, next), `'cousin'`, 'f % 3 = 0'],
    [person(2, 'f'), person(2, next), `'brother or sister'`, 'true'],
    [person(2, afterNext), person(0, 'f'), `'grandparent'`, 'true'],
    [person(0, 'f'), person(1, afterNext), `'half-brother or half-sister'`, 'f % 4 = 0'],
    [person(2, other), person(0, 'f'), `'important adult'`, `${other} <> f`],
  ];
  return `
  insert into record.relationship (person_id, other_id, kind, during, rights, ended_how, source)
    select ${sqlId('person', 'r.one')}, ${sqlId('person', 'r.two')}, r.kind,
      case when r.kind = 'partner' and r.f % 12 = 0 then daterange(date '2012-05-01', date '2021-09-01') else daterange(null, null) end,
      case when r.kind = 'parent' then r.f % 9 <> 0 end, case when r.kind = 'partner' and r.f % 12 = 0 then 'separated' end, 'bench'
    from (${pairs.map(([one, two, kind, when]) => `select f, ${one} as one, ${two} as two, ${kind} as kind from generate_series(1, ${whole}) f where ${when}`).join(' union all ')}) r
    where r.one <= ${people} and r.two <= ${people}`;
};

/**
 * What record.index_people writes for each person, but each name folded once however many people have it.
 */
const search = `
  create temp table bench_word as
    select name, part, record.fold_name(name) as folded, record.name_words(name) as words
    from (select name, bool_or(part) as part from (select given as name, true as part from bench_person union select surname, true from bench_person
      union select given_name, true from record.person_name union select family_name, true from record.person_name
      union select given_name || ' ' || family_name, false from record.person_name) each group by name) names;
  create unique index on bench_word (name);
  analyze bench_word;
  insert into record.search_name (person_id, folded, given, family, tokens, born)
    select id, folded, given, family, array(select distinct word from unnest(given || family) word), born from (
      select ${sqlId('person', 'p.n')} as id, ' ' || g.folded || ' ' || f.folded || ' |' || coalesce(' ' || o.folded, '') as folded,
        g.words || coalesce(og.words, '{}') as given, f.words || coalesce(fo.words, '{}') as family, p.born
      from bench_person p join bench_word g on g.name = p.given join bench_word f on f.name = p.surname
        left join record.person_name n on n.person_id = ${sqlId('person', 'p.n')}
        left join bench_word o on o.name = n.given_name || ' ' || n.family_name
        left join bench_word og on og.name = n.given_name left join bench_word fo on fo.name = n.family_name) each;
  insert into record.search_word (word, keys)
    select word, record.word_sounds(word) || record.word_slips(word)
    from (select distinct unnest(words) as word from bench_word where part) w where length(word) > 1`;

/**
 * Reads of eleven months by the practitioner of each family, some families more often than others. Of twenty, eleven are of a
 * person, five of a family, two of its map; one is a search that found eight people, and one a list of fifty families.
 */
const events = (size: WorldSize, day: string, from: number, to: number) => {
  const family = 'e.family';
  const worker = `least((${family} - 1) / ${size.familiesEach} + 1, ${size.practitioners})`;
  return `
  insert into audit.event (id, at, kind, name, account_id, session_id, about, reasons, from_address, request_id, detail)
    select uuidv7(e.at - now()), e.at, 'read',
      case when e.what <= 10 then 'people.open' when e.what <= 15 then 'families.open' when e.what <= 17 then 'relationships.map'
        when e.what = 18 then 'people.find' else 'families.mine' end,
      ${sqlId('account', worker)}, ${sqlId('account', worker)},
      case when e.what <= 10 then array[${sqlId('person', `${family} + (e.n % 3) * ${size.families}`)}]
        when e.what <= 17 then array[${sqlId('family', family)}]
        when e.what = 18 then array(select ${sqlId('person', `1 + (e.n * 7919 + k * 104729) % ${size.people}`)} from generate_series(1, 8) k)
        else array(select ${sqlId('family', `least((${worker} - 1) * ${size.familiesEach} + 1 + ((e.n / 20) % 3) * 50 + k, ${size.families})`)} from generate_series(0, 49) k) end,
      case when e.what <= 10 or e.what = 18 then '{}'::text[] else '{allocated}' end, '10.1.2.3', ${sqlId('account', 'e.n')}, '{"rows": 1}'
    from (select n, (n % 20)::int as what, 1 + floor(${size.families} * power(${chance('n', 21)}, 1.5))::int as family,
        ${day}::timestamptz - interval '330 days' + n * (interval '329 days' / ${5 * size.people}) as at
      from generate_series(${from}::bigint, ${to}::bigint) n) e`;
};

/** Fails unless the rows that searches look in are those that the record itself would write. */
async function checkSearch(superuser: pg.Client, size: WorldSize) {
  const ids = `array(select ${sqlId('person', `1 + n * 4973 % ${size.people}`)} from generate_series(1, 300) n)`;
  const { rows } = await superuser
    .query(`
    begin;
    create temp table before on commit drop as select * from record.search_name where person_id = any (${ids});
    delete from record.search_name where person_id = any (${ids});
    select record.index_people(${ids});
    select count(*)::int as many from before b join record.search_name s using (person_id)
      where (s.folded, s.given, s.family, s.born) is distinct from (b.folded, b.given, b.family, b.born)
        or not (s.tokens @> b.tokens and b.tokens @> s.tokens);
    rollback`)
    .then((results) => (results as unknown as pg.QueryResult<{ many: number }>[])[4] ?? { rows: [] });
  if (rows[0]?.many !== 0)
    throw new Error(`${rows[0]?.many} rows of search_name are not what the record would write`);
}

/** Fills the rest of the record, in bulk, after fillPeople on the same connection. */
export async function fillRecord(
  superuser: pg.Client,
  size: WorldSize,
  day: string,
  say: (line: string) => void,
) {
  const record = (names: readonly string[]) => names.map((name) => `record.${name}`);
  await timed(say, 'other names, numbers, ways to reach them', () =>
    withoutIndexes(
      superuser,
      record(['person_name', 'identifier', 'contact', 'language', 'care_experience']),
      async () => {
        await superuser.query(details(day));
      },
    ),
  );
  await timed(say, `${(3 * size.people).toLocaleString('en-GB')} relationships`, () =>
    withoutIndexes(superuser, ['record.relationship'], async () => {
      const written = await superuser.query(relationships(size));
      say(`    ${written.rowCount?.toLocaleString('en-GB')} written`);
    }),
  );
  await timed(say, 'what searches look in', () =>
    withoutIndexes(superuser, ['record.search_word'], () =>
      withoutIndexes(superuser, ['record.search_name'], async () => {
        await superuser.query(
          `set session_replication_role = replica; set work_mem = '128MB'; ${search}; reset work_mem`,
        );
      }),
    ),
  );
  await checkSearch(superuser, size);
  await superuser.query(
    `select audit.make_month(((date_trunc('month', ${day}) - m * interval '1 month'))::date) from generate_series(0, 11) m`,
  );
  await timed(say, `${(5 * size.people).toLocaleString('en-GB')} audit events, and their indexes`, () =>
    withoutIndexes(superuser, ['audit.event'], async () => {
      for (const { from, to } of runs(5 * size.people, 500_000))
        await timed(say, `  events to ${to.toLocaleString('en-GB')}`, async () =>
          superuser.query(events(size, day, from, to)),
        );
    }),
  );
}
