import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { Who } from '../access/identity.ts';
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
  /** The page of one row, by its id and its values in each dimension. */
  href: (rowId: string, at: Readonly<Record<string, string | number | null>>) => string;
  /** Who may open that page: a row is a link for them alone. Everybody, unless said. */
  readers?: Who;
  /** What one row is, in the singular: "request". */
  rowName: string;
}

export interface Dimension {
  title: string;
  /** Words for values; the value itself when there are none. */
  words?: Readonly<Record<string, string>> | ((value: string) => string);
  /** Where the words are data: a statement for the figures role with the columns `value` and `words`. */
  lookup?: Sql;
  /** Set where rows of one value are found without reading those of the others, and `lookup` names every value there is. */
  found?: true;
  /** The dimension of which each value of this one belongs to one value: a question belongs to one programme. */
  within?: string;
}

export type Unit =
  | 'families'
  | 'children'
  | 'people'
  | 'requests'
  | 'supports'
  | 'sessions'
  | 'hours'
  | 'items'
  | 'readings'
  | 'answers'
  | 'sums'
  | 'points'
  | 'pounds'
  | 'percent'
  | 'days'
  | 'weeks'
  | 'meetings'
  | 'plans'
  | 'per 1,000 words';

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
  /** Filters that hold until their dimension is asked for, to split by or to narrow to: approved requests, say. */
  standing?: Readonly<Record<string, string>>;
  /** How many people or families stand behind a cell, for suppression; an SQL aggregate over the fact's rows. */
  behind: string;
  /** Which of the fact's dimensions it may be split by; all unless said. */
  by?: readonly string[];
  /** Whether it counts rows of the year before the period too: its fact says which row is of which year. */
  fromYearBefore?: boolean;
  /** Whether the parts of a split add up to the whole (money does; an average, or families helped twice, does not). */
  addsUp?: boolean;
}

/** One cell: the values of its dimensions, and its value. `null` is a suppressed cell, or a figure that nothing gives. */
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

/** What stands in `only`, in addresses and on the command line for "no value was recorded". */
export const notRecorded = 'not-recorded';

export const dimensionsOf = (measure: Measure): string[] => [
  ...(measure.by ?? Object.keys(measure.fact.dimensions)),
];

/** The measure with this id; a Problem names the ones there are. */
export function measureById(measures: readonly Measure[], id: string): Measure {
  const found = measures.find((measure) => measure.id === id);
  if (found) return found;
  throw new Problem(404, 'no-such-measure', `There is no measure called "${id}"`, {
    detail: `The measures are: ${measures.map((measure) => measure.id).join(', ')}.`,
  });
}

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
  if (new Set(asked.by).size < asked.by.length) {
    throw new Problem(422, 'repeated-dimension', 'The same split is asked for twice', {
      detail: `Name each dimension once: ${[...new Set(asked.by)].join(', ')}.`,
    });
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
  if (
    'during' in asked.when &&
    Temporal.PlainDate.compare(asked.when.during.from, asked.when.during.to) > 0
  ) {
    throw new Problem(422, 'period-backwards', 'The period ends before it begins', {
      detail: 'Swap the two dates.',
    });
  }
}

/** The standing filters that nothing in the question lifts. */
export const standingOf = (measure: Measure, asked: Pick<Asked, 'by' | 'only'>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(measure.standing ?? {}).filter(
      ([name]) => !asked.by.includes(name) && asked.only[name] === undefined,
    ),
  );

const narrowed = (name: string, value: string): Sql =>
  value === notRecorded ? sql`fact.${raw(name)} is null` : sql`fact.${raw(name)}::text = ${value}`;

const condition = (
  measure: Measure,
  when: When,
  only: Readonly<Record<string, string>>,
  more: readonly Sql[] = [],
): Sql => {
  const parts: Sql[] = [...more];
  if ('during' in when) {
    const from = measure.fromYearBefore ? when.during.from.subtract({ years: 1 }) : when.during.from;
    parts.push(sql`fact.day between ${from} and ${when.during.to}`);
  }
  if (measure.where) parts.push(raw(`(${measure.where})`));
  for (const [name, value] of Object.entries(only)) parts.push(narrowed(name, value));
  return parts.length > 0 ? sql`where ${join(parts, ' and ')}` : empty;
};

/** More cells than anybody reads, and than suppression can weigh in one go. */
export const mostCells = 5000;

