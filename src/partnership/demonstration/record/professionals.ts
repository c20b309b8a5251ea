import { ageOn } from '../../../record/people.ts';
import { moment } from '../calendar.ts';
import { heritages, surnameOf } from '../names.ts';
import { type Locality, localities, schools } from '../partnership.ts';
import type { Household } from '../plan.ts';
import { type Cast, isChild, type Member } from './cast.ts';

/** A place or somebody who works there: by an id. */
interface School {
  readonly id: string;
  readonly kind: 'nursery' | 'primary' | 'secondary' | 'all ages';
  readonly head: string;
  readonly teachers: readonly string[];
}
interface Around {
  readonly schools: readonly School[];
  readonly doctors: readonly string[];
  readonly visitors: readonly string[];
}
export interface Places {
  readonly of: Readonly<Record<Locality, Around>>;
  /** Places and people that serve everybody, by what they are called in stories of sharing. */
  readonly police: string;
  readonly trust: string;
  readonly nameOf: (professional: string) => string;
}

/** Localities, clusters, schools, health, police and others, with about ninety people who work there. */
export function writePlaces(cast: Cast): Places {
  const { filled, chance, today, staff } = cast;
  const begun = today.subtract({ months: 16 });
  const names = new Map<string, string>();
  const used = new Set(staff.workers.map((each) => each.name));
  const place = (
    name: string,
    kind: string,
    within: string | null,
    more: { code?: string; phone?: string; address?: string } = {},
  ) => {
    const id = cast.idOn(begun);
    filled['record.place'].push({
      id,
      name,
      kind,
      within,
      code: more.code ?? null,
      phone: more.phone ?? '',
      email: '',
      address: more.address ?? '',
      created_at: moment(begun, 9),
    });
    return id;
  };
  const phone = () => `01632 960${String(chance.below(1000)).padStart(3, '0')}`;
  const nameNobodyHas = (): string => {
    const heritage = chance.pick(heritages.flatMap((each) => Array.from({ length: each.share }, () => each)));
    const gender = chance.chance(0.7) ? 'female' : 'male';
    const given = chance.pick(gender === 'female' ? heritage.women : heritage.men);
    const name = `${given} ${surnameOf(chance.pick(heritage.surnames), gender)}`;
    if (used.has(name)) return nameNobodyHas();
    used.add(name);
    return name;
  };
  const person = (role: string, where: string, title = '') => {
    const id = cast.idOn(begun);
    const name = `${title}${nameNobodyHas()}`;
    names.set(id, name);
    filled['record.professional'].push({ id, name, phone: phone(), email: '', created_at: moment(begun, 9) });
    filled['record.role_there'].push({
      id: cast.idOn(begun),
      professional_id: id,
      place_id: where,
      role,
      during: `[${today.subtract({ years: chance.between(1, 9), days: chance.between(0, 300) })},)`,
    });
    return id;
  };
  const health = place('NHS Strathmorran', 'health', null);
  const force = place('Police, Strathmorran division', 'police', null);
  const of = Object.fromEntries(
    localities.map((locality, at): [Locality, Around] => {
      const area = place(locality, 'locality', null);
      const cluster = place(`${locality} cluster`, 'cluster', area);
      const clinic = place(`${locality} health centre`, 'health', health, {
        phone: phone(),
        address: `${chance.between(2, 60)} Station Road, ${locality}`,
      });
      for (const [service, kind] of [
        ['social-work', area],
        ['education', cluster],
      ] as const)
        filled['record.team_there'].push({
          id: cast.idOn(begun),
          team_id: staff.teamFor(service, locality).id,
          place_id: kind,
          during: `[${begun},)`,
        });
      return [
        locality,
        {
          doctors: [1, 2].map(() => person('GP', clinic, 'Dr ')),
          visitors: [1, 2].map(() => person('Health visitor', clinic)),
          schools: schools[locality].map((name, index): School => {
            const kind = /Nursery/.test(name)
              ? 'nursery'
              : name === 'Birkwood School'
                ? 'all ages'
                : index === 0
                  ? 'secondary'
                  : 'primary';
            const id = place(name, kind === 'nursery' ? 'early learning' : 'school', cluster, {
              code: `85${at}${index}${chance.between(100, 999)}`,
              phone: phone(),
            });
            const teacher = kind === 'secondary' ? 'Guidance teacher' : 'Class teacher';
            return {
              id,
              kind,
              head: person('Headteacher', id),
              teachers: [1, 2].map(() => person(teacher, id)),
            };
          }),
        },
      ];
    }),
  ) as Record<Locality, Around>;
  const trust = place('Cairn Family Trust', 'third sector', null, { phone: phone() });
  person('Holiday group leader', trust);
  place('Strathmorran Sheriff Court', 'court', null);
  place('Children’s hearing centre, Kinbrae', "children's hearing", null);
  const police = person('Community officer', force, 'PC ');
  return { of, police, trust, nameOf: (id) => names.get(id) ?? '' };
}

const stageOf = (age: number): string =>
  age < 5 ? 'Nursery' : age < 12 ? `Primary ${age - 4}` : `S${Math.min(6, age - 11)}`;

function helpChild(cast: Cast, places: Places, household: Household, { id, person }: Member): void {
  const { filled, chance, today } = cast;
  const { schools: near, visitors } = places.of[household.family.locality];
  const age = ageOn(person.born, today);
  const since = today.subtract({ months: chance.between(5, 20) });
  const from = Temporal.PlainDate.compare(person.born, since) > 0 ? person.born : since;
  const help = (professional: string, role: string, note = '') =>
    filled['record.network'].push({
      id: cast.idOn(today.subtract({ months: 5 })),
      person_id: id,
      professional_id: professional,
      role,
      during: `[${from},)`,
      note,
      noted_at: moment(today.subtract({ months: 5 }), 11),
    });
  if (age < 5) help(chance.pick(visitors), 'Health visitor');
  if (age < 3 || age > 17) return;
  const wanted = age < 5 ? 'nursery' : age < 12 ? 'primary' : 'secondary';
  const fitting = near.filter(({ kind }) => kind === wanted || (age >= 5 && kind === 'all ages'));
  if (fitting.length === 0) return;
  const school = chance.pick(fitting);
  filled['record.schooling'].push({
    id: cast.idOn(today.subtract({ months: 5 })),
    person_id: id,
    place_id: school.id,
    during: `[${from},)`,
    stage: stageOf(age),
    noted_at: moment(today.subtract({ months: 5 }), 11),
  });
  if (age < 5) return;
  help(
    chance.pick(school.teachers),
    school.kind === 'secondary' ? 'Guidance teacher' : 'Class teacher',
    chance.chance(0.15) ? 'The first to ask: they talk to each other every day.' : '',
  );
  help(school.head, 'Named person');
}

/** A GP for everybody, a health visitor under five, and from five a school, a teacher and a named person. */
export function tellHelpers(cast: Cast, places: Places): void {
  const { filled, today, chance } = cast;
  for (const household of cast.households) {
    const doctor = chance.pick(places.of[household.family.locality].doctors);
    for (const member of household.people) {
      filled['record.network'].push({
        id: cast.idOn(today.subtract({ months: 5 })),
        person_id: member.id,
        professional_id: doctor,
        role: 'GP',
        during: '(,)',
        note: '',
        noted_at: moment(today.subtract({ months: 5 }), 11),
      });
      if (isChild(member)) helpChild(cast, places, household, member);
    }
  }
}
