import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { enter } from '../../platform/access/identity.ts';
import { prepared } from '../../platform/database/rows.ts';
import { giveHolding, type Worker } from '../../platform/testing/people.ts';
import * as actions from './actions.ts';
import * as asking from './asking-actions.ts';
import * as queries from './queries.ts';
import { inNewTeam, leavingWorld } from './testing/leaving.ts';

// Whoever leaves a family does not see it through a post either: not for a request that their post decided, not with their team.

const world = await leavingWorld();
const { desk, database, reads, deciding, decides } = world;
const { superuser } = database;
afterAll(() => world.close());

test('after handing over, what their own post decides and their own team is gone for the leaver and stays for the rest', async () => {
  const team = inNewTeam();
  const [leaver, colleague, next] = [
    await world.worker('Leaver', team),
    await world.worker('Colleague', team),
    await world.worker('Next'),
  ];
  const family = await world.family(leaver);
  await deciding(family, leaver.post);
  await deciding(family, leaver.post, 28);
  await desk.act(actions.allocate, { family, to: leaver.post, as: 'team' }, leaver.asking);
  expect(await reads(colleague, family)).toBe(true);
  await desk.act(
    actions.handOver,
    { family, reason: await world.reason(family, leaver.account), to: next.account },
    colleague.asking,
  );
  expect([await reads(leaver, family), await reads(colleague, family), await reads(next, family)]).toEqual([
    false,
    true,
    true,
  ]);
  expect((await world.told(leaver))[0]).toBe(
    'A family that you worked with was handed over. You no longer see it.',
  );
  // Who may see it says so exactly.
  const helpers = await desk.ask(queries.helpers, { family }, next.asking);
  expect(helpers.filter((row) => row.kind !== 'allocated').map((row) => row.names)).toEqual([
    'Colleague',
    'Colleague',
    'Colleague',
  ]);
  // The colleague decides what waits, and looks back on it as always.
  const pending = await deciding(family, leaver.post);
  expect(await reads(leaver, family)).toBe(true);
  await decides(colleague, family, pending);
  expect(await reads(colleague, family)).toBe(true);
  // Given anew, they see it; and leaving again takes everything again.
  await desk.act(actions.allocate, { family, to: leaver.account, as: 'co-worker' }, next.asking);
  expect(await reads(leaver, family)).toBe(true);
  await desk.act(
    actions.end,
    { family, reason: await world.reason(family, leaver.account, 'co-worker') },
    next.asking,
  );
  expect(await reads(leaver, family)).toBe(false);
});

test('what only the leaver can decide stays theirs until somebody decides it, and they are told no more than is so', async () => {
  const [sole, next] = [await world.worker('Sole', inNewTeam()), await world.worker('Next')];
  const family = await world.family(sole);
  await deciding(family, sole.post);
  await desk.act(actions.allocate, { family, to: next.account, as: 'co-worker' }, sole.asking);
  await desk.act(
    actions.handOver,
    { family, reason: await world.reason(family, sole.account), to: next.account },
    next.asking,
  );
  expect(await reads(sole, family)).toBe(true);
  expect((await world.told(sole))[0]).toContain('You no longer work with it.');
  // A team of one goes on working with a family that nobody else works with, and is left when somebody does. From then on it does
  // not count as somebody who stays.
  const alone = await world.family(sole);
  const endOf = async (who: string, by: Worker, kind?: string) =>
    desk.act(actions.end, { family: alone, reason: await world.reason(alone, who, kind) }, by.asking);
  await desk.act(actions.allocate, { family: alone, to: sole.post, as: 'team' }, sole.asking);
  await endOf(sole.account, sole);
  expect(await reads(sole, alone)).toBe(true);
  for (const to of [sole.account, next.account])
    await desk.act(actions.allocate, { family: alone, to, as: 'allocated' }, sole.asking);
  await endOf(sole.account, next);
  expect([await reads(sole, alone), await reads(next, alone)]).toEqual([false, true]);
  await expect(endOf(next.account, next)).rejects.toMatchObject({ code: 'somebody-stays' });
  // Given to their own team, they see it with the team.
  const given = await world.family(sole);
  await desk.act(
    actions.handOver,
    { family: given, reason: await world.reason(given, sole.account), to: sole.post },
    sole.asking,
  );
  expect(await reads(sole, given)).toBe(true);
});

