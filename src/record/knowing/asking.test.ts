import { afterAll, expect, test } from 'vitest';
import { looked } from '../families/queries.ts';
import { allocate } from './actions.ts';
import * as actions from './asking-actions.ts';
import * as queries from './queries.ts';
import { knowingWorld, notFound } from './testing.ts';

const world = await knowingWorld();
const { desk, database } = world;
afterAll(() => database.close());
const { superuser } = database;

const ailsa = await world.worker('Ailsa Drummond');
const callum = await world.worker('Callum Reid');
const gordon = await world.worker('Gordon Rennie', { role: 'team-manager' });
const senior = await world.worker('Senga Muir', { role: 'senior-manager', team: 'Services' });
const south = await world.worker('Sorcha Kerr', { team: 'South' });
const southManager = await world.worker('Sandy Orr', { team: 'South', role: 'team-manager' });
const health = await world.worker('Hamish Orr', {
  organisation: 'NHS Strathmorran',
  team: 'Health visiting',
});
const planner = await world.worker('Planner', { role: 'planning-officer' });
const finance = await world.worker('Finance', { role: 'finance-officer' });
const today = Temporal.Now.plainDateISO('Europe/London');

const ask = (input: object, by = south) =>
  desk.act(actions.askForAccess, { why: 'He comes to our group', ...input }, by.asking);
const askedOf = (by = ailsa) => desk.ask(queries.asked, {}, by.asking);
const eventsOf = async (family: string, name: string) =>
  (
    await superuser.query<{ account_id: string; reasons: string[] }>(
      'select account_id, reasons from audit.event where about @> array[$1::uuid] and name = $2',
      [family, name],
    )
  ).rows;

test('a question reaches whoever holds the record and the manager of the team, is answered once, and access ends by itself', async () => {
  const family = await world.family(ailsa, 'Quarrier');
  await ask({ sought: 'Jamy Quarier', born: '1/5/2019', team: ailsa.team });
  expect(await world.told(gordon)).toEqual([
    'A colleague asks to see a record that you or your team may hold.',
  ]);
  const [question] = await askedOf();
  expect(question).toMatchObject({
    asked_name: 'Sorcha Kerr',
    asked_post: 'Social worker, South',
    family,
    family_name: 'Quarrier',
    why: 'He comes to our group',
  });
  // The manager of the team sees it with the family that fits; others in the team only when a family of theirs fits.
  expect(await askedOf(gordon)).toMatchObject([{ family, family_name: 'Quarrier' }]);
  for (const other of [callum, south, southManager, health]) expect(await askedOf(other)).toEqual([]);
  await expect(askedOf(finance)).rejects.toMatchObject(notFound);
  const give = (input: object, by = ailsa) =>
    desk.act(
      actions.answerRequest,
      { request: question?.request, answer: 'give', family, until: today.toString(), ...input },
      by.asking,
    );
  for (const other of [callum, south, southManager, health])
    await expect(give({}, other)).rejects.toMatchObject(notFound);
  await expect(give({ until: today.subtract({ days: 1 }).toString() })).rejects.toMatchObject({
    fields: { until: 'Enter a day that is today or later' },
  });
  await expect(give({ until: '', family: '' })).rejects.toMatchObject({
    fields: { family: 'Choose which family', until: 'Enter the last day' },
  });
  const unfitting = await world.family(ailsa, 'Xylander');
  await expect(give({ family: unfitting })).rejects.toMatchObject(notFound);
  expect(await world.sees(south, family)).toBe(false);
  await give({});
  expect(await world.sees(south, family)).toBe(true);
  expect(await desk.ask(queries.why, { family }, south.asking)).toMatchObject([
    { kind: 'asked', given_by: 'Ailsa Drummond', words: 'He comes to our group' },
  ]);
  expect((await world.told(south))[0]).toBe('You may see this family for a time, as you asked. [Quarrier]');
  expect(await eventsOf(family, 'knowing.answer')).toMatchObject([{ account_id: ailsa.account }]);
  await expect(give({}, gordon)).rejects.toMatchObject({ code: 'answered-already' });
  // Whoever was given access cannot pass it on.
  await expect(
    desk.act(allocate, { family, to: health.account, as: 'allocated' }, south.asking),
  ).rejects.toMatchObject(notFound);
  await superuser.query(
    `update access.reason set until = clock_timestamp() + interval '500 milliseconds' where subject = $1 and kind = 'asked'`,
    [family],
  );
  await expect.poll(() => world.sees(south, family), { timeout: 3000 }).toBe(false);
});

