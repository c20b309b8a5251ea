import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import sql from 'sql-template-tag';
import { afterAll, expect, test } from 'vitest';
import { enter } from '../../platform/access/identity.ts';
import type { AsAt } from '../../platform/actions/as-at.ts';
import { makeDesk, plainJson } from '../../platform/actions/desk.ts';
import type { AnyAction, AnyQuery } from '../../platform/area.ts';
import { transaction } from '../../platform/database/transaction.ts';
import { Problem } from '../../platform/problem.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../platform/testing/people.ts';
import * as families from '../families/actions.ts';
import { open as openFamily } from '../families/queries.ts';
import * as homes from '../homes/actions.ts';
import * as homeQueries from '../homes/queries.ts';
import * as people from '../people/actions.ts';
import * as entries from '../people/list-actions.ts';
import { open as openPerson } from '../people/queries.ts';
import * as relationships from '../relationships/actions.ts';
import * as relationshipQueries from '../relationships/queries.ts';
import { corrected } from './queries.ts';

const database = await testDatabase();
const { superuser } = database;
afterAll(() => database.close());
const desk = makeDesk(database.pools, () => Temporal.Now.instant());
const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
const callum = await makeWorker(database, { name: 'Callum Reid' });

const members = [
  { givenName: 'Iona', part: 'child', dateOfBirth: '2014-02-01' },
  { givenName: 'Rory', part: 'child', dateOfBirth: '2016-02-01' },
  { givenName: 'Isla', part: 'parent or carer', dateOfBirth: '1988-02-01' },
];
const newFamily = async (postcode?: string) => {
  const made = await desk.act(
    families.add,
    { name: 'Baird', locality: 'Lochside', simdDecile: '3', members, ...(postcode ? { postcode } : {}) },
    ailsa.asking,
  );
  return { family: made.family, people: made.people };
};

/** This moment, by the clock of the database: what was committed stands, and nothing after it does. */
async function moment(): Promise<AsAt> {
  const { rows } = await superuser.query<{ at: string }>(
    `select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at`,
  );
  return { moment: Temporal.Instant.from(rows[0]?.at ?? ''), day: desk.today() };
}
const asAt = (worker: Worker, at: AsAt) => ({ ...worker.asking, asAt: at });

const asked: readonly ((of: { family: string; person: string }) => [AnyQuery, Record<string, string>])[] = [
  ({ person }) => [openPerson, { person }],
  ({ family }) => [openFamily, { family }],
  ({ person }) => [homeQueries.open, { person }],
  ({ person }) => [homeQueries.household, { person }],
  ({ person }) => [homeQueries.together, { person }],
  ({ family }) => [homeQueries.ofFamily, { family }],
  ({ person }) => [relationshipQueries.around, { person }],
  ({ family }) => [relationshipQueries.map, { family }],
];
/** Everything that the pages of a family and its people ask, as text. */
async function pages(family: string, whom: readonly string[], asking: Worker['asking']): Promise<string[]> {
  const said: string[] = [];
  for (const person of whom) {
    for (const each of asked) {
      const [query, input] = each({ family, person });
      // Drawings say nothing of an order: their rows are told apart by what they are.
      const rows = (await desk.ask(query, input, asking)).map(plainJson);
      said.push(`${query.name} ${(query.name.startsWith('relationships.') ? rows.sort() : rows).join('\n')}`);
    }
  }
  return said;
}

type Deed = (of: {
  family: string;
  person: string;
  other: string;
  n: number;
}) => Promise<[AnyAction, object]>;
const version = async (person: string) => (await desk.askOne(openPerson, { person }, ailsa.asking)).version;
const homeOf = async (person: string) =>
  (await desk.askOne(homeQueries.open, { person }, ailsa.asking)).homes.at(0);
