import type { Rows } from '../database/rows.ts';
import type { Refusal } from './fields.ts';
import { type Fields, type ReadRow, type Resource, type RowOf, rowReason } from './resource.ts';

/** What an importer needs of a database: one transaction, rolled back when `work` throws. */
export interface Database {
  transaction<T>(work: (tx: Rows) => Promise<T>): Promise<T>;
}

export type Resources = Readonly<Record<string, Resource>>;

/** The rows of a resource, in file order and by source id. */
export interface Table<T = Readonly<Record<string, unknown>>> {
  readonly rows: readonly ReadRow<T>[];
  readonly byId: ReadonlyMap<string, ReadRow<T>>;
}

/** A row to be written. `target` is the id (UUID version 7) its record is to have. */
export interface NewRow<T = Readonly<Record<string, unknown>>> extends ReadRow<T> {
  readonly target: string;
}

type ValuesOf<R> = R extends Resource<infer F extends Fields> ? RowOf<F> : never;

export type TablesOf<R extends Resources> = { readonly [K in keyof R]: Table<ValuesOf<R[K]>> };
export type NewRowsOf<R extends Resources> = { readonly [K in keyof R]: readonly NewRow<ValuesOf<R[K]>>[] };

/** What the rules of an importer may know besides the rows. */
export interface CheckContext {
  readonly source: string;
  readonly today: Temporal.PlainDate;
}

/** What the writing of an importer may know besides the rows. */
export interface WriteContext extends CheckContext {
  readonly run: string;
  readonly by: string;
  readonly now: Temporal.Instant;
  /** The record that a row became: one written now, or imported before. Throws when there is none, which is a fault of ours. */
  target(resource: string, sourceId: string): string;
  /** From here on a row stands for this record, which is there already: what it brings is added to that one. */
  become(resource: string, sourceId: string, target: string): void;
}

/** How many records of each kind were written: `{ families: 1925 }`. */
export type Counts = Readonly<Record<string, number>>;

/** A row refused by a rule that looks across rows. */
export interface RowRefusal {
  readonly row: ReadRow<unknown>;
  readonly reason: string;
}

/** `refuseRow(row, 'funding does not add up', 'it comes to 40.00 and the request is 90.00')` */
export const refuseRow = (row: ReadRow<unknown>, refused: string, help: string): RowRefusal => ({
  row,
  reason: rowReason({ refused, help } satisfies Refusal),
});

/**
 * A kind of package that can be imported. `resources` are keyed by the resource's own name and read in the order given.
 * `check` holds the rules across rows: pure, called with every row that was read and can stand, those imported before among
 * them. `write` gets the new rows only and writes them in bulk, in the transaction it is given.
 */
export interface Importer<R extends Resources = Resources> {
  readonly name: string;
  readonly title: string;
  readonly resources: R;
  /** Files that come with such a package, by name without `.csv`, and are not taken yet: people are told so, and go on. */
  readonly notYet: readonly string[];
  check(tables: TablesOf<R>, context: CheckContext): Iterable<RowRefusal>;
  write(tx: Rows, accepted: NewRowsOf<R>, context: WriteContext): Promise<Counts>;
}

interface ImporterInput<R extends Resources> {
  name: string;
  title: string;
  resources: R;
  notYet?: readonly string[];
  check?(tables: TablesOf<R>, context: CheckContext): Iterable<RowRefusal>;
  write(tx: Rows, accepted: NewRowsOf<R>, context: WriteContext): Promise<Counts>;
}

/** Declares a kind of package that can be imported. Throws when a resource stands under another key than its name. */
export function importer<const R extends Resources>(input: ImporterInput<R>): Importer<R> {
  for (const [key, { name, references }] of Object.entries(input.resources)) {
    if (key !== name) throw new Error(`the resource "${name}" stands under "${key}"`);
    for (const each of references) {
      if (!(each.resource in input.resources))
        throw new Error(`"${name}" refers to "${each.resource}", which is not declared`);
    }
  }
  return {
    name: input.name,
    title: input.title,
    resources: input.resources,
    notYet: input.notYet ?? [],
    check: (tables, context) => input.check?.(tables, context) ?? [],
    write: (tx, accepted, context) => input.write(tx, accepted, context),
  };
}

/** Runs `work` on slices of at most `size` rows, one after the other. */
export async function inBatches<T>(
  rows: readonly T[],
  size: number,
  work: (slice: readonly T[]) => Promise<unknown>,
): Promise<void> {
  for (let at = 0; at < rows.length; at += size) await work(rows.slice(at, at + size));
}

/**
 * Rows as one JSON text for `jsonb_to_recordset`: whole pence as digits, days and moments in ISO form. A whole number beyond
 * what JSON readers hold exactly is safe because it travels as text, which the column definition list reads as bigint.
 */
export const jsonRows = (rows: readonly object[]): string =>
  JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
