import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { catalogue } from '../src/app.ts';
import { openPools } from '../src/platform/database/connect.ts';
import { migrate, prepareDatabase } from '../src/platform/database/migrate.ts';
import { type RunningDatabase, startDatabase } from '../src/platform/database/server.ts';
import { installCatalogue } from '../src/platform/install.ts';
import { Problem } from '../src/platform/problem.ts';
import { cpuUsed } from './cpu.ts';
import { importRate } from './import.ts';
import { load, type Measured } from './load.ts';
import { reportSeconds } from './report.ts';
import type { ServerTask } from './server.ts';
import { agreement, type Kind, kinds, layerShots, type Shots, shotsOf } from './shots.ts';
import { layerTable, median, ratioTable } from './tables.ts';
import { fillWorld, putBack, queueManagers, stockOf, teams, tokenOf, type WorldSize } from './world.ts';

const { values: options } = parseArgs({
  options: {
    people: { type: 'string', default: '100000' },
    requests: { type: 'string', default: '50000' },
    seconds: { type: 'string' },
    rounds: { type: 'string' },
    connections: { type: 'string', default: '1,8,32' },
    only: { type: 'string', default: [...kinds, 'layers', 'import', 'report'].join(',') },
    /** Keeps the database here and uses it again: filling it takes half a minute. */
    data: { type: 'string' },
    quick: { type: 'boolean', default: false },
  },
});

const whole = (name: 'people' | 'requests' | 'seconds' | 'rounds', fallback = 0): number => {
  const given = options[name];
  const number = given === undefined ? fallback : Number(given);
  if (!Number.isInteger(number) || number < 1) {
    console.error(`--${name} must be a whole number of 1 or more`);
    process.exit(2);
  }
  return number;
};

const seconds = whole('seconds', options.quick ? 1 : 5);
const rounds = whole('rounds', options.quick ? 2 : 3);
const people = whole('people');
const requests = whole('requests');
const families = Math.max(300, Math.floor(people * 0.3));
const size: WorldSize = {
  people,
  families,
  requests,
  practitioners: Math.ceil(families / 150),
  familiesEach: 150,
  waiting: Math.min(10_000, Math.floor(requests / 5)),
};
const wanted = new Set(options.only.split(','));
const connectionCounts = options.connections.split(',').map(Number);
const say = (line: string) => console.log(line);
const secret = 'bench';
const root = path.join(import.meta.dirname, '..');

const writes = (kind: Kind) => kind !== 'open' && kind !== 'queue';

interface Child {
  port: number;
  cpu(): { server: number; postgres: number };
  stop(): void;
}

/** Starts a server in a process of its own and waits until it listens. */
function startServer(task: ServerTask, postgres: number): Promise<Child> {
  const child = spawn(process.execPath, [...process.execArgv, path.join(import.meta.dirname, 'server.ts')], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, KITH_BENCH: JSON.stringify(task) },
  });
  return new Promise((resolve, reject) => {
    child.once('message', (message) => {
      resolve({
        port: (message as { port: number }).port,
        cpu: () => cpuUsed(child.pid ?? 0, postgres),
        stop: () => child.disconnect(),
      });
    });
    child.once('exit', (code) => reject(new Error(`the ${task.kind} server ended with ${code}`)));
  });
}

/** Runs A, B, B, A, … so that what changes on the machine meanwhile falls on both alike; the median of the rounds. */
async function measureBoth(
  kind: Kind,
  connections: number,
  servers: { kith: Child; bare: Child },
  shots: Shots,
  after: () => Promise<void>,
): Promise<Record<'kith' | 'bare', Measured>> {
  const all: Record<'kith' | 'bare', Measured[]> = { kith: [], bare: [] };
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? (['kith', 'bare'] as const) : (['bare', 'kith'] as const);
    for (const side of order) {
      const measured = await load(servers[side].port, {
        connections,
        seconds,
        next: shots[kind](),
        cpu: servers[side].cpu,
      });
      all[side].push(measured);
      if (measured.firstError !== undefined) say(`  ${side} ${kind}: ${measured.firstError}`);
      if (writes(kind)) await after();
    }
  }
  return { kith: median(all.kith), bare: median(all.bare) };
}

async function measureLayers(
  connections: number,
  servers: { kith: Child; layers: Child },
  shots: ReturnType<typeof layerShots>,
): Promise<Measured[]> {
  const all: Measured[][] = Array.from({ length: 7 }, () => []);
  for (let round = 0; round < rounds + 1; round++) {
    for (const [layer, list] of all.entries()) {
      const server = layer === 5 ? servers.kith : servers.layers;
      const measured = await load(server.port, {
        cpu: server.cpu,
        connections,
        seconds,
        next: shots(layer),
      });
      if (measured.firstError !== undefined) say(`  layer ${layer}: ${measured.firstError}`);
      // The first round warms up.
      if (round > 0) list.push(measured);
    }
  }
  return all.map(median);
}