/** The statement that computes a measure, for the figures role: one row for each combination of the dimensions asked for. */
export function measureStatement(measure: Measure, asked: Asked): Sql {
  checkAsked(measure, asked);
  const columns = asked.by.map((name) => raw(`fact.${name}`));
  const select = columns.length > 0 ? sql`${join(columns)}, ` : empty;
  const group = columns.length > 0 ? sql`group by ${join(columns)} order by ${join(columns)}` : empty;
  return sql`select ${select}${raw(measure.value)} as value, (${raw(measure.behind)})::int as behind
    from (${measure.fact.rows(asked.when)}) as fact
    ${condition(measure, asked.when, { ...standingOf(measure, asked), ...asked.only })} ${group} limit ${mostCells + 1}`;
}

/**
 * The statement that computes a measure at every level at once: for each subset of the dimensions `free`, the totals over
 * the others. `apart` are dimensions that are never summed over. `level` is a bit mask: bit i (from the left) is set where
 * `free[i]` is summed over.
 */
export function levelsStatement(
  measure: Measure,
  when: When,
  free: readonly string[],
  apart: readonly string[],
  only: Readonly<Record<string, string>>,
): Sql {
  const names = [...apart, ...free].map((name) => raw(`fact.${name}`));
  const cube = free.length > 0 ? join(free.map((name) => raw(`fact.${name}`))) : empty;
  const groups = [
    ...apart.map((name) => raw(`fact.${name}`)),
    ...(free.length > 0 ? [sql`cube(${cube})`] : []),
  ];
  return sql`select ${names.length > 0 ? sql`${join(names)}, ` : empty}
      ${free.length > 0 ? sql`grouping(${cube})` : sql`0`} as level,
      ${raw(measure.value)} as value, (${raw(measure.behind)})::int as behind
    from (${measure.fact.rows(when)}) as fact ${condition(measure, when, only)}
    ${groups.length > 0 ? sql`group by ${join(groups)} order by ${join(names)}` : empty} limit ${4 * mostCells}`;
}

/** So many rows of each value are glanced at: nearly always enough to see that it is not about few families. */
export const glanced = 200;

/**
 * The statement that glances at each value of a dimension: of the first rows, how many there are, and how many people or families
 * stand behind those. Undefined where rows of one value are not found without reading the others.
 */
export function glanceStatement(measure: Measure, when: When, name: string): Sql | undefined {
  const dimension = measure.fact.dimensions[name];
  if (dimension?.found !== true || dimension.lookup === undefined) return undefined;
  const first = (of: Sql) => sql`
    select count(*)::int as rows, (${raw(measure.behind)})::int as behind
    from (select * from (${measure.fact.rows(when)}) as fact ${condition(measure, when, {}, [of])} limit ${glanced}) as fact`;
  return sql`select each.value, seen.rows, seen.behind from (${dimension.lookup}) as each
      cross join lateral (${first(sql`fact.${raw(name)} = each.value`)}) as seen
    union all select null, seen.rows, seen.behind from (${first(sql`fact.${raw(name)} is null`)}) as seen`;
}

/**
 * The statement that opens a measure to the rows behind it, for the application role: row-level security decides what it
 * shows. `visible` is how many rows the asker can see in all.
 */
export const rowsStatement = (measure: Measure, asked: Asked, limit: number, offset: number): Sql => {
  checkAsked(measure, asked);
  const dimensions = Object.keys(measure.fact.dimensions).map(
    (name) => sql`${name}::text, fact.${raw(name)}`,
  );
  return sql`select opened.*, count(*) over () as visible from (
      select distinct on (fact.day, fact.row_id) fact.row_id, fact.label, fact.about, fact.day,
        jsonb_build_object(${join(dimensions)}) as at
      from (${measure.fact.rows(asked.when)}) as fact
      ${condition(measure, asked.when, { ...standingOf(measure, asked), ...asked.only })}
      order by fact.day, fact.row_id) as opened
    order by day, row_id limit ${limit} offset ${offset}`;
};

/** How many rows a figure stands on, as a measure of its own, so that the same suppression holds for it. */
export const rowsBehind = (measure: Measure): Measure => ({
  ...measure,
  unit: 'requests',
  value: 'count(distinct fact.row_id)',
});

/**
 * A value from the database in the form a measure publishes it: money as text with two decimals, everything else as a
 * number; `null` where there is no figure (an average of nothing).
 */
export function published(unit: Unit, value: unknown): string | number | null {
  if (value === null || value === undefined) return null;
  return unit === 'pounds' ? twoDecimals(String(value)) : Number(String(value));
}

const twoDecimals = (text: string): string => {
  const [whole = '0', part = ''] = text.split('.');
  return `${whole}.${part.padEnd(2, '0').slice(0, 2)}`;
};
