import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { makeDesk } from '../../platform/actions/desk.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../platform/testing/people.ts';
import * as actions from './actions.ts';
import { findDuplicates, nightly } from './job.ts';
import { worthAsking } from './matching/parameters.ts';
import * as queries from './queries.ts';

const database = await testDatabase();
afterAll(() => database.close());
const desk = makeDesk(database.pools, () => Temporal.Instant.from('2026-11-22T10:00:00Z'));
const { superuser } = database;
const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
const sorcha = await makeWorker(database, { name: 'Sorcha Kerr', team: 'Children and families South' });
const away = await makeWorker(database, {
  name: 'Hamish Orr',
  organisation: 'NHS Strathmorran',
  team: 'Health visiting',
});
const officer = await makeWorker(database, { name: 'Rona Bisset', role: 'records-officer', team: 'Records' });
const finance = await makeWorker(database, { name: 'Fiona Laird', role: 'finance-officer' });
const notFound = { status: 404, code: 'not-found' };

const one = async <T>(text: string, values: unknown[] = []): Promise<T> =>
  (await superuser.query(text, values)).rows[0] as T;

async function family(...workers: Worker[]): Promise<string> {
  const { id } = await one<{ id: string }>(
    `insert into record.family (name) values ('Tulloch') returning id`,
  );
  for (const worker of workers)
    await superuser.query(
      `insert into access.reason (subject, holder, kind, scope) values ($1, $2, 'allocated', 'practice')`,
      [id, worker.account],
    );
  return id;
}

async function person(of: string, more: Record<string, string> = {}): Promise<string> {
  const fields = { given_name: 'Iain', family_name: 'Tulloch', date_of_birth: '2014-03-09', ...more };
  const names = Object.keys(fields);
  const { id } = await one<{ id: string }>(
    `insert into record.person (${names.join(', ')}) values (${names.map((_, at) => `$${at + 1}`).join(', ')}) returning id`,
    Object.values(fields),
  );
  await superuser.query(
    `insert into record.family_member (family_id, person_id, part) values ($1, $2, 'child')`,
    [of, id],
  );
  return id;
}

async function pair(a: string, b: string): Promise<string> {
  const explanation = JSON.stringify([
    {
      comparison: 'given',
      level: 'exact',
      title: 'Same given name',
      words: 'Both are called Iain',
      weight: 6,
    },
  ]);
  const { id } = await one<{ id: string }>(
    `insert into record.same_person (one, other, probability, weight, explanation)
     values (least($1, $2)::uuid, greatest($1, $2)::uuid, 0.97, 5, $3) returning id`,
    [a, b, explanation],
  );
  return id;
}

const versionOf = async (id: string) =>
  (await one<{ version: number }>('select version from record.person where id = $1', [id])).version;

/** The input of a merge of a pair, keeping `keep`. */
async function mergeInput(of: string, keep: string, more: object = {}) {
  const { a, b } = await one<{ a: string; b: string }>(
    'select one as a, other as b from record.same_person where id = $1',
    [of],
  );
  return {
    pair: of,
    keep,
    oneVersion: await versionOf(a),
    otherVersion: await versionOf(b),
    why: 'Their mother said so',
    ...more,
  };
}

/** Two records of one person, each with a worker of its own besides the one who sees both. */
async function two(
  more: { kept?: Record<string, string>; gone?: Record<string, string>; both?: Worker[] } = {},
) {
  const both = more.both ?? [ailsa];
  const families = [await family(...both), await family(...both, sorcha)] as const;
  const kept = await person(families[0], more.kept);
  const gone = await person(families[1], more.gone);
  return { families, kept, gone, pair: await pair(kept, gone) };
}

const seesPerson = async (worker: Worker, id: string) => {
  const { rows } = await (async () => {
    const client = await database.pools.app.connect();
    try {
      await client.query('begin');
      await client.query('select access.enter($1, $2)', [worker.asking.tokenHash, '']);
      return await client.query('select id from record.person where id = $1', [id]);
    } finally {
      await client.query('rollback');
      client.release();
    }
  })();
  return rows.length > 0;
};

