import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allAreas } from '../src/app.ts';
import type { Who } from '../src/platform/access/identity.ts';
import type { AnyAction, AnyQuery } from '../src/platform/area.ts';
import { everyRole, roles } from '../src/record/roles.ts';
import { type Answer, call, fingerprint, lasting, trail, type Written } from './access-calls.ts';
import type { Marked } from './access-families.ts';
import { blind, inPost, leaksIn, type Sight, sightOf, sightsOf } from './access-oracle.ts';
import { aboutNothing, samples, strangeToken } from './access-samples.ts';
import { makeWorld, type Persona, type World } from './access-world.ts';
import { tableOf } from './documentation.ts';
import type { Sample } from './samples/sample.ts';

type Deed = AnyAction | AnyQuery;

const areas = allAreas({ pools: { figures: undefined as never }, council: 'Strathmorran' });
const deeds: Deed[] = areas.flatMap((area) => [...area.actions, ...area.queries]);
const file = new URL('../docs/access-matrix.md', import.meta.url);

let world: World;
let written: ReturnType<typeof trail>;
/** For each deed, the roles that were let in with a reason: the test must not pass because everything is refused. */
const letIn = new Map<string, Set<string>>();

beforeAll(async () => {
  world = await makeWorld();
  written = trail(world);
});
afterAll(() => world.close());

const sampleOf = ({ name }: Deed): Sample => {
  const sample = samples[name];
  if (sample === undefined) throw new Error(`${name} has no sample in access-samples.ts: add one`);
  return sample;
};

const mayUse = (who: Who, persona: Persona): boolean =>
  who === 'anyone signed in' || (inPost(persona) && who.includes(persona.role));

/** Whether this much sight of a family is enough: finance needs only what it takes to pay. */
const enough = (who: Who, seen: 'practice' | 'money' | undefined): boolean =>
  seen === 'practice' ||
  (seen === 'money' && typeof who !== 'string' && who.every((role) => role === 'finance-officer'));

type Expected = 'signed out' | 'read only' | 'not theirs' | 'no reason' | 'allowed';

function expected(deed: Deed, sample: Sample, persona: Persona, of: Marked, sight: Sight): Expected {
  if (persona.standing === 'left') return 'signed out';
  if (deed.kind === 'action' && persona.standing === 'read-only token') return 'read only';
  if (!mayUse(deed.who, persona)) return 'not theirs';
  if (sample.needsReason && !enough(deed.who, sight.get(of.family))) return 'no reason';
  return 'allowed';
}

const carriedBy = (sample: Sample, persona: Persona) =>
  sample.through === 'browser' ? { browser: persona } : { bearer: persona.bearer };

const rowsOf = (answer: Answer): { about?: string; family?: string }[] =>
  answer.status === 200 ? (JSON.parse(answer.body) as { rows: { about?: string }[] }).rows : [];

/** What must hold of every answer, whoever asks for whatever. */
function checkSeen(answer: Answer, sight: Sight, persona: Persona | undefined, sent: string, where: string) {
  expect(leaksIn(world, answer.all, sight, { sent }), where).toEqual([]);
  expect(answer.status, where).toBeLessThan(500);
  if (answer.status >= 400 && persona !== undefined && answer.status !== 401)
    expect(answer.body, where).not.toMatch(/select |relation|policy|constraint|\.ts\b/i);
}

async function refusedAlike(deed: Deed, sample: Sample, persona: Persona, input: object, answer: Answer) {
  const nothing = aboutNothing({ ...input }, world);
  const other = await call(world, deed, nothing, carriedBy(sample, persona));
  expect(
    [other.status, lasting(other.body)],
    `${deed.name}: not allowed and not there must look alike`,
  ).toEqual([answer.status, lasting(answer.body)]);
}

/**
 * The families that a search before adding tells a team of, which are written in their trails too: those with somebody in them who
 * bears a mark of the family that was asked about.
 */
async function toldOf(deed: Deed, of: Marked): Promise<readonly string[]> {
  if (!['families.likely', 'same-person.likely'].includes(deed.name)) return [];
  const { rows } = await world.database.superuser.query<{ family: string }>(
    `select m.family_id as family from record.family_member m join record.person p on p.id = m.person_id
      where p.id = any ($1) or p.family_name like $2 || '%'`,
    [[of.child, of.parent], `Zqx${of.key}`],
  );
  return rows.map(({ family }) => family);
}

/** One asking, what was to be expected of it, and what came of it. */
interface Asked {
  deed: Deed;
  persona: Persona;
  of: Marked;
  input: Record<string, unknown>;
  is: Expected;
  answer: Answer;
  where: string;
}

