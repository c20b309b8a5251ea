import { Problem } from '../problem.ts';
import { isRefusal } from './fields.ts';
import { findFiles, type SourceFile } from './folder.ts';
import { type CsvRecord, csvRecords } from './lines.ts';
import {
  cellReason,
  idText,
  joinReasons,
  type ReadReject,
  type ReadRow,
  type Resource,
  rowReason,
} from './resource.ts';
import { type CellRule, cellRules } from './table-schema.ts';

/** How far reading has come: in rows of this file, and in bytes of all files. */
export interface ReadProgress {
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
  readonly totalBytes: number;
}

/** Some hundred rows of one file. `read` = rows + rejects. */
interface Batch {
  readonly resource: string;
  readonly file: string;
  readonly read: number;
  readonly rows: readonly ReadRow[];
  readonly rejects: readonly ReadReject[];
}

/** A package that is open for reading. `warnings` is whole once `batches` has ended. */
export interface OpenPackage {
  /** The name the package gives itself, or nothing. */
  readonly source: string | null;
  readonly files: readonly { readonly name: string; readonly resource: string; readonly bytes: number }[];
  readonly warnings: readonly string[];
  batches(): AsyncGenerator<Batch>;
}

const longestCell = 100_000;
const batchSize = 1_000;

/** Where each field stands on a line: its column, or -1 when an optional field has none; its rule in the package's schema. */
interface Column {
  readonly name: string;
  readonly at: number;
  readonly rule: CellRule | undefined;
}

const plain = (heading: string) =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '_');

function readHeadings(file: SourceFile, record: CsvRecord, warnings: string[]): Column[] {
  const bad = (title: string, detail: string) => new Problem(422, 'import-headings', title, { detail });
  const headings = record.cells.map((cell) => cell.trim());
  if (record.nul || record.broken || headings.some((heading) => /[\r\n]/.test(heading))) {
    throw bad(
      `The headings of ${file.name} cannot be read`,
      'Save it again as "CSV UTF-8 (comma delimited)" and import that file.',
    );
  }
  const places = new Map<string, number>();
  headings.forEach((heading, at) => {
    if (heading === '') return;
    if (places.has(plain(heading)))
      throw bad(`${file.name} has the heading ${heading} twice`, 'Take one of the two columns out.');
    places.set(plain(heading), at);
  });
  const { fields, headings: others } = file.resource;
  const rules = file.schema ? cellRules(file.schema, file.name) : new Map<string, CellRule>();
  const missing: string[] = [];
  const known = new Set<number>();
  const columns = Object.entries(fields).map(([name, field]) => {
    const names = [name, ...(others[name] ?? [])].map(plain);
    const found = [...new Set(names)].flatMap((each) => places.get(each) ?? []);
    if (found.length > 1)
      throw bad(
        `${file.name} has two columns for ${name}: ${found.map((at) => headings[at]).join(', ')}`,
        'Take one of them out.',
      );
    const at = found[0] ?? -1;
    if (at === -1 && !field.optional) missing.push(name);
    known.add(at);
    return { name, at, rule: rules.get(headings[at] ?? '') };
  });
  if (missing.length > 0) {
    const delimiter =
      headings.length === 1 && /[;\t|]/.test(headings[0] ?? '')
        ? ' The columns seem not to be divided by commas: save it as comma delimited.'
        : '';
    throw bad(
      `${file.name} has no column ${missing.join(', ')}`,
      `Its first line has: ${headings.join(', ').slice(0, 500)}.${delimiter}`,
    );
  }
  headings.forEach((heading, at) => {
    if (known.has(at)) return;
    warnings.push(
      `${file.name}: the column ${heading === '' ? `${at + 1}, which has no heading,` : heading} is not known and was not read`,
    );
  });
  return columns;
}

/** Why a line cannot be taken apart into cells, if it cannot. */
function lineFault(record: CsvRecord, width: number): string | undefined {
  if (record.broken) {
    const where =
      record.lastLine > record.line ? ` (the row runs from line ${record.line} to ${record.lastLine})` : '';
    return `quotation marks do not pair up: a cell that begins with " must end with "${where}; write a " inside it as ""`;
  }
  if (record.cells.length !== width) {
    return `wrong number of cells: the row has ${record.cells.length} and the headings are ${width}; look for a comma that should stand inside quotation marks`;
  }
  if (record.nul) return 'not text: it holds a NUL, an invisible zero character; take that out';
  const long = record.cells.find((cell) => cell.length > longestCell);
  return (
    long &&
    `too long: a cell has ${long.length.toLocaleString('en-GB')} characters and at most 100,000 are read; look for a missing "`
  );
}

const cellAt = (columns: readonly Column[], cells: readonly string[], name: string) =>
  cells[columns.find((column) => column.name === name)?.at ?? -1] ?? '';

/** Reads the cells of one line. Gives its values, or every reason why they cannot be taken. */
function readCells(resource: Resource, columns: readonly Column[], cells: readonly string[]) {
  const values: Record<string, unknown> = {};
  const reasons: string[] = [];
  for (const { name, at, rule } of columns) {
    const cell = cells[at] ?? '';
    const canonical = rule && at !== -1 ? rule(cell) : { value: cell };
    const parsed = isRefusal(canonical) ? canonical : resource.fields[name]?.parse(canonical.value, name);
    if (parsed && isRefusal(parsed)) reasons.push(cellReason(parsed, name, cell));
    else values[name] = parsed?.value;
  }
  if (reasons.length === 0) reasons.push(...resource.check(values).map(rowReason));
  return { values, reasons };
}

/** The line an id was first seen on, and the number of the file among the files of its resource, as one number: file * 2^32 + line. */
interface Seen {
  readonly files: string[];
  readonly places: Map<string, number>;
}

