import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { catalogue } from '../src/app.ts';
import { openPools } from '../src/platform/database/connect.ts';
import { migrate, prepareDatabase } from '../src/platform/database/migrate.ts';
import { type RunningDatabase, startDatabase } from '../src/platform/database/server.ts';
import { installCatalogue } from '../src/platform/install.ts';
import { Problem } from '../src/platform/problem.ts';
import { copyFunctions } from './bare-record.ts';
import { cpuUsed } from './cpu.ts';
import { measureMatching } from './duplicates.ts';
import { happenedAgreement, happenedShots, toAsk } from './happened-shots.ts';
import type { WorldSize } from './ids.ts';
import { importRate } from './import.ts';
import { load, type Measured } from './load.ts';
import { type AnyKind, readOptions } from './options.ts';
import { namesToFind, pageKinds, recordAgreement, recordShots } from './record-shots.ts';
import { reportSeconds, returnSeconds } from './report.ts';
import type { ServerTask } from './server.ts';
import { agreement, layerShots, type Supply, shotsOf } from './shots.ts';
import { helpToAsk, supportAgreement, supportShots } from './support-shots.ts';
import { comparedTable, layerTable, median, type Row, ratioTable } from './tables.ts';
import { askersOf, fillWorld, putBack, stockOf, tokenOf } from './world.ts';

const options = readOptions();
const { seconds, rounds, wanted } = options;
const say = (line: string) => console.log(line);
const secret = 'bench';
const root = path.join(import.meta.dirname, '..');

const writing: readonly AnyKind[] = ['ask', 'ask-reads', 'decide', 'draft', 'sign', 'time'];
const writes = (kind: AnyKind) => writing.includes(kind);
/** Seconds. */
const warmUp = 3;
/** Pages that the bare server does not have: they are measured alone. */
const isPage = (kind: AnyKind) => pageKinds.some((each) => each === kind);

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

/** Both servers do the work for a while unmeasured: a server that has been up for seconds runs code that is not compiled yet. */
async function warm(
  kind: AnyKind,
  connections: number,
  servers: { kith: Child; bare: Child },
  supply: Supply,
  after: () => Promise<void>,
): Promise<void> {
  for (const side of isPage(kind) ? (['kith'] as const) : (['kith', 'bare'] as const)) {
    await load(servers[side].port, { connections, seconds: Math.min(seconds, warmUp), next: supply() });
    if (writes(kind)) await after();
  }
}

/** Runs A, B, B, A, … so that what changes on the machine meanwhile falls on both alike; the median of the rounds. */
async function measureBoth(
  kind: AnyKind,
  connections: number,
  servers: { kith: Child; bare: Child },
  supply: Supply,
  after: () => Promise<void>,
): Promise<{ kith: Measured; bare?: Measured }> {
  const all: Record<'kith' | 'bare', Measured[]> = { kith: [], bare: [] };
  await warm(kind, connections, servers, supply, after);
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? (['kith', 'bare'] as const) : (['bare', 'kith'] as const);
    for (const side of order.filter((each) => each === 'kith' || !isPage(kind))) {
      const measured = await load(servers[side].port, {
        connections,
        seconds,
        next: supply(),
        cpu: servers[side].cpu,
      });
      all[side].push(measured);
      if (measured.firstError !== undefined) say(`  ${side} ${kind}: ${measured.firstError}`);
      if (writes(kind)) await after();
    }
  }
  return { kith: median(all.kith), ...(all.bare.length > 0 ? { bare: median(all.bare) } : {}) };
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

async function prepare(database: RunningDatabase, fresh: boolean, size: WorldSize) {
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
  await copyFunctions(superuser);
  return { address, superuser, superuserConfig, pools };
}

/** Fails when the folder holds another partnership than the one asked for. */
async function checkSame(folder: string, size: WorldSize): Promise<void> {
  const held = JSON.parse(await readFile(path.join(folder, 'filled'), 'utf8')) as WorldSize;
  const same =
    held.people === size.people &&
    held.requests === size.requests &&
    (held.record || !size.record) &&
    (size.notes === 0 || (held.notes === size.notes && held.events === size.events)) &&
    (size.supports === 0 || (held.supports === size.supports && held.sessions === size.sessions));
  if (!same)
    throw new Problem(400, 'other-size', `${folder} holds another partnership: ${JSON.stringify(held)}.`, {
      detail: 'Name another folder with --data, or delete that one.',
    });
}

