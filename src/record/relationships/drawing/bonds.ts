import { type Around, coupleTie, followedTies } from '../around.ts';
import {
  isCarer,
  isParent,
  isPartner,
  isSibling,
  kinds,
  lastsOn,
  parentsOf,
  siblingsOf,
  type Tie,
} from '../rules.ts';

// What a family map draws of the relationships: couples, and the children who hang from them.

/** How a line is drawn. `birth` and `adoptive` are solid; `care` (step, foster, kinship, guardian) dashed; `loose` dotted. */
export type BondStyle = 'birth' | 'adoptive' | 'care' | 'care ended' | 'loose';

/** Children who hang from the same parents by the same kind of line. No parents: brothers and sisters joined by a bar. */
export interface Bond {
  id: string;
  style: BondStyle;
  parents: readonly string[];
  children: string[];
  /** How many generations the parents are above: two for grandparents where the people between are not recorded. */
  by: number;
}

/** Two people joined side by side: partners, or parents of a child who were never written down as a couple. */
export interface Couple {
  one: string;
  other: string;
  style: 'partners' | 'parents' | 'over';
  how: 'separated' | 'divorced' | undefined;
}

export interface Bonds {
  /** Everybody who is drawn, in the order of the answer. */
  people: readonly string[];
  couples: readonly Couple[];
  bonds: readonly Bond[];
}

const styleOf = (tie: Tie, today: Temporal.PlainDate): BondStyle => {
  if (tie.kind === 'adoptive parent') return 'adoptive';
  if (isParent(tie.kind)) return 'birth';
  return lastsOn(tie, today) ? 'care' : 'care ended';
};

/** Ties that a drawing of a family can show: friends, neighbours and the like are drawn around it instead. */
const isFamily = (tie: Tie): boolean => kinds[tie.kind].above !== undefined || tie.kind === 'other relative';

/** Leaves out ties of parents that would make somebody their own ancestor: the record can say so by mistake. */
function withoutRings(ties: readonly Tie[]): Tie[] {
  const down = new Map<string, string[]>();
  const reaches = (from: string, to: string): boolean => {
    const seen = new Set<string>();
    const look = (each: string): boolean => {
      if (each === to) return true;
      if (seen.has(each)) return false;
      seen.add(each);
      return (down.get(each) ?? []).some(look);
    };
    return look(from);
  };
  return ties.filter((tie) => {
    if (!isParent(tie.kind)) return true;
    if (reaches(tie.to, tie.from)) return false;
    down.set(tie.from, [...(down.get(tie.from) ?? []), tie.to]);
    return true;
  });
}

/** Children by parents and style: two parents of one style make a pair; a third hangs alone. */
function descents(ties: readonly Tie[], today: Temporal.PlainDate): Bond[] {
  const parents = new Map<string, { child: string; style: BondStyle; list: Set<string> }>();
  for (const tie of ties) {
    if (!isParent(tie.kind) && !isCarer(tie.kind)) continue;
    const style = styleOf(tie, today);
    const alone = tie.kind === 'step-parent' ? tie.from : tie.kind;
    const at = `${tie.to}|${style}|${alone}`;
    const entry = parents.get(at) ?? { child: tie.to, style, list: new Set() };
    entry.list.add(tie.from);
    parents.set(at, entry);
  }
  const bonds = new Map<string, Bond>();
  for (const { child, style, list } of parents.values()) {
    const sorted = [...list].sort();
    const [pair, others] = [sorted.slice(0, 2), sorted.slice(2)];
    for (const group of [pair, ...others.map((each) => [each])]) {
      const id = `${style}|${group.join('|')}`;
      const bond = bonds.get(id) ?? { id, style, parents: group, children: [], by: 1 };
      if (!bond.children.includes(child)) bond.children.push(child);
      bonds.set(id, bond);
    }
  }
  return [...bonds.values()];
}

