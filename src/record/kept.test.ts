import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../platform/testing/database.ts';
import { makeWorker } from '../platform/testing/people.ts';
import { testServer } from '../platform/testing/server.ts';
import { windowsOn } from '../platform/testing/windows.ts';
import { startBrowser } from '../platform/ui/testing/browser.ts';
import { assessment } from './assessment/area.ts';
import { beginVersion, changeQuestion, takeOutQuestion } from './assessment/kind-actions.ts';
import { kindDraft } from './assessment/kind-queries.ts';
import { familiesArea } from './families/area.ts';
import { language } from './language/area.ts';
import { letters } from './letters/area.ts';
import { oneOfTemplates, templates } from './letters/queries.ts';
import { bracesAtFault, filled, knownNames } from './letters/rules.ts';
import { addTemplate, setTemplate } from './letters/template-actions.ts';
import { meetingsArea } from './meetings/area.ts';
import { addKind } from './meetings/kind-actions.ts';
import { kind as meetingKind } from './meetings/queries.ts';
import { tasks } from './tasks/area.ts';

// What a partnership asks is its own to set: kinds of meeting, letters to begin from, and what assessments ask.

const database = await testDatabase();
const areas = [familiesArea(), tasks, language, meetingsArea(), letters, assessment];
const server = await testServer(database, areas, { now: Temporal.Instant.from('2026-11-22T10:00:00Z') });
const { desk } = server.context;
const browser = await startBrowser();
const { windowFor, looksRight } = windowsOn(server, browser);
afterAll(async () => {
  await browser.close();
  await server.close();
  await database.close();
});

/** A desk and a telephone. */
const both = [1280, 360];

const planner = await makeWorker(database, { role: 'planning-officer', team: 'Planning', name: 'Yuliia' });
const senior = await makeWorker(database, { role: 'senior-manager', team: 'Heads of service' });
const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });

const meeting = {
  title: 'Transition meeting',
  purpose: 'To plan the move to adult services',
  asked: 'Young person\nSocial work',
  least: 1,
  questions: 'What matters to the young person?',
  source: 'The partnership',
  used: 'yes',
  why: 'None of the others fits',
};

