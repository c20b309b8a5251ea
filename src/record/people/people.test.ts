import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import type { Worker } from '../../platform/testing/people.ts';
import * as actions from './actions.ts';
import * as listActions from './list-actions.ts';
import { notFound, peopleWorld, png, pictureUrl as url } from './testing.ts';

const { database, desk, superuser, ailsa, callum, baird, opened, stands, giveReason, setNow } =
  await peopleWorld();
afterAll(() => database.close());

test('a name that changed stays as an earlier one; a mistake stays only under what was corrected', async () => {
  const { person } = await baird();
  const name = {
    person,
    version: 1,
    givenName: 'Jay',
    familyName: 'Baird',
    how: 'changed',
    since: '1/9/2026',
  };
  await desk.act(actions.changeName, name, ailsa.asking);
  const changed = await opened(person);
  expect(changed).toMatchObject({ given_name: 'Jay', version: 2, corrections: [] });
  expect(changed.names).toMatchObject([
    { kind: 'previous', givenName: 'Jamie', familyName: 'Baird', from: null },
  ]);
  expect(changed.names[0]?.until?.toString()).toBe('2026-08-31');

  const wrong = { ...name, version: 2, familyName: 'Beard', how: 'mistake' };
  await expect(desk.act(actions.changeName, wrong, ailsa.asking)).rejects.toMatchObject({
    fields: { why: 'Say what was wrong with it' },
  });
  await desk.act(actions.changeName, { ...wrong, why: 'Misheard' }, ailsa.asking);
  const corrected = await opened(person);
  expect(corrected.names).toHaveLength(1);
  expect(corrected.corrections).toMatchObject([
    {
      what: 'name',
      earlier: { givenName: 'Jay', familyName: 'Baird' },
      why: 'Misheard',
      by: 'Ailsa Drummond',
    },
  ]);
  await expect(
    desk.act(actions.changeName, { ...wrong, version: 3, why: 'x' }, ailsa.asking),
  ).rejects.toMatchObject({ fields: { givenName: 'This is the name that is written down already' } });
  await expect(
    desk.act(actions.changeName, { ...name, version: 3, since: '23/11/2026' }, ailsa.asking),
  ).rejects.toMatchObject({ fields: { since: 'Enter a day that is today or earlier' } });
});

test('a date of birth half known, an expected one, and birth in one step', async () => {
  const { person } = await baird();
  const change = (input: object) => desk.act(actions.changeBirth, { person, ...input }, ailsa.asking);
  await change({ version: 1, state: 'born', born: 'about 2012' });
  expect(await opened(person)).toMatchObject({ birth_known: 'about', expected_on: null });
  expect((await opened(person)).corrections[0]).toMatchObject({
    what: 'birth',
    earlier: { born: '1 May 2012' },
  });
  await expect(change({ version: 2, state: 'born', born: '2027' })).rejects.toMatchObject({
    fields: { born: 'Enter a day that is today or earlier' },
  });
  await expect(change({ version: 2, state: 'born' })).rejects.toMatchObject({ status: 422 });
  for (const expected of ['2027', 'about 2027', 'March 2029', 'March 2020', ''])
    await expect(change({ version: 2, state: 'expected', expected }), expected).rejects.toMatchObject({
      fields: { expected: expect.stringContaining('') },
    });
  await change({ version: 2, state: 'expected', expected: 'March 2027' });
  const unborn = await opened(person);
  expect(unborn).toMatchObject({ date_of_birth: null, birth_known: 'month', version: 3 });
  expect(unborn.expected_on?.toString()).toBe('2027-03-01');

  const birth = {
    person,
    version: 3,
    born: '20/11/2026',
    givenName: 'Orla',
    familyName: 'Baird',
    sex: 'female',
  };
  await desk.act(actions.noteBirth, birth, ailsa.asking);
  const born = await opened(person);
  expect(born).toMatchObject({ given_name: 'Orla', sex: 'female', expected_on: null, birth_known: 'day' });
  expect(born.date_of_birth?.toString()).toBe('2026-11-20');
  await expect(desk.act(actions.noteBirth, { ...birth, version: 4 }, ailsa.asking)).rejects.toMatchObject({
    code: 'born-already',
  });
  await change({ version: 4, state: 'not known' });
  expect(await opened(person)).toMatchObject({ date_of_birth: null, expected_on: null, version: 5 });
});

test('what matters is kept in the words, with the day and who wrote it; what was said before stays', async () => {
  const { person } = await baird();
  const say = (version: number, words: string, on = '') =>
    desk.act(actions.sayWhatMatters, { person, version, words, on }, ailsa.asking);
  await say(1, 'My dog.\r\nAnd my gran.', '20/11/2026');
  await say(2, 'My dog, my gran and my brothers.');
  const said = await opened(person);
  expect(said).toMatchObject({
    what_matters: 'My dog, my gran and my brothers.',
    what_matters_by: 'Ailsa Drummond',
  });
  expect(said.what_matters_on?.toString()).toBe('2026-11-22');
  expect(said.corrections).toMatchObject([
    { what: 'what matters', earlier: { words: 'My dog.\nAnd my gran.', on: '2026-11-20' } },
  ]);
  await expect(say(3, '')).rejects.toMatchObject({ fields: { words: 'Write down what they said' } });
  await expect(say(3, 'x'.repeat(5001))).rejects.toMatchObject({
    fields: { words: 'Use 5,000 characters or fewer' },
  });
});

