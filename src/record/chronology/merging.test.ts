import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../../platform/testing/database.ts';
import * as duplicates from '../duplicates/actions.ts';
import { recordsIn } from '../duplicates/testing/records.ts';
import * as actions from './actions.ts';
import * as queries from './queries.ts';

const database = await testDatabase();
afterAll(() => database.close());
const { desk, superuser, ailsa, sorcha, two, mergeInput } = await recordsIn(database);

const everything = async () =>
  JSON.stringify(
    await Promise.all(
      ['event', 'event_person', 'event_addition', 'event_analysis'].map(
        async (table) =>
          (
            await superuser.query(
              `select to_jsonb(t) as row from record.${table} t order by to_jsonb(t)::text`,
            )
          ).rows,
      ),
    ),
  );

test('two records of one person merged keep both lives in one line; undone, each has its own again', async () => {
  const { families, kept, gone, pair } = await two();
  const write = (family: string, people: string[], what: string) =>
    desk.act(
      actions.write,
      { family, people, kind: 'health', on: '1/6/2024', what, source: 'Health' },
      ailsa.asking,
    );
  await write(families[0], [kept], 'A new tooth');
  const { event } = await write(families[1], [gone], 'Glasses at last');
  await desk.act(actions.add, { event, kind: 'impact', words: 'He can see the board' }, ailsa.asking);
  await desk.act(
    actions.analyse,
    { family: families[1], person: gone, on: '1/11/2026', words: 'It goes well' },
    ailsa.asking,
  );
  // An event that is of both records already is of one person once.
  await superuser.query(
    `insert into record.event_person (event_id, person_id, happened_on) values ($1, $2, '2024-06-01')`,
    [event, kept],
  );
  const before = await everything();
  const { merge } = await desk.act(duplicates.merge, await mergeInput(pair, kept), ailsa.asking);
  for (const family of families) {
    const found = await desk.ask(queries.ofFamily, { family }, ailsa.asking);
    expect(found.map(({ what }) => what).toSorted()).toEqual(['A new tooth', 'Glasses at last']);
    expect(found.map(({ people }) => people.map(({ id }) => id))).toEqual([[kept], [kept]]);
    expect(found.flatMap(({ additions }) => additions.map(({ words }) => words))).toEqual([
      'He can see the board',
    ]);
  }
  // Who saw only one of the two records sees the one that there is now.
  expect(await desk.ask(queries.aboutPerson, { person: kept }, sorcha.asking)).toHaveLength(2);
  await desk.act(duplicates.undo, { merge, why: 'Two people after all' }, ailsa.asking);
  expect(await everything()).toBe(before);
});
