import { randomBytes } from 'node:crypto';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { makeDataFolder } from './platform/database/place.ts';
import { Problem } from './platform/problem.ts';

/** Everything that can be set from outside. docs/operations.md explains each. */
export interface Settings {
  dataDir: string;
  databaseUrl: string | undefined;
  databaseName: string;
  host: string;
  port: number;
  metricsPort: number | undefined;
  /** Where the open feed of the directory is served; it is not, unless this is set. */
  directoryPort: number | undefined;
  publicUrl: string;
  partnership: string;
  demonstration: boolean;
  trustProxy: boolean;
  logLevel: string;
  /** The secret that this installation had before, for what was sealed on devices with it. */
  formerSecret: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

const portOf = (name: string, written: string): number => {
  const port = Number(written);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Problem(400, 'bad-setting', `${name} is "${written}", which is not a port`, {
      detail: 'Give a number from 1 to 65535.',
    });
  }
  return port;
};

const yesOrNo = (name: string, written: string | undefined, otherwise: boolean): boolean => {
  if (written === undefined || written === '') return otherwise;
  if (['1', 'yes', 'true', 'on'].includes(written.toLowerCase())) return true;
  if (['0', 'no', 'false', 'off'].includes(written.toLowerCase())) return false;
  throw new Problem(400, 'bad-setting', `${name} is "${written}"`, { detail: 'Give 1 for yes or 0 for no.' });
};

/** Reads the settings; `dataDir` from the command line comes before KITH_DATA. Relative paths are from where the user stands. */
export function settingsFrom(environment: Environment, dataDir?: string): Settings {
  const standing = environment.KITH_CWD ?? process.cwd();
  const folder =
    dataDir !== undefined ? resolve(standing, dataDir) : resolve(environment.KITH_DATA ?? '.kith');
  const port = portOf('PORT', environment.PORT ?? '3000');
  const host = environment.HOST ?? '127.0.0.1';
  const databaseUrl = environment.DATABASE_URL === '' ? undefined : environment.DATABASE_URL;
  return {
    dataDir: folder,
    databaseUrl,
    databaseName: 'kith',
    host,
    port,
    metricsPort: environment.KITH_METRICS_PORT
      ? portOf('KITH_METRICS_PORT', environment.KITH_METRICS_PORT)
      : undefined,
    directoryPort: environment.KITH_DIRECTORY_PORT
      ? portOf('KITH_DIRECTORY_PORT', environment.KITH_DIRECTORY_PORT)
      : undefined,
    publicUrl: (
      environment.KITH_URL ?? `http://${host === '0.0.0.0' || host === '::' ? 'localhost' : host}:${port}`
    ).replace(/\/$/, ''),
    partnership: environment.KITH_PARTNERSHIP ?? 'Strathmorran children’s services partnership',
    demonstration: yesOrNo('KITH_DEMO', environment.KITH_DEMO, databaseUrl === undefined),
    trustProxy: yesOrNo('KITH_TRUST_PROXY', environment.KITH_TRUST_PROXY, false),
    logLevel: environment.KITH_LOG_LEVEL ?? 'info',
    formerSecret: environment.KITH_FORMER_SECRET || undefined,
  };
}

/**
 * The installation's one secret, from which role passwords and keys are derived: KITH_SECRET, or a file in the data folder
 * that is made the first time and that only its owner can read.
 */
export async function secretOf(environment: Environment, dataDir: string): Promise<string> {
  const given = environment.KITH_SECRET;
  if (given !== undefined && given !== '') {
    if (given.length < 32) {
      throw new Problem(400, 'weak-secret', 'KITH_SECRET is too short', {
        detail: 'Use at least 32 characters, for example from: openssl rand -base64 48',
      });
    }
    return given;
  }
  const file = resolve(dataDir, 'secret');
  try {
    await makeDataFolder(dataDir);
    await writeFile(file, `${randomBytes(48).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (error instanceof Problem) throw error;
    if (code !== 'EEXIST') {
      throw new Problem(500, 'folder', `The data folder ${dataDir} cannot be written to`, {
        detail: 'Give a folder that this user may write to, with KITH_DATA or --data.',
        cause: error,
      });
    }
  }
  const secret = (await readFile(file, 'utf8')).trim();
  if (secret.length < 32) {
    throw new Problem(500, 'no-secret', `The file ${file} does not hold the installation's secret`, {
      detail: 'Put it back from a backup, or set KITH_SECRET.',
    });
  }
  await chmod(file, 0o600).catch(() => {});
  return secret;
}
