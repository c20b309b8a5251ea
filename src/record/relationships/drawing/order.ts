import type { Bond, Bonds, Couple } from './bonds.ts';
import { costIn, type Look } from './cost.ts';
import type { Generation } from './generations.ts';

// Who stands beside whom within a row: couples together, brothers and sisters by age, few lines crossing.

/** Something that takes room in a row: a person, or a line that passes through on its way to a row further down. */
export interface Item {
  id: string;
  person: boolean;
}

/** What a line joins between one row and the next: `tops` in the row above (people or passages), `ends` in the row below. */
export interface Span {
  bond: Bond;
  /** The row above; -1 for a bar above the first row. */
  above: number;
  tops: readonly string[];
  ends: readonly string[];
}

export interface Ordered {
  rows: readonly (readonly Item[])[];
  spans: readonly Span[];
}

const passageId = (bond: Bond, row: number): string => `${bond.id} @ ${row}`;

/** Every stretch of every bond from row to row. A child several rows down is reached through passages. */
function spansOf(bonds: readonly Bond[], row: ReadonlyMap<string, number>): Span[] {
  return bonds.flatMap((bond) => {
    const rowOf = (key: string) => row.get(key) ?? 0;
    const start =
      bond.parents.length > 0
        ? Math.max(...bond.parents.map(rowOf))
        : Math.min(...bond.children.map(rowOf)) - 1;
    // Somebody who is cared for by a person of their own row or below is named in the list, not drawn upside down.
    const below = bond.children.filter((key) => rowOf(key) > start);
    const deepest = Math.max(start, ...below.map(rowOf));
    const spans: Span[] = [];
    for (let above = start; above < deepest; above++) {
      const further = below.some((key) => rowOf(key) > above + 1);
      spans.push({
        bond,
        above,
        tops: above === start ? bond.parents.filter((key) => rowOf(key) === start) : [passageId(bond, above)],
        ends: [
          ...below.filter((key) => rowOf(key) === above + 1),
          ...(further ? [passageId(bond, above + 1)] : []),
        ],
      });
    }
    return spans;
  });
}

/**
 * Of the people whom a stretch of a bond leaves, those under whose middle it begins: both where they stand side by side, else the
 * one with fewer partners, beside whom the line comes down.
 */
export function hangsFrom(
  tops: readonly string[],
  ordered: Ordered,
  couples: readonly Couple[],
): readonly string[] {
  const [one, other] = tops;
  if (one === undefined || other === undefined || isBeside(ordered, one, other)) return tops;
  const partners = (key: string) => couples.filter((each) => each.one === key || each.other === key).length;
  return [partners(one) < partners(other) ? one : other];
}

/** Whether two people stand next to each other: a line passing between them does not part them. */
export const isBeside = ({ rows }: Pick<Ordered, 'rows'>, one: string, other: string): boolean =>
  rows.some((row) => {
    const people = row.filter((item) => item.person).map((item) => item.id);
    const [first, second] = [people.indexOf(one), people.indexOf(other)];
    return first >= 0 && second >= 0 && Math.abs(first - second) === 1;
  });

/** Partners of one row in one line, each beside the other as far as that can be; the latest partner to the right. */
function chain(
  start: string,
  partners: ReadonlyMap<string, readonly string[]>,
  placed: Set<string>,
): string[] {
  const line = [start];
  placed.add(start);
  const next = (of: string | undefined) => (partners.get(of ?? '') ?? []).find((each) => !placed.has(each));
  for (;;) {
    const right = next(line.at(-1));
    const left = right === undefined ? next(line[0]) : undefined;
    const other = right ?? left ?? line.map(next).find((each) => each !== undefined);
    if (other === undefined) return line;
    placed.add(other);
    if (left !== undefined) line.unshift(other);
    else line.push(other);
  }
}

function clusters(generation: Generation, row: number, couples: readonly Couple[]): string[][] {
  const here = generation.people.filter((key) => generation.row.get(key) === row);
  const partners = new Map<string, string[]>();
  for (const { one, other, style } of couples) {
    if (!here.includes(one) || !here.includes(other)) continue;
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      const list = partners.get(from) ?? [];
      // Whoever somebody is with now is placed first, on the right.
      if (style === 'partners') list.unshift(to);
      else list.push(to);
      partners.set(from, list);
    }
  }
  const placed = new Set<string>();
  const many = [...here].sort((a, b) => (partners.get(b)?.length ?? 0) - (partners.get(a)?.length ?? 0));
  const found: string[][] = [];
  for (const key of many) if (!placed.has(key)) found.push(chain(key, partners, placed));
  const first = (line: readonly string[]) => Math.min(...line.map((key) => here.indexOf(key)));
  return found.sort((one, other) => first(one) - first(other));
}

