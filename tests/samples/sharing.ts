import type { Marked } from '../access-families.ts';
import type { World } from '../access-world.ts';
import { about, type Input, type Sample } from './sample.ts';

const entered = (of: Marked): Input => ({
  family: of.family,
  people: [of.child],
  direction: 'given',
  on: '2026-11-03',
  what: `Zqx${of.key} what`,
  withWhom: `Zqx${of.key} whom`,
  basis: 'care-and-support',
  because: `Zqx${of.key} because`,
  told: 'no',
  notToldBecause: `Zqx${of.key} not told`,
  askedBy: `Zqx${of.key} asker`,
});

async function written(world: World, of: Marked): Promise<string> {
  const { rows } = await world.database.superuser.query<{ id: string }>(
    `with made as (
       insert into record.information_shared (family_id, direction, shared_on, what, with_whom, basis, necessary_because, told,
         told_on, told_by, shared_by, noted_by)
       values ($1, 'received', '2026-10-01', $2, $2, 'protect-child', $2, true, '2026-10-02', $2, $2, $3) returning id),
     them as (insert into record.information_shared_about (shared_id, family_id, person_id) select id, $1, $4 from made)
     select id from made`,
    [of.family, `Zqx${of.key} shared`, of.crew.maker.account, of.child],
  );
  return rows[0]?.id ?? '';
}

const ofFamily = about(async (world, of) => {
  await written(world, of);
  return { family: of.family };
});

export const samples: Readonly<Record<string, Sample>> = {
  'sharing.add': about((_world, of) => entered(of)),
  'sharing.correct': about(async (world, of) => ({
    ...entered(of),
    corrects: await written(world, of),
    correctedBecause: `Zqx${of.key} was wrong`,
  })),
  'sharing.of-family': ofFamily,
  'sharing.for-family': ofFamily,
  'sharing.latest': ofFamily,
  'sharing.count': ofFamily,
  'sharing.entry': about(async (world, of) => ({ family: of.family, shared: await written(world, of) })),
};
