import sql, { type Sql } from 'sql-template-tag';
import { z } from 'zod';
import { rowsOn } from '../../platform/database/rows.ts';
import type { FiguresPool } from '../../platform/measures/compute.ts';
import type { Cell, Period } from '../../platform/measures/measure.ts';
import { smallestShown, suppress } from '../../platform/measures/suppress.ts';
import { changeOf } from '../../practice/support/rules.ts';
import { area } from './awards.ts';
import { countedHelp, crisisSigns, paidProgrammes, readingPairs, returnedSums, toldSums } from './reach.ts';
import { ageBands, genders, issues, rateOf, type Source, standings } from './rules.ts';

// The figures of a six-monthly return: one statement of the figures role, and what it says with small numbers hidden.

const list = (rows: Sql): Sql => sql`(select coalesce(jsonb_agg(to_jsonb(each)), '[]') from (${rows}) each)`;

/** Whom a return counts as reached. Each big table is read once. */
const reachedStatement = (period: Period): Sql => sql`
  with paid as materialized (${paidProgrammes(period)}), sign as materialized (${crisisSigns}),
    help as materialized (${countedHelp(period)}),
    person as (select distinct on (h.person_id) h.person_id, h.age, h.gender, h.care, h.standing from help h where h.child order by h.person_id, h.since),
    told as materialized (${toldSums(period)})
  select ${list(sql`
      select grouping(age, gender, care, standing) as level, age, gender, care, standing, count(*)::int as children
      from person group by grouping sets ((), (age), (gender), (care), (standing))`)} as parts,
    ${list(sql`
      select funded as support, count(distinct person_id) filter (where child)::int as children, count(distinct family_id)::int as families,
        count(distinct person_id) filter (where child and crisis)::int as crisis, count(distinct person_id) filter (where standing = 'carer')::int as carers
      from help group by grouping sets ((), (funded))`)} as counted,
    ${list(sql`
      select r.funded as support, coalesce(sum(r.children), 0)::int as children, coalesce(sum(r.families), 0)::int as families,
        coalesce(sum(r.to_crisis), 0)::int as crisis from (${returnedSums}) r group by r.funded`)} as returned,
    ${list(sql`
      select t.funded as support, sum(t.children)::int as children, sum(t.families)::int as families, sum(t.to_crisis)::int as crisis,
        sum(t.outside)::int as outside, sum(t.care)::int as care, string_agg(distinct t.source, '; ') as source from told t group by t.funded`)} as told,
    ${list(sql`
      select p.part, p.value, sum(p.amount)::int as children from mental_health.told_part p join told t on t.row_id = p.told_id group by p.part, p.value`)} as told_parts`;

/** What a return counts besides: times together, readings and what was spent. */
const restStatement = (period: Period): Sql => sql`
  with paid as materialized (${paidProgrammes(period)}), pair as materialized (${readingPairs})
  select ${list(sql`
      select p.funded as support, count(*)::int as sessions, round(sum(n.minutes) / 60.0)::int as hours,
        count(*) filter (where n.out_of_hours)::int as out_of_hours
      from paid p join support.session n on n.programme = p.programme and n.on_day between p.from_on and p.to_on group by p.funded`)} as sessions,
    ${list(sql`
      select indicator, count(*)::int as first, count(change)::int as both, avg(change)::float8 as mean, stddev_samp(change)::float8 as deviation,
        count(distinct family_id)::int as families, count(distinct family_id) filter (where change is not null)::int as families_twice
      from pair group by indicator`)} as readings,
    ${list(sql`
      select f.id as support, coalesce(sum(s.amount_pence), 0)::text as pence
      from mental_health.funded f join funds.draw s on s.of_id = f.id and s.area = ${area} and s.state = 'paid' where s.on_day between ${period.from}::date and ${period.to}::date group by f.id`)} as spent`;

const count = z.int();
const reachedSchema = z.object({
  parts: z.array(
    z.object({
      level: count,
      age: z.string().nullable(),
      gender: z.string().nullable(),
      care: z.string().nullable(),
      standing: z.string().nullable(),
      children: count,
    }),
  ),
  counted: z.array(
    z.object({
      support: z.uuid().nullable(),
      children: count,
      families: count,
      crisis: count,
      carers: count,
    }),
  ),
  returned: z.array(z.object({ support: z.uuid(), children: count, families: count, crisis: count })),
  told: z.array(
    z.object({
      support: z.uuid(),
      children: count,
      families: count,
      crisis: count,
      outside: count,
      care: count,
      source: z.string(),
    }),
  ),
  told_parts: z.array(
    z.object({ part: z.enum(['age', 'gender', 'issue']), value: z.string(), children: count }),
  ),
});
const restSchema = z.object({
  sessions: z.array(z.object({ support: z.uuid(), sessions: count, hours: count, out_of_hours: count })),
  readings: z.array(
    z.object({
      indicator: z.string(),
      first: count,
      both: count,
      mean: z.number().nullable(),
      deviation: z.number().nullable(),
      families: count,
      families_twice: count,
    }),
  ),
  spent: z.array(z.object({ support: z.uuid(), pence: z.string() })),
});
export type Counted = z.output<typeof reachedSchema> & z.output<typeof restSchema>;

