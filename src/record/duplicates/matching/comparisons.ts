import { dayText } from '../../../platform/days.ts';
import type { Comparable, NameShares, WrittenName } from './comparable.ts';
import { isKnownName } from './name-groups.ts';
import {
  familyLikeness,
  foldName,
  givenLikeness,
  likenesses,
  type NameLikeness,
  slipsBetween,
} from './names.ts';
import { oneSlip } from './numbers.ts';
import { type Comparison, generationYears } from './parameters.ts';

/** At which level two records were found in one comparison, in words, and how common the name is that they share. */
export interface Found {
  comparison: Comparison;
  level: string;
  words: () => string;
  share?: number | undefined;
}

const namesOf = (person: Comparable): WrittenName[] => [person, ...person.otherNames];
const better = (one: NameLikeness, other: NameLikeness): boolean =>
  likenesses.indexOf(one) < likenesses.indexOf(other);

/** A name and its parts: "Mary Anne" is also Mary, "Smith-Jones" also Jones. */
const forms = (name: string): string[] => {
  const parts = name.split(/[\s-]+/).filter((part) => part.length > 1);
  return [...new Set([name, ...(parts.length > 1 ? parts : [])].map(foldName))].filter(Boolean);
};

/** The best likeness of any form of one name to any form of another; a part of a double name is at best alike. */
function bestOf(one: string, other: string, like: (a: string, b: string) => NameLikeness): NameLikeness {
  const [ones, others] = [forms(one), forms(other)];
  let best: NameLikeness = 'different';
  for (const [i, a] of ones.entries()) {
    for (const [j, b] of others.entries()) {
      const found = like(a, b);
      const counted = i + j > 0 && found === 'exact' ? 'alike' : i + j > 0 ? 'different' : found;
      if (better(counted, best)) best = counted;
    }
  }
  return best;
}

const swapped = (one: Comparable, other: Comparable): boolean => {
  const [a, b] = [foldName(one.givenName), foldName(one.familyName)];
  const [c, d] = [foldName(other.givenName), foldName(other.familyName)];
  if (a === b || (a === c && b === d)) return false;
  const near = (x: string, y: string) =>
    [familyLikeness, givenLikeness].some((like) => !better('near', like(x, y)));
  // Where one of the two stands letter for letter in the other place, the other may be worse spelled, or short.
  const slip = (x: string, y: string) => slipsBetween(x, y, 1) <= 1 || givenLikeness(x, y) === 'form';
  return (near(a, d) && near(b, c)) || (a === d && slip(b, c)) || (b === c && slip(a, d));
};

/** A name so much rarer than the one it is like is a slip that several people made. */
const slipShare = 0.05;

/** Whether both names are in use as they stand, so that one is hardly a slip of the fingers for the other. */
function bothInUse(one: string, other: string, { given }: NameShares): boolean {
  const names = [foldName(one), foldName(other)];
  const shares = names.map((name) => given.get(name) ?? 0);
  const common = Math.max(...shares);
  return names.every((name, at) => isKnownName(name) || (shares[at] ?? 0) > common * slipShare);
}

const givenWords: Readonly<Record<string, (one: string, other: string) => string>> = {
  exact: (one) => `Both are called ${one}`,
  alike: (one, other) => `Their names are forms of one name: ${one}, ${other}`,
  near: (one, other) => `Their names differ by a letter or two: ${one}, ${other}`,
  form: (one, other) => `One may be a slip, or a spelling by ear, of a form of the other: ${one}, ${other}`,
  far: (one, other) => `Their names are somewhat alike: ${one}, ${other}`,
  neighbour: (one, other) => `Their names look alike, but both are names in use: ${one}, ${other}`,
  different: (one, other) => `They have different given names: ${one}, ${other}`,
};

function given(one: Comparable, other: Comparable, shares: NameShares): Found | undefined {
  if (swapped(one, other)) {
    const words = () =>
      `Given name and family name are changed about: ${one.givenName} ${one.familyName}, ${other.givenName} ${other.familyName}`;
    return { comparison: 'given', level: 'swapped', words };
  }
  if (!foldName(one.givenName) || !foldName(other.givenName)) return undefined;
  let [level, a, b]: [string, string, string] = ['different', one.givenName, other.givenName];
  for (const mine of namesOf(one)) {
    for (const theirs of namesOf(other)) {
      const like = bestOf(mine.givenName, theirs.givenName, givenLikeness);
      if (better(like, level as NameLikeness)) [level, a, b] = [like, mine.givenName, theirs.givenName];
    }
  }
  if (['near', 'form', 'far'].includes(level) && bothInUse(a, b, shares)) level = 'neighbour';
  const share = level === 'exact' ? shares.given.get(foldName(a)) : undefined;
  return { comparison: 'given', level, words: () => givenWords[level]?.(a, b) ?? '', share };
}

