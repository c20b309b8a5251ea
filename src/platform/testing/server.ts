import { sign } from '@fastify/cookie';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { makeDesk } from '../actions/desk.ts';
import type { Area } from '../area.ts';
import { derived } from '../database/connect.ts';
import { sessionCookie, type WebContext } from '../web/context.ts';
import { buildServer } from '../web/server.ts';
import type { TestDatabase } from './database.ts';

export interface TestServer {
  app: FastifyInstance;
  context: WebContext;
  /** Where it listens, on a free port of this machine. */
  url: string;
  /** The Cookie header of somebody who holds this session token (a worker's `token`). */
  cookie(token: string): string;
  close(): Promise<void>;
}

/** A real web server over a test database, with a clock of its own. */
export async function testServer(
  database: TestDatabase,
  areas: readonly Area[],
  {
    now = Temporal.Instant.from('2026-11-18T12:00:00Z'),
    demonstration = false,
    more,
  }: {
    /** What time it is: a moment, or a clock that a test moves. */
    now?: Temporal.Instant | (() => Temporal.Instant);
    demonstration?: boolean;
    more?: (app: FastifyInstance, context: WebContext) => Promise<void> | void;
  } = {},
): Promise<TestServer> {
  const context: WebContext = {
    settings: {
      secret: database.secret,
      partnership: 'Strathmorran',
      publicUrl: 'http://127.0.0.1',
      demonstration,
      trustProxy: false,
    },
    areas,
    desk: makeDesk(database.pools, typeof now === 'function' ? now : () => now),
    pools: database.pools,
    log: pino({ level: 'silent' }),
  };
  const app = await buildServer(context, (built) => more?.(built, context));
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    app,
    context,
    url,
    cookie: (token) =>
      `${sessionCookie}=${encodeURIComponent(sign(token, derived(database.secret, 'cookies')))}`,
    close: () => app.close(),
  };
}
