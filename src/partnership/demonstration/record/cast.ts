import { moment } from '../calendar.ts';
import type { Person } from '../families.ts';
import { heritages } from '../names.ts';
import type { Household } from '../plan.ts';
import { type Dice, dice, idMaker } from '../random.ts';
import type { Staff } from '../staff.ts';
import type { Filled, Row, TableName } from '../tables.ts';

export type Member = Household['people'][number];

/** What every part of the record is told with: dice of its own, so that one part does not change another. */
export interface Cast {
  readonly households: readonly Household[];
  readonly staff: Staff;
  readonly today: Temporal.PlainDate;
  readonly filled: Filled;
  readonly chance: Dice;
  /** An id for something written down on a day. */
  idOn(day: Temporal.PlainDate): string;
}

export const makeCast = (of: Pick<Cast, 'households' | 'staff' | 'today' | 'filled'>, seed: number): Cast => {
  const chance = dice(seed);
  const newId = idMaker(chance);
  return { ...of, chance, idOn: (day) => newId(moment(day, 11)) };
};

/** Families that never ask for a direct payment, by their place in the list: each is kept for a story of its own. */
export const kept = { restricted: 18, sealed: 33, unallocated: 48, imported: 63 } as const;

/** The other families. */
export function openTo({ households }: Pick<Cast, 'households'>): Household[] {
  const apart = new Set<number>(Object.values(kept));
  return households.filter((_, index) => !apart.has(index));
}

export const isChild = ({ person }: Member): boolean => person.part !== 'parent or carer';
export const childrenOf = ({ people }: Household): Member[] => people.filter(isChild);
export const carersOf = ({ people }: Household): Member[] => people.filter((each) => !isChild(each));

/** The heritage that a family's name is of. */
export const heritageOf = ({ family }: Household) => {
  const found = heritages.find(({ surnames }) =>
    surnames.some((name) => (typeof name === 'string' ? name : name[1]) === family.name),
  );
  if (found === undefined) throw new Error(`no heritage has the name ${family.name}`);
  return found;
};

/** What nobody has said yet of somebody: the columns of a person beyond name, birth, gender and care experience. */
export const untold = {
  birth_known: 'day',
  expected_on: null,
  died_on: null,
  sex: null,
  pronouns: null,
  ethnicity: null,
  religion: null,
  communication: null,
  disability: null,
  interpreter: null,
  what_matters: null,
  what_matters_on: null,
  what_matters_noted_by: null,
} as const;

/** Somebody who comes into a family's record beside those it began with; gives their id. */
export function addPerson(
  cast: Cast,
  household: Household,
  person: Omit<Person, 'born' | 'part'> & { born: Temporal.PlainDate | null },
  more: { part?: 'child' | 'young person' | 'parent or carer' | 'other'; told?: Row } = {},
): string {
  const at = moment(cast.today.subtract({ months: 8 }), 10);
  const id = cast.idOn(cast.today.subtract({ months: 8 }));
  cast.filled['record.person'].push({
    id,
    given_name: person.givenName,
    family_name: person.familyName,
    date_of_birth: person.born,
    gender: person.gender,
    care_experienced: person.careExperienced,
    created_at: at,
    ...untold,
    ...more.told,
  });
  cast.filled['record.family_member'].push({
    family_id: household.id,
    person_id: id,
    part: more.part ?? 'other',
  });
  return id;
}

/** Changes columns of rows that are written down already. */
export function rewrite(filled: Filled, table: TableName, change: (row: Row) => Row | undefined): void {
  filled[table].forEach((row, index) => {
    const changed = change(row);
    if (changed !== undefined) filled[table][index] = { ...row, ...changed };
  });
}
