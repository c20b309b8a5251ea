import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// What was compiled once is kept with what is installed, where only those who may change Kith itself can write; before anything is read.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)));
const { runCommand } = await import('./cli/command.ts');
await runCommand(process.argv);
