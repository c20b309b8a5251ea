import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeDesk } from '../../platform/actions/desk.ts';
import { rowsOn } from '../../platform/database/rows.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker } from '../../platform/testing/people.ts';
import type { Programme } from '../../practice/support/programme.ts';
import { readProgrammes } from '../../practice/support/programmes.ts';
import * as actions from './actions.ts';
import { due } from './due.ts';
import { choicesOf, find, openEntry, pageSize, type Sought } from './found.ts';
import { takeInProgrammes } from './programmes.ts';
import * as queries from './queries.ts';
import { needOf, openTo, withoutProgrammes, written } from './testing.ts';

const database = await testDatabase();
afterAll(() => database.close());
let now = Temporal.Instant.from('2026-11-22T10:00:00Z');
const desk = makeDesk(database.pools, () => now);
const open = openTo(database);

const ewa = await makeWorker(database, { name: 'Ewa Lis', role: 'directory-editor', team: 'Information' });
const yuliia = await makeWorker(database, { name: 'Yuliia', role: 'planning-officer', team: 'Planning' });
const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
const food = await needOf(database, 'money and food');
const autism = await needOf(database, 'neurodiversity');
const programmes = await readProgrammes();

const add = async (more: object = {}) =>
  (
    await desk.act(actions.addEntry, { ...written, terms: [food], ...more }, ewa.asking, {
      key: randomUUID(),
    })
  ).entry;
const nothing: Sought = {
  terms: [],
  rest: [],
  need: undefined,
  area: undefined,
  age: undefined,
  after: undefined,
};
const titles = async (sought: Partial<Sought>) =>
  (await find(open, { ...nothing, ...sought })).map(({ title }) => title);

let pantry = '';
beforeAll(async () => {
  // What every installation has from its start.
  await withoutProgrammes(database);
  pantry = await add({ areas: ['Invermarn'] });
  await add({
    title: 'Different minds',
    what: 'A group for families with an autistic child, with or without a diagnosis.',
    whoFor: 'Families of autistic children',
    organisation: 'Cairn Family Trust',
    terms: [autism],
    fromAge: '5',
    toAge: '17',
    careFromAge: '5',
    careToAge: '25',
    cost: 'Free',
  });
});

describe('finding', () => {
  test('by what it is sorted under, by its words, misspelt too, and by nothing at all from A to Z', async () => {
    expect(await titles({ terms: [autism], rest: ['autism'] })).toEqual(['Different minds']);
    expect(await titles({ rest: ['toys'] })).toEqual(['Harbour Pantry']);
    expect(await titles({ rest: ['diagnossis'] })).toEqual(['Different minds']);
    expect(await titles({ rest: ['zebra'] })).toEqual([]);
    expect(await titles({})).toEqual(['Different minds', 'Harbour Pantry']);
  });

  test('by place and by age, the wider age of care experienced people too', async () => {
    expect(await titles({ area: 'Kinbrae' })).toEqual(['Different minds']);
    expect(await titles({ area: 'Invermarn', need: food })).toEqual(['Harbour Pantry']);
    expect(await titles({ age: 4, need: autism })).toEqual([]);
    expect(await titles({ age: 25, need: autism })).toEqual(['Different minds']);
    expect(await titles({ age: 26, need: autism })).toEqual([]);
  });

  test('what was typed can be anything: it is looked for, and is never part of the question', async () => {
    for (const word of [`'; drop table directory.entry; --`, '100%', '\\', '"', 'a & b | !c'])
      expect(await titles({ rest: [word] }), word).toEqual([]);
  });

  test('a list goes on where it stopped, without gap or repeat', async () => {
    for (let number = 0; number < pageSize + 3; number++)
      await add({
        title: `Club ${String(number % 12).padStart(2, '0')}`,
        organisation: `Org ${number}`,
        what: 'A club',
      });
    const first = (await find(open, nothing)).slice(0, pageSize);
    const last = first.at(-1);
    const rest = await find(open, {
      ...nothing,
      after: last && { score: last.score, title: last.sorted, id: last.id },
    });
    expect(new Set([...first, ...rest].map(({ id }) => id)).size).toBe(pageSize + 5);
    expect(rest).toHaveLength(5);
    await database.superuser.query(
      `delete from directory.entry_term where entry_id in (select id from directory.entry where title like 'Club%');
       delete from directory.entry where title like 'Club%'`,
    );
  });

  test('what has ended is found by nobody, and can still be opened', async () => {
    const gone = await add({ title: 'Gone', state: 'closed' });
    expect(await titles({ rest: ['gone'] })).toEqual([]);
    expect(await openEntry(open, gone)).toMatchObject({ state: 'closed' });
    expect(await openEntry(open, randomUUID())).toBeUndefined();
  });

  test('words that families use can be added and taken out; one of them means one thing', async () => {
    const word = { said: 'Portmarn!', area: 'Invermarn' };
    await desk.act(actions.addWord, word, ewa.asking);
    expect((await choicesOf(open)).words).toContainEqual({ said: 'portmarn', term: null, area: 'Invermarn' });
    await expect(desk.act(actions.addWord, word, ewa.asking)).rejects.toMatchObject({
      fields: { said: 'This word is there already' },
    });
    for (const wrong of [{ said: 'x' }, { said: 'two', term: food, area: 'Invermarn' }, { said: 'none' }])
      await expect(desk.act(actions.addWord, wrong, ewa.asking)).rejects.toMatchObject({ status: 422 });
    const mine = (await desk.ask(queries.words, {}, ewa.asking)).find(({ said }) => said === 'adhd');
    await desk.act(actions.takeOutWord, { word: mine?.id }, ewa.asking);
    expect((await choicesOf(open)).words.map(({ said }) => said)).not.toContain('adhd');
  });
});