const familyWords: Readonly<Record<string, (one: string, other: string) => string>> = {
  exact: (one) => `Both have the family name ${one}`,
  alike: (one, other) => `Their family names sound alike: ${one}, ${other}`,
  near: (one, other) => `Their family names differ by a letter or two: ${one}, ${other}`,
  far: (one, other) => `Their family names are somewhat alike: ${one}, ${other}`,
  changed: (one, other) => `They have different family names, as after a marriage: ${one}, ${other}`,
  different: (one, other) => `They have different family names: ${one}, ${other}`,
};

/** Grown women change their family name far more often than others do. */
const mayHaveMarried = (one: Comparable, other: Comparable): boolean =>
  [one, other].some(({ part: as }) => as === 'parent or carer') &&
  [one, other].some((each) => each.sex === 'female') &&
  [one, other].every((each) => each.sex !== 'male');

function family(one: Comparable, other: Comparable, shares: NameShares): Found | undefined {
  // A swap is told once, with the given names.
  if (swapped(one, other) || !foldName(one.familyName) || !foldName(other.familyName)) return undefined;
  const like = bestOf(one.familyName, other.familyName, familyLikeness);
  if (like === 'different') {
    for (const mine of namesOf(one)) {
      for (const theirs of namesOf(other)) {
        if (!mine.familyName || foldName(mine.familyName) !== foldName(theirs.familyName)) continue;
        const words = () => `Both have gone by the family name ${mine.familyName}`;
        return { comparison: 'family', level: 'former', words };
      }
    }
  }
  const level = like === 'different' && mayHaveMarried(one, other) ? 'changed' : like;
  const share = like === 'exact' ? shares.family.get(foldName(one.familyName)) : undefined;
  return {
    comparison: 'family',
    level,
    words: () => familyWords[level]?.(one.familyName, other.familyName) ?? '',
    share,
  };
}

const digitsOf = (day: Temporal.PlainDate): string => day.toString().replaceAll('-', '');
const yearsApart = (one: Temporal.PlainDate, other: Temporal.PlainDate): number =>
  Math.abs(one.until(other, { largestUnit: 'year' }).years);

function birthLevel(one: Comparable, other: Comparable): string | undefined {
  const [a, b] = [one.born, other.born];
  if (a === null || b === null) return undefined;
  const known = [one.birthKnown, other.birthKnown];
  if (known.includes('about')) return Math.abs(a.year - b.year) <= 2 ? 'about' : apart(a, b);
  if (known.includes('year')) return a.year === b.year ? 'year known' : apart(a, b);
  const nextYear = Math.abs(a.year - b.year) === 1;
  if (known.includes('month')) {
    if (a.year === b.year) return a.month === b.month ? 'month known' : 'year';
    return nextYear && a.month === b.month ? 'month a year out' : apart(a, b);
  }
  if (a.equals(b)) return 'same';
  const swapped = a.month === b.day && a.day === b.month;
  if (a.year === b.year && swapped) return 'swapped';
  const yearOut = a.month === b.month && a.day === b.day && nextYear;
  if (yearOut || (oneSlip(digitsOf(a), digitsOf(b)) && yearsApart(a, b) < generationYears)) return 'slip';
  if (a.year === b.year) return a.month === b.month ? 'month' : a.day === b.day ? 'other month' : 'year';
  return nextYear && swapped ? 'swapped and year' : apart(a, b);
}

const apart = (one: Temporal.PlainDate, other: Temporal.PlainDate): string =>
  yearsApart(one, other) >= generationYears ? 'generation' : 'different';

function birth(one: Comparable, other: Comparable): Found | undefined {
  const level = birthLevel(one, other);
  const [first, second] = [one.born, other.born];
  if (level === undefined || first === null || second === null) return undefined;
  return { comparison: 'birth', level, words: () => birthWords(level, first, second) };
}

