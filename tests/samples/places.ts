import type { Marked } from '../access-families.ts';
import { nextNumber } from '../access-families.ts';
import type { World } from '../access-world.ts';
import { about, type Input, open, type Sample } from './sample.ts';

// Places and professionals hold no family: their names carry no mark, so that they may be read by everybody.

async function idOf(world: World, statement: string, values: unknown[] = []): Promise<string> {
  const { rows } = await world.database.superuser.query<{ id: string }>(statement, values);
  return rows[0]?.id ?? '';
}

const aPlace = (world: World, kind = 'health'): Promise<string> =>
  idOf(world, 'insert into record.place (name, kind) values ($1, $2) returning id', [
    `Lochside ${nextNumber()}`,
    kind,
  ]);

async function someoneThere(world: World): Promise<{ place: string; professional: string; role: string }> {
  const place = await aPlace(world);
  const professional = await idOf(world, 'insert into record.professional (name) values ($1) returning id', [
    `Mairi ${nextNumber()}`,
  ]);
  const role = await idOf(
    world,
    `insert into record.role_there (professional_id, place_id, role, during)
     values ($1, $2, 'Health visitor', '[2024-01-01,)') returning id`,
    [professional, place],
  );
  return { place, professional, role };
}

async function helping(world: World, of: Marked): Promise<{ person: string; helper: string }> {
  const { professional } = await someoneThere(world);
  const helper = await idOf(
    world,
    `insert into record.network (person_id, professional_id, role, during, note)
     values ($1, $2, 'Health visitor', '[2025-01-01,)', $3) returning id`,
    [of.child, professional, `Zqx${of.key} note`],
  );
  return { person: of.child, helper };
}

/** A school year of the child long ago, each in a time of its own. */
async function atSchool(
  world: World,
  of: Marked,
  open = false,
): Promise<{ person: string; schooling: string }> {
  const year = 1900 + (nextNumber() % 90);
  const place = await aPlace(world, 'school');
  const person = open
    ? await idOf(
        world,
        `with made as (insert into record.person (given_name, family_name) values ($2, $2) returning id),
           joined as (insert into record.family_member (family_id, person_id, part) select $1, id, 'child' from made)
         select id from made`,
        [of.family, `Zqx${of.key}pupil`],
      )
    : of.child;
  const schooling = await idOf(
    world,
    `insert into record.schooling (person_id, place_id, during, stage) values ($1, $2, $3, $4)
     on conflict do nothing returning id`,
    [person, place, open ? '[2024-08-20,)' : `[${year}-08-20,${year + 1}-06-25)`, `Zqx${of.key} stage`],
  );
  return schooling === ''
    ? {
        person,
        schooling: await idOf(world, 'select id from record.schooling where person_id = $1 limit 1', [
          person,
        ]),
      }
    : { person, schooling };
}

const withPlace = (more: (world: World) => Promise<Input> | Input = () => ({})): Sample =>
  open(async (world) => ({ place: await aPlace(world), ...(await more(world)) }));
const on = { on: '2026-10-01' };

export const samples: Readonly<Record<string, Sample>> = {
  'places.add': open(() => ({ name: `Harbour ${nextNumber()}`, kind: 'school', phone: '01236 555 010' })),
  'places.change': withPlace(() => ({
    version: 1,
    name: `Harbour ${nextNumber()}`,
    kind: 'health',
    closedOn: '2026-06-30',
  })),
  'places.add-professional': withPlace(() => ({ name: 'Mairi Bell', role: 'GP', since: '2025-01-01' })),
  'places.change-professional': open(async (world) => ({
    professional: (await someoneThere(world)).professional,
    version: 1,
    name: 'Mairi Bell',
    email: 'mairi.bell@health.example',
  })),
  'places.move-professional': open(async (world) => ({
    leaves: (await someoneThere(world)).role,
    place: await aPlace(world),
    newRole: 'Health visitor',
    movedOn: '2026-10-01',
  })),
  'places.end-role': open(async (world) => ({ role: (await someoneThere(world)).role, ...on })),
  'places.add-team': withPlace((world) => ({ team: world.team, since: '2025-01-01' })),
  'places.end-team': open(async (world) => {
    const place = await aPlace(world);
    const work = await idOf(
      world,
      `insert into record.team_there (team_id, place_id, during) values ($1, $2, '[2024-01-01,)') returning id`,
      [world.team, place],
    );
    return { place, work, ...on };
  }),
  'places.list': open(() => ({ text: 'lochside' })),
  'places.localities': open(async (world) => {
    await aPlace(world, 'locality');
    return {};
  }),
  'places.one': withPlace(),
  'places.names': open(() => ({})),
  'places.people': open(async (world) => ({ place: (await someoneThere(world)).place })),
  'places.teams': open(async (world) => {
    const place = await aPlace(world);
    await idOf(world, 'insert into record.team_there (team_id, place_id) values ($1, $2)', [
      world.team,
      place,
    ]);
    return { place };
  }),
  'places.our-teams': open(),
  'places.professional': open(async (world) => ({ professional: (await someoneThere(world)).professional })),

  'network.add': about(async (world, of) => ({
    people: [of.child, of.parent],
    professional: (await someoneThere(world)).professional,
    role: `Zqx${of.key} role`,
    note: `Zqx${of.key} note`,
  })),
  'network.change': about(async (world, of) => ({
    ...(await helping(world, of)),
    version: 1,
    role: `Zqx${of.key} role`,
    since: '2025-02-01',
  })),
  'network.end': about(async (world, of) => ({ ...(await helping(world, of)), ...on })),
  'network.take-out': about(async (world, of) => ({
    ...(await helping(world, of)),
    why: `Zqx${of.key} why`,
  })),
  'schooling.begin': about(async (world, of) => ({
    person: (await atSchool(world, of, true)).person,
    place: await aPlace(world, 'school'),
    from: '2026-08-18',
    stage: `Zqx${of.key} stage`,
  })),
  'schooling.end': about(async (world, of) => ({ ...(await atSchool(world, of, true)), ...on })),
  'schooling.take-out': about(async (world, of) => ({
    ...(await atSchool(world, of, true)),
    why: `Zqx${of.key} why`,
  })),
  'network.of-person': about(async (world, of) => ({ person: (await helping(world, of)).person })),
  'network.of-family': about(async (world, of) => {
    await helping(world, of);
    return { family: of.family };
  }),
  'network.people': about((_world, of) => ({ family: of.family })),
  'network.candidates': open(() => ({ text: 'mairi' })),
};
