import { checkDigit10 } from '../../people.ts';
import type { WrittenName } from '../matching/comparable.ts';
import { alikeNames, sameGroup } from '../matching/name-groups.ts';
import { foldName } from '../matching/names.ts';
import { type Mix, usual } from './mixes.ts';
import { boys, familyNames, girls, placeWords } from './names.ts';

// Made people, with second records of some of them, spoiled as people spoil records; and those who are easily taken for each
// other and are not: twins, brothers born close together, a father and son of one name, and many of a common name.

/** Numbers from a seed, the same each time (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface MadePerson extends WrittenName {
  /** Its place in the list, from 0. */
  at: number;
  family: number;
  part: 'child' | 'parent or carer';
  sex: 'female' | 'male' | null;
  born: Temporal.PlainDate | null;
  birthKnown: 'day' | 'month' | 'year';
  postcode: string | null;
  chi: string | null;
  otherNames: WrittenName[];
  /** Which record is the first of this person: its own place where it is that. */
  sameAs: number;
}

export interface MadePeople {
  people: MadePerson[];
  families: number;
  /** Pairs that are not one person and look it, by why. */
  lookAlikes: { why: 'twins' | 'near birthdays' | 'father and son'; one: number; other: number }[];
}

type Random = () => number;
const pick = <T>(random: Random, from: readonly T[]): T => {
  const found = from[Math.floor(random() * from.length)];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
};
/** Nearer the beginning of the list more often, as common names are. */
const pickCommon = <T>(random: Random, from: readonly T[]): T => {
  const found = from[Math.floor(from.length * random() ** 2.2)];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
};
const familyName = (random: Random): string => {
  if (random() < 0.7) return pickCommon(random, familyNames);
  const [first = [], last = []] = placeWords;
  return pick(random, first) + pick(random, last);
};
const dayIn = (random: Random, from: number, to: number): Temporal.PlainDate =>
  Temporal.PlainDate.from({ year: from, month: 1, day: 1 }).add({
    days: Math.floor(random() * (to - from + 1) * 365.25),
  });
const postcodeFrom = (random: Random): string => {
  const letters = 'ABDEFGHJLNPQRSTUWXYZ';
  const letter = () => letters[Math.floor(random() * letters.length)] ?? 'A';
  return `ZE${1 + Math.floor(random() * 9)} ${Math.floor(random() * 9)}${letter()}${letter()}`;
};
/** A CHI number for somebody born on a day, that nobody else has. */
function chiFor(random: Random, born: Temporal.PlainDate, given: Set<string>): string {
  const two = (part: number) => String(part).padStart(2, '0');
  for (;;) {
    const nine = `${two(born.day)}${two(born.month)}${two(born.year % 100)}${String(Math.floor(random() * 1000)).padStart(3, '0')}`;
    const chi = `${nine}${checkDigit10(nine)}`;
    if (given.has(chi)) continue;
    given.add(chi);
    return chi;
  }
}

type Blank = Omit<MadePerson, 'at' | 'sameAs'>;

function person(
  random: Random,
  given: Set<string>,
  of: Partial<Blank> & { family: number; familyName: string; born: Temporal.PlainDate },
): Blank {
  const sex = of.sex ?? (random() < 0.5 ? 'female' : 'male');
  return {
    part: 'child',
    givenName: pickCommon(random, sex === 'female' ? girls : boys),
    birthKnown: 'day',
    postcode: null,
    chi: random() < 0.6 ? chiFor(random, of.born, given) : null,
    otherNames: [],
    ...of,
    sex,
  };
}