function birthWords(level: string, one: Temporal.PlainDate, other: Temporal.PlainDate): string {
  const both = `${dayText(one)}, ${dayText(other)}`;
  const words: Readonly<Record<string, string>> = {
    same: `Born on the same day: ${dayText(one)}`,
    swapped: `Day and month of birth may be changed about: ${both}`,
    slip: `Dates of birth differ by one digit or one year: ${both}`,
    'swapped and year': `Day and month of birth may be changed about, and a year out: ${both}`,
    month: `Born in the same month, on other days: ${both}`,
    'other month': `Born in the same year, on the same day of another month: ${both}`,
    year: `Born in the same year, on other days: ${both}`,
    'month known': 'Born in the same month; the day is not known of both',
    'month a year out': 'Born in the same month, a year apart; the day is not known of both',
    'year known': `Born in the same year, ${one.year}; the day is not known of both`,
    about: 'Born at about the same time; one date is an estimate',
    different: `Born on different days: ${both}`,
    generation: `Born ${yearsApart(one, other)} years apart, as a parent and a child may be`,
  };
  return words[level] ?? '';
}

function sex(one: Comparable, other: Comparable): Found | undefined {
  const known = [one.sex, other.sex].filter((each) => each === 'female' || each === 'male');
  if (known.length < 2) return undefined;
  return one.sex === other.sex
    ? { comparison: 'sex', level: 'same', words: () => `Both are ${one.sex}` }
    : { comparison: 'sex', level: 'different', words: () => 'One is female, the other male' };
}

function numbers(
  comparison: 'chi' | 'scn',
  title: string,
  ones: readonly string[],
  others: readonly string[],
): Found | undefined {
  if (ones.length === 0 || others.length === 0) return undefined;
  const shared = ones.find((number) => others.includes(number));
  if (shared !== undefined)
    return { comparison, level: 'same', words: () => `They have the same ${title}: ${shared}` };
  const slip = ones.some((number) => others.some((other) => oneSlip(number, other)));
  return slip
    ? { comparison, level: 'slip', words: () => `Their ${title}s differ by one slip of the fingers` }
    : {
        comparison,
        level: 'different',
        words: () => `Their ${title}s differ: as a rule that means two people`,
      };
}

function home(one: Comparable, other: Comparable): Found | undefined {
  if (one.postcodes.length === 0 || other.postcodes.length === 0) return undefined;
  const shared = one.postcodes.some((postcode) => other.postcodes.includes(postcode));
  return shared
    ? { comparison: 'home', level: 'same', words: () => 'Both have lived at the same postcode' }
    : { comparison: 'home', level: 'different', words: () => 'No postcode where both have lived' };
}

function relatives(one: Comparable, other: Comparable): Found | undefined {
  const others = (mine: Comparable, them: Comparable) => mine.relatives.filter((id) => id !== them.id);
  const [mine, theirs] = [others(one, other), others(other, one)];
  if (mine.some((id) => theirs.includes(id)))
    return {
      comparison: 'relatives',
      level: 'shared',
      words: () => 'Somebody in their families is the same person',
    };
  if (one.parents.some((name) => other.parents.some((theirName) => slipsBetween(name, theirName, 1) <= 1)))
    return {
      comparison: 'relatives',
      level: 'parent',
      words: () => 'A parent or carer of each has the same name, or one much like it',
    };
  if (mine.length === 0 || theirs.length === 0) return undefined;
  return { comparison: 'relatives', level: 'none', words: () => 'Nobody in their families is the same' };
}

function part(one: Comparable, other: Comparable): Found | undefined {
  if (one.born !== null && other.born !== null) return undefined;
  const young = (person: Comparable) => person.part === 'child' || person.part === 'young person';
  const old = (person: Comparable) => person.part === 'parent or carer';
  if (!((young(one) && old(other)) || (old(one) && young(other)))) return undefined;
  const words = () => 'One is a child in the family, the other a parent or carer';
  return { comparison: 'part', level: 'apart', words };
}

/** Compares two records in every way that both have something to compare in. */
export const compare = (one: Comparable, other: Comparable, shares: NameShares): Found[] =>
  [
    given(one, other, shares),
    family(one, other, shares),
    birth(one, other),
    sex(one, other),
    numbers('chi', 'CHI number', one.chi, other.chi),
    numbers('scn', 'Scottish Candidate Number', one.scn, other.scn),
    home(one, other),
    relatives(one, other),
    part(one, other),
  ].filter((found) => found !== undefined);