test('a kind of meeting is added once, under an id of its own, with where it comes from and why', async () => {
  const key = randomUUID();
  const add = () => desk.act(addKind, meeting, planner.asking, { key });
  expect(await add()).toEqual(await add());
  expect(await desk.askOne(meetingKind, { kind: 'transition-meeting' }, ailsa.asking)).toMatchObject({
    asked: ['Young person', 'Social work'],
    source: 'The partnership',
    changes: [{ why: 'None of the others fits', by: 'Yuliia', added: true }],
  });
  const wrong = (more: object) => desk.act(addKind, { ...meeting, title: 'Another', ...more }, senior.asking);
  await expect(wrong({ title: 'transition  meeting' })).rejects.toMatchObject({
    fields: { title: expect.stringContaining('of this name already') },
  });
  await expect(wrong({ asked: '- ', least: 3, mustCome: 'Police' })).rejects.toMatchObject({
    fields: { mustCome: expect.any(String), least: expect.any(String) },
  });
  await expect(wrong({ source: '', why: '', title: '' })).rejects.toMatchObject({
    fields: { source: expect.any(String), why: expect.any(String), title: expect.any(String) },
  });
  await expect(desk.act(addKind, meeting, ailsa.asking)).rejects.toMatchObject({ status: 404 });
  // Two add one of the same name in the same moment.
  const twins = await Promise.allSettled(
    [planner, senior].map((each) => desk.act(addKind, { ...meeting, title: 'Twins' }, each.asking)),
  );
  expect(twins.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  // Names that differ by little have ids of their own.
  expect((await desk.act(addKind, { ...meeting, title: 'Add' }, planner.asking)).kind).toBe('add-2');
  expect((await desk.act(addKind, { ...meeting, title: 'P7 & S1' }, planner.asking)).kind).toBe('p7-s1');
  expect((await desk.act(addKind, { ...meeting, title: 'P7 + S1' }, planner.asking)).kind).toBe('p7-s1-2');
});

const letter = {
  title: 'Your new worker',
  body: 'Dear {name},\n\n{What the new worker said about {them}}\n\n{worker}, {team}, {Today}',
  source: 'The partnership',
  used: 'yes',
  why: 'Asked for by young people',
};

test('a letter with a name in braces that is not known is refused with the names that are', async () => {
  for (const { body, id } of await desk.ask(templates, {}, ailsa.asking))
    expect(bracesAtFault(body), id).toBeUndefined();
  const filling = {
    name: 'Jay',
    fullName: 'Jamie Baird',
    pronouns: '',
    worker: 'Ailsa',
    team: 'North',
    today: 'today',
    phone: '01236 1',
  };
  for (const name of knownNames) expect(filled(name, filling), name).not.toContain('{');
  expect(bracesAtFault('{nmae}, {worker} and {my boss}')).toContain('{nmae}, {my boss} are not names');
  expect(bracesAtFault('{ name }')).toContain('{ name } is not a name');
  expect(bracesAtFault('{}')).toContain('Use {name}, {full name}');
  expect(bracesAtFault('Dear {name')).toContain('A brace stands alone');
  expect(bracesAtFault('Dear }name{')).toContain('A brace stands alone');
  const add = (more: object, worker = planner) =>
    desk.act(addTemplate, { ...letter, ...more }, worker.asking);
  await expect(add({ body: 'Dear {nmae}' })).rejects.toMatchObject({
    fields: { body: expect.stringContaining('{How to reach me}') },
  });
  await expect(add({ fromAge: 12, toAge: '5' })).rejects.toMatchObject({
    fields: { toAge: 'Enter 12 or an older age' },
  });
  await expect(add({ fromAge: 'twelve' })).rejects.toMatchObject({
    fields: { fromAge: 'Enter an age in years, like 12' },
  });
  await expect(add({}, ailsa)).rejects.toMatchObject({ status: 404 });
  const { template } = await add({ fromAge: '12', toAge: 17, rights: 'yes' });
  expect(template).toBe('your-new-worker');
  const saved = await desk.askOne(oneOfTemplates, { template }, ailsa.asking);
  expect(saved).toMatchObject({ from_age: 12, to_age: 17, rights: true, changes: [{ added: true }] });
  await expect(add({ title: 'Your new worker.' })).rejects.toMatchObject({
    fields: { title: expect.stringContaining('of this name already') },
  });
  const set = { ...letter, template, version: saved.version };
  await expect(desk.act(setTemplate, { ...set, body: '{x}' }, planner.asking)).rejects.toMatchObject({
    fields: { body: expect.any(String) },
  });
  await desk.act(setTemplate, set, planner.asking);
  await expect(desk.act(setTemplate, set, senior.asking)).rejects.toMatchObject({ status: 409 });
});

test('a kind of meeting and a letter are added with scripts off on a phone, and nothing typed is lost', async () => {
  const { page, close } = await windowFor(planner, false);
  const main = page.locator('main');
  await page.goto(`${server.url}/meeting-kinds`);
  await looksRight(planner, page.url(), 'meeting-kinds');
  await page.getByRole('link', { name: 'Add a kind of meeting' }).click();
  await looksRight(planner, page.url(), 'meeting-kind-add', both);
  await page.getByLabel('What it is called').fill('Sports meeting');
  await page.getByLabel('What it is for').fill('For sports');
  await page.getByLabel('Who is asked').fill('Young person\nCoach');
  await page.getByLabel('What it has to answer').fill('What would help?');
  await page.getByLabel('Where this comes from').fill('The partnership');
  await page.getByRole('button', { name: 'Add it' }).click();
  expect(await main.textContent()).toContain('Say why it is added');
  expect(await page.getByLabel('Who is asked').inputValue()).toBe('Young person\nCoach');
  await page.getByLabel('Why is it added?').fill('Asked for');
  await page.getByRole('button', { name: 'Add it' }).click();
  expect(page.url()).toBe(`${server.url}/meeting-kinds/sports-meeting`);
  expect(await main.textContent()).toContain('Added: Asked for');
  await page.goto(`${server.url}/letter-templates`);
  await page.getByRole('link', { name: 'Add a letter' }).click();
  await page.getByLabel('What it is about').fill('See you soon');
  await page.getByLabel('The letter', { exact: true }).fill('Dear {nmae}');
  await page.getByLabel('Where this comes from').fill('The partnership');
  await page.getByLabel('Why is it added?').fill('Asked for');
  await page.getByRole('button', { name: 'Add it' }).click();
  expect(await main.textContent()).toContain('{nmae} is not a name that can be filled in. Use {name}');
  expect(await page.getByLabel('The letter', { exact: true }).inputValue()).toBe('Dear {nmae}');
  await page.getByLabel('The letter', { exact: true }).fill('Dear {name}');
  await page.getByRole('button', { name: 'Add it' }).click();
  expect(page.url()).toBe(`${server.url}/letter-templates/see-you-soon`);
  await looksRight(planner, page.url(), 'letter');
  await looksRight(planner, `${server.url}/letter-templates/add`, 'letter-add');
  await close();
  // Who does not keep them sees them, and no way to add one.
  const other = await windowFor(ailsa, false);
  for (const path of ['/meeting-kinds', '/letter-templates', '/assessment-kinds']) {
    await other.page.goto(`${server.url}${path}`);
    expect(await other.page.getByRole('link', { name: /^Add a/ }).count(), path).toBe(0);
    expect((await other.page.goto(`${server.url}${path}/add`))?.status(), path).toBe(404);
  }
  await other.close();
});

test('a new kind of assessment is written question by question, and put to use', async () => {
  const { page, close } = await windowFor(planner, false);
  const main = page.locator('main');
  await page.goto(`${server.url}/assessment-kinds`);
  await looksRight(planner, page.url(), 'assessment-kinds');
  await page.getByRole('link', { name: 'Add a kind of assessment' }).click();
  await page.getByLabel('What it is called').fill('Moving on');
  await page.getByLabel('What it is for').fill('How ready a young person feels to live on their own');
  await page.getByLabel('Where this comes from').fill('Written with young people here');
  await page.getByRole('button', { name: 'Go on to its questions' }).click();
  expect(await main.textContent()).toContain('Choose which of these it is drawn like');
  await page.locator('label', { hasText: 'Wellbeing wheel' }).click();
  await page.getByRole('button', { name: 'Go on to its questions' }).click();
  expect(page.url()).toBe(`${server.url}/assessment-kinds/moving-on/draft`);
  await looksRight(planner, page.url(), 'draft', both);
  // Eight parts become seven, and the wheel is drawn with them.
  await page.getByRole('link', { name: 'Change this part Included' }).click();
  await page.getByText('Take this part out').click();
  await page.getByRole('button', { name: 'Take it out' }).click();
  await page.getByRole('link', { name: 'Change this part Achieving' }).click();
  await page.getByLabel('What the part is called').fill('Learning');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Move up the part “Learning”' }).click();
  expect(await page.getByRole('status').first().textContent()).toContain('The part is moved');
  await page.getByRole('link', { name: 'Add a question here Safe' }).click();
  await page.getByLabel('The question').fill('Who do you ring first?');
  await looksRight(planner, page.url(), 'question-add');
  await page.getByRole('button', { name: 'Add it' }).click();
  await page.getByRole('button', { name: 'Up “Who do you ring first?” in Safe' }).click();
  await page.getByRole('link', { name: 'What is going well?' }).first().click();
  await page.getByLabel('The question').fill('What goes well already?');
  await page.getByRole('button', { name: 'Save' }).click();
  expect(await main.textContent()).toContain('What goes well already?');
  // Without the child's own words it is not whole.
  await page.getByRole('link', { name: 'In the child’s own words' }).click();
  await page.getByText('Take it out', { exact: true }).first().click();
  await page.getByRole('button', { name: 'Take it out' }).click();
  expect(await main.textContent()).toContain('Nothing asks for the child’s own words');
  expect(await page.getByRole('button', { name: 'Put it to use' }).count()).toBe(0);
  await looksRight(planner, page.url(), 'draft-missing');
  await page.getByRole('link', { name: 'Add a question', exact: true }).click();
  await page.getByLabel('The question').fill('In your own words');
  await page.locator('label', { hasText: 'kept as they said it' }).click();
  await page.getByLabel('The name of a new part').fill('How you see it');
  await page.getByRole('button', { name: 'Add it' }).click();
  await page.getByLabel('From which day?').fill('21/11/2026');
  await page.getByLabel('What is different, and why?').fill('Asked for by young people');
  await page.getByRole('button', { name: 'Put it to use' }).click();
  expect(await main.textContent()).toContain('Enter today or a later day');
  expect(await page.getByLabel('What is different, and why?').inputValue()).toBe('Asked for by young people');
  await page.getByLabel('From which day?').fill('22/11/2026');
  await page.getByRole('button', { name: 'Put it to use' }).click();
  expect(page.url()).toBe(`${server.url}/assessment-kinds/moving-on`);
  expect(await main.textContent()).toContain('Version 1. Since 22 November 2026');
  expect(await page.locator('svg.kith-drawn--narrow .kith-wheel__band').count()).toBe(7);
  await looksRight(ailsa, page.url(), 'assessment-kind', both);
  await page.getByRole('button', { name: 'Begin version 2' }).click();
  await page.getByText('Throw it away').first().click();
  await page.getByRole('button', { name: 'Throw it away' }).click();
  expect(page.url()).toBe(`${server.url}/assessment-kinds/moving-on`);
  await close();
});

test('each kind is shown as it is asked and drawn, and each page of writing one looks right', async () => {
  for (const kind of ['triangle', 'matrix', 'mapping'])
    await looksRight(ailsa, `${server.url}/assessment-kinds/${kind}`, `assessment-kind-${kind}`);
  await desk.act(beginVersion, { kind: 'matrix', from: 1 }, planner.asking);
  for (const [name, path] of Object.entries({
    'assessment-kind-add': 'add',
    part: 'matrix/draft/parts/child',
    question: 'matrix/draft/questions/child_place',
  }))
    await looksRight(planner, `/assessment-kinds/${path}`, name);
});

test('the second of two keepers is told, sees what is saved, and keeps what they typed', async () => {
  const { page, close } = await windowFor(senior, false);
  const main = page.locator('main');
  await desk.act(beginVersion, { kind: 'mapping', from: 1 }, planner.asking);
  await page.goto(`${server.url}/assessment-kinds/mapping/draft/questions/now_worries`);
  const revision = async () => (await desk.askOne(kindDraft, { kind: 'mapping' }, planner.asking)).revision;
  const code = 'now.worries';
  await desk.act(
    changeQuestion,
    { kind: 'mapping', version: await revision(), code, part: 'now', question: 'Saved by Yuliia?' },
    planner.asking,
  );
  await page.getByLabel('The question').fill('Typed by me?');
  await page.getByRole('button', { name: 'Save' }).click();
  expect(await main.textContent()).toMatch(/This changed while you were writing[\s\S]*Saved by Yuliia\?/);
  expect(await page.getByLabel('The question').inputValue()).toBe('Typed by me?');
  // Then the question is taken out, and what was typed can be added as a new one.
  await desk.act(takeOutQuestion, { kind: 'mapping', version: await revision(), code }, planner.asking);
  await page.getByRole('button', { name: 'Save' }).click();
  expect(await main.textContent()).toContain('A colleague took this question out');
  expect(await page.getByLabel('The question').inputValue()).toBe('Typed by me?');
  await page.locator('label', { hasText: 'In words' }).click();
  await page.getByRole('button', { name: 'Add it' }).click();
  expect(await main.textContent()).toContain('Typed by me?');
  // And the version is put to use while somebody writes: their words are on the page that says so.
  await page.getByRole('link', { name: 'Typed by me?' }).click();
  await page.getByLabel('The question').fill('Too late?');
  const other = await windowFor(planner, false, 1280);
  await other.page.goto(`${server.url}/assessment-kinds/mapping/draft`);
  expect(await other.page.locator('main').textContent()).toContain('What is different from version 1');
  await looksRight(planner, other.page.url(), 'draft-mapping');
  await other.page.getByLabel('From which day?').fill('1/12/2026');
  await other.page.getByLabel('What is different, and why?').fill('Shorter');
  await other.page.getByRole('button', { name: 'Put it to use' }).click();
  expect(await other.page.locator('main').textContent()).toContain('From 1 December 2026');
  await other.page.getByRole('link', { name: 'Version 2' }).click();
  await looksRight(ailsa, other.page.url(), 'version');
  await other.close();
  await page.getByRole('button', { name: 'Save' }).click();
  expect(await main.textContent()).toMatch(/not being written any more[\s\S]*Too late\?/);
  await close();
});