describe('looking after it', () => {
  test('only those who have the post for it, and planning officers', async () => {
    for (const refused of [
      () => desk.act(actions.addEntry, { ...written, terms: [food] }, ailsa.asking),
      () => desk.act(actions.check, { entry: pantry, version: 1 }, ailsa.asking),
      () => desk.act(actions.addWord, { said: 'word', term: food }, ailsa.asking),
    ])
      await expect(refused()).rejects.toMatchObject({ status: 404 });
    await expect(desk.ask(queries.toKeep, {}, ailsa.asking)).rejects.toMatchObject({ status: 404 });
    expect((await desk.ask(queries.toKeep, {}, yuliia.asking)).map(({ title }) => title)).toContain(
      'Different minds',
    );
  });

  test('what is missing or makes no sense is said field by field', async () => {
    const refused = (more: object) =>
      desk.act(actions.addEntry, { ...written, title: 'New', ...more }, ewa.asking);
    await expect(refused({})).rejects.toMatchObject({
      fields: { terms: 'Choose at least one, so that families find it' },
    });
    // Without a name either: all of it is said at once.
    await expect(refused({ title: '', terms: [], fromAge: '9', toAge: '5' })).rejects.toMatchObject({
      fields: {
        title: expect.any(String),
        terms: expect.stringContaining('at least one'),
        toAge: expect.stringContaining('oldest age'),
      },
    });
    await expect(refused({ terms: [food], fromAge: '9', toAge: '5' })).rejects.toMatchObject({
      fields: { toAge: 'Enter an oldest age that is not below the youngest' },
    });
    await expect(
      refused({
        title: '',
        web: 'javascript:alert(1)',
        email: 'x',
        phone: 'y',
        fromAge: 'ten',
        state: 'odd',
      }),
    ).rejects.toMatchObject({
      fields: {
        title: 'Enter what it is called',
        web: expect.stringContaining('https://'),
        email: expect.stringContaining('name@example.scot'),
        phone: expect.stringContaining('01236'),
        fromAge: expect.stringContaining('whole years'),
        state: 'Choose whether it is open',
      },
    });
    await expect(add()).rejects.toMatchObject({
      fields: { title: expect.stringContaining('of the same organisation') },
    });
    await expect(refused({ terms: [randomUUID()] })).rejects.toMatchObject({
      fields: { terms: 'Choose from the list' },
    });
  });

  test('how an entry read before is kept, with who changed it and why; a version that is stale changes nothing', async () => {
    const entry = await add({ title: 'Before', areas: ['Kinbrae'] });
    const change = {
      ...written,
      entry,
      version: 1,
      title: 'After',
      terms: [autism],
      areas: [],
      why: 'It has another name',
    };
    await desk.act(actions.change, change, yuliia.asking);
    await expect(desk.act(actions.change, { ...change, title: 'Later' }, ewa.asking)).rejects.toMatchObject({
      code: 'changed-meanwhile',
    });
    const kept = await desk.askOne(queries.kept, { entry }, ewa.asking);
    expect(kept).toMatchObject({ title: 'After', version: 2, terms: [autism], areas: [] });
    expect(kept.versions).toMatchObject([
      { version: 1, title: 'Before', why: 'It has another name', by: 'Yuliia' },
    ]);
    const { was } = await desk.askOne(queries.version, { entry, version: 1 }, ewa.asking);
    expect(was).toMatchObject({ title: 'Before', terms: ['Money, food and heating'], areas: ['Kinbrae'] });
  });

  test('an entry is stale six months after somebody checked it, is said to be due before, and is right again when checked', async () => {
    const entry = await add({ title: 'Old' });
    const dueNow = () => desk.ask(queries.dueEntries, {}, ewa.asking);
    expect(await desk.askOne(queries.kept, { entry }, ewa.asking)).toMatchObject({
      checked_by: 'Ewa Lis',
      check_by: Temporal.PlainDate.from('2027-05-22'),
    });
    expect(await dueNow()).toEqual([]);
    now = Temporal.Instant.from('2027-05-23T10:00:00Z');
    const waiting = await due.load({
      ask: (query: never, input: unknown) => desk.ask(query, input, ewa.asking),
    } as never);
    expect(waiting.map(({ title }) => title)).toContain('Check that “Old” is still right');
    const before = (await desk.askOne(queries.toCheck, {}, ewa.asking)).due;
    const { version } = await desk.askOne(queries.kept, { entry }, ewa.asking);
    await desk.act(actions.check, { entry, version }, ewa.asking);
    await expect(desk.act(actions.check, { entry, version }, ewa.asking)).rejects.toMatchObject({
      status: 409,
    });
    expect((await desk.askOne(queries.toCheck, {}, ewa.asking)).due).toBe(before - 1);
    expect(await desk.askOne(queries.kept, { entry }, ewa.asking)).toMatchObject({
      check_by: Temporal.PlainDate.from('2027-11-23'),
    });
    now = Temporal.Instant.from('2026-11-22T10:00:00Z');
  });

  test('places and times: a new place, one from the list, half a time, and taking out', async () => {
    const entry = await add({ title: 'Somewhere' });
    const place = (more: object) => desk.act(actions.addPlace, { entry, ...more }, ewa.asking);
    await expect(place({})).rejects.toMatchObject({
      fields: { name: expect.stringContaining('Choose a place') },
    });
    await expect(place({ name: 'Hall' })).rejects.toMatchObject({
      fields: { lines: 'Enter the address', town: 'Enter the town or village' },
    });
    const hall = { name: 'Harbour Hall', lines: '1 Quay', town: 'Invermarn', postcode: 'zm6 1aa' };
    await expect(place({ ...hall, days: 'MO', opens: 'nine' })).rejects.toMatchObject({ status: 422 });
    await expect(place({ ...hall, days: 'MO', opens: '5pm', closes: '9am' })).rejects.toMatchObject({
      fields: { closes: 'Enter an end that is later than the beginning' },
    });
    const made = await place({ ...hall, days: ['TU', 'SA'], opens: '9am', closes: '12.30pm' });
    await expect(place(hall)).rejects.toMatchObject({
      fields: { name: expect.stringContaining('from the list') },
    });
    await desk.act(
      actions.addTime,
      { entry, place: made.place, days: 'TH', opens: '16:30', closes: '6pm' },
      ewa.asking,
    );
    expect((await openEntry(open, entry))?.places).toMatchObject([
      {
        name: 'Harbour Hall',
        postcode: 'ZM6 1AA',
        openings: [
          { days: ['TU', 'SA'], opens: '09:00:00', closes: '12:30:00' },
          { days: ['TH'], opens: '16:30:00', closes: '18:00:00' },
        ],
      },
    ]);
    await expect(
      desk.act(actions.takeOutPlace, { entry: pantry, place: made.place }, ewa.asking),
    ).rejects.toMatchObject({ status: 404 });
    await desk.act(actions.takeOutPlace, { entry, place: made.place }, ewa.asking);
    expect((await openEntry(open, entry))?.places).toEqual([]);
  });
});

