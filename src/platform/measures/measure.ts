import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { Problem } from '../problem.ts';

/** A span of days, both included. */
export interface Period {
  from: Temporal.PlainDate;
  to: Temporal.PlainDate;
}

/** When a measure is taken: during a period (things that happened) or on a day (things as they stood). */
export type When = { during: Period } | { on: Temporal.PlainDate };

/**
 * A set of rows that measures count: one statement that both the figures role (to count) and the application (to open the
 * rows, for those who may read them) can run, so that a figure and the rows behind it cannot differ.
 *
 * Columns it must give: `row_id` uuid, `label` text, `about` uuid (the family or person), `day` date, and one for each dimension.
 */
export interface Fact {
  id: string;
  rows: (when: When) => Sql;
  dimensions: Readonly<Record<string, Dimension>>;
  /** The page of one row. */
  href: (rowId: string) => string;
  rowName: string;
}

export interface Dimension {
  title: string;
  /** Words for values; the value itself when there are none. */
  words?: Readonly<Record<string, string>>;
}

export type Unit = 'families' | 'children' | 'requests' | 'pounds' | 'percent' | 'days';

/** A figure that is published: what it means, and how it is computed from records. */
export interface Measure {
  id: string;
  title: string;
  /** In plain words, what is counted and what is not. */
  definition: string;
  unit: Unit;
  kind: 'during' | 'on';
  fact: Fact;
  /** The SQL aggregate over the fact's rows. */
  value: string;
  /** The SQL condition on the fact's rows. */
  where?: string;
  /** How many people or families stand behind a cell, for suppression; an SQL aggregate over the fact's rows. */
  behind: string;
  /** Which of the fact's dimensions it may be split by; all unless said. */
  by?: readonly string[];
}

/** One cell: the values of its dimensions, and its value. `null` is a suppressed cell. */
export interface Cell {
  at: Readonly<Record<string, string | number | null>>;
  value: string | number | null;
  behind: number;
  suppressed: boolean;
}

export interface Asked {
  when: When;
  by: readonly string[];
  /** Only rows whose dimension has this value. */
  only: Readonly<Record<string, string>>;
}

export const dimensionsOf = (measure: Measure): string[] => [...(measure.by ?? Object.keys(measure.fact.dimensions))];

/** Checks that a measure can be asked this way; a Problem says which dimensions there are. */
export function checkAsked(measure: Measure, asked: Asked): void {
  const known = dimensionsOf(measure);
  for (const name of [...asked.by, ...Object.keys(asked.only)]) {
    if (!known.includes(name)) {
      throw new Problem(422, 'unknown-dimension', `${measure.id} cannot be split by "${name}"`, {
        detail: `It can be split by: ${known.join(', ')}.`,
      });
    }
  }
  const takenOn = 'on' in asked.when;
  if (takenOn !== (measure.kind === 'on')) {
    throw new Problem(
      422,
      'wrong-time',
      measure.kind === 'on' ? `${measure.id} is taken on a day` : `${measure.id} is counted during a period`,
      { detail: measure.kind === 'on' ? 'Give the day with --on.' : 'Give the period with --from and --to.' },
    );
  }
  if ('during' in asked.when && Temporal.PlainDate.compare(asked.when.during.from, asked.when.during.to) > 0) {
    throw new Problem(422, 'period-backwards', 'The period ends before it begins', { detail: 'Swap the two dates.' });
  }
}

const condition = (measure: Measure, asked: Asked): Sql => {
  const parts: Sql[] = [];
  if ('during' in asked.when) parts.push(sql`fact.day between ${asked.when.during.from} and ${asked.when.during.to}`);
  if (measure.where) parts.push(raw(`(${measure.where})`));
  for (const [name, value] of Object.entries(asked.only)) parts.push(sql`fact.${raw(name)}::text = ${value}`);
  return parts.length > 0 ? sql`where ${join(parts, ' and ')}` : empty;
};

/** The statement that computes a measure, for the figures role: one row for each combination of the dimensions asked for. */
export function measureStatement(measure: Measure, asked: Asked): Sql {
  checkAsked(measure, asked);
  const columns = asked.by.map((name) => raw(`fact.${name}`));
  const select = columns.length > 0 ? sql`${join(columns)}, ` : empty;
  const group = columns.length > 0 ? sql`group by ${join(columns)} order by ${join(columns)}` : empty;
  return sql`select ${select}${raw(measure.value)} as value, (${raw(measure.behind)})::int as behind
    from (${measure.fact.rows(asked.when)}) as fact ${condition(measure, asked)} ${group} limit 5000`;
}

/** The statement that opens a measure to the rows behind it, for the application role: row-level security decides what it shows. */
export const rowsStatement = (measure: Measure, asked: Asked, limit: number, offset: number): Sql => {
  checkAsked(measure, asked);
  const dimensions = Object.keys(measure.fact.dimensions).map((name) => sql`${name}::text, fact.${raw(name)}`);
  return sql`select distinct on (fact.day, fact.row_id) fact.row_id, fact.label, fact.about, fact.day, jsonb_build_object(${join(dimensions)}) as at
    from (${measure.fact.rows(asked.when)}) as fact ${condition(measure, asked)}
    order by fact.day, fact.row_id limit ${limit} offset ${offset}`;
};

/** A value from the database in the form a measure publishes it: money and shares as text with their decimals, counts as numbers. */
export function published(unit: Unit, value: unknown): string | number {
  if (unit === 'pounds') return value === null ? '0.00' : Number(String(value)) === 0 ? '0.00' : twoDecimals(String(value));
  if (unit === 'percent' || unit === 'days') return value === null ? 0 : Number(String(value));
  return Number(String(value ?? 0));
}

const twoDecimals = (text: string): string => {
  const [whole = '0', part = ''] = text.split('.');
  return `${whole}.${part.padEnd(2, '0').slice(0, 2)}`;
};

/**
 * Hides cells with fewer than five people or families behind them, and then as many more as it takes that no hidden cell can
 * be worked out from a total of the others (national practice; Scottish Government disclosure guidance).
 *
 * A line is the set of cells that differ in one dimension only; where a line has exactly one hidden cell and a total is
 * published, the smallest of the others is hidden too.
 */
export function suppress(cells: readonly Cell[], by: readonly string[], smallest = 5): Cell[] {
  const hidden = cells.map((cell) => cell.behind > 0 && cell.behind < smallest);
  const lines = by.flatMap((dimension) => {
    const others = by.filter((name) => name !== dimension);
    const groups = new Map<string, number[]>();
    cells.forEach((cell, index) => {
      const key = JSON.stringify(others.map((name) => cell.at[name]));
      groups.set(key, [...(groups.get(key) ?? []), index]);
    });
    return [...groups.values()];
  });
  for (let changed = true; changed; ) {
    changed = false;
    for (const line of lines) {
      if (line.filter((index) => hidden[index]).length !== 1) continue;
      const next = line
        .filter((index) => !hidden[index] && (cells[index]?.behind ?? 0) > 0)
        .sort((a, b) => (cells[a]?.behind ?? 0) - (cells[b]?.behind ?? 0))[0];
      if (next === undefined) continue;
      hidden[next] = true;
      changed = true;
    }
  }
  return cells.map((cell, index) => (hidden[index] ? { ...cell, value: null, suppressed: true } : cell));
}
