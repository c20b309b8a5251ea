import { heritages, surnameOf } from './names.ts';
import { type Locality, localities } from './partnership.ts';
import type { Dice } from './random.ts';

export interface Person {
  readonly givenName: string;
  readonly familyName: string;
  readonly born: Temporal.PlainDate;
  readonly gender: 'female' | 'male';
  readonly careExperienced: boolean;
  readonly part: 'child' | 'young person' | 'parent or carer';
}

export interface Family {
  readonly name: string;
  readonly locality: Locality;
  readonly postcode: string;
  readonly simdDecile: number;
  readonly service: 'social-work' | 'education';
  readonly home: 'parents' | 'kinship' | 'independently';
  /** Children and young people first. */
  readonly people: readonly Person[];
}

/** How many families there are in each locality: most where the personas work. */
const howMany: Readonly<Record<Locality, number>> = {
  Kinbrae: 36,
  Ardwhin: 18,
  Dunlarig: 17,
  Invermarn: 17,
  Balnoran: 16,
  Glenfarrow: 16,
};

/** The deciles in which most of a locality's homes lie. */
const deciles: Readonly<Record<Locality, readonly number[]>> = {
  Kinbrae: [1, 1, 1, 2, 2, 3, 4],
  Ardwhin: [1, 2, 2, 3, 3, 5],
  Dunlarig: [2, 2, 3, 4, 5, 6],
  Invermarn: [1, 1, 2, 3, 4, 7],
  Balnoran: [2, 3, 5, 6, 7, 8],
  Glenfarrow: [4, 5, 6, 7, 8, 9, 10],
};

const letters = 'ABDEFGHJLNPQRSTUWXYZ';

function makeFamily(chance: Dice, today: Temporal.PlainDate, locality: Locality, at: number): Family {
  const weighted = heritages.flatMap((each) => Array.from({ length: each.share }, () => each));
  const heritage = chance.pick(weighted);
  const surname = chance.pick(heritage.surnames);
  const used = new Set<string>();
  const bornAt = (age: number) => today.subtract({ years: age, days: chance.between(3, 360) });
  const person = (
    part: Person['part'],
    age: number,
    {
      own,
      gender = chance.chance(0.5) ? 'female' : 'male',
      care = false,
    }: { own?: string | readonly [string, string]; gender?: Person['gender']; care?: boolean } = {},
  ): Person => {
    const free = (gender === 'female' ? heritage.women : heritage.men).filter((name) => !used.has(name));
    const givenName = chance.pick(free);
    used.add(givenName);
    return {
      givenName,
      familyName: surnameOf(own ?? surname, gender),
      born: bornAt(age),
      gender,
      careExperienced: care,
      part,
    };
  };
  const base = {
    name: surnameOf(surname, 'male'),
    locality,
    postcode: `KH${localities.indexOf(locality) + 1} ${chance.between(1, 9)}${chance.pick([...letters])}${chance.pick([...letters])}`,
    simdDecile: chance.pick(deciles[locality]),
  };

  // One family in fifteen is a young person on their own; one in nine is a home with kin.
  if (at % 15 === 7) {
    const people = [person('young person', chance.between(17, 24), { care: true })];
    return { ...base, service: 'social-work', home: 'independently', people };
  }
  const kinship = at % 9 === 4;
  const youngest = chance.between(1, 12);
  const count = chance.pick([1, 1, 2, 2, 2, 2, 3, 3, 4]);
  const children: Person[] = [];
  for (let index = 0; index < count; index += 1) {
    const age = youngest + index * chance.between(2, 3);
    children.push(
      person(age < 18 ? 'child' : 'young person', Math.min(age, 20), {
        care: kinship || chance.chance(0.07),
      }),
    );
  }
  const carerAge = kinship ? chance.between(52, 71) : Math.max(21 + youngest, chance.between(27, 45));
  const mother = person('parent or carer', carerAge, {
    gender: chance.chance(0.82) ? 'female' : 'male',
    ...(kinship && chance.chance(0.5) ? { own: chance.pick(heritage.surnames) } : {}),
  });
  const two = chance.chance(kinship ? 0.4 : 0.38);
  const carers = two
    ? [
        mother,
        person('parent or carer', carerAge + chance.between(0, 4), {
          gender: mother.gender === 'female' ? 'male' : 'female',
        }),
      ]
    : [mother];
  return {
    ...base,
    service: at % 5 < 2 ? 'education' : 'social-work',
    home: kinship ? 'kinship' : 'parents',
    people: [...children.toSorted((a, b) => Temporal.PlainDate.compare(a.born, b.born)), ...carers],
  };
}

/** About 120 families, the same ones for the same day. */
export const makeFamilies = (chance: Dice, today: Temporal.PlainDate): Family[] =>
  localities.flatMap((locality) =>
    Array.from({ length: howMany[locality] }, (_, at) => makeFamily(chance, today, locality, at)),
  );
