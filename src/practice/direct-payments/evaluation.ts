import { createHmac, randomBytes } from 'node:crypto';
import sql, { type Sql } from 'sql-template-tag';
import { z } from 'zod';
import { penceToPounds } from '../../platform/actions/fields.ts';
import { type CsvValue, csvText } from '../../platform/files/csv.ts';
import type { Service } from './rules.ts';

// The de-identified export for the evaluator of the scheme (committee report 2021, paragraphs 2.4 and 4.6: what difference
// direct payments make). It is read as the figures role, which can read no name and no word.

/** Days asked, both ends included. */
export interface Period {
  from: Temporal.PlainDate;
  to: Temporal.PlainDate;
}

/** Reads rows as the figures role. */
export type ReadFigures = <T>(statement: Sql) => Promise<T[]>;

/** Ages on the day asked, in whole years; a child who is not born yet is in the first band. */
const ageBands = ['0-4', '5-11', '12-15', '16-17', '18+'] as const;

const rowSchema = z.object({
  request: z.uuid(),
  family: z.uuid(),
  month: z.string(),
  service: z.enum(['social-work', 'education']),
  category: z.string(),
  locality: z.string().nullable(),
  quintile: z.number().nullable(),
  askedPence: z.bigint(),
  approvedPence: z.bigint().nullable(),
  decision: z.enum(['approved', 'approved in part', 'declined', 'withdrawn', 'waiting']),
  aboveLimit: z.boolean(),
  daysToDecide: z.number().nullable(),
  daysToPay: z.number().nullable(),
  children: z.number(),
  bands: z.array(z.number()).length(ageBands.length),
  ageUnknown: z.number(),
  careExperienced: z.boolean(),
});

/** One request, with numbers in place of its own and its family's ids. Money is whole pence. */
export interface EvaluationRow {
  request: string;
  family: string;
  month: string;
  service: Service;
  category: string;
  locality: string | null;
  quintile: number | null;
  askedPence: bigint;
  approvedPence: bigint | null;
  decision: string;
  aboveLimit: boolean;
  daysToDecide: number | null;
  daysToPay: number | null;
  children: number;
  bands: readonly number[];
  ageUnknown: number;
  careExperienced: boolean;
}

// A withdrawn request keeps the day of an earlier decision; what the family waited for was never given, so it has no days.
const statement = ({ from, to }: Period): Sql => sql`
  select r.id as request, r.family_id as family, to_char(r.asked_on, 'YYYY-MM') as month, r.service, r.category, f.locality,
    (f.simd_decile + 1) / 2 as quintile, r.asked_pence as "askedPence", r.approved_pence as "approvedPence",
    case when r.status in ('asked', 'more asked') then 'waiting'
         when r.status = 'approved' and r.approved_pence < r.asked_pence then 'approved in part' else r.status end as decision,
    r.above_limit as "aboveLimit",
    case when r.status in ('approved', 'declined') then r.decided_on - r.asked_on end as "daysToDecide",
    r.paid_on - r.asked_on as "daysToPay", young.children, young.bands, young."ageUnknown", young."careExperienced"
  from direct_payments.request r
    left join record.family f on f.id = r.family_id
    cross join lateral (
      select count(*)::int as children, coalesce(bool_or(c.care_experienced), false) as "careExperienced",
        array[count(*) filter (where c.age < 5), count(*) filter (where c.age between 5 and 11), count(*) filter (where c.age between 12 and 15),
          count(*) filter (where c.age between 16 and 17), count(*) filter (where c.age >= 18)]::int[] as bands,
        count(*) filter (where c.age is null)::int as "ageUnknown"
      from (select p.care_experienced, extract(year from age(r.asked_on, p.date_of_birth))::int as age
              from direct_payments.request_child rc join record.person p on p.id = rc.person_id where rc.request_id = r.id) c) young
  where r.asked_on between ${from} and ${to}`;

/**
 * A number that stands for an id in one export only: with another key it is another number, so that two exports cannot be
 * laid side by side. 64 bits: two requests share one in a million exports of a million rows at most.
 */
const pseudonym = (key: Buffer, kind: string, id: string): string =>
  `${kind}${createHmac('sha256', key).update(`${kind}:${id}`).digest('hex').slice(0, 16)}`;

/**
 * The requests asked for in a period, de-identified. `key` is random for every export and kept nowhere; rows are in the order
 * of their new numbers, so that their order says nothing about when they were asked.
 */
export async function evaluationRows(
  read: ReadFigures,
  period: Period,
  key: Buffer = randomBytes(32),
): Promise<EvaluationRow[]> {
  const rows = await read<unknown>(statement(period));
  return rows
    .map((row) => rowSchema.parse(row))
    .map((row) => ({
      ...row,
      request: pseudonym(key, 'r', row.request),
      family: pseudonym(key, 'f', row.family),
    }))
    .sort((a, b) => (a.request < b.request ? -1 : 1));
}

const pounds = (pence: bigint | null): string | null => (pence === null ? null : penceToPounds(pence));
const yes = (value: boolean): string => (value ? 'yes' : 'no');

/** The columns of the file, in order: heading, meaning, and where each comes from. */
export const evaluationColumns: readonly {
  heading: string;
  holds: string;
  of: (row: EvaluationRow) => CsvValue;
}[] = [
  { heading: 'request', holds: 'A number for the request, for this file only', of: (row) => row.request },
  { heading: 'family', holds: 'A number for the family, for this file only', of: (row) => row.family },
  { heading: 'month_asked', holds: 'Year and month', of: (row) => row.month },
  { heading: 'service', holds: 'social-work or education', of: (row) => row.service },
  { heading: 'category', holds: 'What it was for', of: (row) => row.category },
  { heading: 'locality', holds: 'Where the family lives', of: (row) => row.locality },
  {
    heading: 'simd_quintile',
    holds: '1 is the most deprived fifth, 5 the least',
    of: (row) => row.quintile,
  },
  { heading: 'asked_pounds', holds: 'Asked for, pounds', of: (row) => pounds(row.askedPence) },
  { heading: 'approved_pounds', holds: 'Approved, pounds', of: (row) => pounds(row.approvedPence) },
  {
    heading: 'decision',
    holds: 'approved, approved in part, declined, withdrawn or waiting',
    of: (row) => row.decision,
  },
  {
    heading: 'above_limit',
    holds: 'Whether a senior manager had to decide',
    of: (row) => yes(row.aboveLimit),
  },
  { heading: 'days_to_decide', holds: 'From asking to deciding', of: (row) => row.daysToDecide },
  { heading: 'days_to_pay', holds: 'From asking to paying', of: (row) => row.daysToPay },
  { heading: 'children', holds: 'Children and young people it was for', of: (row) => row.children },
  ...ageBands.map((band, place) => ({
    heading: `aged_${band.replace('-', '_to_').replace('+', '_and_over')}`,
    holds: `Of these, aged ${band} on the day asked`,
    of: (row: EvaluationRow) => row.bands[place] ?? 0,
  })),
  { heading: 'age_unknown', holds: 'Of these, without a date of birth', of: (row) => row.ageUnknown },
  {
    heading: 'care_experienced',
    holds: 'Whether any of them is care experienced',
    of: (row) => yes(row.careExperienced),
  },
];

/** The file for the evaluator: CSV, UTF-8, one line for each request. */
export const evaluationFile = (rows: readonly EvaluationRow[]): string =>
  csvText(
    evaluationColumns.map(({ heading }) => heading),
    rows.map((row) => evaluationColumns.map(({ of }) => of(row))),
  );
