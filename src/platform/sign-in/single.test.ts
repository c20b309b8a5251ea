import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../testing/database.ts';
import { markAsLeft } from './commands.ts';
import { makeSite, newcomer, type Site, type Visitor, visitor } from './testing.ts';

const publicUrl = 'http://localhost:3000';

interface Person {
  email?: string;
  email_verified?: boolean;
}
/** Whoever the provider knows, by subject. Tests change it as an organisation's directory is changed. */
const directory = new Map<string, Person>();

/** A real OpenID provider on a free port. Whoever is named in `x-signs-in-as` has signed in there and agreed. */
async function startProvider(): Promise<{ server: Server; issuer: string }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'kith',
        client_secret: 'a secret of the provider',
        redirect_uris: [`${publicUrl}/sign-in/single/return`],
        post_logout_redirect_uris: [`${publicUrl}/sign-in/single/out`],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    cookies: { keys: ['for this test'] },
    findAccount: (_context, subject) => {
      const person = directory.get(subject);
      return person ? { accountId: subject, claims: async () => ({ sub: subject, ...person }) } : undefined;
    },
    loadExistingGrant: async (context) => {
      const grant = new context.oidc.provider.Grant({
        accountId: context.oidc.session?.accountId ?? '',
        clientId: context.oidc.client?.clientId ?? '',
      });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
  });
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void answer(request, response);
    const accountId = String(request.headers['x-signs-in-as']);
    const result = accountId === 'nobody' ? { error: 'access_denied' } : { login: { accountId } };
    void provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  });
  return { server, issuer };
}

const database = await testDatabase();
let provider: Awaited<ReturnType<typeof startProvider>>;
let site: Site;
beforeAll(async () => {
  provider = await startProvider();
  site = await makeSite(database, {
    single: { issuer: provider.issuer, clientId: 'kith', clientSecret: 'a secret of the provider' },
    help: 'the service desk',
  });
});
afterAll(async () => {
  await site.app.close();
  provider.server.close();
  provider.server.closeAllConnections();
  await database.close();
});

/** Follows the provider's redirects as a browser would, until it sends us back; the address it sends us to. */
async function atProvider(start: string, subject: string, jar = new Map<string, string>()): Promise<string> {
  let url = start;
  let sent: URLSearchParams | undefined;
  for (let hops = 0; hops < 10; hops++) {
    const answer = await fetch(url, {
      redirect: 'manual',
      ...(sent ? { method: 'POST', body: sent } : {}),
      headers: { 'x-signs-in-as': subject, cookie: [...jar].map((pair) => pair.join('=')).join('; ') },
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    // Somebody who is asked whether they mean to sign out says yes.
    const page = answer.headers.has('location') ? '' : await answer.text();
    const asked = /name="xsrf" value="([^"]*)"/.exec(page)?.[1];
    if (asked !== undefined) {
      sent = new URLSearchParams({ xsrf: asked, logout: 'yes' });
      url = new URL('/session/end/confirm', url).href;
      continue;
    }
    sent = undefined;
    const next = answer.headers.get('location');
    if (!next) throw new Error(`the provider answered ${answer.status}: ${page}`);
    url = new URL(next, url).href;
    if (url.startsWith(publicUrl)) return url.slice(publicUrl.length);
  }
  throw new Error('the provider sent us round in circles');
}

async function begin(browser: Visitor, to = '/account') {
  const answer = await browser.get(`/sign-in/single?to=${encodeURIComponent(to)}`);
  return String(answer.headers.location);
}
async function signInAs(subject: string, to?: string) {
  const browser = visitor(site.app);
  const back = await atProvider(await begin(browser, to), subject);
  const answer = await browser.get(back);
  return { browser, answer, back };
}
const nameOn = async (browser: Visitor) => (await browser.get('/account')).body;

