import { afterAll, expect, test } from 'vitest';
import { computeMeasure } from '../../platform/measures/compute.ts';
import { accept, acknowledge, redirect } from './answering.ts';
import { measures } from './measures.ts';
import { hand, make, take } from './public/actions.ts';
import { sentBy, visitAt } from './public/testing.ts';
import { neuro, supportWorld } from './testing.ts';

// What nobody had answered in time on a day that has gone by: as it stood on that day, whatever was done since.

let now = Temporal.Instant.from('2026-11-18T12:00:00Z');
const world = await supportWorld(() => now);
const { database, desk, niamh, mairi } = world;
afterAll(() => database.close());

const cluster = 'cluster-wellbeing-planning';
const measure = measures.find(({ id }) => id === 'support.unclaimed');
const on = (date: Temporal.PlainDate): void => {
  now = date.toZonedDateTime({ timeZone: 'Europe/London', plainTime: '12:00' }).toInstant();
};
/** How many on a day, and of which programme. */
async function unclaimed(date: Temporal.PlainDate): Promise<Record<string, unknown>> {
  if (measure === undefined) throw new Error('no such measure');
  const cells = await computeMeasure(
    database.pools,
    measure,
    { when: { on: date }, by: ['programme'], only: {} },
    { small: true },
  );
  return Object.fromEntries(
    cells.filter(({ value }) => value !== 0).map(({ at, value }) => [at.programme ?? 'none', value]),
  );
}
const daysOf = async (table: 'request' | 'asked_outside', id: string) => {
  const { rows } = await database.superuser.query<{ have: string; answer: string }>(
    `select acknowledge_by::text as have, answer_by::text as answer from support.${table} where id = $1`,
    [id],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('it is not there');
  return { have: Temporal.PlainDate.from(row.have), answer: Temporal.PlainDate.from(row.answer) };
};

test('a request that was late with one team and sent on to another is told of each day as it was', async () => {
  const request = await world.asked(await world.family());
  const { have, answer } = await daysOf('request', request);
  on(have.add({ days: 4 }));
  await desk.act(acknowledge, { request, version: 1 }, niamh.asking);
  on(have.add({ days: 5 }));
  await desk.act(
    redirect,
    { request, version: 2, programme: cluster, why: 'Nearer', told: 'By phone' },
    niamh.asking,
  );
  await desk.act(acknowledge, { request, version: 3 }, mairi.asking);
  const last = answer.add({ days: 3 });
  on(last);
  await desk.act(
    accept,
    {
      request,
      version: 4,
      level: 'additional',
      lead: mairi.account,
      answers: { 'named-person': 'Mairi' },
    },
    mairi.asking,
  );
  expect(await unclaimed(have)).toEqual({});
  // Late with the first: before somebody said that they had it, and not from then on.
  expect(await unclaimed(have.add({ days: 1 }))).toEqual({ [neuro]: 1 });
  expect(await unclaimed(have.add({ days: 3 }))).toEqual({ [neuro]: 1 });
  expect(await unclaimed(have.add({ days: 4 }))).toEqual({});
  expect(await unclaimed(have.add({ days: 5 }))).toEqual({});
  // Late with the second, until it was answered.
  expect(await unclaimed(answer)).toEqual({});
  expect(await unclaimed(answer.add({ days: 1 }))).toEqual({ [cluster]: 1 });
  expect(await unclaimed(last)).toEqual({});
});

test('what somebody asked for themselves counts once, before and after a request was made of it', async () => {
  on(Temporal.PlainDate.from('2027-02-01'));
  const of = await world.family();
  await world.helped(of);
  const asked = await sentBy(world, visitAt(now));
  const { have } = await daysOf('asked_outside', asked);
  on(have.add({ days: 3 }));
  const made = await desk.act(
    make,
    { asked, version: 2, family: of.family, programme: neuro, people: [of.jamie], urgency: 'soon' },
    niamh.asking,
  );
  const { answer } = await daysOf('request', made.id);
  expect(await unclaimed(have)).toEqual({});
  for (const days of [1, 2]) expect(await unclaimed(have.add({ days }))).toEqual({ [neuro]: 1 });
  // Its team has it now; it is late again when nobody has answered it by its day.
  expect(await unclaimed(have.add({ days: 3 }))).toEqual({});
  expect(await unclaimed(answer.add({ days: 1 }))).toEqual({ [neuro]: 1 });
});

test('handed to another team, it was claimed while the first team had it', async () => {
  on(Temporal.PlainDate.from('2026-06-01'));
  const asked = await sentBy(world, visitAt(now), { programme: neuro });
  const { have, answer } = await daysOf('asked_outside', asked);
  on(have);
  await desk.act(take, { asked, version: 2 }, niamh.asking);
  on(have.add({ days: 2 }));
  await desk.act(hand, { asked, version: 3, team: mairi.team, why: 'They know them' }, niamh.asking);
  expect(await unclaimed(have.add({ days: 1 }))).toEqual({});
  expect(await unclaimed(have.add({ days: 2 }))).toEqual({ [neuro]: 1 });
  on(have.add({ days: 3 }));
  await desk.act(take, { asked, version: 4 }, mairi.asking);
  expect(await unclaimed(have.add({ days: 2 }))).toEqual({ [neuro]: 1 });
  expect(await unclaimed(have.add({ days: 3 }))).toEqual({});
  expect(await unclaimed(answer.add({ days: 1 }))).toEqual({ [neuro]: 1 });
});
