import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import * as actions from './actions.ts';
import * as queries from './queries.ts';
import { knowingWorld, leaves, notFound } from './testing.ts';

const world = await knowingWorld();
const { desk, database } = world;
afterAll(() => database.close());

const ailsa = await world.worker('Ailsa Drummond');
const callum = await world.worker('Callum Reid');
const gordon = await world.worker('Gordon Rennie', { role: 'team-manager' });
const health = await world.worker('Hamish Orr', {
  organisation: 'NHS Strathmorran',
  team: 'Health visiting',
});
const healthManager = await world.worker('Una Bell', {
  organisation: 'NHS Strathmorran',
  team: 'Health visiting',
  role: 'team-manager',
});
const finance = await world.worker('Fiona Laird', { role: 'finance-officer' });

const kindsOf = async (family: string, by = ailsa) =>
  (await desk.ask(queries.helpers, { family }, by.asking))
    .map((helper) => `${helper.names}: ${helper.kind}`)
    .sort();

test('one lead professional at a time; who led until now goes on working with the family, and is told', async () => {
  const family = await world.family(ailsa, 'Leadhills');
  const lead = (to: string, by = ailsa) =>
    desk.act(actions.allocate, { family, to, as: 'lead-professional' }, by.asking);
  await lead(callum.account);
  expect(await kindsOf(family)).toEqual(['Ailsa Drummond: allocated', 'Callum Reid: lead-professional']);
  expect(await world.told(callum)).toContain('You are now the lead professional. [Leadhills]');
  await lead(ailsa.account);
  expect(await kindsOf(family)).toEqual([
    'Ailsa Drummond: allocated',
    'Ailsa Drummond: lead-professional',
    'Callum Reid: co-worker',
  ]);
  expect(await world.told(callum)).toContain(
    'You are no longer the lead professional. You go on working with the family. [Leadhills]',
  );
  // Two who are made lead at once: one of them is, and nobody is lost.
  await Promise.allSettled([lead(callum.account), lead(health.account)]);
  const { rows } = await database.superuser.query(
    `select from access.reason where subject = $1 and kind = 'lead-professional' and until is null`,
    [family],
  );
  expect(rows).toHaveLength(1);
});

test('a team is given a family as a team, whatever was asked, and only people who work with families can be given one', async () => {
  const family = await world.family(ailsa);
  await desk.act(actions.allocate, { family, to: health.post, as: 'lead-professional' }, ailsa.asking);
  await desk.act(actions.allocate, { family, to: callum.account, as: 'team' }, ailsa.asking);
  expect(await kindsOf(family)).toEqual([
    'Ailsa Drummond: allocated',
    'Callum Reid: allocated',
    'Hamish Orr: team',
  ]);
  for (const to of [finance.account, randomUUID()])
    await expect(
      desk.act(actions.allocate, { family, to, as: 'allocated' }, ailsa.asking),
    ).rejects.toMatchObject({ fields: { to: 'Choose a colleague or a team that works with families' } });
  await expect(
    desk.act(actions.allocate, { family, to: callum.account, as: 'owner' }, ailsa.asking),
  ).rejects.toMatchObject({ fields: { as: 'Choose what they are to the family' } });
});

test('nobody who is not in charge can give, end or hand over: no colleague, manager, stand-in or guest', async () => {
  const family = await world.family(ailsa);
  const reason = await world.reason(family, ailsa.account);
  const guest = await world.worker('Guest');
  await database.superuser.query(
    `insert into access.reason (subject, holder, kind, scope, until) values ($1, $2, 'asked', 'practice', now() + interval '1 day')`,
    [family, guest.account],
  );
  for (const other of [callum, gordon, health, guest]) {
    for (const [action, input] of [
      [actions.allocate, { family, to: other.account, as: 'allocated' }],
      [actions.handOver, { family, reason, to: other.account }],
      [actions.end, { family, reason }],
    ] as const)
      await expect(
        desk.act(action as typeof actions.allocate, input, other.asking),
        `${action.name} by ${other.asking.identity.name}`,
      ).rejects.toMatchObject(notFound);
  }
  // A guest can give back what is theirs.
  expect(await world.sees(guest, family)).toBe(true);
  await desk.act(
    actions.end,
    { family, reason: await world.reason(family, guest.account, 'asked') },
    guest.asking,
  );
  expect(await world.sees(guest, family)).toBe(false);
});

