import { afterAll, expect, test } from 'vitest';
import { dayText } from '../../platform/days.ts';
import { me } from '../../platform/sign-in/queries.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../platform/testing/people.ts';
import { testServer } from '../../platform/testing/server.ts';
import {
  accessibilityFaults,
  openPage,
  sidewaysOverflow,
  startBrowser,
} from '../../platform/ui/testing/browser.ts';
import { recordAreas } from '../area.ts';
import { add } from '../families/actions.ts';
import { changeName, sayWhatMatters } from '../people/actions.ts';

const database = await testDatabase();
const { superuser } = database;
const practice = { title: 'Money', who: 'anyone signed in', load: async () => null } as const;
const noPast = { id: 'account', title: 'Account', pages: [], actions: [], queries: [me] };
const server = await testServer(database, [...recordAreas({ panels: [practice] }), noPast], {
  now: Temporal.Now.instant(),
});
const browser = await startBrowser();
afterAll(async () => {
  await browser.close();
  await server.close();
  await database.close();
});
const { desk } = server.context;
const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
const health = await makeWorker(database, {
  name: 'Hamish Orr',
  organisation: 'NHS Strathmorran',
  team: 'Health visiting',
});
const get = (worker: Worker, url: string) =>
  server.app.inject({ url, headers: { cookie: server.cookie(worker.token) } });
const daysAgo = (days: number) => desk.today().subtract({ days });

/** A family that was written down two months ago; the name and the words of Iona are of today. */
async function family() {
  const made = await desk.act(
    add,
    {
      name: 'Baird',
      locality: 'Lochside',
      members: [{ givenName: 'Iona', part: 'child', dateOfBirth: '2014-02-01' }],
    },
    ailsa.asking,
  );
  const [iona = ''] = made.people;
  const { rows } = await superuser.query<{ name: string }>(
    `select attrelid::regclass::text as name from pg_attribute a join pg_class c on c.oid = attrelid
      where attname = 'recorded_at' and relkind = 'r' and relnamespace = 'record'::regnamespace`,
  );
  await superuser.query('set session_replication_role = replica');
  for (const { name } of rows)
    await superuser.query(`update ${name} set recorded_at = now() - interval '60 days'`);
  await superuser.query('set session_replication_role = origin');
  await desk.act(
    changeName,
    {
      person: iona,
      version: 1,
      givenName: 'Yona',
      familyName: 'Baird',
      how: 'mistake',
      why: 'As she spells it',
    },
    ailsa.asking,
  );
  await desk.act(sayWhatMatters, { person: iona, version: 2, words: 'My dog Bramble' }, ailsa.asking);
  return { family: made.family, iona };
}
const { family: baird, iona } = await family();

test('a person’s page is shown as it stood, says so, keeps to that day, and offers nothing to do', async () => {
  const day = daysAgo(30);
  const { statusCode, body } = await get(ailsa, `/people/${iona}?as-at=${day}`);
  expect(statusCode).toBe(200);
  expect(body).toContain(`As it stood on ${dayText(day)}.`);
  expect(body).toMatch(/<h1[^>]*>[^<]*Iona/);
  expect(body).not.toContain('Bramble');
  expect(body).toContain('As she spells it');
  const main = body.slice(body.indexOf('<main'), body.indexOf('</main>'));
  expect(main).not.toContain('method="post"');
  expect([...main.matchAll(/<a\b[^>]*>(?:Change|Add|Write|Put)/g)].map(([link]) => link)).toEqual([]);
  // Every link to a page about a record leads to the same day, but the one that leads back.
  const links = [...body.matchAll(/<a\b([^>]*)href="(\/(?:people|families)\/[0-9a-f]{8}[^"]*)"([^>]*)>/g)];
  expect(links.length).toBeGreaterThan(3);
  for (const [, before = '', href = '', after = ''] of links)
    expect(href, href).toMatch(
      `${before}${after}`.includes('data-as-it-is') ? /^[^?]*$/ : new RegExp(`[?;]as-at=${day}`),
    );
  expect(body).toContain(`href="/people/${iona}" data-as-it-is`);
});

