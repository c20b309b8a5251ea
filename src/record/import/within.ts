import type { Comparable } from '../duplicates/matching/comparable.ts';
import { foldName } from '../duplicates/matching/names.ts';

// Whom to compare with whom within one extract. The record has `record.match_candidates` for this; rows that are not written
// yet are held against each other by the same kind of rules, here.

/** A block larger than this tells nothing: its name or number is a filler. */
const largestBlock = 200;

const swapped = ({ year, month, day }: Temporal.PlainDate): string | undefined =>
  day <= 12 ? `${year}-${day}-${month}` : undefined;

/** What somebody shares with whoever may be the same: their CHI number, a birthday and the sound of a name, a year and names, a postcode and a name. */
function keysOf(
  { givenName, familyName, born, chi, postcodes }: Comparable,
  soundOf: (name: string) => string,
): string[] {
  const [given, family] = [foldName(givenName), foldName(familyName)];
  const [givenSound, familySound] = [soundOf(givenName), soundOf(familyName)];
  const sounds = [...new Set([givenSound, familySound])];
  const keys = [
    ...chi.map((each) => `chi ${each}`),
    `both ${[givenSound, familySound].toSorted().join(' ')}`,
  ];
  if (born) {
    const days = [`${born.year}-${born.month}-${born.day}`, swapped(born)].filter(
      (each) => each !== undefined,
    );
    keys.push(...days.flatMap((day) => sounds.map((sound) => `day ${day} ${sound}`)));
    keys.push(`year ${born.year} ${family} ${givenSound}`, `year ${born.year} ${given} ${familySound}`);
  }
  keys.push(...postcodes.flatMap((each) => sounds.map((sound) => `home ${each} ${sound}`)));
  return keys;
}

/** Each two that are worth comparing, once: the later one first. `soundOf` gives how a name roughly sounds. */
export function* pairsWithin(
  people: readonly Comparable[],
  soundOf: (name: string) => string,
): Generator<[later: Comparable, earlier: Comparable]> {
  const blocks = new Map<string, number[]>();
  const keys = people.map((each) => [...new Set(keysOf(each, soundOf))]);
  for (const [at, own] of keys.entries()) {
    for (const key of own) {
      const block = blocks.get(key);
      if (block) block.push(at);
      else blocks.set(key, [at]);
    }
  }
  for (const [at, later] of people.entries()) {
    const earlier = new Set<number>();
    for (const key of keys[at] ?? []) {
      const block = blocks.get(key) ?? [];
      if (block.length > largestBlock) continue;
      for (const each of block) if (each < at) earlier.add(each);
    }
    for (const each of earlier) {
      const other = people[each];
      if (other) yield [later, other];
    }
  }
}
