import type { z } from 'zod';
import type { Comparable } from './matching/comparable.ts';
import { type Score, score } from './matching/score.ts';
import type { likely } from './queries.ts';
import type { Wanted } from './records.ts';

export type { Wanted } from './records.ts';

/** Somebody likely enough to be shown to whoever is about to add a person: lower than for asking later, since it costs a glance. */
const worthShowing = 0.02;

const asComparable = ({ givenName, familyName, born, chi, postcode }: Wanted): Comparable => ({
  id: '',
  givenName,
  familyName,
  otherNames: [],
  born: born ?? null,
  birthKnown: 'day',
  sex: null,
  chi: chi === undefined ? [] : [chi],
  scn: [],
  postcodes: postcode === undefined ? [] : [postcode],
  families: [],
  relatives: [],
  parents: [],
  part: null,
});

export interface LikelyPerson {
  facts: Comparable;
  family: string;
  familyName: string;
  score: Score;
}

/** Those of the people found who may be the one wanted, the likeliest first; ten at most. */
export function nearestFirst(wanted: Wanted, rows: readonly z.output<typeof likely.row>[]): LikelyPerson[] {
  const described = asComparable(wanted);
  return rows
    .flatMap(({ facts, family, family_name }) =>
      facts === null || family === null || family_name === null
        ? []
        : [{ facts, family, familyName: family_name, score: score(described, facts, { records: 1 }) }],
    )
    .filter(({ score: { probability } }) => probability >= worthShowing)
    .sort((a, b) => b.score.weight - a.score.weight)
    .slice(0, 10);
}
