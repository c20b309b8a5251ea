import { z } from 'zod';
import { query } from '../../platform/actions/declare.ts';
import { draftOf, drafts, versionsOf, versionsOfAll } from './kind-records.ts';
import { kindKeepers } from './kinds.ts';
import { drawings, forms } from './rules.ts';

const day = z.custom<Temporal.PlainDate>((value) => value instanceof Temporal.PlainDate);
const instant = z.custom<Temporal.Instant>((value) => value instanceof Temporal.Instant);

const questions = z.array(
  z.object({
    code: z.string(),
    part: z.string(),
    partTitle: z.string(),
    partHint: z.string(),
    question: z.string(),
    hint: z.string(),
    form: z.enum(forms),
    low: z.string(),
    high: z.string(),
  }),
);

const common = {
  id: z.string(),
  version: z.int(),
  title: z.string(),
  purpose: z.string(),
  drawing: z.enum(drawings),
  source: z.string(),
  offered: z.boolean(),
};

/** Every version of every kind, without what it asks. */
export const askedKinds = query({
  name: 'assessments.asked-kinds',
  title: 'See the kinds of assessment there are',
  who: 'anyone signed in',
  about: 'nobody',
  input: z.object({}),
  row: z.object({ ...common, used_from: day }),
  sql: () => versionsOfAll,
});

/** The versions of one kind, with what each asks; the newest first. */
export const askedKind = query({
  name: 'assessments.asked-kind',
  title: 'See what a kind of assessment asks',
  who: 'anyone signed in',
  about: 'nobody',
  input: z.object({ kind: z.string().max(40) }),
  row: z.object({
    ...common,
    used_from: day,
    why: z.string(),
    put_by: z.string().nullable(),
    put_at: instant.nullable(),
    questions,
  }),
  sql: ({ kind }) => versionsOf(kind),
});

const written = { ...common, revision: z.int(), begun_by: z.string().nullable(), begun_at: instant };

export const kindDrafts = query({
  name: 'assessments.kind-drafts',
  title: 'See which questions of assessments are being written',
  who: kindKeepers,
  about: 'nobody',
  input: z.object({}),
  row: z.object(written),
  sql: () => drafts,
});

export const kindDraft = query({
  name: 'assessments.kind-draft',
  title: 'See the questions of an assessment that are being written',
  who: kindKeepers,
  about: 'nobody',
  input: z.object({ kind: z.string().max(40) }),
  row: z.object({
    ...written,
    questions,
    before_version: z.int().nullable(),
    before_from: day.nullable(),
    before_questions: questions,
  }),
  sql: ({ kind }) => draftOf(kind),
});
