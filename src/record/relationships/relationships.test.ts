import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { makeDesk } from '../../platform/actions/desk.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../platform/testing/people.ts';
import { add as addFamily, addPerson } from '../families/actions.ts';
import * as actions from './actions.ts';
import { allSiblings, gather } from './around.ts';
import { grouped } from './grouped.ts';
import { whatTheyAre } from './phrases.ts';
import * as queries from './queries.ts';

const database = await testDatabase();
afterAll(() => database.close());
const { superuser } = database;
const now = Temporal.Now.instant();
const today = now.toZonedDateTimeISO('Europe/London').toPlainDate();
const desk = makeDesk(database.pools, () => now);
const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
const sorcha = await makeWorker(database, { name: 'Sorcha Kerr', team: 'Children and families South' });
const health = await makeWorker(database, {
  name: 'Hamish Orr',
  organisation: 'NHS Strathmorran',
  team: 'Health visiting',
});
const finance = await makeWorker(database, { name: 'Fern Baird', role: 'finance-officer', team: 'Finance' });
const notFound = { status: 404, code: 'not-found' };

async function family(by: Worker = ailsa, name = 'Baird') {
  const made = await desk.act(
    addFamily,
    {
      name,
      members: [
        { givenName: 'Iona', part: 'child', dateOfBirth: '2014-02-01' },
        { givenName: 'Rory', part: 'child', dateOfBirth: '2016-02-01' },
        { givenName: 'Isla', part: 'parent or carer', dateOfBirth: '1988-02-01' },
        { givenName: 'Ewan', part: 'parent or carer', dateOfBirth: '1985-02-01' },
      ],
    },
    by.asking,
  );
  const [iona = '', rory = '', isla = '', ewan = ''] = made.people;
  return { family: made.family, iona, rory, isla, ewan };
}

const add = (person: string, is: string, other: string, more: object = {}, by: Worker = ailsa) =>
  desk.act(actions.add, { person, other, is, ...more }, by.asking, { key: randomUUID() });

const around = async (person: string, by: Worker = ailsa) => {
  const made = gather(await desk.ask(queries.around, { person }, by.asking));
  if (made === undefined) throw new Error('nobody is there');
  return made;
};
const map = async (of: string, by: Worker = ailsa) => {
  const made = gather(await desk.ask(queries.map, { family: of }, by.asking));
  if (made === undefined) throw new Error('no family is there');
  return made;
};

/** A relationship written past every policy: what another team wrote. */
const tie = async (from: string, kind: string, to: string): Promise<string> => {
  const { rows } = await superuser.query<{ id: string }>(
    'insert into record.relationship (person_id, other_id, kind) values ($1, $2, $3) returning id',
    [from, to, kind],
  );
  return rows[0]?.id ?? '';
};

test('a relationship is written once and seen from both ends, each with its word', async () => {
  const { iona, isla } = await family();
  const { relationship } = await add(iona, 'parent', isla, { rights: 'yes', note: 'She says mum' });
  const fromChild = grouped(await around(iona), iona, today);
  expect(fromChild.groups.map((each) => [each.group, each.entries.map((entry) => entry.word)])).toEqual([
    ['parents', ['Parent']],
  ]);
  expect(fromChild.groups[0]?.entries[0]?.more).toEqual([
    'Has parental rights and responsibilities',
    'She says mum',
  ]);
  const fromParent = grouped(await around(isla), isla, today);
  expect(fromParent.groups[0]?.entries[0]).toMatchObject({ word: 'Child', relationship });
  // The same, said from the other end, is the same row.
  await expect(add(isla, 'child', iona)).rejects.toMatchObject({ status: 409, code: 'recorded-already' });
  await expect(add(iona, 'child', isla)).rejects.toMatchObject({ status: 422 });
});

test('the same between the same two may not overlap, and may come again after it ended', async () => {
  const { isla, ewan } = await family();
  await add(isla, 'partner', ewan, { since: '2010-01-01', until: '2015-01-01' });
  await expect(add(ewan, 'partner', isla, { since: '2014-12-31' })).rejects.toMatchObject({ status: 409 });
  await add(ewan, 'partner', isla, { since: '2015-01-01' });
  const seen = grouped(await around(isla), isla, today);
  expect(seen.groups.map((each) => each.group)).toEqual(['partners']);
  expect(seen.over.map((each) => [each.word, each.more])).toEqual([
    ['Former partner', ['1 January 2010 to 1 January 2015']],
  ]);
});

