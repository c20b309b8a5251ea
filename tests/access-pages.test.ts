import { randomUUID } from 'node:crypto';
import JSZip from 'jszip';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Who } from '../src/platform/access/identity.ts';
import type { PageDefinition } from '../src/platform/web/page.ts';
import { type Answer, lasting, open } from './access-calls.ts';
import { askFor, type Marked } from './access-families.ts';
import { blind, inPost, leaksIn, type Sight, seesSmall, sightOf, sightsOf } from './access-oracle.ts';
import { samples, triedReport } from './access-samples.ts';
import { makeWorld, type Persona, type World } from './access-world.ts';

let world: World;
let edition = '';
/** Whom each persona may see: opening a page changes nothing of it. */
let sights: ReadonlyMap<string, Sight>;
/** Of each family: what has an address of its own and is not made with the family. */
const made = new Map<
  string,
  Record<
    | 'entry'
    | 'visit'
    | 'supervision'
    | 'pair'
    | 'other'
    | 'look'
    | 'word'
    | 'award'
    | 'funded'
    | 'halfYear'
    | 'contract'
    | 'return'
    | 'project'
    | 'grant'
    | 'asked',
    string
  >
>();
/** How often a page showed marks to somebody who may see them: nothing is proven by pages that are always empty. */
const shown = new Map<string, number>();

const period = `from=${triedReport.from}&to=${triedReport.to}`;

beforeAll(async () => {
  world = await makeWorld();
  const planner = persona('planning-officer', 'own team');
  const path = `/reports/${triedReport.id}/${triedReport.from}/${triedReport.to}/publish`;
  const answer = await open(world, path, planner, { _version: '1' });
  edition = /editions\/([0-9a-f-]{36})/.exec(answer.all)?.[1] ?? '';
  for (const of of world.families) made.set(of.key, await makeMore(of));
  sights = await sightsOf(
    world.database,
    world.personas.map(({ account }) => account),
  );
});
afterAll(() => world.close());

function persona(role: string, standing: string): Persona {
  const found = world.personas.find((each) => each.role === role && each.standing === standing);
  if (found === undefined) throw new Error(`nobody is ${role}, ${standing}`);
  return found;
}

async function makeMore(of: Marked) {
  const by = persona('social-worker', of === world.theirs ? 'other organisation' : 'own team');
  const one = async (name: string, field: string): Promise<string> =>
    String((await samples[name]?.input(world, of, by))?.[field]);
  return {
    visit: await one('visits.one', 'visit'),
    supervision: await one('supervision.one', 'supervision'),
    pair: await one('same-person.pair', 'pair'),
    other: await one('same-person.families', 'other'),
    look: await one('homes.shown', 'look'),
    word: await one('language.word', 'word'),
    entry: await one('directory.version', 'entry'),
    contract: await one('support.contract', 'contract'),
    return: await one('support.return', 'return'),
    project: await one('support.project', 'project'),
    grant: await one('support.grant', 'grant'),
    asked: await one('support.asked', 'asked'),
    award: await one('mental-health.award', 'award'),
    funded: await one('mental-health.support', 'support'),
    halfYear: await one('mental-health.return', 'return'),
  };
}

const sightFor = ({ account }: Persona): Sight => sights.get(account) ?? blind;

/** What each parameter of an address can be, about a family. A new one fails until it is named here. */
const parameters = (path: string, of: Marked): Readonly<Record<string, readonly string[]>> => ({
  id: path.startsWith('/families')
    ? [of.family]
    : path.startsWith('/reports')
      ? [triedReport.id, `${triedReport.id}.docx`, `${triedReport.id}.html`]
      : path.startsWith('/figures')
        ? ['direct-payments.money', 'direct-payments.money.csv', 'direct-payments.families.json']
        : path === '/direct-payments/requests/:id'
          ? Object.values(of.requests)
          : [of.requests.paid ?? of.requests.asked ?? ''],
  person: [of.child],
  home: [of.home],
  note: [of.note],
  event: [of.event],
  task: [of.task],
  meeting: [of.meeting],
  letter: [of.letter],
  offer: [of.offer],
  template: ['hello'],
  kind: [path.startsWith('/assessment-kinds') ? 'wheel' : 'core-group'],
  question: ['safe_well'],
  part: ['safe'],
  assessment: [of.assessment],
  plan: [of.plan.plan],
  view: [of.plan.view],
  need: [of.plan.need],
  action: [of.plan.action],
  sent: [of.plan.sent],
  number: ['1'],
  clock: ['meeting-notes'],
  file: [of.file],
  family: [of.family],
  run: [of.run],
  request: [of.help.request],
  support: [of.help.support],
  group: [of.help.group],
  process: [of.familyGroup.process],
  guest: [of.familyGroup.guest],
  programme: ['neurodevelopmental-family-support'],
  year: ['2021'],
  indicator: ['how-i-feel'],
  payment: [of.sentPayment],
  fund: [world.fund],
  account: [path.startsWith('/team') ? of.crew.maker.account : world.bystander.account],
  from: [triedReport.from],
  to: [triedReport.to],
  section: [triedReport.section],
  edition: [edition, `${edition}.docx`],
  ...Object.fromEntries(Object.entries(made.get(of.key) ?? {}).map(([name, id]) => [name, [id]])),
});

