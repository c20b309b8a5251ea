import type { z } from 'zod';
import type { Query } from '../actions/declare.ts';
import type { Asking, Desk } from '../actions/desk.ts';
import { notFound } from '../problem.ts';
import type { PageRequest } from './page.ts';

const keyOf = (name: string, input: unknown): string =>
  `${name} ${JSON.stringify(input, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))}`;

/**
 * How one showing of a page asks: the page and the panels on it ask some things several times, and each is asked of the database,
 * and written down in the audit trail, once. Nothing is kept for the next page.
 */
export function askedOnce(desk: Desk, asking: Asking): Pick<PageRequest, 'ask' | 'askOne'> {
  const asked = new Map<string, Promise<unknown[]>>();
  function ask<I extends z.ZodType, R extends z.ZodType>(query: Query<I, R>, input: unknown) {
    const key = keyOf(query.name, input);
    const before = asked.get(key) as Promise<z.output<R>[]> | undefined;
    if (before !== undefined) return before;
    const rows = desk.ask(query, input, asking);
    asked.set(key, rows);
    return rows;
  }
  return {
    ask,
    async askOne(query, input) {
      const [row] = await ask(query, input);
      if (row === undefined) throw notFound();
      return row;
    },
  };
}