test('a family is handed over to another organisation in one step, with all that somebody was to it; both are told', async () => {
  const family = await world.family(ailsa, 'Overton');
  await desk.act(actions.allocate, { family, to: ailsa.account, as: 'lead-professional' }, ailsa.asking);
  const reason = await world.reason(family, ailsa.account);
  const over = { family, reason, to: health.account };
  await desk.act(actions.handOver, over, ailsa.asking);
  expect(await kindsOf(family, health)).toEqual(['Hamish Orr: allocated', 'Hamish Orr: lead-professional']);
  expect(await world.sees(ailsa, family)).toBe(false);
  expect((await world.told(health))[0]).toBe(
    'A family was handed over to you, with everything in hand. [Overton]',
  );
  // Who did it is not told of it; who lost it by another's hand is.
  await desk.act(actions.allocate, { family, to: callum.account, as: 'co-worker' }, health.asking);
  await desk.act(
    actions.handOver,
    { family, reason: await world.reason(family, callum.account, 'co-worker'), to: ailsa.account },
    health.asking,
  );
  expect((await world.told(callum))[0]).toBe(
    'A family that you worked with was handed over. You no longer see it.',
  );
  await expect(desk.act(actions.handOver, over, health.asking)).rejects.toMatchObject({
    code: 'ended-already',
  });
  const own = await world.reason(family, health.account);
  await expect(
    desk.act(actions.handOver, { family, reason: own, to: health.account }, health.asking),
  ).rejects.toMatchObject({ code: 'same-holder' });
  // An empty post is nobody.
  const empty = await world.worker('Empty', { team: 'Empty team' });
  await database.superuser.query('delete from access.holding where id = $1', [empty.holding]);
  const alone = await world.family(ailsa);
  await expect(
    desk.act(
      actions.handOver,
      { family: alone, reason: await world.reason(alone, ailsa.account), to: empty.post },
      ailsa.asking,
    ),
  ).rejects.toMatchObject({ code: 'somebody-stays' });
  expect(await world.sees(ailsa, alone)).toBe(true);
});

test('the families of a leaver are with nobody at once; a manager of that organisation gives each to somebody and manages it', async () => {
  const leaver = await world.worker('Lorna Leaver');
  const [first, second] = [await world.family(leaver, 'Left Behind'), await world.family(leaver, 'Left Too')];
  const listed = async (by = gordon) =>
    (await desk.ask(queries.unallocated, {}, by.asking)).filter((row) => [first, second].includes(row.about));
  expect(await listed()).toEqual([]);
  await leaves(world, leaver);
  expect(await listed()).toMatchObject([
    { name: 'Left Behind', locality: 'Lochside', people: 2, last_worker: 'Lorna Leaver' },
    { name: 'Left Too' },
  ]);
  expect(await listed(healthManager)).toEqual([]);
  await expect(desk.ask(queries.unallocated, {}, ailsa.asking)).rejects.toMatchObject(notFound);
  const give = { family: first, to: callum.account, as: 'allocated' };
  await expect(desk.act(actions.allocate, give, healthManager.asking)).rejects.toMatchObject(notFound);
  await expect(desk.act(actions.allocate, give, callum.asking)).rejects.toMatchObject(notFound);
  await desk.act(actions.allocate, give, gordon.asking);
  expect(await world.sees(callum, first)).toBe(true);
  expect(await kindsOf(first, gordon)).toEqual(['Callum Reid: allocated', 'Gordon Rennie: manages']);
  expect(await listed()).toMatchObject([{ name: 'Left Too' }]);
  // A manager assigns and unassigns; when nobody of the team works with it any more, they no longer see it either.
  await desk.act(actions.allocate, { family: first, to: health.account, as: 'allocated' }, gordon.asking);
  await desk.act(
    actions.end,
    { family: first, reason: await world.reason(first, callum.account) },
    gordon.asking,
  );
  expect((await world.told(callum))[0]).toBe(
    'You no longer work with a family. Whoever ended it can tell you why.',
  );
  expect([await world.sees(callum, first), await world.sees(gordon, first)]).toEqual([false, false]);
});

