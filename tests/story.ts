import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach } from 'vitest';
import { allAreas } from '../src/app.ts';
import { makeDesk } from '../src/platform/actions/desk.ts';
import { testDatabase } from '../src/platform/testing/database.ts';
import { makeWorker, type Worker } from '../src/platform/testing/people.ts';
import { testServer } from '../src/platform/testing/server.ts';
import { startBrowser } from '../src/platform/ui/testing/browser.ts';
import { makeScheme } from '../src/practice/direct-payments/testing.ts';
import { add } from '../src/record/families/actions.ts';

// What the stories of the record share: the whole system, people who work in it, and a browser that runs no scripts.

export const mainOf = async (page: Page) => (await page.locator('main').textContent()) ?? '';
export const press = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true }).first().click();
export const follow = (within: Page | Locator, name: string | RegExp) =>
  within
    .getByRole('link', { name, exact: typeof name === 'string' })
    .first()
    .click();
/** Presses the words of an answer, as people do: the button itself is drawn over. */
export const choose = (page: Page, words: string) =>
  page
    .locator('label')
    .filter({ hasText: new RegExp(`^${words}`) })
    .first()
    .click();
export const child = (givenName: string, dateOfBirth: string) => ({ givenName, dateOfBirth, part: 'child' });
export const parent = (givenName: string) => ({ givenName, part: 'parent or carer' });

export const south = { team: 'Children and families South' };

/** A partnership of its own, its server and a browser; all of it ends with the file that asks for it. */
export async function makeStory() {
  const database = await testDatabase();
  const scheme = await makeScheme(database);
  const now = Temporal.Now.instant();
  const desk = makeDesk(database.pools, () => now);
  const areas = allAreas({ pools: database.pools, council: 'Strathmorran' });
  const server = await testServer(database, areas, { now });
  const browser = await startBrowser();
  afterAll(async () => {
    await browser.close();
    await server.close();
    await database.close();
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
  });

  /** A window of somebody, and how many pages were opened in it. */
  async function windowOf(worker: Worker): Promise<{ page: Page; pages(): number }> {
    const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-GB' });
    const [name = '', value = ''] = server.cookie(worker.token).split('=');
    await context.addCookies([{ name, value, url: server.url }]);
    const page = await context.newPage();
    let opened = 0;
    page.on('request', (request) => {
      if (request.isNavigationRequest() && request.redirectedFrom() === null) opened += 1;
    });
    await page.goto(`${server.url}/`);
    return { page, pages: () => opened };
  }
  const addFamily = async (by: Worker, name: string, members: readonly object[]) =>
    (await desk.act(add, { name, locality: 'Lochside', postcode: 'ML5 3AB', members }, by.asking)).family;
  const personOf = async (family: string, givenName: string) => {
    const { rows } = await database.superuser.query<{ id: string }>(
      `select p.id from record.person p join record.family_member m on m.person_id = p.id where m.family_id = $1 and p.given_name = $2`,
      [family, givenName],
    );
    return rows[0]?.id ?? '';
  };
  const sorcha = await makeWorker(database, { name: 'Sorcha Kerr', ...south });
  const { worker: ailsa, manager } = scheme;
  return { database, scheme, now, desk, server, windowOf, addFamily, personOf, ailsa, manager, sorcha };
}
