import { afterAll, beforeAll, expect, test } from 'vitest';
import { allAreas } from '../src/app.ts';
import { demonstrationPersonas, loadDemonstration } from '../src/partnership/demonstration/load.ts';
import { registerOpenPages } from '../src/partnership/start/area.tsx';
import { testDatabase } from '../src/platform/testing/database.ts';
import { signIn } from '../src/platform/testing/people.ts';
import { type TestServer, testServer } from '../src/platform/testing/server.ts';

// Whoever tries the demonstration follows its links: none of them may lead to nothing, or to a page that fails.

const database = await testDatabase();
const now = Temporal.Now.instant();
let server: TestServer;
let patterns: { path: string; matches: RegExp }[];

beforeAll(async () => {
  await loadDemonstration(database.pools, now.toZonedDateTimeISO('Europe/London').toPlainDate(), () => {});
  const areas = allAreas({ pools: database.pools, council: 'Strathmorran Council' });
  server = await testServer(database, areas, { now, demonstration: true, more: registerOpenPages });
  patterns = areas
    .flatMap((area) => [...area.pages, ...(area.openPages ?? [])])
    .map(({ path }) => ({
      path,
      matches: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/:[a-z]+/gi, '[^/]+')}$`),
    }))
    .sort((a, b) => a.path.split(':').length - b.path.split(':').length);
});
afterAll(async () => {
  await server.close();
  await database.close();
});

const kindOf = (path: string): string => patterns.find(({ matches }) => matches.test(path))?.path ?? path;
const linksIn = (html: string): string[] =>
  [...html.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'));

test.each(demonstrationPersonas.map(({ name, email }) => [name, email]))(
  'every link that %s meets leads to a page that opens',
  async (_name, email) => {
    const { rows } = await database.superuser.query<{ id: string }>(
      'select id from access.account where email = $1',
      [email],
    );
    const { token } = await signIn(database, rows[0]?.id ?? '');
    const opened = new Set<string>();
    const waiting = ['/'];
    const wrong: string[] = [];
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const answer = await server.app.inject({ url: path, headers: { cookie: server.cookie(token) } });
      if (![200, 303].includes(answer.statusCode)) wrong.push(`${answer.statusCode} ${path}`);
      const html = String(answer.headers['content-type']).startsWith('text/html') ? answer.body : '';
      for (const href of [...linksIn(html), ...(answer.headers.location ? [answer.headers.location] : [])]) {
        const next = new URL(href, `${server.url}${path}`);
        // Leaving leads to another site at once.
        if (next.origin !== server.url || next.pathname === '/help/leave') continue;
        const to = `${next.pathname}${next.search}`;
        const kind = `${kindOf(next.pathname)}${next.search === '' ? '' : '?'}`;
        if (opened.has(kind)) continue;
        opened.add(kind);
        waiting.push(to);
      }
    }
    expect(wrong).toEqual([]);
    expect(opened.size).toBeGreaterThan(8);
  },
  120_000,
);
