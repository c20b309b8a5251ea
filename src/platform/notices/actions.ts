import sql from 'sql-template-tag';
import { z } from 'zod';
import { action } from '../actions/declare.ts';
import { optionalId } from '../actions/fields.ts';

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