/** What can stand behind the question mark: searches by every mark of a family, and figures at their finest. */
const searches = (of: Marked): Readonly<Record<string, readonly string[]>> => ({
  '/families': [`text=zqx${of.key}`, `text=${encodeURIComponent(of.practice[1] ?? '')}`],
  '/families/add': [
    `name=Zqx${of.key}&postcode=${encodeURIComponent(of.practice[1] ?? '')}`,
    `name=Somebody&postcode=${encodeURIComponent(of.practice[1] ?? '')}&chi=${of.practice[2]}`,
  ],
  '/families/:id/helping': ['text=team'],
  '/families/:id/support/ask': ['programme=sample-help'],
  '/support/supports/:support/reading': ['tool=everyday-life'],
  '/direct-payments/ask': [`family=${of.family}`, `find=zqx${of.key}`],
  '/figures': [period],
  '/figures/:id': [
    `${period}&by=category`,
    `${period}&by=category,simd_quintile,service`,
    `${period}&simd_quintile=1`,
  ],
  '/figures/:id/rows': [period, `${period}&category=clothing`],
  '/reports/:id': [period],
  '/direct-payments/evaluation': [period],
  '/direct-payments/evaluation/file.csv': [period],
  '/people-here': ['search=crew', 'left=yes'],
});

/** Every address of a page, filled in from what there is of a family. */
function addresses(page: PageDefinition, of: Marked): string[] {
  let filled = [page.path];
  for (const [, name = ''] of page.path.matchAll(/:([a-z]+)/gi)) {
    const values = parameters(page.path, of)[name];
    if (values === undefined)
      throw new Error(`${page.path} has a parameter "${name}" that the test does not know`);
    filled = filled.flatMap((path) => values.map((value) => path.replace(`:${name}`, value)));
  }
  return filled.flatMap((path) => [
    path,
    ...(searches(of)[page.path] ?? []).map((search) => `${path}?${search}`),
  ]);
}

const aboutFamily = (path: string): boolean =>
  /^\/families\/:id|^\/notes\/:note|^\/tasks\/:task|^\/meetings\/:meeting|^\/letters\/:letter|^\/advocacy\/:offer|^\/assessments\/:assessment|^\/plans\/:plan|^\/direct-payments\/requests\/:id|^\/support\/(requests|supports)\/:/.test(
    path,
  );
const mayOpen = (who: Who, by: Persona): boolean =>
  who === 'anyone signed in' || (inPost(by) && who.includes(by.role));
/** Where sums of single requests are shown on purpose to those who may see small numbers. */
const holdsFigures = (url: string): boolean => /^\/(figures|direct-payments\/evaluation)/.test(url);

/** The words of a Word document, which stand packed in its parts. */
async function unpacked({ raw }: Answer): Promise<string> {
  if (raw.subarray(0, 2).toString() !== 'PK') return '';
  const { files } = await JSZip.loadAsync(raw);
  return (await Promise.all(Object.values(files).map((file) => file.async('string')))).join('\n');
}

async function tryPage(page: PageDefinition, url: string, of: Marked, by: Persona): Promise<void> {
  const sight = sightFor(by);
  const answer = await open(world, url, by);
  const where = `${url} as ${by.role}, ${by.standing}: ${answer.status}`;
  const seesAmounts = seesSmall(by) && inPost(by) && holdsFigures(url);
  const text = `${answer.all}${await unpacked(answer)}`;
  expect(leaksIn(world, text, sight, { sent: url, seesAmounts }), where).toEqual([]);
  if (by.standing === 'left') {
    expect(answer.status, where).toBe(303);
    expect(answer.all, where).toContain('/sign-in');
  } else if (!mayOpen(page.who, by)) {
    expect(answer.status, where).toBe(404);
  } else if (aboutFamily(page.path) && sight.get(of.family) !== 'practice') {
    expect(answer.status, where).toBe(404);
    const nothing = await open(
      world,
      url.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, () => randomUUID()),
      by,
    );
    expect(lasting(nothing.body), `${where}: not allowed and not there must look alike`).toBe(
      lasting(answer.body),
    );
  } else {
    expect([200, 303, 404, 409, 422], `${where} ${answer.body.slice(0, 500)}`).toContain(answer.status);
    // What is finished leads from its form to itself, and nowhere else.
    if (answer.status === 303) {
      expect(answer.to, where).not.toBe('/');
      expect(url.startsWith(`${answer.to}/`), `${where} to ${answer.to}`).toBe(true);
    }
    if (aboutFamily(page.path)) expect(answer.status, where).toBeLessThan(500);
    if (leaksIn(world, text, blind, { seesAmounts: false }).length > 0)
      shown.set(page.path, (shown.get(page.path) ?? 0) + 1);
  }
}

