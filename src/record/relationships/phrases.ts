import { dayText } from '../../platform/days.ts';
import { type Around, allSiblings } from './around.ts';
import { calledBy } from './called.ts';
import {
  isParent,
  isPartner,
  kinds,
  lastsOn,
  pastWord,
  type Relationship,
  seenFrom,
  type Tie,
} from './rules.ts';

// What is said of relationships in sentences, for lists beside drawings and for those who cannot see them.

/** "Anna", "Anna and Bob", "Anna, Bob and Cal". */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const waysItEnded = {
  separated: 'separated',
  divorced: 'divorced',
  death: 'until death',
  other: '',
} as const;

/** When a relationship was, and how it ended: "since 3 May 2018", "2 May 2010 to 1 June 2016, divorced"; '' where nothing is known. */
export function timeWords({
  since,
  until,
  endedHow,
}: Pick<Relationship, 'since' | 'until' | 'endedHow'>): string {
  const how = endedHow === null ? '' : waysItEnded[endedHow];
  const time =
    since && until
      ? `${dayText(since)} to ${dayText(until)}`
      : since
        ? `since ${dayText(since)}`
        : until
          ? `until ${dayText(until)}`
          : '';
  return [time, how].filter((each) => each !== '').join(', ');
}

/** Parental rights and responsibilities in words; '' for kinds that cannot hold them, and for parents of adults' sake where not known. */
export function rightsWords({ kind, rights }: Pick<Relationship, 'kind' | 'rights'>): string {
  if (!kinds[kind].rights || (rights === null && !isParent(kind))) return '';
  if (rights === null) return 'parental rights and responsibilities not known';
  return rights ? 'has parental rights and responsibilities' : 'no parental rights and responsibilities';
}

/** The word of the other end, as it stands on a day: a parent stays a parent, a partner becomes a former one. */
export const standingWord = (
  person: string,
  tie: Tie,
  today: Temporal.PlainDate,
): { other: string; word: string; over: boolean } => {
  const { other, word, end } = seenFrom(person, tie);
  const widowed = isPartner(tie.kind) && tie.endedHow === 'death';
  const over = !lastsOn(tie, today) && !widowed;
  return { other, word: over ? pastWord(tie.kind, end) : word, over };
};

/** What somebody is to others, where "the word of the others" is not how one says it. */
const sayings: Readonly<Record<string, string>> = {
  'child in kinship care': 'In kinship care with',
  'fostered child': 'Fostered by',
  'child they are guardian of': 'Under the guardianship of',
  'important adult': 'Important adult to',
  'young person they matter to': 'Young person who is important to',
};

/** Whether a word is said in a way of its own, and not as "the word of the others". */
export const isSaidAlone = (word: string): boolean => Object.hasOwn(sayings, word.replace(/^was /, ''));

/** "Parent of Jamie and Rosie", "Fostered by Carol", "Was fostered by Carol". */
export function saying(word: string, names: readonly string[]): string {
  const past = word.startsWith('was ') ? word.slice(4) : undefined;
  const special = sayings[past ?? word];
  if (special === undefined) return `${sentence(word)} of ${listed(names)}`;
  const said = `${special} ${listed(names)}`;
  return past === undefined ? said : `Was ${said.charAt(0).toLowerCase()}${said.slice(1)}`;
}

/**
 * What somebody is to everybody else in an answer, a phrase for each word: "parent of Jamie and Rosie". Brothers and sisters who
 * follow from shared parents are among them.
 */
export function whatTheyAre(around: Around, person: string, today: Temporal.PlainDate): string[] {
  const phrases = new Map<string, string[]>();
  const say = (word: string, other: string, more: string) => {
    const who = around.people.get(other);
    const key = `${word}\n${more}`;
    phrases.set(key, [...(phrases.get(key) ?? []), who?.seen ? who.givenName : 'somebody not shown']);
  };
  for (const tie of around.ties) {
    if (tie.from !== person && tie.to !== person) continue;
    const other = tie.from === person ? tie.to : tie.from;
    // What this person is to the other: the word as the other sees it.
    const { word } = standingWord(other, tie, today);
    const rights = tie.from === person ? rightsWords(tie) : '';
    say(
      word,
      other,
      [timeWords(tie), rights.startsWith('has') ? rights : ''].filter((each) => each !== '').join(', '),
    );
  }
  const said = new Set(
    around.ties.flatMap((tie) => (tie.from === person ? [tie.to] : tie.to === person ? [tie.from] : [])),
  );
  for (const sibling of allSiblings(around, person, today))
    if (!said.has(sibling.person)) say(sibling.kind, sibling.person, '');
  const symbol = around.people.get(person)?.symbol ?? 'diamond';
  return [...phrases].map(([key, names]) => {
    const [word = '', more = ''] = key.split('\n');
    return `${saying(calledBy(word, symbol), [...new Set(names)])}${more === '' ? '' : ` (${more})`}`;
  });
}

/** Whom to ask about a brother or sister in a record that cannot be seen. */
export const askWords = (kind: string, teams: readonly string[]): string =>
  `${sentence(kind)}, in another family’s record; ask ${teams.length > 0 ? teams.join(' or ') : 'your team manager'}`;
