import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import cookie from '@fastify/cookie';
import formBody from '@fastify/formbody';
import rateLimit from '@fastify/rate-limit';
import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { h } from 'preact';
import { derived } from '../database/connect.ts';
import { Problem } from '../problem.ts';
import { assets, ProblemPage, renderPage } from '../ui/index.ts';
import { registerApi } from './api.ts';
import { pastPages } from './as-at.ts';
import { askingOf, checkCsrf, isSecure, shellFor, type WebContext } from './context.ts';
import { registerOpenPage } from './open-pages.ts';
import { fieldsOf, registerPage, saveDraft } from './pages.ts';
import { addSafeHeaders } from './safe-headers.ts';
import { registerUploads } from './uploads.ts';
import { registerVisitorPage } from './visitor-pages.ts';

const bodyLimit = 1_000_000;

/** The web server of an installation: pages, API, assets and health, behind one set of protections. Not yet listening. */
export async function buildServer(
  context: WebContext,
  more: (app: FastifyInstance) => Promise<void> | void = () => {},
): Promise<FastifyInstance> {
  const { settings } = context;
  const app = Fastify({
    loggerInstance: context.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    trustProxy: settings.trustProxy,
    genReqId: () => randomUUID(),
    // Nothing is logged through a request: what is, says which request it was.
    childLoggerFactory: (logger) => logger,
    routerOptions: { maxParamLength: 300 },
    forceCloseConnections: 'idle',
  });

  await addSafeHeaders(app, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        ...(isSecure(settings) ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: isSecure(settings) ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
  });
  await app.register(cookie, { secret: derived(settings.secret, 'cookies') });
  await app.register(formBody, { bodyLimit });
  await registerUploads(app);
  // Generous for people, a wall for scripts; sign-in has its own, much lower limit.
  await app.register(rateLimit, {
    global: true,
    max: Number(process.env.KITH_RATE_LIMIT ?? 3000),
    timeWindow: '1 minute',
    errorResponseBuilder: () =>
      new Problem(429, 'too-many', 'There have been too many requests from here', {
        detail: 'Wait a minute and try again.',
      }),
  });

  for (const asset of assets) {
    const body = await readFile(asset.file);
    app.get(asset.urlPath, { config: { rateLimit: false } }, async (_request, reply) =>
      reply.type(asset.contentType).header('cache-control', 'public, max-age=31536000, immutable').send(body),
    );
  }

  app.get('/healthz', { config: { rateLimit: false } }, async () => ({ status: 'up' }));
  app.get('/readyz', { config: { rateLimit: false } }, async (_request, reply) => {
    try {
      await context.pools.app.query('select 1');
      return { status: 'ready' };
    } catch {
      return reply.code(503).send({ status: 'the database does not answer' });
    }
  });

  app.post('/drafts/*', async (request, reply) => {
    const asking = await askingOf(request, context);
    const { fields, ours } = fieldsOf(request.body);
    checkCsrf(settings, asking.identity.session, ours._csrf);
    const name = decodeURIComponent((request.params as { '*': string })['*']).slice(0, 200);
    if (name === '') throw new Problem(400, 'no-name', 'The draft has no name');
    await saveDraft(context, asking, name, fields);
    return reply.send({ savedAt: context.desk.now().toString() });
  });

  const past = pastPages(context.areas);
  for (const area of context.areas) for (const page of area.pages) registerPage(app, page, context, past);
  for (const page of context.areas.flatMap((area) => area.openPages ?? []))
    registerOpenPage(app, page, context);
  for (const page of context.areas.flatMap((area) => area.visitorPages ?? []))
    registerVisitorPage(app, page, context);
  for (const file of context.areas.flatMap((area) => area.open ?? [])) {
    const body = file.body(settings);
    app.get(file.path, { config: { rateLimit: false } }, async (_request, reply) =>
      reply.type(file.contentType).header('cache-control', 'no-cache').send(body),
    );
  }
  registerApi(app, context);
  await more(app);

  app.setNotFoundHandler(async (request, reply) =>
    answerProblem(
      request,
      reply,
      context,
      new Problem(404, 'not-found', 'This page cannot be found, or you cannot see it'),
    ),
  );
  app.setErrorHandler(async (error, request, reply) => answerProblem(request, reply, context, error));
  app.addHook('onResponse', async (request, reply) => {
    // Addresses hold record ids, so only the pattern of the route is logged.
    context.log.info({
      requestId: request.id,
      method: request.method,
      route: request.routeOptions.url ?? 'unknown',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    });
  });
  return app;
}

/** An error as the asker can use it: RFC 9457 for machines, a page for people. Internals go to the log alone. */
async function answerProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  context: WebContext,
  error: unknown,
) {
  const problem = asProblem(error);
  if (problem.status >= 500) {
    context.log.error(
      { err: error, requestId: request.id, route: request.routeOptions.url },
      problem.message,
    );
  }
  reply.code(problem.status).header('cache-control', 'no-store');
  const wantsJson = request.url.startsWith('/api/') || request.url.startsWith('/drafts/');
  if (wantsJson) {
    return reply.type('application/problem+json').send({
      type: `${context.settings.publicUrl}/problems/${problem.code}`,
      title: problem.message,
      status: problem.status,
      ...(problem.detail === undefined ? {} : { detail: problem.detail }),
      ...(Object.keys(problem.fields).length > 0 ? { fields: problem.fields } : {}),
      instance: `urn:uuid:${request.id}`,
    });
  }
  const identity = await askingOf(request, context).then(
    (asking) => asking.identity,
    () => undefined,
  );
  if (problem.status === 401 || (identity === undefined && problem.status === 404)) {
    const back = request.method === 'GET' ? request.url : (request.headers.referer ?? '/');
    const path = back.startsWith('/') ? back : new URL(back).pathname + new URL(back).search;
    return reply.redirect(`/sign-in?to=${encodeURIComponent(path)}`, 303);
  }
  return reply.type('text/html; charset=utf-8').send(
    renderPage(
      h(ProblemPage, {
        shell: shellFor(request, reply, context, identity),
        title: problem.message,
        detail: problem.detail,
        action: { href: '/', text: 'Go to the start page' },
      }),
    ),
  );
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const code =
    typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (code === 413) {
    return new Problem(413, 'too-large', 'What was sent is too large', {
      detail: 'A form can hold about 1 MB of text. Send it in smaller parts.',
    });
  }
  if (code >= 400 && code < 500) {
    return new Problem(code, 'bad-request', 'The request could not be understood', {
      detail: 'Go back and try again.',
    });
  }
  return new Problem(500, 'our-fault', 'Something went wrong on our side', {
    detail:
      'What you had written is kept. Try again in a minute; if it goes on, tell whoever looks after Kith.',
    cause: error,
  });
}
