import { ageOn } from '../../../record/people.ts';
import { moment } from '../calendar.ts';
import { surnameOf } from '../names.ts';
import { localities } from '../partnership.ts';
import type { Household } from '../plan.ts';
import { addPerson, type Cast, carersOf, childrenOf, heritageOf, type Member, openTo } from './cast.ts';

interface Tie {
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  readonly since?: Temporal.PlainDate;
  readonly until?: Temporal.PlainDate;
  readonly endedHow?: 'separated' | 'divorced' | 'death';
  readonly rights?: boolean;
  readonly note?: string;
}

function tie(cast: Cast, { from, to, kind, since, until, endedHow, rights, note }: Tie): void {
  const noted = cast.today.subtract({ months: 8 });
  cast.filled['record.relationship'].push({
    id: cast.idOn(noted),
    person_id: from,
    other_id: to,
    kind,
    during: `[${since ?? ''},${until ?? ''})`,
    ended_how: endedHow ?? null,
    rights: rights ?? null,
    note: note ?? '',
    source: 'Told by the family',
    noted_at: moment(noted, 10),
  });
}

/** Gives somebody a home of their own in another street, or the home of somebody who is written down already. */
export function settleAt(cast: Cast, person: string, withWhom?: string, kind = 'home'): void {
  const { filled, chance, today } = cast;
  const since = today.subtract({ months: 8 });
  const known =
    withWhom === undefined
      ? undefined
      : filled['record.home'].findLast((row) => row.person_id === withWhom)?.address_id;
  const address = known ?? cast.idOn(since);
  const town = chance.pick(localities);
  if (known === undefined)
    filled['record.address'].push({
      id: address,
      lines: `${chance.between(1, 80)} ${chance.pick(['Shore Street', 'Manse Road', 'Viewfield', 'Ferry Brae', 'Larch Avenue'])}`,
      town,
      postcode: `KH${localities.indexOf(town) + 1} ${chance.between(1, 9)}${chance.pick([...'ABDEFGHJLN'])}${chance.pick([...'ABDEFGHJLN'])}`,
      withheld: false,
      withheld_why: null,
      withheld_since: null,
      created_at: moment(since, 10),
    });
  filled['record.home'].push({
    id: cast.idOn(since),
    person_id: person,
    address_id: address,
    kind,
    during: `[${today.subtract({ years: 2, days: chance.between(0, 600) })},)`,
    source: 'Told by the family',
    noted_at: moment(since, 10),
  });
}

type Gender = 'female' | 'male';

/** Somebody of a family's heritage, whose name nobody else in the family has. */
function newcomer(
  cast: Cast,
  household: Household,
  gender: Gender,
  age: number,
  more: { own?: string; part?: 'child' | 'other'; care?: boolean; told?: Record<string, unknown> } = {},
): string {
  const heritage = heritageOf(household);
  const used = new Set(
    cast.filled['record.family_member']
      .filter((row) => row.family_id === household.id)
      .map((row) => cast.filled['record.person'].find((each) => each.id === row.person_id)?.given_name),
  );
  const names = (gender === 'female' ? heritage.women : heritage.men).filter((name) => !used.has(name));
  const own = cast.chance.pick(heritage.surnames);
  return addPerson(
    cast,
    household,
    {
      givenName: cast.chance.pick(names),
      familyName: more.own ?? surnameOf(own, gender),
      born: cast.today.subtract({ years: age, days: cast.chance.between(3, 360) }),
      gender,
      careExperienced: more.care ?? false,
    },
    { part: more.part ?? 'other', told: { sex: gender, ...more.told } },
  );
}

const ageOf = (cast: Cast, member: Member) => ageOn(member.person.born, cast.today);

