import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../testing/database.ts';
import { makeWorker, signIn, type Worker } from '../testing/people.ts';
import {
  addAccount,
  addOrganisation,
  addTeam,
  comeBack,
  correctAccount,
  endPost,
  endSession,
  givePost,
  invite,
  leave,
  makeToken,
  removePasskey,
  resetPassword,
  resetSecondStep,
  standIn,
} from './actions.ts';
import { accounts } from './area.ts';
import { createAccount, listAccounts } from './commands.ts';
import { readOnce } from './once.ts';
import {
  doneToMe,
  heldPosts,
  list,
  me,
  myEvents,
  myPosts,
  mySessions,
  one,
  postsOf,
  teams,
} from './queries.ts';
import { makeSite, newcomer, type Site, settleIn, type Visitor, visitor } from './testing.ts';

const database = await testDatabase();
const site: Site = await makeSite(database);
const { desk } = site;
let admin: Worker;
let worker: Worker;
let colleague: Worker;
beforeAll(async () => {
  admin = await makeWorker(database, {
    name: 'Iona Fairlie',
    role: 'system-administrator',
    team: 'Systems',
    service: 'administration',
  });
  worker = await makeWorker(database, { name: 'Ailsa Drummond' });
  colleague = await makeWorker(database, { name: 'Struan Baird', role: 'team-manager' });
});
afterAll(async () => {
  await site.app.close();
  await database.close();
});

const today = () => desk.today();
const fresh = () => ({
  name: 'Catriona Munro',
  email: `${randomUUID()}@strathmorran.example`,
  way: 'password',
  team: worker.team,
  role: 'social-worker',
  from: today().toString(),
});
const asAdmin = () => admin.asking;

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

describe('those who are no administrators', () => {
  test('cannot see or do any of it, at the desk or by SQL', async () => {
    for (const each of accounts.queries.filter((query) => query.who !== 'anyone signed in')) {
      await expect(
        desk.ask(each, { account: worker.account }, worker.asking),
        each.name,
      ).rejects.toMatchObject({ status: 404 });
    }
    for (const each of accounts.actions.filter((action) => action.who !== 'anyone signed in')) {
      await expect(
        desk.act(each, { account: colleague.account }, worker.asking),
        each.name,
      ).rejects.toMatchObject({ status: 404 });
    }
    const client = await database.pools.app.connect();
    try {
      for (const statement of [
        `select sign_in.leave('${colleague.account}')`,
        `select sign_in.give_post('${colleague.account}', '${worker.team}', 'administrator', current_date, null)`,
        'select * from sign_in.accounts()',
        'update access.account set left_at = now()',
        `insert into access.holding (account_id, post_id, during) values ('${worker.account}', '${colleague.post}', tstzrange(now(), null))`,
        'select email from access.account',
      ]) {
        await client.query('begin');
        await client.query("select access.enter($1, '')", [worker.asking.tokenHash]);
        await expect(client.query(statement), statement).rejects.toThrow();
        await client.query('rollback');
      }
    } finally {
      client.release();
    }
  });

  test('end only their own sessions and take away only their own passkeys', async () => {
    await desk.act(endSession, { session: colleague.session }, worker.asking);
    expect(await desk.ask(mySessions, {}, colleague.asking)).toHaveLength(1);
    const second = await signIn(database, worker.account);
    await desk.act(endSession, { session: second.session }, worker.asking);
    await expect(desk.ask(me, {}, second.asking)).rejects.toMatchObject({ status: 401 });
    await database.superuser.query(
      "insert into sign_in.passkey (id, account_id, public_key, name) values ('theirs', $1, '\\x01', 'Laptop')",
      [colleague.account],
    );
    await database.superuser.query(
      "insert into sign_in.passkey (id, account_id, public_key, name) select 'mine-' || n, $1, '\\x01', 'Key' from generate_series(1, 2) n",
      [worker.account],
    );
    await expect(desk.act(removePasskey, { passkey: 'theirs' }, worker.asking)).rejects.toMatchObject({
      status: 404,
    });
    await desk.act(removePasskey, { passkey: 'mine-1' }, worker.asking);
    await expect(desk.act(removePasskey, { passkey: 'mine-2' }, worker.asking)).rejects.toMatchObject({
      code: 'only-second-step',
    });
  });

  test('see their own doings in the audit trail and nobody else’s', async () => {
    const events = await desk.ask(myEvents, {}, worker.asking);
    expect(events.map((event) => event.name)).toContain('accounts.end-session');
    expect(events.filter((event) => event.kind === 'action').map((event) => event.name)).not.toContain(
      'accounts.add',
    );
  });
});

