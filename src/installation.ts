import { catalogue } from './app.ts';
import { type DatabaseAddress, derived, openPools, type Pools } from './platform/database/connect.ts';
import { type Administrator, migrate, prepareDatabase } from './platform/database/migrate.ts';
import { type RunningDatabase, runningInstance, startDatabase } from './platform/database/server.ts';
import { installCatalogue } from './platform/install.ts';
import { Problem } from './platform/problem.ts';
import { type Settings, secretOf } from './settings.ts';

/** An installation that is open for work: a database that is up to date, and the pools to reach it. */
export interface Installation {
  settings: Settings;
  secret: string;
  address: DatabaseAddress;
  administrator: Administrator;
  pools: Pools;
  /** Set when this process started the database itself. */
  database: RunningDatabase | undefined;
  close(): Promise<void>;
}

/** The administrator that DATABASE_URL names, and the database in it. */
function fromUrl(url: string): { administrator: Administrator; name: string } {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw new Problem(400, 'bad-setting', 'DATABASE_URL cannot be read', {
      detail: 'Write it like postgres://user:password@host:5432/kith',
    });
  }
  const name = decodeURIComponent(parsed.pathname.slice(1)) || 'kith';
  const ssl = ['require', 'verify-ca', 'verify-full'].includes(parsed.searchParams.get('sslmode') ?? '');
  return {
    name,
    administrator: {
      host: parsed.searchParams.get('host') ?? decodeURIComponent(parsed.hostname),
      port: Number(parsed.port || 5432),
      user: decodeURIComponent(parsed.username),
      password: decodeURIComponent(parsed.password),
      database: name,
      ...(ssl ? { ssl: true } : {}),
    },
  };
}

/**
 * Opens an installation: finds the database (DATABASE_URL, the one a running server has started, or one it starts itself),
 * brings it up to date, and connects. `alone` is for the server, which must be the one that starts the database.
 */
export async function openInstallation(
  settings: Settings,
  { alone, say, upToDate = true }: { alone: boolean; say: (line: string) => void; upToDate?: boolean },
): Promise<Installation> {
  const secret = await secretOf(process.env, settings.dataDir);
  let database: RunningDatabase | undefined;
  let administrator: Administrator;
  let name = settings.databaseName;
  if (settings.databaseUrl !== undefined) {
    ({ administrator, name } = fromUrl(settings.databaseUrl));
  } else {
    const password = derived(secret, 'database administrator');
    const running = alone ? undefined : await runningInstance(settings.dataDir);
    if (running) {
      administrator = {
        host: running.host,
        port: running.port,
        user: 'postgres',
        password,
        database: 'postgres',
      };
    } else {
      say('Starting the database …');
      database = await startDatabase({ dataDir: settings.dataDir, password, say });
      administrator = { ...database.superuser };
    }
  }
  try {
    const address: DatabaseAddress = {
      host: administrator.host,
      port: administrator.port,
      database: name,
      ...(administrator.ssl ? { ssl: true } : {}),
    };
    if (upToDate) {
      await prepareDatabase(administrator, name, secret);
      const ran = await migrate(address, secret);
      if (ran.length > 0)
        say(`Brought the database up to date (${ran.length} ${ran.length === 1 ? 'step' : 'steps'})`);
    }
    const pools = openPools(address, secret);
    const today = Temporal.Now.zonedDateTimeISO('Europe/London').toPlainDate();
    if (upToDate) await installCatalogue(pools.owner, catalogue, today);
    return {
      settings,
      secret,
      address,
      administrator,
      pools,
      database,
      async close() {
        await pools.close();
        await database?.stop();
      },
    };
  } catch (error) {
    await database?.stop();
    throw unreachable(error, settings);
  }
}

function unreachable(error: unknown, settings: Settings): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (
    settings.databaseUrl !== undefined &&
    ['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EAI_AGAIN', '28P01', '28000', '3D000'].includes(code)
  ) {
    return new Problem(503, 'no-database', 'The database named by DATABASE_URL cannot be reached', {
      detail: code.startsWith('28')
        ? 'Check the user and the password.'
        : 'Check that it runs, and the host, port and name.',
      cause: error,
    });
  }
  return error;
}