/** Families until there are so many people, then second records of a share of them, spoiled as the mix says. */
export function makePeople(seed: number, many: number, mix: Mix = usual): MadePeople {
  const random = randomFrom(seed);
  const people: MadePerson[] = [];
  const lookAlikes: MadePeople['lookAlikes'] = [];
  const numbers = new Set<string>();
  let families = 0;
  const add = (made: Blank, sameAs?: number): MadePerson => {
    const whole = { ...made, at: people.length, sameAs: sameAs ?? people.length };
    people.push(whole);
    return whole;
  };
  while (people.length < many) {
    const family = families++;
    const common = { family, familyName: familyName(random), postcode: postcodeFrom(random) };
    const adults = [
      person(random, numbers, {
        ...common,
        part: 'parent or carer',
        sex: 'female',
        born: dayIn(random, 1975, 2000),
      }),
    ];
    if (random() < 0.6)
      adults.push(
        person(random, numbers, {
          ...common,
          part: 'parent or carer',
          sex: 'male',
          born: dayIn(random, 1972, 1998),
        }),
      );
    if (random() < 0.3) adults[0] = { ...(adults[0] as Blank), familyName: familyName(random) };
    const grown = adults.map((adult) => add(adult));
    // Nobody gives two children one name, or two forms of one.
    const taken = new Set<string>();
    const child = (of: { born: Temporal.PlainDate; sex?: MadePerson['sex'] }): MadePerson => {
      for (;;) {
        const made = person(random, numbers, { ...common, ...of });
        const name = foldName(made.givenName);
        if (taken.has(name) || [...taken].some((each) => sameGroup(each, name))) continue;
        taken.add(name);
        return add(made);
      }
    };
    for (let number = Math.floor(random() * 4); number > 0; number--) {
      const born = dayIn(random, 2006, 2024);
      const first = child({ born });
      const kind = random();
      if (kind < mix.twins) lookAlikes.push({ why: 'twins', one: first.at, other: child({ born }).at });
      else if (kind < mix.twins + mix.near) {
        const near = child({ sex: first.sex, born: born.add({ days: 300 + Math.floor(random() * 130) }) });
        lookAlikes.push({ why: 'near birthdays', one: first.at, other: near.at });
      }
      const namesake = grown.find((adult) => adult.sex === first.sex);
      if (kind > 1 - mix.namesakes && namesake && !taken.has(foldName(namesake.givenName))) {
        taken.add(foldName(namesake.givenName));
        first.givenName = namesake.givenName;
        first.familyName = namesake.familyName;
        lookAlikes.push({ why: 'father and son', one: namesake.at, other: first.at });
      }
    }
  }
  const originals = people.length;
  const again = new Set<number>();
  for (let at = 0; at < originals; at++) {
    const original = people[at];
    if (original === undefined || again.has(at) || random() >= mix.share) continue;
    // As often as not their parents were added again with them; else they alone, or they twice in one family.
    const how = random();
    const family = how < mix.elsewhere ? families++ : original.family;
    const moved = random() < mix.moved ? postcodeFrom(random) : undefined;
    for (const each of [original, ...(how < mix.parents ? parentsOf(people, original) : [])]) {
      if (again.has(each.at)) continue;
      again.add(each.at);
      const second = spoiled(random, each, mix);
      add(
        { ...second, family, postcode: second.postcode === null ? null : (moved ?? second.postcode) },
        each.at,
      );
      if (random() < 0.05) add({ ...spoiled(random, each, mix), family: families++ }, each.at);
    }
  }
  return { people, families, lookAlikes };
}

const parentsOf = (people: readonly MadePerson[], { family, at }: MadePerson): MadePerson[] =>
  people
    .slice(Math.max(0, at - 12), at)
    .filter((each) => each.family === family && each.part === 'parent or carer');

/** A second record of somebody: some things left out, and one, two or three spoiled, each in another way. */
function spoiled(random: Random, original: MadePerson, mix: Mix): Blank {
  let made: Blank = { ...original, chi: random() >= mix.withoutChi ? original.chi : null, otherNames: [] };
  if (random() < mix.withoutSex) made = { ...made, sex: null };
  const times = random() < mix.once ? 1 : random() < mix.twice ? 2 : 3;
  let left = spoilers;
  for (let time = 0; time < times; time++) {
    const chosen = pickOften(random, left);
    left = left.filter((each) => each !== chosen);
    made = chosen.spoil(random, made);
  }
  return made;
}

