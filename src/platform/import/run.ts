import { randomUUIDv7 } from 'node:crypto';
import sql from 'sql-template-tag';
import type { Rows } from '../database/rows.ts';
import { Problem } from '../problem.ts';
import type { Counts, Database, Importer, NewRow, WriteContext } from './importer.ts';
import { findKnown, rememberRows } from './known.ts';
import { type OpenPackage, readPackage } from './package.ts';
import { writeRejects } from './rejects.ts';
import type { ReadReject, ReadRow, Reject, Resource } from './resource.ts';
import {
  applyRefusals,
  followReferences,
  refuseChanged,
  type Sifted,
  type Sifting,
  sifted,
  standing,
  wantedIds,
} from './sift.ts';

/** How far an import has come. While reading, `bytes` of `totalBytes` have been read and `rows` of `file`. */
export interface ImportProgress {
  readonly stage: 'reading' | 'checking' | 'writing';
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
  readonly totalBytes: number;
}

/** read = accepted + unchanged + rejected + heldBack, for each file and in all. */
interface Tally {
  readonly read: number;
  readonly accepted: number;
  readonly unchanged: number;
  readonly rejected: number;
  /** Rows with nothing wrong in them that wait because the row they are part of was refused. */
  readonly heldBack: number;
}

export interface ImportSummary extends Tally {
  readonly title: string;
  readonly source: string;
  /** Whether this was a rehearsal: everything was tried and nothing was kept. */
  readonly dry: boolean;
  readonly files: readonly ({ readonly file: string; readonly resource: string } & Tally)[];
  /** Records by kind: written, or in a dry run what would have been. */
  readonly written: Counts;
  readonly rejects: readonly Reject[];
  readonly rejectsPath: string | null;
  readonly warnings: readonly string[];
}

export interface ImportOptions {
  /** The folder that holds the package. */
  readonly dir: string;
  readonly importer: Importer;
  readonly db: Database;
  /** Whether to keep what is written; without it the import is a rehearsal. */
  readonly commit?: boolean;
  /** Whether one refused row refuses all. */
  readonly strict?: boolean;
  /** The name of the source for a package that does not name itself; `extract` unless given. */
  readonly source?: string;
  /** Where the list of refused rows is written, if anywhere. */
  readonly rejectsPath?: string;
  readonly now: Temporal.Instant;
  /** Who imports: an account name, kept with the run. */
  readonly by: string;
  readonly progress?: (progress: ImportProgress) => void;
}

const mostRows = 2_000_000;
const mostBytes = 1_000_000_000;

const tooLarge = (what: string) =>
  new Problem(422, 'import-too-large', `This package is too large to import at once: ${what}`, {
    detail:
      'Its rows are checked against each other in memory. Split it, whole families together, and import the parts in turn.',
  });

/** Calls `tell` at most five times a second: a terminal shows no more, and telling costs time. */
function seldom<T>(tell: ((value: T) => void) | undefined): (value: T) => void {
  let last = 0;
  return (value) => {
    if (!tell || performance.now() - last < 200) return;
    last = performance.now();
    tell(value);
  };
}

interface ReadAll {
  readonly rows: ReadonlyMap<string, readonly ReadRow[]>;
  readonly rejects: readonly ReadReject[];
  readonly perFile: ReadonlyMap<string, number>;
}

async function readAll(pack: OpenPackage, resources: readonly Resource[]): Promise<ReadAll> {
  const bytes = pack.files.reduce((sum, file) => sum + file.bytes, 0);
  if (bytes > mostBytes)
    throw tooLarge(`its files are ${(bytes / 1e9).toFixed(1)} GB and at most 1 GB can be`);
  const rows = new Map<string, ReadRow[]>(resources.map(({ name }) => [name, []]));
  const rejects: ReadReject[] = [];
  const perFile = new Map(pack.files.map((file) => [file.name, 0]));
  let count = 0;
  for await (const batch of pack.batches()) {
    rows.get(batch.resource)?.push(...batch.rows);
    rejects.push(...batch.rejects);
    perFile.set(batch.file, (perFile.get(batch.file) ?? 0) + batch.read);
    count += batch.read;
    if (count > mostRows) throw tooLarge(`it has more than ${mostRows.toLocaleString('en-GB')} rows`);
  }
  return { rows, rejects, perFile };
}

