import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { makeDesk } from '../../../platform/actions/desk.ts';
import { testDatabase } from '../../../platform/testing/database.ts';
import { makeWorker } from '../../../platform/testing/people.ts';
import { add as addFamily } from '../../families/actions.ts';
import { add as addPlace, addProfessional, endProfessionalRole } from '../actions.ts';
import { professional as oneProfessional } from '../queries.ts';
import * as actions from './actions.ts';
import * as queries from './queries.ts';

const database = await testDatabase();
afterAll(() => database.close());
const now = Temporal.Instant.from('2026-11-22T10:00:00Z');
const desk = makeDesk(database.pools, () => now);

const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
const morag = await makeWorker(database, { name: 'Morag Bain', role: 'team-manager' });
const senior = await makeWorker(database, { name: 'Una Gray', role: 'senior-manager' });
const health = await makeWorker(database, {
  name: 'Hamish Orr',
  organisation: 'NHS Strathmorran',
  team: 'Health visiting',
});

const place = async (name: string, kind: string, within?: string) =>
  (await desk.act(addPlace, { name, kind, within }, morag.asking)).place;
const cluster = await place('Lochside Academy cluster', 'cluster');
const primary = await place('Lochside Primary', 'school', cluster);
const academy = await place('Lochside Academy', 'school', cluster);
const clinic = await place('Harbour Health Centre', 'health');
const { professional: mairi } = await desk.act(
  addProfessional,
  { place: clinic, name: 'Mairi Bell', role: 'Health visitor', phone: '01236 555 020' },
  ailsa.asking,
);

async function family(worker = ailsa) {
  const made = await desk.act(
    addFamily,
    {
      name: 'Baird',
      members: [
        { givenName: 'Jamie', part: 'child', dateOfBirth: '2019-05-01' },
        { givenName: 'Rory', part: 'young person', dateOfBirth: '2012-02-14' },
        { givenName: 'Isla', part: 'parent or carer' },
      ],
    },
    worker.asking,
  );
  const [jamie = '', rory = '', isla = ''] = made.people;
  return { family: made.family, jamie, rory, isla };
}

const around = (person: string, worker = ailsa) => desk.ask(queries.ofPerson, { person }, worker.asking);
const notFound = { status: 404, code: 'not-found' };

test('a GP of the whole family is written down once, with how to reach them and for whom', async () => {
  const { family: id, jamie, rory, isla } = await family();
  const done = await desk.act(
    actions.addHelper,
    {
      people: [jamie, rory, isla],
      isNew: 'yes',
      newName: 'Dr Sunita Rao',
      newPlace: clinic,
      newPhone: '01236 555 021',
      role: 'GP',
      since: '2024-01-08',
    },
    ailsa.asking,
  );
  expect(done.about).toEqual([jamie, rory, isla, id]);
  await desk.act(actions.addHelper, { people: jamie, professional: mairi, note: 'Mondays' }, ailsa.asking);
  const rows = await desk.ask(queries.ofFamily, { family: id }, ailsa.asking);
  expect(
    rows.map((row) => [row.name, row.role, row.place_name, row.phone, row.people.map(({ name }) => name)]),
  ).toEqual([
    ['Dr Sunita Rao', 'GP', 'Harbour Health Centre', '01236 555 021', ['Isla', 'Jamie', 'Rory']],
    ['Mairi Bell', 'Health visitor', 'Harbour Health Centre', '01236 555 020', ['Jamie']],
  ]);
  expect((await around(jamie)).find(({ name }) => name === 'Mairi Bell')).toMatchObject({
    note: 'Mondays',
    gone: false,
  });
  // The same again is refused; the same for one more person is not.
  const again = (people: string[]) =>
    desk.act(actions.addHelper, { people, professional: mairi, role: 'health visitor' }, ailsa.asking);
  await expect(again([jamie])).rejects.toMatchObject({
    fields: { who: 'They are written down already, as doing this' },
  });
  expect((await again([jamie, rory])).written).toBe(1);
});

test('a colleague can be one who helps, and somebody who has left their place of work is shown as gone', async () => {
  const { family: id, jamie } = await family();
  const [found] = await desk.ask(queries.candidates, { text: 'hamish' }, ailsa.asking);
  expect(found).toMatchObject({
    kind: 'account',
    id: health.account,
    words: 'Social worker, Health visiting',
  });
  await desk.act(actions.addHelper, { people: jamie, account: health.account }, ailsa.asking);
  const { professional } = await desk.act(
    addProfessional,
    { place: clinic, name: 'Peigi Ross', role: 'Community nurse', since: '2020-01-01' },
    ailsa.asking,
  );
  await desk.act(actions.addHelper, { people: jamie, professional }, ailsa.asking);
  const [role] = (await desk.askOne(oneProfessional, { professional }, ailsa.asking)).roles;
  await desk.act(endProfessionalRole, { role: role?.id, on: '2026-11-01' }, ailsa.asking);
  const rows = await desk.ask(queries.ofFamily, { family: id }, ailsa.asking);
  expect(rows.map((row) => [row.name, row.role, row.place_name, row.gone])).toEqual([
    ['Hamish Orr', 'Social worker', 'Health visiting', false],
    ['Peigi Ross', 'Community nurse', 'Harbour Health Centre', true],
  ]);
});

