import type { RowRefusal, Table } from './importer.ts';
import { changedFields, type Known } from './known.ts';
import {
  joinReasons,
  type ReadReject,
  type ReadRow,
  type Reference,
  type Reject,
  type Resource,
  referredId,
} from './resource.ts';

/** The rows that were read, and what has been decided about them so far. */
export interface Sifting {
  readonly resources: readonly Resource[];
  readonly read: ReadonlyMap<string, readonly ReadRow[]>;
  readonly readRejects: readonly ReadReject[];
  readonly known: Known;
  /** Every reason why a row that could be read was refused. */
  readonly refused: Map<ReadRow, string[]>;
  /** Parts that wait with a refused whole: nothing is wrong with them, so they are no rejects of their own. */
  readonly heldBack: Set<ReadRow>;
}

/** What became of every row. Each row that was read is in exactly one of the four. */
export interface Sifted {
  readonly fresh: ReadonlyMap<string, readonly ReadRow[]>;
  readonly unchanged: readonly ReadRow[];
  readonly heldBack: readonly ReadRow[];
  readonly rejects: readonly Reject[];
}

const stands = (state: Sifting, row: ReadRow) => !state.refused.has(row) && !state.heldBack.has(row);

function refuseWith(state: Sifting, row: ReadRow, reason: string) {
  const reasons = state.refused.get(row);
  if (reasons) reasons.push(reason);
  else state.refused.set(row, [reason]);
}

/** The rows that stand, as the rules of an importer get them. */
export function standing(state: Sifting): Record<string, Table> {
  const tables: Record<string, Table> = {};
  for (const { name } of state.resources) {
    const rows = (state.read.get(name) ?? []).filter((row) => stands(state, row));
    tables[name] = { rows, byId: new Map(rows.map((row) => [row.id, row])) };
  }
  return tables;
}

/** Refuses rows that were imported before with other values: an import adds, it never overwrites what people may have mended. */
export function refuseChanged(state: Sifting): void {
  for (const { name } of state.resources) {
    for (const row of state.read.get(name) ?? []) {
      const before = state.known.get(name)?.get(row.id);
      const changed = before ? changedFields(before, row.values) : [];
      if (changed.length > 0) {
        const help = 'an import never overwrites; change the record itself, or give the row an id of its own';
        refuseWith(state, row, `already imported with other values: ${changed.join(', ')}; ${help}`);
      }
    }
  }
}

type Found = { row: ReadRow; stands: boolean } | { reject: ReadReject } | undefined;

function indexes(state: Sifting) {
  const rows = new Map<string, Map<string, ReadRow>>();
  const rejects = new Map<string, Map<string, ReadReject>>();
  for (const { name } of state.resources) {
    rows.set(name, new Map((state.read.get(name) ?? []).map((row) => [row.id, row])));
  }
  for (const reject of state.readRejects) {
    const byId = rejects.get(reject.resource) ?? new Map<string, ReadReject>();
    rejects.set(reject.resource, byId);
    if (!byId.has(reject.id)) byId.set(reject.id, reject);
  }
  return (resource: string, id: string): Found => {
    const row = rows.get(resource)?.get(id);
    if (row) return { row, stands: stands(state, row) };
    const reject = rejects.get(resource)?.get(id);
    return reject && { reject };
  };
}

/** Why a row whose reference leads nowhere is refused. */
function unknownReason(reference: Reference, id: string, found: Found): string {
  const what = `unknown ${reference.called}: ${reference.by.join(' and ')} is "${id}"`;
  if (!found)
    return `${what}, which is neither in this package nor imported before; add its row, or mend the id`;
  const { file, line } = 'row' in found ? found.row : found.reject;
  return `${what}, whose own row was refused (${file} line ${line}); mend that row first`;
}