/** A home with the children's parents: who is whose parent, and who the parents are to each other. */
function withParents(cast: Cast, household: Household, at: number): void {
  const [first, second] = carersOf(household);
  const children = childrenOf(household);
  const eldest = children[0];
  if (first === undefined || eldest === undefined) return;
  // In one family of five the eldest has another parent, who lives elsewhere.
  const other = second !== undefined && children.length > 1 && at % 5 === 1;
  for (const child of children) {
    tie(cast, { from: first.id, to: child.id, kind: 'parent', since: child.person.born, rights: true });
    if (second === undefined) continue;
    const step = other && child === eldest;
    tie(cast, {
      from: second.id,
      to: child.id,
      kind: step ? 'step-parent' : 'parent',
      since: step ? child.person.born.add({ years: 2 }) : child.person.born,
      ...(step ? {} : { rights: true }),
    });
  }
  if (second !== undefined) {
    const apart = at % 6 === 5;
    const since = eldest.person.born.subtract({ years: 1 });
    tie(cast, {
      from: first.id,
      to: second.id,
      kind: at % 2 === 0 ? 'husband, wife or civil partner' : 'partner',
      since: other ? eldest.person.born.add({ years: 1 }) : since,
      ...(apart ? { until: cast.today.subtract({ days: 400 }), endedHow: 'separated' as const } : {}),
    });
  }
  if (other || (second === undefined && at % 3 === 0)) {
    const gender: Gender = first.person.gender === 'female' ? 'male' : 'female';
    const parent = newcomer(cast, household, gender, ageOf(cast, first) + 1);
    for (const child of other ? [eldest] : children)
      tie(cast, {
        from: parent,
        to: child.id,
        kind: 'parent',
        since: child.person.born,
        rights: at % 2 === 0,
      });
    tie(cast, {
      from: first.id,
      to: parent,
      kind: 'partner',
      since: eldest.person.born.subtract({ years: 2 }),
      until: eldest.person.born.add({ days: 300 }),
      endedHow: 'separated',
    });
    settleAt(cast, parent);
  }
}

/** A home with kin: the carers are grandparents, and the children's mother is in the record too. */
function withKin(cast: Cast, household: Household): void {
  const [first, second] = carersOf(household);
  const children = childrenOf(household);
  const eldest = children[0];
  if (first === undefined || eldest === undefined) return;
  const age = Math.max(ageOf(cast, eldest) + 18, Math.min(ageOf(cast, eldest) + 24, ageOf(cast, first) - 19));
  const mother = newcomer(cast, household, 'female', age, {
    own: eldest.person.familyName,
    told: { what_matters: null },
  });
  settleAt(cast, mother);
  for (const carer of [first, ...(second === undefined ? [] : [second])]) {
    tie(cast, { from: carer.id, to: mother, kind: 'parent' });
    for (const child of children) {
      tie(cast, { from: carer.id, to: child.id, kind: 'grandparent', since: child.person.born });
      tie(cast, {
        from: carer.id,
        to: child.id,
        kind: 'kinship carer',
        since: cast.today.subtract({ years: 1, days: 40 }),
        rights: carer === first,
      });
    }
  }
  if (second !== undefined)
    tie(cast, { from: first.id, to: second.id, kind: 'husband, wife or civil partner' });
  for (const child of children)
    tie(cast, { from: mother, to: child.id, kind: 'parent', since: child.person.born, rights: true });
}

/** A brother or sister who lives in a foster home, and the foster carer there. */
function withFosterCarer(cast: Cast, household: Household): void {
  const child = childrenOf(household)[0];
  const home = cast.filled['record.home'].findLast((row) => row.person_id === child?.id);
  if (child === undefined || home?.kind !== 'foster home') return;
  const carer = newcomer(cast, household, 'female', 51);
  settleAt(cast, carer, child.id);
  tie(cast, { from: carer, to: child.id, kind: 'foster carer', since: cast.today.subtract({ days: 300 }) });
}

/** People who matter and are no kin: somebody for about every third family. */
function around(cast: Cast, household: Household, at: number): void {
  const child = childrenOf(household)[0];
  if (child === undefined || at % 3 !== 2) return;
  const kinds = [
    ['important adult', 'Runs the boxing club. Picks up the phone.'],
    ['godparent', 'Comes on birthdays and when things are bad.'],
    ['neighbour', 'Has a key, and a spare bed.'],
    ['aunt or uncle', 'The aunt they call when Mum is ill.'],
  ] as const;
  const [kind, note] = kinds[Math.floor(at / 3) % kinds.length] ?? kinds[0];
  const who = newcomer(cast, household, at % 2 === 0 ? 'female' : 'male', 34 + (at % 20));
  tie(cast, { from: who, to: child.id, kind, note });
}

