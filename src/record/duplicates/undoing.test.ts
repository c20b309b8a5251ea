import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../../platform/testing/database.ts';
import * as actions from './actions.ts';
import { fact, factsIn } from './testing/facts.ts';
import { recordsIn } from './testing/records.ts';

const database = await testDatabase();
afterAll(() => database.close());
const { desk, superuser, ailsa, sorcha, one, family, person, pair, mergeInput, two, seesPerson } =
  await recordsIn(database);
const { everything, write } = factsIn(database);

test('whatever two records hold, undoing a merge gives back every row; what was written since stays and is listed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fact, { maxLength: 8 }),
      fc.array(fact, { maxLength: 8 }),
      fc.boolean(),
      fc.subarray(['name', 'birth', 'gender'] as const),
      fc.boolean(),
      async (ofKept, ofGone, related, fromOther, writesSince) => {
        const {
          families,
          kept,
          gone,
          pair: of,
        } = await two({
          gone: { given_name: 'Ian', gender: 'male', date_of_birth: '2014-09-03' },
          kept: { gender: 'boy' },
        });
        const third = await family(ailsa);
        const others = [
          await person(third, { given_name: 'Isla' }),
          related ? kept : await person(third, { given_name: 'Effie' }),
        ];
        const { rows: places } = await superuser.query<{ id: string }>(
          `insert into record.address (lines, withheld, withheld_why, withheld_since)
           values ('1 High Street', false, null, null), ('2 High Street', true, 'Safety', now()) returning id`,
        );
        await superuser.query(`update record.family set locality = 'Lochside' where id = any ($1)`, [
          families,
        ]);
        const world = { families: [...families, third], others, addresses: places.map(({ id }) => id) };
        for (const each of ofKept) await write(each, kept, world, gone);
        for (const each of ofGone) await write(each, gone, world, kept);
        const before = await everything([kept, gone], world.families);
        const { merge } = await desk.act(
          actions.merge,
          await mergeInput(of, kept, { fromOther }),
          ailsa.asking,
        );
        expect(
          await one(`select count(*)::int as many from record.family_member where person_id = $1`, [gone]),
        ).toEqual({ many: 0 });
        if (writesSince)
          await superuser.query(
            `insert into record.contact (person_id, kind, value) values ($1, 'email', 'written@kith.example')`,
            [kept],
          );
        const { since } = await desk.act(actions.undo, { merge, why: 'Two people after all' }, ailsa.asking);
        expect(since).toEqual(writesSince ? [{ table: 'record.contact', what: 'written since' }] : []);
        await superuser.query(`delete from record.contact where value = 'written@kith.example'`);
        expect(await everything([kept, gone], world.families)).toEqual(before);
      },
    ),
    {
      numRuns: Number(process.env.KITH_RUNS ?? 40),
      // One in which a row has to be shortened and another taken out, whatever chance makes of the rest.
      examples: [
        [
          [
            { kind: 'home', during: '[1990-01-01,2000-01-01)', at: 0 },
            { kind: 'identifier', value: 'A1', scheme: 'SCN' },
          ],
          [
            { kind: 'home', during: '[1995-01-01,2005-01-01)', at: 0 },
            { kind: 'identifier', value: 'A1', scheme: 'SCN' },
          ],
          false,
          [],
          true,
        ],
      ],
    },
  );
  // The records made were such that rows had to be moved, shortened, taken out and added.
  const { rows } = await superuser.query<{ how: string }>(
    'select distinct how from record.merge_move order by 1',
  );
  expect(rows.map(({ how }) => how)).toEqual(
    expect.arrayContaining(['added', 'moved', 'taken out', 'trimmed']),
  );
}, 240_000);