test('after a merge there is one person in both families, whom both sides see, and nothing is lost', async () => {
  const {
    families,
    kept,
    gone,
    pair: of,
  } = await two({
    kept: { gender: 'boy' },
    gone: { given_name: 'Ian', gender: 'male', pronouns: 'he/him', care_experienced: 'true' },
  });
  await superuser.query(
    `insert into record.identifier (person_id, scheme, value) values ($1, 'CHI', '0903140010'), ($2, 'SCN', '140000001')`,
    [kept, gone],
  );
  await superuser.query(
    `insert into record.contact (person_id, kind, value) values ($1, 'phone', '01698 000001')`,
    [gone],
  );
  const done = await desk.act(
    actions.merge,
    await mergeInput(of, kept, { fromOther: ['gender'] }),
    ailsa.asking,
  );
  expect(new Set(done.about)).toEqual(new Set([...families, kept, gone]));
  expect(
    await one(
      'select given_name, gender, pronouns, care_experienced, version from record.person where id = $1',
      [kept],
    ),
  ).toEqual({
    given_name: 'Iain',
    gender: 'male',
    pronouns: 'he/him',
    care_experienced: true,
    version: 2,
  });
  expect(
    (await superuser.query('select scheme from record.identifier where person_id = $1 order by 1', [kept]))
      .rows,
  ).toEqual([{ scheme: 'CHI' }, { scheme: 'SCN' }]);
  expect(await one('select kind, given_name from record.person_name where person_id = $1', [kept])).toEqual({
    kind: 'other spelling',
    given_name: 'Ian',
  });
  expect(
    await one('select count(*)::int as many from record.family_member where person_id = $1', [kept]),
  ).toEqual({ many: 2 });
  expect(await seesPerson(sorcha, kept)).toBe(true);
  expect(await seesPerson(ailsa, gone)).toBe(false);
  expect((await one<{ ids: string[] }>('select record.ids_of($1) as ids', [kept])).ids.sort()).toEqual(
    [kept, gone].sort(),
  );
  expect(await one('select state from record.same_person where id = $1', [of])).toEqual({ state: 'same' });
  const listed = await desk.ask(queries.merges, {}, sorcha.asking);
  expect(listed[0]).toMatchObject({
    name: 'Iain Tulloch',
    why: 'Their mother said so',
    merged_by: 'Ailsa Drummond',
  });
  expect(listed[0]?.moved).toContainEqual({ table: 'record.contact', how: 'moved', many: 1 });
});

test('doing it twice does it once; a stale record, a restricted one and one that is merged already are refused', async () => {
  const { kept, gone, pair: of } = await two();
  const input = await mergeInput(of, kept);
  await superuser.query('update record.person set version = version + 1 where id = $1', [gone]);
  await expect(desk.act(actions.merge, input, ailsa.asking)).rejects.toMatchObject({
    status: 409,
    code: 'changed-meanwhile',
  });
  const fresh = await mergeInput(of, kept);
  const key = randomUUID();
  const first = await desk.act(actions.merge, fresh, ailsa.asking, { key });
  expect((await desk.act(actions.merge, fresh, ailsa.asking, { key })).merge).toBe(first.merge);
  expect(await one('select count(*)::int as many from record.merge where gone = $1', [gone])).toEqual({
    many: 1,
  });
  await expect(desk.act(actions.merge, fresh, ailsa.asking)).rejects.toMatchObject({ status: 404 });

  const other = await two();
  await superuser.query(
    `insert into access.seal (subject, level, why, set_by) values ($1, 'restricted', 'Staff', $2)`,
    [other.families[0], ailsa.account],
  );
  await expect(
    desk.act(actions.merge, await mergeInput(other.pair, other.kept), ailsa.asking),
  ).rejects.toMatchObject({
    status: 409,
    code: 'restricted-record',
  });
});

test('merging at the same moment, either way round, makes one of two and never none', async () => {
  const { kept, gone, pair: of } = await two();
  const answers = await Promise.allSettled([
    desk.act(actions.merge, await mergeInput(of, kept), ailsa.asking),
    desk.act(actions.merge, await mergeInput(of, gone), ailsa.asking),
    desk.act(actions.merge, await mergeInput(of, kept), ailsa.asking),
  ]);
  const { rows } = await superuser.query(
    'select distinct kept, gone from record.merge where gone in ($1, $2) and undone_at is null',
    [kept, gone],
  );
  expect(rows).toHaveLength(1);
  expect(answers.some(({ status }) => status === 'fulfilled')).toBe(true);
  for (const answer of answers)
    if (answer.status === 'rejected')
      expect([404, 409]).toContain((answer.reason as { status: number }).status);
});

