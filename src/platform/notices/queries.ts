import sql, { empty, type Sql } from 'sql-template-tag';
import { z } from 'zod';
import { query } from '../actions/declare.ts';
import { optionalId } from '../actions/fields.ts';
import { howIds } from './topics.ts';

/** How many notices a page shows. */
export const pageSize = 30;

/** A statement that gives the columns `id` and `name` of the record with this id, under the reader's own rights. */
export type Named = (id: Sql) => Sql;

/** Notices, newest first. The name of the record that one is about is joined now: whoever no longer sees it reads none. */
export const listQuery = (named: Named) =>
  query({
    name: 'notices.list',
    title: 'See what I have been told',
    who: 'anyone signed in',
    about: 'the families named, and the reader',
    input: z.object({ after: optionalId() }),
    row: z.object({
      about: z.uuid(),
      notice: z.uuid(),
      words: z.string(),
      link: z.string(),
      name: z.string().nullable(),
      names_one: z.boolean(),
      made_at: z.custom<Temporal.Instant>((value) => value instanceof Temporal.Instant),
      unread: z.boolean(),
    }),
    sql: ({ after }) => sql`
      select coalesce(seen.id, access.account_id()) as about, n.id as notice, n.words, n.link, seen.name,
        cardinality(n.about) > 0 as names_one, n.made_at, n.read_at is null as unread
      from (
        select * from platform.notice
        where account_id = access.account_id()
        ${after === undefined ? empty : sql`and (made_at, id) < (select made_at, id from platform.notice where id = ${after}::uuid)`}
        order by made_at desc, id desc limit ${pageSize}
      ) n
      left join lateral (${named(sql`n.about[1]`)}) seen on true
      order by n.made_at desc, n.id desc`,
  });

export const unread = query({
  name: 'notices.unread',
  title: 'See how many notices I have not read',
  who: 'anyone signed in',
  about: 'nobody',
  input: z.object({}),
  row: z.object({ unread: z.int() }),
  sql: () => sql`
    select count(*)::int as unread from (
      select from platform.notice where account_id = access.account_id() and read_at is null limit 1000) n`,
});

export const choices = query({
  name: 'notices.choices',
  title: 'See what I chose to be told of by e-mail',
  who: 'anyone signed in',
  about: 'nobody',
  input: z.object({}),
  row: z.object({ topic: z.string(), how: z.enum(howIds) }),
  sql: () => sql`select topic, how from platform.told_how where account_id = access.account_id()`,
});