test('a merge of a merged record is undone in order, and each undo gives back what it took', async () => {
  const { families, kept: a, gone: b, pair: ab } = await two();
  const third = await family(ailsa);
  const c = await person(third, { given_name: 'Eoin' });
  await superuser.query(
    `insert into record.contact (person_id, kind, value) values ($1, 'phone', '01698 7')`,
    [b],
  );
  const before = await everything([a, b, c]);
  const first = await desk.act(actions.merge, await mergeInput(ab, a), ailsa.asking);
  const second = await desk.act(actions.merge, await mergeInput(await pair(a, c), c), ailsa.asking);
  expect((await one<{ ids: string[] }>('select record.ids_of($1) as ids', [c])).ids.sort()).toEqual(
    [a, b, c].sort(),
  );
  expect(
    (await superuser.query('select family_id from record.family_member where person_id = $1', [c])).rowCount,
  ).toBe(3);
  // The record that the first merge kept is gone now: nobody sees that merge, so nobody undoes it before the second.
  await expect(desk.act(actions.undo, { merge: first.merge, why: 'x' }, ailsa.asking)).rejects.toMatchObject({
    status: 404,
  });
  await desk.act(actions.undo, { merge: second.merge, why: 'Two people' }, ailsa.asking);
  await desk.act(actions.undo, { merge: first.merge, why: 'Two people' }, ailsa.asking);
  expect(await everything([a, b, c])).toEqual(before);
  // The same record may take in another meanwhile: the earlier merge waits for the later.
  const again = await desk
    .act(actions.merge, await mergeInput(ab, a), ailsa.asking)
    .catch((error: unknown) => error);
  expect(again).toHaveProperty('merge');
  await desk.act(actions.merge, await mergeInput(await pairAgain(a, c), a), ailsa.asking);
  await expect(
    desk.act(actions.undo, { merge: (again as { merge: string }).merge, why: 'x' }, ailsa.asking),
  ).rejects.toMatchObject({
    status: 409,
    code: 'later-merge-first',
  });
  expect(families).toHaveLength(2);
});

const pairAgain = async (a: string, b: string): Promise<string> =>
  (
    await one<{ id: string }>(
      'select id from record.same_person where one = least($1, $2)::uuid and other = greatest($1, $2)::uuid',
      [a, b],
    )
  ).id;

test('what was changed or taken away since is listed, and goes back with what it became', async () => {
  const { kept, gone, pair: of, families } = await two();
  await superuser.query(
    `insert into record.contact (person_id, kind, value) values ($1, 'phone', '1'), ($1, 'email', 'a@b.example')`,
    [gone],
  );
  const { merge } = await desk.act(actions.merge, await mergeInput(of, kept), ailsa.asking);
  await superuser.query(`update record.contact set value = '2' where person_id = $1 and kind = 'phone'`, [
    kept,
  ]);
  await superuser.query(`delete from record.contact where person_id = $1 and kind = 'email'`, [kept]);
  await superuser.query(
    `update record.family_member set during = daterange(null, '2026-11-01') where person_id = $1 and family_id = $2`,
    [kept, families[1]],
  );
  const { since } = await desk.act(actions.undo, { merge, why: 'Two people' }, ailsa.asking);
  expect(since).toHaveLength(3);
  expect(since).toEqual(
    expect.arrayContaining([
      { table: 'record.contact', what: 'changed since' },
      { table: 'record.contact', what: 'removed since' },
      { table: 'record.family_member', what: 'changed since' },
    ]),
  );
  expect(await one('select value from record.contact where person_id = $1', [gone])).toEqual({ value: '2' });
  expect(
    await one('select family_id, during::text from record.family_member where person_id = $1', [gone]),
  ).toEqual({ family_id: families[1], during: '(,2026-11-01)' });
});

test('two families are made one with their reasons, and taken apart again', async () => {
  const [a, b] = [await family(ailsa), await family(ailsa, sorcha)];
  await person(a);
  const moved = await person(b, { given_name: 'Effie' });
  const asAilsa = async (text: string, values: unknown[]) => {
    const client = await database.pools.app.connect();
    try {
      await client.query('begin');
      await client.query('select access.enter($1, $2)', [ailsa.asking.tokenHash, '']);
      const { rows } = await client.query(text, values);
      await client.query('commit');
      return rows[0];
    } catch (error) {
      await client.query('rollback');
      throw error;
    } finally {
      client.release();
    }
  };
  const rowsOf = async () =>
    (
      await superuser.query(
        `select to_jsonb(m) as row from record.family_member m where family_id in ($1, $2) union all select to_jsonb(r) from access.reason r where subject in ($1, $2) order by 1`,
        [a, b],
      )
    ).rows;
  const before = await rowsOf();
  await expect(
    asAilsa('select record.merge_families($1, $2, $4, $3, 9, 1)', [a, b, 'One family', '{}']),
  ).rejects.toThrow('changed');
  const { id } = await asAilsa('select record.merge_families($1, $2, $4, $3, 1, 1) as id', [
    a,
    b,
    'One family',
    '{}',
  ]);
  expect(await seesPerson(sorcha, moved)).toBe(true);
  expect(
    await one('select count(*)::int as many from record.family_member where family_id = $1', [a]),
  ).toEqual({ many: 2 });
  expect(await one('select count(*)::int as many from access.reason where subject = $1', [b])).toEqual({
    many: 0,
  });
  await asAilsa('select record.undo_merge($1, $2)', [id, 'Two families']);
  expect(await rowsOf()).toEqual(before);
});