const tieOf = async (person: string) => {
  const { rows } = await superuser.query<{ id: string; version: number }>(
    'select id, version from record.relationship where person_id = $1 or other_id = $1 order by id limit 1',
    [person],
  );
  return { person, relationship: rows[0]?.id ?? randomUUID(), version: rows[0]?.version ?? 1 };
};
const is = ['friend', 'cousin', 'aunt or uncle'];
const deeds: readonly Deed[] = [
  async ({ person, n }) => [
    people.changeName,
    { person, version: await version(person), givenName: `Name ${n}`, familyName: 'Baird', how: 'changed' },
  ],
  async ({ person, n }) => [
    people.changeName,
    {
      person,
      version: await version(person),
      givenName: `Right ${n}`,
      familyName: 'Baird',
      how: 'mistake',
      why: 'Misheard',
    },
  ],
  async ({ person, n }) => [
    people.sayWhatMatters,
    { person, version: await version(person), words: `My dog, ${n}` },
  ],
  async ({ person, n }) => [
    people.changeAbout,
    { person, version: await version(person), pronouns: `they ${n}` },
  ],
  async ({ person, n }) => [
    entries.addCareExperience,
    { person, kind: 'kinship care', source: `Told us ${n}` },
  ],
  async ({ person, n }) => [entries.addLanguage, { person, language: `Language ${n}`, first: n % 2 === 0 }],
  async ({ person, n }) => [entries.addContact, { person, kind: 'email', value: `a${n}@example.scot` }],
  async ({ person, other, n }) => [
    homes.add,
    {
      person,
      with: n % 3 === 0 ? [other] : [],
      lines: `${n} Kirk Wynd`,
      town: 'Kinbrae',
      postcode: 'KH1 2AB',
      kind: 'home',
      from: `20${10 + (n % 15)}-03-01`,
    },
  ],
  async ({ person }) => {
    const home = await homeOf(person);
    return [homes.end, { home: home?.id, version: home?.version, until: '2026-10-01' }];
  },
  async ({ person, n }) => {
    const home = await homeOf(person);
    return [
      homes.correct,
      {
        home: home?.id,
        version: home?.version,
        lines: `${n} Mill Lane`,
        kind: 'with relatives',
        from: '2024-02-01',
        why: 'Wrong street',
        everybody: n % 2 === 0,
      },
    ];
  },
  async ({ person }) => {
    const home = await homeOf(person);
    return [homes.takeOut, { home: home?.id, version: home?.version, why: 'Never lived there' }];
  },
  async ({ person, other, n }) => [
    relationships.add,
    { person, other, is: is[n % 3] ?? '', note: `Note ${n}` },
  ],
  async ({ person, n }) => [
    relationships.change,
    { ...(await tieOf(person)), is: is[n % 3] ?? '', note: `Changed ${n}` },
  ],
  async ({ person }) => [
    relationships.end,
    { ...(await tieOf(person)), until: '2026-09-01', how: 'other', because: 'Moved' },
  ],
  async ({ person }) => [relationships.takeOut, { ...(await tieOf(person)), why: 'By mistake' }],
  async ({ family, n }) => {
    const { version: seen } = await desk.askOne(openFamily, { family }, ailsa.asking);
    return [
      families.change,
      { family, version: seen, name: `Baird ${n}`, locality: `Area ${n}`, simdDecile: '4' },
    ];
  },
  async ({ family, n }) => [
    families.addPerson,
    { family, givenName: `New ${n}`, familyName: 'Baird', part: 'other' },
  ],
  async ({ family, person, n }) => [
    families.changePersonDetails,
    {
      family,
      person,
      version: await version(person),
      givenName: 'Part',
      familyName: `Baird ${n}`,
      part: n % 2 === 0 ? 'young person' : 'other',
    },
  ],
];

