import { monthText } from '../../platform/days.ts';
import { ageOn, ageText, type Part } from '../people.ts';
import type { AroundRow } from './queries.ts';
import {
  isPartner,
  isSibling,
  type Kind,
  parentsOf,
  type Relationship,
  type Supporter,
  siblingKind,
  siblingsOf,
  symbolOf,
  type Tie,
} from './rules.ts';

// What a query answered in pieces, put together: the people, what they are to each other, and where they live.

type Data<W extends AroundRow['what']> = Extract<AroundRow, { what: W }>['data'];

/** Somebody in an answer. Who may not be seen has no name, no age and no page: `seen` is false. */
export interface Somebody {
  key: string;
  seen: boolean;
  /** In the family, or the person, that was asked about. */
  inside: boolean;
  name: string;
  givenName: string;
  part: Part | null;
  born: Temporal.PlainDate | null;
  birthKnown: 'day' | 'month' | 'year' | 'about';
  expected: Temporal.PlainDate | null;
  died: Temporal.PlainDate | null;
  symbol: ReturnType<typeof symbolOf>;
  /** The number of their home in this answer; undefined where it is not known. */
  home: number | undefined;
}

export interface Home {
  number: number;
  /** In the order in which they are named: 1 is home A. */
  turn: number;
  /** "Home A", as drawings name it. */
  name: string;
  kind: string;
  /** Null where it may not be told. */
  address: string | null;
  people: string[];
}

/** A brother or sister whose record cannot be seen: that there is one, and whom to ask. */
export interface Elsewhere {
  person: string;
  other: string;
  kind: Kind;
  teams: string[];
}

export interface Around {
  families: { id: string; name: string }[];
  people: ReadonlyMap<string, Somebody>;
  ties: readonly Relationship[];
  homes: ReadonlyMap<number, Home>;
  /** How many parents are recorded of those who have any: some may be further away than the ties here. */
  manyParents: ReadonlyMap<string, number>;
  elsewhere: readonly Elsewhere[];
  supporters: readonly Supporter[];
}

const of = <W extends AroundRow['what']>(rows: readonly AroundRow[], what: W): Data<W>[] =>
  rows.filter((row) => row.what === what).map((row) => row.data as Data<W>);

/** What stands in place of a name that may not be shown. */
const unseenName = 'Somebody in a record you may not see';

const unseen = (key: string): Somebody => ({
  key,
  seen: false,
  inside: false,
  name: unseenName,
  givenName: unseenName,
  part: null,
  born: null,
  birthKnown: 'day',
  expected: null,
  died: null,
  symbol: 'diamond',
  home: undefined,
});

const somebody = (data: Data<'person'>, home: number | undefined): Somebody => ({
  key: data.key,
  seen: true,
  inside: data.inside,
  name: `${data.givenName} ${data.familyName}`,
  givenName: data.givenName,
  part: data.part,
  born: data.born,
  birthKnown: data.birthKnown,
  expected: data.expected,
  died: data.died,
  symbol: symbolOf({
    gender: data.gender,
    sex: data.sex,
    expected: data.born === null && data.expected !== null,
  }),
  home,
});

/** A, B … Z, AA, AB … for 1, 2 … 26, 27, 28 … */
const letters = (number: number): string =>
  number <= 26
    ? String.fromCodePoint(64 + number)
    : letters(Math.floor((number - 1) / 26)) + letters(((number - 1) % 26) + 1);

function homesOf(rows: readonly AroundRow[]): Map<number, Home> {
  const homes = new Map<number, Home>();
  for (const { home, kind, address, person } of of(rows, 'home')) {
    const known = homes.get(home);
    if (known) known.people.push(person);
    else homes.set(home, { number: home, turn: 0, name: '', kind, address, people: [person] });
  }
  return homes;
}

function elsewhereOf(rows: readonly AroundRow[]): Elsewhere[] {
  const found = new Map<string, Elsewhere>();
  for (const { person, other, kind, shared, parents, otherParents, teams } of of(rows, 'elsewhere')) {
    const at = `${person} ${other}`;
    const said = { person, other, kind: kind ?? siblingKind(shared, parents, otherParents) };
    found.set(at, { ...said, teams: [...new Set([...(found.get(at)?.teams ?? []), ...teams])].sort() });
  }
  return [...found.values()];
}

const byAge = (one: Somebody, other: Somebody): number =>
  (one.born?.toString() ?? '9').localeCompare(other.born?.toString() ?? '9') ||
  one.name.localeCompare(other.name) ||
  one.key.localeCompare(other.key);

/** Whether somebody is in the family as a child or young person. */
export const isChild = ({ part }: Somebody): boolean => part === 'child' || part === 'young person';

