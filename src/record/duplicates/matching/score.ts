import { type Comparable, type NameShares, noShares } from './comparable.ts';
import { compare, type Found } from './comparisons.ts';
import { type Comparison, type Parameters, parameters, priorAmong } from './parameters.ts';

/** What one comparison says: in words, and by how much it moves the odds (in powers of two). */
export interface Reason {
  comparison: Comparison;
  level: string;
  /** Without the values of either record. */
  title: string;
  words: string;
  weight: number;
}

export interface Score {
  /** 0 to 1: how likely it is that the two records are of one person. */
  probability: number;
  /** The same as powers of two of the odds. */
  weight: number;
  /** What speaks for it and against it; put into words only when asked for, since most pairs are never shown. */
  reasons: () => Reason[];
}

export interface ScoreOptions {
  /** How many people there are, for the odds before anything is compared. */
  records: number;
  shares?: NameShares | undefined;
  parameters?: Parameters | undefined;
}

/** What brothers and sisters share as a matter of course. */
const sharedByBrothersAndSisters: readonly Comparison[] = ['family', 'home', 'relatives'];
/** What twins share besides. */
const sharedByTwins: readonly Comparison[] = [...sharedByBrothersAndSisters, 'birth'];
/** What a parent and a child named after them share as a matter of course. */
const sharedByParentAndChild: readonly Comparison[] = ['given', 'family', 'home', 'relatives'];

const levelOf = (found: readonly Found[], comparison: Comparison) =>
  found.find((each) => each.comparison === comparison)?.level;

/**
 * Which comparisons say nothing in favour, because the two records are as likely of two people of one family. Twins share a
 * birthday, a name and a home; a father and son of one name all but the birthday.
 */
function explainedByKinship(found: readonly Found[]): readonly Comparison[] {
  const birth = levelOf(found, 'birth');
  if (birth === 'generation' || levelOf(found, 'part') === 'apart') return sharedByParentAndChild;
  // Cousins and brothers and sisters may have one name too.
  if (birth === 'different') return ['home', 'relatives'];
  const given = levelOf(found, 'given');
  // A name that is only something like the other, in one family: Kenna and Jenna are twins until somebody says otherwise.
  if ((given === 'form' || given === 'neighbour') && levelOf(found, 'relatives') === 'shared')
    return sharedByTwins;
  return given === 'different' || given === 'neighbour' ? sharedByBrothersAndSisters : [];
}

/** No name is so rare that sharing it proves anything by itself. */
const rarest = 0.00002;

function weightOf(found: Found, table: Parameters): { title: string; weight: number } {
  const level = table[found.comparison]?.[found.level];
  if (level === undefined) throw new Error(`no parameters for ${found.comparison} ${found.level}`);
  const u = found.share === undefined ? level.u : Math.max(found.share, rarest);
  return { title: level.title, weight: Math.log2(level.m / u) };
}

/**
 * How likely it is that two records are of one person, with everything that speaks for it and against it. A name's own share
 * of the records takes the place of the average: sharing Smith says less than sharing Tulloch.
 */
export function score(one: Comparable, other: Comparable, options: ScoreOptions): Score {
  const found = compare(one, other, options.shares ?? noShares);
  const kin = explainedByKinship(found);
  const table = options.parameters ?? parameters;
  const weighed = found.map((each) => {
    const { title, weight } = weightOf(each, table);
    const explained = weight > 0 && kin.includes(each.comparison);
    return { each, title, explained, weight: explained ? 0 : weight };
  });
  const prior = priorAmong(options.records);
  const weight = weighed.reduce((sum, found) => sum + found.weight, Math.log2(prior / (1 - prior)));
  return {
    probability: 1 / (1 + 2 ** -weight),
    weight,
    reasons: () =>
      weighed.map(({ each: { comparison, level, words }, title, explained, weight: own }) => ({
        comparison,
        level,
        title,
        words: explained ? `${words()}, as close relatives do` : words(),
        weight: own,
      })),
  };
}

/** How likely, in words that do not pretend to more than is known: "99 in 100". */
export const likelihoodText = (probability: number): string => {
  if (probability > 0.995) return 'more than 99 in 100';
  return `${Math.max(1, Math.round(probability * 100))} in 100`;
};