test('what cannot be is refused with a sentence beside the field', async () => {
  const { iona, isla } = await family();
  const fields = async (going: Promise<unknown>) =>
    going.then(
      () => ({}),
      (error: { fields?: object }) => error.fields ?? error,
    );
  expect(await fields(add(iona, 'friend', iona))).toHaveProperty('other');
  expect(await fields(add(iona, 'mother-in-law', isla))).toHaveProperty('is');
  expect(await fields(add(isla, 'grandparent', iona))).toHaveProperty('is');
  expect(await fields(add(iona, 'parent', isla, { since: '1/1/2020', until: '31/12/2019' }))).toHaveProperty(
    'until',
  );
  expect(
    await fields(add(iona, 'parent', isla, { since: today.add({ days: 1 }).toString() })),
  ).toHaveProperty('since');
  expect(await fields(add(iona, 'parent', isla, { since: '2020-02-31' }))).toHaveProperty('since');
  expect(await fields(add(iona, 'parent', isla, { note: 'x'.repeat(1001) }))).toHaveProperty('note');
  expect(await fields(add(iona, 'parent', isla, { rights: 'maybe' }))).toHaveProperty('rights');
  expect(await fields(add(iona, 'parent', 'nobody'))).toHaveProperty('other');
});

test('it is changed, ended and taken out only as it stood when it was opened; nothing is lost', async () => {
  const { iona, isla } = await family();
  const { relationship } = await add(iona, 'foster carer', isla, { since: '2020-01-01' });
  const same = { person: iona, relationship };
  await desk.act(
    actions.change,
    { ...same, version: 1, is: 'kinship carer', since: '2020-01-01' },
    ailsa.asking,
  );
  await expect(
    desk.act(actions.change, { ...same, version: 1, is: 'guardian' }, ailsa.asking),
  ).rejects.toMatchObject({ code: 'changed-meanwhile' });
  const ending = { ...same, version: 2, until: '2024-06-01' };
  await expect(desk.act(actions.end, { ...ending, how: 'divorced' }, ailsa.asking)).rejects.toMatchObject({
    fields: { how: expect.any(String) },
  });
  await expect(desk.act(actions.end, { ...ending, how: 'other' }, ailsa.asking)).rejects.toMatchObject({
    fields: { because: expect.any(String) },
  });
  await expect(
    desk.act(actions.end, { ...ending, until: '2019-01-01', how: 'death' }, ailsa.asking),
  ).rejects.toMatchObject({ fields: { until: expect.any(String) } });
  await desk.act(actions.end, { ...ending, how: 'other', because: 'She moved to her gran' }, ailsa.asking);
  expect(grouped(await around(iona), iona, today).over[0]).toMatchObject({
    word: 'Was kinship carer',
    more: ['1 January 2020 to 1 June 2024', 'She moved to her gran'],
  });
  await expect(
    desk.act(actions.takeOut, { ...same, version: 2, why: 'Wrong family' }, ailsa.asking),
  ).rejects.toMatchObject({ code: 'changed-meanwhile' });
  await desk.act(actions.takeOut, { ...same, version: 3, why: 'Wrong family' }, ailsa.asking);
  expect((await around(iona)).ties).toEqual([]);
  const { rows } = await superuser.query(
    `select person_id, earlier->>'kind' as kind, why from record.correction where person_id = any ($1) order by person_id`,
    [[iona, isla]],
  );
  expect(rows).toEqual(
    [iona, isla].sort().map((person_id) => ({ person_id, kind: 'kinship carer', why: 'Wrong family' })),
  );
});

test('the same form sent twice writes one relationship', async () => {
  const { iona, isla } = await family();
  const key = randomUUID();
  const send = () =>
    desk.act(actions.add, { person: iona, other: isla, is: 'parent' }, ailsa.asking, { key });
  expect(await send()).toMatchObject(await send());
  expect((await around(iona)).ties).toHaveLength(1);
});

test('neither another team, another organisation nor another role sees or writes any of it', async () => {
  const { family: id, iona, isla } = await family();
  const { relationship } = await add(iona, 'parent', isla);
  for (const worker of [sorcha, health]) {
    expect(await desk.ask(queries.around, { person: iona }, worker.asking)).toEqual([]);
    expect(await desk.ask(queries.map, { family: id }, worker.asking)).toEqual([]);
    expect(await desk.ask(queries.network, { family: id }, worker.asking)).toEqual([]);
    expect(await desk.ask(queries.choices, { person: iona, text: 'Isla' }, worker.asking)).toEqual([]);
    await expect(add(iona, 'friend', isla, {}, worker)).rejects.toMatchObject(notFound);
    const same = { person: iona, relationship, version: 1 };
    for (const refused of [
      () => desk.act(actions.change, { ...same, is: 'parent' }, worker.asking),
      () => desk.act(actions.end, { ...same, until: '2024-01-01', how: 'death' }, worker.asking),
      () => desk.act(actions.takeOut, { ...same, why: 'x' }, worker.asking),
    ])
      await expect(refused()).rejects.toMatchObject(notFound);
  }
  await expect(desk.ask(queries.around, { person: iona }, finance.asking)).rejects.toMatchObject(notFound);
  await expect(add(iona, 'friend', isla, {}, finance)).rejects.toMatchObject(notFound);
});

