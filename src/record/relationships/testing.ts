import type { Around } from './around.ts';
import { gather } from './around.ts';
import type { AroundRow } from './queries.ts';
import type { Kind } from './rules.ts';

type Data<W extends AroundRow['what']> = Extract<AroundRow, { what: W }>['data'];

/** A family as a test writes it: who is in it or near it, what they are to each other, and where they live. */
export interface Sketch {
  /** By key: what is unusual about them. Who begins with a lower-case letter is outside the family. */
  people: Readonly<Record<string, Partial<Data<'person'>>>>;
  /** `[from, kind, to]`, and what more is known. */
  ties?: readonly [from: string, kind: Kind, to: string, more?: Partial<Data<'tie'>>][];
  homes?: readonly { people: readonly string[]; kind?: string; address?: string | null }[];
  elsewhere?: readonly Data<'elsewhere'>[];
  supporters?: readonly Data<'supporter'>[];
}

const about = '00000000-0000-4000-8000-000000000001';

/** The same pieces that a query answers with, for testing drawings without a database. */
function sketched({ people, ties = [], homes = [], elsewhere = [], supporters = [] }: Sketch): AroundRow[] {
  return [
    { about, what: 'family', data: { id: about, name: 'Baird' } },
    ...Object.entries(people).map(
      ([key, more]): AroundRow => ({
        about,
        what: 'person',
        data: {
          key,
          givenName: key,
          familyName: 'Baird',
          born: null,
          birthKnown: 'day',
          expected: null,
          died: null,
          gender: null,
          sex: null,
          part: null,
          inside: key.charAt(0) !== key.charAt(0).toLowerCase(),
          ...more,
        },
      }),
    ),
    ...ties.map(
      ([from, kind, to, more], index): AroundRow => ({
        about,
        what: 'tie',
        data: {
          id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
          from,
          to,
          kind,
          since: null,
          until: null,
          endedHow: null,
          endedWhy: '',
          rights: null,
          note: '',
          source: '',
          version: 1,
          ...more,
        },
      }),
    ),
    ...homes.flatMap(({ people: here, kind = 'home', address = null }, index) =>
      here.map(
        (person): AroundRow => ({
          about,
          what: 'home',
          data: { person, home: index + 1, kind, since: null, address },
        }),
      ),
    ),
    ...elsewhere.map((data): AroundRow => ({ what: 'elsewhere', data })),
    ...supporters.map((data): AroundRow => ({ about, what: 'supporter', data })),
  ];
}

/** A sketch put together, as pages have it. */
export function around(sketch: Sketch): Around {
  const made = gather(sketched(sketch));
  if (made === undefined) throw new Error('a sketch always has a family');
  return made;
}

/** A large family of `many` people over several generations, with second marriages and several homes; the same for the same number. */
export function largeFamily(many: number, seed = 1): Sketch {
  let state = seed;
  const next = (below: number): number => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
  const given = [
    'Mhàiri-Sheonaidh',
    'Ewan',
    'Isla',
    'Callum',
    'Zofia',
    'Amir',
    'Eilidh',
    'Fearchar',
    'Olha',
    'Ruaraidh',
  ];
  const family = ['Nic Dhòmhnaill', 'MacGilleathain', 'Kowalska', 'Baird', 'Hussain', 'Kerr'];
  const people: Record<string, Partial<Data<'person'>>> = {};
  const ties: [string, Kind, string, Partial<Data<'tie'>>?][] = [];
  const generation = new Map<string, number>();
  const add = (level: number, sex: string): string => {
    const key = `P${Object.keys(people).length}`;
    generation.set(key, level);
    people[key] = {
      givenName: given[next(given.length)] ?? '',
      familyName: family[next(family.length)] ?? '',
      born: Temporal.PlainDate.from({
        year: 1935 + level * 27 + next(10),
        month: 1 + next(12),
        day: 1 + next(28),
      }),
      sex,
      part: level >= 3 ? 'child' : 'parent or carer',
    };
    return key;
  };
  const couples: [string, string, number][] = [];
  const pair = (one: string, other: string, level: number, over = false) => {
    const end = { until: Temporal.PlainDate.from('2015-05-01'), endedHow: 'divorced' as const };
    ties.push([one, 'husband, wife or civil partner', other, over ? end : {}]);
    couples.push([one, other, level]);
  };
  pair(add(0, 'male'), add(0, 'female'), 0);
  pair(add(0, 'male'), add(0, 'female'), 0);
  for (let index = 0; Object.keys(people).length < many; index++) {
    const [one, other, level] = couples[index % couples.length] ?? ['P0', 'P1', 0];
    const child = add(level + 1, next(2) === 0 ? 'male' : 'female');
    ties.push([one, 'parent', child], [other, 'parent', child]);
    if (level < 3 && Object.keys(people).length < many && next(3) > 0) {
      const spouse = add(level + 1, people[child]?.sex === 'male' ? 'female' : 'male');
      pair(child, spouse, level + 1);
      if (next(5) === 0 && Object.keys(people).length < many)
        pair(child, add(level + 1, 'female'), level + 1, true);
    }
  }
  const keys = Object.keys(people);
  const homes = couples.map(([one, other]) => ({
    people: [
      one,
      other,
      ...ties.filter(([from, kind]) => kind === 'parent' && from === one).map(([, , to]) => to),
    ],
  }));
  const housed = new Set<string>();
  return {
    people,
    ties,
    homes: homes.map((home) => ({
      people: home.people.filter((key) => keys.includes(key) && !housed.has(key) && housed.add(key)),
      address: '3 Moss Road, Lochside',
    })),
  };
}
