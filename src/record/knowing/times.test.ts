import { afterAll, expect, test } from 'vitest';
import { read } from '../../platform/notices/actions.ts';
import { unread } from '../../platform/notices/queries.ts';
import { giveHolding } from '../../platform/testing/people.ts';
import { mine } from '../families/queries.ts';
import * as actions from './actions.ts';
import * as queries from './queries.ts';
import { knowingWorld, notFound, noticeList } from './testing.ts';

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
