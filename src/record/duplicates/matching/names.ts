import { alikeNames, isKnownName, sameGroup } from './name-groups.ts';

// How names are compared. Nothing here reads a table.

const letters: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
};

/**
 * A name in the form in which it is compared: small letters without accents, apostrophes, hyphens or spaces, Mc written Mac.
 * `record.fold_name` in the database does this, and more, for finding.
 */
export function foldName(name: string): string {
  const small = name.toLowerCase();
  const plain = /^[a-z]*$/.test(small)
    ? small
    : small
        .replaceAll(/[łøđðßæœþ]/g, (letter) => letters[letter] ?? letter)
        .normalize('NFD')
        .replaceAll(/[^\p{L}]/gu, '');
  return plain.replace(/^mc(?=\p{L}{3})/u, 'mac');
}

/**
 * Jaro–Winkler nearness of two words, 0 to 1 (Winkler, 1990): letters in common that stand near each other, less half the
 * letters that changed places, more for a common beginning of up to four letters.
 */
export function jaroWinkler(one: string, other: string): number {
  if (one === other) return 1;
  if (one === '' || other === '') return 0;
  const reach = Math.max(0, Math.floor(Math.max(one.length, other.length) / 2) - 1);
  const taken = new Array<boolean>(other.length).fill(false);
  const common: string[] = [];
  for (let at = 0; at < one.length; at++) {
    for (let there = Math.max(0, at - reach); there <= Math.min(other.length - 1, at + reach); there++) {
      if (!taken[there] && one[at] === other[there]) {
        taken[there] = true;
        common.push(one[at] ?? '');
        break;
      }
    }
  }
  if (common.length === 0) return 0;
  const inOrder = [...other].filter((_, there) => taken[there]);
  const moved = common.filter((letter, at) => letter !== inOrder[at]).length / 2;
  const many = common.length;
  const jaro = (many / one.length + many / other.length + (many - moved) / many) / 3;
  let start = 0;
  while (start < 4 && start < one.length && one[start] === other[start]) start++;
  return jaro + start * 0.1 * (1 - jaro);
}

/**
 * A word as it sounds, roughly: consonants that are often written for each other made one, vowels dropped after the first
 * letter. Reid and Read, Thomson and Thompson, Clark and Clarke sound alike.
 */
function asHeard(folded: string): string {
  const written = folded
    .replaceAll(/(.)\1+/g, '$1')
    .replace(/^(kn|gn)/, 'n')
    .replace(/^wr/, 'r')
    .replaceAll('mps', 'ms')
    .replaceAll('ph', 'f')
    .replaceAll(/gh(?=[^aeiou]|$)/g, '')
    .replaceAll(/(sch|sz|cz|tch|ch|sh)/g, 'x')
    .replaceAll(/c(?=[eiy])/g, 's')
    .replaceAll(/ck|c|q/g, 'k')
    .replaceAll('z', 's')
    .replaceAll('w', 'v')
    .replaceAll('j', 'y');
  const first = written[0] ?? '';
  const start = /[aeiouy]/.test(first) ? 'a' : first;
  return (start + written.slice(1).replaceAll(/[aeiouyh]/g, '')).replaceAll(/(.)\1+/g, '$1');
}

/** Names come again and again, and are few beside the pairs of them: their sounds are kept, up to so many. */
const mostKept = 20_000;
const kept = new Map<string, string>();

function soundOf(folded: string): string {
  const known = kept.get(folded);
  if (known !== undefined) return known;
  if (kept.size >= mostKept) kept.clear();
  const sound = asHeard(folded);
  kept.set(folded, sound);
  return sound;
}

/** From the most alike to the least: `form` is a slip, or a spelling by ear, of another form of the name. */
export const likenesses = ['exact', 'alike', 'near', 'form', 'far', 'different'] as const;
export type NameLikeness = (typeof likenesses)[number];

/** A name that is in no list may be one of the list as somebody heard or typed it. Of three letters too much is alike. */
const mayBeSlip = (name: string): boolean => name.length >= 4 && !isKnownName(name);

const slipOf = (written: string, name: string): boolean =>
  name.length >= 4 && (slipsBetween(written, name, 1) <= 1 || soundsLike(written, name));

/** Whether a name is a slip of a form of the other: Benne, who is Benny or Benjamin; Ylia, who is Yulia or Julie. */
const slipOfForm = (one: string, other: string): boolean =>
  mayBeSlip(one) && alikeNames(other).some((form) => slipOf(one, form));

/** How alike two folded given names are: the same, one name in two forms, by their letters and sound, or a slip of a form. */
export function givenLikeness(one: string, other: string): NameLikeness {
  if (one === other) return 'exact';
  if (sameGroup(one, other)) return 'alike';
  const letters = byLetters(one, other);
  if (letters === 'near') return 'near';
  if ((mayBeSlip(one) || mayBeSlip(other)) && soundsLike(one, other)) return 'near';
  return slipOfForm(one, other) || slipOfForm(other, one) ? 'form' : letters;
}

/** The same sound, and letters enough in common that it is not by their consonants alone: Cameron and Kamron. */
const soundsLike = (one: string, other: string): boolean =>
  Math.min(one.length, other.length) >= 4 &&
  jaroWinkler(one, other) >= 0.8 &&
  soundOf(one) === soundOf(other);

/** How alike two folded family names are: the same, sounding alike, one part of a double name, or by their letters. */
export function familyLikeness(one: string, other: string): NameLikeness {
  if (one === other) return 'exact';
  if (soundOf(one) === soundOf(other) && jaroWinkler(one, other) >= 0.8) return 'alike';
  return byLetters(one, other);
}

/**
 * How many slips of the fingers lie between two words, up to `most`: a letter left out, put in, taken for another, or changed
 * about with its neighbour (Damerau, 1964).
 */
export function slipsBetween(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let [before, last]: [number[], number[]] = [[], Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const wrong = one[i - 1] === other[j - 1] ? 0 : 1;
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + wrong);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    [before, last] = [last, row];
  }
  return last[other.length] ?? 0;
}

/** Jaro–Winkler is hard on slips at the beginning of short names, so one slip, or two in a long name, counts too. */
function byLetters(one: string, other: string): NameLikeness {
  const near = jaroWinkler(one, other);
  const length = Math.min(one.length, other.length);
  if (near >= 0.92) return 'near';
  const slips = slipsBetween(one, other, 2);
  if (slips <= 1 && length >= 4) return 'near';
  return near >= 0.85 || slips <= (length >= 7 ? 2 : 1) ? 'far' : 'different';
}
