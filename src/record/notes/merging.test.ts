import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../../platform/testing/database.ts';
import { merge as mergePeople, undo } from '../duplicates/actions.ts';
import { joinFamilies } from '../duplicates/family-actions.ts';
import { recordsIn } from '../duplicates/testing/records.ts';
import * as actions from './actions.ts';
import * as queries from './queries.ts';

const database = await testDatabase();
afterAll(() => database.close());
const { desk, superuser, ailsa, family, person, pair, mergeInput } = await recordsIn(database);

const note = async (of: string, people: string[], words: string) =>
  (
    await desk.act(
      actions.write,
      {
        family: of,
        people,
        words,
        on: '20/11/2026',
        quotations: [{ words: 'My own words', person: people[0] }],
      },
      ailsa.asking,
    )
  ).note;

/** Every row of notes, as PostgreSQL's own administrator sees it. */
async function everything(): Promise<unknown> {
  const { rows } = await superuser.query(
    `select (select jsonb_agg(to_jsonb(n) order by n.id) from record.note n) as notes,
       (select jsonb_agg(to_jsonb(p) order by p.note_id, p.person_id) from record.note_person p) as people,
       (select jsonb_agg(to_jsonb(q) order by q.id) from record.note_quotation q) as quotations,
       (select jsonb_agg(to_jsonb(a) order by a.id) from record.note_amendment a) as amendments`,
  );
  return rows[0];
}

test('when two records of a person are made one their signed notes go with them, and an undo gives each back', async () => {
  const of = await family(ailsa);
  const [kept, gone] = [await person(of), await person(of, { given_name: 'Ian' })];
  const alone = await note(of, [gone], 'About the one that goes');
  const both = await note(of, [gone, kept], 'About both');
  await desk.act(actions.amend, { note: alone, words: 'More', why: 'It was left out' }, ailsa.asking);
  const before = await everything();
  const { merge } = await desk.act(mergePeople, await mergeInput(await pair(kept, gone), kept), ailsa.asking);
  for (const each of [alone, both]) {
    const now = await desk.askOne(queries.one, { note: each }, ailsa.asking);
    expect(now.people.map(({ id }) => id)).toEqual([kept]);
    expect(now.quotations.map(({ person: whose }) => whose)).toEqual([kept]);
  }
  expect(await desk.ask(queries.aboutPerson, { person: kept }, ailsa.asking)).toHaveLength(2);
  await desk.act(undo, { merge, why: 'Two people after all' }, ailsa.asking);
  expect(await everything()).toEqual(before);
});

test('when two records of a family are made one their signed notes stand in one list, and an undo gives each back', async () => {
  const [kept, gone] = [await family(ailsa), await family(ailsa)];
  const [here, there] = [await person(kept), await person(gone, { given_name: 'Effie' })];
  await note(kept, [here], 'Stays');
  const moved = await note(gone, [there], 'Goes');
  await desk.act(actions.amend, { note: moved, words: 'More', why: 'It was left out' }, ailsa.asking);
  for (const of of [kept, gone]) await desk.ask(queries.ofFamily, { family: of }, ailsa.asking);
  const before = await everything();
  const { merge } = await desk.act(
    joinFamilies,
    {
      one: kept,
      other: gone,
      keep: kept,
      oneVersion: 1,
      otherVersion: 1,
      fromOther: [],
      why: 'One family',
    },
    ailsa.asking,
  );
  const listed = await desk.ask(queries.ofFamily, { family: kept }, ailsa.asking);
  expect(listed.map(({ words }) => words).toSorted()).toEqual(['Goes', 'Stays']);
  await desk.act(undo, { merge, why: 'Two families after all' }, ailsa.asking);
  expect(await everything()).toEqual(before);
});