test('somebody who sees one side, neither, or the wrong role is refused and told nothing of the other side', async () => {
  const { families, kept, gone, pair: of } = await two({ gone: { given_name: 'Secretname' } });
  const input = await mergeInput(of, kept);
  for (const worker of [sorcha, away, officer, finance]) {
    await expect(desk.act(actions.merge, input, worker.asking)).rejects.toMatchObject(notFound);
    await expect(
      desk.act(actions.decide, { pair: of, version: 1, answer: 'different', why: 'x' }, worker.asking),
    ).rejects.toMatchObject(notFound);
  }
  const north = await makeWorker(database, { name: 'Only North', team: 'North only' });
  await superuser.query(
    `insert into access.reason (subject, holder, kind, scope) values ($1, $2, 'allocated', 'practice')`,
    [families[0], north.account],
  );
  const sides = await desk.ask(queries.open, { pair: of }, north.asking);
  expect(sides).toHaveLength(2);
  expect(sides.find((side) => side.person === null)).toMatchObject({
    given_name: null,
    homes: [],
    teams: expect.arrayContaining(['Children and families South']),
  });
  expect(JSON.stringify(sides)).not.toMatch(/Secretname|Both are called|Same given name/);
  expect(JSON.stringify(sides)).not.toContain(gone);
  expect(JSON.stringify(await desk.ask(queries.mine, {}, north.asking))).not.toMatch(
    /Secretname|Same given name/,
  );
  expect(await desk.ask(queries.open, { pair: of }, away.asking)).toEqual([]);
  expect(await desk.ask(queries.open, { pair: of }, officer.asking)).toEqual([]);
});

test('a records officer sees pairs without names, looks for a day, and that stands in the trail of both', async () => {
  const { families, pair: of } = await two({ kept: { given_name: 'Kestrelname' } });
  const listed = await desk.ask(queries.all, {}, officer.asking);
  expect(listed.find((each) => each.pair === of)).toMatchObject({
    opened: false,
    titles: ['Same given name'],
  });
  expect(JSON.stringify(listed)).not.toContain('Kestrelname');
  const done = await desk.act(actions.look, { pair: of }, officer.asking);
  expect(new Set(done.about)).toEqual(new Set(families));
  await desk.act(actions.look, { pair: of }, officer.asking);
  const { rows } = await superuser.query(
    `select subject, until > now() + interval '23 hours' and until <= now() + interval '1 day' as a_day from access.reason where holder = $1 and subject = any ($2)`,
    [officer.account, families],
  );
  expect(rows).toHaveLength(2);
  expect(rows.every((row) => row.a_day)).toBe(true);
  const sides = await desk.ask(queries.open, { pair: of }, officer.asking);
  expect(sides.map((side) => side.given_name).sort()).toEqual(['Iain', 'Kestrelname']);
  const trail = await superuser.query(
    `select name from audit.event where about @> array[$1::uuid] order by at`,
    [families[1]],
  );
  expect(trail.rows.map((row) => row.name)).toEqual(
    expect.arrayContaining(['same-person.look', 'same-person.pair']),
  );
  await superuser.query(`update access.reason set until = now() where holder = $1`, [officer.account]);
  expect(await desk.ask(queries.open, { pair: of }, officer.asking)).toEqual([]);
  await expect(desk.act(actions.look, { pair: of }, ailsa.asking)).rejects.toMatchObject(notFound);
});

test('a sealed record is in no list and no pair for those who do not see it', async () => {
  const { families, pair: of } = await two();
  await superuser.query(
    `insert into access.seal (subject, level, why, set_by) values ($1, 'sealed', 'Safety', $2)`,
    [families[0], ailsa.account],
  );
  expect(await desk.ask(queries.all, { pair: of }, officer.asking)).toEqual([]);
  await expect(desk.act(actions.look, { pair: of }, officer.asking)).rejects.toMatchObject(notFound);
  expect(await desk.ask(queries.open, { pair: of }, sorcha.asking)).toEqual([]);
  expect((await desk.ask(queries.mine, {}, sorcha.asking)).map((row) => row.pair)).not.toContain(of);
});

test('different people are never asked about again; not sure stays in the list', async () => {
  const { pair: of, kept } = await two();
  await expect(
    desk.act(actions.decide, { pair: of, version: 1, answer: 'different' }, ailsa.asking),
  ).rejects.toMatchObject({
    fields: { why: 'Say how you know that they are different people' },
  });
  await desk.act(actions.decide, { pair: of, version: 1, answer: 'not sure' }, ailsa.asking);
  expect((await desk.ask(queries.mine, {}, ailsa.asking)).find((row) => row.pair === of)).toMatchObject({
    state: 'not sure',
  });
  await expect(
    desk.act(actions.decide, { pair: of, version: 1, answer: 'different', why: 'Cousins' }, ailsa.asking),
  ).rejects.toMatchObject({ status: 409 });
  await desk.act(actions.decide, { pair: of, version: 2, answer: 'different', why: 'Cousins' }, ailsa.asking);
  await findDuplicates(database.pools, [kept]);
  expect(await one('select state, why from record.same_person where id = $1', [of])).toEqual({
    state: 'different',
    why: 'Cousins',
  });
});