/** A count as it is shown: `null` where it is hidden because it is small. */
const shown = z.int().nullable();
const partSchema = z.object({ value: z.string(), words: z.string(), children: shown });
const reachSchema = z.object({
  support: z.uuid(),
  source: z.enum(['counted', 'returned', 'told']),
  children: shown,
  families: shown,
  crisis: shown,
  /** Where sums come from, as it was written. */
  from: z.string(),
});

/** The figures of a return, as they are kept when it is sent. Small numbers are hidden: it goes out of the house. */
export const returnFiguresSchema = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  children: shown,
  families: shown,
  crisis: shown,
  /** How many in a hundred went on to crisis support; `null` where it is hidden or nobody was reached. */
  rate: z.number().nullable(),
  carers: shown,
  parts: z.object({
    age: z.array(partSchema),
    gender: z.array(partSchema),
    care: z.array(partSchema),
    standing: z.array(partSchema),
    issue: z.array(partSchema),
  }),
  reach: z.array(reachSchema),
  sessions: z.array(z.object({ support: z.uuid(), sessions: z.int(), hours: z.int(), outOfHours: z.int() })),
  readings: z.array(
    z.object({
      indicator: z.string(),
      first: shown,
      without: shown,
      mean: z.number().nullable(),
      from: z.number().nullable(),
      to: z.number().nullable(),
    }),
  ),
  spent: z.array(z.object({ support: z.uuid(), pence: z.string() })),
});
export type ReturnFigures = z.output<typeof returnFiguresSchema>;
export type Part = keyof ReturnFigures['parts'];

const cell = (at: Cell['at'], value: number): Cell => ({ at, value, behind: value, suppressed: false });

/** Counts with small ones hidden, and what would let them be worked out; the total is among the cells, at `{}`. */
const hidden = (cells: readonly Cell[]): Map<string, number | null> =>
  new Map(
    suppress(cells).map(({ at, value, suppressed }) => [
      JSON.stringify(at),
      suppressed || value === null ? null : Number(value),
    ]),
  );
const look = (shownAs: ReadonlyMap<string, number | null>, at: Cell['at']): number | null => {
  const found = shownAs.get(JSON.stringify(at));
  return found === undefined ? 0 : found;
};

const notSaid = 'not said';
const wordsOf: Readonly<Record<Part, Readonly<Record<string, string>>>> = {
  age: Object.fromEntries(ageBands.map(({ id, words }) => [id, words])),
  gender: genders,
  care: { yes: 'Care experienced', no: 'Not recorded as care experienced' },
  standing: standings,
  issue: issues,
};

/** Bits of `grouping(age, gender, care, standing)` that are unset for a part alone. */
const levelOf = { age: 0b0111, gender: 0b1011, care: 0b1101, standing: 0b1110 } as const;

const sum = <T>(rows: readonly T[], of: (row: T) => number): number =>
  rows.reduce((total, row) => total + of(row), 0);

/** How many of a part there are by value; those of whom nothing is said come last, so that each part adds up to all children. */
function partOf(row: Counted, part: Exclude<Part, 'issue'>, all: number): Map<string, number> {
  const values = new Map<string, number>();
  const add = (value: string, many: number) => {
    if (many > 0) values.set(value, (values.get(value) ?? 0) + many);
  };
  for (const each of row.parts.filter(({ level }) => level === levelOf[part]))
    add(each[part] ?? notSaid, each.children);
  for (const each of row.told_parts.filter((told) => told.part === part)) add(each.value, each.children);
  if (part === 'care')
    add(
      'yes',
      sum(row.told, ({ care }) => care),
    );
  if (part === 'standing') {
    add(
      'outside',
      sum(row.told, (told) => told.outside),
    );
    add(
      'inside',
      sum(row.told, (told) => told.children - told.outside),
    );
  }
  const said = sum([...values.values()], (many) => many);
  add(notSaid, all - said);
  return values;
}