describe('programmes of help', () => {
  const today = Temporal.PlainDate.from('2026-11-22');
  const takeIn = async (all: readonly Programme[]) => {
    const client = await database.pools.owner.connect();
    try {
      await client.query('begin');
      await takeInProgrammes(rowsOn(client), all, { council: 'Strathmorran Council', today });
      await client.query('commit');
    } finally {
      client.release();
    }
  };
  const entries = async () =>
    (
      await database.superuser.query<{ programme: string; version: number; state: string; id: string }>(
        'select programme, version, state, id from directory.entry where programme is not null order by programme',
      )
    ).rows;

  test('each is an entry by itself, to be checked from the day on which it came, and changes when its file does', async () => {
    await takeIn(programmes);
    const first = await entries();
    expect(first.map(({ programme }) => programme)).toEqual(programmes.map(({ id }) => id).toSorted());
    await takeIn(programmes);
    expect(await entries()).toEqual(first);
    const [changed, ...others] = programmes;
    if (changed === undefined) throw new Error('there are no programmes');
    await takeIn([{ ...changed, title: 'Another name' }, ...others.slice(1)]);
    const after = await entries();
    const of = (id: string | undefined) => after.find(({ programme }) => programme === id);
    expect(of(changed.id)).toMatchObject({ version: 2, state: 'open' });
    expect(of(others[0]?.id)).toMatchObject({ state: 'closed' });
    await takeIn(programmes);
    expect(of(others[0]?.id)?.id).toBe(
      (await entries()).find(({ programme }) => programme === others[0]?.id)?.id,
    );
    expect((await entries()).map(({ state }) => state)).not.toContain('closed');
  });

  test('one is taken in as long as its file may make it, and whatever else has its name', async () => {
    const [first] = programmes;
    if (first === undefined) throw new Error('there are no programmes');
    const long = (many: number) => 'a'.repeat(many);
    const { serves, directory: words } = first;
    await takeIn([
      ...programmes,
      {
        ...first,
        id: 'as-long-as-can-be',
        title: long(100),
        forFamilies: long(1500),
        answeredBy: { service: 'health', organisation: 'Marn Churches Together' },
        serves: {
          ...serves,
          inWords: long(600),
          when: Array.from({ length: 10 }, () => long(300)),
          otherwise: long(400),
        },
        directory: {
          ...words,
          howToGetIn: long(600),
          where: long(400),
          when: long(400),
          cost: long(200),
          web: 'ftp://x',
        },
      },
      {
        ...first,
        id: 'same-name',
        title: written.title,
        answeredBy: { service: 'health', organisation: written.organisation },
      },
    ]);
    expect((await entries()).map(({ programme }) => programme)).toContain('as-long-as-can-be');
    await takeIn(programmes);
    expect((await entries()).find(({ programme }) => programme === 'same-name')).toMatchObject({
      state: 'closed',
    });
  });

  test('its words are not changed here; that it was checked can be said', async () => {
    const [entry] = await entries();
    if (entry === undefined) throw new Error('there is no programme');
    const input = { ...written, entry: entry.id, version: entry.version, terms: [food], why: 'Because' };
    await expect(desk.act(actions.change, input, ewa.asking)).rejects.toMatchObject({
      code: 'from-its-file',
    });
    await desk.act(actions.check, { entry: entry.id, version: entry.version }, ewa.asking);
    expect((await openEntry(open, entry.id))?.checked_on).toEqual(today);
  });
});
