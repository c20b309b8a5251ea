import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import type { AnyAction } from '../../platform/area.ts';
import { makeWorker } from '../../platform/testing/people.ts';
import { add, addPerson } from '../families/actions.ts';
import { open as openFamily } from '../families/queries.ts';
import * as actions from './actions.ts';
import * as listActions from './list-actions.ts';
import { looked } from './queries.ts';
import { notFound, peopleWorld, png, pictureUrl as url } from './testing.ts';

const { database, desk, superuser, ailsa, callum, baird, opened, stands, giveReason } = await peopleWorld();
afterAll(() => database.close());

const senior = await makeWorker(database, { name: 'Una Shaw', role: 'senior-manager' });
const finance = await makeWorker(database, { name: 'Fin Ance', role: 'finance-officer' });
const health = await makeWorker(database, {
  name: 'Hamish Orr',
  organisation: 'NHS Strathmorran',
  team: 'Health visiting',
});
const endReason = (family: string, holder: string) =>
  superuser.query('update access.reason set until = clock_timestamp() where subject = $1 and holder = $2', [
    family,
    holder,
  ]);

test('nobody without a reason sees or changes anything, in whatever role or organisation', async () => {
  const { person, mother } = await baird();
  await desk.act(listActions.addName, { person, kind: 'known as', givenName: 'Jay' }, ailsa.asking);
  const entry = (await opened(person)).names[0]?.id;
  for (const worker of [health, callum, senior]) {
    await expect(opened(person, worker)).rejects.toMatchObject(notFound);
    expect(await desk.ask(looked, { person }, worker.asking)).toEqual([]);
  }
  const deeds: [AnyAction, object][] = [
    [actions.changeName, { version: 2, givenName: 'X', familyName: 'Y', how: 'changed' }],
    [actions.changeBirth, { version: 2, state: 'not known' }],
    [actions.noteBirth, { version: 2, born: '1/1/2026', givenName: 'X', familyName: 'Y' }],
    [actions.changeAbout, { version: 2 }],
    [actions.changeNeeds, { version: 2 }],
    [actions.sayWhatMatters, { version: 2, words: 'x' }],
    [actions.noteDeath, { version: 2 }],
    [listActions.addName, { kind: 'legal', givenName: 'X' }],
    [listActions.addIdentifier, { scheme: 'other', value: '1', source: 'x' }],
    [listActions.addContact, { kind: 'other', value: 'x' }],
    [listActions.changeContact, { entry, version: 1 }],
    [listActions.addLanguage, { language: 'x', first: 'yes' }],
    [listActions.addCareExperience, { kind: 'adopted', source: 'x' }],
    [listActions.setPicture, { picture: url(png) }],
    [listActions.takeOut, { what: 'name', entry, why: 'x' }],
  ];
  for (const of of [person, randomUUID()]) {
    for (const [what, input] of deeds) {
      const answer = desk.act(what, { ...input, person: of }, health.asking);
      await expect(answer, `${what.name} of ${of}`).rejects.toMatchObject(notFound);
      await expect(desk.act(what, { ...input, person: of }, finance.asking)).rejects.toMatchObject(notFound);
    }
  }
  // Somebody else's entry is not reached through a person whom one may see.
  const theirs = await baird(health);
  await expect(
    desk.act(listActions.takeOut, { person: theirs.person, what: 'name', entry, why: 'x' }, health.asking),
  ).rejects.toMatchObject({ code: 'gone-already' });
  expect(await stands('record.person_name', person)).toBe(1);
  expect(await stands('record.correction', mother)).toBe(0);
});

