import sql from 'sql-template-tag';
import { z } from 'zod';
import type { Rows } from '../../platform/database/rows.ts';
import { inBatches, jsonRows } from '../../platform/import/index.ts';
import type { Comparable, NameShares } from '../duplicates/matching/comparable.ts';
import { foldName } from '../duplicates/matching/names.ts';
import { worthAsking } from '../duplicates/matching/parameters.ts';
import { type Score, score } from '../duplicates/matching/score.ts';
import { comparable } from '../duplicates/rules.ts';
import type { Evidence } from './linking.ts';
import type { IncomingPerson } from './people.ts';
import { pairsWithin } from './within.ts';

/** For how many people at once what is known of their candidates is held in memory. */
const batch = 1_000;

/** Evidence with the score it rests on, so that somebody who is asked can be told why. */
export interface Scored extends Evidence {
  readonly score: Score;
}

/** The people of an extract in the form in which records are compared, with who arrives in the same family. */
function comparables(people: readonly IncomingPerson[]): Comparable[] {
  const families = Map.groupBy(people, (each) => each.family);
  return people.map((who) => {
    const others = (families.get(who.family) ?? []).filter((each) => each !== who);
    return {
      id: who.target,
      givenName: who.givenName,
      familyName: who.familyName,
      otherNames: [],
      born: who.born,
      birthKnown: 'day',
      sex: null,
      chi: who.chi === null ? [] : [who.chi],
      scn: [],
      postcodes: who.postcode === null ? [] : [who.postcode],
      families: [who.family],
      relatives: others.map((each) => each.target),
      parents: others
        .filter((each) => each.part === 'parent or carer')
        .map((each) => foldName(`${each.givenName} ${each.familyName}`)),
      part: who.part,
    };
  });
}

/** How often each name occurs on the record and in the extract together, and among how many people. */
async function sharesWith(
  tx: Rows,
  people: readonly IncomingPerson[],
): Promise<{ shares: NameShares; records: number }> {
  const counted = await tx.many<{ kind: 'given' | 'family'; name: string; many: number }>(sql`
    select 'given' as kind, given_name as name, count(*)::int as many from record.person group by given_name
    union all
    select 'family', family_name, count(*)::int from record.person group by family_name`);
  const counts = { given: new Map<string, number>(), family: new Map<string, number>() };
  let records = people.length;
  const count = (kind: 'given' | 'family', name: string, many: number) => {
    const folded = foldName(name);
    counts[kind].set(folded, (counts[kind].get(folded) ?? 0) + many);
  };
  for (const { kind, name, many } of counted) {
    count(kind, name, many);
    if (kind === 'given') records += many;
  }
  for (const { givenName, familyName } of people) {
    count('given', givenName, 1);
    count('family', familyName, 1);
  }
  const shared = (of: ReadonlyMap<string, number>) =>
    new Map([...of].filter(([, many]) => many >= 5).map(([name, many]) => [name, many / records]));
  return { shares: { given: shared(counts.given), family: shared(counts.family) }, records };
}

/** How each name roughly sounds, by the function with which the record is searched. */
async function soundsOf(tx: Rows, people: readonly IncomingPerson[]): Promise<(name: string) => string> {
  const names = [...new Set(people.flatMap((each) => [each.givenName, each.familyName]))];
  const sounds = new Map<string, string>();
  await inBatches(names, batch, async (some) => {
    const found = await tx.many<{ name: string; sound: string }>(
      sql`select name, record.match_sound(name) as sound from unnest(${some}::text[]) name`,
    );
    for (const { name, sound } of found) sounds.set(name, sound);
  });
  return (name) => sounds.get(name) ?? name;
}

const foundRow = z.object({ one: z.uuid(), other: z.uuid() });
const factRow = z.object({ id: z.uuid(), facts: comparable, closed: z.boolean() });

const named = ['exact', 'alike', 'near', 'far', 'swapped'];
const besidesNames = [
  'birth same',
  'birth swapped',
  'chi same',
  'scn same',
  'home same',
  'relatives shared',
  'relatives parent',
];

/** Whether the given names agree, and something besides names does. */
function agreeEnough(scored: Score): boolean {
  const found = scored.reasons();
  return (
    found.some(({ comparison, level }) => comparison === 'given' && named.includes(level)) &&
    found.some(({ comparison, level }) => besidesNames.includes(`${comparison} ${level}`))
  );
}

const differ = (ones: readonly string[], others: readonly string[]) =>
  ones.length > 0 && others.length > 0 && !ones.some((each) => others.includes(each));

/**
 * What the model says of everybody who arrives: against the record, by the candidates that `record.match_arriving` gives, and
 * against the earlier rows of the extract. Only what is worth asking about. The caller has stated its purpose.
 */
export async function evidenceFor(tx: Rows, people: readonly IncomingPerson[]): Promise<Scored[]> {
  const known = await sharesWith(tx, people);
  const arriving = comparables(people);
  const byId = new Map(arriving.map((each) => [each.id, each]));
  const evidence: Scored[] = [];
  const hold = (one: Comparable, other: Comparable, closed: boolean) => {
    const scored = score(one, other, known);
    if (scored.probability < worthAsking) return;
    const { probability, weight } = scored;
    const conflict = differ(one.chi, other.chi) || differ(one.scn, other.scn);
    const agree = agreeEnough(scored);
    evidence.push({
      one: one.id,
      other: other.id,
      probability,
      weight,
      conflict,
      agree,
      closed,
      score: scored,
    });
  };
  for (const [later, earlier] of pairsWithin(arriving, await soundsOf(tx, people)))
    hold(later, earlier, false);
  // With nobody on the record before, there is nobody to look for.
  if (known.records === people.length) return evidence;
  const found = await tx.rows(
    foundRow,
    sql`select m.one, m.other from record.match_arriving(${jsonRows(people)}::jsonb) m order by m.one, m.other`,
  );
  const candidates = [...Map.groupBy(found, (each) => each.one)];
  await inBatches(candidates, batch, async (some) => {
    const others = some.flatMap(([, pairs]) => pairs.map((each) => each.other));
    const facts = await factsOf(tx, [...new Set(others)]);
    for (const [one, pairs] of some) {
      const who = byId.get(one);
      for (const { other } of pairs) {
        const them = facts.get(other);
        if (who && them) hold(who, them.facts, them.closed);
      }
    }
  });
  return evidence;
}

async function factsOf(tx: Rows, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, z.output<typeof factRow>>();
  const rows = await tx.rows(
    factRow,
    sql`
    select f.id, f.facts, access.is_restricted(f.id)
      or exists (select from record.family_member m where m.person_id = any (array[f.id]) and access.is_restricted(m.family_id)) as closed
    from record.match_facts(${ids}::uuid[]) f`,
  );
  return new Map(rows.map((each) => [each.id, each]));
}