const perFile = 2 ** 32;
const mostRows = 16_000_000;

/** Where the id was seen before, in words; otherwise remembers that it was seen here. */
function seenBefore(seen: Seen, id: string, file: string, line: number): string | undefined {
  const place = seen.places.get(id);
  if (place === undefined) {
    if (seen.places.size >= mostRows) {
      throw new Problem(
        422,
        'import-too-large',
        `${file} brings more than ${mostRows.toLocaleString('en-GB')} rows`,
        {
          detail: 'Split the extract into smaller ones and import them one after the other.',
        },
      );
    }
    if (seen.files.at(-1) !== file) seen.files.push(file);
    seen.places.set(id, (seen.files.length - 1) * perFile + line);
    return undefined;
  }
  const first = seen.files[Math.floor(place / perFile)];
  return first === file ? `line ${place % perFile}` : `line ${place % perFile} of ${first}`;
}

function readRecord(
  file: SourceFile,
  columns: readonly Column[],
  record: CsvRecord,
  width: number,
  seen: Seen,
): ReadRow | ReadReject {
  const { resource } = file;
  const { cells, line } = record;
  const id = idText(resource.id.map((name) => cellAt(columns, cells, name).normalize('NFC')));
  const at = { resource: resource.name, file: file.name, line, id: id ?? '' };
  const refused = (reasons: readonly string[], trusted: boolean): ReadReject => ({
    ...at,
    id: at.id.slice(0, 200),
    reason: joinReasons(reasons),
    // From a line whose cells may have slipped nothing is concluded about other rows.
    partOf: resource.references.flatMap((each) => {
      const whole =
        each.part && trusted ? idText(each.by.map((name) => cellAt(columns, cells, name))) : undefined;
      return whole === undefined ? [] : [{ resource: each.resource, id: whole }];
    }),
  });
  const fault = lineFault(record, width);
  if (fault !== undefined) return refused([fault], false);
  const { values, reasons } = readCells(resource, columns, cells);
  if (id !== undefined) {
    const where = seenBefore(seen, id, file.name, line);
    if (where !== undefined) {
      reasons.unshift(
        `duplicate id: ${id} is already on ${where}; give this row an id of its own, or take it out`,
      );
    }
  }
  return reasons.length > 0 ? refused(reasons, true) : { ...at, values };
}

async function* readFileRows(
  file: SourceFile,
  seen: Seen,
  warnings: string[],
  tell: (rows: number, bytes: number) => void,
): AsyncGenerator<Batch> {
  let columns: Column[] | undefined;
  let width = 0;
  let total = 0;
  let empty = 0;
  let bytes = 0;
  let rows: ReadRow[] = [];
  let rejects: ReadReject[] = [];
  const batch = (): Batch => ({
    resource: file.resource.name,
    file: file.name,
    read: rows.length + rejects.length,
    rows,
    rejects,
  });
  const onBytes = (count: number) => {
    bytes += count;
  };
  for await (const record of csvRecords(file.path, file.name, { delimiter: file.delimiter, onBytes })) {
    if (record.cells.every((cell) => cell.trim() === '')) {
      if (record.cells.length > 1) empty += 1;
      continue;
    }
    if (!columns) {
      columns = readHeadings(file, record, warnings);
      width = record.cells.length;
      continue;
    }
    const read = readRecord(file, columns, record, width, seen);
    if ('reason' in read) rejects.push(read);
    else rows.push(read);
    total += 1;
    if (rows.length + rejects.length === batchSize) {
      yield batch();
      tell(total, bytes);
      rows = [];
      rejects = [];
    }
  }
  if (!columns) {
    throw new Problem(422, 'import-headings', `${file.name} is empty`, {
      detail: `Its first line should be the headings: ${Object.keys(file.resource.fields).join(',')}`,
    });
  }
  if (rows.length + rejects.length > 0) yield batch();
  if (total === 0) warnings.push(`${file.name} has headings and no rows`);
  if (empty > 0)
    warnings.push(
      `${file.name}: ${empty} ${empty === 1 ? 'line has' : 'lines have'} only empty cells and were passed over`,
    );
  tell(total, file.bytes);
}

/**
 * Opens a Frictionless Data package, or a folder of bare CSV files with known names, and reads it as a stream of batches, in
 * the order of `resources`. Bad rows come as rejects with a reason that begins with a short phrase; what makes a file
 * unreadable as a whole (its encoding, its headings, its absence) is thrown as a `Problem`. The files are streamed; of each
 * row only its id stays in memory, so that one seen twice can be told.
 */
export async function readPackage(
  dir: string,
  resources: readonly Resource[],
  options: { progress?: (progress: ReadProgress) => void; notYet?: readonly string[] } = {},
): Promise<OpenPackage> {
  const folder = await findFiles(dir, resources, options.notYet);
  const warnings = [...folder.warnings];
  const totalBytes = folder.files.reduce((sum, file) => sum + file.bytes, 0);
  async function* batches(): AsyncGenerator<Batch> {
    const seen = new Map<Resource, Seen>();
    let before = 0;
    for (const file of folder.files) {
      const ids: Seen = seen.get(file.resource) ?? { files: [], places: new Map() };
      seen.set(file.resource, ids);
      const tell = (rows: number, bytes: number) =>
        options.progress?.({ file: file.name, rows, bytes: before + bytes, totalBytes });
      yield* readFileRows(file, ids, warnings, tell);
      before += file.bytes;
    }
  }
  return {
    source: folder.source,
    files: folder.files.map((file) => ({ name: file.name, resource: file.resource.name, bytes: file.bytes })),
    warnings,
    batches,
  };
}
