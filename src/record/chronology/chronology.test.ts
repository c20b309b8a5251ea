import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { makeDesk } from '../../platform/actions/desk.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../platform/testing/people.ts';
import { shareFamily } from '../families/actions.ts';
import * as actions from './actions.ts';
import * as queries from './queries.ts';
import { pageSize } from './rules.ts';
import { entered, makeFamily, writeEvent } from './testing.ts';

const database = await testDatabase();
afterAll(() => database.close());
const { superuser } = database;
const desk = makeDesk(database.pools, () => Temporal.Instant.from('2026-11-22T10:00:00Z'));
const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
const callum = await makeWorker(database, { name: 'Callum Reid' });
const health = await makeWorker(database, {
  name: 'Hamish Orr',
  organisation: 'NHS Strathmorran',
  team: 'Health visiting',
});
const finance = await makeWorker(database, { name: 'Fern Baird', role: 'finance-officer', team: 'Finance' });
const notFound = { status: 404, code: 'not-found' };

const read = (family: string, by: Worker = ailsa, more: object = {}) =>
  desk.ask(queries.ofFamily, { family, ...more }, by.asking);
const words = async (family: string, by: Worker = ailsa, more: object = {}) =>
  (await read(family, by, more)).filter(({ kind }) => kind !== 'birth').map(({ what }) => what);

test('an event is written once, with all that is said of it, and read with who wrote it', async () => {
  const of = await makeFamily(desk, ailsa);
  const key = randomUUID();
  const input = entered(of, {
    people: [of.iona, of.rory],
    on: 'March 2024',
    impact: 'She can read the board.',
    response: 'School moved her to the front.',
    standing: 'opinion',
    source: 'health',
    indicators: ['healthy', 'achieving'],
    sharing: 'ask first',
  });
  const first = await desk.act(actions.write, input, ailsa.asking, { key });
  const again = await desk.act(actions.write, input, ailsa.asking, { key });
  expect(again.event).toBe(first.event);
  expect(first.about).toEqual([of.id, of.iona, of.rory]);
  const found = (await read(of.id)).filter(({ kind }) => kind === 'health');
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({
    known: 'month',
    what: 'Iona had her eyes tested and has glasses now.',
    impact: 'She can read the board.',
    standing: 'opinion',
    source: 'Health',
    indicators: ['healthy', 'achieving'],
    sharing: 'ask first',
    written_by: 'Ailsa Drummond',
    from_area: null,
  });
  expect(found[0]?.day.toString()).toBe('2024-03-01');
  expect(found[0]?.people.map(({ name }) => name)).toEqual(['Rory', 'Iona']);
});

test('what cannot be is refused with a sentence: no people, no day, a day to come or that is none, too much', async () => {
  const of = await makeFamily(desk, ailsa);
  const other = await makeFamily(desk, callum);
  const refused = async (more: object) => {
    const error = await desk.act(actions.write, entered(of, more), ailsa.asking).catch((each) => each);
    return error.fields as Record<string, string>;
  };
  expect(await refused({ people: [] })).toEqual({ people: 'Choose who this is about' });
  expect(await refused({ people: [other.iona] })).toEqual({ people: 'Choose people who are in this family' });
  expect((await refused({ on: '' })).on).toMatch(/Enter when it happened/);
  expect((await refused({ on: '31/2/2024' })).on).toMatch(/Write it like/);
  expect((await refused({ on: '23/11/2026' })).on).toMatch(/today or an earlier day/);
  expect((await refused({ kind: 'payment' })).kind).toMatch(/Choose what kind/);
  expect((await refused({ kind: 'no such kind' })).kind).toMatch(/Choose what kind/);
  expect((await refused({ what: 'x'.repeat(2001) })).what).toMatch(/2,000 characters or fewer/);
  expect((await refused({ what: ' ' })).what).toBe('Write what happened');
  expect((await refused({ indicators: ['rich'] }))['indicators.0']).toBeDefined();
  expect(await words(of.id)).toEqual([]);
});

