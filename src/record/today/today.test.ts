import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { makeWorker, signIn, type Worker } from '../../platform/testing/people.ts';
import { allocate, arrangeCover, handOver } from '../knowing/actions.ts';
import { knowingWorld, notFound } from '../knowing/testing.ts';
import { change, discard, signLeft } from '../notes/actions.ts';
import * as notes from '../notes/queries.ts';
import { add } from '../tasks/actions.ts';
import { mine } from '../tasks/queries.ts';
import * as actions from './actions.ts';
import { changes, drafts, families, waiting } from './queries.ts';
import * as team from './team-queries.ts';

const world = await knowingWorld();
const { database, desk } = world;
const { superuser } = database;
afterAll(() => database.close());

const ailsa = await world.worker('Ailsa Drummond');
const callum = await world.worker('Callum Reid');
const morag = await world.worker('Morag Bain', { role: 'team-manager' });
const senior = await world.worker('Sheila Senior', { role: 'senior-manager', team: 'Heads' });
const south = await world.worker('Sam South', { role: 'team-manager', team: 'South' });
const elsewhere = await makeWorker(database, {
  name: 'Effie Elsewhere',
  organisation: 'NHS Strathmorran',
  team: 'Health visiting',
  role: 'team-manager',
});
const today = desk.today();

const toDo = (family: string, by: Worker, days: number) =>
  desk.act(
    add,
    { family, what: 'Ring the school', owner: by.account, due: today.add({ days }).toString() },
    by.asking,
    { key: randomUUID() },
  );
/** Says that the post of a manager manages those who work with a family. */
const manages = (family: string, by: Worker) =>
  superuser.query(
    `insert into access.reason (subject, holder, kind, scope) values ($1, $2, 'manages', 'practice')`,
    [family, by.post],
  );
/** A note as the import writes it: the application could not say who wrote it, or that it is signed. */
async function note(family: string, by: Worker, days: number, how: string, signed = true): Promise<void> {
  await superuser.query('begin');
  await superuser.query('set local role kith_owner');
  await superuser.query(`select set_config('kith.purpose', 'import', true)`);
  await superuser.query(
    `insert into record.note (family_id, happened_on, how, words, written_by, organisation_id, signed_at)
     values ($1, $2, $3, 'Words', $4, $5, case when $6 then now() end)`,
    [family, today.subtract({ days }).toString(), how, by.account, by.organisation, signed],
  );
  await superuser.query('commit');
}

test('my families with when anybody was last in touch: signed notes of visits and calls only, by any agency', async () => {
  const quiet = await world.family(ailsa, 'Aitken');
  const seen = await world.family(ailsa, 'Baird');
  await note(seen, ailsa, 20, 'home');
  await note(seen, elsewhere, 3, 'phone');
  await note(seen, ailsa, 1, 'colleague');
  await note(seen, ailsa, 0, 'home', false);
  await toDo(seen, ailsa, 0);
  await superuser.query('update record.task set due = due - 2 where family_id = $1', [seen]);
  const list = await desk.ask(families, {}, ailsa.asking);
  expect(list.map(({ name }) => name)).toEqual(['Aitken', 'Baird']);
  expect(list[0]).toMatchObject({ about: quiet, contact_on: null, open: 0, late: 0 });
  expect(list[1]).toMatchObject({ contact_how: 'phone', contact_by: 'NHS Strathmorran', open: 1, late: 1 });
  expect(list[1]?.contact_on?.equals(today.subtract({ days: 3 }))).toBe(true);
  expect(await desk.ask(families, {}, callum.asking)).toEqual([]);
  expect(await desk.askOne(waiting, {}, ailsa.asking)).toEqual({ due: 1 });
});

