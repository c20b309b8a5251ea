import { afterAll, expect, test } from 'vitest';
import { transaction } from '../../platform/database/transaction.ts';
import { computeMeasure } from '../../platform/measures/compute.ts';
import { open } from '../../record/families/queries.ts';
import { accept } from './answering.ts';
import { comeBack, end } from './ending.ts';
import { addGroup, joinGroup, leaveGroup, register } from './groups.ts';
import { begin, changeLevel, goOn, moveStage, pause, review, setLead } from './helping.ts';
import {
  due,
  group,
  leading,
  members,
  sessions,
  support as supportQuery,
  waiting,
} from './helping-queries.ts';
import { measures } from './measures.ts';
import { readProgrammes } from './programmes.ts';
import { programme, start } from './queries.ts';
import { installProgrammes } from './records.ts';
import { camhs, neuro, supportWorld } from './testing.ts';
import { addGoal, addReading, addSession, endGoal } from './together.ts';

const now = Temporal.Instant.from('2026-11-18T12:00:00Z');
const world = await supportWorld(() => now);
const { database, desk, ailsa, niamh, rory, mairi } = world;
afterAll(() => database.close());

const one = (id: string, worker = niamh) => desk.askOne(supportQuery, { support: id }, worker.asking);
const version = async (id: string) => (await one(id)).version;
const session = {
  on: '18/11/2026',
  began: '10:30',
  minutes: '45',
  way: 'at home',
  what: 'We made a plan for mornings',
};

test('help goes from goal to session, reading, step up and ending, and the family can come back', async () => {
  const of = await world.family('Lennox');
  const support = await world.helped(of);
  const first = await one(support);
  expect(first).toMatchObject({
    state: 'active',
    stage: 'getting-to-know',
    lead: 'Niamh Docherty',
    here: true,
  });
  expect(first.firstContactBy?.toString()).toBe('2026-12-03');
  await desk.act(addGoal, { support, words: 'A morning without shouting', person: of.jamie }, niamh.asking);
  await desk.act(addSession, { support, ...session, came: { [of.jamie]: 'came' } }, niamh.asking);
  const seen = await one(support);
  expect(seen.firstContactOn?.toString()).toBe('2026-11-18');
  const goal = seen.goals[0];
  if (goal === undefined) throw new Error('no goal');
  const reading = { support, tool: 'goals', on: '18/11/2026' };
  await desk.act(addReading, { ...reading, moment: 'first', scores: { [goal.id]: '2' } }, niamh.asking);
  await expect(
    desk.act(addReading, { ...reading, moment: 'first', scores: { [goal.id]: '3' } }, niamh.asking),
  ).rejects.toMatchObject({ fields: { moment: expect.stringContaining('first reading already') } });
  await expect(
    desk.act(addReading, { ...reading, moment: 'last', scores: { [goal.id]: '11' } }, niamh.asking),
  ).rejects.toMatchObject({ fields: { [`score-${goal.id}`]: expect.stringContaining('from 0 to 10') } });
  // Nothing chosen yet, and a number that is none: both are said at once.
  await expect(
    desk.act(addReading, { ...reading, scores: { [goal.id]: 'ten' } }, niamh.asking),
  ).rejects.toMatchObject({
    fields: {
      moment: expect.stringContaining('Choose'),
      [`score-${goal.id}`]: expect.stringContaining('from 0 to 10'),
    },
  });
  await desk.act(addReading, { ...reading, moment: 'last', scores: { [goal.id]: '7' } }, niamh.asking);
  await desk.act(
    changeLevel,
    { support, version: await version(support), level: 'intensive', why: 'Nights are hard as well' },
    niamh.asking,
  );
  await desk.act(
    moveStage,
    { support, version: await version(support), stage: 'trying-things' },
    niamh.asking,
  );
  await desk.act(
    review,
    { support, version: await version(support), on: '18/11/2026', said: 'Better' },
    niamh.asking,
  );
  await desk.act(pause, { support, version: await version(support), why: 'A new baby' }, niamh.asking);
  await desk.act(goOn, { support, version: await version(support) }, niamh.asking);
  await desk.act(setLead, { support, version: await version(support), lead: rory.account }, niamh.asking);
  await expect(
    desk.act(setLead, { support, version: await version(support), lead: rory.account }, niamh.asking),
  ).rejects.toMatchObject({ fields: { lead: expect.stringContaining('lead it now') } });
  await desk.act(endGoal, { goal: goal.id, version: 1, state: 'reached' }, rory.asking);
  const standing = await one(support);
  expect(standing.steps.map(({ step }) => step)).toEqual([
    ...['accepted', 'began', 'stepped up', 'stage', 'reviewed', 'paused', 'went on', 'lead'],
  ]);
  expect(standing).toMatchObject({ level: 'intensive', lead: 'Rory Weir', stage: 'trying-things' });
  expect(standing.reviewBy?.toString()).toBe('2027-02-10');
  await desk.act(
    end,
    {
      support,
      version: standing.version,
      outcome: 'goals-reached',
      why: 'Mornings are calm',
      next: 'The school knows what helps; Isla can ring us',
      on: '18/11/2026',
    },
    rory.asking,
  );
  expect(await desk.ask(open, { family: of.family }, niamh.asking)).toEqual([]);
  const back = await desk.act(
    comeBack,
    { support, why: 'High school begins', agreed: 'Isla and Jamie' },
    ailsa.asking,
  );
  expect(back.team).toBe('Family support');
  expect(await one(back.support)).toMatchObject({
    state: 'waiting',
    cameBackFrom: support,
    level: 'intensive',
  });
  await expect(
    desk.act(comeBack, { support, why: 'Again', agreed: 'Isla' }, ailsa.asking),
  ).rejects.toMatchObject({ code: 'back-already' });
  const { rows } = await database.superuser.query<{ kind: string; what: string }>(
    `select kind, what from record.event where from_id = $1 order by kind`,
    [support],
  );
  expect(rows.map(({ kind }) => kind)).toEqual(['help-begun', 'help-ended']);
});