test('helpers are found by name, misspelt too, by what they do and by where', async () => {
  for (const text of ['Mairi', 'mari bell', 'health visitor', 'harbour']) {
    const found = await desk.ask(queries.candidates, { text }, senior.asking);
    expect(
      found.map(({ id }) => id),
      text,
    ).toContain(mairi);
  }
  expect(await desk.ask(queries.candidates, { text: 'zzzz' }, senior.asking)).toEqual([]);
});

test('what is written of a helper is changed with its version, ended, or taken out with the reason kept', async () => {
  const { jamie } = await family();
  await desk.act(
    actions.addHelper,
    { people: jamie, professional: mairi, since: '2026-01-05' },
    ailsa.asking,
  );
  const [helper] = await around(jamie);
  const of = { person: jamie, helper: helper?.id };
  const change = (version: number, more: object = {}) =>
    desk.act(
      actions.changeHelper,
      { ...of, version, role: 'Named person', since: '2026-02-05', ...more },
      ailsa.asking,
    );
  await change(1);
  await expect(change(1)).rejects.toMatchObject({ status: 409, code: 'changed-meanwhile' });
  await expect(change(2, { since: '2026-11-23' })).rejects.toMatchObject({
    fields: { since: 'Enter today or an earlier day' },
  });
  const end = (on: string) => desk.act(actions.endHelper, { ...of, on }, ailsa.asking);
  await expect(end('2026-02-05')).rejects.toMatchObject({
    fields: { on: expect.stringContaining('Enter a day after 5 February 2026') },
  });
  await expect(end('2026-11-23')).rejects.toMatchObject({ fields: { on: 'Enter today or an earlier day' } });
  await end('2026-11-20');
  await expect(end('2026-11-21')).rejects.toMatchObject({ status: 409, code: 'ended-already' });
  await expect(change(3, { since: '2026-11-20' })).rejects.toMatchObject({
    fields: { since: 'Enter a day before 20 November 2026, when this ended' },
  });
  expect(await around(jamie)).toMatchObject([{ role: 'Named person', now: false }]);
  await expect(desk.act(actions.takeOutHelper, { ...of, why: ' ' }, ailsa.asking)).rejects.toMatchObject({
    fields: { why: 'Say why this was never so' },
  });
  await desk.act(actions.takeOutHelper, { ...of, why: 'It was her sister' }, ailsa.asking);
  expect(await around(jamie)).toEqual([]);
  const { rows } = await database.superuser.query(
    'select what, earlier, why from record.correction where person_id = $1',
    [jamie],
  );
  expect(rows).toMatchObject([
    { what: 'who helps', why: 'It was her sister', earlier: { role: 'Named person' } },
  ]);
});

test('a move to another school ends the one before, a time before fits in between, and nobody is at two at once', async () => {
  const { family: id, rory } = await family();
  const begin = (place: string, from: string, more: object = {}) =>
    desk.act(actions.beginSchool, { person: rory, place, from, ...more }, ailsa.asking);
  await begin(primary, '19/8/2019', { stage: 'Primary 3' });
  await begin(academy, '20/8/2024', { stage: 'S1' });
  const schools = async () =>
    (await around(rory)).map((row) => [
      row.name,
      row.role,
      row.since?.toString(),
      row.until?.toString(),
      row.now,
    ]);
  expect(await schools()).toEqual([
    ['Lochside Academy', 'S1', '2024-08-20', undefined, true],
    ['Lochside Primary', 'Primary 3', '2019-08-19', '2024-08-20', false],
  ]);
  await begin(academy, '2017-08-15', { until: '2018-06-28' });
  expect((await schools()).length).toBe(3);
  await expect(begin(primary, '2018-01-01')).rejects.toMatchObject({
    fields: { from: expect.stringContaining('in this time already') },
  });
  await expect(begin(primary, '2026-01-01', { until: '2026-02-01' })).rejects.toMatchObject({ status: 422 });
  await expect(begin(clinic, '2026-01-01')).rejects.toMatchObject({
    fields: { place: 'Choose a school or nursery from the list' },
  });
  await expect(begin(primary, '2016-01-01', { until: '2016-01-01' })).rejects.toMatchObject({
    fields: { until: 'Enter a day after the one on which they began there' },
  });
  expect((await schools())[0]?.[3], 'a refused move leaves the school as it was').toBeUndefined();
  expect(await desk.ask(queries.ofFamily, { family: id }, ailsa.asking)).toMatchObject([
    {
      what: 'school',
      name: 'Lochside Academy',
      role: 'S1',
      place_name: 'Lochside Academy cluster',
      people: [{ id: rory }],
    },
  ]);
  const [current] = await around(rory);
  const of = { person: rory, schooling: current?.id };
  await desk.act(actions.endSchooling, { ...of, on: '2026-06-25' }, ailsa.asking);
  await expect(
    desk.act(actions.endSchooling, { ...of, on: '2026-06-25' }, ailsa.asking),
  ).rejects.toMatchObject({
    status: 409,
  });
  await desk.act(actions.takeOutSchooling, { ...of, why: 'Wrong school' }, ailsa.asking);
  expect((await schools()).length).toBe(2);
});

