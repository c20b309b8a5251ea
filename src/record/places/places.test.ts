import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { makeDesk } from '../../platform/actions/desk.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker } from '../../platform/testing/people.ts';
import * as actions from './actions.ts';
import * as queries from './queries.ts';

const database = await testDatabase();
afterAll(() => database.close());
const now = Temporal.Instant.from('2026-11-22T10:00:00Z');
const desk = makeDesk(database.pools, () => now);

const morag = await makeWorker(database, { name: 'Morag Bain', role: 'team-manager' });
const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
const fiona = await makeWorker(database, { name: 'Fiona Laird', role: 'finance-officer' });

const added = async (name: string, kind: string, more: object = {}) =>
  (await desk.act(actions.add, { name, kind, ...more }, morag.asking, { key: randomUUID() })).place;
const locality = await added('Lochside', 'locality');
const cluster = await added('Lochside Academy cluster', 'cluster', { within: locality });
const primary = await added('Lochside Primary', 'school', {
  within: cluster,
  code: '8412345',
  phone: '01236 555 010',
});
const clinic = await added('Harbour Health Centre', 'health', { within: locality });

test('places are found by locality, by name, misspelt too, by kind and by number', async () => {
  expect(await desk.ask(queries.localities, {}, fiona.asking)).toMatchObject([
    { name: 'Lochside', clusters: 1, schools: 1 },
  ]);
  const find = async (input: object) =>
    (await desk.ask(queries.list, input, fiona.asking)).map(({ name }) => name);
  expect(await find({ text: 'lochside prim' })).toEqual(['Lochside Primary']);
  expect(await find({ text: 'Lochsyde Primary' })).toContain('Lochside Primary');
  expect(await find({ text: '8412345' })).toEqual(['Lochside Primary']);
  expect(await find({ kind: 'health' })).toEqual(['Harbour Health Centre']);
  expect(await find({ within: cluster })).toEqual(['Lochside Primary']);
  expect(await find({ text: '100%_' })).toEqual([]);
  const one = await desk.askOne(queries.one, { place: primary }, fiona.asking);
  expect(one).toMatchObject({ code: '8412345', version: 1 });
  expect(one.above.map(({ name }) => name)).toEqual(['Lochside Academy cluster', 'Lochside']);
});

test('a list of places goes on where it stopped, without gap or repeat', async () => {
  const above = [await added('Stores', 'other'), await added('Yards', 'other')];
  // Two places of each name, one after the other in the list.
  for (let number = 0; number < 53; number++)
    await added(`Depot ${String(number % 30).padStart(2, '0')}`, 'other', {
      within: above[number % 30 === number ? 0 : 1],
    });
  const first = await desk.ask(queries.list, { kind: 'other' }, ailsa.asking);
  const last = first.at(-1);
  const rest = await desk.ask(
    queries.list,
    { kind: 'other', afterName: last?.sorted, afterId: last?.id },
    ailsa.asking,
  );
  expect([first.length, rest.length]).toEqual([50, 5]);
  expect(new Set([...first, ...rest].map(({ id }) => id)).size).toBe(55);
});

