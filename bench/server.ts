import { createHash } from 'node:crypto';
import Fastify, { type FastifyInstance } from 'fastify';
import type pg from 'pg';
import type { Sql } from 'sql-template-tag';
import { allAreas } from '../src/app.ts';
import { enter, type Identity } from '../src/platform/access/identity.ts';
import { makeDesk } from '../src/platform/actions/desk.ts';
import { auditTable } from '../src/platform/audit/months.ts';
import { readEvent, withEvent, withReasons } from '../src/platform/audit/record.ts';
import { type DatabaseAddress, openPools } from '../src/platform/database/connect.ts';
import { inOneFlight } from '../src/platform/database/transaction.ts';
import { openLog } from '../src/platform/web/log.ts';
import { buildServer } from '../src/platform/web/server.ts';
import { request as openRequest } from '../src/practice/direct-payments/queries.ts';
import { barePool, bareServer, openStatement, parsingPools, recordPool } from './bare.ts';

// A server in a process of its own, for the load to be sent to: Kith, bare, or the layers between the two.

export interface ServerTask {
  kind: 'kith' | 'bare' | 'layers';
  address: DatabaseAddress;
  secret: string;
  superuser: { host: string; port: number; user: string; password: string; database: string };
  tokens: string[];
  logFile: string;
}

const task = JSON.parse(process.env.KITH_BENCH ?? '{}') as ServerTask;
// The limit on requests from one address would stop a load from one address; it still counts every request.
process.env.KITH_RATE_LIMIT = '1000000000';

const pools = openPools(task.address, task.secret);
const desk = makeDesk(pools, () => Temporal.Now.instant());
const hashOf = (token: string) => createHash('sha256').update(token).digest();

async function kith(): Promise<FastifyInstance> {
  const log = openLog('info', task.logFile);
  return buildServer({
    settings: {
      secret: task.secret,
      partnership: 'Strathmorran',
      publicUrl: 'http://127.0.0.1',
      demonstration: false,
      trustProxy: false,
    },
    areas: allAreas({ pools, council: 'Bench' }),
    desk,
    pools,
    log,
  });
}

async function identities(): Promise<Map<string, Identity>> {
  const found = new Map<string, Identity>();
  for (const token of task.tokens) found.set(token, await desk.identify(hashOf(token)));
  return found;
}

const into = auditTable(pools.app);
const origin = { address: '127.0.0.1', requestId: '00000000-0000-4000-8000-000000000000' };

/**
 * The same opening of a request with one layer after the other put on, at /1 to /4; /0 is the bare statement. /6 is layer 3
 * answered before the audit event has reached the disk, which is not how Kith works.
 */
async function layers(): Promise<FastifyInstance> {
  const known = await identities();
  const superusers = barePool(task.superuser);
  const app = Fastify({ logger: false });
  const asks = (token: string, waits: boolean) => enter(hashOf(token), known.get(token)?.print ?? '', waits);
  const entering = async (pool: pg.Pool, token: string, statement: Sql, waits = true) =>
    (await inOneFlight(pool, [asks(token, waits)], statement)).rows;
  const reading = async (id: string, token: string, identity: Identity) => {
    const statement = openRequest.sql({ id }, { identity, today: desk.today() });
    const { rows } = await inOneFlight(pools.app, [asks(token, true)], withReasons(statement));
    return { rows, written: pools.disk.written(readEvent(openRequest.name, rows, identity, origin)) };
  };
  const answers: Record<string, (id: string, token: string, identity: Identity) => Promise<unknown[]>> = {
    '0': async (id, _token, { account, posts }) =>
      (await superusers.query(openStatement('open', { account, places: posts.map((post) => post.team), id })))
        .rows,
    '1': (id, token, identity) =>
      entering(superusers, token, openRequest.sql({ id }, { identity, today: desk.today() })),
    '2': (id, token, identity) =>
      entering(pools.app, token, openRequest.sql({ id }, { identity, today: desk.today() })),
    '3': (id, token, identity) =>
      pools.disk.read(async (alone) => {
        if (alone()) {
          const statement = openRequest.sql({ id }, { identity, today: desk.today() });
          return entering(
            pools.app,
            token,
            withEvent(statement, openRequest.name, origin, undefined, into()),
          );
        }
        const { rows, written } = await reading(id, token, identity);
        await written;
        return rows;
      }),
    '4': (id, token, identity) =>
      desk.ask(openRequest, { id }, { tokenHash: hashOf(token), identity, origin }),
    '6': async (id, token, identity) => (await reading(id, token, identity)).rows,
  };
  const answered = (value: unknown) =>
    JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? Number(each) : each));
  for (const [layer, answer] of Object.entries(answers)) {
    app.get(`/${layer}`, async (incoming, reply) => {
      const token = incoming.headers.authorization?.slice(7) ?? '';
      const identity = known.get(token);
      if (identity === undefined) throw new Error('nobody asks');
      const rows = await answer((incoming.query as { id: string }).id, token, identity);
      if (rows.length !== 1) throw new Error('not found');
      return reply.type('application/json').send(answered({ rows }));
    });
  }
  return app;
}

const app =
  task.kind === 'kith'
    ? await kith()
    : task.kind === 'bare'
      ? bareServer(
          barePool(task.superuser),
          recordPool(task.superuser),
          parsingPools(task.superuser),
          await identities(),
        )
      : await layers();
const url = await app.listen({ host: '127.0.0.1', port: 0 });
process.send?.({ port: Number(new URL(url).port) });
process.on('disconnect', () => process.exit());
