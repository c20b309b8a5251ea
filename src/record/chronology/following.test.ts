import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { action, type Doing } from '../../platform/actions/declare.ts';
import { makeDesk } from '../../platform/actions/desk.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker } from '../../platform/testing/people.ts';
import * as homes from '../homes/actions.ts';
import * as homeQueries from '../homes/queries.ts';
import { changeBirth, noteDeath } from '../people/actions.ts';
import * as around from '../places/around/actions.ts';
import { practitioners } from '../roles.ts';
import { add } from './actions.ts';
import { happened, neverHappened } from './happened.ts';
import * as queries from './queries.ts';
import { makeFamily } from './testing.ts';

const database = await testDatabase();
afterAll(() => database.close());
const { superuser } = database;
const desk = makeDesk(database.pools, () => Temporal.Instant.from('2026-11-22T10:00:00Z'));
const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
const callum = await makeWorker(database, { name: 'Callum Reid' });

const events = async (family: string, more: object = {}) =>
  (await desk.ask(queries.ofFamily, { family, ...more }, ailsa.asking)).map(
    ({ day, what, people }) => `${day} ${what}: ${people.map(({ name }) => name).join(', ')}`,
  );
const unborn = async (family: string) => (await events(family)).filter((each) => !each.includes('Born'));
const version = async (table: string, id: string): Promise<number> =>
  (await superuser.query<{ version: number }>(`select version from record.${table} where id = $1`, [id]))
    .rows[0]?.version ?? 0;

/** Does something as an area that has it done. */
const doing = (work: (doing: Doing) => Promise<void>, by = ailsa) =>
  desk.act(
    action({
      name: 'chronology.try',
      title: 'Try',
      who: practitioners,
      about: 'nobody',
      input: z.object({}),
      async run(each) {
        await work(each);
        return { about: [] };
      },
    }),
    {},
    by.asking,
  );

test('what is done elsewhere is there once, and changes with it', async () => {
  const of = await makeFamily(desk, ailsa);
  const from = { area: 'plans', id: randomUUID() };
  const say = (what: string, people: string[], on = '2026-05-01') =>
    doing(({ rows }) =>
      happened(rows, {
        family: of.id,
        people,
        kind: 'plan-agreed',
        on: Temporal.PlainDate.from(on),
        what,
        from,
        source: 'Social work',
      }),
    );
  await say('A plan was agreed', [of.iona, of.rory]);
  await say('A plan was agreed', [of.iona, of.rory]);
  expect(await unborn(of.id)).toEqual(['2026-05-01 A plan was agreed: Rory, Iona']);
  await say('A plan was agreed with Iona', [of.iona], '2026-05-02');
  expect(await unborn(of.id)).toEqual(['2026-05-02 A plan was agreed with Iona: Iona']);
  await say('A plan for all', []);
  expect(await unborn(of.id)).toEqual(['2026-05-01 A plan for all: Rory, Iona, Isla']);
  // What somebody adds stays with it; what is wrong is put right where it comes from.
  const [event] = await desk.ask(queries.latest, { family: of.id }, ailsa.asking);
  await desk.act(add, { event: event?.id, kind: 'impact', words: 'They felt heard.' }, ailsa.asking);
  await expect(
    desk.act(add, { event: event?.id, kind: 'correction', words: 'No', why: 'No' }, ailsa.asking),
  ).rejects.toMatchObject({ status: 422 });
  await doing(({ rows }) => neverHappened(rows, from));
  expect(await unborn(of.id)).toEqual([]);
  await say('A plan for all', []);
  expect(await unborn(of.id)).toHaveLength(1);
});

