import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { read } from '../../platform/notices/actions.ts';
import { unread } from '../../platform/notices/queries.ts';
import { giveHolding } from '../../platform/testing/people.ts';
import { mine } from '../families/queries.ts';
import * as actions from './actions.ts';
import * as queries from './queries.ts';
import { knowingWorld, leaves, notFound, noticeList } from './testing.ts';

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

test('cover begins and ends by itself at exact moments, and ends when whoever is covered leaves the family', async () => {
  const away = await world.worker('Away');
  const standing = await world.worker('Standing');
  const [first, second] = [await world.family(away, 'Covered'), await world.family(away, 'Not covered')];
  const today = Temporal.Now.plainDateISO('Europe/London');
  const arrange = (input: object, by = away) =>
    desk.act(
      actions.arrangeCover,
      { by: standing.account, from: today.toString(), until: today.toString(), ...input },
      by.asking,
    );
  await expect(arrange({ until: today.subtract({ days: 1 }).toString() })).rejects.toMatchObject({
    fields: { until: 'Enter a last day that is not before the first' },
  });
  await expect(arrange({ by: standing.post })).rejects.toMatchObject({
    fields: { by: 'Choose a colleague who works with families' },
  });
  await expect(arrange({ by: away.account })).rejects.toMatchObject({ status: 422 });
  await expect(arrange({ worker: away.account }, callum)).rejects.toMatchObject(notFound);
  await expect(arrange({ worker: away.account }, healthManager)).rejects.toMatchObject(notFound);
  await expect(arrange({}, standing)).rejects.toMatchObject({ status: 422 });
  await expect(arrange({ by: away.account }, standing)).rejects.toMatchObject({ code: 'nothing-to-cover' });

  const done = await arrange({ families: [first] });
  expect(done.about).toEqual([first]);
  expect([await world.sees(standing, first), await world.sees(standing, second)]).toEqual([true, false]);
  const [reason] = await desk.ask(queries.why, { family: first }, standing.asking);
  expect(reason).toMatchObject({ kind: 'cover', given_by: 'Away', stands_in_for: 'Away' });
  expect(reason?.until?.toString()).toBe(
    today.add({ days: 1 }).toZonedDateTime('Europe/London').toInstant().toString(),
  );
  expect(await world.told(standing)).toContain('You stand in for a colleague who will be away.');

  // Moved to end in a moment: it stops without anybody doing anything.
  await database.superuser.query(
    `update access.reason set until = clock_timestamp() + interval '700 milliseconds' where subject = $1 and kind = 'cover'`,
    [first],
  );
  expect(await world.sees(standing, first)).toBe(true);
  await expect.poll(() => world.sees(standing, first), { timeout: 3000 }).toBe(false);

  // A manager arranges it from tomorrow: not yet. Whoever is covered hands the family over: never.
  await arrange(
    {
      worker: away.account,
      from: today.add({ days: 1 }).toString(),
      until: today.add({ days: 9 }).toString(),
    },
    gordon,
  );
  expect(await world.sees(standing, second)).toBe(false);
  const future = await database.superuser.query(
    `select from access.reason where subject = $1 and kind = 'cover' and since > now() and until > since + interval '1 day'`,
    [second],
  );
  expect(future.rowCount).toBe(1);
  await desk.act(
    actions.handOver,
    { family: second, reason: await world.reason(second, away.account), to: callum.account },
    away.asking,
  );
  const ended = await database.superuser.query(
    `select from access.reason where subject = $1 and kind = 'cover' and until > now() + interval '2 days'`,
    [second],
  );
  expect(ended.rowCount).toBe(0);

  // Ended early by those concerned, and by nobody else.
  const { rows: covers } = await database.superuser.query<{ id: string }>(
    'select id from record.cover where for_account = $1 order by made_at desc limit 1',
    [away.account],
  );
  const end = { cover: covers[0]?.id };
  await expect(desk.act(actions.endCover, end, callum.asking)).rejects.toMatchObject(notFound);
  await desk.act(actions.endCover, end, standing.asking);
  await expect(desk.act(actions.endCover, end, away.asking)).rejects.toMatchObject({ code: 'ended-already' });
});

test('why you can see this names every reason, the post it comes through, and who gave it', async () => {
  const family = await world.family(ailsa, 'Whyte');
  await desk.act(actions.allocate, { family, to: gordon.post, as: 'team' }, ailsa.asking);
  const [mine] = await desk.ask(queries.why, { family }, gordon.asking);
  expect(mine).toMatchObject({
    title: 'Their team works with the family',
    through: 'Team manager, North',
    given_by: 'Ailsa Drummond',
    until: null,
  });
  const { rows } = await database.superuser.query<{ id: string }>(
    'select person_id as id from record.family_member where family_id = $1 limit 1',
    [family],
  );
  const person = rows[0]?.id;
  expect(await desk.ask(queries.whyOfPerson, { person }, gordon.asking)).toMatchObject([{ family: 'Whyte' }]);
  expect(await desk.ask(queries.whyOfPerson, { person }, health.asking)).toEqual([]);
  expect(await desk.ask(queries.why, { family }, health.asking)).toEqual([]);
});

test('notices are their reader’s alone, keep no name after leaving, and can be marked as read', async () => {
  const reader = await world.worker('Reader');
  const family = await world.family(ailsa, 'Zaharov');
  await desk.act(actions.allocate, { family, to: reader.account, as: 'allocated' }, ailsa.asking);
  expect(await world.told(reader)).toEqual(['You now work with this family. [Zaharov]']);
  expect((await desk.askOne(unread, {}, reader.asking)).unread).toBe(1);
  await desk.act(actions.end, { family, reason: await world.reason(family, reader.account) }, ailsa.asking);
  const after = await desk.ask(noticeList, {}, reader.asking);
  expect(after).toHaveLength(2);
  expect(JSON.stringify(after)).not.toContain('Zaharov');
  expect(after.every((notice) => notice.names_one && notice.name === null)).toBe(true);
  // Nobody marks or reads what is another's.
  expect(await desk.act(read, { notice: after[0]?.notice }, callum.asking)).toMatchObject({ marked: 0 });
  await desk.act(read, { notice: after[0]?.notice }, reader.asking);
  expect((await desk.askOne(unread, {}, reader.asking)).unread).toBe(1);
  await desk.act(read, {}, reader.asking);
  expect((await desk.askOne(unread, {}, reader.asking)).unread).toBe(0);
  const seen = await database.pools.app.query('select from platform.notice');
  expect(seen.rowCount).toBe(0);
});

test('a post given and taken during the day gives and takes its families at that moment', async () => {
  const family = await world.family(ailsa);
  const holder = await world.worker('Post Holder', { team: 'East' });
  await desk.act(actions.allocate, { family, to: health.post, as: 'team' }, ailsa.asking);
  expect(await world.sees(holder, family)).toBe(false);
  const holding = await giveHolding(database, holder.account, health.post, {
    from: Temporal.Now.instant().subtract({ minutes: 1 }),
  });
  expect(await world.sees(holder, family)).toBe(true);
  expect((await desk.ask(mine, {}, holder.asking)).map((row) => row.about)).toContain(family);
  await database.superuser.query(
    'update access.holding set during = tstzrange(lower(during), now()) where id = $1',
    [holding],
  );
  expect(await world.sees(holder, family)).toBe(false);
  expect(await desk.ask(mine, {}, holder.asking)).toEqual([]);
});
