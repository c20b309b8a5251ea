import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { add as addFamily } from '../src/record/families/actions.ts';
import { add, showWithheld, stopWithholding, withhold } from '../src/record/homes/actions.ts';
import { open as openHomes, shown } from '../src/record/homes/queries.ts';
import { everyRole } from '../src/record/roles.ts';
import { call, lasting, open } from './access-calls.ts';
import { giveReason, type Marked } from './access-families.ts';
import { samples, triedReport } from './access-samples.ts';
import { makeWorld, type Persona, type World } from './access-world.ts';
import { columnsWith, crawl, shapeOf } from './looking-everywhere.ts';

// An address that must not be given to anybody is looked for in everything that the system can answer.

const address = { lines: '7 Qvxwick Refuge', town: 'Qvxwton', postcode: 'QX8 7QV', uprn: '906700778811' };
const former = { lines: '9 Qvxwold Steading', town: 'Qvxwham', postcode: 'QX9 6QV' };
const marks = [
  ...Object.values(address),
  'qx87qv',
  'qx8%207qv',
  'qx8+7qv',
  ...Object.values(former),
  'qx96qv',
].map((mark) => mark.toLowerCase());
const because = 'He must not find them';

let world: World;
let ours: Marked;
let home = '';
let formerHome = '';
/** Whoever of the own team holds a post now, in every role. */
let readers: Persona[];

const told = (text: string): string[] => marks.filter((mark) => text.toLowerCase().includes(mark));
const readIn = (role: 'app' | 'figures', by?: Persona) => columnsWith(world, marks, role, by);
const maker = () => ours.crew.maker.asking;
const desk = () => world.server.context.desk;

beforeAll(async () => {
  world = await makeWorld();
  ours = world.ours;
  readers = world.personas.filter(({ standing }) => standing === 'own team');
  const [person, also] = [ours.child, ours.parent];
  await desk().act(add, { person, ...former, with: [also], kind: 'home', until: '2024-05-01' }, maker());
  const made = await desk().act(
    add,
    { person, ...address, with: [also], kind: 'temporary home', from: '2025-02-03', source: 'Told by her' },
    maker(),
    { key: randomUUID() },
  );
  home = made.homes[0] ?? '';
  const { homes } = await desk().askOne(openHomes, { person }, maker());
  formerHome = homes.find((each) => each.postcode === former.postcode)?.id ?? '';
  await world.database.superuser.query(
    'update record.family set locality = $2, simd_decile = 9 where id = $1',
    [ours.family, address.town],
  );
});
afterAll(() => world.close());

const one = (role: string): Persona => {
  const found = readers.find((each) => each.role === role);
  if (found === undefined) throw new Error(`nobody is ${role}`);
  return found;
};

describe('before it is withheld', () => {
  test('it stands where it belongs, so that what follows can fail', async () => {
    const worker = one('social-worker');
    const said = await crawl(world, ours, worker);
    const where = [...said].filter(([, text]) => told(text).length > 0).map(([url]) => shapeOf(url));
    expect(where).toEqual(
      expect.arrayContaining([
        '/families/:id?',
        '/people/:id/homes?',
        '/families?',
        '/people/:id/homes/:id?',
      ]),
    );
    expect(await readIn('app', worker)).toEqual(
      expect.arrayContaining(['record.address.lines', 'record.address.uprn', 'record.family.locality']),
    );
    expect(await readIn('figures')).toEqual(['record.family.locality']);
  });
});