describe('access tokens', () => {
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  test('a token is shown once, does what it may, cannot make another, and ends when taken away', async () => {
    const made = await desk.act(
      makeToken,
      { name: 'Nightly export', may: 'read', days: '30' },
      worker.asking,
      { key: randomUUID() },
    );
    const token = readOnce(made.token) ?? '';
    const kept = await database.superuser.query('select outcome::text from platform.submission');
    expect(JSON.stringify(kept.rows)).not.toContain(token);
    const call = (url: string) => site.app.inject({ url, headers: bearer(token) });
    expect((await call('/api/queries/accounts.me')).statusCode).toBe(200);
    const writes = await site.app.inject({
      method: 'POST',
      url: '/api/actions/accounts.end-session',
      headers: bearer(token),
      payload: { session: made.session },
    });
    expect(writes.statusCode).toBe(403);
    expect((await call('/account/password')).statusCode).toBe(403);
    const writer = await desk.act(makeToken, { name: 'Loader', may: 'write', days: 7 }, worker.asking);
    const more = await site.app.inject({
      method: 'POST',
      url: '/api/actions/accounts.make-token',
      headers: bearer(readOnce(writer.token) ?? ''),
      payload: { name: 'More', may: 'write', days: 7 },
    });
    expect(more.statusCode).toBe(403);
    const ended = await site.app.inject({
      method: 'POST',
      url: '/api/actions/accounts.end-session',
      headers: bearer(readOnce(writer.token) ?? ''),
      payload: { session: made.session },
    });
    expect(ended.statusCode).toBe(200);
    expect((await call('/api/queries/accounts.me')).statusCode).toBe(401);
    await database.superuser.query(
      "update access.session set ends_at = now() - interval '1 second' where id = $1",
      [writer.session],
    );
    const late = await site.app.inject({
      url: '/api/queries/accounts.me',
      headers: bearer(readOnce(writer.token) ?? ''),
    });
    expect(late.statusCode).toBe(401);
  });

  test('an access token in the session cookie is nobody’s', async () => {
    const made = await desk.act(makeToken, { name: 'Export', may: 'write', days: '7' }, worker.asking);
    const browser = visitor(site.app);
    browser.cookies.set('kith', site.app.signCookie(readOnce(made.token) ?? ''));
    expect((await browser.get('/account')).headers.location).toContain('/sign-in');
  });

  test('the input is refused in words', async () => {
    await expect(
      desk.act(makeToken, { name: '', may: 'all', days: '9999' }, worker.asking),
    ).rejects.toMatchObject({
      fields: {
        name: 'Enter what the token is for',
        may: 'Choose what the token may do',
        days: 'Choose how long it lasts',
      },
    });
  });
});

describe('on the pages', () => {
  let browser: Visitor;
  beforeAll(async () => {
    const person = await newcomer(database, site, { role: 'administrator', name: 'Fergus Rankine' });
    ({ browser } = await settleIn(site, person));
  });

  test('an administrator adds somebody by form; the password is on the next page and on no other; twice sent is once done', async () => {
    const page = await browser.get('/people-here/add');
    const key = /name="_key" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
    const fields = { ...fresh(), _key: key };
    const answers = [
      await browser.post('/people-here/add', fields),
      await browser.post('/people-here/add', fields),
    ];
    expect(answers[0]?.headers.location).toBe(answers[1]?.headers.location);
    expect(await desk.ask(list, { search: fields.email }, asAdmin())).toHaveLength(1);
    const person = String(answers[0]?.headers.location);
    expect((await browser.get(person)).body).toContain('This was done before');
    await browser.post(person, { _form: 'reset-password' });
    const shown = await browser.get(person);
    const password = /once is ([a-z2-9-]{24}) /.exec(shown.body)?.[1] ?? '';
    expect((await browser.get(person)).body).not.toContain(password);
    const stranger = visitor(site.app);
    await stranger.get('/sign-in');
    expect((await stranger.post('/sign-in', { email: fields.email, password })).headers.location).toBe(
      '/sign-in/new-password',
    );
  });

  test('a refused form keeps what was typed and says what is wrong', async () => {
    await browser.get('/people-here/add');
    const answer = await browser.post('/people-here/add', {
      ...fresh(),
      name: 'Kept Name',
      email: 'nonsense',
    });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('value="Kept Name"');
    expect(answer.body).toContain('Enter an e-mail address, like name@example.gov.uk');
    const person = `/people-here/${worker.account}`;
    await browser.get(`${person}?do=give-post`);
    const post = await browser.post(person, {
      _form: 'give-post',
      team: worker.team,
      role: 'social-worker',
      from: '31/2/2027',
    });
    expect(post.statusCode).toBe(422);
    expect(post.body).toContain('value="31/2/2027"');
  });

  test('every page of the area opens for an administrator, and only the account page for others', async () => {
    const others = (await settleIn(site, await newcomer(database, site))).browser;
    for (const path of [
      '/people-here',
      '/people-here?left=yes',
      '/people-here/add',
      '/people-here/organisations',
      `/people-here/${worker.account}`,
    ]) {
      expect((await browser.get(path)).statusCode, path).toBe(200);
      expect((await others.get(path)).statusCode, path).toBe(404);
    }
    expect((await others.get('/account')).statusCode).toBe(200);
    expect((await others.get(`/people-here/${randomUUID()}`)).statusCode).toBe(404);
    expect((await browser.get(`/people-here/${randomUUID()}`)).statusCode).toBe(404);
  });

  test('no password that was typed is ever in a draft or a kept submission', async () => {
    const { rows } = await database.superuser.query(
      'select fields::text from platform.draft union all select outcome::text from platform.submission',
    );
    expect(JSON.stringify(rows)).not.toMatch(/otter|password"/);
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