test('the nightly job finds a new second record, once, and lets a pair go that is no longer likely', async () => {
  const [a, b] = [await family(ailsa), await family(sorcha)];
  const first = await person(a, {
    given_name: 'Marsaili',
    family_name: 'Farquharson',
    date_of_birth: '2011-07-05',
  });
  const second = await person(b, {
    given_name: 'Marsali',
    family_name: 'Farquharson',
    date_of_birth: '2011-05-07',
  });
  await nightly.run(database.pools);
  const found = await one<{ probability: number; state: string }>(
    'select probability, state from record.same_person where $1 in (one, other) and $2 in (one, other)',
    [first, second],
  );
  expect(found.probability).toBeGreaterThan(worthAsking);
  expect((await findDuplicates(database.pools)).compared).toBe(0);
  await superuser.query(
    `update record.person set given_name = 'Torquil', version = version + 1 where id = $1`,
    [second],
  );
  expect((await findDuplicates(database.pools)).compared).toBe(1);
  expect(
    await one('select state from record.same_person where $1 in (one, other) and $2 in (one, other)', [
      first,
      second,
    ]),
  ).toEqual({ state: 'dropped' });
});

test('who may be the same is told before adding: those one sees with what agrees, of others a team to ask', async () => {
  const mine = await family(ailsa);
  const theirs = await family(sorcha);
  const seen = await person(mine, {
    given_name: 'Ruaridh',
    family_name: 'Galbraith',
    date_of_birth: '2012-02-03',
  });
  await person(theirs, { given_name: 'Rory', family_name: 'Galbraith', date_of_birth: '2012-02-03' });
  await person(theirs, { given_name: 'Ruaridh', family_name: 'Galbraith', date_of_birth: '2012-02-03' });
  const rows = await desk.ask(
    queries.likely,
    { givenName: 'Ruaridh', familyName: 'Galbraith', dateOfBirth: '3/2/2012' },
    ailsa.asking,
  );
  expect(rows.find((row) => row.person === seen)?.facts).toMatchObject({ givenName: 'Ruaridh' });
  expect(rows.filter((row) => row.person === null)).toEqual([
    expect.objectContaining({ family: null, facts: null, ask: ['Children and families South'] }),
  ]);
  const { about } = await one<{ about: string[] }>(
    `select about from audit.event where name = 'same-person.likely' order by at desc limit 1`,
  );
  expect(about).toEqual(expect.arrayContaining([mine, theirs]));
  expect(await desk.ask(queries.likely, { givenName: 'Nobody', familyName: 'Atall' }, ailsa.asking)).toEqual(
    [],
  );
});

/** Every row of the two people in every table, and they themselves, without what an undo may change: versions. */
async function everything(people: readonly string[]): Promise<Record<string, unknown[]>> {
  const places = await superuser.query<{ in_table: string; in_column: string }>(
    `select * from record.merge_places('record.person')`,
  );
  const all: Record<string, unknown[]> = {};
  for (const { in_table, in_column } of places.rows) {
    const { rows } = await superuser.query(
      `select to_jsonb(t) as row from ${in_table} t where t.${in_column} = any ($1::uuid[]) order by to_jsonb(t)::text`,
      [people],
    );
    all[`${in_table}.${in_column}`] = rows.map(({ row }) => row);
  }
  const { rows } = await superuser.query(
    `select to_jsonb(p) - 'version' as row from record.person p where p.id = any ($1::uuid[]) order by p.id`,
    [people],
  );
  all.person = rows.map(({ row }) => row);
  return all;
}

const days = fc
  .tuple(fc.nat(40), fc.integer({ min: 1, max: 20 }))
  .map(([from, long]) => `[${1980 + from}-01-01,${1980 + from + long}-01-01)`);
const fact = fc.oneof(
  fc.record({
    kind: fc.constant('identifier' as const),
    value: fc.constantFrom('A1', 'A2'),
    scheme: fc.constantFrom('SCN', 'CHI'),
  }),
  fc.record({ kind: fc.constant('language' as const), value: fc.constantFrom('Polish', 'Gaelic', 'Urdu') }),
  fc.record({ kind: fc.constant('contact' as const), value: fc.constantFrom('01698 1', '01698 2') }),
  fc.record({ kind: fc.constant('name' as const), value: fc.constantFrom('Ian', 'Iain', 'John') }),
  fc.record({ kind: fc.constant('home' as const), during: days }),
  fc.record({ kind: fc.constant('member' as const), during: days, at: fc.nat(2) }),
  fc.record({
    kind: fc.constant('relationship' as const),
    during: days,
    at: fc.nat(1),
    what: fc.constantFrom('parent', 'cousin', 'friend'),
  }),
  fc.record({ kind: fc.constant('care' as const), during: days }),
  fc.record({ kind: fc.constant('picture' as const) }),
);
type Fact = typeof fact extends fc.Arbitrary<infer T> ? T : never;

