import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../../platform/testing/people.ts';
import { testServer } from '../../../platform/testing/server.ts';
import { openPage, startBrowser } from '../../../platform/ui/testing/browser.ts';
import { shareFamily } from '../../families/actions.ts';
import { familiesArea } from '../../families/area.ts';
import { language } from '../../language/area.ts';
import { makeFamily } from '../../notes/testing.ts';
import { tasks } from '../../tasks/area.ts';
import * as actions from '../actions.ts';
import * as agreeing from '../agreeing.ts';
import { plans } from '../area.ts';
import { one } from '../queries.ts';
import { wholePlan } from '../testing.ts';

// Two people in one plan at once: Ailsa and Gordon have the same form open, and Ailsa sends hers first. Gordon is told, sees what Ailsa
// saved, and what he typed is on the page that comes back, in every form that a plan has.

const database = await testDatabase();
const server = await testServer(database, [familiesArea(), plans, tasks, language], {
  now: Temporal.Instant.from('2026-11-22T10:00:00Z'),
});
const { desk } = server.context;
const browser = await startBrowser();
afterAll(async () => {
  await browser.close();
  await server.close();
  await database.close();
});
const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
const gordon = await makeWorker(database, { name: 'Gordon Rennie', role: 'team-manager' });

async function pageFor(worker: Worker): Promise<Page> {
  const { page } = await openPage(browser, `${server.url}/healthz`, { scripts: false, width: 320 });
  const [name = '', value = ''] = server.cookie(worker.token).split('=');
  await page.context().addCookies([{ name, value: decodeURIComponent(value), url: server.url }]);
  return page;
}
const [hers, his] = [await pageFor(ailsa), await pageFor(gordon)];

async function written(agreed = false) {
  const of = await makeFamily(desk, ailsa);
  await desk.act(shareFamily, { family: of.id, with: gordon.account }, ailsa.asking);
  const { plan, need, action } = await wholePlan(desk, ailsa, of);
  const found = await desk.askOne(one, { plan }, ailsa.asking);
  if (agreed)
    await desk.act(
      agreeing.agree,
      { plan, version: found.seen, on: '20/11/2026', reviewOn: '20/5/2027' },
      ailsa.asking,
    );
  const view = found.views.find(({ whose }) => whose === 'child')?.id ?? '';
  const { sent } = await desk.act(agreeing.send, { plan, on: '20/11/2026', toWhom: 'Jamie' }, ailsa.asking);
  return { of, plan, need, action, view, sent };
}
type Written = Awaited<ReturnType<typeof written>>;

const textOf = async (page: Page): Promise<string> => (await page.locator('main').textContent()) ?? '';

interface Try {
  form: string;
  at: (of: Written) => string;
  field: string;
  send: string;
  agreed?: boolean;
  /** Whether Gordon can send his after he has looked, and where it then stands. */
  again?: (of: Written) => Promise<unknown>;
}
const read = ({ plan }: Written) => desk.askOne(one, { plan }, ailsa.asking);

const forms: readonly Try[] = [
  {
    form: 'why there is a plan',
    at: ({ plan }) => `/plans/${plan}/change`,
    field: 'Why is there a plan?',
    send: 'Save',
    again: async (of) => (await read(of)).why,
  },
  {
    form: 'what somebody says',
    at: ({ plan, view }) => `/plans/${plan}/views/${view}`,
    field: 'What they say',
    send: 'Save',
    again: async (of) => (await read(of)).views.find(({ id }) => id === of.view)?.words,
  },
  {
    form: 'a need',
    at: ({ plan, need }) => `/plans/${plan}/needs/${need}`,
    field: 'What does Jamie need?',
    send: 'Save',
    again: async (of) => (await read(of)).needs.find(({ id }) => id === of.need)?.need,
  },
  {
    form: 'an action',
    at: ({ plan, action }) => `/plans/${plan}/actions/${action}`,
    field: 'What will be done',
    send: 'Save',
    again: async (of) =>
      (await read(of)).needs.flatMap(({ actions: all }) => all).find(({ id }) => id === of.action)?.what,
  },
  {
    form: 'looking at it again',
    at: ({ plan }) => `/plans/${plan}/agree`,
    field: 'What came of the plan so far',
    send: 'Agree the plan',
    agreed: true,
    again: async (of) => (await read(of)).editions[0]?.words,
  },
  {
    form: 'ending it',
    at: ({ plan }) => `/plans/${plan}/end`,
    field: 'Why it ends',
    send: 'End the plan',
    agreed: true,
  },
  {
    form: 'what the family says',
    at: ({ plan, sent }) => `/plans/${plan}/family/${sent}`,
    field: 'What they say',
    send: 'Write it down',
  },
];

