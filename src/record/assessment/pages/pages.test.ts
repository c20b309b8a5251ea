import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../../../platform/testing/database.ts';
import { makeWorker } from '../../../platform/testing/people.ts';
import { testServer } from '../../../platform/testing/server.ts';
import { windowsOn } from '../../../platform/testing/windows.ts';
import { startBrowser } from '../../../platform/ui/testing/browser.ts';
import { shareFamily } from '../../families/actions.ts';
import { familiesArea } from '../../families/area.ts';
import { language } from '../../language/area.ts';
import { makeFamily } from '../../notes/testing.ts';
import { peopleArea } from '../../people/area.ts';
import { begin, save } from '../actions.ts';
import { assessment, familyPanel, personPanel, printedPanel } from '../area.ts';
import { one } from '../queries.ts';

const database = await testDatabase();
const areas = [
  familiesArea({ panels: [familyPanel] }),
  peopleArea({ panels: [personPanel], printed: [printedPanel] }),
  assessment,
  language,
];
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
const gordon = await makeWorker(database, { name: 'Gordon Rennie', role: 'team-manager' });

const indicators = [
  'safe',
  'healthy',
  'achieving',
  'nurtured',
  'active',
  'respected',
  'responsible',
  'included',
];
const wheel = (numbers: readonly (number | null)[]) =>
  indicators.flatMap((part, index) => [
    { code: `${part}.how`, number: numbers[index] },
    { code: `${part}.well`, words: index % 3 === 0 ? 'Gran is there after school. He laughs with her.' : '' },
    {
      code: `${part}.worry`,
      words: index % 4 === 1 ? 'He sleeps badly, and says his tummy hurts on Mondays.' : '',
    },
  ]);

async function signed(of: { id: string; jamie: string }, kind: string, answers: object[], more: object = {}) {
  const { assessment: id } = await desk.act(
    begin,
    { family: of.id, kind, people: [of.jamie], on: '2026-05-04', fromLast: 'yes', ...more },
    ailsa.asking,
  );
  await desk.act(
    save,
    { assessment: id, version: 1, on: '2026-05-04', answers, finish: 'sign', ...more },
    ailsa.asking,
  );
  return id;
}

const own = { code: 'own.child', words: 'I liek it at Grans. I want to play fitba' };
const sense = { code: 'sense.together', words: 'Jamie has people who love him. Mornings are what is hard.' };

test('a wheel is begun, written and signed with scripts off at 320 pixels, and drawn', async () => {
  const of = await makeFamily(desk, ailsa);
  const { page, close } = await windowFor(ailsa, false);
  const main = page.locator('main');
  await page.goto(`${server.url}/families/${of.id}`);
  await page.getByRole('link', { name: 'Look at how somebody is doing' }).click();
  await looksRight(ailsa, page.url(), 'begin');
  expect(await page.getByLabel('Jamie Baird').isChecked()).toBe(true);
  await page.getByLabel('When').fill('31/2/2026');
  await page.getByRole('button', { name: 'Start' }).click();
  expect(await main.textContent()).toContain('Enter the day. Write it like 27/3/2026');
  expect(await page.getByLabel('When').inputValue()).toBe('31/2/2026');
  await page.getByLabel('When').fill('20/11/2026');
  await page.getByRole('button', { name: 'Start' }).click();
  await looksRight(ailsa, page.url(), 'write-empty');
  const safe = page.locator('fieldset', { hasText: 'Safe' }).first();
  await safe.getByLabel('What is going well?').fill('Contact with Gran');
  await safe.getByLabel('How is it?').selectOption('7');
  await page.getByLabel('In the child’s own words').fill('I liek it');
  await page.getByRole('button', { name: 'Keep it' }).click();
  expect(await page.getByRole('status').first().textContent()).toContain('It is kept');
  expect(await main.textContent()).toMatch(/I liek it[\s\S]*Safe: 7 out of 10[\s\S]*Contact with Gran/);
  await page.getByRole('link', { name: 'Go on writing' }).click();
  expect(await main.textContent()).toContain('You wrote “Contact”. Could it be “family time”?');
  await page.getByRole('button', { name: 'Sign it' }).click();
  expect(await page.getByRole('status').first().textContent()).toContain('It is signed');
  expect(await page.locator('svg[role=img]').count()).toBe(2);
  expect(await page.locator('svg.kith-drawn--narrow').isVisible()).toBe(true);
  expect(await page.locator('svg.kith-drawn--wide').isVisible()).toBe(false);
  await close();
});

