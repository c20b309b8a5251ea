import sql from 'sql-template-tag';
import { z } from 'zod';
import { action } from '../../platform/actions/declare.ts';
import { day, oneOf, optionalText, text, version } from '../../platform/actions/fields.ts';
import { changedMeanwhile, invalid, notFound, Problem } from '../../platform/problem.ts';
import { clockUnits } from './clocks.ts';
import { clockKeepers } from './rules.ts';

export const setClock = action({
  name: 'clocks.set',
  title: 'Change within how long something is due, from a day on',
  who: clockKeepers,
  about: 'nobody',
  input: z.object({
    clock: text(60),
    version: version(),
    amount: z.coerce
      .number({ error: 'Enter a whole number, like 10' })
      .int('Enter a whole number, like 10')
      .min(1, 'Enter a number from 1 to 1,000')
      .max(1000, 'Enter a number from 1 to 1,000'),
    unit: oneOf(clockUnits, 'Choose what is counted'),
    from: day('Enter the day from which it holds'),
    source: text(500, 'Say which law, guidance or decision says so'),
    why: optionalText(1000),
  }),
  async run({ rows, today }, { clock, version: seen, amount, unit, from, source, why }) {
    // What fell due under a rule stays explained by it, so only today and later can be changed.
    if (Temporal.PlainDate.compare(from, today) < 0)
      throw invalid({ from: 'Enter a day that is today or later' });
    const [newest] = await rows.many<{ version: number; title: string }>(sql`
      select version, title from record.clock where id = ${clock} order by lower(during) desc limit 1 for update`);
    if (newest === undefined) throw notFound();
    if (newest.version !== seen) throw changedMeanwhile();
    await rows.run(sql`delete from record.clock where id = ${clock} and lower(during) >= ${from}::date`);
    await rows.run(sql`
      update record.clock set during = daterange(lower(during), ${from}::date) where id = ${clock} and during @> ${from}::date`);
    await rows.run(sql`
      insert into record.clock (id, title, amount, unit, during, source, why, set_by, version)
      values (${clock}, ${newest.title}, ${amount}, ${unit}, daterange(${from}::date, null), ${source}, nullif(${why}, ''),
        access.account_id(), ${seen + 1})`);
    return { about: [], clock };
  },
});

export const addDayOff = action({
  name: 'clocks.add-day-off',
  title: 'Write down a day on which nobody works',
  who: clockKeepers,
  about: 'nobody',
  input: z.object({
    day: day('Enter the day'),
    title: text(200, 'Say what the day is'),
    source: text(500, 'Say who decided it'),
  }),
  async run({ rows }, { day: off, title, source }) {
    const added = await rows.run(sql`
      insert into record.day_off as d (day, title, source, set_by) values (${off}::date, ${title}, ${source}, access.account_id())
      on conflict (day) do update set title = excluded.title, source = excluded.source, counts = true,
        set_by = excluded.set_by, set_at = now() where not d.counts`);
    if (added === 0) throw invalid({ day: 'This day is in the list already' });
    return { about: [] };
  },
});

export const endDayOff = action({
  name: 'clocks.end-day-off',
  title: 'Say that a day off is a working day after all',
  who: clockKeepers,
  about: 'nobody',
  input: z.object({ day: day('Enter the day') }),
  async run({ rows }, { day: off }) {
    const ended = await rows.run(sql`
      update record.day_off set counts = false, set_by = access.account_id(), set_at = now() where day = ${off}::date and counts`);
    if (ended === 0)
      throw new Problem(409, 'not-a-day-off', 'This day is not in the list any more', {
        detail: 'Somebody may have taken it out just now. Look at the list.',
      });
    return { about: [] };
  },
});
