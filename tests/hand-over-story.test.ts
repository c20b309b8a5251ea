import { expect, test } from 'vitest';
import type { Worker } from '../src/platform/testing/people.ts';
import { csrfToken } from '../src/platform/web/context.ts';
import { ask } from '../src/practice/direct-payments/asking.ts';
import { decide } from '../src/practice/direct-payments/deciding.ts';
import { askInput } from '../src/practice/direct-payments/testing.ts';
import { child, choose, follow, mainOf, makeStory, parent, press } from './story.ts';

// A family is handed over, as both workers meet it, in a browser that runs no scripts.

const { scheme, desk, server, windowOf, addFamily, personOf, ailsa, sorcha } = await makeStory();

/** Every address that somebody comes to by links from these, and what it says: pages, files and answers to machines. */
async function everythingOf(worker: Worker, from: readonly string[]): Promise<Map<string, string>> {
  const said = new Map<string, string>();
  const shapes = new Map<string, number>();
  const waiting = [...from];
  for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
    const shape = url.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, ':id').replace(/\?.*/, '');
    const times = shapes.get(shape) ?? 0;
    if (said.has(url) || times >= 2) continue;
    shapes.set(shape, times + 1);
    const answer = await server.app.inject({ url, headers: { cookie: server.cookie(worker.token) } });
    expect(answer.statusCode, url).toBeLessThan(500);
    said.set(url, answer.body);
    for (const [, found = ''] of answer.body.matchAll(/<a [^>]*href="(\/[^"#]*)/g))
      if (!/^\/(assets|sign-)/.test(found)) waiting.push(found.replaceAll('&amp;', '&'));
  }
  return said;
}

test('a family is handed over with everything in hand, and whoever left sees nothing of it from then on', async () => {
  const mark = /Zqxstory/;
  const family = await addFamily(ailsa, 'Zqxstory', [child('Brodie', '2014-09-01'), parent('Zqxstorymum')]);
  const brodie = await personOf(family, 'Brodie');
  // Above what a team decides: whoever holds a post that decides on a request goes on seeing the family for that.
  const asked = await desk.act(
    ask,
    askInput({ family, child: brodie }, { words: 'Zqxstorywords: a bed', amount: '1830.00' }),
    ailsa.asking,
  );
  await desk.act(
    decide,
    {
      id: asked.id,
      version: 1,
      outcome: 'approve',
      draws: [{ fund: scheme.fund, amount: '1830.00' }],
      howTold: 'In person',
    },
    scheme.senior.asking,
  );
  const starts = [
    '/families',
    `/families/${family}`,
    `/families/${family}/people/add`,
    `/families/${family}/map`,
    `/people/${brodie}`,
    '/find?text=Brodie',
    `/direct-payments/requests/${asked.id}`,
    '/direct-payments/mine',
    '/notices',
    ...['families.mine', `families.open?family=${family}`, `relationships.map?family=${family}`].map(
      (query) => `/api/queries/${query}`,
    ),
  ];
  const draft = `/families/${family}/people/add#form`;
  const saved = await server.app.inject({
    method: 'POST',
    url: `/drafts/${encodeURIComponent(draft)}`,
    headers: {
      cookie: server.cookie(ailsa.token),
      'content-type': 'application/x-www-form-urlencoded',
    },
    payload: new URLSearchParams({
      _csrf: csrfToken(server.context.settings, ailsa.asking.identity.session),
      givenName: 'Zqxstorydraft',
    }).toString(),
  });
  expect(saved.statusCode).toBe(200);

  const before = await everythingOf(ailsa, starts);
  expect(before.get(`/families/${family}/people/add`)).toContain('Zqxstorydraft');
  const showed = [...before].flatMap(([url, body]) => (mark.test(body) ? [url] : []));
  expect(showed.length).toBeGreaterThan(25);
  const tabs = await Promise.all([windowOf(ailsa), windowOf(ailsa), windowOf(ailsa)]);
  for (const [index, path] of ['/families', `/families/${family}/map`, `/people/${brodie}`].entries()) {
    await tabs[index]?.page.goto(server.url + path);
    expect(await tabs[index]?.page.content()).toMatch(mark);
  }

  const { page } = await windowOf(ailsa);
  await page.goto(`${server.url}/families/${family}/hand-over?text=sorcha`);
  expect(await mainOf(page)).toMatch(/Everything in hand[\s\S]*£1,830[\s\S]*approved and not yet paid/);
  await choose(page, 'Sorcha Kerr');
  await press(page, 'Hand over');
  expect(await mainOf(page)).toContain('The family is handed over, and both are told');

  for (const tab of tabs) {
    await tab.page.reload();
    expect(await tab.page.content(), tab.page.url()).not.toMatch(mark);
  }
  const after = new Map<string, string>();
  for (const url of showed) {
    const answer = await server.app.inject({ url, headers: { cookie: server.cookie(ailsa.token) } });
    after.set(url, answer.body.replaceAll(/(text|name)=Zqxstory\w*|value="Zqxstory\w*"|“Zqxstory\w*”/g, ''));
  }
  expect([...after].flatMap(([url, body]) => (mark.test(body) ? [url] : []))).toEqual([]);

  const taken = await windowOf(sorcha);
  await taken.page.goto(`${server.url}/notices`);
  await follow(taken.page.locator('main'), /handed over to you/);
  expect(await mainOf(taken.page)).toMatch(/The Zqxstory family[\s\S]*Brodie[\s\S]*£1,830/);
  await taken.page.goto(`${server.url}/direct-payments/requests/${asked.id}`);
  expect(await mainOf(taken.page)).toContain('Zqxstorywords: a bed');
}, 180_000);