test('whatever was changed since, every page says of each earlier moment what it said then', async () => {
  let done = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({ deed: fc.nat(deeds.length - 1), who: fc.nat(2), other: fc.nat(2), n: fc.nat(40) }),
        { minLength: 10, maxLength: 14 },
      ),
      async (steps) => {
        const { family, people: whom } = await newFamily('KH1 2AB');
        const then: { at: AsAt; said: string[] }[] = [];
        const look = async () => {
          const at = await moment();
          then.push({ at, said: await pages(family, whom, ailsa.asking) });
        };
        await look();
        for (const { deed, who, other, n } of steps) {
          const [person = '', them = ''] = [whom[who], whom[other]];
          const make = deeds[deed];
          if (make === undefined) throw new Error('no deed');
          const [action, input] = await make({ family, person, other: them, n });
          try {
            await desk.act(action, input, ailsa.asking);
            done += 1;
          } catch (error) {
            if (!(error instanceof Problem)) throw error;
          }
          await look();
        }
        for (const { at, said } of then) expect(await pages(family, whom, asAt(ailsa, at))).toEqual(said);
      },
    ),
    { numRuns: 5, endOnFailure: true },
  );
  expect(done).toBeGreaterThan(20);
}, 180_000);

test('nothing stood before it was written, and that a past day was read is in the trail', async () => {
  const before = await moment();
  const { family } = await newFamily();
  await expect(desk.askOne(openFamily, { family }, asAt(ailsa, before))).rejects.toMatchObject({
    status: 404,
  });
  const day = Temporal.PlainDate.from('2026-11-20');
  expect(await desk.ask(openFamily, { family }, asAt(ailsa, { ...(await moment()), day }))).toHaveLength(1);
  const { rows } = await superuser.query<{ detail: object }>(
    `select detail from audit.event where name = 'families.open' and about @> array[$1::uuid] order by at desc limit 1`,
    [family],
  );
  expect(rows).toEqual([{ detail: { rows: 1, asAt: '2026-11-20' } }]);
  await expect(
    desk.act(families.change, { family, version: 1, name: 'Then' }, asAt(ailsa, before)),
  ).rejects.toMatchObject({ code: 'in-the-past' });
});

test('the past is seen for a reason of today', async () => {
  const {
    family,
    people: [iona = ''],
  } = await newFamily();
  await desk.act(families.shareFamily, { family, with: callum.account }, ailsa.asking);
  await desk.act(people.sayWhatMatters, { person: iona, version: 1, words: 'Before' }, callum.asking);
  await desk.act(people.sayWhatMatters, { person: iona, version: 2, words: 'After' }, ailsa.asking);
  const at = await moment();
  const both = async (worker: Worker) => [
    (await desk.ask(openFamily, { family }, asAt(worker, at))).length,
    (await desk.ask(openPerson, { person: iona }, asAt(worker, at))).length,
  ];
  expect(await both(callum)).toEqual([1, 1]);
  await superuser.query('update access.reason set until = now() where subject = $1 and holder = $2', [
    family,
    callum.account,
  ]);
  expect([await both(callum), await both(ailsa)]).toEqual([
    [0, 0],
    [1, 1],
  ]);
  const counts = await transaction(database.pools.app, [enter(callum.asking.tokenHash, '')], (rows) =>
    rows.many<{ many: number }>(sql`select count(*)::int as many from past.person where id = ${iona}::uuid`),
  );
  expect(counts).toEqual([{ many: 0 }]);
});

test('what is withheld today is withheld of every earlier day, the area too', async () => {
  const {
    family,
    people: [iona = ''],
  } = await newFamily('KH7 7ZZ');
  await desk.act(
    homes.add,
    {
      person: iona,
      lines: '3 Hidden Close',
      town: 'Kinbrae',
      postcode: 'KH9 9XY',
      kind: 'home',
      from: '2026-01-05',
    },
    ailsa.asking,
  );
  const at = await moment();
  const home = await homeOf(iona);
  const text = async (worker = ailsa) => (await pages(family, [iona], asAt(worker, at))).join('\n');
  expect(await text()).toMatch(/Lochside[\s\S]*Hidden Close/);
  await desk.act(homes.withhold, { home: home?.id ?? '', why: 'She is not safe if he knows' }, ailsa.asking);
  expect(await text()).not.toMatch(/Hidden Close|KH9 9XY|Lochside/);
  await desk.act(homes.stopWithholding, { home: home?.id ?? '', why: 'He has moved away' }, ailsa.asking);
  expect(await text()).toMatch(/Lochside[\s\S]*Hidden Close/);
});

