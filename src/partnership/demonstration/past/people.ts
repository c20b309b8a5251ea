import sql, { type Sql } from 'sql-template-tag';
import type { Rows } from '../../../platform/database/rows.ts';
import { jsonRows } from '../../../platform/import/index.ts';
import { madeId } from '../made-id.ts';
import { emailOf, localities } from '../partnership.ts';
import { givenNames, surnames } from '../words/past.ts';

// Families who were helped in years gone by: known by a number from 1, each with a child, a grown-up, or both. Whoever worked with
// them has left, and the organisation that kept their records is no more: they are in nobody's list, and nobody sees them without
// a reason.

/** Which numbers are whose: a span of families, both ends included. */
export const spans = {
  /** Young children with a parent; born from 2008 to 2017. */
  youngChildren: [1, 100],
  /** Young people with a parent; born from 2002 to 2005. */
  youngPeople: [101, 300],
  /** Care experienced children and young people; born from 2003 to 2010. */
  careExperienced: [301, 432],
  /** Young carers; born from 2003 to 2011. */
  youngCarers: [433, 582],
  /** Leavers of 2019/20 with additional support needs; born from 2001 to 2003. */
  leavers: [583, 699],
  /** Children of school age; born from 2008 to 2013. */
  atSchool: [700, 743],
  /** Leavers of 2010/11; born from 1992 to 1994. */
  leaversLongAgo: [744, 809],
  /** Grown-ups on their own; born from 1932 to 1961. */
  alone: [810, 1190],
} as const;

/** The numbers of a span, one after the other. */
export const numbersIn = ([from, to]: readonly [number, number]): number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at);

const years: readonly (readonly [span: keyof typeof spans, first: number, many: number])[] = [
  ['youngChildren', 2008, 10],
  ['youngPeople', 2002, 4],
  ['careExperienced', 2003, 8],
  ['youngCarers', 2003, 9],
  ['leavers', 2001, 3],
  ['atSchool', 2008, 6],
  ['leaversLongAgo', 1992, 3],
];

const inSpan = (span: keyof typeof spans, family: number): boolean =>
  family >= spans[span][0] && family <= spans[span][1];

/** The locality in which a family is counted. */
export const localityOf = (family: number): (typeof localities)[number] => {
  const found = localities[family % localities.length];
  if (found === undefined) throw new Error('no locality');
  return found;
};

/** Ids that are the same each time, from a number or a key in SQL. */
export const familyId = (family: Sql): Sql => madeId(sql`'past family ' || ${family}`);
export const personId = (who: Sql, family: Sql): Sql => madeId(sql`'past ' || ${who} || ' ' || ${family}`);
/** Whoever worked with them, and the team they were of. */
export const formerWorker = madeId(sql`'past worker'`);
export const formerTeam = madeId(sql`'past team'`);

interface Somebody {
  family: number;
  who: 'child' | 'adult';
  given: string;
  surname: string;
  born: string;
  part: string;
  care: boolean;
}

/** Everybody of a family. Nobody bears the given name and the surname of anybody else, nor a surname of families of today. */
function peopleOf(family: number): Somebody[] {
  const surname = surnames[family % surnames.length] ?? '';
  const turn = Math.floor(family / surnames.length);
  const bornIn = (year: number) =>
    `${year}-${String(1 + (family % 12)).padStart(2, '0')}-${String(1 + ((family * 5) % 28)).padStart(2, '0')}`;
  const span = years.find(([each]) => inSpan(each, family));
  const adult = (year: number, part: string): Somebody => ({
    family,
    who: 'adult',
    given: givenNames[givenNames.length - 1 - turn] ?? '',
    surname,
    born: bornIn(year),
    part,
    care: false,
  });
  if (span === undefined) return [adult(1932 + (family % 30), 'other')];
  const [which, first, many] = span;
  const year = first + (family % many);
  return [
    {
      family,
      who: 'child',
      given: givenNames[turn] ?? '',
      surname,
      born: bornIn(year),
      part: which === 'leavers' || which === 'leaversLongAgo' ? 'young person' : 'child',
      care: which === 'careExperienced',
    },
    adult(year - 24 - (family % 15), 'parent or carer'),
  ];
}

/** Fills the families of years gone by, with who worked with them until they left. */
export async function fillPastPeople(tx: Rows): Promise<void> {
  await tx.run(sql`
    insert into access.organisation (id, name, kind) values (${madeId(sql`'past organisation'`)}, 'Strathmorran partnership: records of earlier years', 'other')`);
  await tx.run(sql`
    insert into access.team (id, organisation_id, name, service)
    values (${formerTeam}, ${madeId(sql`'past organisation'`)}, 'Help of earlier years', 'earlier-years')`);
  await tx.run(sql`
    insert into access.post (id, team_id, role_id) values (${madeId(sql`'past post'`)}, ${formerTeam}, 'family-support-worker')`);
  await tx.run(sql`
    insert into access.account (id, name, email, created_at, left_at)
    values (${formerWorker}, 'Ishbel Farrar', ${emailOf('Ishbel Farrar')}, timestamptz '2010-04-01 09:00Z', timestamptz '2024-06-28 16:00Z')`);
  await tx.run(sql`
    insert into access.holding (id, account_id, post_id, during)
    values (${madeId(sql`'past holding'`)}, ${formerWorker}, ${madeId(sql`'past post'`)}, tstzrange('2010-04-01 09:00Z', '2024-06-28 16:00Z'))`);
  const families = numbersIn([1, spans.alone[1]]).map((family) => ({
    family,
    name: surnames[family % surnames.length],
    locality: localityOf(family),
    decile: 1 + ((family * 3) % 10),
  }));
  await tx.run(sql`
    insert into record.family (id, name, locality, simd_decile, created_at)
    select ${familyId(sql`r.family`)}, r.name, r.locality, r.decile, timestamptz '2010-06-01 09:00Z'
    from jsonb_to_recordset(${jsonRows(families)}::jsonb) as r (family integer, name text, locality text, decile smallint)`);
  const people = jsonRows(families.flatMap(({ family }) => peopleOf(family)));
  await tx.run(sql`
    insert into record.person (id, given_name, family_name, date_of_birth, care_experienced, created_at)
    select ${personId(sql`r.who`, sql`r.family`)}, r.given, r.surname, r.born, r.care, timestamptz '2010-06-01 09:00Z'
    from jsonb_to_recordset(${people}::jsonb) as r (family integer, who text, given text, surname text, born date, care boolean)`);
  // Compared with each other long ago: nobody bears the name of another. The search for records of one person begins with today's.
  await tx.run(sql`
    insert into record.match_checked (person_id, version, checked_at)
    select p.id, p.version, timestamptz '2024-06-28 16:00Z'
    from jsonb_to_recordset(${people}::jsonb) as r (family integer, who text)
      join record.person p on p.id = ${personId(sql`r.who`, sql`r.family`)}`);
  await tx.run(sql`
    insert into record.family_member (family_id, person_id, part)
    select ${familyId(sql`r.family`)}, ${personId(sql`r.who`, sql`r.family`)}, r.part
    from jsonb_to_recordset(${people}::jsonb) as r (family integer, who text, part text)`);
  await tx.run(sql`
    insert into access.reason (id, subject, holder, kind, scope, since, until)
    select ${madeId(sql`'past reason ' || r.family`)}, ${familyId(sql`r.family`)}, ${formerWorker}, 'allocated', 'practice',
      timestamptz '2010-06-01 10:00Z', timestamptz '2024-06-28 16:00Z'
    from jsonb_to_recordset(${jsonRows(families)}::jsonb) as r (family integer)`);
}
