import sql from 'sql-template-tag';
import type { Rows } from '../../../platform/database/rows.ts';
import { jsonRows } from '../../../platform/import/index.ts';
import { madeId } from '../made-id.ts';
import { emailOf } from '../partnership.ts';
import { familyId, formerTeam, formerWorker, numbersIn, personId } from './people.ts';

/** Two coordinators began in January 2021 (000 paragraph 2.10); `family-group.ts` says how many families they take. */
const coordinators = ['Shona Baird', 'Calum Orr'] as const;

/**
 * Fills the eleven families with whom they began (fgdm-additional-families), each of whom agreed a plan twelve weeks after a meeting
 * was asked for (fgdm-process-length).
 */
export async function fillPastMeetings(tx: Rows): Promise<void> {
  const rows = jsonRows(
    numbersIn([1, 11]).map((family, at) => ({
      family,
      asked: Temporal.PlainDate.from('2021-01-25').add({ days: at * 9 }),
      coordinator: emailOf(coordinators[at % coordinators.length] ?? coordinators[0]),
    })),
  );
  const from = sql`jsonb_to_recordset(${rows}::jsonb) as r (family integer, asked date, coordinator text)`;
  const id = madeId(sql`'past meeting ' || r.family`);
  await tx.run(sql`
    insert into family_group.process (id, reference, family_id, team_id, asked_by, asked_team, asked_on, answer_by, decide, bottom_line, bottom_line_of,
      safety, view, agreed_with, state, coordinator, accepted_on, plan_by, plan_agreed_on, ended_on, ending, made_at)
    select ${id}, 'FAMILY-2021-' || lpad(nextval('family_group.reference_number')::text, 5, '0'), ${familyId(sql`r.family`)}, t.id, ${formerWorker},
      ${formerTeam}, r.asked, r.asked + 14, 'Who helps so that everybody can go on living at home?', 'Somebody whom the children know is there at night.',
      ${formerWorker}, 'Two of the family come at different times.', 'I want to stay here.', 'Everybody at home', 'ended', a.id, r.asked + 7, r.asked + 91,
      r.asked + 84, r.asked + 270, 'has what it needs', r.asked
    from ${from} join access.account a on a.email = r.coordinator join access.team t on t.service = 'family-group'`);
  await tx.run(sql`
    insert into family_group.child (process_id, family_id, person_id)
    select ${id}, ${familyId(sql`r.family`)}, ${personId(sql`'child'`, sql`r.family`)} from ${from}`);
  await tx.run(sql`
    insert into family_group.meeting (id, process_id, family_id, kind, on_day, began, place, held, information, private_minutes)
    select ${madeId(sql`'past family meeting ' || r.family`)}, ${id}, ${familyId(sql`r.family`)}, 'family meeting', r.asked + 80, '14:00', 'The hall at Kinbrae',
      true, 'What the school knows, and what help there is', 50 from ${from}`);
  await tx.run(sql`
    insert into family_group.plan (id, process_id, family_id, meeting_id, words, offered, review_on, standing, written_on, written_by, answered_on, answered_by)
    select ${madeId(sql`'past plan ' || r.family`)}, ${id}, ${familyId(sql`r.family`)}, ${madeId(sql`'past family meeting ' || r.family`)},
      'Granny has the children on Fridays. We ring at teatime.', 'A lift to school', r.asked + 170, 'agreed', r.asked + 80, a.id, r.asked + 84, ${formerWorker}
    from ${from} join access.account a on a.email = r.coordinator`);
}
