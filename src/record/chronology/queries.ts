import { z } from 'zod';
import { query } from '../../platform/actions/declare.ts';
import { id, oneOf, optional, optionalDay, optionalId, optionalText } from '../../platform/actions/fields.ts';
import { familyId } from '../fields.ts';
import { precisions } from '../people/rules.ts';
import { practitioners } from '../roles.ts';
import { copyOf } from './copy.ts';
import {
  analysesOf,
  choicesOf,
  eventsForPerson,
  eventsOf,
  latestOf,
  oneEvent,
  type Wanted,
} from './records.ts';
import { additionKinds, documentReaches, indicatorIds, pageSize, sharingIds, standingIds } from './rules.ts';

const day = z.custom<Temporal.PlainDate>((value) => value instanceof Temporal.PlainDate);
const instant = z.custom<Temporal.Instant>((value) => value instanceof Temporal.Instant);
// Inside JSON the database writes moments as text.
const instantText = z.string().transform((written) => Temporal.Instant.from(written));

const people = z.array(z.object({ id: z.uuid(), name: z.string() }));
const short = {
  about: z.uuid(),
  id: z.uuid(),
  day,
  known: z.enum(precisions),
  kind: z.string(),
  what: z.string(),
  source: z.string(),
  people,
};
const common = {
  ...short,
  impact: z.string(),
  response: z.string(),
  standing: z.enum(standingIds),
  indicators: z.array(z.enum(indicatorIds)),
  sharing: z.enum(sharingIds),
  written_by: z.string().nullable(),
  written_as: z.string(),
};

const event = z.object({
  ...common,
  from_area: z.string().nullable(),
  from_id: z.uuid().nullable(),
  written_at: instant,
  additions: z.array(
    z.object({
      id: z.uuid(),
      kind: z.enum(additionKinds),
      words: z.string(),
      why: z.string(),
      by: z.string().nullable(),
      as: z.string(),
      at: instantText,
    }),
  ),
});

const year = () => optional(z.coerce.number({ error: 'Choose a year' }).int().min(1900).max(2199));

/** What a chronology can be narrowed to. */
const narrowing = {
  family: familyId(),
  person: optionalId(),
  kind: optionalText(40),
  indicator: optional(oneOf(indicatorIds, 'Choose an indicator')),
  source: optionalText(100),
  fromYear: year(),
  toYear: year(),
};

const wanted = (
  narrowed: Omit<z.output<z.ZodObject<typeof narrowing>>, 'family'>,
): Omit<Wanted, 'today'> => ({
  ...narrowed,
  kind: narrowed.kind || undefined,
  source: narrowed.source || undefined,
});

/** A page of the chronology of a family, and one event more when there are more. */
export const ofFamily = query({
  name: 'chronology.of-family',
  title: 'Read the chronology of a family',
  who: practitioners,
  about: 'the family',
  input: z.object({
    ...narrowing,
    order: z.enum(['newest', 'oldest']).default('newest'),
    afterOn: optionalDay('Enter a day'),
    afterId: optionalId(),
  }),
  row: event,
  sql: ({ family, order, afterOn, afterId, ...narrowed }, { today }) =>
    eventsOf(
      family,
      {
        ...wanted(narrowed),
        today,
        forwards: order === 'oldest',
        after: afterOn && afterId ? { on: afterOn, id: afterId } : undefined,
      },
      pageSize + 1,
    ),
});

/** The whole of it from the beginning, for a document. */
export const wholeOf = query({
  name: 'chronology.document',
  title: 'Save the chronology of a family as a document',
  who: practitioners,
  about: 'the family',
  input: z.object(narrowing),
  row: event,
  sql: ({ family, ...narrowed }, { today }) =>
    eventsOf(family, { ...wanted(narrowed), today, forwards: true }, documentReaches + 1),
});

export const choices = query({
  name: 'chronology.choices',
  title: 'See the years, kinds and agencies in the chronology of a family',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: familyId(), person: optionalId() }),
  row: z.object({
    about: z.uuid(),
    years: z.array(z.int()),
    kinds: z.array(z.string()),
    sources: z.array(z.string()),
  }),
  sql: ({ family, person }, { today }) => choicesOf(family, person, today),
});

export const one = query({
  name: 'chronology.one',
  title: 'Read an event in the chronology of a family',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: familyId(), event: id() }),
  row: z.object({ ...common, from_area: z.string().nullable(), taken_out: z.boolean() }),
  sql: ({ family, event: wantedEvent }) => oneEvent(family, wantedEvent),
});

/** How many events the page of a family or of a person shows. */
const latestMost = 4;

export const latest = query({
  name: 'chronology.latest',
  title: 'See the last events in the chronology of a family',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: familyId() }),
  row: z.object({ ...short, family: z.uuid() }),
  sql: ({ family }, { today }) => latestOf({ family }, today, latestMost),
});

export const aboutPerson = query({
  name: 'chronology.about-person',
  title: 'See the last events in the chronology of somebody',
  who: practitioners,
  about: 'the person',
  input: z.object({ person: id() }),
  row: z.object({ ...short, family: z.uuid() }),
  sql: ({ person }, { today }) => latestOf({ person }, today, latestMost),
});

/** How many events the copy for somebody holds, the last ones. */
export const copyReaches = 500;

/** What of their chronology somebody can be given: what is left out does not leave this query. */
export const forPerson = query({
  name: 'chronology.for-person',
  title: 'Make a copy for somebody of the chronology about them',
  who: practitioners,
  about: 'the person',
  input: z.object({ person: id() }),
  row: z
    .object({
      about: z.uuid(),
      id: z.uuid(),
      day,
      known: z.enum(precisions),
      kind: z.string(),
      source: z.string(),
      what: z.string(),
      impact: z.string(),
      response: z.string(),
      sharing: z.enum(sharingIds),
      from_area: z.string().nullable(),
      others: z.boolean(),
      additions: z.array(z.object({ kind: z.enum(additionKinds), words: z.string() })),
    })
    .transform((event) => {
      const { given, leftOut } = copyOf(event);
      const { about, id: of, day: on, known, kind, source } = event;
      return { about, id: of, leftOut, given: given && { ...given, day: on, known, kind, source } };
    }),
  sql: ({ person }, { today }) => eventsForPerson(person, today, copyReaches),
});

export const analyses = query({
  name: 'chronology.analyses',
  title: 'Read what the chronology of a family says as a whole',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: familyId() }),
  row: z.object({
    about: z.uuid(),
    id: z.uuid(),
    person: z.uuid().nullable(),
    name: z.string().nullable(),
    analysed_on: day,
    words: z.string(),
    written_by: z.string().nullable(),
    written_as: z.string(),
  }),
  sql: ({ family }) => analysesOf(family),
});
