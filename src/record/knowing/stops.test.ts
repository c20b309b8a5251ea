import { afterAll, expect, test } from 'vitest';
import type { Worker } from '../../platform/testing/people.ts';
import { testServer } from '../../platform/testing/server.ts';
import { startBrowser } from '../../platform/ui/testing/browser.ts';
import { csrfToken } from '../../platform/web/context.ts';
import { recordAreas } from '../area.ts';
import { allocate, arrangeCover, end } from './actions.ts';
import { knowingWorld } from './testing.ts';

// A worker who leaves a family stops seeing it at that moment: in every tab, list, saved file, draft and notice.

const world = await knowingWorld();
const { desk, database } = world;
const areas = recordAreas();
const server = await testServer(database, areas, { now: Temporal.Now.instant() });
const browser = await startBrowser();
afterAll(async () => {
  await browser.close();
  await server.close();
  await database.close();
});

const ailsa = await world.worker('Ailsa Drummond');
const marks = /Zqxstops|Zqxdraft/;

async function childOf(family: string): Promise<string> {
  const { rows } = await database.superuser.query<{ id: string }>(
    `select person_id as id from record.family_member where family_id = $1 and part = 'child'`,
    [family],
  );
  return rows[0]?.id ?? '';
}

/** Every page of the shared record about this family, with the lists and searches in which it could turn up. */
async function everyPage(family: string): Promise<string[]> {
  const child = await childOf(family);
  return areas
    .flatMap((area) => area.pages.map((page) => page.path))
    .map((path) =>
      path
        .replace(/^\/families\/:id/, `/families/${family}`)
        .replace(':person', child)
        .replace(':id', family),
    )
    .filter((path) => !path.includes(':'))
    .flatMap((path) => [path, `${path}?text=Zqxstops&name=Zqxstops&q=Zqxstops&families=${family}`]);
}

const get = (worker: Worker, url: string) =>
  server.app.inject({ url, headers: { cookie: server.cookie(worker.token) } });
const post = (worker: Worker, url: string, fields: Record<string, string>) =>
  server.app.inject({
    method: 'POST',
    url,
    headers: { cookie: server.cookie(worker.token), 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({
      _csrf: csrfToken(server.context.settings, worker.asking.identity.session),
      ...fields,
    }).toString(),
  });

/** The pages on which somebody reads a name or a word of the family. What they ask for themselves in the address is no sign. */
async function shownOn(worker: Worker, urls: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const url of urls) {
    const answer = await get(worker, url);
    const said = new RegExp(
      `text=Zqxstops|name=Zqxstops|q=Zqxstops|“Zqxstops”|value="Zqxstops"|families=${url}`,
      'g',
    );
    if (marks.test(answer.body.replaceAll(said, ''))) found.push(url.split('?')[0] ?? url);
  }
  return [...new Set(found)];
}

test.each([
  [
    'is ended by somebody else',
    async (family: string, worker: Worker) => {
      await desk.act(allocate, { family, to: worker.account, as: 'allocated' }, ailsa.asking);
      return async () => {
        await desk.act(end, { family, reason: await world.reason(family, worker.account) }, ailsa.asking);
      };
    },
  ],
  [
    'stands in, and cover ends by itself',
    async (family: string, worker: Worker) => {
      const today = Temporal.Now.plainDateISO('Europe/London').toString();
      await desk.act(
        arrangeCover,
        { by: worker.account, from: today, until: today, families: [family] },
        ailsa.asking,
      );
      return async () => {
        await database.superuser.query(
          `update access.reason set until = clock_timestamp() + interval '300 milliseconds' where subject = $1 and holder = $2`,
          [family, worker.account],
        );
        await new Promise((resolve) => setTimeout(resolve, 400));
      };
    },
  ],
])(
  'somebody who %s sees nothing of the family from then on, on no page, in no draft, notice or tab',
  async (_how, begin) => {
    const family = await world.family(ailsa, 'Zqxstops');
    const worker = await world.worker('Leaver');
    const stop = await begin(family, worker);
    const urls = await everyPage(family);
    expect(urls.length).toBeGreaterThan(20);
    const draftPage = `/families/${family}/people/add`;
    const saved = await post(worker, `/drafts/${encodeURIComponent(`${draftPage}#form`)}`, {
      givenName: 'Zqxdraft',
    });
    expect(saved.statusCode).toBe(200);
    expect((await get(worker, draftPage)).body).toContain('Zqxdraft');
    const before = await shownOn(worker, urls);
    for (const page of ['/families', `/families/${family}`, `/families/${family}/helping`, draftPage])
      expect(before).toContain(page);

    // Two tabs are open on it while it ends.
    const context = await browser.newContext({ javaScriptEnabled: false });
    const [name = '', value = ''] = server.cookie(worker.token).split('=');
    await context.addCookies([{ name, value, url: server.url }]);
    const [one, two] = [await context.newPage(), await context.newPage()];
    await one.goto(`${server.url}/families/${family}`);
    await two.goto(`${server.url}/families`);
    expect(await one.content()).toMatch(marks);
    expect(await two.content()).toMatch(marks);

    await stop();

    expect(await shownOn(worker, urls)).toEqual([]);
    await one.reload();
    expect(await one.content()).not.toMatch(marks);
    await two.getByRole('link', { name: 'Zqxstops' }).first().click();
    expect(await two.content()).not.toMatch(marks);
    await two.goBack();
    expect(await two.content(), 'the page before, by the browser’s own button').not.toMatch(marks);
    await context.close();

    // A form that was open is refused, and what the answer shows is nothing of the family.
    const late = await post(worker, draftPage, { givenName: 'Zqxdraft', part: 'child' });
    expect(late.statusCode).toBe(404);
    expect(late.body).not.toMatch(/Zqxstops/);
    expect((await get(worker, draftPage)).body).not.toMatch(marks);
    // Everything the record answers to a machine, too.
    for (const query of areas.flatMap((area) => area.queries)) {
      const asked = new URLSearchParams({
        family,
        person: await childOf(family),
        text: 'zqxstops',
        name: 'Zqxstops',
        id: family,
      });
      const answer = await get(worker, `/api/queries/${query.name}?${asked}`);
      expect(answer.statusCode, query.name).not.toBe(500);
      expect(answer.body.replaceAll(/"(sought|asked_text)":"[^"]*"/g, ''), query.name).not.toMatch(marks);
    }
    expect(JSON.stringify(await world.told(worker))).not.toMatch(marks);
  },
);
