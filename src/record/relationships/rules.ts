// Who is who to whom: the kinds of relationship, their words from each end, and what follows from them. Nothing here reads a
// clock, a table or a form.

/** Where people stand on the page of the person they are related to. */
export const groups = {
  siblings: 'Brothers and sisters, wherever they live',
  parents: 'Parents and carers',
  children: 'Children',
  partners: 'Partners',
  wider: 'Wider family',
  important: 'Friends and important adults',
} as const;
export type Group = keyof typeof groups;

interface KindRule {
  /** What `from` is to `to`. */
  word: string;
  /** What `to` is to `from`; the same word where both ends are alike. */
  back: string;
  /** Where `from` stands on the page of `to`, and the other way round. */
  groups: readonly [Group, Group];
  /** How many generations `from` is above `to`; undefined where that says nothing. */
  above: number | undefined;
  /** Whether `from` can hold parental rights and responsibilities for `to` (Children (Scotland) Act 1995, sections 1 to 3 and 11). */
  rights: boolean;
  /** Whether `from` must be the older: a parent is born before the child. */
  older: boolean;
}

const rule = (
  word: string,
  back: string,
  [first, second]: readonly [Group, Group],
  above?: number,
  more: { rights?: boolean; older?: boolean } = {},
): KindRule => ({
  word,
  back,
  groups: [first, second],
  above,
  rights: more.rights ?? false,
  older: more.older ?? false,
});

const carer = ['parents', 'children'] as const;
const wider = ['wider', 'wider'] as const;
const alike = (word: string, group: Group, above?: number) => rule(word, word, [group, group], above);

/** Every kind of relationship. `from` is the `word` of `to`; `to` is the `back` of `from`. */
export const kinds = {
  parent: rule('parent', 'child', carer, 1, { rights: true, older: true }),
  'adoptive parent': rule('adoptive parent', 'adopted child', carer, 1, { rights: true, older: true }),
  'step-parent': rule('step-parent', 'stepchild', carer, 1, { rights: true }),
  'foster carer': rule('foster carer', 'fostered child', carer, 1, { rights: true }),
  'kinship carer': rule('kinship carer', 'child in kinship care', carer, 1, { rights: true }),
  guardian: rule('guardian', 'child they are guardian of', carer, 1, { rights: true }),
  grandparent: rule('grandparent', 'grandchild', wider, 2, { rights: true, older: true }),
  'great-grandparent': rule('great-grandparent', 'great-grandchild', wider, 3, { older: true }),
  'aunt or uncle': rule('aunt or uncle', 'niece or nephew', wider, 1, { rights: true }),
  godparent: rule('godparent', 'godchild', ['important', 'important']),
  'important adult': rule('important adult', 'young person they matter to', ['important', 'important']),
  'brother or sister': alike('brother or sister', 'siblings', 0),
  'half-brother or half-sister': alike('half-brother or half-sister', 'siblings', 0),
  'step-brother or step-sister': alike('step-brother or step-sister', 'siblings', 0),
  'foster brother or sister': alike('foster brother or sister', 'siblings', 0),
  'like a brother or sister': alike('like a brother or sister', 'siblings', 0),
  'husband, wife or civil partner': alike('husband, wife or civil partner', 'partners', 0),
  partner: alike('partner', 'partners', 0),
  cousin: alike('cousin', 'wider', 0),
  'other relative': alike('other relative', 'wider'),
  friend: alike('friend', 'important'),
  neighbour: alike('neighbour', 'important'),
} as const satisfies Record<string, KindRule>;

export type Kind = keyof typeof kinds;
export const kindNames = Object.keys(kinds) as [Kind, ...Kind[]];

/** How a relationship can end; partners separate or divorce. */
export const endings = {
  separated: 'They separated',
  divorced: 'They divorced, or ended the civil partnership',
  death: 'One of them died',
  other: 'In another way',
} as const;
export type Ending = keyof typeof endings;
export const endingNames = Object.keys(endings) as [Ending, ...Ending[]];

