import { type Marked, nextNumber } from '../access-families.ts';
import type { World } from '../access-world.ts';
import { about, type Input, type Sample } from './sample.ts';

/** Somebody new in the family with a home of their own, since others of the family must not be moved about. */
async function spare(
  { database: { superuser } }: World,
  of: Marked,
  withheld = false,
): Promise<{ person: string; home: string }> {
  const number = nextNumber();
  const { rows } = await superuser.query<{ person: string; home: string }>(
    `with p as (insert into record.person (given_name, family_name) values ($2, $2) returning id),
       m as (insert into record.family_member (family_id, person_id, part) select $1, id, 'other' from p),
       a as (insert into record.address (lines, withheld, withheld_why, withheld_since)
         values ($3, $4, case when $4 then 'Asked' end, case when $4 then now() end) returning id)
     insert into record.home (person_id, address_id, during) select p.id, a.id, '[2020-01-01,)' from p, a
     returning person_id as person, id as home`,
    [of.family, `Zqx${of.key}home`, `${number} Zqx${of.key} Lane`, withheld],
  );
  const [made] = rows;
  if (made === undefined) throw new Error('nobody was made');
  return made;
}

const onHome = (more: (of: Marked) => Input, withheld = false): Sample =>
  about(async (world, of) => ({ home: (await spare(world, of, withheld)).home, ...more(of) }));
const why = (of: Marked): Input => ({ why: `Zqx${of.key} why` });
const childOf = (_world: World, of: Marked): Input => ({ person: of.child });

export const samples: Readonly<Record<string, Sample>> = {
  'homes.add': about(async (world, of) => ({
    person: (await spare(world, of)).person,
    lines: `${nextNumber()} Zqx${of.key} Road`,
    kind: 'with relatives',
    from: '2025-03-01',
  })),
  'homes.correct': onHome((of) => ({
    version: 1,
    lines: `1 Zqx${of.key} Wynd`,
    kind: 'home',
    from: '2020-02-01',
    ...why(of),
  })),
  'homes.end': onHome(() => ({ version: 1, until: '2026-10-01' })),
  'homes.take-out': onHome((of) => ({ version: 1, ...why(of) })),
  'homes.withhold': onHome(why),
  'homes.stop-withholding': onHome(why, true),
  'homes.show-withheld': onHome(why, true),
  'homes.open': about(childOf),
  'homes.household': about(childOf),
  'homes.together': about(childOf),
  'homes.of-family': about((_world, of) => ({ family: of.family })),
  'homes.shown': about(async (world, of) => {
    const { person, home } = await spare(world, of, true);
    const { rows } = await world.database.superuser.query<{ look: string }>(
      `insert into record.withheld_note (person_id, home_id, did, why, noted_by)
       values ($1, $2, 'shown', 'A visit', $3) returning id as look`,
      [person, home, of.crew.maker.account],
    );
    return { look: rows[0]?.look };
  }),
};
