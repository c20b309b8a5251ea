import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { z } from 'zod';
import { Problem } from '../problem.ts';
import type { Resource } from './resource.ts';
import { type TableSchema, tableSchema } from './table-schema.ts';

/** One file to read: `name` is how people are told of it, `bytes` its size. */
export interface SourceFile {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly resource: Resource;
  readonly delimiter: string;
  readonly schema: TableSchema | null;
}

/** What a folder holds. `source` is the package's name, or nothing for bare CSV files. */
export interface Folder {
  readonly source: string | null;
  readonly files: readonly SourceFile[];
  readonly warnings: readonly string[];
}

const descriptorName = 'datapackage.json';

const bad = (title: string, detail: string, cause?: unknown) =>
  new Problem(422, 'import-package', title, { detail, cause });

const descriptorShape = z.object({
  name: z.string().trim().min(1).max(200).optional(),
  resources: z
    .array(
      z.object({
        name: z.string(),
        path: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
        encoding: z.string().default('utf-8'),
        compression: z.string().optional(),
        dialect: z
          .object({
            delimiter: z.string().length(1).default(','),
            quoteChar: z.literal('"').default('"'),
            header: z.literal(true).default(true),
            doubleQuote: z.literal(true).default(true),
          })
          .default({ delimiter: ',', quoteChar: '"', header: true, doubleQuote: true }),
        schema: z.union([tableSchema, z.string()]).optional(),
      }),
    )
    .min(1),
});

/** Names compared without regard to capitals, `.csv`, spaces or hyphens. */
const plain = (name: string) =>
  name
    .trim()
    .toLowerCase()
    .replace(/\.csv$/, '')
    .replaceAll(/[\s-]+/g, '_');

/** Whether one of these names is of a file that belongs here and is not taken yet. */
const isNotYet = (notYet: readonly string[], names: readonly string[]) =>
  names.some((name) => notYet.some((each) => plain(each) === plain(name)));

/** The resource that bears one of these names. */
export function findResource(resources: readonly Resource[], ...names: string[]): Resource | undefined {
  const wanted = names.map(plain);
  return resources.find((each) => [each.name, ...each.aliases].some((name) => wanted.includes(plain(name))));
}

/**
 * The place of a file that a descriptor names. It must lie in the package's own folder: a descriptor comes from somebody
 * else, and must not make this machine read (or fetch) anything but what came with it.
 */
async function placeOf(folder: string, named: string): Promise<string> {
  const outside = () =>
    bad(
      `${descriptorName} names a file outside its folder: "${named}"`,
      'Name files by their place in the folder, without "..", a leading "/" or a web address.',
    );
  const absolute = /^([/\\~]|[a-z][a-z0-9+.-]*:)/i.test(named);
  if (absolute || named.split(/[/\\]/).includes('..') || named.includes('\0')) throw outside();
  const path = resolve(folder, named);
  let real: string;
  try {
    real = await realpath(path);
  } catch (cause) {
    throw bad(
      `${descriptorName} names ${named}, which is not in the folder`,
      'Put the file there, or take it out of datapackage.json.',
      cause,
    );
  }
  const inside = relative(await realpath(folder), real);
  if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || resolve(inside) === inside)
    throw outside();
  return path;
}

async function readJson(path: string, name: string): Promise<unknown> {
  try {
    const { size } = await stat(path);
    if (size > 5_000_000)
      throw bad(
        `${name} is too large to be a description of files`,
        'It should be a few kilobytes. Check that it is the right file.',
      );
    return JSON.parse((await readFile(path, 'utf8')).replace(/^\uFEFF/, ''));
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    if (cause instanceof SyntaxError)
      throw bad(
        `${name} is not valid JSON`,
        'Check it for a missing comma or bracket, or import the CSV files without it.',
        cause,
      );
    throw bad(`${name} cannot be read`, 'Check that you may read it.', cause);
  }
}

async function sizeOf(path: string, name: string): Promise<number> {
  const found = await stat(path).catch((cause: unknown) => {
    throw bad(`${name} cannot be read`, 'Check that it is there and that you may read it.', cause);
  });
  if (!found.isFile()) throw bad(`${name} is not a file`, 'Put the CSV file there under that name.');
  return found.size;
}

async function schemaOf(
  folder: string,
  schema: TableSchema | string | undefined,
): Promise<TableSchema | null> {
  if (typeof schema !== 'string') return schema ?? null;
  const parsed = tableSchema.safeParse(await readJson(await placeOf(folder, schema), schema));
  if (!parsed.success) throw bad(`${schema} is not a Table Schema`, whereItFails(parsed.error), parsed.error);
  return parsed.data;
}

function whereItFails(error: z.ZodError): string {
  const issue = error.issues[0];
  const where = issue?.path.join('.') || 'the whole file';
  return `Look at ${where}: ${issue?.message ?? 'it is not as expected'}.`;
}

async function descriptorIn(folder: string): Promise<z.output<typeof descriptorShape>> {
  const parsed = descriptorShape.safeParse(await readJson(join(folder, descriptorName), descriptorName));
  if (!parsed.success)
    throw bad(`${descriptorName} does not describe a data package`, whereItFails(parsed.error), parsed.error);
  return parsed.data;
}

