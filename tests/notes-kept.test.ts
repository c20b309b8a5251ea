import { afterAll, beforeAll, expect, test } from 'vitest';
import { call } from './access-calls.ts';
import { samples } from './access-samples.ts';
import { makeWorld, type Persona, type World } from './access-world.ts';
import { signedNote } from './samples/notes.ts';

// A signed note is attacked by every action that there is: by what the action is for, and with the note's own id in the place of
// every id of its input, as each role that works with the family.

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

/** All that was signed, as PostgreSQL's own administrator sees it; whose record it stands in may change when two are merged. */
async function print(note: string): Promise<string> {
  const { rows } = await world.database.superuser.query<{ print: string }>(
    `select jsonb_build_array(
       (select to_jsonb(n) - 'family_id' from record.note n where id = $1),
       (select count(*) from record.note_person p where note_id = $1),
       (select jsonb_agg(to_jsonb(q) - 'family_id' - 'person_id' order by q.id) from record.note_quotation q where note_id = $1),
       (select jsonb_agg(to_jsonb(a) - 'family_id' order by a.id) from record.note_attachment a where note_id = $1))::text as print`,
    [note],
  );
  return rows[0]?.print ?? '';
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The same input with every id but the family's and its people's replaced. */
const aimedAt = (input: object, note: string, but: readonly string[]): Record<string, unknown> =>
  JSON.parse(
    JSON.stringify(input, (_key, value: unknown) =>
      typeof value === 'string' && uuid.test(value) && !but.includes(value) ? note : value,
    ),
  ) as Record<string, unknown>;

test('no action changes what was signed', async () => {
  const of = world.ours;
  const { note, file } = await signedNote(world.database, of, of.crew.maker.account);
  const before = await print(note);
  const actions = world.areas.flatMap((area) => area.actions);
  expect(actions.length).toBeGreaterThan(60);
  const attackers = world.personas.filter(({ standing }) => standing === 'own team');
  let done = 0;
  for (const action of actions) {
    const sample = samples[action.name];
    if (sample === undefined) throw new Error(`${action.name} has no sample`);
    const by = attackers.find(({ role }) => action.who === 'anyone signed in' || action.who.includes(role));
    if (by === undefined) continue;
    const carried = (who: Persona) =>
      sample.through === 'browser' ? { browser: who } : { bearer: who.bearer };
    const input = await sample.input(world, of, by);
    const answers = [
      await call(world, action, input, carried(by)),
      await call(world, action, aimedAt(input, note, [of.family, of.child, of.parent]), carried(by)),
      await call(
        world,
        action,
        { ...input, note, attachment: file, id: note, version: 1, words: 'Other words' },
        carried(by),
      ),
    ];
    done += answers.filter(({ status }) => status === 200).length;
    for (const answer of answers) expect(answer.status, `${action.name} ${answer.body}`).toBeLessThan(500);
    expect(await print(note), action.name).toBe(before);
  }
  // The attack is real: most actions did what they are for.
  expect(done).toBeGreaterThan(actions.length / 2);
});
