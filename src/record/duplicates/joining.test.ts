import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../platform/testing/people.ts';
import * as actions from './actions.ts';
import * as familyActions from './family-actions.ts';
import * as familyQueries from './family-queries.ts';
import { type Fact, fact, factsIn, relationshipFact } from './testing/facts.ts';
import { recordsIn } from './testing/records.ts';

const database = await testDatabase();
afterAll(() => database.close());
const { desk, superuser, ailsa, sorcha, away, one, family, person, mergeInput, two } =
  await recordsIn(database);
const { everything, write } = factsIn(database);

/** What is known of the relationships of these people to the others: on which days each stands, in each direction. */
async function known(people: readonly string[], others: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await superuser.query<{ what: string; days: string }>(
    `select concat_ws(' ', r.kind, case when r.person_id = any ($1::uuid[]) then r.other_id else r.person_id end, r.kind = 'parent' and r.person_id = any ($1::uuid[])) as what,
       range_agg(r.during)::text as days
     from record.relationship r
     where (r.person_id = any ($1::uuid[]) and r.other_id = any ($2::uuid[])) or (r.other_id = any ($1::uuid[]) and r.person_id = any ($2::uuid[]))
     group by 1`,
    [people, others],
  );
  return new Map(rows.map(({ what, days }) => [what, days]));
}

test('relationships of both records to one mother, or to each other, are merged without loss and undone to the row', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(relationshipFact, { maxLength: 6 }),
      fc.array(relationshipFact, { maxLength: 6 }),
      async (ofKept, ofGone) => {
        const { families, kept, gone, pair: of } = await two({ gone: { given_name: 'Ian' } });
        const third = await family(ailsa);
        const others = [
          await person(third, { given_name: 'Morag' }),
          await person(third, { given_name: 'Effie' }),
        ];
        const world = { families: [...families, third], others, addresses: [] };
        // Parents one way round: that somebody is the parent of their own mother is another fault than being recorded twice.
        const oneWay = (each: Fact): Fact => ('rights' in each ? { ...each, fromOther: true } : each);
        for (const each of ofKept) await write(oneWay(each), kept, world, gone);
        for (const each of ofGone) await write(oneWay(each), gone, world, kept);
        const before = await everything([kept, gone, ...others], world.families);
        const knownBefore = await known([kept, gone], others);
        const rights = async () =>
          (
            await superuser.query<{ other: string }>(
              `select distinct person_id as other from record.relationship where other_id = any ($1) and rights is not null order by 1`,
              [[kept, gone]],
            )
          ).rows;
        const rightsBefore = await rights();
        const { merge } = await desk.act(actions.merge, await mergeInput(of, kept), ailsa.asking);
        expect(await known([kept], others), 'each day of each relationship').toEqual(knownBefore);
        expect(
          (await superuser.query('select from record.relationship where $1 in (person_id, other_id)', [gone]))
            .rowCount,
        ).toBe(0);
        expect(
          (await rights()).filter(({ other }) => others.includes(other)),
          'of whom it is known whether they have rights',
        ).toEqual(rightsBefore.filter(({ other }) => others.includes(other)));
        const { since } = await desk.act(actions.undo, { merge, why: 'Two people' }, ailsa.asking);
        expect(since).toEqual([]);
        expect(await everything([kept, gone, ...others], world.families)).toEqual(before);
      },
    ),
    { numRuns: Number(process.env.KITH_RUNS ?? 30) },
  );
}, 240_000);

test('where a time already told lies in the middle of another, what is before it and after it is kept', async () => {
  const { kept, gone, pair: of } = await two();
  const mother = await person(await family(ailsa), { given_name: 'Morag' });
  await superuser.query(
    `insert into record.relationship (person_id, other_id, kind, during, rights, note) values
       ($1, $2, 'parent', '[2015-01-01,2016-01-01)', null, ''), ($1, $3, 'parent', '[2014-03-09,)', true, 'By the court')`,
    [mother, kept, gone],
  );
  const before = await everything([kept, gone, mother]);
  const { merge } = await desk.act(actions.merge, await mergeInput(of, kept), ailsa.asking);
  const { rows } = await superuser.query(
    'select during::text, rights from record.relationship where other_id = $1 order by during',
    [kept],
  );
  expect(rows).toEqual([
    { during: '[2014-03-09,2015-01-01)', rights: true },
    { during: '[2015-01-01,2016-01-01)', rights: null },
    { during: '[2016-01-01,)', rights: true },
  ]);
  await desk.act(actions.undo, { merge, why: 'Two people' }, ailsa.asking);
  expect(await everything([kept, gone, mother])).toEqual(before);
});

const versions = { oneVersion: 1, otherVersion: 1 };

/** Gives somebody a reason for a family. */
const reason = (of: string, holder: string, kind: string) =>
  superuser.query(
    `insert into access.reason (subject, holder, kind, scope) values ($1, $2, $3, 'practice')`,
    [of, holder, kind],
  );

