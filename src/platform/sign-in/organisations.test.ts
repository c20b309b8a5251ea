import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AnyAction } from '../area.ts';
import { testDatabase } from '../testing/database.ts';
import { makeWorker, type Worker, type WorkerOptions } from '../testing/people.ts';
import {
  addAccount,
  addOrganisation,
  addTeam,
  comeBack,
  correctAccount,
  endPost,
  givePost,
  invite,
  leave,
  resetPassword,
  resetSecondStep,
  standIn,
} from './actions.ts';
import { readOnce } from './once.ts';
import { heldPosts, list, one, posts, postsOf, roles, teams } from './queries.ts';
import { makeSite, type Site, settleIn } from './testing.ts';

// An administrator looks after the accounts of their own organisation, and of no other; a system administrator after all.

const database = await testDatabase();
const site: Site = await makeSite(database);
const { desk } = site;
const trust = 'Cairn Family Trust';
const council = 'Strathmorran Council';
const make = (name: string, role: string, organisation: string, more: WorkerOptions = {}) =>
  makeWorker(database, { name, role, organisation, team: `Team of ${organisation}`, ...more });

let ours: Worker;
let theirs: Worker;
let everywhere: Worker;
let worker: Worker;
let helper: Worker;
let both: Worker;
beforeAll(async () => {
  ours = await make('Iona Fairlie', 'administrator', council);
  theirs = await make('Sorcha Lennie', 'administrator', trust);
  everywhere = await make('Fraser Tulloch', 'system-administrator', council);
  worker = await make('Ailsa Drummond', 'social-worker', council);
  helper = await make('Niamh Docherty', 'family-support-worker', trust);
  both = await make('Bea Chisholm', 'social-worker', council);
  // Lent to the trust: a second post, in another organisation.
  await database.superuser.query(
    `insert into access.holding (account_id, post_id, during) values ($1, $2, tstzrange(now() - interval '1 day', null))`,
    [both.account, helper.post],
  );
});
afterAll(async () => {
  await site.app.close();
  await database.close();
});

const today = () => desk.today().toString();
const later = () => desk.today().add({ days: 9 }).toString();
const fresh = (team: string, role = 'social-worker') => ({
  name: 'Catriona Munro',
  email: `${randomUUID()}@strathmorran.example`,
  way: 'password',
  team,
  role,
  from: today(),
});
const notFound = { status: 404 };

/** All that can be done to an account, for those who look after it. */
const doings = (account: string): readonly (readonly [AnyAction, object])[] => [
  [correctAccount, { account, name: 'New Name', email: `${randomUUID()}@strathmorran.example` }],
  [resetSecondStep, { account }],
  [invite, { account }],
  [resetPassword, { account }],
  [leave, { account }],
  [comeBack, { account }],
];

test('an administrator does to people of their own organisation what a system administrator does to all', async () => {
  for (const [by, team] of [
    [theirs, helper.team],
    [ours, worker.team],
    [everywhere, helper.team],
    [everywhere, worker.team],
  ] as const) {
    const { account } = await desk.act(addAccount, fresh(team), by.asking);
    const given = { account, team, role: 'team-manager', from: later() };
    await desk.act(givePost, given, by.asking);
    for (const [each, input] of doings(account)) await desk.act(each, input, by.asking);
    expect(await desk.askOne(one, { account }, by.asking)).toMatchObject({ name: 'New Name', managed: true });
  }
});

test('and nothing to people of another organisation, at the desk or by SQL', async () => {
  for (const [by, other] of [
    [theirs, worker],
    [ours, helper],
    [theirs, everywhere],
  ] as const) {
    const before = await database.superuser.query('select * from access.account where id = $1', [
      other.account,
    ]);
    for (const [each, input] of doings(other.account))
      await expect(desk.act(each, input, by.asking), each.name).rejects.toMatchObject(notFound);
    for (const team of [by.team, other.team])
      await expect(
        desk.act(givePost, { account: other.account, team, role: 'social-worker', from: later() }, by.asking),
      ).rejects.toMatchObject(notFound);
    await expect(desk.act(endPost, { holding: other.holding }, by.asking)).rejects.toMatchObject(notFound);
    await expect(
      desk.act(
        standIn,
        {
          account: by === theirs ? helper.account : worker.account,
          holding: other.holding,
          from: today(),
          until: later(),
        },
        by.asking,
      ),
    ).rejects.toMatchObject(notFound);
    await expect(desk.act(addAccount, fresh(other.team), by.asking)).rejects.toMatchObject(notFound);
    await expect(desk.ask(one, { account: other.account }, by.asking)).resolves.toEqual([]);
    await expect(desk.ask(postsOf, { account: other.account }, by.asking)).resolves.toEqual([]);
    const client = await database.pools.app.connect();
    try {
      for (const statement of [
        `select sign_in.leave('${other.account}')`,
        `select sign_in.give_password('${other.account}', '$argon2id$x', null)`,
        `select sign_in.forget_second_step('${other.account}')`,
        `select access.end_account_sessions('${other.account}')`,
      ]) {
        await client.query('begin');
        await client.query("select access.enter($1, '')", [by.asking.tokenHash]);
        await expect(client.query(statement), statement).rejects.toThrow(
          /another organisation|not their account/,
        );
        await client.query('rollback');
      }
    } finally {
      client.release();
    }
    const after = await database.superuser.query('select * from access.account where id = $1', [
      other.account,
    ]);
    expect(after.rows).toEqual(before.rows);
  }
});