/** Settles one reference of one row. Says whether anything changed. */
function settle(
  state: Sifting,
  row: ReadRow,
  reference: Reference,
  find: (resource: string, id: string) => Found,
): boolean {
  const id = referredId(reference, row.values);
  if (id === undefined) return false;
  const found = find(reference.resource, id);
  const isStanding = found !== undefined && 'row' in found && found.stands;
  const isKnown = state.known.get(reference.resource)?.has(id) ?? false;
  const isNew = !state.known.get(row.resource)?.has(row.id);
  if (reference.part && found && !isStanding) {
    state.heldBack.add(row);
    return true;
  }
  if (reference.part && isKnown && isNew) {
    const help = 'add it to the record itself';
    refuseWith(
      state,
      row,
      `already imported with other values: the ${reference.called} ${id} was imported without this row; ${help}`,
    );
    return true;
  }
  if (isStanding || isKnown) return false;
  refuseWith(state, row, unknownReason(reference, id, found));
  return true;
}

/** Refuses a new row one of whose parts was refused: half of it would be a false record. */
function refuseBroken(state: Sifting, find: (resource: string, id: string) => Found): boolean {
  let changed = false;
  const refuseWhole = (resource: string, id: string, part: { file: string; line: number }) => {
    const found = find(resource, id);
    if (!found || !('row' in found) || !found.stands || state.known.get(resource)?.has(id)) return;
    refuseWith(
      state,
      found.row,
      `part refused: line ${part.line} of ${part.file}, which belongs to it, was refused; mend that line`,
    );
    changed = true;
  };
  for (const reject of state.readRejects) {
    for (const whole of reject.partOf) refuseWhole(whole.resource, whole.id, reject);
  }
  for (const row of [...state.refused.keys()]) {
    const references = state.resources.find((each) => each.name === row.resource)?.references ?? [];
    for (const reference of references.filter((each) => each.part)) {
      const id = referredId(reference, row.values);
      if (id !== undefined) refuseWhole(reference.resource, id, row);
    }
  }
  return changed;
}

/** Follows the references until nothing changes: a refusal may leave other rows without what they refer to. */
export function followReferences(state: Sifting): void {
  const find = indexes(state);
  for (let changed = true; changed; ) {
    changed = false;
    for (const { name, references } of state.resources) {
      if (references.length === 0) continue;
      for (const row of state.read.get(name) ?? []) {
        for (const reference of references) {
          if (stands(state, row) && settle(state, row, reference, find)) changed = true;
        }
      }
    }
    if (refuseBroken(state, find)) changed = true;
  }
}

/** Takes over what the importer's own rules refuse. Several reasons for one row become one reject. */
export function applyRefusals(state: Sifting, refusals: Iterable<RowRefusal>): void {
  for (const { row, reason } of refusals) refuseWith(state, row as ReadRow, reason);
}

/** The ids to look up among the rows imported before: those of the rows read, and those they refer to. */
export function wantedIds(
  resources: readonly Resource[],
  read: ReadonlyMap<string, readonly ReadRow[]>,
): Map<string, Set<string>> {
  const wanted = new Map(resources.map(({ name }) => [name, new Set<string>()]));
  for (const { name, references } of resources) {
    for (const row of read.get(name) ?? []) {
      wanted.get(name)?.add(row.id);
      for (const reference of references) {
        const id = referredId(reference, row.values);
        if (id !== undefined) wanted.get(reference.resource)?.add(id);
      }
    }
  }
  return wanted;
}

/** What was decided about every row. Rejects come in file order; one that others wait with says so. */
export function sifted(state: Sifting): Sifted {
  const fresh = new Map<string, ReadRow[]>();
  const unchanged: ReadRow[] = [];
  for (const { name } of state.resources) {
    const rows: ReadRow[] = [];
    fresh.set(name, rows);
    for (const row of state.read.get(name) ?? []) {
      if (!stands(state, row)) continue;
      if (state.known.get(name)?.has(row.id)) unchanged.push(row);
      else rows.push(row);
    }
  }
  const order = new Map(state.resources.map(({ name }, at) => [name, at]));
  const refused = [...state.refused].map(([row, reasons]) => ({ ...row, reason: joinReasons(reasons) }));
  const all = [...state.readRejects, ...refused].toSorted(
    (a, b) =>
      (order.get(a.resource) ?? 0) - (order.get(b.resource) ?? 0) ||
      a.file.localeCompare(b.file) ||
      a.line - b.line,
  );
  return {
    fresh,
    unchanged,
    heldBack: [...state.heldBack].filter((row) => !state.refused.has(row)),
    rejects: all.map(({ file, line, id, reason }) => ({ file, line, id, reason })),
  };
}