test('it is declined with words, and the asker reads them; they learn nothing of the record', async () => {
  const family = await world.family(ailsa, 'Declan');
  await ask({ sought: 'Jamie Declan', team: ailsa.team });
  const [question] = await askedOf();
  const decline = (words: string, by = gordon) =>
    desk.act(actions.answerRequest, { request: question?.request, answer: 'decline', words }, by.asking);
  await expect(decline('')).rejects.toMatchObject({
    fields: { words: 'Say why not, and what they can do instead' },
  });
  await decline('Ring me first.');
  const [mine] = await desk.ask(queries.myRequests, {}, south.asking);
  expect(mine).toMatchObject({ state: 'declined', answer: 'Ring me first.', answered_by: 'Gordon Rennie' });
  expect(JSON.stringify(mine)).not.toContain(family);
  expect(await world.sees(south, family)).toBe(false);
});

test('a pasted link goes to whoever works with the family; a link to nothing is answered alike', async () => {
  const family = await world.family(ailsa, 'Linklater');
  const link = `https://kith.example/families/${family}/helping`;
  const first = await ask({ link });
  const second = await ask({ link: `/families/${crypto.randomUUID()}` });
  expect(second).toEqual(first);
  const mine = (await desk.ask(queries.myRequests, {}, south.asking)).slice(0, 2);
  expect(mine[0]).toMatchObject({ state: 'open', sought: '', team: null });
  expect({ ...mine[0], request: '', asked_at: '' }).toEqual({ ...mine[1], request: '', asked_at: '' });
  expect(await askedOf()).toMatchObject([{ family, family_name: 'Linklater' }]);
  const { rows } = await superuser.query<{ id: string }>(
    'select person_id as id from record.family_member where family_id = $1 limit 1',
    [family],
  );
  await ask({ link: `/people/${rows[0]?.id}` }, health);
  expect(await askedOf()).toHaveLength(2);
  for (const question of await askedOf())
    await desk.act(
      actions.answerRequest,
      { request: question.request, answer: 'give', family, until: today.toString() },
      ailsa.asking,
    );
  expect([await world.sees(south, family), await world.sees(health, family)]).toEqual([true, true]);
});

test('a question must say whom it is for, whose record, and why; a number finds the person', async () => {
  await expect(ask({ sought: 'Somebody' })).rejects.toMatchObject({
    fields: { team: 'Choose the team to ask' },
  });
  await expect(ask({ team: ailsa.team })).rejects.toMatchObject({
    fields: { sought: 'Write whose record you mean, or give a number' },
  });
  await expect(ask({ sought: 'A', team: crypto.randomUUID() })).rejects.toMatchObject({ status: 422 });
  await expect(ask({ link: 'not a link' })).rejects.toMatchObject({ fields: { link: expect.anything() } });
  await expect(
    ask({ sought: 'x'.repeat(301), team: ailsa.team, why: 'y'.repeat(2001) }),
  ).rejects.toMatchObject({
    fields: { sought: expect.anything(), why: expect.anything() },
  });
  await expect(ask({ sought: 'A', team: ailsa.team }, planner)).rejects.toMatchObject(notFound);
  const family = await world.family(ailsa, 'Numbered');
  await superuser.query(
    `insert into record.identifier (person_id, scheme, value) select person_id, 'CHI', '0101011237' from record.family_member where family_id = $1 limit 1`,
    [family],
  );
  await ask({ number: '010101 1237', team: ailsa.team });
  expect((await askedOf()).map((question) => question.family)).toContain(family);
});

const urgent = (input: object, by = south) =>
  desk.act(actions.takeUrgent, { why: 'Neighbours hear shouting and a child crying', ...input }, by.asking);
const reviewsOf = (by = gordon) => desk.ask(queries.reviews, {}, by.asking);

