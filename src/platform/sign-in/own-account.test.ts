import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../testing/database.ts';
import { signIn } from '../testing/people.ts';
import { endSession, makeToken, removePasskey } from './actions.ts';
import { accounts } from './area.ts';
import { readOnce } from './once.ts';
import { list, me, myEvents, mySessions } from './queries.ts';
import { makeOffice, newcomer, settleIn, type Visitor, visitor } from './testing.ts';

const database = await testDatabase();
const { site, desk, worker, colleague, fresh, asAdmin, close } = await makeOffice(database);
afterAll(close);

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
