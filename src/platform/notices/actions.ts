import sql from 'sql-template-tag';
import { z } from 'zod';
import { action } from '../actions/declare.ts';
import { oneOf, optionalId } from '../actions/fields.ts';
import { howIds, topicIds } from './topics.ts';

/** Marks one notice as read, or all of them. Marking one that is somebody else's does nothing. */
export const read = action({
  name: 'notices.read',
  title: 'Mark notices as read',
  who: 'anyone signed in',
  about: 'nobody',
  input: z.object({ notice: optionalId() }),
  async run({ rows }, { notice }) {
    const marked = await rows.run(sql`
      update platform.notice set read_at = now()
      where account_id = access.account_id() and read_at is null and id = coalesce(${notice ?? null}::uuid, id)`);
    return { about: [], marked };
  },
});

const how = () => oneOf(howIds, 'Choose at once, once a day or never').optional();

/** Chooses how to be told of each topic by e-mail; a topic that is not named stays as it was. */
export const choose = action({
  name: 'notices.choose',
  title: 'Choose what to be told of by e-mail',
  who: 'anyone signed in',
  about: 'nobody',
  input: z.object({
    families: how(),
    asking: how(),
    'to-do': how(),
    meetings: how(),
    cover: how(),
    'one-record': how(),
    other: how(),
  }),
  async run({ rows }, chosen) {
    const named = topicIds.filter((topic) => chosen[topic] !== undefined);
    await rows.run(sql`
      insert into platform.told_how (account_id, topic, how)
      select access.account_id(), topic, how from unnest(${named}::text[], ${named.map((topic) => chosen[topic])}::text[]) as each (topic, how)
      on conflict (account_id, topic) do update set how = excluded.how, chosen_at = now()`);
    return { about: [] };
  },
});
