import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml';
import type { z } from 'zod';
import { Problem } from '../../platform/problem.ts';
import { type Programme, programmeSchema } from './programme.ts';

// Reads the files of programmes, and says by file, line and field what is wrong with one and what to do.

/** One thing that is wrong with a file. */
export interface Fault {
  file: string;
  line: number;
  /** The keys as the file writes them: "serves › ages › to". */
  field: string;
  message: string;
}

/** "may ask" in a file is `mayAsk` here. */
const camel = (written: string): string =>
  written.replaceAll(/ +([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
const spaced = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const camelled = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(camelled)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([name, held]) => [camel(name), camelled(held)]))
      : value;

/** The node nearest to a path: of what is missing, the map that should hold it. */
function nodeAt(root: Node | null, path: readonly PropertyKey[]): Node | null {
  let node = root;
  for (const part of path) {
    let next: unknown = null;
    if (isMap(node)) next = pairOf(node, String(part))?.value ?? pairOf(node, String(part))?.key;
    else if (isSeq(node)) next = node.items[Number(part)];
    if (next === null || next === undefined) return node;
    node = next as Node;
  }
  return node;
}

const pairOf = (map: YAMLMap, name: string) =>
  map.items.find(({ key }) => isScalar(key) && camel(String(key.value)) === name);

const fieldOf = (path: readonly PropertyKey[]): string =>
  path.map((part) => (typeof part === 'number' ? `number ${part + 1}` : spaced(String(part)))).join(' › ');

function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys')
    return `${issue.keys.map((name) => `"${spaced(name)}"`).join(', ')} is not a word that a programme has: look for a slip of the keyboard, or take it out`;
  if (issue.code === 'invalid_value')
    return `this has to be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map((value) => `"${String(value)}"`).join(', ')}`;
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'this is missing: add it';
  if (issue.code === 'invalid_type') return `this has to be ${kinds[issue.expected] ?? issue.expected}`;
  if (issue.code === 'too_big') return `this is too long or too big: ${String(issue.maximum)} is the most`;
  return issue.message;
}

const kinds: Readonly<Record<string, string>> = {
  string: 'words',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list, like [one, two]',
  object: 'a part of its own, with lines under it',
};

/**
 * Reads one file's text. `file` is its name, for messages; the programme's id has to be that name without ".yaml".
 *
 * @returns the programme, or everything that is wrong with it.
 */
export function programmeFrom(
  file: string,
  text: string,
): { programme: Programme; faults: [] } | { programme: undefined; faults: Fault[] } {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, uniqueKeys: true });
  const lineOf = (offset: number | undefined): number =>
    offset === undefined ? 1 : counter.linePos(offset).line;
  if (document.errors.length > 0)
    return {
      programme: undefined,
      faults: document.errors.map((error) => ({
        file,
        line: lineOf(error.pos[0]),
        field: '',
        message: `this is not YAML that can be read: ${error.message.split('\n')[0]?.replace(/ at line.*$/, '') ?? ''}`,
      })),
    };
  const read = programmeSchema.safeParse(camelled(document.toJS()), { reportInput: true });
  if (!read.success)
    return {
      programme: undefined,
      faults: read.error.issues.map((issue) => ({
        file,
        line: lineOf(
          nodeAt(
            document.contents,
            issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path,
          )?.range?.[0],
        ),
        field: fieldOf(issue.path),
        message: messageOf(issue),
      })),
    };
  if (`${read.data.id}.yaml` !== file)
    return {
      programme: undefined,
      faults: [
        {
          file,
          line: lineOf(nodeAt(document.contents, ['id'])?.range?.[0]),
          field: 'id',
          message: `the file is called ${file} and the id is "${read.data.id}": make them the same`,
        },
      ],
    };
  return { programme: read.data, faults: [] };
}

/** "programmes/x.yaml, line 12, serves › ages: …". */
const faultWords = ({ file, line, field, message }: Fault): string =>
  `${file}, line ${line}${field === '' ? '' : `, ${field}`}: ${message}`;

/** Names of other programmes that no file has: a family would be sent nowhere. */
function strayNames(programmes: readonly Programme[]): string[] {
  const known = new Set(programmes.map(({ id }) => id));
  return programmes.flatMap((each) =>
    (['stepUp', 'stepDown', 'instead'] as const).flatMap((field) =>
      each[field]
        .filter((id) => !known.has(id))
        .map(
          (id) =>
            `${each.id}.yaml, ${spaced(field)}: there is no programme "${id}": add its file, or take the name out`,
        ),
    ),
  );
}

/** The programmes that come with Kith: `programmes/` at the root of the repository. */
export const shippedFolder = new URL('../../../programmes/', import.meta.url).pathname;

async function filesIn(folder: string): Promise<{ file: string; path: string }[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter((name) => name.endsWith('.yaml'))
      .sort()
      .map((file) => ({ file, path: join(folder, file) }));
  } catch (cause) {
    throw new Problem(400, 'bad-setting', `The folder of programmes ${folder} cannot be read`, {
      detail: 'Give a folder of YAML files with KITH_PROGRAMMES, or leave it out.',
      cause,
    });
  }
}

/**
 * Reads every programme of these folders; a file in a later folder takes the place of one of the same name before it.
 *
 * @throws Problem 400 that names each file, line and field at fault, and what to do.
 */
export async function readProgrammes(
  folders: readonly string[] = [shippedFolder],
): Promise<readonly Programme[]> {
  const byName = new Map<string, { file: string; path: string }>();
  for (const folder of folders) for (const each of await filesIn(folder)) byName.set(each.file, each);
  const read = await Promise.all(
    [...byName.values()].map(async ({ file, path }) => programmeFrom(file, await readFile(path, 'utf8'))),
  );
  const programmes = read.flatMap(({ programme }) => (programme === undefined ? [] : [programme]));
  const faults = read.flatMap((each) => each.faults.map(faultWords));
  const wrong = faults.length > 0 ? faults : strayNames(programmes);
  if (wrong.length > 0)
    throw new Problem(400, 'bad-programme', 'A programme cannot be read', { detail: wrong.join('\n') });
  return programmes;
}
