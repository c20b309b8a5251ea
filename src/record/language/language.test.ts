import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { makeDesk } from '../../platform/actions/desk.ts';
import { computeMeasure } from '../../platform/measures/compute.ts';
import { rowsQuery } from '../../platform/measures/rows.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker } from '../../platform/testing/people.ts';
import { makeFamily, writeNote } from '../notes/testing.ts';
import * as actions from './actions.ts';
import { measures } from './measures.ts';
import * as queries from './queries.ts';
import { readerWords, readingAge } from './reading-age.ts';
import { countWords, suggestions } from './suggest.ts';
import { entriesOf } from './suggestions.tsx';

const database = await testDatabase();
afterAll(() => database.close());
const desk = makeDesk(database.pools, () => Temporal.Instant.from('2026-11-22T10:00:00Z'));
const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
const yuliia = await makeWorker(database, {
  name: 'Yuliia Bondarenko',
  role: 'planning-officer',
  team: 'Planning',
});
const keeper = await makeWorker(database, { name: 'Rhona Lamb', role: 'records-officer', team: 'Records' });

const list = async () => entriesOf(await desk.ask(queries.words, {}, ailsa.asking));
const words = await list();
const said = (text: string, of = words) =>
  suggestions(text, of).map(({ wrote, instead }) => [wrote, instead]);

test('listed words are found in every form, the longest first, with what could be said', () => {
  expect(said('Contact with his siblings went well. CONTACT is on Friday at the contact centre.')).toEqual([
    ['Contact', 'family time'],
    ['siblings', 'brothers and sisters'],
    ['CONTACT', 'family time'],
    ['contact centre', 'family centre'],
  ]);
  expect(said('She absconded and was attention-seeking; the LAC review is late.')).toEqual([
    ['absconded', 'ran away'],
    ['attention-seeking', 'looking for help'],
    ['LAC review', 'all-about-me meeting'],
  ]);
  expect(said('We talked about black lacquer and contactless payment.')).toEqual([]);
});

test('words in quotation marks, names in law and everyday phrases are left alone', () => {
  expect(said('He said “I hate contact”, "my placement" and ‘the unit’s rubbish’.')).toEqual([]);
  expect(said('The contact order and the permanence order stand. I have her contact details.')).toEqual([]);
  expect(said('The police have him as missing.')).toEqual([]);
  expect(said('“I hate it.” Then contact ended.')).toEqual([['contact', 'family time']]);
});

test('a suggestion says where the words stand, and the text is never changed', () => {
  const piece = fc.constantFrom(
    'contact',
    'siblings',
    'home',
    'He said',
    '“contact”',
    '.',
    '\n',
    'Ł',
    '👩‍👧',
    'LAC',
    ' ',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join(' ');
      for (const each of suggestions(text, words))
        expect(text.slice(each.at, each.at + each.wrote.length)).toBe(each.wrote);
    }),
  );
});

test('a reading age is for enough words, and harder words make it older', () => {
  const easy =
    'I went to the park with Mum. We fed the ducks. It was fun. Then we had our tea at home and I went to bed.';
  const hard =
    'Following comprehensive multidisciplinary consultation, professionals unanimously considered that additional therapeutic interventions would be appropriate and proportionate.';
  expect(readingAge('Too short')).toBeUndefined();
  expect(readingAge(easy)).toBeLessThan(8);
  expect(readingAge(hard)).toBe(18);
  expect([readerWords(11), readerWords(18)]).toEqual(['A reader of about 11', 'An adult reader']);
  expect(countWords('Isla’s mum – aged 41 – said “no”.')).toBe(6);
});

const entered = (more: object = {}) => ({
  term: 'kiddo',
  forms: 'kiddos\nkiddoes',
  instead: 'their name',
  why: 'They have one',
  source: 'A young person told us',
  because: 'Asked for by the champions board',
  ...more,
});