test('two wheels are drawn together, with what changed, and stand beside each other as text', async () => {
  const of = await makeFamily(desk, ailsa);
  await signed(of, 'wheel', wheel([3, 5, 4, 6, 2, 5, null, 4]), {});
  const id = await signed(of, 'wheel', [...wheel([6, 5, 7, 8, 3, 4, 5, 6]), own, sense], {
    on: '2026-11-20',
  });
  const { page, close } = await windowFor(ailsa, false, 1280);
  await page.goto(`${server.url}/assessments/${id}`);
  const main = page.locator('main');
  expect(await main.textContent()).toMatch(/What changed since 4 May 2026[\s\S]*Safe: How is it\?\s*Up 3/);
  expect(await page.locator('svg.kith-drawn--wide desc').textContent()).toContain(
    'Safe 6, was 3; Healthy 5, was 5',
  );
  expect(await page.locator('svg.kith-drawn--wide .kith-wheel__before').count()).toBe(1);
  await looksRight(ailsa, page.url(), 'wheel');
  await page.goto(`${server.url}/families/${of.id}/assessments`);
  await looksRight(ailsa, page.url(), 'list');
  await page.goto(`${server.url}/people/${of.jamie}`);
  expect(await page.locator('main').textContent()).toContain('How they are doing');
  await close();
});

test('the triangle, the matrix and the mapping are drawn', async () => {
  const of = await makeFamily(desk, ailsa);
  const triangle = await desk.act(
    begin,
    { family: of.id, kind: 'triangle', people: [of.jamie], on: '2026-05-04' },
    ailsa.asking,
  );
  const { answers } = await desk.askOne(one, { assessment: triangle.assessment }, ailsa.asking);
  await desk.act(
    save,
    {
      assessment: triangle.assessment,
      version: 1,
      on: '2026-05-04',
      finish: 'sign',
      answers: answers
        .filter(({ form }) => form === 'balance')
        .map(({ code }, index) => ({
          code,
          number: index % 5 === 4 ? undefined : (index % 3) - 1,
          words: index % 4 === 0 ? 'What we saw and heard there' : '',
        })),
    },
    ailsa.asking,
  );
  const second = await signed(
    of,
    'triangle',
    answers
      .filter(({ form }) => form === 'balance')
      .map(({ code }, index) => ({
        code,
        number: index % 6 === 5 ? undefined : 1 - (index % 4 > 2 ? 2 : index % 2),
        words: index % 3 === 0 ? 'He tells Gran everything, and she listens.' : '',
      })),
    { on: '2026-11-20' },
  );
  await looksRight(ailsa, `${server.url}/assessments/${second}`, 'triangle');
  await signed(of, 'matrix', [
    { code: 'child.place', number: -3, words: 'New school, few friends.' },
    { code: 'around.place', number: -2, words: 'Mum is ill and money is short.' },
  ]);
  const matrix = await signed(
    of,
    'matrix',
    [
      { code: 'child.place', number: 2, words: 'He made a friend and plays football.' },
      { code: 'around.place', number: 3, words: 'Gran moved in. The school knows.' },
      own,
    ],
    { on: '2026-11-20' },
  );
  await looksRight(ailsa, `${server.url}/assessments/${matrix}`, 'matrix');
  const numbers = (jamie: number, mum: number) => [
    { whose: 'Jamie', person: of.jamie, number: jamie, why: 'Less shouting' },
    { whose: 'Isla (Mum)', person: of.isla, number: mum, why: 'I sleep again' },
    { whose: 'Ailsa, social worker', number: 6, why: '' },
    { whose: 'Class teacher', number: 7, why: 'He puts his hand up' },
  ];
  await signed(of, 'mapping', [{ code: 'now.worries', words: 'He does not sleep.' }], {
    numbers: numbers(3, 4),
  });
  const mapping = await signed(
    of,
    'mapping',
    [
      { code: 'now.worries', words: 'Some nights he still does not sleep.' },
      { code: 'now.working', words: 'Gran has moved in. They eat together.' },
      { code: 'now.next', words: 'Football on Tuesdays. Mum rings the nurse.' },
      own,
      sense,
    ],
    { on: '2026-11-20', numbers: numbers(8, 6) },
  );
  await looksRight(ailsa, `${server.url}/assessments/${mapping}`, 'mapping');
  await looksRight(ailsa, `${server.url}/people/${of.jamie}/print`, 'copy');
});

test('the second of two who write at once is told, sees what is saved, and keeps what they typed', async () => {
  const of = await makeFamily(desk, ailsa);
  await desk.act(shareFamily, { family: of.id, with: gordon.account }, ailsa.asking);
  const { assessment: id } = await desk.act(
    begin,
    { family: of.id, kind: 'mapping', people: [of.jamie], on: '2026-11-20' },
    ailsa.asking,
  );
  const { page, close } = await windowFor(gordon, false);
  await page.goto(`${server.url}/assessments/${id}/write`);
  await page.getByLabel('What is working well?').fill('Typed by Gordon');
  await desk.act(
    save,
    {
      assessment: id,
      version: 1,
      on: '2026-11-20',
      answers: [{ code: 'now.working', words: 'Saved by Ailsa' }],
    },
    ailsa.asking,
  );
  await page.getByRole('button', { name: 'Keep it' }).click();
  const main = page.locator('main');
  expect(await main.textContent()).toContain('This changed while you were writing');
  expect(await main.textContent()).toContain('Saved by Ailsa');
  expect(await page.getByLabel('What is working well?').inputValue()).toBe('Typed by Gordon');
  await looksRight(gordon, page.url(), 'write-mapping');
  await page.getByRole('button', { name: 'Keep it' }).click();
  expect(await main.textContent()).toContain('Typed by Gordon');
  await close();
});
