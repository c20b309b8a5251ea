import sql from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';
import { madeId } from './made-id.ts';

/** Help that began and ended stands in the chronology of each family, as it does when workers write it down. */
export async function tellHelp(tx: Rows): Promise<void> {
  await tx.run(sql`
    with told as (
      select s.id as support, s.family_id, s.lead, 'help-begun' as kind, s.since as day, p.title || ' began' as what
        from support.support s join support.programme p on p.id = s.programme where s.since is not null
      union all
      select s.id, s.family_id, s.lead, 'help-ended', e.ended_on, p.title || ' ended: ' || lower(coalesce(o.title, e.outcome))
        from support.support s join support.programme p on p.id = s.programme join support.ending e on e.support_id = s.id
          left join lateral jsonb_to_recordset(p.definition -> 'outcomes') o (id text, title text) on o.id = e.outcome
       where s.since is not null
    ), made as (
      insert into record.event (id, family_id, happened_on, kind, what, source, from_area, from_id, written_by, written_at)
      select ${madeId(sql`kind || support::text`)}, family_id, day, kind, what, 'Family support', 'support', support, lead, day::timestamp at time zone 'Europe/London' + interval '15 hours'
        from told
      returning id, from_id, happened_on
    )
    insert into record.event_person (event_id, person_id, happened_on)
    select made.id, sp.person_id, made.happened_on from made join support.support_person sp on sp.support_id = made.from_id`);
}
