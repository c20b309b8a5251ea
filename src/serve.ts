import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { allAreas } from './app.ts';
import type { Installation } from './installation.ts';
import { registerOpenPages } from './partnership/start/area.tsx';
import { makeDesk } from './platform/actions/desk.ts';
import { sealAudit } from './platform/audit/seal.ts';
import { startJobs } from './platform/jobs/jobs.ts';
import { registerSignIn } from './platform/sign-in/register.ts';
import { signInOptionsFrom } from './platform/sign-in/settings.ts';
import { serveMetrics } from './platform/web/metrics.ts';
import { buildServer } from './platform/web/server.ts';

const sealEveryMs = 5_000;

/** Serves an open installation. `close` stops taking requests, lets those under way finish, and ends the jobs. */
export async function serve(
  installation: Installation,
  log: FastifyBaseLogger,
  say: (line: string) => void,
): Promise<{ close(): Promise<void> }> {
  const { settings, secret, pools } = installation;
  const now = () => Temporal.Now.instant();
  const areas = allAreas({ pools, council: settings.partnership, publicUrl: settings.publicUrl });
  const context = {
    settings: {
      secret,
      partnership: settings.partnership,
      publicUrl: settings.publicUrl,
      demonstration: settings.demonstration,
      trustProxy: settings.trustProxy,
    },
    areas,
    desk: makeDesk(pools, now),
    pools,
    log,
  };
  let metrics: FastifyInstance | undefined;
  const app = await buildServer(context, async (built) => {
    registerSignIn(built, context, signInOptionsFrom(process.env));
    registerOpenPages(built, context);
    if (settings.metricsPort !== undefined)
      metrics = await serveMetrics(built, pools, settings.host, settings.metricsPort);
  });
  await app.listen({ host: settings.host, port: settings.port });
  const jobs = await startJobs(
    installation,
    areas.flatMap((area) => area.jobs ?? []),
    log,
    now,
  );
  const sealing = setInterval(() => {
    sealAudit(pools.app).catch((error: unknown) =>
      log.error({ err: error }, 'the audit trail could not be sealed'),
    );
  }, sealEveryMs);
  await installation.database?.announce(settings.publicUrl);
  say(`Open ${settings.publicUrl}`);
  return {
    async close() {
      clearInterval(sealing);
      await app.close();
      await metrics?.close();
      await jobs.stop();
      await sealAudit(pools.app).catch(() => {});
    },
  };
}
