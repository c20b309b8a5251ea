import type { Rows } from '../../platform/database/rows.ts';
import { worthAsking } from '../duplicates/matching/parameters.ts';
import { joinFamilies, linkPeople } from './linking.ts';
import { evidenceFor, type Scored } from './matching.ts';
import type { IncomingFamily, IncomingPerson } from './people.ts';
import { familiesOfPeople, type SettledPerson } from './records.ts';

/** Everybody in an extract with the record they are to have, and which of them were there before. */
export interface Arrived {
  readonly people: readonly SettledPerson[];
  /** Those who get a record of their own. */
  readonly fresh: readonly SettledPerson[];
  /** Those taken to be somebody on the record, or on an earlier row. */
  readonly matched: readonly SettledPerson[];
  /** By the family's id in the source: its record. */
  readonly families: ReadonlyMap<string, string>;
  /** The arriving families that joined one on the record, by their id in the source. */
  readonly joined: ReadonlySet<string>;
  /** Pairs for somebody to look at. */
  readonly ask: readonly Scored[];
}

/**
 * Finds who in an extract is on the record already, by the model of `duplicates/` and the rules of linking.ts, and which families
 * they belong to. Writes nothing. The transaction has stated the purpose `import`.
 */
export async function findOnRecord(
  tx: Rows,
  people: readonly IncomingPerson[],
  families: readonly IncomingFamily[],
): Promise<Arrived> {
  const evidence = await evidenceFor(tx, people);
  const { same, ask } = linkPeople(people, evidence, worthAsking);
  const known = new Set([...same.values()]);
  const inFamilies = await familiesOfPeople(tx, [...known]);
  const members = Map.groupBy(people, (each) => each.family);
  const newOnes = families.filter((each) => !each.known);
  const joined = joinFamilies(
    newOnes.map(({ target, family }) => ({
      target,
      people: (members.get(family) ?? []).map((each) => each.target),
    })),
    same,
    (person) => inFamilies.get(person) ?? [],
  );
  const familyIds = new Map(families.map(({ family, target }) => [family, joined.get(target) ?? target]));
  const settled = people.map((each) => {
    const familyId = familyIds.get(each.family);
    if (familyId === undefined) throw new Error('somebody arrives in a family that is not given');
    return { ...each, id: same.get(each.target) ?? each.target, familyId };
  });
  return {
    people: settled,
    fresh: settled.filter((each) => each.id === each.target),
    matched: settled.filter((each) => each.id !== each.target),
    families: familyIds,
    joined: new Set(newOnes.filter(({ target }) => joined.has(target)).map(({ family }) => family)),
    ask,
  };
}
