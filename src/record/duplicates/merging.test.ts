import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker } from '../../platform/testing/people.ts';
import * as actions from './actions.ts';
import { findDuplicates, nightly } from './job.ts';
import { worthAsking } from './matching/parameters.ts';
import * as queries from './queries.ts';
import { recordsIn } from './testing/records.ts';

const database = await testDatabase();
afterAll(() => database.close());
const {
  desk,
  superuser,
  ailsa,
  sorcha,
  away,
  officer,
  finance,
  one,
  family,
  person,
  mergeInput,
  two,
  seesPerson,
} = await recordsIn(database);
const notFound = { status: 404, code: 'not-found' };

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
      desk.act(actions.decide, { pair: of, version: 1, answer: 'different', because: 'x' }, worker.asking),
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
    fields: { because: 'Say how you know that they are different people' },
  });
  await desk.act(actions.decide, { pair: of, version: 1, answer: 'not sure' }, ailsa.asking);
  expect((await desk.ask(queries.mine, {}, ailsa.asking)).find((row) => row.pair === of)).toMatchObject({
    state: 'not sure',
  });
  await expect(
    desk.act(actions.decide, { pair: of, version: 1, answer: 'different', because: 'Cousins' }, ailsa.asking),
  ).rejects.toMatchObject({ status: 409 });
  await desk.act(
    actions.decide,
    { pair: of, version: 2, answer: 'different', because: 'Cousins' },
    ailsa.asking,
  );
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

test('every table that refers to people or families lets a merge reach its rows', async () => {
  const { rows } = await superuser.query<{ in_table: string }>(`
    select distinct place.in_table from (
      select * from record.merge_places('record.person') union select * from record.merge_places('record.family')) place
    where not exists (select from pg_policy p where p.polrelid = place.in_table::regclass and p.polcmd = '*'
      and (p.polroles = '{0}' or 'kith_owner'::regrole = any (p.polroles))
      and (pg_get_expr(p.polqual, p.polrelid) like '%owner_purpose%' or pg_get_expr(p.polqual, p.polrelid) = 'true'))`);
  expect(rows).toEqual([]);
});