/** Decides about every row: against what was imported before, against each other, and by the importer's own rules. */
async function sift(
  tx: Rows,
  importer: Importer,
  all: ReadAll,
  context: { source: string; today: Temporal.PlainDate },
) {
  const resources = Object.values(importer.resources);
  const known = await findKnown(tx, context.source, wantedIds(resources, all.rows));
  const state: Sifting = {
    resources,
    read: all.rows,
    readRejects: all.rejects,
    known,
    refused: new Map(),
    heldBack: new Set(),
  };
  refuseChanged(state);
  followReferences(state);
  applyRefusals(state, importer.check(standing(state), context));
  followReferences(state);
  return { known, outcome: sifted(state) };
}

function tally(all: ReadAll, pack: OpenPackage, outcome: Sifted) {
  const count = (rows: readonly { file: string }[], file: string) =>
    rows.filter((row) => row.file === file).length;
  const fresh = [...outcome.fresh.values()].flat();
  const files = pack.files.map(({ name, resource }) => ({
    file: name,
    resource,
    read: all.perFile.get(name) ?? 0,
    accepted: count(fresh, name),
    unchanged: count(outcome.unchanged, name),
    rejected: count(outcome.rejects, name),
    heldBack: count(outcome.heldBack, name),
  }));
  const sum = (key: keyof Tally) => files.reduce((total, file) => total + file[key], 0);
  return {
    files,
    read: sum('read'),
    accepted: sum('accepted'),
    unchanged: sum('unchanged'),
    rejected: sum('rejected'),
    heldBack: sum('heldBack'),
  };
}

const heldBackWarnings = (files: ImportSummary['files']) =>
  files
    .filter((each) => each.heldBack > 0)
    .map(
      ({ file, heldBack }) =>
        `${file}: ${heldBack} ${heldBack === 1 ? 'row waits' : 'rows wait'} because the row they are part of was refused`,
    );

function strictProblem(rejects: readonly Reject[], rejectsPath: string | undefined): Problem {
  const [first] = rejects;
  const rows = rejects.length === 1 ? '1 row was refused' : `${rejects.length} rows were refused`;
  const where = rejectsPath
    ? `All are in ${rejectsPath}.`
    : `The first: ${first?.file} line ${first?.line}, ${first?.reason}.`;
  return new Problem(422, 'import-strict', `Nothing was written, because ${rows}`, {
    detail: `${where} Mend them, or import without --strict to take the rows that are right.`,
  });
}

/** A refusal by a rule kept in the database, as people should hear of it; anything else is a fault of ours and stays as it is. */
function databaseProblem(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || !/^2[23]/.test(String(error.code))) return error;
  const rule =
    'constraint' in error && typeof error.constraint === 'string'
      ? ` (${error.constraint.replaceAll('_', ' ')})`
      : '';
  return new Problem(422, 'import-refused', `The database refused the rows, so nothing was written${rule}`, {
    detail:
      'A row breaks a rule that is kept in the database itself. Import fewer files or rows at a time to find which.',
    cause: error,
  });
}

async function startRun(tx: Rows, importer: Importer, source: string, options: ImportOptions, run: string) {
  await tx.run(sql`
    insert into import.run (id, source, importer, started_at, dry, by)
    values (${run}, ${source}, ${importer.name}, ${options.now.toString()}::timestamptz, ${!options.commit}, ${options.by})`);
}

async function finishRun(tx: Rows, run: string, summary: ImportSummary) {
  const { read, accepted, unchanged, rejected, heldBack, written } = summary;
  const counts = JSON.stringify({ read, accepted, unchanged, rejected, heldBack, written });
  await tx.run(sql`
    update import.run set finished_at = greatest(clock_timestamp(), started_at), counts = ${counts}::jsonb where id = ${run}::uuid`);
}

/** Thrown to undo a rehearsal; it carries what the rehearsal found. */
class Rehearsed extends Error {
  readonly summary: ImportSummary;
  constructor(summary: ImportSummary) {
    super('rehearsed');
    this.summary = summary;
  }
}