/** A relationship: `from` is the `kind` of `to`, from `since` up to and not including `until`; null where that is not known. */
export interface Relationship {
  id: string;
  from: string;
  to: string;
  kind: Kind;
  since: Temporal.PlainDate | null;
  until: Temporal.PlainDate | null;
  endedHow: Ending | null;
  endedWhy: string;
  rights: boolean | null;
  note: string;
  source: string;
  version: number;
}

/** As much of a relationship as most rules read. */
export type Tie = Pick<Relationship, 'from' | 'to' | 'kind' | 'since' | 'until' | 'endedHow'>;

export const parentKinds = ['parent', 'adoptive parent'] as const satisfies Kind[];
const partnerKinds = ['husband, wife or civil partner', 'partner'] as const satisfies Kind[];
const careKinds = ['step-parent', 'foster carer', 'kinship carer', 'guardian'] as const satisfies Kind[];
export const siblingKinds = [
  'brother or sister',
  'half-brother or half-sister',
  'step-brother or step-sister',
  'foster brother or sister',
  'like a brother or sister',
] as const satisfies Kind[];

const among = (list: readonly Kind[], kind: Kind): boolean => list.includes(kind);
export const isParent = (kind: Kind): boolean => among(parentKinds, kind);
export const isPartner = (kind: Kind): boolean => among(partnerKinds, kind);
export const isCarer = (kind: Kind): boolean => among(careKinds, kind);
export const isSibling = (kind: Kind): boolean => among(siblingKinds, kind);

/** Whether a relationship lasts on a day. What is known of neither end lasts. */
export const lastsOn = ({ since, until }: Pick<Tie, 'since' | 'until'>, day: Temporal.PlainDate): boolean =>
  (since === null || Temporal.PlainDate.compare(since, day) <= 0) &&
  (until === null || Temporal.PlainDate.compare(until, day) > 0);

/** What the person at one end is called by the other end: for `kind` parent, "parent" where `end` is `from`. */
export const wordOf = (kind: Kind, end: 'from' | 'to'): string =>
  end === 'from' ? kinds[kind].word : kinds[kind].back;

/** What the person at the other end is to `person`: their word, and whether it is they who are `from`. */
export function seenFrom(
  person: string,
  tie: Pick<Tie, 'from' | 'to' | 'kind'>,
): { other: string; word: string; group: Group; end: 'from' | 'to' } {
  const end = tie.to === person ? 'from' : 'to';
  return {
    other: end === 'from' ? tie.from : tie.to,
    word: wordOf(tie.kind, end),
    group: kinds[tie.kind].groups[end === 'from' ? 0 : 1],
    end,
  };
}

/** A word with "former" or "was" before it where the relationship is over: "former partner", "was foster carer". */
export const pastWord = (kind: Kind, end: 'from' | 'to'): string =>
  isPartner(kind) ? `former ${wordOf(kind, end)}` : `was ${wordOf(kind, end)}`;

/** Every word that somebody can be to somebody, for a list to choose from; each once. */
export const words: readonly string[] = [
  ...new Set(kindNames.flatMap((kind) => [kinds[kind].word, kinds[kind].back])),
];

/** The kind that a word stands for, and at which end whoever bears the word is. */
export function fromWord(word: string): { kind: Kind; end: 'from' | 'to' } | undefined {
  const kind = kindNames.find((each) => kinds[each].word === word || kinds[each].back === word);
  return kind && { kind, end: kinds[kind].word === word ? 'from' : 'to' };
}

/** Whether the two are the wrong way round: the one who must be older was born on the same day or after. */
export const wrongWayRound = (
  kind: Kind,
  fromBorn: Temporal.PlainDate | null,
  toBorn: Temporal.PlainDate | null,
): boolean =>
  kinds[kind].older &&
  fromBorn !== null &&
  toBorn !== null &&
  Temporal.PlainDate.compare(fromBorn, toBorn) >= 0;

/**
 * What two children of a shared parent are to each other: half where one parent is shared and each has another recorded; simply
 * brother or sister where two are shared, or where too few parents are recorded to know.
 */