test('what a place may be part of is kept, and no ring of places can be closed, one after the other or at once', async () => {
  await expect(added('Odd', 'school', { within: clinic })).rejects.toMatchObject({
    fields: { within: expect.stringContaining('cluster of schools; locality') },
  });
  await expect(added('Odd', 'school', { within: randomUUID() })).rejects.toMatchObject({
    fields: { within: 'Choose a place from the list' },
  });
  const board = await added('NHS Strathmorran', 'health');
  const ward = await added('Ward 4', 'health', { within: board });
  const put = (place: string, name: string, within: string) =>
    desk.act(actions.change, { place, version: 1, name, kind: 'health', within }, morag.asking);
  await expect(put(board, 'NHS Strathmorran', ward)).rejects.toMatchObject({
    fields: { within: 'It cannot be part of something that is part of it' },
  });
  const [one, two] = [await added('One', 'health'), await added('Two', 'health')];
  const both = await Promise.allSettled([put(one, 'One', two), put(two, 'Two', one)]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await expect(
    desk.act(actions.change, { place: cluster, version: 1, name: 'C', kind: 'health' }, morag.asking),
  ).rejects.toMatchObject({ fields: { kind: 'There is a school within this. Move that first' } });
});

test('a place is written once: the same name, or the same number, is refused in words', async () => {
  await expect(added('lochside primary', 'school', { within: cluster })).rejects.toMatchObject({
    fields: { name: expect.stringContaining('There is a place of this kind and name there already') },
  });
  await expect(added('Another', 'school', { code: '8412345' })).rejects.toMatchObject({
    fields: { code: 'Another place of this kind has this number. Check it' },
  });
  await expect(
    desk.act(actions.add, { name: '', kind: 'castle', email: 'nobody', phone: 'x' }, morag.asking),
  ).rejects.toMatchObject({
    fields: {
      name: 'Enter the name of the place',
      kind: 'Choose what kind of place it is',
      email: 'Enter an email address like name@example.scot, or leave it empty',
      phone: 'Enter a phone number like 01236 555 010, or leave it empty',
    },
  });
});

test('a closed place stays where it is written and is offered for nothing new', async () => {
  const old = await added('Old Primary', 'school', { within: cluster });
  await desk.act(
    actions.change,
    { place: old, version: 1, name: 'Old Primary', kind: 'school', within: cluster, closedOn: '30/6/2026' },
    morag.asking,
  );
  const names = async (input: object) =>
    (await desk.ask(queries.list, input, ailsa.asking)).map(({ name }) => name);
  expect(await names({ text: 'old primary' })).toEqual([]);
  expect(await names({ text: 'old primary', closed: 'yes' })).toEqual(['Old Primary']);
  const offered = await desk.ask(queries.names, { kinds: 'school' }, ailsa.asking);
  expect(offered.map(({ name }) => name)).not.toContain('Old Primary');
  await expect(
    desk.act(actions.change, { place: old, version: 1, name: 'Older', kind: 'school' }, morag.asking),
  ).rejects.toMatchObject({ status: 409, code: 'changed-meanwhile' });
});

test('somebody works at a place, moves, and stops: what they did before is kept', async () => {
  const { professional } = await desk.act(
    actions.addProfessional,
    {
      place: clinic,
      name: 'Mairi Bell',
      role: 'Health visitor',
      phone: '01236 555 020',
      since: '2024-03-01',
    },
    ailsa.asking,
  );
  await expect(
    desk.act(
      actions.addProfessional,
      { place: clinic, name: 'mairi bell', role: 'health visitor' },
      ailsa.asking,
    ),
  ).rejects.toMatchObject({ fields: { name: expect.stringContaining('does this there already') } });
  const roles = async () =>
    (await desk.askOne(queries.professional, { professional }, fiona.asking)).roles.map((role) => [
      role.role,
      role.placeName,
      role.since?.toString(),
      role.until?.toString(),
      role.now,
    ]);
  const [first] = (await desk.askOne(queries.professional, { professional }, ailsa.asking)).roles;
  const move = (movedOn: string) =>
    desk.act(
      actions.moveProfessional,
      { leaves: first?.id, place: primary, newRole: 'School nurse', movedOn },
      ailsa.asking,
    );
  await expect(move('2024-02-01')).rejects.toMatchObject({
    fields: { movedOn: 'Enter 1 March 2024 or later: that is when this began' },
  });
  await move('2026-11-01');
  await expect(move('2026-11-02')).rejects.toMatchObject({ status: 409, code: 'ended-already' });
  expect(await roles()).toEqual([
    ['School nurse', 'Lochside Primary', '2026-11-01', undefined, true],
    ['Health visitor', 'Harbour Health Centre', '2024-03-01', '2026-11-01', false],
  ]);
  const there = await desk.ask(queries.people, { place: clinic }, fiona.asking);
  expect(there.map(({ name, now: works }) => [name, works])).toEqual([['Mairi Bell', false]]);
  const [current] = (await desk.askOne(queries.professional, { professional }, ailsa.asking)).roles;
  await desk.act(actions.endProfessionalRole, { role: current?.id, on: '2026-11-01' }, ailsa.asking);
  expect(await roles()).toEqual([
    ['Health visitor', 'Harbour Health Centre', '2024-03-01', '2026-11-01', false],
  ]);
  await desk.act(
    actions.changeProfessionalDetails,
    { professional, version: 1, name: 'Mairi Bell-Orr' },
    ailsa.asking,
  );
  await expect(
    desk.act(actions.changeProfessionalDetails, { professional, version: 1, name: 'M' }, ailsa.asking),
  ).rejects.toMatchObject({ status: 409 });
});

test('our teams work at places for a time', async () => {
  const team = { place: clinic, team: ailsa.team };
  await desk.act(actions.addTeam, { ...team, since: '2025-01-06' }, morag.asking);
  await expect(desk.act(actions.addTeam, team, morag.asking)).rejects.toMatchObject({
    fields: { team: 'This team is there already' },
  });
  const [there] = await desk.ask(queries.teams, { place: clinic }, fiona.asking);
  expect(there).toMatchObject({ name: 'Children and families North', now: true });
  await desk.act(actions.endTeamThere, { place: clinic, work: there?.id, on: '2026-01-01' }, morag.asking);
  expect((await desk.ask(queries.teams, { place: clinic }, fiona.asking))[0]?.now).toBe(false);
});

test('whoever does not keep the list cannot change it, and what is not there is not found', async () => {
  for (const worker of [ailsa, fiona]) {
    await expect(desk.act(actions.add, { name: 'A', kind: 'other' }, worker.asking)).rejects.toMatchObject({
      status: 404,
    });
    await expect(
      desk.act(actions.addTeam, { place: clinic, team: ailsa.team }, worker.asking),
    ).rejects.toMatchObject({ status: 404 });
  }
  await expect(
    desk.act(actions.addProfessional, { place: clinic, name: 'A', role: 'B' }, fiona.asking),
  ).rejects.toMatchObject({ status: 404 });
  const nowhere = randomUUID();
  const missing = [
    () => desk.act(actions.change, { place: nowhere, version: 1, name: 'A', kind: 'other' }, morag.asking),
    () => desk.act(actions.addProfessional, { place: nowhere, name: 'A', role: 'B' }, morag.asking),
    () => desk.act(actions.endProfessionalRole, { role: nowhere, on: '2026-01-01' }, morag.asking),
    () => desk.act(actions.endTeamThere, { place: clinic, work: nowhere, on: '2026-01-01' }, morag.asking),
  ];
  for (const doing of missing) await expect(doing()).rejects.toMatchObject({ status: 404 });
});
