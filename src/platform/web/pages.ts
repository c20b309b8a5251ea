import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { h, isValidElement, type VNode } from 'preact';
import sql, { type Sql } from 'sql-template-tag';
import { enter, may } from '../access/identity.ts';
import { type AsAt, pastIsPast } from '../actions/as-at.ts';
import type { Asking } from '../actions/desk.ts';
import { auditStatement } from '../audit/record.ts';
import { rowsOn } from '../database/rows.ts';
import { transaction } from '../database/transaction.ts';
import { dayText } from '../days.ts';
import { notFound, Problem } from '../problem.ts';
import { ProblemPage, renderPage } from '../ui/index.ts';
import { addressToday, asAtOf, namesPast, noPast, type PastPages, shellAsAt, stayAsAt } from './as-at.ts';
import { askedOnce } from './asked-once.ts';
import {
  askingOf,
  checkCsrf,
  hashToken,
  leaveNotice,
  shellFor,
  tokenOf,
  type WebContext,
} from './context.ts';
import type { Download, Fields, FormState, PageAnswer, PageDefinition, PageRequest } from './page.ts';

/** Fields of a posted form, without the ones that are ours (`_csrf` and so on). */
export function fieldsOf(body: unknown): { fields: Fields; ours: Record<string, string | undefined> } {
  const fields: Record<string, string | string[]> = {};
  const ours: Record<string, string | undefined> = {};
  if (typeof body === 'object' && body !== null) {
    for (const [name, value] of Object.entries(body)) {
      const kept = Array.isArray(value) ? value.map(String) : String(value);
      if (name.startsWith('_')) ours[name] = String(Array.isArray(kept) ? kept[0] : kept);
      else fields[name] = kept;
    }
  }
  return { fields, ours };
}

/** The name under which what is typed into a page's form is kept. */
export const draftName = (path: string, form = 'form') => `${path}#${form}`.slice(0, 200);

async function draftOf(context: WebContext, asking: Asking, name: string): Promise<Fields | undefined> {
  return transaction(context.pools.app, [enter(asking.tokenHash, '')], async (rows) => {
    const [draft] = await rows.many<{ fields: Fields }>(
      sql`select fields from platform.draft where account_id = access.account_id() and name = ${name}`,
    );
    return draft?.fields;
  });
}