test('programs ask of a past day too, and who has looked says of which day', async () => {
  const day = daysAgo(30);
  const then = await get(ailsa, `/api/queries/people.open?person=${iona}&as-at=${day}`);
  expect(then.statusCode, then.body).toBe(200);
  expect(then.body).not.toContain('Bramble');
  const now = await get(ailsa, `/api/queries/people.open?person=${iona}`);
  expect(now.body).toContain('Bramble');
  // What keeps no past does not give today's rows for those of another day.
  const kept = await get(ailsa, `/api/queries/accounts.me?as-at=${day}`);
  expect(kept.statusCode).toBe(422);
  expect(kept.body).toContain('not kept as it stood');
  expect((await get(ailsa, `/api/queries/people.open?person=${iona}&as-at=30/2/2026`)).statusCode).toBe(422);
  const looked = await get(ailsa, `/people/${iona}/who-has-looked`);
  expect(looked.body).toContain(`Looked at a person’s own page, as it stood on ${dayText(day)}`);
});

test('a family’s page says whose names were what, and what is not kept', async () => {
  const day = daysAgo(30);
  const { body } = await get(ailsa, `/families/${baird}?as-at=${day}`);
  expect(body).toContain('Iona');
  expect(body).toContain('This is not kept as it stood');
  expect(body).toContain('Corrected since that day');
  const now = await get(ailsa, `/families/${baird}`);
  expect(now.body).not.toContain('As it stood on');
  expect(now.body).toContain('See this page as it stood on a day before today');
  const today = await get(ailsa, `/families/${baird}?as-at=${desk.today()}`);
  expect(today.body).not.toContain('As it stood on');
});

test('a day before anything was written, to come, or that does not exist gets a clear sentence', async () => {
  const early = await get(ailsa, `/families/${baird}?as-at=${daysAgo(90)}`);
  expect([
    early.statusCode,
    early.body.includes(`Nothing was written here yet on ${dayText(daysAgo(90))}`),
  ]).toEqual([404, true]);
  expect(early.body).toContain(`href="/families/${baird}"`);
  const ahead = await get(ailsa, `/families/${baird}?as-at=${daysAgo(-1)}`);
  expect([ahead.statusCode, ahead.body.includes('That day has not come yet')]).toEqual([422, true]);
  for (const wrong of ['2026-02-30', 'yesterday', '31/11/2026', `2026-10-01' or 1=1`]) {
    const answer = await get(ailsa, `/families/${baird}?as-at=${encodeURIComponent(wrong)}`);
    expect([answer.statusCode, answer.body.includes('There is no such day')], wrong).toEqual([422, true]);
  }
  expect((await get(ailsa, `/families/${baird}?as-at=1%20October%202025`)).statusCode).toBe(404);
  // Lists are of today, whatever is asked.
  expect((await get(ailsa, `/families?as-at=${daysAgo(30)}`)).body).not.toContain('As it stood on');
});

test('another organisation sees no past, and nothing is done on a past day', async () => {
  expect((await get(health, `/families/${baird}?as-at=${daysAgo(30)}`)).statusCode).toBe(404);
  const { context } = server;
  const sent = await server.app.inject({
    method: 'POST',
    url: `/families/${baird}/change?as-at=${daysAgo(30)}`,
    headers: { cookie: server.cookie(ailsa.token), 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'name=Then',
  });
  expect(sent.statusCode).toBe(409);
  expect(sent.body).toContain('Nothing can be changed on a page as it stood');
  expect(context.areas.length).toBeGreaterThan(5);
});

test('it reads well on a screen and a phone, by keyboard and without scripts', async () => {
  for (const [width, path] of [
    [1280, `/people/${iona}?as-at=${daysAgo(30)}`],
    [320, `/people/${iona}?as-at=${daysAgo(30)}`],
    [320, `/families/${baird}?as-at=${daysAgo(30)}`],
    [1280, `/families/${baird}?as-at=${daysAgo(90)}`],
    [320, '/account/telling'],
  ] as const) {
    const { page, faults, close } = await openPage(browser, `${server.url}/healthz`, { width });
    const [name = '', value = ''] = server.cookie(ailsa.token).split('=');
    await page.context().addCookies([{ name, value, url: server.url }]);
    await page.goto(`${server.url}${path}`);
    if (process.env.KITH_PICTURES) {
      const name = `${width}${path.replaceAll(/[^a-z]+/g, '-').slice(0, 16)}`;
      await page.screenshot({ path: `${process.env.KITH_PICTURES}/${name}.png`, fullPage: true });
    }
    expect(await accessibilityFaults(page), path).toEqual([]);
    expect(await sidewaysOverflow(page), path).toBe(0);
    expect(
      faults.filter((fault) => !fault.includes('404')),
      path,
    ).toEqual([]);
    await close();
  }
}, 120_000);
