import { pino } from 'pino';
import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../testing/database.ts';
import { startJobs } from './jobs.ts';

const database = await testDatabase();
afterAll(() => database.close());

test('a job is scheduled once however often the server starts, and runs when its time comes', async () => {
  let ran = 0;
  const jobs = [
    {
      name: 'count',
      cron: '* * * * *',
      run: async () => {
        ran += 1;
      },
    },
  ];
  const log = pino({ level: 'silent' });
  const now = () => Temporal.Instant.from('2026-11-18T12:00:00Z');
  const first = await startJobs(database, jobs, log, now);
  await first.stop();
  const second = await startJobs(database, jobs, log, now);
  const scheduled = await database.superuser.query("select name from pgboss.schedule where name = 'count'");
  expect(scheduled.rowCount).toBe(1);
  await database.superuser.query("insert into pgboss.job (name) values ('count')");
  await expect.poll(() => ran, { timeout: 20_000 }).toBe(1);
  await second.stop();
});
