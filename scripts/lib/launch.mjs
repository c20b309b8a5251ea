import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { install, nodeProgram, root } from './install.mjs';

const require = createRequire(import.meta.url);
const loader = () => pathToFileURL(require.resolve('tsx')).href;

/**
 * Runs Kith (`src/main.ts`) with these arguments on its own Node, and ends with its exit code. What the person typed as a
 * relative path means the folder they typed it in, which under npm is not the working folder: it is passed as KITH_CWD.
 */
export async function launch(words) {
  try {
    await install({ dev: false });
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
    return;
  }
  const own = new URL('stop-with-parent.mjs', import.meta.url).href;
  const child = spawn(
    nodeProgram(),
    ['--import', own, '--import', loader(), path.join(root, 'src', 'main.ts'), ...words],
    {
      stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
      env: {
        ...process.env,
        KITH_CWD: process.env.KITH_CWD ?? process.env.INIT_CWD ?? process.cwd(),
        KITH_PARENT_PIPE: '3',
        TSX_TSCONFIG_PATH: path.join(root, 'tsconfig.json'),
      },
    },
  );
  // Each is passed on once. At a terminal Ctrl-C reaches the child by itself as well, which takes the second as the first.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    let passed = false;
    process.on(name, () => {
      if (!passed) child.kill(name);
      passed = true;
    });
  }
  watchNpm(child);
  child.once('error', (error) => {
    console.error(`Kith could not be started: ${error.message}`);
    process.exitCode = 1;
  });
  child.once('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (os.constants.signals[signal] ?? 0);
    // The other end of the pipe would keep this process for as long as a grandchild has it open.
    child.stdio[3].destroy();
    process.exit();
  });
}

/** What the shell that npm runs this script in has for a parent: npm. Nothing when there is no shell between. */
function parentOfShell(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    if (!/^(ba|da|a|z)?sh$|^busybox$/.test(name)) return '';
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
  } catch {
    return '';
  }
}

/**
 * Under `npm start`, killing npm by force leaves this script, and perhaps the shell that npm runs it in, behind: then nobody
 * can stop Kith any more with Ctrl-C, so it stops.
 */
function watchNpm(child) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const line = () => `${process.ppid} ${parentOfShell(process.ppid)}`;
  const atFirst = line();
  const timer = setInterval(() => {
    if (line() === atFirst) return;
    clearInterval(timer);
    child.kill('SIGTERM');
  }, 500);
  timer.unref();
}
