import { calledBy } from './called.ts';
import { isSaidAlone, saying, standingWord } from './phrases.ts';
import { isSibling, siblingsOf, symbolOf, type Tie } from './rules.ts';

// What somebody is in a family, in the words that people use: "Grandmother of Jamie and Rosie".

/** Somebody in a family, as much as is needed to say what they are to the others. */
export interface Member {
  id: string;
  givenName: string;
  gender: string | null;
  sex: string | null;
  child: boolean;
}

/**
 * What somebody is to the children of a family, or, where that is not written down, to the others in it: "Grandmother and kinship
 * carer of Jamie and Rosie". Nothing where nothing is written down. Of a child it says whose brother or sister they are.
 */
export function standing(
  of: Member,
  members: readonly Member[],
  ties: readonly Tie[],
  today: Temporal.PlainDate,
): string | undefined {
  const symbol = symbolOf({ gender: of.gender, sex: of.sex, expected: false });
  for (const children of [true, false]) {
    const words = new Map<string, string[]>();
    const say = (word: string, name: string) => {
      const known = words.get(word) ?? [];
      if (!known.includes(name)) words.set(word, [...known, name]);
    };
    const siblings = of.child ? siblingsOf(of.id, ties, today) : [];
    for (const other of members) {
      if (other.id === of.id || other.child !== children) continue;
      const sibling = siblings.find(({ person }) => person === other.id);
      if (sibling) say(sibling.kind, other.givenName);
      for (const tie of ties) {
        if (isSibling(tie.kind) && sibling) continue;
        if ((tie.from === of.id && tie.to === other.id) || (tie.to === of.id && tie.from === other.id))
          say(standingWord(other.id, tie, today).word, other.givenName);
      }
    }
    if (words.size === 0) continue;
    const alone = [...words].filter(([word]) => isSaidAlone(word));
    const together = Map.groupBy(
      [...words].filter(([word]) => !isSaidAlone(word)),
      ([, names]) => names.join('\n'),
    );
    return [
      ...[...together.values()].map((same) =>
        saying(same.map(([word]) => calledBy(word, symbol)).join(' and '), same[0]?.[1] ?? []),
      ),
      ...alone.map(([word, names]) => saying(word, names)),
    ].join('. ');
  }
  return undefined;
}