async function packaged(
  folder: string,
  resources: readonly Resource[],
  notYet: readonly string[],
): Promise<Folder> {
  const descriptor = await descriptorIn(folder);
  const files: SourceFile[] = [];
  const warnings: string[] = [];
  const taken = new Map<Resource, string>();
  for (const each of descriptor.resources) {
    if (each.path === undefined)
      throw bad(
        `${descriptorName} gives no file for ${each.name}`,
        'Put its rows in a CSV file and name that file as "path".',
      );
    const names = typeof each.path === 'string' ? [each.path] : each.path;
    const places = [];
    for (const name of names) places.push({ name, path: await placeOf(folder, name) });
    const resource = findResource(resources, each.name, ...names.map((name) => basename(name)));
    if (!resource) {
      if (isNotYet(notYet, [each.name, ...names.map((name) => basename(name))])) continue;
      warnings.push(`${each.name} in ${descriptorName} is not something this import knows; it was not read`);
      continue;
    }
    const before = taken.get(resource);
    if (before !== undefined)
      throw bad(
        `${descriptorName} gives ${resource.title} twice: ${before} and ${each.name}`,
        'Give it once; one resource may have several files.',
      );
    taken.set(resource, each.name);
    if (!/^utf-?8(-sig)?$/i.test(each.encoding))
      throw bad(
        `${descriptorName} says ${each.name} is in ${each.encoding}`,
        'Only UTF-8 can be imported. Save the file as UTF-8 and say so.',
      );
    if (each.compression !== undefined || names.some((name) => /\.(zip|gz)$/i.test(name)))
      throw bad(`${each.name} is compressed`, 'Unpack it first and name the CSV file.');
    const schema = await schemaOf(folder, each.schema);
    for (const { name, path } of places) {
      files.push({
        name,
        path,
        bytes: await sizeOf(path, name),
        resource,
        delimiter: each.dialect.delimiter,
        schema,
      });
    }
  }
  return { source: descriptor.name ?? null, files, warnings };
}

async function bare(
  folder: string,
  names: readonly string[],
  resources: readonly Resource[],
): Promise<Folder> {
  const files: SourceFile[] = [];
  for (const name of names.filter((each) => /\.csv$/i.test(each))) {
    const resource = findResource(resources, name);
    if (!resource) continue;
    const twin = files.find((file) => file.resource === resource);
    if (twin)
      throw bad(
        `Both ${twin.name} and ${name} hold ${resource.title}`,
        'Leave one of them in the folder, or describe both in a datapackage.json.',
      );
    const path = join(folder, name);
    files.push({ name, path, bytes: await sizeOf(path, name), resource, delimiter: ',', schema: null });
  }
  return { source: null, files, warnings: [] };
}

/** Files the importer itself writes or reads beside the data; nobody needs to be told that they were not imported. */
const ownFiles = new Set([descriptorName, 'rejects.csv']);

async function fileNamesIn(folder: string, dir: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw bad(`There is no folder to import at ${dir}`, 'Give the folder that holds the CSV files.', cause);
  });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

const folderOf = (dir: string) => (basename(dir) === descriptorName ? dirname(dir) : dir);

/**
 * What a folder says it holds: for each resource of its `datapackage.json`, or each CSV file, the names it may be known by.
 * Throws a `Problem` when there is no such folder, or when the descriptor is malformed.
 */
export async function namesIn(dir: string): Promise<readonly (readonly string[])[]> {
  const folder = folderOf(dir);
  const names = await fileNamesIn(folder, dir);
  if (!names.includes(descriptorName))
    return names.filter((name) => /\.csv$/i.test(name)).map((name) => [name]);
  const { resources } = await descriptorIn(folder);
  return resources.map(({ name, path = [] }) => [name, ...[path].flat().map((each) => basename(each))]);
}

/**
 * Finds the files to read in a folder: by its `datapackage.json`, else by their known names. Files come in the order of
 * `resources`; those named in `notYet` are told of as not taken yet. Throws a `Problem` when the folder or a required file is
 * missing, when the descriptor is malformed, or when it names anything outside the folder.
 */
export async function findFiles(
  dir: string,
  resources: readonly Resource[],
  notYet: readonly string[] = [],
): Promise<Folder> {
  const folder = folderOf(dir);
  const names = await fileNamesIn(folder, dir);
  const found = names.includes(descriptorName)
    ? await packaged(folder, resources, notYet)
    : await bare(folder, names, resources);
  const absent = resources.filter(
    (each) => each.required && !found.files.some((file) => file.resource === each),
  );
  if (absent.length > 0) {
    const wanted = absent.map((each) => `${each.name}.csv`).join(', ');
    throw bad(
      `The folder lacks ${wanted}`,
      `It holds ${names.join(', ') || 'nothing'}. Add the missing file, or check that this is the right folder.`,
    );
  }
  const read = new Set(found.files.map((file) => resolve(file.path)));
  const unread = names.filter(
    (name) => !name.startsWith('.') && !ownFiles.has(name) && !read.has(resolve(folder, name)),
  );
  const later = unread.filter((name) => isNotYet(notYet, [name]));
  return {
    source: found.source,
    files: found.files.toSorted((a, b) => resources.indexOf(a.resource) - resources.indexOf(b.resource)),
    warnings: [
      ...found.warnings,
      ...(later.length > 0 ? [`not read: Kith does not take these yet: ${later.join(', ')}`] : []),
      ...unread
        .filter((name) => !later.includes(name))
        .map((name) => `${name} is not a file this import knows; it was not read`),
    ],
  };
}
