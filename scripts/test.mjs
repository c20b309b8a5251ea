import './lib/node-version.mjs';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { install, root, toolEnvironment } from './lib/install.mjs';

// npm test: every check, then every test. With words after it (npm test -- src/platform/import), only the tests they name.
// The last line printed is "N passed, N failed"; each check counts as one.

/** Every migration, by the folder it lives in. */
function migrations() {
  return readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.sql'))
    .map((file) => path.join('src', file));
}

const checks = [
  // The dependency rules read TypeScript through its older JavaScript edition; types are checked by the native one.
  { title: 'Types', program: 'node', words: ['node_modules/typescript-native/bin/tsc', '--noEmit'] },
  { title: 'Lint and format', program: 'biome', words: ['check', '.'] },
  { title: 'Dependency rules', program: 'depcruise', words: ['--config', '.dependency-cruiser.cjs', 'src'] },
  { title: 'Dead code', program: 'knip', words: [] },
  { title: 'Migrations', program: 'squawk', words: migrations() },
];
// Well above what the tests need on two busy cores: it is there for a program that never ends.
const stepLimit = 40 * 60_000;
const running = new Set();

for (const [name, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
]) {
  process.on(name, () => {
    for (const child of running) child.kill(name);
    process.exitCode = code;
    setTimeout(() => process.exit(code), 10_000).unref();
  });
}

/** Runs one program to its end. `code` is 0 only when it ended well; `said` is what it printed, unless that went straight out. */
function run(program, words, { show }) {
  return new Promise((resolve) => {
    const started = performance.now();
    const child = spawn(program, words, {
      cwd: root,
      env: { ...toolEnvironment(), [process.stdout.isTTY ? 'FORCE_COLOR' : 'NO_COLOR']: '1' },
      stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
      shell: process.platform === 'win32',
    });
    running.add(child);
    let said = '';
    for (const stream of show ? [] : [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        said += text;
      });
    }
    const limit = setTimeout(() => {
      said += '\nStopped: it took longer than 40 minutes.\n';
      child.kill('SIGKILL');
    }, stepLimit);
    const end = (code) => {
      clearTimeout(limit);
      running.delete(child);
      resolve({ code, said, seconds: (performance.now() - started) / 1000 });
    };
    child.once('error', (error) => {
      said += `${program} could not be run: ${error.message}\n`;
      end(1);
    });
    child.once('close', (code, signal) => {
      if (signal) said += `${program} was ended by ${signal}\n`;
      end(code ?? 1);
    });
  });
}

const heading = (title, more = '') => console.log(`\n== ${title} ${more}`.trimEnd());

/** The checks do not depend on each other: two at a time, each one's output printed in one piece, in the order of the list. */
async function runChecks() {
  const counts = { passed: 0, failed: 0 };
  const lanes = [Promise.resolve(), Promise.resolve()];
  const results = checks.map((check, index) => {
    const lane = index % lanes.length;
    lanes[lane] = lanes[lane].then(() => run(check.program, check.words, { show: false }));
    return lanes[lane];
  });
  for (const [index, check] of checks.entries()) {
    const { code, said, seconds } = await results[index];
    heading(check.title, `(${seconds.toFixed(1)} s)`);
    if (said.trim() !== '') console.log(said.trim());
    console.log(code === 0 ? 'passed' : 'failed');
    counts[code === 0 ? 'passed' : 'failed'] += 1;
  }
  return counts;
}

/** Counts what Vitest wrote down. A test file that could not even be read, and a run that broke, count as failed tests. */
function countTests(file, code) {
  const counts = { passed: 0, failed: 0, left: 0 };
  try {
    const results = JSON.parse(readFileSync(file, 'utf8'));
    for (const each of results.testResults) {
      const of = (status) => each.assertionResults.filter((test) => test.status === status).length;
      counts.passed += of('passed');
      counts.failed += of('failed');
      counts.left += each.assertionResults.length - of('passed') - of('failed');
      if (each.status === 'failed' && of('failed') === 0) counts.failed += 1;
    }
  } catch {
    console.log('Vitest did not finish: it wrote down no results.');
  }
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

async function runTests(words) {
  heading(words.length === 0 ? 'Tests' : `Tests: ${words.join(' ')}`);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'kith-results-'));
  try {
    const file = path.join(folder, 'results.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const { code, seconds, said } = await run('vitest', ['run', ...reporters, ...words], { show: true });
    if (said !== '') console.log(said.trim());
    const counts = countTests(file, code);
    if (counts.left > 0)
      console.log(`${counts.left} tests were left out: they count as neither passed nor failed.`);
    console.log(`(${seconds.toFixed(1)} s)`);
    return counts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main(words) {
  const total = { passed: 0, failed: 0 };
  const add = ({ passed, failed }) => {
    total.passed += passed;
    total.failed += failed;
  };
  try {
    await install({ dev: true });
    if (words.length === 0) add(await runChecks());
    add(await runTests(words));
  } catch (error) {
    console.log(error.message);
    total.failed += 1;
  }
  if (total.failed > 0) process.exitCode ??= 1;
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
}

await main(process.argv.slice(2));
