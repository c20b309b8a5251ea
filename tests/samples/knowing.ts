import { makeWorker } from '../../src/platform/testing/people.ts';
import { giveReason, type Marked, nextNumber } from '../access-families.ts';
import type { Persona, World } from '../access-world.ts';
import { about, type Input, open, type Sample } from './sample.ts';

const ofFamily = (_world: World, of: Marked): Input => ({ family: of.family });

/** Somebody new who works here, in the own team unless said. */
const somebody = ({ database }: World, team = 'Own team') =>
  makeWorker(database, { team, role: 'social-worker', name: 'New Colleague' });

/** An account that may be tried with: the asker's own, or for those who are refused that of somebody new. */
const accountOf = async (world: World, asker: Persona | undefined): Promise<string> =>
  asker?.account ?? (await somebody(world)).account;

async function idFrom({ database }: World, statement: string, values: unknown[]): Promise<string> {
  const { rows } = await database.superuser.query<{ id: string }>(statement, values);
  return rows[0]?.id ?? '';
}

/** A family that is none of those looked for, with one person; somebody works with it when said. */
async function plainFamily(world: World, worker?: string): Promise<{ family: string; name: string }> {
  const name = `Plain Person${nextNumber()}`;
  const family = await idFrom(
    world,
    `with f as (insert into record.family (name) values ('Plain') returning id),
       p as (insert into record.person (given_name, family_name) values ('Plain', $1) returning id)
     insert into record.family_member (family_id, person_id, part) select f.id, p.id, 'child' from f, p returning family_id as id`,
    [name.split(' ')[1]],
  );
  if (worker !== undefined) await giveReason(world.database, family, worker);
  return { family, name };
}

/** A reason of somebody else to work with a family, which can be ended or handed over. */
async function spare(world: World, of: Marked): Promise<string> {
  const { account } = await somebody(world, 'Other team');
  await giveReason(world.database, of.family, account);
  return idFrom(world, 'select id from access.reason where subject = $1 and holder = $2', [
    of.family,
    account,
  ]);
}

/**
 * About a family of which the asker is in charge. Whoever sees it only to decide on a request is not: they are made so for a
 * moment. working.test.ts tries that nobody else can.
 */
const inCharge = (input: (world: World, of: Marked) => Promise<Input> | Input): Sample =>
  about(async (world, of, asker) => {
    if (asker !== undefined)
      await world.database.superuser.query(
        `insert into access.reason (subject, holder, kind, scope, until) values ($1, $2, 'manages', 'practice', now() + interval '1 minute')`,
        [of.family, asker.account],
      );
    return input(world, of);
  });

/** An urgent access of somebody whom nobody changes, for the asker to look at afterwards. */
async function urgentUse(world: World, asker: Persona | undefined, until: string): Promise<string> {
  const { family } = await plainFamily(world, (await somebody(world)).account);
  return idFrom(
    world,
    `insert into record.urgent_use (family_id, account_id, why, reviewers, until)
     values ($1, $2, 'Somebody may be in danger tonight', array(select post_id from access.holding where account_id = $3), ${until})
     returning id`,
    [family, world.bystander.account, await accountOf(world, asker)],
  );
}

const openTo = (
  input: (world: World, account: string, asker: Persona | undefined) => Promise<Input>,
): Sample => open(async (world, _of, asker) => input(world, await accountOf(world, asker), asker));

const inDays = (days: number): string => Temporal.Now.plainDateISO('Europe/London').add({ days }).toString();

