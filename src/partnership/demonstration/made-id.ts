import sql, { type Sql } from 'sql-template-tag';

/** An id that is the same each time, made from words in SQL: a UUID of version 8, the one for ids of one's own making. */
export const madeId = (of: Sql): Sql =>
  sql`overlay(overlay(md5(${of}) placing '8' from 13) placing '8' from 17)::uuid`;
