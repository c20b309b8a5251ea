import type { FastifyBaseLogger } from 'fastify';
import PgBoss from 'pg-boss';
import sql from 'sql-template-tag';
import { markPastReasons } from '../access/past.ts';
import { type DatabaseAddress, derived, type Pools, roles } from '../database/connect.ts';
import { transaction } from '../database/transaction.ts';
import { makeAuditMonths } from '../install.ts';

/** Work that is done at set times, whoever is signed in. Declared by areas; run by one server at a time. */
export interface Job {
  name: string;
  /** Five fields, UTC. */
  cron: string;
  run(pools: Pools, today: Temporal.PlainDate): Promise<void>;
}

/** What the platform itself does at night. */
const ownJobs: readonly Job[] = [
  {
    name: 'audit-months',
    cron: '15 2 * * *',
    run: (pools, today) => transaction(pools.owner, [], (rows) => makeAuditMonths(rows, today)),
  },
  {
    name: 'old-submissions',
    cron: '30 2 * * *',
    // A form that is sent again after a month is a new one; the key has done its work.
    run: async (pools) => {
      await transaction(pools.owner, [], (rows) =>
        rows.run(sql`delete from platform.submission where at < now() - interval '30 days'`),
      );
    },
  },
  {
    name: 'past-reasons',
    cron: '45 2 * * *',
    run: async (pools) => {
      await transaction(pools.owner, [], markPastReasons);
    },
  },
];

/**
 * Starts the jobs of the platform and of the areas on pg-boss. A failed job is tried again three times, ever more slowly,
 * and is logged; nothing personal is in a job's data, for none has any.
 */
export async function startJobs(
  { address, secret, pools }: { address: DatabaseAddress; secret: string; pools: Pools },
  areaJobs: readonly Job[],
  log: FastifyBaseLogger,
  now: () => Temporal.Instant,
): Promise<{ stop(): Promise<void> }> {
  const boss = new PgBoss({
    host: address.host,
    port: address.port,
    database: address.database,
    ...(address.ssl ? { ssl: true } : {}),
    user: roles.owner,
    password: derived(secret, `database role ${roles.owner}`),
    application_name: 'kith jobs',
    max: 2,
    retryLimit: 3,
    retryBackoff: true,
  });
  boss.on('error', (error) => log.error({ err: error }, 'the job queue is in trouble'));
  await boss.start();
  for (const job of [...ownJobs, ...areaJobs]) {
    await boss.createQueue(job.name);
    await boss.work(job.name, async () => {
      const started = now();
      try {
        await job.run(pools, started.toZonedDateTimeISO('Europe/London').toPlainDate());
        log.info({ job: job.name, ms: now().since(started).total('milliseconds') }, 'job done');
      } catch (error) {
        log.error({ err: error, job: job.name }, 'a job failed');
        throw error;
      }
    });
    await boss.schedule(job.name, job.cron);
  }
  return { stop: () => boss.stop({ graceful: true, wait: true, timeout: 5_000 }) };
}
