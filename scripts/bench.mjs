import './lib/node-version.mjs';
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { install, nodeProgram, root } from './lib/install.mjs';

// npm run bench [-- --quick]: measures Kith beside a bare server; docs/performance.md says what the numbers mean.
await install({ dev: true });
const require = createRequire(import.meta.url);
const child = spawn(
  nodeProgram(),
  [
    '--import',
    pathToFileURL(require.resolve('tsx')).href,
    path.join(root, 'bench', 'main.ts'),
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit', env: { ...process.env, TSX_TSCONFIG_PATH: path.join(root, 'tsconfig.json') } },
);
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(name, () => child.kill(name));
child.once('exit', (code, signal) => {
  process.exitCode = signal === null ? (code ?? 1) : 1;
});