test('nobody writes into a family, or about people, that they do not see', async () => {
  const of = await makeFamily(desk, ailsa);
  const theirs = await makeFamily(desk, callum);
  const say = (family: string, people: string[], by = ailsa) =>
    doing(
      ({ rows }) =>
        happened(rows, {
          family,
          people,
          kind: 'meeting',
          on: Temporal.PlainDate.from('2026-05-01'),
          what: 'Met',
          from: { area: 'meetings', id: randomUUID() },
        }),
      by,
    );
  await expect(say(theirs.id, [theirs.iona])).rejects.toMatchObject({ status: 404 });
  await expect(say(of.id, [theirs.iona])).rejects.toThrow();
  const from = { area: 'meetings', id: randomUUID() };
  await doing(({ rows }) =>
    happened(rows, {
      family: of.id,
      people: [],
      kind: 'meeting',
      on: Temporal.PlainDate.from('2026-05-01'),
      what: 'Met',
      from,
    }),
  );
  await doing(({ rows }) => neverHappened(rows, from), callum);
  expect(await unborn(of.id)).toHaveLength(1);
});

test('a move of home says that they moved, never where; a withheld one says no more than that', async () => {
  const of = await makeFamily(desk, ailsa);
  const kirk = { lines: '12 Kirk Wynd', town: 'Kinbrae', kind: 'foster home', from: '1/3/2020' };
  const made = await desk.act(homes.add, { person: of.iona, with: [of.rory], ...kirk }, ailsa.asking);
  expect(await unborn(of.id)).toEqual([
    '2020-03-01 Moved home, to a foster home: Rory',
    '2020-03-01 Moved home, to a foster home: Iona',
  ]);
  const [first = ''] = made.homes;
  await desk.act(homes.withhold, { home: first, why: 'She was followed' }, ailsa.asking);
  expect((await unborn(of.id)).map((each) => each.split(':')[0])).toEqual([
    '2020-03-01 Moved home',
    '2020-03-01 Moved home',
  ]);
  await desk.act(homes.stopWithholding, { home: first, why: 'It is over' }, ailsa.asking);
  expect((await unborn(of.id))[0]).toContain('to a foster home');
  await desk.act(
    homes.correct,
    {
      home: first,
      version: await version('home', first),
      ...kirk,
      kind: 'with relatives',
      from: '2/4/2020',
      why: 'Wrong day',
    },
    ailsa.asking,
  );
  const [{ person } = { person: '' }] = (
    await superuser.query<{ person: string }>('select person_id as person from record.home where id = $1', [
      first,
    ])
  ).rows;
  const whose = person === of.iona ? 'Iona' : 'Rory';
  expect(await unborn(of.id)).toContain(`2020-04-02 Moved home, to live with relatives or friends: ${whose}`);
  await desk.act(
    homes.takeOut,
    { home: first, version: await version('home', first), why: 'They never lived there' },
    ailsa.asking,
  );
  expect(await unborn(of.id)).toHaveLength(1);
  const text = JSON.stringify(
    (await superuser.query('select * from record.event')).rows.concat(
      (await superuser.query('select * from record.event_person')).rows,
    ),
  );
  expect(text).not.toContain('Kirk Wynd');
  expect(await desk.ask(homeQueries.open, { person: of.iona }, ailsa.asking)).toHaveLength(1);
});

test('a move that is planned is not there until its day; the first home from birth is no move', async () => {
  const of = await makeFamily(desk, ailsa);
  const home = (more: object) =>
    desk.act(homes.add, { person: of.iona, lines: '1 Mill Lane', kind: 'home', ...more }, ailsa.asking);
  await home({ from: '2014-02-01', until: '2026-12-01' });
  await home({ lines: '2 Mill Lane', from: '2026-12-01' });
  expect(await unborn(of.id)).toEqual([]);
  const later = makeDesk(database.pools, () => Temporal.Instant.from('2026-12-02T10:00:00Z'));
  const then = await later.ask(queries.ofFamily, { family: of.id }, ailsa.asking);
  expect(then[0]?.what).toBe('Moved home, to the family home');
});