test('about somebody, what they need, and their death: written over, and what stood there is kept', async () => {
  const { person } = await baird();
  const whole = {
    person,
    sex: 'male',
    gender: 'boy',
    pronouns: 'he/him',
    ethnicity: 'White: Scottish',
    ethnicityWords: 'Scots Polish',
    religion: 'None',
  };
  await desk.act(actions.changeAbout, { ...whole, version: 1 }, ailsa.asking);
  await desk.act(
    actions.changeAbout,
    { ...whole, version: 2, gender: '', pronouns: 'they/them' },
    ailsa.asking,
  );
  await desk.act(
    actions.changeNeeds,
    { person, version: 3, interpreter: 'BSL', communication: 'Slowly' },
    ailsa.asking,
  );
  const seen = await opened(person);
  expect(seen).toMatchObject({
    gender: null,
    pronouns: 'they/them',
    interpreter: 'BSL',
    ethnicity_words: 'Scots Polish',
  });
  expect(seen.corrections).toMatchObject([{ what: 'about', earlier: { gender: 'boy', pronouns: 'he/him' } }]);
  const die = (version: number, died: string) =>
    desk.act(actions.noteDeath, { person, version, died }, ailsa.asking);
  await expect(die(4, '1/1/2000')).rejects.toMatchObject({ fields: { died: expect.any(String) } });
  await expect(die(4, '1/1/2027')).rejects.toMatchObject({ fields: { died: expect.any(String) } });
  await die(4, '1/11/2026');
  await die(5, '');
  expect(await opened(person)).toMatchObject({ died_on: null, version: 6 });
});

test('names, numbers, ways to be reached, languages and care experience are added and taken out with a reason', async () => {
  const { person } = await baird();
  const to = { person };
  const act = desk.act;
  await act(listActions.addName, { ...to, kind: 'known as', givenName: 'Jay' }, ailsa.asking);
  await expect(
    act(
      listActions.addName,
      { ...to, kind: 'birth', givenName: 'J', from: '2/2/2020', until: '1/2/2020' },
      ailsa.asking,
    ),
  ).rejects.toMatchObject({ fields: { until: expect.any(String) } });
  const chi = { ...to, scheme: 'CHI', value: '010 101 1237', source: 'Health visitor' };
  await act(listActions.addIdentifier, chi, ailsa.asking);
  await expect(act(listActions.addIdentifier, chi, ailsa.asking)).rejects.toMatchObject({
    code: 'there-already',
  });
  await expect(
    act(listActions.addIdentifier, { ...chi, value: '0101011230' }, ailsa.asking),
  ).rejects.toMatchObject({
    fields: { value: 'This is not a valid CHI number. Check its ten digits' },
  });
  await expect(
    act(listActions.addIdentifier, { ...chi, scheme: 'SCN', value: '123456789' }, ailsa.asking),
  ).rejects.toMatchObject({ status: 422 });
  const ring = {
    ...to,
    kind: 'phone',
    value: '07700 900 123',
    doNotRing: 'yes',
    note: 'Her dad has this one',
  };
  await act(listActions.addContact, ring, ailsa.asking);
  await expect(act(listActions.addContact, { ...ring, value: 'mum' }, ailsa.asking)).rejects.toMatchObject({
    fields: { value: 'Enter a telephone number, like 01698 900 123' },
  });
  await act(listActions.addLanguage, { ...to, language: 'Scots', first: 'yes' }, ailsa.asking);
  await act(listActions.addLanguage, { ...to, language: 'Polish', first: 'yes' }, ailsa.asking);
  await expect(
    act(listActions.addLanguage, { ...to, language: 'Polish' }, ailsa.asking),
  ).rejects.toMatchObject({
    code: 'there-already',
  });
  await act(
    listActions.addCareExperience,
    { ...to, kind: 'kinship care', from: '1/5/2020', source: 'Gran told us' },
    ailsa.asking,
  );
  const seen = await opened(person);
  expect(seen).toMatchObject({
    care_experienced: true,
    version: 2,
    names: [{ kind: 'known as', givenName: 'Jay' }],
    identifiers: [{ scheme: 'CHI', value: '0101011237', source: 'Health visitor' }],
    contacts: [{ value: '07700 900 123', safe: false, note: 'Her dad has this one', version: 1 }],
    languages: [
      { language: 'Polish', first: true },
      { language: 'Scots', first: false },
    ],
    care: [{ kind: 'kinship care', source: 'Gran told us', until: null }],
  });

  const contact = seen.contacts[0]?.id;
  const change = { ...to, entry: contact, version: 1, note: '', until: '1/11/2026' };
  await act(listActions.changeContact, change, ailsa.asking);
  await expect(act(listActions.changeContact, change, ailsa.asking)).rejects.toMatchObject({
    code: 'changed-meanwhile',
  });
  await expect(
    act(listActions.changeContact, { ...change, entry: randomUUID() }, ailsa.asking),
  ).rejects.toMatchObject(notFound);
  expect((await opened(person)).contacts[0]).toMatchObject({ safe: true, version: 2 });

  const entries = [
    ['name', seen.names[0]?.id],
    ['identifier', seen.identifiers[0]?.id],
    ['contact', contact],
    ['language', seen.languages[0]?.id],
    ['care experience', seen.care[0]?.id],
  ] as const;
  for (const [what, entry] of entries) {
    await expect(
      act(listActions.takeOut, { ...to, what, entry, why: ' ' }, ailsa.asking),
    ).rejects.toMatchObject({
      fields: { why: 'Say why it is taken out' },
    });
    await act(listActions.takeOut, { ...to, what, entry, why: 'Somebody else’s' }, ailsa.asking);
    await expect(
      act(listActions.takeOut, { ...to, what, entry, why: 'Somebody else’s' }, ailsa.asking),
    ).rejects.toMatchObject({ code: 'gone-already' });
  }
  const after = await opened(person);
  expect(after).toMatchObject({
    names: [],
    identifiers: [],
    contacts: [],
    care: [],
    care_experienced: false,
  });
  expect(after.corrections).toHaveLength(5);
  expect(after.corrections.find(({ what }) => what === 'identifier')?.earlier).toMatchObject({
    value: '0101011237',
  });
});

