import { z } from 'zod';
import { query } from '../../platform/actions/declare.ts';
import { id } from '../../platform/actions/fields.ts';
import { soonUntil } from '../../record/funds/rules.ts';
import {
  awardSql,
  awardsEndingSql,
  choicesSql,
  fundedSql,
  indicatorSql,
  indicatorsSql,
  returnSql,
  returnsSentSql,
  signsSql,
  supportSql,
  yearSql,
  yearsSql,
} from './records.ts';
import { levels, readers, writers, yearField, yearPeriod } from './rules.ts';

const day = z.custom<Temporal.PlainDate>((value) => value instanceof Temporal.PlainDate);
// Inside JSON the database writes days as text, and whole pence are asked for as text.
const dayIn = z.string().transform((written) => Temporal.PlainDate.from(written));
const penceIn = z.string().transform((written) => BigInt(written));

const fundedRow = z.object({
  id: z.uuid(),
  title: z.string(),
  programme: z.string().nullable(),
  level: z.enum(levels),
  provider: z.string(),
  phase: z.string(),
  co_produced: z.string(),
  first_on: dayIn,
  last_on: dayIn,
  pence: penceIn,
  spent: penceIn,
  award_id: z.uuid(),
  letter: z.string(),
  source: z.string(),
  year: z.int(),
  priority: z.string().nullable(),
  children_item: z.string().nullable(),
});

const common = { who: readers, about: 'nobody' } as const;

export const years = query({
  ...common,
  name: 'mental-health.years',
  title: 'See the years of the mental health and wellbeing framework and their money',
  input: z.object({}),
  row: z.object({
    year: z.int(),
    awarded: z.bigint(),
    promised: z.bigint(),
    spent: z.bigint(),
    supports: z.int(),
  }),
  sql: () => yearsSql,
});

export const year = query({
  ...common,
  name: 'mental-health.year',
  title: 'See a year of the mental health and wellbeing framework',
  input: z.object({ year: yearField() }),
  row: z.object({
    year: z.int(),
    awards: z.array(
      z.object({
        id: z.uuid(),
        source: z.string(),
        letter: z.string(),
        letter_on: dayIn.nullable(),
        purpose: z.string(),
        pence: penceIn,
        promised: penceIn,
        spent: penceIn,
        temporary: z.boolean(),
        ends_on: dayIn.nullable(),
        exit_plan: z.string(),
      }),
    ),
    priorities: z.array(z.object({ id: z.uuid(), title: z.string(), why: z.string() })),
    supports: z.array(fundedRow),
    returns: z.array(
      z.object({
        id: z.uuid(),
        half: z.union([z.literal(1), z.literal(2)]),
        state: z.enum(['draft', 'sent']),
        sent_on: dayIn.nullable(),
      }),
    ),
  }),
  sql: ({ year: of }) => yearSql(of),
});

export const returnsKept = query({
  name: 'mental-health.returns-kept',
  title: 'See which six-monthly returns of the mental health and wellbeing framework are begun and sent',
  who: writers,
  about: 'nobody',
  input: z.object({ from: yearField() }),
  row: z.object({
    year: z.int(),
    returns: z.array(
      z.object({
        id: z.uuid(),
        half: z.union([z.literal(1), z.literal(2)]),
        state: z.enum(['draft', 'sent']),
      }),
    ),
  }),
  sql: ({ from }) => returnsSentSql(from),
});

/** What awards pay for at some time in a financial year, whatever the year of the award. */
export const fundedIn = query({
  ...common,
  name: 'mental-health.funded-in',
  title: 'See what the mental health and wellbeing framework pays for in a year',
  input: z.object({ year: yearField() }),
  row: z.object({ ...fundedRow.shape, first_on: day, last_on: day }),
  sql: ({ year: of }) => {
    const { from, to } = yearPeriod(of);
    return fundedSql(from, to);
  },
});

export const award = query({
  ...common,
  name: 'mental-health.award',
  title: 'See an award of the mental health and wellbeing framework',
  input: z.object({ award: id() }),
  row: z.object({
    id: z.uuid(),
    year: z.int(),
    source: z.string(),
    letter: z.string(),
    letter_on: day.nullable(),
    purpose: z.string(),
    pence: z.bigint(),
    promised: z.bigint(),
    nonRecurring: z.boolean(),
    from: day.nullable(),
    /** The day after its last. */
    until: day.nullable(),
    exitPlan: z.string(),
    version: z.int(),
  }),
  sql: ({ award: of }) => awardSql(of),
});