test('who sees one end is told that there is another, and no more; nobody writes without seeing both', async () => {
  const north = await family();
  const south = await family(sorcha, 'Kerr');
  const id = await tie(south.isla, 'aunt or uncle', north.iona);
  const seen = await around(north.iona);
  const [other] = [...seen.people.values()].filter((each) => !each.seen);
  expect(other).toMatchObject({ key: 'unseen-1', name: 'Somebody in a record you may not see', born: null });
  const said = JSON.stringify(await desk.ask(queries.around, { person: north.iona }, ailsa.asking));
  for (const secret of [south.isla, south.family, 'Kerr', '1988']) expect(said).not.toContain(secret);
  await expect(add(north.iona, 'friend', south.isla)).rejects.toMatchObject(notFound);
  await expect(
    desk.act(actions.takeOut, { person: north.iona, relationship: id, version: 1, why: 'x' }, ailsa.asking),
  ).rejects.toMatchObject(notFound);
  for (const statement of [
    `update record.relationship set note = 'x' where id = $1`,
    'delete from record.relationship where id = $1',
  ]) {
    const client = await database.pools.app.connect();
    try {
      await client.query('begin');
      await client.query('select access.enter($1, $2)', [ailsa.asking.tokenHash, '']);
      expect((await client.query('select from record.relationship where id = $1', [id])).rowCount).toBe(1);
      expect((await client.query(statement, [id])).rowCount).toBe(0);
    } finally {
      await client.query('rollback');
      client.release();
    }
  }
});

test('brothers and sisters are joined when they live apart, whoever holds their record, with a team to ask', async () => {
  const north = await family();
  const south = await family(sorcha, 'Kerr');
  // Ewan is the father of Iona here, and of Rory in the other family; each has another parent recorded.
  await tie(north.ewan, 'parent', north.iona);
  await tie(north.isla, 'parent', north.iona);
  await tie(north.ewan, 'parent', south.rory);
  await tie(south.isla, 'parent', south.rory);
  const here = await around(north.iona);
  expect(allSiblings(here, north.iona, today)).toEqual([
    {
      person: expect.stringMatching(/^unseen-/),
      kind: 'half-brother or half-sister',
      teams: ['Children and families South'],
    },
  ]);
  expect(
    grouped(here, north.iona, today).groups.find((each) => each.group === 'siblings')?.entries[0],
  ).toMatchObject({
    who: { seen: false },
    more: ['Half-brother or half-sister, in another family’s record; ask Children and families South'],
  });
  // The other team cannot see the father: they are told all the same, and by a parent whom they may not see.
  expect(allSiblings(await around(south.rory, sorcha), south.rory, today)).toEqual([
    {
      person: expect.stringMatching(/^unseen-/),
      kind: 'half-brother or half-sister',
      teams: ['Children and families North'],
    },
  ]);
  // That somebody asked is in the trail of the other family.
  const { rows } = await superuser.query<{ many: number }>(
    `select count(*)::int as many from audit.event where name = 'relationships.around' and about @> array[$1]::uuid[] and account_id = $2`,
    [south.family, ailsa.account],
  );
  expect(rows[0]?.many).toBeGreaterThan(0);
  expect((await map(north.family)).elsewhere).toHaveLength(1);
});

test('a half-sister is called one on the page of one person too, though her other parent is not theirs', async () => {
  const { iona, rory, isla, ewan } = await family();
  const { ewan: another } = await family();
  for (const parent of [isla, ewan]) await tie(parent, 'parent', iona);
  for (const parent of [isla, another]) await tie(parent, 'parent', rory);
  expect(allSiblings(await around(iona), iona, today)).toEqual([
    { person: rory, kind: 'half-brother or half-sister', teams: undefined },
  ]);
  expect((await around(iona)).people.has(another)).toBe(false);
});

test('a brother or sister whose record is sealed is not told of', async () => {
  const north = await family();
  const south = await family(sorcha, 'Kerr');
  await tie(north.iona, 'brother or sister', south.rory);
  await tie(south.isla, 'parent', north.iona);
  await tie(south.isla, 'parent', south.iona);
  expect((await around(north.iona)).elsewhere).toHaveLength(2);
  await superuser.query(
    `insert into access.seal (subject, level, why, set_by) values ($1, 'sealed', 'Adoption', $2)`,
    [south.family, sorcha.account],
  );
  const seen = await around(north.iona);
  expect([seen.elsewhere, seen.ties, seen.people.size]).toEqual([[], [], 1]);
});