/** Measures these kinds of work on a partnership of this size, and says so as it goes. */
async function run(
  folder: string,
  size: WorldSize,
  chosen: readonly AnyKind[],
): Promise<Record<string, unknown> & { results: Row[] }> {
  const fresh = !existsSync(path.join(folder, 'filled'));
  if (!fresh) await checkSame(folder, size);
  const database = await startDatabase({ dataDir: folder, password: 'bench', say });
  const children: Child[] = [];
  try {
    const { address, superuser, superuserConfig, pools } = await prepare(database, fresh, size);
    if (fresh) await writeFile(path.join(folder, 'filled'), JSON.stringify(size));
    const held = await superuser.query<{ size: string }>(
      `select pg_size_pretty(pg_database_size('kith')) as size`,
    );
    say(`  on the disk: ${held.rows[0]?.size}`);
    const tokens = askersOf(size).map(([who, n]) => tokenOf(who, n));
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
    const asking = shotsOf(size, otherFunds);
    const reading = recordShots(size, await namesToFind(superuser, size));
    const after = () => putBack(superuser, size);
    await after();
    const happening = happenedShots(
      size,
      size.notes > 0 ? await toAsk(superuser, size, kith.port) : { notes: [], csrf: [] },
    );
    const helping = supportShots(
      size,
      size.supports > 0 ? await helpToAsk(superuser, size) : { helps: [], programmes: [] },
    );
    const shots = { ...asking, ...reading, ...happening, ...helping };
    await agreement(kith.port, bare.port, asking);
    if (size.record) await recordAgreement(kith.port, bare.port, reading);
    if (size.notes > 0) await happenedAgreement(kith.port, bare.port, happening);
    if (size.supports > 0) await supportAgreement(kith.port, bare.port, helping);

    const results: Row[] = [];
    for (const kind of chosen) {
      for (const side of isPage(kind) ? [kith] : [kith, bare]) {
        await load(side.port, { connections: 16, seconds: options.quick ? 1 : 3, next: shots[kind]() });
        if (writes(kind)) await after();
      }
      for (const connections of options.connections) {
        const row = {
          kind,
          connections,
          ...(await measureBoth(kind, connections, { kith, bare }, shots[kind], after)),
        };
        say(ratioTable([row], results.length === 0));
        results.push(row);
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
    const returned = wanted.has('framework')
      ? await returnSeconds(pools, Temporal.Now.plainDateISO('Europe/London'), say)
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
      returned,
    };
  } finally {
    for (const child of children) child.stop();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await database.stop();
  }
}

/** The person page again on a smaller record: what its size costs. */
async function compare(folder: string, large: readonly Row[]): Promise<Row[]> {
  if (options.compared === undefined) return [];
  say(`\nThe same on ${options.compared.people.toLocaleString('en-GB')} people`);
  const chosen = options.chosen.filter((kind) => kind === 'person' || kind === 'person-page');
  const { results } = await run(`${folder}-${options.compared.people}`, options.compared, chosen);
  say(`\n${comparedTable(large, results, options.size.people, options.compared.people)}`);
  return results;
}

const folder = options.data ?? (await mkdtemp(path.join(os.tmpdir(), 'kith-bench-')));
if (options.data !== undefined) await mkdir(folder, { recursive: true });
if (options.compared !== undefined) await mkdir(`${folder}-${options.compared.people}`, { recursive: true });
/** What is asked for beside the duplicates, which need none of the partnership. */
async function partnership(): Promise<Record<string, unknown>> {
  if (wanted.size === 1 && wanted.has('duplicates')) return { at: Temporal.Now.instant().toString() };
  const { people, requests } = options.size;
  say(
    `Kith beside a bare server: ${people.toLocaleString('en-GB')} people, ${requests.toLocaleString('en-GB')} requests, ${stockOf(options.size)} to decide; ${rounds} rounds of ${seconds} s`,
  );
  const all = await run(folder, options.size, options.chosen);
  return { ...all, compared: await compare(folder, all.results) };
}

try {
  const matched = wanted.has('duplicates')
    ? await measureMatching(folder, options.quick ? 4000 : 20_000, say)
    : undefined;
  const all = await partnership();
  const results = path.join(root, 'bench', 'results');
  await mkdir(results, { recursive: true });
  const file = path.join(results, `${String(all.at).replaceAll(/[:.]/g, '-')}.json`);
  await writeFile(file, `${JSON.stringify({ ...all, matched }, null, 2)}\n`);
  say(`\nWritten to ${path.relative(root, file)}`);
} catch (error) {
  console.error(error instanceof Problem ? `${error.message} ${error.detail ?? ''}` : error);
  process.exitCode = 1;
} finally {
  if (options.data === undefined) {
    await rm(folder, { recursive: true, force: true });
    if (options.compared !== undefined)
      await rm(`${folder}-${options.compared.people}`, { recursive: true, force: true });
  }
}
process.exit();