async function writeAccepted(
  tx: Rows,
  importer: Importer,
  outcome: Sifted,
  base: Omit<WriteContext, 'target' | 'become'>,
  known: Sifting['known'],
) {
  const fresh = new Map<string, NewRow[]>();
  for (const [name, rows] of outcome.fresh)
    fresh.set(
      name,
      rows.map((row) => ({ ...row, target: randomUUIDv7() })),
    );
  const targets = new Map(
    [...fresh].map(([name, rows]) => [name, new Map(rows.map((row) => [row.id, row.target]))]),
  );
  const context: WriteContext = {
    ...base,
    target(resource, id) {
      const target = targets.get(resource)?.get(id) ?? known.get(resource)?.get(id)?.target;
      if (target === undefined) throw new Error(`no ${resource} was imported under this id`);
      return target;
    },
    become(resource, id, target) {
      const of = targets.get(resource) ?? new Map<string, string>();
      targets.set(resource, of.set(id, target));
    },
  };
  const written = await importer.write(tx, Object.fromEntries(fresh), context);
  for (const [name, rows] of fresh) {
    const settled = rows.map((row) => ({ ...row, target: context.target(name, row.id) }));
    await rememberRows(tx, base.source, base.run, settled);
  }
  return written;
}

/**
 * Imports a package: reads it, decides about every row, writes the new ones, all in one transaction. Without `commit` it is
 * a rehearsal: the same is done, refusals by the database included, and then undone. Bad rows hold up no good ones, unless
 * `strict`. A row imported before from the same source changes nothing; with other values it is refused.
 *
 * Throws a `Problem` when the package cannot be read, when `strict` and a row was refused, when the list of refused rows
 * cannot be written, or when the database refuses a row. Nothing has been written then.
 */
export async function runImport(options: ImportOptions): Promise<ImportSummary> {
  const { importer, now, by } = options;
  const resources = Object.values(importer.resources);
  const tell = seldom(options.progress);
  const pack = await readPackage(options.dir, resources, {
    notYet: importer.notYet,
    progress: (each) => tell({ stage: 'reading', ...each }),
  });
  const source = pack.source ?? (options.source?.trim() || 'extract');
  const all = await readAll(pack, resources);
  const totalBytes = pack.files.reduce((sum, file) => sum + file.bytes, 0);
  const stage = (name: 'checking' | 'writing', rows: number) =>
    options.progress?.({ stage: name, file: '', rows, bytes: totalBytes, totalBytes });
  const run = randomUUIDv7();
  const today = now.toZonedDateTimeISO('Europe/London').toPlainDate();

  const work = async (tx: Rows): Promise<ImportSummary> => {
    // Two imports from one source at once would each find the other's rows new: the second waits for the first.
    await tx.many(sql`select pg_advisory_xact_lock(hashtextextended(${`import ${source}`}, 0))`);
    stage('checking', 0);
    const { known, outcome } = await sift(tx, importer, all, { source, today });
    if (options.rejectsPath !== undefined) await writeRejects(options.rejectsPath, outcome.rejects);
    if (options.strict && outcome.rejects.length > 0)
      throw strictProblem(outcome.rejects, options.rejectsPath);
    const counted = tally(all, pack, outcome);
    stage('writing', counted.accepted);
    await startRun(tx, importer, source, options, run);
    const written = await writeAccepted(tx, importer, outcome, { source, today, run, by, now }, known);
    const summary: ImportSummary = {
      title: importer.title,
      source,
      dry: !options.commit,
      ...counted,
      written,
      rejects: outcome.rejects,
      rejectsPath: options.rejectsPath ?? null,
      warnings: [...pack.warnings, ...heldBackWarnings(counted.files)],
    };
    await finishRun(tx, run, summary);
    // A rehearsal never reaches COMMIT, where deferred rules are looked at: they are looked at here.
    await tx.run(sql`set constraints all immediate`);
    if (!options.commit) throw new Rehearsed(summary);
    return summary;
  };

  try {
    return await options.db.transaction(work);
  } catch (error) {
    if (!(error instanceof Rehearsed)) throw databaseProblem(error);
    const { summary } = error;
    await options.db.transaction(async (tx) => {
      await startRun(tx, importer, source, options, run);
      await finishRun(tx, run, summary);
    });
    return summary;
  }
}
