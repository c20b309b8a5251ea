import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { enter } from '../../platform/access/identity.ts';
import { makeDesk } from '../../platform/actions/desk.ts';
import { prepared } from '../../platform/database/rows.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { giveHolding, makeWorker, signIn, type Worker } from '../../platform/testing/people.ts';
import { helpers } from '../knowing/queries.ts';
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
const finance = await makeWorker(database, { name: 'Fiona Laird', ...north, role: 'finance-officer' });

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

const notFound = { status: 404, code: 'not-found' };
const eventsAbout = async (family: string) =>
  (
    await superuser.query<{ kind: string; name: string; reasons: string[]; account_id: string }>(
      'select kind, name, reasons, account_id from audit.event where about @> array[$1::uuid] order by at, id',
      [family],
    )
  ).rows;

test('nobody else sees it, whatever their role, team or organisation, and all get one answer', async () => {
  const { family, people } = await added(ailsa, 'Quillan');
  for (const other of [callum, morag, south, health, finance]) {
    await expect(desk.askOne(queries.open, { family }, other.asking)).rejects.toMatchObject(notFound);
    await expect(
      desk.act(actions.addPerson, { family, givenName: 'A', part: 'child' }, other.asking),
    ).rejects.toMatchObject(notFound);
    await expect(
      desk.act(actions.change, { family, version: 1, name: 'Taken' }, other.asking),
    ).rejects.toMatchObject(notFound);
    await expect(
      desk.act(
        actions.changePersonDetails,
        { family, person: people[0], version: 1, givenName: 'A', familyName: 'B', part: 'child' },
        other.asking,
      ),
    ).rejects.toMatchObject(notFound);
    await expect(
      desk.act(actions.shareFamily, { family, with: other.account }, other.asking),
    ).rejects.toMatchObject(notFound);
    const reason = (
      await superuser.query<{ id: string }>('select id from access.reason where subject = $1', [family])
    ).rows[0]?.id;
    await expect(desk.act(actions.handBack, { family, reason }, other.asking)).rejects.toMatchObject(
      notFound,
    );
  }
  for (const other of [callum, morag, south, health]) {
    expect(await desk.ask(queries.find, { text: 'Quillan' }, other.asking)).toEqual([]);
    expect(await desk.ask(queries.looked, { family }, other.asking)).toEqual([]);
    expect(await desk.ask(helpers, { family }, other.asking)).toEqual([]);
    await expect(
      desk.askOne(queries.person, { family, person: people[0] }, other.asking),
    ).rejects.toMatchObject(notFound);
  }
  await expect(desk.ask(queries.mine, {}, finance.asking)).rejects.toMatchObject(notFound);
});

test('SQL as the application role reads nothing without a reason, and only its own with one', async () => {
  const { family } = await added(ailsa, 'Sqlson');
  const read = async (worker: Worker) => {
    const client = await database.pools.app.connect();
    try {
      await client.query('begin');
      await client.query(prepared(enter(worker.asking.tokenHash, '')));
      const counts = [];
      for (const table of [
        'record.family',
        'record.family_member',
        'record.person',
        'record.my_person',
        'record.helper',
        'access.reason',
      ]) {
        counts.push((await client.query(`select from ${table}`)).rowCount);
      }
      const functions = await client.query('select * from record.who_looked($1, null, null, 50)', [family]);
      await client.query('rollback');
      return { counts, looked: functions.rowCount };
    } finally {
      client.release();
    }
  };
  expect(await read(health)).toEqual({ counts: [0, 0, 0, 0, 0, 0], looked: 0 });
  expect((await read(ailsa)).counts.every((count) => (count ?? 0) > 0)).toBe(true);
  const unnamed = await database.pools.app.query('select from record.family');
  expect(unnamed.rowCount).toBe(0);
  await expect(
    database.pools.app.query("set kith.purpose = 'finding'; select * from record.family"),
  ).resolves.toMatchObject([{}, { rowCount: 0 }]);
});

