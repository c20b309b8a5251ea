import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { makeDesk } from '../../platform/actions/desk.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../platform/testing/people.ts';
import { add as addFamily, shareFamily } from '../families/actions.ts';
import * as actions from './actions.ts';
import * as queries from './queries.ts';

const database = await testDatabase();
afterAll(() => database.close());
const { superuser } = database;
const now = Temporal.Now.instant();
const today = now.toZonedDateTimeISO('Europe/London').toPlainDate();
const desk = makeDesk(database.pools, () => now);
const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
const callum = await makeWorker(database, { name: 'Callum Reid' });
const health = await makeWorker(database, {
  name: 'Hamish Orr',
  organisation: 'NHS Strathmorran',
  team: 'Health visiting',
});
const finance = await makeWorker(database, { name: 'Fern Baird', role: 'finance-officer', team: 'Finance' });
const notFound = { status: 404, code: 'not-found' };

async function family(
  postcode?: string,
): Promise<{ family: string; iona: string; rory: string; mum: string }> {
  const made = await desk.act(
    addFamily,
    {
      name: 'Baird',
      ...(postcode ? { postcode } : {}),
      members: [
        { givenName: 'Iona', part: 'child', dateOfBirth: '2014-02-01' },
        { givenName: 'Rory', part: 'child', dateOfBirth: '2016-02-01' },
        { givenName: 'Isla', part: 'parent or carer', dateOfBirth: '1988-02-01' },
      ],
    },
    ailsa.asking,
  );
  const [iona = '', rory = '', mum = ''] = made.people;
  return { family: made.family, iona, rory, mum };
}

const kirk = { lines: '12 Kirk Wynd', town: 'Kinbrae', postcode: 'kh1 2ab', kind: 'home' };
const mill = { lines: '3 Mill Lane', town: 'Ardwhin', postcode: 'KH2 3CD', kind: 'with relatives' };
const add = (person: string, more: object, by: Worker = ailsa) =>
  desk.act(actions.add, { person, ...more }, by.asking, { key: randomUUID() });
const homesOf = async (person: string, by: Worker = ailsa) =>
  (await desk.askOne(queries.open, { person }, by.asking)).homes;
const days = async (person: string) =>
  (await homesOf(person)).map(({ lines, since, until }) => [
    lines,
    since?.toString() ?? null,
    until?.toString() ?? null,
  ]);

test('a new home ends the earlier one on the day it begins, for those who move together', async () => {
  const { family: id, iona, rory, mum } = await family();
  await add(iona, { ...kirk, from: '1/3/2020', with: [rory, mum], source: 'Told by Isla' });
  await add(iona, { ...mill, from: '2024-05-03', with: [rory] });
  expect(await days(iona)).toEqual([
    ['3 Mill Lane', '2024-05-03', null],
    ['12 Kirk Wynd', '2020-03-01', '2024-05-03'],
  ]);
  expect(await days(rory)).toEqual(await days(iona));
  expect(await days(mum)).toEqual([['12 Kirk Wynd', '2020-03-01', null]]);
  const [current] = await homesOf(iona);
  expect(current).toMatchObject({
    kind: 'with relatives',
    now: true,
    withheld: false,
    notedBy: 'Ailsa Drummond',
    postcode: 'KH2 3CD',
  });
  expect(await desk.ask(queries.household, { person: iona }, ailsa.asking)).toMatchObject([
    { about: rory, name: 'Rory Baird' },
  ]);
  const everybody = await desk.ask(queries.ofFamily, { family: id }, ailsa.asking);
  expect(everybody.map((each) => [each.given_name, each.lines])).toEqual([
    ['Iona', '3 Mill Lane'],
    ['Rory', '3 Mill Lane'],
    ['Isla', '12 Kirk Wynd'],
  ]);
  // Home again: the same place is not written twice.
  await add(rory, { sameAs: everybody[2]?.home, kind: 'home', from: '2025-01-01' });
  await add(iona, { ...kirk, from: '2025-02-01' });
  const { rows } = await superuser.query(
    `select count(distinct address_id)::int as places from record.home where person_id = any ($1)`,
    [[iona, rory, mum]],
  );
  expect(rows).toEqual([{ places: 2 }]);
});

