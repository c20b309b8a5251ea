import type pg from 'pg';
import { lastHalf, yearPeriod } from '../src/partnership/mental-health/rules.ts';
import { yearOf } from '../src/record/funds/rules.ts';
import { idOf, sqlId } from './ids.ts';

// The mental health and wellbeing framework over the help that is there: in each of the last three financial years an award pays for
// eight programmes, and the last half year that is over has its return as a draft.

/** The return that is measured. */
export const measuredReturn = idOf('return', 1);

/** Writes what the framework paid for; after the help, since it pays for the programmes with the most of it. */
export async function fillFramework(superuser: pg.Client, today: Temporal.PlainDate): Promise<void> {
  const { year, half } = lastHalf(today);
  const newest = yearOf(today);
  for (let of = newest - 2; of <= newest; of++) {
    const { from, to } = yearPeriod(of);
    await superuser.query(`
      insert into funds.fund (id, code, year, title, given_by, letter, letter_on, purpose, non_recurring)
        values (${sqlId('award', String(of))}, 'mental-health-${of}', ${of}, 'Mental health framework', 'The Scottish Government', 'Letter of ${of}', '${from}',
          'Supports and services', false);
      insert into funds.fund_area (fund_id, area) values (${sqlId('award', String(of))}, 'mental-health');
      insert into funds.entry (fund_id, kind, amount_pence, made_on) values (${sqlId('award', String(of))}, 'allocation', 100000000, '${from}');
      insert into mental_health.funded (award_id, programme, title, about, level, provider, first_on, last_on)
        select ${sqlId('award', String(of))}, p.id, p.title, 'For children and young people', 'additional', 'Charity 3', '${from}', '${to}'
        from bench_programme p where p.k <= 8;
      insert into funds.draw (fund_id, area, of_id, amount_pence, state, note, on_day)
        select f.award_id, 'mental-health', f.id, m.pence, m.state, 'Staff', f.first_on + m.after
        from mental_health.funded f cross join (values (10000000, 'committed', 0), (-100000, 'committed', 40), (100000, 'paid', 40)) m (pence, state, after)
        where f.award_id = ${sqlId('award', String(of))}`);
  }
  await superuser.query(
    'insert into mental_health.half_year (id, year, half) values ($1, $2, $3) on conflict do nothing',
    [measuredReturn, year, half],
  );
}