test('a manager goes on managing what they hand over within their team, and leaves what goes to another', async () => {
  const team = inNewTeam();
  const manager = await world.worker('Manager', { ...team, role: 'team-manager' });
  const own = await world.worker('Own', team);
  const other = await world.worker('Other', inNewTeam());
  const family = await world.family(manager);
  await superuser.query(
    `insert into access.reason (subject, holder, kind, scope) values ($1, $2, 'manages', 'practice')`,
    [family, manager.post],
  );
  await deciding(family, manager.post, 28);
  const over = async (from: Worker, to: Worker) =>
    desk.act(
      actions.handOver,
      { family, reason: await world.reason(family, from.account), to: to.account },
      from.asking,
    );
  await over(manager, own);
  expect(await reads(manager, family)).toBe(true);
  await over(own, other);
  expect([await reads(manager, family), await reads(own, family), await reads(other, family)]).toEqual([
    false,
    false,
    true,
  ]);
});

test('whoever is here for a time does not stay on through their post: cover that is ended, and urgent access that was not right', async () => {
  const team = inNewTeam();
  const [worker, guest] = [await world.worker('Worker', team), await world.worker('Guest', inNewTeam())];
  const second = await world.worker('Second', { team: 'Unused' });
  await giveHolding(database, second.account, guest.post);
  const senior = await world.worker('Senior', { role: 'senior-manager', team: 'Services' });
  const today = Temporal.Now.plainDateISO('Europe/London').toString();
  const covered = await world.family(worker);
  await deciding(covered, guest.post, 28);
  await desk.act(
    actions.arrangeCover,
    { by: guest.account, from: today, until: today, families: [covered] },
    worker.asking,
  );
  const { rows } = await superuser.query<{ id: string }>(
    'select id from record.cover where for_account = $1',
    [worker.account],
  );
  expect(await reads(guest, covered)).toBe(true);
  await desk.act(actions.endCover, { cover: rows[0]?.id }, worker.asking);
  expect([await reads(guest, covered), await reads(second, covered)]).toEqual([false, true]);

  const name = `Urgent${randomUUID().slice(0, 6)}`;
  const urgent = await world.family(worker, name);
  await desk.act(
    asking.takeUrgent,
    { sought: `Jamie ${name}`, why: 'Somebody may be in danger tonight' },
    guest.asking,
  );
  const request = await deciding(urgent, guest.post);
  // A decision while they are here for a time: the post looks back for four weeks, and they for as long as they were given.
  await decides(guest, urgent, request);
  const [use] = (await desk.ask(queries.reviews, {}, senior.asking)).filter((row) => row.about === urgent);
  await desk.act(asking.review, { use: use?.use, verdict: 'not right', words: 'No' }, senior.asking);
  expect([await reads(guest, urgent), await reads(second, urgent)]).toEqual([false, true]);
});

test('a reason that stands for no record, or comes with working with a family, is not ended from below', async () => {
  const worker = await world.worker('Below');
  const family = await world.family(worker);
  for (const [kind, record] of [
    ['allocated', null],
    ['deciding', null],
    ['allocated', randomUUID()],
    ['manages', randomUUID()],
    ['cover', randomUUID()],
    ['urgent', randomUUID()],
  ] as const) {
    const client = await database.pools.app.connect();
    await client.query('begin');
    await client.query(prepared(enter(worker.asking.tokenHash, '')));
    await expect(
      client.query('select access.end_reason($1, $2, $3)', [family, kind, record]),
      `${kind} ${record}`,
    ).rejects.toMatchObject({ code: 'KT403' });
    await client.query('rollback');
    client.release();
  }
  expect(await reads(worker, family)).toBe(true);
});