test('births of children and deaths are there, as far as the day is known, and follow what is corrected', async () => {
  const of = await makeFamily(desk, ailsa);
  expect(await events(of.id)).toEqual(['2016-02-01 Born: Rory', '2014-02-01 Born: Iona']);
  const change = async (more: object) =>
    desk.act(
      changeBirth,
      { person: of.iona, version: await version('person', of.iona), ...more },
      ailsa.asking,
    );
  await change({ state: 'born', born: 'March 2013' });
  const [, iona] = await desk.ask(queries.ofFamily, { family: of.id }, ailsa.asking);
  expect([iona?.day.toString(), iona?.known]).toEqual(['2013-03-01', 'month']);
  await change({ state: 'not known' });
  expect(await events(of.id)).toEqual(['2016-02-01 Born: Rory']);
  const died = async (day: string) =>
    desk.act(
      noteDeath,
      { person: of.isla, version: await version('person', of.isla), died: day },
      ailsa.asking,
    );
  await died('2025-05-05');
  expect((await events(of.id))[0]).toBe('2025-05-05 Died: Isla');
  await died('');
  expect(await events(of.id)).toHaveLength(1);
});

test('schools begin, change and end, and are not named', async () => {
  const of = await makeFamily(desk, ailsa);
  const school = async (name: string, kind = 'school') =>
    (
      await superuser.query<{ id: string }>(
        'insert into record.place (name, kind) values ($1, $2) returning id',
        [name, kind],
      )
    ).rows[0]?.id ?? '';
  const begin = async (place: string, from: string) =>
    desk.act(around.beginSchool, { person: of.iona, place, from }, ailsa.asking);
  await begin(await school('Zig Nursery', 'early learning'), '2017-08-15');
  await begin(await school('Zig Primary'), '2019-08-15');
  const last = await school('Zag Primary');
  await begin(last, '2022-01-10');
  const { rows } = await superuser.query<{ id: string }>(
    'select id from record.schooling where place_id = $1',
    [last],
  );
  await desk.act(
    around.endSchooling,
    { person: of.iona, schooling: rows[0]?.id, on: '2026-06-30' },
    ailsa.asking,
  );
  expect(await unborn(of.id)).toEqual([
    '2026-06-30 Left school: Iona',
    '2022-01-10 Changed school: Iona',
    '2019-08-15 Began at school: Iona',
    '2017-08-15 Began at nursery: Iona',
  ]);
  await desk.act(
    around.takeOutSchooling,
    { person: of.iona, schooling: rows[0]?.id, why: 'Another child' },
    ailsa.asking,
  );
  expect(await unborn(of.id)).toEqual([
    '2019-08-15 Began at school: Iona',
    '2017-08-15 Began at nursery: Iona',
  ]);
});

test('one page of a long life is read by the index', async () => {
  const of = await makeFamily(desk, ailsa);
  await superuser.query(
    `with made as (insert into record.event (family_id, happened_on, kind, what, written_by)
       select $1, date '2000-01-01' + n, 'other', 'Thing ' || n, null from generate_series(1, 3000) n returning id, happened_on)
     insert into record.event_person (event_id, person_id, happened_on) select id, $2, happened_on from made`,
    [of.id, of.isla],
  );
  await superuser.query('analyze record.event, record.event_person');
  const client = await database.pools.app.connect();
  try {
    await client.query('begin');
    await client.query('select access.enter($1, $2)', [ailsa.asking.tokenHash, '']);
    const { text, values } = queries.ofFamily.sql(queries.ofFamily.input.parse({ family: of.id }), {
      identity: ailsa.asking.identity,
      today: Temporal.PlainDate.from('2026-11-22'),
    });
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain (analyze) ${text}`, [
      ...values.map((value) => (value instanceof Temporal.PlainDate ? value.toString() : value)),
    ]);
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain('event_person_life');
    expect(plan).not.toMatch(/Seq Scan on event|Seq Scan on family_member|Seq Scan on person/);
    await client.query('rollback');
  } finally {
    client.release();
  }
  const begun = performance.now();
  const [{ n } = { n: 0 }] = (
    await superuser.query<{ n: number }>(sql`select count(*)::int as n from record.event`)
  ).rows;
  expect(n).toBeGreaterThanOrEqual(3000);
  await desk.ask(queries.ofFamily, { family: of.id }, ailsa.asking);
  console.log(`a page of 3,000 events: ${Math.round(performance.now() - begun)} ms`);
}, 30_000);
