import { z } from 'zod';
import { type Query, query } from '../actions/declare.ts';
import { askedFrom } from './address.ts';
import { type Measure, measureById, rowsStatement } from './measure.ts';

/** How many rows one page of them shows. */
export const rowsOnPage = 50;

const rowSchema = z.object({
  row_id: z.uuid(),
  label: z.string(),
  about: z.uuid(),
  day: z.instanceof(Temporal.PlainDate),
  at: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  visible: z.bigint(),
});
export type OpenedRow = z.output<typeof rowSchema>;

const inputSchema = z.looseObject({
  measure: z.string({ error: 'Say which measure, by its id' }),
  page: z.coerce.number({ error: 'Enter a page number' }).int().min(1).max(100_000).default(1),
});

/**
 * The rows behind a figure that the asker has a reason to see, a page at a time. Besides the measure it takes what the
 * address of a measure takes: `from` and `to` or `on`, and a value for any dimension. Row-level security decides.
 */
export const rowsQuery = (measures: readonly Measure[]): Query<typeof inputSchema, typeof rowSchema> =>
  query({
    name: 'figures.rows',
    title: 'See the rows behind a figure that you have a reason to see',
    who: 'anyone signed in',
    about: 'the families and people counted',
    input: inputSchema,
    row: rowSchema,
    sql: ({ measure: id, page, ...given }, { today }) => {
      const measure = measureById(measures, id);
      const asked = askedFrom(measure, { ...given, by: '', and: '' }, today);
      return rowsStatement(measure, asked, rowsOnPage, (page - 1) * rowsOnPage);
    },
  });