/** The family whose map has twelve people and more: three generations, a baby expected, somebody who died, a foster brother. */
function largeFamily(cast: Cast, household: Household): void {
  const [mother, second] = carersOf(household);
  const [eldest] = childrenOf(household);
  if (mother === undefined || eldest === undefined) return;
  const own = mother.person.familyName;
  const age = ageOf(cast, mother);
  const partner =
    second?.id ?? newcomer(cast, household, mother.person.gender === 'female' ? 'male' : 'female', age + 2);
  if (second === undefined) {
    settleAt(cast, partner, mother.id);
    tie(cast, { from: mother.id, to: partner, kind: 'partner', since: cast.today.subtract({ days: 700 }) });
    tie(cast, {
      from: partner,
      to: eldest.id,
      kind: 'step-parent',
      since: cast.today.subtract({ days: 600 }),
    });
  }
  const gran = newcomer(cast, household, 'female', age + 24, { own });
  const grandad = newcomer(cast, household, 'male', age + 27, {
    own,
    told: { died_on: cast.today.subtract({ days: 230 }) },
  });
  const nana = newcomer(cast, household, 'female', age + 29);
  const great = newcomer(cast, household, 'female', age + 49);
  const aunt = newcomer(cast, household, 'female', age - 4, { own });
  const cousin = newcomer(cast, household, 'female', Math.max(2, age - 29), { own });
  const foster = newcomer(cast, household, 'male', 11, { part: 'child', care: true });
  const friend = newcomer(cast, household, 'female', 46);
  const baby = addPerson(
    cast,
    household,
    { givenName: 'Baby', familyName: own, born: null, gender: 'female', careExperienced: false },
    { part: 'child', told: { gender: null, expected_on: cast.today.add({ days: 96 }) } },
  );
  const wed = cast.today.subtract({ years: age + 2 });
  tie(cast, {
    from: gran,
    to: grandad,
    kind: 'husband, wife or civil partner',
    since: wed,
    until: cast.today.subtract({ days: 230 }),
    endedHow: 'death',
  });
  for (const parent of [gran, grandad])
    for (const child of [mother.id, aunt]) tie(cast, { from: parent, to: child, kind: 'parent' });
  tie(cast, { from: great, to: gran, kind: 'parent' });
  tie(cast, { from: nana, to: partner, kind: 'parent' });
  tie(cast, { from: aunt, to: cousin, kind: 'parent', rights: true });
  tie(cast, { from: cousin, to: eldest.id, kind: 'cousin' });
  tie(cast, { from: mother.id, to: baby, kind: 'parent' });
  tie(cast, { from: partner, to: baby, kind: 'parent' });
  tie(cast, { from: mother.id, to: foster, kind: 'foster carer', since: cast.today.subtract({ days: 500 }) });
  tie(cast, {
    from: foster,
    to: eldest.id,
    kind: 'like a brother or sister',
    note: 'They say so themselves, and share a room.',
  });
  tie(cast, {
    from: friend,
    to: eldest.id,
    kind: 'important adult',
    note: 'A first teacher, who has kept in touch.',
  });
  settleAt(cast, gran);
  settleAt(cast, great, gran);
  settleAt(cast, nana);
  settleAt(cast, aunt);
  settleAt(cast, cousin, aunt);
  settleAt(cast, foster, mother.id, 'foster home');
}

/** The family of Ailsa's whose map is the largest: of those with parents, the one with most children. */
function theLargeFamily(cast: Cast): Household | undefined {
  return openTo(cast)
    .filter((each) => each.workers[0]?.name === 'Ailsa Drummond' && each.family.home === 'parents')
    .toSorted((a, b) => b.people.length - a.people.length)[0];
}

/** Who is who to whom in every family, with those who live elsewhere. */
export function tellKin(cast: Cast): void {
  const large = theLargeFamily(cast);
  cast.households.forEach((household, at) => {
    if (household.family.home === 'parents') withParents(cast, household, at);
    else if (household.family.home === 'kinship') withKin(cast, household);
    withFosterCarer(cast, household);
    around(cast, household, at);
    if (household === large) largeFamily(cast, household);
  });
}
