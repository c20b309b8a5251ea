import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { allAreas } from '../src/app.ts';
import { testDatabase } from '../src/platform/testing/database.ts';
import { signIn } from '../src/platform/testing/people.ts';
import { testServer } from '../src/platform/testing/server.ts';
import { csrfToken } from '../src/platform/web/context.ts';
import { makeScheme } from '../src/practice/direct-payments/testing.ts';

// What somebody has typed is never lost: not when they are signed out, not when the answer is refused, not when the page
// that should come back cannot.

const database = await testDatabase();
const areas = allAreas({ pools: database.pools, council: 'Strathmorran' });
const server = await testServer(database, areas);
const scheme = await makeScheme(database);
const { worker } = scheme;
afterAll(async () => {
  await server.close();
  await database.close();
});

const path = `/direct-payments/ask?family=${scheme.family}`;
const csrfOf = (session: string) => csrfToken(server.context.settings, session);
const post = (fields: Record<string, string>, token = worker.token, to = path) =>
  server.app.inject({
    method: 'POST',
    url: to,
    headers: { cookie: server.cookie(token), 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
  });
const get = (token = worker.token, to = path) =>
  server.app.inject({ url: to, headers: { cookie: server.cookie(token) } });

test('autosave keeps what is typed, and the page opens with it', async () => {
  const page = await get();
  const name = /data-draft="([^"]+)"/.exec(page.body)?.[1] ?? '';
  expect(name).not.toBe('');
  const saved = await post(
    { _csrf: csrfOf(worker.session), words: 'Half a sentence' },
    worker.token,
    `/drafts/${encodeURIComponent(name)}`,
  );
  expect(saved.statusCode).toBe(200);
  expect((await get()).body).toContain('Half a sentence');
});

test('a form sent after the session has ended is kept, and is there after signing in again', async () => {
  const old = await signIn(database, worker.account);
  const page = await get(old.token);
  const name = /data-draft="([^"]+)"/.exec(page.body)?.[1] ?? '';
  await database.superuser.query('update access.session set ended_at = now() where id = $1', [old.session]);
  // The session is still in the cache of identities: the database is what says that it has ended.
  const sent = await post(
    {
      _csrf: csrfOf(old.session),
      _draft: name,
      _key: randomUUID(),
      words: 'Written at nine at night',
      amount: '12',
    },
    old.token,
  );
  expect(sent.statusCode).toBe(303);
  expect(sent.headers.location).toMatch(/^\/sign-in\?to=/);
  expect((await get()).body).toContain('Written at nine at night');
});

test('what is typed into an ended session cannot be read with it, nor after a day written with it', async () => {
  const old = await signIn(database, worker.account);
  await database.superuser.query(
    `update access.session set started_at = now() - interval '9 days', ended_at = now() - interval '2 days' where id = $1`,
    [old.session],
  );
  expect((await get(old.token)).statusCode).toBe(303);
  await post({ _draft: 'mine', words: 'Too late' }, old.token);
  const kept = await database.superuser.query(`select from platform.draft where name = 'mine'`);
  expect(kept.rowCount).toBe(0);
});

test('a refused form comes back with every value, and a form from elsewhere is refused', async () => {
  const refused = await post({
    _csrf: csrfOf(worker.session),
    _key: randomUUID(),
    words: '<b>Their</b> words & "more"',
    amount: 'lots',
    payee: 'Kirsty',
  });
  expect(refused.statusCode).toBe(422);
  expect(refused.body).toContain('&lt;b>Their');
  expect(refused.body).toContain('value="lots"');
  expect((await post({ words: 'x' })).statusCode).toBe(403);
  expect((await post({ _csrf: csrfOf(randomUUID()), words: 'x' })).statusCode).toBe(403);
});

test('a key that is not a key, a huge body and a body of another kind get a plain answer', async () => {
  expect((await post({ _csrf: csrfOf(worker.session), _key: 'x', words: 'y' })).statusCode).toBe(422);
  const huge = await post({ _csrf: csrfOf(worker.session), words: 'y'.repeat(1_100_000) });
  expect(huge.statusCode).toBe(413);
  expect(huge.body).toContain('too large');
  const other = await server.app.inject({
    method: 'POST',
    url: path,
    headers: { cookie: server.cookie(worker.token), 'content-type': 'application/xml' },
    payload: '<a/>',
  });
  expect(other.statusCode).toBe(415);
  const broken = await server.app.inject({
    method: 'POST',
    url: '/api/actions/direct-payments.ask',
    headers: { authorization: `Bearer ${worker.token}`, 'content-type': 'application/json' },
    payload: '{',
  });
  expect(broken.statusCode).toBeGreaterThanOrEqual(400);
  expect(broken.body).not.toMatch(/node_modules|at Object|SyntaxError/);
});

test('nobody else opens a draft', async () => {
  await post({ _csrf: csrfOf(worker.session), words: 'Mine alone' }, worker.token, '/drafts/secret');
  const seen = await database.pools.app.query('select * from platform.draft');
  expect(seen.rowCount).toBe(0);
});
