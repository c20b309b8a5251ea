/** A name as it is written: the one somebody goes by, or another. */
export interface WrittenName {
  givenName: string;
  familyName: string;
}

/** What is compared of one record. `id` is '' for somebody who is about to be added. */
export interface Comparable extends WrittenName {
  id: string;
  otherNames: readonly WrittenName[];
  born: Temporal.PlainDate | null;
  /** How much of the date of birth is known. */
  birthKnown: 'day' | 'month' | 'year' | 'about';
  sex: string | null;
  chi: readonly string[];
  scn: readonly string[];
  /** Every postcode they have lived at; none of an address that is not to be disclosed. */
  postcodes: readonly string[];
  /** The families they are in now or have been in. */
  families: readonly string[];
  /** Everybody else in those families. */
  relatives: readonly string[];
  /** The names of parents and carers in those families, other than themselves. */
  parents: readonly string[];
  /** What they are in a family now, if anything. */
  part: string | null;
}

/** How often a folded name occurs among all records, 0 to 1, where it occurs often enough to be counted. */
export interface NameShares {
  given: ReadonlyMap<string, number>;
  family: ReadonlyMap<string, number>;
}

export const noShares: NameShares = { given: new Map(), family: new Map() };
