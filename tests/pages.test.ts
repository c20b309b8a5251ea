import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signIn } from '../src/platform/testing/people.ts';
import {
  accessibilityFaults,
  sidewaysOverflow,
  startBrowser,
  withAxe,
} from '../src/platform/ui/testing/browser.ts';
import { everyRole, type Role } from '../src/record/roles.ts';
import { open } from './access-calls.ts';
import { samples, triedReport } from './access-samples.ts';
import { makeWorld, type Persona, type World } from './access-world.ts';
import { writtenProcess } from './samples/family-group.ts';

let world: World;
let browser: Browser;
let patterns: { path: string; matches: RegExp }[];
/** What pages of a kind, and heads of pages, are built of: a browser looks in full at each that holds anything new. */
const looked = new Set<string>();
/** Route patterns to which a link or the answer to a form led somebody: an address that a test knows is not enough. */
const reached = new Set<string>();

beforeAll(async () => {
  [world, browser] = await Promise.all([makeWorld(), startBrowser()]);
  patterns = world.areas
    .flatMap((area) => [...area.pages, ...(area.openPages ?? [])])
    .map(({ path }) => ({
      path,
      matches: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/:[a-z]+/gi, '[^/]+')}$`),
    }))
    // A fixed address comes before one with a parameter in its place.
    .sort((a, b) => a.path.split(':').length - b.path.split(':').length);
  // Words with a history, and an edition, so that the list of reports leads to them.
  const planner = world.personas.find(
    ({ role, standing }) => role === 'planning-officer' && standing === 'own team',
  );
  const { id, section, from, to } = triedReport;
  await open(world, `/reports/${id}/${from}/${to}/words/${section}`, planner, {
    _version: '0',
    words: 'None',
  });
  await open(world, `/reports/${id}/${from}/${to}/publish`, planner, { _version: '2' });
});
afterAll(async () => {
  await browser.close();
  await world.close();
});

interface Window {
  context: BrowserContext;
  page: Page;
  faults: string[];
}

async function windowOf(cookie: string | undefined): Promise<Window> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
  });
  await withAxe(context);
  const [name = '', value = ''] = cookie?.split('=') ?? [];
  if (cookie !== undefined) await context.addCookies([{ name, value, url: world.server.url }]);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('requestfailed', (request) =>
    faults.push(`${request.url()}: ${request.failure()?.errorText ?? 'failed'}`),
  );
  return { context, page, faults };
}

/** The route pattern of an address, with or without a question: one instance of each is opened. */
function kindOf(url: URL): string {
  const pattern = patterns.find(({ matches }) => matches.test(url.pathname))?.path ?? url.pathname;
  const ending = /\.[a-z]+$/.exec(url.pathname)?.[0] ?? '';
  return `${pattern}${pattern.endsWith(ending) ? '' : ending}${url.search ? '?' : ''}`;
}

/** What a page shows to whoever looks at it, in one question to the browser. */
const facts = `({
  title: document.title,
  overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  headings: [...document.querySelectorAll('h1, h2, h3')].map((each) => each.tagName + ' ' + each.textContent),
})`;
interface Facts {
  title: string;
  overflow: number;
  headings: string[];
}
/** The headings of a page as it was sent, which is all that a browser without scripts has. */
const headingsIn = (html: string): string[] =>
  [...html.matchAll(/<(h[123])\b[^>]*>([\s\S]*?)<\/\1>/g)].map(
    ([, tag = '', words = '']) => `${tag.toUpperCase()} ${plain(words.replaceAll(/<[^>]*>/g, ''))}`,
  );
const plain = (html: string): string =>
  html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
/**
 * What a part of a page is built of: its elements with their classes and roles, and how its headings follow one another; none of
 * its words, addresses and ids.
 */
const builtOf = (html: string): string[] => {
  const tags = [...html.matchAll(/<[a-z][^>]*>/g)].map(([tag]) =>
    tag.replaceAll(/\s(?!class|role|type|open|hidden|checked|disabled)[a-z-]+(="[^"]*")?/g, ''),
  );
  const levels = tags.flatMap((tag) => /^<h[1-6]/.exec(tag)?.[0] ?? []);
  return [...new Set(tags), levels.filter((level, at) => level !== levels[at - 1]).join('')];
};
const linksIn = (html: string): string[] =>
  [...html.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'));

/** Everything that only a browser can say of a page; that scripts add no heading to what was sent, and take none away. */
async function look({ page, faults }: Window, url: URL, sent: readonly string[], where: string) {
  const answer = await page.goto(url.href, { waitUntil: 'load' });
  expect(answer?.status(), where).toBe(200);
  const { title, overflow, headings } = await page.evaluate<Facts>(facts);
  expect(title, where).toMatch(/\S.* /);
  expect(overflow, `${where} at 1280`).toBe(0);
  expect(headings, `${where} with scripts`).toEqual(sent);
  expect(await accessibilityFaults(page), where).toEqual([]);
  await page.setViewportSize({ width: 320, height: 800 });
  expect(await sidewaysOverflow(page), `${where} at 320`).toBe(0);
  await page.setViewportSize({ width: 1280, height: 900 });
  expect(faults, where).toEqual([]);
}

/** Opens one instance of each kind of page that links lead to from the start; what the browser saw already, it does not see again. */
async function crawl(
  cookie: string | undefined,
  who: string,
  starts: readonly string[],
): Promise<Set<string>> {
  let window = await windowOf(cookie);
  let looks = 0;
  const seen = new Set<string>();
  const waiting = ['/', ...starts].map((path) => new URL(path, world.server.url));
  const first = new Set(waiting.map((url) => url.href));
  for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
    const kind = kindOf(url);
    if (seen.has(kind) && !first.delete(url.href)) continue;
    seen.add(kind);
    const where = `${url.pathname}${url.search} as ${who}`;
    const answer = await fetch(url, { headers: cookie === undefined ? {} : { cookie } });
    expect(answer.status, where).toBe(200);
    const body = await answer.text();
    expect(body.length, where).toBeGreaterThan(0);
    // A file, not a page.
    if (!answer.headers.get('content-type')?.startsWith('text/html')) continue;
    if (answer.headers.get('content-disposition')?.startsWith('attachment')) continue;
    const found = headingsIn(body);
    expect(found.filter((each) => each.startsWith('H1 ')).length, `${where}: one main heading`).toBe(1);
    const [head = '', main = ''] = body.split(/<main\b/);
    const built = [...builtOf(main).map((each) => `${kind} ${each}`), ...builtOf(head)].filter(
      (each) => !looked.has(each),
    );
    if (built.length > 0) {
      looks++;
      // A window keeps something of each page that was opened in it, and grows slow: a new one is soon paid for.
      if (looks % 20 === 0) {
        await window.context.close();
        window = await windowOf(cookie);
      }
      // What is shown once says at the second asking that it was.
      await look(
        window,
        url,
        kind === '/people/:person/withheld/:look' ? ['H1 This was shown already'] : found,
        where,
      );
      for (const each of built) looked.add(each);
    }
    for (const href of linksIn(body)) {
      const next = new URL(href, answer.url);
      next.hash = '';
      // Leaving leads to another site at once: its own test follows it.
      if (next.origin !== url.origin || next.pathname === '/help/leave') continue;
      reached.add(kindOf(next).split('?')[0] ?? '');
      if (!seen.has(kindOf(next))) waiting.push(next);
    }
  }
  await window.context.close();
  return seen;
}

/** Something to see behind each link, and the pages that lead to it. */
async function furnished(role: Role, persona: Persona | undefined): Promise<string[]> {
  const made = async (name: string) => (await samples[name]?.input(world, world.ours, undefined)) ?? {};
  // The newest run is another organisation's, in which finance here sees no payment: their own is opened first; so are the words that have a history.
  const { id, section, from, to } = triedReport;
  // A family meeting as it stands for each: a family has one at a time.
  const familyMeeting = async (written: Parameters<typeof writtenProcess>[2]) =>
    `/family-meetings/${(await writtenProcess(world.database, world.ours, written)).process}`;
  const account = persona?.account ?? '';
  if (role === 'school-wellbeing-lead') return [await familyMeeting({ state: 'waiting' })];
  if (role === 'senior-manager') return [await familyMeeting({ state: 'waiting', askedBy: account })];
  if (role === 'family-support-worker')
    return [await familyMeeting({ state: 'following', coordinator: account, plan: 'agreed' })];
  if (role === 'provider-worker')
    return [
      `/support/contracts/${(await samples['support.contract']?.input(world, world.ours, persona))?.contract}`,
    ];
  if (role === 'finance-officer') return [`/direct-payments/payments/runs/${world.ours.run}`];
  if (role === 'planning-officer') {
    // Questions of an assessment that are being written.
    await made('assessments.kind-draft');
    const [contract, sent, project, grant] = await Promise.all(
      ['support.contract', 'support.return', 'support.project', 'support.grant'].map(made),
    );
    const award = await made('mental-health.award');
    const funded = await made('mental-health.support');
    const { return: halfYear } = await made('mental-health.return');
    const { rows } = await world.database.superuser.query<{ path: string }>(
      `select '/mental-health/years/' || year as path from mental_health.half_year where id = $1
       union select '/mental-health/years/' || year from funds.fund where id = $2`,
      [halfYear, award?.award],
    );
    return [
      `/reports/${id}/${from}/${to}/words/${section}`,
      `/support/contracts/${contract?.contract}`,
      `/support/returns/${sent?.return}`,
      `/support/projects/${project?.project}`,
      `/support/grants/${grant?.grant}`,
      `/mental-health/awards/${award?.award}`,
      `/mental-health/supports/${funded?.support}`,
      ...rows.map(({ path }) => path),
    ];
  }
  if (role === 'team-manager') {
    const held = await samples['supervision.of']?.input(world, world.ours, persona);
    return [`/team/${held?.account}`, await familyMeeting({ bottomLineOf: account, plan: 'to be answered' })];
  }
  if (role === 'directory-editor') {
    // With a place, a time and an earlier version.
    const { entry } = await made('directory.version');
    return [`/directory-entries/${entry}`];
  }
  if (role !== 'social-worker') return [];
  await made('places.people');
  await made('support.asked');
  await made('same-person.mine');
  const [contacted, expected, helped, related, hidden] = await Promise.all(
    [
      'people.change-contact',
      'people.note-birth',
      'network.of-person',
      'relationships.change',
      'homes.show-withheld',
    ].map(made),
  );
  const people = [contacted, expected, helped, related].map((each) => String(each?.person));
  const { rows } = await world.database.superuser.query<{ path: string }>(
    `select '/people/' || person_id || '/homes/' || id || '/withheld' as path from record.home where id = $1`,
    [hidden?.home],
  );
  // A withheld address is shown to whoever says in a form why they need it.
  const shown = await open(world, rows[0]?.path ?? '', persona, { _form: 'show', why: 'A visit today' });
  expect(shown.status, shown.body).toBe(303);
  reached.add(kindOf(new URL(shown.to, world.server.url)));
  // What is begun is seen by whoever began it.
  const begun = async (name: string) => (await samples[name]?.input(world, world.ours, persona)) ?? {};
  const [note, assessment, visit, meeting, letter, families] = await Promise.all(
    [
      'notes.change',
      'assessments.save',
      'visits.sign',
      'meetings.change',
      'letters.change',
      'same-person.families',
    ].map(begun),
  );
  return [
    ...people.map((person) => `/people/${person}`),
    `/support/asked/${(await begun('support.asked')).asked}`,
    await familyMeeting({ coordinator: account, meeting: 'planned' }),
    shown.to,
    '/places',
    `/notes/${note?.note}/change`,
    `/assessments/${assessment?.assessment}/write`,
    `/visit/arrived/${visit?.visit}`,
    `/meetings/${meeting?.meeting}`,
    `/meetings/${world.ours.meeting}`,
    `/letters/${letter?.letter}/change`,
    `/same-person/families/${families?.one}/${families?.other}`,
  ];
}

test.each(everyRole)(
  'every page that links lead a %s to',
  async (role: Role) => {
    const persona = world.personas.find((each) => each.role === role && each.standing === 'own team');
    const { token } = await signIn(world.database, persona?.account ?? '');
    const seen = await crawl(world.server.cookie(token), role, await furnished(role, persona));
    expect(seen.size).toBeGreaterThan(8);
  },
  300_000,
);

test('every page that somebody who is not signed in is led to', async () => {
  const seen = await crawl(undefined, 'nobody', ['/accessibility', '/privacy']);
  expect([...seen]).toEqual(expect.arrayContaining(['/', '/accessibility', '/privacy']));
});

test('a page that is not there is as good as the others', async () => {
  const persona = world.personas.find(
    ({ role, standing }) => role === 'social-worker' && standing === 'own team',
  );
  const { token } = await signIn(world.database, persona?.account ?? '');
  const { page, context } = await windowOf(world.server.cookie(token));
  for (const path of ['/nothing-here', `/families/${world.theirs.family}`]) {
    expect((await page.goto(`${world.server.url}${path}`))?.status()).toBe(404);
    expect(await accessibilityFaults(page), path).toEqual([]);
    await page.setViewportSize({ width: 320, height: 800 });
    expect(await sidewaysOverflow(page), path).toBe(0);
    expect(await page.locator('h1').count(), path).toBe(1);
  }
  await context.close();
});

test('every page is reached by links from the start page by somebody', () => {
  const files = (path: string) => path.replace(/\.(docx|html|csv|json)$/, '');
  reached.add('/');
  const found = new Set([...reached].map(files));
  expect(patterns.map(({ path }) => files(path)).filter((path) => !found.has(path))).toEqual([]);
});