/** What a return says of what was counted: sums together, and small numbers hidden. */
export function figuresFrom(row: Counted, period: Period): ReturnFigures {
  const counted = row.counted.find(({ support }) => support === null);
  const sums = [...row.returned, ...row.told];
  const total = {
    children: (counted?.children ?? 0) + sum(sums, ({ children }) => children),
    families: (counted?.families ?? 0) + sum(sums, ({ families }) => families),
    crisis: (counted?.crisis ?? 0) + sum(sums, ({ crisis }) => crisis),
  };
  const sources: {
    source: Source;
    rows: readonly {
      support: string | null;
      children: number;
      families: number;
      crisis: number;
      source?: string;
    }[];
  }[] = [
    { source: 'counted', rows: row.counted.filter(({ support }) => support !== null) },
    { source: 'returned', rows: row.returned },
    { source: 'told', rows: row.told },
  ];
  const reached = sources.flatMap(({ source, rows }) =>
    rows.flatMap(({ support, source: from = '', ...numbers }) =>
      support === null ? [] : [{ support, source, from, ...numbers }],
    ),
  );
  const numbersOf = (of: 'children' | 'families' | 'crisis') =>
    hidden([
      cell({}, total[of]),
      ...reached.map((each) => cell({ support: `${each.support} ${each.source}` }, each[of])),
    ]);
  const [children, families, crisis] = [numbersOf('children'), numbersOf('families'), numbersOf('crisis')];
  const parts = (['age', 'gender', 'care', 'standing'] as const).map((part) => {
    const values = partOf(row, part, total.children);
    const shownAs = hidden([
      cell({}, total.children),
      ...[...values].map(([value, many]) => cell({ [part]: value }, many)),
    ]);
    const order = [...Object.keys(wordsOf[part]), notSaid].filter((value) => values.has(value));
    return [
      part,
      order.map((value) => ({
        value,
        words: wordsOf[part][value] ?? 'Not said',
        children: look(shownAs, { [part]: value }),
      })),
    ] as const;
  });
  // What somebody came about can be several things: the parts add up to no total.
  const issue = row.told_parts
    .filter(({ part }) => part === 'issue')
    .map(({ value, children: many }) => ({
      value,
      words: wordsOf.issue[value] ?? value,
      children: many < smallestShown ? null : many,
    }));
  const carers = counted?.carers ?? 0;
  const shownCrisis = look(crisis, {});
  const shownChildren = look(children, {});
  return {
    from: period.from.toString(),
    to: period.to.toString(),
    children: shownChildren,
    families: look(families, {}),
    crisis: shownCrisis,
    rate:
      shownCrisis === null || shownChildren === null ? null : (rateOf(shownCrisis, shownChildren) ?? null),
    carers: carers > 0 && carers < smallestShown ? null : carers,
    parts: { ...(Object.fromEntries(parts) as Omit<ReturnFigures['parts'], 'issue'>), issue },
    reach: reached.map(({ support, source, from }) => {
      const at = { support: `${support} ${source}` };
      return {
        support,
        source,
        from,
        children: look(children, at),
        families: look(families, at),
        crisis: look(crisis, at),
      };
    }),
    sessions: row.sessions.map(({ out_of_hours: outOfHours, ...rest }) => ({ ...rest, outOfHours })),
    readings: row.readings.map(readingOf),
    spent: row.spent,
  };
}

const twoPlaces = (value: number | undefined): number | null =>
  value === undefined ? null : Math.round(value * 100) / 100;

function readingOf(each: Counted['readings'][number]): ReturnFigures['readings'][number] {
  const { indicator, first, both, mean, deviation, families, families_twice: twice } = each;
  const without = families - twice;
  const small = families < smallestShown;
  // A mean of few families tells of them; so does how many have no second reading when it is all but a few.
  const tells = twice > 0 && (twice < smallestShown || (without > 0 && without < smallestShown));
  const change = twice >= smallestShown && mean !== null ? changeOf(both, mean, deviation) : undefined;
  return {
    indicator,
    first: small ? null : first,
    without: small || tells ? null : first - both,
    mean: twoPlaces(change?.mean),
    from: twoPlaces(change?.from),
    to: twoPlaces(change?.to),
  };
}

async function one<S extends z.ZodType>(pools: FiguresPool, schema: S, statement: Sql): Promise<z.output<S>> {
  const client = await pools.figures.connect();
  try {
    const [row] = await rowsOn(client).rows(schema, statement);
    if (row === undefined) throw new Error('a statement of one row gave none');
    return row;
  } finally {
    client.release();
  }
}

/** Counts what a return says, as the figures role, which can read no name: two statements at once, on two connections. */
export async function countReturn(pools: FiguresPool, period: Period): Promise<ReturnFigures> {
  const [reached, rest] = await Promise.all([
    one(pools, reachedSchema, reachedStatement(period)),
    one(pools, restSchema, restStatement(period)),
  ]);
  return figuresFrom({ ...reached, ...rest }, period);
}