test('what others did since I was last signed in, about my families, and never what I did', async () => {
  const worker = await world.worker('Nina New');
  const family = await world.family(worker, 'Calder');
  await desk.act(allocate, { family, to: callum.account, as: 'co-worker' }, worker.asking);
  const before = await desk.ask(changes, {}, worker.asking);
  expect(before).toEqual([]);
  await desk.act(add, { family, what: 'Buy paint', owner: callum.account }, callum.asking);
  const [change, ...more] = await desk.ask(changes, {}, worker.asking);
  expect(more).toEqual([]);
  expect(change).toMatchObject({ about: family, family: 'Calder', deed: 'tasks.add', who: 'Callum Reid' });
  // Signed in again after having been here: what was there then is not new any more.
  await superuser.query(
    `update access.session set seen_at = now() + interval '1 second' where account_id = $1`,
    [worker.account],
  );
  const again = await signIn(database, worker.account);
  expect(await desk.ask(changes, {}, again.asking)).toEqual([]);
  // Whoever hands a family over is told no more of it.
  const reason = await world.reason(family, worker.account);
  await desk.act(handOver, { family, reason, to: callum.account }, worker.asking);
  expect(await desk.ask(changes, {}, worker.asking)).toEqual([]);
});

test('drafts are one’s own, with the name only of a record that is seen', async () => {
  const family = await world.family(ailsa, 'Dewar');
  const [own, gone] = [`/families/${family}/change#form`, `/families/${randomUUID()}/change#form`];
  for (const name of [own, gone, '/somewhere#form'])
    await superuser.query('insert into platform.draft (account_id, name, fields) values ($1, $2, $3)', [
      ailsa.account,
      name,
      {},
    ]);
  const typed = await desk.ask(drafts, {}, ailsa.asking);
  expect(typed.map(({ name, whose }) => [name, whose]).toSorted()).toEqual(
    [
      [own, 'Dewar'],
      [gone, null],
      ['/somewhere#form', null],
    ].toSorted(),
  );
  expect(await desk.ask(drafts, {}, callum.asking)).toEqual([]);
  await desk.act(actions.discardDraft, { draft: own }, callum.asking);
  expect(await desk.ask(drafts, {}, ailsa.asking)).toHaveLength(3);
  await desk.act(actions.discardDraft, { draft: own }, ailsa.asking);
  expect(await desk.ask(drafts, {}, ailsa.asking)).toHaveLength(2);
});

test('whoever stands in sees what is to be done by whoever is away, until the cover ends', async () => {
  const away = await world.worker('Alec Away');
  const family = await world.family(away);
  const { task } = await toDo(family, away, 2);
  // A family that both work with and that is not covered: whoever is away does their own part when they are back.
  const apart = await world.family(away);
  await desk.act(allocate, { family: apart, to: callum.account, as: 'co-worker' }, away.asking);
  const { task: own } = await toDo(apart, away, 2);
  const day = today.toString();
  await desk.act(
    arrangeCover,
    { by: callum.account, from: day, until: day, families: [family] },
    away.asking,
  );
  const covered = (await desk.ask(mine, {}, callum.asking)).map((each) => each.task);
  expect(covered).toContain(task);
  expect(covered).not.toContain(own);
  await superuser.query(`update record.cover set ended_at = now() where for_account = $1`, [away.account]);
  expect((await desk.ask(mine, {}, callum.asking)).map((each) => each.task)).not.toContain(task);
});

test('a caseload counts families and children of each worker by name, for their own manager only', async () => {
  const name = `Team ${randomUUID().slice(0, 6)}`;
  const boss = await world.worker('Bea Boss', { role: 'team-manager', team: name });
  const zoe = await world.worker('Zoe Young', { team: name });
  const adam = await world.worker('Adam Auld', { team: name });
  for (const each of [zoe, zoe, adam]) await world.family(each);
  const [theirs] = await desk.ask(families, {}, zoe.asking);
  await toDo(theirs?.about ?? '', zoe, 0);
  await superuser.query('update record.task set due = due - 5 where owner = $1', [zoe.account]);
  await desk.act(allocate, { family: theirs?.about, to: zoe.post, as: 'team' }, zoe.asking);
  const rows = await desk.ask(team.workload, { team: boss.team }, boss.asking);
  expect(rows.map((row) => [row.name, row.families, row.children, row.open, row.late])).toEqual([
    ['Adam Auld', 1, 1, 0, 0],
    ['Bea Boss', 0, 0, 0, 0],
    ['Zoe Young', 2, 2, 1, 1],
    ['The team itself', 1, 1, 0, 0],
  ]);
  expect(await desk.ask(team.workload, { team: boss.team }, senior.asking)).toHaveLength(4);
  for (const other of [south, elsewhere])
    expect(await desk.ask(team.workload, { team: boss.team }, other.asking)).toEqual([]);
  await expect(desk.ask(team.workload, { team: boss.team }, zoe.asking)).rejects.toMatchObject(notFound);
  expect((await desk.ask(team.teams, {}, boss.asking)).map((each) => each.team)).toEqual([boss.team]);
  expect((await desk.ask(team.teams, {}, senior.asking)).length).toBeGreaterThan(2);
  await expect(desk.askOne(team.worker, { account: zoe.account }, south.asking)).rejects.toMatchObject(
    notFound,
  );
  expect(await desk.askOne(team.worker, { account: zoe.account }, boss.asking)).toMatchObject({
    name: 'Zoe Young',
  });
});

