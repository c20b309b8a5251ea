import Fastify, { type FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Pools } from '../database/connect.ts';

/**
 * Prometheus metrics on a port of their own, so that they are never served to the people who use the system. Routes are
 * named by their pattern; no address, no name and no record id is in a label.
 */
export async function serveMetrics(
  app: FastifyInstance,
  pools: Pools,
  host: string,
  port: number,
): Promise<FastifyInstance> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const seconds = new Histogram({
    name: 'kith_http_request_seconds',
    help: 'How long requests took',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  new Gauge({
    name: 'kith_database_connections',
    help: 'Connections to the database by role and state',
    labelNames: ['role', 'state'],
    registers: [registry],
    collect() {
      for (const role of ['app', 'figures', 'open', 'owner'] as const) {
        const pool = pools[role];
        this.set({ role, state: 'open' }, pool.totalCount);
        this.set({ role, state: 'idle' }, pool.idleCount);
        this.set({ role, state: 'waiting' }, pool.waitingCount);
      }
    },
  });
  app.addHook('onResponse', async (request, reply) => {
    seconds.observe(
      {
        method: request.method,
        route: request.routeOptions.url ?? 'unknown',
        status: String(reply.statusCode),
      },
      reply.elapsedTime / 1000,
    );
  });
  const metrics = Fastify({ logger: false });
  metrics.get('/metrics', async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
  await metrics.listen({ host, port });
  return metrics;
}