test('two moves at the same moment leave one school at a time', async () => {
  const { rory } = await family();
  const begin = (place: string) =>
    desk.act(actions.beginSchool, { person: rory, place, from: '2026-08-18' }, ailsa.asking);
  const both = await Promise.allSettled([begin(primary), begin(academy)]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await around(rory)).toHaveLength(1);
});

test('who helps must be one person, whom others can find, and bad input is answered field by field', async () => {
  const { jamie } = await family();
  const tried = (input: object) => desk.act(actions.addHelper, { people: jamie, ...input }, ailsa.asking);
  await expect(tried({})).rejects.toMatchObject({
    fields: { who: expect.stringContaining('Choose one person') },
  });
  await expect(tried({ isNew: 'yes' })).rejects.toMatchObject({ fields: { newName: 'Enter their name' } });
  await expect(tried({ isNew: 'yes', newName: 'A B' })).rejects.toMatchObject({
    fields: { role: expect.stringContaining('Enter what they do'), newPlace: 'Choose where they work' },
  });
  await expect(tried({ professional: mairi, newName: 'A B' })).rejects.toMatchObject({ status: 422 });
  await expect(tried({ professional: randomUUID() })).rejects.toMatchObject({
    fields: { who: 'Choose somebody from the list' },
  });
  await expect(
    tried({ isNew: 'yes', newName: 'mairi bell', newPlace: clinic, role: 'Health Visitor' }),
  ).rejects.toMatchObject({ fields: { newName: expect.stringContaining('does this there already') } });
  await expect(tried({ people: [], professional: mairi })).rejects.toMatchObject({
    fields: { people: 'Choose at least one person' },
  });
  await expect(tried({ professional: mairi, note: 'x'.repeat(1001) })).rejects.toMatchObject({
    fields: { note: 'Use 1,000 characters or fewer' },
  });
  const key = randomUUID();
  const twice = { people: jamie, professional: mairi };
  await desk.act(actions.addHelper, twice, ailsa.asking, { key });
  await desk.act(actions.addHelper, twice, ailsa.asking, { key });
  expect(await around(jamie)).toHaveLength(1);
});

test('nobody without a reason sees or changes who helps, whatever their role or organisation', async () => {
  const { family: id, jamie, isla } = await family();
  const theirs = await family(health);
  await desk.act(actions.addHelper, { people: jamie, professional: mairi }, ailsa.asking);
  await desk.act(actions.beginSchool, { person: jamie, place: primary, from: '2024-08-20' }, ailsa.asking);
  const rows = await around(jamie);
  const helper = rows.find(({ what }) => what === 'helper')?.id;
  const schooling = rows.find(({ what }) => what === 'school')?.id;
  for (const other of [morag, health, senior]) {
    expect(await around(jamie, other)).toEqual([]);
    expect(await desk.ask(queries.ofFamily, { family: id }, other.asking)).toEqual([]);
    expect(await desk.ask(queries.people, { family: id, person: jamie }, other.asking)).toEqual([]);
  }
  for (const other of [morag, health]) {
    const tries = [
      () => desk.act(actions.addHelper, { people: [isla], professional: mairi }, other.asking),
      () => desk.act(actions.addHelper, { people: [theirs.jamie, isla], professional: mairi }, other.asking),
      () => desk.act(actions.changeHelper, { person: jamie, helper, version: 1, role: 'X' }, other.asking),
      () => desk.act(actions.endHelper, { person: jamie, helper, on: '2026-11-01' }, other.asking),
      () => desk.act(actions.takeOutHelper, { person: jamie, helper, why: 'X' }, other.asking),
      // Naming somebody one may see does not open what is written of somebody else.
      () => desk.act(actions.endHelper, { person: theirs.jamie, helper, on: '2026-11-01' }, other.asking),
      () =>
        desk.act(actions.beginSchool, { person: jamie, place: academy, from: '2026-01-01' }, other.asking),
      () => desk.act(actions.endSchooling, { person: jamie, schooling, on: '2026-11-01' }, other.asking),
      () => desk.act(actions.takeOutSchooling, { person: theirs.jamie, schooling, why: 'X' }, other.asking),
    ];
    for (const doing of tries) await expect(doing()).rejects.toMatchObject(notFound);
  }
  await expect(
    desk.act(actions.endHelper, { person: isla, helper, on: '2026-11-01' }, ailsa.asking),
  ).rejects.toMatchObject(notFound);
  expect(await around(jamie)).toEqual(rows);
});