test.each(forms)(
  '$form: the second is told, and both texts are kept',
  async ({ at, field, send, agreed, again }) => {
    const of = await written(agreed);
    const url = `${server.url}${at(of)}`;
    for (const page of [hers, his]) await page.goto(url);
    if (url.includes('/family/'))
      for (const page of [hers, his]) await page.getByLabel('Who said it').fill('Isla');
    await his.getByLabel(field).fill('Typed by Gordon');
    await hers.getByLabel(field).fill('Saved by Ailsa');
    await hers.getByRole('button', { name: send }).click();
    expect(await hers.getByRole('status').first().textContent()).toMatch(/\S/);
    await his.getByRole('button', { name: send }).click();
    const told = await textOf(his);
    expect(told).toMatch(/There is a problem/);
    expect(told).toMatch(
      /This changed while you were writing|This plan has ended|What they said is written down already/,
    );
    expect(told).toContain('Saved by Ailsa');
    if (again === undefined) {
      // It cannot be sent any more: what he typed stands beside hers, to be used elsewhere.
      expect(told).toMatch(/What you wrote[\s\S]*Typed by Gordon/);
      return;
    }
    expect(await his.getByLabel(field).inputValue()).toBe('Typed by Gordon');
    expect(await again(of)).toBe('Saved by Ailsa');
    await his.getByRole('button', { name: send }).click();
    expect(await again(of)).toBe('Typed by Gordon');
  },
);

test('how a comment was acted on: the second is told, and both texts are kept', async () => {
  const of = await written();
  await desk.act(
    agreeing.comment,
    { sent: of.sent, version: 1, words: 'Aye', by: 'Isla', on: '21/11/2026' },
    ailsa.asking,
  );
  await his.goto(`${server.url}/plans/${of.plan}/family/${of.sent}`);
  await his.getByLabel('How it was acted on').fill('Typed by Gordon');
  await desk.act(
    agreeing.answerComment,
    { sent: of.sent, version: 2, acted: 'Saved by Ailsa' },
    ailsa.asking,
  );
  await his.getByRole('button', { name: 'Save' }).click();
  expect(await textOf(his)).toMatch(
    /This changed while you were writing[\s\S]*As it is saved now[\s\S]*Saved by Ailsa[\s\S]*What you wrote/,
  );
  expect(await his.getByLabel('How it was acted on').inputValue()).toBe('Typed by Gordon');
  await his.getByRole('button', { name: 'Save' }).click();
  expect((await read(of)).sent[0]?.acted).toBe('Typed by Gordon');
});

const parts = [
  { part: 'view', at: 'views', field: 'What they say' },
  { part: 'need', at: 'needs', field: 'What does Jamie need?' },
  { part: 'action', at: 'actions', field: 'What will be done' },
] as const;

test.each(parts)(
  'a $part that was changed is not taken out unseen; one that was taken out keeps what was typed',
  async ({ part, at, field }) => {
    const of = await written();
    const url = `${server.url}/plans/${of.plan}/${at}/${of[part]}`;
    for (const page of [hers, his]) await page.goto(url);
    await hers.getByLabel(field).fill('Saved by Ailsa');
    await hers.getByRole('button', { name: 'Save' }).click();
    await his.getByText(`Take this ${part} out of the plan`).click();
    await his.getByRole('button', { name: 'Take it out' }).click();
    expect(await textOf(his)).toContain('This changed while you were writing');
    expect(await his.getByLabel(field).inputValue()).toBe('Saved by Ailsa');
    // Ailsa writes on, while Gordon, who has seen it now, takes it out.
    await hers.goto(url);
    await hers.getByLabel(field).fill('Typed by Ailsa');
    await his.getByRole('button', { name: 'Take it out' }).click();
    expect(await his.getByRole('status').first().textContent()).toContain('It is taken out of the plan');
    await hers.getByRole('button', { name: 'Save' }).click();
    expect(await textOf(hers)).toMatch(
      /This was taken out of the plan[\s\S]*What you wrote[\s\S]*Typed by Ailsa[\s\S]*Write it into the plan again/,
    );
    await hers.goto(url);
    expect(await textOf(hers)).toContain('cannot be found');
  },
);

test('an action that is added to a need which was taken out meanwhile is kept on the page', async () => {
  const of = await written();
  await his.goto(`${server.url}/plans/${of.plan}/needs/${of.need}/act`);
  await his.getByLabel('What will be done').fill('Typed by Gordon');
  await desk.act(actions.takeOutPart, { part: 'need', id: of.need, version: 1 }, ailsa.asking);
  await his.getByRole('button', { name: 'Add it to the plan' }).click();
  expect(await textOf(his)).toMatch(/This was taken out of the plan[\s\S]*Typed by Gordon/);
});
