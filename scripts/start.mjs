import './lib/node-version.mjs';
import { launch } from './lib/launch.mjs';

// npm start: installs what is missing, then serves.
await launch(['serve', ...process.argv.slice(2)]);
