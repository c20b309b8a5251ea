import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sign } from '@fastify/cookie';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { makeDesk } from '../src/platform/actions/desk.ts';
import { derived } from '../src/platform/database/connect.ts';
import { testDatabase } from '../src/platform/testing/database.ts';
import { makeWorker } from '../src/platform/testing/people.ts';
import { openPage, startBrowser } from '../src/platform/ui/testing/browser.ts';
import { sessionCookie } from '../src/platform/web/context.ts';
import { type Step, typing, type Writing, writers } from './killed-writing.ts';
import { freePort, gone, startServer } from './serving.ts';

// The server is killed at every step of saving an assessment; the database lives on, as it does when the program alone dies.
// What was typed comes back on the page, nothing that somebody was told is missing, nothing is half done, nothing is done twice.

const cluster = inject('cluster');
const database = await testDatabase();
const folder = await mkdtemp(join(tmpdir(), 'kith-killed-'));
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const worker = await makeWorker(database, { name: 'Ailsa Drummond' });
const token = sign(worker.token, derived(database.secret, 'cookies'));
const { begin, doNext, goOn, faults } = writers({
  url,
  cookie: `${sessionCookie}=${encodeURIComponent(token)}`,
  desk: makeDesk(database.pools, () => Temporal.Now.instant()),
  worker,
  superuser: database.superuser,
});
let server: ChildProcess | undefined;

const start = async () => {
  const { host, user, password } = cluster;
  const named = `${user}:${password}@localhost:${cluster.port}/${database.address.database}`;
  server = await startServer(port, folder, {
    DATABASE_URL: `postgres://${named}?host=${encodeURIComponent(host)}`,
    KITH_SECRET: database.secret,
  });
};
const kill = async () => {
  server?.kill('SIGKILL');
  if (server) await gone(server);
};

beforeAll(start);
afterAll(async () => {
  await kill();
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const nothingWrong = async (writings: readonly Writing[]) => {
  for (const of of writings) expect(await faults(of)).toEqual([]);
};

test('killed at each step of writing, saving and signing: what was typed comes back, and nothing is lost or done twice', async () => {
  const all: readonly Step[] = ['draft', 'save', 'draft', 'save', 'draft', 'sign'];
  const ofDraft = (id: string) => `name = '/assessments/${id}/write#form'`;
  // Where somebody else holds a row, a save stops; what was saved before stands there already.
  const stops: readonly (readonly [string, (id: string) => string])[] = [
    ['before anything is written', (id) => `record.assessment where id = '${id}'`],
    [
      'halfway through the answers',
      (id) => `record.assessment_answer where assessment_id = '${id}' and code = 'sense.together'`,
    ],
    ['before the numbers', (id) => `record.assessment_number where assessment_id = '${id}'`],
    ['when all but the draft is done', (id) => `platform.draft where ${ofDraft(id)}`],
  ];
  const inSave = await Promise.all(stops.map(() => begin(all)));
  const [signing, drafting, between, answered, signed] = [
    await begin(['draft', 'sign']),
    await begin(all),
    await begin(all),
    await begin(all),
    await begin(['sign']),
  ];
  const everybody = [...inSave, signing, drafting, between, answered, signed];
  const doSteps = async (of: Writing, many: number) => {
    for (let step = 0; step < many; step++) expect(await doNext(of)).toBe(true);
  };
  await Promise.all([
    ...inSave.map((of) => doSteps(of, 3)),
    ...[signing, drafting, between, answered, signed].map((of) => doSteps(of, 1)),
  ]);
  await nothingWrong(everybody);

  const browser = await startBrowser();
  const holder = new pg.Client({ ...cluster, database: database.address.database });
  await holder.connect();
  try {
    const { page } = await openPage(browser, `${url}/healthz`, { width: 320 });
    await page.context().addCookies([{ name: sessionCookie, value: token, url }]);
    await page.goto(`${url}/assessments/${drafting.id}/write`);
    const status = page.locator('[data-draft-status]').first();

    await holder.query('begin');
    const rows = [
      ...stops.map(([, where], at) => where(inSave[at]?.id ?? '')),
      `platform.draft where ${ofDraft(drafting.id)}`,
    ];
    for (const each of rows)
      expect((await holder.query(`select from ${each} for update`)).rowCount, each).toBeGreaterThan(0);
    // Signing stops between the signature and the chronology.
    await holder.query('lock table record.event in share mode');
    drafting.typed += 1;
    for (const [name, value] of Object.entries(typing(drafting.typed)))
      await page.locator(`[name="${name}"]`).fill(value);
    const cut = [...inSave, signing].map(doNext);
    await expect.poll(() => waiting(), { timeout: 15_000 }).toBe(cut.length + 1);
    await doSteps(answered, 1);
    await kill();
    expect(await Promise.all(cut)).toEqual(cut.map(() => false));
    await holder.query('rollback');
    await expect.poll(() => status.textContent(), { timeout: 10_000 }).toContain('Not saved: no connection');

    await start();
    await nothingWrong(everybody);
    // The page that stayed open tries again by itself, and what it then says is so.
    await expect.poll(() => status.textContent(), { timeout: 15_000 }).toMatch(/^Saved \d/);
    drafting.told = drafting.typed;
    await nothingWrong([drafting]);
    for (const of of everybody) await goOn(of);
    await nothingWrong(everybody);
  } finally {
    await holder.end();
    await browser.close();
  }
});

/** How many statements wait for a row that somebody else holds. */
async function waiting(): Promise<number> {
  const { rows } = await database.superuser.query<{ many: number }>(
    `select count(*)::int as many from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows[0]?.many ?? 0;
}

test('killed again and again while twelve people write: each finds what they typed, and goes on where they were', async () => {
  const steps: readonly Step[] = ['draft', 'draft', 'save', 'draft', 'save', 'draft', 'sign'];
  const people = await Promise.all(Array.from({ length: 12 }, () => begin(steps)));
  const left = () => people.reduce((sum, of) => sum + of.steps.length, 0);
  const cut: Step[] = [];
  for (const until of [60, 30]) {
    let killed = false;
    const write = async (of: Writing) => {
      while (!killed && of.steps.length > 0 && (await doNext(of)));
    };
    const writing = Promise.all(people.map(write));
    while (left() > until) await pause(1);
    killed = true;
    await Promise.all([kill(), writing]);
    cut.push(...people.flatMap((of) => of.cut?.step ?? []));
    await start();
    await nothingWrong(people);
    for (const of of people) if (of.cut) await goOn(of, 1);
    await nothingWrong(people);
  }
  expect(cut.length).toBeGreaterThan(3);
  for (const of of people) await goOn(of);
  await nothingWrong(people);
  expect(people.map((of) => [of.saves, of.signed])).toEqual(people.map(() => [3, true]));
});
