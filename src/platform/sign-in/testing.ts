import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { TOTP } from 'otpauth';
import pino from 'pino';
import { type Desk, makeDesk } from '../actions/desk.ts';
import type { TestDatabase } from '../testing/database.ts';
import { makeWorker } from '../testing/people.ts';
import type { WebContext } from '../web/context.ts';
import { buildServer } from '../web/server.ts';
import { accounts } from './area.ts';
import { createAccount } from './commands.ts';
import { registerSignIn } from './register.ts';
import type { SignInOptions } from './settings.ts';

/** A whole web server over a test database, with a clock that the test moves. */
export interface Site {
  app: FastifyInstance;
  desk: Desk;
  context: WebContext;
  now: () => Temporal.Instant;
  pass: (duration: Temporal.DurationLike) => void;
}

export async function makeSite(
  database: TestDatabase,
  options: SignInOptions = {},
  settings: { demonstration?: boolean; publicUrl?: string } = {},
): Promise<Site> {
  let ahead = Temporal.Duration.from({ seconds: 0 });
  const now = () => Temporal.Now.instant().add(ahead);
  const desk = makeDesk(database.pools, now);
  const context: WebContext = {
    settings: {
      secret: 'a secret of this test',
      partnership: 'Strathmorran',
      publicUrl: settings.publicUrl ?? 'http://localhost:3000',
      demonstration: settings.demonstration ?? false,
      trustProxy: true,
    },
    areas: [accounts],
    desk,
    pools: database.pools,
    log: pino({ level: 'silent' }),
  };
  const app = await buildServer(context, (server) =>
    registerSignIn(server, context, { postsPerMinute: 10_000, ...options }),
  );
  const pass = (duration: Temporal.DurationLike) => {
    ahead = ahead.add(duration);
  };
  return { app, desk, context, now, pass };
}

/** A browser without scripts: keeps cookies, and sends the hidden token of the page it saw last. */
export function visitor(app: FastifyInstance, address = '192.0.2.10') {
  const cookies = new Map<string, string>();
  let csrf = '';
  const take = (answer: Awaited<ReturnType<typeof app.inject>>) => {
    for (const cookie of answer.cookies) {
      if (cookie.value === '') cookies.delete(cookie.name);
      else cookies.set(cookie.name, cookie.value);
    }
    csrf = /name="_csrf" value="([^"]*)"/.exec(answer.body)?.[1] ?? csrf;
    return answer;
  };
  const headers = () => ({
    cookie: [...cookies].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; '),
    'x-forwarded-for': address,
  });
  return {
    cookies,
    csrf: () => csrf,
    get: async (url: string) => take(await app.inject({ url, headers: headers() })),
    post: async (url: string, fields: Record<string, string>, token: string | null = csrf) =>
      take(
        await app.inject({
          method: 'POST',
          url,
          headers: { ...headers(), 'content-type': 'application/x-www-form-urlencoded' },
          payload: new URLSearchParams({ ...fields, ...(token === null ? {} : { _csrf: token }) }).toString(),
        }),
      ),
  };
}
export type Visitor = ReturnType<typeof visitor>;

/** The code that an app holding this secret shows at a moment. */
export const codeOf = (typed: string, now: Temporal.Instant): string =>
  new TOTP({ secret: typed.replaceAll(' ', '') }).generate({ timestamp: now.epochMilliseconds });

/** The secret to type, as the set-up page shows it. */
export const secretOn = (page: string): string => {
  const secret = /((?:[A-Z2-7]{4} ){7}[A-Z2-7]{4})/.exec(page)?.[1];
  if (secret === undefined) throw new Error('the page shows no secret');
  return secret;
};

export const goodPassword = 'otter marmalade trampoline';

let made = 0;
/** Somebody with a local account and a password to be used once. */
export async function newcomer(
  database: TestDatabase,
  site: Site,
  more: { name?: string; role?: string; way?: 'password' | 'single' | 'none'; email?: string } = {},
) {
  made += 1;
  const email = more.email ?? `worker-${made}@strathmorran.example`;
  const { account, password = '' } = await createAccount(
    database.pools.owner,
    {
      name: more.name ?? 'Ailsa Drummond',
      email,
      role: more.role ?? 'social-worker',
      team: 'Children and families North',
      organisation: 'Strathmorran Council',
      ...(more.way ? { way: more.way } : {}),
    },
    site.now(),
  );
  return { account, email, password };
}

/** Signs somebody in for the first time: their one-time password, a password of their own, and a code-making app. */
export async function settleIn(site: Site, person: { email: string; password: string }, address?: string) {
  const browser = visitor(site.app, address);
  await browser.get('/sign-in');
  await browser.post('/sign-in', { email: person.email, password: person.password });
  await browser.get('/sign-in/new-password');
  await browser.post('/sign-in/new-password', { password: goodPassword, again: goodPassword });
  const secret = secretOn((await browser.get('/sign-in/set-up')).body);
  const last = await browser.post('/sign-in/set-up', { code: codeOf(secret, site.now()) });
  if (last.statusCode !== 303 || !browser.cookies.has('kith'))
    throw new Error(`not signed in: ${last.statusCode}`);
  return { browser, secret };
}

/** A site with an administrator and two workers, and what is entered to add somebody. Close it at the end. */
export async function makeOffice(database: TestDatabase) {
  const site = await makeSite(database);
  const { desk } = site;
  const admin = await makeWorker(database, {
    name: 'Iona Fairlie',
    role: 'system-administrator',
    team: 'Systems',
    service: 'administration',
  });
  const worker = await makeWorker(database, { name: 'Ailsa Drummond' });
  const colleague = await makeWorker(database, { name: 'Struan Baird', role: 'team-manager' });
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
  const close = async () => {
    await site.app.close();
    await database.close();
  };
  return { site, desk, admin, worker, colleague, today, fresh, asAdmin, close };
}