test('only the families that the asker may see are told of', async () => {
  const { person } = await baird();
  const { family: other } = await desk.act(
    add,
    { name: 'Hidden', members: [{ givenName: 'Nan', part: 'other' }] },
    health.asking,
  );
  await superuser.query(
    `insert into record.family_member (family_id, person_id, part) values ($1, $2, 'child')`,
    [other, person],
  );
  const seen = await opened(person);
  expect(seen.families).toMatchObject([
    {
      name: 'Baird',
      part: 'young person',
      others: 'Isla',
      now: true,
    },
  ]);
  expect((await opened(person, health)).families).toMatchObject([{ name: 'Hidden', others: 'Nan' }]);
  await desk.askOne(openFamily, { family: other }, health.asking);
  const mine = await desk.ask(looked, { person }, ailsa.asking);
  expect(mine.map(({ family }) => family)).not.toContain('Hidden');
  // That the other team read the person is told; which family they came through is not.
  expect(mine.filter(({ who }) => who === 'Hamish Orr')).toMatchObject([
    { name: 'people.open', family: null, why: ['Works with the family'] },
  ]);
});

test('who has looked is complete: at the person and at the families they were in on that day, with why', async () => {
  const { family, person } = await baird();
  await desk.askOne(openFamily, { family }, ailsa.asking);
  await opened(person);
  await desk.act(actions.changeNeeds, { person, version: 1, interpreter: 'Polish' }, ailsa.asking);
  await giveReason(family, callum.account);
  await opened(person, callum);
  await endReason(family, callum.account);
  const events = await desk.ask(looked, { person }, ailsa.asking);
  expect(events.map(({ name, who, family: at, why }) => [name, who, at, why.join()])).toEqual([
    ['people.open', 'Callum Reid', null, 'Works with the family'],
    ['people.change-needs', 'Ailsa Drummond', null, 'Works with the family'],
    ['people.open', 'Ailsa Drummond', null, 'Works with the family'],
    ['families.open', 'Ailsa Drummond', 'Baird', 'Works with the family'],
    ['families.add', 'Ailsa Drummond', null, 'Works with the family'],
  ]);
  await expect(opened(person, callum)).rejects.toMatchObject(notFound);

  // What is done with a family before somebody came to it is not theirs.
  const { person: late } = await desk.act(
    addPerson,
    { family, givenName: 'Late', part: 'other' },
    ailsa.asking,
  );
  await superuser.query(`update record.family_member set during = '[2200-01-01,)' where person_id = $1`, [
    late,
  ]);
  const theirs = await desk.ask(looked, { person: late }, ailsa.asking);
  expect(theirs.map(({ name }) => name)).toEqual(['families.add-person']);
});

test('what was done to a record that was merged into this one was done to this one, until that is undone', async () => {
  const [kept, gone] = [await baird(), await baird()];
  await opened(gone.person);
  await superuser.query(
    `insert into record.merge (of, kept, gone, why, kept_before, kept_after) values ('person', $1, $2, 'One boy', '{}', '{}')`,
    [kept.person, gone.person],
  );
  const reads = async () =>
    (await desk.ask(looked, { person: kept.person }, ailsa.asking)).filter(
      ({ name }) => name === 'people.open',
    );
  expect(await reads()).toHaveLength(1);
  await superuser.query('update record.merge set undone_at = now() where gone = $1', [gone.person]);
  expect(await reads()).toHaveLength(0);
});

test('who has looked comes in pages without gap or repeat', async () => {
  const { person } = await baird();
  for (let number = 0; number < 7; number++) await opened(person);
  const first = await desk.ask(looked, { person, most: 5 }, ailsa.asking);
  const last = first.at(-1);
  const rest = await desk.ask(
    looked,
    { person, beforeAt: last?.at.toString(), beforeId: last?.event },
    ailsa.asking,
  );
  expect(first).toHaveLength(5);
  // The first answer is itself an event by now, and newer than the page it gave.
  expect(rest).toHaveLength(3);
  expect(new Set([...first, ...rest].map(({ event }) => event)).size).toBe(8);
  await expect(desk.ask(looked, { person, most: 5000 }, ailsa.asking)).rejects.toMatchObject({ status: 422 });
});
