import type pg from 'pg';
import { lastHalf, yearOf, yearPeriod } from '../src/partnership/mental-health/rules.ts';
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
      insert into mental_health.award (id, year, source, letter, letter_on, purpose, pence)
        values (${sqlId('award', String(of))}, ${of}, 'The Scottish Government', 'Letter of ${of}', '${from}', 'Supports and services', 100000000);
      insert into mental_health.funded (award_id, programme, title, about, level, provider, first_on, last_on, pence)
        select ${sqlId('award', String(of))}, p.id, p.title, 'For children and young people', 'additional', 'Charity 3', '${from}', '${to}', 10000000
        from bench_programme p where p.k <= 8;
      insert into mental_health.spend (funded_id, pence, note, on_day)
        select f.id, 100000, 'Staff', f.first_on + 40 from mental_health.funded f where f.award_id = ${sqlId('award', String(of))}`);
  }
  await superuser.query(
    'insert into mental_health.half_year (id, year, half) values ($1, $2, $3) on conflict do nothing',
    [measuredReturn, year, half],
  );
}
