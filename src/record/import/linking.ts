// When somebody in an extract is taken to be somebody on the record. Nothing here reads a table.

/**
 * From this probability on the model is sure enough for nobody to look: higher than where two records are only shown to
 * somebody as likely the same, because here nobody is asked.
 */
export const sureFrom = 0.99;
/** How much likelier the best candidate must be than the next, in powers of two: over a hundred times. */
export const byFar = 7;

/** Somebody in an extract. `target` is the id their record is to have if nobody is found; `chi` their CHI number, if given. */
export interface Arriving {
  readonly target: string;
  /** The family's id in the source. */
  readonly family: string;
  readonly chi: string | null;
}

/** What the model says of two: `one` arrives now; `other` is on the record, or arrives on an earlier row. */
export interface Evidence {
  readonly one: string;
  readonly other: string;
  readonly probability: number;
  readonly weight: number;
  /** Both have a number of the same scheme, and none in common. */
  readonly conflict: boolean;
  /**
   * Their given names are the same, forms of one, a few letters apart, or changed about with their family names; and their birthday
   * (or its day and month changed about), a number, a postcode, a relative or a parent's name agrees too.
   */
  readonly agree: boolean;
  /** The record of the other is restricted: nobody is joined to it without those who hold it. */
  readonly closed: boolean;
}

export interface Linked<E extends Evidence> {
  /** By the target of who arrived: whose record they are. Nobody new is in it. */
  readonly same: ReadonlyMap<string, string>;
  /** Pairs that may be one person, for somebody to look at: `one` and `other` as they came out. */
  readonly ask: readonly (E & { one: string; other: string })[];
}

interface Candidate<E> {
  readonly id: string;
  readonly best: E;
  readonly barred: boolean;
}

/**
 * Who is who. Somebody who arrives is taken to be somebody on the record, or on an earlier row, only when all of this holds:
 *
 * - the model gives it 99 in 100 or more;
 * - no number (CHI, SCN) that both have is different;
 * - their given names agree (one number and one birthday for Rory and for Ella is a number on the wrong record), and something
 *   besides names does: the birthday, a number, a postcode, a relative, a parent's name;
 * - nobody else is nearly as likely: the next is more than a hundred times less likely;
 * - the record is not restricted;
 * - nobody else of the same family in the extract could be taken for the same person, unless they have one CHI number: two rows
 *   of one family are twins, or a father and son, before they are one person.
 *
 * Whoever is not taken to be somebody gets a record of their own; each pair from `worthAsking` on is for somebody to look at.
 */
export function linkPeople<E extends Evidence>(
  arriving: readonly Arriving[],
  evidence: readonly E[],
  worthAsking: number,
): Linked<E> {
  const about = Map.groupBy(evidence, (each) => each.one);
  const same = new Map<string, string>();
  const claims = new Map<string, Arriving[]>();
  const settled = (id: string) => same.get(id) ?? id;

  const candidatesOf = (who: Arriving): Candidate<E>[] =>
    [...Map.groupBy(about.get(who.target) ?? [], (each) => settled(each.other))]
      .map(([id, found]) => ({
        id,
        best: found.reduce((a, b) => (b.weight > a.weight ? b : a)),
        barred:
          found.some((each) => each.conflict || each.closed || !each.agree) ||
          (claims.get(id) ?? []).some((claim) => differentPeople(claim, who)),
      }))
      .toSorted((a, b) => b.best.weight - a.best.weight || (a.id < b.id ? -1 : 1));

  const rivals = rivalsOf(arriving, evidence);
  for (const who of arriving) {
    const [first, second] = candidatesOf(who);
    const sure =
      first !== undefined &&
      !first.barred &&
      first.best.probability >= sureFrom &&
      (second === undefined || first.best.weight - second.best.weight >= byFar) &&
      !rivals.has(keyOf(who.target, first.best.other));
    const id = sure ? first.id : who.target;
    if (sure) same.set(who.target, id);
    claims.set(id, [...(claims.get(id) ?? []), who]);
  }
  return { same, ask: pairsToAsk(evidence, same, worthAsking) };
}

const keyOf = (one: string, other: string) => `${one} ${other}`;

/** Two rows that are not one person, whatever else agrees: their CHI numbers differ, or they are of one family. */
const differentPeople = (one: Arriving, other: Arriving): boolean =>
  one.chi !== null && other.chi !== null ? one.chi !== other.chi : one.family === other.family;

/** The links that two rows of one family would both make to one person: neither is made. */
function rivalsOf(arriving: readonly Arriving[], evidence: readonly Evidence[]): Set<string> {
  const people = new Map(arriving.map((each) => [each.target, each]));
  const sure = evidence.filter((each) => each.probability >= sureFrom && !each.conflict && each.agree);
  const rivals = new Set<string>();
  for (const [other, links] of Map.groupBy(sure, (each) => each.other)) {
    if (links.length < 2) continue;
    const rows = links.flatMap((each) => people.get(each.one) ?? []);
    for (const group of Map.groupBy(rows, (each) => each.family).values()) {
      if (group.every((each) => group.every((them) => each === them || !differentPeople(each, them))))
        continue;
      for (const { target } of group) rivals.add(keyOf(target, other));
    }
  }
  return rivals;
}

/** The pairs left to people, each once, as its likeliest evidence. What concerns a row that was linked is found again at night. */
function pairsToAsk<E extends Evidence>(
  evidence: readonly E[],
  same: ReadonlyMap<string, string>,
  worthAsking: number,
): (E & { one: string; other: string })[] {
  const pairs = new Map<string, E & { one: string; other: string }>();
  for (const each of evidence) {
    const other = same.get(each.other) ?? each.other;
    if (each.probability < worthAsking || same.has(each.one) || other === each.one) continue;
    const [low, high] = each.one < other ? [each.one, other] : [other, each.one];
    const before = pairs.get(keyOf(low, high));
    if (!before || before.weight < each.weight)
      pairs.set(keyOf(low, high), { ...each, one: low, other: high });
  }
  return [...pairs.values()];
}

/** A family of an extract: the id its record is to have, and its people's targets. */
export interface ArrivingFamily {
  readonly target: string;
  readonly people: readonly string[];
}

/**
 * Which family on the record an arriving family is. It joins the one where two of its people are known, or all of them, and that
 * is the family of more of them than any other; of several that fit equally, the one that was there first. Otherwise the evidence
 * is weak: it is a family of its own, and whoever is on the record is in both.
 *
 * `familiesOf` gives the families somebody on the record is in.
 */
export function joinFamilies(
  families: readonly ArrivingFamily[],
  same: ReadonlyMap<string, string>,
  familiesOf: (person: string) => readonly string[],
): Map<string, string> {
  const joined = new Map<string, string>();
  const arrivedIn = new Map<string, string[]>();
  for (const { target, people } of families) {
    const everybody = new Set(people.map((each) => same.get(each) ?? each));
    const known = new Set(people.flatMap((each) => same.get(each) ?? []));
    const counts = new Map<string, number>();
    for (const person of known) {
      const theirs = new Set([...familiesOf(person), ...(arrivedIn.get(person) ?? [])]);
      for (const family of theirs) counts.set(family, (counts.get(family) ?? 0) + 1);
    }
    const [best] = [...counts].toSorted(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
    const fits = best !== undefined && best[0] !== target && (best[1] >= 2 || best[1] === everybody.size);
    if (fits) joined.set(target, best[0]);
    const family = fits ? best[0] : target;
    for (const person of everybody) arrivedIn.set(person, [...(arrivedIn.get(person) ?? []), family]);
  }
  return joined;
}