test('urgent access is at once, for exactly so long, told to managers, in the trail, and reviewed by somebody else', async () => {
  const family = await world.family(ailsa, 'Urquhart');
  await expect(urgent({ sought: 'Jamie Urquhart', why: 'quick' })).rejects.toMatchObject({
    fields: { why: 'Write what the danger is in 20 characters or more' },
  });
  await expect(urgent({ sought: '' })).rejects.toMatchObject({ status: 422 });
  await expect(urgent({ sought: 'Nobody Whatever' })).rejects.toMatchObject({ code: 'nothing-fits' });
  await expect(urgent({ sought: 'Jamie Urquhart' }, planner)).rejects.toMatchObject(notFound);
  const before = Temporal.Now.instant();
  const done = await urgent({ sought: 'jamie urqhart', born: '1/5/2019' });
  expect(done).toMatchObject({ about: [family], family });
  const until = Temporal.Instant.from(done.until ?? '');
  expect(Math.abs(until.since(before, { largestUnit: 'second' }).total('minutes') - 480)).toBeLessThan(1);
  expect(await world.sees(south, family)).toBe(true);
  const [mine] = await desk.ask(queries.myUrgent, {}, south.asking);
  expect(mine?.until.toString()).toBe(until.toString());
  expect(await desk.ask(queries.why, { family }, south.asking)).toMatchObject([
    { kind: 'urgent', words: 'Neighbours hear shouting and a child crying' },
  ]);
  // The managers of those who work with the family, and the asker's own.
  for (const manager of [gordon, southManager])
    expect((await world.told(manager))[0]).toBe('Somebody has taken urgent access to a record. Review it.');
  // The family reads it: who, what and why they could.
  const trail = await desk.ask(looked, { family }, ailsa.asking);
  expect(trail.find((event) => event.name === 'knowing.urgent')).toMatchObject({
    who: 'Sorcha Kerr',
    why: ['Urgent access'],
  });
  expect((await desk.ask(queries.helpers, { family }, ailsa.asking)).map((helper) => helper.kind)).toContain(
    'urgent',
  );
  await expect(urgent({ sought: 'Jamie Urquhart' })).rejects.toMatchObject({ code: 'sees-it-already' });

  const use = mine?.use;
  expect(await reviewsOf()).toMatchObject([
    { use, who: 'Sorcha Kerr', family_name: 'Urquhart', verdict: null },
  ]);
  expect((await reviewsOf())[0]?.times_looked).toBeGreaterThan(0);
  expect(await reviewsOf(senior)).toMatchObject([{ use }]);
  expect((await desk.askOne(queries.waiting, {}, gordon.asking)).reviews).toBe(1);
  const review = (by = gordon, verdict = 'right') =>
    desk.act(actions.review, { use, verdict, words: 'She went with the police.' }, by.asking);
  await expect(review(south)).rejects.toMatchObject(notFound);
  await expect(
    review(
      await world.worker('Other', {
        role: 'team-manager',
        team: 'Elsewhere',
        organisation: 'NHS Strathmorran',
      }),
    ),
  ).rejects.toMatchObject(notFound);
  await review();
  await expect(review(southManager)).rejects.toMatchObject({ code: 'reviewed-already' });
  expect((await desk.askOne(queries.waiting, {}, gordon.asking)).reviews).toBe(0);
  expect((await world.told(south))[0]).toBe('Your urgent access was reviewed: it was right.');
  expect(await world.sees(south, family)).toBe(true);
});

test('nobody reviews their own, also as a manager; "not right" ends it at once', async () => {
  const family = await world.family(ailsa, 'Ogilvie');
  await urgent({ sought: 'Jamie Ogilvie', born: '2019-05-01' }, southManager);
  const [use] = (await reviewsOf(gordon)).filter((row) => row.family_name === 'Ogilvie');
  const judge = (by = gordon) =>
    desk.act(
      actions.review,
      { use: use?.use, verdict: 'not right', words: 'It could have waited.' },
      by.asking,
    );
  expect((await reviewsOf(southManager)).map((row) => row.family_name)).not.toContain('Ogilvie');
  await expect(judge(southManager)).rejects.toMatchObject(notFound);
  expect(await world.sees(southManager, family)).toBe(true);
  await judge();
  expect(await world.sees(southManager, family)).toBe(false);
});

test('one that fits more than one person opens nothing, and says so; a number or a date of birth tells them apart', async () => {
  const [one, two] = [await world.family(ailsa, 'Twinname'), await world.family(health, 'Twinname')];
  await expect(urgent({ sought: 'Jamie Twinname' })).rejects.toMatchObject({ code: 'several-fit' });
  await superuser.query(
    `update record.person set date_of_birth = '2012-03-04' where given_name = 'Jamie' and id in (select person_id from record.family_member where family_id = $1)`,
    [two],
  );
  expect((await urgent({ sought: 'Jamie Twinname', born: '4/3/2012' })).family).toBe(two);
  expect([await world.sees(south, one), await world.sees(south, two)]).toEqual([false, true]);
});

test('how long it lasts is set by a senior manager, and holds from then on', async () => {
  const set = (hours: unknown, by = senior) => desk.act(actions.setUrgentHours, { hours }, by.asking);
  await expect(set(4, gordon)).rejects.toMatchObject(notFound);
  for (const wrong of [0, 73, 2.5, 'many', ''])
    await expect(set(wrong)).rejects.toMatchObject({
      fields: { hours: 'Enter a number of hours from 1 to 72' },
    });
  await set('2');
  expect(await desk.askOne(queries.urgentHours, {}, south.asking)).toEqual({ hours: 2 });
  await world.family(ailsa, 'Twohours');
  const { until } = await urgent({ sought: 'Jamie Twohours' });
  const minutes = Temporal.Instant.from(until ?? '')
    .since(Temporal.Now.instant())
    .total('minutes');
  expect(Math.round(minutes)).toBe(120);
  await set(8);
});
