import type { Part } from '../people.ts';

/** Somebody as an extract gives them. Days are days, postcodes tidy ("ML1 1AA"). */
export interface IncomingPerson {
  /** The id their record is to have if they are not on the record. */
  readonly target: string;
  /** The family's id in the source. */
  readonly family: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly born: Temporal.PlainDate | null;
  readonly gender: string | null;
  readonly careExperienced: boolean;
  readonly part: Part;
  readonly chi: string | null;
  /** What the source calls them, where that is a number to find them by. */
  readonly socialWork: string | null;
  readonly postcode: string | null;
}

/** A family as an extract gives it. `known`: its record was there before, under this id. */
export interface IncomingFamily {
  readonly family: string;
  readonly target: string;
  readonly known: boolean;
}
