import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { transaction } from '../../platform/database/transaction.ts';
import { computeMeasure } from '../../platform/measures/compute.ts';
import { accept } from './answering.ts';
import { supportArea } from './area.ts';
import { ask } from './asking.ts';
import { end } from './ending.ts';
import { support as supportQuery } from './helping-queries.ts';
import { measures } from './measures.ts';
import { readProgrammes, shippedFolder } from './programmes.ts';
import { programmes } from './queries.ts';
import { installProgrammes } from './records.ts';
import { supportWorld } from './testing.ts';
import { addReading, addSession } from './together.ts';

const world = await supportWorld();
const { database, desk, ailsa, niamh } = world;
const folder = await mkdtemp(join(tmpdir(), 'kith-programmes-'));
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const bicycles = `
id: bicycle-kitchen
title: The bicycle kitchen
seed: "Our own: not in the seeds"
for families: We mend old bicycles together and you ride home on one.
needs: [somewhere to go]
serves:
  in words: Anybody of 8 or over, with whoever they like to come with
  helps: a group
  ages of: everybody
  ages: { from: 8 }
  otherwise: For younger children, the play park project has bicycles to borrow.
may ask: [anybody]
answered by: { service: third-sector }
levels: [universal]
clocks: { acknowledge: 3 working days, answer: 2 weeks }
tools:
  - { id: confidence, title: How sure I am of myself, kind: own, from: 1, to: 5, better: higher }
questions:
  - { id: helmet, title: Is there a helmet that fits?, at: asking, kind: yes or no, needed: true }
  - { id: size, title: Which size?, at: accepting, kind: choice, needed: true, choices: [{ id: small, title: Small }, { id: big, title: Big }] }
  - { id: who-fits, title: Whom does it fit?, at: accepting, kind: text }
  - { id: rides, title: How many rides?, at: ending, kind: number }
items:
  - { id: bicycles, title: Bicycles given }
outcomes:
  - { id: rides, title: Rides by themselves }
  - { id: stopped, title: Stopped coming }
measures: [requests, families, people, items, change, answers]
directory: { how to get in: Come along, where: The old depot, when: Saturdays }
`;

