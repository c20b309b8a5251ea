import { z } from 'zod';
import { Problem } from '../../../platform/problem.ts';

// What can stand behind the question mark of the feed. A parameter that the specification has and that is not offered here is
// refused, since an answer that is not narrowed would be taken for one that is; a parameter that nobody knows is passed over.

const whole = (least: number, most: number, otherwise: number) =>
  z.coerce
    .number({ error: `give a whole number from ${least} to ${most}` })
    .int(`give a whole number from ${least} to ${most}`)
    .min(least, `give a whole number from ${least} to ${most}`)
    .max(most, `give a whole number from ${least} to ${most}`)
    .default(otherwise);

const yesOrNo = z
  .enum(['true', 'false'], { error: 'give true or false' })
  .default('false')
  .transform((value) => value === 'true');
const uuid = z.uuid({ error: 'give the id of one, a UUID' }).optional();
const years = z.coerce
  .number({ error: 'give an age in years' })
  .min(0, 'give an age in years')
  .max(200, 'give an age in years')
  .optional();
const search = z
  .string({ error: 'give it once' })
  .max(200, 'give 200 characters or fewer')
  .default('')
  .transform((written) => written.replaceAll('\u0000', '').trim());
const notOffered = z.undefined({ error: 'this is not offered here: leave it out' }).optional();

const moment = z
  .string()
  .transform((written, context) => {
    try {
      return /T/.test(written)
        ? Temporal.Instant.from(written)
        : Temporal.PlainDate.from(written).toZonedDateTime('Europe/London').toInstant();
    } catch {
      context.addIssue({
        code: 'custom',
        message: 'give a day or a moment as ISO 8601, like 2026-11-22T09:30:00Z',
      });
      return z.NEVER;
    }
  })
  .optional();

const paging = {
  page: whole(1, 1_000_000, 1),
  per_page: whole(1, 100, 50),
  format: z.literal('json', { error: 'only json is offered' }).optional(),
};

export const serviceParameters = z.object({
  ...paging,
  search,
  full: yesOrNo,
  minimal: yesOrNo,
  taxonomy_term_id: uuid,
  taxonomy_id: uuid,
  organization_id: uuid,
  modified_after: moment,
  minimum_age: years,
  maximum_age: years,
  postcode: notOffered,
  proximity: notOffered,
  start_time: notOffered,
  end_time: notOffered,
  day: notOffered,
});
export const taxonomyParameters = z.object({ ...paging, search });
export const termParameters = z.object({
  ...paging,
  search,
  taxonomy_id: uuid,
  parent_id: notOffered,
  top_only: yesOrNo,
});

/** Reads parameters; a Problem names each that cannot be, and what to give. */
export function parametersOf<S extends z.ZodType>(schema: S, given: unknown): z.output<S> {
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  const fields = Object.fromEntries(read.error.issues.map((issue) => [issue.path.join('.'), issue.message]));
  throw new Problem(400, 'bad-parameters', 'These parameters cannot be used', {
    detail: Object.entries(fields)
      .map(([name, why]) => `${name}: ${why}`)
      .join('; '),
    fields,
  });
}