test('a session is never in the future, and only those of the team write one', async () => {
  const of = await world.family();
  const support = await world.helped(of);
  await expect(
    desk.act(addSession, { support, ...session, on: '19/11/2026' }, niamh.asking),
  ).rejects.toMatchObject({ fields: { on: expect.stringContaining('has not come yet') } });
  await expect(
    desk.act(addSession, { support, ...session, began: '12:01' }, niamh.asking),
  ).rejects.toMatchObject({ fields: { began: expect.stringContaining('not that late yet') } });
  await expect(
    desk.act(addSession, { support, ...session, minutes: 'an hour', began: 'noon' }, niamh.asking),
  ).rejects.toMatchObject({
    fields: { minutes: 'Enter how many minutes it took', began: expect.any(String) },
  });
  await expect(desk.act(addSession, { support, ...session }, ailsa.asking)).rejects.toMatchObject({
    code: 'not-your-team',
  });
  await expect(desk.act(addSession, { support, ...session }, mairi.asking)).rejects.toMatchObject({
    code: 'not-found',
  });
  expect(await desk.ask(sessions, { support }, niamh.asking)).toEqual([]);
});

test('a full programme puts the next family on the waiting list, in the order in which they asked', async () => {
  const read = await readProgrammes();
  const { rows: helpedNow } = await database.superuser.query<{ n: number }>(
    `select count(*)::int as n from support.support where state in ('active', 'paused') and programme = $1`,
    [neuro],
  );
  const atOnce = (helpedNow[0]?.n ?? 0) + 1;
  const small = read.map((each) =>
    each.id === neuro ? { ...each, capacity: { of: 'families' as const, atOnce } } : each,
  );
  await transaction(database.pools.owner, [], (rows) => installProgrammes(rows, small));
  const [of, next] = [await world.family(), await world.family('Waits')];
  const support = await world.helped(of);
  const request = await world.asked(next);
  await expect(
    desk.act(accept, { request, version: 1, level: 'additional', lead: rory.account }, rory.asking),
  ).rejects.toMatchObject({ fields: { waits: expect.stringContaining('waiting list') } });
  const made = await desk.act(
    accept,
    { request, version: 1, level: 'additional', waits: 'yes' },
    rory.asking,
  );
  const list = await desk.ask(waiting, {}, niamh.asking);
  expect(list.find(({ id }) => id === made.support)).toMatchObject({
    family: 'Waits',
    state: 'waiting',
    lead: null,
  });
  await expect(
    desk.act(begin, { support: made.support, version: 1, lead: rory.account }, rory.asking),
  ).rejects.toMatchObject({ fields: { lead: expect.stringContaining('can be at once') } });
  await desk.act(
    end,
    {
      support,
      version: await version(support),
      outcome: 'family-chose',
      why: 'W',
      next: 'N',
      on: '18/11/2026',
    },
    niamh.asking,
  );
  await desk.act(begin, { support: made.support, version: 1, lead: rory.account }, rory.asking);
  expect(await one(made.support)).toMatchObject({ state: 'active', lead: 'Rory Weir' });
  expect((await desk.ask(leading, {}, rory.asking)).map(({ id }) => id)).toContain(made.support);
  await transaction(database.pools.owner, [], (rows) => installProgrammes(rows, read));
  const counts = await desk.askOne(start, {}, rory.asking);
  expect(counts.leading).toBeGreaterThan(0);
});