test('a programme that is a file alone takes requests, gives help, records readings and publishes its figures', async () => {
  await writeFile(join(folder, 'bicycle-kitchen.yaml'), bicycles);
  const read = await readProgrammes([shippedFolder, folder]);
  await transaction(database.pools.owner, [], (rows) => installProgrammes(rows, read));
  expect((await desk.ask(programmes, {}, ailsa.asking)).map(({ id }) => id)).toContain('bicycle-kitchen');

  const of = await world.family();
  const input = {
    family: of.family,
    programme: 'bicycle-kitchen',
    people: [of.jamie, of.isla],
    reason: 'They want something to do together',
    agreed: 'Both',
    urgency: 'can wait',
  };
  await expect(desk.act(ask, input, ailsa.asking)).rejects.toMatchObject({
    fields: { 'answer-helmet': 'Answer this: Is there a helmet that fits?' },
  });
  // Age is looked at of everybody, as the file says: Jamie is too young, and is told where there are bicycles for him.
  await expect(desk.act(ask, { ...input, answers: { helmet: 'yes' } }, ailsa.asking)).rejects.toMatchObject({
    detail: expect.stringContaining('the play park project'),
  });
  await database.superuser.query(
    `update record.person set date_of_birth = '2015-01-01' where id = any ($1)`,
    [[of.jamie, of.isla]],
  );
  const { id: request } = await desk.act(ask, { ...input, answers: { helmet: 'yes' } }, ailsa.asking);
  const accepting = { request, version: 1, level: 'universal', lead: niamh.account };
  await expect(desk.act(accept, accepting, niamh.asking)).rejects.toMatchObject({
    fields: { 'answer-size': 'Answer this: Which size?' },
  });
  const { support } = await desk.act(
    accept,
    { ...accepting, answers: { size: 'big', 'who-fits': 'Jamie, and soon Isla' } },
    niamh.asking,
  );
  const today = desk.today().toString();
  await desk.act(
    addSession,
    { support, on: today, began: '00:00', minutes: 90, way: 'somewhere else', items: { bicycles: '2' } },
    niamh.asking,
  );
  for (const [moment, score] of [
    ['first', '2'],
    ['last', '4'],
  ])
    await desk.act(
      addReading,
      { support, tool: 'confidence', moment, on: today, scores: { confidence: score } },
      niamh.asking,
    );
  const { version, answers } = await desk.askOne(supportQuery, { support }, niamh.asking);
  expect(answers.map(({ title, words }) => [title, words])).toEqual([
    ['Which size?', 'Big'],
    ['Whom does it fit?', 'Jamie, and soon Isla'],
  ]);
  const ending = {
    support,
    version,
    outcome: 'rides',
    why: 'They ride',
    next: 'The cycling club',
    nextProgramme: 'community-hubs',
    on: today,
  };
  await desk.act(end, { ...ending, answers: { rides: '12' } }, niamh.asking);
  // Those who helped see the family no longer; its worker does.
  const hubs = read.find(({ id }) => id === 'community-hubs');
  expect(hubs).toBeDefined();
  expect((await desk.askOne(supportQuery, { support }, ailsa.asking)).ending?.nextTitle).toBe(hubs?.title);
  const value = async (name: string) => {
    const measure = measures.find((each) => each.id === `support.${name}`);
    if (measure === undefined) throw new Error(name);
    const when = { during: { from: desk.today().subtract({ days: 7 }), to: desk.today() } };
    const asked = { when, by: [], only: { programme: 'bicycle-kitchen' } };
    return (await computeMeasure(database.pools, measure, asked, { small: true }))[0]?.value;
  };
  expect(
    await Promise.all(['requests', 'families', 'people', 'items', 'hours', 'change', 'outcomes'].map(value)),
  ).toEqual([1, 1, 2, 2, 1.5, 2, 1]);

  // Its own questions are counted by what was answered; words that somebody wrote are not part of any figure.
  const answered = async (name: string, by: string[]) => {
    const measure = measures.find((each) => each.id === `support.${name}`);
    if (measure === undefined) throw new Error(name);
    const when = { during: { from: desk.today().subtract({ days: 7 }), to: desk.today() } };
    const asked = { when, by, only: { programme: 'bicycle-kitchen' } };
    return (await computeMeasure(database.pools, measure, asked, { small: true })).map(
      ({ at, value: many }) => [at[by[0] ?? ''], many],
    );
  };
  expect((await answered('answers', ['answer'])).toSorted()).toEqual([
    ['bicycle-kitchen/helmet/yes', 1],
    ['bicycle-kitchen/size/big', 1],
  ]);
  expect(await answered('sums', ['question'])).toEqual([['bicycle-kitchen/rides', 12]]);
  const { rows: counted } = await database.superuser.query<{ counted: { id: string }[] }>(
    'select counted from support.support where id = $1',
    [support],
  );
  expect(counted[0]?.counted.map(({ id }) => id)).toEqual(['size']);
});

test('a bad file stops the start with its name, line and field, and what to do', async () => {
  await writeFile(
    join(folder, 'bicycle-kitchen.yaml'),
    bicycles.replace('ages: { from: 8 }', 'ages: { from: eight }'),
  );
  await expect(readProgrammes([shippedFolder, folder])).rejects.toMatchObject({
    code: 'bad-programme',
    detail: expect.stringMatching(/^bicycle-kitchen\.yaml, line 11, serves › ages › from: /),
  });
  await writeFile(join(folder, 'bicycle-kitchen.yaml'), `${bicycles}instead: [play-park]\n`);
  await expect(readProgrammes([shippedFolder, folder])).rejects.toMatchObject({
    detail: expect.stringContaining('there is no programme "play-park"'),
  });
  await expect(readProgrammes([join(folder, 'nowhere')])).rejects.toMatchObject({ code: 'bad-setting' });

  // The start stops before anything is changed: what is in the database is as it was, and takes requests.
  const kept = async () =>
    (await database.superuser.query(`select id, state, definition from support.programme order by id`)).rows;
  const before = await kept();
  process.env.KITH_PROGRAMMES = folder;
  try {
    await expect(
      transaction(database.pools.owner, [], async (rows) => supportArea().install?.(rows)),
    ).rejects.toMatchObject({ code: 'bad-programme' });
  } finally {
    delete process.env.KITH_PROGRAMMES;
  }
  expect(await kept()).toEqual(before);
  const again = await world.asked(await world.family());
  expect(again).not.toBe('');
});
