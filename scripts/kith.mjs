import './lib/node-version.mjs';
import { launch } from './lib/launch.mjs';

// npm run -s kith -- <command>: standard output is the command's and nothing else's.
await launch(process.argv.slice(2));
