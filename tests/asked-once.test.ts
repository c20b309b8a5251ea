import { h } from 'preact';
import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../src/platform/testing/database.ts';
import { makeWorker } from '../src/platform/testing/people.ts';
import { testServer } from '../src/platform/testing/server.ts';
import type { PageDefinition } from '../src/platform/web/page.ts';
import { add } from '../src/record/families/actions.ts';
import { familiesArea } from '../src/record/families/area.ts';
import { find, open } from '../src/record/families/queries.ts';

const page: PageDefinition = {
  path: '/twice/:id',
  title: 'Asked twice',
  who: 'anyone signed in',
  async show(request) {
    const { id: family } = request.params;
    const [one, [other]] = await Promise.all([
      request.askOne(open, { family }),
      request.ask(open, { family }),
    ]);
    const found = await Promise.all(['Bruce', 'Baird', 'Bruce'].map((text) => request.ask(find, { text })));
    return h('p', null, `${one.name} ${other?.name} ${found.map((rows) => rows.length).join(' ')}`);
  },
};
const database = await testDatabase();
const server = await testServer(database, [
  familiesArea(),
  { id: 'twice', title: 'Twice', pages: [page], actions: [], queries: [] },
]);
afterAll(async () => {
  await server.close();
  await database.close();
});

test('what a page asks several times is asked and written down once; other input is another question', async () => {
  const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
  const members = [{ givenName: 'Iona', part: 'child' }];
  const { family } = await server.context.desk.act(add, { name: 'Baird', members }, ailsa.asking);
  const events = async () => {
    const { rows } = await database.superuser.query<{ name: string; times: number }>(
      `select name, count(*)::int as times from audit.event where account_id = $1 and kind = 'read' group by 1 order by 1`,
      [ailsa.account],
    );
    return rows;
  };
  const show = () =>
    server.app.inject({ url: `/twice/${family}`, headers: { cookie: server.cookie(ailsa.token) } });
  const shown = await show();
  expect(shown.body).toContain('Baird Baird 0 1 0');
  expect(await events()).toEqual([
    { name: 'families.find', times: 2 },
    { name: 'families.open', times: 1 },
  ]);
  // Nothing is kept for the next page.
  await show();
  expect(await events()).toEqual([
    { name: 'families.find', times: 4 },
    { name: 'families.open', times: 2 },
  ]);
});