test('the list is changed by those who keep it, and what stood there is kept', async () => {
  const { word } = await desk.act(actions.add, entered(), yuliia.asking);
  expect(said('The kiddos played.', await list())).toEqual([['kiddos', 'their name']]);
  await desk.act(
    actions.change,
    { ...entered({ instead: 'the children' }), word, version: 1 },
    keeper.asking,
  );
  await expect(
    desk.act(actions.change, { ...entered(), word, version: 1 }, yuliia.asking),
  ).rejects.toMatchObject({ status: 409, code: 'changed-meanwhile' });
  await expect(desk.act(actions.add, entered({ term: 'KIDDO' }), yuliia.asking)).rejects.toMatchObject({
    status: 409,
  });
  await expect(
    desk.act(actions.add, entered({ term: 'lad', instead: '' }), yuliia.asking),
  ).rejects.toMatchObject({
    fields: { instead: expect.stringContaining('what could be written instead') },
  });
  await desk.act(actions.end, { word, version: 2, because: 'Nobody says it' }, yuliia.asking);
  expect(said('The kiddos played.', await list())).toEqual([]);
  await expect(
    desk.act(actions.end, { word, version: 3, because: 'Again' }, yuliia.asking),
  ).rejects.toMatchObject({ status: 409 });
  const { history, ended } = await desk.askOne(queries.word, { word }, ailsa.asking);
  expect(ended).toBe(true);
  expect(
    history.map((each) => [each.by, each.was?.instead, each.becomes.instead, each.becomes.outOfUse]),
  ).toEqual([
    ['Yuliia Bondarenko', 'the children', undefined, true],
    ['Rhona Lamb', 'their name', 'the children', undefined],
    ['Yuliia Bondarenko', undefined, 'their name', undefined],
  ]);
  for (const worker of [ailsa, await makeWorker(database, { role: 'team-manager' })]) {
    await expect(desk.act(actions.add, entered({ term: 'x' }), worker.asking)).rejects.toMatchObject({
      status: 404,
    });
    await expect(
      desk.act(actions.change, { ...entered(), word, version: 3 }, worker.asking),
    ).rejects.toMatchObject({ status: 404 });
  }
  await expect(
    desk.act(actions.change, { ...entered(), word: randomUUID(), version: 1 }, yuliia.asking),
  ).rejects.toMatchObject({ status: 404 });
});

test('the trend is counted when a note is signed, by team and month, hidden for few writers, and opens for nobody', async () => {
  const [measure] = measures;
  if (measure === undefined) throw new Error('there is no measure');
  const when = {
    during: { from: Temporal.PlainDate.from('2026-11-01'), to: Temporal.PlainDate.from('2026-11-30') },
  };
  const asked = { when, by: ['team'], only: {} };
  const of = await makeFamily(desk, ailsa);
  // Ten words, of which two are listed; own words and words in quotation marks are not counted as flagged.
  const text = 'Contact with siblings: he said “contact is boring” today, twice.';
  await writeNote(desk, ailsa, of, {
    words: text,
    quotations: [{ words: 'placement placement', person: of.jamie }],
  });
  await writeNote(desk, ailsa, of, { words: text, finish: 'keep' });
  const few = await computeMeasure(database.pools, measure, asked, { small: false });
  expect(few).toMatchObject([{ at: { team: ailsa.team }, suppressed: true, value: null }]);
  for (let n = 0; n < 5; n++) {
    const worker = await makeWorker(database, { name: `Worker ${n}` });
    await writeNote(desk, worker, await makeFamily(desk, worker), { words: text });
  }
  expect(await computeMeasure(database.pools, measure, asked, { small: false })).toMatchObject([
    { at: { team: ailsa.team }, suppressed: false, value: 200, behind: 6 },
  ]);
  const rows = rowsQuery(measures);
  expect(
    await desk.ask(rows, { measure: measure.id, from: '2026-11-01', to: '2026-11-30' }, ailsa.asking),
  ).toEqual([]);
  const { rows: columns } = await database.superuser.query<{ name: string }>(
    `select column_name as name from information_schema.columns where table_schema = 'record' and table_name = 'words_counted' order by 1`,
  );
  expect(columns.map(({ name }) => name)).toEqual([
    'counted_on',
    'flagged',
    'id',
    'team_id',
    'words',
    'writer',
  ]);
  const { rows: marks } = await database.superuser.query(
    `select from record.words_counted where writer = any ($1)`,
    [[ailsa.account]],
  );
  expect(marks).toEqual([]);
});
