import { mkdirSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { allAreas } from '../src/app.ts';
import { loadDemonstration } from '../src/partnership/demonstration/load.ts';
import { buildDemonstration } from '../src/partnership/demonstration/build.ts';
import { findDuplicates } from '../src/record/duplicates/job.ts';
import { testDatabase } from '../src/platform/testing/database.ts';
import { signIn } from '../src/platform/testing/people.ts';
import { testServer } from '../src/platform/testing/server.ts';
import { startBrowser } from '../src/platform/ui/testing/browser.ts';

const database = await testDatabase();
const now = Temporal.Now.instant();
const today = Temporal.Now.plainDateISO('Europe/London');
let t = performance.now();
await loadDemonstration(database.pools, today, () => {});
console.log('load', performance.now() - t);
t = performance.now();
buildDemonstration(today);
console.log('build', performance.now() - t);
t = performance.now();
await database.superuser.query('update record.person set version = version + 1');
console.log(await findDuplicates(database.pools), performance.now() - t);
const server = await testServer(database, allAreas({ pools: database.pools, council: 'Strathmorran' }), { now });
const browser = await startBrowser();
afterAll(async () => { await browser.close(); await server.close(); await database.close(); });
test('shots', async () => {
  const one = async (q: string, p: unknown[] = []) => (await database.superuser.query(q, p)).rows[0] ?? {};
  const acc = async (n: string) => (await one('select id from access.account where name=$1', [n])).id;
  const big = (await one('select family_id as id from record.family_member group by 1 order by count(*) desc limit 1')).id;
  const kin = (await one("select m.family_id as id from record.relationship r join record.family_member m on m.person_id=r.other_id join access.reason a on a.subject=m.family_id and a.holder=$1 where r.kind='kinship carer' limit 1", [await acc('Ailsa Drummond')])).id ?? big;
  const child = (await one("select p.id from record.person p join record.family_member m on m.person_id=p.id where m.family_id=$1 and p.what_matters is not null limit 1", [big])).id;
  const pair = (await one("select s.id from record.same_person s where state='waiting' and exists (select from record.family_member m join access.reason r on r.subject=m.family_id and r.holder=$1 where m.person_id=s.one) and exists (select from record.family_member m join access.reason r on r.subject=m.family_id and r.holder=$1 where m.person_id=s.other) limit 1", [await acc('Ailsa Drummond')])).id;
  const place = (await one("select id from record.place where name='Burnside Primary'")).id;
  const withheld = (await one("select m.family_id as id from record.address a join record.home h on h.address_id=a.id join record.family_member m on m.person_id=h.person_id where a.withheld limit 1")).id;
  const wholder = (await one("select a.name from access.reason r join access.account a on a.id=r.holder where r.subject=$1 and r.kind='allocated' limit 1", [withheld])).name;
  const shots: [string, string, string][] = [
    ['Ailsa Drummond','start','/'],['Ailsa Drummond','families','/families'],['Ailsa Drummond','family',`/families/${big}`],
    ['Ailsa Drummond','map',`/families/${big}/map`],['Ailsa Drummond','network',`/families/${big}/network`],['Ailsa Drummond','sharing',`/families/${big}/sharing`],
    ['Ailsa Drummond','helping',`/families/${big}/helping`],['Ailsa Drummond','person',`/people/${child}`],['Ailsa Drummond','homes',`/people/${child}/homes`],
    ['Ailsa Drummond','kin-map',`/families/${kin}/map`],['Ailsa Drummond','same-person','/same-person'],['Ailsa Drummond','pair',`/same-person/${pair}`],['Ailsa Drummond','merges','/same-person/merges'],
    ['Ailsa Drummond','access','/access'],['Ailsa Drummond','asked','/access/asked'],['Ailsa Drummond','cover','/cover'],['Ailsa Drummond','notices','/notices'],
    ['Ailsa Drummond','places','/places'],['Ailsa Drummond','place',`/places/${place}`],['Ailsa Drummond','find','/find?text=Wisnievsky'],
    ['Gordon Rennie','reviews','/access/reviews'],['Gordon Rennie','unallocated','/unallocated'],['Gordon Rennie','start-manager','/'],
    ['Catriona Buchan','restricted','/access/restricted'],['Rona Bisset','officer','/same-person'],['Rona Bisset','officer-start','/'],
    [wholder,'withheld',`/families/${withheld}`],
  ];
  mkdirSync('/tmp/shots/demo', { recursive: true });
  for (const width of [1280, 360]) {
    for (const [who, name, path] of shots) {
      const { token } = await signIn(database, await acc(who));
      const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'en-GB' });
      const [n = '', v = ''] = server.cookie(token).split('=');
      await context.addCookies([{ name: n, value: v, url: server.url }]);
      const page = await context.newPage();
      const answer = await page.goto(server.url + path);
      if (answer?.status() !== 200) console.log(name, path, answer?.status());
      const over = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      if (over !== 0) console.log('OVERFLOW', name, width, over);
      await page.screenshot({ path: `/tmp/shots/demo/${name}-${width}.png`, fullPage: true });
      await context.close();
    }
  }
  expect(1).toBe(1);
}, 300_000);
