import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../testing/database.ts';
import { makeWorker, signIn } from '../testing/people.ts';
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
import { accounts } from './area.ts';
import { createAccount, listAccounts } from './commands.ts';
import { readOnce } from './once.ts';
import { doneToMe, heldPosts, list, me, myPosts, one, postsOf, teams } from './queries.ts';
import { makeOffice, newcomer, settleIn } from './testing.ts';

const database = await testDatabase();
const { site, desk, admin, worker, colleague, today, fresh, asAdmin, close } = await makeOffice(database);
afterAll(close);

describe('what an administrator does', () => {
  test('adds somebody, who can sign in with the password shown once; nothing keeps that password', async () => {
    const key = randomUUID();
    const input = fresh();
    const done = await desk.act(addAccount, input, asAdmin(), { key });
    const password = readOnce(done.password) ?? '';
    expect(password).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){4}$/);
    await settleIn(site, { email: input.email, password });
    const again = await desk.act(addAccount, input, asAdmin(), { key });
    expect(again.account).toBe(done.account);
    expect(again.password).toBeUndefined();
    const kept = await database.superuser.query(
      'select outcome::text from platform.submission union all select detail::text from audit.event',
    );
    expect(JSON.stringify(kept.rows)).not.toContain(password);
    expect((await desk.askOne(one, { account: done.account }, asAdmin())).has_password).toBe(true);
    const { rows } = await database.superuser.query(
      "select account_id, about from audit.event where kind = 'action' and name = 'accounts.add'",
    );
    expect(rows).toEqual([{ account_id: admin.account, about: [done.account] }]);
  });

  test('says plainly what is wrong with an account, and keeps no half of one', async () => {
    await expect(
      desk.act(addAccount, { ...fresh(), email: 'not an e-mail' }, asAdmin()),
    ).rejects.toMatchObject({
      fields: { email: expect.stringContaining('name@example.gov.uk') },
    });
    const input = fresh();
    await desk.act(addAccount, input, asAdmin());
    await expect(
      desk.act(addAccount, { ...fresh(), email: input.email.toUpperCase() }, asAdmin()),
    ).rejects.toMatchObject({
      fields: { email: 'Somebody already has an account with this e-mail address' },
    });
    const until = today().subtract({ days: 1 }).toString();
    const half = { ...fresh(), until };
    await expect(desk.act(addAccount, half, asAdmin())).rejects.toMatchObject({
      fields: { until: expect.any(String) },
    });
    for (const wrong of [{ team: randomUUID() }, { role: 'wizard' }]) {
      const person = fresh();
      await expect(desk.act(addAccount, { ...person, ...wrong }, asAdmin())).rejects.toMatchObject({
        status: 422,
      });
      expect(await desk.ask(list, { search: person.email }, asAdmin())).toEqual([]);
    }
  });

  test('gives posts with dates, refuses an overlap, ends them, and history stays', async () => {
    const person = await makeWorker(database, { name: 'Rory Kerr' });
    const give = (from: string, until?: string) =>
      desk.act(
        givePost,
        {
          account: person.account,
          team: admin.team,
          role: 'planning-officer',
          from,
          ...(until ? { until } : {}),
        },
        asAdmin(),
      );
    await give(today().add({ days: 10 }).toString(), today().add({ days: 20 }).toString());
    await expect(give(today().add({ days: 20 }).toString())).rejects.toMatchObject({
      fields: { from: 'They already hold this post during that time' },
    });
    await give(today().add({ days: 21 }).toString());
    const posts = await desk.ask(postsOf, { account: person.account }, asAdmin());
    expect(posts.map((post) => [post.role, post.last_day?.toString()])).toContainEqual([
      'Planning officer',
      today().add({ days: 20 }).toString(),
    ]);
    // A post that has not begun is taken back; one held now ends at once and stays as history.
    const future = posts.find((post) => post.starts.equals(today().add({ days: 21 })));
    await desk.act(endPost, { holding: future?.id }, asAdmin());
    await desk.act(endPost, { holding: person.holding }, asAdmin());
    const after = await desk.ask(postsOf, { account: person.account }, asAdmin());
    expect(after).toHaveLength(2);
    expect(after.find((post) => post.id === person.holding)?.over).toBe(true);
    await expect(desk.act(endPost, { holding: person.holding }, asAdmin())).rejects.toMatchObject({
      code: 'post-ended',
    });
    await expect(
      desk.act(endPost, { holding: colleague.holding, until: '1/1/2020' }, asAdmin()),
    ).rejects.toMatchObject({ fields: { until: expect.stringContaining('past') } });
    // They are no longer a social worker at the very next thing they ask.
    expect(
      (await desk.ask(myPosts, {}, person.asking)).every(
        (post) => post.over || post.starts.toString() > today().toString(),
      ),
    ).toBe(true);
  });

  test('lets somebody stand in between two days, for a post that the other holds then', async () => {
    const held = (await desk.ask(heldPosts, {}, asAdmin())).find(
      (post) => post.account === colleague.account,
    );
    const days = { from: today().toString(), until: today().add({ days: 6 }).toString() };
    await desk.act(standIn, { account: worker.account, holding: held?.id, ...days }, asAdmin());
    const post = (await desk.ask(myPosts, {}, worker.asking)).find(
      (each) => each.for_name === 'Struan Baird',
    );
    expect(post).toMatchObject({ role: 'Team manager', over: false });
    expect(post?.last_day?.toString()).toBe(days.until);
    await expect(
      desk.act(standIn, { account: colleague.account, holding: held?.id, ...days }, asAdmin()),
    ).rejects.toMatchObject({
      fields: { holding: expect.any(String) },
    });
  });

  test('may do nothing of the kind to their own account', async () => {
    const own = { account: admin.account };
    const days = { from: today().toString(), until: today().add({ days: 6 }).toString() };
    const refused = { code: 'own-account', detail: expect.stringContaining('Ask another administrator') };
    await expect(
      desk.act(givePost, { ...own, team: worker.team, role: 'social-worker', from: days.from }, asAdmin()),
    ).rejects.toMatchObject(refused);
    await expect(
      desk.act(standIn, { ...own, holding: worker.holding, ...days }, asAdmin()),
    ).rejects.toMatchObject(refused);
    await expect(desk.act(endPost, { holding: admin.holding }, asAdmin())).rejects.toMatchObject(refused);
    const names = [leave, comeBack, resetPassword, resetSecondStep, invite].map((each) => each.name);
    for (const each of accounts.actions.filter((action) => names.includes(action.name))) {
      await expect(desk.act(each, own, asAdmin()), each.name).rejects.toMatchObject(refused);
    }
    await desk.act(
      correctAccount,
      { ...own, name: 'Iona Fairlie', email: 'iona@strathmorran.example' },
      asAdmin(),
    );
  });

  test('marks a leaver: sessions, tokens, posts and reasons end, and coming back gives none of them back', async () => {
    const person = await makeWorker(database, { name: 'Lewis Gunn' });
    const token = await signIn(database, person.account, { kind: 'token' });
    await database.superuser.query(
      "insert into access.reason (subject, holder, kind, scope) values (uuidv7(), $1, 'allocated', 'practice')",
      [person.account],
    );
    await desk.act(leave, { account: person.account }, asAdmin());
    for (const { asking } of [person, token])
      await expect(desk.ask(me, {}, asking)).rejects.toMatchObject({ status: 401 });
    const { rows } = await database.superuser.query(
      `select (select count(*)::int from access.reason where holder = $1 and until is null) as reasons,
        (select count(*)::int from access.holding where account_id = $1 and during @> now()) as posts,
        (select count(*)::int from access.session where account_id = $1 and ended_at is null) as sessions`,
      [person.account],
    );
    expect(rows).toEqual([{ reasons: 0, posts: 0, sessions: 0 }]);
    await expect(
      desk.act(
        givePost,
        { account: person.account, team: worker.team, role: 'social-worker', from: today().toString() },
        asAdmin(),
      ),
    ).rejects.toMatchObject({ code: 'account-gone' });
    expect((await desk.ask(list, { left: 'yes' }, asAdmin())).map((row) => row.id)).toContain(person.account);
    await desk.act(comeBack, { account: person.account }, asAdmin());
    await expect(desk.ask(me, {}, person.asking)).rejects.toMatchObject({ status: 401 });
    await expect(desk.act(comeBack, { account: person.account }, asAdmin())).rejects.toMatchObject({
      code: 'not-left',
    });
  });

  test('adds organisations and teams, each once', async () => {
    const { organisation } = await desk.act(
      addOrganisation,
      { name: 'Strathmorran Befrienders', kind: 'third sector' },
      asAdmin(),
    );
    await desk.act(addTeam, { organisation, team: 'Befriending', service: 'befriending' }, asAdmin());
    await expect(
      desk.act(addOrganisation, { name: 'Strathmorran Befrienders', kind: 'other' }, asAdmin()),
    ).rejects.toMatchObject({ fields: { name: expect.any(String) } });
    await expect(
      desk.act(addTeam, { organisation, team: 'Befriending', service: 'x' }, asAdmin()),
    ).rejects.toMatchObject({ fields: { team: expect.any(String) } });
    await expect(
      desk.act(addTeam, { organisation: randomUUID(), team: 'Other', service: 'x' }, asAdmin()),
    ).rejects.toMatchObject({ fields: { organisation: expect.any(String) } });
    expect((await desk.ask(teams, {}, asAdmin())).find((row) => row.team === 'Befriending')).toMatchObject({
      organisation: 'Strathmorran Befrienders',
      people: 0,
    });
  });

  test('what is changed about an account its owner can see, with who did it', async () => {
    const person = await newcomer(database, site);
    const session = await signIn(database, person.account);
    await desk.act(invite, { account: person.account }, asAdmin());
    const seen = await desk.ask(doneToMe, {}, session.asking);
    expect(seen.map((event) => [event.name, event.by_name])).toEqual([
      ['accounts.invite', 'Iona Fairlie'],
      ['accounts.add', 'the command line'],
    ]);
  });
});

describe('at the command line', () => {
  test('the first administrator of an empty system is made, listed, and refused twice', async () => {
    const wanted = {
      name: 'First Person',
      email: 'first@strathmorran.example',
      role: 'system-administrator',
      team: 'Systems office',
      organisation: 'New Council',
    };
    const { password, expires } = await createAccount(database.pools.owner, wanted, site.now());
    expect(password).toMatch(/^[a-z2-9-]{24}$/);
    expect(expires?.since(site.now()).total('hours')).toBeGreaterThan(160);
    await expect(createAccount(database.pools.owner, wanted, site.now())).rejects.toThrow(
      'Somebody already has an account with this e-mail address',
    );
    await expect(
      createAccount(database.pools.owner, { ...wanted, email: 'x@y.example', role: 'king' }, site.now()),
    ).rejects.toThrow('There is no role called king');
    await expect(
      createAccount(database.pools.owner, { ...wanted, email: 'nonsense' }, site.now()),
    ).rejects.toThrow(/e-mail/);
    expect(
      (await listAccounts(database.pools.owner)).find((each) => each.email === wanted.email),
    ).toMatchObject({
      name: 'First Person',
      posts: 'System administrator, Systems office',
    });
  });
});