test('a group has places and a register, and each family its own session', async () => {
  const { group: id } = await desk.act(
    addGroup,
    { programme: neuro, title: 'Tuesday parents', places: '1', firstOn: '1/11/2026', place: 'The hub' },
    niamh.asking,
  );
  const [of, second] = [await world.family(), await world.family()];
  const [support, other] = [await world.helped(of), await world.helped(second)];
  await desk.act(joinGroup, { group: id, support, people: of.jamie }, niamh.asking);
  await expect(
    desk.act(joinGroup, { group: id, support: other, people: second.jamie }, niamh.asking),
  ).rejects.toMatchObject({ code: 'group-full' });
  const met = { group: id, on: '18/11/2026', began: '10am', minutes: '90', came: { [of.jamie]: 'came' } };
  await expect(desk.act(register, met, mairi.asking)).rejects.toMatchObject({ code: 'not-found' });
  // A group has not met yet on a day that has not come: nothing is written of it.
  await expect(desk.act(register, { ...met, on: '19/11/2026' }, niamh.asking)).rejects.toMatchObject({
    status: 422,
    fields: { on: expect.stringContaining('This day has not come yet') },
  });
  expect(await desk.ask(sessions, { support }, niamh.asking)).toEqual([]);
  await desk.act(register, met, niamh.asking);
  await expect(desk.act(register, met, niamh.asking)).rejects.toMatchObject({ code: 'register-kept' });
  const [kept] = await desk.ask(sessions, { support }, niamh.asking);
  expect(kept).toMatchObject({ way: 'in a group', group: 'Tuesday parents', minutes: 90 });
  expect((await desk.ask(members, { group: id }, niamh.asking))[0]).toMatchObject({ came: 1, met: 1 });
  expect(await desk.ask(members, { group: id }, mairi.asking)).toEqual([]);
  expect(await desk.askOne(group, { group: id }, mairi.asking)).toMatchObject({ here: false, taken: 1 });
  await desk.act(leaveGroup, { group: id, person: of.jamie }, niamh.asking);
  await desk.act(joinGroup, { group: id, support: other, people: second.jamie }, niamh.asking);
});