const crossing = (by: Persona): boolean => by.standing === 'own team' || by.standing === 'other organisation';
const slow = (path: string): boolean => /^\/(figures|reports)/.test(path);

async function tryAll(wanted: (path: string) => boolean): Promise<void> {
  const pages = world.areas.flatMap((area) => area.pages).filter(({ path }) => wanted(path));
  expect(pages.length).toBeGreaterThan(0);
  for (const page of pages) {
    for (const of of world.families) {
      for (const url of addresses(page, of).filter((each) => !/\/(?=[/?]|$)/.test(each.slice(1)))) {
        for (const by of world.personas) {
          if (of !== world.ours && !crossing(by)) continue;
          // Figures and reports are the same for each of these standings, and take longest to make.
          if (slow(page.path) && by.standing !== 'own team' && by.role !== 'social-worker') continue;
          if (slow(page.path) && of !== world.ours) continue;
          await tryPage(page, url, of, by);
        }
      }
    }
  }
}

/** The rooms of the system by how their addresses begin; what begins with none of them is tried as the rest. */
const rooms = [
  '/families',
  '/people',
  '/notes',
  '/tasks',
  '/same-person',
  '/direct-payments',
  '/support',
  '/figures',
  '/reports',
];
const roomOf = (path: string) =>
  rooms.find((room) => path === room || path.startsWith(`${room}/`)) ?? 'the rest';

test.each([...rooms, 'the rest'])(
  'nothing is shown without a reason: %s',
  (room) => tryAll((path) => roomOf(path) === room),
  240_000,
);

test('pages did show those who may be seen to those who may see them', () => {
  for (const path of [
    '/families',
    '/families/:id',
    '/families/:id/people/:person',
    '/families/:id/helping',
    '/families/:id/who-has-looked',
    '/families/:id/notes',
    '/families/:id/tasks',
    '/tasks/:task',
    '/today',
    '/team/:account',
    '/notes/:note',
    '/notes/:note/files/:file',
    '/families/:id/support',
    '/support/queue',
    '/support/requests/:request',
    '/support/supports/:support',
    '/direct-payments/ask',
    '/direct-payments/requests/:id',
    '/direct-payments/queue',
    '/direct-payments/payments',
    '/direct-payments/payments/runs/:run',
    '/direct-payments/payments/runs/:run/file.csv',
    '/figures/:id/rows',
  ])
    expect(shown.get(path) ?? 0, path).toBeGreaterThan(0);
});

test('whoever may see small numbers sees them, and nobody else', async () => {
  const url = `/figures/direct-payments.money.json?${period}&by=category`;
  const values = async (role: string) =>
    (
      JSON.parse((await open(world, url, persona(role, 'other team'))).body) as { rows: { value: unknown }[] }
    ).rows.map(({ value }) => value);
  expect((await values('planning-officer')).some((value) => value !== null)).toBe(true);
  expect((await values('social-worker')).filter((value) => value !== null)).toEqual([]);
});

test('lists, counts and searches are the same whether or not there is more that the reader may not see', async () => {
  const everything = async (by: Persona) => {
    const answers: Record<string, string> = {};
    for (const page of world.areas.flatMap((area) => area.pages)) {
      if (slow(page.path) || /evaluation|^\/account|^\/people-here/.test(page.path)) continue;
      for (const url of addresses(page, world.ours))
        answers[url] = lasting((await open(world, url, by)).body);
    }
    return answers;
  };
  const readers = world.personas.filter(({ standing }) => standing === 'other organisation');
  const before = new Map<Persona, Record<string, string>>();
  for (const by of readers) before.set(by, await everything(by));
  await askFor(world, world.ours);
  await world.database.superuser.query(
    `insert into record.person (given_name, family_name) values ('Zqxours', 'Zqxours');
     insert into record.family_member (family_id, person_id, part)
     select '${world.ours.family}', id, 'child' from record.person where given_name = 'Zqxours'`,
  );
  for (const by of readers) expect(await everything(by), by.role).toEqual(before.get(by));
});

// Last: whoever keeps records is given a reason by the form that looks into a pair.
test('a form sent without a reason is refused without a word of the family', async () => {
  const pages = world.areas.flatMap((area) => area.pages).filter((page) => page.forms && !slow(page.path));
  for (const page of pages) {
    const [url = ''] = addresses(page, world.ours);
    for (const by of world.personas.filter(({ standing }) => standing === 'other organisation')) {
      for (const _form of Object.keys(page.forms ?? {})) {
        const answer = await open(world, url, by, {
          _form,
          _version: '1',
          id: world.ours.requests.paid ?? '',
        });
        const where = `${url} ${_form} as ${by.role}: ${answer.status}`;
        expect(
          leaksIn(world, answer.all, await sightOf(world.database, by.account), {
            sent: `${url} ${world.ours.requests.paid}`,
          }),
          where,
        ).toEqual([]);
        expect(answer.status, where).toBeLessThan(500);
        if (aboutFamily(page.path)) expect(answer.status, where).toBe(404);
      }
    }
  }
});