const sweeps = 8;
const rounds = 6;

/** Orders every row of a generation. The same family always gives the same order. */
export function order(generation: Generation, bonds: Bonds, look: Look): Ordered {
  const inside = (key: string) => generation.row.has(key);
  const couples = bonds.couples.filter(({ one, other }) => inside(one) && inside(other));
  const spans = spansOf(
    bonds.bonds.filter((bond) => [...bond.parents, ...bond.children].every(inside)),
    generation.row,
  );
  const passages = new Set(spans.flatMap(({ ends }) => ends.filter((id) => !generation.row.has(id))));
  const depth = Math.max(0, ...generation.row.values()) + 1;
  let rows = Array.from({ length: depth }, (_, row) => [
    ...clusters(generation, row, couples),
    ...spans.flatMap(({ above, ends }) =>
      above + 1 === row ? ends.filter((id) => passages.has(id)).map((id) => [id]) : [],
    ),
  ]);
  if (generation.joined) {
    const measure = costIn(rows, spans, couples, look);
    let best = rows;
    let least = measure(best);
    for (let sweep = 0; sweep < sweeps && least > 0; sweep++) {
      rows = swept(rows, spans, sweep % 2 === 0 ? 'down' : 'up');
      const cost = measure(rows);
      if (cost < least) [best, least] = [rows, cost];
    }
    rows = improved(best, least, measure);
  }
  return {
    rows: rows.map((row) => row.flat().map((id): Item => ({ id, person: !passages.has(id) }))),
    spans,
  };
}

/** Moves each cluster towards the middle of what it hangs from (down) or of what hangs from it (up). */
function swept(rows: readonly string[][][], spans: readonly Span[], way: 'down' | 'up'): string[][][] {
  const made = rows.map((row) => row.map((line) => [...line]));
  const at = new Map<string, number>();
  const note = (row: readonly string[][]) => {
    const flat = row.flat();
    flat.forEach((id, index) => {
      at.set(id, (index + 0.5) / flat.length);
    });
  };
  made.forEach(note);
  const pulls = new Map<string, string[][]>();
  for (const { tops, ends } of spans)
    for (const id of way === 'down' ? ends : tops)
      pulls.set(id, [...(pulls.get(id) ?? []), [...(way === 'down' ? tops : ends)]]);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const pullOf = (id: string): number | undefined => {
    const middles = (pulls.get(id) ?? [])
      .filter((ids) => ids.length > 0)
      .map((ids) => mean(ids.map((each) => at.get(each) ?? 0)));
    return middles.length === 0 ? undefined : mean(middles);
  };
  const indexes = made.map((_, index) => index);
  for (const index of way === 'down' ? indexes : indexes.reverse()) {
    const row = made[index] ?? [];
    const placed = row.map((line) => {
      const wanted = line.map(pullOf);
      const [first, last] = [wanted[0], wanted.at(-1)];
      if (first !== undefined && last !== undefined && first > last) line.reverse();
      const known = wanted.filter((each) => each !== undefined);
      const own = mean(line.map((id) => at.get(id) ?? 0));
      return { line, to: known.length === 0 ? own : mean(known) };
    });
    // Sorting is stable: those with one pull keep their turn.
    made[index] = placed.sort((one, other) => one.to - other.to).map(({ line }) => line);
    note(made[index] ?? []);
  }
  return made;
}

/** Swaps neighbours, moves clusters and turns couples round, while that costs less. */
function improved(
  start: string[][][],
  cost: number,
  measure: (rows: readonly string[][][]) => number,
): string[][][] {
  const rows = start.map((row) => row.map((line) => [...line]));
  let least = cost;
  const attempt = (change: () => void, undo: () => void): boolean => {
    change();
    const now = measure(rows);
    if (now < least) {
      least = now;
      return true;
    }
    undo();
    return false;
  };
  for (let round = 0; round < rounds && least > 0; round++) {
    let better = false;
    for (const row of rows) {
      for (let index = 0; index < row.length; index++) {
        const line = row[index] ?? [];
        const turn = () => void line.reverse();
        if (line.length > 1) better = attempt(turn, turn) || better;
        for (const step of row.length > 14 ? [1, 2, 4] : [1, 2, 3, 4, 6]) {
          const to = index + step;
          if (to >= row.length) break;
          const move = (from: number, where: number) => row.splice(where, 0, ...row.splice(from, 1));
          better =
            attempt(
              () => move(index, to),
              () => move(to, index),
            ) || better;
          better =
            attempt(
              () => move(to, index),
              () => move(index, to),
            ) || better;
        }
      }
    }
    if (!better) break;
  }
  return rows;
}
