import { makeWorker, type Worker } from '../../src/platform/testing/people.ts';
import type { Marked } from '../access-families.ts';
import type { Persona, World } from '../access-world.ts';
import { about, open, type Sample } from './sample.ts';

async function reviewed(world: World, of: Marked): Promise<string | undefined> {
  const { rows } = await world.database.superuser.query<{ id: string }>(
    'select id from record.caseload_review where family_id = $1 order by reviewed_at desc, id desc limit 1',
    [of.family],
  );
  return rows[0]?.id;
}

/** The team manager of the own team: whom queries are asked as is not said before they are asked. */
const managerOf = (world: World): Persona | undefined =>
  world.personas.find((each) => each.standing === 'own team' && each.role === 'team-manager');

async function teamOf(world: World, manager: Persona | undefined) {
  const { rows } = await world.database.superuser.query<{ id: string; team: string; organisation: string }>(
    `select t.id, t.name as team, o.name as organisation from access.holding h join access.post p on p.id = h.post_id
       join access.team t on t.id = p.team_id join access.organisation o on o.id = t.organisation_id where h.account_id = $1`,
    [manager?.account],
  );
  const [place] = rows;
  if (place === undefined) throw new Error('the manager has no team');
  return place;
}

/** Somebody new in the team of a manager. */
async function inTeamOf(world: World, manager = managerOf(world)): Promise<Worker> {
  const { team, organisation } = await teamOf(world, manager);
  return makeWorker(world.database, { name: 'New Colleague', role: 'social-worker', team, organisation });
}

/** A supervision that a manager held with somebody new, in which something was said about the work with a family. */
async function held(world: World, of: Marked, manager = managerOf(world)) {
  const { superuser } = world.database;
  const worker = await inTeamOf(world, manager);
  const { rows } = await superuser.query<{ id: string }>(
    `insert into record.supervision (worker, manager, held_on, words) values ($1, $2, '2026-11-02', 'Ours alone') returning id`,
    [worker.account, manager?.account],
  );
  const supervision = rows[0]?.id ?? '';
  await superuser.query(
    `insert into record.supervision_family (supervision_id, family_id, words, worker, written_by, held_on)
     values ($1, $2, $3, $4, $5, '2026-11-02')`,
    [supervision, of.family, `Zqx${of.key} supervision`, worker.account, manager?.account],
  );
  return { supervision, worker };
}

export const samples: Readonly<Record<string, Sample>> = {
  'today.families': about(),
  'today.changes': about(),
  'today.waiting': open(),
  'today.drafts': open(async (world) => {
    await world.database.superuser.query(
      `insert into platform.draft (account_id, name, fields) values ($1, '/somewhere#form', '{}') on conflict do nothing`,
      [managerOf(world)?.account],
    );
    return {};
  }),
  'today.discard-draft': open((_world, of) => ({ draft: `/families/${of.family}/change#form` })),
  'team.mine': open(),
  'team.caseload': open(async (world) => ({ team: (await teamOf(world, managerOf(world))).id })),
  'team.cover': open(async (world) => {
    const [away, by] = [await inTeamOf(world), await inTeamOf(world)];
    await world.database.superuser.query(
      `insert into record.cover (for_account, by_account, since, until, made_by)
       values ($1, $2, now(), now() + interval '1 day', $1)`,
      [away.account, by.account],
    );
    return { team: away.team };
  }),
  'team.left-over': about(async (world, of) => {
    await world.database.superuser.query(
      `insert into record.task (family_id, what, owner_account, from_area, made_by) values ($1, $2, $3, 'tasks', $3)`,
      [of.family, `Zqx${of.key} left over`, (await inTeamOf(world)).account],
    );
    return {};
  }),
  'team.to-review': about(),
  'team.worker': open(async (world) => ({ account: (await inTeamOf(world)).account })),
  'team.families': about((_world, of) => ({ account: of.crew.maker.account })),
  'team.reviews': about(async (world, of) => {
    await world.database.superuser.query(
      `insert into record.caseload_review (family_id, rating, words, reviewed_on, reviewed_by) values ($1, 'green', $2, '2026-11-02', $3)`,
      [of.family, `Zqx${of.key} review`, of.crew.maker.account],
    );
    return { family: of.family };
  }),
  'team.review': about(async (world, of) => ({
    family: of.family,
    after: await reviewed(world, of),
    rating: 'amber',
    words: `Zqx${of.key} review`,
  })),
  'supervision.hold': open(async (world, _of, asker) => ({
    account: (await inTeamOf(world, asker)).account,
    heldOn: '2026-11-02',
    words: 'Between the two of us',
  })),
  'supervision.about-family': about(async (world, of, asker) => ({
    supervision: (await held(world, of, asker)).supervision,
    family: of.family,
    words: `Zqx${of.key} work`,
  })),
  'supervision.of': open(async (world, of) => ({ account: (await held(world, of)).worker.account })),
  'supervision.one': open(async (world, of) => ({ supervision: (await held(world, of)).supervision })),
  'supervision.work': about(async (world, of) => ({ supervision: (await held(world, of)).supervision })),
  'supervision.of-family': about(async (world, of) => {
    await held(world, of);
    return { family: of.family };
  }),
};
