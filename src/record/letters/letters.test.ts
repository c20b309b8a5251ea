import JSZip from 'jszip';
import sql from 'sql-template-tag';
import { afterAll, expect, test } from 'vitest';
import { enter } from '../../platform/access/identity.ts';
import { prepared } from '../../platform/database/rows.ts';
import { transaction } from '../../platform/database/transaction.ts';
import { measureStatement } from '../../platform/measures/measure.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../platform/testing/people.ts';
import { testServer } from '../../platform/testing/server.ts';
import { windowsOn } from '../../platform/testing/windows.ts';
import { startBrowser } from '../../platform/ui/testing/browser.ts';
import { familiesArea } from '../families/area.ts';
import { language } from '../language/area.ts';
import { makeFamily } from '../notes/testing.ts';
import * as actions from './actions.ts';
import { familyPanel, letters } from './area.ts';
import { measures } from './measures.ts';
import * as queries from './queries.ts';
import { filled, leftToFill, pageSize, standsFor, suits } from './rules.ts';
import { setTemplate } from './template-actions.ts';

const database = await testDatabase();
const server = await testServer(database, [familiesArea({ panels: [familyPanel] }), language, letters], {
  now: Temporal.Instant.from('2026-11-22T10:00:00Z'),
});
const { desk } = server.context;
const browser = await startBrowser();
const { windowFor, looksRight } = windowsOn(server, browser);
afterAll(async () => {
  await browser.close();
  await server.close();
  await database.close();
});

const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
const stranger = await makeWorker(database, { name: 'Sorcha Kerr', team: 'Children and families South' });
const planner = await makeWorker(database, { role: 'planning-officer', team: 'Planning' });
const asApp = (worker: Worker, text: string) =>
  transaction(database.pools.app, [enter(worker.asking.tokenHash, '')], (rows) =>
    rows.many<Record<string, unknown>>(sql([text])),
  );
const read = (letter: string, worker = ailsa) => desk.askOne(queries.one, { letter }, worker.asking);

const filling = {
  name: 'Jay',
  fullName: 'Jamie Baird',
  pronouns: 'He / him',
  worker: 'Ailsa Drummond',
  team: 'North',
  today: '22 November 2026',
  phone: '',
};

