import { randomUUID } from 'node:crypto';
import { type Marked, nextNumber } from '../access-families.ts';
import type { World } from '../access-world.ts';
import { about, type Input, open, type Sample } from './sample.ts';

/** A second record of a family's child, in the same family, and the pair that the two make. */
async function pairOf({ database }: World, of: Marked): Promise<{ pair: string; second: string }> {
  const { superuser } = database;
  const second = randomUUID();
  await superuser.query(
    `insert into record.person (id, given_name, family_name, date_of_birth) values ($1, $2, $3, $4)`,
    [second, `Zqx${of.key}second`, `Zqx${of.key}`, `2014-02-0${1 + (nextNumber() % 9)}`],
  );
  await superuser.query(
    `insert into record.family_member (family_id, person_id, part) values ($1, $2, 'other')`,
    [of.family, second],
  );
  const { rows } = await superuser.query<{ id: string }>(
    `insert into record.same_person (one, other, probability, weight, explanation)
     values (least($1::uuid, $2::uuid), greatest($1::uuid, $2::uuid), 0.9, 5, $3) returning id`,
    [
      of.parent,
      second,
      JSON.stringify([
        {
          comparison: 'given',
          level: 'exact',
          title: 'Same given name',
          words: `Both are called Zqx${of.key}`,
          weight: 5,
        },
      ]),
    ],
  );
  return { pair: rows[0]?.id ?? '', second };
}

const versions = async ({ database }: World, pair: string): Promise<Input> => {
  const { rows } = await database.superuser.query<{ one: string; a: number; b: number }>(
    `select s.one, a.version as a, b.version as b from record.same_person s join record.person a on a.id = s.one
       join record.person b on b.id = s.other where s.id = $1`,
    [pair],
  );
  return { oneVersion: rows[0]?.a ?? 1, otherVersion: rows[0]?.b ?? 1, one: rows[0]?.one };
};

/** A merge of a second record into the parent of a family, as its worker does it. */
async function mergeOf(world: World, of: Marked): Promise<string> {
  const { pair, second } = await pairOf(world, of);
  const { rows } = await world.database.superuser.query<{ id: string }>(
    `insert into record.merge (of, kept, gone, pair_id, why, kept_before, kept_after)
     select 'person', p.id, $2, $3, 'The same', to_jsonb(p), to_jsonb(p) from record.person p where p.id = $1 returning id`,
    [of.parent, second, pair],
  );
  return rows[0]?.id ?? '';
}

/** A second record of a family, which those who see the family see too. */
async function familyOf({ database }: World, of: Marked): Promise<string> {
  const { superuser } = database;
  const id = randomUUID();
  await superuser.query(`insert into record.family (id, name) values ($1, $2)`, [id, `Zqx${of.key}again`]);
  await superuser.query(
    `insert into record.family_member (family_id, person_id, part) values ($1, $2, 'other')`,
    [id, of.parent],
  );
  await superuser.query(
    `insert into access.reason (subject, holder, kind, scope, since, until)
     select $1, holder, kind, scope, since, until from access.reason where subject = $2 on conflict do nothing`,
    [id, of.family],
  );
  return id;
}

const versionOfFamily = async ({ database }: World, id: string): Promise<number> =>
  (
    await database.superuser.query<{ version: number }>('select version from record.family where id = $1', [
      id,
    ])
  ).rows[0]?.version ?? 1;

/** The id of a record that was made one with a family's parent. */
async function goneOf(world: World, of: Marked): Promise<string> {
  const { rows } = await world.database.superuser.query<{ gone: string }>(
    'select gone from record.merge where id = $1',
    [await mergeOf(world, of)],
  );
  return rows[0]?.gone ?? '';
}

/** A list asks for nothing; something is made first, that there is something in it. */
const afterMaking =
  (make: (world: World, of: Marked) => Promise<unknown>) =>
  async (world: World, of: Marked): Promise<Input> => {
    await make(world, of);
    return {};
  };

export const samples: Readonly<Record<string, Sample>> = {
  // For whoever keeps records: any pair there is. What they see afterwards they see for the reason that it gives.
  'same-person.look': open(async (world, of) => ({ pair: (await pairOf(world, of)).pair })),
  'same-person.merge': about(async (world, of) => {
    const { pair } = await pairOf(world, of);
    const { one: _one, ...known } = await versions(world, pair);
    return { pair, keep: of.parent, ...known, why: 'The same' };
  }),
  'same-person.decide': about(async (world, of) => ({
    pair: (await pairOf(world, of)).pair,
    version: 1,
    answer: 'different',
    because: 'Two people',
  })),
  'same-person.undo': about(async (world, of) => ({ merge: await mergeOf(world, of), why: 'Two people' })),
  'same-person.join-families': about(async (world, of) => ({
    one: of.family,
    other: await familyOf(world, of),
    keep: of.family,
    oneVersion: await versionOfFamily(world, of.family),
    otherVersion: 1,
    why: 'One family',
  })),
  'same-person.keep-families-apart': about(async (world, of) => ({
    one: of.family,
    other: await familyOf(world, of),
    because: 'Two families',
  })),
  'same-person.family-pairs': about(afterMaking(familyOf)),
  'same-person.families-like': about(async (world, of) => {
    await familyOf(world, of);
    return { family: of.family };
  }),
  'same-person.families': about(async (world, of) => ({ one: of.family, other: await familyOf(world, of) })),
  'same-person.waiting': open(),
  'same-person.now': about(async (world, of) => ({ ids: [await goneOf(world, of)] })),
  'same-person.mine': about(afterMaking(pairOf)),
  'same-person.all': open(afterMaking(pairOf)),
  'same-person.pair': about(async (world, of) => ({ pair: (await pairOf(world, of)).pair })),
  'same-person.merges': about(afterMaking(mergeOf)),
  'same-person.every-merge': open(afterMaking(mergeOf)),
  // Tells anybody who works with families which team to ask, and no more.
  'same-person.likely': open((_world, of) => ({
    givenName: `Zqx${of.key}child`,
    familyName: `Zqx${of.key}`,
    dateOfBirth: of.practice[3],
    chi: of.practice[2],
  })),
};