/** Puts the pieces of an answer together; undefined where there are none, because nobody was to be seen. */
export function gather(rows: readonly AroundRow[]): Around | undefined {
  if (rows.length === 0) return undefined;
  const homes = homesOf(rows);
  const homeOf = new Map([...homes.values()].flatMap((home) => home.people.map((key) => [key, home.number])));
  const known = of(rows, 'person')
    .map((data) => somebody(data, homeOf.get(data.key)))
    .sort(byAge);
  const people = new Map(known.map((each) => [each.key, each]));
  const ties = of(rows, 'tie');
  const elsewhere = elsewhereOf(rows);
  for (const key of [
    ...ties.flatMap((tie) => [tie.from, tie.to]),
    ...elsewhere.map((sibling) => sibling.other),
  ])
    if (!people.has(key)) people.set(key, unseen(key));
  // The homes of the children are named first, then those of the others asked about.
  const turn = (each: Somebody) => (!each.inside ? 2 : isChild(each) ? 0 : 1);
  const inOrder = [0, 1, 2].flatMap((wanted) => known.filter((each) => turn(each) === wanted));
  let named = 0;
  for (const { home } of inOrder) {
    const at = home === undefined ? undefined : homes.get(home);
    if (at && at.turn === 0) {
      at.turn = ++named;
      at.name = `Home ${letters(named)}`;
    }
  }
  return {
    families: of(rows, 'family'),
    people,
    ties: ties.sort((one, other) => one.id.localeCompare(other.id)),
    homes,
    manyParents: new Map([
      ...of(rows, 'elsewhere').map(({ other, otherParents }): [string, number] => [other, otherParents]),
      ...of(rows, 'parents').map(({ person, many }): [string, number] => [person, many]),
    ]),
    elsewhere,
    supporters: of(rows, 'supporter'),
  };
}

/** The brothers and sisters of somebody: those who can be seen or guessed at here, and those in other records. */
export function allSiblings(
  around: Around,
  person: string,
  today: Temporal.PlainDate,
): { person: string; kind: Kind; teams: string[] | undefined }[] {
  const here = siblingsOf(person, around.ties, today, (each) => around.manyParents.get(each) ?? 0);
  const told = around.elsewhere.filter((each) => each.person === person);
  return [
    ...here.map((each) => {
      const away = told.find((one) => one.other === each.person);
      return { person: each.person, kind: away?.kind ?? each.kind, teams: away?.teams };
    }),
    ...told
      .filter((each) => !here.some((one) => one.person === each.other))
      .map((each) => ({ person: each.other, kind: each.kind, teams: each.teams })),
  ];
}

/** Ties that are not written down but follow: brothers and sisters in other records whose parent cannot be seen either. */
export const followedTies = (around: Around): Tie[] =>
  around.elsewhere
    .filter(({ person, other }) => {
      const mine = parentsOf(person, around.ties);
      const direct = around.ties.some(
        (tie) =>
          isSibling(tie.kind) && [tie.from, tie.to].includes(person) && [tie.from, tie.to].includes(other),
      );
      return !direct && !parentsOf(other, around.ties).some((parent) => mine.includes(parent));
    })
    .map(({ person, other, kind }) => ({
      from: person,
      to: other,
      kind,
      since: null,
      until: null,
      endedHow: null,
    }));

const year = (day: Temporal.PlainDate) => String(day.year);
/** An age in words: "7", "about 40", "14 months"; '' where it is not known or they died. */
export function ageWords(who: Somebody, today: Temporal.PlainDate): string {
  if (who.died !== null || who.born === null) return '';
  const age =
    who.birthKnown === 'day' || who.birthKnown === 'month'
      ? ageText(who.born, today)
      : String(ageOn(who.born, today));
  return who.birthKnown === 'day' || who.birthKnown === 'month' ? age : `about ${age}`;
}

/** When somebody was born, is expected, or died, in short: "born 2019", "1950 to 2019", "expected March 2027". */
export function datesWords(who: Somebody): string {
  if (!who.seen) return '';
  if (who.born === null && who.expected !== null && who.died === null)
    return `expected ${monthText(who.expected)}`;
  const about = who.birthKnown === 'about' ? 'about ' : '';
  if (who.died !== null)
    return who.born === null ? `died ${year(who.died)}` : `${about}${year(who.born)} to ${year(who.died)}`;
  return who.born === null ? '' : `born ${about}${year(who.born)}`;
}

/** How a couple stands: the last of their ties that lasts, or the last there was. */
export function coupleTie<T extends Tie>(ties: readonly T[], one: string, other: string): T | undefined {
  return ties
    .filter(
      (tie) => isPartner(tie.kind) && [tie.from, tie.to].includes(one) && [tie.from, tie.to].includes(other),
    )
    .sort(
      (a, b) =>
        Number(a.until !== null) - Number(b.until !== null) ||
        (b.since?.toString() ?? '').localeCompare(a.since?.toString() ?? ''),
    )[0];
}
