import { moment } from './calendar.ts';
import { type Locality, localities } from './partnership.ts';
import type { Household } from './plan.ts';
import { type Dice, dice, idMaker } from './random.ts';
import type { Filled } from './tables.ts';

type Member = Household['people'][number];
type Kind = 'home' | 'with relatives' | 'foster home' | 'own tenancy';

interface Stay {
  readonly who: Member;
  readonly address: string;
  readonly kind: Kind;
  readonly from: Temporal.PlainDate;
  readonly until?: Temporal.PlainDate;
}

const streets = [
  'Kirk Wynd',
  'Station Road',
  'Mill Lane',
  'Harbour Row',
  'Rowan Crescent',
  'Burnside',
  'High Street',
];
const letters = [...'ABDEFGHJLNPQRSTUWXYZ'];

const later = (one: Temporal.PlainDate, other: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(one, other) > 0 ? one : other;
const isBefore = (one: Temporal.PlainDate, other: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(one, other) < 0;

const isChild = ({ person }: Member) => person.part !== 'parent or carer';

/** Who of a household lives apart from the others: a brother or sister in another home, or a parent who has moved out. */
function livesApart({ family, people }: Household, at: number): { who: Member; kind: Kind } | undefined {
  const children = people.filter(isChild);
  const carers = people.filter((each) => !isChild(each));
  const eldest = children[0];
  if (at % 7 === 3 && eldest && children.length > 1)
    return { who: eldest, kind: family.home === 'kinship' ? 'foster home' : 'with relatives' };
  const second = carers[1];
  return at % 6 === 5 && second && family.home === 'parents' ? { who: second, kind: 'home' } : undefined;
}

/** Where everybody of a household has lived, in order. `place` makes an address in a locality. */
function staysOf(
  household: Household,
  at: number,
  chance: Dice,
  today: Temporal.PlainDate,
  place: (locality: Locality, postcode?: string) => string,
): Stay[] {
  const { family, people } = household;
  const apart = livesApart(household, at);
  const moved = today.subtract({ years: chance.between(1, 8), days: chance.between(0, 360) });
  const earlier = at % 4 === 1 ? place(family.locality) : undefined;
  const own = place(family.locality, family.postcode);
  const other = apart ? place(chance.pick(localities)) : undefined;
  return people.flatMap((who): Stay[] => {
    const { born } = who.person;
    const child = isChild(who);
    const kind: Kind =
      family.home === 'independently'
        ? 'own tenancy'
        : family.home === 'kinship' && child
          ? 'with relatives'
          : 'home';
    const from = later(born, moved);
    const left =
      apart?.who === who
        ? later(from.add({ days: 60 }), today.subtract({ days: chance.between(90, 500) }))
        : undefined;
    return [
      ...(earlier && isBefore(born, moved)
        ? [
            {
              who,
              address: earlier,
              kind: 'home' as const,
              from: later(born, moved.subtract({ years: 3 })),
              until: moved,
            },
          ]
        : []),
      { who, address: own, kind, from, ...(left ? { until: left } : {}) },
      ...(apart && other && left ? [{ who, address: other, kind: apart.kind, from: left }] : []),
    ];
  });
}

/**
 * Writes where everybody lives and has lived: most at one address, some before at another, some brothers and sisters apart, and
 * one family whose address must not be given to anybody. From dice of its own, so that the rest of the story stays as it is.
 */
export function writeHomes(
  households: readonly Household[],
  filled: Filled,
  today: Temporal.PlainDate,
): void {
  const chance = dice(0x686f6d65);
  const newId = idMaker(chance);
  const withheld = households.findIndex(
    ({ family }) => family.home === 'parents' && family.people.length === 3,
  );
  households.forEach((household, at) => {
    const createdAt = moment(today.subtract({ months: 10 }), 9);
    const hidden = at === withheld;
    const place = (locality: Locality, postcode?: string) => {
      const id = newId(createdAt);
      filled['record.address'].push({
        id,
        lines: `${chance.between(1, 98)} ${chance.pick(streets)}`,
        town: locality,
        postcode:
          postcode ??
          `KH${localities.indexOf(locality) + 1} ${chance.between(1, 9)}${chance.pick(letters)}${chance.pick(letters)}`,
        withheld: hidden,
        withheld_why: hidden ? 'The mother asked: their father must not learn where they live' : null,
        withheld_since: hidden ? moment(today.subtract({ months: 9 }), 10) : null,
        created_at: createdAt,
      });
      return id;
    };
    for (const { who, address, kind, from, until } of staysOf(household, at, chance, today, place)) {
      filled['record.home'].push({
        id: newId(createdAt),
        person_id: who.id,
        address_id: address,
        kind,
        during: `[${from},${until ?? ''})`,
        source: 'Told by the family',
        noted_at: createdAt,
      });
    }
  });
}
