import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../../platform/testing/database.ts';
import { merge as mergePeople, undo } from '../../record/duplicates/actions.ts';
import { joinFamilies } from '../../record/duplicates/family-actions.ts';
import { recordsIn } from '../../record/duplicates/testing/records.ts';
import { ofFamily } from './queries.ts';
import { neuro } from './testing.ts';

const database = await testDatabase();
afterAll(() => database.close());
const { desk, superuser, ailsa, two, mergeInput } = await recordsIn(database);

const tables = [
  ...[
    'request',
    'request_person',
    'request_step',
    'support',
    'support_person',
    'support_step',
    'goal',
    'group_member',
  ],
  ...['session', 'session_person', 'reading', 'reading_score', 'ending'],
];
const everything = async () =>
  JSON.stringify(
    await Promise.all(
      tables.map(
        async (table) =>
          (
            await superuser.query(
              `select to_jsonb(t) as row from support.${table} t order by to_jsonb(t)::text`,
            )
          ).rows,
      ),
    ),
  );

/** A request and the help that came of it, of these people of a family, with a first reading and a session of the first of them. */
async function helped(family: string, people: string[]): Promise<string> {
  const { rows } = await superuser.query<{ id: string }>(
    `with asked as (
       insert into support.request (reference, family_id, programme, asked_for, source, reason, urgency, state, team_id, sent_on, acknowledge_by, answer_by, answered_on)
       select gen_random_uuid()::text, $1, $3, $3, 'social work', 'Mornings', 'soon', 'accepted', $4, '2026-10-01', '2026-10-05', '2026-10-15', '2026-10-02' returning id),
     them as (insert into support.request_person select asked.id, $1, p from asked, unnest($2::uuid[]) p),
     said as (insert into support.request_step (request_id, family_id, step, programme, on_day) select id, $1, 'sent', $3, '2026-10-01' from asked),
     help as (insert into support.support (family_id, programme, request_id, level, team_id, state, agreed_on, waited_from, since)
       select $1, $3, id, 'additional', $4, 'active', '2026-10-02', '2026-10-01', '2026-10-03' from asked returning id),
     these as (insert into support.support_person select help.id, $1, p from help, unnest($2::uuid[]) p),
     met as (insert into support.session (support_id, family_id, programme, level, on_day, began, minutes, way)
       select id, $1, $3, 'additional', '2026-10-09', '10:00', 30, 'at home' from help returning id),
     came as (insert into support.session_person select met.id, $1, p, 'came' from met, unnest($2::uuid[]) p),
     wants as (insert into support.goal (support_id, family_id, person_id, words, set_on) select id, $1, $2[1], 'Sleep', '2026-10-03' from help),
     read as (insert into support.reading (support_id, family_id, programme, tool, person_id, moment, on_day, score)
       select help.id, $1, $3, 'goals', p, 'first', '2026-10-09', 3 from help, unnest($2::uuid[]) p returning id),
     scored as (insert into support.reading_score select id, $1, 'a', 'Sleep', 3 from read)
     select id from help`,
    [family, people, neuro, ailsa.team],
  );
  return rows[0]?.id ?? '';
}

test('records of one person made one keep their help, also where both were helped by the same; undone, each has its own', async () => {
  const { families, kept, gone, pair } = await two();
  await superuser.query(
    `insert into record.family_member (family_id, person_id, part) values ($1, $2, 'child')`,
    [families[1], kept],
  );
  await helped(families[0], [kept]);
  await helped(families[1], [gone, kept]);
  const before = await everything();
  const { merge } = await desk.act(mergePeople, await mergeInput(pair, kept), ailsa.asking);
  for (const family of families)
    expect(
      (await desk.ask(ofFamily, { family }, ailsa.asking)).filter(({ kind }) => kind === 'support'),
    ).toHaveLength(1);
  expect(
    (await superuser.query('select from support.support_person where person_id = $1', [gone])).rowCount,
  ).toBe(0);
  await desk.act(undo, { merge, why: 'Two people after all' }, ailsa.asking);
  expect(await everything()).toBe(before);
});

test('families made one have the help of both', async () => {
  const { families, kept, gone } = await two();
  await helped(families[0], [kept]);
  const other = await helped(families[1], [gone]);
  await desk.act(
    joinFamilies,
    {
      one: families[0],
      other: families[1],
      keep: families[0],
      oneVersion: 1,
      otherVersion: 1,
      why: 'They live together',
    },
    ailsa.asking,
  );
  const help = await desk.ask(ofFamily, { family: families[0] }, ailsa.asking);
  expect(help.filter(({ kind }) => kind === 'support')).toHaveLength(2);
  const { rows } = await superuser.query<{ family: string }>(
    `select distinct family_id as family from support.session where support_id = $1
     union select family_id from support.reading_score c where reading_id in (select id from support.reading where support_id = $1)`,
    [other],
  );
  expect(rows).toEqual([{ family: families[0] }]);
});