test('a stale form is told, whatever was changed', async () => {
  const of = await world.family();
  const support = await world.helped(of);
  const stale = await version(support);
  await desk.act(pause, { support, version: stale, why: 'Away' }, niamh.asking);
  await expect(
    desk.act(changeLevel, { support, version: stale, level: 'intensive', why: 'W' }, rory.asking),
  ).rejects.toMatchObject({ code: 'changed-meanwhile' });
});

test('what is due is with whoever leads', async () => {
  const of = await world.family('Due');
  const support = await world.helped(of);
  await database.superuser.query('update support.support set review_by = $2, stage_by = null where id = $1', [
    support,
    '2026-11-20',
  ]);
  const mine = (await desk.ask(due, {}, niamh.asking)).filter(({ id }) => id === support);
  expect(mine.map(({ what }) => what)).toEqual(['review']);
  expect((await desk.ask(due, {}, rory.asking)).filter(({ id }) => id === support)).toEqual([]);
});

test('every measure counts, as the role that reads no names', async () => {
  const year = { from: Temporal.PlainDate.from('2026-04-01'), to: Temporal.PlainDate.from('2027-03-31') };
  const value = async (id: string, by: string[] = [], only: Record<string, string> = {}) => {
    const measure = measures.find((each) => each.id === id);
    if (measure === undefined) throw new Error(`no ${id}`);
    const when = measure.kind === 'on' ? { on: Temporal.PlainDate.from('2026-12-31') } : { during: year };
    return computeMeasure(database.pools, measure, { when, by, only }, { small: true });
  };
  for (const measure of measures)
    for (const name of ['', ...Object.keys(measure.fact.dimensions)].filter(
      (each) => each === '' || (measure.by ?? Object.keys(measure.fact.dimensions)).includes(each),
    ))
      expect(
        (await value(measure.id, name === '' ? [] : [name])).length,
        `${measure.id} ${name}`,
      ).toBeGreaterThan(-1);
  const { rows } = await database.superuser.query<{ families: number; hours: number; sessions: number }>(
    `select (select count(distinct family_id)::int from support.support where since is not null) as families,
       (select count(*)::int from support.session) as sessions, (select round(sum(minutes) / 60.0, 1)::float from support.session) as hours`,
  );
  expect((await value('support.families'))[0]?.value).toBe(rows[0]?.families);
  expect((await value('support.sessions', [], { programme: neuro }))[0]?.value).toBe(rows[0]?.sessions);
  expect((await value('support.hours'))[0]?.value).toBe(rows[0]?.hours);
  expect((await value('support.change', ['tool']))[0]).toMatchObject({ at: { tool: 'goals' }, value: 5 });
  expect((await value('support.unclaimed'))[0]?.value).toBe(0);
  await world.asked(await world.family());
  expect((await value('support.unclaimed', [], { programme: neuro }))[0]?.value).toBe(1);
  expect((await value('support.unclaimed', [], { programme: camhs }))[0]?.value).toBe(0);
});

test('a programme that was taken away stays for those who have it, and is closed to others', async () => {
  const read = await readProgrammes();
  const of = await world.family();
  const support = await world.helped(of);
  await transaction(database.pools.owner, [], (rows) =>
    installProgrammes(
      rows,
      read.filter(({ id }) => id !== neuro),
    ),
  );
  expect(await one(support)).toMatchObject({ title: 'Neurodevelopmental family support', state: 'active' });
  await expect(world.asked(of)).rejects.toMatchObject({
    fields: { source: expect.stringContaining('no new requests') },
  });
  await desk.act(addSession, { support, ...session }, niamh.asking);
  await transaction(database.pools.owner, [], (rows) => installProgrammes(rows, read));
  const found = await desk.askOne(programme, { programme: neuro }, niamh.asking);
  expect(found.definition.state).toBe('open');
  expect(found.teams.map(({ name }) => name)).toEqual(['Family support']);
});