test('a letter is filled in with what is known, by the pronouns of the person; what is not known stays', () => {
  expect(filled('{name}, {what {they} said}. {How to reach me} {TEAM}', filling)).toBe(
    'Jay, {what he said}. {How to reach me} North',
  );
  expect(leftToFill('{a} and {b} and {a}')).toEqual(['{a}', '{b}']);
  expect(filled('{How to reach me}', { ...filling, phone: '01236 1' })).toBe('You can ring me on 01236 1.');
  expect(standsFor('')).toEqual({ they: 'they', them: 'them', their: 'their' });
  expect(standsFor('She/they')).toEqual({ they: 'she', them: 'her', their: 'her' });
  expect([11, 12, 15, 16].map((age) => suits({ rights: true, from_age: 12, to_age: 15 }, age))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

test('a letter is made for one person, changed, given, and then kept as it was', async () => {
  const of = await makeFamily(desk, ailsa);
  await database.superuser.query(
    `insert into record.person_name (person_id, kind, given_name) values ($1, 'known as', 'Jay')`,
    [of.jamie],
  );
  const { letter } = await desk.act(
    actions.begin,
    { family: of.id, person: of.jamie, template: 'rights-under-12' },
    ailsa.asking,
  );
  const begun = await read(letter);
  expect(begun.body).toMatch(/^Dear Jay,\n\nI am Ailsa Drummond\./);
  expect(begun).toMatchObject({ rights: true, given_at: null, version: 1 });
  const give = (version: number, more: object = {}) =>
    desk.act(
      actions.give,
      { letter, version, how: 'read together', on: '2026-11-21', ...more },
      ailsa.asking,
    );
  await expect(give(1)).rejects.toMatchObject({
    code: 'not-whole',
    message: expect.stringContaining('{How to reach me}'),
  });
  const changed = {
    letter,
    version: 1,
    title: 'Your rights',
    body: 'Dear Jay, you have rights.',
    language: 'Scots',
  };
  await desk.act(actions.change, changed, ailsa.asking);
  await expect(desk.act(actions.change, changed, ailsa.asking)).rejects.toMatchObject({ status: 409 });
  await expect(give(2, { on: '23/11/2026' })).rejects.toMatchObject({
    fields: { on: 'Enter today or an earlier day' },
  });
  await give(2);
  const attacks = await Promise.allSettled([
    give(3),
    desk.act(actions.change, { ...changed, version: 3 }, ailsa.asking),
    desk.act(actions.discard, { letter, version: 3 }, ailsa.asking),
  ]);
  for (const attack of attacks)
    expect(attack).toMatchObject({ status: 'rejected', reason: { code: 'given-already' } });
  for (const statement of [`update record.letter set body = 'x'`, 'delete from record.letter'])
    await expect(asApp(ailsa, `${statement} where id = '${letter}'`)).rejects.toThrow(/never changed/);
  const [jamie] = (await desk.ask(queries.rights, { family: of.id }, ailsa.asking)).filter(
    ({ person }) => person === of.jamie,
  );
  expect(jamie).toMatchObject({
    told: { language: 'Scots', how: 'read together', by: 'Ailsa Drummond' },
    offered: null,
  });
  await expect(read(letter, stranger)).rejects.toMatchObject({ status: 404 });
  await expect(
    desk.act(actions.begin, { family: of.id, person: of.jamie, template: 'hello' }, stranger.asking),
  ).rejects.toMatchObject({ status: 404 });
});

test('every letter of a family is in the list, page by page, without gap or repeat', async () => {
  const of = await makeFamily(desk, ailsa);
  const made: string[] = [];
  for (let n = 0; n < pageSize + 3; n += 1) {
    const begun = { family: of.id, person: of.jamie, template: 'rights-under-12' };
    made.unshift((await desk.act(actions.begin, begun, ailsa.asking)).letter);
  }
  const first = await desk.ask(queries.ofFamily, { family: of.id }, ailsa.asking);
  expect(first).toHaveLength(pageSize + 1);
  const before = first[pageSize - 1]?.id;
  const rest = await desk.ask(queries.ofFamily, { family: of.id, before }, ailsa.asking);
  expect([...first.slice(0, pageSize), ...rest].map(({ id }) => id)).toEqual(made);
});

test('a withheld address stands beside no letter', async () => {
  const of = await makeFamily(desk, ailsa);
  const { rows } = await database.superuser.query<{ id: string }>(
    `with a as (insert into record.address (lines, town, postcode) values ('4 Mill Lane', 'Coatbridge', 'ML5 3AB') returning id)
     insert into record.home (person_id, address_id, during) select $1, a.id, '[2020-01-01,)' from a returning address_id as id`,
    [of.jamie],
  );
  const { letter } = await desk.act(
    actions.begin,
    { family: of.id, person: of.jamie, template: 'hello', phone: '01236 1' },
    ailsa.asking,
  );
  expect((await read(letter)).address).toBe('4 Mill Lane\nCoatbridge\nML5 3AB');
  await database.superuser.query(
    `update record.address set withheld = true, withheld_why = 'Danger', withheld_since = now() where id = $1`,
    [rows[0]?.id],
  );
  const after = await read(letter);
  expect(after).toMatchObject({ withheld: true, address: '' });
  expect(JSON.stringify(after)).not.toMatch(/Mill Lane|ML5/);
});

test('advocacy is offered and answered, is due until it was, and is counted without a name', async () => {
  const of = await makeFamily(desk, ailsa);
  const owed = async () =>
    (await desk.ask(queries.owed, {}, ailsa.asking))
      .filter(({ about }) => about === of.id)
      .map(({ person, what }) => [person, what]);
  expect(await owed()).toHaveLength(4);
  const offer = { family: of.id, person: of.jamie, on: '2026-11-20', at: 'visit' };
  await expect(desk.act(actions.offer, { ...offer, answer: 'not now' }, ailsa.asking)).rejects.toMatchObject({
    fields: { askAgainOn: 'Enter the day on which to ask again' },
  });
  await expect(
    desk.act(actions.offer, { ...offer, answer: 'no', answeredOn: '2026-11-19' }, ailsa.asking),
  ).rejects.toMatchObject({ fields: { answeredOn: 'Enter a day from when it was offered until today' } });
  const { offer: made } = await desk.act(actions.offer, offer, ailsa.asking);
  expect(await owed()).not.toContainEqual([of.jamie, 'advocacy']);
  await desk.act(
    actions.answerOffer,
    { offer: made, version: 1, answer: 'not now', askAgainOn: '2027-01-10', words: 'Mibbe efter Christmas' },
    ailsa.asking,
  );
  await expect(
    desk.act(actions.answerOffer, { offer: made, version: 1, answer: 'yes' }, ailsa.asking),
  ).rejects.toMatchObject({ status: 409 });
  expect(await desk.askOne(queries.oneOfOffers, { offer: made }, ailsa.asking)).toMatchObject({
    answer: 'not now',
    words: 'Mibbe efter Christmas',
    version: 2,
  });
  const again = (await desk.ask(queries.owed, {}, ailsa.asking)).find(
    ({ person, what }) => person === of.jamie && what === 'advocacy',
  );
  expect(again?.again?.toString()).toBe('2027-01-10');
  for (const measure of measures) {
    const period = { from: Temporal.PlainDate.from('2026-11-01'), to: Temporal.PlainDate.from('2026-11-30') };
    const { rows } = await database.pools.figures.query(
      prepared(measureStatement(measure, { when: { during: period }, by: ['answer'], only: {} })),
    );
    expect(rows).toEqual([{ answer: 'not now', value: 1n, behind: 1 }]);
  }
  await expect(desk.act(actions.offer, offer, stranger.asking)).rejects.toMatchObject({ status: 404 });
});

test('those who keep the letters change them, with why', async () => {
  const before = await desk.askOne(queries.oneOfTemplates, { template: 'hello' }, planner.asking);
  const entered = { ...before, template: 'hello', used: 'yes', body: 'Dear {name}', why: 'Shorter' };
  await desk.act(setTemplate, entered, planner.asking);
  expect(await desk.askOne(queries.oneOfTemplates, { template: 'hello' }, ailsa.asking)).toMatchObject({
    body: 'Dear {name}',
    changes: [{ why: 'Shorter' }],
  });
  await expect(desk.act(setTemplate, entered, planner.asking)).rejects.toMatchObject({ status: 409 });
  await expect(desk.act(setTemplate, entered, ailsa.asking)).rejects.toMatchObject({ status: 404 });
});

test('a child is told of their rights and offered advocacy, with scripts off at 320 pixels', async () => {
  const of = await makeFamily(desk, ailsa);
  await database.superuser.query(`update record.person set date_of_birth = '2013-05-01' where id = $1`, [
    of.skye,
  ]);
  const { page, close } = await windowFor(ailsa, false);
  const main = page.locator('main');
  await page.goto(`${server.url}/families/${of.id}`);
  await page.getByRole('link', { name: 'Letters, rights and advocacy' }).click();
  await looksRight(ailsa, page.url(), 'letters-empty');
  await page.getByRole('link', { name: 'Write the letter to Skye Baird' }).click();
  expect(await page.getByLabel('Your rights: for young people').isChecked()).toBe(true);
  await looksRight(ailsa, page.url(), 'begin');
  await page.getByLabel('A number on which they can ring you').fill('01236 555 0101');
  await page.getByRole('button', { name: 'Begin the letter' }).click();
  expect(await page.getByLabel('The letter', { exact: true }).inputValue()).toContain(
    'You can ring me on 01236 555 0101.',
  );
  await looksRight(ailsa, page.url(), 'change');
  await page.getByRole('button', { name: 'Save' }).click();
  await looksRight(ailsa, page.url(), 'letter');
  const cookie = { cookie: server.cookie(ailsa.token) };
  const word = await fetch(`${page.url()}/word`, { headers: cookie });
  const { files } = await JSZip.loadAsync(await word.arrayBuffer());
  expect(await files['word/document.xml']?.async('string')).toContain(
    'Your rights are in the United Nations Convention',
  );
  const pdf = await fetch(`${page.url()}/pdf`, { headers: cookie });
  expect((await pdf.text()).slice(0, 5)).toBe('%PDF-');
  await page.getByRole('button', { name: 'It was given' }).click();
  expect(await main.textContent()).toContain('Choose how it was given');
  await page.getByLabel('How was it given?').selectOption('read together');
  await page.getByRole('button', { name: 'It was given' }).click();
  expect(await page.getByRole('status').first().textContent()).toContain('It is kept as it was given');
  await page.goto(`${server.url}/families/${of.id}/letters`);
  await page.getByRole('link', { name: 'Offer it to Skye Baird' }).click();
  await page.locator('label', { hasText: 'Not now' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  expect(await main.textContent()).toContain('Enter the day on which to ask again');
  await looksRight(ailsa, page.url(), 'offer');
  await page.getByLabel('When to ask again').fill('10/1/2027');
  await page.getByRole('button', { name: 'Save' }).click();
  expect(await main.textContent()).toMatch(/Not now\. Ask again on 10 January 2027/);
  await looksRight(ailsa, page.url(), 'letters');
  await page.goto(`${server.url}/letter-templates`);
  await looksRight(planner, page.url(), 'templates');
  await looksRight(planner, `${server.url}/letter-templates/rights-under-12`, 'template');
  await close();
});
