import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { makeDesk } from '../../platform/actions/desk.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker } from '../../platform/testing/people.ts';
import { add as addFamily } from '../families/actions.ts';
import { add as addPlace, addProfessional, endProfessionalRole } from '../places/actions.ts';
import { professional as oneProfessional } from '../places/queries.ts';
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

async function family(worker = ailsa) {
  const { family: id, people } = await desk.act(
    addFamily,
    {
      name: 'Baird',
      members: [
        { givenName: 'Jamie', part: 'child' },
        { givenName: 'Isla', part: 'parent or carer' },
      ],
    },
    worker.asking,
  );
  return { id, jamie: people[0] ?? '', isla: people[1] ?? '' };
}

const entered = (family: string, more: object = {}) => ({
  family,
  direction: 'given',
  on: '3/11/2026',
  what: 'That Jamie sleeps badly since September',
  withWhom: 'Mrs Bell, class teacher, Lochside Primary',
  basis: 'care-and-support',
  because: 'So that school can let him rest',
  told: 'yes',
  toldOn: '2/11/2026',
  ...more,
});
const add = (family: string, more: object = {}, worker = ailsa) =>
  desk.act(actions.add, entered(family, more), worker.asking);
const listed = (family: string, worker = ailsa) => desk.ask(queries.ofFamily, { family }, worker.asking);

test('what was shared is kept as it was entered, by and with whom, and the family is in the trail', async () => {
  const { id, jamie } = await family();
  const { about, shared } = await add(id, { people: [jamie], askedBy: 'The school' });
  expect(about).toEqual([id, jamie]);
  const [row] = await listed(id);
  expect(row).toMatchObject({
    id: shared,
    direction: 'given',
    what: 'That Jamie sleeps badly since September',
    basis: 'care-and-support',
    told: true,
    told_by: 'Ailsa Drummond',
    shared_by: 'Ailsa Drummond',
    noted_by: 'Ailsa Drummond',
    asked_by: 'The school',
    people: [{ name: 'Jamie Baird' }],
    corrects: null,
    corrected_by: null,
  });
  expect([row?.shared_on.toString(), row?.told_on?.toString()]).toEqual(['2026-11-03', '2026-11-02']);
});

test('whether the family was told must be answered, with the day or with the reason', async () => {
  const { id } = await family();
  await expect(add(id, { told: undefined })).rejects.toMatchObject({
    fields: { told: 'Choose whether the family was told' },
  });
  await expect(add(id, { told: 'no' })).rejects.toMatchObject({
    fields: { notToldBecause: 'Say why the family was not told' },
  });
  await expect(add(id, { toldOn: '' })).rejects.toMatchObject({
    fields: { toldOn: 'Enter the day the family was told' },
  });
  // The half that was not answered is left out, so that the entry says one thing.
  await add(id, { told: 'no', notToldBecause: 'He could be hurt' });
  expect((await listed(id))[0]).toMatchObject({
    told: false,
    told_on: null,
    told_by: null,
    not_told_because: 'He could be hurt',
  });
  await expect(
    database.superuser.query(
      `insert into record.information_shared (family_id, direction, shared_on, what, with_whom, basis, necessary_because, told, shared_by, noted_by)
       values ($1, 'given', '2026-11-01', 'x', 'x', 'x', 'x', false, 'x', $2)`,
      [id, ailsa.account],
    ),
  ).rejects.toThrow('shared_told_or_why');
});

test('bad input is answered field by field: a day to come, no basis, nobody, too much', async () => {
  const { id } = await family();
  await expect(
    add(id, { on: '23/11/2026', toldOn: '24/11/2026', basis: 'named-person' }),
  ).rejects.toMatchObject({
    status: 422,
    fields: {
      on: expect.stringContaining('Enter today or an earlier day'),
      toldOn: 'Enter today or an earlier day',
      basis: 'Choose why it could be shared from the list',
    },
  });
  await expect(desk.act(actions.add, { family: id, told: 'no' }, ailsa.asking)).rejects.toMatchObject({
    fields: {
      direction: 'Choose whether you gave it or were given it',
      on: 'Enter the day it was shared',
      what: 'Say what was shared',
      basis: 'Choose why it could be shared',
      because: 'Say why it was needed',
      withWhom: 'Say with whom: a name and an organisation',
      notToldBecause: 'Say why the family was not told',
    },
  });
  await expect(add(id, { what: 'x'.repeat(4001), direction: 'lost', on: '31/2/2026' })).rejects.toMatchObject(
    {
      fields: {
        what: 'Use 4,000 characters or fewer',
        direction: 'Choose whether you gave it or were given it',
        on: 'Enter the day it was shared. Write it like 27/3/2026',
      },
    },
  );
  await expect(add(id, { place: randomUUID() })).rejects.toMatchObject({
    fields: { place: 'Choose a place from the list' },
  });
  const stranger = await family();
  await expect(add(id, { people: [stranger.jamie] })).rejects.toMatchObject({
    fields: { people: 'Choose people who are in this family' },
  });
  expect(await listed(id)).toEqual([]);
});

