import { frontLine, type Role } from '../roles.ts';

// Rules about places of work, about who works there, and about schools. Nothing here reads a clock, a table or a form.

/** The kinds of place there are, in the order in which people look for them. */
export const placeKinds = [
  'locality',
  'cluster',
  'school',
  'early learning',
  'provider',
  'health',
  'police',
  'third sector',
  'court',
  "children's hearing",
  'other',
] as const;
export type PlaceKind = (typeof placeKinds)[number];

/** A kind as people read it. */
export const kindWords: Readonly<Record<PlaceKind, string>> = {
  locality: 'Locality',
  cluster: 'Cluster of schools',
  school: 'School',
  'early learning': 'Nursery or early learning',
  provider: 'Provider of care or support',
  health: 'Health',
  police: 'Police',
  'third sector': 'Charity or community group',
  court: 'Court',
  "children's hearing": 'Children’s hearing',
  other: 'Something else',
};

/**
 * What a place of each kind may lie within. A school is in its cluster (a secondary, its feeder primaries and their nurseries:
 * domain handbook, section 10) and a cluster in its locality; a school with no cluster, such as one with additional support, lies
 * in the locality itself. A nursery can belong to a school. Others lie in a locality or in a larger place of their own kind.
 */
export const mayLieWithin: Readonly<Record<PlaceKind, readonly PlaceKind[]>> = {
  locality: [],
  cluster: ['locality'],
  school: ['cluster', 'locality'],
  'early learning': ['cluster', 'locality', 'school', 'provider', 'third sector'],
  provider: ['locality', 'provider', 'third sector', 'health'],
  health: ['locality', 'health'],
  police: ['locality', 'police'],
  'third sector': ['locality', 'third sector'],
  court: ['locality'],
  "children's hearing": ['locality'],
  other: ['locality', 'other'],
};

/** Where a child or young person is at school or nursery. */
export const learningKinds = ['school', 'early learning'] as const satisfies PlaceKind[];

/** Whether a place is closed on a day: from the day of closing on. */
export const isClosed = (closedOn: Temporal.PlainDate | null, today: Temporal.PlainDate): boolean =>
  closedOn !== null && Temporal.PlainDate.compare(closedOn, today) <= 0;

/** What a place lies within if a place of this kind may lie there; a sentence for the form when it may not. */
export function cannotLieWithin(kind: PlaceKind, within: PlaceKind): string | undefined {
  if (mayLieWithin[kind].includes(within)) return undefined;
  const allowed = mayLieWithin[kind].map((each) => kindWords[each].toLowerCase());
  return allowed.length === 0
    ? 'A locality is not part of anything here. Leave this empty'
    : `${kindWords[kind]}: choose what it is part of among these: ${allowed.join('; ')}`;
}

/** A time as the day it began and the day it ended: it lasts up to that day and not on it. Either may be unknown. */
export interface During {
  from: Temporal.PlainDate | undefined;
  until: Temporal.PlainDate | undefined;
}

/** What it means to end a time on a day: a time that ends on the day it began never was. */
export type Ending = 'ends' | 'never was' | 'too early' | 'ended already';
export function endingOf({ from, until }: During, on: Temporal.PlainDate): Ending {
  if (until !== undefined) return 'ended already';
  const order = from === undefined ? 1 : Temporal.PlainDate.compare(on, from);
  return order > 0 ? 'ends' : order === 0 ? 'never was' : 'too early';
}

/** Who keeps the list of places: it is the same for everybody, so few change it. */
export const keepers = [
  'administrator',
  'system-administrator',
  'planning-officer',
  'team-manager',
] as const satisfies Role[];
/** Who writes down professionals: those who meet them as well. */
export const acquainted = [...keepers, ...frontLine] as const satisfies Role[];
