import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { transaction } from '../database/transaction.ts';
import { renderPage } from '../ui/index.ts';
import {
  checkCsrf,
  cookieOptions,
  csrfToken,
  hashToken,
  newToken,
  shellFor,
  type WebContext,
} from './context.ts';
import { readingOpen } from './open-pages.ts';
import type { Fields, VisitorAnswer, VisitorPageDefinition, VisitorRequest } from './page.ts';
import { fieldsOf } from './pages.ts';

// Pages with forms for somebody who is not signed in. What they write hangs on a token that their browser alone holds, and that goes
// when the browser is closed; nothing about them is in an address, and no browser keeps a page of theirs.

const cookie = 'kith_visitor';
const bodyLimit = 100_000;

/** The cookie goes to these pages and to no others. */
const optionsFor = (page: VisitorPageDefinition, { settings }: WebContext) => ({
  ...cookieOptions(settings),
  path: `/${page.path.split('/')[1] ?? ''}`,
});

/** The token of this browser, if it has one of ours. */
function tokenIn(request: FastifyRequest): string | undefined {
  const carried = request.cookies[cookie];
  if (carried === undefined) return undefined;
  const opened = request.unsignCookie(carried);
  return opened.valid && opened.value !== null ? opened.value : undefined;
}

function answer(
  reply: FastifyReply,
  page: VisitorPageDefinition,
  context: WebContext,
  shown: VisitorAnswer,
): FastifyReply {
  reply.header('cache-control', 'no-store');
  if ('to' in shown) {
    if (shown.forget) reply.clearCookie(cookie, optionsFor(page, context));
    return reply.redirect(shown.to, 303);
  }
  return reply
    .code(shown.status ?? 200)
    .type('text/html; charset=utf-8')
    .send(renderPage(shown.page));
}

/** Whether a form came from our own page in this browser. It may have stood open for long, or the browser keeps no cookies. */
function isOurs(context: WebContext, token: string | undefined, csrf: string | undefined): boolean {
  if (token === undefined) return false;
  try {
    checkCsrf(context.settings, token, csrf);
    return true;
  } catch {
    return false;
  }
}

/** Registers a page whose forms anybody may send. Whoever is signed in is a stranger here like everybody else. */
export function registerVisitorPage(
  app: FastifyInstance,
  page: VisitorPageDefinition,
  context: WebContext,
): void {
  const read = readingOpen(context);
  const requestFrom = (request: FastifyRequest, reply: FastifyReply, fields?: Fields): VisitorRequest => {
    let token = tokenIn(request);
    if (token === undefined) {
      token = newToken();
      reply.setCookie(cookie, token, optionsFor(page, context));
    }
    return {
      shell: {
        ...shellFor(request, reply, context, undefined),
        csrf: csrfToken(context.settings, token),
        path: request.url.split('?')[0] ?? '/',
      },
      params: request.params as Record<string, string>,
      query: Object.fromEntries(
        Object.entries(request.query as Record<string, unknown>).map(([name, value]) => [
          name,
          Array.isArray(value) ? String(value.at(-1)) : String(value),
        ]),
      ),
      today: context.desk.today(),
      now: context.desk.now(),
      visitor: hashToken(token),
      stale: false,
      fields: fields ?? {},
      read,
      work: (work) => transaction(context.pools.app, [], work),
    };
  };
  app.get(page.path, async (request, reply) =>
    answer(reply, page, context, await page.show(requestFrom(request, reply))),
  );
  const { take } = page;
  if (take === undefined) return;
  app.post(page.path, { bodyLimit, config: { rateLimit: page.limit } }, async (request, reply) => {
    const { fields, ours } = fieldsOf(request.body);
    const given = requestFrom(request, reply, fields);
    // Nothing is done by a form that is not ours; what was typed into it comes back, to be sent again.
    const shown = isOurs(context, tokenIn(request), ours._csrf)
      ? await take(given)
      : await page.show({ ...given, stale: true });
    return answer(reply, page, context, shown);
  });
}