test('whatever two families hold, making them one loses nothing, and undoing it gives back every row', async () => {
  const workers: Worker[] = [];
  for (const name of ['Una Reid', 'Tam Orr', 'Kirsty Bain'])
    workers.push(await makeWorker(database, { name }));
  const kinds = ['allocated', 'lead-professional', 'co-worker', 'named-person'] as const;
  const reasons = fc.array(fc.record({ who: fc.nat(2), kind: fc.constantFrom(...kinds) }), { maxLength: 4 });
  const people = fc.array(fc.array(fact, { maxLength: 3 }), { maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(
      people,
      people,
      reasons,
      reasons,
      fc.subarray(['name', 'area'] as const),
      fc.boolean(),
      fc.boolean(),
      async (inKept, inGone, onKept, onGone, fromOther, shares, writes) => {
        const [keep, letGo, third] = [await family(ailsa), await family(ailsa), await family(ailsa)];
        await superuser.query(
          `update record.family set name = 'Tullock', locality = 'Lochside', simd_decile = 3 where id = $1`,
          [letGo],
        );
        const { rows: places } = await superuser.query<{ id: string }>(
          `insert into record.address (lines, withheld, withheld_why, withheld_since)
           values ('1 High Street', false, null, null), ('2 High Street', true, 'Safety', now()) returning id`,
        );
        const world = {
          families: [keep, letGo, third],
          others: [await person(third), await person(third)],
          addresses: places.map(({ id }) => id),
        };
        const all: string[] = [];
        for (const [of, each] of [
          [keep, inKept],
          [letGo, inGone],
        ] as const)
          for (const facts of each) {
            const id = await person(of);
            all.push(id);
            for (const fact_ of facts) await write(fact_, id, world);
          }
        if (shares && all[0] !== undefined)
          await superuser
            .query(
              `insert into record.family_member (family_id, person_id, part) values ($1, $2, 'other') on conflict do nothing`,
              [letGo, all[0]],
            )
            .catch(() => undefined);
        for (const [of, each] of [
          [keep, onKept],
          [letGo, onGone],
        ] as const)
          for (const { who, kind } of each)
            await reason(of, workers[who]?.account ?? '', kind).catch(() => undefined);
        const families = [keep, letGo, third];
        const before = await everything(all, families);
        const sees = async (worker: Worker) =>
          (await desk.ask(familyQueries.open, { one: keep, other: letGo }, worker.asking)).map(
            ({ about }) => about,
          );
        const sawAny = await Promise.all(workers.map(async (worker) => (await sees(worker)).length > 0));
        const { merge } = await desk.act(
          familyActions.joinFamilies,
          { one: keep, other: letGo, keep, ...(await versionsOf(keep, letGo)), fromOther, why: 'One family' },
          ailsa.asking,
        );
        for (const [at, worker] of workers.entries())
          expect(await sees(worker), 'who saw either sees the one').toEqual(sawAny[at] ? [keep] : []);
        expect(
          await one(
            'select count(distinct person_id)::int as many from record.family_member where family_id = $1',
            [keep],
          ),
        ).toEqual({ many: new Set(all).size });
        const { rows: shown } = await superuser.query(
          `select f.locality from record.family f where f.id = $1 and f.locality is not null and exists (
             select from record.family_member m join record.home h on h.person_id = m.person_id and (upper(h.during) is null or upper(h.during) > current_date)
               join record.address a on a.id = h.address_id and a.withheld where m.family_id = f.id)`,
          [keep],
        );
        expect(shown, 'the area of a family in which an address is withheld').toEqual([]);
        if (writes) await person(keep, { given_name: 'Since' });
        const { since } = await desk.act(actions.undo, { merge, why: 'Two families' }, ailsa.asking);
        expect(since).toEqual(writes ? [{ table: 'record.family_member', what: 'written since' }] : []);
        await superuser.query(
          `delete from record.family_member where person_id in (select id from record.person where given_name = 'Since')`,
        );
        expect(await everything(all, families)).toEqual(before);
      },
    ),
    { numRuns: Number(process.env.KITH_RUNS ?? 25) },
  );
}, 240_000);

const versionsOf = async (a: string, b: string) => ({
  oneVersion: (await one<{ version: number }>('select version from record.family where id = $1', [a]))
    .version,
  otherVersion: (await one<{ version: number }>('select version from record.family where id = $1', [b]))
    .version,
});

test('families are made one only by somebody who sees both, at the versions they saw, and no restricted one', async () => {
  const [a, b] = [await family(ailsa), await family(ailsa, sorcha)];
  const input = { one: a, other: b, keep: a, ...versions, why: 'One family' };
  for (const worker of [sorcha, away])
    await expect(desk.act(familyActions.joinFamilies, input, worker.asking)).rejects.toMatchObject({
      status: 404,
    });
  await expect(
    desk.act(familyActions.keepFamiliesApart, { one: a, other: b, because: 'Cousins' }, sorcha.asking),
  ).rejects.toMatchObject({ status: 404 });
  await expect(
    desk.act(familyActions.joinFamilies, { ...input, otherVersion: 7 }, ailsa.asking),
  ).rejects.toMatchObject({ status: 409, code: 'changed-meanwhile' });
  await expect(
    desk.act(familyActions.joinFamilies, { ...input, keep: await family(ailsa) }, ailsa.asking),
  ).rejects.toMatchObject({ fields: { keep: 'Choose which record to keep' } });
  await superuser.query(
    `insert into access.seal (subject, level, why, set_by) values ($1, 'restricted', 'Staff', $2)`,
    [b, ailsa.account],
  );
  await expect(desk.act(familyActions.joinFamilies, input, ailsa.asking)).rejects.toMatchObject({
    status: 409,
    code: 'restricted-record',
  });
});

test('two leads become one lead and a colleague, and both are told', async () => {
  const [a, b] = [await family(ailsa), await family(ailsa)];
  await reason(a, ailsa.account, 'lead-professional');
  await reason(b, sorcha.account, 'lead-professional');
  await desk.act(
    familyActions.joinFamilies,
    { one: a, other: b, keep: a, ...versions, why: 'One family' },
    ailsa.asking,
  );
  const { rows } = await superuser.query(
    `select holder, kind from access.reason where subject = $1 and kind <> 'allocated' order by kind`,
    [a],
  );
  expect(rows).toEqual([
    { holder: sorcha.account, kind: 'co-worker' },
    { holder: ailsa.account, kind: 'lead-professional' },
  ]);
  expect(
    (
      await superuser.query(
        'select link, about from platform.notice where account_id = $1 order by made_at desc limit 1',
        [sorcha.account],
      )
    ).rows,
  ).toEqual([{ link: `/families/${a}`, about: [a] }]);
});

test('whoever works with either is told once when people are made one and when it is undone, of a record that they see', async () => {
  const { families, kept, gone, pair: of } = await two();
  await reason(families[0], sorcha.account, 'co-worker');
  await superuser.query('delete from platform.notice');
  const { merge } = await desk.act(actions.merge, await mergeInput(of, kept), ailsa.asking);
  const told = async () =>
    (
      await superuser.query(
        `select account_id, link, about from platform.notice where words like 'Two records%' order by made_at, id`,
      )
    ).rows;
  expect(await told()).toEqual([
    { account_id: sorcha.account, link: `/people/${kept}`, about: [expect.toBeOneOf([...families])] },
  ]);
  await superuser.query(`update access.reason set until = now() where holder = $1 and subject = $2`, [
    sorcha.account,
    families[0],
  ]);
  await desk.act(actions.undo, { merge, why: 'Two people' }, ailsa.asking);
  expect((await told()).at(-1)).toEqual({
    account_id: sorcha.account,
    link: `/people/${gone}`,
    about: [families[1]],
  });
});

test('what somebody had typed and not sent waits on the page of the record that is kept, and goes back with an undo', async () => {
  const { kept, gone, pair: of } = await two();
  await superuser.query(`insert into platform.draft (account_id, name, fields) values ($1, $2, $3)`, [
    sorcha.account,
    `/people/${gone}/contacts#form`,
    { person: gone, value: '01698 5' },
  ]);
  const drafts = async () =>
    (await superuser.query('select name, fields from platform.draft where account_id = $1', [sorcha.account]))
      .rows;
  const before = await drafts();
  const { merge } = await desk.act(actions.merge, await mergeInput(of, kept), ailsa.asking);
  expect(await drafts()).toEqual([
    { name: `/people/${kept}/contacts#form`, fields: { person: kept, value: '01698 5' } },
  ]);
  await desk.act(actions.undo, { merge, why: 'Two people' }, ailsa.asking);
  expect(await drafts()).toEqual(before);
});

test('two families said to be two are in no list again', async () => {
  const [a, b] = [await family(ailsa), await family(ailsa)];
  const child = await person(a);
  await superuser.query(
    `insert into record.family_member (family_id, person_id, part) values ($1, $2, 'child')`,
    [b, child],
  );
  const listed = async () => ({
    pairs: (await desk.ask(familyQueries.pairs, {}, ailsa.asking)).filter(({ one }) => [a, b].includes(one)),
    like: await desk.ask(familyQueries.like, { family: a }, ailsa.asking),
  });
  const before = await listed();
  expect(before.pairs.map(({ about }) => about).sort()).toEqual([a, b].sort());
  expect(before.like).toMatchObject([{ family: b, shared: 1 }]);
  await desk.act(
    familyActions.keepFamiliesApart,
    { one: b, other: a, because: 'Her father’s' },
    ailsa.asking,
  );
  await desk.act(familyActions.keepFamiliesApart, { one: a, other: b, because: 'Again' }, ailsa.asking);
  expect(await listed()).toEqual({ pairs: [], like: [] });
});