async function ask(deed: Deed, persona: Persona, of: Marked, input: Record<string, unknown>, sight: Sight) {
  const sample = sampleOf(deed);
  const is = expected(deed, sample, persona, of, sight);
  const answer = await call(world, deed, input, carriedBy(sample, persona));
  const where = `${deed.name} as ${persona.role}, ${persona.standing}, about ${of.key}: ${is}; ${answer.status} ${answer.body.slice(0, 300)}`;
  return { deed, persona, of, input, is, answer, where };
}

/** The event that a read or an action leaves, and none other: it names whoever was returned, and a refusal names nobody. */
function checkTrail({ deed, is, answer, where }: Asked, events: readonly Written[], told: readonly string[]) {
  if (answer.status !== 200) {
    const refused = { kind: 'refused', name: deed.name, about: [] };
    expect([[], [refused]], where).toContainEqual(events);
    expect(is, where).not.toBe('allowed');
    return;
  }
  if (deed.kind === 'action') {
    const { about } = JSON.parse(answer.body) as { about: string[] };
    expect(events, where).toEqual([{ kind: 'action', name: deed.name, about: [...about].sort() }]);
    return;
  }
  const about = [...new Set(rowsOf(answer).flatMap((row) => row.about ?? row.family ?? []))].sort();
  const named = events.map((event) => ({
    ...event,
    about: event.about.filter((each) => about.includes(each) || !told.includes(each)),
  }));
  expect(named, where).toEqual(deed.about === 'nobody' ? [] : [{ kind: 'read', name: deed.name, about }]);
}

/** What must hold of an answer to somebody who sees this much. */
function checkAnswer({ deed, persona, input, is, answer, where }: Asked, sight: Sight) {
  checkSeen(answer, sight, persona, JSON.stringify(input), where);
  if (is === 'signed out') expect(answer.status, where).toBe(401);
  if (is === 'read only') expect(answer.status, where).toBe(403);
  if (is === 'not theirs') expect(lasting(answer.body), where).toBe(lasting(missing));
  if (is === 'no reason' && deed.kind === 'action') expect([404, 409, 422], where).toContain(answer.status);
  if (is === 'no reason' && deed.kind === 'query')
    for (const row of rowsOf(answer)) expect([...sight.keys()], where).toContain(row.about);
  if (is !== 'allowed') return;
  expect(answer.status, where).toBe(200);
  const rows = rowsOf(answer);
  if (sampleOf(deed).needsReason && deed.kind === 'query' && Object.keys(input).length > 0)
    expect(rows.length, where).toBeGreaterThan(0);
  if (deed.kind === 'action' || rows.length > 0)
    letIn.set(deed.name, (letIn.get(deed.name) ?? new Set()).add(persona.role));
}

/** Asks as several people at once, and checks each answer and what it left in the trail. Nobody's sight changes by it. */
async function tryTogether(
  deed: Deed,
  of: Marked,
  personas: readonly Persona[],
  input: Record<string, unknown>,
  sights: ReadonlyMap<string, Sight>,
): Promise<void> {
  const sightFor = ({ account }: Persona): Sight => sights.get(account) ?? blind;
  const told = await toldOf(deed, of);
  const asked: Asked[] = [];
  for (let at = 0; at < personas.length; at += 6)
    asked.push(
      ...(await Promise.all(
        personas.slice(at, at + 6).map((persona) => ask(deed, persona, of, input, sightFor(persona))),
      )),
    );
  const events = await written.since(personas.map(({ account }) => account));
  for (const each of asked) {
    checkAnswer(each, sightFor(each.persona));
    checkTrail(each, events.get(each.persona.account) ?? [], told);
  }
  const unseen = asked.filter(({ is, persona }) => is === 'no reason' && !sightFor(persona).has(of.family));
  for (const { persona, answer } of unseen) await refusedAlike(deed, sampleOf(deed), persona, input, answer);
  await written.since(unseen.map(({ persona }) => persona.account));
}

/** Asks as somebody for whom it was made: what they do may give their own post a reason, so what they see is asked afterwards. */
async function tryAlone(deed: Deed, of: Marked, persona: Persona): Promise<void> {
  const { account } = persona;
  const input = await sampleOf(deed).input(world, of, persona);
  const told = await toldOf(deed, of);
  const asked = await ask(deed, persona, of, input, await sightOf(world.database, account));
  checkAnswer(asked, await sightOf(world.database, account));
  checkTrail(asked, (await written.since([account])).get(account) ?? [], told);
}

let missing = '';

const families = (): Marked[] => [world.ours, world.theirs];
const crossing = (persona: Persona): boolean =>
  persona.standing === 'own team' || persona.standing === 'other organisation';

