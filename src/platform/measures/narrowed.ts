import type { Asked, Cell, Measure } from './measure.ts';
import { type Seen, shownBeside, suppress } from './suppress.ts';

// Questions narrowed to one value of a dimension, from whoever may not see small numbers. Whether that one is shown depends on the
// others beside it. Counting all of them anew for each page would take seconds where there is much, so as little is looked at as
// settles it. What comes out is what `suppress` says of the whole split; tests hold the two together.

type Count = (asked: Asked) => Promise<Cell[]>;

/** How often one of the others is counted to the end before the whole split is. */
const mostCounted = 3;

/**
 * The one cell of a question narrowed to one value of `name`, hidden where the whole split would hide it. Undefined where it takes
 * the whole split to know. `glance` says of each value at least how many stand behind it.
 */
export async function cellAlone(
  asked: Asked,
  name: string,
  count: Count,
  glance: () => Promise<Seen[]>,
): Promise<Cell | undefined> {
  const value = asked.only[name] ?? '';
  const [own] = await count(asked);
  if (own === undefined) return undefined;
  // About nobody: nothing is given away, and it protects no other.
  if (own.behind === 0) return Number(own.value ?? 0) === 0 ? own : undefined;
  let others = (await glance()).filter((each) => each.at[name] !== value);
  const cell: Cell = { ...own, at: { [name]: value } };
  for (let counted = 0; ; counted++) {
    const shown = shownBeside(cell, others);
    if (shown !== undefined) return shown ? own : { ...own, value: null, suppressed: true };
    const [next] = others
      .filter(({ exactly, at }) => !exactly && at[name] !== null)
      .sort((a, b) => a.behind - b.behind);
    if (next === undefined || counted === mostCounted) return undefined;
    const [found] = await count({ ...asked, only: { [name]: String(next.at[name]) } });
    others = others.map((each) =>
      each === next ? { at: each.at, behind: found?.behind ?? 0, exactly: true } : each,
    );
  }
}

/** The dimensions from the one that holds the others to the finest, where each lies within the one before it. */
export function nested(measure: Measure, names: readonly string[]): string[] | undefined {
  const within = (name: string) => measure.fact.dimensions[name]?.within;
  const chain = names.filter((name) => within(name) === undefined);
  if (chain.length !== 1 || names.length === 1) return undefined;
  for (let last = chain[0]; chain.length < names.length; ) {
    const next = names.find((name) => within(name) === last);
    if (next === undefined) return undefined;
    chain.push(next);
    last = next;
  }
  return chain;
}

const at = (cell: Cell, names: readonly string[]): string =>
  JSON.stringify(names.map((name) => cell.at[name] ?? null));

/**
 * The cells of dimensions that lie within one another (the answers to a programme's questions), below one that is settled already.
 * A value belongs to one value of the dimension above it, so the only lines are those below one cell. Below a hidden one everything
 * is hidden.
 */
export async function cellsWithin(
  asked: Asked,
  names: readonly string[],
  settled: Cell,
  count: Count,
): Promise<Cell[]> {
  let above: Cell[] = [{ ...settled, at: {} }];
  for (const [index, name] of names.entries()) {
    const held = names.slice(0, index);
    const below = Map.groupBy(await count({ ...asked, by: names.slice(0, index + 1) }), (cell) =>
      at(cell, held),
    );
    above = above.flatMap((parent) => {
      const cells = below.get(at(parent, held)) ?? [];
      if (parent.suppressed) return cells.map((cell) => ({ ...cell, value: null, suppressed: true }));
      const shown = suppress([
        { ...parent, at: {} },
        ...cells.map((cell) => ({ ...cell, at: { [name]: cell.at[name] ?? null } })),
      ]);
      return shown
        .filter((cell) => name in cell.at)
        .map((cell) => ({ ...cell, at: { ...parent.at, ...cell.at } }));
    });
  }
  return above;
}
