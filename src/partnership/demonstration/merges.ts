import type pg from 'pg';
import sql from 'sql-template-tag';
import { transaction } from '../../platform/database/transaction.ts';
import { emailOf } from './partnership.ts';

/**
 * Makes two records one, as Ailsa does, and two others, which she takes apart again: pairs of the same name that she sees both
 * sides of. By the functions that the pages call, so that everything an undo needs is there.
 */
export async function mergeSome(owner: pg.Pool): Promise<void> {
  await transaction(owner, [], async (tx) => {
    await tx.many(sql`
      select set_config('kith.purpose', 'demonstration', true), set_config('kith.account', a.id::text, true),
        set_config('kith.holders', array[a.id]::text, true)
      from access.account a where a.email = ${emailOf('Ailsa Drummond')}`);
    const pairs = await tx.many<{ id: string; one: string; other: string }>(sql`
      select s.id, s.one, s.other from record.same_person s join record.person p on p.id = s.one join record.person q on q.id = s.other
      where s.state = 'waiting' and (p.given_name, p.family_name) = (q.given_name, q.family_name)
        and record.match_sees(s.one) and record.match_sees(s.other) order by s.one limit 2`);
    const words = [
      'Their mother showed me both letters: the day and the month of birth were changed about.',
      'The same name and nearly the same birthday.',
    ];
    for (const [index, { id, one, other }] of pairs.entries()) {
      const [done] = await tx.many<{ merge: string }>(sql`
        select record.merge_people(${one}, ${other}, '{}', ${words[index] ?? ''}, 1, 1, ${id}) as merge`);
      if (index === 1 && done !== undefined)
        await tx.many(
          sql`select record.undo_merge(${done.merge}, ${'They are cousins, called after the same grandfather.'})`,
        );
    }
  });
}