describe('when it is withheld', () => {
  beforeAll(async () => {
    for (const of of [home, formerHome])
      await desk().act(withhold, { home: of, why: because }, maker(), { key: randomUUID() });
  });

  const shapes = new Set<string>();
  test.each(everyRole)('no page, file, figure or report that a %s reaches has a word of it', async (role) => {
    for (const [url, text] of await crawl(world, ours, one(role))) {
      expect(told(text), url).toEqual([]);
      shapes.add(shapeOf(url).split('?')[0] ?? '');
    }
  });

  test('all that is made of the record was looked at', () => {
    expect([...shapes]).toEqual(
      expect.arrayContaining([
        '/families',
        '/families/:id',
        '/families/:id/change',
        '/families/:id/who-has-looked',
        '/people/:id',
        '/people/:id/homes',
        '/people/:id/homes/add',
        '/people/:id/homes/:id',
        '/people/:id/homes/:id/withheld',
        '/direct-payments/evaluation/file.csv',
        '/figures/direct-payments.families.csv',
        `/reports/${triedReport.id}.docx`,
      ]),
    );
    expect(shapes.size).toBeGreaterThan(50);
  });

  test('no query answers it, to any role', async () => {
    let answered = 0;
    for (const query of world.areas.flatMap((area) => area.queries)) {
      const input = await samples[query.name]?.input(world, ours, undefined);
      if (input === undefined) continue;
      const searched = ['text', 'name', 'postcode', 'q', 'said', 'words'].filter((key) => key in input);
      const inputs = [input, ...searched.flatMap((key) => marks.map((mark) => ({ ...input, [key]: mark })))];
      for (const by of readers) {
        for (const each of inputs) {
          const answer = await call(world, query, each, { bearer: by.bearer });
          expect(answer.status, query.name).toBeLessThan(500);
          if (answer.status === 200 && answer.body !== '{"rows":[]}') answered += 1;
          expect(told(answer.body), `${query.name} as ${by.role}`).toEqual([]);
        }
      }
    }
    expect(answered).toBeGreaterThan(100);
  });

  test('searching for it says the same as searching for what is nowhere', async () => {
    const asked: (readonly [(typeof address.lines | string)[], string])[] = [
      [[address.postcode, former.postcode], 'QX1 1QQ'],
      [[address.lines, former.lines], '7 Qzzzzk Rzzzze'],
      [[address.town, former.town], 'Qzzzton'],
      [[address.uprn], '906700000001'],
    ];
    const pages = [
      '/families?text=',
      '/find?q=',
      '/find?text=',
      '/direct-payments/ask?find=',
      `/families/add?name=Zqxours&postcode=`,
    ];
    for (const by of [
      one('social-worker'),
      ...world.personas.filter((each) => each.standing === 'other team'),
    ]) {
      for (const page of pages) {
        for (const [wanted, nowhere] of asked) {
          // The words, and where each link leads: what was typed stands again in boxes and behind question marks.
          const plain = (text: string, said: string) =>
            lasting(text)
              .replace(/<head>[\s\S]*<\/head>/, '')
              .replaceAll(/<[^>]*>/g, (tag) => /href="([^"?]*)/.exec(tag)?.[1] ?? '')
              .replaceAll(said, '…');
          const nothing = await open(world, `${page}${encodeURIComponent(nowhere)}`, by);
          for (const said of wanted) {
            const answer = await open(world, `${page}${encodeURIComponent(said)}`, by);
            expect(plain(answer.body, said), `${page} ${said} as ${by.role}`).toBe(
              plain(nothing.body, nowhere),
            );
          }
        }
      }
    }
  });

  test('in SQL, neither the application nor the figures can read it, for anybody', async () => {
    for (const by of readers) expect(await readIn('app', by), by.role).toEqual([]);
    expect(await readIn('figures')).toEqual([]);
    const { rows } = await world.database.superuser.query(
      `select 'audit' as what from audit.event t where lower(t::text) like any ($1)
       union select 'answers' from platform.submission t where lower(t::text) like any ($1)
       union select 'corrections' from record.correction t where lower(t::text) like any ($1)
       union select 'notes' from record.withheld_note t where lower(t::text) like any ($1)`,
      [marks.map((mark) => `%${mark}%`)],
    );
    expect(rows).toEqual([]);
  });

  test('what is done about the home goes on, and gives nothing away', async () => {
    const { homes } = await desk().askOne(openHomes, { person: ours.child }, maker());
    expect(homes.map((each) => [each.withheld, each.lines, each.postcode, each.now])).toEqual([
      [true, '', '', true],
      [false, '1 Zqxours Street', 'ZE1 9ZX', false],
      [true, '', '', false],
    ]);
    // A reason that would give it away is refused; so is withholding twice.
    await expect(desk().act(withhold, { home, why: because }, maker())).rejects.toMatchObject({
      code: 'withheld-already',
    });
    await expect(desk().act(showWithheld, { home, why: ' ' }, maker())).rejects.toMatchObject({
      status: 422,
    });
    const before = homes.find((each) => !each.withheld)?.id ?? '';
    for (const why of ['She fled to ze1 9zx', 'At 1 zqxours street'])
      await expect(desk().act(withhold, { home: before, why }, maker())).rejects.toMatchObject({
        fields: { why: expect.any(String) },
      });
  });

  test('somebody else who types the address does not undo it, and is told nothing of others', async () => {
    const aunt = await desk().act(
      addFamily,
      { name: 'Zqxours Aunt', members: [{ givenName: 'Aunt', part: 'other' }] },
      maker(),
    );
    const { superuser } = world.database;
    await superuser.query(
      `insert into record.family_member (family_id, person_id, part) values ($1, $2, 'other')`,
      [ours.family, aunt.people[0]],
    );
    await desk().act(
      add,
      { person: aunt.people[0], ...address, lines: '7, QVXWICK refuge', kind: 'other' },
      maker(),
    );
    const theirs = await desk().askOne(openHomes, { person: aunt.people[0] }, maker());
    expect(theirs.homes).toMatchObject([{ withheld: true, lines: '' }]);
    for (const by of readers) expect(await readIn('app', by), by.role).toEqual([]);
    // A family that has nothing to do with them keeps its own address, and sees nothing else.
    const worker = world.theirs.crew.maker.asking;
    const other = await desk().act(
      addFamily,
      { name: 'Elsewhere', postcode: address.postcode, members: [{ givenName: 'Nell', part: 'child' }] },
      worker,
    );
    const own = await desk().askOne(openHomes, { person: other.people[0] }, worker);
    expect(own.homes).toMatchObject([{ withheld: false, postcode: address.postcode }]);
    await superuser.query('delete from record.home where person_id = any ($1)', [
      [aunt.people[0], other.people[0]],
    ]);
  });

  test('it is shown once, to whoever said why, and that is written down', async () => {
    const [asker, colleague] = [one('social-worker'), one('team-manager')];
    const path = `/people/${ours.child}/homes/${home}/withheld`;
    const missing = await open(world, path, asker, { _form: 'show', why: '' });
    expect([missing.status, told(missing.all)]).toEqual([422, []]);
    const sent = await open(world, path, asker, { _form: 'show', why: 'A visit agreed for today' });
    expect(sent.status).toBe(303);
    const to = /"location":"([^"]+)"/.exec(sent.all)?.[1] ?? '';
    expect(told((await open(world, to, colleague)).all)).toEqual([]);
    const read = await open(world, to, asker);
    expect(read.body).toContain('7 Qvxwick Refuge, Qvxwton, QX8 7QV');
    expect(read.body).toContain(address.uprn);
    expect(read.all).toContain('"cache-control":"no-store"');
    const again = await open(world, to, asker);
    expect([again.status, told(again.all)]).toEqual([200, []]);
    expect(again.body).toContain('This was shown already');
    const { rows } = await world.database.superuser.query(
      `select person_id, why, noted_by, read_at is not null as read from record.withheld_note where did = 'shown' and why like 'A visit agreed%'
       order by person_id = $1 desc`,
      [ours.child],
    );
    expect(rows).toEqual([
      { person_id: ours.child, why: 'A visit agreed for today', noted_by: asker.account, read: true },
      { person_id: ours.parent, why: 'A visit agreed for today', noted_by: asker.account, read: false },
    ]);
    const trail = await world.database.superuser.query(
      `select name from audit.event where account_id = $1 and name in ('homes.show-withheld', 'homes.shown') and about && $2 order by at, id`,
      [asker.account, [ours.child, ours.family]],
    );
    expect(trail.rows.map((row) => row.name)).toEqual(['homes.show-withheld', 'homes.shown', 'homes.shown']);
    expect((await open(world, `/people/${ours.child}/homes`, colleague)).body).toContain(
      'A visit agreed for today',
    );
  });

  test('who may look loses that with the family, and after ten minutes', async () => {
    const { superuser } = world.database;
    const late = await desk().act(showWithheld, { home, why: 'Later' }, maker());
    await superuser.query(
      `update record.withheld_note set noted_at = now() - interval '11 minutes' where id = $1`,
      [late.look],
    );
    expect(await desk().ask(shown, { look: late.look }, maker())).toMatchObject([{ open: false, lines: '' }]);
    const leaving = world.theirs.crew.maker;
    await giveReason(world.database, ours.family, leaving.account);
    const { look } = await desk().act(showWithheld, { home, why: 'Leaving' }, leaving.asking);
    await superuser.query('delete from access.reason where subject = $1 and holder = $2', [
      ours.family,
      leaving.account,
    ]);
    expect(await desk().ask(shown, { look }, leaving.asking)).toEqual([]);
  });

  test('when it can be given again, it and the area of the family are back, with who said so', async () => {
    // Samples of queries gave the family others whose address is withheld.
    await world.database.superuser.query(
      'delete from record.home where person_id in (select person_id from record.family_member where family_id = $1) and person_id <> all ($2)',
      [ours.family, [ours.child, ours.parent]],
    );
    await desk().act(stopWithholding, { home, why: 'They moved on' }, maker());
    const { homes, notes } = await desk().askOne(openHomes, { person: ours.child }, maker());
    expect(homes[0]).toMatchObject({ withheld: false, ...address });
    expect(homes.filter((each) => each.withheld)).toHaveLength(1);
    expect(notes[0]).toMatchObject({ did: 'no longer withheld', why: 'They moved on', by: 'Crew Member' });
    const { rows } = await world.database.superuser.query(
      'select locality, simd_decile, area_withheld from record.family where id = $1',
      [ours.family],
    );
    expect(rows).toEqual([{ locality: address.town, simd_decile: 9, area_withheld: false }]);
  });
});