async function tryDeed(deed: Deed): Promise<void> {
  const sample = sampleOf(deed);
  await written.skip();
  for (const of of families()) {
    const standing = await sample.input(world, of, undefined);
    const sent = JSON.stringify(standing);
    for (const by of [undefined, { bearer: strangeToken() }]) {
      const answer = await call(world, deed, standing, by);
      expect(answer.status, deed.name).toBe(401);
      checkSeen(answer, blind, undefined, sent, `${deed.name} signed out`);
    }
    const trying = world.personas.filter((persona) => of === world.ours || crossing(persona));
    const sights = await sightsOf(
      world.database,
      trying.map(({ account }) => account),
    );
    const alone = (persona: Persona): boolean =>
      (deed.kind === 'action' || sample.own === true) &&
      expected(deed, sample, persona, of, sights.get(persona.account) ?? blind) === 'allowed';
    const before = deed.kind === 'action' ? await fingerprint(world) : '';
    await tryTogether(
      deed,
      of,
      trying.filter((persona) => !alone(persona)),
      standing,
      sights,
    );
    if (deed.kind === 'action')
      expect(await fingerprint(world), `${deed.name}: whoever was refused must have changed nothing`).toBe(
        before,
      );
    for (const persona of trying.filter(alone)) await tryAlone(deed, of, persona);
  }
}

describe('every action and query, as every role, of every team and organisation', () => {
  test('what is not there has one answer', async () => {
    const [somebody] = world.personas;
    if (somebody === undefined) throw new Error('there is nobody');
    const deed = { kind: 'query' as const, name: 'families.open' };
    const answer = await call(world, deed, { family: strangeUuid }, { bearer: somebody.bearer });
    missing = (await call(world, { kind: 'query', name: 'accounts.list' }, {}, { bearer: somebody.bearer }))
      .body;
    expect(answer.body).toBe('{"rows":[]}');
    expect(JSON.parse(missing)).toMatchObject({
      status: 404,
      title: 'This page cannot be found, or you cannot see it',
    });
    await written.skip();
  });
  // Actions come first: what they do is there to be seen by the queries.
  const ordered = [
    ...deeds.filter(({ kind }) => kind === 'action'),
    ...deeds.filter(({ kind }) => kind === 'query'),
  ];
  test.each(ordered.map((deed) => [`${deed.kind} ${deed.name}`, deed] as const))('%s', (_name, deed) =>
    tryDeed(deed),
  );

  test('somebody was let in everywhere', () => {
    const silent = ['reports.words', 'reports.history', 'accounts.done-to-me'];
    expect(
      deeds.filter(({ name }) => !letIn.has(name) && !silent.includes(name)).map(({ name }) => name),
    ).toEqual([]);
  });
  test('a session of somebody else is not ended by naming it', async () => {
    const { rows } = await world.database.superuser.query(
      'select ended_at from access.session where id = $1',
      [world.bystander.session],
    );
    expect(rows).toEqual([{ ended_at: null }]);
  });
  test('there is no sample of something that is gone', () => {
    expect(Object.keys(samples).filter((name) => !deeds.some((deed) => deed.name === name))).toEqual([]);
  });
});

const strangeUuid = '00000000-0000-4000-8000-000000000000';

const cell = (deed: Deed, role: string): string =>
  typeof deed.who !== 'string' && !deed.who.includes(role)
    ? 'no'
    : sampleOf(deed).needsReason
      ? 'with a reason'
      : 'yes';

/** The matrix as a page of the documentation. */
function matrix(): string {
  const head = ['', 'What it does', ...Object.values(roles)];
  const tables = areas
    .filter((area) => area.actions.length + area.queries.length > 0)
    .map((area) => {
      const rows = [...area.actions, ...area.queries].map((deed) => [
        `\`${deed.name}\``,
        deed.title,
        ...everyRole.map((role) => cell(deed, role)),
      ]);
      return `## ${area.title}\n\n${tableOf([head, ...rows])}\n`;
    });
  return `# Who may do and see what

Made from the declarations of actions and queries and checked, call by call, by \`tests/access-matrix.test.ts\`. Do not edit it:
run \`UPDATE_MATRIX=1 npx vitest run tests/access-matrix.test.ts\`.

- **yes**: anybody who holds a post with this role now, or who is signed in where every role says yes. It shows and changes no family's record
  but what the same person adds; \`families.likely\` tells which team to ask, and nothing else.
- **with a reason**: only for families that they, or their post, have a live reason to see. Lists hold only those. Finance needs only a
  reason to pay; everybody else needs a reason to see the whole record.
- **no**: answered as if it did not exist.

A post that has ended or not yet begun gives nothing. Somebody who has left is signed out. A read-only token changes nothing.

${tables.join('\n')}`;
}

test('the matrix in the documentation is the one that holds', async () => {
  if (process.env.UPDATE_MATRIX === '1') await writeFile(file, matrix());
  const kept = await readFile(file, 'utf8').catch(() => '');
  expect(
    kept,
    'docs/access-matrix.md is out of date: run UPDATE_MATRIX=1 npx vitest run tests/access-matrix.test.ts',
  ).toBe(matrix());
});