test('with whom stays as it was on the day, whatever becomes of them', async () => {
  const { id } = await family();
  const { place } = await desk.act(addPlace, { name: 'Harbour Health Centre', kind: 'health' }, morag.asking);
  const { professional } = await desk.act(
    addProfessional,
    { place, name: 'Mairi Bell', role: 'Health visitor', since: '2020-01-01' },
    ailsa.asking,
  );
  await add(id, { withWhom: '', professional });
  const [role] = (await desk.askOne(oneProfessional, { professional }, ailsa.asking)).roles;
  await desk.act(endProfessionalRole, { role: role?.id, on: '2026-11-20' }, ailsa.asking);
  expect((await listed(id))[0]).toMatchObject({
    with_whom: 'Mairi Bell, Health visitor, Harbour Health Centre',
    place,
  });
});

test('an entry is corrected by another, once, and both stay', async () => {
  const { id } = await family();
  const { shared } = await add(id);
  const correct = (corrects: string, more: object = {}) =>
    desk.act(
      actions.correct,
      entered(id, { corrects, correctedBecause: 'It was the head teacher', withWhom: 'Mr Gunn', ...more }),
      ailsa.asking,
    );
  await expect(correct(shared, { correctedBecause: '' })).rejects.toMatchObject({
    fields: { correctedBecause: 'Say what was wrong before' },
  });
  const made = await correct(shared);
  await expect(correct(shared)).rejects.toMatchObject({ status: 409, code: 'corrected-already' });
  const both = await Promise.allSettled([correct(made.shared), correct(made.shared)]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'corrected-already' },
  });
  const rows = await listed(id);
  expect(rows).toHaveLength(3);
  expect(rows.find((row) => row.id === shared)?.corrected_by).toBe(made.shared);
  const standing = await desk.ask(queries.forFamily, { family: id }, ailsa.asking);
  expect(standing).toHaveLength(1);
  expect(await desk.askOne(queries.count, { family: id }, ailsa.asking)).toMatchObject({
    entries: 1,
    untold: 0,
  });
  // An entry of another family cannot be corrected from here, nor is it told apart from one that is not there.
  const other = await family();
  const { shared: theirs } = await add(other.id);
  for (const wrong of [theirs, randomUUID()])
    await expect(correct(wrong)).rejects.toMatchObject({ status: 404 });
});

test('what the family was not told of is in the list, and not in the one for them unless asked for', async () => {
  const { id } = await family();
  await add(id);
  await add(id, { told: 'no', notToldBecause: 'He could be hurt', what: 'Kept back' });
  const given = async (all: string) =>
    (await desk.ask(queries.forFamily, { family: id, all }, ailsa.asking)).map(({ told }) => told);
  expect(await given('')).toEqual([true]);
  expect((await given('yes')).sort()).toEqual([false, true]);
  expect(await desk.askOne(queries.count, { family: id }, ailsa.asking)).toMatchObject({
    entries: 2,
    untold: 1,
  });
});

test('the list goes on where it stopped, newest first, without gap or repeat', async () => {
  const { id } = await family();
  for (let number = 0; number < 33; number++)
    await add(id, { on: `${1 + (number % 5)}/11/2026`, what: `Number ${number}` });
  const first = await listed(id);
  const last = first.at(-1);
  const rest = await desk.ask(
    queries.ofFamily,
    { family: id, beforeOn: last?.shared_on.toString(), beforeId: last?.id },
    ailsa.asking,
  );
  expect([first.length, rest.length]).toEqual([30, 3]);
  expect(new Set([...first, ...rest].map((row) => row.id)).size).toBe(33);
  const days = [...first, ...rest].map((row) => row.shared_on.toString());
  expect(days).toEqual([...days].sort().reverse());
  expect(await desk.ask(queries.latest, { family: id }, ailsa.asking)).toHaveLength(4);
});

test('nobody without a reason reads or writes, whatever their role or organisation; and nothing is written over', async () => {
  const { id, jamie } = await family();
  const { shared } = await add(id, { people: [jamie] });
  for (const other of [morag, health, senior]) {
    expect(await listed(id, other)).toEqual([]);
    expect(await desk.ask(queries.forFamily, { family: id, all: 'yes' }, other.asking)).toEqual([]);
    expect(await desk.ask(queries.latest, { family: id }, other.asking)).toEqual([]);
    expect(await desk.ask(queries.count, { family: id }, other.asking)).toEqual([]);
    expect(await desk.ask(queries.entry, { family: id, shared }, other.asking)).toEqual([]);
    await expect(add(id, {}, other)).rejects.toMatchObject({ status: 404 });
    await expect(
      desk.act(actions.correct, entered(id, { corrects: shared, correctedBecause: 'X' }), other.asking),
    ).rejects.toMatchObject({ status: 404 });
  }
  const theirs = await family(health);
  expect(await desk.ask(queries.entry, { family: theirs.id, shared }, health.asking)).toEqual([]);
  for (const statement of [
    `update record.information_shared set what = 'x'`,
    'delete from record.information_shared',
    'update record.information_shared_about set person_id = person_id',
  ])
    await expect(database.pools.app.query(statement)).rejects.toThrow(/permission denied/);
});

test('a form sent twice is one entry', async () => {
  const { id } = await family();
  const key = randomUUID();
  const send = () => desk.act(actions.add, entered(id), ailsa.asking, { key });
  const [first, second] = await Promise.all([send(), send()]);
  expect(first.shared).toBe(second.shared);
  expect(await listed(id)).toHaveLength(1);
});
