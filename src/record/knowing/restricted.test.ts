import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { enter } from '../../platform/access/identity.ts';
import { query } from '../../platform/actions/declare.ts';
import { prepared } from '../../platform/database/rows.ts';
import { likely } from '../families/queries.ts';
import * as working from './actions.ts';
import * as actions from './asking-actions.ts';
import * as queries from './queries.ts';
import { knowingWorld, leaves, notFound } from './testing.ts';

const world = await knowingWorld();
const { desk, database } = world;
afterAll(() => database.close());
const { superuser } = database;

const ailsa = await world.worker('Ailsa Drummond');
const callum = await world.worker('Callum Reid');
const gordon = await world.worker('Gordon Rennie', { role: 'team-manager' });
const senior = await world.worker('Senga Muir', { role: 'senior-manager', team: 'Services' });
const otherSenior = await world.worker('Una Bell', {
  role: 'senior-manager',
  team: 'Health services',
  organisation: 'NHS Strathmorran',
});
const south = await world.worker('Sorcha Kerr', { team: 'South' });

/** A family that a worker, a team and a senior manager see. */
async function shared(name: string): Promise<string> {
  const family = await world.family(ailsa, name);
  for (const to of [gordon.post, senior.account, callum.account])
    await desk.act(working.allocate, { family, to, as: 'allocated' }, ailsa.asking);
  return family;
}
const restrict = (family: string, input: object = {}, by = senior) =>
  desk.act(
    actions.restrict,
    {
      family,
      level: 'restricted',
      why: 'A colleague lives here',
      named: [ailsa.account, senior.account],
      ...input,
    },
    by.asking,
  );