test('imported families, and those of an empty post, are listed too', async () => {
  const { rows } = await database.superuser.query<{ id: string }>(
    `insert into record.family (name) values ('Imported') returning id`,
  );
  const imported = rows[0]?.id ?? '';
  const west = await world.worker('West Worker', { team: 'West' });
  const family = await world.family(west, 'Of a post');
  await desk.act(actions.allocate, { family, to: west.post, as: 'team' }, west.asking);
  await desk.act(actions.end, { family, reason: await world.reason(family, west.account) }, west.asking);
  const names = async () =>
    (await desk.ask(queries.unallocated, {}, gordon.asking)).map((row) => [row.about, row.last_worker]);
  expect(await names()).toContainEqual([imported, null]);
  expect(await names()).not.toContainEqual([family, expect.anything()]);
  await database.superuser.query(
    'update access.holding set during = tstzrange(lower(during), now()) where id = $1',
    [west.holding],
  );
  expect(await names()).toContainEqual([family, 'Social worker, West']);
  await desk.act(
    actions.allocate,
    { family: imported, to: health.account, as: 'allocated' },
    healthManager.asking,
  );
  expect(await world.sees(health, imported)).toBe(true);
});

test('the families of one worker go over together, all or none, also after they have left', async () => {
  const leaver = await world.worker('Going Soon');
  const families = [
    await world.family(leaver, 'One'),
    await world.family(leaver, 'Two'),
    await world.family(leaver, 'Three'),
  ];
  await desk.act(
    actions.allocate,
    { family: families[0], to: leaver.account, as: 'lead-professional' },
    leaver.asking,
  );
  const of = (by = gordon) => desk.ask(queries.familiesOf, { worker: leaver.account }, by.asking);
  expect((await of()).map((row) => row.name)).toEqual(['One', 'Three', 'Two']);
  expect(await of(callum)).toEqual([]);
  expect(await of(healthManager)).toEqual([]);
  expect((await desk.ask(queries.workers, {}, gordon.asking)).map((row) => row.name)).toContain('Going Soon');
  const over = (list: (string | undefined)[], by = gordon) =>
    desk.act(actions.handOverAll, { worker: leaver.account, families: list, to: callum.account }, by.asking);
  await expect(over(families, healthManager)).rejects.toMatchObject(notFound);
  await expect(over(families, callum)).rejects.toMatchObject(notFound);
  await expect(over([])).rejects.toMatchObject({ fields: { families: 'Choose at least one family' } });
  const foreign = await world.family(health);
  await expect(over([...families, foreign])).rejects.toMatchObject({ code: 'ended-already' });
  expect(await world.sees(callum, families[1] ?? '')).toBe(false);
  await over(families.slice(0, 1));
  expect(await kindsOf(families[0] ?? '', callum)).toEqual([
    'Callum Reid: allocated',
    'Callum Reid: lead-professional',
  ]);
  await leaves(world, leaver);
  expect((await of()).map((row) => [row.name, row.left_behind])).toEqual([
    ['Three', true],
    ['Two', true],
  ]);
  await over(families.slice(1));
  expect(await world.sees(callum, families[2] ?? '')).toBe(true);
  expect(await of()).toEqual([]);
  expect((await world.told(callum))[0]).toBe('2 families were handed over to you, with everything in hand.');
});
