import { z } from 'zod';
import { query } from '../../platform/actions/declare.ts';
import { id } from '../../platform/actions/fields.ts';
import { oneWord, wordsInUse } from './records.ts';

const row = z.object({
  id: z.uuid(),
  term: z.string(),
  forms: z.array(z.string()),
  instead: z.string(),
  why: z.string(),
  source: z.string(),
  leave_alone: z.boolean(),
  version: z.int(),
});

const asWritten = z
  .object({
    term: z.string(),
    forms: z.array(z.string()),
    instead: z.string(),
    why: z.string(),
    source: z.string(),
    leaveAlone: z.boolean(),
  })
  .partial();

export const words = query({
  name: 'language.words',
  title: 'See the words to think about',
  who: 'anyone signed in',
  about: 'nobody',
  input: z.object({}),
  row,
  sql: () => wordsInUse,
});

export const word = query({
  name: 'language.word',
  title: 'See how a word to think about was changed',
  who: 'anyone signed in',
  about: 'nobody',
  input: z.object({ word: id() }),
  row: row.extend({
    ended: z.boolean(),
    history: z.array(
      z.object({
        at: z.string().transform((written) => Temporal.Instant.from(written)),
        was: asWritten.nullable(),
        becomes: asWritten.extend({ outOfUse: z.boolean().optional() }),
        why: z.string(),
        by: z.string().nullable(),
      }),
    ),
  }),
  sql: ({ word: of }) => oneWord(of),
});