export const samples: Readonly<Record<string, Sample>> = {
  'knowing.allocate': inCharge((world, of) => ({
    family: of.family,
    to: world.bystander.account,
    as: 'co-worker',
  })),
  'knowing.hand-over': inCharge(async (world, of) => ({
    family: of.family,
    reason: await spare(world, of),
    to: world.bystander.account,
  })),
  'knowing.end': inCharge(async (world, of) => ({ family: of.family, reason: await spare(world, of) })),
  'knowing.hand-over-all': openTo(async (world, worker) => ({
    worker,
    families: [(await plainFamily(world, worker)).family],
    to: world.bystander.account,
  })),
  'knowing.cover': openTo(async (world, worker) => {
    const { family } = await plainFamily(world, worker);
    return { by: world.bystander.account, from: inDays(0), until: inDays(1), families: [family] };
  }),
  'knowing.end-cover': openTo(async (world, worker) => ({
    cover: await idFrom(
      world,
      `insert into record.cover (for_account, by_account, since, until, made_by) values ($1, $2, now(), now() + interval '1 day', $1) returning id`,
      [worker, world.bystander.account],
    ),
  })),
  'knowing.ask': open((world) => ({ sought: 'Nobody Here', team: world.team, why: 'To help' })),
  'knowing.answer': openTo(async (world, worker) => {
    const { family } = await plainFamily(world, worker);
    const request = await idFrom(
      world,
      `insert into record.access_request (asked_by, family_id, why) values ($1, $2, 'To help') returning id`,
      [world.bystander.account, family],
    );
    return { request, answer: 'give', family, until: inDays(1) };
  }),
  'knowing.urgent': open(async (world) => {
    const { name } = await plainFamily(world, (await somebody(world)).account);
    return { sought: name, why: 'Somebody may be in danger tonight' };
  }),
  'knowing.review': open(async (world, _of, asker) => ({
    use: await urgentUse(world, asker, `now() + interval '1 hour'`),
    verdict: 'right',
    words: 'It could not wait',
  })),
  'knowing.second-step': open(async (world, _of, asker) => ({
    use: await urgentUse(world, asker, 'null'),
    answer: 'refuse',
  })),
  'knowing.restrict': openTo(async (world, worker) => ({
    family: (await plainFamily(world, worker)).family,
    level: 'restricted',
    why: 'A colleague',
    named: [worker],
  })),
  'knowing.lift': openTo(async (world, worker) => ({
    seal: await idFrom(
      world,
      `insert into access.seal (subject, level, why, set_by) values ($1, 'restricted', 'A colleague', $2) returning id`,
      [(await plainFamily(world)).family, worker],
    ),
    why: 'They have left',
  })),
  'knowing.set-urgent-hours': open(() => ({ hours: 8 })),
  'knowing.helpers': about(ofFamily),
  'knowing.why': about(ofFamily),
  'knowing.why-person': about((_world, of) => ({ person: of.child })),
  'knowing.stands': about(ofFamily),
  'knowing.to-name': about(ofFamily),
  'knowing.to-keep': about(ofFamily),
  // Somebody of the family is kept to another one, which none of them sees.
  'knowing.kept-back': about(async (world, of) => {
    const { family: other } = await plainFamily(world);
    await idFrom(
      world,
      `insert into access.seal (subject, level, why, set_by) values ($1, 'restricted', 'Staff', $2) returning id`,
      [other, world.bystander.account],
    );
    await idFrom(
      world,
      `with p as (insert into record.person (given_name, family_name) values ('Plain', 'Kept') returning id)
       insert into record.family_member (family_id, person_id, part, kept_to) select $1, id, 'other', array[$2::uuid] from p returning person_id as id`,
      [of.family, other],
    );
    return ofFamily(world, of);
  }),
  'knowing.unallocated': open(async (world) => {
    await plainFamily(world);
    return {};
  }),
  'knowing.workers': open(),
  'knowing.families-of': open(async (world) => {
    const { account } = await somebody(world);
    await plainFamily(world, account);
    return { worker: account };
  }),
  'knowing.covers': open(),
  'knowing.my-requests': open(),
  'knowing.asked': open(),
  'knowing.reviews': open(),
  'knowing.my-urgent': open(),
  'knowing.seals': open(),
  'knowing.waiting': open(),
  'knowing.teams': open(),
  'knowing.urgent-hours': open(),
  'notices.read': open(),
  'notices.choose': open(() => ({ families: 'at once', other: 'never' })),
  'notices.choices': open(),
  'notices.list': open(),
  'notices.unread': open(),
};