test('those without a reason, of another organisation or in another role, read and write nothing', async () => {
  const of = await makeFamily(desk, ailsa);
  const event = await writeEvent(desk, ailsa, of);
  for (const by of [callum, health, finance]) {
    await expect(desk.act(actions.write, entered(of), by.asking)).rejects.toMatchObject(notFound);
    await expect(
      desk.act(actions.add, { event, kind: 'impact', words: 'More' }, by.asking),
    ).rejects.toMatchObject(notFound);
    await expect(
      desk.act(actions.analyse, { family: of.id, on: '1/11/2026', words: 'More' }, by.asking),
    ).rejects.toMatchObject(notFound);
  }
  for (const by of [callum, health]) {
    expect(await read(of.id, by)).toEqual([]);
    expect(await desk.ask(queries.one, { family: of.id, event }, by.asking)).toEqual([]);
    expect(await desk.ask(queries.aboutPerson, { person: of.iona }, by.asking)).toEqual([]);
    expect(await desk.ask(queries.analyses, { family: of.id }, by.asking)).toEqual([]);
  }
  await expect(read(of.id, finance)).rejects.toMatchObject(notFound);
  // From the moment the family is shared, another agency reads and writes in the same line.
  await desk.act(shareFamily, { family: of.id, with: health.account }, ailsa.asking);
  await writeEvent(desk, health, of, { on: '15/3/2024', what: 'Hearing tested too.' });
  expect(await words(of.id)).toEqual([
    'Hearing tested too.',
    'Iona had her eyes tested and has glasses now.',
  ]);
});

test('what was signed is never changed, by any action or by hand, and nor is what stands beside it', async () => {
  const of = await makeFamily(desk, ailsa);
  const event = await writeEvent(desk, ailsa, of);
  await desk.act(actions.add, { event, kind: 'response', words: 'Glasses came.' }, ailsa.asking);
  await desk.act(actions.analyse, { family: of.id, on: '1/11/2026', words: 'It goes well.' }, ailsa.asking);
  for (const table of ['event', 'event_addition', 'event_analysis']) {
    await expect(superuser.query(`update record.${table} set written_as = 'x'`), table).rejects.toMatchObject(
      {
        constraint: 'event_kept',
      },
    );
    await expect(superuser.query(`delete from record.${table}`), table).rejects.toThrow();
  }
  const client = await database.pools.app.connect();
  try {
    for (const statement of [
      `update record.event set what = 'x'`,
      'delete from record.event',
      `update record.event_person set happened_on = '2000-01-01'`,
      'delete from record.event_person',
      `update record.event_addition set words = 'x'`,
      `update record.event_analysis set words = 'x'`,
      `insert into record.event (family_id, happened_on, kind, what) values ('${of.id}', '2024-01-01', 'other', 'x')`,
    ])
      await expect(client.query(statement), statement).rejects.toMatchObject({ code: '42501' });
  } finally {
    client.release();
  }
});