async function prepare(database: RunningDatabase, fresh: boolean) {
  const administrator = { ...database.superuser };
  await prepareDatabase(administrator, 'kith', secret);
  const address = { host: database.host, port: database.port, database: 'kith' };
  await migrate(address, secret);
  const superuserConfig = { ...administrator, database: 'kith' };
  const superuser = new pg.Client(superuserConfig);
  // When measuring fails the database is stopped under it; the first error is the one to show.
  superuser.on('error', () => {});
  await superuser.connect();
  const today = Temporal.Now.zonedDateTimeISO('Europe/London').toPlainDate();
  const pools = openPools(address, secret, { app: 1, owner: 1, figures: 1 });
  await installCatalogue(pools.owner, catalogue, today);
  if (fresh) {
    say('Making the partnership …');
    await fillWorld(superuser, size, today, say);
  }
  return { address, superuser, superuserConfig, pools };
}

async function run(folder: string): Promise<Record<string, unknown>> {
  const fresh = !existsSync(path.join(folder, 'filled'));
  const database = await startDatabase({ dataDir: folder, password: 'bench', say });
  const children: Child[] = [];
  try {
    const { address, superuser, superuserConfig, pools } = await prepare(database, fresh);
    await writeFile(path.join(folder, 'filled'), JSON.stringify(size));
    const tokens = [
      ...Array.from({ length: size.practitioners }, (_, i) => tokenOf('worker', i + 1)),
      ...Array.from({ length: teams }, (_, i) => tokenOf('manager', i + 1)),
      ...Array.from({ length: queueManagers }, (_, i) => tokenOf('queue', i + 1)),
    ];
    const task = {
      address,
      secret,
      superuser: superuserConfig,
      tokens,
      logFile: path.join(folder, 'bench.log'),
    };
    const kith = await startServer({ ...task, kind: 'kith' }, database.pid);
    const bare = await startServer({ ...task, kind: 'bare' }, database.pid);
    children.push(kith, bare);
    const otherFunds = (
      await superuser.query<{ id: string }>('select id from direct_payments.other_fund')
    ).rows.map((row) => row.id);
    const shots = shotsOf(size, otherFunds);
    const after = () => putBack(superuser, size);
    await after();
    await agreement(kith.port, bare.port, shots);

    const chosen = kinds.filter((kind) => wanted.has(kind));
    const results: { kind: Kind; connections: number; kith: Measured; bare: Measured }[] = [];
    for (const kind of chosen) {
      for (const side of [kith, bare]) {
        await load(side.port, { connections: 16, seconds: options.quick ? 1 : 3, next: shots[kind]() });
        if (writes(kind)) await after();
      }
      for (const connections of connectionCounts) {
        const both = await measureBoth(kind, connections, { kith, bare }, shots, after);
        results.push({ kind, connections, ...both });
        say(
          ratioTable(
            [results.at(-1) ?? results[0]].flatMap((row) => row ?? []),
            results.length === 1,
          ),
        );
      }
    }

    let layers: { connections: number; measured: Measured[] }[] = [];
    if (wanted.has('layers')) {
      const served = await startServer({ ...task, kind: 'layers' }, database.pid);
      children.push(served);
      for (const connections of [1, 8]) {
        const measured = await measureLayers(connections, { kith, layers: served }, layerShots(size));
        layers = [...layers, { connections, measured }];
        say(
          `\nWhat each layer of opening a request costs, ${connections} at a time\n${layerTable(measured)}`,
        );
      }
    }
    const imported = wanted.has('import') ? await importRate(pools.owner, folder, say) : undefined;
    const reported = wanted.has('report')
      ? await reportSeconds(pools, Temporal.Now.plainDateISO('Europe/London'), say)
      : undefined;
    await pools.close();
    await superuser.end();
    return {
      at: Temporal.Now.instant().toString(),
      size,
      seconds,
      rounds,
      results,
      layers,
      imported,
      reported,
    };
  } finally {
    for (const child of children) child.stop();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await database.stop();
  }
}

const folder = options.data ?? (await mkdtemp(path.join(os.tmpdir(), 'kith-bench-')));
if (options.data !== undefined) await mkdir(folder, { recursive: true });
try {
  say(
    `Kith beside a bare server: ${people.toLocaleString('en-GB')} people, ${requests.toLocaleString('en-GB')} requests, ${stockOf(size)} to decide; ${rounds} rounds of ${seconds} s`,
  );
  const all = await run(folder);
  const results = path.join(root, 'bench', 'results');
  await mkdir(results, { recursive: true });
  const file = path.join(results, `${String(all.at).replaceAll(/[:.]/g, '-')}.json`);
  await writeFile(file, `${JSON.stringify(all, null, 2)}\n`);
  say(`\nWritten to ${path.relative(root, file)}`);
} catch (error) {
  console.error(error instanceof Problem ? `${error.message} ${error.detail ?? ''}` : error);
  process.exitCode = 1;
} finally {
  if (options.data === undefined) await rm(folder, { recursive: true, force: true });
}
process.exit();
