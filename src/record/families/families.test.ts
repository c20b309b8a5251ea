import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { makeDesk } from '../../platform/actions/desk.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../platform/testing/people.ts';
import * as actions from './actions.ts';
import * as queries from './queries.ts';

const database = await testDatabase();
afterAll(() => database.close());
const now = Temporal.Instant.from('2026-11-22T10:00:00Z');
const desk = makeDesk(database.pools, () => now);
const { superuser } = database;

const north = { organisation: 'Strathmorran Council', team: 'Children and families North' };
const ailsa = await makeWorker(database, { name: 'Ailsa Drummond', ...north });
const callum = await makeWorker(database, { name: 'Callum Reid', ...north });
const morag = await makeWorker(database, { name: 'Morag Bain', ...north, role: 'team-manager' });
const south = await makeWorker(database, {
  name: 'Sorcha Kerr',
  ...north,
  team: 'Children and families South',
});
const health = await makeWorker(database, {
  name: 'Hamish Orr',
  organisation: 'NHS Strathmorran',
  team: 'Health visiting',
});

const members = [
  { givenName: 'Jamie', familyName: '', dateOfBirth: '2019-05-01', part: 'child', chi: '0101011237' },
  {
    givenName: 'Rory',
    familyName: '',
    dateOfBirth: '14/2/2012',
    part: 'young person',
    careExperienced: 'yes',
  },
  { givenName: 'Isla', familyName: 'Robertson', part: 'parent or carer' },
];
const added = (worker: Worker, name: string, more: object = {}) =>
  desk.act(actions.add, { name, locality: 'Lochside', members, ...more }, worker.asking, {
    key: randomUUID(),
  });

const eventsAbout = async (family: string) =>
  (
    await superuser.query<{ kind: string; name: string; reasons: string[]; account_id: string }>(
      'select kind, name, reasons, account_id from audit.event where about @> array[$1::uuid] order by at, id',
      [family],
    )
  ).rows;

test('a family is added with its people and opened as it was written', async () => {
  const { family, people } = await added(ailsa, 'Baird', { postcode: 'eh112ab', simdDecile: '2' });
  expect(people).toHaveLength(3);
  const opened = await desk.askOne(queries.open, { family }, ailsa.asking);
  expect(opened).toMatchObject({
    name: 'Baird',
    locality: 'Lochside',
    area_withheld: false,
    simd_decile: 2,
    version: 1,
  });
  expect(opened.members.map((person) => [person.givenName, person.familyName, person.part])).toEqual([
    ['Jamie', 'Baird', 'child'],
    ['Rory', 'Baird', 'young person'],
    ['Isla', 'Robertson', 'parent or carer'],
  ]);
  expect(opened.members[1]).toMatchObject({ careExperienced: true });
  expect(opened.members[1]?.dateOfBirth?.toString()).toBe('2012-02-14');
  const { rows: homes } = await superuser.query(
    `select a.lines, a.postcode, h.source, h.noted_by from record.home h join record.address a on a.id = h.address_id
     where h.person_id = any ($1) group by 1, 2, 3, 4`,
    [people],
  );
  expect(homes).toEqual([
    { lines: '', postcode: 'EH11 2AB', source: 'When the family was added', noted_by: ailsa.account },
  ]);
  expect(opened.helping).toEqual([]);
  expect(await eventsAbout(family)).toMatchObject([
    { kind: 'action', name: 'families.add', reasons: ['allocated'], account_id: ailsa.account },
    { kind: 'read', name: 'families.open', reasons: ['allocated'], account_id: ailsa.account },
  ]);
});

test('families are found by misspelt names, by anybody in them and by postcode', async () => {
  const worker = await makeWorker(database, { name: 'Finder', ...north });
  const { family } = await added(worker, 'MacAllister', { postcode: 'ML1 1AA' });
  await added(worker, 'Nowak', { postcode: 'ML2 9ZZ', members: [{ givenName: 'Zofia', part: 'child' }] });
  for (const text of [
    'MacAllister',
    'mcalister',
    'MacAlister',
    'jamie',
    'Isla Robertsen',
    'ml1 1aa',
    'ML11',
  ]) {
    const [best] = await desk.ask(queries.find, { text }, worker.asking);
    expect(best, text).toMatchObject({
      about: family,
      members: 'Jamie, Isla, Rory',
      helping: 'Finder, Children and families North',
    });
  }
  expect(await desk.ask(queries.find, { text: 'Xenophon' }, worker.asking)).toEqual([]);
  expect(await desk.ask(queries.find, { text: '  ' }, worker.asking)).toEqual([]);
});

test('my families are listed by name, 50 at a time, without gap or repeat', async () => {
  const worker = await makeWorker(database, { name: 'Busy', ...north });
  for (let number = 0; number < 53; number++)
    await added(worker, `Family ${String(number % 20).padStart(2, '0')}`);
  const first = await desk.ask(queries.mine, {}, worker.asking);
  const last = first.at(-1);
  const second = await desk.ask(
    queries.mine,
    { afterName: last?.sorted, afterId: last?.about },
    worker.asking,
  );
  expect([first.length, second.length]).toEqual([50, 3]);
  expect(new Set([...first, ...second].map((row) => row.about)).size).toBe(53);
  expect(first[0]).toMatchObject({
    name: 'Family 00',
    people: 3,
    children: 2,
    why: ['Works with the family'],
  });
});

