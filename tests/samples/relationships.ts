import type { Marked } from '../access-families.ts';
import type { World } from '../access-world.ts';
import { about, type Sample } from './sample.ts';

/** A relationship between the two people of a family that lasts; what was there of its kind is ended. */
async function relationship({ database }: World, of: Marked): Promise<string> {
  await database.superuser.query('delete from record.relationship where person_id = $1 and other_id = $2', [
    of.parent,
    of.child,
  ]);
  const { rows } = await database.superuser.query<{ id: string }>(
    `insert into record.relationship (person_id, other_id, kind, note) values ($1, $2, 'guardian', $3) returning id`,
    [of.parent, of.child, `Zqx${of.key} note`],
  );
  return rows[0]?.id ?? '';
}

const existing = async (world: World, of: Marked) => ({
  person: of.child,
  relationship: await relationship(world, of),
  version: 1,
});

export const samples: Readonly<Record<string, Sample>> = {
  'relationships.around': about((_world, of) => ({ person: of.child })),
  'relationships.map': about((_world, of) => ({ family: of.family })),
  'relationships.network': about((_world, of) => ({ family: of.family })),
  'relationships.choices': about((_world, of) => ({ person: of.child })),
  'relationships.add': about(async (world, of) => {
    await relationship(world, of);
    await world.database.superuser.query(
      `delete from record.relationship where person_id = $1 and other_id = $2 and kind = 'friend'`,
      [of.parent, of.child],
    );
    return { person: of.child, other: of.parent, is: 'friend', note: `Zqx${of.key} note` };
  }),
  'relationships.change': about(async (world, of) => ({
    ...(await existing(world, of)),
    is: 'guardian',
    rights: 'yes',
    note: `Zqx${of.key} note`,
  })),
  'relationships.end': about(async (world, of) => ({
    ...(await existing(world, of)),
    until: '2026-01-01',
    how: 'other',
    because: `Zqx${of.key} because`,
  })),
  'relationships.take-out': about(async (world, of) => ({
    ...(await existing(world, of)),
    why: `Zqx${of.key} why`,
  })),
};