test('two homes at once are refused in words, a gap is not, and an unknown day gives way', async () => {
  const { iona, rory } = await family('KH9 9ZZ');
  // The home that began nobody knows when begins where an earlier one ends.
  await add(iona, { ...kirk, from: '2018-01-01', until: '2019-06-01' });
  expect(await days(iona)).toEqual([
    ['', '2019-06-01', null],
    ['12 Kirk Wynd', '2018-01-01', '2019-06-01'],
  ]);
  await expect(add(iona, { ...mill, from: '2018-05-01', until: '2019-07-01' })).rejects.toMatchObject({
    status: 422,
    fields: { from: expect.stringContaining('another home written down in that time') },
  });
  await expect(add(iona, { ...mill, from: '2019-06-01' })).rejects.toMatchObject({ status: 422 });
  await expect(add(iona, { ...mill })).rejects.toMatchObject({ status: 422 });
  await add(iona, { ...mill, from: '2010-01-01', until: '2012-01-01' });
  expect(await days(iona)).toHaveLength(3);
  // One of two cannot move: neither does.
  await expect(add(rory, { ...mill, from: '2019-06-01', with: [iona] })).rejects.toMatchObject({
    status: 422,
  });
  expect(await days(rory)).toEqual([['', null, null]]);
});

test('sent twice at once, and by two people at once, there is one home', async () => {
  const { family: id, iona } = await family();
  await desk.act(shareFamily, { family: id, with: callum.account }, ailsa.asking);
  const key = randomUUID();
  const send = (by: Worker, with_: string) =>
    desk.act(actions.add, { person: iona, ...kirk, from: '2024-01-01' }, by.asking, { key: with_ });
  const [one, two] = await Promise.all([send(ailsa, key), send(ailsa, key)]);
  expect(one.homes).toEqual(two.homes);
  const both = await Promise.allSettled([
    add(iona, { ...mill, from: '2025-01-01' }),
    add(iona, { ...mill, from: '2025-01-01' }, callum),
  ]);
  expect(both.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await days(iona)).toHaveLength(2);
});

test('a correction keeps what was there with the reason; somebody else’s change is not written over', async () => {
  const { iona, rory } = await family();
  await add(iona, { ...kirk, from: '2020-03-01', with: [rory] });
  const [home] = await homesOf(iona);
  const correct = (more: object) =>
    desk.act(
      actions.correct,
      {
        home: home?.id,
        version: home?.version,
        ...kirk,
        from: '2020-03-01',
        why: 'It was number 21',
        ...more,
      },
      ailsa.asking,
    );
  await correct({ lines: '21 Kirk Wynd', everybody: 'yes' });
  expect(await days(iona)).toEqual([['21 Kirk Wynd', '2020-03-01', null]]);
  expect(await days(rory)).toEqual([['21 Kirk Wynd', '2020-03-01', null]]);
  await expect(correct({ lines: '22 Kirk Wynd' })).rejects.toMatchObject({
    status: 409,
    code: 'changed-meanwhile',
  });
  const { rows } = await superuser.query(
    `select what, why, earlier ->> 'kind' as kind from record.correction where person_id = $1`,
    [iona],
  );
  expect(rows).toEqual([{ what: 'home', why: 'It was number 21', kind: 'home' }]);
  await correct({ version: 2, lines: '21 Kirk Wynd', from: '2021-03-01' });
  expect((await days(iona))[0]?.[1]).toBe('2021-03-01');
  expect((await days(rory))[0]?.[1]).toBe('2020-03-01');
});

test('somebody leaves without a new home; a home where they never lived is taken out, and kept', async () => {
  const { iona } = await family();
  await add(iona, { ...kirk, from: '2020-03-01' });
  const [home] = await homesOf(iona);
  const end = (until: string, version = home?.version) =>
    desk.act(actions.end, { home: home?.id, version, until }, ailsa.asking);
  await expect(end('2020-03-01')).rejects.toMatchObject({
    fields: { until: expect.stringContaining('after they moved in') },
  });
  await expect(end('')).rejects.toMatchObject({
    fields: { until: expect.stringContaining('Enter the day they left') },
  });
  await end('2026-01-31');
  await expect(end('2026-02-01', 1)).rejects.toMatchObject({ status: 409 });
  expect((await homesOf(iona))[0]).toMatchObject({ now: false, version: 2 });
  const out = { home: home?.id, version: 2, why: 'It was his cousin' };
  await expect(desk.act(actions.takeOut, { ...out, why: ' ' }, ailsa.asking)).rejects.toMatchObject({
    status: 422,
  });
  await desk.act(actions.takeOut, out, ailsa.asking);
  expect(await homesOf(iona)).toEqual([]);
  const { rows } = await superuser.query(
    `select earlier ->> 'id' as id, why from record.correction where person_id = $1`,
    [iona],
  );
  expect(rows).toEqual([{ id: home?.id, why: 'It was his cousin' }]);
});

