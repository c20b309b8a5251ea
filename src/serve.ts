import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { allAreas } from './app.ts';
import type { Installation } from './installation.ts';
import { demonstrationPersonas, loadDemonstration } from './partnership/demonstration/load.ts';
import { serveFeed } from './partnership/directory/feed/feed.ts';
import { registerOpenPages } from './partnership/start/area.tsx';
import { makeDesk } from './platform/actions/desk.ts';
import { sealAudit } from './platform/audit/seal.ts';
import { startJobs } from './platform/jobs/jobs.ts';
import { mailSettingsFrom } from './platform/notices/settings.ts';
import { registerSignIn } from './platform/sign-in/register.ts';
import { signInOptionsFrom } from './platform/sign-in/settings.ts';
import { serveMetrics } from './platform/web/metrics.ts';
import { buildServer } from './platform/web/server.ts';
import { registerCalendar } from './record/meetings/area.ts';

const sealEveryMs = 5_000;

const nobodyYet = async ({ pools }: Installation): Promise<boolean> =>
  (await pools.owner.query('select from access.account limit 1')).rowCount === 0;

/**
 * Loads the demonstration the first time, and says whether this installation is one. A system that real people work in never
 * becomes a demonstration, whatever the setting: one-press sign-in must not open it.
 */
async function demonstrationIn(installation: Installation, say: (line: string) => void): Promise<boolean> {
  const { pools } = installation;
  const found = await pools.owner.query(`select from platform.fact where name = 'demonstration'`);
  if ((found.rowCount ?? 0) > 0) return true;
  if (!(await nobodyYet(installation))) return false;
  const today = Temporal.Now.zonedDateTimeISO('Europe/London').toPlainDate();
  await loadDemonstration(pools, today, say);
  return true;
}

/** Serves an open installation. `close` stops taking requests, lets those under way finish, and ends the jobs. */
export async function serve(
  installation: Installation,
  log: FastifyBaseLogger,
  say: (line: string) => void,
): Promise<{ close(): Promise<void> }> {
  const { settings, secret, pools } = installation;
  // What is set wrongly stops the start, and not the first e-mail.
  mailSettingsFrom(process.env);
  const demonstration = settings.demonstration && (await demonstrationIn(installation, say));
  const now = () => Temporal.Now.instant();
  const areas = allAreas({
    pools,
    council: settings.partnership,
    publicUrl: settings.publicUrl,
    secrets: [secret, ...(settings.formerSecret === undefined ? [] : [settings.formerSecret])],
  });
  const context = {
    settings: {
      secret,
      partnership: settings.partnership,
      publicUrl: settings.publicUrl,
      demonstration,
      trustProxy: settings.trustProxy,
    },
    areas,
    desk: makeDesk(pools, now),
    pools,
    log,
  };
  let metrics: FastifyInstance | undefined;
  const app = await buildServer(context, async (built) => {
    registerSignIn(built, context, {
      ...signInOptionsFrom(process.env),
      ...(demonstration ? { personas: demonstrationPersonas } : {}),
    });
    registerOpenPages(built, context);
    registerCalendar(built, context);
    if (settings.metricsPort !== undefined)
      metrics = await serveMetrics(built, pools, settings.host, settings.metricsPort);
  });
  await app.listen({ host: settings.host, port: settings.port });
  const feed =
    settings.directoryPort === undefined
      ? undefined
      : await serveFeed(
          {
            open: pools.open,
            publicUrl: settings.publicUrl,
            partnership: settings.partnership,
            trustProxy: settings.trustProxy,
            log,
          },
          { host: settings.host, port: settings.directoryPort },
        );
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
  say(`\nOpen ${settings.publicUrl}`);
  if (demonstration) {
    say('\nThis is the demonstration: nobody in it is real. Sign in with one press as');
    for (const persona of demonstrationPersonas) say(`  ${persona.name.padEnd(20)} ${persona.post}`);
    say('\nFor an empty system: KITH_DEMO=0 npm start');
  } else if (await nobodyYet(installation)) {
    say('\nNobody can sign in yet. Make the first administrator, in another window:');
    say('  npm run -s kith -- user add "Your Name" --email you@example.org');
  }
  say('\nStop with Ctrl-C.');
  return {
    async close() {
      clearInterval(sealing);
      await app.close();
      await metrics?.close();
      await feed?.close();
      await jobs.stop();
      await sealAudit(pools.app).catch(() => {});
    },
  };
}