test('corrections made since are named, those of the day itself are not', async () => {
  const {
    family,
    people: [iona = ''],
  } = await newFamily();
  const mistake = async (givenName: string, why: string) =>
    desk.act(
      people.changeName,
      { person: iona, version: await version(iona), givenName, familyName: 'Baird', how: 'mistake', why },
      ailsa.asking,
    );
  await mistake('Ione', 'Misheard');
  const at = await moment();
  await mistake('Yona', 'As she spells it');
  for (const of of [family, iona])
    expect((await desk.ask(corrected, { of }, asAt(ailsa, at))).map((row) => [row.about, row.why])).toEqual([
      [iona, 'As she spells it'],
    ]);
  expect((await desk.askOne(openPerson, { person: iona }, asAt(ailsa, at))).given_name).toBe('Ione');
});

test('two records made one share one past, and each has its own again when that is undone', async () => {
  const {
    family,
    people: [iona = '', rory = ''],
  } = await newFamily();
  const {
    family: elsewhere,
    people: [again = ''],
  } = await newFamily();
  await desk.act(
    homes.add,
    { person: again, lines: '1 First Lane', kind: 'home', from: '2024-01-01' },
    ailsa.asking,
  );
  await desk.act(entries.addLanguage, { person: again, language: 'Gaelic' }, ailsa.asking);
  const first = await moment();
  const home = await homeOf(again);
  await desk.act(
    homes.end,
    { home: home?.id ?? '', version: home?.version ?? 1, until: '2025-01-01' },
    ailsa.asking,
  );
  const second = await moment();
  const asTwo = [
    await pages(family, [iona, rory], ailsa.asking),
    await pages(elsewhere, [again], ailsa.asking),
  ];
  const mine = <T>(
    work: (rows: { many<R>(statement: ReturnType<typeof sql>): Promise<R[]> }) => Promise<T>,
  ) => transaction(database.pools.app, [enter(ailsa.asking.tokenHash, '')], work);
  const [made] = await mine((rows) =>
    rows.many<{ id: string }>(
      sql`select record.merge_people(${iona}::uuid, ${again}::uuid, '{}', 'One girl', ${1}, ${1}) as id`,
    ),
  );
  const until = async (at: AsAt) =>
    (await desk.askOne(homeQueries.open, { person: iona }, asAt(ailsa, at))).homes.map((each) => [
      each.lines,
      each.until?.toString() ?? null,
    ]);
  // What was written of her under the other number is seen of those days under the one that is kept.
  expect(await until(first)).toEqual([['1 First Lane', null]]);
  expect(await until(second)).toEqual([['1 First Lane', '2025-01-01']]);
  const members = async () =>
    (await desk.askOne(openFamily, { family: elsewhere }, asAt(ailsa, second))).members
      .map((each) => each.id)
      .sort();
  expect(await members()).toContain(iona);
  expect(await members()).not.toContain(again);
  const merged = await moment();
  const asOne = await pages(family, [iona, rory], ailsa.asking);
  await mine((rows) =>
    rows.many(sql`select record.undo_merge(${made?.id ?? ''}::uuid, 'Two girls after all')`),
  );
  expect([
    await pages(family, [iona, rory], asAt(ailsa, second)),
    await pages(elsewhere, [again], asAt(ailsa, second)),
  ]).toEqual(asTwo);
  expect(
    (await desk.askOne(homeQueries.open, { person: again }, asAt(ailsa, first))).homes.map(
      (each) => each.until,
    ),
  ).toEqual([null]);
  expect(asOne).not.toEqual([]);
  expect((await desk.ask(openFamily, { family }, asAt(ailsa, merged))).length).toBe(1);
});
