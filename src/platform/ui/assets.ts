import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';

/** A file that browsers may ask for: its address (with the hash of what is served), its place on disk, its type. */
export type Asset = { urlPath: string; file: string; contentType: string };

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

const require = createRequire(import.meta.url);
const packageFolder = (name: string): string => dirname(require.resolve(`${name}/package.json`));
const own = (path: string): string => join(import.meta.dirname, path);

const styles = [
  'kith.css',
  'frame.css',
  'forms.css',
  'content.css',
  'story.css',
  'data.css',
  'charts.css',
  'genogram.css',
  'chronology.css',
  'wellbeing.css',
  'print.css',
] as const;
const scripts = ['autosave.js', 'submit-once.js', 'find-as-you-type.js', 'words.js'] as const;
/** Scripts of one page alone, which names them. */
const pageOwn = ['visits.js', 'visit.js', 'quick-exit.js'] as const;

const images = ['kith.svg', 'kith-180.png', 'kith-192.png', 'kith-512.png'] as const;

/** The style sheet of a font keeps the addresses of its files relative to itself, so both are served side by side. */
const font = (folder: string, packageName: string): [name: string, file: string][] => {
  const root = packageFolder(packageName);
  const files = readdirSync(join(root, 'files')).filter((file) => file.endsWith('-wght-normal.woff2'));
  return [
    [`${folder}/wght.css`, join(root, 'wght.css')],
    ...files.map((file): [string, string] => [`${folder}/files/${file}`, join(root, 'files', file)]),
  ];
};

const served: ReadonlyMap<string, string> = new Map([
  ...font('roboto', '@fontsource-variable/roboto'),
  ...font('source-serif', '@fontsource-variable/source-serif-4'),
  [
    'design-system.css',
    join(packageFolder('@scottish-government/design-system'), 'dist/css/design-system.min.css'),
  ],
  ...styles.map((name): [string, string] => [name, own(`styles/${name}`)]),
  ...[...scripts, ...pageOwn].map((name): [string, string] => [name, own(`scripts/${name}`)]),
  ...images.map((name): [string, string] => [name, own(`images/${name}`)]),
]);

// One hash for the whole set: style sheets name fonts by relative addresses, so they must all move together.
const hash = createHash('sha256');
for (const [name, file] of served) hash.update(name).update('\0').update(readFileSync(file)).update('\0');
const folder = `/assets/${hash.digest('hex').slice(0, 16)}`;

/** Everything that a page loads. What stands at an address never changes, so it can be kept by browsers for a year. */
export const assets: readonly Asset[] = [...served].map(([name, file]) => ({
  urlPath: `${folder}/${name}`,
  file,
  contentType: contentTypes[extname(file)] ?? 'application/octet-stream',
}));

/** The address of one file by its name, for example `kith.css`. Throws when there is no such file. */
export const assetUrl = (name: string): string => {
  if (!served.has(name)) throw new Error(`There is no asset called ${name}`);
  return `${folder}/${name}`;
};

/** The style sheets of every page, in the order in which they must come. */
export const pageStyles: readonly string[] = [
  'roboto/wght.css',
  'source-serif/wght.css',
  'design-system.css',
  ...styles,
].map(assetUrl);

/** The scripts of every page. All of them only add to what works without. */
export const pageScripts: readonly string[] = scripts.map(assetUrl);