export const awardsEnding = query({
  name: 'mental-health.awards-ending',
  title: 'See which awards of the mental health and wellbeing framework are temporary and end soon',
  who: writers,
  about: 'nobody',
  input: z.object({}),
  row: z.object({ id: z.uuid(), year: z.int(), letter: z.string(), ends: day, planned: z.boolean() }),
  sql: (_input, { today }) => awardsEndingSql(today, soonUntil(today)),
});

export const support = query({
  ...common,
  name: 'mental-health.support',
  title: 'Open a support that an award pays for',
  input: z.object({ support: id() }),
  row: z.object({
    id: z.uuid(),
    title: z.string(),
    programme: z.string().nullable(),
    programme_title: z.string().nullable(),
    about: z.string(),
    level: z.enum(levels),
    provider: z.string(),
    phase: z.string(),
    co_produced: z.string(),
    first_on: day,
    last_on: day,
    pence: z.bigint(),
    spent: z.bigint(),
    award_id: z.uuid(),
    letter: z.string(),
    year: z.int(),
    free: z.bigint(),
    priority_id: z.uuid().nullable(),
    priority: z.string().nullable(),
    children_item: z.string().nullable(),
    families_item: z.string().nullable(),
    crisis_item: z.string().nullable(),
    version: z.int(),
    spending: z.array(
      z.object({
        id: z.uuid(),
        pence: penceIn,
        note: z.string(),
        on_day: dayIn,
        by: z.string().nullable(),
      }),
    ),
    told: z.array(
      z.object({
        id: z.uuid(),
        from_on: dayIn,
        to_on: dayIn,
        children: z.int(),
        families: z.int(),
        crisis: z.int(),
        outside: z.int(),
        care: z.int(),
        source: z.string(),
        current: z.boolean(),
      }),
    ),
    readings: z.array(
      z.object({
        id: z.uuid(),
        indicator: z.string(),
        from_on: dayIn,
        to_on: dayIn,
        first: z.int(),
        both: z.int(),
        better: z.int(),
        source: z.string(),
      }),
    ),
  }),
  sql: ({ support: of }) => supportSql(of),
});

const titled = z.object({ id: z.string(), title: z.string() });
export const choices = query({
  name: 'mental-health.choices',
  title: 'See what a support of the mental health and wellbeing framework can be',
  who: writers,
  about: 'nobody',
  input: z.object({ year: yearField() }),
  row: z.object({
    awards: z.array(z.object({ id: z.uuid(), source: z.string(), letter: z.string(), free: penceIn })),
    priorities: z.array(titled),
    programmes: z.array(titled),
    indicators: z.array(titled),
  }),
  sql: ({ year: of }) => choicesSql(of),
});

const indicatorRow = z.object({
  id: z.string(),
  title: z.string(),
  what: z.string(),
  tools: z.array(z.string()),
  state: z.enum(['open', 'closed']),
  version: z.int(),
});
export const indicators = query({
  ...common,
  name: 'mental-health.indicators',
  title: 'See the indicators of the wellbeing quality framework',
  input: z.object({}),
  row: indicatorRow,
  sql: () => indicatorsSql,
});

export const indicator = query({
  ...common,
  name: 'mental-health.indicator',
  title: 'Open an indicator of the wellbeing quality framework',
  input: z.object({ indicator: z.string().max(60) }),
  row: indicatorRow,
  sql: ({ indicator: of }) => indicatorSql(of),
});

export const signs = query({
  ...common,
  name: 'mental-health.signs',
  title: 'See what says that somebody went on to crisis support',
  input: z.object({}),
  row: z.object({ id: z.uuid(), kind: z.enum(['ending', 'next programme', 'said yes']), value: z.string() }),
  sql: () => signsSql,
});

export const returnRow = z.object({
  id: z.uuid(),
  year: z.int(),
  half: z.union([z.literal(1), z.literal(2)]),
  remarks: z.record(z.string(), z.string()),
  state: z.enum(['draft', 'sent']),
  figures: z.unknown(),
  sent_on: day.nullable(),
  sent_by: z.string().nullable(),
  version: z.int(),
  awarded: z.bigint(),
  promised: z.bigint(),
  spent: z.bigint(),
  priorities: z.array(z.object({ title: z.string(), why: z.string() })),
  supports: z.array(fundedRow),
  told_readings: z.array(
    z.object({
      indicator: z.string(),
      support: z.uuid(),
      first: z.int(),
      both: z.int(),
      better: z.int(),
      source: z.string(),
    }),
  ),
  indicators: z.array(titled),
  signs: z.int(),
});
export const halfYear = query({
  ...common,
  name: 'mental-health.return',
  title: 'Open a six-monthly return',
  input: z.object({ return: id() }),
  row: returnRow,
  sql: (input) => returnSql(input.return),
});
