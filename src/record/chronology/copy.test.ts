import { afterAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker } from '../../platform/testing/people.ts';
import { testServer } from '../../platform/testing/server.ts';
import { windowsOn } from '../../platform/testing/windows.ts';
import { startBrowser } from '../../platform/ui/testing/browser.ts';
import { familiesArea } from '../families/area.ts';
import { peopleArea } from '../people/area.ts';
import { add } from './actions.ts';
import { chronology, printedPanel } from './area.ts';
import { type Copied, copyOf, leftOutWords } from './copy.ts';
import { forPerson } from './queries.ts';
import { makeFamily, writeEvent } from './testing.ts';

const event: Copied = {
  what: 'Iona got glasses.',
  impact: 'She can read the board.',
  response: '',
  sharing: 'those who help',
  from_area: null,
  others: false,
  additions: [{ kind: 'correction', words: 'In April.' }],
};

describe('what of an event somebody is given', () => {
  test('all of it, when it is about them alone and may be given', () => {
    const { what, impact, response, additions } = event;
    expect(copyOf(event)).toEqual({ given: { what, impact, response, additions }, leftOut: false });
  });
  test.each([
    { sharing: 'ask first' },
    { sharing: 'keep' },
    { others: true },
    { others: true, from_area: 'notes' },
  ] as const)('nothing of it when %o', (more) => {
    expect(copyOf({ ...event, ...more })).toEqual({ given: null, leftOut: true });
  });
  test('of what the record itself says of several, that it happened; what was written about it is left out', () => {
    const moved = { ...event, what: 'Moved home', from_area: 'homes', others: true };
    expect(copyOf(moved)).toEqual({
      given: { what: 'Moved home', impact: '', response: '', additions: [] },
      leftOut: true,
    });
    expect(copyOf({ ...moved, impact: '', additions: [] }).leftOut).toBe(false);
  });
  test('it says so, in the words of a person', () => {
    expect(leftOutWords(0)).toBe('');
    expect(leftOutWords(1)).toMatch(/^Something is left out of one event, .*I can ask about it\.$/);
    expect(leftOutWords(3)).toMatch(/^Something is left out of 3 events, /);
  });
});

const database = await testDatabase();
const areas = [familiesArea(), peopleArea({ printed: [printedPanel] }), chronology];
const server = await testServer(database, areas, { now: Temporal.Instant.from('2026-11-22T10:00:00Z') });
const { desk } = server.context;
const browser = await startBrowser();
const { windowFor, looksRight } = windowsOn(server, browser);
afterAll(async () => {
  await browser.close();
  await server.close();
  await database.close();
});
const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
const callum = await makeWorker(database, { name: 'Callum Reid' });

test('what is left out of a copy does not leave the query, nor what is about people whom the asker does not see', async () => {
  const of = await makeFamily(desk, ailsa);
  const theirs = await makeFamily(desk, callum);
  const write = (what: string, more: object = {}) => writeEvent(desk, ailsa, of, { what, ...more });
  await write('Iona got glasses.', { on: '1/3/2026' });
  await write('Iona and Rory fought.', { on: '2/3/2026', people: [of.iona, of.rory] });
  await write('Something to be asked about.', { on: '3/3/2026', sharing: 'ask first' });
  await write('Something to be kept.', { on: '4/3/2026', sharing: 'keep' });
  const wrong = await write('Iona broke her arm.', { on: '5/3/2026' });
  await desk.act(add, { event: wrong, kind: 'taken out', words: 'It was Rory' }, ailsa.asking);
  const apart = await write('Iona was there when Zqx was hurt.', { on: '6/3/2026' });
  // The other is of a family that Ailsa does not see, as happens when two families are known to one event.
  await database.superuser.query(
    `insert into record.event_person (event_id, person_id, happened_on) values ($1, $2, '2026-03-06')`,
    [apart, theirs.iona],
  );
  const copy = await desk.ask(forPerson, { person: of.iona }, ailsa.asking);
  expect(copy.map(({ given, leftOut }) => [given?.what ?? null, leftOut])).toEqual([
    ['Born', false],
    ['Iona got glasses.', false],
    [null, true],
    [null, true],
    [null, true],
    [null, true],
  ]);
  expect(JSON.stringify(copy)).not.toMatch(/fought|asked about|kept|arm|Zqx/);
  expect(await desk.ask(forPerson, { person: of.iona }, callum.asking)).toEqual([]);
});

test('the copy that is made for somebody has what happened in their life, and says that something is left out', async () => {
  const of = await makeFamily(desk, ailsa);
  const write = (what: string, more: object = {}) => writeEvent(desk, ailsa, of, { what, ...more });
  const swam = await write('Iona swam a whole length.', {
    on: '14/5/2025',
    kind: 'achievement',
    impact: 'She wants to teach Rory.',
  });
  await desk.act(
    add,
    { event: swam, kind: 'correction', words: 'It was two lengths.', why: 'Her coach' },
    ailsa.asking,
  );
  await write('Iona and Rory fought.', { on: '2/3/2026', people: [of.iona, of.rory] });
  const { page, close } = await windowFor(ailsa, false);
  const url = `${server.url}/people/${of.iona}/print`;
  await page.goto(url);
  const text = (await page.locator('main').textContent()) ?? '';
  expect(text).toMatch(
    /What has happened in my life[\s\S]*Born[\s\S]*14 May 2025[\s\S]*Iona swam a whole length[\s\S]*Put right since: It was two lengths/,
  );
  expect(text).toContain('Something is left out of one event');
  expect(text).not.toContain('fought');
  await looksRight(ailsa, url, 'copy-chronology');
  await close();
});