test('the function that tells of brothers and sisters answers only about people whom the asker sees', async () => {
  const north = await family();
  const south = await family(sorcha, 'Kerr');
  await tie(north.iona, 'brother or sister', south.rory);
  const client = await database.pools.app.connect();
  try {
    await client.query('begin');
    await client.query('select access.enter($1, $2)', [health.asking.tokenHash, '']);
    const { rows } = await client.query('select * from record.brothers_and_sisters_elsewhere($1)', [
      [north.iona, south.rory],
    ]);
    expect(rows).toEqual([]);
    expect(
      (await client.query(`select current_setting('kith.purpose', true) as purpose`)).rows[0].purpose,
    ).toBe('');
  } finally {
    await client.query('rollback');
    client.release();
  }
});

test('a map holds the family, those one step away, and where each lives, but never a withheld address', async () => {
  const { family: id, iona, rory, isla } = await family();
  const gran = await desk.act(
    addPerson,
    {
      family: (await family(ailsa, 'Kerr')).family,
      givenName: 'Morag',
      part: 'other',
      dateOfBirth: '1950-01-01',
    },
    ailsa.asking,
  );
  await add(isla, 'parent', gran.person);
  await add(iona, 'parent', isla);
  await add(rory, 'parent', isla);
  await superuser.query(
    `with open as (insert into record.address (lines) values ('1 Moss Road') returning id),
       shut as (insert into record.address (lines, withheld, withheld_why, withheld_since) values ('9 Secret Street', true, 'Safety', now()) returning id),
       one as (insert into record.home (person_id, address_id) select $1, id from open)
     insert into record.home (person_id, address_id, kind) select who, shut.id, 'foster home' from shut, unnest($2::uuid[]) who`,
    [iona, [rory, isla]],
  );
  const rows = await desk.ask(queries.map, { family: id }, ailsa.asking);
  expect(JSON.stringify(rows)).not.toContain('Secret');
  const seen = await map(id);
  expect([...seen.people.values()].filter((each) => !each.inside).map((each) => each.name)).toEqual([
    'Morag Kerr',
  ]);
  expect(seen.people.get(iona)?.home).not.toBe(seen.people.get(rory)?.home);
  expect(seen.people.get(rory)?.home).toBe(seen.people.get(isla)?.home);
  expect([...seen.homes.values()].map((home) => home.address).sort()).toEqual(['1 Moss Road', null]);
  expect(whatTheyAre(seen, isla, today)).toEqual(['Child of Morag', 'Parent of Iona and Rory']);
  expect(whatTheyAre(seen, iona, today)).toEqual(['Child of Isla', 'Brother or sister of Rory']);
});

test('the network names those who work with the family, by a reason and by the network of somebody in it', async () => {
  const { family: id, iona } = await family();
  await superuser.query(
    `with pro as (insert into record.professional (name) values ('Nurse Joy Okafor') returning id)
     insert into record.network (person_id, professional_id, role) select $1, id, 'Health visitor' from pro`,
    [iona],
  );
  // A team that works as one is one, and whoever decides on money, or pays, is nobody's network.
  await superuser.query(
    `insert into access.reason (subject, holder, kind, scope)
     select $1, p.id, each.kind, each.scope from access.post p join access.team t on t.id = p.team_id and p.role_id = 'social-worker'
       join access.holding h on h.post_id = p.id and h.account_id = $2,
       (values ('team', 'practice'), ('deciding', 'practice'), ('paying', 'money')) each (kind, scope)
     where each.kind in (select id from access.reason_kind)`,
    [id, ailsa.account],
  );
  const seen = gather(await desk.ask(queries.network, { family: id }, ailsa.asking));
  expect(seen?.supporters.map(({ name, role }) => [name, role]).sort()).toEqual([
    ['Ailsa Drummond', 'Social worker'],
    ['Children and families North', 'Works with the family as a team'],
    ['Nurse Joy Okafor', 'Health visitor'],
  ]);
});

test('people are offered from the same family, or by name among those whom the asker sees', async () => {
  const { iona } = await family(ailsa, 'Zwierzynska');
  await family(sorcha, 'Zwierzynski');
  const near = await desk.ask(queries.choices, { person: iona }, ailsa.asking);
  expect(near.map((each) => each.given_name)).toEqual(['Ewan', 'Isla', 'Rory']);
  const found = await desk.ask(queries.choices, { person: iona, text: 'zwierzinska' }, ailsa.asking);
  expect(new Set(found.map((each) => each.family_name))).toEqual(new Set(['Zwierzynska']));
});