test('a family is shared with a colleague, and handed back, and never left with nobody', async () => {
  const { family } = await added(ailsa, 'Handover');
  const reasonOf = async (worker: Worker) =>
    (await desk.ask(helpers, { family }, worker.asking)).find((helper) => helper.mine)?.reason;
  const mine = await reasonOf(ailsa);
  const alone = { status: 409, code: 'somebody-stays' };
  await expect(desk.act(actions.handBack, { family, reason: mine }, ailsa.asking)).rejects.toMatchObject(
    alone,
  );

  await expect(
    desk.act(actions.shareFamily, { family, with: finance.account }, ailsa.asking),
  ).rejects.toMatchObject({ fields: { with: 'Choose a colleague or a team that works with families' } });
  await expect(
    desk.act(actions.shareFamily, { family, with: randomUUID() }, ailsa.asking),
  ).rejects.toMatchObject({ status: 422 });

  // An empty post and a leaver are nobody.
  const leaver = await makeWorker(database, { name: 'Gone Soon', ...north });
  const empty = await makeWorker(database, { name: 'Empty', ...north, team: 'Empty team' });
  await desk.act(actions.shareFamily, { family, with: leaver.account }, ailsa.asking);
  await desk.act(actions.shareFamily, { family, with: empty.post }, ailsa.asking);
  await superuser.query('update access.account set left_at = now() where id = $1', [leaver.account]);
  await superuser.query('delete from access.holding where id = $1', [empty.holding]);
  await expect(desk.act(actions.handBack, { family, reason: mine }, ailsa.asking)).rejects.toMatchObject(
    alone,
  );

  await desk.act(actions.shareFamily, { family, with: callum.account }, ailsa.asking);
  await desk.act(actions.shareFamily, { family, with: callum.account }, ailsa.asking);
  expect((await desk.askOne(queries.open, { family }, callum.asking)).helping).toMatchObject([
    { names: 'Ailsa Drummond', post: 'Social worker', team: 'Children and families North' },
    { names: null, post: 'Social worker', team: 'Empty team' },
  ]);
  await desk.act(actions.handBack, { family, reason: mine }, ailsa.asking);
  await expect(desk.askOne(queries.open, { family }, ailsa.asking)).rejects.toMatchObject(notFound);
  expect(await eventsAbout(family)).toContainEqual(
    expect.objectContaining({
      name: 'families.hand-back',
      reasons: ['allocated'],
      account_id: ailsa.account,
    }),
  );
  await expect(desk.act(actions.handBack, { family, reason: mine }, callum.asking)).rejects.toMatchObject({
    code: 'ended-already',
  });

  // Handing over in one step, and two who hand back at once: one stays.
  await desk.act(
    actions.handBack,
    { family, reason: await reasonOf(callum), to: ailsa.account },
    callum.asking,
  );
  await desk.act(actions.shareFamily, { family, with: callum.account }, ailsa.asking);
  const [hers, his] = [await reasonOf(ailsa), await reasonOf(callum)];
  const both = await Promise.allSettled([
    desk.act(actions.handBack, { family, reason: hers }, ailsa.asking),
    desk.act(actions.handBack, { family, reason: his }, callum.asking),
  ]);
  expect(both.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('a leaver, an ended session and an ended post see nothing from that moment', async () => {
  const leaver = await makeWorker(database, { name: 'Leaver', ...north });
  const { family } = await added(leaver, 'Leaving');
  await desk.askOne(queries.open, { family }, leaver.asking);
  await superuser.query('update access.account set left_at = now() where id = $1', [leaver.account]);
  await expect(desk.askOne(queries.open, { family }, leaver.asking)).rejects.toMatchObject({ status: 401 });
  await expect(added(leaver, 'After leaving')).rejects.toMatchObject({ status: 401 });

  const signedOut = await makeWorker(database, { name: 'Signed out', ...north });
  await superuser.query('update access.session set ended_at = now() where id = $1', [signedOut.session]);
  await expect(desk.ask(queries.mine, {}, signedOut.asking)).rejects.toMatchObject({ status: 401 });

  const moved = await makeWorker(database, { name: 'Moved on', ...north });
  await desk.ask(queries.mine, {}, moved.asking);
  await superuser.query('update access.holding set during = tstzrange(lower(during), now()) where id = $1', [
    moved.holding,
  ]);
  await expect(desk.ask(queries.mine, {}, moved.asking)).rejects.toMatchObject(notFound);
});

test('a stand-in sees the families of the post from the day it begins until the day it ends', async () => {
  const usual = await makeWorker(database, { name: 'Usual', ...north, team: 'West', role: 'team-manager' });
  const { family } = await added(ailsa, 'Cover');
  await desk.act(actions.shareFamily, { family, with: usual.post }, ailsa.asking);
  const cover = await makeWorker(database, { name: 'Cover', ...north, team: 'East' });
  const begins = Temporal.Now.instant().add({ milliseconds: 1200 });
  const ends = begins.add({ milliseconds: 1500 });
  await giveHolding(database, cover.account, usual.post, {
    from: begins,
    until: ends,
    standingInFor: usual.account,
  });
  const { asking } = await signIn(database, cover.account);
  await expect(desk.askOne(queries.open, { family }, asking)).rejects.toMatchObject(notFound);
  await expect.poll(() => desk.ask(queries.open, { family }, asking), { timeout: 3000 }).toHaveLength(1);
  expect(Temporal.Instant.compare(Temporal.Now.instant(), begins)).toBe(1);
  await expect.poll(() => desk.ask(queries.open, { family }, asking), { timeout: 4000 }).toHaveLength(0);
  expect(Temporal.Instant.compare(Temporal.Now.instant(), ends)).toBe(1);
});

test('a read that cannot be written down does not happen', async () => {
  const { family } = await added(ailsa, 'Unwritten');
  await superuser.query('revoke insert on audit.event from kith_app');
  try {
    await expect(desk.askOne(queries.open, { family }, ailsa.asking)).rejects.toMatchObject({
      code: '42501',
    });
    await expect(
      desk.act(actions.change, { family, version: 1, name: 'Changed' }, ailsa.asking),
    ).rejects.toThrow();
  } finally {
    await superuser.query('grant insert on audit.event to kith_app');
  }
  expect(await desk.askOne(queries.open, { family }, ailsa.asking)).toMatchObject({
    name: 'Unwritten',
    version: 1,
  });
});