/** One of several, each as often as it says. */
function pickOften<T extends { often: number }>(random: Random, from: readonly T[]): T {
  let at = random() * from.reduce((sum, { often }) => sum + often, 0);
  for (const each of from) {
    at -= each.often;
    if (at < 0) return each;
  }
  return pick(random, from);
}

type Spoiler = (random: Random, made: Blank) => Blank;

/** One slip of the fingers: a letter left out, doubled, taken for another or changed about with its neighbour. */
function slip(random: Random, word: string): string {
  if (word.length < 3) return `${word}e`;
  const at = 1 + Math.floor(random() * (word.length - 1));
  const kind = random();
  if (kind < 0.3) return word.slice(0, at) + word.slice(at + 1);
  if (kind < 0.5) return word.slice(0, at) + word[at] + word.slice(at);
  if (kind < 0.75 || at === word.length - 1)
    return word.slice(0, at) + pick(random, [...'aeiounrstlm']) + word.slice(at + 1);
  return word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2);
}

const sounds: readonly [RegExp, string][] = [
  [/^Mac(?=[A-Z])/, 'Mc'],
  [/^Mc/, 'Mac'],
  [/ie$/, 'y'],
  [/y$/, 'ie'],
  [/ph/, 'v'],
  [/ei/, 'ea'],
  [/mps/, 'ms'],
  [/ms/, 'mps'],
  [/rk$/, 'rke'],
  [/ck/, 'k'],
  [/ll/, 'l'],
  [/tt/, 't'],
  [/l$/, 'll'],
  [/n$/, 'nn'],
  [/e$/, ''],
];
const respelled = (word: string): string => {
  const [pattern, by] = sounds.find(([each]) => each.test(word)) ?? [/$/, 'e'];
  return word.replace(pattern, by);
};
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

function wrongDay(random: Random, born: Temporal.PlainDate): Temporal.PlainDate {
  const kind = random();
  if (kind < 0.4) return born.with({ day: 1 + ((born.day + Math.floor(random() * 27)) % 28) });
  if (kind < 0.75) return born.with({ month: 1 + ((born.month + Math.floor(random() * 11)) % 12) });
  return born.add({ years: random() < 0.5 ? 1 : -1 });
}

/** What spoils a record, and how often beside the others. */
const spoilers: readonly { often: number; spoil: Spoiler }[] = [
  { often: 20, spoil: (random, made) => ({ ...made, givenName: slip(random, made.givenName) }) },
  { often: 16, spoil: (random, made) => ({ ...made, familyName: slip(random, made.familyName) }) },
  {
    often: 14,
    spoil(random, made) {
      const others = alikeNames(foldName(made.givenName));
      return others.length === 0 ? made : { ...made, givenName: capital(pick(random, others)) };
    },
  },
  { often: 12, spoil: (_random, made) => ({ ...made, familyName: respelled(made.familyName) }) },
  {
    often: 12,
    spoil: (random, made) => (made.born === null ? made : { ...made, born: wrongDay(random, made.born) }),
  },
  { often: 6, spoil: (_random, made) => ({ ...made, postcode: null }) },
  {
    often: 7,
    spoil: (_random, made) =>
      made.born === null || made.born.day > 12
        ? made
        : { ...made, born: made.born.with({ month: made.born.day, day: made.born.month }) },
  },
  {
    often: 6,
    spoil(random, made) {
      if (made.part === 'child' || made.sex !== 'female') return made;
      const was = { givenName: made.givenName, familyName: made.familyName };
      return { ...made, familyName: familyName(random), otherNames: random() < 0.5 ? [was] : [] };
    },
  },
  {
    often: 5,
    spoil: (_random, made) => ({ ...made, givenName: made.familyName, familyName: made.givenName }),
  },
  {
    often: 4,
    spoil: (random, made) =>
      made.born === null ? made : { ...made, birthKnown: random() < 0.5 ? 'month' : 'year' },
  },
  { often: 3, spoil: (_random, made) => ({ ...made, born: null }) },
];
