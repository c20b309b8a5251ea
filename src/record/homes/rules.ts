// Rules about homes. Nothing here reads a clock, a table or a form.

/** The kinds of home, as the record keeps them. */
export const homeKinds = [
  'home',
  'with relatives',
  'foster home',
  'residential home',
  'own tenancy',
  'temporary home',
  'other',
] as const;
export type HomeKind = (typeof homeKinds)[number];

/** The kinds in plain words. */
export const kindWords: Readonly<Record<HomeKind, string>> = {
  home: 'Family home',
  'with relatives': 'Home with relatives or friends',
  'foster home': 'Foster home',
  'residential home': 'Children’s house',
  'own tenancy': 'Home of their own',
  'temporary home': 'Somewhere for now',
  other: 'Somewhere else',
};

/** An address as it is written down; '' for what is not known. */
export interface AddressParts {
  readonly lines: string;
  readonly town: string;
  readonly postcode: string;
  readonly uprn: string;
}

/**
 * A Unique Property Reference Number as it is kept, or `undefined` when it is not one: up to twelve digits, none of the first
 * a nought (domain handbook, section 10). It is of a property, never of a person.
 */
export function tidyUprn(written: string): string | undefined {
  const digits = written.replaceAll(/\s/g, '').replace(/^0+(?=\d)/, '');
  return /^[1-9]\d{0,11}$/.test(digits) ? digits : undefined;
}

/** An address in one line: "12 Kirk Wynd, Kinbrae, KH1 2AB". */
export const addressText = ({ lines, town, postcode }: Omit<AddressParts, 'uprn'>): string =>
  [...lines.split('\n'), town, postcode]
    .map((part) => part.trim().replace(/,$/, ''))
    .filter((part) => part !== '')
    .join(', ');

/** Whether two days, either of them unknown, stand in the order in which a home begins and ends. */
export const endsAfter = (
  from: Temporal.PlainDate | undefined,
  until: Temporal.PlainDate | undefined,
): boolean => from === undefined || until === undefined || Temporal.PlainDate.compare(from, until) < 0;

/** Where somebody of a family lives now, as far as it is known. */
export interface Lives {
  readonly person: string;
  readonly givenName: string;
  readonly child: boolean;
  /** The address as a key; null where no home is written down. */
  readonly address: string | null;
  /** Who of the family is their brother or sister. */
  readonly siblings: readonly string[];
}

/** The people of a family by address, in the order in which each address first comes; those without a home last. */
export function households<T extends Lives>(
  everybody: readonly T[],
): { address: string | null; people: T[] }[] {
  const byAddress = Map.groupBy(everybody, (each) => each.address);
  return [...byAddress]
    .map(([address, people]) => ({ address, people }))
    .toSorted((one, other) => Number(one.address === null) - Number(other.address === null));
}

/** "Iona", "Iona and Rory", "Iona, Rory and Jamie". */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** The children who are brothers and sisters of each other, directly or through one another; each child once. */
function siblingGroups(children: readonly Lives[]): Lives[][] {
  const groups: Lives[][] = [];
  for (const child of children) {
    const joins = groups.filter((group) =>
      group.some((other) => other.siblings.includes(child.person) || child.siblings.includes(other.person)),
    );
    const others = groups.filter((group) => !joins.includes(group));
    groups.splice(0, groups.length, ...others, [...joins.flat(), child]);
  }
  return groups;
}

/**
 * The brothers and sisters of a family who live apart: for each such group the names in each home. Only those whom a relationship
 * joins: a cousin in the same family is none. A child without a home in the record is not said to live apart.
 */
export function brothersAndSistersApart(everybody: readonly Lives[]): string[][][] {
  return siblingGroups(everybody.filter(({ child, address }) => child && address !== null))
    .map((group) => households(everybody.filter((each) => group.includes(each))))
    .filter((homes) => homes.length > 1)
    .map((homes) => homes.map(({ people }) => people.map(({ givenName }) => givenName)));
}