test('a weekly review is a manager’s, has words, keeps its history, and is not written over another', async () => {
  const family = await world.family(ailsa, 'Ewing');
  const input = { family, rating: 'amber', words: 'A new baby and little sleep: a visit twice this week' };
  await expect(desk.act(actions.review, input, ailsa.asking)).rejects.toMatchObject(notFound);
  await expect(desk.act(actions.review, input, morag.asking)).rejects.toMatchObject(notFound);
  await manages(family, morag);
  await expect(desk.act(actions.review, { ...input, words: ' ' }, morag.asking)).rejects.toMatchObject({
    fields: { words: 'Say why, in a sentence or two' },
  });
  await expect(desk.act(actions.review, { ...input, rating: 'blue' }, morag.asking)).rejects.toMatchObject({
    status: 422,
  });
  const both = await Promise.allSettled([
    desk.act(actions.review, input, morag.asking),
    desk.act(actions.review, { ...input, rating: 'red' }, morag.asking),
  ]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const [stands] = await desk.ask(team.reviews, { family }, ailsa.asking);
  await desk.act(
    actions.review,
    { ...input, rating: 'green', words: 'Rested', after: stands?.review },
    morag.asking,
  );
  const history = await desk.ask(team.reviews, { family }, morag.asking);
  expect(history).toHaveLength(2);
  expect(history[0]).toMatchObject({ rating: 'green', words: 'Rested', by_name: 'Morag Bain' });
  const [listed] = (await desk.ask(team.workerFamilies, { account: ailsa.account }, morag.asking)).filter(
    ({ about }) => about === family,
  );
  expect(listed).toMatchObject({ rating: 'green', words: 'Rested' });
  expect(await desk.ask(team.reviews, { family }, callum.asking)).toEqual([]);
  expect(await desk.ask(team.workerFamilies, { account: ailsa.account }, south.asking)).toEqual([]);
  await expect(database.pools.app.query(`update record.caseload_review set words = 'x'`)).rejects.toThrow(
    /permission denied/,
  );
});

test('the private part of supervision is seen by the two; the part about a family by those who see it', async () => {
  const family = await world.family(ailsa, 'Fyfe');
  await manages(family, morag);
  await desk.act(allocate, { family, to: callum.account, as: 'co-worker' }, ailsa.asking);
  const held = {
    account: ailsa.account,
    heldOn: today.toString(),
    words: 'Ailsa is tired and takes a week off',
  };
  for (const other of [south, elsewhere])
    await expect(desk.act(actions.holdSupervision, held, other.asking)).rejects.toMatchObject(notFound);
  await expect(desk.act(actions.holdSupervision, held, callum.asking)).rejects.toMatchObject(notFound);
  await expect(
    desk.act(actions.holdSupervision, { ...held, heldOn: today.add({ days: 1 }).toString() }, morag.asking),
  ).rejects.toMatchObject({ fields: { heldOn: 'Enter a day that is today or earlier' } });
  const { supervision } = await desk.act(actions.holdSupervision, held, morag.asking);
  const about = { supervision, family, words: 'Visit with Callum; hear Jamie alone' };
  await expect(desk.act(actions.aboutFamily, about, senior.asking)).rejects.toMatchObject(notFound);
  await desk.act(actions.aboutFamily, about, morag.asking);
  for (const each of [ailsa, morag])
    expect(await desk.askOne(team.supervision, { supervision }, each.asking)).toMatchObject({
      words: held.words,
    });
  for (const other of [callum, south, senior])
    await expect(desk.askOne(team.supervision, { supervision }, other.asking)).rejects.toMatchObject(
      notFound,
    );
  expect(await desk.ask(team.supervisions, { account: ailsa.account }, senior.asking)).toEqual([]);
  expect(await desk.ask(team.workWith, { family }, callum.asking)).toMatchObject([
    { words: about.words, worker_name: 'Ailsa Drummond' },
  ]);
  expect(await desk.ask(team.workWith, { family }, south.asking)).toEqual([]);
  // Even by SQL as the application, nobody but the two reads it, and nobody changes it.
  await expect(database.pools.app.query(`update record.supervision set words = 'x'`)).rejects.toThrow(
    /permission denied/,
  );
  expect(await world.told(ailsa)).toContain('The notes of your supervision are written.');
});

test('what nobody will do is shown to the manager', async () => {
  const gone = await world.worker('Gail Gone');
  const family = await world.family(gone, 'Gow');
  await manages(family, morag);
  await desk.act(allocate, { family, to: ailsa.account, as: 'co-worker' }, gone.asking);
  const { task } = await toDo(family, gone, 1);
  const left = async () => (await desk.ask(team.leftOver, {}, morag.asking)).map((each) => each.task);
  expect(await left()).not.toContain(task);
  await superuser.query('update access.reason set until = now() where holder = $1', [gone.account]);
  expect(await left()).toContain(task);
  expect((await desk.ask(team.leftOver, {}, south.asking)).map((each) => each.task)).not.toContain(task);
});

test('a note whose writer has gone is shown to the manager, who signs it; nobody else reads it before', async () => {
  const gone = await world.worker('Gordon Gone');
  const family = await world.family(gone, 'Hay');
  await manages(family, morag);
  await desk.act(allocate, { family, to: ailsa.account, as: 'co-worker' }, gone.asking);
  await note(family, gone, 2, 'home', false);
  const shown = async (to: Worker) =>
    (await desk.ask(notes.leftUnsigned, {}, to.asking)).filter(({ about }) => about === family);
  expect(await shown(morag)).toEqual([]);
  await superuser.query('update access.reason set until = now() where holder = $1', [gone.account]);
  const [left] = await shown(morag);
  expect(left).toMatchObject({ family: 'Hay', written_by: 'Gordon Gone' });
  const id = left?.id ?? '';
  for (const other of [ailsa, south, senior]) {
    await expect(desk.askOne(notes.one, { note: id }, other.asking)).rejects.toMatchObject(notFound);
    await expect(desk.act(signLeft, { note: id, version: 1 }, other.asking)).rejects.toMatchObject(notFound);
  }
  expect(await desk.askOne(notes.one, { note: id }, morag.asking)).toMatchObject({
    words: 'Words',
    mine: false,
  });
  // The manager reads and signs, and writes nothing into it.
  const written = {
    family,
    people: [],
    words: 'Other words',
    on: today.toString(),
    how: 'home',
    quotations: [],
  };
  await expect(desk.act(change, { note: id, version: 1, ...written }, morag.asking)).rejects.toThrow();
  await expect(desk.act(discard, { note: id, version: 1 }, morag.asking)).rejects.toThrow();
  await expect(desk.act(signLeft, { note: id, version: 2 }, morag.asking)).rejects.toMatchObject({
    status: 409,
  });
  await desk.act(signLeft, { note: id, version: 1 }, morag.asking);
  const signed = await desk.askOne(notes.one, { note: id }, ailsa.asking);
  expect(signed).toMatchObject({ words: 'Words', written_by: 'Gordon Gone' });
  expect(signed.written_as).toMatch(/^signed by Morag Bain, .*, since the writer has gone$/);
  expect(await shown(morag)).toEqual([]);
  await expect(desk.act(signLeft, { note: id, version: 2 }, morag.asking)).rejects.toMatchObject({
    status: 409,
  });
});