test('only people named one by one see a restricted record; posts, teams and the others stop at that moment', async () => {
  const family = await shared('Restrictson');
  expect(await world.sees(gordon, family)).toBe(true);
  for (const other of [ailsa, gordon])
    await expect(restrict(family, {}, other)).rejects.toMatchObject(notFound);
  await expect(restrict(family, {}, otherSenior)).rejects.toMatchObject(notFound);
  await expect(restrict(family, { named: [] })).rejects.toMatchObject({
    fields: { named: 'Name at least one person who goes on seeing it' },
  });
  await expect(restrict(family, { named: [gordon.post] })).rejects.toMatchObject({
    fields: { named: 'Name at least one person who works here now' },
  });
  await restrict(family);
  expect(await Promise.all([ailsa, senior, gordon, callum].map((each) => world.sees(each, family)))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect((await world.told(callum))[0]).toBe(
    'A record that you could see is now kept to people named one by one. You no longer see it.',
  );
  // Not a team, not a post, not a stand-in, whoever tries, and not by SQL either.
  await expect(
    desk.act(working.allocate, { family, to: gordon.post, as: 'allocated' }, ailsa.asking),
  ).rejects.toMatchObject({ code: 'restricted-record' });
  const today = Temporal.Now.plainDateISO('Europe/London').toString();
  const other = await world.family(ailsa);
  const covered = await desk.act(
    working.arrangeCover,
    { by: callum.account, from: today, until: today },
    ailsa.asking,
  );
  expect(covered.about).toContain(other);
  expect(covered.about).not.toContain(family);
  const reason = await world.reason(family, ailsa.account);
  await expect(
    desk.act(working.handOver, { family, reason, to: gordon.post }, ailsa.asking),
  ).rejects.toMatchObject({ code: 'restricted-record' });
  await expect(
    superuser.query(
      `insert into access.reason (subject, holder, kind, scope) values ($1, $2, 'paying', 'money')`,
      [family, gordon.post],
    ),
  ).rejects.toThrow('named one by one');
  // Another person can be named.
  await desk.act(working.allocate, { family, to: callum.account, as: 'co-worker' }, ailsa.asking);
  expect(await world.sees(callum, family)).toBe(true);
  await expect(
    desk.act(working.handOver, { family, reason, to: south.account }, ailsa.asking),
  ).resolves.toMatchObject({ family });
});

test('a senior manager who does not see a family opens it urgently, restricts it, and another lifts it with why', async () => {
  const family = await world.family(ailsa, 'Liftable');
  await desk.act(
    actions.takeUrgent,
    { sought: 'Jamie Liftable', why: 'This is the family of a colleague of ours' },
    senior.asking,
  );
  expect(
    (await desk.ask(queries.toName, { family }, senior.asking)).map((row) => [row.name, row.works_with]),
  ).toEqual(
    expect.arrayContaining([
      ['Ailsa Drummond', true],
      ['Senga Muir', false],
    ]),
  );
  await restrict(family, { named: [ailsa.account] });
  expect([await world.sees(senior, family), await world.sees(ailsa, family)]).toEqual([false, true]);
  const [seal] = (await desk.ask(queries.seals, {}, senior.asking)).filter((row) => row.name === null);
  expect(seal).toMatchObject({ level: 'restricted', name: null, set_by: 'Senga Muir' });
  expect(JSON.stringify(await desk.ask(queries.seals, {}, senior.asking))).not.toContain('Liftable');
  expect(await desk.ask(queries.seals, {}, otherSenior.asking)).toEqual([]);
  const lift = (by = senior, why = 'The colleague has left') =>
    desk.act(actions.lift, { seal: seal?.seal, why }, by.asking);
  await expect(lift(otherSenior)).rejects.toMatchObject(notFound);
  await expect(lift(senior, '')).rejects.toMatchObject({ fields: { why: 'Write why it is lifted' } });
  await lift();
  await expect(lift()).rejects.toMatchObject({ code: 'ended-already' });
  await desk.act(working.allocate, { family, to: gordon.post, as: 'team' }, ailsa.asking);
  expect(await world.sees(gordon, family)).toBe(true);
});

test('urgent access to a restricted record waits for a senior manager, who is told and is not the asker', async () => {
  const family = await shared('Witness');
  await restrict(family);
  const done = await desk.act(
    actions.takeUrgent,
    { sought: 'Jamie Witness', born: '1/5/2019', why: 'A threat was made against this family' },
    south.asking,
  );
  expect(done).toMatchObject({ about: [], family: undefined });
  expect(await world.sees(south, family)).toBe(false);
  const waits = (await desk.ask(queries.reviews, {}, senior.asking)).find((row) => row.waits_for_second);
  expect(waits).toMatchObject({ who: 'Sorcha Kerr', until: null, family_name: 'Witness' });
  // A team manager who is told of it is not told whose record it is.
  for (const row of await desk.ask(queries.reviews, {}, gordon.asking))
    expect(row.family_name).not.toBe('Witness');
  const second = (answer: string, by = senior) =>
    desk.act(actions.secondStep, { use: waits?.use, answer }, by.asking);
  await expect(second('give', gordon)).rejects.toMatchObject(notFound);
  await second('give');
  expect(await world.sees(south, family)).toBe(true);
  await expect(second('refuse')).rejects.toMatchObject({ code: 'reviewed-already' });
  const bySenior = await shared('Ownwitness');
  await restrict(bySenior, { named: [ailsa.account] });
  await desk.act(
    actions.takeUrgent,
    { sought: 'Jamie Ownwitness', why: 'A threat was made against this family' },
    senior.asking,
  );
  const own = await superuser.query<{ id: string }>('select id from record.urgent_use where family_id = $1', [
    bySenior,
  ]);
  await expect(
    desk.act(actions.secondStep, { use: own.rows[0]?.id, answer: 'give' }, senior.asking),
  ).rejects.toMatchObject(notFound);
});

test('a sealed record is not found: not before adding, not by asking, not urgently, not even that it exists', async () => {
  const family = await shared('Sealedson');
  await superuser.query(
    `insert into record.identifier (person_id, scheme, value) select person_id, 'CHI', '0101011237' from record.family_member where family_id = $1 limit 1`,
    [family],
  );
  const bySame = () => desk.ask(likely, { name: 'Sealedson', chi: '0101011237' }, south.asking);
  expect((await bySame()).map((row) => row.ask)).toEqual([['North', 'Services']]);
  await restrict(family);
  expect(await bySame()).toHaveLength(1);
  await restrict(family, { level: 'sealed' });
  expect(await bySame()).toEqual([]);
  const nobody = desk.act(
    actions.takeUrgent,
    { sought: 'Jamie Nobodyhere', why: 'A threat was made against this family' },
    south.asking,
  );
  const sealed = desk.act(
    actions.takeUrgent,
    { sought: 'Jamie Sealedson', why: 'A threat was made against this family' },
    south.asking,
  );
  const [first, second] = await Promise.allSettled([nobody, sealed]);
  expect(first).toEqual(second);
  await expect(
    desk.act(
      actions.takeUrgent,
      { link: `/families/${family}`, why: 'A threat was made against this family' },
      south.asking,
    ),
  ).rejects.toMatchObject({ code: 'nothing-fits' });
  await desk.act(
    actions.askForAccess,
    { sought: 'Jamie Sealedson', team: ailsa.team, why: 'To help' },
    south.asking,
  );
  expect((await desk.ask(queries.asked, {}, gordon.asking)).filter((row) => row.family !== null)).toEqual([]);
  const { rows } = await superuser.query<{ sealed: boolean }>(
    'select record.is_sealed(person_id) as sealed from record.family_member where family_id = $1',
    [family],
  );
  expect(rows.every((row) => row.sealed)).toBe(true);
  // Nor is it joined with another record, which would take the seal away.
  const open = await world.family(ailsa);
  await expect(
    superuser.query('update access.reason set subject = $1 where subject = $2', [open, family]),
  ).rejects.toThrow('not joined');
  // Named people still find and open it.
  const found = await desk.ask(
    query({
      name: 'test.sealed',
      title: 'Whether the child is sealed to whoever asks',
      who: ['social-worker'],
      about: 'nobody',
      input: z.object({}),
      row: z.object({ sealed: z.boolean() }),
      sql: () =>
        sql`select record.is_sealed(m.person_id) as sealed from record.family_member m where m.family_id = ${family}::uuid`,
    }),
    {},
    ailsa.asking,
  );
  expect(found).toEqual([{ sealed: false }, { sealed: false }]);
  expect((await desk.ask(likely, { name: 'Sealedson' }, ailsa.asking)).map((row) => row.family)).toEqual([
    family,
  ]);
});

test('when the last one named has left, only senior managers see that a record is with nobody, and not whose', async () => {
  const leaver = await world.worker('Named Leaver');
  const family = await world.family(leaver, 'Lastnamed');
  await desk.act(working.allocate, { family, to: senior.account, as: 'co-worker' }, leaver.asking);
  await restrict(family, { named: [leaver.account] });
  await leaves(world, leaver);
  const seen = async (by = gordon) =>
    (await desk.ask(queries.unallocated, {}, by.asking)).filter((row) => row.about === family);
  expect(await seen()).toEqual([]);
  expect(await seen(senior)).toMatchObject([{ name: null, locality: null, people: 2 }]);
  await expect(
    desk.act(working.allocate, { family, to: callum.account, as: 'allocated' }, gordon.asking),
  ).rejects.toMatchObject(notFound);
  await desk.act(working.allocate, { family, to: callum.account, as: 'allocated' }, senior.asking);
  expect([await world.sees(callum, family), await world.sees(senior, family)]).toEqual([true, false]);
});

test('the application role can neither write seals, uses nor questions, nor read those of others', async () => {
  const family = await shared('Untouched');
  await restrict(family, { named: [ailsa.account] });
  const client = await database.pools.app.connect();
  try {
    for (const statement of [
      sql`insert into access.seal (subject, level, why, set_by) values (${randomUUID()}, 'sealed', 'x', ${south.account})`,
      sql`update access.seal set ended_at = now()`,
      sql`update record.urgent_use set verdict = 'right'`,
      sql`insert into record.urgent_use (family_id, account_id, why, reviewers) values (${family}, ${south.account}, 'because I would like to see it', '{}')`,
      sql`update record.access_request set state = 'given'`,
      sql`insert into record.cover (for_account, by_account, since, until, made_by) values (${ailsa.account}, ${south.account}, now(), now() + interval '1 day', ${ailsa.account})`,
      sql`update platform.notice set words = 'x'`,
      sql`select * from record.one_record('Jamie Untouched', null, '', null)`,
      sql`select record.give_urgent(${randomUUID()})`,
      sql`select record.may_exist_or_be_sealed('a', 'b', '{}')`,
      sql`select access.give_reason(${family}::uuid, ${south.account}::uuid, 'urgent')`,
      sql`select access.give_reason(${family}::uuid, ${south.account}::uuid, 'allocated')`,
    ]) {
      await client.query('begin');
      await client.query(prepared(enter(south.asking.tokenHash, '')));
      await expect(client.query(prepared(statement)), statement.text).rejects.toThrow();
      await client.query('rollback');
    }
    const stranger = await world.worker('Stranger', { team: 'East' });
    await client.query('begin');
    await client.query(prepared(enter(stranger.asking.tokenHash, '')));
    for (const table of [
      'access.seal',
      'record.urgent_use',
      'record.cover',
      'record.access_request',
      'platform.notice',
    ])
      expect((await client.query(`select from ${table}`)).rowCount, table).toBe(0);
    await client.query('rollback');
  } finally {
    client.release();
  }
});