export async function saveDraft(
  context: WebContext,
  asking: Asking,
  name: string,
  fields: Fields,
): Promise<void> {
  await transaction(context.pools.app, [enter(asking.tokenHash, '')], (rows) =>
    rows.run(sql`
      insert into platform.draft (account_id, name, fields) values (access.account_id(), ${name}, ${JSON.stringify(fields)}::jsonb)
      on conflict (account_id, name) do update set fields = excluded.fields, saved_at = now()`),
  );
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const ids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/**
 * How an address, and what was typed there, reads now, where it leads nowhere because it names a record that was made one with
 * another which the asker sees; nothing otherwise.
 */
async function movedFrom(
  url: string,
  error: unknown,
  context: WebContext,
  asking: Asking,
): Promise<((text: string) => string) | undefined> {
  const named = [...new Set([...url.matchAll(ids)].map(([id]) => id.toLowerCase()))].slice(0, 10);
  if (!(error instanceof Problem && error.status === 404) || named.length === 0) return undefined;
  const now = new Map<string, string>();
  for (const { moved } of context.areas) {
    if (moved === undefined || !may(asking.identity, moved.who)) continue;
    for (const each of await context.desk.ask(moved, { ids: named }, asking)) now.set(each.was, each.now);
  }
  return now.size === 0 ? undefined : (text) => text.replaceAll(ids, (id) => now.get(id.toLowerCase()) ?? id);
}

const isDownload = (answer: PageAnswer): answer is Download => 'file' in answer;

async function answerWith(
  reply: FastifyReply,
  answer: PageAnswer,
  past?: { asAt: AsAt; pages: PastPages },
): Promise<FastifyReply> {
  if (isValidElement(answer)) {
    const html = renderPage(answer as VNode);
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(past ? stayAsAt(html, past.asAt, past.pages) : html);
  }
  if (isDownload(answer)) {
    return reply
      .type(answer.contentType)
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename="${answer.file.replaceAll(/[^\w.-]/g, '-')}"`)
      .send(answer.body);
  }
  return reply.redirect((answer as { to: string }).to, 303);
}

function pageRequest(
  page: PageDefinition,
  request: FastifyRequest,
  reply: FastifyReply,
  context: WebContext,
  asking: Asking,
  refused?: FormState,
): PageRequest {
  const path = request.url.split('?')[0] ?? '/';
  const { asAt } = asking;
  const shell = shellFor(request, reply, context, asking.identity);
  return {
    shell: asAt ? { ...shell, asAt: shellAsAt(asAt, request) } : shell,
    identity: asking.identity,
    params: request.params as Record<string, string>,
    query: Object.fromEntries(
      Object.entries(request.query as Record<string, unknown>).map(([name, value]) => [
        name,
        Array.isArray(value) ? String(value.at(-1)) : String(value),
      ]),
    ),
    today: asAt?.day ?? context.desk.today(),
    now: asAt?.moment ?? context.desk.now(),
    ...(asAt ? { asAt } : {}),
    ...(refused ? { refused } : {}),
    draft: (form) =>
      page.forms && !asAt ? draftOf(context, asking, draftName(path, form)) : Promise.resolve(undefined),
    async figures<T>(statement: Sql) {
      const client = await context.pools.figures.connect();
      try {
        return await rowsOn(client).many<T>(statement);
      } finally {
        client.release();
      }
    },
    ...askedOnce(context.desk, asking),
  };
}

async function noteDownload(context: WebContext, asking: Asking, path: string): Promise<void> {
  await transaction(
    context.pools.app,
    [enter(asking.tokenHash, asking.identity.print)],
    async () => undefined,
    () => [auditStatement({ kind: 'action', name: `download ${path}`, about: [] }, asking.origin)],
  );
}

/** What is answered where nothing stood yet on a past day, or nothing that the asker may see. */
const notYet = (
  request: FastifyRequest,
  reply: FastifyReply,
  context: WebContext,
  asking: Asking,
  asAt: AsAt,
): FastifyReply =>
  reply
    .code(404)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(
      renderPage(
        h(ProblemPage, {
          shell: shellFor(request, reply, context, asking.identity),
          title: `Nothing was written here yet on ${dayText(asAt.day)}`,
          detail: 'Or you cannot see it. Choose a later day, or see the page as it is today.',
          action: { href: addressToday(request), text: 'See it as it is today' },
        }),
      ),
    );

/** Registers a page: GET shows it, POST does one of its forms and shows it again, with what was typed, if refused. */
export function registerPage(
  app: FastifyInstance,
  page: PageDefinition,
  context: WebContext,
  pastPages: PastPages = noPast,
): void {
  const showsPast = pastPages.shown(page.path) === page;
  app.get(page.path, async (request, reply) => {
    const asked = await askingOf(request, context);
    if (!may(asked.identity, page.who)) throw notFound();
    const asAt = showsPast ? asAtOf(request, context.desk.today()) : undefined;
    const asking = asAt ? { ...asked, asAt } : asked;
    let answer: PageAnswer;
    try {
      answer = await page.show(pageRequest(page, request, reply, context, asking));
    } catch (error) {
      if (asAt && error instanceof Problem && error.status === 404) {
        return notYet(request, reply, context, asking, asAt);
      }
      const read = await movedFrom(request.url, error, context, asking);
      if (read === undefined) throw error;
      return reply.redirect(read(request.url), 303);
    }
    // A file leaves the house: that it was taken is written down, whatever is in it.
    if (isDownload(answer)) await noteDownload(context, asking, page.path);
    return answerWith(reply, answer, asAt && { asAt, pages: pastPages });
  });
  if (!page.forms) return;
  app.post(page.path, async (request, reply) => {
    if (showsPast && namesPast(request)) throw pastIsPast();
    const { fields, ours } = fieldsOf(request.body);
    const path = request.url.split('?')[0] ?? '/';
    const name = ours._form ?? 'form';
    const draft = ours._draft ?? draftName(path, name);
    const asking = await askingOf(request, context).catch(async (error: unknown) => {
      await keepAfterSession(request, context, draft, fields);
      throw error;
    });
    checkCsrf(context.settings, asking.identity.session, ours._csrf);
    /** Keeps what was typed when its page cannot come back. A failure here must not hide the first one. */
    const keep = (why: unknown) =>
      (why instanceof Problem && why.status === 401
        ? keepAfterSession(request, context, draft, fields)
        : saveDraft(context, asking, draft, fields)
      ).catch((failed: unknown) =>
        context.log.error({ err: failed, requestId: request.id }, 'a draft could not be kept'),
      );
    /** The same form on the page of the record into which this one went meanwhile, with what was typed. */
    const carryOver = async (why: unknown): Promise<FastifyReply | undefined> => {
      const read = await movedFrom(request.url, why, context, asking);
      if (read === undefined) return undefined;
      await saveDraft(context, asking, read(draft), JSON.parse(read(JSON.stringify(fields))) as Fields);
      leaveNotice(reply, context.settings, {
        kind: 'warning',
        text: 'This record was made one with another while you were writing. What you wrote is here, and is not sent yet',
      });
      return reply.redirect(read(request.url), 303);
    };
    const definition = page.forms?.[name];
    if (definition === undefined || !may(asking.identity, page.who)) throw notFound();
    const params = request.params as Record<string, string>;
    const given = definition.input ? definition.input(fields, params) : { ...fields, ...params };
    const input = {
      ...(given as object),
      ...(ours._version === undefined ? {} : { version: ours._version }),
    };
    try {
      const done = await context.desk.act(definition.action, input, asking, {
        // A key that is not one of ours cannot tell a second submission from a first: this one counts as new.
        key: ours._key !== undefined && uuid.test(ours._key) ? ours._key : randomUUID(),
        draft,
      });
      const { to, notice } = definition.done(done, params);
      if (notice) leaveNotice(reply, context.settings, { kind: 'success', text: notice });
      return reply.redirect(to, 303);
    } catch (error) {
      // Whatever went wrong, what was typed is kept: on the page that comes back, and as a draft if it cannot come back.
      const comesBack = error instanceof Problem && ![401, 404].includes(error.status) && error.status < 500;
      if (!comesBack) {
        const moved = await carryOver(error);
        if (moved !== undefined) return moved;
        await keep(error);
        throw error;
      }
      reply.code(error.status);
      const refused: FormState = { form: name, values: fields, problem: error };
      try {
        return await answerWith(
          reply,
          await page.show(pageRequest(page, request, reply, context, asking, refused)),
        );
      } catch (failed) {
        const moved = await carryOver(failed);
        if (moved !== undefined) return moved;
        await keep(failed);
        throw failed;
      }
    }
  });
}

/** A session that has ended still says whose draft this is: the words are kept for them, and nothing is read. */
async function keepAfterSession(
  request: FastifyRequest,
  context: WebContext,
  name: string,
  fields: Fields,
): Promise<void> {
  const carried = tokenOf(request);
  if (carried === undefined || carried.bearer) return;
  const client = await context.pools.app.connect();
  try {
    await rowsOn(client).many(
      sql`select platform.keep_after_session(${hashToken(carried.token)}, ${name}, ${JSON.stringify(fields)}::jsonb)`,
    );
  } finally {
    client.release();
  }
}
