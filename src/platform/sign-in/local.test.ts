import { afterAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../testing/database.ts';
import { hashToken } from '../web/context.ts';
import { markAsLeft, resetAccount } from './commands.ts';
import {
  codeOf,
  goodPassword,
  makeSite,
  newcomer,
  secretOn,
  settleIn,
  type Visitor,
  visitor,
} from './testing.ts';

const database = await testDatabase();
const site = await makeSite(database);
const demo = await makeSite(
  database,
  { personas: [{ email: 'persona@strathmorran.example', does: 'Works with families in the north.' }] },
  { demonstration: true },
);
afterAll(async () => {
  await site.app.close();
  await demo.app.close();
  await database.close();
});

const open = async (address: string) => {
  const browser = visitor(site.app, address);
  await browser.get('/sign-in');
  return browser;
};
const isIn = async (browser: Visitor) => (await browser.get('/account')).statusCode === 200;
const wrongWords = 'The e-mail address or the password is not right';
const auditOf = async (account: string) =>
  (
    await database.superuser.query<{ kind: string; name: string; detail: unknown }>(
      'select kind, name, detail from audit.event where account_id = $1 order by at',
      [account],
    )
  ).rows;

describe('the first time', () => {
  test('a one-time password leads to a password of one’s own, a second step, and in; nothing opens before the end', async () => {
    const person = await newcomer(database, site);
    const browser = await open('192.0.2.1');
    const first = await browser.post('/sign-in', {
      email: person.email.toUpperCase(),
      password: person.password,
      to: '/account?tab=1',
    });
    expect(first.headers.location).toBe('/sign-in/new-password');
    expect(browser.cookies.has('kith')).toBe(false);
    expect((await browser.get('/sign-in/set-up')).headers.location).toBe('/sign-in');
    await browser.get('/sign-in/new-password');
    const short = await browser.post('/sign-in/new-password', { password: 'short', again: 'short' });
    expect(short.statusCode).toBe(422);
    expect(short.body).toContain('Use 12 characters or more');
    const differ = await browser.post('/sign-in/new-password', { password: goodPassword, again: 'otter' });
    expect(differ.body).toContain('The two passwords are not the same');
    const same = await browser.post('/sign-in/new-password', {
      password: person.password,
      again: person.password,
    });
    expect(same.body).toContain('other than the one you have now');
    const chosen = await browser.post('/sign-in/new-password', {
      password: goodPassword,
      again: goodPassword,
    });
    expect(chosen.headers.location).toBe('/sign-in/set-up');
    expect(browser.cookies.has('kith')).toBe(false);
    const page = await browser.get('/sign-in/set-up');
    expect(page.headers['content-security-policy']).not.toContain('unsafe');
    const secret = secretOn(page.body);
    const wrong = await browser.post('/sign-in/set-up', { code: '000000' });
    expect(wrong.statusCode).toBe(422);
    expect(secretOn(wrong.body)).toBe(secret);
    const last = await browser.post('/sign-in/set-up', { code: codeOf(secret, site.now()) });
    expect(last.headers.location).toBe('/account?tab=1');
    expect(await isIn(browser)).toBe(true);
    const events = await auditOf(person.account);
    expect(events.map((event) => event.name)).toEqual([
      'accounts.change-password',
      'accounts.set-up-code',
      'sign-in',
    ]);
    const stored = await database.superuser.query(
      'select phc, sealed from sign_in.password join sign_in.totp using (account_id) where account_id = $1',
      [person.account],
    );
    expect(JSON.stringify(stored.rows)).not.toContain(secret.replaceAll(' ', ''));
    expect(
      (await auditOf(person.account)).some((event) => JSON.stringify(event).includes(goodPassword)),
    ).toBe(false);
  });

  test('a one-time password runs out, with the same words as a wrong one', async () => {
    const person = await newcomer(database, site);
    await database.superuser.query(
      "update sign_in.password set expires_at = now() - interval '1 minute' where account_id = $1",
      [person.account],
    );
    const answer = await (await open('192.0.2.2')).post('/sign-in', {
      email: person.email,
      password: person.password,
    });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain(wrongWords);
  });
});

describe('passwords and codes', () => {
  test('a wrong password, an unknown account and an account without a password get one answer in about the same time', async () => {
    const person = await newcomer(database, site);
    await settleIn(site, person, '192.0.2.3');
    const none = await newcomer(database, site, { way: 'single' });
    const tries = { known: person.email, unknown: 'nobody@strathmorran.example', none: none.email };
    const bodies: string[] = [];
    const times: Record<string, number[]> = {};
    for (let round = 0; round < 4; round++) {
      for (const [kind, email] of Object.entries(tries)) {
        const browser = await open('192.0.2.3');
        const begun = performance.now();
        const answer = await browser.post('/sign-in', { email, password: 'not the password' });
        times[kind] = [...(times[kind] ?? []), performance.now() - begun];
        expect(answer.statusCode).toBe(422);
        bodies.push(answer.body.replaceAll(email, 'E').replaceAll(/value="[^"]*"/g, ''));
      }
    }
    expect(new Set(bodies).size).toBe(1);
    const middle = (kind: string) => (times[kind] ?? []).toSorted((a, b) => a - b)[1] ?? 0;
    // Without the work on a stand-in hash the unknown account would answer in a tenth of the time.
    expect(middle('unknown')).toBeGreaterThan(middle('known') / 3);
    expect(middle('none')).toBeGreaterThan(middle('known') / 3);
  });

  test('the page keeps the e-mail, never the password', async () => {
    const answer = await (await open('192.0.2.4')).post('/sign-in', {
      email: 'x@y.example',
      password: 'do not echo me',
    });
    expect(answer.body).toContain('value="x@y.example"');
    expect(answer.body).not.toContain('do not echo me');
    const empty = await (await open('192.0.2.4')).post('/sign-in', { email: '', password: '' });
    expect(empty.body).toContain('Enter your e-mail address');
    expect(empty.body).toContain('Enter your password');
  });

  test('five failures lock out a name for a growing time, known or not, and the lock ends', async () => {
    const person = await newcomer(database, site);
    const { secret } = await settleIn(site, person, '192.0.2.5');
    for (const email of [person.email, 'nobody-at-all@strathmorran.example']) {
      const browser = await open('192.0.2.5');
      for (let n = 0; n < 5; n++)
        expect((await browser.post('/sign-in', { email, password: 'wrong wrong wrong' })).statusCode).toBe(
          422,
        );
      const locked = await browser.post('/sign-in', { email, password: goodPassword });
      expect(locked.statusCode).toBe(429);
      expect(locked.body).toContain('Wait a minute and try again');
    }
    site.pass({ seconds: 61 });
    const browser = await open('192.0.2.5');
    expect(
      (await browser.post('/sign-in', { email: person.email, password: 'wrong wrong wrong' })).statusCode,
    ).toBe(422);
    const longer = await browser.post('/sign-in', { email: person.email, password: goodPassword });
    expect(longer.body).toContain('Wait 2 minutes');
    site.pass({ seconds: 121 });
    expect(
      (await browser.post('/sign-in', { email: person.email, password: goodPassword })).headers.location,
    ).toBe('/sign-in/code');
    await browser.get('/sign-in/code');
    await browser.post('/sign-in/code', { code: codeOf(secret, site.now()) });
    expect(await isIn(browser)).toBe(true);
    // A right password forgets the failures: four more do not lock.
    const next = await open('192.0.2.5');
    for (let n = 0; n < 4; n++)
      expect(
        (await next.post('/sign-in', { email: person.email, password: 'wrong wrong wrong' })).statusCode,
      ).toBe(422);
    expect((await next.post('/sign-in', { email: person.email, password: goodPassword })).statusCode).toBe(
      303,
    );
  });

  test('thirty guesses at once get no more tries than one after another', async () => {
    const person = await newcomer(database, site);
    const browser = await open('192.0.2.6');
    const answers = await Promise.all(
      Array.from({ length: 30 }, () =>
        browser.post('/sign-in', { email: person.email, password: 'wrong wrong wrong' }),
      ),
    );
    expect(answers.filter((answer) => answer.statusCode === 422)).toHaveLength(5);
    expect(answers.filter((answer) => answer.statusCode === 429)).toHaveLength(25);
  });

  test('a new password from an administrator ends a lock-out', async () => {
    const person = await newcomer(database, site);
    const browser = await open('192.0.2.7');
    for (let n = 0; n < 6; n++)
      await browser.post('/sign-in', { email: person.email, password: 'wrong wrong wrong' });
    const { password } = await resetAccount(database.pools.owner, person.email, site.now());
    expect((await browser.post('/sign-in', { email: person.email, password })).headers.location).toBe(
      '/sign-in/new-password',
    );
    await expect(resetAccount(database.pools.owner, 'nobody@nowhere.example', site.now())).rejects.toThrow(
      /Nobody who works here/,
    );
  });

  test('an address that fails at sixty names is held back', async () => {
    for (let n = 0; n < 60; n++) {
      const answer = await (await open('192.0.2.66')).post('/sign-in', {
        email: `guess-${n}@x.example`,
        password: 'guess guess',
      });
      expect(answer.statusCode).toBe(422);
    }
    const held = await (await open('192.0.2.66')).post('/sign-in', {
      email: 'guess-61@x.example',
      password: 'guess guess',
    });
    expect(held.statusCode).toBe(429);
    expect(
      (
        await (
          await open('192.0.2.67')
        ).post('/sign-in', { email: 'guess-61@x.example', password: 'guess guess' })
      ).statusCode,
    ).toBe(422);
  });

  test('a code is good once, also for two browsers at the same moment, and five wrong ones lock', async () => {
    const person = await newcomer(database, site);
    const { secret } = await settleIn(site, person, '192.0.2.8');
    site.pass({ minutes: 2 });
    const toCode = async () => {
      const browser = await open('192.0.2.8');
      await browser.post('/sign-in', { email: person.email, password: goodPassword });
      await browser.get('/sign-in/code');
      return browser;
    };
    const [one, two] = [await toCode(), await toCode()];
    const code = codeOf(secret, site.now());
    const answers = await Promise.all([
      one.post('/sign-in/code', { code }),
      two.post('/sign-in/code', { code }),
    ]);
    expect(answers.map((answer) => answer.statusCode).toSorted()).toEqual([303, 422]);
    const third = await toCode();
    expect((await third.post('/sign-in/code', { code })).body).toContain('has been used');
    // An earlier code within the window is not accepted after a later one.
    expect(
      (await third.post('/sign-in/code', { code: codeOf(secret, site.now().subtract({ seconds: 30 })) }))
        .statusCode,
    ).toBe(422);
    for (let n = 0; n < 3; n++) await third.post('/sign-in/code', { code: '000000' });
    site.pass({ seconds: 31 });
    expect((await third.post('/sign-in/code', { code: codeOf(secret, site.now()) })).statusCode).toBe(429);
  });

  test('the password alone opens no later page: a second step that exists cannot be set up anew', async () => {
    const person = await newcomer(database, site);
    await settleIn(site, person, '192.0.2.9');
    const browser = await open('192.0.2.9');
    await browser.post('/sign-in', { email: person.email, password: goodPassword });
    for (const path of ['/sign-in/set-up', '/sign-in/new-password']) {
      expect((await browser.get(path)).headers.location).toBe('/sign-in');
    }
    expect((await browser.post('/sign-in/set-up', { code: '123456' })).headers.location).toBe('/sign-in');
    expect(await isIn(browser)).toBe(false);
    // Nor when the way was open before the second step was set up elsewhere.
    const late = await newcomer(database, site);
    const early = await open('192.0.2.9');
    await early.post('/sign-in', { email: late.email, password: late.password });
    await early.get('/sign-in/new-password');
    await early.post('/sign-in/new-password', { password: goodPassword, again: goodPassword });
    const secret = secretOn((await early.get('/sign-in/set-up')).body);
    await database.superuser.query(
      "insert into sign_in.totp (account_id, sealed, last_step) values ($1, '\\x01', 0)",
      [late.account],
    );
    expect((await early.post('/sign-in/set-up', { code: codeOf(secret, site.now()) })).statusCode).toBe(409);
    expect(early.cookies.has('kith')).toBe(false);
  });
});

describe('forms and addresses', () => {
  test('a form without its token, with another’s, or without cookies is refused', async () => {
    const browser = await open('192.0.2.11');
    const other = await open('192.0.2.11');
    const fields = { email: 'x@y.example', password: 'whatever it is' };
    expect((await browser.post('/sign-in', fields, null)).statusCode).toBe(403);
    expect((await browser.post('/sign-in', fields, other.csrf())).statusCode).toBe(403);
    const bare = await site.app.inject({ method: 'POST', url: '/sign-in', payload: fields });
    expect(bare.statusCode).toBe(403);
    const person = await newcomer(database, site);
    const { browser: inside } = await settleIn(site, person, '192.0.2.11');
    expect((await inside.post('/sign-out', {}, null)).statusCode).toBe(403);
    expect((await inside.post('/account/password', { current: goodPassword }, null)).statusCode).toBe(403);
    expect(await isIn(inside)).toBe(true);
  });

  test.each(['//evil.example', '/.//evil.example', 'https://evil.example/', '/\\evil.example'])(
    'nobody is sent to %s',
    async (to) => {
      const person = await newcomer(database, site);
      const { browser } = await settleIn(site, person, '192.0.2.12');
      expect((await browser.get(`/sign-in?to=${encodeURIComponent(to)}`)).headers.location).toBe('/');
    },
  );

  test('somebody signed in is sent on; the page that asked for sign-in is returned to', async () => {
    const person = await newcomer(database, site);
    const { browser } = await settleIn(site, person, '192.0.2.13');
    expect((await browser.get('/sign-in?to=/account')).headers.location).toBe('/account');
    const stranger = visitor(site.app);
    expect((await stranger.get('/account')).headers.location).toBe('/sign-in?to=%2Faccount');
    expect((await stranger.get('/sign-in?to=%2Faccount')).body).toContain('name="to" value="/account"');
  });

  test('too many posts from one address are refused for a minute', async () => {
    const tight = await makeSite(database, { postsPerMinute: 3 });
    const browser = visitor(tight.app, '192.0.2.14');
    await browser.get('/sign-in');
    const codes: number[] = [];
    for (let n = 0; n < 4; n++)
      codes.push((await browser.post('/sign-in', { email: '', password: '' })).statusCode);
    // The count is shared between the pages.
    codes.push((await browser.post('/sign-in/code', { code: '1' })).statusCode);
    await tight.app.close();
    expect(codes).toEqual([422, 422, 422, 429, 429]);
  });
});

describe('sessions', () => {
  const sessionOf = (browser: Visitor) => {
    const cookie = browser.cookies.get('kith') ?? '';
    return hashToken(cookie.slice(0, cookie.lastIndexOf('.')));
  };

  test('the token is new at each sign-in, and the one before it ends', async () => {
    const person = await newcomer(database, site);
    const { browser, secret } = await settleIn(site, person, '192.0.2.15');
    const before = sessionOf(browser);
    site.pass({ minutes: 1 });
    const old = browser.cookies.get('kith') ?? '';
    // Signing in over a live session: the sign-in page is posted from a page opened before.
    const again = visitor(site.app, '192.0.2.15');
    await again.get('/sign-in');
    again.cookies.set('kith', old);
    await again.post('/sign-in', { email: person.email, password: goodPassword });
    await again.get('/sign-in/code');
    await again.post('/sign-in/code', { code: codeOf(secret, site.now()) });
    expect(sessionOf(again).equals(before)).toBe(false);
    expect(await isIn(again)).toBe(true);
    expect(await isIn(browser)).toBe(false);
  });

  test('the cookie is http-only, same-site, signed; a made-up or changed one is nobody’s', async () => {
    const person = await newcomer(database, site);
    const browser = await open('192.0.2.16');
    await browser.post('/sign-in', { email: person.email, password: person.password });
    await browser.get('/sign-in/new-password');
    await browser.post('/sign-in/new-password', { password: goodPassword, again: goodPassword });
    const secret = secretOn((await browser.get('/sign-in/set-up')).body);
    const last = await browser.post('/sign-in/set-up', { code: codeOf(secret, site.now()) });
    const cookie = last.cookies.find((each) => each.name === 'kith');
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
    const forged = visitor(site.app);
    forged.cookies.set('kith', `${(cookie?.value ?? '').split('.')[0]}.forged`);
    expect(await isIn(forged)).toBe(false);
    forged.cookies.set('kith', 'nonsense');
    expect(await isIn(forged)).toBe(false);
    // A session's token is no access token, and the other way round.
    const token = (cookie?.value ?? '').slice(0, (cookie?.value ?? '').lastIndexOf('.'));
    const bearer = await site.app.inject({
      url: '/api/queries/accounts.me',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(bearer.statusCode).toBe(401);
  });

  test('a session ends when idle, at its end, on sign-out, and is kept awake by use', async () => {
    const person = await newcomer(database, site);
    const { browser, secret } = await settleIn(site, person, '192.0.2.17');
    const hash = sessionOf(browser);
    const set = (sets: string) =>
      database.superuser.query(`update access.session set ${sets} where token_hash = $1`, [hash]);
    const seen = async () =>
      (
        await database.superuser.query<{ ago: number }>(
          'select extract(epoch from now() - seen_at)::int as ago from access.session where token_hash = $1',
          [hash],
        )
      ).rows[0]?.ago;
    const length = await database.superuser.query(
      'select ends_at - started_at as long, idle_minutes from access.session where token_hash = $1',
      [hash],
    );
    expect(length.rows[0]).toMatchObject({ idle_minutes: 60 });
    await set("seen_at = now() - interval '50 minutes'");
    expect(await isIn(browser)).toBe(true);
    await expect.poll(seen).toBeLessThan(10);
    await set("seen_at = now() - interval '61 minutes'");
    expect(await isIn(browser)).toBe(false);
    // Asking did not wake it.
    expect(await seen()).toBeGreaterThan(3600);
    await set("seen_at = now(), ends_at = now() - interval '1 second'");
    expect(await isIn(browser)).toBe(false);
    await set("ends_at = now() + interval '1 hour'");
    expect(await isIn(browser)).toBe(true);
    const out = await browser.post('/sign-out', {});
    expect(out.headers.location).toBe('/sign-in');
    expect(browser.cookies.has('kith')).toBe(false);
    const { rows } = await database.superuser.query(
      'select ended_at from access.session where token_hash = $1',
      [hash],
    );
    expect(rows[0]?.ended_at).not.toBeNull();
    expect((await browser.get('/sign-in')).body).toContain('You have signed out.');
    expect(secret).not.toBe('');
    expect((await browser.post('/sign-out', {})).statusCode).toBe(303);
  });

  test('a leaver is out in the middle of their work, and cannot come in again', async () => {
    const person = await newcomer(database, site);
    const { browser, secret } = await settleIn(site, person, '192.0.2.18');
    expect(await isIn(browser)).toBe(true);
    const half = await open('192.0.2.18');
    await half.post('/sign-in', { email: person.email, password: goodPassword });
    await half.get('/sign-in/code');
    await markAsLeft(database.pools.owner, person.email);
    expect(await isIn(browser)).toBe(false);
    site.pass({ minutes: 1 });
    expect((await half.post('/sign-in/code', { code: codeOf(secret, site.now()) })).headers.location).toBe(
      '/sign-in',
    );
    const answer = await (await open('192.0.2.18')).post('/sign-in', {
      email: person.email,
      password: goodPassword,
    });
    expect(answer.body).toContain(wrongWords);
    const { rows } = await database.superuser.query(
      'select count(*)::int as n from access.session where account_id = $1 and ended_at is null',
      [person.account],
    );
    expect(rows[0]?.n).toBe(0);
  });

  test('a changed password wants the one before, and ends the other sessions', async () => {
    const person = await newcomer(database, site);
    const { browser, secret } = await settleIn(site, person, '192.0.2.19');
    site.pass({ minutes: 1 });
    const other = await open('192.0.2.19');
    await other.post('/sign-in', { email: person.email, password: goodPassword });
    await other.get('/sign-in/code');
    await other.post('/sign-in/code', { code: codeOf(secret, site.now()) });
    expect(await isIn(other)).toBe(true);
    const next = 'heron quilt saxophone';
    await browser.get('/account/password');
    const wrong = await browser.post('/account/password', {
      current: 'not it at all',
      password: next,
      again: next,
    });
    expect(wrong.body).toContain('This is not your password');
    expect(
      (await browser.post('/account/password', { current: goodPassword, password: next, again: next }))
        .headers.location,
    ).toBe('/account');
    expect(await isIn(browser)).toBe(true);
    expect(await isIn(other)).toBe(false);
    expect(
      (await (await open('192.0.2.19')).post('/sign-in', { email: person.email, password: goodPassword }))
        .statusCode,
    ).toBe(422);
    expect(
      (await (await open('192.0.2.19')).post('/sign-in', { email: person.email, password: next })).statusCode,
    ).toBe(303);
  });

  test('a second step is changed only after the password, by its owner', async () => {
    const person = await newcomer(database, site);
    const { browser, secret } = await settleIn(site, person, '192.0.2.20');
    expect((await browser.get('/sign-in/set-up')).headers.location).toBe('/sign-in');
    await browser.get('/account/second-step');
    expect((await browser.post('/account/second-step', { current: 'not it at all' })).statusCode).toBe(422);
    expect((await browser.post('/account/second-step', { current: goodPassword })).headers.location).toBe(
      '/sign-in/set-up',
    );
    const page = await browser.get('/sign-in/set-up');
    const fresh = secretOn(page.body);
    expect(fresh).not.toBe(secret);
    // Carried into the browser of somebody else who is signed in, the half-finished change is worth nothing.
    const thief = await settleIn(site, await newcomer(database, site), '192.0.2.20');
    thief.browser.cookies.set('kith_step', browser.cookies.get('kith_step') ?? '');
    expect(
      (await thief.browser.post('/sign-in/set-up', { code: codeOf(fresh, site.now()) })).headers.location,
    ).toBe('/sign-in');
    await browser.get('/sign-in/set-up');
    expect(
      (await browser.post('/sign-in/set-up', { code: codeOf(fresh, site.now()) })).headers.location,
    ).toBe('/account');
    expect((await browser.get('/account')).body).toContain('Your second step has been changed');
  });
});

describe('demonstration', () => {
  test('outside a demonstration there is no such page, whatever is sent', async () => {
    expect(site.app.hasRoute({ method: 'POST', url: '/sign-in/demo' })).toBe(false);
    const person = await newcomer(database, site, { way: 'none', email: 'persona@strathmorran.example' });
    const browser = await open('192.0.2.21');
    const answer = await browser.post('/sign-in/demo', { account: person.account });
    expect(answer.headers.location ?? '').not.toBe('/');
    expect(browser.cookies.has('kith')).toBe(false);
    expect((await browser.get('/sign-in')).body).not.toContain('Look around as');
  });

  test('in one, a persona is one press away, and nobody else is', async () => {
    const browser = visitor(demo.app);
    const page = await browser.get('/sign-in');
    expect(page.body).toContain('Look around as');
    expect(page.body).toContain('Works with families in the north.');
    expect(page.body).toContain('Strathmorran Council');
    const other = await newcomer(database, demo);
    expect((await browser.post('/sign-in/demo', { account: other.account })).headers.location ?? '').not.toBe(
      '/',
    );
    expect(browser.cookies.has('kith')).toBe(false);
    const account = /name="account" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
    expect((await browser.post('/sign-in/demo', { account }, null)).statusCode).toBe(403);
    expect((await browser.post('/sign-in/demo', { account, to: '/account' })).headers.location).toBe(
      '/account',
    );
    expect((await browser.get('/account')).body).toContain('Ailsa Drummond');
  });
});

test('the application role reads no hash, secret or half-finished sign-in by SQL', async () => {
  for (const table of ['identity', 'invitation', 'password', 'totp', 'passkey', 'attempt', 'step']) {
    await expect(database.pools.app.query(`select * from sign_in.${table}`)).rejects.toThrow(
      /permission denied/,
    );
    await expect(database.pools.figures.query(`select * from sign_in.${table}`)).rejects.toThrow(
      /permission denied/,
    );
  }
  const call = (statement: string) => database.pools.app.query(statement);
  expect((await call("select * from sign_in.by_name('%')")).rowCount).toBe(0);
  const { rows } = await database.superuser.query<{ id: string }>(
    'select id from access.account where left_at is null limit 1',
  );
  const id = rows[0]?.id;
  for (const statement of [
    `select sign_in.set_password('${id}', '$argon2id$x', null, null, null)`,
    `select sign_in.set_totp('${id}', '\\x01', 1, null, null, null)`,
    `select sign_in.add_passkey('${id}', 'k', '\\x01', 0, '{}', 'n', '\\x02', null, null)`,
    `select access.end_account_sessions('${id}')`,
    `select sign_in.leave('${id}')`,
    `select sign_in.give_password('${id}', '$argon2id$x', now())`,
    'select * from sign_in.accounts()',
    `select access.begin_session('${id}', '\\x01', 'token', 'n', now() + interval '1 hour', 60, true)`,
    `select access.begin_session('${id}', '\\x01', 'browser', 'n', now() + interval '30 hours', 60, true)`,
  ]) {
    await expect(call(statement), statement).rejects.toMatchObject({ code: 'KT403' });
  }
  await expect(call('select sign_in.check_administrator()')).rejects.toThrow(/permission denied/);
});