test('care experience that something else still says stays; what nothing says is taken back', async () => {
  const { person } = await baird();
  const care = (kind: string) =>
    desk.act(listActions.addCareExperience, { person, kind, source: 'Told us' }, ailsa.asking);
  await care('told us');
  await care('adopted');
  const [first, second] = (await opened(person)).care;
  const out = (entry?: string) =>
    desk.act(listActions.takeOut, { person, what: 'care experience', entry, why: 'Wrong' }, ailsa.asking);
  await out(first?.id);
  expect(await opened(person)).toMatchObject({ care_experienced: true });
  await expect(out()).rejects.toMatchObject({ code: 'gone-already' });
  await superuser.query('delete from record.care_experience where id = $1', [second?.id]);
  await out();
  expect(await opened(person)).toMatchObject({ care_experienced: false });
});

test('a picture is known by its bytes, replaced, and taken away without being kept', async () => {
  const { person } = await baird();
  const put = (picture: string) => desk.act(listActions.setPicture, { person, picture }, ailsa.asking);
  await put(url(png, 'text/html'));
  expect((await opened(person)).picture).toBe(url(png));
  const large = Buffer.concat([png, Buffer.alloc(700_000 - png.length)]);
  await put(url(large));
  expect((await opened(person)).picture).toBe(url(large));
  for (const [wrong, why] of [
    ['', 'Choose a picture'],
    ['too large', 'Choose a picture of 700 kB or less'],
    [url(Buffer.concat([large, png])), 'Choose a picture of 700 kB or less'],
    [url(Buffer.from('<svg onload="alert(1)">')), 'Choose a picture that is a PNG, JPEG or WebP file'],
  ] as const)
    await expect(put(wrong)).rejects.toMatchObject({ fields: { picture: why } });
  await desk.act(listActions.takeOut, { person, what: 'picture', why: 'He does not want it' }, ailsa.asking);
  expect(await opened(person)).toMatchObject({ picture: null });
  expect(JSON.stringify((await opened(person)).corrections)).not.toContain('iVBOR');
  expect(await stands('record.picture', person)).toBe(0);
});

test('two people change one person: the second is told, and a form sent twice adds one thing', async () => {
  const { family, person } = await baird();
  await giveReason(family, callum.account);
  const needs = (worker: Worker, interpreter: string) =>
    desk.act(actions.changeNeeds, { person, version: 1, interpreter }, worker.asking);
  const both = await Promise.allSettled([needs(ailsa, 'Polish'), needs(callum, 'Urdu')]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'changed-meanwhile' },
  });

  const key = randomUUID();
  const twice = () =>
    desk.act(listActions.addName, { person, kind: 'known as', givenName: 'Jay' }, ailsa.asking, { key });
  await Promise.all([twice(), twice()]);
  expect(await stands('record.person_name', person)).toBe(1);
});

test('an age follows the clock', async () => {
  const { person } = await baird();
  setNow('2030-05-01T10:00:00Z');
  expect((await opened(person)).date_of_birth?.toString()).toBe('2012-05-01');
  setNow('2026-11-22T10:00:00Z');
});
