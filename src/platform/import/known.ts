import { hash } from 'node:crypto';
import sql from 'sql-template-tag';
import type { Rows } from '../database/rows.ts';
import { inBatches, type NewRow } from './importer.ts';

/** What is known of a row that was imported before. */
export interface KnownRow {
  readonly target: string;
  readonly fingerprint: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** By resource, then by source id. */
export type Known = ReadonlyMap<string, ReadonlyMap<string, KnownRow>>;

const batch = 5_000;

/** One text for one value, the same on every machine and in every version: what fingerprints are taken of. */
function canonical(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'object' && !('toJSON' in value)) {
    const sorted = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return JSON.stringify(sorted.map(([key, each]) => [key, canonical(each)]));
  }
  return String(value);
}

/** The fingerprint of a row's values, SHA-256 in hexadecimal. Empty fields do not count, so a new optional field changes none. */
function fingerprintOf(values: Readonly<Record<string, unknown>>): string {
  const parts = Object.keys(values)
    .toSorted()
    .map((name) => [name, canonical(values[name])])
    .filter(([, text]) => text !== '');
  return hash('sha256', JSON.stringify(parts), 'hex');
}

/** The beginning of a SHA-256 of each field that has a value. */
function fieldPrints(values: Readonly<Record<string, unknown>>): Record<string, string> {
  const prints: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    const text = canonical(value);
    if (text !== '') prints[name] = hash('sha256', text, 'base64url').slice(0, 12);
  }
  return prints;
}

/** The names of the fields whose values differ from those imported before, in alphabetical order. */
export function changedFields(known: KnownRow, values: Readonly<Record<string, unknown>>): string[] {
  if (fingerprintOf(values) === known.fingerprint) return [];
  const now = fieldPrints(values);
  const names = new Set([...Object.keys(now), ...Object.keys(known.fields)]);
  return [...names].filter((name) => now[name] !== known.fields[name]).toSorted();
}

/** Looks up which of these rows were imported before from this source. */
export async function findKnown(
  tx: Rows,
  source: string,
  wanted: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<Known> {
  const known = new Map<string, Map<string, KnownRow>>();
  for (const [resource, ids] of wanted) {
    const found = new Map<string, KnownRow>();
    known.set(resource, found);
    await inBatches([...ids], batch, async (slice) => {
      const rows = await tx.many<{ source_id: string } & KnownRow>(sql`
        select r.source_id, r.target_id as target, encode(r.fingerprint, 'hex') as fingerprint, r.fields
        from unnest(${slice}::text[]) as wanted (id)
        join import.source_row r on r.source = ${source} and r.resource = ${resource} and r.source_id = wanted.id`);
      for (const { source_id: id, target, fingerprint, fields } of rows)
        found.set(id, { target, fingerprint, fields });
    });
  }
  return known;
}

/** Writes down which row became which record. */
export async function rememberRows(
  tx: Rows,
  source: string,
  run: string,
  rows: readonly NewRow[],
): Promise<void> {
  await inBatches(rows, batch, (slice) =>
    tx.run(sql`
      insert into import.source_row (source, resource, source_id, target_id, fingerprint, fields, first_run)
      select ${source}, resource, source_id, target_id, decode(fingerprint, 'hex'), fields, ${run}::uuid
      from unnest(
        ${slice.map((row) => row.resource)}::text[], ${slice.map((row) => row.id)}::text[],
        ${slice.map((row) => row.target)}::uuid[], ${slice.map((row) => fingerprintOf(row.values))}::text[],
        ${slice.map((row) => JSON.stringify(fieldPrints(row.values)))}::jsonb[]
      ) as given (resource, source_id, target_id, fingerprint, fields)`),
  );
}
