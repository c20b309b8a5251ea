import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';

const run = promisify(execFile);

// The package unpacks itself into one shared place without a lock, and leaves out its libraries anywhere but in a cloud
// function. Two test workers would trip over each other, and a bare machine has no libraries of its own.
const packageRoot = join(createRequire(import.meta.url).resolve('@sparticuz/chromium'), '../../..');

const decompress = (name: string, to: string): Promise<void> =>
  pipeline(
    createReadStream(join(packageRoot, 'bin', `${name}.br`)),
    createBrotliDecompress(),
    createWriteStream(to),
  );

const untar = async (name: string, folder: string): Promise<void> => {
  const archive = join(folder, `${name}.tar`);
  await decompress(`${name}.tar`, archive);
  await run('tar', ['-xf', archive, '-C', folder]);
  await rm(archive);
};

const unpackInto = async (folder: string, finalFolder: string): Promise<void> => {
  const executable = join(folder, 'chromium');
  await Promise.all([decompress('chromium', executable), untar('al2023', folder), untar('fonts', folder)]);
  await chmod(executable, 0o755);
  const fontSettings = join(folder, 'fonts.conf');
  const settings = await readFile(fontSettings, 'utf8');
  await writeFile(fontSettings, settings.replace('/tmp/fonts<', `${join(finalFolder, 'fonts')}<`));
};

/** Unpacks into a folder of its own first and moves that into place whole, so that a half-unpacked browser is never run. */
const unpacked = async (): Promise<string> => {
  const { version } = JSON.parse(await readFile(join(packageRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  const folder = join(tmpdir(), `kith-chromium-${version}-${userInfo().uid}`);
  if (existsSync(folder)) return folder;
  const fresh = await mkdtemp(`${folder}-`);
  await unpackInto(fresh, folder);
  await rename(fresh, folder).catch(async (error: unknown) => {
    await rm(fresh, { recursive: true, force: true });
    // Another worker was quicker: what it unpacked is the same.
    if (!existsSync(folder)) throw error;
  });
  return folder;
};

/** How to start the browser: its path, and what must stand in its environment. */
export type Chromium = { executablePath: string; env: Record<string, string> };

/** Whether the unpacked browser starts with the libraries that this machine has. */
const startsByItself = (executablePath: string): Promise<boolean> =>
  run(executablePath, ['--version']).then(
    () => true,
    () => false,
  );

let found: Promise<{ folder: string; executablePath: string; alone: boolean }> | undefined;

/** Looks once for each worker: to say its version the browser is loaded whole. */
const findOnce = async () => {
  const folder = await unpacked();
  const executablePath = join(folder, 'chromium');
  return { folder, executablePath, alone: await startsByItself(executablePath) };
};

/**
 * The Chromium that comes from npm, ready to start on a Linux machine with nothing but Node. The libraries and fonts that
 * come with it are used only where the machine has none of its own.
 */
export const findChromium = async (): Promise<Chromium> => {
  found ??= findOnce();
  const { folder, executablePath, alone } = await found;
  const own = Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const fonts = existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: folder };
  const libraries = alone ? {} : { LD_LIBRARY_PATH: join(folder, 'lib') };
  return { executablePath, env: { ...own, ...fonts, ...libraries } };
};
