import { foldName } from '../../../record/duplicates/matching/names.ts';
import { moment } from '../calendar.ts';
import type { Household } from '../plan.ts';
import { addPerson, type Cast, childrenOf, heritageOf, type Member, openTo } from './cast.ts';
import { settleAt } from './kin.ts';

type Slip = (member: Member) => { givenName: string; familyName: string; born: Temporal.PlainDate };

const doubled = (word: string): string => {
  const slipped = word.replace(/([lnrt])(?=[aeiou])/, '$1$1');
  return slipped === word ? `${word}e` : slipped;
};
const slips: readonly Slip[] = [
  ({ person }) => ({ ...person, familyName: doubled(person.familyName) }),
  ({ person }) => ({
    ...person,
    born:
      person.born.day <= 12
        ? person.born.with({ day: person.born.month, month: person.born.day })
        : person.born.with({ day: person.born.day - 1 }),
  }),
  ({ person }) => ({
    ...person,
    givenName: foldName(person.givenName).replace(/^./, (first) => first.toUpperCase()),
    familyName: `${person.familyName}e`,
  }),
];

/** A second record of somebody, in another family, as it comes when search is left out. */
function again(cast: Cast, of: Member, into: Household, slip: Slip): void {
  const id = addPerson(
    cast,
    into,
    { ...slip(of), gender: of.person.gender, careExperienced: of.person.careExperienced },
    { part: 'child', told: { sex: of.person.gender } },
  );
  settleAt(cast, id, into.people[0]?.id);
  const number = cast.filled['record.identifier'].find(
    (row) => row.person_id === of.id && row.scheme === 'CHI',
  );
  if (number !== undefined)
    cast.filled['record.identifier'].push({
      ...number,
      id: cast.idOn(cast.today.subtract({ months: 7 })),
      person_id: id,
      source: 'Told by the family',
      noted_at: moment(cast.today.subtract({ months: 7 }), 10),
    });
}

/** Children who have two records: some of which Ailsa sees both, some of which she sees one, some elsewhere; and twins. */
export function tellTwice(cast: Cast): void {
  const of = (name: string) =>
    openTo(cast).filter(({ workers, family }) => workers[0]?.name === name && family.home === 'parents');
  const [ailsa, rhona, hazel] = [of('Ailsa Drummond'), of('Rhona Petrie'), of('Hazel Moncur')];
  const pairs: [Household | undefined, Household | undefined, Slip | undefined][] = [
    [ailsa[0], ailsa[3], slips[0]],
    [ailsa[1], ailsa[2], slips[1]],
    [ailsa[3], ailsa[4], slips[1]],
    [ailsa[2], ailsa[0], slips[2]],
    [ailsa[4], rhona[1], slips[0]],
    [rhona[0], rhona[2], slips[1]],
    [hazel[0], hazel[1], slips[2]],
  ];
  pairs.forEach(([from, into, slip]) => {
    const child = from && childrenOf(from)[0];
    if (child && into && slip) again(cast, child, into, slip);
  });
  twins(cast, ailsa[1]);
}

/** Twins whose names are nearly alike: somebody looked, and said that they are two. */
function twins(cast: Cast, household: Household | undefined): void {
  const child = household && childrenOf(household).at(-1);
  if (household === undefined || child === undefined) return;
  const { givenName, familyName, born, gender } = child.person;
  const heritage = heritageOf(household);
  const others = (gender === 'female' ? heritage.women : heritage.men).filter(
    (name) => !household.people.some(({ person }) => person.givenName === name),
  );
  const name = others.find((each) => each.startsWith(givenName.slice(0, 1))) ?? cast.chance.pick(others);
  const twin = addPerson(
    cast,
    household,
    { givenName: name, familyName, born, gender, careExperienced: false },
    { part: 'child', told: { sex: gender } },
  );
  settleAt(cast, twin, child.id);
  for (const row of cast.filled['record.relationship'].filter(
    ({ other_id, kind }) => other_id === child.id && /parent/.test(String(kind)),
  ))
    cast.filled['record.relationship'].push({
      ...row,
      id: cast.idOn(cast.today.subtract({ months: 8 })),
      other_id: twin,
    });
  const [one = '', other = ''] = [child.id, twin].toSorted();
  const decidedAt = moment(cast.today.subtract({ days: 33 }), 15);
  cast.filled['record.same_person'].push({
    id: cast.idOn(cast.today.subtract({ days: 40 })),
    one,
    other,
    probability: 0.04,
    weight: -4.6,
    explanation: [],
    state: 'different',
    found_at: moment(cast.today.subtract({ days: 40 }), 2),
    decided_by: household.workers[0]?.id ?? null,
    decided_at: decidedAt,
    why: `${givenName} and ${name} are twins. I have met them both.`,
  });
}
