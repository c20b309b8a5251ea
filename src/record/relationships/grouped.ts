import { type Around, allSiblings, type Somebody } from './around.ts';
import { calledBy } from './called.ts';
import { askWords, rightsWords, sentence, standingWord, timeWords } from './phrases.ts';
import { type Group, groups, seenFrom } from './rules.ts';

// The people around one person, in the groups in which their page shows them.

/** One person in a group, or somebody of whom only that they are there may be said. */
export interface Entry {
  who: Somebody;
  /** What they are: "Half-brother or half-sister". */
  word: string;
  /** What else is known: times, rights, and whom to ask. */
  more: string[];
  /** The relationship to open; undefined where it follows from others. */
  relationship: string | undefined;
  over: boolean;
}

export interface Grouped {
  /** Who lives with them now, with what they are where that is recorded. */
  atHome: { who: Somebody; word: string }[];
  groups: { group: Group; title: string; entries: Entry[] }[];
  /** What has ended, of every group. */
  over: Entry[];
}

/** Sorts everybody around a person into groups, what is over apart. Brothers and sisters who follow from parents are among them. */
export function grouped(around: Around, person: string, today: Temporal.PlainDate): Grouped {
  const entries: (Entry & { group: Group })[] = [];
  const siblings = allSiblings(around, person, today);
  for (const tie of around.ties) {
    if (tie.from !== person && tie.to !== person) continue;
    const { other, word, over } = standingWord(person, tie, today);
    const who = around.people.get(other);
    if (who === undefined) continue;
    const told = siblings.find((each) => each.person === other)?.teams;
    const rights = rightsWords(tie);
    entries.push({
      who,
      word: sentence(calledBy(word, who.symbol)),
      more: [
        timeWords(tie),
        rights === '' ? '' : sentence(rights),
        tie.endedWhy,
        tie.note,
        told && !who.seen ? askWords(tie.kind, told) : '',
      ].filter((each) => each !== ''),
      relationship: who.seen ? tie.id : undefined,
      over,
      group: seenFrom(person, tie).group,
    });
  }
  const said = new Set(entries.filter((each) => !each.over).map((each) => each.who.key));
  for (const sibling of siblings) {
    const who = around.people.get(sibling.person);
    if (who === undefined || said.has(sibling.person)) continue;
    entries.push({
      who,
      word: sentence(calledBy(sibling.kind, who.symbol)),
      more: [
        sibling.teams && !who.seen
          ? askWords(sibling.kind, sibling.teams)
          : 'Known from who their parents are',
      ],
      relationship: undefined,
      over: false,
      group: 'siblings',
    });
  }
  const home = around.people.get(person)?.home;
  const wordFor = (key: string) => entries.find((each) => each.who.key === key && !each.over)?.word ?? '';
  return {
    atHome:
      home === undefined
        ? []
        : (around.homes.get(home)?.people ?? [])
            .filter((key) => key !== person)
            .flatMap((key) => around.people.get(key) ?? [])
            .map((who) => ({ who, word: wordFor(who.key) })),
    groups: (Object.keys(groups) as Group[])
      .map((group) => ({
        group,
        title: groups[group],
        entries: entries.filter((each) => each.group === group && !each.over),
      }))
      .filter((each) => each.entries.length > 0),
    over: entries.filter((each) => each.over),
  };
}