export const siblingKind = (shared: number, parents: number, otherParents: number): Kind =>
  shared === 1 && parents >= 2 && otherParents >= 2 ? 'half-brother or half-sister' : 'brother or sister';

/** The parents recorded of somebody, adoptive ones too. Whoever has been a parent stays one here: siblings do not end. */
export const parentsOf = (person: string, ties: readonly Tie[]): string[] => [
  ...new Set(ties.filter((tie) => tie.to === person && isParent(tie.kind)).map((tie) => tie.from)),
];

export interface Sibling {
  person: string;
  kind: Kind;
  /** Recorded as such, or worked out from shared parents or a parent's partner. */
  from: 'recorded' | 'parents' | 'step-parent';
}

/**
 * Somebody's brothers and sisters: those recorded on that day, those who share a parent, and those whose parent is the
 * step-parent (or who have the parent as step-parent). What is recorded wins over what is worked out. Whoever asks gives all
 * the ties they can see; those of somebody's own parents must be among them. `manyParents` says how many parents are recorded of
 * somebody, where that is more than the ties show.
 */
export function siblingsOf(
  person: string,
  ties: readonly Tie[],
  day: Temporal.PlainDate,
  manyParents: (of: string) => number = () => 0,
): Sibling[] {
  const found = new Map<string, Sibling>();
  const note = (sibling: Sibling) => {
    if (sibling.person !== person && !found.has(sibling.person)) found.set(sibling.person, sibling);
  };
  for (const tie of ties) {
    if (!isSibling(tie.kind) || !lastsOn(tie, day)) continue;
    if (tie.from === person) note({ person: tie.to, kind: tie.kind, from: 'recorded' });
    else if (tie.to === person) note({ person: tie.from, kind: tie.kind, from: 'recorded' });
  }
  const mine = parentsOf(person, ties);
  const shared = new Set(
    ties.filter((tie) => isParent(tie.kind) && mine.includes(tie.from)).map((tie) => tie.to),
  );
  for (const other of shared) {
    const theirs = parentsOf(other, ties);
    const both = theirs.filter((parent) => mine.includes(parent)).length;
    const [ours, others] = [
      Math.max(mine.length, manyParents(person)),
      Math.max(theirs.length, manyParents(other)),
    ];
    note({ person: other, kind: siblingKind(both, ours, others), from: 'parents' });
  }
  const steps = ties.filter((tie) => tie.kind === 'step-parent' && lastsOn(tie, day));
  const stepsOf = (each: string) => steps.filter((tie) => tie.to === each).map((tie) => tie.from);
  for (const stepParent of stepsOf(person)) {
    for (const tie of ties)
      if (isParent(tie.kind) && tie.from === stepParent)
        note({ person: tie.to, kind: 'step-brother or step-sister', from: 'step-parent' });
  }
  for (const step of steps)
    if (mine.includes(step.from))
      note({ person: step.to, kind: 'step-brother or step-sister', from: 'step-parent' });
  return [...found.values()];
}

/** The symbol of the field for a person: by gender as they say it, else by sex; a diamond where neither says. */
export function symbolOf(who: {
  gender: string | null;
  sex: string | null;
  expected: boolean;
}): 'square' | 'circle' | 'diamond' | 'triangle' {
  if (who.expected) return 'triangle';
  const said = (who.gender ?? '').trim().toLowerCase();
  const known = said === '' ? (who.sex ?? '') : said;
  if (/^(male|man|boy|m|trans man|trans boy)$/.test(known)) return 'square';
  if (/^(female|woman|girl|f|trans woman|trans girl)$/.test(known)) return 'circle';
  return 'diamond';
}

/** Somebody around a family who helps it at work, wherever that is known from: a reason for access, or the network of a person. */
export interface Supporter {
  /** The same for the same worker, professional or team, wherever they are known from. */
  id: string;
  name: string;
  /** In plain words: Health visitor, Class teacher. */
  role: string;
  /** Team or place of work. */
  where: string;
}