test('two people change one family: the second is told, and nothing is overwritten', async () => {
  const { family, people } = await added(ailsa, 'Versions');
  await desk.act(actions.shareFamily, { family, with: callum.account }, ailsa.asking);
  const change = (worker: Worker, name: string) =>
    desk.act(actions.change, { family, version: '1', name }, worker.asking);
  const both = await Promise.allSettled([change(ailsa, 'First'), change(callum, 'Second')]);
  expect(both.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(both.find((each) => each.status === 'rejected')?.reason).toMatchObject({
    status: 409,
    code: 'changed-meanwhile',
  });
  expect((await desk.askOne(queries.open, { family }, ailsa.asking)).version).toBe(2);

  const person = { family, person: people[0], version: 1, familyName: 'Baird', part: 'young person' };
  await desk.act(actions.changePersonDetails, { ...person, givenName: 'Seumas' }, callum.asking);
  await expect(
    desk.act(actions.changePersonDetails, { ...person, givenName: 'James' }, ailsa.asking),
  ).rejects.toMatchObject({ status: 409 });
  const read = await desk.askOne(queries.person, { family, person: people[0] }, ailsa.asking);
  expect(read).toMatchObject({ given_name: 'Seumas', part: 'young person', version: 2, chi_number: null });
});

test('a form sent twice, or twice at once, adds one family', async () => {
  const send = (key: string) =>
    desk.act(
      actions.add,
      { name: 'Doubleton', members: [{ givenName: 'One', part: 'child' }] },
      ailsa.asking,
      { key },
    );
  const key = randomUUID();
  const [first, again] = [await send(key), await send(key)];
  expect(again.family).toBe(first.family);
  const together = randomUUID();
  const both = await Promise.all([send(together), send(together)]);
  expect(both[0].family).toBe(both[1].family);
  const count = await superuser.query("select from record.family where name = 'Doubleton'");
  expect(count.rowCount).toBe(2);
});

test('bad input is answered field by field, and nothing is written', async () => {
  const before = (await superuser.query('select from record.family')).rowCount;
  const wrong = {
    name: ' ',
    postcode: 'nowhere',
    simdDecile: '11',
    members: [{ givenName: '', part: 'cousin', chi: '0101011238', dateOfBirth: '31/2/2020' }],
  };
  await expect(desk.act(actions.add, wrong, ailsa.asking)).rejects.toMatchObject({
    status: 422,
    fields: {
      name: 'Enter the family’s name',
      postcode: 'Enter a full postcode, like EH11 2AB, or leave it empty',
      simdDecile: 'Choose a decile from 1 to 10',
      'members.0.givenName': 'Enter their given name',
      'members.0.chi': 'This is not a valid CHI number. Check its ten digits, or leave it empty',
      'members.0.part': 'Choose what they are in the family',
    },
  });
  await expect(
    added(ailsa, 'Unborn', { members: [{ givenName: 'A', part: 'child', dateOfBirth: '2026-11-23' }] }),
  ).rejects.toMatchObject({
    fields: { 'members.0.dateOfBirth': 'Enter a date of birth that is today or earlier' },
  });
  await expect(added(ailsa, 'Nobody', { members: [] })).rejects.toMatchObject({
    fields: { members: 'Add at least one person' },
  });
  expect((await superuser.query('select from record.family')).rowCount).toBe(before);
});

test('search before create: seen families in full, others only as a team to ask, and the question is written down', async () => {
  const { family } = await added(south, 'Farquharson', { postcode: 'ML5 5ML' });
  const hidden = {
    family: null,
    name: null,
    members: null,
    postcode: null,
    ask: ['Children and families South'],
  };
  const ask = (input: object, worker = health) => desk.ask(queries.likely, input, worker.asking);
  expect(await ask({ name: 'Farquarson', postcode: 'ml55ml' })).toEqual([{ ...hidden, locality: null }]);
  expect(await eventsAbout(family)).toContainEqual(
    expect.objectContaining({
      kind: 'read',
      name: 'families.likely',
      reasons: [],
      account_id: health.account,
    }),
  );
  expect(await ask({ name: 'Farquharson' })).toEqual([]);
  expect(await ask({ name: 'Farquharson', postcode: 'ML5 5MM' })).toEqual([]);
  expect(await ask({ name: 'Nowak', postcode: 'ML5 5ML' })).toEqual([]);
  expect(await ask({ name: 'Farquharsen' }, south)).toMatchObject([{ family, name: 'Farquharson' }]);
  // The CHI number of Jamie is in families of several workers: no more than that they exist, and whom to ask.
  const byChi = await ask({ name: 'Zzz', chi: '010101 1237' });
  expect(byChi.length).toBeGreaterThan(0);
  expect(byChi.every((match) => match.family === null && match.name === null)).toBe(true);
});

test('who has looked is complete and newest first, page by page', async () => {
  const { family } = await added(ailsa, 'Looked at');
  await desk.act(actions.shareFamily, { family, with: morag.post }, ailsa.asking);
  for (let time = 0; time < 55; time++)
    await desk.askOne(queries.open, { family }, time % 2 ? morag.asking : ailsa.asking);
  const first = await desk.ask(queries.looked, { family }, morag.asking);
  expect(first).toHaveLength(50);
  expect(first[0]).toMatchObject({
    who: 'Ailsa Drummond',
    post: 'Social worker, Children and families North',
    name: 'families.open',
    why: ['Works with the family'],
  });
  const last = first.at(-1);
  const rest = await desk.ask(
    queries.looked,
    { family, beforeAt: last?.at.toString(), beforeId: last?.event },
    ailsa.asking,
  );
  expect(rest.map((event) => event.name).slice(-2)).toEqual(['families.share', 'families.add']);
  expect(new Set([...first, ...rest].map((event) => event.event)).size).toBe(57);
});
