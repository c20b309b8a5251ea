import sql from 'sql-template-tag';
import { z } from 'zod';
import { action } from '../../platform/actions/declare.ts';
import { day, id, optional, text, tick } from '../../platform/actions/fields.ts';
import { type Faults, invalid, notFound, refuse } from '../../platform/problem.ts';
import { ageBands, genders, issues, writers } from './rules.ts';

// What somebody told of a funded support where there are no records to count: whom it reached, and what changed for them.

const many = () =>
  optional(
    z.coerce
      .number({ error: 'Enter a whole number' })
      .int('Enter a whole number')
      .min(0, 'Enter 0 or more')
      .max(1_000_000, 'Enter a smaller number'),
  );
const needed = (missing: string) =>
  z
    .union([z.string().regex(/^\s*\d{1,7}\s*$/, missing), z.int(missing)], { error: missing })
    .transform(Number)
    .pipe(z.int(missing).min(0, missing).max(1_000_000, 'Enter a smaller number'));

/** The fields of parts: `age-05 to 09` is told as `age-05-to-09`. */
export const partFields = [
  ...ageBands.map(({ id: value, words }) => ({ part: 'age' as const, value, words })),
  ...Object.entries(genders).map(([value, words]) => ({ part: 'gender' as const, value, words })),
  ...Object.entries(issues).map(([value, words]) => ({ part: 'issue' as const, value, words })),
].map((each) => ({ ...each, field: `${each.part}-${each.value.replaceAll(' ', '-')}` }));

const period = {
  from: day('Enter the first day that it is about'),
  to: day('Enter the last day that it is about'),
};
const forward = (
  { from, to }: { from?: Temporal.PlainDate | undefined; to?: Temporal.PlainDate | undefined },
  today: Temporal.PlainDate,
): Faults => {
  if (from && to && Temporal.PlainDate.compare(to, from) < 0)
    return { to: 'The last day is before the first' };
  return to && Temporal.PlainDate.compare(to, today) > 0
    ? { to: 'This day has not come yet: tell it when the time is over' }
    : {};
};

/** The parts that were told, of age, gender and what they came about. */
const partsIn = (given: object) => {
  const read = new Map(Object.entries(given));
  return partFields.flatMap(({ field, part, value }) => {
    const amount = z.number().optional().parse(read.get(field));
    return amount === undefined || amount === 0 ? [] : [{ field, part, value, amount }];
  });
};

/** What is wrong with whom a support is said to have reached, as far as it could be read: no part is more than the whole. */
function reachFaults(given: {
  children?: number | undefined;
  crisis?: number | undefined;
  outside?: number | undefined;
  care?: number | undefined;
}): Faults {
  const { children, crisis = 0, outside = 0, care = 0 } = given;
  if (children === undefined) return {};
  const faults: Record<string, string> = {};
  for (const [field, value] of Object.entries({ crisis, outside, care }))
    if (value > children) faults[field] = 'This is more than all children and young people';
  const parts = partsIn(given);
  for (const part of ['age', 'gender'] as const) {
    const of = partFields.find((each) => each.part === part)?.field ?? part;
    const said = parts.filter((each) => each.part === part).reduce((all, { amount }) => all + amount, 0);
    if (said > children)
      faults[of] = `These add up to ${said}, which is more than the ${children} children and young people`;
  }
  return faults;
}

export const tell = action({
  name: 'mental-health.tell',
  title: 'Write down whom a funded support reached, as it was told',
  who: writers,
  about: 'nobody',
  refusals: {
    told_once: () =>
      invalid({
        from: 'Some of these days are in a sum that was told already. Choose other days, or say that this takes its place',
      }),
    told_funded_id_fkey: notFound,
  },
  input: z.object({
    support: id(),
    ...period,
    children: needed('Enter how many children and young people, and 0 if there were none'),
    families: many(),
    crisis: many(),
    outside: many(),
    care: many(),
    source: text(500, 'Say where the number comes from'),
    instead: tick(),
    ...Object.fromEntries(partFields.map(({ field }) => [field, many()])),
  }),
  faults: ({ today }, typed) => ({ ...forward(typed, today), ...reachFaults(typed) }),
  async run({ rows, today }, given) {
    const { support, from, to, children, source, instead } = given;
    const { families = 0, crisis = 0, outside = 0, care = 0 } = given;
    refuse({ ...forward({ from, to }, today), ...reachFaults(given) });
    const parts = partsIn(given);
    if (instead)
      await rows.run(sql`
        update mental_health.told set current = false
        where funded_id = ${support} and current and daterange(from_on, to_on, '[]') && daterange(${from}, ${to}, '[]')`);
    const [made] = await rows.many<{ id: string }>(sql`
      insert into mental_health.told (funded_id, from_on, to_on, children, families, crisis, outside, care, source)
      values (${support}, ${from}, ${to}, ${children}, ${families}, ${crisis}, ${outside}, ${care}, ${source}) returning id`);
    if (made === undefined) throw new Error('nothing was written');
    await rows.run(sql`
      insert into mental_health.told_part (told_id, part, value, amount)
      select ${made.id}::uuid, p.part, p.value, p.amount from jsonb_to_recordset(${JSON.stringify(parts)}::jsonb) p (part text, value text, amount integer)`);
    return { about: [], support };
  },
});

const readingFaults = ({
  first,
  both,
  better,
}: {
  first?: number | undefined;
  both?: number | undefined;
  better?: number | undefined;
}): Faults => ({
  ...(first === 0 ? { first: 'Enter how many had a first reading: 1 or more' } : {}),
  ...(both !== undefined && first !== undefined && both > first
    ? { both: 'This is more than had a first reading' }
    : {}),
  ...(better !== undefined && both !== undefined && better > both
    ? { better: 'This is more than had two readings' }
    : {}),
});

export const tellReading = action({
  name: 'mental-health.tell-reading',
  title: 'Write down how an indicator stood for a funded support, as it was told',
  who: writers,
  about: 'nobody',
  refusals: {
    told_reading_once: () =>
      invalid({ from: 'This indicator was told for some of these days already. Choose other days' }),
    told_reading_indicator_id_fkey: () => invalid({ indicator: 'Choose from the list' }),
    told_reading_funded_id_fkey: notFound,
  },
  input: z.object({
    support: id(),
    indicator: text(60, 'Choose the indicator'),
    ...period,
    first: needed('Enter how many had a first reading'),
    both: needed('Enter how many had two readings, and 0 if nobody had'),
    better: needed('Enter for how many it was better, and 0 if for nobody'),
    source: text(500, 'Say where the number comes from'),
  }),
  faults: ({ today }, typed) => ({ ...forward(typed, today), ...readingFaults(typed) }),
  async run({ rows, today }, { support, indicator, from, to, first, both, better, source }) {
    refuse({ ...forward({ from, to }, today), ...readingFaults({ first, both, better }) });
    await rows.run(sql`
      insert into mental_health.told_reading (indicator_id, funded_id, from_on, to_on, first, twice, better, source)
      values (${indicator}, ${support}, ${from}, ${to}, ${first}, ${both}, ${better}, ${source})`);
    return { about: [], support };
  },
});