test('bad input is answered field by field', async () => {
  const { iona } = await family();
  const { iona: stranger } = await family();
  const wrong = (more: object) => add(iona, { ...kirk, ...more });
  await expect(add(iona, { kind: 'home' })).rejects.toMatchObject({
    fields: { lines: expect.stringContaining('Enter the address') },
  });
  await expect(
    wrong({ postcode: 'nowhere', uprn: '12x', kind: 'palace', from: '31/2/2020' }),
  ).rejects.toMatchObject({
    status: 422,
    fields: {
      postcode: expect.stringContaining('full postcode'),
      uprn: expect.stringContaining('12 digits'),
      kind: 'Choose what kind of home it is',
      from: expect.stringContaining('moved in'),
    },
  });
  await expect(wrong({ lines: 'x'.repeat(301) })).rejects.toMatchObject({
    fields: { lines: expect.stringContaining('300') },
  });
  await expect(wrong({ from: '2024-01-02', until: '2024-01-02' })).rejects.toMatchObject({
    fields: { until: expect.any(String) },
  });
  await expect(wrong({ from: today.add({ years: 2 }).toString() })).rejects.toMatchObject({
    fields: { from: expect.any(String) },
  });
  await expect(wrong({ with: [stranger] })).rejects.toMatchObject({
    fields: { with: 'Choose people of the same family' },
  });
  await expect(wrong({ withhold: 'yes' })).rejects.toMatchObject({
    fields: { withholdWhy: expect.stringContaining('Say why') },
  });
  expect(await homesOf(iona)).toEqual([]);
});

test('somebody without a reason, of another organisation, or of another role sees and changes nothing', async () => {
  const { family: id, iona, mum } = await family();
  await add(iona, { ...kirk, from: '2020-03-01', with: [mum] });
  const [home] = await homesOf(iona);
  const on = { home: home?.id, version: 1, why: 'Wanting' };
  for (const other of [callum, health]) {
    await expect(desk.askOne(queries.open, { person: iona }, other.asking)).rejects.toMatchObject(notFound);
    expect(await desk.ask(queries.household, { person: iona }, other.asking)).toEqual([]);
    expect(await desk.ask(queries.together, { person: iona }, other.asking)).toEqual([]);
    expect(await desk.ask(queries.ofFamily, { family: id }, other.asking)).toEqual([]);
    await expect(add(iona, { ...mill, from: '2024-01-01' }, other)).rejects.toMatchObject(notFound);
    const theirs = await desk.act(
      addFamily,
      { name: 'Own', members: [{ givenName: 'Own', part: 'child' }] },
      other.asking,
    );
    // The address of somebody else's home cannot be borrowed to read it.
    await expect(
      desk.act(actions.add, { person: theirs.people[0], sameAs: home?.id, kind: 'home' }, other.asking),
    ).rejects.toMatchObject(notFound);
    const attempts = await Promise.allSettled([
      desk.act(actions.correct, { ...on, ...kirk }, other.asking),
      desk.act(actions.end, { ...on, until: '2026-01-01' }, other.asking),
      desk.act(actions.takeOut, on, other.asking),
      desk.act(actions.withhold, on, other.asking),
      desk.act(actions.showWithheld, on, other.asking),
      desk.act(actions.stopWithholding, on, other.asking),
    ]);
    for (const attempt of attempts) expect(attempt).toMatchObject({ status: 'rejected', reason: notFound });
  }
  await expect(desk.ask(queries.open, { person: iona }, finance.asking)).rejects.toMatchObject(notFound);
  expect(await homesOf(iona)).toHaveLength(1);
});
