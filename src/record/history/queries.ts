import { z } from 'zod';
import { query } from '../../platform/actions/declare.ts';
import { id } from '../../platform/actions/fields.ts';
import { practitioners } from '../roles.ts';
import { correctionsSince } from './records.ts';

/** What has been corrected since the past day that is looked at, or ever. */
export const corrected = query({
  name: 'history.corrected',
  title: 'See what has been corrected since a past day',
  who: practitioners,
  about: 'the people whose record was corrected',
  input: z.object({ of: id('Choose a family or a person') }),
  row: z.object({
    about: z.uuid(),
    given_name: z.string(),
    what: z.string(),
    why: z.string(),
    at: z.custom<Temporal.Instant>((value) => value instanceof Temporal.Instant),
    by: z.string().nullable(),
  }),
  sql: ({ of }) => correctionsSince(of),
});