describe('single sign-on', () => {
  test('an invited person comes in by their verified e-mail once, and by issuer and subject ever after', async () => {
    const { email, account } = await newcomer(database, site, { way: 'single', name: 'Eilidh Strachan' });
    directory.set('subject-1', { email: email.toUpperCase(), email_verified: true });
    const first = await signInAs('subject-1', '/account?tab=1');
    expect(first.answer.headers.location).toBe('/account?tab=1');
    expect(await nameOn(first.browser)).toContain('Eilidh Strachan');
    const { rows } = await database.superuser.query(
      'select issuer, subject from sign_in.identity where account_id = $1',
      [account],
    );
    expect(rows).toEqual([{ issuer: provider.issuer, subject: 'subject-1' }]);
    // Married, moved to another address: still the same person.
    directory.set('subject-1', { email: 'eilidh.new@strathmorran.example', email_verified: true });
    expect(await nameOn((await signInAs('subject-1')).browser)).toContain('Eilidh Strachan');
    // The address is given to a newcomer at the provider: not the same person.
    directory.set('subject-2', { email, email_verified: true });
    const stranger = await signInAs('subject-2');
    expect(stranger.answer.statusCode).toBe(403);
    expect(stranger.browser.cookies.has('kith')).toBe(false);
  });

  test('nobody comes in uninvited, with an e-mail that is not verified, or with none', async () => {
    const { email } = await newcomer(database, site, { way: 'single' });
    const local = await newcomer(database, site);
    const people: Person[] = [
      { email: 'unknown@strathmorran.example', email_verified: true },
      { email, email_verified: false },
      { email },
      {},
      // An account with a password was not invited to single sign-on.
      { email: local.email, email_verified: true },
    ];
    for (const [number, person] of people.entries()) {
      directory.set(`stranger-${number}`, person);
      const { answer, browser } = await signInAs(`stranger-${number}`);
      expect(answer.statusCode).toBe(403);
      expect(answer.body).toContain('You do not have access to Kith yet');
      expect(answer.body).toContain('the service desk');
      expect(browser.cookies.has('kith')).toBe(false);
    }
  });

  test('an answer to another question is refused: state, nonce, browser, and the same answer twice', async () => {
    const { email } = await newcomer(database, site, { way: 'single' });
    directory.set('subject-3', { email, email_verified: true });
    const tryReturn = async (change: (back: URL) => void, browser = visitor(site.app)) => {
      const back = new URL(await atProvider(await begin(browser), 'subject-3'), publicUrl);
      change(back);
      const answer = await browser.get(back.pathname + back.search);
      expect(browser.cookies.has('kith')).toBe(false);
      return answer;
    };
    const forged = await tryReturn((back) => back.searchParams.set('state', 'forged'));
    expect(forged.statusCode).toBe(400);
    expect(forged.body).toContain('You could not be signed in');
    expect((await tryReturn((back) => back.searchParams.set('code', 'forged'))).statusCode).toBe(400);
    expect((await tryReturn((back) => back.searchParams.set('iss', 'https://evil.example'))).statusCode).toBe(
      400,
    );
    expect((await tryReturn((back) => back.searchParams.delete('state'))).statusCode).toBe(400);
    // Another nonce in the browser's half-finished sign-in than in the ID token.
    const browser = visitor(site.app);
    const wrongNonce = await tryReturn(() => {}, {
      ...browser,
      get: async (url) => {
        if (url.startsWith('/sign-in/single/return')) {
          await database.superuser.query(`update sign_in.step set data = data || '{"nonce": "forged"}'`);
        }
        return browser.get(url);
      },
    });
    expect(wrongNonce.statusCode).toBe(400);
    // The provider's answer carried into a browser that did not ask.
    const mine = visitor(site.app);
    const back = await atProvider(await begin(mine), 'subject-3');
    const victim = visitor(site.app);
    expect((await victim.get(back)).headers.location).toBe('/sign-in');
    expect(victim.cookies.has('kith')).toBe(false);
    expect((await mine.get(back)).headers.location).toBe('/account');
    // And used a second time.
    const again = visitor(site.app);
    again.cookies.set('kith_step', mine.cookies.get('kith_step') ?? '');
    expect((await again.get(back)).headers.location).toBe('/sign-in');
  });

  test('somebody who cancels at the provider is back at the sign-in page', async () => {
    const { answer } = await signInAs('nobody');
    expect(answer.headers.location).toBe('/sign-in');
  });

  test('a leaver whom the provider still knows does not come in', async () => {
    const { email } = await newcomer(database, site, { way: 'single' });
    directory.set('subject-4', { email, email_verified: true });
    const { browser } = await signInAs('subject-4');
    expect((await browser.get('/account')).statusCode).toBe(200);
    await markAsLeft(database.pools.owner, email);
    expect((await browser.get('/account')).statusCode).toBe(303);
    expect((await signInAs('subject-4')).answer.statusCode).toBe(403);
  });

  test('two first sign-ins at once with one invitation make one link', async () => {
    const { email, account } = await newcomer(database, site, { way: 'single' });
    directory.set('subject-5', { email, email_verified: true });
    directory.set('subject-6', { email, email_verified: true });
    const answers = await Promise.all([signInAs('subject-5'), signInAs('subject-6')]);
    expect(answers.map(({ answer }) => answer.statusCode).toSorted()).toEqual([303, 403]);
    const { rows } = await database.superuser.query('select from sign_in.identity where account_id = $1', [
      account,
    ]);
    expect(rows).toHaveLength(1);
  });

  test('the provider gets a code challenge, a state and a nonce, and only our own pages are returned to', async () => {
    const browser = visitor(site.app);
    const start = new URL(await begin(browser, '//evil.example'));
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect((start.searchParams.get(name) ?? '').length).toBeGreaterThan(30);
    expect(start.searchParams.get('code_challenge_method')).toBe('S256');
    directory.set('subject-7', {
      email: (await newcomer(database, site, { way: 'single' })).email,
      email_verified: true,
    });
    const { answer } = await signInAs('subject-7', '//evil.example');
    expect(answer.headers.location).toBe('/');
    expect((await visitor(site.app).get('/sign-in')).body).toContain('Sign in with your organisation');
  });

  test('signing out here signs out at the provider too, and comes back', async () => {
    const { email } = await newcomer(database, site, { way: 'single' });
    directory.set('subject-8', { email, email_verified: true });
    const browser = visitor(site.app);
    const jar = new Map<string, string>();
    await browser.get(await atProvider(await begin(browser), 'subject-8', jar));
    await browser.get('/account');
    // Still signed in at the provider: nobody has to say who they are, so another name makes no difference.
    const other = visitor(site.app);
    await other.get(await atProvider(await begin(other), 'nobody', jar));
    expect((await other.get('/account')).statusCode).toBe(200);

    const out = await browser.post('/sign-out', {});
    expect([out.statusCode, out.headers.location]).toEqual([303, '/sign-out/organisation']);
    expect((await browser.get('/account')).statusCode).toBe(303);
    const page = await browser.get('/sign-out/organisation');
    const to = /^0; url=(.*)$/.exec(String(page.headers.refresh))?.[1] ?? '';
    expect(page.body).toContain('You have signed out of Kith');
    expect(page.body).toContain('Sign out of your organisation');
    const asked = new URL(to);
    expect([asked.origin, asked.pathname]).toEqual([provider.issuer, '/session/end']);
    expect(asked.searchParams.get('id_token_hint')).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    const back = await atProvider(to, 'subject-8', jar);
    expect(back).toBe('/sign-in/single/out');
    expect((await browser.get(back)).headers.location).toBe('/sign-in');
    expect((await browser.get('/sign-in')).body).toContain(
      'You have signed out of Kith and of your organisation.',
    );
    // The provider asks again who it is.
    const next = visitor(site.app);
    expect((await next.get(await atProvider(await begin(next), 'nobody', jar))).headers.location).toBe(
      '/sign-in',
    );
    // And once is enough: there is nothing left to sign out of.
    expect((await browser.get('/sign-out/organisation')).headers.location).toBe('/sign-in');
  });

  test('where the provider has no place to sign out, or does not answer, that is said', async () => {
    const plain = createServer((request, response) => {
      const issuer = `http://127.0.0.1:${(plain.address() as AddressInfo).port}`;
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          issuer,
          authorization_endpoint: `${issuer}/auth`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
        }),
      );
      request.resume();
    }).listen(0, '127.0.0.1');
    await once(plain, 'listening');
    for (const [issuer, says] of [
      [`http://127.0.0.1:${(plain.address() as AddressInfo).port}`, 'You may still be signed in there'],
      ['http://127.0.0.1:9', 'does not answer, so you may still be signed in there'],
    ] as const) {
      const there = await makeSite(database, { single: { issuer, clientId: 'kith', clientSecret: 's' } });
      const browser = visitor(there.app);
      browser.cookies.set('kith_provider', there.app.signCookie('no hint'));
      expect((await browser.get('/sign-out/organisation')).headers.location).toBe('/sign-in');
      expect((await browser.get('/sign-in')).body).toContain(says);
      await there.app.close();
    }
    plain.close();
  });

  test('a provider that does not answer is said plainly, and tried again next time', async () => {
    const away = await makeSite(database, {
      single: { issuer: 'http://127.0.0.1:9', clientId: 'kith', clientSecret: 's' },
    });
    const answer = await visitor(away.app).get('/sign-in/single');
    await away.app.close();
    expect(answer.statusCode).toBe(503);
    expect(answer.body).toContain('does not answer');
  });
});
