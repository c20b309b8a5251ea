import type { FastifyInstance, RouteShorthandOptions } from 'fastify';
import {
  checkCsrf,
  cookieOptions,
  hashToken,
  leaveNotice,
  sessionCookie,
  tokenOf,
  type WebContext,
} from '../web/context.ts';
import { fieldsOf } from '../web/pages.ts';
import { dropStep, forgetProvider, providerOf, type SignIn } from './flow.ts';
import { passkeyScript } from './pages/passkey-part.tsx';
import { registerLocal } from './routes-local.ts';
import { registerOwn } from './routes-own.ts';
import { registerPasskey } from './routes-passkey.ts';
import { registerSingle, singleOutPath } from './routes-single.ts';
import type { SignInOptions } from './settings.ts';
import { endSession, isLive, stillHere } from './store.ts';

/**
 * Registers everything to do with signing in and out: local accounts with a second step, passkeys, single sign-on if
 * `options.single` is set, one-press personas in a demonstration and nowhere else, the change of one's own password and
 * second step, and the keeping awake of sessions in use.
 */
export function registerSignIn(app: FastifyInstance, context: WebContext, options: SignInOptions = {}): void {
  const sign: SignIn = { context, options };
  const { settings } = context;
  // One count for all posts to these pages, so that changing pages gains nothing.
  const limit = app.rateLimit({ max: options.postsPerMinute ?? 20, timeWindow: '1 minute' });
  const limited: RouteShorthandOptions = {
    config: { rateLimit: false },
    onRequest: async (request, reply) => {
      await limit.call(app, request, reply);
    },
  };

  app.get(passkeyScript.path, { config: { rateLimit: false } }, async (_request, reply) =>
    reply
      .type('text/javascript; charset=utf-8')
      .header('cache-control', 'public, max-age=31536000, immutable')
      .send(passkeyScript.body),
  );
  registerLocal(app, sign, limited);
  registerPasskey(app, sign, limited);
  registerOwn(app, sign, limited);
  if (options.single) registerSingle(app, sign, options.single, limited);

  app.post('/sign-out', async (request, reply) => {
    const carried = tokenOf(request);
    if (carried && !carried.bearer) {
      const token = hashToken(carried.token);
      if (await isLive(context.desk, context.pools, token)) {
        const { session } = await context.desk.identify(token);
        checkCsrf(settings, session, fieldsOf(request.body).ours._csrf);
        await endSession(context.pools, token);
      }
    }
    reply.clearCookie(sessionCookie, cookieOptions(settings));
    dropStep(reply, sign);
    if (options.single && providerOf(request)) return reply.redirect(singleOutPath, 303);
    forgetProvider(reply, sign);
    leaveNotice(reply, settings, { kind: 'info', text: 'You have signed out.' });
    return reply.redirect('/sign-in', 303);
  });

  keepAwake(app, context);
}

const awakeEveryMs = 60_000;

/** A session in use is noted as such once a minute at most: a write for each request would cost more than the request. */
function keepAwake(app: FastifyInstance, context: WebContext): void {
  const noted = new Map<string, number>();
  app.addHook('onResponse', async (request, reply) => {
    if (reply.statusCode >= 400 || request.url.startsWith('/assets/') || request.url.startsWith('/sign-'))
      return;
    const carried = tokenOf(request);
    if (carried === undefined) return;
    const token = hashToken(carried.token);
    const key = token.toString('base64');
    const now = performance.now();
    if (now - (noted.get(key) ?? Number.NEGATIVE_INFINITY) < awakeEveryMs) return;
    if (noted.size > 10_000) noted.clear();
    noted.set(key, now);
    await stillHere(context.pools, token).catch((error: unknown) =>
      context.log.warn({ err: error, requestId: request.id }, 'the use of a session could not be noted'),
    );
  });
}