test('lists hold the own organisation: people, teams, posts, and whom somebody could stand in for', async () => {
  const names = (await desk.ask(list, {}, theirs.asking)).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['Niamh Docherty', 'Sorcha Lennie', 'Bea Chisholm']));
  expect(names).not.toContain('Ailsa Drummond');
  expect(new Set((await desk.ask(teams, {}, theirs.asking)).map((row) => row.organisation))).toEqual(
    new Set([trust]),
  );
  expect(new Set((await desk.ask(posts, {}, theirs.asking)).map((row) => row.organisation))).toEqual(
    new Set([trust]),
  );
  expect((await desk.ask(heldPosts, {}, theirs.asking)).map((row) => row.name)).not.toContain(
    'Ailsa Drummond',
  );
  const all = (await desk.ask(list, {}, everywhere.asking)).map(({ name }) => name);
  expect(all).toEqual(expect.arrayContaining(['Niamh Docherty', 'Ailsa Drummond']));
});

test('somebody who works for two organisations is looked after by a system administrator; each may end the post in their own', async () => {
  expect(await desk.askOne(one, { account: both.account }, theirs.asking)).toMatchObject({ managed: false });
  for (const by of [ours, theirs]) {
    for (const [each, input] of doings(both.account))
      await expect(desk.act(each, input, by.asking), each.name).rejects.toMatchObject(notFound);
  }
  await expect(desk.act(endPost, { holding: both.holding }, theirs.asking)).rejects.toMatchObject(notFound);
  const lent = (await desk.ask(postsOf, { account: both.account }, theirs.asking)).find(
    ({ organisation }) => organisation === trust,
  );
  await desk.act(endPost, { holding: lent?.id }, theirs.asking);
  expect(await desk.askOne(one, { account: both.account }, ours.asking)).toMatchObject({ managed: true });
  await desk.act(leave, { account: both.account }, ours.asking);
});

test('nobody but a system administrator makes one, adds an organisation, or gets into the account of one', async () => {
  expect((await desk.ask(roles, {}, ours.asking)).map(({ id }) => id)).not.toContain('system-administrator');
  expect((await desk.ask(roles, {}, everywhere.asking)).map(({ id }) => id)).toContain(
    'system-administrator',
  );
  await expect(
    desk.act(addAccount, fresh(ours.team, 'system-administrator'), ours.asking),
  ).rejects.toMatchObject(notFound);
  await expect(
    desk.act(
      givePost,
      { account: worker.account, team: ours.team, role: 'system-administrator', from: today() },
      ours.asking,
    ),
  ).rejects.toMatchObject(notFound);
  await expect(
    desk.act(
      standIn,
      { account: worker.account, holding: everywhere.holding, from: today(), until: later() },
      ours.asking,
    ),
  ).rejects.toMatchObject(notFound);
  // Of the same organisation, and still out of reach.
  for (const [each, input] of doings(everywhere.account))
    await expect(desk.act(each, input, ours.asking), each.name).rejects.toMatchObject(notFound);
  await expect(
    desk.act(addOrganisation, { name: 'NHS Strathmorran', kind: 'health' }, ours.asking),
  ).rejects.toMatchObject(notFound);
  const { organisation } = await desk.act(
    addOrganisation,
    { name: 'NHS Strathmorran', kind: 'health' },
    everywhere.asking,
  );
  await expect(
    desk.act(addTeam, { organisation, team: 'Health visiting', service: 'health' }, ours.asking),
  ).rejects.toMatchObject(notFound);
  await desk.act(
    addTeam,
    { organisation: theirs.organisation, team: 'Befriending', service: 'third-sector' },
    theirs.asking,
  );
});

test('their pages offer what they may do, and say why not where they may not', async () => {
  const account = await desk.act(
    addAccount,
    { ...fresh(theirs.team, 'administrator'), name: 'Effie Rae' },
    everywhere.asking,
  );
  const { rows } = await database.superuser.query<{ email: string }>(
    'select email from access.account where id = $1',
    [account.account],
  );
  const { password = '' } = await passwordFor(account.account);
  const { browser } = await settleIn(site, { email: rows[0]?.email ?? '', password });
  const people = (await browser.get('/people-here')).body;
  expect(people).toContain('Niamh Docherty');
  expect(people).not.toContain('Ailsa Drummond');
  expect((await browser.get('/people-here/organisations')).body).not.toContain('Add an organisation');
  expect((await browser.get(`/people-here/${worker.account}`)).statusCode).toBe(404);
  await database.superuser.query(
    `insert into access.holding (account_id, post_id, during) values ($1, $2, tstzrange(now() - interval '1 day', null))`,
    [helper.account, worker.post],
  );
  const lent = (await browser.get(`/people-here/${helper.account}`)).body;
  expect(lent).toContain('They hold a post in another organisation too');
  expect(lent).toContain('End a post');
  expect(lent).not.toContain('Mark as left');
});

async function passwordFor(account: string): Promise<{ password: string | undefined }> {
  const done = await desk.act(resetPassword, { account }, everywhere.asking);
  return { password: readOnce(done.password) };
}