/** Writes a fact about somebody; one that cannot stand beside what is there is left out. */
async function write(
  fact_: Fact,
  id: string,
  world: { families: string[]; others: string[]; address: string },
): Promise<void> {
  const run = (text: string, values: unknown[]) => superuser.query(text, values).catch(() => undefined);
  if (fact_.kind === 'identifier')
    await run('insert into record.identifier (person_id, scheme, value) values ($1, $2, $3)', [
      id,
      fact_.scheme,
      fact_.value,
    ]);
  if (fact_.kind === 'language')
    await run('insert into record.language (person_id, language) values ($1, $2)', [id, fact_.value]);
  if (fact_.kind === 'contact')
    await run(`insert into record.contact (person_id, kind, value) values ($1, 'phone', $2)`, [
      id,
      fact_.value,
    ]);
  if (fact_.kind === 'name')
    await run(`insert into record.person_name (person_id, kind, given_name) values ($1, 'known as', $2)`, [
      id,
      fact_.value,
    ]);
  if (fact_.kind === 'home')
    await run('insert into record.home (person_id, address_id, during) values ($1, $2, $3)', [
      id,
      world.address,
      fact_.during,
    ]);
  if (fact_.kind === 'member')
    await run(
      `insert into record.family_member (family_id, person_id, part, during) values ($1, $2, 'other', $3)`,
      [world.families[fact_.at], id, fact_.during],
    );
  if (fact_.kind === 'relationship')
    await run('insert into record.relationship (person_id, other_id, kind, during) values ($1, $2, $3, $4)', [
      id,
      world.others[fact_.at],
      fact_.what,
      fact_.during,
    ]);
  if (fact_.kind === 'care')
    await run(
      `insert into record.care_experience (person_id, kind, during) values ($1, 'kinship care', $2)`,
      [id, fact_.during],
    );
  if (fact_.kind === 'picture')
    await run(
      `insert into record.picture (person_id, content_type, content) values ($1, 'image/png', '\\x00')`,
      [id],
    );
}

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
        const { id: address } = await one<{ id: string }>(
          `insert into record.address (lines) values ('1 High Street') returning id`,
        );
        const world = { families: [...families, third], others, address };
        for (const each of ofKept) await write(each, kept, world);
        for (const each of ofGone) await write(each, gone, world);
        const before = await everything([kept, gone]);
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
        expect(await everything([kept, gone])).toEqual(before);
      },
    ),
    { numRuns: 40 },
  );
  // The records made were such that rows had to be moved, shortened, taken out and added.
  const { rows } = await superuser.query<{ how: string }>(
    'select distinct how from record.merge_move order by 1',
  );
  expect(rows.map(({ how }) => how)).toEqual(['added', 'moved', 'taken out', 'trimmed']);
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

test('what is written for a record in the moment it goes follows it at night', async () => {
  const { kept, gone, pair: of } = await two();
  await desk.act(actions.merge, await mergeInput(of, kept), ailsa.asking);
  await superuser.query(`insert into record.contact (person_id, kind, value) values ($1, 'phone', 'late')`, [
    gone,
  ]);
  await nightly.run(database.pools);
  expect(await one('select person_id from record.contact where value = $1', ['late'])).toEqual({
    person_id: kept,
  });
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
    asAilsa('select record.merge_families($1, $2, $3, 9, 1)', [a, b, 'One family']),
  ).rejects.toThrow('changed');
  const { id } = await asAilsa('select record.merge_families($1, $2, $3, 1, 1) as id', [a, b, 'One family']);
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

test('every table that refers to people or families lets a merge reach its rows', async () => {
  const { rows } = await superuser.query<{ in_table: string }>(`
    select distinct place.in_table from (
      select * from record.merge_places('record.person') union select * from record.merge_places('record.family')) place
    where not exists (select from pg_policy p where p.polrelid = place.in_table::regclass and p.polcmd = '*'
      and (p.polroles = '{0}' or 'kith_owner'::regrole = any (p.polroles))
      and (pg_get_expr(p.polqual, p.polrelid) like '%owner_purpose%' or pg_get_expr(p.polqual, p.polrelid) = 'true'))`);
  expect(rows).toEqual([]);
});
