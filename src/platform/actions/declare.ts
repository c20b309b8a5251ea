import type { Sql } from 'sql-template-tag';
import type { z } from 'zod';
import type { Identity, Who } from '../access/identity.ts';
import type { Rows } from '../database/rows.ts';
import type { Faults, Problem } from '../problem.ts';

/** What an action knows besides its input. */
export interface Doing {
  rows: Rows;
  identity: Identity;
  today: Temporal.PlainDate;
  now: Temporal.Instant;
}

/** What an action answers: whom it was about (for the audit trail), and what the caller needs next. */
export interface Done {
  about: readonly string[];
  [more: string]: unknown;
}

/**
 * Something people can do. Declared once, it gives the form handler, the JSON endpoint, the OpenAPI entry, the permission
 * check, the audit event, idempotency and the version check.
 */
export interface Action<I extends z.ZodType = z.ZodType, O extends Done = Done> {
  kind: 'action';
  name: string;
  /** One sentence in plain words. */
  title: string;
  who: Who;
  /** In plain words, whom it is about: "the family that asks". `nobody` for settings. */
  about: string;
  input: I;
  /**
   * What is wrong with it, by field, beyond what `input` says: what only another field or the record tells. It is asked when some
   * of the input could not be read, with what could, so that people are told everything at once. `run` refuses the same.
   */
  faults?(doing: Doing, typed: Partial<z.output<I>>): Faults | Promise<Faults>;
  run(doing: Doing, input: z.output<I>): Promise<O>;
  /** What a refusal by the database means to a person, by the name of the constraint. */
  refusals?: Readonly<Record<string, () => Problem>>;
}

/**
 * Something people can see: one statement, so that what it read can be written down. Unless it is about nobody, the
 * statement has a column `about` that says which family or person each row is about.
 */
export interface Query<I extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> {
  kind: 'query';
  name: string;
  title: string;
  who: Who;
  about: string;
  input: I;
  row: R;
  sql(input: z.output<I>, asking: { identity: Identity; today: Temporal.PlainDate }): Sql;
}

export const action = <I extends z.ZodType, O extends Done>(
  declared: Omit<Action<I, O>, 'kind'>,
): Action<I, O> => ({
  kind: 'action',
  ...declared,
});

export const query = <I extends z.ZodType, R extends z.ZodType>(
  declared: Omit<Query<I, R>, 'kind'>,
): Query<I, R> => ({
  kind: 'query',
  ...declared,
});
