import type { FastifyInstance } from 'fastify';
import { h } from 'preact';
import { rowsOn } from '../database/rows.ts';
import { Problem } from '../problem.ts';
import { ProblemPage, renderPage } from '../ui/index.ts';
import { askingOf, shellFor, type WebContext } from './context.ts';
import type { OpenPageDefinition, OpenPageRequest } from './page.ts';

/** Rows of what is open to anybody. */
export const readingOpen =
  ({ pools }: WebContext): OpenPageRequest['read'] =>
  async (row, statement) => {
    const client = await pools.open.connect();
    try {
      return await rowsOn(client).rows(row, statement);
    } finally {
      client.release();
    }
  };

/** Counting, by the application and as nobody: it reaches only tables that hold no person. */
const counting =
  ({ pools, log }: WebContext): OpenPageRequest['count'] =>
  (statement) => {
    pools.app
      .connect()
      .then((client) =>
        rowsOn(client)
          .run(statement)
          .finally(() => client.release()),
      )
      .catch((error: unknown) => log.error({ err: error }, 'an opened page could not be counted'));
  };

/** Registers a page that anybody may open. Whoever is signed in has their own ways to go on it. */
export function registerOpenPage(app: FastifyInstance, page: OpenPageDefinition, context: WebContext): void {
  const read = readingOpen(context);
  const count = counting(context);
  app.get(page.path, async (request, reply) => {
    const identity = await askingOf(request, context).then(
      (asking) => asking.identity,
      () => undefined,
    );
    const shell = shellFor(request, reply, context, identity);
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-store');
    try {
      const shown = await page.show({
        shell,
        identity,
        params: request.params as Record<string, string>,
        query: Object.fromEntries(
          Object.entries(request.query as Record<string, unknown>).map(([name, value]) => [
            name,
            Array.isArray(value) ? String(value.at(-1)) : String(value),
          ]),
        ),
        today: context.desk.today(),
        read,
        count,
      });
      return reply.send(renderPage(shown));
    } catch (error) {
      // Elsewhere whoever is not signed in is sent to sign in; here that would lead nowhere.
      if (!(error instanceof Problem) || error.status !== 404) throw error;
      return reply.code(404).send(
        renderPage(
          h(ProblemPage, {
            shell,
            title: 'This page cannot be found',
            detail: 'Check the address, or look for it in the list.',
            action: { href: page.path.split('/:')[0] ?? '/', text: 'Go to the list' },
          }),
        ),
      );
    }
  });
}
