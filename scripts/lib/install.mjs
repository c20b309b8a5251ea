import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

const windows = process.platform === 'win32';
const binFolder = path.join(root, 'node_modules', '.bin');

/** The Node that Kith runs on: the one npm installed, or this one when it is new enough. `undefined` when there is neither. */
export function nodeProgram() {
  const installed = path.join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');
  if (existsSync(installed)) return installed;
  return Number(process.versions.node.split('.')[0]) >= 26 ? process.execPath : undefined;
}

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/**
 * Whether what is installed is what package-lock.json asks for. The lists are compared, not their times, which a copy or a
 * checkout changes. Packages for other kinds of machine are not expected; tools for development only when `dev` is true.
 */
function isInstalled({ dev }) {
  try {
    const wanted = readJson(path.join(root, 'package-lock.json')).packages;
    const found = readJson(path.join(root, 'node_modules', '.package-lock.json')).packages;
    return Object.entries(wanted).every(([name, about]) => {
      if (name === '') return true;
      const there = found[name];
      if (there === undefined)
        return Boolean(about.optional || about.peer || (about.devOptional && !dev) || (about.dev && !dev));
      return there.version === about.version && there.integrity === about.integrity;
    });
  } catch {
    return false;
  }
}

/** PATH without our own programs: npm must not run on a Node that it is about to replace. */
function outerPath() {
  const name = Object.keys(process.env).find((each) => each.toUpperCase() === 'PATH') ?? 'PATH';
  const folders = (process.env[name] ?? '').split(path.delimiter);
  const others = folders.filter(
    (folder) => folder !== '' && !path.resolve(folder).startsWith(path.join(root, 'node_modules')),
  );
  return { name, folders: others };
}

function npmCommand(folders) {
  const script = process.env.npm_execpath;
  if (script === undefined || path.basename(script) !== 'npm-cli.js')
    return { program: windows ? 'npm.cmd' : 'npm', words: [] };
  const outer = folders
    .map((folder) => path.join(folder, windows ? 'node.exe' : 'node'))
    .find((file) => existsSync(file));
  return { program: outer ?? process.execPath, words: [script] };
}

/**
 * Installs what is missing, in the versions of package-lock.json, with `npm install --no-save`: `npm ci` refuses a lock file
 * that does not name the optional packages of every other kind of machine, which not every registry has. What npm prints goes
 * to standard error, so that standard output stays the command's. Does nothing when all is there.
 *
 * @throws Error with one plain sentence
 */
export async function install({ dev }) {
  if (!isInstalled({ dev })) {
    console.error('Installing what Kith needs. The first time, this takes a minute or two …');
    const { name, folders } = outerPath();
    const { program, words } = npmCommand(folders);
    const environment = { ...process.env, [name]: folders.join(path.delimiter) };
    // Under `npm run -s` npm would be silent about a failure too.
    delete environment.npm_config_silent;
    const child = spawn(
      program,
      [...words, 'install', '--no-save', '--loglevel=error', ...(dev ? ['--include=dev'] : [])],
      {
        cwd: root,
        env: environment,
        stdio: ['ignore', 2, 2],
        shell: windows && words.length === 0,
      },
    );
    const code = await new Promise((resolve) => {
      child.once('error', () => resolve('npm was not found'));
      child.once('exit', (exit, signal) => resolve(exit ?? signal));
    });
    if (code === 'npm was not found')
      throw new Error(
        'npm was not found. Install it (it comes with Node), or run npm install in this folder, then try again.',
      );
    if (code !== 0)
      throw new Error(
        'npm could not install what Kith needs: see above. Check the network and the disk, then try again.',
      );
  }
  if (nodeProgram() === undefined)
    throw new Error(
      'Node 26 is missing: npm was told not to run install scripts. Run npm install --ignore-scripts=false in this folder, then try again.',
    );
}

/** The environment in which the programs of `node_modules/.bin`, and our Node, are found first. */
export function toolEnvironment() {
  const { name, folders } = outerPath();
  return { ...process.env, [name]: [binFolder, ...folders].join(path.delimiter) };
}