test('what is put right stands beside, with why; what is taken out says so, once', async () => {
  const of = await makeFamily(desk, ailsa);
  const event = await writeEvent(desk, ailsa, of);
  await expect(
    desk.act(actions.add, { event, kind: 'correction', words: 'It was in April.' }, ailsa.asking),
  ).rejects.toMatchObject({ fields: { why: 'Say how you know that it was wrong' } });
  await desk.act(
    actions.add,
    { event, kind: 'correction', words: 'It was in April.', why: 'The optician rang' },
    ailsa.asking,
  );
  const out = () =>
    desk.act(actions.add, { event, kind: 'taken out', words: 'It was her cousin.' }, ailsa.asking);
  const tries = await Promise.allSettled([out(), out()]);
  expect(tries.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  await expect(out()).rejects.toMatchObject({ code: 'taken-out' });
  const [found] = (await read(of.id)).filter(({ kind }) => kind === 'health');
  expect(found?.what).toBe('Iona had her eyes tested and has glasses now.');
  expect(found?.additions.map(({ kind, words: said, by }) => [kind, said, by])).toEqual([
    ['correction', 'It was in April.', 'Ailsa Drummond'],
    ['taken out', 'It was her cousin.', 'Ailsa Drummond'],
  ]);
  const latest = await desk.ask(queries.latest, { family: of.id }, ailsa.asking);
  expect(latest.map(({ kind }) => kind)).toEqual(['birth', 'birth']);
});

test('it is narrowed by person, kind, wellbeing, agency and years, and read either way', async () => {
  const of = await makeFamily(desk, ailsa);
  await writeEvent(desk, ailsa, of, { on: '2021', what: 'One', indicators: ['safe'], source: 'Police' });
  await writeEvent(desk, ailsa, of, { on: '5/2022', what: 'Two', kind: 'police', people: [of.rory] });
  await writeEvent(desk, ailsa, of, { on: '6/6/2023', what: 'Three', people: [of.iona, of.rory] });
  expect(await words(of.id)).toEqual(['Three', 'Two', 'One']);
  expect(await words(of.id, ailsa, { order: 'oldest' })).toEqual(['One', 'Two', 'Three']);
  expect(await words(of.id, ailsa, { person: of.rory })).toEqual(['Three', 'Two']);
  expect(await words(of.id, ailsa, { kind: 'police' })).toEqual(['Two']);
  expect(await words(of.id, ailsa, { indicator: 'safe' })).toEqual(['One']);
  expect(await words(of.id, ailsa, { source: 'Police' })).toEqual(['One']);
  expect(await words(of.id, ailsa, { fromYear: '2022', toYear: '2022' })).toEqual(['Two']);
  const [choices] = await desk.ask(queries.choices, { family: of.id }, ailsa.asking);
  expect(choices?.years).toEqual([2014, 2016, 2021, 2022, 2023]);
  expect(choices?.sources).toEqual(['Health', 'Police']);
});

test('it is read a page at a time, each event once, however many there are on one day', async () => {
  const of = await makeFamily(desk, ailsa);
  for (let index = 0; index < pageSize + 15; index++)
    await writeEvent(desk, ailsa, of, {
      on: index % 3 === 0 ? '1/6/2025' : '2/6/2025',
      what: `Thing ${index}`,
      people: index % 2 === 0 ? [of.iona, of.rory] : [of.rory],
    });
  for (const order of ['newest', 'oldest']) {
    const seen: string[] = [];
    let after: object = {};
    for (let page = 0; page < 5; page++) {
      const found = await read(of.id, ailsa, { order, ...after });
      const shown = found.slice(0, pageSize);
      seen.push(...shown.map(({ id }) => id));
      const last = shown.at(-1);
      if (found.length <= pageSize || last === undefined) break;
      after = { afterOn: last.day.toString(), afterId: last.id };
    }
    expect(seen).toHaveLength(pageSize + 15 + 2);
    expect(new Set(seen).size).toBe(seen.length);
  }
  expect(await desk.ask(queries.wholeOf, { family: of.id, person: of.iona }, ailsa.asking)).toHaveLength(
    38 + 1,
  );
});

test('what it says as a whole has its day and its writer, and what was said before stays', async () => {
  const of = await makeFamily(desk, ailsa);
  const other = await makeFamily(desk, ailsa);
  const say = (more: object) =>
    desk.act(
      actions.analyse,
      { family: of.id, on: '1/11/2026', words: 'It goes well.', ...more },
      ailsa.asking,
    );
  await say({});
  await say({ on: '20/11/2026', words: 'Home is calmer since the summer.', person: of.iona });
  await expect(say({ on: '23/11/2026' })).rejects.toMatchObject({ status: 422 });
  await expect(say({ person: other.iona })).rejects.toMatchObject({ status: 422 });
  const said = await desk.ask(queries.analyses, { family: of.id }, ailsa.asking);
  expect(said.map(({ words: text, name, written_by: by }) => [text, name, by])).toEqual([
    ['Home is calmer since the summer.', 'Iona', 'Ailsa Drummond'],
    ['It goes well.', null, 'Ailsa Drummond'],
  ]);
});