/** Brothers and sisters who share no parent that is drawn: each group under a bar of its own. */
function siblingBars(ties: readonly Tie[], today: Temporal.PlainDate): Bond[] {
  const group = new Map<string, string>();
  const root = (key: string): string => {
    const up = group.get(key) ?? key;
    return up === key ? key : root(up);
  };
  const loose: Bond[] = [];
  for (const tie of ties) {
    if (!isSibling(tie.kind) || !lastsOn(tie, today)) continue;
    const shared = parentsOf(tie.from, ties).some((each) => parentsOf(tie.to, ties).includes(each));
    if (shared) continue;
    if (tie.kind === 'brother or sister') group.set(root(tie.from), root(tie.to));
    else {
      const known = siblingsOf(tie.from, ties, today).some(
        (each) => each.person === tie.to && each.from !== 'recorded',
      );
      if (!known)
        loose.push({
          id: `loose|${tie.from}|${tie.to}`,
          style: 'loose',
          parents: [],
          children: [tie.from, tie.to],
          by: 1,
        });
    }
  }
  const bars = new Map<string, string[]>();
  for (const key of new Set([...group].flat())) bars.set(root(key), [...(bars.get(root(key)) ?? []), key]);
  return [
    ...[...bars.values()].map(
      (children): Bond => ({
        id: `bar|${children.join('|')}`,
        style: 'birth',
        parents: [],
        children: children.sort(),
        by: 1,
      }),
    ),
    ...loose,
  ];
}

/** Grandparents, aunts, cousins and others, where the people between are not recorded: what the drawing shows anyway is left out. */
function distant(ties: readonly Tie[], today: Temporal.PlainDate): Bond[] {
  const above = (person: string, seen = new Set<string>()): Set<string> => {
    for (const parent of parentsOf(person, ties))
      if (!seen.has(parent)) {
        seen.add(parent);
        above(parent, seen);
      }
    return seen;
  };
  const siblings = (person: string) => siblingsOf(person, ties, today).map((each) => each.person);
  const shown = ({ from, to, kind }: Tie): boolean => {
    if (kind === 'aunt or uncle') return parentsOf(to, ties).some((each) => siblings(each).includes(from));
    if (kind === 'cousin')
      return parentsOf(to, ties).some((each) =>
        siblings(each).some((aunt) => parentsOf(from, ties).includes(aunt)),
      );
    return above(to).has(from) || above(from).has(to);
  };
  return ties
    .filter(
      (tie) =>
        ['grandparent', 'great-grandparent', 'aunt or uncle', 'cousin', 'other relative'].includes(
          tie.kind,
        ) && !shown(tie),
    )
    .map((tie): Bond => {
      const by = kinds[tie.kind].above ?? 0;
      const up = by > 0;
      return {
        id: `loose|${tie.from}|${tie.to}`,
        style: 'loose',
        parents: up ? [tie.from] : [],
        children: up ? [tie.to] : [tie.from, tie.to],
        by: Math.max(1, by),
      };
    });
}

function couplesOf(ties: readonly Tie[], bonds: readonly Bond[]): Couple[] {
  const pairs = new Map<string, [string, string]>();
  const note = (one: string, other: string) => {
    const [first, second] = one < other ? [one, other] : [other, one];
    pairs.set(`${first} ${second}`, [first, second]);
  };
  for (const tie of ties) if (isPartner(tie.kind)) note(tie.from, tie.to);
  for (const { parents } of bonds) {
    const [one, other] = parents;
    if (one !== undefined && other !== undefined) note(one, other);
  }
  return [...pairs.values()].map(([one, other]): Couple => {
    const tie = coupleTie(ties, one, other);
    const over = tie?.until !== null && tie?.endedHow !== 'death';
    const how = tie?.endedHow;
    return {
      one,
      other,
      style: tie === undefined ? 'parents' : over ? 'over' : 'partners',
      how: how === 'separated' || how === 'divorced' ? how : undefined,
    };
  });
}

/** Everything that a family map draws: those in the family, and those one step from them by a tie of family. */
export function bondsOf(around: Around, today: Temporal.PlainDate): Bonds {
  const all = [...around.ties, ...followedTies(around)].filter(isFamily);
  const wanted = new Set([...around.people.values()].filter((each) => each.inside).map((each) => each.key));
  for (const { from, to } of all) wanted.add(from).add(to);
  const ties = withoutRings(all);
  const bonds = [...descents(ties, today), ...siblingBars(ties, today), ...distant(ties, today)];
  return {
    people: [...around.people.keys()].filter((key) => wanted.has(key)),
    couples: couplesOf(ties, bonds),
    bonds: [...new Map(bonds.map((bond) => [bond.id, bond])).values()],
  };
}
